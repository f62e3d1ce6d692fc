"""The words of pictures, and how wide they are."""

from __future__ import annotations

import pytest

from csto_membership import Status, build, csto, csto_pa
from csto_membership._facts.statuses import BASES
from csto_membership._membership.vocabulary import WORDS
from csto_membership._reader.facts_file import read
from csto_membership.drawing.canvas import shortened, wrapped
from csto_membership.drawing.widths import width_of
from csto_membership.drawing.words import _WORDS, plain, words_in
from csto_membership.explorer.texts import texts_in
from tests.drawing.invented import HOSTILE, event, ordinal, organization


def test_the_languages_have_the_same_words() -> None:
    """What English has the others have; beside that they have only names of acts that are shorter in pictures."""
    for lang in ("ru", "ar"):
        assert _WORDS["en"].keys() - {"or"} <= _WORDS[lang].keys()
        assert _WORDS[lang].keys() - _WORDS["en"].keys() <= {
            "freeze",
            "suspend",
            "resume",
            "associate",
            "party, later member",
            "join again",  # the key is the English
        }


def test_there_is_no_second_vocabulary() -> None:
    """No word of a picture says again what the vocabulary of answers says."""
    for lang in ("ru", "ar"):
        assert not [key for key, said in _WORDS[lang].items() if WORDS[lang].get(key) == said]


