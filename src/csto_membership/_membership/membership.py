"""A membership and the questions it answers, each a look-up in the one compiled structure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, cast

from attrs import Factory, evolve, field, frozen

from csto_membership._facts.dates import day_text, plain_day, span, to_date, to_ordinal
from csto_membership._facts.states import State, tuple_of_states
from csto_membership._facts.statuses import Act, Status
from csto_membership._membership.answers import Answer, Changes, Difference, Spells, answer
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.eras import name_on
from csto_membership._membership.offices import holder_of, office_of, terms_in
from csto_membership._membership.participating import participation_of, participations_of
from csto_membership._membership.reading import (
    Reading,
    checked_dating,
    checked_era,
    checked_extrapolate,
    counted,
)
from csto_membership._membership.rosters import Roster
from csto_membership._membership.spells import change_days, changes_of, periods_of, spells_of
from csto_membership.errors import (
    BeyondHorizonError,
    DayError,
    ReadingError,
    UncertainError,
    did_you_mean,
    in_one_line,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Never, Self

    import pendulum

    from csto_membership._facts.dates import Day, When
    from csto_membership._facts.records import (
        Dataset,
        Event,
        History,
        Instrument,
        Participant,
        Participation,
        Source,
        Term,
    )
    from csto_membership._membership.answers import Period
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.explanation import Explanation
    from csto_membership._membership.segments import Timeline

# The largest sizes of the caches between questions; a full cache is emptied and filled again.
_ROSTERS_KEPT = 1024  # a large organization has thousands of segments
_READINGS_KEPT = 256
_ASKED_KEPT = 64  # arguments of reading(), for each reading
_WORDS_KEPT = 4096  # codes and names of states, as they were asked about


@frozen(eq=False)
class _Family:
    """The cache of an organization's memberships by reading, so that equal readings give one object."""

    made: dict[Reading, Membership] = field(factory=dict)
    lock: Lock = field(factory=Lock)

    def member(self, reading: Reading, make: Callable[[Reading], Membership]) -> Membership:
        """The membership under a reading, made if it is not kept."""
        kept = self.made.get(reading)
        if kept is not None:
            return kept
        made = make(reading)
        with self.lock:  # 16 threads that ask at once get one object
            kept = self.made.setdefault(reading, made)
            while len(self.made) > _READINGS_KEPT:
                _, oldest, *_ = self.made  # keep the first one: the others were read from it
                del self.made[oldest]
        return kept


