"""States of the world in tables: who has no act is no member, and every word says why it means no state."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import FrameError, StateError, csto, csto_pa

nw = pytest.importorskip(
    "narwhals.stable.v2", reason="narwhals is not installed: pip install '.[test-frames]'"
)
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, EAGER, ONE_EACH, answers, module, relation_of  # noqa: E402 (after the skips)
from tests.frames.oracles import expected, expected_why  # noqa: E402 (after the skips)
from tests.large import large_organization  # noqa: E402 (after the skips)

if TYPE_CHECKING:
    from csto_membership import Organization

DAY = dt.date(2003, 6, 30)
FAR = dt.date(2200, 1, 1)
MEMORY = [*(name for name in ONE_EACH if name in EAGER), "dask"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_state_without_any_act_is_no_member(backend: str) -> None:
    """The record is closed: states, territories and states that are gone are OUTSIDE, but for days not yet known."""
    words = ["USA", "GRL", "YUG", "RUS", "USA", "Narnia", None]
    frame = BACKENDS[backend](words, [DAY, DAY, DAY, DAY, FAR, DAY, DAY])

    found = csto.annotate(frame, status="status", why="why")

    assert answers(found) == [False, False, False, True, None, None, None]
    assert answers(found, "status") == ["OUTSIDE"] * 3 + ["MEMBER", None, None, None]
    assert answers(found, "why") == [None] * 4 + ["past the horizon", "unknown state", "no state"]


@pytest.mark.parametrize("backend", ONE_EACH)
def test_others_can_be_null(backend: str) -> None:
    """Who wants only the states of the organization has all others as unknown."""
    frame = BACKENDS[backend](["USA", "RUS"], [DAY, DAY])

    found = csto.annotate(frame, why="why", others="null")

    assert answers(found) == [None, True]
    assert answers(found, "why") == ["unknown state", None]


@pytest.mark.parametrize("backend", ONE_EACH)
def test_others_of_a_record_that_is_not_closed_are_open(backend: str) -> None:
    """The Parliamentary Assembly's record lists observers only: of Russia it says nothing."""
    frame = BACKENDS[backend](["RUS", "SRB"], [dt.date(2024, 1, 1)] * 2)

    found = csto_pa.annotate(frame, why="why", status="status")

    assert answers(found) == [expected(csto_pa, word, dt.date(2024, 1, 1)) for word in ("RUS", "SRB")]
    assert answers(found, "why") == [
        expected_why(csto_pa, word, dt.date(2024, 1, 1)) for word in ("RUS", "SRB")
    ]
    assert answers(found, "why")[0] == "open"


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_word_of_two_schemes_is_ambiguous(backend: str) -> None:
    """BY is Belarus or Burundi, 31 Azerbaijan or the Bahamas: a column does not say which, and no row is guessed."""
    frame = BACKENDS[backend](["BY", "31", "RUS", "Korea"], [DAY] * 4)

    found = csto.annotate(frame, codes=None, why="why")

    assert answers(found) == [None, None, True, None]
    assert answers(found, "why") == ["ambiguous", "ambiguous", None, "ambiguous"]
    named = csto.annotate(frame, codes="fips", unknown="null")
    assert answers(named)[0] is False


@pytest.mark.parametrize("backend", MEMORY)
def test_names_are_normalized_in_memory(backend: str) -> None:
    """Names are read as scalars read them, in whatever letters and ways they are commonly written."""
    words = [
        "Russia (Soviet Union)", "Armenia, Republic of", "Kyrgyz Rep.", "RUSSIAN  FEDERATION (THE)", "Казахстан",
        "Q159", "http://www.wikidata.org/entity/Q159", "United States of America",
    ]  # fmt: skip
    frame = BACKENDS[backend](words, [DAY] * len(words))

    found = csto.annotate(frame, codes=None)

    assert answers(found) == [expected(csto, word, DAY) for word in words]
    assert answers(found)[-1] is False


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb"])
def test_engines_trim_and_lower(backend: str) -> None:
    """An engine reads what is listed, with spaces around it and in any case."""
    words = [" Kazakhstan", "KAZAKHSTAN ", "kazakhSTAN", "Kazakh stan"]
    frame = BACKENDS[backend](words, [DAY] * 4)

    found = csto.annotate(frame, codes="name", why="why")

    assert answers(found) == [True, True, True, None]
    assert answers(found, "why") == [None, None, None, "unknown state"]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "polars lazy", "duckdb"])
