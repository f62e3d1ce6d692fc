"""Days, months and years as people write them in English, Russian and Arabic, for questions; never for facts files."""

from __future__ import annotations

import re
from functools import cache

# Arabic-Indic and Persian digits; no-break spaces; direction marks and tatweel, which are dropped.
_DIGITS = {0x660 + digit: str(digit) for digit in range(10)} | {
    0x6F0 + digit: str(digit) for digit in range(10)
}
_SPACES = dict.fromkeys((0xA0, 0x202F), " ")
_SILENT = dict.fromkeys((0x61C, 0x640, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None)
# Letters that are written in several ways: alef, yaa and kaf (Persian keyboards have their own), yo.
_LETTERS = str.maketrans("أإآٱىیکё", "اااايي" + "كе")
_MONTHS = (
    "january jan января январь янв يناير كانون_الثاني كانون_ثاني",
    "february feb февраля февраль фев февр فبراير شباط",
    "march mar марта март مارس اذار",
    "april apr апреля апрель апр ابريل نيسان",
    "may мая май مايو ايار",
    "june jun июня июнь يونيو يونيه حزيران",
    "july jul июля июль يوليو يوليه تموز",
    "august aug августа август авг اغسطس اب",
    "september sep sept сентября сентябрь сен сент سبتمبر ايلول",
    "october oct октября октябрь окт اكتوبر تشرين_الاول تشرين_اول",
    "november nov ноября ноябрь ноя نوفمبر تشرين_الثاني تشرين_ثاني",
    "december dec декабря декабрь дек ديسمبر كانون_الاول كانون_اول",
)
# What may stand beside the numbers: year, month, day in three languages.
_YEAR_BEHIND = r"(?:\s*(?:г\.|г|год|года|م))?"
_YEAR = re.compile(rf"(?:(?:عام|سنه|سنة|year)\s+)?([0-9]{{4}}){_YEAR_BEHIND}")
_DAY_FIRST = re.compile(rf"(?:شهر\s++)?(?:([0-9]{{1,2}})\s*+)?([^0-9]++)(?<=\s)([0-9]{{4}}){_YEAR_BEHIND}")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+([0-9]{1,2}),?\s+([0-9]{4})")


def as_digits(text: str) -> str | None:
    """A written day, month or year as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; other text with ASCII digits.

    Returns:
        The text to parse, or ``None`` where *text* needs no change.
    """
    said = text.translate(_DIGITS | _SPACES | _SILENT).strip()
    folded = said.lower().translate(_LETTERS)
    year = _YEAR.fullmatch(folded)
    read = year[1] if year is not None else _with_month(folded) or said
    return read if read != text else None


def _with_month(folded: str) -> str | None:
    """A day or a month whose month is a word."""
    american = _MONTH_FIRST.fullmatch(folded)
    if american is not None:
        name, day, year = american.groups()
    else:
        usual = _DAY_FIRST.fullmatch(folded)
        if usual is None:
            return None
        day, name, year = usual.groups()
        name = name.rstrip()
        name = name[:-1] if name.endswith((",", "،")) else name
    # Arabic writes both names of a month, as in أبريل/نيسان or أبريل (نيسان).
    names = [part.strip(" .") for part in re.split(r"[/()]", name)]
    months = {_months().get(" ".join(part.split())) for part in names if part}
    if len(months) != 1 or None in months:
        return None
    month = f"{year}-{months.pop():02}"
    return f"{month}-{int(day):02}" if day else month


@cache
def _months() -> dict[str, int]:
    """The number of each name of a month."""
    return {
        name.replace("_", " "): number
        for number, names in enumerate(_MONTHS, start=1)
        for name in names.split()
    }
