"""SVG: well formed, escaped, mirrored as a whole, in colours that can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from csto_membership import DrawingError, csto, csto_pa
from csto_membership.drawing import layout, svg
from csto_membership.drawing.marks import LAYERS
from csto_membership.drawing.svg import svg_of
from csto_membership.drawing.tokens import DARK, LIGHT
from csto_membership.drawing.widths import width_of
from tests.drawing.invented import HOSTILE, hostile, texts, thirty_two, with_offices

if TYPE_CHECKING:
    from csto_membership import Organization

SVG = "{http://www.w3.org/2000/svg}"
# Each pair of tokens that stand on each other, and the contrast that it needs.
PAIRS = [
    ("ink", "bg", 7.0),
    ("ink", "card", 7.0),
    ("ink", "stair", 7.0),
    ("ink", "open", 7.0),
    ("ink", "susptint", 7.0),
    ("muted", "bg", 4.5),
    ("muted", "card", 4.5),
    ("onmember", "member", 4.5),
    ("frozenline", "member", 4.5),
    ("member", "bg", 3.0),
    ("suspended", "bg", 3.0),
    ("suspended", "susptint", 3.0),
    ("signed", "bg", 3.0),
    ("former", "bg", 3.0),
    ("openline", "open", 3.0),
    ("day", "bg", 4.5),
    ("focus", "bg", 4.5),
]


def root(text: str) -> ET.Element:
    """The document as a tree; it must be well formed."""
    return ET.fromstring(text)  # noqa: S314 (our own text)


def said(text: str) -> list[str]:
    """All texts that are drawn."""
    return [element.text or "" for element in root(text).iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("theme", ["light", "dark", "auto", "page"])
def test_every_mark_is_written(lang: str, theme: str) -> None:
    """The document is well formed, names and describes itself, and has every text of the layout."""
    text = svg(csto, lang=lang, theme=theme, offices=True, on="2003-06-30")
    drawing = layout(csto, lang, 1200, width_of, offices=True, on="2003-06-30")

    tree = root(text)

    assert tree.get("role") == "img"
    assert tree.get("lang") == lang
    assert tree.get("direction") == ("rtl" if lang == "ar" else None)
    assert [child.tag for child in tree][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert tree.findtext(f"{SVG}title") == drawing.title
    assert tree.findtext(f"{SVG}desc") == drawing.description
    plain = [each.strip("\u2066\u2069") for each in said(text)]
    assert plain == [mark.text for mark in texts(drawing)]


def test_the_description_tells_every_spell() -> None:
    """What cannot be seen can be read: one sentence a spell."""
    text = svg(csto)

    description = root(text).findtext(f"{SVG}desc") or ""
    assert "Uzbekistan: member, 16 August 2006 to 18 December 2012. " in description
    assert description.endswith("Georgia: former party, from 21 April 1999.")


def test_colours() -> None:
    """Standalone themes have colours; ``auto`` has both as custom properties; ``page`` leaves them to the page."""
    light, dark, auto, page = (svg(csto, theme=theme) for theme in ("light", "dark", "auto", "page"))

    assert LIGHT["member"] in light
    assert DARK["member"] not in light
    assert "var(" not in light + dark
    assert f'<rect width="1200" height="522" fill="{DARK["bg"]}"/>' in dark
    assert "@media(prefers-color-scheme:dark){.csto-timeline{--bg:#11161C;" in auto
    assert 'fill="var(--member)"' in auto
    assert 'fill="var(--member)"' in page
    assert "<style>" not in page
    assert not set(LIGHT) ^ set(DARK)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(theme: dict[str, str], front: str, ground: str, least: float) -> None:
    """Each token has the contrast that it needs on what it stands on."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(theme[front]), luminance(theme[ground])))
    assert (high + 0.05) / (low + 0.05) >= least


def test_hostile_names_are_escaped() -> None:
    """Names cannot end an element, run a script, or turn the direction."""
    text = svg(hostile(), offices=True, title=HOSTILE)

    assert "<script" not in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert any("</text><script>alert(1)</script>[31m\"'&$x_2$" in each for each in said(text))


