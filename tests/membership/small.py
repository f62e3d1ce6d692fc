"""What the tests of questions share."""

from __future__ import annotations

from csto_membership import (
    csto,
)

HORIZON = str(csto.horizon)


NEXT_DAY = csto.horizon.add(days=1)
