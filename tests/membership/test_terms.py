"""Terms of offices: their days at the edges, and by which names their holders are called."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csto_membership import Term, UncertainError, build, exact, imprecise
from csto_membership._membership.offices import Tenure, is_called, tenure_of
from csto_membership._reader.facts_file import read


@pytest.mark.parametrize(
    ("ends", "held"),
    [
        (
            (20, 22),
            {
                (9, 10): "no",
                (9, 11): "unknown",
                (10, 11): "unknown",
                (11, 12): "unknown",
                (12, 13): "yes",
                (12, 20): "yes",
                (12, 21): "unknown",
                (19, 20): "yes",
                (20, 21): "unknown",
                (21, 22): "unknown",
                (22, 23): "no",
                (9, 23): "unknown",
            },
        ),
        (None, {(9, 10): "no", (11, 99): "unknown", (12, 99): "yes"}),
    ],
)
def test_days_are_held_by_three_valued_logic(
    ends: tuple[int, int] | None, held: dict[tuple[int, int], str]
) -> None:
    """All of the days are held from the latest beginning to the earliest end, none before or after, others are open."""
    tenure = Tenure(begins=(10, 12), ends=ends)

    assert {days: str(tenure.held_in(*days)) for days in held} == held


def _term(**fields: Any) -> Term:
    """A term of AAA."""
    return Term(state="AAA", effect=fields.pop("effect", exact("2000-01-01")), sources=(), **fields)


@pytest.mark.parametrize(
    ("effect", "end", "begins", "ends"),
    [
        ("2000-01-10", "2000-01-20", (10, 10), (20, 20)),
        ("[2000-01-10..2000-01-12]", "[2000-01-11..2000-01-20]", (10, 12), (11, 20)),
        ("[2000-01-10..2000-01-12]", "[2000-01-05..2000-01-11]", (10, 11), (10, 11)),
        ("[2000-01-10..2000-01-12]", None, (10, 12), None),
    ],
)
def test_a_term_ends_after_it_begins(
    effect: str, end: str | None, begins: tuple[int, int], ends: tuple[int, int] | None
) -> None:
    """Its end is no earlier than its earliest day, and it begins no later than its latest end."""
    before = date(1999, 12, 31).toordinal()
    tenure = tenure_of(_term(effect=imprecise(effect), end=imprecise(end) if end else None))

    assert tuple(day - before for day in tenure.begins) == begins
    assert (tenure.ends and tuple(day - before for day in tenure.ends)) == ends


@pytest.mark.parametrize(
    ("person", "said", "is_meant"),
    [
        ("Li Na", "Li", True),
        ("Li Na", "Na Li", True),
        ("Milan Petrov", "Milan Popovich", False),
        ("Milan Petrov", "Milan Ivanovich Petrov", True),
        ("Milan Petrov", "M. I. Petrov", True),
        ("Milan Petrov", "N. Petrov", False),
        (None, "XXXX", False),
        (None, "", False),
    ],
)
def test_a_person_is_called_by_names_of_the_record(person: str | None, said: str, is_meant: bool) -> None:  # noqa: FBT001 (a table)
    """A patronymic is passed over beside two names, not in the place of one; a short name is a name."""
    assert is_called(_term(person=person), said) is is_meant


def test_two_holders_at_once_are_two() -> None:
    """Where two terms hold on the day asked about, no one of them is named alone."""
    text = """
verified_through: 2010-12-31
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}
organizations:
  X:
    name: X
    events:
      AAA: [{act: join, effect: 1990-01-01, sources: [s]}]
      BBB: [{act: join, effect: 1990-01-01, sources: [s]}]
    offices:
      chair:
        name: Chair
        terms:
          - {state: AAA, effect: 2000-01-01, end: 2001-01-01, sources: [s]}
          - {state: BBB, effect: 2000-12-01, end: 2002-01-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    assert organization.holder_of("chair", "2000-11-30").state == "AAA"
    assert organization.holder_of("chair", "2001-01-01").state == "BBB"
    with pytest.raises(UncertainError) as refused:
        organization.holder_of("chair", "2000-12-01")
    assert refused.value.fault == (
        "the chair of X for 2000-12-01 is open: AAA [2000-01-01, 2001-01-01) or BBB [2000-12-01, 2002-01-01)."
    )
