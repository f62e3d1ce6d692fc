"""Finds the state that a code or a name means."""

from __future__ import annotations

import re
from functools import cache
from numbers import Integral, Real
from typing import TYPE_CHECKING, NamedTuple

from attrs import Factory, field, frozen

from csto_membership._facts.dates import exact
from csto_membership._facts.states import SCHEMES, State
from csto_membership._facts.territories import (
    by_code,
    first_days,
    holders,
    name_index,
    territories,
    territory,
)
from csto_membership._membership.spelling import forms, normalize, unmarked
from csto_membership.errors import StateError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ADDRESS = re.compile(r"\s*https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(q[0-9]+)\s*", re.IGNORECASE)


class Ambiguous(NamedTuple):
    """The meanings of a word that means several states.

    Attributes:
        meanings: Pairs of a scheme and the state that the word means in it.
    """

    meanings: tuple[tuple[str, State], ...]

    @property
    def states(self) -> tuple[State, ...]:
        """The states that may be meant."""
        return tuple(state for _, state in self.meanings)


class Spelled(NamedTuple):
    """The words that a table may hold, in small letters and without spaces around them.

    Attributes:
        meanings: Words that mean one state, by its alpha-3 code; numbers are among them, as text.
        ambiguous: Words that mean several.
    """

    meanings: Mapping[str, str]
    ambiguous: frozenset[str]


_LONGEST = 80  # letters of a name that is compared with others
# Parts that make any two names alike: the Cocos Islands are not the Cook Islands.
_GENERIC = re.compile("islands?|(?:democratic|peoples|federal)?republic(?:of)?|federation|kingdom(?:of)?")
_CUTOFF = 0.84  # least similarity of a suggestion, 0 to 1; below it, real names suggest wrong states


