"""Gaps in a facts file: days of which nobody knows what a state was."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from csto_membership import Answer, DatasetError, Ended, Gap, Organization, build, from_json
from csto_membership._reader.facts_file import read

FILE = """\
verified_through: 2020-12-31
organizations:
  ORG:
    name: The Organization
    closed: {closed}
    eras:
      ONE: {{name: One, effect: 1990-01-01, sources: [s]}}
      TWO: {{name: Two, effect: 2005-01-01, sources: [s]}}
    events:
      DNK:
        - {{act: join, effect: 1990-01-01, sources: [s]}}
        - {{act: end, effect: "[2002-06-01..2008-06-01]", sources: [s]}}
      NOR:
        - {{act: join, effect: 1990-01-01, sources: [s]}}
    gaps:
      - {{state: {state}, start: {start}, end: "2004", sources: [{source}], note: The archive burned.}}
      - {{state: SWE, start: 2010-01-01, end: 2011-01-01, sources: [s]}}
states:
  DNK: {{name: Denmark}}
  NOR: {{name: Norway}}
  SWE: {{name: Sweden}}
sources:
  s: {{title: T, publisher: P, kind: press}}
"""


def organization(**changed: str) -> Organization:
    """The file as an organization."""
    said = {"closed": "yes", "state": "DNK", "start": "2003", "source": "s", **changed}
    return build(read(FILE.format(**said).encode(), "gaps.yaml"))


def test_a_gap_opens_every_status_on_its_days() -> None:
    """From the first day that the start may be to the last that the end may be nothing is known."""
    org = organization()

    answers = [
        str(org.was_member("DNK", day)) for day in ("2002-05-31", "2003-01-01", "2004-12-30", "2009-01-01")
    ]
    assert answers == ["yes", "unknown", "unknown", "no"]
    assert len(org.status_on("DNK", "2003-01-01")) == len(org.status_on("SWE", "2010-12-31")) == 8
    assert org.status_on("SWE", "2011-01-01").name == "OUTSIDE"
    assert org.history.gaps[0] == Gap(
        state="DNK", start="2003", end="2004", sources=("s",), note="The archive burned."
    )


@pytest.mark.parametrize(
    ("rule", "years"),
    [("any", [True, None, None, None, False]), ("all", [False, None, None, False, False])],
)
def test_a_year_within_a_gap_is_open_under_every_rule(rule: Any, years: list[bool | None]) -> None:
    """A year that a gap covers is null; one that it meets is decided by its other days, where they decide."""
    pytest.importorskip("polars")
    org = organization(start="2003")
    panel = org.panel(2002, 2010, rule=rule, backend="polars").filter(state="DNK")["member"].to_list()

    assert [panel[place] for place in (0, 1, 2, 3, 7)] == [
        True if rule == "any" else None,
        *years[1:3],
        None,
        False,
    ]


def test_pairs_are_open_in_a_gap() -> None:
    """Whether two states were members together is unknown while one of them is."""
    pytest.importorskip("polars")
    dyads = (
        organization(start="2002-01-01")
        .dyads(2001, 2005, rule="any", rows="all", backend="polars")
        .filter(state1="DNK", state2="NOR")
    )

    assert dyads["year"].to_list() == [2001, 2002, 2003, 2004]
    assert dyads["member"].to_list() == [True, None, None, None]


def test_a_gap_counts_within_its_era() -> None:
    """Days that certainly are of another era are outside; a gap of an open record adds nothing."""
    one = organization().reading(era="TWO")
    assert one.was_member("DNK", "2003-06-01") is Answer.NO
    assert organization().reading(era="ONE").was_member("DNK", "2003-06-01") is Answer.UNKNOWN
    assert organization(closed="no").was_member("SWE", "2015-01-01") is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"start": "2005"}, "gaps.yaml:16:41: ORG gap: ends"),
        (
            {"state": "FIN"},
            "gaps.yaml:16:16: no state 'FIN'. Add it under states, or correct the code. [CM013]",
        ),
        ({"source": "t"}, "gaps.yaml:16:56: no source 't'"),
        ({"start": "x"}, "gaps.yaml:16:28: start: 'x' is not a date"),
    ],
)
def test_a_faulty_gap_is_refused(changed: dict[str, str], problem: str) -> None:
    """A gap holds a day, names a state of the file, and cites a source."""
    with pytest.raises(DatasetError) as refused:
        organization(**changed)
    assert refused.value.problems[0].split(" [")[0][:12] == problem[:12]
    assert len(refused.value.problems) == 1


def test_gaps_travel_in_json() -> None:
    """An export in JSON carries the gaps."""
    org = organization()

    assert from_json(org.to_json()) == org


def test_an_era_that_requires_an_act_names_its_instrument() -> None:
    """What a state must act on has to be said."""
    text = FILE.format(closed="yes", state="DNK", start="2003", source="s")
    text = text.replace("{name: One,", "{name: One, requires: instrument,")

    with pytest.raises(DatasetError) as refused:
        read(text.encode(), "gaps.yaml")
    assert refused.value.problems == (
        "gaps.yaml:7:12: era 'ONE' lacks 'instrument', which it requires an act on. Add it. [CM008]",
    )


def test_an_end_cites_its_sources() -> None:
    """The end of an organization rests on a source, as every record does."""
    org = organization()
    history = evolve(org.history, ended=Ended(effect="2015", sources=()))

    with pytest.raises(DatasetError) as refused:
        build(evolve(org.dataset, histories=(history,)))
    assert refused.value.problems == ("the end of 2015: no source. Name at least one. [CM023]",)
