"""Writes ``data/territories.tsv`` from CLDR, by Babel: ``python tools/world.py``.

Babel is no run-time dependency: it is 33 MB installed, and the table 58 kB.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import babel
from babel import Locale
from babel.core import get_global

TABLE = Path(__file__).parent.parent / "data" / "territories.tsv"
LANGUAGES = ("ar", "az", "be", "en", "hy", "ka", "kk", "ky", "ru", "tg", "uz")


def table() -> str:
    """The file's text: where it is from, the names of its columns, and a line for each territory."""
    names = {language: Locale.parse(language).territories for language in LANGUAGES}
    codes = sorted(
        code for code in map(str, names["en"]) if re.fullmatch("[A-Z]{2}", code) and code not in _NO_STATES
    )
    numeric, alpha3 = _codes("[0-9]{3}", codes), _codes("[A-Z]{3}", codes)
    source = f"names from CLDR through Babel {babel.__version__}"
    head = f"# The world's territories: {source}. Written by python tools/world.py, not by hand."
    lines = [
        "\t".join(
            (
                code,
                alpha3.get(code, ""),
                numeric.get(code, ""),
                *(names[language].get(code, "") for language in LANGUAGES),
            )
        )
        for code in codes
    ]
    return "\n".join([head, "\t".join(("iso2", "iso3", "iso_numeric", *LANGUAGES)), *lines, ""])


def _codes(pattern: str, codes: list[str]) -> dict[str, str]:
    """The aliases of that form, by the alpha-2 codes that they stand for; several are set apart by spaces."""
    found: dict[str, str] = {}
    for alias, meant in sorted(get_global("territory_aliases").items()):
        if re.fullmatch(pattern, alias) and alias not in _WITHDRAWN and len(meant) == 1 and meant[0] in codes:
            found[meant[0]] = f"{found.get(meant[0], '')} {alias}".strip()
    return found


# CLDR's own: the whole world, the euro area, outlying Oceania, pseudo-locales and the like.
_NO_STATES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

# Of ISO 3166-3: CLDR gives them the territory that succeeded, so that Germany would be both DDR and DEU.
_WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{TABLE.name}: {len(table().splitlines())} lines\n")
