"""The reader of facts files: what is written is read again as it was."""

from __future__ import annotations

import random
from typing import cast

import pytest
import yaml

from csto_membership import (
    Act,
    Bound,
    Capacity,
    Dataset,
    Dispute,
    Ended,
    Era,
    Event,
    Gap,
    History,
    Instrument,
    Office,
    Participant,
    Participation,
    ParticipationCapacity,
    ParticipationKind,
    Requires,
    Source,
    SourceKind,
    State,
    Step,
    StepName,
    Term,
    exact,
    imprecise,
)
from csto_membership._facts.records import Signature
from csto_membership._facts.shipped import shipped_file
from csto_membership._reader.facts_file import read
from csto_membership.export._yaml import write
from tests.reader.yaml_files import SMALL, STATE_FIELDS, changed, faults


def _full() -> Dataset:
    """A dataset in which every field of every record is filled."""
    return Dataset(
        verified_through=exact("2026-01-18"),
        licence="CC0-1.0",
        sources=(
            Source(
                id="law",
                title='A "law": its 2nd & last # text',
                publisher="NO",
                kind=SourceKind.PRIMARY,
                date=imprecise("1999-04?"),
                address="https://example.org/a?b=c&d=%20#e",
                note="- not a list\n\n  two paragraphs: 'quoted'",
            ),
            Source(id="010", title="~", publisher="null", kind=SourceKind.REFERENCE),
        ),
        states=(
            State(
                iso3="KAZ",
                english="Kazakhstan",
                iso2="KZ",
                iso_numeric="098",
                cow=705,
                cow_abbrev="KZK",
                gw=706,
                fips="KX",
                wikidata="Q232",
                since_cow=imprecise("1991-12"),
                since_gw=exact("1991-12-16"),
                sources=("010", "law"),
                other_names=(
                    "\u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d",
                    "\u0643\u0627\u0632",
                    "yes",
                ),
            ),
            State(iso3="UZB", english="Uzbekistan"),
        ),
        instruments=(
            Instrument(
                id="pact",
                title="A pact",
                sources=("law",),
                steps=(
                    Step(name=StepName.SIGNATURE, date=exact("1992-05-15")),
                    Step(name=StepName.DEPOSIT, date=imprecise("1993"), sources=("law",), note="By hand."),
                ),
                signatures=(Signature(state="KAZ", date=imprecise("1993"), sources=("law",), note="Later."),),
                body="A council",
                note="Of five years.",
            ),
        ),
        histories=(
            History(
                id="ORG",
                name="An organization",
                names={"ru": "Организация (ОРГ)"},
                offices=(
                    Office(
                        id="chair",
                        name="Chair",
                        names={"ru": "Председатель"},
                        terms=(
                            Term(
                                state="KAZ",
                                effect=exact("1995-01-01"),
                                end=imprecise("[1995-06..1996]"),
                                person="A person",
                                names={"ru": "Лицо", "ar": "شخص"},
                                other_names=("Некто",),
                                capacity=Capacity.ACTING,
                                steps=(Step(name=StepName.DECISION, date=imprecise("1994")),),
                                sources=("law",),
                                known=exact("1994-12-31"),
                                note="By turns.",
                            ),
                        ),
                    ),
                ),
                participations=(
                    Participation(
                        id="session",
                        kind=ParticipationKind.SESSION,
                        name="A session",
                        effect=imprecise("1995"),
                        end=imprecise("[1995-06..1996]"),
                        place="Almaty",
                        complete=False,
                        absent=("KAZ",),
                        host="KAZ",
                        chair="KAZ",
                        mandate="A decision",
                        participants=(
                            Participant(
                                state="KAZ",
                                capacity=ParticipationCapacity.MEMBER,
                                effect=imprecise("1995"),
                                end=imprecise("1996"),
                                sources=("law",),
                                note="By video.",
                            ),
                        ),
                        sources=("law",),
                        known=exact("1994-12-31"),
                        note="In two parts.",
                        disputes=(Dispute(says="No.", sources=("law",), answer="Yes."),),
                    ),
                ),
                eras=(
                    Era(
                        id="Z",
                        name="The first",
                        names={"ru": "Первый"},
                        bound=Bound.PARTIES,
                        requires=Requires.INSTRUMENT,
                        effect=imprecise("1994"),
                        sources=("law",),
                        steps=(Step(name=StepName.DECISION, date=exact("1994-01-01"), note="A summit."),),
                        instrument="pact",
                        known=exact("1994-02-01"),
                    ),
                    Era(id="A", name="The second", effect=exact("2003-09-18"), sources=("010",)),
                ),
                events=(
                    Event(
                        state="KAZ",
                        act=Act.JOIN,
                        effect=imprecise("[1994-04-02..1994-04-20]~"),
                        sources=("law", "010"),
                        steps=tuple(
                            Step(name=name, date=imprecise("1994-04%"), sources=("010",)) for name in StepName
                        ),
                        instrument="pact",
                        known=exact("1994-05-01"),
                        note="Its place in the order is known; its day is not.",
                        disputes=(
                            Dispute(
                                says="It joined in 1993.",
                                sources=("010",),
                                answer="It had not ratified: see the law.",
                                against=("law",),
                                date=imprecise("1993"),
                            ),
                            Dispute(says="It never joined.", sources=("010",), answer="It did."),
                        ),
                    ),
                    Event(state="KAZ", act=Act.FREEZE, effect=imprecise("1994-04"), sources=("law",)),
                ),
                ended=Ended(effect="2004", sources=("law",), successor="org-2", note="By a treaty."),
                gaps=(
                    Gap(state="UZB", start="1994", end="1995-01-02", sources=("law",), note="Nobody knows."),
                ),
                note="One lineage.",
            ),
            History(
                id="org-2",
                name="Another organization",
                events=tuple(
                    Event(state="UZB", act=act, effect=imprecise(f"{2000 + index}"), sources=("law",))
                    for index, act in enumerate(
                        (
                            Act.OBSERVE,
                            Act.SIGN,
                            Act.JOIN,
                            Act.REAFFIRM,
                            Act.FREEZE,
                            Act.RESUME,
                            Act.SUSPEND,
                            Act.LAPSE,
                            Act.JOIN,
                            Act.WITHDRAW,
                            Act.JOIN,
                            Act.EXPEL,
                        )
                    )
                ),
            ),
        ),
    )


