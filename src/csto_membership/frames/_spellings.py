"""Lists what tables may call each state: one list for tables in memory and for engines that plan."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from csto_membership._facts.records import SCHEMES
from csto_membership._membership.names import words_of
from csto_membership.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership._membership.membership import Membership


def row_of(membership: Membership, codes: str | None) -> Callable[[object], int]:
    """Finds the row of a state, from 1 in the order of codes; 0 where no state or several are meant."""
    known = spellings(membership, codes)

    def found(value: object) -> int:
        written = getattr(value, "iso3", None)  # columns of objects may hold states
        if written is not None:
            return spellings(membership, "iso3").get(written, 0)
        return 0 if isinstance(value, bool) else known.get(value, 0)

    return found


def spellings(membership: Membership, codes: str | None) -> Mapping[object, int]:
    """The rows of all spellings of states that tables may hold, numbers among them.

    An engine can compare, and cannot normalize: so that all tables are read alike, this list is all
    there is for those in memory too.
    """
    kept: dict[str | None, dict[object, int]] = membership.compiled.cache.setdefault("spellings", {})
    if codes not in kept:
        kept[codes] = _spelled(membership, codes)
    return kept[codes]


def _spelled(membership: Membership, codes: str | None) -> dict[object, int]:
    """Codes and names as the files write them, and in other letters; what is ambiguous is left out."""
    rows = {state.iso3: row for row, state in enumerate(membership.states, start=1)}
    written = [
        text
        for state in membership.states
        for scheme in ((codes,) if codes else SCHEMES)
        for text in words_of(state, scheme)
    ]
    plain = [_unmarked(text) for text in written]
    # As written comes first: an engine that looks from the start is soon done.
    variants: list[str | int] = [*written, *plain]
    variants += [word.upper() for word in (*written, *plain)] + [word.lower() for word in (*written, *plain)]
    variants += sorted({int(word) for word in written if word.isdecimal()})
    found: dict[object, int] = {}
    for variant in dict.fromkeys(variants):
        try:
            iso3 = membership.state(variant, codes=codes).iso3
        except StateError:
            continue
        if iso3 in rows:
            found[variant] = rows[iso3]
    return found


def _unmarked(text: str) -> str:
    """A text without accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
