"""Organizations from state-years: codes become acts as wide as their rule leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_membership import (
    Act,
    Answer,
    DatasetError,
    FrameError,
    ReadingError,
    Status,
    from_state_years,
    load,
)
from csto_membership._membership.tracks import Rule
from tests.frames.tables import frame_of

pytest.importorskip("narwhals", reason="tables need narwhals, which is not installed")
pytest.importorskip("numpy", reason="tables need NumPy, which is not installed")

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RULES = get_args(Rule)
FIRST = 2000
MEMBER = {1: True, 0: False, 2: False, 3: False, -1: False, -9: None}
Cells = dict[Any, dict[Any, Any]]


def read(cells: Cells, rule: Any = "any", library: str = "polars", **options: Any) -> Any:  # an organization
    """An organization from the codes of states by year."""
    rows = [(state, year, code) for state, years in cells.items() for year, code in years.items()]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("who", "year", "code"))}
    said = {"name": "ORG", "before": "outside", **options}
    frame = frame_of(library, columns)
    return from_state_years(frame, state="who", year="year", value="code", rule=rule, **said)


def run(codes: Sequence[Any], state: str = "DNK", first: int = FIRST) -> Cells:
    """The codes of one state in years that follow one another."""
    return {state: dict(enumerate(codes, start=first))}


def problems(cells: Cells, **options: Any) -> tuple[str, ...]:
    """The faults of a table."""
    with pytest.raises(DatasetError) as refused:
        read(cells, **options)
    return refused.value.problems


@pytest.mark.parametrize(
    ("rule", "entry", "exit_"),
    [
        ("any", "[2001-01-01..2001-12-31]", "[2003-01-02..2004-01-01]"),
        ("all", "[2000-01-02..2001-01-01]", "[2004-01-01..2004-12-31]"),
        ("start", "[2000-01-02..2001-01-01]", "[2003-01-02..2004-01-01]"),
        ("end", "[2001-01-01..2001-12-31]", "[2004-01-01..2004-12-31]"),
        ("midyear", "[2000-07-02..2001-07-01]", "[2003-07-02..2004-07-01]"),
    ],
)
def test_acts_are_as_wide_as_the_rule_leaves_them(rule: str, entry: str, exit_: str) -> None:
    """For a run from 2001 to 2003 each rule leaves other days for the entry and the exit."""
    events = read(run([0, 1, 1, 1, 0]), rule).events("DNK")

    assert [(event.act, str(event.effect)) for event in events] == [(Act.JOIN, entry), (Act.END, exit_)]


@pytest.mark.parametrize(
    ("rule", "last"), [("any", "2001-12-31"), ("start", "2001-01-01"), ("midyear", "2001-07-01")]
)
def test_the_last_day_verified_is_the_last_that_the_rule_looks_at(rule: str, last: str) -> None:
    """A coding by 1 January knows nothing of the rest of its last year."""
    assert str(read(run([0, 1]), rule).horizon) == last


def test_a_day_of_a_coded_year_is_honestly_unknown() -> None:
    """That it was a member in 2001 does not say since which day."""
    organization = read(run([0, 1, 1]))

    assert organization.was_member("DNK", "2001-06-30") is Answer.UNKNOWN
    assert organization.members_on("2001-06-30").possible.codes() == ("DNK",)
    assert organization.was_member("DNK", "2002-01-01") is Answer.YES


def test_missing_codes_between_different_ones_widen_an_act() -> None:
    """Nobody knows in which of the years it joined, and no gap is needed to say so."""
    organization = read(run([0, -9, None, 1]))

    assert [str(event.effect) for event in organization.events("DNK")] == ["[2001-01-01..2003-12-31]"]
    assert organization.history.gaps == ()


def test_missing_codes_between_equal_ones_are_a_gap() -> None:
    """In a gap every status is possible, and no act is invented."""
    organization = read(run([0, 1, -9, 1, 1]))

    assert [str(gap) for gap in organization.history.gaps] == ["DNK gap [2002-01-01, 2003-01-01)"]
    assert len(organization.events("DNK")) == 1
    assert organization.status_on("DNK", "2002-06-01") == Status(255)
    assert organization.was_member("DNK", "2002-06-01") is Answer.UNKNOWN
    assert organization.was_member("DNK", "2003-01-01") is Answer.YES
    assert organization.was_member("DNK", "2001-12-31") is Answer.YES
    assert "2002" in str(organization.explain("DNK", "2002-06-01"))


def test_a_state_of_which_nothing_is_known_has_a_gap_and_no_act() -> None:
    """A state with nothing but missing codes is one of the organization's, and unknown on all of its days."""
    organization = read({**run([-9, None, -9]), **run([0, 1, 1], "SWE")})

    assert organization.was_member("DNK", "2001-06-01") is Answer.UNKNOWN
    assert [state.iso3 for state in organization.states] == ["DNK", "SWE"]
    assert organization.was_member("DNK", "1999-06-01") is Answer.NO


def test_the_codes_are_those_of_the_correlates_of_war() -> None:
    """2 is an associate, 3 an observer, -1 outside; a direct change is one act."""
    organization = read(run([-1, 3, 2, 1, 2, 3, 0, 1]))

    assert [event.act for event in organization.events("DNK")] == [
        Act.OBSERVE, Act.ASSOCIATE, Act.JOIN, Act.ASSOCIATE, Act.OBSERVE, Act.END, Act.JOIN,
    ]  # fmt: skip


