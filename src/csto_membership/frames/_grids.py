"""Expands tracks into tables of one byte per state and axis position, for look-ups with NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from attrs import field, frozen, mutable

from csto_membership._facts.states import State
from csto_membership._facts.statuses import Status
from csto_membership._membership.segments import timeline_without_acts
from csto_membership._membership.tracks import (
    AMBIGUOUS,
    DECIDED,
    NO_DATE,
    NO_STATE,
    NO_STATUS,
    NULL,
    UNKNOWN_STATE,
    UNREADABLE,
    track_without_acts,
    tracks,
    value_over_period,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track

    # The element type differs from column to column; the kernel casts.
    Ints = NDArray[Any]
    Marks = NDArray[np.bool_] | NDArray[np.uint8]

STATUSES = tuple(str(Status(mask)) if mask else None for mask in range(2 ** len(Status)))
REASONS = (
    None,
    "open",
    "past the horizon",
    "no state",
    "unknown state",
    "ambiguous",
    "no date",
    "unreadable date",
)  # by DECIDED, OPEN and so on
WORDS: dict[str, tuple[str | None, ...]] = {
    "status": STATUSES,
    "why": REASONS,
}  # the words of an answer, by cell value

CHUNK = 131_072  # rows whose working arrays stay in the processor's cache
_REORDERED = 2**18  # bytes of the largest table that is reordered for one call
_MOST = 2**63
MISSING, UNREAD, WIDE = (
    1,
    2,
    3,
)  # why a row has no day of its own: it is null, it cannot be read, it is a period
_PERIODS_KEPT = 4_096  # wide days as text whose cells are kept
DENSE_BYTES = 2**20  # a larger dense table does not fit a core's cache, and in the end not the memory


@frozen(kw_only=True, eq=False)
class Grid:
    """A table of one byte per state and axis position: dense, or compressed to one cell per segment.

    Row 0 is for null; the organization's states follow by code, then one row for all other states of the
    world, one for a word that means no state, and one for a word that means several. A row has one cell
    for every position from *low* to *high* in a dense table, else for every segment.

    Attributes:
        states: How many states the organization has.
        low: The first position; earlier ones have the same cells.
        high: The last position; later ones have the same cells.
        width: Cells in a row.
        cells: All rows, one after the other.
        segments: The segment of every position, or ``None`` in a dense table.
        null: The cell value that becomes null in the result.
        no_date: The cell of a day or year that is null.
        unreadable: The cell of a day or year that cannot be read.
    """

    states: int
    low: int
    high: int
    width: int
    cells: NDArray[np.uint8]
    segments: NDArray[np.int32] | None
    null: int
    no_date: int
    unreadable: int

    @property
    def of_states(self) -> NDArray[np.uint8]:
        """The cells of the organization's states alone, a row each."""
        return self.cells.reshape(-1, self.width)[1 : self.states + 1]


def grid(membership: Membership, question: Question, *, dense_bytes: int | None = None) -> Grid:
    """The table for a question: dense where it fits into *dense_bytes*, else in two levels."""
    bound = DENSE_BYTES if dense_bytes is None else dense_bytes
    cache = membership.compiled.cache
    if (question, bound) not in cache:
        cache[question, bound] = _grid(
            (*tracks(membership, question), track_without_acts(membership, question)), question, bound
        )
    found: Grid = cache[question, bound]
    return found


def _grid(rows: tuple[Track, ...], question: Question, bound: int) -> Grid:
    """The grid of these tracks; the last track is that of a state without any act."""
    cuts = np.array(sorted({bound for track in rows for bound in track.bounds}), dtype=np.int64)
    null, no_state, unknown, ambiguous, no_date, unreadable = {
        "status": (NO_STATUS,) * 6,
        "why": (DECIDED, NO_STATE, UNKNOWN_STATE, AMBIGUOUS, NO_DATE, UNREADABLE),
    }.get(question.what, (NULL,) * 6)
    low, high = (int(cuts[0]) - 1, int(cuts[-1])) if len(cuts) else (1, 1)
    is_dense = (high - low + 1) * (len(rows) + 3) <= bound
    starts = np.arange(low, high + 1) if is_dense else np.concatenate(([low], cuts))
    cells = np.empty((len(rows) + 3, len(starts)), dtype=np.uint8)
    cells[0], cells[-2], cells[-1] = no_state, unknown, ambiguous
    for row, track in enumerate(rows, start=1):
        runs = np.searchsorted(np.array(track.bounds, dtype=np.int64), starts, side="right")
        cells[row] = np.array(track.cells, dtype=np.uint8)[runs]
    segments = None
    if not is_dense:
        segments = np.searchsorted(cuts, np.arange(low, high + 1), side="right").astype(np.int32)
    return Grid(
        states=len(rows) - 1,
        low=low,
        high=high,
        width=cells.shape[1],
        cells=cells.reshape(-1),
        segments=segments,
        null=null,
        no_date=no_date,
        unreadable=unreadable,
    )


