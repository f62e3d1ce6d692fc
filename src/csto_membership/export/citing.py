"""How to cite the facts: with the version of the data and the reading, which decide the answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from csto_membership.errors import ExportError, did_you_mean
from csto_membership.export.describing import NO_LICENCE, description

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership._membership.membership import Membership

_AUTHORS = "The csto-membership authors"
_REFUSED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}


def cite(membership: Membership, form: str) -> str:
    """A citation as text.

    Args:
        membership: What is cited.
        form: ``"bibtex"`` or ``"cff"``.

    Raises:
        ExportError: There is no such form.
    """
    if form not in list(_FORMS):  # which need not be text
        raise ExportError(
            f"no citation {form!r}.", f"{did_you_mean(form, _FORMS)}There are {', '.join(_FORMS)}."
        )
    return _FORMS[form](membership)


def _bibtex(membership: Membership) -> str:
    """For BibLaTeX and BibTeX: the date is that of the last day verified, since nothing here reads a clock."""
    described = description(membership)
    verified = described["verified_through"]
    key = "".join(
        letter for letter in described["organization"].lower() if letter.isascii() and letter.isalnum()
    )
    fields = {
        "author": f"{{{_AUTHORS}}}",  # in braces of its own: the name of no person
        "title": _escaped(f"Membership of {described['organization_name']}, day by day"),
        "year": verified[:4],
        "date": verified,
        "version": described["data_version"],
        "note": _escaped(
            f"Facts verified through {verified}, data version {described['data_version']}; {membership.read_as}; "
            f"licence {described['licence']}"
        ),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key}membership{verified.replace('-', '')},\n{lines}}}\n"


def _escaped(text: str) -> str:
    """Text in which nothing is a command of TeX."""
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))


def _cff(membership: Membership) -> str:
    """In the Citation File Format, which GitHub and Zenodo read."""
    described = description(membership)
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use these facts, please cite them as below.",
        "type": "dataset",
        "title": f"Membership of {described['organization_name']}, day by day",
        "version": described["data_version"],
        "date-released": described["verified_through"],
        "abstract": f"Read with {membership.read_as}. {described['days']}",
    }
    if described["licence"] != NO_LICENCE:
        fields["license"] = described["licence"]
    lines = "".join(f"{name}: {_quoted(value)}\n" for name, value in fields.items())
    return f"{lines}authors:\n  - name: {_quoted(_AUTHORS)}\n"


def _quoted(text: str) -> str:
    """Text in quotes as JSON has it, which YAML reads once the characters that YAML refuses are escaped, too."""
    return _REFUSED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


_FORMS: dict[str, Callable[[Membership], str]] = {"bibtex": _bibtex, "cff": _cff}
