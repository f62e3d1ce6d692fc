"""Periods from one column to another on engines that plan: they say what tables in memory say, row by row."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from csto_membership import ColumnError, DayError, StateError, build, csto

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import answers, module, moments, relation_of, written
from tests.frames.oracles import READINGS, edge_days, invented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership import Organization

ENGINES = ("polars lazy", "duckdb")
OPENED = build(  # of states without an act nothing is known
    evolve(csto.dataset, histories=(evolve(csto.history, closed=False),))
)
Row = tuple[str | None, dt.date | None, dt.date | None]


def on_engine(engine: str, table: Any) -> Any:
    """An Arrow table as an engine's own."""
    return module("polars").from_arrow(table).lazy() if engine == "polars lazy" else relation_of(table)


def of_rows(rows: Sequence[Row], kind: str = "dates", first_kind: str | None = None) -> Any:
    """Periods as an Arrow table; first days may be of another type than ends."""
    pa = module("pyarrow")
    write = {
        "dates": lambda days: pa.array(days, pa.date32()),
        "moments": lambda days: pa.array(moments(days), pa.timestamp("us")),
        "nanoseconds": lambda days: pa.array(moments(days), pa.timestamp("us")).cast(pa.timestamp("ns")),
        "text": lambda days: pa.array(written(days), pa.string()),
        "numbers": lambda days: pa.array([day and int(f"{day:%Y%m%d}") for day in days], pa.int64()),
    }
    states, first, after = zip(*rows, strict=True)
    return pa.table(
        {
            "place": pa.array(range(len(rows)), pa.int64()),
            "iso3": pa.array(states, pa.string()),
            "start": write[first_kind or kind](first),
            "end": write[kind](after),
        }
    )


def told(frame: Any) -> list[tuple[Any, ...]]:
    """What a table says of every row."""
    return list(zip(*(answers(frame, name) for name in ("member", "status", "why")), strict=True))


def as_in_memory(
    organization: Organization, engine: str, table: Any, **options: Any
) -> list[tuple[Any, ...]]:
    """What an engine says of periods, which must be what the table says in memory."""
    columns: dict[str, Any] = {"on": "start", "until": "end", "status": "status", "why": "why"}
    found = told(organization.annotate(on_engine(engine, table), **columns, **options))
    assert found == told(organization.annotate(table, **columns, **options))
    return found


def edge_rows(organization: Organization, count: int, *, seed: int = 3) -> list[Row]:
    """Periods between edge days, and now and then one without a state, a day, or any day in it."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    days = edge_days(organization)
    states = [*(state.iso3 for state in organization.states), "USA", "Narnia", None]
    pairs = [sorted((draw.choice(days), draw.choice(days))) for _ in range(count)]
    return [
        (draw.choice(states), first, after)
        if draw.random() < 0.9
        else (draw.choice(states), draw.choice([after, None]), draw.choice([first, None]))
        for first, after in pairs
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("reading", sorted(READINGS))
def test_engines_say_of_periods_what_memory_says(engine: str, reading: str) -> None:
    """Periods between all edges have the same member, status and reason, whatever the reading."""
    found = as_in_memory(READINGS[reading], engine, of_rows(edge_rows(READINGS[reading], 600)))

    assert {"no date", "unreadable date", "no state", "unknown state"} < {why for _, _, why in found}
    assert {False, None} <= {member for member, _, _ in found}
    assert ("OBSERVER" if reading == "observers" else "MEMBER") in {status for _, status, _ in found}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("runs", [1, 100])
def test_large_organizations_are_looked_up(engine: str, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one condition would be too long, the answers and how far they reach stand in tables."""
    from csto_membership.frames._planned import plans

    monkeypatch.setattr(plans, "SPELLED_OUT", runs)
    for organization in (csto, csto.reading(extrapolate=True), invented(12, 6, seed=4, since=1_990)):
        found = as_in_memory(organization, engine, of_rows(edge_rows(organization, 600)))
        assert {member for member, _, _ in found} == {True, False, None}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("runs", [1, 100])
