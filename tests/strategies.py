"""The strategies that the library has for everybody, and one organization that chance seldom draws."""

from __future__ import annotations

from datetime import date

from csto_membership import Act, Dataset, Era, Event, History, State, exact
from csto_membership.testing import cut_short, datasets, illegal, narrowed, published
from csto_membership.testing import days as edge_days
from csto_membership.testing.strategies import BASES, DATINGS, FIRST_DAY, LAST_DAY, SOURCE, written

CODES = ("AAA", "AAB", "AAC")

__all__ = [
    "BASES",
    "CODES",
    "DATINGS",
    "FIRST_DAY",
    "LAST_DAY",
    "cut_short",
    "datasets",
    "edge_days",
    "illegal",
    "left_as_an_era_begins",
    "narrowed",
    "published",
    "written",
]


def left_as_an_era_begins(first: int, last: int) -> Dataset:
    """A state leaves from the *first* to the *last* day, counted from the first on which the first era may begin.

    The era begins on one of four days. Chance seldom draws a state that leaves on just these.
    """
    begins = FIRST_DAY + 10
    eras = tuple(
        Era(id=name, name=title, effect=effect, sources=(SOURCE.id,))
        for name, title, effect in (
            ("ONE", "The First", written(begins, begins + 3)),
            ("TWO", "The Second", written(begins + 20, begins + 20)),
        )
    )
    events = tuple(
        Event(state="AAA", act=act, effect=effect, sources=(SOURCE.id,))
        for act, effect in (
            (Act.JOIN, written(FIRST_DAY, FIRST_DAY)),
            (Act.WITHDRAW, written(begins + first, begins + last)),
        )
    )
    return Dataset(
        verified_through=exact(date.fromordinal(LAST_DAY)),
        states=(State(iso3="AAA", english="The AAA Republic"),),
        sources=(SOURCE,),
        histories=(History(id="INV", name="Invented", eras=eras, events=events),),
    )
