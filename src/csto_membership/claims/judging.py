"""Judges a claim of any kind, as far as anything is known of the time it speaks of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import evolve

from csto_membership._membership.vocabulary_lookup import checked_lang
from csto_membership.claims.acts import ActClaim, judge_act
from csto_membership.claims.counts import CountClaim, judge_count
from csto_membership.claims.memberships import StatusClaim, judge_status
from csto_membership.claims.offices import OfficeClaim, judge_office
from csto_membership.claims.participations import ParticipationClaim, judge_participation
from csto_membership.claims.rosters import RosterClaim, judge_roster
from csto_membership.claims.sayings import Foreign, saying
from csto_membership.claims.signatures import SignatureClaim, judge_signature
from csto_membership.claims.stages import FoundingClaim, MilestoneClaim, judge_founding, judge_milestone
from csto_membership.claims.weighing import Verdict
from csto_membership.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership._membership.membership import Membership
    from csto_membership.claims.findings import Finding
    from csto_membership.claims.weighing import Time

# Each kind with its judge. The judges' second argument is of their own kind, which one mapping cannot say.
_JUDGES: Mapping[type, Callable[[Membership, Any, Any], Finding]] = {
    RosterClaim: judge_roster,
    StatusClaim: judge_status,
    CountClaim: judge_count,
    ActClaim: judge_act,
    FoundingClaim: judge_founding,
    MilestoneClaim: judge_milestone,
    SignatureClaim: judge_signature,
    OfficeClaim: judge_office,
    ParticipationClaim: judge_participation,
}
# Kinds of claims on what happened: on any day up to the one on which it was said, unless they say when.
_DEEDS = (ActClaim, MilestoneClaim, SignatureClaim, ParticipationClaim)


def judge(membership: Membership, claim: object, lang: str = "en") -> Finding:
    """The finding on a claim, by the membership's answers under its own reading and the others.

    Raises:
        ClaimError: It is no claim, speaks of another organization, or names an instrument that is not there.
        StateError: It names no state in the world, or one word for several.
        OfficeError: It names an office that the organization does not have.
        ParticipationError: It names an operation or session that the organization does not have.
        ReadingError: It names an era that the organization never had, or there are no sentences in that language.
    """
    if type(claim) not in _JUDGES:
        raise ClaimError(
            f"expected a claim, got {claim!r}.",
            "Say what the sentence claims, as in RosterClaim(states=('RUS', 'KAZ'), when='2010'). The kinds are "
            f"{', '.join(kind.__name__ for kind in _JUDGES)}.",
        )
    said: Any = claim  # one of nine kinds, with a fields of its own each
    speaks_of = said.attribution.organization
    if speaks_of not in (None, membership.history.id):
        raise ClaimError(
            f"the claim speaks of {speaks_of}, not of {membership.history.id}.",
            f"Ask {speaks_of}, or leave organization out of its attribution.",
            option="organization",
        )
    era = getattr(said, "era", None)
    of_era = membership if era is None else membership.reading(era=era)  # refuses an unknown era
    # An era is founded before its first day, so a founding is judged without the restriction to the era.
    asked = (membership if isinstance(said, FoundingClaim) else of_era).beside(_states_named(said))
    time = _time_of(said)
    horizon = asked.horizon.toordinal()
    is_known = time is None or asked.compiled.last is None or time[1] - 1 <= horizon
    finding = (
        _JUDGES[type(claim)](asked, claim, time)
        if is_known
        else _past_the_horizon(asked, said, time, horizon)  # type: ignore[arg-type] # a time that is not known is one
    )
    remarks = finding.remarks
    if said.attribution.not_judged:
        what = Foreign(said.attribution.not_judged.rstrip("."))
        remarks = (*remarks, saying("not judged", what=what))
    return evolve(
        finding,
        remarks=remarks,
        lang=checked_lang(lang),
        organization=membership.history.id,
        read_as=membership.read_as,
        verified_through=asked.horizon.isoformat(),
        data_version=membership.data_version,
    )


def _states_named(said: Any) -> list[object]:  # noqa: ANN401 (a claim of any kind)
    """The states that a claim names, in any of its fields."""
    named = [*getattr(said, "states", ()), *getattr(said, "including", ())]
    return named + [
        one for one in (getattr(said, "state", None), getattr(said, "host", None)) if one is not None
    ]


def _time_of(said: Any) -> Time | None:  # noqa: ANN401 (a claim of any kind)
    """The days that a claim speaks of, half-open; ``None`` for a founding without a date."""
    written = said.when
    if written is None:
        if isinstance(said, FoundingClaim):
            return None
        written = said.attribution.said
    first = 1 if said.when is None and isinstance(said, _DEEDS) else written.first
    return first, min(written.last + 1, date.max.toordinal())  # the calendar ends


def _past_the_horizon(asked: Membership, said: Any, time: Time, horizon: int) -> Finding:  # noqa: ANN401 (a claim of any kind)
    """The finding on a claim whose time reaches past the last day of which anything is known.

    An act that happened by that day stays supported. A claim about every day that is wrong on one known day
    stays contradicted. All else is undetermined, and the finding says how things stood on that day.
    """
    is_deed = isinstance(said, (*_DEEDS, FoundingClaim))
    first = min(time[0], horizon)
    known = _JUDGES[type(said)](asked, said, (first, horizon + 1))
    is_settled = time[0] <= horizon and (
        (is_deed and known.verdict is Verdict.SUPPORTED)
        or (getattr(said, "throughout", False) and known.verdict is Verdict.CONTRADICTED)
    )
    if is_settled:
        return known
    last = _JUDGES[type(said)](asked, said, (horizon, horizon + 1))
    return evolve(
        known,
        verdict=Verdict.UNDETERMINED,
        sayings=tuple(
            one.without("when") for one in last.sayings if one.key not in ("holds under", "not then")
        ),
        lines=last.lines,
        true=(),
        undecided=(),
        false=(),
        dates=(),
        is_past=True,
    )
