"""What a question gives back: frozen records that say their answer in words, too."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

from attrs import field, frozen

from csto_membership._facts.dates import to_date, to_ordinal
from csto_membership._facts.records import code_of
from csto_membership._membership.phrases import isolated, phrase
from csto_membership.errors import BeyondHorizonError, UncertainError

if TYPE_CHECKING:
    import pendulum

    from csto_membership._facts.records import (
        Dispute,
        Event,
        Instrument,
        Participant,
        Participation,
        Source,
        State,
    )
    from csto_membership._facts.statuses import Status
    from csto_membership._membership.segments import Reading


class Answer(enum.Enum):
    """Yes, no, or unknown: the sources, or the width of the question, leave it open.

    ``YES`` is true and ``NO`` is false; ``UNKNOWN`` is neither, and ``bool`` of it raises
    :class:`~csto_membership.UncertainError`.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        if self is Answer.UNKNOWN:
            raise UncertainError(
                "the answer is unknown, neither true nor false. Compare it with 'is Answer.YES', or ask a "
                "narrower question."
            )
        return self is Answer.YES

    def __str__(self) -> str:
        return self.value


def answer(mask: int, basis: int) -> Answer:
    """Yes when every possible status counts, no when none does, unknown otherwise."""
    if not mask & ~basis:
        return Answer.YES
    return Answer.UNKNOWN if mask & basis else Answer.NO


def negated(said: Answer) -> Answer:
    """The negation, by three-valued logic."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(said, said)


def all_of(answers: Iterable[Answer]) -> Answer:
    """The conjunction, by three-valued logic."""
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """The disjunction, by three-valued logic."""
    return negated(all_of(map(negated, answers)))


@frozen(eq=False, repr=False)
class Roster(Sequence["State"]):
    """The states that were members, ordered by code; one shared object for all days of a segment.

    Attributes:
        states: Those that certainly were.
        undecided: Those for which it is unknown.
    """

    states: tuple[State, ...]
    undecided: tuple[State, ...] = ()
    _resolve: Callable[[object], State] = field(kw_only=True, alias="resolve")

    @property
    def possible(self) -> Roster:
        """The undecided: those for which the sources, or the width of the question, leave it open."""
        return Roster(self.undecided, resolve=self._resolve)

    def codes(self, scheme: str = "iso3") -> tuple[str | int, ...]:
        """The states' codes, in the roster's order.

        Args:
            scheme: ``iso3``, ``iso2``, ``iso_numeric``, ``cow``, ``cow_abbrev``, ``gw``, ``fips``,
                ``wikidata`` or ``name``; ``cow`` and ``gw`` are numbers, the others text.

        Raises:
            StateError: There is no such scheme, or a state has no code in it.
        """
        return tuple(code_of(state, scheme) for state in self.states)

    def __len__(self) -> int:
        return len(self.states)

    @overload
    def __getitem__(self, index: int) -> State: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[State, ...]: ...
    def __getitem__(self, index: int | slice) -> State | tuple[State, ...]:
        return self.states[index]

    def __iter__(self) -> Iterator[State]:
        return iter(self.states)

    def __contains__(self, state: object) -> bool:
        """Whether a state, given by any code or name, was a member.

        Raises:
            UncertainError: It is undecided, neither in nor out.
            StateError: The organization has no such state.
        """
        found = self._resolve(state)
        if found in self.undecided:
            raise UncertainError(
                f"whether {found} is in it is unknown. Look into .possible, or ask a narrower question."
            )
        return found in self.states

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Roster):
            return NotImplemented
        return self.states == other.states and self.undecided == other.undecided

    def __hash__(self) -> int:
        return hash((self.states, self.undecided))

    def __str__(self) -> str:
        possible = (
            f" (possibly {', '.join(str(state) for state in self.undecided)})" if self.undecided else ""
        )
        return ", ".join(str(state) for state in self.states) + possible

    def __repr__(self) -> str:
        possible = f", possible={[state.iso3 for state in self.undecided]}" if self.undecided else ""
        return f"Roster({[state.iso3 for state in self.states]}{possible})"


def _between(start: pendulum.Date | None, end: pendulum.Date | None) -> str:
    """Half-open bounds; an open side shows as dots."""
    left = f"[{start.isoformat()}" if start else "(..."
    return f"{left}, {end.isoformat() if end else '...'})"


@frozen(kw_only=True)
class Spell:
    """A maximal run of days with one status, ``[start, end)``.

    Attributes:
        state: Whose spell.
        status: One flag, or several where the sources leave it open.
        start: Its first day; ``None`` for the spell with which the record begins.
        end: The first day after it; ``None`` where it still lasts on the horizon.
        opened_by: The event that began it, if one did.
        closed_by: The event that ended it, if one did.
    """

    state: State
    status: Status
    start: pendulum.Date | None
    end: pendulum.Date | None
    opened_by: Event | None = field(default=None, repr=False)
    closed_by: Event | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.state.iso3} {self.status} {_between(self.start, self.end)}"


@frozen(kw_only=True)
class Period:
    """A run of days ``[start, end)`` of which something is true, or unknown.

    Attributes:
        start: Its first day; ``None`` where it has lasted from the beginning of the record.
        end: The first day after it; ``None`` where it still lasts on the horizon.
        answer: ``YES``, or ``UNKNOWN`` where the sources leave it open on these days.
        known_until: Ordinal of the last day of which anything is known; ``None`` for no such day.
    """

    start: pendulum.Date | None
    end: pendulum.Date | None
    answer: Answer = Answer.YES
    known_until: int | None = field(default=None, eq=False, repr=False)

    def __contains__(self, day: object) -> bool:
        """Whether a day, in any of the ways to write one, lies in the period.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: The period still lasts on the last day verified, and *day* is past it.
        """
        ordinal = to_ordinal(day)
        if self.end is None and self.known_until is not None and ordinal > self.known_until:
            raise BeyondHorizonError(
                f"{day} is past {to_date(self.known_until)}, on which {self} still lasts. Ask about an earlier day."
            )
        return (self.start is None or self.start.toordinal() <= ordinal) and (
            self.end is None or ordinal < self.end.toordinal()
        )

    def __str__(self) -> str:
        return _between(self.start, self.end) + (" possibly" if self.answer is Answer.UNKNOWN else "")


@frozen(kw_only=True)
class Change:
    """What became of one state on one day.

    Attributes:
        day: The first day of the new status.
        state: Whose status.
        before: Its status the day before.
        after: Its status from that day.
        was: Whether it was a member the day before, on the reading's basis.
        now: Whether it is a member from that day.
        event: The event that changed it; ``None`` where an era began or ended.
    """

    day: pendulum.Date
    state: State
    before: Status
    after: Status
    was: Answer
    now: Answer
    event: Event | None = field(default=None, repr=False)

    def __str__(self) -> str:
        by = f" ({self.event.act})" if self.event else ""
        return f"{self.day.isoformat()} {self.state.iso3} {self.before} -> {self.after}{by}"


@frozen(kw_only=True)
class Difference:
    """How the membership on one day differs from that on another.

    Attributes:
        joined: States that were no members, and are.
        left: States that were members, and are not.
        changed: States whose status differs otherwise, doubt included.
    """

    joined: tuple[State, ...]
    left: tuple[State, ...]
    changed: tuple[State, ...]

    def __str__(self) -> str:
        parts = (("joined", self.joined), ("left", self.left), ("otherwise changed", self.changed))
        said = [f"{word}: {', '.join(state.iso3 for state in states)}" for word, states in parts if states]
        return "; ".join(said) or "no difference"


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
