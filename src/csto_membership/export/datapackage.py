"""A folder of CSV files described by the Data Package standard, version 2, which Frictionless and R read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from csto_membership.export._whole_files import whole_folder
from csto_membership.export.describing import HALF_OPEN, NO_LICENCE, description
from csto_membership.export.listing import listings
from csto_membership.export.tables import as_text, as_utf8, comma_separated

if TYPE_CHECKING:
    from os import PathLike

    from csto_membership._membership.membership import Membership
    from csto_membership.export.listing import Kind, Listing

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES: dict[Kind, str] = {"text": "string", "day": "date", "number": "integer", "truth": "boolean"}
_TITLES = {
    "about": "What these tables are: version, horizon, reading, licence",
    "states": "The states with any act, and their codes",
    "sources": "Who says it",
    "instruments": "What the acts rest on",
    "eras": "The eras of the organization",
    "events": "The dated acts",
    "spells": f"What each state was, and when. {HALF_OPEN}",
}


def to_datapackage(membership: Membership, path: str | PathLike[str]) -> None:
    """A folder with ``datapackage.json`` and a CSV file for each table.

    Raises:
        ExportError: The folder cannot be written, or holds other files.
    """
    tables = listings(membership)
    files = {
        f"{listed.name}.csv": as_utf8(comma_separated(listed.columns, as_text(listed))) for listed in tables
    }
    descriptor = json.dumps(_descriptor(membership, tables), ensure_ascii=False, indent=2)
    files["datapackage.json"] = as_utf8(f"{descriptor}\n")
    with whole_folder(path, ours=files) as part:
        for name, content in files.items():
            (part / name).write_bytes(content)


def _descriptor(membership: Membership, tables: tuple[Listing, ...]) -> dict[str, Any]:
    """The descriptor that the standard requires, with the description that every export carries."""
    described = description(membership)
    name = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in membership.history.id
    )
    descriptor: dict[str, Any] = {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": f"{name.lower()}-membership",
        "title": f"Membership of {membership.history.name}",
        "version": described["data_version"],
        **described,
        "resources": [_resource(listed) for listed in tables],
    }
    if described["licence"] != NO_LICENCE:
        descriptor["licenses"] = [{"name": described["licence"]}]
    return descriptor


def _resource(listed: Listing) -> dict[str, Any]:
    """One table."""
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": [{"name": name, "type": _TYPES[kind]} for name, kind in listed.columns.items()],
        "primaryKey": list(listed.key),
    }
    if "state" in listed.columns:
        schema["foreignKeys"] = [
            {"fields": ["state"], "reference": {"resource": "states", "fields": ["iso3"]}}
        ]
    return {
        "name": listed.name,
        "title": _TITLES[listed.name],
        "type": "table",
        "path": f"{listed.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
