"""Runs the core's tests in other surroundings, which must change nothing: ``python tools/variants.py [--each]``.

Time zones, locales, a locale's own encoding, ``-O``, a random order and seeds of Hypothesis: four runs that join
them, or each by itself with ``--each``. One line a run; the exit code is 1 where a run fails or passes another number
of tests than the first. It is its own plugin of pytest, which sets the locale and shuffles the tests.
"""

from __future__ import annotations

import argparse
import locale
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
CORE = (
    *(f"tests/{wing}" for wing in ("facts", "membership", "reader", "neighbours", "claims")),
    "tests/cli/test_process.py",
    "tests/test_public_classes.py",
)
# The same computations in any surroundings, and long.
_LONG = " and ".join(
    f"not {name}"
    for name in (
        "diary",
        "strategies",
        "hostile",
        "schema_and_reader",
        "some_world",
        "all_worlds",
        "two_parsers",
    )
)
_TURKISH = "tr_TR.UTF-8"


class Variant(NamedTuple):
    """Surroundings: variables of the environment, options of Python and of pytest."""

    name: str
    variables: tuple[tuple[str, str], ...] = ()
    python: tuple[str, ...] = ()
    pytest: tuple[str, ...] = ("--hypothesis-seed=1",)


# Under -O, says pytest, the asserts of test files count alone, which it rewrites. The control below shows that they do.
_OPTIMIZED = ("-W", "ignore::pytest.PytestConfigWarning")
TOGETHER = (
    Variant("UTC, seed 1", (("TZ", "UTC"),)),
    Variant(
        "14 hours ahead, LC_ALL=C, -X utf8=0, seed 2",
        (("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C")),
        ("-X", "utf8=0"),
        ("--hypothesis-seed=2",),
    ),
    Variant(
        f"3 1/2 hours behind, LC_ALL={_TURKISH}, random order, seed 3",
        (("TZ", "America/St_Johns"), ("LC_ALL", _TURKISH), ("VARIANT_ORDER", "3")),
        (),
        ("--hypothesis-seed=3",),
    ),
    Variant(
        "5 3/4 hours ahead, -O, seed 1",
        (("TZ", "Asia/Kathmandu"),),
        ("-O",),
        (*_OPTIMIZED, "--hypothesis-seed=1"),
    ),
)
EACH = (
    *(
        Variant(f"TZ={zone}", (("TZ", zone),))
        for zone in ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
    ),
    Variant("LC_ALL=C", (("LC_ALL", "C"),)),
    Variant("LC_ALL=C, -X utf8=0", (("LC_ALL", "C"),), ("-X", "utf8=0")),
    Variant(f"LC_ALL={_TURKISH}", (("LC_ALL", _TURKISH),)),
    Variant("-X utf8=0", (), ("-X", "utf8=0")),
    Variant("-O", (), ("-O",), (*_OPTIMIZED, "--hypothesis-seed=1")),
    Variant("random order", (("VARIANT_ORDER", "1"),)),
    *(Variant(f"Hypothesis, seed {seed}", (), (), (f"--hypothesis-seed={seed}",)) for seed in (2, 3)),
)


def pytest_configure() -> None:
    """Take the locale, as an application does that calls this library: Python by itself takes a part of it."""
    locale.setlocale(locale.LC_ALL, "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle the tests where a variant says so."""
    if order := os.environ.get("VARIANT_ORDER"):
        random.Random(int(order)).shuffle(items)  # noqa: S311 (no secret)


def main() -> int:
    """Run the variants one after the other, and compare each with the first."""
    parser = argparse.ArgumentParser(prog="python tools/variants.py", description=__doc__)
    parser.add_argument("--each", action="store_true", help="each by itself: more runs")
    parser.add_argument("tests", nargs="*", help="other tests than the core's")
    options = parser.parse_args()
    first: int | None = None
    is_faulty = False
    with tempfile.TemporaryDirectory() as scratch:
        locales = _locales(Path(scratch))
        if not _can_fail(Path(scratch)):
            print("under -O a test that must fail passes: nothing said about -O would mean anything")
            return 1
        for variant in EACH if options.each else TOGETHER:
            if (variant_locale := dict(variant.variables).get("LC_ALL")) == _TURKISH and locales is None:
                print(f"{variant.name}: left out, no locale {variant_locale} here and none could be made")
                continue
            began = time.monotonic()
            done = _run(variant, tuple(options.tests) or CORE, locales or {})
            passed, said = _counted(done.stdout)
            first = passed if first is None else first
            fault = "" if done.returncode == 0 and passed == first else ": DIFFERS"
            print(f"{variant.name}: {said}, {time.monotonic() - began:.0f} s{fault}", flush=True)
            if fault:
                is_faulty = True
                print("\n".join(done.stdout.splitlines()[-40:]), done.stderr)
    return int(is_faulty)


def _run(
    variant: Variant, tests: tuple[str, ...], locales: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """The tests under a variant."""
    own = ("-q", "-p", "variants", "-p", "no:cacheprovider", "--hypothesis-profile=small")
    return subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, *variant.python, "-m", "pytest", *own, *variant.pytest, "-k", _LONG, *tests],
        cwd=ROOT,
        env={**_surroundings(), **locales, **dict(variant.variables)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _surroundings() -> dict[str, str]:
    """The environment, without what a variant sets, and with this plugin where Python looks for it."""
    taken = ("LANG", "LANGUAGE", "TZ", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONOPTIMIZE", "VARIANT_ORDER")
    kept = {
        name: value for name, value in os.environ.items() if name not in taken and not name.startswith("LC_")
    }
    paths = (str(ROOT / "tools"), os.environ.get("PYTHONPATH", ""))
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONCOERCECLOCALE": "0"}


def _locales(scratch: Path) -> dict[str, str] | None:
    """Where the Turkish locale is found, whose I has no dot; nothing where this system can neither find nor make it."""
    try:
        locale.setlocale(locale.LC_CTYPE, _TURKISH)
    except locale.Error:
        pass
    else:
        return {}
    if shutil.which("localedef") is None:
        return None
    made = subprocess.run(  # noqa: S603 (the system's)
        ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(scratch / _TURKISH)],  # noqa: S607 (the system's)
        capture_output=True,
        check=False,
    )
    return {"LOCPATH": str(scratch)} if made.returncode == 0 else None


def _can_fail(scratch: Path) -> bool:
    """Whether a false assert in a test file fails under ``-O``."""
    test = scratch / "test_control.py"
    test.write_text("def test_control():\n    assert 1 == 2\n", encoding="utf-8")
    run = [sys.executable, "-O", "-m", "pytest", "-q", "-p", "no:cacheprovider", *_OPTIMIZED, str(test)]
    done = subprocess.run(run, cwd=scratch, capture_output=True, check=False)  # noqa: S603 (ourselves)
    return done.returncode == 1


def _counted(printed: str) -> tuple[int, str]:
    """How many tests passed, and what pytest says at its end, without its time."""
    last = printed.strip().rpartition("\n")[2]
    passed = re.search(r"(\d+) passed", last)
    return int(passed[1]) if passed else 0, last.strip("= ").partition(" in ")[0]


if __name__ == "__main__":
    sys.exit(main())
