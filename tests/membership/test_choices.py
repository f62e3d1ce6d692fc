"""Records, choices of a reading, and states beside those with an act."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from csto_membership import (
    Answer,
    DatasetError,
    EraError,
    ReadingError,
    State,
    StateError,
    Status,
    build,
    csto,
    csto_pa,
)
from csto_membership._reader.facts_file import read


def test_build_takes_records_in_any_order() -> None:
    """Records built in code give the same organization as their file."""
    dataset = csto.dataset
    assert build(dataset, "CSTO-PA").changes() == csto_pa.changes()


def test_a_state_without_a_code_says_so() -> None:
    """A code that a state lacks is no silent gap."""
    text = b"""
verified_through: 2020-01-01
states:
  AAA: {name: Atlantis}
organizations:
  X: {name: X, events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}}
sources:
  s: {title: T, publisher: P, kind: press}
"""
    organization = build(read(text, "atlantis.yaml"))

    with pytest.raises(StateError) as caught:
        organization.members_on("2001").codes("cow")
    assert str(caught.value) == (
        "AAA (Atlantis) has no cow code. Add it to the file, or ask for other codes."
    )


def test_many_segments_do_not_fill_the_memory() -> None:
    """Of a large organization no more rosters are kept than the bound says."""
    from csto_membership._membership import membership as room
    from tests.large import large_organization

    large = large_organization(states=3, changes=2000)
    for cut in large.compiled.segments.cuts:
        large.members_on(date.fromordinal(cut))

    assert len(large.compiled.segments.cuts) > room._ROSTERS_KEPT
    assert 0 < len(large._rosters) <= room._ROSTERS_KEPT


def test_a_number_with_two_meanings_is_ambiguous() -> None:
    """A number that is one state's COW and another's ISO number is refused until its scheme is named."""
    text = """
verified_through: 2020-01-01
states:
  AAA: {name: Atlantis, cow: 112}
  BBB: {name: Bensalem, iso_numeric: "112"}
organizations:
  X:
    name: X
    events:
      AAA: [{act: join, effect: 2000-01-01, sources: [s]}]
      BBB: [{act: join, effect: 2000-01-01, sources: [s]}]
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    with pytest.raises(StateError) as caught:
        organization.state(112)
    assert str(caught.value) == (
        "112 is ambiguous: iso_numeric BBB (Bensalem) or cow AAA (Atlantis). "
        "Say which, as in state(112, codes='iso_numeric')."
    )
    assert organization.state(112, codes="cow").iso3 == "AAA"
    assert organization.state("112", codes="iso_numeric").iso3 == "BBB"


def test_states_beside_the_acting_ones_are_outside() -> None:
    """A state without any act can be asked about beside the others, under every reading."""
    other = csto.beside([csto_pa.state("SRB")])

    assert other.was_member("SRB", "2015") is Answer.NO
    assert other.reading(basis="nominal").status_on("SRB", "2015") is Status.OUTSIDE
    assert other.members_on("2015") == csto.members_on("2015")
    assert other.reading(basis="legal") is other
    assert len(csto.states) == 9
    assert csto.beside(["RUS", csto.state("UZB")]) is csto
    for named in ("Украина", ["UA"], [State(iso3="UKR", english="Ukraine")]):
        assert csto.beside(named).was_member("UKR", "2003") is Answer.NO
    with pytest.raises(StateError, match="no state 'Atlantis' in CSTO"):
        csto.beside(["Atlantis"])
    with pytest.raises(StateError, match="'704' is ambiguous"):
        csto.beside(["704"])
    assert csto.beside([State(iso3="SRB", english="Raška")]).state("SRB") is csto_pa.state("SRB")


def test_states_beside_the_acting_ones_stay_with_all_others() -> None:
    """Neither a second look beside nor a reading of an early day loses a state."""
    twice = csto.beside(["UKR"]).beside(["SRB"])
    early = csto.reading(known_on="1992-06-01").beside(["UKR"])

    assert {state.iso3 for state in twice.states} - {state.iso3 for state in csto.states} == {"SRB", "UKR"}
    assert {state.iso3 for state in early.states} - {state.iso3 for state in csto.states} == {"UKR"}
    assert len(early.states) == 10


def test_known_on_the_horizon_explains_alike() -> None:
    """What was known on the last day verified is all: the explanation loses no note and no source."""
    for state, day in (("ARM", "2025-01-01"), ("UZB", "2013-01-01"), ("BLR", "1994-01-01")):
        told = csto.reading(known_on=csto.horizon).explain(state, day)
        full = csto.explain(state, day)
        assert evolve(told, reading=full.reading) == full


def test_acts_stand_to_the_day_as_the_reading_dates_them() -> None:
    """An act decided on before the day asked about is before it, whatever its effective date."""
    read = csto.reading(known_on="2006-07-01", dating="decision").explain("UZB", "2006-06-30")

    assert read.answer is Answer.YES
    assert str(read.before) == "UZB join [2006-07-02..]"
    assert read.in_doubt == ()
    never = csto.reading(era="CSTO").explain("AZE", "1993-01-01")
    assert (never.before, never.confirmed, never.during) == (None, (), ())
    assert str(never.after) == "AZE sign 1993-09-24"


def test_an_act_that_lies_ahead_without_a_date_leaves_later_days_open() -> None:
    """What is public and not dated yet may happen on any later day; what is not public does not happen."""
    then = csto.reading(known_on="2012-07-01", extrapolate=True)

    assert then.was_member("UZB", "2020-01-01") is Answer.UNKNOWN
    assert csto.reading(known_on="2012-06-01", extrapolate=True).was_member("UZB", "2020") is Answer.YES
    assert csto.reading(known_on="1999-01-01", extrapolate=True).name_on("2005-01-01") == (
        "Collective Security Treaty"
    )
    with pytest.raises(EraError, match="CSTO had no era by 1990-01-01"):
        csto.reading(known_on="1990-01-01").name_on("1989-01-01")


def test_a_dataset_error_travels() -> None:
    """An error with all its problems can be pickled, as process pools do."""
    error = DatasetError(("a", "b"))

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)

    assert again.problems == ("a", "b")
    assert str(again) == "a\nb"


@pytest.mark.parametrize(
    "choice",
    [{"basis": ["legal"]}, {"era": ["CSTO"]}, {"dating": 5}],
    ids=str,
)
def test_a_choice_of_the_wrong_kind_is_a_reading_error(choice: dict[str, Any]) -> None:
    """A list or a number where a reading needs text is told, not a TypeError."""
    with pytest.raises(ReadingError):
        csto.reading(**choice)
