"""The marks of a drawing: boxes, strokes and texts at days, without fonts and without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from csto_membership._facts.statuses import Status


@frozen(kw_only=True)
class At:
    """A place across the drawing.

    Attributes:
        day: The ordinal of the day whose beginning it is; ``None`` for the left edge, or the right if
            mirrored.
        shift: Pixels from there, towards later days.
    """

    day: int | None = None
    shift: float = 0.0


@frozen(kw_only=True)
class Box:
    """A rectangle, or a bar with round ends.

    Attributes:
        role: What it is: ``bar``, ``stair``, ``office``, ``key`` and so on; marks of a role are of one layer.
        left: Where it begins, on the side of earlier days.
        right: Where it ends.
        top: Pixels from the drawing's top.
        bottom: Likewise.
        fill: The token of its ground; ``None`` for a hollow one.
        line: The token of its outline, if it has one.
        thick: The width of the outline in pixels.
        is_dashed: Whether the outline is dashed.
        is_round: Whether its ends are round.
        hatch: ``frozen``, ``suspended`` or ``beyond``: the strokes or dots over the ground.
        opacity: Less than 1 behind the horizon.
        of: The code of the state, or the identifier of the office, that it tells of.
        status: The status that it shows; several flags where it is open.
        days: The days that it stands for, ``(first, first day after)``, whatever its size.
        tip: What it shows, in a sentence.
    """

    role: str
    left: At
    right: At
    top: float
    bottom: float
    fill: str | None = None
    line: str | None = None
    thick: float = 0.0
    is_dashed: bool = False
    is_round: bool = False
    hatch: str | None = None
    opacity: float = 1.0
    of: str = ""
    status: Status | None = None
    days: tuple[int, int] | None = None
    tip: str = ""


@frozen(kw_only=True)
class Stroke:
    """A straight line from one place to another.

    Attributes:
        role: What it is; see ``Box``.
        start: Where it begins.
        end: Where it ends.
        top: The height of its beginning.
        bottom: The height of its end.
        line: The token of its colour.
        thick: Its width in pixels.
        dashes: Lengths of stroke and gap; ``None`` for a solid line. Dots have the length 0 and round ends.
        opacity: Less than 1 behind the horizon.
        of: As in ``Box``, as are *status*, *days* and *tip*.
    """

    role: str
    start: At
    end: At
    top: float
    bottom: float
    line: str
    thick: float = 1.0
    dashes: tuple[float, float] | None = None
    opacity: float = 1.0
    of: str = ""
    status: Status | None = None
    days: tuple[int, int] | None = None
    tip: str = ""


@frozen(kw_only=True)
class Text:
    """A line of text.

    Attributes:
        role: What it is; see ``Box``.
        at: Where its anchor lies.
        baseline: The height of its base line.
        text: What it says.
        size: The size of its letters in pixels.
        width: Its measured width in pixels.
        ink: The token of its colour.
        anchor: Which part of it lies at *at*: ``start``, ``middle`` or ``end`` in the direction of the drawing.
        is_bold: Whether it is bold.
        is_sign: Whether it is a figure with a sign, which stays from left to right in every language.
        of: The code of the state, or the identifier of the office, in whose lane it stands.
    """

    role: str
    at: At
    baseline: float
    text: str
    size: float
    width: float
    ink: str = "ink"
    anchor: str = "start"
    is_bold: bool = False
    is_sign: bool = False
    of: str = ""


Mark: TypeAlias = Box | Stroke | Text

# From back to front: a later layer is drawn over an earlier one.
LAYERS = (
    "grid",
    "beyond",
    "stair",
    "era",
    "former",
    "bar",
    "office",
    "day",
    "patch",
    "doubt",
    "label",
    "figure",
    "name",
    "axis",
    "horizon",
    "caption",
    "title",
    "key",
    "legend",
)


@frozen(kw_only=True)
class Lane:
    """A lane of the drawing: whose it is, and the height of its middle."""

    of: str
    middle: float


@frozen(kw_only=True)
class Drawing:
    """A timeline as marks, in the order in which they lie over each other.

    Attributes:
        width: Its width in pixels.
        height: Its height in pixels.
        lang: The language of its texts.
        is_mirrored: Whether a writer mirrors it: every place across is then counted from the right.
        first: Ordinal of the first day of the axis.
        end: Ordinal of the day after the horizon, at whose beginning the heavy line stands.
        left: Pixels from the edge to the first day.
        per_day: Pixels of one day.
        title: What it shows, in a line, even where no title is drawn.
        description: What it shows, a sentence a state.
        lanes: The lanes of states and of offices from the top down.
        marks: Its marks.
    """

    width: float
    height: float
    lang: str
    is_mirrored: bool
    first: int
    end: int
    left: float
    per_day: float
    title: str
    description: str
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]

    def x(self, at: At) -> float:
        """Pixels from the edge with which a line begins: from the right, where the drawing is mirrored."""
        if at.day is None:
            return at.shift
        return self.left + (at.day - self.first) * self.per_day + at.shift
