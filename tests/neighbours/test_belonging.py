"""What the library ships, and in which organizations a state is."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from csto_membership import (
    Answer,
    BeyondHorizonError,
    DatasetError,
    EraError,
    StateError,
    Status,
    UncertainError,
    csto,
    memberships_of,
    organizations,
    shipped,
)
from csto_membership.loading import SHIPPED
from tests.neighbours.test_neighbours import HORIZONS


def test_every_shipped_organization_is_listed() -> None:
    """The list has each with its own horizon."""
    listed = {one.id: str(one.horizon) for one in organizations()}

    assert listed == {"CSTO": str(csto.horizon), "CSTO-PA": str(csto.horizon), **HORIZONS}
    assert all(one.acts and one.sources for one in organizations())
    assert repr(organizations()[0]).startswith("Shipped(CSTO: ")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_organization_is_one_object(name: str) -> None:
    """It is read once, and pickles by its name."""
    assert shipped(name) is shipped(name)
    assert len(pickle.dumps(shipped(name))) < 1000
    assert pickle.loads(pickle.dumps(shipped(name))) == shipped(name)  # noqa: S301 (our own)


def test_an_unknown_one_is_refused() -> None:
    """The nearest name is offered."""
    with pytest.raises(DatasetError) as refused:
        shipped("CSI")
    assert refused.value.problems[0].startswith("the library: no organization 'CSI'")


def test_the_six_are_asked_in_one_call() -> None:
    """Uzbekistan on 1 June 2006: back in two, not yet in the CSTO, out of GUAM since 2005."""
    found = {one.organization: (one.status, one.answer) for one in memberships_of("Uzbekistan", "2006-06-01")}

    assert found == {
        "CSTO": (Status.FORMER, Answer.NO),
        "CIS": (Status.MEMBER, Answer.YES),
        "EAEU": (Status.OUTSIDE, Answer.NO),
        "EURASEC": (Status.MEMBER, Answer.YES),
        "GUAM": (Status.FORMER, Answer.NO),
        "SCO": (Status.MEMBER, Answer.YES),
    }
    (one,) = memberships_of("UZB", "2006-08-16", [csto])
    assert repr(one) == "Belonging(UZB CSTO: yes (MEMBER))"


def test_a_day_past_a_horizon_and_a_word_for_no_state_are_refused() -> None:
    """Each organization answers up to its own last day."""
    with pytest.raises(BeyondHorizonError, match="2024-01-01"):
        memberships_of("UZB", "2024-01-02")
    with pytest.raises(StateError):
        memberships_of("Atlantis", "2006-01-01")


def test_an_organization_that_ended_is_known_ever_after() -> None:
    """The Eurasian Economic Community has no name since 2015, and no member."""
    with pytest.raises(EraError) as refused:
        shipped("EURASEC").name_on("2015-01-01")
    assert str(refused.value) == (
        "EURASEC has no name on 2015-01-01: it ended on 2015-01-01, and EAEU followed. Ask about an earlier day."
    )
    with pytest.raises(UncertainError, match="is open: EURASEC ended on"):
        shipped("EURASEC").name_on(("2014-12-01", "2015-02-01"))
    assert shipped("EURASEC").name_on("2014-12-31") == "Eurasian Economic Community"
    assert shipped("EURASEC").reading(known_on="2014-12-31").history.ended is None
    answers = {one.organization: one.answer for one in memberships_of("KAZ", "2020-01-01")}
    assert answers["EURASEC"] is Answer.NO
    assert answers["EAEU"] is Answer.YES


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("1994-01-21", ""),
        ("1994-01-22", "AZE BLR RUS TJK"),
        ("1994-02-09", "AZE BLR RUS TJK UZB"),
        ("1994-03-16", "ARM AZE BLR RUS TJK UZB"),
        ("1994-04-12", "ARM AZE BLR KGZ RUS TJK UZB"),
        ("1994-04-19", "ARM AZE BLR GEO KGZ RUS TJK UZB"),
        ("1994-04-20", "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB"),
        ("1994-06-27", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK UZB"),
        ("2009-08-17", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK UZB"),
        ("2009-08-18", "ARM AZE BLR KAZ KGZ MDA RUS TJK UZB"),
        ("2026-03-20", "ARM AZE BLR KAZ KGZ MDA RUS TJK UZB"),
    ],
)
def test_a_charter_binds_only_those_who_took_it_on(day: str, codes: str) -> None:
    """The era of the Charter holds for a state from its act on the Charter; for Turkmenistan and Ukraine never."""
    cis = shipped("CIS").reading(era="CHARTER")

    assert cis.members_on(day).codes() == tuple(codes.split())
    assert cis.status_on("UKR", day) is cis.status_on("TKM", day) is Status.OUTSIDE


@pytest.mark.parametrize("rule", ["any", "all"])
def test_pairs_count_in_an_era_from_the_later_of_both(rule: Any) -> None:
    """Two states are together in the Charter once both have taken it on."""
    pytest.importorskip("polars")
    cis = shipped("CIS").reading(era="CHARTER")
    pairs = cis.dyads(1993, 1996, rule=rule, rows="all", backend="polars")
    panel = cis.panel(1993, 1996, rule=rule, backend="polars")
    member = {(row["state"], row["year"]): row["member"] for row in panel.to_dicts()}

    assert pairs.height > 100
    for row in pairs.to_dicts():
        both = member[row["state1"], row["year"]] and member[row["state2"], row["year"]]
        assert row["member"] is both
