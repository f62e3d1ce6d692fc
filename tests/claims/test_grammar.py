"""The grammar of findings: the gender of names, the case behind a preposition, periods, and what has no name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csto_membership import Attribution, RosterClaim, Status, build, csto, imprecise
from csto_membership._membership.answers import Answer, Period
from csto_membership._membership.dates_in_words import date_in_words, placed, span_in_words
from csto_membership._reader.facts_file import read
from csto_membership.claims.findings import Agreement, Line, _so
from csto_membership.claims.sayings import saying
from tests.claims.support import SIX, make


def _iraq() -> Any:
    """An organization of one state whose Arabic name is masculine, and of one whose name is feminine."""
    acts = "\n".join(
        f"        - {{act: {act}, effect: {day}, sources: [s]}}"
        for act, day in (
            ("observe", "1980-01-01"),
            ("sign", "1985-01-01"),
            ("join", "1990-01-01"),
            ("freeze", "1992-01-01"),
            ("resume", "1993-01-01"),
            ("suspend", "1995-01-01"),
            ("expel", "1999-06-01"),
        )
    )
    return build(
        read(
            "verified_through: 2000-01-05\nstates: {IRQ: {name: Iraq}, KWT: {name: Kuwait}}\norganizations:\n  X:\n"
            f"    name: X\n    events:\n      IRQ:\n{acts}\n"
            "      KWT: [{act: associate, effect: 1990-01, sources: [s]}, "
            '{act: join, effect: "[1995..1996]", sources: [s]}]\n'
            "sources: {s: {title: T, publisher: P, kind: press}}\n".encode(),
            "x.yaml",
        )
    )


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (
            "status",
            {"status": "observer", "when": "1981"},
            "صحيح: تمتع العراق بصفة مراقب من 1 يناير/كانون الثاني 1980",
        ),
        (
            "status",
            {"status": "signatory", "when": "1986"},
            "صحيح: وقّع العراق في 1 يناير/كانون الثاني 1985 ولم يكن",
        ),
        (
            "status",
            {"status": "frozen", "when": "1992"},
            "صحيح: جمّد العراق مشاركته في 1 يناير/كانون الثاني 1992",
        ),
        (
            "status",
            {"status": "former", "when": "1999-12"},
            "صحيح: ليس العراق عضوا في المنظمة منذ 1 يونيو/حزيران 1999",
        ),
        (
            "status",
            {"status": "outside", "when": "1970"},
            "صحيح: لم يكن العراق بعد عضوا في المنظمة حتى 31 ديسمبر",
        ),
        (
            "act",
            {"act": "expel", "when": "1999-06-01"},
            "صحيح: فُصل العراق، وكان آخر يوم له بصفة عضو في المنظمة",
        ),
        (
            "act",
            {"act": "resume", "when": "1993"},
            "صحيح: استأنف العراق مشاركته في 1 يناير/كانون الثاني 1993",
        ),
        (
            "roster",
            {"complete": False, "when": "1991"},
            "صحيح: كان العراق عضوا في المنظمة من 1 يناير",
        ),
    ],
)
def test_arabic_verbs_follow_the_gender_of_the_name(kind: str, fields: dict[str, Any], said: str) -> None:
    """العراق is masculine, so its verbs and pronouns are."""
    assert (
        _iraq()
        .check(make(kind, states="IRQ", **fields), lang="ar")
        .sentence.startswith(f"\u200f\u2067{said}")
    )


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("فبراير 2024", "2024-02"),
        ("٢٠٢٤-٠٢-٢٢", "2024-02-22"),
        ("22 февраля 2024 г.", "2024-02-22"),
        ("May 1999", "1999-05"),
    ],
)
def test_claims_take_dates_as_people_write_them(written: str, when: str) -> None:
    """A sentence has its date in words, and digits of its own."""
    assert str(make("status", states="ARM", status="member", when=written).when) == when


@pytest.mark.parametrize(
    ("lang", "associate", "member"),
    [
        (
            "en",
            "an associate member from January 1990",
            "since some day from 1 January 1995 to 31 December 1996.",
        ),
        (
            "ru",
            "с января 1990 года",
            "с одного из дней в период с 1 января 1995 года по 31 декабря 1996 года.",
        ),
        (
            "ar",
            "من شهر يناير/كانون الثاني 1990",
            "منذ أحد أيام المدة من 1 يناير/كانون الثاني 1995 إلى 31 ديسمبر/كانون الأول 1996.",
        ),
    ],
)
def test_imprecise_days_are_declined(lang: str, associate: str, member: str) -> None:
    """A month and a range of days stand in the case that their preposition asks for."""
    organization = _iraq()
    as_associate = make("status", states="KWT", status="associate", when="1992")
    as_member = make("status", states="KWT", status="member", when="1999")

    assert associate in organization.check(as_associate, lang=lang).sentence
    assert member in organization.check(as_member, lang=lang).sentence.rstrip("\u2069")


@pytest.mark.parametrize(
    ("text", "on", "since"),
    [
        (
            "1999-04-20",
            ("on 20 April 1999", "20 апреля 1999 года"),
            ("since 20 April 1999", "с 20 апреля 1999 года"),
        ),
        ("1999-03", ("in March 1999", "в марте 1999 года"), ("since March 1999", "с марта 1999 года")),
        ("1999", ("in 1999", "в 1999 году"), ("since 1999", "с 1999 года")),
        (
            "1999?",
            ("in 1999 (uncertain)", "в 1999 году (не точно)"),
            ("since 1999 (uncertain)", "с 1999 года (не точно)"),
        ),
    ],
)
def test_a_date_stands_behind_its_preposition(text: str, on: tuple[str, ...], since: tuple[str, ...]) -> None:
    """Days, months and years decline in Russian, and keep the doubt of their source."""
    assert tuple(placed(lang, "on", imprecise(text)) for lang in ("en", "ru")) == on
    assert tuple(placed(lang, "since", imprecise(text)) for lang in ("en", "ru")) == since


def test_a_date_without_an_end_has_no_preposition() -> None:
    """What is only known to be later than a day, or earlier, is said so."""
    later = csto.reading(known_on="2012-07-01").events("UZB")[-1].effect

    assert placed("en", "on", later) == "later than 1 July 2012"
    earlier = imprecise("[..1990]")
    assert [placed(lang, "since", earlier) for lang in ("en", "ru", "ar")] == [
        "since 31 December 1990 or earlier",
        "с 31 декабря 1990 года или раньше",
        "منذ 31 ديسمبر/كانون الأول 1990 أو قبل ذلك",
    ]
    assert placed("en", "from", earlier) == "from 31 December 1990 or earlier"
    assert placed("en", "from", imprecise("[1990..1991]")) == (
        "from some day between 1 January 1990 and 31 December 1991"
    )
    assert date_in_words("en", earlier) == "on 31 December 1990 or earlier"
    assert span_in_words("ru", date(1999, 1, 1), date(2006, 12, 31)) == "с 1999 по 2006 год"
    assert span_in_words("ar", date(1999, 1, 1), date(2006, 12, 31)) == "من عام 1999 إلى عام 2006"


def test_periods_are_told_with_what_is_open_of_them() -> None:
    """What has lasted from the beginning of the record, or still lasts, or possibly was, is said to do so."""
    day = csto.horizon.replace(year=2000, month=1, day=1)

    def told(*, start: Any = None, end: Any = None, answer: Answer = Answer.YES, lang: str = "en") -> str:
        return _so(Period(start=start, end=end, answer=answer), lang)

    assert told(end=day) == "from the beginning to 31 December 1999"
    assert told() == "from the beginning, and still on the last day verified"
    assert told(start=day, answer=Answer.UNKNOWN) == (
        "from 1 January 2000, and still on the last day verified, possibly"
    )
    assert told(start=day, lang="ru") == "с 1 января 2000 года, в том числе в последний проверенный день"


def test_a_basis_of_statuses_is_told_by_them() -> None:
    """A reading whose basis is chosen has its statuses in words."""
    asked = csto.reading(basis=Status.MEMBER | Status.SUSPENDED)
    finding = asked.check(make("status", states="UZB", status="member", when="2013"), lang="ru")

    assert finding.sentence == (
        "Подтверждается. Узбекистан: членство приостановлено с 19 декабря 2012 года; это считается членством, если "
        "членами считать: член или членство приостановлено."
    )


def test_a_line_about_what_has_no_name_is_told_by_its_identifier() -> None:
    """An identifier is set apart in a text from right to left."""
    line = Line(about="x", agreement=Agreement.AGREES, said=saying("no act"))

    assert line.told("ar") == "\u2066x\u2069: مطابق؛ لا إجراء مسجل"
    assert (str(line), line.to_dict()["text"]) == (
        "x: agrees; no act of it is recorded",
        "no act of it is recorded",
    )


def test_who_said_it_may_be_unknown() -> None:
    """Words without a name and a day are quoted as such."""
    claim = RosterClaim(states=SIX, when="2003", attribution=Attribution(quote="six"))

    assert "Утверждение: «six» (автор не назван)" in csto.check(claim).text(full=True, lang="ru")
