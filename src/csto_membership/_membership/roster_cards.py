"""Rosters as HTML cards for notebooks: each member with its status and first day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csto_membership._facts.statuses import Bound
from csto_membership._membership import cards
from csto_membership._membership.dates_in_words import day_in_words, period_in_words
from csto_membership._membership.eras import eras_in, is_of_parties
from csto_membership._membership.explanation_lines import reading_in_words
from csto_membership._membership.spells import spells_of
from csto_membership._membership.vocabulary_lookup import phrase
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from csto_membership._facts.states import State
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.rosters import Roster

_MOST, _SHOWN = 12, 10  # rows of a roster


def read_with(compiled: Compiled, lang: str = "en") -> str:
    """The reading, and the last day checked; written once."""
    key = "read with", lang
    if key not in compiled.cache:
        day = day_in_words(lang, date.fromordinal(compiled.dataset.verified_through.first))
        compiled.cache[key] = phrase(lang, "{reading}; facts verified through {day}").format(
            reading=reading_in_words(lang, compiled.reading), day=day
        )
    said: str = compiled.cache[key]
    return said


def roster_html(compiled: Compiled, first: int, after: int, roster: Roster, lang: str = "en") -> str:
    """The card of the roster of the days ``[first, after)``; *first* is 0 where they have no beginning."""
    rows = [
        _row(compiled, state, max(first, 1), after, lang) for state in (*roster.states, *roster.undecided)
    ]
    heads = [phrase(lang, head) for head in ("Code", "State", "Status", "Since")]
    last = date.fromordinal(after - 1)
    when = (
        period_in_words(lang, date.fromordinal(first), last)
        if first
        else phrase(lang, "up to {day}").format(day=day_in_words(lang, last))
    )
    eras = eras_in(compiled, max(first, 1), after)
    is_treaty = all(era is not None and era.bound is Bound.PARTIES for era in eras)
    key = "Parties: {count} — {when}" if is_treaty and eras else "Members: {count} — {when}"
    key = key if len(roster) or roster.undecided else "No members — {when}"
    headline = phrase(lang, key).format(count=len(roster), when=when)
    if roster.undecided:
        possible = phrase(lang, "possible: {count}").format(count=len(roster.undecided))
        headline += f"{phrase(lang, '; ')}{possible}"
    body = cards.table(heads, rows, most=_MOST, shown=_SHOWN) if rows else ""
    return cards.card(lang, headline, read_with(compiled, lang), body)


def _row(compiled: Compiled, state: State, first: int, after: int, lang: str) -> tuple[str, ...]:
    """One state: its code, name and status, and the first day of that; every status that the days have."""
    timeline = compiled.timeline_of(state)
    spells = [spells_of(compiled, timeline)[run] for run in timeline.runs_in(first, after)]
    said = [
        cards.status(lang, spell.status, parties=is_of_parties(compiled, spell, first, after))
        for spell in spells
    ]
    since = [cards.days(str(spell.start) if spell.start else "…") for spell in spells]
    name = in_one_line(state.name(lang))
    return cards.code(state.iso3), cards.text(name), "<br>".join(said), "<br>".join(since)
