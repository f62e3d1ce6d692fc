"""The window of each record under a dating, limited by earlier records only; found by exhaustive search."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from csto_membership import Act, Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership import Era

Dating: TypeAlias = str | tuple[str, ...]


@frozen(kw_only=True)
class Window:
    """The days on which one act or era may fall.

    Attributes:
        low: Ordinal of the earliest of the days.
        high: Ordinal of the latest of them.
        changes: Whether it changes the status.
        is_dated: Whether it is dated to the day.
    """

    low: int
    high: int
    changes: bool
    is_dated: bool


def days_apart(one: Window, other: Window) -> int:
    """The least number of days between two acts that change the status, one after the other."""
    return 0 if one.is_dated and other.is_dated else 1


def written_windows(records: Sequence[Event | Era], dating: Dating) -> list[Window]:
    """The days that the dates of each record leave, whatever its neighbours say."""
    windows = []
    for record in records:
        steps = {str(step.name): step.date for step in record.steps}
        if dating == "any":
            dates = [record.effect, *steps.values()]
        else:
            names = (dating,) if isinstance(dating, str) else dating
            dates = [[*(steps[name] for name in names if name in steps), record.effect][0]]
        low, high = min(one.first for one in dates), max(one.last for one in dates)
        changes = isinstance(record, Event) and record.act is not Act.REAFFIRM
        windows.append(Window(low=low, high=high, changes=changes, is_dated=low == high))
    return windows


def in_order(windows: Sequence[Window]) -> list[Window]:
    """The days that are left of each window by those before it.

    The search keeps, for all ways to date the records so far, the pair (day of the last record, day of the
    last change of status). If a record fits none of them, its own date is ignored: it falls on the day of its
    predecessor, or on the first day after it that leaves the status before it a day.
    """
    found: list[Window] = []
    ways: set[tuple[int, int | None]] = set()
    possible: Sequence[int]
    changer: Window | None = None
    for window in windows:
        soonest = {_soonest(way, changer, window) for way in ways}
        first = min(soonest, default=window.low)
        possible = range(max(window.low, first), window.high + 1)
        if not possible:
            gap = bool(changer and window.changes and days_apart(changer, window))
            window = evolve(window, is_dated=window.is_dated and not gap and len(soonest) == 1)  # noqa: PLW2901 (its date says nothing)
            soonest = {_soonest(way, changer, window) for way in ways}  # later, where it is no day any more
            window = evolve(window, low=min(soonest), high=max(soonest))  # noqa: PLW2901 (as above)
            possible = sorted(soonest)
        ways = {
            (day, day if window.changes else way[1])
            for way in ways or {(possible[0], None)}
            for day in possible
            if not found or _soonest(way, changer, window) <= day
        }
        found.append(window)
        changer = window if window.changes else changer
    return found


def _soonest(way: tuple[int, int | None], changer: Window | None, window: Window) -> int:
    """The first day on which a record may follow those dated in one way."""
    last, changed = way
    if changer is None or changed is None or not window.changes:
        return last
    return max(last, changed + days_apart(changer, window))


def reached_on(windows: Sequence[Window], count: int, day: int) -> Iterator[int]:
    """The numbers of acts that may have happened by the end of a day, if *count* had happened before it."""
    yield count
    changer: Window | None = None
    for reached, window in enumerate(windows[count:], start=count + 1):
        if not window.low <= day <= window.high:
            return
        if window.changes:
            if changer is not None and days_apart(changer, window):
                return
            changer = window
        yield reached
