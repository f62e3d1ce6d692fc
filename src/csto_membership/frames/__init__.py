"""Membership for whole tables, in the caller's own dataframe library."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakKeyDictionary

from attrs import asdict, astuple, frozen

from csto_membership._facts.records import SCHEMES
from csto_membership._membership.tracks import asked
from csto_membership.errors import ColumnError, DayError, FrameError, MissingExtraError, StateError, nearest

try:
    import narwhals.stable.v2 as nw

    from csto_membership.frames import _dyads, _listing, _panels, _reconciling
    from csto_membership.frames._dyads import DyadOptions
    from csto_membership.frames._grids import gather, grid
    from csto_membership.frames._in_memory.arrow import ArrowTable
    from csto_membership.frames._in_memory.columns import is_day, is_year, shortened
    from csto_membership.frames._in_memory.pandas import PandasTable
    from csto_membership.frames._in_memory.polars import PolarsTable
    from csto_membership.frames._panels import PanelOptions
    from csto_membership.frames._planned import plans as _plans
    from csto_membership.frames._reconciling import Reconciliation, from_cow, to_cow
    from csto_membership.frames._spellings import row_of
except ModuleNotFoundError as missing:
    if (missing.name or "").partition(".")[0] not in {"narwhals", "numpy"}:
        raise
    raise MissingExtraError(
        f"tables need {missing.name}, which is not installed. Run: pip install 'csto-membership[frames]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csto_membership._membership.tracks import Question
    from csto_membership.frames._in_memory.columns import Table
    from csto_membership.organization import Organization

__all__ = [
    "DyadOptions",
    "PanelOptions",
    "Reconciliation",
    "annotate",
    "dyads",
    "from_cow",
    "panel",
    "panels",
    "reconcile",
    "to_cow",
    "to_frame",
]

FrameT = TypeVar("FrameT")

_LISTED = 10  # unknown values, or columns, that an error names
_WAYS_OUT = {
    "state": "Correct them, say which codes= they are",
    "day": "Write them as YYYY-MM-DD, say rule= for whole numbers of years",
    "year": "Write years of the calendar as whole numbers",
}
_IN_MEMORY: tuple[tuple[Callable[[Any], bool], Any], ...] = (  # tests of a frame, and classes, each a Table
    (nw.dependencies.is_pandas_dataframe, PandasTable),
    (nw.dependencies.is_polars_dataframe, PolarsTable),
    (nw.dependencies.is_pyarrow_table, ArrowTable),
)
_SUPPORTED = "pandas, Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark"


def annotate(  # noqa: PLR0913 (each names one choice of the caller)
    organization: Organization,
    frame: FrameT,
    *,
    state: str = "iso3",
    on: str = "date",
    codes: str | None = "iso3",
    into: str = "member",
    status: str | None = None,
    why: str | None = None,
    rule: str | None = None,
    unknown: str = "null",
) -> FrameT:
    """The frame with a column that says of every row whether its state was a member on its day.

    See :meth:`csto_membership.Organization.annotate`.
    """
    if codes is not None and codes not in SCHEMES:
        raise StateError(f"no codes {codes!r}{nearest(codes, SCHEMES)} There are {', '.join(SCHEMES)}.")
    if unknown not in ("null", "raise"):
        raise FrameError(f"unknown {unknown!r} is no choice. Say unknown='null' or unknown='raise'.")
    native: Any = frame.to_native() if isinstance(frame, nw.DataFrame | nw.LazyFrame) else frame
    levels = _levels_of(native)
    call = _Call(
        organization=organization,
        state=_padded("state", state, levels),
        on=_padded("on", on, levels),
        codes=codes,
        into=_padded("into", into, levels),
        status=None if status is None else _padded("status", status, levels),
        why=None if why is None else _padded("why", why, levels),
        rule=rule,
    )
    result: Any  # the caller's kind of frame
    if nw.dependencies.is_dask_dataframe(native):
        result = _in_partitions(call, native, unknown)
    else:
        table = _in_memory(native)
        result = _planned(call, native, unknown) if table is None else _gathered(call, native, table, unknown)
    return nw.from_native(result) if native is not frame else result  # type: ignore[no-any-return] # the kind given


to_frame = _listing.to_frame
panel = _panels.panel
panels = _panels.panels
dyads = _dyads.dyads


def reconcile(  # noqa: PLR0913 (each names one choice of the caller)
    organization: Organization,
    frame: object,
    *,
    state: str,
    value: str,
    year: str | None,
    on: str | None,
    codes: str | None,
    rule: str,
    unknown: str,
) -> Reconciliation:
    """Somebody's coding beside ours.

    See :meth:`csto_membership.Organization.reconcile`.
    """
    if (year is None) == (on is None):
        raise FrameError("say either year=, a column of years, or on=, a column of days.")
    asked("year", rule, "member")  # refuses a rule that is none, whether it is used or not
    eager = _collected(frame)
    levels = _levels_of(eager.to_native())
    state, value = _padded("state", state, levels), _padded("value", value, levels)
    time = _padded("on", on, levels) if year is None else _padded("year", year, levels)
    _checked(eager.columns, state, time, value, index=_index_of(eager.to_native()))
    rest = ("",) * (levels - 1)
    named = (nw.generate_temporary_column_name(8, eager.columns, prefix=part) for part in ("ours_", "why_"))
    into, why = (cast("str", (name, *rest) if rest else name) for name in named)
    used = None if year is None else rule
    annotated = nw.from_native(
        annotate(
            organization,
            eager.to_native(),
            state=state,
            on=time,
            codes=codes,
            into=into,
            why=why,
            rule=used,
            unknown=unknown,
        ),
        eager_only=True,
    )
    states, times, codings, ours, reasons = (
        _listed(annotated.get_column(name)) for name in (state, time, value, into, why)
    )
    compared = _reconciling.Compared(
        states=states,
        times=times,
        codings=codings,
        ours=[None if said is None else bool(said) for said in ours],
        why=reasons,
    )
    keys = eager.get_column(state).alias("state").to_frame()
    keys = keys.with_columns(eager.get_column(time).alias("time"))
    return _reconciling.reconcile(organization, keys, value, used, codes, compared)


def _listed(series: nw.Series[Any]) -> list[Any]:
    """A column as Python values, whatever a library calls null.

    Raises:
        FrameError: A day lies outside Python's calendar.
    """
    nulls = series.is_null().to_list()
    try:
        values = series.to_list()
    except (OverflowError, ValueError) as fault:
        raise FrameError(
            f"column {series.name!r} holds a day outside the years 1 to 9999 ({fault}). Leave such rows out."
        ) from None
    return [None if is_null else said for said, is_null in zip(values, nulls, strict=True)]


def _is_written(column: object) -> bool:
    """Whether a column of days holds text, categories or objects, some of which may be no day."""
    dtype = nw.from_native(column, series_only=True).dtype  # type: ignore[call-overload] # of a library that may not be installed
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum | nw.Object | nw.Unknown)


@frozen(kw_only=True)
class _Call:
    """What is asked of a table, and of each partition of a Dask frame."""

    organization: Organization
    state: str
    on: str
    codes: str | None
    into: str
    status: str | None
    why: str | None
    rule: str | None

    def __call__(self, native: FrameT) -> FrameT:
        """The table, annotated."""
        return annotate(frame=native, **asdict(self, recurse=False))

    def __dask_tokenize__(self) -> tuple[object, ...]:
        """What tells Dask equal work: an organization, which takes 12 ms to read through, is read once."""
        if self.organization not in _tokens:
            _tokens[self.organization] = importlib.import_module("dask.base").tokenize(self.organization)
        return _tokens[self.organization], *astuple(self, recurse=False)[1:]

    def questions(
        self, columns: list[str], *, index: Sequence[str | None] = (), is_sql: bool = False
    ) -> dict[str, Question]:
        """What is asked, by the name of the new column; SQL does not tell capitals from small letters."""
        _checked(columns, self.state, self.on, index=index)
        is_levelled = any(isinstance(column, tuple) for column in columns)  # as those of pandas may be
        taken = {column.lower() if is_sql else column: column for column in columns}
        freq, rule = ("day", "any") if self.rule is None else ("year", self.rule)
        questions: dict[str, Question] = {}
        for argument, name, what in (
            ("into", self.into, "member"),
            ("status", self.status, "status"),
            ("why", self.why, "why"),
        ):
            if name is None:
                continue
            parts = name if is_levelled and isinstance(name, tuple) else (name,)
            if not all(isinstance(part, str) for part in parts) or not any(parts):
                raise ColumnError(f"{argument} is {name!r}. Name the new column, as text.")
            other = taken.setdefault(name.lower() if is_sql else name, name)
            if other in columns:
                raise ColumnError(f"there is a column {other!r} already. Name another one with {argument}=.")
            if other in questions:
                raise ColumnError(
                    f"two new columns would be called {other!r}. Name another one with {argument}=."
                )
            questions[name] = asked(freq, rule, what)
        return questions


_tokens: WeakKeyDictionary[Organization, str] = WeakKeyDictionary()  # an organization never changes


def _in_partitions(call: _Call, native: Any, unknown: str) -> object:  # noqa: ANN401 (a Dask frame)
    """A Dask frame with the answers: its partitions are pandas frames, and each goes the eager way."""
    meta = native._meta  # noqa: SLF001 (how Dask hands out its columns' types)
    # An annotated partition has the columns that the annotated types have: Dask need not compare each of them.
    annotated = native.map_partitions(call, meta=call(meta), enforce_metadata=False)
    if unknown == "raise":
        is_written = call.rule is not None or _is_written(meta[call.on])
        _refuse_unknown(call, is_written, lambda column: _partitioned_counts(native, column))
    return annotated


def _planned(call: _Call, native: Any, unknown: str) -> object:  # noqa: ANN401 (a frame of any library)
    """A lazy or distributed frame with the answers as an expression.

    Raises:
        FrameError: It is of no library that is supported.
    """
    lazy = _wrapped(native).lazy()
    if lazy.implementation not in _plans.ENGINES:
        raise _unsupported(native)
    is_sql = lazy.implementation is not nw.Implementation.POLARS
    if not is_sql:
        _refuse_patterns(call)
    # Engines of SQL may have two columns of one name, of which the schema shows one.
    columns = list(native.columns) if is_sql else lazy.collect_schema().names()
    if lazy.implementation is nw.Implementation.DUCKDB:
        _checked(columns, *columns)
    questions = call.questions(columns, is_sql=is_sql)
    planned = _plans.annotated(lazy, call.organization, call.state, call.on, call.codes, questions)
    if unknown == "raise":
        kind = lazy.collect_schema()[call.on]
        is_written = call.rule is not None or isinstance(kind, nw.String | nw.Categorical | nw.Enum)
        _refuse_unknown(call, is_written, lambda column: _lazy_counts(lazy, column))
    return planned


def _gathered(call: _Call, native: object, table: Table, unknown: str) -> object:
    """A table in memory with the answers, each gathered from its grid."""
    if isinstance(table, PolarsTable):
        _refuse_patterns(call)
    questions = call.questions(table.columns, index=_index_of(native))
    find = row_of(call.organization, call.codes)
    states = table.states(call.state)
    places = table.days(call.on) if call.rule is None else table.years(call.on)
    if unknown == "raise":
        is_written = call.rule is not None or places.is_written
        _refuse_unknown(call, is_written, table.counts)
    answers = {
        name: (gather(grid(call.organization, question), table.count, states, places, find), question.what)
        for name, question in questions.items()
    }
    return table.with_columns(call.state, answers)


def _in_memory(native: object) -> Table | None:
    """The adapter for a table in memory; without one for a library that is not adapted to, or that plans."""
    return next((adapter(native=native) for is_one, adapter in _IN_MEMORY if is_one(native)), None)


def _wrapped(native: object) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """The frame behind one interface, whatever its library."""
    try:
        return nw.from_native(native)
    except TypeError:
        raise _unsupported(native) from None


def _levels_of(native: object) -> int:
    """How many levels the names of columns have: those of pandas may have several, and then all have."""
    is_pandas = nw.dependencies.is_pandas_dataframe(native) or nw.dependencies.is_dask_dataframe(native)
    return int(native.columns.nlevels) if is_pandas else 1  # type: ignore[attr-defined] # of a library that may not be installed


def _padded(argument: str, name: Any, levels: int) -> Any:  # noqa: ANN401 (labels of pandas need not be text)
    """The name of a column with all its levels: those that are left out are empty.

    Raises:
        ColumnError: It has more levels than the columns have.
    """
    parts = name if isinstance(name, tuple) else (name,)
    if levels == 1:
        return name
    if len(parts) > levels:
        raise ColumnError(
            f"{argument} {name!r} has {len(parts)} levels, and the columns have {levels}. Name it with {levels}."
        )
    return (*parts, *("",) * (levels - len(parts)))


def _collected(native: object) -> nw.DataFrame[Any]:
    """A table in memory behind that interface, from whatever library.

    Raises:
        ColumnError: Two of its columns have one name.
    """
    try:
        wrapped = _wrapped(native)
        return wrapped.collect() if isinstance(wrapped, nw.LazyFrame) else wrapped
    except nw.exceptions.DuplicateError:
        raise ColumnError("two columns of the table have one name. Rename all but one of them.") from None


def _unsupported(native: object) -> FrameError:
    """The error for a table of another library, or for no table."""
    kind = f"{type(native).__module__.partition('.')[0]}.{type(native).__name__}"
    return FrameError(f"expected a table, got {kind}. Supported are {_SUPPORTED}.")


def _index_of(native: object) -> Sequence[str | None]:
    """What the levels of pandas' index are called; other tables have none."""
    names: Sequence[str | None] = getattr(getattr(native, "index", None), "names", ())
    return names


