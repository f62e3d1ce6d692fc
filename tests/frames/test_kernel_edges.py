"""Edges of the kernel in memory that small changes of it would move: batches, refusals, nulls, first and last years."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from csto_membership import FrameError, csto

pytest.importorskip("narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames._grids import CHUNK
from tests.frames.backends import answers, module

DAY = dt.date(2003, 6, 30)
MOMENT = dt.datetime(2003, 6, 30, tzinfo=dt.UTC)
STATES = "Pass states as text, as a categorical, or as whole numbers such as Correlates of War codes."
DAYS = (
    "Pass days as dates, as datetimes without a zone, or as text YYYY-MM-DD or YYYYMMDD; for a column of years use "
    "rule=, and year= in reconcile."
)
ZONE = "Membership is kept by day: convert it to the zone you mean and drop the zone."
YEARS = (
    "With rule=, pass years as whole numbers, and cast text first; for a column of days leave rule= out, "
    "and use on= in reconcile."
)


def _polars(states: list[Any], days: list[Any]) -> Any:
    """A frame of Polars, with the types that it finds."""
    return module("polars").DataFrame({"iso3": states, "on": days})


def _lazy(states: list[Any], days: list[Any]) -> Any:
    """The same, planned."""
    return _polars(states, days).lazy()


def _arrow(states: list[Any], days: list[Any]) -> Any:
    """A table of PyArrow, with the types that it finds."""
    return module("pyarrow").table({"iso3": states, "on": days})


def _arrow_encoded(states: list[Any], days: list[Any]) -> Any:
    """The same, with a dictionary of the days."""
    table = _arrow(states, days)
    return table.set_column(1, "on", table["on"].dictionary_encode())


def _pandas(states: list[Any], days: list[Any]) -> Any:
    """A frame of pandas, with the types that it finds."""
    return module("pandas").DataFrame({"iso3": states, "on": days})


def _pandas_moments(states: list[Any], days: list[Any]) -> Any:
    """A frame of pandas with moments of microseconds, which older versions count in nanoseconds."""
    return _pandas(states, days).astype({"on": "datetime64[us, UTC]"})


def _pandas_arrow(states: list[Any], days: list[Any]) -> Any:
    """A frame of pandas that keeps Arrow's columns."""
    return _arrow(states, days).to_pandas(types_mapper=module("pandas").ArrowDtype)


EAGER = {"polars": _polars, "pyarrow": _arrow, "pandas": _pandas, "pandas arrow": _pandas_arrow}


@pytest.mark.parametrize(
    ("build", "states", "days", "said"),
    [
        (_arrow, ["UZB"], [MOMENT], f"column 'on' is timestamp[us, tz=UTC]. {ZONE}"),
        (_arrow_encoded, ["UZB"], [MOMENT], f"column 'on' is timestamp[us, tz=UTC]. {ZONE}"),
        (_arrow, [DAY], ["2003-06-30"], f"column 'iso3' is date32[day]. {STATES}"),
        (_arrow, ["UZB"], [dt.time(1)], f"column 'on' is time64[us]. {DAYS}"),
        (_pandas_arrow, ["UZB"], [MOMENT], f"column 'on' is timestamp[us, tz=UTC]. {ZONE}"),
        (_pandas_arrow, ["UZB"], [dt.time(1)], f"column 'on' is time64[us]. {DAYS}"),
        (_pandas_arrow, [DAY], ["2003-06-30"], f"column 'iso3' is date32[day]. {STATES}"),
        (_pandas_moments, ["UZB"], [MOMENT], f"column 'on' is datetime64[us, UTC]. {ZONE}"),
        (_pandas, ["UZB"], [b"2003"], f"column 'on' is of bytes (b'2003'). {DAYS}"),
        (_pandas, ["UZB"], [True], f"column 'on' is bool. {DAYS}"),
        (_pandas, [True], ["2003-06-30"], f"column 'iso3' is bool. {STATES}"),
        (_polars, ["UZB"], [dt.time(1)], f"column 'on' is Time. {DAYS}"),
        (_polars, [dt.time(1)], ["2003-06-30"], f"column 'iso3' is Time. {STATES}"),
        (_polars, ["UZB"], [MOMENT], f"column 'on' is Datetime(time_unit='us', time_zone='UTC'). {ZONE}"),
        (_lazy, ["UZB"], [dt.time(1)], f"column 'on' is Time. {DAYS}"),
        (_lazy, [dt.time(1)], ["2003-06-30"], f"column 'iso3' is Time. {STATES}"),
        (_lazy, ["UZB"], [MOMENT], f"column 'on' is Datetime(time_unit='us', time_zone='UTC'). {ZONE}"),
    ],
)
def test_a_column_of_days_or_states_of_the_wrong_type(
    build: Any, states: list[Any], days: list[Any], said: str
) -> None:
    """The error names the column, its type as its library has it, and the way out."""
    with pytest.raises(FrameError) as caught:
        csto.annotate(build(states, days), on="on")

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("build", "years", "kind"),
    [
        (_arrow, ["2003"], "string"),
        (_pandas_arrow, ["2003"], "string"),
        (_pandas, [True], "bool"),
        (_pandas, [1j], "complex128"),
        (_polars, ["2003"], "String"),
        (_lazy, ["2003"], "String"),
    ],
)
def test_a_column_of_years_of_the_wrong_type(build: Any, years: list[Any], kind: str) -> None:
    """The error names the column and its type, and says how to ask about days."""
    with pytest.raises(FrameError) as caught:
        csto.annotate(build(["UZB"], years), on="on", rule="any")

    assert str(caught.value) == f"column 'on' is {kind}. {YEARS}"


