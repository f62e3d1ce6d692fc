"""What holds for every history, one law a test."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import example, find, given, settings
from hypothesis import strategies as st

from csto_membership import Answer, Dataset, DatasetError, Event, Status, build
from csto_membership._facts.statuses import TRANSITIONS
from csto_membership._membership.consistent import may_avoid, may_never_meet
from csto_membership._membership.tracks import NO, NULL, YES, position_of, question_about, tracks
from csto_membership._reader.facts_file import read
from csto_membership.export._yaml import write
from tests.oracles import acts_around, after, days_counted, days_of_era, diary, in_some_world
from tests.strategies import (
    BASES,
    CODES,
    DATINGS,
    FIRST_DAY,
    LAST_DAY,
    cut_short,
    datasets,
    edge_days,
    illegal,
    left_as_an_era_begins,
    narrowed,
    published,
    written,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

SOME_DAY = written(FIRST_DAY, FIRST_DAY)
DAYS = range(FIRST_DAY - 2, LAST_DAY + 1)
ANY = Status(2 ** len(Status) - 1)
SMALL = datasets(states=1, most=4, widest=2)


@given(datasets(), st.sampled_from(DATINGS), st.sampled_from([None, "ONE", "TWO"]))
def test_spells_are_disjoint_ordered_maximal_and_covering(
    dataset: Dataset, dating: str, era: str | None
) -> None:
    """Each spell begins where the one before it ends, with another status; the first and last are open."""
    organization = build(dataset).reading(dating=dating, era=era)

    for state in organization.states:
        spells = organization.spells(state)
        assert spells[0].start is None
        assert spells[-1].end is None
        for one, other in itertools.pairwise(spells):
            assert one.end is not None
            assert one.end == other.start
            assert one.status != other.status
            assert one.start is None or one.start < one.end


@given(datasets(), st.sampled_from(DATINGS))
def test_status_agrees_with_a_diary(dataset: Dataset, dating: str) -> None:
    """A day's status is what a diary, kept day by day, has for it."""
    organization = build(dataset).reading(dating=dating)

    for state in organization.states:
        told = list(diary(organization.events(state), dating, DAYS[0], DAYS[-1]))
        asked = [organization.status_on(state, date.fromordinal(day)) for day in DAYS]
        assert asked == told


@settings(max_examples=60)
@example(left_as_an_era_begins(0, 0), "effect", "ONE")
@example(left_as_an_era_begins(2, 2), "effect", "ONE")
@example(left_as_an_era_begins(3, 3), "effect", "ONE")
@example(left_as_an_era_begins(4, 4), "effect", "ONE")
@example(left_as_an_era_begins(0, 9), "effect", "ONE")
@given(SMALL, st.sampled_from(DATINGS), st.sampled_from([None, "ONE", "TWO"]))
def test_mask_is_what_some_world_reaches(dataset: Dataset, dating: str, era: str | None) -> None:
    """The mask of a day holds a status exactly if some consistent choice of dates gives it."""
    (history,) = dataset.histories
    organization = build(dataset).reading(dating=dating, era=era)

    for state in organization.states:
        reached = in_some_world(organization.events(state), DAYS, dating=dating, eras=history.eras, era=era)
        asked = [organization.status_on(state, date.fromordinal(day)) for day in DAYS]
        assert asked == reached


@settings(max_examples=150)
@given(
    st.data(), SMALL, st.sampled_from(DATINGS), st.sampled_from([None, "ONE", "TWO"]), st.sampled_from(BASES)
)
def test_a_period_is_avoided_if_some_world_avoids_it(
    data: st.DataObject, dataset: Dataset, dating: str, era: str | None, basis: str | Status
) -> None:
    """A period may lack days of some statuses exactly if in some consistent choice of dates it has none."""
    (history,) = dataset.histories
    organization = build(dataset).reading(dating=dating, era=era, basis=basis)
    mask = organization.compiled.basis ^ data.draw(st.sampled_from([0, ANY.value]))
    bounds = data.draw(st.lists(st.sampled_from(DAYS), min_size=40, max_size=40))

    for timeline in organization.compiled.segments.timelines:
        counted = set[int]()
        for begins in days_of_era(history.eras, era, dating):
            counted |= days_counted(timeline.events, begins, Status(mask), DAYS, dating=dating)
        for first, last in itertools.pairwise(bounds):
            period = sum(1 << DAYS.index(day) for day in range(first, last + 1))
            if period:
                avoided = any(not world & period for world in counted)
                assert may_avoid(timeline, mask, first, last + 1) == avoided


