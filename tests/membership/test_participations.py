"""Operations and sessions: who took part in what, and what a file may not say of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from csto_membership import (
    DatasetError,
    Organization,
    Participant,
    Participation,
    ParticipationCapacity,
    ParticipationError,
    ParticipationKind,
    ReadingError,
    build,
    csto,
    exact,
)
from csto_membership._reader.facts_file import read

SMALL = """\
verified_through: 2020-01-01
states:
  AAA: {{name: Atlantis}}
  BBB: {{name: Bensalem}}
  CCC: {{name: Cathay}}
organizations:
  ORG:
    name: An organization
    events:
      AAA:
        - {{act: join, effect: 2000-01-01, sources: [s]}}
        - {{act: withdraw, effect: 2010-01-01, sources: [s]}}
      BBB:
        - {{act: join, effect: 2000-01-01, sources: [s]}}
        - {{act: suspend, effect: 2005-01-01, sources: [s]}}
    participations:
      p:
        {participation}
sources:
  s: {{title: T, publisher: P, date: 2001-06-01, kind: press}}
"""


def _file(participation: str) -> bytes:
    """A file with one participation, its fields in flow style."""
    return SMALL.format(participation=participation).encode()


def _organization(*fields: str) -> Organization:
    """The organization with one operation with these fields, besides its kind, name and sources."""
    written = ", ".join(("kind: operation", "name: An operation", *fields, "sources: [s]"))
    return build(read(_file(f"{{{written}}}"), "facts.yaml"))


@pytest.mark.parametrize(
    ("participation", "expected"),
    [
        (
            "{kind: operation, name: O, effect: 2010-01-01, participants: "
            "[{state: AAA, capacity: contributor}], sources: [s]}",
            "facts.yaml:18:79: AAA was no member on any day of O [2010-01-01, ...), in which it took part as "
            "contributor (its acts begin on line 11). Correct the state, the days or the acts, or write guest or "
            "observer. [CM026]",
        ),
        (
            "{kind: session, name: S, effect: 1999-12-31, participants: [{state: AAA, capacity: member}], "
            "sources: [s]}",
            "facts.yaml:18:77: AAA was no member on any day of S, 1999-12-31, in which it took part as member (its "
            "acts begin on line 11). Correct the state, the days or the acts, or write guest or observer. [CM026]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, participants: [{state: BBB, capacity: member}], "
            "sources: [s]}",
            "facts.yaml:18:77: BBB was no member on any day of S, 2006-01-01, in which it took part as member (its "
            "acts begin on line 14). Correct the state, the days or the acts, or write guest or observer. [CM026]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, host: CCC, "
            "participants: [{state: AAA, capacity: guest}], sources: [s]}",
            "facts.yaml:18:60: CCC was no member on any day of S, 2006-01-01, in which it took part as host. "
            "Correct the state, the days or the acts, or write guest or observer. [CM026]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, complete: no, absent: [CCC, EEE], "
            "participants: [{state: AAA, capacity: guest}], sources: [s]}",
            "facts.yaml:18:82: no state 'EEE'. Add it under states, or correct the code. [CM013]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, chair: DDD, "
            "participants: [{state: AAA, capacity: guest}], sources: [s]}",
            "facts.yaml:18:61: no state 'DDD'. Add it under states, or correct the code. [CM013]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, participants: [{state: AAA, capacity: member, "
            "sources: [t]}], sources: [s]}",
            "facts.yaml:18:110: no source 't'. Add it under sources, or correct the identifier. [CM014]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, "
            "participants: [{state: AAA, capacity: guest}], sources: [s], disputes: [{says: N, "
            "sources: [t], answer: Y}]}",
            "facts.yaml:18:146: no source 't'. Add it under sources, or correct the identifier. [CM014]",
        ),
        (
            "{kind: operation, name: O, effect: 2006-01-01, end: 2006-01-01, "
            "participants: [{state: AAA, capacity: guest}], sources: [s]}",
            "facts.yaml:18:61: O [2006-01-01, 2006-01-01) is empty. Its end is the first day after it. [CM016]",
        ),
        (
            "{kind: session, name: S, effect: 2020-01-02, "
            "participants: [{state: AAA, capacity: guest}], sources: [s]}",
            "facts.yaml:18:42: S, 2020-01-02 became public after 2020-01-01, the last day verified. Check the facts "
            "up to a later day and raise verified_through. [CM020]",
        ),
        (
            "{kind: seance, name: S, effect: 2006-01-01, participants: [x], sources: [s]}",
            "facts.yaml:18:16: kind: 'seance' is unknown. Write one of operation, session. [CM011]",
        ),
        (
            "{kind: session, name: S, effect: 2006-01-01, participants: [x], sources: [s]}",
            "facts.yaml:18:69: a participant must be a mapping, with a name and a colon on each line. [CM009]",
        ),
        (
            "x",
            "facts.yaml:18:9: participation 'p' must be a mapping, with a name and a colon on each line. [CM009]",
        ),
    ],
)
def test_a_participation_that_cannot_be_is_refused(participation: str, expected: str) -> None:
    """A participation is checked against the membership of its states, and the place is the field's."""
    with pytest.raises(DatasetError) as caught:
        read(_file(participation), "facts.yaml")
    assert expected in caught.value.problems


