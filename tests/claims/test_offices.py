"""Who held an office, and who took part in what."""

from __future__ import annotations

from typing import Any

import pytest

from csto_membership import ParticipationError, Verdict, csto
from tests.claims.support import SIX, found, organization_with, verdict


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"office": "chair", "state": "KAZ", "when": "2024-06"}, Verdict.SUPPORTED),
        ({"office": "chair", "state": "RUS", "when": "2024-06"}, Verdict.CONTRADICTED),
        ({"office": "chair", "state": "RUS", "when": "2020-12-15"}, Verdict.UNDETERMINED),
        ({"office": "chair", "state": "RUS", "when": "2001"}, Verdict.UNDETERMINED),
        ({"office": "chair", "state": "RUS", "when": "[2024-12..2025-02]"}, Verdict.CONTRADICTED),
        ({"office": "secretary-general", "state": "RUS", "when": "[2016-12..2017-02]"}, Verdict.SUPPORTED),
        ({"office": "secretary-general", "person": "Zas", "when": "2018"}, Verdict.CONTRADICTED),
        ({"office": "secretary-general", "person": "Bordyuzha", "when": "2010"}, Verdict.SUPPORTED),
        ({"office": "secretary-general", "person": "nikolai BORDYUZHA", "when": "2010"}, Verdict.SUPPORTED),
        ({"office": "secretary-general", "person": "Николай Бордюжа", "when": "2010"}, Verdict.SUPPORTED),
        ({"office": "secretary-general", "person": "نيكولاي بورديوجا", "when": "2010"}, Verdict.SUPPORTED),
        ({"office": "secretary-general", "person": "Зась", "when": "2010"}, Verdict.CONTRADICTED),
        ({"office": "secretary-general", "person": "Nikolai Zas", "when": "2010"}, Verdict.UNDETERMINED),
        ({"office": "secretary-general", "person": "Владимир Путин", "when": "2010"}, Verdict.UNDETERMINED),
        ({"office": "secretary-general", "person": " ", "when": "2010"}, Verdict.UNDETERMINED),
        (
            {"office": "secretary-general", "person": "Zas", "state": "RUS", "when": "2021"},
            Verdict.CONTRADICTED,
        ),
    ],
)
def test_an_office_is_compared_with_its_terms(fields: dict[str, Any], expected: Verdict) -> None:
    """The last name will do; a name that is in no record is no contradiction."""
    assert verdict("office", **fields) is expected


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"office": "secretary-general", "person": "Zas", "when": "2024"},
            "No: the Secretary General in 2024 was Imangali Tasmagambetov (Kazakhstan).",
        ),
        (
            {"office": "chair", "state": "RUS", "when": "1999"},
            "Open: no holder of the Chair of the Collective Security Council is recorded in 1999.",
        ),
        (
            {"office": "chair", "state": "BLR", "when": "[2005..2006]"},
            "Open: the record has Kazakhstan and Belarus as the Chair of the Collective Security Council, and not "
            "for the whole time.",
        ),
    ],
)
def test_an_office_is_told_in_one_plain_sentence(fields: dict[str, Any], sentence: str) -> None:
    """The sentence names the holder, or says that none is recorded."""
    assert found("office", **fields).sentence == sentence


def test_a_wrong_time_of_a_holder_gets_the_term() -> None:
    """The right date is the holder's own term."""
    finding = found("office", office="secretary-general", person="Stanislav Zas", when="2024")

    assert [str(right) for right in finding.dates] == ["Stanislav Zas (BLR) [2020-01-01, 2023-01-01)"]


def test_an_unknown_person_is_told_with_those_who_are_known() -> None:
    """The names of the record are listed, with the way out."""
    finding = found("office", office="secretary-general", person="Путин", when="2010")

    assert finding.sentence.startswith(
        "Open: 'Путин' is no name in the record of the Secretary General, which has Nikolai"
    )
    assert finding.notes == (
        "Write the name in letters that the record has, or name the state of the person.",
    )


