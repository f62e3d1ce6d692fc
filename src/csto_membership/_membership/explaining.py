"""Why: an answer with the acts, the rule, the disputes and the sources that support it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership._facts.dates import day_text, to_date
from csto_membership._facts.records import named
from csto_membership._facts.statuses import TRANSITIONS, Act, Bound, Status
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.eras import eras_in, eras_named, is_of_parties
from csto_membership._membership.explanation import Explanation
from csto_membership._membership.explanation_lines import (
    absence_in_words,
    rule_in_words,
)
from csto_membership._membership.participating import parts_of
from csto_membership._membership.sentences import Body
from csto_membership._membership.spells import spells_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership._facts.records import Dispute, Era, Event, Instrument, Source
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.segments import Timeline


class _Acts(NamedTuple):
    """A state's acts before, on and after the days asked about; the fields are those of ``Explanation``."""

    before: Event | None
    confirmed: tuple[Event, ...]
    in_doubt: tuple[Event, ...]
    during: tuple[Event, ...]
    after: Event | None


class _Support(NamedTuple):
    """The sources of some acts by their identifiers, most important first, their disputes and their instruments."""

    sources: dict[str, Source]
    disputes: tuple[Dispute, ...]
    instruments: tuple[Instrument, ...]


def explain(  # noqa: PLR0913, PLR0917 (the question, as asked and as days)
    compiled: Compiled, timeline: Timeline, when: object, first: int, after: int, lang: str
) -> Explanation:
    """Whether a state was a member on the days ``[first, after)``, asked about as *when*, and why."""
    status = Status(timeline.mask_in(first, after))
    membership = answer(status.value, compiled.basis)
    acts = _acts_around(timeline, first, after)
    around = tuple(
        event for event in (acts.before, *acts.confirmed, *acts.in_doubt, *acts.during, acts.after) if event
    )
    support = _support_of(compiled, around)
    parts = parts_of(compiled, timeline.state.iso3, first, after)
    sources = support.sources
    if parts:
        sources = sources | {
            name: compiled.source(name) for one, part in parts for name in (*one.sources, *part.sources)
        }
    spells = tuple(spells_of(compiled, timeline)[run] for run in timeline.runs_in(first, after))
    parties = tuple(is_of_parties(compiled, spell, first, after) for spell in spells)
    eras = eras_named(compiled, status, first, after)
    ruling = acts.before
    if ruling is not None and not TRANSITIONS[ruling.act].may_lead_to(status):
        ruling = None
    return Explanation(
        organization=compiled.history.id,
        eras=tuple(era.id for era in eras),
        bodies=_bodies(compiled, eras, lang),
        in_turn=after - first > 1
        and all(len(eras_in(compiled, day, day + 1)) == 1 for day in (first, after - 1)),
        state=timeline.state,
        when=day_text(when),
        first=to_date(first),
        last=to_date(after - 1),
        is_wide=after - first > 1,
        answer=membership,
        status=status,
        spells=spells,
        parties=parties,
        is_open=membership is Answer.UNKNOWN
        and any(answer(spell.status.value, compiled.basis) is Answer.UNKNOWN for spell in spells),
        before=acts.before,
        confirmed=acts.confirmed,
        in_doubt=acts.in_doubt,
        during=acts.during,
        after=acts.after,
        took_part=parts,
        rule=_rule(compiled, timeline, status, ruling, lang, parties=all(parties)),
        disputes=support.disputes,
        instruments=support.instruments,
        sources=tuple(sources.values()),
        reading=compiled.reading,
        verified_through=compiled.dataset.verified_through.text,
        lang=lang,
    )


def _rule(  # noqa: PLR0913 (what the rule depends on)
    compiled: Compiled, timeline: Timeline, status: Status, ruling: Event | None, lang: str, *, parties: bool
) -> str:
    """The rule that applied, in words; written once for all days on which it is the same."""
    state = timeline.state
    key = "rule", lang, status.value, ruling and ruling.act, parties, "" if timeline.events else state.iso3
    if key not in compiled.cache:
        absence: list[str] = []
        if not timeline.events:
            name = str(state) if lang == "en" else f"{state.name(lang)} ({state.iso3})"
            unclosed = None if compiled.history.closed else compiled.history.id
            absence = absence_in_words(
                lang, name, to_date(compiled.horizon), is_past=compiled.is_past, unclosed=unclosed
            )
        compiled.cache[key] = rule_in_words(
            lang,
            reading=compiled.reading,
            counted=Status(compiled.basis),
            status=status,
            answer=answer(status.value, compiled.basis),
            ruling=ruling,
            parties=parties,
            absence=absence,
        )
    rule: str = compiled.cache[key]
    return rule


def _bodies(compiled: Compiled, eras: tuple[Era, ...], lang: str) -> tuple[Body, ...]:
    """What the organization was in some eras, or is where it has none; made once."""
    key = "bodies", lang, tuple(era.id for era in eras)
    if key not in compiled.cache:
        compiled.cache[key] = tuple(Body(bound=era.bound, name=named(era, lang)) for era in eras) or (
            Body(bound=Bound.MEMBERS, name=named(compiled.history, lang)),
        )
    bodies: tuple[Body, ...] = compiled.cache[key]
    return bodies


def _support_of(compiled: Compiled, events: tuple[Event, ...]) -> _Support:
    """The sources, disputes and instruments of some acts of one state; cached by these acts."""
    key = "support", tuple(map(id, events))  # the history keeps the events alive
    if key not in compiled.cache:
        instruments = {event.instrument for event in events}
        compiled.cache[key] = _Support(
            sources={name: compiled.source(name) for event in events for name in cited(event)},
            disputes=tuple(dispute for event in events for dispute in event.disputes),
            instruments=tuple(each for each in compiled.dataset.instruments if each.id in instruments),
        )
    support: _Support = compiled.cache[key]
    return support


def _acts_around(timeline: Timeline, first: int, after: int) -> _Acts:
    """The acts of a state before, on and after the days ``[first, after)``, dated as the reading does."""
    before: Event | None = None
    confirmed: list[Event] = []
    in_doubt: list[Event] = []
    during: list[Event] = []
    for event, (low, high) in zip(timeline.events, timeline.windows, strict=True):
        if event.act is Act.REAFFIRM:
            confirmed += [event] if low < after else []
        elif high <= first:
            before, confirmed = event, []
        elif low >= after:
            return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), event)
        elif low < first or high >= after:
            in_doubt.append(event)
        else:
            during.append(event)
    return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), None)


def cited(event: Event) -> Iterator[str]:
    """The identifiers of all sources of an event, most important first."""
    yield from event.sources
    for step in event.steps:
        yield from step.sources
    for dispute in event.disputes:
        yield from (*dispute.sources, *dispute.against)
