"""Panels, dyads, tables of the records, and reconciliation with other codings."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    Act,
    Answer,
    ColumnError,
    Dataset,
    DayError,
    FrameError,
    History,
    ReadingError,
    Source,
    SourceKind,
    StateError,
    Status,
    build,
    csto,
    csto_pa,
    exact,
)
from csto_membership._reader.facts_file import read
from tests.frames.backends import module
from tests.frames.oracles import by_rule, expected, invented, on_every_day_of, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership import Organization
    from csto_membership._membership.tracks import Rule

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels

LIBRARIES = ("pandas", "polars", "pyarrow")


def rows_of(frame: Any) -> list[tuple[Any, ...]]:
    """The rows of a table as Python values."""
    nw = module("narwhals.stable.v2")
    columns = []
    for column in nw.from_native(frame, eager_only=True).iter_columns():
        nulls = column.is_null().to_list()
        values = column.to_list()
        columns.append([None if null else _plain(value) for value, null in zip(values, nulls, strict=True)])
    return list(zip(*columns, strict=True))


def _plain(value: Any) -> Any:
    """A day without a time."""
    return value.date() if isinstance(value, dt.datetime) else value


@pytest.fixture(params=LIBRARIES)
def backend(request: pytest.FixtureRequest) -> str:
    """A library that is installed."""
    module(str(request.param))
    return str(request.param)


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize(
    "organization", [csto, csto.reading(dating="any"), csto_pa], ids=["csto", "any", "pa"]
)
def test_panels_hold_every_state_and_year(organization: Any, rule: str, backend: str) -> None:
    """A panel is balanced, and each cell is what the rule makes of the year's days."""
    found = rows_of(organization.panel(1990, 2028, rule=rule, backend=backend))

    asked = itertools.product([state.iso3 for state in organization.states], range(1990, 2028))
    assert found == [
        (state, year, by_rule(on_every_day_of(organization, state, year), rule, year))
        for state, year in asked
    ]


def test_fractions_are_shares_of_days(backend: str) -> None:
    """The share counts the days, 29 February included, and is null where one of them is open."""
    for organization in (csto, csto.reading(dating="any")):
        for state, year, share in rows_of(organization.panel(1990, 2028, rule="fraction", backend=backend)):
            days = on_every_day_of(organization, state, year)
            if None in days:
                assert share is None or math.isnan(share)
            else:
                assert share == pytest.approx(sum(map(bool, days)) / len(days))


def test_months_and_days(backend: str) -> None:
    """Months stand as their first day; a panel ends before its end."""
    months = rows_of(csto.panel("1999-03", "1999-06-01", freq="month", rule="all", backend=backend))
    days = rows_of(csto.panel("1999-04-20", "1999-04-22", freq="day", backend=backend))

    assert [row[1:] for row in months if row[0] == "GEO"] == [
        (dt.date(1999, 3, 1), True),
        (dt.date(1999, 4, 1), False),
        (dt.date(1999, 5, 1), False),
    ]
    assert [row[1:] for row in days if row[0] == "GEO"] == [
        (dt.date(1999, 4, 20), True),
        (dt.date(1999, 4, 21), False),
    ]


def test_members_only(backend: str) -> None:
    """The rows of members are those of the balanced panel that are true, in any scheme."""
    everything = rows_of(csto.panel(rule="all", codes="cow", backend=backend))
    members = rows_of(csto.panel(rule="all", codes="cow", rows="members", backend=backend))

    assert members == [row[:2] for row in everything if row[2]]
    assert everything[0][1] == 1992
    assert everything[-1][1] == csto.horizon.year


STACKED = (csto, csto_pa, csto.reading(basis="active"), invented(9, 6, seed=5, since=1_980))


@pytest.mark.parametrize("rows", ["all", "members"])
@pytest.mark.parametrize(
    ("freq", "rule"),
    [*(("year", rule) for rule in ("any", "all", "midyear", "fraction")), ("month", "end"), ("day", "any")],
)
def test_panels_of_many_organizations_are_the_single_ones(
    freq: str, rule: str, rows: str, backend: str
) -> None:
    """One under the other, in the order given, each with its id."""
    if rows == "members" and rule == "fraction":
        pytest.skip("shares have no members")
    start, end = (1991, 2030) if freq == "year" else ("1998-11-01", "1999-05-01")
    asked: dict[str, Any] = {"freq": freq, "rule": rule, "rows": rows, "backend": backend}

    found = rows_of(panels(STACKED, start, end, **asked))

    wanted = [
        (organization.history.id, *row)
        for organization in STACKED
        for row in rows_of(organization.panel(start, end, **asked))
    ]
    assert list(map(str, found)) == list(map(str, wanted))
    assert rows_of(panels(iter(STACKED), start, end, **asked)) == found or rule == "fraction"


