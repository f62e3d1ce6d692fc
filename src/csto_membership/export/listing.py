"""An organization as tables of text, days, numbers and booleans, for all formats that consist of tables.

The tables of ``to_frame`` are others, with fewer columns: they stand in ``frames._listing``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.spells import bounding, may_begin, may_end
from csto_membership.errors import ExportError, did_you_mean
from csto_membership.export.describing import description_as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._membership.membership import Membership

Kind: TypeAlias = Literal["text", "day", "number", "truth"]
Cell: TypeAlias = "str | int | date | None"
Row: TypeAlias = tuple[Cell, ...]

_LAST = date.max.toordinal()
_MEMBER = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


@frozen(kw_only=True)
class Listing:
    """A table: its columns with their kinds, and its rows.

    Attributes:
        name: What it is called.
        columns: The kind of each column, by its name.
        key: The columns that identify a row.
        rows: Its rows, ordered.
    """

    name: str
    columns: dict[str, Kind]
    key: tuple[str, ...]
    rows: tuple[Row, ...]


def listing(membership: Membership, name: str) -> Listing:
    """One table of an organization under its reading.

    Args:
        membership: What is listed.
        name: ``"spells"``, ``"events"``, ``"eras"``, ``"states"``, ``"instruments"``, ``"sources"``, or ``"about"``,
            which says what the others are.

    Raises:
        ExportError: There is no such table.
    """
    if name not in list(_LISTINGS):  # which need not be text
        raise ExportError(
            f"no table {name!r}.", f"{did_you_mean(name, _LISTINGS)}There are {', '.join(_LISTINGS)}."
        )
    columns, key, rows = _LISTINGS[name]
    return Listing(name=name, columns=columns, key=key, rows=tuple(rows(membership)))


def listings(membership: Membership) -> tuple[Listing, ...]:
    """All its tables; a table comes after those that it refers to."""
    return tuple(listing(membership, name) for name in _LISTINGS)


def _about(membership: Membership) -> Iterator[Row]:
    """What the export says of itself, one row a name."""
    yield from description_as_text(membership).items()


def _states(membership: Membership) -> Iterator[Row]:
    """The states with any act, with the codes they are known by."""
    for state in membership.states:
        yield (
            state.iso3,
            state.english,
            state.iso2,
            state.iso_numeric,
            state.cow,
            state.cow_abbrev,
            state.gw,
            state.fips,
            state.wikidata,
        )


def _sources(membership: Membership) -> Iterator[Row]:
    """Who is cited, and where it can be read."""
    for source in membership.sources():
        written = source.date.text if source.date else None
        yield (
            source.id,
            source.title,
            source.publisher,
            written,
            source.kind.value,
            source.address,
            source.note,
        )


def _instruments(membership: Membership) -> Iterator[Row]:
    """What the acts and the eras rest on."""
    for instrument in membership.instruments:
        yield instrument.id, instrument.title, instrument.body, ", ".join(instrument.sources), instrument.note


def _eras(membership: Membership) -> Iterator[Row]:
    """The organization's eras."""
    for era in membership.history.eras:
        yield era.id, era.name, era.effect.text, *_bounds(era.effect), era.instrument, ", ".join(era.sources)


def _events(membership: Membership) -> Iterator[Row]:
    """The acts, numbered for each state."""
    number, before = 0, ""
    for event in membership.events():
        number = number + 1 if event.state == before else 1
        before = event.state
        disputes = "; ".join(
            f"{dispute.says} ({', '.join(dispute.sources)}): {dispute.answer}" for dispute in event.disputes
        )
        yield (
            event.state,
            number,
            event.act.value,
            event.effect.text,
            *_bounds(event.effect),
            "; ".join(f"{step.name.value} {step.date.text}" for step in event.steps) or None,
            event.instrument,
            ", ".join(event.sources),
            disputes or None,
            event.note,
        )


def _spells(membership: Membership) -> Iterator[Row]:
    """What each state was, and from when to when."""
    return spell_rows(membership, date.fromordinal)


def spell_rows(membership: Membership, written: Callable[[int], Cell]) -> Iterator[Row]:
    """The spells, read off the timelines.

    Args:
        membership: Whose spells.
        written: Makes a cell from the ordinal of a day.
    """
    basis = membership.compiled.basis
    masks = {mask for timeline in membership.compiled.segments.timelines for mask in timeline.masks}
    words = {mask: (str(Status(mask)), _MEMBER[answer(mask, basis)]) for mask in masks}

    def day(ordinal: int | None) -> Cell:
        # An open window has no first, or no last day.
        return written(ordinal) if ordinal is not None and 0 < ordinal <= _LAST else None

    for timeline in membership.compiled.segments.timelines:
        acts = [event.act.value for event in timeline.events]
        for run, mask in enumerate(timeline.masks):
            opener, closer = bounding(timeline, run)
            start = written(timeline.days[run - 1]) if run else None
            end = written(timeline.days[run]) if run < len(timeline.days) else None
            began, ended = may_begin(timeline, run), may_end(timeline, run)
            yield (
                timeline.state.iso3,
                run + 1,
                *words[mask],
                start,
                end,
                *((start, start) if began is None else map(day, began)),
                *((end, end) if ended is None else map(day, ended)),
                end is None,
                acts[opener] if opener >= 0 else None,
                acts[closer] if closer >= 0 else None,
            )


def _bounds(written: ImpreciseDate) -> tuple[date | None, date | None]:
    """The earliest and the latest day of an imprecise date, both included; none where it is open."""
    first = date.fromordinal(written.first) if written.first else None
    return first, None if written.is_open else date.fromordinal(written.last)


SPELLS: dict[str, Kind] = {
    "state": "text",
    "number": "number",
    "status": "text",
    "is_member": "truth",
    "start": "day",
    "end": "day",
    "start_earliest": "day",
    "start_latest": "day",
    "end_earliest": "day",
    "end_latest": "day",
    "is_open": "truth",
    "opened_by": "text",
    "closed_by": "text",
}

_LISTINGS: dict[str, tuple[dict[str, Kind], tuple[str, ...], Callable[[Membership], Iterator[Row]]]] = {
    "about": ({"name": "text", "value": "text"}, ("name",), _about),
    "states": (
        {
            "iso3": "text",
            "name": "text",
            "iso2": "text",
            "iso_numeric": "text",
            "cow": "number",
            "cow_abbrev": "text",
            "gw": "number",
            "fips": "text",
            "wikidata": "text",
        },
        ("iso3",),
        _states,
    ),
    "sources": (
        {
            "id": "text",
            "title": "text",
            "publisher": "text",
            "date": "text",
            "kind": "text",
            "address": "text",
            "note": "text",
        },
        ("id",),
        _sources,
    ),
    "instruments": (
        {"id": "text", "title": "text", "body": "text", "sources": "text", "note": "text"},
        ("id",),
        _instruments,
    ),
    "eras": (
        {
            "id": "text",
            "name": "text",
            "effect": "text",
            "effect_earliest": "day",
            "effect_latest": "day",
            "instrument": "text",
            "sources": "text",
        },
        ("id",),
        _eras,
    ),
    "events": (
        {
            "state": "text",
            "number": "number",
            "act": "text",
            "effect": "text",
            "effect_earliest": "day",
            "effect_latest": "day",
            "steps": "text",
            "instrument": "text",
            "sources": "text",
            "disputes": "text",
            "note": "text",
        },
        ("state", "number"),
        _events,
    ),
    "spells": (
        SPELLS,
        ("state", "number"),
        _spells,
    ),
}
