"""Prints a table: each figure the median of several rounds, each ratio against a named peer in the same rounds."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from bisect import bisect_right
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.large import large_dataset, large_organization

from csto_membership import build, csto
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2003, 6, 30)
FIRST_ANSWER = "from csto_membership import csto; csto.members_on('2003-06-30')"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and a tenth of the events")
    options = parser.parse_args()
    rounds = 5 if options.quick else 15
    print(f"Python {platform.python_version()}, {platform.machine()}, median of {rounds} rounds\n")
    print(f"| {'what':58} | {'median':>12} | {'against':36} | {'ratio':>6} | {'limit':>5} |")
    print(f"| {'-' * 58} | {'-' * 11}: | {'-' * 36} | {'-' * 5}: | {'-' * 4}: |")
    one_question(rounds)
    starting_up(rounds)
    commanding(rounds)
    building(rounds=3 if options.quick else 5, organizations=50 if options.quick else 500)


def row(what: str, median: str, against: str, ratio: float | None, limit: float | None) -> None:
    """One line of the table."""
    shown = "" if ratio is None else f"{ratio:.2f}"
    most = "" if limit is None else f"{limit:g}"
    print(f"| {what:58} | {median:>12} | {against:36} | {shown:>6} | {most:>5} |", flush=True)


def paired(rounds: int, ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
    """The median of our seconds, and the median of the round-by-round ratios to the peer's."""
    pairs = [(ours(), peer()) for _ in range(rounds)]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(one / other for one, other in pairs),
    )


SEVEN = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB")


def one_question(rounds: int) -> None:
    """Each question, against a bare bisection over ints and a tuple's index."""
    cuts = list(csto.compiled.segments.cuts)
    rosters = tuple(range(len(cuts) + 1))
    ordinal = DAY.toordinal()
    roster = csto.members_on(DAY)

    def seconds(times: int, ask: Callable[..., object], *arguments: object) -> float:
        start = time.perf_counter()
        for _ in range(times):
            ask(*arguments)
        return (time.perf_counter() - start) / times

    def peer() -> float:
        times = 100_000
        start = time.perf_counter()
        for _ in range(times):
            rosters[bisect_right(cuts, ordinal)]
        return (time.perf_counter() - start) / times

    questions: tuple[tuple[str, int, float | None, Callable[..., object], tuple[Any, ...]], ...] = (
        ("members_on(date)", 100_000, 2.3, csto.members_on, (DAY,)),
        ("members_on(text)", 100_000, 6, csto.members_on, ("2003-06-30",)),
        ("was_member(code, date)", 100_000, 3, csto.was_member, ("UZB", DAY)),
        ("was_member(name, text)", 50_000, 8, csto.was_member, ("Uzbekistan", "2003-06-30")),
        ("code in roster, of a member", 100_000, 3, roster.__contains__, ("RUS",)),
        ("code in roster, of another state", 100_000, 5, roster.__contains__, ("UZB",)),
        ("reading(basis=...), asked again", 50_000, 4, partial(csto.reading, basis="active"), ()),
        ("spells(code)", 50_000, 3, csto.spells, ("UZB",)),
        ("changes()", 20_000, 40, csto.changes, ()),
        ("periods_of(seven states)", 1_000, 250, csto.periods_of, (SEVEN,)),
        ("explain(code, date)", 1_000, 250, csto.explain, ("UZB", DAY)),
    )
    for what, times, limit, ask, arguments in questions:
        seconds(1, ask, *arguments)
        taken, ratio = paired(rounds, partial(seconds, times, ask, *arguments), peer)
        row(what, f"{taken * 1e9:,.0f} ns", "bisect over ints, tuple index", ratio, limit)
    large = large_organization(states=1000, changes=40_000)
    taken = statistics.median(seconds(1, large.together, *large.states[:2]) for _ in range(rounds))
    row("together, of 1,000 states with 40,000 acts", f"{taken * 1e3:.2f} ms", "", None, None)


def starting_up(rounds: int) -> None:
    """Whole processes: the first answer, against importing the libraries that it rests on."""
    # As installed: with bytecode kept, for them as for us.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def process(statement: str) -> Callable[[], float]:
        command = [sys.executable, "-c", statement]

        def run() -> float:
            start = time.perf_counter()
            subprocess.run(command, check=True, env=environment)  # noqa: S603 (our own)
            return time.perf_counter() - start

        run()
        return run

    libraries = process("import attrs, pendulum, yaml")
    for what, statement, limit in (
        ("import csto_membership", "import csto_membership", None),
        ("import csto_membership, first answer", FIRST_ANSWER, 1.1),
        ("the same, and one pendulum date", f"{FIRST_ANSWER}; csto.spells('UZB')", None),
    ):
        seconds, ratio = paired(rounds, process(statement), libraries)
        row(what, f"{seconds * 1e3:.0f} ms", "import attrs, pendulum, yaml", ratio, limit)


def commanding(rounds: int) -> None:
    """The command as a whole process, against importing the libraries that it rests on."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def process(*words: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
        return time.perf_counter() - start

    ours = partial(process, "-m", "csto_membership", "members", "2003-06-30")
    libraries = partial(process, "-c", "import attrs, pendulum, yaml")
    ours()
    seconds, ratio = paired(rounds, ours, libraries)
    row("csto-membership members DAY", f"{seconds * 1e3:.0f} ms", "import attrs, pendulum, yaml", ratio, 1.2)


def building(rounds: int, organizations: int) -> None:
    """Checking and compiling records, and whether that grows with their number and no faster."""

    def seconds(organizations: int, states: int, changes: int) -> float:
        """Check the records, and compile every organization, each question's segments included."""
        dataset = large_dataset(organizations, states, changes)
        start = time.perf_counter()
        first = build(dataset, dataset.histories[0].id)
        for history in dataset.histories[1:]:
            compile_history(first.dataset, history, Reading())
        return time.perf_counter() - start

    events = organizations * 400
    times = [seconds(organizations, 200, 400) for _ in range(rounds)]
    each = statistics.median(times) / events
    row(
        f"check and compile {organizations} organizations, {events:,} events",
        f"{each * 1e6:.1f} µs",
        "an event",
        each * 1e6,
        12,
    )
    half = organizations // 2
    sizes: tuple[tuple[str, tuple[int, int, int], tuple[int, int, int]], ...] = (
        ("twice the organizations", (organizations, 200, 400), (half, 200, 400)),
        ("twice the events in each", (half, 200, 800), (half, 200, 400)),
    )
    for what, larger, smaller in sizes:
        taken, ratio = paired(rounds, partial(seconds, *larger), partial(seconds, *smaller))
        row(what, f"{taken:.2f} s", "half of them", ratio, 2.3)


if __name__ == "__main__":
    main()
