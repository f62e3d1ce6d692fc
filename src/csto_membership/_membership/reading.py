"""A reading: the options by which acts are read, and the checks of these options."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from csto_membership._facts.plain import Plain
from csto_membership._facts.statuses import BASES, Status, StepName
from csto_membership.errors import ReadingError, did_you_mean, in_one_line

Basis: TypeAlias = Literal["legal", "active", "nominal", "signed"]
"""The name of a basis; the statuses that each counts are in ``docs/explanation/readings.md``."""


@frozen(kw_only=True)
class Reading(Plain):
    """How the acts are read.

    Attributes:
        basis: Which statuses count as being a member: the name of a basis, or the statuses themselves.
        dating: ``"effect"``, ``"any"``, a step, or several steps in order of preference.
        era: Only days of this era count; ``None`` for all.
        known_on: Only what was public by this day counts (``YYYY-MM-DD``); ``None`` for everything.
        extrapolate: Whether to answer past the horizon as though nothing else happened than the file has dated there.
    """

    basis: str | Status = "legal"
    dating: str | tuple[str, ...] = "effect"
    era: str | None = None
    known_on: str | None = None
    extrapolate: bool = False

    def __str__(self) -> str:
        dating = self.dating if isinstance(self.dating, str) else ", else ".join(self.dating)
        parts = [f"basis {self.basis}", f"dating {dating}"]
        parts += [f"era {self.era}"] if self.era else []
        parts += [f"known on {self.known_on}"] if self.known_on else []
        parts += ["extrapolated past the horizon"] if self.extrapolate else []
        return in_one_line(", ".join(parts))


def counted(basis: object) -> int:
    """The statuses that count on a basis, as a mask.

    Raises:
        ReadingError: There is no such basis.
    """
    if isinstance(basis, Status) and basis:
        return basis.value
    if isinstance(basis, str) and basis in BASES:
        return BASES[basis].value
    raise ReadingError(
        f"no basis {basis!r}.",
        f"{did_you_mean(basis, BASES)}There are {', '.join(BASES)}, "
        "or a Status such as Status.MEMBER | Status.OBSERVER.",
        option="basis",
    )


def checked_dating(dating: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """A dating as a reading keeps it: one name as text, several as a tuple.

    Raises:
        ReadingError: There is no such step, or ``"effect"`` or ``"any"`` stands among steps.
    """
    if not isinstance(dating, str | tuple | list):
        raise ReadingError(
            f"dating {dating!r} is no text.", "Name a step, or several in order of preference."
        )
    names = (dating,) if isinstance(dating, str) else tuple(dating)
    if names in (("effect",), ("any",)):
        return str(names[0])
    for name in names or ("",):
        if name in {"effect", "any"}:
            raise ReadingError(
                f"dating {name!r} cannot be combined with steps.",
                "Name steps: an event that has none of them keeps its effective date.",
            )
        if name not in list(StepName):
            raise ReadingError(
                f"no dating {name!r}.",
                f"{did_you_mean(name, ('effect', 'any', *StepName))}There are effect, any, and "
                f"the steps {', '.join(StepName)}.",
            )
    return str(names[0]) if len(names) == 1 else tuple(str(name) for name in names)


def checked_era(era: object) -> None:
    """Refuse an era that is not text; ``compile_history`` checks that the organization has it.

    Raises:
        ReadingError: It is no text.
    """
    if era is not None and not isinstance(era, str):
        raise ReadingError(f"era {era!r} is no text.", "Name one era.")


def checked_extrapolate(extrapolate: object) -> None:
    """Refuse what is neither true nor false.

    Raises:
        ReadingError: It is something else.
    """
    if extrapolate not in (None, True, False):
        raise ReadingError(f"extrapolate={extrapolate!r} is neither True nor False.", "Choose one of them.")
