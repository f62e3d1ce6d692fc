"""Changes the core in small ways and says which changes no test notices: ``python tools/mutants.py [--sample 200]``.

It needs the extra ``mutants``, whose mutmut makes the changes. The tests are collected once; for each change the
process forks, forgets what the library has cached and reads its facts anew under the changed code, and runs the tests
that reach the changed function, those first that noticed a change of it before. A sample is chosen by chance, the
same one for the same seed. Changes that cannot be noticed stand with their reasons in ``mutants-that-live.tsv``.

With ``--tables`` it changes what annotates tables instead, in memory and planned, and runs the tests of tables. That
needs the extra ``test-frames``, too. The code for Spark alone is left out: its virtual machine does not survive a fork.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import functools
import importlib
import json
import os
import random
import re
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutants_tried import MUTANTS, Trial, run_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = MUTANTS.parent
LIVING = ROOT / "tools" / "mutants-that-live.tsv"
_VERDICTS = MUTANTS / "verdicts.json"
_CONTEXT = 60  # characters on each side of a change
_TABLES, _TESTS_OF_TABLES = "csto_membership.frames.", ["tests/frames"]

Change = tuple[str, str, str]  # the function, its lines without the change, and those with it


def _made(children: int) -> tuple[list[str], dict[str, str]]:
    """Have mutmut make the mutants; their names, and a hash of each function."""
    program = importlib.import_module("mutmut.__main__")
    MUTANTS.mkdir(exist_ok=True)
    for path in MUTANTS.rglob("*.py"):  # what was moved since would be imported and collected
        if not (ROOT / path.relative_to(MUTANTS)).exists():
            path.unlink()
            path.with_name(f"{path.name}.meta").unlink(missing_ok=True)
    program.set_mutant_under_test("mutant_generation")
    with program.CatchOutput():
        program.copy_src_dir()
        program.copy_also_copy_files()
        program.create_mutants(children)
    names: list[str] = []
    hashes: dict[str, str] = {}
    for path in sorted((MUTANTS / "src").rglob("*.meta")):
        meta = json.loads(path.read_text(encoding="utf-8"))
        names += meta["exit_code_by_key"]
        module = ".".join(path.relative_to(MUTANTS / "src").with_suffix("").with_suffix("").parts)
        hashes |= {f"{module}.{name}": found for name, found in meta["hash_by_function_name"].items()}
    return names, hashes


def _changes(names: list[str]) -> Iterator[tuple[str, Change]]:
    """Each mutant with the lines that it changes."""

    @functools.cache
    def functions(module: str) -> dict[str, ast.FunctionDef]:
        path = MUTANTS / "src" / (module.replace(".", "/") + ".py")
        outer = ast.parse(path.read_text(encoding="utf-8")).body
        inner = [node for known in outer if isinstance(known, ast.ClassDef) for node in known.body]
        return {node.name: node for node in (*outer, *inner) if isinstance(node, ast.FunctionDef)}

    @functools.cache
    def lines(module: str, name: str) -> list[str]:
        node = functions(module)[name]
        node.name, node.decorator_list = name.rpartition("__mutmut_")[0], []
        return [line.strip() for line in ast.unparse(node).splitlines()]

    for name in names:
        module, _, short = name.rpartition(".")
        stem = short.rpartition("__mutmut_")[0]
        before, after = lines(module, f"{stem}__mutmut_orig"), lines(module, short)
        first = _alike(before, after)
        last = _alike(before[first:][::-1], after[first:][::-1])
        plain = stem.removeprefix("x_").replace("xǁ", "").replace("ǁ", ".")
        function = f"{module.removeprefix('csto_membership.')}.{plain}"
        gone, come = (" / ".join(kept[first : len(kept) - last]) for kept in (before, after))
        yield name, (function, gone, come)


def _listed() -> list[tuple[re.Pattern[str], str]]:
    """The changes that nothing can notice, each with its reason; ``…`` stands for any text, the same in both lines."""
    listed = []
    with LIVING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE):
            function = ".*".join(map(re.escape, row["function"].split("…")))
            first, *parts = map(re.escape, row["without"].split("…"))
            without = first + "".join(f"(?P<p{place}>.*){part}" for place, part in enumerate(parts))
            first, *parts = map(re.escape, row["with"].split("…"))
            with_ = first + "".join(f"(?P=p{place}){part}" for place, part in enumerate(parts))
            listed.append((re.compile(f"{function}\t{without}\t{with_}"), row["why"]))
    return listed


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters, or lines, two texts have in common from their beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def _short(change: Change) -> Change:
    """A change with no more of its line than tells it, as the table of those that cannot be noticed may have it."""
    function, gone, come = change
    before = _alike(gone, come)
    behind = _alike(gone[before:][::-1], come[before:][::-1])
    first, last = max(0, before - _CONTEXT), max(0, behind - _CONTEXT)
    head, tail = "…" if first else "", "…" if last else ""
    return (
        function,
        f"{head}{gone[first : len(gone) - last]}{tail}",
        f"{head}{come[first : len(come) - last]}{tail}",
    )


def _why(change: Change, listed: list[tuple[re.Pattern[str], str]]) -> str | None:
    """Why nothing can notice a change, if that is listed."""
    return next((why for pattern, why in listed if pattern.fullmatch("\t".join(change))), None)


def main() -> int:
    """Try the mutants, and print how many were noticed and which were not."""
    parser = argparse.ArgumentParser(prog="python tools/mutants.py", description=__doc__)
    parser.add_argument("part", nargs="*", help="only functions whose full name holds one of these words")
    parser.add_argument("--tables", action="store_true", help="the tables, and not the core")
    parser.add_argument("--sample", type=int, help="how many mutants; all of them without it")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--children", type=int, default=2, help="how many run at once")
    parser.add_argument(
        "--seconds", type=float, default=30, help="of tests for one mutant, the fastest first"
    )
    parser.add_argument(
        "--living", action="store_true", help="only those that lived when last tried, or are new"
    )
    parser.add_argument("--at-least", type=float, default=0.0, help="the percentage that must be noticed")
    options = parser.parse_args()
    os.chdir(ROOT)
    made, hashes = _made(options.children)
    made = [name for name in made if name.startswith(_TABLES) == options.tables]
    names = [name for part in options.part for name in made if part in name] if options.part else made
    names = list(dict.fromkeys(names))
    if options.sample and options.sample < len(names):
        names = sorted(random.Random(options.seed).sample(names, options.sample))  # noqa: S311 (no secret)
    before: dict[str, list[str]] = (
        json.loads(_VERDICTS.read_text(encoding="utf-8")) if _VERDICTS.exists() else {}
    )

    def is_known(name: str) -> bool:
        found = before.get(name)
        return bool(
            found and found[0] == hashes[name.rpartition("__mutmut_")[0]] and found[1].startswith("killed")
        )

    changes, listed = dict(_changes(names)), _listed()
    untried = {name for name in names if _why(changes[name], listed)}
    tried = [name for name in names if name not in untried and not (options.living and is_known(name))]
    os.chdir(MUTANTS)
    sys.path[:0] = [str(MUTANTS / "src"), str(MUTANTS)]
    sys.dont_write_bytecode = True
    run_as("")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]

    def keep(verdicts: dict[str, str]) -> None:
        for name, verdict in verdicts.items():
            before[name] = [hashes[name.rpartition("__mutmut_")[0]], verdict]
        _VERDICTS.write_text(json.dumps(before, indent=0), encoding="utf-8")

    trial = Trial(tried, options.seconds, options.children, keep)
    tests = _TESTS_OF_TABLES if options.tables else settings["pytest_add_cli_args_test_selection"]
    arguments = [*settings["pytest_add_cli_args"], *tests]
    with Path(os.devnull).open("w", encoding="utf-8") as null, contextlib.redirect_stdout(null):
        code = pytest.main(
            ["--rootdir=.", "-p", "no:cacheprovider", "--capture=no", *arguments], plugins=[trial]
        )
    if not trial.verdicts and tried:
        print(f"the tests could not be collected: pytest ended with {code}")
        return 1
    keep(trial.verdicts)
    verdicts = {name: before[name][1] for name in names if name not in untried}
    _say_where(names, verdicts)
    for name, verdict in verdicts.items():
        if not verdict.startswith("killed"):
            function, gone, come = _short(changes[name])
            print(f"{verdict}: {function}\n  - {gone}\n  + {come}")
    killed = sum(verdict.startswith("killed") for verdict in verdicts.values())
    share = 100 * killed / len(verdicts) if verdicts else 100.0
    print(
        f"mutants: {killed} of {len(verdicts)} killed ({share:.1f} %), {len(untried)} more that nothing can notice; "
        f"{len(names)} of the {len(made):,} that there are, in {trial.seconds:.0f} s"
    )
    return int(share < options.at_least)


def _say_where(names: list[str], verdicts: dict[str, str]) -> None:
    """Print the figures of each module."""
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        verdict = verdicts.get(name, "listed").partition(" ")[0]
        figures[name.rpartition(".")[0]][verdict if verdict in {"killed", "listed"} else "lived"] += 1
    for module, counts in sorted(figures.items()):
        print(
            f"{module}: {counts.total()} mutants, {counts['killed']} killed, {counts['lived']} lived, "
            f"{counts['listed']} that nothing can notice"
        )


if __name__ == "__main__":
    sys.exit(main())
