"""Hostile and broken files, one for each kind of fault; ``tests/golden/hostile-files.txt`` has what is said of them."""

from __future__ import annotations

import json

from csto_membership import csto
from tests.reader.yaml_files import SMALL, changed

_SOUND_CLAIMS = """\
articles:
  a: {publisher: P, said: 2001-05-07, lang: en}
claims:
  c:
    article: a
    kind: roster
    quote: Six states are members.
    translation: Six states are members.
    states: [RUS]
    when: 2001
    expected: contradicted
    reason: There were six.
"""
FACTS: dict[str, str | bytes] = {
    "nothing at all": "",
    "only a comment": "# nothing\n",
    "a list": "- a\n- b\n",
    "a word": "word\n",
    "a byte of Latin-1": b"a: \xe9\n",
    "a NUL": "a: b\x00\n",
    "a bomb of aliases": "a: &a [x]\nb: &b [*a, *a]\n",
    "a merge": changed(("    title: A law\n", "    <<: *paper\n    title: A law\n")),
    "an object of Python": changed(("A law", "!!python/object/apply:os.system [id]")),
    "a binary": changed(("A law", "!!binary aGk=")),
    "a key twice": changed(("    title: A law\n", "    title: A law\n    title: Another\n")),
    "a list for a key": changed(("    title: A law\n", "    ? [title]\n    : A law\n")),
    "a second document": SMALL + "---\na: b\n",
    "a directive": "%YAML 1.2\n---\n" + SMALL,
    "a tab": changed(("    title: A law", "\ttitle: A law")),
    "a direction turned": changed(("A law", "A \u202elaw")),
    "a zero-width space": changed(("  law:", "  l\u200baw:")),
    "a tag character": changed(("A law", "A law\U000e0041")),
    "letters decomposed": changed(("A law", "A lów")),
    "a terminal escape": changed(("A law", '"A \\x1b[31mlaw"')),
    "a surrogate escaped": changed(("A law", '"A \\ud800law"')),
    "thirteen levels": changed(("A law", "[[[[[[[[[[[x]]]]]]]]]]]")),
    "a field misspelt": changed(("publisher: A state", "publischer: A state")),
    "a field of another language": changed(("publisher: A state", "издатель: A state")),
    "a field missing": changed(("    kind: primary\n", "")),
    "an empty value": changed(("title: A law", "title:")),
    "a text for a list": changed(("[law, paper]", "law")),
    "a list for a text": changed(("A law", "[A, law]")),
    "an act misspelt": changed(("act: join", "act: jion")),
    "a truth for an act": changed(("act: join", "act: yes")),
    "a day that is none": changed(("1994-04-20", "1994-02-30")),
    "a day in American order": changed(("1994-04-20", "04/20/1994")),
    "the year 10,000": changed(("1994-04-20", "10000-01-01")),
    "digits of another script": changed(("1994-04-20", "١٩٩٤-٠٤-٢٠")),
    "no end of time": changed(("2026-01-18", "9999-12-31")),
    "a source that is not there": changed(("[law, paper]", "[lwa, paper]")),
    "a path for a source": changed(("[law, paper]", "[../../etc/passwd]")),
    "a state that is not there": changed(("      KAZ:", "      KZA:")),
    "a code of two letters": changed(("  KAZ:\n    name", "  KZ:\n    name")),
    "a Cyrillic letter in a code": changed(("      KAZ:", "      KАЗ:")),
    "an act that is impossible": changed(("act: join", "act: resume")),
    "acts out of order": changed(
        (
            "          sources: [law, paper]\n",
            "          sources: [law, paper]\n        - {act: withdraw, effect: 1990, sources: [law]}\n",
        )
    ),
    "a fact after the horizon": changed(("1994-04-20", "2027")),
    "a name that forges a fault": changed(("  law:\n", '  "law\\nfacts.yaml:1:1: forged":\n')),
    "more than a megabyte": "#" * 1000001,
}
CLAIMS: dict[str, str | bytes] = {
    "a quotation too long": _SOUND_CLAIMS.replace("quote: Six", "quote: " + "word " * 25 + "Six"),
    "a kind that is none": _SOUND_CLAIMS.replace("kind: roster", "kind: rooster"),
    "a field of another kind": _SOUND_CLAIMS.replace("when: 2001", "when: 2001\n    person: X"),
    "an article that is not there": _SOUND_CLAIMS.replace("article: a", "article: b"),
    "a verdict that is none": _SOUND_CLAIMS.replace("contradicted", "FALSE"),
    "a claim without its states": _SOUND_CLAIMS.replace("    states: [RUS]\n", ""),
    "a claim that is a list": "articles: {}\nclaims: [x]\n",
}


def _with(**change: object) -> str:
    """An export with other sections."""
    return json.dumps(json.loads(csto.to_json()) | change)


def _first(section: str, **change: object) -> str:
    """An export with other fields of the first record of a section."""
    content = json.loads(csto.to_json())
    content[section][0] |= change
    return json.dumps(content)


EXPORTS: dict[str, str | bytes] = {
    "no JSON": '{"a" 1}',
    "another format": '{"format": "x"}',
    "a list": "[1, 2]",
    "a name twice": '{"format": "a", "format": "b"}',
    "brackets": "[" * 100000,
    "a long number": "9" * 5000,
    "not a number": "NaN",
    "bytes that are no text": b"\xff\xfe\x00",
    "a lone surrogate": _first("states", english="\ud800"),
    "a number for a name": _first("states", english=5),
    "a truth for a number": _first("states", cow=True),
    "an act that is none": _first("events", act="jion"),
    "a date that is a number": _first("events", effect=1994),
    "a day that is none": _first("events", effect="1994-02-30"),
    "a field that is none": _first("events", why="x"),
    "a list for a record": _with(states=[[]]),
    "a null for a list": _with(states=None),
    "another version of the facts": _with(data_version="2000-01-01+000000000000"),
    "statuses that are numbers": _with(reading={"basis": [1]}),
}
