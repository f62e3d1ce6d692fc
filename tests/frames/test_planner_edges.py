"""Edges of plans that small changes would move: reasons, nulls and fractions, spelled out and looked up alike."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import csto

pytest.importorskip("narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import answers, module, relation_of
from tests.frames.oracles import invented

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership import Organization

DAY = dt.date(2003, 6, 30)
HORIZON = csto.horizon


def _polars(columns: dict[str, list[Any]]) -> Any:
    """A frame of Polars that is planned."""
    return module("polars").DataFrame(columns, strict=False).lazy()


def _duckdb(columns: dict[str, list[Any]]) -> Any:
    """A relation of DuckDB."""
    return relation_of(module("pyarrow").table(columns))


PLANNED: dict[str, Callable[[dict[str, list[Any]]], Any]] = {"polars lazy": _polars, "duckdb": _duckdb}


def _eager(columns: dict[str, list[Any]]) -> Any:
    """The same table in memory."""
    return module("pyarrow").table(columns)


@pytest.fixture(scope="module", params=["spelled out", "looked up"])
def organization(request: pytest.FixtureRequest) -> Organization:
    """One whose answers fit into an expression, and one whose answers are joined or looked up."""
    return csto if request.param == "spelled out" else invented(30, 8, seed=5, since=1_990)


def _same(organization: Organization, build: Any, columns: dict[str, list[Any]], **choices: Any) -> list[Any]:
    """The reasons that an engine gives, which with its answers and statuses are those of a table in memory."""
    place = {"place": list(range(len(next(iter(columns.values())))))}
    chosen: dict[str, Any] = {"on": "on", "status": "status", "why": "why", "unknown": "null", **choices}
    planned = organization.annotate(build({**place, **columns}), **chosen)
    here = organization.annotate(_eager({**place, **columns}), **chosen)

    for column in ("member", "status", "why"):
        assert answers(planned, column) == answers(here, column)
    return answers(planned, "why")


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_each_reason_by_text(organization: Organization, build: Any) -> None:
    """No date, an unreadable one, no state, an unknown one and what lies ahead are told apart as in memory."""
    code = organization.states[0].iso3
    days = [
        "2003-06-30",
        None,
        "soon",
        "2003-06-31",
        "2003-06-30",
        "2003-06-30",
        "9999-01-01",
        "0001-01-01",
        "20030630",
    ]
    states = [code, code, code, code, None, "Narnia", code, code, code]

    reasons = _same(organization, build, {"iso3": states, "on": days})

    assert reasons[1:7] == [
        "no date",
        "unreadable date",
        "unreadable date",
        "no state",
        "unknown state",
        "past the horizon",
    ]


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_nothing_at_all_comes_first(organization: Organization, build: Any) -> None:
    """Of several reasons the first counts: the date before the state."""
    reasons = _same(organization, build, {"iso3": [None, None, "Narnia"], "on": [None, "soon", "soon"]})

    assert reasons == ["no date", "unreadable date", "unreadable date"]


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_a_word_of_several_schemes(organization: Organization, build: Any) -> None:
    """A word that means different states by different codes is ambiguous, and named so."""
    states = ["31", organization.states[0].iso3, "Korea"]

    reasons = _same(organization, build, {"iso3": states, "on": [DAY] * 3}, codes=None)

    assert (reasons[0], reasons[2]) == ("ambiguous", "ambiguous")


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_states_and_days_as_numbers_with_nulls(organization: Organization, build: Any) -> None:
    """NaN among numbers is nothing, as null is."""
    number = float(organization.states[0].cow or 0)
    states = [number, None, math.nan, number, number]
    days = [20030630.0, 20030630.0, 20030630.0, None, math.nan]

    reasons = _same(organization, build, {"cow": states, "on": days}, state="cow", codes="cow")

    assert reasons[1:] == ["no state", "no state", "no date", "no date"]


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_years_at_the_ends_of_the_calendar(organization: Organization, build: Any, rule: str) -> None:
    """The years 1 and 9999 are read, 0 and 10000 are not, nor is half a year; null and NaN are no year."""
    years = [0.0, 1.0, 9999.0, 10000.0, 2003.5, None, math.nan, 2003.0, 1990.0, 2019.0]
    states = [organization.states[0].iso3] * len(years)

    reasons = _same(organization, build, {"iso3": states, "on": years}, rule=rule)

    assert reasons[0] == reasons[3] == reasons[4] == "unreadable date"
    assert reasons[5] == reasons[6] == "no date"
    assert reasons[2] == "past the horizon"
    assert reasons[1] is None


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
@pytest.mark.parametrize("others", ["no", "null"])
@pytest.mark.parametrize("kind", ["dates", "moments", "text"])
def test_every_state_at_every_edge(organization: Organization, build: Any, others: str, kind: str) -> None:
    """Each state on the days around its changes and around the horizon, in the three forms of a day."""
    horizon = organization.horizon
    edges = {horizon.add(days=step) for step in (-1, 0, 1)}
    columns: dict[str, list[Any]] = {"iso3": [], "on": []}
    for state in organization.states:
        starts = {spell.start for spell in organization.spells(state) if spell.start is not None}
        days = sorted(edges | {start.add(days=step) for start in starts for step in (-1, 0, 1)})
        columns["iso3"] += [state.iso3] * len(days)
        columns["on"] += [dt.date(day.year, day.month, day.day) for day in days]
    outside = [DAY, dt.date(1900, 1, 1), dt.date(9999, 12, 31), dt.date(1, 1, 1)]
    columns["iso3"] += ["USA"] * len(outside)
    columns["on"] += outside
    if kind == "moments":
        columns["on"] = [dt.datetime.combine(day, dt.time(23, 59)) for day in columns["on"]]
    elif kind == "text":
        columns["on"] = [day.isoformat() for day in columns["on"]]

    reasons = _same(organization, build, columns, others=others)

    assert (reasons[-4] == "unknown state") is (others == "null")


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_an_organization_past_whose_horizon_nothing_is_null(build: Any) -> None:
    """Whoever extrapolates gets an answer on every later day, and no reason."""
    reading = csto.reading(extrapolate=True)
    days = [DAY, dt.date(2100, 1, 1), dt.date(9999, 12, 31), None]

    for state in ("RUS", "USA"):
        assert _same(reading, build, {"iso3": [state] * 4, "on": days}) == [None, None, None, "no date"]


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
@pytest.mark.parametrize("others", ["no", "null"])
def test_the_last_change_of_all_is_no_horizon(build: Any, others: str) -> None:
    """Where nothing ends what is known, the last change begins a stretch like any other."""
    single = invented(1, 3, seed=2, since=1_990).reading(extrapolate=True)
    starts = [spell.start for spell in single.spells(single.states[0]) if spell.start is not None]
    days = [
        dt.date(day.year, day.month, day.day) + dt.timedelta(step) for day in starts for step in (-1, 0, 400)
    ]

    reasons = _same(single, build, {"iso3": [single.states[0].iso3] * len(days), "on": days}, others=others)

    assert reasons[-1] is None


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
@pytest.mark.parametrize("number", [int, float])
def test_the_first_and_the_last_number_that_is_a_day(
    organization: Organization, build: Any, number: Any
) -> None:
    """Whole numbers are days from 1000-01-01 to 9999-12-31, and none before, behind or between."""
    days = [number(day) for day in (10000101, 99991231, 9991231, 100000101, 20031301, 19900101)]
    states = [organization.states[0].iso3] * len(days)

    reasons = _same(organization, build, {"iso3": states, "on": days})

    unreadable = "unreadable date"
    assert reasons[:5] == [None, "past the horizon", unreadable, unreadable, unreadable]


@pytest.mark.parametrize("build", PLANNED.values(), ids=PLANNED)
def test_columns_keep_their_names_and_order(organization: Organization, build: Any) -> None:
    """The new columns stand at the end in the order asked for, and none that a plan needs in between stays."""
    frame = build({"position": [0], "row": [1], "iso3": ["RUS"], "on": [DAY], "segment": [2], "answer": [3]})

    found = organization.annotate(frame, on="on", into="said", status="status", why="why")

    names = found.columns if hasattr(found, "project") else found.collect_schema().names()
    assert list(names) == ["position", "row", "iso3", "on", "segment", "answer", "said", "status", "why"]