@frozen(eq=False, repr=False, kw_only=True)
class Membership:
    """An organization's membership under one reading: ask it who was a member, when, and why.

    Immutable: ``reading`` gives the same organization read otherwise. A question about time takes
    a day (a ``date``, a naive ``datetime`` or ``"2003-06-30"``) and, where it does not say otherwise, a
    wider time (``"2003"``, ``"2003-06"``, or a half-open pair of days); every question about a state takes
    any code or name that the state is known by.

    Two are equal when they hold the same facts (the same data version) of the same organization under the
    same reading, and ask about the same states *beside* its own.

    Attributes:
        compiled: The structure in which every question is looked up; public for the modules that present
            answers.
    """

    compiled: Compiled
    _family: _Family = field(factory=_Family, alias="family")
    # Ordinal of the last day that can be asked about.
    _last: int = field(
        init=False,
        default=Factory(
            lambda self: date.max.toordinal() if self.compiled.last is None else self.compiled.last,
            takes_self=True,
        ),
    )
    # The first days of all segments but the first, then the day after the last day that can be asked about.
    _cuts: tuple[int, ...] = field(
        init=False,
        default=Factory(lambda self: (*self.compiled.segments.cuts, self._last + 1), takes_self=True),
    )
    _rosters: dict[int, Roster] = field(factory=dict, init=False)
    # By a code or name that was asked about: the state's timeline, and its answer in each run.
    _words: dict[str, tuple[Timeline, tuple[Answer, ...]]] = field(factory=dict, init=False)
    _asked: dict[object, Self] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._family.made.setdefault(self.compiled.reading, self)

    # Who.

    def members_on(self, when: When) -> Roster:
        """The states that were members on *when*, ordered by code.

        A spell counts from its first day up to, but not on, its end: a state whose membership ended
        on 2012-12-19 is not a member that day. Asked about a wider time, a state is listed if it was
        a member on every day of it; those for which it depends on the day, or on the sources, are in
        ``.possible``. The same object answers for every day of a segment, unless there are thousands of them.

        Args:
            when: A calendar day, or a period such as ``"1999"`` or ``"1999-04"``.

        Raises:
            DayError: *when* is not a day or a period, or is an aware datetime.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> csto.members_on("2003-06-30").codes()
            ('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK')
        """
        first = when.toordinal() if type(when) is date else plain_day(when)
        if 0 < first <= self._last:
            segment = bisect_right(self._cuts, first)
            try:
                return self._rosters[segment]
            except KeyError:
                return self._keep(segment, first)
        first, after = self._span(when)
        segment = bisect_right(self._cuts, first)
        if segment == bisect_right(self._cuts, after - 1):
            kept = self._rosters.get(segment)
            return kept if kept is not None else self._keep(segment, first)
        masks = [timeline.mask_in(first, after) for timeline in self.compiled.segments.timelines]
        return self._roster(masks, first, after)

    def latest(self) -> Roster:
        """The members on the horizon, the last day that the facts were checked.

        Examples:
            >>> from csto_membership import csto
            >>> csto.latest().codes("iso2")
            ('AM', 'BY', 'KZ', 'KG', 'RU', 'TJ')
        """
        return self.members_on(date.fromordinal(self.compiled.horizon))

    def was_member(self, state: object, when: When) -> Answer:
        """Whether a state was a member on every day of *when*.

        Yes when every status that is possible counts on the reading's basis, no when none does,
        unknown otherwise.

        Args:
            state: Any code or name it is known by.
            when: A calendar day or a period.

        Raises:
            StateError: No state has this code or name, or several have it.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> csto.was_member("UZB", "2003-06-30")
            <Answer.NO: 'no'>
            >>> csto.was_member("AZE", "1999")
            <Answer.UNKNOWN: 'unknown'>
        """
        known = self._words.get(state) if type(state) is str else None
        if known is not None:
            day = when.toordinal() if type(when) is date else plain_day(when)
            if 0 < day <= self._last:
                return known[1][bisect_right(known[0].days, day)]
        timeline = self._timeline(state)
        return answer(timeline.mask_in(*self._span(when)), self.compiled.basis)

    def status_on(self, state: object, when: When) -> Status:
        """The status of a state: several flags where the sources, or the days of *when*, differ.

        Raises:
            StateError: No state has this code or name, or several have it.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> str(csto.status_on("UZB", "2003-06-30"))
            'FORMER'
            >>> str(csto.status_on("AZE", "1999"))
            'MEMBER or FORMER'
        """
        return Status(self._timeline(state).mask_in(*self._span(when)))

    # When.

    def spells(self, state: object) -> Spells:
        """The spells of a state, in order: disjoint, maximal, and together covering all days.

        The first has no start and the last no end: it lasted on the horizon.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> for spell in csto.spells("UZB"):
            ...     print(spell)
            UZB OUTSIDE (..., 1992-05-15)
            UZB SIGNATORY [1992-05-15, 1994-04-20)
            UZB MEMBER [1994-04-20, 1999-04-21)
            UZB FORMER [1999-04-21, 2006-08-16)
            UZB MEMBER [2006-08-16, 2012-12-19)
            UZB SUSPENDED [2012-12-19, ...)
        """
        timeline = self._timeline(state)
        key = "shown spells", timeline.state.iso3
        spells: Spells | None = self.compiled.cache.get(key)
        if spells is None:
            spells = Spells(spells_of(self.compiled, timeline), about=self._read_with())
            self.compiled.cache[key] = spells
        return spells

    def changes(
        self,
        start: When | None = None,
        end: Day | None = None,
        *,
        state: object = None,
        act: str | None = None,
    ) -> Changes:
        """What changed, for whom and by which event, by day and then by state.

        Args:
            start: A period alone, or with *end* the first day; ``None`` for all time.
            end: The first day after those asked about.
            state: Only changes of this state.
            act: Only changes by this act.

        Raises:
            DayError: A bound is not a day, or there is no day between them.
            StateError: No state has this code or name, or several have it.
            ReadingError: There is no such act.
            BeyondHorizonError: The bounds reach past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> for change in csto.changes("1999"):
            ...     print(change)
            1999-04-21 AZE MEMBER -> FORMER (lapse)
            1999-04-21 GEO MEMBER -> FORMER (lapse)
            1999-04-21 UZB MEMBER -> FORMER (lapse)
        """
        if act is not None and act not in list(Act):
            raise ReadingError(
                f"no act {act!r}.", f"{did_you_mean(act, list(Act))}There are {', '.join(Act)}."
            )
        if start is None and end is not None:
            raise DayError(
                "changes() was given an end without a start.", "Give both days, or a period alone."
            )
        changes = changes_of(self.compiled)
        if start is not None:
            first, after = self._span(start if end is None else (start, end))  # type: ignore[arg-type] # checked there
            days = change_days(self.compiled)
            changes = changes[bisect_left(days, first) : bisect_left(days, after)]
        if state is not None:
            wanted = self.state(state)
            changes = tuple(change for change in changes if change.state is wanted)
        if act is not None:
            changes = tuple(
                change for change in changes if change.event is not None and change.event.act == act
            )
        return Changes(changes, about=self._read_with())

    def next_change(self, day: Day) -> Changes:
        """The changes on the first day after *day* on which anything changes; empty if none does.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: *day* is past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> [str(change.day) for change in csto.next_change("2007-01-01")]
            ['2012-12-19']
        """
        days = change_days(self.compiled)
        return self._changes_beside(bisect_right(days, self._day(day)))

    def previous_change(self, day: Day) -> Changes:
        """The changes on the last day up to and including *day* on which anything changed.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: *day* is past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> [str(change) for change in csto.previous_change("2007-01-01")]
            ['2006-08-16 UZB FORMER -> MEMBER (join)']
        """
        days = change_days(self.compiled)
        return self._changes_beside(bisect_right(days, self._day(day)) - 1)

    def difference(self, before: When, after: When) -> Difference:
        """How the membership at one time differs from that at another.

        Raises:
            DayError: One of them is not a day or a period.
            BeyondHorizonError: One of them reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> print(csto.difference("1999-04-01", "2000-01-01"))
            left: AZE, GEO, UZB
        """
        old, new = self._span(before), self._span(after)
        joined, left, changed = [], [], []
        for timeline in self.compiled.segments.timelines:
            masks = timeline.mask_in(*old), timeline.mask_in(*new)
            was, now = (answer(mask, self.compiled.basis) for mask in masks)
            if was is Answer.NO and now is Answer.YES:
                joined.append(timeline.state)
            elif was is Answer.YES and now is Answer.NO:
                left.append(timeline.state)
            elif masks[0] != masks[1]:
                changed.append(timeline.state)
        return Difference(joined=tuple(joined), left=tuple(left), changed=tuple(changed))

    def periods_of(self, states: Iterable[object]) -> tuple[Period, ...]:
        """When the membership was exactly this set of states.

        Periods on which it may have been, but need not, carry the answer ``UNKNOWN``.

        Args:
            states: States by any of their codes or names; a roster will do.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> for period in csto.periods_of(["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"]):
            ...     print(period)
            [2006-08-16, 2012-12-19)
        """
        wanted = self._codes(states)
        return periods_of(self.compiled, wanted, {state.iso3 for state in self.states} - wanted)

    def periods_with(self, states: Iterable[object]) -> tuple[Period, ...]:
        """When all of these states were members, whoever else was.

        Periods on which they may have been, but need not, carry the answer ``UNKNOWN``.

        Args:
            states: States by any of their codes or names.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> [str(period) for period in csto.periods_with(["UZB", "BLR"])]
            ['[1994-04-20, 1999-04-21)', '[2006-08-16, 2012-12-19)']
        """
        return periods_of(self.compiled, self._codes(states), ())

    def together(self, one: object, other: object) -> tuple[Period, ...]:
        """When both states were members: the spells of a dyad.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> [str(period) for period in csto.together("ARM", "AZE")]
            ['[1994-04-20, 1999-04-21)']
        """
        return self.periods_with((one, other))

    # Offices.

    def holder_of(self, office: str, when: When) -> Term:
        """Who held an office on every day of *when*: a state, or a person of a state.

        Acting holders and substitutes say so in ``.capacity``. No handover rule is assumed: where the sources
        leave the day open, so does the answer.

        Args:
            office: The office's identifier: ``"chair"`` or ``"secretary-general"``.
            when: A calendar day or a period.

        Raises:
            OfficeError: The organization has no such office, or no holder is recorded for that time.
            UncertainError: It depends on the day, or the sources leave it open.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> str(csto.holder_of("chair", "2024-06-01"))
            'KAZ [2024-01-01, 2025-01-01)'
            >>> str(csto.holder_of("secretary-general", "2019-06-01"))
            'Valery Semerikov (RUS), acting [[2018-10-30..2018-11-02], 2020-01-01)'
        """
        return holder_of(self.compiled, office, when, *self._span(when))

    def holders_in(self, office: str, when: When) -> tuple[Term, ...]:
        """The terms of an office that *when* touches, or may touch, in order.

        Raises:
            OfficeError: The organization has no such office.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> [term.state for term in csto.holders_in("chair", "2024")]
            ['KAZ']
            >>> [term.state for term in csto.holders_in("chair", "2020-12-15")]
            ['RUS', 'TJK']
        """
        return tuple(term for term, _ in terms_in(self.compiled, office, *self._span(when)))

    def holders_of(self, office: str) -> tuple[Term, ...]:
        """All recorded terms of an office, in order, as far as the reading's ``known_on`` keeps them.

        Raises:
            OfficeError: The organization has no such office.

        Examples:
            >>> from csto_membership import csto
            >>> print(csto.holders_of("secretary-general")[0])
            Nikolai Bordyuzha (RUS) [2003-04-28, 2017-01-01)
        """
        return office_of(self.compiled, office).terms

    def participations(self, kind: str | None = None) -> tuple[Participation, ...]:
        """The operations and sessions in which states took part, by their first day.

        Args:
            kind: Only ``"operation"`` or only ``"session"``.

        Raises:
            ReadingError: There is no such kind.
        """
        return participations_of(self.history, kind)

    def participants(self, identifier: str) -> tuple[Participant, ...]:
        """The states that took part in an operation or a session, each in its capacity.

        Args:
            identifier: The identifier of the operation or session.

        Raises:
            ParticipationError: The organization has no such operation or session.
        """
        return participation_of(self.history, identifier).participants

    # Why.

    def explain(self, state: object, when: When, *, lang: str = "en") -> Explanation:
        """Whether a state was a member, and everything that supports the answer.

        Args:
            state: Any code or name it is known by.
            when: A calendar day or a period.
            lang: Its language: ``en``, ``ru`` or ``ar``. Notes, disputes and titles stay as the facts file has
                them; in Arabic they are set in Unicode isolates, so that nothing in them changes sides.

        Raises:
            ReadingError: There are no sentences in that language.
            StateError: No state has this code or name, or several have it.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> explanation = csto.explain("UZB", "2003-06-30")
            >>> explanation
            <Explanation: UZB was not a member on 2003-06-30>
            >>> str(explanation.before), str(explanation.after)
            ('UZB lapse 1999-04-21', 'UZB join 2006-08-16')
            >>> csto.explain("AZE", "1998-01-01", lang="ru").headline
            'По состоянию на 1 января 1998 года Азербайджан (AZE) — участник ДКБ.'
            >>> csto.explain("AZE", "1998-01-01").headline
            'AZE (Azerbaijan) was a party to the Collective Security Treaty on 1 January 1998.'
        """
        from csto_membership._membership.explaining import explain
        from csto_membership._membership.vocabulary_lookup import checked_lang

        checked_lang(lang)
        timeline = self._timeline(state)
        return explain(self.compiled, timeline, when, *self._span(when), lang)

    def events(self, state: object = None) -> tuple[Event, ...]:
        """The acts, by state and then time, as far as the reading's ``known_on`` keeps them.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> [str(event) for event in csto.events("GEO")]
            ['GEO sign 1993-12-09', 'GEO join 1994-04-20', 'GEO lapse 1999-04-21']
        """
        wanted = None if state is None else self.state(state)
        return tuple(
            event
            for timeline in self.compiled.segments.timelines
            if wanted is None or timeline.state is wanted
            for event in timeline.events
        )

    def sources(self, state: object = None) -> tuple[Source, ...]:
        """The sources that the acts cite, by identifier.

        Args:
            state: Only those on this state.

        Raises:
            StateError: No state has this code or name, or several have it.
        """
        from csto_membership._membership.explaining import cited

        names = {name for event in self.events(state) for name in cited(event)}
        return tuple(source for source in self.dataset.sources if source.id in names)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The instruments that the acts and the eras rest on, by identifier."""
        used = {era.instrument for era in self.history.eras}
        used |= {event.instrument for event in self.events()}
        return tuple(instrument for instrument in self.dataset.instruments if instrument.id in used)

    # What it is.

    def state(self, state: object, *, codes: str | None = None) -> State:
        """The state that a code or a name means.

        Args:
            state: Any code or name that it is known by.
            codes: The only scheme to look in, where a number means different states in two of them.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> csto.state("KG").iso3
            'KGZ'
        """
        return self.compiled.names.resolve(state, codes)

    def name_on(self, when: When) -> str:
        """The name of the era that *when* lies in: of the Treaty, later of the Organization.

        Raises:
            EraError: There was no era yet, or the organization had ended.
            UncertainError: *when* touches several eras, or the sources leave open which it was.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> csto.name_on("1999-01-01")
            'Collective Security Treaty'
            >>> csto.name_on("2003-09-18")
            'Collective Security Treaty Organization'
        """
        return name_on(self.compiled, when, *self._span(when))

    @property
    def horizon(self) -> pendulum.Date:
        """The last day that the facts were checked, or the reading's ``known_on``."""
        return to_date(self.compiled.horizon)

    def reading(
        self,
        *unnamed: Never,
        basis: str | Status | None = None,
        dating: str | tuple[str, ...] | None = None,
        era: str | None = None,
        known_on: Day | None = None,
        extrapolate: bool | None = None,
    ) -> Self:
        """The same organization under another reading; an argument that is not given keeps its value here.

        Equal readings give the same object.

        Args:
            unnamed: Not used: every argument is passed by keyword.
            basis: Which statuses count: ``"legal"`` (member, frozen), ``"active"`` (member),
                ``"nominal"`` (member, frozen, suspended), ``"signed"`` (signatory, member, frozen),
                or a ``Status``.
            dating: What dates an event: ``"effect"``, its effective date; a step such as
                ``"decision"``, or several in order of preference, where it has one, else the effective
                date; ``"any"``, all days from the first to the last date it carries.
            era: Only days of this era count. To count all eras again, use the organization from which this
                was read.
            known_on: Only what was public by this day counts, and the horizon is moved there; undone in the
                same way.
            extrapolate: Whether to answer past the horizon as though nothing else happened there: an act that the
                file has dated after it takes effect in its window, and one that was public without a date by
                *known_on* leaves all later days open.

        Raises:
            ReadingError: There is no such basis, dating or era.
            DayError: *known_on* is not one day.
            BeyondHorizonError: *known_on* is past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> csto.reading(basis="active").was_member("ARM", "2025-01-01")
            <Answer.NO: 'no'>
            >>> csto.reading(dating="decision").was_member("UZB", "2006-07-01")
            <Answer.YES: 'yes'>
        """
        if unnamed:
            raise ReadingError(
                f"reading() takes each choice by its name, got {shown(unnamed[0])}.",
                f"Write for example reading(basis={shown(unnamed[0])}).",
            )
        arguments: tuple[object, ...] | None = (basis, dating, era, known_on, extrapolate)
        try:
            kept = self._asked.get(arguments)
        except TypeError:  # a list of steps, or no value that a reading could have
            arguments, kept = None, None
        if kept is not None:
            return kept
        checked_era(era)
        checked_extrapolate(extrapolate)
        if basis is not None:
            counted(basis)  # refuse an unknown basis before it is cached
        here = self.compiled.reading
        wanted = Reading(
            basis=here.basis if basis is None else basis,
            dating=here.dating if dating is None else checked_dating(dating),
            era=here.era if era is None else era,
            known_on=(
                here.known_on if known_on is None else date.fromordinal(to_ordinal(known_on)).isoformat()
            ),
            extrapolate=here.extrapolate if extrapolate is None else extrapolate,
        )
        read = cast("Self", self._family.member(wanted, self._read_as))
        if arguments is not None:
            if len(self._asked) >= _ASKED_KEPT:
                self._asked.clear()
            self._asked[arguments] = read
        return read

    def beside(self, states: Iterable[object]) -> Self:
        """The same organization, which also lists these states, of which it records no act, in its tables.

        Questions about one state need none of this: every state of the world can be asked about.

        Args:
            states: States by any code or name; those that it lists already change nothing.

        Raises:
            StateError: No state has this code or name, or several have it.

        Examples:
            >>> from csto_membership import csto
            >>> csto.beside(["Украина"]).status_on("UKR", "2003")
            <Status.OUTSIDE: 1>
        """
        compiled = self.compiled
        found = (
            state if isinstance(state, State) else self.state(state) for state in tuple_of_states(states)
        )
        added = {state.iso3: state for state in found if state.iso3 not in compiled.names.states}
        if not added:
            return self
        known = {state.iso3: state for state in compiled.dataset.states}
        every = added | known
        dataset = evolve(compiled.dataset, states=tuple(every[code] for code in sorted(every)))
        beside = compiled.beside.union(added)
        return type(self)(
            compiled=compile_history(dataset, compiled.full_history, compiled.reading, beside),
        )

    @property
    def dataset(self) -> Dataset:
        """All records of the file."""
        return self.compiled.dataset

    @property
    def history(self) -> History:
        """This organization's records, as far as they were public by the reading's ``known_on``."""
        return self.compiled.history

    @property
    def read_as(self) -> Reading:
        """How the acts are read here."""
        return self.compiled.reading

    @property
    def states(self) -> tuple[State, ...]:
        """The states with any act in it, by code."""
        return self.compiled.states

    @property
    def data_version(self) -> str:
        """The version of the facts: the last day verified and a hash of this organization's records.

        The same facts have the same version whether they were read from YAML or JSON or made in code; it does
        not change with the version of the library.
        """
        return self.compiled.data_version

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Membership):
            return NotImplemented
        mine, theirs = self.compiled, other.compiled
        return (
            mine.history.id == theirs.history.id
            and mine.reading == theirs.reading
            and mine.beside == theirs.beside
            and (mine.dataset is theirs.dataset or mine.data_version == theirs.data_version)
        )

    def __hash__(self) -> int:
        return hash((self.compiled.history.id, self.compiled.reading, self.compiled.beside))

    def __dask_tokenize__(self) -> tuple[object, ...]:
        """The key by which Dask recognizes equal work: the facts' version, cheaper than the facts."""
        compiled = self.compiled
        return compiled.data_version, compiled.history.id, str(compiled.reading), sorted(compiled.beside)

    def __repr__(self) -> str:
        verified = self.dataset.verified_through
        return in_one_line(f"<Organization {self.history.id}: {self.read_as}, verified through {verified}>")

    # Inside.

    def _read_as(self, reading: Reading) -> Membership:
        """The same organization under another reading."""
        compiled = self.compiled
        return type(self)(
            compiled=compile_history(compiled.dataset, compiled.full_history, reading, compiled.beside),
            family=self._family,
        )

    def _span(self, when: When) -> tuple[int, int]:
        """The days of a question, none of them past the last one that can be asked about."""
        first, after = span(when)
        if after - 1 > self._last:
            last = date.fromordinal(self._last).isoformat()
            what = "the known_on of the reading" if self.compiled.is_past else "the last day verified"
            raise BeyondHorizonError(
                f"{day_text(when)} reaches past {last}, {what}.",
                "Ask latest() for that day, or reading(extrapolate=True) to take it that nothing has changed since.",
                option="extrapolate",
            )
        return first, after

    def _day(self, day: Day) -> int:
        """One day of a question."""
        to_ordinal(day)
        return self._span(day)[0]

    def _timeline(self, state: object) -> Timeline:
        """The timeline of a state; cached by code or name, together with the answer in each run."""
        known = self._words.get(state) if type(state) is str else None
        if known is not None:
            return known[0]
        timeline = self.compiled.timeline_of(self.state(state))
        if type(state) is str:
            if len(self._words) >= _WORDS_KEPT:
                self._words.clear()  # in one step, since other threads may be reading
            answers = tuple(answer(mask, self.compiled.basis) for mask in timeline.masks)
            self._words[state] = timeline, answers
        return timeline

    def _listed(self, state: object) -> State:
        """The state for ``in`` on a roster; refused if the record is not closed and holds no act of it."""
        found = self.state(state)
        if found.iso3 not in self.compiled.names.states and not self.history.closed:
            raise UncertainError(
                f"it is unknown whether {found} is in it: the record of {self.history.id} does not claim to hold the "
                "acts of all states.",
                "Ask about one of its states.",
            )
        return found

    def _codes(self, states: Iterable[object]) -> frozenset[str]:
        """The codes of several states."""
        return frozenset(self.state(state).iso3 for state in tuple_of_states(states))

    def _keep(self, segment: int, day: int) -> Roster:
        """The roster of a segment, kept for the next who asks."""
        if len(self._rosters) >= _ROSTERS_KEPT:
            self._rosters.clear()  # in one step, since other threads may be reading
        masks = [timeline.mask_on(day) for timeline in self.compiled.segments.timelines]
        roster = self._roster(masks, self._cuts[segment - 1] if segment else 0, self._cuts[segment])
        return self._rosters.setdefault(segment, roster)

    def _roster(self, masks: list[int], first: int, after: int) -> Roster:
        """The roster of the states with these masks on the days ``[first, after)``."""
        members, undecided = [], []
        basis = self.compiled.basis
        for state, mask in zip(self.states, masks, strict=True):
            if not mask & ~basis:
                members.append(state)
            elif mask & basis:
                undecided.append(state)
        show = partial(self._roster_html, first, after)
        return Roster(tuple(members), tuple(undecided), resolve=self._listed, show=show)

    def _changes_beside(self, index: int) -> Changes:
        """All changes on the day of the change with this index, if there is such a change."""
        changes, days = changes_of(self.compiled), change_days(self.compiled)
        if not 0 <= index < len(days):
            return Changes(about=self._read_with())
        found = changes[bisect_left(days, days[index]) : bisect_right(days, days[index])]
        return Changes(found, about=self._read_with())

    def _read_with(self) -> str:
        """The reading and the last day checked, in words."""
        from csto_membership._membership.roster_cards import read_with

        return read_with(self.compiled)

    def _roster_html(self, first: int, after: int, roster: Roster) -> str:
        """The card of the roster of the days ``[first, after)``."""
        from csto_membership._membership.roster_cards import roster_html

        return roster_html(self.compiled, first, after, roster)
