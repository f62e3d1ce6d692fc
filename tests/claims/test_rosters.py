"""Lists of members and counts of them."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import State, Verdict, csto, csto_pa
from csto_membership.claims import Agreement
from tests.claims.support import SEVEN, SIX, found, organization_with, verdict


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": SIX, "when": "2003-06-30"}, Verdict.SUPPORTED),
        ({"states": SEVEN, "when": "2003-06-30"}, Verdict.CONTRADICTED),
        ({"states": SEVEN, "when": "2010"}, Verdict.SUPPORTED),
        ({"states": SEVEN, "when": "2012"}, Verdict.UNDETERMINED),
        ({"states": SEVEN, "when": "2006-08-15"}, Verdict.DEPENDS),
        ({"states": SEVEN, "when": "2013"}, Verdict.DEPENDS),
        ({"states": SIX[1:], "when": "2025"}, Verdict.DEPENDS),
        ({"states": ("Kirgizia", "Россия"), "when": "2010", "complete": False}, Verdict.SUPPORTED),
        ({"states": "UZB", "when": "2003", "complete": False}, Verdict.CONTRADICTED),
        ({"states": "AZE", "when": "1999", "complete": False}, Verdict.UNDETERMINED),
        ({"states": "AZE", "when": "1998", "complete": False, "era": "CSTO"}, Verdict.CONTRADICTED),
        ({"states": (*SIX, "TM"), "when": "2010"}, Verdict.CONTRADICTED),
        ({"states": SIX, "when": "2003?"}, Verdict.SUPPORTED),
        ({"states": SIX, "when": "2003~"}, Verdict.SUPPORTED),
        ({"states": SIX, "when": "2003%"}, Verdict.SUPPORTED),
    ],
)
def test_a_list_is_compared_with_the_members(fields: dict[str, Any], expected: Verdict) -> None:
    """A list is right on all days of its time, or under another reading, or never."""
    assert verdict("roster", **fields) is expected


@pytest.mark.parametrize(
    ("when", "throughout", "expected"),
    [
        ("[1999..2006]", True, Verdict.CONTRADICTED),
        ("[1999..2006]", False, Verdict.UNDETERMINED),
        ("1999", False, Verdict.UNDETERMINED),
        ("1999", True, Verdict.CONTRADICTED),
        ("[1995..1998]", True, Verdict.SUPPORTED),
        ("1999-04-20", True, Verdict.SUPPORTED),
        ("1999-04-21", True, Verdict.CONTRADICTED),
    ],
)
def test_all_through_needs_every_day(when: str, throughout: object, expected: Verdict) -> None:
    """One day on which a list is certainly wrong decides where every day is meant, and leaves "in 1999" open."""
    claimed = verdict("roster", states=("AZE", "GEO"), complete=False, when=when, throughout=throughout)

    assert claimed is expected


def test_the_counterexample_is_named() -> None:
    """Who was certainly out on a day within is named, with the first such day."""
    finding = found("roster", states=("AZE", "GEO"), complete=False, when="[1999..2006]", throughout=True)

    assert finding.sentence == (
        "No: Azerbaijan has been neither a party nor a member since 21 April 1999; Georgia has been "
        "neither a party nor a member since 21 April 1999."
    )


def test_only_others_missing_is_said_with_the_way_out() -> None:
    """Where all who are named were members, and others as well, the note says how to ask otherwise."""
    one = found("roster", states="UZB", when="2011")
    several = found("roster", states=("KAZ", "UZB"), when="2011")

    assert (
        one.sentence
        == "No: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan were members, too."
    )
    assert one.notes == (
        "Only others are missing: the state named was a member. If the list need not name all members, say "
        "complete=False (on the command line --partial).",
    )
    assert several.notes[0].startswith("Only others are missing: all states named were members.")
    assert found("roster", states=SIX, when="2003").notes == ()
    assert found("roster", states=("GEO", "RUS"), when="2011").notes == ()


def test_a_roster_has_a_line_for_each_state() -> None:
    """Who agrees, who is missing and who is extra is told, and when the list was right."""
    finding = found("roster", states=(*SIX[1:], "UZB"), when="2003-06-30")

    assert {line.about: line.agreement for line in finding.lines} == {
        "ARM": Agreement.MISSING,
        **dict.fromkeys(SIX[1:], Agreement.AGREES),
        "UZB": Agreement.EXTRA,
    }
    assert finding.periods == ()
    assert "UZB: extra; FORMER [1999-04-21, 2006-08-16)" in str(finding)
    assert finding.sentence == (
        "No: Uzbekistan was neither a party nor a member from 21 April 1999 to 15 August 2006; Armenia was a party, "
        "too."
    )


def test_many_wrong_states_are_told_shortly() -> None:
    """A sentence has three clauses on single states, and names the others."""
    finding = found("roster", states=("UKR", "MDA", "LTU", "LVA", "EST"), when="2010", complete=False)

    assert finding.sentence == (
        "No: Estonia has never been a party or a member; Lithuania has never been a party or a member; Latvia has "
        "never been a party or a member; likewise Moldova and Ukraine."
    )


def test_a_long_list_of_differences_is_cut() -> None:
    """A short finding shows six lines of what differs; the whole one has all."""
    finding = found("roster", states=("UKR", "MDA"), when="2010")

    assert "- and 3 more" in str(finding)
    assert finding.text(full=True).count(": missing; ") == 7


def test_states_may_be_given_as_records() -> None:
    """A roster, or states of it, make a claim like their codes."""
    roster = csto.members_on("2003")
    assert verdict("roster", states=roster, when="2003") is Verdict.SUPPORTED
    assert isinstance(roster[0], State)
    assert verdict("roster", states=roster[0], complete=False, when="2003") is Verdict.SUPPORTED


def test_a_list_that_is_true_when_two_things_change_depends_on_them() -> None:
    """Those who had signed by 30 April 1993, counting announcements: true under a basis with a dating."""
    seven = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB")

    assert found("roster", states=seven, when="1993-04-30").true_under == (
        "basis signed, dating announcement",
    )
    assert verdict("roster", states=(*seven, "UKR"), when="1993-04-30") is Verdict.CONTRADICTED


def test_readings_that_differ_in_nothing_are_told_together() -> None:
    """In 1993 Kazakhstan alone had ratified: one phrase for three bases."""
    asked = csto.reading(basis="signed", dating="decision")

    assert found("roster", states="KAZ", when="1993-06-30", on=asked).true_under == (
        "basis legal, active or nominal, dating ratification",
    )


def test_undecided_readings_are_listed() -> None:
    """A reading that leaves a claim open is told apart from those that contradict it."""
    finding = found("roster", states=SEVEN, when="[2006-08-01..2006-08-31]")

    assert finding.verdict is Verdict.UNDETERMINED
    assert any("legal" in name or "every basis" in name for name in finding.undecided_under)
    assert finding.true_under != ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"count": 6, "when": "2003-06-30"}, Verdict.SUPPORTED),
        ({"count": 7, "when": "2003-06-30"}, Verdict.CONTRADICTED),
        ({"count": 7, "including": "UZB", "when": "2010"}, Verdict.SUPPORTED),
        ({"count": 6, "including": "UZB", "when": "2003-06-30"}, Verdict.CONTRADICTED),
        ({"count": 6, "including": "UKR", "when": "2003"}, Verdict.CONTRADICTED),
        ({"count": 6, "when": "1999"}, Verdict.UNDETERMINED),
        ({"count": 9, "when": "1999", "throughout": True}, Verdict.CONTRADICTED),
        ({"count": 5, "when": "2025"}, Verdict.DEPENDS),
        ({"count": 0, "when": "1991"}, Verdict.SUPPORTED),
        ({"count": "6", "when": "2010", "era": "CSTO"}, Verdict.CONTRADICTED),
        ({"count": 6, "when": "1998", "era": "CSTO"}, Verdict.CONTRADICTED),
    ],
)
def test_a_count_is_compared_with_the_number_of_members(fields: dict[str, Any], expected: Verdict) -> None:
    """A number is right on every day of its time, with those who are said to be among them."""
    assert verdict("count", **fields) is expected


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"count": 6, "when": "1999"}, "Open: the number of parties in 1999 was between 6 and 9."),
        ({"count": 0, "when": "1991"}, "Yes: there were no parties in 1991."),
        (
            {"count": 6, "including": "UZB", "when": "2003"},
            "No: there were 6 parties and then members in 2003: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and "
            "Tajikistan; Uzbekistan is not among them.",
        ),
        (
            {"count": 5, "when": "2025"},
            "It depends: there were 6 members in 2025: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and "
            "Tajikistan; it holds under basis active.",
        ),
    ],
)
def test_a_count_is_told_with_the_members(fields: dict[str, Any], sentence: str) -> None:
    """The sentence has the right number and who they were."""
    assert found("count", **fields).sentence == sentence


def test_a_count_is_told_with_its_periods() -> None:
    """When there were so many members is told, with the states that are to be among them."""
    assert [str(period) for period in found("count", count=6, when="2010").periods] == [
        "[1999-04-21, 2006-08-16)",
        "[2012-12-19, ...)",
    ]
    assert [str(one) for one in found("count", count=7, including="UZB", when="2003").periods] == [
        "[2006-08-16, 2012-12-19)"
    ]
    assert found("count", count=6, when="2010").periods[0].start is not None
    assert verdict("count", count=1, when="2015", on=csto_pa) is Verdict.CONTRADICTED


def test_as_many_members_need_not_be_the_same() -> None:
    """Where one leaves as another joins, the number is right on every day, and no list of names is given."""
    organization = organization_with(
        more="{act: withdraw, effect: 2000-07-01, sources: [s]}", second="2000-07-01"
    )
    finding = found("count", count=1, when="2000", on=organization)

    assert finding.verdict is Verdict.SUPPORTED
    assert finding.sentence == "Yes: the number of members in 2000 was 1, not the same ones throughout."


def test_one_member_is_told_in_the_singular() -> None:
    """A count of one reads as a sentence."""
    organization = organization_with(second="2000-07-01")

    assert found("count", count=1, when="1995", on=organization).sentence == (
        "Yes: there was one member in 1995: Atlantis."
    )
