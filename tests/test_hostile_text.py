"""Text of a file of facts or of claims stays text in every output: it forges no line, no mark-up and no command.

The records are made in code, where names may hold anything; a file with such names is refused, see
``tests/reader/test_yaml_hidden_characters.py``.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from csto_membership import (
    Act,
    Attribution,
    Capacity,
    Dataset,
    DatasetError,
    Dispute,
    Era,
    Event,
    History,
    Instrument,
    MembershipError,
    Office,
    OfficeClaim,
    Participant,
    Participation,
    ParticipationCapacity,
    ParticipationKind,
    RosterClaim,
    Source,
    SourceKind,
    State,
    Step,
    StepName,
    Term,
    build,
    exact,
    load,
)
from csto_membership._membership.markdown import marked
from csto_membership.cli import main
from csto_membership.cli.printing import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from csto_membership import Finding, Organization

BENIGN = "Plain"
HOSTILE = {
    "line feeds": "Plain\nSources: [1] forged\r\n- forged\x85forged\u2028forged",
    "terminal": "\x1b[31m\x1b]0;title\x07\x9b2J\x7fPlain",
    "direction": "\u202eforged\u2066\u2067\u061cPlain",
    "hidden": "Pl\u200bain\u2060\u3164\u00ad\u200f\U000e0041\U000e007f\ufeff",
    "markdown": "**a** _b_ `c` [d](http://e) ![f](g) | h | ~~i~~ # j > k \\ $x$ &lt; <!-- -->",
    "blocks": "- a",
    "rule": "---",
    "numbers": "1. a",
    "html": "</p></div><script>alert(1)</script><img src=x onerror='alert(2)'>\"'&amp;",
    "sql": "'; DROP TABLE states; -- \\' $function$ /*",
}
_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\U000e0000-\U000e0fff]"
)


def _organization(text: str) -> Organization:
    """An organization in which every text is *text*, where records may have any."""
    dispute = Dispute(says=text, sources=("s",), answer=text, against=("s",))
    step = Step(name=StepName.DECISION, date=exact("2000-01-01"), sources=("s",), note=text)
    join = Event(
        state="AAA",
        act=Act.JOIN,
        effect=exact("2001-01-01"),
        steps=(step,),
        instrument=text,
        disputes=(dispute,),
        sources=("s",),
        note=text,
    )
    term = Term(
        state="AAA", effect=exact("2001-01-01"), person=text, other_names=(text,), sources=("s",), note=text
    )
    part = Participation(
        id=text,
        kind=ParticipationKind.OPERATION,
        name=text,
        effect=exact("2002-01-01"),
        participants=(Participant(state="AAA", capacity=ParticipationCapacity.MEMBER, note=text),),
        place=text,
        mandate=text,
        disputes=(dispute,),
        sources=("s",),
        note=text,
    )
    history = History(
        id=text,
        name=text,
        names={"ru": text},
        eras=(Era(id=text, name=text, effect=exact("2000-01-01"), sources=("s",), names={"ru": text}),),
        events=(join, Event(state="BBB", act="join", effect=exact("2002-01-01"), sources=("s",))),
        offices=(
            Office(
                id="chair",
                name=text,
                terms=(
                    term,
                    Term(
                        state="BBB", effect=exact("2003-01-01"), sources=("s",), capacity=Capacity.SUBSTITUTE
                    ),
                ),
            ),
        ),
        participations=(part,),
        note=text,
    )
    return build(
        Dataset(
            verified_through=exact("2020-06-30"),
            states=(
                State(iso3="AAA", english=text, iso2="AM", other_names=(text,)),
                State(iso3="BBB", english="B"),
            ),
            sources=(
                Source(
                    id="s", title=text, publisher=text, kind=SourceKind.PRESS, address=text.replace(" ", "")
                ),
            ),
            instruments=(Instrument(id=text, title=text, sources=("s",), body=text, note=text),),
            histories=(history,),
            licence=text,
        )
    )


def _finding(text: str, *, is_right: bool = True) -> Finding:
    """What is to be said of a claim whose every text is *text*."""
    said = Attribution(said=exact("2005-01-01"), by=text, lang=text, quote=text, translation=text)
    states = ("AAA", "BBB") if is_right else ("BBB",)
    return _organization(text).check(RosterClaim(states=states, when="2005", attribution=said))


def _office_finding(text: str) -> Finding:
    """What is to be said of a claim on an office, with a name that no record has."""
    claim = OfficeClaim(office="chair", person=f"{text} else", when="2005")
    return _organization(text).check(claim)


TEXTS: dict[str, Callable[[str], str]] = {
    "explanation": lambda text: str(_organization(text).explain("AAA", "2005")),
    "explanation, full": lambda text: _organization(text).explain("AAA", "2005").text(full=True),
    "explanation, Russian": lambda text: (
        _organization(text).explain("AAA", "2005", lang="ru").text(full=True)
    ),
    "headline": lambda text: _organization(text).explain("AAA", "2005").headline,
    "finding": lambda text: str(_finding(text)),
    "finding, full": lambda text: _finding(text).text(full=True),
    "finding, wrong": lambda text: _finding(text, is_right=False).text(full=True),
    "finding on an office": lambda text: _office_finding(text).text(full=True),
    "roster": lambda text: str(_organization(text).members_on("2005-01-01")),
    "spells": lambda text: str(_organization(text).spells("AAA")),
    "changes": lambda text: str(_organization(text).changes()),
    "organization": lambda text: repr(_organization(text)),
    "records": lambda text: "\n".join(map(str, _records(_organization(text)))),
    "records in a console": lambda text: "\n".join(map(repr, _records(_organization(text)))),
}
MARKDOWN: dict[str, Callable[[str], str]] = {
    "explanation": lambda text: _organization(text).explain("AAA", "2005").to_markdown(full=True),
    "explanation, Russian": lambda text: (
        _organization(text).explain("AAA", "2005", lang="ru").to_markdown(full=True)
    ),
    "finding": lambda text: _finding(text).to_markdown(full=True),
    "finding, wrong": lambda text: _finding(text, is_right=False).to_markdown(full=True),
    "finding on an office": lambda text: _office_finding(text).to_markdown(full=True),
}
CARDS: dict[str, Callable[[str], str]] = {
    "explanation": lambda text: _organization(text).explain("AAA", "2005")._repr_html_(),
    "finding": lambda text: _finding(text)._repr_html_(),
    "roster": lambda text: _organization(text).members_on("2005-01-01")._repr_html_(),
    "spells": lambda text: _organization(text).spells("AAA")._repr_html_(),
    "changes": lambda text: _organization(text).changes()._repr_html_(),
    "organization": lambda text: _organization(text)._repr_html_(),
    "explorer": lambda text: _explorer(_organization(text)),
}


def _records(organization: Organization) -> list[object]:
    """Every kind of record of an organization."""
    history = organization.history
    return [
        organization.state("AAA"),
        history,
        *history.eras,
        *history.events,
        *history.offices,
        *history.offices[0].terms,
        *history.participations,
        *history.participations[0].participants,
        *organization.instruments,
        *organization.sources(),
    ]


def _explorer(organization: Organization) -> str:
    """The page of an organization."""
    from csto_membership.explorer import html

    return html(organization, "en")


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("output", TEXTS)
def test_a_text_has_the_lines_of_a_plain_one(output: str, kind: str) -> None:
    """Whatever a name holds, no line is added or driven, and nothing stands in it that cannot be seen."""
    text = TEXTS[output](HOSTILE[kind])

    assert not _OBEYED.search(text)
    assert len(text.split("\n")) == len(TEXTS[output](BENIGN).split("\n"))
    assert not re.search(r"^(Sources|- forged)", text.replace(_last(text), ""), flags=re.MULTILINE) or (
        text.count("\nSources") == TEXTS[output](BENIGN).count("\nSources")
    )


def _last(text: str) -> str:
    """The lines from the true sources on."""
    return text[text.rfind("\nSources") :] if "\nSources" in text else "\0"


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("output", MARKDOWN)
def test_markdown_has_the_marks_of_a_plain_one(output: str, kind: str) -> None:
    """Whatever a name holds, the document has the headings, the items and the bold words of a plain one."""
    parser = (
        pytest.importorskip("markdown_it")
        .MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
    )

    def outline(text: str) -> list[str]:
        tokens = parser.parse(text)
        kinds = [inner.type for token in tokens for inner in (token, *(token.children or ()))]
        return [kind for kind in kinds if kind not in {"text", "text_special"}]

    said = MARKDOWN[output](HOSTILE[kind])

    assert not _OBEYED.search(said)
    assert outline(said) == outline(MARKDOWN[output](BENIGN))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a_b* [1] <b> | c", r"a\_b\* \[1\] \<b\> \| c"),
        ("AT&T &copy; &#60;", r"AT&T \&copy; \&\#60;"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("1994) a", r"1994\) a"),
        ("1994 a", "1994 a"),
        ("a\nb", "a b"),
        ("A source, https://example.org/a_b?c=[d]&e", "A source, <https://example.org/a_b?c=[d]&e>"),
        ("https://example.org/a_b", "<https://example.org/a_b>"),
        ("https://example.org/a_b c", r"https://example.org/a\_b c"),
        ("a https://e.org/<b>", r"a <https://e.org/>\<b\>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_a_line_of_markdown(line: str, expected: str) -> None:
    """A backslash stands before what would be mark-up, and the address at the end is a link to what it says."""
    assert marked(line) == expected


class _Outline(HTMLParser):
    """The elements of a page, with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("output", CARDS)
