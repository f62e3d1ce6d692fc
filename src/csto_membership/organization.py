"""An organization and the questions it answers, each a look-up in its segments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from attrs import evolve, field, frozen

from csto_membership._facts.dates import span, to_date, to_ordinal
from csto_membership._facts.records import Dataset, State
from csto_membership._facts.statuses import BASES, TRANSITIONS, Act, Status, StepName
from csto_membership._membership.answers import (
    Answer,
    Change,
    Difference,
    Explanation,
    Period,
    Roster,
    Spell,
    all_of,
    answer,
    negated,
)
from csto_membership._membership.known_on import public_by
from csto_membership._membership.names import Names
from csto_membership._membership.participating import participation_of, participations_of, parts_of
from csto_membership._membership.phrases import phrase
from csto_membership._membership.segments import (
    Reading,
    Segments,
    Timeline,
    compile_segments,
    compile_terms,
    windows,
)
from csto_membership.errors import (
    BeyondHorizonError,
    DayError,
    EraError,
    OfficeError,
    ReadingError,
    UncertainError,
    nearest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pendulum

    from csto_membership._facts.dates import Day, When
    from csto_membership._facts.records import (
        Era,
        Event,
        History,
        Instrument,
        Office,
        Participant,
        Participation,
        Source,
        Term,
    )
    from csto_membership.claims import Claim, Finding
    from csto_membership.frames import Reconciliation

FrameT = TypeVar("FrameT")


class _Acts(NamedTuple):
    """A state's acts, by how they stand to the days asked about; see :class:`Explanation`."""

    before: Event | None
    confirmed: tuple[Event, ...]
    in_doubt: tuple[Event, ...]
    during: tuple[Event, ...]
    after: Event | None


_ROSTERS_KEPT = 1024  # a roster for each of the thousands of segments of a large organization fills memory


