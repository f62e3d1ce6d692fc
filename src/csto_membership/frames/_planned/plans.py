"""Compiles a question into an expression that lazy and distributed engines plan, spill and distribute.

Up to ``SPELLED_OUT`` runs it is one boolean expression, grouped by equal periods: no join and no
function that an engine could not look into. Longer ones are looked up in small tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import evolve

from csto_membership._membership.tracks import segment_count, track_without_acts, tracks
from csto_membership.frames._planned.columns import (
    AMBIGUOUS_GROUP,
    UNKNOWN_GROUP,
    Enumerated,
    Grouped,
    is_collated,
    kind_of,
    periods,
    state_column,
    time_column,
)
from csto_membership.frames._planned.conditions import period_boxes, spelled_out, spelled_out_over_periods
from csto_membership.frames._planned.expressions import writer_for
from csto_membership.frames._planned.lookups import LookUp
from csto_membership.frames._planned.periods import by_day
from csto_membership.frames._planned.rows import numbered, spark_functions
from csto_membership.frames._planned.sql import DUCKDB, SPARK
from csto_membership.frames._spellings import row_of, rows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._options import AnnotateOptions, Expression, NativeFrame
    from csto_membership.frames._planned.columns import Rowed

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses

SPELLED_OUT = 100
# What is neither Polars nor DuckDB is taken for Spark by every chain of ``if engine is`` in this folder.
ENGINES = (
    nw.Implementation.POLARS,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
)


def annotated(
    frame: Frame,
    membership: Membership,
    options: AnnotateOptions,
    questions: Mapping[str, Question],
) -> NativeFrame:
    """The engine's own frame with the answers as new columns, planned and not computed.

    Args:
        frame: The frame, of one of the ``ENGINES``.
        membership: Whose answers.
        options: The columns of states and of days or years, and how states are written.
        questions: What is asked, by the name of the new column.
    """
    schema = frame.collect_schema()
    kinds = {column: kind_of(frame, column, schema[column]) for column in options.columns}
    engine: nw.Implementation = frame.implementation
    is_over_periods = options.until is not None
    tracked = {name: _tracks(membership, question, options) for name, question in questions.items()}
    writer = writer_for(engine)
    native = frame.to_native()
    row, place, segment, answer, *spare = _new_names(
        schema.names(),
        "row",
        "place",
        "segment",
        "answer",
        *(f"copy{number}" for number in range(len(kinds))),
    )
    copies = {}
    if engine in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}:
        # Spark substitutes ${...} wherever it parses SQL, in the names of columns as well.
        copies = {name: copy for name, copy in zip(kinds, spare, strict=True) if "$" in name}
        native = _copied(native, copies)
    rows = rows_of(membership, options.others)
    words = words_of(membership, options.codes, options.others)
    state, *on = (copies.get(name, name) for name in options.columns)
    states = state_column(kinds[options.state], state, words, rows, writer)
    if states.kind is str and is_collated(frame, options.state):
        states = evolve(states, plain=writer.exact(states.plain), written=writer.exact(states.written))
    freq = next(iter(questions.values())).freq
    first, *after = (
        time_column(kinds[name], copied, freq, writer)
        for name, copied in zip(options.columns[1:], on, strict=True)
    )
    times = periods(first, after[0], writer) if is_over_periods else first
    boxes = {
        name: tuple(period_boxes(membership, questions[name], track) for track in tracks_)
        for name, tracks_ in tracked.items()
        if is_over_periods
    }
    lengths = [sum(map(len, found)) for found in boxes.values()] or map(segment_count, tracked.values())
    if max(lengths) > SPELLED_OUT:
        look_up = LookUp(
            membership=membership,
            states=states,
            times=times,
            writer=writer,
            row=row,
            place=place,
            segment=segment,
            answer=answer,
        )
        made = look_up.annotated(engine, native, questions)
        return made.drop(*copies.values()) if copies else made
    groups = _groups(list(tracked.values()))
    groups |= {rows.ambiguous: AMBIGUOUS_GROUP}
    found: Rowed
    kind = kinds[options.state]
    if isinstance(kind, nw.Enum) and engine is nw.Implementation.POLARS:
        find = row_of(membership, options.codes, options.others)
        named = {word: find(word) for word in kind.categories}
        found = Enumerated(column=writer.column(options.state), rows=named, grid=rows)
    else:
        number = {**groups, rows.unknown: UNKNOWN_GROUP}.__getitem__
        native = numbered(engine, native, states, number, (row, place))
        found = Grouped(column=writer.column(row), groups=groups)
    columns = {
        name: spelled_out_over_periods(boxes[name], question, found, times, writer)
        if is_over_periods
        else spelled_out(tracked[name], question, found, times, writer)
        for name, question in questions.items()
    }
    if isinstance(found, Enumerated):
        return native.with_columns([column.alias(name) for name, column in columns.items()])
    made = with_columns(engine, native, columns, row)
    return made.drop(*copies.values()) if copies else made


def _new_names(taken: list[str], *parts: str) -> tuple[str, ...]:
    """Names that no column has."""
    return tuple(nw.generate_temporary_column_name(8, taken, prefix=f"{part}_") for part in parts)


def _groups(questions: Sequence[tuple[Track, ...]]) -> dict[int, int]:
    """The group of every row: states to which the same happened have one number."""
    numbers: dict[tuple[Track, ...], int] = {}
    return {
        row: numbers.setdefault(same, len(numbers) + 1)
        for row, same in enumerate(zip(*questions, strict=True), start=1)
    }


def _copied(native: NativeFrame, copies: Mapping[str, str]) -> NativeFrame:
    """A frame of Spark with copies of some columns, whose names stand in no SQL."""
    for name, copy in copies.items():
        native = native.withColumn(copy, native[SPARK.name(name)])
    return native


def _tracks(membership: Membership, question: Question, options: AnnotateOptions) -> tuple[Track, ...]:
    """What every state was, and what every other state of the world was, unless those are unknown."""
    on = question if options.until is None else by_day(question)
    others = (track_without_acts(membership, on),) if options.others == "no" else ()
    return (*tracks(membership, on), *others)


def with_columns(
    engine: nw.Implementation, native: NativeFrame, columns: Mapping[str, Expression], row: str
) -> NativeFrame:
    """The frame with its answers, and without the column of rows that they are made from."""
    if engine is nw.Implementation.POLARS:
        return native.with_columns([column.alias(name) for name, column in columns.items()]).drop(row)
    if engine is nw.Implementation.DUCKDB:
        added = ", ".join(f"{column.text} as {DUCKDB.name(name)}" for name, column in columns.items())
        return native.project(f"* exclude ({DUCKDB.name(row)}), {added}")
    functions = spark_functions(native)
    made = {name: functions.expr(column.text) for name, column in columns.items()}
    return native.withColumns(made).drop(row)
