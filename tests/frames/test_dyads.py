"""Pairs of states that were members together."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from csto_membership import (
    Act,
    FrameError,
    csto,
)
from tests.frames.backends import module
from tests.frames.oracles import by_rule, expected, invented, on_every_day_of, recorded
from tests.frames.tables import rows_of

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")


@pytest.mark.parametrize("pairs", ["undirected", "directed"])
@pytest.mark.parametrize("rule", ["any", "all", "end"])
def test_dyads_shared_a_day(rule: Any, pairs: Any, backend: Any) -> None:
    """Two states are a pair where the rule holds of the days on which both were members."""
    found = rows_of(csto.dyads(1993, 2001, rule=rule, pairs=pairs, backend=backend))

    codes = [state.iso3 for state in csto.states]
    two = itertools.combinations(codes, 2) if pairs == "undirected" else itertools.permutations(codes, 2)
    wanted = []
    for (one, other), year in itertools.product(two, range(1993, 2001)):
        both = zip(on_every_day_of(csto, one, year), on_every_day_of(csto, other, year), strict=True)
        if by_rule([mine and its for mine, its in both], rule, year):
            wanted.append((one, other, year))
    assert found == wanted


def test_members_of_one_year_need_not_have_met() -> None:
    """Where one left before the other came in the same year, they are no pair under any rule."""
    module("polars")
    organization = invented(12, 6, seed=11, since=2_010)
    codes = [state.iso3 for state in organization.states]

    found = set(rows_of(organization.dyads(2010, 2021, backend="polars")))

    parted = 0
    for (one, other), year in itertools.product(itertools.combinations(codes, 2), range(2010, 2021)):
        mine, its = on_every_day_of(organization, one, year), on_every_day_of(organization, other, year)
        met = any(a is True and b is True for a, b in zip(mine, its, strict=True))
        assert ((one, other, year) in found) == met
        parted += True in mine and True in its and not met
    assert parted


@pytest.mark.parametrize("pairs", ["undirected", "directed"])
def test_pairs_stand_in_the_order_of_the_codes_asked_for(pairs: Any) -> None:
    """Under other codes the same pairs, the smaller code first, so that they can be joined with other dyads."""
    module("pyarrow")
    cow: dict[str, Any] = {state.iso3: state.cow for state in csto.states}
    by_iso3 = csto.dyads(2010, 2012, pairs=pairs, backend="pyarrow").to_pylist()

    by_cow = csto.dyads(2010, 2012, codes="cow", pairs=pairs, backend="pyarrow").to_pylist()

    rows = [(row["state1"], row["state2"], row["year"]) for row in by_cow]
    renamed = {(cow[row["state1"]], cow[row["state2"]], row["year"]) for row in by_iso3}
    assert rows == sorted(rows)
    if pairs == "undirected":
        assert all(one < other for one, other, _ in rows)
        renamed = {(min(one, other), max(one, other), year) for one, other, year in renamed}
    assert set(rows) == renamed


@pytest.mark.parametrize("rule", ["start", "midyear"])
def test_dyads_of_one_day_of_the_year(rule: Any) -> None:
    """Under a rule that names a day, two states are a pair where both were members on it."""
    module("polars")
    found = rows_of(csto.dyads(1993, 2001, rule=rule, backend="polars"))

    month, day = {"start": (1, 1), "midyear": (7, 1)}[rule]
    assert found == [
        (one, other, year)
        for one, other in itertools.combinations([state.iso3 for state in csto.states], 2)
        for year in range(1993, 2001)
        if all(expected(csto, state, dt.date(year, month, day)) for state in (one, other))
    ]


@pytest.mark.parametrize(("freq", "rule"), [("month", "any"), ("month", "all"), ("day", "any")])
def test_dyads_of_months_and_days(freq: Any, rule: Any) -> None:
    """Months and days have their pairs as years have."""
    module("polars")
    start, end = dt.date(1999, 3, 1), dt.date(1999, 6, 1)

    found = rows_of(csto.dyads(start, end, freq=freq, rule=rule, backend="polars"))

    times = rows_of(csto.panel(start, end, freq=freq, rule=rule, backend="polars"))
    members = {row[:2] for row in times if row[2]}
    assert found == [
        (one, other, time)
        for one, other in itertools.combinations([state.iso3 for state in csto.states], 2)
        for time in dict.fromkeys(row[1] for row in times)
        if {(one, time), (other, time)} <= members
    ]


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("dating", ["effect", "any"])
def test_all_dyads_say_what_is_open(rule: Any, dating: str) -> None:
    """Of every pair at every time: both, not both, or open, by three-valued logic over the days they shared."""
    pl = module("polars")
    read = csto.reading(dating=dating)
    last = csto.horizon.year
    years = (1999, 2006, 2012, last, last + 1)
    days = {(state, year): on_every_day_of(read, state, year) for state in read.states for year in years}
    found = read.dyads(1998, last + 2, rule=rule, rows="all", backend="polars")

    assert found.height == 36 * (last + 2 - 1998)
    for one, other, year, member in found.filter(pl.col("year").is_in(years)).rows():
        shared = [
            False if False in pair else None if None in pair else True
            for pair in zip(days[read.state(one), year], days[read.state(other), year], strict=True)
        ]
        assert member is by_rule(shared, rule, year)
    certain = read.dyads(1998, last + 2, rule=rule, backend="polars")
    assert found.filter(pl.col("member")).drop("member").equals(certain)
    assert found.filter(pl.col("year") == last + 1)["member"].to_list() == [None] * 36


def test_all_dyads_of_one_state_are_none() -> None:
    """A pair takes two."""
    alone = recorded(("AAA", Act.JOIN, "2010-01-01"))

    assert list(alone.dyads(2010, 2012, rows="all").columns) == ["state1", "state2", "year", "member"]
    assert len(alone.dyads(2010, 2012, rows="all")) == 0
    with pytest.raises(FrameError, match="rows='open' is not an option"):
        csto.dyads(rows="open")  # type: ignore[arg-type] # refused


@pytest.mark.parametrize(
    ("joined", "member"),
    [
        pytest.param("1999-01-01", True, id="there all the time"),
        pytest.param("2000-03-10", None, id="there from the tenth on"),
        pytest.param("2000-03-31", False, id="there when the other had left"),
    ],
)
def test_dyads_met_on_some_day_though_none_is_sure(joined: str, member: Any, backend: Any) -> None:
    """A pair is certain where the two met in every consistent choice of dates, on whichever day of the month."""
    pair = recorded(
        ("AAA", Act.JOIN, "[2000-03-01..2000-03-10]"),
        ("AAA", Act.WITHDRAW, "[2000-03-02..2000-03-20]"),
        ("BBB", Act.JOIN, joined),
    )

    rows = rows_of(pair.dyads("2000-03", "2000-04", freq="month", rows="all", backend=backend))
    years = rows_of(pair.dyads(2000, 2001, rows="all", backend=backend))
    certain = rows_of(pair.dyads("2000-03", "2000-04", freq="month", backend=backend))
    days = rows_of(pair.dyads("2000-03-05", "2000-03-06", freq="day", rows="all", backend=backend))

    assert [row[3] for row in rows] == [member]
    assert [row[3] for row in years] == [member]
    assert len(certain) == (member is True)
    assert [row[3] for row in days] == [None if joined < "2000" else False]
