"""What each act does and each basis counts: a second definition, with which laws compare the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership import Act, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership import Event

EVERY = Status(2 ** len(Status) - 1)
IN = EVERY & ~(Status.OUTSIDE | Status.FORMER)

POSSIBLE_FROM: Mapping[Act, Status] = {
    Act.SIGN: Status.OUTSIDE | Status.OBSERVER | Status.FORMER,
    Act.JOIN: EVERY & ~(Status.MEMBER | Status.FROZEN),
    Act.REAFFIRM: Status.MEMBER | Status.FROZEN,
    Act.FREEZE: Status.MEMBER,
    Act.SUSPEND: Status.MEMBER | Status.FROZEN,
    Act.RESUME: Status.FROZEN | Status.SUSPENDED,
    Act.LAPSE: IN,
    Act.WITHDRAW: IN,
    Act.EXPEL: IN,
    Act.END: IN,
    Act.OBSERVE: EVERY & ~Status.OBSERVER,
    Act.ASSOCIATE: EVERY & ~Status.ASSOCIATE,
}
"""The statuses from which an act is possible."""

LEADS_TO: Mapping[Act, Status] = {
    Act.SIGN: Status.SIGNATORY,
    Act.JOIN: Status.MEMBER,
    Act.FREEZE: Status.FROZEN,
    Act.SUSPEND: Status.SUSPENDED,
    Act.RESUME: Status.MEMBER,
    Act.OBSERVE: Status.OBSERVER,
    Act.ASSOCIATE: Status.ASSOCIATE,
}
"""The status after an act, but for ends, after which a state is former or outside, and for what changes nothing."""

COUNTED: Mapping[str, Status] = {
    "legal": Status.MEMBER | Status.FROZEN,
    "active": Status.MEMBER,
    "nominal": Status.MEMBER | Status.FROZEN | Status.SUSPENDED,
    "signed": Status.SIGNATORY | Status.MEMBER | Status.FROZEN,
}
"""The statuses that each basis counts."""


def counted(basis: str | Status) -> Status:
    """The statuses that a basis counts."""
    return COUNTED[basis] if isinstance(basis, str) else basis


def after(events: Sequence[Event]) -> Status:
    """The status after these acts in order; a state that ends without ever having been a member is OUTSIDE.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.testing import after
        >>> str(after(csto.events("GEO")[:2])), str(after(csto.events("GEO")))
        ('MEMBER', 'FORMER')
    """
    acts = [event.act for event in events if event.act is not Act.REAFFIRM]
    if not acts:
        return Status.OUTSIDE
    if acts[-1] in LEADS_TO:
        return LEADS_TO[acts[-1]]
    return Status.FORMER if {Act.JOIN, Act.RESUME} & set(acts) else Status.OUTSIDE
