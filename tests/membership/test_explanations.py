"""Explanations: an answer as a sentence, with the acts, disputes and sources that support it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from csto_membership import Answer, ReadingError, build, csto, csto_pa
from csto_membership._reader.facts_file import read

PARTY = "a party to the Collective Security Treaty"
MEMBER = "a member of the Collective Security Treaty Organization"
NEITHER = f"neither {PARTY} nor {MEMBER}"


def test_explanations_agree_in_all_their_forms() -> None:
    """Text, Markdown and mapping say the same; the mapping is JSON."""
    explanation = csto.explain("UZB", "2013-01-01")
    told = json.loads(json.dumps(explanation.to_dict()))

    assert told["headline"] == explanation.headline
    assert told["before"]["steps"] == {
        "notice": "2012-06-20",
        "receipt": "2012-06-28",
        "decision": "2012-12-19",
    }
    assert told["after"] is None
    assert told["spells"] == [{"status": ["SUSPENDED"], "start": "2012-12-19", "end": None}]
    for source in explanation.sources:
        assert source.title in explanation.text(full=True)
        assert source.title in explanation.to_markdown(full=True).replace("\\", "")
    for whole in (False, True):
        assert explanation.to_markdown(full=whole).startswith(
            f"**{explanation.headline}**\n\n**Status**\n\n- "
        )


def test_an_explanation_numbers_its_sources() -> None:
    """Each number in the text stands for the source with that number in the list."""
    text = csto.explain("ARM", "2025-01-01").text(full=True)

    assert "received no notice from Yerevan on a suspension of its membership [3, 9]" in text
    assert "- [3] CSTO Receives No Notices From Yerevan on Membership Suspension, Sputnik" in text
    assert " is not on its agenda [16].\n" in text


def test_a_source_that_is_cited_twice_is_numbered_once() -> None:
    """An act and its stage may rest on one source; both dates rest on it."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA: [{act: join, effect: 2000-01-01, sources: [s], steps: {decision: {date: 1999-01-01, sources: [s]}}}]
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    assert "\nBefore: join, effect 1 January 2000 (decision 1 January 1999) [1]\n" in str(
        organization.explain("AAA", "2001")
    )


@pytest.mark.parametrize(
    ("when", "headline"),
    [
        ("1999-04-20", f"AZE (Azerbaijan) was {PARTY} on 20 April 1999."),
        ("1999-04-21", f"AZE (Azerbaijan) was {NEITHER} on 21 April 1999 (former party)."),
        ("1999", f"The answer depends on the day: AZE (Azerbaijan) was {PARTY} on only some days of 1999."),
        ("1998", f"AZE (Azerbaijan) was {PARTY} on every day of 1998."),
        ("1998-02", f"AZE (Azerbaijan) was {PARTY} on every day of February 1998."),
        (date(1999, 4, 20), f"AZE (Azerbaijan) was {PARTY} on 20 April 1999."),
        (
            ("1999-01-01", "1999-04-21"),
            f"AZE (Azerbaijan) was {PARTY} on every day from 1 January 1999 to 20 April 1999.",
        ),
    ],
    ids=str,
)
def test_headline(when: Any, headline: str) -> None:
    """The headline answers the question as it was asked."""
    assert csto.explain("AZE", when).headline == headline


@pytest.mark.parametrize(
    ("state", "when", "reading", "eras"),
    [
        ("AZE", "1998-01-01", {}, ("CST",)),
        ("RUS", "2003-09-17", {}, ("CST",)),
        ("RUS", "2003-09-18", {}, ("CSTO",)),
        ("RUS", "2003", {}, ("CST", "CSTO")),
        ("RUS", "2003-01-01", {"dating": "any"}, ("CST", "CSTO")),
        ("RUS", "2000-01-01", {"known_on": "2001-01-01"}, ("CST",)),
        ("AZE", "2000-01-01", {"known_on": "2001-01-01"}, ("CST",)),
        ("AZE", "1993-01-01", {}, ("CST", "CSTO")),
        ("UZB", "2013-01-01", {}, ("CSTO",)),
        ("UZB", "2006-07-01", {"dating": "any"}, ("CSTO",)),
        ("AZE", "1999", {}, ("CST",)),
        ("UZB", "2013-01-01", {"basis": "nominal"}, ("CSTO",)),
        ("AZE", "1998-01-01", {"era": "CSTO"}, ("CSTO",)),
        ("RUS", "1993-01-01", {"basis": "signed"}, ("CST",)),
    ],
    ids=str,
)
def test_a_headline_names_the_era(
    state: str, when: str, reading: dict[str, Any], eras: tuple[str, ...]
) -> None:
    """A membership, or one in doubt, is one in the eras of that time; who was none was one in no era."""
    explanation = csto.reading(**reading).explain(state, when)

    assert explanation.eras == eras
    assert ("a party to the Collective Security Treaty" in explanation.headline) is ("CST" in eras)
    assert ("a member of the Collective Security Treaty Org" in explanation.headline) is ("CSTO" in eras)


