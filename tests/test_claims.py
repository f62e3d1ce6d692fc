"""Claims and their verdicts: every one of the five articles, and laws on invented ones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    Act,
    BeyondHorizonError,
    Claim,
    ClaimError,
    ClaimKind,
    Dataset,
    DatasetError,
    DayError,
    Era,
    Event,
    History,
    PressClaim,
    ReadingError,
    Source,
    SourceKind,
    State,
    StateError,
    Status,
    StepName,
    Verdict,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
    press_claims,
)
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from csto_membership.claims import Agreement
from csto_membership.loading import shipped
from tests.strategies import BASES, datasets, edge_days

if TYPE_CHECKING:
    from pathlib import Path

    from csto_membership import Organization

SEVEN = ("RUS", "KAZ", "KGZ", "TJK", "UZB", "BLR", "ARM")
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


@pytest.mark.parametrize("found", press_claims(), ids=lambda found: found.id)
def test_press_claim(found: PressClaim) -> None:
    """Each claim of the five articles comes to the verdict expected, for a reason that stands in the finding."""
    finding = shipped(found.organization).check(found.claim)

    assert finding.verdict is found.expected
    assert finding.lines
    assert finding.sources
    assert found.claim.quote is not None
    assert found.claim.quote in str(finding)
    json.dumps(finding.to_dict())


def test_the_seven_founding_states_match_no_founding() -> None:
    """They were the members in exactly one period, and founders at none of five dated stages."""
    (found,) = [one for one in press_claims() if one.id == "a1-founding-states"]
    finding = csto.check(found.claim)

    assert finding.verdict is Verdict.CONTRADICTED
    assert [str(period) for period in finding.periods] == ["[2006-08-16, 2012-12-19)"]
    assert [str(line) for line in finding.lines] == [
        "CST signature 1992-05-15: differs; without BLR",
        "CST entry into force 1994-04-20: differs; with AZE and with GEO",
        "CSTO decision 2002-05-14: differs; without UZB",
        "CSTO signature 2002-10-07: differs; without UZB",
        "CSTO entry into force 2003-09-18: differs; without UZB",
    ]


def test_armenia_suspended_depends_on_the_sense() -> None:
    """The freeze of 22 February, the Secretariat's denial and the readings are named."""
    (found,) = [one for one in press_claims() if one.id == "a2-armenia-suspended"]
    finding = csto.check(found.claim)
    text = str(finding)

    assert finding.verdict is Verdict.DEPENDS
    assert finding.true_under == ("basis active",)
    assert finding.false_under == ("the act 'suspend' itself", "basis legal", "basis nominal", "basis signed")
    assert "freeze 2024-02-22" in text
    assert "The Secretariat had received no notice from Yerevan" in text
    assert "CSTO Receives No Notices From Yerevan" in text


def test_three_withdrew_is_told_state_by_state() -> None:
    """Two were never members of the Organization, and of the third it depends on the basis."""
    (found,) = [one for one in press_claims() if one.id == "c6-three-withdrew"]
    lines = {line.about: line.text for line in csto.check(found.claim).lines}

    assert "so under" not in lines["AZE"]
    assert "so under" not in lines["GEO"]
    assert lines["UZB"].endswith("; so under basis legal, basis active, basis signed")


