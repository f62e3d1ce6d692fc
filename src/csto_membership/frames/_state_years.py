"""Turns a table of state-years into records: acts as wide as the coding leaves them.

A coded year only says what a rule made of its days. So a change between two codes gets a range of days: the
first and the last on which it fits both codes. The fewest acts that fit are taken.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

from attrs import field, frozen

from csto_membership._facts.statuses import Status
from csto_membership._facts.unknown import Gap
from csto_membership._membership.tracks import question_about
from csto_membership.errors import FrameError, shown
from csto_membership.frames._acts import OUT, StateActs, check_faults, dataset_of, own_states, source_of
from csto_membership.frames._options import check_choice
from csto_membership.frames._rows import StateFinder, TableCells, imprecise_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.records import Dataset, Source
    from csto_membership._facts.states import State
    from csto_membership._membership.tracks import Rule

_ReadT = TypeVar("_ReadT")

Absent: TypeAlias = Literal["outside", "missing"]
"""What a year without a row is."""

Before: TypeAlias = Literal["outside", "open"]
"""What a state coded in the organization's first year was before it."""

NONE, FULL, ASSOCIATE, OBSERVER, MISSING, NOT_IN_SYSTEM = 0, 1, 2, 3, -9, -1
_STATUSES = {NONE: OUT, FULL: Status.MEMBER, ASSOCIATE: Status.ASSOCIATE, OBSERVER: Status.OBSERVER}
_CODES = (*_STATUSES, MISSING, NOT_IN_SYSTEM)
_RANKS = {FULL: 3, ASSOCIATE: 2, OBSERVER: 1, NONE: 0}
_LAST_YEAR = 9998


class _Edge(NamedTuple):
    """A day of the year *y* (``years=0``) or of the next one (``years=1``), for a change between the two."""

    years: int
    month: int
    day: int

    def of(self, year: int) -> int:
        """Its ordinal."""
        return date(year + self.years, self.month, self.day).toordinal()


# By rule: the first and last day of a change from the code of year y to that of the next, upward and
# downward.
_WINDOWS: dict[str, tuple[tuple[_Edge, _Edge], tuple[_Edge, _Edge]]] = {
    "any": ((_Edge(1, 1, 1), _Edge(1, 12, 31)), (_Edge(0, 1, 2), _Edge(1, 1, 1))),
    "all": ((_Edge(0, 1, 2), _Edge(1, 1, 1)), (_Edge(1, 1, 1), _Edge(1, 12, 31))),
    "start": ((_Edge(0, 1, 2), _Edge(1, 1, 1)), (_Edge(0, 1, 2), _Edge(1, 1, 1))),
    "end": ((_Edge(1, 1, 1), _Edge(1, 12, 31)), (_Edge(1, 1, 1), _Edge(1, 12, 31))),
    "midyear": ((_Edge(0, 7, 2), _Edge(1, 7, 1)), (_Edge(0, 7, 2), _Edge(1, 7, 1))),
}
_LAST_DAYS = {"start": (1, 1), "midyear": (7, 1)}


@frozen(kw_only=True)
class StateYearsOptions:
    """What ``from_state_years`` is asked for; that function documents each field."""

    state: str
    year: str
    value: str
    rule: Rule
    organization: str | None
    name: str | None
    absent: Absent
    before: Before | None
    closed: bool
    source: Source | str | None
    codes: str | None
    states: Sequence[State]


class _Cell(NamedTuple):
    """One code, and the row that has it."""

    code: int
    row: int


def state_years(table: object, options: StateYearsOptions) -> dict[str, Dataset]:
    """The records of each organization in a table of state-years, by name.

    Raises:
        FrameError: It is no such table, or an option does not exist.
        ReadingError: There is no such rule.
        ColumnError: A column is missing.
        DatasetError: Rows have faults; all of them.
    """
    question_about("year", options.rule, "member")
    check_choice("absent", options.absent, ("outside", "missing"))
    if options.before is not None:
        check_choice("before", options.before, ("outside", "open"))
    rows = rows_of(table, (options.state, options.year, options.value, options.organization))
    reader = _Reader(rows=rows, options=options)
    organizations = reader.organizations()
    source = source_of(options.source, rows.name)
    datasets = {
        name: reader.dataset(name, source, years)
        for name, years in organizations.items()
        if any(years.values())
    }
    check_faults([text for _, text in sorted(reader.faults)])
    if not datasets and options.organization is None:
        raise FrameError(
            f"{rows.name}: has no rows, so that no year is the last one known.", "Hand in at least one."
        )
    return datasets


