"""Organizations that are hard on the laws, or that break one of them."""

from __future__ import annotations

from csto_membership import (
    Act,
    Dataset,
    Era,
    Event,
    Gap,
    History,
    Organization,
    State,
    build,
    exact,
    imprecise,
)
from csto_membership.testing.strategies import SOURCE

CITED = (SOURCE.id,)


def organization(history: History, *codes: str) -> Organization:
    """An organization of these states, verified through 2010."""
    return build(
        Dataset(
            verified_through=exact("2010-12-31"),
            states=tuple(State(iso3=code, english=f"State {code}") for code in codes),
            sources=(SOURCE,),
            histories=(history,),
        )
    )


def nobodys(*, closed: bool) -> Organization:
    """An organization without any state."""
    return organization(History(id="NONE", name="Nobody's", closed=closed))


def with_gaps() -> Organization:
    """An open record: of one state some years are unknown, of another all that is known is a gap."""
    events = (
        Event(state="AAA", act=Act.JOIN, effect=imprecise("1999"), sources=CITED),
        Event(state="AAA", act=Act.END, effect=imprecise("2005"), sources=CITED),
    )
    gaps = (
        Gap(state="AAA", start=exact("2001-01-01"), end=exact("2003-01-01"), sources=CITED),
        Gap(state="AAB", start=exact("2001-01-01"), end=exact("2003-01-01"), sources=CITED),
    )
    return organization(History(id="GAPS", name="With gaps", events=events, gaps=gaps), "AAA", "AAB")


def wide() -> Organization:
    """An organization with dates of every width, and one act that was public long before its day."""
    events: tuple[Event, ...] = (
        Event(state="AAA", act=Act.JOIN, effect=imprecise("[..1960-05-01]"), sources=CITED),
        Event(state="AAA", act=Act.REAFFIRM, effect=exact("1990-02-03"), sources=CITED),
        Event(state="AAB", act=Act.OBSERVE, effect=imprecise("1980-04"), sources=CITED),
        Event(state="AAB", act=Act.JOIN, effect=imprecise("[1995-01-01..1995-01-02]"), sources=CITED),
        Event(
            state="AAB",
            act=Act.WITHDRAW,
            effect=exact("2009-06-07"),
            known=exact("2008-06-07"),
            sources=CITED,
        ),
    )
    events += tuple(
        # Of no day it is certain that it was a member, and yet it was one.
        Event(state="AAC", act=act, effect=imprecise(f"[{first}..{last}]"), sources=CITED)
        for act, first, last in (
            (Act.JOIN, "2000-03-01", "2000-03-10"),
            (Act.WITHDRAW, "2000-03-05", "2000-03-14"),
        )
    )
    eras = (
        Era(id="ONE", name="The First", effect=imprecise("1955"), sources=CITED),
        Era(id="TWO", name="The Second", effect=imprecise("1994-12"), sources=CITED),
    )
    return organization(History(id="WIDE", name="Wide", eras=eras, events=events), "AAA", "AAB", "AAC")
