"""Finds the data files that travel with the library."""

from __future__ import annotations

from os.path import dirname, join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def shipped_file(name: str) -> bytes:
    """The content of a file of the data folder: beside the installed package, or in the checkout's root.

    The package's own loader reads it, so that a zip archive will do as well.
    """
    package = dirname(dirname(__file__))
    get: Callable[[str], bytes] = __spec__.loader.get_data  # type: ignore[union-attr] # every file loader has it
    try:
        return get(join(package, "data", name))
    except OSError:
        return get(join(dirname(dirname(package)), "data", name))
