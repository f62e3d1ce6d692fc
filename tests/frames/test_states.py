"""Columns of states of rarer types."""

from __future__ import annotations

import datetime as dt
import importlib.util
import random
from typing import Any

import pytest

from csto_membership import (
    FrameError,
    Organization,
    StateError,
    csto,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, answers, module  # noqa: E402 (after the skips)
from tests.frames.oracles import expected, invented  # noqa: E402 (after the skips)

DAYS = [dt.date(1995, 1, 1), dt.date(2003, 6, 30), dt.date(2008, 1, 1), None]


UZB = [True, False, True, None]


@pytest.fixture(scope="module")
def large() -> Organization:
    """An organization whose answers lazy engines join."""
    return invented(30, 8, seed=5, since=1_990)


def _renamed(frame: Any) -> Any:
    """A frame whose states stand in a column called value."""
    return (
        frame.rename(columns={"iso3": "value"})
        if hasattr(frame, "npartitions")
        else frame.rename({"iso3": "value"})
    )


def test_states_in_a_column_of_objects() -> None:
    """A column of objects may hold states themselves."""
    pd = module("pandas")
    frame = pd.DataFrame({"iso3": [csto.state("UZB")] * 4, "date": pd.Series(DAYS, dtype=object)})

    assert answers(csto.annotate(frame)) == UZB


@pytest.mark.parametrize("kind", ["null", "string_view", "large_string"])
def test_arrow_text(kind: str) -> None:
    """Text comes in several types of Arrow, and a column of nulls has one of its own."""
    pa = module("pyarrow")
    states = [None] * 4 if kind == "null" else ["UZB"] * 4
    frame = pa.table({"iso3": pa.array(states, getattr(pa, kind)()), "date": pa.array(DAYS)})

    assert answers(csto.annotate(frame)) == ([None] * 4 if kind == "null" else UZB)


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars", "duckdb"])
def test_numbers_of_states_may_all_be_null(library: str) -> None:
    """A column of numbers without a number answers nothing."""
    pa = module("pyarrow")
    connection = module("duckdb").connect()
    table = pa.table({"iso3": pa.array([None] * 4, pa.int64()), "date": pa.array(DAYS), "place": range(4)})
    frame = {
        "pyarrow": lambda: table,
        "pandas": lambda: table.to_pandas(types_mapper={pa.int64(): module("pandas").Int64Dtype()}.get),
        "polars": lambda: module("polars").from_arrow(table),
        "duckdb": lambda: connection.from_arrow(table),
    }[library]()

    assert answers(csto.annotate(frame, codes="cow")) == [None] * 4


def test_many_categories_of_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large vocabulary only the words that occur are read."""
    from csto_membership.frames._in_memory import polars as _polars_tables

    monkeypatch.setattr(_polars_tables, "_FEW", 0)
    frame = BACKENDS["polars categorical"](["UZB", "ARM", None, "USA"], [dt.date(2003, 6, 30)] * 4)

    assert answers(csto.annotate(frame)) == [False, True, None, False]


def test_categories_that_do_not_occur_are_not_unknown() -> None:
    """What stands in no row is not refused."""
    pl = module("polars")
    states = pl.Series(["UZB"], dtype=pl.Enum(["USA", "UZB"]))

    frame = pl.DataFrame({"iso3": states, "date": [dt.date(2003, 6, 30)]})

    assert answers(csto.annotate(frame, unknown="raise")) == [False]


@pytest.mark.parametrize("kind", ["polars", "polars text"])
def test_polars_without_pyarrow(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is read without PyArrow too, more slowly."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    assert answers(csto.annotate(BACKENDS[kind](["UZB", "UZB", "UZB", None], DAYS))) == UZB


def test_more_words_than_a_perfect_table_holds() -> None:
    """Too many short words are told apart another way."""
    from csto_membership.frames._in_memory.codes import short_words

    draw = random.Random(3)  # noqa: S311 (no secret)
    words = sorted({"".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=4)) for _ in range(2_000)})
    draw.shuffle(words)
    assert short_words(words[:1_000]) is None  # two of them always meet
    assert short_words(words) is None
    assert short_words(words[:200]) is not None


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "polars"])
def test_whole_numbers_and_floats_one_after_the_other(library: str, large: Organization) -> None:
    """What was made for a column of one type does not serve one of the other."""
    for words in ([1, 2, None], [1.0, 2.0, None], [1, 2, None]):
        frame = BACKENDS[library](words, [DAYS[0]] * 3)  # type: ignore[arg-type] # floats, too

        states = [large.states[0], large.states[1], None]
        assert answers(large.annotate(frame, codes="cow")) == [
            expected(large, state, DAYS[0]) for state in states
        ]


def test_a_state_that_never_changes_and_is_never_past_the_horizon() -> None:
    """Extrapolated, a state without a cut is the same on all days."""
    forever = csto.reading(era="CSTO", extrapolate=True)
    assert any(len(forever.spells(state)) == 1 for state in forever.states)
    pl = module("polars")
    words = [state.iso3 for state in forever.states]
    frame = pl.DataFrame({"iso3": words, "date": [dt.date(2200, 1, 1)] * len(words)})

    found = answers(forever.annotate(frame.lazy()))

    assert found == answers(forever.annotate(frame))
    assert found == [expected(forever, word, dt.date(2200, 1, 1)) for word in words]


def test_new_columns_may_be_called_anything() -> None:
    """Any name will do that is one."""
    frame = BACKENDS["polars lazy"](["RUS"], [DAYS[0]])

    assert answers(csto.annotate(frame, into="self"), "self") == [True]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "duckdb"])
@pytest.mark.parametrize("empty", ["iso3", "date"])
def test_columns_of_nulls_alone(library: str, empty: str) -> None:
    """A column that never held anything has a type of its own, and answers nothing on any route."""
    pa, pl = module("pyarrow"), module("polars")
    columns = {"iso3": pa.array(["RUS"]), "date": pa.array([DAYS[1]])} | {empty: pa.nulls(1)}
    connection = module("duckdb").connect()
    frame = {
        "pyarrow": lambda: pa.table(columns),
        "polars": lambda: pl.from_arrow(pa.table(columns)),
        "polars lazy": lambda: pl.from_arrow(pa.table(columns)).lazy(),
        "duckdb": lambda: connection.sql(
            "select 0 as place, null as iso3, date '2003-06-30' as date"
            if empty == "iso3"
            else "select 0 as place, 'RUS' as iso3, null as date"
        ),
    }[library]()
    if library == "duckdb" and "NULL" not in str(frame.types):
        pytest.skip("this DuckDB gives a column of nulls the type INTEGER")

    assert answers(csto.annotate(frame)) == [None]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "pandas", "duckdb"])
def test_codes_as_floats(library: str) -> None:
    """A column of numbers with gaps is often one of floats."""
    frame = BACKENDS[library]([365.0, None, 704.0, 704.5], [DAYS[1]] * 4)  # type: ignore[list-item] # floats

    assert answers(csto.annotate(frame, codes="cow")) == [True, None, False, None]


def test_words_that_hardly_ever_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary that has grown long is begun anew, and codes mean what they mean in it."""
    from csto_membership.frames import _grids
    from csto_membership.frames._in_memory import codes as _codes

    monkeypatch.setattr(_grids, "CHUNK", 16)
    monkeypatch.setattr(_codes, "CHUNK", 16)
    monkeypatch.setattr(_codes, "_MOST_VALUES", 20)
    states = [f"X{number}" if number % 3 else ("UZB", "ARM", "KAZ")[number % 7 % 3] for number in range(300)]
    days = [DAYS[number % 4] for number in range(300)]
    right = [expected(csto, state, day) for state, day in zip(states, days, strict=True)]

    for library in ("polars", "polars text", "pyarrow", "pyarrow text", "pandas objects", "pandas text"):
        assert answers(csto.annotate(BACKENDS[library](states, days))) == right


def test_a_column_of_different_texts_costs_no_more_than_its_rows() -> None:
    """What was read in one batch is not read again for the next: text that is no day is counted as it is read."""
    from csto_membership.frames._in_memory import columns as _columns

    pa = module("pyarrow")
    rows = 400_000
    texts = pa.array([f"2003-06-30 {number:06}" for number in range(rows)])
    frame = pa.table({"iso3": pa.array(["UZB"] * rows), "date": texts})
    read: list[object] = []
    real = _columns.read_day

    def counting(value: object) -> int | tuple[int, int] | None:
        read.append(value)
        return real(value)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_columns, "read_day", counting)
        found = csto.annotate(frame)

    assert found["member"].null_count == rows
    assert len(read) == rows


