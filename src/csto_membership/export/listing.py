"""What an organization holds as tables of text, days, numbers and truths, for every target made of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from csto_membership._facts.dates import to_date
from csto_membership._membership.answers import Answer, answer
from csto_membership.errors import ExportError, did_you_mean
from csto_membership.export.describing import description_as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership

Kind: TypeAlias = Literal["text", "day", "number", "truth"]
Cell: TypeAlias = "str | int | date | None"
Row: TypeAlias = tuple[Cell, ...]

MEMBER = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


@frozen(kw_only=True)
class Listing:
    """A table: its columns with their kinds, and its rows.

    Attributes:
        name: What it is called.
        columns: The kind of each column, by its name.
        key: The columns that tell one row from another.
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
    """All its tables, each behind those that it points to."""
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
    basis = membership.compiled.basis
    for state in membership.states:
        for number, spell in enumerate(membership.spells(state.iso3), 1):
            yield _spell(spell, number, member=MEMBER[answer(spell.status.value, basis)])


def _spell(spell: Spell, number: int, *, member: bool | None) -> Row:
    """One spell."""
    return (
        spell.state.iso3,
        number,
        str(spell.status),
        member,
        spell.start,
        spell.end,
        *((spell.start, spell.start) if spell.began is None else _bounds(spell.began)),
        *((spell.end, spell.end) if spell.ended is None else _bounds(spell.ended)),
        spell.end is None,
        spell.opened_by.act.value if spell.opened_by else None,
        spell.closed_by.act.value if spell.closed_by else None,
    )


def _bounds(written: ImpreciseDate) -> tuple[date, date | None]:
    """The earliest and the latest day of an imprecise date, both included; no latest one where it is open."""
    return to_date(written.first), written.latest


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
        {
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
        },
        ("state", "number"),
        _spells,
    ),
}
