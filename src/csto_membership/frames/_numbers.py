"""Resolves, by day, a number that several states had one after the other in a list of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.states import State
from csto_membership._facts.territories import holders
from csto_membership._membership.segments import Segments, Timeline, timeline_without_acts
from csto_membership.frames._existing import number_in

if TYPE_CHECKING:
    from csto_membership._membership.membership import Membership

_SYSTEMS = ("cow", "gw")


def by_number(membership: Membership, codes: str | None) -> Membership:
    """The same membership for a column of numbers: each means the state that had it on the row's day.

    It differs only where several states with acts shared a number: 345 was Yugoslavia's, then that of Serbia
    and Montenegro, then Serbia's. The state that the number resolves to then gets one timeline joined from
    all of them.
    """
    cache = membership.compiled.cache
    if codes not in _SYSTEMS:
        return membership
    key = "by number", codes
    if key not in cache:
        cache[key] = _numbered(membership, codes)
    found: Membership | None = cache[key]
    return membership if found is None else found


def _numbered(membership: Membership, codes: str) -> Membership | None:
    """The membership with the timelines of numbers; nothing where no number needs one."""
    compiled = membership.compiled
    timelines = {timeline.state.iso3: timeline for timeline in compiled.segments.timelines}
    made = dict(timelines)
    for number in {number for number, *_ in holders()}:
        sharing = [state for state in compiled.states if number_in(state, codes) == number]
        meant = compiled.names.encode(number, codes)
        if len(sharing) > 1 and isinstance(meant, State) and meant.iso3 in timelines:
            made[meant.iso3] = _in_turn(membership, meant, number, timelines)
    if made == timelines:
        return None
    cuts = sorted({day for timeline in made.values() for day in timeline.days})
    segments = Segments(timelines=tuple(made[state.iso3] for state in compiled.states), cuts=tuple(cuts))
    return type(membership)(compiled=evolve(compiled, segments=segments))


def _in_turn(membership: Membership, meant: State, number: int, timelines: dict[str, Timeline]) -> Timeline:
    """One timeline of the states that had a number in turn, each for its own days.

    It keeps masks but no acts. So a year with acts on uncertain days may stay open that each state's own
    history would decide.
    """
    nobody = timeline_without_acts(meant, is_closed=membership.history.closed)
    limit = membership.compiled.last
    days: list[int] = []
    masks: list[int] = []
    held = [(key, start) for one, key, start in holders() if one == number]
    for (key, start), (_, after) in zip(held, (*held[1:], ("", None)), strict=True):
        timeline = timelines.get(key, nobody)
        cuts = [start, *(day for day in timeline.days if day > start and (after is None or day < after))]
        for day in cuts:
            mask = timeline.mask_on(day)
            if masks and (mask == masks[-1] or (limit is not None and day > limit)):
                continue
            if masks:
                days.append(day)
            masks.append(mask)
    return Timeline(state=meant, events=(), days=tuple(days), masks=tuple(masks), opened=(-1,) * len(masks))