@pytest.mark.parametrize(
    "fields",
    [
        "effect: 2009-12-31, end: 2011-01-01, participants: [{state: AAA, capacity: contributor}]",
        "effect: 2010-01-01, participants: [{state: AAA, capacity: guest}, {state: CCC, capacity: observer}]",
        "effect: 1999-12-01, end: '[2000-01-02..2000-02]', participants: [{state: AAA, capacity: chair}]",
    ],
)
def test_a_participant_with_one_day_of_membership_is_read(fields: str) -> None:
    """One day of membership on the days of it is enough, and guests and observers need none."""
    assert _organization(fields).participants("p")


def test_a_participant_of_impossible_acts_is_left_unchecked() -> None:
    """What follows from a fault is no second fault."""
    text = _file(
        "{kind: session, name: S, effect: 2011-01-01, participants: [{state: AAA, capacity: member}], sources: [s]}"
    ).replace(b"act: withdraw", b"act: resume")

    with pytest.raises(DatasetError) as caught:
        read(text, "facts.yaml")
    assert [problem[-7:] for problem in caught.value.problems] == ["[CM017]"]


SESSION = Participation(
    id="s1",
    kind=ParticipationKind.SESSION,
    name="A session",
    effect=exact("2001-06-01"),
    participants=(Participant(state="AAA", capacity=ParticipationCapacity.CHAIR, note="By video."),),
    sources=("s",),
)


def test_participations_are_listed_by_their_first_day() -> None:
    """All of them, or those of one kind; the participants are found by the identifier."""
    organization = _organization("effect: 2001-06-02, participants: [{state: BBB, capacity: host}]")
    (history,) = organization.dataset.histories
    both = evolve(history, participations=(*history.participations, SESSION))
    organization = build(evolve(organization.dataset, histories=(both,)))

    assert [str(one) for one in organization.participations()] == [
        "A session, 2001-06-01",
        "An operation [2001-06-02, ...)",
    ]
    assert [one.id for one in organization.participations(kind="operation")] == ["p"]
    assert [str(part) for part in organization.participants("s1")] == ["AAA (chair)"]


def test_an_unknown_participation_is_refused() -> None:
    """The nearest identifier is offered, or it is said that there is none."""
    organization = _organization("effect: 2001-06-02, participants: [{state: AAA, capacity: guest}]")
    bare = build(evolve(organization.dataset, histories=(evolve(organization.history, participations=()),)))

    with pytest.raises(ParticipationError) as caught:
        organization.participants("pp")
    assert str(caught.value) == "ORG has no operation or session 'pp'. Did you mean 'p'? It has p."
    with pytest.raises(ParticipationError) as caught:
        bare.participants("p")
    assert str(caught.value) == "ORG has no operation or session 'p'. It has none in this file."
    with pytest.raises(ReadingError) as wrong:
        organization.participations(kind="sessions")
    assert str(wrong.value) == (
        "no kind of participation 'sessions'. Did you mean 'session'? Use 'operation' or 'session'."
    )


