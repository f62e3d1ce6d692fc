"""How facts files are read, refused and written."""

from __future__ import annotations

import random
from typing import cast

import pytest
import yaml

from csto_membership import (
    Act,
    Bound,
    Capacity,
    Dataset,
    DatasetError,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Office,
    Participant,
    Participation,
    ParticipationCapacity,
    ParticipationKind,
    Source,
    SourceKind,
    State,
    Step,
    StepName,
    Term,
    exact,
    imprecise,
)
from csto_membership._facts.records import Signature
from csto_membership._facts.shipped import shipped_file
from csto_membership._reader.facts_file import read
from tests.written import write

SMALL = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    events:
      KAZ:
        - act: join
          effect: 1994-04-20
          sources: [law, paper]
states:
  KAZ:
    name: Kazakhstan
sources:
  law:
    title: A law
    publisher: A state
    kind: primary
  paper:
    title: A paper
    publisher: A press
    kind: press
"""

NO_DATE = (
    "is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, "
    "or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]."
)
AN_EXISTING_DAY = "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."
STATE_FIELDS = (
    "name, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata, since_cow, since_gw, sources, other_names"
)
FILE_FIELDS = "verified_through, states, organizations, sources, instruments"
STEP_NAMES = (
    "announcement, notice, receipt, decision, signature, ratification, deposit, accession, entry_into_force"
)
ARABIC_INDIC = "\u0661\u0669\u0669\u0664-\u0660\u0664-\u0662\u0660"  # 1994-04-20 in Arabic-Indic digits


def faults(text: str | bytes) -> tuple[str, ...]:
    """Every fault of a file, without the file's name."""
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(DatasetError) as caught:
        read(content, "facts.yaml")
    assert all(problem.startswith("facts.yaml:") for problem in caught.value.problems)
    return tuple(problem.removeprefix("facts.yaml:") for problem in caught.value.problems)


