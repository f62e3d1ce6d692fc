"""Finds, reads and checks facts, and hands out organizations: from a file, from records, or shipped."""

from __future__ import annotations

import copyreg
import os
from itertools import islice
from os import PathLike
from os.path import basename
from threading import Lock
from typing import TYPE_CHECKING, Any

from attrs import asdict, evolve

from csto_membership._facts.copies import with_tuples, without_places
from csto_membership._facts.records import Dataset
from csto_membership._facts.shipped import shipped_file
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.reading import Reading
from csto_membership._reader.limits import HOPELESS, LARGEST_FILE, first_faults
from csto_membership._reader.rules import problems_of, problems_of_records
from csto_membership.errors import DatasetError, nearest, shown
from csto_membership.organization import Organization

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership._facts.dates import Day
    from csto_membership._facts.records import History, Source
    from csto_membership._facts.states import State
    from csto_membership._membership.tracks import Rule
    from csto_membership.claims import PressClaim
    from csto_membership.frames._spells_table import Ends
    from csto_membership.frames._state_years import Absent, Before


def load(path: str | PathLike[str], organization: str | None = None) -> Organization:
    """An organization from a facts file, under the default reading.

    Args:
        path: The file.
        organization: Which one, where the file holds several.

    Raises:
        DatasetError: The file has faults, or does not hold just one or that organization.
        OSError: The file cannot be read.
    """
    if not isinstance(path, str | PathLike):
        problem = (
            f"load: expected the path of a facts file, got a {type(path).__name__}. Read a table of spells with "
            "from_spells(), one of state-years with from_state_years()."
        )
        raise DatasetError((problem,))
    return _chosen(read_file(path), organization, basename(path))


def read_file(path: str | PathLike[str]) -> Dataset:
    """The records of a facts file.

    Raises:
        DatasetError: The file has faults; all of them.
        OSError: The file cannot be read.
    """
    from csto_membership._reader.facts_file import read

    with open(path, "rb") as file:
        return read(file.read(LARGEST_FILE + 1), str(path))


def build(dataset: Dataset, organization: str | None = None) -> Organization:
    """An organization from records, under the default reading.

    Args:
        dataset: The records in any order, except that a state's events stand in the order in which they
            happened.
        organization: Which one, where the records hold several.

    Raises:
        DatasetError: The records have faults, or do not hold just one or that organization.
    """
    if not isinstance(dataset, Dataset):
        problem = (
            f"records: expected a Dataset, got {shown(dataset)}. "
            "Read a file with load(), a table with from_spells() or from_state_years()."
        )
        raise DatasetError((problem,))
    dataset = with_tuples(dataset)  # so that lists of the caller's change nothing later
    check(dataset)
    ordered = evolve(
        dataset,
        states=tuple(sorted(dataset.states, key=lambda state: state.iso3)),
        histories=tuple(sorted(dataset.histories, key=lambda history: history.id)),
        sources=tuple(sorted(dataset.sources, key=lambda source: source.id)),
        instruments=tuple(sorted(dataset.instruments, key=lambda instrument: instrument.id)),
    )
    return _chosen(ordered, organization, "records")


def from_json(text: str | bytes) -> Organization:
    """The organization that an export in JSON was made of: the inverse of ``Organization.to_json``.

    Its records are checked as those of a facts file are, and it is read as it was. What the file derives from them, the
    spells, is for other readers and not read. An edited file has other records than its ``data_version`` says: take
    that field out.

    Args:
        text: The export.

    Raises:
        DatasetError: It is no such export, its records have faults, or are not those of its data version.
        ReadingError: Its reading has an option that does not exist.

    Examples:
        >>> from csto_membership import csto, from_json
        >>> from_json(csto.to_json()) == csto
        True
    """
    from csto_membership._reader.json_file import read_json

    exported = read_json(text, "json")
    organization = build(exported.dataset)
    if exported.data_version not in {None, organization.data_version}:
        problem = (
            f"json: data_version: {exported.data_version!r} is not that of the records, which is "
            f"{organization.data_version!r}. Export them anew, or take the field out to read edited records."
        )
        raise DatasetError((problem,))
    return _under(organization, exported.reading, exported.beside)


