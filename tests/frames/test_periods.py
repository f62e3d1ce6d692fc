"""Days as they stand in files: whole numbers, months and years as text, and periods from one column to another."""

from __future__ import annotations

import random
from typing import Any

import pytest

from csto_membership import BeyondHorizonError, FrameError, csto

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import ONE_EACH, answers, module, relation_of
from tests.frames.oracles import READINGS, edge_days, invented, with_text

WIDE = [
    "1994",
    "1994-04",
    "1999",
    "1999-04",
    "2003",
    "2006-08",
    "2012",
    "2012-12",
    "2013",
    "2030",
    "2012-13",
    "0000",
]


def asked(organization: Any, state: str, when: Any) -> tuple[bool | None, str | None, str | None]:
    """What scalars say about a time: whether it was a member, which status, and why it is open."""
    try:
        member = {"yes": True, "no": False, "unknown": None}[organization.was_member(state, when).value]
        return member, str(organization.status_on(state, when)), "open" if member is None else None
    except BeyondHorizonError:
        return None, None, "past the horizon"


def told(frame: Any) -> list[tuple[bool | None, str | None, str | None]]:
    """What a table says of every row."""
    return list(zip(answers(frame), answers(frame, "status"), answers(frame, "why"), strict=True))


def table(library: str, columns: dict[str, Any]) -> Any:
    """A table of a library from an Arrow table."""
    made = module("pyarrow").table(columns)
    return {
        "polars": lambda: module("polars").from_arrow(made),
        "pandas": made.to_pandas,
        "pyarrow": lambda: made,
        "polars lazy": lambda: module("polars").from_arrow(made).lazy(),
        "duckdb": lambda: relation_of(made),
        "dask": lambda: module("dask.dataframe").from_pandas(made.to_pandas(), npartitions=1, sort=False),
    }[library]()


@pytest.mark.parametrize("backend", ["polars text", "pandas text", "pyarrow text", "dask text"])
@pytest.mark.parametrize("reading", ["legal", "any", "extrapolate", "known_on"])
def test_months_and_years_as_text_ask_about_all_their_days(backend: str, reading: str) -> None:
    """A month is a member's if all its days are, and open where it depends on the day."""
    organization = READINGS[reading]
    frame = with_text(backend, WIDE)

    found = organization.annotate(frame, status="status", why="why")

    scalars = [asked(organization, "UZB", when) for when in WIDE[:-2]]
    assert told(found) == [*scalars, (None, None, "unreadable date"), (None, None, "unreadable date")]


@pytest.mark.parametrize("backend", ["polars lazy text", "duckdb text"])
def test_engines_do_not_read_months_and_years(backend: str) -> None:
    """What only memory can read is null there, and says so."""
    found = csto.annotate(with_text(backend, WIDE), status="status", why="why")

    assert told(found) == [(None, None, "unreadable date")] * len(WIDE)


@pytest.mark.parametrize("library", ONE_EACH)
@pytest.mark.parametrize("kind", ["int64", "int32", "float64"])
def test_whole_numbers_of_eight_digits_are_days(library: str, kind: str) -> None:
    """20070101 is a day, as in GDELT; what is none of the calendar cannot be read."""
    pa = module("pyarrow")
    days = [20070101, 20030630, 20070229, 20071301, 200701011, None]
    columns = {"place": range(6), "iso3": ["UZB"] * 6, "date": pa.array(days, getattr(pa, kind)())}

    found = csto.annotate(table(library, columns), status="status", why="why")

    unread = (None, None, "unreadable date")
    assert told(found) == [
        asked(csto, "UZB", "2007-01-01"),
        asked(csto, "UZB", "2003-06-30"),
        unread,
        unread,
        unread,
        (None, None, "no date"),
    ]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_whole_numbers_of_years_need_a_rule(library: str) -> None:
    """A year has many days: which of them decide is for the caller to say."""
    frame = table(library, {"iso3": ["UZB"], "date": [2003]})

    with pytest.raises(FrameError) as caught:
        csto.annotate(frame)

    assert str(caught.value) == (
        "column 'date' is of years, such as 2003. Use rule= for a column of years, or write days as YYYY-MM-DD or "
        "YYYYMMDD."
    )


@pytest.mark.parametrize("library", ONE_EACH)
@pytest.mark.parametrize("reading", ["legal", "extrapolate"])
def test_a_year_has_at_most_four_digits(library: str, reading: str) -> None:
    """A day as a number is no year, whether days after the horizon are asked about or not."""
    frame = table(library, {"place": range(3), "iso3": ["RUS"] * 3, "year": [20080101, 10_000, 2008]})

    found = READINGS[reading].annotate(frame, on="year", rule="any", why="why")

    assert answers(found) == [None, None, True]
    assert answers(found, "why") == ["unreadable date", "unreadable date", None]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "dask"])
