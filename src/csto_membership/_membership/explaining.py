"""Why: an answer with the acts, the rule, the disputes and the sources that support it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from csto_membership._facts.dates import to_date, to_ordinal, written
from csto_membership._facts.statuses import TRANSITIONS, Act, Status
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.eras import eras_named
from csto_membership._membership.participating import parts_of
from csto_membership._membership.phrases import isolated, phrase
from csto_membership._membership.segments import windows
from csto_membership._membership.spells import spells_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._facts.records import (
        Dispute,
        Event,
        Instrument,
        Participant,
        Participation,
        Source,
        State,
    )
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.reading import Reading
    from csto_membership._membership.segments import Timeline


@frozen(kw_only=True)
class Explanation:
    """An answer with everything that supports it; its ``str`` can be pasted.

    Attributes:
        organization: The organization's identifier.
        eras: The eras that the headline names: the one of a state that was a member throughout, where the
            question lies in one, else all.
        state: The state asked about.
        when: The day or period asked about, as text.
        is_wide: Whether that is more than one day.
        answer: Whether it was a member.
        status: Its status: several flags where it is open.
        spells: The spells that the question touches.
        before: The last act that changed the status by the first day asked about.
        confirmed: Prolongations and the like since then.
        in_doubt: Acts that may or may not have taken effect on the days asked about.
        during: Acts that took effect within these days.
        after: The next act that changes the status.
        parts: The operations and sessions of these days in which the state took part, each with its capacity.
        rule: The rule that applied, in words.
        disputes: What other sources say of these acts.
        instruments: What these acts rest on.
        sources: The sources of these acts and disputes.
        reading: How the acts were read.
        verified_through: The last day that the facts were checked, ``YYYY-MM-DD``.
        lang: The language of its sentence and headings; what the facts file says stays as written there.
    """

    organization: str
    eras: tuple[str, ...]
    state: State
    when: str
    is_wide: bool
    answer: Answer
    status: Status
    spells: tuple[Spell, ...]
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
    parts: tuple[tuple[Participation, Participant], ...] = ()

    @property
    def headline(self) -> str:
        """The answer in one sentence, in the explanation's language; in Arabic its dates stand in isolates."""
        key = f"{self.answer}{' wide' if self.is_wide else ''}"
        # In a text from right to left a code in front would turn the whole line round.
        name = self.state.name(self.lang)
        state = str(self.state) if self.lang == "en" else f"{name} ({self.state.iso3})"
        organization = "/".join(phrase(self.lang, body) for body in self.eras or (self.organization,))
        when = isolated(self.lang, self.when)
        return phrase(self.lang, key).format(state=state, organization=organization, when=when)

    def _lines(self) -> Iterator[tuple[str, list[str]]]:
        """The body: headings, each with its lines; numbers in brackets point to the sources."""
        yield "Status", [str(spell).removeprefix(f"{self.state.iso3} ") for spell in self.spells]
        acts: tuple[tuple[str, tuple[Event | None, ...]], ...] = (
            ("Before", (self.before,)),
            ("Confirmed", self.confirmed),
            ("In doubt", self.in_doubt),
            ("Meanwhile", self.during),
            ("After", (self.after,)),
        )
        for heading, events in acts:
            told = [self._told(event) for event in events if event is not None]
            if told:
                yield heading, told
        if self.parts:
            yield "Took part", [self._told_part(*part) for part in self.parts]
        yield "Rule", [self.rule]
        if self.disputes:
            yield "Disputed", [disputed(dispute, self.sources) for dispute in self.disputes]
        if self.sources:
            yield "Sources", numbered(self.sources)
        yield "Read with", [f"{self.reading}; facts verified through {self.verified_through}"]

    def _told(self, event: Event) -> str:
        """One act in words: what, when, its steps, on what it rests, who says so, and what to know of it."""
        titles = {instrument.id: instrument.title for instrument in self.instruments}
        effect = f"effect {event.effect}" if self._in_effect(event) else "not yet in effect"
        steps = f" ({', '.join(str(step) for step in event.steps)})" if event.steps else ""
        under = f", under: {titles[event.instrument]}" if event.instrument in titles else ""
        names = (*event.sources, *(name for step in event.steps for name in step.sources))
        cited = _numbers(names, self.sources)
        return f"{event.act}, {effect}{steps}{under}{cited}" + (f". {event.note}" if event.note else "")

    def _told_part(self, participation: Participation, participant: Participant) -> str:
        """One operation or session in words: what, when, as what, and who says so."""
        cited = _numbers((*participant.sources, *participation.sources), self.sources)
        note = f". {participant.note}" if participant.note else ""
        return f"{participation}, as {participant.capacity}{cited}{note}"

    def _in_effect(self, event: Event) -> bool:
        """Whether the effective date of an event was known on the reading's ``known_on``."""
        return self.reading.known_on is None or event.effect.first <= to_ordinal(self.reading.known_on)

    def __str__(self) -> str:
        lines = [self.headline]
        for key, told in self._lines():
            heading, said = phrase(self.lang, key), [isolated(self.lang, line) for line in told]
            if len(said) == 1:
                lines.append(f"{heading}: {said[0]}")
            else:
                lines += [f"{heading}:", *(f"- {line}" for line in said)]
        return "\n".join(lines)

    def to_markdown(self) -> str:
        """The same as Markdown: a bold answer and a list for each heading."""
        lines = [f"**{self.headline}**"]
        for heading, told in self._lines():
            said = [isolated(self.lang, _marked(line)) for line in told]
            lines += ["", f"*{phrase(self.lang, heading)}*", "", *(f"- {line}" for line in said)]
        return "\n".join(lines) + "\n"

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
                for participation, participant in self.parts
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
            "effect": str(event.effect) if self._in_effect(event) else None,
            "steps": {str(step.name): str(step.date) for step in event.steps},
            "instrument": event.instrument,
            "note": event.note,
            "sources": list(event.sources),
        }


