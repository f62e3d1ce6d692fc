"""Whatever people write leads to the state they mean, or to an error that says why not."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import Answer, StateError, build, csto, csto_pa
from csto_membership._facts.territories import territories
from csto_membership._membership.spelling import normalize
from csto_membership._reader.facts_file import read

if TYPE_CHECKING:
    from csto_membership import Organization

STATES = (*csto.states, *csto_pa.states)
LANGUAGES = ("en", "ru", "ar", "hy", "az", "be", "ka", "kk", "ky", "tg", "uz")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kirgizia", "KGZ"),
        ("Kyrgyz Republic", "KGZ"),
        ("kyrgyz-republic", "KGZ"),
        ("Киргизия", "KGZ"),
        ("Кыргызстан", "KGZ"),
        ("قرغيزستان", "KGZ"),
        ("قيرغيزستان", "KGZ"),
        ("Белоруссия", "BLR"),
        ("Byelorussia", "BLR"),
        ("بيلاروس", "BLR"),
        ("بيلاروسيا", "BLR"),
        ("روسيا البيضاء", "BLR"),
        ("كازاخستان", "KAZ"),
        ("كازخستان", "KAZ"),
        ("Kazakhstan", "KAZ"),
        ("KAZAKHSTAN", "KAZ"),
        ("طاجيكستان", "TJK"),
        ("طاجكستان", "TJK"),
        ("أوزبكستان", "UZB"),
        ("اوزبكستان", "UZB"),
        ("أُوزْبَكِسْتَان", "UZB"),
        ("أوزبكـــستان", "UZB"),
        ("إوزبكستان", "UZB"),
        ("جورجيا", "GEO"),
        ("Oʻzbekiston", "UZB"),
        ("O'zbekiston", "UZB"),
        ("Oʼzbekiston", "UZB"),
        ("Հայաստան", "ARM"),
        ("საქართველო", "GEO"),
        ("Ӯзбекистон", "UZB"),
        ("Azərbaycan", "AZE"),
        ("QAZAXISTAN", "KAZ"),
        ("Russian Federation", "RUS"),
        ("РФ", "RUS"),
        ("جمهورية كازاخستان", "KAZ"),
        ("ازبكستان", "UZB"),
        ("KG", "KGZ"),
        ("kg", "KGZ"),
        ("kgz", "KGZ"),
        ("417", "KGZ"),
        (417, "KGZ"),
        ("051", "ARM"),
        (371, "ARM"),
        (" 371 ", "ARM"),
        ("KYR", "KGZ"),
        ("AJ", "AZE"),
        ("Q813", "KGZ"),
    ],
)
def test_a_name_people_write_resolves(text: object, code: str) -> None:
    """Codes and names in use lead to their state."""
    assert csto.state(text).iso3 == code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_given_out_resolves(lang: str) -> None:
    """The name of each state in each language leads back to it."""
    for one in (csto, csto_pa):
        for state in one.states:
            assert one.state(state.name(lang)) is state


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            703,
            "703 is ambiguous: cow KGZ (Kyrgyzstan) or iso_numeric SVK (Slovakia). "
            "Say which, as in state(703, codes='cow').",
        ),
        (
            "704",
            "'704' is ambiguous: cow UZB (Uzbekistan) or iso_numeric VNM (Vietnam). "
            "Say which, as in state('704', codes='cow').",
        ),
        (
            51,
            "51 is ambiguous: iso_numeric ARM (Armenia) or cow JAM (Jamaica). "
            "Say which, as in state(51, codes='iso_numeric').",
        ),
        ("Kirgisia", "no state 'Kirgisia' in CSTO. Did you mean KGZ (Kyrgyzstan)?"),
        ("أوزبكستن", "no state 'أوزبكستن' in CSTO. Did you mean UZB (Uzbekistan)?"),
        ("", "no state '' in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB."),
        (True, "expected a state's code or name, got True. Write it as 'KGZ' or 'Kyrgyzstan'."),
        (3.5, "expected a state's code or name, got 3.5. Write it as 'KGZ' or 'Kyrgyzstan'."),
    ],
)
def test_nothing_is_guessed(text: object, message: str) -> None:
    """An unknown name gets the nearest, and a code with two meanings is refused, whoever else has it."""
    with pytest.raises(StateError) as caught:
        csto.state(text)
    assert str(caught.value) == message


def test_codes_says_which_is_meant() -> None:
    """With the scheme named, a code with two meanings resolves, and a code of another scheme does not."""
    assert csto.state(703, codes="cow").iso3 == "KGZ"
    assert csto.state("RS", codes="fips").iso3 == "RUS"
    assert csto_pa.state("RS", codes="iso2").iso3 == "SRB"
    assert csto.state(703, codes="iso_numeric").iso3 == "SVK"
    with pytest.raises(StateError) as caught:
        csto.state("KGZ", codes="cow")
    assert str(caught.value) == (
        "no state 'KGZ' in CSTO by cow. In another scheme it is KGZ (Kyrgyzstan): leave codes out, or name that one."
    )


def test_a_state_of_one_organization_is_known_to_another() -> None:
    """Serbia's parliament observes at the Assembly; the Organization has no act of Serbia, and knows it."""
    assert csto.state("Serbia") is csto_pa.state("Serbia")
    assert csto.state("Serbia") not in csto.states