def test_panels_reach_from_the_first_change_to_the_last_horizon(backend: str) -> None:
    """Without bounds all organizations share the widest stretch."""
    found = rows_of(panels([csto_pa, csto], backend=backend))

    alone = [rows_of(organization.panel(backend=backend)) for organization in (csto_pa, csto)]
    years = [row[1] for rows in alone for row in rows]
    assert {row[2] for row in found} == set(range(min(years), max(years) + 1))


@pytest.mark.parametrize("rule", ["any", "all", "midyear", "fraction"])
def test_panels_with_the_states_of_all(rule: str, backend: str) -> None:
    """A state without an act in an organization was no member of it, up to the last day verified."""
    both = (csto, recorded(("ZZZ", Act.JOIN, "2010-03-01"), ("ZZZ", Act.WITHDRAW, "2012-03-01")))
    found = rows_of(panels(both, 2009, 2030, states="all", rule=rule, backend=backend))

    codes = sorted({state.iso3 for organization in both for state in organization.states})
    ids = [organization.history.id for organization in both]
    assert [row[:3] for row in found] == list(itertools.product(ids, codes, range(2009, 2030)))
    own = {
        (organization.history.id, *row[:2]): row[2]
        for organization in both
        for row in rows_of(organization.panel(2009, 2030, rule=rule, backend=backend))
    }
    assert [str(row[3]) for row in found if row[:3] in own] == [*map(str, own.values())]
    for name, _, year, said in (row for row in found if row[:3] not in own):
        last = both[ids.index(name)].horizon
        decided = dt.date(year, *((7, 1) if rule == "midyear" else (12, 31))) <= last or (
            rule == "all" and year <= last.year
        )
        assert said is not True
        assert decided == (said is not None and not math.isnan(said))


def test_a_basis_that_counts_outsiders_counts_states_without_an_act() -> None:
    """Under a basis with OUTSIDE, a state that never had to do with the organization counts."""
    module("polars")
    outside = csto.reading(basis=Status.OUTSIDE)
    others = recorded(("ZZZ", Act.JOIN, "2010-03-01"))

    found = rows_of(panels([outside, others], 2011, 2012, states="all", backend="polars"))

    assert [row[3] for row in found if row[:2] == ("CSTO", "ZZZ")] == [True]


def test_panels_say_what_they_rest_on() -> None:
    """In the metadata those of all, in columns every row its own."""
    module("pandas")
    both = [csto, csto.reading(basis="active")]

    assert panels(both, 2010, 2011).attrs == {
        "organization": "CSTO",
        "rule": "any of the year",
        "reading": "basis legal, dating effect; basis active, dating effect",
        "verified_through": str(csto.horizon),
    }
    for library in LIBRARIES:
        rows = rows_of(panels(both, 2010, 2011, backend=library, reading_in="columns"))
        assert rows[0] == (
            *("CSTO", "ARM", 2010, True, "any of the year", "basis legal, dating effect", str(csto.horizon)),
        )
        assert rows[-1][5] == "basis active, dating effect"


def test_panels_of_organizations_that_are_gone_are_not_kept() -> None:
    """What was kept for some organizations is not taken for others."""
    module("pandas")
    first = panels([csto, csto_pa], 2010, 2012, rows="members")
    other = panels([csto], 2010, 2012, rows="members")

    assert rows_of(other) == [row for row in rows_of(first) if row[0] == "CSTO"]
    assert rows_of(panels([csto, csto_pa], 2010, 2012, rows="members")) == rows_of(first)


@pytest.mark.parametrize("pairs", ["undirected", "directed"])
@pytest.mark.parametrize("rule", ["any", "all", "end"])
def test_dyads_shared_a_day(rule: str, pairs: str, backend: str) -> None:
    """Two states are a pair where the rule holds of the days on which both were members."""
    found = rows_of(csto.dyads(1993, 2001, rule=rule, pairs=pairs, backend=backend))

    codes = [state.iso3 for state in csto.states]
    two = itertools.combinations(codes, 2) if pairs == "undirected" else itertools.permutations(codes, 2)
    wanted = []
    for (one, other), year in itertools.product(two, range(1993, 2001)):
        both = zip(on_every_day_of(csto, one, year), on_every_day_of(csto, other, year), strict=True)
        if by_rule([mine and its for mine, its in both], rule, year):
            wanted.append((one, other, year))
    assert found == wanted


def test_members_of_one_year_need_not_have_met() -> None:
    """Where one left before the other came in the same year, they are no pair under any rule."""
    module("polars")
    organization = invented(12, 6, seed=11, since=2_010)
    codes = [state.iso3 for state in organization.states]

    found = set(rows_of(organization.dyads(2010, 2021, backend="polars")))

    parted = 0
    for (one, other), year in itertools.product(itertools.combinations(codes, 2), range(2010, 2021)):
        mine, its = on_every_day_of(organization, one, year), on_every_day_of(organization, other, year)
        met = any(a is True and b is True for a, b in zip(mine, its, strict=True))
        assert ((one, other, year) in found) == met
        parted += True in mine and True in its and not met
    assert parted


