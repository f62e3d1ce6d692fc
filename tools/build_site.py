"""Builds the site in its three languages, with explorers, and checks it: ``python tools/build_site.py FOLDER``.

A page must work without a network and from a disk: it loads nothing from another server, and every link inside the site
leads to a file of it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
# The English pages come first: MkDocs empties the folder that it writes to.
CONFIGS = {"mkdocs.yml": "", "mkdocs.ar.yml": "ar", "mkdocs.ru.yml": "ru"}
# A link element names what the browser loads only with one of these relations.
LOADED_RELATIONS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}
CSS_ADDRESS = re.compile(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)")


class Addresses(HTMLParser):
    """Collects what a page loads by itself, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort the addresses of one element."""
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and LOADED_RELATIONS & set(values.get("rel", "").split()):
            self.loaded.append(values["href"])
        self.loaded += [values[name] for name in ("src", "data", "poster", "xlink:href") if values.get(name)]
        self.loaded += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        self.loaded += CSS_ADDRESS.findall(values.get("style", ""))


def is_outside(address: str) -> bool:
    """Whether a browser would ask another server for it."""
    return bool(urlsplit(address).netloc)


def faults_of(folder: Path) -> list[str]:
    """What is wrong with a built site: what is loaded from elsewhere, and links that lead nowhere."""
    faults = []
    for page in sorted(folder.rglob("*.html")):
        name = page.relative_to(folder)
        found = Addresses()
        found.feed(page.read_text(encoding="utf-8"))
        faults += [f"{name}: loads {address}" for address in found.loaded if is_outside(address)]
        for address in [*found.links, *found.loaded]:
            parts = urlsplit(address)
            # The page for errors does not know where it is shown, so that its own addresses begin with a slash.
            if parts.scheme or parts.netloc or not parts.path or page.name == "404.html":
                continue
            if not (page.parent / unquote(parts.path)).exists():
                faults.append(f"{name}: leads to {address}, which is not there")
    for sheet in sorted(folder.rglob("*.css")):
        addresses = CSS_ADDRESS.findall(sheet.read_text(encoding="utf-8"))
        faults += [
            f"{sheet.relative_to(folder)}: loads {address}" for address in addresses if is_outside(address)
        ]
    return faults


def write_explorers(folder: Path) -> None:
    """Put the explorer of the shipped organization beside the start page of each language."""
    from csto_membership import csto
    from csto_membership.explorer import html

    places = {"en": "", "ar": "ar/", "ru": "ru/"}
    for lang, place in places.items():
        up = "../" if place else ""
        others = {other: f"{up}{where}explorer.html" for other, where in places.items() if other != lang}
        (folder / place / "explorer.html").write_text(
            html(csto, lang, others=others, home="index.html"), encoding="utf-8"
        )


def build(folder: Path) -> None:
    """Build every language; a warning stops it."""
    for config, part in CONFIGS.items():
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", config]
        subprocess.run([*command, "--site-dir", str(folder / part)], cwd=ROOT, check=True)  # noqa: S603 (our own command)


if __name__ == "__main__":
    target = Path(sys.argv[1]).resolve()
    build(target)
    write_explorers(target)
    found = faults_of(target)
    print("\n".join(found) or f"{len(list(target.rglob('*.html')))} pages, nothing loaded from elsewhere")  # noqa: T201
    sys.exit(1 if found else 0)
