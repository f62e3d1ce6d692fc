"""How codes and names are read at their edges: cells, addresses, spellings for engines, and what is offered."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest

from csto_membership import Answer, State, StateError, UncertainError, csto
from csto_membership._facts.states import SCHEMES
from csto_membership._facts.territories import name_index
from csto_membership._membership.answers import _is_numpy_truth
from csto_membership._membership.names import (
    _CUTOFF,
    _GENERIC,
    _HIGHEST,
    _LONGEST,
    Ambiguous,
    Names,
    _plain,
    _shown,
    _word,
    words_of,
)
from csto_membership._membership.spelling import forms, normalize

NAMES = csto.compiled.names
FILE = Names(
    "FILE",
    {
        "AAA": State(
            iso3="AAA", english="Atlantis", other_names=("Àtlàntis Isle",), cow=112, iso_numeric="004"
        ),
        "BBB": State(iso3="BBB", english="Bensalem", iso2="RU", iso_numeric="112"),
    },
    {"CCC": State(iso3="CCC", english="Cockaigne", cow=112)},
)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("UZB", "UZB"),
        ("http://www.wikidata.org/entity/Q265", "Q265"),
        (" https://wikidata.org/wiki/q265 ", "q265"),
        ("https://example.org/wiki/Q265", "https://example.org/wiki/Q265"),
        (704, "704"),
        (-704, "-704"),
        (_HIGHEST - 1, "999999999"),
        (_HIGHEST, None),
        (704.0, "704"),
        (704.5, None),
        (float(_HIGHEST), None),
        (float(_HIGHEST - 1), "999999999"),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (None, None),
        (b"UZB", None),
        (State(iso3="UZB", english="Uzbekistan"), "UZB"),
        (type("timedelta64", (int,), {})(704), None),
        (type("int64", (int,), {})(704), "704"),
    ],
    ids=repr,
)
def test_a_cell_is_text_or_a_whole_number(value: object, word: str | None) -> None:
    """An address is its item, a number without a fraction its digits; a truth value and a duration are no number."""
    assert _word(value) == word


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("004", "004"),
        (" 112 ", "112"),
        ("-112", ""),
        ("1.12", ""),
        ("+112", ""),
        ("Atlantis", "atlantis"),
        ("Q-1", "q1"),
    ],
)
def test_a_number_with_a_sign_or_a_point_is_no_code(word: str, plain: str) -> None:
    """Its digits alone would be another number."""
    assert _plain(word) == plain


@pytest.mark.parametrize(
    ("length", "is_cut"), [(2 * _LONGEST - 2, False), (2 * _LONGEST - 1, True), (3 * _LONGEST - 3, True)]
)
def test_a_long_value_is_cut(length: int, is_cut: bool) -> None:  # noqa: FBT001 (a table)
    """Twice the longest name is shown whole, with its quotes; what is longer by its beginning."""
    shown = _shown("x" * length)

    assert shown == (f"'{'x' * (_LONGEST - 1)}..." if is_cut else f"'{'x' * length}'")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Atlantis", ["atlantis", "atlantis", "atlantis"]),
        ("The Rep. of St. Is & Sea", ["therepofstissea", "repofstissea", "republicofsaintislandsandsea"]),
        ("Isle, Republic of", ["islerepublicof"] * 3 + ["republicofisle", "republicofofisle"]),
        ("A, B, C", ["abc"] * 3 + ["bca", "bcofa"]),
    ],
)
def test_a_name_has_several_readings(text: str, read: list[str]) -> None:
    """As it stands, without an article, abbreviations in full, what is behind the first comma in front."""
    assert list(forms(text)) == read


def test_a_state_is_called_by_its_own_words() -> None:
    """By each name of the file and those of the languages, and by a number with and without zeros in front."""
    atlantis, bensalem = FILE.states.values()

    assert list(words_of(atlantis, "name")) == ["Atlantis", "Àtlàntis Isle"]
    assert list(words_of(atlantis, "iso_numeric")) == ["004", "4"]
    assert list(words_of(atlantis, "cow")) == ["112"]
    assert list(words_of(atlantis, "fips")) == []
    assert next(iter(words_of(bensalem, "name"))) == "Bensalem"
    assert {"Россия", "روسيا"} <= set(words_of(bensalem, "name"))


@pytest.mark.parametrize("scheme", [None, *SCHEMES])
def test_what_engines_compare_means_what_a_cell_means(scheme: str | None) -> None:
    """Every spelling of the file, in small letters and without marks, means the state that a cell means."""
    spelled = FILE.spellings(scheme)
    for state in (*FILE.states.values(), *FILE.others.values()):
        for one in (scheme,) if scheme else SCHEMES:
            for text in words_of(state, one):
                meant = FILE.encode(text, scheme)
                if isinstance(meant, Ambiguous):
                    assert text.lower() in spelled.ambiguous
                else:
                    assert meant is not None
                    assert spelled.meanings[text.lower()] == meant.iso3
    if scheme in (None, "name"):
        assert spelled.meanings["atlantis isle"] == spelled.meanings["àtlàntis isle"] == "AAA"
        assert spelled.meanings["uzbekistan"] == "UZB"
    if scheme in (None, "cow"):
        assert spelled.meanings["704" if scheme else "uzb"] == "UZB"
    assert FILE.spellings(scheme) is spelled


def test_every_word_that_engines_compare_means_the_same_to_a_cell() -> None:
    """A word means one state, or several, both ways."""
    spelled = NAMES.spellings()
    for text, key in list(spelled.meanings.items())[::7]:
        found = NAMES.encode(text)
        assert isinstance(found, State)
        assert found.iso3 == key
    for text in list(spelled.ambiguous)[::3]:
        assert isinstance(NAMES.encode(text), Ambiguous)
    assert {"704", "congo", "by"} <= spelled.ambiguous
    assert not spelled.ambiguous & spelled.meanings.keys()


@pytest.mark.parametrize(
    ("word", "meanings"),
    [
        ("112", [("iso_numeric", "BBB"), ("cow", "AAA"), ("cow", "CCC")]),
        ("704", [("iso_numeric", "VNM"), ("cow", "UZB")]),
        ("4", [("iso_numeric", "AAA")]),
    ],
)
def test_of_several_meanings_those_with_an_act_come_first(word: str, meanings: list[tuple[str, str]]) -> None:
    """A number is looked up in all schemes together, and each meaning has the scheme in which it was found."""
    found: Any = FILE.encode(word)
    ours: Any = NAMES.encode("704")
    assert [(scheme, state.iso3) for scheme, state in ours.meanings] == [
        ("cow", "UZB"),
        ("iso_numeric", "VNM"),
    ]
    if isinstance(found, State):
        found = Ambiguous((("iso_numeric", found),))

    assert [(scheme, state.iso3) for scheme, state in found.meanings] == meanings


def _alike(plain: str) -> list[str]:
    """The nearest names, by comparing with each one in full."""
    known = {**name_index().meanings, **{word: keys[0] for word, keys in NAMES._index("name").items()}}
    ratios: dict[str, float] = {}
    for word, key in known.items():
        ratio = SequenceMatcher(a=word, b=plain).ratio()
        proper = SequenceMatcher(a=_GENERIC.sub("", word), b=_GENERIC.sub("", plain)).ratio()
        if ratio >= _CUTOFF and proper >= _CUTOFF:
            ratios[key] = max(ratio, ratios.get(key, 0))
    return sorted(ratios, key=lambda key: (-ratios[key], key))[:3]


@pytest.mark.parametrize(
    "text",
    [
        "Kazahstan", "Kirgistan", "Armenja", "Guinea-Bisau", "Nigerria", "Austraia", "Slovenja", "Cocos Island",
        "Coook Islands", "Republic of Kora", "Dominican Republik", "Ирляндия", "Mauritaus", "Zambja", "Islands",
        "Malwi", "Bailiwic of Jersey",
    ],
)  # fmt: skip
def test_the_nearest_names_are_offered(text: str) -> None:
    """At most three, the likest first, by the whole name and by what is left of it without its common parts."""
    plain = normalize(text)

    assert NAMES._nearest(plain) == _alike(plain)


def test_of_many_names_those_of_three_states_are_offered() -> None:
    """A state counts by the likest of its names, whichever stands first, and a fourth state is left out."""
    names = Names(
        "FILE",
        {
            key: State(iso3=key, english=f"Xyzzyplughqvjwkxq{end}", other_names=others)
            for key, end, others in (
                ("AAA", "aaaa", ()),
                ("BBB", "aaa", ()),
                ("CCC", "aa", ()),
                ("DDD", "a", tuple(f"Xyzzyplughqvjwkxq{letter * 3}" for letter in "bcdefghi")),
            )
        },
    )
    with pytest.raises(StateError) as refused:
        names.resolve("Xyzzyplughqvjwkxq")

    offered = [
        f"{key} (Xyzzyplughqvjwkxq{end})" for key, end in (("DDD", "a"), ("CCC", "aa"), ("BBB", "aaa"))
    ]
    assert refused.value.way_out == f"Did you mean {' or '.join(offered)}?"


@pytest.mark.parametrize(("more", "is_offered"), [("", True), ("z", False)])
def test_a_name_that_is_just_like_enough_is_offered(more: str, is_offered: bool) -> None:  # noqa: FBT001 (a table)
    """Of 50 letters of both, 42 must be in common; one letter more in one of them is too many."""
    shared = "xqjzkwvyx" * 2 + "qzj"
    names = Names("FILE", {"AAA": State(iso3="AAA", english=shared)})

    assert 2 * len(shared) == _CUTOFF * (2 * len(shared) + 8)
    assert names._nearest(f"{shared}{'a' * 8}{more}") == (["AAA"] if is_offered else [])


def test_letters_in_another_order_make_no_name_alike() -> None:
    """A word of the same letters is another word: no state is offered for it, nor another one's likeness."""
    names = Names(
        "FILE",
        {
            "AAA": State(iso3="AAA", english="Xqzjwkvyhp"),
            "BBB": State(iso3="BBB", english="Republic of Xqzjwkvyhp"[::-1]),
        },
    )

    assert names._nearest("phyvkwjzqx") == []
    assert names._nearest("xqzjwkvyph") == ["AAA"]