def _roster(states: tuple[str, ...], when: str, **more: object) -> Claim:
    """A claim that these states were the members."""
    return Claim(kind=ClaimKind.ROSTER, states=states, when=when, **more)  # type: ignore[arg-type] # as given


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (_roster(SIX, "2003-06-30"), Verdict.SUPPORTED),
        (_roster(SEVEN, "2003-06-30"), Verdict.CONTRADICTED),
        (_roster(SEVEN, "2010"), Verdict.SUPPORTED),
        (_roster(SEVEN, "2012"), Verdict.UNDETERMINED),
        (_roster(SEVEN, "2006-08-15"), Verdict.DEPENDS),
        (_roster(SEVEN, "2013"), Verdict.DEPENDS),
        (_roster(SIX[1:], "2025"), Verdict.DEPENDS),
        (_roster(("Kirgizia", "Россия"), "2010", complete=False), Verdict.SUPPORTED),
        (_roster(("UZB",), "2003", complete=False), Verdict.CONTRADICTED),
        (_roster(("AZE",), "1999", complete=False), Verdict.UNDETERMINED),
        (_roster(("AZE",), "1998", complete=False, era="CSTO"), Verdict.CONTRADICTED),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.SUSPENDED, when="2013"),
            Verdict.SUPPORTED,
        ),
        (
            Claim(kind=ClaimKind.STATUS, states=("ARM",), status=Status.SUSPENDED, when="2025"),
            Verdict.DEPENDS,
        ),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.FORMER, when="2013"),
            Verdict.DEPENDS,
        ),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.OBSERVER, when="2003"),
            Verdict.CONTRADICTED,
        ),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.MEMBER, when="2003"),
            Verdict.CONTRADICTED,
        ),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.MEMBER, when="2006"),
            Verdict.UNDETERMINED,
        ),
        (Claim(kind=ClaimKind.ACT, states=("UZB",), act=Act.JOIN, when="2006-08"), Verdict.SUPPORTED),
        (Claim(kind=ClaimKind.ACT, states=("UZB",), act=Act.JOIN, when="2006-06"), Verdict.DEPENDS),
        (Claim(kind=ClaimKind.ACT, states=("UZB",), act=Act.JOIN, when="2001"), Verdict.CONTRADICTED),
        (Claim(kind=ClaimKind.ACT, states=("GEO",), act=Act.WITHDRAW, when="1999"), Verdict.DEPENDS),
        (Claim(kind=ClaimKind.ACT, states=("GEO",), act=Act.LAPSE, when="1999"), Verdict.SUPPORTED),
        (Claim(kind=ClaimKind.ACT, states=("GEO",), act=Act.REAFFIRM, when="1999"), Verdict.CONTRADICTED),
        (Claim(kind=ClaimKind.FOUNDING, states=SIX), Verdict.DEPENDS),
        (Claim(kind=ClaimKind.FOUNDING, states=SIX, era="CSTO"), Verdict.SUPPORTED),
        (Claim(kind=ClaimKind.FOUNDING, when="1955"), Verdict.CONTRADICTED),
        (
            Claim(kind=ClaimKind.MILESTONE, instrument="charter", step=StepName.SIGNATURE, when="2002-10"),
            Verdict.SUPPORTED,
        ),
        (Claim(kind=ClaimKind.MILESTONE, instrument="charter", when="2002"), Verdict.DEPENDS),
        (Claim(kind=ClaimKind.MILESTONE, instrument="charter", when="2004"), Verdict.CONTRADICTED),
        (
            Claim(
                kind=ClaimKind.MILESTONE,
                instrument="council-2002",
                when="2002",
                body="collective security council",
            ),
            Verdict.SUPPORTED,
        ),
        (Claim(kind=ClaimKind.OFFICE, office="chair", states=("KAZ",), when="2024-06"), Verdict.SUPPORTED),
        (
            Claim(kind=ClaimKind.OFFICE, office="chair", states=("RUS",), when="2024-06"),
            Verdict.CONTRADICTED,
        ),
        (
            Claim(kind=ClaimKind.OFFICE, office="chair", states=("RUS",), when="2020-12-15"),
            Verdict.UNDETERMINED,
        ),
        (Claim(kind=ClaimKind.OFFICE, office="chair", states=("RUS",), when="2001"), Verdict.UNDETERMINED),
    ],
)
def test_verdict(claim: Claim, verdict: Verdict) -> None:
    """Each kind of claim reaches each verdict that it can."""
    assert csto.check(claim).verdict is verdict


def test_an_imprecise_record_leaves_a_claim_open() -> None:
    """What is known to the year only neither supports nor contradicts a claim about a month."""
    assembly = shipped("CSTO-PA")
    observed = Claim(kind=ClaimKind.ACT, states=("SRB",), act=Act.OBSERVE, when="2013-04")

    assert assembly.check(observed).verdict is Verdict.UNDETERMINED
    assert csto.reading(dating="any").check(_roster(SEVEN, "2006-07-01")).verdict is Verdict.UNDETERMINED


def test_an_undecided_status_is_not_taken_for_alike() -> None:
    """Where the record itself is open, a basis alone excuses no status; with a dating that decides it may."""
    claim = Claim(kind=ClaimKind.STATUS, states=("UZB",), status=Status.FORMER, when="2012-07-01")
    finding = csto.reading(dating="any").check(claim)

    assert finding.verdict is Verdict.DEPENDS
    assert set(finding.true_under) == {
        f"basis {basis}, dating {dating}"
        for basis in ("legal", "active", "signed")
        for dating in ("notice", "receipt")
    }


def test_an_era_without_steps_is_founded_on_its_effect() -> None:
    """Where no stage of an era is dated, its effect is the founding."""
    history = History(
        id="X",
        name="X",
        eras=(Era(id="E", name="E", effect=exact("2000-01-01"), sources=("s",)),),
        events=(Event(state="AAA", act=Act.JOIN, effect=exact("2000-01-01"), sources=("s",)),),
    )
    organization = build(
        Dataset(
            verified_through=exact("2020-01-01"),
            states=(State(iso3="AAA", english="Atlantis"),),
            sources=(Source(id="s", title="T", publisher="P", kind=SourceKind.PRESS),),
            histories=(history,),
        )
    )

    finding = organization.check(Claim(kind=ClaimKind.FOUNDING, states=("AAA",), when="2000"))
    doubtful = evolve(history, events=(evolve(history.events[0], effect=imprecise("2000")),))
    undecided = build(evolve(organization.dataset, histories=(doubtful,)))
    open_ = undecided.check(Claim(kind=ClaimKind.FOUNDING, states=("AAA",)))
    assert open_.verdict is Verdict.UNDETERMINED

    assert finding.verdict is Verdict.SUPPORTED
    assert [line.about for line in finding.lines] == ["E effect 2000-01-01"]


