"""DuckDB: what is planned in its SQL without any join, since a join loses the order of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from csto_membership.frames._planned.columns import Grouped
from csto_membership.frames._planned.engine import Engine
from csto_membership.frames._planned.sql import Dialect, Sql, SqlWriter
from csto_membership.frames._refusals import check_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csto_membership.frames._options import Expression, NativeFrame
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn
    from csto_membership.frames._planned.lookups import LookUp

DUCKDB = Dialect(
    quote='"',
    moment="TIMESTAMP",
    text="VARCHAR",
    exact='{text} COLLATE "binary"',
    matches="regexp_matches({text}, '{pattern}')",
    is_substituted=False,
    days="({day} - DATE '1970-01-01')",
    # A cast would round up into the next day; infinite moments have no epoch_ns.
    moments="CASE WHEN isfinite({moment}) THEN make_timestamp((epoch_ns({moment}) - (epoch_ns({moment}) % 1000 + 1000) "
    "% 1000) // 1000) ELSE CAST({moment} AS TIMESTAMP) END",
)


@frozen(kw_only=True)
class DuckDB(Engine):
    """A relation of DuckDB."""

    @property
    def writer(self) -> SqlWriter:
        """Writes what a plan is made of."""
        return SqlWriter(dialect=DUCKDB)

    def columns(self, native: NativeFrame) -> list[str]:
        """The names of all columns, of which the schema shows only one where two have one name."""
        columns = list(native.columns)
        check_columns(columns, *columns)
        return columns

    def type_of(self, native: NativeFrame, column: str) -> str:
        """The type of a column, as DuckDB calls it."""
        return str(native.types[native.columns.index(column)])

    def letter_by_letter(self, native: NativeFrame, column: str) -> NativeFrame:
        """A frame of one text alone, which is compared letter by letter."""
        name = self.writer.column(column)
        return native.project(f"{self.writer.exact(name).text} as {name.text}")

    def numbered(
        self, native: NativeFrame, states: StateColumn, unknown: int, names: tuple[str, str]
    ) -> NativeFrame:
        """A relation with the number of each row's state; see ``Engine``. A word is found by its index in an ENUM."""
        words = states.spelled
        found = f"list_extract({listed(words.values())}, {_index(states, words)} + 1)"
        return self._with(native, states, f"coalesce({found}, {unknown})", names[0])

    def grouped(
        self, native: NativeFrame, states: StateColumn, groups: Mapping[int, int], names: tuple[str, str]
    ) -> tuple[NativeFrame, Grouped]:
        """See ``Engine``. The integers are the indices of words, in the order of their groups."""
        words = states.spelled
        native = self._with(native, states, f"coalesce({_index(states, words)}, -1)", names[0])
        return native, Grouped.by_words(self.writer.column(names[0]), words, groups)

    def _with(self, native: NativeFrame, states: StateColumn, found: str, name: str) -> NativeFrame:
        """A relation with a column of integers, null where there is no state."""
        text = f"CASE WHEN {states.missing.text} THEN NULL ELSE {found} END"
        return native.project(f"*, {text}::INTEGER AS {DUCKDB.name(name)}")

    def with_columns(self, native: NativeFrame, columns: Mapping[str, Expression]) -> NativeFrame:
        """A relation with new columns."""
        added = ", ".join(f"{column.text} AS {DUCKDB.name(name)}" for name, column in columns.items())
        return native.project(f"*, {added}")

    def without(self, native: NativeFrame, columns: Iterable[str]) -> NativeFrame:
        """A relation without some columns."""
        return native.project(f"* EXCLUDE ({', '.join(map(DUCKDB.name, columns))})")

    def looked_up(
        self, look_up: LookUp, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]
    ) -> NativeFrame:
        """A relation with the answers, in its order.

        A segment is found in a list of all positions, and an answer as a few bits in a string of bits: both are
        constants.
        """
        for name, (what, table) in tables.items():
            kind = "BOOLEAN" if isinstance(table.any_answer, bool) else "VARCHAR"
            position, segment, number = (
                self.writer.column(name) for name in (look_up.position, look_up.segment, look_up.answer)
            )
            segments = listed(table.segments.tolist())
            told = [position.of(_at(number.text, column, kind)) for column in table.columns]
            steps = {
                look_up.position: look_up.here(table),
                look_up.segment: position.of(f"list_extract({segments}, {position.text}::INTEGER + 1)"),
                look_up.answer: position.of(_number(self.writer.column(look_up.row), segment, table)),
                name: look_up.found(what, table, told),
            }
            # One projection per step, so that each constant occurs only once in the plan.
            for step, expression in steps.items():
                native = self.with_columns(native, {step: expression})
            native = self.without(native, [look_up.position, look_up.segment, look_up.answer])
        return native


def _index(states: StateColumn, words: Iterable[Any]) -> str:
    """The index of each row's word in a list, as SQL; null for others."""
    kind = f"ENUM({', '.join(DUCKDB.literal(str(word)) for word in words)})"
    if kind == "ENUM()":
        return "CAST(NULL AS INTEGER)"
    plain, written = (
        f"enum_code(TRY_CAST(CAST({text.text} AS VARCHAR) AS {kind}))::INTEGER"
        for text in (states.plain, states.written)
    )
    # Look codes up as they are first, since trimming and lower() take two thirds of the time. DuckDB evaluates the
    # second argument of coalesce only where the first is null.
    return f"coalesce({plain}, {written})" if states.in_capitals else written


def _number(row: Sql, segment: Sql, table: Answers) -> str:
    """The index into ``Answers.answer_lists`` for a row and a segment, read as a few bits of one constant bit string.

    The bits are a constant of DuckDB's type BIT, in which an offset is found at once. At 217 states this is 6 to
    14 times as fast as a constant list (868 and 4,340 changes), and 1.2 to 1.4 times as fast as a text of one
    digit a cell that is read with ``substr``.
    """
    width = max((len(table.answer_lists) - 1).bit_length(), 1)
    bits = (table.numbers.reshape(-1, 1) >> np.arange(width)) & 1
    constant = f"from_hex('{np.packbits(bits.astype(bool).reshape(-1)).tobytes().hex()}')::BIT"
    at = f"({row.text} * {table.numbers.shape[1]} + {segment.text}) * {width}"
    return " + ".join(f"get_bit({constant}, ({at} + {bit})::INTEGER) * {1 << bit}" for bit in range(width))


def _at(number: str, column: list[Any], kind: str) -> str:
    """What stands at a number in a column of positions, or of answers of a kind, as SQL."""
    if isinstance(column[0], int) and not isinstance(column[0], bool):
        return f"list_extract({listed(column)}, {number} + 1)"
    words = ", ".join("NULL" if answer is None else f"'{answer}'" for answer in column)
    return f"list_extract([{words}]::{kind}[], {number} + 1)"


def listed(numbers: Iterable[int]) -> str:
    """Numbers as one literal to be split: DuckDB's parser is slow with long lists."""
    return f"string_split('{','.join(map(str, numbers))}', ',')::INTEGER[]"
