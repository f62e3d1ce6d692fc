"""The reader of facts files: what a file may be at all."""

from __future__ import annotations

import pytest
import yaml

from csto_membership import (
    Act,
    Dataset,
    Event,
    History,
    Source,
    SourceKind,
    State,
    exact,
)
from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import SMALL, STATE_FIELDS, changed, faults


def test_the_small_file_is_without_fault() -> None:
    """The file that the cases below break reads as it stands, so that each of them shows its own fault."""
    dataset = read(SMALL.encode(), "facts.yaml")

    assert dataset == Dataset(
        verified_through=exact("2026-01-18"),
        states=(State(iso3="KAZ", english="Kazakhstan"),),
        histories=(
            History(
                id="ORG",
                name="An organization",
                events=(
                    Event(state="KAZ", act=Act.JOIN, effect=exact("1994-04-20"), sources=("law", "paper")),
                ),
            ),
        ),
        sources=(
            Source(id="law", title="A law", publisher="A state", kind=SourceKind.PRIMARY),
            Source(id="paper", title="A paper", publisher="A press", kind=SourceKind.PRESS),
        ),
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            b"#" * 1_000_001,
            "1:1: the file has more than 1,000,000 bytes. Split it by organization. [CM001]",
            id="over one megabyte",
        ),
        pytest.param(
            changed(("A law", "Loi fran\u00e7aise")).encode("latin-1"),
            "15:20: byte 0xe7 is not UTF-8. Save the file as UTF-8. [CM001]",
            id="latin-1",
        ),
        pytest.param(
            SMALL.encode("utf-16"),
            "1:1: byte 0xff is not UTF-8. Save the file as UTF-8. [CM001]",
            id="utf-16 with its mark",
        ),
        pytest.param(
            b"\xfe\xff" + SMALL.encode("utf-16-be"),
            "1:1: byte 0xfe is not UTF-8. Save the file as UTF-8. [CM001]",
            id="utf-16, high byte first, with its mark",
        ),
        pytest.param(
            SMALL.encode("utf-32"),
            "1:1: byte 0xff is not UTF-8. Save the file as UTF-8. [CM001]",
            id="utf-32 with its mark",
        ),
        pytest.param(
            SMALL.encode("utf-16-le"),
            "1:2: U+0000 may not stand in YAML. Delete it. [CM004]",
            id="utf-16 without its mark",
        ),
        pytest.param(
            SMALL.encode().replace(b"A law", b"A \xed\xa0\x80 law"),
            "15:14: byte 0xed is not UTF-8. Save the file as UTF-8. [CM001]",
            id="half a surrogate pair",
        ),
    ],
)
def test_a_file_is_utf_8_of_at_most_a_megabyte(content: bytes, expected: str) -> None:
    """What is too large or not UTF-8 is refused before it is parsed."""
    assert faults(content) == (expected,)


def test_a_file_of_just_a_megabyte_is_read() -> None:
    """A million bytes are within the limit."""
    padded = SMALL + "#" * (1_000_000 - len(SMALL))

    assert read(padded.encode(), "facts.yaml") == read(SMALL.encode(), "facts.yaml")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SMALL.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(SMALL.replace("\n", "\r\n").encode(), id="windows line ends"),
        pytest.param(("---\n" + SMALL + "...\n").encode(), id="document marks"),
        pytest.param(b"# a word before\n\n" + SMALL.encode(), id="comment"),
    ],
)
def test_how_an_editor_saves_a_file_is_no_matter(content: bytes) -> None:
    """Byte order mark, line ends, document marks and comments change nothing."""
    assert read(content, "facts.yaml") == read(SMALL.encode(), "facts.yaml")


