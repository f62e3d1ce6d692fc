"""What a source says of a membership, and what is to be said of that: one kind of claim, one class and one judge."""

from __future__ import annotations

from typing import Union

from csto_membership.claims.acts import ActClaim, Deed
from csto_membership.claims.counts import CountClaim
from csto_membership.claims.fields import Attribution
from csto_membership.claims.findings import Agreement, Finding, Line, RightDate
from csto_membership.claims.judging import KINDS, judge
from csto_membership.claims.memberships import Standing, StatusClaim
from csto_membership.claims.offices import OfficeClaim
from csto_membership.claims.participations import ParticipationClaim
from csto_membership.claims.press import Article, PressClaim
from csto_membership.claims.rosters import RosterClaim
from csto_membership.claims.signatures import SignatureClaim
from csto_membership.claims.stages import FoundingClaim, MilestoneClaim
from csto_membership.claims.weighing import Verdict

# An alias, for annotations: a claim is made by the class of its kind.
Claim = Union[  # noqa: UP007 (as the design has it; it cannot be called)
    RosterClaim,
    StatusClaim,
    CountClaim,
    ActClaim,
    FoundingClaim,
    MilestoneClaim,
    SignatureClaim,
    OfficeClaim,
    ParticipationClaim,
]

__all__ = [
    "KINDS",
    "ActClaim",
    "Agreement",
    "Article",
    "Attribution",
    "Claim",
    "CountClaim",
    "Deed",
    "Finding",
    "FoundingClaim",
    "Line",
    "MilestoneClaim",
    "OfficeClaim",
    "ParticipationClaim",
    "PressClaim",
    "RightDate",
    "RosterClaim",
    "SignatureClaim",
    "Standing",
    "StatusClaim",
    "Verdict",
    "judge",
]
