"""The pages on rules and format say what the rules and the reader do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

from csto_membership import (
    Act,
    DatasetError,
    Era,
    SourceKind,
    StepName,
    build,
    check,
    exact,
    imprecise,
)
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from csto_membership.errors import nearest
from tests.reader.rule_files import FIRST, RECORDS, changed, faults

ROOT = Path(__file__).parents[2]


RULES_PAGE = ROOT / "docs" / "reference" / "rules.md"


FORMAT_PAGE = ROOT / "docs" / "reference" / "data-format.md"


SECTION = re.compile(r"^## (CM[0-9]{3}): .+$", flags=re.MULTILINE)


FENCE = re.compile(r"^```(yaml|text)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def _sections() -> dict[str, str]:
    """The page's section for each rule."""
    page = RULES_PAGE.read_text(encoding="utf-8")
    parts = SECTION.split(page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def format_files() -> tuple[str, str]:
    """The two files of the page on the format: the whole one, and the one in parts."""
    first, *parts = [text for _, text in FENCE.findall(FORMAT_PAGE.read_text(encoding="utf-8"))]
    return first, "".join(parts)


EVERY_RECORD = """\
x: y
verified_through: 2026-01-18
organizations:
  ORG:
    x: y
    eras: {E: {x: y}}
    gaps: [{x: y}]
    ended: {x: y}
    events: {KAZ: [{x: y, steps: {signature: {x: y}}, disputes: [{x: y}]}]}
    offices: {O: {x: y}, P: {name: P, terms: [{x: y}]}}
    participations: {T: {x: y}, U: {kind: session, name: U, effect: 1995, sources: [S], participants: [{x: y}]}}
states: {KAZ: {x: y}}
instruments: {I: {x: y, signatures: {KAZ: {x: y}}}}
sources: {S: {x: y}}
"""


def _described() -> dict[str, list[str]]:
    """The fields in each section of the page on the format, and whether they are required."""
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    _, *parts = re.split(r"^##+ (.+)$", page, flags=re.MULTILINE)
    row = re.compile(r"^\| `(\w+)` \| (required|optional) \|", flags=re.MULTILINE)
    return {
        title: [f"{name} {need}" for name, need in row.findall(text)]
        for title, text in zip(parts[::2], parts[1::2], strict=True)
        if row.search(text)
    }


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("jion", ("join", "sign"), ". Did you mean 'join'?"),
        ("reafirm", ("freeze", "reaffirm"), ". Did you mean 'reaffirm'?"),
        ("ISO3", ("cow", "iso2", "iso3"), ". Did you mean 'iso3'?"),
        ("csto", ("CST", "CSTO"), ". Did you mean 'CSTO'?"),
        ("accede", ("join", "sign"), "."),
        ("join", (), "."),
    ],
)
def test_the_nearest_word_is_offered(text: str, known: tuple[str, ...], expected: str) -> None:
    """An unknown word is answered with the one nearest to it, and with nothing where none is near."""
    assert nearest(text, known) == expected


def test_every_rule_has_one_section() -> None:
    """The rules in the source and the sections of the page are the same, each once and in order."""
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "csto_membership").rglob("*.py")
    )
    raised = sorted(set(re.findall(r'"(CM[0-9]{3})"', source)))

    assert SECTION.findall(RULES_PAGE.read_text(encoding="utf-8")) == raised
    assert raised == [f"CM{number:03}" for number in range(1, 28)]


@pytest.mark.parametrize("rule", [f"CM{number:03}" for number in (*range(1, 23), 24, 26)])
def test_each_example_breaks_its_rule(rule: str) -> None:
    """Each section shows one file and all that is said about it, and says what to do."""
    section = _sections()[rule]
    (_, example), (_, message) = FENCE.findall(section)
    visible = example.replace("<U+202E>", "\u202e")
    content = visible.encode("latin-1" if rule == "CM001" else "utf-8")  # as the section says

    with pytest.raises(DatasetError) as caught:
        read(content, "efta.yaml")

    assert str(caught.value) == message.rstrip("\n")
    assert f"[{rule}]" in message
    assert all(f"**{part}.**" in section for part in ("Forbidden", "Why", "Example", "What to do"))


def test_the_example_of_records_breaks_their_rule() -> None:
    """CM023's file is right, and its records with a state given twice get the message shown."""
    (_, example), (_, message) = FENCE.findall(_sections()["CM023"])
    dataset = read(example.encode(), "efta.yaml")

    with pytest.raises(DatasetError) as caught:
        check(evolve(dataset, states=dataset.states * 2))

    assert str(caught.value) == message.rstrip("\n")


def test_the_example_of_claims_breaks_its_rule() -> None:
    """CM025's file of claims gets the message shown."""
    (_, example), (_, message) = FENCE.findall(_sections()["CM025"])

    with pytest.raises(DatasetError) as caught:
        read_claims(example.encode(), "claims.yaml")

    assert str(caught.value) == message.rstrip("\n")


def test_an_era_was_public_by_the_horizon_too() -> None:
    """CM020: an era that became public after the last day verified is a fault like an act."""
    late = Era(id="LATE", name="Late", effect=imprecise("2027"), sources=(RECORDS.sources[0].id,))
    (history,) = RECORDS.histories

    with pytest.raises(DatasetError) as caught:
        check(evolve(RECORDS, histories=(evolve(history, eras=(late,)),)))

    assert caught.value.problems == (
        "records: era LATE became public after 2026-01-18, the last day verified. "
        "Check the facts up to a later day and raise verified_through. [CM020]",
    )


