"""The reader of facts files: one verdict, whether PyYAML was built with libyaml or parses by itself."""

from __future__ import annotations

import random

import pytest
import yaml

from csto_membership import Dataset, DatasetError
from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import SMALL, changed, faults

BRACKETS = """\
verified_through: 2026-01-18
organizations: {ORG: {name: O, events: {KAZ: [{act: join, effect: 1994-04-20?, sources: [law]}]}}}
states: {KAZ: {name: Kazakhstan}}
sources: {law: {title: A law, publisher: A state, kind: primary}}
"""
ACCEPTED_TITLES = [
    *(
        "What?",
        "x ?y",
        "x\n    ? y",
        "http://a.b/c?d=e",
        "a#b",
        "a:b",
        "x :y",
        "-x",
        '"\\x41"',
        '"\\/"',
        "''''",
    ),
    *("'x\n    y'", '"x\\\n    y"', '"a" ', "x\\", "x%", "<<", "=", "~", "\u00a0x", "\ue000", "\U0010fffd"),
]
ACCEPTED_BLOCKS = [
    *(
        "|#x\n      A law",
        "| #x\n      A law",
        ">-#\n      A law",
        "|2\n      A law",
        "|\n\n\n      x\n      y\n",
    ),
    *(">\n      x\n\n       y\n", "x\r      y", '"x\n\n      y"', "a #x", '"a" #x'),
]
REFUSED_TITLES = [
    *(
        "a:",
        ":x",
        "?x",
        "::",
        "x #y",
        '"x"y',
        "'t'x",
        "!x",
        "&a x",
        "*a",
        "@x",
        "`x",
        "%x",
        "|x",
        "a:? b",
        "- x",
    ),
    *(
        '"\\q"',
        '"\\x4"',
        '"\\UFFFFFFFF"',
        '"\\uD800"',
        '"\\uD83D\\uDE00"',
        '"\\0"',
        '"\\uFFFF',
        "\x7f",
        "\x1f",
        "\x00",
    ),
    *(
        "x\ty",
        "x\t",
        '"x\ty"',
        "'\t'",
        "\ufffe",
        "\uffff",
        "x\u0085y",
        "x\u2028y",
        "\ufeff",
        "!!str x",
        "!<a> x",
    ),
]
REFUSED_BLOCKS = [
    *(
        "|+-\n      A",
        "|0\n      A",
        "|22\n      A",
        "|x\n      A",
        "|\nA",
        "\n---\n",
        "x\n...\ny",
        '"x\n---\n    y"',
    ),
    *("? x", "x: y", "'x", "[x", "x\n%y", "\n  - x\n y", "|\n       x\n      y\n    z: w"),
]
REFUSED_FILES = [
    *(
        f"{head}{SMALL}"
        for head in ("%YAML 1.1\n---\n", "%YAML 1.3\n---\n", "%FOO\n---\n", "%TAG ! !x\n---\n")
    ),
    *(
        f"{head}{SMALL}"
        for head in ("...\n", "---\n---\n", "---x\n", "? ", "- ", "[", "{", " ", "\t", "\x85")
    ),
    *(
        f"{SMALL}{tail}"
        for tail in ("... x\n", "--- x\n", "%FOO\n", "...\n%YAML 1.1\n---\n", "\x00", "}", "]", "- x\n")
    ),
    BRACKETS.replace("sources: [law]", "sources:[law]"),
    BRACKETS.replace("[law]", "[law, !]"),
    BRACKETS.replace("[law]", "[law, ?]"),
    BRACKETS.replace("[law]", "[law:, law]"),
    BRACKETS.replace("{KAZ: {name", "{KAZ:{name"),
]
DEEP = [f"a: {opened * 2_000}{closed * 2_000}" for opened, closed in (("[", "]"), ("{a: ", "}"), ("[", ""))]
DEEP += ["- " * 2_000 + "x", "? " * 2_000 + "x", "[" * 13 + "x" + "]" * 13, "[{a: " * 600]
PIECES = (
    *(
        '"',
        "'",
        "\\",
        "\\U00110000",
        "\\uD800",
        "\\x",
        "\n",
        "\r",
        "\r\n",
        "\u0085",
        "- ",
        "? ",
        ": ",
        ":",
        "#",
        " #",
    ),
    *(
        "&a ",
        "*a ",
        "!",
        "!!str ",
        "%FOO\n",
        "---",
        "...\n",
        "|",
        ">-",
        "[",
        "]",
        "{",
        "}",
        ",",
        "@",
        "  ",
        "a",
        "?",
    ),
    *("\t", "\x00", "\x7f", "\ufffe", "\U0001f600", "\u200b", "\u202e", "\ufeff", "\u00a0", "e\u0301"),
)


