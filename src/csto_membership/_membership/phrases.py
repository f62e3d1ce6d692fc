"""The sentences, headings and words of answers, in the languages that they can be printed in."""

from __future__ import annotations

from csto_membership.errors import ReadingError, did_you_mean

# Each sentence by the answer and by whether the question was wider than a day. The Russian ones do without a verb
# in the past, which would need the gender of each state's name.
_PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "yes": "{state} was a member of {organization} on {when}.",
        "yes wide": "{state} was a member of {organization} in {when}.",
        "no": "{state} was not a member of {organization} on {when}.",
        "no wide": "{state} was not a member of {organization} in {when}.",
        "unknown": "{state} may or may not have been a member of {organization} on {when}.",
        "unknown wide": "Whether {state} was a member of {organization} in {when} depends on the day, or is open.",
    },
    "ru": {
        "yes": "{state}: член {organization} на {when}.",
        "yes wide": "{state}, {when}: член {organization} каждый день.",
        "no": "{state}: не член {organization} на {when}.",
        "no wide": "{state}, {when}: ни в один день не член {organization}.",
        "unknown": "{state}: членство в {organization} на {when} неизвестно.",
        "unknown wide": "{state}, {when}: членство в {organization} зависит от дня или неизвестно.",
        "CST": "ДКБ",
        "CSTO": "ОДКБ",
        "CSTO-PA": "ПА ОДКБ",
        "Status": "Статус",
        "Before": "До этого",
        "Confirmed": "Подтверждено",
        "Meanwhile": "За это время",
        "In doubt": "Под вопросом",
        "After": "После этого",
        "Took part": "Участие",
        "Rule": "Правило",
        "Disputed": "Разногласия",
        "Sources": "Источники",
        "Read with": "Трактовка",
        "no members": "нет членов",
        "(part of the time)": "(часть времени)",
        "(open)": "(под вопросом)",
        "member: yes": "член: да",
        "member: no": "член: нет",
        "member: unknown": "член: неизвестно",
    },
    "ar": {
        "yes": "كانت {state} عضوا في {organization} بتاريخ {when}.",
        "yes wide": "كانت {state} عضوا في {organization} في كل يوم من {when}.",
        "no": "لم تكن {state} عضوا في {organization} بتاريخ {when}.",
        "no wide": "لم تكن {state} عضوا في {organization} في أي يوم من {when}.",
        "unknown": "من غير المعلوم هل كانت {state} عضوا في {organization} بتاريخ {when}.",
        "unknown wide": "عضوية {state} في {organization} خلال {when} تختلف باختلاف اليوم أو غير معلومة.",
        "CST": "معاهدة الأمن الجماعي",
        "CSTO": "منظمة معاهدة الأمن الجماعي",
        "CSTO-PA": "الجمعية البرلمانية لمنظمة معاهدة الأمن الجماعي",
        "Status": "الوضع",
        "Before": "قبل ذلك",
        "Confirmed": "أكدت العضوية",
        "Meanwhile": "في أثناء ذلك",
        "In doubt": "موضع شك",
        "After": "بعد ذلك",
        "Took part": "المشاركة",
        "Rule": "القاعدة",
        "Disputed": "نقاط خلافية",
        "Sources": "المصادر",
        "Read with": "معيار القراءة",
        "no members": "لا أعضاء",
        "(part of the time)": "(في جزء من المدة)",
        "(open)": "(موضع شك)",
        "member: yes": "عضو: نعم",
        "member: no": "عضو: لا",
        "member: unknown": "عضو: غير معلوم",
    },
}

_FROM_RIGHT_TO_LEFT = frozenset({"ar"})


def phrase(lang: str, key: str) -> str:
    """A sentence or heading in a language; English headings are their own keys.

    Raises:
        ReadingError: There are no sentences in that language.
    """
    if lang not in _PHRASES:
        raise ReadingError(
            f"no sentences in {lang!r}.",
            f"{did_you_mean(lang, _PHRASES)}There are sentences in {', '.join(_PHRASES)}.",
        )
    return _PHRASES[lang].get(key, key)


def word(lang: str, key: str) -> str:
    """A word to stand beside names; English words are their own keys, and serve languages that have names alone.

    Raises:
        ReadingError: There are no names in that language.
    """
    if lang not in _PHRASES:
        from csto_membership._facts.territories import territories

        names = territories().names
        if lang not in names:
            raise ReadingError(f"no names in {lang!r}.", f"There are names in {', '.join(names)}.")
    return _PHRASES.get(lang, {}).get(key, key)


def isolated(lang: str, text: str) -> str:
    """A date, a code or an English line inside a text of that language.

    From right to left it is set in a Unicode isolate, without which its hyphens and brackets would change sides:
    https://www.unicode.org/reports/tr9/
    """
    return f"\u2066{text}\u2069" if lang in _FROM_RIGHT_TO_LEFT else text
