"""Turns a file of press claims into records, or into all its faults with their places."""

from __future__ import annotations

from csto_membership._facts.records import present
from csto_membership._facts.statuses import Act, Status, StepName
from csto_membership._reader.tree import Node, Walker, YesOrNo, by_place
from csto_membership.claims import Article, Claim, ClaimKind, PressClaim, Verdict
from csto_membership.errors import DatasetError, nearest

_LONGEST_QUOTE = 25  # words


def read_claims(text: bytes, file: str) -> tuple[PressClaim, ...]:
    """The claims of a file, by identifier.

    Raises:
        DatasetError: The file has faults; all of them, in the order of their places.
    """
    reader = _ClaimReader(file)
    root = reader.tree(text)
    claims = reader.claims(root) if root else ()
    if reader.problems:
        raise DatasetError(tuple(sorted(reader.problems, key=by_place)))
    return claims


class _ClaimReader(Walker):
    """Walks one file of claims and gathers its faults."""

    def claims(self, root: Node) -> tuple[PressClaim, ...]:
        """The whole file."""
        entries = self.fields(root, "the file", ("articles", "claims")) or {}
        articles = {one.id: one for one in self.each(entries.get("articles"), "articles", self.article)}
        return self.each(entries.get("claims"), "claims", lambda name, node: self.claim(name, node, articles))

    def article(self, name: str, node: Node) -> Article | None:
        """One article."""
        entries = self.fields(node, f"article {name!r}", ("publisher", "said", "lang"), ("note",))
        if entries is None:
            return None
        return Article(
            id=name,
            publisher=present(self.text(entries.get("publisher"), "publisher")),
            said=present(self.date(entries.get("said"), "said")),
            lang=present(self.text(entries.get("lang"), "lang")),
            note=self.text(entries.get("note"), "note"),
        )

    def claim(self, name: str, node: Node, articles: dict[str, Article]) -> PressClaim | None:
        """One claim."""
        required = ("article", "kind", "quote", "translation", "expected", "reason")
        optional = (
            "organization",
            "when",
            "states",
            "complete",
            "status",
            "act",
            "instrument",
            "step",
            "body",
        )
        entries = self.fields(node, f"claim {name!r}", required, (*optional, "office", "person", "era"))
        if entries is None:
            return None
        article = self.text(entries.get("article"), "article")
        if article is not None and article not in articles:
            self.fault(
                "CM014", entries["article"], f"no article {article!r}{nearest(article, articles)} Add it."
            )
        quote = self.text(entries.get("quote"), "quote")
        if quote is not None and len(quote.split()) > _LONGEST_QUOTE:
            self.fault(
                "CM025",
                entries["quote"],
                f"a quotation of {len(quote.split())} words. Keep it to {_LONGEST_QUOTE}.",
            )
        said = articles.get(article or "")
        claim = Claim(
            kind=self.word(entries.get("kind"), "kind", ClaimKind)
            or ClaimKind.ROSTER,  # a fault is told already
            when=self._when(entries.get("when")),
            states=self.texts(entries.get("states"), "states"),
            complete=self.word(entries.get("complete"), "complete", YesOrNo) is not YesOrNo.NO,
            status=self._status(entries.get("status")),
            act=self.word(entries.get("act"), "act", Act),
            instrument=self.text(entries.get("instrument"), "instrument"),
            step=self.word(entries.get("step"), "step", StepName),
            body=self.text(entries.get("body"), "body"),
            office=self.text(entries.get("office"), "office"),
            person=self.text(entries.get("person"), "person"),
            era=self.text(entries.get("era"), "era"),
            said=said.said if said else None,
            by=said.publisher if said else None,
            lang=said.lang if said else None,
            quote=quote,
            translation=self.text(entries.get("translation"), "translation"),
            where=self.where(node),
        )
        return PressClaim(
            id=name,
            article=present(said),
            organization=self.text(entries.get("organization"), "organization") or "CSTO",
            claim=claim,
            expected=present(self.word(entries.get("expected"), "expected", Verdict)),
            reason=present(self.text(entries.get("reason"), "reason")),
        )

    def _when(self, node: Node | None) -> str | None:
        """The time a claim speaks of, as written."""
        written = self.date(node, "when")
        return written.text if written else None

    def _status(self, node: Node | None) -> Status | None:
        """A status by its name, in capital letters as everywhere."""
        name = self.text(node, "status")
        if node is None or name is None:
            return None
        if name in Status.__members__:
            return Status[name]
        self.fault(
            "CM011", node, f"status: {name!r} is unknown. Write one of {', '.join(Status.__members__)}."
        )
        return None
