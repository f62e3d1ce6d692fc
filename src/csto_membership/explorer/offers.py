"""The readings that a page offers, each compiled by the library, so that the page's script only looks days up."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._facts.dates import to_date
from csto_membership._facts.records import public_from
from csto_membership._facts.statuses import BASES, Status, StepName
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csto_membership._facts.records import Era, Event
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.segments import Timeline

EPOCH = 719_163  # ordinal of 1970-01-01, from which the page counts its days
_KNOWN_DAYS = 40  # most days to offer as ``known_on``; of more, the latest


@frozen(kw_only=True)
class Offers:
    """The readings that a page offers, as numbered tables without repetition.

    Attributes:
        bases: The masks of the bases by their names.
        datings: The datings, as words in the page's address.
        eras: The identifiers of the eras.
        known: Ordinals of days on which more became public.
        chosen: The reading that the page begins with: basis, dating and era by their names.
        chosen_day: The ordinal of its day known; ``None`` for all that is known.
        end: Ordinal of the day after the last one that can be asked about.
        runs: The distinct sequences of statuses: the first days of all runs but the first, and the masks of
            all.
        acts: The distinct lists of acts: for each act its index among the events, and the index of its
            window.
        windows: For each act its distinct windows under all readings; a window of one day is written as that
            day.
        lines: The distinct timelines: an index into *runs* and one into *acts*.
        rosters: The distinct readings: for each state, in order, an index into *lines*.
        readings: Indices into *rosters*, by dating, by era (all, then each) and by day known (all, then
            each).
    """

    bases: dict[str, int]
    datings: tuple[str, ...]
    eras: tuple[str, ...]
    known: tuple[int, ...]
    chosen: tuple[str, str, str]
    chosen_day: int | None
    end: int
    runs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    acts: tuple[tuple[int, ...], ...]
    windows: tuple[tuple[int | tuple[int, int], ...], ...]
    lines: tuple[tuple[int, int], ...]
    rosters: tuple[tuple[int, ...], ...]
    readings: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def masks(self) -> tuple[int, ...]:
        """Every mask that occurs, ascending."""
        return tuple(sorted({mask for _, masks in self.runs for mask in masks}))


def offers_of(membership: Membership) -> Offers:
    """The readings of an organization that a page offers, compiled.

    The page begins with the reading of *membership*. It offers every basis; every dating by which some status
    falls on other days; every era; and the days on which acts became public.
    """
    compiled = membership.compiled
    here = compiled.reading
    bases = {name: mask.value for name, mask in BASES.items()}
    basis = here.basis
    if isinstance(basis, Status):
        basis = "chosen"
        bases[basis] = compiled.basis
    own = here.dating if isinstance(here.dating, str) else "-".join(here.dating)
    eras = tuple(era.id for era in compiled.full_history.eras)
    datings: dict[str, str | tuple[str, ...]] = {"effect": "effect", "any": "any", own: here.dating}
    datings |= {name: name for name in _steps_that_matter(compiled)}
    known = _publication_days(compiled)
    table = _Table(windows=[{} for _ in compiled.full_history.events])
    readings = tuple(
        tuple(
            tuple(table.number(read(compiled, dating, era, day)) for day in (None, *known))
            for era in (None, *eras)
        )
        for dating in datings.values()
    )
    return Offers(
        bases=bases,
        datings=tuple(datings),
        eras=eras,
        known=known,
        chosen=(basis, own, here.era or ""),
        chosen_day=compiled.horizon if compiled.is_past else None,
        end=compiled.dataset.verified_through.first + 1,
        runs=tuple(table.runs),
        acts=tuple(table.acts),
        windows=tuple(tuple(found) for found in table.windows),
        lines=tuple(table.lines),
        rosters=tuple(table.rosters),
        readings=readings,
    )


def read(compiled: Compiled, dating: str | tuple[str, ...], era: str | None, known: int | None) -> Compiled:
    """The organization under another reading of the same basis; without a day, with all that is known."""
    day = None if known is None else to_date(known).isoformat()
    reading = Reading(basis=compiled.reading.basis, dating=dating, era=era, known_on=day)
    return compile_history(compiled.dataset, compiled.full_history, reading, compiled.beside)


def _steps_that_matter(compiled: Compiled) -> Iterator[str]:
    """The steps by which some status falls on other days than by effect."""
    plain = [(line.days, line.masks) for line in read(compiled, "effect", None, None).segments.timelines]
    carried = {step.name for event in compiled.full_history.events for step in event.steps}
    for name in StepName:
        if name in carried:
            found = read(compiled, str(name), None, None).segments.timelines
            if [(line.days, line.masks) for line in found] != plain:
                yield str(name)


def _publication_days(compiled: Compiled) -> tuple[int, ...]:
    """The last ``_KNOWN_DAYS`` days, before the last one verified, on which an act or era became public."""
    records: Iterator[Event | Era] = chain(compiled.full_history.events, compiled.full_history.eras)
    end = compiled.dataset.verified_through.first
    # A record that may have been public on any earlier day has no day of becoming public.
    days = sorted({day for record in records if 0 < (day := public_from(record)) < end})[-_KNOWN_DAYS:]
    return tuple(sorted({*days, compiled.horizon} - {end}))


@frozen(kw_only=True)
class _Table:
    """Numbers the distinct windows, runs, lists of acts, timelines and rosters."""

    windows: list[dict[int | tuple[int, int], int]]
    runs: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = field(factory=dict)
    acts: dict[tuple[int, ...], int] = field(factory=dict)
    lines: dict[tuple[int, int], int] = field(factory=dict)
    rosters: dict[tuple[int, ...], int] = field(factory=dict)

    def number(self, compiled: Compiled) -> int:
        """The number of the roster of one reading."""
        acts: dict[str, list[int]] = {}
        for index, event in enumerate(compiled.full_history.events):
            acts.setdefault(event.state, []).append(index)
        roster = tuple(
            self._line(compiled, timeline, acts.get(timeline.state.iso3, []))
            for timeline in compiled.segments.timelines
        )
        return self.rosters.setdefault(roster, len(self.rosters))

    def _line(self, compiled: Compiled, timeline: Timeline, acts: list[int]) -> int:
        """The number of a timeline."""
        events = compiled.full_history.events
        if compiled.is_past:
            acts = [index for index in acts if public_from(events[index]) <= compiled.horizon]
        indices = [acts[index] for index in _kept_indices(timeline.events, [events[index] for index in acts])]
        listed: list[int] = []
        for index, (low, high) in zip(indices, timeline.windows, strict=True):
            window = low - EPOCH if low == high else (low - EPOCH, high - EPOCH)
            known = self.windows[index]
            listed += [index, known.setdefault(window, len(known))]
        runs = tuple(day - EPOCH for day in timeline.days), timeline.masks
        line = (
            self.runs.setdefault(runs, len(self.runs)),
            self.acts.setdefault(tuple(listed), len(self.acts)),
        )
        return self.lines.setdefault(line, len(self.lines))


def _kept_indices(kept: Iterable[Event], public: list[Event]) -> Iterator[int]:
    """The indices, among a state's *public* acts, of the acts that a reading keeps because they are possible.

    The next kept act is the first public one of the same kind: of two acts of one kind without a possible act
    between them, either both are possible or neither is.
    """
    index = -1
    for event in kept:
        index += 1
        while public[index].act is not event.act:
            index += 1
        yield index
