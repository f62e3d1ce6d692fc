"""Builds the same table in every dataframe library that is installed, and reads answers back from it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

State = str | int | None
Day = dt.date | None
# Tables are of libraries that may not be installed.
Build = Callable[[Sequence[State], Sequence[Day]], Any]


def module(name: str) -> Any:
    """A library, or a skip that says which one is missing."""
    return pytest.importorskip(name, reason=f"{name} is not installed: pip install '.[test-frames]'")


def written(days: Sequence[Day]) -> list[str | None]:
    """Days as text."""
    return [None if day is None else day.isoformat() for day in days]


def moments(days: Sequence[Day]) -> list[dt.datetime | None]:
    """Days as moments, late enough for rounding to show."""
    late = dt.time(23, 59, 59)
    return [None if day is None else dt.datetime.combine(day, late) for day in days]


def polars_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A Polars frame."""
    pl = module("polars")
    place = pl.Series(range(len(states)), dtype=pl.Int64)
    frame = pl.DataFrame({"place": place, "iso3": pl.Series(states), "date": pl.Series(days, dtype=pl.Date)})
    if kind == "moments":
        return frame.with_columns(date=pl.Series(moments(days), dtype=pl.Datetime("ms")))
    if kind == "text":
        return frame.with_columns(date=pl.Series(written(days), dtype=pl.String))
    if kind == "categorical":
        return frame.with_columns(pl.col("iso3").cast(pl.Categorical))
    if kind == "enum":
        words = sorted({str(state) for state in states if state is not None})
        return frame.with_columns(pl.col("iso3").cast(pl.Enum(words)))
    if kind == "pieces":
        third = max(len(states) // 3, 1)
        return pl.concat([frame[:third], frame[third:]], rechunk=False)
    return frame


def arrow_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A PyArrow table."""
    pa = module("pyarrow")
    place = pa.array(range(len(states)), pa.int64())
    table = pa.table({"place": place, "iso3": pa.array(states), "date": pa.array(days, pa.date32())})
    if kind == "dictionary":
        return table.set_column(1, "iso3", table["iso3"].dictionary_encode())
    if kind == "date64":
        return table.set_column(2, "date", table["date"].cast(pa.date64()))
    if kind == "moments":
        return table.set_column(2, "date", pa.array(moments(days), pa.timestamp("us")))
    if kind == "text":
        return table.set_column(2, "date", pa.array(written(days), pa.large_string()))
    if kind == "pieces":  # each piece with a dictionary of its own
        third = max(len(states) // 3, 1)
        pieces = (table.slice(0, third), table.slice(third))
        return pa.concat_tables(
            [
                piece.set_column(1, "iso3", piece["iso3"].combine_chunks().dictionary_encode())
                for piece in pieces
            ]
        )
    return table


def pandas_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A pandas frame, with an index that runs backwards."""
    pd = module("pandas")
    index = pd.Index(range(len(states), 0, -1), name="number")
    if kind.startswith("arrow"):
        arrow = arrow_table(states, days, kind.removeprefix("arrow "))
        return arrow.to_pandas(types_mapper=pd.ArrowDtype).set_axis(index)
    frame = pd.DataFrame({"place": range(len(states)), "iso3": pd.Series(states)})
    frame["date"] = pd.Series(moments(days), dtype="datetime64[us]")
    if kind == "categorical":
        frame["iso3"] = frame["iso3"].astype("category")
    elif kind == "objects":
        frame["iso3"] = pd.Series(states, dtype=object)
        frame["date"] = pd.Series(days, dtype=object)
    elif kind == "seconds":
        frame["date"] = frame["date"].astype("datetime64[s]")
    elif kind == "text":
        frame["date"] = pd.array(written(days), dtype="string")
    elif kind == "python text":
        frame["iso3"] = pd.array(states, dtype=pd.StringDtype("python"))
        frame["date"] = pd.array(written(days), dtype=pd.StringDtype("python"))
    return frame.set_axis(index)


_connections: list[Any] = []  # a relation does not keep its own in older versions


def relation_of(table: Any) -> Any:
    """A DuckDB relation of an Arrow table, whose connection stays open."""
    connection = module("duckdb").connect()
    _connections.append(connection)
    return connection.from_arrow(table)


def duckdb_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A DuckDB relation."""
    connection = module("duckdb").connect()
    _connections.append(connection)
    connection.register("rows", arrow_table(states, days))
    relation = connection.sql("select * from rows")
    if kind:
        cast = {"moments": "date + interval 86399 second", "text": "date::text"}[kind]
        return relation.project(f"place, iso3, {cast} as date")
    return relation


def dask_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A Dask frame of three partitions."""
    frames = module("dask.dataframe")
    return frames.from_pandas(pandas_table(states, days, kind), npartitions=3, sort=False)


def lazy_polars_table(states: Sequence[State], days: Sequence[Day], kind: str = "") -> Any:
    """A Polars frame that is planned first."""
    return polars_table(states, days, kind).lazy()


def _of(build: Any, kind: str) -> Build:
    return lambda states, days: build(states, days, kind)


_KINDS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("polars", polars_table, ("", "moments", "text", "categorical", "enum", "pieces")),
    ("pyarrow", arrow_table, ("", "dictionary", "date64", "moments", "text", "pieces")),
    (
        "pandas",
        pandas_table,
        ("", "categorical", "objects", "seconds", "text", "python text", "arrow", "arrow dictionary"),
    ),
    ("polars lazy", lazy_polars_table, ("", "moments", "text", "categorical", "enum")),
    ("duckdb", duckdb_table, ("", "moments", "text")),
    ("dask", dask_table, ("", "categorical", "text")),
)
BACKENDS: dict[str, Build] = {
    f"{name} {kind}".strip(): _of(build, kind) for name, build, kinds in _KINDS for kind in kinds
}
EAGER = {name: build for name, build in BACKENDS.items() if name.startswith(("polars", "pandas", "pyarrow"))}
EAGER = {name: build for name, build in EAGER.items() if "lazy" not in name}
ONE_EACH = {name: BACKENDS[name] for name in ("polars", "pyarrow", "pandas", "polars lazy", "duckdb", "dask")}


def answers(frame: Any, column: str = "member") -> list[Any]:
    """A column of a table as Python values, in the order of the rows; DuckDB's by the column ``place``."""
    library = type(frame).__module__.partition(".")[0]
    if library in {"duckdb", "_duckdb"}:
        rows = dict(frame.project(f'place, "{column}"').fetchall())
        return [rows[place] for place in range(len(rows))]
    if library == "dask":
        frame = frame.compute()
    elif hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "iloc"):
        return [_plain(value) for value in frame[column].tolist()]
    values = frame[column]
    return list(values.to_pylist() if hasattr(values, "to_pylist") else values.to_list())


def _plain(value: Any) -> Any:
    """A value of pandas, its many nulls made one."""
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    return None if isinstance(value, float) and math.isnan(value) else value
