"""Tracks on an axis of years, months and days: at the edges of windows, of the horizon and of the calendar."""

from __future__ import annotations

import random
from datetime import date
from itertools import accumulate, product
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import Act, Event, State, Status, csto
from csto_membership._facts.dates import between, exact, to_date
from csto_membership._membership.segments import LAST_DAY, EraWindow, Timeline, _timeline
from csto_membership._membership.tracks import (
    BEYOND,
    FREQS,
    NO,
    NULL,
    OPEN,
    RULES,
    YES,
    Track,
    _StateOnAxis,
    _track,
    position_of,
    question_about,
    tracks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER = (Status.MEMBER | Status.FROZEN).value
LAST = csto.horizon.toordinal()
Window = tuple[int, int]


def timeline_of(
    *acts: tuple[Act, Window], era: EraWindow | None = None, limit: int | None = None
) -> Timeline:
    """The days of one state by its acts."""
    events = tuple(
        Event(
            state="AAA",
            act=act,
            effect=exact(to_date(low)) if low == high else between(low, high),
            sources=(),
        )
        for act, (low, high) in acts
    )
    return _timeline(State(iso3="AAA", english="A"), events, "effect", era, limit, ())


def track_of(  # noqa: PLR0913, PLR0917 (what is asked, of what, up to when)
    timeline: Timeline, axis: str, rule: str, what: str, last: int | None = None, basis: int = MEMBER
) -> Track:
    """Its track up to a horizon."""
    compiled: Any = SimpleNamespace(last=last, basis=basis)
    return _track(compiled, timeline, question_about(axis, rule, what))


def day(text: str) -> int:
    """A day's ordinal."""
    return date.fromisoformat(text).toordinal()


def joined(first: str, last: str | None = None) -> Timeline:
    """Of a state that joined once, on a day or between two."""
    return timeline_of((Act.JOIN, (day(first), day(last or first))))


def _drawn() -> Iterator[tuple[Timeline, int | None]]:
    """Histories with wide dates that overlap, in four years, with and without an era and a horizon."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    first = day("1990-01-01")
    for number in range(150):
        acts = chance.choice(
            (
                (Act.JOIN, Act.WITHDRAW),
                (Act.JOIN, Act.WITHDRAW, Act.JOIN),
                (Act.JOIN, Act.WITHDRAW, Act.JOIN, Act.WITHDRAW),
                (Act.SIGN, Act.JOIN, Act.FREEZE, Act.WITHDRAW),
            )
        )
        lows = sorted(first + chance.randrange(1000) for _ in acts)
        highs = accumulate((low + chance.choice((0, 20, 300, 700)) for low in lows), max)
        last = None
        if number % 3:
            last = day(f"{chance.choice((1991, 1992, 1993))}-12-31") - chance.choice((0, 1, 100))
        windows = [(low, max(low, min(high, last or high))) for low, high in zip(lows, highs, strict=True)]
        begins = first + chance.randrange(800)
        era = EraWindow(begins=(begins, begins + 200), ends=(begins + 500, begins + 700))
        yield (
            timeline_of(*zip(acts, windows, strict=True), era=chance.choice((None, None, era)), limit=last),
            last,
        )


def test_a_track_is_what_is_asked_position_by_position() -> None:
    """Where runs begin follows from the edges alone: asked about every year, month or day, the answer is the same."""
    for timeline, last in _drawn():
        for axis, rule, what in product(("year", "month"), RULES[:4], ("member", "status", "fraction")):
            question = question_about(axis, rule, what)
            row = _StateOnAxis(
                timeline=timeline, question=question, basis=MEMBER, last=LAST_DAY if last is None else last
            )
            track = _track(SimpleNamespace(last=last, basis=MEMBER), timeline, question)  # type: ignore[arg-type]
            for position in range(position_of(axis, day("1989-11-01")), position_of(axis, day("1996-02-01"))):
                one: float = getattr(row, what)(position)
                assert repr(track.value_at(position)) == repr(one), (timeline, last, question, position)


@pytest.mark.parametrize(
    ("timeline", "rule", "cells"),
    [
        (joined("2001-01-01"), "end", [NO, YES]),
        (joined("2000-12-31"), "end", [YES, YES]),
        (joined("2000-12-31"), "start", [NO, YES]),
        (joined("2000-01-02"), "start", [NO, YES]),
        (joined("2000-01-01"), "start", [YES, YES]),
        (joined("2000-07-02"), "midyear", [NO, YES]),
        (joined("2000-07-01"), "midyear", [YES, YES]),
        (joined("2000-06-30", "2000-07-01"), "midyear", [YES, YES]),
        (joined("2000-06-30", "2000-07-02"), "midyear", [NULL, YES]),
    ],
    ids=str,
)
def test_a_rule_of_one_day_asks_about_that_day_alone(timeline: Timeline, rule: str, cells: list[int]) -> None:
    """A state that joins on the day itself was in by then; one that joins on the next day was not."""
    track = track_of(timeline, "year", rule, "member")

    assert [track.value_at(year) for year in (2000, 2001)] == cells


def test_any_is_a_yes_though_no_day_is_sure() -> None:
    """Who joined and left in one month, on days unknown, was a member in that year, and not in all of it."""
    month = day("2000-03-01"), day("2000-03-31")
    timeline = timeline_of((Act.JOIN, month), (Act.WITHDRAW, month))

    assert [track_of(timeline, "year", rule, "member").value_at(2000) for rule in ("any", "all")] == [YES, NO]
    assert all(track_of(timeline, "day", "any", "member").value_at(on) != YES for on in range(*month))


@pytest.mark.parametrize(
    ("last", "any_", "all_", "share"),
    [("2000-12-31", YES, YES, 1.0), ("2000-12-30", YES, NULL, None), ("1999-12-31", NULL, NULL, None)],
)
def test_a_year_is_known_when_its_last_day_is(last: str, any_: int, all_: int, share: float | None) -> None:
    """With one day of it past the horizon, only "any" has an answer."""
    timeline = joined("1990-01-01")

    assert track_of(timeline, "year", "any", "member", day(last)).value_at(2000) == any_
    assert track_of(timeline, "year", "all", "member", day(last)).value_at(2000) == all_
    found = track_of(timeline, "year", "any", "fraction", day(last)).value_at(2000)
    assert (None if found != found else found) == share  # noqa: PLR0124 (a NaN is not itself)


@pytest.mark.parametrize(("last", "is_known"), [("2000-12-31", True), ("2000-12-30", False)])
def test_a_year_with_a_change_is_known_when_its_last_day_is(last: str, is_known: bool) -> None:  # noqa: FBT001 (a table)
    """Its statuses, its share, and what leaves it open: with one day of it past the horizon, that is the reason."""
    exactly, within = joined("2000-12-01"), joined("2000-12-30", "2001-01-02")
    both = Status.OUTSIDE.value | Status.MEMBER.value

    assert track_of(exactly, "year", "any", "status", day(last)).value_at(2000) == (both if is_known else 0)
    share = track_of(exactly, "year", "any", "fraction", day(last)).value_at(2000)
    assert repr(share) == (repr(31 / 366) if is_known else "nan")
    why = track_of(within, "year", "end", "why", day(last)).value_at(2000)
    assert why == (OPEN if is_known else BEYOND)


def test_what_comes_after_the_horizon_decides_nothing() -> None:
    """A state that leaves on the day after the last one verified, at the latest, may have been in on all days known."""
    last = day("2000-06-29")
    timeline = timeline_of(
        (Act.JOIN, (day("1990-01-01"), day("1990-01-01"))),
        (Act.WITHDRAW, (day("2000-06-01"), last + 1)),
        limit=last,
    )

    assert track_of(timeline, "year", "all", "member", last).value_at(2000) == NULL
    assert track_of(timeline, "month", "all", "member", last + 1).value_at(position_of("month", last)) == NO


def test_an_edge_on_the_last_day_verified_counts() -> None:
    """Who came again by that day, and may have left again no earlier than on it, was in within that year."""
    last = day("1992-12-31")
    timeline = timeline_of(
        (Act.JOIN, (day("1980-01-01"), day("1980-01-01"))),
        (Act.WITHDRAW, (day("1985-01-01"), day("1985-01-01"))),
        (Act.JOIN, (day("1990-01-01"), last)),
        (Act.WITHDRAW, (last, day("1994-06-30"))),
        limit=last,
    )
    track = track_of(timeline, "year", "any", "member", last)

    assert last not in timeline.days
    assert [track.value_at(year) for year in (1989, 1990, 1991, 1992, 1993)] == [NO, NULL, NULL, YES, NULL]


def test_a_share_has_no_number_where_a_day_is_open_and_counts_from_the_first_run_on() -> None:
    """A year with an open day has no share; the days before the first act are days like others."""
    open_ = track_of(joined("2000-03-01", "2000-03-31"), "year", "any", "fraction")
    outside = track_of(joined("2000-03-01"), "year", "any", "fraction", basis=Status.OUTSIDE.value)

    assert [repr(open_.value_at(year)) for year in (1999, 2000, 2001)] == ["0.0", "nan", "1.0"]
    assert [outside.value_at(year) for year in (1999, 2000, 2001)] == [1, (31 + 29) / 366, 0]


@pytest.mark.parametrize("axis", FREQS)
@pytest.mark.parametrize("on", ["0001-01-02", "0001-12-31", "9999-01-01", "9999-12-31"])
def test_a_track_reaches_over_the_whole_calendar(axis: str, on: str) -> None:
    """Without a horizon, what changes in the first and the last year of the calendar is in the track."""
    track = track_of(joined(on), axis, "end", "member")
    positions = [position_of(axis, ordinal) for ordinal in (1, day(on), LAST_DAY)]

    assert [track.value_at(position) for position in positions] == [
        YES if position >= positions[1] else NO for position in positions
    ]


@pytest.mark.parametrize("axis", FREQS)
def test_who_extrapolates_has_an_answer_for_every_position(axis: str) -> None:
    """The last status lasts; without extrapolating nothing is known after the horizon."""
    question = question_about(axis, "any", "member")
    position = position_of(axis, LAST + 800)
    ahead = csto.reading(extrapolate=True)

    assert [track.value_at(position) for track in tracks(csto, question)] == [NULL] * len(csto.states)
    assert [track.value_at(position) for track in tracks(ahead, question)] == [
        int(ahead.was_member(state, date.fromordinal(LAST + 800)) == "yes") for state in ahead.states
    ]
