"""The command that adds columns to CSV and Parquet files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import csto
from csto_membership.cli import main
from csto_membership.cli.cells import Cells, Meaning, Tally

if TYPE_CHECKING:
    from pathlib import Path

    from csto_membership._membership.tracks import Rule

COLUMNS = ["--state", "country", "--on", "day"]


def annotated(folder: Path, content: bytes, *options: str) -> bytes:
    """The file with the new columns, where the command leaves with 0."""
    source, out = folder / "in.csv", folder / "out.csv"
    source.write_bytes(content)
    assert main(["annotate", str(source), *COLUMNS, "-o", str(out), *options]) == 0
    assert not (folder / "out.csv.part").exists()
    return out.read_bytes()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"country,day\nUZB,2003-06-30\n", b"country,day,member\nUZB,2003-06-30,false\n"),
        (b"country,day\r\nUZB,2010-06-30\r\n", b"country,day,member\r\nUZB,2010-06-30,true\r\n"),
        (b"country,day\rRUS,2003\r", b"country,day,member\rRUS,2003,true\r"),
        (b"country,day\nRUS,2003", b"country,day,member\nRUS,2003,true"),
        (b"\xef\xbb\xbfcountry,day\nRUS,2003\n", b"\xef\xbb\xbfcountry,day,member\nRUS,2003,true\n"),
        (b"day;country\n2003;RUS\n", b"day;country;member\n2003;RUS;true\n"),
        (b"day\tcountry\n2003\tRUS\n", b"day\tcountry\tmember\n2003\tRUS\ttrue\n"),
        (b"day|country\n2003|RUS\n", b"day|country|member\n2003|RUS|true\n"),
        (
            b'note,country,day\n"a ""b"", c\nd",RUS,"2003"\n"x",  RUS ,2003\n',
            b'note,country,day,member\n"a ""b"", c\nd",RUS,"2003",true\n"x",  RUS ,2003,true\n',
        ),
        (
            b"n,country,day\n=1+1,RUS,2003\n-5,RUS,2003\n007,RUS,2003\n",
            b"n,country,day,member\n=1+1,RUS,2003,true\n-5,RUS,2003,true\n007,RUS,2003,true\n",
        ),
        (
            b"n,country,day\n\xcf\xf0\xe8,RUS,2003\n\x00,RUS,2003\n",
            b"n,country,day,member\n\xcf\xf0\xe8,RUS,2003,true\n\x00,RUS,2003,true\n",
        ),
        (b"country,day,x\n\nRUS,2003\nRUS\n", b"country,day,x,member\n\nRUS,2003,,true\nRUS,,,\n"),
        (b"country,day\n", b"country,day,member\n"),
        (b"country,day", b"country,day,member"),
    ],
)
def test_the_users_own_cells_come_back_byte_for_byte(content: bytes, expected: bytes, tmp_path: Path) -> None:
    """Whatever a row is made of stays as it stands in the file; the new cells follow before its end of line."""
    assert annotated(tmp_path, content) == expected


def test_each_row_says_what_leaves_it_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty cell is no no: a column says why, and the summary on standard error counts the reasons."""
    rows = {
        "UZB,2003-06-30": "false,FORMER,",
        "Ukraine,2003-06-30": "false,OUTSIDE,",
        "AZE,1999": ",MEMBER or FORMER,open",
        "Armenia,20250101": "true,FROZEN,",
        ",2003": ",,no state",
        "Narnia,2003": ",,unknown state",
        "Korea,2003": ",,ambiguous",
        "BY,2003": ",,ambiguous",
        "RUS,": ",,no date",
        "RUS,30.06.2003": ",,unreadable date",
        "RUS,2003-06-30T00:00:00Z": ",,unreadable date",
        "RUS,2003-06-30 14:05:00": "true,MEMBER,",
        "RUS,9000-01-01": ",,past the horizon",
        "Narnia,9000-01-01": ",,unknown state",
    }
    content = "country,day\n" + "".join(f"{row}\n" for row in rows)

    out = annotated(tmp_path, content.encode(), "--into", "is", "--status", "status", "--why", "why")

    assert out.decode().splitlines() == [
        "country,day,is,status,why",
        *(f"{row},{cells}" for row, cells in rows.items()),
    ]
    assert capsys.readouterr().err == (
        f"{tmp_path / 'in.csv'}: 14 rows: 2 yes, 2 no, 10 left empty.\n"
        "  unknown state: 2 rows: 'Narnia' (2)\n"
        "  ambiguous: 2 rows: 'Korea' (1), 'BY' (1)\n"
        "  unreadable date: 2 rows: '30.06.2003' (1), '2003-06-30T00:00:00Z' (1)\n"
        "  open: 1 row\n"
        "  no state: 1 row\n"
        "  no date: 1 row\n"
        "  past the horizon: 1 row\n"
    )