@pytest.mark.parametrize(
    ("text", "place", "by_libyaml", "by_pyyaml"),
    [
        pytest.param(
            changed(("A press\n    kind: press\n", '"A press\n    kind: press\n')),
            "22:1",
            "found unexpected end of stream",
            "found unexpected end of stream",
            id="double quote left open",
        ),
        pytest.param(
            changed(("A press\n    kind: press\n", "'A press\n    kind: press\n")),
            "22:1",
            "found unexpected end of stream",
            "found unexpected end of stream",
            id="single quote left open",
        ),
        pytest.param(
            changed(("A law", "@law")),
            "15:12",
            "found character that cannot start any token",
            "found character '@' that cannot start any token",
            id="text that begins with an at sign",
        ),
        pytest.param(
            changed(("A law", "A law: the first")),
            "15:17",
            "mapping values are not allowed in this context",
            "mapping values are not allowed here",
            id="colon in plain text",
        ),
    ],
)
def test_what_is_no_yaml_is_refused_at_its_place(
    text: str, place: str, by_libyaml: str, by_pyyaml: str
) -> None:
    """A file that cannot be parsed has one fault, where the parser gave up, in the words of the parser there is."""
    words = by_libyaml if hasattr(yaml, "CLoader") else by_pyyaml

    assert faults(text) == (f"{place}: not YAML: {words}. Mend the line, or put the text in quotes. [CM002]",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("name: Kazakhstan", "name: &name Kazakhstan")),
            ("12:11: anchor &name. Write the value where it is needed. [CM003]",),
            id="anchor",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: *name")),
            ("12:11: alias *name. Write the value out. [CM003]",),
            id="alias",
        ),
        pytest.param(
            changed(("[law, paper]", "[law, *paper]")),
            ("9:26: alias *paper. Write the value out. [CM003]",),
            id="alias in a list",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    <<: *other\n    name: Kazakhstan")),
            (
                f"12:5: state 'KAZ' has no field '<<'. Its fields are {STATE_FIELDS}. [CM007]",
                "12:9: alias *other. Write the value out. [CM003]",
            ),
            id="merge key",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    <<: {iso2: KZ}\n    name: Kazakhstan")),
            (f"12:5: state 'KAZ' has no field '<<'. Its fields are {STATE_FIELDS}. [CM007]",),
            id="merge key without an alias",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: !!python/object/apply:os.system echo")),
            (
                (
                    "12:11: tag !!python/object/apply:os.system. "
                    "Everything here is text: write it without a tag. [CM003]"
                ),
            ),
            id="tag that would run a program",
        ),
        pytest.param(
            changed(("effect: 1994-04-20", "effect: !!str 1994-04-20")),
            ("8:19: tag !!str. Everything here is text: write it without a tag. [CM003]",),
            id="tag that would change nothing",
        ),
        pytest.param(
            changed(("[law, paper]", "!!set [law, paper]")),
            ("9:20: tag !!set. Everything here is text: write it without a tag. [CM003]",),
            id="tag of a list",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    !mine name: Kazakhstan")),
            ("12:5: tag !mine. Everything here is text: write it without a tag. [CM003]",),
            id="tag of a key",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    [a, b]: c")),
            ("13:5: a key that is no text. Write the field's name. [CM003]",),
            id="list as a key",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    {a: b}: c")),
            ("13:5: a key that is no text. Write the field's name. [CM003]",),
            id="mapping as a key",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    *key : c")),
            ("13:5: alias *key. Write the value out. [CM003]",),
            id="alias as a key",
        ),
        pytest.param(
            SMALL + "---\nverified_through: never\n",
            ("22:1: a second document begins. Keep one document in a file. [CM003]",),
            id="second document",
        ),
        pytest.param(
            SMALL + "---\na: 1\n---\nb: 2\n",
            ("22:1: a second document begins. Keep one document in a file. [CM003]",),
            id="third document",
        ),
    ],
)
def test_what_yaml_could_do_beyond_text_is_refused(text: str, expected: tuple[str, ...]) -> None:
    """Anchors, aliases, merges, tags, keys that are no text and second documents have no place here."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[" * 13 + "a" + "]" * 13, "1:13: deeper than 12 levels.", id="lists"),
        pytest.param("[" * 12 + "a" + "]" * 12, "1:13: deeper than 12 levels.", id="text in twelve lists"),
        pytest.param("{a: " * 12 + "b" + "}" * 12, "1:49: deeper than 12 levels.", id="mappings"),
        pytest.param("- " * 3_000 + "a", "1:25: deeper than 12 levels.", id="3,000 dashes"),
    ],
)
def test_depth_is_limited(text: str, expected: str) -> None:
    """Nothing nests deeper than twelve levels, and trying it neither hangs nor exhausts the stack."""
    assert f"{expected} Nothing here nests that deep. [CM003]" in faults(text)


@pytest.mark.parametrize("text", ["[" * 3_000 + "]" * 3_000, "[" * 3_000], ids=["in pairs", "left open"])
def test_thousands_of_brackets_are_too_deep(text: str) -> None:
    """Libyaml from 0.2.6 on refuses them at its own limit, before we meet the first; older ones leave it to us."""
    places = [fault.partition(": ")[0] for fault in faults(text) if "deeper than 12 levels." in fault]

    assert places in (["1:13"], ["1:1001"])


def test_eleven_levels_are_not_too_deep() -> None:
    """The limit is on the level of the innermost value, which may be the twelfth."""
    assert faults("[" * 11 + "a" + "]" * 11) == (
        "1:1: the file must be a mapping, with a name and a colon on each line. [CM009]",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("A law", f"A {character}law")),
            f"15:14: U+{ord(character):04X} turns the direction of the text unseen. Delete it. [CM004]",
            id=f"U+{ord(character):04X}",
        )
        for character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ]
    + [
        pytest.param(
            SMALL + "# \u202e a comment\n",
            "22:3: U+202E turns the direction of the text unseen. Delete it. [CM004]",
            id="direction in a comment",
        ),
        pytest.param(
            changed(("A law", "Une loi ge\u0301ne\u0301rale")),
            "15:1: the line is not in Unicode normal form C. Save it composed (NFC). [CM004]",
            id="decomposed letters",
        ),
        pytest.param(
            changed(("A law", "A\x07law")),
            "15:13: U+0007 may not stand in YAML. Delete it. [CM004]",
            id="bell",
        ),
        pytest.param(
            changed(("A law", "A\x00law")),
            "15:13: U+0000 may not stand in YAML. Delete it. [CM004]",
            id="null character",
        ),
        pytest.param(
            changed(("A law", "A\x7flaw")),
            "15:13: U+007F may not stand in YAML. Delete it. [CM004]",
            id="delete character",
        ),
        pytest.param(
            changed(("A law", "A\ufffelaw")),
            "15:13: U+FFFE may not stand in YAML. Delete it. [CM004]",
            id="no character",
        ),
    ],
)
def test_characters_that_hide_are_refused(text: str, expected: str) -> None:
    """A line reads as it looks: no unseen turns of direction, no decomposed letters, no control characters."""
    assert faults(text) == (expected,)


def test_each_turn_of_direction_is_a_fault_of_its_own() -> None:
    """Two of them on one line are two faults, at their columns."""
    assert faults(changed(("A law", "A \u2067law\u2069"))) == (
        "15:14: U+2067 turns the direction of the text unseen. Delete it. [CM004]",
        "15:18: U+2069 turns the direction of the text unseen. Delete it. [CM004]",
    )


def test_names_in_any_script_are_read() -> None:
    """Letters that run from right to left need no control character and are read as they stand."""
    name = "\u0643\u0627\u0632\u0627\u062e\u0633\u062a\u0627\u0646"

    dataset = read(changed(("name: Kazakhstan", f"name: {name}")).encode(), "facts.yaml")

    assert dataset.states[0].english == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("name: Kazakhstan", "name:")),
            ("12:10: an empty value. Write the value, or leave the field out. [CM005]",),
            id="nothing",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: ''")),
            ("12:11: an empty value. Write the value, or leave the field out. [CM005]",),
            id="empty quotes",
        ),
        pytest.param(
            changed(("name: Kazakhstan", 'name: " \\t "')),
            ("12:11: an empty value. Write the value, or leave the field out. [CM005]",),
            id="blanks in quotes",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: >\n\n")),
            ("12:11: an empty value. Write the value, or leave the field out. [CM005]",),
            id="empty block",
        ),
        pytest.param(
            changed(("[law, paper]", "[]")),
            ("9:20: an empty list. Write its members, or leave the field out. [CM005]",),
            id="empty list",
        ),
        pytest.param(
            changed(("[law, paper]", "[law, '']")),
            ("9:26: an empty value. Write the value, or leave the field out. [CM005]",),
            id="empty member",
        ),
        pytest.param(
            SMALL + "instruments: {}\n",
            ("22:14: an empty mapping. Write its fields, or leave it out. [CM005]",),
            id="empty mapping",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    '': b")),
            ("13:5: an empty value. Write the value, or leave the field out. [CM005]",),
            id="empty key",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    ? \n    : b")),
            ("13:6: an empty value. Write the value, or leave the field out. [CM005]",),
            id="no key",
        ),
    ],
)
def test_what_is_empty_is_refused(text: str, expected: tuple[str, ...]) -> None:
    """A field without a value is left out; written without one, it was forgotten."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    name: Kirgizia")),
            ("13:5: 'name' stands here twice, first on line 12. Keep one of them. [CM006]",),
            id="field",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    'name': Kazakhstan")),
            ("13:5: 'name' stands here twice, first on line 12. Keep one of them. [CM006]",),
            id="field in quotes, with the same value",
        ),
        pytest.param(
            SMALL + "states:\n  UZB: {name: Uzbekistan}\n",
            ("22:1: 'states' stands here twice, first on line 10. Keep one of them. [CM006]",),
            id="section",
        ),
        pytest.param(
            changed(("  KAZ:\n    name", "  KAZ: {name: Kazakhstan}\n  KAZ:\n    name")),
            ("12:3: 'KAZ' stands here twice, first on line 11. Keep one of them. [CM006]",),
            id="state",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: a\n    name: b\n    name: c")),
            (
                "13:5: 'name' stands here twice, first on line 12. Keep one of them. [CM006]",
                "14:5: 'name' stands here twice, first on line 12. Keep one of them. [CM006]",
            ),
            id="thrice",
        ),
    ],
)
def test_a_name_stands_once(text: str, expected: tuple[str, ...]) -> None:
    """Of two equal keys neither wins; the later one is the fault and names the line of the first."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            text,
            "1:1: the file is empty. Write its fields. [CM008]",
            id=repr(text),
        )
        for text in ("", "\n\n", "# nothing but a comment\n")
    ]
    + [
        pytest.param(
            text,
            "1:1: the file must be a mapping, with a name and a colon on each line. [CM009]",
            id=repr(text),
        )
        for text in ("- a\n- b\n", "[a]", "a word", "null", "~", "2026-01-18")
    ],
)
def test_the_root_is_a_mapping(text: str, expected: str) -> None:
    """A file holds sections: an empty one, a list and a single value are refused in one sentence."""
    assert faults(text) == (expected,)
