"""Tables: both routes, on every library, against the scalar answers."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    Act,
    Answer,
    BeyondHorizonError,
    ColumnError,
    Dataset,
    DayError,
    Event,
    FrameError,
    History,
    ReadingError,
    Source,
    SourceKind,
    State,
    StateError,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
)
from tests.frame_backends import BACKENDS, EAGER, ONE_EACH, answers, dask_table, module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership import Organization
    from tests.frame_backends import Build, Day

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

READINGS = {
    "legal": csto,
    "active": csto.reading(basis="active"),
    "nominal": csto.reading(basis="nominal"),
    "any": csto.reading(dating="any"),
    "era": csto.reading(era="CSTO"),
    "known_on": csto.reading(known_on="2012-07-01"),
    "extrapolate": csto.reading(extrapolate=True),
    "observers": csto_pa.reading(basis="signed"),
}


def edge_days(organization: Organization) -> list[dt.date]:
    """Every day on which anything changes and the horizon, each with its neighbours, and days far away."""
    edges = {*organization.compiled.segments.cuts, organization.horizon.toordinal()}
    near = {dt.date.fromordinal(edge + step) for edge in edges for step in (-1, 0, 1)}
    return sorted(
        near | {dt.date(1700, 3, 1), dt.date(1900, 2, 28), dt.date(1969, 12, 31), dt.date(2200, 1, 1)}
    )


def is_listed(organization: Organization, state: object) -> bool:
    """Whether tables know a state: so far, they know those with an act alone."""
    try:
        return organization.state(state) in organization.states
    except StateError:
        return False


def expected(organization: Organization, state: object, day: Day) -> bool | None:
    """The scalar answer as a table gives it."""
    if state is None or day is None or not is_listed(organization, state):
        return None
    try:
        said = organization.was_member(state, day)
    except (StateError, BeyondHorizonError):
        return None
    return {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}[said]


def expected_status(organization: Organization, state: object, day: Day) -> str | None:
    """The scalar status as a table gives it."""
    if state is None or day is None or not is_listed(organization, state):
        return None
    try:
        return str(organization.status_on(state, day))
    except (StateError, BeyondHorizonError):
        return None


def expected_why(organization: Organization, state: object, day: Day) -> str | None:
    """What makes the scalar answer none, as a table says it."""
    if day is None:
        return "no date"
    if not is_listed(organization, state):
        return "unknown state"
    try:
        said = organization.was_member(state, day)
    except StateError:
        return "unknown state"
    except BeyondHorizonError:
        return "past the horizon"
    return "open" if said is Answer.UNKNOWN else None


def exhaustive(organization: Organization) -> tuple[list[str | None], list[Day]]:
    """All states, known and unknown, on all edge days and on none."""
    states: list[str | None] = [state.iso3 for state in organization.states]
    days: list[Day] = [*edge_days(organization), None]
    rows = list(itertools.product([*states, "USA", "", "Narnia", None], days))
    return [state for state, _ in rows], [day for _, day in rows]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_library_gives_the_scalar_answers(backend: str, reading: str) -> None:
    """All states on all edge days: a table says what was_member and status_on say, and why it is null elsewhere."""
    organization = READINGS[reading]
    states, days = exhaustive(organization)
    frame = BACKENDS[backend](states, days)

    found = organization.annotate(frame, status="status", why="why")

    asked = list(zip(states, days, strict=True))
    assert answers(found) == [expected(organization, *row) for row in asked]
    assert answers(found, "status") == [expected_status(organization, *row) for row in asked]
    assert answers(found, "why") == [expected_why(organization, *row) for row in asked]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_tables(backend: str, seed: int) -> None:
    """Rows with nulls, duplicates and unknown codes keep their number, their order and their meaning."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    words = [*(state.iso3 for state in csto.states), "USA", "ZZZ", None]
    edges = [*edge_days(csto), None]
    states = draw.choices(words, k=2_000)
    days: list[Day] = draw.choices(edges, k=2_000)

    found = csto.annotate(BACKENDS[backend](states, days))

    assert answers(found, "place") == list(range(2_000))
    assert answers(found, "iso3") == states
    assert answers(found) == [expected(csto, *row) for row in zip(states, days, strict=True)]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("kind", ["empty", "one", "nulls"])
