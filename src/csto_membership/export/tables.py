"""One table as a file: CSV with its description in extra columns, or Parquet with it in the metadata."""

from __future__ import annotations

import csv
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING, Any

from csto_membership.errors import ExportError, MissingExtraError
from csto_membership.export._whole_files import whole_file
from csto_membership.export.describing import description_as_text
from csto_membership.export.listing import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from csto_membership._membership.membership import Membership
    from csto_membership.export.listing import Cell, Listing


_TRUTHS: dict[Cell, str] = {True: "true", False: "false", None: ""}


def to_csv(membership: Membership, path: str | PathLike[str], what: str) -> None:
    """Write a table as CSV in UTF-8: days as YYYY-MM-DD, booleans as true and false, an empty cell for null.

    The last five columns are the same in every row: organization, data version, horizon, reading and licence.
    """
    listed = listing(membership, what)
    described = description_as_text(membership)
    constant = {
        "organization": described["organization"],
        "data_version": described["data_version"],
        "horizon": described["horizon"],
        "reading": str(membership.read_as),
        "licence": described["licence"],
    }
    header = (*listed.columns, *constant)
    behind = tuple(constant.values())
    write_text(path, comma_separated(header, as_text(listed, behind)))


def as_text(listed: Listing, behind: tuple[Cell, ...] = ()) -> Iterator[list[Cell]]:
    """The rows as CSV has them, each with the cells that stand *behind* all of them."""
    truths = [index for index, kind in enumerate(listed.columns.values()) if kind == "truth"]
    for row in listed.rows:
        cells = [*row, *behind]
        for index in truths:
            cells[index] = _TRUTHS[cells[index]]
        yield cells


def comma_separated(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """A header and rows, quoted where that is needed, each line ended as RFC 4180 has it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_text(path: str | PathLike[str], text: str) -> None:
    """A file of text in UTF-8, whole or not at all.

    Raises:
        ExportError: The file cannot be written, or the text holds what UTF-8 cannot.
    """
    encoded = as_utf8(text)
    with whole_file(path) as part:
        part.write_bytes(encoded)


def as_utf8(text: str) -> bytes:
    """Text as bytes.

    Raises:
        ExportError: It holds a lone surrogate, which UTF-8 cannot encode, or NUL, at which some readers stop.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExportError(f"line {line} of the file would hold '\\x00'.", "Correct the name in the records.")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise ExportError(
            f"line {line} of the file would hold {text[error.start]!r}, which UTF-8 cannot.",
            "Correct the name in the records.",
        ) from None


def to_parquet(membership: Membership, path: str | PathLike[str], what: str) -> None:
    """Write a table as Parquet, with its description in the metadata of its schema."""
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow.", "Install it with python -m pip install pyarrow."
        ) from error
    listed = listing(membership, what)
    try:
        table = _table(pyarrow, listed, description_as_text(membership))
    except UnicodeEncodeError as error:
        raise ExportError(
            f"{error.object!r} holds {error.object[error.start]!r}, which UTF-8 cannot.",
            "Correct the name in the records.",
        ) from None
    with whole_file(path) as part:
        parquet.write_table(table, str(part))


def _table(pyarrow: Any, listed: Listing, metadata: dict[str, str]) -> Any:  # noqa: ANN401 (PyArrow ships no types)
    """A table of PyArrow."""
    types = {
        "text": pyarrow.string(),
        "day": pyarrow.date32(),
        "number": pyarrow.int32(),
        "truth": pyarrow.bool_(),
    }
    kinds = {name: types[kind] for name, kind in listed.columns.items()}
    arrays = [
        pyarrow.array([row[index] for row in listed.rows], kind) for index, kind in enumerate(kinds.values())
    ]
    return pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(kinds, metadata=metadata))
