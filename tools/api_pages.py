"""Writes ``docs/reference/api/``: which public name stands on which page: ``python tools/api_pages.py``."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "reference" / "api"
HEAD = "<!-- Written by python tools/api_pages.py, not by hand. The text stands in the docstrings. -->"

# For each page: its title, one sentence, and the names, those most asked for first.
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "organizations": (
        "Organizations",
        (
            "What is asked: an organization under one reading, with every question as a method. `csto` is the "
            "Collective Security Treaty and its Organization; `csto_pa` is its Parliamentary Assembly, with its "
            "observers alone."
        ),
        ("csto", "csto_pa", "Organization", "Reading"),
    ),
    "answers": (
        "Answers",
        "What a question gives back.",
        (
            "Answer", "Status", "Roster", "Spell", "Spells", "Change", "Changes", "Difference", "Period", "Explanation",
        ),
    ),
    "claims": (
        "Claims and findings",
        "What a source says, one class for each kind of sentence, and what the record says to it.",
        (
            "Claim", "RosterClaim", "StatusClaim", "CountClaim", "ActClaim", "FoundingClaim", "MilestoneClaim",
            "SignatureClaim", "OfficeClaim", "ParticipationClaim", "Attribution", "Finding", "Verdict", "Line",
            "Agreement", "Article", "PressClaim", "press_claims",
        ),
    ),
    "tables": (
        "Tables",
        "What takes several organizations, or none; all else is a method of an [organization](organizations.md).",
        ("frames.panels", "frames.shared_memberships", "frames.Reconciliation", "frames.from_cow", "frames.to_cow"),
    ),
    "pictures": (
        "Pictures",
        "The timeline on matplotlib axes, and the explorer as a page of its own.",
        ("plot.plot", "plot.save", "explorer.html"),
    ),
    "files": (
        "Files",
        "From a facts file, a table, an export or records to an organization.",
        ("load", "shipped", "organizations", "memberships_of", "Shipped", "Belonging",
         "from_spells", "from_state_years", "from_json", "build", "check", "Dataset", "exact", "imprecise",
         "ImpreciseDate"),
    ),
    "testing": (
        "Testing",
        (
            "Laws for any organization, strategies for Hypothesis, and the diary that both are held to; see "
            "[Check your organization by the laws](../../how-to/check-by-laws.md)."
        ),
        (
            "testing.check_laws", "testing.LAWS", "testing.Law", "testing.Checked", "testing.LawError",
            "testing.Asking", "testing.organizations", "testing.datasets", "testing.histories", "testing.lives",
            "testing.readings", "testing.days", "testing.periods", "testing.cut_short", "testing.published",
            "testing.narrowed", "testing.illegal", "testing.diary", "testing.worlds", "testing.may_avoid",
            "testing.after", "testing.edge_days", "testing.readings_of", "testing.large_organization",
            "testing.large_dataset", "testing.large_history", "testing.invented_code",
        ),
    ),
    "records": (
        "Records",
        "What a facts file holds, as frozen records.",
        (
            "State", "Event", "Act", "Step", "StepName", "Source", "SourceKind", "Dispute", "Instrument", "Era",
            "Bound", "Office", "Term", "Capacity", "Participation", "ParticipationKind", "Participant",
            "ParticipationCapacity", "Gap", "Ended", "Requires", "History",
        ),
    ),
}  # fmt: skip


def page(title: str, sentence: str, names: tuple[str, ...]) -> str:
    """The text of one page: a directive for each name, which mkdocstrings replaces by its docstring."""
    directives = "\n\n".join(f"::: csto_membership.{name}" for name in names)
    return f"{HEAD}\n# {title}\n\n{sentence}\n\n{directives}\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for stem, content in PAGES.items():
        (FOLDER / f"{stem}.md").write_text(page(*content), encoding="utf-8")
