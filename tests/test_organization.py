"""The questions and their answers, as their users meet them."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pendulum
import pytest
from attrs import evolve

from csto_membership import (
    Act,
    ActClaim,
    Answer,
    BeyondHorizonError,
    DatasetError,
    DayError,
    EraError,
    Event,
    ReadingError,
    State,
    StateError,
    Status,
    UncertainError,
    Verdict,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
    load,
    loading,
)
from csto_membership._facts.statuses import TRANSITIONS
from csto_membership._reader.facts_file import read
from tests.written import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from csto_membership import Organization

HORIZON = str(csto.horizon)
NEXT_DAY = csto.horizon.add(days=1)


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: csto.members_on("9000-01-01"),
            BeyondHorizonError,
            f"9000-01-01 reaches past {HORIZON}, the last day verified. Ask latest() for that day, or "
            "reading(extrapolate=True) to take it that nothing has changed since.",
        ),
        (
            lambda: csto.was_member("ARM", "9000"),
            BeyondHorizonError,
            f"9000 reaches past {HORIZON}, the last day verified. Ask latest() for that day, or "
            "reading(extrapolate=True) to take it that nothing has changed since.",
        ),
        (
            lambda: csto.members_on(NEXT_DAY),
            BeyondHorizonError,
            f"{NEXT_DAY} reaches past {HORIZON}, the last day verified. Ask latest() for that day, or "
            "reading(extrapolate=True) to take it that nothing has changed since.",
        ),
        (
            lambda: csto.was_member("Kazahstan", "2003"),
            StateError,
            "no state 'Kazahstan' in CSTO. Did you mean KAZ (Kazakhstan)?",
        ),
        (
            lambda: csto.was_member("XXX", "2003"),
            StateError,
            "no state 'XXX' in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.",
        ),
        (
            lambda: csto.state(None),
            StateError,
            "expected a state's code or name, got None. Write it as 'KGZ' or 'Kyrgyzstan'.",
        ),
        (
            lambda: csto.state("KGZ", codes="isox"),
            StateError,
            "no codes 'isox'. Did you mean 'iso3'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
            "wikidata, name.",
        ),
        (
            lambda: csto.members_on("2003").codes("is3"),
            StateError,
            "no codes 'is3'. Did you mean 'iso3'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
            "wikidata, name.",
        ),
        (
            lambda: csto.reading(basis="leagl"),
            ReadingError,
            "no basis 'leagl'. Did you mean 'legal'? There are legal, active, nominal, signed, or a Status such as "
            "Status.MEMBER | Status.OBSERVER.",
        ),
        (
            lambda: csto.reading(basis=Status(0)),
            ReadingError,
            "no basis <Status: 0>. There are legal, active, nominal, signed, or a Status such as "
            "Status.MEMBER | Status.OBSERVER.",
        ),
        (
            lambda: csto.reading(dating="decison"),
            ReadingError,
            "no dating 'decison'. Did you mean 'decision'? There are effect, any, and the steps announcement, "
            "notice, receipt, decision, signature, ratification, deposit, accession, entry_into_force.",
        ),
        (
            lambda: csto.reading(dating=()),
            ReadingError,
            "no dating ''. There are effect, any, and the steps announcement, notice, receipt, decision, "
            "signature, ratification, deposit, accession, entry_into_force.",
        ),
        (
            lambda: csto.reading(era="CSO"),
            ReadingError,
            "CSTO has no era 'CSO'. Did you mean 'CSTO'? Its eras are CST, CSTO.",
        ),
        (
            lambda: csto_pa.reading(era="CSTO"),
            ReadingError,
            "CSTO-PA has no era 'CSTO'. It has none.",
        ),
        (
            lambda: csto.reading(known_on="9000-01-01"),
            BeyondHorizonError,
            f"known_on 9000-01-01 is past {HORIZON}, the last day verified. Choose that day or an earlier one.",
        ),
        (
            lambda: csto.reading(known_on="2012"),
            DayError,
            "expected one day, got '2012'. Write the day as YYYY-MM-DD.",
        ),
        (
            lambda: csto.next_change("2012"),
            DayError,
            "expected one day, got '2012'. Write the day as YYYY-MM-DD.",
        ),
        (
            lambda: csto.changes(act="leave"),
            ReadingError,
            "no act 'leave'. Did you mean 'lapse'? There are sign, join, reaffirm, freeze, suspend, resume, "
            "lapse, withdraw, expel, observe.",
        ),
        (
            lambda: csto.changes(end="2000-01-01"),
            DayError,
            "changes() was given an end without a start. Give both days, or a period alone.",
        ),
        (
            lambda: csto.name_on("1993-01-01"),
            EraError,
            "CSTO had no era on 1993-01-01: the first, CST, begins on 1994-04-20. Ask about a later day.",
        ),
        (
            lambda: csto.name_on("2003"),
            UncertainError,
            "the name for 2003 is open: Collective Security Treaty or Collective Security Treaty Organization. "
            "Ask about a narrower time.",
        ),
        (
            lambda: csto.state("AZE") in csto.members_on("1999"),
            UncertainError,
            "whether AZE (Azerbaijan) is in it is unknown. Look into .possible, or ask a narrower question.",
        ),
        (
            lambda: csto.reading(extrapolate="yes"),  # type: ignore[arg-type] # what is refused
            ReadingError,
            "extrapolate='yes' is neither True nor False. Choose one of them.",
        ),
        (
            lambda: csto.was_member("AZE", 19990),
            DayError,
            "expected a day or a period, got the number 19990. Write a year from 1 to 9999, or a day as 'YYYY-MM-DD'.",
        ),
        (
            lambda: bool(csto.was_member("AZE", "1999")),
            UncertainError,
            "the answer is unknown, neither true nor false. Compare it with 'is Answer.YES', or ask a narrower "
            "question.",
        ),
    ],
)
def test_a_bad_question_gets_one_sentence(
    ask: Callable[[], object], error: type[Exception], message: str
) -> None:
    """What was wrong, with the value, and what to do."""
    with pytest.raises(error) as caught:
        ask()
    assert str(caught.value) == message


def test_yes_and_no_are_true_and_false() -> None:
    """A certain answer can be used in an if."""
    assert csto.was_member("RUS", "2003")
    assert not csto.was_member("UZB", "2003")
    assert str(csto.was_member("UZB", "2003")) == "no"


def test_the_same_roster_serves_a_whole_segment() -> None:
    """Two days of one segment give the same object, in whatever way they are asked about."""
    one = csto.members_on(date(1994, 4, 20))

    assert csto.members_on(date(1999, 4, 20)) is one
    assert csto.members_on("1998") is one
    assert csto.members_on(pendulum.date(1996, 1, 1)) is one
    assert csto.members_on(datetime(1996, 1, 1, 12)) is one  # noqa: DTZ001 (naive on purpose)
    assert csto.members_on("1999-04-21") is not one


def test_a_roster_is_a_sequence_of_states() -> None:
    """It has length, order, slices, membership by any name, equality, and words."""
    roster = csto.members_on("1999-04")

    assert len(roster) == 6
    assert roster[0].iso3 == "ARM"
    assert [state.iso3 for state in roster[1:3]] == ["BLR", "KAZ"]
    assert "Kazakhstan" in roster  # type: ignore[comparison-overlap] # any name will do
    assert csto.state("UZB") not in csto.members_on("2000")
    assert roster.possible.codes() == ("AZE", "GEO", "UZB")
    assert roster == csto.members_on("1999")
    assert hash(roster) == hash(csto.members_on("1999"))
    assert roster != roster.possible
    assert roster != roster.codes()
    assert repr(roster.possible) == "Roster(['AZE', 'GEO', 'UZB'])"
    assert repr(roster) == (
        "Roster(['ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK'], possible=['AZE', 'GEO', 'UZB'])"
    )
    assert str(roster).endswith(
        "TJK (Tajikistan) (possibly AZE (Azerbaijan), GEO (Georgia), UZB (Uzbekistan))"
    )
    with pytest.raises(StateError, match="Did you mean"):
        "Kazahstan" in roster  # type: ignore[comparison-overlap] # noqa: B015 (it raises)


def test_rosters_are_equal_if_members_and_undecided_are() -> None:
    """Neither the same members nor the same undecided states alone make two rosters equal."""
    last_day, next_day = csto.members_on("1999-04-20"), csto.members_on("1999-04-21")
    month, year = csto.members_on("1999-04"), csto.members_on("1999")

    assert (month.codes(), month.possible == next_day.possible) == (next_day.codes(), False)
    assert month != next_day
    assert last_day.possible == next_day.possible
    assert last_day != next_day
    assert month is not year
    assert month == year


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        ("iso3", ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")),
        ("iso2", ("AM", "BY", "KZ", "KG", "RU", "TJ")),
        ("iso_numeric", ("051", "112", "398", "417", "643", "762")),
        ("cow", (371, 370, 705, 703, 365, 702)),
        ("cow_abbrev", ("ARM", "BLR", "KZK", "KYR", "RUS", "TAJ")),
        ("gw", (371, 370, 705, 703, 365, 702)),
        ("fips", ("AM", "BO", "KZ", "KG", "RS", "TI")),
        ("wikidata", ("Q399", "Q184", "Q232", "Q813", "Q159", "Q863")),
        ("name", ("Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan")),
    ],
)
def test_codes(scheme: str, codes: tuple[object, ...]) -> None:
    """The members can be had in every scheme, and every code leads back to its state."""
    roster = csto.members_on("2003-06-30")

    assert roster.codes(scheme) == codes
    assert tuple(csto.state(code, codes=scheme) for code in codes) == tuple(roster)


def test_a_reading_is_cached_hashable_and_cumulative() -> None:
    """Equal readings are one object; what is not named stays; the words of a reading say it."""
    read = csto.reading(basis="active", dating=["decision", "notice"])  # type: ignore[arg-type] # any sequence will do

    assert csto.reading(dating=("decision", "notice")).reading(basis="active") is read
    assert csto.reading() is csto
    assert csto.reading(dating=("decision",)) is csto.reading(dating="decision")
    assert hash(read.read_as) == hash(csto.reading(basis="active", dating=("decision", "notice")).read_as)
    assert str(read.read_as) == "basis active, dating decision, else notice"
    everything = csto.reading(era="CSTO", known_on="2012-07-01", extrapolate=True)
    assert str(everything.read_as) == (
        "basis legal, dating effect, era CSTO, known on 2012-07-01, extrapolated past the horizon"
    )
    assert repr(csto) == f"<Organization CSTO: basis legal, dating effect, verified through {HORIZON}>"


def test_extrapolation_says_that_nothing_changed() -> None:
    """Past the horizon an extrapolating reading gives the last roster, however far."""
    read = csto.reading(extrapolate=True)

    assert read.members_on("9000-01-01").codes() == csto.latest().codes()
    assert read.was_member("ARM", "9999") is Answer.YES
    assert csto_pa.reading(extrapolate=True).members_on("2100") == csto_pa.latest()


def test_threads_get_the_same_object() -> None:
    """Sixteen threads that ask first hold one organization and one roster."""
    loading._shipped.clear()

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: loading.shipped("CSTO"), range(64)))
        rosters = list(pool.map(lambda _: found[0].members_on(date(2003, 6, 30)), range(64)))

    assert len({id(one) for one in found}) == 1
    assert len({id(one) for one in rosters}) == 1


def test_neighbours_of_the_first_and_the_last_change() -> None:
    """Before the first change and after the last there is none."""
    assert csto.previous_change("1992-05-14") == ()
    assert {change.state.iso3 for change in csto.previous_change("1992-05-15")} == {
        "ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB",
    }  # fmt: skip
    assert csto.next_change("2024-02-22") == ()
    assert [str(change) for change in csto.next_change("2024-02-21")] == [
        "2024-02-22 ARM MEMBER -> FROZEN (freeze)"
    ]


def test_changes_can_be_filtered() -> None:
    """By time, by state and by act."""
    assert [str(change.day) for change in csto.changes(state="Uzbekistan", act="join")] == [
        "1994-04-20",
        "2006-08-16",
    ]
    assert csto.changes("2000") == ()
    assert len(csto.changes("1999-04-21", "1999-04-22")) == 3
    assert csto.changes("1999-04-22", HORIZON)[0].state.iso3 == "UZB"


def test_an_era_that_begins_is_a_change_without_an_event() -> None:
    """Under a reading for one era its members arrive with the era, by no act of theirs."""
    changes = csto.reading(era="CSTO").changes("2003-09-18")

    assert next(str(change) for change in changes) == "2003-09-18 ARM OUTSIDE -> MEMBER"
    assert [change.event for change in changes] == [None] * 6


def test_difference_tells_who_joined_left_and_changed() -> None:
    """Each state stands in one list, and an unchanged membership says so."""
    told = csto.difference("1999-04-20", "2013-01-01")
    assert str(told) == "left: AZE, GEO, UZB"
    assert str(csto.difference("2003-01-01", "2007-01-01")) == "joined: UZB"
    assert str(csto.difference("2023-01-01", "2025-01-01")) == "otherwise changed: ARM"
    assert str(csto.difference("2000", "2001")) == "no difference"


def test_periods() -> None:
    """The seven of the first article were the members in one period; nobody was before 1994."""
    seven = ("RUS", "KAZ", "KGZ", "TJK", "UZB", "BLR", "ARM")
    (period,) = csto.periods_of(seven)

    assert str(period) == "[2006-08-16, 2012-12-19)"
    assert "2006-08-16" in period
    assert "2012-12-19" not in period
    assert [str(one) for one in csto.periods_of(())] == ["(..., 1994-04-20)"]
    assert [str(one) for one in csto.periods_with("RUS")] == ["[1994-04-20, ...)"]
    assert "1992-01-01" in csto.periods_of(())[0]
    assert HORIZON in csto.periods_with("RUS")[0]
    doubtful = csto.reading(dating="any").periods_of(seven)
    assert [str(one) for one in doubtful] == [
        "[1999-02-22, 1999-04-21) possibly",
        "[2006-06-23, 2008-03-28) possibly",
        "[2008-03-28, 2012-06-20)",
        "[2012-06-20, 2012-12-19) possibly",
    ]


def test_name_on() -> None:
    """The name is that of the era, and of the organization where there are no eras."""
    assert csto.name_on("2003-09-17") == "Collective Security Treaty"
    assert csto.reading(dating="decision").name_on("2002-05-14") == "Collective Security Treaty Organization"
    assert csto_pa.name_on("2015") == "Parliamentary Assembly of the Collective Security Treaty Organization"
    with pytest.raises(UncertainError, match="Collective Security Treaty or Collective"):
        csto.reading(dating="any").name_on("2003-01-01")


def test_sources_and_instruments() -> None:
    """Those of a state are among all; each instrument listed is one that an act or an era rests on."""
    assert {source.id for source in csto.sources("AZE")} < {source.id for source in csto.sources()}
    assert [instrument.id for instrument in csto.instruments] == [
        "charter",
        "council-2012",
        "protocol-1999",
        "protocol-2006",
        "treaty",
    ]
    assert len(csto.events()) == 36


def test_the_era_of_a_treaty_not_yet_known_holds_no_day() -> None:
    """Read with what was public in 2001, no day is known to be of the Organization's era."""
    assert csto.reading(era="CSTO", known_on="2001-01-01").members_on("2001-01-01").codes() == ()