def test_whole_floats_are_numbers_of_states(library: str) -> None:
    """A column of numbers with nulls is one of floats in pandas; a fraction is no code."""
    pa = module("pyarrow")
    table = pa.table({"place": range(4), "cow": pa.array([365.0, 2.0, 365.5, None]), "date": [DAY] * 4})
    frame = {
        "polars": lambda: module("polars").from_arrow(table),
        "pandas": table.to_pandas,
        "pyarrow": lambda: table,
        "polars lazy": lambda: module("polars").from_arrow(table).lazy(),
        "duckdb": lambda: relation_of(table),
    }[library]()
    if library == "pandas":
        frame["date"] = module("pandas").to_datetime(frame["date"])

    found = csto.annotate(frame, state="cow", codes="cow", why="why")

    assert answers(found) == [True, False, None, None]
    assert answers(found, "why")[2] in {"unknown state", "no state"}
    assert answers(found, "why")[3] == "no state"


@pytest.mark.parametrize("backend", [*ONE_EACH][:3])
def test_a_column_in_another_scheme_is_refused(backend: str) -> None:
    """Where no value is known, the first ones and the scheme that fits are named."""
    frame = BACKENDS[backend](["Russia", "Kazakhstan", None, "France", "Chad", "Peru", "Mali"], [DAY] * 7)

    with pytest.raises(StateError) as caught:
        csto.annotate(frame)

    assert str(caught.value).startswith(
        "column 'iso3' holds no state known by codes='iso3': 'Chad', 'France', "
    )
    assert str(caught.value).endswith(
        "and 1 more. Use codes='name', or let them be null with unknown='null'."
    )
    assert caught.value.option == "codes"
    assert answers(csto.annotate(frame, unknown="null")) == [None] * 7
    assert answers(csto.annotate(frame, codes="name"))[:2] == [True, True]


@pytest.mark.parametrize("backend", [*ONE_EACH][:3])
def test_a_column_that_no_scheme_knows_is_refused(backend: str) -> None:
    """There is no scheme to offer."""
    frame = BACKENDS[backend](["Narnia", "Oz"], [DAY] * 2)

    with pytest.raises(StateError, match=r"known by any scheme: .*\. Correct them, or let them be null with"):
        csto.annotate(frame, codes=None)


@pytest.mark.parametrize("backend", EAGER)
@pytest.mark.parametrize("words", [[], [None, None], ["Narnia", "RUS"], ["Narnia", "USA"]], ids=str)
def test_a_column_with_a_known_state_or_none_at_all_is_not_refused(
    backend: str, words: list[str | None]
) -> None:
    """One known state is enough, whether it has an act or not; nulls are no values."""
    if not words and backend == "pandas arrow":
        pytest.skip("an empty table has no type there")
    frame = BACKENDS[backend](words, [DAY] * len(words))

    assert answers(csto.annotate(frame)) == [expected(csto, word, DAY) for word in words]


def test_categories_that_do_not_occur_do_not_count_as_known() -> None:
    """A category that stands in no row makes no column known."""
    pd = module("pandas")
    column = pd.Categorical(["Russia"], categories=["Russia", "RUS"])

    with pytest.raises(StateError, match="holds no state known by codes='iso3': 'Russia'"):
        csto.annotate(pd.DataFrame({"iso3": column, "date": [pd.Timestamp(DAY)]}))


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb", "dask"])
def test_lazy_tables_and_partitions_are_not_checked(backend: str) -> None:
    """A plan has read no value yet, and a partition may hold the unknown ones alone."""
    frame = BACKENDS[backend](["Russia", "Russia", "Russia"], [DAY] * 3)

    assert answers(csto.annotate(frame)) == [None] * 3


