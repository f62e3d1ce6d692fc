"""Tables on Spark, in local mode: it needs Java 17."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import random
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from csto_membership import ColumnError, DayError, FrameError, StateError, build, csto

if TYPE_CHECKING:
    from collections.abc import Iterator

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install '.[test-frames]'")
pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")

from tests.frames.backends import BACKENDS, answers  # noqa: E402 (after the skips)
from tests.frames.oracles import (  # noqa: E402 (after the skips)
    ODD,
    TEXT_DAYS,
    edge_days,
    exhaustive,
    expected,
    expected_status,
    expected_why,
    invented,
)

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ,
        reason="Spark needs Java 17: there is no java",
    ),
    # PySpark warns of pandas 3 and leaves sockets to the collector; none of that is ours.
    pytest.mark.filterwarnings(
        "ignore::FutureWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::UserWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = pyspark.sql.SparkSession.builder  # not typed
    session = (
        builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    context: Any = session.sparkContext
    context.setLogLevel("ERROR")
    yield session
    session.stop()


def table(spark: Any, states: list[Any], days: list[Any], kind: str = "date") -> Any:
    """A Spark frame."""
    late = dt.time(23, 59, 59)
    write: dict[str, Any] = {
        "date": lambda day: day,
        "timestamp_ntz": lambda day: day and dt.datetime.combine(day, late),
        "string": lambda day: day and day.isoformat(),
    }
    rows = [
        (place, state, write[kind](day)) for place, (state, day) in enumerate(zip(states, days, strict=True))
    ]
    return spark.createDataFrame(rows, f"place long, iso3 string, date {kind}")


def read(frame: Any, column: str) -> list[Any]:
    """A column, by the column ``place``."""
    found = {row["place"]: row[column] for row in frame.select("place", column).collect()}
    return [found[place] for place in range(len(found))]


@pytest.mark.parametrize("kind", ["date", "timestamp_ntz", "string"])
def test_spark_gives_the_scalar_answers(spark: Any, kind: str) -> None:
    """All states on all edge days, with nulls and unknown codes."""
    for organization in (csto, csto.reading(basis="active", dating="any")):
        states, days = exhaustive(organization)

        found = organization.annotate(table(spark, states, days, kind), status="status", why="why")

        asked = list(zip(states, days, strict=True))
        assert read(found, "member") == [expected(organization, *row) for row in asked]
        assert read(found, "status") == [expected_status(organization, *row) for row in asked]
        assert read(found, "why") == [expected_why(organization, *row) for row in asked]


def test_spark_plans_no_join_and_no_python(spark: Any) -> None:
    """The plan of the shipped organizations is one projection for the engine."""
    frame = spark.range(9).selectExpr("id as place", "'ARM' as iso3", "date '2003-06-30' + int(id) as date")

    plan = csto.annotate(frame, status="status", others="null")._jdf.queryExecution().toString()

    assert "Project" in plan
    assert "Join" not in plan
    assert "Python" not in plan


def test_spark_finds_the_words_of_the_world_by_one_join(spark: Any) -> None:
    """More than twenty words are joined by equality, once, whatever is asked."""
    frame = spark.range(9).selectExpr("id as place", "'ARM' as iso3", "date '2003-06-30' + int(id) as date")

    found = csto.annotate(frame, status="status", why="why")

    plan = found._jdf.queryExecution().optimizedPlan().toString()
    assert plan.count("Join LeftOuter") == 1
    assert "Python" not in plan
    assert found.columns == ["place", "iso3", "date", "member", "status", "why"]


@pytest.mark.parametrize("others", ["no", "null"])
@pytest.mark.parametrize("changes", [2, 6])
def test_spark_substitutes_nothing(spark: Any, changes: int, others: Any) -> None:
    """A name with ${...} in it means itself, as a word, as a column read and as a column made."""
    base = invented(40, changes, seed=7, since=1_990)
    chosen = base.states[0]
    name = "${env:HOME}"
    states = tuple(evolve(state, english=name if state == chosen else state.english) for state in base.states)
    odd = build(evolve(base.dataset, states=states))
    day = dt.date(2019, 12, 31)
    columns = "place long, `${env:HOME}` string, `${spark.app.name}` date"
    frame = spark.createDataFrame([(0, "A", day), (1, name, day), (2, os.environ["HOME"], day)], columns)

    found = odd.annotate(
        frame,
        state=name,
        on="${spark.app.name}",
        codes="name",
        into="${env:PATH}",
        why="${env:USER}",
        others=others,
    )

    assert found.columns == ["place", name, "${spark.app.name}", "${env:PATH}", "${env:USER}"]
    rows = sorted(tuple(row) for row in found.collect())
    assert [row[3] for row in rows] == [None, expected(odd, chosen.iso3, day), None]
    assert [row[4] for row in rows] == ["unknown state", expected_why(odd, chosen.iso3, day), "unknown state"]


def test_spark_joins_by_equality_for_large_organizations(spark: Any) -> None:
    """Past 100 changes three broadcast joins, from word to state, from day to segment and from both to the answer."""
    large = invented(40, 6, seed=7, since=1_990)
    draw = random.Random(4)  # noqa: S311 (no secret)
    states = draw.choices([*(state.iso3 for state in large.states), "USA", None], k=1_000)
    days = draw.choices([*edge_days(large), None], k=1_000)

    found = large.annotate(table(spark, states, days), status="status", why="why")

    assert found.columns == ["place", "iso3", "date", "member", "status", "why"]
    for column, scalar in (("status", expected_status), ("why", expected_why)):
        assert read(found, column) == [scalar(large, *row) for row in zip(states, days, strict=True)]
    found = large.annotate(table(spark, states, days))
    plan = found._jdf.queryExecution().executedPlan().toString()
    assert plan.count("BroadcastHashJoin") == 3
    assert "SortMergeJoin" not in plan
    assert read(found, "member") == [expected(large, *row) for row in zip(states, days, strict=True)]


def test_spark_joins_without_pyarrow(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small tables reach Spark as rows where there is no PyArrow, and again from what was made of them."""
    large = invented(12, 12, seed=8, since=1_990)
    states = [state.iso3 for state in large.states]
    days = [dt.date(2003, 6, 30)] * len(states)
    right = [expected(large, *row) for row in zip(states, days, strict=True)]

    assert read(large.annotate(table(spark, states, days)), "member") == right
    assert read(large.annotate(table(spark, states, days)), "member") == right
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert read(large.annotate(table(spark, states, days)), "member") == right


