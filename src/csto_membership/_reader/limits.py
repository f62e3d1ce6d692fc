"""What a file may cost and how much is said about it: its bytes, the faults shown, the searches for a nearest word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_FILE = 1_000_000  # bytes; the largest facts file thinkable is a tenth of it
LARGEST_JSON = 3_000_000  # characters; an export is some ten times its facts file, the shipped one 180 kB
MOST_FAULTS = 100
HOPELESS = 10_000  # faults, after which no more are looked for
_LONGEST_FAULT = 2_000  # characters; longer ones only name what nobody writes


class HopelessError(Exception):
    """So many faults that no more are gathered."""


class Suggestions:
    """Looks for the word that was perhaps meant, for no more faults than are shown."""

    def __init__(self) -> None:
        self._left = MOST_FAULTS

    def nearest(self, text: str, known: Iterable[str]) -> str:
        """The end of a sentence on an unknown word."""
        if not self._left:
            return "."
        self._left -= 1
        return nearest(text, known)


def first_of(problems: Sequence[str], file: str) -> tuple[str, ...]:
    """As many faults as anybody reads, none longer than a screen, and how many more there are."""
    first = (
        problem if len(problem) <= _LONGEST_FAULT else f"{problem[: _LONGEST_FAULT - 3]}..."
        for problem in problems[:MOST_FAULTS]
    )
    more = len(problems) - MOST_FAULTS
    if more <= 0:
        return tuple(first)
    least = "at least " if len(problems) == HOPELESS else ""
    return (*first, f"{file}: {least}{more:,} more faults. Correct these first.")