def by_name(dataset: Dataset) -> Dataset:
    """The dataset with its sources in the order in which they are read."""
    return Dataset(
        verified_through=dataset.verified_through,
        states=dataset.states,
        histories=dataset.histories,
        sources=tuple(sorted(dataset.sources, key=lambda source: source.id)),
        instruments=dataset.instruments,
        licence=dataset.licence,
    )


SHIPPED = shipped_file("membership.yaml")


DATASETS = {
    "shipped": read(SHIPPED, "membership.yaml"),
    "small": read(SMALL.encode(), "facts.yaml"),
    "full": by_name(_full()),
    "without events": read(
        b"{verified_through: 2026-01-18, states: {KAZ: {name: K}}, organizations: {ORG: {name: O}}}",
        "facts.yaml",
    ),
}


def _shuffled(node: object, order: random.Random, *, keep: bool = False) -> object:
    """Nested text with the keys of every mapping in another order; eras stay as they follow one another."""
    if isinstance(node, list):
        return [_shuffled(member, order) for member in node]
    if isinstance(node, dict):
        keys = cast("list[str]", list(node))
        if not keep:
            order.shuffle(keys)
        return {key: _shuffled(node[key], order, keep=key == "eras") for key in keys}
    return node


@pytest.mark.parametrize("name", DATASETS)
def test_write_then_read_is_identity(name: str) -> None:
    """What is written reads back as the same records, every field of every one."""
    dataset = DATASETS[name]

    assert read(write(dataset).encode(), "written.yaml") == dataset


@pytest.mark.parametrize("name", DATASETS)
def test_writing_is_idempotent(name: str) -> None:
    """Writing what was written gives the same text, so that a file settles in the house's order."""
    text = write(DATASETS[name])

    assert write(read(text.encode(), "written.yaml")) == text


def test_the_full_dataset_is_full() -> None:
    """Every field of every kind of record is filled somewhere, so that the laws above speak of all of them."""
    full = _full()
    event = full.histories[0].events[0]
    records: list[object] = [full, full.sources[0], full.states[0], full.instruments[0], full.histories[0]]
    records += [full.histories[0].offices[0], full.histories[0].offices[0].terms[0]]
    records += [full.histories[0].participations[0], full.histories[0].participations[0].participants[0]]
    records += [full.histories[0].eras[0], event, event.disputes[0], full.instruments[0].steps[1]]
    records += [full.instruments[0].signatures[0]]

    for record in records:
        names = [name for name in record.__attrs_attrs__ if name.name != "where"]  # type: ignore[attr-defined] # attrs
        assert all(getattr(record, name.name) not in (None, ()) for name in names), record


