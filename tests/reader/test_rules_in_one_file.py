"""One file with faults against the rules on records that stand together: each is one line, with its place or not."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from csto_membership import Dataset, build, imprecise
from csto_membership._facts.copies import without_places
from csto_membership._reader.facts_file import _Reader, read
from csto_membership._reader.rules import problems_of, problems_of_records

GOLDEN = Path(__file__).parents[1] / "golden" / "faults-of-records.txt"

FAULTY = """
verified_through: 2010-12-31
organizations:
  X:
    name: X
    ended: {effect: 2006-01-01, sources: [law]}
    eras:
      ONE: {name: One, effect: 2000-01-01, instrument: pact, sources: [law]}
      TWO: {name: Two, effect: 2000-01-01, sources: [law]}
      THREE: {name: Three, effect: 1999-01-01, sources: [law]}
      FOUR: {name: Four, effect: 2005-01-01, known: 2011-01-01, sources: [law]}
    gaps:
      - {state: AAA, start: 1990-05-01, end: 1990-05-01, sources: [law]}
      - {state: BBB, start: 1990-05-01, end: 1990-05-02, sources: [law]}
      - {state: BBB, start: 1991-05-02, end: 1991-05-01, sources: [law]}
    events:
      AAA:
        - act: join
          effect: 1995-01-01
          sources: [law]
          instrument: pact
          steps: {notice: 1988-01-01, deposit: 1988-01-02}
        - {act: freeze, effect: 1994-12-31, sources: [law]}
        - {act: resume, effect: 1995-01-01, sources: [law]}
        - {act: join, effect: 1995-02-01, sources: [law]}
        - {act: withdraw, effect: 1997-01-01, sources: [law]}
        - {act: resume, effect: 1998-01-01, sources: [law]}
        - {act: lapse, effect: 1999-01-01, known: 2011-01-01, sources: [law]}
      BBB:
        - {act: resume, effect: 1985-01-01, sources: [law]}
      CCC:
        - {act: join, effect: 1985-03, sources: [law]}
        - {act: reaffirm, effect: 1985-03-01, sources: [law]}
        - {act: withdraw, effect: 1985-03-01, sources: [law]}
        - {act: join, effect: 1985-03-01, sources: [law]}
      DDD:
        - {act: join, effect: 2000-01-01, sources: [law]}
        - {act: withdraw, effect: 2002-01-01, sources: [law]}
      EEE:
        - {act: join, effect: 2000-01-01, sources: [law]}
    offices:
      chair:
        name: Chair
        terms:
          - {state: DDD, effect: 1999-01-01, end: 1999-06-01, sources: [law]}
          - {state: DDD, effect: 2001-01-01, end: 2001-01-01, sources: [law]}
          - {state: DDD, effect: 2002-01-01, end: 2003-01-01, sources: [law]}
          - {state: DDD, effect: 2001-12-31, end: 2002-01-02, sources: [law]}
          - {state: EEE, effect: 2006-01-01, sources: [law]}
          - {state: EEE, effect: 2005-12-31, sources: [law]}
          - {state: ZZZ, effect: 2007-01-01, end: 2008-01-01, sources: [law]}
          - {state: EEE, effect: 2008-01-01, end: 2009-01-01, known: 2011-01-01, sources: [law]}
    participations:
      drill:
        kind: operation
        name: Drill
        effect: 2001-05-01
        end: 2001-05-01
        sources: [law]
        participants: [{state: DDD, capacity: contributor}]
      talk:
        kind: session
        name: Talk
        effect: 2002-01-01
        known: 2011-01-01
        sources: [law]
        absent: [EEE]
        participants: [{state: DDD, capacity: member}, {state: ZZZ, capacity: guest}, {state: AAA, capacity: chair}]
  Y:
    name: Y
    events:
      EEE:
        - {act: withdraw, effect: 2000-01-01, sources: [law]}
      FFF:
        - {act: join, effect: 1989-12-31, sources: [law]}
states:
  AAA: {name: Atlantis, iso2: QA, cow: 1}
  BBB: {name: Bensalem, cow: 1, gw: 7}
  CCC: {name: Cockaigne, fips: QC}
  DDD: {name: Dystopia, iso2: QA, gw: 7}
  EEE: {name: Erewhon, fips: QC}
  FFF: {name: Freedonia, since_cow: 1990-06-01, since_gw: 1990-01-01}
  ZZZ: {name: Zembla}
instruments:
  pact: {title: A pact, sources: [law], steps: {signature: 2001-01-01}}
sources:
  law: {title: A law, publisher: A state, kind: primary}
"""


def faulty() -> Dataset:
    """The records of the file, which no reader hands out."""
    reader = _Reader("x.yaml")
    root = reader.tree(FAULTY.encode())
    assert root is not None
    dataset = reader.dataset(root)
    assert not reader.problems
    assert dataset is not None
    return dataset


def _sections() -> dict[str, list[str]]:
    """The faults by how the records were made."""
    dataset = faulty()
    (x, y) = dataset.histories
    unsourced = without_places(
        evolve(
            dataset,
            verified_through=imprecise("9999"),
            states=dataset.states[:1] * 2,
            instruments=dataset.instruments * 2,
            sources=dataset.sources * 2,
            histories=(
                evolve(
                    x,
                    eras=(evolve(x.eras[0], sources=()), x.eras[0]),
                    events=(evolve(x.events[0], sources=(), steps=x.events[0].steps * 2),),
                    gaps=(evolve(x.gaps[0], sources=()),),
                    offices=(evolve(x.offices[0], terms=(evolve(x.offices[0].terms[0], sources=()),)),) * 2,
                    participations=(evolve(x.participations[0], sources=()),) * 2,
                    ended=x.ended and evolve(x.ended, sources=()),
                ),
                y,
                y,
            ),
        )
    )
    return {
        "in a file": list(problems_of(dataset)),
        "in records": list(problems_of(without_places(dataset))),
        "in a file of which the eras, the participations and the acts of AAA could not be read": list(
            problems_of(dataset, {("X", "eras"), ("X", "participations"), ("X", "AAA")})
        ),
        "in a file of which acts of Y could not be read": list(problems_of(dataset, {("Y", "EEE")})),
        "that no file can hold": list(problems_of_records(unsourced)),
        "that no file can hold, with their places": list(
            problems_of_records(
                evolve(dataset, histories=(evolve(x, eras=(evolve(x.eras[0], sources=()),), events=()), y))
            )
        ),
    }


def written() -> str:
    """The faults as text."""
    return "\n".join("\n".join([f"## {name}", "", *faults, ""]) for name, faults in _sections().items())


def test_each_fault_is_one_line() -> None:
    """A fault has its place or its record, what is wrong, what to do, and its rule; what follows from one is none."""
    assert written() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")


def test_a_term_without_an_end_may_begin_before_the_membership() -> None:
    """A state that joined later, and once for all, was a member on some day of it."""
    text = """
verified_through: 2010-12-31
organizations:
  X:
    name: X
    events: {AAA: [{act: join, effect: 2000-01-01, sources: [law]}]}
    offices: {chair: {name: Chair, terms: [{state: AAA, effect: 1999-01-01, sources: [law]}]}}
states: {AAA: {name: Atlantis}}
sources: {law: {title: A law, publisher: A state, kind: primary}}
"""

    assert build(read(text.encode(), "x.yaml")).holder_of("chair", "1999-06-01").state == "AAA"