def numbered(sources: tuple[Source, ...]) -> list[str]:
    """Sources with their numbers in front."""
    return [f"[{number}] {source}" for number, source in enumerate(sources, start=1)]


def disputed(dispute: Dispute, sources: tuple[Source, ...]) -> str:
    """Who says what, and what is to be said to it, each with the numbers of its sources."""
    says, reply = dispute.says.rstrip("."), dispute.answer.rstrip(".")
    return f"{says}{_numbers(dispute.sources, sources)}. {reply}{_numbers(dispute.against, sources)}."


def _numbers(cited: tuple[str, ...], sources: tuple[Source, ...]) -> str:
    """The numbers of the sources that are cited, in brackets."""
    numbers = {source.id: number for number, source in enumerate(sources, start=1)}
    found = sorted({numbers[name] for name in cited if name in numbers})
    return f" [{', '.join(map(str, found))}]" if found else ""


def _marked(line: str) -> str:
    """A line in which Markdown reads no mark-up into brackets, stars or underscores."""
    return "".join(f"\\{character}" if character in "[]*_`" else character for character in line)


class _Acts(NamedTuple):
    """A state's acts, by how they stand to the days asked about; see :class:`Explanation`."""

    before: Event | None
    confirmed: tuple[Event, ...]
    in_doubt: tuple[Event, ...]
    during: tuple[Event, ...]
    after: Event | None


