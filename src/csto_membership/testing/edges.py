"""The days around every change and date, and the readings, that reveal off-by-one errors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csto_membership import Status
from csto_membership.testing.acts import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership import Era, Event, History, ImpreciseDate, Organization, State

_FAR = 400  # days: more than a year
_LAST = date.max.toordinal()
_BASES: tuple[str | Status, ...] = (*COUNTED, Status.OBSERVER | Status.ASSOCIATE | Status.FORMER)
# States of which an organization is likely to record no act; two that it does not are asked about as well.
_OUTSIDERS = ("ISL", "NZL", "URY", "NPL", "GAB", "FJI")


def edge_days(organization: Organization) -> tuple[date, ...]:
    """The days where an off-by-one shows, in order.

    Every first and last day of a date in its record, every day on which a spell begins, and the last day that can be
    asked about, each with the day before and the day after; and a day long before all of them.

    Args:
        organization: The organization, under the reading to be asked.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.testing import edge_days
        >>> days = edge_days(csto)
        >>> [str(day) for day in days if day.year == 2012]
        ['2012-06-19', '2012-06-20', '2012-06-21', '2012-06-27', '2012-06-28', '2012-06-29', ...]
    """
    horizon = organization.horizon.toordinal()
    history = recorded(organization)
    edges = {horizon, *(edge for one in _dates_of(history) for edge in (one.first, one.last))}
    for state in organization.states:
        edges.update(spell.start.toordinal() for spell in organization.spells(state) if spell.start)
    edges = {edge for edge in edges if 1 <= edge <= _LAST}
    edges |= {min(edges) - _FAR, horizon + _FAR}
    last = _LAST if organization.read_as.extrapolate else horizon
    near = sorted({edge + step for edge in edges for step in (-1, 0, 1)})
    return tuple(date.fromordinal(day) for day in near if 1 <= day <= last)


def recorded(organization: Organization) -> History:
    """All that its file records of it, whatever the reading."""
    histories = {history.id: history for history in organization.dataset.histories}
    return histories[organization.history.id]


def records_of(history: History) -> tuple[Event | Era, ...]:
    """Its acts and its eras."""
    return (*history.events, *history.eras)


def _dates_of(history: History) -> Iterator[ImpreciseDate]:
    """Every date of a record that decides an answer."""
    for record in records_of(history):
        yield record.effect
        yield from (step.date for step in record.steps)
        yield from (record.known,) if record.known else ()
    for gap in history.gaps:
        yield from (gap.start, gap.end)
    if history.ended:
        yield history.ended.effect
    for office in history.offices:
        for term in office.terms:
            yield term.effect
            yield from (term.end,) if term.end else ()


def datings_of(organization: Organization) -> tuple[str | tuple[str, ...], ...]:
    """The datings that may differ: the effective date, all dates together, and each step that some act or era has.

    Where there are several steps, the first two of them in order of preference are one more.
    """
    history = recorded(organization)
    steps = {str(step.name): None for record in records_of(history) for step in record.steps}
    both = (tuple(steps)[:2],) if len(steps) > 1 else ()
    return ("effect", "any", *steps, *both)


def readings_of(organization: Organization) -> tuple[Organization, ...]:
    """The organization under the readings that may differ, the one given first.

    Every basis, one made of statuses included, with every dating; every era with every dating; and some days of
    ``known_on``, with and without ``extrapolate``. What the given reading says otherwise is kept.

    Examples:
        >>> from csto_membership import csto_pa
        >>> from csto_membership.testing import readings_of
        >>> sorted({str(one.read_as.basis) for one in readings_of(csto_pa)})
        ['OBSERVER or FORMER or ASSOCIATE', 'active', 'legal', 'nominal', 'signed']
    """
    found = [organization]
    datings = datings_of(organization)
    found += [organization.reading(basis=basis, dating=dating) for basis in _BASES for dating in datings]
    for era in recorded(organization).eras:
        found += [organization.reading(era=era.id, dating=dating) for dating in datings]
    found += [organization.reading(extrapolate=True, dating=dating) for dating in datings]
    days = edge_days(organization.reading(extrapolate=False))
    for day in days[:: max(len(days) // 8, 1)]:
        then = organization.reading(known_on=day)
        found += [then, then.reading(extrapolate=True, dating="any")]
    return tuple(dict.fromkeys(found))


def states_of(organization: Organization) -> tuple[State, ...]:
    """Its states, and two of which it records no act: so no law is empty."""
    return (*organization.states, *outsiders_of(organization))


def outsiders_of(organization: Organization) -> tuple[State, ...]:
    """Two states of the world of which it records no act."""
    own = {state.iso3 for state in organization.states}
    return tuple(organization.state(code) for code in _OUTSIDERS if code not in own)[:2]
