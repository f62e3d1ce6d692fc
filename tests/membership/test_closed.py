"""A record is closed: a state without any act is outside, unless the record says that it lists only some states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import Answer, Status, UncertainError, csto, csto_pa, load
from csto_membership._membership.dates_in_words import day_in_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("state", ["USA", "Україна", "GRL", "SUN", "DEU-WEST"])
@pytest.mark.parametrize("basis", ["legal", "active", "nominal", "signed"])
def test_a_state_without_an_act_is_outside(state: str, basis: str) -> None:
    """A record is closed: on every day and every basis the answer is no, for territories and what is gone, too."""
    read_so = csto.reading(basis=basis)

    for when in ("1980", "1992-05-15", "2003-06-30", csto.horizon):
        assert read_so.was_member(state, when) is Answer.NO
        assert read_so.status_on(state, when) is Status.OUTSIDE
        assert state not in read_so.members_on(when)  # type: ignore[comparison-overlap] # a roster knows names
    (spell,) = read_so.spells(state)
    assert (spell.start, spell.end, spell.status) == (None, None, Status.OUTSIDE)
    assert read_so.periods_with([state]) == read_so.together("RUS", state) == ()
    assert read_so.periods_of(["RUS", state]) == ()
    assert (*read_so.events(state), *read_so.sources(state)) == ()
    assert len(read_so.states) == 9


def test_an_outsider_counts_where_the_basis_counts_outsiders() -> None:
    """Whoever asks for OUTSIDE gets it; the roster still lists only states with an act."""
    outside = csto.reading(basis=Status.OUTSIDE)

    assert outside.was_member("USA", "2003") is Answer.YES
    assert [str(period) for period in outside.periods_with(["USA"])] == ["(..., ...)"]
    assert "USA" not in outside.members_on("2003").codes()


def test_an_explanation_says_that_no_act_is_recorded() -> None:
    """It names the day up to which that was checked, or the day by which none was public."""
    assert csto.explain("USA", "2003").to_dict()["answer"] == "no"
    day = day_in_words("en", csto.horizon)
    checked = f"No act of USA (United States) is recorded; that was checked through {day}."
    assert checked in str(csto.explain("USA", "2003"))
    early = csto.reading(known_on="1991-12-31").explain("USA", "1991")
    assert "No act of USA (United States) was public by 31 December 1991." in str(early)
    assert "No act" not in str(csto.explain("UZB", "1980"))


def test_others_are_unknown_where_the_record_is_not_closed() -> None:
    """That of the Assembly lists observers: about Russia, whose parliament sits in it, it says nothing."""
    assert csto_pa.was_member("RUS", "2015") is Answer.UNKNOWN
    assert csto_pa.status_on("RUS", "2015") == ~Status(0)
    assert [str(spell.status) for spell in csto_pa.spells("RUS")] == [str(~Status(0))]
    assert csto_pa.was_member("SRB", "2015") is Answer.NO
    assert csto_pa.reading(basis=Status.OBSERVER).was_member("SRB", "2015") is Answer.YES
    assert csto_pa.reading(basis=~Status(0)).was_member("RUS", "2015") is Answer.YES
    assert [period.answer for period in csto_pa.periods_with(["RUS"])] == [Answer.UNKNOWN]
    assert csto_pa.beside(["RUS"]).was_member("RUS", "2015") is Answer.UNKNOWN
    with pytest.raises(UncertainError) as caught:
        "RUS" in csto_pa.members_on("2015")  # type: ignore[comparison-overlap] # noqa: B015 (it raises)
    assert str(caught.value) == (
        "it is unknown whether RUS (Russia) is in it: the record of CSTO-PA does not claim to hold the acts of all "
        "states. Ask about one of its states."
    )
    assert "The record of CSTO-PA does not claim to hold the acts of all states." in str(
        csto_pa.explain("RUS", "2015")
    )


@pytest.mark.parametrize(
    ("written", "closed"), [("", True), (", closed: yes", True), (", closed: no", False)]
)
def test_a_file_says_whether_it_is_closed(written: str, closed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """A record is closed unless it says no."""
    path = tmp_path / "x.yaml"
    path.write_text(
        "verified_through: 2020-01-01\nstates: {AAA: {name: Bensalem}}\norganizations: {X: {name: X"
        + written
        + "}}\n",
        encoding="utf-8",
    )
    organization = load(path)

    assert organization.history.closed is closed
    assert organization.was_member("USA", "2003") is (Answer.NO if closed else Answer.UNKNOWN)
