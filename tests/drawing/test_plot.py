"""The plot: the same marks as artists on axes of real dates, the same bytes twice, nothing global changed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import DrawingError, MissingExtraError, Status, csto, csto_pa
from csto_membership.drawing import layout
from tests.drawing.invented import bars, extent, hostile, ordinal, texts, thirty_two, with_offices

if importlib.util.find_spec("matplotlib") is None:
    pytest.skip("matplotlib is not installed (pip install -e '.[plot]')", allow_module_level=True)

import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.dates import date2num, num2date
from matplotlib.patches import Polygon
from matplotlib.text import Text

from csto_membership.drawing.tokens import DARK, LIGHT
from csto_membership.plot import _measure, plot, save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    from csto_membership import Organization


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """No figure is left open."""
    yield
    plt.close("all")


def shapes(axes: Axes, role: str) -> list[Polygon]:
    """The boxes of a role."""
    return [
        each
        for each in axes.patches
        if isinstance(each, Polygon) and str(each.get_gid()).startswith(f"{role}-")
    ]


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("width", [420, 1200])
def test_bars_lie_on_their_days(lang: str, width: int) -> None:
    """Each bar of the layout is a shape from its first day to the day after its last, in real dates."""
    membership = csto.reading(dating="any")
    axes = plot(membership, lang=lang, width=width)
    drawing = layout(membership, lang, width, _measure("DejaVu Sans"))

    found = shapes(axes, "bar")
    wanted = [mark for mark in drawing.marks if mark.role == "bar"]
    assert len(found) == len(wanted) > 20
    for shape, mark in zip(found, wanted, strict=True):
        first, last = getattr(mark, "days", (0, 0))
        extents = shape.get_xy()[:, 0].min(), shape.get_xy()[:, 0].max()
        if (last - first) * drawing.per_day >= 5:
            assert num2date(extents[0]).toordinal() == pytest.approx(first, abs=1)
            assert extents[1] == pytest.approx(date2num(date.fromordinal(last)), abs=0.01)
    assert bool(axes.xaxis_inverted()) is (lang == "ar")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [lane.of for lane in drawing.lanes]
    assert [round(tick, 3) for tick in axes.get_yticks()] == [lane.middle for lane in drawing.lanes]


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("width", [420, 640, 1200])
@pytest.mark.parametrize("name", ["csto", "csto_pa", "thirty_two", "hostile", "with_offices"])
def test_no_text_touches_another_in_the_renderers_own_widths(name: str, lang: str, width: int) -> None:
    """As matplotlib draws them, texts lie inside the figure, and none touches another."""
    organizations: dict[str, Organization] = {
        "csto": csto.reading(dating="any"),
        "csto_pa": csto_pa,
        "thirty_two": thirty_two(),
        "hostile": hostile(),
        "with_offices": with_offices(),
    }
    axes = plot(organizations[name], lang=lang, width=width, offices=True)
    renderer: Any = RendererAgg(width, 10_000, 100)  # matplotlib's renderers have no types

    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts]

    for place, (one, box) in enumerate(boxes):
        assert box.x0 >= -1
        assert box.x1 <= width + 1
        for other, following in boxes[place + 1 :]:
            # A window's extent has room for the lowest and the highest letter: lines may share a little of it.
            assert not box.shrunk(0.99, 0.6).overlaps(following.shrunk(0.99, 0.6)), (one, other)


def test_what_a_reader_sees() -> None:
    """Statuses have their own fill and hatch, the chosen day its colour, dark its ground."""
    axes = plot(csto, on="2003-06-30", theme="dark")
    figure = axes.get_figure()

    assert figure is not None
    assert to_hex(figure.get_facecolor()).upper() == DARK["bg"]
    fills = {to_hex(shape.get_facecolor(), keep_alpha=True).upper() for shape in shapes(axes, "bar")}
    assert fills == {"#00000000", f"{DARK['member']}FF", f"{DARK['susptint']}FF"}
    hatches = [each for each in axes.collections if isinstance(each, LineCollection)]
    assert len(hatches) == 5  # of a frozen and a suspended bar, their keys, and the slice of the stairs
    assert [
        to_hex(line.get_color()).upper() for line in axes.lines if str(line.get_gid()).startswith("day-")
    ] == [
        DARK["bg"],
        DARK["day"],
    ]


def test_strokes_end_with_their_bar() -> None:
    """No stroke of a hatch leaves the bar, and all are as steep: 45 degrees."""
    drawing = layout(csto, "en", 1200, _measure("DejaVu Sans"))
    axes = plot(csto)

    (suspended,) = (mark for mark in bars(drawing, "UZB") if mark.status is Status.SUSPENDED)
    left, top, right, bottom = extent(drawing, suspended)
    strokes = next(
        each.get_segments()
        for each in axes.collections
        if isinstance(each, LineCollection) and str(each.get_gid()).startswith("bar-UZB")
    )
    assert len(strokes) > 40
    for stroke in strokes:
        across = [
            drawing.left + (x - date2num(date.fromordinal(drawing.first))) * drawing.per_day
            for x, _ in stroke
        ]
        down = [y for _, y in stroke]
        assert left - 0.01 <= min(across) <= max(across) <= right + 0.01
        assert top - 0.01 <= min(down) <= max(down) <= bottom + 0.01
        assert down[1] - down[0] == pytest.approx(across[1] - across[0], abs=1e-6)  # falls, as time goes on


def test_observers_have_round_ends() -> None:
    """The ends are drawn by corners; the bar is as long as its spell."""
    axes = plot(csto_pa)

    (bar, *_) = (shape for shape in shapes(axes, "bar-AFG") if len(shape.get_xy()) > 5)
    assert len(bar.get_xy()) == 19
    assert bar.get_xy()[:, 0].max() == pytest.approx(date2num(csto_pa.horizon) + 1, abs=0.01)


def test_days_are_real_dates() -> None:
    """What a caller adds at a date falls on it, and adding it moves nothing."""
    axes = plot(csto)
    limits = axes.get_xlim(), axes.get_ylim()

    line = axes.axvline(date(2008, 8, 8))  # type: ignore[arg-type] # dates are numbers for matplotlib

    assert num2date(axes.convert_xunits(line.get_xdata()[0])).date() == date(2008, 8, 8)  # type: ignore[index] # a list
    assert (axes.get_xlim(), axes.get_ylim()) == limits


def test_axes_of_the_caller() -> None:
    """On given axes their width is the drawing's; no figure is made, and its ground stays."""
    figure, (one, other) = plt.subplots(1, 2, figsize=(16, 8))
    before = plt.get_fignums()

    axes = plot(csto, one, lang="ru")

    assert axes is one
    assert plt.get_fignums() == before
    assert to_hex(figure.get_facecolor()) == "#ffffff"
    assert to_hex(axes.get_facecolor()).upper() == LIGHT["bg"]
    wide = one.get_window_extent().width
    assert axes.get_ylim() == (pytest.approx(one.get_window_extent().height), 0)
    assert wide < 640
    assert "Ю" not in "".join(text.get_text() for text in axes.texts)  # narrow: no reading below the title
    assert not other.texts


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    """Saved twice a plot gives the same bytes, as SVG and as PNG, in whatever style the caller has."""
    for suffix in ("svg", "png", "pdf"):
        paths = [tmp_path / f"{number}.{suffix}" for number in (1, 2)]
        with plt.style.context("dark_background"):
            save(plot(csto, lang="ar", on="2003-06-30"), paths[0])
        save(plot(csto, lang="ar", on="2003-06-30"), str(paths[1]))
        one, two = (path.read_bytes() for path in paths)
        assert len(one) > 10_000
        assert one == two
    assert b"<dc:date>" not in (tmp_path / "1.svg").read_bytes()


