"""Changes the core in small ways and says which changes no test notices: ``python tools/mutants.py [--sample 200]``.

It needs the extra ``mutants``. All of them take hours; a sample is chosen by chance, the same one for the same seed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_MUTMUT = (sys.executable, "-m", "mutmut")
_SURVIVED = {0, 33}  # mutmut's codes: the tests passed, or none runs the function
_KILLED = {1, 3, 36, -24, 24, 152, 255}  # they failed, or ran into its limit of time


def main() -> int:
    """Run mutmut, and print how many mutants were killed and which were not."""
    parser = argparse.ArgumentParser(prog="python tools/mutants.py", description=__doc__)
    parser.add_argument("--sample", type=int, help="how many mutants; all of them without it")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--children", type=int, default=2, help="how many run at once")
    options = parser.parse_args()
    children = ("--max-children", str(options.children))
    # A name that fits nothing: the mutants are made, and the tests run once to see which function each of them reaches.
    _run("run", *children, "none of them")
    made = sorted(_codes())
    if not made:
        return 1
    names = random.Random(options.seed).sample(made, options.sample or len(made))  # noqa: S311 (no secret)
    for first in range(0, len(names), 500):  # as many names as a command line holds
        _run("run", *children, *names[first : first + 500])
    codes = _codes()
    survivors = sorted(name for name in names if codes[name] in _SURVIVED)
    killed = sum(codes[name] in _KILLED for name in names)
    for name in survivors:
        print(name)
        print(
            "\n".join(
                line
                for line in _shown(name).splitlines()
                if line[:1] in "+-" and line[:3] not in ("+++", "---")
            )
        )
    print(
        f"{killed} of {len(names)} mutants killed ({killed / len(names):.1%}), of {len(made):,} that there are"
    )
    return 0


def _run(*arguments: str) -> None:
    """Run mutmut; it draws its progress, which nobody reads afterwards."""
    subprocess.run(
        [*_MUTMUT, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def _codes() -> dict[str, int | None]:
    """The exit code of the tests for each mutant; nothing where they did not run."""
    found: dict[str, int | None] = {}
    for path in (ROOT / "mutants" / "src").rglob("*.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def _shown(name: str) -> str:
    """The change as a difference."""
    done = subprocess.run([*_MUTMUT, "show", name], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
