"""Folds events under a reading into segments: the one compiled structure that answers every question."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._facts.records import Event, dates_of
from csto_membership._facts.statuses import START, Act, Status, after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Era, History
    from csto_membership._facts.states import State
    from csto_membership._membership.reading import Reading

Window: TypeAlias = tuple[int, int]
"""The earliest and the latest day on which something may have happened, as ordinals."""

LAST_DAY = date.max.toordinal()
NEVER = LAST_DAY + 2  # later than any window, even one that is open to the right
_OUTSIDE, _FORMER = Status.OUTSIDE.value, Status.FORMER.value
_ANY = sum(status.value for status in Status)


@frozen(kw_only=True)
class EraWindow:
    """The days of an era: it begins within one pair of days and ends within the other, if it ends."""

    begins: Window
    ends: Window | None
    instrument: str | None = None  # the era holds for a state from its first act under this one

    def of(self, events: tuple[Event, ...], dating: str | tuple[str, ...]) -> EraWindow:
        """The days of the era for one state: it may begin later, with the state's first act on the instrument."""
        if self.instrument is None:
            return self
        bound = (NEVER, NEVER)
        for event, window in zip(events, windows(events, dating), strict=True):
            if event.instrument == self.instrument:
                bound = window
                break
        begins = max(self.begins[0], bound[0]), max(self.begins[1], bound[1])
        return EraWindow(begins=begins, ends=self.ends)

    def may_hold(self, day: int) -> bool:
        """Whether a day may lie in the era."""
        return self.begins[0] <= day and (self.ends is None or day < self.ends[1])


@frozen(kw_only=True)
class Timeline:
    """One state's days, cut where its status changes.

    Run *i* holds from ``days[i - 1]`` up to, but not on, ``days[i]``; the first run has no beginning
    and the last no end.

    Attributes:
        state: Whose days.
        events: Its events, as far as the reading keeps them.
        days: The first day of every run but the first, ascending ordinals.
        masks: The status mask of every run, one more than days; neighbours differ.
        opened: For every run the index of the event that opened it, or -1.
        windows: The earliest and the latest day of every event.
        gaps: Days of which nobody knows what the state was, each with the first day after them.
        turns: The windows of the acts that change the status.
        statuses: The status before each of these acts and after the last: one more than *turns*; empty where
            the acts are not known.
        era: The era whose days alone count, if the reading names one.
    """

    state: State
    events: tuple[Event, ...]
    days: tuple[int, ...]
    masks: tuple[int, ...]
    opened: tuple[int, ...]
    windows: tuple[Window, ...] = ()
    gaps: tuple[Window, ...] = ()
    turns: tuple[Window, ...] = ()
    statuses: tuple[int, ...] = ()
    era: EraWindow | None = None

    def mask_on(self, day: int) -> int:
        """The status mask on one day."""
        return self.masks[bisect_right(self.days, day)]

    def runs_in(self, first: int, after: int) -> range:
        """The runs that meet ``[first, after)``."""
        return range(bisect_right(self.days, first), bisect_right(self.days, after - 1) + 1)

    def mask_in(self, first: int, after: int) -> int:
        """The union of the masks of all days in ``[first, after)``."""
        mask = 0
        for run in self.runs_in(first, after):
            mask |= self.masks[run]
        return mask

    @property
    def edges(self) -> set[int]:
        """The first and last day of every window; between two neighbouring edges no answer changes."""
        edges = {day for window in (*self.turns, *self.gaps) for day in window if day > 0}
        if self.era is not None:
            edges.update(day for day in self.era.begins if day <= LAST_DAY)
            edges.update(self.era.ends or ())
        return edges


@frozen(kw_only=True)
class Segments:
    """The days cut where anything changes, for all states of an organization under one reading.

    Attributes:
        timelines: One for each state, by code.
        cuts: The first day of every segment but the first.
    """

    timelines: tuple[Timeline, ...]
    cuts: tuple[int, ...]


