"""What an import loads, and the public names. The layers of the house are contracts in ``pyproject.toml``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import csto_membership

ROOT = Path(__file__).parents[1]


def test_each_wing_imports_only_those_below_it() -> None:
    """The contracts in pyproject.toml hold: layers, no circle, and libraries of tables in the wing of tables alone."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert run.returncode == 0, run.stdout


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
        "ActClaim",
        "Agreement",
        "Answer",
        "Article",
        "Attribution",
        "Belonging",
        "BeyondHorizonError",
        "Bound",
        "Capacity",
        "Change",
        "Changes",
        "Claim",
        "ClaimError",
        "ColumnError",
        "CountClaim",
        "Dataset",
        "DatasetError",
        "DayError",
        "Difference",
        "Dispute",
        "DrawingError",
        "Ended",
        "Era",
        "EraError",
        "Event",
        "Explanation",
        "ExportError",
        "Finding",
        "FoundingClaim",
        "FrameError",
        "Gap",
        "History",
        "ImpreciseDate",
        "Instrument",
        "Line",
        "MembershipError",
        "MilestoneClaim",
        "MissingExtraError",
        "Office",
        "OfficeClaim",
        "OfficeError",
        "Organization",
        "Participant",
        "Participation",
        "ParticipationCapacity",
        "ParticipationClaim",
        "ParticipationError",
        "ParticipationKind",
        "Period",
        "PressClaim",
        "Reading",
        "ReadingError",
        "Requires",
        "Roster",
        "RosterClaim",
        "Shipped",
        "SignatureClaim",
        "Source",
        "SourceKind",
        "Spell",
        "Spells",
        "State",
        "StateError",
        "Status",
        "StatusClaim",
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
        "from_json",
        "from_spells",
        "from_state_years",
        "imprecise",
        "load",
        "memberships_of",
        "organizations",
        "press_claims",
        "shipped",
    ]
    assert all(hasattr(csto_membership, name) for name in csto_membership.__all__)
    with pytest.raises(AttributeError, match="module 'csto_membership' has no attribute 'cstoo'"):
        csto_membership.cstoo  # noqa: B018 (it raises)


def test_the_version_is_that_of_the_distribution() -> None:
    """It is looked up when it is asked for."""
    import importlib.metadata

    assert csto_membership.__version__ == importlib.metadata.version("csto-membership")


def test_dir_lists_the_public_names() -> None:
    """Completion shows what there is, whether it was loaded or not: csto, csto_pa and the kinds of claims."""
    probe = "import csto_membership; print(' '.join(dir(csto_membership)))"
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)  # noqa: S603 (our own probe)

    assert run.stdout.split() == sorted([*csto_membership.__all__, "__version__"])
    assert dir(csto_membership) == run.stdout.split()
    assert {"csto", "csto_pa", "Claim", "RosterClaim"} <= set(run.stdout.split())
