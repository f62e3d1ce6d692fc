"""Tells a slip of the pen in a state's code from a code of the file's own."""

from __future__ import annotations

import re

from csto_membership._facts.territories import by_code, words
from csto_membership._membership.spelling import normalize

_FORM = re.compile("[A-Z]{3}")
_OWN = re.compile("AA|Q[M-Z]|X|ZZ")  # how the codes begin that ISO leaves to everyone


def slip_of(code: str, name: str | None) -> str | None:
    """What is wrong with a code that is none of ISO's, and stands for a state of the world that has one.

    Args:
        code: The code under which a state stands.
        name: Its name; nothing where it could not be read.
    """
    if not _FORM.fullmatch(code) or _OWN.match(code) or code.lower() in by_code("iso3"):
        return None
    key = words().meanings.get(normalize(name or ""))
    if key is None:
        return None
    return (
        f"iso3: {code!r} is no ISO 3166-1 code, and {name} is {key}. Write {key}, or for a state of your own a code "
        "from XAA to XZZ."
    )
