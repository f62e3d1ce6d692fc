"""Compares somebody's coding of a membership with ours, and translates Correlates of War codes."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any, cast

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership._facts.statuses import BASES, Status
from csto_membership._membership import cards
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.tracks import NO, RULES, YES, question_about, track_without_acts, tracks
from csto_membership.errors import ColumnError, FrameError
from csto_membership.frames._annotate import annotate, index_names, levels_of, wrapped
from csto_membership.frames._building import about_of, from_lists, said_of, side_by_side
from csto_membership.frames._grids import period_cells
from csto_membership.frames._in_memory.columns import is_year, read_day
from csto_membership.frames._options import AnnotateOptions, padded
from csto_membership.frames._refusals import check_columns, shortened
from csto_membership.frames._spellings import row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csto_membership._membership.membership import Membership
    from csto_membership.frames._options import Cell, ColumnName, NativeFrame, ReconcileOptions

VERDICTS = ("agree", "ours only", "theirs only", "undecided")
ANY_STATUS = Status(2 ** len(Status) - 1)

_NONE, _FULL, _ASSOCIATE, _OBSERVER, _MISSING, _NOT_IN_SYSTEM = 0, 1, 2, 3, -9, -1
_STATUS_OF = {
    _NONE: Status.OUTSIDE,
    _FULL: Status.MEMBER,
    _ASSOCIATE: Status.ASSOCIATE,
    _OBSERVER: Status.OBSERVER,
    _MISSING: ANY_STATUS,
}
_MEMBER_OF = {
    _NONE: False,
    _FULL: True,
    _ASSOCIATE: False,
    _OBSERVER: False,
    _MISSING: None,
    _NOT_IN_SYSTEM: None,
}


def from_cow(code: int) -> Status | None:
    """The status that a membership code of the Correlates of War stands for.

    0 (no membership) is ``OUTSIDE``, 1 (full) ``MEMBER``, 2 (associate) ``ASSOCIATE``, 3 (observer)
    ``OBSERVER``, and -9 (missing) every status at once: nothing is known. -1 (not in the state system) is
    ``None``: there was no state to have a status. The codes are those of the Intergovernmental Organizations dataset,
    version 3 (Pevehouse, Nordstrom, McManus and Jamison 2020).

    Args:
        code: 0, 1, 2, 3, -9 or -1.

    Raises:
        FrameError: There is no such code.

    Examples:
        >>> from csto_membership.frames import from_cow
        >>> from_cow(1)
        <Status.MEMBER: 8>
    """
    if code == _NOT_IN_SYSTEM:
        return None
    if code not in _STATUS_OF:
        raise FrameError(
            f"no code {code!r} in the Correlates of War. There are {', '.join(map(str, _MEMBER_OF))}."
        )
    return _STATUS_OF[code]


def to_cow(status: Status | None, *, basis: str = "legal") -> int:
    """The membership code of the Correlates of War for a status.

    1 where every possible status counts on the basis. Where none does: 2 for ``ASSOCIATE``
    and ``SIGNATORY``, 3 for ``OBSERVER``, and 0 for the others, a suspended or former member included.
    -9 where the possible statuses have different codes. ``to_cow(from_cow(code)) == code`` for all six codes.

    Args:
        status: A status, several where it is open; ``None`` for no state in the system.
        basis: Which statuses count as full membership.

    Raises:
        FrameError: There is no such basis.

    Examples:
        >>> from csto_membership import Status
        >>> from csto_membership.frames import to_cow
        >>> to_cow(Status.SUSPENDED), to_cow(Status.SUSPENDED, basis="nominal"), to_cow(None)
        (0, 1, -1)
    """
    if basis not in BASES:
        raise FrameError(f"no basis {basis!r}. There are {', '.join(BASES)}.")
    if status is None:
        return _NOT_IN_SYSTEM
    codes = {
        _FULL if answer(flag.value, BASES[basis].value) is Answer.YES else _WITHOUT.get(flag, _NONE)
        for flag in status
    }
    return codes.pop() if len(codes) == 1 else _MISSING


_WITHOUT = {
    Status.ASSOCIATE: _ASSOCIATE,
    Status.SIGNATORY: _ASSOCIATE,
    Status.OBSERVER: _OBSERVER,
}


@frozen(kw_only=True, eq=False)
class Reconciliation:
    """How another coding compares with ours.

    Attributes:
        cells: One row for each of theirs, in their order and under their index: ``state`` and ``time`` as
            they stand there, ``theirs``, ``ours``, the ``verdict`` (``agree``, ``ours only``, ``theirs
            only``, ``undecided``), for an undecided cell ``why`` it is (``no coding`` of theirs, or what
            ``Organization.annotate`` says of ours), and for a disputed one the
            ``readings`` that would make it agree, those with the fewest changes to the one used, or
            ``none`` where no basis, dating and rule together would, in the era that was asked about or in
            the last one.
        by_state: The verdicts counted for each state, those with most disputes first.
        by_year: The same for each year, in order.
        counts: The verdicts counted for all cells.
        undecided: What makes cells undecided, counted, the most frequent first.
        about: What it was compared with: the organization, the rule, the reading and the last day verified.
    """

    cells: Any  # a frame of the caller's library
    by_state: Any
    by_year: Any
    counts: dict[str, int]
    undecided: dict[str, int]
    about: dict[str, str]

    def __str__(self) -> str:
        told = ", ".join(f"{number} {verdict}" for verdict, number in self.counts.items())
        why = ", ".join(f"{number} {reason}" for reason, number in self.undecided.items())
        return f"{sum(self.counts.values())} cells: {told}" + (f" ({why})" if why else "")

    def to_dict(self) -> dict[str, Any]:
        """All of it as text, numbers, lists and mappings, ready for JSON; each table is a list of its rows."""
        tables = {"cells": self.cells, "by_state": self.by_state, "by_year": self.by_year}
        return {
            "about": dict(self.about),
            "counts": dict(self.counts),
            "undecided": dict(self.undecided),
            **{name: _rows(table) for name, table in tables.items()},
        }

    def _repr_html_(self) -> str:
        """The counts as a card for notebooks; the cells and the counts by state and year are tables of their own."""
        counts = [
            *self.counts.items(),
            *((f"undecided: {why}", number) for why, number in self.undecided.items()),
        ]
        about = "; ".join(f"{name}: {said}" for name, said in self.about.items())
        headline = f"{sum(self.counts.values())} cells compared"
        return cards.counts_card("en", headline=headline, reading=about, counts=counts)


@frozen(kw_only=True)
class Compared:
    """A table of theirs, column by column, with our answers.

    Attributes:
        states: What stands for the states.
        times: The days, or the years.
        codings: Their values.
        ours: Whether each was a member.
        why: Why our answer is null, where it is.
    """

    states: list[Any]
    times: list[Any]
    codings: list[Any]
    ours: list[bool | None]
    why: list[str | None]


def _rows(table: NativeFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain values."""
    frame = nw.from_native(table, eager_only=True)
    columns = {str(name): map(_plain, _listed(frame.get_column(name))) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(cell: Cell) -> object:
    """A cell as JSON has it; what is neither text, a number nor a day is told as text."""
    if hasattr(cell, "item"):  # a scalar of numpy
        cell = cell.item()
    if cell is None or _is_nan(cell):
        return None
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, bool | int | float | str) else str(cell)


