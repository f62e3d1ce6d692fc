"""Days, periods and imprecise dates as sentences write them, in English, Russian and Arabic."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csto_membership._facts.dates import ImpreciseDate

# By language: the names of months behind a day, and (Russian alone) those without one. Arabic names both that are in
# use, in Egypt and the Gulf, and in the Levant and Iraq.
_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "ru": "января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря",
    "ar": "يناير/كانون الثاني,فبراير/شباط,مارس/آذار,أبريل/نيسان,مايو/أيار,يونيو/حزيران,"
    "يوليو/تموز,أغسطس/آب,سبتمبر/أيلول,أكتوبر/تشرين الأول,نوفمبر/تشرين الثاني,ديسمبر/كانون الأول",
}
_MONTHS_ALONE = {
    **_MONTHS,
    "ru": "январь,февраль,март,апрель,май,июнь,июль,август,сентябрь,октябрь,ноябрь,декабрь",
}
_YEAR = {"en": "{year}", "ru": "{year} год", "ar": "عام {year}"}
_MONTH = {"en": "{month} {year}", "ru": "{month} {year} года", "ar": "شهر {month} {year}"}
_DAY = {"en": "{day} {month} {year}", "ru": "{day} {month} {year} года", "ar": "{day} {month} {year}"}
_DAYS = {
    "en": "{first} to {last}",
    "ru": "с {first} по {last} включительно",
    "ar": "المدة من {first} إلى {last}",
}
_LATER = {"en": "later than {day}", "ru": "позже {day}", "ar": "بعد {day}"}
_NOT_LATER = {"en": "on {day} or earlier", "ru": "{day} или раньше", "ar": "{day} أو قبل ذلك"}
_SOME_DAY = {
    "en": "some day from {first} to {last}",
    "ru": "один из дней с {first} по {last}",
    "ar": "أحد أيام المدة من {first} إلى {last}",
}
_DOUBT = {
    "?": {"en": "uncertain", "ru": "не точно", "ar": "غير مؤكد"},
    "~": {"en": "approximately", "ru": "приблизительно", "ar": "تقريبا"},
    "%": {"en": "approximately, uncertain", "ru": "приблизительно, не точно", "ar": "تقريبا، غير مؤكد"},
}


# Behind "on", "since" and "from" by what is known: a day, a month, a year, or one of several days. Russian declines.
_PLACED = {
    "on": {
        "en": ("on {day}", "in {month} {year}", "in {year}", "between {first} and {last}"),
        "ru": ("{day}", "в {month} {year} года", "в {year} году", "в один из дней с {first} по {last}"),
        "ar": (
            "في {day}",
            "في شهر {month} {year}",
            "في عام {year}",
            "في أحد أيام المدة من {first} إلى {last}",
        ),
    },
    "since": {
        "en": (
            "since {day}",
            "since {month} {year}",
            "since {year}",
            "since some day from {first} to {last}",
        ),
        "ru": (
            "с {day}",
            "с {month} {year} года",
            "с {year} года",
            "с одного из дней в период с {first} по {last}",
        ),
        "ar": (
            "منذ {day}",
            "منذ شهر {month} {year}",
            "منذ عام {year}",
            "منذ أحد أيام المدة من {first} إلى {last}",
        ),
    },
}
_PLACED["from"] = {
    "en": ("from {day}", "from {month} {year}", "from {year}", "from some day between {first} and {last}"),
    "ru": _PLACED["since"]["ru"],
    "ar": ("من {day}", "من شهر {month} {year}", "من عام {year}", "من أحد أيام المدة من {first} إلى {last}"),
}
_MONTHS_IN = {"ru": "январе,феврале,марте,апреле,мае,июне,июле,августе,сентябре,октябре,ноябре,декабре"}
_OR_EARLIER = {"en": "{said} or earlier", "ru": "{said} или раньше", "ar": "{said} أو قبل ذلك"}
_SPANS = {"en": "from {first} to {last}", "ru": "с {first} по {last}", "ar": "من {first} إلى {last}"}
_YEARS = {
    "en": "from {first} to {last}",
    "ru": "с {first} по {last} год",
    "ar": "من عام {first} إلى عام {last}",
}


def day_in_words(lang: str, day: date) -> str:
    """A day: ``20 April 1999``, ``20 апреля 1999 года``, ``20 أبريل/نيسان 1999``."""
    month = _MONTHS[lang].split(",")[day.month - 1]
    return _DAY[lang].format(day=day.day, month=month, year=day.year)


def is_year(first: date, last: date) -> bool:
    """Whether these are the first and the last day of one year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def is_month(first: date, last: date) -> bool:
    """Whether these are the first and the last day of one month."""
    if (first.year, first.month) != (last.year, last.month) or first.day != 1:
        return False
    return last == date.max or (last + timedelta(days=1)).month != last.month


