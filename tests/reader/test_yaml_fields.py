"""The reader of facts files: what each field may say."""

from __future__ import annotations

import pytest

from csto_membership._reader.facts_file import read
from tests.reader.yaml_files import AN_EXISTING_DAY, NO_DATE, SMALL, STATE_FIELDS, changed, faults

FILE_FIELDS = "verified_through, states, organizations, sources, instruments, licence"


STEP_NAMES = (
    "announcement, notice, receipt, decision, signature, ratification, deposit, accession, entry_into_force"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("verified_through:", "verified_trough:")),
            (
                (
                    "1:1: the file has no field 'verified_trough'. Did you mean 'verified_through'? "
                    f"Its fields are {FILE_FIELDS}. [CM007]"
                ),
                "1:1: the file lacks 'verified_through'. Add it. [CM008]",
            ),
            id="file",
        ),
        pytest.param(
            changed(("    name: An organization", "    title: A treaty\n    name: An organization")),
            (
                (
                    "4:5: organization 'ORG' has no field 'title'. "
                    "Its fields are name, names, closed, eras, ended, events, gaps, offices, participations, note. "
                    "[CM007]"
                ),
            ),
            id="organization",
        ),
        pytest.param(
            changed(("          sources: [law", "          end: 1999\n          sources: [law")),
            (
                (
                    "9:11: an event has no field 'end'. Its fields are act, effect, sources, steps, instrument, "
                    "known, note, disputes. [CM007]"
                ),
            ),
            id="event",
        ),
        pytest.param(
            changed(("    kind: primary", "    kind: primary\n    adress: x")),
            (
                (
                    "18:5: source 'law' has no field 'adress'. Did you mean 'address'? "
                    "Its fields are title, publisher, kind, date, address, note. [CM007]"
                ),
            ),
            id="source",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    fip: KZ")),
            (
                (
                    "13:5: state 'KAZ' has no field 'fip'. Did you mean 'fips'? "
                    f"Its fields are {STATE_FIELDS}. [CM007]"
                ),
            ),
            id="state",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: {title: A pact, sources: [law], signature: 1992}\n",
            (
                (
                    "23:41: instrument 'pact' has no field 'signature'. Did you mean 'signatures'? "
                    "Its fields are title, sources, steps, signatures, body, note. [CM007]"
                ),
            ),
            id="instrument",
        ),
        pytest.param(
            changed(
                (
                    "    events:",
                    "    eras: {E: {name: E, effect: 1994, sources: [law], end: 1999}}\n    events:",
                )
            ),
            (
                (
                    "5:55: era 'E' has no field 'end'. "
                    "Its fields are name, effect, sources, bound, names, steps, instrument, requires, known. [CM007]"
                ),
            ),
            id="era",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {date: 1994, by: post}}\n          sources: [law",
                )
            ),
            ("9:41: step 'deposit' has no field 'by'. Its fields are date, sources, note. [CM007]",),
            id="step",
        ),
        pytest.param(
            SMALL.replace(
                "paper]\n",
                "paper]\n          disputes:\n"
                "            - {says: No, sources: [paper], answer: Yes, reply: Yes}\n",
            ),
            (
                (
                    "11:57: a dispute has no field 'reply'. "
                    "Its fields are says, sources, answer, against, date. [CM007]"
                ),
            ),
            id="dispute",
        ),
    ],
)
def test_a_field_has_a_known_name(text: str, expected: tuple[str, ...]) -> None:
    """A misspelt field is not passed over: it would be lost without a word."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "verified_through: 2026-01-18\n",
            (
                "1:1: the file lacks 'states'. Add it. [CM008]",
                "1:1: the file lacks 'organizations'. Add it. [CM008]",
            ),
            id="file",
        ),
        pytest.param(
            changed(("    name: An organization\n", "")),
            ("4:5: organization 'ORG' lacks 'name'. Add it. [CM008]",),
            id="organization without a name",
        ),
        pytest.param(
            changed(("        - act: join\n          effect", "        - effect")),
            ("7:11: an event lacks 'act'. Add it. [CM008]",),
            id="event without an act",
        ),
        pytest.param(
            changed(("          effect: 1994-04-20\n          sources: [law, paper]\n", "")),
            (
                "7:11: an event lacks 'effect'. Add it. [CM008]",
                "7:11: an event lacks 'sources'. Add it. [CM008]",
            ),
            id="event with its act alone",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    iso2: KZ")),
            ("12:5: state 'KAZ' lacks 'name'. Add it. [CM008]",),
            id="state",
        ),
        pytest.param(
            changed(("    publisher: A state\n    kind: primary\n", "")),
            (
                "15:5: source 'law' lacks 'publisher'. Add it. [CM008]",
                "15:5: source 'law' lacks 'kind'. Add it. [CM008]",
            ),
            id="source",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: {note: A pact}\n",
            (
                "23:9: instrument 'pact' lacks 'title'. Add it. [CM008]",
                "23:9: instrument 'pact' lacks 'sources'. Add it. [CM008]",
            ),
            id="instrument",
        ),
        pytest.param(
            changed(("    events:", "    eras: {E: {known: 1994-01-01}}\n    events:")),
            (
                "5:15: era 'E' lacks 'name'. Add it. [CM008]",
                "5:15: era 'E' lacks 'effect'. Add it. [CM008]",
                "5:15: era 'E' lacks 'sources'. Add it. [CM008]",
            ),
            id="era",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {note: By post}}\n          sources: [law",
                )
            ),
            ("9:28: step 'deposit' lacks 'date'. Add it. [CM008]",),
            id="step",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: [{date: 1994}]\n"),
            (
                "10:22: a dispute lacks 'says'. Add it. [CM008]",
                "10:22: a dispute lacks 'sources'. Add it. [CM008]",
                "10:22: a dispute lacks 'answer'. Add it. [CM008]",
            ),
            id="dispute",
        ),
    ],
)
def test_what_is_required_is_there(text: str, expected: tuple[str, ...]) -> None:
    """A record without a required field is refused at the record's place, field by field."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("name: Kazakhstan", "name: [Kazakhstan]")),
            "12:11: name must be text, not a list. [CM009]",
            id="list for text",
        ),
        pytest.param(
            changed(("name: Kazakhstan", "name: {en: Kazakhstan}")),
            "12:11: name must be text, not a mapping. [CM009]",
            id="mapping for text",
        ),
        pytest.param(
            changed(("title: A law", "title: [A, law]")),
            "15:12: title must be text, not a list. [CM009]",
            id="list for a title",
        ),
        pytest.param(
            changed(("act: join", "act: [sign, join]")),
            "7:16: act must be text, not a list. [CM009]",
            id="list for a word",
        ),
        pytest.param(
            changed(("[law, paper]", "law, paper")),
            "9:20: sources must be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for a list",
        ),
        pytest.param(
            changed(("[law, paper]", "{law: paper}")),
            "9:20: sources must be a list: put it in brackets, or a dash before each member. [CM009]",
            id="mapping for a list",
        ),
        pytest.param(
            changed(("[law, paper]", "[law, [paper]]")),
            "9:26: each of sources must be text, not a list. [CM009]",
            id="list in a list of texts",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    other_names: Kirgizia")),
            "13:18: other_names must be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for names",
        ),
        pytest.param(
            changed(("        - act: join\n  ", "        - join\n#")).replace(
                "\n          sources: [law, paper]", ""
            ),
            "7:11: an event must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an event",
        ),
        pytest.param(
            changed(("      KAZ:\n        - act: join", "      KAZ:\n          act: join")),
            "7:11: the events of KAZ must be a list: put it in brackets, or a dash before each member. [CM009]",
            id="one event without its dash",
        ),
        pytest.param(
            changed(("          sources: [law", "          steps: 1994-04-20\n          sources: [law")),
            "9:18: steps must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for steps",
        ),
        pytest.param(
            changed(
                ("          sources: [law", "          steps: {deposit: [1994]}\n          sources: [law")
            ),
            "9:28: deposit: a range in brackets is a list to YAML. Put it in quotes. [CM009]",
            id="list for a step",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: It is disputed\n"),
            "10:21: disputes must be a list: put it in brackets, or a dash before each member. [CM009]",
            id="text for disputes",
        ),
        pytest.param(
            SMALL.replace("paper]\n", "paper]\n          disputes: [It is disputed]\n"),
            "10:22: a dispute must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a dispute",
        ),
        pytest.param(
            changed(("    events:", "    eras: [CST, CSTO]\n    events:")),
            "5:11: eras must be a mapping, with a name and a colon on each line. [CM009]",
            id="list for eras",
        ),
        pytest.param(
            changed(("    events:", "    eras: {CST: 1994}\n    events:")),
            "5:17: era 'CST' must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an era",
        ),
        pytest.param(
            changed(("    events:\n", "    events: None of them\n"))
            .replace("      KAZ:", "#")
            .split("        -")[0]
            + "states: {KAZ: {name: K}}\n",
            "5:13: events must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for events",
        ),
        pytest.param(
            SMALL + "instruments:\n  pact: A pact\n",
            "23:9: instrument 'pact' must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an instrument",
        ),
        pytest.param(
            SMALL + "instruments: [pact]\n",
            "22:14: instruments must be a mapping, with a name and a colon on each line. [CM009]",
            id="list for a section",
        ),
        pytest.param(
            SMALL + "  wire: A wire\n",
            "22:9: source 'wire' must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a source",
        ),
        pytest.param(
            changed(("states:\n", "states:\n  UZB: Uzbekistan\n")),
            "11:8: state 'UZB' must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for a state",
        ),
        pytest.param(
            "verified_through: 2026-01-18\nstates: {KAZ: {name: K}}\norganizations: {ORG: An organization}\n",
            "3:22: organization 'ORG' must be a mapping, with a name and a colon on each line. [CM009]",
            id="text for an organization",
        ),
    ],
)
def test_a_field_has_its_shape(text: str, expected: str) -> None:
    """Where text, a list or a mapping is to stand, nothing else stands, and the sentence says what is."""
    assert faults(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            changed(("verified_through: 2026-01-18", "verified_through: 2026-01")),
            "1:19: verified_through: '2026-01' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="horizon",
        ),
        pytest.param(
            changed(("          sources: [law", "          known: 1994\n          sources: [law")),
            "9:18: known: '1994' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="day an event became known",
        ),
        pytest.param(
            changed(
                (
                    "    events:",
                    "    eras: {E: {name: E, effect: 1994, sources: [law], known: 1994-01}}\n    events:",
                )
            ),
            "5:62: known: '1994-01' is not one day. Write the day as YYYY-MM-DD. [CM010]",
            id="day an era became known",
        ),
        pytest.param(
            changed(("    kind: primary", "    kind: primary\n    date: May 1994")),
            f"18:11: date: 'May 1994' {NO_DATE} [CM010]",
            id="date of a source",
        ),
        pytest.param(
            changed(("    name: Kazakhstan", "    name: Kazakhstan\n    since_gw: 1991-12-32")),
            f"13:15: since_gw: '1991-12-32' is not in the calendar. {AN_EXISTING_DAY} [CM010]",
            id="first day of a state",
        ),
        pytest.param(
            changed(
                (
                    "          sources: [law",
                    "          steps: {deposit: {date: soon}}\n          sources: [law",
                )
            ),
            f"9:35: deposit: 'soon' {NO_DATE} [CM010]",
            id="date of a step",
        ),
        pytest.param(
            changed(("act: join", "act: joins")),
            "7:16: act: 'joins' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, end, observe, associate. [CM011]",
            id="act",
        ),
        pytest.param(
            changed(("act: join", "act: JOIN")),
            "7:16: act: 'JOIN' is unknown. Did you mean 'join'? Write one of sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, end, observe, associate. [CM011]",
            id="act in capitals",
        ),
        pytest.param(
            changed(("    events:", "    ended: soon\n    events:")),
            "5:12: the end must be a mapping, with a name and a colon on each line. [CM009]",
            id="the end of an organization",
        ),
        pytest.param(
            changed(("    events:", "    gaps: [unknown]\n    events:")),
            "5:12: a gap must be a mapping, with a name and a colon on each line. [CM009]",
            id="gap",
        ),
        pytest.param(
            changed(("kind: primary", "kind: blog")),
            "17:11: kind: 'blog' is unknown. "
            "Write one of primary, official, agency, academic, press, reference. [CM011]",
            id="kind of a source",
        ),
        pytest.param(
            changed(
                ("          sources: [law", "          steps: {signatur: 1992}\n          sources: [law")
            ),
            f"9:19: step: 'signatur' is unknown. Did you mean 'signature'? Write one of {STEP_NAMES}. [CM011]",
            id="step",
        ),
    ],
)
def test_a_day_is_one_day_and_a_word_is_a_known_word(text: str, expected: str) -> None:
    """Where one day is asked for a month will not do, and acts, steps and kinds have their fixed words."""
    assert faults(text) == (expected,)


