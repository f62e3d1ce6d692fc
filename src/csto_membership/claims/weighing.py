"""Evaluates a claim under every reading, and derives the verdict."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership._facts.statuses import BASES, Status, StepName
from csto_membership._membership.answers import Answer, all_of
from csto_membership.claims.sayings import BasisName, Choice, DatingName, Joined, Saying, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from csto_membership._membership.membership import Membership

Time: TypeAlias = tuple[int, int]
"""The days of a claim, as half-open ordinals."""


class Verdict(enum.StrEnum):
    """The verdict on a claim.

    ``SUPPORTED``: true under the reading asked. ``DEPENDS``: not true under it, but under another reading or
    in another sense of its words. ``CONTRADICTED``: true under no combination of basis and dating.
    ``UNDETERMINED``: the sources, the width of the time, or the last day verified leave it open.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"
    DEPENDS = "depends"


# The verdict on several states is the gravest of theirs.
GRAVITY = (Verdict.SUPPORTED, Verdict.DEPENDS, Verdict.UNDETERMINED, Verdict.CONTRADICTED)


@frozen(kw_only=True)
class Trial:
    """The answer to a claim under one reading, or in one sense of its words.

    Attributes:
        basis: The basis; ``None`` where the sense has none.
        dating: The dating; ``None`` where it is that of the reading asked.
        sense: The sense of the claim's words, where it is not the literal one.
        answer: Whether it holds.
    """

    answer: Answer
    basis: str | Status | None = None
    dating: str | tuple[str, ...] | None = None
    sense: Saying | None = None


def tried(
    asked: Membership, holds: Callable[[Membership], Answer], skipped: Sequence[str] = ()
) -> list[Trial]:
    """Whether something holds under each reading, the one asked first.

    Every basis is tried with the dating asked, and every dating with the basis asked. Where it holds under none of
    them, those readings are added that change both and under which it does. The dating ``"any"`` is left out: it
    makes nothing true that is not true otherwise.

    Args:
        asked: The reading asked.
        holds: The question: whether the claim is true for a membership under one reading.
        skipped: Steps that are not tried as a dating.
    """
    datings = [name for name in datings_of(asked) if name not in skipped]
    pairs = [
        (asked.read_as.basis, asked.read_as.dating),
        *((basis, asked.read_as.dating) for basis in BASES),
        *((asked.read_as.basis, name) for name in datings),
    ]
    trials = [_trial(asked, basis, dating, holds) for basis, dating in dict.fromkeys(pairs)]
    if trials[0].answer is Answer.NO and all(trial.answer is not Answer.YES for trial in trials):
        both = dict.fromkeys((basis, name) for basis in BASES for name in datings)
        more = (_trial(asked, basis, dating, holds) for basis, dating in both)
        trials += [trial for trial in more if trial.answer is Answer.YES]
    return trials


def senses(
    asked: Membership,
    holds: Callable[[Membership], Answer],
    skipped: Sequence[str] = (),
    sense: Saying | None = None,
) -> list[Trial]:
    """Whether something holds on each basis and, where it does on none, the datings with which it does."""
    single = [_trial(asked, basis, asked.read_as.dating, holds, sense) for basis in BASES]
    if any(trial.answer is Answer.YES for trial in single):
        return single
    datings = [name for name in datings_of(asked) if name not in skipped]
    double = [_trial(asked, basis, name, holds, sense) for basis in BASES for name in datings]
    return single + [trial for trial in double if trial.answer is Answer.YES]


def _trial(
    asked: Membership,
    basis: str | Status,
    dating: str | tuple[str, ...],
    holds: Callable[[Membership], Answer],
    sense: Saying | None = None,
) -> Trial:
    """What one reading answers."""
    said = holds(asked.reading(basis=basis, dating=dating))
    return Trial(answer=said, basis=basis, dating=dating, sense=sense)


def datings_of(asked: Membership) -> list[str]:
    """The datings that differ: the effective date, and the steps that some act has."""
    steps = {str(step.name) for event in asked.events() for step in event.steps}
    return ["effect", *(str(name) for name in StepName if name in steps)]


