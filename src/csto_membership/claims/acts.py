"""Claims that states did something: joined, left, suspended, came back."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._facts.statuses import BASES, TRANSITIONS, Act, Status, StepName
from csto_membership._membership.answers import Answer, any_of
from csto_membership._membership.segments import windows
from csto_membership._membership.vocabulary_lookup import word_meant
from csto_membership.claims.evidence import turning_on
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
from csto_membership.claims.findings import RightDate, nearest_first
from csto_membership.claims.parts import Part, of_states
from csto_membership.claims.sayings import Acts, Saying, Word, saying, span_of
from csto_membership.claims.standing import role_in, status_clause
from csto_membership.claims.weighing import (
    Trial,
    Verdict,
    senses,
    tried,
    verdict_of,
    within,
)
from csto_membership.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Event
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.findings import Finding
    from csto_membership.claims.weighing import Time


class Deed(enum.StrEnum):
    """A claimed action that may be several acts: ``LEAVE`` ends membership, ``RETURN`` resumes or rejoins."""

    LEAVE = "leave"
    RETURN = "return"


Claimed: TypeAlias = Act | Deed
_COMING = (Act.JOIN, Act.RESUME)
LEAVING = tuple(act for act, transition in TRANSITIONS.items() if transition.after is Status.FORMER)
_WORDS: dict[str, Claimed] = {
    **{str(act): act for act in Act},
    **dict.fromkeys(("leave", "left", "leaves", "exit", "exited", "quit"), Deed.LEAVE),
    **dict.fromkeys(
        ("return", "returned", "rejoin", "rejoined", "resumed", "restore", "restored"), Deed.RETURN
    ),
}


def act_of(value: object) -> Claimed:
    """An act by its name, or one of the words of the press: ``left``, ``rejoined``.

    Raises:
        ClaimError: There is no such act.
    """
    found = _WORDS.get(word_meant(value, Act).lower()) if isinstance(value, str) else None
    if found is None:
        known = [*map(str, Act), *map(str, Deed)]
        raise refused(
            f"no act {value!r}.", f"{did_you_mean(value, _WORDS)}Use one of {', '.join(known)}.", "act"
        )
    return found


@with_field_checks
@frozen(kw_only=True)
class ActClaim(Spoken):
    """Each of these states did something.

    Attributes:
        states: States by any code or name.
        act: The act, or a word of the press: ``"left"``, ``"exit"`` and ``"quit"`` mean any act that ends
            membership; ``"rejoined"``, ``"resumed"`` and ``"restored"`` a resumption, or a join after an end.
        when: When it is said to have happened; ``None`` for any day up to the one on which it was said. A
            state that left and came back before that day does not count as having left.
        era: The era it speaks of, where it means one.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "act"

    states: tuple[object, ...] = field(converter=states_of)
    act: Claimed = field(converter=act_of)
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    era: str | None = None
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


# For a recorded act, the claimed acts that the press loosely uses for it. No other act is accepted in its
# place.
_CALLED: Mapping[Act, tuple[Claimed, ...]] = {
    Act.SIGN: (Act.JOIN,),
    Act.FREEZE: (Act.SUSPEND,),
    Act.SUSPEND: (Act.FREEZE, Act.WITHDRAW, Deed.LEAVE),
    Act.LAPSE: (Act.WITHDRAW, Act.SUSPEND),
    Act.JOIN: (Act.RESUME,),
}


def judge_act(asked: Membership, claim: ActClaim, time: Time) -> Finding:
    """Judge whether each state did this act in a time, or another with the same effect."""
    is_leaving = claim.act is Deed.LEAVE or claim.act in LEAVING
    skipped = (StepName.ANNOUNCEMENT,) if is_leaving else ()  # an announcement is no exit
    parts: list[Part] = []
    dates: list[RightDate] = []
    remarks: list[Saying] = []
    turning: list[Event] = []
    for state in map(asked.state, claim.states):
        deed = _Deed(state=state, claim=claim, time=time, is_leaving=is_leaving)
        turning += turning_on(asked, state, time, earlier=1 if is_leaving else 0)
        trials = tried(asked, deed.was_done, skipped)
        if verdict_of(trials) is Verdict.CONTRADICTED:
            alike = senses(asked, deed.was_done_otherwise, skipped)
            if any(trial.answer is Answer.YES for trial in alike):
                trials = [
                    Trial(answer=Answer.NO, sense=saying("the act itself", act=Word(str(claim.act)))),
                    *alike,
                ]
        part = Part(
            state=state,
            trials=tuple(trials),
            record=_acts_of(asked, state),
            clauses=tuple(_clauses(asked, deed, trials)),
        )
        if part.verdict is Verdict.CONTRADICTED:
            dates += [_right(state, event) for event in deed.of_the_kind(asked) if not event.effect.is_open]
            remarks += deed.announcements(asked)
        elif is_leaving:
            remarks += deed.last_days(asked)
        parts.append(part)
    return of_states(
        asked, claim, parts, turning, dates=nearest_first(dates, time), remarks=tuple(dict.fromkeys(remarks))
    )