@pytest.mark.parametrize(
    ("scheme", "wrong", "how", "right"),
    [
        ("iso2", "kz", "two capital letters", "KZ"),
        ("iso2", "KAZ", "two capital letters", "KZ"),
        ("iso_numeric", "98", "three digits", "'098'"),
        ("iso_numeric", "\u0663\u0669\u0668", "three digits", "398"),
        ("cow", "0", "a number from 1 to 999", "1"),
        ("cow", "007", "a number from 1 to 999", "7"),
        ("cow", "1000", "a number from 1 to 999", "999"),
        ("cow_abbrev", "Kzk", "three capital letters", "KZK"),
        ("gw", "-5", "a number from 1 to 999", "705"),
        ("fips", "K", "two capital letters", "KZ"),
        ("wikidata", "232", "Q and a number", "Q232"),
        ("wikidata", "Q0", "Q and a number", "Q1"),
    ],
)
def test_a_code_has_the_form_of_its_scheme(scheme: str, wrong: str, how: str, right: str) -> None:
    """A code of the wrong form is refused, and its legal neighbour is read."""
    column = 5 + len(scheme) + 2

    assert faults(changed(("    name: Kazakhstan", f"    name: Kazakhstan\n    {scheme}: {wrong}"))) == (
        f"13:{column}: {scheme}: {wrong!r} is no such code. Write {how}. [CM012]",
    )

    legal = changed(("    name: Kazakhstan", f"    name: Kazakhstan\n    {scheme}: {right}"))
    code = getattr(read(legal.encode(), "facts.yaml").states[0], scheme)
    assert str(code) == right.strip("'")


