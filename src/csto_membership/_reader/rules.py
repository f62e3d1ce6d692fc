"""The rules CM013 to CM027, which concern several records of a facts file at once.

The rules on how a file is written (CM001 to CM012) are the reader's, in ``tree`` and ``facts_file``; CM023
is for records that were made in code, since no file can break it.
"""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from csto_membership._facts.records import Participation, public_from
from csto_membership._facts.statuses import (
    BASES,
    START,
    Act,
    ParticipationCapacity,
    Status,
    StepName,
    after,
    is_possible,
)
from csto_membership._facts.territories import share_codes
from csto_membership._facts.unknown import Ended, Gap
from csto_membership._membership.endings import with_its_end
from csto_membership._membership.reading import Reading
from csto_membership._membership.segments import compile_segments, windows
from csto_membership._reader.references import problem, references, taking_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.places import Where
    from csto_membership._facts.records import Dataset, Era, Event, History, Term
    from csto_membership._facts.states import State
    from csto_membership._membership.segments import Timeline

    _Citation = tuple[object, Where | None, str, tuple[str, ...]]

# Only these steps need a signed instrument; an announcement or a decision may come before it.
_AFTER_SIGNATURE = frozenset(
    {
        StepName.SIGNATURE,
        StepName.RATIFICATION,
        StepName.DEPOSIT,
        StepName.ACCESSION,
        StepName.ENTRY_INTO_FORCE,
    }
)
# Many tables write "no end" as the year 9999, which nobody can have checked the facts up to.
LAST_CHECKED = date(date.max.year - 1, 12, 31).toordinal()
NOT_CHECKED = (
    "{!r} is in the last year of the calendar. Write the last day up to which the facts were checked."
)
_UNIQUE_CODES = ("iso2", "iso_numeric", "cow", "cow_abbrev", "gw", "fips", "wikidata")