def reconcile(membership: Membership, frame: NativeFrame, options: ReconcileOptions) -> Reconciliation:
    """Somebody's coding beside ours.

    See ``Organization.reconcile``.
    """
    eager = _collected(frame)
    native = eager.to_native()
    levels = levels_of(native)
    state, value = padded("state", options.state, levels), padded("value", options.value, levels)
    time = padded("on" if options.year is None else "year", options.time, levels)
    check_columns(eager.columns, state, time, value, index=index_names(native))
    rest = ("",) * (levels - 1)
    named = (nw.generate_temporary_column_name(8, eager.columns, prefix=part) for part in ("ours_", "why_"))
    into, why = (cast("str", (name, *rest) if rest else name) for name in named)
    asking = AnnotateOptions(
        state=state,
        on=time,
        codes=options.codes,
        into=into,
        status=None,
        why=why,
        rule=options.used_rule,
        unknown=options.unknown,
        others=options.others,
    )
    annotated = nw.from_native(annotate(membership, native, asking), eager_only=True)
    states, times, codings, ours, reasons = (
        _listed(annotated.get_column(name)) for name in (state, time, value, into, why)
    )
    compared = Compared(
        states=states,
        times=times,
        codings=codings,
        ours=[None if answer_ is None else bool(answer_) for answer_ in ours],
        why=reasons,
    )
    keys = eager.get_column(state).alias("state").to_frame()
    keys = keys.with_columns(eager.get_column(time).alias("time"))
    return _compare(membership, keys, options, compared)


