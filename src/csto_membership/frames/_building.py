"""Builds a frame of a library in memory from columns of arrays."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._membership.tracks import NULL, YES
from csto_membership.errors import FrameError, MissingExtraError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from attrs import Attribute
    from numpy.typing import NDArray

    from csto_membership._membership.membership import Membership

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""The library whose frame comes back."""

ReadingIn: TypeAlias = Literal["metadata", "columns"]
"""Where a table says what it rests on."""

BACKENDS: tuple[str, ...] = get_args(Backend)

_FIRST_IN_NS, _LAST_IN_NS = np.datetime64("1678-01-01"), np.datetime64("2261-12-31")

# Libraries that may not be installed, so that their types cannot be named.
Library: TypeAlias = Any
NativeFrame: TypeAlias = Any
NativeArray: TypeAlias = Any


@frozen(kw_only=True, eq=False)
class Labels:
    """A column of few words, each kept once."""

    words: list[str | int]
    codes: NDArray[np.integer[Any]]


@frozen(kw_only=True, eq=False)
class Member:
    """A column of NO, YES and NULL."""

    cells: NDArray[np.uint8]


@frozen(kw_only=True, eq=False)
class Days:
    """A column of days, as days since 1970."""

    numbers: NDArray[np.int32]


def is_option(options: object) -> Callable[[object, Attribute[str], str], None]:
    """A validator that refuses what is not among the words of a literal type."""
    words = get_args(options)

    def check(_: object, argument: Attribute[str], choice: str) -> None:
        if choice not in words:
            listed = ", ".join(map(repr, words[:-1]))
            raise FrameError(
                f"{argument.name}={choice!r} is not an option.", f"Use {listed} or {words[-1]!r}."
            )

    return check


def coded(words: Sequence[str | int], codes: NDArray[np.integer[Any]]) -> Labels:
    """A categorical column from indices into *words*; only words that occur are kept, each once."""
    occurs = np.bincount(codes, minlength=len(words)).astype(bool)
    places: dict[str | int, int] = {}
    renamed = np.zeros(len(words), dtype=codes.dtype)
    for place in np.flatnonzero(occurs).tolist():
        renamed[place] = places.setdefault(words[place], len(places))
    if len(places) == len(words):
        return Labels(words=list(words), codes=codes.copy())  # a copy: callers may write to frames
    return Labels(words=list(places), codes=renamed.take(codes))


def repeated(
    words: Sequence[str | int], codes: NDArray[np.integer[Any]], counts: NDArray[np.int64]
) -> Labels:
    """A column of words by their places, each so many times."""
    occurs = counts > 0
    once = coded(words, codes[occurs].astype(small(len(words))))
    return Labels(words=once.words, codes=np.repeat(once.codes, counts[occurs]))


def small(count: int) -> type[np.signedinteger[Any]]:
    """The smallest type of codes for so many words."""
    return np.int8 if count < 2**7 else np.int16 if count < 2**15 else np.int32


def from_lists(columns: Mapping[str, list[Any]], schema: Mapping[str, Any], backend: str) -> NativeFrame:
    """Columns of Python values as a frame of a library."""
    library = library_of(backend)
    if backend != "pandas":
        return nw.from_dict(dict(columns), dict(schema), backend=library).to_native()
    kinds = {nw.Boolean(): "boolean", nw.Int64(): "Int64", nw.String(): pandas_keys(library)}
    return library.DataFrame(
        {
            name: pandas_days(library, np.array(values, dtype="datetime64[D]"))
            if schema[name] == nw.Date()
            else library.array(values, dtype=kinds[schema[name]])
            for name, values in columns.items()
        }
    )


