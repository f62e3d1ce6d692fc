"""Judges a claim by the answers of an organization, under each of its readings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csto_membership._facts.dates import ImpreciseDate, imprecise
from csto_membership._facts.records import dates_of, present
from csto_membership._facts.statuses import BASES, TRANSITIONS, Act, Status, StepName
from csto_membership._membership.answers import Answer, all_of, answer, any_of, negated
from csto_membership._membership.known_on import sources_by
from csto_membership._membership.segments import windows
from csto_membership._membership.spelling import normalize
from csto_membership.claims import Agreement, Claim, ClaimKind, Finding, Line, Verdict
from csto_membership.errors import ClaimError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from csto_membership._facts.records import Dispute, Era, Event, Instrument, Source, State, Term
    from csto_membership._membership.answers import Spell
    from csto_membership.organization import Organization


def judge(organization: Organization, claim: Claim) -> Finding:
    """The finding on a claim, by the organization's answers under its own reading and the others.

    Raises:
        ClaimError: The claim lacks what its kind needs, or names an instrument that is not there.
        StateError: The claim names a state that the organization does not have.
        OfficeError: The claim names an office that the organization does not have.
        BeyondHorizonError: The claim speaks of days past the last day verified.
    """
    lacking = [name for name in _NEEDS[claim.kind] if not getattr(claim, name)]
    if claim.kind is ClaimKind.FOUNDING and not (claim.states or claim.when):
        lacking.append("states or when")
    if claim.kind is ClaimKind.OFFICE and not (claim.states or claim.person):
        lacking.append("states or person")
    if claim.kind is not ClaimKind.FOUNDING and claim.when is None and claim.said is None:
        lacking.append("when or said")
    if lacking:
        raise ClaimError(f"a claim of kind {str(claim.kind)!r} lacks {', '.join(lacking)}. Add it.")
    if claim.era is not None:
        organization.reading(era=claim.era)  # refuses an era that it never had
    if claim.when is not None or claim.said is not None:
        organization.members_on(_written(claim).text.rstrip("?~%"))  # refuses days past the horizon
    return _JUDGES[claim.kind](organization.beside(claim.states), claim)


_NEEDS: dict[ClaimKind, tuple[str, ...]] = {
    ClaimKind.ROSTER: ("states",),
    ClaimKind.STATUS: ("states", "status"),
    ClaimKind.ACT: ("states", "act"),
    ClaimKind.FOUNDING: (),
    ClaimKind.MILESTONE: ("instrument",),
    ClaimKind.OFFICE: ("office",),
}


# Readings: the one asked first, then every basis with its dating, then every dating with its basis; at last every
# basis with every dating. "any" makes no claim true that is not true anyway.


def _tried(asked: Organization, holds: Callable[[Organization], Answer]) -> list[tuple[str, Answer]]:
    """Whether something holds under each reading, in words; the one asked first.

    Where it holds under none that changes one thing only, those are added that change two and under which it does.
    """
    datings = _datings(asked)
    single = [asked.reading(basis=basis) for basis in BASES] + [
        asked.reading(dating=name) for name in datings
    ]
    tried = [(str(one.read_as), holds(one)) for one in dict.fromkeys((asked, *single))]
    if tried[0][1] is Answer.NO and all(said is not Answer.YES for _, said in tried):
        double = dict.fromkeys(asked.reading(basis=basis, dating=name) for basis in BASES for name in datings)
        tried += [(str(one.read_as), Answer.YES) for one in double if holds(one) is Answer.YES]
    return tried


def _datings(asked: Organization) -> list[str]:
    """The datings that differ: the effective date, and the steps that some act has."""
    steps = {str(step.name) for event in asked.events() for step in event.steps}
    return ["effect", *(name for name in StepName if name in steps)]


def _senses(asked: Organization, holds: Callable[[Organization], Answer]) -> list[tuple[str, Answer]]:
    """Whether something holds on each basis and, where it does on none, the datings with which it does."""
    single = [(f"basis {basis}", holds(asked.reading(basis=basis))) for basis in BASES]
    if any(said is Answer.YES for _, said in single):
        return single
    double = [
        (f"basis {basis}, dating {name}", holds(asked.reading(basis=basis, dating=name)))
        for basis in BASES
        for name in _datings(asked)
    ]
    return single + [(name, said) for name, said in double if said is Answer.YES]


def _sorted_out(tried: Sequence[tuple[str, Answer]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the readings under which something is true, and of those under which it is not."""
    true = tuple(dict.fromkeys(name for name, said in tried if said is Answer.YES))
    return true, tuple(dict.fromkeys(name for name, said in tried if said is Answer.NO))