def test_a_roster_has_a_line_for_each_state() -> None:
    """Who agrees, who is missing and who is extra is told, and when the list was right."""
    finding = csto.check(_roster((*SIX[1:], "UZB"), "2003-06-30"))

    assert {line.about: line.agreement for line in finding.lines} == {
        "ARM": Agreement.MISSING,
        **dict.fromkeys(SIX[1:], Agreement.AGREES),
        "UZB": Agreement.EXTRA,
    }
    assert finding.periods == ()
    assert "UZB: extra; FORMER [1999-04-21, 2006-08-16)" in str(finding)


def test_a_wrong_date_gets_the_right_one() -> None:
    """A milestone, a founding, an act and a term dated wrongly are told with their dates."""
    wrong = [
        Claim(kind=ClaimKind.MILESTONE, instrument="treaty", step=StepName.SIGNATURE, when="1992-05-16"),
        Claim(kind=ClaimKind.FOUNDING, era="CST", when="1991"),
        Claim(kind=ClaimKind.ACT, states=("UZB",), act=Act.SUSPEND, when="2010"),
        Claim(kind=ClaimKind.OFFICE, office="secretary-general", person="Stanislav Zas", when="2024"),
    ]

    assert [csto.check(claim).dates for claim in wrong] == [
        ("signature 1992-05-15",),
        ("CST signature 1992-05-15", "CST entry into force 1994-04-20"),
        ("UZB suspend 2012-12-19", "UZB lapse 1999-04-21"),
        ("Stanislav Zas (BLR) [2020-01-01, 2023-01-01)",),
    ]


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (Claim(kind=ClaimKind.ROSTER, when="2003"), "a claim of kind 'roster' lacks states. Add it."),
        (
            Claim(kind=ClaimKind.STATUS, states=("UZB",)),
            "a claim of kind 'status' lacks status, when or said. Add it.",
        ),
        (Claim(kind=ClaimKind.FOUNDING), "a claim of kind 'founding' lacks states or when. Add it."),
        (
            Claim(kind=ClaimKind.OFFICE, office="chair", when="2010"),
            "a claim of kind 'office' lacks states or person. Add it.",
        ),
        (
            Claim(kind=ClaimKind.MILESTONE, instrument="chartre", when="2002"),
            "no instrument 'chartre'. Did you mean 'charter'? It holds aid-protocol-2007, charter, "
            "charter-protocol-2010, charter-protocols-2018, council-2002, council-2006, council-2012, council-2023, "
            "protocol-1999, protocol-2006, reaction-forces-2009, rules-2004, treaty, treaty-protocol-2010, "
            "un-observer.",
        ),
        (
            Claim(kind=ClaimKind.MILESTONE, instrument="council-2002", step=StepName.DEPOSIT, when="2002"),
            "'council-2002' has no dated deposit. Its stages are decision.",
        ),
    ],
)
def test_a_claim_that_says_too_little_is_refused(claim: Claim, message: str) -> None:
    """What is missing is named."""
    with pytest.raises(ClaimError) as caught:
        csto.check(claim)
    assert str(caught.value) == message


def test_an_unknown_state_in_a_claim_is_refused() -> None:
    """A list with a name that is no state's anywhere raises like any question."""
    with pytest.raises(StateError, match="no state 'Atlantis' in CSTO"):
        csto.check(_roster(("Atlantis",), "2003"))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (_roster(("RUS", "Украина"), "2010", complete=False), "UKR: extra; OUTSIDE (..., ...)"),
        (_roster((*SIX, "TM"), "2010"), "TKM: extra; OUTSIDE (..., ...)"),
        (
            Claim(kind="status", states=("صربيا",), status="observer", when="2015"),
            "SRB: differs; OUTSIDE (..., ...)",
        ),
        (
            Claim(kind="act", states=("Moldova",), act="join", when="1992"),
            "MDA: differs; no act of it is recorded",
        ),
        (
            Claim(kind="founding", states=(*SIX, "UKR"), era="CSTO"),
            "CSTO decision 2002-05-14: differs; without UKR",
        ),
    ],
)
def test_a_state_that_never_acted_is_judged(claim: Claim, text: str) -> None:
    """The commonest press error, a state that was never in, is contradicted and not refused."""
    finding = csto.check(claim)

    assert finding.verdict is Verdict.CONTRADICTED
    assert text in map(str, finding.lines)


