"""Readings last: equal when their facts are, pickled as what they are, and kept only so many at a time."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from csto_membership import (
    Dataset,
    DatasetError,
    Event,
    History,
    Organization,
    Source,
    SourceKind,
    State,
    build,
    csto,
    csto_pa,
    exact,
    load,
)
from csto_membership._membership import membership as room

if TYPE_CHECKING:
    from collections.abc import Callable

FACTS = Path(__file__).parents[2] / "data" / "membership.yaml"


def _small(*, effect: str = "2001-01-01") -> Organization:
    """An invented organization of one state."""
    source = Source(id="s", title="t", publisher="p", kind=SourceKind.PRESS)
    event = Event(state="ARM", act="join", effect=effect, sources=("s",))
    return build(
        Dataset(
            verified_through=exact("2020-01-01"),
            sources=(source,),
            states=(State(iso3="ARM", english="Armenia"),),
            histories=(History(id="X", name="X", events=(event,)),),
        )
    )


def test_the_same_facts_have_one_version_however_they_come() -> None:
    """A file, the shipped facts and records in any order have one data version."""
    shuffled = evolve(
        csto.dataset,
        sources=tuple(reversed(csto.dataset.sources)),
        states=tuple(reversed(csto.dataset.states)),
        instruments=tuple(reversed(csto.dataset.instruments)),
        histories=tuple(reversed(csto.dataset.histories)),
    )

    built = build(shuffled, "CSTO")

    assert load(FACTS, "CSTO").data_version == csto.data_version == built.data_version
    assert built == csto
    assert hash(built) == hash(csto)
    assert csto.data_version.startswith(f"{csto.horizon}+")


@pytest.mark.parametrize(
    "changed",
    [
        lambda history: evolve(history, note="another note"),
        lambda history: evolve(history, events=history.events[:-1]),
        lambda history: evolve(
            history, events=(evolve(history.events[0], effect=exact("1992-05-16")), *history.events[1:])
        ),
    ],
)
def test_other_facts_have_another_version(changed: Callable[[History], History]) -> None:
    """Whatever a file says of the organization counts: a note, an act, a day."""
    histories = tuple(changed(one) if one.id == "CSTO" else one for one in csto.dataset.histories)
    other = build(evolve(csto.dataset, histories=histories), "CSTO")

    assert other.data_version != csto.data_version
    assert other != csto


def test_another_organization_of_the_file_does_not_count() -> None:
    """The version is that of one organization's records, with what they cite."""
    histories = tuple(one for one in csto.dataset.histories if one.id == "CSTO")

    assert build(evolve(csto.dataset, histories=histories)).data_version == csto.data_version
    assert csto_pa.data_version != csto.data_version


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        (csto, csto.reading(), True),
        (csto, csto.reading(basis="active"), False),
        (csto, csto_pa, False),
        (csto, csto.beside(["USA"]), False),
        (csto.beside(["USA"]), csto.beside(["UNITED STATES"]), True),
        (csto, load(FACTS, "CSTO"), True),
        (csto, "CSTO", False),
        (_small(), _small(), True),
        (_small(), _small(effect="2001-01-02"), False),
    ],
)
def test_organizations_are_equal_by_facts_reading_and_states(
    one: object, other: object, *, is_equal: bool
) -> None:
    """Equality asks for the facts, the reading and the states asked about beside those with an act."""
    assert (one == other) is is_equal
    assert not is_equal or hash(one) == hash(other)


READINGS = [
    csto,
    csto.reading(basis="active", dating=("decision", "signature"), era="CSTO", known_on="2012-07-01"),
    csto.beside(["USA"]).reading(extrapolate=True),
    csto_pa.reading(dating="any"),
    _small(),
    _small().reading(known_on="2010-01-01"),
]


@pytest.mark.parametrize("organization", READINGS, ids=repr)
@pytest.mark.parametrize("copied", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])  # noqa: S301 (our own)
def test_a_copy_is_equal(organization: Organization, copied: Callable[[object], object]) -> None:
    """A pickled or copied organization is equal to the original, and answers alike."""
    again = copied(organization)

    assert again == organization
    assert isinstance(again, Organization)
    assert again.latest() == organization.latest()
    assert [state.iso3 for state in again.states] == [state.iso3 for state in organization.states]


def test_a_pickle_does_not_grow_with_use() -> None:
    """What was asked before is no part of a pickle; a roster of the shipped facts stays under 4 kB."""
    small = _small()
    before = len(pickle.dumps(csto)), len(pickle.dumps(small))
    for day in range(500):
        on = date(2012, 1, 1) + timedelta(days=day)
        csto.reading(known_on=on).members_on(on)
        small.reading(known_on=on).explain("ARM", on)

    assert (len(pickle.dumps(csto)), len(pickle.dumps(small))) == before
    roster = csto.members_on("1999")
    assert len(pickle.dumps(roster)) < 4096
    assert pickle.loads(pickle.dumps(roster)) == roster  # noqa: S301 (our own)
    assert pickle.loads(pickle.dumps(roster.possible)).codes() == ("AZE", "GEO", "UZB")  # noqa: S301 (our own)


