"""Counts the organizations to which two states belonged together, by years, months or days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from csto_membership._facts.states import code_of
from csto_membership._facts.territories import spells
from csto_membership._membership.names import state_of_the_world
from csto_membership._membership.tracks import NO, NULL, YES, first_day_of, position_of, track_without_acts
from csto_membership.errors import FrameError
from csto_membership.frames._axes import cells_at, cells_of, stretch, time_of
from csto_membership.frames._building import ReadingIn, coded, frame_of, is_option, small
from csto_membership.frames._dyads import RANK, DyadOptions, together
from csto_membership.frames._existing import System, number_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from csto_membership._facts.dates import Day
    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Freq, Question, Rule
    from csto_membership.frames._building import Backend, NativeFrame

_CELLS = 1 << 24  # pairs x positions counted at once: all states, by years, for three centuries


@frozen(kw_only=True)
class _Options:
    """The options that ``DyadOptions`` does not have."""

    system: str = field(default="cow", validator=is_option(System))
    reading_in: str = field(default="metadata", validator=is_option(ReadingIn))


def shared_memberships(  # noqa: PLR0913 (each names one choice of the caller)
    organizations: Iterable[Membership],
    start: Day | int | None = None,
    end: Day | int | None = None,
    *,
    freq: Freq = "year",
    rule: Rule = "any",
    codes: str = "iso3",
    system: System = "cow",
    backend: Backend = "pandas",
    reading_in: ReadingIn = "metadata",
) -> NativeFrame:
    """In how many of these organizations two states were members together, by years, months or days.

    A row for each pair of states and each time, if both were in the system of states on one and the same day of it:
    ``state1``, ``state2``, the time, ``count`` (the organizations in which both certainly were members) and
    ``open`` (those for which this is not known, including all whose last day verified is earlier). For an
    organization that has ended, all later days are known. The rule ``"any"`` needs a shared day, as in
    ``Organization.dyads``.

    Args:
        organizations: Organizations, each under a reading of its own.
        start: The first year, or the day whose year, month or day is the first; by default that of the first change in
            any of them.
        end: The first that no longer counts; by default that after the last horizon.
        freq: ``"year"``, ``"month"`` or ``"day"``.
        rule: How the days of a year or month make one answer, as for ``Organization.dyads``.
        codes: How states are written.
        system: Which states there were: ``"cow"`` for the system of the Correlates of War, ``"gw"`` for that of
            Gleditsch and Ward with its microstates. States that share a number in it are one: 345 is Yugoslavia and
            Serbia.
        backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
        reading_in: Where rules and readings stand: in the ``"metadata"`` or in ``"columns"``.

    Raises:
        ReadingError: There is no such freq or rule.
        FrameError: There is no organization, the stretch is empty, or there is no such choice.
        StateError: A state has no code of this kind.
        MissingExtraError: What tables need is not installed.

    Examples:
        >>> from csto_membership import csto, shipped
        >>> from csto_membership.frames import shared_memberships
        >>> both = shared_memberships([csto, shipped("CIS")], 1993, 1996, backend="polars")
        >>> both.filter(state1="ARM", state2="AZE").rows()
        [('ARM', 'AZE', 1993, 1, 0), ('ARM', 'AZE', 1994, 2, 0), ('ARM', 'AZE', 1995, 2, 0)]
    """
    several = tuple(organizations) if isinstance(organizations, Iterable) else (organizations,)
    for organization in several:
        if not hasattr(organization, "history"):
            raise FrameError(
                f"expected organizations, got {organization!r}.", "Pass csto and others like it, in a list."
            )
    if not several:
        raise FrameError("there is no organization to count in.", "Pass at least one.")
    own = _Options(system=system, reading_in=reading_in)
    options = DyadOptions(start=start, end=end, freq=freq, rule=rule, codes=codes, backend=backend)
    question = options.question
    first, after = stretch(several, start, end, freq)
    several = tuple(_with_its_end(organization) for organization in several)
    units = _Units.of(own.system, first_day_of(freq, first), first_day_of(freq, after), codes)
    step = max(1, _CELLS // max(1, len(units.words)) ** 2)
    found = [
        _counted(several, units, question, (low, min(low + step, after))) for low in range(first, after, step)
    ]
    pairs, positions, counts, unknown = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(pairs, kind="stable")
    one, other = np.divmod(pairs[order], max(1, len(units.words)))
    columns: dict[str, Any] = {
        "state1": coded(units.words, one.astype(small(len(units.words)))),
        "state2": coded(units.words, other.astype(small(len(units.words)))),
        freq: time_of(positions[order], freq),
        "count": counts[order].astype(np.int64),
        "open": unknown[order].astype(np.int64),
    }
    about = {
        "organization": "; ".join(dict.fromkeys(one.history.id for one in several)),
        "rule": f"{rule} of the {freq}" if freq != "day" else "day",
        "reading": "; ".join(dict.fromkeys(str(one.read_as) for one in several)),
        "verified_through": "; ".join(dict.fromkeys(one.dataset.verified_through.text for one in several)),
        "system": own.system,
    }
    return frame_of(columns, backend, about, own.reading_in)


def _with_its_end(membership: Membership) -> Membership:
    """The organization; an ended one with ``extrapolate=True``, since nothing can happen after its end."""
    return membership if membership.history.ended is None else membership.reading(extrapolate=True)


@frozen(kw_only=True, eq=False)
class _Units:
    """The states of a system, each under its number, in the order of the codes asked for.

    Attributes:
        system: The system's name, which is that of its codes.
        words: How each is written.
        places: The place of each by its number.
        spells: The place of a state with the ordinals of the days on which it was in the system, ``[start, end)``.
    """

    system: str
    words: list[str | int]
    places: dict[int, int]
    spells: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, system: str, first: int, after: int, codes: str) -> _Units:
        """Those that were in the system on some of the days ``[first, after)``."""
        found = [
            (spell.number, spell.iso3, spell.start.toordinal(), spell.end.toordinal() if spell.end else after)
            for spell in spells(system)
        ]
        found = [spell for spell in found if spell[2] < min(after, spell[3]) and spell[3] > first]
        words = {number: code_of(state_of_the_world(iso3), codes) for number, iso3, *_ in found}
        ranked = sorted(words, key=words.__getitem__)
        places = {number: place for place, number in enumerate(ranked)}
        return cls(
            system=system,
            words=[words[number] for number in ranked],
            places=places,
            spells=tuple((places[number], start, end) for number, _, start, end in found),
        )

    def place(self, state: State) -> int | None:
        """The place of an organization's state; nothing for one that was never in the system in these days."""
        number = number_in(state, self.system)
        return None if number is None else self.places.get(number)

    def listed(self, freq: str, bounds: tuple[int, int]) -> NDArray[np.bool_]:
        """Which pairs were in the system on one and the same day: states by states by positions."""
        first, after = (first_day_of(freq, position) for position in bounds)
        cuts = {first_day_of(freq, position) for position in range(*bounds)}
        cuts |= {day for _, *days in self.spells for day in days if first < day < after}
        pairs = np.zeros((len(self.words), len(self.words), bounds[1] - bounds[0]), dtype=bool)
        for cut in cuts:
            here = np.zeros(len(self.words), dtype=bool)
            here[[place for place, start, end in self.spells if start <= cut < end]] = True
            pairs[:, :, position_of(freq, cut) - bounds[0]] |= here[:, None] & here[None, :]
        return pairs


