"""Reads the columns of pandas, Polars and PyArrow tables as numbers, and writes answers back as columns.

Each library gets its own small adapter: one path through a common format costs more for the
conversion than for the answer. Everything is read in pieces, so that no copy of a column is made.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._codes import Vocabulary, Words, encode_numbers, short_words, whole_numbers
from csto_membership._dates import to_ordinal
from csto_membership._grids import NULL, STATUSES, YES
from csto_membership.errors import DayError, FrameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from csto_membership._codes import Encoded
    from csto_membership._grids import Coded, Ints, Places

    Bytes = NDArray[np.uint8]

EPOCH = date(1970, 1, 1).toordinal()
_TICKS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_DAY = np.iinfo(np.int32).min
_NAT = np.iinfo(np.int64).min
_FEW = 4_096  # categories that are cheaper to read one by one than to find those that occur


@frozen(kw_only=True, eq=False)
class Categories:
    """A column that is coded already."""

    values: list[object]
    codes: Callable[[int, int], Ints]


@frozen(kw_only=True, eq=False)
class Numbers:
    """A column that is made of numbers."""

    numbers: Callable[[int, int], tuple[Ints, NDArray[np.bool_] | None]]
    ticks: int = 1
    origin: int = 0
    written: Coded | None = None
    missing: int | None = None


def written_days(coded: Coded) -> Numbers:
    """A column of days as text or objects: each distinct value is read once."""
    days = np.empty(0, dtype=np.int32)

    def numbers(start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:
        nonlocal days
        codes = coded.codes(start, stop)
        if len(days) != len(coded.values) + 1:
            days = np.array([*map(read_day, coded.values), _NO_DAY], dtype=np.int32)
        found = days.take(codes, mode="wrap")
        nulls = found == _NO_DAY
        return found, nulls if nulls.any() else None

    return Numbers(numbers=numbers, written=coded)


def read_day(value: object) -> int:
    """The ordinal of a day, or a mark where it is none; a moment with a zone is refused."""
    if isinstance(value, str) and _DAY.fullmatch(value) is None:
        return _NO_DAY
    if isinstance(value, datetime) and value.tzinfo is not None:
        return to_ordinal(value)
    try:
        return to_ordinal(value)
    except DayError:
        return _NO_DAY


def is_day(value: object) -> bool:
    """Whether a value of a column can be read as a day."""
    return read_day(value) != _NO_DAY


class Table(Protocol):
    """A table in memory, as the kernel needs it."""

    count: int
    columns: list[str]

    def states(self, column: str) -> Coded:
        """A column of states."""

    def days(self, column: str) -> Places:
        """A column of days."""

    def years(self, column: str) -> Places:
        """A column of years."""

    def with_columns(self, beside: str, answers: dict[str, tuple[Bytes, str]]) -> Any:  # noqa: ANN401 (the caller's kind of frame)
        """The table with answers written into new columns, of a kind that suits the column *beside*."""


def _refuse(column: str, dtype: object, wanted: str) -> FrameError:
    """The error for a column of the wrong type."""
    return FrameError(f"column {column!r} is {dtype}. {wanted}")


STATES_WANTED = "Pass states as text, as a categorical, or as whole numbers such as Correlates of War codes."
DAYS_WANTED = (
    "Pass days as dates, as datetimes without a zone, or as text YYYY-MM-DD; for a column of years say rule=."
)
ZONE_WANTED = "Membership is kept by day: convert it to the zone you mean and drop the zone."
YEARS_WANTED = "With rule=, pass whole years; for a column of days leave rule= out."


# PyArrow, which pandas uses too.


@frozen(kw_only=True, eq=False)
class ArrowTable:
    """A ``pyarrow.Table``."""

    native: Any  # of a library that may not be installed

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

    def days(self, column: str) -> Places:
        """A column of days."""
        return arrow_days(column, self.native.column(column))

    def years(self, column: str) -> Places:
        """A column of years."""
        return arrow_years(column, self.native.column(column))

    def with_columns(self, beside: str, answers: dict[str, tuple[Bytes, str]]) -> Any:  # noqa: ANN401, ARG002 (every column is of one kind)
        """The table with the answers appended."""
        native = self.native
        for name, (cells, what) in answers.items():
            native = native.append_column(name, arrow_answers(cells, what))
        return native


def _arrow() -> Any:  # noqa: ANN401 (a module that may lack type information)
    """The pyarrow module."""
    return nw.Implementation.PYARROW.to_native_namespace()


def arrow_states(column: str, array: Any) -> Coded:  # noqa: ANN401
    """A chunked array of states."""
    pa = _arrow()
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.unify_dictionaries()
        values = array.chunk(0).dictionary.to_pylist() if array.num_chunks else []
        return Categories(
            values=values, codes=lambda start, stop: _arrow_indices(array.slice(start, stop - start))
        )
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return Vocabulary(
            count=len(array),
            encode=lambda start, stop: encode_numbers(*_arrow_numbers(array.slice(start, stop - start))),
        )
    if _is_text(kind) or pa.types.is_null(kind):
        return _arrow_text(array)
    raise _refuse(column, kind, STATES_WANTED)


def _is_text(kind: Any) -> bool:  # noqa: ANN401
    """Whether an Arrow type is text."""
    types = _arrow().types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _arrow_text(array: Any) -> Coded:  # noqa: ANN401
    """A chunked array of text."""
    pa = _arrow()
    compute = importlib.import_module("pyarrow.compute")
    kind = array.type
    if pa.types.is_null(kind) or pa.types.is_string_view(kind):
        array = array.cast(pa.string())

    def look_up(piece: Any, words: list[object]) -> Ints:  # noqa: ANN401
        return _arrow_codes(compute.index_in(piece, pa.array(words, piece.type)))

    return Words(
        count=len(array),
        piece=lambda start, stop: array.slice(start, stop - start).combine_chunks(),
        look_up=look_up,
        distinct=lambda piece: piece.unique().drop_null().to_pylist(),
    )


def _arrow_indices(array: Any) -> Ints:  # noqa: ANN401
    """The codes of a piece of a dictionary column."""
    if array.num_chunks == 1:
        return _arrow_codes(array.chunk(0).indices)
    return np.concatenate([_arrow_codes(chunk.indices) for chunk in array.chunks])


def _arrow_codes(indices: Any) -> Ints:  # noqa: ANN401
    """Indices as numbers, -1 for null."""
    if indices.null_count:
        indices = indices.cast(_arrow().int32()).fill_null(-1)
    return indices.to_numpy()  # type: ignore[no-any-return] # pyarrow is not typed


def _arrow_numbers(array: Any) -> tuple[Ints, NDArray[np.bool_] | None]:  # noqa: ANN401
    """A piece of a column of numbers, and which are null."""
    piece = array.combine_chunks()
    if not piece.null_count:
        return piece.to_numpy(), None
    return piece.fill_null(0).to_numpy(), piece.is_null().to_numpy(zero_copy_only=False)


def arrow_days(column: str, array: Any) -> Places:  # noqa: ANN401
    """A chunked array of days."""
    pa = _arrow()
    kind = array.type
    if pa.types.is_dictionary(kind) or _is_text(kind) or pa.types.is_null(kind):
        return written_days(arrow_states(column, array))
    ticks, as_integers = 1, pa.int64()
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            raise _refuse(column, kind, ZONE_WANTED)
        ticks = _TICKS[kind.unit]
    elif pa.types.is_date64(kind):
        ticks = _TICKS["ms"]
    elif pa.types.is_date32(kind):
        as_integers = pa.int32()
    else:
        raise _refuse(column, kind, DAYS_WANTED)
    return Numbers(
        numbers=lambda start, stop: _arrow_numbers(array.slice(start, stop - start).cast(as_integers)),
        ticks=ticks,
        origin=EPOCH,
    )


def arrow_years(column: str, array: Any) -> Places:  # noqa: ANN401
    """A chunked array of years."""
    pa = _arrow()
    if not (pa.types.is_integer(array.type) or pa.types.is_floating(array.type)):
        raise _refuse(column, array.type, YEARS_WANTED)
    return Numbers(
        numbers=lambda start, stop: whole_numbers(*_arrow_numbers(array.slice(start, stop - start)))
    )


def arrow_answers(cells: Bytes, what: str) -> Any:  # noqa: ANN401
    """Cells as an Arrow array: one bit each, or the words of a dictionary."""
    pa = _arrow()
    if what == "member":
        yes, known = (
            pa.py_buffer(np.packbits(bits, bitorder="little")) for bits in (cells == YES, cells != NULL)
        )
        return pa.Array.from_buffers(pa.bool_(), len(cells), [known, yes])
    words = pa.array(STATUSES, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(cells), words).dictionary_decode()


# pandas


@frozen(kw_only=True, eq=False)
class PandasTable:
    """A ``pandas.DataFrame`` with columns of NumPy, of Arrow or of pandas' own types."""

    native: Any  # of a library that may not be installed

    @property
    def count(self) -> int:
        """Its rows."""
        return len(self.native)

    @property
    def columns(self) -> list[str]:
        """What its columns are called."""
        return list(self.native.columns)

    def states(self, column: str) -> Coded:
        """A column of states."""
        series = self.native[column]
        pd = _pandas()
        dtype = series.dtype
        if isinstance(dtype, pd.CategoricalDtype):
            codes = series.array.codes
            return Categories(
                values=series.cat.categories.tolist(), codes=lambda start, stop: codes[start:stop]
            )
        if _is_arrow(series):
            return arrow_states(column, _chunked(series))
        if dtype.kind in "iuf":
            return Vocabulary(
                count=len(series),
                encode=lambda start, stop: encode_numbers(*_pandas_numbers(series, start, stop)),
            )
        if dtype.kind == "O":
            return _pandas_objects(series)
        raise _refuse(column, dtype, STATES_WANTED)

    def days(self, column: str) -> Places:
        """A column of days."""
        series = self.native[column]
        pd = _pandas()
        dtype = series.dtype
        if isinstance(dtype, pd.DatetimeTZDtype):
            raise _refuse(column, dtype, ZONE_WANTED)
        if _is_arrow(series):
            return arrow_days(column, _chunked(series))
        if isinstance(dtype, pd.CategoricalDtype):
            return written_days(self.states(column))
        if dtype.kind == "O":
            return written_days(_pandas_objects(series))
        if dtype.kind != "M":
            raise _refuse(column, dtype, DAYS_WANTED)
        ticks = series.to_numpy().view(np.int64)
        return Numbers(
            numbers=lambda start, stop: (ticks[start:stop], None),
            ticks=_TICKS[np.datetime_data(dtype)[0]],
            origin=EPOCH,
            missing=_NAT,
        )

    def years(self, column: str) -> Places:
        """A column of years."""
        series = self.native[column]
        if _is_arrow(series):
            return arrow_years(column, _chunked(series))
        if series.dtype.kind not in "iuf":
            raise _refuse(column, series.dtype, YEARS_WANTED)
        return Numbers(numbers=lambda start, stop: whole_numbers(*_pandas_numbers(series, start, stop)))

    def with_columns(self, beside: str, answers: dict[str, tuple[Bytes, str]]) -> Any:  # noqa: ANN401
        """A frame that shares its other columns with the one given."""
        pd = _pandas()
        result = self.native.copy(deep=False)
        for name, (cells, what) in answers.items():
            if isinstance(self.native[beside].dtype, pd.ArrowDtype):
                result[name] = pd.arrays.ArrowExtensionArray(arrow_answers(cells, what))
            elif what == "member":
                nulls = cells == NULL
                # What is true is written where the cells stood: the kernel made them for this column alone.
                answer = pd.arrays.BooleanArray(np.equal(cells, YES, out=cells.view(bool)), nulls)
                result[name] = pd.Series(answer, index=result.index, copy=False)
            else:
                words = np.array(STATUSES, dtype=object)
                result[name] = pd.array(words.take(cells), dtype="str" if _has_str() else "string")
        return result


