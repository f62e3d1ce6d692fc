"""Questions to an organization: who, when, why, and what a bad question is answered."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING

import pendulum
import pytest

from csto_membership import (
    Answer,
    BeyondHorizonError,
    DatasetError,
    DayError,
    EraError,
    ReadingError,
    StateError,
    Status,
    UncertainError,
    csto,
    csto_pa,
    load,
    loading,
)
from csto_membership.export._yaml import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

from tests.membership.small import HORIZON, NEXT_DAY


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
            "no code scheme 'isox'. Did you mean 'iso3'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
            "wikidata, name.",
        ),
        (
            lambda: csto.members_on("2003").codes("is3"),
            StateError,
            "no code scheme 'is3'. Did you mean 'iso3'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
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
            "lapse, withdraw, expel, end, observe, associate.",
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
            "it is unknown whether AZE (Azerbaijan) is in it. Look into .possible, or ask a narrower question.",
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


def test_threads_get_the_same_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen threads that ask first hold one organization and one roster."""
    monkeypatch.setattr(loading, "_shipped", {})

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


def test_rosters_that_were_joined_know_the_names_of_states() -> None:
    """A difference, a meeting and a union are rosters like any other: they are asked by code and by name."""
    then, later = csto.members_on("1998-06-01"), csto.members_on("2003-06-30")

    name: object = "Uzbekistan"
    arabic: object = "أوزبكستان"

    assert name in then - later
    assert name not in then & later
    assert arabic in then | later
