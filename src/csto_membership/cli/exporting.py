"""The command that writes an organization for other tools."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from csto_membership._facts.shipped import shipped_file
from csto_membership.cli.asking import organization_of
from csto_membership.cli.parser import MisuseError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from csto_membership import Organization

_FILES = ("html", "sqlite", "csv", "parquet", "datapackage")  # formats that need --out
_READING = ("basis", "dating", "era", "known_on", "extrapolate")


def export(options: Namespace) -> tuple[tuple[str, ...], str]:
    """The organization in a format of others: a text on standard output, or a file or folder.

    Raises:
        MisuseError: --format is missing, or --out is missing for a format that is a file or folder.
    """
    form = options.format
    if form == "table":
        raise MisuseError(
            "export lacks --format.", "Write for example --format json, or --format html -o csto.html"
        )
    if form in _FILES and options.out is None:
        raise MisuseError(
            f"--format {form} needs --out.", f"Name the file or folder, for example -o csto.{form}"
        )
    for name, of in (("dialect", ("sql",)), ("what", ("csv", "parquet")), ("lang", ("html",))):
        if getattr(options, name) is not None and form not in of:
            raise MisuseError(f"--format {form} does not use --{name}.", f"It is for {' and '.join(of)}.")
    read = [name for name in _READING if getattr(options, name) not in (None, False)]
    if form == "yaml" and read:
        raise MisuseError(
            f"--format yaml does not use --{read[0].replace('_', '-')}.",
            "A facts file holds the acts, which no reading changes.",
        )
    organization = organization_of(options)
    if form in _FILES:
        _write(organization, form, options)
        return (), "yes"
    texts: dict[str, Callable[[], str]] = {
        "json": organization.to_json,
        "jsonld": organization.to_jsonld,
        "yaml": organization.to_yaml,
        "sql": partial(organization.to_sql, options.dialect or "postgresql18"),
    }
    return printed(f"{texts[form]().rstrip()}\n", options), "yes"


def schema(options: Namespace) -> tuple[tuple[str, ...], str]:
    """The JSON Schema of facts files, for editors and validators."""
    return printed(shipped_file("facts.schema.json").decode(), options), "yes"


def printed(text: str, options: Namespace) -> tuple[str, ...]:
    """What is left to print of a text: nothing, if it is written where ``--out`` says."""
    if options.out is None:
        return (text,)
    from csto_membership.export.tables import write_text

    write_text(options.out, text)
    return ()


def _write(organization: Organization, form: str, options: Namespace) -> None:
    """Write a format that is a file or a folder."""
    if form in {"csv", "parquet"}:
        write = organization.to_csv if form == "csv" else organization.to_parquet
        write(options.out, options.what or "spells")
    elif form == "html":
        organization.to_html(options.out, options.lang or "en")
    elif form == "sqlite":
        organization.to_sqlite(options.out)
    else:
        organization.to_datapackage(options.out)
