"""The readers: characters that nobody sees are refused, each with its place."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from csto_membership import DatasetError, csto, from_json
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from csto_membership.errors import in_one_line, visible
from tests.reader.yaml_files import changed, faults

HIDDEN = (
    *(
        "\u00ad",
        "\u034f",
        "\u061c",
        "\u115f",
        "\u1160",
        "\u180e",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
    ),
    *("\u2060", "\u2061", "\u206f", "\u3164", "\uffa0", "\ufff9", "\U000e0001", "\U000e0041", "\U000e007f"),
    *("\U0001bca0", "\U0001d173", "\U000e0100"),
)
TURNING = ("\u202a", "\u202e", "\u2066", "\u2069")
SEEN = (
    "\u00a0",
    "\u0301",
    "\u064e",
    "\u0e01",
    "\u200a",
    "\u2013",
    "\u3000",
    "\ufe0f",
    "\U0001f1f0",
    "\U000e1000",
)


@pytest.fixture(params=["libyaml", "PyYAML's own parser"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two parsers that PyYAML may bring."""
    if request.param != "libyaml":
        monkeypatch.delattr(yaml, "CLoader", raising=False)
    elif not hasattr(yaml, "CLoader"):
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
def test_what_hides_in_a_file_is_refused(character: str) -> None:
    """Zero-width characters, soft hyphens, fillers and tags make two names look alike that are not."""
    expected = f"15:13: U+{ord(character):04X} hides in the text unseen. Delete it. [CM004]"

    assert expected in faults(changed(("A law", f"A{character} law")))


@pytest.mark.parametrize("character", [*HIDDEN, *TURNING], ids=ascii)
def test_what_hides_behind_an_escape_is_refused(character: str) -> None:
    """An escape in double quotes brings in no such character either."""
    expected = f"15:12: the escape of U+{ord(character):04X}, which cannot be seen. Delete it. [CM004]"

    assert expected in faults(changed(("A law", f'"A\\U{ord(character):08x} law"')))


@pytest.mark.parametrize("character", SEEN, ids=ascii)
def test_what_is_seen_is_read(character: str) -> None:
    """Spaces that have a width, marks on letters, signs of emoji and letters of any script are text."""
    assert (
        read(changed(("A law", f"A x{character} law")).encode(), "f").sources[0].title
        == f"A x{character} law"
    )


def test_claims_files_are_read_alike() -> None:
    """What hides in a quotation is refused with its place."""
    text = "articles:\n  a: {publisher: A\u200b, said: 2001, lang: en}\nclaims:\n"

    with pytest.raises(DatasetError) as caught:
        read_claims(text.encode(), "claims.yaml")

    assert caught.value.problems[0] == (
        "claims.yaml:2:19: U+200B hides in the text unseen. Delete it. [CM004]"
    )


@pytest.mark.parametrize("character", [*HIDDEN, *TURNING, "\x1b", "\x9b", "\x00", "\ud800"], ids=ascii)
def test_what_hides_in_json_is_refused(character: str) -> None:
    """An export that somebody edited is a stranger's file, too: its texts hold nothing hidden."""
    content = json.loads(csto.to_json())
    content["states"][0]["english"] += character

    with pytest.raises(DatasetError) as caught:
        from_json(json.dumps(content))

    assert caught.value.problems == (
        f"json: states[0].english: the text holds U+{ord(character):04X}, which cannot be seen. Delete it.",
    )


def test_a_text_is_shown_on_one_line() -> None:
    """Line ends become spaces where text is told, and numbers where a fault is told; the rest is shown by number."""
    text = " a \r\n b\u2028c\td\x1b[m\u202e "

    assert in_one_line(text) == r"a b c d\x1b[m\u202e"
    assert visible(text) == r" a \r\n b\u2028c\td\x1b[m\u202e "
    assert in_one_line("\u2067a\u2069\u202e", own_marks=True) == "\u2067a\u2069\\u202e"
    assert in_one_line("plain") == visible("plain") == "plain"


@pytest.mark.parametrize("character", [*HIDDEN, *TURNING], ids=ascii)
def test_what_is_refused_is_shown(character: str) -> None:
    """Every character that a reader refuses has a number in what is printed, where it came from elsewhere."""
    assert re.fullmatch(r"\\[xuU][0-9a-f]+", visible(character))