def test_the_reading_stands_in_the_table() -> None:
    """In pandas' attrs, in PyArrow's metadata, or in columns."""
    module("pandas")
    module("pyarrow")
    active = csto.reading(basis="active")

    assert active.panel(rule="all").attrs == {
        "organization": "CSTO",
        "rule": "all of the year",
        "reading": "basis active, dating effect",
        "verified_through": str(csto.horizon),
    }
    assert active.dyads(backend="pyarrow").schema.metadata[b"reading"] == b"basis active, dating effect"
    for library in LIBRARIES:
        row = rows_of(active.panel(2000, 2001, backend=library, reading_in="columns"))[0]
        assert row == (
            "ARM",
            2000,
            True,
            "CSTO",
            "any of the year",
            "basis active, dating effect",
            str(csto.horizon),
        )


@pytest.mark.parametrize(
    ("freq", "bounds", "plain"),
    [
        ("year", ("1998", "2001"), (1998, 2001)),
        ("year", ("1998-01-01", dt.date(2001, 1, 1)), (1998, 2001)),
        ("year", (module("numpy").int64(1998), 2001), (1998, 2001)),
        ("month", ("1999-04", "1999-06"), ("1999-04-01", "1999-06-01")),
        ("day", ("1999-04", "1999-05"), ("1999-04-01", "1999-05-01")),
    ],
)
def test_bounds_may_be_written_as_questions_are(freq: str, bounds: Any, plain: Any) -> None:
    """A year or a month as a bound is its first day: the end is the first that no longer counts."""
    found = rows_of(csto.panel(*bounds, freq=freq))

    assert found == rows_of(csto.panel(*plain, freq=freq))
    assert len({row[1] for row in found}) == {"year": 3, "month": 2, "day": 30}[freq]


@pytest.mark.parametrize(
    ("freq", "bounds", "sentence"),
    [
        (
            "year",
            ("1990-01-01", "2020-12-31"),
            "end='2020-12-31' lies inside the year 2020. "
            "Use end='2021' to include that year, or end='2020' to leave it out.",
        ),
        (
            "year",
            ("1998-05", 2001),
            "start='1998-05' lies inside the year 1998. "
            "Use start='1998' to include that year, or start='1999' to leave it out.",
        ),
        (
            "month",
            (1999, dt.date(1999, 12, 31)),
            "end=datetime.date(1999, 12, 31) lies inside the month 1999-12. "
            "Use end='2000-01' to include that month, or end='1999-12' to leave it out.",
        ),
    ],
)
def test_a_bound_inside_a_period_is_refused(freq: str, bounds: Any, sentence: str) -> None:
    """A panel does not guess whether the last year counts: the error says how to write either."""
    for made in (csto.panel, csto.dyads, lambda *both, **how: panels([csto], *both, **how)):
        with pytest.raises(FrameError) as caught:
            made(*bounds, freq=freq)
        assert str(caught.value) == sentence


def test_whole_numbers_have_64_bits(backend: str) -> None:
    """A year times a hundred does not overflow, nor does a code: 2020 * 100 + 1 is 202001."""
    nw = module("narwhals.stable.v2")
    frame = nw.from_native(csto.panel(2020, 2021, codes="cow", backend=backend))
    years = frame.with_columns(month=nw.col("year") * 100 + 1)

    assert frame.schema["year"] == nw.Int64()
    assert set(years["month"].to_list()) == {202001}
    if backend == "polars":
        assert frame.schema["state"] == nw.Int64()
    dyads = nw.from_native(csto.dyads(2020, 2021, backend=backend))
    assert dyads.schema["year"] == nw.Int64()


def test_only_states_that_occur_are_categories() -> None:
    """Groups of a table are those that have rows: pandas shows unused categories as empty groups."""
    module("pandas")

    members = csto.panel(2020, 2021, rows="members")
    pairs = csto.dyads(2020, 2021)
    both = panels([csto_pa, csto], 1993, 1995, rows="members")

    assert members.groupby("state", observed=False).size().to_dict() == dict.fromkeys(
        csto.latest().codes(), 1
    )
    assert list(pairs["state1"].cat.categories) == list(csto.latest().codes()[:-1])
    assert list(pairs["state2"].cat.categories) == list(csto.latest().codes()[1:])
    assert list(both["organization"].cat.categories) == ["CSTO"]


