"""Writes records as a facts file: the inverse of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import yaml
from attrs import evolve, fields

from csto_membership._facts.statuses import Bound, Capacity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._facts.records import Dataset, History, Signature, Step
    from csto_membership._membership.membership import Membership


def to_yaml(membership: Membership) -> str:
    """The organization's records, and all states, instruments and sources beside them, as a facts file."""
    compiled = membership.compiled
    return write(evolve(compiled.dataset, histories=(compiled.full_history,)))


def write(dataset: Dataset) -> str:
    """The dataset as a facts file, which reads back as the same records.

    Sections are in the order of the shipped file; events are ordered by state and then time.
    """
    content: dict[str, object] = {"verified_through": dataset.verified_through.text}
    if dataset.licence is not None:
        content["licence"] = dataset.licence
    content["organizations"] = {history.id: _of_history(history) for history in dataset.histories}
    content["states"] = {state.iso3: _plain(state, skip=("iso3",)) for state in dataset.states}
    for section in ("instruments", "sources"):
        records = getattr(dataset, section)
        if records:
            content[section] = {record.id: _plain(record, skip=("id",)) for record in records}
    return emit(content)


def _of_history(history: History) -> dict[str, Any]:  # text to any depth
    """One organization as nested text."""
    entry = _plain(history, skip=("id", "eras", "ended", "events", "gaps", "offices", "participations"))
    if history.eras:
        entry["eras"] = {era.id: _plain(era, skip=("id",)) for era in history.eras}
    if history.ended:
        entry["ended"] = _plain(history.ended, skip=())
    if history.events:
        entry["events"] = {
            code: [_plain(event, skip=("state",)) for event in events]
            for code, events in history.by_state().items()
        }
    if history.gaps:
        entry["gaps"] = [_plain(gap, skip=()) for gap in history.gaps]
    if history.offices:
        entry["offices"] = {
            office.id: {
                **_plain(office, skip=("id", "terms")),
                "terms": [_plain(term, skip=()) for term in office.terms],
            }
            for office in history.offices
        }
    if history.participations:
        entry["participations"] = {one.id: _plain(one, skip=("id",)) for one in history.participations}
    return entry


def _plain(record: object, skip: tuple[str, ...]) -> dict[str, Any]:  # text to any depth
    """A record as nested text, without the fields it leaves out."""
    plain: dict[str, Any] = {}
    for attribute in fields(type(record)):  # type: ignore[arg-type] # every record is an attrs class
        value = getattr(record, attribute.name)
        if attribute.name in ("where", *skip) or value in (None, (), Capacity.HOLDER, Bound.MEMBERS):
            continue
        if value is True:  # the default; tested with ``is``, because a code may be 1, which equals True
            continue
        if attribute.name == "steps":
            plain["steps"] = {str(step.name): _plain_step(step) for step in value}
        elif attribute.name == "names":
            plain["names"] = dict(value)
        elif attribute.name == "disputes":
            plain["disputes"] = [_plain(inner, skip=()) for inner in value]
        elif attribute.name == "signatures":
            plain["signatures"] = {one.state: _plain_step(one, skip="state") for one in value}
        elif attribute.name == "participants":
            plain["participants"] = [_plain(inner, skip=()) for inner in value]
        elif isinstance(value, bool):
            plain |= {} if value else {attribute.name: "no"}
        else:
            key = "name" if attribute.name == "english" else attribute.name
            plain[key] = list(value) if isinstance(value, tuple) else "no" if value is False else str(value)
    return plain


def _plain_step(step: Step | Signature, skip: str = "name") -> str | dict[str, Any]:  # text, or nested text
    """A stage, or a signature, as its date, or with what else is known of it."""
    full = _plain(step, skip=(skip,))
    return step.date.text if list(full) == ["date"] else full


def emit(content: object) -> str:
    """Nested text as YAML that reads back as the same text."""
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    events += [*_emitted(content), yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    return cast("str", yaml.emit(events, allow_unicode=True, width=100))


def _emitted(content: object) -> Iterator[yaml.Event]:
    """Nested text as parser events."""
    if isinstance(content, dict):
        yield yaml.MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
        for key, value in content.items():
            yield from _emitted(key)
            yield from _emitted(value)
        yield yaml.MappingEndEvent()
    elif isinstance(content, list):
        flow = all(isinstance(member, str) for member in content)
        yield yaml.SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=flow)
        for member in content:
            yield from _emitted(member)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.ScalarEvent(anchor=None, tag=None, implicit=(True, True), value=cast("str", content))
