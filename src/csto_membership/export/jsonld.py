"""An organization as linked data: memberships in the W3C Organization ontology, their days in OWL-Time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from csto_membership._membership.answers import Answer, answer
from csto_membership.export.describing import description, description_as_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership

_BASE = "urn:x-csto-membership:"
_CONTEXT: dict[str, Any] = {
    "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "csto": f"{_BASE}term:",
    "inXSDDate": {"@id": "time:inXSDDate", "@type": "xsd:date"},
    "earliest": {"@id": "csto:earliest", "@type": "xsd:date"},
    "latest": {"@id": "csto:latest", "@type": "xsd:date"},
    "horizon": {"@id": "csto:horizon", "@type": "xsd:date"},
}


def to_jsonld(membership: Membership) -> str:
    """The graph as text.

    An ``org:Membership`` is a spell that certainly counts under the reading. One of which that is open is a
    ``csto:UndecidedMembership``, which no reasoner takes for a membership, and is listed under ``csto:leftOut``, too.
    """
    history = membership.history
    organization = f"{_BASE}organization:{_quoted(history.id)}"
    graph: list[dict[str, Any]] = [
        _about(membership, organization),
        {
            "@id": organization,
            "@type": "org:Organization",
            "org:identifier": history.id,
            "skos:prefLabel": _labels({"en": history.name, **dict(history.names)}),
        },
    ]
    roles: set[str] = set()
    for state in membership.states:
        graph.append(_state(state))
        for number, (spell, said) in enumerate(_counted(membership, state), 1):
            graph.append(_membership(spell, said, organization, number))
            roles.add(str(spell.status))
    graph += [{"@id": _role(name), "@type": "org:Role", "skos:prefLabel": name} for name in sorted(roles)]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _counted(membership: Membership, state: State) -> Iterator[tuple[Spell, Answer]]:
    """The spells of a state that count, or may do so."""
    for spell in membership.spells(state.iso3):
        said = answer(spell.status.value, membership.compiled.basis)
        if said is not Answer.NO:
            yield spell, said


def _about(membership: Membership, organization: str) -> dict[str, Any]:
    """What the graph says of itself."""
    described = description(membership)
    reading = description_as_text(membership)
    left_out = [
        f"{spell}: whether it counts is open"
        for state in membership.states
        for spell, said in _counted(membership, state)
        if said is Answer.UNKNOWN
    ]
    return {
        "@id": f"{_BASE}export:{_quoted(described['organization'])}",
        "@type": "csto:Export",
        "dcterms:subject": {"@id": organization},
        "dcterms:license": described["licence"],
        "dcterms:hasVersion": described["data_version"],
        "dcterms:description": described["days"],
        "horizon": described["horizon"],
        **{
            f"csto:{name}": reading[name]
            for name in ("basis", "dating", "era", "known_on", "extrapolate")
            if name in reading
        },
        "csto:leftOut": left_out,
    }


def _state(state: State) -> dict[str, Any]:
    """A state, which is an organization in the ontology's sense."""
    node: dict[str, Any] = {
        "@id": _state_id(state),
        "@type": "org:Organization",
        "org:identifier": state.iso3,
        "skos:prefLabel": _labels({"en": state.english}),
    }
    if state.wikidata is not None:
        node["owl:sameAs"] = {"@id": f"http://www.wikidata.org/entity/{_quoted(state.wikidata)}"}
    return node


def _membership(spell: Spell, said: Answer, organization: str, number: int) -> dict[str, Any]:
    """A spell: who, where, as what, and when."""
    certain = said is Answer.YES
    words = "org" if certain else "csto"
    interval: dict[str, Any] = {"@type": "time:ProperInterval", "csto:isOpen": spell.end is None}
    if spell.start is not None:
        interval["time:hasBeginning"] = _instant(spell.start, spell.began)
    if spell.end is not None:
        interval["time:hasEnd"] = _instant(spell.end, spell.ended)
    return {
        "@id": f"{organization}:{_quoted(spell.state.iso3)}:{number}",
        "@type": "org:Membership" if certain else "csto:UndecidedMembership",
        f"{words}:member": {"@id": _state_id(spell.state)},
        f"{words}:organization": {"@id": organization},
        f"{words}:role": {"@id": _role(str(spell.status))},
        f"{words}:memberDuring": interval,
    }


def _instant(day: date, window: Any) -> dict[str, Any]:  # noqa: ANN401 (an imprecise date, or none)
    """The day on which an interval begins, or the first one outside; with the days that it may be."""
    instant: dict[str, Any] = {"@type": "time:Instant", "inXSDDate": day.isoformat()}
    if window is not None:
        if window.earliest is not None:
            instant["earliest"] = window.earliest.isoformat()
        if window.latest is not None:
            instant["latest"] = window.latest.isoformat()
    return instant


def _labels(names: dict[str, str]) -> list[dict[str, str]]:
    """Names with their languages."""
    return [{"@value": name, "@language": lang} for lang, name in names.items()]


def _state_id(state: State) -> str:
    """The name of a state in the graph."""
    return f"{_BASE}state:{_quoted(state.iso3)}"


def _role(status: str) -> str:
    """The name of a status in the graph."""
    return f"{_BASE}status:{_quoted(status)}"


def _quoted(text: str) -> str:
    """Text as a part of an address."""
    return quote(text, safe="", errors="surrogatepass")