@frozen(eq=False, repr=False, kw_only=True)
class Organization:
    """An organization under one reading: ask it who was a member, when, and why.

    Immutable: :meth:`reading` gives the same organization read otherwise. A question about time takes
    a day (a ``date``, a naive ``datetime`` or ``"2003-06-30"``) and, where it does not say otherwise, a
    wider time (``"2003"``, ``"2003-06"``, or a half-open pair of days); every question about a state takes
    any code or name that the state is known by.

    Attributes:
        dataset: All records of the file.
        history: This organization's records, as far as they were public by the reading's ``known_on``.
        read_as: How the acts are read here.
        states: The states with any act in it, by code.
    """

    dataset: Dataset
    history: History
    read_as: Reading
    states: tuple[State, ...]
    _names: Names = field(alias="names")
    _basis: int = field(alias="basis")
    _segments: Segments = field(alias="segments")
    _horizon: int = field(alias="horizon")
    # The first days of the segments, and the day after the horizon: past it, no roster is ever kept.
    _cuts: tuple[int, ...] = field(alias="cuts")
    _readings: dict[Reading, Organization] = field(alias="readings")
    # Codes of states without any act that are asked about all the same.
    _beside: frozenset[str] = field(alias="beside")
    _rosters: dict[int, Roster] = field(factory=dict, init=False)

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
        if type(when) is date:
            kept = self._rosters.get(bisect_right(self._cuts, when.toordinal()))
            if kept is not None:
                return kept
        first, after = self._span(when)
        segment = bisect_right(self._cuts, first)
        if after - first == 1 or segment == bisect_right(self._cuts, after - 1):
            kept = self._rosters.get(segment)
            return kept if kept is not None else self._keep(segment, first)
        return self._roster([timeline.mask_in(first, after) for timeline in self._segments.timelines])

    def latest(self) -> Roster:
        """The members on the horizon, the last day that the facts were checked.

        Examples:
            >>> from csto_membership import csto
            >>> csto.latest().codes("iso2")
            ('AM', 'BY', 'KZ', 'KG', 'RU', 'TJ')
        """
        return self.members_on(date.fromordinal(self._horizon))

    def was_member(self, state: object, when: When) -> Answer:
        """Whether a state was a member on every day of *when*.

        Yes when every status that is possible counts on the reading's basis, no when none does,
        unknown otherwise.

        Args:
            state: Any code or name it is known by.
            when: A calendar day or a period.

        Raises:
            StateError: The organization has no such state.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> csto.was_member("UZB", "2003-06-30")
            <Answer.NO: 'no'>
            >>> csto.was_member("AZE", "1999")
            <Answer.UNKNOWN: 'unknown'>
        """
        return answer(self._mask(state, when), self._basis)

    def status_on(self, state: object, when: When) -> Status:
        """The status of a state: several flags where the sources, or the days of *when*, differ.

        Raises:
            StateError: The organization has no such state.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> str(csto.status_on("UZB", "2003-06-30"))
            'FORMER'
            >>> str(csto.status_on("AZE", "1999"))
            'MEMBER or FORMER'
        """
        return Status(self._mask(state, when))

    # When.

    def spells(self, state: object) -> tuple[Spell, ...]:
        """The spells of a state, in order: disjoint, maximal, and together covering all days.

        The first has no start and the last no end: it lasted on the horizon.

        Raises:
            StateError: The organization has no such state.

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
        return tuple(_spell(timeline, run) for run in range(len(timeline.masks)))

    def changes(
        self,
        start: When | None = None,
        end: Day | None = None,
        *,
        state: object = None,
        act: str | None = None,
    ) -> tuple[Change, ...]:
        """What changed, for whom and by which event, by day and then by state.

        Args:
            start: A period alone, or with *end* the first day; ``None`` for all time.
            end: The first day that no longer counts.
            state: Only changes of this state.
            act: Only changes by this act.

        Raises:
            DayError: The bounds are no days, or hold none.
            StateError: The organization has no such state.
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
            raise ReadingError(f"no act {act!r}{nearest(act, list(Act))} There are {', '.join(Act)}.")
        if start is None and end is not None:
            raise DayError("changes() was given an end without a start. Give both days, or a period alone.")
        first, after = 0, self._segments.cuts[-1] + 1 if self._segments.cuts else 1
        if start is not None:
            first, after = self._span(start if end is None else (start, end))  # type: ignore[arg-type] # checked there
        wanted = None if state is None else self.state(state)
        found = [
            change
            for timeline in self._segments.timelines
            if wanted is None or timeline.state is wanted
            for change in self._changes(timeline, first, after)
            if act is None or (change.event is not None and change.event.act == act)
        ]
        return tuple(sorted(found, key=lambda change: (change.day, change.state.iso3)))

    def next_change(self, day: Day) -> tuple[Change, ...]:
        """The changes on the first day after *day* on which anything changes; empty if none does.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: *day* is past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> [str(change.day) for change in csto.next_change("2007-01-01")]
            ['2012-12-19']
        """
        cut = bisect_right(self._segments.cuts, self._day(day))
        return self._changes_at(cut)

    def previous_change(self, day: Day) -> tuple[Change, ...]:
        """The changes on the last day up to and including *day* on which anything changed.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: *day* is past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> [str(change) for change in csto.previous_change("2007-01-01")]
            ['2006-08-16 UZB FORMER -> MEMBER (join)']
        """
        return self._changes_at(bisect_right(self._segments.cuts, self._day(day)) - 1)

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
        for timeline in self._segments.timelines:
            masks = timeline.mask_in(*old), timeline.mask_in(*new)
            was, now = (answer(mask, self._basis) for mask in masks)
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
            StateError: The organization has no such state.

        Examples:
            >>> from csto_membership import csto
            >>> for period in csto.periods_of(["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"]):
            ...     print(period)
            [2006-08-16, 2012-12-19)
        """
        wanted = self._codes(states)

        def exactly(segment: int) -> Answer:
            answers = {
                answer(mask, self._basis)
                if timeline.state.iso3 in wanted
                else negated(answer(mask, self._basis))
                for timeline, mask in self._masks(segment)
            }
            return all_of(answers)

        return self._periods(exactly)

    def periods_with(self, states: Iterable[object]) -> tuple[Period, ...]:
        """When all of these states were members, whoever else was.

        Periods on which they may have been, but need not, carry the answer ``UNKNOWN``.

        Args:
            states: States by any of their codes or names.

        Raises:
            StateError: The organization has no such state.

        Examples:
            >>> from csto_membership import csto
            >>> [str(period) for period in csto.periods_with(["UZB", "BLR"])]
            ['[1994-04-20, 1999-04-21)', '[2006-08-16, 2012-12-19)']
        """
        wanted = self._codes(states)

        def at_least(segment: int) -> Answer:
            return all_of(
                {
                    answer(mask, self._basis)
                    for timeline, mask in self._masks(segment)
                    if timeline.state.iso3 in wanted
                }
            )

        return self._periods(at_least)

    def together(self, one: object, other: object) -> tuple[Period, ...]:
        """When both states were members: the spells of a dyad.

        Raises:
            StateError: The organization has no such state.

        Examples:
            >>> from csto_membership import csto
            >>> [str(period) for period in csto.together("ARM", "AZE")]
            ['[1994-04-20, 1999-04-21)']
        """
        return self.periods_with((one, other))

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
        possible = self._holders_in(office, when)
        if not possible:
            raise OfficeError(
                f"no {office} of {self.history.id} is recorded for {_written(when)}. "
                f"See holders_of({office!r}) for the terms that are."
            )
        if len(possible) > 1 or possible[0][1] is Answer.UNKNOWN:
            named = " or ".join(str(term) for term, _ in possible)
            raise UncertainError(
                f"the {office} of {self.history.id} for {_written(when)} is open: {named}. "
                "Ask about a narrower time, or read holders_of()."
            )
        return possible[0][0]

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
        return tuple(term for term, _ in self._holders_in(office, when))

    def holders_of(self, office: str) -> tuple[Term, ...]:
        """All recorded terms of an office, in order, as far as the reading's ``known_on`` keeps them.

        Raises:
            OfficeError: The organization has no such office.

        Examples:
            >>> from csto_membership import csto
            >>> print(csto.holders_of("secretary-general")[0])
            Nikolai Bordyuzha (RUS) [2003-04-28, 2017-01-01)
        """
        return self._office(office).terms

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
            lang: The language of the sentence, of the headings and of the state's name: ``en``, ``ru`` or ``ar``.
                Notes, disputes and titles stay as the facts file has them; in Arabic they and all dates are set
                in Unicode isolates, U+2066 and U+2069, so that nothing in them changes sides.

        Raises:
            ReadingError: There are no sentences in that language.
            StateError: The organization has no such state.
            DayError: *when* is not a day or a period.
            BeyondHorizonError: *when* reaches past the last day verified.

        Examples:
            >>> from csto_membership import csto
            >>> explanation = csto.explain("UZB", "2003-06-30")
            >>> explanation.headline
            'UZB (Uzbekistan) was not a member of CST/CSTO on 2003-06-30.'
            >>> str(explanation.before), str(explanation.after)
            ('UZB lapse 1999-04-21', 'UZB join 2006-08-16')
            >>> csto.explain("UZB", "2003-06-30", lang="ru").headline
            'Узбекистан (UZB): не член ДКБ/ОДКБ на 2003-06-30.'
            >>> csto.explain("AZE", "1998-01-01").headline
            'AZE (Azerbaijan) was a member of CST on 1998-01-01.'
        """
        phrase(lang, "yes")  # refuse an unknown language before any work
        timeline = self._timeline(state)
        first, after = self._span(when)
        runs = timeline.runs_in(first, after)
        status = Status(timeline.mask_in(first, after))
        said = answer(status.value, self._basis)
        acts = self._acts_around(timeline, first, after)
        parts = tuple(parts_of(self.history, timeline.state.iso3, first, after))
        told = [
            event
            for event in (acts.before, *acts.confirmed, *acts.in_doubt, *acts.during, acts.after)
            if event
        ]
        return Explanation(
            organization=self.history.id,
            eras=self._eras_of(said, first, after),
            state=timeline.state,
            when=_written(when),
            is_wide=after - first > 1,
            answer=said,
            status=status,
            spells=tuple(_spell(timeline, run) for run in runs),
            before=acts.before,
            confirmed=acts.confirmed,
            in_doubt=acts.in_doubt,
            during=acts.during,
            after=acts.after,
            rule=self._rule(status, said, acts.before),
            disputes=tuple(dispute for event in told for dispute in event.disputes),
            instruments=tuple(
                instrument
                for instrument in self.dataset.instruments
                if instrument.id in {event.instrument for event in told}
            ),
            parts=parts,
            sources=tuple(
                self._source(name)
                for name in dict.fromkeys(
                    name
                    for names in (*map(_cited, told), *((*one.sources, *part.sources) for one, part in parts))
                    for name in names
                )
            ),
            reading=self.read_as,
            verified_through=self.dataset.verified_through.text,
            lang=lang,
        )

    def check(self, claim: Claim) -> Finding:
        """Whether what a source says is right, with what would make it so.

        A claim about a month or a year is judged by three-valued logic, not rounded.

        Raises:
            ClaimError: The claim lacks what its kind needs, or names an instrument that is not there.
            StateError: The claim names no state in the world, or one code for several.
            OfficeError: The organization has no such office.
            ReadingError: The organization has no such era.
            BeyondHorizonError: The claim speaks of days past the last day verified.

        Examples:
            >>> from csto_membership import Claim, ClaimKind, csto
            >>> seven = ("RUS", "KAZ", "KGZ", "TJK", "UZB", "BLR", "ARM")
            >>> finding = csto.check(Claim(kind=ClaimKind.FOUNDING, states=seven))
            >>> finding.verdict, str(finding.periods[0])
            (<Verdict.CONTRADICTED: 'contradicted'>, '[2006-08-16, 2012-12-19)')
        """
        from csto_membership.claims._judging import judge

        return judge(self, claim)

    def beside(self, states: Iterable[object]) -> Organization:
        """The same organization, asked about states, too, of which it records no act: they are OUTSIDE.

        Args:
            states: States that it does not have, or ISO codes or names of territories in the world at large; such
                as it has change nothing.

        Raises:
            StateError: There is no such territory, or the text means several.

        Examples:
            >>> from csto_membership import csto
            >>> csto.beside(["Украина"]).status_on("UKR", "2003")
            <Status.OUTSIDE: 1>
        """
        if isinstance(states, str):
            states = (states,)
        found = (state if isinstance(state, State) else self._anywhere(state) for state in states)
        added = {state.iso3: state for state in found if state.iso3 not in self._names.states}
        if not added:
            return self
        known = {state.iso3: state for state in self.dataset.states}
        every = added | known
        dataset = evolve(self.dataset, states=tuple(every[code] for code in sorted(every)))
        beside = self._beside | added.keys()
        readings: dict[Reading, Organization] = {}
        return readings.setdefault(
            self.read_as, _organization(dataset, self._full, self.read_as, readings, beside)
        )

    def events(self, state: object = None) -> tuple[Event, ...]:
        """The acts, by state and then time, as far as the reading's ``known_on`` keeps them.

        Raises:
            StateError: The organization has no such state.

        Examples:
            >>> from csto_membership import csto
            >>> [str(event) for event in csto.events("GEO")]
            ['GEO sign 1993-12-09', 'GEO join 1994-04-20', 'GEO lapse 1999-04-21']
        """
        wanted = None if state is None else self.state(state)
        return tuple(
            event
            for timeline in self._segments.timelines
            if wanted is None or timeline.state is wanted
            for event in timeline.events
        )

    def sources(self, state: object = None) -> tuple[Source, ...]:
        """The sources that the acts cite, by identifier.

        Args:
            state: Only those on this state.

        Raises:
            StateError: The organization has no such state.
        """
        cited = {name for event in self.events(state) for name in _cited(event)}
        return tuple(source for source in self.dataset.sources if source.id in cited)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The instruments that the acts and the eras rest on, by identifier."""
        used = {era.instrument for era in self.history.eras}
        used |= {event.instrument for event in self.events()}
        return tuple(instrument for instrument in self.dataset.instruments if instrument.id in used)

    # For tables.

    def annotate(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        frame: FrameT,
        *,
        state: str = "iso3",
        on: str = "date",
        codes: str | None = "iso3",
        into: str = "member",
        status: str | None = None,
        why: str | None = None,
        rule: str | None = None,
        unknown: str = "null",
    ) -> FrameT:
        """The table with a column that says of every row whether its state was a member on its day.

        The same kind of table comes back: pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or
        PySpark, with the same rows, in the same order where the engine has one, under the same index.
        The new column is boolean and may be null: for a state that is null or unknown to the
        organization, a day that is null or unreadable, a day past the horizon, and wherever the sources
        leave it open. Null never means no.

        Tables in memory are read at once. Lazy and distributed ones get an expression without a join
        and without Python functions, to be planned by their engine; past 100 changes of status, look-ups
        in small tables. As an expression can only compare, every table is held to one list of
        spellings, in memory or not: a code or a name as the facts and CLDR write it, the same in
        capitals, and in small letters, each with or without accents. Spaces, hyphens and other cases
        make another word, which is null: where :meth:`state` would still know it, write its code into
        the table first.

        Args:
            frame: The table; it is not changed.
            state: The column of states: text, categories or whole numbers.
            on: The column of days: dates, datetimes without a zone, or text ``YYYY-MM-DD``. With
                *rule*, the column of years.
            codes: How states are written: ``"iso3"``, ``"iso2"``, ``"cow"``, ``"gw"``, ``"fips"``,
                ``"name"``, ...; ``None`` for all of them, where a word that means different states in
                two of them is null.
            into: The name of the new column.
            status: The name of a further column with the status as text; several where it is open.
            why: The name of a further column that says what makes a null of the first: ``"no date"``,
                ``"unknown state"``, ``"past the horizon"`` or ``"open"``, which is for the sources to
                decide; the first of these that holds, and null where the first column is none.
            rule: How the days of a year make one answer: ``"any"`` of them, ``"all"``, the one at its
                ``"start"`` or ``"end"``, or ``"midyear"``, 1 July.
            unknown: ``"null"``, or ``"raise"`` for states and days that cannot be read. For a lazy
                table that reads the column first.

        Raises:
            ColumnError: There is no such column, or a new one is there already.
            FrameError: The table is of no supported library, or a column of a type that cannot be read.
            DayError: Among text or objects stands a moment with a zone, or with ``unknown="raise"`` a day or
                a year that means nothing.
            StateError: There are no such codes, or with ``unknown="raise"`` a state that means nothing.
            ReadingError: There is no such rule.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames import annotate

        return annotate(
            self,
            frame,
            state=state,
            on=on,
            codes=codes,
            into=into,
            status=status,
            why=why,
            rule=rule,
            unknown=unknown,
        )

    def to_frame(self, what: str = "spells", *, backend: str = "pandas") -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """The spells, the events or the sources as a table.

        Spells are half-open, as everywhere: ``end`` is the first day outside, and an open side is null.
        An event has its effective date as written and the first and last day that it leaves open, its
        steps, what it rests on, and what is disputed, each with the identifiers of its sources.

        Args:
            what: ``"spells"``, one row a state and status; ``"events"``, one an act; or ``"sources"``,
                one a source that an act cites.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            FrameError: There is no such table or backend.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames import to_frame

        return to_frame(self, what, backend)

    def panel(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        start: Day | int | None = None,
        end: Day | int | None = None,
        *,
        freq: str = "year",
        rule: str = "any",
        codes: str = "iso3",
        rows: str = "all",
        backend: str = "pandas",
        reading_in: str = "metadata",
    ) -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """State-years, or state-months or state-days, each with what a named rule makes of it.

        Ordered by the states' alpha-3 codes and then time. ``member`` is null where it is unknown: a year
        that reaches past the horizon can be decided by a day that is known, and is open otherwise.

        Args:
            start: The first year (a number), or the day whose year, month or day is the first; by
                default that of the first change.
            end: The first that no longer counts; by default that after the horizon's.
            freq: ``"year"``, ``"month"`` (written as its first day) or ``"day"``.
            rule: ``"any"`` day of it, ``"all"``, the one at its ``"start"`` or ``"end"``, ``"midyear"`` (1
                July), or ``"fraction"``: the share of its days, as a column ``share``.
            codes: How states are written.
            rows: ``"all"`` for a balanced panel, ``"members"`` for memberships that are certain, alone.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            reading_in: Where rule and reading stand: in the ``"metadata"`` (pandas' ``attrs``, the
                schema of PyArrow; Polars has none) or in ``"columns"``.

        Raises:
            ReadingError: There is no such freq or rule.
            FrameError: The stretch is empty, or there is no such choice.
            StateError: A state has no code of this kind.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames import panel

        return panel(self, start, end, freq, rule, codes, rows, backend, reading_in)

    def dyads(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        start: Day | int | None = None,
        end: Day | int | None = None,
        *,
        freq: str = "year",
        rule: str = "any",
        codes: str = "iso3",
        pairs: str = "undirected",
        rows: str = "members",
        backend: str = "pandas",
        reading_in: str = "metadata",
    ) -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """Pairs of states that were members together, by years, months or days.

        Unless *rows* says otherwise only pairs for which that is certain are listed: a pair that is missing was
        none, or it is open, or the time is past the last day verified. With the rule ``"any"`` they shared a day:
        two states that were members in the same year, one after the other, are no pair.

        Args:
            start: As for :meth:`panel`.
            end: As for :meth:`panel`.
            freq: ``"year"``, ``"month"`` or ``"day"``.
            rule: As for :meth:`panel`, but for ``"fraction"``.
            codes: How states are written.
            pairs: ``"undirected"``, each pair once, the smaller of its codes first, or ``"directed"``, both ways.
            rows: ``"members"`` for pairs that are certain, or ``"all"`` for every pair at every time, with a
                nullable column ``member``: null where it is open or past the last day verified.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            reading_in: As for :meth:`panel`.

        Raises:
            ReadingError: There is no such freq or rule.
            FrameError: The stretch is empty, or there is no such choice.
            StateError: A state has no code of this kind.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames import dyads

        return dyads(self, start, end, freq, rule, codes, pairs, rows, backend, reading_in)

    def reconcile(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        frame: object,
        *,
        state: str = "iso3",
        value: str = "member",
        year: str | None = None,
        on: str | None = None,
        codes: str | None = "iso3",
        rule: str = "any",
        unknown: str = "null",
    ) -> Reconciliation:
        """Somebody's coding of the membership beside ours: where they differ, and which reading explains it.

        A lazy or distributed table is read into memory; for one that does not fit there, annotate it and
        compare the columns in its engine.

        Args:
            frame: Their table, one row a state and time.
            state: The column of states.
            value: The column of their coding: booleans, or codes of the Correlates of War (0 no, 1 full,
                2 associate, 3 observer, -9 missing, -1 not in the system), of which 1 is a member.
            year: The column of years, or
            on: the column of days.
            codes: How states are written.
            rule: How the days of a year make one answer.
            unknown: ``"null"``, which leaves such cells undecided, or ``"raise"``, as for :meth:`annotate`.

        Raises:
            ColumnError: There is no such column.
            FrameError: The table or a column cannot be read, or a value is no coding.
            StateError: There are no such codes, or with ``unknown="raise"`` a state means nothing.
            DayError: With ``unknown="raise"`` a day or a year means nothing.
            ReadingError: There is no such rule.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames import reconcile

        return reconcile(
            self,
            frame,
            state=state,
            value=value,
            year=year,
            on=on,
            codes=codes,
            rule=rule,
            unknown=unknown,
        )

    # What it is.

    def state(self, state: object, *, codes: str | None = None) -> State:
        """The state that a code or a name means.

        Args:
            state: Any code or name that it is known by.
            codes: The only scheme to look in, where a number means different states in two of them.

        Raises:
            StateError: No state is called so, or several are.

        Examples:
            >>> from csto_membership import csto
            >>> csto.state("KG").iso3
            'KGZ'
        """
        return self._names.resolve(state, codes)

    def name_on(self, when: When) -> str:
        """The name of the era that *when* lies in: of the Treaty, later of the Organization.

        Raises:
            EraError: There was no era yet.
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
        span = self._span(when)
        if not self._full.eras:
            return self.history.name
        if not self.history.eras:
            raise EraError(f"{self.history.id} had no era by {self.horizon}. Choose a later known_on.")
        possible = self._eras_in(*span)
        if possible == (None,):
            first = self.history.eras[0]
            low, high = windows(self.history.eras, self.read_as.dating)[0]
            raise EraError(
                f"{self.history.id} had no era on {_written(when)}: the first, {first.id}, "
                f"begins on {'' if low == high else 'or after '}{to_date(low)}. Ask about a later day."
            )
        named = [era.name if era else "none yet" for era in possible]
        if len(named) > 1:
            raise UncertainError(
                f"the name for {_written(when)} is open: {' or '.join(named)}. Ask about a narrower time."
            )
        return named[0]

    @property
    def horizon(self) -> pendulum.Date:
        """The last day that the facts were checked, or the reading's ``known_on``."""
        return to_date(self._horizon)

    def reading(
        self,
        *,
        basis: str | Status | None = None,
        dating: str | tuple[str, ...] | None = None,
        era: str | None = None,
        known_on: Day | None = None,
        extrapolate: bool | None = None,
    ) -> Organization:
        """The same organization, its acts read otherwise; what is not named stays as it is here.

        Equal readings give the same object.

        Args:
            basis: Which statuses count: ``"legal"`` (member, frozen), ``"active"`` (member),
                ``"nominal"`` (member, frozen, suspended), ``"signed"`` (signatory, member, frozen),
                or a :class:`Status`.
            dating: What dates an event: ``"effect"``, its effective date; a step such as
                ``"decision"``, or several in order of preference, where it has one, else the effective
                date; ``"any"``, all days from the first to the last date it carries.
            era: Only days of this era count; the organization that this one was read from counts all.
            known_on: Only what was public by this day counts, and the horizon is moved there; likewise.
            extrapolate: Whether to answer past the horizon as though nothing changed after it.

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
        if era is not None and not isinstance(era, str):
            raise ReadingError(f"era {era!r} is no text. Name one era.")
        if basis is not None:
            _basis(basis)  # refuse what no reading knows before it is kept
        if extrapolate not in (None, True, False):
            raise ReadingError(f"extrapolate={extrapolate!r} is neither True nor False. Choose one of them.")
        wanted = Reading(
            basis=self.read_as.basis if basis is None else basis,
            dating=self.read_as.dating if dating is None else _dating(dating),
            era=self.read_as.era if era is None else era,
            known_on=(
                self.read_as.known_on
                if known_on is None
                else date.fromordinal(to_ordinal(known_on)).isoformat()
            ),
            extrapolate=self.read_as.extrapolate if extrapolate is None else extrapolate,
        )
        found = self._readings.get(wanted)
        if found is None:
            found = self._readings.setdefault(
                wanted, _organization(self.dataset, self._full, wanted, self._readings, self._beside)
            )
        return found

    def __repr__(self) -> str:
        return f"<Organization {self.history.id}: {self.read_as}, verified through {self.dataset.verified_through}>"

    # Inside.

    def _span(self, when: When) -> tuple[int, int]:
        """The days of a question, none of them past the horizon."""
        first, after = span(when)
        if after - 1 > self._horizon and not self.read_as.extrapolate:
            last = date.fromordinal(self._horizon).isoformat()
            what = "the known_on of the reading" if self._is_past else "the last day verified"
            raise BeyondHorizonError(
                f"{_written(when)} reaches past {last}, {what}. "
                "Ask latest() for that day, or reading(extrapolate=True) to take it that nothing has changed since."
            )
        return first, after

    @property
    def _full(self) -> History:
        """This organization's records, those included that were not yet public by the reading's ``known_on``."""
        return next(history for history in self.dataset.histories if history.id == self.history.id)

    @property
    def _is_past(self) -> bool:
        """Whether less is known to this reading than to the file."""
        return self._horizon < self.dataset.verified_through.first

    def _eras_in(self, first: int, after: int) -> tuple[Era | None, ...]:
        """The eras that may touch a time, in their order; ``None`` stands for days before the first."""
        eras = self.history.eras
        begins = windows(eras, self.read_as.dating)
        sure = sum(latest <= first for _, latest in begins)
        # One that lay ahead on the horizon changes nothing for those who extrapolate, as acts do not.
        possible = sum(earliest < after and earliest <= self._horizon for earliest, _ in begins)
        return tuple(eras[index] if index >= 0 else None for index in range(sure - 1, possible))

    def _eras_of(self, said: Answer, first: int, after: int) -> tuple[str, ...]:
        """The eras to name in an answer: who was no member was one in none of them."""
        if self.read_as.era is not None:
            return (self.read_as.era,)
        era, *others = self._eras_in(first, after)
        if said is Answer.YES and era and not others:
            return (era.id,)
        return tuple(era.id for era in self.history.eras)

    def _holders_in(self, office: str, when: When) -> list[tuple[Term, Answer]]:
        """The terms that a time may touch, each with whether it holds on all days of it."""
        first, after = self._span(when)
        found = self._office(office)
        timelines = compile_terms(found, self._horizon)
        held = Status.MEMBER.value
        masks = [
            (term, timeline.mask_in(first, after))
            for term, timeline in zip(found.terms, timelines, strict=True)
        ]
        return [(term, answer(mask, held)) for term, mask in masks if mask & held]

    def _office(self, office: str) -> Office:
        """An office by its identifier."""
        offices = {one.id: one for one in self.history.offices}
        if office not in offices:
            known = f"Its offices are {', '.join(offices)}." if offices else "It has none in this file."
            raise OfficeError(f"{self.history.id} has no office {office!r}{nearest(office, offices)} {known}")
        return offices[office]

    def _day(self, day: Day) -> int:
        """One day of a question, not past the horizon."""
        to_ordinal(day)
        return self._span(day)[0]

    def _timeline(self, state: object) -> Timeline:
        """The timeline of a state."""
        return self._segments.timelines[bisect_left(self._names.codes, self.state(state).iso3)]

    def _mask(self, state: object, when: When) -> int:
        """The mask of a state over the days of a question."""
        return self._timeline(state).mask_in(*self._span(when))

    def _anywhere(self, state: object) -> State:
        """A state of the organization or, where none is meant, a territory in the world at large."""
        return self._names.stranger(state) or self.state(state)

    def _codes(self, states: Iterable[object]) -> frozenset[str]:
        """The codes of several states."""
        if isinstance(states, str):
            states = (states,)
        return frozenset(self.state(state).iso3 for state in states)

    def _keep(self, segment: int, day: int) -> Roster:
        """The roster of a segment, kept for the next who asks."""
        if len(self._rosters) >= _ROSTERS_KEPT:
            self._rosters.clear()  # in one step, since other threads may be reading
        roster = self._roster([timeline.mask_on(day) for timeline in self._segments.timelines])
        return self._rosters.setdefault(segment, roster)

    def _roster(self, masks: list[int]) -> Roster:
        """The roster of the states with these masks."""
        members, undecided = [], []
        for state, mask in zip(self.states, masks, strict=True):
            if not mask & ~self._basis:
                members.append(state)
            elif mask & self._basis:
                undecided.append(state)
        return Roster(tuple(members), tuple(undecided), resolve=self.state)

    def _masks(self, segment: int) -> Iterator[tuple[Timeline, int]]:
        """Each state's timeline and its mask in a segment."""
        day = self._segments.cuts[segment - 1] if segment else 0
        return ((timeline, timeline.mask_on(day)) for timeline in self._segments.timelines)

    def _periods(self, holds: Callable[[int], Answer]) -> tuple[Period, ...]:
        """The runs of segments of which something holds, or may hold."""
        found: list[Period] = []
        cuts = self._segments.cuts
        answers = [holds(segment) for segment in range(len(cuts) + 1)]
        begins = 0
        for segment, said in enumerate(answers):
            if segment + 1 < len(answers) and answers[segment + 1] is said:
                continue
            if said is not Answer.NO:
                start = to_date(cuts[begins - 1]) if begins else None
                end = to_date(cuts[segment]) if segment < len(cuts) else None
                known_until = None if self.read_as.extrapolate else self._horizon
                found.append(Period(start=start, end=end, answer=said, known_until=known_until))
            begins = segment + 1
        return tuple(found)

    def _changes(self, timeline: Timeline, first: int, after: int) -> Iterator[Change]:
        """One state's changes on the days of ``[first, after)``."""
        for run in range(bisect_left(timeline.days, first), bisect_left(timeline.days, after)):
            before, now = timeline.masks[run], timeline.masks[run + 1]
            opener = timeline.opened[run + 1]
            yield Change(
                day=to_date(timeline.days[run]),
                state=timeline.state,
                before=Status(before),
                after=Status(now),
                was=answer(before, self._basis),
                now=answer(now, self._basis),
                event=timeline.events[opener] if opener >= 0 else None,
            )

    def _changes_at(self, cut: int) -> tuple[Change, ...]:
        """All changes at one cut, if there is such a cut."""
        if not 0 <= cut < len(self._segments.cuts):
            return ()
        day = self._segments.cuts[cut]
        return tuple(
            change
            for timeline in self._segments.timelines
            for change in self._changes(timeline, day, day + 1)
        )

    def _acts_around(self, timeline: Timeline, first: int, after: int) -> _Acts:
        """The acts of a state by how they stand to the days ``[first, after)``, dated as the reading does."""
        before: Event | None = None
        confirmed: list[Event] = []
        in_doubt: list[Event] = []
        during: list[Event] = []
        dated = zip(timeline.events, windows(timeline.events, self.read_as.dating), strict=True)
        for event, (low, high) in dated:
            if event.act is Act.REAFFIRM:
                confirmed += [event] if low < after else []
            elif high <= first:
                before, confirmed = event, []
            elif low >= after or low > self._horizon:
                return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), event)
            elif low < first or high >= after:
                in_doubt.append(event)
            else:
                during.append(event)
        return _Acts(before, tuple(confirmed), tuple(in_doubt), tuple(during), None)

    def _rule(self, status: Status, said: Answer, before: Event | None) -> str:
        """The rule that applied, in words."""
        basis = self.read_as.basis
        named = f"the {basis} basis" if isinstance(basis, str) else "the basis chosen"
        counted = str(Status(self._basis)).replace(" or ", " and ")
        verdict = {
            Answer.YES: "so the state counts as a member",
            Answer.NO: "so the state does not count as a member",
            Answer.UNKNOWN: "so it stays open",
        }[said]
        parts = [f"The status is {status}; {named} counts {counted}, {verdict}."]
        if before is not None and (TRANSITIONS[before.act].after or Status(0)) & status:
            parts.append(f"{before.act.capitalize()}: {TRANSITIONS[before.act].meaning}.")
        if self.read_as.era is not None:
            parts.append(f"Only days of the era {self.read_as.era} count.")
        parts.append("A spell counts from its first day up to, but not on, its end.")
        return " ".join(parts)

    def _source(self, name: str) -> Source:
        """A source by its identifier; the rules saw to it that there is one."""
        sources = self.dataset.sources
        return sources[bisect_left(sources, name, key=lambda source: source.id)]


