"""Laws of the exports: what is written and read back is the same organization."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership import build, from_json, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csto_membership import Organization
    from csto_membership.testing.asking import Asking


def json_comes_back(asking: Asking) -> None:
    """``from_json`` makes of ``to_json`` the same organization under the same reading."""
    _come_back(asking, asking.some_readings(), lambda one: from_json(one.to_json()))


def pickles_come_back(asking: Asking) -> None:
    """A pickle, a copy and a deep copy are the same organization under the same reading."""
    readings = asking.some_readings()
    _come_back(asking, readings, lambda one: pickle.loads(pickle.dumps(one)))  # noqa: S301 (our own bytes)
    _come_back(asking, readings, copy.copy)
    _come_back(asking, readings, copy.deepcopy)


def yaml_comes_back(asking: Asking) -> None:
    """``load`` makes of ``to_yaml`` the same organization under the default reading."""
    organization = asking.organization
    states = organization.dataset.states or asking.states(organization)  # a facts file has one at least
    dataset = evolve(organization.dataset, states=states)
    _come_back(asking, [build(dataset, organization.history.id)], _loaded)


def _loaded(organization: Organization) -> Organization:
    """An organization written as a facts file, and loaded from it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.yaml"
        path.write_text(organization.to_yaml(), encoding="utf-8", newline="\n")
        return load(path)


def _come_back(
    asking: Asking, readings: Iterable[Organization], there_and_back: Callable[[Organization], Organization]
) -> None:
    """Whether organizations are the same after a journey: equal, of equal hash, with the same answers."""
    for organization in readings:
        back = there_and_back(organization)
        asking.agree(organization, None, "", read_back=back, the_original=organization)
        asking.agree(organization, None, "", hash_read_back=hash(back), hash_before=hash(organization))
        version = organization.data_version
        asking.agree(organization, None, "", data_version_read_back=back.data_version, before=version)
        for state in asking.states(organization):
            asking.agree(
                organization,
                state,
                "",
                spells_read_back=back.spells(state),
                before=organization.spells(state),
            )
