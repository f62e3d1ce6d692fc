"""Builds panels from the segments: state-years, state-months, state-days and dyads."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, WeakKeyDictionary, ref

import numpy as np
from attrs import field, frozen

from csto_membership._facts.dates import EPOCH, span
from csto_membership._facts.records import code_of
from csto_membership._membership.tracks import (
    FREQS,
    NULL,
    RULES,
    YES,
    asked,
    first_of,
    index_of,
    tracks,
)
from csto_membership.errors import FrameError, ReadingError, nearest
from csto_membership.frames._building import Days, Labels, Member, about_of, frame_of
from csto_membership.frames._grids import grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from csto_membership._facts.dates import Day
    from csto_membership._facts.records import State
    from csto_membership._membership.tracks import Question
    from csto_membership.organization import Organization

    Column = Sequence[object] | NDArray[Any]  # of any element type

_RULES = (*RULES, "fraction")
_BEYOND = 10**9  # a place on no calendar's axis


def panel(  # noqa: PLR0913, PLR0917 (each names one choice of the caller)
    organization: Organization,
    start: Day | int | None,
    end: Day | int | None,
    freq: str,
    rule: str,
    codes: str,
    rows: str,
    backend: str,
    reading_in: str,
) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """States by years, months or days, with what a rule makes of each."""
    first, after = _stretch((organization,), start, end, freq)
    _, columns = _content(
        _stacked((organization,)), (organization,), first, after, freq, rule, codes, rows, "own"
    )
    return frame_of(columns, backend, about_of(organization, freq, rule), reading_in)


@frozen(kw_only=True, eq=False)
class _Runs:
    """The stretches in which states were members, by organization, state and time.

    Attributes:
        organizations: The place of each one's organization.
        states: The place of its state among all states.
        begins: Where it begins on the axis; open sides lie beyond every calendar.
        afters: The first place after it.
    """

    organizations: NDArray[np.integer[Any]]
    states: NDArray[np.integer[Any]]
    begins: NDArray[np.int64]
    afters: NDArray[np.int64]


@frozen(kw_only=True, eq=False)
class _Stack:
    """Organizations one under the other, and what panels of them share.

    Attributes:
        members: The organizations, held weakly.
        ids: What they are called.
        states: The states of any of them, by alpha-3 code.
        own: Where in these the states of each organization stand.
        read: Each different reading as text, with the day through which it is verified.
        read_as: The place in them of each organization's.
        runs: The memberships, by question.
    """

    members: tuple[ReferenceType[Organization], ...]
    ids: tuple[str, ...]
    states: tuple[State, ...]
    own: tuple[NDArray[np.int64], ...]
    read: tuple[tuple[str, str], ...]
    read_as: NDArray[np.int64]
    runs: dict[Question, _Runs] = field(factory=dict)


def panels(  # noqa: PLR0913 (each names one choice of the caller)
    organizations: Iterable[Organization],
    start: Day | int | None = None,
    end: Day | int | None = None,
    *,
    freq: str = "year",
    rule: str = "any",
    codes: str = "iso3",
    rows: str = "all",
    states: str = "own",
    backend: str = "pandas",
    reading_in: str = "metadata",
) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """The state-years of many organizations in one frame, with a column ``organization`` of their ids.

    Ordered by organization as given, then by the states' alpha-3 codes and time. The rows of each are those of its own
    :meth:`~csto_membership.Organization.panel`; with ``states="all"`` every organization has the states of
    all of them, and ``member`` is null for one that it does not know: that is not no.

    Args:
        organizations: Organizations, each under a reading of its own.
        start: The first year, or the day whose year, month or day is the first; by default that of the
            first change in any of them.
        end: The first that no longer counts; by default that after the last horizon.
        freq: ``"year"``, ``"month"`` or ``"day"``.
        rule: As for a single panel.
        codes: How states are written.
        rows: ``"all"`` for a balanced panel, ``"members"`` for memberships that are certain, alone.
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
    asked_of = tuple(organizations) if isinstance(organizations, Iterable) else (organizations,)
    for one in asked_of:
        if not hasattr(one, "history"):
            raise FrameError(f"expected organizations, got {one!r}. Pass csto and others like it, in a list.")
    if not asked_of:
        raise FrameError("there is no organization to make a panel of. Pass at least one.")
    first, after = _stretch(asked_of, start, end, freq)
    stack = _stack(asked_of)
    number, columns = _content(stack, asked_of, first, after, freq, rule, codes, rows, states)
    columns = {"organization": _coded(stack.ids, number), **columns}
    told = about_of(asked_of[0], freq, rule)
    texts = {
        "reading": [reading for reading, _ in stack.read],
        "verified_through": [verified for _, verified in stack.read],
    }
    if reading_in == "columns":
        columns["rule"] = _coded([told["rule"]], np.zeros(len(number), dtype=np.int8))
        of_rows = stack.read_as.take(number)
        return frame_of(
            columns | {name: _coded(text, of_rows) for name, text in texts.items()}, backend, {}, "metadata"
        )
    told["organization"] = "; ".join(dict.fromkeys(stack.ids))
    told |= {name: "; ".join(dict.fromkeys(text)) for name, text in texts.items()}
    return frame_of(columns, backend, told, reading_in)


