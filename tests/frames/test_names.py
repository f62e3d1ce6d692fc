"""Columns with levels, names and choices that are refused."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    ColumnError,
    FrameError,
    MissingExtraError,
    ReadingError,
    StateError,
    csto,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels  # noqa: E402 (after the skips)
from tests.frames.backends import BACKENDS, answers, module  # noqa: E402 (after the skips)

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]


def _levelled(*labels: tuple[str, str]) -> Any:
    """A frame of pandas with two levels of columns, one row and a number in each further column."""
    pd = module("pandas")
    columns = [("a", "iso3"), ("a", "date"), *labels]
    row = ["ARM", "2003-01-01", *range(len(labels))]
    return pd.DataFrame([row], columns=pd.MultiIndex.from_tuples(columns))


def test_columns_of_pandas_that_cannot_be_read() -> None:
    """Two columns of one name, lists, and sparse columns are refused by name."""
    pd = module("pandas")
    day = pd.Timestamp("2003-06-30")
    twice = pd.DataFrame([["RUS", "UZB", day]], columns=["iso3", "iso3", "date"])
    lists = pd.DataFrame({"iso3": [["RUS"]], "date": [day]})
    sparse = pd.DataFrame({"iso3": pd.arrays.SparseArray([365]), "date": [day]})
    periods = pd.DataFrame({"iso3": ["RUS"], "date": pd.PeriodIndex(["2003-06-30"], freq="D")})

    with pytest.raises(ColumnError, match=r"there are 2 columns 'iso3'\. Rename all but one"):
        csto.annotate(twice)
    with pytest.raises(
        FrameError, match=r"column 'iso3' is of objects that cannot be told apart.*Pass states as"
    ):
        csto.annotate(lists)
    with pytest.raises(
        FrameError, match=r"column 'iso3' is of objects that cannot be told apart.*Pass days as"
    ):
        csto.annotate(lists.assign(code="RUS"), state="code", on="iso3")
    for years in (pd.Categorical([2003]), pd.Series([2003], dtype=object)):
        with pytest.raises(FrameError, match=r"column 'year' is of years, such as 2003\. Use rule="):
            csto.annotate(pd.DataFrame({"iso3": ["RUS"], "year": years}), on="year")
    far = pd.Series(module("numpy").array(["20000-01-01", "2003-06-30"], dtype="datetime64[s]")).astype(
        object
    )
    assert answers(csto.annotate(pd.DataFrame({"iso3": ["RUS"] * 2, "date": far}))) == [None, True]
    with pytest.raises(FrameError, match=r"column 'iso3' is Sparse\[int64, 0\]. Pass states as text"):
        csto.annotate(sparse, codes="cow")
    with pytest.raises(FrameError, match=r"column 'iso3' is Sparse\[int64, 0\]. With rule="):
        csto.annotate(sparse.assign(code="RUS"), on="iso3", state="code", rule="any")
    with pytest.raises(FrameError, match=r"column 'date' is period\[D\]\. Pass days as dates"):
        csto.annotate(periods)
    with pytest.raises(FrameError, match=r"column 'date' is period\[D\]\. Pass states as text"):
        csto.annotate(periods.assign(day=day), state="date", on="day")


def test_labels_that_are_no_text() -> None:
    """Columns of pandas may be numbered, and have names of several levels."""
    pd = module("pandas")
    numbered: dict[str, Any] = {"state": 0, "on": 1}
    plain = pd.DataFrame({0: ["UZB"], 1: [2003], 2: [1]})
    levels = pd.DataFrame([["UZB", pd.Timestamp("2003-06-30")]])
    levels.columns = pd.MultiIndex.from_tuples([("a", "iso3"), ("a", "date")])
    named: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": ("a", "member")}
    coded: dict[str, Any] = {"state": 0, "year": 1, "value": 2}
    deep: dict[str, Any] = {"state": ("a", "s"), "year": ("a", "y"), "value": ("b", "m")}
    theirs = pd.DataFrame(
        [["UZB", 2003, 1]], columns=pd.MultiIndex.from_tuples([("a", "s"), ("a", "y"), ("b", "m")])
    )

    assert csto.annotate(plain, **numbered, rule="any")["member"].tolist() == [False]
    assert csto.reconcile(plain, **coded).counts["theirs only"] == 1
    assert csto.annotate(levels, **named)["a", "member"].tolist() == [False]
    assert csto.reconcile(theirs, **deep).counts["theirs only"] == 1
    with pytest.raises(ColumnError, match=r"^no column None\."):
        csto.annotate(plain, state=None)  # type: ignore[arg-type] # what is refused
    with pytest.raises(StateError, match="column 0 holds 1 value that is no state: 'XXX'"):
        csto.annotate(plain.replace("UZB", "XXX"), **numbered, rule="any", unknown="raise")


@pytest.mark.parametrize(("letters", "shown"), [(118, repr("x" * 118)), (119, f"'{'x' * 119}…")])
def test_a_value_of_120_letters_is_shown_whole(letters: int, shown: str) -> None:
    """Quotation marks included; what is longer ends there, since a cell may hold a book."""
    frame = BACKENDS["pandas"](["x" * letters], [DAYS[0]])

    with pytest.raises(StateError) as caught:
        csto.annotate(frame, unknown="raise")
    assert f": {shown} (1). " in str(caught.value)


def test_no_such_frequency() -> None:
    """A frequency that is none is refused, with the nearest."""
    with pytest.raises(ReadingError, match=r"no freq 'yaer'.* There are year, month, day"):
        csto.panel(1999, 2003, freq="yaer")  # type: ignore[arg-type] # refused


def test_a_backend_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that installs it is said."""
    module("polars")
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(
        MissingExtraError, match=r"backend 'polars' is not installed\. Run: pip install polars"
    ):
        csto.panel(1999, 2003, backend="polars")