def _checked(columns: list[str], *wanted: str, index: Sequence[str | None] = ()) -> None:
    """Refuse a table in which one of these columns is not, or is twice."""
    for column in wanted:
        if column not in columns:
            if column is not None and column in index:
                raise ColumnError(f"{column!r} is in the index, not a column. Pass frame.reset_index().")
            names = [str(name) for name in columns]
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            known = f"The columns are {', '.join(names[:_LISTED])}{more}." if names else "The table has none."
            raise ColumnError(f"no column {column!r}{nearest(column, names)} {known}")
        if columns.count(column) > 1:
            raise ColumnError(f"there are {columns.count(column)} columns {column!r}. Rename all but one.")


def _refuse_patterns(call: _Call) -> None:
    """Refuse names that Polars takes for several columns.

    Raises:
        ColumnError: A name is a wildcard or a pattern.
    """
    for name in (call.state, call.on, call.into, call.status, call.why):
        if isinstance(name, str) and (name == "*" or (name.startswith("^") and name.endswith("$"))):
            raise ColumnError(f"column {name!r} would be read as a pattern of names. Rename it first.")


def _refuse_unknown(call: _Call, is_written: bool, counts: Callable[[str], dict[object, int]]) -> None:  # noqa: FBT001 (whether all can be read)
    """Refuse values that mean nothing: of each column the ten most frequent, each with its count.

    Raises:
        StateError: A state cannot be read; days that cannot be are named there, too.
        DayError: A day or a year cannot be read.
    """
    columns: list[tuple[str, str, Callable[[Any], object]]] = [
        (call.state, "state", row_of(call.organization, call.codes))
    ]
    if is_written:
        columns.append((call.on, "day", is_day) if call.rule is None else (call.on, "year", is_year))
    faults = []
    for column, what, is_known in columns:
        # Null is not unknown, nor is NaN, which equals nothing.
        strange = [
            (value, times)
            for value, times in counts(column).items()
            if value is not None and value == value and not is_known(value)  # noqa: PLR0124 (as said)
        ]
        if strange:
            faults.append((what, _strange(column, what, strange)))
    if faults:
        error = StateError if faults[0][0] == "state" else DayError
        raise error("\n".join(sentence for _, sentence in faults))


