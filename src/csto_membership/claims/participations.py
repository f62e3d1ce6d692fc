"""Claims that states took part in an operation or a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._facts.statuses import ParticipationCapacity, ParticipationKind
from csto_membership._membership.answers import Answer, all_of
from csto_membership._membership.participating import participation_of
from csto_membership.claims.evidence import disputes_of, sources_of
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    refused,
    require_time,
    state_of,
    states_of,
    time_of,
    with_field_checks,
    word_of,
)
from csto_membership.claims.findings import PART, Finding, Line, RightDate, nearest_first
from csto_membership.claims.sayings import Joined, Meeting, Saying, Word, saying, span_of
from csto_membership.claims.standing import codes_of, states_by
from csto_membership.claims.weighing import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Participation
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


def _form_of(value: object) -> ParticipationKind | None:
    """An operation or a session."""
    return word_of(value, ParticipationKind, "form of participation", "form")


def _capacity_of(value: object) -> ParticipationCapacity | None:
    """The capacity in which states took part."""
    return word_of(value, ParticipationCapacity, "capacity", "capacity")


@with_field_checks
@frozen(kw_only=True)
class ParticipationClaim(Spoken):
    """States took part in an operation or a session.

    Attributes:
        participation: Identifier of the operation or session, where the claim can only mean that one.
        form: ``"operation"`` or ``"session"``, where it says no more.
        states: Who took part, by any code or name.
        complete: Whether they are said to be all who took part.
        capacity: As what: ``"contributor"``, ``"host"``, ``"member"``, ``"chair"``, ``"guest"``, ``"observer"``.
        host: The state on whose territory it is said to have been.
        when: When; ``None`` for any day up to the one on which it was said.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "participation"

    participation: str | None = None
    form: ParticipationKind | None = field(default=None, converter=_form_of)
    states: tuple[object, ...] = field(default=(), converter=states_of)
    complete: bool = False
    capacity: ParticipationCapacity | None = field(default=None, converter=_capacity_of)
    host: object = field(default=None, converter=state_of)
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        if self.participation is None and self.form is None:
            raise refused(
                "a participation claim lacks participation or form.",
                "Name the operation or session, or say form='operation' or form='session'.",
                "participation",
            )
        if not self.states and self.host is None:
            raise refused(
                "a participation claim lacks states or host.", "Add who took part, or where.", "states"
            )
        require_time(self)


# For a claimed capacity, the recorded ones that include it.
_COVERS = {
    ParticipationCapacity.MEMBER: {ParticipationCapacity.CHAIR, ParticipationCapacity.HOST},
    ParticipationCapacity.CONTRIBUTOR: {ParticipationCapacity.CHAIR},
}
_NOT_OF_IT = {ParticipationCapacity.GUEST, ParticipationCapacity.OBSERVER}


def judge_participation(asked: Membership, claim: ParticipationClaim, time: Time) -> Finding:
    """Whether these states took part, in a time, in the operation or session meant."""
    if claim.participation is not None:
        candidates: Sequence[Participation] = (participation_of(asked.history, claim.participation),)
    else:
        candidates = asked.participations(str(claim.form))
    host = None if claim.host is None else asked.state(claim.host).iso3
    is_named = claim.participation is not None
    there = [one for one in candidates if is_named or host in (None, one.host)]
    then = [one for one in there if _touches(one, time)]
    listed = codes_of(asked, claim.states)
    if not is_named and not then:
        return _nothing_recorded(asked, claim, there, time)
    judged = then or candidates
    answers = [
        all_of(
            [_took_part(one, listed, claim), _is_there(one, host), Answer.YES if one in then else Answer.NO]
        )
        for one in judged
    ]
    answer = max(answers, key=[Answer.NO, Answer.UNKNOWN, Answer.YES].index)
    verdict = {
        Answer.YES: Verdict.SUPPORTED,
        Answer.NO: Verdict.CONTRADICTED,
        Answer.UNKNOWN: Verdict.UNDETERMINED,
    }[answer]
    chosen = [one for one, said in zip(judged, answers, strict=True) if said is answer]
    is_misdated = is_named and not _touches(judged[0], time)
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(_sayings(asked, claim, listed, chosen[0], is_misdated=is_misdated, host=host)),
        lines=tuple(
            Line(about=one.id, agreement=PART[said], said=_in_words(asked, one), subject=Meeting(one))
            for one, said in zip(judged, answers, strict=True)
        ),
        dates=nearest_first([_right(one) for one in judged], time) if is_misdated else (),
        disputes=disputes_of(chosen),
        sources=sources_of(asked, chosen),
    )


