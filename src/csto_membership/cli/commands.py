"""The commands that ask one question each: who, when, why, and what a facts file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.plain import plain
from csto_membership._membership.answers import Answer
from csto_membership._membership.eras import is_of_parties
from csto_membership._membership.vocabulary import WORDS
from csto_membership._membership.vocabulary_lookup import status_in_words, word
from csto_membership.cli.asking import day_of, organization_of, state_and_day, state_of
from csto_membership.cli.printing import Reply, written
from csto_membership.cli.words import said
from csto_membership.errors import DatasetError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sized

    from csto_membership import Change, Dataset, Event, Organization, Period, Spell, State, Status, Term
    from csto_membership.cli.printing import Cell

_OUTCOMES = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "open"}


def _replied(
    reply: Reply, options: Namespace, organization: Organization | None
) -> tuple[Iterator[str], str]:
    """The pieces to print, and the outcome."""
    return written(reply, options, organization), reply.outcome


def members(options: Namespace) -> tuple[Iterator[str], str]:
    """A line for each member, and one for each state of which it is unknown, with the reason."""
    organization = organization_of(options)
    when = day_of(organization, options.words["DAY"])
    roster = organization.members_on(when)
    lang = options.lang or "en"
    rows: list[tuple[Cell, ...]] = [(state.iso3, state.name(lang), "yes", None) for state in roster]
    rows += [
        (state.iso3, state.name(lang), "unknown", _doubt(organization, state, when))
        for state in roster.possible
    ]
    lines = [
        f"{code} {name} {word(lang, f'({why})')}" if why else f"{code} {name}" for code, name, _, why in rows
    ]
    return _replied(
        Reply(
            columns=("state", "name", "member", "why"),
            rows=rows,
            text="\n".join(lines) or word(lang, "no members"),
            answer={
                "members": [{"state": code, "name": name} for code, name, _, why in rows if why is None],
                "possible": [{"state": code, "name": name, "why": why} for code, name, _, why in rows if why],
            },
        ),
        options,
        organization,
    )


def _doubt(organization: Organization, state: State, when: str) -> str:
    """Why it is unknown: "open" if the sources leave some day open, "part of the time" if its days differ."""
    # Each spell has one status; the first of all is OUTSIDE, which nobody doubts.
    starts = [spell.start for spell in organization.explain(state, when).spells if spell.start]
    is_open = any(organization.was_member(state, start) is Answer.UNKNOWN for start in starts)
    return "open" if is_open else "part of the time"


def status(options: Namespace) -> tuple[Iterator[str], str]:
    """The state, its status, and whether that counts."""
    organization = organization_of(options)
    state, when = state_and_day(organization, options)
    lang = options.lang or "en"
    found, member = organization.status_on(state, when), organization.was_member(state, when)
    return _replied(
        Reply(
            columns=("state", "name", "status", "member"),
            rows=[(state.iso3, state.name(lang), _flags(found), member.value)],
            text=f"{state.iso3} {_in_words(organization, state, when, lang)} {word(lang, f'member: {member}')}",
            answer={
                "state": state.iso3,
                "name": state.name(lang),
                "status": plain(found),
                "member": member.value,
            },
            outcome=_OUTCOMES[member],
        ),
        options,
        organization,
    )


def _flags(found: Status) -> tuple[str, ...]:
    """The names of the statuses that are possible."""
    return tuple(str(flag.name) for flag in found)


def _in_words(organization: Organization, state: State, when: str, lang: str) -> str:
    """A status in a language; a treaty has parties where an organization has members."""
    if lang not in WORDS:
        return str(organization.status_on(state, when))
    explanation = organization.explain(state, when)
    return status_in_words(lang, explanation.status, parties=all(explanation.parties))


def history(options: Namespace) -> tuple[Iterator[str], str]:
    """The spells of a state, or of all states that have any act."""
    organization = organization_of(options)
    asked = options.words.get("STATE")
    states = organization.states if asked is None else (state_of(organization, options, asked),)
    lang = options.lang or "en"
    spells = [spell for state in states for spell in organization.spells(state)]
    rows = [
        (
            spell.state.iso3,
            spell.state.name(lang),
            _flags(spell.status),
            *_bounds(spell),
            _act(spell.opened_by),
        )
        for spell in spells
    ]
    shown = [
        (code, name, _spell(organization, spell, lang), start, end, _word(lang, act))
        for (code, name, _, start, end, act), spell in zip(rows, spells, strict=True)
    ]
    columns = ("state", "name", "status", "start", "end", "act")
    return _replied(_rows(columns, rows, lang, shown=shown), options, organization)


def _rows(  # noqa: PLR0913 (what a table is made of)
    columns: tuple[str, ...],
    rows: Iterable[tuple[Cell, ...]],
    lang: str,
    nothing: str = "",
    *,
    shown: Iterable[tuple[Cell, ...]] | None = None,
    outcome: str = "yes",
) -> Reply:
    """A reply that is rows, with headings in the language asked for."""
    word(lang, "yes")  # refuses a language that nothing has
    return Reply(
        columns=columns,
        rows=list(rows),
        shown=shown,
        headings=tuple(said(lang, column) for column in columns),
        nothing=said(lang, nothing),
        outcome=outcome,
    )


def _act(event: Event | None) -> str | None:
    """The word for an act; nothing where an era began or ended."""
    return str(event.act) if event else None


def _word(lang: str, key: str | None) -> str | None:
    """A word in a language, if there is one at all."""
    return None if key is None else word(lang, key)


def _spell(organization: Organization, spell: Spell, lang: str) -> str:
    """The status of a spell in a language; a treaty has parties where an organization has members."""
    if lang not in WORDS:
        return str(spell.status)
    compiled = organization.compiled
    first = spell.start.toordinal() if spell.start else 1
    after = spell.end.toordinal() if spell.end else compiled.horizon + 1
    return status_in_words(lang, spell.status, parties=is_of_parties(compiled, spell, first, after))


def _bounds(spell: Spell | Period) -> tuple[str | None, str | None]:
    """First day, and first day after it."""
    return plain(spell.start), plain(spell.end)


def changes(options: Namespace) -> tuple[Iterator[str], str]:
    """What changed, for whom, and by which act."""
    organization = organization_of(options)
    bounds = [day_of(organization, when) for when in options.words.values()]
    state = None if options.state is None else state_of(organization, options, options.state)
    found = organization.changes(*bounds, state=state, act=options.act)
    return _changed(found, "nothing changed", options, organization)


def following(options: Namespace) -> tuple[Iterator[str], str]:
    """The changes on the first day after a day on which anything changes."""
    organization = organization_of(options)
    found = organization.next_change(day_of(organization, options.words["DAY"]))
    return _changed(found, "no later change is recorded", options, organization)


def _changed(
    found: Iterable[Change], nothing: str, options: Namespace, organization: Organization
) -> tuple[Iterator[str], str]:
    """Changes as rows."""
    lang = options.lang or "en"
    rows, shown = [], []
    for change in found:
        day, act = change.day.isoformat(), _act(change.event)
        who = change.state.iso3, change.state.name(lang)
        rows.append((day, *who, _flags(change.before), _flags(change.after), act))
        spells = organization.spells(change.state)
        place = next(number for number, spell in enumerate(spells) if spell.start == change.day)
        before, after = (_spell(organization, spell, lang) for spell in spells[place - 1 : place + 1])
        shown.append((day, *who, before, after, _word(lang, act)))
    columns = ("day", "state", "name", "before", "after", "act")
    return _replied(_rows(columns, rows, lang, nothing, shown=shown), options, organization)


def explanation(options: Namespace) -> tuple[Iterator[str], str]:
    """The answer with everything that supports it."""
    organization = organization_of(options)
    state, when = state_and_day(organization, options)
    found = organization.explain(state, when, lang=options.lang or "en")
    how = {"full": options.full, "call": "--full"}
    text = found.to_markdown(**how).rstrip() if options.format == "markdown" else found.text(**how)
    return _replied(
        Reply(text=text, answer=found.to_dict(), outcome=_OUTCOMES[found.answer]), options, organization
    )


def together(options: Namespace) -> tuple[Iterator[str], str]:
    """The periods in which all of the states were members."""
    organization = organization_of(options)
    found = organization.periods_with(
        [state_of(organization, options, name) for name in options.words["STATES"]]
    )
    lang = options.lang or "en"
    rows = [(*_bounds(period), period.answer.value) for period in found]
    answers = {period.answer for period in found}
    outcome = "yes" if Answer.YES in answers else "open" if answers else "no"
    shown = [(start, end, said(lang, answer)) for start, end, answer in rows]
    reply = _rows(("start", "end", "answer"), rows, lang, "never", shown=shown, outcome=outcome)
    return _replied(reply, options, organization)


def office(options: Namespace) -> tuple[Iterator[str], str]:
    """The offices with their terms, those of one office, or those that a day touches."""
    organization = organization_of(options)
    lang = options.lang or "en"
    asked, when = options.words.get("OFFICE"), options.words.get("DAY")
    names = [known.id for known in organization.history.offices] if asked is None else [asked]
    rows = []
    for name in names:
        terms = organization.holders_of(name)
        if when is not None:
            terms = organization.holders_in(name, day_of(organization, when))
        rows += [(name, *_term(term)) for term in terms]
    columns = ("office", "state", "person", "capacity", "start", "end")
    return _replied(_rows(columns, rows, lang, "nobody is recorded"), options, organization)


def _term(term: Term) -> tuple[Cell, ...]:
    """A term as a row."""
    return term.state, term.person, str(term.capacity), str(term.effect), plain(term.end)


def sources(options: Namespace) -> tuple[Iterator[str], str]:
    """The sources that the acts cite."""
    organization = organization_of(options)
    asked = options.words.get("STATE")
    state = None if asked is None else state_of(organization, options, asked)
    rows = [
        (source.id, str(source.kind), plain(source.date), source.publisher, source.title, source.address)
        for source in organization.sources(state)
    ]
    columns = ("id", "kind", "date", "publisher", "title", "address")
    return _replied(_rows(columns, rows, "en", "no sources"), options, organization)


def check(options: Namespace) -> tuple[Iterator[str], str]:
    """What sound files hold.

    Raises:
        DatasetError: Files have faults; all of them.
    """
    from csto_membership.loading import read_file

    datasets: dict[str, Dataset] = {}
    problems: list[str] = []
    for file in options.words["FILES"]:
        try:
            datasets[file] = read_file(file)
        except DatasetError as error:
            problems += error.problems
    if problems:
        raise DatasetError(tuple(problems))
    answer = {
        "organizations": [
            {
                "file": file,
                "id": history.id,
                "events": len(history.events),
                "states": len(history.by_state()),
            }
            for file, dataset in datasets.items()
            for history in dataset.histories
        ],
        "sources": sum(len(dataset.sources) for dataset in datasets.values()),
    }
    text = "\n".join(f"{file}: no faults. {_held(dataset)}" for file, dataset in datasets.items())
    return _replied(Reply(text=text, answer=answer), options, None)


def _held(dataset: Dataset) -> str:
    """What a sound file holds, in words."""
    held = ", ".join(
        f"{history.id} ({_counted(history.events, 'event')}, {_counted(history.by_state(), 'state')})"
        for history in dataset.histories
    )
    return f"{held}; {_counted(dataset.sources, 'source')}."


def _counted(things: Sized, noun: str) -> str:
    """How many there are, in words."""
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"
