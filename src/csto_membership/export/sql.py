"""An organization as SQL: tables, rows and ``members_on(day)``, in four dialects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.dates import to_date
from csto_membership.errors import ExportError, did_you_mean
from csto_membership.export._whole_files import whole_file
from csto_membership.export.listing import listing, listings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from csto_membership._membership.membership import Membership
    from csto_membership.export.listing import Cell, Kind, Listing, Row

DIALECTS = ("postgresql18", "postgresql", "sqlite", "duckdb")
_HEAD = "-- Made by csto_membership. Spells are half-open: end_day is the first day outside. See the table about.\n"
_TYPES: dict[Kind, str] = {"text": "text", "day": "date", "number": "integer", "truth": "boolean"}
_TYPES_OF_SQLITE: dict[Kind, str] = {"text": "text", "day": "text", "number": "integer", "truth": "integer"}
_RENAMED = {"start": "start_day", "end": "end_day"}  # END is a reserved word in SQL
_ROWS = 500  # of one INSERT
_SURROGATES = range(0xD800, 0xE000)


def to_sql(membership: Membership, dialect: str) -> str:
    """One script that makes the tables, fills them and defines ``members_on``.

    Args:
        membership: What is exported.
        dialect: ``"postgresql18"``, ``"postgresql"`` (14 to 17), ``"sqlite"`` or ``"duckdb"``.

    Raises:
        ExportError: There is no such dialect, or a text holds what no text in SQL can.
    """
    if dialect not in DIALECTS:
        raise ExportError(
            f"no dialect {dialect!r}.", f"{did_you_mean(dialect, DIALECTS)}There are {', '.join(DIALECTS)}."
        )
    script = _Script(dialect=dialect, counted=_counted(membership), existed=_existed(membership))
    return "".join(script.parts(membership))


def to_sqlite(membership: Membership, path: str | PathLike[str]) -> None:
    """A database of SQLite with what the dialect ``"sqlite"`` makes.

    Raises:
        ExportError: The file cannot be written, or a text holds what no text in SQL can.
    """
    import sqlite3
    from contextlib import closing

    script = to_sql(membership, "sqlite")
    with whole_file(path) as part, closing(sqlite3.connect(part)) as connection:
        connection.executescript(script)


@frozen(kw_only=True)
class _Existed:
    """The day from which the organization existed; ``None`` if memberships have no beginning."""

    start: date | None


def _counted(membership: Membership) -> tuple[Row, ...]:
    """The spells that count as membership or may do so: state, status, whether that is certain, start, end."""
    spells = listing(membership, "spells")
    return tuple(
        (state, status, member is True, start, end)
        for state, _, status, member, start, end, *_ in spells.rows
        if member is not False
    )


def _existed(membership: Membership) -> _Existed | None:
    """The first day of the first era, or the first day that counts as membership where that is earlier."""
    wanted = membership.read_as.era
    eras = [era for era in membership.history.eras if wanted in {None, era.id}]
    starts: list[Cell] = [row[3] for row in _counted(membership)]
    if None in starts:
        return _Existed(start=None)
    days = [day for day in starts if isinstance(day, date)]
    days += [to_date(era.effect.first) for era in eras[:1] if wanted is None]
    return _Existed(start=min(days)) if days else None


@frozen(kw_only=True)
class _Script:
    """The parts of a script, in the words of one dialect."""

    dialect: str
    counted: tuple[Row, ...]
    existed: _Existed | None

    @property
    def is_postgresql(self) -> bool:
        """Whether the dialect is PostgreSQL, which has date ranges, constraints on them, and functions."""
        return self.dialect.startswith("postgresql")

    def parts(self, membership: Membership) -> Iterator[str]:
        """The whole script: one transaction, so that it is carried out whole or not at all."""
        yield _HEAD
        yield "BEGIN;\n"
        if self.is_postgresql:
            yield "CREATE EXTENSION IF NOT EXISTS btree_gist;\n"
        for listed in listings(membership):
            yield self.table(listed)
            yield from self.rows(listed.name, _columns(listed), listed.rows)
        yield self.organizations()
        if self.existed is not None:
            history = membership.history
            existed = (history.id, history.name, self.existed.start)
            yield from self.rows("organizations", ("id", "name", "start_day"), [existed])
        yield self.memberships()
        organization = membership.history.id
        columns = ("organization", "state", "status", "is_certain", "start_day", "end_day")
        yield from self.rows("memberships", columns, [(organization, *row) for row in self.counted])
        last = None if membership.read_as.extrapolate else membership.horizon
        yield self.members_on(last) if self.dialect != "sqlite" else self.members_on_days(membership)
        yield "COMMIT;\n"

    def table(self, listed: Listing) -> str:
        """One of the tables that every export has."""
        types = _TYPES_OF_SQLITE if self.dialect == "sqlite" else _TYPES
        columns = [
            f"{name} {types[kind]}{' NOT NULL' if name in listed.key else ''}"
            for name, kind in zip(_columns(listed), listed.columns.values(), strict=True)
        ]
        columns.append(f"PRIMARY KEY ({', '.join(listed.key)})")
        if "state" in listed.columns:
            columns.append("FOREIGN KEY (state) REFERENCES states (iso3)")
        if listed.name == "spells":
            columns += [
                "CHECK (start_day < end_day)",
                *self.during(key="state"),
            ]
        return _create(listed.name, columns)

    def during(self, key: str) -> list[str]:
        """The column of days as a range, and a constraint against overlaps by *key*; only in PostgreSQL."""
        if not self.is_postgresql:
            return []
        days = "days daterange GENERATED ALWAYS AS (daterange(start_day, end_day)) STORED"
        if self.dialect == "postgresql18":
            return [days, f"UNIQUE ({key}, days WITHOUT OVERLAPS)"]
        equal = ", ".join(f"{name} WITH =" for name in key.split(", "))
        return [days, f"EXCLUDE USING gist ({equal}, days WITH &&)"]

    def organizations(self) -> str:
        """The table of the organization's first day, before which no membership may begin."""
        day = "text" if self.dialect == "sqlite" else "date"
        columns = ["id text NOT NULL", "name text NOT NULL", f"start_day {day}"]
        if self.dialect == "postgresql18":
            columns += [
                "days daterange GENERATED ALWAYS AS (daterange(start_day, NULL)) STORED",
                "PRIMARY KEY (id, days WITHOUT OVERLAPS)",
            ]
        else:
            columns.append("PRIMARY KEY (id)")
        return _create("organizations", columns)

    def memberships(self) -> str:
        """The spells that count, each inside the life of the organization."""
        day, truth = ("text", "integer") if self.dialect == "sqlite" else ("date", "boolean")
        columns = [
            "organization text NOT NULL",
            "state text NOT NULL",
            "status text NOT NULL",
            f"is_certain {truth} NOT NULL",
            f"start_day {day}",
            f"end_day {day}",
            "FOREIGN KEY (state) REFERENCES states (iso3)",
            "CHECK (start_day < end_day)",
            *self.during(key="organization, state"),
        ]
        if self.dialect == "postgresql18":
            columns.append(
                "FOREIGN KEY (organization, PERIOD days) REFERENCES organizations (id, PERIOD days)"
            )
        else:
            columns.append("FOREIGN KEY (organization) REFERENCES organizations (id)")
            if self.existed is not None and self.existed.start is not None:
                columns.append(f"CHECK (start_day >= {self.day(self.existed.start)})")
        return _create("memberships", columns)

    def rows(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
        """The rows of a table, so many at a time."""
        for first in range(0, len(rows), _ROWS):
            written = ",\n".join(
                f"({', '.join(self.cell(table, cell) for cell in row)})"
                for row in rows[first : first + _ROWS]
            )
            yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES\n{written};\n"

    def cell(self, table: str, cell: Cell) -> str:
        """A value as a literal."""
        if cell is None:
            return "NULL"
        if isinstance(cell, bool):
            return str(int(cell)) if self.dialect == "sqlite" else str(cell).upper()
        if isinstance(cell, int):
            return str(cell)
        return self.day(cell) if isinstance(cell, date) else self.text(table, cell)

    def day(self, day: date) -> str:
        """A day as a literal."""
        return f"'{day.isoformat()}'" if self.dialect == "sqlite" else f"DATE '{day.isoformat()}'"

    def text(self, table: str, text: str) -> str:
        """A text as a literal, in which nothing can end it early.

        Raises:
            ExportError: It holds NUL or a lone surrogate, which SQL text cannot hold.
        """
        for character in text:
            if character == "\0" or ord(character) in _SURROGATES:
                raise ExportError(
                    f"{table}: {text!r} holds {character!r}, which SQL text cannot hold.",
                    "Correct the name in the records.",
                )
        quoted = text.replace("'", "''")
        if self.is_postgresql and "\\" in text:  # where a server's setting decides what a backslash means
            quoted = quoted.replace("\\", "\\\\")
            return f"E'{quoted}'"
        return f"'{quoted}'"

    def members_on(self, last: date | None) -> str:
        """The function that lists the members on a day and refuses days past the last one known."""
        if self.dialect == "duckdb":
            return _duckdb_function(last)
        refusal = ""
        if last is not None:
            refusal = (
                f"  IF day > {self.day(last)} THEN\n"
                f"    RAISE EXCEPTION '% is past {last.isoformat()}, the last day known.', day\n"
                "      USING ERRCODE = 'datetime_field_overflow', HINT = 'Ask about that day or an earlier one.';\n"
                "  END IF;\n"
            )
        return (
            "CREATE FUNCTION members_on(day date)\n"
            "RETURNS TABLE (state text, name text, status text, is_certain boolean)\n"
            "LANGUAGE plpgsql STABLE AS $function$\n"
            "BEGIN\n"
            f"{refusal}"
            "  RETURN QUERY SELECT m.state, s.name, m.status, m.is_certain\n"
            "    FROM memberships AS m JOIN states AS s ON s.iso3 = m.state\n"
            "    WHERE m.days @> members_on.day ORDER BY m.state;\n"
            "END\n"
            "$function$;\n"
        )

    def members_on_days(self, membership: Membership) -> str:
        """For SQLite, which has no functions in scripts: a view over a table of the days that can be asked about.

        They end with the last day known; an extrapolating reading knows no such day, and they go on through the year
        after the last change. Further days can be inserted.
        """
        edges = [
            day
            for row in listing(membership, "spells").rows
            for day in (row[4], row[5])
            if isinstance(day, date)
        ]
        last: date = membership.horizon
        if membership.read_as.extrapolate:
            last = date(max([last, *edges]).year + 1, 12, 31)
        first = min([last, *edges]) - timedelta(days=1)
        return (
            "CREATE TABLE days (day text NOT NULL PRIMARY KEY) WITHOUT ROWID;\n"
            f"INSERT INTO days WITH RECURSIVE known (day) AS (SELECT {self.day(first)} UNION ALL\n"
            f"  SELECT date(day, '+1 day') FROM known WHERE day < {self.day(last)}) SELECT day FROM known;\n"
            "CREATE VIEW members_on AS SELECT d.day, m.state, s.name, m.status, m.is_certain\n"
            "  FROM days AS d JOIN memberships AS m ON (m.start_day IS NULL OR m.start_day <= d.day)\n"
            "    AND (m.end_day IS NULL OR d.day < m.end_day) JOIN states AS s ON s.iso3 = m.state;\n"
        )


def _columns(listed: Listing) -> tuple[str, ...]:
    """The names of a table's columns in SQL."""
    return tuple(_RENAMED.get(name, name) for name in listed.columns)


def _create(table: str, columns: list[str]) -> str:
    """A table."""
    listed = ",\n".join(f"  {column}" for column in columns)
    return f"CREATE TABLE {table} (\n{listed}\n);\n"


def _duckdb_function(last: date | None) -> str:
    """The same function as a macro of DuckDB."""
    refusal = ""
    if last is not None:
        refusal = (
            f"CASE WHEN CAST(day AS DATE) > DATE '{last.isoformat()}'\n"
            f"    THEN error(CAST(day AS TEXT) || ' is past {last.isoformat()}, the last day known. "
            "Ask about that day or an earlier one.') ELSE true END\n    AND "
        )
    return (
        "CREATE MACRO members_on(day) AS TABLE SELECT m.state, s.name, m.status, m.is_certain\n"
        "  FROM memberships AS m JOIN states AS s ON s.iso3 = m.state\n"
        f"  WHERE {refusal}(m.start_day IS NULL OR m.start_day <= CAST(day AS DATE))\n"
        "    AND (m.end_day IS NULL OR CAST(day AS DATE) < m.end_day) ORDER BY m.state;\n"
    )
