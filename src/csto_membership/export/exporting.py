"""The methods that write an organization for other tools: one a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._membership.membership import Membership

if TYPE_CHECKING:
    from os import PathLike


@frozen(eq=False, repr=False, kw_only=True)
class Exporting(Membership):
    """A membership with the methods that write it for other tools.

    Each export says the version of the facts, the last day known, the reading and the licence. Spells are half-open in
    all of them. A file appears whole or not at all.
    """

    def to_json(self) -> str:
        """Its records, its reading and its spells as JSON, which ``from_json`` reads back as the same organization.

        The records are this organization's own and the states, sources and instruments of its file. They are all of
        them, whatever the reading; ``spells`` are those of the reading.

        Examples:
            >>> import json
            >>> from csto_membership import csto
            >>> content = json.loads(csto.to_json())
            >>> content["spells"][-1]["status"], content["spells"][-1]["start"], content["spells"][-1]["end"]
            ('SUSPENDED', '2012-12-19', None)
        """
        from csto_membership.export.json import to_json

        return to_json(self)

    def to_yaml(self) -> str:
        """Its records as a facts file, which ``load`` reads back as the same organization under the default reading.

        So a table becomes a file that a person then improves: sources, steps and causes are added by hand. Comments of
        the file it was read from are gone. Text and dates are as they stand in the records.

        Examples:
            >>> from csto_membership import csto
            >>> print(csto.to_yaml()[:96])
            verified_through: ...
            licence: CC-BY-4.0
            organizations:
              CSTO:
                name: Collective
        """
        from csto_membership.export._yaml import to_yaml

        return to_yaml(self)

    def to_jsonld(self) -> str:
        """Its memberships as JSON-LD, in the W3C Organization ontology, with their days in OWL-Time.

        A spell for which it is open whether it counts is not an ``org:Membership`` but a
        ``csto:UndecidedMembership``, and ``csto:leftOut`` lists it.

        Examples:
            >>> from csto_membership import csto
            >>> csto.to_jsonld().count('"org:Membership"')
            13
        """
        from csto_membership.export.jsonld import to_jsonld

        return to_jsonld(self)

    def to_sql(self, dialect: str = "postgresql18") -> str:
        """A script that makes tables, fills them and defines ``members_on``, in one transaction.

        In PostgreSQL ``members_on(day)`` is a function and in DuckDB a macro; both refuse days past the last one known.
        In SQLite it is a view with a column ``day``, and has no rows for such days.

        Args:
            dialect: ``"postgresql18"``, with ``WITHOUT OVERLAPS`` and ``PERIOD``; ``"postgresql"``, from 14 on, with
                exclusion constraints; ``"sqlite"`` or ``"duckdb"``.

        Raises:
            ExportError: There is no such dialect, or a text holds NUL, which no text in SQL can.

        Examples:
            >>> import sqlite3
            >>> from csto_membership import csto
            >>> connection = sqlite3.connect(":memory:")
            >>> cursor = connection.executescript(csto.to_sql("sqlite"))
            >>> query = "SELECT count(*) FROM members_on WHERE day = '2003-06-30'"
            >>> connection.execute(query).fetchone()
            (6,)
            >>> connection.close()
        """
        from csto_membership.export.sql import to_sql

        return to_sql(self, dialect)

    def to_sqlite(self, path: str | PathLike[str]) -> None:
        """Write a database of SQLite, with what ``to_sql("sqlite")`` makes.

        Args:
            path: The file to write; an existing one is replaced.

        Raises:
            ExportError: The file cannot be written, or a text holds NUL, which no text in SQL can.
        """
        from csto_membership.export.sql import to_sqlite

        to_sqlite(self, path)

    def to_csv(self, path: str | PathLike[str], what: str = "spells") -> None:
        """Write a table as CSV in UTF-8.

        Days are written ``YYYY-MM-DD`` and truths ``true`` and ``false``. A cell is empty where nothing is known: in
        ``is_member`` that is neither yes nor no. The last five columns say in every row whose facts these are, their
        version, the last day known, the reading and the licence.

        Args:
            path: The file to write; an existing one is replaced.
            what: ``"spells"``, ``"events"``, ``"eras"``, ``"states"``, ``"instruments"``, ``"sources"`` or ``"about"``.

        Raises:
            ExportError: There is no such table, the file cannot be written, or a text holds NUL.
        """
        from csto_membership.export.tables import to_csv

        to_csv(self, path, what)

    def to_parquet(self, path: str | PathLike[str], what: str = "spells") -> None:
        """Write a table as Parquet, with what it is in the metadata of its schema.

        Args:
            path: The file to write; an existing one is replaced.
            what: As for ``to_csv``.

        Raises:
            ExportError: There is no such table, or the file cannot be written.
            MissingExtraError: PyArrow is not installed.
        """
        from csto_membership.export.tables import to_parquet

        to_parquet(self, path, what)

    def to_datapackage(self, path: str | PathLike[str]) -> None:
        """Write a folder of CSV files with ``datapackage.json``, as the Data Package standard, version 2, has it.

        Args:
            path: The folder to write. One that is there is replaced if it holds nothing but an earlier export.

        Raises:
            ExportError: The folder cannot be written or holds other files, or a text holds NUL.
        """
        from csto_membership.export.datapackage import to_datapackage

        to_datapackage(self, path)

    def cite(self, form: str = "bibtex") -> str:
        """How to cite these facts, with their version and the reading, which decide the answers.

        Args:
            form: ``"bibtex"`` or ``"cff"``.

        Raises:
            ExportError: There is no such form.

        Examples:
            >>> from csto_membership import csto
            >>> csto.cite().splitlines()[4] == f"  date = {{{csto.horizon}}},"
            True
        """
        from csto_membership.export.citing import cite

        return cite(self, form)
