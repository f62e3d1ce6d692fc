"""Builds panels of states by years, months or days, of one organization or of many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from weakref import ReferenceType, ref

import numpy as np
from attrs import field, frozen

from csto_membership._facts.states import code_of
from csto_membership._membership.tracks import (
    RULES,
    YES,
    Rule,
    position_of,
    question_about,
    track_without_acts,
    tracks,
)
from csto_membership.errors import FrameError, ReadingError
from csto_membership.frames._axes import cells_at, cells_of, stretch, time_of
from csto_membership.frames._building import (
    Days,
    Labels,
    Member,
    ReadingIn,
    about_of,
    coded,
    frame_of,
    is_option,
    repeated,
    small,
)
from csto_membership.frames._existing import System, existing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from csto_membership._facts.dates import Day
    from csto_membership._facts.states import State
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.membership import Membership
    from csto_membership._membership.tracks import Freq, Question
    from csto_membership.frames._building import Backend, NativeFrame

PanelRule: TypeAlias = Rule | Literal["fraction"]
"""How the days of a year or month make one cell of a panel."""

RowChoice: TypeAlias = Literal["all", "members"]
"""All rows, or only those of certain memberships."""

PanelRows: TypeAlias = Literal["all", "existing", "members"]
"""All rows, those of states in the state system, or only those of certain memberships."""

States: TypeAlias = Literal["own", "all"]
"""The states of each organization, or of any of them."""

_RULES = (*RULES, "fraction")


@frozen(kw_only=True)
class PanelOptions:
    """What the caller of a panel chooses; see ``Organization.panel``."""

    start: Day | int | None = None
    end: Day | int | None = None
    freq: str = "year"
    rule: str = "any"
    codes: str = "iso3"
    rows: str = field(default="all", validator=is_option(PanelRows))
    system: str = field(default="cow", validator=is_option(System))
    states: str = field(default="own", validator=is_option(States))
    backend: str = "pandas"
    reading_in: str = field(default="metadata", validator=is_option(ReadingIn))

    @property
    def question(self) -> Question:
        """What is asked of every state.

        Raises:
            ReadingError: There is no such freq or rule, or ``rows="members"`` is used with ``"fraction"``.
        """
        if self.rule != "fraction":
            return question_about(self.freq, self.rule, "member", rules=_RULES)
        if self.rows == "members":
            raise ReadingError(
                "rule 'fraction' has no members, only shares.", "Ask for rows='all'.", option="rows"
            )
        return question_about(self.freq, "any", "fraction")


def panel(organization: Membership, options: PanelOptions) -> NativeFrame:
    """The panel of one organization: states by years, months or days."""
    _, columns = _content(_stacked((organization,)), (organization,), options)
    about = about_of(organization, options.freq, options.rule)
    return frame_of(columns, options.backend, about, options.reading_in)


@frozen(kw_only=True, eq=False)
class _Runs:
    """The stretches in which states were members, by organization, state and time.

    Attributes:
        organizations: For each run, the index of its organization.
        states: The index of its state in ``_Stack.states``.
        begins: Its first axis position; that of the calendar for a run without a beginning.
        afters: The first position after it.
    """

    organizations: NDArray[np.integer[Any]]
    states: NDArray[np.integer[Any]]
    begins: NDArray[np.int64]
    afters: NDArray[np.int64]


@frozen(kw_only=True, eq=False)
class _Stack:
    """The parts of a panel of several organizations that do not depend on its options.

    Attributes:
        members: What is compiled of each organization, held weakly.
        ids: What they are called.
        states: The states of any of them, by alpha-3 code.
        own: For each organization, the indices of its own states in *states*.
        read: The distinct pairs of a reading as text and its last day verified.
        read_as: For each organization, the index of its pair in *read*.
        runs: The memberships, by question.
    """

    members: tuple[ReferenceType[Compiled], ...]
    ids: tuple[str, ...]
    states: tuple[State, ...]
    own: tuple[NDArray[np.int64], ...]
    read: tuple[tuple[str, str], ...]
    read_as: NDArray[np.int64]
    runs: dict[Question, _Runs] = field(factory=dict)


def panels(  # noqa: PLR0913 (each names one choice of the caller)
    organizations: Iterable[Membership],
    start: Day | int | None = None,
    end: Day | int | None = None,
    *,
    freq: Freq = "year",
    rule: PanelRule = "any",
    codes: str = "iso3",
    rows: PanelRows = "all",
    system: System = "cow",
    states: States = "own",
    backend: Backend = "pandas",
    reading_in: ReadingIn = "metadata",
) -> NativeFrame:
    """The state-years of many organizations in one frame, with a column ``organization`` of their ids.

    Ordered by organization as given, then by the states' alpha-3 codes and time. The rows of each are those of its own
    ``Organization.panel``; with ``states="all"`` every organization has the states of
    all of them, and those without an act in it were no members: its record is closed.

    Args:
        organizations: Organizations, each under a reading of its own.
        start: The first year, or the day whose year, month or day is the first; by default that of the
            first change in any of them.
        end: The first that no longer counts; by default that after the last horizon.
        freq: ``"year"``, ``"month"`` or ``"day"``.
        rule: As for a single panel.
        codes: How states are written.
        rows: ``"all"`` for a balanced panel, ``"existing"`` for states in the *system* of states, ``"members"`` for
            memberships that are certain, alone.
        system: As for a single panel.
        states: ``"own"`` for those of each organization, ``"all"`` for those of any of them.
        backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
        reading_in: Where rules and readings stand: in the ``"metadata"`` (those of all organizations, in
            one text where they differ) or in ``"columns"``, for every row its own.

    Raises:
        ReadingError: There is no such freq or rule.
        FrameError: There is no organization, the stretch is empty, or there is no such choice.
        StateError: A state has no code of this kind.
        MissingExtraError: What tables need is not installed.

    Examples:
        >>> from csto_membership import csto, csto_pa
        >>> from csto_membership.frames import panels
        >>> panels([csto, csto_pa], 2010, 2012, rows="members", backend="pandas").shape
        (14, 3)
    """
    several = tuple(organizations) if isinstance(organizations, Iterable) else (organizations,)
    for organization in several:
        if not hasattr(organization, "history"):
            raise FrameError(
                f"expected organizations, got {organization!r}.", "Pass csto and others like it, in a list."
            )
    if not several:
        raise FrameError("there is no organization to make a panel of.", "Pass at least one.")
    options = PanelOptions(
        start=start,
        end=end,
        freq=freq,
        rule=rule,
        codes=codes,
        rows=rows,
        system=system,
        states=states,
        backend=backend,
        reading_in=reading_in,
    )
    stack = _stack(several)
    counts, columns = _content(stack, several, options)
    columns = {"organization": repeated(stack.ids, np.arange(len(several)), counts), **columns}
    about = about_of(several[0], freq, rule)
    readings = {
        "reading": [reading for reading, _ in stack.read],
        "verified_through": [verified for _, verified in stack.read],
    }
    if reading_in == "columns":
        columns["rule"] = coded([about["rule"]], np.zeros(counts.sum(), dtype=np.int8))
        columns |= {name: repeated(texts, stack.read_as, counts) for name, texts in readings.items()}
        return frame_of(columns, backend, {}, "metadata")
    about["organization"] = "; ".join(dict.fromkeys(stack.ids))
    about |= {name: "; ".join(dict.fromkeys(texts)) for name, texts in readings.items()}
    return frame_of(columns, backend, about, reading_in)


def _content(
    stack: _Stack, organizations: tuple[Membership, ...], options: PanelOptions
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    """How many rows each organization has, and the columns."""
    question = options.question
    bounds = stretch(organizations, options.start, options.end, options.freq)
    words = [code_of(state, options.codes) for state in stack.states]
    if options.rows == "members":
        runs = _runs(stack, organizations, question)
        return _members(runs, len(organizations), words, options.freq, bounds)
    every = (np.arange(len(words)),) * len(organizations)
    listed = stack.own if options.states == "own" else every
    cells = _balanced(organizations, stack.own, listed, question, bounds)
    if options.rows == "existing":
        exist = existing(stack.states, options.system, options.freq, bounds)
        return _some_cells(cells, exist, listed, words, question, bounds)
    return _all_cells(cells, listed, words, question, bounds)


def _stack(organizations: tuple[Membership, ...]) -> _Stack:
    """What panels of these organizations share, kept for the next one.

    For 100 organizations the same panel takes a third of the time when it is asked for again (10 ms, not 31).
    """
    cache = organizations[0].compiled.cache
    kept: _Stack | None = cache.get(_Stack)
    members = tuple(organization.compiled for organization in organizations)
    if kept is None or tuple(member() for member in kept.members) != members:
        kept = cache[_Stack] = _stacked(organizations)
    return kept


def _stacked(organizations: tuple[Membership, ...]) -> _Stack:
    """What panels of these organizations share."""
    found: dict[str, State] = {}
    for organization in organizations:
        found.update((state.iso3, state) for state in organization.states)
    rows = {iso3: number for number, iso3 in enumerate(sorted(found))}
    read: dict[tuple[str, str], int] = {}
    return _Stack(
        members=tuple(ref(organization.compiled) for organization in organizations),
        ids=tuple(organization.history.id for organization in organizations),
        states=tuple(found[iso3] for iso3 in rows),
        own=tuple(
            np.array([rows[state.iso3] for state in organization.states], dtype=np.int64)
            for organization in organizations
        ),
        read_as=np.array(
            [
                read.setdefault((str(one.read_as), one.dataset.verified_through.text), len(read))
                for one in organizations
            ],
            dtype=np.int64,
        ),
        read=tuple(read),
    )


def _balanced(
    organizations: tuple[Membership, ...],
    own: tuple[NDArray[np.int64], ...],
    listed: tuple[NDArray[np.int64], ...],
    question: Question,
    bounds: tuple[int, int],
) -> NDArray[Any]:
    """The cells of every listed state at every position, one organization under the other."""
    kind = np.float64 if question.what == "fraction" else np.uint8
    cells: NDArray[Any] = np.empty((sum(map(len, listed)), bounds[1] - bounds[0]), dtype=kind)
    row = 0
    for organization, mine, states in zip(organizations, own, listed, strict=True):
        block = cells[row : row + len(states)]
        row += len(states)
        if len(mine) == len(states):
            cells_of(organization, question, bounds, out=block)
        else:
            block[...] = cells_at(track_without_acts(organization, question), bounds)
            block[mine] = cells_of(organization, question, bounds)
    return cells


def _all_cells(
    cells: NDArray[Any],
    listed: tuple[NDArray[np.int64], ...],
    words: list[str | int],
    question: Question,
    bounds: tuple[int, int],
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    """Balanced panels: how many rows each organization has, and the columns."""
    length = bounds[1] - bounds[0]
    counts = np.array([len(states) * length for states in listed], dtype=np.int64)
    state = np.concatenate(listed).astype(small(len(words)))
    flat = cells.reshape(-1)
    content = {"share": flat} if question.what == "fraction" else {"member": Member(cells=flat)}
    return counts, {
        "state": Labels(words=words, codes=_stretched(state, length)),
        question.freq: _times(np.arange(*bounds), question.freq, len(cells)),
        **content,
    }


def _some_cells(  # noqa: PLR0913, PLR0917 (as all cells, and which of them)
    cells: NDArray[Any],
    exist: NDArray[np.bool_],
    listed: tuple[NDArray[np.int64], ...],
    words: list[str | int],
    question: Question,
    bounds: tuple[int, int],
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    """Panels with the cells of states that existed: how many rows each organization has, and the columns."""
    state = np.concatenate(listed).astype(small(len(words)))
    kept = exist[state]
    row, position = np.nonzero(kept)
    ends = np.cumsum([0, *map(len, listed)])
    counts = np.array([kept[low:high].sum() for low, high in pairwise(ends)], dtype=np.int64)
    flat = cells[row, position]
    content = {"share": flat} if question.what == "fraction" else {"member": Member(cells=flat)}
    return counts, {
        "state": coded(words, state[row]),
        question.freq: time_of(position + bounds[0], question.freq),
        **content,
    }


def _stretched(values: NDArray[Any], times: int) -> NDArray[Any]:
    """Every value so many times, one after the other."""
    return np.broadcast_to(values[:, None], (len(values), times)).flatten()


def _members(
    runs: _Runs, organizations: int, words: list[str | int], freq: str, bounds: tuple[int, int]
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    """Certain memberships alone: how many rows each organization has, and the columns."""
    first, after = bounds
    begins = np.maximum(runs.begins, first)
    lengths = np.maximum(np.minimum(runs.afters, after) - begins, 0)
    # Positions of all runs without a loop: one ramp over all rows, shifted so that each run begins at
    # *begins*.
    before = np.cumsum(lengths) - lengths
    positions = np.repeat((begins - before).astype(np.int32), lengths)
    np.add(positions, np.arange(len(positions), dtype=np.int32), out=positions)
    counts = np.zeros(organizations, dtype=np.int64)
    np.add.at(counts, runs.organizations, lengths)
    return counts, {
        "state": repeated(words, runs.states, lengths),
        freq: time_of(positions, freq),
    }


def _runs(stack: _Stack, organizations: tuple[Membership, ...], question: Question) -> _Runs:
    """The memberships of a stack of organizations."""
    if question not in stack.runs:
        earliest, last = (position_of(question.freq, day) for day in (1, date.max.toordinal()))
        found = [
            (number, state, begin, after)
            for number, (organization, own) in enumerate(zip(organizations, stack.own, strict=True))
            for state, track in zip(own.tolist(), tracks(organization, question), strict=True)
            for begin, after, cell in zip(
                (earliest, *track.bounds), (*track.bounds, last + 1), track.cells, strict=True
            )
            if cell == YES
        ]
        numbers, states, begins, afters = np.array(found, dtype=np.int64).reshape(-1, 4).T
        stack.runs[question] = _Runs(
            organizations=numbers.astype(small(len(organizations))),
            states=states.astype(small(len(stack.states))),
            begins=begins.copy(),
            afters=afters.copy(),
        )
    return stack.runs[question]


def _times(positions: NDArray[np.int64], freq: str, times: int) -> NDArray[Any] | Days:
    """The same positions for every state."""
    one = time_of(positions, freq)
    if isinstance(one, Days):
        return Days(numbers=np.tile(one.numbers, times))
    return np.tile(one, times)
