"""A press claim and its verdict: what a source says, judged by the answers of an organization."""

from __future__ import annotations

import enum
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from csto_membership._answers import Answer, Period, all_of, answer, any_of, negated
from csto_membership._dates import ImpreciseDate, imprecise
from csto_membership._model import BASES, TRANSITIONS, Act, Status, StepName, Where, dates_of
from csto_membership._names import normalize, outside
from csto_membership._segments import windows
from csto_membership._tree import Node, Walker, by_place, present
from csto_membership.errors import ClaimError, DatasetError, StateError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._answers import Spell
    from csto_membership._model import Dispute, Era, Event, Instrument, Source, State, Term
    from csto_membership.organization import Organization

_LONGEST_QUOTE = 25  # words


class Verdict(enum.StrEnum):
    """What is to be said of a claim.

    ``SUPPORTED``: true under the reading asked. ``DEPENDS``: not so, but true under another reading or in
    another sense. ``CONTRADICTED``: true under none. ``UNDETERMINED``: the sources, or the width of the time it
    speaks of, leave it open.
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


def _word(value: object, words: type[_Word]) -> _Word | None:
    """One of a few words, given as text or as itself."""
    if value is None or isinstance(value, words):
        return value
    known = [str(word) for word in words]
    if str(value) not in known:
        raise ClaimError(
            f"no {words.__name__} {value!r}{nearest(str(value), known)} There are {', '.join(known)}."
        )
    return words(str(value))


def _kind(value: object) -> ClaimKind:
    """A kind of claim."""
    return present(_word(value, ClaimKind))


def _act(value: object) -> Act | None:
    """An act."""
    return _word(value, Act)


def _step(value: object) -> StepName | None:
    """A stage."""
    return _word(value, StepName)


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
        return value.isoformat()[:10]
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
        yield "Disputed", tuple(f"{one.says.rstrip('.')}. {one.answer}" for one in self.disputes)
        yield "Sources", tuple(map(str, self.sources))

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
            "disputes": [{"says": one.says, "answer": one.answer} for one in self.disputes],
            "sources": [source.id for source in self.sources],
        }


def judge(organization: Organization, claim: Claim) -> Finding:
    """The finding on a claim, by the organization's answers under its own reading and the others.

    Raises:
        ClaimError: The claim lacks what its kind needs, or names an instrument that is not there.
        StateError: The claim names a state that the organization does not have.
        OfficeError: The claim names an office that the organization does not have.
        BeyondHorizonError: The claim speaks of days past the last day verified.
    """
    lacking = [name for name in _NEEDS[claim.kind] if not getattr(claim, name)]
    if claim.kind is ClaimKind.FOUNDING and not (claim.states or claim.when):
        lacking.append("states or when")
    if claim.kind is ClaimKind.OFFICE and not (claim.states or claim.person):
        lacking.append("states or person")
    if claim.kind is not ClaimKind.FOUNDING and claim.when is None and claim.said is None:
        lacking.append("when or said")
    if lacking:
        raise ClaimError(f"a claim of kind {str(claim.kind)!r} lacks {', '.join(lacking)}. Add it.")
    if claim.era is not None:
        organization.reading(era=claim.era)  # refuses an era that it never had
    if claim.when is not None or claim.said is not None:
        organization.members_on(_time(claim))  # refuses days past the horizon
    return _JUDGES[claim.kind](_with_outsiders(organization, claim), claim)


def _with_outsiders(organization: Organization, claim: Claim) -> Organization:
    """The organization, asked about those states of the claim, too, that never acted towards it."""
    outsiders = []
    for name in claim.states:
        try:
            organization.state(name)
        except StateError:
            outsider = outside(name)
            if outsider is None:
                raise
            outsiders.append(outsider)
    return organization.beside(outsiders) if outsiders else organization


_NEEDS: dict[ClaimKind, tuple[str, ...]] = {
    ClaimKind.ROSTER: ("states",),
    ClaimKind.STATUS: ("states", "status"),
    ClaimKind.ACT: ("states", "act"),
    ClaimKind.FOUNDING: (),
    ClaimKind.MILESTONE: ("instrument",),
    ClaimKind.OFFICE: ("office",),
}


# Readings: the one asked first, then every basis with its dating, then every dating with its basis.


def _readings(organization: Organization, era: str | None) -> list[tuple[str, Organization]]:
    """The readings under which a claim is tried, each in words; the one asked first."""
    asked = organization.reading(era=era) if era else organization
    steps = {str(step.name) for event in asked.events() for step in event.steps}
    others = [asked.reading(basis=basis) for basis in BASES]
    others += [
        asked.reading(dating=name) for name in ("effect", *StepName) if name == "effect" or name in steps
    ]
    return [(str(one.read_as), one) for one in dict.fromkeys((asked, *others))]


def _sorted_out(tried: Sequence[tuple[str, Answer]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the readings under which something is true, and of those under which it is not."""
    true = tuple(dict.fromkeys(name for name, said in tried if said is Answer.YES))
    return true, tuple(dict.fromkeys(name for name, said in tried if said is Answer.NO))


