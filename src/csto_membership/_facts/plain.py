"""Records as plain values: text, numbers, lists and mappings, for everything that leaves the library as JSON."""

from __future__ import annotations

import enum
from datetime import date
from typing import Any

from attrs import fields, has

from csto_membership._facts.dates import ImpreciseDate
from csto_membership._facts.statuses import Status

_HIDDEN = frozenset({"where", "known_until"})  # where a record was read, and what only its methods need
_NAMES = "names"  # pairs in a record, which can be hashed; a mapping in a file


def plain(value: object) -> Any:  # noqa: ANN401 (text, a number, a list or a mapping: whatever JSON has)
    """A value, or a record with all its fields, as JSON can write it.

    Statuses are lists of names, days and imprecise dates are text as written.
    """
    if isinstance(value, Status):
        return [str(flag.name) for flag in value]
    if value is None or isinstance(value, enum.Enum | str | int | float):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, ImpreciseDate | date):
        return value.text if isinstance(value, ImpreciseDate) else value.isoformat()
    if has(type(value)):
        return {
            one.name: dict(value.names) if one.name == _NAMES else plain(getattr(value, one.name))  # type: ignore[attr-defined] # it has that field
            for one in fields(type(value))  # type: ignore[arg-type] # has() has made sure
            if one.name not in _HIDDEN and not one.name.startswith("_")
        }
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]  # type: ignore[attr-defined] # what is left is a sequence


class Plain:
    """A record that goes out as plain values."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as text, numbers, lists and mappings, ready for JSON: dates are text as written."""
        told: dict[str, Any] = plain(self)
        return told

    def __repr__(self) -> str:
        return f"{type(self).__name__}({getattr(self, 'id', self)})"