def changed(*changes: tuple[str, str]) -> str:
    """The small file with each text, which stands in it, replaced once."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


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


# What a file may be at all.


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            b"#" * 1_000_001,
            "1:1: the file has 1,000,001 bytes, more than 1,000,000. Split it by organization. [CM001]",
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
            changed(("    title: A law", "\ttitle: A law")),
            "15:1",
            "found character that cannot start any token",
            "found character '\\t' that cannot start any token",
            id="tab before a field",
        ),
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
        pytest.param(
            "%YAML 2.0\n---\n" + SMALL,
            "1:1",
            "found incompatible YAML document",
            "found incompatible YAML document (version 1.* is required)",
            id="another YAML",
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
        "1:1: the file is to be a mapping, with a name and a colon on each line. [CM009]",
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
            "1:1: the file is to be a mapping, with a name and a colon on each line. [CM009]",
            id=repr(text),
        )
        for text in ("- a\n- b\n", "[a]", "a word", "null", "~", "2026-01-18")
    ],
)
def test_the_root_is_a_mapping(text: str, expected: str) -> None:
    """A file holds sections: an empty one, a list and a single value are refused in one sentence."""
    assert faults(text) == (expected,)


# Everything is text.


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "010",
        "0o10",
        "0x1F",
        "12:30:45",
        "1.10",
        "1_000",
        "~",
        "null",
        "1e3",
        ".inf",
        "=",
    ],
)
def test_every_value_is_text(text: str) -> None:
    """What a YAML loader would take for a truth value, a number, a time or nothing stays as it is written."""
    dataset = read(changed(("name: Kazakhstan", f"name: {text}")).encode(), "facts.yaml")

    assert dataset.states[0].english == text


def test_every_key_is_text() -> None:
    """A source may be called NO or 010: keys are read like values."""
    text = changed(("law, paper", "NO, 010"), ("  law:", "  NO:"), ("  paper:", "  010:"))

    dataset = read(text.encode(), "facts.yaml")

    assert [source.id for source in dataset.sources] == ["010", "NO"]
    assert dataset.histories[0].events[0].sources == ("NO", "010")


def test_folded_and_quoted_text_is_the_same_text() -> None:
    """How a text is quoted or broken over lines is no matter; line ends behind it are not part of it."""
    titles = [
        "A long title",
        "'A long title'",
        '"A long title"',
        ">\n      A long\n      title\n",
        "|+\n      A long title\n\n",
    ]

    read_titles = [read(changed(("A law", title)).encode(), "f").sources[0].title for title in titles]

    assert read_titles == ["A long title"] * 5


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("NO", f"effect: 'NO' {NO_DATE} [CM010]"),
        ("010", f"effect: '010' is not a date. {AN_EXISTING_DAY} [CM010]"),
        ("12:30:45", f"effect: '12:30:45' {NO_DATE} [CM010]"),
        ("1.10", f"effect: '1.10' {NO_DATE} [CM010]"),
        ("~", f"effect: '~' {NO_DATE} [CM010]"),
        ("null", f"effect: 'null' {NO_DATE} [CM010]"),
        ("now", f"effect: 'now' {NO_DATE} [CM010]"),
        (ARABIC_INDIC, f"effect: {ARABIC_INDIC!r} {NO_DATE} [CM010]"),
        ("2012-02-30", f"effect: '2012-02-30' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("2013-02-29", f"effect: '2013-02-29' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("2012-13", f"effect: '2012-13' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("2012-00", f"effect: '2012-00' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("2012-00-15", f"effect: '2012-00-15' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("2012-12-00", f"effect: '2012-12-00' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("0000", f"effect: '0000' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        ("20121219", f"effect: '20121219' is not a date. {AN_EXISTING_DAY} [CM010]"),
        ("2012-12-9", f"effect: '2012-12-9' is not a date. {AN_EXISTING_DAY} [CM010]"),
        ("19-12-2012", f"effect: '19-12-2012' is not a date. {AN_EXISTING_DAY} [CM010]"),
        ("2012-W51-3", f"effect: '2012-W51-3' {NO_DATE} [CM010]"),
        ("2012-12-19T09:00:00Z", f"effect: '2012-12-19T09:00:00Z' {NO_DATE} [CM010]"),
        ("' 2012-12-19'", f"effect: ' 2012-12-19' {NO_DATE} [CM010]"),
        ("2012-12-19??", f"effect: '2012-12-19??' {NO_DATE} [CM010]"),
        ('"[..1994]"', f"effect: '[..1994]' {NO_DATE} [CM010]"),
        ('"[1994..]"', f"effect: '[1994..]' {NO_DATE} [CM010]"),
        ('"[1994-02-30..1995]"', f"effect: '1994-02-30' is not in the calendar. {AN_EXISTING_DAY} [CM010]"),
        (
            '"[1994-04-20..1994-04-02]"',
            "effect: '[1994-04-20..1994-04-02]' ends before it begins. Write the earlier date first. [CM010]",
        ),
        (
            "[1994-04-02..1994-04-20]",
            "effect: a range in brackets is a list to YAML. Put it in quotes. [CM009]",
        ),
        ("{first: 1994}", "effect is to be text, not a mapping. [CM009]"),
    ],
)
def test_a_date_is_written_in_one_way_and_in_the_calendar(written: str, expected: str) -> None:
    """Only YYYY-MM-DD, YYYY-MM, YYYY and a quoted range of them are dates, in ASCII digits, and they exist."""
    assert faults(changed(("effect: 1994-04-20", f"effect: {written}"))) == (f"8:19: {expected}",)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1994-04-20", "1994-04-20", "1994-04-20"),
        ("'1994-04-20'", "1994-04-20", "1994-04-20"),
        ("1994-04-20?", "1994-04-20", "1994-04-20"),
        ("1994-04~", "1994-04-01", "1994-04-30"),
        ("1996-02%", "1996-02-01", "1996-02-29"),
        ("1994", "1994-01-01", "1994-12-31"),
        ('"[1994-04-02..1994-04-20]"', "1994-04-02", "1994-04-20"),
        ('"[1994..1995-02]"?', "1994-01-01", "1995-02-28"),
    ],
)
def test_an_imprecise_date_keeps_its_width(written: str, first: str, last: str) -> None:
    """A month stays a month: the date keeps its text and reaches from its first possible day to its last."""
    quoted = written if not written.endswith('"?') else f'"{written[1:-2]}?"'

    effect = (
        read(changed(("effect: 1994-04-20", f"effect: {quoted}")).encode(), "f").histories[0].events[0].effect
    )

    assert effect.text == quoted.strip("'\"")
    assert (effect.first, effect.last) == (exact(first).first, exact(last).last)


# What each field may say.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("verified_through:", "verified_trough:")),
            (
                (
                    "1:1: the file has no field 'verified_trough'. Did you mean 'verified_through'? "
                    f"Its fields are {FILE_FIELDS}. [CM007]"
                ),
                "1:1: the file lacks 'verified_through'. Add it. [CM008]",
            ),
            id="file",
        ),
        pytest.param(
            changed(("    name: An organization", "    title: A treaty\n    name: An organization")),
            (
                (
                    "4:5: organization 'ORG' has no field 'title'. "
                    "Its fields are name, names, closed, eras, events, offices, participations, note. [CM007]"
                ),
            ),
            id="organization",
        ),
        pytest.param(
            changed(("          sources: [law", "          end: 1999\n          sources: [law")),
            (
                (
                    "9:11: an event has no field 'end'. Its fields are act, effect, sources, steps, instrument, "
                    "known, note, disputes. [CM007]"
                ),
            ),
            id="event",
        ),
        pytest.param(
            changed(("    kind: primary", "    kind: primary\n    adress: x")),
            (
                (
                    "18:5: source 'law' has no field 'adress'. Did you mean 'address'? "
                    "Its fields are title, publisher, kind, date, address, note. [CM007]"
                ),
            ),
            id="source",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    fip: KZ")),
            (
                (
                    "13:5: state 'KAZ' has no field 'fip'. Did you mean 'fips'? "
                    f"Its fields are {STATE_FIELDS}. [CM007]"
                ),
            ),
            id="state",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: {title: A pact, sources: [law], signature: 1992}\n",
            (
                (
                    "23:41: instrument 'pact' has no field 'signature'. Did you mean 'signatures'? "
                    "Its fields are title, sources, steps, signatures, body, note. [CM007]"
                ),
            ),
            id="instrument",
        ),
        pytest.param(
            changed(
                (
                    "    events:",
                    "    eras: {E: {name: E, effect: 1994, sources: [law], end: 1999}}\n    events:",
                )
            ),
            (
                (
                    "5:55: era 'E' has no field 'end'. "
                    "Its fields are name, effect, sources, bound, names, steps, instrument, known. [CM007]"
                ),
            ),
            id="era",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {date: 1994, by: post}}\n          sources: [law",
                )
            ),
            ("9:41: step 'deposit' has no field 'by'. Its fields are date, sources, note. [CM007]",),
            id="step",
        ),
        pytest.param(
            SMALL.replace(
                "paper]\n",
                "paper]\n          disputes:\n"
                "            - {says: No, sources: [paper], answer: Yes, reply: Yes}\n",
            ),
            (
                (
                    "11:57: a dispute has no field 'reply'. "
                    "Its fields are says, sources, answer, against, date. [CM007]"
                ),
            ),
            id="dispute",
        ),
    ],
)
def test_a_field_has_a_known_name(text: str, expected: tuple[str, ...]) -> None:
    """A misspelt field is not passed over: it would be lost without a word."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "verified_through: 2026-01-18\n",
            (
                "1:1: the file lacks 'states'. Add it. [CM008]",
                "1:1: the file lacks 'organizations'. Add it. [CM008]",
            ),
            id="file",
        ),
        pytest.param(
            changed(("    name: An organization\n", "")),
            ("4:5: organization 'ORG' lacks 'name'. Add it. [CM008]",),
            id="organization without a name",
        ),
        pytest.param(
            changed(("        - act: join\n          effect", "        - effect")),
            ("7:11: an event lacks 'act'. Add it. [CM008]",),
            id="event without an act",
        ),
        pytest.param(
            changed(("          effect: 1994-04-20\n          sources: [law, paper]\n", "")),
            (
                "7:11: an event lacks 'effect'. Add it. [CM008]",
                "7:11: an event lacks 'sources'. Add it. [CM008]",
            ),
            id="event with its act alone",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    iso2: KZ")),
            ("12:5: state 'KAZ' lacks 'name'. Add it. [CM008]",),
            id="state",
        ),
        pytest.param(
            changed(("    publisher: A state\n    kind: primary\n", "")),
            (
                "15:5: source 'law' lacks 'publisher'. Add it. [CM008]",
                "15:5: source 'law' lacks 'kind'. Add it. [CM008]",
            ),
            id="source",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: {note: A pact}\n",
            (
                "23:9: instrument 'pact' lacks 'title'. Add it. [CM008]",
                "23:9: instrument 'pact' lacks 'sources'. Add it. [CM008]",
            ),
            id="instrument",
        ),
        pytest.param(
            changed(("    events:", "    eras: {E: {known: 1994-01-01}}\n    events:")),
            (
                "5:15: era 'E' lacks 'name'. Add it. [CM008]",
                "5:15: era 'E' lacks 'effect'. Add it. [CM008]",
                "5:15: era 'E' lacks 'sources'. Add it. [CM008]",
            ),
            id="era",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {note: By post}}\n          sources: [law",
                )
            ),
            ("9:28: step 'deposit' lacks 'date'. Add it. [CM008]",),
            id="step",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: [{date: 1994}]\n"),
            (
                "10:22: a dispute lacks 'says'. Add it. [CM008]",
                "10:22: a dispute lacks 'sources'. Add it. [CM008]",
                "10:22: a dispute lacks 'answer'. Add it. [CM008]",
            ),
            id="dispute",
        ),
    ],
)
def test_what_is_required_is_there(text: str, expected: tuple[str, ...]) -> None:
    """A record without a required field is refused at the record's place, field by field."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("name: Kazakhstan", "name: [Kazakhstan]")),
            "12:11: name is to be text, not a list. [CM009]",
            id="list for text",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: {en: Kazakhstan}")),
            "12:11: name is to be text, not a mapping. [CM009]",
            id="mapping for text",
        ),
        pytest.param(
            changed(("title: A law", "title: [A, law]")),
            "15:12: title is to be text, not a list. [CM009]",
            id="list for a title",
        ),
        pytest.param(
            changed(("act: join", "act: [sign, join]")),
            "7:16: act is to be text, not a list. [CM009]",
            id="list for a word",
        ),
        pytest.param(
            changed(("[law, paper]", "law, paper")),
            "9:20: sources is to be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for a list",
        ),
        pytest.param(
            changed(("[law, paper]", "{law: paper}")),
            "9:20: sources is to be a list: put it in brackets, or a dash before each member. [CM009]",
            id="mapping for a list",
        ),
        pytest.param(
            changed(("[law, paper]", "[law, [paper]]")),
            "9:26: each of sources is to be text, not a list. [CM009]",
            id="list in a list of texts",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    other_names: Kirgizia")),
            "13:18: other_names is to be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for names",
        ),
        pytest.param(
            changed(("        - act: join\n  ", "        - join\n#")).replace(
                "\n          sources: [law, paper]", ""
            ),
            "7:11: an event is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an event",
        ),
        pytest.param(
            changed(("      KAZ:\n        - act: join", "      KAZ:\n          act: join")),
            "7:11: the events of KAZ is to be a list: put it in brackets, or a dash before each member. [CM009]",
            id="one event without its dash",
        ),
        pytest.param(
            changed(("          sources: [law", "          steps: 1994-04-20\n          sources: [law")),
            "9:18: steps is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for steps",
        ),
        pytest.param(
            changed(
                ("          sources: [law", "          steps: {deposit: [1994]}\n          sources: [law")
            ),
            "9:28: deposit: a range in brackets is a list to YAML. Put it in quotes. [CM009]",
            id="list for a step",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: It is disputed\n"),
            "10:21: disputes is to be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for disputes",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: [It is disputed]\n"),
            "10:22: a dispute is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a dispute",
        ),
        pytest.param(
            changed(("    events:", "    eras: [CST, CSTO]\n    events:")),
            "5:11: eras is to be a mapping, with a name and a colon on each line. [CM009]",
            id="list for eras",
        ),
        pytest.param(
            changed(("    events:", "    eras: {CST: 1994}\n    events:")),
            "5:17: era 'CST' is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an era",
        ),
        pytest.param(
            changed(("    events:\n", "    events: None of them\n"))
            .replace("      KAZ:", "#")
            .split("        -")[0]
            + "states: {KAZ: {name: K}}\n",
            "5:13: events is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for events",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: A pact\n",
            "23:9: instrument 'pact' is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an instrument",
        ),
        pytest.param(
            SMALL + "instruments: [pact]\n",
            "22:14: instruments is to be a mapping, with a name and a colon on each line. [CM009]",
            id="list for a section",
        ),
        pytest.param(
            SMALL + "  wire: A wire\n",
            "22:9: source 'wire' is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a source",
        ),
        pytest.param(
            changed(("states:\n", "states:\n  UZB: Uzbekistan\n")),
            "11:8: state 'UZB' is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a state",
        ),
        pytest.param(
            "verified_through: 2026-01-18\nstates: {KAZ: {name: K}}\norganizations: {ORG: An organization}\n",
            "3:22: organization 'ORG' is to be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an organization",
        ),
    ],
)
def test_a_field_has_its_shape(text: str, expected: str) -> None:
    """Where text, a list or a mapping is to stand, nothing else stands, and the sentence says what is."""
    assert faults(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("verified_through: 2026-01-18", "verified_through: 2026-01")),
            "1:19: verified_through: '2026-01' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="horizon",
        ),
        pytest.param(
            changed(("          sources: [law", "          known: 1994\n          sources: [law")),
            "9:18: known: '1994' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="day an event became known",
        ),
        pytest.param(
            changed(
                (
                    "    events:",
                    "    eras: {E: {name: E, effect: 1994, sources: [law], known: 1994-01}}\n    events:",
                )
            ),
            "5:62: known: '1994-01' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="day an era became known",
        ),
        pytest.param(
            changed(("    kind: primary", "    kind: primary\n    date: May 1994")),
            f"18:11: date: 'May 1994' {NO_DATE} [CM010]",
            id="date of a source",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    since_gw: 1991-12-32")),
            f"13:15: since_gw: '1991-12-32' is not in the calendar. {AN_EXISTING_DAY} [CM010]",
            id="first day of a state",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {date: soon}}\n          sources: [law",
                )
            ),
            f"9:35: deposit: 'soon' {NO_DATE} [CM010]",
            id="date of a step",
        ),
        pytest.param(
            changed(("act: join", "act: joins")),
            "7:16: act: 'joins' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, observe. [CM011]",
            id="act",
        ),
        pytest.param(
            changed(("act: join", "act: JOIN")),
            "7:16: act: 'JOIN' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, observe. [CM011]",
            id="act in capitals",
        ),
        pytest.param(
            changed(("kind: primary", "kind: blog")),
            "17:11: kind: 'blog' is unknown. "
            "Write one of primary, official, agency, academic, press, reference. [CM011]",
            id="kind of a source",
        ),
        pytest.param(
            changed(
                ("          sources: [law", "          steps: {signatur: 1992}\n          sources: [law")
            ),
            f"9:19: step: 'signatur' is unknown. Did you mean 'signature'? Write one of {STEP_NAMES}. [CM011]",
            id="step",
        ),
    ],
)
def test_a_day_is_one_day_and_a_word_is_a_known_word(text: str, expected: str) -> None:
    """Where one day is asked for a month will not do, and acts, steps and kinds have their fixed words."""
    assert faults(text) == (expected,)


@pytest.mark.parametrize(
    ("scheme", "wrong", "how", "right"),
    [
        ("iso2", "kz", "two capital letters", "KZ"),
        ("iso2", "KAZ", "two capital letters", "KZ"),
        ("iso_numeric", "98", "three digits", "'098'"),
        ("iso_numeric", "\u0663\u0669\u0668", "three digits", "398"),
        ("cow", "0", "a number from 1 to 999", "1"),
        ("cow", "007", "a number from 1 to 999", "7"),
        ("cow", "1000", "a number from 1 to 999", "999"),
        ("cow_abbrev", "Kzk", "three capital letters", "KZK"),
        ("gw", "-5", "a number from 1 to 999", "705"),
        ("fips", "K", "two capital letters", "KZ"),
        ("wikidata", "232", "Q and a number", "Q232"),
        ("wikidata", "Q0", "Q and a number", "Q1"),
    ],
)
def test_a_code_has_the_form_of_its_scheme(scheme: str, wrong: str, how: str, right: str) -> None:
    """A code of the wrong form is refused, and its legal neighbour is read."""
    column = 5 + len(scheme) + 2

    assert faults(changed(("    name: Kazakhstan", f"    name: Kazakhstan\n    {scheme}: {wrong}"))) == (
        f"13:{column}: {scheme}: {wrong!r} is no such code. Write {how}. [CM012]",
    )

    legal = changed(("    name: Kazakhstan", f"    name: Kazakhstan\n    {scheme}: {right}"))
    code = getattr(read(legal.encode(), "facts.yaml").states[0], scheme)
    assert str(code) == right.strip("'")


def test_only_the_numbers_are_numbers() -> None:
    """Codes that count are whole numbers; ISO's three digits keep their zeros and are text."""
    text = changed(
        ("    name: Kazakhstan", "    name: Kazakhstan\n    cow: 705\n    gw: 706\n    iso_numeric: 051")
    )

    state = read(text.encode(), "facts.yaml").states[0]

    assert (state.cow, state.gw, state.iso_numeric) == (705, 706, "051")


