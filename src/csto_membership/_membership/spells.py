"""What timelines say, as records: spells, changes, and periods of which something is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import to_date
from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer, Change, Period, Spell, answer, negated

if TYPE_CHECKING:
    from collections.abc import Collection

    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.segments import Timeline


def spells_of(compiled: Compiled, timeline: Timeline) -> tuple[Spell, ...]:
    """The spells of a state, made once."""
    key = "spells", timeline.state.iso3
    if key not in compiled.cache:
        compiled.cache[key] = tuple(_spell(timeline, run) for run in range(len(timeline.masks)))
    spells: tuple[Spell, ...] = compiled.cache[key]
    return spells


def _spell(timeline: Timeline, run: int) -> Spell:
    """One run of a timeline as a spell."""
    opener = timeline.opened[run]
    closer = timeline.opened[run + 1] if run < len(timeline.days) else -1
    return Spell(
        state=timeline.state,
        status=Status(timeline.masks[run]),
        start=to_date(timeline.days[run - 1]) if run else None,
        end=to_date(timeline.days[run]) if run < len(timeline.days) else None,
        opened_by=timeline.events[opener] if opener >= 0 else None,
        closed_by=timeline.events[closer] if closer >= 0 else None,
    )


def changes_of(compiled: Compiled) -> tuple[Change, ...]:
    """All changes of all states, by day and then by state, made once."""
    if "changes" not in compiled.cache:
        changes = [
            change
            for timeline in compiled.segments.timelines
            for change in _changes(timeline, compiled.basis)
        ]
        compiled.cache["changes"] = tuple(sorted(changes, key=lambda change: (change.day, change.state.iso3)))
    found: tuple[Change, ...] = compiled.cache["changes"]
    return found


def change_days(compiled: Compiled) -> list[int]:
    """The ordinals of the days of these changes, one for each, ascending."""
    if "change days" not in compiled.cache:
        compiled.cache["change days"] = [change.day.toordinal() for change in changes_of(compiled)]
    days: list[int] = compiled.cache["change days"]
    return days


def _changes(timeline: Timeline, basis: int) -> list[Change]:
    """One state's changes."""
    changes = []
    for run, day in enumerate(timeline.days):
        before, after = timeline.masks[run], timeline.masks[run + 1]
        opener = timeline.opened[run + 1]
        changes.append(
            Change(
                day=to_date(day),
                state=timeline.state,
                before=Status(before),
                after=Status(after),
                was=answer(before, basis),
                now=answer(after, basis),
                event=timeline.events[opener] if opener >= 0 else None,
            )
        )
    return changes


def periods_of(compiled: Compiled, members: Collection[str], others: Collection[str]) -> tuple[Period, ...]:
    """The runs of days on which all of *members* were members and none of *others* was, or may have been so.

    Args:
        compiled: The history.
        members: Codes of the states that must be members.
        others: Codes of the states that must not be.
    """
    tally = {Answer.YES: 0, Answer.NO: 0, Answer.UNKNOWN: 0}
    turns: list[tuple[int, Answer, Answer]] = []  # the day, and what one state's part of it was and becomes
    for timeline in compiled.segments.timelines:
        code = timeline.state.iso3
        if code not in members and code not in others:
            continue
        answers = [answer(mask, compiled.basis) for mask in timeline.masks]
        if code in others:
            answers = [negated(one) for one in answers]
        tally[answers[0]] += 1
        turns += zip(timeline.days, answers, answers[1:], strict=False)
    turns.sort(key=lambda turn: turn[0])
    return _merged(compiled, tally, turns)


def _merged(
    compiled: Compiled, tally: dict[Answer, int], turns: list[tuple[int, Answer, Answer]]
) -> tuple[Period, ...]:
    """The periods between these turns, neighbours with one answer merged; those with the answer no left out."""
    last = compiled.last
    periods: list[Period] = []
    start: int | None = None
    now = _conjunction(tally)
    for index, (day, before, after) in enumerate(turns):
        tally[before] -= 1
        tally[after] += 1
        if index + 1 < len(turns) and turns[index + 1][0] == day:
            continue  # another state changes on the same day
        following = _conjunction(tally)
        if following is now:
            continue
        if now is not Answer.NO:
            periods.append(_period(start, day, now, last))
        start, now = day, following
    if now is not Answer.NO:
        periods.append(_period(start, None, now, last))
    return tuple(periods)


def _conjunction(tally: dict[Answer, int]) -> Answer:
    """Whether everything counted holds, by three-valued logic."""
    if tally[Answer.NO]:
        return Answer.NO
    return Answer.UNKNOWN if tally[Answer.UNKNOWN] else Answer.YES


def _period(start: int | None, end: int | None, found: Answer, known_until: int | None) -> Period:
    """A period between two ordinals."""
    return Period(
        start=None if start is None else to_date(start),
        end=None if end is None else to_date(end),
        answer=found,
        known_until=known_until,
    )
