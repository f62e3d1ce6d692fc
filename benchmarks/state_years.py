"""Measures what a table shaped like that of the Correlates of War on intergovernmental organizations costs.

``python -m benchmarks.state_years`` invents 534 organizations of the 217 states of the system, 1816 to 2014, with the
codes 0 to 3, -1 and -9, makes organizations of the table, and asks the round-trip law of every cell.
"""

# ruff: noqa: S311, PLR2004 (an invented table: how likely what is stands where it is drawn)
from __future__ import annotations

import random
import resource
import time

import polars as pl

from csto_membership import from_state_years
from csto_membership._facts.territories import spells
from csto_membership.frames import panels, shared_memberships

FIRST, LAST, ORGANIZATIONS = 1816, 2014, 534
_CODE = {1: True, -9: None}


def invented(seed: int = 16) -> pl.DataFrame:
    """State-years: each organization is founded in some year, may end, and its states come and go; -1 where none is."""
    random.seed(seed)
    stood: dict[int, list[int]] = {}
    for spell in spells("cow"):
        last = spell.end.year if spell.end else LAST
        years = stood.setdefault(spell.number, [])
        years += [year for year in range(spell.start.year, last + 1) if year <= LAST and year not in years]
    stood = {number: years for number, years in stood.items() if years}
    rows = []
    for number in range(ORGANIZATIONS):
        founded = int(random.triangular(FIRST, LAST - 10, 1965))
        ended = LAST if random.random() < 0.65 else random.randint(founded + 5, LAST)
        share = random.choice((0.05, 0.1, 0.2, 0.4, 0.8))
        for state, years in stood.items():
            own = [year for year in years if year >= founded]
            if not own or random.random() > share:
                continue
            joins = min(max(own[0], founded + int(random.expovariate(0.1))), LAST)
            leaves = ended if random.random() < 0.9 else random.randint(joins, LAST)
            code = random.choices((1, 2, 3), (90, 5, 5))[0]
            for year in range(founded, ended + 1):
                value = code if joins <= year <= leaves else 0
                if year not in own:
                    value = -1
                elif random.random() < 0.004:
                    value = -9
                rows.append((f"IGO{number:03}", state, year, value))
    return pl.DataFrame(rows, schema=["igo", "ccode", "year", "value"], orient="row")


def main() -> None:
    """Print what each step takes."""
    table = invented()
    states, count = table["ccode"].n_unique(), table["igo"].n_unique()
    print(
        f"{table.height:,} rows, {count} organizations, {states} states; codes {sorted(table['value'].unique())}"
    )
    began = time.perf_counter()
    found = from_state_years(
        table,
        state="ccode",
        year="year",
        value="value",
        organization="igo",
        rule="any",
        codes="cow",
        before="outside",
    )
    took = time.perf_counter() - began
    acts = sum(len(one.history.events) for one in found.values())
    print(f"from_state_years: {took:.1f} s, {acts:,} acts, {_memory()}")
    began = time.perf_counter()
    balanced = panels(found.values(), FIRST, LAST + 1, codes="cow", states="all", backend="polars")
    print(f"panels: {time.perf_counter() - began:.1f} s, {balanced.height:,} rows, {_memory()}")
    joined = table.join(
        balanced.with_columns(pl.col("state").cast(pl.Int64), pl.col("organization").cast(pl.String)),
        left_on=["igo", "ccode", "year"],
        right_on=["organization", "state", "year"],
        how="left",
    )
    cells = joined.select("value", "member").rows()
    wrong = sum(_CODE.get(value, False) is not member for value, member in cells)
    print(f"round trip: {len(cells):,} cells compared, {wrong:,} differ")
    began = time.perf_counter()
    shared = shared_memberships(found.values(), FIRST, LAST + 1, codes="cow", backend="polars")
    print(f"shared_memberships: {time.perf_counter() - began:.1f} s, {shared.height:,} rows, {_memory()}")
    began = time.perf_counter()
    days = sum(len(one.reading(extrapolate=True).members_on("1994-06-30")) for one in found.values())
    print(f"members_on of all: {time.perf_counter() - began:.2f} s, {days:,} memberships")


def _memory() -> str:
    """The most memory that this process has had."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"


if __name__ == "__main__":
    main()
