"""The rules for records that were made in code."""

from __future__ import annotations

import pytest
from attrs import evolve

from csto_membership import (
    Act,
    Dataset,
    DatasetError,
    Dispute,
    Era,
    Event,
    Step,
    StepName,
    build,
    check,
    exact,
    imprecise,
)
from tests.reader.rule_files import JOINED, RECORDS, _event


def _with(*events: Event, eras: tuple[Era, ...] = ()) -> Dataset:
    """The records with other events and eras."""
    return evolve(RECORDS, histories=(evolve(RECORDS.histories[0], events=events, eras=eras),))


def test_records_without_fault_are_built() -> None:
    """Records that obey every rule pass, and make an organization."""
    check(RECORDS)

    assert build(RECORDS).members_on("2000-01-01").codes() == ("KAZ",)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        pytest.param(
            _with(_event(Act.JOIN, "1994", state="KAS")),
            "ORG: no state 'KAS'. Did you mean 'KAZ'? Add it under states, or correct the code. [CM013]",
            id="CM013",
        ),
        pytest.param(
            _with(evolve(JOINED, sources=("law", "paper"))),
            "KAZ join 1994-04-20: no source 'paper'. Add it under sources, or correct the identifier. [CM014]",
            id="CM014 event",
        ),
        pytest.param(
            _with(
                evolve(
                    JOINED,
                    disputes=(Dispute(says="No", sources=("law",), answer="Yes", against=("lau",)),),
                )
            ),
            "KAZ join 1994-04-20: no source 'lau'. Did you mean 'law'? "
            "Add it under sources, or correct the identifier. [CM014]",
            id="CM014 dispute",
        ),
        pytest.param(
            evolve(RECORDS, states=(evolve(RECORDS.states[0], sources=("list",)),)),
            "KAZ (Kazakhstan): no source 'list'. Add it under sources, or correct the identifier. [CM014]",
            id="CM014 state",
        ),
        pytest.param(
            _with(evolve(JOINED, instrument="treaty")),
            "KAZ join 1994-04-20: no instrument 'treaty'. "
            "Add it under instruments, or correct the identifier. [CM015]",
            id="CM015",
        ),
        pytest.param(
            _with(JOINED, _event(Act.FREEZE, "1994-04-19")),
            "ORG: KAZ 'freeze' of 1994-04-19 stands after 'join' of 1994-04-20. "
            "Put the acts of a state in the order in which they took effect. [CM016]",
            id="CM016",
        ),
        pytest.param(
            _with(JOINED, _event(Act.SIGN, "1995")),
            "ORG: KAZ cannot 'sign' on 1995: it is MEMBER since 1994-04-20. "
            "From MEMBER a state can reaffirm, freeze, suspend, lapse, withdraw, expel, end, observe or associate. "
            "[CM017]",
            id="CM017",
        ),
        pytest.param(
            _with(_event(Act.EXPEL, "1995")),
            "ORG: KAZ cannot 'expel' on 1995: it is OUTSIDE from the beginning of the record. "
            "From OUTSIDE a state can sign, join, observe or associate. [CM017]",
            id="CM017 as a first act",
        ),
        pytest.param(
            _with(
                JOINED,
                eras=(
                    Era(id="B", name="B", effect=exact("2003-09-18"), sources=("law",)),
                    Era(id="A", name="A", effect=exact("1994-04-20"), sources=("law",)),
                ),
            ),
            "ORG: era A begins on 1994-04-20, not after era B of 2003-09-18. "
            "Put the eras in the order in which they began. [CM018]",
            id="CM018",
        ),
        pytest.param(
            _with(_event(Act.JOIN, "1990")),
            "ORG: KAZ 'join' of 1990 comes before the state existed, since 1991-12-26. "
            "Correct the one or the other. [CM019]",
            id="CM019",
        ),
        pytest.param(
            _with(_event(Act.JOIN, "2026-01-19")),
            "records: KAZ join 2026-01-19 became public after 2026-01-18, the last day verified. "
            "Check the facts up to a later day and raise verified_through. [CM020]",
            id="CM020",
        ),
        pytest.param(
            evolve(RECORDS, states=(RECORDS.states[0], evolve(RECORDS.states[1], cow=705))),
            "UZB: cow 705 of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too. Correct one of them. [CM021]",
            id="CM021",
        ),
        pytest.param(
            _with(_event(Act.SIGN, "1992-05-14", instrument="pact")),
            "KAZ sign 1992-05-14: effect 1992-05-14 comes before the signature of its instrument, 'pact'. "
            "Correct the date, or name the instrument it rests on. [CM022]",
            id="CM022",
        ),
        pytest.param(
            evolve(RECORDS, verified_through=imprecise("2026")),
            "records: verified_through: 2026 is not one day. Choose its last day. [CM023]",
            id="CM023 horizon",
        ),
        pytest.param(
            evolve(RECORDS, states=(*RECORDS.states, RECORDS.states[0])),
            "records: state 'KAZ' is there twice. Keep one of them. [CM023]",
            id="CM023 state",
        ),
        pytest.param(
            evolve(RECORDS, sources=(*RECORDS.sources, RECORDS.sources[0])),
            f"records: source {RECORDS.sources[0].id!r} is there twice. Keep one of them. [CM023]",
            id="CM023 source",
        ),
        pytest.param(
            _with(evolve(_event(Act.JOIN, "1994-04-20"), sources=())),
            "KAZ join 1994-04-20: no source. Name at least one. [CM023]",
            id="CM023 no source",
        ),
        pytest.param(
            _with(
                evolve(
                    _event(Act.JOIN, "1994-04-20"),
                    steps=tuple(
                        Step(name=StepName.DECISION, date=imprecise(year)) for year in ("1993", "1994")
                    ),
                )
            ),
            "records: step of KAZ join 1994-04-20 'decision' is there twice. Keep one of them. [CM023]",
            id="CM023 step",
        ),
    ],
)
def test_records_obey_the_same_rules(dataset: Dataset, expected: str) -> None:
    """Records made in Python are judged like a file's, with the record in place of the line."""
    with pytest.raises(DatasetError) as checked:
        check(dataset)
    with pytest.raises(DatasetError) as built:
        build(dataset)

    assert checked.value.problems == built.value.problems == (expected,)


def test_all_faults_of_records_are_reported() -> None:
    """Records that break several rules raise one error with all of them."""
    dataset = _with(_event(Act.FREEZE, "1990", instrument="treaty"))

    with pytest.raises(DatasetError) as caught:
        check(dataset)

    rules = [problem[-6:-1] for problem in caught.value.problems]
    assert rules == ["CM015", "CM017", "CM019"]
