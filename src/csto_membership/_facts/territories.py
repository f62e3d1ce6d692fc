"""The world's states and territories: codes, names and spells, read from ``data/territor*.tsv`` when first needed.

``python tools/world.py`` writes them, but for ``territory-holders.tsv``, which is kept by hand. Every territory has one
key: its ISO 3166-1 alpha-3 code, that of ISO 3166-3 for what is gone, or a made-up key where ISO has none
(``DEU-WEST``).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._facts.shipped import shipped_file

if TYPE_CHECKING:
    from collections.abc import Mapping


class Territory(NamedTuple):
    """The codes of a state or territory; a code that it lacks is ``None``.

    Attributes:
        iso3: Its key.
        iso2: ISO 3166-1 alpha-2.
        iso_numeric: ISO 3166-1 numeric, three digits.
        cow: Correlates of War number.
        cow_abbrev: Correlates of War abbreviation.
        gw: Gleditsch and Ward number.
        fips: FIPS 10-4.
        wikidata: Wikidata item.
        kind: ``"state"``, ``"territory"`` or ``"historic"``.
        successors: The keys of its successors; a code shared with one is not ambiguous: Russia, for the
            Soviet Union.
        english: The name in English.
    """

    iso3: str
    iso2: str | None
    iso_numeric: str | None
    cow: int | None
    cow_abbrev: str | None
    gw: int | None
    fips: str | None
    wikidata: str | None
    kind: str
    successors: tuple[str, ...]
    english: str


class Territories(NamedTuple):
    """The file of territories.

    Attributes:
        columns: The cells of each column, by its name, in the order of the keys in ``columns["iso3"]``.
        alpha3: Alpha-2 code by alpha-3 code, including those that CLDR and GENC have for Kosovo.
        names: Name by language, then by alpha-2 code.
    """

    columns: Mapping[str, tuple[str, ...]]
    alpha3: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]


class NameIndex(NamedTuple):
    """The territories, by key, that each normalized name means.

    Attributes:
        meanings: Words that mean one territory.
        ambiguous: Words that mean several, such as ``korea``.
        suggested: Words that are only offered: misspellings, and Soviet republics for the states they became.
        spelled: Every name that resolves or is ambiguous, as pairs of its normalized form and its spelling.
    """

    meanings: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    suggested: Mapping[str, tuple[str, ...]]
    spelled: tuple[tuple[str, str], ...]


class SystemSpell(NamedTuple):
    """A time in which a state belonged to a state system: half-open, and without an end if it still does.

    Attributes:
        number: Its number in that system.
        iso3: Its key.
        start: The first day.
        end: The first day outside.
        is_microstate: Whether the Gleditsch and Ward list has it among the microstates.
    """

    number: int
    iso3: str
    start: date
    end: date | None
    is_microstate: bool


_FIRST_LANGUAGE = 11  # the columns before it: codes, kind, successors, aliases


# Burma, Byelorussian SSR, Dahomey, Upper Volta, Southern Rhodesia, East Timor and Zaire: the same state under another
# name and, in ISO 3166-3, another code.
_RENAMED = frozenset(("BUR", "BYS", "DHY", "HVO", "RHO", "TMP", "ZAR"))


@cache
def territories() -> Territories:
    """The world's territories: the file is read once."""
    header, lines = _lines("territories.tsv")
    columns = dict(zip(header, zip(*lines, strict=True), strict=True))
    alpha2, alpha3 = columns["iso2"], columns["iso3"]
    known = {three: two for three, two in zip(alpha3, alpha2, strict=True) if three and two}
    known |= {
        alias: two
        for aliases, two in zip(columns["aliases"], alpha2, strict=True)
        for alias in aliases.split()
    }
    return Territories(
        columns=columns,
        alpha3=known,
        names={
            language: {
                code: name for code, name in zip(alpha2, columns[language], strict=True) if code and name
            }
            for language in header[_FIRST_LANGUAGE:]
        },
    )


@cache
def territory(key: str) -> Territory:
    """A territory by its key.

    Raises:
        KeyError: There is no such key.
    """
    columns = territories().columns
    index = _line_of()[key]
    row = {column: cells[index] for column, cells in columns.items()}
    cow, gw = (row[scheme].strip("()") for scheme in ("cow", "gw"))
    return Territory(
        iso3=key,
        iso2=row["iso2"] or None,
        iso_numeric=row["iso_numeric"] or None,
        cow=int(cow) if cow else None,
        cow_abbrev=row["cow_abbrev"].strip("()") or None,
        gw=int(gw) if gw else None,
        fips=row["fips"] or None,
        wikidata=row["wikidata"] or None,
        kind=row["kind"],
        successors=tuple(row["successors"].split()),
        english=row["en"],
    )


@cache
def _line_of() -> dict[str, int]:
    """The index of each key's line."""
    return {key: line for line, key in enumerate(territories().columns["iso3"]) if key}


