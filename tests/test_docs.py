"""Every example is run, or says that it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
RUN = {"python", "pycon", "console"}
INERT = {"text", "yaml", "json", "toml", "bibtex"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_fence_is_run_or_declared_inert(page: Path) -> None:
    """A fence without a language, or with one that nobody runs, would be an example that nobody checks."""
    fences = re.findall(r"^\s*(?:```|~~~)(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert [fence for fence in fences[::2] if fence.strip() not in RUN | INERT] == []
    assert not any(fence.strip() for fence in fences[1::2])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
