"""Help, the reference page, completion and the version."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from csto_membership import csto
from csto_membership.cli import main
from csto_membership.cli.grammar import COMMANDS, PROGRAM, Command
from csto_membership.cli.manual import help_of
from csto_membership.cli.options import ANYWHERE
from csto_membership.cli.parser import parsed

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
NAMES = [command.name for command in COMMANDS]


def _tool() -> ModuleType:
    """The script that writes the reference page."""
    spec = importlib.util.spec_from_file_location("cli_reference", ROOT / "tools" / "cli_reference.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_the_reference_page_is_that_of_the_tool() -> None:
    """The page is written by ``python tools/cli_reference.py`` and never falls behind the commands."""
    tool = _tool()

    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_help_shows_every_option_and_an_example(
    command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--help of a command, before or after it, names all that it takes, and an example that parses."""
    monkeypatch.setenv("COLUMNS", "1000")  # so that no sentence is broken

    assert main([command.name, "--help"]) == 0
    printed = capsys.readouterr().out
    assert main(["-h", command.name]) == 0
    assert capsys.readouterr().out == printed

    for option in command.options:
        assert re.search(
            rf"^  {re.escape(option.written)}\s+{re.escape(option.text)}$", printed, re.MULTILINE
        )
    for example in command.examples:
        assert f"\n  {PROGRAM} {example}\n" in printed
        assert parsed(shlex.split(example)).command is command


def test_help_of_the_program_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """--help alone names every command with what it answers."""
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out

    assert [name for name in NAMES if re.search(rf"^  {name} ", printed, re.MULTILINE)] == NAMES
    assert all(option.written in printed for option in ANYWHERE)


@pytest.mark.parametrize("command", [None, *COMMANDS], ids=["program", *NAMES])
def test_help_fits_its_width(command: Command | None) -> None:
    """No line but an example or a usage is wider than asked for."""
    lines = help_of(command, 60).splitlines()

    # A line that begins with the program is meant to be copied as a whole.
    assert [line for line in lines if len(line) > 60 and PROGRAM not in line] == []


def test_help_takes_the_width_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without COLUMNS it is that of the terminal, at most 100."""
    monkeypatch.delenv("COLUMNS", raising=False)

    main(["members", "--help"])

    assert capsys.readouterr().out == help_of(COMMANDS[0], min(100, shutil.get_terminal_size().columns))


def test_every_command_can_be_run() -> None:
    """The function that answers each command is there."""
    for command in COMMANDS:
        module, function = command.run
        assert callable(getattr(importlib.import_module(f"csto_membership.cli.{module}"), function))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version prints the versions of the code installed and of the shipped facts, and leaves with 0."""
    assert main(["--version"]) == 0
    code, facts = capsys.readouterr().out.split(" ", 1)
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", code)
    assert facts == f"(facts {csto.data_version})\n"


def test_there_is_no_file_for_another_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """Another word than the name of one of three shells is misuse."""
    assert main(["--print-completion", "bsh"]) == 2
    assert capsys.readouterr().err == (
        "--print-completion: no shell 'bsh'. Did you mean 'bash'? There are bash, zsh, fish.\n"
    )
