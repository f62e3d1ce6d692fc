"""The tables of pandas, with columns of NumPy, of Arrow or of its own types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._building import pandas_member, pandas_text
from csto_membership.frames._grids import WORDS
from csto_membership.frames._in_memory.arrow import (
    arrow,
    arrow_answers,
    arrow_counts,
    arrow_days,
    arrow_states,
    arrow_years,
)
from csto_membership.frames._in_memory.codes import Vocabulary, encode_numbers, told_apart, whole_years
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
    from csto_membership.frames._in_memory.codes import Encoded
    from csto_membership.frames._in_memory.columns import Bytes
    from csto_membership.frames._options import Library, NativeColumn, NativeFrame


_NAT = np.iinfo(np.int64).min


@frozen(kw_only=True, eq=False)
class PandasTable:
    """A ``pandas.DataFrame`` with columns of NumPy, of Arrow or of pandas' own types."""

    native: NativeFrame

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
            return Categories(values=dtype.categories.tolist(), codes=lambda start, stop: codes[start:stop])
        if _is_arrow(series):
            return arrow_states(column, _chunked(series))
        if dtype.kind in "iuf" and not isinstance(dtype, pd.SparseDtype):
            return Vocabulary(
                count=len(series),
                read=told_apart(lambda start, stop: encode_numbers(*_pandas_numbers(series, start, stop))),
            )
        if _is_objects(series):
            return _pandas_objects(series, STATES_WANTED)
        raise refuse(column, dtype, STATES_WANTED)

    def days(self, column: str) -> DayColumn:
        """A column of days."""
        series = self.native[column]
        pd = _pandas()
        dtype = series.dtype
        if isinstance(dtype, pd.DatetimeTZDtype):
            raise refuse(column, dtype, ZONE_WANTED)
        if _is_arrow(series):
            return arrow_days(column, _chunked(series))
        if isinstance(dtype, pd.CategoricalDtype):
            return written_days(column, self.states(column))
        if _is_objects(series):
            return written_days(column, _pandas_objects(series, DAYS_WANTED))
        if dtype.kind in "iuf" and not isinstance(dtype, pd.SparseDtype):
            return written_days(column, self.states(column))  # such as 20080101
        if dtype.kind != "M":
            raise refuse(column, dtype, DAYS_WANTED)
        ticks = series.to_numpy().view(np.int64)
        return Numbers(
            numbers=lambda start, stop: (ticks[start:stop], None),
            ticks=TICKS[np.datetime_data(dtype)[0]],
            origin=EPOCH,
            missing=_NAT,
        )

    def years(self, column: str) -> DayColumn:
        """A column of years."""
        series = self.native[column]
        if _is_arrow(series):
            return arrow_years(column, _chunked(series))
        if series.dtype.kind not in "iuf" or isinstance(series.dtype, _pandas().SparseDtype):
            raise refuse(column, series.dtype, YEARS_WANTED)
        return Numbers(numbers=lambda start, stop: whole_years(*_pandas_numbers(series, start, stop)))

    def counts(self, column: str) -> dict[object, int]:
        """How often each value of a column occurs; categories that do not occur are left out."""
        series = self.native[column]
        if _is_arrow(series):
            return arrow_counts(_chunked(series))
        counted = series.value_counts()
        pairs = zip(counted.index.tolist(), counted.tolist(), strict=True)
        return {value: times for value, times in pairs if times}

    def with_columns(self, like: str, answers: dict[str, tuple[Bytes, str]]) -> NativeFrame:
        """A frame that shares its other columns with the one given."""
        pd = _pandas()
        result = self.native.copy(deep=False)
        for name, (cells, what) in answers.items():
            if isinstance(self.native[like].dtype, pd.ArrowDtype):
                made = pd.arrays.ArrowExtensionArray(arrow_answers(cells, what))
            elif what == "member":
                made = pandas_member(pd, cells)
            else:
                words = np.array(WORDS[what], dtype=object)
                made = pd.array(words.take(cells), dtype=pandas_text(pd))
            # A series with the same index is not copied. ``insert``, because assigning to a name with too few
            # levels would overwrite every column that begins with it.
            result.insert(result.shape[1], name, pd.Series(made, index=result.index, copy=False))
        return result


def _pandas() -> Library:
    """The pandas module."""
    return nw.Implementation.PANDAS.to_native_namespace()


def _is_arrow(series: NativeColumn) -> bool:
    """Whether a series keeps Arrow arrays."""
    pd = _pandas()
    if isinstance(series.dtype, pd.ArrowDtype):
        return True
    return isinstance(series.dtype, pd.StringDtype) and series.dtype.storage == "pyarrow"


def _is_objects(series: NativeColumn) -> bool:
    """Whether a series has dtype object or text; a Period or Interval dtype is neither."""
    return series.dtype == object or isinstance(series.dtype, _pandas().StringDtype)


def _chunked(series: NativeColumn) -> NativeColumn:
    """The Arrow arrays of a series, not copied."""
    pa = arrow()
    array = pa.array(series.array)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _pandas_numbers(series: NativeColumn, start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:
    """A piece of a column of numbers, and which are null."""
    piece = series.iloc[start:stop]
    if isinstance(piece.dtype, np.dtype):
        return piece.to_numpy(), None
    nulls = piece.isna().to_numpy()
    return piece.to_numpy(dtype=piece.dtype.numpy_dtype, na_value=0), nulls


def _pandas_objects(series: NativeColumn, wanted: str) -> Coded:
    """A column of Python objects told apart."""
    pd = _pandas()

    def encode(start: int, stop: int) -> Encoded:
        try:
            codes, values = pd.factorize(series.iloc[start:stop].to_numpy(dtype=object))
        except TypeError as fault:
            raise refuse(series.name, f"of objects that cannot be told apart ({fault})", wanted) from None
        return codes, values.tolist()

    return Vocabulary(count=len(series), read=told_apart(encode))