def _verdict(tried: Sequence[tuple[str, Answer]]) -> Verdict:
    """What follows from the answers under the readings, the one asked being first."""
    asked = tried[0][1]
    if asked is Answer.YES:
        return Verdict.SUPPORTED
    if asked is Answer.UNKNOWN:
        return Verdict.UNDETERMINED
    return Verdict.DEPENDS if any(said is Answer.YES for _, said in tried) else Verdict.CONTRADICTED


def _time(claim: Claim) -> tuple[date, date]:
    """The days the claim speaks of, half-open; judge has seen to it that there are some."""
    written = imprecise(claim.when) if claim.when is not None else present(claim.said)
    return date.fromordinal(written.first), date.fromordinal(written.last + 1)


# Rosters.


def _judge_roster(organization: Organization, claim: Claim) -> Finding:
    """Whether these states were the members, or among them, on all days of the time."""
    when = _time(claim)
    listed = {organization.state(name).iso3 for name in claim.states}
    readings = _readings(organization, claim.era)
    tried = [(name, _holds(one, listed, claim, when)) for name, one in readings]
    asked = readings[0][1]
    lines = tuple(_compared(asked, listed, claim, when))
    true, false = _sorted_out(tried)
    differing = [line.about for line in lines if line.agreement is not Agreement.AGREES]
    return Finding(
        claim=claim,
        verdict=_verdict(tried),
        lines=lines,
        true_under=true,
        false_under=false,
        periods=asked.periods_of(listed) if claim.complete else asked.periods_with(listed),
        disputes=_disputes(_openers(asked, differing, when)),
        sources=_sources(asked, _openers(asked, differing or [line.about for line in lines], when)),
    )


def _holds(organization: Organization, listed: set[str], claim: Claim, when: tuple[date, date]) -> Answer:
    """Whether the roster is as claimed under one reading."""
    answers = []
    for state in organization.states:
        said = organization.was_member(state, when)
        if state.iso3 in listed:
            answers.append(said)
        elif claim.complete:
            answers.append(negated(said))
    return all_of(answers)


def _compared(
    organization: Organization, listed: set[str], claim: Claim, when: tuple[date, date]
) -> Iterator[Line]:
    """A line for each state that is listed, or was a member."""
    for state in organization.states:
        said = organization.was_member(state, when)
        is_listed = state.iso3 in listed
        if not is_listed and (said is Answer.NO or not claim.complete):
            continue
        agreement = {
            (True, Answer.YES): Agreement.AGREES,
            (True, Answer.NO): Agreement.EXTRA,
            (False, Answer.YES): Agreement.MISSING,
        }.get((is_listed, said), Agreement.UNDECIDED)
        yield Line(about=state.iso3, agreement=agreement, text=_spells(organization, state, when))


def _touched(organization: Organization, state: object, when: tuple[date, date]) -> list[Spell]:
    """The spells of a state that a time touches."""
    first, after = (day.toordinal() for day in when)
    return [
        spell
        for spell in organization.spells(state)
        if (spell.start is None or spell.start.toordinal() < after)
        and (spell.end is None or spell.end.toordinal() > first)
    ]


