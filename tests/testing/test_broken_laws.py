"""Every law goes red for an organization that breaks it, and says what a reader must know."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, frozen

from csto_membership import Answer, Changes, MembershipError, Organization, Status, Verdict, csto, csto_pa
from csto_membership.testing import LAWS, Law, LawError, laws_of_exports, laws_of_readings

if TYPE_CHECKING:
    from collections.abc import Callable

BY_NAME = {law.name: law for law in LAWS}


def broken(**methods: Callable[..., Any]) -> Organization:
    """The CSTO, with other methods: each is called with what the right one gives, and what it was asked."""

    def method(name: str, wrong: Callable[..., Any]) -> Callable[..., Any]:
        def ask(self: Organization, *args: Any, **kwargs: Any) -> Any:
            return wrong(self, getattr(Organization, name), *args, **kwargs)

        return ask

    kind = type("Broken", (Organization,), {name: method(name, wrong) for name, wrong in methods.items()})
    made: Organization = frozen(kind, eq=False, repr=False, kw_only=True)(compiled=csto.compiled)
    return made


def a_day_late(self: Organization, right: Any, state: object, when: Any) -> Any:
    """A status a day too late."""
    return right(self, state, when - timedelta(days=1) if isinstance(when, date) else when)


def by_its_first_day(self: Organization, right: Any, state: object, when: Any) -> Any:
    """The status of a period as that of its first day."""
    return right(self, state, when[0] if isinstance(when, tuple) else when)


def known_too_early(self: Organization, right: Any, **choices: Any) -> Any:
    """A reading of what was known long before."""
    return right(self, **(choices | {"known_on": date(1995, 1, 1)} if "known_on" in choices else choices))


def by_the_calendar(self: Organization, right: Any, state: object, when: Any) -> Any:
    """A status that depends on the last digit of the day known."""
    known = self.read_as.known_on
    return Status.FORMER if known and int(known[-1]) % 2 else right(self, state, when)


def outside_if_extrapolated(self: Organization, right: Any, state: object, when: Any) -> Any:
    """A status that is another one where nothing is taken to change."""
    return Status.OUTSIDE if self.read_as.extrapolate else right(self, state, when)


def otherwise(**choices: object) -> Callable[..., Any]:
    """The same table, other choices made."""
    return lambda self, right, *args, **given: right(self, *args, **(given | choices))


def judged(verdict: Verdict) -> Callable[..., Any]:
    """Every claim with one verdict."""
    return lambda self, right, claim: evolve(right(self, claim), verdict=verdict)


ALL_SUPPORTED, ALL_CONTRADICTED = judged(Verdict.SUPPORTED), judged(Verdict.CONTRADICTED)
BROKEN = {
    "spells cover": broken(spells=lambda self, right, state: right(self, state)[:-1] or right(self, state)),
    "status is the spells": broken(status_on=a_day_late),
    "answer follows from the status": broken(was_member=lambda *_: Answer.NO),
    "rosters are the answers": broken(was_member=lambda *_: Answer.UNKNOWN),
    "changes lead to the answers": broken(changes=lambda self, right: Changes(right(self)[1:])),
    "changes of a period are on its days": broken(
        changes=lambda self, right, *bounds: (
            right(self, bounds[0], bounds[1] + timedelta(days=1)) if bounds else right(self)
        )
    ),
    "neighbouring changes enclose": broken(next_change=lambda self, _, day: self.previous_change(day)),
    "periods ask about all days": broken(status_on=by_its_first_day),
    "differences are of two days": broken(difference=lambda self, right, one, other: right(self, other, one)),
    "periods hold their days": broken(together=lambda *_: ()),
    "explanations say the same": broken(
        explain=lambda self, right, *asked: evolve(right(self, *asked), answer=Answer.UNKNOWN)
    ),
    "a diary agrees": broken(status_on=a_day_late),
    "all is known on the horizon": broken(reading=known_too_early),
    "nothing later is known": broken(
        reading=lambda self, right, **choices: self if "known_on" in choices else right(self, **choices)
    ),
    "known on agrees with a diary": broken(status_on=a_day_late),
    "what was known stays without news": broken(status_on=by_the_calendar),
    "extrapolating adds days": broken(status_on=outside_if_extrapolated),
    "panels are the answers": broken(panel=otherwise(rule="all")),
    "dyads are both": broken(dyads=otherwise(rule="all")),
    "annotated rows are the answers": broken(annotate=otherwise(others="null")),
    "annotated periods are the answers": broken(annotate=otherwise(others="null")),
    "spells of tables are the spells": broken(
        to_frame=lambda _self, _right, *args, **given: csto_pa.to_frame(*args, **given)
    ),
    "own rosters are supported": broken(check=ALL_SUPPORTED),
    "own counts are supported": broken(check=ALL_CONTRADICTED),
    "own statuses are supported": broken(check=ALL_SUPPORTED),
    "json comes back": broken(to_json=lambda *_: csto_pa.to_json()),
}
# What these laws build or load themselves, no method of the organization decides.
PATCHED = {
    "better dates rule out": (laws_of_readings, "build", [csto_pa, csto]),
    "order of records is irrelevant": (laws_of_readings, "build", [csto, csto_pa]),
    "yaml comes back": (laws_of_exports, "load", [csto_pa]),
    "pickles come back": (pickle, "loads", [csto_pa]),
}


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_every_law_can_be_broken(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organization of which a law does not hold is refused by it."""
    if law.lacks():
        pytest.skip(law.lacks())
    if law.name in PATCHED:
        room, name, given = PATCHED[law.name]
        answers = iter(given * 100)
        monkeypatch.setattr(room, name, lambda *_: next(answers))

    with pytest.raises(LawError) as caught:
        law.check(BROKEN.get(law.name, csto), examples=20)

    assert caught.value.law == law.name
    assert len(caught.value.answers) == 2


