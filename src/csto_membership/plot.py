"""Timelines with matplotlib: the marks of ``drawing`` as artists on axes of real dates."""

from __future__ import annotations

from datetime import date
from math import ceil, cos, pi, sin, sqrt
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership.drawing.layout import layout
from csto_membership.drawing.marks import Box, Stroke
from csto_membership.drawing.tokens import BEYOND_EVERY, BEYOND_RADIUS, DASHES, HATCHES, THEMES
from csto_membership.errors import DrawingError, MissingExtraError, did_you_mean

try:
    import matplotlib as mpl
    from matplotlib import pyplot as plt
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.collections import LineCollection
    from matplotlib.dates import date2num
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
except ModuleNotFoundError as _missing:
    if (_missing.name or "").partition(".")[0] != "matplotlib":
        raise
    raise MissingExtraError(
        "plots need matplotlib, which is not installed.", "Run: pip install 'csto-membership[plot]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    from matplotlib.artist import Artist

    from csto_membership._facts.dates import Day
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.canvas import Measure
    from csto_membership.drawing.marks import Drawing, Text

__all__ = ["plot", "save"]

_DPI = 100  # a pixel of a drawing is a hundredth of an inch
_POINT = 72 / _DPI
_FONT = "DejaVu Sans"  # which comes with matplotlib, and has Arabic and Cyrillic letters
_HALF_ROUND = 8  # corners of a round end
# Artists take from this style what is not passed to them, so that the caller's own style changes nothing.
_STYLE: tuple[str | dict[str, object], ...] = ("default", {"lines.scale_dashes": False})
_SUFFIX_DATES = {".svg": "Date", ".pdf": "CreationDate"}


def plot(  # noqa: PLR0913 (each names one choice of the caller)
    membership: Membership,
    ax: Axes | None = None,
    *,
    on: Day | None = None,
    lang: str = "en",
    states: Iterable[object] | None = None,
    order: str | Iterable[object] = "fate",
    offices: bool = False,
    theme: str = "light",
    width: float = 1200,
    title: str | None = None,
    font: str | None = None,
) -> Axes:
    """The timeline of an organization on matplotlib axes: counts above, and a lane for each state.

    Days across are real dates: ``axes.axvline(date(2008, 8, 8))`` falls on its day, in Arabic, too, where the axis
    runs from right to left. Heights are pixels from the top, a hundredth of an inch each. Nothing is shown and no
    setting is changed.

    Args:
        membership: What is drawn, under its reading.
        ax: Axes to draw on, whose width is taken; they should be about as high as the drawing, 520 pixels for
            nine states, or it is compressed. ``None`` makes a figure of the right size by ``pyplot``.
        on: A day to mark.
        lang: The language of the texts: ``en``, ``ar`` or ``ru``.
        states: Only lanes of these states, by any code or name; the stairs count all states.
        order: ``"fate"``, ``"name"``, ``"first"``, or states in the order wanted.
        offices: Whether a lane for each office is drawn.
        theme: ``"light"`` or ``"dark"``.
        width: The width of a new figure in pixels, a hundredth of an inch each.
        title: Another title than the neutral one; empty for none.
        font: A family that matplotlib finds; by default the one that comes with it.

    Raises:
        DrawingError: There is no such language, order, theme or font, or *ax* or *width* are of no use.
        StateError: The organization has no such state.
        DayError: *on* is not one day, or is before the first day drawn.
        BeyondHorizonError: *on* is past the last day verified.

    Examples:
        >>> import matplotlib.pyplot as plt
        >>> from csto_membership import csto
        >>> from csto_membership.plot import plot
        >>> axes = plot(csto, on="2003-06-30")
        >>> [label.get_text() for label in axes.get_yticklabels()][:3]
        ['BLR', 'KAZ', 'KGZ']
        >>> plt.close(axes.figure)
    """
    if theme not in tuple(THEMES):
        raise DrawingError(
            f"no theme {theme!r}.",
            f"{did_you_mean(theme, THEMES)}There are {', '.join(THEMES)}.",
            option="theme",
        )
    if ax is not None and not isinstance(ax, Axes):
        raise DrawingError(
            f"ax={ax!r} are no axes of matplotlib.",
            "Pass axes such as plt.subplots() gives, or leave ax out.",
            option="ax",
        )
    family = _family(font)
    if ax is not None:
        width = _inches(ax)[0] * _DPI
    drawing = layout(
        membership,
        lang,
        width,
        _measure(family),
        on=on,
        states=states,
        order=order,
        offices=offices,
        title=title,
    )
    with plt.style.context(list(_STYLE)):
        if ax is None:
            size = (drawing.width / _DPI, drawing.height / _DPI)
            figure = plt.figure(figsize=size, dpi=_DPI, facecolor=THEMES[theme]["bg"])
            ax = figure.add_axes((0, 0, 1, 1))
        _Artists(drawing=drawing, axes=ax, colours=THEMES[theme], family=family).draw()
    return ax


def save(axes: Axes, path: str | PathLike[str]) -> None:
    """Save the figure of a plot with its background: the same bytes each time.

    Unlike ``savefig``, this writes no date of creation into the file and no random identifiers into an SVG.

    Args:
        axes: What ``plot`` gave.
        path: Where to; its suffix says in which format, one of those that matplotlib writes.

    Raises:
        OSError: The file cannot be written.
    """
    key = _SUFFIX_DATES.get(PurePath(path).suffix.lower())
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101 (axes that were drawn on have one)
    with mpl.rc_context({"svg.hashsalt": "csto-membership"}):
        figure.savefig(path, metadata={key: None} if key else {}, facecolor=figure.get_facecolor())


def _family(font: str | None) -> str:
    """A family of fonts that matplotlib finds."""
    if font is None:
        return _FONT
    try:
        findfont(FontProperties(family=font), fallback_to_default=False)
    except (ValueError, TypeError, AttributeError):
        raise DrawingError(
            f"no font {font!r} is known to matplotlib.",
            "Name an installed family, or leave font out.",
            option="font",
        ) from None
    return font


def _inches(ax: Axes) -> tuple[float, float]:
    """The width and the height of axes in inches."""
    figure = ax.get_figure(root=True)
    assert figure is not None  # noqa: S101 (only removed axes have none)
    extent = ax.get_window_extent()
    return extent.width / figure.dpi, extent.height / figure.dpi


def _measure(family: str) -> Measure:
    """The widths that matplotlib's own renderer gives to texts."""
    renderer = RendererAgg(1, 1, _DPI)

    def measure(text: str, size: float, is_bold: bool) -> float:  # noqa: FBT001 (every measure is called so)
        weight = "bold" if is_bold else "normal"
        letters = FontProperties(family=family, size=size * _POINT, weight=weight)
        wide: float = renderer.get_text_width_height_descent(text, letters, ismath=False)[0]
        return wide

    return measure


@frozen(kw_only=True)
class _Artists:
    """Draws the marks of one drawing as artists.

    Attributes:
        drawing: What is drawn.
        axes: On what.
        colours: The colours by token.
        family: The family of fonts.
    """

    drawing: Drawing
    axes: Axes
    colours: Mapping[str, str]
    family: str

    def draw(self) -> None:
        """Set the axes up and add every mark."""
        drawing, axes = self.drawing, self.axes
        axes.set_facecolor(self.colours["bg"])
        axes.spines[:].set_visible(False)
        axes.grid(visible=False)
        axes.xaxis_date()
        edges = [self.day(0), self.day(drawing.width)]
        axes.set_xlim(*(reversed(edges) if drawing.is_mirrored else edges))
        axes.set_ylim(max(drawing.height, _inches(axes)[1] * _DPI), 0)
        axes.set_yticks([lane.middle for lane in drawing.lanes], labels=[lane.of for lane in drawing.lanes])
        # The labels have no colour instead of being hidden, so that ``get_yticklabels`` still finds them.
        axes.tick_params(which="both", length=0, labelbottom=False, labeltop=False, labelright=False)
        axes.tick_params(axis="y", labelleft=True, labelcolor="none", labelsize=1, pad=0)
        axes.set_xlabel("")
        axes.set_ylabel("")
        for number, mark in enumerate(drawing.marks):
            if isinstance(mark, Box):
                found = self.box(mark)
            elif isinstance(mark, Stroke):
                found = [self.stroke(mark)]
            else:
                found = []
                self.text(mark, number)
            for artist in found:
                artist.set_gid("-".join(part for part in (mark.role, mark.of, str(number)) if part))
                artist.set_zorder(2 + number / 1000)
                self.axes.add_artist(artist)

    def day(self, pixels: float) -> float:
        """The place on the axis of dates for pixels from the edge."""
        drawing = self.drawing
        first = float(date2num(date.fromordinal(drawing.first)))
        return first + (pixels - drawing.left) / drawing.per_day

    def points(self, places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """Places in pixels as places on the axes."""
        return [(self.day(x), y) for x, y in places]

    def box(self, box: Box) -> list[Artist]:
        """A rectangle, or a bar with round ends, and the hatch over it."""
        drawing = self.drawing
        left, right = drawing.x(box.left), drawing.x(box.right)
        if box.hatch == "beyond":
            return [self.dots(left, right, box.top, box.bottom)]
        corners = [(left, box.top), (right, box.top), (right, box.bottom), (left, box.bottom)]
        if box.is_round:
            corners = _rounded(left, right, box.top, box.bottom)
        dashes = tuple(length * _POINT for length in DASHES)
        shape = Polygon(
            self.points(corners),
            closed=True,
            facecolor=self.colours[box.fill] if box.fill else "none",
            edgecolor=self.colours[box.line] if box.line else "none",
            linewidth=box.thick * _POINT if box.line else 0,
            linestyle=(0, dashes) if box.is_dashed else "solid",
            alpha=box.opacity,
            joinstyle="miter",
            antialiased=True,
        )
        return [shape, *([self.strokes(box, left, right)] if box.hatch else [])]

    def strokes(self, box: Box, left: float, right: float) -> Artist:
        """The strokes of a hatch, each cut to its bar: a clip path would end at the axes instead."""
        hatch = HATCHES[box.hatch or ""]
        lines = _strokes(left, right, box.top, box.bottom, hatch.every, is_rising=hatch.is_rising)
        return LineCollection(
            [self.points(line) for line in lines],
            colors=self.colours[hatch.line],
            linewidths=hatch.thick * _POINT,
            capstyle="butt",
            alpha=box.opacity,
        )

    def dots(self, left: float, right: float, top: float, bottom: float) -> Artist:
        """The dots behind the horizon."""
        half = BEYOND_EVERY / 2
        across = [left + half + BEYOND_EVERY * step for step in range(int((right - left) // BEYOND_EVERY))]
        down = [top + half + BEYOND_EVERY * step for step in range(int((bottom - top) // BEYOND_EVERY))]
        places = self.points((x, y) for x in across for y in down)
        return Line2D(
            [x for x, _ in places],
            [y for _, y in places],
            linestyle="none",
            marker="o",
            markersize=2 * BEYOND_RADIUS * _POINT,
            markeredgewidth=0,
            color=self.colours["beyond"],
        )

    def stroke(self, stroke: Stroke) -> Artist:
        """A line; a dotted one as dots with round ends."""
        places = [(self.drawing.x(stroke.start), stroke.top), (self.drawing.x(stroke.end), stroke.bottom)]
        if stroke.dashes and stroke.dashes[0] == 0:
            return self.dotted(stroke, places)
        points = self.points(places)
        return Line2D(
            [x for x, _ in points],
            [y for _, y in points],
            color=self.colours[stroke.line],
            linewidth=stroke.thick * _POINT,
            linestyle=(0, tuple(length * _POINT for length in stroke.dashes)) if stroke.dashes else "solid",
            solid_capstyle="butt",
            dash_capstyle="butt",
            alpha=stroke.opacity,
            marker="None",
        )

    def dotted(self, stroke: Stroke, places: Sequence[tuple[float, float]]) -> Artist:
        """A level line of dots."""
        (left, y), (right, _) = places
        assert stroke.dashes is not None  # noqa: S101 (only dotted lines come here)
        steps = range(int((right - left) // stroke.dashes[1]) + 1)
        points = self.points((left + stroke.dashes[1] * step, y) for step in steps)
        return Line2D(
            [x for x, _ in points],
            [y for _, y in points],
            linestyle="none",
            marker="o",
            markersize=stroke.thick * _POINT,
            markeredgewidth=0,
            color=self.colours[stroke.line],
            alpha=stroke.opacity,
        )

    def text(self, text: Text, number: int) -> None:
        """Add a text; its anchor is "start" on the right where the drawing runs from right to left."""
        sides = {"start": "left", "middle": "center", "end": "right"}
        if self.drawing.is_mirrored:
            sides |= {"start": "right", "end": "left"}
        self.axes.text(
            self.day(self.drawing.x(text.at)),
            text.baseline,
            text.text,
            fontsize=text.size * _POINT,
            fontfamily=self.family,
            fontweight="bold" if text.is_bold else "normal",
            fontstyle="normal",
            color=self.colours[text.ink],
            horizontalalignment=sides[text.anchor],
            verticalalignment="baseline",
            parse_math=False,
            zorder=2 + number / 1000,
            gid="-".join(part for part in (text.role, text.of, str(number)) if part),
        )


def _rounded(left: float, right: float, top: float, bottom: float) -> list[tuple[float, float]]:
    """The corners of a bar with round ends."""
    radius, middle = (bottom - top) / 2, (top + bottom) / 2
    turns = [pi * (step / _HALF_ROUND - 0.5) for step in range(_HALF_ROUND + 1)]
    late = [(right - radius + radius * cos(turn), middle + radius * sin(turn)) for turn in turns]
    early = [(left + radius - radius * cos(turn), middle - radius * sin(turn)) for turn in turns]
    return [*late, *early]


def _strokes(  # noqa: PLR0913 (four sides, and how they run)
    left: float, right: float, top: float, bottom: float, every: float, *, is_rising: bool
) -> list[list[tuple[float, float]]]:
    """Strokes at 45 degrees through a rectangle, cut at its sides."""
    apart, high = every * sqrt(2), bottom - top
    found = []
    for step in range(ceil((right - left + high) / apart)):
        # The stroke enters at the foot of the left side or right of it, and rises by as much as it goes across.
        foot = left - high + apart * (step + 0.5)
        begins, ends = max(foot, left), min(foot + high, right)
        if begins < ends:
            heights = (bottom - (begins - foot), bottom - (ends - foot))
            low, up = heights if is_rising else (top + (begins - foot), top + (ends - foot))
            found.append([(begins, low), (ends, up)])
    return found