def _spells(organization: Organization, state: State, when: tuple[date, date]) -> str:
    """The spells of a state that a time touches, in words."""
    touched = _touched(organization, state, when)
    return ", then ".join(str(spell).removeprefix(f"{state.iso3} ") for spell in touched)


def _openers(organization: Organization, states: Iterable[object], when: tuple[date, date]) -> list[Event]:
    """The acts that opened the spells of these states that a time touches."""
    spells = (spell for state in states for spell in _touched(organization, state, when))
    return [spell.opened_by for spell in spells if spell.opened_by is not None]


def _disputes(events: Iterable[Event]) -> tuple[Dispute, ...]:
    """What is disputed of these acts."""
    return tuple(dict.fromkeys(dispute for event in events for dispute in event.disputes))


def _sources(organization: Organization, events: Iterable[Event]) -> tuple[Source, ...]:
    """The sources of these acts and of what is disputed of them."""
    cited = [name for event in events for name in event.sources]
    cited += [name for dispute in _disputes(events) for name in (*dispute.sources, *dispute.against)]
    return _named(organization, cited)


def _named(organization: Organization, names: Iterable[str]) -> tuple[Source, ...]:
    """Sources by their identifiers, each once."""
    sources = {source.id: source for source in organization.dataset.sources}
    return tuple(sources[name] for name in dict.fromkeys(names))


# Statuses and acts.


def _judge_status(organization: Organization, claim: Claim) -> Finding:
    """Whether each state had the status on all days of the time, or one that counts alike."""
    when, wanted = _time(claim), present(claim.status)
    readings = _readings(organization, claim.era)
    asked = readings[0][1]
    parts = []
    for state in map(asked.state, claim.states):
        tried = [(name, answer(one.status_on(state, when).value, wanted.value)) for name, one in readings]
        recorded = asked.status_on(state, when)
        if _verdict(tried) is Verdict.CONTRADICTED and wanted in _CALLED.get(recorded, ()):
            senses = [(f"basis {basis}", _alike(recorded, wanted, counts)) for basis, counts in BASES.items()]
            tried = [(f"the status {wanted} itself", Answer.NO), *senses]
        parts.append((state, tried, _spells(asked, state, when)))
    return _of_states(asked, claim, parts, _openers(asked, (state for state, _, _ in parts), when))


def _of_states(
    organization: Organization,
    claim: Claim,
    parts: Sequence[tuple[State, Sequence[tuple[str, Answer]], str]],
    turning: Sequence[Event],
    dates: Sequence[str] = (),
) -> Finding:
    """The finding on several states, of which the gravest verdict is that on all."""
    verdicts = [_verdict(tried) for _, tried, _ in parts]
    differing = {
        state.iso3 for (state, _, _), one in zip(parts, verdicts, strict=True) if one is not Verdict.SUPPORTED
    }
    true, false = _sorted_out([one for _, tried, _ in parts for one in tried])
    verdict = max(verdicts, key=_GRAVITY.index)
    is_split = verdict is Verdict.DEPENDS and len(parts) == 1
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=tuple(
            Line(about=state.iso3, agreement=_AGREEMENT[one], text=_sensed(text, one, tried))
            for (state, tried, text), one in zip(parts, verdicts, strict=True)
        ),
        true_under=true if is_split else (),
        false_under=false if is_split else (),
        dates=tuple(dates),
        disputes=_disputes(event for event in turning if event.state in differing),
        sources=_sources(organization, turning),
    )


def _sensed(text: str, verdict: Verdict, tried: Sequence[tuple[str, Answer]]) -> str:
    """What the record says of one state, and under which readings the claim is true of it."""
    true, _ = _sorted_out(tried)
    return f"{text}; so under {', '.join(true)}" if verdict is Verdict.DEPENDS else text


# What a recorded status, or act, is called by those who use the words in another sense.
_CALLED: Mapping[Status, tuple[Status, ...]] = {
    Status.SIGNATORY: (Status.MEMBER,),
    Status.FROZEN: (Status.MEMBER, Status.SUSPENDED),
    Status.SUSPENDED: (Status.MEMBER, Status.FROZEN, Status.FORMER),
}
_ACT_CALLED: Mapping[Act, tuple[Act, ...]] = {
    Act.SIGN: (Act.JOIN,),
    Act.FREEZE: (Act.SUSPEND,),
    Act.SUSPEND: (Act.FREEZE, Act.WITHDRAW),
    Act.LAPSE: (Act.WITHDRAW, Act.SUSPEND),
}


