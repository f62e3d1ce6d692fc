"""The notebooks run from their first cell to their last."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "examples" / "notebooks").glob("*.ipynb"))


def _shown(source: str, names: dict[str, Any]) -> object:
    """Run a cell, and give what its last line says."""
    *before, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        exec(compile(source, "cell", "exec"), names)  # noqa: S102 (our own notebook)
        return None
    exec(compile(ast.Module(before, []), "cell", "exec"), names)  # noqa: S102 (our own notebook)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 (our own notebook)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_its_answers(notebook: Path) -> None:
    """Each cell runs after those above it, and is kept without what it printed once."""
    for library in ("matplotlib", "narwhals", "polars"):
        pytest.importorskip(library, reason=f"{library} is not installed: the notebook is not run")
    import matplotlib as mpl

    mpl.use("agg")
    names: dict[str, Any] = {}
    cells = [
        cell
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]

    shown = [_shown("".join(cell["source"]), names) for cell in cells]

    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert sum("csto-card" in getattr(one, "_repr_html_", str)() for one in shown) == 8
