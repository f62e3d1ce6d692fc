"""Citations carry the version of the data and the reading."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from attrs import evolve

from csto_membership import ExportError, build, csto
from tests.export.samples import HOSTILE, hostile_dataset


def test_bibtex() -> None:
    """The entry is dated by the last day verified and says version, reading and licence."""
    assert csto.reading(basis="active").cite() == (
        f"@misc{{cstomembership{csto.horizon:%Y%m%d},\n"
        "  author = {{The csto-membership authors}},\n"
        "  title = {Membership of Collective Security Treaty Organization, day by day},\n"
        f"  year = {{{csto.horizon.year}}},\n"
        f"  date = {{{csto.horizon}}},\n"
        f"  version = {{{csto.data_version}}},\n"
        f"  note = {{Facts verified through {csto.horizon}, data version {csto.data_version}; "
        "basis active, dating effect; licence CC-BY-4.0},\n"
        "}\n"
    )


def test_bibtex_of_a_name_that_tex_would_run() -> None:
    """What is a command of TeX is escaped, and no brace is open."""
    organization = build(hostile_dataset((r"50% of {A_B} & \input{x} #1 $y$ ~^",) * 2))

    assert (
        r"title = {Membership of 50\% of \{A\_B\} \& \textbackslash{}input\{x\} \#1 \$y\$ "
        r"\textasciitilde{}\textasciicircum{}, day by day}," in organization.cite()
    )


@pytest.mark.parametrize("name", [*HOSTILE, "a\x00\x7f\x85\u2028\ufeffb"])
def test_cff_is_yaml(name: str) -> None:
    """The file is read by any reader of YAML, whatever the organization is called."""
    organization = build(evolve(hostile_dataset((name,) * 2), licence="CC0-1.0"))

    assert yaml.safe_load(organization.cite("cff")) == {
        "cff-version": "1.2.0",
        "message": "If you use these facts, please cite them as below.",
        "type": "dataset",
        "title": f"Membership of {name}, day by day",
        "version": organization.data_version,
        "date-released": "2020-01-01",
        "abstract": "Read with basis legal, dating effect. "
        "A spell is [start, end): its end is the first day outside. No end means that it still lasts.",
        "license": "CC0-1.0",
        "authors": [{"name": "The csto-membership authors"}],
    }


def test_no_licence_is_invented() -> None:
    """Facts whose file states no licence are cited without one."""
    organization = build(evolve(csto.dataset, licence=None), "CSTO")

    assert "license" not in yaml.safe_load(organization.cite("cff"))
    assert "licence not stated in the facts file}" in organization.cite("bibtex")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("bibtext", "no citation 'bibtext'. Did you mean 'bibtex'? There are bibtex, cff."),
        (None, "no citation None. There are bibtex, cff."),
    ],
)
def test_an_unknown_form_is_refused(form: Any, sentence: str) -> None:
    """A form that is not there is refused with those that are."""
    with pytest.raises(ExportError) as raised:
        csto.cite(form)
    assert str(raised.value) == sentence
