"""The stairs above the lanes: how many states counted, day by day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.statuses import Status
from csto_membership.drawing.marks import At, Box, Stroke, Text
from csto_membership.drawing.tokens import DASHES, FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.rosters import Roster
    from csto_membership.drawing.canvas import Canvas
    from csto_membership.drawing.marks import Mark

_EMPTY = 24.0
_ABOVE, _INSET, _GAP = 5.0, 2.0, 4.0


@frozen(kw_only=True)
class CountRun:
    """A run of days with one count.

    Attributes:
        day: Ordinal of its first day.
        certain: How many states certainly counted.
        possible: How many may have counted.
        frozen: How many of the certain ones were frozen.
    """

    day: int
    certain: int
    possible: int
    frozen: int

    @property
    def is_open(self) -> bool:
        """Whether the sources leave the count open."""
        return self.certain != self.possible


def steps_of(membership: Membership, first: int, end: int) -> tuple[CountRun, ...]:
    """The counts from *first* up to, but not on, *end*; neighbours differ."""
    days = {change.day.toordinal() for change in membership.changes()}
    frozen_from = _frozen(membership)
    found: list[CountRun] = []
    for day in sorted({first, *(day for day in days if first < day < end)}):
        roster = membership.members_on(date.fromordinal(day))
        step = CountRun(
            day=day,
            certain=len(roster),
            possible=len(roster) + len(roster.possible),
            frozen=_counted(roster, frozen_from, day),
        )
        if not found or (step.certain, step.possible, step.frozen) != (
            found[-1].certain,
            found[-1].possible,
            found[-1].frozen,
        ):
            found.append(step)
    return tuple(found)


def _frozen(membership: Membership) -> dict[str, tuple[tuple[int, ...], tuple[bool, ...]]]:
    """For each state ever frozen, the first days of its spells but the first, and which are frozen."""
    found = {}
    for state in membership.states:
        spells = membership.spells(state)
        frozen_in = tuple(spell.status is Status.FROZEN for spell in spells)
        if any(frozen_in):
            starts = tuple(spell.start.toordinal() for spell in spells if spell.start)
            found[state.iso3] = starts, frozen_in
    return found


def _counted(
    roster: Roster, frozen_from: dict[str, tuple[tuple[int, ...], tuple[bool, ...]]], day: int
) -> int:
    """How many states of a roster were frozen on its day."""
    counted = {state.iso3 for state in roster}
    return sum(
        frozen_in[bisect_right(starts, day)]
        for code, (starts, frozen_in) in frozen_from.items()
        if code in counted
    )


def height_of(canvas: Canvas, steps: tuple[CountRun, ...]) -> float:
    """The height of the stairs with their figures; little where no state ever counted."""
    return canvas.sizes.stairs if any(step.possible for step in steps) else _EMPTY


def stairs(canvas: Canvas, steps: tuple[CountRun, ...], top: float) -> Iterator[Mark]:
    """The stairs with their figures; *top* is that of their highest figure."""
    base = top + height_of(canvas, steps)
    most = max(step.possible for step in steps)
    unit = canvas.sizes.peak / most if most else 0.0
    ends = (*(step.day for step in steps[1:]), canvas.end)
    yield Stroke(
        role="grid", start=At(day=canvas.first), end=At(day=canvas.end), top=base, bottom=base, line="grid"
    )
    has_begun = False
    for step, end in zip(steps, ends, strict=True):
        has_begun = has_begun or step.possible > 0
        if has_begun:
            yield from _step(canvas, step, end, base, unit)
    yield from _figures(canvas, steps, base, unit)


def _step(canvas: Canvas, step: CountRun, end: int, base: float, unit: float) -> Iterator[Mark]:
    """One step: certain, frozen and possible states as areas, and the line above them."""
    left, right = At(day=step.day), At(day=end)
    certain, possible = base - unit * step.certain, base - unit * step.possible
    days = (step.day, end)
    if step.certain:
        yield Box(
            role="stair",
            left=left,
            right=right,
            top=certain,
            bottom=base,
            fill="stair",
            of="certain",
            days=days,
        )
    if step.frozen and canvas.sizes.is_wide:
        yield Box(
            role="stair",
            left=left,
            right=right,
            top=certain,
            bottom=certain + unit * step.frozen,
            fill="member",
            hatch="frozen",
            of="frozen",
            days=days,
        )
    if step.is_open:
        yield Box(
            role="stair",
            left=left,
            right=right,
            top=possible,
            bottom=certain,
            fill="open",
            of="open",
            days=days,
        )
    yield Stroke(
        role="stair",
        start=left,
        end=right,
        top=possible,
        bottom=possible,
        line="member",
        thick=2,
        dashes=DASHES if step.is_open else None,
        days=days,
    )


@frozen(kw_only=True)
class _Place:
    """Where a step's figures may stand: from its beginning to the next one."""

    step: CountRun
    before: CountRun | None
    left: float
    until: float
    baseline: float
    is_only: bool


