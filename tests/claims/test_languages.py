"""Findings in Russian and Arabic: the same sentences, grammatical in each, and nothing else in English unmarked."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    ActClaim,
    ClaimError,
    ReadingError,
    RosterClaim,
    StatusClaim,
    Verdict,
    csto,
    press_claims,
)
from csto_membership._facts.statuses import Act
from csto_membership._membership.vocabulary_lookup import alone, phrase, word_meant
from csto_membership.claims import arabic, english, russian
from csto_membership.loading import shipped
from tests.claims.support import SIX, found, make

if TYPE_CHECKING:
    from types import ModuleType

LANGUAGES: dict[str, ModuleType] = {"en": english, "ru": russian, "ar": arabic}
CLAIMS = {claim.id: claim for claim in press_claims()}
MARKS = "\u200e\u200f\u2066\u2067\u2068\u2069"

# Each with what an editor of the language would write.
SENTENCES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "status",
        {"states": "TJK", "status": "member", "when": "2024"},
        "Подтверждается. Таджикистан — участник Договора, затем член Организации с 20 апреля 1994 года.",
        "صحيح: طاجيكستان طرف في المعاهدة ثم عضو في المنظمة منذ 20 أبريل/نيسان 1994.",
    ),
    (
        "status",
        {"states": "UZB", "status": "member", "when": "2010"},
        "Подтверждается. Узбекистан — член Организации с 16 августа 2006 года по 18 декабря 2012 года включительно.",
        "صحيح: كانت أوزبكستان عضوا في المنظمة من 16 أغسطس/آب 2006 إلى 18 ديسمبر/كانون الأول 2012.",
    ),
    (
        "status",
        {"states": "UZB", "status": "not a member", "when": "2003-06-30"},
        "Подтверждается. Узбекистан с 21 апреля 1999 года по 15 августа 2006 года включительно не является ни "
        "участником Договора, ни членом Организации.",
        "صحيح: لم تكن أوزبكستان طرفا في المعاهدة ولا عضوا في المنظمة من 21 أبريل/نيسان 1999 إلى 15 أغسطس/آب 2006.",
    ),
    (
        "status",
        {"states": "ARM", "status": "frozen", "when": "2025"},
        "Подтверждается. Армения: участие заморожено с 22 февраля 2024 года, юридически — по-прежнему член "
        "Организации.",
        "صحيح: جمّدت أرمينيا مشاركتها في 22 فبراير/شباط 2024 وما زالت عضوا في المنظمة من الناحية القانونية.",
    ),
    (
        "status",
        {"states": "KGZ", "status": "member", "when": "1993-01-01"},
        "Зависит от трактовки. Киргизия: подписание — 15 мая 1992 года, но по 19 апреля 1994 года включительно "
        "Киргизия ещё не является участником Договора; это не считается членством по юридическому основанию; верно при "
        "такой трактовке: основание «по подписанию».",
        "يتوقف على القراءة: وقّعت قيرغيزستان في 15 مايو/أيار 1992 ولم تكن قد أصبحت طرفا في المعاهدة حتى "
        "19 أبريل/نيسان 1994؛ ولا يُعدّ ذلك عضوية وفق الأساس القانوني؛ ويصح ذلك وفق: أساس الاحتساب «التوقيع».",
    ),
    (
        "status",
        {"states": "AZE", "status": "member", "when": "1999"},
        "Не установлено. В 1999 году статус государства Азербайджан меняется: участник по 20 апреля 1999 года "
        "включительно, затем бывший участник.",
        "غير محسوم: تغيّر وضع أذربيجان في عام 1999: طرف حتى 20 أبريل/نيسان 1999 ثم طرف سابق.",
    ),
    (
        "roster",
        {"states": SIX, "when": "2003"},
        "Подтверждается. В 2003 году участники Договора, затем члены Организации — Армения, Беларусь, Казахстан, "
        "Киргизия, Россия и Таджикистан.",
        "صحيح: كانت الدول الأطراف في المعاهدة ثم الأعضاء في المنظمة في عام 2003 هي أرمينيا وبيلاروس وكازاخستان "
        "وقيرغيزستان وروسيا وطاجيكستان.",
    ),
    (
        "roster",
        {"states": ("KGZ", "TJK"), "complete": False, "when": "2021-03"},
        "Подтверждается. В марте 2021 года Киргизия и Таджикистан — члены Организации.",
        "صحيح: كانت قيرغيزستان وطاجيكستان من الدول الأعضاء في المنظمة في شهر مارس/آذار 2021.",
    ),
    (
        "count",
        {"count": 6, "when": "2022-02-09"},
        "Подтверждается. 9 февраля 2022 года число членов Организации — 6: Армения, Беларусь, Казахстан, Киргизия, "
        "Россия и Таджикистан.",
        "صحيح: كان عدد الدول الأعضاء في المنظمة 6 في 9 فبراير/شباط 2022، وهي أرمينيا وبيلاروس وكازاخستان "
        "وقيرغيزستان وروسيا وطاجيكستان.",
    ),
    (
        "count",
        {"count": 9, "when": "1999"},
        "Не установлено. В 1999 году число участников Договора — от 6 до 9.",
        "غير محسوم: تراوح عدد الدول الأطراف في المعاهدة بين 6 و9 في عام 1999.",
    ),
    (
        "act",
        {"states": "AZE", "act": "left", "when": "1999-02"},
        "Опровергается. Азербайджан: истечение срока, последний день участия — 20 апреля 1999 года; не в феврале 1999 "
        "года.",
        "غير صحيح: انقضت المدة بالنسبة إلى أذربيجان، وكان آخر يوم لها بصفة طرف في المعاهدة هو 20 أبريل/نيسان 1999؛ "
        "وليس في شهر فبراير/شباط 1999.",
    ),
    (
        "founding",
        {"when": "2002-10-07"},
        "Зависит от трактовки. Организация Договора о коллективной безопасности (ОДКБ): подписание учредительного "
        "документа — 7 октября 2002 года; другое событие, от которого отсчитывают создание, не подходит (Договор о "
        "коллективной безопасности (ДКБ), подписание 15 мая 1992 года).",
        "يتوقف على القراءة: جرى توقيع الوثيقة التي أنشأت منظمة معاهدة الأمن الجماعي في 7 أكتوبر/تشرين الأول 2002؛ ولا "
        "ينطبق ذلك على تاريخ تأسيس آخر (معاهدة الأمن الجماعي، توقيع في 15 مايو/أيار 1992).",
    ),
    (
        "milestone",
        {"instrument": "treaty", "step": "entry_into_force", "when": "1994-04-20"},
        "Подтверждается. Договор о коллективной безопасности (ДКБ): вступление в силу — 20 апреля 1994 года.",
        "صحيح: بدأ نفاذ معاهدة الأمن الجماعي في 20 أبريل/نيسان 1994.",
    ),
    (
        "signature",
        {"instrument": "charter", "states": "UZB", "when": "2002"},
        "Опровергается. «Charter of the Collective Security Treaty Organization»: подписавшие государства — Армения, "
        "Беларусь, Казахстан, Киргизия, Россия и Таджикистан; подписи нет: Узбекистан.",
        "غير صحيح: الدول الموقِّعة على «\u2066Charter of the Collective Security Treaty Organization\u2069» هي أرمينيا "
        "وبيلاروس وكازاخستان وقيرغيزستان وروسيا وطاجيكستان؛ لا توقيع من أوزبكستان.",
    ),
    (
        "office",
        {"office": "secretary-general", "person": "Zas", "when": "2022-02-09"},
        "Подтверждается. Генеральный секретарь 9 февраля 2022 года — Станислав Зась (Беларусь).",
        "صحيح: الأمين العام في 9 فبراير/شباط 2022: ستانيسلاف زاس (بيلاروس).",
    ),
]
# Every kind of answer, beside those of the press.
MORE: list[tuple[str, dict[str, Any]]] = [
    *((kind, fields) for kind, fields, _, _ in SENTENCES),
    ("roster", {"states": (*SIX, "UZB"), "when": "2003-06-30"}),
    ("roster", {"states": ("ARM", "RUS"), "when": "2010"}),
    ("roster", {"states": ("RUS",), "when": "2003-06-30"}),
    ("roster", {"states": ("EST", "LTU", "LVA", "MDA", "UKR"), "complete": False, "when": "2010"}),
    ("roster", {"states": SIX, "when": "2030"}),
    ("count", {"count": 6, "when": "2030"}),
    ("count", {"count": 0, "when": "1991"}),
    ("count", {"count": 7, "including": "UZB", "when": "2003"}),
    ("status", {"states": "UKR", "status": "member", "when": "2010"}),
    ("status", {"states": "AZE", "status": "signatory", "when": "1993-01-01"}),
    ("status", {"states": "AFG", "status": "observer", "when": "2014"}),
    ("status", {"states": "UZB", "status": "frozen", "when": "2013"}),
    ("act", {"states": "AZE", "act": "left", "when": "1999-04-20"}),
    ("act", {"states": "UZB", "act": "withdraw", "when": "2012-06-28"}),
    ("act", {"states": "UKR", "act": "left", "when": "2014"}),
    ("act", {"states": "ARM", "act": "freeze", "when": "2024"}),
    ("act", {"states": "GEO", "act": "withdraw", "when": "1999-02"}),
    ("act", {"states": "UZB", "act": "rejoined", "when": "2006"}),
    ("act", {"states": "BLR", "act": "join", "when": "1994"}),
    ("act", {"states": "RUS", "act": "reaffirm", "when": "1999"}),
    ("act", {"states": "RUS", "act": "sign", "when": "1992"}),
    ("founding", {"states": SIX, "when": "1992-05-15"}),
    ("founding", {"when": "2000-01-01"}),
    ("milestone", {"instrument": "charter", "when": "2002"}),
    ("milestone", {"instrument": "council-2002", "body": "لجنة العلم", "when": "2002"}),
    ("milestone", {"instrument": "charter", "body": "UNGA", "when": "2002-10-07"}),
    ("signature", {"instrument": "un-observer", "states": "RUS", "when": "2004"}),
    ("signature", {"instrument": "treaty", "states": "RUS", "when": "1993"}),
    ("office", {"office": "secretary-general", "person": "Путин", "when": "2010"}),
    ("office", {"office": "chair", "state": "RUS", "when": "2024"}),
    ("office", {"office": "chair", "state": "RUS", "when": "1995"}),
    ("office", {"office": "secretary-general", "person": "Bordyuzha", "when": "2003"}),
    ("participation", {"participation": "minsk-2023", "states": "ARM", "when": "2023-11-23"}),
    ("participation", {"participation": "minsk-2023", "states": "BLR", "host": "RUS", "when": "2023-11-23"}),
    ("participation", {"participation": "minsk-2023", "states": "BLR", "when": "2022"}),
    ("participation", {"participation": "video-2020", "host": "RUS", "when": "2020-12-02"}),
]


@pytest.mark.parametrize(("kind", "fields", "ru", "ar"), SENTENCES, ids=lambda value: str(value)[:40])
def test_a_finding_is_told_in_russian_and_arabic(kind: str, fields: dict[str, Any], ru: str, ar: str) -> None:
    """Each language has a whole sentence of its own: dates are written out, and a treaty has parties."""
    claim = make(kind, **fields)

    assert csto.check(claim, lang="ru").sentence == ru
    assert csto.check(claim, lang="ar").sentence == alone("ar", ar)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("module", ["TEMPLATES", "OPENINGS"])
def test_languages_have_the_same_templates(module: str, lang: str) -> None:
    """No clause, line or heading is missing in a language."""
    assert getattr(LANGUAGES[lang], module).keys() == getattr(english, module).keys()


@pytest.mark.parametrize("lang", ["ru", "ar"])
def test_templates_are_in_one_script(lang: str) -> None:
    """No Latin letter stands in a Russian or Arabic template outside the names of its slots."""
    script = {"ru": "CYRILLIC", "ar": "ARABIC"}[lang]
    for said in (*LANGUAGES[lang].TEMPLATES.values(), *LANGUAGES[lang].OPENINGS.values()):
        literal = "".join(part for part, *_ in string.Formatter().parse(said))
        letters = [letter for letter in literal if letter.isalpha() and not unicodedata.combining(letter)]
        assert all(unicodedata.name(letter).startswith(script) for letter in letters), said


def _findings() -> list[Any]:
    """A finding of each kind and outcome, those on the press first."""
    press = [shipped(claim.organization).check(claim.claim) for claim in CLAIMS.values()]
    return press + [csto.check(make(kind, **fields)) for kind, fields in MORE]


FINDINGS = _findings()


def _without_english(finding: Any, text: str) -> str:
    """A text without what the facts and the claim have in English, and without the marks of direction."""
    claim = finding.claim
    said = claim.attribution
    histories = [*shipped("CSTO").dataset.histories]
    foreign = [
        *(str(source) for source in finding.sources),
        *(
            part
            for dispute in finding.disputes
            for part in (dispute.says.rstrip("."), dispute.answer.rstrip("."))
        ),
        *(one.title for one in csto.dataset.instruments),
        *(one.title.rpartition(", ")[0] for one in csto.dataset.instruments if ", " in one.title),
        *(one.note for one in csto.dataset.instruments if one.note),
        *(one.name for history in histories for one in history.participations),
        *filter(None, (said.quote, said.by, said.translation, (said.not_judged or "").rstrip("."))),
        *filter(None, (getattr(claim, "person", None), getattr(claim, "body", None))),
        *(history.id for history in histories),
        *("complete=False", "--partial", finding.data_version),
    ]
    for part in sorted(filter(None, foreign), key=len, reverse=True):
        text = text.replace(part, "§")
    return "".join(letter for letter in text if letter not in MARKS)


@pytest.mark.parametrize("lang", ["ru", "ar"])
@pytest.mark.parametrize("number", range(len(FINDINGS)))
def test_a_finding_is_in_its_language(number: int, lang: str) -> None:
    """Beside codes in brackets and what is marked as English no Latin letter is left, and no EDTF."""
    finding = FINDINGS[number]
    for text in (finding.text(full=True, lang=lang), finding.text(lang=lang), finding.to_markdown(lang=lang)):
        before, _, after = text.partition(phrase(lang, "Sources"))
        own = before + (after.splitlines()[-1] if phrase(lang, "Read with") in after else "")
        left = re.sub(r"\([A-Z]{3}\)", "(§)", _without_english(finding, own.replace("\\", "")))

        assert re.findall("[A-Za-z]+", left) == []
        assert not re.search(r"[0-9]{4}-[0-9]{2}|\.\.|\[[0-9]{4}", left)
        assert not re.search(r" [:;,.،؛]| {2}|[{}<>|]", left)


@pytest.mark.parametrize("number", range(len(FINDINGS)))
def test_every_line_of_an_arabic_finding_turns_alone(number: int) -> None:
    """Each line, and each entry of a list, begins with a mark, and isolates are closed where they were opened."""
    finding = FINDINGS[number]
    for text in (finding.text(full=True, lang="ar"), finding.to_markdown(lang="ar")):
        for line in filter(None, text.splitlines()):
            assert line.removeprefix("- ").lstrip("*")[0] == "\u200f"
            assert sum(line.count(mark) for mark in "\u2066\u2067") == line.count("\u2069")
    english_text = finding.text(full=True)
    assert not any(mark in english_text for mark in "\u2066\u2067")


@pytest.mark.parametrize("number", range(len(FINDINGS)))
def test_an_english_finding_leaves_no_blank(number: int) -> None:
    """An empty slot leaves neither two blanks nor one before a stop."""
    assert not re.search(r" [:;,.]| {2}|[{}]", FINDINGS[number].sentence)


def test_a_short_text_in_russian() -> None:
    """Headings, lines, periods and counts of sources are Russian."""
    lines = found("roster", states=(*SIX, "UZB"), when="2003-06-30").text(lang="ru").splitlines()

    assert lines[1:3] == [
        "Что расходится: Узбекистан (UZB): лишнее; бывший участник; начало: 21 апреля 1999 года; конец: 16 августа "
        "2006 года, не включая этот день",
        "Так было: с 16 августа 2006 года по 18 декабря 2012 года включительно",
    ]
    assert lines[3].startswith("Источники (3 из ")


def test_a_full_text_in_arabic() -> None:
    """The words judged stand as they were written; what is English is said to be so."""
    text = csto.check(CLAIMS["a2-armenia-suspended"].claim, lang="ar").text(full=True)

    assert (
        "\u200fالقول المراد فحصه: «علقت أرمينيا عضويتها في فبراير 2024» (\u2066Sky News Arabia\u2069، "
        in text
    )
    assert "\u200fبالإنجليزية: \u2066Armenia suspended its membership in February 2024.\u2069" in text
    assert "\u200fنقاط الخلاف (بالإنجليزية):" in text
    assert "\u200fلا يصح وفق:\n- \u200fالإجراء «تعليق العضوية» نفسه\n" in text
    assert (
        "\u200fالقراءة المعتمدة: أساس الاحتساب: قانوني؛ التأريخ المعتمد: بتاريخ السريان؛ جرى التحقق حتى "
        in text
    )


def test_markdown_sets_headings_in_bold() -> None:
    """Arabic has no italics, so that no heading is slanted in any language."""
    for lang in LANGUAGES:
        text = found("roster", states=(*SIX, "UZB"), when="2003-06-30").to_markdown(lang=lang)
        marked = [line for line in text.splitlines() if line.startswith("*")]

        assert len(marked) == 4
        assert all(line.startswith("**") and line.endswith("**") for line in marked)


def test_past_the_last_day_the_horizon_is_written_out() -> None:
    """A claim on later days is told how it stood on the last day verified."""
    claim = make("status", states="ARM", status="member", when="2030")

    assert csto.check(claim, lang="ru").sentence.startswith(
        "По состоянию на 26 февраля 2026 года, последний проверенный"
    )
    assert (
        "حتى 26 فبراير/شباط 2026، آخر يوم جرى التحقق منه: جمّدت أرمينيا"
        in csto.check(claim, lang="ar").sentence
    )


def test_a_finding_keeps_its_language() -> None:
    """Text, card and JSON are in the language asked for, and another may be named for a text."""
    claim = RosterClaim(states=(*SIX, "UZB"), when="2003-06-30")
    finding = csto.check(claim, lang="ar")

    assert str(finding) == finding.text(lang="ar") != finding.text(lang="en")
    assert 'lang="ar" dir="rtl"' in finding._repr_html_()
    assert "أوزبكستان (UZB): زائد" in finding._repr_html_()
    assert finding.to_dict()["sentence"] == finding.sentence
    assert finding.to_dict()["verdict"] == "contradicted"
    with pytest.raises(ReadingError) as caught:
        finding.text(lang="de")
    assert str(caught.value) == "no sentences in 'de'. There are sentences in en, ru, ar."
    with pytest.raises(ReadingError):
        csto.check(claim, lang="arabic")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (ActClaim(states="UZB", act="приостановление членства", when="2012-12"), Verdict.SUPPORTED),
        (ActClaim(states="UZB", act="تعليق العضوية", when="2012-12"), Verdict.SUPPORTED),
        (ActClaim(states="AZE", act="Истечение Срока", when="1999-04"), Verdict.SUPPORTED),
        (StatusClaim(states="AZE", status="бывший участник", when="2005-01-01"), Verdict.SUPPORTED),
        (StatusClaim(states="UZB", status="عضوية معلقة", when="2015-01-01"), Verdict.SUPPORTED),
        (StatusClaim(states="ARM", status="член", when="2015-01-01"), Verdict.SUPPORTED),
        (StatusClaim(states="ARM", status="طرف", when="1998-01-01"), Verdict.SUPPORTED),
    ],
    ids=str,
)
def test_claims_take_acts_and_statuses_in_three_languages(claim: Any, verdict: Verdict) -> None:
    """The words of a Russian or Arabic sentence need no translation."""
    assert csto.check(claim).verdict is verdict


def test_a_word_that_means_nothing_stays_as_it_is() -> None:
    """So an error shows what was written."""
    assert word_meant("уход", Act) == "уход"
    assert word_meant("ВЫХОД", Act) == "withdraw"
    with pytest.raises(ClaimError, match="no act 'уход'"):
        ActClaim(states="UZB", act="уход", when="2012")
