"""The records of a facts file: frozen, and checked before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

from attrs import field, frozen

from csto_membership._facts.dates import as_date
from csto_membership._facts.plain import Plain
from csto_membership._facts.statuses import (
    Act,
    Bound,
    Capacity,
    ParticipationCapacity,
    ParticipationKind,
    Requires,
    SourceKind,
    StepName,
)
from csto_membership.errors import DatasetError, StateError, in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from attrs import AttrsInstance

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.places import Where
    from csto_membership._facts.states import State
    from csto_membership._facts.unknown import Ended, Gap


PresentT = TypeVar("PresentT")
RecordT = TypeVar("RecordT", bound="AttrsInstance")


@frozen(kw_only=True, repr=False)
class Source(Plain):
    """A text that facts are taken from, with enough to find it again."""

    id: str
    title: str
    publisher: str
    kind: SourceKind
    date: ImpreciseDate | None = None
    address: str | None = None
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        parts = [self.title, self.publisher, str(self.date) if self.date else None, self.address]
        return in_one_line(", ".join(part for part in parts if part))


def _act(value: Act | str) -> Act:
    """The act with this name; ``None`` stays ``None``, since the reader has noted that fault."""
    if isinstance(value, Act):
        return value
    if value is not None and value not in list(Act):
        raise DatasetError((f"records: no act {value!r}. There are {', '.join(Act)}. [CM011]",))
    return value if value is None else Act(value)


def _names(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Names by language, in the order of the languages' codes."""
    return tuple(sorted(dict(value).items()))


def named(record: Era | Office | History | Term, lang: str) -> str:
    """A record's name in a language, on one line; its main name where it has none in that language."""
    name = record.person or record.state if isinstance(record, Term) else record.name
    return in_one_line(dict(record.names).get(lang, name))


@frozen(kw_only=True)
class Step(Plain):
    """One dated stage of an event, of an era or of an instrument."""

    name: StepName
    date: ImpreciseDate
    sources: tuple[str, ...] = ()
    note: str | None = None

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')} {self.date}"


@frozen(kw_only=True)
class Signature(Plain):
    """A state's signature of an instrument on which no act of it rests."""

    state: str
    date: ImpreciseDate
    sources: tuple[str, ...] = ()
    note: str | None = None


@frozen(kw_only=True, repr=False)
class Instrument(Plain):
    """A treaty, charter, protocol, law or decision that acts rest on.

    Attributes:
        id: The library's name for it.
        title: Its title in words.
        sources: Identifiers of the sources of its dates.
        steps: Its dated stages.
        signatures: The states that signed it, where no act of theirs rests on it; by code.
        body: The body that adopted it, where one did.
        note: What else a reader must know.
    """

    id: str
    title: str
    sources: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    signatures: tuple[Signature, ...] = ()
    body: str | None = None
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return in_one_line(f"instrument {self.id}")


@frozen(kw_only=True)
class Dispute(Plain):
    """A statement of some sources that contradicts the record.

    Attributes:
        says: The other statement.
        sources: Who says so.
        answer: Why it was not taken, or why it stays open.
        against: Identifiers of the sources that support the answer.
        date: The date they give, if it is about a date.
    """

    says: str
    sources: tuple[str, ...]
    answer: str
    against: tuple[str, ...] = ()
    date: ImpreciseDate | None = None


# To add a field, edit: this class (with a default); ``event`` of ``_reader.facts_file``; ``event`` of
# ``_membership.known_on``, which leaves a field unchanged by default even if it reveals a later fact; ``act``
# of ``_membership.explanation_lines`` and ``_event`` of ``_membership.explanation``; ``_events`` of both
# ``export.listing`` and ``frames._listing``; ``_event`` of ``explorer.facts`` with ``page.js``; a row under "Events"
# in ``docs/reference/data-format.md``, and then ``python tools/schema.py``. JSON, YAML and the fingerprint take every
# field by themselves.
@frozen(kw_only=True, repr=False)
class Event(Plain):
    """One act of one state at an effective date; act and date may be given as text.

    Attributes:
        state: The state's alpha-3 code.
        act: What was done.
        effect: The first day on which it holds.
        steps: Its dated stages, in the order of ``StepName``.
        instrument: Identifier of the instrument it rests on.
        sources: Identifiers of the sources that it is taken from.
        known: The day it became public, where that is not the earliest date it carries.
        note: Which date was taken and why, or what else a reader must know.
        disputes: What other sources say.
    """

    state: str
    act: Act = field(converter=_act)
    effect: ImpreciseDate = field(converter=as_date)
    sources: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    instrument: str | None = None
    known: ImpreciseDate | None = None
    note: str | None = None
    disputes: tuple[Dispute, ...] = ()
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return in_one_line(f"{self.state} {self.act} {self.effect}")


