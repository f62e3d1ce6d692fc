"""The interface of a lazy or distributed engine, with defaults for what most engines have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from csto_membership.frames._planned.columns import AMBIGUOUS_GROUP, UNKNOWN_GROUP, Grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import narwhals.stable.v2 as nw

    from csto_membership.frames._options import Expression, NativeFrame
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn
    from csto_membership.frames._planned.expressions import Writer
    from csto_membership.frames._planned.lookups import LookUp


class Engine(ABC):
    """A library or server that plans before it computes; frames are its own.

    Attributes:
        is_sql: Whether column names are case-insensitive, as in SQL.
    """

    __slots__ = ()
    is_sql = True

    @property
    @abstractmethod
    def writer(self) -> Writer:
        """Writes what a plan is made of."""

    @abstractmethod
    def type_of(self, native: NativeFrame, column: str) -> nw.dtypes.DType | str:
        """The type of a column that narwhals does not know, or what the engine calls it."""

    def columns(self, native: NativeFrame) -> list[str]:
        """The names of all columns; one that two of them have stands there twice.

        Raises:
            ColumnError: Two have one name, and the engine cannot keep both.
        """
        return list(native.columns)

    def is_collated(self, native: NativeFrame, column: str) -> bool:  # noqa: ARG002 (types may not tell)
        """Whether a text may be compared by rules other than letter by letter, as where capitals do not count."""
        return True

    @abstractmethod
    def letter_by_letter(self, native: NativeFrame, column: str) -> NativeFrame:
        """A frame in which a text is compared letter by letter; other columns need not be there."""

    def copied(self, native: NativeFrame, copies: Mapping[str, str]) -> tuple[NativeFrame, dict[str, str]]:  # noqa: ARG002 (most need none)
        """The frame with copies of columns whose names an expression cannot contain, and their names."""
        return native, {}

    @abstractmethod
    def numbered(
        self, native: NativeFrame, states: StateColumn, unknown: int, names: tuple[str, str]
    ) -> NativeFrame:
        """The frame with a column that numbers each row's state (null for null), resolved only once.

        Args:
            native: The frame.
            states: The column of states; its words have their numbers.
            unknown: The number of every other word.
            names: The new column's name, and another one that no column has.
        """

    def grouped(
        self, native: NativeFrame, states: StateColumn, groups: Mapping[int, int], names: tuple[str, str]
    ) -> tuple[NativeFrame, Grouped]:
        """The frame with a column of integers by group, resolved only once; and the groups, for conditions.

        Args:
            native: The frame.
            states: The column of states; its words have the numbers of their groups.
            groups: The number of each grid row's group: 1 or more, or ``AMBIGUOUS_GROUP``.
            names: The new column's name, and another one that no column has.
        """
        native = self.numbered(native, states, UNKNOWN_GROUP, names)
        return native, Grouped(
            column=self.writer.column(names[0]),
            spans={row: range(group, group + 1) for row, group in groups.items()},
            known_from=1,
            ambiguous=range(AMBIGUOUS_GROUP, AMBIGUOUS_GROUP + 1),
        )

    @abstractmethod
    def with_columns(self, native: NativeFrame, columns: Mapping[str, Expression]) -> NativeFrame:
        """A frame with new columns."""

    def without(self, native: NativeFrame, columns: Iterable[str]) -> NativeFrame:
        """A frame without some columns."""
        return native.drop(*columns)

    @abstractmethod
    def looked_up(
        self, look_up: LookUp, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]
    ) -> NativeFrame:
        """A frame with the answers that stand in small tables, by the name of the new column."""
