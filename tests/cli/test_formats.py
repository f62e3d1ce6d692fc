"""The formats of the command line: JSON for programs, CSV for spreadsheets, aligned columns for people."""

from __future__ import annotations

import csv
import io
import json
import re
from argparse import Namespace
from typing import TYPE_CHECKING

import pytest

from csto_membership import ActClaim, RosterClaim, csto
from csto_membership.cli import main
from csto_membership.cli.printing import Reply, wide, written

if TYPE_CHECKING:
    from pathlib import Path

READING = {"basis": "legal", "dating": "effect", "era": None, "known_on": None, "extrapolate": False}


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """The object that a command prints as JSON."""
    assert main([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("arguments", "question", "answer"),
    [
        (
            ["members", "1999", "--lang", "ru"],
            {"command": "members", "day": "1999", "lang": "ru"},
            {
                "members": [
                    {"state": "ARM", "name": "Армения"},
                    {"state": "BLR", "name": "Беларусь"},
                    {"state": "KAZ", "name": "Казахстан"},
                    {"state": "KGZ", "name": "Киргизия"},
                    {"state": "RUS", "name": "Россия"},
                    {"state": "TJK", "name": "Таджикистан"},
                ],
                "possible": [
                    {"state": "AZE", "name": "Азербайджан", "why": "part of the time"},
                    {"state": "GEO", "name": "Грузия", "why": "part of the time"},
                    {"state": "UZB", "name": "Узбекистан", "why": "part of the time"},
                ],
            },
        ),
        (
            ["status", "AZE", "1999"],
            {"command": "status", "state": "AZE", "day": "1999"},
            {"state": "AZE", "name": "Azerbaijan", "status": ["MEMBER", "FORMER"], "member": "unknown"},
        ),
        (
            ["together", "ARM", "AZE"],
            {"command": "together", "states": ["ARM", "AZE"]},
            [{"start": "1994-04-20", "end": "1999-04-21", "answer": "yes"}],
        ),
        (
            ["changes", "2012"],
            {"command": "changes", "start": "2012"},
            [
                {
                    "day": "2012-12-19",
                    "state": "UZB",
                    "name": "Uzbekistan",
                    "before": ["MEMBER"],
                    "after": ["SUSPENDED"],
                    "act": "suspend",
                }
            ],
        ),
        (
            ["claim", "--states", "UZB,AZE", "--partial"],
            {"command": "claim", "states": "UZB,AZE", "partial": True},
            [{"start": "1994-04-20", "end": "1999-04-21", "answer": "yes"}],
        ),
    ],
)
def test_json_is_one_object(
    arguments: list[str],
    question: dict[str, object],
    answer: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The question, the reading, the horizon, the version of the facts and the answer stand in one object."""
    assert asked(capsys, *arguments) == {
        "question": question,
        "reading": READING,
        "horizon": csto.horizon.isoformat(),
        "data_version": csto.data_version,
        "answer": answer,
    }


def test_json_names_the_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """The reading is that of the answer, with what was not asked for filled in."""
    found = asked(
        capsys, "status", "UZB", "2006-08-01", "--basis", "member,suspended", "--dating", "decision,deposit"
    )

    assert found["reading"] == {
        **READING,
        "basis": ["MEMBER", "SUSPENDED"],
        "dating": ["decision", "deposit"],
    }
    assert asked(capsys, "members", "2010", "--known-on", "2012-07-01")["horizon"] == "2012-07-01"


def test_json_of_explanations_and_findings_is_what_the_library_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The answer is to_dict() of the explanation or of the finding, with the letters as they are."""
    assert main(["explain", "UZB", "2003-06-30", "--lang", "ar", "--json"]) == 0
    explanation = capsys.readouterr().out
    act = asked(capsys, "claim", "--states", "UZB", "--act", "suspend", "--on", "2012")
    roster = asked(capsys, "claim", "--states", "UZB,RUS", "--on", "latest", "--partial")

    assert json.loads(explanation)["answer"] == csto.explain("UZB", "2003-06-30", lang="ar").to_dict()
    assert '"name": "أوزبكستان",\n' in explanation
    claim = ActClaim(states="UZB", act="suspend", when="2012")
    assert act["answer"] == csto.check(claim).to_dict()
    partial = RosterClaim(states=("UZB", "RUS"), when=csto.horizon, complete=False)
    assert roster["answer"] == csto.check(partial).to_dict()


def test_json_of_a_file_has_no_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A facts file that is checked alone is read in no way, and has no horizon here."""
    file = facts(tmp_path, "Atlantis")

    assert asked(capsys, "check", str(file)) == {
        "question": {"command": "check", "files": [str(file)]},
        "reading": None,
        "horizon": None,
        "data_version": None,
        "answer": {
            "organizations": [{"file": str(file), "id": "X", "events": 1, "states": 1}],
            "sources": 1,
        },
    }


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (
            ["members", "2012", "--lang", "ru"],
            "state,name,member,why\nARM,Армения,yes,\nBLR,Беларусь,yes,\nKAZ,Казахстан,yes,\nKGZ,Киргизия,yes,\n"
            "RUS,Россия,yes,\nTJK,Таджикистан,yes,\nUZB,Узбекистан,unknown,part of the time\n",
        ),
        (
            ["status", "AZE", "1999"],
            "state,name,status,member\nAZE,Azerbaijan,MEMBER or FORMER,unknown\n",
        ),
        (["together", "RUS", "KAZ"], "start,end,answer\n1994-04-20,,yes\n"),
        (["next", "latest"], "day,state,name,before,after,act\n"),
    ],
)
def test_csv_has_rows_under_names(
    arguments: list[str], printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first line names the columns, and stands even above no rows."""
    assert main([*arguments, "--format", "csv"]) == 0
    assert capsys.readouterr() == (printed, "")


def facts(folder: Path, name: str) -> Path:
    """A facts file with one state, called by this name."""
    file = folder / "facts.yaml"
    file.write_text(
        "verified_through: 2020-01-01\n"
        "sources: {s: {title: T, publisher: P, kind: press}}\n"
        "instruments: {i: {title: I, sources: [s]}}\n"
        f'states: {{AAA: {{name: "{name}", iso2: RU}}}}\n'
        "organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2001-01-01, instrument: i, "
        "sources: [s]}]}}}\n",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_csv_holds_no_formula(formula: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell that a spreadsheet would calculate has an apostrophe in front."""
    file = str(facts(tmp_path, formula))

    assert main(["members", "2003", "--file", file, "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))

    assert rows[1] == ["AAA", f"'{formula}", "yes", ""]


@pytest.mark.parametrize("form", ["table", "csv", "json", "text"])
@pytest.mark.parametrize("control", ["\x1b[31m", "\x9b31m", "\a", "\x7f", "\r"])
def test_no_text_drives_a_terminal(control: str, form: str) -> None:
    """Control characters are shown by their number in every format, although a facts file may hold none."""
    name = f"Red{control}land"
    reply = Reply(columns=("name",), rows=[(name,)], text=name if form == "text" else None, nothing=name)
    options = Namespace(
        format=form.replace("text", "table"), command=Namespace(name="x"), words={}, file=name
    )

    printed = "".join(written(reply, options, None))

    assert "Red" in printed
    assert [letter for letter in printed if not letter.isprintable() and letter != "\n"] == []


def test_a_cell_is_one_line() -> None:
    """An end of line inside a name does not break a row."""
    reply = Reply(columns=("name",), rows=[("two\nlines",)])

    assert list(written(reply, Namespace(format="table"), None)) == ["name\n", "two lines\n"]
    assert list(written(reply, Namespace(format="csv"), None)) == ["name\ntwo lines\n"]


@pytest.mark.parametrize("control", ["\\e[31m", "\\u009b31m", "\\a"])
def test_a_facts_file_holds_no_control_character(
    control: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reader refuses one before anything is printed, and names it by its number."""
    assert main(["members", "2003", "--file", str(facts(tmp_path, f"Red{control}"))]) == 1
    told = capsys.readouterr()

    assert told.out == ""
    assert "which cannot be seen. Delete it." in told.err
    assert [letter for letter in told.err if not letter.isprintable() and letter != "\n"] == []


@pytest.mark.parametrize("lang", ["en", "ru", "ar", "hy", "ka"])
def test_columns_align_in_every_script(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every first day begins in the same column, and so does every end, whatever script stands before them."""
    main(["history", "--lang", lang])
    lines = capsys.readouterr().out.splitlines()[1:]

    days = [[found.start() for found in re.finditer("[0-9]{4}-[0-9]{2}-[0-9]{2}", line)] for line in lines]
    places = {
        tuple(wide(line[:place]) for place in found)
        for line, found in zip(lines, days, strict=True)
        if len(found) == 2
    }
    assert len(places) == 1


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("Россия", 6), ("北京", 4), ("e\u0301", 1), ("\u2067روسيا\u2069", 5)],
)
def test_letters_take_the_columns_that_a_terminal_gives_them(text: str, columns: int) -> None:
    """Ideographs take two columns, marks and isolates none."""
    assert wide(text) == columns


def test_names_from_right_to_left_stand_in_isolates(capsys: pytest.CaptureFixture[str]) -> None:
    """An Arabic name moves none of the cells beside it."""
    main(["together", "ARM", "AZE", "--lang", "ar"])
    table = capsys.readouterr().out
    main(["history", "RUS", "--lang", "ar"])
    rows = capsys.readouterr().out.splitlines()

    assert table.splitlines()[1].split() == ["1994-04-20", "1999-04-21", "\u2067نعم\u2069"]
    assert all("\u2067روسيا\u2069" in row for row in rows[1:])


def test_long_answers_come_in_pieces() -> None:
    """A CSV of many rows is written piece by piece, and is whole."""
    reply = Reply(columns=("number", "share", "is"), rows=[(n, n / 2, n > 1) for n in range(10_000)])
    pieces = list(written(reply, Namespace(format="csv"), None))

    assert len(pieces) > 1
    rows = list(csv.reader(io.StringIO("".join(pieces))))
    assert rows[0] == ["number", "share", "is"]
    assert rows[3] == ["2", "1.0", "true"]
    assert len(rows) == 10_001
