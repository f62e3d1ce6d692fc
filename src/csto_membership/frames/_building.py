"""Writes columns as frames of a library in memory."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
from attrs import frozen

from csto_membership._membership.tracks import NULL, YES
from csto_membership.errors import FrameError, MissingExtraError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from csto_membership.organization import Organization

BACKENDS = ("pandas", "polars", "pyarrow")


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


def from_lists(columns: Mapping[str, list[Any]], schema: Mapping[str, Any], backend: str) -> Any:  # noqa: ANN401 (cells and frames of any kind)
    """Columns of Python values as a frame of a library."""
    library = library_of(backend)
    if backend == "pandas":
        kinds = {nw.Boolean(): "boolean", nw.Date(): "datetime64[s]", nw.Int64(): "Int64"}
        made = {}
        for name, values in columns.items():
            kind = kinds.get(schema[name])
            made[name] = (
                library.array(values, dtype=kind)
                if kind
                else library.array(values, dtype=pandas_text(library))
            )
        return library.DataFrame(made)
    return nw.from_dict(dict(columns), dict(schema), backend=library_of(backend)).to_native()


def library_of(backend: str) -> Any:  # noqa: ANN401 (a module)
    """The module of a backend."""
    if backend not in BACKENDS:
        raise FrameError(
            f"no backend {backend!r}{nearest(backend, BACKENDS)} There are {', '.join(BACKENDS)}."
        )
    try:
        return importlib.import_module(backend)
    except ModuleNotFoundError:
        raise MissingExtraError(f"backend {backend!r} is not installed. Run: pip install {backend}") from None


def about_of(organization: Organization, freq: str, rule: str) -> dict[str, str]:
    """What a table rests on, in words."""
    return {
        "organization": organization.history.id,
        "rule": f"{rule} of the {freq}" if freq != "day" else "day",
        "reading": str(organization.read_as),
        "verified_through": organization.dataset.verified_through.text,
    }


def beside(left: Any, right: Any) -> Any:  # noqa: ANN401 (frames of one library)
    """Two frames with the same rows side by side, under the first one's index."""
    if hasattr(left, "index"):  # which older narwhals does not see to
        right = right.set_axis(left.index)
    return nw.concat([nw.from_native(left), nw.from_native(right)], how="horizontal").to_native()


def said_of(native: Any, backend: str, about: dict[str, str]) -> Any:  # noqa: ANN401 (a frame of a library)
    """A frame that says what it rests on, where its library keeps such words: Polars does not."""
    if backend == "pandas":
        native.attrs.update(about)
    return native.replace_schema_metadata(about) if backend == "pyarrow" else native


def frame_of(columns: dict[str, Any], backend: str, about: dict[str, str], reading_in: str) -> Any:  # noqa: ANN401 (the backend's kind of frame)
    """Columns of arrays as a frame, which says what it rests on."""
    if reading_in not in ("metadata", "columns"):
        raise FrameError(
            f"reading_in {reading_in!r} is no choice. Say reading_in='metadata' or reading_in='columns'."
        )
    library = library_of(backend)
    if reading_in == "columns":
        count = next(len(getattr(column, "codes", column)) for column in columns.values())
        # Each column has codes of its own: a frame of pandas may be written into.
        columns = columns | {
            name: Labels(words=[text], codes=np.zeros(count, dtype=np.int8)) for name, text in about.items()
        }
    write = {"pandas": _to_pandas, "polars": _to_polars, "pyarrow": _to_arrow}[backend]
    return said_of(write(library, columns), backend, about)


def pandas_member(pd: Any, cells: NDArray[np.uint8]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """Cells of NO, YES and NULL as an array of pandas, which takes their place: they are made for it alone."""
    nulls = cells == NULL
    return pd.arrays.BooleanArray(np.equal(cells, YES, out=cells.view(bool)), nulls)


def polars_member(pl: Any, name: str, cells: NDArray[np.uint8]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """Cells of NO, YES and NULL as a series of Polars."""
    coded = pl.Series(name, cells)
    return (coded == YES).zip_with(coded != NULL, pl.Series([None], dtype=pl.Boolean))


def arrow_member(pa: Any, cells: NDArray[np.uint8]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """Cells of NO, YES and NULL as an array of Arrow, one bit each."""
    yes, known = (
        pa.py_buffer(np.packbits(bits, bitorder="little")) for bits in (cells == YES, cells != NULL)
    )
    return pa.Array.from_buffers(pa.bool_(), len(cells), [known, yes])


def pandas_text(pandas: Any) -> str:  # noqa: ANN401 (the module)
    """The type of text that pandas has."""
    return "str" if int(pandas.__version__.partition(".")[0]) >= 3 else "string"  # noqa: PLR2004 (that version)


def _to_pandas(pd: Any, columns: dict[str, Any]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """A pandas frame."""
    made = {}
    for name, column in columns.items():
        if isinstance(column, Labels):
            # The codes are ours: that each stands for a word need not be checked.
            made[name] = pd.Categorical.from_codes(column.codes, pd.Index(column.words), validate=False)
        elif isinstance(column, Member):
            made[name] = pandas_member(pd, column.cells)
        elif isinstance(column, Days):
            made[name] = column.numbers.astype("datetime64[D]").astype("datetime64[s]")
        else:
            made[name] = column
    return pd.DataFrame(made, copy=False)


def _to_polars(pl: Any, columns: dict[str, Any]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
    """A Polars frame."""
    made = []
    for name, column in columns.items():
        if isinstance(column, Labels) and all(isinstance(word, str) for word in column.words):
            words = pl.Series(name, column.words, dtype=pl.Enum(column.words))
            made.append(words.gather(pl.Series(column.codes.astype(np.uint32))))
        elif isinstance(column, Labels):
            made.append(pl.Series(name, np.array(column.words, dtype=np.int32).take(column.codes)))
        elif isinstance(column, Member):
            made.append(polars_member(pl, name, column.cells))
        elif isinstance(column, Days):
            made.append(pl.Series(name, column.numbers).cast(pl.Date))
        else:
            made.append(pl.Series(name, column, nan_to_null=True))
    return pl.DataFrame(made)


def _to_arrow(pa: Any, columns: dict[str, Any]) -> Any:  # noqa: ANN401 (of a library that may not be installed)
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
