"""Columns of rarer types, and what tables need that is not there."""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    ColumnError,
    Dataset,
    DayError,
    FrameError,
    History,
    MissingExtraError,
    ReadingError,
    Source,
    SourceKind,
    State,
    StateError,
    build,
    csto,
    exact,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels  # noqa: E402 (after the skips)
from csto_membership.frames._in_memory.columns import is_day  # noqa: E402 (after the skips)
from tests.frame_backends import BACKENDS, answers, module  # noqa: E402 (after the skips)
from tests.large import large_organization  # noqa: E402 (after the skips)
from tests.test_frames import expected, invented  # noqa: E402 (after the skips)

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership import Organization

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]
UZB = [True, False, True, None]
YEARS = [1999, 2003, 2007, None]
UZB_YEARS = [True, False, True, None]


@pytest.fixture(scope="module")
def large() -> Organization:
    """An organization whose answers lazy engines join."""
    return invented(30, 8, seed=5, since=1_990)


def test_states_in_a_column_of_objects() -> None:
    """A column of objects may hold states themselves."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": [csto.state("UZB")] * 4, "date": pd.Series(DAYS, dtype=object)})

    assert answers(csto.annotate(frame)) == UZB


def test_a_moment_with_a_zone_among_objects_is_refused() -> None:
    """A zone is refused wherever it stands: membership is kept by day."""
    pd = module("pandas")
    moment = dt.datetime(2003, 6, 30, 12, tzinfo=dt.UTC)
    frame = pd.DataFrame({"iso3": ["UZB"], "date": pd.Series([moment], dtype=object)})

    with pytest.raises(DayError, match="column 'date': expected a day, got the moment 2003-06-30T12:00:00"):
        csto.annotate(frame)


@pytest.mark.parametrize("kind", ["null", "string_view", "large_string"])
def test_arrow_text(kind: str) -> None:
    """Text comes in several types of Arrow, and a column of nulls has one of its own."""
    pa = module("pyarrow")
    states = [None] * 4 if kind == "null" else ["UZB"] * 4
    frame = pa.table({"iso3": pa.array(states, getattr(pa, kind)()), "date": pa.array(DAYS)})

    assert answers(csto.annotate(frame)) == ([None] * 4 if kind == "null" else UZB)


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars", "duckdb"])
def test_numbers_of_states_may_all_be_null(library: str) -> None:
    """A column of numbers without a number answers nothing."""
    pa = module("pyarrow")
    connection = module("duckdb").connect()
    table = pa.table({"iso3": pa.array([None] * 4, pa.int64()), "date": pa.array(DAYS), "place": range(4)})
    frame = {
        "pyarrow": lambda: table,
        "pandas": lambda: table.to_pandas(types_mapper={pa.int64(): module("pandas").Int64Dtype()}.get),
        "polars": lambda: module("polars").from_arrow(table),
        "duckdb": lambda: connection.from_arrow(table),
    }[library]()

    assert answers(csto.annotate(frame, codes="cow")) == [None] * 4


def test_pandas_categories_of_days() -> None:
    """Days as categories of text are read once each."""
    pd = module("pandas")
    written = pd.Series([None if day is None else day.isoformat() for day in DAYS], dtype="category")

    assert answers(csto.annotate(pd.DataFrame({"iso3": ["UZB"] * 4, "date": written}))) == UZB


@pytest.mark.parametrize("kind", ["Enum", "Categorical"])
def test_lazy_categories_of_days(kind: str) -> None:
    """Days as categories of text are compared as text."""
    pl = module("polars")
    written = [None if day is None else day.isoformat() for day in DAYS]
    dtype = pl.Enum([day for day in written if day]) if kind == "Enum" else pl.Categorical
    frame = pl.LazyFrame({"iso3": ["UZB"] * 4, "date": pl.Series(written, dtype=dtype)})

    assert answers(csto.annotate(frame)) == UZB


@pytest.mark.parametrize("dtype", ["Int64", "int32[pyarrow]", "double[pyarrow]", "Float64"])
def test_pandas_years_that_may_be_null(dtype: str) -> None:
    """Years are read from pandas' own types and from Arrow's."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": ["UZB"] * 4, "year": pd.array(YEARS, dtype=dtype)})

    assert answers(csto.annotate(frame, on="year", rule="any")) == UZB_YEARS