def compile_segments(
    history: History, states: Iterable[State], reading: Reading, limit: int | None
) -> Segments:
    """The segments of a checked history.

    For each state the dates of its events are windows; the mask on a day is the union of the statuses
    that some choice of dates, in the order of the events, gives on that day: no more and no fewer.

    Args:
        history: A history without faults, or what was public of it.
        states: The states to compile, in the order wanted.
        reading: Only its dating and era are used here.
        limit: Ordinal of the last day that may be a cut; ``None`` for the last of the calendar.
    """
    by_state = history.by_state()
    unknown: dict[str, list[Window]] = {}
    for gap in history.gaps:
        unknown.setdefault(gap.state, []).append((gap.start.first, gap.end.last))
    timelines = []
    cuts: set[int] = set()
    is_public = reading.era is None or reading.era in (era.id for era in history.eras)
    era = _era_window(history.eras, reading) if is_public else None
    for state in states:
        events = by_state.get(state.iso3, ())
        gaps = tuple(unknown.get(state.iso3, ()))
        if not events and not (gaps and history.closed):
            timeline = timeline_without_acts(state, is_closed=history.closed)
        elif is_public:
            own = era.of(events, reading.dating) if era else None
            timeline = _timeline(state, events, reading.dating, own, limit, gaps)
        else:  # no day is known to be of the era
            timeline = Timeline(
                state=state,
                events=events,
                days=(),
                masks=(_OUTSIDE,),
                opened=(-1,),
                windows=tuple(windows(events, reading.dating)),
                statuses=(_OUTSIDE,),
            )
        cuts.update(timeline.days)
        timelines.append(timeline)
    return Segments(timelines=tuple(timelines), cuts=tuple(sorted(cuts)))


def timeline_without_acts(state: State, *, is_closed: bool) -> Timeline:
    """The timeline of a state without any act: OUTSIDE on all days, or open where the record is not closed."""
    mask = mask_without_acts(is_closed=is_closed)
    known = (mask,) if is_closed else ()  # an open record may lack acts, so no sequence of statuses is known
    return Timeline(state=state, events=(), days=(), masks=(mask,), opened=(-1,), statuses=known)


def mask_without_acts(*, is_closed: bool) -> int:
    """The statuses that a state without any act may have."""
    return _OUTSIDE if is_closed else _ANY


def windows(records: Sequence[Event | Era], dating: str | tuple[str, ...]) -> list[Window]:
    """The earliest and the latest day of each record under a dating, tightened by their order.

    No record comes before its predecessor. Two acts that change the status fall on different days, since a
    status lasts a day at least, unless both are dated to the day. A step that would put a record before its
    predecessor is moved up: to the days of the predecessor, or to the days after them where a status must
    last a day in between.
    """
    dated = [_window(record, dating) for record in records]
    if all(low == high for low, high in dated) and dated == sorted(dated):
        return dated  # the usual case: every day is known, and the days are in order
    chosen: list[Window] = []
    exact: list[bool] = []
    gaps: list[int] = []  # for each record, the least days since the last one that changes the status
    last: int | None = None  # index of the last record that changes the status
    before: list[int | None] = []
    for index, record in enumerate(records):
        low, high = dated[index]
        changes = isinstance(record, Event) and record.act is not Act.REAFFIRM
        is_exact = low == high
        previous = last if changes else None
        gap = 0 if previous is None or (is_exact and exact[previous]) else 1
        earliest = chosen[-1][0] if chosen else low
        if previous is not None:
            earliest = max(earliest, chosen[previous][0] + gap)
        if high < earliest:  # its date is too early: move it up; it is exact only if its predecessor is
            is_exact = is_exact and not gap and chosen[-1][0] == chosen[-1][1]
            high = chosen[-1][1]
            if previous is not None:
                gap = 0 if is_exact else 1
                earliest = max(earliest, chosen[previous][0] + gap)
                high = max(high, min(high, chosen[previous][1]) + gap)
        chosen.append((max(low, earliest), high))
        exact.append(is_exact)
        before.append(previous)
        gaps.append(gap)
        last = index if changes else last
    latest = [high for _, high in chosen]
    for index in range(len(latest) - 1, 0, -1):
        if latest[index] > LAST_DAY:  # an open date sets no upper bound for the acts before it
            continue
        latest[index - 1] = min(latest[index - 1], latest[index])
        previous = before[index]
        if previous is not None:
            latest[previous] = min(latest[previous], latest[index] - gaps[index])
    return [(low, high) for (low, _), high in zip(chosen, latest, strict=True)]


