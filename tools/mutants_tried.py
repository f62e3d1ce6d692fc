"""Runs the tests of each mutant in a fork of a process that has collected them; ``mutants.py`` is the command."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

MUTANTS = Path(__file__).resolve().parent.parent / "mutants"
_REACHED = MUTANTS / "reached.json"
_LONGEST = 2.0  # seconds; a test that takes longer is not run for each change
_MEMORY = 12 * 2**30  # of addresses: libraries of tables reserve several gigabytes that they never touch
_SAID_EVERY = 50
_READING = "reading the facts"  # what no test does by itself, since all share the shipped organizations


class Tests:
    """The collected tests as units that stand alone, each with the functions that it reaches."""

    def __init__(self, session: pytest.Session) -> None:
        """Group the examples of a page, which build on each other, and keep every other test by itself."""
        self.session = session
        self.units: dict[str, list[pytest.Item]] = defaultdict(list)
        for test in session.items:
            of_a_page = "sybil" in type(test).__module__
            self.units[test.nodeid.partition("::")[0] if of_a_page else test.nodeid].append(test)

    def failed(self, unit: str, seconds: float) -> bool:
        """Whether a unit fails; a process that takes longer than *seconds* ends."""
        signal.setitimer(signal.ITIMER_PROF, seconds)
        failures = 0
        tests = self.units[unit]
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            runner = importlib.import_module("_pytest.runner")
            reports = runner.runtestprotocol(test, log=False, nextitem=following)
            failures += sum(report.failed for report in reports)
            if failures:
                break
        signal.setitimer(signal.ITIMER_PROF, 0)
        return failures > 0


def run_as(mutant: str) -> None:
    """Make every changed function run as this mutant has it, here and in processes that begin here."""
    trampoline = importlib.import_module("mutmut.mutation.trampoline")
    trampoline.set_mutant_under_test(mutant)
    vars(trampoline)["get_mutant_under_test"] = lambda: mutant  # the environment takes long to read


@functools.cache
def _kept() -> tuple[list[Any], list[dict[object, Any]]]:
    """What the library keeps between questions: cached functions, and dictionaries."""
    functions, dictionaries = [], []
    for thing in gc.get_objects():
        kind = f"{type(thing).__module__}.{type(thing).__name__}"
        if kind == "functools._lru_cache_wrapper":
            functions += [thing] if str(thing.__module__).startswith("csto_membership") else []
        elif kind == "csto_membership._membership.compiled.Compiled":
            dictionaries.append(thing.cache)
        elif kind == "csto_membership.organization.Organization":
            dictionaries += [getattr(thing, name) for name in ("_rosters", "_words", "_asked")]
    return functions, dictionaries


def _forget() -> None:
    """Empty what the library keeps, as if this process had only now begun."""
    functions, dictionaries = _kept()
    for function in functions:
        function.cache_clear()
    for kept in dictionaries:
        kept.clear()


def _read_anew() -> None:
    """Read the shipped facts again, and put them into the organizations that tests have imported."""
    loading = importlib.import_module("csto_membership.loading")
    shipped: dict[str, Any] = vars(loading)["_shipped"]
    before = dict(shipped)
    shipped.clear()
    for name, organization in before.items():
        fresh = loading.shipped(name)
        for field in ("compiled", "_last", "_cuts"):
            object.__setattr__(organization, field, getattr(fresh, field))
        family: dict[object, object] = organization._family.made  # noqa: SLF001 (it has no other name)
        family.clear()
        family[organization.compiled.reading] = organization
    shipped.update(before)


def _import_all(package: ModuleType) -> None:
    """Import what tests would import, once and not in each fork; what is not installed is left to them."""
    rooms = [module.name for module in pkgutil.walk_packages(package.__path__, "csto_membership.")]
    for name in (*rooms, "narwhals", "numpy", "pandas", "polars", "pyarrow", "babel", "jsonschema"):
        if not name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


class Trial:
    """The plugin that runs the tests again for each change."""

    def __init__(
        self, names: list[str], budget: float, children: int, keep: Callable[[dict[str, str]], None]
    ) -> None:
        """Take the mutants to try, the seconds for each, and what keeps their verdicts."""
        self.names, self.budget, self.children, self.keep = names, budget, children, keep
        self.verdicts: dict[str, str] = {}
        self.seconds = 0.0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """Say that a test failed without its traceback, which takes longer to write than most tests to run."""
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return None
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", "failed", call.when)  # type: ignore[arg-type] # a test is not collected here

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out what each test reaches, then try each mutant."""
        package = importlib.import_module("csto_membership")
        if not str(package.__file__).startswith(str(MUTANTS)):
            raise RuntimeError(f"the tests would run on {package.__file__}")
        importlib.import_module("csto_membership.loading").shipped("CSTO")
        _import_all(package)
        tests = Tests(session)
        gc.collect()
        _kept()
        reached = _reached(tests)
        gc.freeze()
        self._try(tests, reached)
        return True

    def _try(self, tests: Tests, reached: dict[str, Any]) -> None:
        """Run the tests of each mutant in a process of its own."""
        queue = Queue(tests, reached)
        running: dict[int, tuple[str, int]] = {}
        began = time.monotonic()

        def one_ends() -> None:
            pid, status = os.wait()
            name, pipe = running.pop(pid)
            with os.fdopen(pipe, encoding="utf-8") as file:
                killer = file.read()
            code = os.waitstatus_to_exitcode(status)
            self.verdicts[name] = (
                f"killed {killer}" if killer else "lived" if code == 0 else f"killed by time {code}"
            )
            queue.noticed(name, killer)

        for number, name in enumerate(self.names, 1):
            units = queue.units(name)
            if not units:
                self.verdicts[name] = "not reached"
                continue
            source, sink = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(source)
                _child(queue, name, units, self.budget, sink)
            os.close(sink)
            running[pid] = (name, source)
            if len(running) >= self.children:
                one_ends()
            if number % _SAID_EVERY == 0:
                self.keep(self.verdicts)
                lived = sum(not verdict.startswith("killed") for verdict in self.verdicts.values())
                _say(f"{number} of {len(self.names)}, {lived} lived, {time.monotonic() - began:.0f} s")
        while running:
            one_ends()
        self.seconds = time.monotonic() - began


