"""The reader of facts files: all faults at once, each at its place."""

from __future__ import annotations

import pytest

from csto_membership import (
    DatasetError,
)
from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import AN_EXISTING_DAY, changed, faults


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
            "suspend, resume, lapse, withdraw, expel, end, observe, associate. [CM011]"
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
        "23:11: kind must be text, not a list. [CM009]",
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
            "suspend, resume, lapse, withdraw, expel, end, observe, associate. [CM011]"
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
