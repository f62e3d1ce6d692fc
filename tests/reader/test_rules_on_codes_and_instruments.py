"""The rules that the records of a file obey: codes of one state each, and instruments signed first."""

from __future__ import annotations

import pytest

from csto_membership import (
    StepName,
)
from csto_membership._reader.facts_file import read
from tests.reader.rule_files import JOIN, changed, faults

STEPS_AFTER = ["signature", "ratification", "deposit", "accession", "entry_into_force"]


STEPS_BEFORE = ["announcement", "notice", "receipt", "decision"]


@pytest.mark.parametrize(
    ("scheme", "code", "shown"),
    [
        ("iso2", "KZ", "'KZ'"),
        ("iso_numeric", "398", "'398'"),
        ("cow_abbrev", "KZK", "'KZK'"),
        ("gw", "705", "705"),
        ("fips", "KZ", "'KZ'"),
        ("wikidata", "Q232", "'Q232'"),
    ],
)
def test_a_code_belongs_to_one_state(scheme: str, code: str, shown: str) -> None:
    """CM021: a code that two states claim is a fault of the second one, which names the line of the first."""
    text = changed(("cow: 705", f"{scheme}: {code}"), ("cow: 704", f"{scheme}: {code}"))

    assert faults(text) == (
        f"facts.yaml:13:{29 + len(scheme)}: {scheme} {shown} of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too "
        "(line 12). Correct one of them. [CM021]",
    )


def test_a_number_belongs_to_one_state() -> None:
    """CM021: a Correlates of War number that two states claim is a fault."""
    assert faults(changed(("cow: 704", "cow: 705"))) == (
        "facts.yaml:13:32: cow 705 of UZB (Uzbekistan) is that of KAZ (Kazakhstan) too (line 12). "
        "Correct one of them. [CM021]",
    )


def test_states_that_followed_one_another_may_have_one_number() -> None:
    """CM021: the lists of states give Yugoslavia and Serbia one number, so that a file may, too."""
    states = "  YUG: {name: Yugoslavia, cow: 345, gw: 345}\n  SCG: {name: Serbia and Montenegro, cow: 345, gw: 345}\n"
    text = changed(("instruments:", f"{states}  SRB: {{name: Serbia, cow: 345}}\ninstruments:"))

    assert len(read(text.encode(), "facts.yaml").states) == 5
    assert [fault[-7:] for fault in faults(text.replace("SRB: {name: Serbia", "HRV: {name: Croatia"))] == [
        "[CM021]",
        "[CM021]",
    ]


def test_two_schemes_may_use_one_code() -> None:
    """CM021: a code is unique within its scheme; across schemes the same letters or numbers are common."""
    text = changed(("cow: 705", "cow: 705, iso2: KZ"), ("cow: 704", "gw: 705, fips: KZ"))

    assert len(read(text.encode(), "facts.yaml").states) == 2


@pytest.mark.parametrize("effect", ["1992-05-14", "1992-04", "1992-01-01"])
def test_an_effect_follows_the_signature_of_its_instrument(effect: str) -> None:
    """CM022: an act that took effect before its instrument was signed is a fault."""
    assert faults(changed(("effect: 1994-04-20", f"effect: {effect}"))) == (
        f"facts.yaml:9:31: effect {effect} comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("effect", ["1992-05-15", "1992-05", "1992"])
def test_an_effect_on_the_day_of_signature_is_possible(effect: str) -> None:
    """CM022: the day of signature itself counts, and so does a month or year that reaches it."""
    text = changed(("effect: 1994-04-20", f"effect: {effect}"))

    assert read(text.encode(), "facts.yaml").histories[0].events[0].effect.text == effect


@pytest.mark.parametrize("step", STEPS_AFTER)
def test_a_step_of_the_treaty_follows_its_signature(step: str) -> None:
    """CM022: nothing is signed, ratified, deposited, acceded to or in force before the instrument is signed."""
    text = changed((JOIN, JOIN.replace("sources", f"steps: {{{step}: 1992-05-14}}, sources")))

    assert faults(text) == (
        f"facts.yaml:9:{71 + len(step)}: {step} 1992-05-14 comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


@pytest.mark.parametrize("step", STEPS_BEFORE)
def test_an_announcement_may_come_first(step: str) -> None:
    """CM022: an act may be announced, noted and decided on before the instrument is signed."""
    text = changed((JOIN, JOIN.replace("sources", f"steps: {{{step}: 1992-05-14}}, sources")))

    assert str(read(text.encode(), "facts.yaml").histories[0].events[0].steps[0].name) == step


def test_every_step_is_before_or_after_a_signature() -> None:
    """CM022: the two tables above hold every step there is."""
    assert sorted(STEPS_AFTER + STEPS_BEFORE) == sorted(StepName)


def test_an_era_follows_the_signature_of_its_instrument() -> None:
    """CM022: an era rests on its instrument as an event does."""
    assert faults(changed(("effect: 1994,", "effect: 1991, instrument: pact,"))) == (
        "facts.yaml:6:40: effect 1991 comes before the signature of its instrument, 'pact'. "
        "Correct the date, or name the instrument it rests on. [CM022]",
    )


def test_an_instrument_without_a_signature_forbids_nothing() -> None:
    """CM022: where the signature is not known, or only another stage is, no date is too early."""
    unsigned = changed((", steps: {signature: 1992-05-15}", ""), ("effect: 1994-04-20", "effect: 1992-01-01"))
    in_force = changed(("{signature: 1992-05-15}", "{entry_into_force: 1999}"))

    assert read(unsigned.encode(), "facts.yaml").instruments[0].steps == ()
    assert read(in_force.encode(), "facts.yaml").instruments[0].steps[0].name is StepName.ENTRY_INTO_FORCE
