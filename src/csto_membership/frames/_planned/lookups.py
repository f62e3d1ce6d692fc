"""Answers looked up in small tables: from a day or year to its segment, from state and segment to the answer.

A single condition would grow with the number of runs. Instead, engines join the tables with left joins, which
keep every row and every null, or read them from constants. For a period its first day is looked up, which
gives several answers, each with the latest end for which it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._membership.tracks import AMBIGUOUS, NO_DATE, NO_STATE, UNKNOWN_STATE, UNREADABLE
from csto_membership.frames._grids import REASONS
from csto_membership.frames._planned.answers import answers_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._options import Expression
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn, TimeColumn
    from csto_membership.frames._planned.expressions import Writer


@frozen(kw_only=True, eq=False)
class LookUp:
    """How the answers of an organization are looked up for a frame."""

    membership: Membership
    states: StateColumn
    times: TimeColumn
    writer: Writer
    row: str  # names of temporary columns. row: the state's grid row, null without a state
    position: (
        str  # the position on the axis, counted from the first of the table; null where it cannot be read
    )
    segment: str
    answer: str  # with a number behind it, since a period has several

    def tables(self, questions: Mapping[str, Question]) -> dict[str, tuple[str, Answers]]:
        """What each new column holds, and where its answers stand."""
        is_over_periods = self.times.after is not None
        return {
            name: (question.what, answers_for(self.membership, question, is_over_periods=is_over_periods))
            for name, question in questions.items()
        }

    def here(self, table: Answers) -> Expression:
        """Each row's axis position relative to ``table.low``; clipped first, so that no cast overflows."""
        column, literal, constant = self.times.column, self.times.literal, self.writer.constant
        inside = self.writer.position(column, self.times.kind, table.low)
        clipped = [
            (column < literal(table.low), constant(0)),
            (column >= literal(table.high), constant(table.high - table.low)),
        ]
        return self.writer.first([(self.times.readable, self.writer.first(clipped, inside))])

    def end(self, table: Answers) -> Expression:
        """The position of the first day after each row's period, clipped like the first."""
        after, literal, constant = self.times.after, self.times.literal, self.writer.constant
        clipped = [
            (after <= literal(table.low), constant(1)),
            (after > literal(table.high), constant(table.past)),
        ]
        return self.writer.first(clipped, self.writer.position(after, self.times.kind, table.low))

    def found(self, what: str, table: Answers, columns: Sequence[Expression]) -> Expression:
        """The answer of each row, from the looked-up columns for its state and segment."""
        found = columns[0]
        if table.is_over_periods:
            end, cases = self.end(table), zip(columns[::2], columns[1::2], strict=True)
            told = self.writer.first([(last >= end, answer) for last, answer in cases])
            found = self.writer.first([(self.times.readable, told)])
        return self.reason(found) if what == "why" else found

    def reason(self, found: Expression) -> Expression:
        """Why the member is null: an unreadable row first, else the reason *found* in the table."""
        column, constant = self.writer.column, self.writer.constant
        row, rows = column(self.row), self.states.rows
        outside = [
            (self.times.missing, constant(REASONS[NO_DATE])),
            (column(self.position).is_null(), constant(REASONS[UNREADABLE])),
            (row.is_null(), constant(REASONS[NO_STATE])),
            (row == rows.unknown, constant(REASONS[UNKNOWN_STATE])),
            (row == rows.ambiguous, constant(REASONS[AMBIGUOUS])),
        ]
        return self.writer.first(outside, found)

    def names(self, table: Answers) -> tuple[tuple[str, str], tuple[str, ...]]:
        """What the columns of the two tables are called."""
        answers = (f"{self.answer}{number}" for number in range(len(table.columns)))
        return (self.position, self.segment), (self.row, self.segment, *answers)
