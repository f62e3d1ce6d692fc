"""Invented organizations of any size, for tests and benchmarks."""

from __future__ import annotations

from datetime import date
from itertools import cycle

from csto_membership import (
    Act,
    Dataset,
    Event,
    History,
    Organization,
    Source,
    SourceKind,
    State,
    build,
    exact,
)

FIRST = date(1900, 1, 1).toordinal()
_SOURCE = Source(id="invented", title="An invented source", publisher="Nobody", kind=SourceKind.PRESS)


def invented_code(number: int) -> str:
    """The code of the state with this number: AAA, AAB and so on.

    Examples:
        >>> from csto_membership.testing import invented_code
        >>> invented_code(0), invented_code(27)
        ('AAA', 'ABB')
    """
    letters = []
    for _ in range(3):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(reversed(letters))


def large_history(name: str, states: int, changes: int) -> History:
    """An organization in which some state joins or withdraws every week, one after another.

    Args:
        name: Its identifier and name.
        states: How many states, by ``invented_code``.
        changes: How many acts all of them do together.
    """
    events = []
    acts = [cycle((Act.JOIN, Act.WITHDRAW)) for _ in range(states)]
    for change in range(changes):
        state = change % states
        events.append(
            Event(
                state=invented_code(state),
                act=next(acts[state]),
                effect=exact(date.fromordinal(FIRST + 7 * change)),
                sources=("invented",),
            )
        )
    return History(id=name, name=name, events=tuple(events))


def large_dataset(organizations: int, states: int, changes: int) -> Dataset:
    """Several such organizations of the same states, verified through a year after the last change."""
    return Dataset(
        verified_through=exact(date.fromordinal(FIRST + 7 * changes + 365)),
        states=tuple(
            State(iso3=invented_code(number), english=f"State {number}", cow=number + 1)
            for number in range(states)
        ),
        sources=(_SOURCE,),
        histories=tuple(large_history(f"ORG{number:04}", states, changes) for number in range(organizations)),
    )


def large_organization(states: int, changes: int) -> Organization:
    """One such organization.

    Examples:
        >>> from csto_membership.testing import large_organization
        >>> large = large_organization(states=100, changes=1000)
        >>> len(large.changes()), len(large.latest())
        (1000, 0)
    """
    return build(large_dataset(1, states, changes))
