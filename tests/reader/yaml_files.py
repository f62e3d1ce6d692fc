"""Small facts files, sound and faulty, for the tests of the reader."""

from __future__ import annotations

import pytest

from csto_membership import (
    DatasetError,
)
from csto_membership._reader.facts_file import read

SMALL = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    events:
      KAZ:
        - act: join
          effect: 1994-04-20
          sources: [law, paper]
states:
  KAZ:
    name: Kazakhstan
sources:
  law:
    title: A law
    publisher: A state
    kind: primary
  paper:
    title: A paper
    publisher: A press
    kind: press
"""


NO_DATE = (
    "is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, "
    "or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]."
)


AN_EXISTING_DAY = "Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a year as YYYY."


STATE_FIELDS = (
    "name, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata, since_cow, since_gw, sources, other_names"
)


def faults(text: str | bytes) -> tuple[str, ...]:
    """Every fault of a file, without the file's name."""
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(DatasetError) as caught:
        read(content, "facts.yaml")
    assert all(problem.startswith("facts.yaml:") for problem in caught.value.problems)
    return tuple(problem.removeprefix("facts.yaml:") for problem in caught.value.problems)


def changed(*changes: tuple[str, str]) -> str:
    """The small file with each text, which stands in it, replaced once."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text
