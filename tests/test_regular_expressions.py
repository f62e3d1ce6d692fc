"""Every regular expression of the library takes a time that grows with the text, and no faster.

The patterns are gathered from the syntax trees of the modules, so that a new one is tried as well. Each is tried by
the methods that its module calls, on texts made of its own letters, since only these can lead it astray: one letter or
two again and again, alone and behind what begins a match, with something at the end that prevents one.

This is not flaky: 100 kB take a linear pattern some milliseconds, and a quadratic one, with 5 billion steps, more than
ten seconds; the bound of one second of the processor's time, which other processes do not use up, lies far from both.
All texts are tried with 10 kB, and the six slowest with 100 kB.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined] # how the module itself names what it has parsed
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pytest

import csto_membership
from csto_membership import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCE = Path(csto_membership.__file__).parent
_METHODS = ("fullmatch", "match", "search", "sub", "split", "findall", "finditer")
_SHORT, _LONG = 10_000, 100_000
_MOST = {_SHORT: 0.25, _LONG: 1.0}  # seconds
WINGS = {
    "_facts",
    "_membership",
    "_reader",
    "claims",
    "cli",
    "drawing",
    "errors",
    "explorer",
    "export",
    "frames",
}
_LEFT_OUT: list[str] = []  # modules that need a library which is not installed
_LETTERS = 7  # of a pattern's own that are tried


def _gathered() -> Iterator[tuple[str, str, int, str]]:
    """Module, pattern, flags and method of every use of a regular expression."""
    for path in sorted(_SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not any(isinstance(node, ast.Import) and node.names[0].name == "re" for node in ast.walk(tree)):
            continue
        name = ".".join(path.relative_to(_SOURCE.parent).with_suffix("").parts)
        try:
            module = importlib.import_module(name.removesuffix(".__init__"))
        except MissingExtraError as error:
            _LEFT_OUT.append(f"{name}: {error}")
            continue
        called = {
            (node.func.value.id, node.func.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        }
        for variable, value in vars(module).items():
            used = {method for owner, method in called if owner == variable and method in _METHODS}
            for pattern in _patterns(value):
                for method in sorted(used) or ["fullmatch" if variable == "_FORMS" else "search"]:
                    yield name, pattern.pattern, pattern.flags, method
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _METHODS
                and isinstance(node.args[0], ast.Constant)
            ):
                yield name, str(node.args[0].value), 0, node.func.attr


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    """The compiled patterns in a value, or in what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _patterns(inner)


_USES = sorted(set(_gathered()))


def test_patterns_of_every_wing_are_gathered() -> None:
    """The wings that use regular expressions are all among those tried; where a library lacks, the report says so."""
    if _LEFT_OUT:
        pytest.skip("; ".join(_LEFT_OUT))
    found = {module.split(".")[1] for module, *_ in _USES}
    assert found >= WINGS


def _letters(parsed: Any) -> Iterator[str]:  # noqa: C901 (a case for each kind of node of the module's own trees)
    """A letter for each place of a parsed pattern, and the text that goes through it once."""
    for operation, argument in parsed:
        if operation is codes.LITERAL:
            yield chr(argument)
        elif operation is codes.NOT_LITERAL:
            yield "x" if chr(argument) != "x" else "y"
        elif operation is codes.ANY:
            yield "x"
        elif operation is codes.IN:
            yield _of_class(argument)
        elif operation is codes.BRANCH:
            for branch in argument[1]:
                yield from _letters(branch)
        elif operation in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            yield from _letters(argument[2])
        elif operation is codes.SUBPATTERN:
            yield from _letters(argument[3])
        elif operation in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from _letters(argument[1])


def _of_class(members: Any) -> str:  # the module's own trees
    """A letter that a class takes."""
    if members[0][0] is codes.NEGATE:
        taken = re.compile("[" + "".join(map(_escaped, members)) + "]")
        return next(letter for letter in "xy 0-.(" if taken.match(letter))
    operation, argument = members[0]
    if operation is codes.RANGE:
        return chr(argument[0])
    if operation is codes.CATEGORY:
        return {codes.CATEGORY_SPACE: " ", codes.CATEGORY_DIGIT: "0"}.get(argument, "x")
    return chr(argument)


def _escaped(member: Any) -> str:  # the module's own trees
    """A member of a class as it is written."""
    operation, argument = member
    if operation is codes.NEGATE:
        return "^"
    if operation is codes.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if operation is codes.CATEGORY:
        return {codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_DIGIT: r"\d"}[argument]
    return re.escape(chr(argument))


def _texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts that lead a pattern astray, if it can be."""
    through = "".join(_letters(parser.parse(pattern, flags & ~re.UNICODE)))
    letters = list(dict.fromkeys(through))[:_LETTERS]
    pieces = [*letters, *map("".join, product(letters, repeat=2)), through]
    for piece in pieces:
        yield piece * (length // len(piece)) + "\x00"
    for end in {len(through) // 4, len(through) // 2, 3 * len(through) // 4, len(through)}:
        for letter in letters:
            yield through[:end] + letter * length + "\x00"
        yield (through[:end] + "z") * (length // (end + 1))


def test_the_patterns_are_gathered() -> None:
    """Those of the readers, of dates and of names are among them."""
    modules = {module.removeprefix("csto_membership.") for module, *_ in _USES}

    assert {"_reader.tree", "_facts.dates", "_facts.written_dates", "_membership.names", "errors"} <= modules
    assert len(_USES) >= 40


@pytest.mark.parametrize(("module", "pattern", "flags", "method"), _USES)
def test_a_pattern_is_linear(module: str, pattern: str, flags: int, method: str) -> None:
    """On 100 kB of whatever it is made of, a pattern gives its answer within a second."""
    compiled = re.compile(pattern, flags)
    call = {
        "sub": lambda text: compiled.sub("", text),
        "finditer": lambda text: list(compiled.finditer(text)),
    }.get(method) or getattr(compiled, method)
    taken: dict[int, float] = {}

    def seconds(text: str, most: float) -> float:
        """The time of the processor; a slow one is asked again, since a busy machine makes any call slow once."""
        found = []
        for _ in range(3):
            start = time.process_time()
            call(text)
            found.append(time.process_time() - start)
            if found[-1] < most:
                break
        return min(found)

    for place, text in enumerate(_texts(pattern, flags, _SHORT)):
        taken[place] = seconds(text, _MOST[_SHORT])
        assert taken[place] < _MOST[_SHORT], f"{module}: {pattern!r}, {method}: {text[:40]!r}"
    slowest = set(sorted(taken, key=lambda place: taken[place])[-6:])
    for place, text in enumerate(_texts(pattern, flags, _LONG)):
        if place in slowest:
            assert seconds(text, _MOST[_LONG]) < _MOST[_LONG], (
                f"{module}: {pattern!r}, {method}: {text[:40]!r}"
            )


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(a+)+b", "fullmatch"),
        (r"a+b", "search"),
        (r"\s+x", "search"),
        (r"<a (.*?)>", "findall"),
        ("x*y", "sub"),
    ],
)
def test_a_pattern_that_is_not_linear_is_caught(pattern: str, method: str) -> None:
    """The texts made of a pattern lead those astray that can be."""
    call = getattr(re.compile(pattern), method)
    arguments = [""] if method == "sub" else []
    slowest = 0.0
    for length in (24, 2_000, _LONG // 2):
        for text in _texts(pattern, 0, length):
            start = time.process_time()
            call(*arguments, text)
            slowest = max(slowest, time.process_time() - start)
            if slowest > _MOST[_SHORT]:
                return
    pytest.fail(f"{slowest} s")
