"""The states of the world: every code and name leads to one of them, to several, or to an error that helps."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Answer, StateError, build, csto
from csto_membership._facts.states import SCHEMES, State
from csto_membership._facts.territories import (
    by_code,
    first_days,
    name_index,
    share_codes,
    spells,
    territories,
    territory,
)
from csto_membership._membership.names import Ambiguous, Names
from csto_membership._membership.spelling import forms, normalize
from csto_membership._reader.facts_file import read

ROOT = Path(__file__).parents[2]
INPUT = ROOT / "tools" / "world"
NAMES = Names("X", {})
CODES = ("iso3", "iso2", "iso_numeric", "cow", "cow_abbrev", "gw", "fips", "wikidata")


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of an input of the tool, which the library does not read."""
    with (INPUT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("USA", "USA"),
        ("us", "USA"),
        (2, "USA"),
        (2.0, "USA"),
        ("Q30", "USA"),
        ("United States of America", "USA"),
        ("Соединенные Штаты", "USA"),
        (" ukraine ", "UKR"),
        ("Украина", "UKR"),
        ("أوكرانيا", "UKR"),
        ("Republic of Moldova", "MDA"),
        ("Moldova, Republic of", "MDA"),
        ("Armenia, Republic of", "ARM"),
        ("Kyrgyz Rep.", "KGZ"),
        ("Armenia, Rep", "ARM"),
        ("Zealand, New", "NZL"),
        ("the Zealand, New (the)", "NZL"),
        ("Cook Is.", "COK"),
        ("Kyrgyz Republic", "KGZ"),
        ("Russian Federation (the)", "RUS"),
        ("the Russian Federation", "RUS"),
        ("Russia (Soviet Union)", "RUS"),
        ("Korea, Rep.", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Congo, Dem. Rep.", "COD"),
        ("Gambia, The", "GMB"),
        ("St Lucia", "LCA"),
        ("Saint Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Trinidad and Tobago", "TTO"),
        ("Co\u0302te d'Ivoire", "CIV"),
        ("COTE D’IVOIRE", "CIV"),
        ("Viet Nam", "VNM"),
        ("SUN", "SUN"),
        ("Soviet Union", "SUN"),
        ("USSR", "SUN"),
        ("YUG", "YUG"),
        ("Yugoslavia", "YUG"),
        ("SCG", "SCG"),
        ("CSK", "CSK"),
        ("Czechoslovakia", "CSK"),
        ("DDR", "DDR"),
        ("GDR", "DDR"),
        ("DEU-WEST", "DEU-WEST"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("ZAR", "COD"),
        ("TMP", "TLS"),
        ("TP", "TLS"),
        ("ROM", "ROU"),
        ("BUR", "MMR"),
        ("Kosovo", "XKX"),
        ("XKX", "XKX"),
        ("XKK", "XKX"),
        ("XKS", "XKX"),
        ("BY", "BLR"),
        ("RS", "SRB"),
        ("AUS", "AUS"),
        ("CZE", "CZE"),
        ("KOR", "KOR"),
        ("SWZ", "SWZ"),
        (345, "SRB"),
        (365, "RUS"),
        (255, "DEU"),
        (640, "TUR"),
        (816, "VNM"),
        (398.0, "KAZ"),
        ("http://www.wikidata.org/entity/Q159", "RUS"),
        ("https://www.wikidata.org/entity/Q813", "KGZ"),
        ("https://www.wikidata.org/wiki/Q30 ", "USA"),
    ],
)
def test_a_state_of_the_world_resolves(text: object, key: str) -> None:
    """Codes and names lead to a state, whether it has any act in the organization or not."""
    assert csto.state(text).iso3 == key


def test_abbreviations_are_read_in_full() -> None:
    """Whatever a list abbreviates, and puts behind a comma, reads like the whole name."""
    assert "federaldemocraticrepublicofsaintxandyislands" in forms(
        "The Fed. Dem. Rep. of St. X & Y Is. (the)"
    )
    assert list(forms("X, Rep. of"))[-2:] == ["republicofx", "republicofofx"]


@pytest.mark.parametrize(
    ("code", "scheme", "key"),
    [
        ("BY", "fips", "BDI"),
        ("RS", "fips", "RUS"),
        ("AUS", "cow_abbrev", "AUT"),
        ("CZE", "cow_abbrev", "CSK"),
        ("YUG", "cow_abbrev", "SRB"),
        (345, "cow", "SRB"),
        (345, "gw", "YUG"),
        (340, "gw", "SRB"),
        (260, "cow", "DEU-WEST"),
        (260, "gw", "DEU"),
        (678, "cow", "YAR"),
        (678, "gw", "YEM"),
        (679, "cow", "YEM"),
        (970, "cow", "NRU"),
        (970, "gw", "KIR"),
        (31, "cow", "BHS"),
        (31, "iso_numeric", "AZE"),
        ("http://www.wikidata.org/entity/Q15180", "wikidata", "SUN"),
        ("Russia (Soviet Union)", "name", "RUS"),
    ],
)
def test_a_scheme_says_which_is_meant(code: object, scheme: str, key: str) -> None:
    """In its own scheme a code means its owner, whatever it means elsewhere."""
    assert csto.state(code, codes=scheme).iso3 == key
    found = NAMES.encode(code, scheme)
    assert isinstance(found, State)
    assert found.iso3 == key


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Korea",
            "'Korea' is ambiguous: name KOR (South Korea) or name PRK (North Korea). "
            "Write the code of the one you mean.",
        ),
        (
            "congo",
            "'congo' is ambiguous: name COD (Congo - Kinshasa) or name COG (Congo - Brazzaville). "
            "Write the code of the one you mean.",
        ),
        (
            31,
            "31 is ambiguous: iso_numeric AZE (Azerbaijan) or cow BHS (Bahamas). "
            "Say which, as in state(31, codes='iso_numeric').",
        ),
        (
            260,
            "260 is ambiguous: iso_numeric ATF (French Southern Territories) or gw DEU (Germany). "
            "Say which, as in state(260, codes='iso_numeric').",
        ),
        (
            "530",
            "'530' is ambiguous: iso_numeric ANT (Netherlands Antilles) or cow ETH (Ethiopia). "
            "Say which, as in state('530', codes='iso_numeric').",
        ),
        ("Turkmenia", "no state 'Turkmenia' in CSTO. Did you mean TKM (Turkmenistan)?"),
        ("Казахская ССР", "no state 'Казахская ССР' in CSTO. Did you mean KAZ (Kazakhstan)?"),
        ("Rusia Federation", "no state 'Rusia Federation' in CSTO. Did you mean RUS (Russia)?"),
        ("Austrlia", "no state 'Austrlia' in CSTO. Did you mean AUS (Australia) or AUT (Austria)?"),
        *(
            (
                text,
                f"no state {text!r} in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.",
            )
            for text in ("Atlantis", "Cocos Islands", "Baker Island", "", "?", "-5", "a" * 81)
        ),
        (
            "x" * 1000,
            f"no state '{'x' * 79}... in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.",
        ),
        *(
            (
                value,
                f"expected a state's code or name, got {value!r}. Write it as 'KGZ' or 'Kyrgyzstan'.",
            )
            for value in (10**9, 2.5, float("nan"), float("inf"), None, (), b"KGZ", 1e300)
        ),
    ],
)
def test_nothing_is_guessed(text: object, message: str) -> None:
    """What means several states, or none, is refused; a state that exists is never taken for another."""
    with pytest.raises(StateError) as caught:
        csto.state(text)
    assert str(caught.value) == message


