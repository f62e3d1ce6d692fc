"""Turns an export in JSON back into the records and the reading it was made of, or into all its faults."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, frozen, has

from csto_membership._facts.dates import ImpreciseDate, imprecise
from csto_membership._facts.records import Dataset, History
from csto_membership._facts.states import State
from csto_membership._facts.statuses import Status
from csto_membership._facts.unknown import Ended, Gap
from csto_membership._membership.reading import Reading
from csto_membership._reader.limits import HOPELESS, LARGEST_JSON, HopelessError, Suggestions, first_faults
from csto_membership.errors import UNSEEN, DatasetError, DayError, shown
from csto_membership.export.json import FORMAT, RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NOT_READ = frozenset({"where"})  # where a record stood in another file
_DERIVED = ("data_version", "horizon", "days", "spells")  # derived from the records, so not read
_OPTIONAL = (*_DERIVED, "beside", "licence", "reading")
_HIDDEN = re.compile(f"(?![\t\n])[{UNSEEN}]")
_WORDS = {str: "text", int: "a whole number", bool: "true or false"}


@frozen(kw_only=True)
class Exported:
    """What an export in JSON holds.

    Attributes:
        dataset: The records, with one organization; unchecked.
        reading: How they were read.
        beside: Codes of the states asked about beside those with an act.
        data_version: The version that the file says the records have; ``None`` where it says none.
    """

    dataset: Dataset
    reading: Reading
    beside: tuple[str, ...]
    data_version: str | None


def read_json(text: str | bytes, file: str) -> Exported:
    """What an export in JSON holds.

    Args:
        text: The file.
        file: The name that its faults are reported under.

    Raises:
        DatasetError: It is no such export, or has faults; all of them.
    """
    if not isinstance(text, str | bytes | bytearray):
        problem = f"{file}: expected the text of an export, got {shown(text)}. Read what to_json() wrote."
        raise DatasetError((problem,))
    if len(text) > LARGEST_JSON:
        raise DatasetError((f"{file}: more than {LARGEST_JSON:,} characters. Export one organization.",))
    try:
        content = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise DatasetError(
            (f"{file}:{error.lineno}:{error.colno}: no JSON: {error.msg}. Read what to_json() wrote.",)
        ) from None
    except _UnreadableError as error:
        raise DatasetError((f"{file}: no JSON: {error}. Read what to_json() wrote.",)) from None
    except UnicodeDecodeError:
        raise DatasetError(
            (f"{file}: no JSON: bytes that are no UTF-8. Read what to_json() wrote.",)
        ) from None
    except RecursionError:
        problem = f"{file}: no JSON: lists nested too deep. Read what to_json() wrote."
        raise DatasetError((problem,)) from None
    except ValueError:
        problem = f"{file}: no JSON: a number with too many digits. Read what to_json() wrote."
        raise DatasetError((problem,)) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format") if isinstance(content, dict) else content
        raise DatasetError(
            (f"{file}: format: {shown(found)} is not {FORMAT!r}. Read what to_json() of this library wrote.",)
        )
    reader = _Reader(file)
    exported: Exported | None = None
    with suppress(HopelessError):
        exported = reader.exported(content)
    if reader.problems or exported is None:
        raise DatasetError(first_faults(reader.problems, file))
    return exported


class _UnreadableError(ValueError):
    """What is JSON, and no record."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping; a name that occurs twice is refused, since ``json`` would silently keep the last."""
    content = dict(pairs)
    if len(content) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = next(name for name, number in counted.items() if number > 1)
        raise _UnreadableError(f"{shown(twice)} occurs twice in one record")
    return content


