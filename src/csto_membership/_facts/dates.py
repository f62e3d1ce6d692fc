"""The only way in for a day, a period or an imprecise date.

Inside the library a day is its proleptic Gregorian ordinal (``datetime.date.toordinal``), a plain
``int``: it compares fastest and costs no import. A ``pendulum.Date`` is made when a day goes out.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from numbers import Integral
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from csto_membership.errors import DayError, shown

if TYPE_CHECKING:
    import pendulum

Day: TypeAlias = date | str
"""One calendar day: a date, a naive datetime (its date), or text ``YYYY-MM-DD``."""

When: TypeAlias = Day | int | tuple[Day, Day]
"""A day, or wider: a year, a month, an EDTF range, or a half-open pair ``(first, first day after)``."""

EPOCH = date(1970, 1, 1).toordinal()  # the day from which dataframe libraries count
# ASCII digits only: \d and int() also take Arabic-Indic ones.
# A day, then a time of day and, optionally, its zone.
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,18})?)?"
    r" ?(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_COMPACT = re.compile(r"[0-9]{8}")
_FIRST_COMPACT, _LAST_COMPACT = 1000_01_01, 9999_12_31  # days written as one whole number
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EDTF = re.compile(r"(?:\[([0-9-]*)\.\.([0-9-]+)\]|([0-9-]+))([?~%]?)")
_HOW_TO_WRITE = "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."
_WHICH_DAY = "Membership is kept by day: pass value.date() in the zone you mean."
_DECEMBER = 12
_WIDTH = len("YYYY-MM-DD")
_LAST = date.max.toordinal()


@frozen(kw_only=True)
class ImpreciseDate:
    """A date as its source gives it: a day, or no more than a month, a year or a range.

    Two are equal when they are written alike. It is never rounded: ``1999`` stays a year.

    Attributes:
        text: The date as written, in EDTF (ISO 8601-2): ``1999-04-20``, ``1999-04``, ``1999`` or
            ``[1999-04-02..1999-04-20]``, where ``[..1999-04-20]`` is that day or any earlier one; with ``?``
            (uncertain), ``~`` (approximate) or ``%`` (both) behind it.
        first: Ordinal of the earliest possible day; 0 where there is no lower bound.
        last: Ordinal of the latest possible day, inclusive; one past 9999-12-31 where there is no upper
            bound.
    """

    text: str
    first: int = field(eq=False, repr=False)
    last: int = field(eq=False, repr=False)

    @property
    def earliest(self) -> pendulum.Date | None:
        """The earliest day it may be; ``None`` where any earlier one is possible."""
        return to_date(self.first) if self.first else None

    @property
    def latest(self) -> pendulum.Date | None:
        """The latest day it may be, itself included; ``None`` where it is open."""
        return None if self.is_open else to_date(self.last)

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def is_open(self) -> bool:
        """Whether it has no latest day, like a date that was still ahead on a reading's ``known_on``."""
        return self.text.endswith("..]")

    def to_dict(self) -> dict[str, str | None]:
        """The date as written, and the earliest and latest day it may be, ready for JSON."""
        earliest, latest = self.earliest, self.latest
        return {
            "text": self.text,
            "earliest": earliest.isoformat() if earliest else None,
            "latest": latest.isoformat() if latest else None,
        }

    def __str__(self) -> str:
        return self.text


def to_date(ordinal: int) -> pendulum.Date:
    """The day with this ordinal, as it goes out to the caller."""
    import pendulum

    return pendulum.Date.fromordinal(ordinal)


def exact(day: Day) -> ImpreciseDate:
    """The imprecise date that is just this day, for records written in code.

    Raises:
        DayError: *day* is not one calendar day.
    """
    ordinal = to_ordinal(day)
    return ImpreciseDate(text=date.fromordinal(ordinal).isoformat(), first=ordinal, last=ordinal)


def between(first: int, last: int) -> ImpreciseDate:
    """The EDTF range from *first* to *last*, both inclusive; a *first* of 0 means no lower bound."""
    if last > _LAST:
        return later_than(first - 1)
    low, high = (date.fromordinal(ordinal).isoformat() if ordinal else "" for ordinal in (first, last))
    return ImpreciseDate(text=f"[{low}..{high}]", first=first, last=last)


