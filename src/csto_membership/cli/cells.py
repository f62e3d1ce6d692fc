"""Answers the rows of a CSV file one by one, and counts how many could be read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from csto_membership._facts.dates import span
from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer
from csto_membership._membership.names import Ambiguous
from csto_membership._membership.tracks import (
    BEYOND,
    DECIDED,
    YES,
    question_about,
    track_without_acts,
    tracks,
)
from csto_membership.errors import BeyondHorizonError, DayError, shown

if TYPE_CHECKING:
    from csto_membership import Organization, State

_KEPT = 100_000  # pairs of a state and a day whose answer is kept
_LAST_YEAR = 9999  # of the calendar
_LISTED = 10  # values that a sentence names


class Meaning(NamedTuple):
    """The answer for one row: whether its state was a member on its day.

    Attributes:
        member: Whether it was; ``None`` where that is not known.
        status: Its status; ``None`` where the state or the day cannot be read, or the day is past the horizon.
        why: What leaves *member* open; ``None`` where it is not.
    """

    member: bool | None
    status: str | None
    why: str | None


@frozen(kw_only=True)
class Cells:
    """Reads a state and a day, as they stand in a file, under one reading.

    Attributes:
        organization: What is asked.
        codes: The scheme in which states are written; ``None`` for all.
        rule: How the days of a year make one answer; ``None`` where the cells hold days.
    """

    organization: Organization
    codes: str | None = None
    rule: str | None = None
    _states: dict[str, State | str] = field(factory=dict, init=False)
    _kept: dict[tuple[str, str, str | None], Meaning] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        if self.rule is not None:
            question_about("year", self.rule, "member")  # refuse an unknown rule before any row is read

    def of(self, state: str, day: str, after: str | None = None) -> Meaning:
        """The meaning of one row: of its day or year, or of its period where it has a first day after."""
        kept = self._kept.get((state, day, after))
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            kept = self._kept[state, day, after] = self._read(state, day, after)
        return kept

    def _read(self, word: str, day: str, after: str | None) -> Meaning:
        """The meaning of a row that has not been met."""
        why = self._unreadable(day) if after is None else _no_period(day, after)
        if why is not None:
            return Meaning(None, None, why)
        if word not in self._states:
            if len(self._states) >= _KEPT:
                self._states.clear()
            self._states[word] = self._state(word)
        state = self._states[word]
        if isinstance(state, str):
            return Meaning(None, None, state)
        try:
            if self.rule is not None:
                return self._in_year(state, int(day), self.rule)
            return self._on(state, day if after is None else (day, after))
        except BeyondHorizonError:
            return Meaning(None, None, "past the horizon")

    def _unreadable(self, day: str) -> str | None:
        """Why a cell is not a day, month or year (with a rule: not a year); ``None`` if it is."""
        if not day:
            return "no date"
        if self.rule is not None:
            return (
                None
                if day.isascii() and day.isdecimal() and 1 <= int(day) <= _LAST_YEAR
                else "unreadable date"
            )
        try:
            span(day)
        except DayError:
            return "unreadable date"
        return "unreadable date" if day.startswith("[") else None  # a table holds days, and no ranges of them

    def _state(self, word: str) -> State | str:
        """The state that a cell means, or why it means none."""
        if not word.strip():
            return "no state"
        meaning = self.organization.compiled.names.encode(word, self.codes)
        if meaning is None:
            return "unknown state"
        return "ambiguous" if isinstance(meaning, Ambiguous) else meaning

    def _on(self, state: State, day: str | tuple[str, str]) -> Meaning:
        """Whether a state was a member on a day, or on all days of a period."""
        status = str(self.organization.status_on(state, day))
        answer = self.organization.was_member(state, day)
        if answer is Answer.UNKNOWN:
            return Meaning(None, status, "open")
        return Meaning(answer is Answer.YES, status, None)

    def _in_year(self, state: State, year: int, rule: str) -> Meaning:
        """Whether a state was a member in a year, as a rule decides."""
        organization = self.organization
        row = bisect_left(organization.compiled.names.codes, state.iso3)
        has_acts = state.iso3 in organization.compiled.names.states
        questions = [question_about("year", rule, what) for what in ("member", "status", "why")]
        member, status, why = (
            (
                tracks(organization, question)[row]
                if has_acts
                else track_without_acts(organization, question)
            ).value_at(year)
            for question in questions
        )
        written = str(Status(int(status))) if status else None
        if why == DECIDED:
            return Meaning(member == YES, written, None)
        return Meaning(None, written, "past the horizon" if why == BEYOND else "open")


def _no_period(first: str, after: str) -> str | None:
    """Why two cells are not a period of at least a day; ``None`` if they are."""
    if not first or not after:
        return "no date"
    try:
        begins, ends = span(first), span(after)
    except DayError:
        return "unreadable date"
    are_days = begins[1] - begins[0] == ends[1] - ends[0] == 1 and "[" not in first + after
    return None if are_days and begins < ends else "unreadable date"


@frozen(kw_only=True)
class Tally:
    """How many rows were answered, and which values could not be read."""

    answers: Counter[str] = field(factory=Counter, init=False)
    reasons: Counter[str] = field(factory=Counter, init=False)
    values: dict[str, Counter[str]] = field(factory=dict, init=False)

    def count(self, meaning: Meaning, state: str, day: str, times: int = 1) -> None:
        """Count a row."""
        if meaning.why is None:
            self.answers["yes" if meaning.member else "no"] += times
            return
        self.reasons[meaning.why] += times
        value = {"unknown state": state, "ambiguous": state, "unreadable date": day}.get(meaning.why)
        if value is not None:
            values = self.values.setdefault(meaning.why, Counter())
            if value in values or len(values) < _KEPT:
                values[value] += times

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.answers.total() + self.reasons.total()

    @property
    def is_unread(self) -> bool:
        """Whether no state could be read, although there were words for some."""
        read = self.answers.total() + self.reasons["open"] + self.reasons["past the horizon"]
        return not read and bool(self.reasons["unknown state"] or self.reasons["ambiguous"])

    def summary(self, path: str) -> str:
        """The rows in one sentence, and a line for each reason that left cells empty."""
        line = f"{path}: {_rows(self.rows)}: {self.answers['yes']} yes, {self.answers['no']} no"
        if not self.reasons:
            return f"{line}."
        lines = [f"{line}, {self.reasons.total()} left empty."]
        for reason, times in self.reasons.most_common():
            values = self.values.get(reason, Counter()).most_common(_LISTED + 1)
            listed = ", ".join(f"{shown(value)} ({count})" for value, count in values[:_LISTED])
            more = ", ..." if len(values) > _LISTED else ""
            lines.append(f"  {reason}: {_rows(times)}{f': {listed}{more}' if listed else ''}")
        return "\n".join(lines)


def _rows(count: int) -> str:
    """How many rows, in words."""
    return f"{count} row{'' if count == 1 else 's'}"
