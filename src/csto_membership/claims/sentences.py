"""The plain sentence that begins a finding: templates by language, and the words for days, states and lists.

A judge says what it found as ``Saying``: a key and its slots, in no language. A further language is a further
table beside the English one, and a writer of its days and lists.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.dates import ImpreciseDate
from csto_membership._facts.states import State
from csto_membership.claims.weighing import Verdict, either
from csto_membership.errors import ReadingError, did_you_mean, in_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership.claims.weighing import Time


@frozen(kw_only=True)
class Span:
    """The time of a claim, as half-open ordinals."""

    first: int
    after: int


@frozen(kw_only=True)
class Saying:
    """One clause of a sentence, in no language.

    Attributes:
        key: Which template.
        slots: What stands in it: states, days, numbers and names.
    """

    key: str
    slots: tuple[tuple[str, object], ...] = ()

    def without(self, name: str) -> Saying:
        """The same clause with one slot left empty."""
        return Saying(
            key=self.key, slots=tuple((slot, "" if slot == name else of) for slot, of in self.slots)
        )


def saying(key: str, **slots: object) -> Saying:
    """A clause by its key and slots."""
    return Saying(key=key, slots=tuple(slots.items()))


def span_of(time: Time) -> Span:
    """A time as a slot."""
    return Span(first=time[0], after=time[1])


_OPENINGS = {
    "en": {
        Verdict.SUPPORTED: "Yes: {clauses}.",
        Verdict.CONTRADICTED: "No: {clauses}.",
        Verdict.DEPENDS: "It depends: {clauses}.",
        Verdict.UNDETERMINED: "Open: {clauses}.",
        None: "On {horizon}, the last day verified, {clauses}; what came later is not recorded.",
    }
}
_TEMPLATES: dict[str, dict[str, str]] = {
    "en": {
        # How a state stands: by its status, and by whether the spell lasts on the last day of which anything is known.
        "MEMBER lasts": "{state} has been a member since {start}",
        "MEMBER": "{state} was a member from {start} to {last}",
        "FROZEN lasts": "{state} froze its participation {on_start} and legally is still a member",
        "FROZEN": "{state} froze its participation {on_start} and legally stayed a member, to {last}",
        "SUSPENDED lasts": "the membership of {state} has been suspended since {start}",
        "SUSPENDED": "the membership of {state} was suspended from {start} to {last}",
        "FORMER lasts": "{state} has not been a member since {start}",
        "FORMER": "{state} was not a member from {start} to {last}",
        "SIGNATORY lasts": "{state} signed {on_start} and is not yet a member",
        "SIGNATORY": "{state} signed {on_start} and was not yet a member, to {last}",
        "OBSERVER lasts": "{state} has been an observer since {start}",
        "OBSERVER": "{state} was an observer from {start} to {last}",
        "ASSOCIATE lasts": "{state} has been an associate member since {start}",
        "ASSOCIATE": "{state} was an associate member from {start} to {last}",
        "OUTSIDE lasts": "{state} has been outside since {start}",
        "OUTSIDE": "{state} was outside from {start} to {last}",
        "status lasts": "the status of {state} has been {status} since {start}",
        "status": "the status of {state} was {status} from {start} to {last}",
        "never": "{state} has never been a member of {organization}",
        "before": "{state} was still outside, to {last}",
        "open": "what {state} was {when} is open: {statuses}",
        "changes": "the status of {state} changed {when}: {statuses}",
        # Lists of members.
        "counts": "on the {basis} basis it counted as a member",
        "does not count": "on the {basis} basis it did not count as a member",
        "likewise": "likewise {states}",
        "members were": "the members {when} were {states}",
        "no members": "there were no members {when}",
        "were members one": "{states} was a member {when}",
        "were members": "{states} were members {when}",
        "also one": "{states} was a member, too",
        "also": "{states} were members, too",
        "count": "there were {count} members {when}: {states}",
        "count one": "there was one member {when}: {states}",
        "count changes": "the number of members {when} was {count}, not the same ones throughout",
        "count between": "the number of members {when} was between {low} and {high}",
        "not included": "{states} is not among them",
        # Acts.
        "sign": "{state} signed {on_day}",
        "join": "{state} became a member {on_day}",
        "reaffirm": "{state} confirmed its membership {on_day}",
        "freeze": "{state} froze its participation {on_day}",
        "freeze lasts": "{state} froze its participation {on_day} and legally is still a member",
        "suspend": "the membership of {state} was suspended {on_day}",
        "resume": "{state} took part again from {day}",
        "lapse": "the membership of {state} ran out: its last day was {last}",
        "withdraw": "{state} withdrew: its last day as a member was {last}",
        "expel": "{state} was expelled: its last day as a member was {last}",
        "end": "the membership of {state} ended, and the record does not say how: its last day was {last}",
        "observe": "{state} became an observer {on_day}",
        "associate": "{state} became an associate member {on_day}",
        "act": "{state}: {act} {on_day}",
        "act open": "it is open whether {state} did so {when}: the record dates {act} {on_day}",
        "no act": "no such act of {state} is recorded {when}",
        # Foundings and other dated stages.
        "signature": "{title} was signed {on_day}",
        "decision": "{title} was adopted {on_day}",
        "decision on": "the decision on {title} was taken {on_day}",
        "entry into force": "{title} entered into force {on_day}",
        "effect": "{title} began {on_day}",
        "stage": "{title}: {stage} {on_day}",
        "another founding": "another of its foundings, {stage}, {on_day}, does not fit",
        "states differ": "the date is right, the states are not",
        "states open": "the date is right, whether the states are is open",
        "no such states": "none of the foundings recorded had just these states",
        "no founding": "no founding of {organization} is recorded: it has no eras in this file",
        "no stage": "no dated stage of {title} is recorded by then",
        "other body": "it was adopted by the {body}, not by {claimed}",
        "unknown body": "the record does not say who adopted it",
        "compared body": "{claimed} cannot be compared with the {body}, which adopted it",
        # Signatures.
        "signed": "{title} was signed by {states}",
        "did not sign one": "{states} did not sign it",
        "did not sign": "{states} did not sign it",
        "signed, too": "{states} signed it, too",
        "signatories unknown": "who signed {title} is not recorded",
        # Offices.
        "held": "{office} {when} was {holders}",
        "not held": "no holder of {office} is recorded {when}",
        "partly held": "the record has {holders} as {office}, and not for the whole time",
        "unknown person": "{person} is no name in the record of {office}, {known}",
        # Operations and sessions.
        "took part": "{states} took part in {name}",
        "did not take part": "{states} did not take part in {name}",
        "part unknown": "whether {states} took part in {name} is not recorded",
        "it was": "{name} was {on_day}",
        "it lasted": "{name} lasted from {day} to {last}",
        "it lasts": "{name} has lasted since {day}",
        "place unknown": "where it was is not recorded",
        "elsewhere": "it took place in {host}",
        "nothing recorded": "no such operation or session is recorded {when}",
        # The ends of sentences.
        "holds under": "it holds under {readings}",
        "not then": "not {when}",
    }
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def sentence(
    verdict: Verdict, sayings: Sequence[Saying], horizon: str | None = None, lang: str = "en"
) -> str:
    """The plain sentence of a finding.

    Args:
        verdict: What was found.
        sayings: Its clauses.
        horizon: The last day verified, where the claim speaks of later days.
        lang: The language.

    Raises:
        ReadingError: There are no sentences in that language.
    """
    if lang not in _TEMPLATES:
        way_out = f"{did_you_mean(lang, _TEMPLATES)}There are findings in {', '.join(_TEMPLATES)}."
        raise ReadingError(f"no findings in {lang!r}.", way_out)
    clauses = "; ".join(_clause(one, lang) for one in sayings)
    opening = _OPENINGS[lang][None if horizon else verdict]
    return opening.format(clauses=clauses, horizon=horizon)


def _clause(one: Saying, lang: str) -> str:
    """One clause in a language."""
    words: dict[str, str] = {}
    for name, value in one.slots:
        words[name] = _in_words(value, lang)
        words[f"on_{name}"] = _on(value)
    template = _TEMPLATES[lang].get(one.key, one.key)
    # A name in the plural reads so in English; an empty slot leaves one blank.
    return " ".join(template.format(**words).split())


def _in_words(value: object, lang: str) -> str:
    """What stands in a slot."""
    if isinstance(value, State):
        return in_one_line(value.name(lang))
    if isinstance(value, ImpreciseDate):
        return _dated(value)
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Span):
        return span_in_words(value)
    if isinstance(value, tuple):
        return either([_in_words(one, lang) for one in value], "and") if value else "none"
    return in_one_line(str(value))


def _on(value: object) -> str:
    """A day, a month or a year with its preposition."""
    if isinstance(value, ImpreciseDate):
        return span_in_words(Span(first=value.first, after=value.last + 1), is_one_day=True)
    return f"on {day_in_words(value)}" if isinstance(value, date) else str(value)


def _dated(written: ImpreciseDate) -> str:
    """An imprecise date without a preposition."""
    return _on(written).removeprefix("on ").removeprefix("in ")


def day_in_words(day: date) -> str:
    """A day: ``22 February 2024``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span_in_words(span: Span, *, is_one_day: bool = False) -> str:
    """A time with its preposition: ``on 3 May 1999``, ``in May 1999``, ``in 1999``, ``from … to …``.

    Args:
        span: The time.
        is_one_day: Whether one day of it is meant, and it is not known which.
    """
    first, last = date.fromordinal(span.first), date.fromordinal(span.after - 1)
    following = min(span.after, date.max.toordinal())
    after = date.fromordinal(following)
    if first == last:
        return f"on {day_in_words(first)}"
    begins_years = (first.month, first.day, after.month, after.day) == (1, 1, 1, 1)
    if begins_years and first.year == last.year:
        return f"in {first.year}"
    if (first.day, after.day) == (1, 1) and (first.year, first.month) == (last.year, last.month):
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    ends = (str(first.year), str(last.year)) if begins_years else (day_in_words(first), day_in_words(last))
    return f"between {ends[0]} and {ends[1]}" if is_one_day else f"from {ends[0]} to {ends[1]}"


def period_in_words(start: date | None, end: date | None) -> str:
    """A half-open period, by its last day: ``16 August 2006 to 18 December 2012``."""
    first = f"from {day_in_words(start)}" if start else "from the beginning"
    if end is None:
        return f"{first}, and still on the last day verified"
    return f"{first} to {day_in_words(date.fromordinal(end.toordinal() - 1))}"