@frozen(eq=False)
class Names:
    """The codes and names by which an organization is asked about the states of the world.

    Codes and names from the facts file take precedence over those of the world's list. ISO alpha codes,
    withdrawn ones included, take precedence over the codes of all other schemes.
    A number that means different states in two schemes is ambiguous, never guessed. A code that a former
    state shares with its successor means the successor.

    Attributes:
        organization: Named in errors.
        states: The states with any act in it, in the order of their alpha-3 codes.
        others: States that the facts file describes, and that have no act in it.
        codes: The codes of those with an act.
    """

    organization: str
    states: dict[str, State]
    others: Mapping[str, State] = field(factory=dict)
    codes: tuple[str, ...] = field(
        init=False, default=Factory(lambda self: tuple(self.states), takes_self=True)
    )
    _indexes: dict[str, dict[str, list[str]]] = field(factory=dict, init=False)
    _spelled: dict[str | None, Spelled] = field(factory=dict, init=False)

    def resolve(self, text: object, codes: str | None = None) -> State:
        """The state that a code or a name means, whether it has any act in the organization or not.

        Args:
            text: A state, a code (text or number), a Wikidata address, or a name in use.
            codes: The only scheme to look in, such as ``"cow"`` or ``"name"``; ``None`` for all of them.

        Raises:
            StateError: No state is called so, or the text means different states in different schemes.
        """
        if type(text) is str and codes is None and text in self.states:
            return self.states[text]
        _check_scheme(codes)
        word = _word(text)
        if word is None:
            raise StateError(
                f"expected a state's code or name, got {_shown(text)}.", "Write it as 'KGZ' or 'Kyrgyzstan'."
            )
        found = self._found(word, codes)
        if isinstance(found, State):
            return found
        raise self._error(text, word, codes, found)

    def encode(self, value: object, codes: str | None = None) -> State | Ambiguous | None:
        """The meaning of one table cell: the state that ``resolve`` gives, ``None``, or several.

        Without a scheme it is stricter than ``resolve``: a column does not say whether ``"BY"`` is Belarus, as
        in ISO 3166-1, or Burundi, as in FIPS 10-4, so that it is ambiguous here.

        Args:
            value: The cell; a value that is not text, a number or a state gives ``None``.
            codes: The only scheme to look in; ``None`` for all of them.

        Raises:
            StateError: There is no such scheme.
        """
        _check_scheme(codes)
        word = _word(value)
        if word is None:
            return None
        found = self._found(word, codes)
        if codes is None and isinstance(found, State) and not isinstance(getattr(value, "iso3", None), str):
            return self._meaning(_plain(word), SCHEMES, kept=found.iso3) or found
        return found

    def spellings(self, codes: str | None = None) -> Spelled:
        """Every spelling of every state, for engines that can join but cannot call ``normalize``.

        Trim a column, put it into small letters and join it with these: the result is that of ``encode``, or
        nothing where a spelling is not among them.

        Args:
            codes: The only scheme to look in; ``None`` for all of them.

        Raises:
            StateError: There is no such scheme.
        """
        _check_scheme(codes)
        if codes not in self._spelled:
            self._spelled[codes] = self._spell((codes,) if codes else SCHEMES, codes)
        return self._spelled[codes]

    def _spell(self, schemes: Iterable[str], codes: str | None) -> Spelled:
        """The spellings of some schemes, each with what its normalized word means."""
        claims: dict[str, dict[str, str]] = {}
        written: list[tuple[str, str]] = []
        for scheme in schemes:
            index = self._index(scheme)
            for word in {*index, *_world_words(scheme)}:
                for key in self._keys(word, scheme):
                    claims.setdefault(word, {}).setdefault(key, scheme)
            written += [
                (text, normalize(text)) for state in self._own().values() for text in words_of(state, scheme)
            ]
            written += (
                ((name, word) for word, name in name_index().spelled)
                if scheme == "name"
                else zip(by_code(scheme), by_code(scheme), strict=True)
            )
        known = {word: self._decided(meanings, self._alpha(word, codes)) for word, meanings in claims.items()}
        meanings: dict[str, str] = {}
        ambiguous = set()
        for text, word in written:
            found = known.get(word)
            for spelling in (text.lower(), unmarked(text).lower()):
                if isinstance(found, Ambiguous):
                    ambiguous.add(spelling)
                elif found is not None:
                    meanings[spelling] = found.iso3
        return Spelled(meanings, frozenset(ambiguous))

    def _found(self, word: str, codes: str | None) -> State | Ambiguous | None:
        """The meaning of a word: ISO alpha codes first, then all schemes, then other forms of a name."""
        plain = _plain(word)
        alpha = self._alpha(plain, codes)
        if alpha:
            return self._state(alpha)
        found = self._meaning(plain, (codes,) if codes else SCHEMES)
        if found is None and codes in (None, "name") and not plain.isdecimal():
            for form in forms(word):
                found = found or self._meaning(form, ("name",))
        return found

    def _alpha(self, plain: str, codes: str | None) -> str:
        """The state whose ISO alpha code a normalized word is, where no scheme is asked for; else empty."""
        for scheme in () if codes else ("iso3", "iso2"):
            keys = self._keys(plain, scheme)
            if len(keys) == 1:
                return keys[0]
        return ""

    def _meaning(self, plain: str, schemes: Iterable[str], kept: str = "") -> State | Ambiguous | None:
        """What a normalized word means in some schemes together."""
        meanings: dict[str, str] = {}
        for scheme in schemes:
            for key in self._keys(plain, scheme):
                meanings.setdefault(key, scheme)
        return self._decided(meanings, kept)

    def _decided(self, meanings: dict[str, str], kept: str) -> State | Ambiguous | None:
        """The one state that a word means, once former states give way to a successor among the candidates.

        Args:
            meanings: The states by their codes, with the scheme of each.
            kept: The code of a state that is kept even if it is a former one.
        """
        if len(meanings) > 1:
            gone = {key for key in meanings if key != kept and meanings.keys() & self._successors(key)}
            meanings = {key: scheme for key, scheme in meanings.items() if key not in gone}
        if len(meanings) > 1 and set(meanings.values()) <= {"cow", "gw"}:
            turns = [key for _, key, _ in holders() if key in meanings]
            if meanings.keys() <= {*turns}:
                return self._state(turns[-1])  # which had the number last
        if len(meanings) == 1:
            return self._state(next(iter(meanings)))
        if not meanings:
            return None
        ordered = sorted(meanings, key=lambda key: key not in self.states)  # those with an act come first
        return Ambiguous(tuple((meanings[key], self._state(key)) for key in ordered))

    def _keys(self, plain: str, scheme: str) -> tuple[str, ...]:
        """The states that a normalized word means in one scheme, by their alpha-3 codes."""
        own = self._index(scheme).get(plain)
        if own is not None:
            return tuple(own)
        if scheme != "name":
            key = by_code(scheme).get(plain)
            return () if key is None else (self._key(key),)
        known = name_index()
        key = known.meanings.get(plain)
        keys = (key,) if key is not None else known.ambiguous.get(plain, ())
        return tuple(self._key(key) for key in keys)

    def _index(self, scheme: str) -> dict[str, list[str]]:
        """Codes of the facts file's states by normalized code or name; several only for a shared name."""
        if scheme not in self._indexes:
            index: dict[str, list[str]] = {}
            for state in self._own().values():
                for word in {normalize(word) for word in words_of(state, scheme)}:
                    if word:  # a name without a letter or a digit names nothing
                        index.setdefault(word, []).append(state.iso3)
            self._indexes[scheme] = index
        return self._indexes[scheme]

    def _own(self) -> Mapping[str, State]:
        """The states that the facts file describes."""
        return {**self.others, **self.states}

    def _key(self, key: str) -> str:
        """The facts file's code for a territory: a file may call Kosovo XKK, which is XKX to the world."""
        return _renamed(self.codes).get(key, key)

    def _state(self, key: str) -> State:
        """A state by its alpha-3 code: as the facts file has it, or the world."""
        return self.states.get(key) or self.others.get(key) or state_of_the_world(key)

    def _successors(self, key: str) -> set[str]:
        """The codes of a former state's successors, which keep any code or name that both have."""
        known = key.lower().replace("-", "") in by_code("iso3")
        return {self._key(successor) for successor in territory(key).successors} if known else set()

    def _error(self, text: object, word: str, codes: str | None, found: Ambiguous | None) -> StateError:
        """Why a word means no state, or several, and what to write instead."""
        shown = word if isinstance(text, Real) else _shown(text if isinstance(text, str) else word)
        if found is not None:
            named = [f"{scheme} {state}" for scheme, state in found.meanings]
            schemes = {scheme for scheme, _ in found.meanings}
            fault = f"{shown} is ambiguous: {' or '.join(named)}."
            if codes or len(schemes) == 1:
                return StateError(fault, "Write the code of the one you mean.")
            way_out = f"Say which, as in state({shown}, codes={found.meanings[0][0]!r})."
            return StateError(fault, way_out, option="codes")
        fault = f"no state {shown} in {self.organization}{f' by {codes}' if codes else ''}."
        elsewhere = self._found(word, None)  # nothing, too, if every scheme was asked
        if isinstance(elsewhere, State):
            return StateError(
                fault, f"In another scheme it is {elsewhere}: leave codes out, or name that one."
            )
        return StateError(fault, self._suggestion(_plain(word)) if codes in (None, "name") else self._known())

    def _suggestion(self, plain: str) -> str:
        """The way out for an unknown word: the states whose names are nearest, or all codes."""
        keys = name_index().suggested.get(plain) or self._nearest(plain)
        named = dict.fromkeys(str(self._state(self._key(key))) for key in keys)
        return f"Did you mean {' or '.join(named)}?" if named else self._known()

    def _nearest(self, plain: str) -> list[str]:
        """The states with the names that are most like a word, at most three."""
        from difflib import SequenceMatcher

        if len(plain) > _LONGEST:
            return []
        known = {**name_index().meanings, **{word: keys[0] for word, keys in self._index("name").items()}}
        matcher, proper = SequenceMatcher(b=plain), SequenceMatcher(b=_GENERIC.sub("", plain))
        alike: dict[str, float] = {}
        for word, key in known.items():
            if min(len(word), len(plain)) * 2 < _CUTOFF * (len(word) + len(plain)):
                continue
            matcher.set_seq1(word)
            if matcher.quick_ratio() < _CUTOFF or (ratio := matcher.ratio()) < _CUTOFF:
                continue
            proper.set_seq1(_GENERIC.sub("", word))
            if proper.ratio() >= _CUTOFF:
                alike[key] = max(ratio, alike.get(key, 0))
        return sorted(alike, key=lambda key: (-alike[key], key))[:3]

    def _known(self) -> str:
        """All states with an act."""
        return f"Its states are {', '.join(self.states)}." if self.states else "It has no states."