def test_a_very_long_word_is_compared_with_no_name() -> None:
    """Eighty letters are, one more is not."""
    long = "a" * (_LONGEST - 1)
    names = Names("FILE", {"AAA": State(iso3="AAA", english=long + "b")})

    assert names._nearest(long + "c") == ["AAA"]
    assert names._nearest(long + "cc") == []


@pytest.mark.parametrize(
    ("text", "codes", "way_out"),
    [
        ("Atlantas", None, "Did you mean AAA (Atlantis)?"),
        ("Atlantas", "name", "Did you mean AAA (Atlantis)?"),
        ("Atlantas", "cow", "Its states are AAA, BBB."),
        ("RUS", "cow", "In another scheme it is RUS (Russia): leave codes out, or name that one."),
        ("The Bensalem", "cow", "In another scheme it is BBB (Bensalem): leave codes out, or name that one."),
    ],
)
def test_names_are_offered_where_names_are_looked_up(text: str, codes: str | None, way_out: str) -> None:
    """By a scheme of codes no name is offered; a word that another scheme knows is told."""
    with pytest.raises(StateError) as refused:
        FILE.resolve(text, codes)

    assert refused.value.way_out == way_out
    assert refused.value.fault == f"no state '{text}' in FILE{f' by {codes}' if codes else ''}."


