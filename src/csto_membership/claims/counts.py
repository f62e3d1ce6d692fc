"""Claims on how many members there were, and on some who were among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._membership.answers import Answer, Period, all_of
from csto_membership.claims.evidence import openers, sources_of
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
from csto_membership.claims.findings import PART, Finding, Line
from csto_membership.claims.sayings import Either, Saying, saying, span_of
from csto_membership.claims.standing import codes_of, role_in, states_by
from csto_membership.claims.weighing import Verdict, folded, period, pieces, tried, verdict_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


def _count_of(value: object) -> int:
    """A number of states.

    Raises:
        ClaimError: It is no whole number from 0.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise refused(
            f"expected a number of states, got {value!r}.", "Write a whole number, such as 6.", "count"
        )
    return value


@with_field_checks
@frozen(kw_only=True)
class CountClaim(Spoken):
    """The number of members was *count*.

    Attributes:
        count: How many.
        including: States that are said to be among them, by any code or name.
        when: The time it speaks of; ``None`` for the day on which it was said.
        throughout: Whether it speaks of every day of that time; see ``RosterClaim``.
        era: The era it speaks of, where it means one.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "count"

    count: int = field(converter=_count_of)
    including: tuple[object, ...] = field(default=(), converter=states_of)
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    throughout: bool = False
    era: str | None = None
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        require_time(self)


def judge_count(asked: Membership, claim: CountClaim, time: Time) -> Finding:
    """Whether there were so many members, these among them, on all days of a time."""
    including = codes_of(asked, claim.including)

    def holds(one: Membership) -> Answer:
        days = [_on_day(one, day, claim.count, including) for day in pieces(one, time)]
        if claim.throughout or set(days) == {days[0]}:
            return all_of(days)
        return Answer.UNKNOWN  # it depends on the day

    trials = tried(asked, holds)
    verdict = verdict_of(trials)
    numbers = [_numbers(asked, day) for day in pieces(asked, time)]
    roster = asked.members_on(period(time))
    lacking = tuple(state for state in states_by(asked, including) if state not in roster.states)
    true = folded(trials, Answer.YES, asked)
    sayings = [_counted(asked, numbers, time)]
    sayings += (
        [saying("not included", states=lacking)] if lacking and verdict is not Verdict.SUPPORTED else []
    )
    sayings += [saying("holds under", readings=Either(true))] if verdict is Verdict.DEPENDS else []
    low, high = min(low for low, _ in numbers), max(high for _, high in numbers)
    said = saying(
        "members" if roster.states else "members none",
        numbers=low if low == high else saying("low to high", low=low, high=high),
        states=roster.states,
        codes=", ".join(state.iso3 for state in roster),
    )
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(sayings),
        lines=(
            Line(about="members", agreement=PART[trials[0].answer], said=said, subject=saying("the members")),
        ),
        true=true,
        undecided=folded(trials, Answer.UNKNOWN, asked),
        false=folded(trials, Answer.NO, asked),
        periods=tuple(_periods(asked, claim.count, including)),
        sources=sources_of(asked, openers(asked, roster.states, time)),
    )


def _numbers(membership: Membership, day: int) -> tuple[int, int]:
    """How many members there were on a day, at least and at most."""
    roster = membership.members_on(period((day, day + 1)))
    return len(roster), len(roster) + len(roster.undecided)


def _on_day(membership: Membership, day: int, count: int, including: Collection[str]) -> Answer:
    """Whether the count is right on a day, these states included."""
    low, high = _numbers(membership, day)
    exactly = Answer.YES if low == high == count else Answer.NO
    number = exactly if low == high or not low <= count <= high else Answer.UNKNOWN
    return all_of([number, *(membership.was_member(code, period((day, day + 1))) for code in including)])


def _counted(asked: Membership, numbers: list[tuple[int, int]], time: Time) -> Saying:
    """How many members there were, as a clause."""
    low, high = min(low for low, _ in numbers), max(high for _, high in numbers)
    slots = {"when": span_of(time), "role": role_in(asked, time)}
    if low != high:
        return saying("count between", low=low, high=high, **slots)
    roster = asked.members_on(period(time))
    if len(roster) != low:  # as many on each day, and not the same ones
        return saying("count changes", count=low, **slots)
    if not low:
        return saying("no members", **slots)
    key = "count one" if low == 1 else "count"
    return saying(key, count=low, states=roster.states, **slots)


def _periods(asked: Membership, count: int, including: Collection[str]) -> Iterator[Period]:
    """When the count was right, and may have been, these states included."""
    days = sorted({change.day.toordinal() for change in asked.changes()})
    starts: list[int | None] = [None, *days]
    answers = (
        [_on_day(asked, day if day is not None else days[0] - 1, count, including) for day in starts]
        if days
        else []
    )
    begins = 0
    for index, said in enumerate(answers):
        if index + 1 < len(answers) and answers[index + 1] is said:
            continue
        start, end = starts[begins], days[index] if index < len(days) else None
        if said is not Answer.NO and start is not None:
            yield Period(start=to_date(start), end=to_date(end) if end else None, answer=said)
        begins = index + 1
