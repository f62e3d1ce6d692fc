"""The answer as one sentence that can be quoted alone, in three languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.statuses import Bound, Status
from csto_membership._membership.answers import Answer
from csto_membership._membership.dates_in_words import day_in_words, is_month, is_year, period_in_words
from csto_membership._membership.vocabulary import SENTENCES
from csto_membership._membership.vocabulary_lookup import alone, isolated, phrase, status_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from csto_membership._facts.states import State
    from csto_membership._membership.reading import Reading

# States whose names are masculine in Arabic; those of all others are taken as feminine.
_MASCULINE = frozenset({"CPV", "IRQ", "JOR", "LBN", "MAR", "MNE", "SDN", "SOM", "SSD", "VAT", "YEM"})
_ABBREVIATED = re.compile(r".*\(([^()]*)\)")  # a name with its abbreviation in brackets behind it


def is_masculine(state: State) -> bool:
    """Whether a state's name is masculine in Arabic."""
    return state.iso3 in _MASCULINE


@frozen(kw_only=True)
class Body:
    """What a state was a party to, or a member of.

    Attributes:
        bound: Whether it has parties or members.
        name: Its name in the sentence's language, an abbreviation in brackets behind it where there is one.
    """

    bound: Bound
    name: str

    @property
    def short(self) -> str:
        """Its abbreviation, or its name where it has none."""
        found = _ABBREVIATED.fullmatch(self.name)
        return found[1] if found and found[1].upper() == found[1] else self.name


@frozen(kw_only=True)
class Roles:
    """A state's role in one or more bodies, in the forms that the sentences need.

    Attributes:
        role: What it is, in each body in turn.
        not_role: What it is not, in any of them.
        or_role: What it is in one of them.
        is_role: What it is, in a sentence without a verb; differs from *role* only in Arabic.
    """

    role: str
    not_role: str
    or_role: str
    is_role: str


def _article(name: str) -> str:
    """The English article of a name: none where it has one, or is one word, such as NATO."""
    first, _, more = name.partition(" ")
    return "the " if more and first.lower() not in {"a", "an", "the"} else ""


def _english(bodies: Sequence[Body], *, in_turn: bool) -> Roles:
    """A party to a treaty, a member of an organization."""
    words = {Bound.PARTIES: "a party to", Bound.MEMBERS: "a member of"}
    roles = [f"{words[body.bound]} {_article(body.name)}{body.name}" for body in bodies]
    either = " or ".join(roles)
    role = ", then ".join(roles) if in_turn else either
    not_role = f"neither {' nor '.join(roles)}" if len(roles) > 1 else f"not {roles[0]}"
    return Roles(role=role, not_role=not_role, or_role=either, is_role=role)


def _russian(bodies: Sequence[Body], *, in_turn: bool) -> Roles:
    """Участник договора, член организации: an abbreviation stands as it is, a name in quotation marks."""
    nouns = {Bound.PARTIES: ("участник", "договора"), Bound.MEMBERS: ("член", "организации")}
    roles, instrumental = [], []
    for body in bodies:
        noun, kind = nouns[body.bound]
        name = body.short if body.short.upper() == body.short else f"{kind} «{body.name}»"
        roles.append(f"{noun} {name}")
        instrumental.append(f"{noun}ом {name}")  # both nouns, in the instrumental
    role = (", затем " if in_turn else " или ").join(roles)
    not_role = f"ни {', ни '.join(instrumental)}" if len(roles) > 1 else instrumental[0]
    return Roles(role=role, not_role=not_role, or_role=" или ".join(instrumental), is_role=role)


def _arabic(bodies: Sequence[Body], *, in_turn: bool) -> Roles:
    """طرف في معاهدة، عضو في منظمة: an organization of the treaty named before it is "its organization"."""
    nouns = {Bound.PARTIES: "طرف", Bound.MEMBERS: "عضو"}
    names: list[str] = []
    for body in bodies:
        name = body.name if re.search(r"[\u0600-\u06ff]", body.name) else isolated("ar", body.name)
        names.append("منظمتها" if names and name == f"منظمة {names[0]}" else name)
    accusative = [f"{nouns[body.bound]}ا في {name}" for body, name in zip(bodies, names, strict=True)]
    plain = [f"{nouns[body.bound]} في {name}" for body, name in zip(bodies, names, strict=True)]
    turn = " ثم " if in_turn else " أو "
    return Roles(
        role=turn.join(accusative),
        not_role=" ولا ".join(accusative),
        or_role=" أو ".join(accusative),
        is_role=turn.join(plain),
    )


_ROLES = {"en": _english, "ru": _russian, "ar": _arabic}


