"""Each state's value (member, status, reason or share) in every day, month or year, under a rule, as runs."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from attrs import frozen

from csto_membership._facts.states import State
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.consistent import may_avoid
from csto_membership._membership.segments import LAST_DAY, timeline_without_acts
from csto_membership.errors import ReadingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.segments import Timeline

Freq: TypeAlias = Literal["year", "month", "day"]
"""The unit of the time axis."""

Rule: TypeAlias = Literal["any", "all", "start", "end", "midyear"]
"""How the days of a year or month make one answer.

To add a rule: this type; ``question_about``, if it needs years; ``_StateOnAxis.days``, and ``member`` there, if it
looks at more than one day; ``_WINDOWS`` and ``_LAST_DAYS`` of ``frames._state_years``, which read tables that were made
by it; the lists in ``frames._dyads``, ``cli.options`` and ``testing.laws_of_tables``; the docstrings of
``Organization``; the tables of rules in ``docs/how-to``.
"""

FREQS: tuple[str, ...] = get_args(Freq)
RULES: tuple[str, ...] = get_args(Rule)

NO, YES, NULL = 0, 1, 2
NO_STATUS = 0
DECIDED, OPEN, BEYOND, NO_STATE, UNKNOWN_STATE, AMBIGUOUS, NO_DATE, UNREADABLE = range(8)

_CELL = {Answer.NO: NO, Answer.YES: YES, Answer.UNKNOWN: NULL}
_JULY = 7


@frozen(kw_only=True)
class Track:
    """One state's values along a time axis, as runs: run *i* begins at ``bounds[i - 1]``, run 0 is open.

    Attributes:
        bounds: The positions on the axis at which a new run begins, ascending (see ``Question.freq``).
        cells: The value in each run (see ``Question.what``), one more than *bounds*; neighbours differ.
    """

    bounds: tuple[int, ...]
    cells: tuple[float, ...]

    def value_at(self, position: int) -> float:
        """The value at one position on the axis."""
        return self.cells[bisect_right(self.bounds, position)]


@frozen(kw_only=True)
class Question:
    """A question to every state for every position (day, month or year) on a time axis.

    Attributes:
        freq: The axis and its positions: ``"day"`` (ordinal), ``"month"`` (12 x year + month - 1) or
            ``"year"``.
        rule: How the days of a month or year make one answer.
        what: ``"member"`` (NO, YES, NULL), ``"status"`` (a mask, 0 for null), ``"why"`` (what makes a
            member null: DECIDED, OPEN or BEYOND) or ``"fraction"`` (the share of days, NaN for null).
    """

    freq: str
    rule: str
    what: str


def question_about(freq: str, rule: str, what: str, *, rules: tuple[str, ...] = RULES) -> Question:
    """A question whose rule fits its axis; *rules* are those that the caller may choose from.

    Raises:
        ReadingError: There is no such freq or rule, or the rule needs years.
    """
    if freq not in FREQS:
        raise ReadingError(f"no freq {freq!r}.", f"{did_you_mean(freq, FREQS)}There are {', '.join(FREQS)}.")
    if rule not in rules:
        raise ReadingError(f"no rule {rule!r}.", f"{did_you_mean(rule, rules)}There are {', '.join(rules)}.")
    if rule == "midyear" and freq != "year":
        raise ReadingError(
            f"rule 'midyear' needs years, got freq={freq!r}.",
            "Choose freq='year' or another rule.",
            option="freq",
        )
    return Question(freq=freq, rule="start" if freq == "day" else rule, what=what)


def tracks(membership: Membership, question: Question) -> tuple[Track, ...]:
    """The track of every state, in the order of their codes; cached."""
    cache = membership.compiled.cache
    if question not in cache:
        cache[question] = tuple(
            _track(membership.compiled, timeline, question)
            for timeline in membership.compiled.segments.timelines
        )
    found: tuple[Track, ...] = cache[question]
    return found


def track_without_acts(membership: Membership, question: Question) -> Track:
    """What every state without an act was: OUTSIDE on all days, or unknown where the record is not closed."""
    cache = membership.compiled.cache
    key = "without acts", question
    if key not in cache:
        closed = membership.history.closed
        nobody = timeline_without_acts(State(iso3="", english=""), is_closed=closed)
        cache[key] = _track(membership.compiled, nobody, question)
    found: Track = cache[key]
    return found


def value_over_period(membership: Membership, what: str, timeline: Timeline, days: tuple[int, int]) -> int:
    """A state's value over all days ``[first, after)``: NO, YES or NULL, a mask, or a reason, by *what*."""
    compiled = membership.compiled
    first, after = days
    is_known = compiled.last is None or after - 1 <= compiled.last
    mask = timeline.mask_in(first, after) if is_known else NO_STATUS
    if what == "status":
        return mask
    member = _CELL[answer(mask, compiled.basis)] if is_known else NULL
    if what == "member":
        return member
    return DECIDED if member != NULL else OPEN if is_known else BEYOND