def verdict_of(trials: Sequence[Trial]) -> Verdict:
    """What follows from the answers under the readings, the one asked being first."""
    if trials[0].answer is Answer.YES:
        return Verdict.SUPPORTED
    if trials[0].answer is Answer.UNKNOWN:
        return Verdict.UNDETERMINED
    is_possible = any(trial.answer is Answer.YES for trial in trials)
    return Verdict.DEPENDS if is_possible else Verdict.CONTRADICTED


def verdict_among(answers: Sequence[Answer]) -> Verdict:
    """The verdict on a claim that does not say which of several stages it means."""
    if Answer.YES not in answers:
        is_open = Answer.UNKNOWN in answers or not answers
        return Verdict.UNDETERMINED if is_open else Verdict.CONTRADICTED
    return Verdict.SUPPORTED if set(answers) == {Answer.YES} else Verdict.DEPENDS


def folded(trials: Iterable[Trial], wanted: Answer, asked: Membership) -> tuple[Saying, ...]:
    """The readings with the answer *wanted*, as phrases that group equal bases and datings."""
    bases: dict[tuple[Saying | None, str | tuple[str, ...] | None], list[str | Status]] = {}
    for trial in trials:
        if trial.answer is wanted:
            known = bases.setdefault((trial.sense, trial.dating), [])
            known += [] if trial.basis is None or trial.basis in known else [trial.basis]
    alike: dict[tuple[Saying | None, tuple[str | Status, ...]], list[str | tuple[str, ...] | None]] = {}
    for (sense, dating), names in bases.items():
        # Sort the bases, so that the order of the trials does not separate equal groups.
        together = tuple(sorted(names, key=[*BASES, *names].index))
        alike.setdefault((sense, together), []).append(dating)
    usual = asked.read_as.dating
    return tuple(_reading(sense, names, datings, usual) for (sense, names), datings in alike.items())


def _reading(
    sense: Saying | None,
    bases: tuple[str | Status, ...],
    datings: Sequence[str | tuple[str, ...] | None],
    usual: str | tuple[str, ...],
) -> Saying:
    """Several readings as one phrase; what makes no difference is left out."""
    parts: list[Saying] = []
    if set(bases) >= set(BASES):
        parts.append(saying("every basis"))
    elif bases:
        parts.append(saying("basis", bases=Choice(tuple(map(BasisName, bases)))))
    shown = [name for name in datings if name and (name != usual or len(datings) > 1)]
    if shown:
        parts.append(saying("dating", datings=Choice(tuple(map(DatingName, shown)))))
    parts += [sense] if sense else []
    return saying("all of", parts=Joined(tuple(parts)))


def either(words: Sequence[str], last: str = "or") -> str:
    """Words as a choice: ``a, b or c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def within(low: int, high: int, time: Time) -> Answer:
    """Whether a day known only to lie in ``[low, high]`` (both inclusive) lies in a time."""
    first, after = time
    if first <= low and high < after:
        return Answer.YES
    return Answer.UNKNOWN if low < after and high >= first else Answer.NO


def period(time: Time) -> tuple[date, date]:
    """A time as the questions take it: the first day, and the first one after it."""
    return date.fromordinal(time[0]), date.fromordinal(time[1])


def pieces(asked: Membership, time: Time) -> Iterator[int]:
    """The first day of a time, and every later one of it on which anything changes."""
    first, after = time
    yield first
    days = {change.day.toordinal() for change in asked.changes(*period(time))}
    yield from sorted(day for day in days if first < day < after)


def answer_in_time(
    asked: Membership, time: Time, ask: Callable[[tuple[date, date]], Answer], *, throughout: bool
) -> Answer:
    """Whether something holds in a time.

    Without *throughout* the time is one question, such as "in 1999", and a change within it makes it UNKNOWN.
    With *throughout* each day is asked, and a single day with a certain no makes it NO.
    """
    if not throughout:
        return ask(period(time))
    return all_of(ask(period((day, day + 1))) for day in pieces(asked, time))


def counterexample(asked: Membership, time: Time, ask: Callable[[tuple[date, date]], Answer]) -> int | None:
    """The first day of a time on which something certainly does not hold."""
    days = (day for day in pieces(asked, time) if ask(period((day, day + 1))) is Answer.NO)
    return next(days, None)
