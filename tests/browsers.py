"""A real browser for tests, or the reason why there is none."""

from __future__ import annotations

import importlib.util
import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page, ViewportSize

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def missing() -> str:
    """Why no browser can be had; empty where one can."""
    if importlib.util.find_spec("playwright") is None:
        return "no browser: playwright is not installed (pip install -e '.[test-site]')"
    if program() is None:
        return "no browser: no Chromium on this machine (apt-get install chromium)"
    return ""


def program() -> str | None:
    """Where Chromium is."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def started() -> Iterator[Browser]:
    """A headless Chromium, closed afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@frozen(kw_only=True)
class Opened:
    """A page in a browser, and what it did that it should not.

    Attributes:
        page: The page.
        requests: The addresses that it asked for.
        faults: What it wrote to the console, and its errors and dialogs.
    """

    page: Page
    requests: list[str] = field(factory=list)
    faults: list[str] = field(factory=list)


def opened(  # noqa: PLR0913 (each is one property of a page)
    browser: Browser,
    path: Path,
    address: str = "",
    *,
    width: int = 1280,
    height: int = 900,
    is_dark: bool = False,
    has_scripts: bool = True,
    scale: float = 1,
) -> Opened:
    """A file opened in a browser of its own."""
    size: ViewportSize = {"width": width, "height": height}
    context = browser.new_context(
        viewport=size,
        color_scheme="dark" if is_dark else "light",
        java_script_enabled=has_scripts,
        device_scale_factor=scale,
    )
    page = context.new_page()
    found = Opened(page=page)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("console", lambda message: found.faults.append(message.text))
    page.on("pageerror", lambda error: found.faults.append(str(error)))

    def dismiss(dialog: Dialog) -> None:
        found.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(path.as_uri() + address)
    return found
