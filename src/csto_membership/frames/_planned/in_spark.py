"""Spark: what is planned in its SQL and by its joins with small tables, which it sends to all workers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership.frames._planned.engine import Engine
from csto_membership.frames._planned.sql import Dialect, SqlWriter
from csto_membership.frames._planned.tables import SmallTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership.frames._options import Expression, Library, NativeFrame
    from csto_membership.frames._planned.answers import Answers
    from csto_membership.frames._planned.columns import StateColumn
    from csto_membership.frames._planned.lookups import LookUp

_FEW = 20  # words that Spark compares one by one as fast as it finds them by a join
SPARK = Dialect(
    quote="`",
    moment="TIMESTAMP_NTZ",
    text="STRING",
    exact="{text} COLLATE UTF8_BINARY",
    matches="({text} RLIKE '{pattern}' AND instr({text}, char(10)) = 0)",  # Java's $ lets a line feed follow
    is_substituted=True,
    days="unix_date({day})",
    moments="{moment}",  # it has none of nanoseconds
)


@frozen(kw_only=True)
class Spark(Engine):
    """A frame of Spark, classic or Connect."""

    @property
    def writer(self) -> SqlWriter:
        """Writes what a plan is made of."""
        return SqlWriter(dialect=SPARK)

    def type_of(self, native: NativeFrame, column: str) -> str:
        """The type of a column, as Spark calls it."""
        return str(native.schema[column].dataType)

    def is_collated(self, native: NativeFrame, column: str) -> bool:
        """Whether a text may be compared by rules other than letter by letter, as its type says."""
        return getattr(native.schema[column].dataType, "collation", "UTF8_BINARY") != "UTF8_BINARY"

    def letter_by_letter(self, native: NativeFrame, column: str) -> NativeFrame:
        """A frame of one text alone, which is compared letter by letter; the same one where all are."""
        if not self.is_collated(native, column):
            return native
        name = self.writer.column(column)
        return native.selectExpr(f"{self.writer.exact(name).text} as {name.text}")

    def copied(self, native: NativeFrame, copies: Mapping[str, str]) -> tuple[NativeFrame, dict[str, str]]:
        """A frame with copies of columns whose names cannot stand in an expression, and the copies that it has.

        Spark substitutes ``${...}`` wherever it parses SQL, in the names of columns as well.
        """
        wanted = {name: copy for name, copy in copies.items() if "$" in name}
        for name, copy in wanted.items():
            native = native.withColumn(copy, native[SPARK.name(name)])
        return native, wanted

    def numbered(
        self, native: NativeFrame, states: StateColumn, unknown: int, names: tuple[str, str]
    ) -> NativeFrame:
        """A frame with the number of each row's state; see ``Engine``. Many words are joined with a small table."""
        functions = spark_functions(native)
        name, word = names
        missing = f"({states.missing.text})"
        if len(states.words) <= _FEW:
            found = _cases(states)
            return native.withColumn(
                name, functions.expr(f"CASE WHEN NOT {missing} THEN coalesce({found}, {unknown}) END")
            )
        kind = {str: "STRING", int: "BIGINT", float: "DOUBLE"}[states.kind]
        native = native.withColumn(word, functions.expr(f"CAST({states.written.text} AS {kind})"))
        words = SmallTable(columns=(list(states.words), list(states.words.values()))).as_spark(
            native, (word, name)
        )
        native = native.join(functions.broadcast(words), on=[word], how="left").drop(word)
        text = f"CASE WHEN NOT {missing} THEN coalesce({SPARK.name(name)}, {unknown}) END"
        return native.withColumn(name, functions.expr(text))

    def with_columns(self, native: NativeFrame, columns: Mapping[str, Expression]) -> NativeFrame:
        """A frame with new columns, whose names stand in no SQL."""
        functions = spark_functions(native)
        return native.withColumns({name: functions.expr(column.text) for name, column in columns.items()})

    def looked_up(
        self, look_up: LookUp, native: NativeFrame, tables: Mapping[str, tuple[str, Answers]]
    ) -> NativeFrame:
        """The frame with its answers, by broadcast joins, so that its rows are not shuffled."""
        functions = spark_functions(native)
        for name, (what, table) in tables.items():
            names = look_up.names(table)
            segments, answers = (
                functions.broadcast(small.as_spark(native, columns))
                for small, columns in zip(table.small, names, strict=True)
            )
            here = functions.expr(f"CAST({look_up.here(table).text} AS BIGINT)")
            native = native.withColumn(look_up.position, here)
            native = native.join(segments, on=[look_up.position], how="left")
            native = native.join(answers, on=[look_up.row, look_up.segment], how="left")
            made = look_up.found(what, table, [*map(self.writer.column, names[1][2:])])
            native = self.with_columns(native, {name: made})
            native = native.drop(look_up.position, look_up.segment, *names[1][2:])
        return native


def _cases(states: StateColumn) -> str:
    """The number of each listed word, compared one by one."""
    cases = " ".join(f"WHEN {SPARK.literal(word)} THEN {number}" for word, number in states.words.items())
    return f"CASE {states.written.text} {cases} END" if cases else "CAST(NULL AS INTEGER)"


def spark_functions(native: NativeFrame) -> Library:
    """The functions module that suits a Spark frame, classic or Connect."""
    module = (
        "pyspark.sql.connect.functions" if "connect" in type(native).__module__ else "pyspark.sql.functions"
    )
    return importlib.import_module(module)
