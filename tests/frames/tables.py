"""Reads tables back as rows, and builds small ones, for the tests of panels, dyads and reports."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from csto_membership import (
    Dataset,
    History,
    Source,
    SourceKind,
    build,
    exact,
)
from tests.frames.backends import module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership import Organization
    from csto_membership.frames._building import Backend


LIBRARIES: tuple[Backend, ...] = ("pandas", "polars", "pyarrow")


def rows_of(frame: Any) -> list[tuple[Any, ...]]:
    """The rows of a table as Python values."""
    nw = module("narwhals.stable.v2")
    columns = []
    for column in nw.from_native(frame, eager_only=True).iter_columns():
        nulls = column.is_null().to_list()
        values = column.to_list()
        columns.append([None if null else _plain(value) for value, null in zip(values, nulls, strict=True)])
    return list(zip(*columns, strict=True))


def _plain(value: Any) -> Any:
    """A day without a time."""
    return value.date() if isinstance(value, dt.datetime) else value


def nobody() -> Organization:
    """An organization that no state ever had to do with."""
    source = Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS)
    return build(
        Dataset(
            verified_through=exact("2024-12-31"),
            states=(),
            histories=(History(id="NONE", name="None"),),
            sources=(source,),
        )
    )


def coding(backend: str, cells: Sequence[tuple[str | None, int, Any]]) -> Any:
    """Somebody's table of state-years."""
    columns = {
        "iso3": [state for state, _, _ in cells],
        "year": [year for _, year, _ in cells],
        "member": [value for _, _, value in cells],
    }
    library = module(backend)
    return library.table(columns) if backend == "pyarrow" else library.DataFrame(columns)


def columns_of(frame: Any) -> dict[str, list[Any]]:
    """A table as Python values, by its columns' names."""
    names = frame.column_names if hasattr(frame, "column_names") else list(frame.columns)
    return dict(zip(names, map(list, zip(*rows_of(frame), strict=True)), strict=True))


def frame_of(library: str, columns: dict[str, list[Any]]) -> Any:
    """Columns as a frame of a library; in DuckDB a relation over one of PyArrow."""
    name = library.split(maxsplit=1)[0]
    if name == "pandas":
        return module("pandas").DataFrame(columns)
    if name == "polars":
        frame = module("polars").DataFrame(columns, strict=False)
        return frame.lazy() if library.endswith("lazy") else frame
    made = module("pyarrow").table(columns)
    return module("duckdb").from_arrow(made) if name == "duckdb" else made