@pytest.mark.parametrize("value", ["it's", "back\\slash", "two ' and \\'", "plain", 7, True])
def test_spark_reads_literals_as_they_are_meant(spark: Any, value: Any) -> None:
    """A quote or a backslash in a name means itself."""
    from csto_membership.frames._planned.in_spark import SPARK

    assert spark.sql(f"select {SPARK.literal(value)} as it").collect()[0]["it"] == value


@pytest.mark.parametrize("changes", [4, 40])
def test_spark_columns_may_be_called_anything(spark: Any, changes: int) -> None:
    """A dot or a backtick in a name, and two other columns of one name, are no trouble."""
    organization = invented(3, changes, seed=9, since=1_990)
    state, day = organization.states[0], dt.date(2003, 6, 30)
    frame = spark.createDataFrame([(0, state.iso3, day, 1, 2)], ["place", "a.b", "d`d", "other", "another"])
    frame = frame.withColumnRenamed("another", "other")

    found = organization.annotate(frame, state="a.b", on="d`d")

    assert found.columns == ["place", "a.b", "d`d", "other", "other", "member"]
    assert [row["member"] for row in found.collect()] == [expected(organization, state, day)]


@pytest.mark.parametrize("changes", [4, 40])
@pytest.mark.parametrize("kind", ["int", "double"])
def test_spark_numbers(spark: Any, changes: int, kind: str) -> None:
    """Codes that are numbers, and numbers under codes that are none."""
    organization = invented(3, changes, seed=9, since=1_990)
    day = dt.date(2003, 6, 30)
    columns = ("id as place", f"cast(id + 1 as {kind}) as code", "date '2003-06-30' as date")
    frame = spark.range(4).selectExpr(*columns)

    right = [expected(organization, state, day) for state in organization.states]
    assert read(organization.annotate(frame, state="code", codes="cow"), "member") == [*right, None]
    assert read(organization.annotate(frame, state="code"), "member") == [None] * 4


