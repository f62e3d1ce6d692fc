"""Who was a member of the Collective Security Treaty and its Organization on a given day.

>>> from csto_membership import csto
>>> csto.was_member("UZB", "2003-06-30")
<Answer.NO: 'no'>
"""

from typing import TYPE_CHECKING

from csto_membership._facts.dates import ImpreciseDate, exact, imprecise
from csto_membership._facts.records import (
    Dataset,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Office,
    Participant,
    Participation,
    Source,
    Step,
    Term,
)
from csto_membership._facts.states import State
from csto_membership._facts.statuses import (
    Act,
    Bound,
    Capacity,
    ParticipationCapacity,
    ParticipationKind,
    Requires,
    SourceKind,
    Status,
    StepName,
)
from csto_membership._facts.unknown import Ended, Gap
from csto_membership._membership.answers import Answer, Change, Changes, Difference, Period, Spell, Spells
from csto_membership._membership.reading import Reading
from csto_membership._membership.rosters import Roster
from csto_membership.belonging import Belonging, Shipped, memberships_of, organizations
from csto_membership.errors import (
    BeyondHorizonError,
    ClaimError,
    ColumnError,
    DatasetError,
    DayError,
    DrawingError,
    EraError,
    ExportError,
    FrameError,
    MembershipError,
    MissingExtraError,
    OfficeError,
    ParticipationError,
    ReadingError,
    StateError,
    UncertainError,
)
from csto_membership.loading import (
    build,
    check,
    from_json,
    from_spells,
    from_state_years,
    load,
    press_claims,
    shipped,
)
from csto_membership.organization import Organization

if TYPE_CHECKING:
    from csto_membership._membership.explanation import Explanation
    from csto_membership.claims import (
        ActClaim,
        Agreement,
        Article,
        Attribution,
        Claim,
        CountClaim,
        Finding,
        FoundingClaim,
        Line,
        MilestoneClaim,
        OfficeClaim,
        ParticipationClaim,
        PressClaim,
        RosterClaim,
        SignatureClaim,
        StatusClaim,
        Verdict,
    )

    csto: Organization
    csto_pa: Organization
    __version__: str

__all__ = [
    "Act",
    "ActClaim",
    "Agreement",
    "Answer",
    "Article",
    "Attribution",
    "Belonging",
    "BeyondHorizonError",
    "Bound",
    "Capacity",
    "Change",
    "Changes",
    "Claim",
    "ClaimError",
    "ColumnError",
    "CountClaim",
    "Dataset",
    "DatasetError",
    "DayError",
    "Difference",
    "Dispute",
    "DrawingError",
    "Ended",
    "Era",
    "EraError",
    "Event",
    "Explanation",
    "ExportError",
    "Finding",
    "FoundingClaim",
    "FrameError",
    "Gap",
    "History",
    "ImpreciseDate",
    "Instrument",
    "Line",
    "MembershipError",
    "MilestoneClaim",
    "MissingExtraError",
    "Office",
    "OfficeClaim",
    "OfficeError",
    "Organization",
    "Participant",
    "Participation",
    "ParticipationCapacity",
    "ParticipationClaim",
    "ParticipationError",
    "ParticipationKind",
    "Period",
    "PressClaim",
    "Reading",
    "ReadingError",
    "Requires",
    "Roster",
    "RosterClaim",
    "Shipped",
    "SignatureClaim",
    "Source",
    "SourceKind",
    "Spell",
    "Spells",
    "State",
    "StateError",
    "Status",
    "StatusClaim",
    "Step",
    "StepName",
    "Term",
    "UncertainError",
    "Verdict",
    "build",
    "check",
    "csto",
    "csto_pa",
    "exact",
    "from_json",
    "from_spells",
    "from_state_years",
    "imprecise",
    "load",
    "memberships_of",
    "organizations",
    "press_claims",
    "shipped",
]

_SHIPPED = {"csto": "CSTO", "csto_pa": "CSTO-PA"}
_CLAIMS = (
    "ActClaim",
    "Agreement",
    "Article",
    "Attribution",
    "Claim",
    "CountClaim",
    "Finding",
    "FoundingClaim",
    "Line",
    "MilestoneClaim",
    "OfficeClaim",
    "ParticipationClaim",
    "PressClaim",
    "RosterClaim",
    "SignatureClaim",
    "StatusClaim",
    "Verdict",
)


def __getattr__(name: str) -> object:
    """Load on first use: the shipped organizations, the classes of ``claims``, and the version."""
    if name in _SHIPPED:
        return shipped(_SHIPPED[name])
    if name == "Explanation":
        from csto_membership._membership.explanation import Explanation

        return Explanation
    if name in _CLAIMS:
        import csto_membership.claims as room

        found: object = getattr(room, name)
        return found
    if name == "__version__":  # which takes 50 ms to look up
        from importlib.metadata import version

        return version("csto-membership")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, those that are loaded on first use included."""
    return sorted([*__all__, "__version__"])