def test_small_tables(backend: str, kind: str) -> None:
    """No row, one row, and nothing but nulls."""
    rows: dict[str, tuple[list[str | None], list[Day]]] = {
        "empty": (["ARM"], [dt.date(2003, 6, 30)]),
        "one": (["ARM"], [dt.date(2003, 6, 30)]),
        "nulls": (["ARM", None, None], [None, dt.date(2003, 6, 30), None]),
    }
    frame = BACKENDS[backend](*rows[kind])
    if kind == "empty":
        if backend.startswith("dask"):
            pytest.skip("a Dask frame without rows has no partition to build")
        frame = frame.filter("place < 0") if backend.startswith("duckdb") else _head(frame)

    found = answers(csto.annotate(frame, status="status"))

    assert found == {"empty": [], "one": [True], "nulls": [None, None, None]}[kind]


def _head(frame: Any) -> Any:
    """No row of a frame."""
    return frame.slice(0, 0) if hasattr(frame, "slice") else frame.iloc[:0]


@pytest.fixture(scope="module")
def large() -> Organization:
    """200 states with 1,000 changes and more, some of their dates known only to the month."""
    return invented(200, 6, seed=7)


def invented(states: int, changes: int, *, seed: int, since: int = 1_850) -> Organization:
    """An organization whose states come and go."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    letters = [a + b + c for a in "ABCDEFGHIJ" for b in "KLMNOPQRST" for c in "UVWXYZ"]
    codes = sorted(draw.sample(letters, states))
    events = []
    for code in codes:
        days = sorted(
            draw.sample(range(dt.date(since, 1, 1).toordinal(), dt.date(2020, 1, 1).toordinal()), changes)
        )
        for number, day in enumerate(days):
            written = dt.date.fromordinal(day).isoformat()
            effect = imprecise(written[:7]) if draw.random() < 0.1 else exact(written)
            act = Act.WITHDRAW if number % 2 else Act.JOIN
            events.append(Event(state=code, act=act, effect=effect, sources=("told",)))
    source = Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS)
    return build(
        Dataset(
            verified_through=exact("2024-12-31"),
            states=tuple(
                State(iso3=code, english=code.title(), cow=number) for number, code in enumerate(codes, 1)
            ),
            histories=(History(id="BIG", name="Big", events=tuple(events)),),
            sources=(source,),
        )
    )


@pytest.mark.parametrize("backend", BACKENDS)
def test_large_organizations(backend: str, large: Organization) -> None:
    """With 1,000 changes the lazy engines join and the others gather in two levels: nobody can tell."""
    draw = random.Random(3)  # noqa: S311 (no secret)
    states: list[str | None] = [*(state.iso3 for state in large.states), "USA", None]
    edges: list[Day] = [*edge_days(large), None]
    drawn = draw.choices(states, k=4_000)
    days = draw.choices(edges, k=4_000)

    found = large.annotate(BACKENDS[backend](drawn, days), status="status", why="why")

    asked = list(zip(drawn, days, strict=True))
    assert answers(found, "why") == [expected_why(large, *row) for row in asked]
    assert answers(found, "place") == list(range(4_000))
    assert answers(found) == [expected(large, *row) for row in asked]
    assert answers(found, "status") == [expected_status(large, *row) for row in asked]


def test_dense_and_two_level_tables_agree(large: Organization) -> None:
    """The memory bound chooses the table; both hold the same cells, and neither passes the bound."""
    from csto_membership._membership.tracks import asked
    from csto_membership.frames._grids import DENSE_BYTES, grid

    for organization in (csto, large):
        for what in ("member", "status"):
            question = asked("day", "any", what)
            dense = grid(organization, question, dense_bytes=2**40)
            levels = grid(organization, question, dense_bytes=0)
            chosen = grid(organization, question)

            assert dense.segments is None
            assert levels.segments is not None
            wide = levels.cells.reshape(-1, levels.width)[:, levels.segments]
            assert (dense.cells.reshape(-1, dense.width) == wide).all()
            assert (chosen.segments is None) == (dense.cells.nbytes <= DENSE_BYTES)


# Columns of other kinds.


def on_every_day_of(organization: Organization, state: object, year: int) -> list[bool | None]:
    """A year's scalar answers, day by day."""
    first, after = dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal()
    return [expected(organization, state, dt.date.fromordinal(day)) for day in range(first, after)]