def test_the_name_of_a_state_is_its_alpha_3_code() -> None:
    """A state stands under three capital letters."""
    problems = faults(changed(("states:\n", "states:\n  Uz: {name: Uzbekistan}\n")))

    assert [problem.partition(": ")[2] for problem in problems] == [
        "iso3: 'Uz' is no such code. Write three capital letters. [CM012]"
    ]


# Many faults at once.


def test_all_faults_are_reported_in_the_order_of_their_places() -> None:
    """A file is read to its end: however many rules it breaks, one error names every place, top to bottom."""
    text = changed(
        ("verified_through: 2026-01-18", "verified_through: 2026"),
        ("act: join", "act: joins"),
        ("effect: 1994-04-20", "effect: 1994-02-30"),
        ("[law, paper]", "[law, papers]"),
        ("name: Kazakhstan", "name: &name Kazakhstan\n    name: Kazakhstan\n    iso2: kz"),
        ("title: A law", "title: A \u202elaw"),
        ("publisher: A state", "publisher: ''"),
        ("kind: press", "kind: [press]\n    pages: 3"),
    )

    assert faults(text) == (
        "1:19: verified_through: '2026' is not one day. Write the day as YYYY-MM-DD. [CM010]",
        (
            "7:16: act: 'joins' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, observe. [CM011]"
        ),
        f"8:19: effect: '1994-02-30' is not in the calendar. {AN_EXISTING_DAY} [CM010]",
        (
            "9:26: no source 'papers'. Did you mean 'paper'? "
            "Add it under sources, or correct the identifier. [CM014]"
        ),
        "12:11: anchor &name. Write the value where it is needed. [CM003]",
        "13:5: 'name' stands here twice, first on line 12. Keep one of them. [CM006]",
        "14:11: iso2: 'kz' is no such code. Write two capital letters. [CM012]",
        "17:14: U+202E turns the direction of the text unseen. Delete it. [CM004]",
        "18:16: an empty value. Write the value, or leave the field out. [CM005]",
        "23:11: kind is to be text, not a list. [CM009]",
        (
            "24:5: source 'paper' has no field 'pages'. "
            "Its fields are title, publisher, kind, date, address, note. [CM007]"
        ),
    )