def compiled(dataset: Dataset, history: History) -> Organization:
    """The organization of a checked history, under the default reading."""
    readings: dict[Reading, Organization] = {}
    return readings.setdefault(Reading(), _organization(dataset, history, Reading(), readings))


def _organization(
    dataset: Dataset,
    full: History,
    reading: Reading,
    readings: dict[Reading, Organization],
    beside: frozenset[str] = frozenset(),
) -> Organization:
    """A history compiled under a reading, for the states with any act in it and those *beside* them."""
    history = full
    basis = _basis(reading.basis)
    horizon = dataset.verified_through.first
    eras = [era.id for era in history.eras]
    if reading.era is not None and reading.era not in eras:
        known = f"Its eras are {', '.join(eras)}." if eras else "It has none."
        raise ReadingError(f"{history.id} has no era {reading.era!r}{nearest(reading.era, eras)} {known}")
    if reading.known_on is not None:
        public = to_ordinal(reading.known_on)
        if public > horizon:
            raise BeyondHorizonError(
                f"known_on {reading.known_on} is past {dataset.verified_through}, the last day verified. "
                "Choose that day or an earlier one."
            )
        if public < horizon:
            horizon, history = public, public_by(public, full, dataset.sources)
    acting = {event.state for event in full.events} | beside
    states = {state.iso3: state for state in dataset.states if state.iso3 in acting}
    states = {code: states[code] for code in sorted(states)}
    segments = compile_segments(history, states.values(), reading, horizon)
    return Organization(
        dataset=dataset,
        history=history,
        read_as=reading,
        states=tuple(states.values()),
        names=Names(history.id, states),
        basis=basis,
        segments=segments,
        horizon=horizon,
        cuts=segments.cuts if reading.extrapolate else (*segments.cuts, horizon + 1),
        readings=readings,
        beside=beside,
    )


