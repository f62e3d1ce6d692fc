"""The library's exceptions, suggestions for unknown words, and the escaping of text in messages."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class MembershipError(Exception):
    """Base of all errors here: catch this one to catch them all.

    Attributes:
        fault: What is wrong, with the value, as one sentence; where several are given, a line for each.
        way_out: What to do, as one or more sentences; empty where the fault says it.
        option: The argument to change, such as ``"codes"``, where there is one. The command line, which
            spells it ``--codes``, uses this name to write its own way out.
    """

    def __init__(
        self, fault: str | tuple[str, ...] = "", way_out: str = "", *, option: str | None = None
    ) -> None:
        # A name may come from untrusted data: escape what could fake a line or control a terminal.
        faults = tuple(map(visible, fault if isinstance(fault, tuple) else (fault,)))
        super().__init__(faults, way_out)  # by which it pickles
        self.fault: str = "\n".join(faults)
        self.way_out: str = visible(way_out)
        self.option = option

    def __str__(self) -> str:
        return f"{self.fault} {self.way_out}".strip()


class DayError(MembershipError, ValueError):
    """A value that is neither a calendar day nor a period."""


class ReadingError(MembershipError, ValueError):
    """An option of a reading, such as a basis, dating or era, that does not exist."""


class UncertainError(MembershipError, ValueError):
    """A yes or a no was demanded where the sources leave it open."""


class StateError(MembershipError, LookupError):
    """A code or name that belongs to no state of the organization, or to several."""


class EraError(MembershipError, LookupError):
    """A day on which the organization had no era, or an era that it never had."""


class ClaimError(MembershipError, ValueError):
    """A claim that lacks what its kind needs, or that names what the file does not hold."""


class OfficeError(MembershipError, LookupError):
    """An office that the organization does not have, or of which no holder is recorded for a day."""


class ParticipationError(MembershipError, LookupError):
    """An operation or a session that the organization does not have."""


class BeyondHorizonError(MembershipError, LookupError):
    """A question about days after the last day that the facts were checked."""


class FrameError(MembershipError, ValueError):
    """A table that is not of a supported kind, or a column of it that cannot be read."""


class ColumnError(MembershipError, LookupError):
    """A column that a table lacks, or one that it has already."""


class DrawingError(MembershipError, ValueError):
    """An option that a drawing does not accept: a width, an order, a theme, a language."""


class ExportError(MembershipError, ValueError):
    """An export that cannot be made: a format or table that is not there, a text that it cannot hold, a path."""


class MissingExtraError(MembershipError, ImportError):
    """A part of the library whose own requirements are not installed."""


class DatasetError(MembershipError, ValueError):
    """A facts file, or records, with faults.

    Attributes:
        problems: Every fault found, each in one line that begins with its place.
    """

    def __init__(self, problems: tuple[str, ...], way_out: str = "", *, option: str | None = None) -> None:
        super().__init__(problems, way_out, option=option)
        self.problems: tuple[str, ...] = tuple(self.fault.split("\n")) if problems else ()


_LONGEST_WORD = 80  # characters; longer text is not a misspelt word
_MOST_COMPARED = 100_000  # pairs of letters in one search: some hundreds of words


def nearest(text: object, known: Iterable[str]) -> str:
    """The end of an error sentence: a suggestion of the most similar known word, or just a full stop."""
    import difflib

    wanted = str(text).lower()
    if len(wanted) > _LONGEST_WORD:
        return "."
    words = {str(word).lower(): str(word) for word in sorted(known)}
    # difflib compares every letter with every letter, so the words that are nearest in length go first.
    by_length = sorted(words, key=lambda word: abs(len(word) - len(wanted)))
    lengths = accumulate((len(word) * len(wanted) for word in by_length), initial=0)
    compared = [word for word, before in zip(by_length, lengths, strict=False) if before < _MOST_COMPARED]
    found = difflib.get_close_matches(wanted, compared, n=1)
    return f". Did you mean {words[found[0]]!r}?" if found else "."


def did_you_mean(text: object, known: Iterable[str]) -> str:
    """The suggestion of ``nearest`` as the first sentence of a way out; empty without one."""
    suggestion = nearest(text, known).removeprefix(".").strip()
    return f"{suggestion} " if suggestion else ""


_SHOWN = 80  # characters of a value


def shown(value: object) -> str:
    """A value as an error shows it: its ``repr``, cut where it is long, or its type where it has none."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deep, or a number with more digits than Python writes
        return f"a value of type {type(value).__name__} too large to show"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


# Characters that control a terminal, break a line, change the text direction, or are invisible.
UNSEEN = (
    "\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff9-\\ufffb\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a"
    "\\U000e0000-\\U000e0fff"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")


def visible(text: str) -> str:
    """The text on one line, with every control or invisible character written as a Python escape."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def in_one_line(text: str, *, own_marks: bool = False) -> str:
    """The text with its line ends as spaces, and otherwise as ``visible`` has it.

    Args:
        text: Text of somebody's records, or a line that has some in it.
        own_marks: Whether to keep the direction marks and isolates that the library adds to right-to-left
            text.
    """
    if text.isascii() and text.isprintable():
        return text
    line = " ".join(part.strip() for part in text.splitlines()).replace("\t", " ")
    return _NO_MARK.sub(lambda found: ascii(found[0])[1:-1], line) if own_marks else visible(line)


_NO_MARK = re.compile(f"(?![\\u200f\\u2066\\u2067\\u2069])[{UNSEEN}]")
