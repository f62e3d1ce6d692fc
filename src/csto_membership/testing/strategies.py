"""Hypothesis strategies: small generated organizations, and the days and readings to ask about."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from csto_membership import (
    Act,
    Dataset,
    Era,
    Event,
    History,
    ImpreciseDate,
    Office,
    Organization,
    Source,
    SourceKind,
    State,
    Status,
    Step,
    StepName,
    Term,
    build,
    exact,
    imprecise,
)
from csto_membership.testing.acts import POSSIBLE_FROM, after
from csto_membership.testing.diary import may_happen_on
from csto_membership.testing.edges import edge_days, readings_of
from csto_membership.testing.inventing import invented_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST_DAY = date(2000, 1, 1).toordinal()
LAST_DAY = FIRST_DAY + 40
SOURCE = Source(id="invented", title="An invented source", publisher="Nobody", kind=SourceKind.PRESS)
DATINGS = ("effect", "any", "decision", "announcement", ("decision", "announcement"))
BASES = ("legal", "active", "nominal", "signed", Status.OBSERVER, Status.MEMBER | Status.FORMER)


def written(first: int, last: int) -> ImpreciseDate:
    """Some day from *first* to *last*, given as ordinals, as a file would write it."""
    if first == last:
        return exact(date.fromordinal(first))
    low, high = (date.fromordinal(day).isoformat() for day in (first, last))
    return imprecise(f"[{low}..{high}]")


def _window(draw: st.DrawFn, day: int, widest: int) -> ImpreciseDate:
    """A window around a day that it certainly holds."""
    before, behind = (draw(st.integers(0, widest)) for _ in range(2))
    return written(max(FIRST_DAY, day - before), min(LAST_DAY, day + behind))


@st.composite
def lives(draw: st.DrawFn, state: str, *, most: int = 5, widest: int = 4) -> tuple[Event, ...]:
    """The acts of one state, each possible after those before it, around days in order.

    Args:
        draw: Hypothesis' own.
        state: The state's code.
        most: How many acts at most.
        widest: The largest number of days by which a date extends before and after its day.
    """
    count = draw(st.integers(0, most))
    days = sorted(draw(st.lists(st.integers(FIRST_DAY, LAST_DAY), min_size=count, max_size=count)))
    events: list[Event] = []
    for day in days:
        # A status lasts a day at least, unless both dates are exact.
        width = widest if days.count(day) == 1 else 0
        status = after(events)
        act = draw(st.sampled_from([act for act, before in POSSIBLE_FROM.items() if status & before]))
        names = draw(st.lists(st.sampled_from([StepName.DECISION, StepName.ANNOUNCEMENT]), unique=True))
        steps = [
            Step(name=name, date=_window(draw, draw(st.integers(FIRST_DAY, LAST_DAY)), 1))
            for name in sorted(names, key=list(StepName).index)
        ]
        events.append(
            Event(
                state=state,
                act=act,
                effect=_window(draw, day, width),
                sources=(SOURCE.id,),
                steps=tuple(steps),
            )
        )
    return tuple(events)


@st.composite
def datasets(draw: st.DrawFn, *, states: int = 2, most: int = 5, widest: int = 4, terms: int = 0) -> Dataset:
    """The records of an organization of a few states and two eras, with doubt, re-entry and suspension.

    Args:
        draw: Hypothesis' own.
        states: How many states.
        most: How many acts each of them does at most; so there are organizations without any.
        widest: The largest number of days by which a date extends before and after its day.
        terms: How many terms its one office has at most; without any there is no office.
    """
    codes = tuple(invented_code(number) for number in range(states))
    events = [event for code in codes for event in draw(lives(code, most=most, widest=widest))]
    # Eras begin where acts do, or a day beside: there an off-by-one shows.
    edges = {
        day + shift for event in events for day in (event.effect.first, event.effect.last) for shift in (0, 1)
    }
    days = st.sampled_from(sorted({FIRST_DAY, LAST_DAY - 1, *edges} - {LAST_DAY, LAST_DAY + 1}))
    begins = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
    # Their windows may overlap: which of them comes first is known all the same.
    eras = tuple(
        Era(
            id=name,
            name=title,
            effect=written(day, min(LAST_DAY, day + draw(st.integers(0, 3)))),
            sources=(SOURCE.id,),
        )
        for name, title, day in zip(("ONE", "TWO"), ("The First", "The Second"), begins, strict=True)
    )
    history = History(id="INV", name="Invented", eras=eras, events=tuple(events))
    held = draw(_terms(events, terms)) if terms else ()
    chair = Office(id="chair", name="The Chair", terms=held)
    return _dataset(codes, evolve(history, offices=(chair,) if held else ()))


def _dataset(codes: Iterable[str], history: History) -> Dataset:
    """A history with the states and the source that it needs."""
    return Dataset(
        verified_through=exact(date.fromordinal(LAST_DAY)),
        states=tuple(State(iso3=code, english=f"The {code} Republic") for code in codes),
        sources=(SOURCE,),
        histories=(history,),
    )


@st.composite
def _terms(draw: st.DrawFn, events: Sequence[Event], most: int) -> tuple[Term, ...]:
    """Terms of an office that began about when their states joined."""
    lasting = [
        event
        for event, following in zip_longest(events, events[1:])
        if event.act is Act.JOIN
        and (
            following is None
            or following.state != event.state
            or following.effect.first > event.effect.last  # so that it was a member on a day
        )
    ]
    joins = sorted(lasting, key=lambda event: (event.effect.first, event.effect.last))
    ends = st.none() | st.integers(1, 9)
    terms = []
    for event in joins[:most]:
        length = draw(ends)
        end = None if length is None else written(event.effect.last + length, event.effect.last + length + 1)
        terms.append(Term(state=event.state, effect=event.effect, end=end, sources=(SOURCE.id,)))
    return tuple(terms)


def histories(
    *, states: int = 2, most: int = 5, widest: int = 4, terms: int = 0
) -> st.SearchStrategy[History]:
    """The history alone of such a dataset; the arguments are those of ``datasets``."""
    return datasets(states=states, most=most, widest=widest, terms=terms).map(
        lambda dataset: dataset.histories[0]
    )


def organizations(
    *, states: int = 2, most: int = 5, widest: int = 4, terms: int = 0
) -> st.SearchStrategy[Organization]:
    """An organization built of such a dataset, under the default reading; the arguments are those of ``datasets``.

    Examples:
        >>> from hypothesis import find
        >>> from csto_membership.testing import organizations
        >>> str(find(organizations(states=1), lambda one: len(one.latest()) == 1).events()[0].act)
        'join'
    """
    return datasets(states=states, most=most, widest=widest, terms=terms).map(build)


def readings(organization: Organization) -> st.SearchStrategy[Organization]:
    """The organization under one of the readings that may differ."""
    return st.sampled_from(readings_of(organization))


def days(organization: Organization) -> st.SearchStrategy[date]:
    """A day where an off-by-one shows: one around a change, around a date of the record, or the horizon."""
    return st.sampled_from(edge_days(organization))


def periods(organization: Organization) -> st.SearchStrategy[tuple[date, date]]:
    """A half-open period, ``(first day, first day after)``, whose first and last day are such days."""
    pairs = st.tuples(days(organization), days(organization)).map(sorted)
    return pairs.map(lambda pair: (pair[0], pair[1] + timedelta(days=1)))


@st.composite
def narrowed(draw: st.DrawFn, dataset: Dataset) -> Dataset:
    """The same dataset, one effective date of it known more precisely, without breaking the order."""
    (history,) = dataset.histories
    choices = [index for index, event in enumerate(history.events) if not event.effect.is_exact]
    if not choices:
        return dataset
    index = draw(st.sampled_from(choices))
    event = history.events[index]
    mine = [other for other in history.events if other.state == event.state]
    place = sum(other.state == event.state for other in history.events[:index])
    window = range(event.effect.first, event.effect.last + 1)
    possible = [day for day in window if may_happen_on(mine, place, date.fromordinal(day))]
    first, last = sorted(draw(st.tuples(st.sampled_from(possible), st.sampled_from(possible))))
    changed = evolve(event, effect=written(first, last))
    events = (*history.events[:index], changed, *history.events[index + 1 :])
    return evolve(dataset, histories=(evolve(history, events=events),))


@st.composite
def cut_short(draw: st.DrawFn, whole: st.SearchStrategy[Dataset]) -> Dataset:
    """A dataset verified only through an earlier day, on which all its acts and eras were already public.

    So some of them lie ahead of its horizon.
    """
    dataset = draw(whole)
    (history,) = dataset.histories
    horizon = draw(st.integers(FIRST_DAY, LAST_DAY))
    known = written(horizon, horizon)
    changed = evolve(
        history,
        eras=tuple(evolve(era, known=known) for era in history.eras),
        events=tuple(evolve(event, known=known) for event in history.events),
    )
    return evolve(dataset, verified_through=known, histories=(changed,))


@st.composite
def published(draw: st.DrawFn) -> Dataset:
    """A dataset of which some acts became public on a day of their own, and some sources have dates."""
    dataset = draw(datasets())
    (history,) = dataset.histories
    ordinals = st.integers(FIRST_DAY, LAST_DAY).map(lambda day: written(day, day))
    sources = tuple(
        evolve(SOURCE, id=name, date=draw(st.none() | ordinals)) for name in ("a", "b", "invented")
    )
    events = [
        evolve(
            event,
            known=draw(st.none() | ordinals),
            sources=tuple(draw(st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True))),
        )
        for event in history.events
    ]
    return evolve(dataset, sources=sources, histories=(evolve(history, events=tuple(events)),))


@st.composite
def illegal(draw: st.DrawFn) -> tuple[Dataset, int]:
    """A dataset whose last act is impossible from the status it meets, and how many acts are sound."""
    events = draw(lives("AAA", most=4, widest=0))
    status = after(events)
    act = draw(st.sampled_from([act for act in Act if not status & POSSIBLE_FROM[act]]))
    last = Event(state="AAA", act=act, effect=written(LAST_DAY, LAST_DAY), sources=(SOURCE.id,))
    return _dataset(["AAA"], History(id="INV", name="Invented", events=(*events, last))), len(events)
