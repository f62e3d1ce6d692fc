"""Writes a drawing as SVG: text alone, without a library and without a font."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership.drawing.layout import layout
from csto_membership.drawing.marks import Box, Stroke
from csto_membership.drawing.tokens import (
    BEYOND_EVERY,
    BEYOND_RADIUS,
    DARK,
    DASHES,
    FONTS,
    HATCHES,
    LIGHT,
    THEMES,
)
from csto_membership.drawing.widths import width_of
from csto_membership.errors import DrawingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csto_membership._facts.dates import Day
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.marks import Drawing, Mark, Text

_THEMES = (*THEMES, "auto", "page")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ISOLATE, _POP = "\u2066", "\u2069"  # from left to right, whatever stands around it


def svg(  # noqa: PLR0913 (each names one choice of the caller)
    membership: Membership,
    *,
    lang: str = "en",
    width: float = 1200,
    on: Day | None = None,
    states: Iterable[object] | None = None,
    order: str | Iterable[object] = "fate",
    offices: bool = False,
    title: str | None = None,
    theme: str = "light",
    prefix: str = "csto",
) -> str:
    """The timeline of an organization as an SVG document.

    Args:
        membership: What is drawn, under its reading.
        lang: The language of the texts: ``en``, ``ar`` or ``ru``.
        width: The width in pixels; below 640 the sizes are smaller.
        on: A day to mark.
        states: Only lanes of these states, by any code or name.
        order: As ``drawing.layout`` has it.
        offices: Whether a lane for each office is drawn.
        title: Another title than the neutral one; empty for none.
        theme: ``"light"`` or ``"dark"``; ``"auto"``: as the reader's system has it; ``"page"``: colours are the
            custom properties ``--bg``, ``--ink``, ``--member`` and so on of the page around, and the marks of a
            role stand in a group of the class *prefix*-*role*, for the page's own rules.
        prefix: What the identifiers inside begin with: each of several pictures in a page needs its own.

    Raises:
        DrawingError: There is no such theme, *prefix* is not an identifier, or a reason that ``layout()``
            gives.
        StateError: The organization has no such state.
        DayError: *on* is not one day, or is before the first day drawn.
        BeyondHorizonError: *on* is past the last day verified.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.drawing import svg
        >>> text = svg(csto, lang="ru", theme="auto")
        >>> text.startswith("<svg ") and text.endswith("</svg>")
        True
    """
    if theme not in _THEMES:
        raise DrawingError(
            f"no theme {theme!r}.",
            f"{did_you_mean(theme, _THEMES)}There are {', '.join(_THEMES)}.",
            option="theme",
        )
    if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
        raise DrawingError(
            f"prefix={prefix!r} is no identifier.",
            "Begin with a letter; go on with letters, digits, '-' and '_'.",
        )
    drawing = layout(
        membership, lang, width, width_of, on=on, states=states, order=order, offices=offices, title=title
    )
    return svg_of(drawing, theme=theme, prefix=prefix)


def svg_of(drawing: Drawing, *, theme: str = "light", prefix: str = "csto") -> str:
    """A drawing as an SVG document; see ``svg``."""
    writer = _Writer(drawing=drawing, colours=THEMES.get(theme), prefix=prefix, in_groups=theme == "page")
    return writer.document(_style(prefix) if theme == "auto" else "")


def _style(prefix: str) -> str:
    """The colours of both themes as custom properties, chosen by what the reader prefers."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in theme.items()) for theme in (LIGHT, DARK)
    )
    return (
        f"<style>.{prefix}-timeline{{{light}}}"
        f"@media(prefers-color-scheme:dark){{.{prefix}-timeline{{{dark}}}}}</style>"
    )


