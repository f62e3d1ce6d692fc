"""The page's script against the library, in a real browser: what it looks up is what the library says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import Answer, Organization, csto, csto_pa
from csto_membership.explorer import html
from csto_membership.explorer.offers import EPOCH
from tests.browsers import opened
from tests.drawing.invented import with_offices
from tests.explorer.pages import carried, late_news

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ANSWERS = {Answer.NO: 0, Answer.YES: 1, Answer.UNKNOWN: 2}
LOOK_UP = """({ reading, days }) => days.map((day) =>
    explorer.ask({ ...explorer.standard(), ...reading, day }).map((row) => [row.code, row.mask, row.answer]))"""
WHY = """({ reading, days }) => days.map((day) => {
    const q = { ...explorer.standard(), ...reading, day };
    return explorer.ask(q).map((row) => {
        const around = explorer.actsAround(row.line, day);
        const acts = [around.before, ...around.confirmed, ...around.doubt, around.after].filter((act) => act >= 0);
        return [row.code, around.before, around.confirmed, around.doubt, around.after,
            explorer.citedBy(acts, q).length, acts.flatMap((act) => explorer.disputesOf(act, q)).length];
    });
})"""
ASIDE = """({ reading, days }) => days.map((day) => {
    const q = { ...explorer.standard(), ...reading, day };
    return [explorer.facts.offices.map((office) => explorer.termsOn(office, q).map((one) => [one.term[0], one.isSure])),
        explorer.partsOn(q).map((part) => explorer.facts.parts.indexOf(part))];
})"""
COMPARE = """({ reading, pairs }) => pairs.map(([day, other]) => {
    const found = explorer.compare({ ...explorer.standard(), ...reading, day, other });
    const code = (one) => explorer.facts.people[one.place][0];
    return ["joined", "left", "changed"].map((kind) => found[kind].map(code).sort());
})"""


def days_around(organization: Organization, facts: dict[str, Any]) -> list[int]:
    """Every day on which anything changes under any reading offered, the days beside it, and the ends."""
    edges = {day for days, _ in facts["runs"] for day in days} | {facts["first"], facts["last"]}
    last = organization.horizon.toordinal() - EPOCH
    return sorted({day for edge in edges for day in (edge - 1, edge, edge + 1) if day <= last})


def read(organization: Organization, dating: str, era: str, known: int | None) -> Organization:
    """The organization under one of the readings that a page offers."""
    return organization.reading(
        dating=tuple(dating.split("-")) if "-" in dating else dating,
        era=era or None,
        known_on=None if known is None else date.fromordinal(known + EPOCH),
    )


def page_of(browser: Browser, folder: Path, organization: Organization) -> tuple[Page, dict[str, Any]]:
    """The page of an organization in the browser, and the facts that it carries."""
    path = folder / "page.html"
    organization.to_html(path)
    found = opened(browser, path)
    assert found.faults == []
    return found.page, carried(html(organization))


@pytest.mark.parametrize(
    "organization",
    [csto, csto_pa, with_offices(), late_news()],
    ids=["CSTO", "PA", "offices", "late"],
)
def test_every_answer_is_the_library_s(browser: Browser, tmp_path: Path, organization: Organization) -> None:
    """For every state, change day -1/0/+1, basis, dating, era and day known, mask and answer are the same.

    Days known are asked about under the datings that differ most; every other pair of choices is there.
    """
    page, facts = page_of(browser, tmp_path, organization)
    days = days_around(organization, facts)
    asked, different = 0, []
    for dating in facts["datings"]:
        for era in ("", *facts["eras"]):
            for known in (None, *(facts["known"] if dating in {"effect", "any"} else ())):
                # All of it for all that is known; for each day known the days up to it.
                shown = [day for day in days if known is None or day <= known]
                bases = facts["bases"] if known is None else ["legal"]
                whole = read(organization, dating, era, known)
                for basis in bases:
                    library = whole.reading(basis=basis)
                    reading = {"basis": basis, "dating": dating, "era": era, "known": known}
                    found = page.evaluate(LOOK_UP, {"reading": reading, "days": shown})
                    for day, rows in zip(shown, found, strict=True):
                        on = date.fromordinal(day + EPOCH)
                        said = [
                            [
                                state.iso3,
                                library.status_on(state.iso3, on).value,
                                ANSWERS[library.was_member(state.iso3, on)],
                            ]
                            for state in library.states
                        ]
                        asked += len(said)
                        if rows != said:
                            different.append((reading, on))

    assert different == []
    assert asked >= 4 * len(days)
    print(f"{organization.history.id}: {asked} questions, 0 differences")  # noqa: T201 (the figure is the result)


@pytest.mark.parametrize(
    ("dating", "era", "known"),
    [
        ("effect", "", None),
        ("any", "", None),
        ("decision", "CSTO", None),
        ("effect", "", 15519),
        ("any", "", 12000),
    ],
)
def test_the_acts_around_a_day_are_the_explanation_s(
    browser: Browser, tmp_path: Path, dating: str, era: str, known: int | None
) -> None:
    """The acts before, confirming, in doubt and after, with how many sources and disputes, are explain()'s."""
    page, facts = page_of(browser, tmp_path, csto)
    known = None if known is None else max(day for day in facts["known"] if day <= known)
    library = read(csto, dating, era, known)
    days = [day for day in days_around(csto, facts) if known is None or day <= known]
    reading = {"dating": dating, "era": era, "known": known}
    found = page.evaluate(WHY, {"reading": reading, "days": days})

    def number(event: object) -> int:
        return -1 if event is None else positions[id(event)]

    positions: dict[int, int] = {}
    for state in library.states:
        kept = [place for place, event in enumerate(csto.history.events) if event.state == state.iso3]
        for event in library.events(state.iso3):
            place = next(
                place
                for place in kept
                if csto.history.events[place].act is event.act and place not in positions.values()
            )
            positions[id(event)] = place
    for day, rows in zip(days, found, strict=True):
        for row in rows:
            why = library.explain(row[0], date.fromordinal(day + EPOCH))
            assert row == [
                row[0],
                number(why.before),
                [number(event) for event in why.confirmed],
                [number(event) for event in why.in_doubt],
                number(why.after),
                len({source.id for source in why.sources} - _of_parts(why)),
                len(why.disputes),
            ], (day, row[0])