def _basis(basis: object) -> int:
    """The statuses that count, as a mask."""
    if isinstance(basis, Status) and basis:
        return basis.value
    if isinstance(basis, str) and basis in BASES:
        return BASES[basis].value
    raise ReadingError(
        f"no basis {basis!r}{nearest(str(basis), BASES)} There are {', '.join(BASES)}, "
        "or a Status such as Status.MEMBER | Status.OBSERVER."
    )


def _dating(dating: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """A dating as a reading keeps it."""
    if not isinstance(dating, str | tuple | list):
        raise ReadingError(f"dating {dating!r} is no text. Name a step, or several in order of preference.")
    names = (dating,) if isinstance(dating, str) else tuple(dating)
    if names in (("effect",), ("any",)):
        return str(names[0])
    for name in names or ("",):
        if name in {"effect", "any"}:
            raise ReadingError(
                f"dating {name!r} stands alone. Name steps: an event that has none of them keeps its effective date."
            )
        if name not in list(StepName):
            raise ReadingError(
                f"no dating {name!r}{nearest(str(name), ('effect', 'any', *StepName))} There are effect, any, and "
                f"the steps {', '.join(StepName)}."
            )
    return str(names[0]) if len(names) == 1 else tuple(str(name) for name in names)


def _spell(timeline: Timeline, run: int) -> Spell:
    """One run of a timeline as it goes out."""
    opener = timeline.opened[run]
    closer = timeline.opened[run + 1] if run < len(timeline.days) else -1
    return Spell(
        state=timeline.state,
        status=Status(timeline.masks[run]),
        start=to_date(timeline.days[run - 1]) if run else None,
        end=to_date(timeline.days[run]) if run < len(timeline.days) else None,
        opened_by=timeline.events[opener] if opener >= 0 else None,
        closed_by=timeline.events[closer] if closer >= 0 else None,
    )


def _cited(event: Event) -> Iterator[str]:
    """The identifiers of all sources of an event, most important first."""
    yield from event.sources
    for step in event.steps:
        yield from step.sources
    for dispute in event.disputes:
        yield from (*dispute.sources, *dispute.against)


def _written(when: object) -> str:
    """A day or a period as its asker wrote it."""
    if isinstance(when, tuple):
        return f"[{_written(when[0])}, {_written(when[1])})"
    return date.fromordinal(span(when)[0]).isoformat() if isinstance(when, date) else str(when)
