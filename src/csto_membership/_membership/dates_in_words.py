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
    """A date of a record: how its source has it, without the marks of EDTF."""
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
