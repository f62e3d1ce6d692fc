"""An organization as JSON that reads back as the same organization: one field a line."""

from __future__ import annotations

from datetime import date
from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from csto_membership._facts.plain import plain_once
from csto_membership.export.describing import description
from csto_membership.export.listing import SPELLS, spell_rows

if TYPE_CHECKING:
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
    history = plain_once(compiled.full_history)
    described = description(membership)
    described["organization"] = {name: value for name, value in history.items() if name not in RECORDS}
    del described["organization_name"]  # already in "organization"
    described["licence"] = compiled.dataset.licence  # not NO_LICENCE, which would be read back as one
    content: dict[str, Any] = {
        "format": FORMAT,
        **described,
        "beside": sorted(compiled.beside),
        "states": compiled.dataset.states,
        "sources": compiled.dataset.sources,
        "instruments": compiled.dataset.instruments,
        **{name: history[name] for name in RECORDS},
        "spells": [dict(zip(SPELLS, row, strict=True)) for row in spell_rows(membership, _day)],
    }
    # One line per field, for diffs; ``indent`` would select Python's slow encoder instead of the one in C.
    encoder = JSONEncoder(ensure_ascii=False, separators=(",\n", ": "), default=plain_once)
    return encoder.encode(content) + "\n"


def _day(ordinal: int) -> str:
    """A day as JSON has it."""
    return date.fromordinal(ordinal).isoformat()
