"""Encodes the values of a column as small integers, one code per distinct value."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen, mutable

from csto_membership.frames._grids import CHUNK, MISSING, UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from csto_membership.frames._grids import Ints, Marks

    # A batch's codes, -1 for null, and what they stand for.
    Encoded = tuple[Ints, list[object]]
    Read = Callable[[int, int, list[object]], Ints]
    Nulls = NDArray[np.bool_] | None

_MANY = 2**20  # integers in a smaller range are encoded without sorting
_MOST_VALUES = 2**16  # that are kept from batch to batch
_LARGEST = 2**62  # a number that integers and both floats hold
SHORT = 12  # bytes of a word that stand beside its length in a view of Polars
_AT_ONCE = 4  # of them in the same eight bytes
_MOST_SHORT = 1_024  # words at most; with more, a collision is nearly certain
_SLOTS = range(8, 17)  # bits of a perfect table of short words
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB)


@mutable(kw_only=True, eq=False)
class Vocabulary:
    """A column that is encoded batch by batch; each distinct value is resolved once.

    Codes are valid as long as *values* is the same list. A list that grew too long is replaced by a new one,
    so that a column of mostly distinct values does not cost more and more.

    Attributes:
        count: How many rows there are.
        read: Gives the codes of some rows, -1 for null, and adds values that are new to the list.
    """

    count: int
    read: Read
    values: list[object] = field(factory=list)
    has_categories: bool = False
    _batch: tuple[int, Ints] = (-1, np.empty(0, dtype=np.int32))

    def codes(self, start: int, stop: int) -> Ints:
        """The codes of some rows of one batch."""
        begins = start - start % CHUNK
        if self._batch[0] != begins:
            if len(self.values) > _MOST_VALUES:
                self.values = []
            self._batch = begins, self.read(begins, min(begins + CHUNK, self.count), self.values)
        return self._batch[1][start - begins : stop - begins]


def told_apart(encode: Callable[[int, int], Encoded]) -> Read:
    """A reader of values that *encode* codes batch by batch; codes are made the same in all batches."""
    known: dict[object, int] = {}

    def read(start: int, stop: int, values: list[object]) -> Ints:
        if not values:
            known.clear()
        codes, found = encode(start, stop)
        renamed = np.empty(len(found) + 1, dtype=np.int32)
        renamed[-1] = -1  # null, by wrapping round
        for index, value in enumerate(found):
            if value not in known:
                known[value] = len(values)
                values.append(value)
            renamed[index] = known[value]
        return renamed.take(codes, mode="wrap")

    return read


def looked_up(
    piece: Callable[[int, int], Any],  # rows of a library that may not be installed
    look_up: Callable[[Any, list[object]], Ints],
    distinct: Callable[[Any], list[object]],
) -> Read:
    """A reader of text that looks words up among those met so far, which is faster than encoding each batch.

    Args:
        piece: Gives the text of some rows.
        look_up: Gives the codes of a piece among known words, -1 elsewhere.
        distinct: Gives the words of a piece, null left out.
    """

    def read(start: int, stop: int, values: list[object]) -> Ints:
        rows = piece(start, stop)
        if values:
            codes = look_up(rows, values)
            if np.count_nonzero(codes < 0) == rows.null_count:
                return codes
        known = set(values)
        values.extend(word for word in distinct(rows) if word not in known)
        return look_up(rows, values)

    return read


@frozen(kw_only=True, eq=False)
class ShortWords:
    """A hash table without collisions for words of at most twelve bytes.

    Its keys are Polars' string views, of sixteen bytes: the length, then a word that is short enough. For a column of
    alpha-3 codes it takes a third of the time of Polars' own ``replace_strict`` or of a cast to Categorical (6 ns a row
    against 28 and 18), which would miss the target of ten times the bare kernel at one million rows; for names of
    states it takes a quarter of the time of a cast to an enumeration.

    Attributes:
        bits: How many bits of a product number the slots.
        factor: By which keys are multiplied.
        keys: The length and the first four bytes of the word in each slot.
        rests: The other eight bytes; ``None`` where no word has more than four.
        codes: The place of each word in the list that the table is of.
        is_whole: Whether all words of that list are short enough.
    """

    bits: int
    factor: int
    keys: NDArray[np.uint64]
    rests: NDArray[np.uint64] | None
    codes: NDArray[np.int32]
    is_whole: bool

    def look_up(self, views: NDArray[np.uint64]) -> Ints:
        """The codes of words by the two halves of their views, -1 where they are not in the table."""
        found = np.empty(len(views), dtype=np.int32)
        for start in range(0, len(views), CHUNK):
            key, rest = (np.ascontiguousarray(views[start : start + CHUNK, half]) for half in (0, 1))
            mixed = key if self.rests is None else key + rest
            slots = ((mixed * np.uint64(self.factor)) >> np.uint64(64 - self.bits)).view(np.int64)
            here = self.codes.take(slots, out=found[start : start + CHUNK], mode="clip")
            here[self.keys.take(slots, mode="clip") != key] = -1
            if self.rests is not None:
                here[self.rests.take(slots, mode="clip") != rest] = -1
        return found


def short_words(words: Iterable[object]) -> ShortWords | None:
    """The table of all short words; ``None`` if there is none, or if every small table has a collision."""
    encoded = [str(word).encode() for word in words]
    places = np.array([place for place, word in enumerate(encoded) if len(word) <= SHORT], dtype=np.int32)
    short = [encoded[place] for place in places]
    if not 0 < len(short) <= _MOST_SHORT:
        return None
    keys = np.array(
        [len(word) | int.from_bytes(word[:_AT_ONCE], "little") << 32 for word in short], dtype=np.uint64
    )
    rests = np.array([int.from_bytes(word[_AT_ONCE:], "little") for word in short], dtype=np.uint64)
    for bits in _SLOTS:
        for factor in _ODD:
            slots = ((keys + rests) * np.uint64(factor)) >> np.uint64(64 - bits)
            if len(np.unique(slots)) == len(keys):
                # An empty slot holds a key whose length no short word has.
                table = np.full(2**bits, 2**32 - 1, dtype=np.uint64)
                others = np.zeros(2**bits, dtype=np.uint64)
                codes = np.full(2**bits, -1, dtype=np.int32)
                table[slots], others[slots], codes[slots] = keys, rests, places
                return ShortWords(
                    bits=bits,
                    factor=factor,
                    keys=table,
                    rests=others if max(map(len, short)) > _AT_ONCE else None,
                    codes=codes,
                    is_whole=len(short) == len(encoded),
                )
    return None


def _narrow(numbers: Ints) -> Ints:
    """The numbers as int32 or int64; larger ones are clipped to ``_LARGEST``, which is past every axis."""
    if numbers.dtype == np.uint64:
        numbers = np.minimum(numbers, np.uint64(_LARGEST))
    return numbers if numbers.dtype in (np.int32, np.int64) else numbers.astype(np.int64)


def whole_numbers(numbers: Ints, nulls: Nulls) -> tuple[Ints, Nulls]:
    """Numbers as integers; a fraction, like NaN, is null."""
    if numbers.dtype.kind != "f":
        return _narrow(numbers), nulls
    with np.errstate(invalid="ignore"):
        broken = ~(np.floor(numbers) == numbers) | np.isinf(numbers)
    whole = np.clip(np.where(broken, 0, numbers), -float(_LARGEST), float(_LARGEST)).astype(np.int64)
    return whole, broken if nulls is None else broken | nulls


def whole_years(numbers: Ints, nulls: Nulls) -> tuple[Ints, Marks | None]:
    """Numbers as years; what is no year of the calendar, such as -9 for missing or 20080101, cannot be read."""
    whole, broken = whole_numbers(numbers, nulls)
    outside = (whole < MINYEAR) | (whole > MAXYEAR)
    if broken is None and not outside.any():
        return whole, None
    missing = np.zeros(len(whole), dtype=bool) if nulls is None else nulls
    if numbers.dtype.kind == "f":
        missing = missing | np.isnan(numbers)
    marks = np.where(outside, np.uint8(UNREAD), np.uint8(0))
    if broken is not None:
        marks[broken] = UNREAD
    marks[missing] = MISSING
    return whole, marks


def encode_numbers(numbers: Ints, nulls: Nulls) -> Encoded:
    """The codes of whole numbers, and their values; all fractions share one code, since none is valid."""
    given = nulls
    whole, nulls = whole_numbers(numbers, nulls)
    present = whole if nulls is None else whole[~nulls]
    if not len(present):
        return _with_fractions(np.full(len(whole), -1), [], numbers, given)
    low, high = int(present.min()), int(present.max())
    if high - low < _MANY:
        place = np.clip(whole, low, high) - low
        seen = np.zeros(high - low + 1, dtype=bool)
        seen[place if nulls is None else place[~nulls]] = True
        codes = (np.cumsum(seen) - 1).take(place)
        values: list[object] = list((np.flatnonzero(seen) + low).tolist())
    else:
        distinct, codes = np.unique(whole, return_inverse=True)
        values = distinct.tolist()
    if nulls is not None:
        codes[nulls] = -1
    return _with_fractions(codes, values, numbers, given)


def _with_fractions(codes: Ints, values: list[object], numbers: Ints, nulls: Nulls) -> Encoded:
    """The codes with fractions as one more value: unknown and not null, as in lazy engines."""
    if numbers.dtype.kind != "f":
        return codes, values
    broken = (codes < 0) & ~np.isnan(numbers)
    if nulls is not None:
        broken &= ~nulls
    if broken.any():
        codes[broken] = len(values)
        values.append(float(numbers[broken.argmax()]))
    return codes, values
