"""Spells, events and sources as tables, and what every table says of itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csto_membership import (
    DayError,
    FrameError,
    ReadingError,
    csto,
    csto_pa,
)
from tests.frames.backends import module
from tests.frames.oracles import expected, invented
from tests.frames.tables import LIBRARIES, nobody, rows_of

pytest.importorskip("narwhals", reason="narwhals is not installed: pip install '.[test-frames]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[test-frames]'")

from csto_membership.frames import panels


def test_the_reading_stands_in_the_table() -> None:
    """In pandas' attrs, in PyArrow's metadata, or in columns."""
    module("pandas")
    module("pyarrow")
    active = csto.reading(basis="active")

    assert active.panel(rule="all").attrs == {
        "organization": "CSTO",
        "rule": "all of the year",
        "reading": "basis active, dating effect",
        "verified_through": str(csto.horizon),
    }
    assert active.dyads(backend="pyarrow").schema.metadata[b"reading"] == b"basis active, dating effect"
    for library in LIBRARIES:
        row = rows_of(active.panel(2000, 2001, backend=library, reading_in="columns"))[0]
        assert row == (
            "ARM",
            2000,
            True,
            "CSTO",
            "any of the year",
            "basis active, dating effect",
            str(csto.horizon),
        )


def test_an_organization_without_events_has_empty_panels(backend: Any) -> None:
    """No state, no row, in every library."""
    empty = nobody()

    for made in (
        empty.panel(2000, 2003, backend=backend),
        empty.dyads(2000, 2003, backend=backend),
        panels([empty], 2000, 2003, backend=backend),
    ):
        assert rows_of(made) == []


def test_spells_as_a_table(backend: Any) -> None:
    """One row a spell, half-open, with what the scalars say."""
    found = rows_of(csto.to_frame(backend=backend))

    wanted = [
        (
            state.iso3,
            state.english,
            str(spell.status),
            expected(csto, state, spell.start or dt.date(1900, 1, 1)),
            spell.start,
            spell.end,
            str(spell.opened_by.act) if spell.opened_by else None,
            str(spell.closed_by.act) if spell.closed_by else None,
        )
        for state in csto.states
        for spell in csto.spells(state)
    ]
    assert found == wanted


def test_events_as_a_table(backend: Any) -> None:
    """One row an event, with its dates as written and as days, its steps, its disputes and its sources."""
    frame = csto.to_frame("events", backend=backend)
    names = frame.column_names if backend == "pyarrow" else frame.columns
    rows = [dict(zip(names, row, strict=True)) for row in rows_of(frame)]

    assert [(row["state"], row["act"]) for row in rows] == [
        (event.state, str(event.act)) for event in csto.events()
    ]
    (returned,) = (row for row in rows if row["effect"] == "2006-08-16")
    assert (returned["earliest"], returned["latest"]) == (dt.date(2006, 8, 16), dt.date(2006, 8, 16))
    assert returned["steps"] == (
        "decision 2006-06-23; signature 2006-08-16; ratification 2006-12-13; accession 2008-03-28"
    )
    assert returned["instrument"] == "protocol-2006"
    assert returned["sources"] == "obozrevatel-2006, tass-2012-06-28, rferl-2006-11-16"
    assert "Formally restored on 28 March 2008. (ria-2008-en)" in returned["disputes"].split("; ")
    assert returned["note"].startswith("Taken: 16 August 2006")
    signed = rows[[row["state"] for row in rows].index("UZB")]
    assert (signed["act"], signed["note"]) == ("sign", None)


def test_events_with_imprecise_dates_keep_both_ends(backend: Any) -> None:
    """A year stays a year: its first and its last day stand beside it."""
    rows = rows_of(csto_pa.to_frame("events", backend=backend))

    wide = [
        (event, row) for event, row in zip(csto_pa.events(), rows, strict=True) if not event.effect.is_exact
    ]
    assert wide
    for event, row in wide:
        assert row[2:5] == (
            str(event.effect),
            dt.date.fromordinal(event.effect.first),
            dt.date.fromordinal(event.effect.last),
        )
        assert row[3] < row[4]


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: csto.panel(freq="week"), ReadingError, "no freq 'week'"),  # type: ignore[arg-type] # refused
        (lambda: csto.panel(rule="most"), ReadingError, "no rule 'most'"),  # type: ignore[arg-type] # refused
        (lambda: csto.panel(rule="fractions"), ReadingError, "no rule 'fractions'. Did you mean 'fraction'?"),  # type: ignore[arg-type] # refused
        (lambda: csto.panel("1992-13"), DayError, "'1992-13' is not in the calendar"),
        (lambda: csto.panel(freq="month", rule="midyear"), ReadingError, "rule 'midyear' needs years"),
        (lambda: csto.panel(2000, 2000), FrameError, r"\[2000, 2000\) holds no year"),
        (
            lambda: csto.panel(rows="some"),  # type: ignore[arg-type] # refused
            FrameError,
            "rows='some' is not an option. Use 'all', 'existing' or 'members'.",
        ),
        (lambda: csto.panel(rule="fraction", rows="members"), ReadingError, "has no members, only shares"),
        (lambda: csto.panel(reading_in="name"), FrameError, "reading_in='name' is not an option"),  # type: ignore[arg-type] # refused
        (lambda: csto.panel(backend="polar"), FrameError, "no backend 'polar'. Did you mean 'polars'?"),  # type: ignore[arg-type] # refused
        (lambda: panels([]), FrameError, "there is no organization to make a panel of. Pass at least one."),
        (
            lambda: panels([csto], states="both"),  # type: ignore[arg-type] # refused
            FrameError,
            "states='both' is not an option. Use 'own' or 'all'.",
        ),
        (lambda: panels([csto], rows="some"), FrameError, "Use 'all', 'existing' or 'members'."),  # type: ignore[arg-type] # refused
        (lambda: panels([csto], rule="fraction", rows="members"), ReadingError, "no members, only shares"),
        (lambda: panels([csto], reading_in="name"), FrameError, "reading_in='name' is not an option"),  # type: ignore[arg-type] # refused
        (
            lambda: csto.dyads(pairs="both"),  # type: ignore[arg-type] # refused
            FrameError,
            "pairs='both' is not an option. Use 'undirected' or 'directed'.",
        ),
        (lambda: csto.dyads(rule="fraction"), ReadingError, "rule 'fraction' makes no pairs"),  # type: ignore[arg-type] # refused
        (lambda: csto.to_frame("spell"), FrameError, "no table 'spell'. Did you mean 'spells'?"),
    ],
)
def test_choices_that_do_not_exist(call: Any, error: type[Exception], sentence: str) -> None:
    """Each is named, with the way out."""
    with pytest.raises(error, match=sentence):
        call()


def test_spells_say_where_membership_is_open(backend: Any) -> None:
    """A spell whose possible statuses differ in what counts is neither yes nor no."""
    reading = csto.reading(dating="any")

    found = rows_of(reading.to_frame(backend=backend))

    spells = [spell for state in reading.states for spell in reading.spells(state)]
    assert [row[3] for row in found] == [
        expected(reading, spell.state, spell.start or dt.date(1900, 1, 1)) for spell in spells
    ]
    assert None in [row[3] for row in found]


def test_every_column_of_events_and_sources(backend: Any) -> None:
    """An event stands with its bounds and all its sources, a source with its date where it has one."""
    organization = invented(30, 4, seed=3, since=1_990)

    events = rows_of(organization.to_frame("events", backend=backend))
    sources = rows_of(csto.to_frame("sources", backend=backend))

    assert events == [
        (
            event.state,
            str(event.act),
            str(event.effect),
            dt.date.fromordinal(event.effect.first),
            dt.date.fromordinal(event.effect.last),
            None,
            event.instrument,
            ", ".join(event.sources),
            None,
            event.note,
        )
        for event in organization.events()
    ]
    assert any(row[3] < row[4] for row in events)
    assert sources == [
        (
            source.id,
            source.title,
            source.publisher,
            str(source.date) if source.date else None,
            str(source.kind),
            source.address,
        )
        for source in csto.sources()
    ]
    assert [row[7] for row in rows_of(csto.to_frame("events", backend=backend))] == [
        ", ".join(event.sources) for event in csto.events()
    ]


def test_days_of_pandas_tables_have_the_unit_of_ordinary_columns() -> None:
    """Days of spells, events and panels join with columns that pandas made, without a cast."""
    ordinary = str(module("pandas").to_datetime(["2003-06-30"]).dtype)

    for frame, columns in (
        (csto.to_frame("spells"), ("start", "end")),
        (csto.to_frame("events"), ("earliest", "latest")),
        (csto.panel(2000, 2001, freq="month"), ("month",)),
    ):
        assert [str(frame[column].dtype) for column in columns] == [ordinary] * len(columns)


def test_spells_of_pandas_join_with_days_as_of() -> None:
    """The spell of a day is found by an as-of join with a column that pandas made."""
    pd = module("pandas")
    days = pd.DataFrame({"state": ["UZB", "UZB"], "day": pd.to_datetime(["1999-04-20", "2003-06-30"])})
    spells = csto.to_frame().dropna(subset="start").sort_values("start")

    found = pd.merge_asof(days, spells, left_on="day", right_on="start", by="state")

    assert found["status"].tolist() == ["MEMBER", "FORMER"]
    events = csto.to_frame("events").merge(pd.DataFrame({"earliest": pd.to_datetime(["2006-08-16"])}))
    assert events["act"].tolist() == ["join"]


def test_spells_of_polars_join_with_days() -> None:
    """Dates and text of Polars join as they are."""
    pl = module("polars")
    days = pl.DataFrame({"state": ["UZB"], "start": [dt.date(1999, 4, 21)]})

    assert days.join(csto.to_frame(backend="polars"), on=["state", "start"])["status"].to_list() == ["FORMER"]


def test_days_that_nanoseconds_do_not_reach_are_in_seconds() -> None:
    """Nanoseconds, which pandas 2 counts, reach from 1678 to 2261: outside, days are in seconds."""
    from csto_membership.frames._building import pandas_days

    np = module("numpy")

    class Two:
        """What pandas 2 says of days."""

        @staticmethod
        def to_datetime(_: list[str]) -> Any:
            class Index:
                unit = "ns"

            return Index()

    for first, unit in (("1677-12-31", "s"), ("1678-01-01", "ns"), ("2261-12-31", "ns"), ("2262-01-01", "s")):
        days = np.array(["2000-01-01", first, "NaT"], dtype="datetime64[D]")
        found = pandas_days(Two, days)
        assert str(found.dtype) == f"datetime64[{unit}]"
        assert (found.astype("datetime64[D]")[:2] == days[:2]).all()
    assert str(pandas_days(Two, np.array(["NaT"], dtype="datetime64[D]")).dtype) == "datetime64[ns]"
