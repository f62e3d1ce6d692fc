"""Organizations from tables of spells."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    Act,
    DatasetError,
    FrameError,
    MissingExtraError,
    Source,
    SourceKind,
    State,
    Status,
    build,
    csto,
    from_spells,
)
from csto_membership._reader.facts_file import read as facts
from csto_membership.drawing.terminal import terminal
from tests.frames.tables import frame_of

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")

if TYPE_CHECKING:
    from pathlib import Path

LAST = "2020-12-31"
STATUSES = [str(status.name) for status in Status if status not in (Status.OUTSIDE, Status.FORMER)]


def read(rows: list[tuple[Any, ...]], library: str = "polars", **options: Any) -> Any:  # an organization
    """An organization from rows of state, start, end and status."""
    columns = {
        name: [row[place] if place < len(row) else None for row in rows]
        for place, name in enumerate(("who", "since", "till", "as"))
    }
    said = {"ends": "exclusive", "verified_through": LAST, "name": "ORG", **options}
    if any(len(row) > 3 for row in rows):
        said.setdefault("status", "as")
    return from_spells(frame_of(library, columns), state="who", start="since", end="till", **said)


def problems(rows: list[tuple[Any, ...]], **options: Any) -> tuple[str, ...]:
    """The faults of rows."""
    with pytest.raises(DatasetError) as refused:
        read(rows, **options)
    return refused.value.problems


@pytest.mark.parametrize("library", ["pandas", "polars", "polars lazy", "pyarrow", "duckdb"])
def test_every_library_gives_the_same_organization(library: str) -> None:
    """A table is read alike in every library, whatever the spelling of its states."""
    rows = [("Denmark", "1960-05-03", "1973-01-01"), ("SWE", "1960-05-03", None), ("NO", "1960-05-03", "")]
    efta = read(rows, library)

    assert efta.members_on("1972-12-31").codes() == ("DNK", "NOR", "SWE")
    assert efta.members_on("1973-01-01").codes() == ("NOR", "SWE")
    assert [str(event) for event in efta.events("DNK")] == ["DNK join 1960-05-03", "DNK end 1973-01-01"]


def test_an_end_may_be_the_last_day_inside() -> None:
    """With last-day the state is out on the day after; the doubt of an imprecise end is as wide."""
    rows = [("DNK", "1960-05-03", "1972-12-31"), ("SWE", "1960", "1972?"), ("NOR", "1960", LAST)]
    efta = read(rows, ends="last-day")

    assert efta.status_on("DNK", "1972-12-31") is Status.MEMBER
    assert efta.status_on("DNK", "1973-01-01") is Status.FORMER
    assert str(efta.events("SWE")[1].effect) == "[1972-01-02..1973-01-01]?"
    assert efta.status_on("NOR", LAST) is Status.MEMBER
    assert str(efta.reading(extrapolate=True).status_on("NOR", "2021-01-01")) == "FORMER"


def test_a_day_before_which_nothing_is_known_stays_open_to_the_left() -> None:
    """``[..1960]`` says that it was a member by the end of 1960, and not since when."""
    efta = read([("DNK", "[..1960]", "1973-01-01")])

    assert [str(spell) for spell in efta.spells("DNK")] == [
        "DNK OUTSIDE or MEMBER (..., 1960-12-31)",
        "DNK MEMBER [[..1960], 1973-01-01)",
        "DNK FORMER [1973-01-01, ...)",
    ]
    assert efta.events("DNK")[0].effect.earliest is None
    assert efta.to_frame("events", backend="polars")["earliest"].to_list() == [None, date(1973, 1, 1)]
    assert "on 31 December 1960 or earlier" in str(efta.explain("DNK", "1970-01-01"))
    assert "1960" in terminal(efta, width=60)


def test_the_caller_must_say_what_an_end_is() -> None:
    """Nobody but the caller knows, so there is no default; her own row explains the choice."""
    with pytest.raises(FrameError) as refused:
        read([("SWE", "1960", None), ("DNK", "1960", "1972-12-31")], ends=None)

    assert str(refused.value) == (
        "ends= does not say what '1972-12-31' is in the row of 'DNK' from '1960'. Write ends='exclusive' if 1972-12-31 "
        "is the first day outside, ends='last-day' if it is the last day inside."
    )


FAULTS = [
    ([(None, "1960", None)], "table:1: no state. Write a code or a name."),
    ([("DNK", None, None)], "table:1: no day in column 'since'. Write the day, or what is known of it, as in "
     "1999-04 or [..1999]."),
    ([("DNK", "1960-02-30", None)], "table:1: since: '1960-02-30' is not in the calendar. Write an existing day as "
     "YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."),
    ([("DNK", "1960", "9999-12-31")], "table:1: till 9999-12-31 is in the last year of the calendar. Leave an end that "
     "is not known empty."),
    ([("DNK", "2021-01-01", None)], "table:1: since 2021-01-01 comes after 2020-12-31, the last day verified. Check "
     "the table up to a later day and raise verified_through, or leave the day out."),
    ([("DNK", "1960", "2021-01-02")], "table:1: till 2021-01-02 comes after 2020-12-31, the last day verified. Check "
     "the table up to a later day and raise verified_through, or leave the day out."),
    ([("DNK", "1973-01-01", "1960-01-01")], "table:1: ends 1960-01-01 and begins 1973-01-01, so that it lasts no day. "
     "Write the earlier day first."),
    ([("DNK", "1973-01-01", "1973-01-01")], "table:1: ends 1973-01-01 and begins 1973-01-01, so that it lasts no day. "
     "With ends='last-day' it would last one day."),
    ([("DNK", "1960-01-01", "1970-01-01"), ("DNK", "1965-01-01", None)], "table:2: DNK (Denmark) begins 1965-01-01 "
     "before its spell of table:1 is over, which ends 1970-01-01. Correct one of them."),
    ([("DNK", "1960-01-01", None), ("DNK", "1965-01-01", None)], "table:2: DNK (Denmark) begins 1965-01-01 before "
     "its spell of table:1 is over, which has no end. Correct one of them."),
    ([("DNK", "1960-01-01", "1970-01-01"), ("DNK", "1970-01-02", None)], "table:2: DNK (Denmark) begins 1970-01-02, "
     "one day after its spell of table:1 is over. If ends are last days inside, write ends='last-day'."),
    ([("DNK", "1960-01-01", None, "membr")], "table:1: no status 'membr'. Did you mean 'MEMBER'? There are OUTSIDE, "
     "OBSERVER, SIGNATORY, MEMBER, FROZEN, SUSPENDED, FORMER, ASSOCIATE."),
    ([("DNK", "1960", None, "FROZEN")], "table:1: DNK (Denmark) cannot become FROZEN at once, and 1960 leaves its days "
     "open. Give the day, or a row with the status before it."),
    ([("KAZ", "1980", None)], "table:1:1: KAZ 'join' of 1980 comes before the state existed, since 1991-12-16. Correct "
     "the one or the other. [CM019]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"), FAULTS, ids=lambda value: value[:45] if isinstance(value, str) else ""
)
def test_a_faulty_row_is_refused_with_its_place(rows: list[tuple[Any, ...]], expected: str) -> None:
    """Each kind of fault has its sentence and its way out."""
    (fault,) = problems(rows)
    assert fault == expected


def test_an_overlap_of_a_day_names_the_other_way_to_read_ends() -> None:
    """Where last days are taken and the next spell begins on such a day, ends were first days outside."""
    rows = [("DNK", "1960-01-01", "1970-01-01", "OBSERVER"), ("DNK", "1970-01-01", None, "MEMBER")]

    assert problems(rows, ends="last-day") == (
        "table:2: DNK (Denmark) begins 1970-01-01 before its spell of table:1 is over, which ends 1970-01-01. If ends "
        "are first days outside, write ends='exclusive'.",
    )
    gap = [("DNK", "1960-01-01", "1970-01-01"), ("DNK", "1970-01-03", None)]
    assert problems(gap, ends="last-day")[0].endswith("is over. Correct one of them.")


def test_all_faults_are_named_at_once() -> None:
    """A table is read to its end."""
    assert [fault[:8] for fault in problems([("Xx", "1960", "y"), ("DNK", "z", None), (None, None, None)])] == [
        "table:1:", "table:1:", "table:2:", "table:3:", "table:3:",
    ]  # fmt: skip


def test_a_state_that_is_unknown_in_many_rows_is_named_once() -> None:
    """A fault of a word is one fault, however often the word stands there."""
    assert problems(
        [("Xx", "1960", None), ("Xx", "1970", None), ("Yy", "1960", None), ("Xx", "1980", None)]
    ) == (
        "table:1: no state 'Xx'. Write a code or a name. (2 more rows.)",
        "table:3: no state 'Yy'. Write a code or a name.",
    )


def test_a_csv_file_is_read_as_text(tmp_path: Path) -> None:
    """Namibia's NA survives, only an empty cell is null, and faults have the file's lines."""
    path = tmp_path / "sadc.csv"
    path.write_text("\ufeffwho;since;till;org\nNA;1990-03-21;;SADC\n\n007;1990;;SADC\n", encoding="utf-8")
    columns: dict[str, Any] = {
        "state": "who",
        "start": "since",
        "end": "till",
        "ends": "exclusive",
        "verified_through": LAST,
    }

    with pytest.raises(DatasetError) as refused:
        from_spells(str(path), **columns)
    assert [fault.partition(" no state")[0] for fault in refused.value.problems] == [f"{path}:4:"]
    path.write_text("who,since,till,org\nNA,1990-03-21,,SADC\n", encoding="utf-8")
    sadc = from_spells(path, **columns)
    assert (sadc.history.id, sadc.members_on("2000-01-01").codes()) == ("sadc", ("NAM",))
    several = from_spells(path, **columns, organization="org")
    assert list(several) == ["SADC"]


def test_a_parquet_file_is_read_with_pyarrow(tmp_path: Path) -> None:
    """A Parquet file has dates of its own."""
    pl = pytest.importorskip("polars")
    path = tmp_path / "efta.parquet"
    pl.DataFrame({"who": [390], "since": [date(1960, 5, 3)], "till": [None]}).write_parquet(path)

    efta = from_spells(
        path, state="who", start="since", end="till", ends="exclusive", verified_through=LAST, codes="cow"
    )
    assert [str(spell) for spell in efta.spells("DNK")][1] == "DNK MEMBER [1960-05-03, ...)"
    assert efta.name_on("1970-01-01") == "efta"
    path.write_bytes(b"no parquet")
    with pytest.raises(FrameError, match="is no Parquet file that can be read"):
        from_spells(path, state="who", start="since", end="till", ends="exclusive", verified_through=LAST)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "{path}: has no header. Begin it with a line of column names."),
        (b"who,since,till\nDNK,1960,,,\n", "{path}:2: has 5 cells, and the header has 3. Put a cell that holds the "
         "delimiter in quotes."),
        (b"who,since,till\n\xff,1960,\n", "{path}: is not in UTF-8. Save it as CSV in UTF-8."),
        (b'who,since,till\n"DNK" x,1960,\n', "{path}:2: cannot be read as CSV (',' expected after '\"'). Write a quote "
         "inside a quoted cell twice."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_csv_is_refused(tmp_path: Path, text: bytes, sentence: str) -> None:
    """The place and the way out are named."""
    path = tmp_path / "x.csv"
    path.write_bytes(text)

    with pytest.raises(FrameError) as refused:
        from_spells(path, state="who", start="since", end="till", ends="exclusive", verified_through=LAST)
    assert str(refused.value) == sentence.format(path=path)


def test_what_is_no_table_is_refused() -> None:
    """Neither a list nor a number is a table."""
    with pytest.raises(FrameError, match="expected a table, got builtins"):
        from_spells([], state="a", start="b", end="c", ends="exclusive", verified_through=LAST)
    assert problems([(["DNK"], "1960", None)], library="pandas") == (
        "table:1: ['DNK'] is no state. Write a code or a name.",
    )


def test_states_that_the_world_does_not_list_are_handed_in() -> None:
    """The European Union joins the Agriculture Organization: its record is the caller's."""
    union = State(iso3="EUE", english="European Union")
    fao = read([("European Union", "1991-11-26", None)], states=[union])

    assert fao.members_on("2000-01-01").codes() == ("EUE",)


