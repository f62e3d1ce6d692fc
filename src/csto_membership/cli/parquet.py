"""Annotates a Parquet file batch by batch."""

from __future__ import annotations

from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from csto_membership.cli.cells import Meaning
from csto_membership.errors import FrameError, MissingExtraError

if TYPE_CHECKING:
    from argparse import Namespace

    from csto_membership import Organization
    from csto_membership.cli.cells import Tally
    from csto_membership.cli.columns import Columns

_ROWS = 1 << 16  # rows of a batch


def annotate_parquet(
    organization: Organization,
    options: Namespace,
    columns: Columns,
    files: tuple[BinaryIO, BinaryIO],
    tally: Tally,
) -> None:
    """Write a Parquet file with the new columns.

    Args:
        organization: What is asked.
        options: The command line.
        columns: Which columns are read and added.
        files: The file to read and the file to write.
        tally: Counts the rows.

    Raises:
        MissingExtraError: PyArrow is not installed.
        FrameError: The file cannot be read.
    """
    try:
        pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise MissingExtraError(
            "a Parquet file needs pyarrow, which is not installed.",
            "Run: pip install 'csto-membership[frames]' pyarrow",
        ) from None
    source, target = files
    path = options.words["FILE"]
    try:
        parquet = pq.ParquetFile(source)
        schema = parquet.schema_arrow
        columns.check(path, schema.names)
        hidden = columns.why or _unused("why", [*schema.names, *columns.added.values()])
        writer: Any = None
        batches = (pa.Table.from_batches([batch]) for batch in parquet.iter_batches(_ROWS))
        for table in chain((schema.empty_table(),), batches):  # a file without rows has a schema, too
            annotated = organization.annotate(
                table,
                state=columns.state,
                on=columns.on,
                until=columns.until,
                codes=options.codes,
                into=columns.into,
                status=columns.status,
                why=hidden,
                rule=options.rule,
                unknown="null",  # unknown words are counted over the whole file, not judged for one batch
            )
            _count(annotated, columns, hidden, tally)
            if columns.why is None:
                annotated = annotated.drop_columns([hidden])
            if writer is None:
                writer = pq.ParquetWriter(target, annotated.schema)
            writer.write_table(annotated.cast(writer.schema))
        writer.close()
    except pa.ArrowException as error:
        raise FrameError(
            f"{path}: is no Parquet file that can be read ({error}).", "Write it anew."
        ) from None


def _unused(name: str, taken: list[str]) -> str:
    """A name that no column has."""
    while name in taken:
        name += "_"
    return name


def _count(table: Any, columns: Columns, why: str, tally: Tally) -> None:  # noqa: ANN401 (a table of PyArrow)
    """Count the rows of a batch, by what they say."""
    grouped = table.select([columns.into, why]).group_by([columns.into, why]).aggregate([([], "count_all")])
    for row in grouped.to_pylist():
        reason = row[why]
        if reason not in ("unknown state", "ambiguous", "unreadable date"):
            tally.count(Meaning(row[columns.into], None, reason), "", "", row["count_all"])
            continue
        wanted = list(columns.times.values()) if reason == "unreadable date" else [columns.state]
        chosen = table.filter([reason == each for each in table.column(why).to_pylist()])
        counted = chosen.select(wanted).group_by(wanted).aggregate([([], "count_all")])
        for pair in counted.to_pylist():
            value = " to ".join(str(pair[name]) for name in wanted)
            tally.count(Meaning(None, None, reason), value, value, pair["count_all"])