def later_than(ordinal: int) -> ImpreciseDate:
    """Any day after *ordinal*, without an upper bound: ``[2012-07-02..]`` in EDTF."""
    following = date.fromordinal(ordinal + 1).isoformat()
    return ImpreciseDate(text=f"[{following}..]", first=ordinal + 1, last=_LAST + 1)


def imprecise(text: str) -> ImpreciseDate:
    """What *text* says of a date: a day, a month, a year or a range, with a qualifier behind it or not.

    Raises:
        DayError: *text* is not a date of this kind, or not in the calendar.

    Examples:
        >>> from csto_membership import ImpreciseDate, imprecise
        >>> april = imprecise("1999-04")
        >>> str(april.earliest), str(april.latest)
        ('1999-04-01', '1999-04-30')
    """
    if not isinstance(text, str):
        raise DayError(
            f"expected a date as text, got {shown(text)}.", "Write it as '1999-04-20', '1999-04' or '1999'."
        )
    return _imprecise(text)


def as_date(value: ImpreciseDate | str) -> ImpreciseDate:
    """The date, parsed if it is text; ``None`` stays ``None``, since the reader has noted that fault.

    Raises:
        DayError: *value* is neither an imprecise date nor text that is one.
    """
    return value if value is None or isinstance(value, ImpreciseDate) else imprecise(value)


@lru_cache(maxsize=1024)  # a file repeats its dates
def _imprecise(text: str) -> ImpreciseDate:
    """What *text* says of a date."""
    match = _EDTF.fullmatch(text)
    if match is None:
        raise DayError(
            f"{shown(text)} is not a date.",
            "Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, "
            "or some day of a range as [YYYY-MM-DD..YYYY-MM-DD].",
        )
    low, high, single, _ = match.groups()
    first, last = 0 if low == "" else _bounds(low or single)[0], _bounds(high or single)[1]
    if first > last:
        raise DayError(f"{text!r} ends before it begins.", "Write the earlier date first.")
    return ImpreciseDate(text=text, first=first, last=last)


def to_ordinal(day: object) -> int:
    """The ordinal of one calendar day.

    Raises:
        DayError: *day* is wider than a day, is a moment with a zone, or is no day at all.
    """
    first, after = span(day)
    if after - first != 1:
        raise DayError(f"expected one day, got {_shown(day)}.", "Write the day as YYYY-MM-DD.")
    return first


def plain_day(when: object) -> int:
    """The ordinal of a ``date`` or of ``YYYY-MM-DD`` text; 0 for anything else, which ``span`` parses."""
    if type(when) is date:
        return when.toordinal()
    if type(when) is str and len(when) == _WIDTH and when[4] == "-" == when[7]:
        try:
            return date.fromisoformat(when).toordinal()
        except ValueError:
            return 0
    return 0


def span(when: object) -> tuple[int, int]:
    """The days that *when* covers, as half-open ordinals ``[first, after)``.

    A day is a ``date``, a naive ``datetime`` or NumPy or pandas moment (its date), or text: ``YYYY-MM-DD``, the same
    followed by a time without a zone (its date), ``YYYYMMDD``, which may be a whole number, too, or a day written out
    in English, Russian or Arabic, with whatever digits. Wider are a year (``"1999"`` or ``1999``), a month
    (``"1999-04"``), a range in EDTF, a pandas ``Period``, and a pair of days ``(first, first day after)``.

    Raises:
        DayError: *when* is no day and no period, is empty, or is a moment with a zone.
    """
    if isinstance(when, str):
        return _text_span(when)
    if isinstance(when, datetime):  # a datetime is a date as well: it must be met first
        _refuse_moments(when)
    if isinstance(when, date):
        ordinal = when.toordinal()
        return ordinal, ordinal + 1
    if isinstance(when, tuple) and len(when) == 2:  # noqa: PLR2004 (a pair)
        return _pair_span(*when)
    kind = getattr(getattr(when, "dtype", None), "kind", "")  # of a NumPy value
    if kind == "M":  # a datetime64, whatever its unit
        return _text_span(str(when))
    if (
        isinstance(when, Integral) and not isinstance(when, bool) and kind != "m"
    ):  # a timedelta64 is Integral, too
        return _number_span(int(when))
    bounds: tuple[object, ...] = getattr(when, "start_time", None), getattr(when, "end_time", None)
    if None not in bounds:  # a Period of pandas
        return span(bounds[0])[0], span(bounds[1])[1]
    raise DayError(
        f"expected a day or a period, got {shown(when)}.",
        "Pass a date, text such as '1999-04-20', '1999-04' or '1999', or a pair of days (first, first day after).",
    )


