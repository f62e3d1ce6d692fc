"""Clauses before they are worded: a template key with slots, and the values that a slot may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from datetime import date

    from csto_membership._facts.records import Era, Event, History, Office, Participation, Term
    from csto_membership._facts.states import State
    from csto_membership._facts.statuses import Bound, Status
    from csto_membership._membership.answers import Spell


@frozen(kw_only=True)
class Span:
    """The time of a claim, as half-open ordinals."""

    first: int
    after: int


@frozen
class Role:
    """What a state is: a party to a treaty, a member of an organization, or one after the other."""

    bounds: tuple[Bound, ...]


@frozen
class Course:
    """Statuses in turn: (status, whether of a treaty party, last day); the last one has no last day."""

    statuses: tuple[tuple[Status, bool, date | None], ...]


@frozen
class SpellList:
    """The spells for a line, each with whether it is worded as of a treaty party."""

    spells: tuple[tuple[Spell, bool], ...]


@frozen
class Acts:
    """The acts of a state as a line has them."""

    events: tuple[Event, ...]


@frozen
class Word:
    """A word of the vocabulary that answers use, by its English key."""

    key: str


@frozen
class BasisName:
    """A basis by its name, or by the statuses that it counts."""

    basis: str | Status


@frozen
class DatingName:
    """A dating: the effective date, or steps in order of preference."""

    dating: str | tuple[str, ...]


@frozen
class Choice:
    """Alternative words, joined with *or*."""

    words: tuple[object, ...]


@frozen
class Joined:
    """Clauses or words with commas between them."""

    parts: tuple[object, ...]


@frozen
class Listed:
    """Clauses with *and* between them."""

    parts: tuple[object, ...]


@frozen
class Either:
    """Clauses with *or* between them."""

    parts: tuple[object, ...]


@frozen
class Statuses:
    """A status, or those that are possible."""

    status: Status


@frozen
class Foreign:
    """Text of a file, which is not in the language of the sentence."""

    text: str


@frozen
class Quoted:
    """Words of a claim."""

    text: str


@frozen
class BodyName:
    """A body that adopts instruments: the name that the record has, and those in further languages, as pairs."""

    name: str
    names: tuple[tuple[str, str], ...] = ()


@frozen
class Titled:
    """An instrument by its title, or an era or organization by its name in the language."""

    title: str
    record: Era | History | None = None


@frozen
class OfficeName:
    """An office by its name in the language."""

    office: Office


@frozen
class Holder:
    """Who holds an office: the person of a state, or the state."""

    term: Term
    state: State


@frozen
class PersonName:
    """A person by the name in the language."""

    term: Term


@frozen
class Meeting:
    """An operation or a session by its name."""

    participation: Participation


@frozen(kw_only=True)
class Saying:
    """One clause of a sentence, or one line, before it is worded in a language.

    Attributes:
        key: Which template.
        slots: What stands in it: states, days, numbers and names.
    """

    key: str
    slots: tuple[tuple[str, object], ...] = field(default=())

    def without(self, name: str) -> Saying:
        """The same clause with one slot left empty."""
        return Saying(
            key=self.key, slots=tuple((slot, "" if slot == name else of) for slot, of in self.slots)
        )


def saying(key: str, **slots: object) -> Saying:
    """A clause by its key and slots."""
    return Saying(key=key, slots=tuple(slots.items()))


def span_of(time: tuple[int, int]) -> Span:
    """A time, as half-open ordinals, as a slot."""
    return Span(first=time[0], after=time[1])
