"""Finds the state that a code or a name means."""

from __future__ import annotations

import unicodedata
from functools import cache
from numbers import Integral
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from csto_membership._facts.records import SCHEMES, State
from csto_membership._facts.territories import territories
from csto_membership.errors import StateError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

# Alef wasla, which NFKD leaves as it is; taa marbuta, which is often written haa; the dotless i of Azerbaijani,
# whose capital is that of the other i.
_FOLDED = str.maketrans({"\u0671": "\u0627", "\u0629": "\u0647", "\u0131": "i"})

_ISO = {"iso2", "iso3", "iso_numeric"}


def normalize(text: str) -> str:
    """The letters and digits of a name, without case, marks, hyphens, spaces and Arabic spelling variants.

    Idempotent, and the same for all Unicode normal forms of a text.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_FOLDED)
    # Modifier letters are tatweel, which only stretches, and the Uzbek apostrophes, often written as plain ones.
    return "".join(
        character for character in folded if character.isalnum() and unicodedata.category(character) != "Lm"
    )


@frozen(eq=False)
class Names:
    """The codes and names of an organization's states.

    Attributes:
        organization: Named in errors.
        states: All states, in the order of their alpha-3 codes.
        codes: Those codes.
    """

    organization: str
    states: dict[str, State]
    codes: tuple[str, ...] = field(
        init=False, default=Factory(lambda self: tuple(self.states), takes_self=True)
    )
    _indexes: dict[str, dict[str, list[State]]] = field(factory=dict, init=False)

    def resolve(self, text: object, codes: str | None = None) -> State:
        """The state that a code or a name means.

        Args:
            text: A state, a code (text or number) or a name in any language that CLDR has for it here.
            codes: The only scheme to look in, such as ``"cow"`` or ``"name"``; ``None`` for all of them.

        Raises:
            StateError: No state is called so, or the text means different states in different schemes.
        """
        if type(text) is str and codes is None and text in self.states:
            return self.states[text]
        word = getattr(text, "iso3", text)
        if isinstance(word, bool) or not isinstance(word, str | Integral):
            raise StateError(
                f"expected a state's code or name, got {text!r}. Write it as 'KGZ' or 'Kyrgyzstan'."
            )
        word = word if isinstance(word, str) else int(word)
        if codes is None and str(word).upper() in self.states:
            return self.states[str(word).upper()]  # the library's own name for a state, before all others
        if codes is not None and codes not in SCHEMES:
            raise StateError(f"no codes {codes!r}{nearest(codes, SCHEMES)} There are {', '.join(SCHEMES)}.")
        wanted = normalize(str(word))
        if wanted.isdecimal() and wanted != str(word).strip():
            wanted = ""  # a number is no code with a sign or a point in it
        meanings = self._meanings(wanted, codes)
        if len(meanings) == 1:
            return self.states[next(iter(meanings))]
        if meanings:
            scheme = next(iter(meanings.values())).partition(" ")[0]
            way_out = f"Say which, as in state({word!r}, codes={scheme!r})."
            way_out = "Write the code of the one you mean." if codes else way_out
            raise StateError(f"{word!r} is ambiguous: {' or '.join(meanings.values())}. {way_out}")
        outsider = None if codes else self.stranger(word)
        if outsider is not None:
            raise StateError(f"no act of {outsider} towards {self.organization} is recorded. {self._known()}")
        by = f" by {codes}" if codes else ""
        raise StateError(f"no state {word!r} in {self.organization}{by}. {self._suggestion(wanted)}")

    def stranger(self, text: object) -> State | None:
        """The territory in the world at large that a text means, if it means no state of the organization."""
        word = getattr(text, "iso3", text)
        if not isinstance(word, str) or self._meanings(normalize(word), None):
            return None
        return _world_by_word().get(normalize(word))

    def _meanings(self, wanted: str, codes: str | None) -> dict[str, str]:
        """The states that a normalized text may mean, by their codes: in which scheme each is called so."""
        found: dict[str, str] = {}
        schemes = set()
        for scheme in (codes,) if codes else SCHEMES:
            for state in self._index(scheme).get(wanted, ()):
                found.setdefault(state.iso3, f"{scheme} {state}")
                schemes.add(scheme)
        if found and codes is None and not _ISO & schemes:
            found |= _elsewhere(wanted, self.states[next(iter(found))])
        return found

    def _index(self, scheme: str) -> dict[str, list[State]]:
        """The states by their normalized codes in one scheme; one state, unless two share a name."""
        if scheme not in self._indexes:
            index: dict[str, list[State]] = {}
            for state in self.states.values():
                for word in {normalize(word) for word in words_of(state, scheme)}:
                    index.setdefault(word, []).append(state)
            self._indexes[scheme] = index
        return self._indexes[scheme]

    def _suggestion(self, wanted: str) -> str:
        """The way out for an unknown text: the nearest names, or all codes."""
        import difflib

        words = {**self._index("iso3"), **self._index("name")}
        found = difflib.get_close_matches(wanted, words, n=3, cutoff=0.7)
        states = dict.fromkeys(str(state) for word in found for state in words[word])
        if states:
            return f"Did you mean {' or '.join(states)}?"
        return self._known()

    def _known(self) -> str:
        """All states."""
        return f"Its states are {', '.join(self.states)}." if self.states else "It has no states."


def words_of(state: State, scheme: str) -> Iterator[str]:
    """What a state is called in one scheme."""
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


@cache
def _world_by_word() -> dict[str, State]:
    """The world's territories by their normalized names and ISO codes: read once, at the first name that misses."""
    world = territories()
    found: dict[str, State] = {}
    for iso3, iso2 in world.alpha3.items():
        state = State(iso3=iso3, english=world.names["en"][iso2], iso2=iso2)
        words = [iso3, iso2, *(names[iso2] for names in world.names.values() if iso2 in names)]
        for word in words:
            found.setdefault(normalize(word), state)
    return found


def _elsewhere(wanted: str, found: State) -> dict[str, str]:
    """Another territory whose ISO code the text is: RS is Russia in FIPS 10-4 and Serbia in ISO 3166-1."""
    world = territories()
    scheme, iso2 = "iso2", wanted.upper()
    if iso2 in world.alpha3:
        scheme, iso2 = "iso3", world.alpha3[iso2]
    elif wanted.isascii() and wanted.isdigit():
        scheme, iso2 = "iso_numeric", world.numeric.get(wanted.zfill(3), "")
    name = world.names["en"].get(iso2)
    if name is None or iso2 == found.iso2:
        return {}
    return {iso2: f"{scheme} {name}"}
