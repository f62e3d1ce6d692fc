"""The pages of the explorer as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import csto
from csto_membership.explorer.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the shipped organization in every language."""
    folder = tmp_path_factory.mktemp("pages")
    paths = {lang: folder / f"csto.{lang}.html" for lang in LANGUAGES}
    for lang, path in paths.items():
        csto.to_html(path, lang, others={each: other.name for each, other in paths.items() if each != lang})
    return paths
