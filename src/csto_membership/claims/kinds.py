"""The nine kinds of claims, and their union."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from csto_membership.claims.acts import ActClaim
from csto_membership.claims.counts import CountClaim
from csto_membership.claims.memberships import StatusClaim
from csto_membership.claims.offices import OfficeClaim
from csto_membership.claims.participations import ParticipationClaim
from csto_membership.claims.rosters import RosterClaim
from csto_membership.claims.signatures import SignatureClaim
from csto_membership.claims.stages import FoundingClaim, MilestoneClaim

if TYPE_CHECKING:
    from collections.abc import Mapping

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

KINDS: Mapping[str, type[Claim]] = {
    kind.kind: kind
    for kind in (
        RosterClaim,
        StatusClaim,
        CountClaim,
        ActClaim,
        FoundingClaim,
        MilestoneClaim,
        SignatureClaim,
        OfficeClaim,
        ParticipationClaim,
    )
}
