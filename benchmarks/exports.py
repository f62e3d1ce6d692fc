"""What an export costs, against the checking and compiling that made the organizations.

Run ``python -m benchmarks.exports``; ``--quick`` takes a tenth of the organizations.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.large import large_dataset

from csto_membership import Organization, check
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership import Dataset

STATES, EVENTS = 20, 400  # of an organization
LIMIT = 3  # times what checking and compiling takes


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50 organizations, not 500")
    count = 50 if parser.parse_args().quick else 500
    dataset = large_dataset(count, STATES, EVENTS)
    print(f"{count} organizations, {count * EVENTS} events, the better of two rounds, limit {LIMIT}\n")
    print("| what                                |  seconds | times checking and compiling |")
    print("| ----------------------------------- | -------: | ---------------------------: |")
    base = min(_timed(lambda: _compiled(dataset)) for _ in range(2))
    print(f"| {'check and compile':35} | {base:8.2f} | {'1.0':>28} |")
    with TemporaryDirectory() as folder:
        exports: dict[str, Callable[[Organization], object]] = {
            "data_version": lambda organization: organization.data_version,
            "to_json(), written": lambda organization: _write(
                Path(folder) / "export.json", organization.to_json()
            ),
            "to_csv(), spells": lambda organization: organization.to_csv(Path(folder) / "spells.csv"),
            "to_csv(), events": lambda organization: organization.to_csv(
                Path(folder) / "events.csv", "events"
            ),
            'to_sql("postgresql18")': lambda organization: organization.to_sql("postgresql18"),
        }
        for name, export in exports.items():
            seconds = min(_export(_compiled(dataset), export) for _ in range(2))
            print(f"| {name:35} | {seconds:8.2f} | {seconds / base:28.1f} |", flush=True)


def _compiled(dataset: Dataset) -> list[Organization]:
    """The organizations, checked and compiled anew, so that nothing is kept from before."""
    check(dataset)
    return [
        Organization(compiled=compile_history(dataset, history, Reading())) for history in dataset.histories
    ]


def _export(organizations: list[Organization], export: Callable[[Organization], object]) -> float:
    """The seconds that it takes to export all of them."""

    def run() -> None:
        for organization in organizations:
            export(organization)

    return _timed(run)


def _timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _write(path: Path, text: str) -> None:
    """A text as a file."""
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