def test_every_law_is_tried() -> None:
    """There is an organization that breaks it for each law, and no name is there twice."""
    assert sorted([*BROKEN, *PATCHED]) == sorted(BY_NAME)
    assert len(BY_NAME) == len(LAWS)


def test_a_broken_law_says_what_a_reader_must_know() -> None:
    """Law, organization, reading, state, day and both answers stand in one sentence, and as fields."""
    with pytest.raises(AssertionError) as caught:
        BY_NAME["status is the spells"].check(broken(status_on=a_day_late), examples=None)
    error = caught.value

    assert isinstance(error, MembershipError)
    assert str(error) == (
        "CSTO breaks the law 'status is the spells' (read with basis legal, dating effect): of ARM on 1992-05-15, "
        "status_on says OUTSIDE, and spells says SIGNATORY. The laws hold for every organization that the library "
        "can load or build: please report this with the file."
    )
    assert isinstance(error, LawError)
    assert (error.organization, error.reading) == ("CSTO", "basis legal, dating effect")
    assert (error.state, error.when) == ("ARM", "1992-05-15")
    assert error.answers == {"status_on": "OUTSIDE", "spells": "SIGNATORY"}
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 (our own bytes)


def test_a_law_that_asks_nothing_is_broken() -> None:
    """A law without a question would hold of everything."""
    empty = Law(name="nothing", rule="Nothing is asked.", ask=lambda _: None)

    with pytest.raises(LawError) as caught:
        empty.check(csto)
    assert str(caught.value) == (
        "CSTO breaks the law 'nothing' (read with basis legal, dating effect): the law says that it has questions, "
        "and the record says nothing to ask. The laws hold for every organization that the library can load or "
        "build: please report this with the file."
    )


@pytest.mark.parametrize(
    ("when", "answers", "sentence"),
    [
        (
            (date(1999, 1, 1), date(2000, 1, 1)),
            (Answer.NO, Answer.YES),
            "of ARM on [1999-01-01, 2000-01-01), one says no, and other says yes.",
        ),
        ("", ([], ["x" * 300]), f"of ARM, one says none, and other says {'x' * 197}...."),
        ("", (Status(0), Status.MEMBER), "of ARM, one says nothing, and other says MEMBER."),
    ],
)
def test_answers_are_told_in_words(when: object, answers: tuple[Any, Any], sentence: str) -> None:
    """Periods are half-open, nothing is said to be nothing, and what is long is cut."""
    one, other = answers
    law = Law(
        name="told",
        rule="",
        ask=lambda asking: asking.agree(csto, csto.state("ARM"), when, one=one, other=other),
    )

    with pytest.raises(LawError) as caught:
        law.check(csto)
    assert sentence in str(caught.value)
