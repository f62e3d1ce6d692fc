"""Brute force: every consistent choice of dates ("world") of a small history, and what holds in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from csto_membership import Act, Status
from csto_membership.testing.acts import after
from csto_membership.testing.windows import days_apart, in_order, written_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership import Era, Event
    from csto_membership.testing.windows import Dating, Window

EraDays: TypeAlias = tuple[int | None, int | None]
"""The day on which an era begins and the first one after it; ``None`` where it has none, or none is asked about."""


def worlds(records: Sequence[Event | Era], *, dating: Dating = "effect") -> Iterator[tuple[int, ...]]:
    """Every choice of a day for each record that keeps their order, and leaves each status its day.

    There are many: of five acts, each dated to a month, some millions.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.testing import worlds
        >>> len(list(worlds(csto.events("UZB"))))
        1
    """
    yield from _worlds(in_order(written_windows(records, dating)), ())


def _worlds(found: Sequence[Window], days: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every such choice that begins with these days."""
    if len(days) == len(found):
        yield days
        return
    window = found[len(days)]
    soonest = days[-1] if days else window.low
    changed = next((place for place in range(len(days) - 1, -1, -1) if found[place].changes), None)
    if window.changes and changed is not None:
        soonest = max(soonest, days[changed] + days_apart(found[changed], window))
    for day in range(max(window.low, soonest), window.high + 1):
        yield from _worlds(found, (*days, day))


def era_worlds(eras: Sequence[Window], index: int | None) -> list[EraDays]:
    """The days on which the era with this index begins and ends, each pair once."""
    if index is None:
        return [(None, None)]
    return list(dict.fromkeys((days[index], [*days, None][index + 1]) for days in _worlds(eras, ())))


def acts_around(
    events: Sequence[Event], first: int, last: int, *, dating: Dating = "effect"
) -> dict[str, list[Event]]:
    """A state's acts before, on and after the days from *first* to *last* (inclusive), by all worlds.

    The keys are ``"before"``, ``"confirmed"``, ``"in_doubt"``, ``"during"`` and ``"after"``, as an ``Explanation`` has
    them; the days are ordinals.
    """
    chosen = list(worlds(events, dating=dating))
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
    days: Sequence[int],
    *,
    dating: Dating = "effect",
    eras: Sequence[Era] = (),
    era: str | None = None,
) -> list[Status]:
    """For each of these days, as ordinals, the statuses that the state has in at least one world."""
    found = [Status(0) for _ in days]
    for begins in days_of_era(eras, era, dating):
        for dates in worlds(events, dating=dating):
            for place, day in enumerate(days):
                found[place] |= _status_in(events, dates, begins, day)
    return found


def days_of_era(eras: Sequence[Era], era: str | None, dating: Dating) -> list[EraDays]:
    """The days on which an era begins and ends in each world; the pair ``(None, None)`` where none is asked about."""
    windows = in_order(written_windows(eras, dating))
    return era_worlds(windows, None if era is None else [one.id for one in eras].index(era))


def days_counted(
    events: Sequence[Event],
    begins: EraDays,
    counted: Status,
    days: Sequence[int],
    *,
    dating: Dating = "effect",
) -> set[int]:
    """The days on which the status is one of those counted: a bit for each day, a number for each world."""
    return {
        sum(bool(_status_in(events, dates, begins, day) & counted) << place for place, day in enumerate(days))
        for dates in worlds(events, dating=dating)
    }


def _status_in(events: Sequence[Event], dates: Sequence[int], begins: EraDays, day: int) -> Status:
    """The status on a day in one world."""
    happened = sum(when <= day for when in dates)
    status = after(events[:happened])
    start, end = begins
    if (start is not None and day < start) or (end is not None and day >= end):
        return Status.OUTSIDE
    had_left = start is not None and status is Status.FORMER and dates[happened - 1] <= start
    return Status.OUTSIDE if had_left else status
