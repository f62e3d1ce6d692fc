"""Turns a table of spells into records: one row a spell, with its state, its first day and its end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from csto_membership._facts.statuses import Status
from csto_membership.errors import FrameError, did_you_mean, shown
from csto_membership.frames._acts import (
    OUT,
    StateActs,
    check_faults,
    dataset_of,
    horizon_of,
    own_states,
    source_of,
)
from csto_membership.frames._options import check_choice
from csto_membership.frames._rows import StateFinder, TableCells, date_of, imprecise_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership._facts.dates import Day, ImpreciseDate
    from csto_membership._facts.records import Dataset, Source
    from csto_membership._facts.states import State

Ends: TypeAlias = Literal["exclusive", "last-day"]
"""What an end is: the first day outside, or the last day inside."""

_LAST_YEAR = "9999"
_ENDS = ("exclusive", "last-day")


@frozen(kw_only=True)
class SpellsOptions:
    """What ``from_spells`` is asked for; that function documents each field."""

    state: str
    start: str
    end: str
    status: str | None
    organization: str | None
    name: str | None
    ends: Ends | None
    closed: bool
    verified_through: Day
    source: Source | str | None
    codes: str | None
    states: Sequence[State]


@frozen(kw_only=True, eq=False)
class _Spell:
    """One row."""

    row: int
    state: State
    status: Status
    start: ImpreciseDate
    end: ImpreciseDate | None  # the first day outside


def spells_table(table: object, options: SpellsOptions) -> dict[str, Dataset]:
    """The records of each organization in a table of spells, by name.

    Raises:
        FrameError: It is no such table, or *ends* is not said.
        ColumnError: A column is missing.
        DatasetError: Rows have faults; all of them.
    """
    columns = (options.state, options.start, options.end, options.status, options.organization)
    rows = rows_of(table, columns)
    if options.ends is None:
        raise _unsaid(rows, options)
    check_choice("ends", options.ends, _ENDS)
    reader = _Reader(rows=rows, options=options, horizon=horizon_of(options.verified_through))
    source = source_of(options.source, rows.name)
    datasets = {}
    for name, spells in reader.organizations().items():
        gathered = [reader.acts_of(found) for found in spells.values()]
        datasets[name] = dataset_of(
            name, gathered, horizon=reader.horizon, source=source, closed=options.closed
        )
    check_faults([text for _, text in sorted(reader.faults)])
    return datasets


def _unsaid(rows: TableCells, options: SpellsOptions) -> FrameError:
    """The error for a missing *ends*, explained with the first row of the table that has an end."""
    cells = zip(*(rows.columns[name] for name in (options.state, options.start, options.end)), strict=True)
    state, start, end = next((row for row in cells if row[2] is not None), ("KAZ", "1994", "1999-04-20"))
    return FrameError(
        f"ends= does not say what {shown(end)} is in the row of {shown(state)} from {shown(start)}.",
        f"Write ends='exclusive' if {end} is the first day outside, ends='last-day' if it is the last day inside.",
        option="ends",
    )


@frozen(kw_only=True, eq=False)
class _Reader:
    """Reads rows, and gathers their faults."""

    rows: TableCells
    options: SpellsOptions
    horizon: ImpreciseDate
    faults: list[tuple[int, str]] = field(factory=list)
    dates: dict[object, ImpreciseDate | str] = field(factory=dict)

    def fault(self, row: int, text: str) -> None:
        """Note what is wrong with a row."""
        self.faults.append((row, self.rows.fault(row, text)))

    def organizations(self) -> dict[str, dict[str, list[_Spell]]]:
        """The spells of each state of each organization, by their names."""
        options, columns = self.options, self.rows.columns
        states = StateFinder(own=own_states(options.states), codes=options.codes)
        name = options.name or self.rows.stem or "TABLE"
        found: dict[str, dict[str, list[_Spell]]] = {} if options.organization else {name: {}}
        for row, cell in enumerate(columns[options.state]):
            of = columns[options.organization][row] if options.organization else name
            if of is None:
                self.fault(row, f"no organization in column {options.organization!r}. Name it.")
                continue
            state = states.of(cell, row)
            status = self.status(row)
            start = self.date(row, options.start)
            end = self.end(row)
            if state is None or status is None or start is None or isinstance(end, str):
                continue
            if self.has_days(row, start, end) and not status & OUT:
                spell = _Spell(row=row, state=state, status=status, start=start, end=end)
                found.setdefault(str(of), {}).setdefault(state.iso3, []).append(spell)
        self.faults.extend(states.faults(self.rows))
        return found

    def status(self, row: int) -> Status | None:
        """The status of a row: MEMBER, unless a column says otherwise."""
        if self.options.status is None:
            return Status.MEMBER
        cell = self.rows.columns[self.options.status][row]
        name = str(cell).strip().upper()
        if name in Status.__members__:
            return Status[name]
        known = list(Status.__members__)
        self.fault(row, f"no status {shown(cell)}. {did_you_mean(cell, known)}There are {', '.join(known)}.")
        return None

    def date(self, row: int, column: str) -> ImpreciseDate | None:
        """The first day of a row."""
        cell = self.rows.columns[column][row]
        if cell is None:
            text = f"no day in column {column!r}. Write the day, or what is known of it, as in 1999-04 or [..1999]."
            self.fault(row, text)
            return None
        found = self.dated(cell)
        if isinstance(found, str):
            self.fault(row, f"{column}: {found}")
            return None
        if found.first > self.horizon.first:
            self.fault(row, f"{column} {found} comes after {self.horizon}, the last day verified. {_LATER}")
            return None
        return found

    def end(self, row: int) -> ImpreciseDate | str | None:
        """The first day outside; nothing where a spell still lasts, and text where the day is at fault."""
        column = self.options.end
        cell = self.rows.columns[column][row]
        if cell is None:
            return None
        found = self.dated(cell)
        if isinstance(found, str):
            self.fault(row, f"{column}: {found}")
            return found
        after = self.horizon.first + (1 if self.options.ends == "exclusive" else 0)
        if found.text.lstrip("[").startswith(_LAST_YEAR):
            text = (
                f"{column} {found} is in the last year of the calendar. Leave an end that is not known empty."
            )
        elif found.first > after:
            text = f"{column} {found} comes after {self.horizon}, the last day verified. {_LATER}"
        else:
            return found if self.options.ends == "exclusive" else _day_after(found)
        self.fault(row, text)
        return text

    def dated(self, cell: object) -> ImpreciseDate | str:
        """The date in a cell, or what is wrong with it; each different cell is read once."""
        try:
            found = self.dates.get(cell)
        except TypeError:  # a list, say, has no hash
            return date_of(cell)
        if found is None:
            found = self.dates[cell] = date_of(cell)
        return found

    def has_days(self, row: int, start: ImpreciseDate, end: ImpreciseDate | None) -> bool:
        """Whether a spell lasts a day at least."""
        if end is None or end.last > start.first:
            return True
        cells = tuple(self.rows.columns[name][row] for name in (self.options.end, self.options.start))
        same = self.options.ends == "exclusive" and cells[0] == cells[1]
        hint = " With ends='last-day' it would last one day." if same else " Write the earlier day first."
        self.fault(row, f"ends {cells[0]} and begins {cells[1]}, so that it lasts no day.{hint}")
        return False

    def acts_of(self, spells: list[_Spell]) -> StateActs:
        """The acts of one state, whose spells follow one another."""
        spells.sort(key=lambda spell: (spell.start.first, spell.start.last, spell.row))
        acts = StateActs(spells[0].state)
        for spell, following in pairwise([*spells, None]):
            assert spell is not None  # noqa: S101 (only the last is None)
            where = self.rows.where(spell.row)
            if not acts.lead_to(spell.status, spell.start, where):
                self.fault(
                    spell.row,
                    f"{spell.state} cannot become {spell.status} at once, and {spell.start} leaves its days open. "
                    "Give the day, or a row with the status before it.",
                )
            if (following is None or not self.is_followed(spell, following)) and spell.end is not None:
                known = self.horizon if spell.end.first > self.horizon.first else None
                acts.lead_to(OUT, spell.end, where, known=known)
        return acts

    def is_followed(self, spell: _Spell, following: _Spell) -> bool:
        """Whether the next spell begins as this one ends; faults where they overlap or a day is missing."""
        end, start = spell.end, following.start
        place = f"{self.rows.name}:{self.rows.lines[spell.row]}"
        if end is None or start.last < end.first:
            ends = "has no end" if end is None else f"ends {self._written(spell)}"
            overlap = end is not None and end.first - start.last == 1 and self.options.ends == "last-day"
            hint = (
                " If ends are first days outside, write ends='exclusive'."
                if overlap
                else " Correct one of them."
            )
            text = f"{spell.state} begins {start} before its spell of {place} is over, which {ends}.{hint}"
            self.fault(following.row, text)
            return True
        if (end.first, end.last) == (start.first, start.last):
            return end.is_exact or spell.status is not following.status
        if end.is_exact and start.is_exact and start.first - end.first == 1:
            hint = (
                " If ends are last days inside, write ends='last-day'."
                if self.options.ends == "exclusive"
                else " Correct one of them."
            )
            text = f"{spell.state} begins {start}, one day after its spell of {place} is over.{hint}"
            self.fault(following.row, text)
        return False

    def _written(self, spell: _Spell) -> object:
        """The end of a spell as its row has it."""
        return self.rows.columns[self.options.end][spell.row]


_LATER = "Check the table up to a later day and raise verified_through, or leave the day out."


def _day_after(date: ImpreciseDate) -> ImpreciseDate:
    """The date moved by one day, with the same width and qualifier; an open start stays open."""
    moved = imprecise_of(date.first + 1 if date.first else 0, date.last + 1)
    mark = date.text[-1] if date.text[-1] in "?~%" else ""
    return type(moved)(text=moved.text + mark, first=moved.first, last=moved.last)
