"""What a source says of a membership, and what is to be said of that."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from csto_membership._facts.dates import ImpreciseDate, exact, imprecise
from csto_membership._facts.records import Where, present
from csto_membership._facts.statuses import Act, Status, StepName
from csto_membership._membership.explaining import disputed, numbered
from csto_membership.errors import ClaimError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._facts.records import Dispute, Source
    from csto_membership._membership.answers import Period


class Verdict(enum.StrEnum):
    """What is to be said of a claim.

    ``SUPPORTED``: the record has it just so, under the reading asked. ``DEPENDS``: not just so, but under another
    reading, or in another sense of its words. ``CONTRADICTED``: under none, whichever basis and dating are taken
    together. ``UNDETERMINED``: the sources, or the width of the time it speaks of, leave it open.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"
    DEPENDS = "depends"


class ClaimKind(enum.StrEnum):
    """What a claim is about."""

    ROSTER = "roster"
    STATUS = "status"
    ACT = "act"
    FOUNDING = "founding"
    MILESTONE = "milestone"
    OFFICE = "office"


_Word = TypeVar("_Word", bound=enum.StrEnum)


def _word(value: object, words: type[_Word], called: str) -> _Word:
    """One of a few words, given as text or as itself."""
    known = [str(word) for word in words]
    if str(value) not in known:
        raise ClaimError(f"no {called} {value!r}{nearest(str(value), known)} There are {', '.join(known)}.")
    return words(str(value))


def _kind(value: object) -> ClaimKind:
    """A kind of claim."""
    return _word(value, ClaimKind, "kind of claim")


def _act(value: object) -> Act | None:
    """An act."""
    return None if value is None else _word(value, Act, "act")


def _step(value: object) -> StepName | None:
    """A stage."""
    return None if value is None else _word(value, StepName, "step")


def _status(value: object) -> Status | None:
    """A status, by itself or by its name."""
    if value is None or isinstance(value, Status):
        return value
    if str(value).upper() not in Status.__members__:
        raise ClaimError(f"no status {value!r}. There are {', '.join(Status.__members__)}.")
    return Status[str(value).upper()]


def _states(value: Iterable[str]) -> tuple[str, ...]:
    """Several states; one alone will do."""
    return (value,) if isinstance(value, str) else tuple(value)