def test_what_cannot_be_written_out_is_refused_in_words() -> None:
    """A value nested too deep or too long for its own text, and a duration of NumPy, which calls it a number."""
    with pytest.raises(StateError, match=r"^expected a state's code or name, got a value of type int\."):
        csto.state(10**5000)
    nested: object = ()
    for _ in range(5000):
        nested = (nested,)
    # From Python 3.13 on, such a tuple has a text, which is cut.
    with pytest.raises(
        StateError, match=r"^expected a state's code or name, got (a value of type tuple|\(+\.\.\.)"
    ):
        csto.state(nested)
    np = pytest.importorskip("numpy", reason="NumPy is not installed: none of its values is asked")
    for value in (np.timedelta64(365, "D"), np.datetime64("2020-01-01"), np.bool_(1), np.float64("nan")):
        with pytest.raises(StateError, match=r"^expected a state's code or name"):
            csto.state(value)
        assert NAMES.encode(value) is None
    assert csto.state(np.float32(398)).iso3 == "KAZ"
    assert csto.state(np.uint16(398)).iso3 == "KAZ"


def test_an_unknown_scheme_gets_the_nearest() -> None:
    """It is refused in each way to ask."""
    for ask in (NAMES.resolve, NAMES.encode, lambda _, codes: NAMES.spellings(codes)):
        with pytest.raises(StateError) as caught:
            ask("KGZ", "iso33")
        assert (
            str(caught.value)
            == f"no code scheme 'iso33'. Did you mean 'iso3'? There are {', '.join(SCHEMES)}."
        )


