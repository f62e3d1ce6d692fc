"""A hash of what a file says of one organization."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from csto_membership._facts.plain import plain_once
from csto_membership._facts.statuses import StepName

if TYPE_CHECKING:
    from csto_membership._facts.records import Dataset, History

_DIGITS = 12  # of the fingerprint: one in 16**12
_SAYS = frozenset({bool, int})  # kept even if False or 0; empty text and lists are dropped
_ORDER = {name: index for index, name in enumerate(StepName)}


def fingerprint(dataset: Dataset, history: History) -> str:
    """A hash of one organization's records, the same in whatever order a file lists states and sources.

    Args:
        dataset: All records.
        history: The organization's history, one of those of *dataset*.
    """
    import hashlib
    import json

    acting = {event.state for event in history.events}
    acting |= {gap.state for gap in history.gaps}
    acting |= {term.state for office in history.offices for term in office.terms}
    acting |= {one.state for participation in history.participations for one in participation.participants}
    used = {era.instrument for era in history.eras} | {event.instrument for event in history.events}
    cited: set[str] = set()

    def without_empty_fields(record: object) -> Any:  # noqa: ANN401 (a plain value, and in it records)
        """A record's fields that are not empty, its steps in the order of ``StepName``; collects *cited*."""
        value = plain_once(record)
        if type(value) is not dict:
            return value
        cited.update(value.get("sources", ()), value.get("against", ()))
        kept = {key: inner for key, inner in value.items() if inner or type(inner) in _SAYS}
        if "steps" in kept:
            kept["steps"] = sorted(kept["steps"], key=lambda step: _ORDER[step.name])
        return kept

    write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=without_empty_fields).encode
    own = without_empty_fields(history)
    own["events"] = sorted(history.events, key=attrgetter("state"))
    states = [state for state in dataset.states if state.iso3 in acting]
    instruments = [one for one in dataset.instruments if one.id in used]
    kept = {
        "history": write(own),
        "instruments": write(sorted(instruments, key=attrgetter("id"))),
        "states": write(sorted(states, key=attrgetter("iso3"))),
        "verified_through": write(dataset.verified_through.text),
    }
    sources = [source for source in dataset.sources if source.id in cited]  # last: the rest fills *cited*
    kept["sources"] = write(sorted(sources, key=attrgetter("id")))
    text = ", ".join(f'"{name}": {kept[name]}' for name in sorted(kept))
    # Records built in code may hold a lone surrogate, which UTF-8 refuses to encode by default.
    return hashlib.sha256(f"{{{text}}}".encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
