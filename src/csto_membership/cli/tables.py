"""The commands that print tables made by the library of tables: panels and dyads."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from csto_membership.cli.asking import day_of, organization_of
from csto_membership.cli.printing import Reply, written
from csto_membership.errors import MissingExtraError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from csto_membership import Organization
    from csto_membership.frames._building import Backend

_BACKENDS: tuple[Backend, ...] = ("pyarrow", "polars", "pandas")  # the quickest to load first


def panel(options: Namespace) -> tuple[Iterator[str], str]:
    """A row for each state and time."""
    organization = organization_of(options)
    table = organization.panel(
        *_bounds(organization, options),
        **_given(options, ("freq", "rule", "codes", "rows", "system")),
        backend=_backend(),
    )
    return _replied(table, options, organization)


def dyads(options: Namespace) -> tuple[Iterator[str], str]:
    """A row for each pair of states and time."""
    organization = organization_of(options)
    table = organization.dyads(
        *_bounds(organization, options),
        **_given(options, ("freq", "rule", "codes", "pairs", "rows")),
        backend=_backend(),
    )
    return _replied(table, options, organization)


def _bounds(organization: Organization, options: Namespace) -> tuple[str | int | None, ...]:
    """The words START and END; a year is a number to the library."""
    words = (options.words.get("START"), options.words.get("END"))
    days = (None if word is None else day_of(organization, word) for word in words)
    return tuple(int(day) if day is not None and day.isdecimal() and len(day) == 4 else day for day in days)  # noqa: PLR2004 (YYYY)


def _given(options: Namespace, names: tuple[str, ...]) -> dict[str, Any]:
    """The options that were given; the library has its own defaults for the others."""
    return {name: getattr(options, name) for name in names if getattr(options, name) is not None}


def _backend() -> Backend:
    """The first of the dataframe libraries that is installed.

    Raises:
        MissingExtraError: None is.
    """
    for name in _BACKENDS:
        if find_spec(name) is not None:
            return name
    raise MissingExtraError(
        "panels and dyads need pyarrow, polars or pandas, none of which is installed.",
        "Run: pip install 'csto-membership[frames]' pyarrow",
    )


def _replied(table: Any, options: Namespace, organization: Organization) -> tuple[Iterator[str], str]:  # noqa: ANN401 (of whichever library there is)
    """The rows of a table of any of these libraries."""
    import narwhals.stable.v2 as nw

    frame = nw.from_native(table, eager_only=True)
    columns = [frame.get_column(name) for name in frame.columns]
    cells = [
        [None if is_null else _plain(cell) for cell, is_null in zip(column, column.is_null(), strict=True)]
        for column in columns
    ]
    rows = list(zip(*cells, strict=True))
    reply = Reply(columns=tuple(frame.columns), rows=rows, nothing="no rows")
    return written(reply, options, organization), reply.outcome


def _plain(cell: Any) -> str | int | float | bool:  # noqa: ANN401 (what a library of tables has in a cell)
    """A cell as Python has it."""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()[: len("YYYY-MM-DD")])
    value: str | int | float | bool = cell.item() if hasattr(cell, "item") else cell
    return value
