"""The neighbours' files: every known accession and exit, with the source it rests on, and who was in on which day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from csto_membership import Organization, Status, load
from tests.oracles import diary

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
HORIZONS = {
    "CIS": "2026-03-20",
    "EAEU": "2025-12-21",
    "EURASEC": "2015-12-31",
    "GUAM": "2024-01-01",
    "SCO": "2026-02-02",
}
NEIGHBOURS = sorted(HORIZONS)


@cache
def neighbour(name: str) -> Organization:
    """The organization of a shipped file, loaded once."""
    return load(ROOT / "data" / "neighbours" / f"{name.lower()}.yaml")


# State, first and last day on which the change may have happened, statuses before and after it, a source.
TRANSITIONS = {
    "CIS": [
        *(
            (code, "1991-12-21", "", "OUTSIDE", "SIGNATORY", "cis-protocol-1991")
            for code in ("ARM", "AZE", "KAZ", "KGZ", "MDA", "TJK", "TKM", "UZB")
        ),
        *(
            (code, "1991-12-08", "", "OUTSIDE", "SIGNATORY", "cis-agreement-ukr")
            for code in ("BLR", "RUS", "UKR")
        ),
        ("BLR", "1991-12-10", "", "SIGNATORY", "MEMBER", "monitor-cn-ua-1991"),
        ("UKR", "1991-12-10", "", "SIGNATORY", "MEMBER", "cis-agreement-ukr"),
        ("RUS", "1991-12-12", "", "SIGNATORY", "MEMBER", "monitor-cn-ua-1991"),
        ("KAZ", "1991-12-23", "", "SIGNATORY", "MEMBER", "wikipedia-cis-members"),
        ("TKM", "1991-12-26", "", "SIGNATORY", "MEMBER", "flags-db-cis"),
        ("TKM", "2005-08-26", "", "MEMBER", "ASSOCIATE", "rferl-2005-08-29"),
        ("ARM", "1992-02-18", "", "SIGNATORY", "MEMBER", "wikipedia-cis-members"),
        ("KGZ", "1992-03-06", "", "SIGNATORY", "MEMBER", "wikipedia-cis-members"),
        ("UZB", "1992-04-01", "", "SIGNATORY", "MEMBER", "wikipedia-cis-members"),
        ("TJK", "1993-06-26", "", "SIGNATORY", "MEMBER", "wikipedia-cis-members"),
        ("AZE", "1993-09-24", "", "SIGNATORY", "MEMBER", "azerbaijan-az-cis"),
        ("GEO", "1993-12-01", "1993-12-31", "OUTSIDE", "MEMBER", "civil-ge-2009-08-18"),
        ("MDA", "1994-04-08", "", "SIGNATORY", "MEMBER", "cis-agreement-mda"),
        ("GEO", "2009-08-18", "", "MEMBER", "FORMER", "cis-charter-cntd"),
        ("UKR", "2018-05-19", "", "MEMBER", "FROZEN", "regnum-2018-05-19"),
    ],
    "EAEU": [
        *(
            (code, "2014-05-29", "", "OUTSIDE", "SIGNATORY", "eec-2014-05-29")
            for code in ("BLR", "KAZ", "RUS")
        ),
        ("ARM", "2014-10-10", "", "OUTSIDE", "SIGNATORY", "president-by-2014-10-10"),
        ("KGZ", "2014-12-23", "", "OUTSIDE", "SIGNATORY", "vlast-2015-08-12"),
        *((code, "2015-01-01", "", "SIGNATORY", "MEMBER", "mfa-am-eaeu") for code in ("BLR", "KAZ", "RUS")),
        ("ARM", "2015-01-02", "", "SIGNATORY", "MEMBER", "mfa-am-eaeu"),
        ("KGZ", "2015-08-12", "", "SIGNATORY", "MEMBER", "vlast-2015-08-12"),
        ("MDA", "2018-05-14", "", "OUTSIDE", "OBSERVER", "eurointegration-2018-05-14"),
        ("CUB", "2020-12-11", "", "OUTSIDE", "OBSERVER", "urdupoint-2020-12-11"),
        ("UZB", "2020-12-11", "", "OUTSIDE", "OBSERVER", "kun-uz-2020-12-11"),
        ("IRN", "2024-12-26", "", "OUTSIDE", "OBSERVER", "vesti-az-2024-12-26"),
    ],
    "EURASEC": [
        *(
            (code, "2000-10-10", "", "OUTSIDE", "SIGNATORY", "eurasec-treaty")
            for code in ("BLR", "KAZ", "KGZ", "RUS", "TJK")
        ),
        *(
            (code, "2001-05-30", "", "SIGNATORY", "MEMBER", "eurasec-law-2001-172")
            for code in ("BLR", "KAZ", "KGZ", "RUS", "TJK")
        ),
        *(
            (code, "2002-05-13", "2002-05-14", "OUTSIDE", "OBSERVER", "day-kyiv-2002-05-21")
            for code in ("MDA", "UKR")
        ),
        ("ARM", "2003-04-01", "2003-04-30", "OUTSIDE", "OBSERVER", "panarmenian-2003-04-26"),
        ("UZB", "2006-01-25", "", "OUTSIDE", "MEMBER", "eurasec-law-2006-152"),
        ("UZB", "2008-10-15", "2008-11-12", "MEMBER", "FROZEN", "vedomosti-2008-11-12"),
        *(
            (code, "2015-01-01", "", "MEMBER", "FORMER", "president-by-2014-10-10")
            for code in ("BLR", "KAZ", "KGZ", "RUS", "TJK")
        ),
        ("UZB", "2015-01-01", "", "FROZEN", "FORMER", "president-by-2014-10-10"),
        *(
            (code, "2015-01-01", "", "OBSERVER", "OUTSIDE", "president-by-2014-10-10")
            for code in ("ARM", "MDA", "UKR")
        ),
    ],
    "GUAM": [
        *(
            (code, "1997-10-10", "", "OUTSIDE", "MEMBER", "guam-communique-1997")
            for code in ("AZE", "GEO", "MDA", "UKR")
        ),
        ("UZB", "1999-04-24", "", "OUTSIDE", "MEMBER", "jamestown-5-81"),
        ("UZB", "2002-06-13", "", "MEMBER", "FROZEN", "dw-2002-06-27"),
        ("UZB", "2005-05-03", "2005-05-05", "FROZEN", "FORMER", "itar-tass-2005-05-11"),
    ],
    "SCO": [
        *(
            (code, "1996-04-26", "", "OUTSIDE", "MEMBER", "pax-531")
            for code in ("CHN", "KAZ", "KGZ", "RUS", "TJK")
        ),
        ("UZB", "2001-06-14", "", "OUTSIDE", "MEMBER", "xinhua-2006-06-15"),
        ("MNG", "2004-06-17", "", "OUTSIDE", "OBSERVER", "xinhua-2006-06-15"),
        *(
            (code, "2005-07-05", "", "OUTSIDE", "OBSERVER", "xinhua-2006-06-15")
            for code in ("IND", "IRN", "PAK")
        ),
        ("AFG", "2012-06-07", "", "OUTSIDE", "OBSERVER", "uzdaily-2012-06-07"),
        ("BLR", "2015-07-10", "", "OUTSIDE", "OBSERVER", "xinhua-2015-07-10"),
        *((code, "2017-06-09", "", "OBSERVER", "MEMBER", "tass-2017-06-09") for code in ("IND", "PAK")),
        ("IRN", "2023-07-04", "", "OBSERVER", "MEMBER", "sputnik-2023-07-04"),
        ("BLR", "2024-07-04", "", "OBSERVER", "MEMBER", "yuz-2024-07-04"),
    ],
}

# Organization, basis, day, and everybody whom the basis counts on it, as the dossier of the pages has them.
ROSTERS = [
    ("CIS", "legal", "1991-12-09", ""),
    ("CIS", "legal", "1991-12-10", "BLR UKR"),
    ("CIS", "legal", "1991-12-12", "BLR RUS UKR"),
    ("CIS", "legal", "1991-12-21", "BLR RUS UKR"),
    ("CIS", "signed", "1991-12-21", "ARM AZE BLR KAZ KGZ MDA RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "1991-12-23", "BLR KAZ RUS UKR"),
    ("CIS", "legal", "1991-12-26", "BLR KAZ RUS TKM UKR"),
    ("CIS", "legal", "1992-02-18", "ARM BLR KAZ RUS TKM UKR"),
    ("CIS", "legal", "1992-03-06", "ARM BLR KAZ KGZ RUS TKM UKR"),
    ("CIS", "legal", "1992-04-01", "ARM BLR KAZ KGZ RUS TKM UKR UZB"),
    ("CIS", "legal", "1993-06-26", "ARM BLR KAZ KGZ RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "1993-09-24", "ARM AZE BLR KAZ KGZ RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "1993-12-31", "ARM AZE BLR GEO KAZ KGZ RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "1994-04-08", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "2005-08-25", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK TKM UKR UZB"),
    ("CIS", "legal", "2005-08-26", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK UKR UZB"),
    ("CIS", "legal", "2009-08-17", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK UKR UZB"),
    ("CIS", "legal", "2009-08-18", "ARM AZE BLR KAZ KGZ MDA RUS TJK UKR UZB"),
    ("CIS", "active", "2018-05-18", "ARM AZE BLR KAZ KGZ MDA RUS TJK UKR UZB"),
    ("CIS", "active", "2018-05-19", "ARM AZE BLR KAZ KGZ MDA RUS TJK UZB"),
    ("CIS", "legal", "2026-03-20", "ARM AZE BLR KAZ KGZ MDA RUS TJK UKR UZB"),
    ("EAEU", "legal", "2014-12-31", ""),
    ("EAEU", "signed", "2014-12-31", "ARM BLR KAZ KGZ RUS"),
    ("EAEU", "legal", "2015-01-01", "BLR KAZ RUS"),
    ("EAEU", "legal", "2015-01-02", "ARM BLR KAZ RUS"),
    ("EAEU", "legal", "2015-08-11", "ARM BLR KAZ RUS"),
    ("EAEU", "legal", "2015-08-12", "ARM BLR KAZ KGZ RUS"),
    ("EAEU", "legal", "2025-12-21", "ARM BLR KAZ KGZ RUS"),
    ("EAEU", "observer", "2018-05-13", ""),
    ("EAEU", "observer", "2018-05-14", "MDA"),
    ("EAEU", "observer", "2020-12-11", "CUB MDA UZB"),
    ("EAEU", "observer", "2024-12-26", "CUB IRN MDA UZB"),
    ("EURASEC", "legal", "2001-05-29", ""),
    ("EURASEC", "signed", "2001-05-29", "BLR KAZ KGZ RUS TJK"),
    ("EURASEC", "legal", "2001-05-30", "BLR KAZ KGZ RUS TJK"),
    ("EURASEC", "legal", "2006-01-24", "BLR KAZ KGZ RUS TJK"),
    ("EURASEC", "legal", "2006-01-25", "BLR KAZ KGZ RUS TJK UZB"),
    ("EURASEC", "active", "2008-10-14", "BLR KAZ KGZ RUS TJK UZB"),
    ("EURASEC", "active", "2008-11-12", "BLR KAZ KGZ RUS TJK"),
    ("EURASEC", "legal", "2014-12-31", "BLR KAZ KGZ RUS TJK UZB"),
    ("EURASEC", "legal", "2015-01-01", ""),
    ("EURASEC", "observer", "2002-05-14", "MDA UKR"),
    ("EURASEC", "observer", "2003-04-30", "ARM MDA UKR"),
    ("EURASEC", "observer", "2014-12-31", "ARM MDA UKR"),
    ("EURASEC", "observer", "2015-01-01", ""),
    ("GUAM", "legal", "1997-10-09", ""),
    ("GUAM", "legal", "1997-10-10", "AZE GEO MDA UKR"),
    ("GUAM", "legal", "1999-04-23", "AZE GEO MDA UKR"),
    ("GUAM", "legal", "1999-04-24", "AZE GEO MDA UKR UZB"),
    ("GUAM", "active", "2002-06-12", "AZE GEO MDA UKR UZB"),
    ("GUAM", "active", "2002-06-13", "AZE GEO MDA UKR"),
    ("GUAM", "legal", "2005-05-02", "AZE GEO MDA UKR UZB"),
    ("GUAM", "legal", "2005-05-05", "AZE GEO MDA UKR"),
    ("GUAM", "legal", "2024-01-01", "AZE GEO MDA UKR"),
    ("SCO", "legal", "1996-04-25", ""),
    ("SCO", "legal", "1996-04-26", "CHN KAZ KGZ RUS TJK"),
    ("SCO", "legal", "2001-06-13", "CHN KAZ KGZ RUS TJK"),
    ("SCO", "legal", "2001-06-14", "CHN KAZ KGZ RUS TJK UZB"),
    ("SCO", "legal", "2017-06-08", "CHN KAZ KGZ RUS TJK UZB"),
    ("SCO", "legal", "2017-06-09", "CHN IND KAZ KGZ PAK RUS TJK UZB"),
    ("SCO", "legal", "2023-07-04", "CHN IND IRN KAZ KGZ PAK RUS TJK UZB"),
    ("SCO", "legal", "2024-07-03", "CHN IND IRN KAZ KGZ PAK RUS TJK UZB"),
    ("SCO", "legal", "2024-07-04", "BLR CHN IND IRN KAZ KGZ PAK RUS TJK UZB"),
    ("SCO", "legal", "2026-02-02", "BLR CHN IND IRN KAZ KGZ PAK RUS TJK UZB"),
    ("SCO", "observer", "2004-06-17", "MNG"),
    ("SCO", "observer", "2005-07-05", "IND IRN MNG PAK"),
    ("SCO", "observer", "2012-06-07", "AFG IND IRN MNG PAK"),
    ("SCO", "observer", "2015-07-10", "AFG BLR IND IRN MNG PAK"),
    ("SCO", "observer", "2017-06-09", "AFG BLR IRN MNG"),
    ("SCO", "observer", "2023-07-04", "AFG BLR MNG"),
    ("SCO", "observer", "2024-07-04", "AFG MNG"),
]


@pytest.mark.parametrize(
    ("name", "row"),
    [(name, row) for name, table in TRANSITIONS.items() for row in table],
    ids=lambda value: value if isinstance(value, str) else f"{value[0]}-{value[1]}",
)
def test_transition(name: str, row: tuple[str, ...]) -> None:
    """The status is the old one the day before, open while the day is, then the new one, and a source says so."""
    organization = neighbour(name)
    code, first, last, before, after, source = row
    opens, closes = date.fromisoformat(first), date.fromisoformat(last or first)

    assert str(organization.status_on(code, opens - timedelta(days=1))) == before
    assert str(organization.status_on(code, closes)) == after
    assert str(organization.status_on(code, closes + timedelta(days=1))) == after
    if last:
        either = Status[before] | Status[after]
        assert organization.status_on(code, opens) == either
        assert organization.status_on(code, closes - timedelta(days=1)) == either
    changes = organization.changes(opens, closes + timedelta(days=1), state=code)
    assert [str(change.day) for change in changes] == ([first, last] if last else [first])
    for change in changes:
        assert change.event is not None
        assert source in change.event.sources


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_there_are_no_other_transitions(name: str) -> None:
    """The table above holds every change of status that the file knows."""
    known = {(code, day) for code, first, last, *_ in TRANSITIONS[name] for day in (first, last) if day}

    assert {(change.state.iso3, str(change.day)) for change in neighbour(name).changes()} == known


@pytest.mark.parametrize(("name", "basis", "day", "codes"), ROSTERS)
def test_roster(name: str, basis: str, day: str, codes: str) -> None:
    """On this day the basis counts these states, for sure, and no other one is possible."""
    read = neighbour(name).reading(basis=Status.OBSERVER if basis == "observer" else basis)
    roster = read.members_on(day)

    assert roster.codes() == tuple(codes.split())
    assert not roster.possible


@pytest.mark.parametrize("dating", ["effect", "any", "decision"])
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_days_at_the_edges_agree_with_a_diary(name: str, dating: str) -> None:
    """Around every date that the file holds, the status of each state is that of a day-by-day diary."""
    read = neighbour(name).reading(dating=dating)
    first, last = date(1991, 1, 1).toordinal(), read.horizon.toordinal()
    dates = [one for event in read.events() for one in (event.effect, *(step.date for step in event.steps))]
    edges = {edge + shift for one in dates for edge in (one.first, one.last) for shift in (-1, 0, 1)}

    for state in read.states:
        for ordinal, status in enumerate(diary(read.events(state), dating, first, last), start=first):
            if ordinal in edges:
                assert read.status_on(state, date.fromordinal(ordinal)) == status


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_each_file_keeps_its_own_horizon(name: str) -> None:
    """A file is verified through the last day that its own pages support, not through that of the CSTO."""
    assert str(neighbour(name).horizon) == HORIZONS[name]
    assert neighbour(name).history.id == name


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_every_source_is_cited_and_every_act_has_one(name: str) -> None:
    """No source and no instrument stands in the file for nothing, and no act without a source."""
    organization = neighbour(name)
    dataset, eras = organization.dataset, organization.history.eras
    cited = {source.id for source in organization.sources()}
    cited |= {one for instrument in dataset.instruments for one in instrument.sources}
    cited |= {one for era in eras for one in era.sources}
    rested_on = {event.instrument for event in organization.events()} | {era.instrument for era in eras}

    assert cited == {source.id for source in dataset.sources}
    assert {instrument.id for instrument in dataset.instruments} <= rested_on
    assert all(event.sources for event in organization.events())


def test_the_files_and_the_tables_are_the_same_five() -> None:
    """Each shipped neighbour has its tables here and its golden dump."""
    files = {path.stem.upper() for path in (ROOT / "data" / "neighbours").glob("*.yaml")}
    dumps = {path.stem.removeprefix("neighbours-").upper() for path in GOLDEN.glob("neighbours-*.txt")}

    assert files == dumps == set(TRANSITIONS) == set(HORIZONS)


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_golden_changes(name: str) -> None:
    """The dump of all changes, for a reviewer to read, is up to date."""
    organization = neighbour(name)
    lines = [f"{name} {change}" for change in organization.changes()]
    lines += [f"{name} any: {change}" for change in organization.reading(dating="any").changes()]

    path = GOLDEN / f"neighbours-{name.lower()}.txt"
    assert path.read_text(encoding="utf-8").splitlines() == lines