def test_a_pickle_of_other_facts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under other facts than those it was pickled under, a shipped organization is not taken for the same."""
    pickled = pickle.dumps(csto)
    ours = csto.data_version
    monkeypatch.setitem(csto.compiled.cache, "data version", "2030-01-01+0123456789ab")

    with pytest.raises(DatasetError) as caught:
        pickle.loads(pickled)  # noqa: S301 (our own)

    assert str(caught.value) == (
        f"CSTO was pickled under the facts {ours}, and this library ships 2030-01-01+0123456789ab. "
        "Use one version of csto-membership on both sides."
    )


def test_a_pickle_is_read_in_another_process() -> None:
    """A process that has asked nothing yet unpickles a shipped organization under its reading."""
    probe = "import pickle, sys; print(pickle.load(sys.stdin.buffer).was_member('ARM', '2025-01-01'))"
    run = subprocess.run(  # noqa: S603 (our own probe)
        [sys.executable, "-c", probe],
        input=pickle.dumps(csto.reading(basis="active")),
        capture_output=True,
        check=True,
    )

    assert run.stdout.strip() == b"no"


def test_readings_are_kept_up_to_a_bound() -> None:
    """Equal readings are one object while they are kept, and equal ever after; the memory is bounded."""
    small = _small()
    first = small.reading(known_on="2002-01-01")
    assert small.reading(known_on="2002-01-01") is first

    days = [date(2002, 1, 2) + timedelta(days=number) for number in range(2 * room._READINGS_KEPT)]
    for day in days:
        small.reading(known_on=day)

    assert small.reading(known_on="2002-01-01") is not first
    assert small.reading(known_on="2002-01-01") == first
    gc.collect()
    alive = [
        thing for thing in gc.get_objects() if isinstance(thing, Organization) and thing.history.id == "X"
    ]
    assert len(alive) < len(days)
    assert len(small._family.made) == room._READINGS_KEPT


def test_words_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memo of words for states never holds more of them than its bound."""
    monkeypatch.setattr(room, "_WORDS_KEPT", 3)
    small = _small()
    for word in ("ARM", "AM", "Armenia", "Армения", "arm", "Am"):
        assert str(small.was_member(word, "2001-01-01")) == "yes"
        assert str(small.was_member(word, "2000-12-31")) == "no"
        assert len(small._words) <= 3


def test_arguments_of_readings_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memo of arguments never holds more of them than its bound, and the readings stay right."""
    monkeypatch.setattr(room, "_ASKED_KEPT", 2)
    small = _small()
    asked = ["active", "nominal", "signed", "legal", "active"]

    assert [small.reading(basis=basis).read_as.basis for basis in asked] == asked
    assert len(small._asked) <= 2


def test_a_dask_token_does_not_change_with_use() -> None:
    """Dask tells equal work by facts and reading, whatever was asked before."""
    small = _small()
    before = small.__dask_tokenize__()
    small.explain("ARM", "2001")
    small.reading(basis="active").latest()

    assert small.__dask_tokenize__() == before == _small().__dask_tokenize__()
    assert small.reading(basis="active").__dask_tokenize__() != before


def test_plain_values_are_json() -> None:
    """Every record of the shipped facts becomes plain values that JSON can write."""
    from csto_membership._facts.plain import plain

    text = json.dumps(plain(csto.dataset), ensure_ascii=False)

    assert "where" not in json.loads(text)["histories"][0]["events"][0]
    assert plain({"a": csto.status_on("AZE", "1999")}) == {"a": ["MEMBER", "FORMER"]}


def test_lists_of_a_caller_are_copied() -> None:
    """Records made with lists hold tuples: what a caller does to a list later changes nothing."""
    source = Source(id="s", title="t", publisher="p", kind=SourceKind.PRESS)
    cited = ["s"]
    events = [Event(state="ARM", act="join", effect="2001-01-01", sources=cited)]  # type: ignore[arg-type] # converted
    history = History(id="X", name="X", events=events)  # type: ignore[arg-type] # converted
    states = [State(iso3="ARM", english="Armenia")]
    organization = build(
        Dataset(verified_through=exact("2020-01-01"), sources=[source], states=states, histories=[history])  # type: ignore[arg-type] # converted
    )

    random.shuffle(events)
    events.clear()
    cited.clear()
    states.clear()

    assert organization.reading(basis="active").latest().codes() == ("ARM",)
    assert organization.events("ARM")[0].sources == ("s",)
