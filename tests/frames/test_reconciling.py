"""Somebody's coding beside ours, and the codes of the Correlates of War."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from decimal import Decimal
from typing import Any

import pytest

from csto_membership import (
    Answer,
    ColumnError,
    FrameError,
    ReadingError,
    StateError,
    Status,
    csto,
)
from tests.frames.backends import module
from tests.frames.oracles import by_rule, on_every_day_of
from tests.frames.tables import coding, columns_of, rows_of

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")


def test_a_coding_that_ignores_the_end_is_found_out(backend: Any) -> None:
    """Uzbekistan coded as a member in 2002 to 2005: no reading of the acts makes it one."""
    cells = [("UZB", year, 1) for year in range(1998, 2008)]

    found = csto.reconcile(coding(backend, cells), year="year")

    assert str(found) == "10 cells: 4 agree, 0 ours only, 6 theirs only, 0 undecided"
    report = columns_of(found.cells)
    assert report["state"] == ["UZB"] * 10
    assert report["time"] == list(range(1998, 2008))
    assert report["verdict"] == ["agree"] * 2 + ["theirs only"] * 6 + ["agree"] * 2
    assert report["readings"] == [None] * 2 + ["none"] * 6 + [None] * 2
    assert report["why"] == [None] * 10
    assert rows_of(found.by_state) == [("UZB", 4, 0, 6, 0)]
    assert rows_of(found.by_year)[2] == (2000, 0, 0, 1, 0)


def test_readings_that_explain_a_coding_are_named() -> None:
    """A coding that counts the suspended agrees under the nominal basis; changes may have to come together."""
    found = csto.reconcile(
        coding("polars", [("UZB", 2014, 1), ("ARM", 2025, 0), ("GEO", 1999, 0), ("ARM", 2024, 0)]),
        year="year",
    )

    report = columns_of(found.cells)
    assert report["verdict"] == ["theirs only", "ours only", "ours only", "ours only"]
    assert report["readings"] == [
        "basis=nominal",
        "basis=active",
        "era=CSTO; rule=all; rule=end; rule=midyear",
        "basis=active, rule=all; basis=active, rule=end; basis=active, rule=midyear",
    ]


def test_the_readings_named_are_those_with_the_fewest_changes() -> None:
    """Against every basis, dating, era and rule, each day of the year asked one by one."""
    cells = [("UZB", 2006, 0), ("UZB", 2012, 0), ("BLR", 1993, 1), ("ARM", 2024, 0), ("UZB", 2003, 1)]
    datings = ["effect", *sorted({str(step.name) for event in csto.events() for step in event.steps})]
    axes: dict[str, list[Any]] = {
        "basis": ["legal", "active", "nominal", "signed"],
        "dating": datings,
        "era": [None, "CSTO"],
        "rule": ["any", "all", "start", "end", "midyear"],
    }
    agreeing: dict[Any, dict[int, set[str]]] = {cell: {} for cell in cells}
    for basis, dating, era in itertools.product(axes["basis"], axes["dating"], axes["era"]):
        reading = csto.reading(basis=basis, dating=dating, era=era)
        for state, year, coded in cells:
            days = on_every_day_of(reading, state, year)
            for rule in axes["rule"]:
                choice = dict(zip(axes, (basis, dating, era, rule), strict=True))
                told = [f"{axis}={to}" for axis, to in choice.items() if to != axes[axis][0]]
                if by_rule(days, rule, year) is bool(coded):
                    agreeing[state, year, coded].setdefault(len(told), set()).add(", ".join(told))

    found = columns_of(csto.reconcile(coding("polars", cells), year="year").cells)

    for cell, verdict, readings in zip(cells, found["verdict"], found["readings"], strict=True):
        ways = agreeing[cell]
        assert (verdict == "agree") is (0 in ways)
        if verdict != "agree":
            assert set(readings.split("; ")) == (ways[min(ways)] if ways else {"none"})
    assert "none" in found["readings"]
    assert any(readings and ", " in readings for readings in found["readings"])


def test_missing_and_unknown_cells_are_undecided(backend: Any) -> None:
    """What either side leaves open is no disagreement, and the report says which side does, and why."""
    cells: list[tuple[str | None, int, Any]] = [
        ("ARM", 2003, -9),
        ("XXX", 2003, 1),
        ("UZB", 2003, -1),
        ("RUS", 2040, 0),
        (None, 2003, 0),
        ("RUS", -9, 1),
        ("RUS", 2**62, 1),
    ]

    found = csto.reconcile(coding(backend, cells), year="year")

    assert found.counts == {"agree": 0, "ours only": 0, "theirs only": 0, "undecided": 7}
    report = columns_of(found.cells)
    assert report["state"] == ["ARM", "XXX", "UZB", "RUS", None, "RUS", "RUS"]
    assert report["why"] == [
        "no coding",
        "unknown state",
        "no coding",
        "past the horizon",
        "no state",
        "unreadable date",
        "unreadable date",
    ]
    assert [row[0] for row in rows_of(found.by_state)] == ["ARM", "RUS", "UZB", "XXX", None]
    assert [row[0] for row in rows_of(found.by_year)] == [2003, 2040, None]
    with pytest.raises(StateError, match="column 'iso3' holds 1 value that is no state: 'XXX'"):
        csto.reconcile(coding(backend, cells), year="year", unknown="raise")


def test_a_member_that_is_none_of_ours_is_disputed() -> None:
    """A state of the world without any act is no member, whatever another coding says, under every reading."""
    found = csto.reconcile(coding("pandas", [("USA", 2003, 1)]), year="year")

    assert found.counts["theirs only"] == 1
    assert columns_of(found.cells)["readings"] == ["none"]
    assert (
        csto.reconcile(coding("pandas", [("USA", 2003, 1)]), year="year", others="null").counts["undecided"]
        == 1
    )


def test_a_month_as_text_reconciles() -> None:
    """A coding of months is compared with all days of each, under other readings as well."""
    table = module("pandas").DataFrame({"iso3": ["ARM"], "month": ["2025-03"], "member": [0]})

    found = csto.reconcile(table, on="month")

    assert found.counts["ours only"] == 1
    assert "basis=active" in columns_of(found.cells)["readings"][0]
    assert [row[0] for row in rows_of(found.by_year)] == [2025]


def test_days_and_booleans_reconcile() -> None:
    """With on= the table is one of days."""
    pl = module("polars")
    days = [dt.date(1999, 4, 20), dt.date(1999, 4, 21), None]
    frame = pl.DataFrame({"iso3": ["AZE"] * 3, "day": days, "member": [True, True, True]}).lazy()

    found = csto.reconcile(frame, on="day")

    report = columns_of(found.cells)
    assert report["time"] == days
    assert report["verdict"] == ["agree", "theirs only", "undecided"]
    assert report["readings"] == [
        None,
        "era=CST; dating=announcement" if False else report["readings"][1],
        None,
    ]
    assert rows_of(found.by_year) == [(1999, 1, 0, 1, 0), (None, 0, 0, 0, 1)]


def test_a_report_can_be_joined_with_what_it_reports_on() -> None:
    """Keys keep their types and their index, and the report says what it compares with."""
    pd = module("pandas")
    theirs = pd.DataFrame(
        {"ccode": [704, 704], "year": [2003.0, float("nan")], "member": [1, 1]}, index=[7, 7]
    )

    found = csto.reconcile(theirs, state="ccode", year="year", codes="cow")

    assert found.cells.index.tolist() == [7, 7]
    assert found.cells["state"].dtype == theirs["ccode"].dtype
    joined = theirs.merge(found.cells, left_on=["ccode", "year"], right_on=["state", "time"])
    assert joined["verdict"].tolist() == ["theirs only", "undecided"]
    assert found.about == {
        "organization": "CSTO",
        "rule": "any of the year",
        "reading": "basis legal, dating effect",
        "verified_through": str(csto.horizon),
    }
    assert found.cells.attrs == found.about
    arrow = csto.reconcile(coding("pyarrow", [("UZB", 2003, 1)]), year="year")
    assert arrow.cells.schema.metadata[b"rule"] == b"any of the year"


def test_reconcile_refuses_what_it_cannot_read() -> None:
    """Neither or both kinds of time, and values that are no coding."""
    frame = coding("polars", [("UZB", 2003, 7)])

    both: dict[str, Any] = {"year": "year", "on": "year"}
    for times in ({}, both):
        with pytest.raises(
            FrameError, match=r"reconcile needs one column of time\. Use year= for years or on= for days\."
        ):
            csto.reconcile(frame, **times)
    with pytest.raises(FrameError, match=r"column 'member' holds 7\. Write membership as true and false"):
        csto.reconcile(frame, year="year")
    with pytest.raises(FrameError, match=r"column 'member' holds \[1\]\. Write membership as true and false"):
        csto.reconcile(
            module("pandas").DataFrame({"iso3": ["UZB"], "year": [2003], "member": [[1]]}), year="year"
        )
    far = module("polars").DataFrame({"iso3": ["UZB"], "day": [4_000_000], "member": [1]})
    far = far.with_columns(day=module("polars").col("day").cast(module("polars").Date))
    with pytest.raises(FrameError, match="column 'day' holds a day outside the years 1 to 9999"):
        csto.reconcile(far, on="day")
    with pytest.raises(ReadingError, match="no rule 'most'"):
        csto.reconcile(frame, on="year", rule="most")  # type: ignore[arg-type] # refused


def test_cow_codes_round_trip() -> None:
    """All six codes come back; certain statuses come back as their code means them."""
    from csto_membership.frames import from_cow, to_cow

    for code in (0, 1, 2, 3, -9, -1):
        assert to_cow(from_cow(code)) == code
    for status in (Status.OUTSIDE, Status.OBSERVER, Status.ASSOCIATE, Status.MEMBER):
        assert from_cow(to_cow(status)) is status
    assert [to_cow(status) for status in Status] == [0, 3, 2, 1, 1, 0, 0, 2]
    assert to_cow(Status.SUSPENDED, basis="nominal") == 1
    assert to_cow(Status.MEMBER | Status.FORMER) == -9
    with pytest.raises(FrameError, match="no code 4 in the Correlates of War"):
        from_cow(4)
    with pytest.raises(FrameError, match="no basis 'legl'"):
        to_cow(Status.MEMBER, basis="legl")


def test_cow_code_1_is_a_member() -> None:
    """On every edge day a status has code 1 exactly where it counts as a member."""
    from csto_membership.frames import to_cow

    for state in csto.states:
        for spell in csto.spells(state):
            day = spell.start or dt.date(1900, 1, 1)
            assert (to_cow(spell.status) == 1) == (csto.was_member(state, day) is Answer.YES)


def test_associates_and_observers_are_no_members() -> None:
    """Codes 2 and 3 agree where we have no member, and differ where we have one."""
    cells = [(state, 2003, code) for state in ("UZB", "ARM") for code in (2, 3)]

    found = csto.reconcile(coding("polars", cells), year="year")

    assert [row[4] for row in rows_of(found.cells)] == ["agree", "agree", "ours only", "ours only"]


def test_a_dating_that_explains_a_coding_is_named() -> None:
    """A coding that counts from the accession agrees under that dating."""
    found = csto.reconcile(coding("polars", [("UZB", 2007, 0), ("KAZ", 1992, 1)]), year="year")

    assert columns_of(found.cells)["readings"] == ["dating=accession", "basis=signed; dating=ratification"]


@pytest.mark.parametrize("kind", ["text", "moments", "dates"])
def test_times_of_reconciled_days(kind: str) -> None:
    """However days are written, cells hold what stands there, and counts are of years."""
    pl = module("polars")
    days = [dt.date(1999, 4, 20), dt.date(2003, 6, 30)]
    columns: dict[str, list[Any]] = {
        "text": [day.isoformat() for day in days],
        "moments": [dt.datetime.combine(day, dt.time(12, 30)) for day in days],
        "dates": days,
    }
    frame = pl.DataFrame({"iso3": ["AZE"] * 2, "day": columns[kind], "member": [True, False]})

    found = csto.reconcile(frame, on="day")

    assert found.cells["time"].to_list() == columns[kind]
    assert rows_of(found.by_year) == [(1999, 1, 0, 0, 0), (2003, 1, 0, 0, 0)]


def test_states_with_most_disputes_come_first() -> None:
    """Disputes count whichever side they are on."""
    cells = [("ARM", 2003, 1), ("KAZ", 2003, 0), *(("UZB", year, 1) for year in (2003, 2004))]

    found = csto.reconcile(coding("polars", cells), year="year")

    assert [row[0] for row in rows_of(found.by_state)] == ["UZB", "KAZ", "ARM"]


def test_reconcile_names_a_column_of_values_that_is_not_there() -> None:
    """The column of somebody's values is looked for like the others."""
    with pytest.raises(ColumnError, match=r"no column 'members'\. Did you mean 'member'\?"):
        csto.reconcile(coding("polars", [("UZB", 2003, 0)]), year="year", value="members")


