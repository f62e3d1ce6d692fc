"""In which era days lie, and what the organization was called in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import to_date, written
from csto_membership._membership.answers import Answer
from csto_membership._membership.segments import windows
from csto_membership.errors import EraError, UncertainError

if TYPE_CHECKING:
    from csto_membership._facts.records import Era
    from csto_membership._membership.compiled import Compiled


def eras_in(compiled: Compiled, first: int, after: int) -> tuple[Era | None, ...]:
    """The eras that days ``[first, after)`` may touch, in their order; ``None`` stands for days before the first."""
    eras = compiled.history.eras
    if "era windows" not in compiled.cache:
        compiled.cache["era windows"] = windows(eras, compiled.reading.dating)
    begins: list[tuple[int, int]] = compiled.cache["era windows"]
    sure = sum(latest <= first for _, latest in begins)
    possible = sum(earliest < after for earliest, _ in begins)
    return tuple(eras[index] if index >= 0 else None for index in range(sure - 1, possible))


def eras_named(compiled: Compiled, membership: Answer, first: int, after: int) -> tuple[str, ...]:
    """The eras to name in an answer: who was not a member was a member in none of them."""
    if compiled.reading.era is not None:
        return (compiled.reading.era,)
    era, *others = eras_in(compiled, first, after)
    if membership is Answer.YES and era and not others:
        return (era.id,)
    return tuple(era.id for era in compiled.history.eras)


def name_on(compiled: Compiled, when: object, first: int, after: int) -> str:
    """The name of the era that days ``[first, after)``, asked about as *when*, lie in.

    Raises:
        EraError: There was no era yet.
        UncertainError: The days touch several eras, or the sources leave open which it was.
    """
    history = compiled.history
    if not compiled.full_history.eras:
        return history.name
    if not history.eras:
        raise EraError(f"{history.id} had no era by {to_date(compiled.horizon)}.", "Choose a later known_on.")
    possible = eras_in(compiled, first, after)
    if possible == (None,):
        era = history.eras[0]
        low, high = windows(history.eras, compiled.reading.dating)[0]
        raise EraError(
            f"{history.id} had no era on {written(when)}: the first, {era.id}, "
            f"begins on {'' if low == high else 'or after '}{to_date(low)}.",
            "Ask about a later day.",
        )
    names = [era.name if era else "none yet" for era in possible]
    if len(names) > 1:
        raise UncertainError(
            f"the name for {written(when)} is open: {' or '.join(names)}.", "Ask about a narrower time."
        )
    return names[0]