def test_a_panel_of_pandas_may_be_written_into() -> None:
    """No column shares its cells with another one, and none is read-only, however small the panel."""
    for made in (
        csto.panel(2000, 2002, reading_in="columns"),
        csto.panel(2000, 2001, reading_in="columns"),
        panels([csto, csto_pa], 2000, 2001, reading_in="columns"),
        csto.panel(2000, 2001, rows="members", reading_in="columns"),
    ):
        before = {name: made[name].tolist() for name in made.columns}
        for name in made.columns:
            made.loc[0, name] = None if name != "year" else 1
            untouched = {other: cells for other, cells in before.items() if other != name}
            assert {other: made[other].tolist() for other in untouched} == untouched
            made.loc[0, name] = before[name][0]


def test_an_organization_without_events_has_empty_panels(backend: str) -> None:
    """No state, no row, in every library."""
    empty = nobody()

    for made in (
        empty.panel(2000, 2003, backend=backend),
        empty.dyads(2000, 2003, backend=backend),
        panels([empty], 2000, 2003, backend=backend),
    ):
        assert rows_of(made) == []


def nobody() -> Organization:
    """An organization that no state ever had to do with."""
    source = Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS)
    return build(
        Dataset(
            verified_through=exact("2024-12-31"),
            states=(),
            histories=(History(id="NONE", name="None"),),
            sources=(source,),
        )
    )


def test_spells_as_a_table(backend: str) -> None:
    """One row a spell, half-open, with what the scalars say."""
    found = rows_of(csto.to_frame(backend=backend))

    wanted = [
        (
            state.iso3,
            state.english,
            str(spell.status),
            expected(csto, state, spell.start or dt.date(1900, 1, 1)),
            spell.start,
            spell.end,
            str(spell.opened_by.act) if spell.opened_by else None,
            str(spell.closed_by.act) if spell.closed_by else None,
        )
        for state in csto.states
        for spell in csto.spells(state)
    ]
    assert found == wanted


def test_events_as_a_table(backend: str) -> None:
    """One row an event, with its dates as written and as days, its steps, its disputes and its sources."""
    frame = csto.to_frame("events", backend=backend)
    names = frame.column_names if backend == "pyarrow" else frame.columns
    rows = [dict(zip(names, row, strict=True)) for row in rows_of(frame)]

    assert [(row["state"], row["act"]) for row in rows] == [
        (event.state, str(event.act)) for event in csto.events()
    ]
    (returned,) = (row for row in rows if row["effect"] == "2006-08-16")
    assert (returned["earliest"], returned["latest"]) == (dt.date(2006, 8, 16), dt.date(2006, 8, 16))
    assert returned["steps"] == (
        "decision 2006-06-23; signature 2006-08-16; ratification 2006-12-13; accession 2008-03-28"
    )
    assert returned["instrument"] == "protocol-2006"
    assert returned["sources"] == "obozrevatel-2006, tass-2012-06-28, rferl-2006-11-16"
    assert "Formally restored on 28 March 2008. (ria-2008-en)" in returned["disputes"].split("; ")
    assert returned["note"].startswith("Taken: 16 August 2006")
    signed = rows[[row["state"] for row in rows].index("UZB")]
    assert (signed["act"], signed["note"]) == ("sign", None)


def test_events_with_imprecise_dates_keep_both_ends(backend: str) -> None:
    """A year stays a year: its first and its last day stand beside it."""
    rows = rows_of(csto_pa.to_frame("events", backend=backend))

    wide = [
        (event, row) for event, row in zip(csto_pa.events(), rows, strict=True) if not event.effect.is_exact
    ]
    assert wide
    for event, row in wide:
        assert row[2:5] == (
            str(event.effect),
            dt.date.fromordinal(event.effect.first),
            dt.date.fromordinal(event.effect.last),
        )
        assert row[3] < row[4]


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: csto.panel(freq="week"), ReadingError, "no freq 'week'"),
        (lambda: csto.panel(rule="most"), ReadingError, "no rule 'most'"),
        (lambda: csto.panel(rule="fractions"), ReadingError, "no rule 'fractions'. Did you mean 'fraction'?"),
        (lambda: csto.panel("1992-13"), DayError, "'1992-13' is not in the calendar"),
        (lambda: csto.panel(freq="month", rule="midyear"), ReadingError, "rule 'midyear' needs years"),
        (lambda: csto.panel(2000, 2000), FrameError, r"\[2000, 2000\) holds no year"),
        (
            lambda: csto.panel(rows="some"),
            FrameError,
            "rows='some' is not an option. Use 'all' or 'members'.",
        ),
        (lambda: csto.panel(rule="fraction", rows="members"), ReadingError, "has no members, only shares"),
        (lambda: csto.panel(reading_in="name"), FrameError, "reading_in='name' is not an option"),
        (lambda: csto.panel(backend="polar"), FrameError, "no backend 'polar'. Did you mean 'polars'?"),
        (lambda: panels([]), FrameError, "there is no organization to make a panel of. Pass at least one."),
        (
            lambda: panels([csto], states="both"),
            FrameError,
            "states='both' is not an option. Use 'own' or 'all'.",
        ),
        (lambda: panels([csto], rows="some"), FrameError, "Use 'all' or 'members'."),
        (lambda: panels([csto], rule="fraction", rows="members"), ReadingError, "no members, only shares"),
        (lambda: panels([csto], reading_in="name"), FrameError, "reading_in='name' is not an option"),
        (
            lambda: csto.dyads(pairs="both"),
            FrameError,
            "pairs='both' is not an option. Use 'undirected' or 'directed'.",
        ),
        (lambda: csto.dyads(rule="fraction"), ReadingError, "rule 'fraction' makes no pairs"),
        (lambda: csto.to_frame("spell"), FrameError, "no table 'spell'. Did you mean 'spells'?"),
    ],
)
def test_choices_that_do_not_exist(call: Any, error: type[Exception], sentence: str) -> None:
    """Each is named, with the way out."""
    with pytest.raises(error, match=sentence):
        call()


