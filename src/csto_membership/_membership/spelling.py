"""Turns what people write into words that can be compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Alef wasla, which NFKD leaves as it is; taa marbuta, which is often written haa; the dotless i of Azerbaijani,
# whose capital is that of the other i.
_FOLDED = str.maketrans({"\u0671": "\u0627", "\u0629": "\u0647", "\u0131": "i"})


def normalize(text: str) -> str:
    """The letters and digits of a name, without case, marks, hyphens, spaces and Arabic spelling variants.

    Idempotent, and the same for all Unicode normal forms of a text.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_FOLDED)
    # Modifier letters are tatweel, which only stretches, and the Uzbek apostrophes, often written as plain ones.
    return "".join(
        character for character in folded if character.isalnum() and unicodedata.category(character) != "Lm"
    )


def forms(text: str) -> Iterator[str]:
    """The normalized forms of a name, the least changed first.

    As it stands; without "the"; with abbreviations in full; with the part behind a comma in front, as in
    "Armenia, Republic of".
    """
    yield normalize(text)
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = _ARTICLE.sub("", plain)
    yield normalize(plain)
    for short, full in _ABBREVIATED:
        plain = short.sub(full, plain)
    yield normalize(plain)
    last, comma, first = plain.partition(", ")
    if comma:
        yield normalize(f"{first} {last}")
        yield normalize(f"{first} of {last}")


_ARTICLE = re.compile(r"^the | ?\(the\)$|, the$")
_ABBREVIATED = tuple(
    (re.compile(short), full)
    for short, full in (
        (r"\brep(?:\.|\b)", "republic"),
        (r"\bdem(?:\.|\b)", "democratic"),
        (r"\bfed(?:\.|\b)", "federal"),
        (r"\bst(?:\.|\b)", "saint"),
        (r"\bis(?:\.|\b)", "islands"),
        ("&", "and"),
    )
)


def unmarked(text: str) -> str:
    """A text without accents, as a keyboard that lacks them writes it."""
    if text.isascii():
        return text
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