def problems_of(
    dataset: Dataset,
    unread: Collection[tuple[str, str]] = (),
    named: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Iterator[str]:
    """All faults of a dataset, one line each.

    Args:
        dataset: The records.
        unread: (organization, state) pairs of which some event could not be read, and (organization,
            ``"eras"``) likewise: their order and acts are not checked, since a fault that only follows from
            another one is not reported.
        named: The names that stand in each section of the file, those of unreadable records included.
    """
    yield from references(dataset, named)
    yield from _shared_codes(dataset.states)
    instruments = {instrument.id: instrument for instrument in dataset.instruments}
    signed = {
        name: step.date.first
        for name, instrument in instruments.items()
        for step in instrument.steps
        if step.name is StepName.SIGNATURE
    }
    states = {state.iso3: state for state in dataset.states}
    for history in dataset.histories:
        if (history.id, "eras") not in unread:
            yield from _eras(history, signed)
            for era in history.eras:
                yield from _public_by(era, dataset.verified_through)
        sound = not any(organization == history.id for organization, _ in unread)
        own = history.by_state()
        by_state = own if history.ended is None else with_its_end(history).by_state()
        members = _Members(history=history, states=states if sound else {}, by_state=by_state)
        yield from _offices(history, members, dataset.verified_through)
        if (history.id, "participations") not in unread:
            yield from _participations(history, members, dataset.verified_through)
        yield from _gaps(history)
        for code, events in by_state.items():
            if (history.id, code) in unread:
                continue
            yield from _order_and_acts(events, history.id)
            yield from _existence(events[0], states.get(code), history.id)
            for event in own[code]:
                yield from _instrument_first(event, signed)
                yield from _public_by(event, dataset.verified_through)


def problems_of_records(dataset: Dataset) -> Iterator[str]:
    """Faults only of records made in code: a duplicate name, an act without source, a wide horizon."""
    verified = dataset.verified_through
    if not verified.is_exact:
        yield problem("CM023", None, "", f"verified_through: {verified} is not one day. Choose its last day.")
    if verified.last > LAST_CHECKED:
        yield problem("CM023", None, "", f"verified_through: {NOT_CHECKED.format(verified.text)}")
    groups: list[tuple[str, Iterable[str]]] = [
        ("state", (state.iso3 for state in dataset.states)),
        ("source", (source.id for source in dataset.sources)),
        ("instrument", (instrument.id for instrument in dataset.instruments)),
        ("organization", (history.id for history in dataset.histories)),
    ]
    records: list[Ended | Era | Event | Gap | Term | Participation] = []
    for history in dataset.histories:
        groups.append((f"era of {history.id}", (era.id for era in history.eras)))
        groups.append((f"office of {history.id}", (office.id for office in history.offices)))
        groups.append((f"participation of {history.id}", (one.id for one in history.participations)))
        records += (*history.eras, *history.events, *history.gaps, *history.participations)
        records += (history.ended,) if history.ended else ()
        records += (term for office in history.offices for term in office.terms)
    for record in records:
        if not isinstance(record, Ended | Gap | Participation) and record.steps:
            groups.append((f"step of {record}", (step.name for step in record.steps)))
        if not record.sources:
            yield problem("CM023", record.where, "", "no source. Name at least one.", str(record))
    for kind, names in groups:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                yield problem("CM023", None, "", f"{kind} {str(name)!r} is there twice. Keep one of them.")
            seen.add(name)


def _shared_codes(states: tuple[State, ...]) -> Iterator[str]:
    """A code that two states of the file claim."""
    for scheme in _UNIQUE_CODES:
        owners: dict[object, State] = {}
        for state in states:
            code = getattr(state, scheme)
            if code is None:
                continue
            owner = owners.setdefault(code, state)
            if owner is not state and not share_codes(owner.iso3, state.iso3):
                yield problem(
                    "CM021",
                    state.where,
                    scheme,
                    f"{scheme} {code!r} of {state} is that of {owner} too{_on_line(owner.where)}. "
                    "Correct one of them.",
                    state.iso3,
                )


def _eras(history: History, signed: dict[str, int]) -> Iterator[str]:
    """Eras that do not follow one another, or that begin before their instrument was signed."""
    latest: Era | None = None
    for era in history.eras:
        if latest is not None and era.effect.last <= latest.effect.first:
            yield problem(
                "CM018",
                era.where,
                "effect",
                f"era {era.id} begins on {era.effect}, not after era {latest.id} of {latest.effect}"
                f"{_on_line(latest.where)}. Put the eras in the order in which they began.",
                history.id,
            )
        yield from _instrument_first(era, signed)
        if latest is None or era.effect.first > latest.effect.first:
            latest = era


def _gaps(history: History) -> Iterator[str]:
    """Gaps that hold no day."""
    for gap in history.gaps:
        if gap.start is not None and gap.end is not None and gap.end.last <= gap.start.first:
            text = f"{gap} is empty. Its end is the first day after it."
            yield problem("CM016", gap.where, "end", text, history.id)


def _public_by(record: Event | Era | Term | Participation, verified_through: ImpreciseDate) -> Iterator[str]:
    """A record that was not yet public on the last day verified."""
    if public_from(record) > verified_through.last:
        yield problem(
            "CM020",
            record.where,
            "effect",
            f"{record} became public after {verified_through}, the last day verified. "
            "Check the facts up to a later day and raise verified_through.",
        )


@frozen(kw_only=True, eq=False)
class _Members:
    """The timelines of a history's states, each compiled when it is first needed.

    Attributes:
        history: The history.
        states: Its states by code; none where the membership could not be read, and is left unchecked.
        by_state: The acts of each state.
        timelines: What was compiled so far; ``None`` for a state whose acts have faults of their own.
        held: By state and basis, for each run the number of earlier runs whose status may be of the basis.
            The difference of two such numbers answers ``never`` for one term.
    """

    history: History
    states: Mapping[str, State]
    by_state: Mapping[str, tuple[Event, ...]]
    timelines: dict[str, Timeline | None] = field(factory=dict)
    held: dict[tuple[str, str], tuple[int, ...]] = field(factory=dict)

    def never(self, code: str, first: int, after: int | None, basis: str) -> bool:
        """Whether a state certainly had no status of the basis on any day of ``[first, after)``.

        Without *after*, on any day from *first* on.
        """
        if code not in self.timelines:
            self.timelines[code] = self._timeline(code)
        timeline = self.timelines[code]
        if timeline is None:
            return False
        last = max((first, *timeline.days[-1:])) + 1 if after is None else after
        if (code, basis) not in self.held:
            wanted = BASES[basis].value
            self.held[code, basis] = tuple(
                accumulate((bool(mask & wanted) for mask in timeline.masks), initial=0)
            )
        runs, held = timeline.runs_in(first, last), self.held[code, basis]
        return held[runs.start] == held[runs.stop]

    def _timeline(self, code: str) -> Timeline | None:
        """The timeline of a state, if it is known and its acts are without fault."""
        events = self.by_state.get(code, ())
        if code not in self.states or any(_order_and_acts(events, "")):
            return None
        own = evolve(self.history, events=events)
        return compile_segments(own, (self.states[code],), Reading(), None).timelines[0]

    def acts_begin(self, code: str) -> str:
        """A note of the line on which a state's acts begin; empty for records without lines."""
        events = self.by_state.get(code, ())
        return f" (its acts begin on line {events[0].where.line})" if events and events[0].where else ""


def _offices(history: History, members: _Members, verified_through: ImpreciseDate) -> Iterator[str]:
    """Terms that hold no day, and terms of a state that was no member on any day of them."""
    for office in history.offices:
        latest: Term | None = None
        for term in office.terms:
            if term.effect is None or term.state is None:
                continue  # it could not be read
            yield from _public_by(term, verified_through)
            place = f"{history.id} {office.id}"
            if latest is not None and term.effect.last < latest.effect.first:
                before = f"that of {latest}{_on_line(latest.where)}"
                text = f"the term of {term} stands after {before}. Put the earlier first."
                yield problem("CM016", term.where, "effect", text, place)
            if latest is None or term.effect.first > latest.effect.first:
                latest = term
            if term.end is not None and term.end.last <= term.effect.first:
                text = f"the term of {term} is empty. Its end is the first day after it."
                yield problem("CM016", term.where, "end", text, place)
                continue
            after = None if term.end is None else term.end.last
            if members.never(term.state, term.effect.first, after, "nominal"):
                acts = members.acts_begin(term.state)
                yield problem(
                    "CM024",
                    term.where,
                    "state",
                    f"{term.state} was no member on any day of its term as {office.id}, {term}{acts}. "
                    "Correct the state, the term or the acts.",
                    place,
                )


# Capacities that need no membership; an absent state has no day of its own to check.
_FROM_OUTSIDE = (ParticipationCapacity.GUEST, ParticipationCapacity.OBSERVER, "absent")


def _participations(history: History, members: _Members, verified_through: ImpreciseDate) -> Iterator[str]:
    """Participations that hold no day, and participants that were no members on any day of them."""
    for one in history.participations:
        yield from _public_by(one, verified_through)
        place = f"{history.id} {one.id}"
        if one.end is not None and one.end.last <= one.effect.first:
            text = f"{one} is empty. Its end is the first day after it."
            yield problem("CM016", one.where, "end", text, place)
            continue
        for code, path, capacity in taking_part(one):
            if capacity not in _FROM_OUTSIDE and members.never(code, *one.days, "legal"):
                yield problem(
                    "CM026",
                    one.where,
                    path,
                    f"{code} was no member on any day of {one}, in which it took part as {capacity}"
                    f"{members.acts_begin(code)}. Correct the state, the days or the acts, or write guest or observer.",
                    place,
                )


def _order_and_acts(events: tuple[Event, ...], organization: str) -> Iterator[str]:
    """Events of one state out of order, and acts that are impossible from the status they meet."""
    place = START
    since: Event | None = None
    latest_start = next(iter(events), None)
    is_in_order = True
    for event in events:
        assert latest_start is not None  # noqa: S101 (there is an event)
        if event.effect.last < latest_start.effect.first:
            is_in_order = False
            yield problem(
                "CM016",
                event.where,
                "effect",
                f"{event.state} {str(event.act)!r} of {event.effect} stands after {str(latest_start.act)!r} "
                f"of {latest_start.effect}{_on_line(latest_start.where)}. "
                "Put the acts of a state in the order in which they took effect.",
                organization,
            )
        elif event.effect.first > latest_start.effect.first:
            latest_start = event
        if not is_possible(event.act, place):
            status = Status(place[0])
            found = (
                f"since {since.effect}{_on_line(since.where)}"
                if since
                else "from the beginning of the record"
            )
            possible = [str(act) for act in Act if is_possible(act, place)]
            yield problem(
                "CM017",
                event.where,
                "",
                f"{event.state} cannot {str(event.act)!r} on {event.effect}: it is {status} {found}. "
                f"From {status} a state can {_either(possible)}.",
                organization,
            )
        place = after(event.act, place)
        if event.act is not Act.REAFFIRM:
            since = event
    if len(events) > 1 and is_in_order:
        yield from _status_without_a_day(events, organization)


def _status_without_a_day(events: tuple[Event, ...], organization: str) -> Iterator[str]:
    """The first act that leaves no day for the status before it; later ones may only follow from it."""
    since: Event | None = None
    for event, (earliest, _) in zip(events, windows(events, "effect"), strict=True):
        if since is not None and event.effect.last < earliest:
            yield problem(
                "CM027",
                event.where,
                "effect",
                f"{event.state} {str(event.act)!r} of {event.effect} leaves no day for the status since "
                f"{str(since.act)!r} of {since.effect}{_on_line(since.where)}. "
                "Correct one of the dates, or give both to the day.",
                organization,
            )
            return
        if event.act is not Act.REAFFIRM:
            since = event


def _existence(event: Event, state: State | None, organization: str) -> Iterator[str]:
    """A first act dated before the state existed, by the earlier of its two dates in the state systems."""
    if state is None:
        return
    lists = [since for since in (state.since_cow, state.since_gw) if since is not None]
    since = min(lists, key=lambda written: written.first, default=None)
    if since is not None and event.effect.last < since.first:
        yield problem(
            "CM019",
            event.where,
            "effect",
            f"{event.state} {str(event.act)!r} of {event.effect} comes before the state existed, since {since}"
            f"{_on_line(state.where)}. Correct the one or the other.",
            organization,
        )


def _instrument_first(record: Event | Era, signed: dict[str, int]) -> Iterator[str]:
    """Dates that rest on an instrument which was not yet signed."""
    if record.instrument is None or record.instrument not in signed:
        return
    since = signed[record.instrument]
    dates = [("effect", record.effect)]
    dates += [(f"steps.{step.name}", step.date) for step in record.steps if step.name in _AFTER_SIGNATURE]
    for path, written in dates:
        if written.last < since:
            yield problem(
                "CM022",
                record.where,
                path,
                f"{path.removeprefix('steps.')} {written} comes before the signature of its instrument, "
                f"{record.instrument!r}. Correct the date, or name the instrument it rests on.",
                str(record),
            )


def _on_line(where: Where | None) -> str:
    """The other line that a fault concerns."""
    return f" (line {where.line})" if where else ""


def _either(words: list[str]) -> str:
    """Words as a choice."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
