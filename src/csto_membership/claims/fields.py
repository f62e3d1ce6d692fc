"""Converters and checks of the fields of claims, with their errors."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from attrs import NOTHING, field, fields, frozen

from csto_membership._facts.dates import ImpreciseDate, exact, imprecise
from csto_membership._facts.plain import Plain, plain
from csto_membership._facts.states import State
from csto_membership._facts.written_dates import as_digits
from csto_membership.errors import ClaimError, did_you_mean

if TYPE_CHECKING:
    from csto_membership._facts.places import Where

WordT = TypeVar("WordT", bound=enum.StrEnum)
RecordT = TypeVar("RecordT")


def refused(fault: str, way_out: str, field_name: str) -> ClaimError:
    """The error on one field of a claim."""
    return ClaimError(fault, way_out, option=field_name)


def word_of(value: object, words: type[WordT], called: str, name: str) -> WordT | None:
    """The member of an enumeration, given as text or itself, for field *name*; ``None`` stays ``None``."""
    if value is None:
        return None
    known = [str(word) for word in words]
    if str(value) not in known:
        raise refused(
            f"no {called} {value!r}.", f"{did_you_mean(value, known)}Use one of {', '.join(known)}.", name
        )
    return words(str(value))


def states_of(value: object) -> tuple[object, ...]:
    """Several states, by any code or name; a single one need not be in a list."""
    if isinstance(value, str | State):
        value = (value,)
    if not isinstance(value, Iterable):
        raise refused(
            f"expected states, got {value!r}.", "List them by code or name: states=('RUS', 'KAZ').", "states"
        )
    return tuple(state.iso3 if isinstance(state, State) else state for state in value)


def state_of(value: object) -> object:
    """One state, by any code or name; a record is its code."""
    return value.iso3 if isinstance(value, State) else value


def time_of(value: object) -> ImpreciseDate | None:
    """A day, month, year or range of days, as files or as people write it.

    Raises:
        DayError: It is text that is no date, or a moment with a zone.
    """
    if value is None or isinstance(value, ImpreciseDate):
        return value
    if isinstance(value, str):
        return imprecise(as_digits(value) or value)
    if isinstance(value, date):
        return exact(value)
    raise refused(
        f"expected a day, month or year as text, got {value!r}.", f"Write it as text: '{value}'.", "when"
    )


# The fields that are taken as they are, by what they have to be.
_YES_OR_NO = frozenset({"complete", "throughout"})
_TEXT = frozenset({"era", "instrument", "body", "office", "person", "participation"})


_FIELDS = frozenset(
    {
        *(*_YES_OR_NO, *_TEXT, "states", "state", "status", "act", "count", "including", "step", "when"),
        *("form", "capacity", "host", "attribution"),
    }
)
_NOTHING: tuple[object, ...] = (None, "", (), [])


def _check_plain(name: str, value: object) -> None:
    """Refuse what is no yes or no, or no text, in a field that is taken as it is."""
    if name in _YES_OR_NO and value not in (True, False):
        raise refused(f"{name}={value!r} is neither True nor False.", "Use one of them.", name)
    if name in _TEXT and value is not None and not isinstance(value, str):
        raise refused(
            f"expected text for {name}, got {value!r}.", "Give one name or identifier as text.", name
        )


class Spoken(Plain):
    """Base of the nine kinds of claims: its ``to_dict`` includes the kind."""

    __slots__ = ()
    kind: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """The claim as text, numbers, lists and mappings, ready for JSON: its kind, then its fields."""
        return {"kind": self.kind, **plain(self)}


@frozen(kw_only=True)
class Attribution(Plain):
    """Who said something, when, and in which words.

    Attributes:
        said: When it was said.
        by: Who said it.
        quote: The words, at most 25 of them.
        lang: Their language, as an ISO 639-1 code.
        translation: The same in English.
        organization: Identifier of the organization it speaks of; ``None`` for the one that is asked.
        not_judged: The part of the words that the claim leaves out, in words.
        where: Where it stands in a file of claims.
    """

    said: ImpreciseDate | None = field(default=None, converter=time_of)
    by: str | None = None
    quote: str | None = None
    lang: str | None = None
    translation: str | None = None
    organization: str | None = None
    not_judged: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)


def attribution_of(value: object) -> Attribution:
    """An attribution; a date alone is the day on which something was said."""
    return value if isinstance(value, Attribution) else Attribution(said=value)


def _called(claim: object) -> str:
    """A claim or its class in an error sentence, such as "an office claim"."""
    kind: str = claim.kind  # type: ignore[attr-defined] # every claim has one
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} claim"


def with_field_checks(record: type[RecordT]) -> type[RecordT]:
    """Decorate a claim class so that unknown and missing fields raise ``ClaimError``."""
    kind = _called(record)
    needed = {attribute.name: attribute.default is NOTHING for attribute in fields(record)}  # type: ignore[arg-type] # an attrs class
    made = record.__init__

    @wraps(made)
    def init(self: object, *given: object, **values: object) -> None:
        known = f"Its fields are {', '.join(needed)}."
        if given:
            raise ClaimError(f"{kind} takes named fields only, got {given[0]!r}.", known)
        for name, value in values.items():
            if name not in needed:
                # The field of another kind of claim is not a misspelling: suggest nothing.
                meant = "" if name in _FIELDS else did_you_mean(name, needed)
                raise refused(f"{kind} has no field {name!r}.", meant + known, name)
            _check_plain(name, value)
        lacking = [name for name, is_needed in needed.items() if is_needed and values.get(name) in _NOTHING]
        if lacking:
            raise refused(f"{kind} lacks {' and '.join(lacking)}.", "Add it.", lacking[0])
        made(cast("Any", self), **values)

    record.__init__ = init  # type: ignore[method-assign] # the same fields, better refusals
    return record


def require_time(claim: object) -> None:
    """Refuse a claim that says neither of which time it speaks nor when it was said.

    Raises:
        ClaimError: It has neither.
    """
    if claim.when is None and claim.attribution.said is None:  # type: ignore[attr-defined] # every claim with a time
        raise refused(
            f"{_called(claim)} lacks when, or the day on which it was said.",
            "Add when='YYYY-MM-DD', or attribution=Attribution(said='YYYY-MM-DD').",
            "when",
        )
