"""Runs every target for so many seconds, and prints one line for each: how many inputs were tried, and what failed.

Run ``python -m fuzz --seconds 60``. Without atheris, which has no wheel for every Python, the corpus alone is tried.
What failed once goes into ``fuzz/corpus`` under the name of its target, so that it is tried first ever after.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_HERE = Path(__file__).parent
_SLOW = 10  # seconds for one input, with the tracing that fuzzing needs
_TARGETS = ("reader", "claims", "dates", "names", "cli")


def main() -> int:
    """Run the targets, each in a process of its own, or one of them in this one."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", choices=_TARGETS, help="one target alone")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options, more = parser.parse_known_args()
    if options.inside:
        _fuzz(options.only, more)
    targets = (options.only,) if options.only else _TARGETS
    has_atheris = importlib.util.find_spec("atheris") is not None
    if not has_atheris:
        print("atheris is not installed: the corpus alone is tried", flush=True)
    failed = [name for name in targets if not (_run(name, options.seconds) if has_atheris else _replay(name))]
    return 1 if failed else 0


def _replay(name: str) -> bool:
    """Try the corpus of one target; whether all of it went well."""
    from fuzz.targets import TARGETS

    start = time.perf_counter()
    seeds = sorted((_HERE / "corpus" / name).iterdir())
    for seed in seeds:
        TARGETS[name](seed.read_bytes())
    print(f"{name:7} {len(seeds):>9,} seeds in {time.perf_counter() - start:.0f} s, no fault", flush=True)
    return True


def _run(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own and print its line; whether nothing failed."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch, "found").mkdir()
        command = [sys.executable, "-m", "fuzz", "--inside", "--only", name]
        arguments = [
            f"-max_total_time={seconds}",
            f"-timeout={_SLOW}",
            "-rss_limit_mb=2048",
            "-max_len=4096",
            "-print_final_stats=1",
            f"-dict={_HERE / 'words.dict'}",
            f"-artifact_prefix={scratch}/",
            f"{scratch}/found",
            str(_HERE / "corpus" / name),
        ]
        path = os.pathsep.join((str(_HERE.parent / "src"), str(_HERE.parent)))
        done = subprocess.run(  # noqa: S603 (ourselves)
            [*command, *arguments],
            check=False,
            capture_output=True,
            cwd=scratch,
            env={**os.environ, "PYTHONPATH": path},
        )
        said = done.stderr.decode("utf-8", "replace")
        counted = re.search(r"stat::number_of_executed_units:\s*([0-9]+)", said)
        number = f"{int(counted[1]):>9,}" if counted else "        ?"
        if done.returncode == 0:
            print(f"{name:7} {number} executions in {seconds} s, no fault", flush=True)
            return True
        print(f"{name:7} {number} executions, a fault (exit {done.returncode}):", flush=True)
        print(f"{done.stdout.decode('utf-8', 'replace')[-3_000:]}\n{said[-1_500:]}")
        for artifact in Path(scratch).glob("*-*"):
            print(f"the input, to be kept in fuzz/corpus/{name}: {artifact.read_bytes()!r}")
    return False


def _fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one target here, without end but that of the arguments."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore] # it has no types, and no wheel everywhere

    with atheris.instrument_imports(include=["csto_membership"]):
        from fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