def test_many_categories_of_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large vocabulary only the words that occur are read."""
    from csto_membership.frames._in_memory import polars as _polars_tables

    monkeypatch.setattr(_polars_tables, "_FEW", 0)
    frame = BACKENDS["polars categorical"](["UZB", "ARM", None, "USA"], [dt.date(2003, 6, 30)] * 4)

    assert answers(csto.annotate(frame)) == [False, True, None, None]


def test_categories_that_do_not_occur_are_not_unknown() -> None:
    """What stands in no row is not refused."""
    pl = module("polars")
    states = pl.Series(["UZB"], dtype=pl.Enum(["USA", "UZB"]))

    frame = pl.DataFrame({"iso3": states, "date": [dt.date(2003, 6, 30)]})

    assert answers(csto.annotate(frame, unknown="raise")) == [False]


@pytest.mark.parametrize("kind", ["polars", "polars text"])
def test_polars_without_pyarrow(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is read without PyArrow too, more slowly."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    assert answers(csto.annotate(BACKENDS[kind](["UZB", "UZB", "UZB", None], DAYS))) == UZB


def test_more_words_than_a_perfect_table_holds() -> None:
    """Too many short words are told apart another way."""
    from csto_membership.frames._in_memory.codes import short_words

    assert short_words(["zzzz", *(f"{number:04x}" for number in range(2**16))]) is None


@pytest.mark.parametrize("library", ["polars lazy", "duckdb"])
@pytest.mark.parametrize("codes", ["cow", "name"])
def test_large_organizations_by_number_and_by_name(library: str, codes: str, large: Organization) -> None:
    """What is joined on may be a number or a name."""
    chosen = large.states[3]
    word: Any = chosen.cow if codes == "cow" else chosen.english
    days = [dt.date(1990 + year, 6, 30) for year in range(30)]

    found = large.annotate(BACKENDS[library]([word] * 30, days), codes=codes)

    assert answers(found) == [expected(large, chosen.iso3, day) for day in days]


@pytest.mark.parametrize("library", ["polars lazy", "duckdb"])
def test_large_organizations_by_years_with_fractions(library: str, large: Organization) -> None:
    """A year that is no whole number is none, where answers are joined too."""
    pa, pl = module("pyarrow"), module("polars")
    years = [1995.0, 1995.5, None, float("nan"), 2003.0]
    table = pa.table({"iso3": [large.states[0].iso3] * 5, "year": pa.array(years), "place": range(5)})
    frame = pl.from_arrow(table).lazy() if library == "polars lazy" else table

    if library == "duckdb":
        connection = module("duckdb").connect()
        frame = connection.from_arrow(table)
    found = answers(large.annotate(frame, on="year", rule="any"))

    in_memory = answers(large.annotate(table, on="year", rule="any"))
    assert found == in_memory
    assert found[1:4] == [None] * 3
    assert None not in (found[0], found[4])


@pytest.mark.parametrize("name", ["Étranger", "Côte d'Ivoire", "İçel"])
@pytest.mark.parametrize("library", ["polars lazy", "duckdb"])
def test_large_organizations_with_accents(library: str, name: str) -> None:
    """Names with letters beyond ASCII are joined on as they are spelled, a quote among them."""
    base = invented(30, 8, seed=6, since=1_990)
    chosen = base.states[0]
    states = tuple(State(iso3=s.iso3, english=name if s == chosen else s.english) for s in base.states)
    dataset = Dataset(
        verified_through=base.dataset.verified_through,
        states=states,
        histories=base.dataset.histories,
        sources=base.dataset.sources,
    )
    large = build(dataset)
    days = [dt.date(1990 + year, 6, 30) for year in range(30)]

    found = large.annotate(BACKENDS[library]([name] * 30, days), codes="name")

    assert answers(found) == [expected(large, chosen.iso3, day) for day in days]


def test_what_is_kept_for_joins_is_bounded(large: Organization) -> None:
    """One question after another leaves no more tables than a call may need, and answers stay right."""
    from csto_membership.frames._cache import cache_of
    from csto_membership.frames._planned.lookups import _TABLES_KEPT

    pl = module("polars")
    frame = pl.DataFrame({"iso3": [large.states[0].iso3], "year": [1999]})

    for rule in ("any", "all", "start", "end", "midyear"):
        lazy = large.annotate(frame.lazy(), on="year", rule=rule)
        assert answers(lazy) == answers(large.annotate(frame, on="year", rule=rule))
        assert len(cache_of(large)["tables to join"]) <= _TABLES_KEPT


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
def test_a_large_organization_that_leaves_nothing_open(library: str) -> None:
    """Extrapolated, with exact dates: only a state or a day that is none makes a null."""
    certain = large_organization(20, 300).reading(extrapolate=True)
    frame = BACKENDS[library](["AAA", "ZZZ", "AAA", None], [DAYS[0], DAYS[0], None, DAYS[0]])

    found = certain.annotate(frame, why="why")

    assert answers(found, "why") == [None, "unknown state", "no date", "unknown state"]
    assert answers(found) == [expected(certain, "AAA", DAYS[0]), None, None, None]


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
def test_whole_numbers_and_floats_one_after_the_other(library: str, large: Organization) -> None:
    """What was made for a column of one type does not serve one of the other."""
    for words in ([1, 2, None], [1.0, 2.0, None], [1, 2, None]):
        frame = BACKENDS[library](words, [DAYS[0]] * 3)  # type: ignore[arg-type] # floats, too

        states = [large.states[0], large.states[1], None]
        assert answers(large.annotate(frame, codes="cow")) == [
            expected(large, state, DAYS[0]) for state in states
        ]


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
@pytest.mark.parametrize("codes", ["gw", "wikidata"])
def test_a_large_organization_without_such_codes(library: str, codes: str) -> None:
    """Where no state has a code of the kind, none is known, whatever stands in the column."""
    organization = large_organization(20, 300)
    words: list[Any] = [1, 2] if codes == "gw" else ["Q1", "Q2"]
    frame = BACKENDS[library](words, [DAYS[0], DAYS[0]])

    found = organization.annotate(frame, codes=codes, status="status", why="why")

    assert answers(found) == answers(found, "status") == [None, None]
    assert answers(found, "why") == ["unknown state"] * 2


@pytest.mark.parametrize("library", ["polars", "polars lazy", "duckdb", "pandas", "pyarrow", "dask"])
def test_an_organization_without_events(library: str) -> None:
    """Where nothing is recorded every state is unknown, and every answer null."""
    empty = build(
        Dataset(
            verified_through=exact("2024-12-31"),
            states=(State(iso3="UZB", english="Uzbekistan"),),
            histories=(History(id="NIL", name="Nothing", events=()),),
            sources=(Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS),),
        )
    )
    frame = BACKENDS[library](["UZB", "USA", None, "UZB"], DAYS)

    found = empty.annotate(frame, status="status")

    assert answers(found) == [
        expected(empty, state, day) for state, day in zip(["UZB", "USA", None, "UZB"], DAYS, strict=True)
    ]
    assert answers(found, "status") == [None] * 4


def test_a_state_that_never_changes_and_is_never_past_the_horizon() -> None:
    """Extrapolated, a state without a cut is the same on all days."""
    forever = csto.reading(era="CSTO", extrapolate=True)
    assert any(len(forever.spells(state)) == 1 for state in forever.states)
    pl = module("polars")
    words = [state.iso3 for state in forever.states]
    frame = pl.DataFrame({"iso3": words, "date": [dt.date(2200, 1, 1)] * len(words)})

    found = answers(forever.annotate(frame.lazy()))

    assert found == answers(forever.annotate(frame))
    assert found == [expected(forever, word, dt.date(2200, 1, 1)) for word in words]


def test_a_condition_on_no_day() -> None:
    """What holds on all days is not compared with any."""
    from csto_membership._membership.tracks import YES, Track
    from csto_membership.frames._planned.columns import StateColumn, time_column
    from csto_membership.frames._planned.plans import _holds
    from csto_membership.frames._planned.sql import DUCKDB, SqlWriter

    writer = SqlWriter(dialect=DUCKDB)
    column = writer.column("iso3")
    states = StateColumn(column=column, written=column, words={"ARM": 1, "UZB": 2}, kind=str)
    places = time_column(nw.Date(), "date", "day", writer)

    said = _holds((Track(bounds=(), cells=(YES,)), Track(bounds=(), cells=(YES,))), YES, states, places)

    assert said.text == """"iso3" IN ('ARM', 'UZB')"""


CONDITIONS: Any = st.recursive(  # nested tuples, of which types know nothing
    st.sampled_from(("one", "two", "three")),
    lambda part: st.tuples(st.just("not"), part) | st.tuples(st.sampled_from(("and", "or")), part, part),
    max_leaves=8,
)


@given(CONDITIONS)
def test_sql_means_what_its_operators_mean(condition: Any) -> None:
    """Parentheses are left out only where SQL reads the same without them."""
    from csto_membership.frames._planned.sql import DUCKDB, Sql, SqlWriter

    writer = SqlWriter(dialect=DUCKDB)

    def sql(part: Any) -> Sql:
        if isinstance(part, str):
            return writer.column(part) == 1
        if part[0] == "not":
            return ~sql(part[1])
        return sql(part[1]) & sql(part[2]) if part[0] == "and" else sql(part[1]) | sql(part[2])

    def python(part: Any, row: dict[str, int]) -> bool:
        if isinstance(part, str):
            return row[part] == 1
        if part[0] == "not":
            return not python(part[1], row)
        both = python(part[1], row), python(part[2], row)
        return all(both) if part[0] == "and" else any(both)

    rows = list(itertools.product((0, 1), repeat=3))

    values = ", ".join(map(str, rows))
    query = f"select {sql(condition).text} from (values {values}) t(one, two, three)"  # noqa: S608 (own literals)
    found = module("duckdb").sql(query).fetchall()

    wanted = [python(condition, dict(zip(("one", "two", "three"), row, strict=True))) for row in rows]
    assert [said for (said,) in found] == wanted


@pytest.mark.parametrize("value", [None, float("nan"), -9])
def test_reconcile_takes_missing_cells(value: object) -> None:
    """A cell without a value is undecided, however a library writes it."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": ["UZB"] * 2, "year": [2003, 2007], "coded": pd.Series([value, 1.0])})

    report = csto.reconcile(frame, state="iso3", year="year", value="coded")

    assert report.counts["undecided"] == 1
    assert report.counts["agree"] == 1


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
@pytest.mark.parametrize("name", ["*", "^iso.*$"])
def test_polars_patterns_are_no_names(library: str, name: str) -> None:
    """A name that Polars expands to other columns is refused: it would answer for another column."""
    frame = BACKENDS[library](["RUS"], [DAYS[0]]).rename({"iso3": name})

    with pytest.raises(ColumnError, match=r"would be read as a pattern of names\. Rename it first"):
        csto.annotate(frame, state=name)


@pytest.mark.parametrize(
    ("into", "status", "message"),
    [
        ("Place", None, "there is a column 'place' already. Name another one with into=."),
        ("member", "DATE", "there is a column 'date' already. Name another one with status=."),
        ("was", "Was", "two new columns would be called 'was'. Name another one with status=."),
    ],
)
def test_sql_does_not_tell_capitals_from_small_letters(into: str, status: str | None, message: str) -> None:
    """A new column that an engine of SQL would take for another is refused; Polars tells them apart."""
    states, days = ["RUS"], [DAYS[0]]

    with pytest.raises(ColumnError) as caught:
        csto.annotate(BACKENDS["duckdb"](states, days), into=into, status=status)

    assert str(caught.value) == message
    found = csto.annotate(BACKENDS["polars lazy"](states, days), into=into, status=status)
    assert answers(found, into) == [True]


def test_new_columns_may_be_called_anything() -> None:
    """Any name will do that is one."""
    frame = BACKENDS["polars lazy"](["RUS"], [DAYS[0]])

    assert answers(csto.annotate(frame, into="self"), "self") == [True]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "duckdb"])
