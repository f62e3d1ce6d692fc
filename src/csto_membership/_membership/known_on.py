"""Removes from a history what was not yet public on a given day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from csto_membership._facts.dates import later_than
from csto_membership._facts.records import public_from
from csto_membership._facts.statuses import START, StatusAndPast, after, is_possible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import (
        Dispute,
        Era,
        Event,
        History,
        Office,
        Participation,
        Source,
        Step,
        Term,
    )

RecordT = TypeVar("RecordT", "Era", "Event")


def public_by(day: int, history: History, sources: Iterable[Source]) -> History:
    """The part of a history that was public on a day.

    What had not become public is left out: acts, eras, stages, ends of terms, sources, and disputes that
    needed them. What was public but not yet in effect gets an open date after *day*. An act is left out,
    too, if the public acts before it do not allow it.
    """
    seen = _Seen(day=day, sources=sources_by(day, sources))
    return evolve(
        history,
        eras=tuple(seen.record(era) for era in history.eras if public_from(era) <= day),
        events=tuple(
            map(seen.event, _possible(event for event in history.events if public_from(event) <= day))
        ),
        ended=history.ended if history.ended and history.ended.effect.first <= day else None,
        offices=tuple(seen.office(office) for office in history.offices),
        participations=tuple(
            seen.participation(one) for one in history.participations if public_from(one) <= day
        ),
    )


def _possible(events: Iterable[Event]) -> Iterator[Event]:
    """The acts that are possible from the status to which the acts kept before them lead."""
    reached: dict[str, StatusAndPast] = {}
    for event in events:
        so_far = reached.get(event.state, START)
        if is_possible(event.act, so_far):
            reached[event.state] = after(event.act, so_far)
            yield event


def sources_by(day: int, sources: Iterable[Source]) -> frozenset[str]:
    """The identifiers of the sources published by a day; a source without a date is left out."""
    return frozenset(source.id for source in sources if source.date is not None and source.date.first <= day)


@frozen(kw_only=True)
class _Seen:
    """Reduces records to what was public on *day*; *sources*: identifiers of those published by then."""

    day: int
    sources: frozenset[str]

    def record(self, record: RecordT) -> RecordT:
        """An era or an event without later dates."""
        lies_ahead = record.effect.first > self.day
        return evolve(
            record,
            effect=later_than(self.day) if lies_ahead else record.effect,
            steps=self.steps(record.steps),
            sources=self.cited(record.sources),
        )

    def event(self, event: Event) -> Event:
        """An event without later dates, sources and disputes; a note may have been written at any time.

        All other fields are kept: name a new field here if it can reveal a later fact.
        """
        lies_ahead = event.effect.first > self.day
        return evolve(
            self.record(event),
            disputes=tuple(map(self.dispute, filter(self.was_said, event.disputes))),
            instrument=None if lies_ahead else event.instrument,
            note=None,
        )

    def steps(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """The stages that had been reached."""
        return tuple(
            evolve(step, sources=self.cited(step.sources), note=None)
            for step in steps
            if step.date.first <= self.day
        )

    def was_said(self, dispute: Dispute) -> bool:
        """Whether a dispute was public: a source of it was published, and its date, if any, had come."""
        had_come = dispute.date is None or dispute.date.first <= self.day
        return had_come and bool(self.cited(dispute.sources))

    def dispute(self, dispute: Dispute) -> Dispute:
        """A dispute without later sources."""
        return evolve(dispute, sources=self.cited(dispute.sources), against=self.cited(dispute.against))

    def office(self, office: Office) -> Office:
        """An office with the terms that were public."""
        return evolve(
            office, terms=tuple(self.term(term) for term in office.terms if public_from(term) <= self.day)
        )

    def term(self, term: Term) -> Term:
        """A term without later days."""
        ended = term.end is not None and term.end.first <= self.day
        return evolve(
            term,
            effect=later_than(self.day) if term.effect.first > self.day else term.effect,
            end=term.end if ended else None,
            steps=self.steps(term.steps),
            sources=self.cited(term.sources),
            note=None,
        )

    def participation(self, participation: Participation) -> Participation:
        """A participation without later days, sources and disputes."""
        lies_ahead = participation.effect.first > self.day
        return evolve(
            participation,
            effect=later_than(self.day) if lies_ahead else participation.effect,
            end=self.came(participation.end),
            participants=tuple(
                evolve(
                    one,
                    effect=self.came(one.effect),
                    end=self.came(one.end),
                    sources=self.cited(one.sources),
                    note=None,
                )
                for one in participation.participants
            ),
            sources=self.cited(participation.sources),
            disputes=tuple(map(self.dispute, filter(self.was_said, participation.disputes))),
            note=None,
        )

    def came(self, day: ImpreciseDate | None) -> ImpreciseDate | None:
        """A day, if it had come."""
        return day if day is not None and day.first <= self.day else None

    def cited(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these sources that were published."""
        return tuple(name for name in names if name in self.sources)
