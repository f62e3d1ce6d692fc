"""Finds, reads and checks facts, and hands out organizations: from a file, from records, or shipped."""

from __future__ import annotations

from os.path import basename
from threading import Lock
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.shipped import shipped_file
from csto_membership._reader.rules import problems_of, problems_of_records
from csto_membership.errors import DatasetError, nearest
from csto_membership.organization import Organization, compiled

if TYPE_CHECKING:
    from os import PathLike

    from csto_membership._facts.records import Dataset
    from csto_membership.claims import PressClaim


def load(path: str | PathLike[str], organization: str | None = None) -> Organization:
    """An organization from a facts file, under the default reading.

    Args:
        path: The file.
        organization: Which one, where the file holds several.

    Raises:
        DatasetError: The file has faults, or does not hold just one or that organization.
        OSError: The file cannot be read.
    """
    return _chosen(read_file(path), organization, basename(path))


def read_file(path: str | PathLike[str]) -> Dataset:
    """The records of a facts file.

    Raises:
        DatasetError: The file has faults; all of them.
        OSError: The file cannot be read.
    """
    from csto_membership._reader.facts_file import read

    with open(path, "rb") as file:
        return read(file.read(), str(path))


def build(dataset: Dataset, organization: str | None = None) -> Organization:
    """An organization from records, under the default reading.

    Args:
        dataset: The records, in any order but for the events of a state.
        organization: Which one, where the records hold several.

    Raises:
        DatasetError: The records have faults, or do not hold just one or that organization.
    """
    check(dataset)
    ordered = evolve(
        dataset,
        states=tuple(sorted(dataset.states, key=lambda state: state.iso3)),
        histories=tuple(sorted(dataset.histories, key=lambda history: history.id)),
        sources=tuple(sorted(dataset.sources, key=lambda source: source.id)),
        instruments=tuple(sorted(dataset.instruments, key=lambda instrument: instrument.id)),
    )
    return _chosen(ordered, organization, "records")


def check(dataset: Dataset) -> None:
    """Check records that were not read from a file.

    Raises:
        DatasetError: They break a rule; all their faults.
    """
    problems = (*problems_of_records(dataset), *problems_of(dataset))
    if problems:
        raise DatasetError(problems)


def _chosen(dataset: Dataset, name: str | None, place: str) -> Organization:
    """The organization that was asked for, from checked records."""
    names = [history.id for history in dataset.histories]
    if name is None and len(names) != 1:
        raise DatasetError(
            (f"{place}: holds {len(names)} organizations: {', '.join(names)}. Say which with organization=.",)
        )
    if name is not None and name not in names:
        raise DatasetError((_unknown(place, name, names),))
    history = dataset.histories[names.index(name) if name else 0]
    return compiled(dataset, history)


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
        return read_claims(file.read(), str(path))


_loading = Lock()
_shipped: dict[str, Organization] = {}


def shipped(name: str) -> Organization:
    """An organization of the facts file that travels with the library, read when first asked for.

    Raises:
        DatasetError: There is no such organization in it.
    """
    with _loading:  # so that two threads get the same object
        if not _shipped:
            from csto_membership._reader.facts_file import read

            dataset = read(shipped_file("membership.yaml"), "membership.yaml")
            _shipped.update({history.id: compiled(dataset, history) for history in dataset.histories})
    if name not in _shipped:
        raise DatasetError((_unknown("membership.yaml", name, list(_shipped)),))
    return _shipped[name]
