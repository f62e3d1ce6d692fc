"""The usual names of the bodies that adopt instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._membership.answers import Answer
from csto_membership._membership.spelling import normalize
from csto_membership.claims.sayings import BodyName, Quoted, Saying, saying

if TYPE_CHECKING:
    from csto_membership._facts.records import Instrument

# Other usual names of bodies, by the name in the record. A name that is not in this table can only be
# compared if it is written in ASCII, as names in the record are.
_USUAL = {
    "General Assembly of the United Nations": (
        "UN General Assembly",
        "UNGA",
        "United Nations General Assembly",
        "General Assembly",
        "Генеральная Ассамблея ООН",
        "ГА ООН",
        "Генассамблея ООН",
        "الجمعية العامة للأمم المتحدة",
        "الجمعية العامة",
    ),
    "Collective Security Council": (
        "CSC",
        "Council of Collective Security",
        "CSTO Collective Security Council",
        "Совет коллективной безопасности",
        "СКБ",
        "СКБ ОДКБ",
        "مجلس الأمن الجماعي",
    ),
}
# The usual names that sentences of other languages take.
_NAMES = {
    "General Assembly of the United Nations": (
        ("ru", "Генеральная Ассамблея ООН"),
        ("ar", "الجمعية العامة للأمم المتحدة"),
    ),
    "Collective Security Council": (("ru", "Совет коллективной безопасности"), ("ar", "مجلس الأمن الجماعي")),
}
_LITTLE = frozenset({"the", "of", "and", "for"})


def adopted_by(instrument: Instrument, claimed: str, adopted: Saying) -> tuple[Answer, Saying, Saying]:
    """Whether the body that adopted an instrument is the one claimed: an answer, a line, and a clause."""
    title = dict(adopted.slots)["title"]
    body = instrument.body
    if body is None:
        return Answer.UNKNOWN, saying("adopted by nobody"), saying("unknown body", title=title)
    slots = {"title": title, "body": BodyName(body, _NAMES.get(body, ())), "claimed": Quoted(claimed)}
    line = saying("adopted by", **slots)
    if _is_called(body, claimed):
        return Answer.YES, line, saying("other body", **slots)
    others = (name for name in _USUAL if name != body)
    if not claimed.isascii() and not any(_is_called(name, claimed) for name in others):
        return Answer.UNKNOWN, saying("not in English", **slots), saying("compared body", **slots)
    return Answer.NO, line, saying("other body", **slots)


def _is_called(body: str, text: str) -> bool:
    """Whether a text is a usual name of a body, or has all the words of its own."""
    usual = {normalize(name) for name in (body, _initials(body), *_USUAL.get(body, ()))}
    return normalize(_plain(text)) in {normalize(_plain(name)) for name in usual} | usual or _words(
        body
    ) <= _words(text)


def _plain(name: str) -> str:
    """A name without its articles."""
    return " ".join(word for word in name.split() if word.lower() not in _LITTLE)


def _words(name: str) -> set[str]:
    """The normalized words of a name without articles and prepositions."""
    return {normalize(word) for word in name.split() if word.lower() not in _LITTLE}


def _initials(name: str) -> str:
    """The initials of a name."""
    return "".join(word[0] for word in name.split() if word.lower() not in _LITTLE)
