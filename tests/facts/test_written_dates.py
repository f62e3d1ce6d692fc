"""Days as people write them: in three languages, with whatever digits; in questions alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import DayError, ImpreciseDate, csto, imprecise
from csto_membership._facts.dates import span
from csto_membership._facts.written_dates import as_digits
from csto_membership._membership.dates_in_words import day_in_words, period_in_words

APRIL_20 = date(1999, 4, 20).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "20 April 1999",
        "20 april 1999",
        "20 Apr 1999",
        "April 20, 1999",
        "Apr. 20 1999",
        "20 апреля 1999",
        "20 апреля 1999 г.",
        "20\u00a0апреля 1999\u00a0года",
        "20 أبريل 1999",
        "20 ابريل 1999",
        "20 إبريل 1999 م",
        "20 نيسان 1999",
        "20 أبريل/نيسان 1999",
        "20 نيسان (أبريل) 1999",
        "20 أبريل، 1999",
        "٢٠ أبريل ١٩٩٩",
        "\u200f\u206720 أبريل 1999\u2069",
        "۲۰ أبریل ۱۹۹۹",
        "١٩٩٩-٠٤-٢٠",
        "۱۹۹۹-۰۴-۲۰",
        "١٩٩٩٠٤٢٠",
    ],
)
def test_a_day_written_out_is_read(text: str) -> None:
    """Case, digits, spaces, marks of direction and the spellings of letters do not matter."""
    assert span(text) == (APRIL_20, APRIL_20 + 1)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("April 1999", "1999-04"),
        ("апрель 1999", "1999-04"),
        ("апрель 1999 года", "1999-04"),
        ("شهر أبريل/نيسان 1999", "1999-04"),
        ("تشرين الثاني ١٩٩٩", "1999-11"),
        ("كانون الأول 1999", "1999-12"),
        ("1999 год", "1999"),
        ("عام 1999", "1999"),
        ("سنة ١٩٩٩", "1999"),
        ("١٩٩٩", "1999"),
        ("[۱۹۹۹-۰۴-۰۲..۱۹۹۹-۰۴-۲۰]", "[1999-04-02..1999-04-20]"),
    ],
)
def test_a_month_or_a_year_written_out_is_read(text: str, meant: str) -> None:
    """A wider time means all of its days, as in digits."""
    assert span(text) == span(meant)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["en", "ru", "ar"]))
def test_what_sentences_write_is_read_back(day: date, lang: str) -> None:
    """Each day, month and year that the library writes out in a sentence means itself in a question."""
    assert span(day_in_words(lang, day)) == (day.toordinal(), day.toordinal() + 1)
    for wide in (f"{day.year}", f"{day.year}-{day.month:02}"):
        first, after = span(wide)
        said = period_in_words(
            lang, date.fromordinal(first), date.fromordinal(first) + timedelta(after - 1 - first)
        )
        assert span(said) == (first, after)


@given(
    st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["en", "ru", "ar_EG", "ar_SY", "ar_LB", "ar_IQ"])
)
def test_what_cldr_writes_is_read(day: date, locale: str) -> None:
    """So is a long date as other programs write it in Egypt, Syria, Lebanon, Iraq, Russia and England."""
    dates = pytest.importorskip("babel.dates", reason="Babel is not installed: CLDR is not compared")
    assert span(dates.format_date(day, "d MMMM y", locale)) == (day.toordinal(), day.toordinal() + 1)


@pytest.mark.parametrize(
    "text",
    [
        "20 Sol 1999",
        "20 أبريل/أيار 1999",
        "31 апреля 1999",
        "April",
        "20 April",
        "20 April 99",
        "١٩٩٩-١٣",
        "20 () 1999",
        "²",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A month that nobody has, two months at once, a day that is not in the calendar, a year too short."""
    with pytest.raises(DayError):
        span(text)


@pytest.mark.parametrize("text", ["20 April 1999", "20 апреля 1999", "20 أبريل 1999", "١٩٩٩", "١٩٩٩-٠٤-٢٠"])
def test_facts_are_not_written_so(text: str) -> None:
    """A facts file has digits and hyphens alone."""
    with pytest.raises(DayError):
        imprecise(text)
    assert isinstance(imprecise("1999-04-20"), ImpreciseDate)


@pytest.mark.parametrize("text", ["1999", "1999-04-20", "1999-04~", "words"])
def test_what_is_read_as_it_stands_is_left_alone(text: str) -> None:
    """Nothing is said of text that needs no other reading."""
    assert as_digits(text) is None


def test_questions_take_written_days() -> None:
    """A roster, an answer and an explanation ask for the same day."""
    assert csto.members_on("30 июня 2003") is csto.members_on("2003-06-30")
    assert csto.was_member("أوزبكستان", "٣٠ يونيو ٢٠٠٣") == "no"
    assert csto.explain("UZB", "30 June 2003").headline == csto.explain("UZB", "2003-06-30").headline
