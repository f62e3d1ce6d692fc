"""Organizations that have ended."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import (
    DatasetError,
    EraError,
    Organization,
    Status,
    build,
    from_json,
    shipped,
)
from csto_membership._reader.facts_file import read

FILE = """\
verified_through: 2000-12-31
organizations:
  PACT:
    name: The Pact
    ended: {effect: EFFECT, sources: [end], successor: LEAGUE}
    events:
      DNK:
        - {act: join, effect: 1990-01-01, sources: [s]}
      FIN:
        - {act: observe, effect: 1990-01-01, sources: [s]}
      ISL:
        - {act: join, effect: 1990-01-01, sources: [s]}
        - {act: observe, effect: 1994-01-01, sources: [s]}
      NOR:
        - {act: join, effect: 1990-01-01, sources: [s]}
        - {act: withdraw, effect: 1994-01-01, sources: [s]}
      SWE:
        - {act: join, effect: LAST, sources: [s]}
states: {DNK: {name: Denmark}, FIN: {name: Finland}, ISL: {name: Iceland}, NOR: {name: Norway}, SWE: {name: Sweden}}
sources:
  end: {title: The protocol of the end, publisher: The Pact, kind: primary}
  s: {title: T, publisher: P, kind: press}
"""


def pact(effect: str = "1996-07-01", last: str = "1995-01-01") -> Organization:
    """An organization that ended."""
    return build(read(FILE.replace("EFFECT", effect).replace("LAST", last).encode(), "pact.yaml"))


def test_members_become_former_by_the_end() -> None:
    """Who is in it on the last day is in it no more from the next one on; who had left is as it was."""
    one = pact()

    assert one.members_on("1996-06-30").codes() == ("DNK", "SWE")
    assert one.members_on("1996-07-01").codes() == ()
    assert {code: one.status_on(code, "1996-07-01") for code in ("DNK", "FIN", "ISL", "NOR", "SWE")} == {
        "DNK": Status.FORMER,
        "FIN": Status.OUTSIDE,
        "ISL": Status.FORMER,
        "NOR": Status.FORMER,
        "SWE": Status.FORMER,
    }
    assert str(one.spells("NOR")[-1]) == "NOR FORMER [1994-01-01, ...)"
    assert one.reading(extrapolate=True).members_on("2020-01-01").codes() == ()


def test_the_act_is_the_end_with_its_day_and_sources() -> None:
    """What ended the memberships is the end of the organization, and the explanation cites its source."""
    one = pact()
    (change,) = one.changes("1996-07-01", "1996-07-02", state="DNK")

    assert str(change.event) == "DNK end 1996-07-01"
    assert change.event is not None
    assert change.event.sources == ("end",)
    assert "The protocol of the end" in str(one.explain("DNK", "1997-01-01"))


def test_an_end_of_which_the_day_is_not_known_is_a_doubt() -> None:
    """Between the first and the last day of the end it is open who is still in it."""
    one = pact("1996-07")

    assert one.members_on("1996-06-30").codes() == ("DNK", "SWE")
    assert one.members_on("1996-07-15").codes() == ()
    assert [state.iso3 for state in one.members_on("1996-07-15").possible] == ["DNK", "SWE"]
    assert not one.members_on("1996-08-01").possible


def test_before_the_end_was_public_nobody_knew_of_it() -> None:
    """Known on an earlier day, the organization goes on."""
    one = pact().reading(known_on="1996-06-30")

    assert one.history.ended is None
    assert [str(event) for event in one.events("DNK")] == ["DNK join 1990-01-01"]


def test_the_file_and_the_exports_hold_what_they_held() -> None:
    """The acts follow from the end, so that no file repeats them; what comes back is the same organization."""
    one = pact()

    assert from_json(one.to_json()) == one
    assert build(read(one.to_yaml().encode(), "pact.yaml")) == one
    assert one.to_yaml().count("act: ") == 7
    assert one.compiled.full_history.ended == one.history.ended


def test_an_act_after_the_end_is_a_fault() -> None:
    """Nobody joins an organization that is no more."""
    with pytest.raises(DatasetError) as refused:
        pact(last="1997-01-01")

    assert refused.value.problems == (
        "pact.yaml:5:21: SWE 'end' of 1996-07-01 stands after 'join' of 1997-01-01 (line 18). Put the acts of a state "
        "in the order in which they took effect. [CM016]",
    )


@pytest.mark.parametrize(("day", "name"), [("1996-06-30", "The Pact"), ("1996-07-01", None)])
def test_it_has_no_name_afterwards(day: str, name: Any) -> None:
    """Its name lasts as long as it does, and then what followed is named."""
    if name:
        assert pact().name_on(day) == name
        return
    with pytest.raises(EraError) as refused:
        pact().name_on(day)
    assert str(refused.value) == (
        "PACT has no name on 1996-07-01: it ended on 1996-07-01, and LEAGUE followed. Ask about an earlier day."
    )


def test_states_of_the_community_left_by_an_act_of_their_own() -> None:
    """Where each state's own act says what the end made of it, nothing is added."""
    community = shipped("EURASEC")

    assert community.history.events == community.compiled.full_history.events
    assert {str(event.act) for event in community.events() if str(event.effect) == "2015-01-01"} == {"lapse"}


def test_faults_of_a_file_are_told_and_the_end_follows_from_none() -> None:
    """An act or an end that cannot be read is one fault, and nothing follows from it."""
    with pytest.raises(DatasetError) as refused:
        pact(effect="1996-02-31", last="1995-02-31")
    assert [problem.partition(" ")[2][:22] for problem in refused.value.problems] == [
        "effect: '1996-02-31' i",
        "effect: '1995-02-31' i",
    ]
    with pytest.raises(DatasetError) as refused:
        pact(last="1995-02-31")
    assert len(refused.value.problems) == 1
