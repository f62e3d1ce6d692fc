"""Engines that plan: conditions, names and letters in SQL and in expressions."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    ColumnError,
    Dataset,
    FrameError,
    State,
    StateError,
    build,
    csto,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, answers, module  # noqa: E402 (after the skips)
from tests.frames.oracles import expected, invented  # noqa: E402 (after the skips)
from tests.large import large_organization  # noqa: E402 (after the skips)

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]


UZB = [True, False, True, None]


CONDITIONS: Any = st.recursive(  # nested tuples, of which types know nothing
    st.sampled_from(("one", "two", "three")),
    lambda part: st.tuples(st.just("not"), part) | st.tuples(st.sampled_from(("and", "or")), part, part),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", ["Enum", "Categorical"])
def test_lazy_categories_of_days(kind: str) -> None:
    """Days as categories of text are compared as text."""
    pl = module("polars")
    written = [None if day is None else day.isoformat() for day in DAYS]
    dtype = pl.Enum([day for day in written if day]) if kind == "Enum" else pl.Categorical
    frame = pl.LazyFrame({"iso3": ["UZB"] * 4, "date": pl.Series(written, dtype=dtype)})

    assert answers(csto.annotate(frame)) == UZB


def test_a_condition_on_no_day() -> None:
    """What holds on all days is not compared with any."""
    from csto_membership._membership.tracks import YES
    from csto_membership.frames._planned.columns import Grouped, time_column
    from csto_membership.frames._planned.conditions import Box, _holds
    from csto_membership.frames._planned.in_duckdb import DUCKDB
    from csto_membership.frames._planned.sql import SqlWriter

    writer = SqlWriter(dialect=DUCKDB)
    column = writer.column("iso3")
    spans = {1: range(1, 2), 2: range(3, 4)}
    states = Grouped(column=column, spans=spans, known_from=1, ambiguous=range(-2, -1))
    places = time_column(nw.Date(), "date", "day", writer)

    always = ((YES, Box(start=None, end=None)),)
    said = _holds((always, always), YES, states, places)

    assert said.text == """"iso3" = 1 OR "iso3" = 3"""


@given(CONDITIONS)
def test_sql_means_what_its_operators_mean(condition: Any) -> None:
    """Parentheses are left out only where SQL reads the same without them."""
    from csto_membership.frames._planned.in_duckdb import DUCKDB
    from csto_membership.frames._planned.sql import Sql, SqlWriter

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


def test_two_columns_of_one_name_in_duckdb() -> None:
    """DuckDB allows them, and nothing can be said of either."""
    connection = module("duckdb").connect()

    twice = "'UZB' as iso3, 'ARM' as iso3, date '1999-12-01' as date"
    beside = "'UZB' as iso3, date '1999-12-01' as date, 1 as z, 2 as z"
    for columns in (twice, beside):
        relation = connection.sql(f"select {columns}")
        with pytest.raises(ColumnError, match=r"there are 2 columns '(iso3|z)'\. Rename all but one"):
            csto.annotate(relation)


def test_an_engine_that_is_not_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lazy frame of another engine is refused, with the list of those that are tested."""
    from csto_membership.frames import _annotate

    monkeypatch.setattr(_annotate, "engine_of", lambda _: None)

    with pytest.raises(FrameError, match=r"expected a table, got polars\.LazyFrame\. Supported are pandas,"):
        csto.annotate(BACKENDS["polars lazy"](["UZB"], [DAYS[0]]))


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
@pytest.mark.parametrize("name", ["*", "^iso.*$"])
def test_polars_patterns_name_no_new_column_and_no_days(library: str, name: str) -> None:
    """A pattern is refused wherever a column is named; one sign of it alone is none."""
    frame = BACKENDS[library](["RUS"], [DAYS[0]])

    choices: tuple[dict[str, Any], ...] = ({"into": name}, {"status": name}, {"on": name})
    for choice in choices:
        with pytest.raises(ColumnError, match=r"would be read as a pattern of names\. Rename it first"):
            csto.annotate(frame, **choice)
    assert answers(csto.annotate(frame, into="^was"), "^was") == [True]
    assert answers(csto.annotate(frame, into="was$"), "was$") == [True]


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


def test_sql_does_not_tell_the_letters_of_old_columns_apart_either() -> None:
    """A new column in small letters is refused beside one in capitals, which is named as it is written."""
    relation = BACKENDS["duckdb"](["RUS"], [DAYS[0]]).project('place as "Member", iso3, date')

    with pytest.raises(ColumnError, match="there is a column 'Member' already"):
        csto.annotate(relation)


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
    """A collation of the column, or of the session, makes no word of another; small letters are read, accents not."""
    connection = module("duckdb").connect()
    connection.execute(table)
    words = ["ARM", "aRm", "ÁRM"]
    connection.executemany("insert into t values (?, '2003-01-01')", [[word] for word in words])

    found = csto.annotate(connection.table("t"), why="why").fetchall()
    expected_ = csto.annotate(module("pandas").DataFrame({"iso3": words, "date": "2003-01-01"}), why="why")
    assert [row[2] for row in found] == [True, True, None]
    assert [row[3] for row in found] == [None, None, "unknown state"]
    assert answers(expected_, "why") == [None] * 3  # in memory accents make no difference


@pytest.mark.parametrize(("library", "kind"), [("duckdb", "UUID"), ("duckdb", "BIT")], ids=str)
def test_types_of_an_engine_go_by_its_own_names(library: str, kind: str) -> None:
    """A type that only DuckDB has is named as DuckDB does."""
    relation = module(library).sql(f"select 'ARM' as iso3, null::{kind} as date")

    with pytest.raises(FrameError, match=f"^column 'date' is {kind}\\. Pass days"):
        csto.annotate(relation)


@pytest.mark.parametrize("words", [["KXZ", "kXz", "KGZ"], ["kXz", "KGZ"]], ids=str)
def test_duckdb_counts_letter_by_letter(words: list[str]) -> None:
    """What a collation takes for a known word is told as the unknown one that it is."""
    connection = module("duckdb").connect()
    connection.execute("create table t(iso3 varchar collate nocase, date varchar)")
    connection.executemany("insert into t values (?, '2003-01-01')", [[word] for word in words])

    with pytest.raises(StateError, match=r"holds . values? that (is|are) no state: .*'kXz' \(1\)"):
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
