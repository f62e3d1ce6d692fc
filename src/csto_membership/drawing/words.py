"""The words of pictures, in English, Arabic and Russian: statuses, acts, days, headings."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.records import Era, named
from csto_membership._facts.statuses import Bound
from csto_membership._membership.dates_in_words import day_in_words
from csto_membership._membership.vocabulary_lookup import phrase
from csto_membership.errors import UNSEEN, DrawingError, StateError, did_you_mean

if TYPE_CHECKING:
    from csto_membership._facts.records import History, Office
    from csto_membership._facts.states import State
    from csto_membership._facts.statuses import Status
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.reading import Reading

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "{name}, {first}–{last}",
        "subtitle": "Who was a member, day by day.",
        "subtitle parties": "Who was a party or a member, day by day.",
        "members": "Members",
        "members all": "Members (all)",
        "open": "left open by the sources",
        "or": " or ",
        "counts": "{low}–{high}",
        "years": "{first}–{last}",
        "spell": "{state}: {status}, {start} to {end}",
        "spell lasts": "{state}: {status}, from {start}",
        "horizon": "Record ends {day}",
        "known": "Known by {day}",
        "extrapolated": "; then: if nothing else changes",
        "era from": "{era}, from {day}",
        "basis": "Counted: {statuses}",
        "legal": "Legal basis",
        "active": "Active basis",
        "nominal": "Nominal basis",
        "signed": "Signed basis",
        "effect": "dates of effect",
        "any": "any date of an act",
        "dating": "dated by {steps}",
        "reading": "{basis}, {dating}.",
        "in era": "Only days of: {era}.",
    },
    "ar": {
        "title": "{name}، من {first} إلى {last}",
        "subtitle": "من كان عضوا، يوما بيوم.",
        "subtitle parties": "من كان طرفا أو عضوا، يوما بيوم.",
        "members": "الأعضاء",
        "members all": "الأعضاء (جميع الدول)",
        "open": "غير محسوم",
        "counts": "{low} أو {high}",
        "years": "من {first} إلى {last}",
        "spell": "{state}: {status}، من {start} إلى {end}",
        "spell lasts": "{state}: {status}، من {start}",
        "horizon": "جرى التحقق حتى {day}",
        "known": "بما كان معلوما في {day}",
        "extrapolated": "؛ بافتراض أن شيئا لم يتغير بعد ذلك",
        "era from": "{era}، من {day}",
        "basis": "يُعدّ عضوا: {statuses}",
        "legal": "الأساس القانوني",
        "active": "أساس المشاركة الفعلية",
        "nominal": "الأساس الاسمي",
        "signed": "أساس التوقيع",
        "effect": "تواريخ السريان",
        "any": "أي من تواريخ الإجراء",
        "dating": "التأريخ بحسب: {steps}",
        "reading": "{basis}، {dating}.",
        "in era": "أيام هذه المرحلة وحدها: {era}.",
        "party, later member": "طرف ثم عضو",
        "join again": "بدء العضوية مجددا",
    },
    "ru": {
        "title": "{name}, {first}–{last}",
        "subtitle": "Кто был членом, по дням.",
        "subtitle parties": "Кто был участником или членом, по дням.",
        "members": "Члены",
        "members all": "Члены (все)",
        "open": "не установлено",
        "counts": "{low}–{high}",
        "years": "{first}–{last}",
        "spell": "{state}: {status}, с {start} по {end}",
        "spell lasts": "{state}: {status}, с {start}",
        "horizon": "Проверено по {day}",
        "known": "По данным на {day}",
        "extrapolated": "; далее — если ничто не изменилось",
        "era from": "{era}, с {day}",
        "basis": "Членами считаются: {statuses}",
        "legal": "Юридическое основание",
        "active": "Основание: фактическое участие",
        "nominal": "Номинальное основание",
        "signed": "Основание: подписание",
        "effect": "даты действия",
        "any": "любой этап",
        "dating": "датировка: {steps}",
        "reading": "{basis}, {dating}.",
        "in era": "Только дни этапа: {era}.",
        "party, later member": "участник, затем член",
        "join again": "вступление вновь",
        # Shorter than the names of acts elsewhere, since labels stand close together.
        "freeze": "заморозка",
        "suspend": "приостановление",
        "resume": "возобновление",
        "associate": "статус ассоциированного члена",
    },
}
_ENGLISH = {
    "OUTSIDE": "outside",
    "OBSERVER": "observer",
    "SIGNATORY": "signed, not in force",
    "ASSOCIATE": "associate",
    "MEMBER": "member",
    "FROZEN": "participation frozen",
    "SUSPENDED": "membership suspended",
    "FORMER": "former member",
    "join": "joined",
    "join again": "joined again",
    "lapse": "lapsed",
    "withdraw": "withdrew",
    "expel": "expelled",
    "freeze": "frozen",
    "suspend": "suspended",
    "resume": "resumed",
    "end": "ended",
    "associate": "became an associate",
    "entry_into_force": "entry into force",
}
# What pictures call otherwise than the vocabulary of answers does.
_KEYS = {"party": "MEMBER parties", "former party": "FORMER parties", "or": " or "}
# An era's short name where the organization was a treaty first and then an organization, by what its states were.
_BODIES = {
    Bound.PARTIES: {"en": "Treaty", "ar": "المعاهدة", "ru": "Договор"},
    Bound.MEMBERS: {"en": "Organization", "ar": "المنظمة", "ru": "Организация"},
}
_BOTH = {
    "en": "{treaty} and its Organization",
    "ar": "{treaty} ومنظمتها",
    "ru": "{treaty} и {its} Организация",
}
# The one name of an office that is too long for its lane.
_SHORT = {"CSTO/chair": {"en": "Chair", "ar": "الرئاسة الدورية", "ru": "Председательство"}}
_JOINERS = "\u200c\u200d"  # which some scripts write between letters
_UNSEEN = re.compile(f"(?![{_JOINERS}])[{UNSEEN}]")


def plain(text: str) -> str:
    """The text without control characters: no terminal escape, line break or change of direction."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    return _UNSEEN.sub("", "".join(kept)).strip()


