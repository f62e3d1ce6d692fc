"""A roster: the states that were members, as a sequence and as a set of three-valued logic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from attrs import Factory, field, frozen

from csto_membership._facts.plain import Plain
from csto_membership._facts.states import code_of, tuple_of_states
from csto_membership._membership.answers import Answer, all_of, any_of, negated
from csto_membership.errors import UncertainError, in_one_line

if TYPE_CHECKING:
    from csto_membership._facts.states import State

_ROWS, _ROWS_SHOWN = 30, 20  # of a card's table


@frozen(eq=False, repr=False)
class Roster(Plain, Sequence["State"]):
    """The states that were members, ordered by code; one shared object for all days of a segment.

    Attributes:
        states: Those that certainly were.
        undecided: Those for which it is unknown.
    """

    states: tuple[State, ...]
    undecided: tuple[State, ...] = ()
    _resolve: Callable[[object], State] = field(kw_only=True, alias="resolve")
    # Makes its card for notebooks; ``None`` for a roster that belongs to no days.
    _show: Callable[[Roster], str] | None = field(default=None, kw_only=True, alias="show")
    # Answers ``"UZB" in roster`` without a look-up of names.
    _codes: frozenset[str] = field(
        init=False,
        default=Factory(lambda self: frozenset(state.iso3 for state in self.states), takes_self=True),
    )

    @property
    def possible(self) -> Roster:
        """The undecided: those for which the sources, or the width of the question, leave it open."""
        return Roster(self.undecided, resolve=self._resolve)

    def to_dict(self) -> dict[str, Any]:
        """The codes of its states and of the undecided, ready for JSON."""
        undecided = [state.iso3 for state in self.undecided]
        return {"states": [state.iso3 for state in self.states], "undecided": undecided}

    def codes(self, scheme: str = "iso3") -> tuple[str | int, ...]:
        """The states' codes, in the roster's order.

        Args:
            scheme: ``iso3``, ``iso2``, ``iso_numeric``, ``cow``, ``cow_abbrev``, ``gw``, ``fips``,
                ``wikidata`` or ``name``; ``cow`` and ``gw`` are numbers, the others text.

        Raises:
            StateError: There is no such scheme, or a state has no code in it.
        """
        return tuple(code_of(state, scheme) for state in self.states)

    def __len__(self) -> int:
        return len(self.states)

    @overload
    def __getitem__(self, index: int) -> State: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[State, ...]: ...
    def __getitem__(self, index: int | slice) -> State | tuple[State, ...]:
        return self.states[index]

    def __iter__(self) -> Iterator[State]:
        return iter(self.states)

    def __contains__(self, state: object) -> bool:
        """Whether a state, given by any code or name, was a member.

        Raises:
            UncertainError: It is undecided, neither in nor out.
            StateError: No state is called so, or several are.
        """
        if type(state) is str and state in self._codes:
            return True
        found = self._resolve(state)
        if self.undecided and any(found.iso3 == state.iso3 for state in self.undecided):
            raise UncertainError(
                f"it is unknown whether {found} is in it.", "Look into .possible, or ask a narrower question."
            )
        return found.iso3 in self._codes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Roster):
            return NotImplemented
        return self.states == other.states and self.undecided == other.undecided

    def __hash__(self) -> int:
        return hash((self.states, self.undecided))

    # As sets, by three-valued logic. The other side is a roster, or states by any of their codes and names.

    def __and__(self, other: Roster | Iterable[object]) -> Roster:
        """The states in both; undecided where either leaves it open and neither says no."""
        return self._joined(other, lambda mine, theirs: all_of((mine, theirs)))

    def __or__(self, other: Roster | Iterable[object]) -> Roster:
        """The states in either; undecided where one leaves it open and neither says yes."""
        return self._joined(other, lambda mine, theirs: any_of((mine, theirs)))

    def __sub__(self, other: Roster | Iterable[object]) -> Roster:
        """The states in this one and not in the other."""
        return self._joined(other, lambda mine, theirs: all_of((mine, negated(theirs))))

    def __le__(self, other: Roster | Iterable[object]) -> bool:
        """Whether every state in this one is in the other.

        Raises:
            UncertainError: It depends on an undecided state.
        """
        left = self - other
        if left.states or not left.undecided:
            return not left.states
        named = ", ".join(str(state) for state in left.undecided)
        raise UncertainError(
            f"whether one roster holds all of the other is open: {named}.",
            "Look into .possible of both, or of one - other.",
        )

    def __ge__(self, other: Roster | Iterable[object]) -> bool:
        """Whether every state in the other is in this one; as ``<=``."""
        return self._made(other) <= self

    def __lt__(self, other: Roster | Iterable[object]) -> bool:
        """Whether every state in this one is in the other, which has more; as ``<=``."""
        theirs = self._made(other)
        return self <= theirs and not theirs <= self

    def __gt__(self, other: Roster | Iterable[object]) -> bool:
        """Whether every state in the other is in this one, which has more; as ``<=``."""
        return self._made(other) < self

    def _made(self, other: Roster | Iterable[object]) -> Roster:
        """The other side of an operator as a roster."""
        if isinstance(other, Roster):
            return other
        found = {state.iso3: state for state in map(self._resolve, tuple_of_states(other))}
        return Roster(tuple(found[code] for code in sorted(found)), resolve=self._resolve)

    def _joined(self, other: Roster | Iterable[object], decide: Callable[[Answer, Answer], Answer]) -> Roster:
        """The roster of the states for which *decide*, from the answers of both sides, is yes or unknown."""
        theirs = self._made(other)
        every = {
            state.iso3: state
            for states in (self.states, self.undecided, theirs.states, theirs.undecided)
            for state in states
        }
        said = {code: decide(self._has(code), theirs._has(code)) for code in sorted(every)}  # noqa: SLF001 (a roster, too)
        return Roster(
            tuple(every[code] for code, answer in said.items() if answer is Answer.YES),
            tuple(every[code] for code, answer in said.items() if answer is Answer.UNKNOWN),
            resolve=self._resolve,
        )

    def _has(self, code: str) -> Answer:
        """Whether a state with this code is in it."""
        if code in self._codes:
            return Answer.YES
        return Answer.UNKNOWN if any(code == state.iso3 for state in self.undecided) else Answer.NO

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled by the codes of the states, whose records the organization has."""
        codes = tuple(tuple(state.iso3 for state in states) for states in (self.states, self.undecided))
        return _roster, (self._resolve, *codes)

    def __str__(self) -> str:
        possible = (
            f" (possibly {', '.join(str(state) for state in self.undecided)})" if self.undecided else ""
        )
        return ", ".join(str(state) for state in self.states) + possible

    def _repr_html_(self) -> str:
        """The roster as a card for notebooks."""
        from csto_membership._membership import cards

        if self._show is not None:
            return self._show(self)
        rows = [
            (cards.code(state.iso3), cards.text(in_one_line(state.english)))
            for state in (*self.states, *self.undecided)
        ]
        count = len(self.states)
        headline = f"{count} state" if count == 1 else f"{count} states"
        headline += f"; possible: {len(self.undecided)}" if self.undecided else ""
        return cards.card(
            "en", headline, "", cards.table(("Code", "State"), rows, most=_ROWS, shown=_ROWS_SHOWN)
        )

    def __repr__(self) -> str:
        possible = f", possible={[state.iso3 for state in self.undecided]}" if self.undecided else ""
        return f"Roster({[state.iso3 for state in self.states]}{possible})"


def _roster(
    resolve: Callable[[object], State], states: tuple[str, ...], undecided: tuple[str, ...]
) -> Roster:
    """A roster out of a pickle."""
    return Roster(tuple(map(resolve, states)), tuple(map(resolve, undecided)), resolve=resolve)
