"""A hash of what a file says of one organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership._facts.plain import plain
from csto_membership._facts.statuses import StepName

if TYPE_CHECKING:
    from csto_membership._facts.records import Dataset, History

_DIGITS = 12  # of the fingerprint: one in 16**12


def fingerprint(dataset: Dataset, history: History) -> str:
    """A hash of what a file says of one organization, which does not mind in which order it says it.

    Args:
        dataset: All records.
        history: The organization's own.
    """
    import hashlib
    import json

    acting = {event.state for event in history.events}
    acting |= {gap.state for gap in history.gaps}
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
    # Half a pair of surrogates is in no file, but may be in records; what writes text refuses it.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]


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
