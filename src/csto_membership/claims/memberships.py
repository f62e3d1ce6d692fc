"""Claims on the status of a state: a member, not a member, no longer one, or any status by its name."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from attrs import field, frozen

from csto_membership._facts.statuses import BASES, Act, Status
from csto_membership._membership.answers import Answer, all_of, answer, negated
from csto_membership._membership.vocabulary_lookup import word_meant
from csto_membership.claims.evidence import openers
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    refused,
    require_time,
    states_of,
    time_of,
    with_field_checks,
)
from csto_membership.claims.parts import Part, of_states
from csto_membership.claims.sayings import BasisName, Foreign, Saying, Statuses, Titled, Word, saying
from csto_membership.claims.standing import status_clause, status_line
from csto_membership.claims.weighing import (
    Trial,
    Verdict,
    answer_in_time,
    counterexample,
    period,
    senses,
    tried,
    verdict_of,
)
from csto_membership.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.findings import Finding
    from csto_membership.claims.weighing import Time


class Standing(enum.StrEnum):
    """A claim of membership or non-membership instead of a status; the reading's basis decides what counts.

    ``MEMBER``: it was a member. ``NOT_A_MEMBER``: it was none. ``NO_LONGER``: it was none, and had been one.
    """

    MEMBER = "member"
    NOT_A_MEMBER = "not a member"
    NO_LONGER = "no longer a member"


Claimed: TypeAlias = Status | Standing
_WORDS: dict[str, Claimed] = {
    **{status.name.lower(): status for status in Status if status.name},
    "member": Standing.MEMBER,
    "a member": Standing.MEMBER,
    "not a member": Standing.NOT_A_MEMBER,
    "no member": Standing.NOT_A_MEMBER,
    "outside": Standing.NOT_A_MEMBER,
    "no longer a member": Standing.NO_LONGER,
}
_KNOWN = (*Status.__members__, Standing.NOT_A_MEMBER, Standing.NO_LONGER)


def status_of(value: object) -> Claimed:
    """A status or a standing, by itself or by its words.

    Raises:
        ClaimError: There is no such status.
    """
    if isinstance(value, Status):
        value = value.name if value.is_certain else value
    found = _WORDS.get(word_meant(value, Status.__members__).lower()) if isinstance(value, str) else None
    if found is None:
        way_out = f"{did_you_mean(value, _KNOWN)}Use one of {', '.join(map(str, _KNOWN))}."
        raise refused(f"no status {str(value)!r}.", way_out, "status")
    return found


@with_field_checks
@frozen(kw_only=True)
class StatusClaim(Spoken):
    """Each of these states had a status, was a member, or was none.

    ``status="member"`` (or ``Status.MEMBER``) and ``"not a member"`` (or ``Status.OUTSIDE``) ask whether the state
    counted as a member on the reading's basis; the other statuses are meant as they are.

    Attributes:
        states: States by any code or name.
        status: The status, or ``"member"``, ``"not a member"`` or ``"no longer a member"``.
        when: The time it speaks of; ``None`` for the day on which it was said.
        throughout: Whether it speaks of every day of that time; see ``RosterClaim``.
        era: The era it speaks of, where it means one.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "status"

    states: tuple[object, ...] = field(converter=states_of)
    status: Claimed = field(converter=status_of)
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    throughout: bool = False
    era: str | None = None
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


# For a recorded status, the other statuses that the press loosely uses for it.
_CALLED: Mapping[Status, tuple[Status, ...]] = {
    Status.FROZEN: (Status.SUSPENDED,),
    Status.SUSPENDED: (Status.FROZEN, Status.FORMER),
}