def test_a_chosen_status_is_a_basis() -> None:
    """The rule of an explanation names the statuses chosen."""
    read = csto.reading(basis=Status.SUSPENDED)

    assert read.members_on("2013-01-01").codes() == ("UZB",)
    assert "the basis chosen counts SUSPENDED" in read.explain("UZB", "2013-01-01").rule


def test_records_travel() -> None:
    """Records, spells and explanations can be pickled and come back equal."""
    for one in (csto.dataset, csto.spells("UZB"), csto.explain("UZB", "2003")):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 (our own)


def test_load_reads_another_organization(tmp_path: Path) -> None:
    """A file with one organization needs no name; one with several wants it; a wrong one is told."""
    file = tmp_path / "mine.yaml"
    file.write_text(write(csto.dataset), encoding="utf-8")

    assert load(file, "CSTO").changes() == csto.changes()
    with pytest.raises(DatasetError) as caught:
        load(file)
    assert str(caught.value) == (
        "mine.yaml: holds 2 organizations: CSTO, CSTO-PA. Say which with organization=."
    )
    with pytest.raises(DatasetError) as caught:
        load(str(file), "CTSO")
    assert str(caught.value) == (
        "mine.yaml: no organization 'CTSO'. Did you mean 'CSTO'? It holds CSTO, CSTO-PA."
    )


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


