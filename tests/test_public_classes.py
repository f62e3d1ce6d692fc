"""Every public class holds values: they travel, are copied, count as equal, and nobody changes them.

The classes are those of ``csto_membership.__all__``; the instances come out of ordinary calls. A class of which no
call gives an instance fails by its name.
"""

from __future__ import annotations

import copy
import datetime as dt
import enum
import inspect
import pickle
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import csto_membership
from csto_membership import (
    Gap,
    ImpreciseDate,
    MembershipError,
    Organization,
    SignatureClaim,
    build,
    csto,
    csto_pa,
    exact,
    from_json,
    imprecise,
    memberships_of,
    organizations,
    press_claims,
    shipped,
)
from csto_membership._facts.places import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC: dict[str, Any] = {
    name: value
    for name in csto_membership.__all__
    if inspect.isclass(value := getattr(csto_membership, name))
}
ERRORS = {name: one for name, one in PUBLIC.items() if issubclass(one, MembershipError)}
CHOICES = {name: one for name, one in PUBLIC.items() if issubclass(one, enum.Enum)}
VALUES = {name: one for name, one in PUBLIC.items() if name not in ERRORS and name not in CHOICES}


def _pickled(one: Any, protocol: int) -> Any:
    """What comes out of a pickle."""
    return pickle.loads(pickle.dumps(one, protocol))  # noqa: S301 (our own)


COPIES: dict[str, Callable[[Any], Any]] = {
    "pickle 2": partial(_pickled, protocol=2),
    "pickle": partial(_pickled, protocol=pickle.HIGHEST_PROTOCOL),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}
_ENOUGH = 40  # instances of a class: the first of them differ most


def _answers(organization: Organization) -> Iterator[object]:
    """What an organization answers to every kind of question."""
    state = organization.states[0]
    yield organization
    yield organization.dataset
    yield organization.read_as
    yield organization.latest()
    yield organization.members_on("1999")
    for one in organization.states:
        yield organization.spells(one)
        yield organization.explain(one, "1999", lang="ru")
    yield organization.changes()
    yield organization.next_change("1993-01-01")
    yield organization.difference("1995-01-01", "2005-01-01")
    yield organization.periods_of([state])
    yield organization.together(*organization.states[:2])
    yield organization.participations()
    yield organization.events()
    yield organization.sources()
    yield organization.instruments


def _roots() -> Iterator[object]:
    """The values of ordinary calls."""
    for organization in (
        csto,
        csto_pa,
        csto.reading(basis="active", dating="decision"),
        csto.beside(["USA"]),
    ):
        yield from _answers(organization)
    for name in ("CIS", "EAEU", "EURASEC", "GUAM", "SCO"):
        yield shipped(name)
        yield shipped(name).dataset
    yield organizations()
    yield memberships_of("ARM", "2003-06-30")
    yield from_json(csto.to_json())
    yield build(csto_pa.dataset, "CSTO-PA")
    yield imprecise("[1991-12-08..1992-05]")
    claims = press_claims()
    gap = Gap(
        state="SRB", start=exact("2010-01-01"), end=exact("2011-01-01"), sources=csto_pa.events()[0].sources
    )
    history = attrs.evolve(csto_pa.history, gaps=(gap,))
    yield build(attrs.evolve(csto_pa.dataset, histories=(history,)), "CSTO-PA").dataset
    yield SignatureClaim(instrument="charter", states="UZB", when="2002")
    yield claims
    yield [shipped(one.organization).check(one.claim) for one in claims]


def _parts(value: Any) -> Iterator[object]:
    """What a value holds: the fields of a record, the elements of a container."""
    if attrs.has(type(value)) and not isinstance(value, Organization):
        yield from (getattr(value, field.name) for field in attrs.fields(type(value)))
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple | list | frozenset):
        yield from value


@cache
def _instances() -> dict[type, list[Any]]:
    """Instances of each class that ordinary calls give, found through all that they hold."""
    found: dict[type, list[Any]] = {}
    waiting, seen = list(_roots()), set[int]()
    held = list(waiting)  # or an identity is used again
    while waiting:
        value = waiting.pop(0)
        if id(value) in seen:
            continue
        seen.add(id(value))
        held.append(value)
        kept = found.setdefault(type(value), [])
        if len(kept) < _ENOUGH:
            kept.append(value)
        waiting.extend(_parts(value))
    return found


def _of(name: str) -> list[Any]:
    """Instances of a public class, at least one."""
    found = _instances().get(PUBLIC[name], [])
    assert found, f"no ordinary call in this file gives an instance of {name}: add one to _roots"
    return found


