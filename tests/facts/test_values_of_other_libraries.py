"""Days as NumPy and pandas have them, told by what such a value answers: neither library is imported to know them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import frozen

from csto_membership import DayError, csto
from csto_membership._facts.dates import day_text, later_than, plain_day, span

DAY = date(1999, 4, 20).toordinal()


@frozen
class Kind:
    """What a value of NumPy is made of."""

    kind: str


@frozen
class Moment:
    """A value as NumPy's datetime64 has it: its kind, and its text."""

    text: str
    dtype: Kind = Kind("M")

    def __str__(self) -> str:
        return self.text


class Duration(int):
    """A whole number as NumPy's timedelta64 is one."""

    dtype = Kind("m")


class Number(int):
    """A whole number of NumPy's own."""

    dtype = Kind("i")


@frozen
class Period:
    """A period as pandas has it: its first and its last moment."""

    start_time: datetime | None
    end_time: datetime | None


@pytest.mark.parametrize(
    ("value", "days"),
    [
        (Moment("1999-04-20"), (DAY, DAY + 1)),
        (Moment("1999-04-20T10:30:00.000000000"), (DAY, DAY + 1)),
        (Moment("1999-04"), span("1999-04")),
        (Number(1999), span("1999")),
        (Number(19990420), (DAY, DAY + 1)),
        (Period(datetime(1999, 4, 20), datetime(1999, 5, 2, 23, 59)), (DAY, DAY + 13)),  # noqa: DTZ001 (naive)
    ],
    ids=str,
)
def test_a_value_of_another_library_is_its_days(value: Any, days: tuple[int, int]) -> None:
    """A datetime64 is its text, a whole number a year or a day, a period all days from its first to its last."""
    assert span(value) == days


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            Duration(1999),
            "expected a day or a period, got 1999. Pass a date, text such as '1999-04-20', '1999-04' or '1999', or a "
            "pair of days (first, first day after).",
        ),
        (Moment("NaT"), "expected a day, got NaT. Leave missing days out before asking."),
    ],
    ids=str,
)
def test_a_value_that_is_no_day_is_refused(value: Any, sentence: str) -> None:
    """A length of time is no year, though it is a whole number, and a missing day is none."""
    with pytest.raises(DayError) as refused:
        span(value)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("period", [Period(None, datetime(1999, 1, 1)), Period(datetime(1999, 1, 1), None)])  # noqa: DTZ001
def test_half_a_period_is_none(period: Period) -> None:
    """What has a first moment and no last one, or the reverse, is no period."""
    with pytest.raises(DayError):
        span(period)


@pytest.mark.parametrize("moment", [datetime(1999, 4, 20, tzinfo=UTC), "1999-04-20 10:00Z"])
def test_a_moment_with_a_zone_names_the_option(moment: Any) -> None:
    """The command line says which of its options held the moment."""
    with pytest.raises(DayError) as refused:
        span(moment)

    assert refused.value.option == "when"
    assert refused.value.way_out == "Membership is kept by day: pass value.date() in the zone you mean."


def test_a_later_day_has_no_latest() -> None:
    """What lies ahead may be any later day: its last ordinal is one past the calendar, and no date."""
    later = later_than(DAY)

    assert (later.first, later.last) == (DAY + 1, date.max.toordinal() + 1)
    assert later.to_dict() == {"text": "[1999-04-21..]", "earliest": "1999-04-21", "latest": None}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(1999, 4, 20), "1999-04-20"),
        (datetime(1999, 4, 20, 12), "1999-04-20"),  # noqa: DTZ001 (naive)
        ((date(1999, 4, 20), "1999-05-01"), "[1999-04-20, 1999-05-01)"),
        (("1999-04-20", datetime(1999, 5, 1, 12)), "[1999-04-20, 1999-05-01)"),  # noqa: DTZ001 (naive)
        ("1999-04", "1999-04"),
        (1999, "1999"),
    ],
    ids=str,
)
def test_a_question_stands_in_its_answer(when: Any, said: str) -> None:
    """A day is written as a day, without its time; a pair as a half-open period; text as it was asked."""
    assert day_text(when) == said
    assert csto.explain("KAZ", when).when == said


@pytest.mark.parametrize("text", ["1999-04-20", "9999-12-31", "0001-01-01"])
def test_a_plain_day_is_read_the_short_way(text: str) -> None:
    """The usual text needs no closer look, and one look gives the same."""
    assert plain_day(text) == date.fromisoformat(text).toordinal()