def _verdict(tried: Sequence[tuple[str, Answer]]) -> Verdict:
    """What follows from the answers under the readings, the one asked being first."""
    asked = tried[0][1]
    if asked is Answer.YES:
        return Verdict.SUPPORTED
    if asked is Answer.UNKNOWN:
        return Verdict.UNDETERMINED
    return Verdict.DEPENDS if any(said is Answer.YES for _, said in tried) else Verdict.CONTRADICTED


def _written(claim: Claim) -> ImpreciseDate:
    """The time the claim speaks of; judge has seen to it that there is one."""
    return imprecise(claim.when) if claim.when is not None else present(claim.said)


def _time(claim: Claim) -> tuple[date, date]:
    """The days the claim speaks of, half-open."""
    written = _written(claim)
    after = min(written.last + 1, date.max.toordinal())  # the calendar ends
    return date.fromordinal(written.first), date.fromordinal(after)


def _asked(organization: Organization, claim: Claim) -> Organization:
    """The organization, restricted to the era that the claim names."""
    return organization.reading(era=claim.era) if claim.era else organization


# Rosters.


def _judge_roster(organization: Organization, claim: Claim) -> Finding:
    """Whether these states were the members, or among them, on all days of the time."""
    when = _time(claim)
    listed = {organization.state(name).iso3 for name in claim.states}
    asked = _asked(organization, claim)
    tried = _tried(asked, lambda one: _holds(one, listed, claim, when))
    lines = tuple(_compared(asked, listed, claim, when))
    true, false = _sorted_out(tried)
    differing = [line.about for line in lines if line.agreement is not Agreement.AGREES]
    return Finding(
        claim=claim,
        verdict=_verdict(tried),
        lines=lines,
        true_under=true,
        false_under=false,
        periods=asked.periods_of(listed) if claim.complete else asked.periods_with(listed),
        disputes=_disputes(_openers(asked, differing, when)),
        sources=_sources(asked, _openers(asked, differing or [line.about for line in lines], when)),
    )


def _holds(organization: Organization, listed: set[str], claim: Claim, when: tuple[date, date]) -> Answer:
    """Whether the roster is as claimed under one reading."""
    answers = []
    for state in organization.states:
        said = organization.was_member(state, when)
        if state.iso3 in listed:
            answers.append(said)
        elif claim.complete:
            answers.append(negated(said))
    return all_of(answers)


def _compared(
    organization: Organization, listed: set[str], claim: Claim, when: tuple[date, date]
) -> Iterator[Line]:
    """A line for each state that is listed, or was a member."""
    for state in organization.states:
        said = organization.was_member(state, when)
        is_listed = state.iso3 in listed
        if not is_listed and (said is Answer.NO or not claim.complete):
            continue
        agreement = {
            (True, Answer.YES): Agreement.AGREES,
            (True, Answer.NO): Agreement.EXTRA,
            (False, Answer.YES): Agreement.MISSING,
        }.get((is_listed, said), Agreement.UNDECIDED)
        yield Line(about=state.iso3, agreement=agreement, text=_spells(organization, state, when))