def test_no_setting_is_changed_and_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are as they were, and no window opens."""
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("shown"))
    before = dict(mpl.rcParams)

    plot(csto)

    assert dict(mpl.rcParams) == before


def test_mathematics_in_a_name_is_text() -> None:
    """Dollar signs and backslashes in names are letters."""
    axes = plot(hostile(), offices=True, title="$\\frac{1}{2}$ and _x_")

    assert not any(text.get_parse_math() for text in axes.texts)
    assert axes.texts[0].get_gid()
    assert "$\\frac{1}{2}$ and _x_" in [text.get_text() for text in axes.texts]


def test_another_font() -> None:
    """A family that matplotlib finds is used for every text."""
    axes = plot(csto, font="DejaVu Serif")

    assert {tuple(text.get_fontfamily()) for text in axes.texts if isinstance(text, Text)} == {
        ("DejaVu Serif",)
    }


def test_all_texts_of_the_layout_are_drawn() -> None:
    """No text is lost, and those at a beginning or an end change sides in Arabic."""
    drawing = layout(csto, "ar", 1200, _measure("DejaVu Sans"))
    axes = plot(csto, lang="ar")

    assert [text.get_text() for text in axes.texts] == [mark.text for mark in texts(drawing)]
    sides = {"start": "right", "middle": "center", "end": "left"}
    assert [text.get_horizontalalignment() for text in axes.texts] == [
        sides[mark.anchor] for mark in texts(drawing)
    ]
    assert ordinal("1992-01-01") == drawing.first


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"theme": "auto"}, "no theme 'auto'. There are light, dark."),
        ({"theme": ["dark"]}, "no theme ['dark']. Did you mean 'dark'? There are light, dark."),
        (
            {"ax": "axes"},
            "ax='axes' are no axes of matplotlib. Pass axes such as plt.subplots() gives, or leave ax out.",
        ),
        (
            {"font": "No Such Font"},
            "no font 'No Such Font' is known to matplotlib. Name an installed family, or leave font out.",
        ),
        ({"font": 5}, "no font 5 is known to matplotlib. Name an installed family, or leave font out."),
        ({"lang": "xx"}, "no pictures in 'xx'. There are en, ar, ru."),
        (
            {"width": 1},
            "width=1 is not a width for a timeline. Give a number of pixels from 320 to 20000.",
        ),
    ],
)
def test_wrong_choices(choices: dict[str, Any], sentence: str) -> None:
    """A wrong choice is refused with what is wrong and the way out, and leaves no figure behind."""
    with pytest.raises(DrawingError) as caught:
        plot(csto, **choices)

    assert str(caught.value) == sentence
    assert plt.get_fignums() == []


@pytest.mark.parametrize("missing", ["matplotlib", "PIL"])
def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Where matplotlib is missing the command that installs it is said; another fault stays what it is."""
    monkeypatch.delitem(sys.modules, "csto_membership.plot")
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)

    kind = MissingExtraError if missing == "matplotlib" else ImportError
    with pytest.raises(kind) as caught:
        importlib.import_module("csto_membership.plot")

    if kind is MissingExtraError:
        assert str(caught.value) == (
            "plots need matplotlib, which is not installed. Run: pip install 'csto-membership[plot]'"
        )


def test_drawing_needs_no_matplotlib() -> None:
    """SVG and text are written without any library of pictures or tables."""
    probe = (
        "from csto_membership import csto; from csto_membership.drawing import svg, terminal; "
        "svg(csto); terminal(csto); import sys; "
        "print([name for name in ('matplotlib', 'numpy', 'narwhals', 'argparse') if name in sys.modules])"
    )
    run = subprocess.run(  # noqa: S603 (our own probe)
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


def test_an_organization_plots_itself() -> None:
    """The method draws what the function draws, with every choice handed on."""
    choices: dict[str, Any] = {
        "on": "2012-12-19",
        "lang": "ru",
        "states": ["UZB", "ARM"],
        "order": "name",
        "offices": True,
        "theme": "dark",
        "width": 800,
        "title": "",
        "font": "DejaVu Sans",
    }

    drawn, again = csto.plot(**choices), plot(csto, **choices)

    assert drawn.get_window_extent().bounds == again.get_window_extent().bounds
    assert [text.get_text() for text in drawn.texts] == [text.get_text() for text in again.texts]
    assert [patch.get_facecolor() for patch in drawn.patches] == [
        patch.get_facecolor() for patch in again.patches
    ]