def test_states_that_iso_never_had_are_written_and_read() -> None:
    """A table may hold states of which the world's list has a key of its own; its facts file reads back."""
    rows = [("West Germany", "1955-05-06", "1990-10-03"), ("Hanover", "1838", "1867"), ("ZAR", "1970", None)]
    club = read(rows)

    assert [state.iso3 for state in club.states] == ["COD", "DEU-WEST", "HANOVER"]
    assert build(facts(club.to_yaml().encode(), "club.yaml")) == club


def test_one_source_stands_for_the_whole_table() -> None:
    """A source is a record, a title, or what the table is called."""
    source = Source(
        id="x", title="Members", publisher="NATO", kind=SourceKind.OFFICIAL, address="https://nato.int"
    )
    rows = [("DNK", "1949", None)]

    assert [str(one) for one in read(rows, source=source).sources()] == ["Members, NATO, https://nato.int"]
    assert read(rows, source="A list").sources()[0].title == "A list"
    assert read(rows).sources()[0].title == "A table of the caller's"


def test_acts_between_statuses_are_the_fewest() -> None:
    """A table names statuses, and the acts follow from them."""
    days = ["2000-01-01", "2001-01-01", "2002-01-01", "2003-01-01", "2004-01-01", "2005-01-01"]
    statuses = ["FROZEN", "SUSPENDED", "MEMBER", "ASSOCIATE", "SIGNATORY", "OBSERVER"]
    rows = [
        ("DNK", day, after, status)
        for day, after, status in zip(days, [*days[1:], None], statuses, strict=True)
    ]
    rows.append(("DNK", "1990-01-01", "1991-01-01", "outside"))

    assert [(event.act, str(event.effect)[:4]) for event in read(rows).events("DNK")] == [
        (Act.JOIN, "2000"), (Act.FREEZE, "2000"), (Act.SUSPEND, "2001"), (Act.RESUME, "2002"), (Act.ASSOCIATE, "2003"),
        (Act.END, "2004"), (Act.SIGN, "2004"), (Act.OBSERVE, "2005"),
    ]  # fmt: skip


