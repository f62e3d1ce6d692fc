"""Copies of records: without the places where they were read, and with tuples for lists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, fields, has

if TYPE_CHECKING:
    from attrs import AttrsInstance

    from csto_membership._facts.records import Dataset

RecordT = TypeVar("RecordT", bound="AttrsInstance")


def without_places(dataset: Dataset) -> Dataset:
    """The same records without ``where``, whose ``find`` keeps the file's whole tree in memory."""
    return evolve(
        dataset,
        states=tuple(evolve(state, where=None) for state in dataset.states),
        sources=tuple(evolve(source, where=None) for source in dataset.sources),
        instruments=tuple(evolve(instrument, where=None) for instrument in dataset.instruments),
        histories=tuple(
            evolve(
                history,
                where=None,
                ended=history.ended and evolve(history.ended, where=None),
                gaps=tuple(evolve(gap, where=None) for gap in history.gaps),
                eras=tuple(evolve(era, where=None) for era in history.eras),
                events=tuple(evolve(event, where=None) for event in history.events),
                participations=tuple(evolve(one, where=None) for one in history.participations),
                offices=tuple(
                    evolve(office, terms=tuple(evolve(term, where=None) for term in office.terms))
                    for office in history.offices
                ),
            )
            for history in dataset.histories
        ),
    )


@cache
def _tuple_fields(record_type: type[AttrsInstance]) -> tuple[str, ...]:
    """The fields of a record that are tuples, by their annotations."""
    return tuple(one.name for one in fields(record_type) if str(one.type).startswith("tuple["))


def with_tuples(record: RecordT) -> RecordT:
    """The same record with every list in it, or in its nested records, replaced by a tuple."""
    changed: dict[str, tuple[object, ...]] = {}
    for name in _tuple_fields(type(record)):
        value = getattr(record, name)
        copied = value if type(value) is tuple else tuple(value)
        if copied and has(type(copied[0])):
            inside = tuple(with_tuples(inner) for inner in copied)
            if any(new is not old for new, old in zip(inside, copied, strict=True)):
                copied = inside
        if copied is not value:
            changed[name] = copied
    return evolve(record, **changed) if changed else record  # type: ignore[misc] # of attrs, by its bound