@frozen(kw_only=True, repr=False)
class Era(Plain):
    """A named stretch of an organization's life, from its effect to the next era's.

    Attributes:
        id: The library's name for it.
        name: What the organization was called in it.
        effect: Its first day.
        sources: Identifiers of the sources that it is taken from.
        bound: Whether its states are parties to a treaty, or members.
        requires: ``instrument`` where the era holds for a state only from an act of its own that rests on the
            era's instrument; ``None`` where it holds for all.
        names: The name in further languages: pairs of a language's code and a name.
        steps: Its dated stages.
        instrument: Identifier of the instrument it rests on.
        known: The day it became public, where that is not the earliest date it carries.
    """

    id: str
    name: str
    effect: ImpreciseDate
    sources: tuple[str, ...]
    bound: Bound = Bound.MEMBERS
    requires: Requires | None = None
    names: tuple[tuple[str, str], ...] = field(default=(), converter=_names)
    steps: tuple[Step, ...] = ()
    instrument: str | None = None
    known: ImpreciseDate | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return in_one_line(f"era {self.id}")


@frozen(kw_only=True, repr=False)
class Term(Plain):
    """A spell of an office, held by a state or by a person of a state: ``[effect, end)``.

    Attributes:
        state: The alpha-3 code of the state that holds it, or whose citizen does.
        effect: Its first day.
        sources: Identifiers of the sources of its dates.
        end: The first day after it; ``None`` where it still lasts, or will end after the horizon.
        person: Who holds it, where a person does.
        names: The person's name in further languages: pairs of a language's code and a name.
        other_names: Further spellings of the person's name, in any language.
        capacity: Whether as its holder, acting, or as a substitute for the state whose turn it was.
        steps: Dated stages of the appointment.
        known: The day it became public, where that is not the earliest date it carries.
        note: What else a reader must know.
    """

    state: str
    effect: ImpreciseDate
    sources: tuple[str, ...]
    end: ImpreciseDate | None = None
    person: str | None = None
    names: tuple[tuple[str, str], ...] = field(default=(), converter=_names)
    other_names: tuple[str, ...] = ()
    capacity: Capacity = Capacity.HOLDER
    steps: tuple[Step, ...] = ()
    known: ImpreciseDate | None = None
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        who = f"{self.person} ({self.state})" if self.person else self.state
        capacity = "" if self.capacity is Capacity.HOLDER else f", {self.capacity}"
        return in_one_line(f"{who}{capacity} [{self.effect}, {self.end or '...'})")


@frozen(kw_only=True, repr=False)
class Office(Plain):
    """An office and its terms, in the order in which they began; its names in further languages are pairs."""

    id: str
    name: str
    terms: tuple[Term, ...]
    names: tuple[tuple[str, str], ...] = field(default=(), converter=_names)


@frozen(kw_only=True, repr=False)
class Participant(Plain):
    """One state that took part, and in what capacity.

    Attributes:
        state: The state's alpha-3 code.
        capacity: As what it took part.
        effect: Its own first day, where it is known and differs from the participation's.
        end: The first day after its own part, where it is known and differs from the participation's.
        sources: Sources of its part, where the participation's own do not give it.
        note: What else a reader must know.
    """

    state: str
    capacity: ParticipationCapacity
    effect: ImpreciseDate | None = None
    end: ImpreciseDate | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None

    def __str__(self) -> str:
        return in_one_line(f"{self.state} ({self.capacity})")


