"""The columns of a table that an engine plans: how states and days stand in them, by type."""

from __future__ import annotations

import functools
import operator
from bisect import bisect_left, bisect_right
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TYPE_CHECKING, Any, Protocol

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership.frames._in_memory.columns import FIRST_NUMBER, LAST_NUMBER
from csto_membership.frames._refusals import DAYS_WANTED, STATES_WANTED, YEARS_WANTED, ZONE_WANTED, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from csto_membership.frames._options import Expression
    from csto_membership.frames._planned.expressions import Writer
    from csto_membership.frames._planned.sql import Literal
    from csto_membership.frames._spellings import GridRows

# A day of the Gregorian calendar as text, 29 February only in leap years; every engine's regex reads it.
CALENDAR = (
    r"^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
# The forms in which a day is written as text; a time behind it has no zone.
FORM = (
    r"^(?:[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9](?:[.][0-9]{1,9})?)?)?)$"
)
_YEAR_ONE = "0001"
AMBIGUOUS_GROUP, UNKNOWN_GROUP = -2, -1
_CODES = 1_000  # words; fewer mean a scheme of codes, more mean names


class Nulls(nw.Unknown):
    """The type of a column that never held anything but null."""


class Foreign(nw.Unknown):
    """A type that narwhals does not know, under the name that its engine has for it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


@frozen(kw_only=True, eq=False)
class StateColumn:
    """The column of states: which rows of a grid its words mean.

    Attributes:
        missing: Whether there is no state.
        plain: The column as it stands.
        written: What is compared with the words: trimmed text in small letters, or numbers.
        words: The grid row of each word, or the number of its group (see ``Grouped``).
        kind: The type of the words.
        rows: The rows of the organization's grids.
    """

    missing: Expression
    plain: Expression
    written: Expression
    words: Mapping[Any, int]
    kind: type[str | int | float]
    rows: GridRows

    @property
    def in_capitals(self) -> dict[str, int]:
        """The words as codes are mostly written; empty where there are so many words that they are names."""
        if self.kind is not str or len(self.words) > _CODES:
            return {}
        return {word.upper(): row for word, row in self.words.items() if word.upper().lower() == word}

    @property
    def spelled(self) -> dict[Any, int]:
        """All words, also in capitals, in the order of their rows or groups."""
        return dict(sorted({**self.in_capitals, **self.words}.items(), key=lambda word: word[1]))


class Rowed(Protocol):
    """Tests of a row's state, given by grid rows, for the conditions of a plan."""

    def among(self, rows: Iterable[int]) -> Expression:
        """Whether the state is one of these."""

    def is_known(self) -> Expression:
        """Whether it is any state of the world."""

    def is_missing(self) -> Expression:
        """Whether there is no state."""

    def is_ambiguous(self) -> Expression:
        """Whether the word means several states."""


@frozen(kw_only=True, eq=False)
class Grouped:
    """A column of integers in which states with equal tracks form a group: each group has a span of integers.

    Attributes:
        column: The integers; null where there is no state.
        spans: The span of each grid row's group.
        known_from: The least integer of any state of the world.
        ambiguous: The span of the words that mean several states.
    """

    column: Expression
    spans: Mapping[int, range]
    known_from: int
    ambiguous: range

    @classmethod
    def by_words(cls, column: Expression, spelled: Mapping[Any, int], groups: Mapping[int, int]) -> Grouped:
        """Indices of words that stand in the order of their groups; -1 for other words."""
        numbers = list(spelled.values())
        spans = {
            group: range(bisect_left(numbers, group), bisect_right(numbers, group))
            for group in {*groups.values(), UNKNOWN_GROUP}
        }
        return cls(
            column=column,
            spans={row: spans[group] for row, group in groups.items()},
            known_from=spans[UNKNOWN_GROUP].stop,
            ambiguous=spans[AMBIGUOUS_GROUP],
        )

    def among(self, rows: Iterable[int]) -> Expression:
        """Whether the state is one of these rows, which must be whole groups."""
        merged: list[range] = []
        for span in sorted({self.spans[row] for row in rows}, key=lambda span: span.start):
            if merged and merged[-1].stop == span.start:
                merged[-1] = range(merged[-1].start, span.stop)
            else:
                merged.append(span)
        return functools.reduce(operator.or_, map(self._lies_in, merged))

    def is_known(self) -> Expression:
        """Whether it is any state of the world."""
        return self.column >= self.known_from

    def is_missing(self) -> Expression:
        """Whether there is no state."""
        return self.column.is_null()

    def is_ambiguous(self) -> Expression:
        """Whether the word means several states."""
        return self._lies_in(self.ambiguous)

    def _lies_in(self, span: range) -> Expression:
        """Whether the integer lies in a span."""
        if len(span) == 1:
            return self.column == span.start
        return (self.column >= span.start) & (self.column < span.stop)


@frozen(kw_only=True, eq=False)
class Enumerated:
    """A column of an enumeration, whose words are known before any row is read and compare as numbers do."""

    column: Expression
    rows: Mapping[str, int]  # of every word
    grid: GridRows

    def among(self, rows: Iterable[int]) -> Expression:
        """Whether the state is one of these."""
        wanted = set(rows)
        words = [word for word, row in self.rows.items() if row in wanted]
        if len(words) == len(self.rows):
            return ~self.column.is_null()
        return self.column == words[0] if len(words) == 1 else self.column.is_in(words)

    def is_known(self) -> Expression:
        """Whether it is any state of the world."""
        return self.among(set(self.rows.values()) - {self.grid.unknown, self.grid.ambiguous})

    def is_missing(self) -> Expression:
        """Whether there is no state."""
        return self.column.is_null()

    def is_ambiguous(self) -> Expression:
        """Whether the word means several states."""
        return self.among({self.grid.ambiguous})


@frozen(kw_only=True, eq=False)
class TimeColumn:
    """The column of days or years.

    Attributes:
        column: What is compared with literals.
        literal: Makes the literal of a position on the axis.
        readable: Whether a row has a day or a year that can be read.
        missing: Whether it has none.
        is_compared: Whether *column* is null exactly where it cannot be read, so that *readable* need not be
            tested.
        kind: ``"year"``, ``"day"``, or ``"text"`` for days as text.
        after: Where each row asks about a period of its own: the first day after it; *column* is its first day.
    """

    column: Expression
    literal: Callable[[int], Literal]
    readable: Expression
    missing: Expression
    is_compared: bool
    kind: str
    after: Expression = None


def state_column(
    dtype: nw.dtypes.DType, state: str, words: Mapping[str, int], rows: GridRows, writer: Writer
) -> StateColumn:
    """The column of states, by its type; *words* are the rows of all words, trimmed and in small letters."""
    column = writer.column(state)
    if dtype.is_integer() or dtype.is_float():
        number = int if dtype.is_integer() else float  # engines compare like with like
        missing = column.is_null()
        return StateColumn(
            missing=missing | writer.is_nan(column) if dtype.is_float() else missing,
            plain=column,
            written=column,
            words={
                number(word): row
                for word, row in words.items()
                if word.isdecimal() and str(int(word)) == word
            },
            kind=number,
            rows=rows,
        )
    if not isinstance(dtype, nw.String | nw.Categorical | nw.Enum | Nulls):
        raise refuse(state, dtype, STATES_WANTED)
    text = column if isinstance(dtype, nw.String) else writer.as_text(column)
    return StateColumn(
        missing=column.is_null(), plain=text, written=writer.trimmed(text), words=words, kind=str, rows=rows
    )


def time_column(dtype: nw.dtypes.DType, on: str, freq: str, writer: Writer) -> TimeColumn:
    """The column of days or years, by its type."""
    column = writer.column(on)
    missing = column.is_null()
    if dtype.is_float():
        missing = missing | writer.is_nan(column)
    is_number = dtype.is_integer() or dtype.is_float()
    if freq == "year" and not isinstance(dtype, Nulls):
        if not is_number:
            raise refuse(on, dtype, YEARS_WANTED)
        in_calendar = (column >= MINYEAR) & (column < MAXYEAR + 1)
        return TimeColumn(
            column=column,
            literal=int,
            readable=writer.is_whole(column) & in_calendar if dtype.is_float() else in_calendar,
            missing=missing,
            is_compared=False,
            kind="year",
        )
    if isinstance(dtype, nw.Date):
        return TimeColumn(
            column=column,
            literal=date.fromordinal,
            readable=~missing,
            missing=missing,
            is_compared=True,
            kind="day",
        )
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            raise refuse(on, dtype, ZONE_WANTED)
        return TimeColumn(
            column=writer.as_moment(column) if dtype.time_unit == "ns" else column,
            literal=_midnight,
            readable=~missing,
            missing=missing,
            is_compared=True,
            kind="day",
        )
    if not (is_number or isinstance(dtype, nw.String | nw.Categorical | nw.Enum | Nulls)):
        raise refuse(on, dtype, DAYS_WANTED)
    text = (
        column
        if isinstance(dtype, nw.String)
        else writer.as_text(writer.as_whole(column) if is_number else column)
    )
    day = writer.day_text(text)
    readable = writer.matches(text, FORM) & writer.matches(day, CALENDAR) & (day >= _YEAR_ONE)
    if is_number:
        readable = (column >= FIRST_NUMBER) & (column <= LAST_NUMBER) & readable
    if dtype.is_float():
        readable = writer.is_whole(column) & readable
    return TimeColumn(
        column=day, literal=_written, readable=readable, missing=missing, is_compared=False, kind="text"
    )


def periods(first: TimeColumn, after: TimeColumn, writer: Writer) -> TimeColumn:
    """The periods from the days of one column up to, but not on, those of another; one without a day is unreadable."""
    begins, ends = (writer.as_day(days.column, days.kind) for days in (first, after))
    return TimeColumn(
        column=begins,
        literal=date.fromordinal,
        readable=first.readable & after.readable & (begins < ends),
        missing=first.missing | after.missing,
        is_compared=False,
        kind="day",
        after=ends,
    )


def _midnight(day: int) -> datetime:
    """The moment at which a day begins."""
    return datetime.fromordinal(day)


def _written(day: int) -> str:
    """A day as text, which orders as days do."""
    return date.fromordinal(day).isoformat()
