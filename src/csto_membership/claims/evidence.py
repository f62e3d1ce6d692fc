"""Collects what supports a finding: spells and acts in a time, their disputes and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.records import dates_of
from csto_membership._facts.statuses import SourceKind
from csto_membership._membership.known_on import sources_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.records import Dispute, Event, Participation, Source
    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time

_BEST = 3  # sources that a short finding names


def touched(membership: Membership, state: object, time: Time) -> list[Spell]:
    """The spells of a state that a time touches."""
    first, after = time
    return [
        spell
        for spell in membership.spells(state)
        if (spell.start is None or spell.start.toordinal() < after)
        and (spell.end is None or spell.end.toordinal() > first)
    ]


def openers(membership: Membership, states: Iterable[object], time: Time) -> list[Event]:
    """The acts that opened the spells of these states that a time touches."""
    spells = (spell for state in states for spell in touched(membership, state, time))
    return [spell.opened_by for spell in spells if spell.opened_by is not None]


def turning_on(membership: Membership, state: State, time: Time, earlier: int = 0) -> list[Event]:
    """The acts that may decide a claim about a time: those with any date in it, disputed dates included.

    The time is extended by *earlier* days at its end, for claims that date an act one day early.
    """
    first, after = time
    return [
        event
        for event in membership.events(state)
        if any(
            written.first - earlier < after and written.last >= first
            for written in (*dates_of(event), *(one.date for one in event.disputes if one.date is not None))
        )
    ]


def disputes_of(records: Iterable[Event | Participation]) -> tuple[Dispute, ...]:
    """What is disputed of these records."""
    return tuple(dict.fromkeys(dispute for record in records for dispute in record.disputes))


def sources_of(membership: Membership, events: Sequence[Event | Participation]) -> tuple[Source, ...]:
    """The sources of these records and of what is disputed of them."""
    cited = [name for event in events for name in event.sources]
    cited += cited_by(disputes_of(events))
    return named(membership, cited)


def cited_by(disputes: Iterable[Dispute]) -> list[str]:
    """The identifiers of the sources of disputes."""
    return [name for dispute in disputes for name in (*dispute.sources, *dispute.against)]


def named(membership: Membership, names: Iterable[str]) -> tuple[Source, ...]:
    """Sources by their identifiers, each once; only those published by the reading's ``known_on``."""
    sources = {source.id: source for source in membership.dataset.sources}
    known = list(dict.fromkeys(names))
    if membership.horizon.toordinal() < membership.dataset.verified_through.first:
        out = sources_by(membership.horizon.toordinal(), membership.dataset.sources)
        known = [name for name in known if name in out]
    return tuple(sources[name] for name in known)


def best(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The three best sources by kind, primary ones first."""
    order = list(SourceKind)
    return tuple(sorted(sources, key=lambda source: order.index(source.kind))[:_BEST])
