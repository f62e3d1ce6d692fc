"""Decides the rules "any" and "all" over a period exactly, by all consistent choices of dates."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership._membership.segments import Timeline, Window

_OUTSIDE, _FORMER = Status.OUTSIDE.value, Status.FORMER.value


def may_avoid(timeline: Timeline, mask: int, first: int, after: int) -> bool:
    """Whether some consistent choice of dates gives the state no day in ``[first, after)`` with a status of *mask*.

    The statuses in a period are consecutive ones of the history. So there is such a choice if a block of
    them, none in *mask*, may begin by the first day and may last until the end. Windows are tightened, so
    that all acts before the block may take their earliest days and all acts after it their latest.
    """
    if not timeline.statuses:  # nothing is known of the acts
        return True
    if timeline.gaps:  # in a gap any status is possible, so only the days outside them decide
        return all(_may_avoid(timeline, mask, *days) for days in _outside(timeline.gaps, first, after))
    return _may_avoid(timeline, mask, first, after)


def _outside(gaps: Sequence[Window], first: int, after: int) -> Iterator[Window]:
    """The days of ``[first, after)`` outside these gaps."""
    for start, end in sorted(gaps):
        if first < min(start, after):
            yield first, min(start, after)
        first = max(first, end)
    if first < after:
        yield first, after


def _may_avoid(timeline: Timeline, mask: int, first: int, after: int) -> bool:
    """The same as ``may_avoid`` for days of which none is in a gap."""
    stretch = _Stretch.of(timeline, mask, first, after)
    if not isinstance(stretch, _Stretch):
        return stretch
    return any(
        not stretch.counts(timeline, place, starts=True) and _may_last(timeline, stretch, place)
        for place in stretch.places_on(timeline, stretch.first)
    )


def _may_last(timeline: Timeline, stretch: _Stretch, place: int) -> bool:
    """Whether the block of statuses from *place* on, none of which counts, may last until the end of the days."""
    places = range(place + 1, len(timeline.statuses))
    counted = (
        following
        for following in places
        if _has_days(timeline, following) and stretch.counts(timeline, following)
    )
    block = range(place, next(counted, len(timeline.statuses)))
    return any(
        following == len(timeline.turns) or timeline.turns[following][1] >= stretch.after
        for following in block
    )


def may_never_meet(one: Timeline, other: Timeline, mask: int, first: int, after: int) -> bool:
    """Whether some consistent choice of dates has no day in ``[first, after)`` with both states in *mask*.

    Goes through the days on which either state may act, and keeps every pair of positions in the two
    histories that can be reached without such a day. Days on which nothing can change are skipped.
    """
    # The later one holds for both: they share the era, which may begin later for one of them.
    later = max(one, other, key=lambda timeline: timeline.era.begins if timeline.era else (0, 0))
    stretch = _Stretch.of(later, mask, first, after)
    if not isinstance(stretch, _Stretch):
        return stretch
    gaps = (*one.gaps, *other.gaps)
    reached = {
        (mine, its, True, True)
        for mine in stretch.places_on(one, stretch.first)
        for its in stretch.places_on(other, stretch.first)
        if _is_in(gaps, stretch.first)
        or not (stretch.counts(one, mine, starts=True) and stretch.counts(other, its, starts=True))
    }
    edges = sorted(
        {
            edge
            for windows in (one.turns, other.turns, one.gaps, other.gaps)
            for window in windows
            for edge in window
        }
    )
    day = stretch.first + 1
    while day < stretch.after:
        before, following = reached, day + 1
        may_turn = any(low <= day <= high for timeline in (one, other) for low, high in timeline.turns)
        if may_turn or any(day == end for _, end in gaps):
            is_unknown = _is_in(gaps, day)
            reached = {
                (mine, its, mine_starts, its_starts)
                for earlier in before
                for mine, mine_starts in _moves(stretch, one, earlier[0], day, starts=earlier[2])
                for its, its_starts in _moves(stretch, other, earlier[1], day, starts=earlier[3])
                if is_unknown
                or not (
                    stretch.counts(one, mine, starts=mine_starts)
                    and stretch.counts(other, its, starts=its_starts)
                )
            }
        if reached == before:
            # Until the next edge the same acts are possible, so no new pair can be reached: skip to it.
            following = next(iter(edges[bisect_right(edges, day) :]), stretch.after)
        day = following
    return bool(reached)


def _is_in(gaps: Sequence[Window], day: int) -> bool:
    """Whether a day is in one of these gaps."""
    return any(start <= day < end for start, end in gaps)


@frozen(kw_only=True)
class _Stretch:
    """The days of a question that an era leaves to decide, and the statuses to avoid on them.

    Attributes:
        mask: The statuses to be avoided.
        first: The first of the days.
        after: The first day after them.
        begins: The day on which the era begins in the choice of dates that best avoids the mask; ``None``
            without one.
    """

    mask: int
    first: int
    after: int
    begins: int | None

    @classmethod
    def of(cls, timeline: Timeline, mask: int, first: int, after: int) -> _Stretch | bool:
        """The days left to decide; or, where the era alone decides, whether the mask may be avoided."""
        era = timeline.era
        if era is None:
            return cls(mask=mask, first=first, after=after, begins=None)
        if mask & _OUTSIDE:  # every day must lie in the era: it begins as early and ends as late as it may
            begins = era.begins[0]
            if first < begins or (era.ends is not None and after > era.ends[1]):
                return False
        else:  # the fewest days may lie in the era: it begins as late and ends as early as it may
            begins = era.begins[1]
            first = max(first, begins)
            after = after if era.ends is None else min(after, era.ends[0])
            if first >= after:
                return True
        return cls(mask=mask, first=first, after=after, begins=begins)

    def places_on(self, timeline: Timeline, day: int) -> range:
        """How many acts may have happened by the end of a day."""
        sure = bisect_right(timeline.turns, day, key=lambda window: window[1])
        possible = bisect_right(timeline.turns, day, key=lambda window: window[0])
        return range(sure, possible + 1)

    def counts(self, timeline: Timeline, place: int, *, starts: bool = False) -> bool:
        """Whether the status at *place* is surely in the mask; *starts*: it may begin before the days."""
        status = timeline.statuses[place]
        if self.begins is None or status != _FORMER or not starts:
            return bool(status & self.mask)
        # A state that had left by the beginning of the era is OUTSIDE in it.
        low, high = timeline.turns[place - 1]
        may_be_outside, may_be_former = low <= self.begins, min(high, self.first) > self.begins
        return not (
            (may_be_outside and not self.mask & _OUTSIDE) or (may_be_former and not self.mask & _FORMER)
        )


def _has_days(timeline: Timeline, place: int) -> bool:
    """Whether the status at *place* (not the first) lasts a day: not between acts dated to the same day."""
    if place == len(timeline.turns):
        return True
    (low, _), (_, high) = timeline.turns[place - 1], timeline.turns[place]
    return low != high


def _moves(
    stretch: _Stretch, timeline: Timeline, place: int, day: int, *, starts: bool
) -> Iterator[tuple[int, bool]]:
    """The positions that a state may reach on *day* from *place* on the day before, each with *starts*."""
    possible = stretch.places_on(timeline, day)
    if place in possible:
        yield place, starts
    for following in range(place + 1, len(timeline.statuses)):
        low, high = timeline.turns[following - 1]
        if not low <= day <= high or (following > place + 1 and _has_days(timeline, following - 1)):
            return
        if following in possible:
            yield following, False
