"""An organization as a facts file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from csto_membership import build, csto, csto_pa, load
from tests.large import large_organization
from tests.strategies import datasets

if TYPE_CHECKING:
    from pathlib import Path

    from csto_membership import Dataset


@pytest.mark.parametrize("organization", [csto, csto_pa], ids=["CSTO", "CSTO-PA"])
def test_a_shipped_organization_reads_back(organization: object, tmp_path: Path) -> None:
    """What is written loads as an equal history, with its version and its spells, and is written alike again."""
    path = tmp_path / "again.yaml"
    path.write_text(organization.to_yaml(), encoding="utf-8")  # type: ignore[attr-defined] # one of ours
    again = load(path)

    assert again.history == organization.history  # type: ignore[attr-defined] # one of ours
    assert again.data_version == organization.data_version  # type: ignore[attr-defined] # one of ours
    assert again.to_yaml() == path.read_text(encoding="utf-8")


@given(datasets())
def test_a_built_organization_reads_back(dataset: Dataset) -> None:
    """Read, written, read: the same records, whatever they say."""
    from csto_membership._reader.facts_file import read

    organization = build(dataset)
    assert build(read(organization.to_yaml().encode(), "again.yaml")) == organization


def test_the_reading_does_not_matter() -> None:
    """A facts file holds acts, and no reading of them."""
    assert csto.reading(basis="active", known_on="2012-07-01").to_yaml() == csto.to_yaml()


def test_a_code_that_is_one_reads_back(tmp_path: Path) -> None:
    """The number 1 is written, though it equals the truth that a facts file leaves out."""
    path = tmp_path / "large.yaml"
    large = large_organization(states=2, changes=3)
    path.write_text(large.to_yaml(), encoding="utf-8")

    assert load(path) == large
    assert load(path).states[0].cow == 1