@pytest.mark.parametrize("kind", ["many words", "a null among them"])
def test_dictionaries_that_cannot_simply_be_united(kind: str) -> None:
    """Pieces of Arrow may each have a dictionary, too many words for one of their indices, or a null among them."""
    pa = module("pyarrow")
    words: list[list[str | None]] = [
        [*(f"A{number:03}" for number in range(100)), "UZB"],
        [*(f"B{number:03}" for number in range(100)), "ARM"],
    ]
    if kind != "many words":
        words = [["UZB", None], ["ARM", "UZB"]]
    pieces = [
        pa.DictionaryArray.from_arrays(pa.array(range(len(part)), pa.int8()), pa.array(part))
        for part in words
    ]
    column = pa.chunked_array(pieces)
    frame = pa.table({"iso3": column, "date": pa.array([DAYS[0]] * len(column))})

    found = csto.annotate(frame)["member"].to_pylist()

    assert found == [expected(csto, word, DAYS[0]) for part in words for word in part]


def test_categories_of_polars_that_have_a_name() -> None:
    """They are read as others are, eager and lazy."""
    pl = module("polars")
    if not hasattr(pl, "Categories"):
        pytest.skip("this Polars has no named categories")
    named = pl.Series(["UZB", None], dtype=pl.Categorical(pl.Categories("states")))
    frame = pl.DataFrame({"iso3": named, "date": [DAYS[0]] * 2})

    assert answers(csto.annotate(frame)) == answers(csto.annotate(frame.lazy())) == [True, None]
    # Older narwhals does not know their type.
    from csto_membership.frames._planned.engines import kind_of
    from csto_membership.frames._planned.in_polars import Polars

    assert kind_of(Polars(library=pl), frame.lazy(), "iso3", nw.Unknown()) == nw.Categorical


