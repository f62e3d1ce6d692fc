"""Pages to test, and what they carry."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from attrs import evolve

from csto_membership import Dispute, Organization, build, exact, imprecise
from tests.drawing.invented import HOSTILE, event, hostile, organization

if TYPE_CHECKING:
    from csto_membership import Dataset

VOID = frozenset({"meta", "link", "input", "br"})


def carried(page: str) -> dict[str, Any]:
    """The facts that a page carries for its script."""
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    facts: dict[str, Any] = json.loads(found[1])
    return facts


class Outline(HTMLParser):
    """Reads a page: its elements, its texts, and whether each element is closed in its order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.faults += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that begins."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element without an end."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note an end that closes another element than the last one."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def attacking() -> Organization:
    """A hostile organization whose sources, disputes and notes attack a page, too."""
    dataset: Dataset = hostile().dataset
    history = dataset.histories[0]
    dispute = Dispute(says=HOSTILE, sources=("invented",), answer="<img src=x onerror=alert(2)>")
    events = tuple(
        evolve(act, note="</script><script>alert(3)</script><!--", disputes=(dispute,))
        for act in history.events
    )
    source = evolve(
        dataset.sources[0],
        title=HOSTILE,
        publisher="<b onmouseover='alert(4)'>",
        address="javascript:alert(5)",
    )
    return build(
        evolve(
            dataset,
            sources=(evolve(source, date=imprecise("1999~")),),
            histories=(evolve(history, events=events),),
            verified_through=exact("2020-06-30"),
        )
    )


def late_news() -> Organization:
    """A state whose membership became public after its suspension: by then that act was of no one's membership."""
    joined = evolve(event("AAA", "join", "2000-01-01"), known=exact("2005-01-01"))
    return organization(
        [
            event("AAA", "sign", "1999-01-01"),
            joined,
            event("AAA", "suspend", "2002-01-01"),
            event("AAA", "withdraw", "2003-01-01"),
            event("BBB", "join", "2001-02"),
        ]
    )
