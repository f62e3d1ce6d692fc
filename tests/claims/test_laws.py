"""Laws on invented organizations: the library's own answer is right, and no claim is right with its negation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Act, Answer, Dataset, Status, Verdict, build
from csto_membership.claims import Standing
from tests.claims.support import found, verdict
from tests.strategies import BASES, datasets, edge_days

if TYPE_CHECKING:
    from csto_membership import Organization

ENDS = (Act.LAPSE, Act.WITHDRAW, Act.EXPEL, Act.END)


def _asked(data: st.DataObject, dataset: Dataset) -> tuple[Organization, str]:
    """An organization under a reading, and an edge day."""
    basis: Any = data.draw(st.sampled_from(BASES))  # a name, or statuses
    organization = build(dataset).reading(basis=basis)
    day: date = data.draw(edge_days(organization))
    return organization, day.isoformat()


@given(st.data(), datasets(states=3))
def test_the_librarys_own_roster_is_always_supported(data: st.DataObject, dataset: Dataset) -> None:
    """A list made from the answer is SUPPORTED; with a state more or less it never is."""
    organization, day = _asked(data, dataset)
    roster = organization.members_on(day)
    members = tuple(str(code) for code in roster.codes())
    if roster.possible:
        return
    if members:
        finding = found("roster", states=members, when=day, on=organization)
        assert finding.verdict is Verdict.SUPPORTED
        assert any(day in period for period in finding.periods)
    for state in organization.states:
        others = tuple(code for code in members if code != state.iso3)
        changed = others if state in roster else (*members, state.iso3)
        if changed:
            assert verdict("roster", states=changed, when=day, on=organization) is not Verdict.SUPPORTED


@given(st.data(), datasets(states=3))
def test_the_librarys_own_count_is_always_supported(data: st.DataObject, dataset: Dataset) -> None:
    """The number of members is SUPPORTED, and one more or less, or an outsider among them, never is."""
    organization, day = _asked(data, dataset)
    roster = organization.members_on(day)
    if roster.possible:
        return
    finding = found("count", count=len(roster), including=roster, when=day, on=organization)
    assert finding.verdict is Verdict.SUPPORTED
    for wrong in {len(roster) + 1, max(len(roster) - 1, 0)} - {len(roster)}:
        assert verdict("count", count=wrong, when=day, on=organization) is not Verdict.SUPPORTED
    for state in set(organization.states) - set(roster):
        claimed = verdict("count", count=len(roster), including=state, when=day, on=organization)
        assert claimed is not Verdict.SUPPORTED


@given(st.data(), datasets(states=2))
def test_the_librarys_own_status_is_always_supported(data: st.DataObject, dataset: Dataset) -> None:
    """A certain status is SUPPORTED; another one that the basis does not count alike never is."""
    organization, day = _asked(data, dataset)
    for state in organization.states:
        status = organization.status_on(state, day)
        if not status.is_certain:
            continue
        asked = {Status.MEMBER: None, Status.OUTSIDE: None}.get(status, status)
        if asked is not None:
            assert (
                verdict("status", states=state, status=asked, when=day, on=organization) is Verdict.SUPPORTED
            )
        for other in Status:
            if other not in (status, Status.MEMBER, Status.OUTSIDE):
                claimed = verdict("status", states=state, status=other, when=day, on=organization)
                assert claimed is not Verdict.SUPPORTED


@given(st.data(), datasets(states=2))
def test_a_claim_and_its_negation_are_never_both_supported(data: st.DataObject, dataset: Dataset) -> None:
    """A state is a member, is none, or it is open; for whole periods as well."""
    organization, day = _asked(data, dataset)
    when = data.draw(st.sampled_from([day, day[:7], day[:4]]))
    throughout = data.draw(st.booleans())
    for state in organization.states:
        verdicts = [
            verdict(
                "status", states=state, status=standing, when=when, throughout=throughout, on=organization
            )
            for standing in (Standing.MEMBER, Standing.NOT_A_MEMBER)
        ]
        assert verdicts != [Verdict.SUPPORTED, Verdict.SUPPORTED]
        certain = organization.reading(extrapolate=True).was_member(state, when)
        if certain is not Answer.UNKNOWN and when == day:
            assert Verdict.SUPPORTED in verdicts


@given(st.data(), datasets(states=2, widest=0))
def test_the_records_own_acts_are_always_supported(data: st.DataObject, dataset: Dataset) -> None:
    """An act on its day is SUPPORTED; another act in its place never is, unless it was done, too."""
    organization = build(dataset)
    for state in organization.states:
        opening = {spell.opened_by for spell in organization.spells(state)}
        for event in organization.events(state):
            if event not in opening:
                continue
            day = event.effect.text
            assert verdict("act", states=state, act=event.act, when=day, on=organization) is Verdict.SUPPORTED
            near = {
                other.act
                for other in organization.events(state)
                if 0 <= other.effect.first - event.effect.first <= 1
            }
            done = near | ({Act.END} if near & set(ENDS) else set())  # END claims an end, however it came
            wrong = data.draw(st.sampled_from([act for act in Act if act not in done]))
            assert verdict("act", states=state, act=wrong, when=day, on=organization) is not Verdict.SUPPORTED
            left = verdict("act", states=state, act="left", when=day, on=organization)
            assert (left is Verdict.SUPPORTED) is bool(
                near & set(ENDS) and _ends_by(organization, event.state, day)
            )


def _ends_by(organization: Organization, state: str, day: str) -> bool:
    """Whether an act that ends a membership opens a spell on a day, or on the next."""
    opening = {spell.opened_by for spell in organization.spells(state)} - {None}
    first = date.fromisoformat(day).toordinal()
    return any(
        event is not None and event.act in ENDS and 0 <= event.effect.first - first <= 1 for event in opening
    )
