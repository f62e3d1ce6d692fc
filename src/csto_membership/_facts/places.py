"""Where a record was read: the place that an error about it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen(kw_only=True)
class Where:
    """Where a record and its fields stand in the file they were read from.

    Attributes:
        file: The file's name.
        line: Line of the record, from 1.
        column: Column of the record, from 1.
        find: Finds line and column of a field by its path, such as ``effect`` or ``sources.0``.
    """

    file: str
    line: int
    column: int
    find: Callable[[str], tuple[int, int] | None]

    def at(self, path: str = "") -> str:
        """``file:line:column`` of a field, or of the record where the field is not written."""
        line, column = self.find(path) or (self.line, self.column)
        return f"{self.file}:{line}:{column}"