class Coded(Protocol):
    """A column read as small numbers that stand for values.

    Attributes:
        values: What the codes stand for; it may grow while rows are read.
        has_categories: Whether some of them need not occur.
        codes: Gives the codes of the rows from a start up to a stop; -1 for null.
    """

    @property
    def values(self) -> list[object]: ...
    @property
    def has_categories(self) -> bool: ...
    @property
    def codes(self) -> Callable[[int, int], Ints]: ...


class DayColumn(Protocol):
    """A column of days, moments or years, as numbers.

    Attributes:
        ticks: The number of units per axis position, such as 86,400 for seconds.
        origin: The axis position of the number 0.
        is_written: Whether they were read from text or objects, some of which may be no day.
        missing: The number that stands for null among ticks, if one does.
        periods: What is wider than a day, such as a month as text: the days ``[first, after)``.
        numbers: Gives the numbers of the rows from a start up to a stop, and marks for those that are no day: a mask
            of nulls, or MISSING, UNREAD and WIDE; the number of a wide one is its index in *periods*.
    """

    @property
    def ticks(self) -> int: ...
    @property
    def origin(self) -> int: ...
    @property
    def is_written(self) -> bool: ...
    @property
    def missing(self) -> int | None: ...
    @property
    def periods(self) -> list[tuple[int, int]]: ...
    @property
    def numbers(self) -> Callable[[int, int], tuple[Ints, Marks | None]]: ...


@frozen(kw_only=True, eq=False)
class TableColumns:
    """The columns of a table that a question is about.

    Attributes:
        count: How many rows there are.
        states: The column of states.
        times: The column of days or years.
        row_of: The row of a grid for a value of the column of states.
    """

    count: int
    states: Coded
    times: DayColumn
    row_of: Callable[[object], int]


def gather(membership: Membership, question: Question, columns: TableColumns) -> NDArray[np.uint8]:
    """The cell of every row, in chunks that fit the cache; days outside the grid are clipped to it."""
    table = grid(membership, question)
    states, times = columns.states, columns.times
    found = np.empty(columns.count, dtype=np.uint8)
    low, high = table.low - times.origin, table.high - times.origin
    most = min(columns.count, CHUNK)
    offset, positions = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32)
    rows = _RowOffsets(
        table=table,
        count=columns.count,
        row_of=columns.row_of,
        first=0 if table.segments is not None else low,
    )
    for start, stop in chunks(columns.count):
        size = stop - start
        codes = states.codes(start, stop)
        rows.learn(states.values)
        numbers, marks = times.numbers(start, stop)
        here, marks = _clipped(numbers, marks, times, low, high, positions[:size])
        if table.segments is not None:
            np.subtract(here, low, out=here)
            here = table.segments.take(here, out=here, mode="wrap")
        index = np.add(rows.offsets_of(codes, offset[:size]), here, out=here)
        rows.cells.take(index, out=found[start:stop], mode="wrap")
        if marks is not None:
            write_marks(found[start:stop], marks, table)
            wide = np.flatnonzero(marks == WIDE) if times.periods else ()
            if len(wide):
                wanted, which = np.unique(numbers[wide], return_inverse=True)
                cells = np.array([period_cells(membership, question, times.periods[one]) for one in wanted])
                found[start:stop][wide] = cells[which, rows.of(codes[wide])]
    return found


def write_marks(cells: NDArray[np.uint8], marks: Marks, table: Grid) -> None:
    """Writes the cells of rows whose day or year is null or cannot be read."""
    cells[marks == MISSING] = table.no_date
    if marks.dtype != np.bool_:
        cells[marks == UNREAD] = table.unreadable


