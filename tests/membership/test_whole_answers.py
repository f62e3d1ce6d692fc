"""Whole answers in each form and language: what they say is written down, and read by people."""

from __future__ import annotations

import pytest

from csto_membership import Dispute, Status, csto, csto_pa
from csto_membership._facts.statuses import Bound
from csto_membership._membership.answers import Changes, Spells
from csto_membership._membership.cards import status as status_card
from csto_membership._membership.explanation_lines import _MOST, LineWriter, disputed, reading_in_words
from csto_membership._membership.reading import Reading
from csto_membership._membership.sentences import _ROLES, Body
from csto_membership._membership.vocabulary_lookup import status_in_words, word_meant
from tests.membership.whole_answers import GOLDEN, LANGUAGES, cards, dates, dictionaries, sequences, texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_told_as_written_down(lang: str) -> None:
    """Full and short text and Markdown name the same acts, doubts, sources and readings, word for word."""
    assert texts(lang) == (GOLDEN / f"answers-{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_shows_what_is_written_down(lang: str) -> None:
    """A card holds the short answer open, and folds confirmations, the rule, disputes and sources."""
    assert cards(lang) == (GOLDEN / f"cards-{lang}.txt").read_text(encoding="utf-8")


def test_rosters_spells_and_changes_show_what_is_written_down() -> None:
    """A roster says of which days it is, and what is possible; spells and changes stand in tables."""
    assert sequences() == (GOLDEN / "cards-of-sequences.txt").read_text(encoding="utf-8")


def test_an_answer_as_plain_values_is_written_down() -> None:
    """Every part of an answer goes out under its own key."""
    assert dictionaries() == (GOLDEN / "answers-as-values.txt").read_text(encoding="utf-8")


def test_dates_are_written_out_as_written_down() -> None:
    """A month stays a month and a range a range, in the case that its preposition asks for."""
    assert dates() == (GOLDEN / "dates-in-words.txt").read_text(encoding="utf-8")


TREATY = Body(bound=Bound.PARTIES, name="Pact of Iron")
UNION = Body(bound=Bound.MEMBERS, name="The Union")
ONE_WORD = Body(bound=Bound.MEMBERS, name="NATO")
LEAGUE = Body(bound=Bound.MEMBERS, name="a League (LL)")
ARABIC_TREATY = Body(bound=Bound.PARTIES, name="معاهدة الجزر")
ARABIC_UNION = Body(bound=Bound.MEMBERS, name="منظمة معاهدة الجزر")


@pytest.mark.parametrize(
    ("lang", "bodies", "in_turn", "roles"),
    [
        (
            "en",
            (TREATY, UNION),
            True,
            (
                "a party to the Pact of Iron, then a member of The Union",
                "neither a party to the Pact of Iron nor a member of The Union",
                "a party to the Pact of Iron or a member of The Union",
                "a party to the Pact of Iron, then a member of The Union",
            ),
        ),
        (
            "en",
            (LEAGUE, ONE_WORD),
            False,
            (
                "a member of a League (LL) or a member of NATO",
                "neither a member of a League (LL) nor a member of NATO",
                "a member of a League (LL) or a member of NATO",
                "a member of a League (LL) or a member of NATO",
            ),
        ),
        (
            "en",
            (UNION,),
            False,
            (
                "a member of The Union",
                "not a member of The Union",
                "a member of The Union",
                "a member of The Union",
            ),
        ),
        (
            "ru",
            (TREATY, LEAGUE),
            True,
            (
                "участник договора «Pact of Iron», затем член LL",
                "ни участником договора «Pact of Iron», ни членом LL",
                "участником договора «Pact of Iron» или членом LL",
                "участник договора «Pact of Iron», затем член LL",
            ),
        ),
        (
            "ru",
            (UNION, ONE_WORD),
            False,
            (
                "член организации «The Union» или член NATO",
                "ни членом организации «The Union», ни членом NATO",
                "членом организации «The Union» или членом NATO",
                "член организации «The Union» или член NATO",
            ),
        ),
        (
            "ar",
            (ARABIC_TREATY, ARABIC_UNION),
            True,
            (
                "طرفا في معاهدة الجزر ثم عضوا في منظمتها",
                "طرفا في معاهدة الجزر ولا عضوا في منظمتها",
                "طرفا في معاهدة الجزر أو عضوا في منظمتها",
                "طرف في معاهدة الجزر ثم عضو في منظمتها",
            ),
        ),
        (
            "ar",
            (ARABIC_UNION, ONE_WORD),
            False,
            (
                "عضوا في منظمة معاهدة الجزر أو عضوا في \u2066NATO\u2069",
                "عضوا في منظمة معاهدة الجزر ولا عضوا في \u2066NATO\u2069",
                "عضوا في منظمة معاهدة الجزر أو عضوا في \u2066NATO\u2069",
                "عضو في منظمة معاهدة الجزر أو عضو في \u2066NATO\u2069",
            ),
        ),
    ],
)
def test_what_a_state_is_stands_in_the_case_of_its_place(
    lang: str,
    bodies: tuple[Body, ...],
    in_turn: bool,  # noqa: FBT001 (a table)
    roles: tuple[str, str, str, str],
) -> None:
    """In turn or in one of them, denied in all of them, and in one of them where it is open."""
    made = _ROLES[lang](bodies, in_turn=in_turn)

    assert (made.role, made.not_role, made.or_role, made.is_role) == roles


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("участник", "MEMBER"),
        ("ЧЛЕН", "MEMBER"),
        ("бывший участник", "FORMER"),
        ("طرف سابق", "FORMER"),
        ("знаменосец", "знаменосец"),
        ("observer", "observer"),
    ],
)
def test_a_word_means_a_status_in_each_language(text: str, meant: str) -> None:
    """A party of a treaty is a member to whoever asks; what is no word stays as it is."""
    assert word_meant(text, ["MEMBER", "FORMER"]) == meant
    assert word_meant("член", ["FORMER"]) == "член"


