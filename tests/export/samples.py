"""Organizations that exports are tried on, the days to ask about, and names that try to break out."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from csto_membership import (
    Dataset,
    Era,
    Event,
    History,
    Source,
    SourceKind,
    State,
    Status,
    Step,
    build,
    csto,
    csto_pa,
    exact,
    imprecise,
    load,
)
from csto_membership._facts.statuses import Act, StepName

if TYPE_CHECKING:
    from csto_membership import Organization

NEIGHBOURS = Path(__file__).parents[2] / "data" / "neighbours"

HOSTILE = (
    "O'Brien''s; DROP TABLE states; --",
    '"quoted", `ticked`; [bracketed]',
    "${HOME} $1 $$ $function$ {{ dbt }} %s %(name)s ?1 :name :'name'",
    "back\\slash\\' \\",
    "two\nlines -- and /* a comment",
    "=1+1",
    "Кыргызстан \U0001f1f0\U0001f1ec قيرغيزستان",
)


@cache
def organizations() -> dict[str, Organization]:
    """The shipped facts under readings that differ, and two of the examples."""
    return {
        "csto": csto,
        "csto, any dating": csto.reading(dating="any"),
        "csto, nominal": csto.reading(basis="nominal"),
        "csto, signed": csto.reading(basis="signed"),
        "csto, two statuses": csto.reading(
            basis=Status.SUSPENDED | Status.FORMER, dating=("decision", "notice")
        ),
        "csto, outside": csto.reading(basis=Status.OUTSIDE),
        "csto, an era": csto.reading(era="CSTO"),
        "csto, known on": csto.reading(known_on="2012-07-01"),
        "csto, extrapolated": csto.reading(extrapolate=True, known_on="2012-07-01"),
        "csto, beside": csto.beside(["UKR", "CHN"]),
        "csto_pa": csto_pa.reading(basis=Status.OBSERVER),
        "cis": load(NEIGHBOURS / "cis.yaml"),
        "guam": load(
            NEIGHBOURS / "guam.yaml",
        ),
        "open record": build(hostile_dataset(HOSTILE, closed=False)),
        "no act": build(hostile_dataset(HOSTILE, acts=False)),
    }


def asked_days(organization: Organization) -> list[date]:
    """Every day on which anything changes, the day before and the day after, and the horizon."""
    compiled = organization.compiled
    edges = {edge + shift for edge in compiled.segments.cuts for shift in (-1, 0, 1)} | {compiled.horizon}
    last = max(edges) if compiled.last is None else compiled.last
    return [date.fromordinal(edge) for edge in sorted(edges) if edge <= last]


def rosters(organization: Organization) -> dict[date, list[tuple[str, bool]]]:
    """Who was a member on each of these days, as the library says: the code, and whether that is certain."""
    said = {}
    for day in asked_days(organization):
        roster = organization.members_on(day)
        certain = [(state.iso3, True) for state in roster]
        said[day] = sorted(certain + [(state.iso3, False) for state in roster.possible])
    return said


def hostile_dataset(names: tuple[str, ...], *, closed: bool = True, acts: bool = True) -> Dataset:
    """Records in which every name and text is one of *names*, in turn."""

    def name(number: int) -> str:
        return names[number % len(names)]

    states = tuple(State(iso3=f"AA{chr(65 + number)}", english=name(number)) for number in range(len(names)))
    events = tuple(
        Event(
            state=state.iso3,
            act=Act.JOIN,
            effect=imprecise("2001-05~" if number % 2 else "2001-05-07"),
            sources=("s",),
            steps=(Step(name=StepName.DECISION, date=exact("2001-01-01")),),
            note=name(number),
        )
        for number, state in enumerate(states)
    )
    return Dataset(
        verified_through=exact("2020-01-01"),
        states=states,
        sources=(Source(id="s", title=name(0), publisher=name(1), kind=SourceKind.PRESS, note=name(2)),),
        histories=(
            History(
                id=name(0),
                name=name(1),
                closed=closed,
                names={"ru": name(2)},
                eras=(Era(id=name(3), name=name(4), effect=exact("2000-01-01"), sources=("s",)),)
                if acts
                else (),
                events=events if acts else (),
            ),
        ),
        licence=name(5),
    )