def _collected(native: NativeFrame) -> nw.DataFrame[Any]:
    """A table in memory behind one interface, from whatever library.

    Raises:
        ColumnError: Two of its columns have one name.
    """
    try:
        frame = wrapped(native)
        return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    except nw.exceptions.DuplicateError:
        raise ColumnError("two columns of the table have one name.", "Rename all but one of them.") from None


def _listed(series: nw.Series[Any]) -> list[Any]:
    """A column as Python values, whatever a library calls null.

    Raises:
        FrameError: A day lies outside Python's calendar.
    """
    nulls = series.is_null().to_list()
    try:
        values = series.to_list()
    except (OverflowError, ValueError) as fault:
        raise FrameError(
            f"column {series.name!r} holds a day outside the years 1 to 9999 ({fault}).",
            "Leave such rows out.",
        ) from None
    return [None if is_null else value for value, is_null in zip(values, nulls, strict=True)]


def _compare(
    membership: Membership, keys: nw.DataFrame[Any], options: ReconcileOptions, compared: Compared
) -> Reconciliation:
    """Their cells beside ours; *keys* are their columns of states and of times, under new names."""
    rule = options.used_rule
    theirs = [_read(coding, options.value) for coding in compared.codings]
    verdicts = [_verdict(*pair) for pair in zip(theirs, compared.ours, strict=True)]
    asked_about = list(zip(compared.states, compared.times, theirs, strict=True))
    disputed = [cell for cell, verdict in zip(asked_about, verdicts, strict=True) if verdict.endswith("only")]
    readings = _agreeing(membership, rule, options.codes, dict.fromkeys(disputed))
    why = [
        None if verdict != "undecided" else "no coding" if coded is None else reason
        for verdict, coded, reason in zip(verdicts, theirs, compared.why, strict=True)
    ]
    backend = str(keys.implementation.value)
    kinds: dict[str, Any] = {"theirs": nw.Boolean(), "ours": nw.Boolean()}
    kinds |= dict.fromkeys(("verdict", "why", "readings"), nw.String())
    columns: dict[str, list[Any]] = {
        "theirs": theirs,
        "ours": compared.ours,
        "verdict": verdicts,
        "why": why,
        "readings": [readings.get(cell) for cell in asked_about],
    }
    about = about_of(membership, "day" if rule is None else "year", rule or "any")
    years = [_year(when, rule) for when in compared.times]
    words = [None if state is None or state != state else str(state) for state in compared.states]  # noqa: PLR0124 (NaN)
    return Reconciliation(
        cells=said_of(side_by_side(keys.to_native(), from_lists(columns, kinds, backend)), backend, about),
        by_state=_summary("state", nw.String(), zip(words, verdicts, strict=True), backend, by_disputes=True),
        by_year=_summary("year", nw.Int64(), zip(years, verdicts, strict=True), backend, by_disputes=False),
        counts={verdict: verdicts.count(verdict) for verdict in VERDICTS},
        undecided=dict(Counter(filter(None, why)).most_common()),
        about=about,
    )


def _read(number: Cell, column: ColumnName) -> bool | None:
    """Their cell as member, not member or unknown; booleans equal the Correlates of War codes 0 and 1."""
    if number is None or _is_nan(number):
        return None
    try:
        return _MEMBER_OF[number]  # 1.0 and True have the hash of 1
    except (KeyError, TypeError):  # TypeError: a list
        raise FrameError(
            f"column {column!r} holds {_named(number)}. Write membership as true and false, or as the Correlates of "
            f"War do: {', '.join(map(str, _MEMBER_OF))}."
        ) from None


def _is_nan(number: object) -> bool:
    """Whether a cell is null under another name: NaN equals nothing, and a list of numbers is no NaN."""
    return isinstance(number, float) and isnan(number)