@frozen(kw_only=True, eq=False)
class _Reader:
    """Reads rows, and gathers their faults."""

    rows: TableCells
    options: StateYearsOptions
    faults: list[tuple[int, str]] = field(factory=list)

    def fault(self, row: int, text: str) -> None:
        """Note what is wrong with a row."""
        self.faults.append((row, self.rows.fault(row, text)))

    def organizations(self) -> dict[str, dict[State, dict[int, _Cell]]]:
        """The codes of each state of each organization, by year."""
        options, columns = self.options, self.rows.columns
        states = StateFinder(own=own_states(options.states), codes=options.codes)
        name = options.name or self.rows.stem or "TABLE"
        found: dict[str, dict[str, tuple[State, dict[int, _Cell]]]] = {}
        year_of, code_of = _once(_year), _once(_code)
        for row, (cell, when, value) in enumerate(
            zip(columns[options.state], columns[options.year], columns[options.value], strict=True)
        ):
            of = columns[options.organization][row] if options.organization else name
            if of is None:
                self.fault(row, f"no organization in column {options.organization!r}. Name it.")
                continue
            state = states.of(cell, row)
            year, code = year_of(when), code_of(value)
            if isinstance(year, str):
                self.fault(row, year)
            if code is None:
                known = ", ".join(map(str, _CODES))
                self.fault(row, f"{options.value} {shown(value)} is no code. Write one of {known}.")
            if state is None or isinstance(year, str) or code is None:
                continue
            _, cells = found.setdefault(str(of), {}).setdefault(state.iso3, (state, {}))
            if year in cells:
                first = self.rows.fault(cells[year].row, "").removesuffix(": ")
                self.fault(row, f"{state} in {year} stands at {first} already. Keep one of them.")
            else:
                cells[year] = _Cell(code, row)
        self.faults.extend(states.faults(self.rows))
        return {name: dict(cells.values()) for name, cells in found.items()}

    def dataset(self, name: str, source: Source, states: dict[State, dict[int, _Cell]]) -> Dataset:
        """The records of one organization."""
        first = min(min(cells) for cells in states.values())
        last = max(max(cells) for cells in states.values())
        month, day = _LAST_DAYS.get(self.options.rule, (12, 31))
        ordinal = date(last, month, day).toordinal()
        found = [self.acts_of(state, cells, first, last) for state, cells in states.items()]
        return dataset_of(
            name,
            [acts for acts, _ in found],
            horizon=imprecise_of(ordinal, ordinal),
            source=source,
            closed=self.options.closed,
            gaps=tuple(sorted((gap for _, gaps in found for gap in gaps), key=_by_state)),
            known=[acts.state for acts, gaps in found if gaps],
        )

    def acts_of(
        self, state: State, cells: dict[int, _Cell], first: int, last: int
    ) -> tuple[StateActs, list[Gap]]:
        """The acts of one state, and its years of which nothing is known."""
        acts, gaps = StateActs(state), []
        known = self.codes(cells, first, last)
        if known and known[0][0] == first and known[0][1] != NONE and self.options.before is None:
            self.ask_before(state, first, cells[first])
        coded = [(first - 1, NONE), *known]
        for place, ((year, code), (following, new)) in enumerate(pairwise(coded)):
            is_missing = following - year > 1
            if new != code:
                window = self.window(year, following, code, new)
                if place == 0 and self.options.before == "open":
                    window = imprecise_of(0, window.last)
                row = cells[following].row if following in cells else cells[max(cells)].row
                acts.lead_to(_STATUSES[new], window, self.rows.where(row))
            if is_missing and (new == code or FULL not in (code, new)):
                gaps.append(_gap(state, year + 1, following))
        if coded[-1][0] < last:
            gaps.append(_gap(state, coded[-1][0] + 1, last + 1))
        return acts, gaps

    def codes(self, cells: dict[int, _Cell], first: int, last: int) -> list[tuple[int, int]]:
        """The years of which a code is known, each with it."""
        begins = min(cells)
        found = []
        for year in range(first, last + 1):
            cell = cells.get(year)
            code = (
                cell.code if cell else MISSING if self.options.absent == "missing" and year > begins else NONE
            )
            if code != MISSING:
                found.append((year, NONE if code == NOT_IN_SYSTEM else code))
        return found

    def window(self, year: int, following: int, code: int, new: int) -> ImpreciseDate:
        """The days on which a code may have changed between two years; those between them are missing."""
        low, high = _WINDOWS[self.options.rule][0 if _RANKS[new] > _RANKS[code] else 1]
        return imprecise_of(low.of(year), high.of(following - 1))

    def ask_before(self, state: State, first: int, cell: _Cell) -> None:
        """Note the fault that *before* is needed: a state is coded 1, 2 or 3 in the first year of all."""
        self.fault(
            cell.row,
            f"{state} is coded {cell.code} in {first}, the first year of the table. Say what it was before: "
            f"before='outside' if nothing, so that it came in by {first}, or before='open' if that is not known.",
        )


def _by_state(gap: Gap) -> tuple[str, int]:
    """Gaps stand by state and then by time."""
    return gap.state, gap.start.first


def _gap(state: State, first: int, after: int) -> Gap:
    """Years of which nothing is known."""
    start, end = (date(year, 1, 1).toordinal() for year in (first, after))
    return Gap(
        state=state.iso3,
        start=imprecise_of(start, start),
        end=imprecise_of(end, end),
        sources=("table",),
    )


def _once(read: Callable[[object], _ReadT]) -> Callable[[object], _ReadT]:
    """The same function, which reads each different number and text once."""
    kept: dict[object, _ReadT] = {}

    def found(cell: object) -> _ReadT:
        if type(cell) not in {int, str}:  # True equals 1, and a list has no hash
            return read(cell)
        if cell not in kept:
            kept[cell] = read(cell)
        return kept[cell]

    return found


def _year(cell: object) -> int | str:
    """The year in a cell, or what is wrong with it."""
    number = _number(cell)
    if number is None or not 1 < number <= _LAST_YEAR:
        return f"{shown(cell)} is not a year. Write a whole number from 2 to {_LAST_YEAR}."
    return number


def _code(cell: object) -> int | None:
    """The code in a cell: an empty one is missing."""
    number = MISSING if cell is None else _number(cell)
    return number if number in _CODES else None


def _number(cell: object) -> int | None:
    """A whole number, which may be written as text or have a fraction of zero."""
    try:
        number = float(cell)  # type: ignore[arg-type] # what is none is refused
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None