def test_words_may_be_given_as_text() -> None:
    """Text and words of the library make equal claims."""
    assert Claim(kind="act", act="lapse", step="notice", status="frozen", states="UZB", said="2012") == Claim(
        kind=ClaimKind.ACT,
        act=Act.LAPSE,
        step=StepName.NOTICE,
        status=Status.FROZEN,
        states=("UZB",),
        said=imprecise("2012"),
    )
    suspended = Claim(kind="act", states=("UZB",), act="suspend", when=date(2012, 12, 19))
    assert csto.check(suspended).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"kind": "acts"},
            "no kind of claim 'acts'. Did you mean 'act'? There are roster, status, act, founding, milestone, office.",
        ),
        (
            {"kind": "act", "act": "left"},
            "no act 'left'. There are sign, join, reaffirm, freeze, suspend, resume, lapse, withdraw, expel, observe.",
        ),
        (
            {"kind": "status", "status": "gone"},
            "no status 'gone'. There are OUTSIDE, OBSERVER, SIGNATORY, MEMBER, FROZEN, SUSPENDED, FORMER.",
        ),
        (
            {"kind": "roster", "when": 2012},
            "expected a day, month or year as text, got 2012. Write '2012'.",
        ),
    ],
)
def test_a_wrong_word_in_a_claim_is_refused(fields: dict[str, Any], message: str) -> None:
    """A wrong kind, act, status or time is told when the claim is made."""
    with pytest.raises(ClaimError) as caught:
        Claim(**fields)
    assert str(caught.value) == message


def test_the_last_day_in_force_is_a_sense_of_an_end() -> None:
    """The press dates an end by the last day in force; the record by the first day outside."""
    finding = csto.check(Claim(kind="act", states=("AZE",), act="lapse", when="1999-04-20"))

    assert finding.verdict is Verdict.DEPENDS
    assert finding.true_under == ("its last day",)


@pytest.mark.parametrize(
    ("person", "verdict"),
    [
        ("Bordyuzha", Verdict.SUPPORTED),
        ("nikolai BORDYUZHA", Verdict.SUPPORTED),
        ("Stanislav Zas", Verdict.CONTRADICTED),
        ("Николай Бордюжа", Verdict.SUPPORTED),
        ("نيكولاي بورديوجا", Verdict.SUPPORTED),
        ("Зась", Verdict.CONTRADICTED),
        ("Nikolai Zas", Verdict.UNDETERMINED),
        ("Владимир Путин", Verdict.UNDETERMINED),
    ],
)
def test_a_holder_is_known_by_the_names_of_the_record(person: str, verdict: Verdict) -> None:
    """The last name will do; a name that is in no record is no contradiction."""
    claim = Claim(kind="office", office="secretary-general", person=person, when="2010")

    assert csto.check(claim).verdict is verdict


@given(st.data(), datasets(states=3), st.sampled_from(BASES))
def test_the_librarys_own_roster_is_always_supported(
    data: st.DataObject, dataset: Dataset, basis: str | Status
) -> None:
    """A claim made from the answer is SUPPORTED; with a state more or less it never is."""
    organization = build(dataset).reading(basis=basis)
    day: date = data.draw(edge_days(organization))
    roster = organization.members_on(day)
    members = tuple(str(code) for code in roster.codes())
    if roster.possible or not organization.states:
        return
    if members:
        finding = organization.check(_roster(members, day.isoformat()))
        assert finding.verdict is Verdict.SUPPORTED
        assert any(day in period for period in finding.periods)
    for state in organization.states:
        others = tuple(code for code in members if code != state.iso3)
        changed = others if state in roster else (*members, state.iso3)
        if changed:
            assert organization.check(_roster(changed, day.isoformat())).verdict is not Verdict.SUPPORTED


