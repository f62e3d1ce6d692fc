"""Writes the world's territories into ``data/``: ``python tools/world.py``.

Codes, spells and names come from ``tools/world/``, names in the library's languages from CLDR, by Babel. Babel is
no run-time dependency: it is 33 MB installed, and the tables 400 kB.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import babel
from babel import Locale
from babel.core import get_global

from csto_membership._membership.spelling import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent.parent / "data"
INPUT = Path(__file__).parent / "world"
LANGUAGES = ("ar", "az", "be", "en", "hy", "ka", "kk", "ky", "ru", "tg", "uz")
CODES = ("iso2", "iso_numeric", "cow", "cow_abbrev", "gw", "fips", "wikidata")

# CLDR's own: the whole world, the euro area, outlying Oceania, pseudo-locales and the like.
_NO_STATES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

# Exceptionally reserved in ISO 3166-1, and with an alpha-3 code in CLDR. Clipperton has a row of its own for FIPS.
_RESERVED = {"AC": "ASC", "DG": "DGA", "TA": "TAA"}
_SAME = {"FIPS-IP": ("CPT", "CP")}

# What others call a row by alpha-3 codes: CLDR and GENC have codes of their own for Kosovo.
_ALIASES = {"XKX": "XKK XKS"}


def tables() -> dict[str, str]:
    """The text of each file."""
    rows = _codes()
    return {
        "territories.tsv": _territories(rows),
        "territory-names.tsv": _names(rows),
        "territory-spells.tsv": _spells(),
    }


def _read(name: str) -> list[dict[str, str]]:
    """The rows of an input file."""
    with (INPUT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(source: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as tab-separated text below a line that says what it is."""
    head = f"# {source}. Written by python tools/world.py, not by hand."
    return "\n".join([head, *("\t".join(row) for row in (columns, *rows)), ""])


@cache
def _cldr(language: str) -> dict[str, str]:
    """The names of territories in a language, by alpha-2 code."""
    names = Locale.parse(language).territories
    return {
        code: name
        for code, name in names.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_STATES
    }


def _codes() -> dict[str, dict[str, str]]:
    """The rows of the codes, by key, with what CLDR knows beside them."""
    english = _cldr("en")
    rows = {row["id"]: row for row in _read("codes.csv")}
    for key, (code, iso2) in _SAME.items():
        rows[code] = {**rows.pop(key), "id": code, "iso2": iso2, "english": english[iso2]}
    for iso2, code in _RESERVED.items():
        rows[code] = dict.fromkeys(rows["AND"], "") | {
            "id": code,
            "iso2": iso2,
            "english": english[iso2],
            "kind": "territory",
        }
    iso2s = {row["iso2"] for row in rows.values()}
    for iso2 in sorted(english.keys() - iso2s):  # parts of states, which have names and are no answer
        rows[f"-{iso2}"] = dict.fromkeys(rows["AND"], "") | {
            "id": "",
            "iso2": iso2,
            "english": english[iso2],
            "kind": "part",
        }
    _check(rows, english)
    return {key: rows[key] for key in sorted(rows)}


def _check(rows: dict[str, dict[str, str]], english: dict[str, str]) -> None:
    """Compare the input with CLDR, which has a third of its columns, too."""
    alpha3 = {alias: meant[0] for alias, meant in get_global("territory_aliases").items() if len(meant) == 1}
    for key, row in rows.items():
        iso2 = row["iso2"]
        if row["kind"] in {"state", "territory"} and iso2:
            if english[iso2] != row["english"]:
                raise ValueError(f"{key}: {row['english']!r} is {english[iso2]!r} in CLDR")
            for code in (key if key != "XKX" else "XKK", row["iso_numeric"]):
                if code and alpha3.get(code) != iso2:
                    raise ValueError(f"{key}: CLDR has {alpha3.get(code)!r} for {code!r}, not {iso2!r}")


