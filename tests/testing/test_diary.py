"""The diary agrees with brute force over all worlds, and its short calendar with a long one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csto_membership import Act, Event, Status, csto, imprecise
from csto_membership.testing import after, datasets, diary, lives, may_avoid, worlds
from csto_membership.testing.acts import counted
from csto_membership.testing.diary import may_happen_on, shortened
from csto_membership.testing.strategies import BASES, DATINGS, FIRST_DAY, LAST_DAY
from csto_membership.testing.worlds import acts_around, days_counted, in_some_world

DAYS = range(FIRST_DAY - 2, LAST_DAY + 2)
FEW = lives("AAA", most=4, widest=2)


@settings(max_examples=60)
@given(st.data(), datasets(states=1, most=4, widest=2), st.sampled_from(DATINGS))
def test_the_diary_has_what_some_world_reaches(data: st.DataObject, dataset: object, dating: str) -> None:
    """A status stands in the diary of a day exactly if some consistent choice of dates gives it, in any era."""
    (history,) = dataset.histories  # type: ignore[attr-defined] # a dataset
    era = data.draw(st.sampled_from([None, "ONE", "TWO"]))
    told = diary(history.events, map(date.fromordinal, DAYS), dating=dating, eras=history.eras, era=era)

    reached = in_some_world(history.events, DAYS, dating=dating, eras=history.eras, era=era)
    assert list(told.values()) == reached


@settings(max_examples=60)
@given(st.data(), FEW, st.sampled_from(DATINGS), st.sampled_from(BASES))
def test_a_period_is_avoided_if_some_world_avoids_it(
    data: st.DataObject, events: tuple[Event, ...], dating: str, basis: str | Status
) -> None:
    """Statuses may be avoided for a period exactly if in some world no day of it has one of them."""
    statuses = counted(basis)
    first, last = sorted(data.draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
    found = any(
        not any(
            after(events[: sum(when <= day for when in dates)]) & statuses for day in range(first, last + 1)
        )
        for dates in worlds(events, dating=dating)
    )

    bounds = date.fromordinal(first), date.fromordinal(last + 1)
    assert may_avoid(events, statuses, *bounds, dating=dating) == found


@settings(max_examples=60)
@given(st.data(), FEW, st.sampled_from(DATINGS))
def test_an_act_may_happen_where_some_world_has_it(
    data: st.DataObject, events: tuple[Event, ...], dating: str
) -> None:
    """An act may fall on a day exactly if it does so in some consistent choice of dates."""
    if not events:
        return
    place = data.draw(st.integers(0, len(events) - 1))
    days = {dates[place] for dates in worlds(events, dating=dating)}

    for day in DAYS:
        assert may_happen_on(events, place, date.fromordinal(day), dating=dating) == (day in days)


def test_acts_around_a_day_are_told_by_all_worlds() -> None:
    """Of acts in a row one is before, one may have happened, one happens within, and one comes after."""
    steps = (
        (Act.JOIN, "2000-01-01"),
        (Act.REAFFIRM, "2000-02-01"),
        (Act.SUSPEND, "2000-03"),
        (Act.RESUME, "2000-04-10"),
        (Act.WITHDRAW, "2000-06-01"),
        (Act.JOIN, "2001-01-01"),
    )
    events = [Event(state="AAA", act=act, effect=imprecise(day), sources=("s",)) for act, day in steps]
    first, last = date(2000, 3, 15).toordinal(), date(2000, 4, 20).toordinal()

    told = acts_around(events, first, last)
    assert {name: [str(event.act) for event in found] for name, found in told.items()} == {
        "before": ["join"],
        "confirmed": ["reaffirm"],
        "in_doubt": ["suspend"],
        "during": ["resume"],
        "after": ["withdraw"],
    }
    assert acts_around(events, last, date(2010, 1, 1).toordinal())["after"] == []


def test_days_counted_are_those_of_an_era() -> None:
    """Of a world the days are counted on which the status counts, as a bit for each; none outside the era."""
    joined = [Event(state="AAA", act=Act.JOIN, effect=imprecise("[2000-01-01..2000-01-02]"), sources=("s",))]
    day = date(2000, 1, 1).toordinal()
    days = range(day - 1, day + 3)

    assert days_counted(joined, (None, None), Status.MEMBER, days) == {0b1110, 0b1100}
    assert days_counted(joined, (day, day + 2), Status.MEMBER, days) == {0b0110, 0b0100}


def test_long_stretches_are_shortened() -> None:
    """Each day keeps its place beside the next, and no stretch between two days is longer than there is room."""
    places = shortened([10, 12, 1000, 5000], room=6)

    assert places == {10: 0, 11: 1, 12: 2, 13: 3, 1000: 9, 1001: 10, 5000: 16, 5001: 17}
    assert all(other > one for one, other in pairwise(places.values()))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1600-01-01", Status.OUTSIDE | Status.MEMBER),
        ("1960-04-30", Status.OUTSIDE | Status.MEMBER),
        ("1960-05-01", Status.MEMBER),
        ("1989-12-31", Status.MEMBER),
        ("1990-01-01", Status.MEMBER | Status.FORMER),
        ("1991-12-30", Status.MEMBER | Status.FORMER),
        ("1991-12-31", Status.FORMER),
        ("2400-01-01", Status.FORMER),
    ],
)
def test_dates_of_any_width_are_written_up(day: str, status: Status) -> None:
    """A date that is open to the left, or two years wide, is no longer to write up than a day."""
    events = (
        Event(state="AAA", act=Act.JOIN, effect=imprecise("[..1960-05-01]"), sources=("s",)),
        Event(state="AAA", act=Act.WITHDRAW, effect=imprecise("[1990-01-01..1991-12-31]"), sources=("s",)),
    )

    asked = date.fromisoformat(day)
    assert diary(events, [asked]) == {asked: status}


def test_an_act_may_fall_on_the_first_day_of_all() -> None:
    """The day before a day may be none."""
    event = Event(state="AAA", act=Act.JOIN, effect=imprecise("[..1960-05-01]"), sources=("s",))

    assert may_happen_on([event], 0, date.min)
    assert not may_happen_on([event], 0, date(1960, 5, 2))


def test_a_reading_of_the_shipped_organization() -> None:
    """Uzbekistan was suspended on 19 December 2012; in the Organization's era Georgia never was anything."""
    eras = csto.history.eras
    day = date(2012, 12, 19)

    assert diary(csto.events("UZB"), [day], eras=eras, era="CSTO") == {day: Status.SUSPENDED}
    assert diary(csto.events("GEO"), [day], eras=eras, era="CSTO") == {day: Status.OUTSIDE}
    assert diary(csto.events("GEO"), [day]) == {day: Status.FORMER}
