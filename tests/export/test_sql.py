"""What SQLite and DuckDB make of an export, and what no dialect takes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import ExportError, build, csto
from tests.export.samples import HOSTILE, asked_days, hostile_dataset, organizations, rosters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def sqlite() -> Iterator[sqlite3.Connection]:
    """A database in memory that keeps its foreign keys."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys = on")
        yield connection


@pytest.mark.parametrize("name", organizations())
def test_sqlite_answers_the_librarys_rosters(sqlite: sqlite3.Connection, name: str) -> None:
    """On every change day, the day before and the day after, the view lists whom the library lists."""
    organization = organizations()[name]
    sqlite.executescript(organization.to_sql("sqlite"))

    query = "SELECT state, is_certain FROM members_on WHERE day = ? ORDER BY state"
    found = {
        day: [(state, bool(certain)) for state, certain in sqlite.execute(query, [day.isoformat()])]
        for day in asked_days(organization)
    }

    assert found == rosters(organization)


def test_in_sqlite_no_day_past_the_horizon_is_listed(sqlite: sqlite3.Connection) -> None:
    """The table of days ends with the last day known, so that a question past it can be told from nobody."""
    sqlite.executescript(csto.to_sql("sqlite"))

    assert sqlite.execute("SELECT max(day) FROM days").fetchone() == (csto.horizon.isoformat(),)


@pytest.mark.parametrize("name", organizations())
def test_duckdb_answers_the_librarys_rosters(name: str) -> None:
    """On every change day, the day before and the day after, the macro lists whom the library lists."""
    duckdb = pytest.importorskip("duckdb")
    organization = organizations()[name]
    with duckdb.connect() as connection:
        connection.execute(organization.to_sql("duckdb"))

        found = {
            day: connection.execute("SELECT state, is_certain FROM members_on(?::date)", [day]).fetchall()
            for day in asked_days(organization)
        }

    assert found == rosters(organization)