@pytest.mark.parametrize(
    ("dating", "begins"),
    [("effect", "or after 2000-01-01"), ("decision", "1999-05-01"), ("any", "or after 1999-05-01")],
)
def test_a_name_before_the_first_era_is_told_when_it_begins(dating: str, begins: str) -> None:
    """A day on which the era surely begins is told as it is dated, an open one by the first that is possible."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras:
      E: {name: E, effect: "[2000-01-01..2000-01-09]", sources: [s], steps: {decision: 1999-05-01}}
    events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml")).reading(dating=dating)

    with pytest.raises(EraError, match=f"the first, E, begins on {begins}. Ask about a later day"):
        organization.name_on("1999-01-01")


def test_an_era_that_became_public_later_holds_no_day_before() -> None:
    """An era in effect that nobody knew of yet is no era to a reading of that day."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras: {E: {name: E, effect: 2000-01-01, known: 2001-01-01, sources: [s]}}
    events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml")).reading(era="E")

    assert organization.was_member("AAA", "2000-06-01") is Answer.YES
    assert organization.reading(known_on="2000-06-01").was_member("AAA", "2000-06-01") is Answer.NO
    assert organization.reading(known_on="2001-01-01").was_member("AAA", "2000-06-01") is Answer.YES


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2012-12-18", "UZB join 2006-08-16", "UZB suspend 2012-12-19"),
        ("2012-12-19", "UZB suspend 2012-12-19", "None"),
        ("2012-12-20", "UZB suspend 2012-12-19", "None"),
    ],
)
def test_an_act_is_before_its_own_first_day(day: str, before: str, after: str) -> None:
    """An explanation counts an act as done from the day on which it takes effect, not from the day after."""
    told = csto.explain("UZB", day)

    assert (str(told.before), str(told.after), told.during) == (before, after, ())