@pytest.mark.parametrize("build", EAGER.values(), ids=EAGER)
@pytest.mark.parametrize("year", [1, 9999, 9999.0])
def test_the_first_and_the_last_year_are_years(build: Any, year: float) -> None:
    """Where days are expected, any number that is a year of the calendar is refused as one."""
    with pytest.raises(FrameError) as caught:
        csto.annotate(build(["UZB"], [year]), on="on", unknown="null")

    assert str(caught.value) == (
        f"column 'on' is of years, such as {int(year)}. "
        "Use rule= for a column of years, or write days as YYYY-MM-DD or YYYYMMDD."
    )


@pytest.mark.parametrize("build", EAGER.values(), ids=EAGER)
def test_only_years_of_the_calendar_are_counted_as_read(build: Any) -> None:
    """The years 1 and 9999 are read, the one before and the one after are named as unreadable."""
    years = [0, 1, 9999, 10000, 1]

    found = csto.annotate(build(["UZB"] * 5, years), on="on", rule="any", why="why", unknown="null")

    unreadable = "unreadable date"
    assert answers(found, "why") == [unreadable, None, "past the horizon", unreadable, None]
    with pytest.raises(Exception, match=r"holds 2 values that are no year: 0 \(1\), 10000 \(1\)\."):
        csto.annotate(build(["UZB"] * 5, years), on="on", rule="any", unknown="raise")


@pytest.mark.parametrize("kind", ["Int8", "Int64", "UInt16", "Float64"])
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_null_among_years_is_no_date(library: str, kind: str) -> None:
    """A null year is null however the type keeps it, beside years and alone."""
    years = module("pandas").array if library == "pandas" else module("polars").Series
    dtype = kind if library == "pandas" else getattr(module("polars"), kind)
    for given in ([None], [None, 3]):
        frame = module(library).DataFrame({"iso3": ["UZB"] * len(given), "on": years(given, dtype=dtype)})

        found = csto.annotate(frame, on="on", rule="any", why="why", unknown="null")

        assert answers(found, "why")[0] == "no date"
        assert answers(found)[0] is None


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_numbers_of_every_width_are_codes_and_years(library: str, kind: str) -> None:
    """The widest and the least number of a type mean no state and no year, and do not run over."""
    pa, width = module("pyarrow"), int(kind.rpartition("t")[2])
    least, widest = (0, 2**width - 1) if kind.startswith("u") else (-(2 ** (width - 1)), 2 ** (width - 1) - 1)
    numbers = [2, widest, 3, least]
    table = pa.table(
        {"iso3": ["UZB"] * 4, "number": pa.array(numbers, getattr(pa, kind)()), "on": ["2003-06-30"] * 4}
    )
    convert = {"pandas": table.to_pandas, "polars": lambda: module("polars").from_arrow(table)}
    frame = convert.get(library, lambda: table)()

    coded = csto.annotate(frame, state="number", on="on", codes="cow", why="why", unknown="null")
    dated = csto.annotate(frame, on="number", rule="any", why="why", unknown="null")

    known = [str(number) in {"2", "255"} for number in numbers]  # the United States, and Germany
    assert answers(coded) == [False if each else None for each in known]
    assert answers(coded, "why") == [None if each else "unknown state" for each in known]
    assert answers(dated, "why") == [None if 1 <= number <= 9999 else "unreadable date" for number in numbers]


@pytest.mark.parametrize("build", [*EAGER.values(), _lazy], ids=[*EAGER, "lazy"])
def test_a_fraction_is_no_day(build: Any) -> None:
    """A number of eight digits is a day, with half a day behind it none; nothing is no date."""
    days = [20030630.5, 20030630.0, None, 20000101.0]

    found = csto.annotate(build(["UZB"] * 4, days), on="on", why="why", unknown="null")

    assert answers(found, "why") == ["unreadable date", None, "no date", None]
    assert answers(found) == [None, False, None, False]


