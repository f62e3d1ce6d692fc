"""The five articles: every claim comes to the verdict expected, for a reason that stands in the finding."""

from __future__ import annotations

import json

import pytest

from csto_membership import PressClaim, Verdict, csto, press_claims
from csto_membership.loading import shipped
from tests.claims.support import KIND_NAMES

CLAIMS = {found.id: found for found in press_claims()}


@pytest.mark.parametrize("found", CLAIMS.values(), ids=lambda found: found.id)
def test_press_claim(found: PressClaim) -> None:
    """Each claim of the five articles comes to the verdict expected, with a sentence, lines and sources."""
    finding = shipped(found.organization).check(found.claim)

    assert finding.verdict is found.expected
    assert finding.lines
    assert finding.sources
    assert finding.sentence.endswith(".")
    assert str(found.claim.attribution.quote) in finding.text(full=True)
    json.dumps(finding.to_dict())


def test_the_articles_have_claims_of_every_kind_but_one() -> None:
    """Only who signed an instrument is said in none of the five."""
    kinds = {found.claim.kind for found in CLAIMS.values()}

    assert set(KIND_NAMES) - kinds == {"signature"}


def test_no_quotation_is_longer_than_25_words() -> None:
    """Every shipped quotation is short, and every article of the five has a claim."""
    assert all(len((found.claim.attribution.quote or "").split()) <= 25 for found in CLAIMS.values())
    assert len({found.article.id for found in CLAIMS.values()}) == 5


def test_the_seven_founding_states_match_no_founding() -> None:
    """They were the members in exactly one period, and founders at none of five dated stages."""
    finding = csto.check(CLAIMS["a1-founding-states"].claim)

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.sentence == "No: none of the foundings recorded had just these states."
    assert [str(period) for period in finding.periods] == ["[2006-08-16, 2012-12-19)"]
    assert [str(line) for line in finding.lines] == [
        "CST signature 1992-05-15: differs; without BLR",
        "CST entry into force 1994-04-20: differs; with AZE and with GEO",
        "CSTO decision 2002-05-14: differs; without UZB",
        "CSTO signature 2002-10-07: differs; without UZB",
        "CSTO entry into force 2003-09-18: differs; without UZB",
    ]
    assert finding.dates == ()
    assert any("Belarus, not Uzbekistan" in dispute.says for dispute in finding.disputes)


def test_armenia_suspended_depends_on_the_sense() -> None:
    """The freeze of 22 February, the Secretariat's denial and the readings are named."""
    finding = csto.check(CLAIMS["a2-armenia-suspended"].claim)

    assert finding.verdict is Verdict.DEPENDS
    assert finding.sentence == (
        "It depends: Armenia froze its participation on 22 February 2024 and legally is still a member; it holds "
        "under basis active."
    )
    assert finding.true_under == ("basis active",)
    assert finding.false_under == ("the act 'suspend' itself", "basis legal, nominal or signed")
    assert "The Secretariat had received no notice from Yerevan" in finding.text(full=True)
    assert "CSTO Receives No Notices From Yerevan" in str(finding)


def test_three_withdrew_is_told_state_by_state() -> None:
    """Two let the Treaty lapse before the Organization existed, and of the third it depends on the basis."""
    lines = {line.about: line.text for line in csto.check(CLAIMS["c6-three-withdrew"].claim).lines}

    assert lines["AZE"].endswith("lapse 1999-04-21; so under every basis")
    assert lines["GEO"].endswith("lapse 1999-04-21; so under every basis")
    assert lines["UZB"].endswith("suspend 2012-12-19; so under basis legal, active or signed")


def test_what_is_not_judged_is_said() -> None:
    """A quotation with a part that no record judges says which part."""
    finding = csto.check(CLAIMS["c3-reaction-force-2009"].claim)

    assert finding.notes == ("Not judged: the size, 20,000 men.",)


def test_a_summit_that_is_not_recorded_is_left_open() -> None:
    """The record does not hold every session; the nearest one in that state is named."""
    finding = csto.check(CLAIMS["a9-summit-in-belarus"].claim)

    assert finding.sentence == (
        "Open: no such operation or session is recorded in February 2024; the Session of the Collective Security "
        "Council was on 23 November 2023."
    )
    assert [line.about for line in finding.lines] == ["minsk-2023"]
