"""The help of the program and of each command, from the one table of commands; the reference page as well."""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import TYPE_CHECKING

from csto_membership.cli.grammar import ABOUT, COMMANDS, PROGRAM
from csto_membership.cli.options import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership.cli.grammar import Command

_INDENT = 26
_LEAST, _MOST = 50, 100

_EXIT_CODES = (
    ("0", "answered"),
    ("1", "the data or the question is at fault"),
    ("2", "the command is misused"),
    ("3", "with --exit-code: no, or contradicted"),
    ("4", "with --exit-code: unknown, depends or undetermined"),
)


def help_of(command: Command | None, width: int | None = None) -> str:
    """The help of a command, or of the program.

    Args:
        command: The command; ``None`` for the program.
        width: How many columns it may take; those of the terminal unless given.
    """
    if width is None:
        columns = os.environ.get("COLUMNS", "")
        width = shutil.get_terminal_size().columns if not columns.isdecimal() else int(columns)
        width = max(_LEAST, width if columns.isdecimal() else min(width, _MOST))
    return "\n".join(_program(width) if command is None else _command(command, width)) + "\n"


def _program(width: int) -> Iterator[str]:
    """The help of the program."""
    yield f"usage: {PROGRAM} COMMAND ... [options]"
    yield ""
    yield from textwrap.wrap(ABOUT, width)
    yield ""
    yield "commands:"
    yield from _listed(((command.name, command.text) for command in COMMANDS), width)
    yield ""
    yield "options:"
    yield from _listed(((option.written, option.text) for option in ANYWHERE), width)
    yield ""
    yield f"{PROGRAM} COMMAND --help shows the words and options of a command, and an example."
    yield ""
    yield "exit codes:"
    yield from _listed(_EXIT_CODES, width)


def _command(command: Command, width: int) -> Iterator[str]:
    """The help of a command."""
    yield f"usage: {PROGRAM} {command.usage}{' [options]' if command.options else ''}"
    yield ""
    stop = "" if command.text.endswith("?") else "."
    yield from textwrap.wrap(f"{command.text[:1].upper()}{command.text[1:]}{stop}", width)
    words = dict(zip((*command.needs, *command.takes), command.words, strict=True))
    if words:
        yield ""
        yield "words:"
        yield from _listed(words.items(), width)
    yield ""
    yield "options:"
    yield from _listed(((option.written, option.text) for option in (*command.options, ANYWHERE[0])), width)
    yield ""
    yield "example:" if len(command.examples) == 1 else "examples:"
    yield from (f"  {PROGRAM} {example}" for example in command.examples)


def _listed(entries: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Terms with what they mean beside them, or below where a term is long."""
    for term, text in entries:
        lines = textwrap.wrap(text, width - _INDENT, break_on_hyphens=False)
        if len(term) + 4 > _INDENT:
            yield f"  {term}"
        else:
            yield f"  {term:<{_INDENT - 2}}{lines.pop(0)}"
        yield from (f"{'':<{_INDENT}}{line}" for line in lines)
