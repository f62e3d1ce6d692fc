"""Finds a state's grid row for the words of a table: one by one in memory, as a list for lazy engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.states import SCHEMES, State
from csto_membership.errors import StateError
from csto_membership.frames._refusals import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership._membership.membership import Membership
    from csto_membership._membership.names import Ambiguous, Names
    from csto_membership.frames._grids import Coded
    from csto_membership.frames._options import AnnotateOptions, Others

_LISTED = 5  # values that an error names
_TRIED = 1_000  # values for which another scheme is tried
_KEPT = 65_536  # words whose rows are kept


@frozen(kw_only=True)
class GridRows:
    """The rows of a grid: that of null is 0, and those of the organization's states follow by code.

    Attributes:
        states: The rows of the states with an act, by their alpha-3 codes.
        others: The row of every other state of the world.
        unknown: The row of a word that means no state.
        ambiguous: The row of a word that means several.
    """

    states: Mapping[str, int]
    others: int
    unknown: int
    ambiguous: int
    null: int = 0

    def row(self, iso3: str) -> int:
        """The row of a state of the world."""
        return self.states.get(iso3, self.others)


def rows_of(membership: Membership, others: Others) -> GridRows:
    """The rows of an organization's grids; *others* says whether other states of the world are known."""
    states = {state.iso3: row for row, state in enumerate(membership.compiled.states, start=1)}
    count = len(states)
    return GridRows(
        states=states,
        others=count + 1 if others == "no" else count + 2,
        unknown=count + 2,
        ambiguous=count + 3,
    )


def meaning(names: Names, value: object, codes: str | None) -> State | Ambiguous | None:
    """The meaning of a cell; a ``State`` object in a column means itself, whatever the scheme."""
    return names.encode(value, None if isinstance(value, State) else codes)


def row_of(membership: Membership, codes: str | None, others: Others) -> Callable[[object], int]:
    """Finds the row of a grid for a value: 0 for null, then the states by code, then the rows without one.

    Args:
        membership: Whose states.
        codes: The scheme that values are written in; ``None`` for all of them.
        others: Whether other states of the world have a row, or are unknown.
    """
    names = membership.compiled.names
    rows = rows_of(membership, others)
    kept: dict[object, int] = membership.compiled.cache.setdefault(("rows", codes, others), {})

    def read(value: object) -> int:
        if value is None or value != value:  # noqa: PLR0124 (NaN and its like equal nothing)
            return rows.null
        state = meaning(names, value, codes)
        if state is None:
            return rows.unknown
        return rows.row(state.iso3) if isinstance(state, State) else rows.ambiguous

    def found(value: object) -> int:
        if not isinstance(value, str):
            return read(value)
        row = kept.get(value)
        if row is None:
            if len(kept) >= _KEPT:
                kept.clear()  # in one step, since other threads may be reading
            row = kept[value] = read(value)
        return row

    return found


def words_of(membership: Membership, codes: str | None, others: Others) -> Mapping[str, int]:
    """The rows of all words that engines compare with, trimmed and in small letters; what is not listed is unknown."""
    kept: dict[object, dict[str, int]] = membership.compiled.cache.setdefault("words", {})
    key = codes, others
    if key not in kept:
        rows = rows_of(membership, others)
        listed = membership.compiled.names.spellings(codes)
        found = {word: rows.row(iso3) for word, iso3 in listed.meanings.items()}
        found |= dict.fromkeys(listed.ambiguous, rows.ambiguous)
        kept[key] = {word: row for word, row in found.items() if row != rows.unknown}
    return kept[key]


def is_known(membership: Membership, codes: str | None) -> Callable[[object], bool]:
    """Says whether a value means one state of the world."""
    names = membership.compiled.names
    return lambda value: isinstance(meaning(names, value, codes), State)


def check_codes(
    membership: Membership,
    options: AnnotateOptions,
    states: Coded,
    counts: Callable[[str], dict[object, int]],
) -> None:
    """Refuses a column of states of which no value means anything in the scheme that was asked for.

    Args:
        membership: Whose names.
        options: The column and the scheme.
        states: The column; its values are some of those that occur, or categories, which need not occur.
        counts: How often each value of a column occurs.

    Raises:
        StateError: The column holds values, and none of them means a state; the scheme that fits best is named.
    """
    names, codes = membership.compiled.names, options.codes
    meanings = (value is not None and meaning(names, value, codes) for value in states.values)
    if all(meanings) if states.has_categories else any(meanings):
        return
    counted = {
        value: times
        for value, times in counts(options.state).items()
        if value is not None and value == value  # noqa: PLR0124 (NaN equals nothing)
    }
    occurring = sorted(counted, key=lambda value: (-counted[value], str(value)))
    if not occurring or any(meaning(names, value, codes) for value in occurring):
        return
    listed = ", ".join(shortened(repr(value)) for value in occurring[:_LISTED])
    more = f" and {len(occurring) - _LISTED} more" if len(occurring) > _LISTED else ""
    asked = "any scheme" if codes is None else f"codes={codes!r}"
    tried = occurring[:_TRIED]
    fits = {
        scheme: sum(isinstance(meaning(names, value, scheme), State) for value in tried)
        for scheme in SCHEMES
        if scheme != codes
    }
    best = max(fits, key=lambda scheme: fits[scheme])
    raise StateError(
        f"column {options.state!r} holds no state known by {asked}: {listed}{more}.",
        (f"Use codes={best!r}, or " if fits[best] else "Correct them, or ")
        + "let them be null with unknown='null'.",
        option="codes" if fits[best] else "unknown",
    )