def test_a_spell_may_end_and_begin_in_one_year() -> None:
    """Of two memberships that meet in a year of which no day is known, each keeps its doubt."""
    efta = read([("DNK", "1960", "1965"), ("DNK", "1965", None)])

    assert [str(event) for event in efta.events("DNK")] == ["DNK join 1960", "DNK end 1965", "DNK join 1965"]


def test_a_row_without_an_organization_is_refused() -> None:
    """Where a column names organizations, each row has one."""
    assert problems([("DNK", "1960", None, None)], status=None, organization="as") == (
        "table:1: no organization in column 'as'. Name it.",
    )


def test_the_csto_comes_back_from_its_own_spells() -> None:
    """Spells out, spells in: the same on every day."""
    rows = [
        (spell.state.iso3, spell.start, spell.end, str(spell.status))
        for state in csto.states
        for spell in csto.spells(state)
        if spell.start is not None
    ]
    again = read(rows, verified_through=str(csto.horizon))

    for state in csto.states:
        assert [str(spell) for spell in again.spells(state)] == [str(spell) for spell in csto.spells(state)]
    assert str(again.was_member("UZB", "2003-06-30")) == "no"
    assert "UZB" in terminal(again, width=80)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, date, date | None, str]]:
    """Spells of two states, in order, with gaps of two days or more, or none."""
    rows: list[tuple[str, date, date | None, str]] = []
    for code in ("DNK", "SWE"):
        day = date(2000, 1, 1)
        for _ in range(draw(st.integers(0, 4))):
            start = day + timedelta(days=draw(st.sampled_from([0, 2, 3, 40])))
            day = start + timedelta(days=draw(st.integers(1, 40)))
            rows.append((code, start, day, draw(st.sampled_from(STATUSES))))
        if rows and rows[-1][0] == code and draw(st.booleans()):
            rows[-1] = (*rows[-1][:2], None, rows[-1][3])
    return rows