def headline(  # noqa: PLR0913 (the parts of a sentence)
    *,
    lang: str,
    state: State,
    answer: Answer,
    bodies: Sequence[Body],
    first: date,
    last: date,
    in_turn: bool,
    is_open: bool,
    is_last_checked: bool,
    clauses: Sequence[str],
    note: str,
) -> str:
    """The answer in one sentence.

    Args:
        lang: Its language.
        state: Of which state.
        answer: Whether it was a member.
        bodies: What it was a member of, or not.
        first: The first day asked about.
        last: The last day asked about.
        in_turn: Whether it was so in one body after the other, rather than in one of them.
        is_open: Whether the sources leave some of these days open; otherwise an unknown depends on the day alone.
        is_last_checked: Whether the question is about just the last day checked.
        clauses: The conditions of the answer that are not the default, such as another basis.
        note: The status, where the answer alone would mislead.
    """
    is_wide = first != last
    kind = " wide" if is_wide else " last" if is_last_checked else ""
    key = "depends" if is_wide and answer is Answer.UNKNOWN and not is_open else f"{answer}{kind}"
    roles = _ROLES[lang](bodies, in_turn=in_turn)
    when = period_in_words(lang, first, last)
    of = f"of {when}" if is_year(first, last) or is_month(first, last) else f"from {when}"
    # In a text from right to left a code in front would turn the whole line round.
    name = str(state) if lang == "en" else f"{state.name(lang)} ({state.iso3})"
    is_male = is_masculine(state)
    comma = phrase(lang, ", ")
    sentence = SENTENCES[lang][key].format(
        state=name,
        role=roles.role,
        not_role=roles.not_role,
        or_role=roles.or_role,
        is_role=roles.is_role,
        when=when,
        When=when[0].upper() + when[1:],
        of=of,
        clauses="".join(f"{comma}{clause}" for clause in clauses),
        note=f" ({note})" if note else "",
        was="كان" if is_male else "كانت",
        was_not="لم يكن" if is_male else "لم تكن",
        is_not="ليس" if is_male else "ليست",
    )
    return alone(lang, sentence)


def clauses_of(lang: str, reading: Reading, horizon: date, last: date) -> list[str]:
    """The conditions of an answer: a reading other than the default, or days past the last one checked."""
    said = []
    if isinstance(reading.basis, Status):
        statuses = status_in_words(lang, reading.basis).replace(phrase(lang, " or "), phrase(lang, ", "))
        said.append(phrase(lang, "on the basis of {statuses}").format(statuses=statuses))
    elif reading.basis != "legal":
        said.append(phrase(lang, f"on the {reading.basis} basis"))
    if reading.dating == "any":
        said.append(phrase(lang, "dated by any of its days"))
    elif reading.dating != "effect":
        said.append(phrase(lang, "dated by {steps}").format(steps=steps_in_words(lang, reading.dating)))
    if reading.known_on is not None:
        day = day_in_words(lang, horizon)
        said.append(phrase(lang, "by what was public on {day}").format(day=day))
    if last > horizon:
        day = day_in_words(lang, horizon)
        said.append(phrase(lang, "if nothing has changed since {day}").format(day=day))
    return said


def steps_in_words(lang: str, dating: str | tuple[str, ...]) -> str:
    """The steps that a reading dates by, in their order."""
    steps = (dating,) if isinstance(dating, str) else dating
    return phrase(lang, ", ").join(phrase(lang, step).replace("_", " ") for step in steps)


_NOTES = {
    "FROZEN": {"en": "participation frozen", "ru": "участие заморожено", "ar": "مشاركتها مجمدة"},
    "SUSPENDED": {"en": "membership suspended", "ru": "членство приостановлено", "ar": "عضويتها معلقة"},
    "FORMER": {"en": "former member", "ru": "бывший член", "ar": "عضو سابق"},
    "FORMER parties": {"en": "former party", "ru": "бывший участник Договора", "ar": "طرف سابق في المعاهدة"},
    "SIGNATORY": {"en": "signatory", "ru": "подписавшее государство", "ar": "دولة موقِّعة"},
    "SIGNATORY parties": {
        "en": "signed, not in force",
        "ru": "Договор подписан, но ещё не действует",
        "ar": "وقّعت المعاهدة التي لم تكن قد دخلت حيز النفاذ بعد",
    },
    "OBSERVER": {"en": "observer", "ru": "наблюдатель", "ar": "مراقب"},
    "ASSOCIATE": {"en": "associate member", "ru": "ассоциированный член", "ar": "عضو منتسب"},
}
_MALE = {"مشاركتها": "مشاركته", "عضويتها": "عضويته", "وقّعت": "وقّع"}


def note_of(lang: str, state: State, status: Status, *, parties: bool) -> str:
    """The note on a single status that says more than yes or no; else empty.

    Args:
        lang: The sentence's language.
        state: Whose status.
        status: The status on all days asked about.
        parties: Whether to word it for a treaty: a former party, or signed and not yet in force.
    """
    name = str(status)
    notes = _NOTES.get(f"{name} parties" if parties else name) or _NOTES.get(name)
    if notes is None:
        return ""
    note = notes[lang]
    if is_masculine(state):
        for female, male in _MALE.items():
            note = note.replace(female, male)
    return note
