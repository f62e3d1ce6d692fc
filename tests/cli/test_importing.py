"""The commands that make a facts file of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import csto, load
from csto_membership.cli import main

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")

if TYPE_CHECKING:
    from pathlib import Path

NATO = "state,start,end\nUSA,1949-08-24,\nGreece,1952-02-18,1974-08-13\nGRC,1980-10-20,\n"
CODED = "ccode,when,code\n2,1949,1\n200,1949,0\n200,1950,1\n"
SPELLS = ["--ends", "last-day", "--verified-through", "2023-12-31"]
YEARS = ["--rule", "any", "--codes", "cow", "--state", "ccode", "--year", "when", "--value", "code"]


@pytest.fixture
def nato(tmp_path: Path) -> str:
    """The path of a table of spells."""
    (tmp_path / "nato.csv").write_text(NATO, encoding="utf-8")
    return str(tmp_path / "nato.csv")


@pytest.fixture
def coded(tmp_path: Path) -> str:
    """The path of a table of state-years."""
    (tmp_path / "coded.csv").write_text(CODED, encoding="utf-8")
    return str(tmp_path / "coded.csv")


def test_spells_become_a_facts_file(nato: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is printed, or stands in the file named, alike, and can be asked."""
    named = ["--name", "NATO", "--source", "Member countries"]
    out = tmp_path / "nato.yaml"

    assert main(["from-spells", nato, *SPELLS, *named]) == 0
    printed = capsys.readouterr().out
    assert main(["from-spells", nato, *SPELLS, *named, "-o", str(out)]) == 0
    assert capsys.readouterr() == ("", "")

    assert out.read_text(encoding="utf-8") == printed
    organization = load(out)
    assert organization.members_on("1974-08-13").codes() == ("GRC", "USA")
    assert organization.members_on("1974-08-14").codes() == ("USA",)
    assert [source.title for source in organization.sources()] == ["Member countries"]
    assert organization.history.closed


def test_spells_of_other_columns_and_statuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns are named, one may hold statuses, the table may lack states, and the file's name is the name."""
    table = tmp_path / "league.csv"
    table.write_text("who,since,till,as\nDNK,1960,1973-01-01,observer\n", encoding="utf-8")
    columns = ["--state", "who", "--start", "since", "--end", "till", "--status", "as"]
    last = ["--ends", "exclusive", "--verified-through", "2000-01-01", "--partial"]

    assert main(["from-spells", str(table), *columns, *last, "-o", str(tmp_path / "out.yaml")]) == 0
    league = load(tmp_path / "out.yaml")

    assert league.history.id == "league"
    assert not league.history.closed
    assert str(league.status_on("DNK", "1970-01-01")) == "OBSERVER"
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("more", "effect"),
    [(["--before", "outside"], "[1949-01-01..1949-12-31]"), (["--before", "open"], "[..1949-12-31]")],
)
def test_state_years_become_a_facts_file(more: list[str], effect: str, coded: str, tmp_path: Path) -> None:
    """Each act is as wide as the rule of the coding leaves it."""
    out = tmp_path / "coded.yaml"

    assert main(["from-state-years", coded, *YEARS, "--absent", "missing", *more, "-o", str(out)]) == 0
    organization = load(out)

    assert [str(event.effect) for event in organization.events("USA")] == [effect]
    assert [gap.state for gap in organization.history.gaps] == ["USA"]  # its year 1950 has no row


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ["from-spells", "{nato}", "--verified-through", "2023-12-31"],
            1,
            "ends= does not say what '1974-08-13' is in the row of 'Greece' from '1952-02-18'. Write --ends exclusive "
            "if 1974-08-13 is the first day outside, --ends last-day if it is the last day inside.\n",
        ),
        (
            ["from-spells", "{nato}", "--ends", "last-day"],
            2,
            "from-spells lacks --verified-through. Give the last day up to which the table is right, for example "
            "--verified-through 2020-12-31\n",
        ),
        (
            ["from-spells", "{nato}", "--ends", "last", "--verified-through", "2023-12-31"],
            2,
            "--ends 'last' is not an option of from-spells. Did you mean 'last-day'? Use exclusive or last-day.\n",
        ),
        (
            ["from-spells", "{nato}", *SPELLS, "--start", "since"],
            1,
            "no column 'since'. The columns are state, start, end.\n",
        ),
        (
            ["from-spells", "{nato}", "--ends", "last-day", "--verified-through", "1960-12-31"],
            1,
            "{nato}:3: end 1974-08-13 comes after 1960-12-31, the last day verified. Check the table up to a later day "
            "and raise --verified-through, or leave the day out.\n"
            "{nato}:4: start 1980-10-20 comes after 1960-12-31, the last day verified. Check the table up to a later "
            "day and raise --verified-through, or leave the day out.\n",
        ),
        (
            ["from-spells"],
            2,
            "from-spells lacks FILE. Write csto-membership from-spells FILE, for example "
            "csto-membership from-spells nato.csv --ends last-day --verified-through 2023-12-31 -o nato.yaml\n",
        ),
        (
            ["from-state-years", "{coded}"],
            2,
            "from-state-years lacks --rule. Say how the coding made one value of a year, for example --rule any if one "
            "day as a member makes it 1.\n",
        ),
        (
            ["from-state-years", "{coded}", *YEARS],
            1,
            "{coded}:2: USA (United States) is coded 1 in 1949, the first year of the table. Say what it was before: "
            "--before outside if nothing, so that it came in by 1949, or --before open if that is not known.\n",
        ),
        (
            ["export", "--format", "yaml", "--known-on", "2010-01-01"],
            2,
            "--format yaml does not use --known-on. A facts file holds the acts, which no reading changes.\n",
        ),
    ],
)
@pytest.mark.usefixtures("nato", "coded")
def test_a_wrong_table_or_call_gets_its_sentence(
    words: list[str], code: int, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and which option helps: those of the command and not the arguments of the library."""
    paths = {name: str(tmp_path / f"{name}.csv") for name in ("nato", "coded")}

    assert main([word.format(**paths) for word in words]) == code
    assert capsys.readouterr() == ("", sentence.format(**paths))


def test_any_organization_is_written_as_a_facts_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``export --format yaml`` writes what can be loaded as the same organization."""
    assert main(["export", "--format", "yaml"]) == 0
    printed = capsys.readouterr().out
    (tmp_path / "csto.yaml").write_text(printed, encoding="utf-8")

    assert printed == csto.to_yaml()
    assert load(tmp_path / "csto.yaml").changes() == csto.changes()
