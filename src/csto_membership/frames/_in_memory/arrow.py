"""PyArrow's tables and columns, which pandas uses too."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._building import arrow_member
from csto_membership.frames._grids import WORDS
from csto_membership.frames._in_memory.codes import (
    Vocabulary,
    encode_numbers,
    looked_up,
    told_apart,
    whole_years,
)
from csto_membership.frames._in_memory.columns import TICKS, Categories, Numbers, written_days
from csto_membership.frames._refusals import (
    DAYS_WANTED,
    STATES_WANTED,
    YEARS_WANTED,
    ZONE_WANTED,
    refuse,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from csto_membership.frames._grids import Coded, DayColumn, Ints
    from csto_membership.frames._in_memory.columns import Bytes
    from csto_membership.frames._options import Library, NativeColumn, NativeFrame, NativeType


@frozen(kw_only=True, eq=False)
class ArrowTable:
    """A ``pyarrow.Table``."""

    native: NativeFrame

    @property
    def count(self) -> int:
        """Its rows."""
        return int(self.native.num_rows)

    @property
    def columns(self) -> list[str]:
        """What its columns are called."""
        return self.native.column_names  # type: ignore[no-any-return] # the module is not typed here

    def states(self, column: str) -> Coded:
        """A column of states."""
        return arrow_states(column, self.native.column(column))

    def days(self, column: str) -> DayColumn:
        """A column of days."""
        return arrow_days(column, self.native.column(column))

    def years(self, column: str) -> DayColumn:
        """A column of years."""
        return arrow_years(column, self.native.column(column))

    def counts(self, column: str) -> dict[object, int]:
        """How often each value of a column occurs."""
        return arrow_counts(self.native.column(column))

    def with_columns(self, like: str, answers: dict[str, tuple[Bytes, str]]) -> NativeFrame:  # noqa: ARG002 (every column is of one kind)
        """The table with the answers appended."""
        native = self.native
        for name, (cells, what) in answers.items():
            native = native.append_column(name, arrow_answers(cells, what))
        return native


def arrow() -> Library:
    """The pyarrow module."""
    return nw.Implementation.PYARROW.to_native_namespace()


def arrow_counts(array: NativeColumn) -> dict[object, int]:
    """How often each value of a chunked array occurs, null left out."""
    pa = arrow()
    if pa.types.is_dictionary(array.type):
        array = array.cast(
            array.type.value_type
        )  # counting pieces with dictionaries of their own ends the process
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.string())
    counted = array.drop_null().value_counts()
    return dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True))


def arrow_states(column: str, array: NativeColumn) -> Coded:
    """A chunked array of states."""
    pa = arrow()
    kind = array.type
    if pa.types.is_dictionary(kind):
        value = kind.value_type
        if not (_is_text(value) or pa.types.is_null(value) or _is_number(value)):
            raise refuse(column, kind, STATES_WANTED)
        if pa.types.is_null(value):
            return _arrow_text(pa.chunked_array([pa.nulls(len(array), pa.string())]))
        array = _unified(array)
        values = array.chunk(0).dictionary.to_pylist() if array.num_chunks else []
        return Categories(
            values=values, codes=lambda start, stop: _arrow_indices(array.slice(start, stop - start))
        )
    if _is_number(kind):
        return Vocabulary(
            count=len(array),
            read=told_apart(
                lambda start, stop: encode_numbers(*_arrow_numbers(array.slice(start, stop - start)))
            ),
        )
    if _is_text(kind) or pa.types.is_null(kind):
        return _arrow_text(array)
    raise refuse(column, kind, STATES_WANTED)


def _unified(array: NativeColumn) -> NativeColumn:
    """Pieces of a dictionary column that share one dictionary, whose indices may have to be wider than theirs."""
    pa = arrow()
    try:
        return array.unify_dictionaries()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # too many words together, or a null among them
        plain = array.cast(array.type.value_type)
        return plain.dictionary_encode().unify_dictionaries()


def _is_text(kind: NativeType) -> bool:
    """Whether an Arrow type is text."""
    types = arrow().types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_number(kind: NativeType) -> bool:
    """Whether an Arrow type is one of whole numbers or of floats."""
    types = arrow().types
    return bool(types.is_integer(kind) or types.is_floating(kind))


def _arrow_text(array: NativeColumn) -> Coded:
    """A chunked array of text."""
    pa = arrow()
    compute = importlib.import_module("pyarrow.compute")
    kind = array.type
    if pa.types.is_null(kind) or pa.types.is_string_view(kind):
        array = array.cast(pa.string())

    def look_up(piece: NativeColumn, words: list[object]) -> Ints:
        return _arrow_codes(compute.index_in(piece, pa.array(words, piece.type)))

    return Vocabulary(
        count=len(array),
        read=looked_up(
            lambda start, stop: array.slice(start, stop - start).combine_chunks(),
            look_up,
            lambda piece: piece.unique().drop_null().to_pylist(),
        ),
    )


def _arrow_indices(array: NativeColumn) -> Ints:
    """The codes of a piece of a dictionary column."""
    if array.num_chunks == 1:
        return _arrow_codes(array.chunk(0).indices)
    return np.concatenate([_arrow_codes(chunk.indices) for chunk in array.chunks])


def _arrow_codes(indices: NativeColumn) -> Ints:
    """Indices as numbers, -1 for null."""
    if indices.null_count:
        indices = indices.cast(arrow().int32()).fill_null(-1)
    return indices.to_numpy()  # type: ignore[no-any-return] # pyarrow is not typed


def _arrow_numbers(array: NativeColumn) -> tuple[Ints, NDArray[np.bool_] | None]:
    """A piece of a column of numbers, and which are null."""
    piece = array.combine_chunks()
    if not piece.null_count:
        return piece.to_numpy(), None
    return piece.fill_null(0).to_numpy(), piece.is_null().to_numpy(zero_copy_only=False)


def arrow_days(column: str, array: NativeColumn) -> DayColumn:
    """A chunked array of days."""
    pa = arrow()
    kind = array.type
    if pa.types.is_dictionary(kind) and pa.types.is_temporal(kind.value_type):
        return arrow_days(column, array.cast(kind.value_type))
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if _is_text(value) or pa.types.is_null(value) or _is_number(value):
        return written_days(column, arrow_states(column, array))
    ticks, as_integers = 1, pa.int64()
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            raise refuse(column, kind, ZONE_WANTED)
        ticks = TICKS[kind.unit]
    elif pa.types.is_date64(kind):
        ticks = TICKS["ms"]
    elif pa.types.is_date32(kind):
        as_integers = pa.int32()
    else:
        raise refuse(column, kind, DAYS_WANTED)
    return Numbers(
        numbers=lambda start, stop: _arrow_numbers(array.slice(start, stop - start).cast(as_integers)),
        ticks=ticks,
        origin=EPOCH,
    )


def arrow_years(column: str, array: NativeColumn) -> DayColumn:
    """A chunked array of years."""
    pa = arrow()
    if pa.types.is_null(array.type):
        array = array.cast(pa.int64())
    if not _is_number(array.type):
        raise refuse(column, array.type, YEARS_WANTED)
    return Numbers(numbers=lambda start, stop: whole_years(*_arrow_numbers(array.slice(start, stop - start))))


def arrow_answers(cells: Bytes, what: str) -> NativeColumn:
    """Cells as an Arrow array: one bit each, or the words of a dictionary."""
    pa = arrow()
    if what == "member":
        return arrow_member(pa, cells)
    words = pa.array(WORDS[what], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(cells), words).dictionary_decode()
