"""Writes a timeline for a terminal: a lane a state, a cell for some months or years, changes below as a list."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._facts.statuses import Status
from csto_membership.drawing.cells import Cells, cells_between
from csto_membership.drawing.lanes import label_of, window_of
from csto_membership.drawing.layout import axis_of, date_of, marked_on, years_apart
from csto_membership.drawing.order import ordered
from csto_membership.drawing.stairs import steps_of
from csto_membership.drawing.words import plain, words_in
from csto_membership.errors import DrawingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._facts.dates import Day
    from csto_membership._facts.records import Event
    from csto_membership._facts.states import State
    from csto_membership._membership.answers import Spell
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.words import Words

LEAST_COLUMNS = 40
_BLOCK = {
    "OUTSIDE": " ",
    "SIGNATORY": "─",
    "OBSERVER": "o",
    "ASSOCIATE": "▄",
    "MEMBER": "█",
    "FROZEN": "▓",
    "SUSPENDED": "▒",
    "FORMER": "·",
    "open": "?",
    "era": "┌",
    "rule": "─",
    "horizon": "▲",
}
_ASCII = {
    "OUTSIDE": " ",
    "SIGNATORY": "-",
    "OBSERVER": "o",
    "ASSOCIATE": "=",
    "MEMBER": "#",
    "FROZEN": "%",
    "SUSPENDED": "/",
    "FORMER": ".",
    "open": "?",
    "era": "|",
    "rule": "-",
    "horizon": "^",
}
_CHARACTERS = {"block": _BLOCK, "ascii": _ASCII}
_COLOURS = {"MEMBER": "34", "FROZEN": "34", "SUSPENDED": "33", "open": "35", "day": "35"}
_LEGEND = ("OBSERVER", "SIGNATORY", "ASSOCIATE", "MEMBER", "FROZEN", "SUSPENDED", "FORMER", "open")
_AROUND = 4  # a label's blanks, and a cell of its spell on each side
_RLM, _RLI, _PDI = "\u200f", "\u2067", "\u2069"


def terminal(  # noqa: PLR0913 (each names one choice of the caller)
    membership: Membership,
    *,
    lang: str = "en",
    width: int = 80,
    on: Day | None = None,
    states: Iterable[object] | None = None,
    order: str | Iterable[object] = "fate",
    characters: str = "block",
    has_colour: bool = False,
) -> str:
    """The timeline of an organization as lines of text.

    A cell shows the status on its middle day; with any open day in it, it is ``?``. In Arabic the lanes run from
    left to right and are named by code, since terminals differ in how they set Arabic.

    Args:
        membership: What is drawn, under its reading.
        lang: The language of the texts: ``en``, ``ar`` or ``ru``.
        width: How many columns there are; no line is wider.
        on: A day to mark below the axis.
        states: Only lanes of these states, by any code or name.
        order: As ``drawing.layout`` has it.
        characters: ``"block"``, or ``"ascii"`` where the terminal can show no other.
        has_colour: Whether colours repeat what the characters say.

    Raises:
        DrawingError: There are no words in *lang*, or *width*, *order*, *states* or *characters* is not
            valid.
        StateError: The organization has no such state.
        DayError: *on* is not one day, or is before the first day drawn.
        BeyondHorizonError: *on* is past the last day verified.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.drawing import terminal
        >>> print(terminal(csto, states=["ARM"], width=60).splitlines()[5])
        Armenia ──████████████████ frozen 2024 ▓▓▓
    """
    words = words_in(lang, membership.history)
    if not isinstance(width, int) or width < LEAST_COLUMNS:
        raise DrawingError(
            f"width={width!r} is too narrow for a timeline.",
            f"Give {LEAST_COLUMNS} columns or more.",
            option="width",
        )
    if characters not in tuple(_CHARACTERS):
        raise DrawingError(
            f"no characters {characters!r}.",
            f"{did_you_mean(characters, _CHARACTERS)}There are {', '.join(_CHARACTERS)}.",
            option="characters",
        )
    shown = ordered(membership, words, states, order)
    first, end = axis_of(membership)
    marked = None if on is None else marked_on(on, first, end)
    spells = {state: membership.spells(state) for state in shown}
    names = {state: state.iso3 if words.is_from_right else words.state(state) for state in shown}
    head = membership.history.id
    if not words.is_from_right:
        head = words("members" if set(membership.states) <= set(shown) else "members all")
    column = min(max(wide(name) for name in (*names.values(), head)), width // 3)
    page = _Page(
        membership=membership,
        words=words,
        width=width,
        column=column,
        marks=_CHARACTERS[characters],
        has_colour=has_colour,
        spells=spells,
        cells=cells_between(first, end, width - column - 1, tuple(spells.values())),
    )
    lines = [*page.heading(), page.row(head, page.counts()), *page.eras()]
    lines += [page.row(names[state], page.lane(spells[state])) for state in shown]
    lines += [*page.axis(marked), "", *page.legend(), "", *page.acts()]
    if words.is_from_right:
        called = {state: fitting(words.state(state), width - 5).strip() for state in shown}
        lines += ["", *(f"{state.iso3}  {_RLI}{name}{_PDI}" for state, name in called.items())]
    text = "\n".join(line.rstrip() for line in lines)
    return _folded(text) if characters == "ascii" else text


def _folded(text: str) -> str:
    """The text with dashes and dots that ASCII has, and Latin letters without accents."""
    for character, instead in (("–", "-"), ("−", "-"), ("…", ".")):
        text = text.replace(character, instead)
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not "\u0300" <= character <= "\u036f" and character not in (_RLM, _RLI, _PDI)
    )


def wide(text: str) -> int:
    """The number of columns that a text takes: two for wide characters, none for combining ones."""
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def fitting(text: str, columns: int) -> str:
    """The text filled up to so many columns, or cut to them with dots behind."""
    if wide(text) <= columns:
        return text + " " * (columns - wide(text))
    while wide(text) >= columns:
        text = text[:-1]
    return fitting(text + "…", columns)


def _wrapped(words: Sequence[str], columns: int, between: str = " ") -> list[str]:
    """Words in lines of at most so many columns."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{between}{word}" if lines else word
        if lines and wide(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(word if wide(word) <= columns else fitting(word, columns))
    return lines


@frozen(kw_only=True)
class _Page:
    """The parts of one timeline.

    Attributes:
        membership: What is drawn.
        words: The words of its language.
        width: How many columns there are.
        column: How many the names take.
        marks: The characters by status.
        has_colour: Whether colours repeat them.
        spells: The spells of each state drawn.
        cells: The cells of time.
    """

    membership: Membership
    words: Words
    width: int
    column: int
    marks: dict[str, str]
    has_colour: bool
    spells: Mapping[State, tuple[Spell, ...]]
    cells: Cells
    _kinds: set[str] = field(factory=set, init=False)  # the statuses that the lanes showed

    def row(self, name: str, cells: str) -> str:
        """A name and the cells beside it."""
        return f"{fitting(name, self.column)} {cells}"

    def heading(self) -> list[str]:
        """The title and the line below it."""
        words = self.words
        lines = _wrapped(words.title(self.cells.first, self.cells.end - 1).split(), self.width)
        says = f"{words.subtitle()} {words.reading(self.membership.read_as)}"
        lines += _wrapped(says.split(), self.width)
        return [*map(self.whole, lines), ""]

    def whole(self, line: str) -> str:
        """A line that is all text: in Arabic an isolate of its own."""
        return f"{_RLM}{_RLI}{line}{_PDI}" if self.words.is_from_right else line

    def counts(self) -> str:
        """The counts of members, each above the first cell of its step; open ones where there is room."""
        steps = steps_of(self.membership, self.cells.first, self.cells.end)
        found = [""] * len(self.cells.middles)
        for wants_open in (False, True):
            before: tuple[int, int] = (0, 0)
            for cell, day in enumerate(self.cells.middles):
                step = next(step for step in reversed(steps) if step.day <= day)
                count = (step.certain, step.possible)
                if count != before and step.is_open is wants_open:
                    low, high = count
                    _put(found, cell, f"{low}–{high}" if step.is_open else str(low))
                before = count
        if len(steps) == 1 and not steps[0].possible:
            _put(found, 0, "0")
        return "".join(character or " " for character in found)

    def eras(self) -> list[str]:
        """The band of the eras."""
        dated = [(era, date_of(era, self.membership.read_as)) for era in self.membership.history.eras]
        eras = [(era, effect) for era, effect in dated if effect.first < self.cells.end]
        if not eras:
            return []
        starts = [self.cells.from_day(effect.first) for _, effect in eras]
        line = " " * min(starts)
        for (era, effect), start, end in zip(
            eras, starts, (*starts[1:], len(self.cells.middles)), strict=True
        ):
            name = era.id if self.words.is_from_right else self.words.short(era)
            day = date.fromordinal(effect.first)
            texts = [f"{name} {day.isoformat()}"] if effect.is_exact else []
            texts += [f"{name} {day.year}", name, plain(era.id)]
            text = next((text for text in texts if wide(text) + _AROUND <= end - start), "")
            begun = f"{self.marks['era']} {text} " if text else self.marks["era"]
            line += (begun + self.marks["rule"] * (end - start - wide(begun)))[: end - start]
        return [self.row("", line)]

    def lane(self, spells: Sequence[Spell]) -> str:
        """The cells of one state, with its labels."""
        runs = self.cells.shown(spells)
        kinds = [_kind(spells[run].status) if run >= 0 else "open" for run in runs]
        self._kinds.update(kinds)
        cells = [(self.marks[kind], kind) for kind in kinds]
        taken: set[int] = set()
        for index in range(len(spells)):
            word = label_of(spells, index, self.words)
            if word is not None and spells[index].status.is_certain:
                self._label(cells, runs, spells, index, word, taken)
        return self._painted(cells)

    def _label(  # noqa: PLR0913, PLR0917 (what, where, and what is taken)
        self,
        cells: list[tuple[str, str]],
        runs: Sequence[int],
        spells: Sequence[Spell],
        index: int,
        word: str,
        taken: set[int],
    ) -> None:
        """Write a label over the cells of its own spell, or over the last ones of the spell before."""
        first, last = (date.fromordinal(day).year for day in window_of(spells, index))
        years = str(first) if first == last else f"{first}–{last}"
        own = [cell for cell, run in enumerate(runs) if run == index]
        before = [cell for cell, run in enumerate(runs) if run == index - 1 >= 0]
        may_stand_before = spells[index - 1].status in (Status.MEMBER, Status.FORMER)
        for text in (years,) if self.words.is_from_right else (f"{word} {years}", years):
            room = len(text) + _AROUND
            if len(own) >= room + (spells[index].status is Status.FROZEN):
                start, run = own[0] + 1, index
            elif may_stand_before and index - 1 not in taken and len(before) >= room:
                start, run = before[-1] - len(text) - 1, index - 1
            else:
                continue
            taken.add(run)
            for offset, character in enumerate(f" {text} "):
                cells[start + offset] = (character, "")
            return

    def _painted(self, cells: Sequence[tuple[str, str]]) -> str:
        """The characters, in colours where they are wanted."""
        if not self.has_colour:
            return "".join(character for character, _ in cells)
        parts, colour = [], ""
        for character, kind in (*cells, ("", "")):
            wanted = _COLOURS.get(kind, "")
            if wanted != colour:
                parts.append("\x1b[0m" if colour else "")
                parts.append(f"\x1b[{wanted}m" if wanted else "")
                colour = wanted
            parts.append(character)
        return "".join(parts)

    def axis(self, marked: int | None) -> list[str]:
        """The years, the horizon with its caption, and the chosen day."""
        last = len(self.cells.middles) - 1
        found = [""] * (last + 1)
        found[last] = self.marks["horizon"]
        begins, ends = (date.fromordinal(day).year for day in (self.cells.first, self.cells.end - 1))
        every = years_apart(begins, ends, self.cells.per_year, 5, 5)
        for year in range(begins + -begins % every, ends + 1, every):
            cell = self.cells.of(date(year, 1, 1).toordinal())
            if cell is not None and cell + 4 < last:  # a year's four figures, and a blank
                _put(found, cell, str(year))
        lines = [self.row("", "".join(character or " " for character in found))]
        if marked is not None:
            cell = self.cells.of(marked) or 0
            text = date.fromordinal(marked).isoformat()
            behind = cell + len(text) + 2 <= self.width - self.column - 1
            line = f"{self.marks['horizon']} {text}" if behind else f"{text} {self.marks['horizon']}"
            lead = " " * (cell if behind else cell - len(text) - 1)
            lines.append(self.row("", lead + self._painted([(line, "day")])))
        day = date.fromordinal(self.cells.end - 1).isoformat()
        says = day if self.words.is_from_right else self.words.horizon(day, self.membership.read_as)
        total = self.column + last + 2
        captions = _wrapped([*says.split(), self.marks["horizon"]], max(total, LEAST_COLUMNS))
        return [*lines, *(" " * (total - wide(line)) + line for line in captions)]

    def legend(self) -> list[str]:
        """A key for every status that the lanes show."""
        items = []
        for kind in _LEGEND:
            if kind in self._kinds:
                text = self.words("open") if kind == "open" else self.words.flag(kind)
                items.append(f"{self.marks[kind] * 2} {text}")
        if self.words.is_from_right:
            return [self.whole(item) for item in items]
        return _wrapped(items, self.width, between="   ")

    def acts(self) -> Iterator[str]:
        """Every change as day, act and codes: what the picture shows, to be read aloud or searched."""
        codes: dict[tuple[str, str], list[str]] = {}
        for state, spells in self.spells.items():
            for event, first, last in acts_of(spells):
                codes.setdefault((_days(first, last), str(event.act)), []).append(state.iso3)
        days = max((len(day) for day, _ in codes), default=0)
        word = max((len(act) for _, act in codes), default=0)
        days = 10 if all(len(day) == 10 for day, _ in codes) else days  # noqa: PLR2004 (an ISO day)
        for (day, act), states in sorted(codes.items()):
            lead = f"{day.ljust(days)}  {act.ljust(word)}  "
            lines = _wrapped(sorted(states), self.width - len(lead))
            yield lead + lines[0]
            yield from (" " * len(lead) + line for line in lines[1:])


def _kind(status: Status) -> str:
    """The name of a certain status."""
    return str(status.name)


def _put(cells: list[str], cell: int, text: str) -> None:
    """Write a text from a cell on, where it touches no other and does not run over the end."""
    around = range(max(cell - 1, 0), min(cell + len(text) + 1, len(cells)))
    if cell + len(text) <= len(cells) and not any(cells[place] for place in around):
        cells[cell : cell + len(text)] = text


def _days(first: int, last: int | None) -> str:
    """A day, or the days within which an act took effect; without a beginning or an end where that is open."""
    begins = date.fromordinal(first).isoformat() if first else ""
    if last is None:
        return f"{begins}.."
    return begins if last == first else f"{begins}..{date.fromordinal(last).isoformat()}"


def acts_of(spells: Sequence[Spell]) -> Iterator[tuple[Event, int, int | None]]:
    """The acts that changed a state's status, each with the first and the last day on which it may have done so."""
    by_act: dict[int, list[int]] = {}
    for index, spell in enumerate(spells):
        if spell.opened_by is not None:
            by_act.setdefault(id(spell.opened_by), []).append(index)
    for opened in by_act.values():
        event = spells[opened[0]].opened_by
        assert event is not None  # noqa: S101 (only spells that an act opened are listed)
        bounds = [spells[index].began for index in opened]
        bounds += [spell.ended for spell in spells if spell.closed_by is event]
        days = [window for window in bounds if window is not None]
        first = min((window.first for window in days), default=_start(spells[opened[0]]))
        last = max((window.last for window in days), default=first)
        yield event, first, None if any(window.is_open for window in days) else last


def _start(spell: Spell) -> int:
    """The first day of a spell that an act opened."""
    assert spell.start is not None  # noqa: S101 (the first spell is opened by none)
    return spell.start.toordinal()
