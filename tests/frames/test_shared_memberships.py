"""In how many organizations two states were members together."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    Answer,
    BeyondHorizonError,
    FrameError,
    Organization,
    ReadingError,
    StateError,
    csto,
    csto_pa,
    from_spells,
    from_state_years,
    shipped,
)

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")
pl = pytest.importorskip("polars", reason="Polars is not installed")

from csto_membership.frames import _shared_memberships as room  # noqa: E402 (they need NumPy)
from csto_membership.frames import shared_memberships  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

NEIGHBOURS = [shipped(name) for name in ("CSTO", "CIS", "EURASEC", "GUAM", "SCO")]
STATES = ("ARM", "AZE", "BLR", "FRA", "KAZ", "MDA", "TKM", "UKR", "UZB")


def counts(organizations: Sequence[Organization], *bounds: Any, **options: Any) -> dict[tuple[Any, ...], Any]:
    """Count and open by both states and time."""
    frame = shared_memberships(organizations, *bounds, **{"backend": "polars", **options})
    return {row[:3]: row[3:] for row in frame.rows()}


@cache
def asked(organization: Organization, state: str, day: date) -> Answer:
    """The answer to a scalar question; unknown past the horizon."""
    try:
        return organization.was_member(state, day)
    except BeyondHorizonError:
        return Answer.UNKNOWN


def days_of(organization: Organization, year: int, rule: str) -> list[date]:
    """The days that decide about a year: of its runs of equal days the first, and those that the rule names."""
    if rule in {"start", "end", "midyear"}:
        month, day = {"start": (1, 1), "end": (12, 31), "midyear": (7, 1)}[rule]
        return [date(year, month, day)]
    changes = {change.day for change in organization.changes()} | {organization.horizon + timedelta(days=1)}
    return [date(year, 1, 1), *sorted(day for day in changes if day.year == year)]


def together(organization: Organization, pair: tuple[str, str], year: int, rule: str) -> Answer:
    """Whether both were members on the same day, or on all days, as far as the days one by one can say."""
    answers = []
    for day in days_of(organization, year, rule):
        both = {asked(organization, state, day) for state in pair}
        answers.append(
            Answer.NO if Answer.NO in both else Answer.UNKNOWN if Answer.UNKNOWN in both else Answer.YES
        )
    decisive = Answer.NO if rule == "all" else Answer.YES
    if decisive in answers:
        return decisive
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else answers[0]


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_counts_are_those_of_scalar_questions(rule: str) -> None:
    """Every pair of states and every year is what the organizations, asked one by one and day by day, say of them."""
    organizations = [*NEIGHBOURS, csto.reading(dating="any"), csto_pa.reading(basis="nominal")]
    extended = [one.reading(extrapolate=True) if one.history.ended else one for one in organizations]
    found = counts(organizations, 1992, 2028, rule=rule)

    for pair in combinations(STATES, 2):
        for year in range(1992, 2028):
            answers = [together(one, pair, year, rule) for one in extended]
            count, unknown = found[*pair, year]
            days = f"{pair} {year}"
            if rule not in {"any", "all"}:
                assert (count, unknown) == (answers.count(Answer.YES), answers.count(Answer.UNKNOWN)), days
            # Over several days the histories decide what no day decides alone: only what is open may change.
            assert answers.count(Answer.YES) <= count, days
            assert count + unknown <= len(answers) - answers.count(Answer.NO), days
            assert rule != "any" or count + unknown == len(answers) - answers.count(Answer.NO), days
            assert rule != "all" or count == answers.count(Answer.YES), days


def test_only_pairs_in_the_system_on_one_day_are_listed() -> None:
    """Two states are a pair in a year in which they shared a day in the system of states; one that is gone is none."""
    found = counts([csto], 1989, 1995)
    pairs = {(one, other) for one, other, _ in found}

    assert ("DDR", "NAM", 1990) in found  # Namibia since 21 March, East Germany until 2 October
    assert ("DDR", "NAM", 1989) not in found
    assert ("DDR", "NAM", 1991) not in found
    assert ("CSK", "FRA", 1992) in found
    assert ("CSK", "CZE") not in pairs  # one was gone as the other came
    assert all(one < other for one, other in pairs)
    assert set(counts([csto], 2000, 2001, system="gw")) != set(counts([csto], 2000, 2001))


def test_states_that_share_a_number_are_one() -> None:
    """345 is Yugoslavia and Serbia: a membership of either counts for it."""
    rows = [
        ("YUG", "1960", "1993"),
        ("SRB", "2007-01-01", None),
        ("HUN", "1960", None),
        ("XKX", "2009", None),
    ]
    table = pl.DataFrame(rows, schema=["state", "start", "end"], orient="row")
    club = from_spells(table, state="state", start="start", end="end", ends="exclusive", name="Club", codes="iso3",
                       verified_through="2020-12-31")  # fmt: skip
    found = counts([club], 1961, 2012)

    assert [found["HUN", "SRB", year] for year in (1980, 2000, 2010)] == [(1, 0), (0, 0), (1, 0)]
    assert [found["SRB", "XKX", year] for year in (2008, 2009, 2010)] == [(0, 0), (1, 0), (1, 0)]
    assert not {pair for pair in found if "YUG" in pair}


def test_a_year_past_a_horizon_is_open_and_past_an_end_it_is_not() -> None:
    """Nothing is known of GUAM after its last day verified; EurAsEC has ended, so that all later days are known."""
    found = counts([shipped("GUAM"), shipped("EURASEC")], 2014, 2026)

    assert found["BLR", "KAZ", 2014] == (1, 0)
    assert found["BLR", "KAZ", 2020] == (0, 0)
    assert found["BLR", "KAZ", 2025] == found["AZE", "MDA", 2025] == found["BRA", "FRA", 2025] == (0, 1)
    assert found["AZE", "MDA", 2020] == (1, 0)


def test_states_outside_the_system_and_years_past_everything() -> None:
    """What is no state of the system is in no pair, and past the horizon of all organizations every pair is open."""
    table = pl.DataFrame(
        [("PSE", "1990", None), ("HUN", "1990", None)], schema=["state", "start", "end"], orient="row"
    )
    club = from_spells(
        table, state="state", start="start", end="end", ends="exclusive", verified_through="2000-12-31"
    )
    found = counts([club], 2001, 2003)

    assert set(found.values()) == {(0, 1)}
    assert not any("PSE" in pair for pair in found)
    assert counts([club], 1995, 1996)["AUT", "HUN", 1995] == (0, 0)


def test_missing_codes_are_open() -> None:
    """A gap of a coding leaves it open whether two states were members together."""
    rows = [(2, 1950, 1), (2, 1951, -9), (2, 1952, 1), (200, 1950, 1), (200, 1951, 1), (200, 1952, 0)]
    table = pl.DataFrame(rows, schema=["ccode", "year", "code"], orient="row")
    igo = from_state_years(
        table, state="ccode", year="year", value="code", rule="any", codes="cow", before="outside", name="IGO"
    )

    found = counts([igo], codes="cow")

    assert [found[2, 200, year] for year in (1950, 1951, 1952)] == [(1, 0), (0, 1), (0, 0)]


def test_times_codes_and_backends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months stand as their first days, states in the scheme asked for, and all libraries and pieces hold the same."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    months = counts([csto], "1994-03", "1994-06", freq="month")
    whole = shared_memberships(NEIGHBOURS, 2003, 2006, codes="cow", backend="pandas")
    monkeypatch.setattr(room, "_CELLS", 1)
    pieces = shared_memberships(NEIGHBOURS, 2003, 2006, codes="cow", backend="pandas")

    assert [months["ARM", "KGZ", date(1994, month, 1)] for month in (3, 4, 5)] == [(0, 0), (1, 0), (1, 0)]
    pd.testing.assert_frame_equal(whole, pieces)
    assert list(whole.columns) == ["state1", "state2", "year", "count", "open"]
    assert whole["count"].max() == 4
    assert whole.attrs["organization"] == "CSTO; CIS; EURASEC; GUAM; SCO"
    assert whole.attrs["system"] == "cow"
    assert list(whole.itertuples(index=False, name=None)) == sorted(whole.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("organizations", "options", "error", "sentence"),
    [
        ([], {}, FrameError, "there is no organization to count in. Pass at least one."),
        (["CIS"], {}, FrameError, "expected organizations, got 'CIS'. Pass csto and others like it, in a list."),
        ([csto], {"system": "un"}, FrameError, "system='un' is not an option. Use 'cow' or 'gw'."),
        ([csto], {"reading_in": "x"}, FrameError, "reading_in='x' is not an option. Use 'metadata' or 'columns'."),
        (csto, {"rule": "fraction"}, ReadingError,
         "rule 'fraction' makes no pairs. Choose any, all, start, end or midyear."),
        ([csto], {"start": 2000, "end": 2000}, FrameError,
         "[2000, 2000) holds no year. The end is the first year after the panel: name a later one."),
        ([csto], {"codes": "gov"}, StateError,
         "no code scheme 'gov'. There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata, "
         "name."),
    ],
)  # fmt: skip
def test_a_wrong_call_gets_its_sentence(
    organizations: Any, options: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    """What is wrong, and what to write."""
    with pytest.raises(error) as refused:
        shared_memberships(organizations, **options)
    assert str(refused.value) == sentence