def test_records_of_participations_are_checked() -> None:
    """In records no participation is there twice or without a source."""
    dataset = _organization("effect: 2001-06-02, participants: [{state: AAA, capacity: guest}]").dataset
    bare = evolve(SESSION, sources=())
    twice = evolve(dataset.histories[0], participations=(SESSION, bare))

    with pytest.raises(DatasetError) as caught:
        build(evolve(dataset, histories=(twice,)))
    assert caught.value.problems == (
        "A session, 2001-06-01: no source. Name at least one. [CM023]",
        "records: participation of ORG 's1' is there twice. Keep one of them. [CM023]",
    )


def test_known_on_keeps_what_was_public() -> None:
    """A participation that was not public is left out; a later end, later sources and notes are not known."""
    organization = _organization(
        "effect: 2001-05-01, end: 2001-07-01, note: N",
        "participants: [{state: AAA, capacity: contributor, sources: [s], note: M}]",
        "disputes: [{says: D, sources: [s], answer: R}]",
    )

    assert organization.reading(known_on="2001-04-30").participations() == ()
    (then,) = organization.reading(known_on="2001-05-31").participations()
    assert (then.end, then.note, then.sources, then.disputes) == (None, None, (), ())
    assert then.participants == (Participant(state="AAA", capacity=ParticipationCapacity.CONTRIBUTOR),)
    (later,) = organization.reading(known_on="2001-07-01").participations()
    assert later.end == exact("2001-07-01")
    assert later.participants[0].sources == ("s",)
    assert len(later.disputes) == 1


def test_a_participation_announced_beforehand_begins_on_some_later_day() -> None:
    """What was public and still lay ahead has no day yet."""
    organization = _organization(
        "effect: 2001-05-01, known: 2001-04-01, participants: [{state: AAA, capacity: guest}]"
    )

    (then,) = organization.reading(known_on="2001-04-15").participations()
    assert str(then.effect) == "[2001-04-16..]"


@pytest.mark.parametrize(
    ("day", "times"),
    [
        ("2001-04-30", 0),
        ("2001-05-01", 1),
        ("2001-06-30", 1),
        ("2001-07-01", 0),
        ("2001", 1),
    ],
)
def test_an_explanation_tells_what_a_state_took_part_in(day: str, times: int) -> None:
    """What bears on the answer are the operations and sessions of these days in which the state took part."""
    organization = _organization(
        "effect: 2001-05-01, end: 2001-07-01",
        "participants: [{state: AAA, capacity: contributor, note: By air.}]",
    )
    explanation = organization.explain("AAA", day)

    line = "Took part: An operation [2001-05-01, 2001-07-01), as contributor [1]. By air."
    assert explanation.text(full=True).count(line) == times
    assert str(explanation.to_dict()["took_part"]).count("contributor") == times
    assert "Took part" not in organization.explain("BBB", day).text(full=True)


def test_an_explanation_has_participations_as_plain_values() -> None:
    """A session has no end; its capacity is a word."""
    organization = _organization("effect: 2001-05-01, participants: [{state: AAA, capacity: guest}]")
    history = evolve(organization.history, participations=(SESSION,))
    organization = build(evolve(organization.dataset, histories=(history,)))

    assert organization.explain("AAA", "2001-06-01").to_dict()["took_part"] == [
        {
            "participation": "s1",
            "name": "A session",
            "start": "2001-06-01",
            "end": None,
            "capacity": "chair",
        }
    ]


def test_shipped_participants_were_members_on_some_day() -> None:
    """Every participant of the shipped file but guests and observers was a member on a day of it."""
    for one in csto.participations():
        first, after = one.days
        last = csto.horizon.toordinal() + 1 if after is None else after
        days = [date.fromordinal(first) + timedelta(days=shift) for shift in range(last - first)]
        for part in one.participants:
            if part.capacity not in ("guest", "observer"):
                assert any(csto.was_member(part.state, day) for day in days), (one.id, part.state)
