"""The rules of facts files and records, and the pages that explain them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

from csto_membership import (
    Act,
    Dataset,
    DatasetError,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Source,
    SourceKind,
    State,
    Step,
    StepName,
    build,
    check,
    exact,
    imprecise,
)
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from csto_membership.errors import nearest

ROOT = Path(__file__).parent.parent
RULES_PAGE = ROOT / "docs" / "rules.md"
FORMAT_PAGE = ROOT / "docs" / "data-format.md"

SMALL = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    eras:
      FIRST: {name: The first, effect: 1994, sources: [law]}
    events:
      KAZ:
        - {act: join, effect: 1994-04-20, instrument: pact, sources: [law]}
        - {act: freeze, effect: 1999-04-21, sources: [law]}
states:
  KAZ: {name: Kazakhstan, cow: 705, since_cow: 1991-12-26, since_gw: 1991-12-16}
  UZB: {name: Uzbekistan, cow: 704}
instruments:
  pact: {title: A pact, sources: [law], steps: {signature: 1992-05-15}}
sources:
  law: {title: A law, publisher: A state, kind: primary}
"""
JOIN = "{act: join, effect: 1994-04-20, instrument: pact, sources: [law]}"
FREEZE = "        - {act: freeze, effect: 1999-04-21, sources: [law]}\n"
FIRST = "      FIRST: {name: The first, effect: 1994, sources: [law]}\n"


