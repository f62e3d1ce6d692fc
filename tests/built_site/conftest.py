"""The built site, for the tests that open its pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
