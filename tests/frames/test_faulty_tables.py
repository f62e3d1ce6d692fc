"""Faulty tables, files and calls, one for each kind of fault, each with all that is said about it.

Those of rows that contradict one another stand in ``test_spells_table`` and ``test_state_years``, those of facts files
in ``tests/reader``.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    ColumnError,
    DatasetError,
    DayError,
    FrameError,
    MembershipError,
    ReadingError,
    StateError,
    from_spells,
    from_state_years,
)
from tests.frames.tables import frame_of

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")
pytest.importorskip("pandas", reason="pandas is not installed")

if TYPE_CHECKING:
    from pathlib import Path

SPELLS: dict[str, Any] = {
    "state": "who",
    "start": "since",
    "end": "till",
    "ends": "exclusive",
    "verified_through": "2020-12-31",
    "name": "ORG",
}
YEARS: dict[str, Any] = {"state": "who", "year": "year", "value": "code", "rule": "any", "name": "ORG"}
WRITE_A_DATE = (
    "Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, or some day of a range as "
    "[YYYY-MM-DD..YYYY-MM-DD]."
)
HAND_IN = (
    "Pass a date, text such as '1999-04-20', '1999-04' or '1999', or a pair of days (first, first day after)."
)
LIBRARIES = "Supported are pandas, Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark."


def spell(*row: Any) -> Any:  # a frame of pandas
    """A table of one spell: its state, first day and end."""
    return frame_of("pandas", dict(zip(("who", "since", "till"), ([cell] for cell in row), strict=True)))


def year(*row: Any) -> Any:  # likewise
    """A table of one state-year: its state, year and code."""
    return frame_of("pandas", dict(zip(("who", "year", "code"), ([cell] for cell in row), strict=True)))


SOUND = spell("DNK", "1960", None)
CODED = year("DNK", 2000, 0)

ROWS: list[tuple[Any, str]] = [
    (spell("Atlantis", "1960", None), "no state 'Atlantis'. Write a code or a name."),
    (spell("Denmrk", "1960", None), "no state 'Denmrk'. Did you mean DNK (Denmark)?"),
    (
        spell("Korea", "1960", None),
        "'Korea' is ambiguous: name KOR (South Korea) or name PRK (North Korea). Write the code of the one you mean.",
    ),
    (
        spell(100, "1960", None),
        "100 is ambiguous: iso_numeric BGR (Bulgaria) or cow COL (Colombia). Name its scheme with codes=.",
    ),
    (spell("DNK", "1960", "later"), f"till: 'later' is not a date. {WRITE_A_DATE}"),
    (spell("DNK", "03/05/1960", None), f"since: '03/05/1960' is not a date. {WRITE_A_DATE}"),
    (
        spell("DNK", "1960-13", None),
        "since: '1960-13' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as "
        "YYYY.",
    ),
    (
        spell("DNK", "[1960..1950]", None),
        "since: '[1960..1950]' ends before it begins. Write the earlier date first.",
    ),
    (
        spell("DNK", datetime(1960, 1, 1, tzinfo=UTC), None),
        "since: expected a day, got the moment 1960-01-01T00:00:00+00:00. Membership is kept by day: pass value.date() "
        "in the zone you mean.",
    ),
    (spell("DNK", *[True], None), f"since: expected a day or a period, got True. {HAND_IN}"),
    (spell("DNK", 1960.5, None), f"since: expected a day or a period, got 1960.5. {HAND_IN}"),
    (year("DNK", "MMXX", 0), "'MMXX' is not a year. Write a whole number from 2 to 9998."),
    (year("DNK", None, 0), "None is not a year. Write a whole number from 2 to 9998."),
    (year("DNK", 20000101, 0), "20000101 is not a year. Write a whole number from 2 to 9998."),
    (
        year("DNK", date(2000, 1, 1), 0),
        "datetime.date(2000, 1, 1) is not a year. Write a whole number from 2 to 9998.",
    ),
    (year("DNK", 2000, math.inf), "code inf is no code. Write one of 0, 1, 2, 3, -9, -1."),
    (year("DNK", 2000, "member"), "code 'member' is no code. Write one of 0, 1, 2, 3, -9, -1."),
]


@pytest.mark.parametrize(("table", "sentence"), ROWS, ids=lambda value: str(value)[:30].replace("\n", " "))
def test_a_faulty_cell_is_one_fault_of_its_row(table: Any, sentence: str) -> None:
    """The row, what is wrong with the cell, and what to write."""
    with pytest.raises(DatasetError) as refused:
        from_spells(table, **SPELLS) if "since" in table else from_state_years(table, **YEARS)
    assert refused.value.problems == (f"table:1: {sentence}",)


CALLS: list[tuple[Any, dict[str, Any], type[MembershipError], str]] = [
    (SOUND, {"state": "country"}, ColumnError, "no column 'country'. The columns are who, since, till."),
    (SOUND, {"status": "role"}, ColumnError, "no column 'role'. The columns are who, since, till."),
    (
        SOUND,
        {"ends": "last"},
        FrameError,
        "ends='last' is not an option. Did you mean 'last-day'? Use 'exclusive' or 'last-day'.",
    ),
    (
        SOUND,
        {"verified_through": "2020"},
        DayError,
        "expected one day, got '2020'. Write the day as YYYY-MM-DD.",
    ),
    (
        SOUND,
        {"verified_through": "2020-13-01"},
        DayError,
        "'2020-13-01' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as "
        "YYYY.",
    ),
    (
        SOUND,
        {"codes": "cov"},
        StateError,
        "no code scheme 'cov'. Did you mean 'cow'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
        "wikidata, name.",
    ),
    (
        SOUND,
        {"codes": "cow"},
        DatasetError,
        "table:1: no state 'DNK' by cow. In another scheme it is DNK (Denmark): leave codes out, or name that one.",
    ),
    (SOUND, {"source": 5}, FrameError, "source=5 is no source. Give a title as text, or a Source."),
    (
        SOUND,
        {"states": ["EU"]},
        FrameError,
        "states= holds 'EU', which is no record of a state. Hand in State(iso3='XEU', english='European Union') and "
        "the like.",
    ),
    (None, {}, FrameError, f"expected a table, got builtins.NoneType. {LIBRARIES}"),
    ({"who": ["DNK"]}, {}, FrameError, f"expected a table, got builtins.dict. {LIBRARIES}"),
    (CODED, {"rule": "some"}, ReadingError, "no rule 'some'. There are any, all, start, end, midyear."),
    (CODED, {"absent": "no"}, FrameError, "absent='no' is not an option. Use 'outside' or 'missing'."),
    (CODED, {"before": "no"}, FrameError, "before='no' is not an option. Use 'outside' or 'open'."),
    (CODED, {"value": "igo"}, ColumnError, "no column 'igo'. The columns are who, year, code."),
    (
        CODED.head(0),
        {},
        FrameError,
        "table: has no rows, so that no year is the last one known. Hand in at least one.",
    ),
]


@pytest.mark.parametrize(
    ("table", "said", "error", "sentence"), CALLS, ids=lambda value: str(value)[:30].replace("\n", " ")
)
def test_a_wrong_call_gets_its_sentence(
    table: Any, said: dict[str, Any], error: type[MembershipError], sentence: str
) -> None:
    """What is wrong with the call, and what to say instead."""
    is_coded = hasattr(table, "columns") and "year" in table.columns
    with pytest.raises(error) as refused:
        from_state_years(table, **{**YEARS, **said}) if is_coded else from_spells(table, **{**SPELLS, **said})
    assert str(refused.value) == sentence


FILES = [
    (b"", FrameError, "{path}: has no header. Begin it with a line of column names."),
    (b"who,since,since,till\n", ColumnError, "there are 2 columns 'since'. Rename all but one."),
    ("who,since,till\n".encode("utf-16"), FrameError, "{path}: is not in UTF-8. Save it as CSV in UTF-8."),
    (b"PK\x03\x04\xff\xfe", FrameError, "{path}: is not in UTF-8. Save it as CSV in UTF-8."),
    (
        b"verified_through: 2020-01-01\n",
        ColumnError,
        "no column 'who'. The columns are verified_through: 2020-01-01.",
    ),
    (
        b'who,since,till\n"DNK,1960,\n',
        FrameError,
        "{path}:2: cannot be read as CSV (unexpected end of data). Write a quote inside a quoted cell twice.",
    ),
]


@pytest.mark.parametrize(("content", "error", "sentence"), FILES)
def test_a_file_that_is_no_such_table_gets_its_sentence(
    content: bytes, error: type[MembershipError], sentence: str, tmp_path: Path
) -> None:
    """Workbooks, facts files and broken text are told apart from tables."""
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    with pytest.raises(error) as refused:
        from_spells(path, **SPELLS)
    assert str(refused.value) == sentence.format(path=path)
