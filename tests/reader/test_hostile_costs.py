"""A stranger's file costs little: what it may take to refuse one, and how much is said about it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from attrs import evolve

from csto_membership import DatasetError, build, csto, from_json, load, press_claims
from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import changed, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 15  # under coverage, on a machine that does other work, too; otherwise each takes about a second


@pytest.fixture(params=["libyaml", "PyYAML's own parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two parsers that PyYAML may bring."""
    if request.param != "libyaml":
        monkeypatch.delattr(yaml, "CLoader", raising=False)
    elif not hasattr(yaml, "CLoader"):
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


def _code(number: int) -> str:
    """A code of three letters."""
    return "".join(chr(ord("A") + number // 26**power % 26) for power in range(3))


def _citations() -> str:
    """1,500 sources, and as many citations that miss them by two letters."""
    sources = "".join(f"  source-{i}: {{title: t, publisher: p, kind: press}}\n" for i in range(1_500))
    cited = ", ".join(f"sorce-numbr-{i}" for i in range(1_500))
    return changed(("[law, paper]", f"[{cited}]")).replace("sources:\n  law", f"sources:\n{sources}  law")


def _codes() -> str:
    """2,000 states, and the acts of 2,000 others."""
    states = "".join(f"  {_code(i)}: {{name: S}}\n" for i in range(2_000))
    acts = "".join(
        f"      {_code(i)}: [{{act: join, effect: 1994, sources: [law]}}]\n" for i in range(7_000, 9_000)
    )
    return changed(("states:\n", f"{acts}states:\n{states}"))


def _terms() -> str:
    """A state that came and left a thousand times without being a member, and a thousand terms of its office."""
    acts = "".join(
        f"        - {{act: {act}, effect: '{year}-{month:02}', sources: [law]}}\n"
        for year in range(1_000, 1_084)
        for month, act in enumerate(("observe", "withdraw") * 6, start=1)
    )
    terms = "          - {state: UZB, effect: 1000, sources: [law]}\n" * 1_000
    offices = f"    offices:\n      chair:\n        name: Chair\n        terms:\n{terms}"
    return changed(
        ("states:\n", f"      UZB:\n{acts}{offices}states:\n  UZB: {{name: Uzbekistan}}\n"),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(_citations(), 101, id="1,500 unknown citations of 1,500 sources"),
        pytest.param(_codes(), 101, id="2,000 unknown codes of 2,000 states"),
        pytest.param(_terms(), 101, id="1,000 terms of a state with 1,000 acts"),
        pytest.param(changed(("[law, paper]", f"[{'x, ' * 30_000}]")), 101, id="30,000 unknown citations"),
        pytest.param(changed(("[law, paper]", f"[{'中文' * 100_000}]")), 1, id="a long identifier"),
        pytest.param(changed(("[law, paper]", f"[{'中文' * 39}, {'文中' * 39}]")), 2, id="long words"),
        pytest.param("".join(f"a{i}: b\n" for i in range(15_000)), 101, id="15,000 unknown fields"),
        pytest.param("a: [" + "'', " * 50_000 + "]", 101, id="50,000 empty values"),
        pytest.param("[" * 10_000, 1, id="10,000 brackets"),
    ],
)
def test_a_file_is_refused_in_seconds(text: str, shown: int, parser: str) -> None:
    """However a file under the limit is made, it is soon refused, and no more than a hundred faults are listed."""
    start = time.perf_counter()

    found = faults(text)

    assert time.perf_counter() - start < _SECONDS, parser
    assert len(found) == shown
    assert max(map(len, found)) < 300


def test_the_faults_not_shown_are_counted() -> None:
    """After a hundred faults, the first by their places, stands how many more there are."""
    found = faults(changed(("[law, paper]", f"[{', '.join(f'x{i}' for i in range(250))}]")))

    assert found[0] == "9:21: no source 'x0'. Add it under sources, or correct the identifier. [CM014]"
    assert found[100:] == (" 150 more faults. Correct these first.",)


def test_a_hundred_faults_are_all_shown() -> None:
    """With a hundred faults nothing is left out, and nothing is said of more."""
    found = faults(changed(("[law, paper]", f"[{', '.join(f'x{i}' for i in range(100))}]")))

    assert len(found) == 100
    assert "x99" in found[-1]


@pytest.mark.parametrize("reading", [load, press_claims])
def test_after_ten_thousand_faults_the_rest_is_left_unread(
    reading: Callable[[Path], object], tmp_path: Path
) -> None:
    """Who made ten thousand faults has the wrong file; the last line says that there may be more."""
    path = tmp_path / "faults.yaml"
    path.write_text(f"a: [{'*b, ' * 20_000}]", encoding="utf-8")

    with pytest.raises(DatasetError) as caught:
        reading(path)

    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1] == (f"{path}: at least 9,900 more faults. Correct these first.")


