"""Turns a file of press claims into records, or into all its faults with their places."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from attrs import fields

from csto_membership._facts.records import present
from csto_membership._reader.limits import HopelessError, first_faults
from csto_membership._reader.tree import Node, Walker, by_place
from csto_membership.claims import KINDS, Article, Attribution, PressClaim, Verdict
from csto_membership.errors import ClaimError, DatasetError, shown

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_QUOTE = 25  # words
# What every claim has, besides the fields of its kind.
_REQUIRED = ("article", "kind", "quote", "translation", "expected", "reason")
_OPTIONAL = ("organization", "not_judged")
_LISTS = ("states", "including")
_ANSWERS = ("complete", "throughout")


def read_claims(text: bytes, file: str) -> tuple[PressClaim, ...]:
    """The claims of a file, by identifier.

    Raises:
        DatasetError: The file has faults; all of them, in the order of their places.
    """
    reader = _ClaimReader(file)
    claims: tuple[PressClaim, ...] = ()
    with suppress(HopelessError):
        root = reader.tree(text)
        claims = reader.claims(root) if root else ()
    if reader.problems:
        raise DatasetError(first_faults(sorted(reader.problems, key=by_place), file))
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
        entries = self.fields(node, f"article {shown(name)}", ("publisher", "said", "lang"), ("note",))
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
        """One claim, with the fields of its kind and no others."""
        everything = self.entries(node, f"claim {shown(name)}")
        if everything is None:
            return None
        kind = self._kind(everything.get("kind"))
        own = (
            tuple(one.name for one in fields(kind) if one.name != "attribution")
            if kind
            else tuple(everything)
        )
        what = f"{kind.kind} claim {shown(name)}" if kind else f"claim {shown(name)}"  # type: ignore[attr-defined] # every claim has one
        entries = present(self.fields(node, what, _REQUIRED, (*_OPTIONAL, *own)))
        article = self.text(entries.get("article"), "article")
        if article is not None and article not in articles:
            text = f"no article {shown(article)}{self.suggestions.nearest(article, articles)} Add it."
            self.fault("CM014", entries["article"], text)
        said = articles.get(article or "")
        attribution = Attribution(
            said=said.said if said else None,
            by=said.publisher if said else None,
            lang=said.lang if said else None,
            quote=self._quote(entries.get("quote")),
            translation=self.text(entries.get("translation"), "translation"),
            organization=self.text(entries.get("organization"), "organization"),
            not_judged=self.text(entries.get("not_judged"), "not_judged"),
            where=self.where(node),
        )
        faults = len(self.problems)
        values = {field: self._value(field, entries[field]) for field in own if kind and field in entries}
        is_sound = len(self.problems) == faults and attribution.said is not None
        made = (
            self._made(kind, {**values, "attribution": attribution}, node, entries)
            if kind and is_sound
            else None
        )
        return PressClaim(
            id=name,
            article=present(said),
            organization=attribution.organization or "CSTO",
            claim=present(made),
            expected=present(self.word(entries.get("expected"), "expected", Verdict)),
            reason=present(self.text(entries.get("reason"), "reason")),
        )

    def _kind(self, node: Node | None) -> type | None:
        """The class of a claim's kind."""
        text = self.text(node, "kind")
        if node is None or text is None:
            return None
        if text not in KINDS:
            known, suggestion = ", ".join(KINDS), self.suggestions.nearest(text, KINDS)
            self.fault(
                "CM011",
                node,
                f"kind: {shown(text)} is unknown{suggestion} Write one of {known}.",
            )
        return KINDS.get(text)

    def _quote(self, node: Node | None) -> str | None:
        """The quoted words of a claim, at most ``_LONGEST_QUOTE``."""
        quote = self.text(node, "quote")
        if node is not None and quote is not None and len(quote.split()) > _LONGEST_QUOTE:
            text = f"a quotation of {len(quote.split())} words. Keep it to {_LONGEST_QUOTE}."
            self.fault("CM025", node, text)
        return quote

    def _value(self, field: str, node: Node) -> object:
        """The value of one field of a kind."""
        if field == "when":
            return self.date(node, field)
        if field in _LISTS:
            return self.texts(node, field)
        if field in _ANSWERS:
            return self.yes_or_no(node, field)
        return self.text(node, field)

    def _made(
        self,
        kind: Callable[..., Any],  # the class of a kind, with fields of its own
        values: dict[str, object],
        node: Node,
        entries: dict[str, Node],
    ) -> Any:  # noqa: ANN401 (a claim of one of nine kinds)
        """The claim, or the fault that its class finds in a field."""
        try:
            return kind(**values)
        except ClaimError as error:
            place = entries.get(error.option or "", node)
            rule = "CM008" if " lacks " in error.fault else "CM011"
            self.fault(rule, place, str(error))
            return None