def explain(  # noqa: PLR0913, PLR0917 (the question, as asked and as days)
    compiled: Compiled, timeline: Timeline, when: object, first: int, after: int, lang: str
) -> Explanation:
    """Whether a state was a member on the days ``[first, after)``, asked about as *when*, and why."""
    status = Status(timeline.mask_in(first, after))
    membership = answer(status.value, compiled.basis)
    acts = _acts_around(compiled, timeline, first, after)
    around = [
        event for event in (acts.before, *acts.confirmed, *acts.in_doubt, *acts.during, acts.after) if event
    ]
    instruments = {event.instrument for event in around}
    parts = tuple(parts_of(compiled.history, timeline.state.iso3, first, after))
    sources: dict[str, Source] = {}
    for event in around:
        sources |= _sources_of(compiled, event)
    sources |= {name: compiled.source(name) for one, part in parts for name in (*one.sources, *part.sources)}
    return Explanation(
        organization=compiled.history.id,
        eras=eras_named(compiled, membership, first, after),
        state=timeline.state,
        when=written(when),
        is_wide=after - first > 1,
        answer=membership,
        status=status,
        spells=tuple(spells_of(compiled, timeline)[run] for run in timeline.runs_in(first, after)),
        before=acts.before,
        confirmed=acts.confirmed,
        in_doubt=acts.in_doubt,
        during=acts.during,
        after=acts.after,
        parts=parts,
        rule=_rule(compiled, timeline, status, membership, acts.before),
        disputes=tuple(dispute for event in around for dispute in event.disputes),
        instruments=tuple(
            instrument for instrument in compiled.dataset.instruments if instrument.id in instruments
        ),
        sources=tuple(sources.values()),
        reading=compiled.reading,
        verified_through=compiled.dataset.verified_through.text,
        lang=lang,
    )


def _sources_of(compiled: Compiled, event: Event) -> dict[str, Source]:
    """The sources of an event by their identifiers, most important first; gathered once."""
    key = "cited", id(event)  # the history keeps the event alive
    if key not in compiled.cache:
        compiled.cache[key] = {name: compiled.source(name) for name in cited(event)}
    sources: dict[str, Source] = compiled.cache[key]
    return sources


def _acts_around(compiled: Compiled, timeline: Timeline, first: int, after: int) -> _Acts:
    """The acts of a state by how they stand to the days ``[first, after)``, dated as the reading does."""
    before: Event | None = None
    confirmed: list[Event] = []
    in_doubt: list[Event] = []
    during: list[Event] = []
    key = "windows", timeline.state.iso3
    if key not in compiled.cache:
        compiled.cache[key] = windows(timeline.events, compiled.reading.dating)
    for event, (low, high) in zip(timeline.events, compiled.cache[key], strict=True):
        if event.act is Act.REAFFIRM:
            confirmed += [event] if low < after else []
        elif high <= first:
            before, confirmed = event, []
        elif low >= after:
            return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), event)
        elif low < first or high >= after:
            in_doubt.append(event)
        else:
            during.append(event)
    return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), None)


def _rule(
    compiled: Compiled, timeline: Timeline, status: Status, membership: Answer, before: Event | None
) -> str:
    """The rule that applied, in words."""
    basis = compiled.reading.basis
    named = f"the {basis} basis" if isinstance(basis, str) else "the basis chosen"
    statuses = str(Status(compiled.basis)).replace(" or ", " and ")
    verdict = {
        Answer.YES: "so the state counts as a member",
        Answer.NO: "so the state does not count as a member",
        Answer.UNKNOWN: "so it stays open",
    }[membership]
    parts = [f"The status is {status}; {named} counts {statuses}, {verdict}."]
    if not timeline.events:
        day = to_date(compiled.horizon)
        checked = (
            f"was public by {day}" if compiled.is_past else f"is recorded; that was checked through {day}"
        )
        parts.append(f"No act of {timeline.state} {checked}.")
        if not compiled.history.closed:
            parts.append(
                f"The record of {compiled.history.id} does not claim to hold the acts of all states."
            )
    if before is not None and (TRANSITIONS[before.act].after or Status(0)) & status:
        parts.append(f"{before.act.capitalize()}: {TRANSITIONS[before.act].meaning}.")
    if compiled.reading.era is not None:
        parts.append(f"Only days of the era {compiled.reading.era} count.")
    parts.append("A spell counts from its first day up to, but not on, its end.")
    return " ".join(parts)


def cited(event: Event) -> Iterator[str]:
    """The identifiers of all sources of an event, most important first."""
    yield from event.sources
    for step in event.steps:
        yield from step.sources
    for dispute in event.disputes:
        yield from (*dispute.sources, *dispute.against)
