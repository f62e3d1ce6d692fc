"""Adds a column with the number of each row's state: the word is looked up once, whatever is asked of it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from csto_membership.frames._planned.sql import DUCKDB, SPARK
from csto_membership.frames._planned.tables import SmallTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from csto_membership.frames._options import Expression, Library, NativeFrame
    from csto_membership.frames._planned.columns import StateColumn

_CODES = 1_000  # words: a scheme of codes has fewer, and names of states are more
FEW = 20  # words that Spark compares one by one as fast as it finds them by a join


def numbered(
    engine: nw.Implementation,
    native: NativeFrame,
    states: StateColumn,
    number: Callable[[int], int],
    names: tuple[str, str],
) -> NativeFrame:
    """A frame with the number of each row's state: null for null, and that of an unknown word for others.

    Polars looks a word up by equality, which keeps rows and their order. DuckDB loses their order in any join; it
    finds a word by its place in an enumeration. Spark joins with a small table, which it sends to all workers.

    Args:
        engine: Whose frame it is.
        native: The frame.
        states: The column of states.
        number: The number for a row of a grid.
        names: The new column's name, and another one that no column has.
    """
    unknown = number(states.rows.unknown)
    numbers = [number(row) for row in states.words.values()]
    if engine is nw.Implementation.POLARS:
        pl = engine.to_native_namespace()
        return native.with_columns(_in_polars(pl, states, numbers, unknown).alias(names[0]))
    if engine is nw.Implementation.DUCKDB:
        found = _in_duckdb(states, numbers)
        text = f"CASE WHEN {states.missing.text} THEN NULL ELSE coalesce({found}, {unknown}) END"
        return native.project(f"*, {text}::INTEGER AS {DUCKDB.name(names[0])}")
    return _in_spark(native, states, numbers, unknown, names)


def _in_polars(pl: Library, states: StateColumn, numbers: list[int], unknown: int) -> Expression:
    """The number of each state as an expression."""
    if not numbers:
        found = pl.lit(unknown, pl.Int32)
    else:
        kind = {str: pl.String, int: pl.Int64, float: pl.Float64}[states.kind]
        words = pl.Series(list(states.words), dtype=kind)
        written = states.written if states.kind is str else states.written.cast(kind, strict=False)
        found = written.replace_strict(
            words, pl.Series(numbers, dtype=pl.Int32), default=unknown, return_dtype=pl.Int32
        )
    return pl.when(~states.missing).then(found)


def _in_duckdb(states: StateColumn, numbers: list[int]) -> str:
    """The number of each listed word as SQL; null for others."""
    if not numbers:
        return "CAST(NULL AS INTEGER)"
    rows = dict(zip(map(str, states.words), numbers, strict=True))
    if states.kind is not str or len(rows) > _CODES:
        return _enumerated(states.written, rows)
    # Codes are mostly written in capitals: what is found as it stands is not trimmed and put into small letters, which
    # takes two thirds of the time of all. A coalesce of DuckDB computes its second part only where the first is null.
    capitals = {word.upper(): row for word, row in rows.items() if word.upper().lower() == word}
    return f"coalesce({_enumerated(states.plain, capitals)}, {_enumerated(states.written, rows)})"


def _enumerated(written: Expression, rows: Mapping[str, int]) -> str:
    """The number of a word, by its place in an enumeration."""
    words = ", ".join(map(DUCKDB.literal, rows))
    code = f"enum_code(TRY_CAST(CAST({written.text} AS VARCHAR) AS ENUM({words})))"
    return f"list_extract({listed(rows.values())}, {code} + 1)"


def _cases(states: StateColumn, numbers: list[int]) -> str:
    """The number of each listed word, compared one by one, in the SQL of Spark."""
    cases = " ".join(
        f"WHEN {SPARK.literal(word)} THEN {number}"
        for word, number in zip(states.words, numbers, strict=True)
    )
    return f"CASE {states.written.text} {cases} END" if cases else "CAST(NULL AS INTEGER)"


def _in_spark(
    native: NativeFrame, states: StateColumn, numbers: list[int], unknown: int, names: tuple[str, str]
) -> NativeFrame:
    """The frame of Spark with a number for each state."""
    functions = spark_functions(native)
    name, word = names
    missing = f"({states.missing.text})"
    if len(numbers) <= FEW:
        found = _cases(states, numbers)
        return native.withColumn(
            name, functions.expr(f"CASE WHEN NOT {missing} THEN coalesce({found}, {unknown}) END")
        )
    kind = {str: "STRING", int: "BIGINT", float: "DOUBLE"}[states.kind]
    native = native.withColumn(word, functions.expr(f"CAST({states.written.text} AS {kind})"))
    words = SmallTable(columns=(list(states.words), numbers)).as_spark(native, (word, name))
    native = native.join(functions.broadcast(words), on=[word], how="left").drop(word)
    text = f"CASE WHEN NOT {missing} THEN coalesce({SPARK.name(name)}, {unknown}) END"
    return native.withColumn(name, functions.expr(text))


def spark_functions(native: NativeFrame) -> Library:
    """The functions module that suits a Spark frame, classic or Connect."""
    module = (
        "pyspark.sql.connect.functions" if "connect" in type(native).__module__ else "pyspark.sql.functions"
    )
    return importlib.import_module(module)


def listed(numbers: Iterable[int]) -> str:
    """Numbers as one literal to be split: DuckDB's parser is slow with long lists."""
    return f"string_split('{','.join(map(str, numbers))}', ',')::INTEGER[]"
