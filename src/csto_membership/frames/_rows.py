"""Reads the cells of a table that becomes an organization: a dataframe, a CSV or a Parquet file."""

from __future__ import annotations

import csv
from contextlib import suppress
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import field, frozen

from csto_membership._facts.dates import ImpreciseDate, imprecise, span
from csto_membership._facts.places import Where
from csto_membership._membership.names import Names, state_of_the_world
from csto_membership.errors import DayError, FrameError, MissingExtraError, StateError, shown
from csto_membership.frames._refusals import check_columns, unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.states import State

_SEPARATORS = ",;\t|"
_LONGEST = 1 << 24  # characters of one cell


@frozen(kw_only=True, eq=False)
class TableCells:
    """The cells of some columns, row by row; an empty cell is ``None``.

    Attributes:
        name: The file's name, or ``"table"``.
        stem: The file's name without its ending; empty where there is no file.
        lines: The line of each row in its file; of a dataframe its number, counted from 1.
        columns: The cells of each column that was wanted.
    """

    name: str
    stem: str
    lines: Sequence[int]
    columns: dict[str, list[object]]

    def where(self, row: int) -> Where:
        """The place of a row, for errors."""
        return Where(file=self.name, line=self.lines[row], column=1, find=_nowhere)

    def fault(self, row: int, text: str) -> str:
        """One fault of a row, in one line."""
        return f"{self.name}:{self.lines[row]}: {text}"


def _nowhere(_: str) -> None:
    """A row has no fields with places of their own."""


def rows_of(table: object, wanted: Iterable[str | None]) -> TableCells:
    """The cells of the columns wanted.

    Args:
        table: A dataframe of a supported library, or the path of a CSV or a Parquet file.
        wanted: Names of columns; ``None`` for one that is not asked for.

    Raises:
        FrameError: It is no such table, or the file cannot be read.
        ColumnError: A column is missing, or stands there twice.
        MissingExtraError: It is a Parquet file, and PyArrow is not installed.
        OSError: The file cannot be read.
    """
    names = list(dict.fromkeys(name for name in wanted if name is not None))
    if not isinstance(table, str | PathLike):
        return _of_frame(table, names)
    path = fspath(table)
    return _of_parquet(path, names) if path.endswith(".parquet") else _of_csv(path, names)


def _of_frame(table: object, names: list[str]) -> TableCells:
    """The cells of a dataframe."""
    try:
        given: Any = table
        frame: Any = nw.from_native(given)
    except TypeError:
        raise unsupported(table) from None
    check_columns(frame.collect_schema().names(), *names)
    frame = frame.select(names)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    columns: dict[str, list[object]]
    columns = {name: [None if _is_null(cell) else cell for cell in frame[name].to_list()] for name in names}
    return TableCells(name="table", stem="", lines=range(1, len(frame) + 1), columns=columns)


def _is_null(cell: object) -> bool:
    """Whether a cell is one of the nulls of Python and pandas, which equal nothing, or empty text."""
    return cell is None or cell == "" or cell != cell  # noqa: PLR0124 (as said)


def _of_parquet(path: str, names: list[str]) -> TableCells:
    """The cells of a Parquet file."""
    try:
        pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise MissingExtraError(
            "a Parquet file needs pyarrow, which is not installed.",
            "Run: pip install 'csto-membership[frames]' pyarrow",
        ) from None
    try:
        table = parquet.read_table(path)
    except pa.ArrowException as error:
        text = f"{path}: is no Parquet file that can be read ({error})."
        raise FrameError(text, "Write it anew.") from None
    found = _of_frame(table, names)
    return TableCells(name=path, stem=PurePath(path).stem, lines=found.lines, columns=found.columns)


