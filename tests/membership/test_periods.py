"""Periods in which some states were members and others were not, where dates are open or fall on one day."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations, pairwise

import pytest

from csto_membership import Answer, Organization, build, csto
from csto_membership._reader.facts_file import read

FILE = """\
verified_through: 2000-01-31
organizations:
  PACT:
    name: The Pact
    closed: CLOSED
    events:
EVENTS
states: {DNK: {name: Denmark}, FIN: {name: Finland}, NOR: {name: Norway}}
sources: {s: {title: T, publisher: P, kind: press}}
"""


def pact(closed: str = "yes", **acts: list[tuple[str, str]]) -> Organization:
    """An organization with these acts of its states."""
    lines = []
    for code, done in acts.items():
        lines.append(f"      {code}:")
        lines += [f"        - {{act: {act}, effect: '{effect}', sources: [s]}}" for act, effect in done]
    text = FILE.replace("EVENTS", "\n".join(lines)).replace("CLOSED", closed)
    return build(read(text.encode(), "pact.yaml"))


OTHERWISE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}
OPEN = [("join", "[2000-01-05..2000-01-10]")]


@pytest.mark.parametrize(
    ("organization", "members", "periods"),
    [
        (pact(DNK=OPEN), ["DNK"], ["[2000-01-05, 2000-01-10) possibly", "[2000-01-10, ...)"]),
        (pact(DNK=OPEN), [], ["(..., 2000-01-05)", "[2000-01-05, 2000-01-10) possibly"]),
        (pact("no", DNK=OPEN), ["USA"], ["(..., 2000-01-10) possibly"]),
        (pact("no", DNK=OPEN), ["USA", "DNK"], ["[2000-01-05, ...) possibly"]),
        (
            pact(DNK=OPEN, FIN=OPEN, NOR=[("join", "2000-01-07")]),
            ["NOR"],
            ["[2000-01-07, 2000-01-10) possibly"],
        ),
    ],
    ids=str,
)
def test_what_is_open_of_a_state_leaves_it_open_of_all(
    organization: Organization, members: list[str], periods: list[str]
) -> None:
    """However many states it is open of, the membership may have been this one until one of them says no."""
    assert [str(period) for period in organization.periods_of(members)] == periods


def test_who_comes_on_the_day_when_another_goes_was_never_in_it_with_it() -> None:
    """All changes of a day count together: there is no period without a day."""
    organization = pact(
        DNK=[("join", "2000-01-02"), ("withdraw", "2000-01-09")],
        FIN=[("join", "2000-01-09")],
    )

    assert organization.together("DNK", "FIN") == ()
    assert [str(period) for period in organization.periods_of(["FIN"])] == ["[2000-01-09, ...)"]
    assert [str(period) for period in organization.periods_of([])] == ["(..., 2000-01-02)"]


def test_every_period_tells_up_to_when_it_is_known() -> None:
    """One that has ended was known up to the horizon as one that lasts; extrapolated, there is no such day."""
    for period in (*csto.periods_of(()), *csto.periods_with(["UZB"]), *csto.periods_with(["RUS"])):
        assert period.known_until == csto.horizon.toordinal()
    assert {one.known_until for one in csto.reading(extrapolate=True).periods_with(["UZB"])} == {None}


def test_periods_are_the_days_on_which_all_of_it_holds() -> None:
    """On every day it is a no if one state says no, open if one is open, else a yes; neighbours differ."""
    chance = random.Random(3)  # noqa: S311 (no secret)
    for _ in range(40):
        acts: dict[str, list[tuple[str, str]]] = {}
        for code in ("DNK", "FIN", "NOR"):
            first, following = sorted(chance.sample(range(2, 14, 2), 2))
            acts[code] = [
                (
                    act,
                    f"2000-01-{on:02}"
                    if chance.random() < 0.6
                    else f"[2000-01-{on:02}..2000-01-{on + 1:02}]",
                )
                for act, on in (("join", first), ("withdraw", following))
            ]
        organization = pact(chance.choice(("yes", "no")), **acts)
        codes = ("DNK", "FIN", "NOR", "USA")
        for members in (chosen for size in range(4) for chosen in combinations(codes, size)):
            periods = organization.periods_of(members)
            for number in range(1, 18):
                day = date(2000, 1, number)
                said = {
                    *(organization.was_member(code, day) for code in members),
                    *(
                        OTHERWISE[organization.was_member(code, day)]
                        for code in codes[:3]
                        if code not in members
                    ),
                }
                expected = (
                    [] if Answer.NO in said else [Answer.UNKNOWN if Answer.UNKNOWN in said else Answer.YES]
                )
                assert [period.answer for period in periods if day in period] == expected
            for one, other in pairwise(periods):
                assert one.end != other.start or one.answer is not other.answer
