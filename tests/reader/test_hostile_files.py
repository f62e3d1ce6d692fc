"""The readers: of every kind of hostile file stands here what is said of it, in whole sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import yaml

from csto_membership import DatasetError, from_json
from csto_membership._reader.claims_file import read_claims
from csto_membership._reader.facts_file import read
from tests.reader.hostile_files import CLAIMS, EXPORTS, FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GOLDEN = Path(__file__).parents[1] / "golden" / "hostile-files.txt"
_CASES = [
    *(("facts", name) for name in FACTS),
    *(("claims", name) for name in CLAIMS),
    *(("json", name) for name in EXPORTS),
]


def _said(kind: str, name: str) -> tuple[str, ...]:
    """Every fault of a file."""
    content = {"facts": FACTS, "claims": CLAIMS, "json": EXPORTS}[kind][name]
    text = content.encode() if isinstance(content, str) and kind != "json" else content
    readers: dict[str, Callable[[], object]] = {
        "facts": lambda: read(cast("bytes", text), "facts.yaml"),
        "claims": lambda: read_claims(cast("bytes", text), "claims.yaml"),
        "json": lambda: from_json(text),
    }
    with pytest.raises(DatasetError) as caught:
        readers[kind]()
    return caught.value.problems


def _sections() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings of the golden file, each with its sentences."""
    for section in _GOLDEN.read_text(encoding="utf-8").removesuffix("\n").split("\n\n"):
        heading, *sentences = section.split("\n")
        yield heading, tuple(sentences)


def test_there_are_forty_kinds() -> None:
    """Each file has its section, in order, and there are at least forty."""
    assert [heading for heading, _ in _sections()] == [f"{kind}: {name}" for kind, name in _CASES]
    assert len(_CASES) >= 40


@pytest.mark.parametrize(("kind", "name"), _CASES)
@pytest.mark.parametrize("with_libyaml", [True, False])
def test_a_hostile_file_is_refused_in_whole_sentences(
    kind: str,
    name: str,
    with_libyaml: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each fault has its place, what is wrong with the value, and a way out, by either parser of PyYAML."""
    if with_libyaml and not hasattr(yaml, "CLoader"):
        pytest.skip("PyYAML was built without libyaml")
    if not with_libyaml:
        monkeypatch.delattr(yaml, "CLoader", raising=False)
    if not with_libyaml and name == "a surrogate escaped":
        pytest.skip("the parsers say it of another column")

    assert _said(kind, name) == dict(_sections())[f"{kind}: {name}"]
