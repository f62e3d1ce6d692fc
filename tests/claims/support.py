"""Makes claims and organizations for the tests of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership import Attribution, build, csto
from csto_membership._reader.facts_file import read
from csto_membership.claims import KINDS

if TYPE_CHECKING:
    from csto_membership import Finding, Organization, Verdict

SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
SEVEN = (*SIX, "UZB")
KIND_NAMES = tuple(KINDS)


def make(kind: str, *, said: str | None = None, **fields: object) -> Any:  # a claim of one of nine kinds
    """A claim of a kind by its word, and the day on which it was said."""
    made: Any = KINDS[kind]  # each has fields of its own
    return made(**fields) if said is None else made(**fields, attribution=Attribution(said=said))


def found(kind: str, *, on: Organization = csto, said: str | None = None, **fields: object) -> Finding:
    """The finding on a claim."""
    return on.check(make(kind, said=said, **fields))


def verdict(kind: str, *, on: Organization = csto, said: str | None = None, **fields: object) -> Verdict:
    """The verdict on a claim."""
    return found(kind, on=on, said=said, **fields).verdict


def organization_with(
    *, terms: str = "", participations: str = "", more: str = "", second: str = "1990-01-01"
) -> Organization:
    """A small organization of two states with what the test is about.

    Args:
        terms: Terms of its office, head.
        participations: What they took part in.
        more: A further act of the first state.
        second: The day on which the second joins.
    """
    offices = f"    offices: {{head: {{name: Head, terms: [{terms}]}}}}\n" if terms else ""
    together = f"    participations: {{{participations}}}\n" if participations else ""
    text = (
        "verified_through: 2020-01-01\n"
        "states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}\n"
        "organizations:\n"
        "  X:\n"
        "    name: X\n"
        "    events:\n"
        f"      AAA: [{{act: join, effect: 1990-01-01, sources: [s]}}{', ' if more else ''}{more}]\n"
        f"      BBB: [{{act: join, effect: {second}, sources: [s]}}]\n"
        f"{offices}{together}"
        "sources: {s: {title: T, publisher: P, kind: press}}\n"
    )
    return build(read(text.encode(), "atlantis.yaml"))
