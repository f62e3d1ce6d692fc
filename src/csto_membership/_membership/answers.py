"""The types that questions return: frozen records, each with a readable ``str``."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from attrs.exceptions import FrozenInstanceError

from csto_membership._facts.dates import to_date, to_ordinal
from csto_membership._facts.plain import Plain
from csto_membership.errors import BeyondHorizonError, UncertainError, in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    import pendulum

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Event
    from csto_membership._facts.states import State
    from csto_membership._facts.statuses import Status


class Answer(enum.Enum):
    """Yes, no, or unknown: the sources, or the width of the question, leave it open.

    ``YES`` is true and ``NO`` is false; ``UNKNOWN`` is neither, and ``bool`` of it raises
    ``UncertainError``. It equals its word, ``"yes"``, ``"no"`` or ``"unknown"``, and is exported
    as that word. Comparing it with a boolean raises, since a silent *no* would empty a filter.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        if self is Answer.UNKNOWN:
            raise UncertainError(
                "the answer is unknown, neither true nor false.",
                "Compare it with 'is Answer.YES', or ask a narrower question.",
            )
        return self is Answer.YES

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self.value) == other
        if isinstance(other, bool) or _is_numpy_truth(other):
            raise UncertainError(
                f"an answer is yes, no or unknown, and was compared with {other}.",
                f"Write 'answer is Answer.{'YES' if other else 'NO'}', or 'answer == \"{'yes' if other else 'no'}\"'.",
            )
        return self is other

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return self.value


def _is_numpy_truth(value: object) -> bool:
    """Whether a value is a NumPy boolean, without importing NumPy."""
    return type(value).__module__ == "numpy" and type(value).__name__ in {"bool", "bool_"}


def answer(mask: int, basis: int) -> Answer:
    """Yes when every possible status counts, no when none does, unknown otherwise."""
    if not mask & ~basis:
        return Answer.YES
    return Answer.UNKNOWN if mask & basis else Answer.NO


def negated(said: Answer) -> Answer:
    """The negation, by three-valued logic."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(said, said)


def all_of(answers: Iterable[Answer]) -> Answer:
    """The conjunction, by three-valued logic."""
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """The disjunction, by three-valued logic."""
    return negated(all_of(map(negated, answers)))


_ROWS, _ROWS_SHOWN = 30, 20  # of a card's table


def _between(start: pendulum.Date | ImpreciseDate | None, end: pendulum.Date | ImpreciseDate | None) -> str:
    """Half-open bounds; an open side shows as dots."""
    return f"{f'[{start}' if start else '(...'}, {end or '...'})"


@frozen(kw_only=True, repr=False)
class Spell(Plain):
    """A maximal run of days with one status, ``[start, end)``.

    Attributes:
        state: Whose spell.
        status: One flag, or several where the sources leave it open.
        start: Its first day; ``None`` for the spell with which the record begins.
        end: The first day after it; ``None`` where it still lasts on the horizon.
        opened_by: The event that began it, if one did.
        closed_by: The event that ended it, if one did.
        began: The range of days on which the status may have begun, if several; it is certain from *start*
            on.
        ended: The range of days on which it may have ended, if several; it is certain up to, but not on,
            *end*.
    """

    state: State
    status: Status
    start: pendulum.Date | None
    end: pendulum.Date | None
    opened_by: Event | None = field(default=None, repr=False)
    closed_by: Event | None = field(default=None, repr=False)
    began: ImpreciseDate | None = field(default=None, repr=False)
    ended: ImpreciseDate | None = field(default=None, repr=False)

    @property
    def between(self) -> str:
        """Its bounds as text; an open side shows as dots."""
        return _between(self.began or self.start, self.ended or self.end)

    def __str__(self) -> str:
        return in_one_line(f"{self.state.iso3} {self.status} {self.between}")

    def __repr__(self) -> str:
        return f"Spell({self})"


@frozen(kw_only=True, repr=False)
class Period(Plain):
    """A run of days ``[start, end)`` on which a condition holds, or may hold.

    Attributes:
        start: Its first day; ``None`` where it has lasted from the beginning of the record.
        end: The first day after it; ``None`` where it still lasts on the horizon.
        answer: ``YES``, or ``UNKNOWN`` where the sources leave it open on these days.
        known_until: Ordinal of the last day that can be asked about; ``None`` if there is no limit.
    """

    start: pendulum.Date | None
    end: pendulum.Date | None
    answer: Answer = Answer.YES
    known_until: int | None = field(default=None, eq=False, repr=False)

    def __contains__(self, day: object) -> bool:
        """Whether a day, in any of the ways to write one, lies in the period.

        Raises:
            DayError: *day* is not one day.
            BeyondHorizonError: The period still lasts on the last day verified, and *day* is past it.
        """
        ordinal = to_ordinal(day)
        if self.end is None and self.known_until is not None and ordinal > self.known_until:
            raise BeyondHorizonError(
                f"{day} is past {to_date(self.known_until)}, on which {self} still lasts.",
                "Ask about an earlier day.",
            )
        return (self.start is None or self.start.toordinal() <= ordinal) and (
            self.end is None or ordinal < self.end.toordinal()
        )

    def __str__(self) -> str:
        return _between(self.start, self.end) + (" possibly" if self.answer is Answer.UNKNOWN else "")


@frozen(kw_only=True, repr=False)
class Change(Plain):
    """The change of one state's status on one day.

    Attributes:
        day: The first day of the new status.
        state: Whose status.
        before: Its status the day before.
        after: Its status from that day.
        was: Whether it was a member the day before, on the reading's basis.
        now: Whether it is a member from that day.
        event: The event that changed it; ``None`` where an era began or ended.
    """

    day: pendulum.Date
    state: State
    before: Status
    after: Status
    was: Answer
    now: Answer
    event: Event | None = field(default=None, repr=False)

    def __str__(self) -> str:
        by = f" ({self.event.act})" if self.event else ""
        return in_one_line(f"{self.day.isoformat()} {self.state.iso3} {self.before} -> {self.after}{by}")


@frozen(kw_only=True, repr=False)
class Difference(Plain):
    """How the membership on one day differs from that on another.

    Attributes:
        joined: States that were no members, and are.
        left: States that were members, and are not.
        changed: States whose status differs otherwise, doubt included.
    """

    joined: tuple[State, ...]
    left: tuple[State, ...]
    changed: tuple[State, ...]

    def __str__(self) -> str:
        parts = (("joined", self.joined), ("left", self.left), ("otherwise changed", self.changed))
        said = [f"{word}: {', '.join(state.iso3 for state in states)}" for word, states in parts if states]
        return in_one_line("; ".join(said)) or "no difference"


class _Fixed:
    """Refuses to set or delete an attribute, as a frozen record does."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError


