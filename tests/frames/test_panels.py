"""Panels of one organization: states by years, months and days."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    DayError,
    FrameError,
    StateError,
    build,
    csto,
    csto_pa,
)
from csto_membership._reader.facts_file import read
from tests.frames.backends import module
from tests.frames.oracles import by_rule, on_every_day_of
from tests.frames.tables import rows_of

if TYPE_CHECKING:
    from csto_membership._membership.tracks import Rule

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize(
    "organization", [csto, csto.reading(dating="any"), csto_pa], ids=["csto", "any", "pa"]
)
def test_panels_hold_every_state_and_year(organization: Any, rule: Any, backend: Any) -> None:
    """A panel is balanced, and each cell is what the rule makes of the year's days."""
    found = rows_of(organization.panel(1990, 2028, rule=rule, backend=backend))

    asked = itertools.product([state.iso3 for state in organization.states], range(1990, 2028))
    assert found == [
        (state, year, by_rule(on_every_day_of(organization, state, year), rule, year))
        for state, year in asked
    ]


def test_fractions_are_shares_of_days(backend: Any) -> None:
    """The share counts the days, 29 February included, and is null where one of them is open."""
    for organization in (csto, csto.reading(dating="any")):
        for state, year, share in rows_of(organization.panel(1990, 2028, rule="fraction", backend=backend)):
            days = on_every_day_of(organization, state, year)
            if None in days:
                assert share is None or math.isnan(share)
            else:
                assert share == pytest.approx(sum(map(bool, days)) / len(days))


def test_months_and_days(backend: Any) -> None:
    """Months stand as their first day; a panel ends before its end."""
    months = rows_of(csto.panel("1999-03", "1999-06-01", freq="month", rule="all", backend=backend))
    days = rows_of(csto.panel("1999-04-20", "1999-04-22", freq="day", backend=backend))

    assert [row[1:] for row in months if row[0] == "GEO"] == [
        (dt.date(1999, 3, 1), True),
        (dt.date(1999, 4, 1), False),
        (dt.date(1999, 5, 1), False),
    ]
    assert [row[1:] for row in days if row[0] == "GEO"] == [
        (dt.date(1999, 4, 20), True),
        (dt.date(1999, 4, 21), False),
    ]


def test_members_only(backend: Any) -> None:
    """The rows of members are those of the balanced panel that are true, in any scheme."""
    everything = rows_of(csto.panel(rule="all", codes="cow", backend=backend))
    members = rows_of(csto.panel(rule="all", codes="cow", rows="members", backend=backend))

    assert members == [row[:2] for row in everything if row[2]]
    assert everything[0][1] == 1992
    assert everything[-1][1] == csto.horizon.year


@pytest.mark.parametrize(
    ("freq", "bounds", "plain"),
    [
        ("year", ("1998", "2001"), (1998, 2001)),
        ("year", ("1998-01-01", dt.date(2001, 1, 1)), (1998, 2001)),
        ("year", (module("numpy").int64(1998), 2001), (1998, 2001)),
        ("month", ("1999-04", "1999-06"), ("1999-04-01", "1999-06-01")),
        ("day", ("1999-04", "1999-05"), ("1999-04-01", "1999-05-01")),
    ],
)
def test_bounds_may_be_written_as_questions_are(freq: Any, bounds: Any, plain: Any) -> None:
    """A year or a month as a bound is its first day: the end is the first that no longer counts."""
    found = rows_of(csto.panel(*bounds, freq=freq))

    assert found == rows_of(csto.panel(*plain, freq=freq))
    assert len({row[1] for row in found}) == {"year": 3, "month": 2, "day": 30}[freq]


@pytest.mark.parametrize(
    ("freq", "bounds", "sentence"),
    [
        (
            "year",
            ("1990-01-01", "2020-12-31"),
            "end='2020-12-31' lies inside the year 2020. "
            "Use end='2021' to include that year, or end='2020' to leave it out.",
        ),
        (
            "year",
            ("1998-05", 2001),
            "start='1998-05' lies inside the year 1998. "
            "Use start='1998' to include that year, or start='1999' to leave it out.",
        ),
        (
            "month",
            (1999, dt.date(1999, 12, 31)),
            "end=datetime.date(1999, 12, 31) lies inside the month 1999-12. "
            "Use end='2000-01' to include that month, or end='1999-12' to leave it out.",
        ),
    ],
)
def test_a_bound_inside_a_period_is_refused(freq: Any, bounds: Any, sentence: str) -> None:
    """A panel does not guess whether the last year counts: the error says how to write either."""
    for made in (csto.panel, csto.dyads, lambda *both, **how: panels([csto], *both, **how)):
        with pytest.raises(FrameError) as caught:
            made(*bounds, freq=freq)
        assert str(caught.value) == sentence


def test_whole_numbers_have_64_bits(backend: Any) -> None:
    """A year times a hundred does not overflow, nor does a code: 2020 * 100 + 1 is 202001."""
    nw = module("narwhals.stable.v2")
    frame = nw.from_native(csto.panel(2020, 2021, codes="cow", backend=backend))
    years = frame.with_columns(month=nw.col("year") * 100 + 1)

    assert frame.schema["year"] == nw.Int64()
    assert set(years["month"].to_list()) == {202001}
    if backend == "polars":
        assert frame.schema["state"] == nw.Int64()
    dyads = nw.from_native(csto.dyads(2020, 2021, backend=backend))
    assert dyads.schema["year"] == nw.Int64()


