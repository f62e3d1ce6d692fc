"""The command that adds columns to a file: CSV by the standard library, Parquet by PyArrow, both in pieces."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import sys
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast

from attrs import field, frozen

from csto_membership.cli.asking import organization_of
from csto_membership.cli.cells import Cells, Tally
from csto_membership.cli.columns import Columns
from csto_membership.cli.parser import MisuseError
from csto_membership.cli.printing import guarded, say
from csto_membership.errors import FrameError, StateError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    from csto_membership import Organization
    from csto_membership.cli.cells import Meaning

_DELIMITERS = (",", ";", "\t", "|")
_ROWS = 2000  # rows written at once
_LONGEST = (
    1 << 24
)  # characters of a cell; the bound of the standard library is too low for shapes of countries
_PARQUET, _UTF16 = b"PAR1", (b"\xff\xfe", b"\xfe\xff")
_BOM = "\ufeff"


def annotate(options: Namespace) -> tuple[Iterable[bytes], str]:
    """The file with the new columns: in pieces for standard output, or written where ``--out`` says."""
    organization = organization_of(options)
    path, out = options.words["FILE"], options.out
    if out is not None and os.path.realpath(out) == os.path.realpath(path):
        raise MisuseError(f"--out {out!r} is the file that is read.", "Name another one.")
    if options.until is not None and options.rule is not None:
        raise MisuseError(
            "--until does not go together with --rule.",
            "Leave --rule out for a column of first days, or --until for a column of years.",
        )
    columns = Columns(
        state=options.state or "iso3",
        on=options.on or "date",
        until=options.until,
        into=options.into or "member",
        status=options.status,
        why=options.why,
    )
    cells = Cells(organization=organization, codes=options.codes, rule=options.rule)
    with contextlib.ExitStack() as opened:
        file = cast("BinaryIO", sys.stdin.buffer if path == "-" else opened.enter_context(open(path, "rb")))  # noqa: PTH123 (a path as the user wrote it)
        start = cast("io.BufferedReader", file).peek(4)[:4]
        if start == _PARQUET:
            return _parquet(organization, options, columns, file), "yes"
        if start[:2] in _UTF16:
            raise FrameError(f"{path}: is UTF-16.", "Save it as UTF-8.")
        job = _Job(path=path, columns=columns, cells=cells)
        if out is None:
            return _closing(_csv(job, file), opened.pop_all()), "yes"
        _write(out, lambda target: target.writelines(_csv(job, file)))
    return (), "yes"


def _closing(pieces: Iterable[bytes], opened: contextlib.ExitStack) -> Iterator[bytes]:
    """The pieces; the file from which they come is closed behind the last one."""
    with opened:
        yield from pieces


def _parquet(
    organization: Organization, options: Namespace, columns: Columns, file: BinaryIO
) -> tuple[bytes, ...]:
    """Annotate a Parquet file into another one."""
    from csto_membership.cli.parquet import annotate_parquet

    if options.out is None:
        raise MisuseError("a Parquet file needs --out.", "Name the file to write, for example -o out.parquet")
    tally = Tally()
    _write(
        options.out,
        lambda target: annotate_parquet(organization, options, columns, (file, target), tally),
    )
    close(options.words["FILE"], columns, tally)
    return ()


def _write(out: str, fill: Callable[[BinaryIO], object]) -> None:
    """Write to a temporary file beside *out*, and move it there when it is complete.

    Raises:
        OSError: It cannot be written.
    """
    unfinished = f"{out}.part"
    try:
        with open(unfinished, "wb") as target:  # noqa: PTH123 (a path as the user wrote it)
            fill(target)
        os.replace(unfinished, out)  # noqa: PTH105 (a path as the user wrote it)
    except OSError as error:
        raise OSError(error.errno, error.strerror, out) from None
    finally:
        with contextlib.suppress(OSError):
            os.remove(unfinished)  # noqa: PTH107 (a path as the user wrote it)


def close(path: str, columns: Columns, tally: Tally) -> None:
    """Say on standard error how many rows were answered.

    Raises:
        StateError: There were words for states, and none of them was known.
    """
    say(tally.summary(path))
    if tally.is_unread:
        raise StateError(
            f"{path}: no word in column {columns.state!r} is known as a state.",
            "Name another column with --state, or say with --codes how states are written.",
        )


@frozen(kw_only=True)
class _Job:
    """One CSV file and what is asked of it.

    Attributes:
        path: The file, as the user named it.
        columns: Which columns are read and added.
        cells: What the cells mean.
        tally: How many rows were answered.
    """

    path: str
    columns: Columns
    cells: Cells
    tally: Tally = field(factory=Tally, init=False)
    _behind: dict[Meaning, str] = field(factory=dict, init=False)

    def behind(self, meaning: Meaning, delimiter: str) -> str:
        """The new cells of a row, with the delimiter in front; cached, since few combinations occur."""
        if meaning not in self._behind:
            texts = {
                self.columns.into: "" if meaning.member is None else str(meaning.member).lower(),
                self.columns.status: meaning.status or "",
                self.columns.why: meaning.why or "",
            }
            self._behind[meaning] = _line([texts[name] for name in self.columns.added.values()], delimiter)
        return self._behind[meaning]


def _csv(job: _Job, file: BinaryIO) -> Iterator[bytes]:
    """The lines of a CSV file with the new cells behind them, in pieces; then the summary on standard error."""
    # Bytes that are not UTF-8 are written back unchanged.
    text = io.TextIOWrapper(file, encoding="utf-8", errors="surrogateescape", newline="")
    lines = _lines(job, text)
    while piece := "".join(islice(lines, _ROWS)):
        yield piece.encode("utf-8", "surrogateescape")
    text.detach()  # whoever opened the file closes it
    close(job.path, job.columns, job.tally)


def _lines(job: _Job, text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, each as it stands in the file, with the new cells behind it.

    Raises:
        FrameError: The file has no header, its quotes do not match, or a row has more cells than the header.
    """
    csv.field_size_limit(_LONGEST)
    first = text.readline()
    mark = _BOM if first.startswith(_BOM) else ""
    first = first.removeprefix(_BOM)
    if not first.strip():
        raise FrameError(f"{job.path}: has no header.", "Begin it with a line of column names.")
    delimiter = _delimiter(first, job.columns)
    seen: list[str] = []
    reader = csv.reader(_noted(chain([first], text), seen), delimiter=delimiter, strict=True)
    try:
        header = next(reader)
        job.columns.check(job.path, header)
        places = [header.index(name) for name in (job.columns.state, *job.columns.times.values())]
        named = _line([guarded(name) for name in job.columns.added.values()], delimiter)
        yield mark + _joined("".join(seen), named)
        seen.clear()
        for row in reader:
            raw = "".join(seen)
            seen.clear()
            missing = len(header) - len(row)
            if missing < 0:
                raise FrameError(
                    f"{job.path}:{reader.line_num}: has {len(row)} cells, and the header has {len(header)}.",
                    "Put a cell that holds the delimiter in quotes.",
                )
            if not row:  # an empty line stays as it is
                yield raw
                continue
            state, *days = (row[place] if place < len(row) else "" for place in places)
            meaning = job.cells.of(state, *days)
            job.tally.count(meaning, state, " to ".join(days))
            yield _joined(raw, delimiter * missing + job.behind(meaning, delimiter))
    except csv.Error:
        raise FrameError(
            f"{job.path}:{reader.line_num}: the quotes of a cell do not match, or it is longer than {_LONGEST} "
            "characters.",
            "Write a quote inside a quoted cell twice.",
        ) from None


def _delimiter(first: str, columns: Columns) -> str:
    """The delimiter under which the header has the columns wanted; else the one that makes most columns."""
    headers = {mark: next(csv.reader([first], delimiter=mark)) for mark in _DELIMITERS}
    fitting = [
        mark for mark, header in headers.items() if {columns.state, *columns.times.values()} <= set(header)
    ]
    return fitting[0] if fitting else max(_DELIMITERS, key=lambda mark: len(headers[mark]))


def _noted(lines: Iterable[str], seen: list[str]) -> Iterator[str]:
    """The lines, each copied to *seen* when the CSV reader takes it: so *seen* holds a row's raw text."""
    for line in lines:
        seen.append(line)
        yield line


def _line(cells: list[str], delimiter: str) -> str:
    """Cells as they stand behind a row, the delimiter in front."""
    page = io.StringIO()
    csv.writer(page, delimiter=delimiter, lineterminator="").writerow(["", *cells])
    return page.getvalue()


def _joined(raw: str, behind: str) -> str:
    """A row as it stands in the file, with something put before its end of line."""
    body = raw.rstrip("\r\n")
    return f"{body}{behind}{raw[len(body) :]}"