def test_a_name_without_a_letter_names_nothing() -> None:
    """A facts file may write one down; it does not make an empty text mean that state."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Bensalem, other_names: ["?"]}}
organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2000-01-01, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    for nothing in ("", "?", "!!!", "-5"):
        with pytest.raises(StateError, match=r"^no state"):
            organization.state(nothing)
    assert organization.state("Bensalem").iso3 == "AAA"
    spelled = organization.compiled.names.spellings("name")
    assert spelled.meanings["bensalem"] == "AAA"
    assert "?" not in spelled.meanings.keys() | spelled.ambiguous


def test_a_facts_file_counts_before_the_world() -> None:
    """It may call Kosovo XKK, give a name another meaning, and describe states without any act."""
    text = """
verified_through: 2020-01-01
states: {XKK: {name: Kosova}, AAA: {name: Georgia}, BBB: {name: Bensalem, cow: 2}}
organizations:
  X:
    name: X
    events:
      XKK: [{act: join, effect: 2000-01-01, sources: [s]}]
      AAA: [{act: join, effect: 2000-01-01, sources: [s]}]
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    for kosovo in ("XKX", "XKK", "XKS", "XK", "Kosovo", "Q1246", "Косово"):
        assert organization.state(kosovo).english == "Kosova"
        assert organization.was_member(kosovo, "2001") is Answer.YES
    assert organization.state("Georgia").iso3 == "AAA"
    assert organization.state("GEO").iso3 == "GEO"
    assert organization.state("Bensalem").iso3 == "BBB"
    assert organization.state(2, codes="cow").iso3 == "BBB"
    assert organization.was_member("Bensalem", "2001") is Answer.NO


# The same states under other names, so that ISO withdrew their codes.
RENAMED = {
    "BUR": "MMR",
    "BYS": "BLR",
    "DHY": "BEN",
    "HVO": "BFA",
    "RHO": "ZWE",
    "TMP": "TLS",
    "ZAR": "COD",
}


def _owners() -> dict[str, dict[str, set[str]]]:
    """What each code means in each scheme, from the tool's input: the oracle of the tables that the library reads."""
    owner = {(row["scheme"], row["number"]): row["id"] for row in _rows("spells.csv")}
    found: dict[str, dict[str, set[str]]] = {scheme: defaultdict(set) for scheme in CODES}
    for row in _rows("codes.csv"):
        key = row["id"] if row["id"] != "FIPS-IP" else "CPT"
        found["iso3"][key.lower()].add(key)
        for scheme in CODES[1:]:
            code, numbered = row[scheme].lower(), {"cow_abbrev": "cow"}.get(scheme, scheme)
            if not code or owner.get((numbered, row.get(numbered, "")), row["id"]) != row["id"]:
                continue
            found[scheme][code].add(key)
            if scheme == "iso_numeric":
                found[scheme][str(int(code))].add(key)
    for iso3, iso2 in (("ASC", "ac"), ("DGA", "dg"), ("TAA", "ta"), ("CPT", "cp")):
        found["iso3"][iso3.lower()].add(iso3)
        found["iso2"][iso2].add(iso3)
    found["iso3"] |= {"xkk": {"XKX"}, "xks": {"XKX"}}
    for meanings in found.values():
        for code, keys in meanings.items():
            meanings[code] = {RENAMED.get(key, key) for key in keys}
    return found


