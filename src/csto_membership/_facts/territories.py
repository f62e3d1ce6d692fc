"""The codes and names of the world's territories, read from ``data/territories.tsv`` when first needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from csto_membership._facts.shipped import shipped_file

if TYPE_CHECKING:
    from collections.abc import Mapping


class Territories(NamedTuple):
    """What ISO and CLDR call the world's territories, by their ISO 3166-1 alpha-2 codes.

    Attributes:
        numeric: ISO 3166-1 numeric, three digits, to alpha-2; withdrawn numbers, too.
        alpha3: ISO 3166-1 alpha-3 to alpha-2.
        names: Language, then alpha-2, to name.
    """

    numeric: Mapping[str, str]
    alpha3: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]


@cache
def territories() -> Territories:
    """The world's territories: the file is read once."""
    _, header, *lines = shipped_file("territories.tsv").decode().splitlines()
    languages = header.split("\t")[3:]
    alpha2, alpha3, numeric, *names = zip(*(line.split("\t") for line in lines), strict=True)
    return Territories(
        numeric={
            number: code for numbers, code in zip(numeric, alpha2, strict=True) for number in numbers.split()
        },
        alpha3={three: code for three, code in zip(alpha3, alpha2, strict=True) if three},
        names={
            language: {code: name for code, name in zip(alpha2, column, strict=True) if name}
            for language, column in zip(languages, names, strict=True)
        },
    )
