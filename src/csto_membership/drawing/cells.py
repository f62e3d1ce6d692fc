"""The cells of time of a timeline in text: a few months, a year or some years each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._membership.answers import Spell

# How many months a cell lasts: the finest that fits is taken.
_MONTHS = (3, 6, 12, 24, 60, 120, 240, 600, 1200)


@frozen(kw_only=True)
class Cells:
    """Cells of time, one behind another.

    Attributes:
        first: Ordinal of the first day of the axis, which may lie before the first cell.
        end: Ordinal of the day after the horizon, at which the last cell ends.
        starts: The first days of the cells.
        per_year: How many of them make a year.
    """

    first: int
    end: int
    starts: tuple[int, ...]
    per_year: float

    @property
    def ends(self) -> tuple[int, ...]:
        """The days after the cells."""
        return (*self.starts[1:], self.end)

    @property
    def middles(self) -> tuple[int, ...]:
        """The middle days of the cells, whose status they show."""
        return tuple((start + end) // 2 for start, end in zip(self.starts, self.ends, strict=True))

    def of(self, day: int) -> int | None:
        """The cell that a day lies in; ``None`` before the first."""
        cell = bisect_right(self.starts, day) - 1
        return cell if cell >= 0 else None

    def from_day(self, day: int) -> int:
        """The first cell that shows what began on a day; at most the last cell."""
        return min(bisect_left(self.middles, day), len(self.starts) - 1)

    def shown(self, spells: Sequence[Spell]) -> list[int]:
        """For each cell the index of the spell it shows; -1 if the status is open on any day of it."""
        starts = [spell.start.toordinal() for spell in spells[1:] if spell.start]
        found = []
        for start, middle, end in zip(self.starts, self.middles, self.ends, strict=True):
            touched = range(bisect_right(starts, start), bisect_right(starts, end - 1) + 1)
            is_open = any(not spells[run].status.is_certain for run in touched)
            found.append(-1 if is_open else bisect_right(starts, middle))
        return found


def cells_between(first: int, end: int, most: int, lives: Sequence[Sequence[Spell]]) -> Cells:
    """The finest cells that fit; leading ones in which nothing happens are left out."""
    kinds = (
        _cut(Cells(first=first, end=end, starts=_starts(first, end, months), per_year=12 / months), lives)
        for months in _MONTHS
    )
    # The widest cells fit into any terminal.
    return next(cells for cells in kinds if len(cells.starts) <= most)


def _starts(first: int, end: int, months: int) -> tuple[int, ...]:
    """The first days of all cells of so many months."""
    begins, last = date.fromordinal(first).year * 12, date.fromordinal(end - 1)
    begins -= begins % months
    numbers = range(begins, last.year * 12 + last.month, months)
    return tuple(date(max(number // 12, 1), number % 12 + 1, 1).toordinal() for number in numbers)


def _cut(cells: Cells, lives: Sequence[Sequence[Spell]]) -> Cells:
    """The cells from the first one in which any state is, or may be, other than OUTSIDE."""
    happens = len(cells.starts) - 1
    for spells in lives:
        for cell, run in enumerate(cells.shown(spells)):
            if run < 0 or spells[run].status is not Status.OUTSIDE:
                happens = min(happens, cell)
                break
    return Cells(first=cells.first, end=cells.end, starts=cells.starts[happens:], per_year=cells.per_year)
