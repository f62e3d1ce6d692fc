"""The built site, and a browser, for the tests that open its pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.explorer.browsers import missing, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NOT_BUILT = "no built site: run tools/build_site.py FOLDER and set BUILT_SITE=FOLDER"


def pytest_report_header() -> list[str]:
    """Say where the tests of the built site are left out, and why."""
    return [] if os.environ.get("BUILT_SITE") else [f"tests of the built site left out: {NOT_BUILT}"]


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    folder = os.environ.get("BUILT_SITE")
    if not folder:
        pytest.skip(NOT_BUILT)
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def browser(site: Path) -> Iterator[Browser]:  # noqa: ARG001 (no browser is started where there is no site)
    """A real headless Chromium."""
    if missing():
        pytest.skip(missing())
    yield from started()
