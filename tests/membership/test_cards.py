"""Answers as cards for notebooks: what they show, escape and fold, in three languages."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import Change, RosterClaim, Spell, Status, build, csto, csto_pa
from csto_membership._membership import cards
from csto_membership._membership.answers import Changes, Spells
from csto_membership._membership.cards import finding_card, organization_card
from csto_membership._membership.roster_cards import read_with, roster_html
from csto_membership._membership.rosters import Roster
from csto_membership._reader.facts_file import read
from csto_membership.claims import Attribution
from tests.large import large_organization

if TYPE_CHECKING:
    from collections.abc import Callable

_VOID = {"br", "meta"}
HOSTILE = '<script>alert("x")</script>&\'"'


class _Page(HTMLParser):
    """The elements and the text of a page; it takes note of what is closed wrongly."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def _page(html: str) -> _Page:
    """A card that is well formed, without scripts, handlers, shared styles and identifiers."""
    page = _Page(html)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag not in {"script", "iframe", "object", "link", "img"}
        assert not any(name == "id" or name.startswith("on") for name in attributes)
    assert ":root" not in html
    return page


def _organization(name: str = "A", note: str = "N") -> Any:
    """An organization with one state, one act and one source whose texts are given."""
    return build(
        read(
            f"""
verified_through: 2000-01-05
states: {{AAA: {{name: '{name}'}}}}
organizations:
  X: {{name: X, events: {{AAA: [{{act: join, effect: 1990-01-01, sources: [s], note: '{note}'}}]}}}}
sources: {{s: {{title: '{note}', publisher: P, kind: press, address: 'javascript:alert(1)'}}}}
""".encode(),
            "x.yaml",
        )
    )


SHOWN: dict[str, Callable[[], Any]] = {
    "roster": lambda: csto.members_on("2003-06-30"),
    "wide roster": lambda: csto.members_on("1999"),
    "empty roster": lambda: csto.members_on("1990-01-01"),
    "joined rosters": lambda: csto.members_on("1999") - csto.members_on("2001"),
    "spells": lambda: csto.spells("UZB"),
    "open spells": lambda: csto.reading(dating="any").spells("UZB"),
    "changes": csto.changes,
    "no changes": lambda: csto.changes("2010"),
    "next change": lambda: csto.next_change("2010-01-01"),
    "last change": lambda: csto.next_change(csto.horizon),
    "explanation": lambda: csto.explain("ARM", "2024"),
    "explanation in Russian": lambda: csto.explain("UZB", "2003-06-30", lang="ru"),
    "explanation in Arabic": lambda: csto.explain("UZB", "2003-06-30", lang="ar"),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_a_card_is_sound(kind: str) -> None:
    """Every card is one well-formed box in its language, with the answer in its first line."""
    shown = SHOWN[kind]()
    page = _page(shown._repr_html_())

    (box,) = [attributes for tag, attributes in page.tags if attributes.get("class") == "csto-card"]
    assert box["dir"] == ("rtl" if box["lang"] == "ar" else "ltr")
    assert box["lang"] == getattr(shown, "lang", "en")
    assert page.text.strip()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("roster", "Members: 6 — 21 April 1999 to 15 August 2006"),
        ("wide roster", "Parties: 6 — 1999; possible: 3"),
        ("empty roster", "No members — up to 14 May 1992"),
        ("joined rosters", "0 states; possible: 3"),
        ("spells", "Spells of UZB (Uzbekistan)"),
        ("open spells", "[2006-06-23..2008-03-28]"),
        ("changes", "Changes: 35"),
        ("no changes", "No changes"),
        ("next change", "Changes: 1"),
        ("last change", "No changes"),
        ("explanation", "Disputed: "),
        ("explanation in Russian", "Разногласия (на английском): "),
        ("explanation in Arabic", "نقاط الخلاف (بالإنجليزية): "),
    ],
)
def test_a_card_says_its_answer(kind: str, said: str) -> None:
    """What was asked stands in words; an empty answer says so instead of showing an empty table."""
    html = SHOWN[kind]()._repr_html_()
    if kind == "changes":
        said = f"Changes: {len(csto.changes())}"

    assert said in _Page(html).text
    assert ("<table>" in html) is not said.startswith("No ") or kind.startswith("explanation")


@pytest.mark.parametrize("kind", [kind for kind in SHOWN if "joined" not in kind])
def test_a_card_says_how_it_was_read(kind: str) -> None:
    """The reading and the last day checked stand on every card of an organization's answer."""
    shown = SHOWN[kind]()
    reading = csto.reading(dating="any") if kind == "open spells" else csto

    assert read_with(reading.compiled, getattr(shown, "lang", "en")) in _Page(shown._repr_html_()).text


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_texts_of_a_file_are_escaped(lang: str) -> None:
    """Names, notes and titles hold no mark-up, and an address that is none of the web is no link."""
    organization = _organization("</td><b>A", note="</p><script>")
    html = [
        organization.explain("AAA", "1995", lang="en")._repr_html_(),
        organization.members_on("1995")._repr_html_(),
        organization.spells("AAA")._repr_html_(),
        organization_card(
            lang, name=HOSTILE, members=[HOSTILE], horizon="today", reading="r", picture="<svg></svg>"
        ),
        finding_card(
            lang,
            sentence=HOSTILE,
            reading=HOSTILE,
            quote=HOSTILE,
            quote_lang=HOSTILE,
            lines=[(HOSTILE, HOSTILE)],
            disputes=[HOSTILE],
            sources=[f"{HOSTILE} https://example.org/?a=b&c=%22"],
        ),
        cards.counts_card(lang, headline=HOSTILE, reading=HOSTILE, counts=[(HOSTILE, 3)]),
    ]
    for one in html:
        page = _page(one)
        assert all(
            str(attributes.get("href", "https://")).startswith("https://") for _, attributes in page.tags
        )
    assert HOSTILE in _Page(html[4]).text