def test_an_office_with_a_gap_is_not_held_throughout() -> None:
    """A term before and a term after it do not make up for the year between them."""
    organization = organization_with(
        terms="{state: AAA, effect: 2000-01-01, end: 2001-01-01, sources: [s]}, "
        "{state: AAA, effect: 2002-01-01, end: 2003-01-01, sources: [s]}"
    )

    for when, expected in (
        ("[2000..2002]", Verdict.UNDETERMINED),
        ("[2000-12..2001-01-01]", Verdict.UNDETERMINED),
        ("2000", Verdict.SUPPORTED),
        ("2002", Verdict.SUPPORTED),
    ):
        assert verdict("office", office="head", state="AAA", when=when, on=organization) is expected


def test_an_office_is_open_from_the_last_day_on_which_a_term_may_have_ended() -> None:
    """After an imprecise end the next term may begin too late, too."""
    organization = organization_with(
        terms="{state: AAA, effect: 2000-01-01, end: '[2001-01-01..2001-01-09]', sources: [s]}, "
        "{state: AAA, effect: 2001-01-10, sources: [s]}"
    )
    claimed = verdict("office", office="head", state="AAA", when="[2000-12-01..2001-01-31]", on=organization)

    assert claimed is Verdict.UNDETERMINED


def test_an_office_without_persons_knows_no_name() -> None:
    """The sentence does not list a name that is not there."""
    organization = organization_with(terms="{state: AAA, effect: 2000-01-01, sources: [s]}")
    finding = found("office", office="head", person="Putin", when="2001", on=organization)

    assert str(finding.lines[0]) == (
        "head: undecided; 'Putin' is no name in the record, which names no persons"
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"participation": "kazakhstan-2022", "states": ("BLR", "TJK", "KGZ", "ARM"), "when": "2022-01"},
            Verdict.SUPPORTED,
        ),
        ({"participation": "kazakhstan-2022", "states": "UZB", "when": "2022-01"}, Verdict.CONTRADICTED),
        (
            {"participation": "kazakhstan-2022", "states": SIX, "capacity": "contributor", "when": "2022"},
            Verdict.CONTRADICTED,
        ),
        (
            {
                "participation": "kazakhstan-2022",
                "states": ("ARM", "BLR", "KGZ", "RUS", "TJK"),
                "capacity": "contributor",
                "complete": True,
                "when": "2022",
            },
            Verdict.SUPPORTED,
        ),
        (
            {"participation": "kazakhstan-2022", "states": ("RUS", "BLR"), "complete": True, "when": "2022"},
            Verdict.CONTRADICTED,
        ),
        (
            {"participation": "kazakhstan-2022", "states": "KAZ", "capacity": "host", "when": "2022"},
            Verdict.SUPPORTED,
        ),
        ({"participation": "kazakhstan-2022", "states": "RUS", "when": "2021"}, Verdict.CONTRADICTED),
        ({"participation": "kazakhstan-2022", "states": "RUS", "said": "2022-01-05"}, Verdict.CONTRADICTED),
        ({"participation": "kazakhstan-2022", "host": "KGZ", "when": "2022"}, Verdict.CONTRADICTED),
        ({"form": "operation", "host": "KAZ", "when": "2022"}, Verdict.SUPPORTED),
        ({"form": "operation", "host": "KGZ", "when": "2010"}, Verdict.UNDETERMINED),
        ({"form": "session", "states": "ARM", "host": "BLR", "when": "2023"}, Verdict.CONTRADICTED),
        ({"form": "session", "states": "KAZ", "host": "BLR", "when": "2023-11"}, Verdict.SUPPORTED),
        ({"participation": "moscow-2009-06", "states": "BLR", "when": "2009"}, Verdict.CONTRADICTED),
        ({"participation": "moscow-2009-02", "states": "BLR", "when": "2009"}, Verdict.UNDETERMINED),
        (
            {"participation": "moscow-2009-02", "states": "ARM", "complete": True, "when": "2009"},
            Verdict.UNDETERMINED,
        ),
        ({"participation": "minsk-2006", "states": "UZB", "when": "2006"}, Verdict.CONTRADICTED),
        (
            {"participation": "minsk-2006", "states": "UZB", "capacity": "guest", "when": "2006"},
            Verdict.SUPPORTED,
        ),
        ({"participation": "video-2020", "host": "RUS", "when": "2020"}, Verdict.UNDETERMINED),
    ],
)
def test_a_participation_is_compared_with_the_record(fields: dict[str, Any], expected: Verdict) -> None:
    """Who took part, where and as what; a list that is not whole leaves the others open."""
    assert verdict("participation", **fields) is expected


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"participation": "kazakhstan-2022", "states": "UZB", "when": "2022-01"},
            "No: the Operation of the Collective Peacekeeping Forces in Kazakhstan lasted from 6 January 2022 to 19 "
            "January 2022; Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan took part in it; "
            "Uzbekistan did not take part in it.",
        ),
        (
            {"participation": "kazakhstan-2022", "states": "RUS", "when": "2021"},
            "No: the Operation of the Collective Peacekeeping Forces in Kazakhstan lasted from 6 January 2022 to 19 "
            "January 2022.",
        ),
        (
            {"participation": "moscow-2009-02", "states": "BLR", "when": "2009"},
            "Open: the Extraordinary session of the Collective Security Council was on 4 February 2009; Armenia took "
            "part in it; whether Belarus took part in it is not recorded.",
        ),
        (
            {"participation": "minsk-2023", "states": "KAZ", "host": "RUS", "when": "2023"},
            "No: the Session of the Collective Security Council was on 23 November 2023; Belarus, Kazakhstan, "
            "Kyrgyzstan, Russia and Tajikistan took part in it; it took place in Belarus.",
        ),
    ],
)
def test_a_participation_is_told_in_one_plain_sentence(fields: dict[str, Any], sentence: str) -> None:
    """The sentence says when it was, and who took part."""
    assert found("participation", **fields).sentence == sentence