class Queue:
    """Which tests to run for a mutant, and in which order."""

    def __init__(self, tests: Tests, reached: dict[str, Any]) -> None:
        """Take the tests that are quick enough, and what each of them reaches."""
        self.tests = tests
        self.seconds: dict[str, float] = {
            unit: entry["seconds"]
            for unit, entry in reached.items()
            if unit in tests.units and entry["seconds"] <= _LONGEST
        }
        self.on_reading = set(reached[_READING]["functions"])
        self.reaching: dict[str, list[str]] = defaultdict(list)
        for unit in self.seconds:
            for function in reached[unit]["functions"]:
                self.reaching[function].append(unit)
        self.kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.reach = {unit: len(reached[unit]["functions"]) for unit in self.seconds}

    def noticed(self, name: str, killer: str) -> None:
        """Remember which test noticed a change of a function."""
        function = name.rpartition("__mutmut_")[0]
        if killer:
            self.kills[function][killer] += 1
            self.kills[function.rpartition(".")[0]][killer] += 1

    def is_read_anew(self, name: str) -> bool:
        """Whether the shipped facts are read by the changed function, so that every test may notice it."""
        return name.rpartition("__mutmut_")[0] in self.on_reading

    def units(self, name: str) -> list[str]:
        """First what noticed most for its time, then what reaches the function and little else, then the rest."""
        function = name.rpartition("__mutmut_")[0]
        direct = set(self.reaching[function])
        seen, near = self.kills[function], self.kills[function.rpartition(".")[0]]

        def order(unit: str) -> tuple[object, ...]:
            seconds = self.seconds[unit]
            return (
                -(seen[unit] + near[unit] / 5) / (seconds + 0.01),
                unit not in direct,
                seconds * self.reach[unit],
            )

        return sorted(self.seconds if self.is_read_anew(name) else direct, key=order)


