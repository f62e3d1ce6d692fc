"""Who was a member of the Collective Security Treaty and its Organization on a given day.

>>> from csto_membership import csto
>>> csto.was_member("UZB", "2003-06-30")
<Answer.NO: 'no'>
"""

from typing import TYPE_CHECKING

from csto_membership._answers import (
    Answer,
    Change,
    Difference,
    Explanation,
    Period,
    Roster,
    Spell,
)
from csto_membership._dates import ImpreciseDate, exact, imprecise
from csto_membership._model import (
    Act,
    Dataset,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Source,
    SourceKind,
    State,
    Status,
    Step,
    StepName,
)
from csto_membership._segments import Reading
from csto_membership.errors import (
    BeyondHorizonError,
    ColumnError,
    DatasetError,
    DayError,
    EraError,
    FrameError,
    MembershipError,
    MissingExtraError,
    ReadingError,
    StateError,
    UncertainError,
)
from csto_membership.loading import build, check, load, shipped
from csto_membership.organization import Organization

if TYPE_CHECKING:
    csto: Organization
    csto_pa: Organization

__all__ = [
    "Act",
    "Answer",
    "BeyondHorizonError",
    "Change",
    "ColumnError",
    "Dataset",
    "DatasetError",
    "DayError",
    "Difference",
    "Dispute",
    "Era",
    "EraError",
    "Event",
    "Explanation",
    "FrameError",
    "History",
    "ImpreciseDate",
    "Instrument",
    "MembershipError",
    "MissingExtraError",
    "Organization",
    "Period",
    "Reading",
    "ReadingError",
    "Roster",
    "Source",
    "SourceKind",
    "Spell",
    "State",
    "StateError",
    "Status",
    "Step",
    "StepName",
    "UncertainError",
    "build",
    "check",
    "csto",
    "csto_pa",
    "exact",
    "imprecise",
    "load",
]

_SHIPPED = {"csto": "CSTO", "csto_pa": "CSTO-PA"}


def __getattr__(name: str) -> Organization:
    """The shipped organizations, which load on first use."""
    if name in _SHIPPED:
        return shipped(_SHIPPED[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