@frozen(kw_only=True)
class _Deed:
    """What one state is said to have done.

    Attributes:
        state: The state.
        claim: The claim.
        time: When.
        is_leaving: Whether it would end a membership.
    """

    state: State
    claim: ActClaim
    time: Time
    is_leaving: bool

    def of_the_kind(self, membership: Membership) -> list[Event]:
        """The recorded acts of the state that match the claimed act and count under the reading."""
        events = membership.events(self.state)
        opening = {spell.opened_by for spell in membership.spells(self.state)}
        # An act that opens no spell is outside the era, or past what was known; a prolongation opens none.
        counted = [event for event in events if event in opening or event.act is Act.REAFFIRM]
        return [event for event in counted if self._is_meant(event, events)]

    def _is_meant(self, event: Event, events: Sequence[Event]) -> bool:
        """Whether an act is the one that the claim's word means."""
        if self.claim.act in (Deed.LEAVE, Act.END):
            return event.act in LEAVING
        if self.claim.act is Deed.RETURN:
            return event.act is Act.RESUME or _is_return(event, events)
        return event.act is self.claim.act or self.is_without_cause(event)

    def is_without_cause(self, event: Event) -> bool:
        """Whether the event is an END without a recorded cause, and the claim names one, such as WITHDRAW."""
        return event.act is Act.END and self.claim.act in LEAVING and self.claim.act is not Act.END

    def was_done(self, membership: Membership) -> Answer:
        """Whether the state did it in the time; an end may also be dated by its last day inside."""
        events = membership.events(self.state)
        found = dict(zip(events, windows(events, membership.read_as.dating), strict=True))
        earlier = (0, 1) if self.is_leaving else (0,)
        answers = []
        for event in self.of_the_kind(membership):
            if self._is_final(event, membership):
                low, high = found[event]
                fell = any_of([within(low - shift, high - shift, self.time) for shift in earlier])
                is_doubtful = fell is Answer.YES and self.is_without_cause(event)
                answers.append(Answer.UNKNOWN if is_doubtful else fell)
        return any_of(answers)

    def _is_final(self, event: Event, membership: Membership) -> bool:
        """Whether the state had not come back before the claim was made, for "has left" without a date."""
        if not self.is_leaving or self.claim.when is not None:
            return True
        events = membership.events(self.state)
        later = events[events.index(event) + 1 :]
        return not any(other.act in _COMING and other.effect.first < self.time[1] for other in later)

    def was_done_otherwise(self, membership: Membership) -> Answer:
        """Whether another act, loosely called the same, had the claimed act's effect in the time."""
        counts = BASES[str(membership.read_as.basis)]
        after = Status.FORMER if self.claim.act is Deed.LEAVE else _after(self.claim.act)
        counted = bool(after & counts)
        before = BASES["nominal"] if isinstance(self.claim.act, Deed) else TRANSITIONS[self.claim.act].before
        if not after or not before & (~counts if counted else counts):
            return Answer.NO  # on this basis the act changes nothing
        wanted = (Answer.NO, Answer.YES) if counted else (Answer.YES, Answer.NO)
        days = range(2 if self.is_leaving else 1)
        found = any(
            self.time[0] <= change.day.toordinal() - shift < self.time[1]
            for change in membership.changes(state=self.state)
            if (change.was, change.now) == wanted and self._is_called_so(change.event, membership)
            for shift in days
        )
        return Answer.YES if found else Answer.NO

    def _is_called_so(self, event: Event | None, membership: Membership) -> bool:
        """Whether the press may call an act the claimed one; a change by an era's beginning fits any word."""
        if event is None:
            return True
        if not self._is_final(event, membership):
            return False
        if event.act is Act.JOIN and not _is_return(event, membership.events(self.state)):
            return False
        return self.claim.act in _CALLED.get(event.act, ())

    def last_days(self, membership: Membership) -> Iterator[Saying]:
        """The remarks that a claim dates an end by its last day inside, not by the first day outside."""
        for event in self.of_the_kind(membership):
            if (
                within(event.effect.first, event.effect.last, self.time) is Answer.NO
                and within(event.effect.first - 1, event.effect.last - 1, self.time) is Answer.YES
            ):
                yield saying("last day", state=self.state, day=event.effect)

    def announcements(self, membership: Membership) -> Iterator[Saying]:
        """The remarks that an announcement is not an exit, for a claim that gives its date."""
        for event in membership.events(self.state):
            for step in event.steps:
                is_announced = step.name is StepName.ANNOUNCEMENT and event.act in LEAVING and self.is_leaving
                if is_announced and within(step.date.first, step.date.last, self.time) is Answer.YES:
                    yield saying("announced", state=self.state, day=step.date)