def changed(*changes: tuple[str, str]) -> str:
    """The small file with each text, which stands in it, replaced once."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def faults(text: str) -> tuple[str, ...]:
    """Every fault of a file."""
    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")
    return caught.value.problems


def with_events(*events: tuple[str, str]) -> str:
    """The small file with other acts of Kazakhstan, each on a line from line 9 on."""
    lines = [f"        - {{act: {act}, effect: {effect}, sources: [law]}}\n" for act, effect in events]
    return changed((f"        - {JOIN}\n{FREEZE}", "".join(lines)))


def test_the_small_file_is_without_fault() -> None:
    """The file that the cases below break obeys every rule, so that each of them shows its own fault."""
    assert len(read(SMALL.encode(), "facts.yaml").histories[0].events) == 2


# References: CM013, CM014, CM015.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("      KAZ:\n", "      KAS:\n")),
            "facts.yaml:8:7: no state 'KAS'. Did you mean 'KAZ'? "
            "Add it under states, or correct the code. [CM013]",
            id="near",
        ),
        pytest.param(
            changed(("      KAZ:\n", "      kaz:\n")),
            "facts.yaml:8:7: no state 'kaz'. Did you mean 'KAZ'? "
            "Add it under states, or correct the code. [CM013]",
            id="in small letters",
        ),
        pytest.param(
            changed((FREEZE, FREEZE + "      XYZ:\n" + FREEZE.replace("freeze", "join"))),
            "facts.yaml:11:7: no state 'XYZ'. Add it under states, or correct the code. [CM013]",
            id="beside a known one",
        ),
    ],
)
def test_a_state_with_events_is_known(text: str, expected: str) -> None:
    """CM013: events stand under the code of a state of the file, and the place is that of the code."""
    assert faults(text) == (expected,)


ANOTHER = (
    "        - act: freeze\n"
    "          effect: 1999-04-21\n"
    "          steps:\n"
    "            notice: {date: 1999-04-02, sources: [law, STEP]}\n"
    "          sources: [EVENT, law]\n"
    "          disputes:\n"
    "            - {says: No, sources: [law], answer: Yes}\n"
    "            - says: Never\n"
    "              sources: [SAYS]\n"
    "              answer: Once\n"
    "              against:\n"
    "                - law\n"
    "                - AGAINST\n"
)


@pytest.mark.parametrize(
    ("name", "place"),
    [("STEP", "13:55"), ("EVENT", "14:21"), ("SAYS", "18:25"), ("AGAINST", "22:19")],
)
def test_a_source_of_an_event_is_known(name: str, place: str) -> None:
    """CM014: each source that an event, its steps or its disputes cite is in the file; the place is its own."""
    text = changed((FREEZE, ANOTHER))
    for other in {"STEP", "EVENT", "SAYS", "AGAINST"} - {name}:
        text = text.replace(other, "law")

    assert faults(text) == (
        f"facts.yaml:{place}: no source {name!r}. Add it under sources, or correct the identifier. [CM014]",
    )


def test_every_unknown_source_is_reported() -> None:
    """CM014: four unknown sources of one event are four faults, top to bottom."""
    assert [problem.split("'")[1] for problem in faults(changed((FREEZE, ANOTHER)))] == [
        "STEP",
        "EVENT",
        "SAYS",
        "AGAINST",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("effect: 1994, sources: [law]", "effect: 1994, sources: [law, lav]")),
            "facts.yaml:6:61: no source 'lav'. Did you mean 'law'? "
            "Add it under sources, or correct the identifier. [CM014]",
            id="era",
        ),
        pytest.param(
            changed(
                (
                    "effect: 1994, sources: [law]",
                    "effect: 1994, sources: [law], steps: {decision: {date: 1994, sources: [x]}}",
                )
            ),
            "facts.yaml:6:103: no source 'x'. Add it under sources, or correct the identifier. [CM014]",
            id="step of an era",
        ),
        pytest.param(
            changed(("cow: 704", "cow: 704, sources: [list]")),
            "facts.yaml:13:47: no source 'list'. Add it under sources, or correct the identifier. [CM014]",
            id="state",
        ),
        pytest.param(
            changed(("A pact, sources: [law]", "A pact, sources: [text]")),
            "facts.yaml:15:35: no source 'text'. Add it under sources, or correct the identifier. [CM014]",
            id="instrument",
        ),
        pytest.param(
            changed(("{signature: 1992-05-15}", "{signature: {date: 1992-05-15, sources: [text]}}")),
            "facts.yaml:15:89: no source 'text'. Add it under sources, or correct the identifier. [CM014]",
            id="step of an instrument",
        ),
    ],
)
def test_a_source_is_known(text: str, expected: str) -> None:
    """CM014: each source that any other record cites is in the file."""
    assert faults(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("instrument: pact", "instrument: pakt")),
            "facts.yaml:9:55: no instrument 'pakt'. Did you mean 'pact'? "
            "Add it under instruments, or correct the identifier. [CM015]",
            id="event",
        ),
        pytest.param(
            changed(("effect: 1994,", "effect: 1994, instrument: charter,")),
            "facts.yaml:6:58: no instrument 'charter'. "
            "Add it under instruments, or correct the identifier. [CM015]",
            id="era",
        ),
    ],
)
def test_an_instrument_is_known(text: str, expected: str) -> None:
    """CM015: the instrument that an event or an era rests on is in the file."""
    assert faults(text) == (expected,)


# Order: CM016.


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            [("join", "1994-04-20"), ("freeze", "1994-04-19")],
            "facts.yaml:10:33: KAZ 'freeze' of 1994-04-19 stands after 'join' of 1994-04-20 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="by a day",
        ),
        pytest.param(
            [("join", "1994-04"), ("freeze", "1994-03")],
            "facts.yaml:10:33: KAZ 'freeze' of 1994-03 stands after 'join' of 1994-04 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="by a month",
        ),
        pytest.param(
            [("join", "1994-04-20"), ("freeze", "1993")],
            "facts.yaml:10:33: KAZ 'freeze' of 1993 stands after 'join' of 1994-04-20 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="a year that was over",
        ),
        pytest.param(
            [("join", "1994-06-01"), ("freeze", "1994"), ("resume", "1994-05-31")],
            "facts.yaml:11:33: KAZ 'resume' of 1994-05-31 stands after 'join' of 1994-06-01 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="against an act that is not the one just above",
        ),
        pytest.param(
            [("join", "1994-06-01"), ("freeze", "1994-05-01"), ("resume", "1994-06-01")],
            "facts.yaml:10:33: KAZ 'freeze' of 1994-05-01 stands after 'join' of 1994-06-01 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="the one that is out of order alone",
        ),
    ],
)
def test_acts_stand_in_order(events: list[tuple[str, str]], expected: str) -> None:
    """CM016: an act that was over before one above it began is out of order, and both lines are named."""
    assert faults(with_events(*events)) == (expected,)


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([("join", "1994-04-20"), ("freeze", "1994-04-20")], id="on one day"),
        pytest.param([("join", "1994-04-20"), ("freeze", "1994-04-21")], id="a day later"),
        pytest.param([("join", "1994"), ("freeze", "1994")], id="in one year"),
        pytest.param([("join", "1994-04-20"), ("freeze", "1994")], id="a year that is not over"),
        pytest.param([("join", "1994"), ("freeze", "1994-01-02")], id="the second day of a year"),
        pytest.param([("join", '"[1994-01-01..1994-05-01]"'), ("freeze", "1994-01")], id="ranges that meet"),
        pytest.param([("join", "1994-06-01"), ("freeze", "1994"), ("resume", "1994-06-03")], id="three"),
    ],
)
def test_acts_that_may_be_in_order_are_in_order(events: list[tuple[str, str]]) -> None:
    """CM016: dates that leave the order open are no fault; the order of the file decides."""
    acts = [event.act.value for event in read(with_events(*events).encode(), "f").histories[0].events]

    assert acts == [act for act, _ in events]


# Acts: CM017.

ACTS_AND_STATUSES = [
    ("OUTSIDE", [], "sign, join or observe"),
    ("OBSERVER", ["observe"], "sign, join, lapse, withdraw or expel"),
    ("SIGNATORY", ["sign"], "join, lapse, withdraw or expel"),
    ("MEMBER", ["join"], "reaffirm, freeze, suspend, lapse, withdraw or expel"),
    ("FROZEN", ["join", "freeze"], "reaffirm, suspend, resume, lapse, withdraw or expel"),
    ("SUSPENDED", ["join", "suspend"], "join, resume, lapse, withdraw or expel"),
    ("FORMER", ["join", "lapse"], "sign, join or observe"),
]


def _by_year(acts: list[str]) -> list[tuple[str, str]]:
    """Acts with a year each, from 1994 on."""
    return [(act, str(1994 + index)) for index, act in enumerate(acts)]


@pytest.mark.parametrize("act", [str(act) for act in Act])
@pytest.mark.parametrize(("status", "before", "possible"), ACTS_AND_STATUSES)
def test_an_act_is_possible_from_the_status_it_meets(
    status: str, before: list[str], possible: str, act: str
) -> None:
    """CM017: an illegal act names its own line and the line of the act that led there; the legal ones are read."""
    events = _by_year([*before, act])
    text = with_events(*events)
    here = 8 + len(events)
    if act in re.split(r", | or ", possible):
        assert len(read(text.encode(), "facts.yaml").histories[0].events) == len(events)
        return

    since = f"since {events[-2][1]} (line {here - 1})" if before else "from the beginning of the record"
    assert faults(text) == (
        f"facts.yaml:{here}:11: KAZ cannot '{act}' on {events[-1][1]}: it is {status} {since}. "
        f"From {status} a state can {possible}. [CM017]",
    )


@pytest.mark.parametrize("act", ["lapse", "withdraw", "expel"])
def test_every_end_leads_to_former(act: str) -> None:
    """CM017: after a lapse, a withdrawal or an expulsion a state cannot leave again."""
    assert faults(with_events(*_by_year(["join", act, "withdraw"]))) == (
        "facts.yaml:11:11: KAZ cannot 'withdraw' on 1996: it is FORMER since 1995 (line 10). "
        "From FORMER a state can sign, join or observe. [CM017]",
    )


def test_a_reaffirmation_changes_no_status() -> None:
    """CM017: the line named is that of the act which led to the status, not of a reaffirmation behind it."""
    assert faults(with_events(*_by_year(["join", "reaffirm", "sign"]))) == (
        "facts.yaml:11:11: KAZ cannot 'sign' on 1996: it is MEMBER since 1994 (line 9). "
        "From MEMBER a state can reaffirm, freeze, suspend, lapse, withdraw or expel. [CM017]",
    )


def test_an_illegal_act_is_followed_all_the_same() -> None:
    """CM017: what comes behind an illegal act is judged as if that had taken place, so that one slip is one fault."""
    assert faults(with_events(*_by_year(["resume", "freeze", "resume", "withdraw"]))) == (
        "facts.yaml:9:11: KAZ cannot 'resume' on 1994: it is OUTSIDE from the beginning of the record. "
        "From OUTSIDE a state can sign, join or observe. [CM017]",
    )


# Eras: CM018.


@pytest.mark.parametrize(
    ("first", "second"),
    [("2003-09-18", "1994-04-20"), ("1994-04-20", "1994-04-20"), ("1995", "1994"), ("1994-02", "1994-01")],
)
def test_an_era_begins_after_the_one_before(first: str, second: str) -> None:
    """CM018: an era that does not begin after the one above it is a fault, and both lines are named."""
    eras = FIRST.replace("1994", first) + FIRST.replace("FIRST", "OTHER").replace("1994", second)

    assert faults(changed((FIRST, eras))) == (
        f"facts.yaml:7:40: era OTHER begins on {second}, not after era FIRST of {first} (line 6). "
        "Put the eras in the order in which they began. [CM018]",
    )


@pytest.mark.parametrize(
    ("first", "second"), [("1994-04-20", "1994-04-21"), ("1994-04-20", "1994"), ("1994", "1994")]
)
def test_an_era_may_begin_in_the_same_year(first: str, second: str) -> None:
    """CM018: where the dates leave it open the order of the file decides, and the next day is late enough."""
    eras = FIRST.replace("1994", first) + FIRST.replace("FIRST", "OTHER").replace("1994", second)

    read_eras = read(changed((FIRST, eras)).encode(), "facts.yaml").histories[0].eras

    assert [era.id for era in read_eras] == ["FIRST", "OTHER"]


# Existence: CM019.


@pytest.mark.parametrize("effect", ["1991-12-15", "1991-11", "1990", "1899-01-01"])
def test_a_state_acts_after_it_came_into_being(effect: str) -> None:
    """CM019: a first act that is over before the earlier of the two first days is a fault; both lines are named."""
    assert faults(with_events(("join", effect))) == (
        f"facts.yaml:9:31: KAZ 'join' of {effect} comes before the state existed, since 1991-12-16 (line 11). "
        "Correct the one or the other. [CM019]",
    )


@pytest.mark.parametrize("effect", ["1991-12-16", "1991-12", "1991"])
def test_a_state_may_act_on_its_first_day(effect: str) -> None:
    """CM019: the first day itself counts, and so does a month or year that reaches it."""
    assert (
        read(with_events(("join", effect)).encode(), "facts.yaml").histories[0].events[0].effect.text
        == effect
    )


@pytest.mark.parametrize(
    ("lists", "since"),
    [
        ("since_cow: 1991-12-26", "1991-12-26"),
        ("since_gw: 1991-12-26", "1991-12-26"),
        ("since_cow: 1991-12-20, since_gw: 1991-12-26", "1991-12-20"),
    ],
)
def test_the_more_generous_list_counts(lists: str, since: str) -> None:
    """CM019: of two lists the earlier first day counts; a state with one list is judged by that."""
    text = with_events(("join", "1991-12-19")).replace("since_cow: 1991-12-26, since_gw: 1991-12-16", lists)

    assert faults(text) == (
        f"facts.yaml:9:31: KAZ 'join' of 1991-12-19 comes before the state existed, since {since} (line 11). "
        "Correct the one or the other. [CM019]",
    )


def test_a_state_without_a_first_day_may_act_at_any_time() -> None:
    """CM019: where no list says since when a state exists, nothing is forbidden."""
    text = with_events(("join", "1900")).replace(
        "since_cow: 1991-12-26, since_gw: 1991-12-16", "cow_abbrev: KZK"
    )

    assert read(text.encode(), "facts.yaml").histories[0].events[0].effect.text == "1900"


# The horizon: CM020.


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("effect: 2026-01-19", "2026-01-19"),
        ("effect: 2026-02", "2026-02"),
        ("effect: 2027-01-01, steps: {notice: 2026-01-19}", "2027-01-01"),
        ("effect: 2026-01-18, known: 2026-01-19", "2026-01-18"),
        ("effect: 1999-04-21, known: 2027-01-01", "1999-04-21"),
    ],
)
def test_an_event_was_public_by_the_horizon(fields: str, shown: str) -> None:
    """CM020: what became public after the last day verified does not stand in the file yet."""
    assert faults(changed(("effect: 1999-04-21", fields))) == (
        f"facts.yaml:10:33: KAZ freeze {shown} became public after 2026-01-18, the last day verified. "
        "Check the facts up to a later day and raise verified_through. [CM020]",
    )


@pytest.mark.parametrize(
    "fields",
    [
        "effect: 2026-01-18",
        "effect: 2026",
        "effect: 2027-01-01, steps: {notice: 2026-01-18}",
        "effect: 2027-01-01, known: 2026-01-18",
    ],
)
def test_an_announced_act_may_take_effect_later(fields: str) -> None:
    """CM020: the horizon itself is verified, and a later effect may stand where the act was public by then."""
    assert len(read(changed(("effect: 1999-04-21", fields)).encode(), "facts.yaml").histories[0].events) == 2


# Codes: CM021.


@pytest.mark.parametrize(
    ("scheme", "code", "shown"),
    [
        ("iso2", "KZ", "'KZ'"),
        ("iso_numeric", "398", "'398'"),
        ("cow_abbrev", "KZK", "'KZK'"),
        ("gw", "705", "705"),
        ("fips", "KZ", "'KZ'"),
        ("wikidata", "Q232", "'Q232'"),
    ],
)
def test_a_code_belongs_to_one_state(scheme: str, code: str, shown: str) -> None:
    """CM021: a code that two states claim is a fault of the second one, which names the line of the first."""
    text = changed(("cow: 705", f"{scheme}: {code}"), ("cow: 704", f"{scheme}: {code}"))

    assert faults(text) == (
        f"facts.yaml:13:{29 + len(scheme)}: {scheme} {shown} of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too "
        "(line 12). Correct one of them. [CM021]",
    )


def test_a_number_belongs_to_one_state() -> None:
    """CM021: a Correlates of War number that two states claim is a fault."""
    assert faults(changed(("cow: 704", "cow: 705"))) == (
        "facts.yaml:13:32: cow 705 of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too (line 12). "
        "Correct one of them. [CM021]",
    )


def test_two_schemes_may_use_one_code() -> None:
    """CM021: a code is unique within its scheme; across schemes the same letters or numbers are common."""
    text = changed(("cow: 705", "cow: 705, iso2: KZ"), ("cow: 704", "gw: 705, fips: KZ"))

    assert len(read(text.encode(), "facts.yaml").states) == 2


# Instruments: CM022.

STEPS_AFTER = ["signature", "ratification", "deposit", "accession", "entry_into_force"]
STEPS_BEFORE = ["announcement", "notice", "receipt", "decision"]


@pytest.mark.parametrize("effect", ["1992-05-14", "1992-04", "1992-01-01"])
def test_an_effect_follows_the_signature_of_its_instrument(effect: str) -> None:
    """CM022: an act that took effect before its instrument was signed is a fault."""
    assert faults(changed(("effect: 1994-04-20", f"effect: {effect}"))) == (
        f"facts.yaml:9:31: effect {effect} comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("effect", ["1992-05-15", "1992-05", "1992"])
def test_an_effect_on_the_day_of_signature_is_possible(effect: str) -> None:
    """CM022: the day of signature itself counts, and so does a month or year that reaches it."""
    text = changed(("effect: 1994-04-20", f"effect: {effect}"))

    assert read(text.encode(), "facts.yaml").histories[0].events[0].effect.text == effect


@pytest.mark.parametrize("step", STEPS_AFTER)
def test_a_step_of_the_treaty_follows_its_signature(step: str) -> None:
    """CM022: nothing is signed, ratified, deposited, acceded to or in force before the instrument is signed."""
    text = changed((JOIN, JOIN.replace("sources", f"steps: {{{step}: 1992-05-14}}, sources")))

    assert faults(text) == (
        f"facts.yaml:9:{71 + len(step)}: {step} 1992-05-14 comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("step", STEPS_BEFORE)
def test_an_announcement_may_come_first(step: str) -> None:
    """CM022: an act may be announced, noted and decided on before the instrument is signed."""
    text = changed((JOIN, JOIN.replace("sources", f"steps: {{{step}: 1992-05-14}}, sources")))

    assert str(read(text.encode(), "facts.yaml").histories[0].events[0].steps[0].name) == step


def test_every_step_is_before_or_after_a_signature() -> None:
    """CM022: the two tables above hold every step there is."""
    assert sorted(STEPS_AFTER + STEPS_BEFORE) == sorted(StepName)


def test_an_era_follows_the_signature_of_its_instrument() -> None:
    """CM022: an era rests on its instrument as an event does."""
    assert faults(changed(("effect: 1994,", "effect: 1991, instrument: pact,"))) == (
        "facts.yaml:6:40: effect 1991 comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


def test_an_instrument_without_a_signature_forbids_nothing() -> None:
    """CM022: where the signature is not known, or only another stage is, no date is too early."""
    unsigned = changed((", steps: {signature: 1992-05-15}", ""), ("effect: 1994-04-20", "effect: 1992-01-01"))
    in_force = changed(("{signature: 1992-05-15}", "{entry_into_force: 1999}"))

    assert read(unsigned.encode(), "facts.yaml").instruments[0].steps == ()
    assert read(in_force.encode(), "facts.yaml").instruments[0].steps[0].name is StepName.ENTRY_INTO_FORCE


# From records, without a file.


def _event(act: Act, effect: str, state: str = "KAZ", instrument: str | None = None) -> Event:
    """An event with one source."""
    return Event(state=state, act=act, effect=imprecise(effect), sources=("law",), instrument=instrument)


JOINED = _event(Act.JOIN, "1994-04-20")
RECORDS = Dataset(
    verified_through=exact("2026-01-18"),
    states=(
        State(iso3="KAZ", english="Kazakhstan", cow=705, since_cow=exact("1991-12-26")),
        State(iso3="UZB", english="Uzbekistan", cow=704),
    ),
    histories=(History(id="ORG", name="An organization", events=(JOINED,)),),
    sources=(Source(id="law", title="A law", publisher="A state", kind=SourceKind.PRIMARY),),
    instruments=(
        Instrument(
            id="pact",
            title="A pact",
            sources=("law",),
            steps=(Step(name=StepName.SIGNATURE, date=exact("1992-05-15")),),
        ),
    ),
)


def _with(*events: Event, eras: tuple[Era, ...] = ()) -> Dataset:
    """The records with other events and eras."""
    return evolve(RECORDS, histories=(evolve(RECORDS.histories[0], events=events, eras=eras),))


def test_records_without_fault_are_built() -> None:
    """Records that obey every rule pass, and make an organization."""
    check(RECORDS)

    assert build(RECORDS).members_on("2000-01-01").codes() == ("KAZ",)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        pytest.param(
            _with(_event(Act.JOIN, "1994", state="KAS")),
            "ORG: no state 'KAS'. Did you mean 'KAZ'? Add it under states, or correct the code. [CM013]",
            id="CM013",
        ),
        pytest.param(
            _with(evolve(JOINED, sources=("law", "paper"))),
            "KAZ join 1994-04-20: no source 'paper'. Add it under sources, or correct the identifier. [CM014]",
            id="CM014 event",
        ),
        pytest.param(
            _with(
                evolve(
                    JOINED,
                    disputes=(Dispute(says="No", sources=("law",), answer="Yes", against=("lau",)),),
                )
            ),
            "KAZ join 1994-04-20: no source 'lau'. Did you mean 'law'? "
            "Add it under sources, or correct the identifier. [CM014]",
            id="CM014 dispute",
        ),
        pytest.param(
            evolve(RECORDS, states=(evolve(RECORDS.states[0], sources=("list",)),)),
            "KAZ (Kazakhstan): no source 'list'. Add it under sources, or correct the identifier. [CM014]",
            id="CM014 state",
        ),
        pytest.param(
            _with(evolve(JOINED, instrument="treaty")),
            "KAZ join 1994-04-20: no instrument 'treaty'. "
            "Add it under instruments, or correct the identifier. [CM015]",
            id="CM015",
        ),
        pytest.param(
            _with(JOINED, _event(Act.FREEZE, "1994-04-19")),
            "ORG: KAZ 'freeze' of 1994-04-19 stands after 'join' of 1994-04-20. "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="CM016",
        ),
        pytest.param(
            _with(JOINED, _event(Act.SIGN, "1995")),
            "ORG: KAZ cannot 'sign' on 1995: it is MEMBER since 1994-04-20. "
            "From MEMBER a state can reaffirm, freeze, suspend, lapse, withdraw or expel. [CM017]",
            id="CM017",
        ),
        pytest.param(
            _with(_event(Act.EXPEL, "1995")),
            "ORG: KAZ cannot 'expel' on 1995: it is OUTSIDE from the beginning of the record. "
            "From OUTSIDE a state can sign, join or observe. [CM017]",
            id="CM017 as a first act",
        ),
        pytest.param(
            _with(
                JOINED,
                eras=(
                    Era(id="B", name="B", effect=exact("2003-09-18"), sources=("law",)),
                    Era(id="A", name="A", effect=exact("1994-04-20"), sources=("law",)),
                ),
            ),
            "ORG: era A begins on 1994-04-20, not after era B of 2003-09-18. "
            "Put the eras in the order in which they began. [CM018]",
            id="CM018",
        ),
        pytest.param(
            _with(_event(Act.JOIN, "1990")),
            "ORG: KAZ 'join' of 1990 comes before the state existed, since 1991-12-26. "
            "Correct the one or the other. [CM019]",
            id="CM019",
        ),
        pytest.param(
            _with(_event(Act.JOIN, "2026-01-19")),
            "records: KAZ join 2026-01-19 became public after 2026-01-18, the last day verified. "
            "Check the facts up to a later day and raise verified_through. [CM020]",
            id="CM020",
        ),
        pytest.param(
            evolve(RECORDS, states=(RECORDS.states[0], evolve(RECORDS.states[1], cow=705))),
            "UZB: cow 705 of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too. Correct one of them. [CM021]",
            id="CM021",
        ),
        pytest.param(
            _with(_event(Act.SIGN, "1992-05-14", instrument="pact")),
            "KAZ sign 1992-05-14: effect 1992-05-14 comes before the signature of its instrument, 'pact'. "
            "Correct the date, or name the instrument it rests on. [CM022]",
            id="CM022",
        ),
        pytest.param(
            evolve(RECORDS, verified_through=imprecise("2026")),
            "records: verified_through: 2026 is not one day. Choose its last day. [CM023]",
            id="CM023 horizon",
        ),
        pytest.param(
            evolve(RECORDS, states=(*RECORDS.states, RECORDS.states[0])),
            "records: state 'KAZ' is there twice. Keep one of them. [CM023]",
            id="CM023 state",
        ),
        pytest.param(
            evolve(RECORDS, sources=(*RECORDS.sources, RECORDS.sources[0])),
            f"records: source {RECORDS.sources[0].id!r} is there twice. Keep one of them. [CM023]",
            id="CM023 source",
        ),
        pytest.param(
            _with(evolve(_event(Act.JOIN, "1994-04-20"), sources=())),
            "KAZ join 1994-04-20: no source. Name at least one. [CM023]",
            id="CM023 no source",
        ),
        pytest.param(
            _with(
                evolve(
                    _event(Act.JOIN, "1994-04-20"),
                    steps=tuple(
                        Step(name=StepName.DECISION, date=imprecise(year)) for year in ("1993", "1994")
                    ),
                )
            ),
            "records: step of KAZ join 1994-04-20 'decision' is there twice. Keep one of them. [CM023]",
            id="CM023 step",
        ),
    ],
)
def test_records_obey_the_same_rules(dataset: Dataset, expected: str) -> None:
    """Records made in Python are judged like a file's, with the record in place of the line."""
    with pytest.raises(DatasetError) as checked:
        check(dataset)
    with pytest.raises(DatasetError) as built:
        build(dataset)

    assert checked.value.problems == built.value.problems == (expected,)


