"""Writes HTML: every text and attribute is escaped here, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))


def escaped(text: str) -> str:
    """Text that cannot end an element or an attribute."""
    for character, entity in _ENTITIES:
        text = text.replace(character, entity)
    return text


def element(
    name: str, attributes: Mapping[str, str | bool] | None = None, text: str = "", html: str = ""
) -> str:
    """An element with a text and, behind it, what has been written as HTML already.

    An attribute whose value is ``True`` stands alone; one that is ``False`` is left out.
    """
    written = "".join(
        f" {key}" if value is True else f' {key}="{escaped(str(value))}"'
        for key, value in (attributes or {}).items()
        if value is not False
    )
    return f"<{name}{written}>{escaped(text)}{html}</{name}>"
