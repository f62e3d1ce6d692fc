"""What tables that become organizations share: the acts between two statuses, and datasets of their own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from csto_membership._facts.dates import to_ordinal
from csto_membership._facts.records import Dataset, Event, History, Source
from csto_membership._facts.states import State
from csto_membership._facts.statuses import START, Act, SourceKind, Status, after, is_possible
from csto_membership.errors import DatasetError, FrameError, shown
from csto_membership.frames._rows import imprecise_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.dates import Day, ImpreciseDate
    from csto_membership._facts.places import Where
    from csto_membership._facts.statuses import StatusAndPast
    from csto_membership._facts.unknown import Gap

OUT = Status.OUTSIDE | Status.FORMER
# A table does not say why a membership ended, so END is the only ending act here. Of two equally short paths
# the one whose act is listed first is taken.
_USABLE = (Act.END, Act.RESUME, Act.JOIN, Act.SIGN, Act.OBSERVE, Act.ASSOCIATE, Act.FREEZE, Act.SUSPEND)
_SOURCE_ID = "table"


@cache
def acts_to(so_far: StatusAndPast, wanted: Status) -> tuple[Act, ...]:
    """The shortest sequence of acts from *so_far* to the status *wanted*; empty if it is there already."""
    ways: list[tuple[StatusAndPast, tuple[Act, ...]]] = [(so_far, ())]
    for reached, acts in ways:  # a breadth-first search: the list grows while it is read
        if reached[0] & wanted.value:
            return acts
        ways += [(after(act, reached), (*acts, act)) for act in _USABLE if is_possible(act, reached)]
    raise AssertionError(wanted)  # pragma: no cover (every status can be reached from every other)


class StateActs:
    """Gathers the acts of one state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.so_far = START
        self.events: list[Event] = []

    def lead_to(
        self,
        wanted: Status,
        effect: ImpreciseDate,
        where: Where | None = None,
        *,
        known: ImpreciseDate | None = None,
    ) -> bool:
        """Add the acts that lead to a status; false, without adding any, if several need one exact day."""
        acts = acts_to(self.so_far, wanted)
        if len(acts) > 1 and not effect.is_exact:
            return False
        for act in acts:
            self.so_far = after(act, self.so_far)
            self.events.append(
                Event(
                    state=self.state.iso3,
                    act=act,
                    effect=effect,
                    sources=(_SOURCE_ID,),
                    known=known,
                    where=where,
                )
            )
        return True


def own_states(states: Sequence[State]) -> dict[str, State]:
    """The records of states that the caller hands in, by code.

    Raises:
        FrameError: One of them is no record.
    """
    for state in states:
        if not isinstance(state, State):
            raise FrameError(
                f"states= holds {shown(state)}, which is no record of a state.",
                "Hand in State(iso3='XEU', english='European Union') and the like.",
                option="states",
            )
    return {state.iso3: state for state in states}


def source_of(source: Source | str | None, name: str) -> Source:
    """The one source of all acts of a table.

    Raises:
        FrameError: It is neither a record nor a title.
    """
    if source is not None and not isinstance(source, Source | str):
        raise FrameError(
            f"source={shown(source)} is no source.", "Give a title as text, or a Source.", option="source"
        )
    if isinstance(source, Source):
        return Source(
            id=_SOURCE_ID,
            title=source.title,
            publisher=source.publisher,
            kind=source.kind,
            date=source.date,
            address=source.address,
            note=source.note,
        )
    title = source or (f"The table {name}" if name != "table" else "A table of the caller's")
    return Source(id=_SOURCE_ID, title=title, publisher="not named", kind=SourceKind.REFERENCE)


def horizon_of(verified_through: Day) -> ImpreciseDate:
    """The last day that a table was checked."""
    day = to_ordinal(verified_through)
    return imprecise_of(day, day)


def dataset_of(  # noqa: PLR0913 (each is one part of the records)
    name: str,
    gathered: Iterable[StateActs],
    *,
    horizon: ImpreciseDate,
    source: Source,
    closed: bool,
    gaps: tuple[Gap, ...] = (),
    known: Iterable[State] = (),
) -> Dataset:
    """The records of one organization."""
    gathered = sorted(gathered, key=lambda acts: acts.state.iso3)
    states = {acts.state.iso3: acts.state for acts in gathered if acts.events}
    states |= {state.iso3: state for state in known}
    history = History(
        id=identifier_of(name),
        name=name,
        closed=closed,
        events=tuple(event for acts in gathered for event in acts.events),
        gaps=gaps,
    )
    return Dataset(
        verified_through=horizon,
        states=tuple(states[code] for code in sorted(states)),
        histories=(history,),
        sources=(source,),
    )


def identifier_of(name: str) -> str:
    """A name as an identifier: without blanks at its ends, and a hyphen for those inside."""
    return re.sub(r"\s+", "-", name.strip())


def check_faults(faults: list[str]) -> None:
    """Refuses a table with faults.

    Raises:
        DatasetError: There are faults; all of them.
    """
    if faults:
        raise DatasetError(tuple(faults))
