"""Other algorithms for what the segments answer: a day-by-day diary, and brute force over worlds."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

from csto_membership import Act, Status
from csto_membership._facts.statuses import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership import Era, Event

Window = tuple[int, int]


def raw_windows(records: Sequence[Event | Era], dating: str | tuple[str, ...]) -> list[Window]:
    """The window of each record under a dating; one wholly before its predecessor is moved up to it."""
    windows: list[Window] = []
    floor = 0
    for record in records:
        steps = {str(step.name): step.date for step in record.steps}
        if dating == "any":
            dates = [record.effect, *steps.values()]
        else:
            names = (dating,) if isinstance(dating, str) else dating
            dates = [[*(steps[name] for name in names if name in steps), record.effect][0]]
        low, high = min(one.first for one in dates), max(one.last for one in dates)
        if windows and high < floor:
            low, high = windows[-1]
        floor = max(floor, low)
        windows.append((low, high))
    return windows


def after(events: Sequence[Event]) -> Status:
    """The status that these acts lead to, one after another."""
    status = Status.OUTSIDE
    for event in events:
        status = TRANSITIONS[event.act].after or status
    return status


def diary(events: Sequence[Event], dating: str | tuple[str, ...], first: int, last: int) -> Iterator[Status]:
    """The status of each day from *first* to *last*, written up day by day.

    A forward pass notes how many acts may have happened by the evening of each day, a backward pass
    which of these counts still leave room for the acts to come; no window is ever tightened.
    """
    windows = raw_windows(events, dating)
    total = len(windows)
    start, stop = min([first, *(low for low, _ in windows)]), max([last, *(high for _, high in windows)])
    evenings: list[set[int]] = []
    counts = {0}
    for day in range(start, stop + 1):
        today = set(counts)
        for count in range(total):
            if count in today and windows[count][0] <= day <= windows[count][1]:
                today.add(count + 1)
        # An act whose last possible day is over by this evening has happened.
        counts = {count for count in today if all(windows[later][1] > day for later in range(count, total))}
        evenings.append(counts)
    possible: set[int] = {total}
    kept: list[set[int]] = []
    for day in range(stop, start - 1, -1):
        counts = evenings[day - start] & possible
        kept.append(counts)
        possible = set()
        for count in counts:
            possible.add(count)
            reached = count
            while reached > 0 and windows[reached - 1][0] <= day <= windows[reached - 1][1]:
                reached -= 1
                possible.add(reached)
    kept.reverse()
    for day in range(first, last + 1):
        status = Status(0)
        for count in kept[day - start]:
            status |= after(events[:count])
        yield status


def worlds(windows: Sequence[Window]) -> Iterator[tuple[int, ...]]:
    """Every choice of a day in each window that keeps their order."""
    for days in product(*(range(low, high + 1) for low, high in windows)):
        if all(one <= other for one, other in pairwise(days)):
            yield days


def acts_around(
    events: Sequence[Event], dating: str | tuple[str, ...], first: int, last: int
) -> dict[str, list[Event]]:
    """How a state's acts stand to the days from *first* to *last*, told by all worlds together."""
    chosen = list(worlds(raw_windows(events, dating)))
    told: dict[str, list[Event]] = {
        name: [] for name in ("before", "confirmed", "in_doubt", "during", "after")
    }
    for place, event in enumerate(events):
        days = {dates[place] for dates in chosen}
        by_the_last = {day <= last for day in days}
        if event.act is Act.REAFFIRM:
            told["confirmed"] += [event] if True in by_the_last else []
        elif all(day <= first for day in days):
            told["before"], told["confirmed"] = [event], []
        elif True not in by_the_last:
            told["after"] = [event]
            break
        else:
            within = all(first <= day <= last for day in days)
            told["during" if within else "in_doubt"].append(event)
    return told


def in_some_world(
    events: Sequence[Event],
    eras: Sequence[Era],
    era: str | None,
    dating: str | tuple[str, ...],
    days: Sequence[int],
) -> list[Status]:
    """For each day the statuses that the state has in at least one world."""
    found = [Status(0) for _ in days]
    index = [one.id for one in eras].index(era) if era else 0
    for begins in worlds(raw_windows(eras, dating)) if era else [()]:
        for dates in worlds(raw_windows(events, dating)):
            for place, day in enumerate(days):
                happened = [event for event, when in zip(events, dates, strict=True) if when <= day]
                status = after(happened)
                if era:
                    start = begins[index]
                    end = begins[index + 1] if index + 1 < len(begins) else None
                    inside = start <= day and (end is None or day < end)
                    if not inside or (status is Status.FORMER and dates[len(happened) - 1] <= start):
                        status = Status.OUTSIDE
                found[place] |= status
    return found