def period_in_words(lang: str, first: date, last: date) -> str:
    """The days from *first* to *last*, both included: a day, a month, a year, or from one day to another."""
    if first == last:
        return day_in_words(lang, first)
    if is_year(first, last):
        return _YEAR[lang].format(year=first.year)
    if is_month(first, last):
        month = _MONTHS_ALONE[lang].split(",")[first.month - 1]
        return _MONTH[lang].format(month=month, year=first.year)
    return _DAYS[lang].format(first=day_in_words(lang, first), last=day_in_words(lang, last))


def date_in_words(lang: str, written: ImpreciseDate) -> str:
    """A record's date in words, as wide as written: a day, month, year or range, with its doubt."""
    if not written.first:
        return _NOT_LATER[lang].format(day=day_in_words(lang, date.fromordinal(written.last)))
    first = date.fromordinal(written.first)
    if written.is_open:
        return _LATER[lang].format(day=day_in_words(lang, first - timedelta(days=1)))
    last = date.fromordinal(written.last)
    if written.text.startswith("[") and first != last:
        days = day_in_words(lang, first), day_in_words(lang, last)
        said = _SOME_DAY[lang].format(first=days[0], last=days[1])
    else:
        said = period_in_words(lang, first, last)
    doubt = _DOUBT.get(written.text[-1:])
    return f"{said} ({doubt[lang]})" if doubt else said


def effect_in_words(lang: str, written: ImpreciseDate) -> str:
    """An act's effective date for the line of the act; Russian needs a preposition and another case there."""
    return placed(lang, "since", written) if lang == "ru" else date_in_words(lang, written)


def placed(lang: str, how: str, written: date | ImpreciseDate) -> str:
    """A day or a date of a record with its preposition: ``on 3 May 1999``, ``in 1999``, ``since April 1999``.

    Args:
        lang: The language.
        how: ``on``, ``since`` or ``from``.
        written: The day or date.
    """
    if isinstance(written, date):
        return _placed(lang, how, written, written, is_one_day=True)
    if written.is_open:
        return date_in_words(lang, written)
    last = date.fromordinal(written.last)
    if not written.first:
        said = _placed(lang, how, last, last, is_one_day=True)
        return _OR_EARLIER[lang].format(said=said)
    first = date.fromordinal(written.first)
    said = _placed(lang, how, first, last, is_one_day=written.text.startswith("["))
    doubt = _DOUBT.get(written.text[-1:])
    return f"{said} ({doubt[lang]})" if doubt else said


def _placed(lang: str, how: str, first: date, last: date, *, is_one_day: bool) -> str:
    """The days from *first* to *last* behind a preposition, as a day, a month, a year, or one of them."""
    day, month, year, some = _PLACED[how][lang]
    if first == last:
        return day.format(day=day_in_words(lang, first))
    if is_year(first, last) and not is_one_day:
        return year.format(year=first.year)
    if is_month(first, last) and not is_one_day:
        declined = _MONTHS_IN if how == "on" else _MONTHS
        names = declined.get(lang, _MONTHS[lang]).split(",")
        return month.format(month=names[first.month - 1], year=first.year)
    return some.format(first=day_in_words(lang, first), last=day_in_words(lang, last))


def span_in_words(lang: str, first: date, last: date) -> str:
    """A time with its preposition: ``on 3 May 1999``, ``in May 1999``, ``in 1999``, ``from … to …``."""
    if first == last or is_year(first, last) or is_month(first, last):
        return _placed(lang, "on", first, last, is_one_day=False)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _YEARS[lang].format(first=first.year, last=last.year)
    return _SPANS[lang].format(first=day_in_words(lang, first), last=day_in_words(lang, last))