def test_lines_count_as_numbers() -> None:
    """A fault on line 9 stands before one on line 10, and one in column 9 before one in column 10."""
    text = changed(("[law, paper]", "[x, y]"), ("states:", "stats:"))

    places = [problem.split(": ", 1)[0] for problem in faults(text)]

    assert places == ["1:1", "6:7", "9:21", "9:24", "10:1"]


def test_what_follows_from_a_fault_is_no_second_fault() -> None:
    """Where an event cannot be read, the order and the acts of its state are left unchecked."""
    event = "        - {act: withdraw, effect: 1999-04-21, sources: [law]}\n"
    text = changed(("act: join", "act: joins"), ("states:\n", event + "states:\n"))

    assert faults(text) == (
        (
            "7:16: act: 'joins' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, observe. [CM011]"
        ),
    )


def test_an_era_that_cannot_be_read_leaves_the_others_unchecked() -> None:
    """Where an era is at fault, the order of the eras is left unchecked."""
    eras = (
        "    eras:\n"
        "      B: {name: B, effect: 2003, sources: [law]}\n"
        "      A: {name: A, effect: 1994, sources: [law], known: 1994}\n"
    )

    assert faults(changed(("    events:", eras + "    events:"))) == (
        "7:57: known: '1994' is not one day. Write the day as YYYY-MM-DD. [CM010]",
    )


