"""Forty wrong arguments of functions, one of a kind of fault, each with its whole sentence.

The same for the commands stands in ``tests/cli/test_faults.py``, for claims in ``tests/claims/test_bad_input.py``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

import csto_membership
from csto_membership import CountClaim, Event, MembershipError, RosterClaim, csto, exact, imprecise

if TYPE_CHECKING:
    from collections.abc import Callable

ANY: Any = csto
OF: Any = csto_membership
MADE: Any = Event
COUNT: Any = CountClaim
ROSTER: Any = RosterClaim
IMPRECISE: Any = imprecise
HORIZON = csto.horizon.isoformat()
STATES = "Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB."
DAYS = (
    "Pass a date, text such as '1999-04-20', '1999-04' or '1999', or a pair of days (first, first day after)."
)
WRITE = (
    "Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, or some day of a range as "
    "[YYYY-MM-DD..YYYY-MM-DD]."
)
LIST = "List them by code or name: ['RUS', 'KAZ']."
ACTS = "There are sign, join, reaffirm, freeze, suspend, resume, lapse, withdraw, expel, end, observe, associate."

WRONG: list[tuple[Callable[[], object], str]] = [
    # Days.
    (lambda: ANY.members_on(None), f"expected a day or a period, got None. {DAYS}"),
    (lambda: ANY.members_on(2003.0), f"expected a day or a period, got 2003.0. {DAYS}"),
    (lambda: ANY.status_on("UZB", float("nan")), f"expected a day or a period, got nan. {DAYS}"),
    (lambda: ANY.members_on(""), f"'' is not a date. {WRITE}"),
    (
        lambda: ANY.members_on("2003-02-30"),
        "'2003-02-30' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as "
        "YYYY.",
    ),
    (
        lambda: ANY.members_on(dt.datetime(2003, 1, 1, tzinfo=dt.UTC)),
        "expected a day, got the moment 2003-01-01T00:00:00+00:00. Membership is kept by day: pass value.date() in the "
        "zone you mean.",
    ),
    (
        lambda: ANY.members_on("9000"),
        f"9000 reaches past {HORIZON}, the last day verified. Ask latest() for that day, or "
        "reading(extrapolate=True) to take it that nothing has changed since.",
    ),
    (lambda: ANY.next_change("2003"), "expected one day, got '2003'. Write the day as YYYY-MM-DD."),
    (
        lambda: ANY.members_on(("2003-01-02", "2003-01-01")),
        "('2003-01-02', '2003-01-01') is an empty period. A period is half-open: its second day must be later than "
        "its first.",
    ),
    (
        lambda: IMPRECISE(2003),
        "expected a date as text, got 2003. Write it as '1999-04-20', '1999-04' or '1999'.",
    ),
    (lambda: exact("2003"), "expected one day, got '2003'. Write the day as YYYY-MM-DD."),
    # States.
    (
        lambda: ANY.was_member(None, "2003"),
        "expected a state's code or name, got None. Write it as 'KGZ' or 'Kyrgyzstan'.",
    ),
    (lambda: ANY.was_member("Wakanda", "2003"), f"no state 'Wakanda' in CSTO. {STATES}"),
    (
        lambda: ANY.was_member("Kazahstan", "2003"),
        "no state 'Kazahstan' in CSTO. Did you mean KAZ (Kazakhstan)?",
    ),
    (lambda: ANY.was_member("2003", "UZB"), f"no state '2003' in CSTO. {STATES}"),
    (
        lambda: ANY.state("UZ", codes="iso9"),
        "no code scheme 'iso9'. Did you mean 'iso3'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
        "wikidata, name.",
    ),
    (lambda: ANY.periods_of(None), f"expected states, got None. {LIST}"),
    (lambda: ANY.members_on("2003") - 5, f"expected states, got 5. {LIST}"),
    (lambda: ANY.members_on("2003") <= 5, f"expected states, got 5. {LIST}"),
    # Readings.
    (
        lambda: ANY.reading(basis="legall"),
        "no basis 'legall'. Did you mean 'legal'? There are legal, active, nominal, signed, or a Status such as "
        "Status.MEMBER | Status.OBSERVER.",
    ),
    (
        lambda: ANY.reading(dating="sign"),
        "no dating 'sign'. Did you mean 'signature'? There are effect, any, and the steps announcement, notice, "
        "receipt, decision, signature, ratification, deposit, accession, entry_into_force.",
    ),
    (lambda: ANY.reading(era="cst"), "CSTO has no era 'cst'. Did you mean 'CST'? Its eras are CST, CSTO."),
    (
        lambda: ANY.reading(extrapolate="yes"),
        "extrapolate='yes' is neither True nor False. Choose one of them.",
    ),
    (
        lambda: ANY.name_on("1990"),
        "CSTO had no era on 1990: the first, CST, begins on 1994-04-20. Ask about a later day.",
    ),
    # Words.
    (lambda: ANY.changes(act="left"), f"no act 'left'. {ACTS}"),
    (
        lambda: ANY.participations("war"),
        "no kind of participation 'war'. Use 'operation' or 'session'.",
    ),
    (
        lambda: ANY.holders_of("chari"),
        "CSTO has no office 'chari'. Did you mean 'chair'? Its offices are chair, secretary-general.",
    ),
    (
        lambda: ANY.explain("UZB", "2003", lang="xx"),
        "no sentences in 'xx'. There are sentences in en, ru, ar.",
    ),
    (
        lambda: ANY.was_member("UZB", "2003") == False,  # noqa: E712 (what is refused)
        "an answer is yes, no or unknown, and was compared with False. Write 'answer is Answer.NO', or 'answer == "
        '"no"\'.',
    ),
    # Claims.
    (
        lambda: ANY.check("UZB"),
        "expected a claim, got 'UZB'. Say what the sentence claims, as in RosterClaim(states=('RUS', 'KAZ'), "
        "when='2010'). The kinds are RosterClaim, StatusClaim, CountClaim, ActClaim, FoundingClaim, MilestoneClaim, "
        "SignatureClaim, OfficeClaim, ParticipationClaim.",
    ),
    (
        lambda: ROSTER(state="UZB", when="2003"),
        "a roster claim has no field 'state'. Its fields are states, complete, when, throughout, era, attribution.",
    ),
    (
        lambda: COUNT(count="six", when="2003"),
        "expected a number of states, got 'six'. Write a whole number, such as 6.",
    ),
    # Files, organizations and exports.
    (
        lambda: OF.shipped("CSTOO"),
        "the library: no organization 'CSTOO'. Did you mean 'CSTO'? It holds CSTO, CSTO-PA, CIS, EAEU, EURASEC, GUAM, "
        "SCO.",
    ),
    (
        lambda: OF.from_json(5),
        "json: expected the text of an export, got 5. Read what to_json() wrote.",
    ),
    (
        lambda: OF.from_json("{"),
        "json:1:2: no JSON: Expecting property name enclosed in double quotes. Read what to_json() wrote.",
    ),
    (
        lambda: OF.memberships_of("UZB", "2003", ["CSTO"]),
        "memberships_of: expected organizations, got 'CSTO'. Pass them as they are: [csto, load('mine.yaml')].",
    ),
    (
        lambda: OF.memberships_of("UZB", "2003", 5),
        "memberships_of: expected organizations, got 5. Pass them as they are: [csto, load('mine.yaml')].",
    ),
    (
        lambda: MADE(state="UZB", act="join", effect="May 1999", sources=("s",)),
        f"'May 1999' is not a date. {WRITE}",
    ),
    (lambda: ANY.cite("apa"), "no citation 'apa'. There are bibtex, cff."),
    (
        lambda: ANY.to_csv("nowhere", "spel"),
        "no table 'spel'. Did you mean 'spells'? There are about, states, sources, instruments, eras, events, spells.",
    ),
]


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[sentence[:50] for _, sentence in WRONG])
def test_each_wrong_argument_is_one_sentence_with_a_way_out(
    call: Callable[[], object], sentence: str
) -> None:
    """The fault with its value, and what to write instead; no bare error of Python, and no silence."""
    with pytest.raises(MembershipError) as caught:
        call()

    assert str(caught.value) == sentence


def test_there_are_forty() -> None:
    """No kind of fault is told twice by chance."""
    assert len(WRONG) >= 40
    assert len({sentence for _, sentence in WRONG}) >= 38


def test_a_picture_in_no_language_is_one_sentence_with_a_way_out() -> None:
    """As above, where pictures can be drawn."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (pip install -e '.[plot]')")
    with pytest.raises(MembershipError) as caught:
        ANY.plot(lang="de")

    assert str(caught.value) == "no pictures in 'de'. There are en, ar, ru."
