"""Tables as files: CSV, Parquet and the folder of a Data Package, each whole or not at all."""

from __future__ import annotations

import csv
import json
import sys
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from csto_membership import ExportError, MissingExtraError, build, csto, csto_pa
from tests.export.samples import HOSTILE, hostile_dataset, organizations, rosters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from csto_membership import Organization

TABLES = "about, states, sources, instruments, eras, events, spells"
WRITERS: dict[str, Callable[[Organization, Path], None]] = {
    "csv": lambda organization, path: organization.to_csv(path),
    "parquet": lambda organization, path: organization.to_parquet(path),
    "sqlite": lambda organization, path: organization.to_sqlite(path),
    "datapackage": lambda organization, path: organization.to_datapackage(path),
    "html": lambda organization, path: organization.to_html(path),
}


def _rosters_of(rows: list[dict[str, Any]], days: Any, member: Callable[[Any], bool | None]) -> Any:
    """Who was a member on each day, out of a table of spells with days as text."""
    return {
        day: sorted(
            (row["state"], member(row["is_member"]) is True)
            for row in rows
            if (not row["start"] or row["start"] <= day.isoformat())
            and (not row["end"] or day.isoformat() < row["end"])
            and member(row["is_member"]) is not False
        )
        for day in days
    }


@pytest.mark.parametrize("name", organizations())
def test_csv_answers_the_librarys_rosters(tmp_path: Path, name: str) -> None:
    """Spells ``start <= day < end`` that count are those of the members on every change day, -1, 0 and +1."""
    organization = organizations()[name]
    organization.to_csv(tmp_path / "spells.csv")
    with (tmp_path / "spells.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    expected = rosters(organization)
    assert _rosters_of(rows, expected, {"true": True, "false": False, "": None}.__getitem__) == expected


@pytest.mark.parametrize("name", organizations())
def test_parquet_answers_the_librarys_rosters(tmp_path: Path, name: str) -> None:
    """The same holds of the table in Parquet, whose days are days and whose truths are truths."""
    parquet = pytest.importorskip("pyarrow.parquet")
    organization = organizations()[name]
    organization.to_parquet(tmp_path / "spells.parquet")
    table = parquet.read_table(tmp_path / "spells.parquet")
    rows = table.to_pylist()
    for row in rows:
        row.update({side: row[side] and row[side].isoformat() for side in ("start", "end")})

    expected = rosters(organization)
    assert _rosters_of(rows, expected, bool_or_none) == expected
    assert table.schema.metadata[b"data_version"].decode() == organization.data_version
    assert table.schema.metadata[b"horizon"].decode() == organization.horizon.isoformat()


def bool_or_none(value: bool | None) -> bool | None:  # noqa: FBT001 (a cell)
    """A cell that is a truth already."""
    return value


@pytest.mark.parametrize("what", TABLES.split(", "))
def test_every_table_is_written_with_what_it_is(tmp_path: Path, what: str) -> None:
    """Whatever is listed, the last columns say whose it is, of which version, up to when, how read, on what terms."""
    organization = csto.reading(basis="active")
    organization.to_csv(tmp_path / "table.csv", what)
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {tuple(row.values())[-5:] for row in rows} == {
        ("CSTO", csto.data_version, str(csto.horizon), "basis active, dating effect", "CC-BY-4.0")
    }


def test_the_tables_hold_what_is_recorded(tmp_path: Path) -> None:
    """Codes, dates as written with their bounds, steps and disputes stand in the tables."""
    csto_pa.to_csv(tmp_path / "events.csv", "events")
    csto.to_csv(tmp_path / "states.csv", "states")
    rows = {}
    for name in ("events", "states"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))

    event = csto_pa.events("AFG")[0]
    row = next(row for row in rows["events"] if row["state"] == "AFG")
    assert (row["number"], row["act"], row["effect"]) == ("1", event.act.value, event.effect.text)
    assert (row["effect_earliest"], row["effect_latest"]) == (
        str(event.effect.earliest),
        str(event.effect.latest),
    )
    kyrgyzstan = next(row for row in rows["states"] if row["iso3"] == "KGZ")
    assert (kyrgyzstan["iso2"], kyrgyzstan["cow"], kyrgyzstan["gw"]) == ("KG", "703", "703")


@pytest.mark.parametrize("name", organizations())
def test_frictionless_takes_the_data_package(tmp_path: Path, name: str) -> None:
    """The package is valid: types, keys and references between its tables."""
    frictionless = _frictionless()
    organization = organizations()[name]
    organization.to_datapackage(tmp_path / "package")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own libraries
        report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))

    assert report.flatten(["type", "note"]) == []
    assert report.valid
    assert descriptor["data_version"] == organization.data_version
    assert descriptor["reading"] == organization.read_as.to_dict()
    assert descriptor["horizon"] == organization.horizon.isoformat()


