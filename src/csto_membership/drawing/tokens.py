"""The tokens of pictures: colours by theme, fonts, strokes of hatches, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "bg": "#FFFFFF",
    "card": "#F6F8FA",
    "ink": "#1A2129",
    "muted": "#56616C",
    "grid": "#DDE2E7",
    "member": "#1D5488",
    "onmember": "#FFFFFF",
    "frozenline": "#FFFFFF",
    "suspended": "#8F5200",
    "susptint": "#FFF3DF",
    "signed": "#56616C",
    "former": "#7C8792",
    "open": "#B9D0E6",
    "openline": "#1D5488",
    "stair": "#DCE8F4",
    "beyond": "#C6CDD4",
    "day": "#B0124A",
    "focus": "#0B57D0",
}
DARK: Mapping[str, str] = {
    "bg": "#11161C",
    "card": "#1A2129",
    "ink": "#E8EDF2",
    "muted": "#A3AFBB",
    "grid": "#2A333D",
    "member": "#5E9FDC",
    "onmember": "#06121F",
    "frozenline": "#11161C",
    "suspended": "#E0A03F",
    "susptint": "#2E2412",
    "signed": "#A3AFBB",
    "former": "#7F8B97",
    "open": "#2C4C6B",
    "openline": "#5E9FDC",
    "stair": "#1C3450",
    "beyond": "#3A4550",
    "day": "#FF7AA2",
    "focus": "#8AB8FF",
}
THEMES: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}

_LATIN = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'
FONTS: Mapping[str, str] = {
    "en": _LATIN,
    "ru": _LATIN,
    "ar": '"Noto Naskh Arabic", "Noto Sans Arabic", "Geeza Pro", "Segoe UI", Tahoma, "DejaVu Sans", sans-serif',
}


@frozen(kw_only=True)
class Hatch:
    """Strokes over a bar.

    Attributes:
        line: The token of their colour.
        thick: Their width in pixels.
        every: The distance of their middles, across them.
        is_rising: Whether they rise towards later days; where the drawing is mirrored they lean the other way.
    """

    line: str
    thick: float
    every: float
    is_rising: bool


HATCHES: Mapping[str, Hatch] = {
    "frozen": Hatch(line="frozenline", thick=2.4, every=7, is_rising=True),
    "suspended": Hatch(line="suspended", thick=1.4, every=7, is_rising=False),
}
BEYOND_RADIUS, BEYOND_EVERY = 1.0, 5.0  # the dots behind the horizon
DASHES = (3.0, 2.0)  # the outline of an open window


@frozen(kw_only=True)
class Sizes:
    """The sizes of a drawing in pixels.

    Attributes:
        padding: Around everything.
        lane: The height of a lane.
        bar: The height of a full bar.
        text: The size of names and of the legend.
        label: The size of labels and of the axis.
        title: The size of the title.
        title_line: The height of one of its lines.
        subtitle: The size of the subtitle.
        subtitle_line: The height of its line.
        stairs: The height of the stairs with their figures.
        peak: The height of the stairs for the largest count.
        strip: The width of the strip behind the horizon.
        years: How many years apart the axis is marked at least.
        is_wide: Whether there is room for the reading and for the slice of the frozen in the stairs.
        labels: ``"day"``: by day or year; ``"year"``: by year; ``"none"``.
    """

    padding: float = 20
    lane: float = 30
    bar: float = 20
    text: float = 13
    label: float = 12
    title: float = 19
    title_line: float = 23
    subtitle: float = 13
    subtitle_line: float = 20
    stairs: float = 62
    peak: float = 40
    strip: float = 26
    years: int = 5
    is_wide: bool = True
    labels: str = "day"


_WIDE = Sizes()
_NARROW = Sizes(
    padding=12,
    lane=26,
    bar=16,
    text=12,
    label=11,
    title=15,
    title_line=19,
    subtitle=12,
    subtitle_line=18,
    stairs=50,
    peak=28,
    strip=18,
    years=10,
    is_wide=False,
)
FIGURE = 16.0
WIDE_FROM = 640
_MANY, _CROWD = 41, 81


def sizes_for(width: float, lanes: int) -> Sizes:
    """The sizes of a drawing of a width with so many lanes of states."""
    sizes = _WIDE if width >= WIDE_FROM else _NARROW
    if lanes >= _CROWD:
        return evolve(sizes, lane=12, bar=8, text=10, labels="none")
    if lanes >= _MANY:
        return evolve(sizes, lane=20, bar=12, text=11, label=10, labels="year")
    return sizes
