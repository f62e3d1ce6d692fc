"""Finds who held an office on given days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.dates import day_text
from csto_membership._membership.answers import Answer
from csto_membership._membership.spelling import normalize
from csto_membership.errors import OfficeError, UncertainError, did_you_mean

if TYPE_CHECKING:
    from csto_membership._facts.records import Office, Term
    from csto_membership._membership.compiled import Compiled
    from csto_membership._membership.segments import Window

_PATRONYMIC = ("ович", "евич", "ovich", "evich")
_TWO = 2  # names, beside which a patronymic may stand


@frozen(kw_only=True)
class Tenure:
    """The days of an office's term: it begins within one pair of days and ends within the other.

    Attributes:
        begins: The earliest and the latest day of its beginning.
        ends: The earliest and the latest first day after it; ``None`` where it still lasts.
    """

    begins: Window
    ends: Window | None

    def held_in(self, first: int, after: int) -> Answer:
        """Whether the office was held on all days of ``[first, after)``, on none, or it is open."""
        if after <= self.begins[0] or (self.ends is not None and first >= self.ends[1]):
            return Answer.NO
        if first >= self.begins[1] and (self.ends is None or after <= self.ends[0]):
            return Answer.YES
        return Answer.UNKNOWN


def tenure_of(term: Term) -> Tenure:
    """The days of a term, dated by effect under every reading.

    Even with ``dating="decision"``, an appointed person is not in office beside the previous holder.
    """
    begins = term.effect.first, term.effect.last
    if term.end is None:
        return Tenure(begins=begins, ends=None)
    ends = max(term.end.first, begins[0]), term.end.last
    return Tenure(begins=(begins[0], min(begins[1], ends[1])), ends=ends)


def is_called(term: Term, person: str) -> bool:
    """Whether a name means the holder of a term: the last name alone, more of it, or initials beside it.

    The first initial must be that of a given name. Patronymics and their initials are ignored, since no
    record has them. Names in all languages and spellings of the record are tried.
    """
    words = [normalize(word) for word in person.replace(".", " ").split()]
    initials = [word for word in words if len(word) == 1]
    wanted = {word for word in words if len(word) > 1}
    if len(wanted) > _TWO:
        wanted = {word for word in wanted if not word.endswith(_PATRONYMIC)}
    for name in (term.person or "", *(name for _, name in term.names), *term.other_names):
        known = set(map(normalize, name.split()))
        given = any(word.startswith(initials[0]) for word in known - wanted) if initials else True
        if wanted and wanted <= known and given:
            return True
    return False


def office_of(compiled: Compiled, office: str) -> Office:
    """An office by its identifier, or by its name in any language of the file.

    Raises:
        OfficeError: The organization has no such office.
    """
    offices = {known.id: known for known in compiled.history.offices}
    for one in offices.values():
        names = (one.name, *(name for _, name in one.names))
        if office not in offices and normalize(str(office)) in map(normalize, names):
            return one
    if office not in offices:
        known = f"Its offices are {', '.join(offices)}." if offices else "It has none in this file."
        raise OfficeError(
            f"{compiled.history.id} has no office {office!r}.", f"{did_you_mean(office, offices)}{known}"
        )
    return offices[office]


def terms_in(compiled: Compiled, office: str, first: int, after: int) -> list[tuple[Term, Answer]]:
    """The terms that days ``[first, after)`` may touch, each with whether it holds on all of them."""
    held = [(term, tenure_of(term).held_in(first, after)) for term in office_of(compiled, office).terms]
    return [(term, answer) for term, answer in held if answer is not Answer.NO]


def holder_of(compiled: Compiled, office: str, when: object, first: int, after: int) -> Term:
    """The one term that holds on all of the days ``[first, after)``, asked about as *when*.

    Raises:
        OfficeError: The organization has no such office, or no holder is recorded for these days.
        UncertainError: It depends on the day, or the sources leave it open.
    """
    possible = terms_in(compiled, office, first, after)
    if not possible:
        raise OfficeError(
            f"no {office} of {compiled.history.id} is recorded for {day_text(when)}.",
            f"See holders_of({office!r}) for the terms that are.",
        )
    if len(possible) > 1 or possible[0][1] is Answer.UNKNOWN:
        named = " or ".join(str(term) for term, _ in possible)
        raise UncertainError(
            f"the {office} of {compiled.history.id} for {day_text(when)} is open: {named}.",
            "Ask about a narrower time, or read holders_of().",
        )
    return possible[0][0]
