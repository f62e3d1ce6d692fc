"""What tables should say, asked day by day of the scalar questions, and tables and organizations to ask about."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from functools import cache
from typing import TYPE_CHECKING, Any

from csto_membership import (
    Act,
    Answer,
    BeyondHorizonError,
    Dataset,
    Event,
    History,
    Organization,
    Source,
    SourceKind,
    State,
    StateError,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
)
from tests.frames.backends import BACKENDS, ONE_EACH, Build, Day, module

if TYPE_CHECKING:
    from collections.abc import Sequence

READINGS = {
    "legal": csto,
    "active": csto.reading(basis="active"),
    "nominal": csto.reading(basis="nominal"),
    "any": csto.reading(dating="any"),
    "era": csto.reading(era="CSTO"),
    "known_on": csto.reading(known_on="2012-07-01"),
    "extrapolate": csto.reading(extrapolate=True),
    "observers": csto_pa.reading(basis="signed"),
}


def edge_days(organization: Organization) -> list[dt.date]:
    """Every day on which anything changes and the horizon, each with its neighbours, and days far away."""
    edges = {*organization.compiled.segments.cuts, organization.horizon.toordinal()}
    near = {dt.date.fromordinal(edge + step) for edge in edges for step in (-1, 0, 1)}
    return sorted(
        near | {dt.date(1700, 3, 1), dt.date(1900, 2, 28), dt.date(1969, 12, 31), dt.date(2200, 1, 1)}
    )


@cache
def fault_of(organization: Organization, state: object) -> str | None:
    """Why a word means no state, as a table says it: the nearest names, which errors offer, are sought once."""
    try:
        organization.state(state)
    except StateError as error:
        return "ambiguous" if "is ambiguous" in error.fault else "unknown state"
    return None


def expected(organization: Organization, state: object, day: Day) -> bool | None:
    """The scalar answer as a table gives it."""
    if state is None or day is None or fault_of(organization, state):
        return None
    try:
        said = organization.was_member(state, day)
    except BeyondHorizonError:
        return None
    return {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}[said]


def expected_status(organization: Organization, state: object, day: Day) -> str | None:
    """The scalar status as a table gives it."""
    if state is None or day is None or fault_of(organization, state):
        return None
    try:
        return str(organization.status_on(state, day))
    except BeyondHorizonError:
        return None


def expected_why(organization: Organization, state: object, day: Day) -> str | None:
    """What makes the scalar answer none, as a table says it."""
    if day is None:
        return "no date"
    if state is None:
        return "no state"
    if fault := fault_of(organization, state):
        return fault
    try:
        said = organization.was_member(state, day)
    except BeyondHorizonError:
        return "past the horizon"
    return "open" if said is Answer.UNKNOWN else None


def exhaustive(organization: Organization) -> tuple[list[str | None], list[Day]]:
    """All states, known and unknown, on all edge days and on none."""
    states: list[str | None] = [state.iso3 for state in organization.states]
    days: list[Day] = [*edge_days(organization), None]
    rows = list(itertools.product([*states, "USA", "", "Narnia", None], days))
    return [state for state, _ in rows], [day for _, day in rows]


def invented(states: int, changes: int, *, seed: int, since: int = 1_850) -> Organization:
    """An organization whose states come and go."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    letters = [a + b + c for a in "ABCDEFGHIJ" for b in "KLMNOPQRST" for c in "UVWXYZ"]
    codes = sorted(draw.sample(letters, states))
    events = []
    for code in codes:
        days = sorted(
            draw.sample(range(dt.date(since, 1, 1).toordinal(), dt.date(2020, 1, 1).toordinal()), changes)
        )
        for number, day in enumerate(days):
            written = dt.date.fromordinal(day).isoformat()
            effect = imprecise(written[:7]) if draw.random() < 0.1 else exact(written)
            act = Act.WITHDRAW if number % 2 else Act.JOIN
            events.append(Event(state=code, act=act, effect=effect, sources=("told",)))
    source = Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS)
    return build(
        Dataset(
            verified_through=exact("2024-12-31"),
            states=tuple(
                State(iso3=code, english=code.title(), cow=number) for number, code in enumerate(codes, 1)
            ),
            histories=(History(id="BIG", name="Big", events=tuple(events)),),
            sources=(source,),
        )
    )


def on_every_day_of(organization: Organization, state: object, year: int) -> list[bool | None]:
    """A year's scalar answers, day by day."""
    first, after = dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal()
    return [expected(organization, state, dt.date.fromordinal(day)) for day in range(first, after)]


def by_rule(days: list[bool | None], rule: str, year: int) -> bool | None:
    """What a rule makes of a year's answers, in three-valued logic."""
    midyear = (dt.date(year, 7, 1) - dt.date(year, 1, 1)).days
    if rule in {"start", "end", "midyear"}:
        return days[{"start": 0, "end": -1, "midyear": midyear}[rule]]
    decisive = rule == "any"
    if decisive in days:
        return decisive
    return None if None in days else not decisive


