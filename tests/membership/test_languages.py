"""Sentences and words in English, Russian and Arabic."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from csto_membership import (
    DatasetError,
    Status,
    build,
    csto,
    csto_pa,
    imprecise,
)
from csto_membership._facts.statuses import TRANSITIONS, Act, StepName
from csto_membership._membership.dates_in_words import date_in_words, day_in_words, period_in_words
from csto_membership._membership.explanation_lines import spell_in_words
from csto_membership._membership.vocabulary import SENTENCES, WORDS
from csto_membership._membership.vocabulary_lookup import (
    alone,
    isolated,
    phrase,
    status_in_words,
    word,
)
from csto_membership._reader.facts_file import read

LANGUAGES = ("en", "ru", "ar")
RUSSIAN = {
    ("UZB", "1995-01-01"): "По состоянию на 1 января 1995 года Узбекистан (UZB) — участник ДКБ.",
    (
        "ARM",
        "2025-01-01",
    ): "По состоянию на 1 января 2025 года Армения (ARM) — член ОДКБ (участие заморожено).",
    ("UZB", "1993-01-01"): (
        "По состоянию на 1 января 1993 года Узбекистан (UZB) не является ни участником ДКБ, ни членом ОДКБ "
        "(Договор подписан, но ещё не действует)."
    ),
    ("UZB", "2003-06-30"): (
        "По состоянию на 30 июня 2003 года Узбекистан (UZB) не является ни участником ДКБ, ни членом ОДКБ "
        "(бывший участник Договора)."
    ),
    ("UZB", "2013-01-01"): (
        "По состоянию на 1 января 2013 года Узбекистан (UZB) не является членом ОДКБ (членство приостановлено)."
    ),
    ("ARM", "2003"): "2003 год: Армения (ARM) всё это время — участник ДКБ, затем член ОДКБ.",
    ("UZB", "2003"): (
        "2003 год: Узбекистан (UZB) ни одного дня не является ни участником ДКБ, ни членом ОДКБ "
        "(бывший участник Договора)."
    ),
    ("UZB", "2012"): "2012 год: ответ зависит от дня; Узбекистан (UZB) — член ОДКБ лишь часть периода.",
    ("UZB", "2012-12"): (
        "Декабрь 2012 года: ответ зависит от дня; Узбекистан (UZB) — член ОДКБ лишь часть периода."
    ),
    ("ARM", str(csto.horizon)): (
        f"По состоянию на {day_in_words('ru', csto.horizon)}, последний проверенный день, Армения (ARM) — член ОДКБ "
        "(участие заморожено)."
    ),
}
ARABIC = {
    ("UZB", "1995-01-01"): "كانت أوزبكستان (UZB) طرفا في معاهدة الأمن الجماعي في 1 يناير/كانون الثاني 1995.",
    ("ARM", "2025-01-01"): (
        "كانت أرمينيا (ARM) عضوا في منظمة معاهدة الأمن الجماعي في 1 يناير/كانون الثاني 2025 (مشاركتها مجمدة)."
    ),
    ("UZB", "2003-06-30"): (
        "لم تكن أوزبكستان (UZB) طرفا في معاهدة الأمن الجماعي ولا عضوا في منظمتها في 30 يونيو/حزيران 2003 "
        "(طرف سابق في المعاهدة)."
    ),
    ("ARM", "2003"): "كانت أرمينيا (ARM) طرفا في معاهدة الأمن الجماعي ثم عضوا في منظمتها طوال عام 2003.",
    ("UZB", "2003"): (
        "لم تكن أوزبكستان (UZB) طرفا في معاهدة الأمن الجماعي ولا عضوا في منظمتها في أي يوم من عام 2003 "
        "(طرف سابق في المعاهدة)."
    ),
    ("UZB", "2012"): (
        "يختلف الجواب باختلاف اليوم: كانت أوزبكستان (UZB) عضوا في منظمة معاهدة الأمن الجماعي في جزء فقط من عام 2012."
    ),
    ("ARM", str(csto.horizon)): (
        f"أرمينيا (ARM) عضو في منظمة معاهدة الأمن الجماعي حتى {day_in_words('ar', csto.horizon)}، "
        "آخر يوم جرى التحقق منه (مشاركتها مجمدة)."
    ),
    ("UZB", str(csto.horizon)): (
        f"ليست أوزبكستان (UZB) عضوا في منظمة معاهدة الأمن الجماعي في {day_in_words('ar', csto.horizon)}، "
        "آخر يوم جرى التحقق منه (عضويتها معلقة)."
    ),
}


@pytest.mark.parametrize(("state", "when"), RUSSIAN, ids=str)
def test_russian_sentences_stand_in_the_present(state: str, when: str) -> None:
    """A treaty has участники, an organization has члены; no verb has a gender, and days are written out."""
    assert csto.explain(state, when, lang="ru").headline == RUSSIAN[state, when]


@pytest.mark.parametrize(("state", "when"), ARABIC, ids=str)
def test_arabic_sentences_hold_in_any_text(state: str, when: str) -> None:
    """A mark turns the line, an isolate keeps the sentence whole; on the last day checked nothing sounds past."""
    assert csto.explain(state, when, lang="ar").headline == f"\u200f\u2067{ARABIC[state, when]}\u2069"


@pytest.mark.parametrize(
    ("reading", "state", "when", "said"),
    [
        ({"basis": "active"}, "ARM", "2025-01-01", ", on the active basis (participation frozen)."),
        ({"basis": Status.SUSPENDED | Status.MEMBER}, "RUS", "2013", ", on the basis of MEMBER, SUSPENDED."),
        (
            {"basis": "signed"},
            "RUS",
            "1993-01-01",
            " on 1 January 1993, on the signed basis (signed, not in force).",
        ),
        ({"dating": "decision"}, "UZB", "2006-07-01", " on 1 July 2006, dated by decision."),
        (
            {"dating": ("deposit", "entry_into_force")},
            "RUS",
            "2015-05-05",
            ", dated by deposit, entry into force.",
        ),
        (
            {"known_on": "2012-07-01"},
            "UZB",
            "2012-07-01",
            " on 1 July 2012, by what was public on 1 July 2012.",
        ),
        ({"dating": "any"}, "UZB", "2006-07-01", " on 1 July 2006, dated by any of its days."),
    ],
)
def test_a_sentence_quoted_alone_says_what_it_holds_under(
    reading: dict[str, Any], state: str, when: str, said: str
) -> None:
    """Every choice of a reading but the default one stands in the sentence."""
    assert csto.reading(**reading).explain(state, when).headline.endswith(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_past_the_last_day_checked_the_sentence_says_its_assumption(lang: str) -> None:
    """What is extrapolated is no fact; within the record the sentence is the same as without."""
    read_on = csto.reading(extrapolate=True)
    day = day_in_words(lang, csto.horizon)
    assumed = phrase(lang, "if nothing has changed since {day}").format(day=day)

    assert assumed in read_on.explain("RUS", csto.horizon.add(days=1), lang=lang).headline
    assert (
        read_on.explain("RUS", "2015", lang=lang).headline == csto.explain("RUS", "2015", lang=lang).headline
    )


def _organization(name: str, more: str = "", eras: str = "", code: str = "IRQ") -> Any:
    """An organization with one member since 1990, checked through 2000, which observes before and leaves after."""
    return build(
        read(
            f"""