@pytest.mark.parametrize("missing", ["narwhals.stable.v2", "numpy", "csto_membership.frames._panels"])
def test_tables_without_what_they_need(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed the command that installs it is said; a room of ours is no extra."""
    import csto_membership

    for name in [name for name in sys.modules if name.startswith("csto_membership.frames")]:
        monkeypatch.delitem(sys.modules, name)  # the whole wing is imported anew
    monkeypatch.delattr(csto_membership, "frames", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    if missing.startswith("csto_membership"):
        with pytest.raises(ImportError, match="_panels"):
            csto.to_frame("spells")
    else:
        with pytest.raises(
            MissingExtraError, match=r"which is not installed. Run: pip install 'csto-membership\[frames\]'"
        ):
            csto.to_frame("spells")


@pytest.mark.parametrize(
    ("labels", "into", "made"),
    [
        ((("member", "x"),), "member", ("member", "")),
        ((("member", "x"), ("member", "y")), ("member", "z"), ("member", "z")),
        ((), "a", ("a", "")),
        ((), ("b",), ("b", "")),
    ],
)
def test_columns_with_levels_are_not_overwritten(
    labels: tuple[tuple[str, str], ...], into: Any, made: tuple[str, str]
) -> None:
    """A name of fewer levels is that with empty ones, and no other column that begins alike is touched."""
    frame = _levelled(*labels)

    names: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": into}
    found = csto.annotate(frame, **names)

    assert list(found.columns) == [*frame.columns, made]
    assert found[made].tolist() == [True]
    assert found[list(frame.columns)].equals(frame)


def test_columns_with_levels_are_named_with_all_or_fewer() -> None:
    """Columns are found with empty levels left out; too many levels, and a name that is there, are refused."""
    pd = module("pandas")
    columns = pd.MultiIndex.from_tuples([("iso3", ""), ("date", ""), ("member", "")])
    frame = pd.DataFrame([["ARM", "2003-01-01", 1]], columns=columns)

    lazy = module("dask.dataframe").from_pandas(frame, npartitions=1)
    year = pd.MultiIndex.from_tuples([("iso3", ""), ("year", ""), ("member", "")])
    years = pd.DataFrame([["ARM", 2003, 1]], columns=year)

    assert csto.annotate(frame, into="ours")[("ours", "")].tolist() == [True]
    assert csto.annotate(lazy, into="ours").compute()[("ours", "")].tolist() == [True]
    assert csto.annotate(frame, into="ours", why="why").columns.tolist() == [
        *columns,
        ("ours", ""),
        ("why", ""),
    ]
    assert csto.reconcile(frame, state="iso3", on="date", value="member").counts["agree"] == 1
    assert csto.reconcile(years, state="iso3", year="year", value="member").counts["agree"] == 1
    with pytest.raises(ColumnError, match=r"there is a column .'member', ''. already"):
        csto.annotate(frame)
    with pytest.raises(ColumnError) as caught:
        csto.annotate(frame, into=("a", "b", "c"))  # type: ignore[arg-type] # what is refused
    assert str(caught.value) == ("into ('a', 'b', 'c') has 3 levels, and the columns have 2. Name it with 2.")
    with pytest.raises(ColumnError, match=r"^into is \('', ''\)\. Name the new column, as text\.$"):
        csto.annotate(frame, into="")


@pytest.mark.parametrize("library", ["polars", "pyarrow", "duckdb", "polars lazy", "pandas"])
@pytest.mark.parametrize(
    "names", [{"state": None}, {"on": 3}, {"on": ["date"]}, {"into": 3}, {"into": ("a", "b")}], ids=str
)
def test_names_that_are_none(library: str, names: dict[str, Any]) -> None:
    """What is no name of a column is refused, whatever it is."""
    frame = BACKENDS[library](["ARM"], [dt.date(2003, 1, 1)])

    with pytest.raises(ColumnError, match=r"^(no column|into is )"):
        csto.annotate(frame, **names)


def test_ten_columns_are_all_named() -> None:
    """An error counts only those that it leaves out."""
    pd = module("pandas")

    for number, end in ((10, "c8, c9."), (11, "c8, c9 and 1 more.")):
        with pytest.raises(ColumnError, match=f"{end}$"):
            csto.annotate(pd.DataFrame({f"c{place}": [1] for place in range(number)}))


def test_errors_do_not_print_whole_books() -> None:
    """Long types, many columns and long values are cut short."""
    pl = module("polars")
    words = [f"word {number}" for number in range(5_000)]
    coded = pl.DataFrame({"iso3": ["ARM"], "year": pl.Series(words[:1], dtype=pl.Enum(words))})
    wide = pl.DataFrame({f"c{number}": [1] for number in range(3_000)})
    book = pl.DataFrame({"iso3": ["x" * 100_000], "date": ["2003-01-01"]})

    asks: tuple[Callable[[], object], ...] = (
        lambda: csto.annotate(coded, on="year", rule="any"),
        lambda: csto.annotate(coded.lazy(), on="year", rule="any"),
        lambda: csto.annotate(wide),
        lambda: csto.annotate(book, unknown="raise"),
    )
    for ask in asks:
        with pytest.raises((FrameError, StateError, ColumnError)) as caught:
            ask()
        assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "ask",
    [
        lambda: csto.annotate(BACKENDS["pandas"](["ARM"], [None]), unknown=["null"]),  # type: ignore[arg-type] # refused
        lambda: csto.panel(2000, 2001, reading_in=["metadata"]),  # type: ignore[arg-type] # refused
        lambda: csto.to_frame(["spells"]),  # type: ignore[arg-type] # refused
        lambda: panels(None),  # type: ignore[arg-type] # refused
        lambda: panels(["csto"]),  # type: ignore[list-item] # refused
    ],
)
def test_choices_of_another_type_are_refused(ask: Callable[[], object]) -> None:
    """They are no choice, whatever they are."""
    module("pandas")
    with pytest.raises(FrameError, match=r"is not an option|is no choice|no table|expected organizations"):
        ask()


@pytest.mark.parametrize("into", [5, ("m", 3)], ids=str)
def test_names_with_levels_are_text(into: Any) -> None:
    """In columns with levels, too."""
    names: dict[str, Any] = {"state": ("a", "iso3"), "on": ("a", "date"), "into": into}
    with pytest.raises(ColumnError, match="Name the new column, as text"):
        csto.annotate(_levelled(), **names)
