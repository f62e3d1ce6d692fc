"""The columns of a table that an engine plans: how states and days stand in them, by type."""

from __future__ import annotations

import functools
import operator
from datetime import MINYEAR, date, datetime
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import field, frozen

from csto_membership.frames._planned.expressions import writer_for
from csto_membership.frames._refusals import DAYS_WANTED, STATES_WANTED, YEARS_WANTED, ZONE_WANTED, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from csto_membership.frames._foreign import Expression
    from csto_membership.frames._planned.expressions import Writer
    from csto_membership.frames._planned.sql import Literal

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses

# A day of the Gregorian calendar as text, 29 February only in leap years; every engine's regex reads it.
CALENDAR = (
    r"^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
_YEAR_ONE = "0001"


def is_collated(frame: Frame, column: str) -> bool:
    """Whether an engine may compare a text by rules of its own, by which small letters are capitals, say."""
    if frame.implementation in {nw.Implementation.POLARS, nw.Implementation.DUCKDB}:
        return True  # whose types do not tell, and for which it costs nothing to ask for every letter
    kind = frame.to_native().schema[column].dataType
    return getattr(kind, "collation", "UTF8_BINARY") != "UTF8_BINARY"


def letter_by_letter(frame: Frame, column: str) -> Frame:
    """A frame in which a text that an engine may compare by rules of its own is compared by its letters."""
    engine: nw.Implementation = frame.implementation
    is_text = isinstance(frame.collect_schema()[column], nw.String)
    if engine is nw.Implementation.POLARS or not is_text or not is_collated(frame, column):
        return frame
    writer, native = writer_for(engine), frame.to_native()
    name = writer.column(column)
    text = f"{writer.exact(name).text} as {name.text}"
    compared: Frame = nw.from_native(
        native.project(text) if engine is nw.Implementation.DUCKDB else native.selectExpr(text)
    )
    return compared


class _Nulls(nw.Unknown):
    """The type of a column that never held anything but null."""


class _Foreign(nw.Unknown):
    """A type that narwhals does not know, under the name that its engine has for it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


def kind_of(frame: Frame, column: str, dtype: nw.dtypes.DType) -> nw.dtypes.DType:
    """The type of a column; some that engines have are unknown to narwhals, one for nulls alone among them."""
    if not isinstance(dtype, nw.Unknown):
        return dtype
    native = frame.to_native()
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.POLARS:
        found = native.collect_schema()[column]
        if isinstance(found, engine.to_native_namespace().Categorical):  # with categories that have a name
            return nw.Categorical()
        kind = str(found)
    elif engine is nw.Implementation.DUCKDB:
        kind = str(native.types[native.columns.index(column)])
    else:
        kind = str(native.schema[column].dataType)
    return _Nulls() if kind.strip('"').upper() in {"NULL", "NULLTYPE()"} else _Foreign(kind)


@frozen(kw_only=True, eq=False)
class StateColumn:
    """The column of states: what stands in it for whom, the row of a state counting from 1."""

    column: Expression
    written: Expression  # the column as what its words are: text or numbers
    words: Mapping[Any, int]
    kind: type[str | int | float]  # of the words
    is_complete: bool = False  # whether nothing else stands in it
    groups: Mapping[int, int] = field(factory=dict)  # of every row, if it is groups that the column holds

    def among(self, rows: Iterable[int]) -> Expression:
        """Whether the state is one of these."""
        wanted = set(rows)
        if self.is_complete and wanted >= set(self.words.values()):
            return ~self.column.is_null()
        if not self.groups:
            words = [word for word, row in self.words.items() if row in wanted]
            return self.column == words[0] if len(words) == 1 else self.column.is_in(words)
        # Rows that are asked for together have whole groups to themselves.
        groups = sorted({self.groups[row] for row in wanted})
        return functools.reduce(operator.or_, [self.column == group for group in groups])


@frozen(kw_only=True, eq=False)
class TimeColumn:
    """The column of days or years: how its literals look and which of its values can be read."""

    column: Expression
    literal: Callable[[int], Literal]
    readable: Expression
    is_compared: bool  # whether a comparison is null exactly where the column cannot be read
    kind: str  # "year", "day", or "text" for days as text


def state_column(
    dtype: nw.dtypes.DType, state: str, known: Mapping[object, int], writer: Writer
) -> StateColumn:
    """The column of states, by its type; *known* are the rows of all spellings."""
    column = writer.column(state)
    if dtype.is_integer() or dtype.is_float():
        number = int if dtype.is_integer() else float  # engines compare like with like
        return StateColumn(
            column=column,
            written=column,
            words={number(word): row for word, row in known.items() if isinstance(word, int)},
            kind=number,
        )
    text = writer.as_text(column)
    if isinstance(dtype, nw.String):
        written = column
    elif isinstance(dtype, nw.Categorical | nw.Enum):
        written = column if writer.compares_categories else text
    elif isinstance(dtype, _Nulls):
        written = text
    else:
        raise refuse(state, dtype, STATES_WANTED)
    words = {word: row for word, row in known.items() if isinstance(word, str)}
    if not isinstance(dtype, nw.Enum):
        return StateColumn(column=written, written=text, words=words, kind=str)
    words = {word: words[word] for word in dtype.categories if word in words}
    is_complete = len(words) == len(dtype.categories)
    return StateColumn(column=written, written=text, words=words, kind=str, is_complete=is_complete)


def time_column(dtype: nw.dtypes.DType, on: str, freq: str, writer: Writer) -> TimeColumn:
    """The column of days or years, by its type."""
    column = writer.column(on)
    present = ~column.is_null()
    if freq == "year":
        if isinstance(dtype, _Nulls):
            return TimeColumn(
                column=writer.as_text(column),
                literal=str,
                readable=present,
                is_compared=False,
                kind="text",
            )
        if not (dtype.is_integer() or dtype.is_float()):
            raise refuse(on, dtype, YEARS_WANTED)
        in_calendar = column >= MINYEAR
        return TimeColumn(
            column=column,
            literal=int,
            readable=writer.is_whole(column) & in_calendar if dtype.is_float() else in_calendar,
            is_compared=False,
            kind="year",
        )
    if isinstance(dtype, nw.Date):
        return TimeColumn(
            column=column,
            literal=date.fromordinal,
            readable=present,
            is_compared=True,
            kind="day",
        )
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            raise refuse(on, dtype, ZONE_WANTED)
        return TimeColumn(
            column=writer.as_moment(column) if dtype.time_unit == "ns" else column,
            literal=_midnight,
            readable=present,
            is_compared=True,
            kind="day",
        )
    if isinstance(dtype, nw.Categorical | nw.Enum | _Nulls):
        column = writer.as_text(column)
    elif not isinstance(dtype, nw.String):
        raise refuse(on, dtype, DAYS_WANTED)
    return TimeColumn(
        column=column,
        literal=_written,
        readable=writer.matches(column, CALENDAR) & (column >= _YEAR_ONE),
        is_compared=False,
        kind="text",
    )


def _midnight(day: int) -> datetime:
    """The moment at which a day begins."""
    return datetime.fromordinal(day)


def _written(day: int) -> str:
    """A day as text, which orders as days do."""
    return date.fromordinal(day).isoformat()