@settings(max_examples=150)
@given(SMALL, st.sampled_from(DATINGS), st.sampled_from([None, "ONE", "TWO"]), st.sampled_from(BASES))
def test_any_and_all_are_decided_by_all_worlds(
    dataset: Dataset, dating: str, era: str | None, basis: str | Status
) -> None:
    """Any day of a month, or all: yes where every consistent choice of dates says yes, no where every one says no."""
    (history,) = dataset.histories
    organization = build(dataset).reading(dating=dating, era=era, basis=basis)
    months = [range(FIRST_DAY, FIRST_DAY + 31), range(FIRST_DAY - 31, FIRST_DAY)]
    days = range(FIRST_DAY - 31, LAST_DAY + 1)
    counted_statuses = Status(organization.compiled.basis)

    for place, timeline in enumerate(organization.compiled.segments.timelines):
        counted = set[int]()
        for begins in days_of_era(history.eras, era, dating):
            counted |= days_counted(timeline.events, begins, counted_statuses, days, dating=dating)
        for month in months:
            period = sum(1 << days.index(day) for day in month)
            index = position_of("month", month[0])
            for rule, holds in (
                ("any", {bool(world & period) for world in counted}),
                ("all", {world & period == period for world in counted}),
            ):
                cell = tracks(organization, question_about("month", rule, "member"))[place].value_at(index)
                assert cell == (NULL if len(holds) > 1 else YES if True in holds else NO)


@settings(max_examples=150)
@given(
    st.data(),
    datasets(states=2, most=3, widest=2),
    st.sampled_from(DATINGS[:1] + DATINGS[2:]),
    st.sampled_from([None, "ONE", "TWO"]),
    st.sampled_from(BASES),
)
def test_two_states_met_if_they_met_in_all_worlds(
    data: st.DataObject, dataset: Dataset, dating: str, era: str | None, basis: str | Status
) -> None:
    """Two states may never have met in a period if some choice of dates for both gives them no day in common."""
    (history,) = dataset.histories
    organization = build(dataset).reading(dating=dating, era=era, basis=basis)
    if len(organization.states) < 2:
        return
    one, other = organization.compiled.segments.timelines
    mask = organization.compiled.basis
    bounds = data.draw(st.lists(st.sampled_from(DAYS), min_size=20, max_size=20))

    shared = set[int]()
    for begins in days_of_era(history.eras, era, dating):
        mine, its = (
            days_counted(timeline.events, begins, Status(mask), DAYS, dating=dating)
            for timeline in (one, other)
        )
        shared |= {world & its_world for world in mine for its_world in its}
    for first, last in itertools.pairwise(bounds):
        period = sum(1 << DAYS.index(day) for day in range(first, last + 1))
        if period:
            never = any(not world & period for world in shared)
            assert may_never_meet(one, other, mask, first, last + 1) == never


@given(datasets(), st.sampled_from(DATINGS), st.sampled_from(BASES))
def test_replayed_changes_give_the_rosters(dataset: Dataset, dating: str, basis: str | Status) -> None:
    """Whoever starts with everyone outside and applies the changes day by day holds every roster."""
    organization = build(dataset).reading(dating=dating, basis=basis)
    held = dict.fromkeys(organization.states, Status.OUTSIDE)
    counted = Status(organization.compiled.basis)

    for ordinal in DAYS:
        day = date.fromordinal(ordinal)
        for change in organization.changes(day):
            assert held[change.state] == change.before
            held[change.state] = change.after
        roster = organization.members_on(day)
        assert list(roster) == [state for state, status in held.items() if not status & ~counted]
        assert list(roster.possible) == [
            state for state, status in held.items() if status & counted and status & ~counted
        ]


