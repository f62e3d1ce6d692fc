"""Answers looked up in small tables: from a day or year to its segment, from state and segment to the answer.

One condition would be as long as there are runs. Polars and Spark join the tables by equality, which keeps every
row and every null; DuckDB, which loses the order of rows in any join, reads them out of constants.
Of a period the first day is looked up so, and there are several answers, each with the day up to which it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._membership.tracks import AMBIGUOUS, NO_DATE, NO_STATE, UNKNOWN_STATE, UNREADABLE
from csto_membership.frames._grids import REASONS
from csto_membership.frames._planned.answers import answers_for
from csto_membership.frames._planned.rows import listed, numbered, spark_functions
from csto_membership.frames._planned.sql import DUCKDB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._options import Expression, NativeFrame
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
    row: str  # what the new columns are called: the row of the state, null where there is none
    place: str  # the place on the axis, counted from the first of the table; null where it cannot be read
    segment: str
    answer: str  # with a number behind it, since a period has several

    def annotated(
        self, engine: nw.Implementation, native: NativeFrame, questions: Mapping[str, Question]
    ) -> NativeFrame:
        """The frame of an engine with its answers."""
        native = numbered(engine, native, self.states, int, (self.row, self.place))
        is_over_periods = self.times.after is not None
        tables = {
            name: (question.what, answers_for(self.membership, question, is_over_periods=is_over_periods))
            for name, question in questions.items()
        }
        if engine is nw.Implementation.POLARS:
            return self.in_polars(native, tables)
        if engine is nw.Implementation.DUCKDB:
            return self.in_duckdb(native, tables)
        return self.in_spark(native, tables)

    def here(self, table: Answers) -> Expression:
        """The place of each row in a table; what lies outside is clipped before it is cast."""
        column, literal, constant = self.times.column, self.times.literal, self.writer.constant
        inside = self.writer.place(column, self.times.kind, table.low)
        clipped = [
            (column < literal(table.low), constant(0)),
            (column >= literal(table.high), constant(table.high - table.low)),
        ]
        return self.writer.first([(self.times.readable, self.writer.first(clipped, inside))])

    def end(self, table: Answers) -> Expression:
        """The place of the first day after each row's period, clipped like the first."""
        after, literal, constant = self.times.after, self.times.literal, self.writer.constant
        clipped = [
            (after <= literal(table.low), constant(1)),
            (after > literal(table.high), constant(table.past)),
        ]
        return self.writer.first(clipped, self.writer.place(after, self.times.kind, table.low))

    def found(self, what: str, table: Answers, columns: Sequence[Expression]) -> Expression:
        """The answer of each row, from what is told of its state and segment."""
        found = columns[0]
        if table.is_over_periods:
            end, cases = self.end(table), zip(columns[::2], columns[1::2], strict=True)
            told = self.writer.first([(last >= end, answer) for last, answer in cases])
            found = self.writer.first([(self.times.readable, told)])
        return self.reason(found) if what == "why" else found

    def reason(self, found: Expression) -> Expression:
        """What makes a member null, with what was found in the table."""
        column, constant = self.writer.column, self.writer.constant
        row, rows = column(self.row), self.states.rows
        outside = [
            (self.times.missing, constant(REASONS[NO_DATE])),
            (column(self.place).is_null(), constant(REASONS[UNREADABLE])),
            (row.is_null(), constant(REASONS[NO_STATE])),
            (row == rows.unknown, constant(REASONS[UNKNOWN_STATE])),
            (row == rows.ambiguous, constant(REASONS[AMBIGUOUS])),
        ]
        return self.writer.first(outside, found)

    def in_polars(self, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]) -> NativeFrame:
        """The frame of Polars with its answers, in its order."""
        pl = nw.Implementation.POLARS.to_native_namespace()
        for name, (what, table) in tables.items():
            names = self._names(table)
            segments, answers = (
                small.as_polars(pl, columns) for small, columns in zip(table.small, names, strict=True)
            )
            native = native.with_columns(self.here(table).cast(pl.Int64).alias(self.place))
            native = native.join(segments, on=self.place, how="left", maintain_order="left")
            native = native.join(answers, on=[self.row, self.segment], how="left", maintain_order="left")
            made = self.found(what, table, [*map(self.writer.column, names[1][2:])])
            native = native.with_columns(made.alias(name)).drop(self.place, self.segment, *names[1][2:])
        return native.drop(self.row)

    def in_spark(self, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]) -> NativeFrame:
        """The frame of Spark with its answers; tables are said to be small, so that no row is moved for them."""
        functions = spark_functions(native)
        for name, (what, table) in tables.items():
            names = self._names(table)
            segments, answers = (
                functions.broadcast(small.as_spark(native, columns))
                for small, columns in zip(table.small, names, strict=True)
            )
            native = native.withColumn(self.place, functions.expr(f"CAST({self.here(table).text} AS BIGINT)"))
            native = native.join(segments, on=[self.place], how="left")
            native = native.join(answers, on=[self.row, self.segment], how="left")
            made = self.found(what, table, [*map(self.writer.column, names[1][2:])])
            # The name that the caller chose is no part of any SQL.
            native = native.withColumn(name, functions.expr(made.text)).drop(
                self.place, self.segment, *names[1][2:]
            )
        return native.drop(self.row)

    def _names(self, table: Answers) -> tuple[tuple[str, str], tuple[str, ...]]:
        """What the columns of the two tables are called."""
        answers = (f"{self.answer}{number}" for number in range(len(table.columns)))
        return (self.place, self.segment), (self.row, self.segment, *answers)

    def in_duckdb(self, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]) -> NativeFrame:
        """The relation of DuckDB with its answers, in its order.

        A segment is found in a list of all places, and an answer as a few bits in a string of bits: both are constants.
        """
        place = DUCKDB.name(self.place)
        for name, (what, table) in tables.items():
            native = native.project(f"*, {self.here(table).text} AS {place}")
            number, like = self._duckdb_number(table), self.writer.column(self.place)
            columns = [like.of(_at(number, column)) for column in table.columns]
            found = self.found(what, table, columns).text
            native = native.project(f"* EXCLUDE ({place}), {found} AS {DUCKDB.name(name)}")
        return native.project(f"* EXCLUDE ({DUCKDB.name(self.row)})")

    def _duckdb_number(self, table: Answers) -> str:
        """The number of the answers at a row and a place: a few bits of all that stand there one after the other.

        The bits are a constant of DuckDB's type BIT, in which an offset is found at once. At 217 states this is 6 to
        14 times as fast as a constant list (868 and 4,340 changes), and 1.2 to 1.4 times as fast as a text of one
        digit a cell that is read with ``substr``.
        """
        width = max((len(table.told) - 1).bit_length(), 1)
        bits = (table.numbers.reshape(-1, 1) >> np.arange(width)) & 1
        constant = f"from_hex('{np.packbits(bits.astype(bool).reshape(-1)).tobytes().hex()}')::BIT"
        row, place = DUCKDB.name(self.row), DUCKDB.name(self.place)
        segment = f"list_extract({listed(table.segments.tolist())}, {place}::INTEGER + 1)"
        at = f"({row} * {table.numbers.shape[1]} + {segment}) * {width}"
        return " + ".join(
            f"get_bit({constant}, ({at} + {bit})::INTEGER) * {1 << bit}" for bit in range(width)
        )


def _at(number: str, column: list[Any]) -> str:
    """What stands at a number in a column, as SQL."""
    kinds = {type(value) for value in column} - {type(None)}
    if kinds == {int}:
        return f"list_extract({listed(column)}, {number} + 1)"
    kind = "BOOLEAN" if kinds == {bool} else "VARCHAR"
    words = ", ".join("NULL" if answer is None else f"'{answer}'" for answer in column)
    return f"list_extract([{words}]::{kind}[], {number} + 1)"
