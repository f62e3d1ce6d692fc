"""The facts that a page shows, as plain values: acts, sources, disputes, offices, operations and sessions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._facts.records import public_from
from csto_membership._membership.known_on import public_by
from csto_membership._membership.offices import tenure_of
from csto_membership.drawing.words import plain
from csto_membership.explorer.offers import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Dispute, Event, Office, Participation, Term
    from csto_membership._membership.compiled import Compiled
    from csto_membership.drawing.words import Words
    from csto_membership.explorer.offers import Offers

_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+")  # nothing else becomes a link

_SOURCES_OF_A_PART = 1  # the most important one; the others would be a quarter of the page


def days_of(written: ImpreciseDate | None) -> int | list[object] | None:
    """A date for the page, in days since 1970: a day, or ``[first, last]`` and its qualifier if any."""
    if written is None:
        return None
    if written.is_exact and written.text[-1].isdigit():
        return written.first - EPOCH
    qualifier = written.text[-1] if written.text[-1] in "?~%" else ""
    return [written.first - EPOCH, written.last - EPOCH, *([qualifier] if qualifier else [])]


@frozen(kw_only=True)
class Facts:
    """Gathers the facts of one organization; sources and titles are kept once, and found by number.

    Attributes:
        compiled: The organization.
        words: The words of the page's language.
        sources: The identifiers of the sources that were cited so far, with their numbers.
        titles: The instruments that acts rest on and the notes on acts, with their numbers.
        publishers: Who published the sources, with their numbers.
        disputes: What is disputed, with its number: one dispute often concerns several states.
        states: The index of each state in the page, by code.
    """

    compiled: Compiled
    words: Words
    states: dict[str, int]
    sources: dict[str, int] = field(factory=dict)
    titles: dict[str, int] = field(factory=dict)
    publishers: dict[str, int] = field(factory=dict)
    disputes: dict[Dispute, int] = field(factory=dict)

    def gathered(self, offers: Offers) -> dict[str, object]:
        """All of it, ready for JSON."""
        history = self.compiled.full_history
        events = [self._event(event) for event in history.events]
        offices = [self._office(office) for office in history.offices]
        parts = [self._participation(one) for one in self._participations()]
        return {
            "events": events,
            "offices": offices,
            "parts": parts,
            "otherParts": [self._days_known(day) for day in offers.known],
            "disputes": [self._dispute(dispute) for dispute in self.disputes],
            "sources": [self._source(name) for name in self.sources],
            "publishers": list(self.publishers),
            "titles": list(self.titles),
            "people": self._people(),
        }

    def _cited(self, names: Iterable[str]) -> list[int]:
        """The numbers of sources."""
        return [self.sources.setdefault(name, len(self.sources)) for name in names]

    def _source(self, name: str) -> list[object]:
        """A source: its title, who published it, when, and where it can be read."""
        source = self.compiled.source(name)
        is_link = source.address is not None and _ADDRESS.fullmatch(source.address)
        return [
            plain(source.title),
            self.publishers.setdefault(plain(source.publisher), len(self.publishers)),
            days_of(source.date),
            source.address if is_link else 0,
        ]

    def _event(self, event: Event) -> list[object]:
        """An act: its word, effect, sources, steps, instrument, note and disputes; ``page.js`` reads them by place."""
        instruments = {one.id: one.title for one in self.compiled.dataset.instruments}
        title = instruments.get(event.instrument or "")
        return [
            str(event.act),
            days_of(event.effect),
            self._cited(event.sources),
            [[str(step.name), days_of(step.date), self._cited(step.sources)] for step in event.steps],
            self._title(title),
            self._title(event.note),
            [self.disputes.setdefault(dispute, len(self.disputes)) for dispute in event.disputes],
        ]

    def _title(self, text: str | None) -> int:
        """The number of a text; -1 where there is none."""
        return -1 if text is None else self.titles.setdefault(plain(text), len(self.titles))

    def _dispute(self, dispute: Dispute) -> list[object]:
        """A dispute: the other statement, what is to be said to it, the sources of both, and its date."""
        return [
            plain(dispute.says),
            plain(dispute.answer),
            self._cited(dispute.sources),
            self._cited(dispute.against),
            days_of(dispute.date),
        ]

    def _office(self, office: Office) -> list[object]:
        """An office: its name and its terms."""
        return [self.words.short(office), [self._term(term) for term in office.terms]]

    def _term(self, term: Term) -> list[object]:
        """A term: who, in what capacity, from when it was public, and the edges of its days."""
        tenure = tenure_of(term)
        edges = (*tenure.begins, *(tenure.ends or ()))
        return [
            self._state(term.state),
            self._person(term),
            str(term.capacity),
            public_from(term) - EPOCH,
            *(edge - EPOCH for edge in edges),
        ]

    def _person(self, term: Term) -> str:
        """A person's name, in the letters of the page's language where the facts have it so."""
        names = (term.person or "", *term.other_names)
        script = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff"}.get(self.words.lang)
        found = (name for name in names if script and re.search(f"[{script}]", name))
        return plain(next(found, names[0]))

    def _state(self, code: str) -> int:
        """The index of a state in the page; a new state gets the next one."""
        return self.states.setdefault(code, len(self.states))

    def _people(self) -> list[list[str]]:
        """Code and name of every state that the page speaks of."""
        known = {state.iso3: state for state in self.compiled.dataset.states}
        return [
            [code, self.words.state(known[code]) if code in known else code] for code in map(str, self.states)
        ]

    def _participations(self) -> list[Participation]:
        """The operations and sessions, the first one first."""
        return sorted(self.compiled.full_history.participations, key=lambda one: (one.effect.first, one.id))

    def _participation(self, one: Participation) -> list[object]:
        """An operation or a session: kind, name, from when public, its days at the widest, place, who took part."""
        first, after = one.days
        return [
            str(one.kind),
            plain(one.name),
            public_from(one) - EPOCH,
            first - EPOCH,
            None if after is None else after - EPOCH,
            plain(one.place or ""),
            [[self._state(each.state), str(each.capacity)] for each in one.participants],
            self._cited(one.sources[:_SOURCES_OF_A_PART]),
        ]

    def _days_known(self, day: int) -> dict[int, list[int | None]]:
        """The days of participations as known on a day, by index, if they differ from the full record."""
        public = {one.id: one.days for one in public_by(day, self.compiled.full_history, ()).participations}
        return {
            place: [None if edge is None else edge - EPOCH for edge in public[one.id]]
            for place, one in enumerate(self._participations())
            if one.id in public and public[one.id] != one.days and public[one.id][0] <= day
        }
