"""Which states were in a system of states, by years, months or days."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from csto_membership._facts.territories import in_system, number_of
from csto_membership._membership.tracks import first_day_of, position_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from csto_membership._facts.states import State

System: TypeAlias = Literal["cow", "gw"]
"""The state system of the Correlates of War, or that of Gleditsch and Ward."""


def number_in(state: State, system: str) -> int | None:
    """A state's number in a system; nothing for one that was never in it."""
    number: int | None = getattr(state, system)
    return number_of(state.iso3, system) if number is None else number


def existing(states: Sequence[State], system: str, freq: str, bounds: tuple[int, int]) -> NDArray[np.bool_]:
    """Whether each state was in the system on some day of each position: states by positions.

    Of several *states* with one number, each was in the system while it had the number; a single one for all
    its days.
    """
    found = np.zeros((len(states), bounds[1] - bounds[0]), dtype=bool)
    first, after = (first_day_of(freq, position) for position in bounds)
    numbers = [number_in(state, system) for state in states]
    shared = Counter(numbers)
    for row, state, number in zip(found, states, numbers, strict=True):
        key = state.iso3 if shared[number] > 1 else ""
        for start, end in () if number is None else in_system(key, number, system):
            low, high = max(start, first), after if end is None else min(end, after)
            if low < high:
                row[position_of(freq, low) - bounds[0] : position_of(freq, high - 1) + 1 - bounds[0]] = True
    return found