def _alike(recorded: Status, wanted: Status, counts: Status) -> Answer:
    """Whether a basis makes no difference between two statuses."""
    return Answer.YES if bool(recorded & counts) is bool(wanted & counts) else Answer.NO


def _judge_act(organization: Organization, claim: Claim) -> Finding:
    """Whether each state did this in the time, or something that changed its membership alike."""
    act = present(claim.act)
    first, after = _time(claim)
    if claim.when is None:
        first = date.min
    readings = _readings(organization, claim.era)
    asked = readings[0][1]
    parts, dates = [], []
    turning: list[Event] = []
    for state in map(asked.state, claim.states):
        turning += _turning(asked, state, (first, after))
        tried = [(name, _did(one, state, act, (first, after))) for name, one in readings]
        if _verdict(tried) is Verdict.CONTRADICTED:
            senses = [
                (f"basis {basis}", _changed(asked.reading(basis=basis), state, act, (first, after)))
                for basis in BASES
            ]
            if act in _LEAVING:
                senses.append(("its last day", _did(asked, state, act, (first, after), earlier=1)))
            if any(said is Answer.YES for _, said in senses):
                tried = [(f"the act {str(act)!r} itself", Answer.NO), *senses]
            dates += [
                str(event)
                for event in asked.events(state)
                if act in (event.act, *_ACT_CALLED.get(event.act, ()))
            ]
        acts = ", ".join(f"{event.act} {event.effect}" for event in asked.events(state))
        parts.append((state, tried, f"its acts: {acts}" if acts else "no act of it is recorded"))
    return _of_states(asked, claim, parts, turning, _nearest_first(dates, claim))


def _turning(organization: Organization, state: State, when: tuple[date, date]) -> list[Event]:
    """The acts on which a claim about a time may turn: those with any date in it, disputed ones included."""
    first, after = (day.toordinal() for day in when)
    return [
        event
        for event in organization.events(state)
        if any(
            written.first < after and written.last >= first
            for written in (*dates_of(event), *(one.date for one in event.disputes if one.date is not None))
        )
    ]


# An end takes effect on the first day outside; the press often dates it by the last day in force.
_LEAVING = (Act.LAPSE, Act.WITHDRAW, Act.EXPEL)


def _did(
    organization: Organization, state: State, act: Act, when: tuple[date, date], earlier: int = 0
) -> Answer:
    """Whether the record has this act of the state in a time, or so many days earlier, under a reading."""
    events = organization.events(state)
    opening = {spell.opened_by for spell in organization.spells(state)}
    found = [
        _within(low - earlier, high - earlier, when)
        for event, (low, high) in zip(events, windows(events, organization.read_as.dating), strict=True)
        # An act that opens no spell is outside the era, or past what was known; a prolongation opens none.
        if event.act is act and (event in opening or act is Act.REAFFIRM)
    ]
    return any_of(found)


def _within(low: int, high: int, when: tuple[date, date]) -> Answer:
    """Whether the one day that is somewhere in ``[low, high]`` lies in a time."""
    first, after = (day.toordinal() for day in when)
    if first <= low and high < after:
        return Answer.YES
    return Answer.UNKNOWN if low < after and high >= first else Answer.NO


def _changed(organization: Organization, state: State, act: Act, when: tuple[date, date]) -> Answer:
    """Whether the state's membership changed in a time as this act would change it, on the reading's basis."""
    counts = BASES[str(organization.read_as.basis)]
    rule = TRANSITIONS[act]
    counted = bool(rule.after and rule.after & counts)
    if rule.after is None or not rule.before & (~counts if counted else counts):
        return Answer.NO  # on this basis the act changes nothing
    wanted = (Answer.NO, Answer.YES) if counted else (Answer.YES, Answer.NO)
    first, after = (day.toordinal() for day in when)
    changes = [
        change
        for change in organization.changes(state=state)
        if first <= change.day.toordinal() < after
        and (change.was, change.now) == wanted
        and (change.event is None or act in _ACT_CALLED.get(change.event.act, ()))
    ]
    return Answer.YES if changes else Answer.NO


