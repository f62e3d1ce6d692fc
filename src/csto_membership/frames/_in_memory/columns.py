"""What the adapters of libraries in memory share: columns as codes and as numbers, days as text, refusals.

Each library has its own adapter, because a conversion to a common format takes longer than the
answer itself. Columns are read in pieces, so that none is copied as a whole.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, datetime
from numbers import Real
from typing import TYPE_CHECKING, Protocol

import numpy as np
from attrs import field, frozen

from csto_membership._facts.dates import EPOCH, span, to_ordinal
from csto_membership.errors import DayError
from csto_membership.frames._grids import MISSING, UNREAD, WIDE
from csto_membership.frames._refusals import DAYS_WANTED, NUMBERS_WANTED, refuse, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from csto_membership.frames._grids import Coded, DayColumn, Ints, Marks
    from csto_membership.frames._options import Cell, ColumnName, NativeFrame

    Bytes = NDArray[np.uint8]

TICKS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
# ASCII digits only: \d takes Arabic-Indic ones as well. A time behind the day has no zone.
_DAY = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_WIDE = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
FIRST_NUMBER, LAST_NUMBER = 1000_01_01, 9999_12_31
_FARTHEST = np.iinfo(np.int32).max


@frozen(kw_only=True, eq=False)
class Categories:
    """A categorical column of the caller's library."""

    values: list[object]
    codes: Callable[[int, int], Ints]
    has_categories: bool = True


@frozen(kw_only=True, eq=False)
class Numbers:
    """A column that is made of numbers."""

    numbers: Callable[[int, int], tuple[Ints, Marks | None]]
    ticks: int = 1
    origin: int = 0
    is_written: bool = False
    missing: int | None = None
    periods: list[tuple[int, int]] = field(factory=list)


def written_days(column: ColumnName, coded: Coded) -> Numbers:
    """A column of days as text, whole numbers or objects: each different value is read once.

    Raises:
        FrameError: One of them is neither text nor a day, or is a year as a whole number.
    """
    values: list[object] = []  # the values of *coded* that were read so far
    days: list[int] = []  # the ordinal of each value, or its index in *periods*
    marks: list[int] = []
    periods: list[tuple[int, int]] = []

    def numbers(start: int, stop: int) -> tuple[Ints, Marks | None]:
        nonlocal values
        codes = coded.codes(start, stop)
        if coded.values is not values:
            values = coded.values
            days.clear()
            marks.clear()
        for value in values[len(days) :]:
            if isinstance(value, Real) and not isinstance(value, bool) and is_year(value):
                raise refuse(column, f"of years, such as {value}", NUMBERS_WANTED)
            if not _is_date_like(value):
                raise refuse(column, f"of {type(value).__name__} ({shortened(repr(value))})", DAYS_WANTED)
            day = read_day(value)
            if isinstance(day, tuple):
                marks.append(WIDE)
                days.append(len(periods))
                periods.append(day)
            else:
                marks.append(UNREAD if day is None else 0)
                days.append(0 if day is None else day)
        found = np.array([*days, 0], dtype=np.int32).take(codes, mode="wrap")
        if any(marks) or np.min(codes, initial=0) < 0:
            return found, np.array([*marks, MISSING], dtype=np.uint8).take(codes, mode="wrap")
        return found, None

    return Numbers(numbers=numbers, periods=periods, is_written=True)


def _is_date_like(value: object) -> bool:
    """Whether a value is of a type that days are written in; null has no code, and so is none of the values."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number or isinstance(value, str | date | np.datetime64)


def read_day(value: object) -> int | tuple[int, int] | None:
    """The ordinal of a day, or the days of a month or a year as text; ``None`` where it cannot be read.

    A moment with a zone cannot: which day it is depends on the zone. Days before the year 1 and after 9999, which
    other libraries have, get the ordinal they would have.
    """
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, Real):
        return _read_text(_whole(value))
    if isinstance(value, datetime) and value == value and not MINYEAR <= value.year <= MAXYEAR:  # noqa: PLR0124 (NaT)
        value = value.to_numpy()  # type: ignore[attr-defined] # only pandas has such moments
    if isinstance(value, np.datetime64):  # equal to a datetime, so the code may be that of one
        days = value.astype("datetime64[D]")
        return None if np.isnat(days) else int(np.clip(days.astype(np.int64) + EPOCH, -_FARTHEST, _FARTHEST))
    try:
        return to_ordinal(value)
    except DayError:
        return None


def _whole(number: Real) -> str:
    """A whole number of eight digits as text, which is a day as YYYYMMDD; empty for other numbers."""
    as_float = float(number)
    return str(int(as_float)) if as_float.is_integer() and FIRST_NUMBER <= as_float <= LAST_NUMBER else ""


def _read_text(text: str) -> int | tuple[int, int] | None:
    """A day as text: YYYY-MM-DD, with a time without a zone or not, YYYYMMDD, or a month or year as a period."""
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        if match:
            return to_ordinal("-".join(match.group(1, 2, 3)))
        return span(text) if _WIDE.fullmatch(text) else None
    except DayError:
        return None


def is_day(value: object) -> bool:
    """Whether a value of a column can be read as a day or a period."""
    return read_day(value) is not None


def is_single_day(value: object) -> bool:
    """Whether a value of a column can be read as a day, as engines that plan need it."""
    return isinstance(read_day(value), int)


def is_year(value: Cell) -> bool:
    """Whether a value of a column can be read as a year of the calendar."""
    return bool(MINYEAR <= value <= MAXYEAR and value % 1 == 0)


class Table(Protocol):
    """A table in memory, as the kernel needs it: its columns of states, of days and of years, by name.

    ``counts`` says how often each value of a column occurs, null left out; ``with_columns`` gives the table with
    answers in new columns, of a kind that suits the column *like*.
    """

    count: int
    columns: list[str]

    def states(self, column: str) -> Coded: ...
    def days(self, column: str) -> DayColumn: ...
    def years(self, column: str) -> DayColumn: ...
    def counts(self, column: str) -> dict[object, int]: ...
    def with_columns(self, like: str, answers: dict[str, tuple[Bytes, str]]) -> NativeFrame: ...
