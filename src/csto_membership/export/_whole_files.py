"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from csto_membership.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from os import PathLike


@contextmanager
def whole_file(path: str | PathLike[str]) -> Iterator[Path]:
    """A temporary path in the same folder; at the end its file replaces *path* atomically.

    Raises:
        ExportError: The file cannot be written; nothing is left behind.
    """
    target = Path(path)
    part = (
        target.parent / f".{target.name}.{token_hex(4)}.part"
    )  # in the same folder, so that a move is one step
    try:
        part.open("xb").close()  # fails at once if the folder is not writable
        yield part
        part.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None


@contextmanager
def whole_folder(path: str | PathLike[str], ours: Collection[str]) -> Iterator[Path]:
    """A temporary folder to fill; at the end it replaces *path*, if that holds only an earlier export.

    Args:
        path: The folder.
        ours: The names of the files that an earlier export may have left there.

    Raises:
        ExportError: The folder cannot be written, or it holds other files; nothing is left behind.
    """
    target = Path(path)
    part = target.parent / f".{target.name}.{token_hex(4)}.part"
    old = part.with_suffix(".old")
    try:
        if target.exists():
            others = sorted(entry.name for entry in target.iterdir() if entry.name not in ours)
            if others:
                raise ExportError(
                    f"{str(target)!r} holds other files, such as {others[0]!r}.", "Choose a new folder."
                )
        part.mkdir()
        yield part
        if target.exists():
            target.rename(old)
        part.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> ExportError:
    """The error for a path that cannot be written, with the system's reason."""
    reason = error.strerror or str(error)
    return ExportError(
        f"cannot write {str(target)!r}: {reason}.",
        "Choose a path in a folder that exists and can be written to.",
    )