@pytest.mark.parametrize("library", ["polars", "polars lazy"])
def test_integers_wider_than_numpy_has(library: str) -> None:
    """What fits into 64 bits is read, what does not is no code."""
    pl = module("polars")
    if not hasattr(pl, "Int128"):
        pytest.skip("this Polars has no integers of 128 bits")
    frame = pl.DataFrame({"n": pl.Series([371, 2**100, None], dtype=pl.Int128), "date": [DAYS[0]] * 3})

    found = csto.annotate(frame if library == "polars" else frame.lazy(), state="n", codes="cow")

    assert answers(found) == [True, None, None]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "dask"])
def test_only_values_that_occur_are_unknown(library: str) -> None:
    """A category that no row has is no unknown state; a column may be called as counts are."""
    pd = module("pandas")
    states = pd.Categorical(["UZB", None, "UZB"], categories=["UZB", "USA"])
    frame: Any = pd.DataFrame({"count": states, "date": pd.to_datetime(DAYS[:3])})
    if library == "polars":
        frame = module("polars").from_pandas(frame)
    elif library == "pyarrow":
        frame = module("pyarrow").Table.from_pandas(frame)
    elif library == "dask":
        frame = module("dask.dataframe").from_pandas(frame, npartitions=2)

    assert answers(csto.annotate(frame, state="count", unknown="raise")) == [True, None, True]


def test_states_and_booleans_among_objects_whatever_the_codes() -> None:
    """A state is itself under any codes, and true is no number 1."""
    pd = module("pandas")
    organization = invented(3, 4, seed=9, since=1_990)
    first = organization.states[0]
    day = dt.date(2019, 12, 31)

    for word, wanted in ((first, True), (1, True), (True, False)):
        column = pd.Series([word], dtype=object)
        frame = pd.DataFrame({"iso3": column, "date": pd.Series([day], dtype=object)})
        said = expected(organization, first.iso3, day) if wanted else None
        assert answers(organization.annotate(frame, codes="cow", unknown="null")) == [said]
    assert first.cow == 1
    assert expected(organization, first.iso3, day) is not None


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas", "polars lazy", "duckdb"])
def test_names_are_found_without_their_accents(library: str) -> None:
    """A name as CLDR has it is found as a keyboard without its accents writes it."""
    words = ["Gürcüstan", "Gurcustan", "gurcustan", "GURCUSTAN", "Gurcüstan"]

    found = csto.annotate(BACKENDS[library](words, [DAYS[0]] * 5), codes="name")

    assert answers(found) == [expected(csto, "GEO", DAYS[0])] * 5 or library in {"polars lazy", "duckdb"}
    assert answers(found)[:4] == [expected(csto, "GEO", DAYS[0])] * 4
    assert expected(csto, "GEO", DAYS[0]) is not None


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas"])
def test_numbers_without_a_sign(library: str) -> None:
    """Codes and years may be unsigned."""
    pa, pl = module("pyarrow"), module("polars")
    table = pa.table({"code": pa.array([704, 365], pa.uint16()), "year": pa.array([2003, 2003], pa.uint16())})
    frame = {"polars": lambda: pl.from_arrow(table), "pyarrow": lambda: table, "pandas": table.to_pandas}[
        library
    ]()

    assert answers(csto.annotate(frame, state="code", codes="cow", on="year", rule="any")) == [False, True]


