"""The lanes of states: bars are spells, labels are acts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Status, build, csto
from csto_membership.drawing import layout
from csto_membership.drawing.lanes import bar
from csto_membership.drawing.marks import At, Box, Stroke
from csto_membership.drawing.widths import width_of
from tests.drawing.invented import bars, era, event, extent, labels, ordinal, organization, texts
from tests.strategies import BASES, DATINGS, datasets

if TYPE_CHECKING:
    from csto_membership import Dataset

LANGS = ("en", "ar", "ru")
WIDTHS = (420, 640, 1200)


@given(dataset=datasets(), dating=st.sampled_from(DATINGS), basis=st.sampled_from(BASES))
def test_the_bars_of_a_lane_say_each_day_what_the_status_was(
    dataset: Dataset, dating: str, basis: str
) -> None:
    """Read day by day, the bars of a lane give the status on every day of the axis; no bar is OUTSIDE."""
    membership = build(dataset).reading(dating=dating, basis=basis)
    if not membership.states:
        return

    drawing = layout(membership, "en", 1200, width_of)

    for state in membership.states:
        shown = [(mark.days, mark.status) for mark in bars(drawing, state.iso3)]
        for day in range(drawing.first, drawing.end):
            found = [status for days, status in shown if days and days[0] <= day < days[1]]
            status = membership.status_on(state, date.fromordinal(day))
            assert found == ([] if status is Status.OUTSIDE else [status])


def _shape(box: Box) -> object:
    """What of a bar remains without its colours."""
    return box.bottom - box.top, box.is_round, box.is_dashed, box.hatch, box.fill is not None


def test_shapes_alone_tell_the_statuses_apart() -> None:
    """No two statuses have the same height, ends, outline and hatch, so that colour only repeats them."""
    shapes: dict[Status, object] = {}
    for status in (*Status, Status.MEMBER | Status.FORMER, Status.OUTSIDE | Status.SIGNATORY):
        for mark in bar(status, At(shift=0), At(shift=50), 10, 20):
            shapes[status] = mark.dashes if isinstance(mark, Stroke) else _shape(mark)
    assert len(set(shapes.values())) == len(shapes) == len(Status) + 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGS)
def test_labels_stay_in_their_lane_and_spell(lang: str, width: int) -> None:
    """A label lies inside a bar or a run of dots of its own lane, and inside its height."""
    drawing = layout(csto.reading(dating="any"), lang, width, width_of)

    for label in texts(drawing, "label"):
        if label.of:
            left, top, right, bottom = extent(drawing, label)
            hosts = [extent(drawing, mark) for mark in bars(drawing, label.of)]
            (middle,) = (lane.middle for lane in drawing.lanes if lane.of == label.of)
            assert any(start - 1 <= left and right <= end for start, _, end, _ in hosts)
            assert middle - 15 < top < bottom < middle + 15


def test_the_labels_of_the_shipped_organization() -> None:
    """An act that a reader would count has a label with its first day; signing and the first join have none."""
    drawing = layout(csto, "en", 1200, width_of)

    assert labels(drawing, "UZB") == [
        "lapsed 21 Apr 1999",
        "joined again 16 Aug 2006",
        "suspended 19 Dec 2012",
    ]
    assert labels(drawing, "ARM") == ["frozen 22 Feb 2024"]
    assert labels(drawing, "BLR") == []


def test_labels_give_way_where_there_is_no_room() -> None:
    """In a narrow drawing the day goes before the act, and the act before the year."""
    drawing = layout(csto, "en", 420, width_of)

    assert labels(drawing, "UZB") == ["1999", "2006", "suspended 2012"]
    assert labels(drawing, "AZE") == ["lapsed 21 Apr 1999"]


def test_a_label_goes_to_the_spell_before_only_where_that_is_free() -> None:
    """A short spell has its label at the end of a membership before it, unless a label stands there, or none."""
    first = [event("AAA", "join", "1990-01-01"), event("AAA", "withdraw", "2020-06-01")]
    taken = [event("AAA", "join", "2000-01-01"), event("AAA", "withdraw", "2020-06-01")]
    suspended = [event("AAA", "join", "1990-01-01"), event("AAA", "suspend", "1995-01-01")]
    eras = (era("League", "1980-01-01"),)

    def found(*acts: object) -> list[str]:
        events = [act for act in acts if act is not None]
        return labels(layout(organization(events, eras=eras), "en", 1200, width_of), "AAA")  # type: ignore[arg-type] # acts

    assert found(*first) == ["withdrew 1 Jun 2020"]
    lapse = [event("AAA", "join", "1990-01-01"), event("AAA", "lapse", "1999-12-01")]
    assert found(*lapse, *taken) == ["lapsed 1 Dec 1999", "joined again 1 Jan 2000"]
    assert found(*suspended, event("AAA", "withdraw", "2020-06-01")) == ["suspended 1 Jan 1995"]


@pytest.mark.parametrize(
    ("lang", "again"), [("en", "2006–2008"), ("ru", "2006–2008"), ("ar", "من 2006 إلى 2008")]
)
def test_a_label_after_an_open_window_names_its_years(lang: str, again: str) -> None:
    """After an open window a label never names its last day alone."""
    drawing = layout(csto.reading(dating="any"), lang, 1200, width_of)

    assert labels(drawing, "UZB")[1] == again
    assert labels(drawing, "UZB")[0].endswith(" 1999")


def test_a_label_names_the_window_of_its_own_act() -> None:
    """Where two open windows follow each other the label has the years of the second act alone."""
    membership = organization(
        [
            event("AAA", "join", "1980-01-01"),
            event("AAA", "freeze", "[1990-01-01..1996-01-01]"),
            event("AAA", "withdraw", "[1996-01-01..1998-01-01]"),
        ]
    )

    assert labels(layout(membership, "en", 1200, width_of), "AAA") == [
        "joined 1 Jan 1980",
        "withdrew 1996–1998",
    ]


def test_without_eras_the_first_join_has_a_label() -> None:
    """Nothing else says when states joined."""
    acts = [event("AAA", "observe", "1990-01-01"), event("AAA", "join", "2000-01-01")]

    assert labels(layout(organization(acts), "en", 1200, width_of), "AAA") == ["joined 1 Jan 2000"]
    eras = (era("League", "1995-01-01"),)
    assert labels(layout(organization(acts, eras=eras), "en", 1200, width_of), "AAA") == []


def test_no_stroke_runs_through_a_label() -> None:
    """Over strokes and dots a label has a patch of the ground; on a solid bar it has none."""
    drawing = layout(csto, "en", 1200, width_of)

    patches = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.role == "patch"]
    assert sorted((mark.of, mark.fill) for mark in patches) == [
        ("AZE", "bg"),
        ("GEO", "bg"),
        ("UZB", "bg"),
        ("UZB", "susptint"),
    ]
    grey = layout(
        organization([event("AAA", "join", "1990-01-01"), event("AAA", "freeze", "2000-01-01")]),
        "en",
        900,
        width_of,
    )
    assert [mark.fill for mark in grey.marks if isinstance(mark, Box) and mark.role == "patch"] == ["member"]
    assert {mark.ink for mark in texts(grey, "label")} == {"onmember"}
    inks = {mark.text: mark.ink for mark in texts(drawing, "label")}
    assert inks["joined again 16 Aug 2006"] == "onmember"
    assert inks["suspended 19 Dec 2012"] == "ink"


def test_a_question_mark_stands_where_membership_is_open() -> None:
    """An open bar that may be a membership is full and has a question mark, if wide enough; another is low."""
    drawing = layout(csto.reading(dating="any"), "en", 1200, width_of)

    assert [mark.of for mark in texts(drawing, "doubt")] == ["KAZ", "UZB", "UZB"]
    low = [mark for mark in bars(drawing, "BLR") if isinstance(mark, Box) and mark.is_dashed]
    assert [mark.bottom - mark.top for mark in low] == [8]


def test_a_bar_of_few_days_stays_visible() -> None:
    """A mark narrower than 5 pixels is drawn 5 pixels wide about its middle, and tells its true days."""
    acts = [("join", "2000-01-01"), ("freeze", "2010-01-01"), ("resume", "2010-01-03")]
    membership = organization([event("AAA", act, day) for act, day in acts])
    drawing = layout(membership, "en", 1200, width_of)

    (few,) = (mark for mark in bars(drawing, "AAA") if mark.status is Status.FROZEN)
    left, _, right, _ = extent(drawing, few)
    middle = drawing.left + (ordinal("2010-01-02") - drawing.first) * drawing.per_day
    assert right - left == pytest.approx(5)
    assert (left + right) / 2 == pytest.approx(middle)
    assert few.days == (ordinal("2010-01-01"), ordinal("2010-01-03"))
    assert few.tip == "State AAA: participation frozen, 1 January 2010 to 2 January 2010"


def test_nothing_is_drawn_past_the_horizon() -> None:
    """A bar that lasts ends at the heavy line, however few days it has; behind it lie dots."""
    membership = organization([event("AAA", "join", "2000-01-01"), event("AAA", "freeze", "2020-06-29")])
    drawing = layout(membership, "en", 1200, width_of)

    (line,) = (mark for mark in drawing.marks if mark.role == "horizon")
    assert extent(drawing, bars(drawing, "AAA")[-1])[2] == pytest.approx(extent(drawing, line)[0])
    assert len([mark for mark in drawing.marks if mark.role == "beyond"]) == 1


def test_extrapolated_bars_go_on_behind_the_horizon() -> None:
    """They go on faintly, and the caption says on what they rest; who is outside has none."""
    drawing = layout(csto.reading(extrapolate=True).beside(["UKR"]), "en", 1200, width_of)

    beyond = [mark for mark in drawing.marks if mark.role == "beyond" and isinstance(mark, Box | Stroke)]
    assert {mark.of for mark in beyond} == {"", *(state.iso3 for state in csto.states)}
    assert {mark.opacity for mark in beyond if mark.of} == {0.35}
    (caption,) = texts(drawing, "caption")
    assert re.fullmatch(r"Record ends \d+ \w{3} \d{4}; then: if nothing else changes", caption.text)


@pytest.mark.parametrize(
    ("lang", "tips"),
    [
        (
            "en",
            [
                "Uzbekistan: signed, not in force, 15 May 1992 to 19 April 1994",
                "Uzbekistan: party, 20 April 1994 to 1 February 1999",
                "Uzbekistan: party or former party, 2 February 1999 to 20 April 1999",
                "Uzbekistan: former party, 21 April 1999 to 22 June 2006",
                "Uzbekistan: member or former party, 23 June 2006 to 27 March 2008",
                "Uzbekistan: member, 28 March 2008 to 19 June 2012",
                "Uzbekistan: member or membership suspended, 20 June 2012 to 18 December 2012",
                "Uzbekistan: membership suspended, from 19 December 2012",
            ],
        ),
        ("ru", ["Узбекистан: подписавшее государство, с 15 мая 1992 года по 19 апреля 1994 года"]),
        ("ar", ["أوزبكستان: دولة موقِّعة، من 15 مايو/أيار 1992 إلى 19 أبريل/نيسان 1994"]),
    ],
)
def test_tips(lang: str, tips: list[str]) -> None:
    """Every bar tells its spell, the last day included, in words; a party before the Charter, a member since."""
    drawing = layout(csto.reading(dating="any"), lang, 1200, width_of)

    assert [mark.tip for mark in bars(drawing, "UZB")][: len(tips)] == tips


def test_a_bar_over_both_eras_says_both() -> None:
    """A membership that began under the Treaty and lasts is that of a party, later of a member."""
    drawing = layout(csto, "en", 1200, width_of)

    assert bars(drawing, "RUS")[-1].tip == "Russia: party, later member, from 20 April 1994"
