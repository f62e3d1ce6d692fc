"""Small tables that engines join, as each of them wants them."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    from csto_membership.frames._options import Library, NativeFrame


@frozen(kw_only=True, eq=False)
class SmallTable:
    """A small table to be joined: its columns, and a cache of frames made of them."""

    columns: tuple[list[Any], ...]  # numbers and answers
    made: dict[str, Any] = field(factory=dict)  # of libraries that may not be installed

    def as_polars(self, pl: Library, names: tuple[str, ...]) -> NativeFrame:
        """The table as a lazy frame of Polars."""
        if "polars" not in self.made:
            self.made["polars"] = pl.DataFrame(list(self.columns)).lazy()
        small = self.made["polars"]
        return small.rename(dict(zip(small.collect_schema().names(), names, strict=True)))

    def as_spark(self, native: NativeFrame, names: tuple[str, ...]) -> NativeFrame:
        """The table as a frame of the session of another one."""
        if importlib.util.find_spec("pyarrow") is None:
            return native.sparkSession.createDataFrame(list(zip(*self.columns, strict=True)), list(names))
        if "arrow" not in self.made:
            numbers = [str(number) for number in range(len(names))]
            self.made["arrow"] = importlib.import_module("pyarrow").table(list(self.columns), numbers)
        return native.sparkSession.createDataFrame(self.made["arrow"].rename_columns(list(names)))