def coding(backend: str, cells: Sequence[tuple[str | None, int, Any]]) -> Any:
    """Somebody's table of state-years."""
    columns = {
        "iso3": [state for state, _, _ in cells],
        "year": [year for _, year, _ in cells],
        "member": [value for _, _, value in cells],
    }
    library = module(backend)
    return library.table(columns) if backend == "pyarrow" else library.DataFrame(columns)


def columns_of(frame: Any) -> dict[str, list[Any]]:
    """A table as Python values, by its columns' names."""
    names = frame.column_names if hasattr(frame, "column_names") else list(frame.columns)
    return dict(zip(names, map(list, zip(*rows_of(frame), strict=True)), strict=True))


def test_a_coding_that_ignores_the_end_is_found_out(backend: str) -> None:
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


def test_missing_and_unknown_cells_are_undecided(backend: str) -> None:
    """What either side leaves open is no disagreement, and the report says which side does, and why."""
    cells: list[tuple[str | None, int, Any]] = [
        ("ARM", 2003, -9),
        ("USA", 2003, 1),
        ("UZB", 2003, -1),
        ("RUS", 2040, 0),
        (None, 2003, 0),
        ("RUS", -9, 1),
        ("RUS", 2**62, 1),
    ]

    found = csto.reconcile(coding(backend, cells), year="year")

    assert found.counts == {"agree": 0, "ours only": 0, "theirs only": 0, "undecided": 7}
    report = columns_of(found.cells)
    assert report["state"] == ["ARM", "USA", "UZB", "RUS", None, "RUS", "RUS"]
    assert report["why"] == [
        "no coding",
        "unknown state",
        "no coding",
        "past the horizon",
        "unknown state",
        "no date",
        "past the horizon",
    ]
    assert [row[0] for row in rows_of(found.by_state)] == ["ARM", "RUS", "USA", "UZB", None]
    assert [row[0] for row in rows_of(found.by_year)] == [2003, 2040, None]
    with pytest.raises(StateError, match="column 'iso3' holds 1 value that is no state: 'USA'"):
        csto.reconcile(coding(backend, cells), year="year", unknown="raise")


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
    for status in (Status.OUTSIDE, Status.OBSERVER, Status.SIGNATORY, Status.MEMBER):
        assert from_cow(to_cow(status)) is status
    assert [to_cow(status) for status in Status] == [0, 3, 2, 1, 1, 0, 0]
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


@pytest.mark.parametrize("pairs", ["undirected", "directed"])
def test_pairs_stand_in_the_order_of_the_codes_asked_for(pairs: str) -> None:
    """Under other codes the same pairs, the smaller code first, so that they can be joined with other dyads."""
    module("pyarrow")
    cow: dict[str, Any] = {state.iso3: state.cow for state in csto.states}
    by_iso3 = csto.dyads(2010, 2012, pairs=pairs, backend="pyarrow").to_pylist()

    by_cow = csto.dyads(2010, 2012, codes="cow", pairs=pairs, backend="pyarrow").to_pylist()

    rows = [(row["state1"], row["state2"], row["year"]) for row in by_cow]
    renamed = {(cow[row["state1"]], cow[row["state2"]], row["year"]) for row in by_iso3}
    assert rows == sorted(rows)
    if pairs == "undirected":
        assert all(one < other for one, other, _ in rows)
        renamed = {(min(one, other), max(one, other), year) for one, other, year in renamed}
    assert set(rows) == renamed


