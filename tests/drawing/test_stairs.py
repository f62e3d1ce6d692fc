"""The stairs above the lanes: figures are counts of rosters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Status, build, csto, csto_pa
from csto_membership.drawing import layout
from csto_membership.drawing.marks import Box, Stroke
from csto_membership.drawing.stairs import steps_of
from csto_membership.drawing.widths import width_of
from tests.drawing.invented import event, extent, organization, texts, thirty_two
from tests.strategies import BASES, DATINGS, datasets

if TYPE_CHECKING:
    from csto_membership import Dataset, Organization
    from csto_membership.drawing import Drawing


def figures(drawing: Drawing) -> list[tuple[str, str]]:
    """The figures with the days that they stand over, from left to right."""
    found = [mark for mark in texts(drawing, "figure") if mark.is_bold]
    found.sort(key=lambda mark: extent(drawing, mark))
    return [(date.fromordinal(mark.at.day or 1).isoformat(), mark.text) for mark in found]


@given(dataset=datasets(), dating=st.sampled_from(DATINGS), basis=st.sampled_from(BASES))
def test_the_steps_are_the_counts_of_every_day(dataset: Dataset, dating: str, basis: str) -> None:
    """On every day the step says how many were members, how many may have been, and how many of them were frozen."""
    membership = build(dataset).reading(dating=dating, basis=basis)
    first, end = dataset.verified_through.first - 40, dataset.verified_through.first + 1

    steps = steps_of(membership, first, end)

    for day in range(first, end):
        roster = membership.members_on(date.fromordinal(day))
        (*_, step) = (step for step in steps if step.day <= day)
        frozen = [
            state for state in roster if membership.status_on(state, date.fromordinal(day)) is Status.FROZEN
        ]
        assert (step.certain, step.possible) == (len(roster), len(roster) + len(roster.possible))
        assert step.frozen == len(frozen)


@pytest.mark.parametrize(
    "membership", [csto, csto.reading(basis="nominal"), csto.reading(dating="any"), thirty_two()]
)
@pytest.mark.parametrize("width", [420, 1200])
def test_every_figure_is_the_count_of_its_day(membership: Organization, width: int) -> None:
    """No figure says another number than ``members_on``; areas are as high as the count."""
    drawing = layout(membership, "en", width, width_of)

    for day, figure in figures(drawing):
        roster = membership.members_on(day)
        low, high = len(roster), len(roster) + len(roster.possible)
        assert figure == (str(low) if low == high else f"{low}–{high}")
    areas = [
        mark
        for mark in drawing.marks
        if isinstance(mark, Box) and (mark.role, mark.of) == ("stair", "certain")
    ]
    units = {
        round((area.bottom - area.top) / len(membership.members_on(date.fromordinal(area.days[0]))), 6)
        for area in areas
        if area.days
    }
    assert len(units) == 1


def test_the_figures_of_the_shipped_organization() -> None:
    """Each step has its count, the difference and the year as separate texts."""
    drawing = layout(csto, "en", 1200, width_of)

    assert figures(drawing) == [
        ("1994-04-20", "9"),
        ("1999-04-21", "6"),
        ("2006-08-16", "7"),
        ("2012-12-19", "6"),
    ]
    small = [mark for mark in texts(drawing, "figure") if not mark.is_bold]
    assert [mark.text for mark in small] == ["+9", "1994", "−3", "1999", "+1", "2006", "−1", "2012"]
    assert [mark.is_sign for mark in small] == [True, False] * 4


def test_differences_go_before_figures() -> None:
    """Where there is no room the difference is left out, and the figure stays."""
    drawing = layout(csto, "en", 420, width_of)

    assert [figure for _, figure in figures(drawing)] == ["9", "6", "7", "6"]
    assert [mark.text for mark in texts(drawing, "figure") if not mark.is_bold] == ["−1", "2012"]


@pytest.mark.parametrize(("lang", "figure"), [("en", "6–7"), ("ar", "6 أو 7"), ("ru", "6–7")])
def test_an_open_count_is_a_range(lang: str, figure: str) -> None:
    """Where sources leave it open the figure is a range, the area pale and the line dashed."""
    drawing = layout(csto.reading(dating="any"), lang, 1600, width_of)

    assert ("2006-06-23", figure) in figures(drawing)
    pale = [
        mark for mark in drawing.marks if isinstance(mark, Box) and (mark.role, mark.of) == ("stair", "open")
    ]
    dashed = [
        mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.role == "stair" and mark.dashes
    ]
    assert [mark.days for mark in pale] == [mark.days for mark in dashed]
    assert len(pale) == 6


def test_certain_figures_go_before_open_ones() -> None:
    """An open range that would touch a certain figure is left out, and no difference leads to or from it."""
    drawing = layout(csto.reading(dating="any"), "en", 420, width_of)

    assert [figure for _, figure in figures(drawing)] == ["9", "6", "7", "6"]
    assert [mark for mark in texts(drawing, "figure") if not mark.is_bold] == []


def test_a_figure_under_a_higher_step_is_left_out() -> None:
    """The line of the next step would run through it."""
    acts = [("AAA", "2000-01-01"), ("BBB", "2000-03-01"), ("CCC", "2010-01-01")]
    drawing = layout(organization([event(code, "join", day) for code, day in acts]), "en", 1200, width_of)

    assert figures(drawing) == [("2000-03-01", "2"), ("2010-01-01", "3")]


def test_frozen_states_are_the_top_slice() -> None:
    """States that count and are frozen are hatched on top of the area, in wide drawings alone."""
    wide = [
        mark
        for mark in layout(csto, "en", 1200, width_of).marks
        if isinstance(mark, Box) and mark.of == "frozen"
    ]
    narrow = [mark for mark in layout(csto, "en", 420, width_of).marks if getattr(mark, "of", "") == "frozen"]

    (slice_,) = wide
    assert slice_.hatch == "frozen"
    assert slice_.bottom - slice_.top == pytest.approx(40 / 9)
    assert slice_.days == (date(2024, 2, 22).toordinal(), csto.horizon.toordinal() + 1)
    assert narrow == []


def test_where_nobody_ever_counted() -> None:
    """The stairs are low, and say 0."""
    drawing = layout(csto_pa, "en", 1200, width_of)

    assert [figure for _, figure in figures(drawing)] == ["0"]
    assert not [mark for mark in drawing.marks if mark.role == "stair"]


def test_where_the_last_member_left() -> None:
    """A count of none after some is a step with its figure and its line."""
    membership = organization([event("AAA", "join", "2000-01-01"), event("AAA", "withdraw", "2010-01-01")])
    drawing = layout(membership, "en", 1200, width_of)

    assert [figure for _, figure in figures(drawing)] == ["1", "0"]
    assert len([mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.role == "stair"]) == 2