@pytest.mark.parametrize("empty", ["iso3", "date"])
def test_columns_of_nulls_alone(library: str, empty: str) -> None:
    """A column that never held anything has a type of its own, and answers nothing on any route."""
    pa, pl = module("pyarrow"), module("polars")
    columns = {"iso3": pa.array(["RUS"]), "date": pa.array([DAYS[1]])} | {empty: pa.nulls(1)}
    connection = module("duckdb").connect()
    frame = {
        "pyarrow": lambda: pa.table(columns),
        "polars": lambda: pl.from_arrow(pa.table(columns)),
        "polars lazy": lambda: pl.from_arrow(pa.table(columns)).lazy(),
        "duckdb": lambda: connection.sql(
            "select 0 as place, null as iso3, date '2003-06-30' as date"
            if empty == "iso3"
            else "select 0 as place, 'RUS' as iso3, null as date"
        ),
    }[library]()
    if library == "duckdb" and "NULL" not in str(frame.types):
        pytest.skip("this DuckDB gives a column of nulls the type INTEGER")

    assert answers(csto.annotate(frame)) == [None]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "pandas", "duckdb"])
def test_codes_as_floats(library: str) -> None:
    """A column of numbers with gaps is often one of floats."""
    frame = BACKENDS[library]([365.0, None, 704.0, 704.5], [DAYS[1]] * 4)  # type: ignore[list-item] # floats

    assert answers(csto.annotate(frame, codes="cow")) == [True, None, False, None]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow"])
@pytest.mark.parametrize("kind", ["float64", "uint64"])
def test_years_beyond_all_bounds(library: str, kind: str) -> None:
    """A year too large for any calendar is past the horizon, and does not wrap round into the past."""
    pa, pl = module("pyarrow"), module("polars")
    years = pa.array([1e300, 1e19] if kind == "float64" else [2**63, 2**64 - 1], getattr(pa, kind)())
    table = pa.table({"iso3": ["RUS"] * 2, "year": years})
    frame = {"pyarrow": table, "polars": pl.from_arrow(table), "polars lazy": pl.from_arrow(table).lazy()}[
        library
    ]

    assert answers(csto.annotate(frame, on="year", rule="any")) == [None, None]
    assert answers(csto.reading(extrapolate=True).annotate(frame, on="year", rule="any")) == [True, True]


def test_columns_of_pandas_that_cannot_be_read() -> None:
    """Two columns of one name, lists, and sparse columns are refused by name."""
    pd = module("pandas")
    day = pd.Timestamp("2003-06-30")
    twice = pd.DataFrame([["RUS", "UZB", day]], columns=["iso3", "iso3", "date"])
    lists = pd.DataFrame({"iso3": [["RUS"]], "date": [day]})
    sparse = pd.DataFrame({"iso3": pd.arrays.SparseArray([365]), "date": [day]})
    periods = pd.DataFrame({"iso3": ["RUS"], "date": pd.PeriodIndex(["2003-06-30"], freq="D")})

    with pytest.raises(ColumnError, match=r"there are 2 columns 'iso3'\. Rename all but one"):
        csto.annotate(twice)
    with pytest.raises(
        FrameError, match=r"column 'iso3' is of objects that cannot be told apart.*Pass states as"
    ):
        csto.annotate(lists)
    with pytest.raises(
        FrameError, match=r"column 'iso3' is of objects that cannot be told apart.*Pass days as"
    ):
        csto.annotate(lists.assign(code="RUS"), state="code", on="iso3")
    for years in (pd.Categorical([2003]), pd.Series([2003], dtype=object)):
        with pytest.raises(FrameError, match=r"column 'year' is of int \(2003\)\. Pass days as .* use rule="):
            csto.annotate(pd.DataFrame({"iso3": ["RUS"], "year": years}), on="year")
    far = pd.Series(module("numpy").array(["20000-01-01", "2003-06-30"], dtype="datetime64[s]")).astype(
        object
    )
    assert answers(csto.annotate(pd.DataFrame({"iso3": ["RUS"] * 2, "date": far}))) == [None, True]
    with pytest.raises(FrameError, match=r"column 'iso3' is Sparse\[int64, 0\]. Pass states as text"):
        csto.annotate(sparse, codes="cow")
    with pytest.raises(FrameError, match=r"column 'iso3' is Sparse\[int64, 0\]. With rule="):
        csto.annotate(sparse.assign(code="RUS"), on="iso3", state="code", rule="any")
    with pytest.raises(FrameError, match=r"column 'date' is period\[D\]\. Pass days as dates"):
        csto.annotate(periods)
    with pytest.raises(FrameError, match=r"column 'date' is period\[D\]\. Pass states as text"):
        csto.annotate(periods.assign(day=day), state="date", on="day")


