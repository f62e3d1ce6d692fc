"""What could be said on a day: a reading's known_on, and what lay ahead then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import (
    ActClaim,
    Answer,
    EraError,
    Status,
    UncertainError,
    Verdict,
    build,
    csto,
    csto_pa,
    exact,
)
from csto_membership._facts.statuses import TRANSITIONS
from csto_membership._reader.facts_file import read

if TYPE_CHECKING:
    from csto_membership import Organization


def with_an_era_ahead() -> Organization:
    """An organization whose first era was signed, and begins after the last day verified."""
    text = """
verified_through: 2000-01-05
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras: {E: {name: E, effect: 2000-01-09, sources: [s], steps: {signature: 2000-01-01}}}
    events: {AAA: [{act: join, effect: 2000-01-02, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    return build(read(text.encode(), "atlantis.yaml")).reading(extrapolate=True)


@pytest.mark.parametrize(
    ("dating", "begins"),
    [("effect", "or after 2000-01-01"), ("decision", "1999-05-01"), ("any", "or after 1999-05-01")],
)
def test_a_name_before_the_first_era_is_told_when_it_begins(dating: str, begins: str) -> None:
    """A day on which the era surely begins is told as it is dated, an open one by the first that is possible."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras:
      E: {name: E, effect: "[2000-01-01..2000-01-09]", sources: [s], steps: {decision: 1999-05-01}}
    events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml")).reading(dating=dating)

    with pytest.raises(EraError, match=f"the first, E, begins on {begins}. Ask about a later day"):
        organization.name_on("1999-01-01")


def test_an_era_that_became_public_later_holds_no_day_before() -> None:
    """An era in effect that nobody knew of yet is no era to a reading of that day."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras: {E: {name: E, effect: 2000-01-01, known: 2001-01-01, sources: [s]}}
    events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml")).reading(era="E")

    assert organization.was_member("AAA", "2000-06-01") is Answer.YES
    assert organization.reading(known_on="2000-06-01").was_member("AAA", "2000-06-01") is Answer.NO
    assert organization.reading(known_on="2001-01-01").was_member("AAA", "2000-06-01") is Answer.YES


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2012-12-18", "UZB join 2006-08-16", "UZB suspend 2012-12-19"),
        ("2012-12-19", "UZB suspend 2012-12-19", "None"),
        ("2012-12-20", "UZB suspend 2012-12-19", "None"),
    ],
)
def test_an_act_is_before_its_own_first_day(day: str, before: str, after: str) -> None:
    """An explanation counts an act as done from the day on which it takes effect, not from the day after."""
    told = csto.explain("UZB", day)

    assert (str(told.before), str(told.after), told.during) == (before, after, ())


def test_what_was_not_public_then_is_nowhere_to_be_seen() -> None:
    """Under known_on acts, steps, sources and disputes of later are left out wherever acts are handed out."""
    then = csto.reading(known_on="2012-07-01")
    *_, suspend = then.events("UZB")

    assert str(suspend) == "UZB suspend [2012-07-02..]"
    assert [str(step.name) for step in suspend.steps] == ["notice", "receipt"]
    assert suspend.note is None
    assert suspend.disputes == ()
    assert {source.id for source in then.sources("UZB")} & {"belta-2012-12-19", "kun-uz-2021"} == set()
    assert suspend.effect.is_open
    assert not any(event.effect.is_open for event in csto.events())
    assert then.reading(known_on="2012-12-31").events("UZB")[-1].effect.is_exact


def test_known_on_counts_its_own_day_and_no_later() -> None:
    """What is dated to the day itself, or to a time that begins with it, was public; what came a day later was not."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA:
        - act: join
          effect: 2005-06-01
          instrument: pact
          sources: [on, month, later, undated]
          steps: {signature: {date: 2005-05-01, sources: [on, later], note: Written later.}}
          disputes:
            - {says: No date., sources: [on, later], answer: No., against: [on, later]}
            - {says: The day., date: 2005-06-01, sources: [on], answer: No.}
            - {says: The next., date: 2005-06-02, sources: [on], answer: No.}
    offices:
      chair:
        name: Chair
        terms:
          - state: AAA
            effect: 2005-06-01
            end: 2006-01-01
            sources: [on, later]
            steps: {decision: 2005-06-01, announcement: 2005-06-02}
          - {state: AAA, effect: 2006-01-01, sources: [on]}
instruments: {pact: {title: A pact, sources: [on]}}
sources:
  on: {title: T, publisher: P, kind: press, date: 2005-06-01}
  month: {title: T, publisher: P, kind: press, date: 2005-06}
  later: {title: T, publisher: P, kind: press, date: 2005-06-02}
  undated: {title: T, publisher: P, kind: press}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    then = organization.reading(known_on="2005-06-01")
    (join,), (term,) = then.events("AAA"), then.holders_of("chair")
    (step,) = join.steps
    assert (join.effect, join.instrument, join.sources) == (exact("2005-06-01"), "pact", ("on", "month"))
    assert (step.sources, step.note) == (("on",), None)
    assert [dispute.says for dispute in join.disputes] == ["No date.", "The day."]
    assert (join.disputes[0].sources, join.disputes[0].against) == (("on",), ("on",))
    assert (term.sources, [str(step.name) for step in term.steps]) == (("on",), ["decision"])
    assert term.end is None
    ended, following = organization.reading(known_on="2006-01-01").holders_of("chair")
    assert (ended.end, following.effect) == (exact("2006-01-01"), exact("2006-01-01"))


def test_a_step_that_was_not_public_dates_nothing() -> None:
    """In September 2006 nobody knew of the ratification in December."""
    read = csto.reading(known_on="2006-09-01", dating="ratification")

    assert read.was_member("UZB", "2006-09-01") is Answer.YES
    assert read.reading(dating="any").was_member("UZB", "2006-09-01") is Answer.YES
    assert csto.reading(dating="ratification").was_member("UZB", "2006-09-01") is Answer.NO


def test_a_public_act_counts_behind_one_that_was_not() -> None:
    """What was public is kept, whatever became known later."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA:
        - {act: join, effect: 2000-01-01, sources: [s]}
        - {act: freeze, effect: 2003-01-01, known: 2010-01-01, sources: [s]}
        - {act: withdraw, effect: 2005-01-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    known = build(read(text.encode(), "atlantis.yaml")).reading(known_on="2006-01-01")

    assert [str(spell) for spell in known.spells("AAA")][-2:] == [
        "AAA MEMBER [2000-01-01, 2005-01-01)",
        "AAA FORMER [2005-01-01, ...)",
    ]


def test_an_act_that_presupposes_a_hidden_one_waits_for_it() -> None:
    """Nobody can be suspended who, as far as was known, had never joined."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}
organizations:
  X:
    name: X
    events:
      AAA:
        - {act: join, effect: 2000-01-01, known: 2015-01-01, sources: [s]}
        - {act: suspend, effect: 2005-01-01, sources: [s]}
        - {act: resume, effect: 2006-01-01, sources: [s]}
        - {act: withdraw, effect: 2008-01-01, sources: [s]}
      BBB:
        - {act: join, effect: 2000-01-01, sources: [s]}
        - {act: suspend, effect: 2005-01-01, known: 2015-01-01, sources: [s]}
        - {act: resume, effect: 2006-01-01, sources: [s]}
        - {act: reaffirm, effect: 2007-01-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))
    known = organization.reading(known_on="2012-01-01")

    assert [str(event.act) for event in known.events("AAA")] == []
    assert [str(event.act) for event in known.events("BBB")] == ["join", "reaffirm"]
    assert [str(spell) for spell in known.spells("AAA")] == ["AAA OUTSIDE (..., ...)"]
    assert len(organization.reading(known_on="2015-01-01").events()) == 8


def test_what_lies_ahead_is_in_doubt_for_those_who_extrapolate() -> None:
    """An era and an act announced before the horizon, without a date, may have come on any later day."""
    read = csto.reading(known_on="2003-07-01", extrapolate=True)
    with pytest.raises(
        UncertainError, match="open: Collective Security Treaty or Collective Security Treaty Organization"
    ):
        read.name_on("2015")
    assert (
        "was a party to the Collective Security Treaty or a member of" in read.explain("RUS", "2015").headline
    )
    then = csto.reading(known_on="2012-07-01", extrapolate=True).explain("UZB", "2015")
    assert ([str(event) for event in then.in_doubt], then.after) == (["UZB suspend [2012-07-02..]"], None)
    ahead = csto.reading(known_on="2022-12-01").holders_of("secretary-general")
    assert [str(term) for term in ahead][-2:] == [
        "Stanislav Zas (BLR) [2020-01-01, ...)",
        "Imangali Tasmagambetov (KAZ) [[2022-12-02..], ...)",
    ]


@pytest.mark.parametrize("day", ["2000-01-05", "2000-01-08"])
def test_a_day_before_an_era_ahead_is_explained(day: str) -> None:
    """An extrapolating reading explains a day before the first era begins."""
    read_ahead = with_an_era_ahead()

    assert read_ahead.explain("AAA", day).answer is Answer.YES
    with pytest.raises(EraError, match="the first, E, begins on 2000-01-09"):
        read_ahead.name_on(day)


@pytest.mark.parametrize("day", ["2000-01-09", "2000-01-10", "2001"])
def test_a_day_in_an_era_ahead_is_explained(day: str) -> None:
    """An extrapolating reading explains a day on which an era past the horizon has begun."""
    assert with_an_era_ahead().explain("AAA", day).answer is Answer.YES


@pytest.mark.parametrize("day", ["2000-01-09", "2000-01-10", "2001"])
def test_a_day_in_an_era_ahead_has_its_name(day: str) -> None:
    """An era that the file dates after the horizon begins on its day."""
    assert with_an_era_ahead().name_on(day) == "E"


def test_an_act_before_counts_in_the_status_of_an_extrapolating_reading() -> None:
    """The act told as the last before a day is one that the status of that day counts."""
    told = csto_pa.reading(known_on="2013-06-30", extrapolate=True).explain("SRB", "2014-06-01")

    assert told.before is None or TRANSITIONS[told.before.act].may_lead_to(told.status)
    assert told.before is not None or told.status is Status.OUTSIDE


def test_an_act_that_lay_ahead_has_no_right_date() -> None:
    """A claim about an act is judged under known_on, and no date is told that nobody knew."""
    then = csto.reading(known_on="2012-07-01")
    finding = then.check(ActClaim(act="suspend", states="UZB", when="2011"))

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.dates == ()  # of the note's effect no date was known
    assert then.events("UZB")[-1].effect.latest is None
    assert str(csto.events("UZB")[-1].effect.latest) == "2012-12-19"
