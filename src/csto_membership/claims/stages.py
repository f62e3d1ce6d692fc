"""Claims on dated stages: foundings, milestones of an instrument, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from attrs import field, frozen

from csto_membership._facts.records import Era, dates_of
from csto_membership._facts.statuses import Bound, StepName
from csto_membership._membership.answers import Answer, all_of
from csto_membership.claims.bodies import adopted_by
from csto_membership.claims.evidence import cited_by, disputes_of, named
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    refused,
    require_time,
    states_of,
    time_of,
    with_field_checks,
    word_of,
)
from csto_membership.claims.findings import PART, Finding, Line, RightDate, nearest_first
from csto_membership.claims.sayings import Foreign, Listed, Saying, Span, Titled, Word, saying
from csto_membership.claims.standing import codes_of, states_by
from csto_membership.claims.weighing import Verdict, period, verdict_among, within
from csto_membership.errors import ClaimError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Dispute, Instrument
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


@with_field_checks
@frozen(kw_only=True)
class FoundingClaim(Spoken):
    """The organization was founded by these states, or at that time, or both.

    Attributes:
        states: The founding states, by any code or name.
        when: When it is said to have been founded.
        era: The era whose founding is meant, where the claim means one.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "founding"

    states: tuple[object, ...] = field(default=(), converter=states_of)
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    era: str | None = None
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        if not self.states and self.when is None:
            raise refused("a founding claim lacks states or when.", "Add one of them, or both.", "when")


def _step_of(value: object) -> StepName | None:
    """The stage that a claim names."""
    return word_of(value, StepName, "step", "step")


