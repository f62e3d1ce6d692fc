"""What tests in a browser share: the browser, and the pages as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import csto
from csto_membership.explorer.texts import LANGUAGES
from tests.explorer.browsers import missing, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


def pytest_report_header() -> list[str]:
    """Say where the tests in a browser are left out, and why."""
    return [f"tests of the explorer in a browser left out: {missing()}"] if missing() else []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real headless Chromium."""
    if missing():
        pytest.skip(missing())
    yield from started()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the shipped organization in every language."""
    folder = tmp_path_factory.mktemp("pages")
    paths = {lang: folder / f"csto.{lang}.html" for lang in LANGUAGES}
    for lang, path in paths.items():
        csto.to_html(path, lang, others={each: other.name for each, other in paths.items() if each != lang})
    return paths
