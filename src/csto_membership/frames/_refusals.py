"""The errors of tables: a table, a column or a value that cannot be read, each with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.errors import ColumnError, DayError, FrameError, StateError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csto_membership.frames._options import AnnotateOptions, Cell, ColumnName

STATES_WANTED = "Pass states as text, as a categorical, or as whole numbers such as Correlates of War codes."
DAYS_WANTED = (
    "Pass days as dates, as datetimes without a zone, or as text YYYY-MM-DD or YYYYMMDD; for a column of years use "
    "rule=, and year= in reconcile."
)
NUMBERS_WANTED = "Use rule= for a column of years, or write days as YYYY-MM-DD or YYYYMMDD."
ZONE_WANTED = "Membership is kept by day: convert it to the zone you mean and drop the zone."
YEARS_WANTED = (
    "With rule=, pass years as whole numbers, and cast text first; for a column of days leave rule= out, "
    "and use on= in reconcile."
)
_SUPPORTED = "pandas, Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark"
_LONGEST = 120  # letters of a value or a type in an error
_LISTED = 10  # unreadable values, or columns, that an error names
_WAYS_OUT = {
    "state": "Correct them, name their scheme with codes=",
    "day": "Write them as YYYY-MM-DD, use rule= for whole numbers of years",
    "year": "Write years of the calendar as whole numbers",
}


def shortened(text: str) -> str:
    """A text of a length that fits into an error: types may list thousands of categories, and cells hold books."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def refuse(column: ColumnName, dtype: object, wanted: str) -> FrameError:
    """The error for a column of the wrong type."""
    return FrameError(f"column {column!r} is {shortened(str(dtype))}.", wanted)


def kind_of_table(native: object) -> str:
    """The library and the class of a table."""
    return f"{type(native).__module__.partition('.')[0]}.{type(native).__name__}"


def unsupported(native: object) -> FrameError:
    """The error for a table of another library, or for no table."""
    return FrameError(f"expected a table, got {kind_of_table(native)}.", f"Supported are {_SUPPORTED}.")


def check_columns(
    columns: Sequence[ColumnName], *wanted: ColumnName, index: Sequence[str | None] = ()
) -> None:
    """Refuses a table that lacks one of the columns, or has it twice.

    Args:
        columns: All columns of the table.
        wanted: Those that are read.
        index: The names of the levels of pandas' index.

    Raises:
        ColumnError: A column is missing or stands there twice.
    """
    for column in wanted:
        if column not in columns:
            if column is not None and column in index:
                raise ColumnError(f"{column!r} is in the index, not a column.", "Pass frame.reset_index().")
            names = [str(name) for name in columns]
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            known = f"The columns are {', '.join(names[:_LISTED])}{more}." if names else "The table has none."
            raise ColumnError(f"no column {column!r}.", f"{did_you_mean(column, names)}{known}")
        count = list(columns).count(column)
        if count > 1:
            raise ColumnError(f"there are {count} columns {column!r}.", "Rename all but one.")


def check_new_columns(columns: Sequence[ColumnName], options: AnnotateOptions, *, is_sql: bool) -> None:
    """Refuses names of new columns that a table cannot take; SQL does not tell capitals from small letters.

    Raises:
        ColumnError: A name is no text, or is taken.
    """
    is_levelled = any(isinstance(column, tuple) for column in columns)  # as those of pandas may be
    taken = {column.lower() if is_sql else column: column for column in columns}
    new: set[ColumnName] = set()
    for argument, name, _ in options.new_columns:
        parts = name if is_levelled and isinstance(name, tuple) else (name,)
        if not all(isinstance(part, str) for part in parts) or not any(parts):
            raise ColumnError(f"{argument} is {name!r}.", "Name the new column, as text.", option=argument)
        other = taken.setdefault(str(name).lower() if is_sql else name, name)
        way_out = f"Name another one with {argument}=."
        if other in columns:
            raise ColumnError(f"there is a column {other!r} already.", way_out, option=argument)
        if other in new:
            raise ColumnError(f"two new columns would be called {other!r}.", way_out, option=argument)
        new.add(name)


def check_patterns(options: AnnotateOptions) -> None:
    """Refuses names that Polars reads as a pattern for several columns.

    Raises:
        ColumnError: A name is a wildcard or a pattern.
    """
    for name in (*options.columns, *(name for _, name, _ in options.new_columns)):
        if isinstance(name, str) and (name == "*" or (name.startswith("^") and name.endswith("$"))):
            raise ColumnError(f"column {name!r} would be read as a pattern of names.", "Rename it first.")


def check_values(
    readers: Sequence[tuple[ColumnName, str, Callable[[Cell], object]]],
    counts: Callable[[ColumnName], dict[object, int]],
) -> None:
    """Refuses columns with unreadable values; the error names the ten most frequent of each, with counts.

    Args:
        readers: For each column its name, what it holds and whether a value of it can be read.
        counts: How often each value of a column occurs.

    Raises:
        StateError: A state cannot be read; days that cannot be are named there, too.
        DayError: A day or a year cannot be read.
    """
    faults = []
    for column, what, is_readable in readers:
        # Null is not unknown, nor is NaN, which equals nothing.
        strange = [
            (value, times)
            for value, times in counts(column).items()
            if value is not None and value == value and not is_readable(value)  # noqa: PLR0124 (as said)
        ]
        if strange:
            faults.append((what, *_strange(column, what, strange)))
    if not faults:
        return
    error = StateError if faults[0][0] == "state" else DayError
    *first, (_, fault, way_out) = faults
    raise error((*(f"{said} {way}" for _, said, way in first), fault), way_out, option="unknown")


def _strange(column: ColumnName, what: str, strange: list[tuple[object, int]]) -> tuple[str, str]:
    """The fault and the way out for values that mean nothing."""
    strange.sort(key=lambda pair: (-pair[1], str(pair[0])))
    listed = ", ".join(f"{shortened(repr(value))} ({times})" for value, times in strange[:_LISTED])
    more = f" and {len(strange) - _LISTED} more" if len(strange) > _LISTED else ""
    values = "1 value that is" if len(strange) == 1 else f"{len(strange)} values that are"
    return (
        f"column {column!r} holds {values} no {what}: {listed}{more}.",
        f"{_WAYS_OUT[what]}, or let them be null with unknown='null'.",
    )
