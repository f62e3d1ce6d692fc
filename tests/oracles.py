"""Other algorithms for what the segments answer: a day-by-day diary, and brute force over worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership import Act, Status
from csto_membership._facts.statuses import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership import Era, Event

Dating = str | tuple[str, ...]


def days_apart(one: Choice, other: Choice) -> int:
    """The least number of days between two acts that change the status, one after the other."""
    return 0 if one.is_dated and other.is_dated else 1


class Choice:
    """One act or era, with the days on which a dating lets it fall.

    Attributes:
        low: The earliest of the days.
        high: The latest of them.
        changes: Whether it changes the status.
        is_dated: Whether it is dated to the day.
    """

    def __init__(self, record: Event | Era, dating: Dating) -> None:
        steps = {str(step.name): step.date for step in record.steps}
        if dating == "any":
            dates = [record.effect, *steps.values()]
        else:
            names = (dating,) if isinstance(dating, str) else dating
            dates = [[*(steps[name] for name in names if name in steps), record.effect][0]]
        self.low, self.high = min(one.first for one in dates), max(one.last for one in dates)
        act = getattr(record, "act", None)
        self.changes = act is not None and TRANSITIONS[act].after is not None
        self.is_dated = self.low == self.high


def choices(records: Sequence[Event | Era], dating: Dating) -> list[Choice]:
    """The days on which each record may fall, before anything is known of those after it.

    They are found by trying: a set holds the day of the last record and that of the last change of status, for
    all ways to date the records so far. Where no way is left for a record, its date says nothing. It falls on
    the day of its predecessor, or as soon after it as a status can end, in every way to date that.
    """
    found: list[Choice] = []
    ways: set[tuple[int, int | None]] = set()
    changer: Choice | None = None
    for record in records:
        choice = Choice(record, dating)
        possible = [
            day
            for day in range(choice.low, choice.high + 1)
            if not found or any(_soonest(way, changer, choice) <= day for way in ways)
        ]
        if not possible:
            moved = {_soonest(way, changer, choice) for way in ways}
            gap = bool(changer and choice.changes and days_apart(changer, choice))
            choice.low, choice.high = min(moved), max(moved)
            choice.is_dated = choice.is_dated and found[-1].is_dated and not gap
            possible = sorted(moved)
        earlier = ways or {(possible[0], None)}
        ways = {
            (day, day if choice.changes else way[1])
            for way in earlier
            for day in possible
            if not found or _soonest(way, changer, choice) <= day
        }
        found.append(choice)
        changer = choice if choice.changes else changer
    return found


def _soonest(way: tuple[int, int | None], changer: Choice | None, choice: Choice) -> int:
    """The first day on which a record may follow those dated in one way."""
    last, changed = way
    if changer is None or changed is None or not choice.changes:
        return last
    return max(last, changed + days_apart(changer, choice))


def after(events: Sequence[Event]) -> Status:
    """The status that these acts lead to, one after another; who never was a member is no former one."""
    acts = [event.act for event in events if event.act is not Act.REAFFIRM]
    if not acts:
        return Status.OUTSIDE
    if acts[-1] in (Act.LAPSE, Act.WITHDRAW, Act.EXPEL, Act.END):
        return Status.FORMER if {Act.JOIN, Act.RESUME} & set(acts) else Status.OUTSIDE
    return TRANSITIONS[acts[-1]].after or Status.OUTSIDE


def diary(events: Sequence[Event], dating: Dating, first: int, last: int) -> Iterator[Status]:
    """The status of each day from *first* to *last*, written up day by day.

    A forward pass notes how many acts may have happened by the evening of each day, a backward pass
    which of these counts still leave room for the acts to come; no window is ever tightened.
    """
    found = choices(events, dating)
    total = len(found)
    start, stop = min([first, *(one.low for one in found)]), max([last, *(one.high for one in found)])
    evenings: list[set[int]] = []
    counts = {0}
    for day in range(start, stop + 1):
        today = {reached for count in counts for reached in _on_one_day(found, count, day)}
        # An act whose last possible day is over by this evening has happened.
        counts = {count for count in today if all(found[later].high > day for later in range(count, total))}
        evenings.append(counts)
    possible: set[int] = {total}
    kept: list[set[int]] = []
    for day in range(stop, start - 1, -1):
        counts = evenings[day - start] & possible
        kept.append(counts)
        possible = {count for count in range(total + 1) if counts & set(_on_one_day(found, count, day))}
    kept.reverse()
    for day in range(first, last + 1):
        status = Status(0)
        for count in kept[day - start]:
            status |= after(events[:count])
        yield status


def _on_one_day(found: Sequence[Choice], count: int, day: int) -> Iterator[int]:
    """How many acts may have happened by the evening of a day, of which so many had by the morning."""
    yield count
    changer: Choice | None = None
    for reached, choice in enumerate(found[count:], start=count + 1):
        if not choice.low <= day <= choice.high:
            return
        if choice.changes:
            if changer is not None and days_apart(changer, choice):
                return
            changer = choice
        yield reached


def worlds(records: Sequence[Event | Era], dating: Dating) -> Iterator[tuple[int, ...]]:
    """Every choice of a day for each record that keeps their order, and leaves each status its day."""
    yield from _worlds(choices(records, dating), ())


def _worlds(found: Sequence[Choice], days: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every such choice that begins with these days."""
    if len(days) == len(found):
        yield days
        return
    choice = found[len(days)]
    soonest = days[-1] if days else choice.low
    changed = next((place for place in range(len(days) - 1, -1, -1) if found[place].changes), None)
    if choice.changes and changed is not None:
        soonest = max(soonest, days[changed] + days_apart(found[changed], choice))
    for day in range(max(choice.low, soonest), choice.high + 1):
        yield from _worlds(found, (*days, day))


def acts_around(events: Sequence[Event], dating: Dating, first: int, last: int) -> dict[str, list[Event]]:
    """How a state's acts stand to the days from *first* to *last*, told by all worlds together."""
    chosen = list(worlds(events, dating))
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
    dating: Dating,
    days: Sequence[int],
) -> list[Status]:
    """For each day the statuses that the state has in at least one world."""
    found = [Status(0) for _ in days]
    for begins in era_worlds(eras, era, dating):
        for dates in worlds(events, dating):
            for place, day in enumerate(days):
                found[place] |= _status_in(events, dates, begins, day)
    return found


def era_worlds(
    eras: Sequence[Era], era: str | None, dating: Dating
) -> list[tuple[int | None, int | None] | None]:
    """The days on which an era begins and ends, one pair a world; nothing where no era is asked about."""
    if era is None:
        return [None]
    index = [one.id for one in eras].index(era)
    return [(begins[index], [*begins, None][index + 1]) for begins in worlds(eras, dating)]


def days_counted(
    events: Sequence[Event],
    begins: tuple[int | None, int | None] | None,
    dating: Dating,
    counted: Status,
    days: Sequence[int],
) -> set[int]:
    """The days on which the status is one of those counted: a bit for each day, a number for each world."""
    return {
        sum(bool(_status_in(events, dates, begins, day) & counted) << place for place, day in enumerate(days))
        for dates in worlds(events, dating)
    }


def _status_in(
    events: Sequence[Event], dates: Sequence[int], begins: tuple[int | None, int | None] | None, day: int
) -> Status:
    """The status on a day in one world."""
    happened = sum(when <= day for when in dates)
    status = after(events[:happened])
    if begins is None:
        return status
    start, end = begins
    assert start is not None
    inside = start <= day and (end is None or day < end)
    if not inside or (status is Status.FORMER and dates[happened - 1] <= start):
        return Status.OUTSIDE
    return status
