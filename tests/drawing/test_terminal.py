"""The timeline in a terminal: every status in cells, no line too wide, changes below as a list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import DrawingError, Status, build, csto, csto_pa
from csto_membership.drawing import terminal
from csto_membership.drawing.cells import cells_between
from csto_membership.drawing.terminal import acts_of, fitting, wide
from tests.drawing.invented import era, event, hostile, ordinal, organization, thirty_two
from tests.strategies import DATINGS, datasets

if TYPE_CHECKING:
    from csto_membership import Dataset, Organization

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    ("name", "dating", "choices"),
    [
        ("en", "effect", {}),
        ("ascii", "effect", {"characters": "ascii"}),
        ("ru", "effect", {"lang": "ru"}),
        ("ar", "effect", {"lang": "ar"}),
        ("48", "effect", {"width": 48}),
        ("any", "any", {}),
    ],
)
def test_the_shipped_organization(name: str, dating: str, choices: dict[str, object]) -> None:
    """The timeline is the one that a reader has looked at."""
    text = terminal(csto.reading(dating=dating), **choices)  # type: ignore[arg-type] # choices of this function

    assert text + "\n" == (GOLDEN / f"timeline-{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("membership", [csto, csto_pa, thirty_two(), hostile()])
@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("width", [40, 60, 80, 133])
@pytest.mark.parametrize("characters", ["block", "ascii"])
def test_no_line_is_wider_than_the_terminal(
    membership: Organization, lang: str, width: int, characters: str
) -> None:
    """Counted in columns, every line fits, whatever the names are."""
    for dating in ("effect", "any"):
        text = terminal(
            membership.reading(dating=dating),
            lang=lang,
            width=width,
            characters=characters,
            on=membership.horizon,
        )
        assert max(map(wide, text.splitlines())) <= width


def test_ascii_is_ascii() -> None:
    """Where the terminal can show nothing else, nothing else is printed; letters lose their accents."""
    membership = organization(
        [event("AAA", "join", "2000-01-01"), event("BBB", "observe", "[2000-01-01..2005-01-01]")],
        names={"AAA": "Côte d'Ivoire"},
    )
    text = terminal(membership, characters="ascii")

    assert text.isascii()
    assert "Cote d'Ivoire" in text


@given(dataset=datasets(), dating=st.sampled_from(DATINGS))
def test_a_cell_shows_its_middle_day_or_that_it_is_open(dataset: Dataset, dating: str) -> None:
    """A cell shows the status on its middle day; with any open day in it, it shows that."""
    membership = build(dataset).reading(dating=dating)
    last = dataset.verified_through.first
    lives = [membership.spells(state) for state in membership.states]

    cells = cells_between(last - 800, last + 1, 60, lives)

    for state, spells in zip(membership.states, lives, strict=True):
        found = zip(cells.starts, cells.middles, cells.ends, cells.shown(spells), strict=True)
        for start, middle, end, run in found:
            days = [_status(membership, state, day) for day in range(max(start, 1), end)]
            if all(status.is_certain for status in days):
                assert spells[run].status is _status(membership, state, middle)
            else:
                assert run == -1


def _status(membership: Organization, state: object, day: int) -> Status:
    """The status of a state on a day."""
    from datetime import date

    return membership.status_on(state, date.fromordinal(day))


def test_cells_are_as_fine_as_they_fit() -> None:
    """With less room cells get wider; leading ones in which nothing happens are left out."""
    lives = [csto.spells(state) for state in csto.states]
    first, end = ordinal("1992-01-01"), ordinal("2026-01-19")

    found = {most: cells_between(first, end, most, lives) for most in (200, 68, 40, 20, 10, 1)}

    assert {most: (cells.per_year, len(cells.starts)) for most, cells in found.items()} == {
        200: (4, 136),
        68: (2, 68),
        40: (1, 35),
        20: (0.5, 18),
        10: (0.2, 8),
        1: (0.02, 1),
    }
    assert found[68].of(ordinal("1992-01-01")) is None
    assert found[68].of(ordinal("1992-07-01")) == 0


def test_colours_repeat_what_characters_say() -> None:
    """Colours come in runs and end before the line does; without them the text is the same."""
    membership = csto.reading(dating="any")
    text = terminal(membership, has_colour=True, on="2006-07-01")

    assert re.sub(r"\x1b\[[0-9]*m", "", text) == terminal(membership, on="2006-07-01")
    assert "\x1b[35m????\x1b[0m\x1b[34m████" in text
    assert "\x1b[33m▒\x1b[0m suspended 2012 \x1b[33m▒" in text
    assert "\x1b[35m▲ 2006-07-01\x1b[0m" in text
    assert all(line.count("\x1b[0m") * 2 == line.count("\x1b[") for line in text.splitlines())
    assert "\x1b" not in terminal(membership)


def test_the_chosen_day() -> None:
    """It stands below the axis, its date on the side where there is room."""
    lines = terminal(csto, on="1993-01-01").splitlines()
    assert lines[15].strip() == "▲ 1993-01-01"
    lines = terminal(csto, on="2025-12-01").splitlines()
    assert lines[15].strip() == "2025-12-01 ▲"
    assert lines[15].index("▲") == lines[14].index("▲") - 1
    assert "▲ 1992-01-01" in terminal(csto, on="1992-01-01")


def test_hostile_names_send_no_escapes() -> None:
    """A name cannot colour, move or break a line."""
    text = terminal(hostile())

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert sum("<script>" in line for line in text.splitlines()) >= 1


def test_wide_letters_count_twice() -> None:
    """Ideographs take two columns and joining signs none, so that lanes stay below each other."""
    assert wide("日本") == 4
    assert wide("e\u0301\u200f") == 1
    assert fitting("日本", 5) == "日本 "
    assert fitting("日本語", 4) == "日… "
    names = {"AAA": "日本", "BBB": "Nippon"}
    lines = terminal(
        organization([event("AAA", "join", "2000-01-01"), event("BBB", "join", "2000-01-01")], names=names)
    ).splitlines()
    (one, other) = (line for line in lines if "█" in line and "join" in line)
    assert wide(one.partition("█")[0]) == wide(other.partition("█")[0])


def test_a_spell_too_short_for_a_cell_has_its_label_before() -> None:
    """A label whose spell has no room goes to the end of the spell before, or is left out."""
    lapse = [event("AAA", "join", "1990-01-01"), event("AAA", "withdraw", "2020-05-01")]
    eras = (era("League", "1980-01-01"), era("Late", "2020-06-20"))

    text = terminal(organization(lapse, eras=eras), width=60)
    assert "█ withdrew 2020\n" in text
    assert "┌ League 1980-01-01 ─" in text
    frozen = [event("AAA", "join", "2019-01-01"), event("AAA", "freeze", "2019-07-01")]
    assert "█▓" in terminal(organization(frozen, eras=eras), width=40)


def test_a_short_era_is_named_by_its_identifier() -> None:
    """Where no name fits into its cells the identifier stands."""
    eras = (era("League of Nations", "2000-01-01"), era("Union", "2006-01-01"))
    text = terminal(organization([event("AAA", "join", "2000-01-01")], eras=eras), width=60)

    assert "┌ League ───┌ Union 2006-01-01 ─" in text


def test_every_act_is_listed() -> None:
    """Below stand the days, the acts and the codes; where the sources leave the day open, its window."""
    membership = organization(
        [
            event("AAA", "join", "1980-01-01"),
            event("AAA", "withdraw", "[1990-01-01..1994-01-01]"),
            event("AAA", "join", "[1992-01-01..1996-01-01]"),
            event("AAA", "freeze", "[2000-01-01..2001-01-01]"),
            event("AAA", "resume", "[2001-01-01..2001-02-01]"),
            event("BBB", "join", "2000-01-01"),
            event("BBB", "withdraw", "[2020-06-01..2020-07-15]"),
        ]
    )
    found = [(str(act.act), first, last) for act, first, last in acts_of(membership.spells("AAA"))]

    assert found == [
        ("join", ordinal("1980-01-01"), ordinal("1980-01-01")),
        ("withdraw", ordinal("1990-01-01"), ordinal("1994-01-01")),
        ("join", ordinal("1992-01-01"), ordinal("1996-01-01")),
        ("freeze", ordinal("2000-01-01"), ordinal("2001-01-01")),
        ("resume", ordinal("2001-01-01"), ordinal("2001-02-01")),
    ]
    assert "2020-06-01..2020-07-15  withdraw  BBB" in terminal(membership)
    past = csto.reading(known_on="2012-07-01", dating="any")
    assert "2012-06-20..            suspend  UZB" in terminal(past)


def test_many_codes_go_over_several_lines() -> None:
    """A long list of codes is wrapped below itself."""
    codes = [f"A{chr(65 + number)}A" for number in range(26)]
    text = terminal(organization([event(code, "join", "2000-01-01") for code in codes]), width=60)

    *_, one, two, _ = text.splitlines()
    assert one.startswith("2000-01-01  join  AAA ")
    assert two.startswith(" " * 18 + "A")


def test_nobody_but_a_state_beside() -> None:
    """Where nothing ever happened to the states drawn, their lanes are empty and nothing is listed."""
    text = terminal(csto.beside(["UKR"]), states=["UKR"])

    assert "Ukraine" in text
    assert not re.search(r"[█▓▒·]", text)


def test_an_organization_without_members() -> None:
    """The count is 0, once."""
    assert re.search(r"^Members {5}0$", terminal(csto_pa), re.MULTILINE)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"width": 39}, "width=39 is too narrow for a timeline. Give 40 columns or more."),
        ({"width": "80"}, "width='80' is too narrow for a timeline. Give 40 columns or more."),
        ({"characters": "asci"}, "no characters 'asci'. Did you mean 'ascii'? There are block, ascii."),
        ({"lang": "de"}, "no pictures in 'de'. There are en, ar, ru."),
    ],
)
def test_wrong_choices(choices: dict[str, object], sentence: str) -> None:
    """A wrong choice is refused with what is wrong and the way out."""
    with pytest.raises(DrawingError) as caught:
        terminal(csto, **choices)  # type: ignore[arg-type] # wrong on purpose

    assert str(caught.value) == sentence