def by_rule(days: list[bool | None], rule: str, year: int) -> bool | None:
    """What a rule makes of a year's answers, in three-valued logic."""
    midyear = (dt.date(year, 7, 1) - dt.date(year, 1, 1)).days
    if rule in {"start", "end", "midyear"}:
        return days[{"start": 0, "end": -1, "midyear": midyear}[rule]]
    decisive = rule == "any"
    if decisive in days:
        return decisive
    return None if None in days else not decisive


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("reading", ["legal", "any", "extrapolate", "observers"])
def test_years(rule: str, reading: str) -> None:
    """A year under a rule is what the rule makes of its days; what is unknown stays null."""
    organization = READINGS[reading]
    rows = list(itertools.product([state.iso3 for state in organization.states], range(1988, 2031)))
    wanted = [by_rule(on_every_day_of(organization, *row), rule, row[1]) for row in rows]
    last = dt.date.max if reading == "extrapolate" else organization.horizon
    ends = {"start": (1, 1), "midyear": (7, 1)}.get(rule, (12, 31))
    reasons = [
        None if said is not None else "past the horizon" if dt.date(year, *ends) > last else "open"
        for said, (_, year) in zip(wanted, rows, strict=True)
    ]

    for build_frame in ONE_EACH.values():
        found = organization.annotate(_years(build_frame, rows), on="year", rule=rule, why="why")
        assert answers(found) == wanted
        assert answers(found, "why") == reasons


def _years(build_frame: Build, rows: Sequence[tuple[str, int]]) -> Any:
    """A table of state-years."""
    frame = build_frame([state for state, _ in rows], [dt.date(year, 1, 1) for _, year in rows])
    library = type(frame).__module__.partition(".")[0]
    if library == "polars":
        pl = module("polars")
        return frame.with_columns(year=pl.col("date").dt.year()).drop("date")
    if library == "pyarrow":
        pa = module("pyarrow")
        years = pa.array([year for _, year in rows], pa.int16())
        return frame.append_column("year", years).drop_columns(["date"])
    if library in {"duckdb", "_duckdb"}:
        return frame.project("place, iso3, year(date) as year")
    return frame.assign(year=frame["date"].dt.year).drop(columns="date")


@pytest.mark.parametrize("codes", ["iso2", "cow", "gw", "fips", "iso_numeric", "cow_abbrev", "name", None])
@pytest.mark.parametrize("backend", ONE_EACH)
def test_codes(backend: str, codes: str | None) -> None:
    """States may be written in any scheme, as text or as numbers."""
    scheme = codes or "iso3"
    words: list[str | int | None] = [
        getattr(state, scheme.replace("name", "english")) for state in csto.states
    ]
    days: list[Day] = [dt.date(2003, 6, 30)] * len(words)

    found = csto.annotate(ONE_EACH[backend](words, days), codes=codes)

    assert answers(found) == [expected(csto, state.iso3, days[0]) for state in csto.states]


@pytest.mark.parametrize("backend", ONE_EACH)
def test_numbers_of_states_with_gaps(backend: str) -> None:
    """Numbers that mean nothing, and missing ones, are null."""
    words: list[str | int | None] = [702, None, 9, 371, -1, 2**40]
    days: list[Day] = [dt.date(2007, 1, 1)] * len(words)

    found = csto.annotate(ONE_EACH[backend](words, days), codes="cow")

    assert answers(found) == [True, None, None, True, None, None]


@pytest.mark.parametrize("backend", ONE_EACH)
def test_spellings(backend: str) -> None:
    """Names in several languages and cases are found on every engine."""
    words: list[str | int | None] = ["uzbekistan", "UZBEKISTAN", "Uzbekistan", "UZB", "uzb"]
    days: list[Day] = [dt.date(2007, 1, 1)] * len(words)

    found = csto.annotate(ONE_EACH[backend](words, days), codes=None)

    assert answers(found) == [True] * len(words)