def _text_span(text: str) -> tuple[int, int]:
    """The days of a question that is text; one day, the usual case, by the shortest way."""
    ordinal = plain_day(text)
    if ordinal:
        return ordinal, ordinal + 1
    moment = _MOMENT.fullmatch(text)
    if moment is not None:
        if moment[2]:
            raise DayError(f"expected a day, got the moment {text}.", _WHICH_DAY, option="when")
        return _text_span(moment[1])
    if _COMPACT.fullmatch(text):
        return _text_span(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if text == "NaT":
        raise DayError("expected a day, got NaT.", "Leave missing days out before asking.")
    if not text.isascii() or any(map(str.isalpha, text)):  # as people write it
        from csto_membership._facts.written_dates import as_digits

        read = as_digits(text)
        if read is not None:
            return _text_span(read)
    asked = imprecise(text)
    if not asked.first:
        raise DayError(f"{text!r} has no first day, which a question needs.", "Write the day it begins with.")
    if text[-1] in "?~%":
        raise DayError(f"{text!r} has a qualifier, which is for facts files.", f"Ask about {text[:-1]!r}.")
    return asked.first, asked.last + 1


def _number_span(number: int) -> tuple[int, int]:
    """The days of a whole number: a year, or a day as ``YYYYMMDD``."""
    if 0 < number <= date.max.year:
        return _text_span(f"{number:04}")
    if _FIRST_COMPACT <= number <= _LAST_COMPACT:
        return _text_span(str(number))
    raise DayError(
        f"expected a day or a period, got the number {shown(number)}.",
        "Write a year from 1 to 9999, or a day as 'YYYY-MM-DD'.",
    )


def _pair_span(first: object, after: object) -> tuple[int, int]:
    """The days of a half-open pair of days."""
    for day in (first, after):
        if isinstance(day, tuple):
            raise DayError(
                "expected a pair of days, got a pair inside a pair.", "Write (first day, first day after)."
            )
    begins, ends = to_ordinal(first), to_ordinal(after)
    if begins >= ends:
        raise DayError(
            f"{_shown((first, after))} is an empty period.",
            "A period is half-open: its second day must be later than its first.",
        )
    return begins, ends


def _refuse_moments(when: datetime) -> None:
    """Refuse a datetime with a zone, which may fall on either of two days, and NaT."""
    if when.tzinfo is not None:
        raise DayError(f"expected a day, got the moment {when.isoformat()}.", _WHICH_DAY, option="when")
    if when != when:  # noqa: PLR0124 (pandas' NaT equals nothing)
        raise DayError("expected a day, got NaT.", "Leave missing days out before asking.")


def _bounds(text: str) -> tuple[int, int]:
    """The first and the last day of a day, a month or a year."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise DayError(f"{text!r} is not a date.", _HOW_TO_WRITE)
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        first = date(year, month, day)
    except ValueError:
        raise DayError(f"{text!r} is not in the calendar.", _HOW_TO_WRITE) from None
    if match[3]:
        return first.toordinal(), first.toordinal()
    last_month = month if match[2] else _DECEMBER
    # Whatever the month, four days after its 28th are in the next one.
    in_next = date(year, last_month, 28).toordinal() + 4
    return first.toordinal(), in_next - (1 if in_next > _LAST else date.fromordinal(in_next).day)


def _shown(when: object) -> str:
    """A question as its asker would write it."""
    if isinstance(when, tuple):
        return f"({', '.join(_shown(part) for part in when)})"
    return when.isoformat() if isinstance(when, date) else shown(when)


def day_text(when: object) -> str:
    """A day or a period in an answer: a day as ``YYYY-MM-DD``, a pair as a half-open period, text as it stands."""
    if isinstance(when, tuple):
        return f"[{day_text(when[0])}, {day_text(when[1])})"
    return date.fromordinal(span(when)[0]).isoformat() if isinstance(when, date) else str(when)