def _say(text: str) -> None:
    """Say how far it is, past what catches the output of tests."""
    print(text, file=sys.__stderr__, flush=True)


def _child(queue: Queue, name: str, units: list[str], left: float, sink: int) -> None:
    """Try one mutant, say which test noticed it, and end this process."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    run_as(name)
    try:
        _forget()
        if queue.is_read_anew(name):
            signal.setitimer(signal.ITIMER_PROF, 5)
            _read_anew()
            signal.setitimer(signal.ITIMER_PROF, 0)
    except BaseException:  # noqa: BLE001 (whatever it is, the facts cannot be read)
        os.write(sink, _READING.encode())
        os._exit(1)
    for unit in units:
        seconds = queue.seconds[unit]
        left -= seconds
        if left < 0:
            break
        try:
            noticed = queue.tests.failed(unit, 2 + 20 * seconds)
        except BaseException:  # noqa: BLE001 (the end of a run is a failure as well)
            noticed = True
        if noticed:
            os.write(sink, unit.encode())
            os._exit(1)
    os._exit(0)


def _reached(tests: Tests) -> dict[str, Any]:
    """Which functions each unit reaches when nothing is cached, and how long it takes; failing ones are left out."""
    code = hashlib.sha256(
        b"".join(
            path.read_bytes()
            for folder in ("src", "data")
            for path in sorted(Path(folder).rglob("*"))
            if path.suffix in {".py", ".yaml"}
        )
    ).hexdigest()
    known = json.loads(_REACHED.read_text(encoding="utf-8")) if _REACHED.exists() else {}
    if known.get("code") != code:
        known = {}
    files = {unit: unit.partition("::")[0] for unit in tests.units}
    hashes = {file: hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in set(files.values())}
    wanted = [unit for unit, file in files.items() if known.get(unit, {}).get("file") != hashes[file]]
    if wanted or _READING not in known:
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _measure(tests, wanted, {unit: hashes[files[unit]] for unit in wanted})
        os.waitpid(pid, 0)
        known |= json.loads((MUTANTS / "measured.json").read_text(encoding="utf-8"))
        known["code"] = code
        _REACHED.write_text(json.dumps(known), encoding="utf-8")
        left_out = sum(known[unit]["fails"] for unit in wanted)
        slow = sum(known[unit]["seconds"] > _LONGEST for unit in wanted)
        _say(
            f"{len(wanted)} tests measured in {time.monotonic() - began:.0f} s; "
            f"left out: {left_out} that fail here, {slow} that take over {_LONGEST:g} s"
        )
    del known["code"]
    return {unit: entry for unit, entry in known.items() if not entry.get("fails")}


def _measure(tests: Tests, units: list[str], hashes: dict[str, str]) -> None:
    """Run each unit once, write down what it reaches, and end this process."""
    hits: set[str] = importlib.import_module("mutmut.state").state()._stats  # noqa: SLF001 (mutmut's)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    measured: dict[str, Any] = {}
    run_as("stats")
    os.environ["MUTMUT_DEPENDENCY_DEPTH"] = "-1"
    hits.clear()
    _read_anew()
    measured[_READING] = {"functions": sorted(hits), "seconds": 0.0}
    for unit in units:
        _forget()
        hits.clear()
        began = time.process_time()
        fails = tests.failed(unit, 300)
        seconds = time.process_time() - began
        measured[unit] = {"functions": sorted(hits), "seconds": seconds, "file": hashes[unit], "fails": fails}
    (MUTANTS / "measured.json").write_text(json.dumps(measured), encoding="utf-8")
    os._exit(0)
