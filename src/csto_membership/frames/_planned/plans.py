"""Compiles a question into an expression that lazy and distributed engines plan, spill and distribute.

Up to ``SPELLED_OUT`` runs it is one boolean expression, without joins or user-defined functions, so
that the engine can optimize it. With more runs, answers are looked up in small tables.
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
    periods,
    state_column,
    time_column,
)
from csto_membership.frames._planned.conditions import period_boxes, spelled_out, spelled_out_over_periods
from csto_membership.frames._planned.engines import kind_of
from csto_membership.frames._planned.lookups import LookUp
from csto_membership.frames._planned.periods import by_day
from csto_membership.frames._spellings import row_of, rows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._options import AnnotateOptions, NativeFrame
    from csto_membership.frames._planned.columns import Rowed, TimeColumn
    from csto_membership.frames._planned.engine import Engine
    from csto_membership.frames._planned.expressions import Writer

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses

SPELLED_OUT = 100


def annotated(
    engine: Engine,
    frame: Frame,
    membership: Membership,
    options: AnnotateOptions,
    questions: Mapping[str, Question],
) -> NativeFrame:
    """The engine's own frame with the answers as new columns, planned and not computed.

    Args:
        engine: Whose frame it is.
        frame: The frame.
        membership: Whose answers.
        options: The columns of states and of days or years, and how states are written.
        questions: What is asked, by the name of the new column.
    """
    schema, native, writer = frame.collect_schema(), frame.to_native(), engine.writer
    kinds = {column: kind_of(engine, native, column, schema[column]) for column in options.columns}
    row, position, segment, answer, *copies = _new_names(
        schema.names(), "row", "position", "segment", "answer", *("copy" for _ in kinds)
    )
    native, copied = engine.copied(native, dict(zip(kinds, copies, strict=True)))
    rows = rows_of(membership, options.others)
    words = words_of(membership, options.codes, options.others)
    state = copied.get(options.state, options.state)
    states = state_column(kinds[options.state], state, words, rows, writer)
    if states.kind is str and engine.is_collated(native, options.state):
        states = evolve(states, plain=writer.exact(states.plain), written=writer.exact(states.written))
    times = _times(options, kinds, copied, next(iter(questions.values())).freq, writer)
    tracked = {name: _tracks(membership, question, options) for name, question in questions.items()}
    boxes = {
        name: tuple(period_boxes(membership, questions[name], track) for track in tracked[name])
        for name in questions
        if times.after is not None
    }
    lengths = [sum(map(len, found)) for found in boxes.values()] or map(segment_count, tracked.values())
    if max(lengths) > SPELLED_OUT:
        native = engine.numbered(native, states, rows.unknown, (row, position))
        look_up = LookUp(
            membership=membership,
            states=states,
            times=times,
            writer=writer,
            row=row,
            position=position,
            segment=segment,
            answer=answer,
        )
        made = engine.looked_up(look_up, native, look_up.tables(questions))
        return engine.without(made, [row, *copied.values()])
    groups = _groups(list(tracked.values())) | {rows.ambiguous: AMBIGUOUS_GROUP}
    found: Rowed
    added: list[str] = []
    kind = kinds[options.state]
    if isinstance(kind, nw.Enum) and not engine.is_sql:  # whose words compare as numbers do
        find = row_of(membership, options.codes, options.others)
        named = {word: find(word) for word in kind.categories}
        found = Enumerated(column=writer.column(options.state), rows=named, grid=rows)
    else:
        group = {**groups, rows.unknown: UNKNOWN_GROUP}
        grouped = evolve(states, words={word: group[each] for word, each in states.words.items()})
        native, found = engine.grouped(native, grouped, groups, (row, position))
        added = [row]
    columns = {
        name: spelled_out(tracked[name], question, found, times, writer)
        if times.after is None
        else spelled_out_over_periods(boxes[name], question, found, times, writer)
        for name, question in questions.items()
    }
    made = engine.with_columns(native, columns)
    return engine.without(made, [*added, *copied.values()])


def _times(
    options: AnnotateOptions,
    kinds: Mapping[str, nw.dtypes.DType],
    copied: Mapping[str, str],
    freq: str,
    writer: Writer,
) -> TimeColumn:
    """The column of days or years, or the periods that two columns make."""
    first, *after = (
        time_column(kinds[name], copied.get(name, name), freq, writer) for name in options.columns[1:]
    )
    return periods(first, after[0], writer) if after else first


def _new_names(taken: list[str], *parts: str) -> tuple[str, ...]:
    """Names that no column has."""
    return tuple(nw.generate_temporary_column_name(8, taken, prefix=f"{part}_") for part in parts)


def _groups(questions: Sequence[tuple[Track, ...]]) -> dict[int, int]:
    """The group of every grid row: states with equal tracks share one number, from 1."""
    numbers: dict[tuple[Track, ...], int] = {}
    return {
        row: numbers.setdefault(same, len(numbers) + 1)
        for row, same in enumerate(zip(*questions, strict=True), start=1)
    }


def _tracks(membership: Membership, question: Question, options: AnnotateOptions) -> tuple[Track, ...]:
    """The tracks of the organization's states, then that of all other states, unless *others* is "null"."""
    on = question if options.until is None else by_day(question)
    others = (track_without_acts(membership, on),) if options.others == "no" else ()
    return (*tracks(membership, on), *others)
