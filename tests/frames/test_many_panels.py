"""Panels of many organizations in one frame."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import Any

import pytest

from csto_membership import (
    Act,
    FrameError,
    Status,
    csto,
    csto_pa,
)
from tests.frames.backends import module
from tests.frames.oracles import invented, recorded
from tests.frames.tables import LIBRARIES, rows_of

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels

STACKED = (csto, csto_pa, csto.reading(basis="active"), invented(9, 6, seed=5, since=1_980))


@pytest.mark.parametrize("rows", ["all", "members"])
@pytest.mark.parametrize(
    ("freq", "rule"),
    [*(("year", rule) for rule in ("any", "all", "midyear", "fraction")), ("month", "end"), ("day", "any")],
)
def test_panels_of_many_organizations_are_the_single_ones(
    freq: Any, rule: Any, rows: Any, backend: Any
) -> None:
    """One under the other, in the order given, each with its id."""
    if rows == "members" and rule == "fraction":
        pytest.skip("shares have no members")
    start, end = (1991, 2030) if freq == "year" else ("1998-11-01", "1999-05-01")
    asked: dict[str, Any] = {"freq": freq, "rule": rule, "rows": rows, "backend": backend}

    found = rows_of(panels(STACKED, start, end, **asked))

    wanted = [
        (organization.history.id, *row)
        for organization in STACKED
        for row in rows_of(organization.panel(start, end, **asked))
    ]
    assert list(map(str, found)) == list(map(str, wanted))
    assert rows_of(panels(iter(STACKED), start, end, **asked)) == found or rule == "fraction"


def test_panels_reach_from_the_first_change_to_the_last_horizon(backend: Any) -> None:
    """Without bounds all organizations share the widest stretch."""
    found = rows_of(panels([csto_pa, csto], backend=backend))

    alone = [rows_of(organization.panel(backend=backend)) for organization in (csto_pa, csto)]
    years = [row[1] for rows in alone for row in rows]
    assert {row[2] for row in found} == set(range(min(years), max(years) + 1))


@pytest.mark.parametrize("rule", ["any", "all", "midyear", "fraction"])
def test_panels_with_the_states_of_all(rule: Any, backend: Any) -> None:
    """A state without an act in an organization was no member of it, up to the last day verified."""
    both = (csto, recorded(("ZZZ", Act.JOIN, "2010-03-01"), ("ZZZ", Act.WITHDRAW, "2012-03-01")))
    found = rows_of(panels(both, 2009, 2030, states="all", rule=rule, backend=backend))

    codes = sorted({state.iso3 for organization in both for state in organization.states})
    ids = [organization.history.id for organization in both]
    assert [row[:3] for row in found] == list(itertools.product(ids, codes, range(2009, 2030)))
    own = {
        (organization.history.id, *row[:2]): row[2]
        for organization in both
        for row in rows_of(organization.panel(2009, 2030, rule=rule, backend=backend))
    }
    assert [str(row[3]) for row in found if row[:3] in own] == [*map(str, own.values())]
    for name, _, year, said in (row for row in found if row[:3] not in own):
        last = both[ids.index(name)].horizon
        decided = dt.date(year, *((7, 1) if rule == "midyear" else (12, 31))) <= last or (
            rule == "all" and year <= last.year
        )
        assert said is not True
        assert decided == (said is not None and not math.isnan(said))


def test_a_basis_that_counts_outsiders_counts_states_without_an_act() -> None:
    """Under a basis with OUTSIDE, a state that never had to do with the organization counts."""
    module("polars")
    outside = csto.reading(basis=Status.OUTSIDE)
    others = recorded(("ZZZ", Act.JOIN, "2010-03-01"))

    found = rows_of(panels([outside, others], 2011, 2012, states="all", backend="polars"))

    assert [row[3] for row in found if row[:2] == ("CSTO", "ZZZ")] == [True]


def test_panels_say_what_they_rest_on() -> None:
    """In the metadata those of all, in columns every row its own."""
    module("pandas")
    both = [csto, csto.reading(basis="active")]

    assert panels(both, 2010, 2011).attrs == {
        "organization": "CSTO",
        "rule": "any of the year",
        "reading": "basis legal, dating effect; basis active, dating effect",
        "verified_through": str(csto.horizon),
    }
    for library in LIBRARIES:
        rows = rows_of(panels(both, 2010, 2011, backend=library, reading_in="columns"))
        assert rows[0] == (
            *("CSTO", "ARM", 2010, True, "any of the year", "basis legal, dating effect", str(csto.horizon)),
        )
        assert rows[-1][5] == "basis active, dating effect"


def test_panels_of_organizations_that_are_gone_are_not_kept() -> None:
    """What was kept for some organizations is not taken for others."""
    module("pandas")
    first = panels([csto, csto_pa], 2010, 2012, rows="members")
    other = panels([csto], 2010, 2012, rows="members")

    assert rows_of(other) == [row for row in rows_of(first) if row[0] == "CSTO"]
    assert rows_of(panels([csto, csto_pa], 2010, 2012, rows="members")) == rows_of(first)


@pytest.mark.parametrize("states", [127, 128, 129, 200])
def test_panels_of_more_states_than_a_byte_counts(states: int, backend: Any) -> None:
    """However many states there are, each stands beside its own answers."""
    organization = invented(states, 1, seed=13, since=1_990)
    codes = [state.iso3 for state in organization.states]

    found = rows_of(organization.panel(2005, 2006, backend=backend))
    many = rows_of(panels([organization], 2005, 2006, backend=backend))
    members = rows_of(panels([organization], 2005, 2006, rows="members", backend=backend))

    assert [row[0] for row in found] == codes
    assert [row[1:] for row in many] == found
    assert [row[1:] for row in members] == [row[:2] for row in found if row[2]]


def test_panels_of_other_organizations_after_the_first() -> None:
    """What was kept for two organizations is not taken for one of them and a third."""
    module("polars")
    active = csto.reading(basis="active")

    panels([csto, csto_pa], 2010, 2012, rows="members", backend="polars")
    found = rows_of(panels([csto, active], 2010, 2012, rows="members", backend="polars"))

    assert {row[0] for row in found} == {"CSTO"}
    assert [row[1:] for row in found] == [
        row
        for organization in (csto, active)
        for row in rows_of(organization.panel(2010, 2012, rows="members", backend="polars"))
    ]


def test_panels_with_one_bound_reach_as_far_as_any_organization() -> None:
    """Where one bound is left out, all organizations are asked for it."""
    module("polars")
    longer, shorter = csto, invented(9, 6, seed=5, since=1_980)

    until = rows_of(panels([shorter, longer], 2023, backend="polars"))
    since = rows_of(panels([longer, shorter], end=1993, backend="polars"))

    assert shorter.horizon < longer.horizon
    assert max(row[2] for row in until) == longer.horizon.year
    first = min(row[1] for row in rows_of(shorter.panel(backend="polars")))
    assert min(row[2] for row in since) == first < 1991


def test_panels_say_the_last_day_verified() -> None:
    """It is that of the facts, whatever the reading knew of them."""
    frame = panels([csto.reading(known_on="2010-01-01")], 2009, 2010, reading_in="columns", backend="polars")

    assert set(frame["verified_through"]) == {str(csto.horizon)}


def test_panels_are_bounded_by_all_their_organizations() -> None:
    """A bound that is left out is that of any of them: one that says nothing on its own does no harm."""
    early = csto.reading(known_on="2000-01-01")
    after = csto.horizon.year + 1

    assert set(panels([csto, csto_pa], None, 2000)["year"]) == set(range(1992, 2000))
    assert set(panels([csto, early], 2010)["year"]) == set(range(2010, after))
    with pytest.raises(FrameError, match=rf"\[{after}, None\) holds no year"):
        panels([csto, early], after)
