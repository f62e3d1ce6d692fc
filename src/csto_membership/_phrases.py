"""The sentences and headings of an explanation, in the languages that it can be printed in."""

from __future__ import annotations

from csto_membership.errors import ReadingError, nearest

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
        "yes wide": "{state}: член {organization} на протяжении всего периода {when}.",
        "no": "{state}: не член {organization} на {when}.",
        "no wide": "{state}: не член {organization} на протяжении всего периода {when}.",
        "unknown": "{state}: членство в {organization} на {when} неизвестно.",
        "unknown wide": "{state}: членство в {organization} за период {when} зависит от дня или неизвестно.",
        "CSTO": "ОДКБ",
        "CSTO-PA": "ПА ОДКБ",
        "Status": "Статус",
        "Before": "До этого",
        "Confirmed": "Подтверждено",
        "Meanwhile": "За это время",
        "In doubt": "Под вопросом",
        "After": "После этого",
        "Rule": "Правило",
        "Disputed": "Разногласия",
        "Sources": "Источники",
        "Read with": "Трактовка",
    },
    "ar": {
        "yes": "كانت {state} عضوا في {organization} بتاريخ {when}.",
        "yes wide": "كانت {state} عضوا في {organization} طوال الفترة {when}.",
        "no": "لم تكن {state} عضوا في {organization} بتاريخ {when}.",
        "no wide": "لم تكن {state} عضوا في {organization} طوال الفترة {when}.",
        "unknown": "من غير المعلوم هل كانت {state} عضوا في {organization} بتاريخ {when}.",
        "unknown wide": "عضوية {state} في {organization} خلال الفترة {when} تختلف باختلاف اليوم أو غير معلومة.",
        "CSTO": "منظمة معاهدة الأمن الجماعي",
        "CSTO-PA": "الجمعية البرلمانية لمنظمة معاهدة الأمن الجماعي",
        "Status": "الوضع",
        "Before": "قبل ذلك",
        "Confirmed": "أكدت العضوية",
        "Meanwhile": "في أثناء ذلك",
        "In doubt": "موضع شك",
        "After": "بعد ذلك",
        "Rule": "القاعدة",
        "Disputed": "نقاط خلافية",
        "Sources": "المصادر",
        "Read with": "معيار القراءة",
    },
}


def phrase(lang: str, key: str) -> str:
    """A sentence or heading in a language; English headings are their own keys.

    Raises:
        ReadingError: There are no sentences in that language.
    """
    if lang not in _PHRASES:
        raise ReadingError(
            f"no sentences in {lang!r}{nearest(lang, _PHRASES)} There are sentences in {', '.join(_PHRASES)}."
        )
    return _PHRASES[lang].get(key, key)