ARTICLE = """\
articles:
  a: {publisher: P, said: 2022-01-17, lang: ar}
claims:
  c:
    article: a
    quote: Q
    translation: T
    kind: roster
    states: [RUS]
    expected: supported
    reason: R
"""


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (
            ("quote: Q", f"quote: {'w ' * 26}"),
            ("claims.yaml:6:12: a quotation of 26 words. Keep it to 25. [CM025]",),
        ),
        (("article: a", "article: b"), ("claims.yaml:5:14: no article 'b'. Add it. [CM014]",)),
        (
            ("kind: roster", "kind: rooster"),
            (
                "claims.yaml:8:11: kind: 'rooster' is unknown. Did you mean 'roster'? Write one of roster, status, "
                "act, founding, milestone, office. [CM011]",
            ),
        ),
        (
            ("states: [RUS]", "status: member"),
            (
                "claims.yaml:9:13: status: 'member' is unknown. Write one of OUTSIDE, OBSERVER, SIGNATORY, MEMBER, "
                "FROZEN, SUSPENDED, FORMER. [CM011]",
            ),
        ),
        (
            ("states: [RUS]", "complete: maybe"),
            ("claims.yaml:9:15: complete: 'maybe' is unknown. Write one of yes, no. [CM011]",),
        ),
        (
            ("said: 2022-01-17", "said: 17/1/2022"),
            (
                "claims.yaml:2:27: said: '17/1/2022' is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, "
                "a year as YYYY, or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]. [CM010]",
            ),
        ),
        (("    reason: R\n", ""), ("claims.yaml:5:5: claim 'c' lacks 'reason'. Add it. [CM008]",)),
        (
            ("  a: {publisher: P, said: 2022-01-17, lang: ar}", "  a: P"),
            (
                "claims.yaml:2:6: article 'a' is to be a mapping, with a name and a colon on each line. [CM009]",
                "claims.yaml:5:14: no article 'a'. Add it. [CM014]",
            ),
        ),
        (
            ("  c:\n", "  c: C\n  d:\n"),
            ("claims.yaml:4:6: claim 'c' is to be a mapping, with a name and a colon on each line. [CM009]",),
        ),
    ],
)
def test_a_file_of_claims_is_read_strictly(change: tuple[str, str], problems: tuple[str, ...]) -> None:
    """The reader of facts reads claims, too: every fault with its place."""
    text = ARTICLE.replace(*change)

    with pytest.raises(DatasetError) as caught:
        read_claims(text.encode(), "claims.yaml")

    assert caught.value.problems == problems


def test_a_file_that_is_no_claims_is_refused() -> None:
    """Text that is no YAML, and a list, are refused at their place."""
    for text in ("[", "- a"):
        with pytest.raises(DatasetError, match=r"^claims\.yaml:[12]:1: "):
            read_claims(text.encode(), "claims.yaml")


def test_claims_are_read_from_a_file(tmp_path: Path) -> None:
    """One's own claims are read like those that are shipped."""
    file = tmp_path / "claims.yaml"
    file.write_text(ARTICLE.replace("states:", "status: MEMBER\n    states:"), encoding="utf-8")

    (found,) = press_claims(file)

    assert found.claim == Claim(
        kind=ClaimKind.ROSTER,
        states=("RUS",),
        status=Status.MEMBER,
        said=exact("2022-01-17"),
        by="P",
        lang="ar",
        quote="Q",
        translation="T",
    )
    assert found.article.said == imprecise("2022-01-17")


def test_a_finding_prints_without_a_quotation() -> None:
    """A claim without words of its own is told by its lines; an unnamed one by its quotation."""
    assert str(csto.check(_roster(SIX, "2003"))).startswith("SUPPORTED\nCompared:\n- ARM: agrees; MEMBER [")
    quoted = Claim(kind=ClaimKind.ROSTER, states=SIX, when="2003", quote="six")
    assert str(csto.check(quoted)).startswith("SUPPORTED\nClaim: six (unnamed)\n")


def test_no_quotation_is_longer_than_25_words() -> None:
    """Every shipped quotation is short, and every article of the five has a claim."""
    claims = press_claims()

    assert all(len((found.claim.quote or "").split()) <= 25 for found in claims)
    assert len({found.article.id for found in claims}) == 5


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"kind": "status", "states": "RUS", "status": "frozen", "when": "2024"}, Verdict.CONTRADICTED),
        ({"kind": "status", "states": "RUS", "status": "suspended", "when": "2024"}, Verdict.CONTRADICTED),
        ({"kind": "status", "states": "ARM", "status": "former", "when": "2025"}, Verdict.CONTRADICTED),
        ({"kind": "status", "states": "ARM", "status": "member", "when": "2025"}, Verdict.DEPENDS),
        ({"kind": "status", "states": "KGZ", "status": "member", "when": "1993"}, Verdict.DEPENDS),
        ({"kind": "status", "states": "UZB", "status": "observer", "when": "2015"}, Verdict.CONTRADICTED),
        ({"kind": "act", "states": "RUS", "act": "resume", "when": "1994"}, Verdict.CONTRADICTED),
        ({"kind": "act", "states": "ARM", "act": "expel", "when": "2024-02"}, Verdict.CONTRADICTED),
        ({"kind": "act", "states": "UZB", "act": "lapse", "when": "2012"}, Verdict.CONTRADICTED),
        ({"kind": "act", "states": "UZB", "act": "withdraw", "when": "2012"}, Verdict.DEPENDS),
        (
            {"kind": "act", "states": "AZE", "act": "lapse", "when": "1999", "era": "CSTO"},
            Verdict.CONTRADICTED,
        ),
        (
            {"kind": "act", "states": "AZE", "act": "join", "when": "1994", "era": "CSTO"},
            Verdict.CONTRADICTED,
        ),
        ({"kind": "act", "states": "RUS", "act": "reaffirm", "when": "1999"}, Verdict.SUPPORTED),
        (
            {"kind": "office", "office": "chair", "states": "RUS", "when": "[2024-12..2025-02]"},
            Verdict.CONTRADICTED,
        ),
        (
            {"kind": "office", "office": "secretary-general", "states": "RUS", "when": "[2016-12..2017-02]"},
            Verdict.SUPPORTED,
        ),
        (
            {"kind": "office", "office": "secretary-general", "person": "Zas", "when": "2018"},
            Verdict.CONTRADICTED,
        ),
    ],
)
def test_a_reading_excuses_only_what_people_mean(fields: dict[str, Any], verdict: Verdict) -> None:
    """A claim depends on a sense only where the recorded status or act is commonly called so."""
    assert csto.check(Claim(**fields)).verdict is verdict