def test_all_faults_of_records_are_reported() -> None:
    """Records that break several rules raise one error with all of them."""
    dataset = _with(_event(Act.FREEZE, "1990", instrument="treaty"))

    with pytest.raises(DatasetError) as caught:
        check(dataset)

    rules = [problem[-6:-1] for problem in caught.value.problems]
    assert rules == ["CM015", "CM017", "CM019"]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("jion", ("join", "sign"), ". Did you mean 'join'?"),
        ("reafirm", ("freeze", "reaffirm"), ". Did you mean 'reaffirm'?"),
        ("ISO3", ("cow", "iso2", "iso3"), ". Did you mean 'iso3'?"),
        ("csto", ("CST", "CSTO"), ". Did you mean 'CSTO'?"),
        ("accede", ("join", "sign"), "."),
        ("join", (), "."),
    ],
)
def test_the_nearest_word_is_offered(text: str, known: tuple[str, ...], expected: str) -> None:
    """An unknown word is answered with the one nearest to it, and with nothing where none is near."""
    assert nearest(text, known) == expected


# The pages that explain the rules and the format.

SECTION = re.compile(r"^## (CM[0-9]{3}): .+$", flags=re.MULTILINE)
FENCE = re.compile(r"^```(yaml|text)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def _sections() -> dict[str, str]:
    """The page's section for each rule."""
    page = RULES_PAGE.read_text(encoding="utf-8")
    parts = SECTION.split(page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_has_one_section() -> None:
    """The rules in the source and the sections of the page are the same, each once and in order."""
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "csto_membership").rglob("*.py")
    )
    raised = sorted(set(re.findall(r'"(CM[0-9]{3})"', source)))

    assert SECTION.findall(RULES_PAGE.read_text(encoding="utf-8")) == raised
    assert raised == [f"CM{number:03}" for number in range(1, 28)]