def test_an_arrow_dictionary_without_a_piece() -> None:
    """A column that was never written to has no dictionary, and no answer."""
    pa = module("pyarrow")
    states = pa.chunked_array([], pa.dictionary(pa.int32(), pa.string()))
    days = pa.chunked_array([], pa.date32())

    found = csto.annotate(pa.table({"iso3": states, "date": days}), unknown="raise")

    assert answers(found) == []


@pytest.mark.parametrize("library", ["polars lazy", "duckdb", "dask"])
def test_unknown_states_of_a_column_called_value(library: str) -> None:
    """What a column is called does not get in the way of counting."""
    frame = BACKENDS[library](["XXX", "RUS", None], [DAYS[0]] * 3)
    frame = frame.project("place, iso3 as value, date") if library == "duckdb" else _renamed(frame)

    with pytest.raises(StateError, match=r"column 'value' holds 1 value that is no state: 'XXX' \(1\)"):
        csto.annotate(frame, state="value", unknown="raise")


@pytest.mark.parametrize("library", ["pyarrow", "pandas"])
def test_views_of_text_are_counted(library: str) -> None:
    """A column of string views with nulls can be searched for unknown words."""
    pa = module("pyarrow")
    column = pa.array(["ARM", None, "XXX"], pa.string_view())
    table = pa.table({"iso3": column, "date": ["2003-01-01"] * 3})
    if library == "pandas":
        table = table.to_pandas(types_mapper=module("pandas").ArrowDtype)

    with pytest.raises(StateError, match=r"holds 1 value that is no state: 'XXX' \(1\)"):
        csto.annotate(table, unknown="raise")


def test_dictionaries_of_floats_are_numbers_of_states() -> None:
    """A missing number makes floats of whole ones, in a dictionary as anywhere."""
    pa = module("pyarrow")
    table = pa.table({"cow": pa.array([371.0, 371.5]).dictionary_encode(), "date": ["2003-01-01"] * 2})

    assert csto.annotate(table, state="cow", codes="cow")["member"].to_pylist() == [True, None]


def test_partitions_of_dask_that_hold_nothing() -> None:
    """They have the columns and the types of the others, whatever filter emptied them."""
    pd, dd = module("pandas"), module("dask.dataframe")
    frame = pd.DataFrame(
        {"iso3": ["ARM", "AZE", "UZB", "RUS"], "date": ["2003-01-01"] * 4, "keep": [0, 0, 1, 1]}
    )
    lazy = dd.from_pandas(frame, npartitions=2)

    annotated = csto.annotate(lazy[lazy["keep"] == 1], status="status", why="why")
    found = annotated.compute()
    assert found["member"].tolist() == [False, True]
    assert found.dtypes.to_dict() == annotated.dtypes.to_dict()
    assert csto.annotate(lazy[lazy["keep"] > 1]).compute().shape == (0, 4)


def test_dictionaries_of_nulls() -> None:
    """They hold nothing; a dictionary of another kind is refused in the words of its column."""
    pa = module("pyarrow")
    nothing, flags = pa.array([None]).dictionary_encode(), pa.array([True]).dictionary_encode()

    states = csto.annotate(pa.table({"iso3": nothing, "date": ["2003-01-01"]}))
    days = csto.annotate(pa.table({"iso3": ["ARM"], "date": nothing}))
    assert states["member"].to_pylist() == days["member"].to_pylist() == [None]
    with pytest.raises(FrameError, match=r"^column 'date' is dictionary<values=bool.* Pass days as dates"):
        csto.annotate(pa.table({"iso3": ["ARM"], "date": flags}))