def test_a_long_value_is_cut() -> None:
    """A sentence shows the beginning of a long value, and no nearest word is looked for."""
    cut = f"'{'x' * 76}..."

    assert faults(changed(("[law, paper]", f"[{'x' * 100_000}]"))) == (
        f"9:21: no source {cut}. Add it under sources, or correct the identifier. [CM014]",
    )


def test_a_sentence_is_no_longer_than_a_screen() -> None:
    """A sentence that quotes many names is cut as well."""
    found = faults(changed(("effect: 1994-04-20", f"effect: 1994-04-20\n          {'k' * 900}: x")))

    assert len(found) == 1
    assert len(found[0]) < 2_000


def test_no_more_of_a_file_is_read_than_may_be(tmp_path: Path) -> None:
    """The size is known without reading the whole file: one of 2 GB with nothing in it is refused as quickly."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    refusal = f"{path}:1:1: the file has more than 1,000,000 bytes. Split it by organization. [CM001]"

    for reading in (load, press_claims):
        with pytest.raises(DatasetError) as caught:
            reading(path)
        assert caught.value.problems == (refusal,)


@pytest.mark.parametrize("escape", ["U00110000", "UFFFFFFFF", "uD800", "uDFFF", "ud83d\\ude00"])
def test_an_escape_of_no_character_is_refused(escape: str, parser: str) -> None:
    """Beyond the last character and among the surrogates is nothing that a text may hold, whoever parses it."""
    way_out = "Mend the line, or put the text in quotes. [CM002]"

    (fault,) = faults(changed(("A law", f'"A \\{escape} law"')))

    assert fault.startswith("15:"), parser
    assert fault.endswith(f": not YAML: found invalid Unicode character escape code. {way_out}"), parser


def test_an_escape_of_a_rare_character_is_read(parser: str) -> None:
    """The last characters of Unicode are characters."""
    dataset = read(changed(("A law", '"A \\U0001F600 law"')).encode(), "facts.yaml")

    assert dataset.sources[0].title == "A \U0001f600 law", parser


def _export(**change: object) -> str:
    """An export with other sections."""
    return json.dumps(json.loads(csto.to_json()) | change)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            _export(**{f"unknown{i}": 1 for i in range(20_000)}),
            "json: at least 9,900 more faults. Correct these first.",
            id="20,000 unknown fields",
        ),
        pytest.param(
            _export(beside=list(range(250))),
            "json: 150 more faults. Correct these first.",
            id="250 numbers for text",
        ),
        pytest.param(
            "{" + ", ".join(f'"{i}": 1' for i in (*range(90_000), 89_999)) + "}",
            "json: no JSON: '89999' occurs twice in one record. Read what to_json() wrote.",
            id="90,000 names, the last twice",
        ),
        pytest.param(
            " " * 3_000_001,
            "json: more than 3,000,000 characters. Export one organization.",
            id="more than an export holds",
        ),
    ],
)
def test_an_export_is_refused_in_seconds(text: str, last: str) -> None:
    """What somebody made of an export costs no more than a facts file, and says as little."""
    start = time.perf_counter()

    with pytest.raises(DatasetError) as caught:
        from_json(text)

    assert time.perf_counter() - start < _SECONDS
    assert len(caught.value.problems) in {1, 101}
    assert caught.value.problems[-1] == last


def test_records_made_in_code_have_a_hundred_faults_at_most() -> None:
    """Records that were made of some large table are refused like a file."""
    history = csto.history
    acts = tuple(evolve(act, sources=(f"unknown-{i}",)) for i, act in enumerate(history.events * 20))

    with pytest.raises(DatasetError) as caught:
        build(evolve(csto.dataset, histories=(evolve(history, events=acts),)))

    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].startswith("records: ")
    assert caught.value.problems[-1].endswith(" more faults. Correct these first.")