verified_through: 2000-01-05
states: {{{code}: {{name: A state}}}}
organizations:
  X:
    name: {name}
{more}{eras}    events:
      {code}:
        - {{act: observe, effect: 1980-01-01, sources: [s]}}
        - {{act: join, effect: 1990-01-01, sources: [s]}}
        - {{act: suspend, effect: 1995-01-01, sources: [s]}}
        - {{act: expel, effect: "[1999-06-01..1999-07-31]", sources: [s]}}
sources: {{s: {{title: T, publisher: P, kind: press}}}}
""".encode(),
            "x.yaml",
        )
    )


def test_arabic_verbs_follow_the_gender_of_the_name() -> None:
    """العراق is masculine, so its verbs, pronouns and participles are."""
    organization = _organization("X", "    names: {ar: منظمة}\n")

    said = [
        organization.explain("IRQ", day, lang="ar").headline for day in ("1994-01-01", "1996-01-01", "1985")
    ]
    assert [
        alone("ar", text)
        for text in (
            "كان العراق (IRQ) عضوا في منظمة في 1 يناير/كانون الثاني 1994.",
            "لم يكن العراق (IRQ) عضوا في منظمة في 1 يناير/كانون الثاني 1996 (عضويته معلقة).",
            "لم يكن العراق (IRQ) عضوا في منظمة في أي يوم من عام 1985 (مراقب).",
        )
    ] == said
    assert "ليس العراق (IRQ)" in organization.explain("IRQ", "2000-01-05", lang="ar").headline


@pytest.mark.parametrize(
    ("name", "names", "said"),
    [
        ("NATO", "", ("a member of NATO", "член NATO", "عضوا في \u2066NATO\u2069")),
        (
            "An Alliance",
            "",
            ("a member of An Alliance", "член организации «An Alliance»", "\u2066An Alliance\u2069"),
        ),
        (
            "Arab League",
            "    names: {ru: Лига арабских государств (ЛАГ), ar: جامعة الدول العربية}\n",
            ("a member of the Arab League", "член ЛАГ", "عضوا في جامعة الدول العربية"),
        ),
        (
            "Arab League",
            "    names: {ru: Лига арабских государств (Каир)}\n",
            (
                "a member of the Arab League",
                "член организации «Лига арабских государств (Каир)»",
                "\u2066Arab League\u2069",
            ),
        ),
    ],
)
def test_a_facts_file_names_its_organization(name: str, names: str, said: tuple[str, ...]) -> None:
    """A sentence has the name of its language; an abbreviation alone is declined by nobody."""
    organization = _organization(name, names)

    for lang, role in zip(LANGUAGES, said, strict=True):
        assert role in organization.explain("IRQ", "1994-05-05", lang=lang).headline


def test_eras_say_what_their_states_are() -> None:
    """Three eras of one file: each has parties or members, as it says."""
    organization = _organization(
        "X",
        eras="""    eras:
      A: {name: First Pact, names: {ru: Первый пакт}, bound: parties, effect: 1985-01-01, sources: [s]}
      B: {name: Second Pact, bound: parties, effect: 1992-01-01, sources: [s]}
      C: {name: League, bound: members, effect: 1994-01-01, sources: [s]}
