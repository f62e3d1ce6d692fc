"""Tables on Spark, in local mode: it needs Java 17."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import ColumnError, FrameError, csto

if TYPE_CHECKING:
    from collections.abc import Iterator

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install '.[test-frames]'")
pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")

from tests.test_frames import edge_days, exhaustive, expected, expected_status, invented  # noqa: E402 (after the skips)

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

        found = organization.annotate(table(spark, states, days, kind), status="status")

        asked = list(zip(states, days, strict=True))
        assert read(found, "member") == [expected(organization, *row) for row in asked]
        assert read(found, "status") == [expected_status(organization, *row) for row in asked]


def test_spark_plans_no_join_and_no_python(spark: Any) -> None:
    """The plan of the shipped organizations is one projection for the engine."""
    frame = spark.range(9).selectExpr("id as place", "'ARM' as iso3", "date '2003-06-30' + int(id) as date")

    plan = csto.annotate(frame, status="status")._jdf.queryExecution().toString()

    assert "Project" in plan
    assert "Join" not in plan
    assert "Python" not in plan


def test_spark_joins_by_equality_for_large_organizations(spark: Any) -> None:
    """Past 100 changes two broadcast joins keep every row and every null."""
    large = invented(40, 6, seed=7, since=1_990)
    draw = random.Random(4)  # noqa: S311 (no secret)
    states = draw.choices([*(state.iso3 for state in large.states), "USA", None], k=1_000)
    days = draw.choices([*edge_days(large), None], k=1_000)

    found = large.annotate(table(spark, states, days))

    plan = found._jdf.queryExecution().executedPlan().toString()
    assert plan.count("BroadcastHashJoin") == 2
    assert "SortMergeJoin" not in plan
    assert read(found, "member") == [expected(large, *row) for row in zip(states, days, strict=True)]


def test_spark_years(spark: Any) -> None:
    """A column of years with a rule."""
    frame = spark.createDataFrame(
        [(0, "UZB", 1999), (1, "UZB", 2003), (2, None, 2003)], "place long, iso3 string, year int"
    )

    assert read(csto.annotate(frame, on="year", rule="any"), "member") == [True, False, None]
    assert read(csto.annotate(frame, on="year", rule="all"), "member") == [False, False, None]


def test_spark_errors(spark: Any) -> None:
    """A missing column and one of the wrong type are refused before anything runs."""
    frame = table(spark, ["ARM"], [dt.date(2003, 6, 30)])

    with pytest.raises(ColumnError, match="no column 'day'"):
        csto.annotate(frame, on="day")
    with pytest.raises(FrameError, match="column 'place' is Int64"):
        csto.annotate(frame, on="place")
