"""The lanes of offices: a box a term, and the open mark where a hand-over has no known day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.statuses import Capacity
from csto_membership.drawing.frame import shortened, wrapped
from csto_membership.drawing.marks import At, Box
from csto_membership.drawing.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Office, Term
    from csto_membership.drawing.frame import Frame
    from csto_membership.drawing.marks import Mark

_LEAST = 4.0  # pixels: an open hand-over stays visible
_INSET = 3.0
_LINE = 1.15  # the distance of two lines of a name, of its size


def office_lane(frame: Frame, office: Office, middle: float) -> Iterator[Mark]:
    """The name and the terms of one office."""
    half = frame.sizes.bar / 2
    yield from _name(frame, office, middle)
    handovers: set[tuple[int, int]] = set()
    for term in frame.membership.holders_of(office.id):
        first, after = term.effect.last, term.end.first if term.end else frame.end
        for edge in (term.effect, term.end):
            handovers |= {_window(frame, edge)} if edge is not None and not edge.is_exact else set()
        first, after = max(first, frame.first), min(after, frame.end)
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
            tip=_tip(frame, office, term, first, after),
        )
        room = (after - first) * frame.per_day - 2 * _INSET
        text = _holder(frame, term, room)
        if text:
            at = At(day=first, shift=(after - first) * frame.per_day / 2)
            yield frame.text("label", text, at, middle, size=frame.sizes.label, anchor="middle", of=office.id)
    for begins, after in sorted(handovers):
        first = max(begins, frame.first)
        if first < after:
            less = max(0.0, _LEAST - (after - first) * frame.per_day) / 2
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
                tip=f"{frame.words.short(office)}: {frame.words('open')}",
            )


def _window(frame: Frame, edge: ImpreciseDate) -> tuple[int, int]:
    """The days of an uncertain hand-over, cut at the end of the axis; empty if the second is not later."""
    return edge.first, min(edge.last, frame.end)


def _name(frame: Frame, office: Office, middle: float) -> Iterator[Mark]:
    """The office's name beside its lane, in two lines where it needs them."""
    size = frame.sizes.label
    room = frame.left - frame.sizes.padding - 10
    lines = wrapped(frame.words.short(office), room, size, frame.measure)
    if len(lines) > 2:  # noqa: PLR2004 (a lane has room for two)
        lines = [lines[0], shortened(f"{lines[1]} {lines[2]}…", room, size, frame.measure)]
    for number, line in enumerate(lines):
        yield frame.text(
            "name",
            line,
            At(day=frame.first, shift=-10),
            middle + (number - (len(lines) - 1) / 2) * size * _LINE,
            size=size,
            anchor="end",
            of=office.id,
        )


def _tip(frame: Frame, office: Office, term: Term, first: int, after: int) -> str:
    """A term in one sentence, its last certain day included."""
    key = "spell lasts" if after == frame.end else "spell"
    holder = _names(frame, term)[0]
    days = {"start": frame.words.day(first), "end": frame.words.day(after - 1)}
    return frame.words(key, state=frame.words.short(office), status=holder, **days)


def _names(frame: Frame, term: Term) -> list[str]:
    """The holder's names, the longest first; in brackets for an acting holder or a substitute."""
    if term.person:
        names = [plain(term.person), plain(term.person).split(" ")[-1]]
    else:
        state = frame.membership.state(term.state)
        names = [frame.words.state(state), state.iso3]
    return names if term.capacity is Capacity.HOLDER else [f"({name})" for name in names]


def _holder(frame: Frame, term: Term, room: float) -> str:
    """Who held the office, as fully as there is room for."""
    size = frame.sizes.label
    return next((name for name in _names(frame, term) if frame.measure(name, size, False) <= room), "")  # noqa: FBT003