""",
    )

    explained = [
        organization.explain("IRQ", when, lang=lang).headline
        for when, lang in (
            ("1991-01-01", "en"),
            ("1993", "en"),
            (("1990-01-01", "1995-01-01"), "en"),
            ("1991", "ru"),
        )
    ]
    assert [re.sub("^.*IRQ[^ ]* ", "", text) for text in explained] == [
        "(A state) was a party to the First Pact on 1 January 1991.",
        "(A state) was a party to the Second Pact on every day of 1993.",
        "(A state) was a party to the First Pact, then a party to the Second Pact, then a member of League on every "
        "day from 1 January 1990 to 31 December 1994.",
        "всё это время — участник договора «Первый пакт».",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wide_question_that_the_sources_leave_open_is_told_from_one_that_depends_on_the_day(
    lang: str,
) -> None:
    """Where every day has its answer it depends on the day; where some day has none the sources leave it open."""
    organization = _organization("X").reading(basis="nominal")
    starts = {key: re.split("[{]", SENTENCES[lang][key])[0] for key in ("depends", "unknown wide")}

    for when, key in (
        ("1999", "unknown wide"),
        ("1990-01", "yes wide"),
        (("1989-06-01", "1990-06-01"), "depends"),
    ):
        explanation = organization.explain("IRQ", when, lang=lang)
        assert explanation.is_open is (key == "unknown wide")
        if starts.get(key):
            assert starts[key] in explanation.headline


@pytest.mark.parametrize("lang", ["ru", "ar"])
@pytest.mark.parametrize(
    ("state", "when", "reading"),
    [
        ("UZB", "2003-06-30", {}),
        ("UZB", "2012", {"dating": "any"}),
        ("ARM", "2024", {"basis": "active"}),
        ("AZE", "1998", {"era": "CST"}),
        ("BLR", "1993-10-10", {"basis": Status.OBSERVER, "dating": ("decision", "signature")}),
        ("UZB", "2012-07-01", {"known_on": "2012-07-01"}),
        ("RUS", "2030", {"extrapolate": True}),
    ],
)
def test_an_explanation_before_its_sources_is_in_its_language(
    lang: str, state: str, when: str, reading: dict[str, Any]
) -> None:
    """Beside codes, titles, notes and disputes, which are marked as English, no Latin letter is left."""
    explanation = csto.reading(**reading).explain(state, when, lang=lang)
    before, heading, after = explanation.text(full=True).partition(phrase(lang, "Sources"))
    text = f"{before}{after.splitlines()[-1]}" if heading else before
    for dispute in explanation.disputes:
        text = text.replace(dispute.says.rstrip("."), "").replace(dispute.answer.rstrip("."), "")
    events = (
        explanation.before,
        *explanation.confirmed,
        *explanation.in_doubt,
        *explanation.during,
        explanation.after,
    )
    for record in (*explanation.instruments, *explanation.sources, *filter(None, events)):
        for part in (getattr(record, "title", None), getattr(record, "note", None), str(record)):
            text = text.replace(part, "") if part else text
    for participation, participant in explanation.took_part:
        text = text.replace(str(participation), "").replace(participant.note or "\0", "")

    assert set(re.findall("[A-Za-z]+", text)) <= {state, "CST"}
    assert not re.search(r"\[[0-9]{4}[^,)]*\]", text)  # no EDTF


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_of_an_arabic_text_turns_alone(lang: str) -> None:
    """Each line, and each entry of a list, begins with a mark, and isolates are closed where they were opened."""
    for text in (
        csto.explain("ARM", "2024", lang=lang).text(full=True),
        csto.explain("UZB", "2013", lang=lang).to_markdown(),
    ):
        for line in filter(None, text.splitlines()):
            assert (line.removeprefix("- ").lstrip("*")[0] == "\u200f") is (lang == "ar")
            opened = sum(line.count(mark) for mark in "\u2066\u2067")
            assert opened == line.count("\u2069")
            assert lang == "ar" or not opened


def test_languages_have_the_same_words() -> None:
    """No key is missing in Russian or Arabic; every act, step, status and rule has a word."""
    assert WORDS["ru"].keys() == WORDS["ar"].keys()
    assert SENTENCES["en"].keys() == SENTENCES["ru"].keys() == SENTENCES["ar"].keys()
    wanted = {str(act) for act in Act} | {str(step) for step in StepName} | {flag.name for flag in Status}
    wanted |= {f"rule {act}" for act in TRANSITIONS}
    assert wanted <= WORDS["ru"].keys()
    for lang in ("ru", "ar"):
        script = {"ru": "CYRILLIC", "ar": "ARABIC"}[lang]
        for key, said in WORDS[lang].items():
            letters = [letter for letter in re.sub(r"{\w+}", "", said) if letter.isalpha()]
            assert all(unicodedata.name(letter).startswith(script) for letter in letters), key


@pytest.mark.parametrize(
    ("status", "lang", "parties", "said"),
    [
        (Status.MEMBER, "en", False, "MEMBER"),
        (Status.MEMBER | Status.FORMER, "ru", False, "член или бывший член"),
        (Status.MEMBER | Status.FORMER, "ru", True, "участник или бывший участник"),
        (Status.SUSPENDED, "ar", True, "عضوية معلقة"),
        (Status.MEMBER | Status.FORMER, "ar", False, "عضو أو عضو سابق"),
        (Status.OUTSIDE, "hy", False, "OUTSIDE"),
    ],
)
def test_a_status_in_words(status: Status, lang: str, parties: bool, said: str) -> None:  # noqa: FBT001 (a parameter)
    """Possible statuses are joined in the language; one with names alone keeps the English words."""
    assert status_in_words(lang, status, parties=parties) == said


@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_written_out(month: int) -> None:
    """Months are CLDR's: in English and Russian as they are, in Arabic those of Egypt beside those of Syria."""
    day = date(1999, month, 20)

    dates = pytest.importorskip("babel.dates", reason="Babel is not installed: CLDR is not compared")
    assert day_in_words("en", day) == dates.format_date(day, "d MMMM y", "en")
    assert day_in_words("ru", day) == dates.format_date(day, "d MMMM y", "ru") + " года"
    south, east = (dates.get_month_names("wide", locale=locale)[month] for locale in ("ar_EG", "ar_SY"))
    assert day_in_words("ar", day) == f"20 {south}/{east} 1999"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((1999, 4, 20), (1999, 4, 20), ("20 April 1999", "20 апреля 1999 года", "20 أبريل/نيسان 1999")),
        ((1999, 1, 1), (1999, 12, 31), ("1999", "1999 год", "عام 1999")),
        ((2000, 2, 1), (2000, 2, 29), ("February 2000", "февраль 2000 года", "شهر فبراير/شباط 2000")),
        (
            (9999, 12, 1),
            (9999, 12, 31),
            ("December 9999", "декабрь 9999 года", "شهر ديسمبر/كانون الأول 9999"),
        ),
        (
            (1999, 4, 1),
            (1999, 5, 1),
            (
                "1 April 1999 to 1 May 1999",
                "с 1 апреля 1999 года по 1 мая 1999 года включительно",
                "المدة من 1 أبريل/نيسان 1999 إلى 1 مايو/أيار 1999",
            ),
        ),
        (
            (1999, 2, 2),
            (1999, 2, 28),
            (
                "2 February 1999 to 28 February 1999",
                "с 2 февраля 1999 года по 28 февраля 1999 года включительно",
                "المدة من 2 فبراير/شباط 1999 إلى 28 فبراير/شباط 1999",
            ),
        ),
        (
            (1999, 1, 1),
            (1999, 1, 30),
            (
                "1 January 1999 to 30 January 1999",
                "с 1 января 1999 года по 30 января 1999 года включительно",
                "المدة من 1 يناير/كانون الثاني 1999 إلى 30 يناير/كانون الثاني 1999",
            ),
        ),
    ],
)
def test_periods_are_written_out(
    first: tuple[int, int, int], last: tuple[int, int, int], said: tuple[str, ...]
) -> None:
    """A year, a month and a day have their words; other days run from one to another, both included."""
    assert tuple(period_in_words(lang, date(*first), date(*last)) for lang in LANGUAGES) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1999-04", ("April 1999", "апрель 1999 года", "شهر أبريل/نيسان 1999")),
        ("1999?", ("1999 (uncertain)", "1999 год (не точно)", "عام 1999 (غير مؤكد)")),
        ("1999~", ("1999 (approximately)", "1999 год (приблизительно)", "عام 1999 (تقريبا)")),
        (
            "[1999-04-01..1999-04-30]",
            (
                "some day from 1 April 1999 to 30 April 1999",
                "один из дней с 1 апреля 1999 года по 30 апреля 1999 года",
                "أحد أيام المدة من 1 أبريل/نيسان 1999 إلى 30 أبريل/نيسان 1999",
            ),
        ),
        ("[1999-04-01..1999-04-01]", ("1 April 1999", "1 апреля 1999 года", "1 أبريل/نيسان 1999")),
    ],
)
def test_an_imprecise_date_is_written_without_marks(text: str, said: tuple[str, ...]) -> None:
    """No mark of EDTF stands in a sentence."""
    assert tuple(date_in_words(lang, imprecise(text)) for lang in LANGUAGES) == said


