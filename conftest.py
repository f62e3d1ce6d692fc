"""Runs every example: in README, in the docs and in docstrings.

A fence is run (``pycon``, ``python``, ``console``) or declared inert; tests/test_docs.py sees to it that
there is no third kind.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shlex
from doctest import ELLIPSIS
from typing import TYPE_CHECKING

from hypothesis import Phase, settings
from sybil import Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Document, Example

# Tests are no benchmarks: a slow machine, or one that counts coverage, fails none of them.
settings.register_profile("untimed", deadline=None)
# Mutants are many, and each only has to fail a test: no example is made small, and none depends on the run.
settings.register_profile(
    "mutants", deadline=None, max_examples=25, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
# For tools/variants.py: the same tests many times, each time with other examples.
settings.register_profile("small", deadline=None, max_examples=15, database=None)
settings.load_profile("untimed")

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Whoever runs these tests has done so.
NOT_RUN_HERE = ("python -m pip", "python -m pytest", "git ")


def _console(example: Example) -> str | None:
    """Run each command of a console block in this process and compare what it prints."""
    from csto_membership.cli import main

    for whole, expected in example.parsed:
        command = whole.rpartition(" && ")[2]
        if command.startswith(NOT_RUN_HERE):
            continue
        words = shlex.split(command)
        if words[:1] != ["csto-membership"]:
            return f"cannot run {command!r}: only csto-membership is run here"
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main(words[1:])
        printed = (err.getvalue() + out.getvalue()).strip()
        if printed != expected.removeprefix("...\n"):
            return f"{command!r} printed\n{printed}\nexpected\n{expected}"
    return None


def _console_regions(document: Document) -> Iterator[Region]:
    """The console blocks of a page: commands after ``$``, each with what it prints."""
    for match in CONSOLE.finditer(document.text):
        parts = re.split(r"^\$ ", match[1], flags=re.MULTILINE)[1:]
        parsed = [(part.partition("\n")[0], part.partition("\n")[2].strip()) for part in parts]
        yield Region(match.start(), match.end(), parsed, _console)


# The how-to pages work on tables, which the tests' own requirements do not bring.
TABLES = ("duckdb", "narwhals", "numpy", "pandas", "polars", "pyarrow")
MISSING = [name for name in TABLES if importlib.util.find_spec(name) is None]
HAS_MATPLOTLIB = importlib.util.find_spec("matplotlib") is not None

_pages = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS), PythonCodeBlockParser(), _console_regions],
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    excludes=[
        *(["docs/how-to/*.md", "docs/explanation/other-datasets.md"] if MISSING else []),
        *([] if HAS_MATPLOTLIB and not MISSING else ["docs/tutorial/*.md", "docs/*/tutorial/*.md"]),
    ],
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)],
    pattern="src/**/*.py",
    excludes=[
        *(
            [
                "src/csto_membership/frames/_panels.py",
                "src/csto_membership/frames/_reconciling.py",
                "src/csto_membership/loading.py",
            ]
            if MISSING
            else []
        ),
        *([] if HAS_MATPLOTLIB else ["src/csto_membership/plot.py"]),
    ],
)

pytest_collect_file = (_pages + _docstrings).pytest()


def pytest_report_header() -> list[str]:
    """Say which examples are left out, and why."""
    lines = []
    if MISSING:
        lines.append(
            f"examples on tables left out: {', '.join(MISSING)} not installed (pip install -e '.[test-frames]')"
        )
    if not HAS_MATPLOTLIB:
        lines.append("examples on plots left out: matplotlib not installed (pip install -e '.[plot]')")
    return lines