def test_an_organization_without_eras_goes_by_its_own_name() -> None:
    """The Parliamentary Assembly has no eras."""
    assert csto_pa.explain("SRB", "2014").headline == (
        "SRB (Serbia) was not a member of the Parliamentary Assembly of the Collective Security Treaty Organization "
        "on any day of 2014 (observer)."
    )


def test_an_act_in_doubt_is_told_once() -> None:
    """An act that may have taken effect by the day asked about is neither before nor after."""
    text = str(csto.reading(dating="any").explain("UZB", "2012-07-01"))

    assert text.splitlines()[0] == (
        f"UZB (Uzbekistan) may or may not have been {MEMBER} on 1 July 2012, dated by any of its days."
    )
    assert "In doubt: suspend, effect 19 December 2012" in text
    assert text.count("suspend, effect") == 1
    assert "Before: join, effect 16 August 2006" in text
    assert "After:" not in text


def test_a_wide_explanation_tells_what_happened_meanwhile() -> None:
    """Between the act that opened the first spell and the one that closed the last all acts are told."""
    explanation = csto.explain("UZB", "1999")

    assert [str(event.act) for event in explanation.during] == ["lapse"]
    assert [str(spell.status) for spell in explanation.spells] == ["MEMBER", "FORMER"]
    assert "Meanwhile: lapse" in str(explanation)


def test_before_anything_happened_there_is_no_act_before() -> None:
    """On a day before the record begins the explanation names only the act to come."""
    explanation = csto.explain("AZE", "1990-01-01")

    assert explanation.before is None
    assert str(explanation.after) == "AZE sign 1993-09-24"


def test_where_an_era_cuts_the_nearest_acts_are_told() -> None:
    """A spell that an era opened or closed shows the acts around it all the same."""
    in_organization = csto.reading(era="CSTO").explain("RUS", "2005-01-01")
    assert str(in_organization.before) == "RUS join 1994-04-20"
    assert [str(event.effect) for event in in_organization.confirmed] == ["1999-04-21", "2003-09-18"]
    never = csto.reading(era="CSTO").explain("AZE", "2005-01-01")
    assert str(never.before) == "AZE lapse 1999-04-21"
    assert never.after is None
    before = csto.reading(era="CSTO").explain("RUS", "2000-01-01")
    assert str(before.before) == "RUS join 1994-04-20"
    assert "Join:" not in before.rule
    assert "Only days of the era CSTO count." in before.rule
    assert csto.reading(era="CST").explain("RUS", "2003-01-01").answer is Answer.YES


