"""Lays a timeline out as marks: without fonts, colours or a plotting library, and without deciding anything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.dates import to_ordinal
from csto_membership._facts.statuses import Status
from csto_membership.drawing.canvas import Canvas, shortened, wrapped
from csto_membership.drawing.lanes import bar, lane
from csto_membership.drawing.marks import LAYERS, At, Box, Drawing, Lane, Stroke, Text
from csto_membership.drawing.offices import office_lane
from csto_membership.drawing.order import ordered
from csto_membership.drawing.stairs import height_of, stairs, steps_of
from csto_membership.drawing.tokens import sizes_for
from csto_membership.drawing.words import plain, words_in
from csto_membership.errors import BeyondHorizonError, DayError, DrawingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._facts.dates import Day, ImpreciseDate
    from csto_membership._facts.records import Era
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.reading import Reading
    from csto_membership.drawing.canvas import Measure
    from csto_membership.drawing.marks import Mark
    from csto_membership.drawing.words import Words

LEAST_WIDTH, MOST_WIDTH = 320, 20_000
_GAP, _LEGEND_GAP = 10.0, 9.0
_ERAS, _AXIS, _CAPTION, _LEGEND = 22.0, 17.0, 19.0, 20.0
_KEY_WIDE, _KEY_HIGH, _KEY_GAP, _KEY_AFTER = 26.0, 14.0, 6.0, 18.0
_NAME_GAP, _NAME_SLACK = 10.0, 14.0
_NAME_SHARE = 0.38  # of the width, which a column of long names may take
_CASING = 3.0  # half the width of the marked day's line with its casing
_APART = 8.0  # between two texts of a row
_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_FEW_YEARS = 15  # an axis of fewer is marked more closely
_LEGEND_ORDER = ("OBSERVER", "SIGNATORY", "ASSOCIATE", "MEMBER", "FROZEN", "SUSPENDED", "FORMER")


def layout(  # noqa: PLR0913 (each names one choice of the caller)
    membership: Membership,
    lang: str,
    width: float,
    measure: Measure,
    *,
    on: Day | None = None,
    states: Iterable[object] | None = None,
    order: str | Iterable[object] = "fate",
    offices: bool = False,
    title: str | None = None,
) -> Drawing:
    """The timeline of an organization as marks, which a writer turns into a picture.

    Args:
        membership: What is drawn, under its reading.
        lang: The language of the texts: ``en``, ``ar`` (drawn from right to left by the writer) or ``ru``.
        width: The width in pixels; below 640 the sizes are smaller.
        measure: How wide a text is: ``measure(text, size, is_bold)`` in pixels.
        on: A day to mark.
        states: Only lanes of these states, by any code or name; the stairs count all states.
        order: ``"fate"``: by status on the horizon, members first (the earliest on top), then frozen,
            suspended and so on; ``"name"``; ``"first"``: by the first act; or a list of states, the others
            after them.
        offices: Whether a lane for each office is drawn.
        title: Another title than the neutral one; empty for none, and no line below it.

    Raises:
        DrawingError: There are no words in *lang*, or *width*, *order*, *states* or *title* is not valid.
        StateError: The organization has no such state.
        DayError: *on* is not one day, or is before the first day drawn.
        BeyondHorizonError: *on* is past the last day verified.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.drawing import layout
        >>> from csto_membership.drawing.widths import width_of
        >>> drawing = layout(csto, "en", 1200, width_of)
        >>> drawing.height, [lane.of for lane in drawing.lanes][:3]
        (522.0, ['BLR', 'KAZ', 'KGZ'])
    """
    words = words_in(lang, membership.history)
    if not isinstance(width, int | float) or not LEAST_WIDTH <= width <= MOST_WIDTH:
        raise DrawingError(
            f"width={width!r} is not a width for a timeline.",
            f"Give a number of pixels from {LEAST_WIDTH} to {MOST_WIDTH}.",
            option="width",
        )
    if title is not None and not isinstance(title, str):
        raise DrawingError(f"title={title!r} is no text.", "Give a text, or '' for no title.", option="title")
    shown = ordered(membership, words, states, order)
    first, end = axis_of(membership)
    marked = None if on is None else marked_on(on, first, end)
    sizes = sizes_for(width, len(shown))
    names = {state: words.state(state) for state in shown}
    most = width * _NAME_SHARE
    widest = max(measure(name, sizes.text, False) for name in names.values())  # noqa: FBT003
    head = measure(_members(words, membership, shown), sizes.text, True)  # noqa: FBT003
    for office in membership.history.offices if offices else ():
        for word in words.short(office).split():
            head = max(head, measure(word, sizes.label, False))  # noqa: FBT003
    canvas = Canvas(
        membership=membership,
        words=words,
        measure=measure,
        sizes=sizes,
        spells={state: membership.spells(state) for state in shown},
        width=width,
        first=first,
        end=end,
        left=sizes.padding + min(most, max(widest, head)) + _NAME_SLACK,
    )
    return _assembled(canvas, names, marked, title, offices=offices)


def axis_of(membership: Membership) -> tuple[int, int]:
    """The days of the axis: from 1 January of the year of the first act to the day after the horizon."""
    end = membership.horizon.toordinal() + 1
    acts = [day for change in membership.changes() if (day := change.day.toordinal()) < end]
    return date(date.fromordinal(min(acts, default=end - 1)).year, 1, 1).toordinal(), end


def marked_on(on: Day, first: int, end: int) -> int:
    """The day to be marked, which must lie on the axis."""
    day = to_ordinal(on)
    asked, earliest, latest = (date.fromordinal(each).isoformat() for each in (day, first, end - 1))
    if day >= end:
        raise BeyondHorizonError(
            f"on={asked!r} is past {latest}, where the record ends.",
            "Choose that day or an earlier one.",
            option="on",
        )
    if day < first:
        raise DayError(
            f"on={asked!r} is before {earliest}, the first day drawn.",
            "Choose that day or a later one.",
            option="on",
        )
    return day


def _assembled(
    canvas: Canvas, names: dict[State, str], marked: int | None, title: str | None, *, offices: bool
) -> Drawing:
    """All parts, one below another."""
    sizes, words = canvas.sizes, canvas.words
    neutral = words.title(canvas.first, canvas.end - 1)
    marks: list[Mark] = _heading(canvas, title, neutral)
    y = sizes.padding
    if marks:
        y += _GAP + sum(
            sizes.title_line if mark.is_bold else sizes.subtitle_line
            for mark in marks
            if isinstance(mark, Text)
        )
    stairs_top = y
    steps = steps_of(canvas.membership, canvas.first, canvas.end)
    marks += stairs(canvas, steps, y)
    y += height_of(canvas, steps)
    head = _members(words, canvas.membership, names)
    marks.append(_name(canvas, head, y - 7, is_bold=True))
    y += _GAP
    band = y
    y += _ERAS if canvas.membership.history.eras else 0
    top = y
    lanes: list[Lane] = []
    for state, spells in canvas.spells.items():
        middle = y + sizes.lane / 2
        lanes.append(Lane(of=state.iso3, middle=middle))
        room = canvas.left - sizes.padding - _NAME_GAP
        name = shortened(names[state], room, sizes.text, canvas.measure)
        marks.append(_name(canvas, name, middle, of=state.iso3))
        marks += lane(canvas, spells, middle)
        y += sizes.lane
        marks.append(_level("grid", y, canvas.first, canvas.end, "grid"))
    marks += _eras(canvas, band, y)
    bottom_of_states = y
    if offices and canvas.membership.history.offices:
        y += _GAP / 2
        marks.append(_level("axis", y, canvas.first, canvas.end, "ink"))
        y += _GAP / 2
        for office in canvas.membership.history.offices:
            lanes.append(Lane(of=office.id, middle=y + sizes.lane / 2))
            marks += office_lane(canvas, office, y + sizes.lane / 2)
            y += sizes.lane
    marks += _axis(canvas, top, bottom_of_states, y)
    marks += _beyond(canvas, band, y)
    y += _AXIS
    caption, rows = _captions(canvas, marked, stairs_top, band, y)
    marks += caption
    y += _CAPTION * rows + _LEGEND_GAP
    if marked is not None:
        marks += _shields(canvas, marks, canvas.x(marked) + canvas.per_day / 2)
    legend, rows = _legend(canvas, marks, y)
    marks += legend
    y += _LEGEND * rows + sizes.padding
    sentences = [
        words.spell(spell, canvas.end) for spells in canvas.spells.values() for spell in spells if spell.start
    ]
    return Drawing(
        width=canvas.width,
        height=y,
        lang=words.lang,
        is_mirrored=words.is_from_right,
        first=canvas.first,
        end=canvas.end,
        left=canvas.left,
        per_day=canvas.per_day,
        title=plain(title or neutral),
        description=". ".join(sentences) + "." if sentences else "",
        lanes=tuple(lanes),
        marks=tuple(sorted(marks, key=lambda mark: LAYERS.index(mark.role))),
    )


def _heading(canvas: Canvas, title: str | None, neutral: str) -> list[Mark]:
    """The title and the line below it, both wrapped; nothing where the title is empty."""
    sizes, words, marks = canvas.sizes, canvas.words, []
    if title == "":
        return []
    room, y = canvas.width - 2 * sizes.padding, sizes.padding
    at = At(shift=sizes.padding)
    for line in wrapped(plain(title or neutral), room, sizes.title, canvas.measure, is_bold=True):
        marks.append(canvas.text("title", line, at, y + 9, size=sizes.title, is_bold=True))
        y += sizes.title_line
    says = words.subtitle()
    if sizes.is_wide:
        says += f" {words.reading(canvas.membership.read_as)}"
    for line in wrapped(says, room, sizes.subtitle, canvas.measure):
        marks.append(canvas.text("title", line, at, y + 9, size=sizes.subtitle, ink="muted"))
        y += sizes.subtitle_line
    return [*marks]


def _members(words: Words, membership: Membership, shown: Iterable[State]) -> str:
    """The name of the stairs; "members all" if some counted states have no lane."""
    return words("members" if set(membership.states) <= set(shown) else "members all")


def _name(canvas: Canvas, text: str, middle: float, *, is_bold: bool = False, of: str = "") -> Text:
    """A name beside its lane."""
    at = At(day=canvas.first, shift=-_NAME_GAP)
    return canvas.text("name", text, at, middle, size=canvas.sizes.text, anchor="end", is_bold=is_bold, of=of)


def _level(role: str, y: float, first: int, end: int, line: str) -> Stroke:
    """A level stroke from one day to another."""
    return Stroke(role=role, start=At(day=first), end=At(day=end), top=y, bottom=y, line=line)


def _upright(role: str, at: At, top: float, bottom: float, line: str) -> Stroke:
    """An upright stroke."""
    return Stroke(role=role, start=at, end=at, top=top, bottom=bottom, line=line)


def date_of(era: Era, reading: Reading) -> ImpreciseDate:
    """When an era began: the day of the step by which the reading dates, else that of its effect."""
    steps = {str(step.name): step.date for step in era.steps}
    names = (reading.dating,) if isinstance(reading.dating, str) else reading.dating
    return next((steps[name] for name in names if name in steps), era.effect)


def _eras(canvas: Canvas, top: float, bottom: float) -> Iterator[Mark]:
    """The band of the eras, and dotted lines through the lanes where they begin."""
    size, level = canvas.sizes.label, top + _ERAS - 4
    reading = canvas.membership.read_as
    dated = [(era, date_of(era, reading)) for era in canvas.membership.history.eras]
    eras = [(era, effect) for era, effect in dated if effect.first < canvas.end]
    for (era, effect), (later, following) in zip(eras, (*eras[1:], (None, None)), strict=False):
        begins = max(effect.first, canvas.first)
        ends = following.first if following else canvas.end
        if begins >= ends:
            continue
        room = (ends - begins) * canvas.per_day
        name = canvas.words.short(era)
        sure = min(effect.last + 1, canvas.end)
        texts = [f"{name} {canvas.words.years(effect.first, sure - 1)}", name, plain(era.id)]
        if effect.is_exact:
            written = canvas.words.day(effect.first, is_short=True)
            texts.insert(0, canvas.words("era from", era=name, day=written))
        text = next((text for text in texts if canvas.measure(text, size, False) + _APART <= room), None)  # noqa: FBT003
        if text:
            yield canvas.text("label", text, At(day=begins, shift=2), top + 8, size=size)
        gap = 1.5 if later else 0.0
        yield Stroke(
            role="axis",
            start=At(day=begins),
            end=At(day=ends, shift=-gap),
            top=level,
            bottom=level,
            line="ink",
            thick=1.5,
            of=era.id,
        )
        for day in {begins} if effect.is_exact else {begins, sure}:
            dotted = _upright("era", At(day=day), level, bottom, "ink")
            yield evolve(dotted, dashes=(1, 3), of=era.id)
        if not effect.is_exact:
            yield Box(
                role="stair",
                left=At(day=begins),
                right=At(day=sure),
                top=level - 3,
                bottom=level + 3,
                fill="open",
                line="openline",
                thick=1.2,
                is_dashed=True,
                of=era.id,
                days=(effect.first, effect.last + 1),
            )


def _axis(canvas: Canvas, top: float, lanes_end: float, bottom: float) -> Iterator[Mark]:
    """The years below the lanes, and a stroke for each through them."""
    size = canvas.sizes.label
    begins, last = (date.fromordinal(day).year for day in (canvas.first, canvas.end - 1))
    wide = canvas.measure("2000", size, False)  # noqa: FBT003 (every measure is called so)
    every = years_apart(begins, last, canvas.per_day * 365.25, canvas.sizes.years, wide + _APART)
    after = float("-inf")
    for year in (begins, *range(begins + every - begins % every, last + 1, every)):
        day = date(year, 1, 1).toordinal()
        if year != begins:
            yield _upright("grid", At(day=day), top, max(lanes_end, bottom), "grid")
        middle = canvas.x(day)
        # The heavy line of the horizon runs down through the years.
        if middle - wide / 2 >= after and middle + wide / 2 + 3 <= canvas.right:
            yield canvas.text(
                "axis", str(year), At(day=day), bottom + 10, size=size, ink="muted", anchor="middle"
            )
            after = middle + wide / 2 + _APART


def years_apart(begins: int, last: int, per_year: float, least: int, room: float) -> int:
    """How many years apart an axis is marked: as few as there is room for, but not fewer than *least*."""
    least = least if last - begins >= _FEW_YEARS else 1
    return next((step for step in _YEARS if step >= least and step * per_year >= room), _YEARS[-1])


def _beyond(canvas: Canvas, top: float, bottom: float) -> Iterator[Mark]:
    """The dotted strip behind the horizon."""
    edge = At(day=canvas.end, shift=canvas.sizes.strip)
    yield Box(role="beyond", left=At(day=canvas.end), right=edge, top=top, bottom=bottom, hatch="beyond")


def _captions(
    canvas: Canvas, marked: int | None, stairs_top: float, band: float, y: float
) -> tuple[list[Mark], int]:
    """The horizon and the chosen day with their captions, and how many rows these take."""
    size = canvas.sizes.label
    day = canvas.words.day(canvas.end - 1, is_short=True)
    says = canvas.words.horizon(day, canvas.membership.read_as)
    says = shortened(says, canvas.right - 6 - canvas.sizes.padding, size, canvas.measure, is_bold=True)
    at = At(day=canvas.end, shift=-6)
    ends = canvas.text("caption", says, at, y + 9, size=size, anchor="end", is_bold=True)
    rows = 1
    marks: list[Mark] = []
    if marked is not None:
        text = canvas.words.day(marked, is_short=True)
        half = canvas.measure(text, size, True) / 2  # noqa: FBT003 (every measure is called so)
        middle = canvas.x(marked) + canvas.per_day / 2
        kept = min(max(middle, canvas.left + half), canvas.right - half - 6)
        at = At(day=marked, shift=kept - canvas.x(marked))
        chosen = canvas.text("caption", text, at, y + 9, size=size, ink="day", anchor="middle", is_bold=True)
        line = At(day=marked, shift=canvas.per_day / 2)
        bottom = y + 2
        casing = evolve(_upright("day", line, stairs_top, bottom, "bg"), thick=6)
        marks += [casing, evolve(casing, line="day", thick=2, days=(marked, marked + 1)), chosen]
        if kept + half + _APART > canvas.right - 6 - ends.width:
            rows = 2
            ends = evolve(ends, baseline=ends.baseline + _CAPTION)
    heavy = _upright("horizon", At(day=canvas.end), band, y + _CAPTION * rows - 3, "ink")
    return [*marks, evolve(heavy, thick=2), ends], rows


def _shields(canvas: Canvas, marks: list[Mark], x: float) -> Iterator[Mark]:
    """Patches that hide the marked day's line behind the letters of labels and years."""
    for mark in marks:
        if not isinstance(mark, Text) or mark.role not in {"label", "axis"}:
            continue
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
        left = canvas.place(mark.at) - share * mark.width
        if not left - _CASING < x < left + mark.width + _CASING or mark.ink == "ink":
            continue
        begins = mark.at.shift - share * mark.width
        yield Box(
            role="patch",
            left=evolve(mark.at, shift=begins - 2),
            right=evolve(mark.at, shift=begins + mark.width + 2),
            top=mark.baseline - mark.size,
            bottom=mark.baseline + mark.size * 0.3,
            fill="member" if mark.ink == "onmember" else "bg",
            of=mark.of,
        )