def test_words_that_hardly_ever_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary that has grown long is begun anew, and codes mean what they mean in it."""
    from csto_membership.frames import _grids
    from csto_membership.frames._in_memory import codes as _codes

    monkeypatch.setattr(_grids, "CHUNK", 16)
    monkeypatch.setattr(_codes, "CHUNK", 16)
    monkeypatch.setattr(_codes, "_MOST_VALUES", 20)
    states = [f"X{number}" if number % 3 else ("UZB", "ARM", "KAZ")[number % 7 % 3] for number in range(300)]
    days = [DAYS[number % 4] for number in range(300)]
    right = [expected(csto, state, day) for state, day in zip(states, days, strict=True)]

    for library in ("polars", "polars text", "pyarrow", "pyarrow text", "pandas objects", "pandas text"):
        assert answers(csto.annotate(BACKENDS[library](states, days))) == right


def test_a_column_of_different_texts_costs_no_more_than_its_rows() -> None:
    """What was read in one batch is not read again for the next: text that is no day is counted as it is read."""
    from csto_membership.frames._in_memory import columns as _columns

    pa = module("pyarrow")
    rows = 400_000
    texts = pa.array([f"2003-06-30 {number:06}" for number in range(rows)])
    frame = pa.table({"iso3": pa.array(["UZB"] * rows), "date": texts})
    read: list[object] = []
    real = _columns.read_day

    def counting(value: object) -> int:
        read.append(value)
        return real(value)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_columns, "read_day", counting)
        found = csto.annotate(frame)

    assert found["member"].null_count == rows
    assert len(read) == rows


@pytest.mark.parametrize("kind", ["many words", "a null among them"])
def test_dictionaries_that_cannot_simply_be_united(kind: str) -> None:
    """Pieces of Arrow may each have a dictionary, too many words for one of their indices, or a null among them."""
    pa = module("pyarrow")
    words: list[list[str | None]] = [
        [*(f"A{number:03}" for number in range(100)), "UZB"],
        [*(f"B{number:03}" for number in range(100)), "ARM"],
    ]
    if kind != "many words":
        words = [["UZB", None], ["ARM", "UZB"]]
    pieces = [
        pa.DictionaryArray.from_arrays(pa.array(range(len(part)), pa.int8()), pa.array(part))
        for part in words
    ]
    column = pa.chunked_array(pieces)
    frame = pa.table({"iso3": column, "date": pa.array([DAYS[0]] * len(column))})

    found = csto.annotate(frame)["member"].to_pylist()

    assert found == [expected(csto, word, DAYS[0]) for part in words for word in part]


def test_categories_of_polars_that_have_a_name() -> None:
    """They are read as others are, eager and lazy."""
    pl = module("polars")
    if not hasattr(pl, "Categories"):
        pytest.skip("this Polars has no named categories")
    named = pl.Series(["UZB", None], dtype=pl.Categorical(pl.Categories("states")))
    frame = pl.DataFrame({"iso3": named, "date": [DAYS[0]] * 2})

    assert answers(csto.annotate(frame)) == answers(csto.annotate(frame.lazy())) == [True, None]
    # Older narwhals does not know their type.
    from csto_membership.frames._planned.columns import kind_of

    assert kind_of(nw.from_native(frame.lazy()), "iso3", nw.Unknown()) == nw.Categorical


def test_moments_of_nanoseconds_in_duckdb() -> None:
    """They end in 1677 and 2262, and are compared with days outside all the same, spelled out and looked up."""
    connection = module("duckdb").connect()
    day = dt.date(1990, 1, 1)

    for organization in (
        invented(3, 4, seed=1, since=1_500),
        invented(3, 40, seed=4, since=1_600),
        large_organization(50, 400).reading(extrapolate=True),
    ):
        state = organization.states[0]
        relation = connection.sql(
            f"select 0 as place, '{state.iso3}' as iso3, TIMESTAMP_NS '1990-01-01' as date"
        )
        found = organization.annotate(relation, status="status", why="why")
        assert answers(found) == [expected(organization, state, day)]
        assert answers(found, "status") == [str(organization.status_on(state, day))]
        assert answers(found, "why") == [None]


@pytest.mark.parametrize("unit", ["ns", "us", "ms"])
def test_moments_of_every_unit_in_plans_of_polars(unit: str) -> None:
    """Whatever the unit, they are compared with days outside what it reaches, spelled out and looked up."""
    pl = module("polars")
    day = dt.date(1990, 1, 1)

    for organization in (invented(3, 4, seed=1, since=1_500), invented(3, 40, seed=4, since=1_600)):
        state = organization.states[0]
        moment = pl.Series([dt.datetime.combine(day, dt.time(23, 59))], dtype=pl.Datetime(unit))
        lazy = pl.LazyFrame({"iso3": [state.iso3], "date": moment})
        assert answers(organization.annotate(lazy)) == [expected(organization, state, day)]


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
def test_integers_wider_than_numpy_has(library: str) -> None:
    """What fits into 64 bits is read, what does not is no code."""
    pl = module("polars")
    if not hasattr(pl, "Int128"):
        pytest.skip("this Polars has no integers of 128 bits")
    frame = pl.DataFrame({"n": pl.Series([371, 2**100, None], dtype=pl.Int128), "date": [DAYS[0]] * 3})

    found = csto.annotate(frame if library == "polars" else frame.lazy(), state="n", codes="cow")

    assert answers(found) == [True, None, None]


def test_two_columns_of_one_name_in_duckdb() -> None:
    """DuckDB allows them, and nothing can be said of either."""
    connection = module("duckdb").connect()

    twice = "'UZB' as iso3, 'ARM' as iso3, date '1999-12-01' as date"
    beside = "'UZB' as iso3, date '1999-12-01' as date, 1 as z, 2 as z"
    for columns in (twice, beside):
        relation = connection.sql(f"select {columns}")
        with pytest.raises(ColumnError, match=r"there are 2 columns '(iso3|z)'\. Rename all but one"):
            csto.annotate(relation)


def test_labels_that_are_no_text() -> None:
    """Columns of pandas may be numbered, and have names of several levels."""
    pd = module("pandas")
    numbered: dict[str, Any] = {"state": 0, "on": 1}
    plain = pd.DataFrame({0: ["UZB"], 1: [2003], 2: [1]})
    levels = pd.DataFrame([["UZB", pd.Timestamp("2003-06-30")]])
    levels.columns = pd.MultiIndex.from_tuples([("a", "iso3"), ("a", "date")])
    named: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": ("a", "member")}
    coded: dict[str, Any] = {"state": 0, "year": 1, "value": 2}
    deep: dict[str, Any] = {"state": ("a", "s"), "year": ("a", "y"), "value": ("b", "m")}
    theirs = pd.DataFrame(
        [["UZB", 2003, 1]], columns=pd.MultiIndex.from_tuples([("a", "s"), ("a", "y"), ("b", "m")])
    )

    assert csto.annotate(plain, **numbered, rule="any")["member"].tolist() == [False]
    assert csto.reconcile(plain, **coded).counts["theirs only"] == 1
    assert csto.annotate(levels, **named)["a", "member"].tolist() == [False]
    assert csto.reconcile(theirs, **deep).counts["theirs only"] == 1
    with pytest.raises(ColumnError, match=r"^no column None\."):
        csto.annotate(plain, state=None)  # type: ignore[arg-type] # what is refused
    with pytest.raises(StateError, match="column 0 holds 1 value that is no state: 'XXX'"):
        csto.annotate(plain.replace("UZB", "XXX"), **numbered, rule="any", unknown="raise")


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "dask"])
def test_only_values_that_occur_are_unknown(library: str) -> None:
    """A category that no row has is no unknown state; a column may be called as counts are."""
    pd = module("pandas")
    states = pd.Categorical(["UZB", None, "UZB"], categories=["UZB", "USA"])
    frame: Any = pd.DataFrame({"count": states, "date": pd.to_datetime(DAYS[:3])})
    if library == "polars":
        frame = module("polars").from_pandas(frame)
    elif library == "pyarrow":
        frame = module("pyarrow").Table.from_pandas(frame)
    elif library == "dask":
        frame = module("dask.dataframe").from_pandas(frame, npartitions=2)

    assert answers(csto.annotate(frame, state="count", unknown="raise")) == [True, None, True]


def test_days_of_numpy_among_objects() -> None:
    """A moment of NumPy is equal to one of pandas: either may stand for both, wherever it comes first."""
    pd, np = module("pandas"), module("numpy")
    days = [
        np.datetime64("2003-06-30"),
        pd.Timestamp("2003-06-30"),
        np.datetime64("NaT"),
        np.datetime64("2003-06-30T23:59"),
    ]
    frame = pd.DataFrame({"iso3": ["RUS"] * 4, "date": pd.Series(days, dtype=object)})

    assert answers(csto.annotate(frame)) == [True, True, None, True]
    assert answers(csto.annotate(frame[::-1])) == [True, None, True, True]


def test_the_first_and_the_last_days_there_are_among_objects() -> None:
    """They are days: before all acts, or past the last day verified, in the calendar and far outside it."""
    pd, np = module("pandas"), module("numpy")
    days = [
        dt.datetime(1, 1, 1),  # noqa: DTZ001 (as tables have it)
        dt.datetime(9999, 12, 31),  # noqa: DTZ001 (as tables have it)
        np.datetime64(-6_000_000, "Y"),
        np.datetime64(6_000_000, "Y"),
    ]
    frame = pd.DataFrame({"iso3": ["RUS"] * 4, "date": pd.Series(days, dtype=object)})

    assert answers(csto.annotate(frame)) == [False, None, False, None]


@pytest.mark.parametrize(("letters", "shown"), [(118, repr("x" * 118)), (119, f"'{'x' * 119}…")])
def test_a_value_of_120_letters_is_shown_whole(letters: int, shown: str) -> None:
    """Quotation marks included; what is longer ends there, since a cell may hold a book."""
    frame = BACKENDS["pandas"](["x" * letters], [DAYS[0]])

    with pytest.raises(StateError) as caught:
        csto.annotate(frame, unknown="raise")
    assert f": {shown} (1). " in str(caught.value)


def test_no_such_frequency() -> None:
    """A frequency that is none is refused, with the nearest."""
    with pytest.raises(ReadingError, match=r"no freq 'yaer'.* There are year, month, day"):
        csto.panel(1999, 2003, freq="yaer")


def test_a_backend_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that installs it is said."""
    module("polars")
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(
        MissingExtraError, match=r"backend 'polars' is not installed\. Run: pip install polars"
    ):
        csto.panel(1999, 2003, backend="polars")