def _named(number: object) -> str:
    """A cell in an error message; text is marked as text, since '1' looks like the code 1."""
    return f"the text {shortened(repr(number))}" if isinstance(number, str) else shortened(repr(number))


def _verdict(theirs: bool | None, ours: bool | None) -> str:  # noqa: FBT001 (two answers)
    """The verdict for one cell."""
    if theirs is None or ours is None:
        return "undecided"
    if theirs is ours:
        return "agree"
    return "ours only" if ours else "theirs only"


def _agreeing(
    membership: Membership, rule: str | None, codes: str | None, disputed: Iterable[tuple[Any, Any, Any]]
) -> dict[tuple[Any, Any, Any], str]:
    """For each disputed state, time and coding the readings under which they agree, with the fewest changes."""
    row = row_of(membership, codes, "no")
    place: Callable[[Any], Any] = read_day if rule is None else int
    left: dict[Any, tuple[int, Any, int]]
    left = {cell: (row(cell[0]), place(cell[1]), YES if cell[2] else NO) for cell in disputed}
    found: dict[tuple[Any, Any, Any], str] = {}
    axes = _axes(membership, rule)
    for changes in range(1, len(axes) + 1):
        names: dict[tuple[Any, Any, Any], list[str]] = {}
        for changed in itertools.combinations(axes, changes):
            for chosen in itertools.product(*(axes[axis] for axis in changed)) if left else ():
                told = dict(zip(changed, chosen, strict=True))
                question = question_about(
                    "day" if rule is None else "year", told.get("rule", rule) or "any", "member"
                )
                read = membership.reading(
                    basis=told.get("basis"), dating=told.get("dating"), era=told.get("era")
                )
                runs = (*tracks(read, question), track_without_acts(read, question))
                for cell, (number, when, said) in left.items():
                    ours = (
                        period_cells(read, question, when)[number]
                        if isinstance(when, tuple)
                        else runs[number - 1].value_at(when)
                    )
                    if ours == said:
                        names.setdefault(cell, []).append(
                            ", ".join(f"{axis}={to}" for axis, to in told.items())
                        )
        for cell, readings in names.items():
            found[cell] = "; ".join(readings)
            del left[cell]
    return found | dict.fromkeys(left, "none")


def _axes(membership: Membership, rule: str | None) -> dict[str, list[str]]:
    """The options of a reading that can be varied, with their other values; dating "any" decides no more."""
    used = membership.read_as
    steps = {str(step.name) for event in membership.events() for step in event.steps}
    axes: dict[str, tuple[object, list[str]]] = {
        "basis": (used.basis, list(BASES)),
        "dating": (used.dating, ["effect", *sorted(steps)]),
        # Only the last era: restricting to an earlier one would explain away every later "no".
        "era": (used.era, [era.id for era in membership.history.eras[-1:]]),
        "rule": (rule, [] if rule is None else list(RULES)),
    }
    return {axis: [choice for choice in choices if choice != now] for axis, (now, choices) in axes.items()}


def _year(when: Cell, rule: str | None) -> int | None:
    """The year of a time, if it can be read."""
    if when is None:
        return None
    if rule is not None:
        return int(when) if is_year(when) else None
    day = read_day(when)
    first = day[0] if isinstance(day, tuple) else day
    return date.fromordinal(first).year if first is not None and 0 < first <= date.max.toordinal() else None


def _summary(
    name: str,
    kind: nw.dtypes.DType,
    cells: Iterable[tuple[Any, str]],
    backend: str,
    *,
    by_disputes: bool,
) -> NativeFrame:
    """The verdicts counted by state or by year; those of no state and no year come last."""
    counted: dict[Any, dict[str, int]] = {}
    for key, verdict in cells:
        counted.setdefault(key, dict.fromkeys(VERDICTS, 0))[verdict] += 1
    keys = sorted(key for key in counted if key is not None)
    if by_disputes:
        keys.sort(key=lambda key: -counted[key]["ours only"] - counted[key]["theirs only"])
    keys += [None] if None in counted else []
    columns: dict[str, list[Any]] = {name: keys}
    columns |= {verdict: [counted[key][verdict] for key in keys] for verdict in VERDICTS}
    schema: dict[str, Any] = {name: kind} | dict.fromkeys(VERDICTS, nw.Int64())
    return from_lists(columns, schema, backend)