OWNERS = _owners()


@pytest.mark.parametrize("scheme", CODES)
def test_a_code_has_one_owner_in_its_scheme(scheme: str) -> None:
    """Every code of the input means one state in its scheme, and nothing else is a code."""
    assert {code.replace("-", ""): key for code, (key,) in OWNERS[scheme].items()} == by_code(scheme)
    for code, (key,) in OWNERS[scheme].items():
        assert NAMES.resolve(code, scheme).iso3 == key


def test_codes_of_all_schemes_are_never_guessed() -> None:
    """Without a scheme a word means one state in all of them, or is ambiguous; scalars take ISO alpha codes first."""
    gone = {row["id"]: set(row["successors"].split()) for row in _rows("codes.csv")}
    for code in {code for scheme in CODES for code in OWNERS[scheme]}:
        iso = OWNERS["iso3"].get(code) or OWNERS["iso2"].get(code) or set()
        meant = set().union(*(OWNERS[scheme].get(code, set()) for scheme in CODES))
        meant = {key for key in meant if key in iso or not meant & gone.get(key, set())}
        found = NAMES.encode(code)
        states = found.states if isinstance(found, Ambiguous) else (found,)
        assert {state.iso3 for state in states if state} == meant
        if iso or len(meant) == 1:
            assert {NAMES.resolve(code).iso3} == (iso or meant)
        else:
            with pytest.raises(StateError, match="is ambiguous"):
                NAMES.resolve(code)


@pytest.mark.parametrize("codes", [None, *SCHEMES])
def test_the_words_for_engines_mean_what_cells_mean(codes: str | None) -> None:
    """Each spelling is trimmed and in small letters, and means what the same cell means in a table in memory."""
    for names in (NAMES, csto.compiled.names):
        spelled = names.spellings(codes)
        assert names.spellings(codes) is spelled
        assert not spelled.meanings.keys() & spelled.ambiguous
        for word, key in spelled.meanings.items():
            found = names.encode(word, codes)
            assert isinstance(found, State)
            assert found.iso3 == key
        assert all(isinstance(names.encode(word, codes), Ambiguous) for word in spelled.ambiguous)
    assert codes or {"by", "31", "korea", "703"} <= spelled.ambiguous


def test_a_cell_means_what_a_scalar_means_or_less() -> None:
    """Tables are stricter than scalars, and never say another state."""
    for word in {
        *NAMES.spellings().meanings,
        *NAMES.spellings().ambiguous,
        "Armenia, Republic of",
        "BY",
        "nobody",
    }:
        found = NAMES.encode(word)
        if isinstance(found, State):
            assert NAMES.resolve(word) is found
    assert NAMES.encode(csto.state("BLR")) == NAMES.resolve("BLR")
    for nothing in (None, "", float("nan"), True, object()):
        assert NAMES.encode(nothing) is None
    found = NAMES.encode("YUG")
    assert isinstance(found, Ambiguous)
    assert [(scheme, state.iso3) for scheme, state in found.meanings] == [
        ("iso3", "YUG"),
        ("cow_abbrev", "SRB"),
    ]