def _of_csv(path: str, names: list[str]) -> TableCells:
    """The cells of a CSV file: all of them text, and only an empty one is null."""
    csv.field_size_limit(_LONGEST)
    lines: list[int] = []
    cells: list[list[str]] = []
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            first = file.readline()
            if not first.strip():
                raise FrameError(f"{path}: has no header.", "Begin it with a line of column names.")
            delimiter = max(_SEPARATORS, key=first.count)
            header = next(csv.reader([first], delimiter=delimiter))
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for row in reader:
                if not any(row):
                    continue
                if len(row) > len(header):
                    raise FrameError(
                        f"{path}:{reader.line_num + 1}: has {len(row)} cells, and the header has {len(header)}.",
                        "Put a cell that holds the delimiter in quotes.",
                    )
                lines.append(reader.line_num + 1)
                cells.append(row)
        except UnicodeDecodeError:
            raise FrameError(f"{path}: is not in UTF-8.", "Save it as CSV in UTF-8.") from None
        except csv.Error as error:
            text = f"{path}:{reader.line_num + 1}: cannot be read as CSV ({error})."
            raise FrameError(text, "Write a quote inside a quoted cell twice.") from None
    check_columns(header, *names)
    places = {name: header.index(name) for name in names}
    columns: dict[str, list[object]] = {
        name: [row[place] if place < len(row) and row[place] else None for row in cells]
        for name, place in places.items()
    }
    return TableCells(name=path, stem=PurePath(path).stem, lines=lines, columns=columns)


@frozen(kw_only=True, eq=False)
class StateFinder:
    """Finds the states that the cells of a table mean; each different cell is looked up once.

    Attributes:
        own: States that the world does not know, by their codes.
        codes: The only scheme to look in; ``None`` for all of them.
        rows_without: The rows in which a cell means no state, by what is wrong with it.
    """

    own: dict[str, State]
    codes: str | None
    rows_without: dict[str, list[int]] = field(factory=dict)
    _names: Names = field(init=False)
    _found: dict[object, State | str] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Makes the index of all names."""
        object.__setattr__(self, "_names", Names("the world", self.own))

    def of(self, cell: object, row: int) -> State | None:
        """The state that a cell means; what is wrong with it is noted."""
        try:
            found = self._found.get(cell)
        except TypeError:  # a list, say, has no hash
            found = f"{shown(cell)} is no state. Write a code or a name."
        if found is None:
            found = self._found[cell] = self._look_up(cell)
        if not isinstance(found, str):
            return found
        self.rows_without.setdefault(found, []).append(row)
        return None

    def faults(self, rows: TableCells) -> list[tuple[int, str]]:
        """What is wrong with cells that mean no state: each once, with its first row and how many more there are."""
        return [
            (first, rows.fault(first, f"{text} ({len(more)} more rows.)" if more else text))
            for text, (first, *more) in self.rows_without.items()
        ]

    def _look_up(self, cell: object) -> State | str:
        """The same, looked up."""
        if cell is None:
            return "no state. Write a code or a name."
        value = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        meant = self._names.encode(value, self.codes)
        if meant is None or isinstance(meant, tuple):
            try:
                self._names.resolve(value, self.codes)
            except StateError as error:
                way_out = "Write a code or a name." if "has no states" in error.way_out else error.way_out
                way_out = "Name its scheme with codes=." if error.option == "codes" else way_out
                return f"{error.fault.replace(' in the world', '')} {way_out}"
            states = " or ".join(f"{scheme} {state}" for scheme, state in meant.meanings) if meant else ""
            return f"{shown(value)} is ambiguous: {states}. Name its scheme with codes=."
        return self.own.get(meant.iso3) or state_of_the_world(meant.iso3)


def date_of(cell: object) -> ImpreciseDate | str:
    """The date in a cell, as imprecise as it stands there, or what is wrong with it."""
    if isinstance(cell, str):
        with suppress(DayError):
            return imprecise(cell)
    try:
        first, after = span(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    except DayError as error:
        return str(error)
    return imprecise_of(first, after - 1)


def imprecise_of(first: int, last: int) -> ImpreciseDate:
    """Some day from *first* to *last*: one day where they are the same."""
    from csto_membership._facts.dates import between

    if first != last:
        return between(first, last)
    text = between(first, first).text[1:11]
    return ImpreciseDate(text=text, first=first, last=first)
