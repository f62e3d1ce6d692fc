"""Resolves what every command needs: the organization under its reading, states, and days."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from csto_membership._facts.states import SCHEMES
from csto_membership._facts.statuses import Status
from csto_membership.cli.parser import quoted
from csto_membership.errors import DayError, StateError, did_you_mean
from csto_membership.loading import load, shipped

if TYPE_CHECKING:
    from argparse import Namespace

    from csto_membership import Organization, State

_READING = ("basis", "dating", "era", "known_on", "extrapolate")
_CLOCKS = {
    *("today", "now", "yesterday", "tomorrow", "current", "currently"),
    *("сегодня", "сейчас", "вчера", "завтра", "اليوم", "الآن", "أمس", "غدا"),
}
_NUMBER = re.compile("[0-9]")


def listed(text: str) -> tuple[str, ...]:
    """The words of a list; Arabic lists are written with the Arabic comma."""
    return tuple(part.strip() for part in re.split("[,،;]", text) if part.strip())


def organization_of(options: Namespace) -> Organization:
    """The organization asked, under the reading asked for.

    Raises:
        StateError: There are no such codes.
    """
    if options.codes is not None and options.codes not in SCHEMES:
        raise StateError(
            f"no code scheme {options.codes!r}.",
            f"{did_you_mean(options.codes, SCHEMES)}There are {', '.join(SCHEMES)}.",
        )
    if options.file is not None:
        organization = load(options.file, options.organization)
    else:
        organization = shipped(options.organization or "CSTO")
    asked = {name: getattr(options, name) for name in _READING}
    if asked["basis"] is not None:
        asked["basis"] = _basis(asked["basis"])
    if asked["dating"] is not None:
        asked["dating"] = listed(asked["dating"])
    if asked["known_on"] is not None:
        asked["known_on"] = day_of(organization, asked["known_on"])
    asked["extrapolate"] = asked["extrapolate"] or None
    return organization.reading(**asked)


def _basis(text: str) -> str | Status:
    """The statuses of a list, or else the name of a basis."""
    names = [name.upper() for name in listed(text)]
    if not names or any(name not in Status.__members__ for name in names):
        return text
    return reduce(or_, (Status[name] for name in names))


def day_of(organization: Organization, when: str) -> str:
    """A day or a period; ``latest`` is the last day verified.

    Raises:
        DayError: It is a word that needs a clock, such as today, or a misspelt ``latest``.
    """
    word = when.strip().lower()
    if word == "latest":
        return organization.horizon.isoformat()
    if word in _CLOCKS:
        raise DayError(
            f"{when!r} depends on the clock, which this command never reads.",
            f"Write latest for {organization.horizon.isoformat()}, the last day verified, or the day as YYYY-MM-DD.",
        )
    if word and _NUMBER.search(word) is None and did_you_mean(word, ("latest",)):
        raise DayError(f"{when!r} is not a date.", "Did you mean 'latest', the last day verified?")
    return when


def state_of(organization: Organization, options: Namespace, text: str) -> State:
    """The state that a word of the command line means."""
    return organization.state(text, codes=options.codes)


def state_and_day(organization: Organization, options: Namespace) -> tuple[State, str]:
    """The two words of a question about a state on a day.

    Raises:
        StateError: The first is no state; if it is a day, the two are swapped.
    """
    state, when = options.words["STATE"], options.words["DAY"]
    try:
        return state_of(organization, options, state), day_of(organization, when)
    except StateError as error:
        if not _is_swapped(organization, options, state, when):
            raise
        line = f"csto-membership {options.command.name} {quoted(when)} {quoted(state)}"
        raise StateError(
            f"{state!r} is a day and {when!r} a state.", f"Write the state first: {line}"
        ) from error


def _is_swapped(organization: Organization, options: Namespace, state: str, when: str) -> bool:
    """Whether the word in the state's place is a day, and the one in the day's place a state."""
    from csto_membership._facts.dates import span

    try:
        span(day_of(organization, state))
        state_of(organization, options, when)
    except (DayError, StateError):
        return False
    return True