@frozen(kw_only=True)
class Words:
    """The words of one picture.

    Attributes:
        lang: ``en``, ``ar`` or ``ru``.
        history: Of which organization.
        bound_from: Ordinal of the first day on which its states are members rather than parties to a treaty;
            ``None`` where they are members all the time.
    """

    lang: str
    history: History
    bound_from: int | None

    def __call__(self, key: str, **values: object) -> str:
        """The word or the sentence by its key; a word that the language lacks is its own key."""
        text = _WORDS[self.lang].get(key)
        if text is None:
            text = _ENGLISH.get(key, key) if self.lang == "en" else phrase(self.lang, _KEYS.get(key, key))
        return text.format(**values) if values else text

    @property
    def is_from_right(self) -> bool:
        """Whether the language runs from right to left."""
        return self.lang == "ar"

    def day(self, ordinal: int, *, is_short: bool = False) -> str:
        """A day written out; shorter in labels: three letters of an English month, no Russian "года"."""
        said = day_in_words(self.lang, date.fromordinal(ordinal))
        if self.lang == "en" and is_short:
            day, month, year = said.split()
            return f"{day} {month[:3]} {year}"
        return said.removesuffix(" года") if is_short else said

    def years(self, first: int, last: int) -> str:
        """The years that two days lie in: one, or a range of two."""
        low, high = date.fromordinal(first).year, date.fromordinal(last).year
        return str(low) if low == high else self("years", first=low, last=high)

    def state(self, state: State) -> str:
        """A state's name; English where the language has none for it."""
        try:
            return plain(state.name(self.lang))
        except StateError:
            return plain(state.english)

    def title(self, first: int, last: int) -> str:
        """The neutral title: the organization and the years drawn."""
        years = (date.fromordinal(day).year for day in (first, last))
        return plain(self("title", name=self.name(), **dict(zip(("first", "last"), years, strict=True))))

    def name(self) -> str:
        """What the organization is called; a treaty and its organization, where it was both in turn."""
        if not self.was_treaty:
            return _without_abbreviation(named(self.history, self.lang))
        treaty = _without_abbreviation(named(self.history.eras[0], self.lang))
        its = "её" if treaty.split()[0][-1] in "ая" else "его"
        return _BOTH[self.lang].format(treaty=treaty, its=its)

    @property
    def was_treaty(self) -> bool:
        """Whether the organization was a treaty first, and then an organization that has another name."""
        bounds = [era.bound for era in self.history.eras]
        return bounds == [Bound.PARTIES, Bound.MEMBERS]

    def short(self, record: Era | Office) -> str:
        """The name of an era or an office: a treaty and its organization are told apart by one word."""
        if isinstance(record, Era) and self.was_treaty:
            return _BODIES[record.bound][self.lang]
        known = _SHORT.get(f"{self.history.id}/{record.id}", {})
        return plain(known.get(self.lang) or _without_abbreviation(named(record, self.lang)))

    def subtitle(self) -> str:
        """What the picture shows."""
        return self("subtitle" if self.bound_from is None else "subtitle parties")

    def flag(self, name: str, start: int | None = None, end: int | None = None) -> str:
        """A single status in words: of a treaty's party, of an organization's member, or of both in turn."""
        if self.bound_from is not None and name == "FORMER":
            return self("former") if self.lang == "en" and start is None else self("former party")
        if self.bound_from is not None and name == "MEMBER":
            if start is not None and start >= self.bound_from:
                return self("MEMBER")
            if end is not None and end <= self.bound_from:
                return self("party")
            return self("party, later member")
        return self(name)

    def status(self, status: Status, start: int | None, end: int) -> str:
        """A status in words: all that are possible."""
        flags = [self.flag(str(flag.name), start, end) for flag in status]
        return self("or").join(flags)

    def spell(self, spell: Spell, end: int) -> str:
        """A spell in one sentence, its last day included; *end* is the day after the record's last."""
        start = spell.start.toordinal() if spell.start else None
        after = spell.end.toordinal() if spell.end else end
        status = self.status(spell.status, start or 0, after)
        values: dict[str, object] = {"state": self.state(spell.state), "status": status}
        values["start"] = self.day(start) if start else ""
        if after >= end:
            return self("spell lasts", **values)
        return self("spell", **values, end=self.day(after - 1))

    def reading(self, reading: Reading) -> str:
        """How the acts were read."""
        basis = reading.basis
        counted = (
            self(basis)
            if isinstance(basis, str)
            else self("basis", statuses=", ".join(self(str(flag.name)) for flag in basis))
        )
        names = (reading.dating,) if isinstance(reading.dating, str) else reading.dating
        dated = (
            self(names[0])
            if names[0] in {"effect", "any"}
            else self("dating", steps=", ".join(self(name) for name in names))
        )
        text = self("reading", basis=counted, dating=dated)
        if reading.era is not None:
            eras = {era.id: self.short(era) for era in self.history.eras}
            text += " " + self("in era", era=eras.get(reading.era, reading.era))
        return text

    def horizon(self, day: str, reading: Reading) -> str:
        """What the heavy line says: where the record ends, or what was known by a day."""
        text = self("known" if reading.known_on else "horizon", day=day)
        return text + (self("extrapolated") if reading.extrapolate else "")


def words_in(lang: object, history: History) -> Words:
    """The words for pictures of an organization in a language.

    Raises:
        DrawingError: There are no words in that language.
    """
    if not isinstance(lang, str) or lang not in _WORDS:
        raise DrawingError(
            f"no pictures in {lang!r}.",
            f"{did_you_mean(lang, _WORDS)}There are {', '.join(_WORDS)}.",
            option="lang",
        )
    bound_from = None
    for era, later in zip(history.eras, (*history.eras[1:], None), strict=False):
        if era.bound is Bound.PARTIES:
            bound_from = later.effect.first if later else date.max.toordinal()
    return Words(lang=lang, history=history, bound_from=bound_from)


def _without_abbreviation(name: str) -> str:
    """A name without the abbreviation in brackets behind it."""
    before, _, behind = name.rpartition(" (")
    return before if before and behind.removesuffix(")").isupper() else name
