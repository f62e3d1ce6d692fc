"""Errors of the library as sentences of the command line: the same fault, with a way out that the command has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csto_membership._facts.statuses import BASES
from csto_membership.errors import DayError, did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace

    from csto_membership import MembershipError

# The way out on the command line, by ``error.option``.
_WAYS_OUT = {
    "codes": "Say which with --codes.",
    "organization": "Say which with --organization.",
    "extrapolate": "Ask about 'latest', or add --extrapolate.",
    "freq": "Leave --freq out, or choose another --rule.",
    "rows": "Leave --rows out.",
    "width": "Give 40 or more with --width.",
}
_ARGUMENT = re.compile(r"\b(ends|before)='([a-z-]+)'")


def sentence(error: MembershipError, options: Namespace | None) -> str:
    """An error as the command prints it.

    Args:
        error: What the library raised.
        options: The command line; ``None`` where it could not be read.
    """
    if options is not None and options.command.run[0] == "importing":
        text = str(error).replace("raise verified_through", "raise --verified-through")
        return _ARGUMENT.sub(r"--\1 \2", text)
    if error.option == "basis" and options is not None:
        suggestion = did_you_mean(options.basis, BASES)
        return (
            f"{error.fault} {suggestion}There are {', '.join(BASES)}, or statuses, such as member,observer."
        )
    if error.option == "when" and isinstance(error, DayError):
        return f"{error.fault} Membership is kept by day: write the day in the zone you mean, as YYYY-MM-DD."
    if error.option in _WAYS_OUT:
        return f"{error.fault} {_WAYS_OUT[error.option]}"
    return str(error)