def test_only_the_numbers_are_numbers() -> None:
    """Codes that count are whole numbers; ISO's three digits keep their zeros and are text."""
    text = changed(
        ("    name: Kazakhstan", "    name: Kazakhstan\n    cow: 705\n    gw: 706\n    iso_numeric: 051")
    )

    state = read(text.encode(), "facts.yaml").states[0]

    assert (state.cow, state.gw, state.iso_numeric) == (705, 706, "051")


def test_the_name_of_a_state_is_its_alpha_3_code() -> None:
    """A state stands under three capital letters."""
    problems = faults(changed(("states:\n", "states:\n  Uz: {name: Uzbekistan}\n")))

    assert [problem.partition(": ")[2] for problem in problems] == [
        "iso3: 'Uz' is no such code. Write three capital letters. [CM012]"
    ]


@pytest.mark.parametrize(
    ("code", "name", "key"),
    [("NRO", "Norway", "NOR"), ("USR", "Soviet Union", "SUN"), ("KZK", "Казахстан", "KAZ")],
)
def test_a_slip_in_a_code_is_no_code_of_ones_own(code: str, name: str, key: str) -> None:
    """CM012: a state of the world stands under its ISO code; a code of one's own is for what has none."""
    assert faults(changed(("states:\n", f"states:\n  {code}: {{name: {name}}}\n"))) == (
        f"11:3: iso3: {code!r} is no ISO 3166-1 code, and {name} is {key}. Write {key}, or for a state of your own a "
        "code from XAA to XZZ. [CM012]",
    )


@pytest.mark.parametrize(("code", "name"), [("XNO", "Norway"), ("QMA", "Norway"), ("EUU", "European Union")])
def test_a_code_of_ones_own_is_read(code: str, name: str) -> None:
    """A code that ISO never gives may stand for anything, any other one for what the world's list does not have."""
    assert read(
        changed(("states:\n", f"states:\n  {code}: {{name: {name}}}\n")).encode(), "facts.yaml"
    ).states