@given(datasets(states=3), st.randoms(use_true_random=False))
def test_order_of_the_records_is_irrelevant(dataset: Dataset, chance: random.Random) -> None:
    """However states and their events are mixed, the answers stay, as long as each state's acts keep their order."""
    (history,) = dataset.histories
    queues = {code: list(events) for code, events in history.by_state().items()}
    mixed = []
    while any(queues.values()):
        queue = chance.choice([queue for queue in queues.values() if queue])
        mixed.append(queue.pop(0))
    states = list(dataset.states)
    chance.shuffle(states)
    shuffled = evolve(dataset, states=tuple(states), histories=(evolve(history, events=tuple(mixed)),))
    one, other = build(dataset), build(shuffled)

    assert one.states == other.states
    assert one.changes() == other.changes()


@given(st.data(), datasets())
def test_knowledge_is_monotone(data: st.DataObject, dataset: Dataset) -> None:
    """A date known more precisely rules statuses out and brings none in, so no yes becomes a no."""
    known_better = build(data.draw(narrowed(dataset)))
    known_before = build(dataset)

    for state in known_before.states:
        for ordinal in DAYS:
            day = date.fromordinal(ordinal)
            assert known_better.status_on(state, day) in known_before.status_on(state, day)
            said = known_before.was_member(state, day)
            assert said is Answer.UNKNOWN or known_better.was_member(state, day) is said


@given(st.data(), datasets(), st.sampled_from(BASES))
def test_a_wider_question_is_never_more_certain(
    data: st.DataObject, dataset: Dataset, basis: str | Status
) -> None:
    """About several days the answer is certain only if it is the same certain answer on each of them."""
    organization = build(dataset).reading(basis=basis)
    first, last = sorted(data.draw(st.tuples(edge_days(organization), edge_days(organization))))
    days = [first + timedelta(days=more) for more in range((last - first).days + 1)]

    for state in organization.states:
        said = {organization.was_member(state, day) for day in days}
        wide = organization.was_member(state, (first, last + timedelta(days=1)))
        assert wide is (said.pop() if len(said) == 1 else Answer.UNKNOWN)


@given(datasets(), st.sampled_from(DATINGS))
def test_all_that_is_known_on_the_horizon_is_all(dataset: Dataset, dating: str) -> None:
    """Read with what was public on the horizon, nothing changes."""
    organization = build(dataset).reading(dating=dating)
    known = organization.reading(known_on=organization.horizon)

    assert known.changes() == organization.changes()
    assert known.horizon == organization.horizon


@given(st.data(), published(), st.sampled_from(DATINGS))
def test_what_is_known_later_was_not_known_before(data: st.DataObject, dataset: Dataset, dating: str) -> None:
    """Known on a day is what was public by then: no later act, date, step or source; a diary of it agrees."""
    organization = build(dataset).reading(dating=dating)
    then = data.draw(edge_days(organization)).toordinal()
    known = organization.reading(known_on=date.fromordinal(then))
    # On the horizon itself everything is known.
    out = {one.id for one in dataset.sources if then == LAST_DAY or (one.date and one.date.first <= then)}

    for state in organization.states:
        told: list[Event] = []
        for event in organization.events(state):
            dates = [event.effect, *(step.date for step in event.steps)]
            if (event.known.first if event.known else min(one.first for one in dates)) > then:
                continue
            if not after(told) & TRANSITIONS[event.act].before:
                continue
            lies_ahead = event.effect.first > then
            told.append(
                evolve(
                    event,
                    effect=written(then + 1, LAST_DAY + 1) if lies_ahead else event.effect,
                    steps=tuple(step for step in event.steps if then == LAST_DAY or step.date.first <= then),
                    sources=tuple(name for name in event.sources if name in out),
                )
            )
        kept = known.events(state)
        assert [evolve(event, effect=SOME_DAY) for event in kept] == [
            evolve(event, effect=SOME_DAY) for event in told
        ]
        assert [(event.effect.first, event.effect.is_open) for event in kept] == [
            (event.effect.first, then < LAST_DAY and event.effect.first > then) for event in told
        ]
        days = range(FIRST_DAY - 2, then + 1)
        assert [known.status_on(state, date.fromordinal(day)) for day in days] == list(
            diary(told, dating, days.start, then)
        )