def test_every_name_of_the_input_leads_to_its_state_or_to_no_other() -> None:
    """It resolves, is ambiguous with its state among several, or is answered by a suggestion that names it."""
    gone = {row["id"]: set(row["successors"].split()) for row in _rows("codes.csv")}
    for row in _rows("names.csv"):
        key = row["id"] if row["id"] != "FIPS-IP" else "CPT"
        found = NAMES.encode(row["name"], "name")
        if isinstance(found, State):
            origins = set(row["origin"].split(";"))
            lost = origins & {"ambiguous", "predecessor"} or origins == {"COW"}
            assert found.iso3 == key or found.iso3 in gone[key] or lost
            assert not origins & {"misspelling"}
        elif isinstance(found, Ambiguous):
            assert {key, *gone[key]} & {state.iso3 for state in found.states}
        else:
            with pytest.raises(StateError, match=rf"Did you mean .*\b{key} \("):
                NAMES.resolve(row["name"], "name")


def test_a_word_stands_once() -> None:
    """A word resolves, is ambiguous or is only suggested; its normalized form is that of the library."""
    lines = (ROOT / "data" / "territory-names.tsv").read_text(encoding="utf-8").splitlines()[2:]
    standings = defaultdict(set)
    for line in lines:
        word, key, standing, name, origin = line.split("\t")
        assert word == normalize(name)
        assert key in territories().columns["iso3"]
        assert origin
        standings[word].add((standing, key if standing == "" else ""))
    assert {word for word, found in standings.items() if len(found) > 1} == set()
    known = name_index()
    assert known.meanings.keys() | known.ambiguous.keys() | known.suggested.keys() == standings.keys()


@given(st.sampled_from(sorted(territories().names["en"])), st.sampled_from(sorted(territories().names)))
def test_a_state_is_known_by_the_name_it_is_given(iso2: str, lang: str) -> None:
    """The name of a state in each language leads back to it; Saint Martin has two halves."""
    key = by_code("iso2").get(iso2.lower())
    if key is None or territory(key).kind == "historic":
        return  # a part of a state is no answer, and Burma now means Myanmar
    state = csto.state(key)
    name = territories().names[lang].get(iso2)
    if name is None:
        return

    found = csto.compiled.names.encode(name, "name")
    assert state in found.states if isinstance(found, Ambiguous) else found is state


def test_a_state_of_the_world_has_all_its_codes() -> None:
    """One object for each, with the first days of the two state systems."""
    state = csto.state("France")

    assert csto.state(state) is state
    assert (state.iso3, state.iso2, state.iso_numeric, state.fips) == ("FRA", "FR", "250", "FR")
    assert (state.cow, state.cow_abbrev, state.gw, state.wikidata) == (220, "FRN", 220, "Q142")
    assert (str(state.since_cow), str(state.since_gw)) == ("1816-01-01", "1816-01-01")
    union = csto.state("SUN")
    assert (union.cow, union.gw, union.since_cow) == (365, 365, None)
    assert territory("SUN").successors == ("RUS",)
    assert csto.state("TIBET").cow is None


def test_spells_are_half_open() -> None:
    """The input has the last day, the library the first day outside; a system's states are those of the input."""
    for scheme in ("cow", "gw"):
        expected = [row for row in _rows("spells.csv") if row["scheme"] == scheme]
        found = spells(scheme)
        assert [(str(spell.number), spell.iso3, spell.start.isoformat()) for spell in found] == [
            (row["number"], row["id"], row["start"]) for row in expected
        ]
        for spell, row in zip(found, expected, strict=True):
            assert (spell.end is None) == (row["last"] == "")
            assert spell.end is None or (spell.end - spell.start).days > 0
            assert spell.is_microstate == (row["microstate"] == "1")
    (east,) = (spell for spell in spells("gw") if spell.iso3 == "DDR")
    assert east.end is not None
    assert east.end.isoformat() == "1990-10-03"
    assert first_days("cow")["AUT"].isoformat() == "1919-09-10"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("YUG", "SRB", True),
        ("YUG", "SCG", True),
        ("SUN", "RUS", True),
        ("YUG", "HRV", False),
        ("SRB", "QQQ", False),
    ],
)
def test_states_that_followed_one_another_may_share_a_number(one: str, other: str, *, together: bool) -> None:
    """A state and its successor do, also two with the same successor; what the list does not have does not."""
    assert share_codes(one, other) is together
    assert share_codes(other, one) is together
