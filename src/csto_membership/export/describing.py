"""The description that every export carries: organization, data version, reading and licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership._facts.plain import plain

if TYPE_CHECKING:
    from csto_membership._membership.membership import Membership

HALF_OPEN = "A spell is [start, end): its end is the first day outside. No end means that it still lasts."
NO_LICENCE = "not stated in the facts file"


def description(membership: Membership) -> dict[str, Any]:
    """The description of an export, as plain values.

    The horizon is the last day of which anything is known; under a reading's ``known_on`` that is earlier than the
    last day verified.
    """
    history = membership.history
    return {
        "organization": history.id,
        "organization_name": history.name,
        "data_version": membership.data_version,
        "verified_through": membership.dataset.verified_through.text,
        "horizon": membership.horizon.isoformat(),
        "reading": plain(membership.read_as),
        "licence": membership.dataset.licence or NO_LICENCE,
        "days": HALF_OPEN,
    }


def description_as_text(membership: Membership) -> dict[str, str]:
    """The same, flat and as text, for formats without nesting; without the reading's empty options."""
    described = description(membership)
    for name, value in described.pop("reading").items():
        if value is not None:
            described[name] = value
    return {name: _text(value) for name, value in described.items()}


def _text(value: object) -> str:
    """A plain value as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
