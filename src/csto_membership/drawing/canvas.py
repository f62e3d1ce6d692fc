"""What all parts of a drawing share: the axis of days, the sizes, the words and how wide a text is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from csto_membership.drawing.marks import At, Text

if TYPE_CHECKING:
    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.tokens import Sizes
    from csto_membership.drawing.words import Words

Measure: TypeAlias = Callable[[str, float, bool], float]
"""The width in pixels of a text of a size in pixels, bold or not."""

ASCENT = 0.36  # of a letter's size: how far the base line lies below the middle of the line


@frozen(kw_only=True)
class Canvas:
    """What all parts of a drawing share.

    Attributes:
        membership: What is drawn.
        words: The words of the picture's language.
        measure: How wide a text is.
        sizes: The sizes of its parts.
        spells: The spells of each state drawn, in the order of the lanes.
        width: The width of the drawing.
        first: Ordinal of the first day of the axis.
        end: Ordinal of the day after the horizon.
        left: Pixels from the edge to the first day.
    """

    membership: Membership
    words: Words
    measure: Measure
    sizes: Sizes
    spells: dict[State, tuple[Spell, ...]]
    width: float
    first: int
    end: int
    left: float

    @property
    def right(self) -> float:
        """Pixels from the edge to the horizon."""
        return self.width - self.sizes.padding - self.sizes.strip

    @property
    def per_day(self) -> float:
        """Pixels of one day."""
        return (self.right - self.left) / (self.end - self.first)

    def x(self, day: int) -> float:
        """Pixels from the edge to the beginning of a day."""
        return self.left + (day - self.first) * self.per_day

    def place(self, at: At) -> float:
        """Pixels from the edge to a position."""
        return at.shift if at.day is None else self.x(at.day) + at.shift

    def clipped(self, spell: Spell) -> tuple[int, int]:
        """The days of a spell that lie on the axis."""
        start = spell.start.toordinal() if spell.start else self.first
        after = spell.end.toordinal() if spell.end else self.end
        return max(start, self.first), min(after, self.end)

    def text(  # noqa: PLR0913 (each is one property of a text)
        self,
        role: str,
        text: str,
        at: At,
        middle: float,
        *,
        size: float,
        ink: str = "ink",
        anchor: str = "start",
        is_bold: bool = False,
        of: str = "",
    ) -> Text:
        """A text in a line around a height."""
        return Text(
            role=role,
            at=at,
            baseline=middle + ASCENT * size,
            text=text,
            size=size,
            width=self.measure(text, size, is_bold),
            ink=ink,
            anchor=anchor,
            is_bold=is_bold,
            of=of,
        )


def shortened(text: str, room: float, size: float, measure: Measure, *, is_bold: bool = False) -> str:
    """The text, or as much of it as fits with dots behind it."""
    if measure(text, size, is_bold) <= room:
        return text
    low, high = 0, len(text)  # as many letters as *low* fit; *high* do not
    while high - low > 1:
        middle = (low + high) // 2
        if measure(text[:middle].rstrip() + "…", size, is_bold) <= room:
            low = middle
        else:
            high = middle
    return text[:low].rstrip() + "…"


def wrapped(text: str, room: float, size: float, measure: Measure, *, is_bold: bool = False) -> list[str]:
    """The text in lines that fit, cut between words; a word that fits in no line is shortened."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, is_bold) <= room:
            lines[-1] = longer
        else:
            lines.append(shortened(word, room, size, measure, is_bold=is_bold))
    return lines
