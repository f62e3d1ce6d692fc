"""An organization as JSON that reads back as the same organization: one record a line."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from csto_membership._facts.plain import plain
from csto_membership.export.describing import description
from csto_membership.export.listing import listing

if TYPE_CHECKING:
    from datetime import date

    from csto_membership._membership.membership import Membership

FORMAT = "csto-membership 1"
RECORDS = {  # the lists of the file, and which of the organization's fields hold them
    "eras": "eras",
    "events": "events",
    "offices": "offices",
    "participations": "participations",
}


def to_json(membership: Membership) -> str:
    """The organization's records and its spells under the reading, as text."""
    compiled = membership.compiled
    history = plain(compiled.full_history)
    described = description(membership)
    described["organization"] = {name: value for name, value in history.items() if name not in RECORDS}
    del described["organization_name"]  # which stands in it
    described["licence"] = compiled.dataset.licence  # without words for none, which would read back as one
    spells = listing(membership, "spells")
    content: dict[str, Any] = {
        "format": FORMAT,
        **described,
        "beside": sorted(compiled.beside),
        "states": plain(compiled.dataset.states),
        "sources": plain(compiled.dataset.sources),
        "instruments": plain(compiled.dataset.instruments),
        **{name: history[name] for name in RECORDS},
        "spells": [dict(zip(spells.columns, row, strict=True)) for row in spells.rows],
    }
    encode = JSONEncoder(ensure_ascii=False, default=_day).encode
    parts = []
    for name, value in content.items():
        if isinstance(value, list) and value:
            records = ",\n".join(map(encode, value))
            parts.append(f"{encode(name)}: [\n{records}\n]")
        else:
            parts.append(f"{encode(name)}: {encode(value)}")
    body = ",\n".join(parts)
    return f"{{\n{body}\n}}\n"


def _day(day: date) -> str:
    """A day as JSON has it."""
    return day.isoformat()
