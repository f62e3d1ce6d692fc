"""In which era days lie, and what the organization was called in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from csto_membership._facts.dates import day_text, to_date
from csto_membership._facts.statuses import Bound, Status
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.segments import windows
from csto_membership.errors import EraError, UncertainError

if TYPE_CHECKING:
    from csto_membership._facts.records import Era
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.compiled import Compiled

_HELD = Status.MEMBER | Status.FROZEN | Status.SUSPENDED  # whether it counts or not


def eras_in(compiled: Compiled, first: int, after: int) -> tuple[Era | None, ...]:
    """The eras that days ``[first, after)`` may touch, in their order; ``None`` stands for days before the first."""
    eras = (None, *compiled.history.eras)
    if "era windows" not in compiled.cache:
        begins = windows(compiled.history.eras, compiled.reading.dating)
        compiled.cache["era windows"] = [low for low, _ in begins], [high for _, high in begins]
    earliest, latest = compiled.cache["era windows"]  # both ascend, as eras follow one another
    return eras[bisect_right(latest, first) : bisect_left(earliest, after) + 1]


def eras_named(compiled: Compiled, status: Status, first: int, after: int) -> tuple[Era, ...]:
    """The eras to name in an answer about days ``[first, after)`` with that status.

    A state outside was so in all eras, so all are named. For a member (also frozen or suspended) they are the
    eras that the days may touch, or the first era if the days are before it.
    """
    if compiled.reading.era is not None:
        return tuple(era for era in compiled.full_history.eras if era.id == compiled.reading.era)
    eras = compiled.history.eras
    if not status & _HELD and answer(status.value, compiled.basis) is Answer.NO:
        return eras
    return tuple(era for era in eras_in(compiled, first, after) if era is not None) or eras[:1]


def is_of_parties(compiled: Compiled, spell: Spell, first: int, after: int) -> bool:
    """Whether a spell, on its days in ``[first, after)``, is worded as that of a treaty party, not a member.

    For a FORMER spell the era of its last day as a party or member counts. Before the first era the first one
    counts: the treaty is signed and not yet in force.
    """
    begins = spell.start.toordinal() if spell.start else first
    if spell.status is Status.FORMER:
        first = begins - 1
        after = begins
    else:
        first, after = max(first, begins), min(after, spell.end.toordinal() if spell.end else after)
    eras = eras_in(compiled, first, after)
    if eras == (None,):
        eras = compiled.history.eras[:1]
    return bool(eras) and all(era is not None and era.bound is Bound.PARTIES for era in eras)


def name_on(compiled: Compiled, when: object, first: int, after: int) -> str:
    """The name of the era that days ``[first, after)``, asked about as *when*, lie in.

    Raises:
        EraError: There was no era yet, or the organization had ended.
        UncertainError: The days touch several eras, or the sources leave open which it was.
    """
    history = compiled.history
    if history.ended is not None and history.ended.effect.last <= first:
        ended = history.ended
        followed = f", and {ended.successor} followed" if ended.successor else ""
        raise EraError(
            f"{history.id} has no name on {day_text(when)}: it ended on {ended.effect}{followed}.",
            "Ask about an earlier day.",
        )
    if history.ended is not None and history.ended.effect.first < after:
        raise UncertainError(
            f"the name for {day_text(when)} is open: {history.id} ended on {history.ended.effect}.",
            "Ask about a narrower time.",
        )
    if not compiled.full_history.eras:
        return history.name
    if not history.eras:
        raise EraError(f"{history.id} had no era by {to_date(compiled.horizon)}.", "Choose a later known_on.")
    possible = eras_in(compiled, first, after)
    if possible == (None,):
        era = history.eras[0]
        low, high = windows(history.eras, compiled.reading.dating)[0]
        raise EraError(
            f"{history.id} had no era on {day_text(when)}: the first, {era.id}, "
            f"begins on {'' if low == high else 'or after '}{to_date(low)}.",
            "Ask about a later day.",
        )
    names = [era.name if era else "none yet" for era in possible]
    if len(names) > 1:
        raise UncertainError(
            f"the name for {day_text(when)} is open: {' or '.join(names)}.", "Ask about a narrower time."
        )
    return names[0]