# Foundings and milestones.


def _judge_founding(organization: Organization, claim: Claim) -> Finding:
    """Whether some dated stage of an era fits, in its date and in the states of that day."""
    listed = {organization.state(name).iso3 for name in claim.states}
    tried, lines = [], []
    for era in organization.history.eras:
        if claim.era not in (None, era.id):
            continue
        for label, written in _stages(era, organization):
            said, text = _founded(organization, listed, claim, label, written)
            about = f"{era.id} {label} {written}"
            tried.append((about, said))
            lines.append(Line(about=about, agreement=_PART[said], text=text))
    true, false = _sorted_out(tried)
    cited = [name for era in organization.history.eras for name in era.sources]
    return Finding(
        claim=claim,
        verdict=_among([said for _, said in tried]),
        lines=tuple(lines),
        true_under=true,
        false_under=false,
        periods=organization.periods_of(listed) if listed else (),
        dates=_nearest_first(false, claim) if claim.when is not None and not true else (),
        sources=_named(organization, cited),
    )


def _among(answers: Sequence[Answer]) -> Verdict:
    """The verdict on a claim that does not say which of several stages it means."""
    if Answer.YES not in answers:
        return Verdict.UNDETERMINED if Answer.UNKNOWN in answers else Verdict.CONTRADICTED
    return Verdict.SUPPORTED if set(answers) == {Answer.YES} else Verdict.DEPENDS


def _nearest_first(stages: Sequence[str], claim: Claim) -> tuple[str, ...]:
    """Dated stages, the nearest to the time claimed first; the date is the last word of each."""
    first, after = (day.toordinal() for day in _time(claim))

    def distance(stage: str) -> int:
        written = imprecise(stage.rpartition(" ")[2])
        return max(written.first - after + 1, first - written.last, 0)

    return tuple(sorted(stages, key=distance))


def _stages(record: Era | Instrument, organization: Organization) -> tuple[tuple[str, ImpreciseDate], ...]:
    """The dated stages of an era or an instrument up to the horizon by their names, each date once."""
    found = {str(step.name).replace("_", " "): step.date for step in record.steps}
    effect: ImpreciseDate | None = getattr(record, "effect", None)
    if effect is not None and effect not in found.values():
        found["effect"] = effect
    horizon = organization.horizon.toordinal()
    return tuple((label, written) for label, written in found.items() if written.first <= horizon)


def _founded(
    organization: Organization, listed: set[str], claim: Claim, label: str, written: ImpreciseDate
) -> tuple[Answer, str]:
    """Whether one founding fits the claim, and what the record says of it."""
    answers, text = [], "dated so by the record"
    if claim.when is not None:
        answers.append(_within(written.first, written.last, _time(claim)))
    if listed:
        # At a signature the signatories found; otherwise the members do.
        one = organization.reading(basis="signed") if label == StepName.SIGNATURE else organization
        roster = one.members_on((date.fromordinal(written.first), date.fromordinal(written.last + 1)))
        members = {state.iso3 for state in roster}
        exactly = Answer.YES if members == listed else Answer.NO
        answers.append(Answer.UNKNOWN if roster.possible else exactly)
        differences = [f"without {code}" for code in sorted(listed - members)]
        differences += [f"with {code}" for code in sorted(members - listed)]
        text = " and ".join(differences) or "with just these states"
    return all_of(answers), text