CALLED = {
    "SIGNATORY": {"MEMBER"},
    "FROZEN": {"MEMBER", "SUSPENDED"},
    "SUSPENDED": {"MEMBER", "FROZEN", "FORMER"},
}


def test_a_status_is_never_excused_outside_the_table_of_senses() -> None:
    """For every state and year, a wrong status depends on the basis only where the table says so."""
    for year in range(1992, 2026):
        day = f"{year}-07-01"
        for state in csto.states:
            recorded = str(csto.status_on(state, day))
            for status in Status:
                claim = Claim(kind="status", states=state.iso3, status=status, when=day)
                verdict = csto.check(claim).verdict
                if str(status) == recorded:
                    assert verdict is Verdict.SUPPORTED
                elif verdict is Verdict.DEPENDS:
                    under = csto.check(claim).true_under[0]
                    if "dating" in under:
                        dating = under.rpartition(" ")[2]
                        recorded_then = str(csto.reading(dating=dating).status_on(state, day))
                    else:
                        recorded_then = recorded
                    assert str(status) in {recorded_then, *CALLED.get(recorded_then, set())}
                else:
                    assert verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "act", "states": "RUS", "act": "withdraw", "when": "2030"},
        {"kind": "milestone", "instrument": "treaty", "when": "2035"},
        {"kind": "founding", "when": "2030"},
        {"kind": "office", "office": "chair", "states": "RUS", "when": "2030"},
    ],
)
def test_a_claim_about_the_future_is_not_judged(fields: dict[str, Any]) -> None:
    """Past the horizon nothing is known, whatever the kind of the claim."""
    with pytest.raises(BeyondHorizonError):
        csto.check(Claim(**fields))


def test_a_claim_is_judged_by_what_was_known() -> None:
    """Under known_on an act, a stage or a founding that nobody knew of supports nothing."""
    then = csto.reading(known_on="2012-07-01")

    left = Claim(kind="act", states="UZB", act="suspend", said="2012-06-30")
    assert then.check(left).verdict is Verdict.DEPENDS
    assert then.check(left).true_under[0].startswith("basis legal, dating notice")
    early = csto.reading(known_on="1999-01-01")
    assert early.check(Claim(kind="founding", states=SIX)).verdict is Verdict.CONTRADICTED
    with pytest.raises(ClaimError, match=r"^'charter' has no dated stage\. Its stages are none by then\.$"):
        early.check(Claim(kind="milestone", instrument="charter", when="1998"))


def test_an_era_that_never_was_is_refused() -> None:
    """A founding in an unknown era raises like any reading."""
    with pytest.raises(ReadingError, match="CSTO has no era 'FOO'"):
        csto.check(Claim(kind="founding", when="1992", era="FOO"))


def test_a_wrong_act_is_told_with_what_is_disputed_about_that_time() -> None:
    """Whoever dates a withdrawal to 28 June 2012 is shown the dispute about that very day."""
    finding = csto.check(Claim(kind="act", states="UZB", act="withdraw", when="2012-06-28"))

    assert any("left the Organization on 28 June 2012" in dispute.says for dispute in finding.disputes)
    assert finding.dates[0] == "UZB suspend 2012-12-19"


def test_an_open_founding_and_several_verdicts() -> None:
    """Where a roster is open so is the founding; of several states the gravest verdict counts."""
    doubtful = csto.reading(dating="any")
    seven = Claim(kind="founding", states=(*SIX, "AZE", "GEO", "UZB"), era="CST")
    assert csto.check(seven).verdict is Verdict.DEPENDS
    assert doubtful.check(seven).verdict is Verdict.DEPENDS
    mixed = Claim(kind="act", states=("GEO", "RUS"), act="lapse", when="1999")
    assert csto.check(mixed).verdict is Verdict.CONTRADICTED


def _terms(*terms: str) -> Organization:
    """An organization with an office and these terms."""
    text = f"""
verified_through: 2020-01-01
states: {{AAA: {{name: Atlantis}}}}
organizations:
  X:
    name: X
    events: {{AAA: [{{act: join, effect: 1990-01-01, sources: [s]}}]}}
    offices:
      head:
        name: Head
        terms: [{", ".join(terms)}]
sources: {{s: {{title: T, publisher: P, kind: press}}}}
"""
    return build(read(text.encode(), "atlantis.yaml"))


