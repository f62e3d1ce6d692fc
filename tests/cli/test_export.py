"""The command that writes an organization for other tools."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from csto_membership import csto, from_json
from csto_membership.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_json_is_read_back_as_the_same_organization(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is the export of the library, under the reading asked for."""
    assert main(["export", "--format", "json", "--basis", "active"]) == 0

    assert from_json(capsys.readouterr().out) == csto.reading(basis="active")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (["jsonld"], csto.to_jsonld()),
        (["sql"], csto.to_sql()),
        (["sql", "--dialect", "duckdb"], csto.to_sql("duckdb")),
    ],
)
def test_texts_go_to_standard_output_or_to_a_file(
    form: list[str], expected: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A text is printed, or stands in the file named, alike."""
    assert main(["export", "--format", *form]) == 0
    printed = capsys.readouterr().out
    assert main(["export", "--format", *form, "-o", str(tmp_path / "out")]) == 0

    assert printed.rstrip("\n") == expected.rstrip("\n")
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed
    assert capsys.readouterr().out == ""


def test_files_and_folders_are_written(tmp_path: Path) -> None:
    """A page, a database, a table and a folder stand where --out says."""
    for form in ("html", "sqlite", "csv", "datapackage"):
        assert main(["export", "--format", form, "-o", str(tmp_path / form)]) == 0
    assert main(["export", "--format", "html", "--lang", "ar", "-o", str(tmp_path / "ar")]) == 0
    assert main(["export", "--format", "csv", "--what", "sources", "-o", str(tmp_path / "sources")]) == 0

    connection = sqlite3.connect(tmp_path / "sqlite")
    query = "SELECT count(*) FROM members_on WHERE day = '2003-06-30'"
    assert connection.execute(query).fetchone() == (6,)
    connection.close()
    assert json.loads((tmp_path / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))[
        "resources"
    ]
    assert 'dir="rtl"' in (tmp_path / "ar").read_text(encoding="utf-8")
    assert 'dir="rtl"' not in (tmp_path / "html").read_text(encoding="utf-8")
    assert "primary" in (tmp_path / "sources").read_text(encoding="utf-8")


def test_parquet_is_written(tmp_path: Path) -> None:
    """A table of Parquet holds what the one of CSV holds."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="PyArrow is not installed")
    out = tmp_path / "spells.parquet"

    assert main(["export", "--format", "parquet", "--out", str(out)]) == 0
    assert parquet.read_table(out).num_rows == sum(len(csto.spells(state)) for state in csto.states)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([], 2, "export lacks --format. Write for example --format json, or --format html -o csto.html\n"),
        (
            ["--format", "sqlite"],
            2,
            "--format sqlite needs --out. Name the file or folder, for example -o csto.sqlite\n",
        ),
        (["--format", "json", "--lang", "ar"], 2, "--format json does not use --lang. It is for html.\n"),
        (
            ["--format", "json", "--dialect", "sqlite"],
            2,
            "--format json does not use --dialect. It is for sql.\n",
        ),
        (
            ["--format", "sql", "--what", "eras"],
            2,
            "--format sql does not use --what. It is for csv and parquet.\n",
        ),
        (
            ["--format", "sql", "--dialect", "sqlit"],
            2,
            "--dialect 'sqlit' is not an option of export. Did you mean 'sqlite'? "
            "Use postgresql18 or postgresql or sqlite or duckdb.\n",
        ),
    ],
)
def test_a_wrong_export_gets_one_sentence(
    words: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and what to write."""
    assert main(["export", *words]) == code
    assert capsys.readouterr() == ("", sentence)