def _territories(rows: dict[str, dict[str, str]]) -> str:
    """The codes of every territory and its names in the library's languages."""
    names = {language: _cldr(language) for language in LANGUAGES}
    owners = {(row["scheme"], row["number"]): row["id"] for row in _read("spells.csv")}
    lines = []
    for row in rows.values():
        current = row["kind"] != "historic"
        called = {
            language: names[language].get(row["iso2"], "") if current else "" for language in LANGUAGES
        } | {"en": row["english"]}
        codes = {scheme: row[scheme] for scheme in CODES}
        for scheme in ("cow", "gw"):
            number = row[scheme]
            if number and owners[scheme, number] != row["id"]:
                codes[scheme] = f"({number})"
                if scheme == "cow":
                    codes["cow_abbrev"] = f"({row['cow_abbrev']})"
        lines.append(
            (
                row["id"],
                *codes.values(),
                row["kind"],
                row["successors"],
                _ALIASES.get(row["id"], ""),
                *called.values(),
            )
        )
    return _written(
        "The world's territories: codes from tools/world, names from CLDR through Babel "
        f"{babel.__version__}. In brackets: a code that means another row",
        ("iso3", *CODES, "kind", "successors", "aliases", *LANGUAGES),
        lines,
    )


def _spells() -> str:
    """The spells of the two state systems, half-open."""
    lines = []
    for row in _read("spells.csv"):
        last = row["last"]
        end = (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""
        lines.append(
            (
                row["scheme"],
                row["number"],
                row["id"],
                row["start"],
                end,
                "microstate" if row["microstate"] else "",
            )
        )
    return _written(
        "When states were in the Correlates of War and the Gleditsch and Ward system: end is the first day outside",
        ("scheme", "number", "iso3", "start", "end", "note"),
        lines,
    )


_SUGGESTED = {"misspelling", "predecessor"}


def _names(rows: dict[str, dict[str, str]]) -> str:
    """Every name in use, normalized, with what it means."""
    origins: dict[tuple[str, str], list[str]] = defaultdict(list)  # by territory and name
    for language in LANGUAGES:
        for key, row in rows.items():
            name = _cldr(language).get(row["iso2"])
            if name and row["kind"] in {"state", "territory"}:
                origins[key, name].append(f"CLDR {language}")
    moved = {old: new for old, (new, _) in _SAME.items()}
    for entry in _read("names.csv"):
        key = moved.get(entry["id"], entry["id"])
        origins[key, entry["name"]] += [origin for origin in entry["origin"].split(";") if origin != "CLDR"]
    for key, row in rows.items():
        if row["kind"] == "historic":
            origins.setdefault((key, row["english"]), []).append("title")
    by_word: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (key, name), named_by in origins.items():
        by_word[normalize(name)][key].update(named_by)
    titles = {(key, normalize(row["english"])) for key, row in rows.items()}
    meanings = {word: _meaning(word, claims, rows, titles) for word, claims in by_word.items()}
    lines = []
    for (key, name), named_by in sorted(origins.items()):
        word = normalize(name)
        standing, keys = meanings[word]
        if key in keys:
            lines.append((word, key, standing, name, ";".join(dict.fromkeys(named_by))))
    return _written(
        f"Names of the world's territories, from CLDR through Babel {babel.__version__} and tools/world",
        ("word", "iso3", "standing", "name", "origin"),
        lines,
    )


def _meaning(
    word: str,
    claims: dict[str, set[str]],
    rows: dict[str, dict[str, str]],
    titles: set[tuple[str, str]],
) -> tuple[str, set[str]]:
    """How a word stands, and the territories it means: it resolves to one, is ambiguous, or is only suggested.

    A state that exists comes before a historic one of the same name: Burma is Myanmar, Zaire the Congo. But where
    the Correlates of War or Gleditsch and Ward alone list a state under the title of a historic one, the title
    counts: Yugoslavia is not Serbia.
    """
    strong = {key for key, origins in claims.items() if not origins & {*_SUGGESTED, "ambiguous"}}
    listed = {key for key in strong if claims[key] <= {"COW", "GW"}}
    titled = {key for key in strong if (key, word) in titles}
    if titled and strong - titled and strong - titled <= listed:
        strong = titled
    existing = {key for key in strong if rows[key]["kind"] != "historic"}
    strong = existing or strong
    if len(strong) == 1:
        return "", strong
    several = strong or {key for key, origins in claims.items() if "ambiguous" in origins}
    if len(several) > 1:
        return "ambiguous", several
    return "suggested", several or set(claims)


if __name__ == "__main__":
    for name, text in tables().items():
        (DATA / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(text.splitlines())} lines\n")
