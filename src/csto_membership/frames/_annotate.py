"""Adds a column that says for every row whether its state was a member; chooses the code for each library.

To support a library whose tables are in memory: a ``Table`` (see ``_in_memory.columns``) in a module of its own, and
a line in ``_IN_MEMORY``. For an engine that plans: an ``Engine`` (see ``_planned.engine``) in a module of its own, and
a line in ``engine_of``. For both: ``_SUPPORTED`` of ``_refusals``, ``forbidden_modules`` and ``test-frames`` in
``pyproject.toml``, the oldest versions in ``.ci/run``, ``tests/frames/backends.py``,
``docs/how-to/annotate-tables.md``. ``Backend`` of ``_building`` is another list: of libraries in which panels and
dyads come back.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw
from attrs import astuple, evolve, frozen

from csto_membership._membership.tracks import question_about
from csto_membership.frames._grids import TableColumns, gather
from csto_membership.frames._in_memory.arrow import ArrowTable
from csto_membership.frames._in_memory.columns import is_day, is_single_day, is_year
from csto_membership.frames._in_memory.pandas import PandasTable
from csto_membership.frames._in_memory.polars import PolarsTable
from csto_membership.frames._numbers import by_number
from csto_membership.frames._periods import gather_periods
from csto_membership.frames._planned import plans
from csto_membership.frames._planned.engines import engine_of
from csto_membership.frames._refusals import (
    check_columns,
    check_new_columns,
    check_patterns,
    check_values,
    unsupported,
)
from csto_membership.frames._spellings import check_codes, is_known, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question
    from csto_membership.frames._in_memory.columns import Table
    from csto_membership.frames._options import AnnotateOptions, Cell, ColumnName, NativeFrame
    from csto_membership.frames._planned.engine import Engine

FrameT = TypeVar("FrameT")

_IN_MEMORY: tuple[tuple[Callable[[Any], bool], Any], ...] = (  # tests of a frame, and classes, each a Table
    (nw.dependencies.is_pandas_dataframe, PandasTable),
    (nw.dependencies.is_polars_dataframe, PolarsTable),
    (nw.dependencies.is_pyarrow_table, ArrowTable),
)


def annotate(membership: Membership, frame: FrameT, options: AnnotateOptions) -> FrameT:
    """The frame with a column that says of every row whether its state was a member on its day.

    See ``Organization.annotate``.
    """
    native, wrap = _unwrapped(frame)
    is_dask = nw.dependencies.is_dask_dataframe(native)  # whose partitions come back here
    whose = membership if is_dask else by_number(membership, options.codes)
    work = _Annotation(membership=whose, options=options.with_levels(levels_of(native)))
    result: Any  # the caller's kind of frame
    if is_dask:
        result = _in_partitions(work, native)
    else:
        table = _in_memory(native)
        result = _planned(work, native) if table is None else _gathered(work, native, table)
    return wrap(result)  # type: ignore[no-any-return] # the kind given


@frozen(kw_only=True)
class _Annotation:
    """One call of ``annotate``: membership and options. Dask calls it again for every partition."""

    membership: Membership
    options: AnnotateOptions

    def __call__(self, native: FrameT) -> FrameT:
        """A partition, annotated."""
        return annotate(self.membership, native, self.options)

    def __dask_tokenize__(self) -> tuple[object, ...]:
        """The key by which Dask recognizes equal work: facts, reading and options."""
        compiled = self.membership.compiled
        whose = compiled.history.id, compiled.data_version, repr(compiled.reading), sorted(compiled.beside)
        return *whose, *astuple(self.options, recurse=False)

    def questions(
        self, columns: Sequence[ColumnName], *, index: Sequence[str | None] = (), is_sql: bool = False
    ) -> dict[str, Question]:
        """What is asked of every row, by the name of the new column."""
        check_columns(columns, *self.options.columns, index=index)
        check_new_columns(columns, self.options, is_sql=is_sql)
        freq, rule = ("day", "any") if self.options.rule is None else ("year", self.options.rule)
        return {name: question_about(freq, rule, what) for _, name, what in self.options.new_columns}

    def check_values(
        self,
        counts: Callable[[ColumnName], dict[object, int]],
        *,
        written: Sequence[ColumnName],
        is_planned: bool = False,
    ) -> None:
        """Refuses values that cannot be read; *written*: columns of days as text, numbers or objects."""
        options = self.options
        is_readable = is_single_day if is_planned or options.until is not None else is_day
        readers: list[tuple[ColumnName, str, Callable[[Cell], object]]] = [
            (options.state, "state", is_known(self.membership, options.codes))
        ]
        if options.rule is not None:
            readers.append((options.on, "year", is_year))
        else:
            readers += [(column, "day", is_readable) for column in written]
        check_values(readers, counts)


def _unwrapped(frame: object) -> tuple[NativeFrame, Callable[[NativeFrame], Any]]:
    """The native frame, and the function that wraps the result again if *frame* was a narwhals frame."""
    for name in (
        "narwhals.stable.v2",
        "narwhals.stable.v1",
        "narwhals",
    ):  # each has frame classes of its own
        module = sys.modules.get(name)
        if module is not None and isinstance(frame, module.DataFrame | module.LazyFrame):
            wrapped: Any = frame
            return wrapped.to_native(), module.from_native
    return frame, lambda native: native


def _in_partitions(work: _Annotation, native: NativeFrame) -> NativeFrame:
    """A Dask frame with the answers: its partitions are pandas frames, and each goes the eager way."""
    meta = native._meta  # noqa: SLF001 (how Dask hands out its columns' types)
    each = evolve(work, options=evolve(work.options, unknown="null"))
    # Partitions always have the columns of ``each(meta)``, so Dask does not need to check them.
    annotated = native.map_partitions(each, meta=each(meta), enforce_metadata=False)
    if work.options.unknown == "raise":
        work.check_values(
            lambda column: _partitioned_counts(native, column),
            written=[column for column in work.options.columns[1:] if _is_written(meta[column])],
        )
    return annotated


def _planned(work: _Annotation, native: NativeFrame) -> NativeFrame:
    """A lazy or distributed frame with the answers as an expression.

    Raises:
        FrameError: It is of no library that is supported.
    """
    lazy = wrapped(native).lazy()
    engine = engine_of(lazy.implementation)
    if engine is None:
        raise unsupported(native)
    if not engine.is_sql:
        check_patterns(work.options)
    questions = work.questions(engine.columns(native), is_sql=engine.is_sql)
    planned = plans.annotated(engine, lazy, work.membership, work.options, questions)
    if work.options.unknown == "raise":
        kinds = lazy.collect_schema()
        work.check_values(
            lambda column: _lazy_counts(engine, lazy, column),
            written=[
                column
                for column in work.options.columns[1:]
                if not isinstance(kinds[column], nw.Date | nw.Datetime)
            ],
            is_planned=True,
        )
    return planned


def _gathered(work: _Annotation, native: NativeFrame, table: Table) -> NativeFrame:
    """A table in memory with the answers, each gathered from its grid."""
    membership, options = work.membership, work.options
    if isinstance(table, PolarsTable):
        check_patterns(options)
    questions = work.questions(table.columns, index=index_names(native))
    columns = TableColumns(
        count=table.count,
        states=table.states(options.state),
        times=table.days(options.on) if options.rule is None else table.years(options.on),
        row_of=row_of(membership, options.codes, options.others),
    )
    until = None if options.until is None else table.days(options.until)
    if options.unknown == "raise":
        times = zip(options.columns[1:], (columns.times, until), strict=False)
        work.check_values(
            table.counts,
            written=[column for column, read in times if read is not None and read.is_written],
        )
    answers = {
        name: (
            gather(membership, question, columns)
            if until is None
            else gather_periods(membership, question, columns, until),
            question.what,
        )
        for name, question in questions.items()
    }
    if options.unknown == "check":
        check_codes(membership, options, columns.states, table.counts)
    return table.with_columns(options.state, answers)


def _in_memory(native: NativeFrame) -> Table | None:
    """The adapter for a table in memory; none for a library without one, or for one that plans."""
    return next((adapter(native=native) for is_one, adapter in _IN_MEMORY if is_one(native)), None)


def wrapped(native: NativeFrame) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """The frame behind one interface, whatever its library.

    Raises:
        FrameError: It is of no library that is supported.
    """
    try:
        frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except TypeError:
        raise unsupported(native) from None
    return frame


def levels_of(native: NativeFrame) -> int:
    """The number of levels of the column names; 1 except for a pandas MultiIndex."""
    is_pandas = nw.dependencies.is_pandas_dataframe(native) or nw.dependencies.is_dask_dataframe(native)
    return int(native.columns.nlevels) if is_pandas else 1


def index_names(native: NativeFrame) -> Sequence[str | None]:
    """The names of the levels of pandas' index; other tables have none."""
    names: Sequence[str | None] = getattr(getattr(native, "index", None), "names", ())
    return names


def _is_written(column: object) -> bool:
    """Whether a column of days holds text, categories or objects, some of which may be no day."""
    dtype = nw.from_native(column, series_only=True).dtype  # type: ignore[call-overload] # of a library that may not be installed
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum | nw.Object | nw.Unknown)


def _partitioned_counts(native: NativeFrame, column: ColumnName) -> dict[object, int]:
    """How often every value of a column of a Dask frame occurs."""
    counted = native[column].astype(object).value_counts().compute()
    return dict(zip(counted.index.tolist(), counted.tolist(), strict=True))


def _lazy_counts(engine: Engine, frame: nw.LazyFrame[Any], column: str) -> dict[object, int]:
    """How often every value of a column occurs."""
    values, kind = nw.col(column), frame.collect_schema()[column]
    if isinstance(kind, nw.Categorical | nw.Enum):
        values = values.cast(nw.String)
    elif isinstance(kind, nw.String):
        frame = nw.from_native(engine.letter_by_letter(frame.to_native(), column))
    counted = frame.select(values.alias("value")).group_by("value").agg(nw.len().alias("times")).collect()
    return dict(zip(counted["value"].to_list(), counted["times"].to_list(), strict=True))
