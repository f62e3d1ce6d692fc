"""Compiles a question into an expression that lazy and distributed engines plan, spill and distribute.

Up to ``SPELLED_OUT`` runs it is one boolean expression, grouped by equal periods: no join and no
function that an engine could not look into. Longer ones are looked up in small tables.
"""

from __future__ import annotations

import functools
import operator
from datetime import MINYEAR, date, datetime
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import evolve, field, frozen

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
from csto_membership.frames._in_memory.columns import (
    DAYS_WANTED,
    STATES_WANTED,
    YEARS_WANTED,
    ZONE_WANTED,
    refuse,
)
from csto_membership.frames._planned.expressions import writer_for
from csto_membership.frames._planned.lookups import LookUp, spark_functions
from csto_membership.frames._planned.sql import DUCKDB
from csto_membership.frames._spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._planned.expressions import Writer
    from csto_membership.frames._planned.sql import Literal
    from csto_membership.organization import Organization

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses
    Stretch = tuple[int | None, int | None]

SPELLED_OUT = 100
# A day of the Gregorian calendar as text, 29 February only in leap years; every engine's regex reads it.
CALENDAR = (
    r"^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
_YEAR_ONE = "0001"
ENGINES = (
    nw.Implementation.POLARS,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
)


def annotated(  # noqa: PLR0913, PLR0917 (what one plan is made of)
    frame: Frame,
    organization: Organization,
    state: str,
    on: str,
    codes: str | None,
    questions: Mapping[str, Question],
) -> object:
    """The engine's own frame with the answers as new columns, planned and not computed.

    Args:
        frame: The frame, of one of the ``ENGINES``.
        organization: Whose answers.
        state: The column of states.
        on: The column of days or years.
        codes: How states are written.
        questions: What is asked, by the name of the new column.
    """
    schema = frame.collect_schema()
    kinds = {column: _kind(frame, column, schema[column]) for column in (state, on)}
    engine: nw.Implementation = frame.implementation
    asked = {name: (question, tracks(organization, question)) for name, question in questions.items()}
    writer = writer_for(engine)
    states = _states(kinds[state], organization, state, codes, writer)
    if states.kind is str and _is_collated(frame, state):
        states = evolve(states, column=writer.exact(states.column), written=writer.exact(states.written))
    places = _places(kinds[on], on, next(iter(questions.values())).freq, writer)
    native = frame.to_native()
    if any(segment_count(rows) > SPELLED_OUT for _, rows in asked.values()):
        row, place, segment = _new_names(schema.names(), "row", "place", "segment")
        look_up = LookUp(
            organization=organization,
            states=states,
            places=places,
            writer=writer,
            row=row,
            place=place,
            segment=segment,
        )
        if engine is nw.Implementation.POLARS:
            return look_up.in_polars(native, questions)
        if engine is nw.Implementation.DUCKDB:
            return look_up.in_duckdb(native, questions)
        return look_up.in_spark(native, questions)
    if engine is nw.Implementation.DUCKDB:
        # DuckDB makes a join of a list of words: it looks each word up once, and compares numbers.
        (numbered,) = _new_names(schema.names(), "row")
        groups = _groups([rows for _, rows in asked.values()])
        native = _numbered(native, numbered, states, groups)
        states = evolve(states, column=writer.column(numbered), is_complete=True, groups=groups)
    columns = {
        name: _spelled_out(rows, question, states, places, writer) for name, (question, rows) in asked.items()
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


def _is_collated(frame: Frame, column: str) -> bool:
    """Whether an engine may compare a text by rules of its own, by which small letters are capitals, say."""
    if frame.implementation in {nw.Implementation.POLARS, nw.Implementation.DUCKDB}:
        return True  # whose types do not tell, and for which it costs nothing to ask for every letter
    kind = frame.to_native().schema[column].dataType
    return getattr(kind, "collation", "UTF8_BINARY") != "UTF8_BINARY"


def letter_by_letter(frame: Frame, column: str) -> Frame:
    """A frame in which a text that an engine may compare by rules of its own is compared by its letters."""
    engine: nw.Implementation = frame.implementation
    is_text = isinstance(frame.collect_schema()[column], nw.String)
    if engine is nw.Implementation.POLARS or not is_text or not _is_collated(frame, column):
        return frame
    writer, native = writer_for(engine), frame.to_native()
    name = writer.column(column)
    text = f"{writer.exact(name).text} as {name.text}"
    compared: Frame = nw.from_native(
        native.project(text) if engine is nw.Implementation.DUCKDB else native.selectExpr(text)
    )
    return compared


class _Nulls(nw.Unknown):
    """The type of a column that never held anything but null."""


class _Foreign(nw.Unknown):
    """A type that narwhals does not know, under the name that its engine has for it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


def _kind(frame: Frame, column: str, dtype: nw.dtypes.DType) -> nw.dtypes.DType:
    """The type of a column; some that engines have are unknown to narwhals, one for nulls alone among them."""
    if not isinstance(dtype, nw.Unknown):
        return dtype
    native = frame.to_native()
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.POLARS:
        found = native.collect_schema()[column]
        if isinstance(found, engine.to_native_namespace().Categorical):  # with categories that have a name
            return nw.Categorical()
        kind = str(found)
    elif engine is nw.Implementation.DUCKDB:
        kind = str(native.types[native.columns.index(column)])
    else:
        kind = str(native.schema[column].dataType)
    return _Nulls() if kind.strip('"').upper() in {"NULL", "NULLTYPE()"} else _Foreign(kind)


def _groups(questions: Sequence[tuple[Track, ...]]) -> dict[int, int]:
    """The group of every row: states to which the same happened have one number."""
    numbers: dict[tuple[Track, ...], int] = {}
    return {
        row: numbers.setdefault(same, len(numbers) + 1)
        for row, same in enumerate(zip(*questions, strict=True), start=1)
    }


def _numbered(native: Any, name: str, states: States, groups: Mapping[int, int]) -> Any:  # noqa: ANN401
    """A DuckDB relation with the groups of its states."""
    cases = " ".join(
        f"when {DUCKDB.literal(word)} then {groups[row]}::smallint" for word, row in states.words.items()
    )
    written = f"case {states.written.text} {cases} end" if cases else "null::smallint"
    return native.project(f"*, {written} as {DUCKDB.name(name)}")


@frozen(kw_only=True, eq=False)
class States:
    """The column of states: what stands in it for whom, the row of a state counting from 1."""

    column: Any  # as the writer writes it
    written: Any  # the column as what its words are: text or numbers
    words: Mapping[Any, int]
    kind: type[str | int | float]  # of the words
    is_complete: bool = False  # whether nothing else stands in it
    groups: Mapping[int, int] = field(factory=dict)  # of every row, if it is groups that the column holds

    def among(self, rows: Iterable[int]) -> Any:  # noqa: ANN401 (as the writer writes it)
        """Whether the state is one of these."""
        wanted = set(rows)
        if self.is_complete and wanted >= set(self.words.values()):
            return ~self.column.is_null()
        if not self.groups:
            words = [word for word, row in self.words.items() if row in wanted]
            return self.column == words[0] if len(words) == 1 else self.column.is_in(words)
        # Rows that are asked for together have whole groups to themselves.
        groups = sorted({self.groups[row] for row in wanted})
        return functools.reduce(operator.or_, [self.column == group for group in groups])


@frozen(kw_only=True, eq=False)
class Places:
    """The column of days or years: how its literals look and which of its values can be read."""

    column: Any  # as the writer writes it
    literal: Callable[[int], Literal]
    readable: Any  # as above
    is_compared: bool  # whether a comparison is null exactly where the column cannot be read
    kind: str  # "year", "day", or "text" for days as text


def _states(
    dtype: nw.dtypes.DType, organization: Organization, state: str, codes: str | None, writer: Writer
) -> States:
    """The column of states, by its type."""
    column = writer.column(state)
    known = spellings(organization, codes)
    if dtype.is_integer() or dtype.is_float():
        number = int if dtype.is_integer() else float  # engines compare like with like
        return States(
            column=column,
            written=column,
            words={number(word): row for word, row in known.items() if isinstance(word, int)},
            kind=number,
        )
    text = writer.as_text(column)
    if isinstance(dtype, nw.String):
        written = column
    elif isinstance(dtype, nw.Categorical | nw.Enum):
        written = column if writer.compares_categories else text
    elif isinstance(dtype, _Nulls):
        written = text
    else:
        raise refuse(state, dtype, STATES_WANTED)
    words = {word: row for word, row in known.items() if isinstance(word, str)}
    if not isinstance(dtype, nw.Enum):
        return States(column=written, written=text, words=words, kind=str)
    words = {word: words[word] for word in dtype.categories if word in words}
    is_complete = len(words) == len(dtype.categories)
    return States(column=written, written=text, words=words, kind=str, is_complete=is_complete)


def _places(dtype: nw.dtypes.DType, on: str, freq: str, writer: Writer) -> Places:
    """The column of days or years, by its type."""
    column = writer.column(on)
    present = ~column.is_null()
    if freq == "year":
        if isinstance(dtype, _Nulls):
            return Places(
                column=writer.as_text(column),
                literal=str,
                readable=present,
                is_compared=False,
                kind="text",
            )
        if not (dtype.is_integer() or dtype.is_float()):
            raise refuse(on, dtype, YEARS_WANTED)
        in_calendar = column >= MINYEAR
        return Places(
            column=column,
            literal=int,
            readable=writer.is_whole(column) & in_calendar if dtype.is_float() else in_calendar,
            is_compared=False,
            kind="year",
        )
    if isinstance(dtype, nw.Date):
        return Places(
            column=column,
            literal=date.fromordinal,
            readable=present,
            is_compared=True,
            kind="day",
        )
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            raise refuse(on, dtype, ZONE_WANTED)
        return Places(
            column=writer.as_moment(column) if dtype.time_unit == "ns" else column,
            literal=_midnight,
            readable=present,
            is_compared=True,
            kind="day",
        )
    if isinstance(dtype, nw.Categorical | nw.Enum | _Nulls):
        column = writer.as_text(column)
    elif not isinstance(dtype, nw.String):
        raise refuse(on, dtype, DAYS_WANTED)
    return Places(
        column=column,
        literal=_written,
        readable=writer.matches(column, CALENDAR) & (column >= _YEAR_ONE),
        is_compared=False,
        kind="text",
    )


def _midnight(day: int) -> datetime:
    """The moment at which a day begins."""
    return datetime.fromordinal(day)


def _written(day: int) -> str:
    """A day as text, which orders as days do."""
    return date.fromordinal(day).isoformat()


def _stretches(track: Track, cell: float) -> tuple[Stretch, ...]:
    """The half-open stretches in which a cell holds; open sides are ``None``."""
    bounds = (None, *track.bounds, None)
    return tuple((bounds[run], bounds[run + 1]) for run, found in enumerate(track.cells) if found == cell)


def _holds(rows: tuple[Track, ...], cell: float, states: States, places: Places) -> Any:  # noqa: ANN401 (as the writer writes it)
    """Where a cell holds: states with equal stretches are tested together. ``None`` for nowhere."""
    groups: dict[tuple[Stretch, ...], list[int]] = {}
    for row, track in enumerate(rows, start=1):
        stretches = _stretches(track, cell)
        if stretches:
            groups.setdefault(stretches, []).append(row)
    parts = []
    for stretches, members in groups.items():
        within = [_within(stretch, places) for stretch in stretches]
        here = states.among(members)
        # An open stretch on both sides holds on all days.
        if all(test is not None for test in within):
            here = here & functools.reduce(operator.or_, [test for test in within if test is not None])
        parts.append(here)
    return functools.reduce(operator.or_, parts) if parts else None


def _within(stretch: Stretch, places: Places) -> Any:  # noqa: ANN401 (as the writer writes it)
    """Whether a day lies in a stretch; ``None`` for always."""
    start, end = stretch
    tests = []
    if start is not None:
        tests.append(places.column >= places.literal(start))
    if end is not None:
        tests.append(places.column < places.literal(end))
    return functools.reduce(operator.and_, tests) if tests else None


def _spelled_out(
    rows: tuple[Track, ...], question: Question, states: States, places: Places, writer: Writer
) -> Any:  # noqa: ANN401 (as the writer writes it)
    """The answer as one expression: null, where nothing says that it is decided."""
    if question.what == "why":
        return _reasons(rows, states, places, writer)
    null = NULL if question.what == "member" else 0
    # Past the horizon everybody is null: said once, and not for every state.
    tails = {track.bounds[-1] if track.cells[-1] == null and track.bounds else None for track in rows}
    horizon = next(iter(tails)) if len(tails) == 1 else None
    if horizon is not None:
        rows = tuple(_without_tail(track) for track in rows)
    decided = states.among(range(1, len(rows) + 1))
    if horizon is None or not places.is_compared:
        decided = decided & places.readable
    if horizon is not None:
        decided = decided & (places.column < places.literal(horizon))
    open_ = _holds(rows, null, states, places)
    if open_ is not None:
        decided = decided & ~open_
    if question.what == "member":
        yes = _holds(rows, YES, states, places)
        return writer.first([(decided, writer.said(False) if yes is None else yes)])  # noqa: FBT003 (an answer)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The longest comes last: where the others do not hold, it does.
    masks.sort(key=lambda mask: sum(len(_stretches(track, mask)) for track in rows))
    said = writer.said(STATUSES[masks[-1]] if masks else None)
    cases = [(_holds(rows, mask, states, places), writer.said(STATUSES[mask])) for mask in masks[:-1]]
    return writer.first([(decided, writer.first(cases, said) if cases else said)])


def _reasons(rows: tuple[Track, ...], states: States, places: Places, writer: Writer) -> Any:  # noqa: ANN401 (as the writer writes it)
    """What makes a member null, in the order in which a table in memory finds it."""
    held = [(_holds(rows, cell, states, places), REASONS[cell]) for cell in (BEYOND, OPEN)]
    cases = [(condition, writer.said(reason)) for condition, reason in held if condition is not None]
    told = writer.first(cases) if cases else writer.said(None)
    known = writer.first([(states.among(range(1, len(rows) + 1)), told)], writer.said(REASONS[STRANGER]))
    return writer.first([(places.readable, known)], writer.said(REASONS[NO_DATE]))


def _without_tail(track: Track) -> Track:
    """A track whose last run is taken back into the one before."""
    return evolve(track, bounds=track.bounds[:-1], cells=track.cells[:-1])
