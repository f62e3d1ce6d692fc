"""Writes conditions as the SQL of an engine.

Text is faster than an expression built call by call: Spark would exchange a thousand messages with its
virtual machine, and DuckDB would check types at every step.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._planned.expressions import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    Literal = date | datetime | str | float


@frozen(kw_only=True)
class Dialect:
    """What engines write differently.

    Attributes:
        quote: What stands around names; doubled, it stands for itself.
        moment: The word before a moment without a zone.
        text: The type of texts.
        exact: A text that is compared letter by letter, whatever its column or the engine is set to.
        matches: Whether a day as text has the form of a pattern, from its start to its end.
        is_substituted: Whether the engine interprets backslashes and ``${...}`` inside literals.
        days: The days since 1970 of a date.
        moments: A moment of nanoseconds as one of microseconds, rounded down.
    """

    quote: str
    moment: str
    text: str
    exact: str
    matches: str
    is_substituted: bool
    days: str
    moments: str

    def name(self, column: str) -> str:
        """A column's name."""
        return self.quote + column.replace(self.quote, 2 * self.quote) + self.quote

    def literal(self, value: Literal) -> str:
        """A literal, which means the same however the engine is set."""
        if isinstance(value, datetime):
            return f"{self.moment} '{value.isoformat(sep=' ')}'"
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        if isinstance(value, int | float):
            return str(value)
        if self.is_substituted and any(sign in value for sign in "'\\$"):
            return f"decode(unhex('{value.encode().hex()}'), 'UTF-8')"
        return "'" + value.replace("'", "''") + "'"


_OR, _AND, _NOT, _ONE = range(4)  # precedence of a text's outermost operator in SQL, lowest first


@frozen(kw_only=True, eq=False)
class Sql:
    """A condition or a value, put together as the expressions of dataframe libraries are.

    Parentheses are written only where they are needed: with all of them, Spark's parser takes more than
    twice as long for the first plan of a status.
    """

    text: str
    dialect: Dialect
    holds: int = _ONE

    def __and__(self, other: Sql) -> Sql:
        return self._of(f"{self.within(_AND)} AND {other.within(_AND)}", _AND)

    def __or__(self, other: Sql) -> Sql:
        return self._of(f"{self.text} OR {other.text}", _OR)

    def __invert__(self) -> Sql:
        return self._of(f"NOT {self.within(_ONE)}", _NOT)

    def __ge__(self, other: Literal | Sql) -> Sql:
        return self._of(f"{self.text} >= {self._beside(other)}")

    def __le__(self, other: Literal) -> Sql:
        return self._of(f"{self.text} <= {self.dialect.literal(other)}")

    def __lt__(self, other: Literal | Sql) -> Sql:
        return self._of(f"{self.text} < {self._beside(other)}")

    def __gt__(self, other: Literal) -> Sql:
        return self._of(f"{self.text} > {self.dialect.literal(other)}")

    def __eq__(self, other: object) -> Sql:  # type: ignore[override] # as expressions have it
        return self._of(f"{self.text} = {self.dialect.literal(other)}")  # type: ignore[arg-type] # a literal

    __hash__ = None  # type: ignore[assignment] # expressions have none either

    def is_null(self) -> Sql:
        """Whether it is null."""
        return self._of(f"({self.text} IS NULL)")

    def of(self, text: str) -> Sql:
        """Another text of the same dialect."""
        return self._of(text)

    def within(self, holds: int) -> str:
        """The text as an operand of an operator with this precedence, in parentheses where needed."""
        return self.text if self.holds >= holds else f"({self.text})"

    def _beside(self, other: Literal | Sql) -> str:
        """What it is compared with: a literal, or another value."""
        return other.text if isinstance(other, Sql) else self.dialect.literal(other)

    def _of(self, text: str, holds: int = _ONE) -> Sql:
        return Sql(text=text, dialect=self.dialect, holds=holds)


@frozen(kw_only=True)
class SqlWriter(Writer):
    """Writes what a plan is made of as SQL."""

    dialect: Dialect

    def column(self, name: str) -> Sql:
        """A column."""
        return self._sql(self.dialect.name(name))

    def as_text(self, value: Sql) -> Sql:
        """A value as text."""
        return self._sql(f"CAST({value.text} AS {self.dialect.text})")

    def exact(self, value: Sql) -> Sql:
        """A text that is compared letter by letter."""
        return self._sql(self.dialect.exact.format(text=value.text))

    def as_moment(self, value: Sql) -> Sql:
        """A moment in a unit that reaches every day; nanoseconds only reach from 1677 to 2262."""
        return self._sql(self.dialect.moments.format(moment=value.text))

    def matches(self, value: Sql, pattern: str) -> Sql:
        """Whether a day as text has the form of a pattern."""
        return self._sql(self.dialect.matches.format(text=value.text, pattern=pattern))

    def trimmed(self, value: Sql) -> Sql:
        """A text without spaces around it, in small letters."""
        return self._sql(f"lower(trim({value.text}))")

    def day_text(self, value: Sql) -> Sql:
        """The day of a text that begins with it, as YYYY-MM-DD."""
        text = value.text
        compact = f"concat(substr({text}, 1, 4), '-', substr({text}, 5, 2), '-', substr({text}, 7, 2))"
        return self._sql(f"CASE WHEN length({text}) = 8 THEN {compact} ELSE substr({text}, 1, 10) END")

    def as_day(self, value: Sql, kind: str) -> Sql:  # noqa: ARG002 (both kinds are cast alike)
        """The date of a moment, or of a day as text."""
        return self._sql(f"TRY_CAST({value.text} AS DATE)")

    def as_whole(self, value: Sql) -> Sql:
        """A number as a whole one, or null."""
        return self._sql(f"TRY_CAST({value.text} AS BIGINT)")

    def is_nan(self, value: Sql) -> Sql:
        """Whether a float is no number."""
        return self._sql(f"isnan({value.text})")

    def is_whole(self, value: Sql) -> Sql:
        """Whether a number is whole."""
        return self._sql(f"{value.text} % 1 = 0")

    def position(self, value: Sql, kind: str, low: int) -> Sql:
        """Where on the axis a day or a year lies, counted from a first position."""
        if kind == "year":
            return self._sql(f"TRY_CAST({value.text} AS BIGINT) - {low}")
        return self._sql(f"{self.dialect.days.format(day=self.as_day(value, kind).text)} - {low - EPOCH}")

    def constant(self, value: str | float | None) -> Sql:
        """An answer or a number as a literal; null is that of a text."""
        if value is None:
            return self._sql(f"CAST(NULL AS {self.dialect.text})")
        return self._sql(str(value).lower() if isinstance(value, bool) else self.dialect.literal(value))

    def first(self, cases: Sequence[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
        """The answer of the first case that holds, else another one."""
        written = " ".join(f"WHEN {condition.text} THEN {answer.text}" for condition, answer in cases)
        rest = "" if otherwise is None else f" ELSE {otherwise.text}"
        return self._sql(f"CASE {written}{rest} END")

    def _sql(self, text: str) -> Sql:
        return Sql(text=text, dialect=self.dialect)
