"""Columns of days and years of rarer types."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    DayError,
    FrameError,
    csto,
)

if TYPE_CHECKING:
    from csto_membership._membership.tracks import Rule

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames._in_memory.columns import is_day  # noqa: E402 (after the skips)
from tests.frames.backends import answers, module  # noqa: E402 (after the skips)

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]


UZB = [True, False, True, None]


YEARS = [1999, 2003, 2007, None]


UZB_YEARS = [True, False, True, None]


def _objects(values: list[Any]) -> Any:
    """A frame of pandas with a column of objects."""
    pd = module("pandas")
    return pd.DataFrame({"iso3": ["KAZ"] * len(values), "date": pd.Series(values, dtype=object)})


def test_a_moment_with_a_zone_among_objects_cannot_be_read() -> None:
    """Which day it is depends on the zone: membership is kept by day."""
    pd = module("pandas")
    moment = dt.datetime(2003, 6, 30, 12, tzinfo=dt.UTC)
    frame = pd.DataFrame({"iso3": ["UZB"], "date": pd.Series([moment], dtype=object)})

    found = csto.annotate(frame, why="why")

    assert answers(found) == [None]
    assert answers(found, "why") == ["unreadable date"]


def test_pandas_categories_of_days() -> None:
    """Days as categories of text are read once each."""
    pd = module("pandas")
    written = pd.Series([None if day is None else day.isoformat() for day in DAYS], dtype="category")

    assert answers(csto.annotate(pd.DataFrame({"iso3": ["UZB"] * 4, "date": written}))) == UZB


@pytest.mark.parametrize("dtype", ["Int64", "int32[pyarrow]", "double[pyarrow]", "Float64"])
def test_pandas_years_that_may_be_null(dtype: str) -> None:
    """Years are read from pandas' own types and from Arrow's."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": ["UZB"] * 4, "year": pd.array(YEARS, dtype=dtype)})

    assert answers(csto.annotate(frame, on="year", rule="any")) == UZB_YEARS


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow"])
@pytest.mark.parametrize("kind", ["float64", "uint64"])
def test_years_beyond_all_bounds(library: str, kind: str) -> None:
    """A year too large for the calendar cannot be read, and does not wrap round into the past."""
    pa, pl = module("pyarrow"), module("polars")
    years = pa.array([1e300, 1e19] if kind == "float64" else [2**63, 2**64 - 1], getattr(pa, kind)())
    table = pa.table({"iso3": ["RUS"] * 2, "year": years})
    frame = {"pyarrow": table, "polars": pl.from_arrow(table), "polars lazy": pl.from_arrow(table).lazy()}[
        library
    ]

    assert answers(csto.annotate(frame, on="year", rule="any")) == [None, None]
    assert answers(csto.reading(extrapolate=True).annotate(frame, on="year", rule="any")) == [None, None]


def test_days_of_numpy_among_objects() -> None:
    """A moment of NumPy is equal to one of pandas: either may stand for both, wherever it comes first."""
    pd, np = module("pandas"), module("numpy")
    days = [
        np.datetime64("2003-06-30"),
        pd.Timestamp("2003-06-30"),
        np.datetime64("NaT"),
        np.datetime64("2003-06-30T23:59"),
    ]
    frame = pd.DataFrame({"iso3": ["RUS"] * 4, "date": pd.Series(days, dtype=object)})

    assert answers(csto.annotate(frame)) == [True, True, None, True]
    assert answers(csto.annotate(frame[::-1])) == [True, None, True, True]


def test_the_first_and_the_last_days_there_are_among_objects() -> None:
    """They are days: before all acts, or past the last day verified, in the calendar and far outside it."""
    pd, np = module("pandas"), module("numpy")
    days = [
        dt.datetime(1, 1, 1),  # noqa: DTZ001 (as tables have it)
        dt.datetime(9999, 12, 31),  # noqa: DTZ001 (as tables have it)
        np.datetime64(-6_000_000, "Y"),
        np.datetime64(6_000_000, "Y"),
    ]
    frame = pd.DataFrame({"iso3": ["RUS"] * 4, "date": pd.Series(days, dtype=object)})

    assert answers(csto.annotate(frame)) == [False, None, False, None]


