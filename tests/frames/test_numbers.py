"""A number that states have had one after the other means the one that had it on the row's day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from csto_membership import from_spells
from csto_membership._facts.territories import holders
from tests.frames.tables import frame_of

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")
nw = pytest.importorskip("narwhals.stable.v2", reason="tables need narwhals, which is not installed")
pl = pytest.importorskip("polars", reason="Polars is not installed")

ROWS = [
    ("YUG", "1945-10-24", "1992-05-01"),
    ("YUG", "2000-11-01", "2003-02-04"),
    ("SCG", "2003-02-04", "2006-06-05"),
    ("SRB", "2006-07-01", None),
    ("HUN", "1955-12-14", None),
]


def union(*left_out: str, closed: bool = True) -> Any:  # an organization
    """A union of some of the states above."""
    rows = [row for row in ROWS if row[0] not in left_out]
    table = pl.DataFrame(rows, schema=["state", "start", "end"], orient="row")
    said: dict[str, Any] = {
        "ends": "exclusive",
        "verified_through": "2020-12-31",
        "name": "Union",
        "codes": "iso3",
    }
    return from_spells(table, state="state", start="start", end="end", closed=closed, **said)


def holder(day: date) -> str:
    """The state that had 345 on a day."""
    return [key for number, key, start in holders() if number == 345 and start <= day.toordinal()][-1]


EDGES = sorted(
    {
        date.fromisoformat(day) + timedelta(days=shift)
        for day in (*(day for row in ROWS for day in row[1:] if day), "1918-12-01", "2010-01-01")
        for shift in (-1, 0, 1)
    }
)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "duckdb", "polars lazy"])
def test_a_row_is_that_of_the_state_that_had_the_number(library: str, *, closed: bool) -> None:
    """Yugoslavia's days are those of Yugoslavia, in every library; what 345 led to had none of them."""
    one = union(closed=closed)
    rows = [day for day in EDGES if holder(day) in {"YUG", "SCG", "SRB"}]
    table = frame_of(library, {"who": [345] * len(rows), "day": rows})
    found = one.annotate(table, state="who", on="day", codes="cow", status="as")
    asked = [str(one.was_member(holder(day), day)) for day in rows]

    said = nw.from_native(found).lazy().collect("pyarrow").to_native()["member"].to_pylist()
    assert ["yes" if cell is True else "no" if cell is False else "unknown" for cell in said] == asked
    assert {"yes", "no"} <= set(asked)


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_years_are_those_of_the_state_that_had_the_number(rule: Any) -> None:
    """A year counts as its days do, whoever had the number on them."""
    years = list(range(1940, 2015))
    one = union()
    found = one.annotate(
        pl.DataFrame({"who": [345] * len(years), "year": years}),
        state="who",
        on="year",
        codes="cow",
        rule=rule,
    )
    for year, cell in zip(years, found["member"].to_list(), strict=True):
        days = [date(year, 1, 1) + timedelta(days=step) for step in range(366)]
        held = [str(one.was_member(holder(day), day)) == "yes" for day in days if day.year == year]
        picked = {
            "start": held[:1],
            "end": held[-1:],
            "midyear": [held[date(year, 7, 1).timetuple().tm_yday - 1]],
        }
        decided = any(held) if rule == "any" else all(picked.get(rule, held))
        assert cell is decided, year


def test_alone_a_state_has_all_days_of_its_number() -> None:
    """A coding by numbers has one state for 345, and its rows find it."""
    one = union("YUG", "SCG")
    table = pl.DataFrame({"who": [345, 310], "day": ["2010-01-01", "1960-01-01"]})

    assert one.annotate(table, state="who", on="day", codes="cow")["member"].to_list() == [True, True]


def test_the_other_list_of_states_has_a_number_of_its_own_for_serbia() -> None:
    """To Gleditsch and Ward 345 is Yugoslavia, then Serbia and Montenegro, and Serbia is 340."""
    table = pl.DataFrame(
        {"who": [345, 345, 340, 340], "day": ["1980-01-01", "2005-01-01", "2005-01-01", "2010-01-01"]}
    )

    assert union().annotate(table, state="who", on="day", codes="gw")["member"].to_list() == [
        True,
        True,
        False,
        True,
    ]
    assert union("SRB").annotate(table.head(2), state="who", on="day", codes="cow")["member"].to_list() == [
        True,
        True,
    ]
