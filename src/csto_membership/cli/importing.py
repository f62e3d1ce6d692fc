"""The commands that make a facts file of a table: of spells, or of state-years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership import loading
from csto_membership.cli.exporting import printed
from csto_membership.cli.parser import MisuseError

if TYPE_CHECKING:
    from argparse import Namespace


def from_spells(options: Namespace) -> tuple[tuple[str, ...], str]:
    """A table of spells as a facts file.

    Raises:
        MisuseError: The last day verified is not given.
    """
    if options.verified_through is None:
        raise MisuseError(
            "from-spells lacks --verified-through.",
            "Give the last day up to which the table is right, for example --verified-through 2020-12-31",
        )
    organization = loading.from_spells(
        options.words["FILE"],
        start=options.start or "start",
        end=options.end or "end",
        status=options.status,
        ends=options.ends,
        verified_through=options.verified_through,
        **_shared(options),
    )
    return printed(organization.to_yaml(), options), "yes"


def from_state_years(options: Namespace) -> tuple[tuple[str, ...], str]:
    """A table of state-years as a facts file.

    Raises:
        MisuseError: The rule of the coding is not given.
    """
    if options.rule is None:
        raise MisuseError(
            "from-state-years lacks --rule.",
            "Say how the coding made one value of a year, for example --rule any if one day as a member makes it 1.",
        )
    organization = loading.from_state_years(
        options.words["FILE"],
        year=options.year or "year",
        value=options.value or "member",
        rule=options.rule,
        absent=options.absent or "outside",
        before=options.before,
        **_shared(options),
    )
    return printed(organization.to_yaml(), options), "yes"


def _shared(options: Namespace) -> dict[str, Any]:  # arguments of both functions
    """What both tables are asked with."""
    return {
        "state": options.state or "state",
        "name": options.name,
        "closed": not options.partial,
        "source": options.source,
        "codes": options.codes,
    }