def from_spells(  # noqa: PLR0913 (each names a column or a choice of the caller)
    table: object,
    *,
    state: str,
    start: str,
    end: str,
    status: str | None = None,
    organization: str | None = None,
    name: str | None = None,
    ends: Ends | None = None,
    closed: bool = True,
    verified_through: Day,
    source: Source | str | None = None,
    codes: str | None = None,
    states: Sequence[State] = (),
) -> Any:  # noqa: ANN401 (an organization, or several by name)
    """An organization from a table of spells, one row a spell.

    Nothing is invented: a table does not say how a membership ended, so the act is ``end``, and all acts have one
    source, the table. Dates may be as imprecise as a facts file writes them. Rows of one state may stand in any
    order; a row that is ``OUTSIDE`` or ``FORMER`` says no more than that no other spell is there.

    Args:
        table: A dataframe, or the path of a CSV file (read as text) or a Parquet file.
        state: The column of states, by any code or name.
        start: The column of first days.
        end: The column of ends; an empty cell means that the spell lasts.
        status: The column of statuses, by their names; without it every row is a membership.
        organization: The column of organizations, if the table holds several.
        name: What the organization is called; without it the file's name.
        ends: Whether an end is the first day outside, ``"exclusive"``, or the last day inside, ``"last-day"``.
            There is no default: tables differ, and only you know yours.
        closed: Whether the table holds every state that ever belonged to the organization.
        verified_through: The last day up to which the table is right.
        source: Where the table is from: a record, or a title.
        codes: The only scheme of codes to look states up in, such as ``"cow"``; without it any code or name.
        states: Records of states that the world's list does not have, by which they are found.

    Returns:
        The organization under the default reading; with *organization*, one for each name in that column.

    Raises:
        DatasetError: Rows have faults; all of them, each with its place.
        FrameError: It is no table that can be read, or *ends* is not given.
        ColumnError: The table lacks a column.
        OSError: The file cannot be read.

    Examples:
        >>> import pandas as pd
        >>> from csto_membership import from_spells
        >>> table = pd.DataFrame({"who": ["DNK", "SWE"], "from": ["1960", "1960"], "to": ["1972-12-31", None]})
        >>> efta = from_spells(
        ...     table, state="who", start="from", end="to", ends="last-day", verified_through="1990-12-31", name="EFTA"
        ... )
        >>> efta.members_on("1973-01-01").codes()
        ('SWE',)
    """
    from csto_membership.frames._spells_table import SpellsOptions, spells_table

    options = SpellsOptions(
        state=state,
        start=start,
        end=end,
        status=status,
        organization=organization,
        name=name,
        ends=ends,
        closed=closed,
        verified_through=verified_through,
        source=source,
        codes=codes,
        states=tuple(states),
    )
    return _of_tables(spells_table(table, options), is_one=organization is None)


