"""Answers by two small equality joins, from the day to its segment and from state and segment to the answer.

They keep every row and every null on every engine; one condition would be as long as there are runs.
"""

from __future__ import annotations

import importlib
import importlib.util
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import narwhals.stable.v2 as nw
from attrs import field, frozen

from csto_membership._grids import NO_DATE, REASONS, STRANGER, WORDS, grid
from csto_membership._sql import DUCKDB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership._grids import Grid, Question
    from csto_membership._plans import Frame, Places, States
    from csto_membership._sql import Literal
    from csto_membership.organization import Organization

_SEPARATOR = "\x1f"  # stands in no code and no name


def joined(  # noqa: PLR0913, PLR0917 (what one plan is made of)
    frame: Frame,
    organization: Organization,
    question: Question,
    name: str,
    states: States,
    places: Places,
) -> Frame:
    """The answer by two equality joins with small tables."""
    table = grid(organization, question, dense_bytes=0)
    columns = frame.collect_schema().names()
    segment, place, word = (
        nw.generate_temporary_column_name(8, columns, prefix=f"{part}_") for part in "dps"
    )
    low, high = places.literal(table.low), places.literal(table.high)
    key = places.column
    if places.key_type is not None:
        # Engines may cast every row before they choose: what cannot be cast is left out first.
        key = nw.when(places.readable).then(places.column).cast(places.key_type)
    clipped = (
        nw.when(places.column < low)
        .then(nw.lit(places.key_literal(table.low)))
        .otherwise(nw.when(places.column >= high).then(nw.lit(places.key_literal(table.high))).otherwise(key))
    )
    known = states.among(range(1, len(organization.states) + 1))
    spelled, canonical = dict(states.words), states.column if states.text is None else states.text
    if states.text is not None and all(str(text).isascii() for text in spelled):
        # Capitals and small letters share a row; engines agree on which those are within ASCII.
        spelled = {str(text).lower(): row for text, row in spelled.items()}
        canonical = canonical.str.to_lowercase()
    keyed = frame.with_columns(
        nw.when(places.readable).then(clipped).alias(place), nw.when(known).then(canonical).alias(word)
    )
    if spelled:
        segments, answers = _lookups(organization, question, table, places.key_literal, spelled)
        found = _left_join(keyed, segments, (place, segment), 1)
        found = _left_join(found, answers, (word, segment, name), 2).drop(segment)
    else:  # no state has such a code
        kind = nw.Boolean() if question.what == "member" else nw.String()
        found = keyed.with_columns(nw.lit(None, kind).alias(name))
    if question.what == "why":
        reason = nw.when(~nw.col(word).is_null()).then(nw.col(name)).otherwise(nw.lit(REASONS[STRANGER]))
        reason = nw.when(~nw.col(place).is_null()).then(reason).otherwise(nw.lit(REASONS[NO_DATE]))
        found = found.with_columns(reason.alias(name))
    return found.drop(place, word)


@frozen(kw_only=True, eq=False)
class _Lookup:
    """A small table to be joined: its columns, and what engines have made of them."""

    columns: tuple[list[Any], ...]  # days, words or numbers
    made: dict[str, Any] = field(factory=dict)  # of libraries that may not be installed


def _lookups(
    organization: Organization,
    question: Question,
    table: Grid,
    key_literal: Callable[[int], Literal],
    spelled: Mapping[Any, int],  # text, or numbers
) -> tuple[_Lookup, _Lookup]:
    """The segment of every place, and the answer for every word and segment, made once for all frames."""
    kept = _lookups_kept.setdefault(organization, {})
    key = question, key_literal, tuple(spelled.items())
    if key not in kept:
        assert table.segments is not None  # noqa: S101 (no dense table fits into nothing)
        cells = table.cells.reshape(-1, table.width)[list(spelled.values())]
        word, segment = (cells != table.null).nonzero()
        said: list[Any] = [False, True] if question.what == "member" else list(WORDS[question.what])
        texts = list(spelled)
        found = [
            (texts[state], at, said[cell])
            for state, at, cell in zip(
                word.tolist(), segment.tolist(), cells[word, segment].tolist(), strict=True
            )
        ]
        # Engines read types off the first row: where there is none, one that no segment meets.
        found = found or [(texts[0], -1, said[-1])]
        if len(kept) >= _LOOKUPS_KEPT:
            kept.clear()
        kept[key] = (
            _Lookup(
                columns=(
                    [key_literal(index) for index in range(table.low, table.high + 1)],
                    table.segments.tolist(),
                )
            ),
            _Lookup(columns=tuple(map(list, zip(*found, strict=True)))),
        )
    return kept[key]


_LOOKUPS_KEPT = 3  # pairs of tables, for an organization: one for each question of a call
_lookups_kept: WeakKeyDictionary[Organization, dict[object, tuple[_Lookup, _Lookup]]] = WeakKeyDictionary()


def _left_join(frame: Frame, lookup: _Lookup, names: tuple[str, ...], keys: int) -> Frame:
    """Rows with what a small table says of their keys; every row once, in its order where it has one."""
    native, on = frame.to_native(), list(names[:keys])
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.POLARS:
        if "polars" not in lookup.made:
            pl = nw.Implementation.POLARS.to_native_namespace()
            lookup.made["polars"] = pl.DataFrame(list(lookup.columns)).lazy()
        small = lookup.made["polars"]
        small = small.rename(dict(zip(small.collect_schema().names(), names, strict=True)))
        joined = native.join(small, on=on, how="left", maintain_order="left")
        found: Frame = nw.from_native(joined)
        return found
    if engine is nw.Implementation.DUCKDB:
        if "duckdb" not in lookup.made:
            lookup.made["duckdb"] = [_duckdb_column(values) for values in lookup.columns]
        written = zip(lookup.made["duckdb"], names, strict=True)
        selected = ", ".join(f"{column} as {DUCKDB.name(name)}" for column, name in written)
        # Only SQL can reach the connection of a relation.
        right = native.query("csto_membership_rows", f"select {selected}")
        return frame.join(nw.from_native(right), on=on, how="left")
    functions = spark_functions(native)
    if importlib.util.find_spec("pyarrow") is not None:
        if "arrow" not in lookup.made:
            lookup.made["arrow"] = importlib.import_module("pyarrow").table(
                list(lookup.columns), [str(number) for number in range(len(names))]
            )
        small = native.sparkSession.createDataFrame(lookup.made["arrow"].rename_columns(list(names)))
    else:
        small = native.sparkSession.createDataFrame(list(zip(*lookup.columns, strict=True)), list(names))
    # Said to be small, so that no engine shuffles the caller's rows for it.
    return frame.join(nw.from_native(functions.broadcast(small)), on=on, how="left")


def spark_functions(native: Any) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """The functions module that suits a Spark frame, classic or Connect."""
    module = (
        "pyspark.sql.connect.functions" if "connect" in type(native).__module__ else "pyspark.sql.functions"
    )
    return importlib.import_module(module)


def _duckdb_column(values: list[Any]) -> str:
    """A column as one literal to be split: DuckDB's parser is slow with long lists."""
    kind = {date: "date", bool: "boolean", int: "bigint", float: "double"}.get(type(values[0]), "varchar")
    written = _SEPARATOR.join(map(str, values)).replace("'", "''")
    return f"unnest(string_split('{written}', '{_SEPARATOR}')::{kind}[])"