def test_an_engine_that_is_not_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lazy frame of another engine is refused, with the list of those that are tested."""
    from csto_membership.frames._planned import plans as _plans

    monkeypatch.setattr(_plans, "ENGINES", ())

    with pytest.raises(FrameError, match=r"expected a table, got polars\.LazyFrame\. Supported are pandas,"):
        csto.annotate(BACKENDS["polars lazy"](["UZB"], [DAYS[0]]))


@pytest.mark.parametrize("missing", ["narwhals.stable.v2", "numpy", "csto_membership.frames._panels"])
def test_tables_without_what_they_need(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed the command that installs it is said; a room of ours is no extra."""
    import csto_membership

    for name in [name for name in sys.modules if name.startswith("csto_membership.frames")]:
        monkeypatch.delitem(sys.modules, name)  # the whole wing is imported anew
    monkeypatch.delattr(csto_membership, "frames", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    if missing.startswith("csto_membership"):
        with pytest.raises(ImportError, match="_panels"):
            csto.to_frame("spells")
    else:
        with pytest.raises(
            MissingExtraError, match=r"which is not installed. Run: pip install 'csto-membership\[frames\]'"
        ):
            csto.to_frame("spells")


@pytest.mark.parametrize("rule", ["any", "end"])
def test_years_of_a_state_to_which_nothing_happens(rule: str) -> None:
    """Extrapolated, a state without a cut is in all years what it is on all days."""
    era = csto.reading(era="CSTO", extrapolate=True)
    pa = module("pyarrow")
    frame = pa.table({"iso3": ["AZE"] * 3, "year": [1, 2003, 2200]})

    found = era.annotate(frame, on="year", rule=rule, status="status")

    assert era.compiled.segments.timelines[[state.iso3 for state in era.states].index("AZE")].days == ()
    assert answers(found) == [False] * 3
    assert answers(found, "status") == ["OUTSIDE"] * 3


@pytest.mark.parametrize(
    ("library", "unit"),
    [
        *itertools.product(("pyarrow", "pandas"), ("s", "ms", "us", "ns")),
        *itertools.product(("polars",), ("ms", "us", "ns")),
    ],
)
def test_moments_of_every_unit(library: str, unit: str) -> None:
    """A moment falls on its day in every unit, and before or after all days where it lies beyond the calendar."""
    pa, pl, pd = module("pyarrow"), module("polars"), module("pandas")
    day = (dt.date(2007, 6, 30) - dt.date(1970, 1, 1)).days
    ticks = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[unit]
    numbers = [day * ticks, (day + 1) * ticks - 1, -1, 2**62, -(2**62), 1 - 2**63, None]

    def frame(state: str) -> Any:
        states = [state] * len(numbers)
        if library == "pandas":
            column = pd.Series(numbers, dtype="Int64").fillna(-(2**63)).astype("int64").to_numpy()
            return pd.DataFrame({"iso3": states, "date": column.view(f"datetime64[{unit}]")})
        if library == "polars":
            table = pl.DataFrame({"iso3": states, "date": pl.Series(numbers, dtype=pl.Int64)})
            return table.with_columns(pl.col("date").cast(pl.Datetime(unit)))
        return pa.table({"iso3": states, "date": pa.array(numbers, pa.timestamp(unit))})

    forever = csto.reading(extrapolate=True)
    assert answers(forever.annotate(frame("RUS"))) == [True, True, False, True, False, False, None]
    assert answers(forever.annotate(frame("UZB"))) == [True, True, False, False, False, False, None]


@pytest.mark.parametrize("rule", ["any", "start"])
@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "pandas", "duckdb"])
def test_years_that_are_not_whole(library: str, rule: str) -> None:
    """A fraction, an infinity and what is no number are no years, extrapolated or not."""
    pa, pl = module("pyarrow"), module("polars")
    years = pa.array([2003.0, 2003.5, float("inf"), float("-inf"), float("nan"), None])
    table = pa.table({"place": range(6), "iso3": ["RUS"] * 6, "year": years})
    connection = module("duckdb").connect()
    frame = {
        "polars": lambda: pl.from_arrow(table),
        "polars lazy": lambda: pl.from_arrow(table).lazy(),
        "pyarrow": lambda: table,
        "pandas": table.to_pandas,
        "duckdb": lambda: connection.from_arrow(table),
    }[library]()

    for organization in (csto, csto.reading(extrapolate=True)):
        found = answers(organization.annotate(frame, on="year", rule=rule, status="status"))
        assert found == [True, *[None] * 5]


def test_states_and_booleans_among_objects_whatever_the_codes() -> None:
    """A state is itself under any codes, and true is no number 1."""
    pd = module("pandas")
    organization = invented(3, 4, seed=9, since=1_990)
    first = organization.states[0]
    day = dt.date(2019, 12, 31)

    for word, wanted in ((first, True), (1, True), (True, False)):
        column = pd.Series([word], dtype=object)
        frame = pd.DataFrame({"iso3": column, "date": pd.Series([day], dtype=object)})
        said = expected(organization, first.iso3, day) if wanted else None
        assert answers(organization.annotate(frame, codes="cow")) == [said]
    assert first.cow == 1
    assert expected(organization, first.iso3, day) is not None


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas", "polars lazy", "duckdb"])
def test_names_are_found_without_their_accents(library: str) -> None:
    """A name as CLDR has it is found as a keyboard without its accents writes it."""
    words = ["Gürcüstan", "Gurcustan", "gurcustan", "GURCUSTAN", "Gurcüstan"]

    found = csto.annotate(BACKENDS[library](words, [DAYS[0]] * 5), codes="name")

    assert answers(found) == [*[expected(csto, "GEO", DAYS[0])] * 4, None]
    assert expected(csto, "GEO", DAYS[0]) is not None


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas"])
def test_numbers_without_a_sign(library: str) -> None:
    """Codes and years may be unsigned."""
    pa, pl = module("pyarrow"), module("polars")
    table = pa.table({"code": pa.array([704, 365], pa.uint16()), "year": pa.array([2003, 2003], pa.uint16())})
    frame = {"polars": lambda: pl.from_arrow(table), "pyarrow": lambda: table, "pandas": table.to_pandas}[
        library
    ]()

    assert answers(csto.annotate(frame, state="code", codes="cow", on="year", rule="any")) == [False, True]


@pytest.mark.parametrize("kind", ["Enum", "Categorical", "dictionary"])
def test_categories_of_days_in_memory(kind: str) -> None:
    """Days as categories of text are read once each, and those that are none are named."""
    pa, pl = module("pyarrow"), module("polars")
    written = [None if day is None else day.isoformat() for day in DAYS]

    def frame(days: list[str | None]) -> Any:
        if kind == "dictionary":
            return pa.table({"iso3": ["UZB"] * 4, "date": pa.array(days).dictionary_encode()})
        dtype = pl.Enum([day for day in days if day]) if kind == "Enum" else pl.Categorical
        return pl.DataFrame({"iso3": ["UZB"] * 4, "date": pl.Series(days, dtype=dtype)})

    assert answers(csto.annotate(frame(written))) == UZB
    with pytest.raises(DayError, match=r"column 'date' holds 1 value that is no day: 'soon' \(1\)\."):
        csto.annotate(frame([*written[:3], "soon"]), unknown="raise")


@pytest.mark.parametrize(
    ("library", "kind"),
    [("dask", "category"), ("dask", "object"), ("polars lazy", "Categorical"), ("polars lazy", "Enum")],
)
def test_unreadable_days_of_rarer_types_can_raise(library: str, kind: str) -> None:
    """Categories and objects that are no day are named where nothing is computed yet, too."""
    pd, pl = module("pandas"), module("polars")
    days = ["2003-06-30", "soon"]
    if library == "dask":
        table = pd.DataFrame({"iso3": ["UZB"] * 2, "date": pd.Series(days, dtype=kind)})
        frame = module("dask.dataframe").from_pandas(table, npartitions=1)
    else:
        dtype = pl.Enum(days) if kind == "Enum" else pl.Categorical
        frame = pl.LazyFrame({"iso3": ["UZB"] * 2, "date": pl.Series(days, dtype=dtype)})

    with pytest.raises(DayError, match=r"column 'date' holds 1 value that is no day: 'soon' \(1\)\."):
        csto.annotate(frame, unknown="raise")


def test_an_arrow_dictionary_without_a_piece() -> None:
    """A column that was never written to has no dictionary, and no answer."""
    pa = module("pyarrow")
    states = pa.chunked_array([], pa.dictionary(pa.int32(), pa.string()))
    days = pa.chunked_array([], pa.date32())

    found = csto.annotate(pa.table({"iso3": states, "date": days}), unknown="raise")

    assert answers(found) == []


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
@pytest.mark.parametrize("name", ["*", "^iso.*$"])
def test_polars_patterns_name_no_new_column_and_no_days(library: str, name: str) -> None:
    """A pattern is refused wherever a column is named; one sign of it alone is none."""
    frame = BACKENDS[library](["RUS"], [DAYS[0]])

    for choice in ({"into": name}, {"status": name}, {"on": name}):
        with pytest.raises(ColumnError, match=r"would be read as a pattern of names\. Rename it first"):
            csto.annotate(frame, **choice)
    assert answers(csto.annotate(frame, into="^was"), "^was") == [True]
    assert answers(csto.annotate(frame, into="was$"), "was$") == [True]


