"""Small facts files and records for the tests of the rules."""

from __future__ import annotations

import pytest

from csto_membership import (
    Act,
    Dataset,
    DatasetError,
    Event,
    History,
    Instrument,
    Source,
    SourceKind,
    State,
    Step,
    StepName,
    exact,
    imprecise,
)
from csto_membership._reader.facts_file import read

SMALL = """\
verified_through: 2026-01-18
organizations:
  ORG:
    name: An organization
    eras:
      FIRST: {name: The first, effect: 1994, sources: [law]}
    events:
      KAZ:
        - {act: join, effect: 1994-04-20, instrument: pact, sources: [law]}
        - {act: freeze, effect: 1999-04-21, sources: [law]}
states:
  KAZ: {name: Kazakhstan, cow: 705, since_cow: 1991-12-26, since_gw: 1991-12-16}
  UZB: {name: Uzbekistan, cow: 704}
instruments:
  pact: {title: A pact, sources: [law], steps: {signature: 1992-05-15}}
sources:
  law: {title: A law, publisher: A state, kind: primary}
"""


JOIN = "{act: join, effect: 1994-04-20, instrument: pact, sources: [law]}"


FREEZE = "        - {act: freeze, effect: 1999-04-21, sources: [law]}\n"


FIRST = "      FIRST: {name: The first, effect: 1994, sources: [law]}\n"


def changed(*changes: tuple[str, str]) -> str:
    """The small file with each text, which stands in it, replaced once."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def faults(text: str) -> tuple[str, ...]:
    """Every fault of a file."""
    with pytest.raises(DatasetError) as caught:
        read(text.encode(), "facts.yaml")
    return caught.value.problems


def _event(act: Act, effect: str, state: str = "KAZ", instrument: str | None = None) -> Event:
    """An event with one source."""
    return Event(state=state, act=act, effect=imprecise(effect), sources=("law",), instrument=instrument)


JOINED = _event(Act.JOIN, "1994-04-20")


RECORDS = Dataset(
    verified_through=exact("2026-01-18"),
    states=(
        State(iso3="KAZ", english="Kazakhstan", cow=705, since_cow=exact("1991-12-26")),
        State(iso3="UZB", english="Uzbekistan", cow=704),
    ),
    histories=(History(id="ORG", name="An organization", events=(JOINED,)),),
    sources=(Source(id="law", title="A law", publisher="A state", kind=SourceKind.PRIMARY),),
    instruments=(
        Instrument(
            id="pact",
            title="A pact",
            sources=("law",),
            steps=(Step(name=StepName.SIGNATURE, date=exact("1992-05-15")),),
        ),
    ),
)