def test_a_state_may_be_given_as_a_record() -> None:
    """An office's state and a host are found by code, name or record."""
    kazakhstan = csto.state("KAZ")

    assert verdict("office", office="chair", state=kazakhstan, when="2024-06") is Verdict.SUPPORTED
    claimed = verdict("participation", form="operation", host=kazakhstan, when="2022-01")
    assert claimed is Verdict.SUPPORTED


def test_a_wrong_time_of_an_operation_gets_the_right_one() -> None:
    """The date is what is wrong, and only then it is given."""
    finding = found("participation", participation="kazakhstan-2022", states="RUS", when="2021")

    assert [right.about for right in finding.dates] == ["kazakhstan-2022"]
    assert found("participation", participation="kazakhstan-2022", states="UZB", when="2022").dates == ()


def test_an_operation_that_lasts_has_no_end() -> None:
    """Nothing recorded in a capacity is said to be unknown; an operation without an end lasts."""
    organization = organization_with(
        participations="o: {kind: operation, name: Watch, effect: 2000-01-01, complete: no, "
        "participants: [{state: AAA, capacity: guest}], sources: [s]}"
    )
    finding = found("participation", participation="o", states="BBB", when="2001", on=organization)
    nobody = found("participation", participation="o", states=(), host="AAA", when="2001", on=organization)

    assert finding.sentence == (
        "Open: the Watch has lasted since 1 January 2000; whether Bensalem took part in it is not recorded."
    )
    assert str(finding.lines[0]) == (
        "o: undecided; Watch [2000-01-01, ...): AAA (guest); not all who took part are known"
    )
    assert nobody.sentence == "Open: the Watch has lasted since 1 January 2000; where it was is not recorded."


def test_an_unknown_operation_is_refused() -> None:
    """The nearest identifier is offered."""
    with pytest.raises(ParticipationError) as caught:
        found("participation", participation="kazakhstan-2021", states="RUS", when="2022")
    assert str(caught.value).startswith(
        "CSTO has no operation or session 'kazakhstan-2021'. Did you mean 'kazakhstan-2022'? It has astana-2004, "
    )
    assert csto.participants("kazakhstan-2022")
