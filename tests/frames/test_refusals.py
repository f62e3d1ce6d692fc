"""What tables refuse: columns that are missing or taken, values that cannot be read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    ColumnError,
    DayError,
    FrameError,
    ReadingError,
    StateError,
    csto,
)

if TYPE_CHECKING:
    from csto_membership._membership.tracks import Rule

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, ONE_EACH, Day, answers, module  # noqa: E402 (after the skips)
from tests.frames.oracles import with_text, with_years  # noqa: E402 (after the skips)


@pytest.mark.parametrize("backend", ONE_EACH)
def test_a_missing_column_is_named_with_the_nearest(backend: str) -> None:
    """The error names the column, the nearest one and all there are."""
    frame = ONE_EACH[backend](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, state="iso")

    assert str(caught.value) == "no column 'iso'. Did you mean 'iso3'? The columns are place, iso3, date."


@pytest.mark.parametrize("backend", ONE_EACH)
def test_a_column_is_not_overwritten(backend: str) -> None:
    """A new column does not take the place of one that is there."""
    frame = ONE_EACH[backend](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, into="place")

    assert str(caught.value) == "there is a column 'place' already. Name another one with into=."


@pytest.mark.parametrize("argument", ["into", "status"])
@pytest.mark.parametrize("name", ["", True, 1])
def test_a_new_column_needs_a_name(argument: str, name: Any) -> None:
    """A name is text, and not empty."""
    frame = ONE_EACH["pandas"](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, **{argument: name})

    assert str(caught.value) == f"{argument} is {name!r}. Name the new column, as text."


def test_a_column_in_the_index_is_found_there() -> None:
    """Panels are often indexed by state and year: the error says how to get columns."""
    frame = ONE_EACH["pandas"](["ARM"], [dt.date(2003, 6, 30)]).set_index(["iso3", "date"])

    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame)
    with pytest.raises(ColumnError, match="'iso3' is in the index, not a column"):
        csto.reconcile(frame, on="date")

    assert str(caught.value) == "'iso3' is in the index, not a column. Pass frame.reset_index()."
    assert answers(csto.annotate(frame.reset_index())) == [True]


def test_two_new_columns_need_two_names() -> None:
    """One name cannot hold two answers."""
    frame = ONE_EACH["polars"](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, status="member")

    assert str(caught.value) == "two new columns would be called 'member'. Name another one with status=."


@pytest.mark.parametrize("backend", ONE_EACH)
def test_columns_of_the_wrong_type(backend: str) -> None:
    """A column of days is no column of states, and numbers are no days."""
    frame = ONE_EACH[backend](["ARM"], [dt.date(2003, 6, 30)])

    refused: tuple[tuple[str, str, Rule | None, str], ...] = (
        ("date", "date", None, "Pass states as text, as a categorical, or as whole numbers"),
        (
            "iso3",
            "date",
            "any",
            "With rule=, pass years as whole numbers, and cast text first; for a column of days leave rule= out, "
            "and use on= in reconcile.",
        ),
    )
    for state, on, rule, wanted in refused:
        with pytest.raises(FrameError) as caught:
            answers(csto.annotate(frame, state=state, on=on, rule=rule))
        column = state if state == "date" else on
        assert str(caught.value).startswith(f"column {column!r} is ")
        assert wanted in str(caught.value)


@pytest.mark.parametrize("backend", ["polars", "pyarrow", "pandas", "pandas arrow", "polars lazy"])
def test_moments_with_a_zone_are_refused(backend: str) -> None:
    """Which day it is depends on the zone."""
    frame = BACKENDS[backend](["ARM"], [dt.date(2003, 6, 30)])
    moment = [dt.datetime(2003, 6, 30, tzinfo=dt.UTC)]
    if backend.startswith("polars"):
        pl = module("polars")
        frame = frame.with_columns(date=pl.lit(pl.Series(moment)))
    elif backend == "pyarrow":
        pa = module("pyarrow")
        frame = frame.set_column(2, "date", pa.array(moment, pa.timestamp("us", "UTC")))
    else:
        pd = module("pandas")
        frame["date"] = pd.to_datetime(moment)
        if backend == "pandas arrow":
            frame["date"] = frame["date"].astype("timestamp[us, UTC][pyarrow]")

    with pytest.raises(FrameError, match="Membership is kept by day: convert it to the zone you mean"):
        csto.annotate(frame)


@pytest.mark.parametrize("backend", ONE_EACH)
def test_unknown_states_can_raise(backend: str) -> None:
    """The ten most frequent are named with their counts; what is null is not unknown."""
    words = ["ARM", None, *(word for number in range(12) for word in [f"X{number:02d}"] * (12 - number))]
    days: list[Day] = [dt.date(2003, 6, 30)] * len(words)

    with pytest.raises(StateError) as caught:
        csto.annotate(ONE_EACH[backend](words, days), unknown="raise")

    listed = ", ".join(f"'X{number:02d}' ({12 - number})" for number in range(10))
    assert str(caught.value) == (
        f"column 'iso3' holds 12 values that are no state: {listed} and 2 more. "
        "Correct them, name their scheme with codes=, or let them be null with unknown='null'."
    )


@pytest.mark.parametrize("backend", BACKENDS)
def test_known_states_do_not_raise(backend: str) -> None:
    """Nulls, and states that are known, pass."""
    days: list[Day] = [dt.date(2003, 6, 30), None, dt.date(2003, 6, 30)]

    found = csto.annotate(BACKENDS[backend](["ARM", "ARM", None], days), unknown="raise")

    assert answers(found) == [True, None, None]


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow", "polars lazy", "duckdb", "dask"])
def test_unreadable_days_can_raise(backend: str) -> None:
    """Text that is no day is named like a state that is none."""
    frame = with_text(f"{backend} text", ["2003-06-30", "30.06.2003", "30.06.2003"])

    with pytest.raises(DayError) as caught:
        csto.annotate(frame, unknown="raise")

    assert str(caught.value) == (
        "column 'date' holds 1 value that is no day: '30.06.2003' (2). Write them as YYYY-MM-DD, "
        "use rule= for whole numbers of years, or let them be null with unknown='null'."
    )


@pytest.mark.parametrize("backend", ONE_EACH)
def test_unreadable_years_can_raise(backend: str) -> None:
    """Fractions, and numbers before the calendar such as -9 for missing, are no years; both columns are told."""
    frame = with_years(backend, ["ARM", "XXX", "ARM", "ARM"], [2003.0, 2003.5, -9.0, None])

    with pytest.raises(StateError) as caught:
        csto.annotate(frame, on="year", rule="any", unknown="raise")

    states, years = str(caught.value).split("\n")
    assert states.startswith("column 'iso3' holds 1 value that is no state: 'XXX' (1). ")
    assert years == (
        "column 'year' holds 2 values that are no year: -9.0 (1), 2003.5 (1). "
        "Write years of the calendar as whole numbers, or let them be null with unknown='null'."
    )


@pytest.mark.parametrize("table", [[("ARM", "2003-06-30")], {"iso3": ["ARM"]}, None])
def test_other_libraries_are_refused(table: object) -> None:
    """The error lists what is supported."""
    with pytest.raises(FrameError) as caught:
        csto.annotate(table)

    assert str(caught.value) == (
        f"expected a table, got builtins.{type(table).__name__}. Supported are pandas, "
        "Polars (eager and lazy), PyArrow, DuckDB, Dask and PySpark."
    )


@pytest.mark.parametrize(
    ("choice", "error", "sentence"),
    [
        ({"codes": "iso4"}, StateError, "there is no code scheme 'iso4'. Did you mean 'iso3'?"),
        (
            {"unknown": "drop"},
            FrameError,
            "unknown='drop' is not an option. Use 'check', 'null' or 'raise'.",
        ),
        ({"rule": "most"}, ReadingError, "no rule 'most'"),
    ],
)
def test_choices_that_do_not_exist(choice: dict[str, Any], error: type[Exception], sentence: str) -> None:
    """Each is named, with what there is."""
    frame = ONE_EACH["polars"](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(error, match=sentence.replace("(", r"\(").replace("?", r"\?")):
        csto.annotate(frame, **choice)


@pytest.mark.parametrize("backend", ONE_EACH)
def test_empty_text_is_unknown_and_null_is_not(backend: str) -> None:
    """Of a column of both, the text without a letter is named and counted alone."""
    words = ["ARM", "", None, None]

    with pytest.raises(StateError, match=r"column 'iso3' holds 1 value that is no state: '' \(1\)\. Correct"):
        csto.annotate(ONE_EACH[backend](words, [dt.date(2003, 6, 30)] * 4), unknown="raise")


@pytest.mark.parametrize("backend", ["polars", "pyarrow", "pandas"])
def test_null_is_no_unknown_number(backend: str) -> None:
    """Beside numbers that lie far apart, null is not taken for nought."""
    words: list[str | int | None] = [704, None, 2**40]

    with pytest.raises(StateError, match="holds 1 value that is no state"):
        csto.annotate(ONE_EACH[backend](words, [dt.date(2003, 6, 30)] * 3), codes="cow", unknown="raise")


@pytest.mark.parametrize("backend", ONE_EACH)
def test_ten_unknown_states_are_all_named(backend: str) -> None:
    """As many as are named leave no more to be told of; equally frequent ones stand in their own order."""
    words = [f"X{number}" for number in (3, 1, 4, 0, 5, 9, 2, 6, 8, 7)]

    with pytest.raises(StateError) as caught:
        csto.annotate(ONE_EACH[backend](words, [dt.date(2003, 6, 30)] * 10), unknown="raise")

    listed = ", ".join(f"'X{number}' (1)" for number in range(10))
    assert f"holds 10 values that are no state: {listed}. Correct them" in str(caught.value)
