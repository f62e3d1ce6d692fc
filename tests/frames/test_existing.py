"""Panels of the states that were in the system of states."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csto_membership import FrameError, csto, from_spells
from csto_membership._facts.territories import spells

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")
pl = pytest.importorskip("polars", reason="Polars is not installed")

from csto_membership.frames import panels  # noqa: E402 (it needs NumPy)

ROWS = [
    ("YUG", "1919", "1993"),
    ("SRB", "2007", None),
    ("HUN", "1920", None),
    ("DDR", "1970", "1990-10-03"),
    ("PSE", "1999", None),
    ("BLR", "1995-10-24", None),
]


def club(*states: str) -> Any:  # an organization
    """A club of some of the states above."""
    table = pl.DataFrame(
        [row for row in ROWS if row[0] in states], schema=["state", "start", "end"], orient="row"
    )
    said: dict[str, Any] = {
        "ends": "exclusive",
        "verified_through": "2020-12-31",
        "name": "Club",
        "codes": "iso3",
    }
    return from_spells(table, state="state", start="start", end="end", **said)


def stood(scheme: str, number: int, year: int) -> bool:
    """Whether a number stood in a list of states on some day of a year."""
    return any(
        spell.number == number
        and spell.start.year <= year
        and (spell.end is None or spell.end > date(year, 1, 1))
        for spell in spells(scheme)
    )


@pytest.mark.parametrize("system", ["cow", "gw"])
@pytest.mark.parametrize("rule", ["any", "end", "fraction"])
def test_rows_of_states_that_existed_are_those_of_the_whole_panel(system: Any, rule: Any) -> None:
    """The rows are the whole panel's, in its order, of the years in which the list of states has the state."""
    one = club("HUN", "DDR", "PSE", "BLR", "YUG")
    numbers = {"cow": {"HUN": 310, "DDR": 265, "BLR": 370, "YUG": 345}}
    numbers["gw"] = numbers["cow"]
    whole = one.panel(1900, 2021, rule=rule, backend="polars")
    found = one.panel(1900, 2021, rule=rule, rows="existing", system=system, backend="polars")
    kept = [
        row
        for row in whole.rows()
        if row[0] in numbers[system] and stood(system, numbers[system][row[0]], row[1])
    ]

    assert found.columns == whole.columns
    assert found.rows() == kept
    assert 200 < len(kept) < len(whole)


def test_states_that_share_a_number_have_it_one_after_the_other() -> None:
    """In a panel by numbers 345 is Yugoslavia and then Serbia, once in each year but that of the change."""
    found = club("YUG", "SRB").panel(1999, 2010, rows="existing", codes="cow", backend="polars")
    named = club("YUG", "SRB").panel(1999, 2010, rows="existing", backend="polars")

    assert sorted(found.select("state", "year").rows()) == [
        (345, year)
        for year in range(1999, 2010)
        if year not in {2004, 2005}  # Serbia and Montenegro has no act here
    ]
    assert named.filter(pl.col("year") == 2003)["state"].to_list() == ["YUG"]
    assert named.filter(pl.col("year") == 2006)["state"].to_list() == ["SRB"]
    assert (
        club("SRB").panel(1970, 1972, rows="existing", backend="polars").height == 2
    )  # alone it has all days


def test_panels_of_many_and_months_and_days() -> None:
    """Each organization has the rows of its own panel; in months and days a state is there from its first one on."""
    several = [csto, club("DDR", "HUN")]
    found = panels(several, 1989, 1993, rows="existing", backend="polars")
    alone = [
        (one.history.id, *row)
        for one in several
        for row in one.panel(1989, 1993, rows="existing", backend="polars").rows()
    ]
    months = csto.panel("1991-11", "1992-03", freq="month", rows="existing", backend="polars")
    days = csto.panel("1991-12-24", "1991-12-28", freq="day", rows="existing", backend="polars")

    assert found.rows() == alone
    assert months.filter(state="ARM")["month"].to_list() == [
        date(1991, 12, 1),
        date(1992, 1, 1),
        date(1992, 2, 1),
    ]
    assert days.filter(state="ARM")["day"].to_list() == [date(1991, 12, 26), date(1991, 12, 27)]
    assert panels(several, 1900, 1901, rows="existing", states="all", backend="polars")[
        "state"
    ].unique().to_list() == ["RUS"]


def test_another_system_is_refused() -> None:
    """There are two of them."""
    with pytest.raises(FrameError) as refused:
        csto.panel(rows="existing", system="un", backend="polars")  # type: ignore[arg-type] # as said
    assert str(refused.value) == "system='un' is not an option. Use 'cow' or 'gw'."
