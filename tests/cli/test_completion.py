"""Completion in bash, zsh and fish: each shell that is installed completes for real."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from csto_membership.cli import main
from csto_membership.cli.grammar import COMMANDS, PROGRAM

if TYPE_CHECKING:
    from pathlib import Path

# What is typed, and what the last word becomes: by the commands, the options of one, an option's values, or files.
TYPED = [
    (["mem"], "members"),
    (["--vers"], "--version"),
    (["members", "2003", "--ext"], "--extrapolate"),
    (["members", "2003", "--format", "js"], "json"),
    (["--print-completion", "z"], "zsh"),
    (["--format", "json", "mem"], "members"),
    (["claim", "--host"], "--host"),
    (["panel", "2003", "2006", "--form"], "--format"),
    (["timeline", "--hel"], "--help"),
]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file names each command with each of its options."""
    assert main(["--print-completion", shell]) == 0
    printed = capsys.readouterr().out

    for command in COMMANDS:
        assert command.name in printed
        for option in command.options:
            assert (f"-l {option.name[2:]} " if shell == "fish" else option.name) in printed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_its_shell(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shell, where it is installed, finds no fault in the file."""
    main(["--print-completion", shell])
    file = tmp_path / "completion"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")

    subprocess.run([shell, "-n", str(file)], check=True)  # noqa: S603 (our own file)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_bash_completes(typed: list[str], offered: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The word at hand is completed by commands, by the options of the command, or by an option's values."""
    assert _bash(typed, capsys) == [offered]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_fish_completes(typed: list[str], offered: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Fish tells what it would offer."""
    assert _fish(typed, capsys) == [offered]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
@pytest.mark.parametrize("typed", [typed for typed, _ in TYPED], ids=" ".join)
def test_zsh_completes(typed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is typed into zsh, with the key of completion behind it, becomes the whole line."""
    (offered,) = [offered for words, offered in TYPED if words is typed]

    assert _zsh(typed, tmp_path, capsys) == [PROGRAM, *typed[:-1], offered]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("before", [["check"], ["members", "--file"], ["annotate"]], ids=" ".join)
def test_files_are_completed(
    shell: str, before: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command or an option that takes a file is completed by the names of files."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    file = tmp_path / "facts-of-mine.yaml"
    file.touch()
    typed = [*before, str(tmp_path / "facts-of")]
    if shell == "zsh":
        completed = _zsh(typed, tmp_path, capsys)[-1:]
    else:
        completed = {"bash": _bash, "fish": _fish}[shell](typed, capsys)

    assert completed == [str(file)]


def _printed(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The file for a shell."""
    main(["--print-completion", shell])
    return capsys.readouterr().out


def _bash(typed: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What bash offers for the last word."""
    words = " ".join(map(shlex.quote, [PROGRAM, *typed]))
    script = _printed("bash", capsys)
    script += f'COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _csto_membership; echo "${{COMPREPLY[*]}}"\n'
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603, S607 (our own)
    return ended.stdout.split()


def _fish(typed: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What fish offers for the last word."""
    script = f"{_printed('fish', capsys)}complete -C {shlex.quote(' '.join([PROGRAM, *typed]))}\n"
    ended = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603, S607 (our own)
    return [line.split("\t")[0] for line in ended.stdout.splitlines()]


def _zsh(typed: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The line in zsh once its last word was completed, read from a terminal: zsh completes nowhere else."""
    import pty

    file = folder / "completion.zsh"
    file.write_text(
        "PS1='' PS2='' RPS1=''; unsetopt promptcr promptsp beep\nautoload -Uz compinit; compinit -D -u\n"
        f"{_printed('zsh', capsys)}"
        "tell() { print -r -- \"<<$BUFFER>>\"; }; zle -N tell; bindkey '^T' tell; bindkey '^I' complete-word\n"
        "print ready\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "TERM": "dumb", "ZDOTDIR": str(folder), "HOME": str(folder)}
    terminal, inside = pty.openpty()
    with subprocess.Popen(
        ["zsh", "-f", "-i"],  # noqa: S607 (the shell of the test)
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(inside)
        try:
            os.write(terminal, f" source {shlex.quote(str(file))}\n".encode())
            _read(terminal, r"\nready\r?\n")
            os.write(terminal, f"{' '.join([PROGRAM, *typed])}\t\x14".encode())
            told = _read(terminal, r"<<[^$].*?>>")
        finally:
            process.kill()
            os.close(terminal)
    return shlex.split(re.findall(r"<<([^$].*?)>>", told, flags=re.DOTALL)[-1])


def _read(terminal: int, wanted: str) -> str:
    """What a terminal shows, up to what is waited for."""
    said = ""
    begun = time.monotonic()
    while not re.search(wanted, said, flags=re.DOTALL):
        assert time.monotonic() - begun < 30, said
        said += os.read(terminal, 65536).decode(errors="replace")
    return said
