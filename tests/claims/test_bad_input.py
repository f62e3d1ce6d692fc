"""Bad input: one sentence for the fault and one for the way out, each compared whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import fields

from csto_membership import (
    Attribution,
    ClaimError,
    DayError,
    OfficeError,
    ParticipationError,
    ReadingError,
    RosterClaim,
    StateError,
    csto,
)
from csto_membership.claims import KINDS
from tests.claims.support import SIX, found, make

ACTS = "sign, join, reaffirm, freeze, suspend, resume, lapse, withdraw, expel, end, observe, associate, leave, return"
STATUSES = (
    "OUTSIDE, OBSERVER, SIGNATORY, MEMBER, FROZEN, SUSPENDED, FORMER, ASSOCIATE, "
    "not a member, no longer a member"
)
STEPS = (
    "announcement, notice, receipt, decision, signature, ratification, deposit, accession, entry_into_force"
)
INSTRUMENTS = ", ".join(one.id for one in csto.dataset.instruments)
ROSTER_FIELDS = "Its fields are states, complete, when, throughout, era, attribution."
CALL = (
    "Say what the sentence claims, as in RosterClaim(states=('RUS', 'KAZ'), when='2010'). The kinds are RosterClaim, "
    "StatusClaim, CountClaim, ActClaim, FoundingClaim, MilestoneClaim, SignatureClaim, OfficeClaim, "
    "ParticipationClaim."
)


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        ("roster", {"when": "2003"}, "a roster claim lacks states. Add it."),
        ("roster", {"states": (), "when": "2003"}, "a roster claim lacks states. Add it."),
        (
            "roster",
            {"states": SIX},
            "a roster claim lacks when, or the day on which it was said. Add when='YYYY-MM-DD', or "
            "attribution=Attribution(said='YYYY-MM-DD').",
        ),
        (
            "roster",
            {"states": SIX, "when": 2012},
            "expected a day, month or year as text, got 2012. Write it as text: '2012'.",
        ),
        (
            "roster",
            {"states": 12, "when": "2012"},
            "expected states, got 12. List them by code or name: states=('RUS', 'KAZ').",
        ),
        (
            "roster",
            {"states": SIX, "when": "2012", "act": "join"},
            f"a roster claim has no field 'act'. {ROSTER_FIELDS}",
        ),
        (
            "roster",
            {"state": "RUS", "when": "2012"},
            f"a roster claim has no field 'state'. {ROSTER_FIELDS}",
        ),
        (
            "roster",
            {"states": SIX, "wen": "2012"},
            f"a roster claim has no field 'wen'. Did you mean 'when'? {ROSTER_FIELDS}",
        ),
        (
            "roster",
            {"states": SIX, "when": "2012", "complete": "maybe"},
            "complete='maybe' is neither True nor False. Use one of them.",
        ),
        (
            "roster",
            {"states": SIX, "when": "2012", "throughout": 2},
            "throughout=2 is neither True nor False. Use one of them.",
        ),
        (
            "roster",
            {"states": SIX, "when": "2012", "era": 1992},
            "expected text for era, got 1992. Give one name or identifier as text.",
        ),
        ("status", {"states": "UZB", "when": "2012"}, "a status claim lacks status. Add it."),
        ("status", {"when": "2012"}, "a status claim lacks states and status. Add it."),
        (
            "status",
            {"states": "UZB", "status": "gone", "when": "2012"},
            f"no status 'gone'. Use one of {STATUSES}.",
        ),
        (
            "status",
            {"states": "UZB", "status": "frosen", "when": "2012"},
            f"no status 'frosen'. Did you mean 'FROZEN'? Use one of {STATUSES}.",
        ),
        ("status", {"states": "UZB", "status": 4, "when": "2012"}, f"no status '4'. Use one of {STATUSES}."),
        ("count", {"when": "2012"}, "a count claim lacks count. Add it."),
        (
            "count",
            {"count": "six", "when": "2012"},
            "expected a number of states, got 'six'. Write a whole number, such as 6.",
        ),
        (
            "count",
            {"count": True, "when": "2012"},
            "expected a number of states, got True. Write a whole number, such as 6.",
        ),
        (
            "count",
            {"count": -1, "when": "2012"},
            "expected a number of states, got -1. Write a whole number, such as 6.",
        ),
        ("act", {"states": "UZB", "when": "2012"}, "a act claim lacks act. Add it."),
        ("act", {"states": "UZB", "act": "gone", "when": "2012"}, f"no act 'gone'. Use one of {ACTS}."),
        (
            "act",
            {"states": "UZB", "act": "withdrew", "when": "2012"},
            f"no act 'withdrew'. Did you mean 'withdraw'? Use one of {ACTS}.",
        ),
        ("act", {"states": "UZB", "act": "вышел", "when": "2012"}, f"no act 'вышел'. Use one of {ACTS}."),
        ("act", {"states": "UZB", "act": "انسحبت", "when": "2012"}, f"no act 'انسحبت'. Use one of {ACTS}."),
        ("act", {"states": "UZB", "act": 3, "when": "2012"}, f"no act 3. Use one of {ACTS}."),
        ("founding", {}, "a founding claim lacks states or when. Add one of them, or both."),
        ("milestone", {"when": "2002"}, "a milestone claim lacks instrument. Add it."),
        (
            "milestone",
            {"instrument": "charter", "step": "signed", "when": "2002"},
            f"no step 'signed'. Did you mean 'signature'? Use one of {STEPS}.",
        ),
        ("signature", {"instrument": "charter", "when": "2002"}, "a signature claim lacks states. Add it."),
        (
            "office",
            {"office": "chair", "when": "2010"},
            "a office claim lacks state or person. Add one of them.",
        ),
        (
            "office",
            {"office": "chair", "state": ("RUS", "KAZ"), "when": "2010"},
            "an office claim names one state, got 2. Make a claim for each.",
        ),
        (
            "participation",
            {"states": "RUS", "when": "2022"},
            "a participation claim lacks participation or form. Name the operation or session, or say "
            "form='operation' or form='session'.",
        ),
        (
            "participation",
            {"form": "session", "when": "2022"},
            "a participation claim lacks states or host. Add who took part, or where.",
        ),
        (
            "participation",
            {"form": "summit", "states": "RUS", "when": "2022"},
            "no form of participation 'summit'. Use one of operation, session.",
        ),
        (
            "participation",
            {"form": "session", "states": "RUS", "capacity": "troops", "when": "2022"},
            "no capacity 'troops'. Use one of contributor, host, member, chair, guest, observer.",
        ),
    ],
)
def test_a_faulty_claim_is_refused_when_it_is_made(kind: str, given: dict[str, Any], message: str) -> None:
    """What is wrong is said with its value, and what to do."""
    with pytest.raises(ClaimError) as caught:
        make(kind, **given)
    assert str(caught.value) == message.replace("a act", "an act").replace("a office", "an office")


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("Uzbekistan left in 2012", f"expected a claim, got 'Uzbekistan left in 2012'. {CALL}"),
        (None, f"expected a claim, got None. {CALL}"),
        (("RUS", "KAZ"), f"expected a claim, got ('RUS', 'KAZ'). {CALL}"),
    ],
)
def test_a_sentence_is_no_claim(claim: object, message: str) -> None:
    """The kinds are listed, with an example."""
    with pytest.raises(ClaimError) as caught:
        csto.check(claim)  # type: ignore[arg-type] # what is refused
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("kind", "given", "error", "message"),
    [
        (
            "milestone",
            {"instrument": "chartre", "when": "2002"},
            ClaimError,
            f"no instrument 'chartre'. Did you mean 'charter'? It holds {INSTRUMENTS}.",
        ),
        (
            "milestone",
            {"instrument": "Устав", "when": "2002"},
            ClaimError,
            f"no instrument 'Устав'. It holds {INSTRUMENTS}.",
        ),
        (
            "signature",
            {"instrument": "الميثاق", "states": "RUS", "when": "2002"},
            ClaimError,
            f"no instrument 'الميثاق'. It holds {INSTRUMENTS}.",
        ),
        (
            "milestone",
            {"instrument": "council-2002", "step": "deposit", "when": "2002"},
            ClaimError,
            "'council-2002' has no dated deposit. Its stages are decision.",
        ),
        (
            "office",
            {"office": "chairman", "state": "RUS", "when": "2020"},
            OfficeError,
            "CSTO has no office 'chairman'. Did you mean 'chair'? Its offices are chair, secretary-general.",
        ),
        (
            "founding",
            {"when": "1992", "era": "FOO"},
            ReadingError,
            "CSTO has no era 'FOO'. Its eras are CST, CSTO.",
        ),
    ],
)
def test_a_claim_that_names_what_is_not_there_is_refused(
    kind: str, given: dict[str, Any], error: type[Exception], message: str
) -> None:
    """What the organization has is listed, and the nearest offered."""
    with pytest.raises(error) as caught:
        found(kind, **given)
    assert str(caught.value) == message


def test_an_unknown_operation_is_refused() -> None:
    """A participation is known by its identifier."""
    with pytest.raises(ParticipationError, match="CSTO has no operation or session 'x'"):
        found("participation", participation="x", states="RUS", when="2022")


def test_an_unknown_state_in_a_claim_is_refused() -> None:
    """A name that is no state's anywhere, or several, raises like any question."""
    with pytest.raises(StateError, match="no state 'Atlantis' in CSTO"):
        found("roster", states=("Atlantis",), when="2003")
    for code in ("530", "704"):
        with pytest.raises(StateError, match="is ambiguous"):
            found("roster", states=("RUS", code), when="2003")
    with pytest.raises(StateError, match="expected a state's code or name, got None"):
        found("roster", states=("RUS", None), when="2003")


