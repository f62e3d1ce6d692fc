"""Invented organizations of any size: those that the library has for everybody."""

from __future__ import annotations

from csto_membership.testing import invented_code as code
from csto_membership.testing import large_dataset, large_history, large_organization

__all__ = ["code", "large_dataset", "large_history", "large_organization"]