ODD = (
    "uzb", "Uzb", "UZB ", " UZB", "U Z B", "ｕｚｂ", "UZ", "uz", "Uz", "704", "0704", "860", " 860", "UZB.",
    "Uzbekistan", "uzbekistan", "UZBEKISTAN", "uZBEKISTAN", "Uzbekistan ", "Uz-bekistan", "O‘zbekiston", "Ozbekiston",
    "Oʻzbekiston", "Ouzbékistan", "Узбекистан", "УЗБЕКИСТАН", "узбекистан", "Ўзбекистон", "أوزبكستان",
    "RS", "rs", "RUS", "365", "051", "51", "Narnia", "", None,
)  # fmt: skip


@pytest.mark.parametrize("codes", ["iso3", "iso2", "iso_numeric", "cow", "gw", "fips", "name", None])
def test_odd_spellings_mean_the_same_on_every_route(codes: str | None) -> None:
    """What is listed is found and all else is null, in tables in memory as in lazy ones."""
    days: list[Day] = [dt.date(2007, 1, 1)] * len(ODD)

    found = {
        name: answers(csto.annotate(build_frame(ODD, days), codes=codes, status="status"), "status")
        for name, build_frame in BACKENDS.items()
    }

    first = found["polars"]
    assert all(said == first for said in found.values()), found
    known = {word for word, said in zip(ODD, first, strict=True) if said is not None}
    assert (
        known
        == {
            "iso3": {"UZB", "uzb", "RUS"} & set(ODD),
            "iso2": {"UZ", "uz"},
            "iso_numeric": {"860", "051", "51"},
            "cow": {"704", "365"},
            "gw": {"704", "365"},
            "fips": {"UZ", "uz", "RS", "rs"},
            "name": {word for word in ODD if word is not None and word in NAMED},
            None: ({"UZB", "uzb", "UZ", "uz", "860", "RUS", "365", "051", "51"} | NAMED) & set(ODD),
        }[codes]
    )


# What the files and CLDR write, in capitals, in small letters, and without accents.
NAMED = {
    "Uzbekistan", "uzbekistan", "UZBEKISTAN", "Oʻzbekiston", "Узбекистан", "УЗБЕКИСТАН", "узбекистан",
    "أوزبكستان",
}  # fmt: skip


TEXT_DAYS = {
    "2007-01-01": True,
    "2007-02-29": None,
    "2008-02-29": True,
    "1900-02-29": None,
    "2000-02-29": False,
    "2007-04-31": None,
    "2007-12-31": True,
    "2007-13-01": None,
    "2007-1-1": None,
    "20070101": None,
    "2007": None,
    "0000-01-01": None,
    "0001-01-01": False,
    "2007-01-01T00:00:00": None,
    "2007-01-01\n": None,
    "٢٠٠٧-٠١-٠١": None,
    "": None,
}


@pytest.mark.parametrize(
    "backend", ["polars text", "pandas text", "pyarrow text", "polars lazy text", "duckdb text", "dask text"]
)
def test_text_that_is_no_day_is_null(backend: str) -> None:
    """Only existing days written YYYY-MM-DD are read, and all routes read the same."""
    frame = _with_text(backend, list(TEXT_DAYS))

    assert answers(csto.annotate(frame)) == list(TEXT_DAYS.values())


def _with_text(backend: str, texts: list[str]) -> Any:
    """A table of Uzbekistan with days as text, whatever they are."""
    frame = BACKENDS[backend.replace(" text", "") or backend](
        ["UZB"] * len(texts), [dt.date(2003, 6, 30)] * len(texts)
    )
    library = backend.partition(" ")[0]
    if library == "polars":
        pl = module("polars")
        return frame.with_columns(date=pl.lit(pl.Series(texts)))
    if library == "pyarrow":
        return frame.set_column(2, "date", module("pyarrow").array(texts))
    if library == "duckdb":
        listed = ", ".join(f"'{text}'" for text in texts)
        return frame.project(f"place, iso3, [{listed}][place + 1] as date")
    pandas = module("pandas").DataFrame({"place": range(len(texts)), "iso3": "UZB", "date": texts})
    return module("dask.dataframe").from_pandas(pandas, npartitions=2) if library == "dask" else pandas


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


