"""Tables of each library: what comes back, in which order, and by which plan."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    Organization,
    csto,
)

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, EAGER, ONE_EACH, Day, answers, dask_table, module  # noqa: E402 (after the skips)
from tests.frames.oracles import exhaustive, expected, invented  # noqa: E402 (after the skips)

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="module")
def large() -> Organization:
    """200 states with 1,000 changes and more, some of their dates known only to the month."""
    return invented(200, 6, seed=7)


@pytest.mark.parametrize("backend", EAGER)
def test_tables_longer_than_a_batch(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces join without a seam: words that only a later batch brings keep their codes."""
    from csto_membership.frames import _grids
    from csto_membership.frames._in_memory import codes as _codes

    states, days = exhaustive(csto)
    monkeypatch.setattr(_grids, "CHUNK", 64)
    monkeypatch.setattr(_codes, "CHUNK", 256)

    found = csto.annotate(BACKENDS[backend](states, days))

    assert answers(found) == [expected(csto, *row) for row in zip(states, days, strict=True)]


def test_long_words_and_short_ones() -> None:
    """Text of Polars is told apart by its first bytes only where that is enough."""
    pl = module("polars")
    names = ["UZB", "Uzbekistan", "U", "", None, "Ozbekiston Respublikasi and more", "UZ"]
    frame = pl.DataFrame({"iso3": names * 50, "date": [dt.date(2007, 1, 1)] * 350})

    found = csto.annotate(frame, codes=None)

    assert found["member"].to_list() == [expected(csto, name, dt.date(2007, 1, 1)) for name in names] * 50


def views(words: Sequence[str]) -> Any:
    """Words of at most twelve bytes as Polars keeps them: a length, and the bytes behind it."""
    np = module("numpy")
    kept = [len(word.encode()).to_bytes(4, "little") + word.encode().ljust(12, b"\0") for word in words]
    return np.frombuffer(b"".join(kept), dtype=np.uint64).reshape(-1, 2)


@pytest.mark.parametrize("kind", ["iso3", "english"])
def test_short_words_are_not_taken_for_one_another(kind: str) -> None:
    """A word that hashes like a known one, or differs in one letter or in length alone, is still unknown."""
    from csto_membership.frames._in_memory.codes import short_words

    known = [getattr(state, kind) for state in csto.states]
    others = ["".join(word) for word in itertools.product("ABCDEFGHIJKLM", repeat=3)]
    others += [word[:-3] + other for word in known for other in others]  # many of them meet in one slot
    others += [word[:-1] for word in known] + [f"{word}\0" for word in known]
    table = short_words(known)
    assert table is not None

    found = table.look_up(views([*known, *others])).tolist()

    assert found == [*range(len(known)), *([-1] * len(others))]


def test_words_of_more_than_twelve_bytes_are_no_short_ones() -> None:
    """Of a word only twelve bytes stand beside its length; the others keep their places in the list."""
    from csto_membership.frames._in_memory.codes import short_words

    assert short_words(["ABCDEFGHIJKLM"]) is None
    assert short_words(["Ĳssélméért"]) is None
    table = short_words(["ABCDEFGHIJKLM", "ABCDEFGHIJKL", "Ĳsséln"])
    assert table is not None
    assert not table.is_whole
    assert table.look_up(views(["Ĳsséln", "ABCDEFGHIJKL", "ABCD"])).tolist() == [2, 1, -1]


@pytest.mark.parametrize("long", ["Russian Federation", "the Republic of Kazakhstan"])
def test_columns_of_short_names_long_ones_and_nulls(long: str) -> None:
    """Names are found whatever their length, those that begin alike among them, in pieces and behind an offset."""
    pl = module("polars")
    names = [
        "South Korea",
        "South Sudan",
        "South Africa",
        None,
        long,
        "Kazakhstan",
        "Kazakhstax",
        "",
        "Narnia and more",
    ]
    day = dt.date(2007, 1, 1)
    frame = pl.concat([pl.DataFrame({"iso3": names, "date": [day] * len(names)})] * 7, rechunk=False)[3:-2]

    found = csto.annotate(frame, codes="name")

    wanted = [expected(csto, name, day) for name in names] * 7
    assert found["member"].to_list() == wanted[3:-2]


def test_pandas_keeps_index_types_and_the_frame_given() -> None:
    """The index, its name, the column types and the frame that was given stay as they were."""
    pd = module("pandas")
    frame = BACKENDS["pandas"](["ARM", "UZB"], [dt.date(2003, 6, 30)] * 2)
    before = frame.copy(deep=True)

    found = csto.annotate(frame, status="status")

    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(found[list(frame.columns)], before)
    text = "str" if int(pd.__version__.partition(".")[0]) >= 3 else "string"
    assert [str(dtype) for dtype in found.dtypes[-2:]] == ["boolean", text]
    assert found["member"].tolist() == [True, False]


def test_pandas_arrow_types_come_back_as_arrow_types() -> None:
    """Beside a column of Arrow type the answer is of Arrow type."""
    module("pandas")
    found = csto.annotate(BACKENDS["pandas arrow"](["ARM", None], [dt.date(2003, 6, 30)] * 2))

    assert str(found["member"].dtype) == "bool[pyarrow]"


@pytest.mark.parametrize("backend", ONE_EACH)
def test_the_kind_of_table_stays(backend: str) -> None:
    """A table comes back as what it was, lazy where it was lazy."""
    frame = ONE_EACH[backend](["ARM"], [dt.date(2003, 6, 30)])

    assert type(csto.annotate(frame)) is type(frame)


def test_a_narwhals_frame_stays_one() -> None:
    """A frame that narwhals wraps already comes back wrapped."""
    frame = nw.from_native(ONE_EACH["polars"](["ARM"], [dt.date(2003, 6, 30)]))

    assert isinstance(csto.annotate(frame), nw.DataFrame)