def _strange(column: str, what: str, strange: list[tuple[object, int]]) -> str:
    """The sentence on values that mean nothing."""
    strange.sort(key=lambda pair: (-pair[1], str(pair[0])))
    listed = ", ".join(f"{shortened(repr(value))} ({times})" for value, times in strange[:_LISTED])
    more = f" and {len(strange) - _LISTED} more" if len(strange) > _LISTED else ""
    values = "1 value that is" if len(strange) == 1 else f"{len(strange)} values that are"
    return (
        f"column {column!r} holds {values} no {what}: {listed}{more}. "
        f"{_WAYS_OUT[what]}, or let them be null with unknown='null'."
    )


def _partitioned_counts(native: Any, column: str) -> dict[object, int]:  # noqa: ANN401 (a Dask frame)
    """How often every value of a column of a Dask frame occurs."""
    counted = native[column].astype(object).value_counts().compute()
    return dict(zip(counted.index.tolist(), counted.tolist(), strict=True))


def _lazy_counts(frame: nw.LazyFrame[Any], column: str) -> dict[object, int]:
    """How often every value of a column occurs."""
    values = nw.col(column)
    if isinstance(frame.collect_schema()[column], nw.Categorical | nw.Enum):
        values = values.cast(nw.String)
    frame = _plans.letter_by_letter(frame, column)
    counted = frame.select(values.alias("value")).group_by("value").agg(nw.len().alias("times")).collect()
    return dict(zip(counted["value"].to_list(), counted["times"].to_list(), strict=True))
