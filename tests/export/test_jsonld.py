"""Linked data: rdflib parses the graph back and answers from it."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import build, csto
from tests.export.samples import HOSTILE, hostile_dataset, organizations, rosters

if TYPE_CHECKING:
    from csto_membership import Organization

PREFIXES = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX csto: <urn:x-csto-membership:term:>
"""
SPELLS = """
SELECT ?code ?start ?end WHERE {
  ?membership a KIND:KIND_CLASS ; KIND:member/org:identifier ?code ; KIND:memberDuring ?days .
  OPTIONAL { ?days time:hasBeginning/time:inXSDDate ?start }
  OPTIONAL { ?days time:hasEnd/time:inXSDDate ?end }
}
"""


def _graph(organization: Organization) -> Any:
    """The export as rdflib reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own
        rdflib = pytest.importorskip("rdflib")
        return rdflib.Graph().parse(data=organization.to_jsonld(), format="json-ld")


def _spells(graph: Any, kind: str, of_class: str) -> list[tuple[str, Any, Any]]:
    """The spells of one class in the graph: code, start and first day outside."""
    query = PREFIXES + SPELLS.replace("KIND_CLASS", of_class).replace("KIND", kind)
    return [
        (str(code), start and start.toPython(), end and end.toPython())
        for code, start, end in graph.query(query)
    ]


@pytest.mark.parametrize("name", organizations())
def test_rdflib_answers_the_librarys_rosters(name: str) -> None:
    """An ``org:Membership`` is certain, ``csto:UndecidedMembership`` is not: on every change day, -1, 0 and +1."""
    organization = organizations()[name]
    graph = _graph(organization)
    spells = [(*spell, True) for spell in _spells(graph, "org", "Membership")]
    spells += [(*spell, False) for spell in _spells(graph, "csto", "UndecidedMembership")]

    expected = rosters(organization)
    assert {
        day: sorted(
            (code, certain)
            for code, start, end, certain in spells
            if (start is None or start <= day) and (end is None or day < end)
        )
        for day in expected
    } == expected


def test_what_is_left_out_is_named() -> None:
    """Spells of which it is open whether they count are no memberships, and the export lists them."""
    graph = _graph(csto.reading(dating="any"))
    left_out = [str(text) for (text,) in graph.query(PREFIXES + "SELECT ?text { ?x csto:leftOut ?text }")]

    assert len(left_out) == len(_spells(graph, "csto", "UndecidedMembership")) > 0
    assert "UZB MEMBER or SUSPENDED [2012-06-20, 2012-12-19): whether it counts is open" in left_out


def test_days_that_are_open_keep_their_bounds() -> None:
    """The beginning of a certain spell has the earliest and latest day on which it may have begun."""
    graph = _graph(csto.reading(dating="any"))
    query = """SELECT ?earliest ?latest {
        ?m org:member/org:identifier "UZB" ; org:memberDuring/time:hasBeginning ?begins .
        ?begins time:inXSDDate ?day ; csto:earliest ?earliest ; csto:latest ?latest . FILTER(str(?day) > "2000") }"""

    assert [(str(low), str(high)) for low, high in graph.query(PREFIXES + query)] == [
        ("2006-06-23", "2008-03-28")
    ]


def test_the_graph_says_what_it_is() -> None:
    """Version, horizon, reading, licence and the half-open rule stand in it."""
    graph = _graph(csto.reading(basis="active", era="CSTO", known_on="2024-03-01"))
    query = """SELECT ?version ?horizon ?licence ?basis ?dating ?era ?known ?on { ?x a csto:Export ;
        dcterms:hasVersion ?version ; csto:horizon ?horizon ; dcterms:license ?licence ; csto:basis ?basis ;
        csto:dating ?dating ; csto:era ?era ; csto:known_on ?known ; dcterms:description ?on }"""

    assert [tuple(map(str, row)) for row in graph.query(PREFIXES + query)] == [
        (
            csto.data_version,
            "2024-03-01",
            "CC-BY-4.0",
            "active",
            "effect",
            "CSTO",
            "2024-03-01",
            "A spell is [start, end): its end is the first day outside. No end means that it still lasts.",
        )
    ]


def test_names_arrive_as_they_are_and_make_no_address() -> None:
    """Names with quotes, spaces and line ends are literals; in an address they are escaped."""
    organization = build(hostile_dataset(HOSTILE))
    graph = _graph(organization)
    query = "SELECT ?name { ?state org:identifier ?code ; skos:prefLabel ?name . FILTER(strlen(?code) = 3) }"

    assert {str(name) for (name,) in graph.query(PREFIXES + query)} == set(HOSTILE)
    for node in json.loads(organization.to_jsonld())["@graph"]:
        assert not set(node["@id"]) & set(" \"'<>\\;\n{}")


def test_a_state_is_the_item_of_wikidata() -> None:
    """A state is linked with its item, by which others know it."""
    graph = _graph(csto)
    query = 'SELECT ?item { ?s org:identifier "KGZ" ; <http://www.w3.org/2002/07/owl#sameAs> ?item }'

    assert [str(item) for (item,) in graph.query(PREFIXES + query)] == ["http://www.wikidata.org/entity/Q813"]
