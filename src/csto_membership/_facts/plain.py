"""Records as plain values: text, numbers, lists and mappings, for everything that leaves the library as JSON."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from csto_membership._facts.dates import ImpreciseDate
from csto_membership._facts.statuses import Status, StepName

if TYPE_CHECKING:
    from csto_membership._facts.records import Dataset, History

_HIDDEN = frozenset({"where", "known_until"})  # where a record was read, and what only its methods need
_NAMES = "names"  # pairs in a record, which can be hashed; a mapping in a file
_DIGITS = 12  # of the fingerprint: one in 16**12


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


def fingerprint(dataset: Dataset, history: History) -> str:
    """A hash of what a file says of one organization, which does not mind in which order it says it.

    Args:
        dataset: All records.
        history: The organization's own.
    """
    import hashlib
    import json

    acting = {event.state for event in history.events}
    acting |= {term.state for office in history.offices for term in office.terms}
    acting |= {one.state for participation in history.participations for one in participation.participants}
    used = {era.instrument for era in history.eras} | {event.instrument for event in history.events}
    kept = {
        "verified_through": dataset.verified_through.text,
        "history": _told(plain(history)),
        "states": _told(plain([state for state in dataset.states if state.iso3 in acting])),
        "instruments": _told(plain([one for one in dataset.instruments if one.id in used])),
    }
    cited = set(_cited(kept))
    kept["sources"] = _told(plain([source for source in dataset.sources if source.id in cited]))
    for name, key in (("states", "iso3"), ("instruments", "id"), ("sources", "id")):
        kept[name] = sorted(kept[name], key=lambda record, key=key: record[key])  # type: ignore[misc] # bound at once
    kept["history"]["events"] = sorted(kept["history"].get("events", ()), key=lambda event: event["state"])
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _told(value: Any) -> Any:  # noqa: ANN401 (plain values)
    """Plain values without the fields that hold nothing, and steps in the order of their names."""
    if isinstance(value, dict):
        told = {key: _told(inner) for key, inner in value.items() if inner not in (None, [], {}, "")}
        if "steps" in told:
            told["steps"] = sorted(told["steps"], key=lambda step: list(StepName).index(step["name"]))
        return told
    return [_told(inner) for inner in value] if isinstance(value, list) else value


def _cited(value: Any) -> list[str]:  # noqa: ANN401 (plain values)
    """The identifiers of all sources that these values cite."""
    if isinstance(value, list):
        return [name for inner in value for name in _cited(inner)]
    if not isinstance(value, dict):
        return []
    names = [name for key in ("sources", "against") for name in value.get(key, ()) if isinstance(name, str)]
    return names + [name for inner in value.values() for name in _cited(inner)]
