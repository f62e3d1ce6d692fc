"""Polars: what is planned in its expressions and by its joins, which keep rows and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._planned.columns import Grouped
from csto_membership.frames._planned.engine import Engine
from csto_membership.frames._planned.expressions import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership.frames._options import Expression, Library, NativeFrame
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn
    from csto_membership.frames._planned.lookups import LookUp


@frozen(kw_only=True)
class Polars(Engine):
    """A lazy frame of Polars."""

    library: Library
    is_sql = False

    @property
    def writer(self) -> ExpressionWriter:
        """Writes what a plan is made of."""
        return ExpressionWriter(library=self.library)

    def columns(self, native: NativeFrame) -> list[str]:
        """The names of all columns."""
        return native.collect_schema().names()  # type: ignore[no-any-return] # the module is not typed here

    def type_of(self, native: NativeFrame, column: str) -> nw.dtypes.DType | str:
        """The type of a column that narwhals does not know: categories with a name, or as Polars calls it."""
        found = native.collect_schema()[column]
        return nw.Categorical() if isinstance(found, self.library.Categorical) else str(found)

    def letter_by_letter(self, native: NativeFrame, column: str) -> NativeFrame:  # noqa: ARG002 (as all are)
        """A frame in which a text is compared letter by letter."""
        return native

    def numbered(
        self, native: NativeFrame, states: StateColumn, unknown: int, names: tuple[str, str]
    ) -> NativeFrame:
        """The frame with the number of each row's state; see ``Engine``."""
        pl = self.library
        numbers = list(states.spelled.values())
        found = self._index(states).replace_strict(
            pl.Series(range(len(numbers)), dtype=pl.UInt32),
            pl.Series(numbers, dtype=pl.Int32),
            default=unknown,
            return_dtype=pl.Int32,
        )
        return native.with_columns(pl.when(~states.missing).then(found).alias(names[0]))

    def grouped(
        self, native: NativeFrame, states: StateColumn, groups: Mapping[int, int], names: tuple[str, str]
    ) -> tuple[NativeFrame, Grouped]:
        """See ``Engine``. The integers are those of words in the order of their groups, and need no other look-up."""
        pl = self.library
        found = self._index(states).cast(pl.Int64).fill_null(-1)
        native = native.with_columns(pl.when(~states.missing).then(found).alias(names[0]))
        return native, Grouped.by_words(pl.col(names[0]), states.spelled, groups)

    def _index(self, states: StateColumn) -> Expression:
        """The index of each row's word among ``states.spelled``; null for other words.

        A cast to an enumeration takes half the time of ``replace_strict``. Codes are looked up as they are first:
        to trim and lower all of them takes four times as long as that, and where they are null almost no time.
        """
        pl = self.library
        words = list(states.spelled)
        if states.kind is not str:
            kind = {int: pl.Int64, float: pl.Float64}[states.kind]
            return states.written.cast(kind, strict=False).replace_strict(
                pl.Series(words, dtype=kind),
                pl.Series(range(len(words)), dtype=pl.UInt32),
                default=None,
                return_dtype=pl.UInt32,
            )
        kind = pl.Enum(words)
        if not states.in_capitals:
            return states.written.cast(kind, strict=False).to_physical().cast(pl.UInt32)
        exact = states.plain.cast(kind, strict=False)
        others = self.writer.trimmed(pl.when(exact.is_null()).then(states.plain))
        return pl.coalesce(exact, others.cast(kind, strict=False)).to_physical().cast(pl.UInt32)

    def with_columns(self, native: NativeFrame, columns: Mapping[str, Expression]) -> NativeFrame:
        """A frame with new columns."""
        return native.with_columns([column.alias(name) for name, column in columns.items()])

    def looked_up(
        self, look_up: LookUp, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]
    ) -> NativeFrame:
        """A frame with the answers that stand in small tables, in its order."""
        pl = self.library
        for name, (what, table) in tables.items():
            names = look_up.names(table)
            segments, answers = (
                small.as_polars(pl, columns) for small, columns in zip(table.small, names, strict=True)
            )
            native = native.with_columns(look_up.here(table).cast(pl.Int64).alias(look_up.position))
            native = native.join(segments, on=look_up.position, how="left", maintain_order="left")
            native = native.join(
                answers, on=[look_up.row, look_up.segment], how="left", maintain_order="left"
            )
            made = look_up.found(what, table, [*map(pl.col, names[1][2:])])
            native = native.with_columns(made.alias(name)).drop(
                look_up.position, look_up.segment, *names[1][2:]
            )
        return native


@frozen(kw_only=True)
class ExpressionWriter(Writer):
    """Writes what a plan is made of as expressions of Polars."""

    library: Library

    def column(self, name: str) -> Expression:
        """A column."""
        return self.library.col(name)

    def as_text(self, value: Expression) -> Expression:
        """A value as text."""
        return value.cast(self.library.String)

    def exact(self, value: Expression) -> Expression:
        """A text that is compared letter by letter, as all are in Polars."""
        return value

    def as_moment(self, value: Expression) -> Expression:
        """A moment that can be compared with any day, as all can in Polars."""
        return value

    def matches(self, value: Expression, pattern: str) -> Expression:
        """Whether a day as text has the form of a pattern."""
        return value.str.contains(pattern)

    def trimmed(self, value: Expression) -> Expression:
        """A text without spaces around it, in small letters."""
        return value.str.strip_chars().str.to_lowercase()

    def day_text(self, value: Expression) -> Expression:
        """The day of a text that begins with it, as YYYY-MM-DD."""
        parts = [value.str.slice(start, length) for start, length in ((0, 4), (4, 2), (6, 2))]
        is_compact = value.str.len_bytes() == 8  # noqa: PLR2004 (YYYYMMDD)
        compact = self.library.concat_str(parts, separator="-")
        return self.library.when(is_compact).then(compact).otherwise(value.str.slice(0, 10))

    def as_day(self, value: Expression, kind: str) -> Expression:
        """The date of a moment, or of a day as text; *kind* says which, ``"day"`` or ``"text"``."""
        return (
            value.str.to_date("%Y-%m-%d", strict=False) if kind == "text" else value.cast(self.library.Date)
        )

    def as_whole(self, value: Expression) -> Expression:
        """A number as a whole one, or null."""
        return value.cast(self.library.Int64, strict=False)

    def is_nan(self, value: Expression) -> Expression:
        """Whether a float is no number."""
        return value.is_nan()

    def is_whole(self, value: Expression) -> Expression:
        """Whether a number is whole."""
        return value % 1 == 0

    def position(self, value: Expression, kind: str, low: int) -> Expression:
        """Where on the axis a day or a year lies, counted from a first position."""
        if kind == "year":
            return value.cast(self.library.Int64, strict=False) - low
        return self.as_day(value, kind).to_physical().cast(self.library.Int64) - (low - EPOCH)

    def constant(self, value: str | float | None) -> Expression:
        """An answer or a number as a literal; null is that of a text."""
        return self.library.lit(None, self.library.String) if value is None else self.library.lit(value)

    def first(
        self, cases: Sequence[tuple[Expression, Expression]], otherwise: Expression = None
    ) -> Expression:
        """The answer of the first case that holds, else another one or null."""
        chosen = self.library
        for condition, answer in cases:
            chosen = chosen.when(condition).then(answer)
        return chosen if otherwise is None else chosen.otherwise(otherwise)
