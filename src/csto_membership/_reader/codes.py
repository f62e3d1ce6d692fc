"""Finds mistyped state codes, as opposed to a file's own codes for states that ISO does not have."""

from __future__ import annotations

import re

from csto_membership._facts.territories import by_code, name_index
from csto_membership._membership.spelling import normalize

_FORM = re.compile("[A-Z]{3}")
_OWN = re.compile("AA|Q[M-Z]|X|ZZ")  # prefixes of the codes that ISO reserves for private use


def slip_of(code: str, name: str | None) -> str | None:
    """The fault of a code that is not in ISO 3166-1 although its state has a code there; else ``None``.

    Args:
        code: The code under which a state stands.
        name: Its name; nothing where it could not be read.
    """
    if not _FORM.fullmatch(code) or _OWN.match(code) or code.lower() in by_code("iso3"):
        return None
    key = name_index().meanings.get(normalize(name or ""))
    if key is None:
        return None
    return (
        f"iso3: {code!r} is no ISO 3166-1 code, and {name} is {key}. Write {key}, or for a state of your own a code "
        "from XAA to XZZ."
    )
