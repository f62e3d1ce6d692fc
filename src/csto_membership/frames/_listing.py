"""Lists spells, events and sources as tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from csto_membership._membership.answers import Answer, answer
from csto_membership.errors import FrameError, nearest
from csto_membership.frames._building import from_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership._facts.records import Event, Source
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership

    # What a table lists, and the type and content of each of its columns.
    Listed = tuple[tuple[Any, ...], dict[str, tuple[Any, Callable[[Any], object]]]]

_SAID = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


def to_frame(membership: Membership, what: str, backend: str) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """The spells, events or sources as a table."""
    if what not in list(_TABLES):  # which need not be text
        raise FrameError(f"no table {what!r}{nearest(str(what), _TABLES)} There are {', '.join(_TABLES)}.")
    records, columns = _TABLES[what](membership)
    return from_lists(
        {name: [said(record) for record in records] for name, (_, said) in columns.items()},
        {name: kind for name, (kind, _) in columns.items()},
        backend,
    )


def _spells(membership: Membership) -> Listed:
    """What each state was, and from when to when."""
    spells = tuple(spell for state in membership.states for spell in membership.spells(state))

    def member(spell: Spell) -> bool | None:
        return _SAID[answer(spell.status.value, membership.compiled.basis)]

    return spells, {
        "state": (nw.String(), lambda spell: spell.state.iso3),
        "name": (nw.String(), lambda spell: spell.state.english),
        "status": (nw.String(), lambda spell: str(spell.status)),
        "member": (nw.Boolean(), member),
        "start": (nw.Date(), lambda spell: _plain(spell.start)),
        "end": (nw.Date(), lambda spell: _plain(spell.end)),
        "opened_by": (nw.String(), lambda spell: str(spell.opened_by.act) if spell.opened_by else None),
        "closed_by": (nw.String(), lambda spell: str(spell.closed_by.act) if spell.closed_by else None),
    }


def _events(membership: Membership) -> Listed:
    """The acts, each with its dates, what it rests on and what is disputed."""

    def steps(event: Event) -> str | None:
        return "; ".join(f"{step.name} {step.date}" for step in event.steps) or None

    def disputes(event: Event) -> str | None:
        return (
            "; ".join(f"{dispute.says} ({', '.join(dispute.sources)})" for dispute in event.disputes) or None
        )

    def latest(event: Event) -> date | None:
        return _plain(event.effect.latest)

    return membership.events(), {
        "state": (nw.String(), lambda event: event.state),
        "act": (nw.String(), lambda event: str(event.act)),
        "effect": (nw.String(), lambda event: str(event.effect)),
        "earliest": (nw.Date(), lambda event: _plain(event.effect.earliest)),
        "latest": (nw.Date(), latest),
        "steps": (nw.String(), steps),
        "instrument": (nw.String(), lambda event: event.instrument),
        "sources": (nw.String(), lambda event: ", ".join(event.sources)),
        "disputes": (nw.String(), disputes),
        "note": (nw.String(), lambda event: event.note),
    }


def _sources(membership: Membership) -> Listed:
    """The sources that acts cite."""

    def dated(source: Source) -> str | None:
        return str(source.date) if source.date else None

    return membership.sources(), {
        "id": (nw.String(), lambda source: source.id),
        "title": (nw.String(), lambda source: source.title),
        "publisher": (nw.String(), lambda source: source.publisher),
        "date": (nw.String(), dated),
        "kind": (nw.String(), lambda source: str(source.kind)),
        "address": (nw.String(), lambda source: source.address),
    }


def _plain(day: date | None) -> date | None:
    """A day as every library knows it."""
    return None if day is None else date.fromordinal(day.toordinal())


_TABLES: dict[str, Callable[[Membership], Listed]] = {
    "spells": _spells,
    "events": _events,
    "sources": _sources,
}