def test_spark_where_no_word_is_known(spark: Any) -> None:
    """Where no state has a code of the kind asked for, every row is null."""
    small = invented(3, 4, seed=9, since=1_990)
    states = [state.iso3 for state in small.states]

    found = small.annotate(table(spark, states, [dt.date(2003, 6, 30)] * 3), codes="fips")

    assert read(found, "member") == [None] * 3


def test_spark_columns_of_nulls_alone(spark: Any) -> None:
    """A column that never held anything has a type of its own, and answers nothing."""
    for columns in ("null as iso3, date '2003-06-30' as date", "'RUS' as iso3, null as date"):
        frame = spark.sql(f"select 0 as place, {columns}")

        assert read(csto.annotate(frame), "member") == [None]


def test_spark_refuses_a_column_of_another_type(spark: Any) -> None:
    """An interval is no state."""
    frame = spark.sql("select 0 as place, interval '1' day as iso3, date '2003-06-30' as date")

    with pytest.raises(FrameError, match="column 'iso3' is "):
        csto.annotate(frame)


def test_spark_years(spark: Any) -> None:
    """A column of years with a rule."""
    frame = spark.createDataFrame(
        [(0, "UZB", 1999), (1, "UZB", 2003), (2, None, 2003)], "place long, iso3 string, year int"
    )

    assert read(csto.annotate(frame, on="year", rule="any"), "member") == [True, False, None]
    assert read(csto.annotate(frame, on="year", rule="all"), "member") == [False, False, None]


def test_spark_years_with_fractions(spark: Any) -> None:
    """A year that is no whole number is none."""
    frame = spark.createDataFrame(
        [(0, "UZB", 1999.0), (1, "UZB", 1999.5), (2, "UZB", None)], "place long, iso3 string, year double"
    )

    assert read(csto.annotate(frame, on="year", rule="any"), "member") == [True, None, None]


@pytest.mark.parametrize("codes", ["iso3", "iso_numeric", "name", None])
def test_spark_reads_spellings_as_tables_in_memory_do(spark: Any, codes: str | None) -> None:
    """Quotes and backslashes in names mean themselves; what is not listed is unknown, and no other state."""
    words = [*ODD, "Uzb'ekistan", "\\UZB", "O\u2018zbekiston", "UZB\\"]
    days = [dt.date(2007, 1, 1)] * len(words)

    found = csto.annotate(table(spark, words, days), codes=codes, why="why")

    memory = csto.annotate(BACKENDS["polars"](words, days), codes=codes, why="why")
    wanted = zip(answers(memory), answers(memory, "why"), strict=True)
    for word, told, said in zip(
        words, zip(read(found, "member"), read(found, "why"), strict=True), wanted, strict=True
    ):
        assert told in {said, (None, "unknown state")}, word


def test_spark_numbers_and_odd_column_names(spark: Any) -> None:
    """Codes may be numbers, and columns may be called anything."""
    frame = spark.createDataFrame(
        [(0, 704, dt.date(2007, 1, 1)), (1, 9, dt.date(2007, 1, 1)), (2, None, None)],
        "place long, `a ``state``` int, `the day` date",
    )

    found = csto.annotate(frame, state="a `state`", on="the day", codes="cow", into="was it?")

    assert found.columns == ["place", "a `state`", "the day", "was it?"]
    assert read(found, "was it?") == [True, None, None]


def test_spark_text_that_is_no_day(spark: Any) -> None:
    """A line feed behind a day is not overlooked; with unknown='raise' such text is named."""
    texts = list(TEXT_DAYS)
    frame = spark.createDataFrame(
        [(place, "UZB", text) for place, text in enumerate(texts)], "place long, iso3 string, date string"
    )

    assert read(csto.annotate(frame), "member") == list(TEXT_DAYS.values())
    with pytest.raises(DayError, match="column 'date' holds 20 values that are no day"):
        csto.annotate(frame, unknown="raise")


def test_spark_is_told_in_one_text(spark: Any) -> None:
    """A plan takes few messages to the virtual machine: none for each state or spell."""
    frame = table(spark, ["ARM"], [dt.date(2003, 6, 30)])
    client: Any = spark.sparkContext._gateway._gateway_client
    send, sent = client.send_command, []

    def counted(*given: Any, **named: Any) -> Any:
        sent.append(given)
        return send(*given, **named)

    csto.annotate(frame, status="status")
    client.send_command = counted
    try:
        csto.annotate(frame, status="status")
    finally:
        del client.send_command

    assert 0 < len(sent) < 200


