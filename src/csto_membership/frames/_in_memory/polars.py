"""The tables of Polars."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._facts.dates import EPOCH
from csto_membership.frames._building import polars_member
from csto_membership.frames._grids import WORDS
from csto_membership.frames._in_memory.codes import (
    SHORT,
    Vocabulary,
    encode_numbers,
    looked_up,
    short_words,
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
    from csto_membership.frames._in_memory.codes import ShortWords
    from csto_membership.frames._in_memory.columns import Bytes
    from csto_membership.frames._options import Library, NativeColumn, NativeFrame


_WIDE = ("Int128", "UInt128")  # types that NumPy lacks; clipped, as no code or year is that large
_FEW = 4_096  # categories that are cheaper to read one by one than to find those that occur


@frozen(kw_only=True, eq=False)
class PolarsTable:
    """A ``polars.DataFrame``."""

    native: NativeFrame

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
        if isinstance(dtype, pl.Categorical | pl.Enum):
            return _polars_categories(series)
        if dtype.is_integer() or dtype.is_float():
            series = _narrowed(series)
            return Vocabulary(
                count=len(series),
                read=told_apart(lambda start, stop: encode_numbers(*_polars_numbers(series, start, stop))),
            )
        if dtype in (pl.String, pl.Null):
            return _polars_text(series)
        raise refuse(column, dtype, STATES_WANTED)

    def days(self, column: str) -> DayColumn:
        """A column of days."""
        pl = _polars()
        series = self.native.get_column(column)
        dtype = series.dtype
        if dtype == pl.Date:
            ticks, kind = 1, pl.Int32
        elif dtype == pl.Datetime:
            if dtype.time_zone is not None:
                raise refuse(column, dtype, ZONE_WANTED)
            ticks, kind = TICKS[dtype.time_unit], pl.Int64
        elif (
            dtype in (pl.String, pl.Null)
            or isinstance(dtype, pl.Categorical | pl.Enum)
            or dtype.is_integer()
            or dtype.is_float()
        ):
            return written_days(column, self.states(column))
        else:
            raise refuse(column, dtype, DAYS_WANTED)
        physical = series.cast(kind)  # the integers behind it; to_physical() would start the lazy engine
        return Numbers(
            numbers=lambda start, stop: _polars_numbers(physical, start, stop), ticks=ticks, origin=EPOCH
        )

    def years(self, column: str) -> DayColumn:
        """A column of years."""
        pl = _polars()
        series = self.native.get_column(column)
        if series.dtype == pl.Null:
            series = series.cast(pl.Int64)
        if not (series.dtype.is_integer() or series.dtype.is_float()):
            raise refuse(column, series.dtype, YEARS_WANTED)
        series = _narrowed(series)
        return Numbers(numbers=lambda start, stop: whole_years(*_polars_numbers(series, start, stop)))

    def counts(self, column: str) -> dict[object, int]:
        """How often each value of a column occurs."""
        values = self.native.get_column(column).drop_nulls().alias("value")
        return dict(values.value_counts(name="times").rows())

    def with_columns(self, like: str, answers: dict[str, tuple[Bytes, str]]) -> NativeFrame:  # noqa: ARG002 (every column is of one kind)
        """A frame that shares its other columns with the one given."""
        pl = _polars()
        added = []
        for name, (cells, what) in answers.items():
            if what == "member":
                added.append(polars_member(pl, name, cells))
            else:
                words = pl.Series(name, WORDS[what], dtype=pl.String)
                added.append(words.gather(pl.Series(cells)))
        return self.native.hstack(added)


def _polars() -> Library:
    """The polars module."""
    return nw.Implementation.POLARS.to_native_namespace()


def _narrowed(series: NativeColumn) -> NativeColumn:
    """A column of numbers of a type that NumPy has."""
    if str(series.dtype) not in _WIDE:
        return series
    most = 2**63 - 1
    clipped = (
        series.clip(upper_bound=most) if series.dtype.is_unsigned_integer() else series.clip(-most, most)
    )
    return clipped.cast(_polars().Int64)


def _polars_numbers(series: NativeColumn, start: int, stop: int) -> tuple[Ints, NDArray[np.bool_] | None]:
    """A piece of a column of numbers, and which are null."""
    piece = series.slice(start, stop - start)
    if not piece.null_count():
        return piece.to_numpy(), None
    return piece.fill_null(0).to_numpy(), piece.is_null().to_numpy()


def _polars_categories(series: NativeColumn) -> Coded:
    """A column of categories: their physical numbers, and the words of those that occur."""
    pl = _polars()
    physical, dtype = series.to_physical(), series.dtype
    highest = len(dtype.categories) - 1 if dtype == pl.Enum else physical.max()
    count = 0 if highest is None else int(highest) + 1
    if count <= _FEW:
        categories = dtype.categories
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


def _polars_text(series: NativeColumn) -> Coded:
    """A column of text."""
    pl = _polars()

    has_views = importlib.util.find_spec("pyarrow") is not None and hasattr(pl, "CompatLevel")
    short: tuple[list[object], int, ShortWords | None] = (
        [],
        -1,
        None,
    )  # words, how many of them, their table

    def look_up(piece: NativeColumn, words: list[object]) -> Ints:
        nonlocal short
        if has_views:
            if short[0] is not words or short[1] != len(words):
                short = words, len(words), short_words(words)
            if short[2] is not None:
                return _short_codes(piece.text, words, short[2])
        return _enumerated(piece.text, words)

    return Vocabulary(
        count=len(series),
        read=looked_up(
            lambda start, stop: _PolarsPiece(text=series.slice(start, stop - start).cast(pl.String)),
            look_up,
            lambda piece: piece.text.unique().drop_nulls().to_list(),
        ),
    )


@frozen(kw_only=True, eq=False)
class _PolarsPiece:
    """Some rows of a column of text."""

    text: NativeColumn

    @property
    def null_count(self) -> int:
        """How many are null."""
        return int(self.text.null_count())


def _polars_views(text: NativeColumn) -> NDArray[np.uint64]:
    """The two halves of every string view: the length and the first four bytes, and what stands behind them."""
    array = text.to_arrow(compat_level=_polars().CompatLevel.newest())
    views = np.frombuffer(array.buffers()[1], dtype=np.uint64).reshape(-1, 2)
    return views[array.offset : array.offset + len(array)]


def _short_codes(text: NativeColumn, words: list[object], table: ShortWords) -> Ints:
    """The codes of a column some of whose words are short enough for the table."""
    views = _polars_views(text)
    codes = table.look_up(views)
    if not table.is_whole:
        long = np.flatnonzero(views[:, 0].astype(np.uint32) > SHORT)  # the lower half is the length
        codes[long] = _enumerated(text.gather(long), words)
    return _with_nulls(codes, text)


def _enumerated(text: NativeColumn, words: list[object]) -> Ints:
    """The codes of a column: an enumeration finds a word in two thirds of the time that replace_strict takes."""
    pl = _polars()
    codes = text.cast(pl.Enum(words), strict=False).to_physical().cast(pl.Int32).fill_null(-1)
    return codes.to_numpy()  # type: ignore[no-any-return] # the module is not typed here


def _with_nulls(codes: Ints, text: NativeColumn) -> Ints:
    """Codes without those that stand for null."""
    if text.null_count():
        codes[text.is_null().to_numpy()] = -1
    return codes
