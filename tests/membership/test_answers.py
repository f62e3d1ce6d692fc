"""What rosters and periods answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from csto_membership import (
    Act,
    BeyondHorizonError,
    DatasetError,
    DayError,
    Event,
    ReadingError,
    State,
    StateError,
    Step,
    StepName,
    csto,
    imprecise,
)
from csto_membership._membership.vocabulary_lookup import word
from tests.membership.small import HORIZON, NEXT_DAY


def test_a_roster_finds_a_state_by_any_code() -> None:
    """Numbers and states are resolved as text is; what is no state is refused."""
    roster: Any = csto.members_on("2003-06-30")

    assert 643 in roster
    assert State(iso3="RUS", english="Russia") in roster
    assert "AZE" not in roster
    with pytest.raises(StateError, match="no state 'Atlantis' in CSTO"):
        assert "Atlantis" in roster


def test_a_period_says_nothing_past_the_horizon() -> None:
    """A period that still lasts on the last day verified does not say how long it goes on."""
    lasting = csto.together("ARM", "RUS")[-1]

    assert HORIZON in lasting
    assert "1990-01-01" not in lasting
    with pytest.raises(BeyondHorizonError) as caught:
        assert str(NEXT_DAY) in lasting
    assert str(caught.value) == (
        f"{NEXT_DAY} is past {HORIZON}, on which [1994-04-20, ...) still lasts. Ask about an earlier day."
    )
    extrapolated = csto.reading(extrapolate=True).together("ARM", "RUS")[-1]
    assert "2050-01-01" in extrapolated
    assert extrapolated == lasting
    assert "2050-01-01" not in csto.together("AZE", "RUS")[-1]


@pytest.mark.parametrize("dating", [("effect", "decision"), ["decision", "any"]])
def test_effect_and_any_stand_alone(dating: Any) -> None:
    """They are no steps, and an event without the steps named keeps its effective date anyway."""
    with pytest.raises(
        ReadingError,
        match=r"cannot be combined with steps\. Name steps: an event that has none of them keeps",
    ):
        csto.reading(dating=dating)


def test_records_in_code_may_be_written_as_text() -> None:
    """An act and a date given as text are what the file reader would make of them."""
    event = Event(state="AAA", act="reaffirm", effect="1999-04", sources=("s",))

    assert event == Event(state="AAA", act=Act.REAFFIRM, effect=imprecise("1999-04"), sources=("s",))
    assert event.act is Act.REAFFIRM
    with pytest.raises(DatasetError, match=r"records: no act 'jion'\. There are sign, join, "):
        Event(state="AAA", act="jion", effect="1999", sources=("s",))
    with pytest.raises(DayError):
        Event(state="AAA", act="join", effect="soon", sources=("s",))


def test_rosters_are_kept_while_others_read() -> None:
    """Threads that ask for thousands of segments at once all get their answers."""
    from tests.large import large_organization

    large = large_organization(states=3, changes=1500)
    days = [date.fromordinal(cut) for cut in large.compiled.segments.cuts]
    expected = [large.members_on(day) for day in days]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [large.members_on(day) for day in days], range(8)))

    assert all(rosters == expected for rosters in found)


def test_a_member_is_in_its_roster_by_its_code() -> None:
    """The code of a member answers at once, and that of another state after a look at the names."""
    roster: Any = csto.members_on("2003-06-30")

    assert "RUS" in roster
    assert "UZB" not in roster


def test_a_step_says_what_it_is_and_when() -> None:
    """The words of a step stand apart, and its date as written."""
    assert str(Step(name=StepName.ENTRY_INTO_FORCE, date=imprecise("2003-09"))) == "entry into force 2003-09"


def test_words_beside_names_need_a_language_that_has_names() -> None:
    """A language without names is refused, and one with names alone is served with English words."""
    assert word("kk", "member") == "member"
    with pytest.raises(ReadingError, match=r"^no names in 'xx'\. There are names in "):
        word("xx", "member")
