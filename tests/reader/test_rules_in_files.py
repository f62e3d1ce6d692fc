"""The rules that the records of a file obey: references, order, acts, eras, existence and the horizon."""

from __future__ import annotations

import re

import pytest

from csto_membership import (
    Act,
)
from csto_membership._reader.facts_file import read
from tests.reader.rule_files import FIRST, FREEZE, JOIN, SMALL, changed, faults


def with_events(*events: tuple[str, str]) -> str:
    """The small file with other acts of Kazakhstan, each on a line from line 9 on."""
    lines = [f"        - {{act: {act}, effect: {effect}, sources: [law]}}\n" for act, effect in events]
    return changed((f"        - {JOIN}\n{FREEZE}", "".join(lines)))


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


ACTS_AND_STATUSES = [
    ("OUTSIDE", [], "sign, join, observe or associate"),
    ("OBSERVER", ["observe"], "sign, join, lapse, withdraw, expel, end or associate"),
    ("SIGNATORY", ["sign"], "join, lapse, withdraw, expel, end, observe or associate"),
    ("MEMBER", ["join"], "reaffirm, freeze, suspend, lapse, withdraw, expel, end, observe or associate"),
    (
        "FROZEN",
        ["join", "freeze"],
        "reaffirm, suspend, resume, lapse, withdraw, expel, end, observe or associate",
    ),
    ("SUSPENDED", ["join", "suspend"], "join, resume, lapse, withdraw, expel, end, observe or associate"),
    ("FORMER", ["join", "lapse"], "sign, join, observe or associate"),
    ("ASSOCIATE", ["join", "associate"], "join, lapse, withdraw, expel, end or observe"),
]


def by_year(acts: list[str]) -> list[tuple[str, str]]:
    """Acts with a year each, from 1994 on."""
    return [(act, str(1994 + index)) for index, act in enumerate(acts)]


def test_the_small_file_is_without_fault() -> None:
    """The file that the cases below break obeys every rule, so that each of them shows its own fault."""
    assert len(read(SMALL.encode(), "facts.yaml").histories[0].events) == 2


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
            [("join", "1994-06-01"), ("freeze", "1994-06"), ("resume", "1994-05-31")],
            "facts.yaml:11:33: KAZ 'resume' of 1994-05-31 stands after 'join' of 1994-06-01 (line 9). "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="against the first of two that may have begun on one day",
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


@pytest.mark.parametrize("act", [str(act) for act in Act])
@pytest.mark.parametrize(("status", "before", "possible"), ACTS_AND_STATUSES)
def test_an_act_is_possible_from_the_status_it_meets(
    status: str, before: list[str], possible: str, act: str
) -> None:
    """CM017: an illegal act names its own line and the line of the act that led there; the legal ones are read."""
    events = by_year([*before, act])
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


@pytest.mark.parametrize("act", ["lapse", "withdraw", "expel", "end"])
@pytest.mark.parametrize("beginning", ["sign", "observe", "associate"])
def test_who_was_never_a_member_is_outside_again(beginning: str, act: str) -> None:
    """CM017: an end leads to FORMER only if the state was ever a member."""
    possible = "a state can sign, join, observe or associate. [CM017]"
    for acts, status in (([beginning, act], "OUTSIDE"), (["join", beginning, act], "FORMER")):
        if acts[:2] != ["join", "sign"]:  # a member does not sign
            (fault,) = faults(with_events(*by_year([*acts, "resume"])))
            assert f"it is {status} since" in fault
            assert fault.endswith(f"From {status} {possible}")


@pytest.mark.parametrize("act", ["lapse", "withdraw", "expel", "end"])
def test_every_end_leads_to_former(act: str) -> None:
    """CM017: after a lapse, a withdrawal, an expulsion or an end without a known cause a state cannot leave again."""
    assert faults(with_events(*by_year(["join", act, "withdraw"]))) == (
        "facts.yaml:11:11: KAZ cannot 'withdraw' on 1996: it is FORMER since 1995 (line 10). "
        "From FORMER a state can sign, join, observe or associate. [CM017]",
    )


def test_a_reaffirmation_changes_no_status() -> None:
    """CM017: the line named is that of the act which led to the status, not of a reaffirmation behind it."""
    assert faults(with_events(*by_year(["join", "reaffirm", "sign"]))) == (
        "facts.yaml:11:11: KAZ cannot 'sign' on 1996: it is MEMBER since 1994 (line 9). "
        "From MEMBER a state can reaffirm, freeze, suspend, lapse, withdraw, expel, end, observe or associate. [CM017]",
    )


def test_an_illegal_act_is_followed_all_the_same() -> None:
    """CM017: what comes behind an illegal act is judged as if that had taken place, so that one slip is one fault."""
    assert faults(with_events(*by_year(["resume", "freeze", "resume", "withdraw"]))) == (
        "facts.yaml:9:11: KAZ cannot 'resume' on 1994: it is OUTSIDE from the beginning of the record. "
        "From OUTSIDE a state can sign, join, observe or associate. [CM017]",
    )


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
