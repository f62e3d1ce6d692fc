"""An invented league and questions whose whole answers stand in ``tests/golden``, in each form and language.

``python -m tests.membership.whole_answers`` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csto_membership import Status, build, exact, imprecise
from csto_membership._facts.dates import later_than
from csto_membership._membership.cards import counts_card, finding_card, organization_card, table, text
from csto_membership._membership.dates_in_words import (
    date_in_words,
    effect_in_words,
    period_in_words,
    placed,
    span_in_words,
)
from csto_membership._membership.roster_cards import roster_html
from csto_membership._reader.facts_file import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership import Explanation, Organization

GOLDEN = Path(__file__).parents[1] / "golden"
LANGUAGES = ("en", "ru", "ar")

LEAGUE = """
verified_through: 2010-12-31
states:
  MLT: {name: Malta, iso2: MT}
  ISL: {name: Iceland, iso2: IS}
  MUS: {name: Mauritius, iso2: MU}
  SYC: {name: Seychelles, iso2: SC}
  CPV: {name: Cabo Verde, iso2: CV}
organizations:
  LEAGUE:
    name: League of Islands
    names: {ru: Лига островов, ar: رابطة الجزر}
    eras:
      TREATY:
        name: Treaty of the Islands
        names: {ru: Договор островов (ДО), ar: معاهدة الجزر}
        bound: parties
        effect: 1990-01-01
        instrument: treaty
        sources: [s1]
      UNION:
        name: Organization of the Treaty of the Islands
        names: {ar: منظمة معاهدة الجزر}
        effect: 2000-01-01
        sources: [s2]
    events:
      MLT:
        - {act: sign, effect: 1989-05-04, steps: {signature: 1989-05-04}, instrument: treaty, sources: [s1]}
        - act: join
          effect: 1990-03
          instrument: treaty
          steps:
            ratification: {date: 1990-02, sources: [s2]}
            entry_into_force: 1990-03
          note: The gazette gives the month alone.
          sources: [s1, s3]
          disputes:
            - says: Malta joined on 5 April 1990, as its own yearbook has it on a page that was written thirty years
                later and names no document at all.
              date: 1990-04-05
              sources: [s4, s6]
              answer: The gazette of the day says March.
              against: [s1]
        - {act: reaffirm, effect: 1995-03-01, sources: [s2], note: For five years more.}
        - {act: freeze, effect: 2001, sources: [s3], note: "A speech, no notice."}
        - {act: resume, effect: "[2002-02-10..2002-02-20]", sources: [s3]}
        - act: withdraw
          effect: 2006-07-01
          steps: {notice: 2005-12-20, receipt: 2006-01-01}
          sources: [s5]
      ISL:
        - {act: join, effect: "[..1990-06-30]", sources: [s1]}
        - {act: suspend, effect: 1999-12-20~, sources: [s2]}
        - {act: expel, effect: 2003-04-01, sources: [s2]}
      MUS:
        - {act: sign, effect: 1990-02-02, sources: [s1]}
        - {act: end, effect: 1994-01-01, sources: [s6]}
      CPV:
        - {act: observe, effect: 1992-01-01, sources: [s3]}
        - {act: associate, effect: 1996-01-01, sources: [s3]}
        - {act: join, effect: 2001-01-01, sources: [s3, s1, s2, s4]}
        - {act: freeze, effect: 2004-01-01, sources: [s3]}
        - {act: suspend, effect: 2005-01-01, sources: [s3, s5, s6]}
        - {act: lapse, effect: 2008-01-01, sources: [s3]}
    participations:
      patrol:
        kind: operation
        name: Patrol of the Straits
        effect: 2002-03-01
        end: 2002-03-11
        sources: [s5]
        participants:
          - {state: MLT, capacity: host, note: With two ships.}
          - {state: CPV, capacity: contributor, sources: [s6]}
sources:
  s1: {title: Gazette, publisher: The Islands, kind: primary, date: 1990-04-01, address: "https://example.org/g?a=1&b=2"}
  s2: {title: Minutes, publisher: League, kind: official, date: 2003}
  s3: {title: News <of> the *day*, publisher: Agency, kind: agency}
  s4: {title: Yearbook, publisher: Malta, kind: reference, date: 2009-01-01}
  s5: {title: Notice, publisher: League, kind: official, date: 2006-01-02}
  s6: {title: Letters, publisher: League, kind: press}
instruments:
  treaty: {title: Treaty of the Islands of 1989, sources: [s1], steps: {signature: 1989-05-04}}