def _content(  # noqa: PLR0913, PLR0917 (what one panel is made of)
    stack: _Stack,
    organizations: tuple[Organization, ...],
    first: int,
    after: int,
    freq: str,
    rule: str,
    codes: str,
    rows: str,
    states: str,
) -> tuple[NDArray[np.integer[Any]], dict[str, Any]]:
    """The place of each row's organization, and the columns."""
    _refuse_choice("rows", rows, ("all", "members"))
    _refuse_choice("states", states, ("own", "all"))
    words = [code_of(state, codes) for state in stack.states]
    is_share = rule == "fraction"
    question = asked(freq, "any", "fraction") if is_share else asked(freq, rule, "member", rules=_RULES)
    if rows == "all":
        every = (np.arange(len(words)),) * len(organizations)
        listed = stack.own if states == "own" else every
        return _all_cells(organizations, stack.own, listed, words, question, first, after)
    if is_share:
        raise ReadingError("rule 'fraction' has no members, only shares. Ask for rows='all'.")
    return _all_members(_runs(stack, organizations, question), words, freq, first, after)


def _refuse_choice(argument: str, choice: str, choices: tuple[str, str]) -> None:
    """Refuse what is neither of two choices."""
    if choice not in choices:
        one, other = choices
        raise FrameError(
            f"{argument} {choice!r} is no choice. Say {argument}={one!r} or {argument}={other!r}."
        )


def _stack(organizations: tuple[Organization, ...]) -> _Stack:
    """What panels of these organizations share, kept for the next one."""
    kept = _stacks.get(organizations[0])
    if kept is None or tuple(member() for member in kept.members) != organizations:
        _stacks[organizations[0]] = kept = _stacked(organizations)
    return kept


