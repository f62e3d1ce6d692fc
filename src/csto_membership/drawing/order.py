"""Which states have lanes, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.errors import DrawingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csto_membership._facts.states import State
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.words import Words

_FATES = ("MEMBER", "FROZEN", "SUSPENDED", "ASSOCIATE", "SIGNATORY", "OBSERVER", "FORMER", "OUTSIDE")
_LATEST = 10**9


def ordered(
    membership: Membership, words: Words, states: Iterable[object] | None, order: str | Iterable[object]
) -> tuple[State, ...]:
    """The states to draw, from the top down.

    Raises:
        DrawingError: No state is left to draw, or *order* does not exist.
        StateError: The organization has no such state.
    """
    shown = membership.states if states is None else _resolved(membership, states, "states")
    if not shown:
        what = f"{membership.history.id} has no states" if states is None else "states= names no state"
        raise DrawingError(
            f"{what}, so that there is nothing to draw.", "Name at least one.", option="states"
        )
    if isinstance(order, str):
        keys: dict[str, Callable[[State], tuple[object, ...]]] = {
            "fate": lambda state: _fate(membership, words, state),
            "name": lambda state: (words.state(state),),
            "first": lambda state: (_first(membership, state), words.state(state)),
        }
        if order not in keys:
            raise DrawingError(
                f"no order {order!r}.",
                f"{did_you_mean(order, keys)}There are {', '.join(keys)}, or name the states one by one.",
                option="order",
            )
        return tuple(sorted(shown, key=keys[order]))
    wanted = [state for state in _resolved(membership, order, "order") if state in shown]
    others = [state for state in shown if state not in wanted]
    return (*wanted, *sorted(others, key=lambda state: _fate(membership, words, state)))


def _resolved(membership: Membership, states: Iterable[object], what: str) -> tuple[State, ...]:
    """States by their codes or names, each once."""
    if isinstance(states, str):
        states = (states,)
    try:
        named = list(states)
    except TypeError:
        raise DrawingError(
            f"{what}={states!r} names no states.",
            "Give a list of codes or names, for example ['ARM', 'UZB'].",
            option=what,
        ) from None
    return tuple(dict.fromkeys(membership.state(state) for state in named))


def _fate(membership: Membership, words: Words, state: State) -> tuple[object, ...]:
    """The sort key of "fate": members by first day; then by status, the latest change first; then name."""
    horizon = membership.horizon.toordinal()
    spells = [
        spell
        for spell in membership.spells(state)
        if spell.start is None or spell.start.toordinal() <= horizon
    ]
    last = spells[-1]
    fate = str(next(iter(last.status)).name)
    began = last.start.toordinal() if last.start else 0
    return (_FATES.index(fate), began if fate == "MEMBER" else -began, words.state(state))


def _first(membership: Membership, state: State) -> int:
    """Ordinal of the day of a state's first act; late for a state without any."""
    starts = [spell.start.toordinal() for spell in membership.spells(state) if spell.start]
    return min(starts, default=_LATEST)
