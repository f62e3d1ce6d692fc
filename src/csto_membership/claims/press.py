"""Claims found in the press, each with its article and the verdict expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership._facts.plain import Plain, plain

if TYPE_CHECKING:
    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership.claims.kinds import Claim
    from csto_membership.claims.weighing import Verdict


@frozen(kw_only=True)
class Article(Plain):
    """Where claims were found.

    Attributes:
        id: Its identifier.
        publisher: Who published it.
        said: When.
        lang: Its language, as an ISO 639-1 code.
        note: How the date is known, or what else a reader must know.
    """

    id: str
    publisher: str
    said: ImpreciseDate
    lang: str
    note: str | None = None


@frozen(kw_only=True)
class PressClaim(Plain):
    """A claim found in the press, with the verdict expected and why.

    Attributes:
        id: Its identifier.
        article: Where it was found.
        organization: Identifier of the organization it speaks of.
        claim: What is claimed, with the quotation.
        expected: The verdict that the library must reach; a test compares it.
        reason: Why, in a sentence or two.
    """

    id: str
    article: Article
    organization: str
    claim: Claim
    expected: Verdict
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """All of it as text, lists and mappings, ready for JSON; the claim has its kind."""
        told: dict[str, Any] = plain(self)
        return {**told, "claim": self.claim.to_dict()}
