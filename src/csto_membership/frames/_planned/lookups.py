"""Answers looked up in small tables: from a day or year to its segment, from state and segment to the answer.

One condition would be as long as there are runs. Polars and Spark join the tables by equality, which keeps every
row and every null; DuckDB, which loses the order of rows in any join, reads them out of constants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._membership.tracks import AMBIGUOUS, NO_DATE, NO_STATE, UNKNOWN_STATE, UNREADABLE
from csto_membership.frames._grids import REASONS, WORDS, grid
from csto_membership.frames._planned.rows import listed, numbered, spark_functions
from csto_membership.frames._planned.sql import DUCKDB
from csto_membership.frames._planned.tables import SmallTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._grids import Grid
    from csto_membership.frames._options import Expression, NativeFrame
    from csto_membership.frames._planned.columns import StateColumn, TimeColumn
    from csto_membership.frames._planned.expressions import Writer

_MEMBER = (False, True)


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
    answer: str

    def annotated(
        self, engine: nw.Implementation, native: NativeFrame, questions: Mapping[str, Question]
    ) -> NativeFrame:
        """The frame of an engine with its answers."""
        native = numbered(engine, native, self.states, int, (self.row, self.place))
        if engine is nw.Implementation.POLARS:
            return self.in_polars(native, questions)
        if engine is nw.Implementation.DUCKDB:
            return self.in_duckdb(native, questions)
        return self.in_spark(native, questions)

    def here(self, table: Grid) -> Expression:
        """The place of each row in a table; what lies outside is clipped before it is cast."""
        column, literal, constant = self.times.column, self.times.literal, self.writer.constant
        inside = self.writer.place(column, self.times.kind, table.low)
        clipped = [
            (column < literal(table.low), constant(0)),
            (column >= literal(table.high), constant(table.high - table.low)),
        ]
        return self.writer.first([(self.times.readable, self.writer.first(clipped, inside))])

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

    def in_polars(self, native: NativeFrame, questions: Mapping[str, Question]) -> NativeFrame:
        """The frame of Polars with its answers, in its order."""
        pl = nw.Implementation.POLARS.to_native_namespace()
        for name, question in questions.items():
            table = grid(self.membership, question, dense_bytes=0)
            segments, answers = (
                small.as_polars(pl, names)
                for small, names in zip(
                    _tables(self.membership, question, table), self._names(name), strict=True
                )
            )
            native = native.with_columns(self.here(table).cast(pl.Int64).alias(self.place))
            native = native.join(segments, on=self.place, how="left", maintain_order="left")
            native = native.join(answers, on=[self.row, self.segment], how="left", maintain_order="left")
            if question.what == "why":
                native = native.with_columns(self.reason(pl.col(name)).alias(name))
            native = native.drop(self.place, self.segment)
        return native.drop(self.row)

    def in_spark(self, native: NativeFrame, questions: Mapping[str, Question]) -> NativeFrame:
        """The frame of Spark with its answers; tables are said to be small, so that no row is moved for them."""
        functions = spark_functions(native)
        answer = self.writer.column(self.answer)
        for name, question in questions.items():
            table = grid(self.membership, question, dense_bytes=0)
            segments, answers = (
                functions.broadcast(small.as_spark(native, names))
                for small, names in zip(
                    _tables(self.membership, question, table), self._names(self.answer), strict=True
                )
            )
            native = native.withColumn(self.place, functions.expr(f"CAST({self.here(table).text} AS BIGINT)"))
            native = native.join(segments, on=[self.place], how="left")
            native = native.join(answers, on=[self.row, self.segment], how="left")
            made = self.reason(answer) if question.what == "why" else answer
            # The name that the caller chose is no part of any SQL.
            native = native.withColumn(name, functions.expr(made.text)).drop(
                self.place, self.segment, self.answer
            )
        return native.drop(self.row)

    def _names(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the columns of the two tables are called."""
        return (self.place, self.segment), (self.row, self.segment, name)

    def in_duckdb(self, native: NativeFrame, questions: Mapping[str, Question]) -> NativeFrame:
        """The relation of DuckDB with its answers, in its order.

        A segment is found in a list of all places, and an answer as a few bits in a string of bits: both are constants.
        """
        for name, question in questions.items():
            table = grid(self.membership, question, dense_bytes=0)
            native = native.project(f"*, {self.here(table).text} AS {DUCKDB.name(self.place)}")
            found = self._duckdb_answer(table, question)
            if question.what == "why":
                found = self.reason(self.writer.column(self.place).of(found)).text
            place = DUCKDB.name(self.place)
            native = native.project(f"* EXCLUDE ({place}), {found} AS {DUCKDB.name(name)}")
        return native.project(f"* EXCLUDE ({DUCKDB.name(self.row)})")

    def _duckdb_answer(self, table: Grid, question: Question) -> str:
        """What a table holds at a row and a place: different cells have numbers, and each number a few bits.

        The bits are a constant of DuckDB's type BIT, in which an offset is found at once. At 217 states this is 6 to
        14 times as fast as a constant list (868 and 4,340 changes), and 1.2 to 1.4 times as fast as a text of one
        digit a cell that is read with ``substr``.
        """
        assert table.segments is not None  # noqa: S101 (no dense table fits into nothing)
        different, numbers = np.unique(table.cells, return_inverse=True)
        width = max(int(len(different) - 1).bit_length(), 1)
        bits = (numbers.reshape(-1, 1) >> np.arange(width)) & 1
        constant = f"from_hex('{np.packbits(bits.astype(bool).reshape(-1)).tobytes().hex()}')::BIT"
        row, place = DUCKDB.name(self.row), DUCKDB.name(self.place)
        segment = f"list_extract({listed(table.segments.tolist())}, {place}::INTEGER + 1)"
        at = f"({row} * {table.width} + {segment}) * {width}"
        number = " + ".join(
            f"get_bit({constant}, ({at} + {bit})::INTEGER) * {1 << bit}" for bit in range(width)
        )
        said = _MEMBER if question.what == "member" else WORDS[question.what]
        kind = "BOOLEAN" if question.what == "member" else "VARCHAR"
        answers = (
            said[cell] if cell != table.null and cell < len(said) else None for cell in different.tolist()
        )
        words = ", ".join("NULL" if answer is None else f"'{answer}'" for answer in answers)
        return f"list_extract([{words}]::{kind}[], {number} + 1)"