@given(illegal())
def test_an_illegal_act_is_refused_with_both_lines(case: tuple[Dataset, int]) -> None:
    """An act that the status does not allow is a fault that names its own line and that of the act before it."""
    dataset, sound = case
    text = write(dataset)
    lines = text.splitlines()
    acts = [number for number, line in enumerate(lines, start=1) if "- act:" in line]
    events = dataset.histories[0].events
    changers = [place for place in range(sound) if str(events[place].act) != "reaffirm"]

    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "invented.yaml")

    (problem,) = [problem for problem in caught.value.problems if problem.endswith("[CM017]")]
    assert problem.startswith(f"invented.yaml:{acts[-1]}:")
    assert f"cannot {str(events[-1].act)!r}" in problem
    assert f"it is {after(events[:sound])} " in problem
    if changers:
        assert f"(line {acts[changers[-1]]})" in problem
    else:
        assert "from the beginning of the record" in problem


@given(datasets(states=3))
def test_written_and_read_again_is_the_same(dataset: Dataset) -> None:
    """Writing a dataset as YAML and reading it back gives equal records."""
    assert read(write(dataset).encode(), "invented.yaml") == dataset


@given(st.data(), datasets(states=3), st.sampled_from(DATINGS), st.sampled_from(BASES))
def test_the_periods_of_a_roster_hold_its_day(
    data: st.DataObject, dataset: Dataset, dating: str, basis: str | Status
) -> None:
    """The membership of a day was exactly this on that day, or may have been where some state is undecided."""
    organization = build(dataset).reading(dating=dating, basis=basis)
    day = data.draw(edge_days(organization))
    roster = organization.members_on(day)

    (period,) = [period for period in organization.periods_of(roster) if day in period]

    assert period.answer is (Answer.UNKNOWN if roster.possible else Answer.YES)


@given(datasets(states=3), st.sampled_from(BASES))
def test_together_is_both(dataset: Dataset, basis: str | Status) -> None:
    """Two states were together on a day if each was a member, unknown if one is open and none is a no."""
    organization = build(dataset).reading(basis=basis)
    if len(organization.states) < 2:
        return
    one, other = organization.states[:2]
    periods = organization.together(one, other)

    for ordinal in DAYS:
        day = date.fromordinal(ordinal)
        said = [period.answer for period in periods if day in period]
        both = {organization.was_member(one, day), organization.was_member(other, day)}
        expected = [] if Answer.NO in both else [Answer.UNKNOWN if Answer.UNKNOWN in both else Answer.YES]
        assert said == expected


@given(st.data(), datasets(states=3))
def test_difference_is_what_the_changes_between_add_up_to(data: st.DataObject, dataset: Dataset) -> None:
    """Who joined and who left between two days is told by the answers on the two days alone."""
    organization = build(dataset)
    before, later = data.draw(st.tuples(edge_days(organization), edge_days(organization)))
    told = organization.difference(before, later)

    for state in organization.states:
        was, now = organization.was_member(state, before), organization.was_member(state, later)
        assert (state in told.joined) == (was is Answer.NO and now is Answer.YES)
        assert (state in told.left) == (was is Answer.YES and now is Answer.NO)
        same = organization.status_on(state, before) == organization.status_on(state, later)
        assert (state in (*told.joined, *told.left, *told.changed)) == (
            not same or state in (*told.joined, *told.left)
        )


@given(st.data(), datasets(states=3))
def test_neighbouring_changes_enclose_the_day(data: st.DataObject, dataset: Dataset) -> None:
    """Between the previous and the next change nothing changes, and there is nothing nearer."""
    organization = build(dataset)
    day = data.draw(edge_days(organization))
    cuts = sorted({change.day for change in organization.changes()})
    past, future = organization.previous_change(day), organization.next_change(day)

    assert {change.day for change in past} == set([cut for cut in cuts if cut <= day][-1:])
    assert {change.day for change in future} == set([cut for cut in cuts if cut > day][:1])


