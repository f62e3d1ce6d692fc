"""The engines that plan, by what narwhals calls them. A new one is an ``Engine`` in a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from csto_membership.frames._planned.columns import Foreign, Nulls
from csto_membership.frames._planned.in_duckdb import DuckDB
from csto_membership.frames._planned.in_polars import Polars
from csto_membership.frames._planned.in_spark import Spark

if TYPE_CHECKING:
    from csto_membership.frames._options import NativeFrame
    from csto_membership.frames._planned.engine import Engine


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