def _touched(organization: Organization, state: object, when: tuple[date, date]) -> list[Spell]:
    """The spells of a state that a time touches."""
    first, after = (day.toordinal() for day in when)
    return [
        spell
        for spell in organization.spells(state)
        if (spell.start is None or spell.start.toordinal() < after)
        and (spell.end is None or spell.end.toordinal() > first)
    ]


def _spells(organization: Organization, state: State, when: tuple[date, date]) -> str:
    """The spells of a state that a time touches, in words."""
    touched = _touched(organization, state, when)
    return ", then ".join(str(spell).removeprefix(f"{state.iso3} ") for spell in touched)


def _openers(organization: Organization, states: Iterable[object], when: tuple[date, date]) -> list[Event]:
    """The acts that opened the spells of these states that a time touches."""
    spells = (spell for state in states for spell in _touched(organization, state, when))
    return [spell.opened_by for spell in spells if spell.opened_by is not None]


def _disputes(events: Iterable[Event]) -> tuple[Dispute, ...]:
    """What is disputed of these acts."""
    return tuple(dict.fromkeys(dispute for event in events for dispute in event.disputes))


def _sources(organization: Organization, events: Iterable[Event]) -> tuple[Source, ...]:
    """The sources of these acts and of what is disputed of them."""
    cited = [name for event in events for name in event.sources]
    cited += [name for dispute in _disputes(events) for name in (*dispute.sources, *dispute.against)]
    return _named(organization, cited)


def _named(organization: Organization, names: Iterable[str]) -> tuple[Source, ...]:
    """Sources by their identifiers, each once, as far as they were out by the reading's ``known_on``."""
    sources = {source.id: source for source in organization.dataset.sources}
    known = list(dict.fromkeys(names))
    if organization.compiled.is_past:
        out = sources_by(organization.horizon.toordinal(), organization.dataset.sources)
        known = [name for name in known if name in out]
    return tuple(sources[name] for name in known)


# Statuses and acts.


def _judge_status(organization: Organization, claim: Claim) -> Finding:
    """Whether each state had the status on all days of the time, or one that counts alike."""
    when, wanted = _time(claim), present(claim.status)
    asked = _asked(organization, claim)
    parts = []
    for state in map(asked.state, claim.states):
        tried = _tried(asked, lambda one, of=state: answer(one.status_on(of, when).value, wanted.value))  # type: ignore[misc] # bound at once
        if _verdict(tried) is Verdict.CONTRADICTED:
            senses = _senses(asked, lambda one, of=state: _alike(one, of, wanted, when))  # type: ignore[misc] # bound at once
            tried = [(f"the status {wanted} itself", Answer.NO), *senses]
        parts.append((state, tried, _spells(asked, state, when)))
    return _of_states(asked, claim, parts, _openers(asked, (state for state, _, _ in parts), when))


def _of_states(
    organization: Organization,
    claim: Claim,
    parts: Sequence[tuple[State, Sequence[tuple[str, Answer]], str]],
    turning: Sequence[Event],
    dates: Sequence[str] = (),
) -> Finding:
    """The finding on several states, of which the gravest verdict is that on all."""
    verdicts = [_verdict(tried) for _, tried, _ in parts]
    differing = {
        state.iso3 for (state, _, _), one in zip(parts, verdicts, strict=True) if one is not Verdict.SUPPORTED
    }
    true, false = _sorted_out([one for _, tried, _ in parts for one in tried])
    verdict = max(verdicts, key=_GRAVITY.index)
    is_split = verdict is Verdict.DEPENDS and len(parts) == 1
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=tuple(
            Line(about=state.iso3, agreement=_AGREEMENT[one], text=_sensed(text, one, tried))
            for (state, tried, text), one in zip(parts, verdicts, strict=True)
        ),
        true_under=true if is_split else (),
        false_under=false if is_split else (),
        dates=tuple(dates),
        disputes=_disputes(event for event in turning if event.state in differing),
        sources=_sources(organization, turning),
    )


