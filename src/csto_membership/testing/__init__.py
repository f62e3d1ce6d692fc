"""Property tests for everybody: laws that hold for any organization, generated organizations, and an oracle.

``check_laws`` checks all laws on one organization. The strategies are for tests with Hypothesis. The oracle
is the diary, a second algorithm with which the library's answers are compared. Answering questions needs
nothing from here.
"""

from __future__ import annotations

from csto_membership.errors import MissingExtraError

try:
    from csto_membership.testing.strategies import (
        cut_short,
        datasets,
        days,
        histories,
        illegal,
        lives,
        narrowed,
        organizations,
        periods,
        published,
        readings,
    )
except ModuleNotFoundError as _missing:
    if (_missing.name or "").partition(".")[0] != "hypothesis":
        raise
    raise MissingExtraError(
        "tests by laws need hypothesis, which is not installed.",
        "Run: pip install 'csto-membership[testing]'",
    ) from None

from csto_membership.testing.acts import after
from csto_membership.testing.asking import Asking, Law, LawError
from csto_membership.testing.checking import LAWS, Checked, check_laws
from csto_membership.testing.diary import diary, may_avoid
from csto_membership.testing.edges import edge_days, readings_of
from csto_membership.testing.inventing import (
    invented_code,
    large_dataset,
    large_history,
    large_organization,
)
from csto_membership.testing.worlds import worlds

__all__ = [
    "LAWS",
    "Asking",
    "Checked",
    "Law",
    "LawError",
    "after",
    "check_laws",
    "cut_short",
    "datasets",
    "days",
    "diary",
    "edge_days",
    "histories",
    "illegal",
    "invented_code",
    "large_dataset",
    "large_history",
    "large_organization",
    "lives",
    "may_avoid",
    "narrowed",
    "organizations",
    "periods",
    "published",
    "readings",
    "readings_of",
    "worlds",
]
