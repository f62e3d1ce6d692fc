"""Answers for rows that ask about a period of their own, from one column of days to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from csto_membership._facts.states import State
from csto_membership._membership.segments import timeline_without_acts
from csto_membership._membership.tracks import value_over_period
from csto_membership.frames._grids import MISSING, UNREAD, WIDE, chunks, grid, write_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._grids import DayColumn, Ints, TableColumns

_FARTHEST = 2**31  # days from the first of the calendar; farther than any library reaches


def gather_periods(
    membership: Membership, question: Question, columns: TableColumns, until: DayColumn
) -> NDArray[np.uint8]:
    """The cell of every row for its period: from its day in *columns* up to, but not on, its day in *until*.

    Rows whose days lie in the same segments have the same cell, which is asked for once.
    """
    compiled = membership.compiled
    table = grid(membership, question)
    special = table.cells.reshape(-1, table.width)[:, 0]
    others = timeline_without_acts(State(iso3="", english=""), is_closed=compiled.history.closed)
    timelines = (*compiled.segments.timelines, others)
    cuts = np.array(compiled.segments.cuts + (() if compiled.last is None else (compiled.last + 1,)))
    cuts.sort()
    found = np.empty(columns.count, dtype=np.uint8)
    rows = _Rows(row_of=columns.row_of)
    for start, stop in chunks(columns.count):
        row = rows.of(columns.states.codes(start, stop), columns.states.values)
        first, marks = _ordinals(columns.times, start, stop)
        after, late = _ordinals(until, start, stop)
        marks = np.where((marks == MISSING) | (late == MISSING), MISSING, np.maximum(marks, late)).astype(
            np.uint8
        )
        marks[(marks == 0) & (after <= first)] = UNREAD
        marks[marks == WIDE] = UNREAD
        begins, ends = (np.searchsorted(cuts, days, side="right") for days in (first, after - 1))
        key = (row * (len(cuts) + 1) + begins) * (len(cuts) + 1) + ends
        key[marks != 0] = -1  # rows without a valid period form a group of their own
        _, where, which = np.unique(key, return_index=True, return_inverse=True)
        cells = np.array(
            [
                value_over_period(
                    membership, question.what, timelines[row[here] - 1], (int(first[here]), int(after[here]))
                )
                if 0 < row[here] <= len(timelines) and not marks[here]
                else special[row[here]]
                for here in where
            ],
            dtype=np.uint8,
        )
        found[start:stop] = cells[which.reshape(-1)]
        write_marks(found[start:stop], marks, table)
    return found


def _ordinals(times: DayColumn, start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The ordinals of some rows' days, and a mark for rows without a day."""
    numbers, marks = times.numbers(start, stop)
    days = np.clip(np.floor_divide(numbers, times.ticks), -_FARTHEST, _FARTHEST).astype(np.int64)
    found = np.zeros(len(days), dtype=np.uint8) if marks is None else marks.astype(np.uint8)
    if times.missing is not None:
        found[numbers == times.missing] = MISSING
    return days + times.origin, found


class _Rows:
    """The rows of a grid for the codes of a column, whose list of values grows while it is read."""

    def __init__(self, *, row_of: Callable[[object], int]) -> None:
        self._row_of = row_of
        self._values: list[object] = []
        self._rows: list[int] = []

    def of(self, codes: Ints, values: list[object]) -> NDArray[np.int64]:
        """The rows of some codes; that of -1 is the row of null."""
        if values is not self._values:
            self._values, self._rows = values, []
        self._rows += map(self._row_of, values[len(self._rows) :])
        return np.array([*self._rows, 0], dtype=np.int64).take(codes, mode="wrap")
