"""Writes the picture of the README and the line that shows it: ``python tools/readme_picture.py``.

The picture is the timeline of the shipped facts, with the last day verified in it; a test holds both to the facts.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from csto_membership import csto
from csto_membership.drawing import svg

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "assets" / "timeline.svg"
README = ROOT / "README.md"
_LINE = re.compile(r"^!\[[^\]]*\]\(docs/assets/timeline\.svg\)$", re.MULTILINE)


def picture() -> str:
    """The text of the picture; its colours follow the reader's system."""
    return svg(csto, theme="auto") + "\n"


def line() -> str:
    """The line of the README that shows the picture, with what it says in words."""
    members = ", ".join(state.name() for state in csto.latest())
    left = [
        f"{change.state.name()} {change.day.year}"
        for change in csto.changes()
        if change.was and not change.now
    ]
    return (
        f"![Timeline of the members from 1994 to {csto.horizon}: {members} are members on that day; "
        f"membership ended or was suspended for {', '.join(left)}.](docs/assets/timeline.svg)"
    )


def readme(text: str) -> str:
    """The README with that line."""
    return _LINE.sub(line(), text)


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PICTURE.name}: {len(picture())} characters\n")