def _judge_milestone(organization: Organization, claim: Claim) -> Finding:
    """Whether a stage of an instrument was at that time, and by that body."""
    instruments = {one.id: one for one in organization.dataset.instruments}
    if claim.instrument not in instruments:
        name = str(claim.instrument)
        raise ClaimError(
            f"no instrument {name!r}{nearest(name, instruments)} It holds {', '.join(instruments)}."
        )
    instrument = instruments[claim.instrument]
    step = None if claim.step is None else str(claim.step).replace("_", " ")
    stages = [
        (label, written) for label, written in _stages(instrument, organization) if step in (None, label)
    ]
    if not stages:
        known = ", ".join(label for label, _ in _stages(instrument, organization)) or "none by then"
        raise ClaimError(f"{instrument.id!r} has no dated {step!r}. Its stages are {known}.")
    tried = [
        (f"{label} {written}", _within(written.first, written.last, _time(claim)))
        for label, written in stages
    ]
    lines = [
        Line(about=instrument.id, agreement=_PART[said], text=f"{instrument.title}: {name}")
        for name, said in tried
    ]
    verdict = _among([said for _, said in tried])
    if claim.body is not None:
        body = normalize(claim.body) == normalize(instrument.body or "")
        agreement = Agreement.AGREES if body else Agreement.DIFFERS
        adopted = instrument.body or "no body is recorded"
        lines.append(Line(about=instrument.id, agreement=agreement, text=f"adopted by: {adopted}"))
        verdict = verdict if body else Verdict.CONTRADICTED
    true, false = _sorted_out(tried)
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=tuple(lines),
        true_under=true if verdict is Verdict.DEPENDS else (),
        false_under=false if verdict is Verdict.DEPENDS else (),
        dates=_nearest_first(false, claim) if not true else (),
        sources=_named(organization, instrument.sources),
    )


# Offices.


def _judge_office(organization: Organization, claim: Claim) -> Finding:
    """Whether this state, or this person, held the office on all days of the time."""
    office = present(claim.office)
    wanted = {organization.state(name).iso3 for name in claim.states}
    terms = organization.holders_of(office)
    named = [term for term in terms if claim.person is None or _is_called(term, claim.person)]
    if not named:
        text = f"{claim.person!r} is no name in the record: {', '.join(dict.fromkeys(str(t.person) for t in terms))}"
        line = Line(about=office, agreement=Agreement.UNDECIDED, text=text)
        return Finding(claim=claim, verdict=Verdict.UNDETERMINED, lines=(line,))
    when = _time(claim)
    possible = organization.holders_in(office, when)
    fitting = [term for term in possible if term in named and (not wanted or term.state in wanted)]
    days = (when[0], when[1] - timedelta(days=1))
    if not all(organization.holders_in(office, day) for day in days):
        verdict = Verdict.UNDETERMINED  # part of the time is not recorded
    elif fitting and len(fitting) < len(possible):
        verdict = Verdict.UNDETERMINED
    else:
        verdict = Verdict.SUPPORTED if fitting else Verdict.CONTRADICTED
    held = " or ".join(map(str, possible)) or "nobody that is recorded"
    others = [term for term in named if not wanted or term.state in wanted]
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=(Line(about=office, agreement=_AGREEMENT[verdict], text=f"held by {held}"),),
        dates=tuple(map(str, others)) if verdict is Verdict.CONTRADICTED else (),
        sources=_named(organization, (name for term in possible for name in term.sources)),
    )


def _is_called(term: Term, person: str) -> bool:
    """Whether a holder's name has all the names that a claim gives, if only the last one."""
    return set(map(normalize, person.split())) <= set(map(normalize, (term.person or "").split()))


_JUDGES = {
    ClaimKind.ROSTER: _judge_roster,
    ClaimKind.STATUS: _judge_status,
    ClaimKind.ACT: _judge_act,
    ClaimKind.FOUNDING: _judge_founding,
    ClaimKind.MILESTONE: _judge_milestone,
    ClaimKind.OFFICE: _judge_office,
}
# The verdict on several states is the gravest of theirs.
_GRAVITY = (Verdict.SUPPORTED, Verdict.DEPENDS, Verdict.UNDETERMINED, Verdict.CONTRADICTED)
_AGREEMENT = {
    Verdict.SUPPORTED: Agreement.AGREES,
    Verdict.DEPENDS: Agreement.DIFFERS,
    Verdict.UNDETERMINED: Agreement.UNDECIDED,
    Verdict.CONTRADICTED: Agreement.DIFFERS,
}
_PART = {
    Answer.YES: Agreement.AGREES,
    Answer.NO: Agreement.DIFFERS,
    Answer.UNKNOWN: Agreement.UNDECIDED,
}


# The file of press claims.


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