def test_the_examples_of_the_format_are_read() -> None:
    """The complete file at the top of the page loads, and so do the parts below it when put together."""
    small, large = (read(text.encode(), "efta.yaml") for text in format_files())

    assert build(small).members_on("2000-01-01").codes() == ("NOR",)
    assert build(large).members_on("1990-01-01").codes() == ("FIN",)
    assert build(large).members_on("1972-12-31").codes() == ("GBR",)
    assert build(large).members_on("1973-01-01").codes() == ()
    assert build(large).members_on("1991-06-01").possible.codes() == ("LIE",)


def test_every_field_is_described() -> None:
    """The page's table of each record names the fields that the reader takes, no more and no fewer."""
    titles = {
        "the file": "The file",
        "organization 'ORG'": "An organization",
        "era 'E'": "Eras",
        "an event": "Events",
        "a gap": "Gaps",
        "the end": "The end",
        "step 'signature'": "Steps",
        "a dispute": "Disputes",
        "office 'O'": "Offices",
        "a term": "Terms",
        "participation 'T'": "Participations",
        "a participant": "Participants",
        "signature 'KAZ'": "Signatures",
        "state 'KAZ'": "A state",
        "instrument 'I'": "An instrument",
        "source 'S'": "A source",
    }
    accepted: dict[str, list[str]] = {}
    required: set[tuple[str, str]] = set()
    for problem in (*faults(EVERY_RECORD), *faults("x: y\n")):
        if found := re.search(r": ([^:]+) has no field 'x'\. Its fields are (.+)\. \[CM007\]$", problem):
            accepted[titles[found[1]]] = found[2].split(", ")
        elif found := re.search(r": ([^:]+) lacks '(\w+)'\. Add it\. \[CM008\]$", problem):
            required.add((titles[found[1]], found[2]))

    described = _described()

    assert {title: sorted(fields) for title, fields in described.items()} == {
        title: sorted(f"{name} {'required' if (title, name) in required else 'optional'}" for name in names)
        for title, names in accepted.items()
    }


def test_every_word_is_described() -> None:
    """The page's tables of acts, steps and kinds of sources have a line for each word."""
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    lines = re.findall(r"^\| `(\w+)` \| (?!required|optional)", page, flags=re.MULTILINE)

    assert [line for line in lines if not line.isdigit()] == [*Act, *StepName, *SourceKind]


def test_a_step_in_its_long_form_is_told_at_its_date() -> None:
    """CM022: the place of a step written with sources of its own is that of its date."""
    text = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    events:
      KAZ:
        - act: join
          effect: 1994-04-20
          steps:
            ratification:
              sources: [law]
              date: 1991-01-01
          instrument: pact
          sources: [law]
states: {KAZ: {name: Kazakhstan}}
instruments: {pact: {title: A pact, steps: {signature: 1992-05-15}, sources: [law]}}
sources: {law: {title: A law, publisher: A state, kind: primary}}
"""
    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")

    assert caught.value.problems == (
        "facts.yaml:12:21: ratification 1991-01-01 comes before the signature of its instrument, 'pact'. Correct the "
        "date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("day", ["9999-12-31", "9999-01-01"])
def test_no_fact_was_checked_in_the_last_year_of_the_calendar(day: str) -> None:
    """CM010: what stands for no end in many tables is no last day verified; records in code are refused alike."""
    assert faults(changed(("verified_through: 2026-01-18", f"verified_through: {day}"))) == (
        f"facts.yaml:1:19: verified_through: '{day}' is in the last year of the calendar. "
        "Write the last day up to which the facts were checked. [CM010]",
    )
    dataset = evolve(read(changed().encode(), "facts.yaml"), verified_through=exact(day))
    with pytest.raises(DatasetError, match="is in the last year of the calendar"):
        build(dataset)
    last = "9998-12-31"
    assert read(changed(("2026-01-18", last)).encode(), "facts.yaml").verified_through == exact(last)
    assert build(evolve(dataset, verified_through=exact(last))).horizon.isoformat() == last


@pytest.mark.parametrize(
    ("above", "effect", "latest"),
    [
        pytest.param(["2000-01-01", "2000-01-05"], "2000-01-03", "B of 2000-01-05", id="the third between"),
        pytest.param(
            ["2000-01-04", "[2000-01-01..2000-01-05]"],
            "2000-01-03",
            "A of 2000-01-04",
            id="an imprecise era between",
        ),
        pytest.param(
            ["[2000-01-01..2000-01-10]", "2000-01-05"],
            "2000-01-03",
            "B of 2000-01-05",
            id="an imprecise era first",
        ),
        pytest.param(
            ["2000-01-04", "[2000-01-04..2000-01-09]"],
            "2000-01-03",
            "A of 2000-01-04",
            id="two of one first day",
        ),
    ],
)
def test_an_era_is_compared_with_the_latest_above_it(above: list[str], effect: str, latest: str) -> None:
    """CM018: of the eras above it the one that begins last counts, wherever that stands; the first of two alike."""
    eras = "".join(
        FIRST.replace("FIRST", name).replace("1994", f"'{written}'")
        for name, written in zip("ABC", (*above, effect), strict=True)
    )

    line = 6 + "AB".index(latest[0])
    assert faults(changed((FIRST, eras))) == (
        f"facts.yaml:8:36: era C begins on {effect}, not after era {latest} (line {line}). "
        "Put the eras in the order in which they began. [CM018]",
    )
