"""A state's answers for periods, by the run in which a period begins and the day by which it ends."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from csto_membership._membership.tracks import BEYOND, DECIDED, NO_STATUS, NULL, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track

Reach: TypeAlias = tuple[int | None, int]
"""The latest end (first day after) of a period, ``None`` for no limit, and its answer."""


def by_day(question: Question) -> Question:
    """The question about single days from which the answers for periods are computed."""
    return evolve(question, what="status" if question.what == "status" else "member")


def reaches(membership: Membership, question: Question, track: Track) -> tuple[tuple[Reach, ...], ...]:
    """For each run in which a period may begin, its answers by end; the first end not exceeded holds.

    Over several days a state was, or was not, a member if all of them agree, and had each status that one of them may
    have had. Where no answer is left, the status or the member is null.
    """
    ends = (*track.bounds, None)
    last = membership.compiled.last
    found = []
    for run in range(len(track.cells)):
        answers = _joined(track.cells[run:], ends[run:], is_status=question.what == "status")
        found.append(_reasons(answers, last) if question.what == "why" else answers)
    return tuple(found)


def _joined(cells: Sequence[float], ends: Sequence[int | None], *, is_status: bool) -> tuple[Reach, ...]:
    """The answers of one run, as a period reaches into more and more of those that follow."""
    null, join = (NO_STATUS, _either) if is_status else (NULL, _same)
    joined = accumulate((int(cell) for cell in cells), join)
    farthest = dict(zip(joined, ends, strict=True))  # the joined answer changes at most once to each value
    return tuple((end, cell) for cell, end in farthest.items() if cell != null)


def _either(past: int, cell: int) -> int:
    """The statuses of one or the other, if both are known."""
    return past | cell if past and cell else NO_STATUS


def _same(past: int, cell: int) -> int:
    """Whether it was a member on days of both kinds, if they agree."""
    return past if past == cell else NULL


def _reasons(members: tuple[Reach, ...], last: int | None) -> tuple[Reach, ...]:
    """What makes a member null, from what the member is."""
    decided = tuple((end, DECIDED) for end, _ in members)
    if (None, DECIDED) in decided:
        return decided
    return (*decided, (None, OPEN)) if last is None else (*decided, (last + 1, OPEN), (None, BEYOND))
