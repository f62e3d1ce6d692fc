"""What is called in a way that cannot be meant gets one sentence, with a way out, and no bare error of Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import (
    ColumnError,
    DatasetError,
    MembershipError,
    ReadingError,
    StateError,
    build,
    csto,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ANY: Any = csto
MAKE: Any = build
READ: Any = load


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (
            lambda: MAKE([]),
            DatasetError,
            "records: expected a Dataset, got []. Read a file with load(), a table with from_spells() or "
            "from_state_years().",
        ),
        (
            lambda: READ({"state": ["UZB"]}),
            DatasetError,
            "load: expected the path of a facts file, got a dict. Read a table of spells with from_spells(), one of "
            "state-years with from_state_years().",
        ),
        (
            lambda: ANY.reading("active"),
            ReadingError,
            "reading() takes each choice by its name, got 'active'. Write for example reading(basis='active').",
        ),
        (
            lambda: ANY.annotate([], "country", "date"),
            ColumnError,
            "annotate() takes columns by their names, got 'country'. "
            "Write annotate(table, state='country', on='date').",
        ),
        (
            lambda: ANY.history("UZB"),
            StateError,
            "history is a record, not a method. Ask spells('UZB') for what a state was, or "
            "events('UZB') for its acts.",
        ),
        (
            lambda: ANY.state(10**5000),
            StateError,
            "expected a state's code or name, got a value of type int. Write it as 'KGZ' or 'Kyrgyzstan'.",
        ),
    ],
)
def test_a_wrong_call_gets_one_sentence(
    call: Callable[[], object], error: type[MembershipError], sentence: str
) -> None:
    """The sentence says what was given and what to write."""
    with pytest.raises(error) as caught:
        call()

    assert str(caught.value) == sentence


def test_a_path_is_a_path_of_either_kind() -> None:
    """A file is loaded by its name as text or as a path."""
    facts = Path(__file__).parents[2] / "data" / "membership.yaml"

    assert load(facts, "CSTO") == load(str(facts), "CSTO")