def test_duckdb_refuses_days_past_the_horizon() -> None:
    """Past the last day known there is no answer, which is not the answer that nobody was a member."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute(csto.to_sql("duckdb"))

        following = csto.horizon.add(days=1)
        with pytest.raises(duckdb.Error, match=f"{following} is past {csto.horizon}, the last day known"):
            connection.execute(f"SELECT * FROM members_on('{following}')").fetchall()


@pytest.mark.parametrize("day", ["1994-04-19", "1992-05-15"])
def test_both_refuse_a_membership_before_the_organization_existed(
    sqlite: sqlite3.Connection, day: str
) -> None:
    """A membership cannot begin before the organization did."""
    row = f"INSERT INTO memberships VALUES ('CSTO', 'KAZ', 'MEMBER', 1, '{day}', '1994-04-20')"
    sqlite.executescript(csto.to_sql("sqlite"))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        sqlite.execute(row)

    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute(csto.to_sql("duckdb"))
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(row)


def test_names_arrive_as_they_are(sqlite: sqlite3.Connection) -> None:
    """Quotes, semicolons and what a shell or a template would fill in are characters like others."""
    organization = build(hostile_dataset(HOSTILE))
    query = "SELECT name FROM states ORDER BY iso3"
    sqlite.executescript(organization.to_sql("sqlite"))
    assert sqlite.execute(query).fetchall() == [(name,) for name in HOSTILE]

    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute(organization.to_sql("duckdb"))
        assert connection.execute(query).fetchall() == [(name,) for name in HOSTILE]


@pytest.mark.parametrize("dialect", ["postgresql18", "postgresql", "sqlite", "duckdb"])
@pytest.mark.parametrize("character", ["\0", "\udc80"])
def test_a_text_that_sql_cannot_hold_is_refused(dialect: str, character: str) -> None:
    """NUL ends a text early in one engine and is refused by another; half a pair of surrogates is no character."""
    organization = build(hostile_dataset((f"a{character}b",) * 2))

    with pytest.raises(ExportError) as raised:
        organization.to_sql(dialect)
    assert str(raised.value) == (
        f"about: {f'a{character}b'!r} holds {character!r}, which SQL text cannot hold. Correct the name in the records."
    )


@pytest.mark.parametrize(
    ("dialect", "sentence"),
    [
        (
            "postgres",
            "no dialect 'postgres'. Did you mean 'postgresql'? There are postgresql18, postgresql, sqlite, duckdb.",
        ),
        ("mssql", "no dialect 'mssql'. There are postgresql18, postgresql, sqlite, duckdb."),
        (18, "no dialect 18. There are postgresql18, postgresql, sqlite, duckdb."),
    ],
)
def test_an_unknown_dialect_is_refused(dialect: Any, sentence: str) -> None:
    """A dialect that is not there is refused with those that are."""
    with pytest.raises(ExportError) as raised:
        csto.to_sql(dialect)
    assert str(raised.value) == sentence


def test_every_script_says_what_it_is(sqlite: sqlite3.Connection) -> None:
    """The table ``about`` has version, horizon, reading and licence, as text."""
    organization = csto.reading(
        basis="active", dating=("decision", "signature"), era="CSTO", known_on="2024-03-01"
    )
    sqlite.executescript(organization.to_sql("sqlite"))

    assert dict(sqlite.execute("SELECT name, value FROM about")) == {
        "organization": "CSTO",
        "organization_name": "Collective Security Treaty Organization",
        "data_version": csto.data_version,
        "verified_through": str(csto.horizon),
        "horizon": "2024-03-01",
        "licence": "CC-BY-4.0",
        "days": "A spell is [start, end): its end is the first day outside. No end means that it still lasts.",
        "basis": "active",
        "dating": "decision, signature",
        "era": "CSTO",
        "known_on": "2024-03-01",
        "extrapolate": "no",
    }


def test_doubt_survives(sqlite: sqlite3.Connection) -> None:
    """A spell of which bounds or status are open says so: several statuses, null for a member, first and last days."""
    sqlite.executescript(csto.reading(dating="any").to_sql("sqlite"))
    query = (
        "SELECT status, is_member, start_day, end_day, start_earliest, start_latest, end_earliest, end_latest, is_open "
        "FROM spells WHERE state = 'UZB' AND start_day >= '2005' ORDER BY number"
    )

    assert sqlite.execute(query).fetchall() == [
        (str(spell.status), *rest)
        for spell, rest in zip(csto.reading(dating="any").spells("UZB")[-len(DOUBT) :], DOUBT, strict=True)
    ]


# Written down by hand from the steps of the two acts: decided 2006-06-23, completed 2008-03-28; noted 2012-06-20,
# suspended 2012-12-19.
DOUBT = (
    (None, "2006-06-23", "2008-03-28", "2006-06-23", "2006-06-23", "2008-03-28", "2008-03-28", 0),
    (1, "2008-03-28", "2012-06-20", "2006-06-23", "2008-03-28", "2012-06-20", "2012-12-19", 0),
    (None, "2012-06-20", "2012-12-19", "2012-06-20", "2012-06-20", "2012-12-19", "2012-12-19", 0),
    (0, "2012-12-19", None, "2012-06-20", "2012-12-19", None, None, 1),
)


def test_to_sqlite_writes_a_database(tmp_path: Path) -> None:
    """The file is a database with the tables of the script, and nothing stands beside it."""
    csto.to_sqlite(tmp_path / "csto.sqlite")

    with closing(sqlite3.connect(tmp_path / "csto.sqlite")) as connection:
        members = connection.execute("SELECT state FROM members_on WHERE day = '2003-06-30'").fetchall()
    assert [code for (code,) in members] == list(csto.members_on("2003-06-30").codes())
    assert [path.name for path in tmp_path.iterdir()] == ["csto.sqlite"]


@pytest.mark.parametrize("dialect", ["postgresql18", "postgresql", "sqlite", "duckdb"])
@pytest.mark.parametrize("name", organizations())
def test_a_script_is_one_transaction(dialect: str, name: str) -> None:
    """Whatever is exported, the script is carried out whole or not at all, and defines ``members_on``."""
    script = organizations()[name].to_sql(dialect)

    assert script.startswith(
        "-- Made by csto_membership. Spells are half-open: end_day is the first day outside."
    )
    assert "\nBEGIN;\n" in script[:200]
    assert script.endswith(";\nCOMMIT;\n")
    assert len(re.findall(r"^CREATE (?:FUNCTION|MACRO|VIEW) members_on\b", script, re.MULTILINE)) == 1