def test_html_has_the_elements_of_a_plain_page(output: str, kind: str) -> None:
    """Whatever a name holds, it makes no element and no attribute."""
    said, plain = CARDS[output](HOSTILE[kind]), CARDS[output](BENIGN)

    assert not _OBEYED.search(said.replace("\n", ""))
    found = _Outline(said).elements
    assert {element for element in found if element[0] not in _DRAWN} == {
        element for element in _Outline(plain).elements if element[0] not in _DRAWN
    }
    assert all(not name.startswith("on") for _, names in found for name in names)


_DRAWN = {"text", "tspan", "title", "g"}  # long names are broken over lines


@pytest.mark.parametrize("kind", HOSTILE)
def test_sql_keeps_the_text(kind: str) -> None:
    """A name ends no literal: every table is there, with the name in it."""
    text = HOSTILE[kind]
    script = _organization(text).to_sql("sqlite")

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        assert connection.execute("SELECT name FROM states WHERE iso3 = 'AAA'").fetchall() == [(text,)]


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_picture_in_a_terminal_has_nothing_to_obey(kind: str) -> None:
    """A timeline in a terminal shows nothing hidden, and no name begins a line; a long one may fill another."""
    from csto_membership.drawing.terminal import terminal

    text = terminal(_organization(HOSTILE[kind]))

    assert not _OBEYED.search(text)
    assert len(text.split("\n")) - len(terminal(_organization(BENIGN)).split("\n")) in {0, 1}
    assert not re.search("^(Sources|- forged)", text, flags=re.MULTILINE)