def years_table(build_frame: Build, rows: Sequence[tuple[str, int]]) -> Any:
    """A table of state-years."""
    frame = build_frame([state for state, _ in rows], [dt.date(year, 1, 1) for _, year in rows])
    library = type(frame).__module__.partition(".")[0]
    if library == "polars":
        pl = module("polars")
        return frame.with_columns(year=pl.col("date").dt.year()).drop("date")
    if library == "pyarrow":
        pa = module("pyarrow")
        years = pa.array([year for _, year in rows], pa.int16())
        return frame.append_column("year", years).drop_columns(["date"])
    if library in {"duckdb", "_duckdb"}:
        return frame.project("place, iso3, year(date) as year")
    return frame.assign(year=frame["date"].dt.year).drop(columns="date")


ODD = (
    "uzb", "Uzb", "UZB ", " UZB", "U Z B", "ｕｚｂ", "UZ", "uz", "Uz", "704", "0704", "860", " 860", "UZB.",
    "Uzbekistan", "uzbekistan", "UZBEKISTAN", "uZBEKISTAN", "Uzbekistan ", "Uz-bekistan", "O‘zbekiston", "Ozbekiston",
    "Oʻzbekiston", "Ouzbékistan", "Узбекистан", "УЗБЕКИСТАН", "узбекистан", "Ўзбекистон", "أوزبكستان",
    "RS", "rs", "RUS", "365", "051", "51", "Narnia", "", None,
)  # fmt: skip


# What the files and CLDR write, in capitals, in small letters, and without accents.
NAMED = {
    "Uzbekistan", "uzbekistan", "UZBEKISTAN", "Oʻzbekiston", "Узбекистан", "УЗБЕКИСТАН", "узбекистан",
    "أوزبكستان",
}  # fmt: skip


TEXT_DAYS = {
    "2007-01-01": True,
    "2007-02-29": None,
    "2008-02-29": True,
    "1900-02-29": None,
    "2000-02-29": False,
    "2007-04-31": None,
    "2007-12-31": True,
    "2007-13-01": None,
    "2007-1-1": None,
    "20070101": True,
    "20070229": None,
    "00070101": False,
    "200701011": None,
    "2007-": None,
    "0000-01-01": None,
    "0001-01-01": False,
    "2007-01-01T00:00:00": True,
    "2007-01-01 23:59": True,
    "2007-01-01 23:59:59.999999": True,
    "2007-01-01T24:00": None,
    "2007-01-01T00:00:00Z": None,
    "2007-01-01 00:00:00+05:00": None,
    "2007-01-01 ": None,
    "2007-01-01T": None,
    "2007-02-29 00:00": None,
    "20070101\n": None,
    "20070101 00:00": None,
    "2007-01-01\n": None,
    "٢٠٠٧-٠١-٠١": None,
    "": None,
}


def with_text(backend: str, texts: list[str]) -> Any:
    """A table of Uzbekistan with days as text, whatever they are."""
    frame = BACKENDS[backend.replace(" text", "") or backend](
        ["UZB"] * len(texts), [dt.date(2003, 6, 30)] * len(texts)
    )
    library = backend.partition(" ")[0]
    if library == "polars":
        pl = module("polars")
        return frame.with_columns(date=pl.lit(pl.Series(texts)))
    if library == "pyarrow":
        return frame.set_column(2, "date", module("pyarrow").array(texts))
    if library == "duckdb":
        listed = ", ".join(f"'{text}'" for text in texts)
        return frame.project(f"place, iso3, [{listed}][place + 1] as date")
    pandas = module("pandas").DataFrame({"place": range(len(texts)), "iso3": "UZB", "date": texts})
    return module("dask.dataframe").from_pandas(pandas, npartitions=2) if library == "dask" else pandas


def with_years(backend: str, states: list[str | None], years: list[float | None]) -> Any:
    """A table with a column of years of the type that fits."""
    frame = ONE_EACH[backend](states, [None] * len(states))
    kind = "double" if any(isinstance(year, float) for year in years) else "bigint"
    if backend == "duckdb":
        listed = ", ".join("null" if year is None else str(year) for year in years)
        return frame.project(f"place, iso3, ([{listed}]::{kind}[])[place + 1] as year")
    if backend == "dask":
        module("dask.dataframe")
        return frame.map_partitions(
            lambda part: part.assign(year=part["place"].map(dict(enumerate(years))).astype("Float64"))
        )
    if backend == "pyarrow":
        return frame.append_column("year", module("pyarrow").array(years))
    if backend == "pandas":
        return frame.assign(year=years)
    return frame.with_columns(year=module("polars").Series(years))


def recorded(*acts: tuple[str, Act, str], verified_through: str = "2024-12-31") -> Organization:
    """An organization of just these acts, each of a state on a day or in a month or year."""
    return build(
        Dataset(
            verified_through=exact(verified_through),
            states=tuple(State(iso3=code, english=code.title()) for code in sorted({act[0] for act in acts})),
            sources=(Source(id="told", title="Told", publisher="Us", kind=SourceKind.PRESS),),
            histories=(
                History(
                    id="FEW",
                    name="Few",
                    events=tuple(
                        Event(
                            state=code,
                            act=act,
                            effect=exact(day) if len(day) == 10 else imprecise(day),
                            sources=("told",),
                        )
                        for code, act, day in acts
                    ),
                ),
            ),
        )
    )
