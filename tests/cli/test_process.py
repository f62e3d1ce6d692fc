"""The command line as a process: what it does with its outputs, and what it loads."""

from __future__ import annotations

import errno
import io
import json
import os
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from csto_membership import csto
from csto_membership.cli import main


def test_the_module_runs_as_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m csto_membership`` answers like the command, and leaves its exit code."""
    monkeypatch.setattr(sys, "argv", ["csto-membership", "status", "UZB", "2003"])

    with pytest.raises(SystemExit) as caught:
        runpy.run_module("csto_membership", run_name="__main__")

    assert caught.value.code == 0
    assert capsys.readouterr().out == "UZB FORMER member: no\n"


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    """Output that is read by ``head`` ends quietly."""
    command = [sys.executable, "-m", "csto_membership", "explain", "UZB", "2003-06-30"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:  # noqa: S603 (our own)
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read()

    assert (run.returncode, said) == (0, b"")


def test_a_console_without_the_letters_is_no_crash() -> None:
    """On a console that knows only ASCII a letter it lacks is shown by its number."""
    command = [sys.executable, "-m", "csto_membership", "members", "2003", "--lang", "ar"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 (our own)

    assert run.stdout.startswith(b"ARM \\u0623\\u0631")


def test_json_is_json_on_any_console() -> None:
    """A letter that the output lacks is escaped as JSON has it, not as a console shows it."""
    command = [sys.executable, "-m", "csto_membership", "explain", "ARM", "2024-03-01", "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 (our own)

    assert b"H\\u00fcrriyet" in run.stdout
    assert json.loads(run.stdout)["answer"] == csto.explain("ARM", "2024-03-01").to_dict()


class _SeenEnough(io.StringIO):
    """Standard output whose reader has gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_closed_output_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the reader has gone nothing more is written, and that is no error."""
    monkeypatch.setattr(sys, "stdout", _SeenEnough())

    assert main(["members", "2003"]) == 0
    assert sys.stdout is None


class _Full(io.StringIO):
    """Standard output without room."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_output_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing more can be written the fault is said, and nothing is flushed at exit."""
    monkeypatch.setattr(sys, "stdout", _Full())

    assert main(["members", "2003"]) == 1
    assert sys.stdout is None
    assert capsys.readouterr().err == (
        "standard output: No space left on device. Direct it to where there is room.\n"
    )


def test_no_output_ends_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without standard output an answer has nowhere to go; without standard error a fault has none, either."""
    monkeypatch.setattr(sys, "stdout", None)

    assert main(["members", "2003"]) == 1
    assert capsys.readouterr().err == (
        "standard output is closed. Leave it open, or direct it into a file.\n"
    )
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["members", "2003"]) == 1


def run(arguments: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "csto_membership", *arguments]
    return subprocess.run(command, stderr=subprocess.PIPE, check=False, **how)  # type: ignore[call-overload, no-any-return] # noqa: S603 (our own)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["members", "2003"], ["--help"], ["history", "--format", "csv"]])
def test_a_full_output_gives_one_sentence(arguments: list[str]) -> None:
    """Where nothing can be written the command says so, once, and leaves with 1."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123 (a device)
        ended = run(arguments, stdout=full)

    assert ended.returncode == 1
    assert ended.stderr == b"standard output: No space left on device. Direct it to where there is room.\n"


@pytest.mark.skipif(os.name != "posix", reason="no shell that closes an output")
@pytest.mark.parametrize("arguments", ["members 2003", "--version", "explain UZB 2003 --json"])
def test_a_closed_output_gives_one_sentence(arguments: str) -> None:
    """Started without standard output, the command says so and leaves with 1."""
    command = f"{shlex.quote(sys.executable)} -m csto_membership {arguments} >&-"
    ended = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602 (our own words)

    assert ended.returncode == 1
    assert ended.stderr == b"standard output is closed. Leave it open, or direct it into a file.\n"


@pytest.mark.skipif(os.name != "posix", reason="no shell that closes an output")
def test_without_standard_error_the_exit_code_is_left() -> None:
    """A fault that cannot be said is no data: nothing goes to standard output."""
    command = f"{shlex.quote(sys.executable)} -m csto_membership members nonsense 2>&-"
    ended = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602 (our own words)

    assert (ended.returncode, ended.stdout) == (1, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["members", "2003"],
        ["members", "2003", "--json"],
        ["status", "UZB", "2003", "--lang", "ru", "--format", "csv"],
        ["history"],
        ["explain", "UZB", "2003"],
        ["claim", "--states", "UZB"],
        ["--help"],
        ["annotate", "--help"],
        ["--print-completion", "bash"],
    ],
)
def test_no_library_of_tables_is_loaded(arguments: list[str]) -> None:
    """Only panels, dyads and Parquet files need one."""
    code = (
        "import sys; from csto_membership.cli import main; "
        f"assert main({arguments!r}) == 0; "
        "print(*{'narwhals', 'numpy', 'pandas', 'polars', 'pyarrow', 'duckdb', 'matplotlib'} & set(sys.modules), "
        "file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)  # noqa: S603 (our own)

    assert ended.stderr == b"\n"


def test_a_list_of_members_loads_no_claims() -> None:
    """The question asked most often loads what it needs, and no more."""
    code = (
        "import sys; from csto_membership.cli import main; main(['members', '2003']); "
        "print(*{'csto_membership.claims', 'csto_membership.cli.manual', 'json', 'csv', 'difflib'} "
        "& set(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)  # noqa: S603 (our own)

    assert ended.stderr == b"\n"