def _figures(canvas: Canvas, steps: tuple[CountRun, ...], base: float, unit: float) -> Iterator[Mark]:
    """The numbers on the stairs, by priority: certain, open, differences; none may touch another."""
    edge = canvas.width - canvas.sizes.padding
    counted = [
        _Place(
            step=step,
            before=before,
            left=canvas.x(step.day),
            # The line of a higher step would run through the figures of a lower one.
            until=canvas.x(after.day) if after and after.possible > step.possible else edge,
            baseline=base - unit * step.possible - _ABOVE,
            is_only=len(steps) == 1,
        )
        for before, step, after in zip((None, *steps), steps, (*steps[1:], None), strict=False)
    ]
    places = [place for place in counted if _is_new(place)]
    taken: list[tuple[float, float]] = []
    behind: dict[int, float] = {}
    for wants_open in (False, True):
        for place in places:
            if place.step.is_open is not wants_open:
                continue
            text = _figure(canvas, place)
            extent = (place.left, place.left + _INSET + text.width + _GAP)
            if extent[1] - _GAP <= place.until and _is_free(extent, taken):
                taken.append(extent)
                behind[place.step.day] = extent[1]
                yield text
    for index, place in enumerate(places):
        following = places[index + 1].left if index + 1 < len(places) else edge
        if place.step.day in behind:
            yield from _difference(canvas, place, behind[place.step.day], following, taken)


def _is_new(place: _Place) -> bool:
    """Whether a step has another count than the one before; a change of *frozen* alone gets no number."""
    before = place.before
    if before is None:
        return place.step.possible > 0 or place.is_only
    return (before.certain, before.possible) != (place.step.certain, place.step.possible)


def _is_free(extent: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    """Whether a stretch touches none that is taken."""
    return all(extent[1] <= left or right <= extent[0] for left, right in taken)


def _figure(canvas: Canvas, place: _Place) -> Text:
    """The figure of a step, a range where it is open."""
    step = place.step
    figure = str(step.certain)
    if step.is_open:
        figure = canvas.words("counts", low=step.certain, high=step.possible)
    return Text(
        role="figure",
        at=At(day=step.day, shift=_INSET),
        baseline=place.baseline,
        text=figure,
        size=FIGURE,
        width=canvas.measure(figure, FIGURE, True),  # noqa: FBT003 (every measure is called so)
        is_bold=True,
    )


def _difference(
    canvas: Canvas, place: _Place, left: float, until: float, taken: list[tuple[float, float]]
) -> Iterator[Mark]:
    """The difference to the step before and the year, where both counts are certain and there is room."""
    before = place.before
    if before is None or before.is_open or place.step.is_open:
        return
    size = canvas.sizes.label
    change = place.step.certain - before.certain
    texts = (f"+{change}" if change > 0 else f"−{-change}", str(date.fromordinal(place.step.day).year))
    widths = [canvas.measure(text, size, False) for text in texts]  # noqa: FBT003 (every measure is called so)
    left += _GAP / 2
    right = left + sum(widths) + 2 * _GAP
    if right > until or not _is_free((left, right), taken):
        return
    taken.append((left, right))
    shift = left - canvas.x(place.step.day)
    for text, width, ink in zip(texts, widths, ("ink", "muted"), strict=True):
        yield Text(
            role="figure",
            at=At(day=place.step.day, shift=shift),
            baseline=place.baseline,
            text=text,
            size=size,
            width=width,
            ink=ink,
            is_sign=ink == "ink",
        )
        shift += width + _GAP