def test_polars_plans_no_join_and_no_function() -> None:
    """The plan of the shipped organizations is an expression that Polars itself can read."""
    frame = BACKENDS["polars lazy"](["ARM"], [dt.date(2003, 6, 30)])

    plan = csto.annotate(frame, status="status").explain()

    assert "JOIN" not in plan.upper()
    assert "python" not in plan.lower()
    assert plan.count("lowercase") == plan.count("to_physical") == 1  # looked up once, whatever is asked


def test_duckdb_plans_no_join_and_no_function() -> None:
    """The plan of the shipped organizations is one projection for DuckDB."""
    connection = module("duckdb").connect()
    relation = connection.sql("select 'ARM' || range as iso3, date '2003-06-30' as date from range(9)")

    plan = csto.annotate(relation, status="status").explain()

    assert "JOIN" not in plan.upper()
    assert "PYTHON" not in plan.upper()
    assert "PROJECTION" in plan.upper()


def test_dask_names_equal_work_alike() -> None:
    """The same question has the same name in Dask's graph, another reading or another column has not."""
    module("dask.dataframe")
    frame = dask_table(["UZB"], [dt.date(2003, 6, 30)])

    name = csto.annotate(frame)._name

    assert csto.annotate(frame)._name == name
    assert csto.reading(basis="legal").annotate(frame)._name == name
    assert csto.reading(basis="active").annotate(frame)._name != name
    assert csto.annotate(frame, status="status")._name != name


def test_duckdb_keeps_the_order_of_rows(large: Organization) -> None:
    """Past 100 changes, too, and so without a join: DuckDB's joins give rows back in any order."""
    connection = module("duckdb").connect(config={"threads": 2})
    words = [state.iso3 for state in large.states]
    rows = 300_000
    connection.execute(
        "create table events as select range as place, $1[1 + range * 7 % len($1)] as iso3, "
        "date '1850-01-01' + (range * 31 % 63000)::integer as date from range($2)",
        [words, rows],
    )

    annotated = large.annotate(connection.table("events"), status="status", why="why")

    assert "JOIN" not in annotated.explain().upper()
    for table in ("first", "second"):
        annotated.create(table)
        places = connection.table(table).project("place").fetchnumpy()["place"]
        assert places.tolist() == list(range(rows))


def test_large_organizations_join_by_equality(large: Organization) -> None:
    """Past 100 changes the plan of Polars holds two left joins and still no Python function."""
    plan = large.annotate(BACKENDS["polars lazy"](["ARM"], [dt.date(2003, 6, 30)])).explain()

    assert plan.count("END LEFT JOIN") == 2
    assert "python" not in plan.lower()


def test_polars_streams() -> None:
    """The streaming engine gives the same answers."""
    states, days = exhaustive(csto)
    frame = BACKENDS["polars lazy"](states, days)

    found = csto.annotate(frame).sort("place").collect(engine="streaming")

    assert found["member"].to_list() == [expected(csto, *row) for row in zip(states, days, strict=True)]


def test_dask_partitions_are_annotated_one_by_one() -> None:
    """Nothing is computed before it is asked for, and partitions stay."""
    frame = dask_table(["ARM"] * 9, [dt.date(2003, 6, 30)] * 9)

    assert csto.annotate(frame).npartitions == frame.npartitions


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb"])
def test_large_organizations_add_no_column_of_their_own(backend: str, large: Organization) -> None:
    """What answers are joined by is gone from the result."""
    frame = BACKENDS[backend](["ARM"], [dt.date(2003, 6, 30)])

    found = nw.from_native(large.annotate(frame, status="status")).collect_schema().names()

    assert found == ["place", "iso3", "date", "member", "status"]


def test_dask_names_every_choice_apart() -> None:
    """Every choice that can change an answer or a column changes the name in the graph."""
    module("dask.dataframe")
    frame = dask_table(["UZB"], [dt.date(2003, 6, 30)])
    frame = frame.assign(code=frame["iso3"], day=frame["date"], year=2003, other=2003)
    choices: list[dict[str, Any]] = [
        {},
        {"state": "code"},
        {"on": "day"},
        {"codes": None},
        {"into": "was"},
        {"status": "status"},
        {"status": "was"},
        {"why": "why"},
        *({"on": "year", "rule": rule} for rule in ("any", "all", "start", "end", "midyear")),
        {"on": "other", "rule": "any"},
    ]

    names = {csto.annotate(frame, **choice)._name for choice in choices}

    assert len(names) == len(choices)


def test_a_lazy_narwhals_frame_stays_one() -> None:
    """A lazy frame that narwhals wraps already comes back wrapped and lazy."""
    frame = nw.from_native(ONE_EACH["polars lazy"](["ARM"], [dt.date(2003, 6, 30)]))

    found = csto.annotate(frame)

    assert isinstance(found, nw.LazyFrame)
    assert found.collect()["member"].to_list() == [True]


@pytest.mark.parametrize("backend", ["polars text", "pandas text", "pyarrow text"])
def test_days_that_a_later_batch_brings(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that was not met in the first rows is read when it comes."""
    from csto_membership.frames import _grids
    from csto_membership.frames._in_memory import codes as _codes

    monkeypatch.setattr(_grids, "CHUNK", 16)
    monkeypatch.setattr(_codes, "CHUNK", 32)
    days: list[Day] = [dt.date(1990 + number // 4, 1 + 3 * (number % 4), 1) for number in range(128)]

    found = csto.annotate(BACKENDS[backend](["UZB"] * 128, days))

    assert answers(found) == [expected(csto, "UZB", day) for day in days]
