"""The reader of facts files: everything is text, and a date is written in one way."""

from __future__ import annotations

import pytest

from csto_membership import (
    exact,
)
from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import AN_EXISTING_DAY, NO_DATE, changed, faults

ARABIC_INDIC = "\u0661\u0669\u0669\u0664-\u0660\u0664-\u0662\u0660"  # 1994-04-20 in Arabic-Indic digits


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
        ('"[..]"', f"effect: '[..]' {NO_DATE} [CM010]"),
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
        ("{first: 1994}", "effect must be text, not a mapping. [CM009]"),
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