def _verdict(text: str, *, with_libyaml: bool) -> Dataset | None:
    """The records of a file, or nothing where it is refused, by one of the two parsers."""
    with pytest.MonkeyPatch.context() as patch:
        if not with_libyaml:
            patch.delattr(yaml, "CLoader", raising=False)
        try:
            return read(text.encode("utf-8", "surrogatepass"), "facts.yaml")
        except DatasetError:
            return None


def _titled(title: str) -> str:
    """The file in brackets, with another title of its source."""
    return BRACKETS.replace("A law", title)


@pytest.mark.skipif(not hasattr(yaml, "CLoader"), reason="PyYAML was built without libyaml")
@pytest.mark.parametrize(
    "text",
    [
        *(_titled(title) for title in ACCEPTED_TITLES),
        *(changed(("A law", title)) for title in ACCEPTED_BLOCKS),
    ],
)
def test_what_one_parser_reads_the_other_reads_alike(text: str) -> None:
    """The records are the same ones, by either parser."""
    by_libyaml = _verdict(text, with_libyaml=True)

    assert by_libyaml is not None
    assert by_libyaml == _verdict(text, with_libyaml=False)


@pytest.mark.parametrize(
    "text",
    [
        *(_titled(title) for title in REFUSED_TITLES),
        *(changed(("A law", title)) for title in REFUSED_BLOCKS),
        *REFUSED_FILES,
        *DEEP,
    ],
)
@pytest.mark.parametrize("with_libyaml", [True, False])
def test_what_one_parser_refuses_the_other_refuses(text: str, with_libyaml: bool) -> None:  # noqa: FBT001
    """Neither parser reads it, and neither fails otherwise than by a fault."""
    assert _verdict(text, with_libyaml=with_libyaml) is None


@pytest.mark.skipif(not hasattr(yaml, "CLoader"), reason="PyYAML was built without libyaml")
@pytest.mark.parametrize("seed", range(8))
def test_of_odd_files_the_parsers_say_the_same(seed: int) -> None:
    """Of files with pieces of YAML thrown in, both parsers read the same ones, as the same records."""
    chance = random.Random(seed)  # noqa: S311 (a test's own choice, the same each time)
    for _ in range(60):
        text = chance.choice((SMALL, BRACKETS))
        for _ in range(chance.choice((1, 1, 2))):
            place = chance.randrange(len(text))
            text = text[:place] + "".join(chance.choices(PIECES, k=2)) + text[place + chance.randrange(3) :]

        assert _verdict(text, with_libyaml=True) == _verdict(text, with_libyaml=False), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            changed(("    title: A law", "\ttitle: A law")),
            "15:1: a tab, which looks like spaces. Write spaces. [CM004]",
        ),
        (changed(("A law", "A\tlaw\t")), "15:13: a tab, which looks like spaces. Write spaces. [CM004]"),
        (
            f"%YAML 1.2\n---\n{SMALL}",
            "1:1: a line that begins with %, as a directive. Delete or indent it. [CM003]",
        ),
        (
            f"{SMALL}...\n%YAML 1.1\n",
            "23:1: a line that begins with %, as a directive. Delete or indent it. [CM003]",
        ),
    ],
)
@pytest.mark.parametrize("with_libyaml", [True, False])
def test_where_parsers_differ_the_reader_decides(
    text: str,
    expected: str,
    with_libyaml: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tabs and directives, of which the parsers have rules of their own, are refused before either sees them."""
    if not with_libyaml:
        monkeypatch.delattr(yaml, "CLoader", raising=False)

    assert faults(text) == (expected,)
