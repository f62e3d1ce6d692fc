"""Invented organizations for pictures, and what tests ask of every drawing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csto_membership import (
    Capacity,
    Dataset,
    Era,
    Event,
    History,
    Office,
    Organization,
    Source,
    SourceKind,
    State,
    Term,
    build,
    exact,
    imprecise,
)
from csto_membership.drawing.marks import Box, Drawing, Mark, Stroke, Text
from tests.large import code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCE = Source(id="invented", title="An invented source", publisher="Nobody", kind=SourceKind.PRESS)
HOSTILE = "</text><script>alert(1)</script>\x1b[31m\u202e\"'&$x_2$\n"
LONG = "The Most Serene and Perpetual Confederation of the Upper and Lower Islands of the Western Ocean"


def event(state: str, act: str, effect: str) -> Event:
    """An act of a state at a date."""
    return Event(state=state, act=act, effect=effect, sources=("invented",))


def era(name: str, effect: str) -> Era:
    """An era from a date."""
    return Era(id=name.split(" ", maxsplit=1)[0], name=name, effect=imprecise(effect), sources=("invented",))


def organization(  # noqa: PLR0913 (each is one part of it)
    events: Iterable[Event],
    *,
    names: dict[str, str] | None = None,
    eras: Iterable[Era] = (),
    offices: Iterable[Office] = (),
    name: str = "Invented",
    until: str = "2020-06-30",
) -> Organization:
    """An organization of these acts; states are named by their codes unless *names* has others."""
    events = tuple(events)
    codes = sorted({each.state for each in events})
    return build(
        Dataset(
            verified_through=imprecise(until),
            states=tuple(
                State(iso3=each, english=(names or {}).get(each, f"State {each}")) for each in codes
            ),
            sources=(SOURCE,),
            histories=(
                History(id="INV", name=name, eras=tuple(eras), events=events, offices=tuple(offices)),
            ),
        )
    )


def thirty_two() -> Organization:
    """Thirty-two states that join one after another; some leave, return, freeze, are suspended or in doubt."""
    events = []
    for number in range(32):
        state, year = code(number), 1950 + 2 * number
        events.append(event(state, "sign", f"{year - 1}-03-01"))
        events.append(event(state, "join", f"{year}-01-01"))
        if number % 4 == 1:
            events.append(event(state, "withdraw", f"{year + 5}" if number % 8 == 1 else f"{year + 5}-07-01"))
        if number % 8 == 5:
            events.append(event(state, "join", f"{year + 9}-02-03"))
        if number % 4 == 2:
            events.append(event(state, "freeze", f"{year + 3}-05-09"))
        if number % 4 == 3:
            events.append(event(state, "suspend", f"{year + 3}-05-09"))
    names = {code(number): f"Republic of {'Greater ' * (number % 3)}{code(number)}" for number in range(32)}
    eras = (era("League of Invented Nations", "1951-01-01"), era("Union of Invented Nations", "1990"))
    return organization(events, names=names, eras=eras, until="2030-12-31")


def hostile() -> Organization:
    """An organization whose names hold mark-up, terminal escapes, line ends and turns of direction."""
    terms = (Term(state="AAA", effect=exact("2001-01-01"), sources=("invented",), person=HOSTILE),)
    return organization(
        [event("AAA", "join", "2000-01-01"), event("BBB", "join", "2000-01-01")],
        names={"AAA": HOSTILE, "BBB": LONG},
        eras=(era(HOSTILE, "2000-01-01"),),
        offices=(Office(id="chair", name=HOSTILE, terms=terms),),
        name=HOSTILE,
    )


def with_offices() -> Organization:
    """An organization with an office: exact and open hand-overs, terms of few days and without a certain one."""
    sources = ("invented",)
    chair = (
        Term(state="AAA", effect=imprecise("1998"), end=exact("2002-01-01"), sources=sources),
        Term(state="BBB", effect=exact("2002-01-01"), end=exact("2002-01-20"), sources=sources),
        Term(
            state="AAA",
            effect=exact("2002-01-20"),
            end=imprecise("2010"),
            sources=sources,
            capacity=Capacity.ACTING,
        ),
        Term(
            state="BBB", effect=imprecise("2010"), end=exact("2015-01-01"), sources=sources, person="Ann Bee"
        ),
        Term(
            state="AAA",
            effect=exact("2015-01-01"),
            end=imprecise("[2019-12-31..2020-01-01]"),
            sources=sources,
        ),
        Term(
            state="BBB",
            effect=imprecise("[2019-12-31..2020-01-01]"),
            end=imprecise("[2020-01-01..2020-03-01]"),
            sources=sources,
        ),
    )
    name = "Chair of the Everlasting Assembly of All Invented States"
    return organization(
        [event("AAA", "join", "2000-01-01"), event("BBB", "join", "2000-01-01")],
        offices=(Office(id="chair", name=name, terms=chair),),
    )


def texts(drawing: Drawing, *roles: str) -> list[Text]:
    """The texts of a drawing, of some roles or of all."""
    return [mark for mark in drawing.marks if isinstance(mark, Text) and (not roles or mark.role in roles)]


def labels(drawing: Drawing, state: str) -> list[str]:
    """The labels in the lane of a state, in the order of time."""
    found = [mark for mark in texts(drawing, "label") if mark.of == state]
    return [mark.text for mark in sorted(found, key=lambda mark: extent(drawing, mark))]


def bars(drawing: Drawing, state: str) -> list[Box | Stroke]:
    """The bars of a state, in the order of time."""
    found = [
        mark
        for mark in drawing.marks
        if isinstance(mark, Box | Stroke) and mark.of == state and mark.role in {"bar", "former"}
    ]
    return sorted(found, key=lambda mark: mark.days or (0, 0))


def extent(drawing: Drawing, mark: Mark) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of a mark."""
    if isinstance(mark, Box):
        return drawing.x(mark.left), mark.top, drawing.x(mark.right), mark.bottom
    if isinstance(mark, Stroke):
        return drawing.x(mark.start), mark.top, drawing.x(mark.end), mark.bottom
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
    left = drawing.x(mark.at) - share * mark.width
    # Capital letters are about three quarters of their size high.
    return left, mark.baseline - 0.75 * mark.size, left + mark.width, mark.baseline


def overlapping(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Pairs of texts that touch each other."""
    boxes = [(mark.text, extent(drawing, mark)) for mark in texts(drawing)]
    for place, (one, (left, top, right, bottom)) in enumerate(boxes):
        for other, (start, up, end, down) in boxes[place + 1 :]:
            if left < end and start < right and top < down and up < bottom:
                yield one, other


def ordinal(day: str) -> int:
    """The ordinal of a day."""
    return date.fromisoformat(day).toordinal()