@given(lives(), st.randoms(), st.sampled_from(["exclusive", "last-day"]))
def test_spells_round_trip(rows: list[tuple[str, date, date | None, str]], random: Any, ends: str) -> None:
    """The rows, merged where neighbours have one status, come back from to_frame, in whatever order they stood."""
    expected: list[tuple[str, date, date | None, str]] = []
    for row in rows:
        if expected and expected[-1][0] == row[0] and expected[-1][2] == row[1] and expected[-1][3] == row[3]:
            expected[-1] = (*expected[-1][:2], row[2], row[3])
        else:
            expected.append(row)
    given_rows = [
        (code, start, end - timedelta(days=1) if end and ends == "last-day" else end, status)
        for code, start, end, status in rows
    ]
    random.shuffle(given_rows)
    if not rows:
        return
    organization = read(given_rows, ends=ends, library="pyarrow", status="as")
    spells = organization.to_frame("spells", backend="polars")

    found = [
        (one["state"], one["start"], one["end"], one["status"])
        for one in spells.to_dicts()
        if one["status"] not in ("OUTSIDE", "FORMER")
    ]
    assert found == expected


def test_a_word_that_two_schemes_share_is_ambiguous_in_a_column() -> None:
    """AUS is Australia to ISO and Austria to the Correlates of War: a column says which by codes=."""
    rows = [("AUS", "1960", None)]

    assert problems(rows) == (
        "table:1: 'AUS' is ambiguous: iso3 AUS (Australia) or cow_abbrev AUT (Austria). Name its scheme with codes=.",
    )
    assert read(rows, codes="iso3").members_on("2000-01-01").codes() == ("AUS",)


def test_a_cell_that_has_no_hash_is_no_day() -> None:
    """A list in a column of days is refused as any other word."""
    (fault,) = problems([("DNK", ["1960"], None)], library="pandas")
    assert fault.startswith("table:1: since: expected a day or a period, got ['1960'].")


def test_a_parquet_file_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet needs PyArrow."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtraError, match="a Parquet file needs pyarrow, which is not installed"):
        from_spells("x.parquet", state="a", start="b", end="c", ends="exclusive", verified_through=LAST)
