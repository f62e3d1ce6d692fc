"""What the file dates after the last day verified, and what was public but not yet dated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import Answer, Status, build
from csto_membership._reader.facts_file import read

if TYPE_CHECKING:
    from csto_membership import Organization

# Mali and others gave notice on 29 January 2024; the facts were checked up to June of that year.
TEXT = """
verified_through: 2024-06-30
states: {MLI: {name: Mali}, NER: {name: Niger}, TGO: {name: Togo}}
organizations:
  ECOWAS:
    name: Economic Community of West African States
    events:
      MLI:
        - {act: join, effect: 1975-05-28, sources: [s]}
        - {act: withdraw, effect: 2025-01-29, steps: {notice: 2024-01-29}, sources: [s]}
      NER:
        - {act: join, effect: 1975-05-28, sources: [s]}
        - {act: withdraw, effect: 2025-01, known: 2024-01-28, sources: [s]}
      TGO: [{act: join, effect: 1975-05-28, sources: [s]}]
    offices:
      chair:
        name: Chair
        terms:
          - {state: TGO, effect: 2023-07-09, end: 2024-07-07, sources: [s]}
          - {state: TGO, effect: 2024-07-07, known: 2024-06-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press, date: 2024-01-30}}
"""


@pytest.fixture(scope="module")
def organization() -> Organization:
    """An organization that two states will leave after the horizon."""
    return build(read(TEXT.encode(), "ecowas.yaml"))


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("MLI", "2025-01-28", Answer.YES),
        ("MLI", "2025-01-29", Answer.NO),
        ("MLI", "2025-06-01", Answer.NO),
        ("NER", "2024-12-31", Answer.YES),
        ("NER", "2025-01-01", Answer.UNKNOWN),
        ("NER", "2025-01-31", Answer.NO),
        ("TGO", "2025-06-01", Answer.YES),
    ],
)
def test_what_the_file_dates_after_the_horizon_happens(
    organization: Organization, state: str, day: str, expected: Answer
) -> None:
    """To extrapolate is to take it that nothing else happens: a withdrawal under notice takes effect in its window."""
    assert organization.reading(extrapolate=True).was_member(state, day) is expected


def test_only_an_extrapolating_reading_names_what_lies_ahead(organization: Organization) -> None:
    """The next change after the horizon, and the end of the last spell, are known to it alone."""
    ahead = organization.reading(extrapolate=True)

    assert organization.next_change("2024-06-30") == ()
    assert [str(change) for change in ahead.next_change("2025-01-15")] == [
        "2025-01-29 MLI MEMBER -> FORMER (withdraw)"
    ]
    assert str(organization.spells("MLI")[-1]) == "MLI MEMBER [1975-05-28, ...)"
    assert [str(spell) for spell in ahead.spells("MLI")][-2:] == [
        "MLI MEMBER [1975-05-28, 2025-01-29)",
        "MLI FORMER [2025-01-29, ...)",
    ]
    assert organization.changes() == tuple(change for change in ahead.changes() if change.day.year < 2024)


def test_an_act_ahead_stands_around_the_day_that_is_explained(organization: Organization) -> None:
    """Before it takes effect it comes after; from then on it is the act before."""
    ahead = organization.reading(extrapolate=True)

    assert str(ahead.explain("MLI", "2025-01-28").after) == "MLI withdraw 2025-01-29"
    assert str(ahead.explain("MLI", "2025-01-29").before) == "MLI withdraw 2025-01-29"
    assert str(organization.explain("MLI", "2024-06-30").after) == "MLI withdraw 2025-01-29"


def test_terms_of_office_ahead_begin_and_end_on_their_days(organization: Organization) -> None:
    """A term under way ends, and the next begins, on the day that the file has for it."""
    ahead = organization.reading(extrapolate=True)

    assert [str(term) for term in ahead.holders_in("chair", "2024-07-06")] == ["TGO [2023-07-09, 2024-07-07)"]
    assert [str(term) for term in ahead.holders_in("chair", "2024-07-07")] == ["TGO [2024-07-07, ...)"]


def test_an_act_public_without_a_public_date_leaves_all_later_days_open(organization: Organization) -> None:
    """On 1 February 2024 the withdrawals were known, and no day of them: none of the later days is sure."""
    then = organization.reading(known_on="2024-02-01", extrapolate=True)

    for state in ("MLI", "NER"):
        assert then.was_member(state, "2024-02-01") is Answer.YES
        for day in ("2024-02-02", "2025-06-01", "9999-12-31"):
            assert then.status_on(state, day) == Status.MEMBER | Status.FORMER
        assert then.spells(state)[-1].end is None
    assert then.was_member("TGO", "2100") is Answer.YES


def test_acts_that_lie_ahead_without_a_date_do_not_narrow_those_before() -> None:
    """Of two acts on some later day either may be far ahead: both leave the end of the calendar open."""
    text = TEXT.replace(
        "      TGO: [{act: join, effect: 1975-05-28, sources: [s]}]\n",
        "      TGO:\n        - {act: join, effect: 1975-05-28, sources: [s]}\n"
        "        - {act: suspend, effect: 2024-04-01, known: 2024-01-30, sources: [s]}\n"
        "        - {act: resume, effect: 2024-05-01, known: 2024-01-30, sources: [s]}\n",
    )
    then = build(read(text.encode(), "ecowas.yaml")).reading(known_on="2024-02-01", extrapolate=True)

    assert then.status_on("TGO", "2024-02-02") == Status.MEMBER | Status.SUSPENDED
    assert then.status_on("TGO", "9999-12-31") == Status.MEMBER | Status.SUSPENDED
