"""What plans are made of, as each engine writes it in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership.frames._options import Expression


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

    def position(self, value: Expression, kind: str, low: int) -> Expression:
        """Where on the axis a day or a year lies, counted from a first position."""

    def constant(self, value: str | float | None) -> Expression:
        """An answer or a number as a literal; null is that of a text."""

    def first(
        self, cases: Sequence[tuple[Expression, Expression]], otherwise: Expression = None
    ) -> Expression:
        """The answer of the first case that holds, else another one or null."""
