"""The last day verified stands in one place: the facts file. Moving it is one edit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from csto_membership import BeyondHorizonError, csto

ROOT = Path(__file__).parents[2]
# The facts, what a reviewer compares them with, and the history of both. The press dates its own articles. The picture
# of the README and its words are written by a program, and tests/test_docs.py holds them to the facts.
MAY_SAY_IT = (
    "data/",
    "tests/golden/",
    "CHANGELOG.md",
    "README.md",
    "docs/assets/",
    "docs/how-to/who-was-in-what.md",
)


def _tracked() -> list[str]:
    """The names of the repository's files, or of all text files where there is no repository."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 (whatever git the developer has)
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git, or no repository")
    return [name for name in listed.split("\0") if name and not name.startswith(MAY_SAY_IT)]


def test_the_last_day_verified_stands_in_the_facts_file_alone() -> None:
    """Code, tests and docs ask for the horizon; none of them states its day, nor the day after it."""
    days = (csto.horizon, csto.horizon.add(days=1))
    forms = {form for day in days for form in (day.isoformat(), f"{day:%Y%m%d}", day.format("D MMMM YYYY"))}

    saying = []
    for name in _tracked():
        path = ROOT / name
        # A file that is deleted but not yet committed is still listed.
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        saying += [(name, form) for form in sorted(forms) if form in text]

    assert saying == []


def test_nothing_is_said_of_the_day_after_the_last_one_verified() -> None:
    """The horizon itself is answered, and the day after it is not."""
    assert csto.members_on(csto.horizon) == csto.latest()
    with pytest.raises(BeyondHorizonError):
        csto.members_on(csto.horizon.add(days=1))