def test_the_name_of_the_file_stands_before_each_place() -> None:
    """Each problem begins with file:line:column, which editors and CI make a link; the error's text is all of them."""
    with pytest.raises(DatasetError) as caught:
        read(b"{states: [], x: y}", "some folder/facts.yaml")

    assert str(caught.value) == "\n".join(caught.value.problems)
    assert all(problem.startswith("some folder/facts.yaml:1:") for problem in caught.value.problems)


# Writing, and reading again.


def _full() -> Dataset:
    """A dataset in which every field of every record is filled."""
    return Dataset(
        verified_through=exact("2026-01-18"),
        sources=(
            Source(
                id="law",
                title='A "law": its 2nd & last # text',
                publisher="NO",
                kind=SourceKind.PRIMARY,
                date=imprecise("1999-04?"),
                address="https://example.org/a?b=c&d=%20#e",
                note="- not a list\n\n  two paragraphs: 'quoted'",
            ),
            Source(id="010", title="~", publisher="null", kind=SourceKind.REFERENCE),
        ),
        states=(
            State(
                iso3="KAZ",
                english="Kazakhstan",
                iso2="KZ",
                iso_numeric="098",
                cow=705,
                cow_abbrev="KZK",
                gw=706,
                fips="KX",
                wikidata="Q232",
                since_cow=imprecise("1991-12"),
                since_gw=exact("1991-12-16"),
                sources=("010", "law"),
                other_names=(
                    "\u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d",
                    "\u0643\u0627\u0632",
                    "yes",
                ),
            ),
            State(iso3="UZB", english="Uzbekistan"),
        ),
        instruments=(
            Instrument(
                id="pact",
                title="A pact",
                sources=("law",),
                steps=(
                    Step(name=StepName.SIGNATURE, date=exact("1992-05-15")),
                    Step(name=StepName.DEPOSIT, date=imprecise("1993"), sources=("law",), note="By hand."),
                ),
                signatures=(Signature(state="KAZ", date=imprecise("1993"), sources=("law",), note="Later."),),
                body="A council",
                note="Of five years.",
            ),
        ),
        histories=(
            History(
                id="ORG",
                name="An organization",
                names={"ru": "Организация (ОРГ)"},
                offices=(
                    Office(
                        id="chair",
                        name="Chair",
                        names={"ru": "Председатель"},
                        terms=(
                            Term(
                                state="KAZ",
                                effect=exact("1995-01-01"),
                                end=imprecise("[1995-06..1996]"),
                                person="A person",
                                names={"ru": "Лицо", "ar": "شخص"},
                                other_names=("Некто",),
                                capacity=Capacity.ACTING,
                                steps=(Step(name=StepName.DECISION, date=imprecise("1994")),),
                                sources=("law",),
                                known=exact("1994-12-31"),
                                note="By turns.",
                            ),
                        ),
                    ),
                ),
                participations=(
                    Participation(
                        id="session",
                        kind=ParticipationKind.SESSION,
                        name="A session",
                        effect=imprecise("1995"),
                        end=imprecise("[1995-06..1996]"),
                        place="Almaty",
                        complete=False,
                        absent=("KAZ",),
                        host="KAZ",
                        chair="KAZ",
                        mandate="A decision",
                        participants=(
                            Participant(
                                state="KAZ",
                                capacity=ParticipationCapacity.MEMBER,
                                effect=imprecise("1995"),
                                end=imprecise("1996"),
                                sources=("law",),
                                note="By video.",
                            ),
                        ),
                        sources=("law",),
                        known=exact("1994-12-31"),
                        note="In two parts.",
                        disputes=(Dispute(says="No.", sources=("law",), answer="Yes."),),
                    ),
                ),
                eras=(
                    Era(
                        id="Z",
                        name="The first",
                        names={"ru": "Первый"},
                        bound=Bound.PARTIES,
                        effect=imprecise("1994"),
                        sources=("law",),
                        steps=(Step(name=StepName.DECISION, date=exact("1994-01-01"), note="A summit."),),
                        instrument="pact",
                        known=exact("1994-02-01"),
                    ),
                    Era(id="A", name="The second", effect=exact("2003-09-18"), sources=("010",)),
                ),
                events=(
                    Event(
                        state="KAZ",
                        act=Act.JOIN,
                        effect=imprecise("[1994-04-02..1994-04-20]~"),
                        sources=("law", "010"),
                        steps=tuple(
                            Step(name=name, date=imprecise("1994-04%"), sources=("010",)) for name in StepName
                        ),
                        instrument="pact",
                        known=exact("1994-05-01"),
                        note="Its place in the order is known; its day is not.",
                        disputes=(
                            Dispute(
                                says="It joined in 1993.",
                                sources=("010",),
                                answer="It had not ratified: see the law.",
                                against=("law",),
                                date=imprecise("1993"),
                            ),
                            Dispute(says="It never joined.", sources=("010",), answer="It did."),
                        ),
                    ),
                    Event(state="KAZ", act=Act.FREEZE, effect=imprecise("1994-04"), sources=("law",)),
                ),
                note="One lineage.",
            ),
            History(
                id="org-2",
                name="Another organization",
                events=tuple(
                    Event(state="UZB", act=act, effect=imprecise(f"{2000 + index}"), sources=("law",))
                    for index, act in enumerate(
                        (
                            Act.OBSERVE,
                            Act.SIGN,
                            Act.JOIN,
                            Act.REAFFIRM,
                            Act.FREEZE,
                            Act.RESUME,
                            Act.SUSPEND,
                            Act.LAPSE,
                            Act.JOIN,
                            Act.WITHDRAW,
                            Act.JOIN,
                            Act.EXPEL,
                        )
                    )
                ),
            ),
        ),
    )


