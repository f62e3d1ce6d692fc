"""Compiles a question into an expression that lazy and distributed engines plan, spill and distribute.

Up to ``SPELLED_OUT`` runs it is one boolean expression, grouped by equal periods: no join and no
function that an engine could not look into. Longer ones are looked up in small tables.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import evolve

from csto_membership._membership.tracks import (
    AMBIGUOUS,
    BEYOND,
    NO_DATE,
    NO_STATE,
    NULL,
    OPEN,
    UNKNOWN_STATE,
    UNREADABLE,
    YES,
    segment_count,
    track_without_acts,
    tracks,
)
from csto_membership.frames._grids import REASONS, STATUSES
from csto_membership.frames._planned.columns import (
    AMBIGUOUS_GROUP,
    UNKNOWN_GROUP,
    Enumerated,
    Grouped,
    is_collated,
    kind_of,
    state_column,
    time_column,
)
from csto_membership.frames._planned.expressions import writer_for
from csto_membership.frames._planned.lookups import LookUp
from csto_membership.frames._planned.rows import numbered, spark_functions
from csto_membership.frames._planned.sql import DUCKDB, SPARK
from csto_membership.frames._spellings import row_of, rows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._options import AnnotateOptions, Expression, NativeFrame
    from csto_membership.frames._planned.columns import Rowed, TimeColumn
    from csto_membership.frames._planned.expressions import Writer

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses
    Stretch = tuple[int | None, int | None]

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
    tracked = {
        name: (question, (*tracks(membership, question), *_of_others(membership, question, options)))
        for name, question in questions.items()
    }
    writer = writer_for(engine)
    native = frame.to_native()
    row, place, segment, answer, state, on = _new_names(
        schema.names(), "row", "place", "segment", "answer", "state", "on"
    )
    copies = {}
    if engine in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}:
        # Spark substitutes ${...} wherever it parses SQL, in the names of columns as well.
        copies = {name: copy for name, copy in ((options.state, state), (options.on, on)) if "$" in name}
        native = _copied(native, copies)
    state, on = (copies.get(name, name) for name in options.columns[:2])
    rows = rows_of(membership, options.others)
    words = words_of(membership, options.codes, options.others)
    states = state_column(kinds[options.state], state, words, rows, writer)
    if states.kind is str and is_collated(frame, options.state):
        states = evolve(states, plain=writer.exact(states.plain), written=writer.exact(states.written))
    times = time_column(kinds[options.on], on, next(iter(questions.values())).freq, writer)
    if any(segment_count(tracks_) > SPELLED_OUT for _, tracks_ in tracked.values()):
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
    groups = _groups([tracks_ for _, tracks_ in tracked.values()])
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
        name: _spelled_out(tracks_, question, found, times, writer)
        for name, (question, tracks_) in tracked.items()
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


def _of_others(membership: Membership, question: Question, options: AnnotateOptions) -> tuple[Track, ...]:
    """What every other state of the world was, unless those are unknown."""
    return (track_without_acts(membership, question),) if options.others == "no" else ()


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


def _stretches(track: Track, cell: float) -> tuple[Stretch, ...]:
    """The half-open stretches in which a cell holds; open sides are ``None``."""
    bounds = (None, *track.bounds, None)
    return tuple((bounds[run], bounds[run + 1]) for run, found in enumerate(track.cells) if found == cell)


def _holds(rows: tuple[Track, ...], cell: float, states: Rowed, times: TimeColumn) -> Expression:
    """Where a cell holds: states with equal stretches are tested together. ``None`` for nowhere."""
    groups: dict[tuple[Stretch, ...], list[int]] = {}
    for row, track in enumerate(rows, start=1):
        stretches = _stretches(track, cell)
        if stretches:
            groups.setdefault(stretches, []).append(row)
    parts = []
    for stretches, members in groups.items():
        within = [_within(stretch, times) for stretch in stretches]
        here = states.among(members)
        # An open stretch on both sides holds on all days.
        if all(test is not None for test in within):
            here = here & functools.reduce(operator.or_, [test for test in within if test is not None])
        parts.append(here)
    return functools.reduce(operator.or_, parts) if parts else None


def _within(stretch: Stretch, times: TimeColumn) -> Expression:
    """Whether a day lies in a stretch; ``None`` for always."""
    start, end = stretch
    tests = []
    if start is not None:
        tests.append(times.column >= times.literal(start))
    if end is not None:
        tests.append(times.column < times.literal(end))
    return functools.reduce(operator.and_, tests) if tests else None


def _spelled_out(
    rows: tuple[Track, ...], question: Question, states: Rowed, times: TimeColumn, writer: Writer
) -> Expression:
    """The answer as one expression: null, where nothing says that it is decided."""
    if question.what == "why":
        return _reasons(rows, states, times, writer)
    null = NULL if question.what == "member" else 0
    # Past the horizon everybody is null: written once, and not for every state.
    tails = {track.bounds[-1] if track.cells[-1] == null and track.bounds else None for track in rows}
    horizon = next(iter(tails)) if len(tails) == 1 else None
    if horizon is not None:
        rows = tuple(_without_tail(track) for track in rows)
    decided = states.is_known()
    if horizon is None or not times.is_compared:
        decided = decided & times.readable
    if horizon is not None:
        decided = decided & (times.column < times.literal(horizon))
    open_ = _holds(rows, null, states, times)
    if open_ is not None:
        decided = decided & ~open_
    if question.what == "member":
        yes = _holds(rows, YES, states, times)
        return writer.first([(decided, writer.constant(False) if yes is None else yes)])  # noqa: FBT003 (an answer)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The longest comes last: where the others do not hold, it does.
    masks.sort(key=lambda mask: sum(len(_stretches(track, mask)) for track in rows))
    longest = writer.constant(STATUSES[masks[-1]] if masks else None)
    cases = [(_holds(rows, mask, states, times), writer.constant(STATUSES[mask])) for mask in masks[:-1]]
    return writer.first([(decided, writer.first(cases, longest) if cases else longest)])


def _reasons(rows: tuple[Track, ...], states: Rowed, times: TimeColumn, writer: Writer) -> Expression:
    """What makes a member null, in the order in which a table in memory finds it."""
    held = [(_holds(rows, cell, states, times), REASONS[cell]) for cell in (BEYOND, OPEN)]
    cases = [(condition, writer.constant(reason)) for condition, reason in held if condition is not None]
    reason_ = writer.first(cases) if cases else writer.constant(None)
    outside = [
        (times.missing, NO_DATE),
        (~times.readable, UNREADABLE),
        (states.is_missing(), NO_STATE),
        (states.is_ambiguous(), AMBIGUOUS),
        (~states.is_known(), UNKNOWN_STATE),
    ]
    return writer.first([(test, writer.constant(REASONS[reason])) for test, reason in outside], reason_)


def _without_tail(track: Track) -> Track:
    """A track whose last run is taken back into the one before."""
    return evolve(track, bounds=track.bounds[:-1], cells=track.cells[:-1])