def test_a_step_that_is_only_a_date_is_written_short() -> None:
    """A stage with nothing but its date takes the short form, which hand-written files use."""
    lines = [line.strip() for line in write(_full()).splitlines()]

    assert "signature: 1992-05-15" in lines
    assert "note: By hand." in lines


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_mappings_in_the_file_is_irrelevant(seed: int) -> None:
    """Sections, states, sources and fields may stand in any order: the records are equal."""
    plain = yaml.load(SHIPPED, Loader=yaml.BaseLoader)  # noqa: S506 (it makes nothing but text)

    shuffled = _shuffled(plain, random.Random(seed))  # noqa: S311 (an order, not a secret)

    text = yaml.dump(shuffled, allow_unicode=True, sort_keys=False)
    assert text != yaml.dump(plain, allow_unicode=True, sort_keys=False)
    assert read(text.encode(), "shuffled.yaml") == DATASETS["shipped"]


def test_the_order_of_a_states_events_is_kept() -> None:
    """Two acts in one year stay in the order of the file: it is all that is known of their order."""
    events = (
        "        - {act: freeze, effect: 1994, sources: [law]}\n"
        "        - {act: resume, effect: 1994, sources: [law]}\n"
    )

    dataset = read(changed(("states:\n", events + "states:\n")).encode(), "facts.yaml")

    assert [event.act for event in dataset.histories[0].events] == [Act.JOIN, Act.FREEZE, Act.RESUME]


def test_every_record_knows_its_place() -> None:
    """Records remember file, line and column of themselves and of each field, so that later faults can name them."""
    dataset = read(SMALL.encode(), "facts.yaml")
    where = dataset.histories[0].events[0].where

    assert where is not None
    assert where.at() == "facts.yaml:7:11"
    assert where.at("effect") == "facts.yaml:8:19"
    assert where.at("sources.1") == "facts.yaml:9:26"
    assert where.at("state") == "facts.yaml:6:7"
    assert where.at("note") == "facts.yaml:7:11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("effect: 1994-04-20", "effect: ''")),
            ("8:19: an empty value. Write the value, or leave the field out. [CM005]",),
            id="a required field refused in the tree",
        ),
        pytest.param(
            changed(("effect: 1994-04-20", "effect: *x")),
            ("8:19: alias *x. Write the value out. [CM003]",),
            id="a required field that is an alias",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    iso3: KAZ")),
            (
                f"13:5: state 'KAZ' has no field 'iso3'. Did you mean 'iso2'? Its fields are {STATE_FIELDS}. [CM007]",
            ),
            id="the code written again as a field",
        ),
        pytest.param(
            changed(("name: Kazakhstan", r'name: "Kazakh\u202Estan"')),
            ("12:11: the escape of U+202E, which cannot be seen. Delete it. [CM004]",),
            id="an escape of a hidden character",
        ),
        pytest.param(
            changed(("name: Kazakhstan", r'name: "Kazakhst\u0065\u0301n"')),
            ("12:11: escapes that are not in Unicode normal form C. Write the letters. [CM004]",),
            id="escapes of decomposed letters",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: Kazakh\u2028stan")),
            ("12:17: U+2028 breaks the text unseen. Delete it. [CM004]",),
            id="a line break that editors do not show",
        ),
        pytest.param(
            changed(("sources: [law, paper]", "sources: ['']")),
            ("9:21: an empty value. Write the value, or leave the field out. [CM005]",),
            id="a list whose only member is refused",
        ),
        pytest.param(
            changed(("sources: [law, paper]", "sources: [[a], nope]")),
            (
                "9:21: each of sources must be text, not a list. [CM009]",
                "9:26: no source 'nope'. Add it under sources, or correct the identifier. [CM014]",
            ),
            id="a fault beside one of another kind keeps its place",
        ),
        pytest.param(
            "---\n", ("2:1: an empty value. Write the value, or leave the field out. [CM005]",), id="---"
        ),
    ],
)
def test_a_refused_value_leaves_no_second_fault(text: str, expected: tuple[str, ...]) -> None:
    """What could not be read is told once, at its place, and nothing crashes over it."""
    assert faults(text) == expected


def test_a_refused_record_is_named_all_the_same() -> None:
    """A state or source whose record is refused counts as named, so that nobody is told to add it."""
    text = changed(("  KAZ:\n    name: Kazakhstan", "  KAZ:\n    nam: Kazakhstan")).replace(
        "  law:\n", "  law: {}\n  lex:\n"
    )

    assert [problem[-7:] for problem in faults(text)] == ["[CM007]", "[CM008]", "[CM005]"]