def period_cells(membership: Membership, question: Question, days: tuple[int, int]) -> NDArray[np.uint8]:
    """The cell of each grid row for a question about all the days ``[first, after)``; cached."""
    compiled = membership.compiled
    key = question.what, days
    kept = compiled.cache.setdefault("periods", {})
    if key not in kept:
        if len(kept) >= _PERIODS_KEPT:
            kept.clear()  # in one step, since other threads may be reading
        table = grid(membership, question)
        others = timeline_without_acts(State(iso3="", english=""), is_closed=compiled.history.closed)
        cells = table.cells.reshape(-1, table.width)[:, 0].copy()
        for row, timeline in enumerate((*compiled.segments.timelines, others), start=1):
            cells[row] = value_over_period(membership, question.what, timeline, days)
        kept[key] = cells
    found: NDArray[np.uint8] = kept[key]
    return found


def _clipped(  # noqa: PLR0913, PLR0917 (a chunk, its bounds and a buffer)
    numbers: Ints,
    nulls: Marks | None,
    times: DayColumn,
    low: int,
    high: int,
    positions: NDArray[np.int32],
) -> tuple[NDArray[np.int32], Marks | None]:
    """The axis positions of a chunk, clipped to ``[low, high]``, and the marks of rows without a day."""
    if times.ticks == 1:
        return np.clip(numbers, low, high, out=positions, casting="unsafe"), nulls
    whole: Ints = np.floor_divide(numbers, times.ticks)
    if _MOST // times.ticks < 2**31:
        # Every quotient fits into 32 bits, for which clipping takes half the time.
        np.copyto(positions, whole, casting="unsafe")
        whole = positions
    if times.missing is not None and whole.min(initial=0) == times.missing // times.ticks:
        nulls = numbers == times.missing
    return np.clip(whole, low, high, out=positions, casting="unsafe"), nulls


@mutable(kw_only=True, eq=False)
class _RowOffsets:
    """The offset of each grid row, by the code of a state in the caller's column.

    If the rows are in the order of the codes, an offset is ``code * width``, which is faster than a look-up.
    So the rows are reordered once where the copy is small compared with the work that it saves.
    """

    table: Grid
    count: int
    row_of: Callable[[object], int]
    first: int  # the axis position of the first cell of a row
    values: list[object] = field(factory=list)
    rows: list[int] = field(factory=list)  # of the values, as far as they are known
    cells: NDArray[np.uint8] = field(init=False)
    offsets: NDArray[np.int32] | None = None

    def learn(self, values: list[object]) -> None:
        """Update the rows from *values*, which may have grown."""
        if values is not self.values:
            self.values, self.rows = values, []
        elif len(values) == len(self.rows):
            return
        self.rows += map(self.row_of, values[len(self.rows) :])
        rows, table = [0, *self.rows], self.table  # code -1, which comes first, is null
        self.offsets, self.cells = None, table.cells
        if rows != list(range(len(rows))):
            if len(rows) * table.width <= min(_REORDERED, self.count):
                self.cells = table.cells.reshape(-1, table.width)[rows].reshape(-1)
            else:
                self.offsets = np.array([*self.rows, 0], dtype=np.int32) * np.int32(table.width)
                self.offsets -= np.int32(self.first)

    def of(self, codes: Ints) -> NDArray[np.int64]:
        """The rows of some codes."""
        return np.array([*self.rows, 0]).take(codes, mode="wrap")  # code -1 wraps to the last entry, null

    def offsets_of(self, codes: Ints, room: NDArray[np.int32]) -> NDArray[np.int32]:
        """Where the rows of a chunk begin."""
        if self.offsets is not None:
            return self.offsets.take(codes, out=room, mode="wrap")  # -1, the last by wrapping round
        np.copyto(room, codes, casting="unsafe")
        np.multiply(room, self.table.width, out=room)
        return np.add(room, self.table.width - self.first, out=room)


def chunks(count: int) -> Iterator[tuple[int, int]]:
    """The bounds of consecutive pieces."""
    for start in range(0, count, CHUNK):
        yield start, min(start + CHUNK, count)
