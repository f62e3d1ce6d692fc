"""The shipped file: every known accession and exit, with the source it rests on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from csto_membership import Answer, Status, csto, csto_pa
from csto_membership._facts.statuses import BASES
from tests.oracles import diary

GOLDEN = Path(__file__).parents[1] / "golden" / "changes.txt"
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
DATINGS: tuple[str | tuple[str, ...], ...] = (
    "effect",
    "any",
    "decision",
    "announcement",
    "signature",
    ("notice", "ratification"),
    ("accession", "entry_into_force"),
)

TRANSITIONS = [
    *((code, "1992-05-15", "OUTSIDE", "SIGNATORY", "mfa-by-csto") for code in ("ARM", "KAZ", "KGZ", "RUS")),
    *((code, "1992-05-15", "OUTSIDE", "SIGNATORY", "mfa-by-csto") for code in ("TJK", "UZB")),
    ("AZE", "1993-09-24", "OUTSIDE", "SIGNATORY", "wikipedia-2006"),
    ("GEO", "1993-12-09", "OUTSIDE", "SIGNATORY", "gibler-alliances"),
    ("BLR", "1993-12-31", "OUTSIDE", "SIGNATORY", "gibler-alliances"),
    *(
        (code, "1994-04-20", "SIGNATORY", "MEMBER", "adilet-1999-protocol")
        for code in (*SIX, "AZE", "GEO", "UZB")
    ),
    *((code, "1999-04-21", "MEMBER", "FORMER", "protocol-1999-text") for code in ("AZE", "GEO", "UZB")),
    ("UZB", "2006-08-16", "FORMER", "MEMBER", "tass-2012-06-28"),
    ("UZB", "2012-12-19", "MEMBER", "SUSPENDED", "tass-2012-12-19"),
    ("ARM", "2024-02-22", "MEMBER", "FROZEN", "novaya-gazeta-2024-02-23"),
]


@pytest.mark.parametrize(("code", "day", "before", "after", "source"), TRANSITIONS)
def test_transition(code: str, day: str, before: str, after: str, source: str) -> None:
    """The status changes on this day, not on the day before or after it, and a source says so."""
    first = date.fromisoformat(day)
    yesterday, tomorrow = first - timedelta(days=1), first + timedelta(days=1)

    assert str(csto.status_on(code, yesterday)) == before
    assert str(csto.status_on(code, first)) == after
    assert str(csto.status_on(code, tomorrow)) == after
    (change,) = csto.changes(day, tomorrow, state=code)
    assert change.event is not None
    assert source in change.event.sources


def test_there_are_no_other_transitions() -> None:
    """The table above holds every change of status that the file knows."""
    found = {(change.state.iso3, str(change.day)) for change in csto.changes()}

    assert found == {(code, day) for code, day, *_ in TRANSITIONS}
    assert len(csto.changes()) == len(TRANSITIONS)


@pytest.mark.parametrize("dating", DATINGS, ids=str)
def test_every_day_agrees_with_a_diary(dating: str | tuple[str, ...]) -> None:
    """For every state, every day from 1991 to the horizon and every basis the answer is the diary's."""
    first, last = date(1991, 1, 1).toordinal(), csto.horizon.toordinal()
    answers = {basis: csto.reading(dating=dating, basis=basis) for basis in BASES}
    read = answers["legal"]

    for state in read.states:
        told = diary(read.events(state), dating, first, last)
        for ordinal, status in enumerate(told, start=first):
            day = date.fromordinal(ordinal)
            assert read.status_on(state, day) == status
            for basis, counted in BASES.items():
                undecided = Answer.UNKNOWN if status & counted else Answer.NO
                expected = undecided if status & ~counted else Answer.YES
                assert answers[basis].was_member(state, day) is expected


