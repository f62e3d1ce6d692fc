"""Organizations with so many changes that lazy engines join small tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csto_membership import (
    Dataset,
    History,
    Organization,
    Source,
    SourceKind,
    State,
    build,
    exact,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, answers, module  # noqa: E402 (after the skips)
from tests.frames.oracles import expected, expected_status, expected_why, invented  # noqa: E402 (after the skips)
from tests.large import large_organization  # noqa: E402 (after the skips)

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]


@pytest.fixture(scope="module")
def large() -> Organization:
    """An organization whose answers lazy engines join."""
    return invented(30, 8, seed=5, since=1_990)


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


@pytest.mark.parametrize("name", ["Étranger", "Côte d'Elfe", "İçel"])
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

    wanted = [expected(large, chosen.iso3, day) for day in days]
    # DuckDB makes another small letter of the capital with a dot.
    assert answers(found) == ([None] * 30 if (library, name) == ("duckdb", "İçel") else wanted)


def test_what_is_kept_for_joins_is_bounded(large: Organization) -> None:
    """One question after another leaves no more tables than a call may need, and answers stay right."""
    from csto_membership.frames._planned.answers import _TABLES_KEPT

    pl = module("polars")
    frame = pl.DataFrame({"iso3": [large.states[0].iso3], "year": [1999]})

    for rule in ("any", "all", "start", "end", "midyear"):
        lazy = large.annotate(frame.lazy(), on="year", rule=rule)
        assert answers(lazy) == answers(large.annotate(frame, on="year", rule=rule))
        assert len(large.compiled.cache["tables to join"]) <= _TABLES_KEPT


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
def test_a_large_organization_that_leaves_nothing_open(library: str) -> None:
    """Extrapolated, with exact dates: only a state or a day that is none makes a null."""
    certain = large_organization(20, 300).reading(extrapolate=True)
    frame = BACKENDS[library](["AAA", "ZZZ", "AAA", None], [DAYS[0], DAYS[0], None, DAYS[0]])

    found = certain.annotate(frame, why="why")

    assert answers(found, "why") == [None, "unknown state", "no date", "no state"]
    assert answers(found) == [expected(certain, "AAA", DAYS[0]), None, None, None]


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
@pytest.mark.parametrize("codes", ["gw", "wikidata"])
def test_a_large_organization_without_such_codes(library: str, codes: str) -> None:
    """Where no state of the organization has a code of the kind, the world's states have theirs."""
    organization = large_organization(20, 300)
    words: list[Any] = [2, 1] if codes == "gw" else ["Q30", "Q1"]
    frame = BACKENDS[library](words, [DAYS[0], DAYS[0]])

    found = organization.annotate(frame, codes=codes, status="status", why="why")

    assert answers(found, "status") == [expected_status(organization, "USA", DAYS[0]), None]
    assert answers(found, "why") == [expected_why(organization, "USA", DAYS[0]), "unknown state"]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "duckdb", "pandas", "pyarrow", "dask"])
def test_an_organization_without_events(library: str) -> None:
    """Where nothing is recorded no state is a member."""
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
    assert answers(found, "status") == ["OUTSIDE", "OUTSIDE", None, None]


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
    texts = ["2003-06-30", "0", "1", "20031", "2003-02-29", "2003-06-31", "soon", "", "0000-01-01", None]
    table = pl.DataFrame(
        {"place": range(len(texts)), "iso3": [large.states[0].iso3] * len(texts), "date": texts}
    )
    connection = module("duckdb").connect()
    frame = table.lazy() if library == "polars lazy" else connection.from_arrow(table.to_arrow())

    for organization in (large, large.reading(extrapolate=True)):
        found = answers(organization.annotate(frame))
        assert found[0] is not None
        assert found == [found[0], *[None] * (len(texts) - 1)] == answers(organization.annotate(table))
