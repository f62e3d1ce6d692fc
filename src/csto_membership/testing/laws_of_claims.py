"""Laws of the claims: a claim made from the library's own answer is supported, and a changed one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership import CountClaim, RosterClaim, Status, StatusClaim, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csto_membership import Claim, Organization, Roster, State
    from csto_membership.testing.asking import Asking

_IN_THE_BASIS = Status.MEMBER | Status.OUTSIDE  # judged by the basis, not as statuses


def own_rosters_are_supported(asking: Asking) -> None:
    """A list made from the roster of a day is SUPPORTED; never with a state added or dropped, or where it is open."""
    for organization, day in _asked(asking):
        roster = organization.members_on(day)
        members, when = _codes(roster), day.isoformat()
        is_certain = not roster.possible
        for listed in {members, (*members, *_codes(roster.possible))} - {()}:
            _expect(asking, organization, day, RosterClaim(states=listed, when=when), is_right=is_certain)
        for state in (organization.states or asking.states(organization)) if is_certain else ():
            others = tuple(code for code in members if code != state.iso3)
            changed = others if state.iso3 in members else (*members, state.iso3)
            if changed:
                claim = RosterClaim(states=changed, when=when)
                _expect(asking, organization, day, claim, is_right=False, state=state)


def own_counts_are_supported(asking: Asking) -> None:
    """The number of members is SUPPORTED, and never one more or less, an outsider among them, or where it is open."""
    for organization, day in _asked(asking):
        roster = organization.members_on(day)
        count, members, when = len(roster), _codes(roster), day.isoformat()
        is_certain = not roster.possible
        claim = CountClaim(count=count, including=members, when=when)
        _expect(asking, organization, day, claim, is_right=is_certain)
        for wrong in {count + 1, max(count - 1, 0)} - {count}:
            _expect(asking, organization, day, CountClaim(count=wrong, when=when), is_right=False)
        for state in organization.states:
            if state.iso3 not in members:
                claim = CountClaim(count=count, including=(state.iso3,), when=when)
                _expect(asking, organization, day, claim, is_right=False, state=state)


def own_statuses_are_supported(asking: Asking) -> None:
    """A certain status is SUPPORTED, and no other is; being a member and being none are never both."""
    for organization, day in _asked(asking):
        for state in _some_states(asking, organization):
            status, when = organization.status_on(state, day), day.isoformat()
            standings = ("member", "not a member")
            both = [
                _verdict(organization, StatusClaim(states=state, status=one, when=when)) for one in standings
            ]
            is_both = both == [Verdict.SUPPORTED] * 2
            asking.agree(
                organization, state, day, member_and_not_a_member_are_both_supported=is_both, the_law=False
            )
            for one in Status if status.is_certain else ():
                if one not in _IN_THE_BASIS:
                    claim = StatusClaim(states=state, status=one, when=when)
                    _expect(asking, organization, day, claim, is_right=one == status, state=state)


def _some_states(asking: Asking, organization: Organization) -> list[State]:
    """Two of its states, and two without an act."""
    states = list(organization.states)
    return [*asking.chance.sample(states, min(2, len(states))), *asking.states(organization)[-2:]]


def _asked(asking: Asking) -> Iterator[tuple[Organization, date]]:
    """Some days, on each basis."""
    readings = [
        asking.organization.reading(basis=basis) for basis in ("legal", "active", "nominal", "signed")
    ]
    for organization in dict.fromkeys(readings):
        days = asking.days(organization)
        # One claim asks every reading, so few are made.
        few = len(days) if asking.examples is None else min(asking.examples // 10 + 1, len(days))
        for day in asking.chance.sample(days, few):
            if day <= organization.horizon:
                yield organization, day


def _codes(roster: Roster) -> tuple[str, ...]:
    """The states of a roster, as a claim names them."""
    return tuple(str(code) for code in roster.codes())


def _verdict(organization: Organization, claim: Claim) -> Verdict:
    """What the library says of a claim."""
    return organization.check(claim).verdict


def _expect(  # noqa: PLR0913 (what decides it)
    asking: Asking,
    organization: Organization,
    day: date,
    claim: Claim,
    *,
    is_right: bool,
    state: State | None = None,
) -> None:
    """Compare whether a claim is supported with whether it is right."""
    supported = _verdict(organization, claim) is Verdict.SUPPORTED
    asking.agree(organization, state, day, **{f"that {claim} is supported": supported, "the law": is_right})
