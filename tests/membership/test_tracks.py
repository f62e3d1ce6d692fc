"""What a state was over days, months and years, as tables ask it: choices, the horizon, and states without acts."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any

import pytest

from csto_membership import ReadingError, Status, csto, csto_pa
from csto_membership._membership.tracks import (
    BEYOND,
    DECIDED,
    NO,
    NULL,
    OPEN,
    YES,
    Question,
    first_day_of,
    position_of,
    question_about,
    segment_count,
    track_without_acts,
    tracks,
    value_over_period,
)

LAST = csto.horizon.toordinal()
ANY = sum(status.value for status in Status)


@pytest.mark.parametrize(
    ("choice", "fault", "way_out", "option"),
    [
        (
            ("years", "any", {}),
            "no freq 'years'.",
            "Did you mean 'year'? There are year, month, day.",
            None,
        ),
        (
            ("year", "al", {}),
            "no rule 'al'.",
            "Did you mean 'all'? There are any, all, start, end, midyear.",
            None,
        ),
        (("year", "end", {"rules": ("any", "all")}), "no rule 'end'.", "There are any, all.", None),
        (
            ("month", "midyear", {}),
            "rule 'midyear' needs years, got freq='month'.",
            "Choose freq='year' or another rule.",
            "freq",
        ),
    ],
    ids=str,
)
def test_a_rule_fits_its_axis(choice: tuple[Any, ...], fault: str, way_out: str, option: str | None) -> None:
    """There are three axes and five rules, and the middle of a year needs years."""
    freq, rule, named = choice
    with pytest.raises(ReadingError) as refused:
        question_about(freq, rule, "member", **named)

    assert (refused.value.fault, refused.value.way_out, refused.value.option) == (fault, way_out, option)


@pytest.mark.parametrize("rule", ["any", "all", "start", "end"])
def test_of_a_day_every_rule_asks_the_same(rule: str) -> None:
    """A day is its own start, so that one track serves all rules."""
    assert question_about("day", rule, "member") == Question(freq="day", rule="start", what="member")
    assert question_about("month", rule, "why") == Question(freq="month", rule=rule, what="why")


@pytest.mark.parametrize(
    ("state", "days", "status", "member", "why"),
    [
        ("KAZ", ("2003-01-01", "2003-01-02"), Status.MEMBER.value, YES, DECIDED),
        ("UZB", ("2003-01-01", "2004-01-01"), Status.FORMER.value, NO, DECIDED),
        (
            "AZE",
            ("1999-04-20", "1999-04-22"),
            (Status.MEMBER | Status.FORMER).value,
            NULL,
            OPEN,
        ),
        ("AZE", ("1999-04-20", "1999-04-21"), Status.MEMBER.value, YES, DECIDED),
        ("AZE", ("1999-04-21", "1999-04-22"), Status.FORMER.value, NO, DECIDED),
    ],
)
def test_days_make_one_answer(state: str, days: tuple[str, str], status: int, member: int, why: int) -> None:
    """Over days the statuses add up; it is a yes or a no where all of them say so."""
    timeline = csto.compiled.timeline_of(csto.state(state))
    first, after = (date.fromisoformat(day).toordinal() for day in days)

    assert value_over_period(csto, "status", timeline, (first, after)) == status
    assert value_over_period(csto, "member", timeline, (first, after)) == member
    assert value_over_period(csto, "why", timeline, (first, after)) == why


def test_days_past_the_horizon_have_no_answer() -> None:
    """The last day verified is known, the next one is not, unless the reading extrapolates."""
    timeline = csto.compiled.timeline_of(csto.state("KAZ"))
    ahead = csto.reading(extrapolate=True)

    assert value_over_period(csto, "member", timeline, (LAST, LAST + 1)) == YES
    assert value_over_period(csto, "status", timeline, (LAST, LAST + 1)) == Status.MEMBER.value
    assert value_over_period(csto, "member", timeline, (LAST, LAST + 2)) == NULL
    assert value_over_period(csto, "status", timeline, (LAST, LAST + 2)) == 0
    assert value_over_period(csto, "why", timeline, (LAST, LAST + 2)) == BEYOND
    assert value_over_period(ahead, "member", timeline, (LAST, LAST + 2)) == YES
    assert value_over_period(ahead, "why", timeline, (LAST + 400, LAST + 401)) == DECIDED


@pytest.mark.parametrize(
    ("what", "closed", "open_"),
    [("member", NO, NULL), ("status", Status.OUTSIDE.value, ANY), ("why", DECIDED, OPEN)],
)
def test_who_never_acted_is_outside_of_a_closed_record(what: str, closed: int, open_: int) -> None:
    """Of a closed record it is no on every day known, of another it is open."""
    assert (csto.history.closed, csto_pa.history.closed) == (True, False)
    for freq, rule in (("year", "any"), ("month", "all"), ("day", "start")):
        question = question_about(freq, rule, what)
        known, past = position_of(freq, LAST - 800), position_of(freq, LAST + 800)

        assert track_without_acts(csto, question).value_at(known) == closed
        assert track_without_acts(csto_pa, question).value_at(known) == open_
        assert (
            track_without_acts(csto, question).value_at(past)
            == {"member": NULL, "status": 0, "why": BEYOND}[what]
        )


def test_a_share_of_days_is_exact() -> None:
    """A year has the share of its days on which the state was a member, and none where a day is open or unknown."""
    shares = dict(
        zip(csto.compiled.names.codes, tracks(csto, question_about("year", "any", "fraction")), strict=True)
    )

    assert shares["AZE"].value_at(1999) == (date(1999, 4, 21) - date(1999, 1, 1)).days / 365
    assert [shares["AZE"].value_at(year) for year in (1992, 1998, 2000)] == [0, 1, 0]
    assert shares["UZB"].value_at(2006) == (date(2007, 1, 1) - date(2006, 8, 16)).days / 365
    assert isnan(shares["KAZ"].value_at(csto.horizon.year))
    assert shares["KAZ"].value_at(csto.horizon.year - 1) == 1


@pytest.mark.parametrize(
    ("freq", "day", "position", "first"),
    [
        ("day", date(2003, 6, 30), 731396, date(2003, 6, 30)),
        ("month", date(2003, 6, 30), 12 * 2003 + 5, date(2003, 6, 1)),
        ("month", date(2003, 12, 31), 12 * 2003 + 11, date(2003, 12, 1)),
        ("year", date(2003, 6, 30), 2003, date(2003, 1, 1)),
        ("year", date(9999, 6, 30), 9999, date(9999, 1, 1)),
    ],
)
def test_a_position_on_the_axis_begins_with_its_first_day(
    freq: str, day: date, position: int, first: date
) -> None:
    """A month is counted from the year 0, so that the next position is the next month; past the calendar is one day."""
    assert position_of(freq, day.toordinal()) == position
    assert first_day_of(freq, position) == first.toordinal()
    assert first_day_of("year", 10_000) == date.max.toordinal() + 1


@pytest.mark.parametrize("freq", ["year", "month"])
@pytest.mark.parametrize("rule", ["start", "end"])
def test_a_rule_of_one_day_is_the_answer_of_that_day(freq: str, rule: str) -> None:
    """The first and the last day of a month or year are asked about as days are."""
    question = question_about(freq, rule, "status")
    for state, track in zip(csto.states, tracks(csto, question), strict=True):
        for position in range(position_of(freq, date(1992, 1, 1).toordinal()), position_of(freq, LAST)):
            day = first_day_of(freq, position) if rule == "start" else first_day_of(freq, position + 1) - 1
            assert track.value_at(position) == csto.status_on(state, date.fromordinal(day)).value


def test_the_middle_of_a_year_is_the_first_of_july() -> None:
    """On the day before it may have been otherwise."""
    track = dict(
        zip(csto.compiled.names.codes, tracks(csto, question_about("year", "midyear", "member")), strict=True)
    )

    assert [track["UZB"].value_at(year) for year in (1994, 1998, 1999, 2006, 2007, 2012, 2013)] == [
        int(csto.was_member("UZB", f"{year}-07-01") == "yes")
        for year in (1994, 1998, 1999, 2006, 2007, 2012, 2013)
    ]


def test_runs_are_counted_without_their_open_beginnings() -> None:
    """Neighbouring runs differ, and each but the first has a position where it begins."""
    rows = tracks(csto, question_about("day", "start", "status"))

    assert segment_count(rows) == sum(len(track.cells) - 1 for track in rows)
    assert all(
        one != other for track in rows for one, other in zip(track.cells, track.cells[1:], strict=False)
    )