def test_years_without_a_row_are_outside_or_missing_as_the_caller_says() -> None:
    """A year between a state's rows, or after its last, counts as 0 unless it is said to be missing."""
    cells: Cells = {"DNK": {2001: 1, 2003: 1}, "SWE": {2000: 0, 2005: 1}}

    panel = read(cells).panel(2000, 2006, rule="any", backend="polars").filter(state="DNK")
    assert panel["member"].to_list() == [False, True, False, True, False, False]
    panel = read(cells, absent="missing").panel(2000, 2006, rule="any", backend="polars").filter(state="DNK")
    assert panel["member"].to_list() == [False, True, None, True, None, None]


def test_what_was_before_the_first_year_must_be_said() -> None:
    """A state coded in the first year of all came in by then, or nobody knows since when."""
    assert problems(run([1, 1]), before=None) == (
        "table:1: DNK (Denmark) is coded 1 in 2000, the first year of the table. Say what it was before: "
        "before='outside' if nothing, so that it came in by 2000, or before='open' if that is not known.",
    )
    since = [str(read(run([1, 1]), before=before).events("DNK")[0].effect) for before in ("outside", "open")]
    assert since == ["[2000-01-01..2000-12-31]", "[..2000-12-31]"]
    assert read(run([1, 1]), before="open").was_member("DNK", "1950-01-01") is Answer.UNKNOWN
    assert read(run([0, 1]), before=None).was_member("DNK", "1950-01-01") is Answer.NO
    assert str(read(run([None, 1]), before="open").events("DNK")[0].effect) == "[..2001-12-31]"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Atlantis": {2000: 0}}, "table:1: no state 'Atlantis'. Write a code or a name."),
        (run(["x"]), "table:1: code 'x' is no code. Write one of 0, 1, 2, 3, -9, -1."),
        (run([4]), "table:1: code 4 is no code. Write one of 0, 1, 2, 3, -9, -1."),
        (run([0.5]), "table:1: code 0.5 is no code. Write one of 0, 1, 2, 3, -9, -1."),
        ({"DNK": {0: 1}}, "table:1: 0 is not a year. Write a whole number from 2 to 9998."),
        ({"DNK": {1999.5: 1}}, "table:1: 1999.5 is not a year. Write a whole number from 2 to 9998."),
        ({"DNK": {2000: 0}, "Denmark": {2000: 1}}, "table:2: DNK (Denmark) in 2000 stands at table:1 already. Keep one "
         "of them."),
        ({None: {2000: 0}}, "table:1: no state. Write a code or a name."),
        (run([0, 1], "KAZ", 1980), "table:2:1: KAZ 'join' of [1981-01-01..1981-12-31] comes before the state existed, "
         "since 1991-12-16. Correct the one or the other. [CM019]"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_refused_with_its_place(cells: Cells, expected: str) -> None:
    """Each kind of fault has its sentence and its way out."""
    (fault,) = problems(cells)
    assert fault == expected


@pytest.mark.parametrize(
    ("options", "error"),
    [({"rule": "some"}, ReadingError), ({"absent": "x"}, FrameError), ({"before": "x"}, FrameError)],
)
def test_a_choice_that_is_none_is_refused(options: dict[str, Any], error: type[Exception]) -> None:
    """Rules and policies are words."""
    with pytest.raises(error):
        read(run([0]), **options)


def test_several_organizations_each_have_their_own_years() -> None:
    """A column of organizations gives one for each name, with the horizon of its own last year."""
    columns: dict[str, list[Any]] = {
        "who": [390, 390, 380],
        "year": ["2000", "2001", "1990"],
        "code": ["0", "1", "0"],
        "org": ["A", "A", "B"],
    }
    found = from_state_years(
        frame_of("pyarrow", columns),
        state="who",
        year="year",
        value="code",
        rule="any",
        organization="org",
        codes="cow",
    )

    assert {name: str(one.horizon) for name, one in found.items()} == {"A": "2001-12-31", "B": "1990-12-31"}
    assert found["A"].name_on("2001-12-31") == "A"
    columns["org"] = ["A", "A", None]
    with pytest.raises(DatasetError, match="table:3: no organization in column 'org'"):
        from_state_years(
            frame_of("pyarrow", columns),
            state="who",
            year="year",
            value="code",
            rule="any",
            organization="org",
        )


codes = st.sampled_from([0, 1, 1, 1, 0, 2, 3, -1, -9, None])


@given(st.lists(codes, min_size=1, max_size=12), st.lists(codes, min_size=1, max_size=12), st.sampled_from(RULES),
       st.sampled_from(["outside", "open"]))  # fmt: skip
def test_state_years_round_trip(one: list[Any], other: list[Any], rule: str, before: str) -> None:
    """The panel under the same rule gives the table back, cell by cell, missing codes as null."""
    cells = {**run(one), **run(other, "SWE")}
    organization = read(cells, rule, before=before)
    last = FIRST + max(len(one), len(other)) - 1
    panel = organization.panel(FIRST, last + 1, rule=rule, backend="polars")

    found = {(row["state"], row["year"]): row["member"] for row in panel.to_dicts()}
    for state, years in cells.items():
        for year in range(FIRST, last + 1):
            code = years.get(year, 0)
            assert found.get((state, year), False) is MEMBER[-9 if code is None else code]


def test_an_organization_of_a_table_becomes_a_file(tmp_path: Path) -> None:
    """What was made of a table is written as a facts file, gaps and open windows included, and reads back."""
    organization = read({**run([1, -9, 1, 0]), **run([0, 2, 3, 1], "SWE")}, before="open")
    path = tmp_path / "org.yaml"
    path.write_text(organization.to_yaml(), encoding="utf-8")

    assert load(path) == organization
