"""Writes an answer as one boolean expression, with a part for each group of states with one history."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from csto_membership._membership.tracks import (
    AMBIGUOUS,
    BEYOND,
    NO_DATE,
    NO_STATE,
    NO_STATUS,
    NULL,
    OPEN,
    UNKNOWN_STATE,
    UNREADABLE,
    YES,
)
from csto_membership.frames._grids import REASONS, STATUSES
from csto_membership.frames._planned.periods import reaches

if TYPE_CHECKING:
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Question, Track
    from csto_membership.frames._options import Expression
    from csto_membership.frames._planned.columns import Rowed, TimeColumn
    from csto_membership.frames._planned.expressions import Writer

    Boxes: TypeAlias = "tuple[tuple[float, Box], ...]"


@frozen(kw_only=True)
class Box:
    """The days, years or periods for which a state has one answer; an open side is ``None``.

    Attributes:
        start: The first day or year of it.
        end: The first one after it.
        beyond: For periods: their end (the first day after them) is later than this day.
        by: For periods: their end (the first day after them) is this day or earlier.
    """

    start: int | None
    end: int | None
    beyond: int | None = None
    by: int | None = None


def _boxes(track: Track) -> Boxes:
    """The cell and box of each run, for single days or years."""
    bounds = (None, *track.bounds, None)
    return tuple((cell, Box(start=bounds[run], end=bounds[run + 1])) for run, cell in enumerate(track.cells))


def period_boxes(membership: Membership, question: Question, track: Track) -> Boxes:
    """What a state was over periods, by where they begin and end."""
    bounds = (None, *track.bounds, None)
    found = []
    for run, answers in enumerate(reaches(membership, question, track)):
        beyond = None
        for by, cell in answers:
            box = Box(start=bounds[run], end=bounds[run + 1], beyond=beyond, by=by)
            if by is None or by > max(beyond or 0, box.start or 0):  # otherwise the box is empty
                found.append((float(cell), box))
            beyond = by
    return tuple(found)


def _holds(rows: tuple[Boxes, ...], cell: float, states: Rowed, times: TimeColumn) -> Expression:
    """The test for a cell value; states with equal boxes are tested together. ``None`` if no state has it."""
    groups: dict[tuple[Box, ...], list[int]] = {}
    for row, boxes in enumerate(rows, start=1):
        same = tuple(box for found, box in boxes if found == cell)
        if same:
            groups.setdefault(same, []).append(row)
    parts = []
    for same, members in groups.items():
        within = [_within(box, times) for box in same]
        here = states.among(members)
        # A box that is open on all sides holds on all days.
        if all(test is not None for test in within):
            here = here & functools.reduce(operator.or_, [test for test in within if test is not None])
        parts.append(here)
    return functools.reduce(operator.or_, parts) if parts else None


def _within(box: Box, times: TimeColumn) -> Expression:
    """Whether a day or a period lies in a box; ``None`` for always."""
    tests = []
    if box.start is not None:
        tests.append(times.column >= times.literal(box.start))
    if box.end is not None and box.by != box.end:  # a period begins before it ends
        tests.append(times.column < times.literal(box.end))
    if box.beyond is not None:
        tests.append(times.after > times.literal(box.beyond))
    if box.by is not None:
        tests.append(times.after <= times.literal(box.by))
    return functools.reduce(operator.and_, tests) if tests else None


def spelled_out(
    rows: tuple[Track, ...], question: Question, states: Rowed, times: TimeColumn, writer: Writer
) -> Expression:
    """The answer for single days or years as one expression; null unless a condition decides it."""
    if question.what == "why":
        boxes = tuple(map(_boxes, rows))
        return _with_reasons(_reason(boxes, states, times, writer), states, times, writer)
    null = NULL if question.what == "member" else NO_STATUS
    # Past the horizon everybody is null: written once, and not for every state.
    tails = {track.bounds[-1] if track.cells[-1] == null and track.bounds else None for track in rows}
    horizon = next(iter(tails)) if len(tails) == 1 else None
    if horizon is not None:
        rows = tuple(_without_tail(track) for track in rows)
    boxes = tuple(map(_boxes, rows))
    decided = states.is_known()
    if horizon is None or not times.is_compared:
        decided = decided & times.readable
    if horizon is not None:
        decided = decided & (times.column < times.literal(horizon))
    open_ = _holds(boxes, null, states, times)
    if open_ is not None:
        decided = decided & ~open_
    if question.what == "member":
        yes = _holds(boxes, YES, states, times)
        return writer.first([(decided, writer.constant(False) if yes is None else yes)])  # noqa: FBT003 (an answer)
    masks = sorted({int(cell) for track in rows for cell in track.cells} - {null})
    # The status with the most runs comes last, as the else branch, which needs no test.
    masks.sort(key=lambda mask: sum(track.cells.count(mask) for track in rows))
    longest = writer.constant(STATUSES[masks[-1]] if masks else None)
    cases = [(_holds(boxes, mask, states, times), writer.constant(STATUSES[mask])) for mask in masks[:-1]]
    return writer.first([(decided, writer.first(cases, longest) if cases else longest)])


def spelled_out_over_periods(
    boxes: tuple[Boxes, ...], question: Question, states: Rowed, times: TimeColumn, writer: Writer
) -> Expression:
    """The answer over periods as one expression: null, where no box says anything."""
    if question.what == "why":
        return _with_reasons(_reason(boxes, states, times, writer), states, times, writer)
    cells = sorted({int(cell) for row in boxes for cell, _ in row})
    answers = [bool(cell) if question.what == "member" else STATUSES[cell] for cell in cells]
    cases = [
        (_holds(boxes, cell, states, times), writer.constant(answer))
        for cell, answer in zip(cells, answers, strict=True)
    ]
    if not cases:  # null, of the type that answers have
        nothing = writer.constant(False)  # noqa: FBT003 (a condition that holds nowhere)
        cases = [(nothing, nothing if question.what == "member" else writer.constant(None))]
    return writer.first([(states.is_known() & times.readable, writer.first(cases))])


def _reason(boxes: tuple[Boxes, ...], states: Rowed, times: TimeColumn, writer: Writer) -> Expression:
    """Why the member is null, for a readable state and time: past the horizon, or open."""
    held = [(_holds(boxes, cell, states, times), REASONS[cell]) for cell in (BEYOND, OPEN)]
    cases = [(condition, writer.constant(reason)) for condition, reason in held if condition is not None]
    return writer.first(cases) if cases else writer.constant(None)


def _with_reasons(reason: Expression, states: Rowed, times: TimeColumn, writer: Writer) -> Expression:
    """Why the member is null, tested in the same order as for a table in memory."""
    outside = [
        (times.missing, NO_DATE),
        (~times.readable, UNREADABLE),
        (states.is_missing(), NO_STATE),
        (states.is_ambiguous(), AMBIGUOUS),
        (~states.is_known(), UNKNOWN_STATE),
    ]
    return writer.first([(test, writer.constant(REASONS[cell])) for test, cell in outside], reason)


def _without_tail(track: Track) -> Track:
    """The track without its last run; the one before it then has no end."""
    return evolve(track, bounds=track.bounds[:-1], cells=track.cells[:-1])
