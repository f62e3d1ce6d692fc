"""Claims on who held an office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._membership.offices import is_called, office_of
from csto_membership.claims.evidence import named
from csto_membership.claims.fields import (
    Attribution,
    Spoken,
    attribution_of,
    refused,
    require_time,
    state_of,
    time_of,
    with_field_checks,
)
from csto_membership.claims.findings import AGREEMENT, Agreement, Finding, Line, RightDate, nearest_first
from csto_membership.claims.sayings import (
    Either,
    Holder,
    Joined,
    OfficeName,
    PersonName,
    Quoted,
    Saying,
    saying,
    span_of,
)
from csto_membership.claims.weighing import Verdict, period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Term
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership.claims.weighing import Time


def _state_of(value: object) -> object:
    """One state: an office has one holder."""
    if isinstance(value, tuple | list | set | frozenset):
        raise refused(
            f"an office claim names one state, got {len(value)}.", "Make a claim for each.", "state"
        )
    return state_of(value)


@with_field_checks
@frozen(kw_only=True)
class OfficeClaim(Spoken):
    """A state, or a person, held an office.

    Attributes:
        office: The office's identifier, such as ``"chair"`` or ``"secretary-general"``.
        state: The state that held it, or whose citizen did, by any code or name.
        person: Who held it; the last name will do.
        when: The time it speaks of, all of it; ``None`` for the day on which it was said.
        attribution: Who said it, when, in which words.
    """

    kind: ClassVar[str] = "office"

    office: str
    state: object = field(default=None, converter=_state_of)
    person: str | None = None
    when: ImpreciseDate | None = field(default=None, converter=time_of)
    attribution: Attribution = field(factory=Attribution, converter=attribution_of)

    def __attrs_post_init__(self) -> None:
        if self.state is None and not self.person:
            raise refused("an office claim lacks state or person.", "Add one of them.", "person")
        require_time(self)


def judge_office(asked: Membership, claim: OfficeClaim, time: Time) -> Finding:
    """Whether this state, or this person, held the office on all days of a time."""
    office = office_of(asked.compiled, claim.office).id
    wanted: State | None = None if claim.state is None else asked.state(claim.state)
    terms = asked.holders_of(office)
    same = [term for term in terms if claim.person is None or is_called(term, claim.person)]
    name = OfficeName(next(one for one in asked.history.offices if one.id == office))
    if not same:
        persons = {term.person: PersonName(term) for term in terms if term.person}
        slots = {
            "person": Quoted(str(claim.person)),
            "office": name,
            "persons": Joined(tuple(persons.values())),
        }
        line = saying("no name" if persons else "no names", **slots)
        return Finding(
            claim=claim,
            verdict=Verdict.UNDETERMINED,
            sayings=(saying("unknown person" if persons else "no persons", **slots),),
            lines=(Line(about=office, agreement=Agreement.UNDECIDED, said=line, subject=name),),
            remarks=(saying("write the name"),),
        )
    possible = asked.holders_in(office, period(time))
    fitting = [term for term in possible if term in same and (wanted is None or term.state == wanted.iso3)]
    is_covered = _is_covered(asked, office, possible, period(time))
    if not is_covered or 0 < len(fitting) < len(possible):
        verdict = Verdict.UNDETERMINED  # part of the time is not recorded, or somebody else's
    else:
        verdict = Verdict.SUPPORTED if fitting else Verdict.CONTRADICTED
    terms_held = Either(tuple(_term(asked, term) for term in possible))
    held = saying("held by", terms=terms_held) if possible else saying("held by nobody")
    when, holders = span_of(time), tuple(_holder(asked, term) for term in possible)
    key = "held" if is_covered else "partly held" if possible else "not held"
    others = [term for term in same if wanted is None or term.state == wanted.iso3]
    dates = [RightDate(about=office, date=term.effect, said=_term(asked, term)) for term in others]
    return Finding(
        claim=claim,
        verdict=verdict,
        sayings=(saying(key, office=name, when=when, holders=holders),),
        lines=(Line(about=office, agreement=AGREEMENT[verdict], said=held, subject=name),),
        dates=nearest_first(dates, time) if verdict is Verdict.CONTRADICTED else (),
        sources=named(asked, (name for term in possible for name in term.sources)),
    )


def _holder(asked: Membership, term: Term) -> Holder:
    """A holder by name: the person, or the state."""
    return Holder(term, next(state for state in asked.dataset.states if state.iso3 == term.state))


def _term(asked: Membership, term: Term) -> Saying:
    """A term as a line has it."""
    end = term.end
    slots = {"term": str(term), "holder": _holder(asked, term), "start": term.effect}
    if end is None or end.is_open:
        return saying("term lasts", **slots)
    return saying("term", **slots, last=to_date(end.first - 1) if end.is_exact else end)


def _is_covered(asked: Membership, office: str, terms: Sequence[Term], when: tuple[date, date]) -> bool:
    """Whether a holder is recorded for every day of a time; a gap can only begin at an end."""
    days = {when[0], when[1] - timedelta(days=1)}
    edges = {day for term in terms if term.end for day in (term.end.first, term.end.last)}
    days |= set(map(date.fromordinal, edges))
    return all(asked.holders_in(office, day) for day in days if when[0] <= day < when[1])
