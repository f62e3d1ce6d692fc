"""Statuses: a member, not a member, no longer one, and any status by its name."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import Status, Verdict, csto
from csto_membership.loading import shipped
from tests.claims.support import SIX, found, verdict


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": "UZB", "status": Status.SUSPENDED, "when": "2013"}, Verdict.SUPPORTED),
        ({"states": "ARM", "status": "SUSPENDED", "when": "2025"}, Verdict.DEPENDS),
        ({"states": "UZB", "status": "FORMER", "when": "2013"}, Verdict.DEPENDS),
        ({"states": "UZB", "status": "OBSERVER", "when": "2003"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "status": "MEMBER", "when": "2003"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "status": "MEMBER", "when": "2006"}, Verdict.UNDETERMINED),
        ({"states": "RUS", "status": "frozen", "when": "2024"}, Verdict.CONTRADICTED),
        ({"states": "RUS", "status": "suspended", "when": "2024"}, Verdict.CONTRADICTED),
        ({"states": "ARM", "status": "former", "when": "2025"}, Verdict.CONTRADICTED),
        ({"states": "ARM", "status": "member", "when": "2025"}, Verdict.SUPPORTED),
        ({"states": "KGZ", "status": "member", "when": "1993"}, Verdict.DEPENDS),
        ({"states": "UZB", "status": "observer", "when": "2015"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "status": "OUTSIDE", "when": "2003"}, Verdict.SUPPORTED),
        ({"states": "UZB", "status": "not a member", "when": "2013"}, Verdict.SUPPORTED),
        ({"states": "UZB", "status": "no longer a member", "when": "2013"}, Verdict.SUPPORTED),
        ({"states": "UZB", "status": "no longer a member", "when": "2010"}, Verdict.CONTRADICTED),
        ({"states": "UKR", "status": "no longer a member", "when": "2010"}, Verdict.CONTRADICTED),
        ({"states": "UKR", "status": Status.OUTSIDE, "when": "2010"}, Verdict.SUPPORTED),
        ({"states": SIX, "status": "a member", "when": "2010"}, Verdict.SUPPORTED),
        ({"states": (*SIX, "GEO"), "status": "member", "when": "2010"}, Verdict.CONTRADICTED),
        (
            {"states": "AZE", "status": "member", "when": "[1999..2006]", "throughout": True},
            Verdict.CONTRADICTED,
        ),
        ({"states": "AZE", "status": "FORMER", "when": "1999", "throughout": True}, Verdict.CONTRADICTED),
    ],
)
def test_a_status_is_compared_with_the_record(fields: dict[str, Any], expected: Verdict) -> None:
    """Membership is asked of the basis; any other status is meant as it is, or in a sense of the press."""
    assert verdict("status", **fields) is expected


def test_is_a_member_has_one_verdict_whichever_kind_asks() -> None:
    """A list that need not be complete and a status ask the same of every state, in every year."""
    for year in range(1992, 2026):
        for state in csto.states:
            listed = verdict("roster", states=state, complete=False, when=str(year))
            assert verdict("status", states=state, status="member", when=str(year)) is listed


CALLED = {"FROZEN": {"SUSPENDED"}, "SUSPENDED": {"FROZEN", "FORMER"}}


def test_a_status_is_never_excused_outside_the_table_of_senses() -> None:
    """For every state and year, a wrong status depends on the basis only where the table says so."""
    exact = [status for status in Status if status not in (Status.MEMBER, Status.OUTSIDE)]
    for year in range(1992, 2026):
        day = f"{year}-07-01"
        for state in csto.states:
            recorded = str(csto.status_on(state, day))
            for status in exact:
                finding = found("status", states=state, status=status, when=day)
                if str(status) == recorded:
                    assert finding.verdict is Verdict.SUPPORTED
                elif finding.verdict is Verdict.DEPENDS:
                    datings = {
                        csto.reading(dating=name) for name in ("announcement", "decision", "ratification")
                    }
                    datings |= {
                        csto.reading(dating=name) for name in ("signature", "notice", "receipt", "accession")
                    }
                    possible = {recorded, *(str(one.status_on(state, day)) for one in datings)}
                    assert any(str(status) in {one, *CALLED.get(one, set())} for one in possible)
                else:
                    assert finding.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"states": "ARM", "status": "former", "when": "2025"},
            "No: Armenia froze its participation on 22 February 2024 and legally is still a member.",
        ),
        (
            {"states": "UZB", "status": "not a member", "when": "2013"},
            "Yes: the membership of Uzbekistan has been suspended since 19 December 2012; on the legal basis it did "
            "not count as a member.",
        ),
        (
            {"states": "KGZ", "status": "member", "when": "1993"},
            "It depends: Kyrgyzstan signed on 15 May 1992 and was not yet a party, to 19 April 1994; on the legal "
            "basis it did not count as a member; it holds under basis signed.",
        ),
        (
            {"states": "RUS", "status": "frozen", "when": "2024"},
            "No: Russia has been a party and then a member since 20 April 1994.",
        ),
        (
            {"states": "UZB", "status": "member", "when": "1991"},
            "No: Uzbekistan was still outside, to 14 May 1992.",
        ),
        (
            {"states": "UZB", "status": "member", "when": "2006"},
            "Open: the status of Uzbekistan changed in 2006: FORMER to 15 August 2006, then MEMBER.",
        ),
    ],
)
def test_a_status_is_told_in_one_plain_sentence(fields: dict[str, Any], sentence: str) -> None:
    """The sentence says how the state stood, since when, and what it depends on."""
    assert found("status", **fields).sentence == sentence


def test_an_active_reading_says_that_a_frozen_state_does_not_count() -> None:
    """Where the basis decides, the sentence names it."""
    finding = found("status", states="ARM", status="member", when="2025", on=csto.reading(basis="active"))

    assert finding.verdict is Verdict.DEPENDS
    assert "on the active basis it did not count as a member" in finding.sentence
    nominal = found("status", states="UZB", status="member", when="2013", on=csto.reading(basis="nominal"))
    assert nominal.sentence.endswith("on the nominal basis it counted as a member.")


def test_an_undecided_status_is_not_taken_for_alike() -> None:
    """Where the record itself is open, a basis alone excuses no status; with a dating that decides it may."""
    finding = found("status", states="UZB", status="FORMER", when="2012-07-01", on=csto.reading(dating="any"))

    assert finding.verdict is Verdict.DEPENDS
    assert finding.true_under == ("basis legal, active or signed, dating notice or receipt",)


def test_what_is_open_is_said() -> None:
    """Where the sources leave a status open, the sentence names the statuses."""
    any_date = csto.reading(dating="any")

    one = found("status", states="UZB", status="member", when="2006-07-01", on=any_date)
    assert one.sentence == "Open: what Uzbekistan was on 1 July 2006 is open: MEMBER or FORMER."
    wide = found("status", states="UZB", status="member", when="[2006..2008]", on=any_date)
    assert wide.sentence.startswith(
        "Open: what Uzbekistan was from 2006 to 2008 is open: FORMER to 22 June 2006, then"
    )


def test_observers_of_the_assembly_point_to_it() -> None:
    """Who observes another body of the file is said to do so there."""
    finding = found("status", states="صربيا", status="observer", when="2015")

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.notes == (
        "Parliamentary Assembly of the Collective Security Treaty Organization: Serbia is an observer there "
        "(SRB observe 2013). Ask about CSTO-PA.",
    )
    assembly = found("status", states="SRB", status="observer", when="2015", on=shipped("CSTO-PA"))
    assert assembly.sentence == "Yes: Serbia has been an observer since 2013."
    assert found("status", states="RUS", status="observer", when="2015").notes == ()
