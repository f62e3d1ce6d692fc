"""Writes ``data/facts.schema.json``, the JSON Schema of facts files, from the records: ``python tools/schema.py``.

A field is required where its record has no default for it, and its form follows from its type. What it means is said
by the tables of ``docs/reference/data-format.md``. Values may be text or what YAML makes of it, such as a number.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import NOTHING, fields

from csto_membership._facts import statuses
from csto_membership._facts.records import (
    Dataset,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    Office,
    Participant,
    Participation,
    Signature,
    Source,
    Step,
    Term,
)
from csto_membership._facts.states import State
from csto_membership._facts.territories import territories
from csto_membership._facts.unknown import Ended, Gap
from csto_membership._reader.facts_file import _FORMS, _LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FILE = ROOT / "data" / "facts.schema.json"
PAGE = ROOT / "docs" / "reference" / "data-format.md"

Schema: TypeAlias = dict[str, Any]  # JSON to any depth

# Each record with the heading of its table on the page.
_RECORDS = {
    Dataset: "The file",
    History: "An organization",
    Era: "Eras",
    Event: "Events",
    Ended: "The end",
    Gap: "Gaps",
    Step: "Steps",
    Dispute: "Disputes",
    Office: "Offices",
    Term: "Terms",
    Participation: "Participations",
    Participant: "Participants",
    State: "A state",
    Instrument: "An instrument",
    Signature: "Signatures",
    Source: "A source",
}
_WRITTEN: dict[str, str] = {
    "english": "name",
    "histories": "organizations",
}  # fields that a file calls otherwise
_MADE_UP = [key for key in territories().columns["iso3"] if key and not _FORMS["iso3"][0].fullmatch(key)]
_KEYS = {
    "id": "\\S",
    "iso3": f"^({'|'.join((_FORMS['iso3'][0].pattern, *_MADE_UP))})$",
}  # fields under which a record stands
_LIST = re.compile(r"tuple\[(\w+), \.\.\.\]")

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_DEFS: Schema = {
    "text": {"type": ["string", "number", "boolean"], "pattern": "\\S"},
    "texts": {"type": "array", "items": {"$ref": "#/$defs/text"}, "minItems": 1},
    "day": {"type": "string", "pattern": f"^{_DAY}$"},
    "date": {
        "type": ["string", "integer"],
        "pattern": f"^(\\[({_DATE})?\\.\\.{_DATE}\\]|{_DATE})[?~%]?$",
        "minimum": 1,
        "maximum": 9999,
    },
    "names": {
        "type": "object",
        "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"},
        "additionalProperties": {"$ref": "#/$defs/text"},
        "minProperties": 1,
    },
    "yes_or_no": {"enum": ["yes", "no"]},
}


def schema() -> Schema:
    """The schema of a facts file."""
    meanings = _meanings()
    records = {record.__name__: _record(record, meanings[title]) for record, title in _RECORDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A facts file of csto-membership",
        **records.pop("Dataset"),
        "$defs": _DEFS | records,
    }


def text() -> str:
    """The schema as the file has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _record(record: type, meanings: dict[str, str]) -> Schema:
    """A record as an object of its fields, but for the one under which it stands."""
    found: dict[str, Schema] = {}
    required = []
    for attribute in fields(record):
        if attribute.name in ("where", *_KEYS) or (record, attribute.name) in _ABOVE:
            continue
        name = str(_WRITTEN.get(attribute.name, attribute.name))
        found[name] = {"description": meanings.pop(name), **_field(attribute.name, str(attribute.type))}
        if attribute.default is NOTHING:
            required.append(name)
    if meanings:
        raise SystemExit(f"{PAGE}: {record.__name__} has no {', '.join(meanings)}")
    one: Schema = {"type": "object", "properties": found, "required": required, "additionalProperties": False}
    if record is Era:
        one["dependentRequired"] = {"requires": ["instrument"]}
    return {"anyOf": [{"$ref": "#/$defs/date"}, one]} if record in (Step, Signature) else one


_ABOVE = {(Event, "state"), (Step, "name"), (Signature, "state")}  # which stand above the record


def _field(name: str, kind: str) -> Schema:
    """What a field may hold."""
    kind = kind.removesuffix(" | None")
    if name in _FORMS:
        form: Schema = {"type": ["string", "integer"], "pattern": f"^{_FORMS[name][0].pattern}$"}
        if "[0-9]" in form["pattern"] and name != "wikidata":
            return {**form, "minimum": int(name in {"cow", "gw"}), "maximum": 999}
        return {**form, "type": "string"}
    if kind == "ImpreciseDate":
        return _of("day" if name in {"verified_through", "known"} else "date")
    simple = {"str": "text", "bool": "yes_or_no", "tuple[str, ...]": "texts", "Ended": "Ended"}
    if name == "names" or kind in simple:
        return _of("names" if name == "names" else simple[kind])
    if match := _LIST.fullmatch(kind):
        return _several(match[1])
    return {"enum": [str(word) for word in getattr(statuses, kind)]}


def _of(name: str) -> Schema:
    """What stands under a name of its own."""
    return {"$ref": f"#/$defs/{name}"}


def _several(name: str) -> Schema:
    """Records under their names, or in a list."""
    record = next(record for record in _RECORDS if record.__name__ == name)
    members: Schema = {"type": "array", "items": _of(name), "minItems": 1}
    key = next((field.name for field in fields(record) if field.name in _KEYS), None)
    if key is None and record not in {Event, Step, Signature}:
        return members
    names: Schema = {"pattern": _KEYS[key or "iso3"]}
    if record is Step:
        names = {"enum": [str(step) for step in statuses.StepName]}
    each = members if record is Event else _of(name)
    return {"type": "object", "propertyNames": names, "additionalProperties": each, "minProperties": 1}


def _meanings() -> dict[str, dict[str, str]]:
    """What each field means, by the headings of the page."""
    _, *parts = re.split(r"^##+ (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], map(dict, map(_rows, parts[1::2])), strict=True))


def _rows(section: str) -> Iterator[tuple[str, str]]:
    """The fields of a table, each with its meaning, without links."""
    row = re.compile(r"^\| `(\w+)` \| (?:required|optional) \| (.+?) \|", flags=re.MULTILINE)
    for name, meaning in row.findall(section):
        plain = re.sub(r"\[(.+?)\]\(.+?\)", r"\1", meaning)
        yield name, f"{plain[:1].upper()}{plain[1:]}."


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
