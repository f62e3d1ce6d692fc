"""Words the clauses and lines of findings in English, Russian and Arabic."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from csto_membership._facts.dates import ImpreciseDate, to_date
from csto_membership._facts.records import named
from csto_membership._facts.states import State
from csto_membership._facts.statuses import BASES, ParticipationKind, Status
from csto_membership._membership.dates_in_words import (
    date_in_words,
    day_in_words,
    placed,
    span_in_words,
)
from csto_membership._membership.explanation_lines import spell_in_words
from csto_membership._membership.sentences import is_masculine
from csto_membership._membership.vocabulary_lookup import (
    alone,
    checked_lang,
    isolated,
    phrase,
    status_in_words,
)
from csto_membership.claims import arabic, english, russian
from csto_membership.claims import sayings as of
from csto_membership.claims.weighing import either
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from csto_membership.claims.sayings import Saying
    from csto_membership.claims.weighing import Verdict

_LANGUAGES = {"en": english, "ru": russian, "ar": arabic}
_GENDERS = re.compile(r"<([^|<>]*)\|([^|<>]*)>")  # the feminine and the masculine form of a verb
_QUOTED = (
    of.Word,
    of.BasisName,
    of.DatingName,
)  # in quotation marks in a choice, except in English, where they are code words


def sentence(
    verdict: Verdict, sayings: Sequence[Saying], horizon: date | None = None, lang: str = "en"
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
    openings = _LANGUAGES[checked_lang(lang)].OPENINGS
    clauses = _semicolon(lang).join(worded(one, lang) for one in sayings)
    opening = openings[str(verdict) if horizon is None else "past"]
    day = "" if horizon is None else day_in_words(lang, horizon)
    begun = clauses[:1].upper() + clauses[1:]
    return alone(lang, opening.format(clauses=clauses, Clauses=begun, horizon=day))


def worded(one: Saying, lang: str = "en") -> str:
    """One clause or line in a language."""
    words: dict[str, str] = {}
    is_male = False
    for name, value in one.slots:
        words |= _words_of(name, value, lang)
        if name in {"state", "states"} and value:
            first = value[0] if isinstance(value, tuple) else value
            is_male = isinstance(first, State) and is_masculine(first)
    template = _GENDERS.sub(r"\2" if is_male else r"\1", _LANGUAGES[lang].TEMPLATES[one.key])
    for name, value in one.slots:
        template = (
            template if value != "" else template.replace(f" {{{name}}}", "").replace(f"{{{name}}} ", "")
        )
    return in_one_line(template.format_map(words), own_marks=True)


def word(key: str, lang: str, **values: object) -> str:
    """A heading or another fixed text, with its values filled in."""
    template: str = _LANGUAGES[lang].TEMPLATES[key]
    return template.format_map(values)


def _words_of(name: str, value: object, lang: str) -> dict[str, str]:
    """The words for a slot's value, in every form that a template may use, such as ``on_day`` for ``day``."""
    if isinstance(value, of.Role):
        forms = _LANGUAGES[lang].roles(tuple(map(str, value.bounds)))
        return {f"{form}_{name}" if form else name: said for form, said in forms.items()}
    words = {name: in_words(value, lang)}
    if isinstance(value, date | ImpreciseDate):
        words[f"on_{name}"] = placed(lang, "on", value)
        words[f"since_{name}"] = placed(lang, "since", value)
        words[f"from_{name}"] = placed(lang, "from", value)
        words[f"{name}_text"] = str(value)
    elif isinstance(value, of.BasisName):
        words[f"on_{name}"] = _on_basis(value.basis, lang)
    elif isinstance(value, State):
        words |= {"code": value.iso3, "name": in_one_line(value.name(lang))}
    return words


def in_words(value: object, lang: str) -> str:
    """A value of a slot."""
    write = next((written for kind, written in _WRITERS.items() if isinstance(value, kind)), None)
    return in_one_line(str(value)) if write is None else write(value, lang)


def _semicolon(lang: str) -> str:
    """What stands between clauses."""
    return "; " if lang == "en" else phrase(lang, "; ")


def _comma(lang: str) -> str:
    """What stands between the parts of a clause."""
    return ", " if lang == "en" else phrase(lang, ", ")


def _listed(parts: Sequence[object], lang: str) -> str:
    """A list with *and*: ``A, B and C``, ``A, B и C``; Arabic repeats it."""
    said = [in_words(part, lang) for part in parts] or ["none" if lang == "en" else "—"]
    if lang == "ar":
        return " و".join(said)
    return either(said, {"en": "and", "ru": "и"}[lang])


def _chosen(value: of.Choice, lang: str) -> str:
    """Words of which each would do."""
    said = [_quoted(part, lang) for part in value.words]
    *others, last = said
    return phrase(lang, " or ").join(part for part in (_comma(lang).join(others), last) if part)


def _quoted(part: object, lang: str) -> str:
    """A word of a choice; in quotation marks where the language does not have it as a word of code."""
    said = in_words(part, lang)
    return said if lang == "en" or not isinstance(part, _QUOTED) else f"«{said}»"