def test_the_ends_of_the_calendar_have_a_year() -> None:
    """A report counts the calendar's last day in its year, and the day before its first in none."""
    pd, np = module("pandas"), module("numpy")
    days = pd.Series([dt.date(9999, 12, 31), np.datetime64("0000-12-31")], dtype=object)
    frame = pd.DataFrame({"iso3": ["UZB"] * 2, "date": days, "member": [0, 0]})

    years = [None if row[0] is pd.NA else row[0] for row in rows_of(csto.reconcile(frame, on="date").by_year)]
    assert years == [9999, None]


def test_a_report_counts_what_leaves_cells_undecided() -> None:
    """Codes that mean nothing here stand out, the most frequent reason first."""
    pd = module("pandas")
    frame = pd.DataFrame(
        {"iso3": ["ARM", "XXX", "YYY", "UZB"], "year": [2030, 2003, 2003, 2003], "member": [1, 0, 1, 0]}
    )
    found = csto.reconcile(frame, state="iso3", year="year", value="member")

    assert found.undecided == {"unknown state": 2, "past the horizon": 1}
    assert str(found) == (
        "4 cells: 1 agree, 0 ours only, 0 theirs only, 3 undecided (2 unknown state, 1 past the horizon)"
    )


def test_a_comparison_goes_out_as_plain_values(backend: Any) -> None:
    """Cells and counts are lists of rows, whatever library holds them; what is null there is null in JSON."""
    found = csto.reconcile(
        coding(backend, [("UZB", 2014, 1), ("ARM", 2025, 1), ("GEO", 1999, None)]), year="year"
    )
    told = found.to_dict()

    assert json.loads(json.dumps(told)) == told
    orjson = pytest.importorskip("orjson", reason="orjson is not installed")
    assert orjson.loads(orjson.dumps(told)) == told
    assert told["cells"][0] == {
        "state": "UZB",
        "time": 2014,
        "theirs": True,
        "ours": False,
        "verdict": "theirs only",
        "why": None,
        "readings": "basis=nominal",
    }
    assert told["cells"][2]["theirs"] is None
    assert told["by_year"][0] == {"year": 1999, "agree": 0, "ours only": 0, "theirs only": 0, "undecided": 1}
    assert (told["counts"], told["undecided"], told["about"]) == (found.counts, found.undecided, found.about)


