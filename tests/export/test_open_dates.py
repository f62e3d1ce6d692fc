"""Dates that are open to the left, as tables give them, in every export and on the page."""

from __future__ import annotations

import json
import sqlite3

from csto_membership import (
    Act,
    Dataset,
    Event,
    History,
    Source,
    SourceKind,
    State,
    build,
    exact,
    from_json,
    imprecise,
)
from csto_membership.explorer import html


def test_a_date_that_is_open_to_the_left_has_no_first_day() -> None:
    """A table that says no more than "by 1960" is written by every export, without a first day."""
    joined = Event(state="AAA", act=Act.JOIN, effect=imprecise("[..1960-05-01]"), sources=("s",))
    organization = build(
        Dataset(
            verified_through=exact("2010-12-31"),
            states=(State(iso3="AAA", english="Atlantis"),),
            sources=(Source(id="s", title="T", publisher="P", kind=SourceKind.PRESS),),
            histories=(History(id="OLD", name="Old", events=(joined,)),),
        )
    )
    spell = json.loads(organization.to_json())["spells"][1]
    (member,) = [
        node for node in json.loads(organization.to_jsonld())["@graph"] if node["@type"] == "org:Membership"
    ]
    connection = sqlite3.connect(":memory:")
    connection.executescript(organization.to_sql("sqlite"))

    assert from_json(organization.to_json()) == organization
    assert (spell["start_earliest"], spell["start_latest"]) == (None, "1960-05-01")
    assert "earliest" not in str(member)
    assert connection.execute("SELECT effect_earliest, effect_latest FROM events").fetchall() == [
        (None, "1960-05-01")
    ]
    connection.close()
    assert "Atlantis" in html(organization)