def test_the_data_packages_spells_answer_the_rosters(tmp_path: Path) -> None:
    """Read by frictionless, the spells give the library's rosters."""
    frictionless = _frictionless()
    organization = csto.reading(dating="any")
    organization.to_datapackage(tmp_path / "package")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = frictionless.Package(str(tmp_path / "package" / "datapackage.json"))
        rows = [dict(row) for row in package.get_resource("spells").read_rows()]
    for row in rows:
        row.update({side: row[side] and row[side].isoformat() for side in ("start", "end")})

    expected = rosters(organization)
    assert _rosters_of(rows, expected, bool_or_none) == expected


def _frictionless() -> Any:
    """The validator, which warns of its own libraries as it is loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("frictionless")


def test_names_arrive_as_they_are(tmp_path: Path) -> None:
    """Quotes, separators and line ends inside a name do not break a row."""
    build(hostile_dataset(HOSTILE)).to_csv(tmp_path / "states.csv", "states")
    with (tmp_path / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert tuple(row["name"] for row in rows) == HOSTILE


@pytest.mark.parametrize("writer", ["csv", "datapackage"])
@pytest.mark.parametrize(
    ("character", "sentence"),
    [
        ("\0", "line 2 of the file would hold '\\x00'. Correct the name in the records."),
        (
            "\udc80",
            "line 2 of the file would hold '\\udc80', which UTF-8 cannot. Correct the name in the records.",
        ),
    ],
)
def test_a_text_that_no_file_can_hold_is_refused(
    tmp_path: Path, writer: str, character: str, sentence: str
) -> None:
    """NUL and half a pair of surrogates are refused before anything is written."""
    organization = build(hostile_dataset((f"a{character}b",) * 2))

    with pytest.raises(ExportError) as raised:
        WRITERS[writer](organization, tmp_path / "out")
    assert str(raised.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_parquet_refuses_half_a_pair_of_surrogates(tmp_path: Path) -> None:
    """What UTF-8 cannot hold, Parquet cannot."""
    pytest.importorskip("pyarrow")
    organization = build(hostile_dataset(("a\udc80b", "c")))

    with pytest.raises(ExportError) as raised:
        organization.to_parquet(tmp_path / "out", "states")
    assert (
        str(raised.value)
        == "'a\\udc80b' holds '\\udc80', which UTF-8 cannot. Correct the name in the records."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("writer", WRITERS)
def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path, writer: str) -> None:
    """A folder that is not there, or a file where a folder should be, is named with the way out."""
    if writer == "parquet":
        pytest.importorskip("pyarrow")
    way_out = "Choose a path in a folder that exists and can be written to."
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    for path, reason in (
        (tmp_path / "none" / "out", "No such file or directory"),
        (tmp_path / "file" / "out", "Not a directory"),
    ):
        with pytest.raises(ExportError) as raised:
            WRITERS[writer](csto, path)
        assert str(raised.value) == f"cannot write {str(path)!r}: {reason}. {way_out}"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("writer", ["csv", "sqlite", "html"])
def test_a_folder_is_no_file(tmp_path: Path, writer: str) -> None:
    """A folder in the place of a file stays, and nothing is left beside it."""
    (tmp_path / "out").mkdir()

    with pytest.raises(ExportError, match=r"cannot write '.*out': Is a directory"):
        WRITERS[writer](csto, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("writer", WRITERS)
def test_an_export_replaces_the_one_before(tmp_path: Path, writer: str) -> None:
    """The same call twice leaves one export, the second."""
    if writer == "parquet":
        pytest.importorskip("pyarrow")
    WRITERS[writer](csto_pa, tmp_path / "out")
    WRITERS[writer](csto, tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """A package never replaces a folder in which something else stands."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ExportError) as raised:
        csto.to_datapackage(tmp_path)
    assert (
        str(raised.value) == f"{str(tmp_path)!r} holds other files, such as 'notes.txt'. Choose a new folder."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("spell", f"no table 'spell'. Did you mean 'spells'? There are {TABLES}."),
        (None, f"no table None. There are {TABLES}."),
    ],
)
def test_an_unknown_table_is_refused(tmp_path: Path, what: Any, sentence: str) -> None:
    """A table that is not there is refused with those that are."""
    with pytest.raises(ExportError) as raised:
        csto.to_csv(tmp_path / "out", what)
    assert str(raised.value) == sentence


def test_parquet_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyArrow the sentence names the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtraError) as raised:
        csto.to_parquet(tmp_path / "out")
    assert str(raised.value) == "Parquet needs pyarrow. Install it with python -m pip install pyarrow."


def test_a_package_invents_no_licence(tmp_path: Path) -> None:
    """Facts whose file states no licence are described without one."""
    build(evolve(csto.dataset, licence=None), "CSTO").to_datapackage(tmp_path / "package")
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))

    assert "licenses" not in descriptor
    assert descriptor["licence"] == "not stated in the facts file"
