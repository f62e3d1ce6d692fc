"""What is kept between questions: it is used, it is bounded, and a period that fills a segment is that segment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csto_membership import Answer, BeyondHorizonError, State, Status, build, csto, csto_pa
from csto_membership._membership import membership as room

ANY: Any = csto


def _fresh() -> Any:
    """The organization with nothing kept."""
    return build(csto.dataset, "CSTO")


@pytest.mark.parametrize(
    ("when", "undecided"),
    [
        (("1994-04-20", "1999-04-20"), set()),
        (("1994-04-20", "1999-04-22"), {"AZE", "GEO", "UZB"}),
        (("1999-04-20", "1999-04-21"), set()),
        (("1999-04-20", "1999-04-22"), {"AZE", "GEO", "UZB"}),
        (("1999-04-21", "1999-04-22"), set()),
    ],
)
def test_a_period_is_a_segment_just_while_it_stays_in_one(when: tuple[str, str], undecided: set[str]) -> None:
    """One day past a change the answers of the states that changed depend on the day."""
    assert set(csto.members_on(when).possible.codes()) == undecided


def test_all_days_and_periods_of_a_segment_share_one_roster() -> None:
    """A day as a date or as text, a year and a pair within it give the same object, which is made once."""
    fresh = _fresh()
    first = fresh.members_on("2007-06-30")

    for when in (
        date(2007, 6, 30),
        "2008-01-01",
        "2008",
        ("2006-08-16", "2012-12-19"),
        ("2012-12-18", "2012-12-19"),
    ):
        assert fresh.members_on(when) is first
    assert len(fresh._rosters) == 1
    assert fresh.members_on(("2012-12-18", "2012-12-20")) is not first
    assert fresh.members_on("2012-12-19") is not first


def test_the_first_and_the_last_day_of_the_calendar_are_days() -> None:
    """The calendar begins with the year 1; the last day known is known."""
    assert csto.members_on("0001-01-01").codes() == ()
    assert csto.was_member("KAZ", date.min) is Answer.NO
    assert csto.was_member("KAZ", str(csto.horizon)) is Answer.YES
    assert csto.members_on(str(csto.horizon)) is csto.latest()
    with pytest.raises(BeyondHorizonError):
        csto.was_member("KAZ", csto.horizon.add(days=1))
    with pytest.raises(BeyondHorizonError):
        csto.members_on(csto.horizon.add(days=1).isoformat())


def test_a_word_is_looked_up_once() -> None:
    """What a word means is kept with its answers, and later questions take it from there."""
    fresh = _fresh()
    assert fresh.was_member("Uzbekistan", "1995-01-01") is Answer.YES
    fresh._words["Uzbekistan"] = fresh._words["Uzbekistan"][0], (Answer.UNKNOWN,) * 20
    fresh._words["Kasachstan"] = fresh._words["Uzbekistan"]

    assert fresh.was_member("Uzbekistan", "1995-01-01") is Answer.UNKNOWN
    assert fresh.was_member("Uzbekistan", date(1995, 1, 1)) is Answer.UNKNOWN
    assert fresh.status_on("Kasachstan", "1995-01-01") is Status.MEMBER
    assert fresh.was_member("UZB", "1995-01-01") is Answer.YES


def test_readings_and_rosters_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal readings are one object, however they were asked for; as many as the bound says are kept, and no more."""
    fresh = _fresh()
    active = fresh.reading(basis="active")
    assert fresh.reading(basis="active") is active
    assert fresh.reading(basis="active", dating=["effect"]) is active
    assert active.reading(basis="legal") is fresh
    assert fresh.reading() is fresh
    assert fresh._asked[("active", None, None, None, None)] is active
    fresh._asked[("nominal", None, None, None, None)] = active
    assert fresh.reading(basis="nominal") is active

    fresh._asked.clear()
    monkeypatch.setattr(room, "_ASKED_KEPT", 2)
    for basis, kept in (("legal", 1), ("active", 2), ("nominal", 1), ("signed", 2)):
        fresh.reading(basis=basis)
        assert len(fresh._asked) == kept
    monkeypatch.setattr(room, "_ROSTERS_KEPT", 2)
    for day, kept in (("1993", 1), ("1995", 2), ("2000", 1), ("2007", 2)):
        fresh.members_on(f"{day}-06-30")
        assert len(fresh._rosters) == kept
    monkeypatch.setattr(room, "_WORDS_KEPT", 2)
    fresh._words.clear()
    for word, kept in (("UZB", 1), ("KAZ", 2), ("RUS", 1), ("ARM", 2)):
        fresh.was_member(word, "2003-06-30")
        assert len(fresh._words) == kept
    monkeypatch.setattr(room, "_READINGS_KEPT", 3)
    for day in ("2001-01-01", "2002-01-01", "2003-01-01", "2004-01-01"):
        fresh.reading(known_on=day)
        assert len(fresh._family.made) == 3
        assert next(iter(fresh._family.made)) == fresh.read_as


def test_a_choice_that_is_not_named_stays() -> None:
    """A reading is read further: each choice that is not given is that of the reading before."""
    chosen = csto.reading(basis="nominal", dating="any", era="CSTO", known_on="2013-01-01", extrapolate=True)

    assert chosen.reading(basis="nominal").read_as == chosen.read_as
    assert chosen.reading(dating="effect").read_as.era == "CSTO"
    assert chosen.reading(era="CST").read_as.known_on == "2013-01-01"
    assert chosen.reading(known_on="2014-01-01").read_as.extrapolate is True
    assert chosen.reading(extrapolate=False).read_as.dating == "any"


def test_states_beside_stay_with_every_reading() -> None:
    """One state, by text or as a record, or several, are asked about beside the others."""
    for named in ("Ukraine", ["UKR"], csto.state("UKR"), [csto.state("UKR")]):
        beside = ANY.beside(named)
        assert [state.iso3 for state in beside.states if state.iso3 == "UKR"] == ["UKR"]
        assert [state.iso3 for state in beside.reading(basis="active").states if state.iso3 == "UKR"] == [
            "UKR"
        ]


def test_a_state_that_the_world_does_not_know_may_stand_beside() -> None:
    """A record of the caller's own is taken as it is."""
    beside = csto.beside([State(iso3="QQQ", english="Quivira")])

    assert beside.was_member("Quivira", "2003") is Answer.NO
    assert "QQQ" in [state.iso3 for state in beside.reading(basis="active").states]


def test_a_hash_tells_organizations_and_readings_apart() -> None:
    """Equal ones have one hash; others have others."""
    several = [csto, csto_pa, csto.reading(basis="active"), csto.reading(era="CST"), ANY.beside("Ukraine")]

    assert len({hash(one) for one in several}) == len(several)
    assert hash(_fresh()) == hash(csto)


@pytest.mark.parametrize("question", [["UZB"], {"UZB"}, ("UZB",), 704.5])
def test_what_is_no_word_is_not_kept(question: object) -> None:
    """A list is no state, and a table of words has no place for it."""
    from csto_membership import StateError

    with pytest.raises(StateError):
        ANY.was_member(question, "2003-06-30")
    with pytest.raises(StateError):
        ANY.status_on(question, "2003-06-30")