@pytest.mark.parametrize("build", [*EAGER.values(), _lazy], ids=[*EAGER, "lazy"])
@pytest.mark.parametrize("fraction", [704.5, math.inf, -1.5])
def test_a_fraction_is_an_unknown_state(build: Any, fraction: float) -> None:
    """A number that is not whole is unknown, like a whole one that no state has; nothing is no state."""
    frame = build([fraction, 704.0, None, 9999.0], [DAY] * 4)

    found = csto.annotate(frame, on="on", codes="cow", why="why", unknown="null")

    assert answers(found, "why") == ["unknown state", None, "no state", "unknown state"]


@pytest.mark.parametrize("build", EAGER.values(), ids=EAGER)
@pytest.mark.parametrize("number", [int, float])
def test_numbers_below_zero_are_unknown_states(build: Any, number: Any) -> None:
    """Datasets write -9 for missing: it is no state, beside the largest number or alone."""
    frame = build([number(one) for one in (-9, 704, -88, 990)], [DAY] * 4)

    found = csto.annotate(frame, on="on", codes="cow", why="why", unknown="null")

    unknown = "unknown state"
    assert answers(found, "why") == [unknown, None, unknown, None]


def test_a_column_of_pandas_that_holds_nothing_is_no_date() -> None:
    """Pandas makes floats of it, and an empty column of objects."""
    pd = module("pandas")

    for days in ([math.nan, math.nan], [None, None], [pd.NaT, pd.NaT]):
        found = csto.annotate(pd.DataFrame({"iso3": ["UZB"] * 2, "on": days}), on="on", why="why")
        assert answers(found, "why") == ["no date"] * 2


@pytest.mark.parametrize("null", [None, math.nan, "NaT", "NA"])
def test_every_null_among_objects_is_no_date(null: Any) -> None:
    """Whatever stands for nothing among the objects of pandas, there is no date, and not an unreadable one."""
    pd = module("pandas")
    null = getattr(pd, null) if isinstance(null, str) else null
    frame = pd.DataFrame({"iso3": ["UZB"] * 3, "on": pd.Series([DAY, null, "2003"], dtype=object)})

    found = csto.annotate(frame, on="on", why="why", unknown="null")

    assert answers(found, "why") == [None, "no date", None]
    assert answers(found) == [False, None, False]


ROWS = 2 * CHUNK + 5


@pytest.fixture(scope="module")
def many() -> tuple[list[int], list[int | None], list[bool | None]]:
    """Numbers of states and years in more rows than three batches hold, and the answers of scalar questions."""
    pairs = [(704, 1998), (365, 2007), (704, 2003), (371, None), (704, 2007), (2, 1999), (365, 1960)]
    scalar: dict[tuple[int, int | None], bool | None] = {
        (number, year): None
        if year is None
        else bool(csto.was_member(csto.state(number, codes="cow"), str(year)))
        for number, year in pairs
    }
    rows = [pairs[(row * row + row // CHUNK) % len(pairs)] for row in range(ROWS)]
    return [number for number, _ in rows], [year for _, year in rows], [scalar[row] for row in rows]


@pytest.mark.parametrize("build", EAGER.values(), ids=EAGER)
@pytest.mark.parametrize("is_null", [False, True], ids=["whole", "with nulls"])
def test_numbers_and_years_longer_than_a_batch(build: Any, *, is_null: bool, many: Any) -> None:
    """Each batch reads its own rows: numbers of states and years, also where some are null."""
    numbers, years, expected = many
    filled = years if is_null else [2003 if year is None else year for year in years]

    found = csto.annotate(build(numbers, filled), on="on", codes="cow", rule="all", status="status")

    said = answers(found)
    assert len(said) == ROWS
    wrong = [
        row
        for row, (year, got) in enumerate(zip(years, said, strict=True))
        if (is_null or year is not None) and got != expected[row]
    ]
    assert wrong == []


@pytest.mark.parametrize("build", EAGER.values(), ids=EAGER)
def test_days_longer_than_a_batch(build: Any) -> None:
    """Each batch reads its own days and words, whatever stood in the one before."""
    words = ["UZB", "uzbekistan ", None, "BLR"]
    days = [
        dt.date(1999, 4, 20),
        dt.date(1999, 4, 21),
        DAY,
        None,
        dt.date(2012, 12, 18),
        dt.date(2012, 12, 19),
    ]
    rows = [(words[(row // 3) % 4 if row >= CHUNK else row % 2], days[row % 6]) for row in range(ROWS)]
    scalar = {
        (word, day): None if word is None or day is None else bool(csto.was_member(word, day))
        for word, day in set(rows)
    }

    found = csto.annotate(build(*map(list, zip(*rows, strict=True))), on="on", codes=None)

    assert answers(found) == [scalar[row] for row in rows]