def test_members_are_members_unless_a_treaty_has_parties() -> None:
    """Only where it is said that the days are those of a treaty is a member called a party."""
    assert status_in_words("ru", Status.MEMBER) == "член"
    assert status_in_words("ru", Status.MEMBER, parties=True) == "участник"
    assert status_in_words("ar", Status.MEMBER | Status.FORMER) == "عضو أو عضو سابق"
    assert status_in_words("en", Status.MEMBER | Status.FORMER) == "MEMBER or FORMER"


def test_spells_of_several_states_and_of_none_have_a_card() -> None:
    """The head names each state once; where there is nothing, it says so and no table stands under it."""
    both = Spells((*csto.spells("GEO"), *csto.spells("AZE")))._repr_html_().partition("</style>")[2]
    none = Spells()._repr_html_().partition("</style>")[2]

    assert '<p class="csto-head">Spells of GEO (Georgia), AZE (Azerbaijan)</p>' in both
    assert none.endswith('<p class="csto-head">No spells</p></div>')


def test_long_lists_of_spells_and_changes_are_folded() -> None:
    """Over thirty rows twenty stand open and the others behind their number."""
    thirty, more = Spells(csto.spells("UZB")[:1] * 30), Spells(csto.spells("UZB")[:1] * 31)

    assert "<summary>" not in thirty._repr_html_()
    assert "<summary>+ 11</summary>" in more._repr_html_()
    assert "<summary>+ 11</summary>" in Changes(csto.changes()[:1] * 31)._repr_html_()


def test_a_change_without_an_act_has_an_empty_cell() -> None:
    """Where an era began no act changed the status."""
    html = csto.reading(era="CSTO").changes("2003")._repr_html_()

    assert "<td></td></tr>" in html
    assert status_card("kk", Status.MEMBER).endswith("</span>MEMBER")
    assert status_card("ru", Status.MEMBER).endswith("</span>член")


def test_a_reading_is_told_in_words() -> None:
    """Statuses that count are listed, any of the days is no step, and an era keeps its direction."""
    reading = Reading(basis=Status.MEMBER | Status.SUSPENDED, dating="any", era="UNION")

    assert reading_in_words("en", reading) == "basis MEMBER or SUSPENDED, dating any, era UNION"
    assert reading_in_words("ru", reading) == (
        "основание: член, членство приостановлено; датировка: по любому этапу; этап UNION"
    )
    assert reading_in_words("ar", reading) == (
        "أساس الاحتساب: عضو، عضوية معلقة؛ التأريخ المعتمد: بأي من تواريخ الإجراء؛ المرحلة \u2066UNION\u2069"
    )


def test_an_open_record_does_not_claim_to_hold_all_acts() -> None:
    """Who has no act in it is told so, with the organization's name in its own direction."""
    rules = {lang: csto_pa.explain("USA", "2015-01-01", lang=lang).rule for lang in LANGUAGES}

    assert " The record of CSTO-PA does not claim to hold the acts of all states. " in rules["en"]
    assert " Запись об организации CSTO-PA не притязает на полноту. " in rules["ru"]
    assert " لا يدّعي سجل \u2066CSTO-PA\u2069 أنه يضم إجراءات جميع الدول. " in rules["ar"]


def test_a_dispute_ends_with_one_full_stop() -> None:
    """Numbers of sources stand before it; a letter before it stays."""
    dispute = Dispute(says="By Protocol X.", sources=(), answer="Not by Protocol X")

    assert disputed(dispute, ()) == "By Protocol X. Not by Protocol X."


@pytest.mark.parametrize("length", [_MOST - 1, _MOST, _MOST + 1])
def test_a_long_dispute_is_cut_between_words(length: int) -> None:
    """What fits stands whole; what is longer ends with the last whole word and dots."""
    says = ("word " * 40)[: length - 2] + "xy"
    writer = LineWriter(lang="en", reading=Reading(), sources=(), instruments=(), is_full=False)
    told = writer.dispute(Dispute(says=says, sources=(), answer=""))

    assert told == (says if length <= _MOST else f"{says[:_MOST].rpartition(' ')[0]} …")
    assert told.endswith("xy") is (length <= _MOST)