def places(tree: ET.Element) -> list[tuple[float, float]]:
    """The left and the right of every rectangle and line."""
    found = []
    for element in tree.iter():
        if element.tag == f"{SVG}rect" and element.get("x"):
            left = float(element.get("x") or 0)
            found.append((left, left + float(element.get("width") or 0)))
        if element.tag == f"{SVG}path" and "L" in (element.get("d") or ""):
            begins, ends = (
                float(part.split()[0]) for part in (element.get("d") or "").removeprefix("M").split("L")
            )
            found.append((begins, ends))
    return found


def test_arabic_is_the_mirror_of_the_same_layout() -> None:
    """Every x is the width less the x of the layout, and both hatches lean the other way."""
    drawing = layout(csto, "ar", 1200, width_of, offices=True)
    mirrored = root(svg_of(drawing))
    straight = root(svg_of(evolve(drawing, is_mirrored=False)))

    for one, other in zip(places(mirrored), places(straight), strict=True):
        assert sorted(one) == pytest.approx(sorted(1200 - x for x in other), abs=0.11)
    turns = [element.get("patternTransform") for element in mirrored.iter(f"{SVG}pattern")]
    assert turns == ["rotate(-45)", "rotate(45)", None]
    assert [element.get("patternTransform") for element in straight.iter(f"{SVG}pattern")] == [
        "rotate(45)",
        "rotate(-45)",
        None,
    ]
    isolated = {each.strip("\u2066\u2069") for each in said(svg_of(drawing)) if each.startswith("\u2066")}
    assert {"+9", "−3", "+1", "−1", "(RUS)", "Nikolai Bordyuzha"} <= isolated
    assert not isolated & {"1992", "2025", "9"}


def test_observers_have_round_ends() -> None:
    """A bar of an observer is round by half its height."""
    bars = [element for element in root(svg(csto_pa)).iter(f"{SVG}rect") if element.get("rx")]

    assert {(bar.get("height"), bar.get("rx")) for bar in bars} == {("8", "4"), ("5.6", "2.8")}


def test_marks_stand_in_groups_for_a_page() -> None:
    """In the theme of a page the marks of a role stand in one group, in the order of the layers; else in none."""
    page, light = svg(csto, theme="page", prefix="w"), svg(csto)

    groups = re.findall(r'<g class="w-(\w+)">', page)
    assert groups == [role for role in LAYERS if role in groups]
    assert {"bar", "label", "stair", "figure", "horizon", "caption"} <= set(groups)
    assert "<g class=" not in light


def test_two_pictures_in_one_page() -> None:
    """Every identifier, and every reference to one, begins with the prefix."""
    text = svg(csto, prefix="second", theme="auto")

    names = re.findall(r'id="([^"]+)"', text) + re.findall(r"url\(#([^)]+)\)", text)
    assert names
    assert all(name.startswith("second-") for name in names)
    assert ".second-timeline{" in text


def test_the_same_text_twice_and_no_more_than_needed() -> None:
    """Two calls give the same bytes, and the wide picture stays below its budget."""
    assert svg(csto) == svg(csto)
    assert len(svg(csto).encode()) < 20_000
    assert len(svg(csto, lang="ar", width=420).encode()) < 20_000


@pytest.mark.parametrize("membership", [thirty_two(), with_offices()])
def test_what_goes_on_behind_the_horizon_is_faint(membership: Organization) -> None:
    """Bars behind the horizon are a third as strong."""
    text = svg(membership.reading(extrapolate=True, dating="any"), offices=True)

    root(text)
    assert 'opacity="0.35"' in text


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"theme": "drak"}, "no theme 'drak'. Did you mean 'dark'? There are light, dark, auto, page."),
        ({"theme": None}, "no theme None. There are light, dark, auto, page."),
        (
            {"prefix": "a b"},
            "prefix='a b' is no identifier. Begin with a letter; go on with letters, digits, '-' and '_'.",
        ),
        (
            {"prefix": 5},
            "prefix=5 is no identifier. Begin with a letter; go on with letters, digits, '-' and '_'.",
        ),
    ],
)
def test_wrong_choices(choices: dict[str, object], sentence: str) -> None:
    """A wrong choice is refused with what is wrong and the way out."""
    with pytest.raises(DrawingError) as caught:
        svg(csto, **choices)  # type: ignore[arg-type] # wrong on purpose

    assert str(caught.value) == sentence
