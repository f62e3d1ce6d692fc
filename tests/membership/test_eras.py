"""The name of the days, and whether a state was a party or a member on them: edges of eras, and whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from csto_membership import Act, Answer, EraError, Status, UncertainError, build, shipped
from csto_membership._membership.endings import with_its_end
from csto_membership._reader.facts_file import read

if TYPE_CHECKING:
    from csto_membership import Organization

FACTS = """
verified_through: 2010-12-31
states: {AAA: {name: Atlantis}, BBB: {name: Bensalem}, CCC: {name: Cockaigne}, DDD: {name: Dystopia}}
organizations:
  X:
    name: League
    ERAS
    ENDED
    events:
      AAA: [{act: join, effect: 1990-01-01, sources: [s]}, {act: withdraw, effect: 2000-01-01, sources: [s]}]
      BBB: [{act: join, effect: 1990-01-01, sources: [s]}, {act: withdraw, effect: 2000-01-02, sources: [s]}]
      CCC: [{act: join, effect: 1990-01-01, sources: [s]}, {act: withdraw, effect: 1999-12-31, sources: [s]}]
      DDD: [{act: sign, effect: 1985-01-01, sources: [s]}, {act: join, effect: 2001-01-01, sources: [s]}]
sources: {s: {title: T, publisher: P, kind: press, date: 1980-01-01}}
"""
ERAS = """eras:
      OLD: {name: The Pact, bound: parties, effect: 1990-01-01, sources: [s]}
      NEW: {name: The Union, effect: 2000-01-01, sources: [s]}"""


def league(eras: str = ERAS, ended: str = "") -> Organization:
    """The organization, with these eras and this end."""
    return build(
        read(
            FACTS.replace("ERAS", eras or "note: It has none.")
            .replace("ENDED", ended or "closed: yes")
            .encode(),
            "league.yaml",
        )
    )


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("1990-01-01", "The Pact"),
        ("1999-12-31", "The Pact"),
        ("1999", "The Pact"),
        ("2000-01-01", "The Union"),
        ("2010", "The Union"),
    ],
)
def test_a_day_has_the_name_of_its_era(when: str, name: str) -> None:
    """An era lasts up to, but not on, the first day of the next."""
    assert league().name_on(when) == name


@pytest.mark.parametrize(
    ("eras", "ended", "reading", "when", "error", "fault", "way_out"),
    [
        (
            ERAS,
            "ended: {effect: 2005-03-01, sources: [s]}",
            {},
            "2005-03-01",
            EraError,
            "X has no name on 2005-03-01: it ended on 2005-03-01.",
            "Ask about an earlier day.",
        ),
        (
            ERAS,
            "ended: {effect: 2005-03, successor: The Club, sources: [s]}",
            {},
            "2006",
            EraError,
            "X has no name on 2006: it ended on 2005-03, and The Club followed.",
            "Ask about an earlier day.",
        ),
        (
            ERAS,
            "ended: {effect: 2005-03, sources: [s]}",
            {},
            "2005-03-01",
            UncertainError,
            "the name for 2005-03-01 is open: X ended on 2005-03.",
            "Ask about a narrower time.",
        ),
        (
            ERAS,
            "",
            {"known_on": "1985-01-01"},
            "1984",
            EraError,
            "X had no era by 1985-01-01.",
            "Choose a later known_on.",
        ),
        (
            ERAS,
            "",
            {},
            "1989-12-31",
            EraError,
            "X had no era on 1989-12-31: the first, OLD, begins on 1990-01-01.",
            "Ask about a later day.",
        ),
        (
            ERAS.replace("1990-01-01", "1990-03"),
            "",
            {},
            "1990-02-28",
            EraError,
            "X had no era on 1990-02-28: the first, OLD, begins on or after 1990-03-01.",
            "Ask about a later day.",
        ),
        (
            ERAS,
            "",
            {},
            ("1989-12-31", "1990-01-02"),
            UncertainError,
            "the name for [1989-12-31, 1990-01-02) is open: none yet or The Pact.",
            "Ask about a narrower time.",
        ),
        (
            ERAS,
            "",
            {},
            ("1989-12-31", "2000-01-02"),
            UncertainError,
            "the name for [1989-12-31, 2000-01-02) is open: none yet or The Pact or The Union.",
            "Ask about a narrower time.",
        ),
    ],
)
def test_a_name_that_is_not_there_is_refused(  # noqa: PLR0913, PLR0917 (a table)
    eras: str, ended: str, reading: dict[str, Any], when: Any, error: type[Any], fault: str, way_out: str
) -> None:
    """Before the first era, past the end, or across a border there is no one name; the sentence says which it is."""
    with pytest.raises(error) as refused:
        league(eras, ended).reading(**reading).name_on(when)

    assert (refused.value.fault, refused.value.way_out) == (fault, way_out)


def test_the_last_day_before_the_end_has_a_name() -> None:
    """An end is the first day outside."""
    assert league(ended="ended: {effect: 2005-03-01, sources: [s]}").name_on("2005-02-28") == "The Union"
    assert league("", "ended: {effect: 2005-03, sources: [s]}").name_on("2005-02-28") == "League"


@pytest.mark.parametrize(
    ("state", "when", "note"),
    [
        ("CCC", "2005-01-01", "former party"),
        ("AAA", "2005-01-01", "former party"),
        ("AAA", "2000-01-01", "former party"),
        ("BBB", "2005-01-01", "former member"),
        ("BBB", "2000-01-02", "former member"),
        ("DDD", "1986-01-01", "signed, not in force"),
        ("DDD", "1999-12-31", "signed, not in force"),
        ("DDD", "2000-01-01", "signatory"),
    ],
)
def test_who_left_was_what_it_was_on_its_last_day(state: str, when: str, note: str) -> None:
    """Who left on the first day of an organization was a party to the treaty; a day later it had been a member."""
    assert league().explain(state, when).headline.endswith(f" ({note}).")


@pytest.mark.parametrize(
    ("state", "when", "parties"),
    [
        ("CCC", ("1999-12-01", "2000-02-01"), (True, True)),
        ("AAA", ("1999-12-01", "2000-02-01"), (True, True)),
        ("BBB", ("1999-12-01", "2000-02-01"), (False, False)),
        ("BBB", ("1999-12-01", "2000-01-01"), (True,)),
        ("BBB", ("2000-01-01", "2000-01-02"), (False,)),
        ("DDD", ("2000-12-31", "2001-01-02"), (False, False)),
        ("DDD", ("1984-12-31", "1985-01-02"), (True, True)),
    ],
)
def test_a_spell_is_of_parties_on_its_own_days(
    state: str, when: tuple[str, str], parties: tuple[bool, ...]
) -> None:
    """Of the days asked about just those of the spell decide, and all of them must be of a treaty."""
    explanation = league().explain(state, when)

    assert explanation.parties == parties
    assert len(explanation.spells) == len(parties)


def test_of_an_era_that_was_not_public_no_day_is_known() -> None:
    """Before an era was public every state is outside it, whatever it did, and no act opened that."""
    then = league().reading(era="NEW", known_on="1999-12-30")
    (spell,) = then.spells("AAA")

    assert (spell.state.iso3, spell.status, spell.opened_by, spell.closed_by) == (
        "AAA",
        Status.OUTSIDE,
        None,
        None,
    )
    assert str(spell) == "AAA OUTSIDE (..., ...)"
    assert [str(event) for event in then.events("AAA")] == ["AAA join 1990-01-01"]
    assert str(then.explain("AAA", "1995").before) == "AAA join 1990-01-01"
    assert then.members_on("1995").codes() == ()
    assert then.changes() == ()


def test_who_left_a_day_after_a_treaty_began_was_a_party() -> None:
    """The last day of a membership decides, not the one before it."""
    turned = ERAS.replace("bound: parties, ", "").replace("NEW: {", "NEW: {bound: parties, ")

    assert league(turned).explain("BBB", "2005-01-01").headline.endswith(" (former party).")
    assert league(turned).explain("AAA", "2005-01-01").headline.endswith(" (former member).")


@pytest.mark.parametrize(
    ("new", "when", "in_turn", "is_wide"),
    [
        ("2000-01-01", "2000-01-01", False, False),
        ("2000-01-01", ("1999-12-31", "2000-01-02"), True, True),
        ("2000-01", ("1999-12-30", "2000-01-01"), True, True),
        ("2000-01", ("1999-12-30", "2000-01-02"), False, True),
        ("2000-01", ("2000-01-30", "2000-02-02"), False, True),
        ("2000-01", ("2000-01-31", "2000-02-02"), True, True),
        ("2000-01", "2000-01-15", False, False),
    ],
)
def test_eras_follow_in_turn_where_the_first_and_the_last_day_are_of_one(
    new: str,
    when: Any,
    in_turn: bool,  # noqa: FBT001 (a table)
    is_wide: bool,  # noqa: FBT001 (a table)
) -> None:
    """Where it is open of which era the first or the last day is, it is one or the other."""
    explanation = league(ERAS.replace("2000-01-01", new)).explain("DDD", when)

    assert (explanation.in_turn, explanation.is_wide) == (in_turn, is_wide)


def test_the_rule_names_the_state_without_an_act() -> None:
    """A rule is written once for all days, and for each state of which no act is recorded."""
    organization = league()

    for state in ("USA", "FRA", "USA"):
        assert f"No act of {state} (" in organization.explain(state, "2003").rule
    assert "No act" not in organization.explain("AAA", "2003").rule


def test_an_end_closes_what_can_be_read() -> None:
    """Of a file with faults the acts of one state may be unreadable; those of the others end with the organization."""
    history = league(ended="ended: {effect: 2005-03-01, sources: [s]}").compiled.full_history
    first, *others = history.events
    unread: tuple[dict[str, Any], ...] = ({"effect": None}, {"act": None})
    for field in unread:
        broken = evolve(history, events=(evolve(first, **field), *others))
        assert [str(event) for event in with_its_end(broken).events if event.act is Act.END] == [
            "DDD end 2005-03-01"
        ]


def test_an_era_of_a_charter_holds_for_who_took_it_on() -> None:
    """In the era of the Charter a state is a member from its own act on; who never took it on is none."""
    charter = shipped("CIS").reading(era="CHARTER")

    assert charter.was_member("ARM", "1994-03-15") is Answer.NO
    assert charter.was_member("ARM", "1994-03-16") is Answer.YES
    assert charter.was_member("TKM", "2000-01-01") is Answer.NO
    assert shipped("CIS").was_member("TKM", "2000-01-01") is Answer.YES