def from_state_years(  # noqa: PLR0913 (each names a column or a choice of the caller)
    table: object,
    *,
    state: str,
    year: str,
    value: str,
    rule: Rule,
    organization: str | None = None,
    name: str | None = None,
    absent: Absent = "outside",
    before: Before | None = None,
    closed: bool = True,
    source: Source | str | None = None,
    codes: str | None = None,
    states: Sequence[State] = (),
) -> Any:  # noqa: ANN401 (an organization, or several by name)
    """An organization from state-years, as codings of political science have them.

    A coded year becomes acts as wide as the *rule* of the coding leaves them, so that the same rule gives the table
    back, and a question about a day gets honest doubt. The fewest acts that fit are taken: changes that the coding
    cannot show are taken not to have happened.

    Args:
        table: A dataframe, or the path of a CSV file (read as text) or a Parquet file.
        state: The column of states, by any code or name.
        year: The column of years.
        value: The column of codes, those of the Correlates of War: 0 none, 1 member, 2 associate, 3 observer, -9 or
            empty missing, -1 not in the system of states.
        rule: How the coding made one value of a year: 1 for ``"any"`` day as a member, for ``"all"`` days, for the
            one at the ``"start"`` or ``"end"``, or at ``"midyear"``, 1 July.
        organization: The column of organizations, if the table holds several.
        name: What the organization is called; without it the file's name.
        absent: What a year without a row is, after a state's first one: ``"outside"`` or ``"missing"``.
        before: What a state that is coded 1, 2 or 3 in the organization's first year was before it:
            ``"outside"``, so that it joined by then, or ``"open"``. Needed only if there is such a state.
        closed: Whether the table holds every state that ever belonged to the organization.
        source: Where the table is from: a record, or a title.
        codes: The only scheme of codes to look states up in, such as ``"cow"``; without it any code or name.
        states: Records of states that the world's list does not have, by which they are found.

    Returns:
        The organization under the default reading; with *organization*, one for each name in that column.

    Raises:
        DatasetError: Rows have faults; all of them, each with its place.
        FrameError: It is no table that can be read, or an option does not exist.
        ReadingError: There is no such rule.
        ColumnError: The table lacks a column.
        OSError: The file cannot be read.

    Examples:
        >>> import pandas as pd
        >>> from csto_membership import from_state_years
        >>> table = pd.DataFrame({"ccode": [390, 390, 390], "year": [1959, 1960, 1961], "member": [0, 1, 1]})
        >>> efta = from_state_years(
        ...     table, state="ccode", year="year", value="member", rule="any", codes="cow", name="EFTA"
        ... )
        >>> str(efta.was_member("DNK", "1960-05-02")), str(efta.was_member("DNK", "1961-01-01"))
        ('unknown', 'yes')
    """
    from csto_membership.frames._state_years import StateYearsOptions, state_years

    options = StateYearsOptions(
        state=state,
        year=year,
        value=value,
        rule=rule,
        organization=organization,
        name=name,
        absent=absent,
        before=before,
        closed=closed,
        source=source,
        codes=codes,
        states=tuple(states),
    )
    return _of_tables(state_years(table, options), is_one=organization is None)


def _of_tables(datasets: dict[str, Dataset], *, is_one: bool) -> Organization | dict[str, Organization]:
    """The organizations of records that were made of a table, checked together."""
    found = (problem for dataset in datasets.values() for problem in _problems(dataset))
    problems = tuple(islice(found, HOPELESS))
    if problems:
        raise DatasetError(first_faults(problems, "table"))
    made = {name: _default(dataset, dataset.histories[0]) for name, dataset in datasets.items()}
    return next(iter(made.values())) if is_one else made


def check(dataset: Dataset) -> None:
    """Check records that were not read from a file.

    Raises:
        DatasetError: They break a rule; their faults, a hundred at most.
    """
    problems = tuple(islice(_problems(dataset), HOPELESS))
    if problems:
        raise DatasetError(first_faults(problems, "records"))


def _problems(dataset: Dataset) -> Iterator[str]:
    """All faults of records that were not read from a file."""
    yield from problems_of_records(dataset)
    yield from problems_of(dataset)


def _chosen(dataset: Dataset, name: str | None, place: str) -> Organization:
    """The organization that was asked for, from checked records."""
    names = [history.id for history in dataset.histories]
    if name is None and len(names) != 1:
        raise DatasetError(
            (f"{place}: holds {len(names)} organizations: {', '.join(names)}.",),
            "Say which with organization=.",
            option="organization",
        )
    if name is not None and name not in names:
        raise DatasetError((_unknown(place, name, names),))
    history = dataset.histories[names.index(name) if name else 0]
    return _default(dataset, history)


def _default(dataset: Dataset, history: History) -> Organization:
    """An organization under the default reading."""
    return Organization(compiled=compile_history(dataset, history, Reading()))


