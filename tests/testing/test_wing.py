"""What stands in the wing: public names, and none of the library's private ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from csto_membership import MissingExtraError, testing

FOLDER = Path(testing.__file__).parent


def test_the_public_names() -> None:
    """The face is this list, sorted, and each name is there."""
    assert testing.__all__ == [
        "LAWS",
        "Asking",
        "Checked",
        "Law",
        "LawError",
        "after",
        "check_laws",
        "cut_short",
        "datasets",
        "days",
        "diary",
        "edge_days",
        "histories",
        "illegal",
        "invented_code",
        "large_dataset",
        "large_history",
        "large_organization",
        "lives",
        "may_avoid",
        "narrowed",
        "organizations",
        "periods",
        "published",
        "readings",
        "readings_of",
        "worlds",
    ]
    assert all(hasattr(testing, name) for name in testing.__all__)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_no_private_name_of_the_library_is_used(path: Path) -> None:
    """Whoever writes such tests needs nothing that is not public: no private module, no private attribute."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    attributes = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]

    assert [name for name in modules if "._" in name] == []
    assert [name for name in attributes if name.startswith("_") and not name.startswith("__")] == []
    assert "compiled" not in attributes


def test_without_hypothesis_the_way_out_is_said() -> None:
    """The sentence names what is missing and the command that installs it; the library itself needs none of it."""
    probe = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import csto_membership\n"
        "try:\n    import csto_membership.testing\n"
        "except csto_membership.MissingExtraError as error:\n    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)  # noqa: S603 (our own probe)

    assert run.stdout.strip() == (
        "tests by laws need hypothesis, which is not installed. Run: pip install 'csto-membership[testing]'"
    )


def test_the_face_says_so_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence comes from the face of the wing, whatever was imported before."""
    _forget(monkeypatch)
    monkeypatch.setitem(sys.modules, "hypothesis", None)

    with pytest.raises(MissingExtraError, match="tests by laws need hypothesis"):
        __import__("csto_membership.testing")


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the wing had not been imported."""
    for name in [name for name in sys.modules if name.startswith("csto_membership.testing")]:
        monkeypatch.delitem(sys.modules, name)


def test_another_missing_module_is_not_taken_for_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the installation is shown as it is."""
    _forget(monkeypatch)
    monkeypatch.setitem(sys.modules, "attrs", None)

    with pytest.raises(ModuleNotFoundError, match="attrs"):
        __import__("csto_membership.testing")