def test_an_office_with_a_gap_is_not_held_throughout() -> None:
    """A term before and a term after it do not make up for the year between them."""
    organization = _terms(
        "{state: AAA, effect: 2000-01-01, end: 2001-01-01, sources: [s]}",
        "{state: AAA, effect: 2002-01-01, end: 2003-01-01, sources: [s]}",
    )

    def judged(when: str) -> Verdict:
        return organization.check(Claim(kind="office", office="head", states="AAA", when=when)).verdict

    assert judged("[2000..2002]") is Verdict.UNDETERMINED
    assert judged("[2000-12..2001-01-01]") is Verdict.UNDETERMINED
    assert judged("2000") is Verdict.SUPPORTED
    assert judged("2002") is Verdict.SUPPORTED


def test_an_office_is_open_from_the_last_day_on_which_a_term_may_have_ended() -> None:
    """After an imprecise end the next term may begin too late, too."""
    organization = _terms(
        "{state: AAA, effect: 2000-01-01, end: '[2001-01-01..2001-01-09]', sources: [s]}",
        "{state: AAA, effect: 2001-01-10, sources: [s]}",
    )

    claim = Claim(kind="office", office="head", states="AAA", when="[2000-12-01..2001-01-31]")
    assert organization.check(claim).verdict is Verdict.UNDETERMINED


def test_an_office_without_persons_knows_no_name() -> None:
    """The error does not list a name that is not there."""
    organization = _terms("{state: AAA, effect: 2000-01-01, sources: [s]}")
    finding = organization.check(Claim(kind="office", office="head", person="Putin", when="2001"))

    assert str(finding.lines[0]) == (
        "head: undecided; 'Putin' is no name in the record, which names no persons"
    )


def test_a_founding_of_which_nothing_is_recorded_is_left_open() -> None:
    """No evidence contradicts nothing."""
    assert csto_pa.check(Claim(kind="founding", when="2006")).verdict is Verdict.UNDETERMINED
    early = csto.reading(known_on="1991-01-01")
    assert early.check(Claim(kind="founding", when="1990")).verdict is Verdict.UNDETERMINED


def test_a_list_that_is_true_when_two_things_change_depends_on_them() -> None:
    """Those who had signed by 30 April 1993, counting announcements: true under a basis with a dating."""
    seven = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB")
    finding = csto.check(Claim(kind="roster", states=seven, when="1993-04-30"))

    assert finding.verdict is Verdict.DEPENDS
    assert finding.true_under == ("basis signed, dating announcement",)
    assert csto.check(Claim(kind="roster", states=(*seven, "UKR"), when="1993-04-30")).verdict is (
        Verdict.CONTRADICTED
    )


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("the Collective Security Council", Verdict.SUPPORTED),
        ("CSC", Verdict.SUPPORTED),
        ("Council of Foreign Ministers", Verdict.CONTRADICTED),
        ("Совет коллективной безопасности", Verdict.UNDETERMINED),
        ("مجلس الأمن الجماعي", Verdict.UNDETERMINED),
    ],
)
def test_a_body_is_known_by_its_english_name(body: str, verdict: Verdict) -> None:
    """What cannot be compared is left open; a wrong year stays wrong."""
    claim = Claim(kind="milestone", instrument="council-2002", when="2002", body=body)
    assert csto.check(claim).verdict is verdict
    wrong = Claim(kind="milestone", instrument="council-2002", when="2003", body=body)
    assert csto.check(wrong).verdict is Verdict.CONTRADICTED


def test_a_body_that_is_not_recorded_is_left_open() -> None:
    """Of the Charter no body is recorded."""
    claim = Claim(
        kind="milestone", instrument="charter", step="signature", when="2002", body="the Parliament"
    )
    finding = csto.check(claim)

    assert finding.verdict is Verdict.UNDETERMINED
    assert str(finding.lines[-1]) == "charter: undecided; adopted by: no body is recorded"


def test_an_ambiguous_code_in_a_claim_is_refused() -> None:
    """A code that means two states is no state that never acted."""
    for code in ("530", "704"):
        with pytest.raises(StateError, match="is ambiguous"):
            csto.check(Claim(kind="roster", states=("RUS", code), when="2003"))
    with pytest.raises(StateError, match="expected a state's code or name, got None"):
        csto.check(Claim(kind="roster", states=("RUS", None), when="2003"))  # type: ignore[arg-type] # what is refused


