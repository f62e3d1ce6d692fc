"""Codings that reconcile reads and refuses."""

from __future__ import annotations

import pytest

from csto_membership import (
    ColumnError,
    FrameError,
    csto,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import module  # noqa: E402 (after the skips)


@pytest.mark.parametrize("value", [None, float("nan"), -9])
def test_reconcile_takes_missing_cells(value: object) -> None:
    """A cell without a value is undecided, however a library writes it."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": ["UZB"] * 2, "year": [2003, 2007], "coded": pd.Series([value, 1.0])})

    report = csto.reconcile(frame, state="iso3", year="year", value="coded")

    assert report.counts["undecided"] == 1
    assert report.counts["agree"] == 1


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "duckdb"])
def test_reconcile_names_two_columns_of_one_name(library: str) -> None:
    """A name that is there twice is refused before anything is compared."""
    pd = module("pandas")
    frame = pd.DataFrame([["ARM", 2003, 1, 1, 2]], columns=["iso3", "y", "member", "x", "x"])
    if library == "pyarrow":
        pa = module("pyarrow")
        frame = pa.Table.from_arrays(
            [pa.array(frame.iloc[:, at]) for at in range(5)], names=list(frame.columns)
        )
    elif library == "duckdb":
        frame = module("duckdb").sql("select 'ARM' as iso3, 2003 as y, 1 as member, 1 as x, 2 as x")

    with pytest.raises(ColumnError, match=r"two columns of the table have one name|there are 2 columns 'x'"):
        csto.reconcile(frame, state="iso3", year="y", value="member")


@pytest.mark.parametrize("value", ["array", "1"])
def test_codings_that_are_none(value: str) -> None:
    """A cell that is no coding is shown, and text as text."""
    pd, np = module("pandas"), module("numpy")
    cell = np.array([1, 2]) if value == "array" else value
    frame = pd.DataFrame({"iso3": ["ARM"], "y": [2003], "member": pd.Series([cell], dtype=object)})

    shown = {"array": "array([1, 2])", "1": "the text '1'"}[value]
    with pytest.raises(FrameError) as caught:
        csto.reconcile(frame, state="iso3", year="y", value="member")
    assert str(caught.value).startswith(f"column 'member' holds {shown}. Write membership as ")
