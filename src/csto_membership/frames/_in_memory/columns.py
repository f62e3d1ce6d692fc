"""What the adapters of libraries in memory share: columns as codes and as numbers, days as text, refusals.

Each library gets an adapter of its own: one path through a common format costs more for the
conversion than for the answer. Everything is read in pieces, so that no copy of a column is made.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TYPE_CHECKING, Protocol

import numpy as np
from attrs import frozen

from csto_membership._facts.dates import EPOCH, to_ordinal
from csto_membership.errors import DayError
from csto_membership.frames._refusals import DAYS_WANTED, refuse, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from csto_membership.frames._foreign import Cell, NativeFrame
    from csto_membership.frames._grids import Coded, Ints, Places

    Bytes = NDArray[np.uint8]

TICKS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_DAY = np.iinfo(np.int32).min


@frozen(kw_only=True, eq=False)
class Categories:
    """A column that is coded already."""

    values: list[object]
    codes: Callable[[int, int], Ints]


@frozen(kw_only=True, eq=False)
class Numbers:
    """A column that is made of numbers."""

    numbers: Callable[[int, int], tuple[Ints, NDArray[np.bool_] | None]]
    ticks: int = 1
    origin: int = 0
    is_written: bool = False
    missing: int | None = None


def written_days(column: str, coded: Coded) -> Numbers:
    """A column of days as text or objects: each different value is read once.

    Raises:
        DayError: One of them is a moment with a zone.
        FrameError: One of them is neither text nor a day, such as a year.
    """
    values: list[object] = []  # those that were read, and as what
    days: list[int] = []

    def numbers(start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:
        nonlocal values
        codes = coded.codes(start, stop)
        if coded.values is not values:
            values = coded.values
            days.clear()
        for value in values[len(days) :]:
            # What is null equals nothing, not even itself.
            if value is not None and not isinstance(value, str | date | np.datetime64) and value == value:  # noqa: PLR0124
                raise refuse(column, f"of {type(value).__name__} ({shortened(repr(value))})", DAYS_WANTED)
            try:
                days.append(read_day(value))
            except DayError as fault:
                raise DayError(f"column {column!r}: {fault}") from None
        found = np.array([*days, _NO_DAY], dtype=np.int32).take(codes, mode="wrap")
        nulls = found == _NO_DAY
        return found, nulls if nulls.any() else None

    return Numbers(numbers=numbers, is_written=True)


def read_day(value: object) -> int:
    """The ordinal of a day, or a mark where it is none; a moment with a zone is refused.

    Days before the year 1 and after 9999, which other libraries have, get the ordinal they would have.
    """
    if isinstance(value, str) and _DAY.fullmatch(value) is None:
        return _NO_DAY
    if isinstance(value, datetime) and value.tzinfo is not None:
        return to_ordinal(value)
    if isinstance(value, datetime) and value == value and not MINYEAR <= value.year <= MAXYEAR:  # noqa: PLR0124 (NaT)
        value = value.to_numpy()  # type: ignore[attr-defined] # only pandas has such moments
    if isinstance(value, np.datetime64):  # it is equal to a datetime, and so may stand for one
        days = value.astype("datetime64[D]")
        if np.isnat(days):
            return _NO_DAY
        return int(np.clip(days.astype(np.int64) + EPOCH, _NO_DAY + 1, -_NO_DAY - 1))
    try:
        return to_ordinal(value)
    except DayError:
        return _NO_DAY


def is_day(value: object) -> bool:
    """Whether a value of a column can be read as a day."""
    return read_day(value) != _NO_DAY


def is_year(value: Cell) -> bool:
    """Whether a value of a column can be read as a year of the calendar."""
    return bool(value >= MINYEAR and value % 1 == 0)


class Table(Protocol):
    """A table in memory, as the kernel needs it: its columns of states, of days and of years, by name.

    ``counts`` says how often each value of a column occurs, null left out; ``with_columns`` gives the table with
    answers in new columns, of a kind that suits the column *beside*.
    """

    count: int
    columns: list[str]

    def states(self, column: str) -> Coded: ...
    def days(self, column: str) -> Places: ...
    def years(self, column: str) -> Places: ...
    def counts(self, column: str) -> dict[object, int]: ...
    def with_columns(self, beside: str, answers: dict[str, tuple[Bytes, str]]) -> NativeFrame: ...
