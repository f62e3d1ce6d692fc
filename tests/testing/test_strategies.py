"""What the strategies draw."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import find, given, settings
from hypothesis import strategies as st

from csto_membership import Dataset, DatasetError, History, build, csto, csto_pa
from csto_membership.testing import (
    datasets,
    days,
    edge_days,
    histories,
    illegal,
    narrowed,
    organizations,
    periods,
    readings,
    readings_of,
)
from csto_membership.testing.edges import datings_of, outsiders_of
from tests.testing.organizations import nobodys, wide

if TYPE_CHECKING:
    from collections.abc import Callable

SEARCH = settings(max_examples=5_000, derandomize=True, database=None)


@pytest.mark.parametrize(
    "reached",
    [
        pytest.param(lambda history: history.offices and history.offices[0].terms[0].end, id="an ended term"),
        pytest.param(lambda history: history.offices and not history.offices[0].terms[-1].end, id="a term"),
        pytest.param(lambda history: not history.events and not history.offices, id="no act"),
        pytest.param(lambda history: any(not event.effect.is_exact for event in history.events), id="doubt"),
    ],
)
def test_histories_have_what_laws_are_about(reached: Callable[[History], bool]) -> None:
    """Among the invented histories are those with offices, with doubt, and with no act at all."""
    assert reached(find(histories(terms=2), reached, settings=SEARCH))


@settings(max_examples=25)
@given(st.data(), organizations(states=1, most=3))
def test_questions_come_from_the_edges(data: st.DataObject, organization: object) -> None:
    """Days and periods are drawn from the edges of an organization, readings from those that may differ."""
    read = data.draw(readings(organization))  # type: ignore[arg-type] # an organization
    day = data.draw(days(read))
    first, after = data.draw(periods(read))

    assert read in readings_of(organization)  # type: ignore[arg-type] # an organization
    assert day in edge_days(read)
    assert first < after
    assert first in edge_days(read)
    assert date.fromordinal(after.toordinal() - 1) in edge_days(read)


@settings(max_examples=25)
@given(st.data(), datasets(states=1, most=3))
def test_a_narrowed_dataset_is_sound(data: st.DataObject, dataset: Dataset) -> None:
    """One date of it is known better, and no rule is broken."""
    narrow = data.draw(narrowed(dataset))
    pairs = zip(narrow.histories[0].events, dataset.histories[0].events, strict=True)
    changed = [(one.effect, other.effect) for one, other in pairs if one != other]

    assert build(narrow)
    assert len(changed) <= 1
    assert all(wide.first <= one.first <= one.last <= wide.last for one, wide in changed)


@settings(max_examples=25)
@given(illegal())
def test_an_illegal_dataset_has_one_fault(case: tuple[Dataset, int]) -> None:
    """The last act is impossible, and the others are sound."""
    dataset, sound = case
    (history,) = dataset.histories

    with pytest.raises(DatasetError) as caught:
        build(dataset)
    (problem,) = caught.value.problems
    assert "CM017" in problem
    assert len(history.events) == sound + 1
    assert build(evolve(dataset, histories=(evolve(history, events=history.events[:sound]),)))


def test_the_edges_of_an_organization() -> None:
    """Each date of the record, each change and the horizon have the day before and after; the last is the horizon."""
    found = edge_days(csto)
    (cut,) = csto.changes("2012")
    near = [date.fromordinal(cut.day.toordinal() + step) for step in (-1, 0, 1)]

    assert list(found) == sorted(set(found))
    assert found[-1] == csto.horizon
    assert set(near) <= set(found)
    assert edge_days(csto.reading(extrapolate=True))[-1] > csto.horizon
    assert all(day.year > 1 for day in edge_days(wide()))


def test_what_may_differ() -> None:
    """Datings are those of the steps that the record has; without steps there are two."""
    assert datings_of(csto)[:2] == ("effect", "any")
    assert "ratification" in datings_of(csto)
    assert datings_of(csto)[-1] == datings_of(csto)[2:4]
    assert datings_of(nobodys(closed=True)) == ("effect", "any")
    assert datings_of(csto_pa)[:2] == ("effect", "any")


def test_outsiders_have_no_act() -> None:
    """Two states are asked about of which nothing is recorded: then no law is empty."""
    assert [state.iso3 for state in outsiders_of(csto)] == ["ISL", "NZL"]
    assert [state.iso3 for state in outsiders_of(csto.beside(["ISL"]))] == ["NZL", "URY"]