def test_spark_keeps_columns_whose_names_differ_in_capitals(spark: Any) -> None:
    """A new column that Spark would write over another is refused."""
    frame = table(spark, ["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError, match="there is a column 'place' already"):
        csto.annotate(frame, into="Place")


def test_spark_errors(spark: Any) -> None:
    """A missing column and one of the wrong type are refused before anything runs."""
    frame = table(spark, ["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError, match="no column 'day'"):
        csto.annotate(frame, on="day")
    with pytest.raises(FrameError, match="column 'place' is Boolean"):
        csto.annotate(frame.selectExpr("iso3", "true as place"), on="place")


def test_spark_is_told_that_what_it_joins_is_small(spark: Any) -> None:
    """Also where Spark broadcasts nothing by itself, the caller's rows are not shuffled."""
    large = invented(40, 6, seed=7, since=1_990)
    before = spark.conf.get("spark.sql.autoBroadcastJoinThreshold")

    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        found = large.annotate(table(spark, ["ARM"], [dt.date(2003, 6, 30)]))
        plan = found._jdf.queryExecution().executedPlan().toString()
    finally:
        spark.conf.set("spark.sql.autoBroadcastJoinThreshold", before)

    assert plan.count("BroadcastHashJoin") == 3


def test_spark_moments_have_no_zone(spark: Any) -> None:
    """A moment is compared with moments without a zone, whatever zone the session has."""
    from csto_membership.frames._planned.in_spark import SPARK

    written = SPARK.literal(dt.datetime(1999, 4, 21))  # noqa: DTZ001 (that is the point)

    assert spark.sql(f"select typeof({written}) as kind").collect()[0]["kind"] == "timestamp_ntz"


def test_spark_compares_letter_by_letter(spark: Any) -> None:
    """A collation by which letters are equal makes no word of another."""
    frame = spark.sql(
        "select 0L as place, 'aRx' collate UTF8_LCASE as iso3, date '2003-06-30' as date "
        "union all select 1L, 'ARM' collate UTF8_LCASE, date '2003-06-30'"
    )

    assert read(csto.annotate(frame, why="why"), "member") == [None, True]
    assert read(csto.annotate(frame, why="why"), "why") == ["unknown state", None]
    with pytest.raises(StateError, match=r"holds 1 value that is no state: 'aRx' \(1\)"):
        csto.annotate(frame, unknown="raise")


@pytest.mark.parametrize("runs", [1, 100])
@pytest.mark.parametrize("kind", ["date", "timestamp_ntz", "string"])
def test_periods_on_spark(spark: Any, kind: str, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods from one column to another have the answers that they have in memory, spelled out or looked up."""
    from csto_membership.frames._planned import plans

    monkeypatch.setattr(plans, "SPELLED_OUT", runs)
    draw = random.Random(8)  # noqa: S311 (no secret)
    days = [day for day in edge_days(csto) if 1700 < day.year < 2200]
    pairs: list[list[Any]] = [sorted(draw.sample(days, 2)) for _ in range(150)]
    pairs += [[days[3], days[3]], [days[4], days[2]], [None, days[2]], [days[2], None]]
    states = [draw.choice([*(state.iso3 for state in csto.states), "USA", "Narnia", None]) for _ in pairs]
    first, after = ([pair[side] for pair in pairs] for side in (0, 1))
    frame = table(spark, states, first, kind).withColumnRenamed("date", "${start}")
    ends = table(spark, states, after, kind).drop("iso3").withColumnRenamed("date", "end")
    columns: dict[str, Any] = {"until": "end", "status": "status", "why": "why"}

    found = csto.annotate(frame.join(ends, on="place"), on="${start}", **columns)

    rows = sorted(found.collect(), key=lambda row: row["place"])
    memory = BACKENDS["polars"](states, first).rename({"date": "start"})
    memory = memory.with_columns(end=BACKENDS["polars"](states, after)["date"])
    wanted = csto.annotate(memory, on="start", **columns).select("member", "status", "why").rows()
    assert [(row["member"], row["status"], row["why"]) for row in rows] == wanted
