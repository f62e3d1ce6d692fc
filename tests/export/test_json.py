"""JSON reads back as the same organization, and what is not such a file is refused with all its faults."""

from __future__ import annotations

import json
from itertools import count
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import pytest
from attrs import evolve, has
from hypothesis import given

from csto_membership import (
    Act,
    DatasetError,
    ImpreciseDate,
    Organization,
    ReadingError,
    Status,
    build,
    csto,
    from_json,
    imprecise,
)
from csto_membership._facts.copies import without_places
from csto_membership._facts.records import Dataset
from csto_membership._membership.compiled import compile_history
from csto_membership._membership.reading import Reading
from csto_membership._reader.json_file import read_json, types_of
from tests.export.samples import organizations
from tests.strategies import datasets

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("name", organizations())
def test_json_reads_back_as_the_same_organization(name: str) -> None:
    """Records, version, reading and the states asked about beside those with an act come back, and the same text."""
    organization = organizations()[name]
    text = organization.to_json()
    read = from_json(text)

    assert read == organization
    assert read.data_version == organization.data_version
    assert read.read_as == organization.read_as
    assert read.compiled.beside == organization.compiled.beside
    own = evolve(organization.dataset, histories=(organization.compiled.full_history,))
    assert without_places(read.dataset) == without_places(own)
    assert read.to_json() == text


@given(dataset=datasets())
def test_json_reads_back_whatever_is_recorded(dataset: Dataset) -> None:
    """The same holds of any organization."""
    organization = build(dataset)

    assert without_places(from_json(organization.to_json()).dataset) == without_places(organization.dataset)


def test_every_field_of_every_record_reads_back() -> None:
    """A record in which every field is filled, to any depth, comes back equal; nothing of it is passed over."""
    dataset = evolve(_filled(Dataset, count()), verified_through=imprecise("2020-01-01"))
    history = dataset.histories[0]
    states = tuple(
        evolve(state, iso3=code) for state, code in zip(dataset.states, ("AAA", "BBB"), strict=True)
    )
    dataset = evolve(dataset, histories=(evolve(history, events=()),), states=states)
    organization = Organization(compiled=compile_history(dataset, dataset.histories[0], Reading()))
    event = _filled(type(csto.events()[0]), count())

    content = json.loads(organization.to_json())
    content["events"] = [event.to_dict()]
    assert read_json(json.dumps(content), "json").dataset == evolve(
        dataset, histories=(evolve(dataset.histories[0], events=(event,)),)
    )


def _filled(kind: Any, numbers: Iterator[int]) -> Any:
    """A value of a type, a record with all its fields filled."""
    if get_origin(kind) in {Union, UnionType}:
        return _filled(get_args(kind)[0], numbers)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        pair = get_origin(inner) is tuple  # of a language and a name
        return tuple(
            (code, f"text {next(numbers)}") if pair else _filled(inner, numbers) for code in ("aa", "bb")
        )
    if has(kind) and kind is not ImpreciseDate:
        return kind(**{name: _filled(inner, numbers) for name, inner in types_of(kind).items()})
    number = next(numbers)
    simple = {
        ImpreciseDate: imprecise(f"{1900 + number % 100}~"),
        str: f"text {number}",
        int: number,
        bool: False,
    }
    return simple[kind] if kind in simple else list(kind)[-1]  # the last word of an enumeration


def test_the_spells_are_those_of_the_reading() -> None:
    """Other readers find the spells with their days, whether they count, and what began and ended them."""
    content = json.loads(csto.reading(basis="nominal").to_json())

    assert content["spells"][-1] == {
        "state": "UZB",
        "number": 6,
        "status": "SUSPENDED",
        "is_member": True,
        "start": "2012-12-19",
        "end": None,
        "start_earliest": "2012-12-19",
        "start_latest": "2012-12-19",
        "end_earliest": None,
        "end_latest": None,
        "is_open": True,
        "opened_by": "suspend",
        "closed_by": None,
    }
    assert content["licence"] == "CC-BY-4.0"
    assert (content["horizon"], content["data_version"]) == (str(csto.horizon), csto.data_version)


def test_a_file_without_a_licence_says_so() -> None:
    """Whose facts they are is for their file to say: nothing is invented, and nothing comes back."""
    organization = build(evolve(csto.dataset, licence=None), "CSTO")
    text = organization.to_json()

    assert json.loads(text)["licence"] is None
    assert from_json(text).dataset.licence is None


KNOWN = (
    "organization, verified_through, states, sources, instruments, eras, events, offices, participations, "
)
KNOWN += "data_version, horizon, days, spells, beside, licence, reading"
EVENT = "state, act, effect, sources, steps, instrument, known, note, disputes"


