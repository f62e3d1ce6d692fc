"""When acts may have happened: order, statuses that last a day, and steps that come too early."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from csto_membership import (
    Act,
    Answer,
    Dataset,
    DatasetError,
    Event,
    History,
    Source,
    SourceKind,
    State,
    Status,
    Step,
    StepName,
    build,
    exact,
    imprecise,
)
from csto_membership._facts.dates import later_than
from csto_membership._membership.consistent import may_avoid
from csto_membership._membership.segments import LAST_DAY, Timeline, windows
from csto_membership._membership.tracks import NO, NULL, YES, position_of, question_about, tracks
from csto_membership.testing import worlds

if TYPE_CHECKING:
    from csto_membership import Organization

SOURCE = Source(id="law", title="A law", publisher="A state", kind=SourceKind.PRIMARY)


def act(kind: str, effect: str, **steps: str) -> Event:
    """An act of AAA, with the dates of its steps."""
    return Event(
        state="AAA",
        act=Act(kind),
        effect=imprecise(effect),
        sources=("law",),
        steps=tuple(Step(name=StepName(name), date=imprecise(text)) for name, text in steps.items()),
    )


def dataset(*events: Event, verified: str = "2001-12-31") -> Dataset:
    """An organization of AAA with these acts."""
    return Dataset(
        verified_through=exact(verified),
        states=(State(iso3="AAA", english="Atlantis"),),
        sources=(SOURCE,),
        histories=(History(id="ORG", name="An organization", events=events),),
    )


# As a reading by what was public has an act that lies ahead.
AHEAD = evolve(act("join", "2000-03-02"), effect=later_than(date(2000, 3, 1).toordinal()))


def days(*events: Event, dating: str = "effect") -> list[str]:
    """The windows of these acts as text."""
    return [
        str(date.fromordinal(low))
        if low == high
        else f"{date.fromordinal(low)}..{date.fromordinal(high) if high <= LAST_DAY else ''}"
        for low, high in windows(events, dating)
    ]


def cell(organization: Organization, rule: str, freq: str, day: str) -> float:
    """What a rule makes of the month or year of a day."""
    (track,) = tracks(organization, question_about(freq, rule, "member"))
    return track.value_at(position_of(freq, date.fromisoformat(day).toordinal()))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            [act("join", "2000-03"), act("withdraw", "2000-03-20")],
            ["2000-03-01..2000-03-19", "2000-03-20"],
            id="a status needs a day",
        ),
        pytest.param(
            [act("join", "2000-03-20"), act("withdraw", "2000-03")],
            ["2000-03-20", "2000-03-21..2000-03-31"],
            id="also forwards",
        ),
        pytest.param(
            [act("join", "2000-03-20"), act("withdraw", "2000-03-20")],
            ["2000-03-20", "2000-03-20"],
            id="two exact acts may share a day",
        ),
        pytest.param(
            [act("join", "2000-03"), act("reaffirm", "2000-03-20"), act("withdraw", "2000-03")],
            ["2000-03-01..2000-03-20", "2000-03-20", "2000-03-20..2000-03-31"],
            id="a reaffirmation begins no status",
        ),
        pytest.param(
            [act("join", "2000-03"), act("reaffirm", "2000-03"), act("withdraw", "2000-03-02")],
            ["2000-03-01", "2000-03-01..2000-03-02", "2000-03-02"],
            id="a reaffirmation between two acts does not part them",
        ),
        pytest.param(
            [act("join", "[2000-03-01..2000-03-05]"), act("withdraw", "[2000-03-01..2000-03-05]"), AHEAD],
            ["2000-03-01..2000-03-04", "2000-03-02..2000-03-05", "2000-03-03.."],
            id="an act that lies ahead leaves those before it their own bounds",
        ),
        pytest.param(
            [act("join", "[9999-12-30..9999-12-31]"), act("withdraw", "9999-12-31")],
            ["9999-12-30", "9999-12-31"],
            id="the last day of the calendar is a day",
        ),
    ],
)
def test_windows_leave_each_status_its_day(events: list[Event], expected: list[str]) -> None:
    """Two acts that change the status fall on different days, unless both are dated to the day."""
    assert days(*events) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("2000-03-20", "2000-01-05", ["2000-03-20", "2000-03-20"], id="both exact"),
        pytest.param("2000-03-20", "2000-01", ["2000-03-20", "2000-03-21"], id="the step a month"),
        pytest.param(
            "2000-03",
            "2000-01-05",
            ["2000-03-01..2000-03-31", "2000-03-02..2000-04-01"],
            id="the act a month",
        ),
    ],
)
def test_a_step_before_its_predecessor_is_moved_up(before: str, after: str, expected: list[str]) -> None:
    """A step that comes before the predecessor dates its act as soon after that as a status can end."""
    events = [act("join", before), act("withdraw", "2000-06-01", decision=after)]

    assert days(*events, dating="decision") == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        pytest.param(
            [act("reaffirm", "2000-06-01", decision="2000-01-05")],
            ["2000-03-20", "2000-03-20", "2000-03-20", "2000-03-20"],
            id="by exact days, all on one day",
        ),
        pytest.param(
            [act("reaffirm", "2000-06-01", decision="2000-03")],
            ["2000-03-20", "2000-03-20..2000-03-30", "2000-03-21..2000-03-30", "2000-03-31"],
            id="behind a month, no longer exact",
        ),
    ],
)
def test_an_act_that_was_moved_up_is_as_exact_as_what_is_before_it(
    between: list[Event], expected: list[str]
) -> None:
    """Moved up to an exact day an act is exact, and another may share that day; moved up behind a month it is not."""
    last = "2000-03-20" if len(set(expected)) == 1 else "2000-03-31"
    events = [
        act("join", "2000-03-20"),
        *between,
        act("withdraw", "2000-06-02", decision="2000-01-06"),
        act("join", last),
    ]

    assert days(*events, dating="decision") == expected


def test_a_file_that_leaves_a_status_no_day_is_refused() -> None:
    """CM027: the second act cannot come a day after the first; both exact, they may share the day."""
    with pytest.raises(DatasetError) as caught:
        build(dataset(act("join", "[2000-03-20..2000-03-22]"), act("withdraw", "2000-03-20")))

    assert caught.value.problems == (
        "ORG: AAA 'withdraw' of 2000-03-20 leaves no day for the status since 'join' of "
        "[2000-03-20..2000-03-22]. Correct one of the dates, or give both to the day. [CM027]",
    )
    assert (
        build(dataset(act("join", "2000-03-20"), act("withdraw", "2000-03-20"))).spells("AAA")[-1].status
        == Status.FORMER
    )


def test_what_follows_from_a_status_without_a_day_is_no_second_fault() -> None:
    """CM027: acts out of order are told once, as such; a day that lacks is told at its first act."""
    week = "[2000-03-20..2000-03-21]"
    with pytest.raises(DatasetError) as caught:
        build(dataset(act("join", week), act("freeze", week), act("resume", week), act("withdraw", week)))
    assert [problem[-7:] for problem in caught.value.problems] == ["[CM027]"]

    with pytest.raises(DatasetError) as caught:
        build(dataset(act("join", "2000-03-20"), act("withdraw", "2000-03-19")))
    assert [problem[-7:] for problem in caught.value.problems] == ["[CM016]"]


def test_some_day_of_a_month_is_a_day_of_the_year() -> None:
    """Who joined in March and left in May was a member on some day of the year, though no day of March is sure."""
    organization = build(dataset(act("join", "2000-03"), act("withdraw", "2000-04-01")))

    assert cell(organization, "any", "month", "2000-03-01") == YES
    assert organization.was_member("AAA", "2000-03") is Answer.UNKNOWN
    assert cell(organization, "all", "month", "2000-03-01") == NULL
    assert cell(organization, "any", "year", "2000-01-01") == YES


def test_all_of_a_month_is_no_if_some_day_is_outside() -> None:
    """Who was frozen from some day to another of a month was not active on all of its days, whichever they were."""
    events = [act("join", "1999-01-01"), act("freeze", "2000-03"), act("resume", "2000-04-01")]
    organization = build(dataset(*events)).reading(basis="active")

    assert cell(organization, "all", "month", "2000-03-01") == NO
    assert cell(organization, "any", "month", "2000-03-01") == NULL
    assert organization.was_member("AAA", "2000-03") is Answer.UNKNOWN


def test_a_status_without_days_is_no_membership() -> None:
    """A state that joined and left on one exactly dated day was a member on none."""
    events = [act("join", "2000-03-20"), act("withdraw", "2000-03-20")]
    organization = build(dataset(*events))

    assert [str(spell) for spell in organization.spells("AAA")] == [
        "AAA OUTSIDE (..., 2000-03-20)",
        "AAA FORMER [2000-03-20, ...)",
    ]
    assert cell(organization, "any", "month", "2000-03-01") == NO


def test_windows_that_change_no_mask_bound_a_period_all_the_same() -> None:
    """Some day of 2000 is one of membership in every history, whether or not a mask changes in that year."""
    events = [
        act("join", "[1998-01-01..2000-03-01]"),
        act("withdraw", "[1998-01-02..2000-09-01]"),
        act("join", "[1998-01-03..2001-03-01]"),
    ]
    organization = build(dataset(*events, verified="2005-12-31"))

    assert [cell(organization, "any", "year", f"{year}-01-01") for year in range(1997, 2003)] == [
        NO,
        NULL,
        NULL,
        NULL,
        YES,
        YES,
    ]
    assert cell(organization, "all", "year", "2002-01-01") == YES


def test_a_period_that_reaches_past_the_horizon_is_decided_by_its_known_days() -> None:
    """A year that is not over yet has a day of membership in every history; whether all days are is open."""
    events = [act("join", "2000-03"), act("withdraw", "2000-04-01")]
    organization = build(dataset(*events, verified="2000-04-20"))

    assert cell(organization, "any", "year", "2000-01-01") == YES
    assert cell(organization, "all", "year", "2000-01-01") == NO
    assert cell(organization, "any", "year", "2001-01-01") == NULL


@pytest.mark.parametrize(
    ("events", "dating", "expected"),
    [
        pytest.param(
            [act("join", "2000-03"), act("withdraw", "2000-06")],
            "effect",
            [
                "AAA OUTSIDE (..., 2000-03)",
                "AAA OUTSIDE or MEMBER [2000-03-01, 2000-03-31)",
                "AAA MEMBER [2000-03, 2000-06)",
                "AAA MEMBER or FORMER [2000-06-01, 2000-06-30)",
                "AAA FORMER [2000-06, ...)",
            ],
            id="as written",
        ),
        pytest.param(
            [act("join", "2000-03"), act("withdraw", "2000-03-20")],
            "effect",
            [
                "AAA OUTSIDE (..., [2000-03-01..2000-03-19])",
                "AAA OUTSIDE or MEMBER [2000-03-01, 2000-03-19)",
                "AAA MEMBER [[2000-03-01..2000-03-19], 2000-03-20)",
                "AAA FORMER [2000-03-20, ...)",
            ],
            id="as narrowed",
        ),
        pytest.param(
            [act("join", "2000-03-20", decision="2000-03-01")],
            "any",
            [
                "AAA OUTSIDE (..., [2000-03-01..2000-03-20])",
                "AAA OUTSIDE or MEMBER [2000-03-01, 2000-03-20)",
                "AAA MEMBER [[2000-03-01..2000-03-20], ...)",
            ],
            id="as dated",
        ),
    ],
)
def test_a_spell_shows_the_days_on_which_it_may_have_begun_and_ended(
    events: list[Event], dating: str, expected: list[str]
) -> None:
    """A spell that began on some day of March prints March, not the day from which on it is certain."""
    spells = build(dataset(*events)).reading(dating=dating).spells("AAA")

    assert [str(spell) for spell in spells] == expected
    assert [repr(spell) for spell in spells] == [f"Spell({text})" for text in expected]


def test_of_a_state_whose_acts_are_not_known_nothing_is_sure() -> None:
    """Where a record is not closed, a state without an act may have avoided any status."""
    timeline = Timeline(
        state=State(iso3="AAA", english="Atlantis"),
        events=(),
        days=(),
        masks=(2 ** len(Status) - 1,),
        opened=(-1,),
    )

    assert may_avoid(timeline, Status.MEMBER.value, 730_000, 730_365)
    assert may_avoid(timeline, ~Status.MEMBER.value, 730_000, 730_365)


def test_a_confirmation_on_the_same_day_opens_no_spell() -> None:
    """The act that changed the status is told, whatever confirms it on that day."""
    organization = build(
        dataset(act("join", "2000-03-20"), act("reaffirm", "2000-03-20"), act("withdraw", "2001-01-01"))
    )
    outside, member, former = organization.spells("AAA")
    joined, left = organization.changes()

    assert str(outside.closed_by) == "AAA join 2000-03-20"
    assert (outside.opened_by, former.closed_by) == (None, None)
    assert (joined.was, joined.now, left.was, left.now) == (Answer.NO, Answer.YES, Answer.YES, Answer.NO)

    assert [str(event) for event in (member.opened_by, member.closed_by, former.opened_by)] == [
        "AAA join 2000-03-20",
        "AAA withdraw 2001-01-01",
        "AAA withdraw 2001-01-01",
    ]


@pytest.mark.parametrize(
    ("confirmed", "days"),
    [
        ((), (3, 3)),
        (("2000-01-02",), (3, 3)),
        (("[2000-01-02..2000-01-03]",), (3, 3)),
        (("[2000-01-02..2000-01-03]", "2000-01-03"), (3, 3)),
        (("[2000-01-03..2000-01-04]",), (3, 3)),
        (("[2000-01-03..2000-01-09]",), (4, 8)),
        (("2000-01-09",), (8, 8)),
    ],
    ids=str,
)
def test_an_act_that_is_moved_behind_a_confirmation(
    confirmed: tuple[str, ...], days: tuple[int, int]
) -> None:
    """It has a day only if the confirmation has; else a status lasts a day, and all its days have a world."""
    events = (
        act("join", "2000-01-01", decision="2000-01-04"),
        *(act("reaffirm", effect) for effect in confirmed),
        act("freeze", "2000-01-03"),
    )

    first = imprecise("2000-01-01").first
    *_, (low, high) = windows(events, "decision")

    assert (low - first, high - first) == days
    assert {chosen[-1] for chosen in worlds(events, dating="decision")} == {*range(low, high + 1)}
