"""The one way in for days, periods and imprecise dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import DayError, exact, imprecise
from csto_membership._facts.dates import between, plain_day, span, to_ordinal

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


@pytest.mark.parametrize(
    ("when", "same"),
    [
        ("2012-06-28 00:00:00", "2012-06-28"),
        ("2012-06-28T14:05", "2012-06-28"),
        ("2012-06-28T23:59:59.999999999", "2012-06-28"),
        ("2012-06-28 23:59:59,5", "2012-06-28"),
        ("20120628", "2012-06-28"),
        (20120628, "2012-06-28"),
        (10000101, "1000-01-01"),
        (99991231, "9999-12-31"),
        (2012, "2012"),
        (1, "0001"),
        (9999, "9999"),
    ],
)
def test_a_question_reads_days_as_they_stand_in_files(when: object, same: str) -> None:
    """A day with a naive time is its date, eight digits are a day, and a whole number to 9999 is a year."""
    assert span(when) == span(same)


@pytest.mark.parametrize("text", ["2012-06-28 00:00:00", "20120628", "2012-06-28T14:05"])
def test_a_facts_file_takes_days_and_edtf_alone(text: str) -> None:
    """What questions read besides stays refused where facts are written."""
    with pytest.raises(DayError):
        imprecise(text)


def test_values_of_numpy_and_pandas_are_read() -> None:
    """A datetime64 is as wide as its unit, a Period as wide as its frequency, a Timestamp its date."""
    np = pytest.importorskip("numpy", reason="NumPy is not installed: its values are not read")
    pd = pytest.importorskip("pandas", reason="pandas is not installed: its values are not read")

    assert span(np.datetime64("2012-06-28")) == span("2012-06-28")
    assert span(np.datetime64("2012-06-28T23:59:59.999999999")) == span("2012-06-28")
    assert span(np.datetime64("2012-06")) == span("2012-06")
    assert span(np.datetime64("2012")) == span("2012")
    assert span(np.int64(2012)) == span("2012")
    assert span(pd.Timestamp("2012-06-28 23:59:59.999999999")) == span("2012-06-28")
    assert span(pd.Period("2012-06", "M")) == span("2012-06")
    assert span(pd.Period("2012Q2")) == span(("2012-04-01", "2012-07-01"))
    for missing in (np.datetime64("NaT"), pd.NaT):
        with pytest.raises(
            DayError, match=r"^expected a day, got NaT\. Leave missing days out before asking\.$"
        ):
            span(missing)
    with pytest.raises(DayError, match=r"expected a day or a period, got (np|numpy)\.timedelta64"):
        span(np.timedelta64(1, "D"))


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_all_its_days_and_no_other(year: int, month: int) -> None:
    """The days of a month are those whose month it is: the day before and the day after are not."""
    first, after = span(f"{year:04}-{month:02}")

    assert {date.fromordinal(day).month for day in range(first, after)} == {month}
    assert first == 1 or date.fromordinal(first - 1).month != month
    assert (year, month) == (9999, 12) or date.fromordinal(after).month != month


NUMBERS = "Write a year from 1 to 9999, or a day as 'YYYY-MM-DD'."
ZONE = "Membership is kept by day: pass value.date() in the zone you mean."
PAIR = "Write (first day, first day after)."
NESTED: object = "1999-01-01"
for _ in range(5000):
    NESTED = (NESTED, "1999-01-02")


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
            "('1999-04-21', '1999-04-21') is an empty period. A period is half-open: its second day must be later "
            "than its first.",
        ),
        (
            (date(1999, 4, 21), date(1999, 4, 20)),
            "(1999-04-21, 1999-04-20) is an empty period. A period is half-open: its second day must be later than "
            "its first.",
        ),
        (("1999", "2000"), "expected one day, got '1999'. Write the day as YYYY-MM-DD."),
        (("1999-01-01",), None),
        (0, f"expected a day or a period, got the number 0. {NUMBERS}"),
        (-1999, f"expected a day or a period, got the number -1999. {NUMBERS}"),
        (10000, f"expected a day or a period, got the number 10000. {NUMBERS}"),
        (9999999, f"expected a day or a period, got the number 9999999. {NUMBERS}"),
        (
            20120230,
            "'2012-02-30' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a "
            "year as YYYY.",
        ),
        pytest.param(
            10**5000,
            f"expected a day or a period, got the number a value of type int too large to show. {NUMBERS}",
            id="5000 digits",
        ),
        (True, None),
        (2003.0, None),
        (b"2003", None),
        ("2012-06-28T00:00:00Z", f"expected a day, got the moment 2012-06-28T00:00:00Z. {ZONE}"),
        ("2012-06-28 14:05+05", f"expected a day, got the moment 2012-06-28 14:05+05. {ZONE}"),
        (
            "2012-02-30 00:00",
            "'2012-02-30' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as "
            "YYYY-MM or a year as YYYY.",
        ),
        ("NaT", "expected a day, got NaT. Leave missing days out before asking."),
        (
            (("1999-01-01", "1999-01-02"), "1999-01-03"),
            f"expected a pair of days, got a pair inside a pair. {PAIR}",
        ),
        pytest.param(NESTED, f"expected a pair of days, got a pair inside a pair. {PAIR}", id="5000 deep"),
        (None, None),
        ("1999?", "'1999?' has a qualifier, which is for facts files. Ask about '1999'."),
    ],
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


@pytest.mark.parametrize(
    ("when", "ordinal"),
    [
        (date(2003, 6, 30), date(2003, 6, 30).toordinal()),
        ("2003-06-30", date(2003, 6, 30).toordinal()),
        ("2003-06-31", 0),
        ("2003-06", 0),
        (2003, 0),
    ],
)
def test_a_day_written_as_usual_needs_no_closer_look(when: object, ordinal: int) -> None:
    """A date and ``YYYY-MM-DD`` are read at once; all else is left to the rest of the reading."""
    assert plain_day(when) == ordinal


def test_a_question_has_a_first_day() -> None:
    """A date that is open to the left says when something was over, and asks about no days."""
    with pytest.raises(DayError) as caught:
        span("[..1960]")

    assert str(caught.value) == (
        "'[..1960]' has no first day, which a question needs. Write the day it begins with."
    )


def test_between_two_days_of_which_one_is_past_the_calendar() -> None:
    """What may be any day up to the end of the calendar and later is open to the right, from its first day on."""
    first, end = date(2012, 7, 2).toordinal(), date.max.toordinal()

    assert str(between(first, end)) == "[2012-07-02..9999-12-31]"
    assert str(between(first, end + 1)) == "[2012-07-02..]"
    assert between(0, first) == imprecise("[..2012-07-02]")
