"""What is to be said of a claim: one plain sentence, then what supports it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from attrs import fields, frozen

from csto_membership._facts.plain import plain
from csto_membership._membership import cards
from csto_membership._membership.answers import Answer
from csto_membership._membership.markdown import marked
from csto_membership._membership.telling import disputed, numbered
from csto_membership.claims.evidence import best
from csto_membership.claims.sentences import Saying, period_in_words, sentence
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
    """What a finding asks of a claim, whatever its kind."""

    kind: ClassVar[str]

    @property
    def attribution(self) -> Any:  # noqa: ANN401 (an Attribution, whose converter pyright takes for a descriptor)
        """Who said it, when, in which words."""
        ...


@frozen(kw_only=True)
class Line:
    """What is to be said of one part of a claim.

    Attributes:
        about: The state, founding, instrument, office or participation that the line is about.
        agreement: How it compares with the claim.
        text: What the record says.
    """

    about: str
    agreement: Agreement
    text: str

    def __str__(self) -> str:
        return in_one_line(f"{self.about}: {self.agreement}; {self.text}", own_marks=True)


@frozen(kw_only=True)
class RightDate:
    """What the record dates, where a claim dates it wrongly.

    Attributes:
        about: Which act, stage, term or session.
        date: Its date, or its first day.
        text: Both in words.
    """

    about: str
    date: ImpreciseDate
    text: str

    def __str__(self) -> str:
        return in_one_line(self.text, own_marks=True)


def nearest_first(dates: Sequence[RightDate], time: tuple[int, int]) -> tuple[RightDate, ...]:
    """Dates in the order of their distance from a time."""
    first, after = time

    def distance(right: RightDate) -> int:
        return max(right.date.first - after + 1, first - right.date.last, 0)

    return tuple(sorted(dates, key=distance))


@frozen(kw_only=True)
class Finding:
    """A claim judged. Its ``str`` is short and can be pasted; ``text`` has all of it.

    Attributes:
        claim: What was claimed.
        verdict: What is to be said of it.
        sayings: The clauses of its sentence, in no language.
        lines: A line for each state, founding, instrument, office or participation it speaks of.
        true_under: The readings or senses in which it is true.
        undecided_under: Those that leave it open.
        false_under: Those in which it is not true.
        periods: When it would have been right: for states, the periods in which they were just the membership, or
            among it.
        dates: The right dates, where the date is what is wrong.
        notes: What else must be known: how a date is counted, what was not judged, where to ask.
        disputes: What sources say of the acts on which the verdict turns.
        sources: What the judgement rests on.
        organization: Identifier of the organization asked.
        reading: The reading asked, in words.
        verified_through: The last day of which anything is known, ``YYYY-MM-DD``.
        data_version: The version of the facts.
        is_past: Whether the claim speaks of days past that day.
    """

    claim: AnyClaim
    verdict: Verdict
    sayings: tuple[Saying, ...]
    lines: tuple[Line, ...]
    true_under: tuple[str, ...] = ()
    undecided_under: tuple[str, ...] = ()
    false_under: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[RightDate, ...] = ()
    notes: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    sources: tuple[Source, ...] = ()
    organization: str = ""
    reading: str = ""
    verified_through: str = ""
    data_version: str = ""
    is_past: bool = False

    def _repr_html_(self) -> str:
        """The finding as a card for notebooks: the sentence, what differs, and the rest folded."""
        said = self.claim.attribution
        lines = [(line.about, f"{line.agreement}; {line.text}") for line in self.lines[:_MOST_LINES]]
        lines += [("True under", under) for under in self.true_under]
        lines += [("The right date", str(date)) for date in self.dates]
        return cards.finding_card(
            "en",
            sentence=self.sentence,
            reading=f"{self.reading}; facts verified through {self.verified_through}",
            quote=in_one_line(said.quote or ""),
            quote_lang=in_one_line(said.lang or "und"),
            lines=lines,
            disputes=[disputed(dispute, self.sources) for dispute in self.disputes],
            sources=list(dict.fromkeys(map(str, (*best(self.sources), *self.sources)))),
        )

    @property
    def sentence(self) -> str:
        """The finding in one plain sentence."""
        horizon = self.verified_through if self.is_past else None
        return in_one_line(sentence(self.verdict, self.sayings, horizon), own_marks=True)

    def __str__(self) -> str:
        return self.text()

    def text(self, *, full: bool = False) -> str:
        """The finding as text.

        Args:
            full: Whether to add the words judged, all lines, all readings, disputes and sources; a short finding has
                what differs, when it would have been right, and the three best sources.
        """
        lines = [self.sentence]
        for heading, body in self._parts(full=full):
            if len(body) == 1:
                lines.append(f"{heading}: {in_one_line(body[0], own_marks=True)}")
            elif body:
                lines += [f"{heading}:", *(f"- {in_one_line(line, own_marks=True)}" for line in body)]
        return "\n".join(lines)

    def to_markdown(self, *, full: bool = False) -> str:
        """The same as Markdown: a bold sentence and a list for each heading."""
        lines = [f"**{marked(self.sentence)}**"]
        for heading, body in self._parts(full=full):
            if body:
                lines += ["", f"*{heading}*", "", *(f"- {marked(line)}" for line in body)]
        return "\n".join(lines) + "\n"

    def _parts(self, *, full: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Headings, each with its lines; those without lines are not printed."""
        said = self.claim.attribution
        if full and said.quote:
            day = f", {said.said}" if said.said else ""
            yield "Claim", (in_one_line(f"{said.quote} ({said.by or 'unnamed'}{day})"),)
            yield "In English", (in_one_line(said.translation),) if said.translation else ()
        differing = [line for line in self.lines if full or line.agreement is not Agreement.AGREES]
        shown = differing if full else differing[:_MOST_LINES]
        more = len(differing) - len(shown)
        heading = "Compared" if full else "What differs"
        yield heading, (*map(str, shown), *((f"and {more} more",) if more else ()))
        if self.verdict is not Verdict.SUPPORTED:
            yield "It was so", tuple(_so(period) for period in self.periods)
        yield "The right date", tuple(map(str, self.dates))
        is_split = self.verdict is Verdict.DEPENDS
        yield "True under", self.true_under if full or is_split else ()
        yield "Open under", self.undecided_under if full or is_split else ()
        yield "Not true under", self.false_under if full else ()
        yield "Note", tuple(map(in_one_line, self.notes))
        if full:
            yield "Disputed", tuple(disputed(dispute, self.sources) for dispute in self.disputes)
            yield "Sources", tuple(numbered(self.sources))
            read = (
                f"{self.reading}; facts verified through {self.verified_through}, version {self.data_version}"
            )
            yield "Read with", (read,)
        else:
            chosen = best(self.sources)
            total = f" ({len(chosen)} of {len(self.sources)})" if len(self.sources) > len(chosen) else ""
            yield f"Sources{total}", tuple(map(str, chosen))

    def to_dict(self) -> dict[str, object]:
        """All of it as text, lists and mappings, ready for JSON."""
        claim = {"kind": self.claim.kind, **plain(self.claim)}
        others = {
            one.name: plain(getattr(self, one.name))
            for one in fields(type(self))
            if one.name not in ("claim", "verdict", "sayings", "sources", "is_past", "data_version")
        }
        return {
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "claim": claim,
            **others,
            "sources": [plain(source) for source in self.sources],
            "data_version": self.data_version,
        }


def _so(period: Period) -> str:
    """A period in which a claim was, or may have been, right."""
    possibly = ", possibly" if period.answer is Answer.UNKNOWN else ""
    return f"{period_in_words(period.start, period.end)}{possibly}"
