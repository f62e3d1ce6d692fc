"""Builds dyads: pairs of states that were members together, by years, months or days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from attrs import field, frozen

from csto_membership._facts.states import code_of
from csto_membership._membership.consistent import may_never_meet
from csto_membership._membership.tracks import NULL, YES, first_day_of, position_of, question_about, tracks
from csto_membership.errors import ReadingError
from csto_membership.frames._axes import cells_of, stretch, time_of
from csto_membership.frames._building import Member, ReadingIn, about_of, coded, frame_of, is_option, small
from csto_membership.frames._panels import RowChoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from csto_membership._facts.dates import Day
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._building import NativeFrame

Pairs: TypeAlias = Literal["undirected", "directed"]
"""Each pair once, or both ways."""

# Cells in the order NO < NULL < YES, so that "both" is a minimum and "any" a maximum. Its own inverse.
RANK = np.array([0, 2, 1], dtype=np.uint8)


@frozen(kw_only=True)
class DyadOptions:
    """What the caller of dyads chooses; see ``Organization.dyads``."""

    start: Day | int | None = None
    end: Day | int | None = None
    freq: str = "year"
    rule: str = "any"
    codes: str = "iso3"
    pairs: str = field(default="undirected", validator=is_option(Pairs))
    rows: str = field(default="members", validator=is_option(RowChoice))
    backend: str = "pandas"
    reading_in: str = field(default="metadata", validator=is_option(ReadingIn))

    @property
    def question(self) -> Question:
        """What is asked of every pair.

        Raises:
            ReadingError: There is no such freq or rule, or it makes no pairs.
        """
        if self.rule == "fraction":
            raise ReadingError("rule 'fraction' makes no pairs.", "Choose any, all, start, end or midyear.")
        return question_about(self.freq, self.rule, "member")


def dyads(membership: Membership, options: DyadOptions) -> NativeFrame:
    """Pairs of states that were both members, by years, months or days."""
    question = options.question
    bounds = stretch((membership,), options.start, options.end, options.freq)
    words: list[str | int] = [code_of(state, options.codes) for state in membership.states]
    ranks = together(membership, question, bounds)
    one, other = np.triu_indices(len(words), 1)
    if options.pairs == "directed":
        one, other = np.concatenate((one, other)), np.concatenate((other, one))
        order = np.lexsort((other, one))
        one, other = one[order], other[order]
    # Pairs stand in the order of the codes asked for, which need not be that of the states.
    ranked = np.array(sorted(range(len(words)), key=words.__getitem__), dtype=np.intp)
    one, other = ranked[one], ranked[other]
    ranks = ranks[one, other] if len(one) else np.zeros((0, bounds[1] - bounds[0]), dtype=np.uint8)
    is_full = options.rows == "all"
    pair, position = np.nonzero(np.ones_like(ranks) if is_full else ranks == RANK[YES])
    columns: dict[str, Any] = {
        "state1": coded(words, one[pair].astype(small(len(words)))),
        "state2": coded(words, other[pair].astype(small(len(words)))),
        options.freq: time_of(position + bounds[0], options.freq),
    }
    if is_full:
        columns["member"] = Member(cells=RANK[ranks.reshape(-1)])
    about = about_of(membership, options.freq, options.rule)
    return frame_of(columns, options.backend, about, options.reading_in)


def together(membership: Membership, question: Question, bounds: tuple[int, int]) -> NDArray[np.uint8]:
    """Whether two states were members at the same positions, as ranks of cells.

    Under "any" they must have shared a day: two states may have been members in one year, but
    never on the same day.
    """
    if question.rule != "any":  # a question about days never has this rule
        member = RANK[cells_of(membership, question, bounds)]
        both: NDArray[np.uint8] = np.minimum(member[:, None, :], member[None, :, :])
        return both
    count, positions = len(membership.states), range(bounds[0], bounds[1] + 1)
    edges = [first_day_of(question.freq, position) for position in positions]
    shared = np.zeros((count, count, bounds[1] - bounds[0]), dtype=np.uint8)
    days = tracks(membership, question_about("day", "any", "member"))
    cuts = sorted({*edges, *(cut for track in days for cut in track.bounds if edges[0] < cut < edges[-1])})
    for day in cuts[:-1]:
        member = RANK[np.array([track.value_at(day) for track in days], dtype=np.intp)]
        here = shared[:, :, position_of(question.freq, day) - bounds[0]]
        np.maximum(here, np.minimum(member[:, None], member[None, :]), out=here)
    _settle(membership, question, bounds, shared)
    return shared


def _settle(
    membership: Membership, question: Question, bounds: tuple[int, int], shared: NDArray[np.uint8]
) -> None:
    """Turns NULL into YES where every consistent choice of dates has a day on which both were members."""
    timelines, last = membership.compiled.segments.timelines, membership.compiled.last
    sure = cells_of(membership, question, bounds) == YES  # each alone was surely a member on some day
    open_yet = (shared == RANK[NULL]) & sure[:, None] & sure[None, :]
    for one, other, position in np.argwhere(open_yet).tolist():
        first, after = (first_day_of(question.freq, bounds[0] + position + step) for step in (0, 1))
        after = after if last is None else min(after, last + 1)
        if one < other and not may_never_meet(
            timelines[one], timelines[other], membership.compiled.basis, first, after
        ):
            shared[one, other, position] = shared[other, one, position] = RANK[YES]
