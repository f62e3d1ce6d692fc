"""The commands that print panels and dyads, and Parquet files annotated."""

from __future__ import annotations

import csv
import io
from importlib import util
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import csto
from csto_membership.cli import main
from csto_membership.cli.tables import _BACKENDS

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("narwhals")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def rows(printed: str) -> list[tuple[str, ...]]:
    """The rows of a CSV."""
    return list(map(tuple, csv.reader(io.StringIO(printed))))


def plain(table: Any) -> list[tuple[str, ...]]:
    """The rows of a table of PyArrow as a CSV has them."""
    words: dict[object, str] = {None: "", True: "true", False: "false"}
    cells = (
        tuple(words[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in row.values())
        for row in table.to_pylist()
    )
    return [tuple(table.column_names), *cells]


@pytest.mark.parametrize("backend", _BACKENDS)
@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["2003", "2006"], {"start": 2003, "end": 2006}),
        (
            ["2023-01-01", "2023-03-01", "--freq", "day", "--codes", "iso2"],
            {"start": "2023-01-01", "end": "2023-03-01", "freq": "day", "codes": "iso2"},
        ),
        (["--freq", "month", "--rule", "all"], {"freq": "month", "rule": "all"}),
        (["--rule", "fraction"], {"rule": "fraction"}),
        (["--rows", "members", "--codes", "cow"], {"rows": "members", "codes": "cow"}),
    ],
)
def test_a_panel_is_that_of_the_library(
    arguments: list[str],
    options: dict[str, Any],
    backend: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The rows are those of panel(), whichever library of tables makes them."""
    monkeypatch.setattr("csto_membership.cli.tables._BACKENDS", (backend,))

    assert main(["panel", *arguments, "--format", "csv"]) == 0

    assert rows(capsys.readouterr().out) == plain(csto.panel(**options, backend="pyarrow"))


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["2003", "2006", "--pairs", "directed"], {"start": 2003, "end": 2006, "pairs": "directed"}),
        (["2012", "2014", "--rows", "all"], {"start": 2012, "end": 2014, "rows": "all"}),
    ],
)
def test_dyads_are_those_of_the_library(
    arguments: list[str], options: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows are those of dyads()."""
    assert main(["dyads", *arguments, "--format", "csv"]) == 0

    assert rows(capsys.readouterr().out) == plain(csto.dyads(**options, backend="pyarrow"))


def test_a_panel_without_rows_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A table for people is never empty without a word."""
    assert main(["panel", "1980", "1982", "--rows", "members"]) == 0
    assert capsys.readouterr() == ("no rows\n", "")


def test_without_a_library_of_tables_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names what is missing."""
    monkeypatch.setattr("csto_membership.cli.tables.find_spec", lambda _: None)

    assert main(["panel"]) == 1
    assert capsys.readouterr() == (
        "",
        "panels and dyads need pyarrow, polars or pandas, none of which is installed. Run: pip install "
        "'csto-membership[frames]' pyarrow\n",
    )


def parquet(folder: Path, **columns: list[object]) -> Path:
    """A Parquet file with these columns."""
    file = folder / "in.parquet"
    pq.write_table(pa.table(columns), file)
    return file


ASKED = ["--state", "country", "--on", "day"]


def test_a_parquet_file_gets_the_columns_of_annotate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Batch by batch, the columns are those that the library adds to the whole table."""
    monkeypatch.setattr("csto_membership.cli.parquet._ROWS", 3)
    file = parquet(
        tmp_path,
        country=["UZB", "RUS", "Narnia", None, "RUS", "RUS", "ARM"],
        day=["2003-06-30", "2003-06-30", "2003-06-30", "2003-06-30", "nonsense", "9000-01-01", None],
    )
    out = tmp_path / "out.parquet"

    assert main(["annotate", str(file), *ASKED, "--why", "why", "--status", "status", "-o", str(out)]) == 0

    expected = csto.annotate(
        pq.read_table(file), state="country", on="day", codes=None, why="why", status="status"
    )
    assert pq.read_table(out).to_pylist() == expected.to_pylist()
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{file}: 7 rows: 1 yes, 1 no, 5 left empty.\n")
    assert "'Narnia' (1)" in told.err


def test_a_parquet_file_of_periods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--until`` asks about all days of each row's period; what is no period is named with both days."""
    file = parquet(
        tmp_path, country=["UZB", "UZB"], day=["1998-01-01", "2003-01-01"], end=["1999-01-01", "2003"]
    )
    out = tmp_path / "out.parquet"

    assert main(["annotate", str(file), *ASKED, "--until", "end", "-o", str(out)]) == 0

    assert pq.read_table(out)["member"].to_pylist() == [True, None]
    assert "  unreadable date: 1 row: '2003-01-01 to 2003' (1)\n" in capsys.readouterr().err


def test_a_reason_that_is_not_asked_for_is_no_column(tmp_path: Path) -> None:
    """The column from which the summary is counted is not written, even where a column is called like it."""
    file = parquet(tmp_path, country=["UZB"], day=["2003-06-30"], why=["x"])
    out = tmp_path / "out.parquet"

    assert main(["annotate", str(file), *ASKED, "-o", str(out)]) == 0

    assert pq.read_table(out).to_pylist() == [
        {"country": "UZB", "day": "2003-06-30", "why": "x", "member": False}
    ]


def test_a_parquet_file_without_rows_has_the_new_column(tmp_path: Path) -> None:
    """The schema is that of a file with rows."""
    file = tmp_path / "in.parquet"
    pq.write_table(pa.table({"country": pa.array([], pa.string()), "day": pa.array([], pa.date32())}), file)
    out = tmp_path / "out.parquet"

    assert main(["annotate", str(file), *ASKED, "-o", str(out)]) == 0

    assert pq.read_table(out).column_names == ["country", "day", "member"]


def test_a_parquet_file_needs_a_place_to_be_written_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no text for standard output."""
    file = parquet(tmp_path, country=["UZB"], day=["2003-06-30"])

    assert main(["annotate", str(file), *ASKED]) == 2
    assert capsys.readouterr() == (
        "",
        "a Parquet file needs --out. Name the file to write, for example -o out.parquet\n",
    )


def test_a_file_that_only_begins_like_parquet_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """PyArrow's own words stand in brackets; no unfinished file is left."""
    file, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    file.write_bytes(b"PAR1 and no more")

    assert main(["annotate", str(file), *ASKED, "-o", str(out)]) == 1

    said = capsys.readouterr().err
    assert said.startswith(f"{file}: is no Parquet file that can be read (")
    assert said.endswith("). Write it anew.\n")
    assert list(tmp_path.iterdir()) == [file]


def test_without_pyarrow_a_parquet_file_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names what is missing."""

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    file = parquet(tmp_path, country=["UZB"], day=["2003-06-30"])
    monkeypatch.setattr("csto_membership.cli.parquet.import_module", missing)

    assert main(["annotate", str(file), *ASKED, "-o", str(tmp_path / "out.parquet")]) == 1
    assert capsys.readouterr() == (
        "",
        "a Parquet file needs pyarrow, which is not installed. Run: pip install 'csto-membership[frames]' pyarrow\n",
    )


def test_the_libraries_of_tables_are_those_of_the_requirements() -> None:
    """Each of the libraries by which panels are made can be found here."""
    assert [name for name in _BACKENDS if util.find_spec(name) is None] == []