@pytest.mark.parametrize("rule", [f"CM{number:03}" for number in (*range(1, 23), 24, 26)])
def test_each_example_breaks_its_rule(rule: str) -> None:
    """Each section shows one file and all that is said about it, and says what to do."""
    section = _sections()[rule]
    (_, example), (_, message) = FENCE.findall(section)
    visible = example.replace("<U+202E>", "\u202e")
    content = visible.encode("latin-1" if rule == "CM001" else "utf-8")  # as the section says

    with pytest.raises(DatasetError) as caught:
        read(content, "efta.yaml")

    assert str(caught.value) == message.rstrip("\n")
    assert f"[{rule}]" in message
    assert all(f"**{part}.**" in section for part in ("Forbidden", "Why", "Example", "What to do"))


def test_the_example_of_records_breaks_their_rule() -> None:
    """CM023's file is right, and its records with a state given twice get the message shown."""
    (_, example), (_, message) = FENCE.findall(_sections()["CM023"])
    dataset = read(example.encode(), "efta.yaml")

    with pytest.raises(DatasetError) as caught:
        check(evolve(dataset, states=dataset.states * 2))

    assert str(caught.value) == message.rstrip("\n")


def test_the_example_of_claims_breaks_its_rule() -> None:
    """CM025's file of claims gets the message shown."""
    (_, example), (_, message) = FENCE.findall(_sections()["CM025"])

    with pytest.raises(DatasetError) as caught:
        read_claims(example.encode(), "claims.yaml")

    assert str(caught.value) == message.rstrip("\n")


