"""The rooms, and what each of them may know: a new arrow is a new row here, seen in review."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import csto_membership

PACKAGE = Path(csto_membership.__file__).parent

# room: (our rooms it may import, libraries it may import)
ROOMS: dict[str, tuple[set[str], set[str]]] = {
    "errors": (set(), set()),
    "_dates": ({"errors"}, {"attrs", "pendulum"}),
    "_facts.__init__": (set(), set()),
    "_facts.shipped": (set(), set()),
    "_facts.territories": ({"_facts.shipped"}, set()),
    "_model": ({"_dates", "_facts.territories", "errors"}, {"attrs"}),
    "_rules": ({"_segments", "_model", "errors"}, set()),
    "_tree": ({"_model", "_dates", "errors"}, {"yaml"}),
    "_yaml": ({"_tree", "_rules", "_model", "_dates", "errors"}, set()),
    "_segments": ({"_model"}, {"attrs"}),
    "_public": ({"_dates", "_model"}, {"attrs"}),
    "_phrases": ({"_facts.territories", "errors"}, set()),
    "_answers": ({"_phrases", "_dates", "errors"}, {"attrs", "pendulum"}),
    "_names": ({"_answers", "_facts.territories", "_model", "errors"}, {"attrs"}),
    "organization": (
        {
            "errors",
            "frames",
            "_answers",
            "_dates",
            "_judging",
            "_model",
            "_names",
            "_phrases",
            "_public",
            "_segments",
        },
        {"attrs", "pendulum"},
    ),
    "claims": ({"errors", "_answers", "_dates", "_model"}, {"attrs"}),
    "_judging": (
        {"claims", "errors", "_answers", "_dates", "_model", "_names", "_public", "_segments"},
        set(),
    ),
    "_claims_file": ({"claims", "errors", "_model", "_tree"}, set()),
    "_grids": ({"_answers", "_model", "errors"}, {"attrs", "numpy"}),
    "_codes": ({"_grids"}, {"attrs", "numpy"}),
    "_columns": ({"_dates", "errors"}, {"attrs", "numpy"}),
    "_arrow_tables": (
        {"_writing", "_columns", "_codes", "_dates", "_grids"},
        {"attrs", "numpy", "narwhals", "pyarrow"},
    ),
    "_pandas_tables": (
        {"_arrow_tables", "_writing", "_columns", "_codes", "_dates", "_grids"},
        {"attrs", "numpy", "narwhals", "pandas"},
    ),
    "_polars_tables": (
        {"_writing", "_columns", "_codes", "_dates", "_grids"},
        {"attrs", "numpy", "narwhals", "polars"},
    ),
    "_spellings": ({"_names", "_answers", "errors"}, set()),
    "_sql": ({"_dates"}, {"attrs"}),
    "_lookups": ({"_grids", "_sql"}, {"attrs", "narwhals", "numpy"}),
    "_writers": ({"_dates", "_sql"}, {"attrs", "narwhals"}),
    "_plans": (
        {"_lookups", "_writers", "_columns", "_spellings", "_sql", "_grids"},
        {"attrs", "narwhals"},
    ),
    "_writing": ({"_grids", "errors"}, {"attrs", "numpy", "narwhals"}),
    "_listing": ({"_writing", "_answers", "errors"}, {"narwhals"}),
    "_panels": (
        {"_writing", "_grids", "_answers", "_dates", "errors"},
        {"attrs", "numpy"},
    ),
    "_reconciling": (
        {"_writing", "_spellings", "_columns", "_grids", "_answers", "_model", "errors"},
        {"attrs", "narwhals"},
    ),
    "frames": (
        {
            "_arrow_tables",
            "_pandas_tables",
            "_polars_tables",
            "_columns",
            "_grids",
            "_listing",
            "_panels",
            "_plans",
            "_reconciling",
            "_spellings",
            "_answers",
            "errors",
        },
        {"attrs", "numpy", "narwhals"},
    ),
    "loading": ({"errors", "organization", "_claims_file", "_facts.shipped", "_rules", "_yaml"}, {"attrs"}),
    "__init__": (
        {"loading", "organization", "claims", "_answers", "_segments", "_model", "_dates", "errors"},
        set(),
    ),
    "cli": ({"__init__", "_phrases", "loading"}, set()),
    "__main__": ({"cli"}, set()),
}


def _imports(room: Path) -> tuple[set[str], set[str]]:
    """What a room imports, wherever in it: our rooms, and libraries beside the standard one.

    What only a type checker sees is no arrow: a room below may name the type of what it is passed.
    """
    ours, others = set(), set()
    tree = ast.parse(room.read_text(encoding="utf-8"))
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.ImportFrom):
            rooms = [f"{node.module}.{alias.name}" for alias in node.names]
            inside = node.module == "csto_membership"
            names = [name for name in rooms if inside and (PACKAGE / f"{name.partition('.')[2]}.py").exists()]
            names = names or [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == "csto_membership":
                ours.add(rest or "__init__")
            elif top not in sys.stdlib_module_names:
                others.add(top)
    return ours, others


def _name(room: Path) -> str:
    """The name of a room as the table has it: with the folder it lies in."""
    return ".".join(room.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("room", sorted(PACKAGE.rglob("*.py")), ids=_name)
def test_a_room_imports_only_what_its_row_says(room: Path) -> None:
    """Data flow one way: a room imports just the rooms that its row names, and no other library."""
    ours, others = _imports(room)

    allowed_ours, allowed_others = ROOMS[_name(room)]
    assert ours == allowed_ours
    assert others <= allowed_others


def test_every_row_is_a_room() -> None:
    """The table names no room that is gone."""
    assert set(ROOMS) == {_name(room) for room in PACKAGE.rglob("*.py")}


def test_the_arrows_have_no_circle() -> None:
    """Rooms can be put in an order in which each imports only those before it."""
    done: set[str] = set()
    left = dict(ROOMS)
    while left:
        free = {room for room, (ours, _) in left.items() if ours <= done}
        assert free, f"a circle among {sorted(left)}"
        done |= free
        left = {room: row for room, row in left.items() if room not in free}


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        (
            "import csto_membership",
            "yaml pendulum importlib.metadata logging narwhals numpy pandas polars matplotlib hypothesis argparse",
        ),
        (
            "from csto_membership import csto; csto.members_on('2003-06-30')",
            "pendulum importlib.metadata logging narwhals numpy pandas polars matplotlib hypothesis argparse",
        ),
    ],
)
def test_nothing_is_imported_before_it_is_used(statement: str, absent: str) -> None:
    """What one answer does not need is not imported for it."""
    probe = f"{statement}\nimport sys\nprint([name for name in {absent.split()!r} if name in sys.modules])"
    run = subprocess.run(  # noqa: S603 (our own probe)
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


def test_the_public_names() -> None:
    """The public face is this list, sorted, and each name is there."""
    assert csto_membership.__all__ == [
        "Act",
        "Answer",
        "BeyondHorizonError",
        "Capacity",
        "Change",
        "Claim",
        "ClaimError",
        "ClaimKind",
        "ColumnError",
        "Dataset",
        "DatasetError",
        "DayError",
        "Difference",
        "Dispute",
        "Era",
        "EraError",
        "Event",
        "Explanation",
        "Finding",
        "FrameError",
        "History",
        "ImpreciseDate",
        "Instrument",
        "MembershipError",
        "MissingExtraError",
        "Office",
        "OfficeError",
        "Organization",
        "Period",
        "PressClaim",
        "Reading",
        "ReadingError",
        "Roster",
        "Source",
        "SourceKind",
        "Spell",
        "State",
        "StateError",
        "Status",
        "Step",
        "StepName",
        "Term",
        "UncertainError",
        "Verdict",
        "build",
        "check",
        "csto",
        "csto_pa",
        "exact",
        "imprecise",
        "load",
        "press_claims",
    ]
    assert all(hasattr(csto_membership, name) for name in csto_membership.__all__)
    with pytest.raises(AttributeError, match="module 'csto_membership' has no attribute 'cstoo'"):
        csto_membership.cstoo  # noqa: B018 (it raises)


def test_the_version_is_that_of_the_distribution() -> None:
    """It is looked up when it is asked for."""
    import importlib.metadata

    assert csto_membership.__version__ == importlib.metadata.version("csto-membership")