@frozen(kw_only=True, repr=False)
class Participation(Plain):
    """An operation or a session in which states took part: ``[effect, end)``.

    Attributes:
        id: The library's name for it.
        kind: Whether it is an operation or a session.
        name: What it is called.
        effect: Its first day.
        participants: The states that took part.
        sources: Identifiers of the sources of its days and participants.
        end: The first day after it; ``None`` for a session of one day, and for an operation that still lasts.
        complete: Whether *participants* are all who took part.
        absent: The codes of the members that, as the sources say, were not there.
        place: Where it took place.
        host: The alpha-3 code of the state on whose territory it took place.
        chair: The alpha-3 code of the state that presided.
        mandate: The decision it rests on, in words.
        known: The day it became public, where that is not the earliest day it may have begun on.
        note: What else a reader must know.
        disputes: What other sources say.
    """

    id: str
    kind: ParticipationKind
    name: str
    effect: ImpreciseDate
    participants: tuple[Participant, ...]
    sources: tuple[str, ...]
    end: ImpreciseDate | None = None
    complete: bool = True
    absent: tuple[str, ...] = ()
    place: str | None = None
    host: str | None = None
    chair: str | None = None
    mandate: str | None = None
    known: ImpreciseDate | None = None
    note: str | None = None
    disputes: tuple[Dispute, ...] = ()
    where: Where | None = field(default=None, eq=False, repr=False)

    @property
    def days(self) -> tuple[int, int | None]:
        """The widest possible ``[first, after)`` as ordinals; *after* is ``None`` where it still lasts."""
        if self.end is not None:
            return self.effect.first, self.end.last
        is_session = self.kind is ParticipationKind.SESSION
        return self.effect.first, self.effect.last + 1 if is_session else None

    def __str__(self) -> str:
        if self.end is None and self.kind is ParticipationKind.SESSION:
            return in_one_line(f"{self.name}, {self.effect}")
        return in_one_line(f"{self.name} [{self.effect}, {self.end or '...'})")


@frozen(kw_only=True, repr=False)
class History(Plain):
    """One organization's records; a state's events in the order in which they happened.

    Attributes:
        id: The library's name for it.
        name: What it is called.
        names: The name in further languages: pairs of a language's code and a name.
        closed: Whether the record holds every act, so that a state without any was never part of it.
        eras: Its eras, in the order in which they began.
        events: The acts of its states.
        ended: The organization's own end, if it has come.
        gaps: Days of which nobody knows what a state was: every status is possible on them.
        offices: Its offices.
        participations: The operations and sessions in which states took part, by identifier.
        note: What else a reader must know.
    """

    id: str
    name: str
    names: tuple[tuple[str, str], ...] = field(default=(), converter=_names)
    closed: bool = True
    eras: tuple[Era, ...] = ()
    events: tuple[Event, ...] = ()
    ended: Ended | None = None
    gaps: tuple[Gap, ...] = ()
    offices: tuple[Office, ...] = ()
    participations: tuple[Participation, ...] = ()
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __call__(self, *_: object, **__: object) -> NoReturn:
        """Refuse to be called: ``organization.history`` is a record, not a method.

        Raises:
            StateError: Always.
        """
        raise StateError(
            "history is a record, not a method.",
            "Ask spells('UZB') for what a state was, or events('UZB') for its acts.",
        )

    def by_state(self) -> dict[str, tuple[Event, ...]]:
        """The events of each state, by its code."""
        events: dict[str, list[Event]] = {}
        for event in self.events:
            events.setdefault(event.state, []).append(event)
        return {state: tuple(events[state]) for state in sorted(events)}


@frozen(kw_only=True, repr=False)
class Dataset(Plain):
    """Everything that one facts file says.

    Attributes:
        verified_through: The horizon: the last day that the facts were checked.
        sources: All sources, by identifier.
        states: All states, by code.
        instruments: All instruments, by identifier.
        histories: The organizations, by identifier.
        licence: On what terms the facts may be used, as an SPDX identifier or in words.
    """

    verified_through: ImpreciseDate
    states: tuple[State, ...]
    histories: tuple[History, ...]
    sources: tuple[Source, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    licence: str | None = None

    def __repr__(self) -> str:
        return f"Dataset(verified through {self.verified_through})"


def present(value: PresentT | None) -> PresentT:
    """A required value for the type checker; if it is ``None``, the fault is noted and the file refused."""
    return cast("PresentT", value)


def dates_of(record: Event | Era | Term) -> Iterator[ImpreciseDate]:
    """Every date that an event or era carries: its effect, then its steps."""
    yield record.effect
    for step in record.steps:
        yield step.date


def public_from(record: Event | Era | Term | Participation) -> int:
    """Ordinal of the day from which a record was public: by default the earliest date that it carries."""
    if record.known is not None:
        return record.known.first
    if isinstance(record, Participation):
        return record.effect.first
    return min(written.first for written in dates_of(record))
