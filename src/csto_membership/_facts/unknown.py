"""What a record says of its own limits: days of which nothing is known, and the end of an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._facts.dates import as_date
from csto_membership._facts.plain import Plain
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.places import Where


@frozen(kw_only=True, repr=False)
class Gap(Plain):
    """Days on which a state's status is not known: ``[start, end)``, as wide as the two dates allow.

    Attributes:
        state: The state's alpha-3 code.
        start: The first of the days.
        end: The first day after them.
        sources: Identifiers of the sources that have no answer for these days.
        note: What else a reader must know.
    """

    state: str
    start: ImpreciseDate = field(converter=as_date)
    end: ImpreciseDate = field(converter=as_date)
    sources: tuple[str, ...]
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return in_one_line(f"{self.state} gap [{self.start}, {self.end})")


@frozen(kw_only=True, repr=False)
class Ended(Plain):
    """The end of an organization itself; what became of its states is in their own acts.

    Attributes:
        effect: The first day on which it no longer existed.
        sources: Identifiers of the sources that it is taken from.
        successor: What followed it: a name, or the identifier of an organization.
        note: What else a reader must know.
    """

    effect: ImpreciseDate = field(converter=as_date)
    sources: tuple[str, ...]
    successor: str | None = None
    note: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return f"the end of {self.effect}"
