"""Writes tracks out as tables of one byte a cell, and gathers a column of answers from them with NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from attrs import field, frozen, mutable

from csto_membership._facts.statuses import Status
from csto_membership._membership.tracks import DECIDED, NO_DATE, NO_STATUS, NULL, STRANGER, tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track

    # The element type differs from column to column; the kernel casts.
    Ints = NDArray[Any]

STATUSES = tuple(str(Status(mask)) if mask else None for mask in range(2 ** len(Status)))
REASONS = (None, "open", "past the horizon", "unknown state", "no date")
WORDS: dict[str, tuple[str | None, ...]] = {
    "status": STATUSES,
    "why": REASONS,
}  # of answers in words, by cell

CHUNK = 131_072  # rows whose working arrays stay in the processor's cache
_REORDERED = 2**18  # bytes of a table that are put into another order for one call
_MOST = 2**63
DENSE_BYTES = 2**20  # past it the dense table would fall out of a core's own cache, and at last out of memory


@frozen(kw_only=True, eq=False)
class Grid:
    """One byte for each state and each place on the axis, in one level or in two.

    Row 0 is the state that is null or unknown; states follow by code. Cells of a row stand side by
    side: for every place from *low* to *high* in a dense table, else for every segment.

    Attributes:
        low: The first place; earlier ones are the same.
        high: The last place; later ones are the same.
        width: Cells in a row.
        cells: All rows, one after the other.
        segments: The segment of every place, or ``None`` in a dense table.
        null: The cell that says nothing is known.
        unread: The cell of a day or year that cannot be read.
    """

    low: int
    high: int
    width: int
    cells: NDArray[np.uint8]
    segments: NDArray[np.int32] | None
    null: int
    unread: int


def grid(membership: Membership, question: Question, *, dense_bytes: int | None = None) -> Grid:
    """The table for a question: dense where it fits into *dense_bytes*, else in two levels."""
    bound = DENSE_BYTES if dense_bytes is None else dense_bytes
    cache = membership.compiled.cache
    if (question, bound) not in cache:
        cache[question, bound] = _grid(tracks(membership, question), question, bound)
    found: Grid = cache[question, bound]
    return found


def _grid(rows: tuple[Track, ...], question: Question, bound: int) -> Grid:
    """Runs written out."""
    cuts = np.array(sorted({bound for track in rows for bound in track.bounds}), dtype=np.int64)
    null, stranger, unread = {
        "status": (NO_STATUS, NO_STATUS, NO_STATUS),
        "why": (DECIDED, STRANGER, NO_DATE),
    }.get(question.what, (NULL, NULL, NULL))
    low, high = (int(cuts[0]) - 1, int(cuts[-1])) if len(cuts) else (1, 1)
    is_dense = (high - low + 1) * (len(rows) + 1) <= bound
    starts = np.arange(low, high + 1) if is_dense else np.concatenate(([low], cuts))
    cells = np.full((len(rows) + 1, len(starts)), stranger, dtype=np.uint8)
    for row, track in enumerate(rows, start=1):
        runs = np.searchsorted(np.array(track.bounds, dtype=np.int64), starts, side="right")
        cells[row] = np.array(track.cells, dtype=np.uint8)[runs]
    segments = None
    if not is_dense:
        segments = np.searchsorted(cuts, np.arange(low, high + 1), side="right").astype(np.int32)
    return Grid(
        low=low,
        high=high,
        width=cells.shape[1],
        cells=cells.reshape(-1),
        segments=segments,
        null=null,
        unread=unread,
    )


class Coded(Protocol):
    """A column read as small numbers that stand for values.

    Attributes:
        values: What the codes stand for; it may grow while rows are read.
        codes: Gives the codes of the rows from a start up to a stop; -1 for null.
    """

    @property
    def values(self) -> list[object]: ...
    @property
    def codes(self) -> Callable[[int, int], Ints]: ...


class Places(Protocol):
    """A column of days, moments or years, as numbers.

    Attributes:
        ticks: How many make one place on the axis.
        origin: Where on the axis 0 stands.
        is_written: Whether they were read from text or objects, some of which may be no day.
        missing: The number that stands for null among ticks, if one does.
        numbers: Gives the numbers of the rows from a start up to a stop, and which of them are null.
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
    def numbers(self) -> Callable[[int, int], tuple[Ints, NDArray[np.bool_] | None]]: ...


def gather(
    table: Grid, count: int, states: Coded, places: Places, row_of: Callable[[object], int]
) -> NDArray[np.uint8]:
    """The cell of every row, read in chunks that fit the cache; days are clipped, not branched upon."""
    found = np.empty(count, dtype=np.uint8)
    low, high = table.low - places.origin, table.high - places.origin
    most = min(count, CHUNK)
    offset, place = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32)
    rows = _Rows(table=table, count=count, row_of=row_of, first=0 if table.segments is not None else low)
    for start, stop in chunks(count):
        size = stop - start
        codes = states.codes(start, stop)
        rows.learn(states.values)
        here, nulls = _clipped(*places.numbers(start, stop), places, low, high, place[:size])
        if table.segments is not None:
            np.subtract(here, low, out=here)
            here = table.segments.take(here, out=here, mode="wrap")
        index = np.add(rows.offsets_of(codes, offset[:size]), here, out=here)
        rows.cells.take(index, out=found[start:stop], mode="wrap")
        if nulls is not None:
            found[start:stop][nulls] = table.unread
    return found


def _clipped(  # noqa: PLR0913, PLR0917 (a chunk, its bounds and room to work in)
    numbers: Ints,
    nulls: NDArray[np.bool_] | None,
    places: Places,
    low: int,
    high: int,
    place: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.bool_] | None]:
    """The places of a chunk between two bounds, and which of them are null."""
    if places.ticks == 1:
        return np.clip(numbers, low, high, out=place, casting="unsafe"), nulls
    whole: Ints = np.floor_divide(numbers, places.ticks)
    if _MOST // places.ticks < 2**31:
        # Every quotient fits into half the bytes, in which clipping takes half the time.
        np.copyto(place, whole, casting="unsafe")
        whole = place
    if places.missing is not None and whole.min(initial=0) == places.missing // places.ticks:
        nulls = numbers == places.missing
    return np.clip(whole, low, high, out=place, casting="unsafe"), nulls


@mutable(kw_only=True, eq=False)
class _Rows:
    """Where the rows of a table begin, by the code of a state.

    Multiplying a code takes less time than looking its row up, so that the rows are put into the order of
    the codes: for nothing where they stand so, else where the copy is small beside the work that it saves.
    """

    table: Grid
    count: int
    row_of: Callable[[object], int]
    first: int  # what the first cell of a row is called
    values: list[object] = field(factory=list)
    rows: list[int] = field(factory=list)  # of the values, as far as they are known
    cells: NDArray[np.uint8] = field(init=False)
    offsets: NDArray[np.int32] | None = None

    def learn(self, values: list[object]) -> None:
        """Take note of what the codes stand for by now."""
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
