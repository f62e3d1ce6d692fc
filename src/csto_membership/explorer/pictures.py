"""The pictures of a page: the timeline in three widths, and the keys of statuses."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.statuses import Status
from csto_membership.drawing.lanes import bar
from csto_membership.drawing.layout import layout
from csto_membership.drawing.marks import LAYERS, At, Box, Drawing, Stroke
from csto_membership.drawing.svg import svg_of
from csto_membership.drawing.tokens import sizes_for
from csto_membership.drawing.widths import width_of
from csto_membership.explorer.markup import element

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.marks import Mark

WIDTHS = (1080, 640, 350)
KEY_WIDE, KEY_HIGH = 26, 14
_LEGEND = frozenset({"key", "legend"})  # which the page has as text
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "shape-rendering")
_OPEN = {True: Status.MEMBER | Status.FORMER, False: Status.OUTSIDE | Status.SIGNATORY}


def pictures(membership: Membership, lang: str) -> str:
    """The timeline in three widths, of which the page shows the one that fits."""
    return "".join(_picture(membership, lang, width) for width in WIDTHS)


def _picture(membership: Membership, lang: str, width: int) -> str:
    """The timeline in one width, with the places that the script needs to mark a day."""
    drawing = layout(membership, lang, width, width_of, title="")
    horizon = next(mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.role == "horizon")
    marks = [mark for mark in drawing.marks if mark.role not in _LEGEND]
    # Move era names to the layer "axis": the page hides labels under other readings, and the day's line lies
    # below.
    marks = [evolve(mark, role="axis") if mark.role == "label" and not mark.of else mark for mark in marks]
    marks.sort(key=lambda mark: LAYERS.index(mark.role))
    is_widest = width == max(WIDTHS)
    if not is_widest:  # tooltips only in the widest picture, to save bytes
        marks = [evolve(mark, tip="") if isinstance(mark, Box | Stroke) else mark for mark in marks]
    kept = evolve(
        drawing,
        height=horizon.bottom + 4,
        marks=tuple(marks),
        description="",  # the page has a table of all changes
    )
    sizes = sizes_for(width, len(membership.states))
    base = next(mark for mark in marks if isinstance(mark, Stroke) and mark.role == "grid").top
    places = {
        "width": width,
        "mirrored": drawing.is_mirrored,
        "left": round(drawing.left, 2),
        "perDay": drawing.per_day,
        "strip": sizes.strip,
        "bar": sizes.bar,
        "label": sizes.label,
        "base": base,
        "peak": sizes.peak,
        "top": sizes.padding,
        "band": horizon.top,
        "bottom": horizon.bottom,
        "lanes": {lane.of: lane.middle for lane in drawing.lanes},
    }
    svg = shortened(svg_of(kept, theme="page", prefix=f"p{width}"))
    return element("div", {"class": f"picture p{width}", "data-places": json.dumps(places)}, html=svg)


def shortened(svg: str) -> str:
    """The same picture in fewer bytes: attributes that a group's marks share are moved to the group."""
    at = "[0-9.-]+"
    level = re.sub(rf'd="M({at}) ({at})L({at}) \2"', r'd="M\1 \2H\3"', svg)
    upright = re.sub(rf'd="M({at}) ({at})L\1 ({at})"', r'd="M\1 \2V\3"', level)
    *lines, last = upright.split("\n")
    return "\n".join([*map(_grouped, lines), last])


def _grouped(line: str) -> str:
    """A line whose group carries, for each inherited attribute, the value that most of its marks have."""
    opened = re.search(r'<g (class="[^"]*")>', line)
    if opened is None or not line.endswith("</g>"):
        return line
    inside = line[opened.end() : -len("</g>")]
    tags = re.findall(r"<(?:rect|path|text)( [^<>]*?)/?>", inside)
    common = ""
    for name in _INHERITED:
        values = Counter(found for tag in tags for found in re.findall(f' {name}="[^"]*"', tag))
        if tags and values.total() == len(tags):
            shared, _ = values.most_common(1)[0]
            common += shared
            inside = inside.replace(shared, "")
    return f"{line[: opened.start()]}<g {opened[1]}{common}>{inside}</g>"


def keys() -> str:
    """A hidden SVG with the marks of all statuses; each ``key`` shows one of them with ``<use>``."""
    marks: list[Mark] = []
    for place, status in enumerate((*Status, *_OPEN.values())):
        middle = KEY_HIGH * (place + 0.5)
        marks += bar(status, At(shift=1), At(shift=KEY_WIDE - 1), middle, KEY_HIGH - 2)
    drawing = Drawing(
        width=KEY_WIDE,
        height=KEY_HIGH * (len(Status) + len(_OPEN)),
        lang="en",
        is_mirrored=False,
        first=0,
        end=1,
        left=0,
        per_day=1,
        title="",
        description="",
        lanes=(),
        marks=tuple(marks),
    )
    svg = svg_of(drawing, theme="page", prefix="key")
    return f'<svg class="keys" aria-hidden="true" width="0" height="0"><g id="keys">{svg}</g></svg>'


def key_of(mask: int) -> int:
    """The index, in ``keys()``, of the mark of a status, certain or open."""
    flags = list(Status)
    if Status(mask).is_certain:
        return flags.index(Status(mask))
    return len(flags) + (0 if shapes([mask])[mask][0] == 1 else 1)


def key(place: int) -> str:
    """The key at a place."""
    return (
        f'<svg class="key" aria-hidden="true" width="{KEY_WIDE}" height="{KEY_HIGH}" '
        f'viewBox="0 {KEY_HIGH * place} {KEY_WIDE} {KEY_HIGH}"><use href="#keys"/></svg>'
    )


def shapes(masks: Iterable[int]) -> dict[int, list[object]]:
    """How the bar of a mask looks: share of the height, ground, outline, thickness, hatch, dashed, round."""
    found: dict[int, list[object]] = {}
    for mask in masks:
        for mark in bar(Status(mask), At(), At(), 0, 1):
            if isinstance(mark, Box):
                found[mask] = [
                    round(mark.bottom - mark.top, 2),
                    mark.fill or 0,
                    mark.line or 0,
                    mark.thick,
                    mark.hatch or 0,
                    int(mark.is_dashed),
                    int(mark.is_round),
                ]
    return found
