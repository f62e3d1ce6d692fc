"""Makes records from timelines: spells, changes, and periods on which a condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import between, to_date
from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer, Change, Period, Spell, answer
from csto_membership._membership.segments import mask_without_acts

if TYPE_CHECKING:
    from collections.abc import Collection

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.segments import Timeline, Window


def spells_of(compiled: Compiled, timeline: Timeline) -> tuple[Spell, ...]:
    """The spells of a state, made once."""
    key = "spells", timeline.state.iso3
    if key not in compiled.cache:
        compiled.cache[key] = tuple(_spell(timeline, run) for run in range(len(timeline.masks)))
    spells: tuple[Spell, ...] = compiled.cache[key]
    return spells


def _spell(timeline: Timeline, run: int) -> Spell:
    """One run of a timeline as a spell."""
    opener, closer = bounding(timeline, run)
    start = timeline.days[run - 1] if run else None
    end = timeline.days[run] if run < len(timeline.days) else None
    return Spell(
        state=timeline.state,
        status=Status(timeline.masks[run]),
        start=None if start is None else to_date(start),
        end=None if end is None else to_date(end),
        opened_by=timeline.events[opener] if opener >= 0 else None,
        closed_by=timeline.events[closer] if closer >= 0 else None,
        began=_written(timeline, opener, may_begin(timeline, run)),
        ended=_written(timeline, closer, may_end(timeline, run)),
    )


def bounding(timeline: Timeline, run: int) -> tuple[int, int]:
    """The indices of the events that began and ended a run, or -1."""
    return timeline.opened[run], timeline.opened[run + 1] if run < len(timeline.days) else -1


def may_begin(timeline: Timeline, run: int) -> Window | None:
    """The days on which a run may have begun, where they are several and the last of them is its first day."""
    event, _ = bounding(timeline, run)
    if event < 0:
        return None
    low, high = timeline.windows[event]
    return (low, high) if low != high and timeline.days[run - 1] == high else None


def may_end(timeline: Timeline, run: int) -> Window | None:
    """The days on which a run may have ended, where they are several and the first of them is its end."""
    _, event = bounding(timeline, run)
    if event < 0:
        return None
    low, high = timeline.windows[event]
    return (low, high) if low != high and timeline.days[run] == low else None


def _written(timeline: Timeline, event: int, window: Window | None) -> ImpreciseDate | None:
    """A window as a date: the event's own if it has the same bounds, else an EDTF range."""
    if window is None:
        return None
    effect = timeline.events[event].effect
    return effect if (effect.first, effect.last) == window else between(*window)


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
    basis = compiled.basis
    # One number decides a day: ``against`` times the states that break the condition, plus the states for
    # which it is unknown. ``against`` is larger than the number of states, so the two parts never mix.
    against = len(compiled.segments.timelines) + len(members) + 1
    mask = mask_without_acts(is_closed=compiled.history.closed)
    weight = 0 if not mask & ~basis else 1 if mask & basis else against
    level = weight * len(set(members) - compiled.names.states.keys())
    turns: list[tuple[int, int]] = []  # a day, and by how much the number changes on it
    for timeline in compiled.segments.timelines:
        code = timeline.state.iso3
        if code in members:
            weights = [0 if not mask & ~basis else 1 if mask & basis else against for mask in timeline.masks]
        elif code in others:
            weights = [0 if not mask & basis else 1 if mask & ~basis else against for mask in timeline.masks]
        else:
            continue
        level += weights[0]
        turns += [(day, weights[run + 1] - weights[run]) for run, day in enumerate(timeline.days)]
    turns.sort()
    last = compiled.last
    periods: list[Period] = []
    start: int | None = None
    now = _answer_at(level, against)
    for index, (day, change) in enumerate(turns):
        level += change
        if index + 1 < len(turns) and turns[index + 1][0] == day:
            continue  # another state changes on the same day
        following = _answer_at(level, against)
        if following is now:
            continue
        if now is not Answer.NO:
            periods.append(_period(start, day, now, last))
        start, now = day, following
    if now is not Answer.NO:
        periods.append(_period(start, None, now, last))
    return tuple(periods)


def _answer_at(level: int, against: int) -> Answer:
    """The answer for a level: no if any state breaks the condition, unknown if one may, else yes."""
    return Answer.NO if level >= against else Answer.UNKNOWN if level else Answer.YES


def _period(start: int | None, end: int | None, found: Answer, known_until: int | None) -> Period:
    """A period between two ordinals."""
    return Period(
        start=None if start is None else to_date(start),
        end=None if end is None else to_date(end),
        answer=found,
        known_until=known_until,
    )
