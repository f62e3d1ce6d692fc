"""Answers as values: equal to words, as sets, as plain values, in one line."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership
from csto_membership import (
    ActClaim,
    Answer,
    SignatureClaim,
    State,
    UncertainError,
    csto,
    csto_pa,
    imprecise,
    memberships_of,
    organizations,
    press_claims,
)
from csto_membership._membership.rosters import Roster

if TYPE_CHECKING:
    from collections.abc import Callable

STATES = {code: State(iso3=code, english=code) for code in ("AAA", "BBB", "CCC")}


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_equals_its_word(answer: Answer) -> None:
    """It is found under its word, and differs from other words and from what is no word."""
    assert answer == answer.value == str(answer)
    by_word: dict[object, int] = {answer.value: 1}
    assert by_word[answer] == 1
    assert answer != "maybe"
    assert answer != 1
    assert [other for other in Answer if other == answer] == [answer]
    assert pickle.loads(pickle.dumps(answer)) is answer  # noqa: S301 (our own)


@pytest.mark.parametrize("truth", [True, False])
@pytest.mark.parametrize("kind", ["bool", "numpy.bool"])
def test_an_answer_is_not_compared_with_a_truth_value(truth: Any, kind: str) -> None:
    """A silent no would empty a filter, so the comparison raises and names the way out, from either side."""
    if kind == "numpy.bool":
        truth = pytest.importorskip("numpy", reason="NumPy is not installed").bool_(truth)
    word = "yes" if truth else "no"
    compared: list[Callable[[], object]] = [
        lambda: truth == Answer.UNKNOWN,
        lambda: truth == Answer.YES,
        lambda: truth != Answer.NO,
    ]
    for compare in compared:
        with pytest.raises(UncertainError) as caught:
            compare()
        assert str(caught.value) == (
            f"an answer is yes, no or unknown, and was compared with {truth}. "
            f"Write 'answer is Answer.{word.upper()}', or 'answer == \"{word}\"'."
        )


rosters = st.fixed_dictionaries({code: st.sampled_from(Answer) for code in STATES})


def _roster(answers: dict[str, Answer]) -> Roster:
    """The roster in which each state is, is not, or may be."""
    listed = {word: tuple(STATES[code] for code, said in answers.items() if said is word) for word in Answer}
    return Roster(listed[Answer.YES], listed[Answer.UNKNOWN], resolve=lambda state: STATES[str(state)])


def _worlds(answers: dict[str, Answer]) -> list[frozenset[str]]:
    """Every set that a roster may be."""
    worlds: list[frozenset[str]] = [frozenset()]
    for code, said in answers.items():
        with_it = [world | {code} for world in worlds]
        worlds = {Answer.YES: with_it, Answer.NO: worlds, Answer.UNKNOWN: worlds + with_it}[said]
    return worlds


@given(rosters, rosters)
def test_rosters_join_as_the_sets_that_they_may_be(one: dict[str, Answer], other: dict[str, Answer]) -> None:
    """A state is in the result if it is in all results of all sets that both may be, and possible if in some."""
    left, right = _roster(one), _roster(other)
    pairs = [(a, b) for a in _worlds(one) for b in _worlds(other)]
    for got, results in (
        (left & right, [a & b for a, b in pairs]),
        (left | right, [a | b for a, b in pairs]),
        (left - right, [a - b for a, b in pairs]),
    ):
        certain = frozenset.intersection(*results)
        assert set(got.codes()) == certain
        assert set(got.possible.codes()) == frozenset.union(*results) - certain

    truths = {a <= b for a, b in pairs}
    if len(truths) == 1:
        assert [left <= right, right >= left] == [*truths] * 2
    else:
        with pytest.raises(UncertainError, match="whether one roster holds all of the other is open"):
            _ = left <= right


def test_rosters_compare_with_states_by_any_name() -> None:
    """The other side may be states by their codes and names; less means that the other has more."""
    six = csto.members_on("2003-06-30")

    assert (six - ["Russia", "KZ"]).codes() == ("ARM", "BLR", "KGZ", "TJK")
    assert (six | "UZB").codes() == ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB")
    assert six < csto.members_on("2010-01-01")
    assert csto.members_on("2010-01-01") > six
    assert not six < six  # noqa: PLR0124 (that is the point)
    assert six <= six  # noqa: PLR0124 (that is the point)
    with pytest.raises(UncertainError) as caught:
        _ = csto.members_on("1999") <= six
    assert str(caught.value) == (
        "whether one roster holds all of the other is open: AZE (Azerbaijan), GEO (Georgia), UZB (Uzbekistan). "
        "Look into .possible of both, or of one - other."
    )


FOUND = {
    found.claim.kind: found for found in press_claims() if found.organization == "CSTO"
}  # of each kind one
SIGNED = SignatureClaim(
    instrument="charter", states=csto.state("UZB"), when="2002"
)  # of the kind the press has not
RECORDS: list[Any] = [
    csto.state("UZB"),
    csto.events("UZB")[2],
    csto.events("UZB")[2].disputes[0],
    csto.sources()[0],
    csto.instruments[0],
    csto.instruments[0].steps[0],
    csto.history,
    csto.history.eras[0],
    csto.history.offices[0],
    csto.holders_of("chair")[0],
    csto.participations()[0],
    csto.participations()[0].participants[0],
    csto.dataset,
    csto.read_as,
    csto.members_on("1999"),
    csto.spells("UZB"),
    csto.spells("UZB")[0],
    csto.changes(),
    csto.changes()[0],
    csto.difference("1999-01-01", "2000-01-01"),
    csto.together("ARM", "AZE")[0],
    csto.explain("UZB", "2003"),
    csto_pa.explain("RUS", "2003", lang="ar"),
    imprecise("[1999-04-01..1999-05-01]"),
    imprecise("[..1999]"),
    organizations()[0],
    memberships_of("UZB", "2006-06-01")[0],
    press_claims()[0],
    press_claims()[0].article,
    press_claims()[0].claim.attribution,
    *(claim.claim for claim in FOUND.values()),
    *(csto.check(claim.claim, lang=lang) for claim in FOUND.values() for lang in ("en", "ar")),
    csto.check(press_claims()[0].claim).lines[0],
    csto.check(ActClaim(states="AZE", act="left", when="1998")).dates[0],
    SIGNED,
    csto.check(SIGNED),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_every_record_goes_out_as_plain_values(record: Any) -> None:
    """Two writers of JSON take it as it is, and reading it back gives the same."""
    told = record.to_dict()

    assert json.loads(json.dumps(told)) == told
    orjson = pytest.importorskip("orjson", reason="orjson is not installed")
    assert orjson.loads(orjson.dumps(told)) == told


def test_every_public_record_has_plain_values() -> None:
    """A record of the package goes out as plain values; an organization is asked and exported instead."""
    records = [
        getattr(csto_membership, name)
        for name in csto_membership.__all__
        if isinstance(getattr(csto_membership, name), type) and attrs.has(getattr(csto_membership, name))
    ]

    assert len(records) > 35
    assert [kind.__name__ for kind in records if not hasattr(kind, "to_dict")] == ["Organization"]


def test_a_claim_says_its_kind() -> None:
    """Its fields alone would not tell of which kind it is, wherever it stands."""
    for found in press_claims():
        told = found.to_dict()["claim"]

        assert (
            told
            == found.claim.to_dict()
            == csto_membership.shipped(found.organization).check(found.claim).to_dict()["claim"]
        )
        assert told["kind"] == found.claim.kind
        assert told["attribution"]["quote"] == found.claim.attribution.quote


def test_an_imprecise_date_says_how_wide_it_is() -> None:
    """Programs need not read EDTF."""
    assert imprecise("1999-04").to_dict() == {
        "text": "1999-04",
        "earliest": "1999-04-01",
        "latest": "1999-04-30",
    }
    assert imprecise("[..1999]").to_dict() == {"text": "[..1999]", "earliest": None, "latest": "1999-12-31"}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (csto.state("UZB"), "State(UZB Uzbekistan)"),
        (csto.events("GEO")[2], "Event(GEO lapse 1999-04-21)"),
        (csto.spells("UZB")[4], "Spell(UZB MEMBER [2006-08-16, 2012-12-19))"),
        (csto.changes("1999")[0], "Change(1999-04-21 AZE MEMBER -> FORMER (lapse))"),
        (csto.together("ARM", "AZE")[0], "Period([1994-04-20, 1999-04-21))"),
        (csto.difference("1999-04-01", "2000-01-01"), "Difference(left: AZE, GEO, UZB)"),
        (csto.explain("UZB", "2003-06-30"), "<Explanation: UZB was not a member on 2003-06-30>"),
        (csto.explain("RUS", "2003"), "<Explanation: RUS was a member in 2003>"),
        (csto.explain("UZB", "2012"), "<Explanation: UZB may have been a member in 2012>"),
        (csto.dataset, f"Dataset(verified through {csto.horizon})"),
        (csto.history, "History(CSTO)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_record_reads_in_one_line(record: Any, said: str) -> None:
    """What a prompt shows of a record is what a person would say of it."""
    assert repr(record) == said


def test_an_application_serves_every_record() -> None:
    """FastAPI answers with them without an encoder of its own."""
    fastapi = pytest.importorskip("fastapi", reason="FastAPI is not installed")
    testclient = pytest.importorskip("fastapi.testclient", reason="httpx is not installed")
    application = fastapi.FastAPI()

    def served(index: int) -> dict[str, Any]:
        told: dict[str, Any] = RECORDS[index].to_dict()
        return told

    application.get("/{index}")(served)
    client = testclient.TestClient(application)
    for index, record in enumerate(RECORDS):
        assert client.get(f"/{index}").json() == record.to_dict()