def _counted(
    several: tuple[Membership, ...], units: _Units, question: Question, bounds: tuple[int, int]
) -> tuple[NDArray[Any], ...]:
    """The pairs of some positions: both states as one number, the position, and in how many organizations."""
    listed = units.listed(question.freq, bounds)
    listed &= np.triu(np.ones(listed.shape[:2], dtype=bool), 1)[:, :, None]
    sure, unknown = (np.zeros(listed.shape, dtype=np.int32) for _ in range(2))
    past = np.zeros(listed.shape[2], dtype=np.int32)  # organizations past their horizon, by position
    for membership in several:
        last = membership.compiled.last
        known = bounds[1] if last is None else min(bounds[1], position_of(question.freq, last) + 1)
        past[max(known - bounds[0], 0) :] += 1
        if known > bounds[0]:
            _count(membership, units, question, (bounds[0], known), (sure, unknown))
    unknown += past
    one, other, position = np.nonzero(listed)
    return (
        one * len(units.words) + other,
        position + bounds[0],
        sure[one, other, position],
        unknown[one, other, position],
    )


def _count(
    membership: Membership,
    units: _Units,
    question: Question,
    bounds: tuple[int, int],
    counts: tuple[NDArray[np.int32], NDArray[np.int32]],
) -> None:
    """Add one organization's pairs to those that are sure and those that are open, at positions of which it knows."""
    sure, unknown = (count[:, :, : bounds[1] - bounds[0]] for count in counts)
    ranks, own = _own_pairs(membership, units, question, bounds)
    without = RANK[np.asarray(cells_at(track_without_acts(membership, question), bounds), dtype=np.intp)]
    doubtful = np.flatnonzero(without != RANK[NO])
    if len(doubtful):  # added for every pair; taken back for pairs of states with acts, counted below
        every = np.broadcast_to(without[doubtful], (len(units.words), len(doubtful))).copy()
        member = _by_unit(RANK[cells_of(membership, question, bounds)], membership, units)
        every[own] = member[:, doubtful]
        unknown[:, :, doubtful] += np.minimum(every[:, None], every[None, :]) == RANK[NULL]
        taken = np.minimum(every[own][:, None], every[own][None, :]) == RANK[NULL]
        unknown[np.ix_(own, own, doubtful)] -= taken
    sure[np.ix_(own, own)] += ranks == RANK[YES]
    unknown[np.ix_(own, own)] += ranks == RANK[NULL]


def _own_pairs(
    membership: Membership, units: _Units, question: Question, bounds: tuple[int, int]
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Whether the states with acts were members together, as ranks, and the places of these states."""
    ranks = together(membership, question, bounds)
    once = _by_unit(ranks, membership, units)
    ranks = _by_unit(np.swapaxes(once, 0, 1), membership, units)
    return ranks, _own_places(membership, units)


def _own_places(membership: Membership, units: _Units) -> NDArray[np.intp]:
    """The places of the states with acts, each once."""
    found = {units.place(state) for state in membership.states}
    return np.array(sorted(place for place in found if place is not None), dtype=np.intp)


def _by_unit(ranks: NDArray[np.uint8], membership: Membership, units: _Units) -> NDArray[np.uint8]:
    """Ranks by number of the system instead of by state; states that share a number get the highest rank."""
    own = _own_places(membership, units)
    rows = {place: row for row, place in enumerate(own.tolist())}
    found = np.zeros((len(own), *ranks.shape[1:]), dtype=np.uint8)
    for state, rank in zip(membership.states, ranks, strict=True):
        place = units.place(state)
        if place is not None:
            np.maximum(found[rows[place]], rank, out=found[rows[place]])
    return found