@with_field_checks
@frozen(kw_only=True)
class MilestoneClaim(Spoken):
    """A stage of an instrument was at that time, or a body adopted it.

    Attributes:
        instrument: Identifier of the instrument.
        step: The stage; ``None`` where the claim does not say which.
        body: The body that is said to have adopted it, by a usual name.
        when: When it is said to have been; ``None`` for any day up to the one on which it was said.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "milestone"

    instrument: str
    step: StepName | None = field(default=None, converter=_step_of)
    body: str | None = None
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


@frozen(kw_only=True)
class Stage:
    """One dated stage of an era or an instrument.

    Attributes:
        of: The identifier of the era or instrument.
        title: What it is called.
        full: The same with the place of an instrument.
        label: Which stage: ``signature``, ``entry into force``, ``effect``.
        date: Its date.
        founds_by: Whether it is a stage of an organization, which a separate document founds; a treaty is its
            own.
    """

    of: str
    title: Titled
    full: str
    label: str
    date: ImpreciseDate
    founds_by: bool

    def dated(self, time: Time) -> Answer:
        """Whether it was in a time."""
        return within(self.date.first, self.date.last, time)

    def right(self) -> RightDate:
        """Its date."""
        return RightDate(about=f"{self.of} {self.label}", date=self.date, said=self.said())

    def said(self, key: str = "a founding") -> Saying:
        """The stage as a phrase or clause."""
        return saying(
            key, of=self.of, title=self.title, full_title=self.full, stage=Word(self.label), day=self.date
        )

    def __str__(self) -> str:
        return f"{self.of} {self.label} {self.date}"


def titled(membership: Membership, record: Era | Instrument) -> Titled:
    """The title of an era or instrument; an era's treaty gets the era's names in other languages."""
    if isinstance(record, Era):
        return Titled(record.name, record)
    # A long title ends in the place after its last comma, which a sentence can do without.
    title = record.title.rpartition(", ")[0] or record.title
    eras = membership.history.eras
    treaty = [era for era in eras if era.instrument == record.id and era.bound is Bound.PARTIES]
    return Titled(title, treaty[0] if treaty else None)


_SAID = frozenset({"signature", "decision", "entry into force", "effect"})


def _clause(stage: Stage) -> Saying:
    """A stage as a clause."""
    key = stage.label if stage.label in _SAID else "stage"
    # For an organization the document that founded it is decided on, signed and in force; for a treaty the
    # treaty.
    key = f"{key} on" if stage.founds_by and key in {"decision", "signature", "entry into force"} else key
    return stage.said(key)


def stages_of(membership: Membership, record: Era | Instrument) -> tuple[Stage, ...]:
    """The dated stages of an era or an instrument up to the horizon, each date once."""
    title = titled(membership, record)
    full: str = getattr(record, "title", "")
    dates = {step.name.replace("_", " "): step.date for step in record.steps}
    effect: ImpreciseDate | None = getattr(record, "effect", None)
    if effect is not None and effect not in dates.values():
        dates["effect"] = effect
    horizon = membership.horizon.toordinal()
    founds_by = getattr(record, "bound", None) is Bound.MEMBERS
    return tuple(
        Stage(of=record.id, title=title, full=full, label=label, date=written, founds_by=founds_by)
        for label, written in dates.items()
        if written.first <= horizon
    )


# Foundings.


def judge_founding(asked: Membership, claim: FoundingClaim, time: Time | None) -> Finding:
    """Whether some dated stage of an era fits, in its date and in the states of that day."""
    listed = codes_of(asked, claim.states)
    eras = [era for era in asked.history.eras if claim.era in (None, era.id)]
    stages = [stage for era in eras for stage in stages_of(asked, era)]
    dated = [Answer.YES if time is None else stage.dated(time) for stage in stages]
    fitting = [_states_at(asked, listed, stage) for stage in stages]
    answers = [all_of([date, states]) for date, (states, _) in zip(dated, fitting, strict=True)]
    lines = tuple(
        Line(
            about=str(stage),
            agreement=PART[said],
            said=_in_words(date if claim.when else None, states),
            subject=stage.said(),
        )
        for stage, said, date, (_, states) in zip(stages, answers, dated, fitting, strict=True)
    )
    verdict = verdict_among(answers)
    true = tuple(stage.said() for stage, said in zip(stages, answers, strict=True) if said is Answer.YES)
    same_day = [stage for stage, date in zip(stages, dated, strict=True) if date is not Answer.NO]
    disputes = _disputes_on(asked, eras, same_day)
    is_misdated = time is not None and not same_day
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(_founding_sayings(asked, claim, stages, dated, answers)),
        lines=lines,
        true=true if verdict is Verdict.DEPENDS else (),
        undecided=tuple(
            stage.said() for stage, said in zip(stages, answers, strict=True) if said is Answer.UNKNOWN
        ),
        false=tuple(stage.said() for stage, said in zip(stages, answers, strict=True) if said is Answer.NO),
        periods=asked.periods_of(listed) if listed else (),
        dates=nearest_first([stage.right() for stage in stages], time) if is_misdated and time else (),
        disputes=disputes,
        sources=named(asked, [*(name for era in eras for name in era.sources), *cited_by(disputes)]),
    )


def _states_at(asked: Membership, listed: frozenset[str], stage: Stage) -> tuple[Answer, Saying | None]:
    """Whether the states of a stage are those of the claim, and how they differ."""
    if not listed:
        return Answer.YES, None
    # The founders are the signatories at a signature, and the members at any other stage.
    one = asked.reading(basis="signed") if stage.label == StepName.SIGNATURE else asked
    roster = one.members_on(period((stage.date.first, stage.date.last + 1)))
    members = {state.iso3 for state in roster}
    exactly = Answer.YES if members == listed else Answer.NO
    everyone = one.beside([code for code in listed if code not in {state.iso3 for state in one.states}])
    differences = [saying("without", one=state) for state in states_by(everyone, listed - members)]
    differences += [saying("with", one=state) for state in states_by(everyone, members - listed)]
    said = Listed(tuple(differences)) if differences else saying("just these")
    return (Answer.UNKNOWN if roster.possible else exactly), saying("states", differences=said)


def _in_words(date: Answer | None, states: Saying | None) -> Saying:
    """How one founding compares with the claim: by date, by states, or both; a claim gives one of them."""
    if date is None:
        return cast("Saying", states)
    keys = {Answer.YES: "date right", Answer.NO: "date other", Answer.UNKNOWN: "date open"}
    said = saying(keys[date])
    return saying("date and states", date=said, states=states) if states else said


def _founding_sayings(
    asked: Membership,
    claim: FoundingClaim,
    stages: Sequence[Stage],
    dated: Sequence[Answer],
    answers: Sequence[Answer],
) -> Iterator[Saying]:
    """The foundings that decide, as clauses."""
    if not stages:
        key = "no founding" if not asked.compiled.full_history.eras else "no stage"
        yield saying(
            key, organization=Foreign(asked.history.id), title=Titled(asked.history.name, asked.history)
        )
        return
    best = [stage for stage, said in zip(stages, answers, strict=True) if said is Answer.YES]
    right = [stage for stage, said in zip(stages, dated, strict=True) if said is Answer.YES]
    if not best and claim.states and claim.when is not None and right:
        yield _clause(right[0])
        yield saying("states differ")
        return
    if not best and claim.when is None:
        yield saying("no such states")
        return
    for stage in (best or stages)[:3]:
        yield _clause(stage)
    if not best and claim.when is not None:
        yield saying("not then", when=Span(first=claim.when.first, after=claim.when.last + 1))
    if best and len(best) < len(stages):
        others = [stage for stage, said in zip(stages, answers, strict=True) if said is not Answer.YES]
        yield others[0].said("another founding")


def _disputes_on(asked: Membership, eras: Iterable[Era], stages: Sequence[Stage]) -> tuple[Dispute, ...]:
    """What is disputed of the acts that rest on an era's instrument and carry the date of one of its stages."""
    days = {(stage.of, stage.date) for stage in stages}
    return disputes_of(
        event
        for era in eras
        for event in asked.events()
        if event.instrument == era.instrument and any((era.id, date) in days for date in dates_of(event))
    )


