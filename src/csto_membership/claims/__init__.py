"""Judges what a source claims about a membership; each kind of claim has a class and a judge."""

from __future__ import annotations

from csto_membership.claims.acts import ActClaim, Deed
from csto_membership.claims.counts import CountClaim
from csto_membership.claims.fields import Attribution
from csto_membership.claims.findings import Agreement, Finding, Line, RightDate
from csto_membership.claims.judging import judge
from csto_membership.claims.kinds import KINDS, Claim
from csto_membership.claims.memberships import Standing, StatusClaim
from csto_membership.claims.offices import OfficeClaim
from csto_membership.claims.participations import ParticipationClaim
from csto_membership.claims.press import Article, PressClaim
from csto_membership.claims.rosters import RosterClaim
from csto_membership.claims.signatures import SignatureClaim
from csto_membership.claims.stages import FoundingClaim, MilestoneClaim
from csto_membership.claims.weighing import Verdict

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