def test_a_moment_is_no_time_of_a_claim() -> None:
    """As in any other question, a moment with a zone is refused."""
    with pytest.raises(DayError, match="expected a day, got the moment 2012-12-19T00:00:00"):
        make("roster", states="RUS", when=datetime(2012, 12, 19, tzinfo=UTC))
    with pytest.raises(DayError, match="'yesterday' is not a date"):
        make("roster", states="RUS", when="yesterday")
    naive = datetime.fromisoformat("2012-12-19T09:00")
    assert make("roster", states="RUS", when=naive).when.text == "2012-12-19"


def test_fields_are_named() -> None:
    """A claim has no order of fields to remember."""
    with pytest.raises(ClaimError) as caught:
        RosterClaim(SIX, when="2003")  # type: ignore[call-arg] # what is refused
    assert str(caught.value) == f"a roster claim takes named fields only, got {SIX!r}. {ROSTER_FIELDS}"


def test_a_claim_on_another_organization_is_refused() -> None:
    """A file's ``organization`` says of which body a sentence speaks."""
    claim = RosterClaim(states=SIX, when="2003", attribution=Attribution(organization="CSTO-PA"))
    with pytest.raises(ClaimError) as caught:
        csto.check(claim)
    assert str(caught.value) == (
        "the claim speaks of CSTO-PA, not of CSTO. Ask CSTO-PA, or leave organization out of its attribution."
    )
    same = RosterClaim(states=SIX, when="2003", attribution=Attribution(organization="CSTO"))
    assert csto.check(same).verdict == "supported"


VALUES: dict[str, object] = {
    "states": "RUS",
    "complete": True,
    "when": "2003",
    "throughout": False,
    "era": "CSTO",
    "status": "member",
    "count": 6,
    "including": "RUS",
    "act": "join",
    "instrument": "charter",
    "step": "signature",
    "body": "CSC",
    "office": "chair",
    "state": "RUS",
    "person": "Zas",
    "participation": "x",
    "form": "session",
    "capacity": "member",
    "host": "RUS",
}


def _own(kind: str) -> set[str]:
    """The fields of a kind."""
    return {one.name for one in fields(KINDS[kind])}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VALUES)
def test_no_kind_accepts_the_field_of_another(kind: str, name: str) -> None:
    """Field by field: what a kind does not have is refused, and what it has is taken."""
    given: dict[str, Any] = {field: value for field, value in VALUES.items() if field in _own(kind)}
    if name in _own(kind):
        assert make(kind, **given)
    else:
        with pytest.raises(ClaimError, match=f" claim has no field '{name}'"):
            make(kind, **{**given, name: VALUES[name]})
