"""Parses a command line by the grammar; a wrong one raises ``MisuseError`` with one sentence."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from csto_membership.cli.grammar import COMMANDS, PROGRAM, commands_with, every_option, listed
from csto_membership.cli.options import ANYWHERE
from csto_membership.errors import MembershipError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership.cli.grammar import Command
    from csto_membership.cli.options import Option

_SHORT = {"--out": "-o", "--help": "-h"}


class MisuseError(MembershipError):
    """A command line that the grammar does not know."""


def quoted(word: str) -> str:
    """A word as a shell takes it."""
    import shlex

    return shlex.quote(word)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a command line says: every option as a field, *command*, and its *words* by name.

    Options may stand before or after the command. argparse only parses known options; the rest (command,
    words and unknown options) is handled here. So all messages are our own: argparse words them differently
    in each Python.

    Args:
        arguments: The command line after the program's name; ``None`` for the process's own.

    Raises:
        MisuseError: It does not follow the grammar.
    """
    known = every_option()
    parser = argparse.ArgumentParser(prog=PROGRAM, add_help=False, allow_abbrev=False, exit_on_error=False)
    for option in known.values():
        names = [option.name, *([_SHORT[option.name]] if option.name in _SHORT else [])]
        if option.value:
            parser.add_argument(*names, default=None)
        else:
            parser.add_argument(*names, action="store_true")
    try:
        given, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise _misspelled(known[str(error.argument_name).partition("/")[0]]) from None
    words = _words(rest, known)
    given.command, given.words = None, {}
    if words:
        given.command = _command(words)
    elif not (given.help or given.version or given.print_completion):
        raise MisuseError(
            "no command.", f"Give one of {', '.join(command.name for command in COMMANDS)}, or --help."
        )
    if given.command is not None and not given.help:
        _check_options(given, given.command, known)
        given.words = _named(given.command, words[1:])
    _check_format(given)
    return given


def _misspelled(option: Option) -> MisuseError:
    """The fault of an option without its value, or of a switch with one."""
    if not option.value:
        return MisuseError(f"{option.name} takes no value.", f"Write {option.name} alone.")
    return MisuseError(f"{option.name} lacks its value.", f"Write {option.written}: {option.text}.")


def _words(rest: Sequence[str], known: Iterable[str]) -> list[str]:
    """The words among what is left over.

    Raises:
        MisuseError: An unknown option is among it.
    """
    words: list[str] = []
    for place, word in enumerate(rest):
        if word == "--":
            return [*words, *rest[place + 1 :]]
        if word.startswith("-") and not word[1:2].isdigit() and word != "-":
            name = word.partition("=")[0]
            suggestion = did_you_mean(name, known)
            raise MisuseError(f"no option {name!r}.", suggestion.strip() or f"See {PROGRAM} --help.")
        words.append(word)
    return words


def _command(words: Sequence[str]) -> Command:
    """The command that the first word asks for.

    Raises:
        MisuseError: There is none of that name.
    """
    by_name = {command.name: command for command in COMMANDS}
    if words[0] in by_name:
        return by_name[words[0]]
    way_out = did_you_mean(words[0], by_name)
    if not way_out and words[0][:1].isdigit():
        way_out = f"To ask about a day, write {PROGRAM} members {words[0]}"
    elif not way_out and len(words) > 1 and words[1][:1].isdigit():
        way_out = f"To ask about a state on a day, write {PROGRAM} status {quoted(words[0])} {words[1]}"
    way_out = way_out.strip() or f"There are {', '.join(by_name)}."
    raise MisuseError(f"no command {words[0]!r}.", way_out)


def _check_options(given: argparse.Namespace, command: Command, known: dict[str, Option]) -> None:
    """Refuse an option that the command does not use, and a value that it does not take.

    Raises:
        MisuseError: There is one.
    """
    for option in known.values():
        value = getattr(given, option.field)
        if value in (None, False) or option in ANYWHERE:
            continue
        own = command.option(option.name)
        if own is None:
            way_out = f"It is an option of {commands_with(option.name)}; see {PROGRAM} {command.name} --help."
            if option.name == "--out":
                way_out = f"It prints: write {PROGRAM} {command.name} ... > {quoted(value)}, or use export."
            raise MisuseError(f"{command.name} does not use {option.name}.", way_out)
        if own.choices and value not in own.choices:
            raise MisuseError(
                f"{option.name} {value!r} is not an option of {command.name}.",
                f"{did_you_mean(value, own.choices)}Use {' or '.join(own.choices)}.",
            )


def _named(command: Command, words: Sequence[str]) -> dict[str, str | tuple[str, ...]]:
    """The words after a command, by their names; repeated ones are a tuple under the last name.

    Raises:
        MisuseError: There are too few or too many.
    """
    usage = f"{PROGRAM} {command.usage}"
    names = (*command.needs, *command.takes)
    if len(words) < len(command.needs):
        missing = command.needs[len(words)]
        raise MisuseError(
            f"{command.name} lacks {missing}.", f"Write {usage}, for example {PROGRAM} {command.example}"
        )
    if command.repeats:
        return {f"{names[-1]}S": tuple(words)}
    if len(words) > len(names):
        raise _too_many(command, words, names)
    return dict(zip(names, words, strict=False))


def _too_many(command: Command, words: Sequence[str], names: Sequence[str]) -> MisuseError:
    """The fault of more words than a command takes, which is often a name of several words without quotes."""
    fault = f"{command.name} takes {len(names)} word{'' if len(names) == 1 else 's'}, got {len(words)}."
    if not names:
        fault = f"{command.name} takes no word, got {words[0]!r}."
    if "STATE" in names:
        after = len(names) - 1 - names.index("STATE")
        name = " ".join(words[: len(words) - after])
        line = " ".join((PROGRAM, command.name, quoted(name), *words[len(words) - after :]))
        return MisuseError(fault, f"If {name!r} is one name, put it in quotes: {line}")
    return MisuseError(fault, f"Write {PROGRAM} {command.usage}, for example {PROGRAM} {command.example}")


def _check_format(given: argparse.Namespace) -> None:
    """Combine ``--format``, ``--json`` and ``--markdown`` into one format.

    Raises:
        MisuseError: They contradict each other.
    """
    wanted = [] if given.format is None else [f"--format {given.format}"]
    wanted += ["--json"] if given.json and given.format != "json" else []
    wanted += ["--markdown"] if given.markdown else []
    if len(wanted) > 1:
        raise MisuseError(f"{listed(wanted)} contradict each other.", "Give one of them.")
    given.format = "json" if given.json else given.format or ("markdown" if given.markdown else "table")
