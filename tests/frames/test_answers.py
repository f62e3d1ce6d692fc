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
    Organization,
    State,
    csto,
)

if TYPE_CHECKING:
    from csto_membership._membership.tracks import Rule

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, ONE_EACH, Day, answers  # noqa: E402 (after the skips)
from tests.frames.oracles import (  # noqa: E402 (after the skips)
    ODD,
    READINGS,
    TEXT_DAYS,
    by_rule,
    edge_days,
    exhaustive,
    expected,
    expected_status,
    expected_why,
    invented,
    on_every_day_of,
    recorded,
    with_text,
    with_years,
    years_table,
)


@pytest.fixture(scope="module")
def large() -> Organization:
    """200 states with 1,000 changes and more, some of their dates known only to the month."""
    return invented(200, 6, seed=7)


def _head(frame: Any) -> Any:
    """No row of a frame."""
    return frame.slice(0, 0) if hasattr(frame, "slice") else frame.iloc[:0]


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
    from csto_membership._membership.tracks import question_about
    from csto_membership.frames._grids import DENSE_BYTES, grid

    for organization in (csto, large):
        for what in ("member", "status"):
            question = question_about("day", "any", what)
            dense = grid(organization, question, dense_bytes=2**40)
            levels = grid(organization, question, dense_bytes=0)
            chosen = grid(organization, question)

            assert dense.segments is None
            assert levels.segments is not None
            wide = levels.cells.reshape(-1, levels.width)[:, levels.segments]
            assert (dense.cells.reshape(-1, dense.width) == wide).all()
            assert (chosen.segments is None) == (dense.cells.nbytes <= DENSE_BYTES)


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("reading", ["legal", "any", "extrapolate", "observers"])
def test_years(rule: Rule, reading: str) -> None:
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
        found = organization.annotate(years_table(build_frame, rows), on="year", rule=rule, why="why")
        assert answers(found) == wanted
        assert answers(found, "why") == reasons


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


def fault_in(meaning: object) -> str | None:
    """Why a word that was read is no state."""
    return None if isinstance(meaning, State) else "ambiguous" if meaning else "unknown state"


@pytest.mark.parametrize("codes", ["iso3", "iso2", "iso_numeric", "cow", "gw", "fips", "name", None])
def test_odd_spellings_mean_the_same_on_every_route(codes: str | None) -> None:
    """In memory a word means what scalars say; a lazy table says the same, or that the state is unknown."""
    words = (*ODD, "USA", "us", "Korea", "840", "Kyrgyz Rep.", "Armenia, Republic of", "BY", "31")
    days: list[Day] = [dt.date(2007, 1, 1)] * len(words)
    names = csto.compiled.names
    meanings = [None if word is None else names.encode(word, codes) for word in words]
    meant = [
        expected_status(csto, meaning, days[0]) if isinstance(meaning, State) else None
        for meaning in meanings
    ]
    why = [
        fault_in(meaning) if word is not None else "no state"
        for word, meaning in zip(words, meanings, strict=True)
    ]

    for name, build_frame in BACKENDS.items():
        found = csto.annotate(build_frame(words, days), codes=codes, status="status", why="why")
        told = list(zip(answers(found, "status"), answers(found, "why"), strict=True))
        for word, wanted, said in zip(words, zip(meant, why, strict=True), told, strict=True):
            is_planned = name.startswith(("polars lazy", "duckdb"))
            assert said == wanted or (is_planned and said == (None, "unknown state")), (name, word)


@pytest.mark.parametrize(
    "backend", ["polars text", "pandas text", "pyarrow text", "polars lazy text", "duckdb text", "dask text"]
)
def test_text_that_is_no_day_is_null(backend: str) -> None:
    """Only existing days are read, with a time behind them or not, and all routes read the same."""
    frame = with_text(backend, list(TEXT_DAYS))

    assert answers(csto.annotate(frame)) == list(TEXT_DAYS.values())


@pytest.mark.parametrize("backend", ONE_EACH)
def test_years_before_the_calendar_are_null(backend: str) -> None:
    """The first year is 1: a number for missing is no year of no membership."""
    frame = with_years(backend, ["ARM"] * 5, [-9, 0, 1, 2003, None])

    found = answers(csto.annotate(frame, on="year", rule="all"))

    assert found == [None, None, False, True, None]


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
def test_years_of_changes_at_the_turn_and_in_the_middle(rule: Rule) -> None:
    """The first day, the last and 1 July are their own days: a change on the one before or after is none of theirs."""
    days = ["2005-12-31", "2006-01-01", "2006-01-02", "2006-06-30", "2006-07-01", "2006-07-02"]
    codes = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]
    organization = recorded(*((code, Act.JOIN, day) for code, day in zip(codes, days, strict=True)))
    rows = list(itertools.product(codes, range(2004, 2009)))

    found = answers(organization.annotate(years_table(ONE_EACH["pyarrow"], rows), on="year", rule=rule))

    assert found == [by_rule(on_every_day_of(organization, *row), rule, row[1]) for row in rows]


@pytest.mark.parametrize("rule", ["any", "all"])
def test_a_change_on_the_last_day_verified(rule: Rule) -> None:
    """What happens on the horizon counts for its year, of which the rest is open."""
    organization = recorded(
        ("AAA", Act.JOIN, "2024-06-30"),
        ("BBB", Act.JOIN, "2000-01-01"),
        ("BBB", Act.WITHDRAW, "2024-06-30"),
        verified_through="2024-06-30",
    )
    rows = list(itertools.product(["AAA", "BBB"], range(2022, 2027)))

    found = answers(organization.annotate(years_table(ONE_EACH["pyarrow"], rows), on="year", rule=rule))

    assert found == [by_rule(on_every_day_of(organization, *row), rule, row[1]) for row in rows]
    assert found[2 if rule == "any" else 7] is (rule == "any")


@pytest.mark.parametrize("rule", ["any", "all", "start", "end", "midyear"])
@pytest.mark.parametrize("backend", ["pyarrow", "polars lazy", "duckdb"])
def test_statuses_of_years(backend: str, rule: Rule) -> None:
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

    found = csto.annotate(years_table(ONE_EACH[backend], rows), on="year", rule=rule, status="status")

    assert answers(found, "status") == wanted


def test_calendar_days_as_text_are_all_matched_and_nothing_else() -> None:
    """The pattern that engines are given knows every month, and 29 February in leap years alone."""
    from csto_membership.frames._planned.columns import CALENDAR

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
    """Where answers are joined, a code is found in capitals, in small letters and in a mixture."""
    code = large.states[0].iso3
    words = [code, code.lower(), code.title(), code[:1].lower() + code[1:]]
    days: list[Day] = [dt.date(2019, 12, 31)] * len(words)
    said = expected(large, code, days[0])

    found = answers(large.annotate(BACKENDS[backend](words, days)))

    assert said is not None
    assert found == [said] * 4


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