NAMES_IN_USE = sorted(
    {name for state in STATES for name in (state.english, *state.other_names)}
    | {state.name(lang) for state in STATES for lang in LANGUAGES}
)


@given(
    st.sampled_from(NAMES_IN_USE),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_resolving_is_independent_of_case_and_normal_form(name: str, case: object, form: str) -> None:
    """A name leads to the same state in any case and any Unicode normal form, and the state to itself."""
    assert callable(case)
    one = csto if any(normalize(name) in map(normalize, _names(state)) for state in csto.states) else csto_pa
    state = one.state(name)

    assert one.state(unicodedata.normalize(form, case(name))) is state  # type: ignore[arg-type] # one of four
    assert one.state(state) is state
    assert one.state(one.state(name).iso3) is state


def _names(state: object) -> list[str]:
    """All names of a state."""
    from csto_membership import State

    assert isinstance(state, State)
    return [*state.other_names, *(state.name(lang) for lang in LANGUAGES)]


@given(st.text())
def test_normalizing_is_idempotent(text: str) -> None:
    """What is normalized stays as it is, and all normal forms of a text come out the same."""
    assert normalize(normalize(text)) == normalize(text)
    assert normalize(unicodedata.normalize("NFD", text)) == normalize(unicodedata.normalize("NFC", text))


def test_no_two_states_share_a_name() -> None:
    """Every name in use belongs to one state."""
    owners: dict[str, set[str]] = {}
    for state in STATES:
        for name in (state.english, *_names(state)):
            owners.setdefault(normalize(name), set()).add(state.iso3)

    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_names_in_languages() -> None:
    """A state is named in eleven languages; an unknown one, or a state that CLDR does not know, says so."""
    from csto_membership import State

    assert csto.state("KGZ").name("ar") == "قيرغيزستان"
    with pytest.raises(StateError) as caught:
        csto.state("KGZ").name("fr")
    assert str(caught.value) == (
        "no names in 'fr'. There are names in ar, az, be, en, hy, ka, kk, ky, ru, tg, uz."
    )
    with pytest.raises(StateError) as caught:
        State(iso3="AAA", english="Atlantis").name("ru")
    assert str(caught.value) == ("AAA (Atlantis) has no name in 'ru'. Give it an iso2 code that CLDR knows.")


def test_the_generated_tables_are_up_to_date() -> None:
    """With the Babel they were made by, the command gives the tables that are checked in."""
    babel = pytest.importorskip("babel", reason="Babel is not installed: the tables are not compared")
    root = Path(__file__).parents[2]
    written = {path.name: path.read_text(encoding="utf-8") for path in (root / "data").glob("*.tsv")}
    del written[
        "territory-holders.tsv"
    ]  # written by hand; tests/frames/test_existing.py holds it to the spells
    if f"through Babel {babel.__version__}" not in written["territories.tsv"].partition("\n")[0]:
        pytest.skip(f"Babel is {babel.__version__}, the tables were made by another one")
    import runpy

    assert runpy.run_path(str(root / "tools" / "world.py"))["tables"]() == written
    assert set(territories().names) == set(LANGUAGES)


def test_a_state_without_an_alpha_2_code_is_found_by_its_names() -> None:
    """The alpha-2 code is that of the alpha-3 one, where ISO has one; one that is written comes first."""
    from csto_membership import State

    assert State(iso3="MDA", english="Moldova").iso2 == "MD"
    assert State(iso3="MDA", english="Moldova").name("ru") == "Молдова"
    assert State(iso3="MDA", english="Moldova", iso2="XX").iso2 == "XX"
    assert State(iso3="AAA", english="Atlantis").iso2 is None


def test_every_territory_has_one_alpha_3_code() -> None:
    """The codes of states that are gone do not stand for those that came after them."""
    alpha3 = territories().alpha3

    assert len(set(alpha3.values())) == len(alpha3) - len({"XKK", "XKS"})
    assert alpha3["DEU"] == "DE"
    assert alpha3["MMR"] == "MM"


def _alliance() -> Organization:
    """Australia, Austria with its Correlates of War abbreviation AUS, and Switzerland with SWZ."""
    text = """
verified_through: 2020-01-01
states:
  AUS: {name: Australia}
  AUT: {name: Austria, cow_abbrev: AUS}
  CHE: {name: Switzerland, cow_abbrev: SWZ, other_names: [Helvetia, AUT]}
organizations:
  X:
    name: X
    events:
      AUS: [{act: join, effect: 2000-01-01, sources: [s]}]
      AUT: [{act: join, effect: 2000-01-01, sources: [s]}]
      CHE: [{act: join, effect: 2000-01-01, sources: [s]}]
sources: {s: {title: T, publisher: P, kind: press}}
"""
    return build(read(text.encode(), "alliance.yaml"))


def test_an_alpha_3_code_comes_before_all_other_codes() -> None:
    """It is the library's own name for a state: what another state is called elsewhere does not matter."""
    organization = _alliance()

    for state in organization.states:
        assert organization.state(state) is state
        assert organization.state(state.iso3.lower()) is state
        assert organization.spells(state)[-1].state is state
    assert organization.periods_of(organization.latest())[0].answer is Answer.YES
    assert organization.state("AUS", codes="cow_abbrev").iso3 == "AUT"


def test_the_alpha_3_code_of_another_state_comes_first() -> None:
    """SWZ is Eswatini in ISO 3166-1, and Switzerland in the Correlates of War."""
    organization = _alliance()

    assert organization.state("SWZ").iso3 == "SWZ"
    assert organization.state("SWZ").english == "Eswatini"
    assert organization.state("SWZ", codes="cow_abbrev").iso3 == "CHE"


@pytest.mark.parametrize("code", [-643, "6.43", "+643", "6-43"])
def test_a_number_is_no_code_with_a_sign_in_it(code: object) -> None:
    """Only its digits in a row are a code."""
    with pytest.raises(StateError, match=r"^no state "):
        csto.state(code)


@pytest.mark.parametrize("code", ["365", " 365", "365 ", "\t365\n", "\N{NO-BREAK SPACE}365"])
def test_spaces_around_a_number_do_not_count(code: str) -> None:
    """A number in a cell that is padded is the code all the same, as a padded name is the name."""
    assert csto.state(code, codes="cow").iso3 == "RUS"
    assert csto.state(f" {csto.state(code, codes='cow').english} ").iso3 == "RUS"


@pytest.mark.parametrize(
    "code", ["36 5", "3.65", "-365", "365.", "\N{SUPERSCRIPT THREE}65", "\uff13\uff16\uff15"]
)
def test_only_plain_digits_in_a_row_are_a_number(code: str) -> None:
    """A sign, a point or a space between digits, and digits of another kind, make no code."""
    with pytest.raises(StateError) as caught:
        csto.state(code, codes="cow")
    assert str(caught.value) == (
        f"no state {code!r} in CSTO by cow. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB."
    )


def test_a_number_without_its_zeros_is_compared_with_iso_codes() -> None:
    """20 is Canada to the Correlates of War, and 020 is Andorra in ISO 3166-1."""
    text = """
verified_through: 2020-01-01
states: {CAN: {name: Canada, cow: 20}}
organizations: {X: {name: X, events: {CAN: [{act: join, effect: 2000-01-01, sources: [s]}]}}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    with pytest.raises(
        StateError, match=r"^20 is ambiguous: cow CAN \(Canada\) or iso_numeric AND \(Andorra\)\."
    ):
        organization.state(20)


def test_numbers_of_numpy_are_numbers() -> None:
    """What comes out of a table is a code like any other."""
    np = pytest.importorskip("numpy", reason="NumPy is not installed: none of its numbers is asked")

    assert csto.state(np.int64(365), codes="cow").iso3 == "RUS"
    with pytest.raises(StateError, match=r"^703 is ambiguous"):
        csto.state(np.int16(703))


def test_an_organization_without_acts_has_no_states() -> None:
    """An error does not end in an empty list."""
    text = """
verified_through: 2020-01-01
organizations: {X: {name: X}}
states: {AAA: {name: Bensalem}}
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    with pytest.raises(StateError, match=r"^no state 'Atlantis' in X\. It has no states\.$"):
        organization.state("Atlantis")


def test_a_name_that_two_states_share_asks_for_a_code() -> None:
    """With the scheme named, naming it is no way out."""
    text = """
verified_through: 2020-01-01
states: {AAA: {name: Korea}, BBB: {name: Bensalem, other_names: [Korea]}}
organizations:
  X:
    name: X
    events:
      AAA: [{act: join, effect: 2000-01-01, sources: [s]}]
      BBB: [{act: join, effect: 2000-01-01, sources: [s]}]
sources: {s: {title: T, publisher: P, kind: press}}
"""
    organization = build(read(text.encode(), "x.yaml"))

    with pytest.raises(StateError) as caught:
        organization.state("Korea", codes="name")
    assert str(caught.value) == (
        "'Korea' is ambiguous: name AAA (Korea) or name BBB (Bensalem). Write the code of the one you mean."
    )