def _pandas() -> Any:  # noqa: ANN401 (a module that may lack type information)
    """The pandas module."""
    return nw.Implementation.PANDAS.to_native_namespace()


def _has_str() -> bool:
    """Whether text is of type ``str``, as from pandas 3."""
    return int(_pandas().__version__.partition(".")[0]) >= 3  # noqa: PLR2004 (that version)


def _is_arrow(series: Any) -> bool:  # noqa: ANN401
    """Whether a series keeps Arrow arrays."""
    pd = _pandas()
    if isinstance(series.dtype, pd.ArrowDtype):
        return True
    return isinstance(series.dtype, pd.StringDtype) and series.dtype.storage == "pyarrow"


def _chunked(series: Any) -> Any:  # noqa: ANN401
    """The Arrow arrays of a series, not copied."""
    pa = _arrow()
    array = pa.array(series.array)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _pandas_numbers(series: Any, start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:  # noqa: ANN401
    """A piece of a column of numbers, and which are null."""
    piece = series.iloc[start:stop]
    if isinstance(piece.dtype, np.dtype):
        return piece.to_numpy(), None
    nulls = piece.isna().to_numpy()
    return piece.to_numpy(dtype=piece.dtype.numpy_dtype, na_value=0), nulls


def _pandas_objects(series: Any) -> Coded:  # noqa: ANN401
    """A column of Python objects told apart."""
    pd = _pandas()

    def encode(start: int, stop: int) -> Encoded:
        codes, values = pd.factorize(series.iloc[start:stop].to_numpy(dtype=object))
        return codes, values.tolist()

    return Vocabulary(count=len(series), encode=encode)


# Polars


@frozen(kw_only=True, eq=False)
class PolarsTable:
    """A ``polars.DataFrame``."""

    native: Any  # of a library that may not be installed

    @property
    def count(self) -> int:
        """Its rows."""
        return int(self.native.height)

    @property
    def columns(self) -> list[str]:
        """What its columns are called."""
        return self.native.columns  # type: ignore[no-any-return] # the module is not typed here

    def states(self, column: str) -> Coded:
        """A column of states."""
        pl = _polars()
        series = self.native.get_column(column)
        dtype = series.dtype
        if dtype in (pl.Categorical, pl.Enum):
            return _polars_categories(series)
        if dtype.is_integer() or dtype.is_float():
            return Vocabulary(
                count=len(series),
                encode=lambda start, stop: encode_numbers(*_polars_numbers(series, start, stop)),
            )
        if dtype in (pl.String, pl.Null):
            return _polars_text(series)
        raise _refuse(column, dtype, STATES_WANTED)

    def days(self, column: str) -> Places:
        """A column of days."""
        pl = _polars()
        series = self.native.get_column(column)
        dtype = series.dtype
        if dtype == pl.Date:
            ticks = 1
        elif dtype == pl.Datetime:
            if dtype.time_zone is not None:
                raise _refuse(column, dtype, ZONE_WANTED)
            ticks = _TICKS[dtype.time_unit]
        elif dtype in (pl.String, pl.Null, pl.Categorical, pl.Enum):
            return written_days(self.states(column))
        else:
            raise _refuse(column, dtype, DAYS_WANTED)
        physical = series.to_physical()
        return Numbers(
            numbers=lambda start, stop: _polars_numbers(physical, start, stop), ticks=ticks, origin=EPOCH
        )

    def years(self, column: str) -> Places:
        """A column of years."""
        series = self.native.get_column(column)
        if not (series.dtype.is_integer() or series.dtype.is_float()):
            raise _refuse(column, series.dtype, YEARS_WANTED)
        return Numbers(numbers=lambda start, stop: whole_numbers(*_polars_numbers(series, start, stop)))

    def with_columns(self, beside: str, answers: dict[str, tuple[Bytes, str]]) -> Any:  # noqa: ANN401, ARG002 (every column is of one kind)
        """A frame that shares its other columns with the one given."""
        pl = _polars()
        added = []
        for name, (cells, what) in answers.items():
            coded = pl.Series(name, cells)
            if what == "member":
                added.append(pl.select(pl.when(coded != NULL).then(coded == YES).alias(name)).to_series())
            else:
                words = pl.Series(STATUSES, dtype=pl.String)
                added.append(words.gather(coded).alias(name))
        return self.native.with_columns(added)


def _polars() -> Any:  # noqa: ANN401 (a module that may lack type information)
    """The polars module."""
    return nw.Implementation.POLARS.to_native_namespace()


def _polars_numbers(series: Any, start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:  # noqa: ANN401
    """A piece of a column of numbers, and which are null."""
    piece = series.slice(start, stop - start)
    if not piece.null_count():
        return piece.to_numpy(), None
    return piece.fill_null(0).to_numpy(), piece.is_null().to_numpy()


def _polars_categories(series: Any) -> Coded:  # noqa: ANN401
    """A column of categories: their physical numbers, and the words of those that occur."""
    pl = _polars()
    physical = series.to_physical()
    highest = physical.max()
    count = 0 if highest is None else int(highest) + 1
    if count <= _FEW:
        categories = series.dtype.categories
        values: list[object] = (
            categories[:count].to_list()
            if isinstance(categories, pl.Series)
            else [categories[number] for number in range(count)]
        )
    else:
        values = [None] * count
        occurring = series.unique().drop_nulls()
        words = occurring.cast(pl.String).to_list()
        for number, word in zip(occurring.to_physical().to_list(), words, strict=True):
            values[number] = word

    def codes(start: int, stop: int) -> Ints:
        piece = physical.slice(start, stop - start)
        if piece.null_count():
            piece = piece.cast(pl.Int64).fill_null(-1)
        return piece.to_numpy()  # type: ignore[no-any-return] # the module is not typed here

    return Categories(values=values, codes=codes)


def _polars_text(series: Any) -> Coded:  # noqa: ANN401
    """A column of text."""
    pl = _polars()

    has_views = importlib.util.find_spec("pyarrow") is not None and hasattr(pl, "CompatLevel")
    shortest: dict[int, Any] = {}  # the table of short words, by how many words it was made of

    def look_up(piece: Any, words: list[object]) -> Ints:  # noqa: ANN401
        if has_views:
            if len(words) not in shortest:
                shortest[len(words)] = short_words(words)
            if shortest[len(words)] is not None:
                return _with_nulls(shortest[len(words)].look_up(_polars_views(piece.text)), piece.text)
        codes = pl.Series(range(len(words)), dtype=pl.Int32)
        found = piece.text.replace_strict(
            pl.Series(words, dtype=pl.String), codes, default=-1, return_dtype=pl.Int32
        )
        return found.fill_null(-1).to_numpy()  # type: ignore[no-any-return] # the module is not typed here

    return Words(
        count=len(series),
        piece=lambda start, stop: _PolarsPiece(text=series.slice(start, stop - start).cast(pl.String)),
        look_up=look_up,
        distinct=lambda piece: piece.text.unique().drop_nulls().to_list(),
    )


@frozen(kw_only=True, eq=False)
class _PolarsPiece:
    """Some rows of a column of text."""

    text: Any

    @property
    def null_count(self) -> int:
        """How many are null."""
        return int(self.text.null_count())


def _polars_views(text: Any) -> NDArray[np.uint64]:  # noqa: ANN401
    """The first eight bytes of every string view: its length and its first four bytes."""
    array = text.to_arrow(compat_level=_polars().CompatLevel.newest())
    views = np.frombuffer(array.buffers()[1], dtype=np.uint64)[::2]
    return views[array.offset : array.offset + len(array)]


def _with_nulls(codes: Ints, text: Any) -> Ints:  # noqa: ANN401
    """Codes without those that stand for null."""
    if text.null_count():
        codes[text.is_null().to_numpy()] = -1
    return codes