@pytest.mark.parametrize("library", ["duckdb", "polars lazy"])
def test_text_of_years_is_refused_as_such(library: str) -> None:
    """With a rule a column of text is no column of unreadable days."""
    table = module("polars").DataFrame({"iso3": ["RUS"], "year": ["2003"]})
    connection = module("duckdb").connect()
    frame = table.lazy() if library == "polars lazy" else connection.from_arrow(table.to_arrow())

    with pytest.raises(FrameError, match="With rule=, pass years as whole numbers, and cast text first"):
        csto.annotate(frame, on="year", rule="any", unknown="raise")


@pytest.mark.parametrize("name", ["it's", 'the "state"', "a b"])
def test_duckdb_reads_quotes_as_they_are_meant(name: str) -> None:
    """A quote in the name of a column or of a state means itself."""
    connection = module("duckdb").connect()
    base = invented(3, 4, seed=9, since=1_990)
    chosen = base.states[0]
    organization = build(
        Dataset(
            verified_through=base.dataset.verified_through,
            states=tuple(State(iso3=s.iso3, english=name if s == chosen else s.english) for s in base.states),
            histories=base.dataset.histories,
            sources=base.dataset.sources,
        )
    )
    quoted = '"' + name.replace('"', '""') + '"'
    relation = connection.sql("select 0 as place, date '2019-12-31' as date")
    word = "'" + name.replace("'", "''") + "'"
    relation = relation.project(f"place, date, {word} as {quoted}")

    found = organization.annotate(relation, state=name, codes="name", into=f"{name}?")

    assert found.columns == ["place", "date", name, f"{name}?"]
    said = found.fetchall()[0][3]
    assert said is not None
    assert said == expected(organization, chosen.iso3, dt.date(2019, 12, 31))


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "dask"])
def test_unknown_states_of_a_column_called_value(library: str) -> None:
    """What a column is called does not get in the way of counting."""
    frame = BACKENDS[library](["USA", "RUS", None], [DAYS[0]] * 3)
    frame = frame.project("place, iso3 as value, date") if library == "duckdb" else _renamed(frame)

    with pytest.raises(StateError, match=r"column 'value' holds 1 value that is no state: 'USA' \(1\)"):
        csto.annotate(frame, state="value", unknown="raise")


def _renamed(frame: Any) -> Any:
    """A frame whose states stand in a column called value."""
    return (
        frame.rename(columns={"iso3": "value"})
        if hasattr(frame, "npartitions")
        else frame.rename({"iso3": "value"})
    )


@pytest.mark.parametrize("library", ["polars lazy", "duckdb"])
def test_large_organizations_and_years_that_are_not_whole(library: str, large: Organization) -> None:
    """Where answers are joined, what is no year is null too, extrapolated or not."""
    pa, pl = module("pyarrow"), module("polars")
    years = pa.array([2003.0, 2003.5, float("inf"), float("-inf"), float("nan"), 1e300, None])
    code = large.states[0].iso3
    table = pa.table({"place": range(7), "iso3": [code] * 7, "year": years})
    connection = module("duckdb").connect()
    frame = pl.from_arrow(table).lazy() if library == "polars lazy" else connection.from_arrow(table)

    for organization in (large, large.reading(extrapolate=True)):
        found = answers(organization.annotate(frame, on="year", rule="any"))
        assert found == answers(organization.annotate(table, on="year", rule="any"))
        assert found[1:5] == [None] * 4


@pytest.mark.parametrize("library", ["polars lazy", "duckdb"])
def test_large_organizations_and_text_that_is_no_day(library: str, large: Organization) -> None:
    """Where answers are joined, text that is no day is null, wherever it would stand among days."""
    pl = module("polars")
    texts = ["2003-06-30", "0", "1", "2003", "2003-02-29", "2003-06-31", "soon", "", "0000-01-01", None]
    table = pl.DataFrame(
        {"place": range(len(texts)), "iso3": [large.states[0].iso3] * len(texts), "date": texts}
    )
    connection = module("duckdb").connect()
    frame = table.lazy() if library == "polars lazy" else connection.from_arrow(table.to_arrow())

    for organization in (large, large.reading(extrapolate=True)):
        found = answers(organization.annotate(frame))
        assert found[0] is not None
        assert found == [found[0], *[None] * (len(texts) - 1)] == answers(organization.annotate(table))


def test_sql_does_not_tell_the_letters_of_old_columns_apart_either() -> None:
    """A new column in small letters is refused beside one in capitals, which is named as it is written."""
    relation = BACKENDS["duckdb"](["RUS"], [DAYS[0]]).project('place as "Member", iso3, date')

    with pytest.raises(ColumnError, match="there is a column 'Member' already"):
        csto.annotate(relation)


def _levelled(*labels: tuple[str, str]) -> Any:
    """A frame of pandas with two levels of columns, one row and a number in each further column."""
    pd = module("pandas")
    columns = [("a", "iso3"), ("a", "date"), *labels]
    row = ["ARM", "2003-01-01", *range(len(labels))]
    return pd.DataFrame([row], columns=pd.MultiIndex.from_tuples(columns))


@pytest.mark.parametrize(
    ("labels", "into", "made"),
    [
        ((("member", "x"),), "member", ("member", "")),
        ((("member", "x"), ("member", "y")), ("member", "z"), ("member", "z")),
        ((), "a", ("a", "")),
        ((), ("b",), ("b", "")),
    ],
)
def test_columns_with_levels_are_not_overwritten(
    labels: tuple[tuple[str, str], ...], into: Any, made: tuple[str, str]
) -> None:
    """A name of fewer levels is that with empty ones, and no other column that begins alike is touched."""
    frame = _levelled(*labels)

    names: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": into}
    found = csto.annotate(frame, **names)

    assert list(found.columns) == [*frame.columns, made]
    assert found[made].tolist() == [True]
    assert found[list(frame.columns)].equals(frame)


def test_columns_with_levels_are_named_with_all_or_fewer() -> None:
    """Columns are found with empty levels left out; too many levels, and a name that is there, are refused."""
    pd = module("pandas")
    columns = pd.MultiIndex.from_tuples([("iso3", ""), ("date", ""), ("member", "")])
    frame = pd.DataFrame([["ARM", "2003-01-01", 1]], columns=columns)

    lazy = module("dask.dataframe").from_pandas(frame, npartitions=1)
    year = pd.MultiIndex.from_tuples([("iso3", ""), ("year", ""), ("member", "")])
    years = pd.DataFrame([["ARM", 2003, 1]], columns=year)

    assert csto.annotate(frame, into="ours")[("ours", "")].tolist() == [True]
    assert csto.annotate(lazy, into="ours").compute()[("ours", "")].tolist() == [True]
    assert csto.annotate(frame, into="ours", why="why").columns.tolist() == [
        *columns,
        ("ours", ""),
        ("why", ""),
    ]
    assert csto.reconcile(frame, state="iso3", on="date", value="member").counts["agree"] == 1
    assert csto.reconcile(years, state="iso3", year="year", value="member").counts["agree"] == 1
    with pytest.raises(ColumnError, match=r"there is a column .'member', ''. already"):
        csto.annotate(frame)
    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, into=("a", "b", "c"))  # type: ignore[arg-type] # what is refused
    assert str(caught.value) == ("into ('a', 'b', 'c') has 3 levels, and the columns have 2. Name it with 2.")
    with pytest.raises(ColumnError, match=r"^into is \('', ''\)\. Name the new column, as text\.$"):
        csto.annotate(frame, into="")


@pytest.mark.parametrize("library", ["polars", "pyarrow", "duckdb", "polars lazy", "pandas"])
@pytest.mark.parametrize(
    "names", [{"state": None}, {"on": 3}, {"on": ["date"]}, {"into": 3}, {"into": ("a", "b")}], ids=str
)
def test_names_that_are_none(library: str, names: dict[str, Any]) -> None:
    """What is no name of a column is refused, whatever it is."""
    frame = BACKENDS[library](["ARM"], [dt.date(2003, 1, 1)])

    with pytest.raises(ColumnError, match=r"^(no column|into is )"):
        csto.annotate(frame, **names)