def test_done_means() -> None:
    """The questions with which the library was asked for have these answers."""
    assert csto.members_on("2003-06-30").codes() == SIX
    assert csto.was_member("UZB", "2003-06-30") is Answer.NO
    assert csto.reading(dating="decision").was_member("UZB", "2006-07-01") is Answer.YES
    assert csto.was_member("UZB", "2006-07-01") is Answer.NO
    assert csto.reading(dating="any").was_member("UZB", "2006-07-01") is Answer.UNKNOWN
    assert csto.was_member("ARM", "2025-01-01") is Answer.YES
    assert csto.reading(basis="active").was_member("ARM", "2025-01-01") is Answer.NO
    assert csto.was_member("AZE", "1999") is Answer.UNKNOWN
    assert csto.reading(era="CSTO").was_member("AZE", "1998-01-01") is Answer.NO


def test_uzbekistan_in_2003_explains_lapse_and_return() -> None:
    """The explanation of a no in 2003 tells of the lapse of 1999 and the return of 2006, with sources."""
    text = csto.explain("UZB", "2003-06-30").text(full=True)

    assert text.startswith(
        "UZB (Uzbekistan) was neither a party to the Collective Security Treaty nor a member of the "
    )
    assert "Before: lapse, effect 21 April 1999" in text
    assert "After: join, effect 16 August 2006" in text
    assert "http://tass.com/archive/678014" in text


@pytest.mark.parametrize(
    ("basis", "arm_2025", "uzb_2013", "arm_1993"),
    [
        ("legal", Answer.YES, Answer.NO, Answer.NO),
        ("active", Answer.NO, Answer.NO, Answer.NO),
        ("nominal", Answer.YES, Answer.YES, Answer.NO),
        ("signed", Answer.YES, Answer.NO, Answer.YES),
    ],
)
def test_basis(basis: str, arm_2025: Answer, uzb_2013: Answer, arm_1993: Answer) -> None:
    """Each basis counts the statuses that its row in the design says."""
    read = csto.reading(basis=basis)

    assert read.was_member("ARM", "2025-01-01") is arm_2025
    assert read.was_member("UZB", "2013-01-01") is uzb_2013
    assert read.was_member("ARM", "1993-01-01") is arm_1993


@pytest.mark.parametrize(
    ("dating", "day"),
    [
        ("decision", "2006-06-23"),
        ("effect", "2006-08-16"),
        ("signature", "2006-08-16"),
        ("ratification", "2006-12-13"),
        ("accession", "2008-03-28"),
    ],
)
def test_return_of_uzbekistan_by_each_step(dating: str, day: str) -> None:
    """Each step of the return is the first day of the second membership under its dating."""
    read = csto.reading(dating=dating)
    first = date.fromisoformat(day)

    assert read.was_member("UZB", first - timedelta(days=1)) is Answer.NO
    assert read.was_member("UZB", first) is Answer.YES


def test_what_was_public_on_the_first_of_july_2012() -> None:
    """By then the note was public and the suspension was not: nominal and legal agree, a notice dating differs."""
    then = csto.reading(known_on="2012-07-01")

    assert then.was_member("UZB", "2012-07-01") is Answer.YES
    assert [str(event.act) for event in then.events("UZB")][-1] == "suspend"
    assert then.reading(dating="notice").status_on("UZB", "2012-07-01") is Status.SUSPENDED
    assert [str(e.act) for e in csto.reading(known_on="2012-06-27").events("UZB")][-1] == "join"
    assert "not yet in effect" in str(then.explain("UZB", "2012-07-01"))
    assert "2012-12-19" not in str(then.explain("UZB", "2012-07-01")).split("Sources")[0]


def test_the_treaty_and_the_organization_are_two_eras() -> None:
    """Azerbaijan was a member in the era of the Treaty and never in that of the Organization."""
    assert [str(spell.status) for spell in csto.reading(era="CSTO").spells("AZE")] == ["OUTSIDE"]
    assert csto.reading(era="CST").was_member("AZE", "1998-01-01") is Answer.YES
    assert csto.reading(era="CST").was_member("RUS", "2003-09-17") is Answer.YES
    assert csto.reading(era="CST").was_member("RUS", "2003-09-18") is Answer.NO
    assert csto.reading(era="CSTO").was_member("RUS", "2003-09-17") is Answer.NO
    assert csto.reading(era="CSTO").was_member("RUS", "2003-09-18") is Answer.YES
    assert csto.reading(era="CSTO", dating="decision").was_member("RUS", "2002-05-14") is Answer.YES
    assert csto.reading(era="CSTO", dating="any").was_member("RUS", "2003-01-01") is Answer.UNKNOWN


