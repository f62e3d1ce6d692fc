"""Checks that every state, source and instrument that a record names is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._reader.limits import Suggestions
from csto_membership.errors import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from csto_membership._facts.places import Where
    from csto_membership._facts.records import Dataset, Era, Event, History, Instrument, Participation, Term

    _Citation = tuple[object, Where | None, str, tuple[str, ...]]


def problem(rule: str, where: Where | None, path: str, text: str, record: str = "records") -> str:
    """One fault in one line: place, what is wrong, what to do, rule."""
    return f"{where.at(path) if where else record}: {text} [{rule}]"


def references(dataset: Dataset, named: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Identifiers that name nothing in the file."""
    suggestions = Suggestions()
    sources = {source.id for source in dataset.sources}.union(named.get("sources", ()))
    instruments = {one.id for one in dataset.instruments}.union(named.get("instruments", ()))
    states = {state.iso3 for state in dataset.states}.union(named.get("states", ()))
    for record, where, path, cited in _citations(dataset):
        for index, name in enumerate(cited):
            if name is not None and name not in sources:
                yield problem(
                    "CM014",
                    where,
                    f"{path}.{index}",
                    f"no source {shown(name)}{suggestions.nearest(name, sources)} "
                    "Add it under sources, or correct the identifier.",
                    str(record),
                )
    for history in dataset.histories:
        records: tuple[Era | Event, ...] = (*history.eras, *history.events)
        for record in records:
            if record.instrument is not None and record.instrument not in instruments:
                yield problem(
                    "CM015",
                    record.where,
                    "instrument",
                    f"no instrument {shown(record.instrument)}{suggestions.nearest(record.instrument, instruments)} "
                    "Add it under instruments, or correct the identifier.",
                    str(record),
                )
    for code, where, path, record_name in _states_named(dataset):
        if code is not None and code not in states:
            yield problem(
                "CM013",
                where,
                path,
                f"no state {shown(code)}{suggestions.nearest(code, states)} Add it under states, or correct the code.",
                record_name,
            )


def _states_named(dataset: Dataset) -> Iterator[tuple[str, Where | None, str, str]]:
    """Every code of a state outside the section of states: where, in which field, of which record."""
    for history in dataset.histories:
        for code, events in history.by_state().items():
            yield code, events[0].where, "state", history.id
        for gap in history.gaps:
            yield gap.state, gap.where, "state", history.id
        for office in history.offices:
            for term in office.terms:
                yield term.state, term.where, "state", history.id
        for participation in history.participations:
            for code, path, _ in taking_part(participation):
                yield code, participation.where, path, history.id
    for instrument in dataset.instruments:
        for signature in instrument.signatures:
            yield signature.state, instrument.where, f"signatures.{signature.state}", str(instrument)


def taking_part(one: Participation) -> Iterator[tuple[str, str, str]]:
    """The states that took part, each with its field and its capacity."""
    for index, participant in enumerate(one.participants):
        yield participant.state, f"participants.{index}.state", participant.capacity
    for index, code in enumerate(one.absent):
        yield code, f"absent.{index}", "absent"
    for name in ("host", "chair"):
        code = getattr(one, name)
        if code is not None:
            yield code, name, name


def _citations(dataset: Dataset) -> Iterator[_Citation]:
    """Every list of sources: of which record, where, in which field, and what it cites."""
    for state in dataset.states:
        yield state, state.where, "sources", state.sources
    for instrument in dataset.instruments:
        for signature in instrument.signatures:
            yield instrument, instrument.where, f"signatures.{signature.state}.sources", signature.sources
    records: list[Instrument | Era | Event | Term] = list(dataset.instruments)
    for history in dataset.histories:
        records += (*history.eras, *history.events)
        records += (term for office in history.offices for term in office.terms)
        for one in (*history.gaps, *((history.ended,) if history.ended else ())):
            yield one, one.where, "sources", one.sources
        yield from _cited_by_participations(history)
    for record in records:
        yield record, record.where, "sources", record.sources
        for step in record.steps:
            yield record, record.where, f"steps.{step.name}.sources", step.sources
    for history in dataset.histories:
        for event in history.events:
            yield from _cited_by_disputes(event)


def _cited_by_participations(history: History) -> Iterator[_Citation]:
    """The lists of sources of operations and sessions."""
    for one in history.participations:
        yield one, one.where, "sources", one.sources
        for index, participant in enumerate(one.participants):
            yield one, one.where, f"participants.{index}.sources", participant.sources
        yield from _cited_by_disputes(one)


def _cited_by_disputes(record: Event | Participation) -> Iterator[_Citation]:
    """The lists of sources of what is disputed."""
    for index, dispute in enumerate(record.disputes):
        yield record, record.where, f"disputes.{index}.sources", dispute.sources
        yield record, record.where, f"disputes.{index}.against", dispute.against