@pytest.mark.parametrize("name", ["*", "^x$"])
def test_patterns_are_names_in_duckdb(name: str) -> None:
    """Only Polars takes them for several columns."""
    duckdb = module("duckdb")
    relation = duckdb.sql(f"select 'ARM' as \"{name}\", date '2003-01-01' as date")

    assert csto.annotate(relation, state=name).fetchall() == [("ARM", dt.date(2003, 1, 1), True)]


@pytest.mark.parametrize(
    "table",
    [
        "create table t(iso3 varchar collate nocase, date date)",
        "create table t(iso3 varchar collate noaccent, date date)",
        "set default_collation = 'nocase'; create table t(iso3 varchar, date date)",
    ],
)
def test_duckdb_compares_letter_by_letter(table: str) -> None:
    """A collation of the column, or of the session, makes no word of another."""
    connection = module("duckdb").connect()
    connection.execute(table)
    words = ["ARM", "aRm", "ÁRM"]
    connection.executemany("insert into t values (?, '2003-01-01')", [[word] for word in words])

    found = csto.annotate(connection.table("t"), why="why").fetchall()
    expected_ = csto.annotate(module("pandas").DataFrame({"iso3": words, "date": "2003-01-01"}), why="why")
    assert [row[2] for row in found] == [True, None, None]
    assert [row[3] for row in found] == answers(expected_, "why")


def _objects(values: list[Any]) -> Any:
    """A frame of pandas with a column of objects."""
    pd = module("pandas")
    return pd.DataFrame({"iso3": ["KAZ"] * len(values), "date": pd.Series(values, dtype=object)})


@pytest.mark.parametrize("value", ["np", "period", "decimal", b"2003-01-01", dt.time(9)], ids=str)
def test_objects_that_are_no_days_are_refused(value: Any) -> None:
    """What is neither text nor a day is refused, as a column of its type would be; nothing of it is null."""
    from decimal import Decimal

    pd, np = module("pandas"), module("numpy")
    odd = {"np": np.int64(2003), "period": pd.Period("2003"), "decimal": Decimal(2003)}.get(str(value), value)

    for frame in (_objects([odd]), _objects([None, odd]).astype({"date": "category"})):
        with pytest.raises(FrameError, match=r"^column 'date' is of \w+ \("):
            csto.annotate(frame)


def test_missing_days_among_objects_are_null() -> None:
    """Null has many names."""
    pd, np = module("pandas"), module("numpy")
    missing = [None, np.nan, pd.NaT, pd.NA, np.datetime64("NaT"), "2003-01-01"]

    assert not any(map(is_day, missing[:-1]))
    found = csto.annotate(_objects(missing), why="why")
    assert found["member"].isna().tolist() == [True] * 5 + [False]
    assert found["why"].tolist()[:5] == ["no date"] * 5


def test_far_days_mean_the_same_in_every_column() -> None:
    """Days outside Python's calendar, as objects, categories or typed: past the horizon, or before it all."""
    pd, np = module("pandas"), module("numpy")
    typed = pd.Series(np.array(["20000-01-01", "-0500-01-01", "NaT"], "M8[s]"))
    columns = [
        typed,
        typed.astype(object),
        typed.astype("category"),
        pd.Series(list(typed.to_numpy()), dtype=object),
    ]

    for reading in (csto, csto.reading(extrapolate=True)):
        answers_ = [
            reading.annotate(pd.DataFrame({"iso3": "KAZ", "date": column}), why="why")[["member", "why"]]
            for column in columns
        ]
        for found in answers_[1:]:
            pd.testing.assert_frame_equal(found, answers_[0])
    assert answers_[0]["member"].tolist()[:2] == [True, False]


def test_reconcile_reads_far_days_as_annotate_does() -> None:
    """No reading would make a far day agree that would not make the last day agree."""
    pd, np = module("pandas"), module("numpy")
    days = np.array(["20000-01-01", "2025-01-01"], "M8[s]")
    frame = pd.DataFrame({"iso3": "KAZ", "d": days, "member": 0})
    found = csto.reading(extrapolate=True).reconcile(frame, state="iso3", on="d", value="member")

    assert found.cells["readings"].tolist() == ["none", "none"]
    assert found.by_year["year"].tolist()[0] == 2025


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
@pytest.mark.parametrize("kind", ["Int128", "UInt128"])
def test_years_wider_than_numpy_has_are_far_years(library: str, kind: str) -> None:
    """A year past all bounds is past the horizon, and no missing year; below them, before the calendar."""
    pl = module("polars")
    if not hasattr(pl, kind):
        pytest.skip(f"this Polars has no {kind}")
    years = [2**70, 2003] + ([-(2**70)] if kind == "Int128" else [])
    frame = pl.DataFrame({"iso3": ["ARM"] * len(years), "year": pl.Series(years, dtype=getattr(pl, kind))})
    frame = frame.lazy() if library == "polars lazy" else frame

    found = csto.annotate(frame, on="year", rule="any", why="why").lazy().collect()
    assert found["member"].to_list() == [None, True, None][: len(years)]
    assert found["why"].to_list() == ["past the horizon", None, "no date"][: len(years)]


@pytest.mark.parametrize("library", ["pyarrow", "pandas"])
def test_views_of_text_are_counted(library: str) -> None:
    """A column of string views with nulls can be searched for unknown words."""
    pa = module("pyarrow")
    column = pa.array(["ARM", None, "XXX"], pa.string_view())
    table = pa.table({"iso3": column, "date": ["2003-01-01"] * 3})
    if library == "pandas":
        table = table.to_pandas(types_mapper=module("pandas").ArrowDtype)

    with pytest.raises(StateError, match=r"holds 1 value that is no state: 'XXX' \(1\)"):
        csto.annotate(table, unknown="raise")


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "duckdb"])
def test_reconcile_names_two_columns_of_one_name(library: str) -> None:
    """A name that is there twice is refused before anything is compared."""
    pd = module("pandas")
    frame = pd.DataFrame([["ARM", 2003, 1, 1, 2]], columns=["iso3", "y", "member", "x", "x"])
    if library == "pyarrow":
        pa = module("pyarrow")
        frame = pa.Table.from_arrays(
            [pa.array(frame.iloc[:, at]) for at in range(5)], names=list(frame.columns)
        )
    elif library == "duckdb":
        frame = module("duckdb").sql("select 'ARM' as iso3, 2003 as y, 1 as member, 1 as x, 2 as x")

    with pytest.raises(ColumnError, match=r"two columns of the table have one name|there are 2 columns 'x'"):
        csto.reconcile(frame, state="iso3", year="y", value="member")


@pytest.mark.parametrize("unit", ["s", "date32"])
def test_dictionaries_of_days(unit: str) -> None:
    """They are read as the days they stand for, far ones included; dictionaries of lists are no states."""
    pa = module("pyarrow")
    kind, near, far = pa.timestamp("s"), 12_053 * 86_400, 10**12
    if unit == "date32":
        kind, near, far = pa.date32(), 12_053, 2**31 - 1
    values = pa.array([near, far, None], kind)
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None]), values)
    table = pa.table({"iso3": ["ARM"] * 4, "date": coded})

    found = csto.annotate(table, why="why")
    assert found["member"].to_pylist() == [True, None, None, None]
    assert found["why"].to_pylist() == [None, "past the horizon", "no date", "no date"]
    nothing = pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([float("nan")]))
    assert csto.annotate(pa.table({"iso3": ["ARM"], "date": nothing}))["member"].to_pylist() == [None]
    lists = pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([["ARM"]]))
    with pytest.raises(FrameError, match=r"^column 'iso3' is dictionary<values=list"):
        csto.annotate(pa.table({"iso3": lists, "date": ["2003-01-01"]}))


@pytest.mark.parametrize("value", ["array", "1"])
def test_codings_that_are_none(value: str) -> None:
    """A cell that is no coding is shown, and text as text."""
    pd, np = module("pandas"), module("numpy")
    cell = np.array([1, 2]) if value == "array" else value
    frame = pd.DataFrame({"iso3": ["ARM"], "y": [2003], "member": pd.Series([cell], dtype=object)})

    shown = {"array": "array([1, 2])", "1": "the text '1'"}[value]
    with pytest.raises(FrameError) as caught:
        csto.reconcile(frame, state="iso3", year="y", value="member")
    assert str(caught.value).startswith(f"column 'member' holds {shown}. Write membership as ")


