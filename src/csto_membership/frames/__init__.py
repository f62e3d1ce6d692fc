"""Membership for whole tables, in the caller's own dataframe library.

Tables of one organization are methods of ``Organization``: ``annotate``, ``panel``, ``dyads``, ``to_frame``
and ``reconcile``. This module has the functions for several organizations, or for none.
"""

from __future__ import annotations

from csto_membership.errors import MissingExtraError

try:
    from csto_membership.frames._panels import panels
    from csto_membership.frames._reconciling import Reconciliation, from_cow, to_cow
    from csto_membership.frames._shared_memberships import shared_memberships
except ModuleNotFoundError as _missing:
    if (_missing.name or "").partition(".")[0] not in {"narwhals", "numpy"}:
        raise
    raise MissingExtraError(
        f"tables need {_missing.name}, which is not installed.", "Run: pip install 'csto-membership[frames]'"
    ) from None

__all__ = ["Reconciliation", "from_cow", "panels", "shared_memberships", "to_cow"]