def test_public_classes_are_of_three_kinds() -> None:
    """Errors, choices and values: what is said of each below leaves out none."""
    assert len(ERRORS) + len(CHOICES) + len(VALUES) == len(PUBLIC)
    assert min(len(ERRORS), len(CHOICES), len(VALUES)) > 9


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("way", COPIES)
def test_a_copied_value_is_equal(name: str, way: str) -> None:
    """What comes back is of the same class, equal both ways, of equal hash, and reads alike."""
    for one in _of(name):
        again = COPIES[way](one)

        assert type(again) is type(one)
        assert again == one
        assert one == again
        assert hash(again) == hash(one)
        assert repr(again) == repr(one)
        assert str(again) == str(one)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_equal_to_nothing_of_another_kind(name: str) -> None:
    """It can be a key, and text or another object differs from it."""
    for one in _of(name):
        assert isinstance(one, Hashable)
        assert one != object()
        assert one != "text"


@pytest.mark.parametrize("name", VALUES)
def test_nobody_changes_a_value(name: str) -> None:
    """No attribute can be set or deleted, whether there was one or not."""
    for one in _of(name):
        kept = repr(one)
        named = [field.name for field in attrs.fields(type(one))] if attrs.has(type(one)) else []
        for attribute in [*named, *getattr(one, "__dict__", ()), "nothing_there"]:
            with pytest.raises(AttributeError):
                setattr(one, attribute, None)
            with pytest.raises(AttributeError):
                delattr(one, attribute)
        assert repr(one) == kept


# An organization keeps what it has computed; a place finds lines in a file.
_LEAVES = (Where, str, int, float, bool, bytes, dt.date, enum.Enum, ImpreciseDate, Organization, type(None))


def _shown_fields(record: Any) -> dict[str, object]:
    """The public fields of a record: a roster's way to find a state is not its content."""
    fields = attrs.fields(type(record))
    return {field.name: getattr(record, field.name) for field in fields if not field.name.startswith("_")}


def _is_fixed(value: object) -> bool:
    """Whether nothing inside can change."""
    if isinstance(value, _LEAVES):
        return True
    if isinstance(value, Mapping):
        return not hasattr(value, "__setitem__") and all(map(_is_fixed, value.values()))
    if isinstance(value, AbstractSet):
        return isinstance(value, frozenset)
    if isinstance(value, tuple):
        return all(map(_is_fixed, value))
    return attrs.has(type(value)) and all(map(_is_fixed, _shown_fields(value).values()))


@pytest.mark.parametrize("name", VALUES)
def test_what_a_value_holds_cannot_change(name: str) -> None:
    """The containers inside are tuples, frozen sets and mappings that refuse a change, however deep."""
    for one in _of(name):
        if attrs.has(type(one)) and not isinstance(one, Organization):
            assert [key for key, value in _shown_fields(one).items() if not _is_fixed(value)] == []
        else:
            assert isinstance(one, tuple | Organization)


@pytest.mark.parametrize("name", VALUES)
def test_a_record_is_frozen_with_slots(name: str) -> None:
    """A record takes no attribute of anybody's: a misspelt one would be kept in silence."""
    for one in _of(name):
        assert isinstance(one, tuple) or not hasattr(one, "__dict__")


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("way", COPIES)
def test_a_copied_choice_is_the_same_object(name: str, way: str) -> None:
    """A member of an enumeration stays the one there is, wherever it comes back."""
    assert list(PUBLIC[name])
    for one in PUBLIC[name]:
        assert COPIES[way](one) is one
        assert hash(COPIES[way](one)) == hash(one)


@pytest.mark.parametrize("name", CHOICES)
def test_nobody_changes_a_choice(name: str) -> None:
    """Name and value of a member stay, and no member is added, set or deleted."""
    for one in PUBLIC[name]:
        for attribute in ("name", "value"):
            with pytest.raises(AttributeError):
                setattr(one, attribute, None)
        with pytest.raises((AttributeError, TypeError)):
            setattr(PUBLIC[name], one.name, None)
        with pytest.raises((AttributeError, TypeError)):
            delattr(PUBLIC[name], one.name)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("way", COPIES)
def test_a_copied_error_says_the_same(name: str, way: str) -> None:
    """Its class, sentence, way out and option come back: process pools send errors home."""
    error = PUBLIC[name](("one fault.", "another."), "Do this.", option="codes")
    again = COPIES[way](error)

    assert type(again) is PUBLIC[name]
    assert str(again) == str(error) == "one fault.\nanother. Do this."
    assert (again.fault, again.way_out, again.option) == (error.fault, error.way_out, "codes")
    assert again.args == error.args
    assert getattr(again, "problems", None) == getattr(error, "problems", None)


def test_the_walk_reaches_what_it_should() -> None:
    """The law is not empty: it has seen many instances, and the parts of parts."""
    assert len(_of("Event")) == _ENOUGH
    assert len(_of("Organization")) > 8
    assert len(_of("Step")) > 3
