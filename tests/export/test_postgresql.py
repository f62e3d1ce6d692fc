"""What a real PostgreSQL makes of an export: 18 with periods, and an older one with exclusion constraints."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import build, csto
from tests.export.samples import HOSTILE, asked_days, hostile_dataset, organizations, rosters

if TYPE_CHECKING:
    from pathlib import Path

    from tests.export.servers import Server


@pytest.mark.parametrize("name", organizations())
def test_the_server_answers_the_librarys_rosters(server: Server, connection: Any, name: str) -> None:
    """On every change day, the day before and the day after, ``members_on`` lists whom the library lists."""
    organization = organizations()[name]
    connection.execute(organization.to_sql(server.dialect))

    found: dict[Any, list[tuple[str, bool]]] = {day: [] for day in asked_days(organization)}
    query = "SELECT asked.day, m.state, m.is_certain FROM unnest(%s::date[]) AS asked (day), members_on(asked.day) AS m"
    for day, state, is_certain in connection.execute(query, [list(found)]).fetchall():
        found[day].append((state, is_certain))

    assert {day: sorted(members) for day, members in found.items()} == rosters(organization)


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        ("memberships", "('CSTO', 'UZB', 'MEMBER', true, '1999-04-20', '2001-01-01')", "ExclusionViolation"),
        ("memberships", "('CSTO', 'UZB', 'MEMBER', true, '2006-08-15', '2006-08-17')", "ExclusionViolation"),
        ("memberships", "('CSTO', 'KAZ', 'MEMBER', true, '1994-04-19', '1994-04-20')", "outside the life"),
        ("memberships", "('CSTO', 'KAZ', 'MEMBER', true, '1992-05-15', '1994-04-20')", "outside the life"),
        ("memberships", "('CSTO', 'UZB', 'MEMBER', true, '2013-01-01', '2013-01-01')", "CheckViolation"),
        ("memberships", "('CSTO', 'ZZZ', 'MEMBER', true, '2013-01-01', '2014-01-01')", "ForeignKeyViolation"),
        ("memberships", "('NATO', 'UZB', 'MEMBER', true, '2013-01-01', '2014-01-01')", "ForeignKeyViolation"),
    ],
)
def test_the_server_refuses(server: Server, connection: Any, table: str, row: str, fault: str) -> None:
    """An overlap, a membership before the organization existed, an empty one, or one of nobody is no row."""
    import psycopg

    if fault == "outside the life":
        fault = "ForeignKeyViolation" if server.dialect == "postgresql18" else "CheckViolation"
    connection.execute(csto.to_sql(server.dialect))

    with pytest.raises(getattr(psycopg.errors, fault)):
        connection.execute(f"INSERT INTO {table} VALUES {row}")


def test_the_server_takes_a_spell_that_meets_others(server: Server, connection: Any) -> None:
    """Spells are half-open: one may begin on the day on which another ends."""
    connection.execute(csto.to_sql(server.dialect))
    connection.execute(
        "INSERT INTO memberships VALUES ('CSTO', 'UZB', 'MEMBER', true, '1999-04-21', '2006-08-16')"
    )

    assert connection.execute("SELECT count(*) FROM memberships WHERE state = 'UZB'").fetchall() == [(3,)]


def test_the_server_refuses_days_past_the_horizon(server: Server, connection: Any) -> None:
    """Past the last day known there is no answer, which is not the answer that nobody was a member."""
    import psycopg

    connection.execute(csto.to_sql(server.dialect))

    with pytest.raises(psycopg.errors.DatetimeFieldOverflow) as raised:
        connection.execute("SELECT * FROM members_on(%s)", [csto.horizon.add(days=1)])
    assert raised.value.diag.message_primary == (
        f"{csto.horizon.add(days=1)} is past {csto.horizon}, the last day known."
    )
    assert raised.value.diag.message_hint == "Ask about that day or an earlier one."


def test_names_arrive_as_they_are(server: Server, connection: Any) -> None:
    """Quotes, semicolons and what a shell, a template or a driver would fill in are characters like others."""
    connection.execute("SET standard_conforming_strings = off")
    connection.execute(build(hostile_dataset(HOSTILE)).to_sql(server.dialect))

    assert connection.execute("SELECT name FROM states ORDER BY iso3").fetchall() == [
        (name,) for name in HOSTILE
    ]
    assert connection.execute("SELECT DISTINCT organization FROM memberships").fetchall() == [(HOSTILE[0],)]


def test_psql_reads_the_script(server: Server, connection: Any, tmp_path: Path) -> None:
    """The script is one for ``psql -f`` as well, which has variables of its own."""
    program = server.programs / "psql"
    if not program.exists():
        pytest.skip("no psql beside this server")
    schema = connection.execute("SELECT current_schema()").fetchone()[0]
    script = tmp_path / "export.sql"
    script.write_text(build(hostile_dataset(HOSTILE)).to_sql(server.dialect), encoding="utf-8")
    address = f"{server.address} options='-c search_path={schema}'"

    subprocess.run(  # noqa: S603 (our own command)
        [program, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "name=wrong", "-f", script, address],
        check=True,
        capture_output=True,
        env={"PGCLIENTENCODING": "UTF8"},
    )

    assert connection.execute("SELECT name FROM states ORDER BY iso3").fetchall() == [
        (name,) for name in HOSTILE
    ]


def test_a_script_is_carried_out_whole_or_not_at_all(server: Server, connection: Any) -> None:
    """Where a table is there already, nothing of the script stays behind."""
    import psycopg

    connection.execute("CREATE TABLE spells (mine text)")

    with pytest.raises(psycopg.errors.DuplicateTable):
        connection.execute(csto.to_sql(server.dialect))
    connection.execute("ROLLBACK")
    assert connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    ).fetchall() == [("spells",)]