def test_a_quotation_may_be_missing() -> None:
    """A claim without its words shows none, and nothing stands under headings without lines."""
    html = finding_card(
        "en", sentence="So.", reading="", quote=None, quote_lang=None, lines=[], disputes=[], sources=[]
    )

    assert _Page(html).text == "So."


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_a_roster_has_a_card_in_each_language(lang: str) -> None:
    """Statuses, heads and days are those of the language; a suspended or open state has its own key."""
    everyone = csto.reading(basis=Status.SUSPENDED | Status.MEMBER)
    roster = everyone.members_on("2013-01-01")
    first = csto.spells("UZB")[-1].start
    assert first is not None

    html = roster_html(everyone.compiled, first.toordinal(), first.toordinal() + 1, roster, lang)
    assert ("Members" in html, "csto-SUSPENDED" in html.partition("</style>")[2]) == (lang == "en", True)
    assert _page(html).text.count("1994-04-20") == 6


def test_long_tables_are_folded() -> None:
    """Over a dozen states ten stand open and the others behind their number."""
    organization = large_organization(40, 200)
    roster = organization.latest()
    html = roster._repr_html_()

    assert len(roster) + len(roster.possible) > 12
    assert f"<summary>+ {len(roster) + len(roster.possible) - 10}</summary>" in html
    assert html.count("<tr>") == len(roster) + len(roster.possible) + 2


def test_sequences_print_a_line_for_each() -> None:
    """They stay tuples, equal to plain ones, and go out as plain values."""
    spells, changes = csto.spells("GEO"), csto.changes("1999")

    assert isinstance(spells, Spells)
    assert isinstance(changes, Changes)
    assert str(changes).splitlines()[0] == "1999-04-21 AZE MEMBER -> FORMER (lapse)"
    assert str(spells).splitlines() == [str(spell) for spell in spells]
    assert spells == tuple(spells)
    assert all(isinstance(spell, Spell) for spell in spells)
    assert all(isinstance(change, Change) for change in changes)
    assert [told["act"] for told in (change["event"] for change in changes.to_dict()["changes"])] == [
        "lapse"
    ] * 3
    assert len(spells.to_dict()["spells"]) == 4
    assert (str(Spells()), str(Changes())) == ("", "")
    assert "No spells" in Spells()._repr_html_()


def test_a_roster_of_nobody_knows_what_day_shows_its_states() -> None:
    """A roster made of two others shows codes and names."""
    html = (csto.members_on("2003") & ["RUS", "UZB"])._repr_html_()

    assert _Page(html).text == "1 stateCodeStateRUSRussia"
    assert isinstance(csto.members_on("2003"), Roster)


def test_an_organization_shows_its_members_and_a_small_timeline() -> None:
    """Who was a member on the last day checked stands above a picture that takes the colours around it."""
    html = csto._repr_html_()
    page = _Page(html)

    assert "6 members on " in page.text
    assert ": Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, Tajikistan" in page.text
    assert page.open == []
    assert not {"script", "foreignObject", "a"} & {tag for tag, _ in page.tags}
    assert "var(--member)" in html
    assert len(html) < 20_000
    assert "No members — " in _Page(csto_pa._repr_html_()).text


def test_a_finding_shows_its_sentence_and_the_words_judged() -> None:
    """The quotation stands in its own language, and what differs beneath it."""
    claim = RosterClaim(
        states=("ARM", "UZB"),
        complete=False,
        when="2003-06-30",
        attribution=Attribution(quote=f"قيل {HOSTILE}", lang="ar"),
    )
    finding = csto.check(claim)
    page = _page(finding._repr_html_())

    assert finding.sentence in page.text
    assert HOSTILE in page.text
    assert ("q", {"lang": "ar", "dir": "auto"}) in page.tags
    assert "UZB" in page.text


def test_a_reconciliation_shows_its_counts() -> None:
    """Each verdict has its number, and what was compared with what stands above."""
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    pytest.importorskip("narwhals", reason="narwhals is not installed")
    theirs = polars.DataFrame(
        {"iso3": ["UZB", "UZB", "XXX"], "year": [1995, 2003, 2003], "member": [1, 1, 1]}
    )
    found = csto.reconcile(theirs, year="year")
    page = _page(found._repr_html_())

    assert "3 cells compared" in page.text
    assert "agree1" in page.text
    assert "theirs only1" in page.text
    assert "undecided: unknown state1" in page.text