def _by_name(dataset: Dataset) -> Dataset:
    """The dataset with its sources in the order in which they are read."""
    return Dataset(
        verified_through=dataset.verified_through,
        states=dataset.states,
        histories=dataset.histories,
        sources=tuple(sorted(dataset.sources, key=lambda source: source.id)),
        instruments=dataset.instruments,
    )


SHIPPED = shipped_file("membership.yaml")
DATASETS = {
    "shipped": read(SHIPPED, "membership.yaml"),
    "small": read(SMALL.encode(), "facts.yaml"),
    "full": _by_name(_full()),
    "without events": read(
        b"{verified_through: 2026-01-18, states: {KAZ: {name: K}}, organizations: {ORG: {name: O}}}",
        "facts.yaml",
    ),
}


@pytest.mark.parametrize("name", DATASETS)
def test_write_then_read_is_identity(name: str) -> None:
    """What is written reads back as the same records, every field of every one."""
    dataset = DATASETS[name]

    assert read(write(dataset).encode(), "written.yaml") == dataset


@pytest.mark.parametrize("name", DATASETS)
def test_writing_is_idempotent(name: str) -> None:
    """Writing what was written gives the same text, so that a file settles in the house's order."""
    text = write(DATASETS[name])

    assert write(read(text.encode(), "written.yaml")) == text


