"""What states did: the acts of the record, and the words of the press for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csto_membership import Act, Verdict, csto
from csto_membership.claims import Deed
from csto_membership.loading import shipped
from tests.claims.support import found, make, organization_with, verdict


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": "UZB", "act": "join", "when": "2006-08"}, Verdict.SUPPORTED),
        ({"states": "UZB", "act": "join", "when": "2006-06"}, Verdict.DEPENDS),
        ({"states": "UZB", "act": "join", "when": "2001"}, Verdict.CONTRADICTED),
        ({"states": "GEO", "act": "withdraw", "when": "1999"}, Verdict.DEPENDS),
        ({"states": "GEO", "act": Act.LAPSE, "when": "1999"}, Verdict.SUPPORTED),
        ({"states": "GEO", "act": "reaffirm", "when": "1999"}, Verdict.CONTRADICTED),
        ({"states": "RUS", "act": "reaffirm", "when": "1999"}, Verdict.SUPPORTED),
        ({"states": "RUS", "act": "resume", "when": "1994"}, Verdict.CONTRADICTED),
        ({"states": "ARM", "act": "expel", "when": "2024-02"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "act": "lapse", "when": "2012"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "act": "withdraw", "when": "2012"}, Verdict.DEPENDS),
        ({"states": "AZE", "act": "lapse", "when": "1999", "era": "CSTO"}, Verdict.CONTRADICTED),
        ({"states": "AZE", "act": "join", "when": "1994", "era": "CSTO"}, Verdict.CONTRADICTED),
        ({"states": "RUS", "act": "join", "when": "2003-09-18", "era": "CSTO"}, Verdict.DEPENDS),
        ({"states": "Moldova", "act": "join", "when": "1992"}, Verdict.CONTRADICTED),
        ({"states": ("GEO", "RUS"), "act": "lapse", "when": "1999"}, Verdict.CONTRADICTED),
        ({"states": "UZB", "act": "suspend", "when": date(2012, 12, 19)}, Verdict.SUPPORTED),
        ({"states": "UZB", "act": "leave", "when": "2012"}, Verdict.DEPENDS),
        ({"states": "UZB", "act": "resume", "when": "2006-08"}, Verdict.DEPENDS),
        ({"states": "UZB", "act": "resume", "when": "1994"}, Verdict.CONTRADICTED),
    ],
)
def test_an_act_is_looked_for_in_the_record(fields: dict[str, Any], expected: Verdict) -> None:
    """An act is found as such, or as another that people call so, or not at all."""
    assert verdict("act", **fields) is expected


@pytest.mark.parametrize("word", ["left", "leave", "exit", "quit", "LEFT", Deed.LEAVE])
def test_left_means_any_act_that_ends_membership(word: str) -> None:
    """The finding names which act it was."""
    finding = found("act", states="AZE", act=word, when="1999")

    assert finding.verdict is Verdict.SUPPORTED
    assert (
        finding.sentence == "Yes: the term of Azerbaijan ran out: its last day as a party was 20 April 1999."
    )


@pytest.mark.parametrize("word", ["resumed", "rejoined", "restored", "returned", "return"])
def test_rejoined_fits_a_join_after_an_end(word: str) -> None:
    """A first join is no return."""
    assert verdict("act", states="UZB", act=word, when="2006-08") is Verdict.SUPPORTED
    assert verdict("act", states="UZB", act=word, when="1994") is Verdict.CONTRADICTED


@pytest.mark.parametrize("act", ["left", "lapse"])
def test_the_last_day_fits_an_end(act: str) -> None:
    """The press dates an end by the last day in force, the record by the first day outside: a note says so."""
    finding = found("act", states="AZE", act=act, when="1999-04-20")

    assert finding.verdict is Verdict.SUPPORTED
    assert finding.notes == (
        "Azerbaijan: the claim gives the last day. The record is half-open: an end is the first day outside, "
        "1999-04-21.",
    )
    assert "protocol-1999-text" in {source.id for source in finding.sources}
    assert found("act", states="AZE", act=act, when="1999-04-21").notes == ()
    assert verdict("act", states="AZE", act=act, when="1999-04-19") is Verdict.CONTRADICTED


def test_a_beginning_has_no_last_day() -> None:
    """A claim that dates a beginning by the day before does not turn on the act of the next."""
    finding = found("act", states="RUS", act="reaffirm", when="1999-04-01")

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.sources == ()


def test_an_announcement_is_no_exit() -> None:
    """Who dates an exit by its announcement is contradicted, and told the date."""
    finding = found("act", states="AZE", act="left", when="1999-02")

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.sentence == (
        "No: the term of Azerbaijan ran out: its last day as a party was 20 April 1999; not in February 1999."
    )
    assert finding.notes == ("Azerbaijan announced it (1999-02-05); an announcement is not an exit.",)
    assert [str(right) for right in finding.dates] == ["AZE lapse 1999-04-21"]
    assert verdict("act", states="ARM", act="withdraw", when="2024-06") is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1999-04-19", Verdict.CONTRADICTED),
        ("2003-01-01", Verdict.SUPPORTED),
        ("2008-01-01", Verdict.CONTRADICTED),
        ("2013-01-01", Verdict.DEPENDS),
    ],
)
def test_has_left_is_judged_by_the_day_on_which_it_is_said(said: str, expected: Verdict) -> None:
    """Who came back before that day is in again."""
    assert verdict("act", states="UZB", act="left", said=said) is expected


def test_has_left_names_what_is_so_on_that_day() -> None:
    """A state that was a member again is said to be one."""
    finding = found("act", states="UZB", act="left", said="2008-01-01")

    assert finding.sentence == "No: Uzbekistan was a member from 16 August 2006 to 18 December 2012."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"states": "ARM", "act": "left", "when": "2024-02"},
            "No: Armenia froze its participation on 22 February 2024 and legally is still a member.",
        ),
        (
            {"states": "UZB", "act": "suspend", "when": "2010"},
            "No: the membership of Uzbekistan was suspended on 19 December 2012; not in 2010.",
        ),
        ({"states": "UKR", "act": "left", "when": "2018"}, "No: Ukraine has never been a party or a member."),
        (
            {"states": "UZB", "act": "join", "when": "2006-06"},
            "It depends: Uzbekistan became a member on 16 August 2006; it holds under basis legal, dating decision.",
        ),
        (
            {"states": "ARM", "act": "sign", "when": "1992-05-15"},
            "Yes: Armenia signed on 15 May 1992.",
        ),
    ],
)
def test_an_act_is_told_in_one_plain_sentence(fields: dict[str, Any], sentence: str) -> None:
    """The sentence names what was done, when, and by whom."""
    assert found("act", **fields).sentence == sentence


@pytest.mark.parametrize(
    ("fields", "under"),
    [
        ({"act": "withdraw", "states": "UZB", "when": "2012-06-28"}, "basis legal, dating receipt"),
        ({"act": "suspend", "states": "UZB", "when": "2012-06-28"}, "basis legal, dating receipt"),
        ({"act": "withdraw", "states": "AZE", "when": "1999-04-20"}, "every basis"),
    ],
)
def test_another_act_on_another_date_is_a_sense(fields: dict[str, Any], under: str) -> None:
    """What is called so may be dated by another step, or by its last day."""
    finding = found("act", **fields)

    assert finding.verdict is Verdict.DEPENDS
    assert any(name.startswith(under.partition(",")[0]) or name == under for name in finding.true_under)


@pytest.mark.parametrize("dating", ["decision", "ratification"])
def test_the_effective_date_is_tried_whichever_is_asked(dating: str) -> None:
    """A claim that fits the default reading depends on the reading, even where that is not the one asked."""
    finding = found("act", states="UZB", act="join", when="2006-08-16", on=csto.reading(dating=dating))

    assert finding.verdict is Verdict.DEPENDS
    assert "dating effect" in finding.true_under[0]


def test_right_dates_are_of_the_act_claimed_alone() -> None:
    """Another act is no right date of the one that is claimed."""
    assert [str(right) for right in found("act", states="UZB", act="suspend", when="2010").dates] == [
        "UZB suspend 2012-12-19"
    ]
    assert [str(one) for one in found("act", states="UZB", act="join", when="2000").dates] == [
        "UZB join 2006-08-16",
        "UZB join 1994-04-20",
    ]
    assert found("act", states="ARM", act="expel", when="2024-02").dates == ()
    wrong = found("act", states="UZB", act="join", when="2001")
    assert wrong.sentence.startswith("No: Uzbekistan became a member on 16 August 2006; not in 2001")


def test_a_wrong_act_is_told_with_what_is_disputed_about_that_time() -> None:
    """Whoever dates a withdrawal to 28 June 2012 is shown the dispute about that very day."""
    finding = found("act", states="UZB", act="withdraw", when="2012-06-28")

    assert any("left the Organization on 28 June 2012" in dispute.says for dispute in finding.disputes)


def test_an_imprecise_record_leaves_a_claim_open() -> None:
    """What is known to the month only neither supports nor contradicts a claim about a day."""
    finding = found("act", states="SRB", act="observe", when="2013-04-11", on=shipped("CSTO-PA"))

    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.sentence == (
        "Open: it is open whether Serbia did so on 11 April 2013: the record dates observe in 2013."
    )


@pytest.mark.parametrize("act", ["lapse", "withdraw", "expel"])
def test_a_cause_that_the_record_does_not_give_is_undetermined(act: str) -> None:
    """Of a membership that ended nobody knows how, a claim names a cause that may be right or wrong."""
    ended = organization_with(more="{act: end, effect: 2001-01-01, sources: [s]}")
    claim = {"states": "AAA", "act": act}

    finding = found("act", **claim, when="2001", on=ended)
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.sentence == (
        "Open: Atlantis ceased to be a member, and the record does not say how: its last day was 31 December 2000."
    )
    assert verdict("act", **claim, when="1999", on=ended) is Verdict.CONTRADICTED
    for word in ("left", "end"):
        assert verdict("act", states="AAA", act=word, when="2001", on=ended) is Verdict.SUPPORTED
        assert verdict("act", states="GEO", act=word, when="1999") is Verdict.SUPPORTED


def test_an_associate_is_no_member() -> None:
    """An associate takes part and counts on no named basis."""
    joined = organization_with(more="{act: associate, effect: 2001-01-01, sources: [s]}")

    assert verdict("status", states="AAA", status="associate", when="2002", on=joined) is Verdict.SUPPORTED
    assert found("status", states="AAA", status="member", when="2002", on=joined).sentence == (
        "No: Atlantis has been an associate member since 1 January 2001; "
        "on the legal basis it did not count as a member."
    )


def test_a_claim_is_judged_by_what_was_known() -> None:
    """Under known_on an act that nobody knew of supports nothing."""
    then = csto.reading(known_on="2012-07-01")
    finding = found("act", states="UZB", act="suspend", said="2012-06-30", on=then)

    assert finding.verdict is Verdict.DEPENDS
    assert any("dating notice" in name for name in finding.true_under)


def test_words_and_acts_make_equal_claims() -> None:
    """Text and words of the library make equal claims, which can be hashed."""
    assert make("act", states="UZB", act="lapse", when="1999") == make(
        "act", states=("UZB",), act=Act.LAPSE, when="1999"
    )
    assert len({make("act", states="UZB", act=word, when="1999") for word in ("left", "quit")}) == 1