def test_an_undisputed_act_shows_no_empty_heading() -> None:
    """Where nothing is disputed, and where nothing was done, no heading cannot be combined with steps."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    assert organization.explain("AAA", "2001").text(full=True) == (
        "AAA (Atlantis) was a member of X on every day of 2001.\n"
        "Status: MEMBER [2000-01-01, ...)\n"
        "Before: join, effect 1 January 2000 [1]\n"
        "Rule: The status is MEMBER; the legal basis counts MEMBER and FROZEN, so the state counts as a member. "
        "Join: the state is a member from the day on which the act takes effect. "
        "A spell counts from its first day up to, but not on, its end.\n"
        "Sources: [1] T, P\n"
        "Read with: basis legal, dating effect; facts verified through 1 January 2020"
    )
    unknown = organization.reading(known_on="1999-01-01").explain("AAA", "1998")
    assert unknown.text(full=True).splitlines() == [
        "AAA (Atlantis) was not a member of X on any day of 1998, by what was public on 1 January 1999.",
        "Status: OUTSIDE (..., ...)",
        "Rule: The status is OUTSIDE; the legal basis counts MEMBER and FROZEN, so the state does not count as a "
        "member. No act of AAA (Atlantis) was public by 1 January 1999. "
        "A spell counts from its first day up to, but not on, its end.",
        "Read with: basis legal, dating effect, known on 1999-01-01; facts verified through 1 January 2020",
    ]


def test_a_language_without_sentences_is_refused() -> None:
    """Names there are in eleven languages, sentences in three."""
    with pytest.raises(ReadingError) as caught:
        csto.explain("UZB", "2003", lang="hy")
    assert str(caught.value) == "no sentences in 'hy'. There are sentences in en, ru, ar."


def test_what_was_said_later_is_not_told_then() -> None:
    """Under known_on a dispute needs a dated source that was out, and a date that had come."""
    told = csto.reading(known_on="2024-02-25").explain("ARM", "2024-02-25").text(full=True)
    assert "had received no notice" in told
    assert "12 June 2024" not in told
    then = csto.reading(known_on="2012-07-01").explain("UZB", "2012-07-01")
    assert "formally keeps its membership" not in then.text(full=True)


@pytest.mark.parametrize(
    ("day", "confirmed"), [("1999-04-20", []), ("1999-04-21", ["RUS reaffirm 1999-04-21"])]
)
def test_a_prolongation_confirms_from_its_own_day_on(day: str, confirmed: list[str]) -> None:
    """On the day before it takes effect a prolongation confirms nothing."""
    assert [str(event) for event in csto.explain("RUS", day).confirmed] == confirmed


@pytest.mark.parametrize(
    ("effect", "known_on", "told", "written"),
    [
        ("2005-06-01", "2005-05-31", "not yet in effect", None),
        ("2005-06-01", "2005-06-01", "effect 1 June 2005", "2005-06-01"),
        ("2005-06-01", None, "effect 1 June 2005", "2005-06-01"),
        ("2005-06", "2005-05-31", "not yet in effect", None),
        ("2005-06", "2005-06-01", "effect June 2005", "2005-06"),
        ("2005-06", "2005-06-29", "effect June 2005", "2005-06"),
    ],
)
def test_an_explanation_tells_the_effect_from_its_first_day_on(
    effect: str, known_on: str | None, told: str, written: str | None
) -> None:
    """Under known_on an act is in effect from the first day on which it may be; before, no date of it is told."""
    text = f"""
verified_through: 2020-01-01
states: {{AAA: {{name: Atlantis}}}}
organizations:
  X:
    name: X
    events: {{AAA: [{{act: join, effect: {effect}, known: 2005-01-01, sources: [s]}}]}}
sources: {{s: {{title: T, publisher: P, kind: press, date: 2005-01-01}}}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    explanation = organization.reading(known_on=known_on).explain("AAA", "2005-02-01")

    (line,) = [line for line in str(explanation).splitlines() if line.startswith("After: ")]
    assert line == f"After: join, {told} [1]"
    assert explanation.to_dict()["after"] == {
        "act": "join",
        "effect": written,
        "steps": {},
        "instrument": None,
        "note": None,
        "sources": ["s"],
    }


def test_an_act_within_the_days_asked_about_is_told_as_such() -> None:
    """An imprecise act that surely took effect within these days is in no doubt there."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Atlantis}}
organizations:
  X:
    name: X
    events:
      AAA:
        - {act: join, effect: 1990-01-01, sources: [s]}
        - {act: withdraw, effect: 2000, sources: [s]}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "atlantis.yaml"))

    within = organization.explain("AAA", ("2000-01-01", "2001-01-01"))
    assert ([str(event.act) for event in within.during], within.in_doubt) == (["withdraw"], ())
    for wide in (("2000-01-02", "2001-01-01"), ("2000-01-01", "2000-12-31")):
        partly = organization.explain("AAA", wide)
        assert (partly.during, [str(event.act) for event in partly.in_doubt]) == ((), ["withdraw"])
