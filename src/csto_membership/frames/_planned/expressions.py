"""Writes what plans are made of in an engine's own words: expressions of Polars, SQL of DuckDB and Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._planned.sql import DUCKDB, SPARK, SqlWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership.frames._options import Expression, Library


class Writer(Protocol):
    """Writes what a plan is made of in a library's expressions or in an engine's SQL."""

    def column(self, name: str) -> Expression:
        """A column."""

    def as_text(self, value: Expression) -> Expression:
        """A value as text."""

    def exact(self, value: Expression) -> Expression:
        """A text that is compared letter by letter."""

    def as_moment(self, value: Expression) -> Expression:
        """A moment that can be compared with any day."""

    def matches(self, value: Expression, pattern: str) -> Expression:
        """Whether a day as text has the form of a pattern."""

    def trimmed(self, value: Expression) -> Expression:
        """A text without spaces around it, in small letters."""

    def day_text(self, value: Expression) -> Expression:
        """The day of a text that begins with it, as YYYY-MM-DD."""

    def as_day(self, value: Expression, kind: str) -> Expression:
        """The date of a moment, or of a day as text; *kind* says which, ``"day"`` or ``"text"``."""

    def as_whole(self, value: Expression) -> Expression:
        """A number as a whole one, or null."""

    def is_nan(self, value: Expression) -> Expression:
        """Whether a float is no number."""

    def is_whole(self, value: Expression) -> Expression:
        """Whether a number is whole."""

    def place(self, value: Expression, kind: str, low: int) -> Expression:
        """Where on the axis a day or a year lies, counted from a first place."""

    def constant(self, value: str | float | None) -> Expression:
        """An answer or a number as a literal; null is that of a text."""

    def first(
        self, cases: Sequence[tuple[Expression, Expression]], otherwise: Expression = None
    ) -> Expression:
        """The answer of the first case that holds, else another one or null."""


@frozen(kw_only=True)
class ExpressionWriter:
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

    def place(self, value: Expression, kind: str, low: int) -> Expression:
        """Where on the axis a day or a year lies, counted from a first place."""
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


def writer_for(engine: nw.Implementation) -> Writer:
    """The writer for an engine."""
    if engine is nw.Implementation.POLARS:
        return ExpressionWriter(library=engine.to_native_namespace())
    if engine is nw.Implementation.DUCKDB:
        return SqlWriter(dialect=DUCKDB)
    return SqlWriter(dialect=SPARK)
