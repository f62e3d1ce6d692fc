"""A number that means one state after the other, in the systems of states that have it."""

from __future__ import annotations

from datetime import date

import pytest

from csto_membership._facts.territories import in_system


@pytest.mark.parametrize(
    ("key", "scheme", "days"),
    [
        ("SRB", "cow", [("1878-07-13", "1918-12-01"), ("2006-06-05", None)]),
        ("YUG", "cow", [("1918-12-01", "1941-04-21"), ("1944-10-20", "2003-02-04")]),
        ("SCG", "cow", [("2003-02-04", "2006-06-05")]),
        ("SRB", "gw", []),  # the number 345 begins on the day on which Serbia has it no more
        ("YUG", "gw", [("1918-12-01", "2003-02-04")]),
    ],
)
def test_a_shared_number_is_one_state_after_the_other(
    key: str, scheme: str, days: list[tuple[str, str | None]]
) -> None:
    """The days of a number in a system are divided where it passes on, without a day of both or of none."""
    found = in_system(key, 345, scheme)

    assert [tuple(day and date.fromordinal(day).isoformat() for day in spell) for spell in found] == days
