"""The targets: what each does with some bytes. Only an error of the library, or the command's exit, may come out."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

import yaml

from csto_membership import DatasetError, MembershipError, csto
from csto_membership._facts.dates import imprecise, span
from csto_membership._facts.written_dates import as_digits
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from csto_membership.cli import main
from csto_membership.errors import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Callable

_LIBYAML = getattr(yaml, "CLoader", None)
_NAMES = csto.reading(basis="nominal")


class BrokenRuleError(Exception):
    """What must hold of every input did not hold."""


def reader(data: bytes) -> None:
    """A facts file is read, or refused in visible lines, and alike by both parsers."""
    _alike(lambda: read(data, "facts.yaml"))


def claims(data: bytes) -> None:
    """A file of claims likewise."""
    _alike(lambda: read_claims(data, "claims.yaml"))


def dates(data: bytes) -> None:
    """A text is a time or is refused; a time in words reads as one in digits does."""
    text = _text(data)
    with contextlib.suppress(MembershipError):
        first, after = span(text)
        if not first < after:
            raise BrokenRuleError(text)
    with contextlib.suppress(MembershipError):
        written = imprecise(text)
        if imprecise(str(written)) != written:
            raise BrokenRuleError(text)
    digits = as_digits(text)
    if digits is not None:
        with contextlib.suppress(MembershipError):
            span(digits)
    with contextlib.suppress(MembershipError):
        csto.members_on(text)


def names(data: bytes) -> None:
    """A text names a state or is refused; what it names is found again by its code."""
    text = _text(data)
    for codes in (None, "cow", "iso2", "name"):
        with contextlib.suppress(MembershipError):
            found = _NAMES.state(text, codes=codes)
            if _NAMES.state(found.iso3, codes="iso3") != found:
                raise BrokenRuleError(text)
    with contextlib.suppress(MembershipError):
        csto.beside([text]).was_member(text, "2003")


def cli(data: bytes) -> None:
    """A command line is answered, or refused by a sentence with exit code 1 or 2.

    A word stands on each line; none is a path, and none holds a NUL, which no argument of a process can.
    """
    words = [word for word in _text(data).replace("/", "").replace("\0", "").split("\n") if ".." not in word][
        :12
    ]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            code = main(words)
        except SystemExit as error:
            code = int(error.code or 0)
    if code not in range(5):
        raise BrokenRuleError(repr(words))
    if code in {1, 2} and not said.getvalue().strip():
        raise BrokenRuleError(f"{words!r}: no word is said")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "claims": claims,
    "dates": dates,
    "names": names,
    "cli": cli,
}


def _text(data: bytes) -> str:
    """Bytes as text, with a surrogate for each that is none."""
    return data.decode("utf-8", "surrogateescape")


def _alike(read_it: Callable[[], object]) -> None:
    """Read with libyaml, where it is there, and without: the same comes out, and faults are visible."""
    try:
        found = [_verdict(read_it)]
        if _LIBYAML is not None:
            del yaml.CLoader  # as if PyYAML had been built without it
            found.append(_verdict(read_it))
    finally:
        if _LIBYAML is not None:
            vars(yaml)["CLoader"] = _LIBYAML
    if len(found) > 1 and found[0] != found[1]:
        raise BrokenRuleError("one parser reads what the other refuses, or reads it otherwise")


def _verdict(read_it: Callable[[], object]) -> object:
    """What is read, or nothing where it is refused."""
    import re

    try:
        return read_it()
    except DatasetError as error:
        if not error.problems or any(re.search(f"[{UNSEEN}]", problem) for problem in error.problems):
            raise BrokenRuleError(error.problems) from None
        return None
