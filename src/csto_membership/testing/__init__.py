"""Laws for everybody: check any organization by them, invent organizations to check, and tell days by a diary.

``check_laws`` asks an organization everything that the laws are about. The strategies are for tests with Hypothesis,
and the diary is the other algorithm that both hold the library to. Nothing here is needed to ask who was a member.
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