def test_a_fault_of_records_is_one_line() -> None:
    """An identifier forges no fault: its line ends are shown by number."""
    name = "era\nfacts.yaml:1:1: forged\x1b[31m\u202e"
    history = History(
        id="ORG",
        name="O",
        eras=(
            Era(id=name, name="E", effect=exact("2001-01-01"), sources=("s",)),
            Era(id="b", name="E", effect=exact("2000-01-01"), sources=("s",)),
        ),
    )
    source = Source(id="s", title="S", publisher="P", kind=SourceKind.PRESS)
    dataset = Dataset(
        verified_through=exact("2020-01-01"), states=(), sources=(source,), histories=(history,)
    )

    with pytest.raises(DatasetError) as caught:
        build(dataset)

    shown = r"era\nfacts.yaml:1:1: forged\x1b[31m\u202e"
    assert str(caught.value) == (
        f"ORG: era b begins on 2000-01-01, not after era {shown} of 2001-01-01. "
        "Put the eras in the order in which they began. [CM018]"
    )


def test_an_error_shows_what_it_was_given() -> None:
    """What is wrong and what to do hold no character that is obeyed; several sentences keep their lines."""
    error = MembershipError(("a\x1b[2J\u202eb.", "c\nd\u200be."), "Write \x07.")

    assert str(error) == "a\\x1b[2J\\u202eb.\nc\\nd\\u200be. Write \\x07."


def test_the_name_of_a_file_is_shown_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The name of a file is text of whoever made it: its escapes are printed, and not obeyed."""
    path = tmp_path / "a\n\x1b[31mfacts\u202e.yaml"
    path.write_text("a: b\n", encoding="utf-8")
    shown = rf"{tmp_path}/a\n\x1b[31mfacts\u202e.yaml"

    with pytest.raises(DatasetError) as caught:
        load(path)
    assert all(problem.startswith(f"{shown}:1:1: ") for problem in caught.value.problems)

    assert main(["members", "2003", "--file", str(path)]) == 1
    assert all(line.startswith(shown) for line in capsys.readouterr().err.splitlines())
    assert main(["members", "2003", "--file", f"{path}x"]) == 1
    assert capsys.readouterr().err == f"{shown}x: No such file or directory. Check the path.\n"


def test_words_on_standard_error_hold_nothing_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said of the output is as visible as the output."""
    say("a\x1b[31m\nb\x9b")

    assert capsys.readouterr().err == "a\\x1b[31m\nb\\x9b\n"