def judge_status(asked: Membership, claim: StatusClaim, time: Time) -> Finding:
    """Judge whether each state had the claimed status in a time, or one that is loosely called the same."""
    parts = []
    for state in map(asked.state, claim.states):

        def ask(one: Membership, when: tuple[date, date], of: State = state) -> Answer:
            return _stands(one, of, claim.status, when)

        trials = tried(
            asked,
            lambda one, ask=ask: answer_in_time(  # type: ignore[misc] # bound at once
                one, time, lambda when: ask(one, when), throughout=claim.throughout
            ),
        )
        if verdict_of(trials) is Verdict.CONTRADICTED and isinstance(claim.status, Status):
            trials = _in_other_senses(asked, state, claim.status, time)
        shown = time
        if claim.throughout and trials[0].answer is Answer.NO:
            day = counterexample(asked, time, lambda when, ask=ask: ask(asked, when))  # type: ignore[misc] # bound at once
            shown = time if day is None else (day, day + 1)
        parts.append(
            Part(
                state=state,
                trials=tuple(trials),
                record=status_line(asked, state, shown),
                clauses=(status_clause(asked, state, shown), *_counting(asked, state, claim.status, shown)),
            )
        )
    turning = openers(asked, (part.state for part in parts), time)
    return of_states(asked, claim, parts, turning, remarks=_pointers(asked, claim, parts))


def _counting(asked: Membership, state: State, wanted: Claimed, time: Time) -> Iterator[Saying]:
    """A clause whether the status counts as membership, where a claim needs it and it is not obvious."""
    status = asked.status_on(state, period(time))
    is_said = status in _EVIDENT or (status is Status.FROZEN and asked.read_as.basis == "legal")
    if isinstance(wanted, Standing) and status.is_certain and not is_said:
        counts = asked.was_member(state, period(time)) is Answer.YES
        yield saying("counts" if counts else "does not count", basis=BasisName(asked.read_as.basis))


# Statuses for which it is obvious whether they count as membership.
_EVIDENT = (Status.MEMBER, Status.OUTSIDE, Status.FORMER, Status.OBSERVER)


def _in_other_senses(asked: Membership, state: State, wanted: Status, time: Time) -> list[Trial]:
    """The trials of looser senses of a claimed status, after a first one: no to the status itself."""
    alike = senses(asked, lambda one: _alike(one, state, wanted, time))
    return [Trial(answer=Answer.NO, sense=saying("the status itself", status=Statuses(wanted))), *alike]


def _stands(membership: Membership, state: State, wanted: Claimed, when: tuple[date, date]) -> Answer:
    """Whether a state stood as claimed, under one reading."""
    if isinstance(wanted, Status):
        return answer(membership.status_on(state, when).value, wanted.value)
    counts = membership.was_member(state, when)
    if wanted is Standing.MEMBER:
        return counts
    if wanted is Standing.NOT_A_MEMBER:
        return negated(counts)
    before = [
        change for change in membership.changes(state=state) if change.day.toordinal() <= when[0].toordinal()
    ]
    had_been = any(change.now is Answer.YES for change in before)
    return all_of([negated(counts), Answer.YES if had_been else Answer.NO])


def _alike(membership: Membership, state: State, wanted: Status, time: Time) -> Answer:
    """Whether the recorded status is loosely called *wanted*, and both or neither count on the basis."""
    recorded, counts = membership.status_on(state, period(time)), BASES[str(membership.read_as.basis)]
    is_called = wanted in _CALLED.get(recorded, ())
    return Answer.YES if is_called and bool(recorded & counts) is bool(wanted & counts) else Answer.NO


def _pointers(asked: Membership, claim: StatusClaim, parts: Sequence[Part]) -> tuple[Saying, ...]:
    """The remarks that a claimed observer is recorded in another organization of the file."""
    if claim.status is not Status.OBSERVER:
        return ()
    others = (history for history in asked.dataset.histories if history.id != asked.history.id)
    acts = [(history, event) for history in others for event in history.events if event.act is Act.OBSERVE]
    return tuple(
        saying(
            "elsewhere observer",
            state=part.state,
            body=Titled(history.name, history),
            body_text=history.name,
            act=Word(str(event.act)),
            day=event.effect,
            event=str(event),
            organization=Foreign(history.id),
        )
        for part in parts
        if part.verdict is not Verdict.SUPPORTED
        for history, event in acts
        if event.state == part.state.iso3
    )