@pytest.mark.parametrize("text", ["Atlantis", "The Atlantis", "Isle, Àtlàntis"])
def test_by_names_all_readings_of_a_name_are_looked_up(text: str) -> None:
    """With the names asked for, a name is read as it is without a scheme."""
    assert FILE.resolve(text, "name") == FILE.resolve(text) == FILE.states["AAA"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Àb", "'Àb'"),
        (7.0, "7"),
        (7, "7"),
        ("https://www.wikidata.org/wiki/Q7", "'https://www.wikidata.org/wiki/Q7'"),
        (State(iso3="ZZZ", english="Zembla"), "'ZZZ'"),
    ],
)
def test_a_fault_shows_what_was_asked(value: object, shown: str) -> None:
    """Text as it was written, a number as the whole number it is, a state by its code."""
    with pytest.raises(StateError) as refused:
        FILE.resolve(value)

    assert refused.value.fault == f"no state {shown} in FILE."


@pytest.mark.parametrize(
    ("name", "module", "is_truth"),
    [
        ("bool", "numpy", True),
        ("bool_", "numpy", True),
        ("int64", "numpy", False),
        ("bool_", "elsewhere", False),
        ("bool", "elsewhere", False),
    ],
)
def test_a_truth_value_of_numpy_is_told_by_its_class(name: str, module: str, is_truth: bool) -> None:  # noqa: FBT001 (a table)
    """NumPy need not be there: comparing an answer with its truth value is refused as with Python's."""
    value = type(name, (int,), {"__module__": module})(1)

    assert _is_numpy_truth(value) is is_truth
    if is_truth:
        with pytest.raises(UncertainError, match="was compared with 1"):
            Answer.YES.__eq__(value)
    else:
        assert not Answer.YES.__eq__(value)