"""

QUESTIONS: tuple[tuple[str, str | tuple[str, str], dict[str, Any]], ...] = (
    ("MLT", "1989-06-01", {}),
    ("MLT", "1990-03-15", {}),
    ("MLT", "1996", {}),
    ("MLT", "1999-12", {}),
    ("MLT", "2000", {}),
    ("MLT", ("1999-06-01", "2000-06-01"), {}),
    ("MLT", "2001-06-30", {"basis": "active"}),
    ("MLT", "2002-03-05", {}),
    ("MLT", "2006", {"dating": "any"}),
    ("MLT", "2007-01-01", {"dating": ("notice", "receipt"), "basis": "nominal"}),
    ("MLT", "2010-12-31", {}),
    ("MLT", "2011-06-01", {"extrapolate": True}),
    ("ISL", "1980-01-01", {}),
    ("ISL", "1991-01-01", {}),
    ("ISL", "2001", {}),
    ("ISL", "2010-12-31", {"basis": Status.MEMBER | Status.SUSPENDED}),
    ("MUS", "1991-01-01", {"basis": "signed"}),
    ("MUS", "1995", {"era": "UNION"}),
    ("SYC", "1995", {}),
    ("SYC", "1995", {"known_on": "2000-01-01"}),
    ("CPV", "1993-01-01", {}),
    ("CPV", "1996", {}),
    ("CPV", "2002-03-01", {"known_on": "2002-06-30"}),
    ("CPV", "2004", {}),
    ("CPV", "2005-01-01", {}),
    ("CPV", "2009", {}),
    ("CPV", "2003", {}),
    ("ISL", "2003", {}),
)
# Of which of these, by their places, further forms are written.
_SHORT, _MARKDOWN, _CARDS, _DICTIONARIES = (
    {1, 2, 7, 12, 19, 24, 26},
    {1, 7},
    {2, 9, 13, 23},
    {1, 5, 7, 12, 18, 22, 27},
)


def league() -> Organization:
    """The organization of the invented file."""
    return build(read(LEAGUE.encode(), "league.yaml"))


def explanations(lang: str) -> Iterator[tuple[str, Explanation]]:
    """Each question, as a line, with its answer in a language."""
    organization = league().beside(["IRL"])
    for state, when, reading in QUESTIONS:
        how = ", ".join(f"{name}={value!r}" for name, value in reading.items())
        yield (
            f"## {state} {when} {how}".rstrip(),
            organization.reading(**reading).explain(state, when, lang=lang),
        )


def texts(lang: str) -> str:
    """The answers as full text; of some the short text as well, and Markdown."""
    parts = []
    for number, (question, explanation) in enumerate(explanations(lang)):
        parts += [question, "", explanation.text(full=True), ""]
        if number in _SHORT:
            parts += ["short:", "", explanation.text(call="more()"), "", repr(explanation), ""]
        if number in _MARKDOWN:
            parts += [explanation.to_markdown(full=True, call="more()"), explanation.to_markdown(), ""]
            parts += [explanation.text().rpartition("\n")[2], ""]
    return "\n".join(parts)


def cards(lang: str) -> str:
    """Some answers as cards, each element in a line of its own."""
    parts = []
    for number, (question, explanation) in enumerate(explanations(lang)):
        if number in _CARDS:
            parts += [question, "", _lines(explanation._repr_html_()), ""]
    return "\n".join(parts)


def sequences() -> str:
    """The cards of rosters, spells, changes and the organization."""
    organization = league()
    shown: dict[str, Any] = {
        "members_on('1995-01-01')": organization.members_on("1995-01-01"),
        "members_on('1980-01-01')": organization.members_on("1980-01-01"),
        "members_on('2000')": organization.members_on("2000"),
        "members_on('2007')": organization.members_on("2007"),
        "members_on('1990-03')": organization.members_on("1990-03"),
        "members_on('2000') & ['MLT', 'ISL']": organization.members_on("2000") & ["MLT", "ISL"],
        "spells('MLT')": organization.spells("MLT"),
        "spells('ISL')": organization.spells("ISL"),
        "changes()": organization.changes(),
        "changes('1991')": organization.changes("1991"),
        "next_change('2005-06-01')": organization.next_change("2005-06-01"),
    }
    parts = []
    for question, answer in shown.items():
        parts += [f"## {question}", "", repr(answer), str(answer), "", _lines(answer._repr_html_()), ""]
    for title, html in _plain_cards(organization).items():
        parts += [f"## {title}", "", _lines(html), ""]
    return "\n".join(parts)


def _plain_cards(organization: Organization) -> dict[str, str]:
    """Cards that presenting rooms fill: of an organization, of a finding, of counts; and a roster in two languages."""
    first = exact("1992-03-01").first
    rosters = {
        f"roster in {lang}": roster_html(
            organization.compiled, first, first + 400, organization.members_on("1992"), lang
        )
        for lang in ("ru", "ar")
    }
    many = [(text(f"row {number}"),) for number in range(1, 6)]
    return {
        **rosters,
        "organization": organization_card(
            "en", name="A <name>", members=["A", "B"], horizon="1 May", reading="r", picture="<svg></svg>"
        ),
        "organization without members": organization_card(
            "ru", name="N", members=[], horizon="1 мая", reading="r", picture=""
        ),
        "finding": finding_card(
            "ru",
            sentence="S.",
            reading="r",
            quote='"So"',
            quote_lang=None,
            lines=[("Heading", "line"), ("", "alone")],
            disputes=["d1 http://example.org/1", "d2"],
            sources=["[1] T https://example.org/2", "[2] ftp://example.org"],
        ),
        "counts": counts_card("ar", headline="H", reading="r", counts=[("agree", 1), ("differ", 2)]),
        "five rows of five": table(("Head",), many, most=5, shown=2, more="more"),
        "five rows of four": table(("Head",), many, most=4, shown=2, more="more"),
        "five rows of four, left out": table(("Head",), many, most=4, shown=2),
    }


def dictionaries() -> str:
    """Some answers as plain values."""
    parts = []
    for number, (question, explanation) in enumerate(explanations("en")):
        if number in _DICTIONARIES:
            parts += [question, "", json.dumps(explanation.to_dict(), indent=1, ensure_ascii=False), ""]
    return "\n".join(parts)


def _lines(html: str) -> str:
    """A card without its style, with an element in each line."""
    return (html.partition("</style>")[2] or html).replace("><", ">\n<")


DATES = (
    "1999-05-03",
    "1999-04",
    "1999",
    "[1999-04-01..1999-04-30]",
    "[1999-01-01..1999-12-31]",
    "[1999-04-02..1999-04-20]",
    "[1999-04-02..2000-04-02]",
    "[..1999-04-20]",
    "1999-04-20?",
    "1999-04~",
    "1999%",
    "[1999-04-02..1999-04-20]?",
    "9999-12",
)
SPANS = (
    ("1999-05-03", "1999-05-03"),
    ("1999-04-01", "1999-04-30"),
    ("1999-02-01", "1999-02-28"),
    ("2000-02-01", "2000-02-28"),
    ("1999-01-01", "1999-12-31"),
    ("1999-01-01", "2001-12-31"),
    ("1999-01-01", "2001-12-30"),
    ("1999-01-02", "2001-12-31"),
    ("1999-04-01", "1999-05-31"),
    ("1999-12-01", "1999-12-31"),
    ("9999-12-01", "9999-12-31"),
)


def dates() -> str:
    """Dates and spans as sentences write them, alone and behind a preposition."""
    parts = []
    for lang in LANGUAGES:
        parts += [f"## {lang}", ""]
        for written in (*map(imprecise, DATES), later_than(exact("1999-04-20").first)):
            placings = " | ".join(placed(lang, how, written) for how in ("on", "since", "from"))
            parts += [
                f"{written}: {date_in_words(lang, written)} | {effect_in_words(lang, written)} | {placings}"
            ]
        day = date(1999, 5, 3)
        parts += [f"{day}: " + " | ".join(placed(lang, how, day) for how in ("on", "since", "from"))]
        for first, last in SPANS:
            days = date.fromisoformat(first), date.fromisoformat(last)
            parts += [f"{first} {last}: {period_in_words(lang, *days)} | {span_in_words(lang, *days)}"]
        parts += [""]
    return "\n".join(parts)


def files() -> dict[str, str]:
    """Every golden file with its content."""
    made = {f"answers-{lang}.txt": texts(lang) for lang in LANGUAGES}
    made |= {f"cards-{lang}.txt": cards(lang) for lang in LANGUAGES}
    return made | {
        "cards-of-sequences.txt": sequences(),
        "answers-as-values.txt": dictionaries(),
        "dates-in-words.txt": dates(),
    }


if __name__ == "__main__":
    for name, content in files().items():
        (GOLDEN / name).write_text(content, encoding="utf-8")
