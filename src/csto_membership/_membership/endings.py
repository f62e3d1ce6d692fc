"""Ends the membership of every state that is still in an organization when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.records import Event
from csto_membership._facts.statuses import START, Act, Status, after

if TYPE_CHECKING:
    from csto_membership._facts.records import History

_OUT = (Status.OUTSIDE | Status.FORMER).value


def with_its_end(history: History) -> History:
    """The history with an act ``end`` for every state that was still in the organization when it ended.

    The act has the day and the sources of the organization's end.
    """
    ended = history.ended
    if ended is None or ended.effect is None:  # of a file with faults
        return history
    found: list[Event] = []
    for state, events in history.by_state().items():
        found += events
        place = START
        if any(event.act is None or event.effect is None for event in events):  # likewise
            continue
        for event in events:
            place = after(event.act, place)
        if not place[0] & _OUT:
            found.append(
                Event(state=state, act=Act.END, effect=ended.effect, sources=ended.sources, where=ended.where)
            )
    return evolve(history, events=tuple(found))