def _time_as_text(value: object) -> str | None:
    """A day, month, year or range as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return exact(value).text
    raise ClaimError(f"expected a day, month or year as text, got {value!r}. Write '{value}'.")


def _said(value: object) -> ImpreciseDate | None:
    """When something was said."""
    return (
        value
        if value is None or isinstance(value, ImpreciseDate)
        else imprecise(present(_time_as_text(value)))
    )


@frozen(kw_only=True)
class Claim:
    """What a source says. Words may be given as text: ``kind="act"``, ``act="lapse"``, ``status="FROZEN"``.

    Attributes:
        kind: What it is about. ``roster``: these *states* were the members (*complete*), or among them.
            ``status``: each of *states* had *status*. ``act``: each of *states* did *act*. ``founding``: the
            organization was founded with *states*, or at *when*, or both. ``milestone``: *step* of
            *instrument*, by *body*, was at *when*. ``office``: *states*, or *person*, held *office*.
        when: The day, month, year or EDTF range it speaks of; ``None`` for the day on which it was *said*, and for
            an act any day up to that.
        states: States by any code or name.
        complete: Whether the roster names all members.
        status: The status claimed.
        act: The act claimed.
        instrument: Identifier of the instrument.
        step: The stage of the instrument; ``None`` if the claim does not say which.
        body: The body that is said to have adopted it.
        office: Identifier of the office.
        person: Who is said to hold it.
        era: The era it speaks of, where it says "the Treaty" or "the Organization" and means it.
        said: When it was said.
        by: Who said it.
        quote: The words, at most 25 of them.
        lang: Their language.
        translation: The same in English.
    """

    kind: ClaimKind = field(converter=_kind)
    when: str | None = field(default=None, converter=_time_as_text)
    states: tuple[str, ...] = field(default=(), converter=_states)
    complete: bool = True
    status: Status | None = field(default=None, converter=_status)
    act: Act | None = field(default=None, converter=_act)
    instrument: str | None = None
    step: StepName | None = field(default=None, converter=_step)
    body: str | None = None
    office: str | None = None
    person: str | None = None
    era: str | None = None
    said: ImpreciseDate | None = field(default=None, converter=_said)
    by: str | None = None
    quote: str | None = None
    lang: str | None = None
    translation: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)


class Agreement(enum.StrEnum):
    """How one state, date or holder compares with the claim."""

    AGREES = "agrees"
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERS = "differs"
    UNDECIDED = "undecided"


@frozen(kw_only=True)
class Line:
    """What is to be said of one part of a claim.

    Attributes:
        about: The state, founding, instrument or office that the line is about.
        agreement: How it compares with the claim.
        text: What the record says.
    """

    about: str
    agreement: Agreement
    text: str

    def __str__(self) -> str:
        return f"{self.about}: {self.agreement}; {self.text}"


@frozen(kw_only=True)
class Finding:
    """A claim judged; its ``str`` can be pasted.

    Attributes:
        claim: What was claimed.
        verdict: What is to be said of it.
        lines: A line for each state, founding, instrument or office it speaks of.
        true_under: The readings or senses in which it is true.
        false_under: Those in which it is not.
        periods: When it would be true: for a list of states, the periods in which it was exactly the membership.
        dates: The right dates of what it dates wrongly.
        disputes: What sources say of the acts on which the verdict turns.
        sources: What the judgement rests on.
    """

    claim: Claim
    verdict: Verdict
    lines: tuple[Line, ...]
    true_under: tuple[str, ...] = ()
    false_under: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    sources: tuple[Source, ...] = ()

    def _parts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Headings, each with its lines."""
        if self.claim.quote:
            said = f", {self.claim.said}" if self.claim.said else ""
            yield "Claim", (f"{self.claim.quote} ({self.claim.by or 'unnamed'}{said})",)
        if self.claim.translation:
            yield "In English", (self.claim.translation,)
        yield "Compared", tuple(map(str, self.lines))
        yield "True under", self.true_under
        yield "Not under", self.false_under if self.true_under else ()
        yield "It was so", tuple(map(str, self.periods))
        yield "The right date", self.dates
        yield "Disputed", tuple(disputed(dispute, self.sources) for dispute in self.disputes)
        yield "Sources", tuple(numbered(self.sources))

    def __str__(self) -> str:
        lines = [f"{self.verdict.upper()}"]
        for heading, told in self._parts():
            if len(told) == 1:
                lines.append(f"{heading}: {told[0]}")
            elif told:
                lines += [f"{heading}:", *(f"- {line}" for line in told)]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """The same as text, lists and mappings, ready for JSON."""
        return {
            "verdict": self.verdict.value,
            "quote": self.claim.quote,
            "translation": self.claim.translation,
            "by": self.claim.by,
            "said": str(self.claim.said) if self.claim.said else None,
            "lines": [
                {"about": line.about, "agreement": line.agreement.value, "text": line.text}
                for line in self.lines
            ],
            "true_under": list(self.true_under),
            "false_under": list(self.false_under),
            "periods": [
                {
                    "start": period.start.isoformat() if period.start else None,
                    "end": period.end.isoformat() if period.end else None,
                    "answer": period.answer.value,
                }
                for period in self.periods
            ],
            "dates": list(self.dates),
            "disputes": [
                {
                    "says": one.says,
                    "sources": list(one.sources),
                    "answer": one.answer,
                    "against": list(one.against),
                }
                for one in self.disputes
            ],
            "sources": [source.id for source in self.sources],
        }


@frozen(kw_only=True)
class Article:
    """Where claims were found.

    Attributes:
        id: Its identifier.
        publisher: Who published it.
        said: When.
        lang: Its language, as an ISO 639-1 code.
        note: How the date is known, or what else a reader must know.
    """

    id: str
    publisher: str
    said: ImpreciseDate
    lang: str
    note: str | None = None


@frozen(kw_only=True)
class PressClaim:
    """A claim found in the press, with the verdict expected and why.

    Attributes:
        id: Its identifier.
        article: Where it was found.
        organization: Identifier of the organization it speaks of.
        claim: What is claimed, with the quotation.
        expected: The verdict that the library is to come to.
        reason: Why, in a sentence or two.
    """

    id: str
    article: Article
    organization: str
    claim: Claim
    expected: Verdict
    reason: str
