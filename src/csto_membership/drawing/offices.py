"""The lanes of offices: a box a term, and the open mark where a hand-over has no known day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.statuses import Capacity
from csto_membership.drawing.canvas import shortened, wrapped
from csto_membership.drawing.marks import At, Box
from csto_membership.drawing.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Office, Term
    from csto_membership.drawing.canvas import Canvas
    from csto_membership.drawing.marks import Mark

_LEAST = 4.0  # pixels: an open hand-over stays visible
_INSET = 3.0
_LINE = 1.15  # the distance of two lines of a name, of its size


def office_lane(canvas: Canvas, office: Office, middle: float) -> Iterator[Mark]:
    """The name and the terms of one office."""
    half = canvas.sizes.bar / 2
    yield from _name(canvas, office, middle)
    handovers: set[tuple[int, int]] = set()
    for term in canvas.membership.holders_of(office.id):
        first, after = term.effect.last, term.end.first if term.end else canvas.end
        for edge in (term.effect, term.end):
            handovers |= {_window(canvas, edge)} if edge is not None and not edge.is_exact else set()
        first, after = max(first, canvas.first), min(after, canvas.end)
        if first >= after:
            continue
        yield Box(
            role="office",
            left=At(day=first),
            right=At(day=after),
            top=middle - half,
            bottom=middle + half,
            fill="card",
            line="muted",
            thick=1,
            of=office.id,
            days=(first, after),
            tip=_tip(canvas, office, term, first, after),
        )
        room = (after - first) * canvas.per_day - 2 * _INSET
        text = _holder(canvas, term, room)
        if text:
            at = At(day=first, shift=(after - first) * canvas.per_day / 2)
            yield canvas.text(
                "label", text, at, middle, size=canvas.sizes.label, anchor="middle", of=office.id
            )
    for begins, after in sorted(handovers):
        first = max(begins, canvas.first)
        if first < after:
            less = max(0.0, _LEAST - (after - first) * canvas.per_day) / 2
            yield Box(
                role="office",
                left=At(day=first, shift=-less),
                right=At(day=after, shift=less),
                top=middle - half,
                bottom=middle + half,
                fill="open",
                line="openline",
                thick=1.2,
                is_dashed=True,
                of=office.id,
                days=(first, after),
                tip=f"{canvas.words.short(office)}: {canvas.words('open')}",
            )


def _window(canvas: Canvas, edge: ImpreciseDate) -> tuple[int, int]:
    """The days of an uncertain hand-over, cut at the end of the axis; empty if the second is not later."""
    return edge.first, min(edge.last, canvas.end)


def _name(canvas: Canvas, office: Office, middle: float) -> Iterator[Mark]:
    """The office's name beside its lane, in two lines where it needs them."""
    size = canvas.sizes.label
    room = canvas.left - canvas.sizes.padding - 10
    lines = wrapped(canvas.words.short(office), room, size, canvas.measure)
    if len(lines) > 2:  # noqa: PLR2004 (a lane has room for two)
        lines = [lines[0], shortened(f"{lines[1]} {lines[2]}…", room, size, canvas.measure)]
    for number, line in enumerate(lines):
        yield canvas.text(
            "name",
            line,
            At(day=canvas.first, shift=-10),
            middle + (number - (len(lines) - 1) / 2) * size * _LINE,
            size=size,
            anchor="end",
            of=office.id,
        )


def _tip(canvas: Canvas, office: Office, term: Term, first: int, after: int) -> str:
    """A term in one sentence, its last certain day included."""
    key = "spell lasts" if after == canvas.end else "spell"
    holder = _names(canvas, term)[0]
    days = {"start": canvas.words.day(first), "end": canvas.words.day(after - 1)}
    return canvas.words(key, state=canvas.words.short(office), status=holder, **days)


def _names(canvas: Canvas, term: Term) -> list[str]:
    """The holder's names, the longest first; in brackets for an acting holder or a substitute."""
    if term.person:
        names = [plain(term.person), plain(term.person).split(" ")[-1]]
    else:
        state = canvas.membership.state(term.state)
        names = [canvas.words.state(state), state.iso3]
    return names if term.capacity is Capacity.HOLDER else [f"({name})" for name in names]


def _holder(canvas: Canvas, term: Term, room: float) -> str:
    """Who held the office, as fully as there is room for."""
    size = canvas.sizes.label
    return next((name for name in _names(canvas, term) if canvas.measure(name, size, False) <= room), "")  # noqa: FBT003