def test_an_era_was_public_by_the_horizon_too() -> None:
    """CM020: an era that became public after the last day verified is a fault like an act."""
    late = Era(id="LATE", name="Late", effect=imprecise("2027"), sources=(RECORDS.sources[0].id,))
    (history,) = RECORDS.histories

    with pytest.raises(DatasetError) as caught:
        check(evolve(RECORDS, histories=(evolve(history, eras=(late,)),)))

    assert caught.value.problems == (
        "records: era LATE became public after 2026-01-18, the last day verified. "
        "Check the facts up to a later day and raise verified_through. [CM020]",
    )


def _format_files() -> tuple[str, str]:
    """The two files of the page on the format: the whole one, and the one in parts."""
    first, *parts = [text for _, text in FENCE.findall(FORMAT_PAGE.read_text(encoding="utf-8"))]
    return first, "".join(parts)


def test_the_examples_of_the_format_are_read() -> None:
    """The complete file at the top of the page loads, and so do the parts below it when put together."""
    small, large = (read(text.encode(), "efta.yaml") for text in _format_files())

    assert build(small).members_on("2000-01-01").codes() == ("NOR",)
    assert build(large).members_on("1990-01-01").codes() == ("FIN",)
    assert build(large).members_on("1972-12-31").codes() == ("GBR",)
    assert build(large).members_on("1973-01-01").codes() == ()
    assert build(large).members_on("1991-06-01").possible.codes() == ("LIE",)


