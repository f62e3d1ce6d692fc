"""The organizations that travel with the library, and in which of several organizations a state is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.plain import Plain
from csto_membership.errors import DatasetError, shown
from csto_membership.loading import SHIPPED, shipped

if TYPE_CHECKING:
    import pendulum

    from csto_membership._facts.dates import When
    from csto_membership._facts.states import State
    from csto_membership._facts.statuses import Status
    from csto_membership._membership.answers import Answer
    from csto_membership.organization import Organization


@frozen(kw_only=True, repr=False)
class Shipped(Plain):
    """An organization that travels with the library.

    Attributes:
        id: The library's name for it, which ``shipped`` takes.
        name: What it is called.
        horizon: The last day verified.
        acts: How many acts its record holds.
        sources: How many sources they cite.
    """

    id: str
    name: str
    horizon: pendulum.Date
    acts: int
    sources: int

    def __str__(self) -> str:
        return f"{self.id}: {self.name}, {self.acts} acts from {self.sources} sources through {self.horizon}"

    def __repr__(self) -> str:
        return f"Shipped({self})"


@frozen(kw_only=True, repr=False)
class Belonging(Plain):
    """A state's status in one of several organizations.

    Attributes:
        organization: The organization's identifier.
        name: What it was called last.
        state: The state.
        status: Its status: several flags where it is open, or where it depends on the day.
        answer: Whether it counted as a member.
    """

    organization: str
    name: str
    state: State
    status: Status
    answer: Answer

    def __str__(self) -> str:
        return f"{self.organization}: {self.answer} ({self.status})"

    def __repr__(self) -> str:
        return f"Belonging({self.state.iso3} {self})"


def organizations() -> tuple[Shipped, ...]:
    """The organizations that travel with the library: the CSTO, whose record is the maintained one, and neighbours.

    Examples:
        >>> from csto_membership import organizations
        >>> [one.id for one in organizations()]
        ['CSTO', 'CSTO-PA', 'CIS', 'EAEU', 'EURASEC', 'GUAM', 'SCO']
        >>> print(organizations()[0])
        CSTO: Collective Security Treaty Organization, 36 acts from 94 sources through ...
    """
    return tuple(
        Shipped(
            id=name,
            name=one.history.name,
            horizon=one.horizon,
            acts=len(one.history.events),
            sources=len(one.sources()),
        )
        for name, one in ((name, shipped(name)) for name in SHIPPED)
    )


def memberships_of(
    state: object, day: When, organizations: Iterable[Organization] | None = None
) -> tuple[Belonging, ...]:
    """How a state stood to each of several organizations on a day, in their order.

    Each is asked under its own reading, and each knows its days up to its own horizon.

    Args:
        state: A state by any code or name.
        day: A day, or a period.
        organizations: Which ones; ``None`` for the CSTO and its neighbours that travel with the library.

    Raises:
        StateError: The word means no state, or several.
        DayError: *day* is neither a day nor a period.
        BeyondHorizonError: The day is past the last one that one of them knows.
        DatasetError: *organizations* holds something that is not an ``Organization``.

    Examples:
        >>> from csto_membership import memberships_of
        >>> [str(one) for one in memberships_of("UZB", "2006-06-01")][:4]
        ['CSTO: no (FORMER)', 'CIS: yes (MEMBER)', 'EAEU: no (OUTSIDE)', 'EURASEC: yes (MEMBER)']
    """
    asked = _asked(organizations)
    return tuple(
        Belonging(
            organization=one.history.id,
            name=one.history.name,
            state=one.state(state),
            status=one.status_on(state, day),
            answer=one.was_member(state, day),
        )
        for one in map(_with_its_end, asked)
    )


def _asked(organizations: object) -> tuple[Organization, ...]:
    """The organizations to ask.

    Raises:
        DatasetError: They are no organizations.
    """
    from csto_membership.organization import Organization

    if organizations is None:
        return tuple(map(shipped, _ASKED))
    several: list[Organization] = []
    for one in organizations if isinstance(organizations, Iterable) else (organizations,):
        if not isinstance(one, Organization):
            fault = f"memberships_of: expected organizations, got {shown(one)}."
            raise DatasetError((f"{fault} Pass them as they are: [csto, load('mine.yaml')].",))
        several.append(one)
    return tuple(several)


# The record of observers at the Parliamentary Assembly lists nobody else, so it has no answer for most states.
_ASKED = tuple(name for name in SHIPPED if name != "CSTO-PA")


def _with_its_end(organization: Organization) -> Organization:
    """The organization; an ended one with ``extrapolate=True``, since nothing can happen after its end."""
    return organization if organization.history.ended is None else organization.reading(extrapolate=True)
