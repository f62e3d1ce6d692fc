"""How a law is checked: answers are compared in pairs, counted, and a difference raises ``LawError``."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import Factory, define, field, frozen

from csto_membership import Answer, MembershipError, Status
from csto_membership.testing.edges import edge_days, readings_of, recorded, states_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csto_membership import Organization, State

T = TypeVar("T")

_SHOWN = 200  # characters of an answer
_WAY_OUT = "The laws hold for every organization that the library can load or build: please report this with the file."


class LawError(MembershipError, AssertionError):
    """A law that does not hold of an organization: two answers that must agree differ.

    Attributes:
        law: The law's name.
        organization: The organization's identifier.
        reading: How it was read, in words.
        state: The state asked about, by its code; empty where the question is about all of them.
        when: The day or days asked about, in words; empty where the question is about all time.
        answers: The two answers, each by the name of what gave it.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what a reader must know)
        self, law: str, organization: str, reading: str, state: str, when: str, answers: dict[str, str]
    ) -> None:
        (one, says), (other, differs) = answers.items()
        about = " ".join(
            part for part in (f"of {state}" if state else "", f"on {when}" if when else "") if part
        )
        super().__init__(
            f"{organization} breaks the law {law!r} (read with {reading}): {about}{about and ', '}"
            f"{one} says {says}, and {other} says {differs}.",
            _WAY_OUT,
        )
        self.args: tuple[Any, ...] = (law, organization, reading, state, when, answers)  # by which it pickles
        self.law: str = law
        self.organization: str = organization
        self.reading: str = reading
        self.state: str = state
        self.when: str = when
        self.answers: dict[str, str] = answers


@frozen(kw_only=True)
class Law:
    """One law: what must hold of every organization.

    Attributes:
        name: What it is called.
        rule: The law in one sentence.
        lacks: Says what is missing, such as a library, to check the law; empty text if nothing is.
        ask: Asks its questions.
    """

    name: str
    rule: str
    ask: Callable[[Asking], None] = field(repr=False)
    lacks: Callable[[], str] = field(default=lambda: "", repr=False)

    def check(self, organization: Organization, *, examples: int | None = 40, seed: int = 0) -> int:
        """Check the law on an organization; returns the number of pairs of answers that were compared.

        Args:
            organization: The organization to be asked, under the reading that the others are made from.
            examples: How many readings are asked at most, and about how many days each; ``None`` for all readings
                and edge days. What is left out is chosen by chance.
            seed: Decides that choice: the same seed asks the same.

        Raises:
            LawError: Two answers differ, or the law found nothing to ask.
        """
        asking = Asking(organization=organization, law=self.name, examples=examples, seed=seed)
        self.ask(asking)
        if not asking.questions:
            asking.refuse(
                organization, "", "", {"the law": "that it has questions", "the record": "nothing to ask"}
            )
        return asking.questions

    def __str__(self) -> str:
        return self.name


@define(kw_only=True)
class Asking:
    """The questions of one law to one organization.

    Attributes:
        organization: The organization.
        law: The law's name.
        examples: How many days or periods each reading is asked about at most.
        seed: What decides which.
        questions: How many pairs of answers were compared.
        chance: Where the choice comes from.
    """

    organization: Organization
    law: str
    examples: int | None
    seed: int
    questions: int = 0
    chance: Random = field(init=False, default=Factory(lambda self: Random(self.seed), takes_self=True))  # noqa: S311 (no secret)

    @property
    def readings(self) -> tuple[Organization, ...]:
        """The organization under at most *examples* readings that may differ, the first one included."""
        return self.some(readings_of(self.organization))

    def some_readings(self, most: int = 8) -> tuple[Organization, ...]:
        """Few of them, the first among them."""
        readings = self.readings
        return readings[:: max(len(readings) // most, 1)]

    def states(self, organization: Organization) -> tuple[State, ...]:
        """Its states, and two of which it records no act."""
        return states_of(organization)

    def days(self, organization: Organization) -> tuple[date, ...]:
        """Edge days, the first and the last always among them."""
        return self.some(edge_days(organization))

    def some(self, all_of_them: tuple[T, ...]) -> tuple[T, ...]:
        """At most *examples* of these, in their order; the first and the last are always included."""
        if self.examples is None or len(all_of_them) <= self.examples:
            return all_of_them
        last = len(all_of_them) - 1
        chosen = self.chance.sample(range(1, last), max(self.examples - 2, 0))
        return tuple(all_of_them[place] for place in sorted({0, last, *chosen}))

    def periods(self, organization: Organization) -> tuple[tuple[date, date], ...]:
        """Half-open pairs of edge days, a third as many as days."""
        days = edge_days(organization)
        count = (self.examples or len(days)) // 3 + 1
        pairs = (sorted(self.chance.sample(days, 2)) for _ in range(count))
        return tuple((first, after) for first, after in pairs)

    def agree(self, organization: Organization, state: State | None, when: object, **answers: object) -> None:
        """Compare two answers, each named by what gave it.

        Raises:
            LawError: They differ.
        """
        self.questions += 1
        one, other = answers.values()
        if one != other:
            told = {
                name if hasattr(organization, name) else name.replace("_", " "): _told(answer)
                for name, answer in answers.items()
            }
            self.refuse(organization, state.iso3 if state else "", when, told)

    def refuse(self, organization: Organization, state: str, when: object, answers: dict[str, str]) -> None:
        """Say that the law does not hold.

        Raises:
            LawError: Always.
        """
        words = "[{}, {})".format(*when) if isinstance(when, tuple) else str(when or "")
        name, reading = recorded(organization).id, str(organization.read_as)
        raise LawError(self.law, name, reading, state, words, answers)


def _told(answer: object) -> str:
    """An answer as a failing law shows it."""
    if isinstance(answer, tuple | list | set | frozenset) and not isinstance(answer, str):
        text = ", ".join(map(_told, answer)) or "none"
    elif isinstance(answer, Status | Answer):
        text = str(answer) or "nothing"
    else:
        text = str(answer)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
