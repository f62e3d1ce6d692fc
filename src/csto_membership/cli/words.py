"""The command line's own words, in the languages of its answers; English words are their own keys."""

from __future__ import annotations

_WORDS = {
    "ru": {
        "state": "код",
        "name": "государство",
        "status": "статус",
        "start": "с",
        "end": "до (не включая)",
        "act": "акт",
        "day": "день",
        "before": "было",
        "after": "стало",
        "answer": "ответ",
        "office": "должность",
        "person": "лицо",
        "capacity": "качество",
        "never": "никогда",
        "nothing changed": "изменений нет",
        "no later change is recorded": "более поздних изменений нет",
        "nobody is recorded": "никто не указан",
        "yes": "да",
        "no": "нет",
        "unknown": "неизвестно",
    },
    "ar": {
        "state": "الرمز",
        "name": "الدولة",
        "status": "الوضع",
        "start": "من",
        "end": "إلى (غير شامل)",
        "act": "الإجراء",
        "day": "اليوم",
        "before": "قبل",
        "after": "بعد",
        "answer": "الجواب",
        "office": "المنصب",
        "person": "الشخص",
        "capacity": "الصفة",
        "never": "لم يحدث قط",
        "nothing changed": "لم يتغير شيء",
        "no later change is recorded": "لا تغيير لاحق مسجل",
        "nobody is recorded": "لا أحد مسجل",
        "yes": "نعم",
        "no": "لا",
        "unknown": "غير معلوم",
    },
}


def said(lang: str, key: str) -> str:
    """A word of the command line in a language; in one that has names alone it is English."""
    return _WORDS.get(lang, {}).get(key, key)
