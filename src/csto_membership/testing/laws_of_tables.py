"""Laws of the tables: each cell is what the questions about one state and one day say."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.util import find_spec
from itertools import combinations
from typing import TYPE_CHECKING, Any

from csto_membership import Answer, BeyondHorizonError
from csto_membership.testing.acts import EVERY, counted
from csto_membership.testing.diary import may_avoid
from csto_membership.testing.edges import edge_days
from csto_membership.testing.laws_of_answers import days_that_tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership import Organization, State
    from csto_membership.testing.asking import Asking

LIBRARIES = ("pandas", "polars", "pyarrow")
_RULES = ("any", "all", "start", "end", "midyear")
_CELL = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}
_MOST_YEARS = 60
_DECEMBER = 12


def installed() -> tuple[Any, ...]:
    """The libraries of tables that are there, if there is what tables need as well."""
    needed = all(find_spec(name) for name in ("narwhals", "numpy"))
    return tuple(name for name in LIBRARIES if needed and find_spec(name))


def lacks_tables() -> str:
    """What is missing for a law of tables."""
    if installed():
        return ""
    return "no library of tables is installed. Run: pip install 'csto-membership[frames]' pandas"


def panels_are_the_answers(asking: Asking) -> None:
    """A cell of a panel is what its rule makes of the answers on the days of its year, month or day."""
    for organization in asking.some_readings():
        for freq, rule, first, after in _stretches(organization):
            wanted = {
                (state.iso3, label): (state, days, _by_rule(organization, state, days, rule))
                for state in organization.states
                for label, days in _times(freq, first, after)
            }
            for backend in installed()[: None if rule == "any" else 1]:
                table = organization.panel(first, after, freq=freq, rule=rule, backend=backend)
                found = {row[:2]: row[2] for row in _rows(table, "state", freq, "member")}
                asking.agree(
                    organization, None, "", rows_of_the_panel=sorted(found), states_and_times=sorted(wanted)
                )
                for place, (state, days, possible) in wanted.items():
                    cell = found[place]
                    answer = cell if cell in possible else possible[0]
                    name = f"panel({freq}, {rule}, {backend})"
                    asking.agree(organization, state, days, **{name: cell, "answers": answer})


def _stretches(organization: Organization) -> Iterator[tuple[Any, Any, Any, Any]]:
    """What panels are made of: a freq, a rule, the first year or day and the first that no longer counts."""
    days = edge_days(organization.reading(extrapolate=False))
    last = organization.horizon
    first_year = max(days[len(days) // 8].year, last.year - _MOST_YEARS)
    for rule in _RULES:
        yield "year", rule, first_year, last.year + 2
    middle = days[len(days) // 2]
    for rule in _RULES[:-1]:
        start = middle.replace(day=1)
        yield "month", rule, start, _month_after(start, 14)
        yield "month", rule, last.replace(day=1), _month_after(last, 2)
    yield "day", "any", middle, middle + timedelta(days=40)
    yield "day", "any", last - timedelta(days=3), last + timedelta(days=3)


def _month_after(day: date, months: int) -> date:
    """The first day of a later month."""
    place = 12 * day.year + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _times(freq: str, first: Any, after: Any) -> Iterator[tuple[Any, tuple[date, date]]]:  # noqa: ANN401 (years or days)
    """The years, months or days of a panel: how the panel writes each, and its half-open days."""
    if freq == "year":
        for year in range(first, after):
            yield year, (date(year, 1, 1), date(year + 1, 1, 1))
    while freq != "year" and first < after:
        following = first + timedelta(days=1) if freq == "day" else _month_after(first, 1)
        yield (
            first,
            (date(first.year, first.month, first.day), date(following.year, following.month, following.day)),
        )
        first = following


def _by_rule(
    organization: Organization, state: State, days: tuple[date, date], rule: str
) -> tuple[bool | None, ...]:
    """The possible cells of a rule for a year, month or day: one, or two where no diary can decide.

    Any and all are decided over all consistent choices of dates: a state that joined on some day of a year was a
    member on one of its days, though on none for certain.
    """
    first, after = days
    if rule not in {"any", "all"}:
        chosen = {"start": first, "end": after - timedelta(days=1), "midyear": first.replace(month=7, day=1)}
        return (_cell(organization, state, chosen[rule]),)
    known = min(after, _after_known(organization))
    if first >= known:
        return (None,)
    cells = {_cell(organization, state, day) for day in days_that_tell(organization, state, first, known)}
    decisive = rule == "any"
    if decisive in cells:
        return (decisive,)
    if None not in cells:
        return (not decisive,) if known == after else (None,)
    events, history = organization.events(state), organization.history
    if (
        organization.read_as.era is not None
        or any(gap.state == state.iso3 for gap in history.gaps)
        or not events
    ):
        return None, decisive
    statuses = counted(organization.read_as.basis)
    statuses = statuses if decisive else EVERY & ~statuses
    is_open = may_avoid(events, statuses, first, known, dating=organization.read_as.dating)
    return (None,) if is_open else (decisive,)


def _after_known(organization: Organization) -> date:
    """The first day that cannot be asked about."""
    if organization.read_as.extrapolate:
        return date.max
    return date.fromordinal(organization.horizon.toordinal() + 1)


def _cell(organization: Organization, state: State, when: date | tuple[date, date]) -> bool | None:
    """The answer about a day or a period as a table gives it."""
    try:
        return _CELL[organization.was_member(state, when)]
    except BeyondHorizonError:
        return None


def _rows(table: Any, *columns: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 (a frame of any library)
    """The rows of a table, days as days and every null as ``None``."""
    import narwhals as nw

    frame = nw.from_native(table, eager_only=True)
    return list(zip(*([_plain(value) for value in frame[name].to_list()] for name in columns), strict=True))


def _plain(value: Any) -> Any:  # noqa: ANN401 (a cell)
    """A cell as a plain Python value."""
    if isinstance(value, date) and value == value:  # noqa: PLR0124 (pandas' NaT equals nothing)
        return date.fromordinal(value.toordinal())
    return value if isinstance(value, str | int | bool) else None


def dyads_are_both(asking: Asking) -> None:
    """Two states are a pair of a year if both were members on one of its days, and none if that is not possible."""
    for organization in asking.some_readings():
        states = organization.states
        year = organization.horizon.year
        years = range(max(edge_days(organization)[0].year, year - _MOST_YEARS), year + 1)
        for backend in installed():
            table = organization.dyads(years[0], years[-1] + 1, rows="all", backend=backend)
            found = {row[:3]: row[3] for row in _rows(table, "state1", "state2", "year", "member")}
            asking.agree(
                organization,
                None,
                "",
                rows_of_dyads=len(found),
                pairs_times_years=len(years) * len(list(combinations(states, 2))),
            )
            certain = organization.dyads(years[0], years[-1] + 1, backend=backend)
            listed = set(_rows(certain, "state1", "state2", "year"))
            asking.agree(
                organization,
                None,
                "",
                dyads=sorted(listed),
                the_true_rows_of_all=sorted(pair for pair, member in found.items() if member),
            )
            for one, other in combinations(states, 2):
                for place in years:
                    said = found[one.iso3, other.iso3, place]
                    wanted = _met(organization, one, other, place)
                    # Where no day is certain, they may have met in every consistent choice of dates all the same.
                    if wanted is not None or said is False:
                        name = f"dyads with {other.iso3}"
                        asking.agree(organization, one, place, **{name: said, "answers": wanted})


def _met(organization: Organization, one: State, other: State, year: int) -> bool | None:
    """Whether two states were members on one day of a year, by the answers about its days."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = {
        *days_that_tell(organization, one, first, after),
        *days_that_tell(organization, other, first, after),
    }
    if first < _after_known(organization) < after:
        days.add(_after_known(organization))
    both = set()
    for day in days:
        cells = {_cell(organization, one, day), _cell(organization, other, day)}
        both.add(False if False in cells else None if None in cells else True)
    return True if True in both else None if None in both else False


