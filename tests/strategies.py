"""All Hypothesis strategies: invented histories, small enough to enumerate every world of theirs."""

from __future__ import annotations

from datetime import date
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
    Source,
    SourceKind,
    State,
    Status,
    Step,
    StepName,
    exact,
    imprecise,
)
from csto_membership._facts.statuses import TRANSITIONS
from csto_membership._membership.segments import windows
from tests.oracles import after

if TYPE_CHECKING:
    from csto_membership import Organization

FIRST_DAY = date(2000, 1, 1).toordinal()
LAST_DAY = FIRST_DAY + 40
CODES = ("AAA", "BBB", "CCC")
SOURCE = Source(id="invented", title="An invented source", publisher="Nobody", kind=SourceKind.PRESS)
DATINGS = ("effect", "any", "decision", "announcement", ("decision", "announcement"))
BASES = ("legal", "active", "nominal", "signed", Status.OBSERVER, Status.MEMBER | Status.FORMER)


def written(first: int, last: int) -> ImpreciseDate:
    """Some day from *first* to *last*, as a file would write it."""
    if first == last:
        return exact(date.fromordinal(first))
    low, high = (date.fromordinal(day).isoformat() for day in (first, last))
    return imprecise(f"[{low}..{high}]")


def window(
    draw: st.DrawFn, day: int, widest: int, *, earliest: int = FIRST_DAY, latest: int = LAST_DAY
) -> ImpreciseDate:
    """A window around a day that it certainly holds."""
    before, behind = (draw(st.integers(0, widest)) for _ in range(2))
    return written(max(earliest, day - before), min(latest, day + behind))


@st.composite
def events_of(draw: st.DrawFn, state: str, *, most: int = 5, widest: int = 4) -> tuple[Event, ...]:
    """A legal life of one state: acts by the transition table, around days in order."""
    count = draw(st.integers(0, most))
    days = sorted(draw(st.lists(st.integers(FIRST_DAY, LAST_DAY), min_size=count, max_size=count)))
    status, events = Status.OUTSIDE, []
    for day in days:
        # A status lasts a day at least, unless both dates are exact.
        width = widest if days.count(day) == 1 else 0
        act = draw(st.sampled_from([act for act, rule in TRANSITIONS.items() if status & rule.before]))
        names = draw(st.lists(st.sampled_from([StepName.DECISION, StepName.ANNOUNCEMENT]), unique=True))
        steps = [
            Step(name=name, date=window(draw, draw(st.integers(FIRST_DAY, LAST_DAY)), 1))
            for name in sorted(names, key=list(StepName).index)
        ]
        events.append(
            Event(
                state=state,
                act=act,
                effect=window(draw, day, width),
                sources=(SOURCE.id,),
                steps=tuple(steps),
            )
        )
        status = after(events)
    return tuple(events)


@st.composite
def datasets(draw: st.DrawFn, *, states: int = 2, most: int = 5, widest: int = 4) -> Dataset:
    """An organization of a few states and two eras, with imprecise dates, doubt, re-entry and suspension."""
    codes = CODES[:states]
    events = [event for code in codes for event in draw(events_of(code, most=most, widest=widest))]
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
    return Dataset(
        verified_through=exact(date.fromordinal(LAST_DAY)),
        states=tuple(State(iso3=code, english=f"The {code} Republic") for code in codes),
        sources=(SOURCE,),
        histories=(History(id="INV", name="Invented", eras=eras, events=tuple(events)),),
    )


def left_as_an_era_begins(first: int, last: int) -> Dataset:
    """A state leaves from the *first* to the *last* day, counted from the first on which the first era may begin.

    The era begins on one of four days. Chance seldom draws a state that leaves on just these.
    """
    begins = FIRST_DAY + 10
    eras = tuple(
        Era(id=name, name=title, effect=effect, sources=(SOURCE.id,))
        for name, title, effect in (
            ("ONE", "The First", written(begins, begins + 3)),
            ("TWO", "The Second", written(begins + 20, begins + 20)),
        )
    )
    events = tuple(
        Event(state="AAA", act=act, effect=effect, sources=(SOURCE.id,))
        for act, effect in (
            (Act.JOIN, written(FIRST_DAY, FIRST_DAY)),
            (Act.WITHDRAW, written(begins + first, begins + last)),
        )
    )
    return Dataset(
        verified_through=exact(date.fromordinal(LAST_DAY)),
        states=(State(iso3="AAA", english="The AAA Republic"),),
        sources=(SOURCE,),
        histories=(History(id="INV", name="Invented", eras=eras, events=events),),
    )


def edge_days(organization: Organization) -> st.SearchStrategy[date]:
    """Days where an off-by-one shows: every cut, the day before and the day after, and the horizon."""
    edges = {cut + shift for cut in organization.compiled.segments.cuts for shift in (-1, 0, 1)}
    edges |= {organization.horizon.toordinal(), FIRST_DAY - 1}
    last = organization.horizon.toordinal()
    return st.sampled_from(sorted(date.fromordinal(day) for day in edges if day <= last))


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
    place = mine.index(event)
    low, high = windows(mine, "effect")[place]
    first = draw(st.integers(low, high))
    last = draw(st.integers(first, high))
    changed = evolve(event, effect=written(first, last))
    events = (*history.events[:index], changed, *history.events[index + 1 :])
    return evolve(dataset, histories=(evolve(history, events=events),))


@st.composite
def cut_short(draw: st.DrawFn, whole: st.SearchStrategy[Dataset]) -> Dataset:
    """A dataset that was checked up to an earlier day only, when all acts and eras of it were public already.

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
    days = st.integers(FIRST_DAY, LAST_DAY).map(lambda day: written(day, day))
    sources = tuple(evolve(SOURCE, id=name, date=draw(st.none() | days)) for name in ("a", "b", "invented"))
    events = [
        evolve(
            event,
            known=draw(st.none() | days),
            sources=tuple(draw(st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True))),
        )
        for event in history.events
    ]
    return evolve(dataset, sources=sources, histories=(evolve(history, events=tuple(events)),))


@st.composite
def illegal(draw: st.DrawFn) -> tuple[Dataset, int]:
    """A dataset whose last event is impossible from the status it meets, and how many events are sound."""
    events = draw(events_of("AAA", most=4, widest=0))
    status = after(events)
    act = draw(st.sampled_from([act for act in Act if not status & TRANSITIONS[act].before]))
    last = Event(state="AAA", act=act, effect=written(LAST_DAY, LAST_DAY), sources=(SOURCE.id,), steps=())
    dataset = Dataset(
        verified_through=exact(date.fromordinal(LAST_DAY)),
        states=(State(iso3="AAA", english="The AAA Republic"),),
        sources=(SOURCE,),
        histories=(History(id="INV", name="Invented", events=(*events, last)),),
    )
    return dataset, len(events)
