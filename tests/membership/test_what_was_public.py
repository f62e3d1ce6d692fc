"""Every field of every record under ``known_on``: what had come by the day stays, what lay ahead is not told."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import Answer, Status, build
from csto_membership._reader.facts_file import read

FACTS = """
verified_through: 2010-12-31
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}
organizations:
  X:
    name: X
    ended: {effect: 2008-03-01, successor: Y, sources: [early]}
    eras:
      ONE: {name: One, effect: 1999-01-01, sources: [early]}
      TWO: {name: Two, effect: 2004-01-01, known: 2003-06-01, sources: [early, late]}
    events:
      AAA:
        - act: join
          effect: 2000-01-01
          instrument: pact
          steps:
            decision: {date: 1999-06-01, sources: [early, late], note: With one voice.}
            deposit: 1999-09-01
          note: As the gazette has it.
          sources: [early, late]
          disputes:
            - {says: It was 1998., sources: [late], answer: It was not.}
            - says: It was 2001.
              sources: [early, late]
              answer: It was not.
              against: [early, late]
              date: 2000-06-01
    offices:
      chair:
        name: Chair
        terms:
          - state: AAA
            effect: 2000-02-01
            end: 2002-02-01
            known: 2000-01-10
            steps: {decision: 2000-01-10}
            note: By turn.
            sources: [early, late]
    participations:
      drill:
        kind: operation
        name: Drill
        effect: 2001-05-01
        end: 2001-05-11
        known: 2001-04-20
        note: At sea.
        sources: [early, late]
        disputes:
          - {says: In April., sources: [early], answer: No., date: 2001-05-03}
        participants:
          - {state: AAA, capacity: host, effect: 2001-05-02, end: 2001-05-09, note: Two ships., sources: [late]}
          - {state: BBB, capacity: guest}
sources:
  early: {title: T, publisher: P, kind: press, date: 1999-01-01}
  late: {title: U, publisher: P, kind: press, date: 2009-01-01}
instruments:
  pact: {title: A pact, sources: [early]}