def test_only_states_that_occur_are_categories() -> None:
    """Groups of a table are those that have rows: pandas shows unused categories as empty groups."""
    module("pandas")

    members = csto.panel(2020, 2021, rows="members")
    pairs = csto.dyads(2020, 2021)
    both = panels([csto_pa, csto], 1993, 1995, rows="members")

    assert members.groupby("state", observed=False).size().to_dict() == dict.fromkeys(
        csto.latest().codes(), 1
    )
    assert list(pairs["state1"].cat.categories) == list(csto.latest().codes()[:-1])
    assert list(pairs["state2"].cat.categories) == list(csto.latest().codes()[1:])
    assert list(both["organization"].cat.categories) == ["CSTO"]


def test_a_panel_of_pandas_may_be_written_into() -> None:
    """No column shares its cells with another one, and none is read-only, however small the panel."""
    for made in (
        csto.panel(2000, 2002, reading_in="columns"),
        csto.panel(2000, 2001, reading_in="columns"),
        panels([csto, csto_pa], 2000, 2001, reading_in="columns"),
        csto.panel(2000, 2001, rows="members", reading_in="columns"),
    ):
        before = {name: made[name].tolist() for name in made.columns}
        for name in made.columns:
            made.loc[0, name] = None if name != "year" else 1
            untouched = {other: cells for other, cells in before.items() if other != name}
            assert {other: made[other].tolist() for other in untouched} == untouched
            made.loc[0, name] = before[name][0]


def test_panels_need_codes() -> None:
    """No codes at all are refused by name."""
    with pytest.raises(StateError, match="no code scheme None"):
        csto.panel(2010, 2011, codes=None)  # type: ignore[arg-type] # that is the point


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_shares_that_are_open_are_null(library: Any) -> None:
    """Where a library tells null from what is no number, an open share is null."""
    nw = module("narwhals.stable.v2")
    reading = csto.reading(dating="any")

    shares = nw.from_native(reading.panel(1990, 2028, rule="fraction", backend=library))["share"].to_list()

    assert None in shares
    assert not any(share is not None and math.isnan(share) for share in shares)


def test_shares_of_months(backend: Any) -> None:
    """The share of a month counts its days."""
    found = rows_of(csto.panel("1999-02", "1999-06", freq="month", rule="fraction", backend=backend))

    assert [row[2] for row in found if row[0] == "GEO"] == [1, 1, pytest.approx(20 / 30), 0]


def test_years_bound_panels_of_months_and_days(backend: Any) -> None:
    """A year as a number begins and ends a panel of any frequency with its first day."""
    months = rows_of(csto.panel(2000, 2002, freq="month", backend=backend))
    days = rows_of(csto.panel(2000, 2001, freq="day", backend=backend))

    assert [row[1] for row in months[:24]] == [
        dt.date(year, month, 1) for year in (2000, 2001) for month in range(1, 13)
    ]
    assert len(months) == 24 * len(csto.states)
    assert (days[0][1], days[365][1], len(days)) == (
        *(dt.date(2000, 1, 1), dt.date(2000, 12, 31)),
        366 * len(csto.states),
    )


def test_a_panel_of_days_says_so() -> None:
    """A day needs no rule; a month has one."""
    module("pandas")

    assert csto.panel("1999-04-20", "1999-04-22", freq="day").attrs["rule"] == "day"
    assert csto.panel("1999-04", "1999-05", freq="month").attrs["rule"] == "any of the month"


def test_a_panel_of_nothing_that_changes() -> None:
    """Without a change a panel holds the time of the horizon alone."""
    module("polars")
    reading = csto.reading(known_on="1980-01-01")

    found = rows_of(reading.panel(rule="start", backend="polars"))

    assert found == [(state.iso3, reading.horizon.year, False) for state in reading.states]


@pytest.mark.parametrize("freq", ["year", "month"])
@pytest.mark.parametrize("rule", ["any", "start", "end"])
def test_the_first_year_of_the_calendar_has_a_panel(freq: Any, rule: Rule) -> None:
    """An act in year 1 has no year before it to compare with."""
    text = """
verified_through: 0003-06-30
states: {AAA: {name: Atlantis}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 0001-03-05, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    pd = module("pandas")
    organization = build(read(text.encode(), "atlantis.yaml"))
    frame = organization.panel(1, 4, freq=freq, rule=rule)

    first = next(None if pd.isna(one) else bool(one) for one in frame["member"])
    assert first is (freq == "year" and rule != "start")
    years = pd.DataFrame({"iso3": ["AAA"] * 3, "year": [1, 2, 9999]})
    said = organization.annotate(years, on="year", rule=rule)["member"]
    assert [None if pd.isna(one) else bool(one) for one in said] == [rule != "start", True, None]


def test_the_last_year_of_the_calendar_is_past_the_last_horizon() -> None:
    """Facts may be verified through the day before it."""
    pd = module("pandas")
    text = """
verified_through: 9998-12-31
states: {AAA: {name: Atlantis}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    years = pd.DataFrame({"iso3": ["AAA"] * 2, "year": [9998, 9999]})
    said = organization.annotate(years, on="year", rule="any")["member"]
    assert [None if pd.isna(one) else bool(one) for one in said] == [True, None]


def test_true_is_no_year() -> None:
    """A bound that is true is refused, and not the year 1."""
    with pytest.raises(DayError, match="expected a day or a period, got True"):
        csto.panel(start=True, end=1995)
