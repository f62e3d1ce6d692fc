"""Acts, parts, disputes and the rule in words: the lines of an explanation, in three languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.dates import to_ordinal
from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer
from csto_membership._membership.dates_in_words import date_in_words, day_in_words, effect_in_words
from csto_membership._membership.sentences import steps_in_words
from csto_membership._membership.vocabulary_lookup import isolated, phrase, status_in_words
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.records import Dispute, Event, Instrument, Participant, Participation, Source
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.reading import Reading

_MOST = 110  # characters of a dispute in a short text


@frozen(kw_only=True)
class LineWriter:
    """Writes records as lines of text in one language.

    Attributes:
        lang: The language.
        reading: How the acts are read.
        sources: The sources, numbered from 1 in this order.
        instruments: What acts rest on.
        is_full: Whether to write notes, and disputes with replies and source numbers.
    """

    lang: str
    reading: Reading
    sources: tuple[Source, ...]
    instruments: tuple[Instrument, ...]
    is_full: bool = True

    def say(self, key: str, **values: object) -> str:
        """A word or a phrase, filled in."""
        return phrase(self.lang, key).format(**values)

    def foreign(self, text: str) -> str:
        """A facts file's text, which is English, isolated for a line of the language."""
        return isolated(self.lang, text)

    def listed(self, texts: Iterable[str]) -> str:
        """Texts with the language's commas between them."""
        return phrase(self.lang, ", ").join(texts)

    def spell(self, spell: Spell, *, parties: bool) -> str:
        """A spell's status and days."""
        return spell_in_words(self.lang, spell, parties=parties)

    def act(self, event: Event) -> str:
        """One act as a line: its date, steps, instrument, source numbers and note."""
        titles = {instrument.id: instrument.title for instrument in self.instruments}
        act = phrase(self.lang, event.act)
        told = (
            self.say("{act}, effect {day}", act=act, day=effect_in_words(self.lang, event.effect))
            if is_in_effect(event, self.reading)
            else self.say("{act}, not yet in effect", act=act)
        )
        steps = [
            self.say(
                "{step} {day}",
                step=phrase(self.lang, step.name).replace("_", " "),
                day=date_in_words(self.lang, step.date),
            )
            for step in event.steps
        ]
        told += f" ({self.listed(steps)})" if steps else ""
        if event.instrument in titles:
            told += phrase(self.lang, ", ") + self.say(
                "under: {title}", title=self.foreign(titles[event.instrument])
            )
        names = (*event.sources, *(name for step in event.steps for name in step.sources))
        return told + self.cited(names) + self.note(event.note)

    def part(self, participation: Participation, participant: Participant) -> str:
        """One operation or session: what, when, as what, and who says so."""
        capacity = phrase(self.lang, participant.capacity)
        told = self.say("{name}, as {capacity}", name=self.foreign(str(participation)), capacity=capacity)
        return told + self.cited((*participant.sources, *participation.sources)) + self.note(participant.note)

    def note(self, note: str | None) -> str:
        """What else is to be known."""
        return self.say(". {note}", note=self.foreign(note)) if note and self.is_full else ""

    def dispute(self, dispute: Dispute) -> str:
        """A dispute as a line: statement and reply with sources; in a short text the statement alone."""
        if self.is_full:
            return self.foreign(disputed(dispute, self.sources))
        says = dispute.says
        return self.foreign(says if len(says) <= _MOST else f"{says[:_MOST].rpartition(' ')[0]} …")

    def cited(self, names: Iterable[str]) -> str:
        """The numbers of the sources that are cited, in brackets."""
        return numbers(names, self.sources)

    def read_with(self, verified_through: str) -> str:
        """The reading, and the last day checked."""
        day = day_in_words(self.lang, date.fromisoformat(verified_through))
        return self.say(
            "{reading}; facts verified through {day}",
            reading=reading_in_words(self.lang, self.reading),
            day=day,
        )


def spell_in_words(lang: str, spell: Spell, *, parties: bool) -> str:
    """A spell's status and days in a language."""
    status = status_in_words(lang, spell.status, parties=parties)
    if lang == "en":
        return f"{status} {spell.between}"
    ends = "ends {day}"
    if spell.ended is not None and not spell.ended.is_exact and "[" not in spell.ended.text:
        ends = "ends in {day}"  # a month or year, so "this day not included" would be wrong
    sides = (("begins {day}", spell.began, spell.start), (ends, spell.ended, spell.end))
    said = [
        phrase(lang, key).format(
            day=day_in_words(lang, day) if written is None else date_in_words(lang, written)
        )
        for key, written, day in sides
        if day is not None
    ]
    return phrase(lang, "; ").join([status, *said])


def is_in_effect(event: Event, reading: Reading) -> bool:
    """Whether the effective date of an event was known on the reading's ``known_on``."""
    return reading.known_on is None or event.effect.first <= to_ordinal(reading.known_on)


