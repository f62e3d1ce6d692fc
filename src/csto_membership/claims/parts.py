"""Combines the results for single states into one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._membership.answers import Answer
from csto_membership.claims.evidence import disputes_of, sources_of
from csto_membership.claims.findings import AGREEMENT, Finding, Line
from csto_membership.claims.sayings import Either, Joined, Saying, saying
from csto_membership.claims.weighing import GRAVITY, Trial, Verdict, folded, verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._facts.records import Event
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.findings import AnyClaim, RightDate

_MOST_CLAUSES = 3  # the most clauses on single states in one sentence


@frozen(kw_only=True)
class Part:
    """The result for one state.

    Attributes:
        state: The state.
        trials: What each reading answers.
        record: What the record says of it.
        clauses: The same as clauses of the sentence.
    """

    state: State
    trials: tuple[Trial, ...]
    record: Saying
    clauses: tuple[Saying, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict on this state."""
        return verdict_of(self.trials)


def of_states(  # noqa: PLR0913 (what was found, and what else is known)
    asked: Membership,
    claim: AnyClaim,
    parts: Sequence[Part],
    turning: Sequence[Event],
    *,
    dates: Sequence[RightDate] = (),
    remarks: Sequence[Saying] = (),
) -> Finding:
    """The finding on several states; its verdict is the gravest of theirs, in the order of ``GRAVITY``."""
    verdict = max((part.verdict for part in parts), key=GRAVITY.index)
    differing = {part.state.iso3 for part in parts if part.verdict is not Verdict.SUPPORTED}
    decisive = [part for part in parts if part.verdict is verdict]
    sayings = [clause for part in decisive[:_MOST_CLAUSES] for clause in part.clauses]
    rest = [part.state for part in decisive[_MOST_CLAUSES:]]
    sayings += [saying("likewise", states=tuple(rest))] if rest else []
    every = [trial for part in parts for trial in part.trials]
    is_split = verdict is Verdict.DEPENDS and len(parts) == 1
    true = folded(every, Answer.YES, asked)
    sayings += [saying("holds under", readings=Either(true))] if is_split else []
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=tuple(sayings),
        lines=tuple(_line(part, asked) for part in parts),
        true=true if is_split else (),
        undecided=folded(every, Answer.UNKNOWN, asked) if len(parts) == 1 else (),
        false=folded(every, Answer.NO, asked) if is_split else (),
        dates=tuple(dates),
        remarks=tuple(remarks),
        disputes=disputes_of(event for event in turning if event.state in differing),
        sources=sources_of(asked, turning),
    )


def _line(part: Part, asked: Membership) -> Line:
    """The line on one state, with the readings under which a claim is true of it."""
    true = folded(part.trials, Answer.YES, asked)
    said = part.record
    if part.verdict is Verdict.DEPENDS:
        said = saying("so under", text=said, readings=Joined(true))
    return Line(about=part.state.iso3, agreement=AGREEMENT[part.verdict], said=said, subject=part.state)