def _of_parts(why: Any) -> set[str]:
    """The sources of an explanation that only operations and sessions cite."""
    acts = [event for event in (why.before, *why.confirmed, *why.in_doubt, why.after) if event]
    of_acts = {name for event in acts for name in event.sources}
    of_acts |= {name for event in acts for step in event.steps for name in step.sources}
    of_acts |= {
        name for event in acts for dispute in event.disputes for name in (*dispute.sources, *dispute.against)
    }
    return {source.id for source in why.sources} - of_acts


@pytest.mark.parametrize("organization", [csto, with_offices()], ids=["CSTO", "offices"])
def test_offices_and_participations_are_the_library_s(
    browser: Browser, tmp_path: Path, organization: Organization
) -> None:
    """On every edge of a term or a session, -1/0/+1, the holders and the participations are the library's."""
    page, facts = page_of(browser, tmp_path, organization)
    edges = {edge for _, terms in facts["offices"] for term in terms for edge in term[4:]}
    edges |= {edge for part in facts["parts"] for edge in part[3:5] if edge is not None}
    for known in (None, *facts["known"][-6:]):
        library = organization.reading(known_on=None if known is None else date.fromordinal(known + EPOCH))
        last = facts["last"] if known is None else known
        days = sorted({day for edge in edges for day in (edge - 1, edge, edge + 1) if day <= last})
        found = page.evaluate(ASIDE, {"reading": {"known": known}, "days": days})
        codes = [code for code, _ in facts["people"]]
        order = sorted(organization.history.participations, key=lambda one: (one.effect.first, one.id))
        for day, (offices, parts) in zip(days, found, strict=True):
            on = date.fromordinal(day + EPOCH)
            for office, shown in zip(organization.history.offices, offices, strict=True):
                terms = library.holders_in(office.id, on)
                assert [codes[place] for place, _ in shown] == [term.state for term in terms]
                is_sure = len(terms) == 1 and all(sure for _, sure in shown)
                assert is_sure is _is_certain(library, office.id, on)
            expected = [
                one.id
                for one in library.participations()
                if one.days[0] <= day + EPOCH and (one.days[1] is None or day + EPOCH < one.days[1])
            ]
            assert [order[place].id for place in parts] == expected