def _unknown(place: str, name: str, names: list[str]) -> str:
    """The fault of asking for an organization that is not there."""
    return f"{place}: no organization {name!r}{nearest(name, names)} It holds {', '.join(names)}."


def press_claims(path: str | PathLike[str] | None = None) -> tuple[PressClaim, ...]:
    """The claims of a file, with the verdicts expected; by default those that travel with the library.

    Raises:
        DatasetError: The file has faults; all of them.
        OSError: The file cannot be read.
    """
    from csto_membership._reader.claims_file import read_claims

    if path is None:
        return read_claims(shipped_file("press-claims.yaml"), "press-claims.yaml")
    with open(path, "rb") as file:
        return read_claims(file.read(LARGEST_FILE + 1), str(path))


SHIPPED = {
    "CSTO": "membership.yaml",
    "CSTO-PA": "membership.yaml",
    **{name: f"neighbours/{name.lower()}.yaml" for name in ("CIS", "EAEU", "EURASEC", "GUAM", "SCO")},
}
"""The organizations that travel with the library, each with its file."""

_loading = Lock()
if hasattr(os, "register_at_fork"):  # pragma: no branch (Windows does not fork)
    # A process forked while another thread holds the lock would wait for ever: it has no such thread.
    os.register_at_fork(
        before=_loading.acquire, after_in_parent=_loading.release, after_in_child=_loading.release
    )
_shipped: dict[str, Organization] = {}


def shipped(name: str) -> Organization:
    """An organization that travels with the library, read when first asked for.

    The record of the CSTO is the maintained one. Those of its neighbours (CIS, EAEU, EURASEC, GUAM, SCO) each have the
    last day that their own pages support.

    Raises:
        DatasetError: There is no such organization among them.
    """
    if name not in SHIPPED:
        raise DatasetError((_unknown("the library", name, list(SHIPPED)),))
    with _loading:  # so that two threads get the same object
        if name not in _shipped:
            from csto_membership._reader.facts_file import read

            dataset = read(shipped_file(SHIPPED[name]), SHIPPED[name])
            _shipped.update({history.id: _default(dataset, history) for history in dataset.histories})
    return _shipped[name]


# How organizations pickle: what hangs on them (readings, rosters, tables) is computed anew where they arrive.


def _reduced(organization: Organization) -> tuple[object, ...]:
    """What a pickle of an organization holds: the name of a shipped one, the records of another."""
    compiled = organization.compiled
    name, reading = compiled.history.id, compiled.reading
    beside = tuple(state for state in compiled.states if state.iso3 in compiled.beside)
    known = _shipped.get(name)
    if known is not None and known.compiled.full_history is compiled.full_history:
        return _from_shipped, (name, compiled.data_version, reading, beside)
    return _from_records, (without_places(compiled.dataset), name, reading, beside)


def _from_shipped(name: str, version: str, reading: Reading, beside: tuple[State, ...]) -> Organization:
    """A shipped organization out of a pickle.

    Raises:
        DatasetError: The facts that travel with this library are others than those it was pickled under.
    """
    organization = shipped(name)
    if organization.data_version != version:
        problem = (
            f"{name} was pickled under the facts {version}, and this library ships {organization.data_version}. "
            "Use one version of csto-membership on both sides."
        )
        raise DatasetError((problem,))
    return _under(organization, reading, beside)


def _from_records(dataset: Dataset, name: str, reading: Reading, beside: tuple[State, ...]) -> Organization:
    """An organization out of a pickle of its records."""
    return _under(_chosen(dataset, name, "records"), reading, beside)


def _under(organization: Organization, reading: Reading, beside: tuple[State | str, ...]) -> Organization:
    """An organization under a reading, with *beside* as further states that it can be asked about."""
    return organization.reading(**asdict(reading, recurse=False)).beside(beside)


copyreg.pickle(Organization, _reduced)  # type: ignore[arg-type] # a reducer may return any callable
