"""How a state stood at a time, as a clause; and the codes of the states that a claim names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import to_date
from csto_membership.claims.evidence import touched
from csto_membership.claims.sentences import Saying, day_in_words, saying, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time

_NAMED = frozenset(
    {"MEMBER", "FROZEN", "SUSPENDED", "FORMER", "SIGNATORY", "OBSERVER", "OUTSIDE", "ASSOCIATE"}
)


def codes_of(membership: Membership, states: Iterable[object]) -> frozenset[str]:
    """The codes of states by any code or name.

    Raises:
        StateError: One of them means no state, or several.
    """
    return frozenset(membership.state(state).iso3 for state in states)


def states_by(membership: Membership, codes: Iterable[str]) -> tuple[State, ...]:
    """States by their codes, in the order of their names' codes."""
    return tuple(membership.state(code) for code in sorted(codes))


def standing(membership: Membership, state: State, time: Time) -> Saying:
    """How a state stood at a time: by the one spell that the time touches, or by all of them."""
    spells = touched(membership, state, time)
    if len(spells) > 1:
        statuses = (*map(_until, spells[:-1]), str(spells[-1].status))
        key = "changes" if all(spell.status.is_certain for spell in spells) else "open"
        return saying(key, state=state, statuses=", then ".join(statuses), when=span_of(time))
    (spell,) = spells
    if not spell.status.is_certain:
        return saying("open", state=state, statuses=str(spell.status), when=span_of(time))
    return _of_spell(membership, spell)


def _until(spell: Spell) -> str:
    """A status, and the last day of its spell, which the next one follows."""
    end = spell.end
    return f"{spell.status} to {day_in_words(to_date(end.toordinal() - 1))}" if end else str(spell.status)


def _of_spell(membership: Membership, spell: Spell) -> Saying:
    """One spell with one status."""
    last = to_date(spell.end.toordinal() - 1) if spell.end else None
    if spell.start is None:
        if last is None:
            return saying("never", state=spell.state, organization=membership.history.id)
        return saying("before", state=spell.state, last=last)
    opener = spell.opened_by
    # An imprecise date is shown as the record has it, and not as the first day that is certain.
    start = opener.effect if opener is not None and not opener.effect.is_exact else spell.start
    name = str(spell.status) if str(spell.status) in _NAMED else "status"
    slots: dict[str, object] = {"state": spell.state, "start": start, "status": str(spell.status)}
    return saying(f"{name} lasts", **slots) if last is None else saying(name, **slots, last=last)
