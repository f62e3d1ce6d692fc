"""The one way in for days, periods and imprecise dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import DayError, exact, imprecise
from csto_membership._facts.dates import span, to_ordinal

WRITE = "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."
FORMS = (
    "Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, "
    "or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]."
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1999-04-20", "1999-04-20", "1999-04-20"),
        ("1999-04", "1999-04-01", "1999-04-30"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1999-12", "1999-12-01", "1999-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("1999", "1999-01-01", "1999-12-31"),
        ("[1999-04-02..1999-04-20]", "1999-04-02", "1999-04-20"),
        ("[1999-04..1999-06]", "1999-04-01", "1999-06-30"),
        ("1999?", "1999-01-01", "1999-12-31"),
        ("1999-04~", "1999-04-01", "1999-04-30"),
        ("[1998..1999]%", "1998-01-01", "1999-12-31"),
    ],
)
def test_imprecise_dates_keep_their_width(text: str, earliest: str, latest: str) -> None:
    """A date spans all days that it may be, and stays as written."""
    read = imprecise(text)

    assert (str(read.earliest), str(read.latest), str(read)) == (earliest, latest, text)
    assert read.is_exact is (earliest == latest)
    assert isinstance(read.earliest, pendulum.Date)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2012-02-30", f"'2012-02-30' is not in the calendar. {WRITE}"),
        ("1999-13", f"'1999-13' is not in the calendar. {WRITE}"),
        ("0000", f"'0000' is not in the calendar. {WRITE}"),
        ("1999-00", f"'1999-00' is not in the calendar. {WRITE}"),
        ("20121219", f"'20121219' is not a date. {WRITE}"),
        ("1999-4-20", f"'1999-4-20' is not a date. {WRITE}"),
        ("2012-W51-3", f"'2012-W51-3' is not a date. {FORMS}"),
        ("now", f"'now' is not a date. {FORMS}"),
        ("", f"'' is not a date. {FORMS}"),
        ("١٩٩٩", f"'١٩٩٩' is not a date. {FORMS}"),
        ("1999-04-20 ", f"'1999-04-20 ' is not a date. {FORMS}"),
        ("1999-04-20\n", f"'1999-04-20\\n' is not a date. {FORMS}"),
        ("[1999..1998]", "'[1999..1998]' ends before it begins. Write the earlier date first."),
    ],
)
def test_what_is_no_date_is_refused(text: str, message: str) -> None:
    """Nothing is guessed: a text that is not exactly a date says so."""
    with pytest.raises(DayError) as caught:
        imprecise(text)
    assert str(caught.value) == message


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)))
def test_a_day_is_the_same_however_it_is_passed(day: date) -> None:
    """A date, a pendulum date, a naive datetime and text of one day are one question."""
    ordinal = day.toordinal()
    moment = datetime(day.year, day.month, day.day, 23, 59)  # noqa: DTZ001 (naive on purpose)

    for when in (day, pendulum.Date(day.year, day.month, day.day), moment, day.isoformat()):
        assert span(when) == (ordinal, ordinal + 1)
    assert exact(day) == imprecise(day.isoformat())


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_all_its_days_and_no_other(year: int, month: int) -> None:
    """The days of a month are those whose month it is: the day before and the day after are not."""
    first, after = span(f"{year:04}-{month:02}")

    assert {date.fromordinal(day).month for day in range(first, after)} == {month}
    assert first == 1 or date.fromordinal(first - 1).month != month
    assert (year, month) == (9999, 12) or date.fromordinal(after).month != month


@pytest.mark.parametrize(
    ("when", "message"),
    [
        (
            datetime(2012, 12, 19, 9, tzinfo=timezone(timedelta(hours=5))),
            "expected a day, got the moment 2012-12-19T09:00:00+05:00. Membership is kept by day: "
            "pass value.date() in the zone you mean.",
        ),
        (
            pendulum.datetime(2012, 12, 19),
            "expected a day, got the moment 2012-12-19T00:00:00+00:00. Membership is kept by day: "
            "pass value.date() in the zone you mean.",
        ),
        (
            ("1999-04-21", "1999-04-21"),
            "('1999-04-21', '1999-04-21') holds no day. A period is half-open: its second day is the first "
            "one after it.",
        ),
        (
            (date(1999, 4, 21), date(1999, 4, 20)),
            "(1999-04-21, 1999-04-20) holds no day. A period is half-open: its second day is the first one "
            "after it.",
        ),
        (("1999", "2000"), "expected one day, got '1999'. Write the day as YYYY-MM-DD."),
        (("1999-01-01",), None),
        (19990421, "expected a day or a period, got the number 19990421. Write a day as text: 'YYYY-MM-DD'."),
        (1999, "expected a day or a period, got the number 1999. Write a year as text: '1999'."),
        (9999, "expected a day or a period, got the number 9999. Write a year as text: '9999'."),
        (0, "expected a day or a period, got the number 0. Write a day as text: 'YYYY-MM-DD'."),
        (None, None),
        ("1999?", "'1999?' qualifies a date, which a question cannot. Ask about '1999'."),
    ],
    ids=str,
)
def test_what_is_no_question_about_time_is_refused(when: object, message: str | None) -> None:
    """A moment with a zone, an empty period and a thing that is no day are refused, with the way out."""
    expected = message or (
        f"expected a day or a period, got {when!r}. Pass a date, text such as '1999-04-20', '1999-04' or "
        "'1999', or a pair of days (first, first day after)."
    )

    with pytest.raises(DayError) as caught:
        span(when)

    assert str(caught.value) == expected


class _NotATime(datetime):
    """Stands for pandas.NaT, which is a datetime and equals nothing, not even itself."""

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment] # as it equals nothing


def test_a_missing_time_is_refused() -> None:
    """A missing time is no day."""
    with pytest.raises(DayError) as caught:
        to_ordinal(_NotATime(1, 1, 1))
    assert str(caught.value) == "expected a day, got NaT. Leave missing days out before asking."


def test_an_aware_moment_stays_refused_in_utc() -> None:
    """UTC is a zone like any other."""
    with pytest.raises(DayError):
        span(datetime(2012, 12, 19, tzinfo=UTC))


def test_a_half_open_pair_is_its_days() -> None:
    """The second day of a pair is not in it."""
    assert span(("1999-04-01", date(1999, 5, 1))) == span("1999-04")
