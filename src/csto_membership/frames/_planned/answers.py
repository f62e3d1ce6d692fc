"""The answers of an organization as small tables: one per state and segment, for periods several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from attrs import field, frozen

from csto_membership._membership.tracks import track_without_acts, tracks
from csto_membership.frames._grids import WORDS, grid
from csto_membership.frames._planned.periods import by_day, reaches
from csto_membership.frames._planned.tables import SmallTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question

    AnswerList: TypeAlias = "tuple[tuple[int, bool | str], ...]"

_MEMBER = (False, True)
_TABLES_KEPT = 3  # for an organization: one for each question of a call


@frozen(kw_only=True, eq=False)
class Answers:
    """The answers for every state and segment: none (null), one, or for periods one per range of their ends.

    Attributes:
        low: The first position; earlier ones are the same.
        high: The last position; later ones are the same.
        segments: The segment of every position.
        numbers: Indices into *answer_lists*, by grid row and segment.
        answer_lists: The distinct lists of answers; each answer with the last position at which a period with it may
            end.
        any_answer: Some answer, which has the type of all.
        is_over_periods: Whether rows ask about periods, so that the positions of their ends matter.
        columns: *answer_lists* as columns: the answer for days or years; for periods end and answer, the next end and
            answer, and so on. Shorter lists are filled with an end of 0, by which no period ends.
        small: The table from position to segment, and the one from row and segment to those columns.
    """

    low: int
    high: int
    segments: NDArray[np.int32]
    numbers: NDArray[np.int64]
    answer_lists: tuple[AnswerList, ...]
    any_answer: bool | str
    is_over_periods: bool
    columns: list[list[Any]] = field(init=False)
    small: tuple[SmallTable, SmallTable] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Makes the tables, once for all frames."""
        most = max(1, *map(len, self.answer_lists))
        empty = ((0, self.any_answer),) * most
        columns = self._columns(
            [
                (*answers, *empty[len(answers) :]) if answers else ((0, None),) * most
                for answers in self.answer_lists
            ]
        )
        row, segment = np.array([bool(answers) for answers in self.answer_lists])[self.numbers].nonzero()
        numbers = self.numbers[row, segment].tolist()
        joined = [[column[number] for number in numbers] for column in columns]
        if not numbers:  # an empty table has no types: add a row that no state matches
            row, segment, joined = np.array([-1]), np.array([-1]), self._columns([empty])
        small = (
            SmallTable(columns=(list(range(len(self.segments))), self.segments.tolist())),
            SmallTable(columns=(row.tolist(), segment.tolist(), *joined)),
        )
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "small", small)

    def _columns(self, rows: Sequence[tuple[tuple[int, bool | str | None], ...]]) -> list[list[Any]]:
        """Rows of positions and answers as columns; without the positions where they do not count."""
        columns = [list(column) for nth in zip(*rows, strict=True) for column in zip(*nth, strict=True)]
        return columns if self.is_over_periods else columns[1:]

    @property
    def past(self) -> int:
        """The position of an end that lies after the last position."""
        return self.high - self.low + 1


def answers_for(membership: Membership, question: Question, *, is_over_periods: bool) -> Answers:
    """The tables for a question; those of the last few are kept."""
    kept: dict[object, Answers] = membership.compiled.cache.setdefault("tables to join", {})
    key = question, is_over_periods
    found = kept.get(key)  # read once: another thread may clear what is kept
    if found is None:
        found = _over_periods(membership, question) if is_over_periods else _by_position(membership, question)
        if len(kept) >= _TABLES_KEPT:
            kept.clear()
        kept[key] = found
    return found


def _by_position(membership: Membership, question: Question) -> Answers:
    """The answers for each day or year."""
    table = grid(membership, question, dense_bytes=0)
    assert table.segments is not None  # noqa: S101 (no dense table fits into nothing)
    words = _words(question)
    different, numbers = np.unique(table.cells, return_inverse=True)
    return Answers(
        low=table.low,
        high=table.high,
        segments=table.segments,
        numbers=numbers.reshape(-1, table.width),
        answer_lists=tuple(() if cell == table.null else ((0, words[cell]),) for cell in different.tolist()),
        any_answer=words[-1],
        is_over_periods=False,
    )


def _over_periods(membership: Membership, question: Question) -> Answers:
    """The answers for periods, by the segment of their first day."""
    days = by_day(question)
    rows = (*tracks(membership, days), track_without_acts(membership, days))
    last = membership.compiled.last
    ahead = set() if last is None else {last + 1}
    cuts = np.array(sorted(ahead.union(*(track.bounds for track in rows))), dtype=np.int64)
    low, high = (int(cuts[0]) - 1, int(cuts[-1])) if len(cuts) else (1, 1)
    words = _words(question)
    known: dict[AnswerList, int] = {(): 0}
    numbers = np.zeros(
        (len(rows) + 3, len(cuts) + 1), dtype=np.int64
    )  # 3 more rows: null, unknown and ambiguous
    for row, track in enumerate(rows, start=1):
        answer_lists = (
            tuple((high - low + 1 if end is None else end - low, words[cell]) for end, cell in found)
            for found in reaches(membership, question, track)
        )
        by_run = np.array([known.setdefault(one, len(known)) for one in answer_lists])
        numbers[row] = by_run[
            np.searchsorted(np.array(track.bounds, dtype=np.int64), [low, *cuts], side="right")
        ]
    return Answers(
        low=low,
        high=high,
        segments=np.searchsorted(cuts, np.arange(low, high + 1), side="right").astype(np.int32),
        numbers=numbers,
        answer_lists=tuple(known),
        any_answer=words[-1],
        is_over_periods=True,
    )


def _words(question: Question) -> tuple[Any, ...]:
    """The answers by cell."""
    return _MEMBER if question.what == "member" else WORDS[question.what]
