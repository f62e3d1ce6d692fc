"""A finding on a claim: the verdict as one plain sentence, and what supports it."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._facts.plain import plain
from csto_membership._facts.states import State
from csto_membership._membership import cards
from csto_membership._membership.answers import Answer
from csto_membership._membership.dates_in_words import date_in_words, day_in_words
from csto_membership._membership.explanation_lines import disputed, reading_in_words, source_lines
from csto_membership._membership.markdown import marked
from csto_membership._membership.reading import Reading
from csto_membership._membership.vocabulary_lookup import checked_lang, isolated, phrase, turned
from csto_membership.claims.evidence import best
from csto_membership.claims.finding_text import in_words, sentence, word, worded
from csto_membership.claims.sayings import Saying, saying
from csto_membership.claims.weighing import Verdict
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Dispute, Source
    from csto_membership._membership.answers import Period

_MOST_LINES = 6  # that a short finding shows of what differs


class Agreement(enum.StrEnum):
    """How one state, date or holder compares with the claim."""

    AGREES = "agrees"
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERS = "differs"
    UNDECIDED = "undecided"


AGREEMENT = {
    Verdict.SUPPORTED: Agreement.AGREES,
    Verdict.DEPENDS: Agreement.DIFFERS,
    Verdict.UNDETERMINED: Agreement.UNDECIDED,
    Verdict.CONTRADICTED: Agreement.DIFFERS,
}
PART = {
    Answer.YES: Agreement.AGREES,
    Answer.NO: Agreement.DIFFERS,
    Answer.UNKNOWN: Agreement.UNDECIDED,
}


class AnyClaim(Protocol):
    """The attributes of a claim of any kind that a finding uses."""

    kind: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """The claim as plain values."""
        ...

    @property
    def attribution(self) -> Any:  # noqa: ANN401 (an Attribution, whose converter pyright takes for a descriptor)
        """Who said it, when, in which words."""
        ...


@frozen(kw_only=True)
class Line:
    """The result for one part of a claim.

    Attributes:
        about: The state, founding, instrument, office or participation that the line is about.
        agreement: How it compares with the claim.
        said: What the record says, as a ``Saying`` to be worded in any language.
        subject: What the line is about, as a value that ``in_words`` words in any language.
    """

    about: str
    agreement: Agreement
    said: Saying = field(repr=False)
    subject: object = field(default=None, repr=False, eq=False)

    @property
    def text(self) -> str:
        """What the record says."""
        return worded(self.said)

    def told(self, lang: str = "en") -> str:
        """The line in a language."""
        about = self.about
        if lang != "en" and isinstance(self.subject, State):
            about = f"{in_one_line(self.subject.name(lang))} ({self.about})"
        elif lang != "en":
            about = isolated(lang, about) if self.subject is None else in_words(self.subject, lang)
        agreement = word(str(self.agreement), lang)
        said = word("line", lang, about=about, agreement=agreement, text=worded(self.said, lang))
        return in_one_line(said, own_marks=True)

    def __str__(self) -> str:
        return self.told()

    def to_dict(self) -> dict[str, Any]:
        """The line as text, ready for JSON."""
        return {"about": self.about, "agreement": self.agreement.value, "text": self.text}


@frozen(kw_only=True)
class RightDate:
    """What the record dates, where a claim dates it wrongly.

    Attributes:
        about: Which act, stage, term or session.
        date: Its date, or its first day.
        said: Both, as a ``Saying`` to be worded in any language.
    """

    about: str
    date: ImpreciseDate
    said: Saying = field(repr=False)

    @property
    def text(self) -> str:
        """Both in words."""
        return worded(self.said)

    def __str__(self) -> str:
        return in_one_line(self.text, own_marks=True)

    def to_dict(self) -> dict[str, Any]:
        """The date as text, ready for JSON."""
        return {"about": self.about, "date": self.date.text, "text": self.text}


def nearest_first(dates: Sequence[RightDate], time: tuple[int, int]) -> tuple[RightDate, ...]:
    """Dates in the order of their distance from a time."""
    first, after = time

    def distance(right: RightDate) -> int:
        return max(right.date.first - after + 1, first - right.date.last, 0)

    return tuple(sorted(dates, key=distance))


@frozen(kw_only=True)
class Finding:
    """A claim judged. Its ``str`` is short and can be pasted; ``text`` has all of it, in English, Russian or Arabic.

    Attributes:
        claim: What was claimed.
        verdict: Whether it is supported, contradicted, undetermined, or depends on the reading.
        sayings: The clauses of its sentence, to be worded in any language.
        lines: A line for each state, founding, instrument, office or participation it speaks of.
        true: The readings or senses in which it is true, to be worded in any language.
        undecided: Those that leave it open.
        false: Those in which it is not true.
        periods: When it would have been right: the periods in which these states were exactly the members, or
            were all among them.
        dates: The right dates, where the date is what is wrong.
        remarks: What else must be known, to be worded in any language.
        disputes: What sources say of the acts on which the verdict turns.
        sources: What the judgement rests on.
        organization: Identifier of the organization asked.
        read_as: The reading asked.
        verified_through: The last day of which anything is known, ``YYYY-MM-DD``.
        data_version: The version of the facts.
        is_past: Whether the claim speaks of days past that day.
        lang: Its language; what the facts file says stays as written there.
    """

    claim: AnyClaim
    verdict: Verdict
    sayings: tuple[Saying, ...]
    lines: tuple[Line, ...]
    true: tuple[Saying, ...] = ()
    undecided: tuple[Saying, ...] = ()
    false: tuple[Saying, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[RightDate, ...] = ()
    remarks: tuple[Saying, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    sources: tuple[Source, ...] = ()
    organization: str = ""
    read_as: Reading = field(factory=Reading)
    verified_through: str = ""
    data_version: str = ""
    is_past: bool = False
    lang: str = "en"

    @property
    def sentence(self) -> str:
        """The finding in one plain sentence, in its language."""
        return self._sentence(self.lang)

    @property
    def true_under(self) -> tuple[str, ...]:
        """The readings or senses in which it is true, in its language."""
        return tuple(worded(one, self.lang) for one in self.true)

    @property
    def undecided_under(self) -> tuple[str, ...]:
        """Those that leave it open."""
        return tuple(worded(one, self.lang) for one in self.undecided)

    @property
    def false_under(self) -> tuple[str, ...]:
        """Those in which it is not true."""
        return tuple(worded(one, self.lang) for one in self.false)

    @property
    def notes(self) -> tuple[str, ...]:
        """What else must be known: how a date is counted, what was not judged, where to ask."""
        return tuple(worded(one, self.lang) for one in self.remarks)

    @property
    def reading(self) -> str:
        """The reading asked, in words."""
        return reading_in_words(self.lang, self.read_as)

    def _sentence(self, lang: str) -> str:
        """Its sentence in a language."""
        horizon = date.fromisoformat(self.verified_through) if self.is_past else None
        return in_one_line(sentence(self.verdict, self.sayings, horizon, lang), own_marks=True)

    def _read_with(self, lang: str) -> str:
        """The reading, and the last day verified; in English as the day is written in files."""
        day = self.verified_through
        if lang != "en":
            day = day_in_words(lang, date.fromisoformat(day))
        key = "{reading}; facts verified through {day}"
        return phrase(lang, key).format(reading=reading_in_words(lang, self.read_as), day=day)

    def _repr_html_(self) -> str:
        """The finding as a card for notebooks: the sentence, what differs, and the rest folded."""
        quoted, lang = self.claim.attribution, self.lang
        # Differing lines come first, so that agreeing ones are cut before them.
        ordered = sorted(self.lines, key=lambda line: line.agreement is Agreement.AGREES)
        lines = [("", line.told(lang)) for line in ordered[:_MOST_LINES]]
        lines += [(word("True under", lang), under) for under in self.true_under]
        lines += [(word("The right date", lang), worded(right.said, lang)) for right in self.dates]
        return cards.finding_card(
            lang,
            sentence=self.sentence,
            reading=self._read_with(lang),
            quote=in_one_line(quoted.quote or ""),
            quote_lang=in_one_line(quoted.lang or "und"),
            lines=lines,
            disputes=[disputed(dispute, self.sources) for dispute in self.disputes],
            sources=list(dict.fromkeys(map(str, (*best(self.sources), *self.sources)))),
        )

    def __str__(self) -> str:
        return self.text()

    def text(self, *, full: bool = False, lang: str | None = None) -> str:
        """The finding as text.

        Args:
            full: Whether to add the words judged, all lines, all readings, disputes and sources; a short finding has
                what differs, when it would have been right, and the three best sources.
            lang: The language, ``"en"``, ``"ru"`` or ``"ar"``; ``None`` for its own. What the facts file says stays as
                written there.

        Raises:
            ReadingError: There are no sentences in that language.
        """
        lang = self.lang if lang is None else checked_lang(lang)
        lines = [self._sentence(lang)]
        for name, body in self._parts(lang, full=full):
            heading = turned(lang, name)
            if len(body) == 1:
                lines.append(f"{heading}: {in_one_line(body[0], own_marks=True)}")
            elif body:
                lines += [
                    f"{heading}:",
                    *(f"- {turned(lang, in_one_line(line, own_marks=True))}" for line in body),
                ]
        return "\n".join(lines)

    def to_markdown(self, *, full: bool = False, lang: str | None = None) -> str:
        """The same as Markdown: a bold sentence, and a list under each bold heading.

        Args:
            full: As for ``text``.
            lang: As for ``text``.
        """
        lang = self.lang if lang is None else checked_lang(lang)
        lines = [f"**{marked(self._sentence(lang))}**"]
        for name, body in self._parts(lang, full=full):
            if body:
                said = [f"- {turned(lang, marked(line))}" for line in body]
                lines += ["", f"**{turned(lang, name)}**", "", *said]
        return "\n".join(lines) + "\n"

    def _parts(self, lang: str, *, full: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Headings, each with its lines; those without lines are not printed."""
        yield from self._quotation(lang) if full else ()
        differing = [line for line in self.lines if full or line.agreement is not Agreement.AGREES]
        shown = differing if full else differing[:_MOST_LINES]
        more = len(differing) - len(shown)
        others = (word("more", lang, count=more),) if more else ()
        yield (
            word("Compared" if full else "What differs", lang),
            (*(one.told(lang) for one in shown), *others),
        )
        if self.verdict is not Verdict.SUPPORTED:
            yield word("It was so", lang), tuple(_so(period, lang) for period in self.periods)
        yield word("The right date", lang), tuple(worded(right.said, lang) for right in self.dates)
        senses = (("True under", self.true), ("Open under", self.undecided), ("Not true under", self.false))
        for name, readings in senses:
            is_shown = full or (self.verdict is Verdict.DEPENDS and readings is not self.false)
            yield word(name, lang), tuple(worded(one, lang) for one in readings) if is_shown else ()
        yield word("Note", lang), tuple(worded(one, lang) for one in self.remarks)
        if full:
            disputes = [isolated(lang, disputed(dispute, self.sources)) for dispute in self.disputes]
            yield phrase(lang, "Disputed"), tuple(disputes)
            yield phrase(lang, "Sources"), tuple(isolated(lang, line) for line in source_lines(self.sources))
            version = isolated(lang, self.data_version)
            read = word("version", lang, read=self._read_with(lang), version=version)
            yield phrase(lang, "Read with"), (read,)
        else:
            chosen = best(self.sources)
            heading = phrase(lang, "Sources")
            if len(self.sources) > len(chosen):
                heading = word("of", lang, heading=heading, some=len(chosen), all=len(self.sources))
            yield heading, tuple(isolated(lang, str(source)) for source in chosen)

    def _quotation(self, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The words judged, with who said them and when, and the same in English."""
        made = self.claim.attribution
        if not made.quote:
            return
        by = isolated(lang, made.by) if made.by else word("unnamed", lang)
        if made.said:
            day = str(made.said) if lang == "en" else date_in_words(lang, made.said)
            by = phrase(lang, ", ").join((by, day))
        yield word("Claim", lang), (word("quotation", lang, quote=in_one_line(made.quote), by=by),)
        yield word("In English", lang), (isolated(lang, made.translation),) if made.translation else ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as text, lists and mappings, ready for JSON."""
        lists = (
            "lines",
            "true_under",
            "undecided_under",
            "false_under",
            "periods",
            "dates",
            "notes",
            "disputes",
        )
        return {
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "claim": self.claim.to_dict(),
            **{name: [_plain(one) for one in getattr(self, name)] for name in lists},
            "organization": self.organization,
            "reading": self.reading,
            "verified_through": self.verified_through,
            "sources": plain(self.sources),
            "data_version": self.data_version,
        }


def _plain(value: object) -> object:
    """A part of a finding as plain values; a line and a date have their text beside them."""
    return value.to_dict() if isinstance(value, Line | RightDate) else plain(value)


def periods_in_words(finding: Finding, lang: str) -> list[str]:
    """When a claim would have been right, a line for each period; in English as half-open intervals."""
    return [str(period) if lang == "en" else turned(lang, _so(period, lang)) for period in finding.periods]


def _so(period: Period, lang: str) -> str:
    """A period in which a claim was, or may have been, right."""
    start, end = period.start, period.end
    key = " ".join(name for name, side in (("from", start), ("to", end)) if side) or "always"
    last = None if end is None else to_date(end.toordinal() - 1)
    said = saying(key, start=start or "", last=last or "")
    return worded(saying("possibly", period=said) if period.answer is Answer.UNKNOWN else said, lang)
