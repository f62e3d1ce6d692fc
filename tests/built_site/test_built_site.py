"""The built site in a real browser, opened from a disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.browsers import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# What is wider than the window, and the blocks of code of which a part cannot be seen.
TOO_WIDE = """() => [
    document.documentElement.scrollWidth > document.documentElement.clientWidth,
    [...document.querySelectorAll("pre > code")].filter((code) => code.scrollWidth > code.clientWidth + 1).length,
]"""


# The pages of two languages, and one English page of each kind: code, tables, signatures, settings, pictures.
CHECKED = (
    *("ar/", "ru/", "index", "explorer", "tutorial/", "explanation/membership", "how-to/check-a-claim"),
    *(
        "how-to/your-organization",
        "reference/data-format",
        "reference/cli",
        "reference/names",
        "reference/api/answers",
    ),
)


def _search(page: Page, words: str) -> list[str]:
    """The titles of the pages that the search finds."""
    page.locator("[data-md-component=search-query]").first.click()
    page.keyboard.type(words)
    page.keyboard.press("Shift")  # letters that no key has arrive without the event that the search waits for
    page.wait_for_selector(".md-search-result__item")
    return page.locator(".md-search-result__item > a h1").all_inner_texts()


@pytest.mark.parametrize(
    ("page", "words", "title"),
    [
        ("index.html", "was_member", "Organizations"),
        ("index.html", "members_on", "Organizations"),
        ("index.html", "ОДКБ", "Names and offices"),
        ("index.html", "أوزبكستان", "Cheat sheet"),
        ("ar/index.html", "أوزبكستان", "csto_membership"),
        ("ru/index.html", "ОДКБ", "csto_membership"),
        ("ru/index.html", "приостановление", "Что значит «член»"),
    ],
)
def test_search_finds_words_of_every_language(
    site: Path, browser: Browser, page: str, words: str, title: str
) -> None:
    """The search works without a server, and finds names of methods and words in every script."""
    found = opened(browser, site / page)

    assert title in _search(found.page, words)


def test_pages_ask_no_other_server_and_cut_nothing(site: Path, browser: Browser) -> None:
    """A page asks nothing of any other place, is no wider than a window or a phone, and cuts no sentence off."""
    for page in sorted(site.rglob("*.html")):
        found = opened(browser, page, width=1300)
        wide = found.page.evaluate(TOO_WIDE)
        found.page.set_viewport_size({"width": 390, "height": 900})
        narrow = found.page.evaluate(TOO_WIDE)
        outside = [
            address for address in found.requests if not address.startswith(("file:", "data:", "blob:"))
        ]
        found.page.context.close()

        assert (page.name, outside, wide, narrow) == (page.name, [], [False, 0], [False, 0])


@pytest.mark.parametrize(
    ("page", "block", "typed"),
    [
        ("index.html", 1, "python -m pip install '.[frames,plot]'"),
        ("index.html", 2, "csto-membership status UZB 2003-06-30\ncsto-membership members 1999 --lang ru"),
        (
            "tutorial/ten-minutes.html",
            3,
            'for spell in csto.spells("UZB"):\n    print(spell)',
        ),
    ],
)
def test_the_copy_button_takes_what_is_typed(
    site: Path, browser: Browser, page: str, block: int, typed: str
) -> None:
    """Neither prompts nor outputs are copied."""
    found = opened(browser, site / page)
    found.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    found.page.locator(".md-code__button").nth(block).click()

    found.page.wait_for_selector(".md-dialog--active")
    assert found.page.evaluate("navigator.clipboard.readText()") == typed


@pytest.mark.parametrize(
    ("page", "direction"), [("index.html", "ltr"), ("ar/index.html", "rtl"), ("ru/index.html", "ltr")]
)
def test_the_switch_leads_to_every_language(site: Path, browser: Browser, page: str, direction: str) -> None:
    """Each start page links to the two others, and runs in its own direction."""
    found = opened(browser, site / page)

    assert (
        found.page.evaluate("document.documentElement.dir || getComputedStyle(document.body).direction")
        == direction
    )
    links = found.page.locator(".md-select__link").evaluate_all(
        "links => links.map((link) => [link.lang || link.hreflang, link.href])"
    )
    assert {
        lang: (site / folder / "index.html").as_uri()
        for lang, folder in (("en", ""), ("ar", "ar"), ("ru", "ru"))
    } == dict(links)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_barrier(site: Path, browser: Browser, *, is_dark: bool) -> None:
    """In the three languages, in light and dark colours, axe finds no violation.

    English pages are many and alike: one of each kind stands for the others, and with EVERY_PAGE=1 none is left out.
    """
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    barriers = []
    # The page for a missing address takes its scripts from the root of a server, which a disk does not have.
    pages = sorted(page for page in site.rglob("*.html") if page.name != "404.html")
    if not os.environ.get("EVERY_PAGE"):
        pages = [page for page in pages if str(page.relative_to(site)).startswith(CHECKED)]
    for page in pages:
        found = opened(browser, page, is_dark=is_dark)
        found.page.wait_for_load_state("load")
        results = axe.Axe().run(found.page).response
        barriers += [
            (str(page.relative_to(site)), one["id"], one["nodes"][0]["html"]) for one in results["violations"]
        ]
        assert results["passes"]
        found.page.context.close()

    assert barriers == []