class Spells(_Fixed, tuple["Spell", ...]):  # noqa: SLOT001 (a tuple with an attribute of its own)
    """Spells in order: a tuple that prints a line for each, and shows itself in notebooks.

    Attributes:
        about: The reading and the last day checked, in words.
    """

    about: str

    def __new__(cls, spells: Iterable[Spell] = (), *, about: str = "") -> Self:
        """The spells, with the reading and horizon that hold for all of them."""
        made = super().__new__(cls, spells)
        made.__dict__["about"] = about
        return made

    def to_dict(self) -> dict[str, Any]:
        """All of them, ready for JSON."""
        return {"spells": [spell.to_dict() for spell in self]}

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        """The spells as a card for notebooks."""
        from csto_membership._membership import cards

        states = dict.fromkeys(str(spell.state) for spell in self)
        rows = [
            (
                cards.code(spell.state.iso3),
                cards.status("en", spell.status),
                cards.days(str(spell.began or spell.start or "…")),
                cards.days(str(spell.ended or spell.end or "…")),
                cards.text(spell.opened_by.act if spell.opened_by else ""),
            )
            for spell in self
        ]
        heads = ("State", "Status", "From", "Until, this day not included", "Opened by")
        headline = f"Spells of {', '.join(states)}" if states else "No spells"
        body = cards.table(heads, rows, most=_ROWS, shown=_ROWS_SHOWN) if rows else ""
        return cards.card("en", headline, self.about, body)


class Changes(_Fixed, tuple["Change", ...]):  # noqa: SLOT001 (as Spells)
    """Changes in order: a tuple that prints a line for each, and shows itself in notebooks.

    Attributes:
        about: The reading and the last day checked, in words.
    """

    about: str

    def __new__(cls, changes: Iterable[Change] = (), *, about: str = "") -> Self:
        """The changes, with the reading and horizon that hold for all of them."""
        made = super().__new__(cls, changes)
        made.__dict__["about"] = about
        return made

    def to_dict(self) -> dict[str, Any]:
        """All of them, ready for JSON."""
        return {"changes": [change.to_dict() for change in self]}

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        """The changes as a card for notebooks."""
        from csto_membership._membership import cards

        rows = [
            (
                cards.days(str(change.day)),
                cards.code(change.state.iso3),
                cards.status("en", change.before),
                cards.status("en", change.after),
                cards.text(change.event.act if change.event else ""),
            )
            for change in self
        ]
        heads = ("Day", "State", "Status before", "Status after", "Act")
        headline = f"Changes: {len(rows)}" if rows else "No changes"
        body = cards.table(heads, rows, most=_ROWS, shown=_ROWS_SHOWN) if rows else ""
        return cards.card("en", headline, self.about, body)