def read_claims(text: bytes, file: str) -> tuple[PressClaim, ...]:
    """The claims of a file, by identifier.

    Raises:
        DatasetError: The file has faults; all of them, in the order of their places.
    """
    reader = _ClaimReader(file)
    root = reader.tree(text)
    claims = reader.claims(root) if root else ()
    if reader.problems:
        raise DatasetError(tuple(sorted(reader.problems, key=by_place)))
    return claims


class _ClaimReader(Walker):
    """Walks one file of claims and gathers its faults."""

    def claims(self, root: Node) -> tuple[PressClaim, ...]:
        """The whole file."""
        entries = self.fields(root, "the file", ("articles", "claims")) or {}
        articles = {one.id: one for one in self.each(entries.get("articles"), "articles", self.article)}
        return self.each(entries.get("claims"), "claims", lambda name, node: self.claim(name, node, articles))

    def article(self, name: str, node: Node) -> Article | None:
        """One article."""
        entries = self.fields(node, f"article {name!r}", ("publisher", "said", "lang"), ("note",))
        if entries is None:
            return None
        return Article(
            id=name,
            publisher=present(self.text(entries.get("publisher"), "publisher")),
            said=present(self.date(entries.get("said"), "said")),
            lang=present(self.text(entries.get("lang"), "lang")),
            note=self.text(entries.get("note"), "note"),
        )

    def claim(self, name: str, node: Node, articles: dict[str, Article]) -> PressClaim | None:
        """One claim."""
        required = ("article", "kind", "quote", "translation", "expected", "reason")
        optional = (
            "organization",
            "when",
            "states",
            "complete",
            "status",
            "act",
            "instrument",
            "step",
            "body",
        )
        entries = self.fields(node, f"claim {name!r}", required, (*optional, "office", "person", "era"))
        if entries is None:
            return None
        article = self.text(entries.get("article"), "article")
        if article is not None and article not in articles:
            self.fault(
                "CM014", entries["article"], f"no article {article!r}{nearest(article, articles)} Add it."
            )
        quote = self.text(entries.get("quote"), "quote")
        if quote is not None and len(quote.split()) > _LONGEST_QUOTE:
            self.fault(
                "CM025",
                entries["quote"],
                f"a quotation of {len(quote.split())} words. Keep it to {_LONGEST_QUOTE}.",
            )
        said = articles.get(article or "")
        claim = Claim(
            kind=present(self.word(entries.get("kind"), "kind", ClaimKind)),
            when=self._when(entries.get("when")),
            states=self.texts(entries.get("states"), "states"),
            complete=self.word(entries.get("complete"), "complete", _Complete) is not _Complete.NO,
            status=self._status(entries.get("status")),
            act=self.word(entries.get("act"), "act", Act),
            instrument=self.text(entries.get("instrument"), "instrument"),
            step=self.word(entries.get("step"), "step", StepName),
            body=self.text(entries.get("body"), "body"),
            office=self.text(entries.get("office"), "office"),
            person=self.text(entries.get("person"), "person"),
            era=self.text(entries.get("era"), "era"),
            said=said.said if said else None,
            by=said.publisher if said else None,
            lang=said.lang if said else None,
            quote=quote,
            translation=self.text(entries.get("translation"), "translation"),
            where=self.where(node),
        )
        return PressClaim(
            id=name,
            article=present(said),
            organization=self.text(entries.get("organization"), "organization") or "CSTO",
            claim=claim,
            expected=present(self.word(entries.get("expected"), "expected", Verdict)),
            reason=present(self.text(entries.get("reason"), "reason")),
        )

    def _when(self, node: Node | None) -> str | None:
        """The time a claim speaks of, as written."""
        written = self.date(node, "when")
        return written.text if written else None

    def _status(self, node: Node | None) -> Status | None:
        """A status by its name, in capital letters as everywhere."""
        name = self.text(node, "status")
        if node is None or name is None:
            return None
        if name in Status.__members__:
            return Status[name]
        self.fault(
            "CM011", node, f"status: {name!r} is unknown. Write one of {', '.join(Status.__members__)}."
        )
        return None


class _Complete(enum.StrEnum):
    """Whether a roster names all members."""

    YES = "yes"
    NO = "no"