@cache
def by_code(scheme: str) -> Mapping[str, str]:
    """The territory key for each code of one scheme; codes are in lower case and without hyphens.

    A number that several rows share means one of them, its owner: 365 is Russia, not the Soviet Union.

    Args:
        scheme: A column of codes, such as ``"iso2"`` or ``"cow"``.

    A code that ISO withdrew as a state took another name means that state: ZAR is COD.
    """
    found: dict[str, str] = {}
    columns = territories().columns
    for key, code, aliases in zip(columns["iso3"], columns[scheme], columns["aliases"], strict=True):
        if not key or not code or code.startswith("("):
            continue
        owner = territory(key).successors[0] if key in _RENAMED else key
        found[code.lower().replace("-", "")] = owner
        if scheme == "iso_numeric":
            found[str(int(code))] = owner  # a spreadsheet drops the zeros in front
        elif scheme == "iso3":
            found.update(dict.fromkeys(aliases.lower().split(), owner))
    return found


def is_key(code: str) -> bool:
    """Whether a code is the key of a territory: an alpha-3 code, or one made up where ISO has none."""
    return code in _line_of()


def share_codes(one: str, other: str) -> bool:
    """Whether two territories may share a number, as Yugoslavia and its successor Serbia do."""
    line_of, columns = _line_of(), territories().columns
    if one not in line_of or other not in line_of:
        return False
    first, second = ({key, *columns["successors"][line_of[key]].split()} for key in (one, other))
    return bool(first & second)


@cache
def name_index() -> NameIndex:
    """The index of the world's names: the file is read once."""
    meanings: dict[str, str] = {}
    several: dict[str, dict[str, list[str]]] = {"ambiguous": {}, "suggested": {}}
    spelled = []
    for word, key, standing, name, _ in _lines("territory-names.tsv")[1]:
        if standing:
            several[standing].setdefault(word, []).append(key)
        else:
            meanings[word] = key
        if standing != "suggested":
            spelled.append((word, name))
    ambiguous, suggested = (
        {word: tuple(dict.fromkeys(keys)) for word, keys in found.items()} for found in several.values()
    )
    return NameIndex(meanings, ambiguous, suggested, tuple(spelled))


@cache
def spells(scheme: str) -> tuple[SystemSpell, ...]:
    """When states belonged to a state system, by number and time.

    Args:
        scheme: ``"cow"`` or ``"gw"``.
    """
    return tuple(
        SystemSpell(
            number=int(number),
            iso3=key,
            start=date.fromisoformat(start),
            end=date.fromisoformat(end) if end else None,
            is_microstate=note == "microstate",
        )
        for system, number, key, start, end, note in _lines("territory-spells.tsv")[1]
        if system == scheme
    )


@cache
def in_system(key: str, number: int, scheme: str) -> tuple[tuple[int, int | None], ...]:
    """The days on which a state was in a state system, as ordinals ``[start, end)``; without an end if it still is.

    States that share a number have it one after the other: 345 is Yugoslavia's until the end of 2003-02-03.

    Args:
        key: The key of the state; empty for every day on which any state had the number.
        number: Its number there.
        scheme: ``"cow"`` or ``"gw"``.
    """
    held = [(iso3, start) for one, iso3, start in holders() if one == number]
    turns = [(start, after) for (iso3, start), (_, after) in pairwise((*held, ("", None))) if iso3 == key]
    found: list[tuple[int, int | None]] = []
    for spell in spells(scheme):
        if spell.number != number:
            continue
        for first, after in turns or [(1, None)]:
            low = max(spell.start.toordinal(), first or 1)
            ends = [day for day in (spell.end.toordinal() if spell.end else None, after) if day is not None]
            if not ends or low < min(ends):
                found.append((low, min(ends, default=None)))
    return tuple(found)


@cache
def holders() -> tuple[tuple[int, str, int], ...]:
    """The numbers that successive states share: number, a state's key, ordinal of its first day with it."""
    return tuple(
        (int(number), key, date.fromisoformat(start).toordinal() if start else 1)
        for number, key, start in _lines("territory-holders.tsv")[1]
    )


def number_of(key: str, scheme: str) -> int | None:
    """A territory's number in ``"cow"`` or ``"gw"`` by its key or another of its ISO codes; nothing without one."""
    owner = by_code("iso3").get(key.lower().replace("-", ""))
    return None if owner is None else getattr(territory(owner), scheme)


@cache
def first_days(scheme: str) -> Mapping[str, date]:
    """The first day of each state in a state system, by key; the owner of a shared number has all its spells."""
    found: dict[str, date] = {}
    for spell in spells(scheme):
        found[spell.iso3] = min(spell.start, found.get(spell.iso3, spell.start))
    return found


def _lines(name: str) -> tuple[list[str], list[list[str]]]:
    """The names of a file's columns, and the cells of its lines."""
    _, header, *lines = shipped_file(name).decode().split("\n")[:-1]
    return header.split("\t"), [line.split("\t") for line in lines]