def _tables(membership: Membership, question: Question, table: Grid) -> tuple[SmallTable, SmallTable]:
    """The segment of every place, and the answer for every row and segment, made once for all frames."""
    kept: dict[Question, tuple[SmallTable, SmallTable]]
    kept = membership.compiled.cache.setdefault("tables to join", {})
    found = kept.get(question)  # read once: another thread may clear what is kept
    if found is not None:
        return found
    assert table.segments is not None  # noqa: S101 (no dense table fits into nothing)
    cells = table.cells.reshape(-1, table.width)
    known = cells[1 : table.states + 2]  # the states with an act, and all others
    row, segment = (known != table.null).nonzero()
    words: tuple[Any, ...] = _MEMBER if question.what == "member" else WORDS[question.what]
    answers = [words[cell] for cell in known[row, segment].tolist()]
    places = list(range(len(table.segments)))
    pair = (
        SmallTable(columns=(places, table.segments.astype(np.int64).tolist())),
        # Engines read types off the first row: where there is none, one that no state meets.
        SmallTable(
            columns=((row + 1).tolist(), segment.tolist(), answers) if answers else ([0], [0], [words[-1]])
        ),
    )
    if len(kept) >= _TABLES_KEPT:
        kept.clear()
    kept[question] = pair
    return pair


_TABLES_KEPT = 3  # pairs of tables, for an organization: one for each question of a call