class _Reader:
    """Makes records of plain values and collects the faults; a value at fault becomes ``None``."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []
        self.suggestions = Suggestions()

    def fault(self, path: str, text: str) -> None:
        """Note what is wrong with the value at a path."""
        self.problems.append(f"{self.file}: {path}: {text}")
        if len(self.problems) == HOPELESS:
            raise HopelessError

    def exported(self, content: dict[str, Any]) -> Exported:
        """The whole file."""
        content = {name: value for name, value in content.items() if name != "format"}
        hints = types_of(Dataset)
        sections = {name: hint for name, hint in hints.items() if name not in {"histories", "licence"}}
        self.names(content, "the file", ("organization", *sections, *RECORDS), _OPTIONAL)
        organization = content.get("organization", {})
        if isinstance(organization, dict):
            organization = {
                **organization,
                **{field: content.get(name, []) for name, field in RECORDS.items()},
            }
        history = self.value(organization, History, "organization")
        read = {name: self.value(content.get(name, []), hint, name) for name, hint in sections.items()}
        licence = self.value(content.get("licence"), str | None, "licence")
        return Exported(
            dataset=Dataset(histories=(history,), licence=licence, **read),
            reading=self.value(content.get("reading", {}), Reading, "reading"),
            beside=self.value(content.get("beside", []), tuple[str, ...], "beside"),
            data_version=self.value(content.get("data_version"), str | None, "data_version"),
        )

    def names(
        self, content: dict[str, Any], path: str, required: Iterable[str], optional: Iterable[str]
    ) -> None:
        """Note what a mapping lacks, and what it has and should not have."""
        required = tuple(required)
        known = (*required, *optional)
        for name in content:
            if name not in known:
                suggestion = self.suggestions.nearest(name, known)
                self.fault(path, f"no field {shown(name)}{suggestion} There are {', '.join(known)}.")
        for name in required:
            if name not in content:
                self.fault(path, f"{name!r} is missing. Add it.")

    def value(self, value: Any, hint: Any, path: str) -> Any:  # noqa: ANN401 (plain values, and types at run time)
        """The value of this type that a plain value stands for."""
        if get_origin(hint) in {Union, UnionType}:
            options = get_args(hint)
            return (
                None
                if value is None and NoneType in options
                else self.value(value, _option(value, options), path)
            )
        if get_origin(hint) is tuple:
            return self.many(value, get_args(hint)[0], path)
        if has(hint) and hint is not ImpreciseDate:
            return self.record(value, hint, path)
        return self.single(value, hint, path)

    def single(self, value: Any, hint: Any, path: str) -> Any:  # noqa: ANN401 (as above)
        """A text, a number, a truth, a date or a word."""
        if hint not in _WORDS:
            return self.word(value, hint, path)
        if type(value) is hint:
            return value if hint is not str else self.text(value, path)
        self.fault(path, f"{shown(value)} is not {_WORDS[hint]}. Write {_WORDS[hint]}.")
        return None

    def text(self, value: str, path: str) -> str:
        """A text; invisible characters in it are faults."""
        for character in dict.fromkeys(_HIDDEN.findall(value)):
            text = f"the text holds U+{ord(character):04X}, which cannot be seen. Delete it."
            self.fault(path, text)
        return value

    def many(self, value: Any, hint: Any, path: str) -> tuple[Any, ...]:  # noqa: ANN401 (as above)
        """Several values: a list, or for pairs of a language's code and a name a mapping."""
        if get_origin(hint) is tuple:
            if isinstance(value, dict):
                return tuple(
                    (self.text(key, path), self.value(inner, str, f"{path}.{key}"))
                    for key, inner in value.items()
                )
            self.fault(path, f"{shown(value)} is no mapping. Write names by the codes of their languages.")
            return ()
        if not isinstance(value, list):
            self.fault(path, f"{shown(value)} is no list. Write a list.")
            return ()
        return tuple(self.value(inner, hint, f"{path}[{index}]") for index, inner in enumerate(value))

    def record(self, value: Any, kind: Any, path: str) -> Any:  # noqa: ANN401 (as above)
        """One record."""
        if not isinstance(value, dict):
            self.fault(path, f"{shown(value)} is no mapping. Write a record with its fields.")
            return None
        hints = types_of(kind)
        required = [one.name for one in fields(kind) if one.default is NOTHING]
        before = len(self.problems)
        self.names(value, path, required, [name for name in hints if name not in required])
        read = {
            name: self.value(value[name], hint, f"{path}.{name}")
            for name, hint in hints.items()
            if name in value
        }
        return kind(**read) if len(self.problems) == before else None

    def word(self, value: Any, kind: Any, path: str) -> Any:  # noqa: ANN401 (as above)
        """A date, a word of a list, or statuses."""
        try:
            return _meaning(kind)(value)
        except DayError as error:
            self.fault(path, str(error))
        except (KeyError, TypeError, ValueError):
            known = ", ".join(str(one.name if kind is Status else one.value) for one in kind)
            self.fault(path, f"{shown(value)} is none of its words. There are {known}.")
        return None


# Names that the annotations of records use but import only under TYPE_CHECKING.
_DECLARED = {"ImpreciseDate": ImpreciseDate, "State": State, "Where": object, "Ended": Ended, "Gap": Gap}


@cache
def types_of(kind: type) -> dict[str, Any]:
    """The types of the fields of a record that an export holds."""
    hints = get_type_hints(kind, localns=_DECLARED)
    return {one.name: hints[one.name] for one in fields(kind) if one.name not in _NOT_READ}


def _option(value: object, options: tuple[Any, ...]) -> Any:  # noqa: ANN401 (a type at run time)
    """Which of several types a plain value is meant for."""
    many = [one for one in options if get_origin(one) is tuple or one is Status]
    single = [one for one in options if one not in many and one is not NoneType]
    return many[0] if many and isinstance(value, list) else single[0]


def _meaning(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 (a type at run time)
    """The function that makes a value of this type from a plain value."""
    if kind is ImpreciseDate:
        return _date
    if kind is Status:
        return _statuses
    return kind  # type: ignore[no-any-return] # an enumeration makes its member of a value


def _date(value: object) -> ImpreciseDate:
    """An imprecise date as written."""
    if not isinstance(value, str):
        raise DayError(f"{shown(value)} is not a date.", "Write it as text.")
    return imprecise(value)


def _statuses(value: list[str]) -> Status:
    """The statuses with these names."""
    mask = Status(0)
    for name in value:
        mask |= Status[name]
    return mask
