"""Turns a facts file into records, or into all its faults with file:line:column."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from typing import Any

from csto_membership._facts.dates import ImpreciseDate
from csto_membership._facts.records import (
    Dataset,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Office,
    Participant,
    Participation,
    Signature,
    Source,
    Step,
    Term,
    present,
)
from csto_membership._facts.states import State
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
from csto_membership._facts.territories import is_key
from csto_membership._facts.unknown import Ended, Gap
from csto_membership._reader.codes import slip_of
from csto_membership._reader.limits import HOPELESS, HopelessError, first_faults
from csto_membership._reader.rules import LAST_CHECKED, NOT_CHECKED, problems_of
from csto_membership._reader.tree import Node, Walker, by_place
from csto_membership.errors import DatasetError, shown

_FORMS = {
    "iso2": (re.compile(r"[A-Z]{2}"), "two capital letters"),
    "iso3": (re.compile(r"[A-Z]{3}"), "three capital letters"),
    "iso_numeric": (re.compile(r"[0-9]{3}"), "three digits"),
    "cow": (re.compile(r"[1-9][0-9]{0,2}"), "a number from 1 to 999"),
    "cow_abbrev": (re.compile(r"[A-Z]{3}"), "three capital letters"),
    "gw": (re.compile(r"[1-9][0-9]{0,2}"), "a number from 1 to 999"),
    "fips": (re.compile(r"[A-Z]{2}"), "two capital letters"),
    "wikidata": (re.compile(r"Q[1-9][0-9]*"), "Q and a number"),
}
_CODES = tuple(scheme for scheme in _FORMS if scheme != "iso3")
_NUMBERS = ("cow", "gw")
_OPTIONAL_IN_BOTH = ("known", "note", "disputes")  # fields that an event and a participation may have
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read(text: bytes, file: str) -> Dataset:
    """The records of a facts file.

    Args:
        text: The file's bytes.
        file: The name that its faults are reported under.

    Raises:
        DatasetError: The file has faults; all of them, in the order of their places.
    """
    reader = _Reader(file)
    dataset = None
    with suppress(HopelessError):
        root = reader.tree(text)
        dataset = reader.dataset(root) if root else None
    problems = list(reader.problems)
    if dataset is not None:
        problems += islice(problems_of(dataset, reader.unread, reader.named), HOPELESS - len(problems))
    if problems or dataset is None:
        raise DatasetError(first_faults(sorted(problems, key=by_place), file))
    return dataset


class _Reader(Walker):
    """Walks one facts file and gathers its faults."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.unread: set[tuple[str, str]] = set()
        self.named: dict[str, frozenset[str]] = {}

    def code(self, text: str, node: Node | tuple[int, int], scheme: str) -> bool:
        """Whether a code has the form of its scheme."""
        form, words = _FORMS[scheme]
        if form.fullmatch(text) or (scheme == "iso3" and is_key(text)):
            return True
        self.fault("CM012", node, f"{scheme}: {shown(text)} is no such code. Write {words}.")
        return False

    # The records. Where a required field is at fault its record holds None until the file is refused.

    def dataset(self, root: Node) -> Dataset | None:
        """The whole file."""
        entries = self.fields(
            root,
            "the file",
            ("verified_through", "states", "organizations"),
            ("sources", "instruments", "licence"),
        )
        if entries is None:
            return None
        self.named = {section: frozenset(node.keys) for section, node in entries.items()}
        for name, place in entries["states"].keys.items() if "states" in entries else ():
            self.code(name, place, "iso3")
        verified = self.date(entries.get("verified_through"), "verified_through", whole_day=True)
        if verified is not None and verified.last > LAST_CHECKED:
            text = f"verified_through: {NOT_CHECKED.format(verified.text)}"
            self.fault("CM010", entries["verified_through"], text)
        states = self.each(entries.get("states"), "states", self.state)
        for state in states:
            slip = slip_of(state.iso3, state.english)
            if slip is not None:
                self.fault("CM012", entries["states"].keys[state.iso3], slip)
        return Dataset(
            verified_through=verified or ImpreciseDate(text="", first=0, last=10**9),
            sources=self.each(entries.get("sources"), "sources", self.source),
            states=states,
            instruments=self.each(entries.get("instruments"), "instruments", self.instrument),
            histories=self.each(entries.get("organizations"), "organizations", self.history),
            licence=self.text(entries.get("licence"), "licence"),
        )

    def source(self, name: str, node: Node) -> Source | None:
        """One source."""
        entries = self.fields(
            node, f"source {shown(name)}", ("title", "publisher", "kind"), ("date", "address", "note")
        )
        if entries is None:
            return None
        return Source(
            id=name,
            title=present(self.text(entries.get("title"), "title")),
            publisher=present(self.text(entries.get("publisher"), "publisher")),
            kind=present(self.word(entries.get("kind"), "kind", SourceKind)),
            date=self.date(entries.get("date"), "date"),
            address=self.text(entries.get("address"), "address"),
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def state(self, name: str, node: Node) -> State | None:
        """One state."""
        optional = (*_CODES, "since_cow", "since_gw", "sources", "other_names")
        entries = self.fields(node, f"state {shown(name)}", ("name",), optional)
        if entries is None:
            return None
        codes: dict[str, Any] = {}  # text, or a number for the schemes that count
        for scheme in _CODES:
            text = self.text(entries.get(scheme), scheme)
            if text is not None and self.code(text, entries[scheme], scheme):
                codes[scheme] = int(text) if scheme in _NUMBERS else text
        return State(
            iso3=name,
            english=present(self.text(entries.get("name"), "name")),
            since_cow=self.date(entries.get("since_cow"), "since_cow"),
            since_gw=self.date(entries.get("since_gw"), "since_gw"),
            sources=self.texts(entries.get("sources"), "sources"),
            other_names=self.texts(entries.get("other_names"), "other_names"),
            where=self.where(node),
            **codes,
        )

    def names(self, node: Node | None) -> dict[str, str]:
        """The names of a record by the codes of their languages."""
        entries = self.entries(node, "names") if node else None
        if node is None or entries is None:
            return {}
        for lang, place in node.keys.items():
            if not _LANGUAGE.fullmatch(lang):
                way_out = "Write two or three small letters, as in ru."
                self.fault("CM012", place, f"names: {shown(lang)} is no code of a language. {way_out}")
        names = {lang: self.text(inner, f"names.{lang}") for lang, inner in entries.items()}
        return {lang: name for lang, name in names.items() if name is not None}

    def instrument(self, name: str, node: Node) -> Instrument | None:
        """One instrument."""
        optional = ("steps", "signatures", "body", "note")
        entries = self.fields(node, f"instrument {shown(name)}", ("title", "sources"), optional)
        if entries is None:
            return None
        return Instrument(
            id=name,
            title=present(self.text(entries.get("title"), "title")),
            sources=self.texts(entries.get("sources"), "sources"),
            steps=self.steps(entries.get("steps")),
            signatures=self.each(entries.get("signatures"), "signatures", self.signature),
            body=self.text(entries.get("body"), "body"),
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def steps(self, node: Node | None) -> tuple[Step, ...]:
        """The dated stages of a record, in the order of the words for them."""
        entries = self.entries(node, "steps") if node else None
        if node is None or entries is None:
            return ()
        steps = []
        for text, place in node.keys.items():
            name = self.word(Node(value=text, line=place[0], column=place[1]), "step", StepName)
            step = self.step(name, entries[text]) if name is not None and text in entries else None
            if step is not None:
                steps.append(step)
        order = list(StepName)
        return tuple(sorted(steps, key=lambda step: order.index(step.name)))

    def step(self, name: StepName, node: Node) -> Step | None:
        """One stage: its date alone, or with sources and a note of its own."""
        written, sources, note = self.dated(f"step {str(name)!r}", str(name), node)
        return Step(name=name, date=written, sources=sources, note=note) if written else None

    def signature(self, state: str, node: Node) -> Signature | None:
        """One signature of an instrument, written like a stage."""
        written, sources, note = self.dated(f"signature {shown(state)}", state, node)
        return Signature(state=state, date=written, sources=sources, note=note) if written else None

    def dated(
        self, what: str, name: str, node: Node
    ) -> tuple[ImpreciseDate | None, tuple[str, ...], str | None]:
        """A date alone, or with sources and a note of its own."""
        entries = {"date": node}
        if isinstance(node.value, dict):
            entries = self.fields(node, what, ("date",), ("sources", "note")) or {}
        written = self.date(entries.get("date"), name)
        return written, self.texts(entries.get("sources"), "sources"), self.text(entries.get("note"), "note")

    def history(self, name: str, node: Node) -> History | None:
        """One organization."""
        optional = ("names", "closed", "eras", "ended", "events", "gaps", "offices", "participations", "note")
        entries = self.fields(node, f"organization {shown(name)}", ("name",), optional)
        if entries is None:
            return None
        eras = self.entries(entries["eras"], "eras") if "eras" in entries else None
        states = self.entries(entries["events"], "events") if "events" in entries else None
        faults = len(self.problems)
        read = tuple(self.era(id_, inner) for id_, inner in (eras or {}).items())
        self.note_unread(name, "eras", entries, faults)
        events: list[Event] = []
        for code in sorted(states or {}):
            faults = len(self.problems)
            for member in self.members((states or {})[code], f"the events of {code}"):
                event = self.event(code, member, entries["events"].keys[code])
                if event is not None:
                    events.append(event)
            if len(self.problems) > faults or not (states or {})[code].is_whole:
                self.unread.add((name, code))
        faults = len(self.problems)
        offices = self.each(entries.get("offices"), "offices", self.office)
        self.note_unread(name, "offices", entries, faults)
        faults = len(self.problems)
        participations = self.each(entries.get("participations"), "participations", self.participation)
        self.note_unread(name, "participations", entries, faults)
        return History(
            id=name,
            name=present(self.text(entries.get("name"), "name")),
            names=self.names(entries.get("names")),
            closed=self.yes_or_no(entries.get("closed"), "closed"),
            eras=tuple(era for era in read if era is not None),
            events=tuple(events),
            ended=self.ended(entries["ended"]) if "ended" in entries else None,
            gaps=tuple(gap for gap in map(self.gap, self.members(entries.get("gaps"), "gaps")) if gap),
            offices=offices,
            participations=participations,
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def note_unread(self, name: str, section: str, entries: dict[str, Node], faults: int) -> None:
        """Mark a section as unread if it has new faults; *faults* is their number before it was read."""
        if len(self.problems) > faults or (section in entries and not entries[section].is_whole):
            self.unread.add((name, section))

    def ended(self, node: Node) -> Ended | None:
        """The end of an organization."""
        entries = self.fields(node, "the end", ("effect", "sources"), ("successor", "note"))
        if entries is None:
            return None
        return Ended(
            effect=present(self.date(entries.get("effect"), "effect")),
            sources=self.texts(entries.get("sources"), "sources"),
            successor=self.text(entries.get("successor"), "successor"),
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def gap(self, node: Node) -> Gap | None:
        """One gap: days on which a state's status is not known."""
        entries = self.fields(node, "a gap", ("state", "start", "end", "sources"), ("note",))
        if entries is None:
            return None
        return Gap(
            state=present(self.text(entries.get("state"), "state")),
            start=present(self.date(entries.get("start"), "start")),
            end=present(self.date(entries.get("end"), "end")),
            sources=self.texts(entries.get("sources"), "sources"),
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def office(self, name: str, node: Node) -> Office | None:
        """One office."""
        entries = self.fields(node, f"office {shown(name)}", ("name", "terms"), ("names",))
        if entries is None:
            return None
        terms = (self.term(member) for member in self.members(entries.get("terms"), "terms"))
        return Office(
            id=name,
            name=present(self.text(entries.get("name"), "name")),
            names=self.names(entries.get("names")),
            terms=tuple(term for term in terms if term is not None),
        )

    def term(self, node: Node) -> Term | None:
        """One term of an office."""
        entries = self.fields(
            node,
            "a term",
            ("state", "effect", "sources"),
            ("end", "person", "names", "other_names", "capacity", "steps", "known", "note"),
        )
        if entries is None:
            return None
        capacity = entries.get("capacity")
        return Term(
            state=present(self.text(entries.get("state"), "state")),
            effect=present(self.date(entries.get("effect"), "effect")),
            end=self.date(entries.get("end"), "end"),
            person=self.text(entries.get("person"), "person"),
            names=self.names(entries.get("names")),
            other_names=self.texts(entries.get("other_names"), "other_names"),
            capacity=present(self.word(capacity, "capacity", Capacity)) if capacity else Capacity.HOLDER,
            steps=self.steps(entries.get("steps")),
            sources=self.texts(entries.get("sources"), "sources"),
            known=self.date(entries.get("known"), "known", whole_day=True),
            note=self.text(entries.get("note"), "note"),
            where=self.where(node),
        )

    def participation(self, name: str, node: Node) -> Participation | None:
        """One operation or session."""
        required = ("kind", "name", "effect", "participants", "sources")
        optional = ("end", "complete", "absent", "place", "host", "chair", "mandate", *_OPTIONAL_IN_BOTH)
        entries = self.fields(node, f"participation {shown(name)}", required, optional)
        if entries is None:
            return None
        disputes = self.members(entries.get("disputes"), "disputes")
        participants = map(self.participant, self.members(entries.get("participants"), "participants"))
        return Participation(
            id=name,
            kind=present(self.word(entries.get("kind"), "kind", ParticipationKind)),
            name=present(self.text(entries.get("name"), "name")),
            effect=present(self.date(entries.get("effect"), "effect")),
            end=self.date(entries.get("end"), "end"),
            place=self.text(entries.get("place"), "place"),
            host=self.text(entries.get("host"), "host"),
            chair=self.text(entries.get("chair"), "chair"),
            mandate=self.text(entries.get("mandate"), "mandate"),
            participants=tuple(participant for participant in participants if participant is not None),
            complete=self.yes_or_no(entries.get("complete"), "complete"),
            absent=self.texts(entries.get("absent"), "absent"),
            sources=self.texts(entries.get("sources"), "sources"),
            known=self.date(entries.get("known"), "known", whole_day=True),
            note=self.text(entries.get("note"), "note"),
            disputes=tuple(map(self.dispute, disputes)),
            where=self.where(node),
        )

    def participant(self, node: Node) -> Participant | None:
        """One state that took part."""
        optional = ("effect", "end", "sources", "note")
        entries = self.fields(node, "a participant", ("state", "capacity"), optional)
        if entries is None:
            return None
        return Participant(
            state=present(self.text(entries.get("state"), "state")),
            effect=self.date(entries.get("effect"), "effect"),
            end=self.date(entries.get("end"), "end"),
            capacity=present(self.word(entries.get("capacity"), "capacity", ParticipationCapacity)),
            sources=self.texts(entries.get("sources"), "sources"),
            note=self.text(entries.get("note"), "note"),
        )

    def era(self, name: str, node: Node) -> Era | None:
        """One era."""
        optional = ("bound", "names", "steps", "instrument", "requires", "known")
        entries = self.fields(node, f"era {shown(name)}", ("name", "effect", "sources"), optional)
        if entries is None:
            return None
        bound, requires = entries.get("bound"), entries.get("requires")
        if requires is not None and "instrument" not in entries:
            self.fault(
                "CM008", node, f"era {name!r} lacks 'instrument', which it requires an act on. Add it."
            )
        return Era(
            id=name,
            name=present(self.text(entries.get("name"), "name")),
            bound=present(self.word(bound, "bound", Bound)) if bound else Bound.MEMBERS,
            requires=self.word(requires, "requires", Requires) if requires else None,
            names=self.names(entries.get("names")),
            effect=present(self.date(entries.get("effect"), "effect")),
            steps=self.steps(entries.get("steps")),
            instrument=self.text(entries.get("instrument"), "instrument"),
            sources=self.texts(entries.get("sources"), "sources"),
            known=self.date(entries.get("known"), "known", whole_day=True),
            where=self.where(node),
        )

    def event(self, state: str, node: Node, place: tuple[int, int]) -> Event | None:
        """One event of the state whose code stands at *place*."""
        optional = ("steps", "instrument", *_OPTIONAL_IN_BOTH)
        entries = self.fields(node, "an event", ("act", "effect", "sources"), optional)
        if entries is None:
            return None
        disputes = self.members(entries.get("disputes"), "disputes")
        return Event(
            state=state,
            act=present(self.word(entries.get("act"), "act", Act)),
            effect=present(self.date(entries.get("effect"), "effect")),
            steps=self.steps(entries.get("steps")),
            instrument=self.text(entries.get("instrument"), "instrument"),
            sources=self.texts(entries.get("sources"), "sources"),
            known=self.date(entries.get("known"), "known", whole_day=True),
            note=self.text(entries.get("note"), "note"),
            disputes=tuple(self.dispute(inner) for inner in disputes),
            # The code is a key above the event: report a fault of the state there.
            where=self.where(node._replace(value={**entries, "state": Node(state, *place)})),
        )

    def dispute(self, node: Node) -> Dispute:
        """One dispute."""
        entries = self.fields(node, "a dispute", ("says", "sources", "answer"), ("against", "date")) or {}
        return Dispute(
            says=present(self.text(entries.get("says"), "says")),
            sources=self.texts(entries.get("sources"), "sources"),
            answer=present(self.text(entries.get("answer"), "answer")),
            against=self.texts(entries.get("against"), "against"),
            date=self.date(entries.get("date"), "date"),
        )