@pytest.mark.parametrize("rule", ["any", "end"])
def test_years_of_a_state_to_which_nothing_happens(rule: Rule) -> None:
    """Extrapolated, a state without a cut is in all years what it is on all days."""
    era = csto.reading(era="CSTO", extrapolate=True)
    pa = module("pyarrow")
    frame = pa.table({"iso3": ["AZE"] * 3, "year": [1, 2003, 2200]})

    found = era.annotate(frame, on="year", rule=rule, status="status")

    assert era.compiled.segments.timelines[[state.iso3 for state in era.states].index("AZE")].days == ()
    assert answers(found) == [False] * 3
    assert answers(found, "status") == ["OUTSIDE"] * 3


@pytest.mark.parametrize(
    ("library", "unit"),
    [
        *itertools.product(("pyarrow", "pandas"), ("s", "ms", "us", "ns")),
        *itertools.product(("polars",), ("ms", "us", "ns")),
    ],
)
def test_moments_of_every_unit(library: str, unit: str) -> None:
    """A moment falls on its day in every unit, and before or after all days where it lies beyond the calendar."""
    pa, pl, pd = module("pyarrow"), module("polars"), module("pandas")
    day = (dt.date(2007, 6, 30) - dt.date(1970, 1, 1)).days
    ticks = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[unit]
    numbers = [day * ticks, (day + 1) * ticks - 1, -1, 2**62, -(2**62), 1 - 2**63, None]

    def frame(state: str) -> Any:
        states = [state] * len(numbers)
        if library == "pandas":
            column = pd.Series(numbers, dtype="Int64").fillna(-(2**63)).astype("int64").to_numpy()
            return pd.DataFrame({"iso3": states, "date": column.view(f"datetime64[{unit}]")})
        if library == "polars":
            table = pl.DataFrame({"iso3": states, "date": pl.Series(numbers, dtype=pl.Int64)})
            return table.with_columns(pl.col("date").cast(pl.Datetime(unit)))
        return pa.table({"iso3": states, "date": pa.array(numbers, pa.timestamp(unit))})

    forever = csto.reading(extrapolate=True)
    assert answers(forever.annotate(frame("RUS"))) == [True, True, False, True, False, False, None]
    assert answers(forever.annotate(frame("UZB"))) == [True, True, False, False, False, False, None]


@pytest.mark.parametrize("rule", ["any", "start"])
@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "pandas", "duckdb"])
def test_years_that_are_not_whole(library: str, rule: Rule) -> None:
    """A fraction, an infinity and what is no number are no years, extrapolated or not."""
    pa, pl = module("pyarrow"), module("polars")
    years = pa.array([2003.0, 2003.5, float("inf"), float("-inf"), float("nan"), None])
    table = pa.table({"place": range(6), "iso3": ["RUS"] * 6, "year": years})
    connection = module("duckdb").connect()
    frame = {
        "polars": lambda: pl.from_arrow(table),
        "polars lazy": lambda: pl.from_arrow(table).lazy(),
        "pyarrow": lambda: table,
        "pandas": table.to_pandas,
        "duckdb": lambda: connection.from_arrow(table),
    }[library]()

    for organization in (csto, csto.reading(extrapolate=True)):
        found = answers(organization.annotate(frame, on="year", rule=rule, status="status"))
        assert found == [True, *[None] * 5]


@pytest.mark.parametrize("kind", ["Enum", "Categorical", "dictionary"])
def test_categories_of_days_in_memory(kind: str) -> None:
    """Days as categories of text are read once each, and those that are none are named."""
    pa, pl = module("pyarrow"), module("polars")
    written = [None if day is None else day.isoformat() for day in DAYS]

    def frame(days: list[str | None]) -> Any:
        if kind == "dictionary":
            return pa.table({"iso3": ["UZB"] * 4, "date": pa.array(days).dictionary_encode()})
        dtype = pl.Enum([day for day in days if day]) if kind == "Enum" else pl.Categorical
        return pl.DataFrame({"iso3": ["UZB"] * 4, "date": pl.Series(days, dtype=dtype)})

    assert answers(csto.annotate(frame(written))) == UZB
    with pytest.raises(DayError, match=r"column 'date' holds 1 value that is no day: 'soon' \(1\)\."):
        csto.annotate(frame([*written[:3], "soon"]), unknown="raise")


