"""Compiles a question into an expression that lazy and distributed engines plan, spill and distribute.

Up to ``SPELLED_OUT`` runs it is one boolean expression, grouped by equal periods: no join and no
function that an engine could not look into. Longer ones become two small equality joins, from the day
to its segment and from state and segment to the answer, which keep every row.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import operator
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership._answers import SCHEMES
from csto_membership._columns import DAYS_WANTED, STATES_WANTED, YEARS_WANTED, ZONE_WANTED
from csto_membership._grids import NO, NULL, STATUSES, YES, grid, segment_count, tracks
from csto_membership._names import words_of
from csto_membership.errors import FrameError, StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from csto_membership._grids import Question, Track
    from csto_membership.organization import Organization

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses
    Literal = date | datetime | str | int
    Stretch = tuple[int | None, int | None]

SPELLED_OUT = 100
_ROWS_KEPT = 100_000  # values that mean nothing are kept too, and there may be many
# A day of the Gregorian calendar as text, 29 February only in leap years; every engine's regex reads it.
CALENDAR = (
    r"^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
_YEAR_ONE = "0001"
_SEPARATOR = "\x1f"  # stands in no code and no name
_JOINING = (
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
    seen: Mapping[object, int] | None,
) -> Frame:
    """A frame with the answers as new columns, planned and not computed.

    Args:
        frame: The frame.
        organization: Whose answers.
        state: The column of states.
        on: The column of days or years.
        codes: How states are written.
        questions: What is asked, by the name of the new column.
        seen: The row of every value of the column of states, where they are known already.
    """
    schema = frame.collect_schema()
    states = _states(schema[state], organization, state, codes, seen, native=_compares_categories(frame))
    places = _places(schema[on], on, next(iter(questions.values())).freq)
    numbered = None
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.DUCKDB:
        numbered = nw.generate_temporary_column_name(8, schema.names(), prefix="row_")
    columns = {}
    for name, question in questions.items():
        rows = tracks(organization, question)
        if segment_count(rows) > SPELLED_OUT and engine in _JOINING:
            frame = _joined(frame, organization, question, name, states, places)
            continue
        asked = (
            states if numbered is None else _States(column=nw.col(numbered), words=states.words, is_row=True)
        )
        columns[name] = _spelled_out(rows, question, asked, places)
    if not columns:
        return frame
    if numbered is None:
        return frame.with_columns(**columns)
    # DuckDB makes a join of a list of words: it looks each word up once, and compares numbers.
    return _numbered(frame, state, numbered, states).with_columns(**columns).drop(numbered)


def _numbered(frame: Frame, state: str, name: str, states: _States) -> Frame:
    """A DuckDB relation with the rows of its states; one flat case, which narwhals would nest."""
    column = '"' + state.replace('"', '""') + '"'
    if states.text is not None:
        column = f"{column}::varchar"
    cases = " ".join(f"when {_sql(word)} then {row}::smallint" for word, row in states.words.items())
    written = f"case {column} {cases} end" if cases else "null::smallint"
    found: Frame = nw.from_native(frame.to_native().project(f'*, {written} as "{name}"'))
    return found


@frozen(kw_only=True, eq=False)
class _States:
    """The column of states: what stands in it for whom, the row of a state counting from 1."""

    column: nw.Expr
    words: Mapping[Any, int]  # text, or numbers
    text: nw.Expr | None = None  # the column as text, unless it holds numbers
    is_row: bool = False  # whether the column holds rows already

    def among(self, rows: Iterable[int]) -> nw.Expr:
        """Whether the state is one of these."""
        wanted = sorted(set(rows))
        if not self.is_row:
            return self.column.is_in([word for word, row in self.words.items() if row in wanted])
        if set(wanted) >= set(self.words.values()):
            return ~self.column.is_null()
        return functools.reduce(operator.or_, [self.column == row for row in wanted])


@frozen(kw_only=True, eq=False)
class _Places:
    """The column of days or years: how its literals look and which of its values can be read."""

    column: nw.Expr
    literal: Callable[[int], Literal]
    readable: nw.Expr
    is_compared: bool  # whether a comparison is null exactly where the column cannot be read
    key: nw.Expr
    key_literal: Callable[[int], Literal]


def _states(  # noqa: PLR0913 (what the column and its reader are)
    dtype: nw.dtypes.DType,
    organization: Organization,
    state: str,
    codes: str | None,
    seen: Mapping[object, int] | None,
    *,
    native: bool,
) -> _States:
    """The column of states, by its type; *native* where the engine compares categories with words."""
    column = nw.col(state)
    text = column.cast(nw.String)
    if isinstance(dtype, nw.Enum):
        words = {word: row_of(organization, codes)(word) for word in dtype.categories}
        known = {word: row for word, row in words.items() if row}
        return _States(column=column if native else text, words=known, text=text)
    if isinstance(dtype, nw.Categorical):
        column = column if native else text
    elif dtype.is_integer() or dtype.is_float():
        numbers = seen if seen is not None else _numbers(organization, codes)
        return _States(column=column, words={word: row for word, row in numbers.items() if row})
    elif not isinstance(dtype, nw.String):
        raise FrameError(f"column {state!r} is {dtype}. {STATES_WANTED}")
    spelled = seen if seen is not None else _spellings(organization, codes)
    return _States(column=column, words={word: row for word, row in spelled.items() if row}, text=text)


def _compares_categories(frame: Frame) -> bool:
    """Whether an engine compares categories with words without writing them out."""
    engine: nw.Implementation = frame.implementation
    return engine is nw.Implementation.POLARS


def row_of(organization: Organization, codes: str | None) -> Callable[[object], int]:
    """Finds the row of a state, from 1 in the order of codes; 0 where no state or several are meant."""
    rows = {state.iso3: row for row, state in enumerate(organization.states, start=1)}
    kept = _rows.setdefault(organization, {}).setdefault(codes, {})
    if len(kept) > _ROWS_KEPT:
        kept.clear()

    def found(value: object) -> int:
        if value not in kept:
            # Columns of numbers drop the zeros in front.
            wanted = f"{value:03d}" if codes == "iso_numeric" and isinstance(value, int) else value
            try:
                kept[value] = rows[organization.state(wanted, codes=codes).iso3]
            except StateError:
                kept[value] = 0
        return kept[value]

    return found


# An organization never changes, nor what its states are called.
_rows: WeakKeyDictionary[Organization, dict[str | None, dict[object, int]]] = WeakKeyDictionary()


def _words(organization: Organization, codes: str | None) -> Iterator[str]:
    """The codes and names of all states as the files write them."""
    for state in organization.states:
        for scheme in (codes,) if codes else SCHEMES:
            yield from words_of(state, scheme)


def _spellings(organization: Organization, codes: str | None) -> dict[object, int]:
    """The rows of all spellings of codes and names that an engine can compare without a function."""
    find = row_of(organization, codes)
    found: dict[object, int] = {}
    for text in _words(organization, codes):
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
        )
        for spelled in (text, plain):
            for variant in (spelled, spelled.upper(), spelled.lower()):
                found.setdefault(variant, find(variant))
    return found


def _numbers(organization: Organization, codes: str | None) -> dict[object, int]:
    """The rows of all codes that are numbers."""
    find = row_of(organization, codes)
    numbers = {int(word) for word in _words(organization, codes) if word.isdecimal()}
    return {number: find(number) for number in sorted(numbers)}


def _places(dtype: nw.dtypes.DType, on: str, freq: str) -> _Places:
    """The column of days or years, by its type."""
    column = nw.col(on)
    present = ~column.is_null()
    if freq == "year":
        if not (dtype.is_integer() or dtype.is_float()):
            raise FrameError(f"column {on!r} is {dtype}. {YEARS_WANTED}")
        whole = (column % 1 == 0) if dtype.is_float() else present
        return _Places(
            column=column,
            literal=int,
            readable=whole,
            is_compared=not dtype.is_float(),
            key=column.cast(nw.Int64),
            key_literal=int,
        )
    if isinstance(dtype, nw.Date):
        return _Places(
            column=column,
            literal=date.fromordinal,
            readable=present,
            is_compared=True,
            key=column,
            key_literal=date.fromordinal,
        )
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is not None:
            raise FrameError(f"column {on!r} is {dtype}. {ZONE_WANTED}")
        return _Places(
            column=column,
            literal=_midnight,
            readable=present,
            is_compared=True,
            key=column.cast(nw.Date),
            key_literal=date.fromordinal,
        )
    if isinstance(dtype, nw.Categorical | nw.Enum):
        column = column.cast(nw.String)
    elif not isinstance(dtype, nw.String):
        raise FrameError(f"column {on!r} is {dtype}. {DAYS_WANTED}")
    return _Places(
        column=column,
        literal=_written,
        readable=column.str.contains(CALENDAR) & (column >= _YEAR_ONE),
        is_compared=False,
        key=column,
        key_literal=_written,
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


def _holds(rows: tuple[Track, ...], cell: float, states: _States, places: _Places) -> nw.Expr | None:
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


def _within(stretch: Stretch, places: _Places) -> nw.Expr | None:
    """Whether a day lies in a stretch; ``None`` for always."""
    start, end = stretch
    tests = []
    if start is not None:
        tests.append(places.column >= places.literal(start))
    if end is not None:
        tests.append(places.column < places.literal(end))
    return functools.reduce(operator.and_, tests) if tests else None


def _spelled_out(rows: tuple[Track, ...], question: Question, states: _States, places: _Places) -> nw.Expr:
    """The answer as one expression: null, where nothing says that it is decided."""
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
        return nw.when(decided).then(nw.lit(value=False) if yes is None else yes)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The longest comes last: where the others do not hold, it does.
    masks.sort(key=lambda mask: sum(len(_stretches(track, mask)) for track in rows))
    if not masks:
        return nw.when(decided).then(nw.lit(None, nw.String))
    said = nw.lit(STATUSES[masks[-1]])
    for mask in reversed(masks[:-1]):
        here = _holds(rows, mask, states, places)
        if here is not None:
            said = nw.when(here).then(nw.lit(STATUSES[mask])).otherwise(said)
    return nw.when(decided).then(said)


def _without_tail(track: Track) -> Track:
    """A track whose last run is taken back into the one before."""
    from attrs import evolve

    return evolve(track, bounds=track.bounds[:-1], cells=track.cells[:-1])


def _joined(  # noqa: PLR0913, PLR0917 (what one plan is made of)
    frame: Frame,
    organization: Organization,
    question: Question,
    name: str,
    states: _States,
    places: _Places,
) -> Frame:
    """The answer by two equality joins with small tables."""
    table = grid(organization, question, dense_bytes=0)
    assert table.segments is not None  # noqa: S101 (no dense table fits into nothing)
    columns = frame.collect_schema().names()
    segment, place, word = (
        nw.generate_temporary_column_name(8, columns, prefix=f"{part}_") for part in "dps"
    )
    low, high = places.literal(table.low), places.literal(table.high)
    clipped = (
        nw.when(places.column < low)
        .then(nw.lit(places.key_literal(table.low)))
        .otherwise(
            nw.when(places.column >= high).then(nw.lit(places.key_literal(table.high))).otherwise(places.key)
        )
    )
    known = states.among(range(1, len(organization.states) + 1))
    canonical = states.column if states.text is None else states.text.str.to_lowercase()
    segments = {
        place: [places.key_literal(index) for index in range(table.low, table.high + 1)],
        segment: table.segments.tolist(),
    }
    answers: dict[str, list[Any]] = {word: [], segment: [], name: []}  # words may be text or numbers
    spelled = {text if states.text is None else str(text).lower(): row for text, row in states.words.items()}
    for text, row in spelled.items():
        for index, cell in enumerate(table.cells[row * table.width : (row + 1) * table.width].tolist()):
            said = {NO: False, YES: True}.get(cell) if question.what == "member" else STATUSES[cell]
            if said is not None:
                answers[word].append(text)
                answers[segment].append(index)
                answers[name].append(said)
    keyed = frame.with_columns(
        nw.when(places.readable).then(clipped).alias(place), nw.when(known).then(canonical).alias(word)
    )
    found = _left_join(keyed, segments, [place])
    return _left_join(found, answers, [word, segment]).drop(place, segment, word)


def _left_join(frame: Frame, lookup: dict[str, list[Any]], keys: list[str]) -> Frame:
    """Rows with what a small table says of their keys; every row once, in its order where it has one."""
    native = frame.to_native()
    if _compares_categories(frame):
        pl = nw.Implementation.POLARS.to_native_namespace()
        joined = native.join(pl.LazyFrame(lookup), on=keys, how="left", maintain_order="left")
        found: Frame = nw.from_native(joined)
        return found
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.DUCKDB:
        return frame.join(nw.from_native(_duckdb_lookup(native, lookup)), on=keys, how="left")
    functions = _spark_functions(native)
    if importlib.util.find_spec("pyarrow") is not None:
        small = native.sparkSession.createDataFrame(importlib.import_module("pyarrow").table(lookup))
    else:
        small = native.sparkSession.createDataFrame(list(zip(*lookup.values(), strict=True)), list(lookup))
    # Said to be small, so that no engine shuffles the caller's rows for it.
    return frame.join(nw.from_native(functions.broadcast(small)), on=keys, how="left")


def _spark_functions(native: Any) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """The functions module that suits a Spark frame, classic or Connect."""
    module = (
        "pyspark.sql.connect.functions" if "connect" in type(native).__module__ else "pyspark.sql.functions"
    )
    return importlib.import_module(module)


def _duckdb_lookup(native: Any, lookup: dict[str, list[Any]]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """A small table on the connection of a relation, which only SQL can reach.

    Each column is one literal to be split: its parser is slow with long lists.
    """
    columns = []
    for name, values in lookup.items():
        kind = {date: "date", bool: "boolean", int: "bigint"}.get(type(values[0]), "varchar")
        written = _SEPARATOR.join(map(str, values)).replace("'", "''")
        columns.append(f"unnest(string_split('{written}', '{_SEPARATOR}')::{kind}[]) as \"{name}\"")
    return native.query("csto_membership_rows", f"select {', '.join(columns)}")


def _sql(word: str | int) -> str:
    """A literal of SQL."""
    return str(word) if isinstance(word, int) else "'" + word.replace("'", "''") + "'"
