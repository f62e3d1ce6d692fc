"""The JSON Schema of facts files: made of the records, and of one mind with the reader on what a file's shape is."""

from __future__ import annotations

import importlib.util
import json
import re
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from csto_membership import DatasetError, load
from csto_membership._facts.shipped import shipped_file
from csto_membership._reader.facts_file import read
from csto_membership.cli import main
from csto_membership.export._yaml import emit
from tests.reader.test_rules_on_their_page import EVERY_RECORD, format_files

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(shipped_file("facts.schema.json"))
SHIPPED = sorted((ROOT / "data").glob("membership.yaml")) + sorted(
    (ROOT / "data" / "neighbours").glob("*.yaml")
)
# Of empty values, fields unknown or missing, values of another kind, dates, words and codes: the shape of a file.
SHAPE = {"CM005", "CM007", "CM008", "CM009", "CM010", "CM011", "CM012"}


class Core(yaml.SafeLoader):
    """Reads YAML as editors do, by version 1.2: numbers and true are such, NO and days are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (as the class above has it)


def _number(_: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    """A whole number; zeros in front are none of octal."""
    return int(node.value)


Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[0-9]+\.[0-9]+$"), list("0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))
Core.add_constructor("tag:yaml.org,2002:int", _number)


def validator() -> Any:  # of jsonschema, which need not be installed
    """Checks what YAML holds against the schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    return jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_that_of_the_records() -> None:
    """The file is written by ``python tools/schema.py`` and never falls behind records and reader."""
    spec = importlib.util.spec_from_file_location("schema", ROOT / "tools" / "schema.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.FILE.read_text(encoding="utf-8") == tool.text()


def test_the_schema_is_one() -> None:
    """It is a schema by the rules of its own draft, and every part of it is used."""
    validator().check_schema(SCHEMA)
    text = json.dumps(SCHEMA)

    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, Core])
def test_shipped_files_validate(path: Path, loader: Any) -> None:
    """Every file of the library does, whether its values are all text or what YAML makes of them."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (our own file)

    assert [error.message for error in validator().iter_errors(content)] == []


@pytest.mark.parametrize("text", format_files(), ids=["small", "in parts"])
@pytest.mark.parametrize("loader", [yaml.BaseLoader, Core])
def test_the_examples_of_the_page_validate(text: str, loader: Any) -> None:
    """Both files of the page on the format do; the second one has every field."""
    assert validator().is_valid(yaml.load(text, Loader=loader))  # noqa: S506 (our own file)


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every part of nested text, with the way to it."""
    yield path, node
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        yield from _places(inner, (*path, key))


def _variants(content: Any) -> Iterator[tuple[str, Any]]:
    """Files that differ from one in a single place, each with what was done there."""
    for path, node in _places(content):
        others: list[tuple[str, Any]] = [("list", ["a", {"b": "c"}]), ("mapping", {"a": "b"}), ("word", "x")]
        others += [("date", "1999-4"), ("blank list", []), ("empty", "")]
        if isinstance(node, dict):
            others += [("more", {**node, "x": "y"})]
            others += [(f"no {key}", {k: v for k, v in node.items() if k != key}) for key in node]
        for what, other in others:
            if path:
                copy = deepcopy(content)
                inner = copy
                for key in path[:-1]:
                    inner = inner[key]
                inner[path[-1]] = other
                yield f"{'.'.join(map(str, path))}: {what}", copy
            elif isinstance(other, dict):
                yield what, other


def _has_shape(content: Any) -> bool:
    """Whether the reader finds no fault of shape."""
    try:
        read(emit(content).encode(), "facts.yaml")
    except DatasetError as error:
        codes = {re.findall(r"\[(CM[0-9]{3})\]$", problem)[0] for problem in error.problems}
        return not codes & SHAPE
    return True


def test_schema_and_reader_agree_on_every_small_change() -> None:
    """A whole file changed in one place is refused by the schema just where the reader finds fault with the shape."""
    check = validator()
    content = yaml.load(format_files()[1], Loader=yaml.BaseLoader)  # noqa: S506 (our own file)
    verdicts = [(what, check.is_valid(changed), _has_shape(changed)) for what, changed in _variants(content)]

    assert len(verdicts) > 1000
    assert [verdict for verdict in verdicts if verdict[1] != verdict[2]] == []
    assert 50 < sum(valid for _, valid, _ in verdicts) < len(verdicts) / 2


def test_a_file_of_unknown_fields_is_refused_in_each_record() -> None:
    """No record of any kind takes a field that nobody knows."""
    content = yaml.load(EVERY_RECORD, Loader=yaml.BaseLoader)  # noqa: S506 (our own file)
    found = {
        tuple(place.absolute_path)
        for error in validator().iter_errors(content)
        for place in (error, *error.context)
        if place.validator == "additionalProperties"
    }

    assert len(found) >= EVERY_RECORD.count("x: y")


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is printed, or written where --out says; a file may begin with the line that names it to editors."""
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
    assert main(["schema", "-o", str(tmp_path / "facts.schema.json")]) == 0
    assert json.loads((tmp_path / "facts.schema.json").read_text(encoding="utf-8")) == SCHEMA

    page = (ROOT / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    line = "# yaml-language-server: $schema=facts.schema.json"
    assert f"\n{line}\n" in page
    (tmp_path / "league.yaml").write_text(f"{line}\n{format_files()[0]}", encoding="utf-8")
    assert load(tmp_path / "league.yaml").history.id == "EFTA"


def test_the_hook_runs_the_command_on_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """What others' repositories run before a commit is ``check`` with the names of the files that changed."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *words = hook["entry"].split()
    page = (ROOT / "docs" / "how-to" / "your-organization.md").read_text(encoding="utf-8")

    assert program == "csto-membership"
    assert main([*words, *map(str, SHIPPED)]) == 0
    assert capsys.readouterr().out.count(": no faults. ") == len(SHIPPED)
    assert f"- id: {hook['id']}\n" in page
    assert re.search(hook["files"], "data/membership.yaml")