# Milestones.


def instrument_by(asked: Membership, name: str) -> Instrument:
    """An instrument by its identifier.

    Raises:
        ClaimError: There is no such instrument.
    """
    instruments = {one.id: one for one in asked.dataset.instruments}
    if name not in instruments:
        way_out = f"{did_you_mean(name, instruments)}It holds {', '.join(instruments)}."
        raise refused(f"no instrument {name!r}.", way_out, "instrument")
    return instruments[name]


def judge_milestone(asked: Membership, claim: MilestoneClaim, time: Time) -> Finding:
    """Whether a stage of an instrument was at that time, and by that body."""
    instrument = instrument_by(asked, claim.instrument)
    step = None if claim.step is None else str(claim.step).replace("_", " ")
    every = stages_of(asked, instrument)
    stages = [stage for stage in every if step in (None, stage.label)]
    if not stages:
        known = ", ".join(stage.label for stage in every) or "none by then"
        raise ClaimError(f"{instrument.id!r} has no dated {step or 'stage'}.", f"Its stages are {known}.")
    answers = [stage.dated(time) for stage in stages]
    if claim.when is None and Answer.YES in answers:
        answers = [said for said in answers if said is Answer.YES]  # it has happened by then
        stages = [stage for stage in stages if stage.dated(time) is Answer.YES]
    lines = [
        Line(
            about=instrument.id,
            agreement=PART[said],
            said=stage.said("stage of"),
            subject=stage.title,
        )
        for stage, said in zip(stages, answers, strict=True)
    ]
    verdict = verdict_among(answers)
    right = [stage for stage, said in zip(stages, answers, strict=True) if said is Answer.YES]
    sayings = [_clause(stage) for stage in (right or stages)[:3]]
    if claim.body is not None:
        said, line, clause = adopted_by(instrument, claim.body, sayings[0])
        lines.append(Line(about=instrument.id, agreement=PART[said], said=line, subject=stages[0].title))
        sayings += [clause] if said is not Answer.YES else []
        if said is Answer.NO:
            verdict = Verdict.CONTRADICTED
        elif said is Answer.UNKNOWN and verdict is not Verdict.CONTRADICTED:
            verdict = Verdict.UNDETERMINED
    is_split = verdict is Verdict.DEPENDS
    senses = [(stage.said("stage alone"), said) for stage, said in zip(stages, answers, strict=True)]
    if is_split:
        other = next(stage for stage, said in zip(stages, answers, strict=True) if said is not Answer.YES)
        sayings.append(_clause(other))
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(sayings),
        lines=tuple(lines),
        true=tuple(sense for sense, said in senses if said is Answer.YES) if is_split else (),
        undecided=tuple(sense for sense, said in senses if said is Answer.UNKNOWN),
        false=tuple(sense for sense, said in senses if said is Answer.NO) if is_split else (),
        dates=nearest_first([stage.right() for stage in stages], time) if set(answers) == {Answer.NO} else (),
        sources=named(asked, instrument.sources),
    )