@pytest.mark.parametrize(("library", "kind"), [("duckdb", "UUID"), ("duckdb", "BIT")], ids=str)
def test_types_of_an_engine_go_by_its_own_names(library: str, kind: str) -> None:
    """A type that only DuckDB has is named as DuckDB does."""
    relation = module(library).sql(f"select 'ARM' as iso3, null::{kind} as date")

    with pytest.raises(FrameError, match=f"^column 'date' is {kind}\\. Pass days"):
        csto.annotate(relation)


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "duckdb"])
def test_years_that_are_all_null(library: str) -> None:
    """A column that never held a year is a column of missing years."""
    pl = module("polars")
    frame: Any = pl.DataFrame({"iso3": ["ARM"], "year": [None]})
    if library == "pyarrow":
        frame = module("pyarrow").table({"iso3": ["ARM"], "year": [None]})
    elif library == "duckdb":
        frame = module("duckdb").sql("select 'ARM' as iso3, null as year")
    elif library == "polars lazy":
        frame = frame.lazy()

    found = nw.from_native(csto.annotate(frame, on="year", rule="any", why="why")).lazy().collect()
    assert found["member"].to_list() == [None]
    assert found["why"].to_list() == ["no date"]


def test_an_empty_column_of_pandas_holds_no_days() -> None:
    """What pandas makes of nothing is a column of floats."""
    pd = module("pandas")

    assert csto.annotate(pd.DataFrame({"iso3": [], "date": []})).shape == (0, 3)
    nothing = pd.DataFrame({"iso3": ["ARM"], "date": [float("nan")]})
    assert csto.annotate(nothing)["member"].isna().tolist() == [True]
    with pytest.raises(FrameError, match="column 'date' is float64"):
        csto.annotate(pd.DataFrame({"iso3": ["ARM"], "date": [2003.0]}))
    with pytest.raises(FrameError, match="column 'date' is int64"):
        csto.annotate(pd.DataFrame({"iso3": [], "date": pd.Series([], dtype="int64")}))


def test_dictionaries_of_floats_are_numbers_of_states() -> None:
    """A missing number makes floats of whole ones, in a dictionary as anywhere."""
    pa = module("pyarrow")
    table = pa.table({"cow": pa.array([371.0, 371.5]).dictionary_encode(), "date": ["2003-01-01"] * 2})

    assert csto.annotate(table, state="cow", codes="cow")["member"].to_pylist() == [True, None]


def test_ten_columns_are_all_named() -> None:
    """An error counts only those that it leaves out."""
    pd = module("pandas")

    for number, end in ((10, "c8, c9."), (11, "c8, c9 and 1 more.")):
        with pytest.raises(ColumnError, match=f"{end}$"):
            csto.annotate(pd.DataFrame({f"c{place}": [1] for place in range(number)}))


def test_errors_do_not_print_whole_books() -> None:
    """Long types, many columns and long values are cut short."""
    pl = module("polars")
    words = [f"word {number}" for number in range(5_000)]
    coded = pl.DataFrame({"iso3": ["ARM"], "year": pl.Series(words[:1], dtype=pl.Enum(words))})
    wide = pl.DataFrame({f"c{number}": [1] for number in range(3_000)})
    book = pl.DataFrame({"iso3": ["x" * 100_000], "date": ["2003-01-01"]})

    asks: tuple[Callable[[], object], ...] = (
        lambda: csto.annotate(coded, on="year", rule="any"),
        lambda: csto.annotate(coded.lazy(), on="year", rule="any"),
        lambda: csto.annotate(wide),
        lambda: csto.annotate(book, unknown="raise"),
    )
    for ask in asks:
        with pytest.raises((FrameError, StateError, ColumnError)) as caught:
            ask()
        assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "ask",
    [
        lambda: csto.annotate(BACKENDS["pandas"](["ARM"], [None]), unknown=["null"]),  # type: ignore[arg-type] # refused
        lambda: csto.panel(2000, 2001, reading_in=["metadata"]),  # type: ignore[arg-type] # refused
        lambda: csto.to_frame(["spells"]),  # type: ignore[arg-type] # refused
        lambda: panels(None),  # type: ignore[arg-type] # refused
        lambda: panels(["csto"]),  # type: ignore[list-item] # refused
    ],
)
def test_choices_of_another_type_are_refused(ask: Callable[[], object]) -> None:
    """They are no choice, whatever they are."""
    module("pandas")
    with pytest.raises(FrameError, match=r"is not an option|is no choice|no table|expected organizations"):
        ask()


def test_partitions_of_dask_that_hold_nothing() -> None:
    """They have the columns and the types of the others, whatever filter emptied them."""
    pd, dd = module("pandas"), module("dask.dataframe")
    frame = pd.DataFrame(
        {"iso3": ["ARM", "AZE", "UZB", "RUS"], "date": ["2003-01-01"] * 4, "keep": [0, 0, 1, 1]}
    )
    lazy = dd.from_pandas(frame, npartitions=2)

    annotated = csto.annotate(lazy[lazy["keep"] == 1], status="status", why="why")
    found = annotated.compute()
    assert found["member"].tolist() == [False, True]
    assert found.dtypes.to_dict() == annotated.dtypes.to_dict()
    assert csto.annotate(lazy[lazy["keep"] > 1]).compute().shape == (0, 4)


@pytest.mark.parametrize("words", [["KGZ", "kGz"], ["kGz", "KGZ"]], ids=str)
def test_duckdb_counts_letter_by_letter(words: list[str]) -> None:
    """What a collation takes for a known word is told as the unknown one that it is."""
    connection = module("duckdb").connect()
    connection.execute("create table t(iso3 varchar collate nocase, date varchar)")
    connection.executemany("insert into t values (?, '2003-01-01')", [[word] for word in words])

    with pytest.raises(StateError, match=r"holds 1 value that is no state: 'kGz' \(1\)"):
        csto.annotate(connection.table("t"), unknown="raise")


@pytest.mark.parametrize("changes", [4, 20])
def test_the_last_nanoseconds_of_a_day_in_duckdb(changes: int) -> None:
    """A moment is of its own day, however near the next one is; infinite ones lie beyond all days."""
    organization = invented(10, changes, seed=2)
    edges = sorted({edge for timeline in organization.compiled.segments.timelines for edge in timeline.days})[
        :30
    ]
    days = [dt.date.fromordinal(edge - 1) for edge in edges if dt.date.fromordinal(edge).year > 1_700]
    state = organization.states[0].iso3
    values = ", ".join(f"('{state}', timestamp_ns '{day} 23:59:59.999999999', date '{day}')" for day in days)
    relation = module("duckdb").sql(f"select * from (values {values}) t(iso3, moment, day)")  # noqa: S608 (own literals)

    by_moment = organization.annotate(relation, on="moment").fetchall()
    by_day = organization.annotate(relation, on="day").fetchall()
    assert by_moment == by_day
    assert len(by_day) == len(days) > 5
    far = "select 'ARM' as iso3, unnest(['infinity', '-infinity', null]::timestamp_ns[]) as date"
    assert [row[2:] for row in csto.annotate(module("duckdb").sql(far), why="why").fetchall()] == [
        (None, "past the horizon"),
        (False, None),
        (None, "no date"),
    ]


def test_dictionaries_of_nulls() -> None:
    """They hold nothing; a dictionary of another kind is refused in the words of its column."""
    pa = module("pyarrow")
    nothing, flags = pa.array([None]).dictionary_encode(), pa.array([True]).dictionary_encode()

    states = csto.annotate(pa.table({"iso3": nothing, "date": ["2003-01-01"]}))
    days = csto.annotate(pa.table({"iso3": ["ARM"], "date": nothing}))
    assert states["member"].to_pylist() == days["member"].to_pylist() == [None]
    with pytest.raises(FrameError, match=r"^column 'date' is dictionary<values=bool.* Pass days as dates"):
        csto.annotate(pa.table({"iso3": ["ARM"], "date": flags}))


@pytest.mark.parametrize("into", [5, ("m", 3)], ids=str)
def test_names_with_levels_are_text(into: Any) -> None:
    """In columns with levels, too."""
    names: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": into}
    with pytest.raises(ColumnError, match="Name the new column, as text"):
        csto.annotate(_levelled(), **names)