EVERY_RECORD = """\
x: y
verified_through: 2026-01-18
organizations:
  ORG:
    x: y
    eras: {E: {x: y}}
    events: {KAZ: [{x: y, steps: {signature: {x: y}}, disputes: [{x: y}]}]}
    offices: {O: {x: y}, P: {name: P, terms: [{x: y}]}}
    participations: {T: {x: y}, U: {kind: session, name: U, effect: 1995, sources: [S], participants: [{x: y}]}}
states: {KAZ: {x: y}}
instruments: {I: {x: y, signatures: {KAZ: {x: y}}}}
sources: {S: {x: y}}
"""


def _described() -> dict[str, list[str]]:
    """The fields in each section of the page on the format, and whether they are required."""
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    _, *parts = re.split(r"^##+ (.+)$", page, flags=re.MULTILINE)
    row = re.compile(r"^\| `(\w+)` \| (required|optional) \|", flags=re.MULTILINE)
    return {
        title: [f"{name} {need}" for name, need in row.findall(text)]
        for title, text in zip(parts[::2], parts[1::2], strict=True)
        if row.search(text)
    }


def test_every_field_is_described() -> None:
    """The page's table of each record names the fields that the reader takes, no more and no fewer."""
    titles = {
        "the file": "The file",
        "organization 'ORG'": "An organization",
        "era 'E'": "Eras",
        "an event": "Events",
        "step 'signature'": "Steps",
        "a dispute": "Disputes",
        "office 'O'": "Offices",
        "a term": "Terms",
        "participation 'T'": "Participations",
        "a participant": "Participants",
        "signature 'KAZ'": "Signatures",
        "state 'KAZ'": "A state",
        "instrument 'I'": "An instrument",
        "source 'S'": "A source",
    }
    accepted: dict[str, list[str]] = {}
    required: set[tuple[str, str]] = set()
    for problem in (*faults(EVERY_RECORD), *faults("x: y\n")):
        if found := re.search(r": ([^:]+) has no field 'x'\. Its fields are (.+)\. \[CM007\]$", problem):
            accepted[titles[found[1]]] = found[2].split(", ")
        elif found := re.search(r": ([^:]+) lacks '(\w+)'\. Add it\. \[CM008\]$", problem):
            required.add((titles[found[1]], found[2]))

    described = _described()

    assert {title: sorted(fields) for title, fields in described.items()} == {
        title: sorted(f"{name} {'required' if (title, name) in required else 'optional'}" for name in names)
        for title, names in accepted.items()
    }


