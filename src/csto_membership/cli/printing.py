"""Writes a reply: as text for people, as one JSON object, as CSV for spreadsheets."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from csto_membership import Organization

Cell: TypeAlias = str | int | float | bool | tuple[str, ...] | None
"""A cell of a reply's table; a tuple of names for a status that is open."""

# Escapes for all control characters except the line break.
_CONTROLS = {
    number: f"\\x{number:02x}" for number in (*range(0x20), *range(0x7F, 0xA0)) if number != ord("\n")
}
_IN_CELL = {**_CONTROLS, ord("\n"): " "}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RIGHT_TO_LEFT = {"R", "AL"}
_ISOLATE, _END_ISOLATE = "\u2067", "\u2069"


@frozen(kw_only=True)
class Reply:
    """What a command answers, before it is written in one of the formats.

    Attributes:
        columns: The names of the columns, where the answer is rows.
        rows: The rows.
        headings: What the columns are called in a table for people, in the language asked for.
        shown: The rows of that table, in the same language; ``None`` if they are the same as *rows*.
        text: The answer in words; where there is none, the rows make an aligned table.
        nothing: What stands in place of a table without rows.
        answer: The answer as plain values; where there is none, the rows are, each as a mapping.
        outcome: ``"yes"``, ``"no"`` or ``"open"``, by which ``--exit-code`` leaves.
    """

    columns: tuple[str, ...] = ()
    rows: Iterable[tuple[Cell, ...]] = ()
    headings: tuple[str, ...] = ()
    shown: Iterable[tuple[Cell, ...]] | None = None
    text: str | None = None
    nothing: str = ""
    answer: object = None
    outcome: str = "yes"


def visible(text: str) -> str:
    """The text with its control characters escaped, so that none of it can control a terminal."""
    return text.translate(_CONTROLS)


def say(words: str) -> None:
    """Print words on standard error, if there is one that takes them."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(visible(words), file=sys.stderr)


def guarded(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def written(reply: Reply, options: Namespace, organization: Organization | None) -> Iterator[str]:
    """The reply in the format asked for, in pieces, each with its end of line.

    Args:
        reply: What the command answers.
        options: The command line.
        organization: What was asked, under its reading; ``None`` where it was a file alone.
    """
    if options.format == "json":
        yield f"{_json(reply, options, organization)}\n"
    elif options.format == "csv":
        yield from _csv(reply)
    elif reply.text is not None:
        yield f"{visible(reply.text)}\n"
    else:
        yield from _table(reply)


def _json(reply: Reply, options: Namespace, organization: Organization | None) -> str:
    """One object: the question, the reading, the horizon, the version of the facts, and the answer."""
    import json

    from csto_membership._facts.plain import plain

    answer = reply.answer
    if answer is None:
        answer = [dict(zip(reply.columns, row, strict=True)) for row in reply.rows]
    told = {
        "question": _question(options),
        "reading": None if organization is None else plain(organization.read_as),
        "horizon": None if organization is None else organization.horizon.isoformat(),
        "data_version": None if organization is None else organization.data_version,
        "answer": answer,
    }
    # Escape non-ASCII letters unless the output is UTF-8, which has all of them.
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    return json.dumps(told, ensure_ascii=not is_utf8, indent=2).translate(_CONTROLS_IN_JSON)


_CONTROLS_IN_JSON = {
    number: f"\\u{number:04x}" for number in range(0x7F, 0xA0)
}  # the others are escaped already
_HOW = {"format", "json", "markdown", "exit_code", "help", "version", "print_completion", "words", "command"}
_READ = {"basis", "dating", "era", "known_on", "extrapolate"}


def _question(options: Namespace) -> dict[str, object]:
    """The command, its words and its options, as they were given."""
    words = {
        name.lower(): list(word) if isinstance(word, tuple) else word for name, word in options.words.items()
    }
    given = {
        name: value
        for name, value in vars(options).items()
        if name not in _HOW | _READ and value not in (None, False)
    }
    return {"command": options.command.name, **words, **given}


def _csv(reply: Reply) -> Iterator[str]:
    """The rows for a spreadsheet, with the names of the columns on top."""
    import csv
    import io

    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(reply.columns)
    for row in reply.rows:
        writer.writerow([_in_csv(cell) for cell in row])
        if page.tell() > 1 << 16:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def _in_csv(cell: Cell) -> str | int | float:
    """A cell as a spreadsheet reads it; nothing for what is unknown."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return cell
    return guarded(_shown(cell).translate(_IN_CELL))


def _shown(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    return " or ".join(cell) if isinstance(cell, tuple) else str(cell)


def _table(reply: Reply) -> Iterator[str]:
    """The rows in columns of equal width, under their headings."""
    rows = [
        tuple(_in_table(cell) for cell in row) for row in (reply.rows if reply.shown is None else reply.shown)
    ]
    if not rows:
        yield f"{visible(reply.nothing)}\n"
        return
    heads = tuple(_in_table(heading) for heading in reply.headings or reply.columns)
    widths = [max(wide(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    for row in (heads, *rows):
        yield _aligned(row, widths)


def _in_table(cell: Cell) -> str:
    """A cell as people read it; text from right to left in an isolate, so that it moves nothing beside it."""
    import unicodedata

    text = (str(cell).lower() if isinstance(cell, bool) else _shown(cell)).translate(_IN_CELL) or "-"
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return text
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """A row with its cells filled up."""
    cells = (cell + " " * (width - wide(cell)) for cell, width in zip(row, widths, strict=True))
    return f"{'  '.join(cells).rstrip()}\n"


def wide(text: str) -> int:
    """How many columns of a terminal a text takes: ideographs two, marks on the letter before none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.category(letter) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )
