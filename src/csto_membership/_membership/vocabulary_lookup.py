"""The words of answers in the languages that they can be printed in, and their direction."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from csto_membership._membership.vocabulary import WORDS
from csto_membership.errors import ReadingError, did_you_mean, in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._facts.statuses import Status

_FROM_RIGHT_TO_LEFT = frozenset({"ar"})
_TURNED = "\u200f"  # right-to-left mark: makes a text run from the right wherever it is pasted
_RIGHT_ISOLATE, _LEFT_ISOLATE, _ISOLATE_ENDS = "\u2067", "\u2066", "\u2069"


def checked_lang(lang: object) -> str:
    """A language in which there are sentences.

    Raises:
        ReadingError: There are none in it.
    """
    if not isinstance(lang, str) or lang not in WORDS:
        raise ReadingError(
            f"no sentences in {lang!r}.",
            f"{did_you_mean(lang, WORDS)}There are sentences in {', '.join(WORDS)}.",
            option="lang",
        )
    return lang


def phrase(lang: str, key: str) -> str:
    """A word or heading in a language; English ones are their own keys.

    Raises:
        ReadingError: There are no sentences in that language.
    """
    return WORDS[checked_lang(lang)].get(key, key)


def word(lang: str, key: str) -> str:
    """A word in a language; in English the key itself, and so in a language that has only names of states.

    Raises:
        ReadingError: There are no names in that language.
    """
    if lang not in WORDS:
        from csto_membership._facts.territories import territories

        names = territories().names
        if lang not in names:
            raise ReadingError(f"no names in {lang!r}.", f"There are names in {', '.join(names)}.")
    return WORDS.get(lang, {}).get(key, key)


def status_in_words(lang: str, status: Status, *, parties: bool = False) -> str:
    """A status, and all that are possible where it is open; in English its own name.

    Args:
        lang: A language, of sentences or of names alone.
        status: The status.
        parties: Whether its days are those of a treaty, which has parties and no members.
    """
    words = WORDS.get(lang, {})
    names = [str(flag.name) for flag in status]
    said = [words.get(f"{name} parties" if parties else name) or words.get(name, name) for name in names]
    return words.get(" or ", " or ").join(said)


def word_meant(text: str, keys: Iterable[str]) -> str:
    """The English word among *keys* that a text means in Russian or Arabic; the text itself where it means none.

    Case, marks and the spellings of letters do not matter.
    """
    wanted = set(keys)
    for words in WORDS.values():
        for key, said in words.items():
            word = key.removesuffix(" parties")
            if word in wanted and _folded(said) == _folded(text):
                return word
    return text


def _folded(text: str) -> str:
    """The letters of a text without case and marks."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def isolated(lang: str, text: str) -> str:
    """A date, a code or an English line inside a text of that language.

    From right to left it is set in a Unicode isolate, without which its hyphens and brackets would change sides:
    https://www.unicode.org/reports/tr9/
    """
    text = in_one_line(text)  # it may be anybody's
    return f"{_LEFT_ISOLATE}{text}{_ISOLATE_ENDS}" if lang in _FROM_RIGHT_TO_LEFT else text


def turned(lang: str, line: str) -> str:
    """A line of that language, marked so that it runs from the right in any text if its language does."""
    return f"{_TURNED}{line}" if lang in _FROM_RIGHT_TO_LEFT else line


def alone(lang: str, sentence: str) -> str:
    """A sentence of that language that can be quoted inside a text of any direction."""
    if lang not in _FROM_RIGHT_TO_LEFT:
        return sentence
    return f"{_TURNED}{_RIGHT_ISOLATE}{sentence}{_ISOLATE_ENDS}"


def direction(lang: str) -> str:
    """The direction of a language, as HTML has it."""
    return "rtl" if lang in _FROM_RIGHT_TO_LEFT else "ltr"
