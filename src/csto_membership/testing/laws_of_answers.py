"""Laws of the questions: all of them agree on a day, and the diary agrees as well."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from csto_membership import Answer, Status
from csto_membership.testing.acts import COUNTED, EVERY, counted
from csto_membership.testing.diary import diary
from csto_membership.testing.edges import datings_of, edge_days, outsiders_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from csto_membership import Event, Organization, Period, Spell, State
    from csto_membership.testing.asking import Asking


def answer_of(status: Status, basis: str | Status) -> Answer:
    """Yes where every possible status counts, no where none does."""
    if not status & ~counted(basis):
        return Answer.YES
    return Answer.UNKNOWN if status & counted(basis) else Answer.NO


def joined(answers: Iterable[Answer]) -> Answer:
    """What they all say, or that it is open."""
    found = list(dict.fromkeys(answers))
    return found[0] if len(found) == 1 else Answer.UNKNOWN


def holds(span: Spell | Period, day: date) -> bool:
    """Whether a day lies in a half-open spell or period."""
    start, end = span.start, span.end
    return (start is None or start <= day) and (end is None or day < end)


def spells_cover(asking: Asking) -> None:
    """Each spell begins on the day on which the one before it ends, with another status; both ends are open."""
    for organization in asking.readings:
        for state in asking.states(organization):
            spells = organization.spells(state)
            ends = spells[0].start, spells[-1].end
            asking.agree(organization, state, "", the_outer_ends_of_spells=ends, the_law=(None, None))
            for one, other in pairwise(spells):
                ends = one.end, other.start
                asking.agree(organization, state, one.end, the_end=ends[0], the_next_start=ends[1])
                lasts = one.end is not None and (one.start is None or one.start < one.end)
                asking.agree(organization, state, one.end, that_a_spell_has_a_day=lasts, the_law=True)
                differs = one.status != other.status
                asking.agree(organization, state, one.end, that_neighbours_differ=differs, the_law=True)


def status_is_the_spells(asking: Asking) -> None:
    """The status of a day is that of the one spell that holds it."""
    for organization in asking.readings:
        days = asking.days(organization)
        for state in asking.states(organization):
            spells = organization.spells(state)
            for day in days:
                held = [spell.status for spell in spells if holds(spell, day)]
                asking.agree(
                    organization, state, day, status_on=[organization.status_on(state, day)], spells=held
                )


def answer_follows_from_the_status(asking: Asking) -> None:
    """A state was a member if every possible status counts on the basis, and was not if none does."""
    for organization in asking.readings:
        basis = organization.read_as.basis
        for day in asking.days(organization):
            for state in asking.states(organization):
                status = organization.status_on(state, day)
                asking.agree(
                    organization,
                    state,
                    day,
                    was_member=organization.was_member(state, day),
                    status_on=answer_of(status, basis),
                )


def rosters_are_the_answers(asking: Asking) -> None:
    """The roster of a day lists, by code, who was a member, and as possible those for whom it is open."""
    for organization in asking.readings:
        for day in asking.days(organization):
            roster = organization.members_on(day)
            said = {state.iso3: organization.was_member(state, day) for state in organization.states}
            for name, listed, wanted in (
                ("members_on", roster, Answer.YES),
                ("members_on(...).possible", roster.possible, Answer.UNKNOWN),
            ):
                codes = [code for code, answer in sorted(said.items()) if answer is wanted]
                asking.agree(organization, None, day, **{name: list(listed.codes()), "was_member": codes})


def changes_lead_to_the_answers(asking: Asking) -> None:
    """Starting from the first spells and applying the changes in order gives every status."""
    for organization in asking.readings:
        held = {state.iso3: organization.spells(state)[0].status for state in asking.states(organization)}
        changes = list(organization.changes())
        for day in asking.days(organization):
            today = [change for change in changes if change.day <= day]
            changes = changes[len(today) :]
            for change in today:
                asking.agree(
                    organization,
                    change.state,
                    day,
                    before=change.before,
                    the_change_before=held[change.state.iso3],
                )
                held[change.state.iso3] = change.after
                now = answer_of(change.after, organization.read_as.basis)
                asking.agree(organization, change.state, day, now=change.now, after=now)
            for state in asking.states(organization):
                status = organization.status_on(state, day)
                asking.agree(organization, state, day, status_on=status, changes=held[state.iso3])


def neighbouring_changes_enclose(asking: Asking) -> None:
    """Between the previous and the next change nothing changes."""
    for organization in asking.readings:
        cuts = sorted({change.day for change in organization.changes()})
        for day in asking.days(organization):
            past, future = organization.previous_change(day), organization.next_change(day)
            asking.agree(
                organization,
                None,
                day,
                previous_change={change.day for change in past},
                changes=set([cut for cut in cuts if cut <= day][-1:]),
            )
            asking.agree(
                organization,
                None,
                day,
                next_change={change.day for change in future},
                changes=set([cut for cut in cuts if cut > day][:1]),
            )


def changes_of_a_period_are_on_its_days(asking: Asking) -> None:
    """The changes of a half-open period are those on its days: its first day is included, its end is not."""
    for organization in asking.readings:
        changes = organization.changes()
        for first, after in asking.periods(organization):
            found = list(organization.changes(first, after))
            wanted = [change for change in changes if first <= change.day < after]
            asking.agree(organization, None, (first, after), changes=found, all_changes=wanted)
        for cut in {change.day for change in changes}:
            days = {change.day for change in organization.changes(cut, cut + timedelta(days=1))}
            asking.agree(organization, None, cut, changes=days, the_day={cut})
            before = list(organization.changes(cut - timedelta(days=1), cut))
            wanted = [change for change in changes if change.day == cut - timedelta(days=1)]
            asking.agree(organization, None, cut, changes_of_the_day_before=before, all_changes=wanted)


def periods_ask_about_all_days(asking: Asking) -> None:
    """A period's status is the union of its days' statuses; the answer is certain if all days agree."""
    for organization in asking.readings:
        for first, after in asking.periods(organization):
            for state in asking.states(organization):
                days = days_that_tell(organization, state, first, after)
                status = Status(0)
                for day in days:
                    status |= organization.status_on(state, day)
                when = first, after
                asking.agree(
                    organization, state, when, status_on=organization.status_on(state, when), its_days=status
                )
                asking.agree(
                    organization,
                    state,
                    when,
                    was_member=organization.was_member(state, when),
                    its_days=joined(organization.was_member(state, day) for day in days),
                )


def days_that_tell(organization: Organization, state: State, first: date, after: date) -> list[date]:
    """The first day of a period, and all others of it on which the status becomes another one."""
    starts = [spell.start for spell in organization.spells(state) if spell.start is not None]
    return [first, *(start for start in starts if first < start < after)]


def differences_are_of_two_days(asking: Asking) -> None:
    """The differences between two days follow from the answers on these two days."""
    for organization in asking.readings:
        for before, later in asking.periods(organization)[:10]:
            told = organization.difference(before, later)
            for state in organization.states or outsiders_of(organization):
                pair = organization.was_member(state, before), organization.was_member(state, later)
                same = organization.status_on(state, before) == organization.status_on(state, later)
                word = {(Answer.NO, Answer.YES): "joined", (Answer.YES, Answer.NO): "left"}.get(pair)
                wanted = word or ("nothing" if same else "changed")
                found = [name for name in ("joined", "left", "changed") if state in getattr(told, name)]
                asking.agree(
                    organization, state, (before, later), difference=found or ["nothing"], was_member=[wanted]
                )


def periods_hold_their_days(asking: Asking) -> None:
    """A roster holds in just the periods that ``periods_of`` gives; two were together if both were members."""
    for organization in asking.readings:
        pairs = list(pairwise(asking.states(organization)))
        together = {pair: organization.together(*pair) for pair in pairs}
        other = organization.members_on(edge_days(organization)[0])
        for day in asking.days(organization)[-20:]:
            roster = organization.members_on(day)
            if not roster.possible and not other.possible and roster != other:
                found = [period.answer for period in organization.periods_of(other) if holds(period, day)]
                asking.agree(organization, None, day, periods_of_another_roster=found, the_law=[])
            other = roster
            found = [period.answer for period in organization.periods_of(roster) if holds(period, day)]
            wanted = Answer.UNKNOWN if roster.possible else Answer.YES
            asking.agree(organization, None, day, periods_of=found, members_on=[wanted])
            for pair, periods in together.items():
                found = [period.answer for period in periods if holds(period, day)]
                both = {organization.was_member(state, day) for state in pair}
                answer = [] if Answer.NO in both else [joined(both)]
                asking.agree(
                    organization, pair[0], day, **{f"together with {pair[1].iso3}": found, "both": answer}
                )


def explanations_say_the_same(asking: Asking) -> None:
    """An explanation has the answer, the status and the spells of the other questions."""
    for organization in asking.readings:
        for day in asking.some(edge_days(organization))[:: 8 if asking.examples else 1]:
            for state in asking.states(organization):
                told = organization.explain(state, day)
                asking.agree(
                    organization,
                    state,
                    day,
                    explain=told.answer,
                    was_member=organization.was_member(state, day),
                )
                asking.agree(
                    organization,
                    state,
                    day,
                    explain=told.status,
                    status_on=organization.status_on(state, day),
                )
                spells = tuple(spell for spell in organization.spells(state) if holds(spell, day))
                asking.agree(organization, state, day, explain=told.spells, spells=spells)


def a_diary_agrees(asking: Asking) -> None:
    """A diary, kept day by day, has the same statuses and, on every basis, the same answers; of each era, too."""
    history = asking.organization.history
    of_states = {
        gap.state for gap in history.gaps
    }  # of which nothing is known on some days, whatever the era
    for dating in datings_of(asking.organization):
        plain = asking.organization.reading(dating=dating)
        for state in asking.states(plain):
            days = edge_days(plain)
            told = told_by_diary(plain, state, plain.events(state), days)
            for day in days:
                asking.agree(plain, state, day, status_on=plain.status_on(state, day), a_diary=told[day])
            for basis in COUNTED:
                read = plain.reading(basis=basis)
                for day in days:
                    said = read.was_member(state, day)
                    asking.agree(read, state, day, was_member=said, a_diary=answer_of(told[day], basis))
        for era in history.eras:
            read = plain.reading(era=era.id)
            days = asking.days(read)
            for state in plain.states:
                # Skip an era that begins for each state with its own act: the diary has one beginning for all
                # states.
                if era.requires is not None or state.iso3 in of_states:
                    continue
                told = diary(read.events(state), days, dating=dating, eras=history.eras, era=era.id)
                for day in days:
                    asking.agree(read, state, day, status_on=read.status_on(state, day), a_diary=told[day])


def told_by_diary(
    organization: Organization, state: State, events: Sequence[Event], days: Sequence[date]
) -> dict[date, Status]:
    """What a diary of these acts has for these days: all is possible on those of a gap, and in an open record."""
    history = organization.history
    if not events and not history.closed:
        return dict.fromkeys(days, EVERY)
    told = diary(events, days, dating=organization.read_as.dating)
    for gap in history.gaps:
        if gap.state == state.iso3:
            told |= {day: EVERY for day in days if gap.start.first <= day.toordinal() < gap.end.last}
    return told
