"""The oracle: a day-by-day simulation ("diary") of one state, independent of the library's own algorithm."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership import Status
from csto_membership.testing.acts import after
from csto_membership.testing.windows import in_order, reached_on, written_windows
from csto_membership.testing.worlds import era_worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from csto_membership import Era, Event
    from csto_membership.testing.windows import Dating, Window


def diary(
    events: Sequence[Event],
    days: Iterable[date],
    *,
    dating: Dating = "effect",
    eras: Sequence[Era] = (),
    era: str | None = None,
) -> dict[date, Status]:
    """The status of one state on each of these days, written up day by day.

    A forward pass computes how many acts may have happened by the end of each day. A backward pass keeps
    those counts that still leave room for the later acts. Unlike the library, no window is tightened by later
    acts. Long stretches in which no act may fall are shortened first, so that two centuries take no longer
    than two years.

    Args:
        events: The acts of the state, in their order.
        days: The days to tell of.
        dating: What dates an act, as for ``Organization.reading``.
        eras: The organization's eras, in their order.
        era: The one whose days alone count; ``None`` for all days.

    Examples:
        >>> from datetime import date
        >>> from csto_membership import csto
        >>> from csto_membership.testing import diary
        >>> told = diary(csto.events("UZB"), [date(2012, 12, 18), date(2012, 12, 19)])
        >>> [str(status) for status in told.values()]
        ['MEMBER', 'SUSPENDED']
    """
    asked = [day.toordinal() for day in days]
    book = _Book.of(events, dating, asked, eras if era is not None else ())
    told = dict.fromkeys(asked, Status(0))
    index = None if era is None else [one.id for one in eras].index(era)
    ends: dict[int | None, list[int | None]] = {}
    for begins, end in era_worlds(book.eras, index):
        ends.setdefault(begins, []).append(end)
    for begins, possible in ends.items():
        kept = _both_ways(book, begins)
        for day in asked:
            place = book.places[day]
            has_begun = begins is None or begins <= place
            is_over = {end is not None and end <= place for end in possible}
            if not has_begun or True in is_over:
                told[day] |= Status.OUTSIDE
            if has_begun and False in is_over:
                for count, marked in kept[place]:
                    status = after(events[:count])
                    # A state that left before the era began is OUTSIDE in it, not FORMER.
                    had_left = begins is not None and status is Status.FORMER and count == marked
                    told[day] |= Status.OUTSIDE if had_left else status
    return {date.fromordinal(day): status for day, status in told.items()}


def may_avoid(
    events: Sequence[Event], statuses: Status, first: date, after_last: date, *, dating: Dating = "effect"
) -> bool:
    """Whether in some consistent choice of dates no day of ``[first, after_last)`` has one of these statuses."""
    bounds = first.toordinal(), after_last.toordinal()
    book = _Book.of(events, dating, bounds, ())
    low, high = (book.places[day] for day in bounds)
    refused = {count for count in range(len(events) + 1) if after(events[:count]) & statuses}

    def is_refused(day: int, count: int) -> bool:
        return low <= day < high and count in refused

    return bool(_forwards(book, None, is_refused)[-1])


def may_happen_on(events: Sequence[Event], place: int, day: date, *, dating: Dating = "effect") -> bool:
    """Whether in some consistent choice of dates the act at this place among a state's acts falls on a day."""
    ordinal = day.toordinal()
    book = _Book.of(events, dating, (ordinal - 1, ordinal), ())
    kept, here = _both_ways(book, None), book.places[ordinal]
    return any(
        count <= place < following[0] and following in kept[here]
        for count, marked in kept[here - 1]
        for following in _moved(book.acts, (count, marked), here, None)
    )


@frozen(kw_only=True)
class _Book:
    """A shortened calendar: positions for days, without the long stretches in which no act may fall.

    Attributes:
        acts: The windows of the acts on this calendar.
        eras: Those of the eras.
        places: The position of each day asked about, by its ordinal.
        busy: The positions on which some act may happen.
        stop: The last one; the first is 0.
    """

    acts: Sequence[Window]
    eras: Sequence[Window]
    places: Mapping[int, int]
    busy: frozenset[int]
    stop: int

    @classmethod
    def of(cls, events: Sequence[Event], dating: Dating, asked: Iterable[int], eras: Sequence[Era]) -> _Book:
        """The book for these acts, eras and days."""
        acts, begins = written_windows(events, dating), written_windows(eras, dating)
        bounds = {day for window in (*acts, *begins) for day in (window.low, window.high)}
        places = shortened({0, *bounds, *asked}, room=2 * (len(acts) + len(begins)) + 4)

        def placed(windows: Sequence[Window]) -> list[Window]:
            moved = [evolve(one, low=places[one.low], high=places[one.high]) for one in windows]
            return in_order(moved)

        placed_acts, placed_eras = placed(acts), placed(begins)
        highest = [places[max(places)], *(one.high for one in (*placed_acts, *placed_eras))]
        busy = frozenset(day for one in placed_acts for day in range(one.low, one.high + 1))
        return cls(acts=placed_acts, eras=placed_eras, places=places, busy=busy, stop=max(highest))


def shortened(days: Iterable[int], room: int) -> dict[int, int]:
    """Places for these days, in their order: as far apart as the days are, but no farther than *room*.

    Each day and the next are places of their own, so that a day before or after another stays one.
    """
    ordered = sorted({near for day in days for near in (day, day + 1)})
    places = {ordered[0]: 0}
    for one, other in pairwise(ordered):
        places[other] = places[one] + min(other - one, room)
    return places


def _forwards(
    book: _Book, mark: int | None, is_refused: Callable[[int, int], bool] | None = None
) -> list[set[tuple[int, int]]]:
    """For the end of each position, the possible pairs (acts so far, acts by the end of position *mark*)."""
    evenings = []
    states = {(0, 0)}
    for day in range(book.stop + 1):
        if day in book.busy or day == mark:
            states = {
                following
                for state in states
                for following in _moved(book.acts, state, day, mark)
                # An act whose last possible day is over by this evening has happened.
                if all(window.high > day for window in book.acts[following[0] :])
            }
        if is_refused is not None:
            states = {state for state in states if not is_refused(day, state[0])}
        evenings.append(states)
    return evenings


def _both_ways(book: _Book, mark: int | None) -> list[set[tuple[int, int]]]:
    """The pairs of ``_forwards`` that also leave room for all later acts."""
    evenings = _forwards(book, mark)
    possible = evenings[-1]
    kept = []
    for day in range(book.stop, -1, -1):
        states = evenings[day] & possible
        kept.append(states)
        if day in book.busy or day == mark:
            before = evenings[day - 1] if day else set()
            possible = {state for state in before if states & set(_moved(book.acts, state, day, mark))}
        else:
            possible = states
    kept.reverse()
    return kept


def _moved(
    windows: Sequence[Window], state: tuple[int, int], day: int, mark: int | None
) -> Iterable[tuple[int, int]]:
    """The pairs that may follow from a pair by the end of a day."""
    count, marked = state
    for reached in reached_on(windows, count, day):
        yield reached, reached if day == mark else marked