def test_a_difference_says_each_part() -> None:
    """Who joined, who left and what else changed stand in one line, or that there is none."""
    grown = str(csto.difference("1993-09-24", "2007-01-01"))

    assert grown == "joined: ARM, BLR, KAZ, KGZ, RUS, TJK, UZB; otherwise changed: AZE, GEO"
    assert str(csto.difference("2007-01-01", "2007-06-01")) == "no difference"


@pytest.mark.parametrize(
    ("word", "codes", "meant"),
    [
        ("345", None, ["SRB"]),
        ("345", "cow", ["SRB"]),
        ("345", "gw", ["YUG"]),
        ("970", None, ["KIR", "NRU"]),
        ("255", None, ["DEU"]),
        ("260", None, ["ATF", "DEU"]),
    ],
)
def test_a_number_that_states_had_in_turn_is_the_last_one(
    word: str, codes: str | None, meant: list[str]
) -> None:
    """345 passed from Serbia to Yugoslavia and back; a number that two states have at once is of neither."""
    found: Any = NAMES.encode(word, codes)
    states = [found] if isinstance(found, State) else found.states

    assert sorted(state.iso3 for state in states) == meant
    if codes is None:
        assert (word in NAMES.spellings().ambiguous) == (len(meant) > 1)


@pytest.mark.parametrize(
    ("own", "meant"),
    [
        ({"SCG": "cow"}, ["SCG"]),
        ({"YUG": "cow", "SCG": "gw"}, ["SCG"]),
        ({"SCG": "cow", "YUG": "gw"}, ["SCG"]),
        ({"SCG": "cow", "AAA": "gw"}, ["AAA", "SCG"]),
    ],
    ids=str,
)
def test_a_number_that_is_gone_is_of_its_last_holder(own: dict[str, str], meant: list[str]) -> None:
    """Where a file has only states that had a number in turn, it is the last one's; with another state it is open."""
    made: Any = State
    states = {key: made(iso3=key, english=key.title(), **{scheme: 345}) for key, scheme in own.items()}
    found: Any = Names("FILE", states).encode("345")

    assert sorted(state.iso3 for state in ([found] if isinstance(found, State) else found.states)) == meant
    assert ("345" in Names("FILE", states).spellings().ambiguous) == (len(meant) > 1)


def test_a_code_that_a_state_left_to_its_successor_is_the_successors() -> None:
    """Also to engines; where any scheme may be meant, the state that is gone still has them in ISO 3166-1."""
    states = {
        "SRB": State(iso3="SRB", english="Serbia", cow_abbrev="YUG"),
        "YUG": State(iso3="YUG", english="Yugoslavia", cow_abbrev="YUG"),
    }
    names = Names("FILE", states)

    assert names.encode("YUG", "cow_abbrev") == names.resolve("YUG", "cow_abbrev") == states["SRB"]
    assert names.spellings("cow_abbrev").meanings["yug"] == "SRB"
    assert not names.spellings("cow_abbrev").ambiguous
    assert names.resolve("YUG") == states["YUG"]
    assert isinstance(names.encode("YUG"), Ambiguous)
    assert "yug" in names.spellings().ambiguous
