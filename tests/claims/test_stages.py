"""Foundings, milestones and signatures."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from csto_membership import (
    Act,
    ClaimError,
    Dataset,
    Era,
    Event,
    History,
    Source,
    SourceKind,
    State,
    StepName,
    Verdict,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
)
from tests.claims.support import SEVEN, SIX, found, verdict


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": SIX}, Verdict.DEPENDS),
        ({"states": SIX, "era": "CSTO"}, Verdict.SUPPORTED),
        ({"states": SEVEN}, Verdict.CONTRADICTED),
        ({"states": (*SIX, "UKR"), "era": "CSTO"}, Verdict.CONTRADICTED),
        ({"when": "1955"}, Verdict.CONTRADICTED),
        ({"when": "2002", "era": "CSTO"}, Verdict.DEPENDS),
        ({"states": SIX, "when": "2002-10-07"}, Verdict.DEPENDS),
        ({"states": (*SIX, "AZE", "GEO", "UZB"), "era": "CST"}, Verdict.DEPENDS),
    ],
)
def test_a_founding_is_tried_against_every_stage(fields: dict[str, Any], expected: Verdict) -> None:
    """A signature, a decision or an entry into force of any era may be meant."""
    assert verdict("founding", **fields) is expected


def test_a_right_date_with_wrong_states_is_said_to_be_that() -> None:
    """The date is right, the states are not: no other date is offered, and its disputes are shown."""
    finding = found("founding", states=SEVEN, when="1992-05-15")

    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.sentence == (
        "No: the Collective Security Treaty was signed on 15 May 1992; the date is right, the states are not."
    )
    assert finding.dates == ()
    assert str(finding.lines[0]) == "CST signature 1992-05-15: differs; the date is right; without BLR"
    assert finding.disputes


def test_a_wrong_date_of_a_founding_gets_the_right_ones() -> None:
    """The dates of its stages, the nearest first."""
    finding = found("founding", era="CST", when="1991")

    assert [str(right) for right in finding.dates] == [
        "CST signature 1992-05-15",
        "CST entry into force 1994-04-20",
    ]
    assert finding.sentence == (
        "No: the Collective Security Treaty was signed on 15 May 1992; the Collective Security Treaty entered into "
        "force on 20 April 1994; not in 1991."
    )
    assert str(finding.lines[0]) == "CST signature 1992-05-15: differs; the date is another"


def test_a_founding_of_which_nothing_is_recorded_says_so() -> None:
    """An organization without eras contradicts nothing, and neither does a day before the first was known."""
    finding = found("founding", when="2006", on=csto_pa)
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.sentence == "Open: no founding of CSTO-PA is recorded: it has no eras in this file."

    early = found("founding", when="1990", on=csto.reading(known_on="1991-01-01"))
    assert early.verdict is Verdict.UNDETERMINED
    assert early.sentence == (
        "Open: no dated stage of the Collective Security Treaty Organization is recorded by then."
    )
    later = csto.reading(known_on="1999-01-01")
    assert verdict("founding", states=SIX, on=later) is Verdict.CONTRADICTED


def test_an_era_without_steps_is_founded_on_its_effect() -> None:
    """Where no stage of an era is dated, its effect is the founding; open states leave it open."""
    history = History(
        id="X",
        name="X",
        eras=(Era(id="E", name="E", effect=exact("2000-01-01"), sources=("s",)),),
        events=(Event(state="AAA", act=Act.JOIN, effect=exact("2000-01-01"), sources=("s",)),),
    )
    organization = build(
        Dataset(
            verified_through=exact("2020-01-01"),
            states=(State(iso3="AAA", english="Atlantis"),),
            sources=(Source(id="s", title="T", publisher="P", kind=SourceKind.PRESS),),
            histories=(history,),
        )
    )
    doubtful = evolve(history, events=(evolve(history.events[0], effect=imprecise("2000")),))
    undecided = build(evolve(organization.dataset, histories=(doubtful,)))

    finding = found("founding", states="AAA", when="2000", on=organization)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.sentence == "Yes: the E began on 1 January 2000."
    open_ = found("founding", states="AAA", when="2000", on=undecided)
    assert open_.verdict is Verdict.UNDETERMINED
    assert open_.undecided_under == ("E effect 2000-01-01",)
    wide = evolve(history, eras=(evolve(history.eras[0], effect=imprecise("2000")),))
    vague = build(evolve(organization.dataset, histories=(wide,)))
    assert (
        str(found("founding", when="2000-06", on=vague).lines[0])
        == "E effect 2000: undecided; the date is open"
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"instrument": "charter", "step": StepName.SIGNATURE, "when": "2002-10"}, Verdict.SUPPORTED),
        ({"instrument": "charter", "when": "2002"}, Verdict.DEPENDS),
        ({"instrument": "charter", "when": "2004"}, Verdict.CONTRADICTED),
        ({"instrument": "charter", "said": "2004-01-01"}, Verdict.SUPPORTED),
        ({"instrument": "charter", "said": "2003-01-01"}, Verdict.SUPPORTED),
        ({"instrument": "charter", "said": "2001-01-01"}, Verdict.CONTRADICTED),
        ({"instrument": "treaty", "step": "signature", "when": "1992-05-16"}, Verdict.CONTRADICTED),
    ],
)
def test_a_milestone_is_compared_with_the_stages(fields: dict[str, Any], expected: Verdict) -> None:
    """A stage is at its time, or by the day on which it is said."""
    assert verdict("milestone", **fields) is expected


def test_a_milestone_is_told_in_one_plain_sentence() -> None:
    """The stage that is right comes first, and another that a claim may have meant is named."""
    assert found("milestone", instrument="charter", when="2002").sentence == (
        "It depends: the Charter of the Collective Security Treaty Organization was signed on 7 October 2002; the "
        "Charter of the Collective Security Treaty Organization entered into force on 18 September 2003."
    )
    wrong = found("milestone", instrument="treaty", step="signature", when="1992-05-16")
    assert wrong.sentence == "No: the Collective Security Treaty was signed on 15 May 1992."
    assert [str(right) for right in wrong.dates] == ["treaty signature 1992-05-15"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("collective security council", Verdict.SUPPORTED),
        ("the Collective Security Council", Verdict.SUPPORTED),
        ("CSC", Verdict.SUPPORTED),
        ("Совет коллективной безопасности", Verdict.SUPPORTED),
        ("مجلس الأمن الجماعي", Verdict.SUPPORTED),
        ("Council of Foreign Ministers", Verdict.CONTRADICTED),
        ("UNGA", Verdict.CONTRADICTED),
        ("الجمعية العامة للأمم المتحدة", Verdict.CONTRADICTED),
        ("لجنة العلم والتكنولوجيا", Verdict.UNDETERMINED),
    ],
)
def test_a_body_is_known_by_its_usual_names(body: str, expected: Verdict) -> None:
    """What cannot be compared is left open; a wrong year stays wrong."""
    assert verdict("milestone", instrument="council-2002", when="2002", body=body) is expected
    assert verdict("milestone", instrument="council-2002", when="2003", body=body) is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "body",
    ["UN General Assembly", "UNGA", "the General Assembly", "ГА ООН", "United Nations General Assembly"],
)
def test_the_general_assembly_is_known_by_its_usual_names(body: str) -> None:
    """The body of the resolution on the observer has several."""
    assert verdict("milestone", instrument="un-observer", when="2004", body=body) is Verdict.SUPPORTED


def test_a_wrong_body_is_named_with_the_right_one() -> None:
    """A body that is not recorded, or cannot be compared, is said to be that."""
    wrong = found("milestone", instrument="council-2002", when="2002", body="Committee for Science")
    assert wrong.sentence.endswith(
        "; it was adopted by the Collective Security Council, not by 'Committee for Science'."
    )
    unknown = found("milestone", instrument="charter", step="signature", when="2002", body="the Parliament")
    assert unknown.verdict is Verdict.UNDETERMINED
    assert str(unknown.lines[-1]) == "charter: undecided; adopted by: no body is recorded"
    assert unknown.sentence.endswith("; the record does not say who adopted it.")
    foreign = found("milestone", instrument="council-2002", when="2002", body="لجنة العلم")
    assert foreign.sentence.endswith(
        "'لجنة العلم' cannot be compared with the Collective Security Council, which adopted it."
    )


def test_a_source_that_came_later_is_not_cited() -> None:
    """Under known_on an instrument is told without the sources of later."""
    then = found("milestone", instrument="treaty", when="1992", on=csto.reading(known_on="1999-01-01"))
    now = found("milestone", instrument="treaty", when="1992")

    assert then.verdict is now.verdict
    assert all(source.date and source.date.first <= exact("1999-01-01").first for source in then.sources)
    assert len(now.sources) > len(then.sources)


def test_a_stage_that_nobody_knew_is_refused() -> None:
    """Under known_on an instrument of later has no stages."""
    early = csto.reading(known_on="1999-01-01")
    with pytest.raises(ClaimError) as caught:
        found("milestone", instrument="charter", when="1998", on=early)
    assert str(caught.value) == "'charter' has no dated stage. Its stages are none by then."


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"instrument": "charter", "states": "UZB", "when": "2002"}, Verdict.CONTRADICTED),
        ({"instrument": "charter", "states": "BLR", "when": "2002"}, Verdict.SUPPORTED),
        ({"instrument": "charter", "states": SIX, "complete": True, "when": "2002-10-07"}, Verdict.SUPPORTED),
        (
            {"instrument": "charter", "states": SIX[1:], "complete": True, "when": "2002"},
            Verdict.CONTRADICTED,
        ),
        ({"instrument": "charter", "states": "BLR", "when": "2003"}, Verdict.CONTRADICTED),
        (
            {"instrument": "protocol-1999", "states": ("AZE", "GEO", "UZB"), "when": "1999"},
            Verdict.CONTRADICTED,
        ),
        ({"instrument": "treaty", "states": "UZB", "when": "1992-05-15"}, Verdict.SUPPORTED),
        ({"instrument": "treaty", "states": "BLR", "when": "1992-05-15"}, Verdict.CONTRADICTED),
        (
            {"instrument": "treaty", "states": (*SIX[:1], *SIX[2:], "UZB"), "complete": True, "when": "1992"},
            Verdict.SUPPORTED,
        ),
        ({"instrument": "reaction-forces-2009", "states": "UZB", "when": "2009"}, Verdict.CONTRADICTED),
        ({"instrument": "reaction-forces-2009", "states": "BLR", "when": "2009"}, Verdict.SUPPORTED),
        ({"instrument": "reaction-forces-2009", "states": "BLR", "when": "2009-09"}, Verdict.UNDETERMINED),
        ({"instrument": "reaction-forces-2009", "states": "ARM", "said": "2009-06-13"}, Verdict.CONTRADICTED),
        ({"instrument": "aid-protocol-2007", "states": "ARM", "when": "2007"}, Verdict.UNDETERMINED),
    ],
)
def test_signatures_are_compared_with_the_record(fields: dict[str, Any], expected: Verdict) -> None:
    """Who signed an instrument follows from the acts that rest on it, and from its own list."""
    assert verdict("signature", **fields) is expected


def test_a_signature_is_told_with_those_who_signed() -> None:
    """The sentence says who signed and who did not; where nobody knows, that."""
    assert found(
        "signature", instrument="reaction-forces-2009", states=("UZB", "UKR"), when="2009"
    ).sentence == (
        "No: the Agreement on the Collective Rapid Reaction Forces was signed by Armenia, Belarus, Kazakhstan, "
        "Kyrgyzstan, Russia and Tajikistan; Ukraine and Uzbekistan did not sign it."
    )
    followed = found("signature", instrument="reaction-forces-2009", states="BLR", when="2009")
    assert "korrespondent-2009-10-20" in {source.id for source in followed.sources}
    late = found("signature", instrument="charter", states="BLR", when="2003")
    assert [str(right) for right in late.dates] == ["BLR signature 2002-10-07"]
    unknown = found("signature", instrument="aid-protocol-2007", states="ARM", when="2007")
    assert unknown.sentence == (
        "Open: who signed the Protocol on military-technical assistance in the event of aggression is not recorded."
    )
    early = found(
        "signature",
        instrument="reaction-forces-2009",
        states="ARM",
        when="2009",
        on=csto.reading(known_on="2009-01-01"),
    )
    assert early.verdict is Verdict.UNDETERMINED


def test_a_milestone_takes_no_states() -> None:
    """Who signed is asked by a claim of its own kind."""
    with pytest.raises(ClaimError) as caught:
        found("milestone", instrument="reaction-forces-2009", states="UZB", when="2009")
    assert str(caught.value) == (
        "a milestone claim has no field 'states'. Its fields are instrument, step, body, when, attribution."
    )