def _is_return(event: Event, events: Sequence[Event]) -> bool:
    """Whether an act is a join after an end."""
    earlier = events[: events.index(event)]
    return event.act is Act.JOIN and any(other.act in LEAVING for other in earlier)


def _after(act: Claimed) -> Status:
    """The status to which an act leads; ``Status(0)`` for an act without one, and for a ``Deed``."""
    transition = TRANSITIONS[act] if isinstance(act, Act) else None
    return (transition.after if transition else None) or Status(0)


def _acts_of(membership: Membership, state: State) -> Saying:
    """The acts of a state as a line has them."""
    acts = Acts(membership.events(state))
    return saying("its acts", acts=acts) if acts.events else saying("no act")


def _right(state: State, event: Event) -> RightDate:
    """The date of an act."""
    said = saying("right act", state=state, act=Word(str(event.act)), day=event.effect, event=str(event))
    return RightDate(about=f"{event.state} {event.act}", date=event.effect, said=said)


def _clauses(asked: Membership, deed: _Deed, trials: Sequence[Trial]) -> Iterator[Saying]:
    """What the state did, or how it stood, as clauses."""
    verdict = verdict_of(trials)
    when = span_of(deed.time)
    same = deed.of_the_kind(asked)
    first, after = deed.time
    last = min(after - 1, asked.horizon.toordinal()) if asked.compiled.last is not None else after - 1
    at_the_end = (last, last + 1)
    if verdict is Verdict.SUPPORTED:
        shifts = (0, 1) if deed.is_leaving else (0,)
        meant = [
            event
            for event in same
            if any(
                within(event.effect.first - of, event.effect.last - of, deed.time) is Answer.YES
                for of in shifts
            )
        ]
        yield _done(asked, deed.state, (meant or same)[-1])
    elif verdict is Verdict.UNDETERMINED and same:
        event = min(same, key=lambda one: max(one.effect.first - after + 1, first - one.effect.last, 0))
        if deed.is_without_cause(event):
            yield _done(asked, deed.state, event)
            return
        yield saying("act open", state=deed.state, act=Word(str(event.act)), day=event.effect, when=when)
    elif verdict is Verdict.DEPENDS:
        near = turning_on(asked, deed.state, deed.time, earlier=1)
        acts = [event for event in near if event.act is not Act.REAFFIRM and not event.effect.is_open]
        called = [event for event in acts if event in same or deed.claim.act in _CALLED.get(event.act, ())]
        yield (
            _done(asked, deed.state, (called or acts)[-1])
            if acts
            else status_clause(asked, deed.state, at_the_end)
        )
    elif same and deed.claim.when is not None:
        nearest = min(same, key=lambda one: max(one.effect.first - after + 1, first - one.effect.last, 0))
        yield _done(asked, deed.state, nearest)
        yield saying("not then", when=when)
    else:
        yield status_clause(asked, deed.state, at_the_end)


def _done(asked: Membership, state: State, event: Event) -> Saying:
    """One act as a clause."""
    lasts = event.act is Act.FREEZE and asked.spells(state)[-1].opened_by == event
    key = "freeze lasts" if lasts else str(event.act)
    day = event.effect
    last = to_date(day.first - 1) if day.is_exact else day
    # The role is that of the day before an end, and of the day itself for any other act.
    of = day.first - 1 if event.act in LEAVING else day.first
    return saying(key, state=state, role=role_in(asked, (of, of + 1)), day=day, last=last)
