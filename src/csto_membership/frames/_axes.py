"""The time axis of a panel: its bounds, its positions as a column, and the values at them."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np

from csto_membership._facts.dates import EPOCH, span
from csto_membership._membership.tracks import first_day_of, position_of, tracks
from csto_membership.errors import FrameError
from csto_membership.frames._building import Days
from csto_membership.frames._grids import grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from csto_membership._facts.dates import Day
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track

    Cells = NDArray[Any]  # bytes, or shares as floats


def stretch(
    memberships: tuple[Membership, ...], start: Day | int | None, end: Day | int | None, freq: str
) -> tuple[int, int]:
    """The axis positions of ``[start, end)``; by default from the first change to the last horizon.

    Raises:
        DayError: A bound is no day or period.
        FrameError: A bound lies inside a year or month, or there is none between the two.
    """
    first, after = (
        0 if bound is None else _position_at(argument, bound, freq)
        for argument, bound in (("start", start), ("end", end))
    )
    if start is None:
        begins = (
            min(membership.compiled.segments.cuts, default=membership.compiled.horizon)
            for membership in memberships
        )
        first = position_of(freq, min(begins))
    if end is None:
        after = position_of(freq, max(membership.compiled.horizon for membership in memberships)) + 1
    if first >= after:
        raise FrameError(
            f"[{start}, {end}) holds no {freq}.",
            f"The end is the first {freq} after the panel: name a later one.",
        )
    return first, after


def _position_at(argument: str, bound: Day | int, freq: str) -> int:
    """A bound on the axis: a year as a number, or the first day of what is written."""
    is_year = isinstance(bound, Integral) and not isinstance(bound, bool)
    day, _ = span(f"{bound:04}" if is_year else bound)
    position = position_of(freq, day)
    if day == first_day_of(freq, position):
        return position
    included, left_out = (position, position + 1) if argument == "start" else (position + 1, position)
    raise FrameError(
        f"{argument}={bound!r} lies inside the {freq} {_written(freq, position)}.",
        f"Use {argument}={_written(freq, included)!r} to include that {freq}, or "
        f"{argument}={_written(freq, left_out)!r} to leave it out.",
    )


def _written(freq: str, position: int) -> str:
    """A year or a month as text."""
    year, month = (position, 0) if freq == "year" else divmod(position, 12)
    return f"{year:04}" if freq == "year" else f"{year:04}-{month + 1:02}"


def cells_of(
    membership: Membership, question: Question, bounds: tuple[int, int], *, out: Cells | None = None
) -> Cells:
    """The values of every state at every position: an array states x positions, in *out* if given."""
    if question.what != "fraction":
        positions = np.arange(*bounds)
        table = grid(membership, question)
        cells = table.of_states
        here = np.clip(positions, table.low, table.high) - table.low
        return cells.take(
            here if table.segments is None else table.segments[here], axis=1, out=out, mode="clip"
        )
    rows = tracks(membership, question)
    shares = np.empty((len(rows), bounds[1] - bounds[0])) if out is None else out
    for row, track in enumerate(rows):
        shares[row] = cells_at(track, bounds)
    return shares


def cells_at(track: Track, bounds: tuple[int, int]) -> Cells:
    """The values of one state at every position."""
    runs = np.searchsorted(np.array(track.bounds, dtype=np.int64), np.arange(*bounds), side="right")
    return np.array(track.cells)[runs]


def time_of(positions: NDArray[np.int32] | NDArray[np.int64], freq: str) -> NDArray[np.int64] | Days:
    """Axis positions as a column of years, of first days of months, or of days."""
    if freq == "year":
        return positions.astype(np.int64)
    if freq == "day":
        return Days(numbers=(positions - EPOCH).astype(np.int32))
    months = (positions - 12 * 1970).astype("datetime64[M]").astype("datetime64[D]")
    return Days(numbers=months.astype(np.int64).astype(np.int32))
