"""Claims that these states were the members, or were among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from csto_membership._membership.answers import Answer, all_of, negated
from csto_membership.claims.evidence import disputes_of, openers, sources_of
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    require_time,
    states_of,
    time_of,
    with_field_checks,
)
from csto_membership.claims.findings import Agreement, Finding, Line
from csto_membership.claims.sayings import Either, Foreign, Saying, saying, span_of
from csto_membership.claims.standing import codes_of, role_in, states_by, status_clause, status_line
from csto_membership.claims.weighing import (
    Verdict,
    answer_in_time,
    counterexample,
    folded,
    period,
    tried,
    verdict_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time

_MOST_CLAUSES = 3  # the most clauses on single states in one sentence


@with_field_checks
@frozen(kw_only=True)
class RosterClaim(Spoken):
    """These states were the members; or, where the list is not complete, among them.

    Attributes:
        states: States by any code or name.
        complete: Whether the list names all members.
        when: The day, month, year or range it speaks of; ``None`` for the day on which it was said.
        throughout: Whether it speaks of every day of that time, so that one wrong day contradicts it.
            Otherwise, if the answer changes within the time, the claim is undetermined.
        era: The era it speaks of, where it says "the Treaty" or "the Organization" and means it.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "roster"

    states: tuple[object, ...] = field(converter=states_of)
    complete: bool = True
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    throughout: bool = False
    era: str | None = None
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


def judge_roster(asked: Membership, claim: RosterClaim, time: Time) -> Finding:
    """Whether these states were the members, or among them, on all days of a time."""
    listed = codes_of(asked, claim.states)

    def holds(one: Membership) -> Answer:
        return answer_in_time(
            one,
            time,
            lambda when: _holds(one, listed, when, is_complete=claim.complete),
            throughout=claim.throughout,
        )

    trials = tried(asked, holds)
    verdict = verdict_of(trials)
    day = (
        counterexample(asked, time, lambda when: _holds(asked, listed, when, is_complete=claim.complete))
        if claim.throughout and verdict is not Verdict.SUPPORTED
        else None
    )
    shown = time if day is None else (day, day + 1)
    lines = tuple(_compared(asked, listed, shown, is_complete=claim.complete))
    differing = [line.about for line in lines if line.agreement is not Agreement.AGREES]
    turning = openers(asked, differing or [line.about for line in lines], shown)
    true = folded(trials, Answer.YES, asked)
    sayings = _sayings(asked, claim, listed, lines, shown, verdict)
    if verdict is Verdict.DEPENDS:
        sayings = (*sayings, saying("holds under", readings=Either(true)))
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=sayings,
        lines=lines,
        true=true,
        undecided=folded(trials, Answer.UNKNOWN, asked),
        false=folded(trials, Answer.NO, asked),
        periods=asked.periods_of(listed) if claim.complete else asked.periods_with(listed),
        remarks=_notes(claim, lines, verdict),
        disputes=disputes_of(openers(asked, differing, shown)),
        sources=sources_of(asked, turning),
    )


def _holds(
    membership: Membership, listed: Collection[str], when: tuple[date, date], *, is_complete: bool
) -> Answer:
    """Whether a list is right under one reading."""
    answers = []
    for state in membership.states:
        counts = membership.was_member(state, when)
        if state.iso3 in listed:
            answers.append(counts)
        elif is_complete:
            answers.append(negated(counts))
    return all_of(answers)


def _compared(
    membership: Membership, listed: Collection[str], time: Time, *, is_complete: bool
) -> Iterator[Line]:
    """A line for each state that is listed, or was a member."""
    for state in membership.states:
        counts = membership.was_member(state, period(time))
        is_listed = state.iso3 in listed
        if not is_listed and (counts is Answer.NO or not is_complete):
            continue
        agreement = {
            (True, Answer.YES): Agreement.AGREES,
            (True, Answer.NO): Agreement.EXTRA,
            (False, Answer.YES): Agreement.MISSING,
        }.get((is_listed, counts), Agreement.UNDECIDED)
        yield Line(
            about=state.iso3, agreement=agreement, said=status_line(membership, state, time), subject=state
        )


def _sayings(  # noqa: PLR0913, PLR0917 (what was compared, and what came of it)
    asked: Membership,
    claim: RosterClaim,
    listed: Collection[str],
    lines: tuple[Line, ...],
    time: Time,
    verdict: Verdict,
) -> tuple[Saying, ...]:
    """The clauses on a list."""
    when, role = span_of(time), role_in(asked, time)
    if verdict is Verdict.SUPPORTED and len(listed) == 1 and not claim.complete:
        (code,) = listed
        return (status_clause(asked, asked.state(code), time),)
    if verdict is Verdict.SUPPORTED:
        key = "members were" if claim.complete else "were members"
        return (saying(key, states=states_by(asked, listed), when=when, role=role),)
    missing = [line.about for line in lines if line.agreement is Agreement.MISSING]
    wrong = [line.about for line in lines if line.agreement in (Agreement.EXTRA, Agreement.UNDECIDED)]
    clauses = [status_clause(asked, asked.state(code), time) for code in wrong[:_MOST_CLAUSES]]
    rest = wrong[_MOST_CLAUSES:]
    clauses += [saying("likewise", states=states_by(asked, rest))] if rest else []
    if missing:
        key = "also one" if len(missing) == 1 else "also"
        clauses.append(saying(key, states=states_by(asked, missing), role=role))
    return tuple(clauses)


def _notes(claim: RosterClaim, lines: tuple[Line, ...], verdict: Verdict) -> tuple[Saying, ...]:
    """A hint to use ``complete=False``, where all named states were members and only others are missing."""
    found = {line.agreement for line in lines}
    if verdict is Verdict.SUPPORTED or not found <= {Agreement.AGREES, Agreement.MISSING} or len(found) < 2:  # noqa: PLR2004 (both)
        return ()
    key = "only others one" if len(claim.states) == 1 else "only others"
    return (saying(key, option=Foreign("complete=False"), flag=Foreign("--partial")),)
