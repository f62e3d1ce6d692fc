"""Which columns of a file are read, and which are added."""

from __future__ import annotations

from attrs import frozen

from csto_membership.errors import ColumnError, did_you_mean

_LISTED = 10  # columns that a sentence names


@frozen(kw_only=True)
class Columns:
    """Which columns are read, and how the new ones are called; ``None`` for one that is not wanted."""

    state: str
    on: str
    until: str | None
    into: str
    status: str | None
    why: str | None

    @property
    def times(self) -> dict[str, str]:
        """The columns of days or years, by the option that names each."""
        return {"--on": self.on} if self.until is None else {"--on": self.on, "--until": self.until}

    @property
    def added(self) -> dict[str, str]:
        """The names of the new columns, by the option that gives each."""
        names = {"--into": self.into, "--status": self.status, "--why": self.why}
        return {option: name for option, name in names.items() if name is not None}

    def check(self, path: str, known: list[str]) -> None:
        """Refuse a missing or duplicate column, and a new one whose name is taken.

        Raises:
            ColumnError: There is one.
        """
        for option, name in {"--state": self.state, **self.times}.items():
            if known.count(name) > 1:
                raise ColumnError(
                    f"{path}: there are {known.count(name)} columns {name!r}.", "Rename all but one."
                )
            if name not in known:
                more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
                raise ColumnError(
                    f"{path}: no column {name!r}.",
                    f"{did_you_mean(name, known)}Name one with {option}; there are {', '.join(known[:_LISTED])}{more}.",
                )
        taken = list(known)
        for option, name in self.added.items():
            if name in taken:
                raise ColumnError(
                    f"{path}: there is a column {name!r} already.", f"Name another one with {option}."
                )
            taken.append(name)