def test_short_words_are_not_taken_for_one_another() -> None:
    """A word that hashes like a known one is still unknown."""
    np = module("numpy")
    from csto_membership.frames._in_memory.codes import short_words

    known = [state.iso3 for state in csto.states]
    others = ["".join(word) for word in itertools.product("ABCDEFGHIJKLM", repeat=3)]
    table = short_words(known)
    assert table is not None
    keys = [len(word) | int.from_bytes(word.encode(), "little") << 32 for word in [*known, *others]]

    found = table.look_up(np.array(keys, dtype=np.uint64)).tolist()

    assert found == [*range(len(known)), *([-1] * len(others))]
    assert short_words(["Kazakhstan"]) is None


# What is kept.


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


# Plans.


def test_polars_plans_no_join_and_no_function() -> None:
    """The plan of the shipped organizations is an expression that Polars itself can read."""
    frame = BACKENDS["polars lazy"](["ARM"], [dt.date(2003, 6, 30)])

    plan = csto.annotate(frame, status="status").explain()

    assert "JOIN" not in plan.upper()
    assert "python" not in plan.lower()
    assert "is_in" in plan


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


# Bad input.


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

    for state, on, rule, wanted in (
        ("date", "date", None, "Pass states as text, as a categorical, or as whole numbers"),
        ("iso3", "place", None, "Pass days as dates, as datetimes without a zone, or as text YYYY-MM-DD"),
        (
            "iso3",
            "date",
            "any",
            "With rule=, pass years as whole numbers, and cast text first; for a column of days leave rule= out, "
            "and say on= in reconcile.",
        ),
    ):
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
        "Correct them, say which codes= they are, or let them be null with unknown='null'."
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
    frame = _with_text(f"{backend} text", ["2003-06-30", "30.06.2003", "30.06.2003"])

    with pytest.raises(DayError) as caught:
        csto.annotate(frame, unknown="raise")

    assert str(caught.value) == (
        "column 'date' holds 1 value that is no day: '30.06.2003' (2). Write them as YYYY-MM-DD, "
        "say rule= for whole numbers of years, or let them be null with unknown='null'."
    )


@pytest.mark.parametrize("backend", ONE_EACH)
def test_unreadable_years_can_raise(backend: str) -> None:
    """Fractions, and numbers before the calendar such as -9 for missing, are no years; both columns are told."""
    frame = _with_years(backend, ["ARM", "XXX", "ARM", "ARM"], [2003.0, 2003.5, -9.0, None])

    with pytest.raises(StateError) as caught:
        csto.annotate(frame, on="year", rule="any", unknown="raise")

    states, years = str(caught.value).split("\n")
    assert states.startswith("column 'iso3' holds 1 value that is no state: 'XXX' (1). ")
    assert years == (
        "column 'year' holds 2 values that are no year: -9.0 (1), 2003.5 (1). "
        "Write years of the calendar as whole numbers, or let them be null with unknown='null'."
    )


@pytest.mark.parametrize("backend", ONE_EACH)
def test_years_before_the_calendar_are_null(backend: str) -> None:
    """The first year is 1: a number for missing is no year of no membership."""
    frame = _with_years(backend, ["ARM"] * 5, [-9, 0, 1, 2003, None])

    found = answers(csto.annotate(frame, on="year", rule="all"))

    assert found == [None, None, False, True, None]