def test_panels_need_codes() -> None:
    """No codes at all are refused by name."""
    with pytest.raises(StateError, match="no codes None"):
        csto.panel(2010, 2011, codes=None)  # type: ignore[arg-type] # that is the point


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_shares_that_are_open_are_null(library: str) -> None:
    """Where a library tells null from what is no number, an open share is null."""
    nw = module("narwhals.stable.v2")
    reading = csto.reading(dating="any")

    shares = nw.from_native(reading.panel(1990, 2028, rule="fraction", backend=library))["share"].to_list()

    assert None in shares
    assert not any(share is not None and math.isnan(share) for share in shares)


def test_shares_of_months(backend: str) -> None:
    """The share of a month counts its days."""
    found = rows_of(csto.panel("1999-02", "1999-06", freq="month", rule="fraction", backend=backend))

    assert [row[2] for row in found if row[0] == "GEO"] == [1, 1, pytest.approx(20 / 30), 0]


def test_years_bound_panels_of_months_and_days(backend: str) -> None:
    """A year as a number begins and ends a panel of any frequency with its first day."""
    months = rows_of(csto.panel(2000, 2002, freq="month", backend=backend))
    days = rows_of(csto.panel(2000, 2001, freq="day", backend=backend))

    assert [row[1] for row in months[:24]] == [
        dt.date(year, month, 1) for year in (2000, 2001) for month in range(1, 13)
    ]
    assert len(months) == 24 * len(csto.states)
    assert (days[0][1], days[365][1], len(days)) == (
        *(dt.date(2000, 1, 1), dt.date(2000, 12, 31)),
        366 * len(csto.states),
    )


def test_a_panel_of_days_says_so() -> None:
    """A day needs no rule; a month has one."""
    module("pandas")

    assert csto.panel("1999-04-20", "1999-04-22", freq="day").attrs["rule"] == "day"
    assert csto.panel("1999-04", "1999-05", freq="month").attrs["rule"] == "any of the month"


@pytest.mark.parametrize("states", [127, 128, 129, 200])
def test_panels_of_more_states_than_a_byte_counts(states: int, backend: str) -> None:
    """However many states there are, each stands beside its own answers."""
    organization = invented(states, 1, seed=13, since=1_990)
    codes = [state.iso3 for state in organization.states]

    found = rows_of(organization.panel(2005, 2006, backend=backend))
    many = rows_of(panels([organization], 2005, 2006, backend=backend))
    members = rows_of(panels([organization], 2005, 2006, rows="members", backend=backend))

    assert [row[0] for row in found] == codes
    assert [row[1:] for row in many] == found
    assert [row[1:] for row in members] == [row[:2] for row in found if row[2]]


def test_panels_of_other_organizations_after_the_first() -> None:
    """What was kept for two organizations is not taken for one of them and a third."""
    module("polars")
    active = csto.reading(basis="active")

    panels([csto, csto_pa], 2010, 2012, rows="members", backend="polars")
    found = rows_of(panels([csto, active], 2010, 2012, rows="members", backend="polars"))

    assert {row[0] for row in found} == {"CSTO"}
    assert [row[1:] for row in found] == [
        row
        for organization in (csto, active)
        for row in rows_of(organization.panel(2010, 2012, rows="members", backend="polars"))
    ]


def test_panels_with_one_bound_reach_as_far_as_any_organization() -> None:
    """Where one bound is left out, all organizations are asked for it."""
    module("polars")
    longer, shorter = csto, invented(9, 6, seed=5, since=1_980)

    until = rows_of(panels([shorter, longer], 2023, backend="polars"))
    since = rows_of(panels([longer, shorter], end=1993, backend="polars"))

    assert shorter.horizon < longer.horizon
    assert max(row[2] for row in until) == longer.horizon.year
    first = min(row[1] for row in rows_of(shorter.panel(backend="polars")))
    assert min(row[2] for row in since) == first < 1991


@pytest.mark.parametrize("rule", ["start", "midyear"])
def test_dyads_of_one_day_of_the_year(rule: str) -> None:
    """Under a rule that names a day, two states are a pair where both were members on it."""
    module("polars")
    found = rows_of(csto.dyads(1993, 2001, rule=rule, backend="polars"))

    month, day = {"start": (1, 1), "midyear": (7, 1)}[rule]
    assert found == [
        (one, other, year)
        for one, other in itertools.combinations([state.iso3 for state in csto.states], 2)
        for year in range(1993, 2001)
        if all(expected(csto, state, dt.date(year, month, day)) for state in (one, other))
    ]


@pytest.mark.parametrize(("freq", "rule"), [("month", "any"), ("month", "all"), ("day", "any")])
def test_dyads_of_months_and_days(freq: str, rule: str) -> None:
    """Months and days have their pairs as years have."""
    module("polars")
    start, end = dt.date(1999, 3, 1), dt.date(1999, 6, 1)

    found = rows_of(csto.dyads(start, end, freq=freq, rule=rule, backend="polars"))

    times = rows_of(csto.panel(start, end, freq=freq, rule=rule, backend="polars"))
    members = {row[:2] for row in times if row[2]}
    assert found == [
        (one, other, time)
        for one, other in itertools.combinations([state.iso3 for state in csto.states], 2)
        for time in dict.fromkeys(row[1] for row in times)
        if {(one, time), (other, time)} <= members
    ]


