"""The command that draws the timeline into the terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

from csto_membership.cli.asking import day_of, listed, organization_of, state_of
from csto_membership.cli.parser import MisuseError
from csto_membership.cli.printing import visible

if TYPE_CHECKING:
    from argparse import Namespace

_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")
_BLOCKS = "─█▓▒·┌▲"


def timeline(options: Namespace) -> tuple[tuple[str, ...], str]:
    """All states, a lane each; in colours if standard output is a terminal that has them."""
    from csto_membership.drawing import terminal

    organization = organization_of(options)
    states = None
    if options.states is not None:
        states = [state_of(organization, options, name).iso3 for name in listed(options.states)]
    drawn = terminal(
        organization,
        lang=options.lang or "en",
        width=_width(options.width),
        on=None if options.on is None else day_of(organization, options.on),
        states=states,
        characters="block" if _has_blocks() else "ascii",
        has_colour=_has_colour(),
    )
    # Colours are the drawing's own; what stands between them may come from a facts file.
    parts = (part if _COLOUR.fullmatch(part) else visible(part) for part in _COLOUR.split(drawn))
    return (f"{''.join(parts)}\n",), "yes"


def _width(text: str | None) -> int:
    """How many columns there are.

    Raises:
        MisuseError: *text* is no number of columns.
    """
    if text is None:
        return min(shutil.get_terminal_size().columns, 120) if _is_terminal() else 80
    if not (text.isascii() and text.isdecimal()):
        raise MisuseError(
            f"--width {text!r} is no number of columns.", "Write it in digits, for example --width 80."
        )
    return int(text)


def _is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def _has_colour() -> bool:
    """Whether colours are wanted: in a terminal that has them, unless ``NO_COLOR`` is set (https://no-color.org)."""
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _has_blocks() -> bool:
    """Whether standard output can show block characters."""
    try:
        _BLOCKS.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
