"""The oracles that the library has for everybody, asked as the tests ask: day by day, by ordinals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csto_membership.testing import after, worlds
from csto_membership.testing.diary import diary as written_up
from csto_membership.testing.worlds import acts_around, days_counted, days_of_era, in_some_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership import Event, Status
    from csto_membership.testing.windows import Dating

__all__ = ["acts_around", "after", "days_counted", "days_of_era", "diary", "in_some_world", "worlds"]


def diary(events: Sequence[Event], dating: Dating, first: int, last: int) -> Iterator[Status]:
    """The status of each day from *first* to *last*, written up day by day."""
    yield from written_up(events, map(date.fromordinal, range(first, last + 1)), dating=dating).values()