def test_the_full_dataset_is_full() -> None:
    """Every field of every kind of record is filled somewhere, so that the laws above speak of all of them."""
    full = _full()
    event = full.histories[0].events[0]
    records: list[object] = [full, full.sources[0], full.states[0], full.instruments[0], full.histories[0]]
    records += [full.histories[0].offices[0], full.histories[0].offices[0].terms[0]]
    records += [full.histories[0].participations[0], full.histories[0].participations[0].participants[0]]
    records += [full.histories[0].eras[0], event, event.disputes[0], full.instruments[0].steps[1]]
    records += [full.instruments[0].signatures[0]]

    for record in records:
        names = [name for name in record.__attrs_attrs__ if name.name != "where"]  # type: ignore[attr-defined] # attrs
        assert all(getattr(record, name.name) not in (None, ()) for name in names), record


def test_a_step_that_is_only_a_date_is_written_short() -> None:
    """A stage with nothing but its date takes the short form, which hand-written files use."""
    lines = [line.strip() for line in write(_full()).splitlines()]

    assert "signature: 1992-05-15" in lines
    assert "note: By hand." in lines


def _shuffled(node: object, order: random.Random, *, keep: bool = False) -> object:
    """Nested text with the keys of every mapping in another order; eras stay as they follow one another."""
    if isinstance(node, list):
        return [_shuffled(member, order) for member in node]
    if isinstance(node, dict):
        keys = cast("list[str]", list(node))
        if not keep:
            order.shuffle(keys)
        return {key: _shuffled(node[key], order, keep=key == "eras") for key in keys}
    return node


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_mappings_in_the_file_is_irrelevant(seed: int) -> None:
    """Sections, states, sources and fields may stand in any order: the records are equal."""
    plain = yaml.load(SHIPPED, Loader=yaml.BaseLoader)  # noqa: S506 (it makes nothing but text)

    shuffled = _shuffled(plain, random.Random(seed))  # noqa: S311 (an order, not a secret)

    text = yaml.dump(shuffled, allow_unicode=True, sort_keys=False)
    assert text != yaml.dump(plain, allow_unicode=True, sort_keys=False)
    assert read(text.encode(), "shuffled.yaml") == DATASETS["shipped"]