def test_every_word_is_described() -> None:
    """The page's tables of acts, steps and kinds of sources have a line for each word."""
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    lines = re.findall(r"^\| `(\w+)` \| (?!required|optional)", page, flags=re.MULTILINE)

    assert [line for line in lines if not line.isdigit()] == [*Act, *StepName, *SourceKind]


def test_a_step_in_its_long_form_is_told_at_its_date() -> None:
    """CM022: the place of a step written with sources of its own is that of its date."""
    text = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    events:
      KAZ:
        - act: join
          effect: 1994-04-20
          steps:
            ratification:
              sources: [law]
              date: 1991-01-01
          instrument: pact
          sources: [law]
states: {KAZ: {name: Kazakhstan}}
instruments: {pact: {title: A pact, steps: {signature: 1992-05-15}, sources: [law]}}
sources: {law: {title: A law, publisher: A state, kind: primary}}
"""
    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")

    assert caught.value.problems == (
        "facts.yaml:12:21: ratification 1991-01-01 comes before the signature of its instrument, 'pact'. Correct the "
        "date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("day", ["9999-12-31", "9999-01-01"])
def test_no_fact_was_checked_in_the_last_year_of_the_calendar(day: str) -> None:
    """CM010: what stands for no end in many tables is no last day verified; records in code are refused alike."""
    assert faults(changed(("verified_through: 2026-01-18", f"verified_through: {day}"))) == (
        f"facts.yaml:1:19: verified_through: '{day}' is in the last year of the calendar. "
        "Write the last day up to which the facts were checked. [CM010]",
    )
    dataset = evolve(read(changed().encode(), "facts.yaml"), verified_through=exact(day))
    with pytest.raises(DatasetError, match="is in the last year of the calendar"):
        build(dataset)
    last = "9998-12-31"
    assert read(changed(("2026-01-18", last)).encode(), "facts.yaml").verified_through == exact(last)
    assert build(evolve(dataset, verified_through=exact(last))).horizon.isoformat() == last


@pytest.mark.parametrize(
    ("above", "effect", "latest"),
    [
        pytest.param(["2000-01-01", "2000-01-05"], "2000-01-03", "B of 2000-01-05", id="the third between"),
        pytest.param(
            ["2000-01-04", "[2000-01-01..2000-01-05]"],
            "2000-01-03",
            "A of 2000-01-04",
            id="an imprecise era between",
        ),
        pytest.param(
            ["[2000-01-01..2000-01-10]", "2000-01-05"],
            "2000-01-03",
            "B of 2000-01-05",
            id="an imprecise era first",
        ),
        pytest.param(
            ["2000-01-04", "[2000-01-04..2000-01-09]"],
            "2000-01-03",
            "A of 2000-01-04",
            id="two of one first day",
        ),
    ],
)
def test_an_era_is_compared_with_the_latest_above_it(above: list[str], effect: str, latest: str) -> None:
    """CM018: of the eras above it the one that begins last counts, wherever that stands; the first of two alike."""
    eras = "".join(
        FIRST.replace("FIRST", name).replace("1994", f"'{written}'")
        for name, written in zip("ABC", (*above, effect), strict=True)
    )

    line = 6 + "AB".index(latest[0])
    assert faults(changed((FIRST, eras))) == (
        f"facts.yaml:8:36: era C begins on {effect}, not after era {latest} (line {line}). "
        "Put the eras in the order in which they began. [CM018]",
    )