def test_observers_of_the_assembly_are_known_to_the_year_or_the_month() -> None:
    """In 2013 it is open from which day Serbia observed; afterwards it did; it never was a member.

    Of Afghanistan the month is known: it did not observe in March of that year, and did in May.
    """
    observing = csto_pa.reading(basis=Status.OBSERVER)

    assert observing.was_member("SRB", "2012-12-31") is Answer.NO
    assert observing.was_member("SRB", "2013-06-30") is Answer.UNKNOWN
    assert observing.was_member("SRB", "2014-01-01") is Answer.YES
    assert csto_pa.was_member("SRB", "2014-01-01") is Answer.NO
    assert observing.was_member("AFG", "2013-03-31") is Answer.NO
    assert observing.was_member("AFG", "2013-04-15") is Answer.UNKNOWN
    assert observing.was_member("AFG", "2013-05-01") is Answer.YES


def test_every_source_is_cited_and_every_act_has_one() -> None:
    """No source stands in the file for nothing, and no act without one."""
    dataset = csto.dataset
    cited = {source.id for one in (csto, csto_pa) for source in one.sources()}
    cited |= {name for state in dataset.states for name in state.sources}
    cited |= {name for instrument in dataset.instruments for name in instrument.sources}
    cited |= {name for one in dataset.instruments for signed in one.signatures for name in signed.sources}
    for history in dataset.histories:
        for participation in history.participations:
            cited |= {name for part in participation.participants for name in part.sources}
            cited |= {
                name for dispute in participation.disputes for name in (*dispute.sources, *dispute.against)
            }
            cited.update(participation.sources)
        cited |= {name for era in history.eras for name in era.sources}
        cited |= {name for office in history.offices for term in office.terms for name in term.sources}
        for one in history.participations:
            cited |= {
                *one.sources,
                *(name for participant in one.participants for name in participant.sources),
            }
            cited |= {name for told in one.disputes for name in (*told.sources, *told.against)}

    assert cited >= {source.id for source in dataset.sources}
    assert all(event.sources for one in (csto, csto_pa) for event in one.events())


def test_who_sent_troops_to_kazakhstan_in_2022() -> None:
    """Five states sent them, on the days from the first arrival to the last aircraft, at the request of a sixth."""
    (operation,) = csto.participations("operation")
    sent = {one.state for one in csto.participants("kazakhstan-2022") if one.capacity == "contributor"}

    assert sent == {"ARM", "BLR", "KGZ", "RUS", "TJK"}
    assert (str(operation.effect), str(operation.end), operation.host) == ("2022-01-06", "2022-01-20", "KAZ")


@pytest.mark.parametrize(
    ("session", "states", "guests"),
    [
        ("minsk-2006", SIX, {"UZB"}),
        ("moscow-2009-06", (*SIX[:1], *SIX[2:], "UZB"), set[str]()),
        ("video-2021-08", SIX, {"UZB"}),
        ("video-2022-01", SIX, set[str]()),
        ("bishkek-2025", SIX[1:], set[str]()),
    ],
)
def test_who_sat_at_a_session(session: str, states: tuple[str, ...], guests: set[str]) -> None:
    """Belarus stayed away in June 2009 and Armenia in November 2025; Uzbekistan came twice as a guest."""
    seats = csto.participants(session)

    assert {one.state for one in seats if one.capacity == "member"} == set(states)
    assert {one.state for one in seats if one.capacity == "guest"} == guests


def test_the_last_day_says_who_is_a_member() -> None:
    """On the last day verified the six are members, and five of them take part."""
    assert csto.latest().codes() == SIX
    assert csto.reading(basis="active").latest().codes() == SIX[1:]


def test_golden_changes() -> None:
    """The dump of all changes, for a reviewer to read, is up to date."""
    lines = [f"{one.history.id} {change}" for one in (csto, csto_pa) for change in one.changes()]
    for one in (csto, csto_pa):
        lines += [f"{one.history.id} any: {change}" for change in one.reading(dating="any").changes()]

    assert GOLDEN.read_text(encoding="utf-8").splitlines() == lines
