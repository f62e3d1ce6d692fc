"""Records as plain values: text, numbers, lists and mappings, for everything that leaves the library as JSON."""

from __future__ import annotations

import enum
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from csto_membership._facts.dates import ImpreciseDate
from csto_membership._facts.statuses import Status
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

_HIDDEN = frozenset({"where", "known_until"})  # where a record was read, and what only its methods need
_NAMES = "names"  # pairs in a record, which can be hashed; a mapping in a file
_AS_IT_IS = frozenset({type(None), str, int, float, bool})


def plain(value: object) -> Any:  # noqa: ANN401 (text, a number, a list or a mapping: whatever JSON has)
    """A value, or a record with all its fields, as JSON can write it.

    Statuses are lists of names, days and imprecise dates are text as written.
    """
    kind: Any = type(value)  # Any, because mypy doubts that a type is hashable
    if kind in _AS_IT_IS:
        return value
    value = _writer(kind)(value)
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def plain_once(value: object) -> Any:  # noqa: ANN401 (as above)
    """One level of ``plain``: a record's fields stay as they are, for a writer that calls this again."""
    kind: Any = type(value)
    return _writer(kind)(value)


@cache  # one for each class that is written, of which there are few
def _writer(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 (any class)
    """The function that makes one level of a class's instances plain."""
    if has(kind) and kind is not ImpreciseDate:
        return _record_writer(kind)
    return next((written for known, written in _WRITERS.items() if issubclass(kind, known)), list)


_WRITERS: dict[type, Callable[[Any], Any]] = {  # in this order: Status is an Enum, a StrEnum is a str
    Status: lambda value: [str(flag.name) for flag in value],
    enum.Enum: lambda value: value.value,
    str: lambda value: value,
    int: lambda value: value,
    float: lambda value: value,
    ImpreciseDate: lambda value: value.text,
    date: lambda value: value.isoformat(),
    dict: lambda value: value,
}


def _record_writer(kind: type) -> Callable[[Any], dict[str, Any]]:
    """The function that makes a mapping of a record of this class."""
    names = tuple(
        one.name for one in fields(kind) if one.name not in _HIDDEN and not one.name.startswith("_")
    )
    if _NAMES in names:
        return lambda record: {
            name: dict(getattr(record, name)) if name == _NAMES else getattr(record, name) for name in names
        }
    return lambda record: {name: getattr(record, name) for name in names}


class Plain:
    """A record that goes out as plain values."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as text, numbers, lists and mappings, ready for JSON: dates are text as written."""
        told: dict[str, Any] = plain(self)
        return told

    def __repr__(self) -> str:
        return in_one_line(f"{type(self).__name__}({getattr(self, 'id', self)})")