def _sensed(text: str, verdict: Verdict, tried: Sequence[tuple[str, Answer]]) -> str:
    """What the record says of one state, and under which readings the claim is true of it."""
    true, _ = _sorted_out(tried)
    return f"{text}; so under {', '.join(true)}" if verdict is Verdict.DEPENDS else text


# What a recorded status, or act, is called by those who use the words in another sense.
_CALLED: Mapping[Status, tuple[Status, ...]] = {
    Status.SIGNATORY: (Status.MEMBER,),
    Status.FROZEN: (Status.MEMBER, Status.SUSPENDED),
    Status.SUSPENDED: (Status.MEMBER, Status.FROZEN, Status.FORMER),
}
_ACT_CALLED: Mapping[Act, tuple[Act, ...]] = {
    Act.SIGN: (Act.JOIN,),
    Act.FREEZE: (Act.SUSPEND,),
    Act.SUSPEND: (Act.FREEZE, Act.WITHDRAW),
    Act.LAPSE: (Act.WITHDRAW, Act.SUSPEND),
}


def _alike(organization: Organization, state: State, wanted: Status, when: tuple[date, date]) -> Answer:
    """Whether the status of a state is called another one, from which its basis does not tell it."""
    recorded, counts = organization.status_on(state, when), BASES[str(organization.read_as.basis)]
    is_called = wanted in _CALLED.get(recorded, ())
    return Answer.YES if is_called and bool(recorded & counts) is bool(wanted & counts) else Answer.NO


def _judge_act(organization: Organization, claim: Claim) -> Finding:
    """Whether each state did this in the time, or something that changed its membership alike."""
    act = present(claim.act)
    first, after = _time(claim)
    if claim.when is None:
        first = date.min
    asked = _asked(organization, claim)
    parts, dates = [], []
    turning: list[Event] = []
    for state in map(asked.state, claim.states):
        turning += _turning(asked, state, (first, after), earlier=1 if act in _LEAVING else 0)
        tried = _tried(asked, lambda one, of=state: _did(one, of, act, (first, after)))  # type: ignore[misc] # bound at once
        if _verdict(tried) is Verdict.CONTRADICTED:
            senses = _act_senses(asked, state, act, (first, after))
            if any(said is Answer.YES for _, said in senses):
                tried = [(f"the act {str(act)!r} itself", Answer.NO), *senses]
            dates += [
                str(event)
                for event in asked.events(state)
                if act in (event.act, *_ACT_CALLED.get(event.act, ())) and not event.effect.is_open
            ]
        acts = ", ".join(f"{event.act} {event.effect}" for event in asked.events(state))
        parts.append((state, tried, f"its acts: {acts}" if acts else "no act of it is recorded"))
    return _of_states(asked, claim, parts, turning, _nearest_first(dates, claim))


def _act_senses(
    asked: Organization, state: State, act: Act, when: tuple[date, date]
) -> list[tuple[str, Answer]]:
    """In which senses a state did what is claimed: something else that is called so, or a day earlier."""
    senses = _senses(asked, lambda one: _changed(one, state, act, when))
    if act in _LEAVING:
        senses.append(("its last day", _did(asked, state, act, when, earlier=1)))
        if all(said is not Answer.YES for _, said in senses):
            others = _senses(asked, lambda one: _changed(one, state, act, when, earlier=1))
            senses += [(f"{name}, its last day", said) for name, said in others]
    return senses


def _turning(
    organization: Organization, state: State, when: tuple[date, date], earlier: int = 0
) -> list[Event]:
    """The acts on which a claim about a time may turn: those with any date in it, disputed ones included.

    A date counts, too, that lies so many days *earlier*.
    """
    first, after = (day.toordinal() for day in when)
    return [
        event
        for event in organization.events(state)
        if any(
            written.first - earlier < after and written.last >= first
            for written in (*dates_of(event), *(one.date for one in event.disputes if one.date is not None))
        )
    ]


