"""What a stranger's file costs: seconds and memory for each of the known bad ones, each in a process of its own.

Run ``python -m benchmarks.hostile``; ``--only WORD`` runs those whose name holds the word. The limits are 2 seconds
with libyaml, 5 without, and 100 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALL = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    events:
      KAZ:
        - {act: join, effect: 1994-04-20, sources: [law]}
states:
  KAZ: {name: Kazakhstan}
sources:
  law: {title: A law, publisher: A state, kind: primary}
"""
_SECONDS, _SECONDS_WITHOUT, _MEGABYTES = 2, 5, 100


def _code(number: int) -> str:
    """A code of three letters."""
    return "".join(chr(ord("A") + number // 26**power % 26) for power in range(3))


def _filled(piece: str) -> str:
    """A megabyte of a piece."""
    return piece * (1_000_000 // len(piece.encode()))


def _cited(names: str) -> str:
    """The small file, citing other sources."""
    return _SMALL.replace("[law]", f"[{names}]", 1)


def _with_sources(number: int, cited: str) -> str:
    """The small file with so many further sources, citing others."""
    sources = "".join(f"  source-{i}: {{title: t, publisher: p, kind: press}}\n" for i in range(number))
    return f"{_cited(cited)}{sources}"


def _with_acts(acts: str, more: str = "") -> str:
    """The small file with further acts and states."""
    return _SMALL.replace("states:\n", f"{acts}states:\n{more}", 1)


def _terms(number: int) -> str:
    """A state that came and left without being a member, and terms of it."""
    acts = "".join(
        f"        - {{act: {act}, effect: '{year}-{month:02}', sources: [law]}}\n"
        for year in range(1_000, 1_000 + number // 12)
        for month, act in enumerate(("observe", "withdraw") * 6, start=1)
    )
    terms = "          - {state: UZB, effect: 1000, sources: [law]}\n" * number
    offices = f"    offices:\n      chair:\n        name: Chair\n        terms:\n{terms}"
    return _with_acts(f"      UZB:\n{acts}{offices}", "  UZB: {name: Uzbekistan}\n")


def _participations(number: int) -> str:
    """Operations with as many participants each as there are operations."""
    part = ", ".join("{state: KAZ, capacity: member}" for _ in range(number))
    made = "".join(
        f"      op{i}: {{kind: operation, name: x, effect: 1900, participants: [{part}], sources: [law]}}\n"
        for i in range(number)
    )
    return _with_acts(f"    participations:\n{made}")


def _sound(number: int) -> str:
    """A sound file of so many states with two acts each."""
    acts = "".join(
        f"      {_code(i)}:\n        - {{act: join, effect: 1994-0{1 + i % 9}, sources: [law]}}\n"
        f"        - {{act: withdraw, effect: 2001-0{1 + i % 9}, sources: [law]}}\n"
        for i in range(number)
        if _code(i) != "KAZ"
    )
    states = "".join(f"  {_code(i)}: {{name: S{i}}}\n" for i in range(number) if _code(i) != "KAZ")
    return _with_acts(acts, states)


def _exported(change: Callable[[dict[str, object]], None]) -> str:
    """An export in JSON, changed."""
    from csto_membership import csto

    content = json.loads(csto.to_json())
    change(content)
    return json.dumps(content)


def _many_sources(content: dict[str, object]) -> None:
    """Thousands of sources that lack their fields."""
    content["sources"] = [{"id": f"s{i}", "tittle": "x"} for i in range(20_000)]


def _many_citations(content: dict[str, object]) -> None:
    """Every act cites hundreds of sources that are not there."""
    for act in content["events"]:  # type: ignore[attr-defined] # as the export has them
        act["sources"] = [f"unknwon-{i}" for i in range(150)]


YAML: dict[str, Callable[[], str]] = {
    "1,500 unknown citations of 1,500 sources": lambda: _with_sources(
        1_500, ", ".join(f"sorce-numbr-{i}" for i in range(1_500))
    ),
    "100,000 unknown citations": lambda: _cited("x, " * 100_000),
    "2,000 unknown codes of 2,000 states": lambda: _with_acts(
        "".join(
            f"      {_code(i)}: [{{act: join, effect: 1994, sources: [law]}}]\n" for i in range(7_000, 9_000)
        ),
        "".join(f"  {_code(i)}: {{name: S}}\n" for i in range(2_000)),
    ),
    "an identifier of 300,000 CJK letters": lambda: _cited("中" * 300_000),
    "3,000 identifiers of 80 CJK letters": lambda: _cited(", ".join("中文" * 40 for _ in range(3_000))),
    "1,000 terms of a state with 1,000 acts": lambda: _terms(1_000),
    "5,000 terms of a state with 5,000 acts": lambda: _terms(5_000),
    "150 operations of 150 participants": lambda: _participations(150),
    "a sound file of 5,000 states": lambda: _sound(5_000),
    "100,000 [": lambda: "[" * 100_000,
    "1,000,000 [": lambda: "[" * 1_000_000,
    "1,000,000 {": lambda: "{" * 1_000_000,
    "500,000 dashes": lambda: "- " * 500_000,
    "300,000 question marks": lambda: "? " * 300_000,
    "300,000 empty values": lambda: "a: [" + "'', " * 240_000 + "]",
    "300,000 aliases": lambda: "a: [" + "*b, " * 240_000 + "]",
    "100,000 unknown fields": lambda: "".join(f"a{i}: b\n" for i in range(80_000)),
    "100,000 equal keys": lambda: "a: b\n" * 190_000,
    "100,000 anchors": lambda: "a: [" + "&b c, " * 160_000 + "]",
    "a megabyte of tabs": lambda: _filled("\t"),
    "a tab on each of 300,000 lines": lambda: _filled("\t\n"),
    "a megabyte of line feeds": lambda: _filled("\n"),
    "a megabyte of comments": lambda: _filled("#\n"),
    "a megabyte of zero-width spaces": lambda: _filled("\u200b"),
    "a megabyte of combining marks": lambda: f"a: {_filled('̖')}"[:333_000],
    "a megabyte of unlike marks": lambda: f"a: b{_filled('̖́')}"[:333_000],
    "a megabyte of plain words": lambda: f"a: {_filled('ab ')}"[:1_000_000],
    "a megabyte of escapes": lambda: f'a: "{_filled(chr(92) + "n")}"'[:999_000] + '"',
    "a megabyte of escaped surrogates": lambda: f'a: "{_filled(chr(92) + "ud800")}"'[:999_000] + '"',
    "a megabyte of a block": lambda: f"a: |\n{_filled('  x' + chr(10))}"[:1_000_000],
    "a megabyte of folded blank lines": lambda: f"a: >\n  x\n{_filled(chr(10))}  y\n"[:1_000_000],
    "an open quote before a megabyte": lambda: f"a: '{_filled('x ')}"[:1_000_000],
    "a key of a megabyte": lambda: f"{_filled('x')}"[:999_000] + ": a",
    "a date of a megabyte": lambda: _SMALL.replace("1994-04-20", "1" * 990_000),
    "a date of brackets of a megabyte": lambda: _SMALL.replace("1994-04-20", f"'[{'1994..' * 160_000}]'"),
    "100,000 dates": lambda: _SMALL.replace(
        "[law]",
        "[law]}\n"
        + "        - {act: join, effect: 1994, sources: [law]}\n" * 18_000
        + "        - {act: join, effect: 1994, sources: [law]",
        1,
    ),
    "a megabyte of carriage returns": lambda: _filled("\r"),
    "a megabyte of U+2028": lambda: _filled("\u2028"),
}
JSON: dict[str, Callable[[], str]] = {
    "json: 20,000 sources without their fields": lambda: _exported(_many_sources),
    "json: thousands of unknown citations": lambda: _exported(_many_citations),
    "json: 100,000 [": lambda: "[" * 100_000,
    "json: a megabyte of a name given twice": lambda: "{" + ", ".join('"a": 1' for _ in range(120_000)) + "}",
    "json: 90,000 names, the last twice": lambda: (
        "{" + ", ".join(f'"{i}": 1' for i in (*range(90_000), 89_999)) + "}"
    ),
    "json: a number of a megabyte": lambda: "1" * 1_000_000,
    "json: 60,000 unknown fields": lambda: _exported(
        lambda content: content.update({f"unknown{i}": 1 for i in range(30_000)})
    ),
    "json: 200,000 numbers for text": lambda: _exported(
        lambda content: content.update(beside=list(range(150_000)))
    ),
    "json: 2.9 MB of empty lists": lambda: _exported(
        lambda content: content.update(beside=[[]] * 700_000)
    ).replace("[], ", "[],"),
    "json: 2.9 MB of small records": lambda: _exported(
        lambda content: content.update(states=[{"a": 1}] * 260_000)
    ),
    "json: 2.9 MB of records within": lambda: _exported(
        lambda content: content.update(organization={"name": [{}] * 680_000})
    ),
    "json: 5 MB": lambda: "[" + " " * 5_000_000,
    "json: a text of a megabyte": lambda: _exported(lambda content: content.update(format="x" * 990_000)),
}


def main() -> None:
    """Run the cases, or, in a process of its own, one of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--only", default="", help="those whose name holds this")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--pure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case is not None:
        print(json.dumps(_measured(options.case, pure=options.pure)))
        return
    print(f"| {'file':44} | {'kB':>5} | {'libyaml':>8} | {'without':>8} | {'MB':>4} | {'faults':>6} |  |")
    print(f"| {'-' * 44} | {'-' * 4}: | {'-' * 7}: | {'-' * 7}: | {'-' * 3}: | {'-' * 5}: |  |")
    worse = 0
    for name in (*YAML, *JSON, "build: 3,000 acts with faults", "a sparse file of 2 GB"):
        if options.only in name:
            worse += _row(name)
    raise SystemExit(worse > 0)


def _row(name: str) -> bool:
    """Print the line of one file; whether it costs too much."""
    with_libyaml = _run(name, pure=False)
    without = _run(name, pure=True) if name in YAML else with_libyaml
    memory = max(with_libyaml["megabytes"], without["megabytes"])
    is_worse = (
        with_libyaml["seconds"] > _SECONDS or without["seconds"] > _SECONDS_WITHOUT or memory > _MEGABYTES
    )
    seconds = f"{with_libyaml['seconds']:>6.2f} s | {without['seconds']:>6.2f} s"
    print(
        f"| {name:44} | {with_libyaml['kilobytes']:>5.0f} | {seconds} | {memory:>4.0f} | "
        f"{with_libyaml['faults']:>6.0f} | {'too much' if is_worse else ''} |",
        flush=True,
    )
    return is_worse


def _run(name: str, *, pure: bool) -> dict[str, float]:
    """One case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.hostile", "--case", name, *(["--pure"] if pure else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603 (ourselves)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _measured(name: str, *, pure: bool) -> dict[str, float]:
    """Seconds and peak of memory of reading one file, and how many faults were told."""
    import yaml

    from csto_membership import DatasetError, from_json, load

    if pure:
        del yaml.CLoader
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.yaml")
        read: Callable[[], object]
        size = 0.0
        if name in JSON:
            text = JSON[name]()
            size, read = len(text.encode()), lambda: from_json(text)
        elif name in YAML:
            path.write_text(YAML[name](), encoding="utf-8", newline="")
            size, read = path.stat().st_size, lambda: load(path)
        elif name.startswith("build"):
            read = _built()
        else:
            with path.open("wb") as file:
                file.truncate(2_000_000_000)
            size, read = 2e9, lambda: load(path)
        start, faults = time.perf_counter(), 0
        try:
            read()
        except DatasetError as error:
            str(error)
            faults = len(error.problems)
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    return {"seconds": seconds, "megabytes": memory, "faults": faults, "kilobytes": size / 1_000}


def _built() -> Callable[[], object]:
    """Records made in code, of which each has faults."""
    from attrs import evolve

    from csto_membership import build, csto

    history = csto.history
    acts = tuple(
        evolve(act, sources=(f"unknwon-{i}",), state=_code(i), where=None)
        for i, act in enumerate(history.events * 200)
    )
    dataset = evolve(csto.dataset, histories=(evolve(history, events=acts[:3_000], where=None),))
    return lambda: build(dataset)


if __name__ == "__main__":
    main()
