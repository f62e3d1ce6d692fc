"""What a finding prints, and what it says of days past the last one verified."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from csto_membership import Attribution, Claim, ReadingError, RosterClaim, Verdict, csto
from csto_membership._membership.dates_in_words import day_in_words
from csto_membership.claims.finding_text import sentence
from tests.claims.support import SIX, found, make, verdict

QUOTED = Attribution(said="2022-01-17", by="Al-Baath", quote="six", lang="en", translation="6")
LAST = csto.horizon.isoformat()
LAST_DAY = day_in_words("en", csto.horizon)


def test_a_short_finding_has_a_sentence_and_three_sources() -> None:
    """First one plain sentence, then the three best sources of all."""
    lines = str(found("roster", states=SIX, when="2010-01-01", complete=False)).splitlines()

    assert lines[0] == (
        "Yes: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan were members on 1 January 2010."
    )
    assert lines[1].startswith("Sources")
    assert len(lines) == 5


def test_a_wrong_list_says_what_differs_and_when_it_was_right() -> None:
    """The order is: the sentence, what differs, when it was so, the sources."""
    lines = str(found("roster", states=(*SIX, "UZB"), when="2003-06-30")).splitlines()

    assert lines[:3] == [
        "No: Uzbekistan was neither a party nor a member from 21 April 1999 to 15 August 2006.",
        "What differs: UZB: extra; FORMER [1999-04-21, 2006-08-16)",
        "It was so: from 16 August 2006 to 18 December 2012",
    ]
    assert lines[3].startswith("Sources (3 of ")
    assert len(lines) == 7


def test_a_full_finding_has_everything() -> None:
    """The words, all lines and readings, disputes with the numbers of their sources, and the versions."""
    finding = csto.check(RosterClaim(states=("ARM", "UZB"), complete=False, when="2025", attribution=QUOTED))
    text = finding.text(full=True)

    assert "Claim: six (Al-Baath, 2022-01-17)" in text
    assert "In English: 6" in text
    assert "Compared:\n- ARM: agrees; FROZEN [2024-02-22, ...)" in text
    assert "True under: basis nominal" in text
    assert f"Read with: basis legal, dating effect; facts verified through {LAST}, version {LAST}+" in text
    assert "\n- [1] " in text
    unnamed = RosterClaim(states=SIX, when="2003", attribution=Attribution(quote="six"))
    assert "Claim: six (unnamed)" in csto.check(unnamed).text(full=True)
    assert "In English" not in csto.check(unnamed).text(full=True)


def test_a_finding_numbers_its_sources() -> None:
    """Who says what is told by the number of the source."""
    finding = found("act", states="UZB", act="withdraw", when="2012-06-28")
    number = [source.id for source in finding.sources].index("kun-uz-2021") + 1

    assert (
        f"Uzbekistan left the Organization on 28 June 2012 and is not a member [{number}]."
        in finding.text(full=True)
    )


def test_markdown_has_the_same() -> None:
    """A bold sentence and a list for each heading, with nothing read as mark-up."""
    finding = found("roster", states=(*SIX, "UZB"), when="2003-06-30")

    assert finding.to_markdown().startswith(
        "**No: Uzbekistan was neither a party nor a member from 21 April 1999 to 15 August 2006.**\n\n"
        "**What differs**\n\n"
        "- UZB: extra; FORMER \\[1999-04-21, 2006-08-16)\n"
    )
    assert "**Compared**" in finding.to_markdown(full=True)


def test_json_carries_the_whole_finding() -> None:
    """Claim, organization, reading, last day verified and data version travel with the verdict."""
    written = json.loads(json.dumps(found("roster", states=(*SIX, "UZB"), when="2003-06-30").to_dict()))

    assert written["verdict"] == "contradicted"
    assert written["sentence"].startswith("No: ")
    assert written["claim"]["kind"] == "roster"
    assert written["claim"]["states"] == [*SIX, "UZB"]
    assert written["claim"]["when"] == "2003-06-30"
    assert written["organization"] == "CSTO"
    assert written["reading"] == "basis legal, dating effect"
    assert written["verified_through"] == LAST
    assert written["data_version"] == csto.data_version
    assert written["periods"] == [{"start": "2006-08-16", "end": "2012-12-19", "answer": "yes"}]
    assert written["sources"][0]["title"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("roster", {"states": SIX, "when": "2030"}),
        ("status", {"states": "ARM", "status": "member", "said": "2030-01-01"}),
        ("count", {"count": 6, "when": "2030"}),
        ("act", {"states": "RUS", "act": "withdraw", "when": "2030"}),
        ("act", {"states": "RUS", "act": "left", "said": "2030-01-01"}),
        ("founding", {"when": "2030"}),
        ("milestone", {"instrument": "treaty", "when": "2035"}),
        ("signature", {"instrument": "charter", "states": "UZB", "said": "2035"}),
        ("office", {"office": "chair", "state": "RUS", "when": "2030"}),
        ("participation", {"form": "session", "states": "ARM", "when": "2030"}),
        ("roster", {"states": "RUS", "when": "9999"}),
    ],
)
def test_past_the_last_day_verified_nothing_is_judged(kind: str, fields: dict[str, Any]) -> None:
    """A sentence of today always lies past it: it is told how things stood on that day."""
    finding = found(kind, **fields)

    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.sentence.startswith(f"On {LAST_DAY}, the last day verified, ")
    assert finding.sentence.endswith("; what came later is not recorded.")
    json.dumps(finding.to_dict())


def test_past_the_last_day_the_sentence_says_how_it_stood() -> None:
    """The clause is that of the last day verified."""
    assert found("status", states="ARM", status="former", when="2030").sentence == (
        f"On {LAST_DAY}, the last day verified, Armenia froze its participation on 22 February 2024 and legally is "
        "still a member; what came later is not recorded."
    )
    assert found("roster", states=SIX, when="2030").sentence == (
        f"On {LAST_DAY}, the last day verified, the members were Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and "
        "Tajikistan; what came later is not recorded."
    )


def test_what_is_settled_by_the_last_day_stays_so() -> None:
    """What has happened has happened, and one day on which a list is wrong decides "all through"."""
    assert verdict("act", states="ARM", act="freeze", when="[2024..2030]") is Verdict.SUPPORTED
    assert verdict("act", states="ARM", act="freeze", said="2030-01-01") is Verdict.SUPPORTED
    assert verdict("milestone", instrument="un-observer", said="2030-01-01") is Verdict.SUPPORTED
    through: dict[str, Any] = {"states": "AZE", "complete": False, "when": "[1995..2030]"}
    assert verdict("roster", **through, throughout=True) is Verdict.CONTRADICTED
    assert verdict("roster", **through) is Verdict.UNDETERMINED


def test_extrapolating_judges() -> None:
    """Whoever takes it that nothing has changed gets a verdict."""
    extrapolated = csto.reading(extrapolate=True)

    assert verdict("roster", states="RUS", complete=False, when="9999", on=extrapolated) is Verdict.SUPPORTED
    assert verdict("roster", states=SIX, when="2030", on=extrapolated) is Verdict.SUPPORTED
    assert verdict("act", states="ARM", act="left", when="2030", on=extrapolated) is Verdict.CONTRADICTED


def test_findings_and_claims_pickle() -> None:
    """They travel to other processes."""
    finding = found("roster", states=SIX, when="2003")
    again = pickle.loads(pickle.dumps(finding))  # noqa: S301 (made here)

    assert again == finding
    assert hash(again.claim) == hash(finding.claim)


def test_the_alias_cannot_be_called() -> None:
    """A claim is made by the class of its kind."""
    with pytest.raises(TypeError):
        Claim(states=SIX)  # type: ignore[operator] # what is refused


def test_another_language_is_refused() -> None:
    """The languages of findings are listed."""
    finding = found("roster", states=SIX, when="2003")
    with pytest.raises(ReadingError) as caught:
        sentence(finding.verdict, finding.sayings, lang="hy")
    assert str(caught.value) == "no sentences in 'hy'. There are sentences in en, ru, ar."


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2003-06-30", "on 30 June 2003"),
        ("2003-06", "in June 2003"),
        ("2003-12", "in December 2003"),
        ("2003", "in 2003"),
        ("[1999..2006]", "from 1999 to 2006"),
        ("[2003-06..2003-07]", "from 1 June 2003 to 31 July 2003"),
        ("[2003-06-02..2003-06-30]", "from 2 June 2003 to 30 June 2003"),
    ],
)
def test_a_time_is_written_out(when: str, words: str) -> None:
    """Days, months and years are told in words, and no EDTF stands in a sentence."""
    assert words in found("roster", states="RUS", complete=True, when=when, on=csto).sentence or words in (
        found("count", count=6, when=when).sentence
    )
    assert make("count", count=6, when=when).when.text == when


def test_an_imprecise_date_is_written_out() -> None:
    """A range of days of which one is meant is said to be that."""
    finding = found("signature", instrument="reaction-forces-2009", states="BLR", when="2009")
    assert "BLR: agrees; signed [2009-06-15..2009-10-20]" in finding.text(full=True)
