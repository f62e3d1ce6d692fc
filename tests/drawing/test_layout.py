"""The layout of a timeline: what lies where, and that nothing touches what it must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    BeyondHorizonError,
    DayError,
    DrawingError,
    StateError,
    Status,
    build,
    csto,
    csto_pa,
)
from csto_membership.drawing import layout
from csto_membership.drawing.marks import LAYERS, Box, Stroke
from csto_membership.drawing.widths import width_of
from tests.drawing.invented import (
    LONG,
    bars,
    era,
    event,
    extent,
    hostile,
    labels,
    ordinal,
    organization,
    overlapping,
    texts,
    thirty_two,
    with_offices,
)
from tests.strategies import DATINGS, datasets

if TYPE_CHECKING:
    from csto_membership import Dataset, Organization

LANGS = ("en", "ar", "ru")
WIDTHS = (420, 640, 1200)


@given(dataset=datasets(), dating=st.sampled_from(DATINGS))
def test_no_text_of_an_invented_organization_touches_another(dataset: Dataset, dating: str) -> None:
    """Whatever happened when, no two texts touch."""
    membership = build(dataset).reading(dating=dating)
    if membership.states:
        assert not list(overlapping(layout(membership, "en", 420, width_of)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("dating", ["effect", "any"])
@pytest.mark.parametrize("name", ["csto", "csto_pa", "thirty_two", "hostile", "with_offices"])
def test_texts_touch_no_other_and_stay_inside(name: str, dating: str, lang: str, width: int) -> None:
    """In three languages and three widths no two texts touch, and every mark lies inside the drawing."""
    organizations = {
        "csto": csto,
        "csto_pa": csto_pa,
        "thirty_two": thirty_two(),
        "hostile": hostile(),
        "with_offices": with_offices(),
    }
    membership = organizations[name].reading(dating=dating)

    drawing = layout(membership, lang, width, width_of, on=membership.horizon, offices=True)

    assert not list(overlapping(drawing))
    for mark in drawing.marks:
        left, top, right, bottom = extent(drawing, mark)
        assert left >= 0
        assert right <= width
        assert top >= 0
        assert bottom <= drawing.height


def test_order_by_fate() -> None:
    """Members first, the earliest at the top; then frozen, suspended and former, the latest change first."""
    drawing = layout(thirty_two(), "en", 1200, width_of)

    fates = [bars(drawing, lane.of)[-1] for lane in drawing.lanes]
    ranks = [
        ["MEMBER", "FROZEN", "SUSPENDED", "FORMER"].index(str(next(iter(mark.status or Status(0))).name))
        for mark in fates
    ]
    assert ranks == sorted(ranks)
    began = [mark.days[0] for mark, rank in zip(fates, ranks, strict=True) if rank == 0 and mark.days]
    assert began == sorted(began)
    left = [mark.days[0] for mark, rank in zip(fates, ranks, strict=True) if rank == 3 and mark.days]
    assert left == sorted(left, reverse=True)


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("fate", ["BLR", "KAZ", "KGZ", "RUS", "TJK", "ARM", "UZB", "AZE", "GEO"]),
        ("name", ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]),
        ("first", ["ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB", "AZE", "GEO", "BLR"]),
        (["Georgia", "UZ", "GEO"], ["GEO", "UZB", "BLR", "KAZ", "KGZ", "RUS", "TJK", "ARM", "AZE"]),
    ],
)
def test_orders(order: str | list[str], codes: list[str]) -> None:
    """Lanes stand by fate, by name, by first act, or as they are listed, the others behind."""
    assert [lane.of for lane in layout(csto, "en", 1200, width_of, order=order).lanes] == codes


def test_states_that_never_acted_stand_last() -> None:
    """A state beside the organization has a lane without a bar, and no first act."""
    drawing = layout(csto.beside(["UKR"]), "en", 1200, width_of, order="first")

    assert drawing.lanes[-1].of == "UKR"
    assert bars(drawing, "UKR") == []


def test_some_states_alone() -> None:
    """With *states* only these have lanes, while the stairs count all, and say so."""
    drawing = layout(csto, "en", 1200, width_of, states=["ARM", "Узбекистан", "ARM"])

    assert [lane.of for lane in drawing.lanes] == ["ARM", "UZB"]
    assert "Members (all)" in [mark.text for mark in texts(drawing, "name")]
    assert "9" in [mark.text for mark in texts(drawing, "figure")]
    assert [lane.of for lane in layout(csto, "en", 1200, width_of, states="ARM").lanes] == ["ARM"]


def test_states_of_the_world_may_have_lanes() -> None:
    """A state without any act has an empty lane, and as many states as there are members are not all of them."""
    world = ["FRA", "DEU", "ITA", "ESP", "PRT", "POL", "AUT", "HUN", "UKR"]
    drawing = layout(csto, "en", 1200, width_of, states=world)

    assert not any(bars(drawing, code) for code in world)
    assert "Members (all)" in [mark.text for mark in texts(drawing, "name")]


def test_the_chosen_day_lies_under_labels_and_over_bars() -> None:
    """Its line has a casing, its caption stands on the axis, and no letter on a bar is lost in the casing."""
    drawing = layout(csto, "en", 800, width_of, on="2021-05-01")

    casing, line = (mark for mark in drawing.marks if mark.role == "day")
    assert isinstance(casing, Stroke)
    assert isinstance(line, Stroke)
    assert (casing.line, casing.thick, line.line, line.thick) == ("bg", 6, "day", 2)
    assert LAYERS.index("bar") < LAYERS.index("day") < LAYERS.index("patch") < LAYERS.index("label")
    (frozen,) = (mark for mark in texts(drawing, "label") if mark.of == "ARM")
    (shield,) = (mark for mark in drawing.marks if mark.role == "patch" and getattr(mark, "of", "") == "ARM")
    outer, inner = extent(drawing, shield), extent(drawing, frozen)
    assert outer[0] < inner[0] < inner[2] < outer[2]
    assert "1 May 2021" in [mark.text for mark in texts(drawing, "caption")]


@pytest.mark.parametrize(("on", "rows"), [("2003-06-30", 1), ("2024-06-30", 2), ("1992-01-01", 1)])
def test_the_caption_of_the_horizon_gives_way(on: str, rows: int) -> None:
    """Where the chosen day's caption would touch it, the horizon's moves one row down."""
    drawing = layout(csto, "en", 1200, width_of, on=on)

    assert len({mark.baseline for mark in texts(drawing, "caption")}) == rows


def test_eras() -> None:
    """An era has its name over a stroke; an imprecise one is dotted at both edges, with an open box on the stroke."""
    eras = (era("League of Nations", "2000-01-01"), era("Union", "2010"), era("Later", "2020-06-01"))
    membership = organization([event("AAA", "join", "2000-01-01")], eras=eras)

    drawing = layout(membership, "en", 1200, width_of)

    names = [mark.text for mark in texts(drawing, "label") if not mark.of]
    assert names == ["League of Nations, from 1 Jan 2000", "Union 2010"]
    dotted = [
        mark
        for mark in drawing.marks
        if isinstance(mark, Stroke) and (mark.role, mark.of) == ("era", "Union")
    ]
    assert len(dotted) == 2
    (box,) = (mark for mark in drawing.marks if isinstance(mark, Box) and mark.of == "Union")
    assert (box.fill, box.days) == ("open", (ordinal("2010-01-01"), ordinal("2011-01-01")))


def test_a_short_era_is_named_by_its_identifier() -> None:
    """Where no name fits the identifier stands, or nothing; without eras there is no band."""
    eras = (
        era("League of Nations", "2000-01-01"),
        era("Union of Everybody", "2004-01-01"),
        era("Late", "2020-06-01"),
    )
    acts = [event("AAA", "join", "2000-01-01")]
    drawing = layout(organization(acts, eras=eras), "en", 420, width_of)
    none = layout(organization(acts), "en", 420, width_of)

    names = [mark.text for mark in texts(drawing, "label") if not mark.of]
    assert names == ["League", "Union of Everybody, from 1 Jan 2004"]
    assert drawing.height - none.height == 22


def test_eras_are_dated_as_the_reading_dates() -> None:
    """Where a reading dates by a step the era begins on that of its own, else with its effect."""
    drawing = layout(csto.reading(dating=("decision", "announcement")), "en", 1200, width_of)
    other = layout(csto.reading(dating="announcement"), "en", 1200, width_of)

    assert "Organization, from 14 May 2002" in [mark.text for mark in texts(drawing, "label")]
    assert "Organization, from 18 Sep 2003" in [mark.text for mark in texts(other, "label")]


def test_eras_that_no_day_of_the_axis_belongs_to() -> None:
    """An era that ended before the first day drawn has no stroke."""
    eras = (era("Ancient", "1950-01-01"), era("Old", "1960-01-01"), era("Young", "2000-01-01"))
    membership = organization([event("AAA", "join", "2001-01-01")], eras=eras)

    drawing = layout(membership, "en", 1200, width_of)

    assert [mark.text for mark in texts(drawing, "label") if not mark.of] == ["Young, from 1 Jan 2000"]


def test_the_axis_of_few_years_and_of_many() -> None:
    """An axis is marked as closely as there is room, and always with its first year."""
    short = organization([event("AAA", "join", "2018-03-01")])
    long = organization([event("AAA", "join", "1815-03-01")])

    years = [mark.text for mark in texts(layout(short, "en", 1200, width_of), "axis")]
    assert years == ["2018", "2019", "2020"]
    years = [mark.text for mark in texts(layout(long, "en", 420, width_of), "axis")]
    assert years[0] == "1815"
    assert 4 < len(years) < 9


@pytest.mark.parametrize(
    ("count", "height", "says"),
    [
        (9, 30, ["joined 1 Jan 1990", "withdrew 1 Jan 2000"]),
        (41, 20, ["joined 1990", "withdrew 2000"]),
        (81, 12, []),
    ],
)
def test_lanes_of_many_states_are_lower(count: int, height: float, says: list[str]) -> None:
    """From 41 states lanes are lower and labels say years alone; from 81 there are none."""
    codes = [f"{chr(65 + number // 26)}{chr(65 + number % 26)}A" for number in range(count)]
    acts = [(event(code, "join", "1990-01-01"), event(code, "withdraw", "2000-01-01")) for code in codes]
    drawing = layout(organization([act for both in acts for act in both]), "en", 1200, width_of)

    assert drawing.lanes[1].middle - drawing.lanes[0].middle == height
    assert labels(drawing, codes[0]) == says
    assert not list(overlapping(drawing))


def test_a_long_name_is_shortened() -> None:
    """The column of names takes no more than a share of the width."""
    drawing = layout(hostile(), "en", 420, width_of)

    (name,) = (mark for mark in texts(drawing, "name") if mark.of == "BBB")
    assert name.text.endswith("…")
    assert LONG.startswith(name.text[:-1])
    assert drawing.left < 0.45 * 420


def test_title() -> None:
    """The neutral title is the name and the span; another may be given, and an empty one leaves the head out."""
    whole = layout(csto, "en", 1200, width_of)
    other = layout(csto, "en", 1200, width_of, title="Three left")
    none = layout(csto, "en", 1200, width_of, title="")

    assert [mark.text for mark in texts(whole, "title")] == [
        "Collective Security Treaty and its Organization, 1992–2026",
        "Who was a party or a member, day by day. Legal basis, dates of effect.",
    ]
    assert whole.height == 522
    assert texts(other, "title")[0].text == other.title == "Three left"
    assert texts(none, "title") == []
    assert none.height == 522 - 53
    assert none.title == whole.title


def test_the_legend_has_what_occurs() -> None:
    """Only statuses that occur have keys, in one order; a treaty has parties, an organization members."""
    legend = [mark.text for mark in texts(layout(csto.reading(dating="any"), "en", 1200, width_of), "legend")]
    other = [mark.text for mark in texts(layout(csto_pa, "en", 1200, width_of), "legend")]
    league = organization([event("AAA", "join", "2000-01-01"), event("AAA", "expel", "2010-01-01")])
    simple = [mark.text for mark in texts(layout(league, "en", 1200, width_of), "legend")]

    assert legend == [
        "signed, not in force",
        "party, later member",
        "participation frozen",
        "membership suspended",
        "former",
        "left open by the sources",
    ]
    assert other == ["observer", "left open by the sources"]
    assert simple == ["member", "former member"]


def test_a_drawing_without_any_bar_has_no_legend() -> None:
    """Where nobody ever acted there is nothing to explain."""
    drawing = layout(csto.beside(["UKR"]), "en", 1200, width_of, states=["UKR"])

    assert texts(drawing, "legend") == []
    assert drawing.description == ""


def test_offices() -> None:
    """A term is a box with its holder, as fully as there is room; an open hand-over is an open box over the border."""
    membership = with_offices()
    drawing = layout(membership, "en", 1200, width_of, offices=True)

    boxes = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.role == "office"]
    terms = [mark for mark in boxes if mark.fill == "card"]
    assert [mark.days for mark in terms] == [
        (ordinal("2000-01-01"), ordinal("2002-01-01")),
        (ordinal("2002-01-01"), ordinal("2002-01-20")),
        (ordinal("2002-01-20"), ordinal("2010-01-01")),
        (ordinal("2010-12-31"), ordinal("2015-01-01")),
        (ordinal("2015-01-01"), ordinal("2019-12-31")),
    ]
    handovers = [mark for mark in boxes if mark.fill == "open"]
    assert [mark.days for mark in handovers] == [
        (ordinal("2010-01-01"), ordinal("2010-12-31")),
        (ordinal("2019-12-31"), ordinal("2020-01-01")),
        (ordinal("2020-01-01"), ordinal("2020-03-01")),
    ]
    few = extent(drawing, handovers[1])
    assert few[2] - few[0] == pytest.approx(4)
    assert labels(drawing, "chair") == ["State AAA", "(State AAA)", "Ann Bee", "State AAA"]
    assert terms[2].tip.endswith(": (State AAA), 20 January 2002 to 31 December 2009")
    narrow = layout(membership, "en", 340, width_of, offices=True)
    assert labels(narrow, "chair") == ["(State AAA)", "Bee", "AAA"]
    assert layout(membership, "en", 1200, width_of).lanes == drawing.lanes[:2]


def lay(**choices: object) -> None:
    """A layout with one wrong choice."""
    wanted: dict[str, object] = {"lang": "en", "width": 1200} | choices
    layout(csto, wanted.pop("lang"), wanted.pop("width"), width_of, **wanted)  # type: ignore[arg-type] # wrong on purpose


NO_WIDTH = "is not a width for a timeline. Give a number of pixels from 320 to 20000."
NO_STATES = "names no states. Give a list of codes or names, for example ['ARM', 'UZB']."


@pytest.mark.parametrize(
    ("choices", "kind", "sentence"),
    [
        ({"lang": "fr"}, DrawingError, "no pictures in 'fr'. There are en, ar, ru."),
        ({"lang": None}, DrawingError, "no pictures in None. There are en, ar, ru."),
        ({"width": 100}, DrawingError, f"width=100 {NO_WIDTH}"),
        ({"width": "wide"}, DrawingError, f"width='wide' {NO_WIDTH}"),
        ({"width": float("nan")}, DrawingError, f"width=nan {NO_WIDTH}"),
        (
            {"order": "nmae"},
            DrawingError,
            "no order 'nmae'. Did you mean 'name'? There are fate, name, first, or name the states one by one.",
        ),
        ({"order": 3}, DrawingError, f"order=3 {NO_STATES}"),
        ({"states": 7}, DrawingError, f"states=7 {NO_STATES}"),
        (
            {"states": []},
            DrawingError,
            "states= names no state, so that there is nothing to draw. Name at least one.",
        ),
        ({"title": 5}, DrawingError, "title=5 is no text. Give a text, or '' for no title."),
        (
            {"on": "2127-01-01"},
            BeyondHorizonError,
            f"on='2127-01-01' is past {csto.horizon}, where the record ends. Choose that day or an earlier one.",
        ),
        (
            {"on": "1991-12-31"},
            DayError,
            "on='1991-12-31' is before 1992-01-01, the first day drawn. Choose that day or a later one.",
        ),
    ],
)
def test_wrong_choices(choices: dict[str, object], kind: type[Exception], sentence: str) -> None:
    """A wrong choice is refused with what is wrong and the way out."""
    with pytest.raises(kind) as caught:
        lay(**choices)

    assert str(caught.value) == sentence


def test_a_state_that_is_none() -> None:
    """States are named as everywhere, and an unknown one is refused likewise."""
    with pytest.raises(StateError, match="no state 'Atlantis'"):
        lay(states=["Atlantis"])


def empty() -> Organization:
    """An organization without any act."""
    return organization([])


def test_an_organization_without_states() -> None:
    """Where there are no states there is nothing to draw."""
    with pytest.raises(DrawingError) as caught:
        layout(empty(), "en", 1200, width_of)

    assert str(caught.value) == "INV has no states, so that there is nothing to draw. Name at least one."