def test_the_order_of_a_states_events_is_kept() -> None:
    """Two acts in one year stay in the order of the file: it is all that is known of their order."""
    events = (
        "        - {act: freeze, effect: 1994, sources: [law]}\n"
        "        - {act: resume, effect: 1994, sources: [law]}\n"
    )

    dataset = read(changed(("states:\n", events + "states:\n")).encode(), "facts.yaml")

    assert [event.act for event in dataset.histories[0].events] == [Act.JOIN, Act.FREEZE, Act.RESUME]


def test_every_record_knows_its_place() -> None:
    """Records remember file, line and column of themselves and of each field, so that later faults can name them."""
    dataset = read(SMALL.encode(), "facts.yaml")
    where = dataset.histories[0].events[0].where

    assert where is not None
    assert where.at() == "facts.yaml:7:11"
    assert where.at("effect") == "facts.yaml:8:19"
    assert where.at("sources.1") == "facts.yaml:9:26"
    assert where.at("state") == "facts.yaml:6:7"
    assert where.at("note") == "facts.yaml:7:11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("effect: 1994-04-20", "effect: ''")),
            ("8:19: an empty value. Write the value, or leave the field out. [CM005]",),
            id="a required field refused in the tree",
        ),
        pytest.param(
            changed(("effect: 1994-04-20", "effect: *x")),
            ("8:19: alias *x. Write the value out. [CM003]",),
            id="a required field that is an alias",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    iso3: KAZ")),
            (
                f"13:5: state 'KAZ' has no field 'iso3'. Did you mean 'iso2'? Its fields are {STATE_FIELDS}. [CM007]",
            ),
            id="the code written again as a field",
        ),
        pytest.param(
            changed(("name: Kazakhstan", r'name: "Kazakh\u202Estan"')),
            ("12:11: the escape of U+202E, which cannot be seen. Delete it. [CM004]",),
            id="an escape of a hidden character",
        ),
        pytest.param(
            changed(("name: Kazakhstan", r'name: "Kazakhst\u0065\u0301n"')),
            ("12:11: escapes that are not in Unicode normal form C. Write the letters. [CM004]",),
            id="escapes of decomposed letters",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: Kazakh\u2028stan")),
            ("12:17: U+2028 breaks the text unseen. Delete it. [CM004]",),
            id="a line break that editors do not show",
        ),
        pytest.param(
            changed(("sources: [law, paper]", "sources: ['']")),
            ("9:21: an empty value. Write the value, or leave the field out. [CM005]",),
            id="a list whose only member is refused",
        ),
        pytest.param(
            changed(("sources: [law, paper]", "sources: [[a], nope]")),
            (
                "9:21: each of sources is to be text, not a list. [CM009]",
                "9:26: no source 'nope'. Add it under sources, or correct the identifier. [CM014]",
            ),
            id="a fault beside one of another kind keeps its place",
        ),
        pytest.param(
            "---\n", ("2:1: an empty value. Write the value, or leave the field out. [CM005]",), id="---"
        ),
    ],
)
def test_a_refused_value_leaves_no_second_fault(text: str, expected: tuple[str, ...]) -> None:
    """What could not be read is told once, at its place, and nothing crashes over it."""
    assert faults(text) == expected


def test_a_refused_record_is_named_all_the_same() -> None:
    """A state or source whose record is refused counts as named, so that nobody is told to add it."""
    text = changed(("  KAZ:\n    name: Kazakhstan", "  KAZ:\n    nam: Kazakhstan")).replace(
        "  law:\n", "  law: {}\n  lex:\n"
    )

    assert [problem[-7:] for problem in faults(text)] == ["[CM007]", "[CM008]", "[CM005]"]