@pytest.mark.parametrize("backend", ["polars lazy", "duckdb"])
@pytest.mark.parametrize("organization", [csto, csto_pa], ids=str)
def test_the_whole_world_keeps_rows_and_order(backend: str, organization: Organization) -> None:
    """With more words than an engine compares one by one, no row is lost, doubled or moved."""
    words: list[Any] = ["USA", None, "RUS", "Narnia", "uzb", "BLR "] * 500
    days = [DAY, DAY, None, DAY, FAR, DAY] * 500
    frame = BACKENDS[backend](words, days)

    found = organization.annotate(frame, why="why")

    assert answers(found, "place") == list(range(3_000))
    assert answers(found) == [
        expected(organization, word and word.strip(), day) for word, day in zip(words, days, strict=True)
    ]


@pytest.mark.parametrize("interface", ["narwhals", "narwhals.stable.v1", "narwhals.stable.v2"])
@pytest.mark.parametrize("backend", ["polars", "pandas", "polars lazy"])
def test_a_frame_wrapped_by_any_narwhals_comes_back_as_it_came(interface: str, backend: str) -> None:
    """Its own interface wraps the result."""
    import importlib

    narwhals = importlib.import_module(interface)
    frame = narwhals.from_native(BACKENDS[backend](["RUS"], [DAY]))

    found = csto.annotate(frame)

    assert type(found) is type(frame)
    assert answers(found.to_native()) == [True]


def test_others_is_a_choice() -> None:
    """What is none of the choices is refused, with all of them."""
    with pytest.raises(FrameError) as caught:
        csto.annotate(BACKENDS["polars"](["RUS"], [DAY]), others="yes")  # type: ignore[arg-type] # refused

    assert str(caught.value) == "others='yes' is not an option. Use 'no' or 'null'."


def test_what_is_kept_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers stay the same where what is kept is begun anew."""
    from csto_membership.frames import _spellings

    monkeypatch.setattr(_spellings, "_KEPT", 1)
    words = ["RUS", "ARM", "USA", "UZB", "RUS"]

    csto.compiled.cache.clear()

    found = csto.annotate(BACKENDS["polars"](words, [DAY] * 5))

    assert answers(found) == [expected(csto, word, DAY) for word in words]


@pytest.mark.parametrize("library", ["pyarrow", "polars lazy", "duckdb"])
def test_an_organization_without_codes_of_a_kind_and_without_others_knows_nobody(library: str) -> None:
    """No word is listed, and every word is unknown."""
    frame = BACKENDS[library](["Q30", None], [DAY] * 2)

    found = large_organization(3, 4).annotate(
        frame, codes="wikidata", why="why", others="null", unknown="null"
    )

    assert answers(found) == [None, None]
    assert answers(found, "why") == ["unknown state", "no state"]


def test_a_null_in_a_dictionary_is_no_state() -> None:
    """A dictionary of Arrow may list null among its words."""
    pa = module("pyarrow")
    states = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array(["RUS", None]))

    found = csto.annotate(pa.table({"iso3": states, "date": [DAY] * 2}), why="why")

    assert answers(found) == [True, None]
    assert answers(found, "why") == [None, "no state"]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "polars lazy", "duckdb"])
def test_truth_is_no_day(library: str) -> None:
    """A column of booleans is refused, with what is wanted."""
    frame = {
        "polars": lambda: module("polars").DataFrame({"iso3": ["RUS"], "date": [True]}),
        "pandas": lambda: module("pandas").DataFrame({"iso3": ["RUS"], "date": [True]}),
        "pyarrow": lambda: module("pyarrow").table({"iso3": ["RUS"], "date": [True]}),
        "polars lazy": lambda: module("polars").LazyFrame({"iso3": ["RUS"], "date": [True]}),
        "duckdb": lambda: module("duckdb").sql("select 'RUS' as iso3, true as date"),
    }[library]()

    with pytest.raises(
        FrameError, match=r"^column 'date' is \w+\. Pass days as dates, as datetimes without a zone"
    ):
        csto.annotate(frame)