@pytest.mark.parametrize(
    ("kind", "first_kind"),
    [
        *((kind, kind) for kind in ("moments", "nanoseconds", "text", "numbers")),
        ("text", "moments"),
        ("moments", "dates"),
    ],
)
def test_days_of_every_type_make_periods(
    engine: str, runs: int, kind: str, first_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a moment the day counts, and the two columns need not be of one type."""
    from csto_membership.frames._planned import plans

    monkeypatch.setattr(plans, "SPELLED_OUT", runs)
    rows = [row for row in edge_rows(csto, 400) if all(d is None or 1700 < d.year < 2200 for d in row[1:])]

    found = as_in_memory(csto, engine, of_rows(rows, kind, first_kind))

    assert len(found) > 200


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_no_date_comes_before_what_cannot_be_read(engine: str) -> None:
    """A row with one day missing and the other unreadable has no date; a month is no day."""
    days = ["2003-01-01", "2003-02-30", "2003-05", "", None]
    pairs = list(itertools.product(days, days))
    pa = module("pyarrow")
    table = pa.table(
        {
            "place": range(len(pairs)),
            "iso3": ["RUS"] * len(pairs),
            "start": pa.array([first for first, _ in pairs], pa.string()),
            "end": pa.array([after for _, after in pairs], pa.string()),
        }
    )

    found = as_in_memory(csto, engine, table)

    assert [why for _, _, why in found] == [
        "no date" if None in pair else "unreadable date" for pair in pairs
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("runs", [1, 100])
def test_other_states_may_be_null(engine: str, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state without an act is null where that is wanted, and where the record is not closed."""
    from csto_membership.frames._planned import plans

    monkeypatch.setattr(plans, "SPELLED_OUT", runs)
    table = of_rows([("USA", dt.date(2003, 1, 1), dt.date(2004, 1, 1))])

    assert as_in_memory(csto, engine, table, others="null") == [(None, None, "unknown state")]
    assert as_in_memory(csto, engine, table) == [(False, "OUTSIDE", None)]
    ((member, _, why),) = as_in_memory(OPENED, engine, table)
    assert (member, why) == (None, "open")


def test_polars_categories_of_states_make_periods() -> None:
    """An enumeration, whose words are known before any row is read, and categories answer as text does."""
    pl = module("polars")
    rows = [row for row in edge_rows(csto, 200) if row[0] is not None]
    table = pl.from_arrow(of_rows(rows))
    wanted = told(csto.annotate(table, on="start", until="end", status="status", why="why"))
    for kind in (pl.Categorical, pl.Enum(sorted({str(state) for state, *_ in rows}))):
        frame = table.lazy().with_columns(pl.col("iso3").cast(kind))
        found = csto.annotate(frame, on="start", until="end", status="status", why="why")
        assert told(found) == wanted


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("runs", [-1, 100])
def test_an_organization_of_which_nothing_is_known(
    engine: str, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every answer is null on all days, all periods and days are open or past the horizon."""
    from csto_membership.frames._planned import plans

    monkeypatch.setattr(plans, "SPELLED_OUT", runs)
    nothing = OPENED.reading(known_on="1990-01-01")
    years = [dt.date(year, 1, 1) for year in (1980, 1985, 2050)]
    table = of_rows([("RUS", years[0], years[1]), ("USA", years[0], years[2]), (None, None, None)])

    found = as_in_memory(nothing, engine, table)

    assert [(member, why) for member, _, why in found] == [
        (None, "open"),
        (None, "past the horizon"),
        (None, "no date"),
    ]
    asked = nothing.annotate(on_engine(engine, table), on="start", until="end", status="status")
    on_days = nothing.annotate(on_engine(engine, table), on="start", why="why")
    for frame in (asked, on_days):  # nulls are of the type that answers have
        schema = (
            dict(zip(frame.columns, frame.types, strict=True))
            if engine == "duckdb"
            else frame.collect_schema()
        )
        assert str(schema["member"]).upper() == "BOOLEAN"
    assert answers(on_days, "why") == ["open", "open", "no date"]


@pytest.mark.parametrize("engine", [*ENGINES, "pyarrow"])
def test_unknown_raise_reads_both_columns_of_days(engine: str) -> None:
    """With ``unknown="raise"`` a day of either column that cannot be read is named."""
    pa = module("pyarrow")
    table = pa.table({"place": [0], "iso3": ["RUS"], "start": ["2003-01-01"], "end": ["2003-02-30"]})
    frame = table if engine == "pyarrow" else on_engine(engine, table)

    with pytest.raises(DayError, match=r"^column 'end' holds 1 value that is no day: '2003-02-30' \(1\)\."):
        csto.annotate(frame, on="start", until="end", unknown="raise")
    months = csto.annotate(frame, on="start", until="end", unknown="null")
    assert answers(months) == [None]
    with pytest.raises(ColumnError, match=r"^no column 'ende'\."):
        csto.annotate(frame, on="start", until="ende")
    with pytest.raises(StateError):
        csto.annotate(frame, state="start", on="start", until="start", unknown="raise")
