"""The only way in for a day, a period or an imprecise date.

Inside the library a day is its proleptic Gregorian ordinal (``datetime.date.toordinal``), a plain
``int``: it compares fastest and costs no import. A ``pendulum.Date`` is made when a day goes out.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from csto_membership.errors import DayError

if TYPE_CHECKING:
    import pendulum

Day: TypeAlias = date | str
"""One calendar day: a date, a naive datetime (its date), or text ``YYYY-MM-DD``."""

When: TypeAlias = Day | tuple[Day, Day]
"""A day, or wider: a year, a month, an EDTF range, or a half-open pair ``(first, first day after)``."""

EPOCH = date(1970, 1, 1).toordinal()  # where libraries of tables count days from
# ASCII digits only: \d and int() also take Arabic-Indic ones.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EDTF = re.compile(r"(?:\[([0-9-]+)\.\.([0-9-]+)\]|([0-9-]+))([?~%]?)")
_HOW_TO_WRITE = "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."
_DECEMBER = 12
_WIDTH = len("YYYY-MM-DD")
_LAST = date.max.toordinal()


@frozen(kw_only=True)
class ImpreciseDate:
    """A date as its source gives it: a day, or no more than a month, a year or a range.

    Two are equal when they are written alike. It is never rounded: ``1999`` stays a year.

    Attributes:
        text: The date as written, in EDTF (ISO 8601-2): ``1999-04-20``, ``1999-04``, ``1999`` or
            ``[1999-04-02..1999-04-20]``, with ``?`` (uncertain), ``~`` (approximate) or ``%`` (both) behind it.
        first: Ordinal of the earliest day it may be.
        last: Ordinal of the latest day it may be, itself included; where it is open, the last of the calendar.
    """

    text: str
    first: int = field(eq=False, repr=False)
    last: int = field(eq=False, repr=False)

    @property
    def earliest(self) -> pendulum.Date:
        """The earliest day it may be."""
        return to_date(self.first)

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
        """Whether it may be any later day: of what lay ahead on a reading's ``known_on`` no more is known."""
        return self.text.endswith("..]")

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


def later_than(ordinal: int) -> ImpreciseDate:
    """Some later day, of which no more is known: ``[2012-07-02..]`` in EDTF."""
    following = date.fromordinal(ordinal + 1).isoformat()
    return ImpreciseDate(text=f"[{following}..]", first=ordinal + 1, last=_LAST)


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
    return _imprecise(text)


@lru_cache(maxsize=1024)  # a file repeats its dates
def _imprecise(text: str) -> ImpreciseDate:
    """What *text* says of a date."""
    match = _EDTF.fullmatch(text)
    if match is None:
        raise DayError(
            f"{text!r} is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, "
            "or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]."
        )
    low, high, single, _ = match.groups()
    first, last = _bounds(low or single)[0], _bounds(high or single)[1]
    if first > last:
        raise DayError(f"{text!r} ends before it begins. Write the earlier date first.")
    return ImpreciseDate(text=text, first=first, last=last)


def to_ordinal(day: object) -> int:
    """The ordinal of one calendar day.

    Raises:
        DayError: *day* is wider than a day, is a moment with a zone, or is no day at all.
    """
    first, after = span(day)
    if after - first != 1:
        raise DayError(f"expected one day, got {_shown(day)}. Write the day as YYYY-MM-DD.")
    return first


def plain_day(when: object) -> int:
    """The ordinal of a day written as usual, a ``date`` or ``YYYY-MM-DD``; 0 for what needs a closer look."""
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

    Raises:
        DayError: *when* is no day and no period, is empty, or is a moment with a zone.
    """
    if isinstance(when, str):
        return _written_span(when)
    if isinstance(when, datetime):  # a datetime is a date as well: it must be met first
        _refuse_moments(when)
    if isinstance(when, date):
        ordinal = when.toordinal()
        return ordinal, ordinal + 1
    if isinstance(when, tuple) and len(when) == 2:  # noqa: PLR2004 (a pair)
        first, after = to_ordinal(when[0]), to_ordinal(when[1])
        if first >= after:
            raise DayError(
                f"{_shown(when)} holds no day. A period is half-open: its second day is the first one after it."
            )
        return first, after
    if isinstance(when, int) and not isinstance(when, bool):
        way_out = (
            f"a year as text: '{when:04}'" if 0 < when <= date.max.year else "a day as text: 'YYYY-MM-DD'"
        )
        raise DayError(f"expected a day or a period, got the number {when}. Write {way_out}.")
    raise DayError(
        f"expected a day or a period, got {when!r}. Pass a date, text such as '1999-04-20', '1999-04' or '1999', "
        "or a pair of days (first, first day after)."
    )


def _written_span(text: str) -> tuple[int, int]:
    """The days of a question that is text; one day, the usual case, by the shortest way."""
    if _DAY.fullmatch(text):
        try:
            ordinal = date.fromisoformat(text).toordinal()
        except ValueError:
            raise DayError(f"{text!r} is not in the calendar. {_HOW_TO_WRITE}") from None
        return ordinal, ordinal + 1
    written = imprecise(text)
    if text[-1] in "?~%":
        raise DayError(f"{text!r} qualifies a date, which a question cannot. Ask about {text[:-1]!r}.")
    return written.first, written.last + 1


def _refuse_moments(when: datetime) -> None:
    """A naive datetime is its date; one with a zone could be either of two days, and NaT is none."""
    if when.tzinfo is not None:
        raise DayError(
            f"expected a day, got the moment {when.isoformat()}. Membership is kept by day: "
            "pass value.date() in the zone you mean."
        )
    if when != when:  # noqa: PLR0124 (pandas' NaT equals nothing)
        raise DayError("expected a day, got NaT. Leave missing days out before asking.")


def _bounds(text: str) -> tuple[int, int]:
    """The first and the last day of a day, a month or a year."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise DayError(f"{text!r} is not a date. {_HOW_TO_WRITE}")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        first = date(year, month, day)
    except ValueError:
        raise DayError(f"{text!r} is not in the calendar. {_HOW_TO_WRITE}") from None
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
    return when.isoformat() if isinstance(when, date) else repr(when)


def written(when: object) -> str:
    """A day or a period in an answer: a day as ``YYYY-MM-DD``, a pair as a half-open period, text as it stands."""
    if isinstance(when, tuple):
        return f"[{written(when[0])}, {written(when[1])})"
    return date.fromordinal(span(when)[0]).isoformat() if isinstance(when, date) else str(when)
