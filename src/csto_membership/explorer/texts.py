"""The words of a page, in English, Arabic and Russian; those of statuses and acts are the drawing's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csto_membership.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"(https?://|\.{0,2}/)?[A-Za-z0-9][A-Za-z0-9._~%/-]*")
# The tuples of _TEXTS have this order: add a new language at the end of both.
LANGUAGES = {"en": "English", "ar": "العربية", "ru": "Русский"}

# What the head of a page says of organizations that have a short name in a language.
_CALLED: dict[str, dict[str, tuple[str, str]]] = {
    "CSTO": {
        "en": (
            "Who was a member of the CSTO?",
            (
                "Choose a day. The page shows the parties to the Collective Security Treaty or the members of its "
                "Organization on that day, how surely, and says who says so."
            ),
        ),
        "ar": (
            "من كان عضوا في منظمة معاهدة الأمن الجماعي؟",
            (
                "اختر يوما. تعرض الصفحة أطراف معاهدة الأمن الجماعي أو أعضاء منظمتها في ذلك اليوم، ومدى اليقين، "
                "ومن قال ذلك."
            ),
        ),
        "ru": (
            "Кто был членом ОДКБ?",
            (
                "Выберите день. Страница показывает участников Договора о коллективной безопасности или членов "
                "Организации в этот день, насколько это достоверно и кто об этом сообщает."
            ),
        ),
    },
}
_HEADS = {
    "en": (
        "{name}: who was a member?",
        "Choose a day. The page shows the members on that day, how surely, and says who says so.",
    ),
    "ar": (
        "{name}: من كان عضوا؟",
        "اختر يوما. تعرض الصفحة الأعضاء في ذلك اليوم، ومدى اليقين، ومن قال ذلك.",
    ),
    "ru": (
        "{name}: кто был членом?",
        "Выберите день. Страница показывает членов в этот день, насколько это достоверно и кто об этом сообщает.",
    ),
}

# key: (en, ar, ru). What stands in braces is put in by the page's script.
_TEXTS: dict[str, tuple[str, str, str]] = {
    "home": ("Documentation", "صفحات الشرح", "Документация"),
    "languages": ("Language", "اللغة", "Язык"),
    "copy": ("Copy link", "نسخ الرابط", "Скопировать ссылку"),
    "copied": ("The link is copied.", "نُسخ الرابط.", "Ссылка скопирована."),
    "print": ("Print", "طباعة", "Печать"),
    "dark": ("Dark", "داكن", "Тёмная"),
    "day": ("Day", "اليوم", "День"),
    "hint": (
        "Year-month-day, for example 2003-06-30",
        "السنة-الشهر-اليوم، مثلا \u20662003-06-30\u2069",
        "Год-месяц-день, например 2003-06-30",
    ),
    "previous": ("Previous change", "التغيير السابق", "Предыдущее изменение"),
    "next": ("Next change", "التغيير التالي", "Следующее изменение"),
    "reading": ("Reading", "القراءة المعتمدة", "Трактовка"),
    "basis": ("Basis", "أساس الاحتساب", "Основание"),
    "dating": ("Dating", "التأريخ المعتمد", "Датировка"),
    "era": ("Era", "المرحلة", "Этап"),
    "known": ("Known on", "بما كان معلوما في", "По данным на"),
    "comma": (", ", "، ", ", "),
    "legal": ("legal", "قانوني", "юридическое"),
    "active": ("active", "المشاركة الفعلية", "по фактическому участию"),
    "nominal": ("nominal", "اسمي", "номинальное"),
    "signed": ("signed", "التوقيع", "по подписанию"),
    "chosen": ("statuses chosen", "أوضاع مختارة", "выбранные статусы"),
    "dated effect": ("date of effect", "بتاريخ السريان", "по дате действия"),
    "dated any": ("any date of the act", "بأي من تواريخ الإجراء", "по любой стадии"),
    "dated": ("dated by {step}", "بتاريخ: {step}", "по стадии: {step}"),
    "both eras": ("both eras", "المرحلتان", "оба этапа"),
    "all eras": ("all eras", "جميع المراحل", "все этапы"),
    "one era": ("only {era}", "{era} وحدها", "только {era}"),
    "all known": ("all that is known", "كل المعلوم", "всё известное"),
    "known by": ("known by {day}", "بما كان معلوما في {day}", "по данным на {day}"),
    "timeline": ("Timeline", "الخط الزمني", "Хронология"),
    "legend": ("How the drawing is to be read", "كيف يُقرأ الرسم", "Как читать рисунок"),
    "legend stairs": (
        "The stairs above count the members; the heavy line is the last day checked.",
        "يعدّ الدرج في الأعلى الأعضاء؛ والخط الثخين هو آخر يوم جرى التحقق منه.",
        "Ступени сверху — число членов; жирная линия — последний проверенный день.",
    ),
    "open": ("left open by the sources", "غير محسوم", "не установлено"),
    "state": ("State", "الدولة", "Государство"),
    "status": ("Status", "الوضع", "Статус"),
    "since": ("Since", "منذ", "С какого дня"),
    "since day": ("Since {day}", "منذ {day}", "с {day}"),
    "why": ("Why?", "لماذا؟", "Почему?"),
    "why state": ("Why: {state}", "لماذا: {state}", "Почему: {state}"),
    "as party": ("as a party", "طرفا", "как участник"),
    "from to": ("from {from} to {to}", "من {from} إلى {to}", "с {from} по {to}"),
    "or": (" or ", " أو ", " или "),
    "members one": ("{n} member on {day}", "في {day} — الأعضاء: {n}", "{day} — членов: {n}"),
    "members": ("{n} members on {day}", "في {day} — الأعضاء: {n}", "{day} — членов: {n}"),
    "members none": ("No members on {day}", "في {day} — لا أعضاء", "{day} — членов нет"),
    "parties one": ("{n} party on {day}", "في {day} — الأطراف: {n}", "{day} — участников: {n}"),
    "parties": ("{n} parties on {day}", "في {day} — الأطراف: {n}", "{day} — участников: {n}"),
    "parties none": ("No parties on {day}", "في {day} — لا أطراف", "{day} — участников нет"),
    "more": ("; {n} more possible", "؛ محتملون أيضا: {n}", "; возможно, ещё: {n}"),
    "on basis": (" (basis: {basis})", " (الأساس: {basis})", " (основание: {basis})"),
    "group members": ("Members: {n}", "الأعضاء: {n}", "Члены: {n}"),
    "group parties": ("Parties: {n}", "الأطراف: {n}", "Участники: {n}"),
    "group open": ("Left open: {n}", "غير محسوم: {n}", "Не установлено: {n}"),
    "group others": ("Not members: {n}", "غير الأعضاء: {n}", "Не члены: {n}"),
    "rule": (
        "The status is: {status}. The basis “{basis}” counts: {counted}; so the state {verdict}.",
        "الوضع: {status}. الأساس «{basis}» يعدّ عضوا من كان وضعه: {counted}؛ إذن {verdict}.",
        "Статус: {status}. По основанию «{basis}» членами считаются: {counted}; значит, {verdict}.",
    ),
    "verdict yes": ("counts as a member", "تُعدّ الدولة عضوا", "государство считается членом"),
    "verdict no": (
        "does not count as a member",
        "لا تُعدّ الدولة عضوا",
        "государство не считается членом",
    ),
    "verdict unknown": (
        "may or may not be a member: the sources leave it open",
        "يبقى السؤال مفتوحا",
        "вопрос остаётся открытым",
    ),
    "rule era": (
        "Only days of this era count: {era}.",
        "أيام هذه المرحلة وحدها: {era}.",
        "Учитываются только дни этапа: {era}.",
    ),
    "half-open": (
        "A spell counts from its first day up to, but not on, its end.",
        "تبدأ المدة من أول أيامها ولا تشمل يوم نهايتها.",
        "Период включает первый день и не включает день окончания.",
    ),
    "opened": (
        "Act that opened this status",
        "الإجراء الذي بدأ به هذا الوضع",
        "Акт, с которого начался этот статус",
    ),
    "earlier": ("Before", "قبل ذلك", "До этого"),
    "no act": (
        "None: no act took effect by that day.",
        "لا شيء: لم يسر أي إجراء حتى ذلك اليوم.",
        "Нет: к этому дню ни один акт не действовал.",
    ),
    "in doubt": ("In doubt", "غير محسوم", "Под вопросом"),
    "confirmed": ("Confirmed", "تأكيدات لاحقة", "Подтверждения"),
    "after": ("Next act", "الإجراء التالي", "Следующий акт"),
    "no next": (
        "none up to the last day checked",
        "لا شيء حتى آخر يوم جرى التحقق منه",
        "до последнего проверенного дня нет",
    ),
    "effect from": ("in effect from {day}", "يسري من {day}", "действует с {day}"),
    "effect year": ("in effect from {year}", "يسري من عام {year}", "действует с {year} года"),
    "some day": (
        "some day between {from} and {to}",
        "أحد أيام المدة من {from} إلى {to}",
        "один из дней с {from} по {to}",
    ),
    "effect between": (
        "in effect from some day between {from} and {to}",
        "يسري من أحد أيام المدة من {from} إلى {to}",
        "действует с одного из дней в период с {from} по {to}",
    ),
    "not yet": ("not yet in effect", "لم يسر بعد", "ещё не действует"),
    "under": ("Under: {title}", "استنادا إلى (بالإنجليزية): {title}", "На основании (по-английски): {title}"),
    "note": ("Note", "ملاحظة (بالإنجليزية)", "Примечание (на английском)"),
    "disputes": ("Disputes: {n}", "نقاط الخلاف: {n} (بالإنجليزية)", "Разногласия: {n} (на английском)"),
    "sources": ("Sources: {n}", "المصادر: {n}", "Источники: {n}"),
    "offices": ("Offices on this day", "المناصب في هذا اليوم", "Должности в этот день"),
    "acting": ("acting", "قائم بالأعمال", "и. о."),
    "substitute": ("substitute", "نيابة", "замещает"),
    "none": ("–", "–", "–"),
    "parts": ("Operations and sessions", "العمليات والدورات", "Операции и сессии"),
    "no parts": ("None recorded on this day.", "لم يُسجَّل شيء في هذا اليوم.", "На этот день записей нет."),
    "host": ("host", "الدولة المضيفة", "принимающая сторона"),
    "chair": ("chair", "الرئاسة", "председатель"),
    "guest": ("guest", "ضيف", "гость"),
    "observer": ("observer", "مراقب", "наблюдатель"),
    "compare": ("Compare two days", "مقارنة يومين", "Сравнить два дня"),
    "other day": ("Other day", "اليوم الآخر", "Другой день"),
    "joined": ("Counted now, not before", "دخلت في العدد", "Добавились"),
    "left": ("Counted before, not now", "خرجت من العدد", "Выбыли из состава"),
    "changed": ("Otherwise changed", "تغيرات أخرى", "Прочие изменения"),
    "no difference": ("No difference.", "لا فرق.", "Различий нет."),
    "became": ("{before} → {after}", "{before} ← {after}", "{before} → {after}"),
    "changes": ("All changes", "كل التغييرات", "Все изменения"),
    "act": ("Act", "الإجراء", "Акт"),
    "before": ("Status before", "الوضع قبله", "Прежний статус"),
    "now": ("Status after", "الوضع بعده", "Новый статус"),
    "no changes": ("No changes are recorded.", "لا تغييرات مسجلة.", "Изменений не записано."),
    "checked": (
        "Checked through {day}, that day included.",
        "جرى التحقق حتى {day} ضمنا.",
        "Данные проверены по {day} включительно.",
    ),
    "version": ("Facts: {version}", "إصدار البيانات: {version}", "Версия данных: {version}"),
    "bad day": (
        "Write a whole day that exists, as year-month-day, for example 2003-06-30.",
        "اكتب يوما كاملا موجودا بصيغة السنة-الشهر-اليوم، مثلا \u20662003-06-30\u2069.",
        "Напишите существующий день целиком, в виде год-месяц-день, например 2003-06-30.",
    ),
    "too late": (
        "{day} is later than {last}, the last day checked. The page shows {last}.",
        "\u2066{day}\u2069 بعد \u2066{last}\u2069، آخر يوم جرى التحقق منه. تعرض الصفحة \u2066{last}\u2069.",
        "{day} позже последнего проверенного дня, {last}. Показан день {last}.",
    ),
    "too late known": (
        "{day} is later than {last}, the day of what is known. The page shows {last}.",
        "\u2066{day}\u2069 بعد \u2066{last}\u2069، يوم المعلوم. تعرض الصفحة \u2066{last}\u2069.",
        "{day} позже дня, на который взяты данные, {last}. Показан день {last}.",
    ),
    "too early": (
        "The record begins on {first}. The page shows that day.",
        "يبدأ السجل في \u2066{first}\u2069. تعرض الصفحة ذلك اليوم.",
        "Записи начинаются с {first}. Показан этот день.",
    ),
    "reaffirm": ("membership confirmed", "تأكيد العضوية", "подтверждение членства"),
    "observe": ("observer", "منح صفة مراقب", "предоставление статуса наблюдателя"),
    "sign": ("signed", "التوقيع", "подписание"),
}

# Words that Python writes into the page, so that its script does not need them.
WRITTEN = frozenset(
    {
        *("home", "languages", "print", "dark", "hint", "previous", "next", "reading"),
        *("dated effect", "dated any", "dated", "both eras", "all eras", "one era", "all known", "timeline"),
        *("legend", "legend stairs", "open", "state", "status", "since", "offices", "parts", "compare"),
        *(
            "other day",
            "changes",
            "act",
            "before",
            "now",
            "no changes",
            "checked",
            "version",
            "basis",
            "dating",
        ),
        *("era", "known", "reaffirm", "observe", "sign"),
    }
)


def texts_in(lang: str) -> dict[str, str]:
    """The words of a page in a language."""
    place = list(LANGUAGES).index(lang)
    return {key: says[place] for key, says in _TEXTS.items()}


def head_of(organization: str, name: str, lang: str) -> tuple[str, str]:
    """The heading of a page and the sentence below it."""
    called = _CALLED.get(organization, {}).get(lang)
    heading, lede = called or _HEADS[lang]
    return heading.replace("{name}", name), lede


def checked_addresses(others: Mapping[str, str], home: str | None) -> dict[str, str]:
    """The addresses of *others*, checked together with *home*.

    Raises:
        DrawingError: A language does not exist, or an address is not valid.
    """
    for lang, address in others.items():
        if lang not in LANGUAGES or not _is_address(address):
            raise DrawingError(
                f"others has {lang!r}: {address!r}, which is no page in another language.",
                f"Give a relative or https address for each of {', '.join(LANGUAGES)}.",
                option="others",
            )
    if home is not None and not _is_address(home):
        raise DrawingError(f"home is {home!r}.", "Give a relative or https address.", option="home")
    return dict(others)


def _is_address(address: object) -> bool:
    """Whether it is a relative or an https address."""
    return isinstance(address, str) and _ADDRESS.fullmatch(address) is not None