# An end takes effect on the first day outside; the press often dates it by the last day in force.
_LEAVING = (Act.LAPSE, Act.WITHDRAW, Act.EXPEL)


def _did(
    organization: Organization, state: State, act: Act, when: tuple[date, date], earlier: int = 0
) -> Answer:
    """Whether the record has this act of the state in a time, or so many days earlier, under a reading."""
    events = organization.events(state)
    opening = {spell.opened_by for spell in organization.spells(state)}
    found = [
        _within(low - earlier, high - earlier, when)
        for event, (low, high) in zip(events, windows(events, organization.read_as.dating), strict=True)
        # An act that opens no spell is outside the era, or past what was known; a prolongation opens none.
        if event.act is act and (event in opening or act is Act.REAFFIRM)
    ]
    return any_of(found)


def _within(low: int, high: int, when: tuple[date, date]) -> Answer:
    """Whether the one day that is somewhere in ``[low, high]`` lies in a time."""
    first, after = (day.toordinal() for day in when)
    if first <= low and high < after:
        return Answer.YES
    return Answer.UNKNOWN if low < after and high >= first else Answer.NO


def _changed(
    organization: Organization, state: State, act: Act, when: tuple[date, date], earlier: int = 0
) -> Answer:
    """Whether the state's membership changed in a time, or so many days earlier, as this act would change it.

    That is asked on the reading's basis.
    """
    counts = BASES[str(organization.read_as.basis)]
    rule = TRANSITIONS[act]
    counted = bool(rule.after and rule.after & counts)
    if rule.after is None or not rule.before & (~counts if counted else counts):
        return Answer.NO  # on this basis the act changes nothing
    wanted = (Answer.NO, Answer.YES) if counted else (Answer.YES, Answer.NO)
    first, after = (day.toordinal() for day in when)
    changes = [
        change
        for change in organization.changes(state=state)
        if first <= change.day.toordinal() - earlier < after
        and (change.was, change.now) == wanted
        and (change.event is None or act in _ACT_CALLED.get(change.event.act, ()))
    ]
    return Answer.YES if changes else Answer.NO


# Foundings and milestones.


def _judge_founding(organization: Organization, claim: Claim) -> Finding:
    """Whether some dated stage of an era fits, in its date and in the states of that day."""
    listed = {organization.state(name).iso3 for name in claim.states}
    tried, lines = [], []
    for era in organization.history.eras:
        if claim.era not in (None, era.id):
            continue
        for label, written in _stages(era, organization):
            said, text = _founded(organization, listed, claim, label, written)
            about = f"{era.id} {label} {written}"
            tried.append((about, said))
            lines.append(Line(about=about, agreement=_PART[said], text=text))
    true, false = _sorted_out(tried)
    cited = [name for era in organization.history.eras for name in era.sources]
    return Finding(
        claim=claim,
        verdict=_among([said for _, said in tried]),
        lines=tuple(lines),
        true_under=true,
        false_under=false,
        periods=organization.periods_of(listed) if listed else (),
        dates=_nearest_first(false, claim) if claim.when is not None and not true else (),
        sources=_named(organization, cited),
    )


def _among(answers: Sequence[Answer]) -> Verdict:
    """The verdict on a claim that does not say which of several stages it means."""
    if Answer.YES not in answers:
        is_open = Answer.UNKNOWN in answers or not answers
        return Verdict.UNDETERMINED if is_open else Verdict.CONTRADICTED
    return Verdict.SUPPORTED if set(answers) == {Answer.YES} else Verdict.DEPENDS


def _nearest_first(stages: Sequence[str], claim: Claim) -> tuple[str, ...]:
    """Dated stages, the nearest to the time claimed first; the date is the last word of each."""
    first, after = (day.toordinal() for day in _time(claim))

    def distance(stage: str) -> int:
        written = imprecise(stage.rpartition(" ")[2])
        return max(written.first - after + 1, first - written.last, 0)

    return tuple(sorted(stages, key=distance))