@given(
    st.data(),
    cut_short(SMALL),
    st.sampled_from(DATINGS),
    st.sampled_from(BASES),
    st.sampled_from([None, "ONE", "TWO"]),
)
def test_an_explanation_says_what_the_scalars_say(
    data: st.DataObject, dataset: Dataset, dating: str, basis: str | Status, era: str | None
) -> None:
    """Answer, status and spells are those of the other questions, and the acts stand to the days as in all worlds."""
    organization = build(dataset).reading(dating=dating, basis=basis, era=era)
    first, last = sorted(data.draw(st.tuples(edge_days(organization), edge_days(organization))))
    when = (first, last + timedelta(days=1))

    for state in organization.states:
        told = organization.explain(state, when)
        assert told.answer is organization.was_member(state, when)
        assert told.status == organization.status_on(state, when)
        assert told.spells == tuple(
            spell
            for spell in organization.spells(state)
            if (spell.start is None or spell.start <= last) and (spell.end is None or spell.end > first)
        )
        assert acts_around(
            organization.events(state), first.toordinal(), last.toordinal(), dating=dating
        ) == {
            "before": [told.before] if told.before else [],
            "confirmed": list(told.confirmed),
            "in_doubt": list(told.in_doubt),
            "during": list(told.during),
            "after": [told.after] if told.after else [],
        }


@given(
    cut_short(datasets()),
    st.sampled_from(DATINGS),
    st.sampled_from(BASES),
    st.sampled_from([None, "ONE", "TWO"]),
)
def test_extrapolating_adds_days_and_changes_none(
    dataset: Dataset, dating: str, basis: str | Status, era: str | None
) -> None:
    """Up to the horizon an extrapolating reading answers as the other; after it, as if the facts reached further."""
    plain = build(dataset).reading(dating=dating, basis=basis, era=era)
    bold = plain.reading(extrapolate=True)
    far = LAST_DAY + 366  # later than any window that the order of the acts moves up
    later = evolve(dataset, verified_through=written(far, far))
    full = build(later).reading(dating=dating, basis=basis, era=era)
    horizon = plain.horizon.toordinal()

    assert bold.horizon == plain.horizon
    assert plain.changes() == tuple(change for change in bold.changes() if change.day <= plain.horizon)
    assert bold.changes() == full.changes()
    for ordinal in range(FIRST_DAY - 2, LAST_DAY + 3):
        day = date.fromordinal(ordinal)
        known = plain if ordinal <= horizon else full
        assert bold.members_on(day) == known.members_on(day)
        for state in plain.states:
            assert bold.status_on(state, day) == known.status_on(state, day)
            assert bold.was_member(state, day) is known.was_member(state, day)
            told, same = bold.explain(state, day), known.explain(state, day)
            (mine,), (its,) = told.spells, same.spells
            assert (mine.status, mine.start) == (its.status, its.start)
            assert same == evolve(
                told, reading=same.reading, verified_through=same.verified_through, spells=same.spells
            )


def _acts(dataset: Dataset, act: str) -> int:
    """How often the first state does this."""
    return sum(event.act == act and event.state == CODES[0] for event in dataset.histories[0].events)


@pytest.mark.parametrize(
    "reached",
    [
        pytest.param(lambda dataset: _acts(dataset, "join") > 1, id="re-entry"),
        pytest.param(lambda dataset: _acts(dataset, "suspend") > 1, id="repeated suspension"),
        pytest.param(
            lambda dataset: not dataset.histories[0].eras[0].effect.is_exact, id="imprecise first era"
        ),
        pytest.param(
            lambda dataset: any(
                not spell.status.is_certain
                for state in build(dataset).states
                for spell in build(dataset).spells(state)
            ),
            id="undecided days",
        ),
    ],
)
def test_the_strategies_reach_what_the_laws_are_about(reached: Callable[[Dataset], bool]) -> None:
    """Among the invented histories are those that the laws are hardest on: find() raises where there are none."""
    search = settings(max_examples=20_000, derandomize=True, database=None)
    assert reached(find(datasets(), reached, settings=search))