@pytest.mark.parametrize(
    ("lang", "names"), [("en", ("Pact", "League")), ("ru", ("Пакт", "Лига")), ("ar", ("Pact", "League"))]
)
def test_eras_say_what_their_states_were(lang: str, names: tuple[str, str]) -> None:
    """Of a treaty there are parties, whatever the era's identifier; a title names the treaty and its organization."""
    text = """
verified_through: 2000-01-05
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: League
    names: {ru: Лига (ЛГ)}
    eras:
      one: {name: Pact, names: {ru: Пакт}, bound: parties, effect: 1985-01-01, sources: [s]}
      two: {name: League, names: {ru: Лига (ЛГ)}, effect: 1992-01-01, sources: [s]}
    events: {AAA: [{act: join, effect: 1985-01-01, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    history = build(read(text.encode(), "x.yaml")).history
    words = words_in(lang, history)
    pact, league = history.eras
    first, last = ordinal("1985-01-01"), ordinal("2000-01-05")

    assert words.bound_from == ordinal("1992-01-01")
    assert words.title(first, last).startswith(names[0])
    assert words.short(pact) != words.short(league)
    alone = words_in(lang, build(read(text.replace("bound: parties, ", "").encode(), "x.yaml")).history)
    assert alone.bound_from is None
    assert alone.title(first, last).startswith(names[1])
    assert (alone.short(pact), alone.short(league)) == names


@pytest.mark.parametrize(
    ("lang", "long", "short"),
    [
        ("en", "20 April 1999", "20 Apr 1999"),
        ("ru", "20 апреля 1999 года", "20 апреля 1999"),
        ("ar", "20 أبريل/نيسان 1999", "20 أبريل/نيسان 1999"),
    ],
)
def test_days_are_written_out(lang: str, long: str, short: str) -> None:
    """A day is written as the language writes it; in labels English months are short, and Russian has no "года"."""
    words = words_in(lang, csto.history)

    assert words.day(ordinal("1999-04-20")) == long
    assert words.day(ordinal("1999-04-20"), is_short=True) == short


@pytest.mark.parametrize(
    ("lang", "reading", "says"),
    [
        ("en", {}, "Legal basis, dates of effect."),
        ("ar", {}, "الأساس القانوني، تواريخ السريان."),
        ("ru", {}, "Юридическое основание, даты действия."),
        ("en", {"basis": "active", "dating": "any"}, "Active basis, any date of an act."),
        (
            "en",
            {"dating": ("entry_into_force", "decision")},
            "Legal basis, dated by entry into force, decision.",
        ),
        ("ru", {"dating": "decision"}, "Юридическое основание, датировка: решение."),
        (
            "en",
            {"basis": Status.MEMBER | Status.OBSERVER},
            "Counted: observer, member, dates of effect.",
        ),
        ("en", {"era": "CSTO"}, "Legal basis, dates of effect. Only days of: Organization."),
        ("ar", {"era": "CST"}, "الأساس القانوني، تواريخ السريان. أيام هذه المرحلة وحدها: المعاهدة."),
    ],
)
def test_the_reading_in_words(lang: str, reading: dict[str, object], says: str) -> None:
    """The line below the title says basis, dating and era."""
    words = words_in(lang, csto.history)

    assert words.reading(csto.reading(**reading).read_as) == says  # type: ignore[arg-type] # parts of a reading


def test_titles_in_three_languages() -> None:
    """Shipped organizations have titles in each language; others have their name."""
    first, last = ordinal("1992-01-01"), ordinal("2026-01-18")
    other = organization([event("AAA", "join", "2000-01-01")], name="League of Nations")

    assert words_in("ru", csto_pa.history).title(first, last) == "Парламентская ассамблея ОДКБ, 1992–2026"
    assert (
        words_in("ar", csto.history).title(first, last) == "معاهدة الأمن الجماعي ومنظمتها، من 1992 إلى 2026"
    )
    assert words_in("ar", other.history).title(first, last) == "League of Nations، من 1992 إلى 2026"


def test_states_without_a_name_in_the_language_keep_their_english_one() -> None:
    """A picture has a name for each lane."""
    other = organization([event("AAA", "join", "2000-01-01")])

    assert words_in("ar", other.history).state(other.states[0]) == "State AAA"
    assert words_in("ar", csto.history).state(csto.state("KGZ")) == "قيرغيزستان"


def test_controls_do_not_reach_a_picture() -> None:
    """Escapes, ends of lines and turns of direction are taken out; letters and joiners stay."""
    assert plain(HOSTILE) == "</text><script>alert(1)</script>[31m\"'&$x_2$"
    assert plain("می\u200cخواهم\u2028x") == "می\u200cخواهم x"


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("il.", 1.02),
        ("19", 1.28),
        ("−3", 1.48),
        ("Ж", 0.86),
        ("Да", 1.5),
        ("اا", 0.72),
        ("رس", 1.4),
        ("م", 0.66),
    ],
)
def test_widths_by_class(text: str, ems: float) -> None:
    """The table knows narrow and wide letters of three scripts."""
    assert width_of(text, 10) == pytest.approx(10 * ems)
    assert width_of(text, 10, True) == pytest.approx(11 * ems)  # noqa: FBT003 (every measure is called so)


@pytest.mark.parametrize(("text", "ems"), [("Aa", 1.39), ("mw", 1.56), ("日本", 2.0)])
def test_other_letters(text: str, ems: float) -> None:
    """Capitals, wide letters and ideographs have their own widths."""
    assert width_of(text, 10) == pytest.approx(10 * ems)


def test_texts_are_cut_to_their_room() -> None:
    """A text that does not fit ends in dots; a title is cut between words, and within a word only at need."""

    def measure(text: str, size: float, is_bold: bool) -> float:  # noqa: FBT001 (every measure is called so)
        return len(text) * size * (2 if is_bold else 1)

    assert shortened("Kazakhstan", 10, 1, measure) == "Kazakhstan"
    assert shortened("Kazakhstan", 9, 1, measure) == "Kazakhst…"
    assert shortened("Kazakhstan", 0, 1, measure) == "…"
    assert shortened("Upper Lower", 7, 1, measure) == "Upper…"
    assert wrapped("one two three", 7, 1, measure) == ["one two", "three"]
    assert wrapped("extraordinary", 7, 1, measure) == ["extrao…"]
    assert wrapped("one two", 7, 1, measure, is_bold=True) == ["one", "two"]


@pytest.mark.parametrize("basis", sorted(BASES))
def test_every_basis_has_its_words_wherever_it_is_shown(basis: str) -> None:
    """Sentences, pictures and pages name a basis in each language; none falls back to its English word."""
    for lang in ("ru", "ar"):
        assert {f"basis {basis}", f"on the {basis} basis"} <= WORDS[lang].keys()
    for lang in ("en", "ru", "ar"):
        assert basis in _WORDS[lang]
        assert basis in texts_in(lang)