def _is_certain(library: Organization, office: str, on: date) -> bool:
    """Whether one holder is certain."""
    from csto_membership import OfficeError, UncertainError

    try:
        library.holder_of(office, on)
    except (UncertainError, OfficeError):
        return False
    return True


def test_two_days_differ_as_the_library_says(browser: Browser, tmp_path: Path) -> None:
    """Who joined, left or otherwise changed between two days is what difference() says, earlier day first."""
    page, facts = page_of(browser, tmp_path, csto)
    days = days_around(csto, facts)[::5]
    pairs = [(one, other) for one in days for other in days]
    for dating in ("effect", "any"):
        library = csto.reading(dating=dating, basis="active")
        found = page.evaluate(COMPARE, {"reading": {"dating": dating, "basis": "active"}, "pairs": pairs})
        for pair, kinds in zip(pairs, found, strict=True):
            one, other = (date.fromordinal(day + EPOCH) for day in sorted(pair))
            difference = library.difference(one, other)
            assert kinds == [
                [state.iso3 for state in states]
                for states in (difference.joined, difference.left, difference.changed)
            ]


@pytest.mark.parametrize("dating", ["effect", "any"])
def test_the_changes_to_go_to_are_the_library_s(browser: Browser, tmp_path: Path, dating: str) -> None:
    """Previous and next change are the days of changes() under the reading."""
    page, _ = page_of(browser, tmp_path, csto)
    found = page.evaluate("(dating) => explorer.cutsOf({ ...explorer.standard(), dating })", dating)

    days = {change.day.toordinal() - EPOCH for change in csto.reading(dating=dating).changes()}
    assert found == sorted(days)


@pytest.mark.parametrize(
    ("lang", "month", "year"),
    [
        ("en", "in effect from some day between 1 April 2013 and 30 April 2013", "in effect from 2013"),
        (
            "ru",
            "действует с одного из дней в период с 1 апреля 2013 года по 30 апреля 2013 года",
            "действует с 2013 года",
        ),
        (
            "ar",
            "يسري من أحد أيام المدة من 1 أبريل/نيسان 2013 إلى 30 أبريل/نيسان 2013",
            "يسري من عام 2013",
        ),
    ],
)
def test_an_act_whose_day_is_not_known(
    browser: Browser, tmp_path: Path, lang: str, month: str, year: str
) -> None:
    """Of an act that is dated to a month or a year no day is named, and nothing is said twice."""
    path = tmp_path / "page.html"
    csto_pa.to_html(path, lang)
    page = opened(browser, path).page

    said = []
    for place in (0, 1):
        page.locator("td.whys button").nth(place).click()
        said.append(page.locator("tr.box").nth(place).inner_text())

    assert f", {month}\n" in said[0].replace("،", ",")
    assert f", {year}\n" in said[1].replace("،", ",")


@pytest.mark.parametrize(
    ("lang", "step"),
    [
        ("en", "announcement: some day between 1 April 1993 and 30 April 1993, "),
        ("ru", "заявление: один из дней с 1 апреля 1993 года по 30 апреля 1993 года, "),
        ("ar", "إعلان: أحد أيام المدة من 1 أبريل/نيسان 1993 إلى 30 أبريل/نيسان 1993، "),
    ],
)
def test_a_step_whose_day_is_not_known(browser: Browser, tmp_path: Path, lang: str, step: str) -> None:
    """It took one day of its month, and not all of them; the month of a source stands as the source has it."""
    path = tmp_path / "page.html"
    csto.to_html(path, lang)
    page = opened(browser, path).page
    page.fill("#day", "1994-02-01")
    page.press("#day", "Enter")

    for button in page.locator("td.whys button").all():
        button.click()

    boxes = "\n".join(page.locator("tr.box").all_inner_texts())
    assert step in boxes
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert any(source.endswith(", 1999-04") for source in page.locator("tr.box li").all_inner_texts())
