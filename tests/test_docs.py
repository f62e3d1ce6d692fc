"""Every example is run, or says that it is not."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import csto_membership
from csto_membership import testing

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
RUN = {"python", "pycon", "console"}
INERT = {"text", "yaml", "json", "toml", "bibtex", "sql", "r"}
TRANSLATED = sorted(page.relative_to(ROOT / "docs" / "ar") for page in (ROOT / "docs" / "ar").rglob("*.md"))


def _tool(name: str) -> ModuleType:
    """A program of ``tools/``, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fences(page: Path) -> list[str]:
    """The code of a page, each block with its language."""
    return re.findall(r"^```.*?^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_fence_is_run_or_declared_inert(page: Path) -> None:
    """A fence without a language, or with one that nobody runs, would be an example that nobody checks."""
    fences = re.findall(r"^\s*(?:```|~~~)(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert [fence for fence in fences[::2] if fence.strip() not in RUN | INERT] == []
    assert not any(fence.strip() for fence in fences[1::2])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("lang", ["ar", "ru"])
@pytest.mark.parametrize("page", TRANSLATED, ids=str)
def test_examples_are_equal_in_all_languages(page: Path, lang: str) -> None:
    """A translated page has the examples of the English one, in their order."""
    assert _fences(ROOT / "docs" / lang / page) == _fences(ROOT / "docs" / page)


def test_the_same_pages_are_translated() -> None:
    """Arabic and Russian have the start page, the tutorial, what "member" means and the glossary."""
    for lang in ("ar", "ru"):
        pages = {str(page.relative_to(ROOT / "docs" / lang)) for page in (ROOT / "docs" / lang).rglob("*.md")}

        assert pages == {
            "index.md",
            "tutorial/ten-minutes.md",
            "explanation/membership.md",
            "reference/glossary.md",
        }


def test_every_public_name_stands_in_the_reference() -> None:
    """Each public name has its docstring on one page of the reference."""
    pages = (ROOT / "docs" / "reference").rglob("*.md")
    directives = [
        name
        for page in pages
        for name in re.findall(
            r"^::: csto_membership\.(\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]

    assert sorted(name for name in directives if "." not in name) == sorted(csto_membership.__all__)
    assert {name for name in directives if "." in name} == {
        "frames.Reconciliation",
        "frames.from_cow",
        "frames.panels",
        "frames.shared_memberships",
        "frames.to_cow",
        "explorer.html",
        "plot.plot",
        "plot.save",
        *(f"testing.{name}" for name in testing.__all__),
    }


def test_the_pages_of_the_reference_are_as_the_tool_writes_them() -> None:
    """The pages are written by ``python tools/api_pages.py``, not by hand."""
    tool = _tool("api_pages")

    assert {page.stem for page in tool.FOLDER.glob("*.md")} == set(tool.PAGES)
    for stem, content in tool.PAGES.items():
        assert (tool.FOLDER / f"{stem}.md").read_text(encoding="utf-8") == tool.page(*content)


def test_every_error_stands_in_the_table_of_errors() -> None:
    """The page of errors says of each error when it is raised."""
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    errors = {name for name in csto_membership.__all__ if name.endswith("Error")} - {"MembershipError"}

    assert set(re.findall(r"^\| `(\w+Error)` \|", text, re.MULTILINE)) == errors


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ('<a href="https://example.org">a link is followed by the reader alone</a>', []),
        ('<link rel="canonical" href="https://example.org/x"><img src="a.png">', []),
        ('<script src="https://example.org/x.js"></script>', ["p.html: loads https://example.org/x.js"]),
        ('<link rel="stylesheet" href="//example.org/x.css">', ["p.html: loads //example.org/x.css"]),
        ('<img srcset="https://example.org/x 2x">', ["p.html: loads https://example.org/x"]),
        (
            '<p style="background: url(https://example.org/x)">',
            ["p.html: loads https://example.org/x"],
        ),
        ('<a href="gone.html#x">', ["p.html: leads to gone.html#x, which is not there"]),
    ],
)
def test_what_a_page_loads_from_elsewhere_is_found(page: str, faults: list[str], tmp_path: Path) -> None:
    """The check of the built site names what a page would load from another server, and links that lead nowhere."""
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.png").touch()

    assert _tool("build_site").faults_of(tmp_path) == faults


def test_what_a_style_sheet_loads_from_elsewhere_is_found(tmp_path: Path) -> None:
    """A font or a picture of another server is a request, too."""
    (tmp_path / "s.css").write_text(
        "a { background: url(x.png) } @import 'https://example.org/y.css';", encoding="utf-8"
    )

    assert _tool("build_site").faults_of(tmp_path) == ["s.css: loads https://example.org/y.css"]


def test_docstrings_are_markdown() -> None:
    """The reference shows docstrings as Markdown: other things are named in double backticks, not by a role."""
    role = re.compile(r":(?:class|meth|func|attr|mod|data|exc|obj):`")
    sources = sorted((ROOT / "src").rglob("*.py"))

    assert [str(source) for source in sources if role.search(source.read_text(encoding="utf-8"))] == []


def test_the_picture_of_the_readme_shows_the_facts() -> None:
    """The picture and the words for those who do not see it are what ``python tools/readme_picture.py`` writes."""
    tool = _tool("readme_picture")

    assert tool.PICTURE.read_text(encoding="utf-8") == tool.picture()
    assert tool.line() in tool.README.read_text(encoding="utf-8").splitlines()


def _addresses(entry: object) -> list[str]:
    """The pages that a navigation names, in their order."""
    if isinstance(entry, str):
        return [entry]
    entries = entry.values() if isinstance(entry, dict) else entry
    assert isinstance(entries, Iterable)
    return [address for inner in entries for address in _addresses(inner)]


@pytest.mark.parametrize(
    ("config", "folder"), [("mkdocs.yml", ""), ("mkdocs.ar.yml", "ar"), ("mkdocs.ru.yml", "ru")]
)
def test_every_page_stands_in_the_navigation(config: str, folder: str) -> None:
    """A reader can find each page: it stands in ``nav``, once."""
    nav = yaml.safe_load((ROOT / config).read_text(encoding="utf-8"))["nav"]
    pages = [
        page.relative_to(ROOT / "docs" / folder).as_posix() for page in (ROOT / "docs" / folder).rglob("*.md")
    ]

    assert sorted(_addresses(nav)) == sorted(page for page in pages if not page.startswith(("ar/", "ru/")))


@pytest.mark.parametrize("folder", ["", "ar", "ru"])
def test_every_status_and_act_is_explained(folder: str) -> None:
    """In each language the page on what "member" means has every status and every act."""
    text = (ROOT / "docs" / folder / "explanation" / "membership.md").read_text(encoding="utf-8")
    words = [*(str(status.name) for status in csto_membership.Status), *csto_membership.Act]

    assert [word for word in words if f"`{word}`" not in text] == []
