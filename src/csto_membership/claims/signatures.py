"""Claims on who signed an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from csto_membership._facts.statuses import StepName
from csto_membership._membership.answers import Answer
from csto_membership.claims.evidence import disputes_of, named, sources_of
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    require_time,
    states_of,
    time_of,
    with_field_checks,
)
from csto_membership.claims.findings import Agreement, Finding, Line, RightDate, nearest_first
from csto_membership.claims.sayings import Foreign, Saying, Titled, saying
from csto_membership.claims.stages import instrument_by, titled
from csto_membership.claims.standing import codes_of, states_by
from csto_membership.claims.weighing import Verdict, within

if TYPE_CHECKING:
    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Event, Instrument
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


@with_field_checks
@frozen(kw_only=True)
class SignatureClaim(Spoken):
    """These states signed an instrument.

    Attributes:
        instrument: Identifier of the instrument.
        states: States by any code or name.
        complete: Whether they are said to be all who signed it.
        when: When they are said to have signed; ``None`` for any day up to the one on which it was said.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "signature"

    instrument: str
    states: tuple[object, ...] = field(converter=states_of)
    complete: bool = False
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


def judge_signature(asked: Membership, claim: SignatureClaim, time: Time) -> Finding:
    """Whether these states signed an instrument, in that time and, where the list is complete, nobody else."""
    instrument = instrument_by(asked, claim.instrument)
    title = titled(asked, instrument)
    signed = _signed(asked, instrument)
    listed = codes_of(asked, claim.states)
    signatures = [one for one in instrument.signatures if one.state in listed]
    sources = named(asked, [*instrument.sources, *(name for one in signatures for name in one.sources)])
    if not signed:
        line = Line(
            about=instrument.id, agreement=Agreement.UNDECIDED, said=saying("no signatories"), subject=title
        )
        unknown = saying("signatories unknown", title=title)
        return Finding(
            claim=claim, verdict=Verdict.UNDETERMINED, sayings=(unknown,), lines=(line,), sources=sources
        )
    lines, dates = [], []
    every = _beside(asked, [*signed, *listed])
    for code in sorted(listed | (signed.keys() if claim.complete else set())):
        if code not in signed:
            absent = saying("no signature")
            lines.append(Line(about=code, agreement=Agreement.EXTRA, said=absent, subject=every.state(code)))
            continue
        date = signed[code]
        said = within(date.first, date.last, time)
        agreement = {
            (True, Answer.YES): Agreement.AGREES,
            (True, Answer.NO): Agreement.DIFFERS,
            (False, Answer.YES): Agreement.MISSING,
        }.get((code in listed, said), Agreement.UNDECIDED)
        if code not in listed and said is Answer.NO:
            continue  # signed at another time
        if agreement is Agreement.DIFFERS:
            right = saying("right signature", state=every.state(code), day=date)
            dates.append(RightDate(about=f"{code} signature", date=date, said=right))
        said_on = saying("signed on", day=date)
        lines.append(Line(about=code, agreement=agreement, said=said_on, subject=every.state(code)))
    verdict = _verdict(lines)
    events = [
        event for event in asked.events() if event.instrument == instrument.id and event.state in listed
    ]
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(_sayings(every, title, signed, lines)),
        lines=tuple(lines),
        dates=nearest_first(dates, time),
        remarks=(saying("noted", what=Foreign(instrument.note)),)
        if instrument.note and verdict is not Verdict.SUPPORTED
        else (),
        disputes=disputes_of(_signing(events)),
        sources=(*sources, *(one for one in sources_of(asked, _signing(events)) if one not in sources)),
    )


def _signed(asked: Membership, instrument: Instrument) -> dict[str, ImpreciseDate]:
    """When each state signed an instrument: by its acts that rest on it, and by the instrument's own list."""
    horizon = asked.horizon.toordinal()
    found = {
        event.state: step.date
        for event in asked.events()
        if event.instrument == instrument.id
        for step in event.steps
        if step.name is StepName.SIGNATURE
    }
    found |= {one.state: one.date for one in instrument.signatures if one.date.first <= horizon}
    return found


def _beside(asked: Membership, codes: list[str]) -> Membership:
    """The membership that also knows those of these states that have no act in it."""
    known = {state.iso3 for state in asked.states}
    return asked.beside([code for code in codes if code not in known])


def _signing(events: list[Event]) -> list[Event]:
    """The acts that carry a signature."""
    return [event for event in events if any(step.name is StepName.SIGNATURE for step in event.steps)]


def _verdict(lines: list[Line]) -> Verdict:
    """What follows from the lines on the states."""
    found = {line.agreement for line in lines}
    if found & {Agreement.EXTRA, Agreement.DIFFERS, Agreement.MISSING}:
        return Verdict.CONTRADICTED
    return Verdict.UNDETERMINED if Agreement.UNDECIDED in found else Verdict.SUPPORTED


def _sayings(
    asked: Membership, title: Titled, signed: dict[str, ImpreciseDate], lines: list[Line]
) -> list[Saying]:
    """Who signed, and who did not, as clauses."""
    sayings = [saying("signed", title=title, states=states_by(asked, signed))]
    without = [line.about for line in lines if line.agreement is Agreement.EXTRA]
    if without:
        sayings.append(saying("did not sign", states=states_by(asked, without)))
    return sayings
