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
    BEYOND,
    NO_DATE,
    NULL,
    OPEN,
    STRANGER,
    YES,
    segment_count,
    tracks,
)
from csto_membership.frames._grids import REASONS, STATUSES
from csto_membership.frames._planned.columns import (
    is_collated,
    kind_of,
    state_column,
    time_column,
)
from csto_membership.frames._planned.expressions import writer_for
from csto_membership.frames._planned.lookups import LookUp, spark_functions
from csto_membership.frames._planned.sql import DUCKDB
from csto_membership.frames._spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._foreign import Expression, NativeFrame
    from csto_membership.frames._options import AnnotateOptions
    from csto_membership.frames._planned.columns import StateColumn, TimeColumn
    from csto_membership.frames._planned.expressions import Writer

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses
    Stretch = tuple[int | None, int | None]

SPELLED_OUT = 100
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
    asked = {name: (question, tracks(membership, question)) for name, question in questions.items()}
    writer = writer_for(engine)
    states = state_column(kinds[options.state], options.state, spellings(membership, options.codes), writer)
    if states.kind is str and is_collated(frame, options.state):
        states = evolve(states, column=writer.exact(states.column), written=writer.exact(states.written))
    times = time_column(kinds[options.on], options.on, next(iter(questions.values())).freq, writer)
    native = frame.to_native()
    if any(segment_count(rows) > SPELLED_OUT for _, rows in asked.values()):
        row, place, segment = _new_names(schema.names(), "row", "place", "segment")
        look_up = LookUp(
            membership=membership,
            states=states,
            times=times,
            writer=writer,
            row=row,
            place=place,
            segment=segment,
        )
        return look_up.annotated(engine, native, questions)
    if engine is nw.Implementation.DUCKDB:
        # DuckDB makes a join of a list of words: it looks each word up once, and compares numbers.
        (numbered,) = _new_names(schema.names(), "row")
        groups = _groups([rows for _, rows in asked.values()])
        native = _numbered(native, numbered, states, groups)
        states = evolve(states, column=writer.column(numbered), is_complete=True, groups=groups)
    columns = {
        name: _spelled_out(rows, question, states, times, writer) for name, (question, rows) in asked.items()
    }
    if engine is nw.Implementation.DUCKDB:
        added = ", ".join(f"{column.text} as {DUCKDB.name(name)}" for name, column in columns.items())
        return native.project(f"* exclude ({DUCKDB.name(numbered)}), {added}")
    if engine is nw.Implementation.POLARS:
        return native.with_columns([column.alias(name) for name, column in columns.items()])
    functions = spark_functions(native)
    return native.withColumns({name: functions.expr(column.text) for name, column in columns.items()})


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


def _numbered(native: NativeFrame, name: str, states: StateColumn, groups: Mapping[int, int]) -> NativeFrame:
    """A DuckDB relation with the groups of its states."""
    cases = " ".join(
        f"when {DUCKDB.literal(word)} then {groups[row]}::smallint" for word, row in states.words.items()
    )
    written = f"case {states.written.text} {cases} end" if cases else "null::smallint"
    return native.project(f"*, {written} as {DUCKDB.name(name)}")


def _stretches(track: Track, cell: float) -> tuple[Stretch, ...]:
    """The half-open stretches in which a cell holds; open sides are ``None``."""
    bounds = (None, *track.bounds, None)
    return tuple((bounds[run], bounds[run + 1]) for run, found in enumerate(track.cells) if found == cell)


def _holds(rows: tuple[Track, ...], cell: float, states: StateColumn, times: TimeColumn) -> Expression:
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
    rows: tuple[Track, ...], question: Question, states: StateColumn, times: TimeColumn, writer: Writer
) -> Expression:
    """The answer as one expression: null, where nothing says that it is decided."""
    if question.what == "why":
        return _reasons(rows, states, times, writer)
    null = NULL if question.what == "member" else 0
    # Past the horizon everybody is null: said once, and not for every state.
    tails = {track.bounds[-1] if track.cells[-1] == null and track.bounds else None for track in rows}
    horizon = next(iter(tails)) if len(tails) == 1 else None
    if horizon is not None:
        rows = tuple(_without_tail(track) for track in rows)
    decided = states.among(range(1, len(rows) + 1))
    if horizon is None or not times.is_compared:
        decided = decided & times.readable
    if horizon is not None:
        decided = decided & (times.column < times.literal(horizon))
    open_ = _holds(rows, null, states, times)
    if open_ is not None:
        decided = decided & ~open_
    if question.what == "member":
        yes = _holds(rows, YES, states, times)
        return writer.first([(decided, writer.said(False) if yes is None else yes)])  # noqa: FBT003 (an answer)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The longest comes last: where the others do not hold, it does.
    masks.sort(key=lambda mask: sum(len(_stretches(track, mask)) for track in rows))
    said = writer.said(STATUSES[masks[-1]] if masks else None)
    cases = [(_holds(rows, mask, states, times), writer.said(STATUSES[mask])) for mask in masks[:-1]]
    return writer.first([(decided, writer.first(cases, said) if cases else said)])


def _reasons(rows: tuple[Track, ...], states: StateColumn, times: TimeColumn, writer: Writer) -> Expression:
    """What makes a member null, in the order in which a table in memory finds it."""
    held = [(_holds(rows, cell, states, times), REASONS[cell]) for cell in (BEYOND, OPEN)]
    cases = [(condition, writer.said(reason)) for condition, reason in held if condition is not None]
    told = writer.first(cases) if cases else writer.said(None)
    known = writer.first([(states.among(range(1, len(rows) + 1)), told)], writer.said(REASONS[STRANGER]))
    return writer.first([(times.readable, known)], writer.said(REASONS[NO_DATE]))


def _without_tail(track: Track) -> Track:
    """A track whose last run is taken back into the one before."""
    return evolve(track, bounds=track.bounds[:-1], cells=track.cells[:-1])