@cache
def _renamed(codes: tuple[str, ...]) -> Mapping[str, str]:
    """The codes that differ from the keys of the same territories in the table of the world, by those keys."""
    keys = by_code("iso3")
    named = {keys.get(code.lower()): code for code in codes}
    return {key: code for key, code in named.items() if key is not None and key != code}


@cache
def state_of_the_world(key: str) -> State:
    """A state or territory without any act, by its key in the table of the world: one object for each."""
    found = territory(key)
    since_cow, since_gw = (first_days(scheme).get(key) for scheme in ("cow", "gw"))
    return State(
        iso3=key,
        english=found.english,
        iso2=found.iso2,
        iso_numeric=found.iso_numeric,
        cow=found.cow,
        cow_abbrev=found.cow_abbrev,
        gw=found.gw,
        fips=found.fips,
        wikidata=found.wikidata,
        since_cow=exact(since_cow.isoformat()) if since_cow else None,
        since_gw=exact(since_gw.isoformat()) if since_gw else None,
    )


def words_of(state: State, scheme: str) -> Iterator[str]:
    """What a state of a facts file is called in one scheme."""
    if scheme == "name":
        yield from (state.english, *state.other_names)
        iso2 = state.iso2 or ""
        yield from (names[iso2] for names in territories().names.values() if iso2 in names)
        return
    code = getattr(state, scheme)
    if code is not None:
        yield str(code)
        if scheme == "iso_numeric":
            yield str(int(code))  # a spreadsheet drops the zeros in front