WORDS = [
    *(
        "UZB",
        "Armenia",
        "  armenia ",
        "Ukraine",
        "USA",
        "BY",
        "Korea",
        "Narnia",
        "",
        "703",
        "398.0",
        "365",
        "SUN",
    ),
    *("Kyrgyz Rep.", "NA", "Russia (Soviet Union)", "http://www.wikidata.org/entity/Q159", "AZE"),
]
DAYS = [
    *(
        "2003-06-30",
        "20030630",
        "2003-06-30 14:05",
        "2003-06",
        "2003",
        "1999",
        "",
        " 2003-06-30 ",
        "30.06.2003",
    ),
    *(
        "2003-06-30T00:00:00Z",
        "9000-01-01",
        "1850-01-01",
        "[1999-04-01..1999-05-01]",
        "2003~",
        "0",
        "99999999",
    ),
]


def answers_of(table: Any) -> list[tuple[Any, ...]]:
    """What a table of pandas says of each row, every null as ``None``."""
    isna = pytest.importorskip("pandas").isna
    columns = [table[name].astype(object) for name in ("member", "status", "why")]
    return [tuple(None if isna(cell) else cell for cell in row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("codes", [None, "iso3", "name", "cow"])
def test_cells_mean_what_they_mean_in_a_table_in_memory(codes: str | None) -> None:
    """Every word with every day is read as annotate() of the library reads it, an empty cell as null."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    pairs = [(word, day) for word in WORDS for day in DAYS]
    table = pandas.DataFrame([[cell or None for cell in pair] for pair in pairs], columns=["state", "day"])
    expected = csto.annotate(
        table, state="state", on="day", codes=codes, status="status", why="why", unknown="null"
    )
    told = answers_of(expected)

    cells = Cells(organization=csto, codes=codes)

    assert [tuple(cells.of(*pair)) for pair in pairs] == told


def test_periods_mean_what_they_mean_in_a_table_in_memory() -> None:
    """Two cells are the first day and the first day after; where they make no period, the reason is the same."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    edges = [(csto.horizon + dt.timedelta(ahead)).isoformat() for ahead in (0, 1, 2)]
    days = [*DAYS, "1999-04-20", "1999-04-21", "2012-12-19", "2012-12-20", *edges, "2050-01-01"]
    rows = [(word, first, after) for word in ("UZB", "RUS", "USA", "") for first in days for after in days]
    table = pandas.DataFrame(
        [[cell or None for cell in row] for row in rows], columns=["state", "start", "end"]
    )
    expected = csto.annotate(
        table,
        state="state",
        on="start",
        until="end",
        codes="iso3",
        status="status",
        why="why",
        unknown="null",
    )
    told = answers_of(expected)

    cells = Cells(organization=csto, codes="iso3")

    assert [tuple(cells.of(*row)) for row in rows] == told
    assert {why for _, _, why in told} >= {None, "open", "past the horizon", "no date", "unreadable date"}


def test_a_file_of_periods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--until`` asks about all days of each row's period, and the summary names those that are none."""
    content = (
        b"country,day,end\nUZB,1998-01-01,1999-01-01\nUZB,1999-01-01,2000-01-01\nUZB,2003-01-01,2003-01-01\n"
        b"UZB,2003-01-01\n"
    )

    out = annotated(tmp_path, content, "--until", "end", "--why", "why")

    assert out.decode().splitlines() == [
        "country,day,end,member,why",
        "UZB,1998-01-01,1999-01-01,true,",
        "UZB,1999-01-01,2000-01-01,,open",
        "UZB,2003-01-01,2003-01-01,,unreadable date",
        "UZB,2003-01-01,,,no date",
    ]
    assert "  unreadable date: 1 row: '2003-01-01 to 2003-01-01' (1)\n" in capsys.readouterr().err


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_years_are_decided_by_a_rule(rule: Rule, tmp_path: Path) -> None:
    """Every year since 1990 is what the panel of the library has for it."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    panel = csto.panel(1990, csto.horizon.year + 1, rule=rule)
    pairs = list(zip(panel["state"], panel["year"], strict=True))
    content = "country,day\n" + "".join(f"{state},{year}\n" for state, year in pairs)

    out = annotated(tmp_path, content.encode(), "--rule", rule)

    words = {True: "true", False: "false"}
    expected = ["" if pandas.isna(member) else words[bool(member)] for member in panel["member"]]
    assert [line.rpartition(",")[2] for line in out.decode().splitlines()[1:]] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("AZE,1999", Meaning(member=True, status="MEMBER or FORMER", why=None)),
        ("Ukraine,2003", Meaning(member=False, status="OUTSIDE", why=None)),
        ("RUS,9000", Meaning(None, None, "past the horizon")),
        ("RUS,2003-06", Meaning(None, None, "unreadable date")),
        ("RUS,0", Meaning(None, None, "unreadable date")),
        ("RUS,10000", Meaning(None, None, "unreadable date")),
    ],
)
def test_a_year_is_a_whole_number_of_the_calendar(row: str, expected: Meaning) -> None:
    """Other text is an unreadable date; states without an act and years past the horizon are as in day questions."""
    state, day = row.split(",")

    assert Cells(organization=csto, rule="any").of(state, day) == expected


def test_an_open_year_says_so() -> None:
    """Where the sources leave a year open, so does its cell."""
    organization = csto.reading(dating="any")

    assert Cells(organization=organization, rule="start").of("UZB", "2012").why is None
    assert Cells(organization=organization, rule="midyear").of("UZB", "2012") == Meaning(
        None, "MEMBER or SUSPENDED", "open"
    )


def test_a_table_is_not_held_in_memory(tmp_path: Path) -> None:
    """The memory that a table takes does not grow with its rows."""
    import tracemalloc

    source = tmp_path / "in.csv"
    with source.open("wb") as file:
        file.write(b"country,day,note\n")
        for number in range(500):
            file.write(
                b"".join(
                    b"UZB,2003-%02d-%02d,%d\n" % (m, d, number) for m in range(1, 13) for d in range(1, 29)
                )
            )

    main(["annotate", str(source), *COLUMNS, "-o", str(tmp_path / "out.csv")])  # loads what it needs
    tracemalloc.start()
    code = main(["annotate", str(source), *COLUMNS, "-o", str(tmp_path / "out.csv")])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert code == 0
    assert (tmp_path / "out.csv").read_bytes().count(b"true") == 0
    assert (tmp_path / "out.csv").read_bytes().count(b"false\n") == 500 * 12 * 28
    assert peak < source.stat().st_size / 2


def test_what_is_kept_of_a_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, answers and values that are met once each do not pile up."""
    monkeypatch.setattr("csto_membership.cli.cells._KEPT", 3)
    cells, tally = Cells(organization=csto), Tally()
    for number in range(10):
        tally.count(cells.of(f"Narnia {number}", "2003"), f"Narnia {number}", "2003")

    assert len(cells._states) <= 3
    assert len(cells._kept) <= 3
    assert len(tally.values["unknown state"]) <= 3
    assert tally.rows == 10
    assert cells.of("RUS", "2003") == Meaning(member=True, status="MEMBER", why=None)


def test_a_sentence_names_ten_values_at_most() -> None:
    """A column of nothing but misspellings does not flood the terminal."""
    tally = Tally()
    for number in range(12):
        tally.count(Meaning(None, None, "unknown state"), f"N{number}", "2003")

    assert tally.summary("x.csv").splitlines()[1].endswith("'N9' (1), ...")


def test_standard_output_gets_the_table_and_nothing_else(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Without --out the table goes to standard output, byte for byte, and the summary to standard error."""
    source = tmp_path / "in.csv"
    source.write_bytes(b"country,day,n\r\nRUS,2003,\xff\r\n")

    assert main(["annotate", str(source), *COLUMNS]) == 0
    out, err = capfdbinary.readouterr()

    assert out == b"country,day,n,member\r\nRUS,2003,\xff,true\r\n"
    assert err.endswith(b"in.csv: 1 row: 1 yes, 0 no.\n")


def test_an_output_of_text_alone_gets_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard output was replaced by an object without bytes, unreadable ones are shown by number."""
    source, out = tmp_path / "in.csv", io.StringIO()
    source.write_bytes(b"country,day,n\nRUS,2003,\xff\n")
    monkeypatch.setattr(sys, "stdout", out)

    assert main(["annotate", str(source), *COLUMNS]) == 0
    assert out.getvalue() == "country,day,n,member\nRUS,2003,\\xff,true\n"


def test_a_table_can_come_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dash in place of the file reads standard input."""
    source = tmp_path / "in.csv"
    source.write_bytes(b"country,day\nRUS,2003\n")
    with source.open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert main(["annotate", "-", *COLUMNS]) == 0

    assert capsys.readouterr() == ("country,day,member\nRUS,2003,true\n", "-: 1 row: 1 yes, 0 no.\n")


def test_the_name_of_a_new_column_is_no_formula(tmp_path: Path) -> None:
    """A name that a spreadsheet would calculate has an apostrophe in front; one with a comma is quoted."""
    out = annotated(tmp_path, b"country,day\nRUS,2003\n", "--into", "=a,b")

    assert out == b'country,day,"\'=a,b"\nRUS,2003,true\n'
    assert next(csv.reader(io.StringIO(out.decode())))[2] == "'=a,b"


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"", [], "in.csv: has no header. Begin it with a line of column names."),
        (b"\xff\xfec\x00", [], "in.csv: is UTF-16. Save it as UTF-8."),
        (
            b"a,b\nRUS,2003\n",
            [],
            "in.csv: no column 'country'. Name one with --state; there are a, b.",
        ),
        (
            b"country,days\nRUS,2003\n",
            [],
            "in.csv: no column 'day'. Did you mean 'days'? Name one with --on; there are country, days.",
        ),
        (
            b"country,a,b,c,d,e,f,g,h,i,j,k\nRUS,2003\n",
            [],
            "in.csv: no column 'day'. Name one with --on; there are country, a, b, c, d, e, f, g, h, i and 2 more.",
        ),
        (b"country,day,day\n", [], "in.csv: there are 2 columns 'day'. Rename all but one."),
        (
            b"country,day,member\n",
            [],
            "in.csv: there is a column 'member' already. Name another one with --into.",
        ),
        (
            b"country,day\n",
            ["--why", "member"],
            "in.csv: there is a column 'member' already. Name another one with --why.",
        ),
        (
            b"country,day\nRUS,2003\nRUS,2003,9\n",
            [],
            "in.csv:3: has 3 cells, and the header has 2. Put a cell that holds the delimiter in quotes.",
        ),
        (
            b'country,day\nRUS,"2003\n',
            [],
            "in.csv:2: the quotes of a cell do not match, or it is longer than 16777216 characters. Write a quote "
            "inside a quoted cell twice.",
        ),
        (
            b"country,day\nNarnia,2003\n",
            [],
            "in.csv: 1 row: 0 yes, 0 no, 1 left empty.\n  unknown state: 1 row: 'Narnia' (1)\n"
            "in.csv: no word in column 'country' is known as a state. Name another column with --state, or say with "
            "--codes how states are written.",
        ),
        (
            b"country,day\n",
            ["--rule", "anny"],
            "no rule 'anny'. Did you mean 'any'? There are any, all, start, end, midyear.",
        ),
        (
            b"country,day\n",
            ["--codes", "nam"],
            "no code scheme 'nam'. Did you mean 'name'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
            "wikidata, name.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(  # noqa: PLR0913, PLR0917 (the case, and what pytest brings)
    content: bytes,
    options: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The fault is one sentence, nothing is written, and no unfinished file is left."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_bytes(content)

    assert main(["annotate", "in.csv", *COLUMNS, *options, "-o", "out.csv"]) == 1

    assert capsys.readouterr() == ("", f"{sentence}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the file that was asked for."""
    (tmp_path / "in.csv").write_bytes(b"country,day\nRUS,2003\n")
    out = tmp_path / "nowhere" / "out.csv"

    assert main(["annotate", str(tmp_path / "in.csv"), *COLUMNS, "-o", str(out)]) == 1
    assert capsys.readouterr() == ("", f"{out}: No such file or directory. Check the path.\n")


def test_a_file_is_not_written_over_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table that is read would be gone."""
    source = tmp_path / "in.csv"
    source.write_bytes(b"country,day\nRUS,2003\n")

    assert main(["annotate", str(source), *COLUMNS, "-o", str(source)]) == 2
    assert source.read_bytes() == b"country,day\nRUS,2003\n"
    assert "is the file that is read. Name another one." in capsys.readouterr().err
