"""Words a state's status in a time as a clause, and resolves the states that a claim names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import to_date
from csto_membership._facts.statuses import Bound, Status
from csto_membership._membership.eras import eras_named, is_of_parties
from csto_membership.claims.evidence import touched
from csto_membership.claims.sayings import Course, Role, Saying, SpellList, saying, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


def codes_of(membership: Membership, states: Iterable[object]) -> frozenset[str]:
    """The codes of states by any code or name.

    Raises:
        StateError: One of them means no state, or several.
    """
    return frozenset(membership.state(state).iso3 for state in states)


def states_by(membership: Membership, codes: Iterable[str]) -> tuple[State, ...]:
    """States by their codes, in the order of the codes."""
    return tuple(membership.state(code) for code in sorted(codes))


def role_in(membership: Membership, time: Time, status: Status = Status.MEMBER) -> Role:
    """What a state of that status is, or is not, in a time: a party to a treaty, a member of an organization."""
    eras = eras_named(membership.compiled, status, *time)
    return Role(tuple(dict.fromkeys(era.bound for era in eras)) or (Bound.MEMBERS,))


def status_clause(membership: Membership, state: State, time: Time) -> Saying:
    """The clause on a state's status in a time: its one spell there, or all statuses in turn."""
    spells = touched(membership, state, time)
    is_certain = all(spell.status.is_certain for spell in spells)
    if is_certain and len(spells) == 1:
        return _of_spell(membership, spells[0])
    course = Course(
        tuple(
            (
                spell.status,
                _is_of_parties(membership, spell),
                _last(spell) if spell is not spells[-1] else None,
            )
            for spell in spells
        )
    )
    return saying("changes" if is_certain else "open", state=state, statuses=course, when=span_of(time))


def status_line(membership: Membership, state: State, time: Time) -> Saying:
    """The spells of a state that a time touches, as a line has them."""
    spells = touched(membership, state, time)
    listed = SpellList(tuple((spell, _is_of_parties(membership, spell)) for spell in spells))
    return saying("stood", spells=listed)


def _days(membership: Membership, spell: Spell) -> Time:
    """The days of a spell, up to the last one of which anything is known."""
    first = spell.start.toordinal() if spell.start else 1
    after = spell.end.toordinal() if spell.end else membership.horizon.toordinal() + 1
    return first, max(after, first + 1)


def _is_of_parties(membership: Membership, spell: Spell) -> bool:
    """Whether a spell is one of a treaty's parties."""
    return is_of_parties(membership.compiled, spell, *_days(membership, spell))


def _last(spell: Spell) -> date | None:
    """The last day of a spell."""
    return to_date(spell.end.toordinal() - 1) if spell.end else None


def _of_spell(membership: Membership, spell: Spell) -> Saying:
    """One spell with one status."""
    last = _last(spell)
    # A signatory is worded by what it is about to become: a party or a member, as in the next era.
    status = Status.MEMBER if spell.status is Status.SIGNATORY else spell.status
    role = role_in(membership, _days(membership, spell), status)
    slots: dict[str, object] = {"state": spell.state, "role": role}
    if spell.start is None:
        if last is None:
            return saying("never", **slots)
        return saying("before", **slots, last=last)
    opener = spell.opened_by
    # An imprecise date is shown as the record has it, and not as the first day that is certain.
    start = opener.effect if opener is not None and not opener.effect.is_exact else spell.start
    slots["start"] = start
    return (
        saying(f"{spell.status} lasts", **slots)
        if last is None
        else saying(str(spell.status), **slots, last=last)
    )