def _nothing_recorded(
    asked: Membership, claim: ParticipationClaim, there: Sequence[Participation], time: Time
) -> Finding:
    """The finding where no such operation or session is recorded: the record does not hold every one."""
    nearest = nearest_first([_right(one) for one in there], time)[:1]
    closest = [one for one in there for right in nearest if one.id == right.about]
    return Finding(
        claim=claim,
        verdict=Verdict.UNDETERMINED,
        sayings=(saying("nothing recorded", when=span_of(time)), *(_dated(one) for one in closest)),
        lines=tuple(
            Line(about=one.id, agreement=PART[Answer.NO], said=_in_words(asked, one), subject=Meeting(one))
            for one in closest
        ),
        remarks=(saying("not every session"),),
        sources=sources_of(asked, closest),
    )


def _touches(one: Participation, time: Time) -> bool:
    """Whether an operation or session may have been on a day of a time."""
    first, after = one.days
    return first < time[1] and (after is None or time[0] < after)


def _is_there(one: Participation, host: str | None) -> Answer:
    """Whether it took place in a state."""
    if host is None:
        return Answer.YES
    if one.host is None:
        return Answer.UNKNOWN
    return Answer.YES if one.host == host else Answer.NO


def _took_part(one: Participation, listed: Collection[str], claim: ParticipationClaim) -> Answer:
    """Whether all *listed* states took part in one operation or session, in the capacity claimed."""
    found = {part.state for part in one.participants if _is_as(part.capacity, claim.capacity)}
    recorded = {part.state for part in one.participants}
    absent = set(listed) - found
    if absent & (recorded | set(one.absent)) or (absent and one.complete):
        return Answer.NO
    if absent or (claim.complete and not one.complete):
        return Answer.UNKNOWN
    return Answer.NO if claim.complete and found != set(listed) else Answer.YES


def _is_as(recorded: ParticipationCapacity, claimed: ParticipationCapacity | None) -> bool:
    """Whether a recorded capacity fits the claimed one; without one, any but guest and observer fits."""
    if claimed is None:
        return recorded not in _NOT_OF_IT
    return recorded is claimed or recorded in _COVERS.get(claimed, set())


def _sayings(  # noqa: PLR0913 (what was asked, and what came of it)
    asked: Membership,
    claim: ParticipationClaim,
    listed: Collection[str],
    one: Participation,
    *,
    is_misdated: bool,
    host: str | None,
) -> list[Saying]:
    """Who took part in an operation or a session, as clauses."""
    took = {part.state for part in one.participants if _is_as(part.capacity, claim.capacity)}
    sayings = [_dated(one)]
    if is_misdated:
        return sayings
    asked = asked.beside([part.state for part in one.participants])
    if took:
        sayings.append(saying("took part", states=states_by(asked, took)))
    missing = set(listed) - took
    if missing:
        certain = missing if one.complete else missing & set(one.absent)
        key = "did not take part" if certain else "part unknown"
        sayings.append(saying(key, states=states_by(asked, missing)))
    if host is not None and one.host not in (None, host):
        sayings.append(saying("elsewhere", host=asked.beside([one.host]).state(one.host)))
    if host is not None and one.host is None:
        sayings.append(saying("place unknown"))
    return sayings


def _dated(one: Participation) -> Saying:
    """When it was, as a clause."""
    meeting = Meeting(one)
    _, after = one.days
    if one.end is not None and one.end.is_exact:
        return saying("it lasted", meeting=meeting, day=one.effect, last=to_date(one.end.first - 1))
    return saying("it lasts" if after is None else "it was", meeting=meeting, day=one.effect)


def _in_words(asked: Membership, one: Participation) -> Saying:
    """An operation or session with its participants, as a line has them."""
    everyone = asked.beside([part.state for part in one.participants])
    parts = [
        saying("part", one=everyone.state(part.state), capacity=Word(str(part.capacity)))
        for part in one.participants
    ]
    return saying(
        "meeting" if one.complete else "meeting, not all",
        meeting=Meeting(one),
        meeting_text=str(one),
        day=one.effect,
        parts=Joined(tuple(parts)),
    )


def _right(one: Participation) -> RightDate:
    """When an operation or session was."""
    said = saying("right meeting", meeting=Meeting(one), meeting_text=str(one), day=one.effect)
    return RightDate(about=one.id, date=one.effect, said=said)