def pandas_days(pd: Library, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Days in the unit that pandas itself gives to them, so that they can be joined with others of the same kind.

    pandas 2 counts nanoseconds, which do not reach every year of the calendar. Days that lie outside are in seconds.
    """
    unit = pd.to_datetime(["2000-01-01"]).unit
    known = days[~np.isnat(days)]
    if unit == "ns" and len(known) and (known.min() < _FIRST_IN_NS or known.max() > _LAST_IN_NS):
        unit = "s"
    return days.astype(f"datetime64[{unit}]")


def library_of(backend: str) -> Library:
    """The module of a backend."""
    if backend not in BACKENDS:
        raise FrameError(
            f"no backend {backend!r}.", f"{did_you_mean(backend, BACKENDS)}There are {', '.join(BACKENDS)}."
        )
    try:
        return importlib.import_module(backend)
    except ModuleNotFoundError:
        raise MissingExtraError(
            f"backend {backend!r} is not installed.", f"Run: pip install {backend}"
        ) from None


def about_of(membership: Membership, freq: str, rule: str) -> dict[str, str]:
    """The table's metadata: organization, rule, reading and last day verified."""
    return {
        "organization": membership.history.id,
        "rule": f"{rule} of the {freq}" if freq != "day" else "day",
        "reading": str(membership.read_as),
        "verified_through": membership.dataset.verified_through.text,
    }


def side_by_side(left: NativeFrame, right: NativeFrame) -> NativeFrame:
    """Two frames with the same rows side by side, under the first one's index."""
    if hasattr(left, "index"):  # older narwhals does not align the index
        right = right.set_axis(left.index)
    return nw.concat([nw.from_native(left), nw.from_native(right)], how="horizontal").to_native()


def said_of(native: NativeFrame, backend: str, about: dict[str, str]) -> NativeFrame:
    """The frame with *about* as its metadata, where the library has a place for it; Polars has none."""
    if backend == "pandas":
        native.attrs.update(about)
    return native.replace_schema_metadata(about) if backend == "pyarrow" else native


def frame_of(columns: dict[str, Any], backend: str, about: dict[str, str], reading_in: str) -> NativeFrame:
    """Columns of arrays as a frame, which says what it rests on."""
    library = library_of(backend)
    if reading_in == "columns":
        count = next(len(getattr(column, "codes", column)) for column in columns.values())
        # Each column has codes of its own: a frame of pandas may be written into.
        columns = columns | {
            name: Labels(words=[text], codes=np.zeros(count, dtype=np.int8)) for name, text in about.items()
        }
    write = {"pandas": _to_pandas, "polars": _to_polars, "pyarrow": _to_arrow}[backend]
    return said_of(write(library, columns), backend, about)


def pandas_member(pd: Library, cells: NDArray[np.uint8]) -> NativeArray:
    """Cells of NO, YES and NULL as a pandas boolean array; overwrites *cells* to save a copy."""
    nulls = cells == NULL
    return pd.arrays.BooleanArray(np.equal(cells, YES, out=cells.view(bool)), nulls)


def polars_member(pl: Library, name: str, cells: NDArray[np.uint8]) -> NativeArray:
    """Cells of NO, YES and NULL as a series of Polars."""
    coded = pl.Series(name, cells)
    return (coded == YES).zip_with(coded != NULL, pl.Series([None], dtype=pl.Boolean))


def arrow_member(pa: Library, cells: NDArray[np.uint8]) -> NativeArray:
    """Cells of NO, YES and NULL as an array of Arrow, one bit each."""
    yes, known = (
        pa.py_buffer(np.packbits(bits, bitorder="little")) for bits in (cells == YES, cells != NULL)
    )
    return pa.Array.from_buffers(pa.bool_(), len(cells), [known, yes])


def pandas_text(pandas: Library) -> str:
    """The type of text that pandas has."""
    return "str" if int(pandas.__version__.partition(".")[0]) >= 3 else "string"  # noqa: PLR2004 (that version)


def pandas_keys(pandas: Library) -> str:
    """The dtype that pandas itself gives to a list of text, so that such columns can be joined."""
    return "object" if pandas_text(pandas) == "string" else "str"


def _to_pandas(pd: Library, columns: dict[str, Any]) -> NativeFrame:
    """A pandas frame."""
    made = {}
    for name, column in columns.items():
        if isinstance(column, Labels):
            # The codes were made here and are valid, so skip the check.
            made[name] = pd.Categorical.from_codes(column.codes, pd.Index(column.words), validate=False)
        elif isinstance(column, Member):
            made[name] = pandas_member(pd, column.cells)
        elif isinstance(column, Days):
            made[name] = pandas_days(pd, column.numbers.astype("datetime64[D]"))
        else:
            made[name] = column
    return pd.DataFrame(made, copy=False)


def _to_polars(pl: Library, columns: dict[str, Any]) -> NativeFrame:
    """A Polars frame."""
    made = []
    for name, column in columns.items():
        if isinstance(column, Labels) and all(isinstance(word, str) for word in column.words):
            words = pl.Series(name, column.words, dtype=pl.Enum(column.words))
            made.append(words.gather(pl.Series(column.codes.astype(np.uint32))))
        elif isinstance(column, Labels):
            made.append(pl.Series(name, np.array(column.words, dtype=np.int64).take(column.codes)))
        elif isinstance(column, Member):
            made.append(polars_member(pl, name, column.cells))
        elif isinstance(column, Days):
            made.append(pl.Series(name, column.numbers).cast(pl.Date))
        else:
            made.append(pl.Series(name, column, nan_to_null=True))
    return pl.DataFrame(made)


def _to_arrow(pa: Library, columns: dict[str, Any]) -> NativeFrame:
    """A PyArrow table."""
    made = {}
    for name, column in columns.items():
        if isinstance(column, Labels):
            made[name] = pa.DictionaryArray.from_arrays(pa.array(column.codes), pa.array(column.words))
        elif isinstance(column, Member):
            made[name] = arrow_member(pa, column.cells)
        elif isinstance(column, Days):
            made[name] = pa.array(column.numbers).cast(pa.date32())
        else:
            made[name] = pa.array(column, from_pandas=True)
    return pa.table(made)