def test_what_was_not_public_then_is_nowhere_to_be_seen() -> None:
    """Under known_on acts, steps, sources and disputes of later are left out wherever acts are handed out."""
    then = csto.reading(known_on="2012-07-01")
    *_, suspend = then.events("UZB")

    assert str(suspend) == "UZB suspend [2012-07-02..]"
    assert [str(step.name) for step in suspend.steps] == ["notice", "receipt"]
    assert suspend.note is None
    assert suspend.disputes == ()
    assert {source.id for source in then.sources("UZB")} & {"belta-2012-12-19", "kun-uz-2021"} == set()
    assert suspend.effect.is_open
    assert not any(event.effect.is_open for event in csto.events())
    assert then.reading(known_on="2012-12-31").events("UZB")[-1].effect.is_exact


def test_known_on_counts_its_own_day_and_no_later() -> None:
    """What is dated to the day itself, or to a time that begins with it, was public; what came a day later was not."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA:
        - act: join
          effect: 2005-06-01
          instrument: pact
          sources: [on, month, later, undated]
          steps: {signature: {date: 2005-05-01, sources: [on, later], note: Written later.}}
          disputes:
            - {says: No date., sources: [on, later], answer: No., against: [on, later]}
            - {says: The day., date: 2005-06-01, sources: [on], answer: No.}
            - {says: The next., date: 2005-06-02, sources: [on], answer: No.}
    offices:
      chair:
        name: Chair
        terms:
          - state: AAA
            effect: 2005-06-01
            end: 2006-01-01
            sources: [on, later]
            steps: {decision: 2005-06-01, announcement: 2005-06-02}
          - {state: AAA, effect: 2006-01-01, sources: [on]}
instruments: {pact: {title: A pact, sources: [on]}}
sources:
  on: {title: T, publisher: P, kind: press, date: 2005-06-01}
  month: {title: T, publisher: P, kind: press, date: 2005-06}
  later: {title: T, publisher: P, kind: press, date: 2005-06-02}
  undated: {title: T, publisher: P, kind: press}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    then = organization.reading(known_on="2005-06-01")
    (join,), (term,) = then.events("AAA"), then.holders_of("chair")
    (step,) = join.steps
    assert (join.effect, join.instrument, join.sources) == (exact("2005-06-01"), "pact", ("on", "month"))
    assert (step.sources, step.note) == (("on",), None)
    assert [dispute.says for dispute in join.disputes] == ["No date.", "The day."]
    assert (join.disputes[0].sources, join.disputes[0].against) == (("on",), ("on",))
    assert (term.sources, [str(step.name) for step in term.steps]) == (("on",), ["decision"])
    assert term.end is None
    ended, following = organization.reading(known_on="2006-01-01").holders_of("chair")
    assert (ended.end, following.effect) == (exact("2006-01-01"), exact("2006-01-01"))


def test_a_step_that_was_not_public_dates_nothing() -> None:
    """In September 2006 nobody knew of the ratification in December."""
    read = csto.reading(known_on="2006-09-01", dating="ratification")

    assert read.was_member("UZB", "2006-09-01") is Answer.YES
    assert read.reading(dating="any").was_member("UZB", "2006-09-01") is Answer.YES
    assert csto.reading(dating="ratification").was_member("UZB", "2006-09-01") is Answer.NO


def test_a_public_act_counts_behind_one_that_was_not() -> None:
    """What was public is kept, whatever became known later."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA:
        - {act: join, effect: 2000-01-01, sources: [s]}
        - {act: freeze, effect: 2003-01-01, known: 2010-01-01, sources: [s]}
        - {act: withdraw, effect: 2005-01-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    known = build(read(text.encode(), "atlantis.yaml")).reading(known_on="2006-01-01")

    assert [str(spell) for spell in known.spells("AAA")][-2:] == [
        "AAA MEMBER [2000-01-01, 2005-01-01)",
        "AAA FORMER [2005-01-01, ...)",
    ]


def test_an_act_that_presupposes_a_hidden_one_waits_for_it() -> None:
    """Nobody can be suspended who, as far as was known, had never joined."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}
organizations:
  X:
    name: X
    events:
      AAA:
        - {act: join, effect: 2000-01-01, known: 2015-01-01, sources: [s]}
        - {act: suspend, effect: 2005-01-01, sources: [s]}
        - {act: resume, effect: 2006-01-01, sources: [s]}
        - {act: withdraw, effect: 2008-01-01, sources: [s]}
      BBB:
        - {act: join, effect: 2000-01-01, sources: [s]}
        - {act: suspend, effect: 2005-01-01, known: 2015-01-01, sources: [s]}
        - {act: resume, effect: 2006-01-01, sources: [s]}
        - {act: reaffirm, effect: 2007-01-01, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))
    known = organization.reading(known_on="2012-01-01")

    assert [str(event.act) for event in known.events("AAA")] == []
    assert [str(event.act) for event in known.events("BBB")] == ["join", "reaffirm"]
    assert [str(spell) for spell in known.spells("AAA")] == ["AAA OUTSIDE (..., ...)"]
    assert len(organization.reading(known_on="2015-01-01").events()) == 8


def test_what_lies_ahead_is_in_doubt_for_those_who_extrapolate() -> None:
    """An era and an act announced before the horizon, without a date, may have come on any later day."""
    read = csto.reading(known_on="2003-07-01", extrapolate=True)
    with pytest.raises(
        UncertainError, match="open: Collective Security Treaty or Collective Security Treaty Organization"
    ):
        read.name_on("2015")
    assert (
        "was a party to the Collective Security Treaty or a member of" in read.explain("RUS", "2015").headline
    )
    then = csto.reading(known_on="2012-07-01", extrapolate=True).explain("UZB", "2015")
    assert ([str(event) for event in then.in_doubt], then.after) == (["UZB suspend [2012-07-02..]"], None)
    ahead = csto.reading(known_on="2022-12-01").holders_of("secretary-general")
    assert [str(term) for term in ahead][-2:] == [
        "Stanislav Zas (BLR) [2020-01-01, ...)",
        "Imangali Tasmagambetov (KAZ) [[2022-12-02..], ...)",
    ]


def _with_an_era_ahead() -> Organization:
    """An organization whose first era was signed, and begins after the last day verified."""
    text = """
verified_through: 2000-01-05
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    eras: {E: {name: E, effect: 2000-01-09, sources: [s], steps: {signature: 2000-01-01}}}
    events: {AAA: [{act: join, effect: 2000-01-02, sources: [s]}]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    return build(read(text.encode(), "atlantis.yaml")).reading(extrapolate=True)


@pytest.mark.parametrize("day", ["2000-01-05", "2000-01-08"])
def test_a_day_before_an_era_ahead_is_explained(day: str) -> None:
    """An extrapolating reading explains a day before the first era begins."""
    read_ahead = _with_an_era_ahead()

    assert read_ahead.explain("AAA", day).answer is Answer.YES
    with pytest.raises(EraError, match="the first, E, begins on 2000-01-09"):
        read_ahead.name_on(day)


@pytest.mark.parametrize("day", ["2000-01-09", "2000-01-10", "2001"])
def test_a_day_in_an_era_ahead_is_explained(day: str) -> None:
    """An extrapolating reading explains a day on which an era past the horizon has begun."""
    assert _with_an_era_ahead().explain("AAA", day).answer is Answer.YES


@pytest.mark.parametrize("day", ["2000-01-09", "2000-01-10", "2001"])
def test_a_day_in_an_era_ahead_has_its_name(day: str) -> None:
    """An era that the file dates after the horizon begins on its day."""
    assert _with_an_era_ahead().name_on(day) == "E"


def test_an_act_before_counts_in_the_status_of_an_extrapolating_reading() -> None:
    """The act told as the last before a day is one that the status of that day counts."""
    told = csto_pa.reading(known_on="2013-06-30", extrapolate=True).explain("SRB", "2014-06-01")

    expected = TRANSITIONS[told.before.act].after if told.before else Status.OUTSIDE
    assert told.status == expected


def test_an_act_that_lay_ahead_has_no_right_date() -> None:
    """A claim about an act is judged under known_on, and no date is told that nobody knew."""
    then = csto.reading(known_on="2012-07-01")
    finding = then.check(ActClaim(act="suspend", states="UZB", when="2011"))

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.dates == ()  # of the note's effect no date was known
    assert then.events("UZB")[-1].effect.latest is None
    assert str(csto.events("UZB")[-1].effect.latest) == "2012-12-19"


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
        ReadingError, match=r"stands alone\. Name steps: an event that has none of them keeps"
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