def test_what_lay_ahead_is_some_later_day() -> None:
    """Of an act that lay ahead no more is said than that it was later."""
    effect = csto.reading(known_on="2012-07-01").events("UZB")[-1].effect

    assert [date_in_words(lang, effect) for lang in LANGUAGES] == [
        "later than 1 July 2012",
        "позже 1 июля 2012 года",
        "بعد 1 يوليو/تموز 2012",
    ]


def test_words_beside_names() -> None:
    """A language of names alone keeps English words; an isolate is set from right to left alone."""
    assert (word("ru", "no members"), word("hy", "no members")) == ("нет членов", "no members")
    assert (isolated("ar", "x"), isolated("ru", "x"), alone("ru", "x")) == ("\u2066x\u2069", "x", "x")
    assert csto_pa.explain("SRB", "2014", lang="ru").headline == (
        "2014 год: Сербия (SRB) ни одного дня не является членом ПА ОДКБ (наблюдатель)."
    )


@pytest.mark.parametrize(
    ("written", "ru", "ar"),
    [
        ("2012-06", "день неизвестен, июнь 2012 года", "شهر يونيو/حزيران 2012، واليوم غير معروف"),
        (
            "[..2012-07-02]",
            "2 июля 2012 года или раньше, не включая этот день",
            "2 يوليو/تموز 2012 أو قبل ذلك، دون هذا اليوم",
        ),
    ],
)
def test_how_a_spell_ends(written: str, ru: str, ar: str) -> None:
    """Of a month the day is not known; of a range the end is one of its days, which is not included."""
    spell = evolve(csto.spells("UZB")[2], ended=imprecise(written))

    assert spell_in_words("ru", spell, parties=False).endswith(f"конец: {ru}")
    assert spell_in_words("ar", spell, parties=False).endswith(f"النهاية: {ar}")


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (
            "{Russian: X}",
            "names: 'Russian' is no code of a language. Write two or three small letters, as in ru.",
        ),
        ("[ru]", "names must be a mapping, with a name and a colon on each line."),
        ("{ru: [X]}", "names.ru must be text, not a list."),
    ],
)
def test_names_stand_under_codes_of_languages(names: str, fault: str) -> None:
    """What is no code, no mapping or no text is a fault, told with its place."""
    with pytest.raises(DatasetError) as caught:
        _organization("X", f"    names: {names}\n")

    (problem,) = caught.value.problems
    assert problem.startswith("x.yaml:7:")
    assert fault in problem
