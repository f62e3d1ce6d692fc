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
from attrs import evolve, field, frozen

from csto_membership._answers import SCHEMES
from csto_membership._columns import DAYS_WANTED, STATES_WANTED, YEARS_WANTED, ZONE_WANTED
from csto_membership._grids import NO, NULL, STATUSES, YES, grid, segment_count, tracks
from csto_membership._names import words_of
from csto_membership.errors import FrameError, StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from csto_membership._grids import Grid, Question, Track
    from csto_membership.organization import Organization

    Frame = nw.LazyFrame[Any]  # whatever engine the caller uses
    Literal = date | datetime | str | int
    Stretch = tuple[int | None, int | None]

SPELLED_OUT = 100
# A day of the Gregorian calendar as text, 29 February only in leap years; every engine's regex reads it.
CALENDAR = (
    r"^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
_YEAR_ONE = "0001"
_QUOTE = '"'
_SEPARATOR = "\x1f"  # stands in no code and no name
_SPARK = (nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT)
_JOINING = (nw.Implementation.POLARS, nw.Implementation.DUCKDB, *_SPARK)


def annotated(  # noqa: PLR0913, PLR0917 (what one plan is made of)
    frame: Frame,
    organization: Organization,
    state: str,
    on: str,
    codes: str | None,
    questions: Mapping[str, Question],
) -> Frame:
    """A frame with the answers as new columns, planned and not computed.

    Args:
        frame: The frame.
        organization: Whose answers.
        state: The column of states.
        on: The column of days or years.
        codes: How states are written.
        questions: What is asked, by the name of the new column.
    """
    schema = frame.collect_schema()
    states = _states(schema[state], organization, state, codes, native=_compares_categories(frame))
    places = _places(schema[on], on, next(iter(questions.values())).freq)
    numbered = None
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.DUCKDB:
        numbered = nw.generate_temporary_column_name(8, schema.names(), prefix="row_")
    if engine in _SPARK and all(
        segment_count(tracks(organization, question)) <= SPELLED_OUT for question in questions.values()
    ):
        return _on_spark(frame, organization, state, on, questions, states, places)
    columns = {}
    asked = states
    if numbered is not None:
        groups = _groups([tracks(organization, question) for question in questions.values()])
        asked = _States(column=nw.col(numbered), words=states.words, groups=groups)
    for name, question in questions.items():
        rows = tracks(organization, question)
        if segment_count(rows) > SPELLED_OUT and engine in _JOINING:
            frame = _joined(frame, organization, question, name, states, places)
        else:
            columns[name] = _spelled_out(rows, question, asked, places)
    if not columns:
        return frame
    if numbered is None:
        return frame.with_columns(**columns)
    # DuckDB makes a join of a list of words: it looks each word up once, and compares numbers.
    return (
        _numbered(frame, state, numbered, asked, is_text=states.text is not None)
        .with_columns(**columns)
        .drop(numbered)
    )


def _on_spark(  # noqa: PLR0913, PLR0917 (what one plan is made of)
    frame: Frame,
    organization: Organization,
    state: str,
    on: str,
    questions: Mapping[str, Question],
    states: _States,
    places: _Places,
) -> Frame:
    """A Spark frame with the answers, each written as SQL.

    An expression that is built call by call costs Spark a thousand messages to its virtual machine, a text
    costs a dozen.
    """
    native = frame.to_native()
    functions = _spark_functions(native)
    written = evolve(states, column=_Sql(text=_spark_name(state)))
    column = _Sql(text=_spark_name(on))
    kind = frame.collect_schema()[on]
    readable = ~column.is_null()
    if isinstance(kind, nw.String):
        # Java's $ stands before a last line feed too.
        readable = _Sql(text=f"({column.text} RLIKE '{CALENDAR}' AND length({column.text}) = 10)") & (
            column >= _YEAR_ONE
        )
    elif kind.is_float():
        readable = _Sql(text=f"({column.text} % 1 = 0)")
    days = evolve(places, column=column, readable=readable)
    added = {
        name: functions.expr(_spelled_out(tracks(organization, question), question, written, days).text)
        for name, question in questions.items()
    }
    found: Frame = nw.from_native(native.withColumns(added))
    return found


@frozen(kw_only=True, eq=False)
class _Sql:
    """An expression of Spark's SQL, put together as narwhals' expressions are."""

    text: str

    def __and__(self, other: _Sql) -> _Sql:
        return _Sql(text=f"({self.text} AND {other.text})")

    def __or__(self, other: _Sql) -> _Sql:
        return _Sql(text=f"({self.text} OR {other.text})")

    def __invert__(self) -> _Sql:
        return _Sql(text=f"(NOT {self.text})")

    def __ge__(self, other: Literal) -> _Sql:
        return _Sql(text=f"({self.text} >= {_spark_literal(other)})")

    def __lt__(self, other: Literal) -> _Sql:
        return _Sql(text=f"({self.text} < {_spark_literal(other)})")

    def is_null(self) -> _Sql:
        """Whether it is null."""
        return _Sql(text=f"({self.text} IS NULL)")

    def is_in(self, words: Sequence[str | int]) -> _Sql:
        """Whether it is one of these; null stays null."""
        if not words:
            return self & _Sql(text="false")
        return _Sql(text=f"({self.text} IN ({', '.join(map(_spark_literal, words))}))")


def _spark_name(column: str) -> str:
    """A column's name in Spark's SQL."""
    return "`" + column.replace("`", "``") + "`"


def _spark_literal(value: Literal) -> str:
    """A literal of Spark's SQL, whatever it takes a backslash for."""
    if isinstance(value, datetime):
        return f"TIMESTAMP_NTZ '{value.isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    if "'" in value or "\\" in value:
        return f"decode(unhex('{value.encode().hex()}'), 'UTF-8')"
    return f"'{value}'"


def _when(condition: Any, said: Any, otherwise: Any = None) -> Any:  # noqa: ANN401 (expressions of narwhals or of SQL)
    """One thing where a condition holds, another elsewhere."""
    if isinstance(condition, _Sql):
        rest = "" if otherwise is None else f" ELSE {otherwise.text}"
        return _Sql(text=f"CASE WHEN {condition.text} THEN {said.text}{rest} END")
    chosen = nw.when(condition).then(said)
    return chosen if otherwise is None else chosen.otherwise(otherwise)


def _said(like: Any, value: str | bool | None) -> Any:  # noqa: ANN401, FBT001 (expressions of narwhals or of SQL)
    """An answer as a literal of the kind that an expression is of."""
    if isinstance(like, _Sql):
        if value is None:
            return _Sql(text="CAST(NULL AS STRING)")
        return _Sql(text=str(value).lower() if isinstance(value, bool) else _spark_literal(value))
    return nw.lit(None, nw.String) if value is None else nw.lit(value)


def _groups(questions: Sequence[tuple[Track, ...]]) -> dict[int, int]:
    """The group of every row: states to which the same happened have one number."""
    numbers: dict[tuple[Track, ...], int] = {}
    return {
        row: numbers.setdefault(same, len(numbers) + 1)
        for row, same in enumerate(zip(*questions, strict=True), start=1)
    }


def _numbered(frame: Frame, state: str, name: str, states: _States, *, is_text: bool) -> Frame:
    """A DuckDB relation with the groups of its states; one flat case, which narwhals would nest."""
    column = '"' + state.replace('"', '""') + '"'
    if is_text:
        column = f"{column}::varchar"
    cases = " ".join(
        f"when {_sql(word)} then {states.groups[row]}::smallint" for word, row in states.words.items()
    )
    written = f"case {column} {cases} end" if cases else "null::smallint"
    found: Frame = nw.from_native(frame.to_native().project(f'*, {written} as "{name}"'))
    return found


@frozen(kw_only=True, eq=False)
class _States:
    """The column of states: what stands in it for whom, the row of a state counting from 1."""

    column: Any  # an expression of narwhals, or of SQL
    words: Mapping[Any, int]  # text, or numbers
    text: nw.Expr | None = None  # the column as text, unless it holds numbers
    groups: Mapping[int, int] = field(factory=dict)  # of every row, if it is groups that the column holds

    def among(self, rows: Iterable[int]) -> Any:  # noqa: ANN401 (of narwhals or of SQL)
        """Whether the state is one of these."""
        wanted = set(rows)
        if not self.groups:
            return self.column.is_in([word for word, row in self.words.items() if row in wanted])
        if wanted >= set(self.words.values()):
            return ~self.column.is_null()
        # Rows that are asked for together have whole groups to themselves.
        groups = sorted({self.groups[row] for row in wanted})
        return functools.reduce(operator.or_, [self.column == group for group in groups])


@frozen(kw_only=True, eq=False)
class _Places:
    """The column of days or years: how its literals look and which of its values can be read."""

    column: Any  # an expression of narwhals, or of SQL
    literal: Callable[[int], Literal]
    readable: Any  # as above
    is_compared: bool  # whether a comparison is null exactly where the column cannot be read
    key: nw.Expr
    key_literal: Callable[[int], Literal]


def _states(
    dtype: nw.dtypes.DType,
    organization: Organization,
    state: str,
    codes: str | None,
    *,
    native: bool,
) -> _States:
    """The column of states, by its type; *native* where the engine compares categories with words."""
    column = nw.col(state)
    text = column.cast(nw.String)
    known = spellings(organization, codes)
    if isinstance(dtype, nw.Enum):
        words = {word: known[word] for word in dtype.categories if word in known}
        return _States(column=column if native else text, words=words, text=text)
    if isinstance(dtype, nw.Categorical):
        column = column if native else text
    elif dtype.is_integer() or dtype.is_float():
        return _States(
            column=column, words={word: row for word, row in known.items() if isinstance(word, int)}
        )
    elif not isinstance(dtype, nw.String):
        raise FrameError(f"column {state!r} is {dtype}. {STATES_WANTED}")
    return _States(
        column=column, words={word: row for word, row in known.items() if isinstance(word, str)}, text=text
    )


def _compares_categories(frame: Frame) -> bool:
    """Whether an engine compares categories with words without writing them out."""
    engine: nw.Implementation = frame.implementation
    return engine is nw.Implementation.POLARS


def row_of(organization: Organization, codes: str | None) -> Callable[[object], int]:
    """Finds the row of a state, from 1 in the order of codes; 0 where no state or several are meant."""
    known = spellings(organization, codes)

    def found(value: object) -> int:
        written = getattr(value, "iso3", None)  # columns of objects may hold states
        if written is not None:
            return spellings(organization, "iso3").get(written, 0)
        return 0 if isinstance(value, bool) else known.get(value, 0)

    return found


def spellings(organization: Organization, codes: str | None) -> Mapping[object, int]:
    """The rows of all spellings of states that tables may hold, numbers among them.

    An engine can compare, and cannot normalize: so that all tables are read alike, this list is all
    there is for those in memory too.
    """
    kept = _spellings.setdefault(organization, {})
    if codes not in kept:
        kept[codes] = _spelled(organization, codes)
    return kept[codes]


# An organization never changes, nor what its states are called.
_spellings: WeakKeyDictionary[Organization, dict[str | None, dict[object, int]]] = WeakKeyDictionary()


def _spelled(organization: Organization, codes: str | None) -> dict[object, int]:
    """Codes and names as the files write them, and in other letters; what is ambiguous is left out."""
    rows = {state.iso3: row for row, state in enumerate(organization.states, start=1)}
    written = [
        text
        for state in organization.states
        for scheme in ((codes,) if codes else SCHEMES)
        for text in words_of(state, scheme)
    ]
    plain = [_unmarked(text) for text in written]
    # As written comes first: an engine that looks from the start is soon done.
    variants: list[str | int] = [*written, *plain]
    variants += [word.upper() for word in (*written, *plain)] + [word.lower() for word in (*written, *plain)]
    variants += sorted({int(word) for word in written if word.isdecimal()})
    found: dict[object, int] = {}
    for variant in dict.fromkeys(variants):
        try:
            found[variant] = rows[organization.state(variant, codes=codes).iso3]
        except StateError:
            continue
    return found


def _unmarked(text: str) -> str:
    """A text without accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


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


def _holds(rows: tuple[Track, ...], cell: float, states: _States, places: _Places) -> Any:  # noqa: ANN401 (of narwhals or of SQL)
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


def _within(stretch: Stretch, places: _Places) -> Any:  # noqa: ANN401 (of narwhals or of SQL)
    """Whether a day lies in a stretch; ``None`` for always."""
    start, end = stretch
    tests = []
    if start is not None:
        tests.append(places.column >= places.literal(start))
    if end is not None:
        tests.append(places.column < places.literal(end))
    return functools.reduce(operator.and_, tests) if tests else None


def _spelled_out(rows: tuple[Track, ...], question: Question, states: _States, places: _Places) -> Any:  # noqa: ANN401 (of narwhals or of SQL)
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
        return _when(decided, _said(decided, value=False) if yes is None else yes)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The longest comes last: where the others do not hold, it does.
    masks.sort(key=lambda mask: sum(len(_stretches(track, mask)) for track in rows))
    if not masks:
        return _when(decided, _said(decided, None))
    said = _said(decided, STATUSES[masks[-1]])
    for mask in reversed(masks[:-1]):
        here = _holds(rows, mask, states, places)
        if here is not None:
            said = _when(here, _said(decided, STATUSES[mask]), said)
    return _when(decided, said)


def _without_tail(track: Track) -> Track:
    """A track whose last run is taken back into the one before."""
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
    spelled, canonical = dict(states.words), states.column if states.text is None else states.text
    if states.text is not None and all(str(text).isascii() for text in spelled):
        # Capitals and small letters share a row; engines agree on which those are within ASCII.
        spelled = {str(text).lower(): row for text, row in spelled.items()}
        canonical = canonical.str.to_lowercase()
    keyed = frame.with_columns(
        nw.when(places.readable).then(clipped).alias(place), nw.when(known).then(canonical).alias(word)
    )
    segments, answers = _lookups(organization, question, table, places.key_literal, spelled)
    found = _left_join(keyed, segments, (place, segment), 1)
    return _left_join(found, answers, (word, segment, name), 2).drop(place, segment, word)


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
        said: list[Any] = [cell != NO for cell in range(2)] if question.what == "member" else list(STATUSES)
        texts = list(spelled)
        if len(kept) >= _LOOKUPS_KEPT:
            kept.clear()
        kept[key] = (
            _Lookup(
                columns=(
                    [key_literal(index) for index in range(table.low, table.high + 1)],
                    table.segments.tolist(),
                )
            ),
            _Lookup(
                columns=(
                    [texts[number] for number in word.tolist()],
                    segment.tolist(),
                    [said[cell] for cell in cells[word, segment].tolist()],
                )
            ),
        )
    return kept[key]


_LOOKUPS_KEPT = 2  # pairs of tables, for an organization
_lookups_kept: WeakKeyDictionary[Organization, dict[object, tuple[_Lookup, _Lookup]]] = WeakKeyDictionary()


def _left_join(frame: Frame, lookup: _Lookup, names: tuple[str, ...], keys: int) -> Frame:
    """Rows with what a small table says of their keys; every row once, in its order where it has one."""
    native, on = frame.to_native(), list(names[:keys])
    if _compares_categories(frame):
        if "polars" not in lookup.made:
            pl = nw.Implementation.POLARS.to_native_namespace()
            lookup.made["polars"] = pl.DataFrame(list(lookup.columns)).lazy()
        small = lookup.made["polars"]
        small = small.rename(dict(zip(small.collect_schema().names(), names, strict=True)))
        joined = native.join(small, on=on, how="left", maintain_order="left")
        found: Frame = nw.from_native(joined)
        return found
    engine: nw.Implementation = frame.implementation
    if engine is nw.Implementation.DUCKDB:
        if "duckdb" not in lookup.made:
            lookup.made["duckdb"] = [_duckdb_column(values) for values in lookup.columns]
        written = zip(lookup.made["duckdb"], names, strict=True)
        selected = ", ".join(f'{column} as "{name.replace(_QUOTE, 2 * _QUOTE)}"' for column, name in written)
        # Only SQL can reach the connection of a relation.
        right = native.query("csto_membership_rows", f"select {selected}")
        return frame.join(nw.from_native(right), on=on, how="left")
    functions = _spark_functions(native)
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


def _spark_functions(native: Any) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """The functions module that suits a Spark frame, classic or Connect."""
    module = (
        "pyspark.sql.connect.functions" if "connect" in type(native).__module__ else "pyspark.sql.functions"
    )
    return importlib.import_module(module)


def _duckdb_column(values: list[Any]) -> str:
    """A column as one literal to be split: DuckDB's parser is slow with long lists."""
    kind = {date: "date", bool: "boolean", int: "bigint"}.get(type(values[0]), "varchar")
    written = _SEPARATOR.join(map(str, values)).replace("'", "''")
    return f"unnest(string_split('{written}', '{_SEPARATOR}')::{kind}[])"


def _sql(word: str | int) -> str:
    """A literal of SQL."""
    return str(word) if isinstance(word, int) else "'" + word.replace("'", "''") + "'"
