"""An explanation: the answer, everything that supports it, and its forms as text, Markdown, HTML and JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._membership import cards
from csto_membership._membership.answers import Answer
from csto_membership._membership.explanation_lines import (
    LineWriter,
    disputed,
    is_in_effect,
    source_lines,
)
from csto_membership._membership.markdown import marked
from csto_membership._membership.sentences import Body, clauses_of, headline, note_of
from csto_membership._membership.vocabulary_lookup import isolated, phrase, turned
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from csto_membership._facts.records import Dispute, Event, Instrument, Participant, Participation, Source
    from csto_membership._facts.states import State
    from csto_membership._facts.statuses import Status
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.reading import Reading

_SHOWN = 3  # sources of a short text


@frozen(kw_only=True, repr=False)
class Explanation:
    """An answer with everything that supports it; its ``str`` is short, and can be pasted.

    Attributes:
        organization: The organization's identifier.
        eras: The eras that the headline names: those of the time asked about, or all for who was no member.
        bodies: What these eras were, a treaty or an organization, or the organization itself.
        in_turn: Whether these bodies followed one another on the days asked about; else it is open which one
            it was.
        state: The state asked about.
        when: The day or period asked about, as text.
        first: Its first day.
        last: Its last day.
        is_wide: Whether that is more than one day.
        answer: Whether it was a member.
        status: Its status: several flags where it is open.
        spells: The spells that the question touches.
        parties: For each spell, whether it is worded as a party to a treaty, not as a member.
        is_open: Whether the sources leave open whether it was a member, on some day asked about.
        before: The last act that changed the status by the first day asked about.
        confirmed: Prolongations and the like since then.
        in_doubt: Acts that may or may not have taken effect on the days asked about.
        during: Acts that took effect within these days.
        after: The next act that changes the status.
        took_part: The operations and sessions of these days in which the state took part, each with its capacity.
        rule: The rule that applied, in words.
        disputes: What other sources say of these acts.
        instruments: What these acts rest on.
        sources: The sources of these acts and disputes.
        reading: How the acts were read.
        verified_through: The last day that the facts were checked, ``YYYY-MM-DD``.
        lang: Its language; what the facts file says stays as written there.
    """

    organization: str
    eras: tuple[str, ...]
    bodies: tuple[Body, ...]
    in_turn: bool
    state: State
    when: str
    first: pendulum.Date
    last: pendulum.Date
    is_wide: bool
    answer: Answer
    status: Status
    spells: tuple[Spell, ...]
    parties: tuple[bool, ...]
    is_open: bool
    before: Event | None
    confirmed: tuple[Event, ...]
    in_doubt: tuple[Event, ...]
    during: tuple[Event, ...]
    after: Event | None
    rule: str
    disputes: tuple[Dispute, ...]
    instruments: tuple[Instrument, ...]
    sources: tuple[Source, ...]
    reading: Reading
    verified_through: str
    lang: str = "en"
    took_part: tuple[tuple[Participation, Participant], ...] = ()

    @property
    def headline(self) -> str:
        """The answer in one sentence, in the explanation's language, for quoting alone.

        A reading other than the default says so in it, and a status that a plain yes or no would hide. In Arabic a
        right-to-left mark and an isolate keep it whole inside any text.
        """
        is_now = self.reading.known_on is None
        horizon = date.fromisoformat(self.reading.known_on or self.verified_through)
        return headline(
            lang=self.lang,
            state=self.state,
            answer=self.answer,
            bodies=self.bodies,
            first=self.first,
            last=self.last,
            in_turn=self.in_turn,
            is_open=self.is_open,
            is_last_checked=is_now and self.first == self.last == horizon,
            clauses=clauses_of(self.lang, self.reading, horizon, self.last),
            note=note_of(self.lang, self.state, self.status, parties=any(self.parties)),
        )

    def _writer(self, *, is_full: bool) -> LineWriter:
        """What puts its records into words."""
        return LineWriter(
            lang=self.lang,
            reading=self.reading,
            sources=self.sources,
            instruments=self.instruments,
            is_full=is_full,
        )

    def _lines(self, *, full: bool) -> Iterator[tuple[str, list[str]]]:
        """The body: headings, each with its lines; numbers in brackets point to the sources."""
        writer = self._writer(is_full=full)
        yield (
            "Status",
            [
                writer.spell(spell, parties=parties)
                for spell, parties in zip(self.spells, self.parties, strict=True)
            ],
        )
        acts: tuple[tuple[str, tuple[Event | None, ...]], ...] = (
            ("Before", (self.before,)),
            ("Confirmed", self.confirmed if full else ()),
            ("In doubt", self.in_doubt),
            ("Meanwhile", self.during),
            ("After", (self.after,)),
        )
        events_told = 0
        for heading, events in acts:
            told = [writer.act(event) for event in events if event is not None]
            events_told += len(told)
            if told:
                yield heading, told
        if self.took_part and full:
            yield "Took part", [writer.part(*part) for part in self.took_part]
        if full or not events_told:
            yield "Rule", [self.rule]
        if self.disputes:
            yield "Disputed", [writer.dispute(dispute) for dispute in self.disputes]
        if self.sources:
            shown = source_lines(self.sources)
            yield "Sources", [writer.foreign(line) for line in (shown if full else shown[:_SHOWN])]
        yield "Read with", [writer.read_with(self.verified_through)]

    def text(self, *, full: bool = False, call: str = "text(full=True)") -> str:
        """The answer and what supports it, as text.

        Args:
            full: Whether to tell everything: confirmations, notes, the rule, the replies to what is disputed and all
                sources; else the spell, the acts around it, a line for each dispute and three sources.
            call: What a short text names as the way to the rest.
        """
        lines = [self.headline]
        for key, told in self._lines(full=full):
            heading, said = turned(self.lang, phrase(self.lang, key)), told
            if len(said) == 1:
                lines.append(f"{heading}: {said[0]}")
            else:
                lines += [f"{heading}:", *(f"- {turned(self.lang, line)}" for line in said)]
        more = "" if full else self._more(call)
        return "\n".join([*lines, turned(self.lang, more)] if more else lines)

    def __str__(self) -> str:
        return self.text()

    def to_markdown(self, *, full: bool = False, call: str = "to_markdown(full=True)") -> str:
        """The same as Markdown: a bold answer, and a list under each bold heading.

        Args:
            full: As for ``text``.
            call: As for ``text``.
        """
        lines = [f"**{marked(self.headline)}**"]
        for key, told in self._lines(full=full):
            said = [f"- {turned(self.lang, marked(line))}" for line in told]
            lines += ["", f"**{turned(self.lang, phrase(self.lang, key))}**", "", *said]
        more = "" if full else self._more(call)
        return "\n".join([*lines, "", turned(self.lang, marked(more))] if more else lines) + "\n"

    def _more(self, way: str) -> str:
        """What a short text leaves out, and where it is; nothing where it leaves out nothing."""
        writer = self._writer(is_full=False)
        events = [event for event in (self.before, *self.in_doubt, *self.during, self.after) if event]
        what = [phrase(self.lang, "notes")] if any(event.note for event in events) else []
        what += [phrase(self.lang, "replies to what is disputed")] if self.disputes else []
        hidden = len(self.sources) - _SHOWN
        if hidden > 0:
            what.append(writer.say("{count} more sources" if hidden > 1 else "1 more source", count=hidden))
        call = isolated(self.lang, way)
        return (
            writer.say("And more: {what}. See {call}.", what=writer.listed(what), call=call) if what else ""
        )

    def _repr_html_(self) -> str:
        """The explanation as a card for notebooks: short, with disputes and sources folded."""
        writer = self._writer(is_full=True)
        short = self._writer(is_full=False)
        told = [
            (heading, line)
            for heading, lines in self._lines(full=False)
            if heading not in {"Disputed", "Sources", "Read with"}
            for line in lines
        ]
        confirmed = [short.act(event) for event in self.confirmed]
        return cards.card(
            self.lang,
            self.headline,
            writer.read_with(self.verified_through),
            *(cards.line(phrase(self.lang, heading), said) for heading, said in told),
            cards.folded(phrase(self.lang, "Confirmed"), confirmed),
            cards.folded(phrase(self.lang, "Rule"), [self.rule]),
            cards.folded(
                phrase(self.lang, "Disputed"),
                [disputed(dispute, self.sources) for dispute in self.disputes],
                is_english=True,
            ),
            cards.folded(phrase(self.lang, "Sources"), source_lines(self.sources), is_english=True),
        )

    def __repr__(self) -> str:
        said = {
            Answer.YES: "was a member",
            Answer.NO: "was not a member",
            Answer.UNKNOWN: "may have been a member",
        }
        on = "in" if self.is_wide else "on"
        return in_one_line(f"<Explanation: {self.state.iso3} {said[self.answer]} {on} {self.when}>")

    def to_dict(self) -> dict[str, object]:
        """The same as text, lists and mappings, ready for JSON; dates are ``YYYY-MM-DD`` or EDTF."""
        return {
            "organization": self.organization,
            "eras": list(self.eras),
            "state": self.state.iso3,
            "name": self.state.name(self.lang),
            "when": self.when,
            "answer": self.answer.value,
            "headline": self.headline,
            "status": [str(flag.name) for flag in self.status],
            "spells": [
                {
                    "status": [str(flag.name) for flag in spell.status],
                    "start": spell.start.isoformat() if spell.start else None,
                    "end": spell.end.isoformat() if spell.end else None,
                }
                for spell in self.spells
            ],
            "before": self._event(self.before),
            "confirmed": [self._event(event) for event in self.confirmed],
            "in_doubt": [self._event(event) for event in self.in_doubt],
            "during": [self._event(event) for event in self.during],
            "after": self._event(self.after),
            "took_part": [
                {
                    "participation": participation.id,
                    "name": participation.name,
                    "start": str(participation.effect),
                    "end": str(participation.end) if participation.end else None,
                    "capacity": str(participant.capacity),
                }
                for participation, participant in self.took_part
            ],
            "rule": self.rule,
            "disputes": [
                {
                    "says": dispute.says,
                    "sources": list(dispute.sources),
                    "answer": dispute.answer,
                    "against": list(dispute.against),
                }
                for dispute in self.disputes
            ],
            "sources": [
                {
                    "id": source.id,
                    "title": source.title,
                    "publisher": source.publisher,
                    "date": str(source.date) if source.date else None,
                    "address": source.address,
                    "kind": str(source.kind),
                }
                for source in self.sources
            ],
            "reading": str(self.reading),
            "verified_through": self.verified_through,
        }

    def _event(self, event: Event | None) -> dict[str, object] | None:
        """An event as text and lists."""
        if event is None:
            return None
        return {
            "act": str(event.act),
            "effect": str(event.effect) if is_in_effect(event, self.reading) else None,
            "steps": {str(step.name): str(step.date) for step in event.steps},
            "instrument": event.instrument,
            "note": event.note,
            "sources": list(event.sources),
        }
