"""Laws of the readings: what was known on a day, what is taken to go on, and what a better date may change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership import (
    Answer,
    BeyondHorizonError,
    Event,
    ImpreciseDate,
    build,
    exact,
)
from csto_membership.testing.acts import POSSIBLE_FROM, after
from csto_membership.testing.diary import may_happen_on
from csto_membership.testing.edges import datings_of, edge_days, recorded, records_of, states_of
from csto_membership.testing.laws_of_answers import told_by_diary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from csto_membership import Dataset, Era, History, Organization, State
    from csto_membership.testing.asking import Asking

_PAST = date.max.toordinal() + 1
_LATER = 2000  # days


def all_is_known_on_the_horizon(asking: Asking) -> None:
    """Read with what was public on the last day verified, nothing changes."""
    for dating in datings_of(asking.organization):
        organization = asking.organization.reading(dating=dating)
        known = organization.reading(known_on=organization.horizon)
        asking.agree(known, None, "", horizon=known.horizon, without_known_on=organization.horizon)
        for state in asking.states(organization):
            spells = organization.spells(state)
            asking.agree(known, state, "", spells=known.spells(state), without_known_on=spells)


def nothing_later_is_known(asking: Asking) -> None:
    """Nothing that became public after ``known_on`` is left: no act, era, step, source or dispute."""
    organization = asking.organization
    sources = {source.id: source for source in organization.dataset.sources}
    for day in asking.days(organization.reading(extrapolate=False))[:-1]:
        known = organization.reading(known_on=day)
        then = day.toordinal()
        asking.agree(known, None, day, horizon=known.horizon, known_on=day)
        for record in records_of(known.history):
            cited = [*record.sources, *(name for step in record.steps for name in step.sources)]
            cited += [name for one in getattr(record, "disputes", ()) for name in one.sources]
            days = [step.date.first for step in record.steps]
            days += [known_from(sources[name].date) for name in cited]
            days += [] if record.effect.is_open else [record.effect.first]
            later = [str(date.fromordinal(one)) if one < _PAST else "no day" for one in days if one > then]
            asking.agree(known, None, day, **{f"the days of {record}": later, "the law": []})
        own = [str(event) for event in known.events() if public_from(event) > then]
        asking.agree(known, None, day, acts_of_later=own, the_law=[])


def known_from(written: ImpreciseDate | None) -> int:
    """Ordinal of the day from which a source was public; past the calendar if it has no date."""
    return _PAST if written is None else written.first


def public_from(record: Event | Era) -> int:
    """The day from which a record was public: the one that it says, or the earliest of its dates."""
    if record.known is not None:
        return record.known.first
    return min(record.effect.first, *(step.date.first for step in record.steps), _PAST)


def known_on_agrees_with_a_diary(asking: Asking) -> None:
    """A reading with ``known_on`` equals a diary of the acts public by then, future ones left open."""
    for dating in datings_of(asking.organization):
        organization = asking.organization.reading(dating=dating)
        days = edge_days(organization.reading(extrapolate=False))
        for then in (*asking.some(days)[-2::-5], days[-1]):
            known = organization.reading(known_on=then)
            asked = [day for day in days if day <= then]
            for state in states_of(organization):
                own = [event for event in recorded(organization).events if event.state == state.iso3]
                told = told_by_diary(known, state, public_by(then, own, days[-1]), asked)
                for day in asked:
                    asking.agree(known, state, day, status_on=known.status_on(state, day), a_diary=told[day])


def public_by(then: date, events: Sequence[Event], horizon: date) -> list[Event]:
    """The acts of one state that were public by a day, without the dates that had not come."""
    if then == horizon:
        return list(events)
    day = then.toordinal()
    ahead = ImpreciseDate(text=f"[{then + timedelta(days=1)}..]", first=day + 1, last=_PAST)
    told: list[Event] = []
    for event in events:
        if public_from(event) <= day and after(told) & POSSIBLE_FROM[event.act]:
            steps = tuple(step for step in event.steps if step.date.first <= day)
            told.append(
                evolve(event, effect=ahead if event.effect.first > day else event.effect, steps=steps)
            )
    return told


def what_was_known_stays_without_news(asking: Asking) -> None:
    """Between two days on which nothing became public, what is known of the days before them stays."""
    published = publication_days(recorded(asking.organization))
    for organization in (asking.organization, asking.organization.reading(dating="any", basis="signed")):
        days = edge_days(organization.reading(extrapolate=False))
        quiet = [
            (one, other)
            for one, other in pairwise(days[:-1])  # on the horizon all is known
            if not any(one.toordinal() < day <= other.toordinal() for day in published)
        ]
        for one, other in asking.chance.sample(quiet, min(len(quiet), asking.examples or len(quiet))):
            early, late = organization.reading(known_on=one), organization.reading(known_on=other)
            past = [day for day in days if day <= one]
            for state in states_of(organization):
                for day in {one, *past[:: max(len(past) // 4, 1)]}:
                    statuses = early.status_on(state, day), late.status_on(state, day)
                    asking.agree(
                        early, state, day, status_on=statuses[0], **{f"known on {other}": statuses[1]}
                    )


def publication_days(history: History) -> set[int]:
    """The days on which something of a record became public, or came."""
    records = records_of(history)
    dates = [date for record in records for date in (record.effect, *(step.date for step in record.steps))]
    return {one.first for one in dates} | {record.known.first for record in records if record.known}


def extrapolating_adds_days(asking: Asking) -> None:
    """Up to the last day verified ``extrapolate`` changes nothing; past it, it answers as if that day were later."""
    organization = asking.organization.reading(extrapolate=False)
    far = exact(date.fromordinal(min(organization.dataset.verified_through.first + _LATER, _PAST - 1)))
    later = evolve(organization.dataset, verified_through=far)
    is_past = organization.horizon.toordinal() < organization.dataset.verified_through.first
    for dating in datings_of(organization):
        plain = organization.reading(dating=dating)
        bold = plain.reading(extrapolate=True)
        full = build(later, organization.history.id).reading(basis=plain.read_as.basis, dating=dating)
        asking.agree(bold, None, "", horizon=bold.horizon, without_extrapolate=plain.horizon)
        beyond = [plain.horizon + timedelta(days=days) for days in (1, 2, 400)]
        known = [plain.horizon + timedelta(days=0)] + [
            day for day in edge_days(plain) if day <= plain.horizon
        ]
        ahead = [day for day in edge_days(full) if plain.horizon < day]
        for state in states_of(plain):
            for day in known:
                asking.agree(
                    bold,
                    state,
                    day,
                    status_on=bold.status_on(state, day),
                    without=plain.status_on(state, day),
                )
            for day in beyond:
                refused = said_or_refused(plain, state, day)
                asking.agree(plain, state, day, status_on=refused, the_law="BeyondHorizonError")
            for day in () if is_past else ahead:
                asking.agree(
                    bold,
                    state,
                    day,
                    status_on=bold.status_on(state, day),
                    verified_later=full.status_on(state, day),
                )


def said_or_refused(organization: Organization, state: State, day: date) -> str:
    """A status, or the name of the error that refuses it."""
    try:
        return str(organization.status_on(state, day))
    except BeyondHorizonError as error:
        return type(error).__name__


def better_dates_rule_out(asking: Asking) -> None:
    """A date known more precisely rules statuses out and brings none in, so no certain answer changes."""
    organization = asking.organization
    for narrow in narrowed_datasets(organization, asking.chance, asking.examples or 60):
        better = build(narrow, organization.history.id)
        before = build(organization.dataset, organization.history.id)
        days = asking.days(before)
        for state in states_of(before):
            for day in days:
                brought = better.status_on(state, day) & ~before.status_on(state, day)
                asking.agree(better, state, day, statuses_brought_in=brought, the_law=brought & ~brought)
                said = before.was_member(state, day)
                if said is not Answer.UNKNOWN:
                    now = better.was_member(state, day)
                    asking.agree(better, state, day, was_member=now, with_the_wider_date=said)


def narrowed_datasets(organization: Organization, chance: Random, most: int) -> list[Dataset]:
    """The same facts with one imprecise date made a day of it; without any such date, the facts themselves."""
    history = recorded(organization)
    found = []
    for place, event in enumerate(history.events):
        if event.effect.is_exact or event.effect.is_open:
            continue
        mine = [other for other in history.events if other.state == event.state]
        first, last = max(event.effect.first, 1), event.effect.last
        for ordinal in {first, last, chance.randint(first, last)}:
            day = date.fromordinal(ordinal)
            # Another day would contradict the order of the acts.
            if may_happen_on(mine, sum(one.state == event.state for one in history.events[:place]), day):
                known = evolve(event, effect=exact(day))
                events = (*history.events[:place], known, *history.events[place + 1 :])
                found.append(_with_events(organization, events))
    return chance.sample(found, min(len(found), most // 6 + 1)) or [organization.dataset]


def _with_events(organization: Organization, events: tuple[Event, ...]) -> Dataset:
    """The dataset with other events of this organization."""
    dataset, mine = organization.dataset, recorded(organization)
    histories = tuple(
        evolve(history, events=events) if history is mine else history for history in dataset.histories
    )
    return evolve(dataset, histories=histories)


def order_of_records_is_irrelevant(asking: Asking) -> None:
    """The order of the records does not matter, if each state's own acts keep their order."""
    organization = asking.organization
    before = build(organization.dataset, organization.history.id)
    queues = {code: list(events) for code, events in recorded(organization).by_state().items()}
    for _ in range(3):
        waiting = {code: list(events) for code, events in queues.items()}
        mixed: list[Event] = []
        while waiting:
            code = asking.chance.choice(list(waiting))
            mixed.append(waiting[code].pop(0))
            waiting = {code: events for code, events in waiting.items() if events}
        dataset = _with_events(organization, tuple(mixed))
        states = list(dataset.states)
        asking.chance.shuffle(states)
        mixed_up = build(evolve(dataset, states=tuple(states)), organization.history.id)
        asking.agree(mixed_up, None, "", states=mixed_up.states, in_order=before.states)
        asking.agree(mixed_up, None, "", changes=mixed_up.changes(), in_order=before.changes())
        asking.agree(mixed_up, None, "", data_version=mixed_up.data_version, in_order=before.data_version)