def _window(record: Event | Era, dating: str | tuple[str, ...]) -> tuple[int, int]:
    """The earliest and the latest day of one record under a dating."""
    chosen: ImpreciseDate = record.effect
    if dating == "any":
        dates = list(dates_of(record))
        return min(written.first for written in dates), max(written.last for written in dates)
    if dating != "effect":
        steps = {str(step.name): step.date for step in record.steps}
        names = (dating,) if isinstance(dating, str) else dating
        chosen = next((steps[name] for name in names if name in steps), record.effect)
    return chosen.first, chosen.last


def _era_window(eras: tuple[Era, ...], reading: Reading) -> EraWindow | None:
    """The window of the reading's era, or nothing where it restricts no day."""
    if reading.era is None:
        return None
    names = [era.id for era in eras]
    found = [*windows(eras, reading.dating), None]
    index = names.index(reading.era)
    begins = found[index]
    assert begins is not None  # noqa: S101 (only the last is None, and index is before it)
    instrument = eras[index].instrument if eras[index].requires else None
    return EraWindow(begins=begins, ends=found[index + 1], instrument=instrument)


def _timeline(  # noqa: PLR0913, PLR0917 (what a day's mask depends on)
    state: State,
    events: tuple[Event, ...],
    dating: str | tuple[str, ...],
    era: EraWindow | None,
    limit: int | None,
    gaps: tuple[Window, ...],
) -> Timeline:
    """One state's runs."""
    found = windows(events, dating)
    earliest = [low for low, _ in found]
    latest = [high for _, high in found]
    so_far, statuses = START, [_OUTSIDE]
    for event in events:
        so_far = after(event.act, so_far)
        statuses.append(so_far[0])
    edges = {*earliest, *latest, *(day for gap in gaps for day in gap)}
    if era is not None:
        edges |= {*era.begins, era.begins[0] + 1, *(era.ends or ())}
    days: list[int] = []
    masks = [_OUTSIDE]
    opened = [-1]
    for day in sorted(edges):
        if day > (LAST_DAY if limit is None else limit):
            break
        # At least `sure` and at most `possible` events have happened by this day.
        sure, possible = bisect_right(latest, day), bisect_right(earliest, day)
        mask = 0
        if era is None:
            for status in statuses[sure : possible + 1]:
                mask |= status
        else:
            mask = _mask_in_era(day, range(sure, possible + 1), statuses, found, era)
        if any(start <= day < end for start, end in gaps) and (era is None or era.may_hold(day)):
            mask = _ANY
        if mask == masks[-1]:
            continue
        if day < 1:  # a window that is open to the left begins before the calendar
            masks[0] = mask
            continue
        days.append(day)
        masks.append(mask)
        opened.append(_opener(day, events, found, possible))
    turns = [index for index, event in enumerate(events) if event.act is not Act.REAFFIRM]
    return Timeline(
        state=state,
        events=events,
        days=tuple(days),
        masks=tuple(masks),
        opened=tuple(opened),
        windows=tuple(found),
        gaps=gaps,
        turns=tuple(found[index] for index in turns),
        statuses=(_OUTSIDE, *(statuses[index + 1] for index in turns)),
        era=era,
    )


def _opener(day: int, events: tuple[Event, ...], found: list[tuple[int, int]], possible: int) -> int:
    """The last event before *possible* that changes the status and whose window has an edge on *day*."""
    for index in range(possible - 1, -1, -1):
        if day in found[index] and events[index].act is not Act.REAFFIRM:
            return index
    return -1


def _mask_in_era(
    day: int, happened: range, statuses: list[int], found: list[tuple[int, int]], era: EraWindow
) -> int:
    """The mask on a day when only days of an era count.

    Outside the era a state is OUTSIDE. A state that left before the era began is OUTSIDE in it as well,
    not FORMER, since it was never a member in that era.
    """
    begins, ends = era.begins, era.ends
    mask = _OUTSIDE if day < begins[1] or (ends is not None and day >= ends[0]) else 0
    if era.may_hold(day):
        for count in happened:
            if statuses[count] != _FORMER:
                mask |= statuses[count]
                continue
            low, high = found[count - 1]
            if low <= begins[1]:
                mask |= _OUTSIDE
            if begins[0] < min(high, day):
                mask |= _FORMER
    return mask
