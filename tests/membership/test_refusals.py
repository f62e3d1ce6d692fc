"""What is refused, in its parts: the fault with its value, the way out, and the option that the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    Answer,
    BeyondHorizonError,
    DayError,
    MembershipError,
    OfficeError,
    ParticipationError,
    ReadingError,
    State,
    StateError,
    Status,
    UncertainError,
    csto,
    csto_pa,
)
from csto_membership._membership.vocabulary_lookup import checked_lang, word

if TYPE_CHECKING:
    from collections.abc import Callable

ANY: Any = csto
ASSEMBLY: Any = csto_pa
HORIZON = csto.horizon.isoformat()
STATES = "Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB."
SCHEMES = "iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata, name"
STEPS = (
    "There are effect, any, and the steps announcement, notice, receipt, decision, signature, ratification, deposit, "
    "accession, entry_into_force."
)

REFUSED: list[tuple[Callable[[], object], type[MembershipError], str, str, str | None]] = [
    # Readings.
    (
        lambda: ANY.reading(basis="activ"),
        ReadingError,
        "no basis 'activ'.",
        "Did you mean 'active'? There are legal, active, nominal, signed, or a Status such as Status.MEMBER | "
        "Status.OBSERVER.",
        "basis",
    ),
    (
        lambda: ANY.reading(dating=5),
        ReadingError,
        "dating 5 is no text.",
        "Name a step, or several in order of preference.",
        None,
    ),
    (
        lambda: ANY.reading(dating="efect"),
        ReadingError,
        "no dating 'efect'.",
        f"Did you mean 'effect'? {STEPS}",
        None,
    ),
    (
        lambda: ANY.reading(dating="any "),
        ReadingError,
        "no dating 'any '.",
        f"Did you mean 'any'? {STEPS}",
        None,
    ),
    (
        lambda: ANY.reading(dating=("decision", "any")),
        ReadingError,
        "dating 'any' cannot be combined with steps.",
        "Name steps: an event that has none of them keeps its effective date.",
        None,
    ),
    (lambda: ANY.reading(era=5), ReadingError, "era 5 is no text.", "Name one era.", None),
    (
        lambda: ANY.reading(era="CSTT"),
        ReadingError,
        "CSTO has no era 'CSTT'.",
        "Did you mean 'CST'? Its eras are CST, CSTO.",
        None,
    ),
    (lambda: csto_pa.reading(era="CST"), ReadingError, "CSTO-PA has no era 'CST'.", "It has none.", None),
    (
        lambda: ANY.reading(extrapolate=2),
        ReadingError,
        "extrapolate=2 is neither True nor False.",
        "Choose one of them.",
        None,
    ),
    (
        lambda: ANY.reading(known_on="9999-01-01"),
        BeyondHorizonError,
        f"known_on 9999-01-01 is past {HORIZON}, the last day verified.",
        "Choose that day or an earlier one.",
        None,
    ),
    (
        lambda: ANY.reading("active"),
        ReadingError,
        "reading() takes each choice by its name, got 'active'.",
        "Write for example reading(basis='active').",
        None,
    ),
    # Days.
    (
        lambda: csto.members_on(csto.horizon.add(days=1)),
        BeyondHorizonError,
        f"{csto.horizon.add(days=1)} reaches past {HORIZON}, the last day verified.",
        "Ask latest() for that day, or reading(extrapolate=True) to take it that nothing has changed since.",
        "extrapolate",
    ),
    (
        lambda: csto.reading(known_on="2003-01-01").members_on("2003-01-02"),
        BeyondHorizonError,
        "2003-01-02 reaches past 2003-01-01, the known_on of the reading.",
        "Ask latest() for that day, or reading(extrapolate=True) to take it that nothing has changed since.",
        "extrapolate",
    ),
    (
        lambda: csto.changes(end="2000-01-01"),
        DayError,
        "changes() was given an end without a start.",
        "Give both days, or a period alone.",
        None,
    ),
    (
        lambda: csto.horizon.add(days=2) in csto.periods_with(["KAZ"])[-1],
        BeyondHorizonError,
        f"{csto.horizon.add(days=2)} is past {HORIZON}, on which [1994-04-20, ...) still lasts.",
        "Ask about an earlier day.",
        None,
    ),
    # Words.
    (
        lambda: ANY.changes(act="joins"),
        ReadingError,
        "no act 'joins'.",
        "Did you mean 'join'? There are sign, join, reaffirm, freeze, suspend, resume, lapse, withdraw, expel, end, "
        "observe, associate.",
        None,
    ),
    (
        lambda: ANY.participations("sessions"),
        ReadingError,
        "no kind of participation 'sessions'.",
        "Did you mean 'session'? Use 'operation' or 'session'.",
        None,
    ),
    (
        lambda: csto_pa.participants("drill"),
        ParticipationError,
        "CSTO-PA has no operation or session 'drill'.",
        "It has none in this file.",
        None,
    ),
    (
        lambda: csto_pa.holders_of("chair"),
        OfficeError,
        "CSTO-PA has no office 'chair'.",
        "It has none in this file.",
        None,
    ),
    (
        lambda: csto.holder_of("chair", "1995-01-01"),
        OfficeError,
        "no chair of CSTO is recorded for 1995-01-01.",
        "See holders_of('chair') for the terms that are.",
        None,
    ),
    (
        lambda: checked_lang("eng"),
        ReadingError,
        "no sentences in 'eng'.",
        "Did you mean 'en'? There are sentences in en, ru, ar.",
        "lang",
    ),
    (
        lambda: checked_lang(["en"]),
        ReadingError,
        "no sentences in ['en'].",
        "There are sentences in en, ru, ar.",
        "lang",
    ),
    (
        lambda: word("xx", "Status"),
        ReadingError,
        "no names in 'xx'.",
        "There are names in ar, az, be, en, hy, ka, kk, ky, ru, tg, uz.",
        None,
    ),
    # States.
    (
        lambda: csto.state("KAZ", codes="nam"),
        StateError,
        "no code scheme 'nam'.",
        f"Did you mean 'name'? There are {SCHEMES}.",
        None,
    ),
    (
        lambda: ANY.state(b"KAZ"),
        StateError,
        "expected a state's code or name, got b'KAZ'.",
        "Write it as 'KGZ' or 'Kyrgyzstan'.",
        None,
    ),
    (
        lambda: ANY.beside(5),
        StateError,
        "expected states, got 5.",
        "List them by code or name: ['RUS', 'KAZ'].",
        None,
    ),
    (lambda: csto.state("Wakanda"), StateError, "no state 'Wakanda' in CSTO.", STATES, None),
    (lambda: csto.state("705", codes="iso3"), StateError, "no state '705' in CSTO by iso3.", STATES, None),
    (
        lambda: csto.state("KZ", codes="iso3"),
        StateError,
        "no state 'KZ' in CSTO by iso3.",
        "In another scheme it is KAZ (Kazakhstan): leave codes out, or name that one.",
        None,
    ),
    (
        lambda: csto.state("Kazahstan", codes="name"),
        StateError,
        "no state 'Kazahstan' in CSTO by name.",
        "Did you mean KAZ (Kazakhstan)?",
        None,
    ),
    (
        lambda: csto.state(704),
        StateError,
        "704 is ambiguous: cow UZB (Uzbekistan) or iso_numeric VNM (Vietnam).",
        "Say which, as in state(704, codes='cow').",
        "codes",
    ),
    (
        lambda: csto.state("704"),
        StateError,
        "'704' is ambiguous: cow UZB (Uzbekistan) or iso_numeric VNM (Vietnam).",
        "Say which, as in state('704', codes='cow').",
        "codes",
    ),
    (
        lambda: csto.state("Congo"),
        StateError,
        "'Congo' is ambiguous: name COD (Congo - Kinshasa) or name COG (Congo - Brazzaville).",
        "Write the code of the one you mean.",
        None,
    ),
    (
        lambda: ANY.history("UZB"),
        StateError,
        "history is a record, not a method.",
        "Ask spells('UZB') for what a state was, or events('UZB') for its acts.",
        None,
    ),
    # Three values.
    (
        lambda: bool(Answer.UNKNOWN),
        UncertainError,
        "the answer is unknown, neither true nor false.",
        "Compare it with 'is Answer.YES', or ask a narrower question.",
        None,
    ),
    (
        lambda: Answer.YES == True,  # noqa: E712 (what is refused)
        UncertainError,
        "an answer is yes, no or unknown, and was compared with True.",
        "Write 'answer is Answer.YES', or 'answer == \"yes\"'.",
        None,
    ),
    (
        lambda: Answer.YES == False,  # noqa: E712 (what is refused)
        UncertainError,
        "an answer is yes, no or unknown, and was compared with False.",
        "Write 'answer is Answer.NO', or 'answer == \"no\"'.",
        None,
    ),
    (
        lambda: "AZE" in ANY.members_on("1999"),
        UncertainError,
        "it is unknown whether AZE (Azerbaijan) is in it.",
        "Look into .possible, or ask a narrower question.",
        None,
    ),
    (
        lambda: "USA" in ASSEMBLY.members_on("2015"),
        UncertainError,
        "it is unknown whether USA (United States) is in it: the record of CSTO-PA does not claim to hold the acts of "
        "all states.",
        "Ask about one of its states.",
        None,
    ),
    (
        lambda: csto.members_on("1999") <= csto.members_on("2000"),
        UncertainError,
        "whether one roster holds all of the other is open: AZE (Azerbaijan), GEO (Georgia), UZB (Uzbekistan).",
        "Look into .possible of both, or of one - other.",
        None,
    ),
]


@pytest.mark.parametrize(
    ("call", "error", "fault", "way_out", "option"), REFUSED, ids=[case[2][:60] for case in REFUSED]
)
def test_a_refusal_has_three_parts(
    call: Callable[[], object], error: type[MembershipError], fault: str, way_out: str, option: str | None
) -> None:
    """The fault is a whole sentence with the value, the way out says what to write, and the option is one or none."""
    with pytest.raises(error) as refused:
        call()

    assert type(refused.value) is error
    assert (refused.value.fault, refused.value.way_out, refused.value.option) == (fault, way_out, option)
    assert str(refused.value) == f"{fault} {way_out}"


def test_an_office_between_two_holders_is_open() -> None:
    """Both are named, with the days that they may have had."""
    (first, _, *_) = csto.holders_of("chair")
    day = first.end.earliest if first.end is not None else None
    assert day is not None
    with pytest.raises(UncertainError) as refused:
        csto.holder_of("chair", day.add(days=1))

    assert refused.value.fault == f"the chair of CSTO for {day.add(days=1)} is open: {first}."
    assert refused.value.way_out == "Ask about a narrower time, or read holders_of()."


def test_one_step_in_a_list_is_that_step() -> None:
    """However a reading was asked for, it is kept in one way."""
    assert ANY.reading(dating=["decision"]) is csto.reading(dating="decision")
    assert ANY.reading(dating=["decision"]).read_as.dating == "decision"
    assert ANY.reading(dating=["any"]).read_as.dating == "any"
    assert ANY.reading(dating=["notice", "receipt"]).read_as.dating == ("notice", "receipt")


def test_a_file_without_states_says_so() -> None:
    """An unknown code in an organization without a state has no list to choose from."""
    from csto_membership._membership.names import Names

    with pytest.raises(StateError) as refused:
        Names("EMPTY", {}).resolve("Wakanda")

    assert (refused.value.fault, refused.value.way_out) == (
        "no state 'Wakanda' in EMPTY.",
        "It has no states.",
    )
    assert Names("EMPTY", {}).resolve(State(iso3="KAZ", english="Kazakhstan")).iso3 == "KAZ"
    assert Status.MEMBER in csto.status_on("KAZ", "2003")