def _course(value: of.Course, lang: str) -> str:
    """Statuses in turn, each with its last day."""
    until = {"en": "{status} to {day}", "ru": "{status} по {day} включительно", "ar": "{status} حتى {day}"}
    said = []
    for status, parties, last in value.statuses:
        name = status_in_words(lang, status, parties=parties)
        said.append(name if last is None else until[lang].format(status=name, day=day_in_words(lang, last)))
    return (", then " if lang == "en" else phrase(lang, "later")).join(said)


def _spell_list(value: of.SpellList, lang: str) -> str:
    """The spells of a line."""
    said = [spell_in_words(lang, spell, parties=parties) for spell, parties in value.spells]
    return (", then " if lang == "en" else phrase(lang, "later")).join(said)


def _acts(value: of.Acts, lang: str) -> str:
    """The acts of a line, each with its date."""
    dash = " — " if lang == "ru" else " "
    said = [
        f"{phrase(lang, event.act)}{dash}{placed(lang, 'on', event.effect)}"
        if lang != "en"
        else f"{event.act} {event.effect}"
        for event in value.events
    ]
    return _comma(lang).join(said)


def _basis(value: of.BasisName, lang: str) -> str:
    """A basis by its name, or by the statuses that count."""
    if lang == "en":
        return str(value.basis)
    if isinstance(value.basis, Status):
        return status_in_words(lang, value.basis)
    return phrase(lang, f"basis {value.basis}")


def _on_basis(basis: str | Status, lang: str) -> str:
    """On which basis something counts, at the end of a clause."""
    if basis in BASES:
        return f" {phrase(lang, f'on the {basis} basis')}"
    statuses = _basis(of.BasisName(basis), lang)
    return _comma(lang) + phrase(lang, "on the basis of {statuses}").format(statuses=statuses)


def _dating(value: of.DatingName, lang: str) -> str:
    """A dating by its steps."""
    steps = (value.dating,) if isinstance(value.dating, str) else value.dating
    if lang == "en":
        return ", else ".join(steps)
    return phrase(lang, " or ").join(phrase(lang, step) for step in steps)


def _titled(value: of.Titled, lang: str) -> str:
    """An instrument, era or organization: by its name in the language, else by its English title."""
    if lang == "en":
        return in_one_line(f"the {value.title}")
    name = "" if value.record is None else in_one_line(named(value.record, lang))
    is_named = value.record is not None and lang in dict(value.record.names)
    return name if is_named else f"«{isolated(lang, value.title)}»"


def _office(value: of.OfficeName, lang: str) -> str:
    """An office by its name."""
    if lang == "en":
        return in_one_line(f"the {value.office.name}")
    name = in_one_line(named(value.office, lang))
    return name if lang in dict(value.office.names) else f"«{isolated(lang, name)}»"


def _holder(value: of.Holder, lang: str) -> str:
    """A person with the state, or the state alone."""
    state = in_one_line(value.state.name(lang))
    return f"{in_one_line(named(value.term, lang))} ({state})" if value.term.person else state


def _meeting(value: of.Meeting, lang: str) -> str:
    """An operation or a session by its name, which is English."""
    participation = value.participation
    if lang == "en":
        return in_one_line(f"the {participation.name}")
    kinds = {
        ParticipationKind.OPERATION: {"ru": "операция", "ar": "العملية"},
        ParticipationKind.SESSION: {"ru": "сессия", "ar": "الدورة"},
    }
    return f"{kinds[participation.kind][lang]} «{isolated(lang, participation.name)}»"


def _body(value: of.BodyName, lang: str) -> str:
    """A body that adopts instruments, by its name in the language where that is known."""
    if lang == "en":
        return in_one_line(value.name)
    return in_one_line(dict(value.names).get(lang, "")) or f"«{isolated(lang, value.name)}»"


_WRITERS: Mapping[type, Callable[[Any, str], str]] = {
    State: lambda value, lang: in_one_line(value.name(lang)),
    ImpreciseDate: lambda value, lang: date_in_words(lang, value),
    date: lambda value, lang: day_in_words(lang, value),
    of.Span: lambda value, lang: span_in_words(
        lang, to_date(value.first), to_date(min(value.after, date.max.toordinal() + 1) - 1)
    ),
    of.Saying: worded,
    tuple: _listed,
    of.Joined: lambda value, lang: _comma(lang).join(in_words(part, lang) for part in value.parts),
    of.Listed: lambda value, lang: _listed(value.parts, lang),
    of.Either: lambda value, lang: phrase(lang, " or ").join(in_words(part, lang) for part in value.parts),
    of.Choice: _chosen,
    of.Course: _course,
    of.SpellList: _spell_list,
    of.Acts: _acts,
    of.Word: lambda value, lang: value.key if lang == "en" else phrase(lang, value.key.replace(" ", "_")),
    of.Statuses: lambda value, lang: status_in_words(lang, value.status),
    of.BasisName: _basis,
    of.DatingName: _dating,
    of.Titled: _titled,
    of.OfficeName: _office,
    of.Holder: _holder,
    of.PersonName: lambda value, lang: in_one_line(named(value.term, lang)),
    of.Meeting: _meeting,
    of.BodyName: _body,
    of.Foreign: lambda value, lang: isolated(lang, value.text),
    of.Quoted: lambda value, lang: repr(value.text) if lang == "en" else f"«{isolated(lang, value.text)}»",
}