def _stages(record: Era | Instrument, organization: Organization) -> tuple[tuple[str, ImpreciseDate], ...]:
    """The dated stages of an era or an instrument up to the horizon by their names, each date once."""
    found = {str(step.name).replace("_", " "): step.date for step in record.steps}
    effect: ImpreciseDate | None = getattr(record, "effect", None)
    if effect is not None and effect not in found.values():
        found["effect"] = effect
    horizon = organization.horizon.toordinal()
    return tuple((label, written) for label, written in found.items() if written.first <= horizon)


def _founded(
    organization: Organization, listed: set[str], claim: Claim, label: str, written: ImpreciseDate
) -> tuple[Answer, str]:
    """Whether one founding fits the claim, and what the record says of it."""
    answers, text = [], "dated so by the record"
    if claim.when is not None:
        answers.append(_within(written.first, written.last, _time(claim)))
    if listed:
        # At a signature the signatories found; otherwise the members do.
        one = organization.reading(basis="signed") if label == StepName.SIGNATURE else organization
        roster = one.members_on((date.fromordinal(written.first), date.fromordinal(written.last + 1)))
        members = {state.iso3 for state in roster}
        exactly = Answer.YES if members == listed else Answer.NO
        answers.append(Answer.UNKNOWN if roster.possible else exactly)
        differences = [f"without {code}" for code in sorted(listed - members)]
        differences += [f"with {code}" for code in sorted(members - listed)]
        text = " and ".join(differences) or "with just these states"
    return all_of(answers), text


def _judge_milestone(organization: Organization, claim: Claim) -> Finding:
    """Whether a stage of an instrument was at that time, and by that body."""
    instruments = {one.id: one for one in organization.dataset.instruments}
    if claim.instrument not in instruments:
        name = str(claim.instrument)
        raise ClaimError(
            f"no instrument {name!r}{nearest(name, instruments)} It holds {', '.join(instruments)}."
        )
    instrument = instruments[claim.instrument]
    step = None if claim.step is None else str(claim.step).replace("_", " ")
    stages = [
        (label, written) for label, written in _stages(instrument, organization) if step in (None, label)
    ]
    if not stages:
        known = ", ".join(label for label, _ in _stages(instrument, organization)) or "none by then"
        raise ClaimError(f"{instrument.id!r} has no dated {step or 'stage'}. Its stages are {known}.")
    tried = [
        (f"{label} {written}", _within(written.first, written.last, _time(claim)))
        for label, written in stages
    ]
    lines = [
        Line(about=instrument.id, agreement=_PART[said], text=f"{instrument.title}: {name}")
        for name, said in tried
    ]
    verdict = _among([said for _, said in tried])
    if claim.body is not None:
        agreement, text = _adopted(instrument.body, claim.body)
        lines.append(Line(about=instrument.id, agreement=agreement, text=text))
        if agreement is Agreement.DIFFERS:
            verdict = Verdict.CONTRADICTED
        elif agreement is Agreement.UNDECIDED and verdict is not Verdict.CONTRADICTED:
            verdict = Verdict.UNDETERMINED
    true, false = _sorted_out(tried)
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=tuple(lines),
        true_under=true if verdict is Verdict.DEPENDS else (),
        false_under=false if verdict is Verdict.DEPENDS else (),
        dates=_nearest_first(false, claim) if not true else (),
        sources=_named(organization, instrument.sources),
    )


def _adopted(body: str | None, claimed: str) -> tuple[Agreement, str]:
    """Whether the body that adopted an instrument is the one claimed; the record has its English name."""
    if body is None:
        return Agreement.UNDECIDED, "adopted by: no body is recorded"
    if not claimed.isascii():
        return Agreement.UNDECIDED, f"adopted by: {body}; {claimed!r} is not in English, as the record is"
    initials = "".join(word[0] for word in body.split())
    is_same = _is_named(body, claimed) or normalize(initials) == normalize(claimed)
    return Agreement.AGREES if is_same else Agreement.DIFFERS, f"adopted by: {body}"