def _legend(canvas: Canvas, marks: list[Mark], top: float) -> tuple[list[Mark], int]:
    """A key for every status that occurs, and how many rows they take."""
    shown = [
        mark for mark in marks if isinstance(mark, Box | Stroke) and mark.role in {"bar", "former", "office"}
    ]
    occurring = {str(mark.status.name) for mark in shown if mark.status and mark.status.is_certain}
    keys = [(Status[name], canvas.words.flag(name)) for name in _LEGEND_ORDER if name in occurring]
    if any(isinstance(mark, Box) and mark.is_dashed for mark in shown):
        keys.append((Status.MEMBER | Status.FORMER, canvas.words("open")))
    found: list[Mark] = []
    x, row = canvas.sizes.padding, 0
    size = canvas.sizes.text - 1 if canvas.sizes.is_wide else canvas.sizes.text
    for status, text in keys:
        wide = _KEY_WIDE + _KEY_GAP + canvas.measure(text, size, False)  # noqa: FBT003
        if x > canvas.sizes.padding and x + wide > canvas.width - canvas.sizes.padding:
            x, row = canvas.sizes.padding, row + 1
        middle = top + row * _LEGEND + _LEGEND / 2
        key = bar(status, At(shift=x), At(shift=x + _KEY_WIDE), middle, _KEY_HIGH)
        found += [evolve(mark, role="key") for mark in key]
        found.append(canvas.text("legend", text, At(shift=x + _KEY_WIDE + _KEY_GAP), middle, size=size))
        x += wide + _KEY_AFTER
    return found, row + 1 if keys else 0