def _changed(*path: str | int, value: Any) -> str:
    """The shipped facts as JSON, with another value at a path; ``None`` takes it out."""
    content: Any = json.loads(csto.to_json())
    place = content
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "{",
            (
                "json:1:2: no JSON: Expecting property name enclosed in double quotes. Read what to_json() wrote.",
            ),
        ),
        (
            b"\xff\xfe\xff",
            ("json: no JSON: bytes that are no UTF-8. Read what to_json() wrote.",),
        ),
        ('{"a": 1, "a": 2}', ("json: no JSON: 'a' occurs twice in one record. Read what to_json() wrote.",)),
        ("[]", ("json: format: [] is not 'csto-membership 1'. Read what to_json() of this library wrote.",)),
        (
            "{}",
            ("json: format: None is not 'csto-membership 1'. Read what to_json() of this library wrote.",),
        ),
        (_changed("states", value=None), ("json: the file: 'states' is missing. Add it.",)),
        (
            _changed("state", value=[]),
            (f"json: the file: no field 'state'. Did you mean 'states'? There are {KNOWN}.",),
        ),
        (_changed("states", value="x"), ("json: states: 'x' is no list. Write a list.",)),
        (
            _changed("organization", value=[]),
            ("json: organization: [] is no mapping. Write a record with its fields.",),
        ),
        (
            _changed("organization", "names", value=[]),
            ("json: organization.names: [] is no mapping. Write names by the codes of their languages.",),
        ),
        (
            _changed("organization", "names", "ru", value=1),
            ("json: organization.names.ru: 1 is not text. Write text.",),
        ),
        (
            _changed("organization", "closed", value=1),
            ("json: organization.closed: 1 is not true or false. Write true or false.",),
        ),
        (
            _changed("states", 0, "cow", value=True),
            ("json: states[0].cow: True is not a whole number. Write a whole number.",),
        ),
        (
            _changed("events", 0, "effect", value=1994),
            ("json: organization.events[0].effect: 1994 is not a date. Write it as text.",),
        ),
        (
            _changed("events", 0, "effect", value="1994-02-30"),
            (
                "json: organization.events[0].effect: '1994-02-30' is not in the calendar. "
                "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY.",
            ),
        ),
        (
            _changed("events", 0, "act", value="marry"),
            (f"json: organization.events[0].act: 'marry' is none of its words. There are {', '.join(Act)}.",),
        ),
        (
            _changed("events", 0, "effekt", value="x"),
            (f"json: organization.events[0]: no field 'effekt'. Did you mean 'effect'? There are {EVENT}.",),
        ),
        (
            _changed("reading", "basis", value=["MEMBER", "GONE"]),
            (
                "json: reading.basis: ['MEMBER', 'GONE'] is none of its words. "
                f"There are {', '.join(str(status) for status in Status)}.",
            ),
        ),
        (
            _changed("organization", "note", value="Edited."),
            (
                f"json: data_version: {csto.data_version!r} is not that of the records, "
                f"which is '{csto.horizon}+{'x' * 12}'. "
                "Export them anew, or take the field out to read edited records.",
            ),
        ),
    ],
)
def test_what_is_no_such_file_is_refused(text: str | bytes, problems: tuple[str, ...]) -> None:
    """Each fault is named with its path, its value and the way out."""
    with pytest.raises(DatasetError) as raised:
        from_json(text)
    found = raised.value.problems
    if "which is" in problems[0]:
        version = found[0].split("which is '")[1].split("'")[0]
        assert version != csto.data_version
        found = (found[0].replace(version, f"{csto.horizon}+{'x' * 12}"),)
    assert found == problems


def test_all_faults_are_named() -> None:
    """A file is read to its end: two faults are two lines."""
    content = json.loads(csto.to_json())
    content["events"][0]["act"], content["events"][1]["effect"] = "marry", "soon"

    with pytest.raises(DatasetError) as raised:
        from_json(json.dumps(content))
    assert [line.split(": ")[1] for line in raised.value.problems] == [
        "organization.events[0].act",
        "organization.events[1].effect",
    ]


def test_edited_records_are_read_without_their_version() -> None:
    """Whoever edits takes the version out; the rules of a facts file are held all the same."""
    content = json.loads(csto.to_json())
    del content["data_version"]
    content["organization"]["note"] = "Edited."
    assert from_json(json.dumps(content)).history.note == "Edited."

    content["events"][0]["sources"] = ["nowhere"]
    with pytest.raises(DatasetError, match="no source 'nowhere'"):
        from_json(json.dumps(content))


def test_a_reading_that_nobody_knows_is_refused() -> None:
    """The reading is checked as any is."""
    with pytest.raises(ReadingError, match="no basis 'legall'"):
        from_json(_changed("reading", "basis", value="legall"))