@pytest.mark.parametrize(
    ("library", "kind"),
    [("dask", "category"), ("dask", "object"), ("polars lazy", "Categorical"), ("polars lazy", "Enum")],
)
def test_unreadable_days_of_rarer_types_can_raise(library: str, kind: str) -> None:
    """Categories and objects that are no day are named where nothing is computed yet, too."""
    pd, pl = module("pandas"), module("polars")
    days = ["2003-06-30", "soon"]
    if library == "dask":
        table = pd.DataFrame({"iso3": ["UZB"] * 2, "date": pd.Series(days, dtype=kind)})
        frame = module("dask.dataframe").from_pandas(table, npartitions=1)
    else:
        dtype = pl.Enum(days) if kind == "Enum" else pl.Categorical
        frame = pl.LazyFrame({"iso3": ["UZB"] * 2, "date": pl.Series(days, dtype=dtype)})

    with pytest.raises(DayError, match=r"column 'date' holds 1 value that is no day: 'soon' \(1\)\."):
        csto.annotate(frame, unknown="raise")


@pytest.mark.parametrize("library", ["duckdb", "polars lazy"])
def test_text_of_years_is_refused_as_such(library: str) -> None:
    """With a rule a column of text is no column of unreadable days."""
    table = module("polars").DataFrame({"iso3": ["RUS"], "year": ["2003"]})
    connection = module("duckdb").connect()
    frame = table.lazy() if library == "polars lazy" else connection.from_arrow(table.to_arrow())

    with pytest.raises(FrameError, match="With rule=, pass years as whole numbers, and cast text first"):
        csto.annotate(frame, on="year", rule="any", unknown="raise")


@pytest.mark.parametrize("value", ["np", "period", "decimal", b"2003-01-01", dt.time(9)], ids=str)
def test_objects_that_are_no_days_are_refused(value: Any) -> None:
    """What is neither text nor a day is refused, as a column of its type would be; nothing of it is null."""
    from decimal import Decimal

    pd, np = module("pandas"), module("numpy")
    odd = {"np": np.int64(2003), "period": pd.Period("2003"), "decimal": Decimal(2003)}.get(str(value), value)

    for frame in (_objects([odd]), _objects([None, odd]).astype({"date": "category"})):
        with pytest.raises(FrameError, match=r"^column 'date' is of (\w+ \(|years, such as 2003)"):
            csto.annotate(frame)


def test_missing_days_among_objects_are_null() -> None:
    """Null has many names."""
    pd, np = module("pandas"), module("numpy")
    missing = [None, np.nan, pd.NaT, pd.NA, np.datetime64("NaT"), "2003-01-01"]

    assert not any(map(is_day, missing[:-1]))
    found = csto.annotate(_objects(missing), why="why")
    assert found["member"].isna().tolist() == [True] * 5 + [False]
    assert found["why"].tolist()[:5] == ["no date"] * 5


def test_far_days_mean_the_same_in_every_column() -> None:
    """Days outside Python's calendar, as objects, categories or typed: past the horizon, or before it all."""
    pd, np = module("pandas"), module("numpy")
    typed = pd.Series(np.array(["20000-01-01", "-0500-01-01", "NaT"], "M8[s]"))
    columns = [
        typed,
        typed.astype(object),
        typed.astype("category"),
        pd.Series(list(typed.to_numpy()), dtype=object),
    ]

    for reading in (csto, csto.reading(extrapolate=True)):
        answers_ = [
            reading.annotate(pd.DataFrame({"iso3": "KAZ", "date": column}), why="why")[["member", "why"]]
            for column in columns
        ]
        for found in answers_[1:]:
            pd.testing.assert_frame_equal(found, answers_[0])
    assert answers_[0]["member"].tolist()[:2] == [True, False]


