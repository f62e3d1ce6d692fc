"""The page in a real browser: by keyboard alone, for every width, without a fault and without a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from csto_membership import csto
from csto_membership.explorer.texts import LANGUAGES
from tests.browsers import opened
from tests.explorer.pages import attacking

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


def sentence(page: Page) -> str:
    """The answer in the page."""
    return page.locator("#sentence").inner_text()


def names(page: Page, group: str) -> list[str]:
    """The states of the group of the roster whose heading begins so."""
    heading = page.locator(".group", has_text=re.compile(f"^{group}"))
    body = page.locator("#roster tbody").filter(has=heading)
    return body.locator("tr:not(.group):not(.box) th").all_inner_texts()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_nothing_is_asked_of_any_place_and_nothing_fails(
    browser: Browser, pages: dict[str, Path], lang: str, *, is_dark: bool
) -> None:
    """Whatever a reader does, the page asks for itself alone and writes no fault to the console."""
    found = opened(browser, pages[lang], "#2006-08-16&dating=any&why=UZB", is_dark=is_dark)
    page = found.page
    page.click("#next")
    page.click("#previous")
    page.click("#dark")
    page.fill("#with", "1998-01-01")
    page.press("#with", "Enter")
    page.evaluate(OPEN_ALL)
    page.select_option("#known", index=3)
    page.select_option("#era", index=2)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")

    assert found.faults == []
    assert {address.split("#")[0] for address in found.requests} == {pages[lang].as_uri()}
    assert len(found.requests) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_barrier(
    browser: Browser, pages: dict[str, Path], lang: str, width: int, *, is_dark: bool
) -> None:
    """With everything opened, on a desk and on a phone, axe finds no violation."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    address = "#2006-07-01&dating=any&why=UZB.ARM&with=2013-01-01"
    page = opened(browser, pages[lang], address, width=width, is_dark=is_dark).page
    page.evaluate(OPEN_ALL)

    results = axe.Axe().run(page).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in results["violations"]] == []
    assert len(results["passes"]) > 20


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 640, 390, 320])
def test_no_page_is_wider_than_its_window(
    browser: Browser, pages: dict[str, Path], lang: str, width: int
) -> None:
    """On a desk, at 200 % zoom (640 pixels), on a phone and on a small one nothing scrolls sideways."""
    page = opened(browser, pages[lang], "#2013-01-01&why=UZB&with=1998-01-01&basis=active", width=width).page
    page.evaluate(OPEN_ALL)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shown = page.locator(".picture:visible")
    assert shown.count() == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_thumb_stands_under_the_day(browser: Browser, pages: dict[str, Path], lang: str) -> None:
    """In every width and direction the middle of the slider's thumb lies under the day's line, within 2 pixels."""
    for width in (1280, 800, 390):
        page = opened(browser, pages[lang], "#2013-01-01", width=width).page
        page.wait_for_timeout(50)
        away = page.evaluate("""() => {
            const slider = document.getElementById("slider"), box = slider.getBoundingClientRect();
            const share = (slider.value - slider.min) / (slider.max - slider.min);
            const way = 12 + share * (box.width - 24);
            const thumb = document.documentElement.dir === "rtl" ? box.right - way : box.left + way;
            const all = [...document.querySelectorAll(".picture svg")];
            const picture = all.find((one) => one.getBoundingClientRect().width);
            const line = picture.querySelector("g[aria-hidden] path").getBoundingClientRect();
            return Math.abs(thumb - (line.left + line.right) / 2);
        }""")
        assert away < 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slider_fits_before_it_is_placed_again(
    browser: Browser, pages: dict[str, Path], lang: str
) -> None:
    """In a window made narrower, the slider sticks out of its place by half a thumb at most, from the first moment."""
    page = opened(browser, pages[lang], "#2013-01-01", width=1280).page
    page.wait_for_timeout(50)

    beyond = page.evaluate("""() => {
        const slider = document.getElementById("slider"), around = slider.parentElement;
        around.style.width = "340px";  // and in the same breath, so that nothing had time to follow
        const inner = slider.getBoundingClientRect(), outer = around.getBoundingClientRect();
        return [outer.width, outer.left - inner.left, inner.right - outer.right];
    }""")

    assert beyond[0] == 340
    assert max(beyond[1:]) <= 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keys_of_the_slider(browser: Browser, pages: dict[str, Path], lang: str) -> None:
    """Arrows go a day along the drawing, up and down later and earlier, with Shift a month; pages go to changes."""
    page = opened(browser, pages[lang], "#2006-08-10").page
    page.focus("#slider")
    later, earlier = ("ArrowLeft", "ArrowRight") if lang == "ar" else ("ArrowRight", "ArrowLeft")
    seen = []
    for key in (
        later,
        earlier,
        "ArrowUp",
        "ArrowDown",
        f"Shift+{later}",
        "Shift+ArrowDown",
        "PageUp",
        "PageDown",
    ):
        page.keyboard.press(key)
        seen.append(page.input_value("#day"))

    assert seen == [
        *("2006-08-11", "2006-08-10", "2006-08-11", "2006-08-10"),
        *("2006-09-10", "2006-08-10", "2006-08-16", "1999-04-21"),
    ]
    page.keyboard.press("End")
    assert page.input_value("#day") == csto.horizon.isoformat()
    assert page.locator("#next").is_disabled()
    page.keyboard.press("Home")
    assert page.input_value("#day") == "1992-01-01"
    assert page.locator("#previous").is_disabled()


