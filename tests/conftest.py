"""The one browser of a session, for the tests that open pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browsers import missing, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


def pytest_report_header() -> list[str]:
    """Say where the tests in a browser are left out, and why."""
    return [f"tests in a browser left out: {missing()}"] if missing() else []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real headless Chromium, started once: Playwright cannot be started twice in one process."""
    if missing():
        pytest.skip(missing())
    yield from started()
