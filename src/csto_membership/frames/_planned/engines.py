"""The engines that plan: what each of them writes and does in its own way. A new one is a class like these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import narwhals.stable.v2 as nw

from csto_membership.frames._planned.columns import Foreign, Nulls
from csto_membership.frames._planned.in_duckdb import DuckDB
from csto_membership.frames._planned.in_polars import Polars
from csto_membership.frames._planned.in_spark import Spark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from csto_membership.frames._options import Expression, NativeFrame
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn
    from csto_membership.frames._planned.expressions import Writer
    from csto_membership.frames._planned.lookups import LookUp


class Engine(Protocol):
    """A library or server that plans before it computes; frames are its own."""

    @property
    def writer(self) -> Writer:
        """Writes what a plan is made of."""

    @property
    def is_sql(self) -> bool:
        """Whether names of columns that differ by capitals alone are one name."""

    def columns(self, native: NativeFrame) -> list[str]:
        """The names of all columns, one that two of them have twice.

        Raises:
            ColumnError: Two have one name, which the engine cannot keep.
        """

    def type_of(self, native: NativeFrame, column: str) -> nw.dtypes.DType | str:
        """The type of a column that narwhals does not know, or what the engine calls it."""

    def is_collated(self, native: NativeFrame, column: str) -> bool:
        """Whether a text may be compared by rules other than letter by letter, as where capitals do not count."""

    def letter_by_letter(self, native: NativeFrame, column: str) -> NativeFrame:
        """A frame in which a text is compared letter by letter; others need not be there."""

    def copied(self, native: NativeFrame, copies: Mapping[str, str]) -> tuple[NativeFrame, dict[str, str]]:
        """A frame with copies of columns whose names cannot stand in an expression, and the copies that it has."""

    def numbered(
        self,
        native: NativeFrame,
        states: StateColumn,
        numbers: Sequence[int],
        unknown: int,
        names: tuple[str, str],
    ) -> NativeFrame:
        """A frame with a number for each row's state, null for null: a word is looked up once, whatever is asked.

        Args:
            native: The frame.
            states: The column of states.
            numbers: The number of each of its words.
            unknown: The number of every other word.
            names: The new column's name, and another one that no column has.
        """

    def with_columns(self, native: NativeFrame, columns: Mapping[str, Expression]) -> NativeFrame:
        """A frame with new columns."""

    def without(self, native: NativeFrame, columns: Iterable[str]) -> NativeFrame:
        """A frame without some columns."""

    def looked_up(
        self, look_up: LookUp, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]
    ) -> NativeFrame:
        """A frame with the answers that stand in small tables, by the name of the new column."""


def kind_of(engine: Engine, native: NativeFrame, column: str, dtype: nw.dtypes.DType) -> nw.dtypes.DType:
    """The type of a column; some that engines have are unknown to narwhals, one for nulls alone among them."""
    if not isinstance(dtype, nw.Unknown):
        return dtype
    kind = engine.type_of(native, column)
    if not isinstance(kind, str):
        return kind
    return Nulls() if kind.strip('"').upper() in {"NULL", "NULLTYPE()"} else Foreign(kind)


def engine_of(implementation: nw.Implementation) -> Engine | None:
    """The engine of a frame; none for a library that is not supported."""
    if implementation is nw.Implementation.POLARS:
        return Polars(library=implementation.to_native_namespace())
    return _IN_SQL.get(implementation)


_IN_SQL: dict[nw.Implementation, Engine] = {
    nw.Implementation.DUCKDB: DuckDB(),
    nw.Implementation.PYSPARK: Spark(),
    nw.Implementation.PYSPARK_CONNECT: Spark(),
}
