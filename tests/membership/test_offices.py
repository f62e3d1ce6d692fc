"""Offices: who held them when, and what a file may not say of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from csto_membership import (
    Capacity,
    DatasetError,
    OfficeClaim,
    OfficeError,
    Status,
    Term,
    UncertainError,
    Verdict,
    build,
    csto,
    csto_pa,
)
from csto_membership._membership.offices import is_called
from csto_membership._reader.facts_file import read

SMALL = """\
verified_through: 2020-01-01
states:
  AAA: {{name: Atlantis}}
  BBB: {{name: Bensalem}}
organizations:
  ORG:
    name: An organization
    events:
      AAA:
        - {{act: join, effect: 2000-01-01, sources: [s]}}
        - {{act: withdraw, effect: 2010-01-01, sources: [s]}}
    offices:
      chair:
        name: Chair
        terms:
          - {term}
sources:
  s: {{title: T, publisher: P, kind: press}}
"""


@pytest.mark.parametrize(
    ("office", "day", "state", "person", "capacity"),
    [
        ("chair", "2002-05-14", "RUS", None, Capacity.HOLDER),
        ("chair", "2003-04-27", "RUS", None, Capacity.HOLDER),
        ("chair", "2004-06-18", "KAZ", None, Capacity.HOLDER),
        ("chair", "2005-06-22", "KAZ", None, Capacity.HOLDER),
        ("chair", "2006-06-23", "BLR", None, Capacity.HOLDER),
        ("chair", "2007-10-05", "BLR", None, Capacity.HOLDER),
        ("chair", "2007-10-06", "KGZ", None, Capacity.HOLDER),
        ("chair", "2010-01-01", "RUS", None, Capacity.SUBSTITUTE),
        ("chair", "2018-11-07", "KAZ", None, Capacity.HOLDER),
        ("chair", "2018-12-19", "KGZ", None, Capacity.HOLDER),
        ("chair", "2022-11-23", "ARM", None, Capacity.HOLDER),
        ("chair", "2022-11-24", "BLR", None, Capacity.HOLDER),
        ("chair", "2023-12-31", "BLR", None, Capacity.HOLDER),
        ("chair", "2024-06-01", "KAZ", None, Capacity.HOLDER),
        ("chair", "2025", "KGZ", None, Capacity.HOLDER),
        ("chair", "2026-01-01", "RUS", None, Capacity.HOLDER),
        ("secretary-general", "2003-04-28", "RUS", "Nikolai Bordyuzha", Capacity.HOLDER),
        ("secretary-general", "2016-12-31", "RUS", "Nikolai Bordyuzha", Capacity.HOLDER),
        ("secretary-general", "2017-01-01", "RUS", "Valery Semerikov", Capacity.ACTING),
        ("secretary-general", "2017-05-02", "ARM", "Yuri Khachaturov", Capacity.HOLDER),
        ("secretary-general", "2018-11-02", "RUS", "Valery Semerikov", Capacity.ACTING),
        ("secretary-general", "2022-02-09", "BLR", "Stanislav Zas", Capacity.HOLDER),
        ("secretary-general", "2024-03-25", "KAZ", "Imangali Tasmagambetov", Capacity.HOLDER),
        ("secretary-general", "2026-01-01", "KGZ", "Taalatbek Masadykov", Capacity.HOLDER),
    ],
)
def test_holder(office: str, day: str, state: str, person: str | None, capacity: Capacity) -> None:
    """Each of these days has this holder, in this capacity."""
    term = csto.holder_of(office, day)

    assert (term.state, term.person, term.capacity) == (state, person, capacity)


def held_for_certain(term: Term, day: int) -> bool:
    """Whether a term has begun and has not ended, however its imprecise dates are read."""
    return term.effect.last <= day and (term.end is None or day < term.end.first)


def test_every_day_has_the_holder_that_the_terms_say() -> None:
    """Day by day the holder is the one term that holds it for certain, or the question is open."""
    for office in ("chair", "secretary-general"):
        day = date(2001, 1, 1)
        while day <= csto.horizon:
            possible = [
                term
                for term in csto.holders_of(office)
                if term.effect.first <= day.toordinal()
                and (term.end is None or day.toordinal() < term.end.last)
            ]
            if not possible:
                with pytest.raises(OfficeError):
                    csto.holder_of(office, day)
            elif len(possible) > 1 or not held_for_certain(possible[0], day.toordinal()):
                with pytest.raises(UncertainError):
                    csto.holder_of(office, day)
            else:
                assert csto.holder_of(office, day) is possible[0]
            day += timedelta(days=3)


def test_what_is_open_or_not_recorded_says_so() -> None:
    """Where the sources leave the handover open, and where there is no record, nobody is named."""
    with pytest.raises(UncertainError) as open_:
        csto.holder_of("chair", "2020-12-15")
    assert str(open_.value) == (
        "the chair of CSTO for 2020-12-15 is open: RUS [2019-11-28, [2020-12-02..2021-01-01]) or "
        "TJK [[2020-12-02..2021-01-01], 2021-09-16). Ask about a narrower time, or read holders_of()."
    )
    with pytest.raises(OfficeError) as unknown:
        csto.holder_of("chair", "2005-12-31")
    assert str(unknown.value) == (
        "no chair of CSTO is recorded for 2005-12-31. See holders_of('chair') for the terms that are."
    )
    with pytest.raises(OfficeError) as wrong:
        csto.holder_of("cahir", "2024-01-01")
    assert str(wrong.value) == (
        "CSTO has no office 'cahir'. Did you mean 'chair'? Its offices are chair, secretary-general."
    )
    with pytest.raises(OfficeError) as none:
        csto_pa.holders_of("chair")
    assert str(none.value) == "CSTO-PA has no office 'chair'. It has none in this file."


def test_readings_read_offices_too() -> None:
    """A term is unknown before it was public; an appointment decided on does not put two in one office."""
    decided = csto.reading(dating="decision")

    assert decided.holder_of("secretary-general", "2025-12-01").person == "Imangali Tasmagambetov"
    assert csto.reading(dating="any").holder_of("chair", "2024-06-01").state == "KAZ"
    with pytest.raises(UncertainError):
        csto.holder_of("secretary-general", "2018-11-01")
    with pytest.raises(OfficeError):
        csto.reading(known_on="2003-04-27").holder_of("secretary-general", "2003-04-27")
    then = csto.reading(known_on="2019-11-27")
    assert [str(term) for term in then.holders_of("secretary-general")][-1] == (
        "Valery Semerikov (RUS), acting [[2018-10-30..2018-11-02], ...)"
    )
    assert then.holder_of("chair", "2019-11-01").end is None
    assert then.holder_of("secretary-general", "2017-06-01").end is not None
    known = csto.reading(known_on="2019-11-27", extrapolate=True)
    assert known.holder_of("secretary-general", "2020-06-01").person == "Valery Semerikov"


def test_every_holder_was_a_member() -> None:
    """No term of the shipped file is of a state that was outside on all its days."""
    for office in ("chair", "secretary-general"):
        for term in csto.holders_of(office):
            day = min(date.fromordinal(term.effect.last), csto.horizon)
            assert csto.status_on(term.state, day) & (Status.MEMBER | Status.FROZEN)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (
            "{state: AAA, effect: 2010-01-01, end: 2011-01-01, sources: [s]}",
            "facts.yaml:16:21: AAA was no member on any day of its term as chair, AAA [2010-01-01, 2011-01-01) (its "
            "acts begin on line 10). Correct the state, the term or the acts. [CM024]",
        ),
        (
            "{state: BBB, effect: 2005-01-01, sources: [s]}",
            "facts.yaml:16:21: BBB was no member on any day of its term as chair, BBB [2005-01-01, ...). "
            "Correct the state, the term or the acts. [CM024]",
        ),
        (
            "{state: AAA, effect: 2005-01-01, end: 2005-01-01, sources: [s]}",
            "facts.yaml:16:51: the term of AAA [2005-01-01, 2005-01-01) is empty. Its end is the first day "
            "after it. [CM016]",
        ),
        (
            "{state: CCC, effect: 2005-01-01, sources: [s]}",
            "facts.yaml:16:21: no state 'CCC'. Add it under states, or correct the code. [CM013]",
        ),
        (
            "{state: AAA, effect: 2005-01-01, sources: [t]}",
            "facts.yaml:16:56: no source 't'. Add it under sources, or correct the identifier. [CM014]",
        ),
        (
            "{state: AAA, effect: 2021-01-01, sources: [s]}",
            "facts.yaml:16:34: AAA [2021-01-01, ...) became public after 2020-01-01, the last day verified. "
            "Check the facts up to a later day and raise verified_through. [CM020]",
        ),
        (
            "{state: AAA, effect: 2005-01-01, capacity: deputy, sources: [s]}",
            "facts.yaml:16:56: capacity: 'deputy' is unknown. Write one of holder, acting, substitute. [CM011]",
        ),
        (
            "{state: AAA, effect: '', sources: [s]}",
            "facts.yaml:16:34: an empty value. Write the value, or leave the field out. [CM005]",
        ),
    ],
)
def test_a_term_that_cannot_be_is_refused(term: str, expected: str) -> None:
    """A term is checked against the membership of its state, and both places are named."""
    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=term).encode(), "facts.yaml")
    assert expected in caught.value.problems


@pytest.mark.parametrize(
    "term",
    [
        "{state: AAA, effect: 2009-12-31, end: 2011-01-01, sources: [s]}",
        "{state: AAA, effect: 1999-01-01, end: 2000-01-02, sources: [s]}",
        "{state: AAA, effect: 2005-01-01, sources: [s], person: P, capacity: acting, known: 2004-01-01}",
        "{state: AAA, effect: 2005, end: '[2005-06..2006]', sources: [s], note: N, steps: {decision: 2004}}",
    ],
)
def test_a_term_with_one_day_of_membership_is_read(term: str) -> None:
    """One day of membership in the term is enough; what can be written is read."""
    dataset = read(SMALL.format(term=term).encode(), "facts.yaml")

    assert len(build(dataset).holders_of("chair")) == 1


@pytest.mark.parametrize(
    ("offices", "expected"),
    [
        (
            "offices: {chair: Chair}",
            "facts.yaml:12:22: office 'chair' must be a mapping, with a name and a colon on each line. [CM009]",
        ),
        (
            "offices: {chair: {name: Chair, terms: [AAA]}}",
            "facts.yaml:12:44: a term must be a mapping, with a name and a colon on each line. [CM009]",
        ),
    ],
)
def test_an_office_and_a_term_are_mappings(offices: str, expected: str) -> None:
    """What is no mapping where a record belongs is a fault at its place."""
    head, _, tail = SMALL.format(term="").partition("    offices:")
    text = f"{head}    {offices}\nsources:{tail.partition('sources:')[2]}"

    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")

    assert caught.value.problems == (expected,)


def test_offices_of_impossible_acts_are_left_unchecked() -> None:
    """Where the acts of the state are at fault, that alone is told."""
    text = SMALL.format(term="{state: AAA, effect: 2005-01-01, sources: [s]}").replace("join", "freeze")

    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")

    assert {problem[-7:] for problem in caught.value.problems} == {"[CM017]"}


def test_terms_stand_in_order() -> None:
    """A term that is over before the one above it begins is out of order."""
    terms = (
        "{state: AAA, effect: 2005-01-01, end: 2006-01-01, sources: [s]}\n"
        "          - {state: AAA, effect: 2003-01-01, end: 2004-01-01, sources: [s]}"
    )

    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=terms).encode(), "facts.yaml")

    assert caught.value.problems == (
        "facts.yaml:17:34: the term of AAA [2003-01-01, 2004-01-01) stands after that of AAA [2005-01-01, "
        "2006-01-01) (line 16). Put the earlier first. [CM016]",
    )


def test_terms_that_begin_on_one_day_are_in_order() -> None:
    """Two may have an office from one day on, as a holder and a substitute have: that is no fault."""
    terms = (
        "{state: AAA, effect: 2005-01-01, end: 2006-01-01, sources: [s]}\n"
        "          - {state: AAA, effect: 2005-01-01, end: 2005-03-01, capacity: substitute, sources: [s]}"
    )
    organization = build(read(SMALL.format(term=terms).encode(), "facts.yaml"))

    assert [str(term) for term in organization.holders_in("chair", "2005-02-01")] == [
        "AAA [2005-01-01, 2006-01-01)",
        "AAA, substitute [2005-01-01, 2005-03-01)",
    ]


def test_a_term_that_could_not_be_read_hides_no_fault_of_another() -> None:
    """What is wrong with the terms below it is told all the same."""
    terms = (
        "{state: AAA, effect: soon, sources: [s]}\n"
        "          - {state: AAA, effect: 2005-01-02, end: 2005-01-02, sources: [s]}"
    )

    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=terms).encode(), "facts.yaml")

    assert caught.value.problems[1:] == (
        "facts.yaml:17:51: the term of AAA [2005-01-02, 2005-01-02) is empty. "
        "Its end is the first day after it. [CM016]",
    )


def test_a_suspended_member_may_hold_an_office() -> None:
    """A term is refused only where the state is no member even nominally."""
    text = SMALL.format(term="{state: AAA, effect: 2011-01-01, sources: [s]}").replace("withdraw", "suspend")

    assert build(read(text.encode(), "facts.yaml")).holder_of("chair", "2012").state == "AAA"


def test_offices_made_in_code_are_checked() -> None:
    """An office given twice, and a term without a source, are faults of records."""
    dataset = read(SMALL.format(term="{state: AAA, effect: 2005-01-01, sources: [s]}").encode(), "facts.yaml")
    (history,) = dataset.histories
    (office,) = history.offices
    bare = evolve(office, terms=(evolve(office.terms[0], sources=(), where=None),))

    with pytest.raises(DatasetError) as caught:
        build(evolve(dataset, histories=(evolve(history, offices=(office, bare)),)))

    assert caught.value.problems == (
        "AAA [2005-01-01, ...): no source. Name at least one. [CM023]",
        "records: office of ORG 'chair' is there twice. Keep one of them. [CM023]",
    )


@pytest.mark.parametrize(
    ("above", "latest"),
    [
        pytest.param(
            ["effect: 2004-01-01, end: 2005-01-01", "effect: 2005-06-01, end: 2006-01-01"],
            "[2005-06-01, 2006-01-01) (line 17)",
            id="the third between",
        ),
        pytest.param(
            ["effect: 2005-06-01, end: 2006-01-01", "effect: '2005', end: 2006-02-01"],
            "[2005-06-01, 2006-01-01) (line 16)",
            id="an imprecise term between",
        ),
        pytest.param(
            ["effect: '2005', end: 2006-01-01", "effect: 2005-06-01, end: 2006-02-01"],
            "[2005-06-01, 2006-02-01) (line 17)",
            id="an imprecise term first",
        ),
        pytest.param(
            ["effect: 2005-06-01, end: 2006-01-01", "effect: '2005-06', end: 2006-02-01"],
            "[2005-06-01, 2006-01-01) (line 16)",
            id="two of one first day",
        ),
    ],
)
def test_a_term_is_compared_with_the_latest_start_above_it(above: list[str], latest: str) -> None:
    """Of the terms above it the one that begins last counts, wherever that stands; the first of two alike."""
    dates = (*above, "effect: 2005-03-01, end: 2006-03-01")
    terms = "\n          - ".join(f"{{state: AAA, {written}, sources: [s]}}" for written in dates)

    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=terms).encode(), "facts.yaml")

    assert caught.value.problems == (
        f"facts.yaml:18:34: the term of AAA [2005-03-01, 2006-03-01) stands after that of AAA {latest}. "
        "Put the earlier first. [CM016]",
    )


@pytest.mark.parametrize(
    ("effect", "end"),
    [
        ("2005-01-01", "2005-01-01"),
        ("2005-01-02", "2005-01-01"),
        ("2005-01-01", "2004-06-01"),
        ("2005", "2005-01-01"),
        ("2005-02", "[2004-06-01..2005-02-01]"),
        ("2012-01-01", "2011-01-01"),  # nor was it a member then, which is not told beside it
    ],
)
def test_a_term_ends_after_it_begins(effect: str, end: str) -> None:
    """A term whose end comes before its first day, or on it, holds no day; that alone is told."""
    term = f"{{state: AAA, effect: '{effect}', end: '{end}', sources: [s]}}"

    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=term).encode(), "facts.yaml")

    column = SMALL.format(term=term).splitlines()[15].index("end: ") + len("end: ") + 1
    assert caught.value.problems == (
        f"facts.yaml:16:{column}: the term of AAA [{effect}, {end}) is empty. Its end is the first day "
        "after it. [CM016]",
    )


@pytest.mark.parametrize(
    ("effect", "end"),
    [
        ("2005-01-01", "2005-01-02"),
        ("2005", "2005-06-01"),
        ("2005-06-01", "2005"),
        ("2005", "2005"),
        ("1999", "[1999-06-01..2000-01-02]"),
        ("[2009-12-31..2010-06-01]", "2011-01-01"),
    ],
)
def test_a_term_that_may_hold_a_day_is_read(effect: str, end: str) -> None:
    """Imprecise dates that leave one day of membership to a term are no fault."""
    term = f"{{state: AAA, effect: '{effect}', end: '{end}', sources: [s]}}"

    organization = build(read(SMALL.format(term=term).encode(), "facts.yaml"))

    assert [str(held) for held in organization.holders_of("chair")] == [f"AAA [{effect}, {end})"]


@pytest.mark.parametrize("day", ["1999-01-01", "1999-12-31", "2000-01-01", "2000-01-02", "2009-12-31"])
@pytest.mark.parametrize(
    "last_act", ["        - {act: withdraw, effect: 2010-01-01, sources: [s]}\n", ""], ids=["left", "stayed"]
)
def test_an_open_term_reaches_past_the_last_act(day: str, last_act: str) -> None:
    """A term without an end holds all later days: it may begin on the day of joining, before it or after it."""
    text = SMALL.format(term=f"{{state: AAA, effect: {day}, sources: [s]}}")
    withdrawal = "        - {act: withdraw, effect: 2010-01-01, sources: [s]}\n"
    assert withdrawal in text

    organization = build(read(text.replace(withdrawal, last_act).encode(), "facts.yaml"))

    assert organization.holder_of("chair", "2009-12-31").effect.text == day


@pytest.mark.parametrize("day", ["2010-01-01", "2010-01-02"])
def test_an_open_term_begins_before_its_state_leaves(day: str) -> None:
    """A term without an end that begins on the first day outside, or later, is a fault."""
    with pytest.raises(DatasetError) as caught:
        read(SMALL.format(term=f"{{state: AAA, effect: {day}, sources: [s]}}").encode(), "facts.yaml")

    assert caught.value.problems == (
        f"facts.yaml:16:21: AAA was no member on any day of its term as chair, AAA [{day}, ...) (its acts begin "
        "on line 10). Correct the state, the term or the acts. [CM024]",
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Бордюжа", "Nikolai Bordyuzha"),
        ("Бордюжа Н. Н.", "Nikolai Bordyuzha"),
        ("Н.Н. Бордюжа", "Nikolai Bordyuzha"),
        ("Николай Николаевич Бордюжа", "Nikolai Bordyuzha"),
        ("N. Bordyuzha", "Nikolai Bordyuzha"),
        ("نيقولاي بورديوجا", "Nikolai Bordyuzha"),
        ("سيمريكوف", "Valery Semerikov"),
        ("يورى خاتشاتوروف", "Yuri Khachaturov"),
        ("Зась С.", "Stanislav Zas"),
        ("Станіслаў Зась", "Stanislav Zas"),
        ("إيمانجالي تاسماجامبيتوف", "Imangali Tasmagambetov"),
        ("طلعت بيك ماساديكوف", "Taalatbek Masadykov"),
        ("Бордюжа В. Н.", None),
        ("Николай Семериков", None),
        ("Н.", None),
        ("", None),
    ],
)
def test_a_person_is_known_by_spellings_and_initials(said: str, meant: str | None) -> None:
    """The last name will do; a given name or its initial must be the person's, a patronymic is passed over."""
    found = {term.person for term in csto.holders_of("secretary-general") if is_called(term, said)}

    assert found == ({meant} if meant else set())


@pytest.mark.parametrize(
    "name", ["secretary-general", "Secretary General", "Генеральный секретарь", "الأمين العام"]
)
def test_an_office_is_known_by_its_names(name: str) -> None:
    """Its identifier, and its name in every language of the file, mean the same office, in claims, too."""
    assert csto.holders_of(name) == csto.holders_of("secretary-general")
    claim = OfficeClaim(office=name, person="Бордюжа", when="2010-01-01")
    assert csto.check(claim).verdict is Verdict.SUPPORTED
