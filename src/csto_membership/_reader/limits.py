"""Limits on a file: its size, the number of faults shown, and the number of suggestions looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_FILE = 1_000_000  # bytes; ten times the largest facts file to be expected
LARGEST_JSON = 3_000_000  # characters; an export is some ten times its facts file, the shipped one 180 kB
MOST_FAULTS = 100
HOPELESS = 10_000  # faults, after which no more are looked for
_LONGEST_FAULT = 2_000  # characters; only a fault that quotes absurdly long text is longer


class HopelessError(Exception):
    """So many faults that no more are gathered."""


class Suggestions:
    """Suggests similar known words, for the first ``MOST_FAULTS`` faults only, since more are not shown."""

    def __init__(self) -> None:
        self._left = MOST_FAULTS

    def nearest(self, text: str, known: Iterable[str]) -> str:
        """The end of a sentence on an unknown word."""
        if not self._left:
            return "."
        self._left -= 1
        return nearest(text, known)


def first_faults(problems: Sequence[str], file: str) -> tuple[str, ...]:
    """The first ``MOST_FAULTS`` faults, each cut to ``_LONGEST_FAULT``, and the number of the others."""
    first = (
        problem if len(problem) <= _LONGEST_FAULT else f"{problem[: _LONGEST_FAULT - 3]}..."
        for problem in problems[:MOST_FAULTS]
    )
    more = len(problems) - MOST_FAULTS
    if more <= 0:
        return tuple(first)
    least = "at least " if len(problems) == HOPELESS else ""
    return (*first, f"{file}: {least}{more:,} more faults. Correct these first.")
