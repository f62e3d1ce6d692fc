"""The page: one safe file, in three languages, that says what the library says."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from csto_membership import DrawingError, Status, csto, csto_pa, exact
from csto_membership.explorer import html
from csto_membership.explorer.offers import EPOCH
from csto_membership.explorer.page import script, style
from csto_membership.explorer.pictures import shortened
from csto_membership.explorer.texts import LANGUAGES, WRITTEN, texts_in
from tests.drawing.invented import event, organization, thirty_two, with_offices
from tests.explorer.pages import Outline, attacking, carried, late_news

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csto_membership import Organization

PAGES = {lang: html(csto, lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_small_and_whole(lang: str) -> None:
    """A page of the shipped organization has less than 150 kB, one head, and every element closed."""
    page = PAGES[lang]
    outline = Outline(page)

    assert len(page.encode()) < 150_000
    assert outline.faults == []
    assert outline.named("html") == [{"lang": lang, "dir": "rtl" if lang == "ar" else "ltr", "class": "nojs"}]
    assert len(outline.named("h1")) == len(outline.named("main")) == 1
    identifiers = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_asks_nothing_of_other_places(lang: str) -> None:
    """No element loads anything, and the policy allows the page's own script and rules alone, by their hashes."""
    outline = Outline(PAGES[lang])
    policy = next(meta["content"] for meta in outline.named("meta") if "http-equiv" in meta)

    assert all("src" not in attributes for _, attributes in outline.elements)
    assert outline.named("link") == [{"rel": "icon", "href": "data:,"}]
    assert "url(" not in style(lang)
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
        for text in (script(), style(lang))
    ]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert all("style" not in attributes for _, attributes in outline.elements)
    assert not [name for _, attributes in outline.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there_in_every_language(lang: str) -> None:
    """The languages have the same words with the same gaps, and the script asks for no word that it lacks."""
    english, words, code = texts_in("en"), texts_in(lang), script()
    gaps = re.compile(r"\{(\w+)\}")

    assert {key: sorted(gaps.findall(says)) for key, says in words.items()} == {
        key: sorted(gaps.findall(says)) for key, says in english.items()
    }
    assert words.keys() >= WRITTEN
    asked = {"".join(found) for found in re.findall(r'words\.(\w+)|words\["([^"]+)"\]|put\("([^"]+)"', code)}
    assert asked <= carried(PAGES[lang])["words"].keys()


def test_without_scripts_the_page_has_every_change() -> None:
    """The table of all changes is part of the page and open; controls are hidden until the script runs."""
    outline = Outline(PAGES["en"])
    rows = [attributes["datetime"] for attributes in outline.named("time")]

    assert rows == [change.day.isoformat() for change in csto.changes()]
    assert {"id": "changes", "open": None} in outline.named("details")
    assert {"joined", "joined again", "lapsed", "suspended", "frozen"} <= set(outline.texts)
    assert "former party" in outline.texts


def test_the_pictures_are_those_of_the_drawing() -> None:
    """The page has three widths, the widest with a tip for every bar; a group says once what its marks share."""
    page = PAGES["en"]

    assert re.findall(r'class="(p\d+)-timeline"', page) == ["p1080", "p640", "p350"]
    assert "<title>Uzbekistan: membership suspended, from 19 December 2012</title>" in page
    one, two = '<rect x="1" fill="a" stroke="b"/>', '<text x="2" fill="c">fill=&quot;a&quot;</text>'
    assert shortened(f'<g class="p">{one}{one}{two}</g>\n') == (
        '<g class="p" fill="a"><rect x="1" stroke="b"/><rect x="1" stroke="b"/>'
        '<text x="2" fill="c">fill=&quot;a&quot;</text></g>\n'
    )
    assert shortened('<path d="M1 2L3 2"/><path d="M1 2L1 5"/>') == '<path d="M1 2H3"/><path d="M1 2V5"/>'


def _strings(value: object) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for key in value:
            yield from _strings(key)
            yield from _strings(value[key] if isinstance(value, dict) else ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_of_a_hostile_file_becomes_mark_up(lang: str) -> None:
    """Names, notes, disputes and addresses of a hostile organization stay text."""
    page = html(attacking(), lang)
    outline = Outline(page)

    assert outline.faults == []
    assert len(outline.named("script")) == 2
    assert not outline.named("img")
    assert page.count("</script>") == 2
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "javascript:" not in page
    facts = carried(page)
    assert not {"\u202e", "\x1b"} & set("".join(_strings(facts)))  # they are shown by their numbers
    assert facts["sources"][0][2:] == [[10592, 10956, "~"], 0]
    assert facts["disputes"][0][0].startswith("</text><script>alert(1)</script>")
    kept = "".join(text for text in outline.texts if not text.lstrip().startswith(('"use', "{", ":root")))
    assert not [one for one in kept if unicodedata.category(one) == "Cc" and one != "\n"]


def test_links_go_to_the_web_alone() -> None:
    """The addresses of sources are links to http and https; all the others are left out."""
    addresses = [source[3] for source in carried(PAGES["en"])["sources"]]

    assert all(address == 0 or address.startswith(("http://", "https://")) for address in addresses)
    assert sum(address != 0 for address in addresses) > len(addresses) / 2


def test_pages_in_other_languages() -> None:
    """Given their addresses, a page links to those in other languages; without any it has no such links."""
    links = Outline(html(csto, "ar", others={"en": "csto.en.html", "ru": "https://example.org/ru/"})).named(
        "a"
    )

    assert [(link["lang"], link["href"]) for link in links] == [
        ("en", "csto.en.html"),
        ("ar", "#"),
        ("ru", "https://example.org/ru/"),
    ]
    assert Outline(PAGES["ar"]).named("a") == []
    assert [link["lang"] for link in Outline(html(csto, "ru", others={"en": "./en.html"})).named("a")] == [
        "en",
        "ru",
    ]


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Documentation"), ("ar", "صفحات الشرح"), ("ru", "Документация")]
)
def test_a_page_that_belongs_to_a_site(lang: str, says: str) -> None:
    """Given the address of the documentation, a page links back to it, before the other languages."""
    page = html(csto, lang, home="index.html", others={"en": "a.html", "ru": "b.html"})

    assert f'<a href="index.html" class="home">{says}</a>' in page
    assert Outline(page).named("a")[0]["href"] == "index.html"
    assert 'class="home"' not in html(csto, lang)


@pytest.mark.parametrize("home", ["javascript:alert(1)", "//evil.example", "", 'x" onclick="y', 5])
def test_a_home_that_is_none(home: str) -> None:
    """The documentation has a relative or an https address."""
    with pytest.raises(DrawingError) as raised:
        html(csto, home=home)

    assert str(raised.value) == f"home is {home!r}. Give a relative or https address."


@pytest.mark.parametrize(
    ("others", "message"),
    [
        (
            {"en": "javascript:alert(1)"},
            "others has 'en': 'javascript:alert(1)', which is no page in another language. "
            "Give a relative or https address for each of en, ar, ru.",
        ),
        (
            {"de": "csto.de.html"},
            "others has 'de': 'csto.de.html', which is no page in another language. "
            "Give a relative or https address for each of en, ar, ru.",
        ),
        (
            {"ru": "//evil.example"},
            "others has 'ru': '//evil.example', which is no page in another language. "
            "Give a relative or https address for each of en, ar, ru.",
        ),
    ],
)
def test_an_address_that_is_none(others: dict[str, str], message: str) -> None:
    """Other pages have relative or https addresses, in languages that there are."""
    with pytest.raises(DrawingError) as raised:
        html(csto, others=others)

    assert str(raised.value) == message


def test_a_language_without_words() -> None:
    """A language without words is refused, with those that there are."""
    with pytest.raises(DrawingError) as raised:
        html(csto, "fr")

    assert str(raised.value) == "no pictures in 'fr'. There are en, ar, ru."


def test_to_html_writes_the_page(tmp_path: Path) -> None:
    """The method writes what the function gives, as UTF-8 with plain line ends."""
    path = tmp_path / "csto.ru.html"

    csto.to_html(path, "ru")

    assert path.read_bytes() == PAGES["ru"].encode()


def test_the_same_page_twice() -> None:
    """The same facts give the same bytes."""
    assert html(csto, "en") == PAGES["en"]


@pytest.mark.parametrize(
    ("organization", "chosen", "day"),
    [
        (csto, ["legal", "effect", ""], None),
        (csto.reading(basis="active", dating="any", era="CSTO"), ["active", "any", "CSTO"], None),
        (csto.reading(dating=("decision", "ratification")), ["legal", "decision-ratification", ""], None),
        (csto.reading(basis=Status.MEMBER | Status.OBSERVER), ["chosen", "effect", ""], None),
        (csto.reading(known_on="2012-07-01", extrapolate=True), ["legal", "effect", ""], 15522),
    ],
)
def test_a_page_begins_with_the_reading(
    organization: Organization, chosen: list[str], day: int | None
) -> None:
    """The page begins with the reading of the organization, and offers the others all the same."""
    facts = carried(html(organization))

    assert facts["chosen"] == chosen
    assert facts["chosenDay"] == day
    assert day is None or day in facts["known"]
    assert {"legal", "active", "nominal", "signed", chosen[0]} == set(facts["bases"])
    assert {"effect", "any", "decision", chosen[1]} <= set(facts["datings"])
    assert facts["eras"] == ["CST", "CSTO"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "organization",
    [
        csto_pa,
        csto_pa.beside(["UKR"]),
        thirty_two(),
        with_offices(),
        organization([event("AAA", "join", "2000")]),
        organization([]).beside(["UKR"]),
    ],
    ids=["assembly", "beside", "32", "offices", "one", "empty"],
)
def test_any_organization_has_a_page(organization: Organization, lang: str) -> None:
    """Organizations without eras, offices or changes have a page without those parts."""
    page = html(organization, lang)
    outline = Outline(page)
    facts = carried(page)

    assert outline.faults == []
    assert facts["states"] == len(organization.states)
    assert bool(outline.named("dl")) is bool(organization.history.offices)
    assert bool([one for one in outline.named("select") if one["id"] == "era"]) is bool(facts["eras"])
    assert len(outline.named("time")) == len(organization.changes())


def test_an_act_that_was_not_possible_by_what_was_known_is_left_out() -> None:
    """Before its membership was public a state's suspension could not be told; its withdrawal could."""
    facts = carried(html(late_news()))
    known = facts["known"].index(exact("2003-01-01").first - EPOCH) + 1
    roster: dict[int, int] = {}
    for differences in facts["rosters"][: facts["readings"][0][0][known] + 1]:
        roster |= dict(zip(differences[::2], differences[1::2], strict=True))
    _, acts = facts["lines"][roster[0]]

    assert [facts["events"][place][0] for place in facts["actLists"][acts][::2]] == ["sign", "withdraw"]