def _stacked(organizations: tuple[Organization, ...]) -> _Stack:
    """What panels of these organizations share."""
    found: dict[str, State] = {}
    for organization in organizations:
        found.update((state.iso3, state) for state in organization.states)
    place = {iso3: number for number, iso3 in enumerate(sorted(found))}
    read: dict[tuple[str, str], int] = {}
    return _Stack(
        members=tuple(map(ref, organizations)),
        ids=tuple(organization.history.id for organization in organizations),
        states=tuple(found[iso3] for iso3 in place),
        own=tuple(
            np.array([place[state.iso3] for state in organization.states], dtype=np.int64)
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


# By the first of them. An organization under a reading never changes.
_stacks: WeakKeyDictionary[Organization, _Stack] = WeakKeyDictionary()


def _coded(words: Sequence[str | int], codes: NDArray[np.integer[Any]]) -> Labels:
    """A column of words by their places, each different word kept once."""
    places: dict[str | int, int] = {}
    renamed = np.array([places.setdefault(word, len(places)) for word in words], dtype=codes.dtype)
    if len(places) == len(words):
        return Labels(words=list(words), codes=codes.copy())  # its own: a frame may be written into
    return Labels(words=list(places), codes=renamed.take(codes))


def _small(count: int) -> type[np.signedinteger[Any]]:
    """The smallest type of codes for so many words."""
    return np.int8 if count < 2**7 else np.int16 if count < 2**15 else np.int32


def _all_cells(  # noqa: PLR0913, PLR0917 (what one panel is made of)
    organizations: tuple[Organization, ...],
    own: tuple[NDArray[np.int64], ...],
    listed: tuple[NDArray[np.int64], ...],
    words: list[str | int],
    question: Question,
    first: int,
    after: int,
) -> tuple[NDArray[np.integer[Any]], dict[str, Any]]:
    """Balanced panels, one under the other: the place of each row's organization, and the columns."""
    length, counts = after - first, [len(states) for states in listed]
    is_share, freq = question.what == "fraction", question.freq
    kind, unknown = (np.float64, np.nan) if is_share else (np.uint8, NULL)
    cells: NDArray[Any] = np.empty((sum(counts), length), dtype=kind)
    row = 0
    for organization, mine, states in zip(organizations, own, listed, strict=True):
        block = cells[row : row + len(states)]
        row += len(states)
        if len(mine) == len(states):
            _cells(organization, question, first, after, out=block)
        else:
            block[...] = unknown
            block[mine] = _cells(organization, question, first, after)
    number = np.repeat(np.arange(len(counts), dtype=_small(len(counts))), counts)
    state = np.concatenate(listed).astype(_small(len(words)))
    return _stretched(number, length), {
        "state": Labels(words=words, codes=_stretched(state, length)),
        freq: _times(np.arange(first, after), freq, len(cells)),
        ("share" if is_share else "member"): cells.reshape(-1)
        if is_share
        else Member(cells=cells.reshape(-1)),
    }


def _stretched(values: NDArray[Any], times: int) -> NDArray[Any]:
    """Every value so many times, one after the other."""
    return np.broadcast_to(values[:, None], (len(values), times)).flatten()


def _all_members(
    runs: _Runs, words: list[str | int], freq: str, first: int, after: int
) -> tuple[NDArray[np.integer[Any]], dict[str, Any]]:
    """Certain memberships alone: the place of each row's organization, and the columns."""
    begins = np.maximum(runs.begins, first)
    lengths = np.maximum(np.minimum(runs.afters, after) - begins, 0)
    # Each run counts on from its beginning: what is left of a ramp over all rows.
    before = np.cumsum(lengths) - lengths
    places = np.repeat((begins - before).astype(np.int32), lengths)
    np.add(places, np.arange(len(places), dtype=np.int32), out=places)
    return np.repeat(runs.organizations, lengths), {
        "state": Labels(words=words, codes=np.repeat(runs.states, lengths)),
        freq: _time(places, freq),
    }


def _runs(stack: _Stack, organizations: tuple[Organization, ...], question: Question) -> _Runs:
    """The memberships of a stack of organizations."""
    if question not in stack.runs:
        found = [
            (number, state, begin, after)
            for number, (organization, own) in enumerate(zip(organizations, stack.own, strict=True))
            for state, track in zip(own.tolist(), tracks(organization, question), strict=True)
            for begin, after, cell in zip(
                (-_BEYOND, *track.bounds), (*track.bounds, _BEYOND), track.cells, strict=True
            )
            if cell == YES
        ]
        numbers, states, begins, afters = np.array(found, dtype=np.int64).reshape(-1, 4).T
        stack.runs[question] = _Runs(
            organizations=numbers.astype(_small(len(organizations))),
            states=states.astype(_small(len(stack.states))),
            begins=begins.copy(),
            afters=afters.copy(),
        )
    return stack.runs[question]


def dyads(  # noqa: PLR0913, PLR0917 (each names one choice of the caller)
    organization: Organization,
    start: Day | int | None,
    end: Day | int | None,
    freq: str,
    rule: str,
    codes: str,
    pairs: str,
    rows: str,
    backend: str,
    reading_in: str,
) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """Pairs of states that were both members, by years, months or days."""
    _refuse_choice("pairs", pairs, ("undirected", "directed"))
    _refuse_choice("rows", rows, ("members", "all"))
    if rule == "fraction":
        raise ReadingError("rule 'fraction' makes no pairs. Choose any, all, start, end or midyear.")
    first, after = _stretch((organization,), start, end, freq)
    words: list[str | int] = [code_of(state, codes) for state in organization.states]
    ranks = _together(organization, asked(freq, rule, "member"), first, after)
    one, other = np.triu_indices(len(words), 1)
    if pairs == "directed":
        one, other = np.concatenate((one, other)), np.concatenate((other, one))
        order = np.lexsort((other, one))
        one, other = one[order], other[order]
    # Pairs stand in the order of the codes asked for, which need not be that of the states.
    ranked = np.array(sorted(range(len(words)), key=words.__getitem__), dtype=np.intp)
    one, other = ranked[one], ranked[other]
    ranks = ranks[one, other] if len(one) else np.zeros((0, after - first), dtype=np.uint8)
    pair, place = np.nonzero(np.ones_like(ranks) if rows == "all" else ranks == _RANK[YES])
    columns: dict[str, Any] = {
        "state1": Labels(words=words, codes=one[pair].astype(_small(len(words)))),
        "state2": Labels(words=words, codes=other[pair].astype(_small(len(words)))),
        freq: _time(place + first, freq),
    }
    if rows == "all":
        columns["member"] = Member(cells=_RANK[ranks.reshape(-1)])
    return frame_of(columns, backend, about_of(organization, freq, rule), reading_in)


# Cells by how much they say of a yes: NO, NULL, YES. Both is the least of two, and any the most. Its own inverse.
_RANK = np.array([0, 2, 1], dtype=np.uint8)


def _together(organization: Organization, question: Question, first: int, after: int) -> NDArray[np.uint8]:
    """Whether two states were members at the same places, as ranks of cells.

    Under "any" and "all" that is asked of the days that they shared: two states may have been members
    in one year, and never on one day.
    """
    count = len(organization.states)
    if question.rule != "any":  # which no day has
        member = _RANK[_cells(organization, question, first, after)]
        both: NDArray[np.uint8] = np.minimum(member[:, None, :], member[None, :, :])
        return both
    bounds = [first_of(question.freq, place) for place in range(first, after + 1)]
    found = np.zeros((count, count, after - first), dtype=np.uint8)
    days = tracks(organization, asked("day", "any", "member"))
    cuts = sorted({*bounds, *(cut for track in days for cut in track.bounds if bounds[0] < cut < bounds[-1])})
    for day in cuts[:-1]:
        member = _RANK[np.array([track.cell(day) for track in days], dtype=np.intp)]
        here = found[:, :, index_of(question.freq, day) - first]
        np.maximum(here, np.minimum(member[:, None], member[None, :]), out=here)
    return found


def _stretch(
    organizations: tuple[Organization, ...], start: Day | int | None, end: Day | int | None, freq: str
) -> tuple[int, int]:
    """The places of ``[start, end)``; by default from the first change in any of them to the last horizon."""
    if freq not in FREQS:
        raise ReadingError(f"no freq {freq!r}{nearest(freq, FREQS)} There are {', '.join(FREQS)}.")
    first, after = (0 if bound is None else _place(bound, freq) for bound in (start, end))
    if start is None:
        begins = (min(one.compiled.segments.cuts, default=one.horizon.toordinal()) for one in organizations)
        first = index_of(freq, min(begins))
    if end is None:
        after = index_of(freq, max(one.horizon.toordinal() for one in organizations)) + 1
    if first >= after:
        raise FrameError(
            f"[{start}, {end}) holds no {freq}. The end is the first {freq} that no longer counts: name a later one."
        )
    return first, after


def _place(when: Day | int, freq: str) -> int:
    """A bound on the axis: a year as a number, or the first day of what is written."""
    is_year = isinstance(when, Integral) and not isinstance(when, bool)
    return index_of(freq, span(f"{when:04}" if is_year else when)[0])


def _cells(
    organization: Organization,
    question: Question,
    first: int,
    after: int,
    *,
    out: NDArray[Any] | None = None,
) -> NDArray[Any]:
    """What holds for every state at every place, states by places; written to *out* where that is given."""
    places = np.arange(first, after)
    if question.what != "fraction":
        table = grid(organization, question)
        cells = table.cells.reshape(-1, table.width)[1:]
        here = np.clip(places, table.low, table.high) - table.low
        return cells.take(
            here if table.segments is None else table.segments[here], axis=1, out=out, mode="clip"
        )
    rows = tracks(organization, question)
    found = np.empty((len(rows), len(places))) if out is None else out
    for row, track in enumerate(rows):
        runs = np.searchsorted(np.array(track.bounds, dtype=np.int64), places, side="right")
        found[row] = np.array(track.cells)[runs]
    return found


def _times(places: NDArray[np.int64], freq: str, times: int) -> NDArray[Any] | Days:
    """The same places for every state."""
    one = _time(places, freq)
    if isinstance(one, Days):
        return Days(numbers=np.tile(one.numbers, times))
    return np.tile(one, times)


def _time(places: NDArray[np.int32] | NDArray[np.int64], freq: str) -> NDArray[Any] | Days:
    """Places as years, as the first days of months, or as days."""
    if freq == "year":
        return places.astype(np.int16)
    if freq == "day":
        return Days(numbers=(places - EPOCH).astype(np.int32))
    months = (places - 12 * 1970).astype("datetime64[M]").astype("datetime64[D]")
    return Days(numbers=months.astype(np.int64).astype(np.int32))
