"""The one compiled structure: a history under a reading, with everything that questions look up."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._facts.dates import to_ordinal
from csto_membership._membership.endings import with_its_end
from csto_membership._membership.known_on import public_by
from csto_membership._membership.names import Names
from csto_membership._membership.reading import counted
from csto_membership._membership.segments import compile_segments, timeline_without_acts
from csto_membership.errors import BeyondHorizonError, ReadingError, did_you_mean

if TYPE_CHECKING:
    from typing import Any

    from csto_membership._facts.records import Dataset, History, Source
    from csto_membership._facts.states import State
    from csto_membership._membership.reading import Reading
    from csto_membership._membership.segments import Segments, Timeline


@frozen(kw_only=True, eq=False)
class Compiled:
    """A history under a reading.

    Attributes:
        dataset: All records of the file.
        full_history: This organization's records, whenever they became public.
        history: Those of them that were public by the reading's ``known_on``.
        reading: How the acts are read.
        states: The states with an act or a gap, and those added by ``beside``, by code.
        names: Finds a state by a code or a name.
        basis: The statuses that count, as a mask.
        segments: Each state's timeline, in the order of *states*, and the days on which anything changes.
        horizon: Ordinal of the last day of which anything is known: the last one verified, or ``known_on``.
        beside: Codes of the states without any act that ``Membership.beside`` added to listings and panels.
        cache: Derived values that other modules keep here, by key; not part of the value.
    """

    dataset: Dataset
    full_history: History
    history: History
    reading: Reading
    states: tuple[State, ...]
    names: Names
    basis: int
    segments: Segments
    horizon: int
    beside: frozenset[str] = frozenset()
    cache: dict[object, Any] = field(factory=dict, init=False, repr=False)  # values of any type, by module

    @property
    def last(self) -> int | None:
        """Ordinal of the last day that can be asked about; ``None`` for no such day."""
        return None if self.reading.extrapolate else self.horizon

    @property
    def is_past(self) -> bool:
        """Whether the reading's ``known_on`` is before the last day verified."""
        return self.horizon < self.dataset.verified_through.first

    @property
    def data_version(self) -> str:
        """The last day verified and a hash of the organization's records, computed when first asked for."""
        if "data version" not in self.cache:
            from csto_membership._facts.fingerprints import fingerprint

            verified = self.dataset.verified_through.text
            self.cache["data version"] = f"{verified}+{fingerprint(self.dataset, self.full_history)}"
        version: str = self.cache["data version"]
        return version

    def timeline_of(self, state: State) -> Timeline:
        """The timeline of a state of the world, whether it has any act or not."""
        if state.iso3 not in self.names.states:
            return timeline_without_acts(state, is_closed=self.history.closed)
        return self.segments.timelines[bisect_left(self.names.codes, state.iso3)]

    def source(self, name: str) -> Source:
        """A source by its identifier; the reader has checked that it exists."""
        if "sources" not in self.cache:
            self.cache["sources"] = {source.id: source for source in self.dataset.sources}
        found: Source = self.cache["sources"][name]
        return found


def compile_history(
    dataset: Dataset, full_history: History, reading: Reading, beside: frozenset[str] = frozenset()
) -> Compiled:
    """A checked history compiled under a reading.

    Args:
        dataset: All records of the file.
        full_history: The organization's records, one of the histories of *dataset*.
        reading: How to read the acts.
        beside: Codes of states to include although they have no act.

    Raises:
        ReadingError: There is no such basis, or the organization has no such era.
        BeyondHorizonError: The reading's ``known_on`` is past the last day verified.
    """
    history, horizon = full_history, dataset.verified_through.first
    basis = counted(reading.basis)
    eras = [era.id for era in history.eras]
    if reading.era is not None and reading.era not in eras:
        known = f"Its eras are {', '.join(eras)}." if eras else "It has none."
        raise ReadingError(
            f"{history.id} has no era {reading.era!r}.", f"{did_you_mean(reading.era, eras)}{known}"
        )
    if reading.known_on is not None:
        public = to_ordinal(reading.known_on)
        if public > horizon:
            raise BeyondHorizonError(
                f"known_on {reading.known_on} is past {dataset.verified_through}, the last day verified.",
                "Choose that day or an earlier one.",
            )
        if public < horizon:
            horizon, history = public, public_by(public, full_history, dataset.sources)
    history = with_its_end(history)
    acting = {event.state for event in full_history.events} | beside
    acting |= {gap.state for gap in full_history.gaps}
    states = tuple(
        sorted((state for state in dataset.states if state.iso3 in acting), key=lambda state: state.iso3)
    )
    return Compiled(
        dataset=dataset,
        full_history=full_history,
        history=history,
        reading=reading,
        states=states,
        names=Names(
            history.id,
            {state.iso3: state for state in states},
            {state.iso3: state for state in dataset.states if state.iso3 not in acting},
        ),
        basis=basis,
        segments=compile_segments(history, states, reading, None if reading.extrapolate else horizon),
        horizon=horizon,
        beside=beside,
    )
