"""The command line: parses arguments, asks the public API, prints.

Data go to standard output, words about them to standard error.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from csto_membership.cli.parser import MisuseError, parsed
from csto_membership.cli.printing import say
from csto_membership.errors import MembershipError, visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

__all__ = ["main"]

_ANSWERED, _FAULT, _MISUSE = 0, 1, 2
_LEAVE_WITH = {"yes": 0, "no": 3, "open": 4}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: The command line after the program's name; ``None`` for the process's own.

    Returns:
        0 where the question was answered, 1 where the facts or the question are at fault, 2 for misuse of the
        command itself. With ``--exit-code`` 3 where the answer is no, and 4 where it is open.
    """
    options: Namespace | None = None
    try:
        options = parsed(arguments)
        pieces, code = _answered(options)
        return _written(pieces) or code
    except MisuseError as error:
        say(str(error))
        return _MISUSE
    except MembershipError as error:
        from csto_membership.cli.faults import sentence

        say(sentence(error, options))
        return _FAULT
    except OSError as error:
        say(f"{visible(str(error.filename))}: {error.strerror}. Check the path.")
        return _FAULT


def _answered(options: Namespace) -> tuple[Iterable[str | bytes], int]:
    """What is to be printed, in pieces, and the exit code that goes with it."""
    if options.version:
        from csto_membership import __version__, csto

        return [f"{__version__} (facts {csto.data_version})\n"], _ANSWERED
    if options.print_completion:
        from csto_membership.cli.completion import completion

        return [completion(options.print_completion)], _ANSWERED
    if options.help:
        from csto_membership.cli.manual import help_of

        return [help_of(options.command)], _ANSWERED
    from importlib import import_module

    module, function = options.command.run
    answer = getattr(import_module(f"csto_membership.cli.{module}"), function)
    pieces, outcome = answer(options)
    return pieces, _LEAVE_WITH[outcome] if options.exit_code else _ANSWERED


def _written(pieces: Iterable[str | bytes]) -> int:
    """Write to standard output, and return 0, or 1 where that cannot be done."""
    if sys.stdout is None:
        say("standard output is closed. Leave it open, or direct it into a file.")
        return _FAULT
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that cannot show a character gets its escape
        sys.stdout.reconfigure(errors="backslashreplace")
    for piece in pieces:
        try:
            _put(piece)
        except BrokenPipeError:  # the reader, such as ``head``, has closed the pipe
            sys.stdout = None  # so that nothing is flushed at exit
            return _ANSWERED
        except OSError as error:
            sys.stdout = None
            say(f"standard output: {error.strerror}. Direct it to where there is room.")
            return _FAULT
    return _ANSWERED


def _put(piece: str | bytes) -> None:
    """Write and flush one piece; bytes are rows of the user's own file and are not encoded again."""
    buffer = getattr(sys.stdout, "buffer", None)
    if isinstance(piece, str):
        sys.stdout.write(piece)
    elif buffer is not None:
        buffer.write(piece)
    else:  # standard output was replaced by an object that takes text alone
        sys.stdout.write(piece.decode("utf-8", "backslashreplace"))
    sys.stdout.flush()
