"""The law suite holds for every organization that is shipped, and for invented ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from csto_membership import ReadingError, build, csto, shipped
from csto_membership.loading import SHIPPED
from csto_membership.testing import (
    LAWS,
    Law,
    check_laws,
    cut_short,
    datasets,
    large_organization,
    organizations,
    published,
)
from tests.testing.organizations import nobodys, wide, with_gaps

if TYPE_CHECKING:
    from csto_membership import Dataset, Organization

HARD = {
    "nobody, closed": nobodys(closed=True),
    "nobody, open": nobodys(closed=False),
    "gaps": with_gaps(),
    "wide": wide(),
    "large": large_organization(states=12, changes=30),
}
OF_TABLES = [law for law in LAWS if "table" in law.ask.__module__]
QUICK = [law for law in LAWS if law not in OF_TABLES and "claims" not in law.ask.__module__]


@pytest.mark.parametrize("law", LAWS, ids=str)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_law_holds_of_every_shipped_organization(name: str, law: Law) -> None:
    """No law is empty, and none is broken: by the CSTO, its Assembly's observers, and their neighbours."""
    checked = check_laws(shipped(name), laws=[law], examples=10 if name == "CSTO" else 5)

    assert list(checked.questions) == ([] if law.lacks() else [law.name])
    assert checked.total > 0 or checked.left_out


@pytest.mark.parametrize("law", LAWS, ids=str)
@pytest.mark.parametrize("name", HARD)
def test_every_law_holds_of_hard_organizations(name: str, law: Law) -> None:
    """Without states, with gaps, with dates open to the left, with many states: no law is empty, and none broken."""
    if not law.lacks():
        assert law.check(HARD[name], examples=6) > 0


@settings(max_examples=20)
@given(organizations(states=2, terms=2))
def test_the_laws_hold_of_invented_organizations(organization: Organization) -> None:
    """Re-entry, suspension, doubt and two eras break no law."""
    check_laws(organization, laws=QUICK, examples=4)


@settings(max_examples=8)
@given(organizations(states=2, most=3))
def test_the_laws_of_tables_and_claims_hold_of_invented_organizations(organization: Organization) -> None:
    """What is open in scalars is open in tables, and what the library answers is supported."""
    check_laws(organization, laws=[law for law in LAWS if law not in QUICK], examples=4)


@settings(max_examples=10)
@given(cut_short(datasets()))
def test_the_laws_hold_where_acts_lie_ahead(dataset: Dataset) -> None:
    """Acts and eras that were public before their day break no law."""
    check_laws(build(dataset), laws=QUICK, examples=4)


@settings(max_examples=10)
@given(published())
def test_the_laws_hold_where_acts_became_public_late(dataset: Dataset) -> None:
    """Acts that became public on a day of their own, from dated sources, break no law."""
    check_laws(build(dataset), laws=QUICK, examples=4)


@pytest.mark.parametrize("law", [law for law in LAWS if law not in OF_TABLES], ids=str)
@pytest.mark.parametrize(
    "choices",
    [{"extrapolate": True}, {"known_on": "2012-07-01", "basis": "active"}],
    ids=["extrapolate", "known"],
)
def test_every_law_holds_of_other_readings(choices: dict[str, Any], law: Law) -> None:
    """The laws begin with the reading given, and make the others from it."""
    assert law.check(csto.reading(**choices), examples=4) > 0


def test_a_check_says_what_it_asked() -> None:
    """The same call asks the same questions, and prints a line for each law."""
    laws = LAWS[:2]
    checked = check_laws(csto, laws=laws, examples=4)

    assert check_laws(csto, laws=laws, examples=4) == checked
    assert checked.total == sum(checked.questions.values())
    assert str(checked).splitlines() == [
        f"CSTO: 2 laws hold in {checked.total:,} questions.",
        f"{checked.questions['spells cover']:>9,}  spells cover",
        f"{checked.questions['status is the spells']:>9,}  status is the spells",
    ]


def test_more_examples_ask_more() -> None:
    """``None`` asks about every edge day."""
    (law,) = [law for law in LAWS if law.name == "own rosters are supported"]

    few, some, every = (law.check(nobodys(closed=True), examples=most) for most in (1, 20, None))

    assert few < some < every


def test_a_reading_of_one_era_is_refused() -> None:
    """The laws ask about every era themselves."""
    with pytest.raises(ReadingError) as caught:
        check_laws(csto.reading(era="CSTO"))
    assert str(caught.value) == (
        "the laws ask about every era themselves, and got a reading of era 'CSTO'. "
        "Pass the organization without an era."
    )


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a library of tables their laws are left out, with a word."""
    monkeypatch.setattr("csto_membership.testing.laws_of_tables.find_spec", lambda _: None)
    checked = check_laws(nobodys(closed=True), laws=[LAWS[0], *OF_TABLES], examples=1)

    assert list(checked.left_out) == [law.name for law in OF_TABLES]
    assert str(checked).splitlines()[-1] == (
        " left out  spells of tables are the spells: no library of tables is installed. "
        "Run: pip install 'csto-membership[frames]' pandas"
    )