@pytest.mark.parametrize("reading", ["legal", "any", "era", "extrapolate", "observers"])
def test_periods_say_what_scalars_say(library: str, reading: str) -> None:
    """Asked about are all days from the first up to, but not on, that in the other column."""
    organization = READINGS[reading]
    draw = random.Random(7)  # noqa: S311 (no secret)
    edges = edge_days(organization)
    pairs = [sorted(draw.sample(edges, 2)) for _ in range(200)]
    states = [draw.choice([*(state.iso3 for state in organization.states), "USA"]) for _ in pairs]
    columns = {
        "iso3": states,
        "start": [first.isoformat() for first, _ in pairs],
        "end": [after.isoformat() for _, after in pairs],
    }

    found = organization.annotate(
        table(library, columns), on="start", until="end", status="status", why="why"
    )

    assert told(found) == [asked(organization, *row) for row in zip(states, map(tuple, pairs), strict=True)]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_periods_without_an_end_or_without_a_day(library: str) -> None:
    """A null is no date; a period that holds no day, or begins with a month, cannot be read."""
    columns = {
        "iso3": ["RUS", "RUS", "RUS", "RUS", None, "Narnia", "RUS"],
        "start": ["2003-01-01", "2003-01-01", "2003-01-01", "2003", "2003-01-01", "2003-01-01", None],
        "end": ["2003-01-02", "2003-01-01", None, "2004-01-01", "2004-01-01", "2004-01-01", "2004-01-01"],
    }

    found = csto.annotate(table(library, columns), on="start", until="end", why="why")

    assert answers(found) == [True] + [None] * 6
    assert answers(found, "why") == [
        None,
        "unreadable date",
        "no date",
        "unreadable date",
        "no state",
        "unknown state",
        "no date",
    ]


def test_periods_of_moments_and_of_many_states() -> None:
    """Columns of moments make periods as well, and a large organization has them."""
    pd = module("pandas")
    large = invented(30, 8, seed=5, since=1_990)
    first = [pd.Timestamp("2000-01-01"), pd.NaT, pd.Timestamp("2000-01-01 12:00")]
    after = [pd.Timestamp("2000-03-01 23:00"), pd.Timestamp("2000-03-01"), pd.NaT]
    state = large.states[0].iso3
    frame = pd.DataFrame({"iso3": [state] * 3, "start": first, "end": after})

    found = large.annotate(frame, on="start", until="end", status="status", why="why")

    assert told(found) == [
        asked(large, state, ("2000-01-01", "2000-03-01")),
        (None, None, "no date"),
        (None, None, "no date"),
    ]


def test_periods_have_no_rule() -> None:
    """A rule is for years."""
    columns = {"iso3": ["RUS"], "start": ["2003-01-01"], "end": ["2004-01-01"]}

    with pytest.raises(
        FrameError, match=r"^until='end' does not go together with rule='any'\. Leave rule= out"
    ):
        csto.annotate(table("polars", columns), on="start", until="end", rule="any")


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_a_row_without_a_period_answers_for_no_other(library: str) -> None:
    """A null day is stored as some day; a row that has that day as its own is answered by itself."""
    columns = {
        "iso3": ["KAZ"] * 4,
        "start": [None, "1993-01-01", "1970-01-01", "1992-06-01"],
        "end": ["1993-01-02", "1993-01-02", None, "1992-06-02"],
    }
    made = module("pyarrow").table(columns)
    days = module("pyarrow").date32()
    for name in ("start", "end"):
        made = made.set_column(made.column_names.index(name), name, made[name].cast(days))
    frame = {
        "polars": lambda: module("polars").from_arrow(made),
        "pandas": made.to_pandas,
        "pyarrow": lambda: made,
    }

    found = csto.annotate(frame[library](), on="start", until="end", status="status", why="why")

    no_date = (None, None, "no date")
    wanted = [
        asked(csto, "KAZ", pair) for pair in (("1993-01-01", "1993-01-02"), ("1992-06-01", "1992-06-02"))
    ]
    assert told(found) == [no_date, wanted[0], no_date, wanted[1]]


def test_what_is_kept_of_wide_days_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers stay the same where what is kept is begun anew."""
    from csto_membership.frames import _grids

    monkeypatch.setattr(_grids, "_PERIODS_KEPT", 1)
    csto.compiled.cache.clear()

    found = csto.annotate(with_text("polars text", WIDE[:-2]), status="status", why="why")

    assert told(found) == [asked(csto, "UZB", when) for when in WIDE[:-2]]


def test_periods_longer_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read in pieces, whose words may be new."""
    from csto_membership.frames import _grids
    from csto_membership.frames._in_memory import codes as _codes

    for module_ in (_grids, _codes):
        monkeypatch.setattr(module_, "CHUNK", 3)
    states = ["RUS", "UZB", "UZB", "RUS", "ARM", "USA", "UZB"]
    columns = {"iso3": states, "start": ["1998-01-01"] * 7, "end": ["1998-02-01"] * 7}

    for library in ("polars", "pandas", "pyarrow"):
        found = csto.annotate(table(library, columns), on="start", until="end", status="status", why="why")
        assert told(found) == [asked(csto, state, ("1998-01-01", "1998-02-01")) for state in states]