# Offices.


def _judge_office(organization: Organization, claim: Claim) -> Finding:
    """Whether this state, or this person, held the office on all days of the time."""
    office = present(claim.office)
    wanted = {organization.state(name).iso3 for name in claim.states}
    terms = organization.holders_of(office)
    named = [term for term in terms if claim.person is None or _is_called(term, claim.person)]
    if not named:
        persons = ", ".join(dict.fromkeys(term.person for term in terms if term.person))
        known = f"that has {persons}" if persons else "which names no persons"
        text = f"{claim.person!r} is no name in the record, {known}"
        line = Line(about=office, agreement=Agreement.UNDECIDED, text=text)
        return Finding(claim=claim, verdict=Verdict.UNDETERMINED, lines=(line,))
    when = _time(claim)
    possible = organization.holders_in(office, when)
    fitting = [term for term in possible if term in named and (not wanted or term.state in wanted)]
    if not _is_covered(organization, office, possible, when):
        verdict = Verdict.UNDETERMINED  # part of the time is not recorded
    elif fitting and len(fitting) < len(possible):
        verdict = Verdict.UNDETERMINED
    else:
        verdict = Verdict.SUPPORTED if fitting else Verdict.CONTRADICTED
    held = " or ".join(map(str, possible)) or "nobody that is recorded"
    others = [term for term in named if not wanted or term.state in wanted]
    return Finding(
        claim=claim,
        verdict=verdict,
        lines=(Line(about=office, agreement=_AGREEMENT[verdict], text=f"held by {held}"),),
        dates=tuple(map(str, others)) if verdict is Verdict.CONTRADICTED else (),
        sources=_named(organization, (name for term in possible for name in term.sources)),
    )


def _is_covered(
    organization: Organization, office: str, terms: Sequence[Term], when: tuple[date, date]
) -> bool:
    """Whether a holder is recorded for every day of a time: where one is missing, it is missing after an end."""
    days = {when[0], when[1] - timedelta(days=1)}
    edges = {day for term in terms if term.end for day in (term.end.first, term.end.last)}
    days |= set(map(date.fromordinal, edges))
    return all(organization.holders_in(office, day) for day in days if when[0] <= day < when[1])


def _is_called(term: Term, person: str) -> bool:
    """Whether one of a holder's names has all the names that a claim gives, if only the last one."""
    return any(_is_named(person, name) for name in (term.person or "", *term.other_names))


def _is_named(name: str, text: str) -> bool:
    """Whether a text has all the words of a name."""
    words = set(map(normalize, name.split()))
    return bool(words) and words <= set(map(normalize, text.split()))


_JUDGES = {
    ClaimKind.ROSTER: _judge_roster,
    ClaimKind.STATUS: _judge_status,
    ClaimKind.ACT: _judge_act,
    ClaimKind.FOUNDING: _judge_founding,
    ClaimKind.MILESTONE: _judge_milestone,
    ClaimKind.OFFICE: _judge_office,
}
# The verdict on several states is the gravest of theirs.
_GRAVITY = (Verdict.SUPPORTED, Verdict.DEPENDS, Verdict.UNDETERMINED, Verdict.CONTRADICTED)
_AGREEMENT = {
    Verdict.SUPPORTED: Agreement.AGREES,
    Verdict.DEPENDS: Agreement.DIFFERS,
    Verdict.UNDETERMINED: Agreement.UNDECIDED,
    Verdict.CONTRADICTED: Agreement.DIFFERS,
}
_PART = {
    Answer.YES: Agreement.AGREES,
    Answer.NO: Agreement.DIFFERS,
    Answer.UNKNOWN: Agreement.UNDECIDED,
}