def test_reconcile_reads_far_days_as_annotate_does() -> None:
    """No reading would make a far day agree that would not make the last day agree."""
    pd, np = module("pandas"), module("numpy")
    days = np.array(["20000-01-01", "2025-01-01"], "M8[s]")
    frame = pd.DataFrame({"iso3": "KAZ", "d": days, "member": 0})
    found = csto.reading(extrapolate=True).reconcile(frame, state="iso3", on="d", value="member")

    assert found.cells["readings"].tolist() == ["none", "none"]
    assert found.by_year["year"].tolist()[0] == 2025


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
@pytest.mark.parametrize("kind", ["Int128", "UInt128"])
def test_years_wider_than_numpy_has_cannot_be_read(library: str, kind: str) -> None:
    """A year past all bounds, on either side, is no year of the calendar."""
    pl = module("polars")
    if not hasattr(pl, kind):
        pytest.skip(f"this Polars has no {kind}")
    years = [2**70, 2003] + ([-(2**70)] if kind == "Int128" else [])
    frame = pl.DataFrame({"iso3": ["ARM"] * len(years), "year": pl.Series(years, dtype=getattr(pl, kind))})
    frame = frame.lazy() if library == "polars lazy" else frame

    found = csto.annotate(frame, on="year", rule="any", why="why").lazy().collect()
    assert found["member"].to_list() == [None, True, None][: len(years)]
    assert found["why"].to_list() == ["unreadable date", None, "unreadable date"][: len(years)]


@pytest.mark.parametrize("unit", ["s", "date32"])
def test_dictionaries_of_days(unit: str) -> None:
    """They are read as the days they stand for, far ones included; dictionaries of lists are no states."""
    pa = module("pyarrow")
    kind, near, far = pa.timestamp("s"), 12_053 * 86_400, 10**12
    if unit == "date32":
        kind, near, far = pa.date32(), 12_053, 2**31 - 1
    values = pa.array([near, far, None], kind)
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None]), values)
    table = pa.table({"iso3": ["ARM"] * 4, "date": coded})

    found = csto.annotate(table, why="why")
    assert found["member"].to_pylist() == [True, None, None, None]
    assert found["why"].to_pylist() == [None, "past the horizon", "no date", "no date"]
    nothing = pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([float("nan")]))
    assert csto.annotate(pa.table({"iso3": ["ARM"], "date": nothing}))["member"].to_pylist() == [None]
    lists = pa.DictionaryArray.from_arrays(pa.array([0]), pa.array([["ARM"]]))
    with pytest.raises(FrameError, match=r"^column 'iso3' is dictionary<values=list"):
        csto.annotate(pa.table({"iso3": lists, "date": ["2003-01-01"]}))


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "duckdb"])
def test_years_that_are_all_null(library: str) -> None:
    """A column that never held a year is a column of missing years."""
    pl = module("polars")
    frame: Any = pl.DataFrame({"iso3": ["ARM"], "year": [None]})
    if library == "pyarrow":
        frame = module("pyarrow").table({"iso3": ["ARM"], "year": [None]})
    elif library == "duckdb":
        frame = module("duckdb").sql("select 'ARM' as iso3, null as year")
    elif library == "polars lazy":
        frame = frame.lazy()

    found = nw.from_native(csto.annotate(frame, on="year", rule="any", why="why")).lazy().collect()
    assert found["member"].to_list() == [None]
    assert found["why"].to_list() == ["no date"]


def test_an_empty_column_of_pandas_holds_no_days() -> None:
    """What pandas makes of nothing is a column of floats."""
    pd = module("pandas")

    assert csto.annotate(pd.DataFrame({"iso3": [], "date": []})).shape == (0, 3)
    nothing = pd.DataFrame({"iso3": ["ARM"], "date": [float("nan")]})
    assert csto.annotate(nothing)["member"].isna().tolist() == [True]
    with pytest.raises(FrameError, match=r"column 'date' is of years, such as 2003\. Use rule="):
        csto.annotate(pd.DataFrame({"iso3": ["ARM"], "date": [2003.0]}))
