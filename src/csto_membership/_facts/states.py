"""A state: the codes and names it is known by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from csto_membership._facts.plain import Plain
from csto_membership.errors import StateError, did_you_mean, in_one_line, shown

if TYPE_CHECKING:
    from csto_membership._facts.dates import ImpreciseDate
    from csto_membership._facts.places import Where


def tuple_of_states(states: object) -> tuple[object, ...]:
    """The states that a caller passes, as a tuple; a single one need not be in a list.

    Raises:
        StateError: They are neither text nor a collection.
    """
    if isinstance(states, str | State):
        return (states,)
    if not isinstance(states, Iterable):
        raise StateError(
            f"expected states, got {shown(states)}.", "List them by code or name: ['RUS', 'KAZ']."
        )
    return tuple(states)


SCHEMES = ("iso3", "iso2", "iso_numeric", "cow", "cow_abbrev", "gw", "fips", "wikidata", "name")


def _alpha2(iso3: str) -> str | None:
    """The ISO 3166-1 alpha-2 code that goes with an alpha-3 one."""
    from csto_membership._facts.territories import territories

    return territories().alpha3.get(iso3)


@frozen(kw_only=True, repr=False)
class State(Plain):
    """A state and the codes and names it is known by; a code that it lacks is ``None``.

    Attributes:
        iso3: ISO 3166-1 alpha-3, the library's own name for it.
        english: The name in English.
        iso2: ISO 3166-1 alpha-2, by which names are looked up; by default the one that goes with *iso3*.
        iso_numeric: ISO 3166-1 numeric, three digits.
        cow: Correlates of War number.
        cow_abbrev: Correlates of War abbreviation.
        gw: Gleditsch and Ward number.
        fips: FIPS 10-4, which GDELT's geography uses.
        wikidata: Wikidata item.
        since_cow: First day in the Correlates of War state system.
        since_gw: First day in Gleditsch and Ward's list.
        sources: Where the codes and first days were taken from.
        other_names: Further names in use, in any language.
    """

    iso3: str
    english: str
    iso2: str | None = field(default=Factory(lambda self: _alpha2(self.iso3), takes_self=True))
    iso_numeric: str | None = None
    cow: int | None = None
    cow_abbrev: str | None = None
    gw: int | None = None
    fips: str | None = None
    wikidata: str | None = None
    since_cow: ImpreciseDate | None = None
    since_gw: ImpreciseDate | None = None
    sources: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    where: Where | None = field(default=None, eq=False, repr=False)

    def name(self, lang: str = "en") -> str:
        """The name in a language.

        Args:
            lang: ``en``, ``ru``, ``ar``, or a member's own: ``hy``, ``az``, ``be``, ``ka``, ``kk``, ``ky``,
                ``tg``, ``uz``. Names other than the English one are CLDR's.

        Raises:
            StateError: There are no names in that language, or the state has none in it.

        Examples:
            >>> from csto_membership import csto
            >>> csto.state("KGZ").name(), csto.state("KGZ").name("ru")
            ('Kyrgyzstan', 'Киргизия')
        """
        if lang == "en":
            return self.english
        from csto_membership._facts.territories import territories

        names = territories().names
        if lang not in names:
            raise StateError(f"no names in {lang!r}.", f"There are names in {', '.join(names)}.")
        name = names[lang].get(self.iso2 or "")
        if name is None:
            raise StateError(f"{self} has no name in {lang!r}.", "Give it an iso2 code that CLDR knows.")
        return name

    def __str__(self) -> str:
        return in_one_line(f"{self.iso3} ({self.english})")

    def __repr__(self) -> str:
        return in_one_line(f"State({self.iso3} {self.english})")


def code_of(state: State, scheme: str) -> str | int:
    """A state's code.

    Raises:
        StateError: There is no such scheme, or the state has no code in it.
    """
    if scheme not in SCHEMES:
        raise StateError(
            f"no code scheme {scheme!r}.", f"{did_you_mean(scheme, SCHEMES)}There are {', '.join(SCHEMES)}."
        )
    code: str | int | None = state.english if scheme == "name" else getattr(state, scheme)
    if code is None:
        raise StateError(f"{state} has no {scheme} code.", "Add it to the file, or ask for other codes.")
    return code
