"""Compares somebody's coding of a membership with ours, and translates Correlates of War codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import frozen

from csto_membership._answers import Answer, answer
from csto_membership._grids import RULES
from csto_membership._model import BASES, Status
from csto_membership._writing import from_lists
from csto_membership.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from csto_membership.organization import Organization

VERDICTS = ("agree", "ours only", "theirs only", "undecided")
ANY_STATUS = Status(2 ** len(Status) - 1)

_NONE, _FULL, _ASSOCIATE, _OBSERVER, _MISSING, _NOT_IN_SYSTEM = 0, 1, 2, 3, -9, -1
_STATUS_OF = {
    _NONE: Status.OUTSIDE,
    _FULL: Status.MEMBER,
    _ASSOCIATE: Status.SIGNATORY,
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

    0 (no membership) is ``OUTSIDE``, 1 (full) ``MEMBER``, 3 (observer) ``OBSERVER``, and -9 (missing)
    every status at once: nothing is known. 2 (associate) has no equal here; ``SIGNATORY``, a state that
    takes part without being bound, comes nearest. -1 (not in the state system) is ``None``: there
    was no state to have a status. The codes are those of the Intergovernmental Organizations dataset,
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

    1 where every possible status counts on the basis. Where none does: 2 for ``SIGNATORY``, 3 for
    ``OBSERVER``, and 0 for the others, a suspended or former member included. -9 where the possible
    statuses have different codes. ``to_cow(from_cow(code)) == code`` for all six codes.

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


_WITHOUT = {Status.SIGNATORY: _ASSOCIATE, Status.OBSERVER: _OBSERVER}


@frozen(kw_only=True, eq=False)
class Reconciliation:
    """How another coding compares with ours.

    Attributes:
        cells: One row for each of theirs: state, time, theirs, ours, the verdict (``agree``,
            ``ours only``, ``theirs only``, ``undecided``), and for a disputed cell the readings that would
            make it agree, each one change away from the one used; empty where none would.
        by_state: The verdicts counted for each state, those with most disputes first.
        by_year: The same for each year, in order.
        counts: The verdicts counted for all cells.
    """

    cells: Any  # a frame of the caller's library
    by_state: Any
    by_year: Any
    counts: dict[str, int]

    def __str__(self) -> str:
        told = ", ".join(f"{number} {verdict}" for verdict, number in self.counts.items())
        return f"{sum(self.counts.values())} cells: {told}"


def reconcile(  # noqa: PLR0913, PLR0917 (each names one choice of the caller)
    organization: Organization,
    frame: nw.DataFrame[Any],
    state: str,
    time: str,
    value: str,
    rule: str | None,
    annotated: Callable[[Organization, Any, str | None], list[bool | None]],
) -> Reconciliation:
    """Their cells beside ours. *annotated* gives the answers for a native frame under a reading and a rule."""
    states, times = frame[state].to_list(), frame[time].to_list()
    theirs = [_read(number, value) for number in frame[value].to_list()]
    ours = annotated(organization, frame.to_native(), rule)
    verdicts = [_verdict(*pair) for pair in zip(theirs, ours, strict=True)]
    disputed = [place for place, verdict in enumerate(verdicts) if verdict.endswith("only")]
    agreeing: dict[int, list[str]] = {place: [] for place in disputed}
    if disputed:
        part = frame[disputed].to_native()
        for name, reading, other in _readings(organization, rule):
            for place, said in zip(disputed, annotated(reading, part, other), strict=True):
                if said is theirs[place]:
                    agreeing[place].append(name)
    backend = str(frame.implementation.value)
    years = [None if when is None else when if rule is not None else _year(when) for when in times]
    told = [None if place not in agreeing else "; ".join(agreeing[place]) for place in range(len(states))]
    return Reconciliation(
        cells=from_lists(
            {
                "state": [None if name is None else str(name) for name in states],
                "time": [None if when is None else str(when)[:10] for when in times],
                "theirs": theirs,
                "ours": ours,
                "verdict": verdicts,
                "readings": told,
            },
            {
                "state": nw.String(),
                "time": nw.String(),
                "theirs": nw.Boolean(),
                "ours": nw.Boolean(),
                "verdict": nw.String(),
                "readings": nw.String(),
            },
            backend,
        ),
        by_state=_summary("state", zip(map(str, states), verdicts, strict=True), backend, by_disputes=True),
        by_year=_summary("year", zip(map(str, years), verdicts, strict=True), backend, by_disputes=False),
        counts={verdict: verdicts.count(verdict) for verdict in VERDICTS},
    )


def _read(number: Any, column: str) -> bool | None:  # noqa: ANN401 (a cell of any type)
    """What a cell of theirs says: a boolean, or a code of the Correlates of War, of which 0 and 1 are two."""
    if number is None or number != number or type(number).__name__ == "NAType":  # noqa: PLR0124 (NaN equals nothing)
        return None
    if number not in _MEMBER_OF:
        raise FrameError(
            f"column {column!r} holds {number!r}. Write membership as true and false, or as the Correlates of War "
            f"do: {', '.join(map(str, _MEMBER_OF))}."
        )
    return _MEMBER_OF[int(number)]


def _verdict(theirs: bool | None, ours: bool | None) -> str:  # noqa: FBT001 (two answers)
    """What becomes of a cell."""
    if theirs is None or ours is None:
        return "undecided"
    if theirs is ours:
        return "agree"
    return "ours only" if ours else "theirs only"


def _readings(organization: Organization, rule: str | None) -> Iterator[tuple[str, Organization, str | None]]:
    """Every reading one change away: its name, the organization read so, and the rule."""
    used = organization.read_as
    for basis in BASES:
        if basis != used.basis:
            yield f"basis={basis}", organization.reading(basis=basis), rule
    steps = {str(step.name) for event in organization.events() for step in event.steps}
    for dating in ("effect", *sorted(steps)):
        if dating != used.dating:
            yield f"dating={dating}", organization.reading(dating=dating), rule
    for other in RULES if rule is not None else ():
        if other != rule:
            yield f"rule={other}", organization, other


def _year(when: object) -> int | str:
    """The year of a day."""
    return when.year if isinstance(when, date) else str(when)[:4]


def _summary(name: str, cells: Iterable[tuple[str, str]], backend: str, *, by_disputes: bool) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """The verdicts counted by state or by year."""
    counted: dict[str, dict[str, int]] = {}
    for key, verdict in cells:
        counted.setdefault(key, dict.fromkeys(VERDICTS, 0))[verdict] += 1
    keys = sorted(counted)
    if by_disputes:
        keys.sort(key=lambda key: -counted[key]["ours only"] - counted[key]["theirs only"])
    columns: dict[str, list[Any]] = {name: keys}
    columns |= {verdict: [counted[key][verdict] for key in keys] for verdict in VERDICTS}
    schema: dict[str, Any] = {name: nw.String()} | dict.fromkeys(VERDICTS, nw.Int64())
    return from_lists(columns, schema, backend)