def test_spells_say_where_membership_is_open(backend: str) -> None:
    """A spell whose possible statuses differ in what counts is neither yes nor no."""
    reading = csto.reading(dating="any")

    found = rows_of(reading.to_frame(backend=backend))

    spells = [spell for state in reading.states for spell in reading.spells(state)]
    assert [row[3] for row in found] == [
        expected(reading, spell.state, spell.start or dt.date(1900, 1, 1)) for spell in spells
    ]
    assert None in [row[3] for row in found]


def test_every_column_of_events_and_sources(backend: str) -> None:
    """An event stands with its bounds and all its sources, a source with its date where it has one."""
    organization = invented(30, 4, seed=3, since=1_990)

    events = rows_of(organization.to_frame("events", backend=backend))
    sources = rows_of(csto.to_frame("sources", backend=backend))

    assert events == [
        (
            event.state,
            str(event.act),
            str(event.effect),
            dt.date.fromordinal(event.effect.first),
            dt.date.fromordinal(event.effect.last),
            None,
            event.instrument,
            ", ".join(event.sources),
            None,
            event.note,
        )
        for event in organization.events()
    ]
    assert any(row[3] < row[4] for row in events)
    assert sources == [
        (
            source.id,
            source.title,
            source.publisher,
            str(source.date) if source.date else None,
            str(source.kind),
            source.address,
        )
        for source in csto.sources()
    ]
    assert [row[7] for row in rows_of(csto.to_frame("events", backend=backend))] == [
        ", ".join(event.sources) for event in csto.events()
    ]


def test_days_of_pandas_tables_have_the_unit_of_ordinary_columns() -> None:
    """Days of spells, events and panels join with columns that pandas made, without a cast."""
    ordinary = str(module("pandas").to_datetime(["2003-06-30"]).dtype)

    for frame, columns in (
        (csto.to_frame("spells"), ("start", "end")),
        (csto.to_frame("events"), ("earliest", "latest")),
        (csto.panel(2000, 2001, freq="month"), ("month",)),
    ):
        assert [str(frame[column].dtype) for column in columns] == [ordinary] * len(columns)


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


def test_a_panel_of_nothing_that_changes() -> None:
    """Without a change a panel holds the time of the horizon alone."""
    module("polars")
    reading = csto.reading(known_on="1980-01-01")

    found = rows_of(reading.panel(rule="start", backend="polars"))

    assert found == [(state.iso3, reading.horizon.year, False) for state in reading.states]


@pytest.mark.parametrize("freq", ["year", "month"])
@pytest.mark.parametrize("rule", ["any", "start", "end"])
def test_the_first_year_of_the_calendar_has_a_panel(freq: str, rule: Rule) -> None:
    """An act in year 1 has no year before it to compare with."""
    text = """
verified_through: 0003-06-30
states: {AAA: {name: Atlantis}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 0001-03-05, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    pd = module("pandas")
    organization = build(read(text.encode(), "atlantis.yaml"))
    frame = organization.panel(1, 4, freq=freq, rule=rule)

    first = next(None if pd.isna(one) else bool(one) for one in frame["member"])
    assert first is (freq == "year" and rule != "start")
    years = pd.DataFrame({"iso3": ["AAA"] * 3, "year": [1, 2, 9999]})
    said = organization.annotate(years, on="year", rule=rule)["member"]
    assert [None if pd.isna(one) else bool(one) for one in said] == [rule != "start", True, None]


def test_the_last_year_of_the_calendar_is_past_the_last_horizon() -> None:
    """Facts may be verified through the day before it."""
    pd = module("pandas")
    text = """
