"""The command that draws the timeline into the terminal."""

from __future__ import annotations

import contextlib
import io
import os
from typing import TYPE_CHECKING

import pytest

from csto_membership import csto, load
from csto_membership.cli import main
from csto_membership.drawing import terminal

if TYPE_CHECKING:
    from pathlib import Path


class _Terminal(io.StringIO):
    """Standard output as a terminal is it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def on_terminal(*options: str, encoding: str = "utf-8") -> str:
    """What the command prints into a terminal."""
    screen = _Terminal()
    screen.encoding = encoding
    with contextlib.redirect_stdout(screen):
        assert main(["timeline", *options]) == 0
    return screen.getvalue()


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of a terminal of 100 columns that has colours."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return monkeypatch


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_the_timeline_is_that_of_the_library(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In a file or a pipe it takes 80 columns and has no colour."""
    assert main(["timeline", "--lang", lang]) == 0
    assert capsys.readouterr() == (f"{terminal(csto, lang=lang, width=80)}\n", "")


def test_lanes_width_day_and_reading_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """States by any code, a day to mark, and the reading under which it is drawn."""
    asked = ["--states", "371, Uzbekistan", "--width", "60", "--on", "latest", "--dating", "any"]

    assert main(["timeline", *asked[2:], "--states", "371", "--codes", "cow"]) == 0
    drawn = csto.reading(dating="any")
    expected = terminal(drawn, states=["ARM"], width=60, on=csto.horizon.isoformat())
    assert capsys.readouterr().out == f"{expected}\n"
    assert main(["timeline", *asked]) == 0
    expected = terminal(drawn, states=["ARM", "UZB"], width=60, on=csto.horizon.isoformat())
    assert capsys.readouterr().out == f"{expected}\n"


@pytest.mark.usefixtures("colours")
def test_a_terminal_gets_colours_and_its_width() -> None:
    """Where a person looks, colours repeat what the characters say."""
    printed = on_terminal()

    assert printed == f"{terminal(csto, width=100, has_colour=True)}\n"
    assert "\x1b[" in printed


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_declined(name: str, value: str, colours: pytest.MonkeyPatch) -> None:
    """NO_COLOR, or a terminal without colours, leaves the characters alone."""
    colours.setenv(name, value)

    assert on_terminal() == f"{terminal(csto, width=100)}\n"


def test_a_wide_terminal_is_not_filled(colours: pytest.MonkeyPatch) -> None:
    """Lanes of more than 120 columns are read no better."""
    colours.setenv("COLUMNS", "300")

    assert on_terminal() == f"{terminal(csto, width=120, has_colour=True)}\n"


@pytest.mark.usefixtures("colours")
def test_a_terminal_without_blocks_gets_ascii() -> None:
    """Where the encoding lacks block characters, plain ones stand in."""
    printed = on_terminal("--width", "80", encoding="ascii")

    assert printed == f"{terminal(csto, width=80, characters='ascii', has_colour=True)}\n"


def test_no_line_is_wider_than_80_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with long names fits as well."""
    file = tmp_path / "x.yaml"
    file.write_text(
        "verified_through: 2020-01-01\n"
        "sources: {s: {title: T, publisher: P, kind: press}}\n"
        "instruments: {i: {title: I, sources: [s]}}\n"
        f'states: {{AAA: {{name: "{"Long" * 30}"}}}}\n'
        "organizations: {X: {name: X, events: {AAA: [{act: join, effect: 2001-01-01, instrument: i, "
        "sources: [s]}]}}}\n",
        encoding="utf-8",
    )

    assert main(["timeline", "--file", str(file)]) == 0
    printed = capsys.readouterr().out
    assert printed == f"{terminal(load(os.fspath(file)), width=80)}\n"
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["--width", "x"],
            2,
            "--width 'x' is no number of columns. Write it in digits, for example --width 80.",
        ),
        (["--width", "10"], 1, "width=10 is too narrow for a timeline. Give 40 or more with --width."),
        (["--on", "today"], 1, None),
        (["--lang", "hy"], 1, "no pictures in 'hy'. There are en, ar, ru."),
        (["--format", "csv"], 2, None),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    arguments: list[str], code: int, sentence: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence on standard error, and no half of a picture."""
    assert main(["timeline", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert sentence is None or err == f"{sentence}\n"
