"""Rosters as sets and as sequences: what compares, what joins, and what goes out."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from csto_membership import State, csto
from csto_membership._membership.rosters import Roster

A, B, C = (State(iso3=code, english=code.title()) for code in ("AAA", "BBB", "CCC"))


def resolve(state: object) -> State:
    """One of the three, by its code."""
    return {"AAA": A, "BBB": B, "CCC": C}[getattr(state, "iso3", str(state))]


def roster(*states: State, possible: tuple[State, ...] = ()) -> Roster:
    """A roster of these."""
    return Roster(states, possible, resolve=resolve)


def test_the_codes_of_both_go_out() -> None:
    """Those that certainly were members, and those that may have been."""
    assert roster(A, possible=(B, C)).to_dict() == {"states": ["AAA"], "undecided": ["BBB", "CCC"]}
    assert csto.members_on("1999").to_dict()["undecided"] == ["AZE", "GEO", "UZB"]


@pytest.mark.parametrize(
    ("less", "more", "is_less", "is_equal"),
    [
        (roster(A), roster(A, B), True, False),
        (roster(), roster(A), True, False),
        (roster(A, B), roster(A, B), False, True),
        (roster(A), roster(B), False, False),
        (roster(A, B), roster(A), False, False),
    ],
    ids=str,
)
def test_one_roster_holds_another(less: Roster, more: Roster, is_less: bool, is_equal: bool) -> None:  # noqa: FBT001 (a table)
    """As of sets: less is within more, and the four comparisons say the same."""
    assert (less < more, less <= more) == (is_less, is_less or is_equal)
    assert (more > less, more >= less) == (is_less, is_less or is_equal)
    assert (less == more) is is_equal
    assert less.__eq__("AAA") is NotImplemented


def test_equal_rosters_have_one_hash_and_others_have_others() -> None:
    """A roster may be a key: what is certain and what is possible both count."""
    rosters = [roster(A), roster(B), roster(A, B), roster(A, possible=(B,)), roster(possible=(A,)), roster()]

    assert len({hash(one) for one in rosters}) == len(rosters)
    assert hash(roster(A, B)) == hash(roster(A, B))
    assert {roster(A): "one"}[roster(A)] == "one"


@pytest.mark.parametrize(
    ("joined", "states", "undecided"),
    [
        (roster(A, possible=(B,)) & ["AAA", "BBB"], ("AAA",), ("BBB",)),
        (roster(A, possible=(B,)) & roster(B, C), (), ("BBB",)),
        (roster(A) | ["CCC", "BBB"], ("AAA", "BBB", "CCC"), ()),
        (roster(A) | roster(possible=(A, B)), ("AAA",), ("BBB",)),
        (roster(A, B, possible=(C,)) - ["AAA"], ("BBB",), ("CCC",)),
        (roster(A) - roster(possible=(A,)), (), ("AAA",)),
        (roster(A) - roster(A), (), ()),
    ],
)
def test_rosters_join_by_three_valued_logic(
    joined: Any, states: tuple[str, ...], undecided: tuple[str, ...]
) -> None:
    """A state is in where it certainly is, and open where it depends; the result is asked as any other."""
    assert joined.codes() == states
    assert joined.possible.codes() == undecided
    assert all(code in joined for code in states)
    assert all(state in joined.possible for state in undecided)
    assert not set(states) & {state.iso3 for state in joined.undecided}


def test_a_list_on_the_other_side_is_a_roster() -> None:
    """It can be asked about states as the first one can, in any order and twice."""
    made: Any = roster()._made(["CCC", A, "CCC"])

    assert (made.codes(), B in made, "AAA" in made) == (("AAA", "CCC"), False, True)


def test_a_roster_pickles_by_its_codes() -> None:
    """What is certain and what is possible come back, and the copy answers."""
    before: Any = roster(A, possible=(B,))
    after = pickle.loads(pickle.dumps(before))  # noqa: S301 (our own)

    assert after == before
    assert (after.codes(), after.possible.codes(), "AAA" in after) == (("AAA",), ("BBB",), True)
    assert "CCC" not in after


def test_a_long_joined_roster_is_folded() -> None:
    """Over thirty states twenty stand open and the others behind their number; thirty stand as they are."""
    many = [State(iso3=f"{one}{two}A", english=f"S{one}{two}") for one in "ABCDE" for two in "ABCDEFG"]
    html = Roster(tuple(many[:31]), resolve=resolve)._repr_html_()
    short = Roster(tuple(many[:29]), (many[29],), resolve=resolve)._repr_html_()

    assert html.count("<tr><td>") == 31
    assert "<summary>+ 11</summary>" in html
    assert "<summary>" not in short
    assert "29 states; possible: 1" in short