verified_through: 9998-12-31
states: {AAA: {name: Atlantis}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    years = pd.DataFrame({"iso3": ["AAA"] * 2, "year": [9998, 9999]})
    said = organization.annotate(years, on="year", rule="any")["member"]
    assert [None if pd.isna(one) else bool(one) for one in said] == [True, None]


def test_panels_say_the_last_day_verified() -> None:
    """It is that of the facts, whatever the reading knew of them."""
    frame = panels([csto.reading(known_on="2010-01-01")], 2009, 2010, reading_in="columns", backend="polars")

    assert set(frame["verified_through"]) == {str(csto.horizon)}


def test_the_ends_of_the_calendar_have_a_year() -> None:
    """A report counts the calendar's last day in its year, and the day before its first in none."""
    pd, np = module("pandas"), module("numpy")
    days = pd.Series([dt.date(9999, 12, 31), np.datetime64("0000-12-31")], dtype=object)
    frame = pd.DataFrame({"iso3": ["UZB"] * 2, "date": days, "member": [0, 0]})

    years = [None if row[0] is pd.NA else row[0] for row in rows_of(csto.reconcile(frame, on="date").by_year)]
    assert years == [9999, None]


def test_panels_are_bounded_by_all_their_organizations() -> None:
    """A bound that is left out is that of any of them: one that says nothing on its own does no harm."""
    early = csto.reading(known_on="2000-01-01")
    after = csto.horizon.year + 1

    assert set(panels([csto, csto_pa], None, 2000)["year"]) == set(range(1992, 2000))
    assert set(panels([csto, early], 2010)["year"]) == set(range(2010, after))
    with pytest.raises(FrameError, match=rf"\[{after}, None\) holds no year"):
        panels([csto, early], after)


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("dating", ["effect", "any"])
def test_all_dyads_say_what_is_open(rule: str, dating: str) -> None:
    """Of every pair at every time: both, not both, or open, by three-valued logic over the days they shared."""
    pl = module("polars")
    read = csto.reading(dating=dating)
    last = csto.horizon.year
    years = (1999, 2006, 2012, last, last + 1)
    days = {(state, year): on_every_day_of(read, state, year) for state in read.states for year in years}
    found = read.dyads(1998, last + 2, rule=rule, rows="all", backend="polars")

    assert found.height == 36 * (last + 2 - 1998)
    for one, other, year, member in found.filter(pl.col("year").is_in(years)).rows():
        shared = [
            False if False in pair else None if None in pair else True
            for pair in zip(days[read.state(one), year], days[read.state(other), year], strict=True)
        ]
        assert member is by_rule(shared, rule, year)
    certain = read.dyads(1998, last + 2, rule=rule, backend="polars")
    assert found.filter(pl.col("member")).drop("member").equals(certain)
    assert found.filter(pl.col("year") == last + 1)["member"].to_list() == [None] * 36


def test_all_dyads_of_one_state_are_none() -> None:
    """A pair takes two."""
    alone = recorded(("AAA", Act.JOIN, "2010-01-01"))

    assert list(alone.dyads(2010, 2012, rows="all").columns) == ["state1", "state2", "year", "member"]
    assert len(alone.dyads(2010, 2012, rows="all")) == 0
    with pytest.raises(FrameError, match="rows='open' is not an option"):
        csto.dyads(rows="open")


def test_true_is_no_year() -> None:
    """A bound that is true is refused, and not the year 1."""
    with pytest.raises(DayError, match="expected a day or a period, got True"):
        csto.panel(start=True, end=1995)


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


def test_spells_of_pandas_join_with_days_as_of() -> None:
    """The spell of a day is found by an as-of join with a column that pandas made."""
    pd = module("pandas")
    days = pd.DataFrame({"state": ["UZB", "UZB"], "day": pd.to_datetime(["1999-04-20", "2003-06-30"])})
    spells = csto.to_frame().dropna(subset="start").sort_values("start")

    found = pd.merge_asof(days, spells, left_on="day", right_on="start", by="state")

    assert found["status"].tolist() == ["MEMBER", "FORMER"]
    events = csto.to_frame("events").merge(pd.DataFrame({"earliest": pd.to_datetime(["2006-08-16"])}))
    assert events["act"].tolist() == ["join"]


def test_spells_of_polars_join_with_days() -> None:
    """Dates and text of Polars join as they are."""
    pl = module("polars")
    days = pl.DataFrame({"state": ["UZB"], "start": [dt.date(1999, 4, 21)]})

    assert days.join(csto.to_frame(backend="polars"), on=["state", "start"])["status"].to_list() == ["FORMER"]


def test_days_that_nanoseconds_do_not_reach_are_in_seconds() -> None:
    """Nanoseconds, which pandas 2 counts, reach from 1678 to 2261: outside, days are in seconds."""
    from csto_membership.frames._building import pandas_days

    np = module("numpy")

    class Two:
        """What pandas 2 says of days."""

        @staticmethod
        def to_datetime(_: list[str]) -> Any:
            class Index:
                unit = "ns"

            return Index()

    for first, unit in (("1677-12-31", "s"), ("1678-01-01", "ns"), ("2261-12-31", "ns"), ("2262-01-01", "s")):
        days = np.array(["2000-01-01", first, "NaT"], dtype="datetime64[D]")
        found = pandas_days(Two, days)
        assert str(found.dtype) == f"datetime64[{unit}]"
        assert (found.astype("datetime64[D]")[:2] == days[:2]).all()
    assert str(pandas_days(Two, np.array(["NaT"], dtype="datetime64[D]")).dtype) == "datetime64[ns]"
