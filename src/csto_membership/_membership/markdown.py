"""Escapes text for Markdown, so that none of it is read as mark-up."""

from __future__ import annotations

import re

from csto_membership.errors import in_one_line

_MARKED_UP = re.compile(r"[\\`*_\[\]<>|#~$!]|&(?=[#A-Za-z0-9]+;)")
_BLOCK = re.compile(r"[-+=]|[0-9]{1,9}(?=[.)])")  # what begins a list or a rule at the start of a line
_ADDRESS = re.compile(r"https?://[^\s<>\u200f\u2066-\u2069]+")


def marked(line: str) -> str:
    """A line in which Markdown and GitHub read no mark-up, HTML, entity, table or formula.

    An address of the web at its end stands in angle brackets, where Markdown takes it as it is.
    """
    line = in_one_line(line, own_marks=True)
    before, space, last = line.rpartition(" ")
    address = _ADDRESS.match(last)
    if address is None:
        return _escaped(line)
    return f"{_escaped(before)}{space}<{address[0]}>{_escaped(last[address.end() :])}"


def _escaped(text: str) -> str:
    """Text with a backslash before what would be mark-up."""
    text = _MARKED_UP.sub(lambda found: f"\\{found[0]}", text)
    start = _BLOCK.match(text)
    if start is None:
        return text
    if start[0].isdigit():  # Markdown cannot escape a digit: escape the sign after it
        return f"{start[0]}\\{text[start.end() :]}"
    return f"\\{text}"