def test_days_of_a_comparison_go_out_as_text() -> None:
    """A day is written as YYYY-MM-DD or as the moment that it was, and what is no value of JSON as text."""
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    frame = polars.DataFrame({"iso3": ["UZB"], "day": [dt.date(2014, 1, 1)], "member": [True]})

    assert (
        csto.reconcile(frame, on="day", state="iso3", value="member").to_dict()["cells"][0]["time"]
        == "2014-01-01"
    )


def test_a_cell_that_json_does_not_have_goes_out_as_text() -> None:
    """Scalars of NumPy are numbers, NaN is null, and what is neither text, a number nor a day is written out."""
    from csto_membership.frames import _reconciling

    numpy = pytest.importorskip("numpy", reason="NumPy is not installed")
    cells = [numpy.int64(3), numpy.nan, float("nan"), Decimal("1.5"), dt.datetime(2014, 1, 1, tzinfo=dt.UTC)]

    assert [_reconciling._plain(cell) for cell in cells] == [
        3,
        None,
        None,
        "1.5",
        "2014-01-01T00:00:00+00:00",
    ]


def test_an_application_serves_a_comparison() -> None:
    """FastAPI answers with it without an encoder of its own."""
    fastapi = pytest.importorskip("fastapi", reason="FastAPI is not installed")
    testclient = pytest.importorskip("fastapi.testclient", reason="httpx is not installed")
    found = csto.reconcile(coding("polars", [("UZB", 2014, 1)]), year="year")
    application = fastapi.FastAPI()
    application.get("/")(found.to_dict)

    assert testclient.TestClient(application).get("/").json() == found.to_dict()