def _with_years(backend: str, states: list[str | None], years: list[float | None]) -> Any:
    """A table with a column of years of the type that fits."""
    frame = ONE_EACH[backend](states, [None] * len(states))
    kind = "double" if any(isinstance(year, float) for year in years) else "bigint"
    if backend == "duckdb":
        listed = ", ".join("null" if year is None else str(year) for year in years)
        return frame.project(f"place, iso3, ([{listed}]::{kind}[])[place + 1] as year")
    if backend == "dask":
        module("dask.dataframe")
        return frame.map_partitions(
            lambda part: part.assign(year=part["place"].map(dict(enumerate(years))).astype("Float64"))
        )
    if backend == "pyarrow":
        return frame.append_column("year", module("pyarrow").array(years))
    if backend == "pandas":
        return frame.assign(year=years)
    return frame.with_columns(year=module("polars").Series(years))


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
        ({"codes": "iso4"}, StateError, "no codes 'iso4'. Did you mean 'iso3'?"),
        (
            {"unknown": "drop"},
            FrameError,
            "unknown 'drop' is no choice. Say unknown='null' or unknown='raise'.",
        ),
        ({"rule": "most"}, ReadingError, "no rule 'most'"),
    ],
)
def test_choices_that_do_not_exist(choice: dict[str, str], error: type[Exception], sentence: str) -> None:
    """Each is named, with what there is."""
    frame = ONE_EACH["polars"](["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(error, match=sentence.replace("(", r"\(").replace("?", r"\?")):
        csto.annotate(frame, **choice)


def test_dask_partitions_are_annotated_one_by_one() -> None:
    """Nothing is computed before it is asked for, and partitions stay."""
    frame = dask_table(["ARM"] * 9, [dt.date(2003, 6, 30)] * 9)

    assert csto.annotate(frame).npartitions == frame.npartitions


# Edges that the shipped organizations do not have, and choices at their bounds.


def recorded(*acts: tuple[str, Act, str], verified_through: str = "2024-12-31") -> Organization:
    """An organization of just these acts, each of a state on a day or in a month or year."""
    return build(
        Dataset(
            verified_through=exact(verified_through),
            states=tuple(State(iso3=code, english=code.title()) for code in sorted({act[0] for act in acts})),
            sources=(Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS),),
            histories=(
                History(
                    id="FEW",
                    name="Few",
                    events=tuple(
                        Event(
                            state=code,
                            act=act,
                            effect=exact(day) if len(day) == 10 else imprecise(day),
                            sources=("told",),
                        )
                        for code, act, day in acts
                    ),
                ),
            ),
        )
    )


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_years_of_changes_at_the_turn_and_in_the_middle(rule: str) -> None:
    """The first day, the last and 1 July are their own days: a change on the one before or after is none of theirs."""
    days = ["2005-12-31", "2006-01-01", "2006-01-02", "2006-06-30", "2006-07-01", "2006-07-02"]
    codes = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]
    organization = recorded(*((code, Act.JOIN, day) for code, day in zip(codes, days, strict=True)))
    rows = list(itertools.product(codes, range(2004, 2009)))

    found = answers(organization.annotate(_years(ONE_EACH["pyarrow"], rows), on="year", rule=rule))

    assert found == [by_rule(on_every_day_of(organization, *row), rule, row[1]) for row in rows]


@pytest.mark.parametrize("rule", ["any", "all"])
def test_a_change_on_the_last_day_verified(rule: str) -> None:
    """What happens on the horizon counts for its year, of which the rest is open."""
    organization = recorded(
        ("AAA", Act.JOIN, "2024-06-30"),
        ("BBB", Act.JOIN, "2000-01-01"),
        ("BBB", Act.WITHDRAW, "2024-06-30"),
        verified_through="2024-06-30",
    )
    rows = list(itertools.product(["AAA", "BBB"], range(2022, 2027)))

    found = answers(organization.annotate(_years(ONE_EACH["pyarrow"], rows), on="year", rule=rule))

    assert found == [by_rule(on_every_day_of(organization, *row), rule, row[1]) for row in rows]
    assert found[2 if rule == "any" else 7] is (rule == "any")


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("backend", ["pyarrow", "polars lazy", "duckdb"])
def test_statuses_of_years(backend: str, rule: str) -> None:
    """A year's status is that of the day that its rule names, or else every one that the state had in it."""
    rows = list(itertools.product([state.iso3 for state in csto.states], range(1988, 2031)))
    month, day = {"start": (1, 1), "end": (12, 31), "midyear": (7, 1)}.get(rule, (0, 0))
    wanted = [
        expected_status(csto, state, dt.date(year, month, day))
        if month
        else str(csto.status_on(state, str(year)))
        if year < csto.horizon.year
        else None
        for state, year in rows
    ]

    found = csto.annotate(_years(ONE_EACH[backend], rows), on="year", rule=rule, status="status")

    assert answers(found, "status") == wanted


def test_calendar_days_as_text_are_all_matched_and_nothing_else() -> None:
    """The pattern that engines are given knows every month, and 29 February in leap years alone."""
    from csto_membership.frames._planned.plans import CALENDAR

    pattern = re.compile(CALENDAR)

    for month, day in itertools.product(range(20), range(40)):
        is_day = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2003, month)[1]
        assert (pattern.fullmatch(f"2003-{month:02}-{day:02}") is not None) == is_day, (month, day)
    for year in range(1, 10_000):
        assert (pattern.fullmatch(f"{year:04}-02-29") is not None) == calendar.isleap(year), year


@pytest.mark.parametrize("backend", ["pyarrow", "polars lazy", "duckdb"])
def test_what_is_unknown_up_to_the_horizon(backend: str) -> None:
    """A state of which nothing is certain any more leaves the others as they are, up to the horizon."""
    organization = recorded(
        ("AAA", Act.JOIN, "2000-01-01"),
        ("BBB", Act.JOIN, "2000-01-01"),
        ("BBB", Act.WITHDRAW, "2024"),
        ("CCC", Act.JOIN, "2000-01-01"),
        ("CCC", Act.WITHDRAW, "[2024-06-30..2024-07-15]"),
        verified_through="2024-06-30",
    )
    states, days = exhaustive(organization)

    found = organization.annotate(BACKENDS[backend](states, days), status="status", why="why")

    assert answers(found) == [expected(organization, *row) for row in zip(states, days, strict=True)]
    assert answers(found, "status") == [
        expected_status(organization, *row) for row in zip(states, days, strict=True)
    ]
    assert answers(found, "why") == [
        expected_why(organization, *row) for row in zip(states, days, strict=True)
    ]
    assert expected(organization, "AAA", dt.date(2024, 6, 30)) is True
    assert expected(organization, "BBB", dt.date(2024, 6, 30)) is None


@pytest.mark.parametrize("backend", ["polars", "polars lazy", "duckdb"])
def test_large_organizations_read_the_same_spellings(backend: str, large: Organization) -> None:
    """Where answers are joined, a code is found in capitals or in small letters, and not in a mixture."""
    code = large.states[0].iso3
    words = [code, code.lower(), code.title(), code[:1].lower() + code[1:]]
    days: list[Day] = [dt.date(2019, 12, 31)] * len(words)
    said = expected(large, code, days[0])

    found = answers(large.annotate(BACKENDS[backend](words, days)))

    assert said is not None
    assert found == [said, said, None, None]


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb"])
def test_large_organizations_add_no_column_of_their_own(backend: str, large: Organization) -> None:
    """What answers are joined by is gone from the result."""
    frame = BACKENDS[backend](["ARM"], [dt.date(2003, 6, 30)])

    found = nw.from_native(large.annotate(frame, status="status")).collect_schema().names()

    assert found == ["place", "iso3", "date", "member", "status"]


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb"])
def test_large_organizations_do_not_mix_up_kinds_of_days(backend: str) -> None:
    """What was made to be joined with dates is not joined with text, nor the other way round."""
    organization = invented(30, 8, seed=12, since=1_990)
    states: list[str | None] = [state.iso3 for state in organization.states]
    days: list[Day] = [dt.date(2003, 6, 30)] * len(states)
    wanted = [expected(organization, *row) for row in zip(states, days, strict=True)]

    for kind in ("", "text", "moments", ""):
        frame = BACKENDS[f"{backend} {kind}".strip()](states, days)
        assert answers(organization.annotate(frame)) == wanted


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


def test_words_of_five_bytes_are_no_short_ones() -> None:
    """Of a word only four bytes stand beside its length."""
    from csto_membership.frames._in_memory.codes import short_words

    assert short_words(["ABCD"]) is not None
    assert short_words(["ABCDE"]) is None
    assert short_words(["Ĳssé"]) is None