def test_a_moment_is_no_time_of_a_claim() -> None:
    """As in any other question, a moment with a zone and NaT are refused."""
    with pytest.raises(DayError, match="expected a day, got the moment 2012-12-19T00:00:00"):
        Claim(kind="roster", states="RUS", when=datetime(2012, 12, 19, tzinfo=UTC))
    naive = datetime.fromisoformat("2012-12-19T09:00")
    assert Claim(kind="roster", states="RUS", when=naive).when == "2012-12-19"


def test_the_last_year_of_the_calendar_is_past_the_horizon() -> None:
    """It is refused like any other."""
    with pytest.raises(BeyondHorizonError, match="9999 reaches past"):
        csto.check(Claim(kind="roster", states="RUS", when="9999"))
    extrapolated = csto.reading(extrapolate=True)
    claim = Claim(kind="roster", states="RUS", when="9999", complete=False)
    assert extrapolated.check(claim).verdict is Verdict.SUPPORTED


def test_a_finding_numbers_its_sources() -> None:
    """Who says what is told by the number of the source."""
    finding = csto.check(Claim(kind="act", states="UZB", act="withdraw", when="2012-06-28"))
    number = [source.id for source in finding.sources].index("kun-uz-2021") + 1

    assert (
        f"Uzbekistan left the Organization on 28 June 2012 and is not a member [{number}]. A suspension"
        in str(finding)
    )
    assert f"- [{number}] " in str(finding)
    assert {"sources": ["kun-uz-2021"]}.items() <= dict(finding.to_dict()["disputes"][0]).items()  # type: ignore[index] # a list of mappings


def test_the_last_day_in_force_has_its_sources() -> None:
    """A claim that dates an end by its last day turns on the act of the next."""
    finding = csto.check(Claim(kind="act", act="lapse", states=["GEO"], when="1999-04-20"))

    assert finding.true_under == ("its last day",)
    assert "protocol-1999-text" in {source.id for source in finding.sources}


def test_an_act_that_ends_nothing_has_no_last_day() -> None:
    """A claim that dates a beginning by the day before does not turn on the act of the next."""
    claim = Claim(kind="act", act="reaffirm", states=["RUS"], when="1999-04-01")

    assert csto.check(claim).sources == ()


@pytest.mark.parametrize("dating", ["decision", "ratification"])
def test_the_effective_date_is_tried_whichever_is_asked(dating: str) -> None:
    """A claim that fits the default reading depends on the reading, even where that is not the one asked."""
    claim = Claim(kind="act", states="UZB", act="join", when="2006-08-16")

    finding = csto.reading(dating=dating).check(claim)
    assert finding.verdict is Verdict.DEPENDS
    assert finding.true_under[0] == "basis legal, dating effect"


def test_every_basis_is_tried_with_every_dating() -> None:
    """In 1993 Kazakhstan alone had ratified: under the legal basis, too, where another was asked."""
    claim = Claim(kind="roster", states="KAZ", when="1993-06-30")

    assert csto.reading(basis="signed", dating="decision").check(claim).true_under == (
        "basis legal, dating ratification",
        "basis active, dating ratification",
        "basis nominal, dating ratification",
    )


@pytest.mark.parametrize("when", ["2003?", "2003~", "2003%"])
def test_a_qualified_time_is_judged_like_the_time(when: str) -> None:
    """That a writer was unsure of a date makes no other days of it."""
    assert csto.check(Claim(kind="roster", states=SIX, when=when)).verdict is Verdict.SUPPORTED


def test_a_source_that_came_later_is_not_cited() -> None:
    """Under known_on an instrument is told without the sources of later."""
    claim = Claim(kind="milestone", instrument="treaty", when="1992")
    then = csto.reading(known_on="1999-01-01").check(claim)

    assert then.verdict is csto.check(claim).verdict
    assert all(source.date and source.date.earliest <= date(1999, 1, 1) for source in then.sources)
    assert len(csto.check(claim).sources) > len(then.sources)


@pytest.mark.parametrize(
    ("fields", "under"),
    [
        ({"act": "withdraw", "states": "UZB", "when": "2012-06-28"}, "basis legal, dating receipt"),
        ({"act": "suspend", "states": "UZB", "when": "2012-06-28"}, "basis legal, dating receipt"),
        ({"act": "withdraw", "states": "AZE", "when": "1999-04-20"}, "basis legal, its last day"),
        ({"act": "lapse", "states": "AZE", "when": "1999-04-20"}, "its last day"),
    ],
)
def test_another_act_on_another_date_is_a_sense(fields: dict[str, Any], under: str) -> None:
    """What is called so may be dated by another step, or by its last day."""
    finding = csto.check(Claim(kind="act", **fields))

    assert finding.verdict is Verdict.DEPENDS
    assert under in finding.true_under


def test_nobody_is_called_nothing() -> None:
    """A name without letters is in no record."""
    claim = Claim(kind="office", office="secretary-general", person=" ", when="2018-06-01")
    assert csto.check(claim).verdict is Verdict.UNDETERMINED