def test_every_control_by_keyboard_alone(browser: Browser, pages: dict[str, Path]) -> None:
    """The Tab key reaches every control in the order of use, and each shows that it has the focus."""
    page = opened(browser, pages["en"], "#2013-01-01").page
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("""() => {
                const one = document.activeElement;
                if (one === document.body) return "";
                return one.id || one.dataset.code || one.hreflang || one.textContent.trim();
            }""")
        )
        if not reached[-1]:
            break
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid", reached[-1]

    codes = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "AZE", "GEO", "UZB"]
    reading = "Reading: legal, date of effect, both eras, all that is known"
    assert [one for one in reached if one] == [
        *("English", "ar", "ru", "copy", "print", "dark", "day", "previous", "next", reading, "slider"),
        *("How the drawing is to be read", *codes, "with", "All changes"),
    ]


def test_a_question_by_keyboard_alone(browser: Browser, pages: dict[str, Path]) -> None:
    """A reader without a mouse sets the day, switches the reading, opens a why and compares two days."""
    page = opened(browser, pages["en"]).page
    assert sentence(page) == f"6 members on {csto.horizon.day} February 2026"

    page.focus("#day")
    page.keyboard.press("Control+A")
    page.keyboard.type("٢٠٠٦-٠٧-٠١")
    page.keyboard.press("Enter")
    assert sentence(page) == "6 members on 1 July 2006"
    page.focus(".reading summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("nom")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert sentence(page) == "6 members on 1 July 2006; 1 more possible (basis: nominal)"
    assert names(page, "Left open") == ["Uzbekistan"]
    page.focus('button[data-code="UZB"]')
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    headings = page.locator("#why-UZB h3").all_inner_texts()
    assert headings == ["In doubt", "Before", "Next act"]
    page.focus("#with")
    page.keyboard.type("2013-01-01")
    page.keyboard.press("Enter")
    assert "Uzbekistan" in page.locator("#difference").inner_text()
    assert page.url.endswith("#2006-07-01&basis=nominal&dating=any&with=2013-01-01&why=UZB")
    page.focus("#dark")
    page.keyboard.press("]")
    assert page.input_value("#day") == "2008-03-28"
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert page.input_value("#day") == "1999-04-21"
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_address_holds_the_whole_question(browser: Browser, pages: dict[str, Path]) -> None:
    """An address opens its question; loading another one resets what it does not name; unknown words are ignored."""
    address = "#2012-06-28&basis=active&dating=any&era=CSTO&known=2012-06-28&with=2006-01-01&why=UZB"
    page = opened(browser, pages["en"], address).page
    assert page.url.endswith(address)
    assert [page.input_value(f"#{name}") for name in ("basis", "dating", "era", "known")] == [
        *("active", "any", "CSTO", "15519"),
    ]

    page.evaluate("location.hash = '#2013-01-01&basis=no-such&nonsense=1&why=XXX'")
    page.wait_for_timeout(50)
    assert page.url.endswith("#2013-01-01")
    assert page.input_value("#basis") == "legal"
    assert names(page, "Members") == [
        "Armenia",
        "Belarus",
        "Kazakhstan",
        "Kyrgyzstan",
        "Russia",
        "Tajikistan",
    ]
    assert page.locator("a[hreflang=ru]").get_attribute("href") == pages["ru"].as_uri() + "#2013-01-01"


@pytest.mark.parametrize(
    ("typed", "shown", "message"),
    [
        (
            "2012-02-30",
            "2013-01-01",
            "Write a whole day that exists, as year-month-day, for example 2003-06-30.",
        ),
        (
            "tomorrow",
            "2013-01-01",
            "Write a whole day that exists, as year-month-day, for example 2003-06-30.",
        ),
        (
            str(csto.horizon.add(years=1)),
            str(csto.horizon),
            f"{csto.horizon.add(years=1)} is later than {csto.horizon}, the last day checked. "
            f"The page shows {csto.horizon}.",
        ),
        ("1980-01-01", "1992-01-01", "The record begins on 1992-01-01. The page shows that day."),
    ],
)
def test_a_day_that_cannot_be_shown(
    browser: Browser, pages: dict[str, Path], typed: str, shown: str, message: str
) -> None:
    """A day that is none leaves the answer as it was; one outside the record is moved to its edge; both are said."""
    page = opened(browser, pages["en"], "#2013-01-01").page
    page.fill("#day", typed)
    page.press("#day", "Enter")

    assert page.locator("#day-error").inner_text() == message
    assert page.get_attribute("#day", "aria-invalid") == "true"
    assert page.url.endswith(f"#{shown}")


def test_a_click_on_the_picture_is_that_day(browser: Browser, pages: dict[str, Path]) -> None:
    """A click on the drawing chooses the day under the pointer, in both directions of writing."""
    for lang in ("en", "ar"):
        page = opened(browser, pages[lang], "#2013-01-01").page
        line = page.locator(".picture:visible g[aria-hidden] path").first.bounding_box()
        assert line is not None
        page.click("#next")
        page.mouse.click(line["x"] + line["width"] / 2, line["y"] + 40)
        assert page.input_value("#day")[:7] in {"2012-12", "2013-01"}


def test_without_scripts(browser: Browser, pages: dict[str, Path]) -> None:
    """Without scripts the timeline and the table of all changes are there, and no control that does nothing."""
    page = opened(browser, pages["en"], has_scripts=False).page

    assert page.locator(".picture:visible").count() == 1
    assert page.locator("#changes tbody tr:visible").count() == len(csto.changes())
    assert page.locator("button:visible, input:visible, select:visible").count() == 0


def test_print_leaves_out_the_controls(browser: Browser, pages: dict[str, Path]) -> None:
    """On paper stand the timeline, the roster and the boxes opened, unfolded, in light colours; no control does."""
    page = opened(browser, pages["en"], "#2013-01-01&why=UZB", is_dark=True).page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("button:visible, input:visible, select:visible, .compare:visible").count() == 0
    assert page.locator(".picture:visible").get_attribute("class") == "picture p640"
    assert page.locator("#why-UZB ol a:visible").count() > 10
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_known_day_moves_the_end_of_the_record(browser: Browser, pages: dict[str, Path]) -> None:
    """What was known by a day ends there: later days are refused, later sources and notes are not shown."""
    page = opened(browser, pages["en"], "#2012-06-28&known=2012-06-28&why=UZB").page

    assert page.locator("#next").is_disabled()
    assert "not yet in effect" in page.locator("#why-UZB").inner_text()
    assert "Note" not in page.locator("#why-UZB").inner_text()
    assert "Known" not in page.locator("#sentence").inner_text()
    assert page.locator(".picture:visible").get_by_text("known by 28 June 2012").count() == 1
    page.fill("#day", "2013-01-01")
    page.press("#day", "Enter")
    assert page.locator("#day-error").inner_text() == (
        "2013-01-01 is later than 2012-06-28, the day of what is known. The page shows 2012-06-28."
    )


def test_a_hostile_file_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """Opened with every box, the page of a hostile organization shows its texts and runs none of them."""
    path = tmp_path / "hostile.html"
    attacking().to_html(path)
    found = opened(browser, path, "#2010-01-01&why=AAA.BBB")
    page = found.page
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(100)

    assert found.faults == []
    assert page.locator("main script, main img, main b[onmouseover]").count() == 0
    assert page.locator(".card a").count() == 0
    assert "<img src=x onerror=alert(2)>" in page.locator("#why-AAA").inner_text()
    assert len(found.requests) == 1


def test_it_is_quick(browser: Browser, pages: dict[str, Path]) -> None:
    """The page paints soon from disk, and a step of a day takes little (bounds are loose: machines are shared)."""
    page = opened(browser, pages["en"]).page
    page.wait_for_timeout(200)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    step = page.evaluate("""() => {
        const slider = document.getElementById("slider"), begin = performance.now();
        for (let day = 9000; day < 9100; day++) { slider.value = day; slider.dispatchEvent(new Event("input")); }
        return (performance.now() - begin) / 100;
    }""")
    print(f"first paint {paint:.0f} ms, a step of a day {step:.1f} ms, 1 request")  # noqa: T201 (the figures)

    assert paint < 5000
    assert step < 100