def reading_in_words(lang: str, reading: Reading) -> str:
    """A reading in a language."""
    if lang == "en":
        return str(reading)
    if isinstance(reading.basis, Status):
        basis = status_in_words(lang, reading.basis).replace(phrase(lang, " or "), phrase(lang, ", "))
    else:
        basis = phrase(lang, f"basis {reading.basis}")
    dating = (
        phrase(lang, str(reading.dating))
        if reading.dating in {"effect", "any"}
        else phrase(lang, "dated by {steps}").format(steps=steps_in_words(lang, reading.dating))
    )
    parts = [
        phrase(lang, "basis {basis}").format(basis=basis),
        phrase(lang, "dating {dating}").format(dating=dating),
    ]
    if reading.era:
        parts.append(phrase(lang, "era {era}").format(era=isolated(lang, reading.era)))
    if reading.known_on:
        day = day_in_words(lang, date.fromisoformat(reading.known_on))
        parts.append(phrase(lang, "known on {day}").format(day=day))
    if reading.extrapolate:
        parts.append(phrase(lang, "extrapolated past the horizon"))
    return phrase(lang, "; ").join(parts)


def rule_in_words(  # noqa: PLR0913 (what the rule depends on)
    lang: str,
    *,
    reading: Reading,
    counted: Status,
    status: Status,
    answer: Answer,
    ruling: Event | None,
    parties: bool,
    absence: Sequence[str],
) -> str:
    """The rule that applied.

    Args:
        lang: The language.
        reading: How the acts are read.
        counted: The statuses that count.
        status: The status on the days asked about.
        answer: Whether that counts.
        ruling: The act that led to the status, where one did.
        parties: Whether a treaty's days were asked about.
        absence: Sentences on a state without any act; empty for others.
    """
    joined = " and " if lang == "en" else phrase(lang, ", ")
    verdict = {
        Answer.YES: "so the state counts as a member",
        Answer.NO: "so the state does not count as a member",
        Answer.UNKNOWN: "so it stays open",
    }[answer]
    if isinstance(reading.basis, Status):
        basis = "the basis chosen" if lang == "en" else phrase(lang, "basis chosen")
    else:
        basis = f"the {reading.basis} basis" if lang == "en" else phrase(lang, f"basis {reading.basis}")
    said = [
        phrase(lang, "The status is {status}; {basis} counts {counted}, {verdict}.").format(
            status=status_in_words(lang, status, parties=parties),
            basis=basis,
            counted=status_in_words(lang, counted).replace(phrase(lang, " or "), joined),
            verdict=phrase(lang, verdict),
        )
    ]
    said += absence
    if ruling is not None:
        act = phrase(lang, ruling.act)
        said.append(f"{act[0].upper()}{act[1:]}: {phrase(lang, f'rule {ruling.act}')}.")
    if reading.era is not None:
        said.append(phrase(lang, "Only days of the era {era} count.").format(era=isolated(lang, reading.era)))
    said.append(phrase(lang, "A spell counts from its first day up to, but not on, its end."))
    return " ".join(said)


def absence_in_words(
    lang: str, name: str, horizon: date, *, is_past: bool, unclosed: str | None
) -> list[str]:
    """The sentences on a state without any act.

    Args:
        lang: The language.
        name: The state, as it is named in the language.
        horizon: The last day of what is known.
        is_past: Whether that is a reading's ``known_on``.
        unclosed: The organization's identifier, where its record does not hold the acts of all states.
    """
    key = (
        "No act of {state} was public by {day}."
        if is_past
        else "No act of {state} is recorded; that was checked through {day}."
    )
    said = [phrase(lang, key).format(state=name, day=day_in_words(lang, horizon))]
    if unclosed is not None:
        key = "The record of {organization} does not claim to hold the acts of all states."
        said.append(phrase(lang, key).format(organization=isolated(lang, unclosed)))
    return said


def source_lines(sources: tuple[Source, ...]) -> list[str]:
    """Sources with their numbers in front."""
    return [f"[{number}] {source}" for number, source in enumerate(sources, start=1)]


def disputed(dispute: Dispute, sources: tuple[Source, ...]) -> str:
    """A dispute's statement and reply, each with the numbers of its sources."""
    says, reply = dispute.says.rstrip("."), dispute.answer.rstrip(".")
    return in_one_line(
        f"{says}{numbers(dispute.sources, sources)}. {reply}{numbers(dispute.against, sources)}."
    )


def numbers(cited: Iterable[str], sources: tuple[Source, ...]) -> str:
    """The numbers of the sources that are cited, in brackets."""
    places = {source.id: number for number, source in enumerate(sources, start=1)}
    found = sorted({places[name] for name in cited if name in places})
    return f" [{', '.join(map(str, found))}]" if found else ""