def annotated_rows_are_the_answers(asking: Asking) -> None:
    """A row of an annotated table has the answer, the status and, where there is none, the reason."""
    import narwhals as nw

    for organization in asking.some_readings():
        past = () if organization.read_as.extrapolate else (organization.horizon + timedelta(days=1),)
        days = [date.fromordinal(day.toordinal()) for day in (*asking.days(organization), *past)]
        rows: list[tuple[State | None, date | None]] = [
            *((state, day) for state in asking.states(organization) for day in days),
            (organization.states[0] if organization.states else None, None),
            (None, days[0]),
        ]
        content = {
            "iso3": [state and state.iso3 for state, _ in rows],
            "date": [day for _, day in rows],
        }
        for backend in installed():
            table = nw.from_dict(content, backend=backend).to_native()
            told = organization.annotate(
                table, state="iso3", on="date", status="status", why="why", unknown="null"
            )
            for (state, day), found in zip(rows, _rows(told, "member", "status", "why"), strict=True):
                wanted = _annotated(organization, state, day)
                asking.agree(organization, state, day or "no day", annotate=list(found), answers=list(wanted))


def annotated_periods_are_the_answers(asking: Asking) -> None:
    """A row of a table of periods has the answer over all its days, in memory and where it is planned."""
    import narwhals as nw

    for organization in asking.some_readings():
        periods = list(asking.periods(organization))
        if not organization.read_as.extrapolate:
            periods.append((periods[0][0], organization.horizon + timedelta(days=2)))
        rows = [(state, period) for state in asking.states(organization) for period in periods]
        content = {
            "iso3": [state.iso3 for state, _ in rows],
            "start": [first for _, (first, _) in rows],
            "end": [after for _, (_, after) in rows],
        }
        libraries = [(backend, False) for backend in installed()]
        planned = [(backend, True) for backend in installed() if backend == "polars"]
        for backend, is_planned in libraries + planned:
            table: Any = nw.from_dict(content, backend=backend)
            told = organization.annotate(
                table.lazy() if is_planned else table,
                on="start",
                until="end",
                status="status",
                why="why",
                unknown="null",
            )
            told = told.collect() if is_planned else told
            for (state, period), found in zip(rows, _rows(told, "member", "status", "why"), strict=True):
                wanted = _annotated(organization, state, period)
                name = f"annotate until ({backend}{', planned' if is_planned else ''})"
                asking.agree(organization, state, period, **{name: list(found), "answers": list(wanted)})


def _annotated(
    organization: Organization, state: State | None, when: date | tuple[date, date] | None
) -> tuple[bool | None, str | None, str | None]:
    """The answer, the status and the reason for a row."""
    if when is None or state is None:
        return None, None, "no date" if when is None else "no state"
    try:
        status = str(organization.status_on(state, when))
    except BeyondHorizonError:
        return None, None, "past the horizon"
    cell = _cell(organization, state, when)
    return cell, status, "open" if cell is None else None


def spells_of_tables_are_the_spells(asking: Asking) -> None:
    """The table of spells has a row for each spell, with its status and its half-open bounds."""
    for organization in asking.some_readings():
        for backend in installed():
            rows = _rows(organization.to_frame("spells", backend=backend), "state", "status", "start", "end")
            wanted = [
                (state.iso3, str(spell.status), _plain(spell.start), _plain(spell.end))
                for state in organization.states
                for spell in organization.spells(state)
            ]
            asking.agree(organization, None, "", rows_of_spells=len(rows), spells=len(wanted))
            for row, spell in zip(rows, wanted, strict=True):
                asking.agree(organization, organization.state(row[0]), "", to_frame=row, spells=spell)