def position_of(freq: str, day: int) -> int:
    """The position on the axis of the day with this ordinal."""
    if freq == "day":
        return day
    when = date.fromordinal(day)
    return when.year if freq == "year" else 12 * when.year + when.month - 1


def first_day_of(freq: str, index: int) -> int:
    """Ordinal of the first day of a position on the axis."""
    if freq == "day":
        return index
    year, month = (index, 0) if freq == "year" else divmod(index, 12)
    return date(year, month + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal() + 1


def _track(compiled: Compiled, timeline: Timeline, question: Question) -> Track:
    """One state's runs; a run can begin only at a position that contains a cut, or at the next one."""
    known = LAST_DAY if compiled.last is None else compiled.last
    cuts = (*timeline.days, *(() if compiled.last is None else (compiled.last + 1,)))
    if question.freq != "day":  # a period's answer may change where no day's mask does
        cuts = (*cuts, *(edge for edge in timeline.edges if edge <= known))
    positions = {position_of(question.freq, cut) for cut in cuts}
    if question.freq != "day":
        positions |= {position + 1 for position in positions}
    earliest, last = (position_of(question.freq, day) for day in (1, date.max.toordinal()))
    ordered = sorted(position for position in positions if position <= last)
    row = _StateOnAxis(
        timeline=timeline,
        question=question,
        basis=compiled.basis,
        last=known,
    )
    ask: Callable[[int], float] = {
        "status": row.status,
        "member": row.member,
        "why": row.why,
        "fraction": row.fraction,
    }[question.what]
    bounds: list[int] = []
    cells = [ask(earliest)]  # up to the first cut, all positions are alike
    for position in ordered:
        cell = ask(position)
        if cell != cells[-1]:
            bounds.append(position)
            cells.append(cell)
    return Track(bounds=tuple(bounds), cells=tuple(cells))


@frozen(kw_only=True, eq=False)
class _StateOnAxis:
    """One state, asked about one position on the axis after another, by three-valued logic over its days."""

    timeline: Timeline
    question: Question
    basis: int
    last: int  # the last day of which anything is known

    def days(self, position: int) -> tuple[int, int]:
        """The days that decide, ``[first, after)``."""
        first, after = (
            first_day_of(self.question.freq, position),
            first_day_of(self.question.freq, position + 1),
        )
        if self.question.rule == "start":
            return first, first + 1
        if self.question.rule == "end":
            return after - 1, after
        if self.question.rule == "midyear":
            middle = date(position, _JULY, 1).toordinal()
            return middle, middle + 1
        return first, after

    def status(self, position: int) -> int:
        """The mask of all days that decide; ``NO_STATUS`` if one of them is past the horizon."""
        first, after = self.days(position)
        return self.timeline.mask_in(first, after) if after - 1 <= self.last else NO_STATUS

    def member(self, position: int) -> int:
        """Whether it was a member, as the rule decides.

        "any" is yes if every consistent choice of dates has a day of membership in the period, even if no
        single day is certain. "all" is no if every choice has a day without membership.
        """
        first, after = self.days(position)
        if first > self.last:
            return NULL
        known = min(after, self.last + 1)
        cells = {
            _CELL[answer(self.timeline.masks[run], self.basis)] for run in self.timeline.runs_in(first, known)
        }
        for decisive, rule, mask in ((YES, "any", self.basis), (NO, "all", ~self.basis)):
            if self.question.rule == rule and (
                decisive in cells or (NULL in cells and not may_avoid(self.timeline, mask, first, known))
            ):
                return decisive
        if NULL in cells or known < after:
            return NULL
        (same,) = (
            cells  # one value is left: for "any" and "all" all days agree, every other rule looks at one day
        )
        return same

    def why(self, position: int) -> int:
        """What leaves it open whether it was a member, if it is open."""
        if self.member(position) != NULL:
            return DECIDED
        return BEYOND if self.days(position)[1] - 1 > self.last else OPEN

    def fraction(self, position: int) -> float:
        """The share of days on which it was a member."""
        first, after = self.days(position)
        if after - 1 > self.last:
            return float("nan")
        member_days = 0
        for run in self.timeline.runs_in(first, after):
            member = answer(self.timeline.masks[run], self.basis)
            if member is Answer.UNKNOWN:
                return float("nan")
            begins = self.timeline.days[run - 1] if run else first
            ends = self.timeline.days[run] if run < len(self.timeline.days) else after
            member_days += (min(ends, after) - max(begins, first)) if member is Answer.YES else 0
        return member_days / (after - first)


def segment_count(rows: tuple[Track, ...]) -> int:
    """The number of runs in all tracks, without each track's first."""
    return sum(len(track.bounds) for track in rows)