"""
X = build(read(FACTS.encode(), "x.yaml"))


def then(day: str) -> Any:
    """The history as it could be told on a day."""
    return X.reading(known_on=day).history


@pytest.mark.parametrize(
    ("day", "effect", "instrument", "steps"),
    [
        ("1999-06-01", "[1999-06-02..]", None, ["decision"]),
        ("1999-08-31", "[1999-09-01..]", None, ["decision"]),
        ("1999-09-01", "[1999-09-02..]", None, ["decision", "deposit"]),
        ("1999-12-31", "[2000-01-01..]", None, ["decision", "deposit"]),
        ("2000-01-01", "2000-01-01", "pact", ["decision", "deposit"]),
    ],
)
def test_an_act_is_told_without_what_lay_ahead(
    day: str, effect: str, instrument: str | None, steps: list[str]
) -> None:
    """Of an act to come neither its day nor what it rests on is told, and of its stages those that had come."""
    (event,) = then(day).events

    assert (str(event.effect), event.instrument) == (effect, instrument)
    assert [str(step.name) for step in event.steps] == steps
    assert (event.sources, event.note) == (("early",), None)
    assert (event.steps[0].sources, event.steps[0].note) == (("early",), None)
    assert (event.state, str(event.act)) == ("AAA", "join")


def test_before_its_first_stage_an_act_was_not_public() -> None:
    """The earliest date that an act carries is the day on which it became public."""
    assert then("1999-05-31").events == ()


@pytest.mark.parametrize(("day", "told"), [("2000-05-31", []), ("2000-06-01", ["It was 2001."])])
def test_a_dispute_is_told_once_its_day_and_a_source_had_come(day: str, told: list[str]) -> None:
    """A dispute whose only source came later is not told at all."""
    (event,) = then(day).events

    assert [dispute.says for dispute in event.disputes] == told
    assert all((dispute.sources, dispute.against) == (("early",), ("early",)) for dispute in event.disputes)
    assert [dispute.says for dispute in then("2009-01-01").events[0].disputes] == [
        "It was 1998.",
        "It was 2001.",
    ]


@pytest.mark.parametrize(
    ("day", "eras"),
    [
        ("1998-12-31", []),
        ("1999-01-01", ["1999-01-01"]),
        ("2003-05-31", ["1999-01-01"]),
        ("2003-06-01", ["1999-01-01", "[2003-06-02..]"]),
        ("2004-01-01", ["1999-01-01", "2004-01-01"]),
    ],
)
def test_an_era_is_told_from_the_day_on_which_it_was_public(day: str, eras: list[str]) -> None:
    """An era that was public and lay ahead begins on some later day."""
    history = then(day)

    assert [str(era.effect) for era in history.eras] == eras
    assert all(era.sources == ("early",) for era in history.eras)


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        ("2000-01-09", []),
        ("2000-01-10", [("[2000-01-11..]", None)]),
        ("2000-01-31", [("[2000-02-01..]", None)]),
        ("2000-02-01", [("2000-02-01", None)]),
        ("2002-01-31", [("2000-02-01", None)]),
        ("2002-02-01", [("2000-02-01", "2002-02-01")]),
    ],
)
def test_a_term_is_told_without_what_lay_ahead(day: str, terms: list[tuple[str, str | None]]) -> None:
    """A term has no end before the day of its end, and no note."""
    (office,) = then(day).offices

    assert [(str(term.effect), term.end and str(term.end)) for term in office.terms] == terms
    assert all((term.sources, term.note, len(term.steps)) == (("early",), None, 1) for term in office.terms)


@pytest.mark.parametrize(
    ("day", "days", "part", "disputes"),
    [
        ("2001-04-20", ("[2001-04-21..]", None), (None, None), 0),
        ("2001-04-30", ("[2001-05-01..]", None), (None, None), 0),
        ("2001-05-01", ("2001-05-01", None), (None, None), 0),
        ("2001-05-02", ("2001-05-01", None), ("2001-05-02", None), 0),
        ("2001-05-03", ("2001-05-01", None), ("2001-05-02", None), 1),
        ("2001-05-09", ("2001-05-01", None), ("2001-05-02", "2001-05-09"), 1),
        ("2001-05-11", ("2001-05-01", "2001-05-11"), ("2001-05-02", "2001-05-09"), 1),
    ],
)
def test_a_participation_is_told_without_what_lay_ahead(
    day: str, days: tuple[str, str | None], part: tuple[str | None, str | None], disputes: int
) -> None:
    """Its own days and those of each participant are told once they have come, without notes and later sources."""
    (one,) = then(day).participations
    host, guest = one.participants

    assert (str(one.effect), one.end and str(one.end)) == days
    assert (host.effect and str(host.effect), host.end and str(host.end)) == part
    assert (one.note, host.note, one.sources, host.sources) == (None, None, ("early",), ())
    assert (guest.effect, guest.end, str(guest.capacity)) == (None, None, "guest")
    assert len(one.disputes) == disputes


def test_before_it_was_public_there_was_no_participation() -> None:
    """A participation is public on the day that the file gives, not the day before."""
    assert then("2001-04-19").participations == ()


@pytest.mark.parametrize(
    ("day", "status"),
    [("2008-02-29", Status.MEMBER), ("2008-03-01", Status.FORMER), ("2008-03-02", Status.FORMER)],
)
def test_the_end_of_an_organization_is_known_from_its_day_on(day: str, status: Status) -> None:
    """On the day before nobody knew that it would end."""
    reading = X.reading(known_on=day)

    assert reading.status_on("AAA", day) is status
    assert (reading.history.ended is None) == (status is Status.MEMBER)
    assert reading.was_member("AAA", "2008-02-29") is Answer.YES
