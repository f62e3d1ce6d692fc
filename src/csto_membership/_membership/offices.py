"""Who held an office: its terms, and which of them days touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.dates import written
from csto_membership._facts.statuses import Status
from csto_membership._membership.answers import Answer, answer
from csto_membership._membership.segments import compile_terms
from csto_membership.errors import OfficeError, UncertainError, did_you_mean

if TYPE_CHECKING:
    from csto_membership._facts.records import Office, Term
    from csto_membership._membership.compiled import Compiled

_HELD = Status.MEMBER.value  # as the timelines of terms have it


def office_of(compiled: Compiled, office: str) -> Office:
    """An office by its identifier.

    Raises:
        OfficeError: The organization has no such office.
    """
    offices = {known.id: known for known in compiled.history.offices}
    if office not in offices:
        known = f"Its offices are {', '.join(offices)}." if offices else "It has none in this file."
        raise OfficeError(
            f"{compiled.history.id} has no office {office!r}.", f"{did_you_mean(office, offices)}{known}"
        )
    return offices[office]


def terms_in(compiled: Compiled, office: str, first: int, after: int) -> list[tuple[Term, Answer]]:
    """The terms that days ``[first, after)`` may touch, each with whether it holds on all of them."""
    held = office_of(compiled, office)
    masks = [
        (term, timeline.mask_in(first, after))
        for term, timeline in zip(held.terms, compile_terms(held, compiled.horizon), strict=True)
    ]
    return [(term, answer(mask, _HELD)) for term, mask in masks if mask & _HELD]


def holder_of(compiled: Compiled, office: str, when: object, first: int, after: int) -> Term:
    """The one term that holds on all of the days ``[first, after)``, asked about as *when*.

    Raises:
        OfficeError: The organization has no such office, or no holder is recorded for these days.
        UncertainError: It depends on the day, or the sources leave it open.
    """
    possible = terms_in(compiled, office, first, after)
    if not possible:
        raise OfficeError(
            f"no {office} of {compiled.history.id} is recorded for {written(when)}.",
            f"See holders_of({office!r}) for the terms that are.",
        )
    if len(possible) > 1 or possible[0][1] is Answer.UNKNOWN:
        named = " or ".join(str(term) for term, _ in possible)
        raise UncertainError(
            f"the {office} of {compiled.history.id} for {written(when)} is open: {named}.",
            "Ask about a narrower time, or read holders_of().",
        )
    return possible[0][0]