@frozen(kw_only=True)
class _Writer:
    """Writes the marks of one drawing.

    Attributes:
        drawing: What is written.
        colours: The colours by token; ``None`` for custom properties.
        prefix: What its identifiers begin with.
        in_groups: Whether the marks of a role stand in a group.
    """

    drawing: Drawing
    colours: Mapping[str, str] | None
    prefix: str
    in_groups: bool

    def document(self, style: str) -> str:
        """The whole document."""
        drawing = self.drawing
        width, height = _number(drawing.width), _number(drawing.height)
        direction = ' direction="rtl"' if drawing.is_mirrored else ""
        described = f'<desc id="{self.prefix}-desc">{_escaped(drawing.description)}</desc>'
        parts = [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" class="{self.prefix}-timeline" role="img" '
                f'aria-labelledby="{self.prefix}-title {self.prefix}-desc" lang="{drawing.lang}"{direction} '
                f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
                f"font-family='{FONTS[drawing.lang]}'>"
            ),
            f'<title id="{self.prefix}-title">{_escaped(drawing.title)}</title>{described}{style}',
            f"<defs>{self.patterns()}</defs>",
            f'<rect width="{width}" height="{height}" fill="{self.colour("bg")}"/>',
            *self.layers(),
            "</svg>",
        ]
        return "\n".join(parts)

    def colour(self, token: str | None) -> str:
        """The colour of a token."""
        if token is None:
            return "none"
        return f"var(--{token})" if self.colours is None else self.colours[token]

    def patterns(self) -> str:
        """The strokes of hatches and the dots behind the horizon."""
        parts = []
        for name, hatch in HATCHES.items():
            # A vertical stroke, rotated: by 45 degrees clockwise it rises to the right.
            turn = 45 if hatch.is_rising is not self.drawing.is_mirrored else -45
            every, middle = _number(hatch.every), _number(hatch.every / 2)
            parts.append(
                f'<pattern id="{self.prefix}-{name}" width="{every}" height="{every}" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate({turn})"><path d="M{middle} 0V{every}" stroke="{self.colour(hatch.line)}" '
                f'stroke-width="{_number(hatch.thick)}"/></pattern>'
            )
        every, middle, radius = (_number(value) for value in (BEYOND_EVERY, BEYOND_EVERY / 2, BEYOND_RADIUS))
        parts.append(
            f'<pattern id="{self.prefix}-beyond" width="{every}" height="{every}" patternUnits="userSpaceOnUse">'
            f'<circle cx="{middle}" cy="{middle}" r="{radius}" fill="{self.colour("beyond")}"/></pattern>'
        )
        return "".join(parts)

    def layers(self) -> Iterator[str]:
        """The marks; in groups by their role where a page may have rules for them."""
        for role, marks in groupby(self.drawing.marks, key=lambda mark: mark.role):
            written_marks = map(self.mark, marks)
            if not self.in_groups:
                yield from written_marks
            else:
                yield f'<g class="{self.prefix}-{role}">{"".join(written_marks)}</g>'

    def mark(self, mark: Mark) -> str:
        """One mark."""
        if isinstance(mark, Box):
            return self.box(mark)
        return self.stroke(mark) if isinstance(mark, Stroke) else self.text(mark)

    def x(self, pixels: float) -> float:
        """Pixels from the left edge."""
        return self.drawing.width - pixels if self.drawing.is_mirrored else pixels

    def box(self, box: Box) -> str:
        """A rectangle, and the hatch over it."""
        ends = sorted((self.x(self.drawing.x(box.left)), self.x(self.drawing.x(box.right))))
        where = (
            f'x="{_number(ends[0])}" y="{_number(box.top)}" width="{_number(ends[1] - ends[0])}" '
            f'height="{_number(box.bottom - box.top)}"'
        )
        if box.is_round:
            where += f' rx="{_number((box.bottom - box.top) / 2)}"'
        looks = f' fill="{self.colour(box.fill)}"'
        if box.line:
            looks += f' stroke="{self.colour(box.line)}" stroke-width="{_number(box.thick)}"'
        if box.is_dashed:
            looks += f' stroke-dasharray="{_number(DASHES[0])} {_number(DASHES[1])}"'
        looks += self.faint(box)
        if box.role == "stair":  # neighbouring boxes touch, so avoid visible seams
            looks += ' shape-rendering="crispEdges"'
        if box.hatch is None:
            return _closed("rect", where + looks, box.tip)
        over = f'<rect {where} fill="url(#{self.prefix}-{box.hatch})"{self.faint(box)}/>'
        if box.fill is None:
            return over
        return f"<g>{_tip(box.tip)}<rect {where}{looks}/>{over}</g>"

    def stroke(self, stroke: Stroke) -> str:
        """A line."""
        left, right = self.x(self.drawing.x(stroke.start)), self.x(self.drawing.x(stroke.end))
        where = f'd="M{_number(left)} {_number(stroke.top)}L{_number(right)} {_number(stroke.bottom)}"'
        looks = (
            f' stroke="{self.colour(stroke.line)}" stroke-width="{_number(stroke.thick)}"{self.faint(stroke)}'
        )
        if stroke.dashes:
            looks += f' stroke-dasharray="{_number(stroke.dashes[0])} {_number(stroke.dashes[1])}"'
            looks += ' stroke-linecap="round"' if stroke.dashes[0] == 0 else ""
        return _closed("path", where + looks, stroke.tip)

    def faint(self, mark: Box | Stroke) -> str:
        """The opacity, where it is not whole."""
        return f' opacity="{_number(mark.opacity)}"' if mark.opacity < 1 else ""

    def text(self, text: Text) -> str:
        """A text; "start" is on the right where the document runs from right to left."""
        x = _number(self.x(self.drawing.x(text.at)))
        looks = f'font-size="{_number(text.size)}" fill="{self.colour(text.ink)}"'
        looks += f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
        looks += ' font-weight="650"' if text.is_bold else ""
        says = text.text
        if self.drawing.is_mirrored and (text.is_sign or _is_from_left(says)):
            says = f"{_ISOLATE}{says}{_POP}"
        return f'<text x="{x}" y="{_number(text.baseline)}" {looks}>{_escaped(says)}</text>'


def _is_from_left(text: str) -> bool:
    """Whether a text has letters, and none that runs from right to left."""
    directions = {unicodedata.bidirectional(character) for character in text}
    return "L" in directions and not directions & {"R", "AL"}


def _closed(name: str, attributes: str, tip: str) -> str:
    """An element, with its tip as ``<title>`` inside if it has one."""
    return f"<{name} {attributes}>{_tip(tip)}</{name}>" if tip else f"<{name} {attributes}/>"


def _tip(tip: str) -> str:
    """A mark's tip, which browsers show on hover."""
    return f"<title>{_escaped(tip)}</title>" if tip else ""


def _number(value: float) -> str:
    """A number as short as a tenth of a pixel needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    """Text that cannot end an element or an attribute."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return text