def _world_words(scheme: str) -> Iterable[str]:
    """The normalized words of the world's states in one scheme."""
    return {*name_index().meanings, *name_index().ambiguous} if scheme == "name" else by_code(scheme)


def _check_scheme(codes: str | None) -> None:
    """Refuse a scheme that is not there."""
    if codes is not None and codes not in SCHEMES:
        raise StateError(
            f"no code scheme {codes!r}.", f"{did_you_mean(codes, SCHEMES)}There are {', '.join(SCHEMES)}."
        )


def _word(value: object) -> str | None:
    """A code or name as text; nothing for what is neither text nor a whole number nor a state."""
    value = getattr(value, "iso3", value)
    if isinstance(value, str):
        address = _ADDRESS.fullmatch(value)
        return address[1] if address else value
    if (
        isinstance(value, bool) or type(value).__name__ == "timedelta64"
    ):  # NumPy counts a duration as a number
        return None
    if isinstance(value, Integral):
        number = int(value)
        return str(number) if abs(number) < _HIGHEST else None
    if isinstance(value, Real):
        whole = float(value)
        return str(int(whole)) if abs(whole) < _HIGHEST and whole.is_integer() else None
    return None


_HIGHEST = 10**9  # past the numbers of all schemes


def _plain(word: str) -> str:
    """A word as the tables of codes and names have it; empty for a number with a sign or a point in it."""
    plain = normalize(word)
    return "" if plain.isdecimal() and plain != word.strip() else plain


def _shown(value: object) -> str:
    """A value for an error, even where it is too long, or nested too deep, to be written out."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        return f"a value of type {type(value).__name__}"
    return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}..."
