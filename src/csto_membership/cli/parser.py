"""The grammar: which commands there are, what each takes, and what a command line says in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from csto_membership.cli import options as of
from csto_membership.errors import MembershipError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership.cli.options import Option

PROGRAM = "csto-membership"
ABOUT = "Who was a member of the Collective Security Treaty and its Organization on a given day."


class MisuseError(MembershipError):
    """A command line that the grammar does not know."""


class Command(NamedTuple):
    """One command.

    Attributes:
        name: The word that asks for it.
        text: What it answers, as help shows it.
        examples: Real command lines, without the program's name; the first is the one that most will need.
        run: The module and the function that answer it.
        needs: The words that must follow it.
        takes: The words that may follow these.
        repeats: Whether the last of the words may be given again and again.
        options: The options that it uses.
        words: What each word is, as help shows it.
    """

    name: str
    text: str
    examples: tuple[str, ...]
    run: tuple[str, str]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    repeats: bool = False
    options: tuple[Option, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """The first of its examples."""
        return self.examples[0]

    @property
    def usage(self) -> str:
        """The command with its words; those in brackets may be left out."""
        written = [*self.needs, *(f"[{word}]" for word in self.takes), *(["..."] if self.repeats else [])]
        return " ".join((self.name, *written))

    def option(self, name: str) -> Option | None:
        """Its option of this name, if it has one."""
        return next((option for option in self.options if option.name == name), None)


_STATE = "a state by any code or name; a name of two words in quotes"
_START = (
    "the first year, or the day whose year, month or day is the first; that of the first change unless given"
)
_END = "the first that no longer counts; that after the horizon's unless given"

_KIND = (
    "roster, status, count, act, founding, milestone, signature, office or participation; roster unless given, or act "
    "with --act"
)

COMMANDS = (
    Command(
        "members",
        "the members on a day",
        ("members 2003-06-30",),
        ("commands", "members"),
        needs=("DAY",),
        options=(*of.FACTS, *of.READING, of.LANG, *of.ROWS_OUT),
        words=(of.DAY,),
    ),
    Command(
        "status",
        "the status of a state on a day",
        ("status UZB 2003-06-30",),
        ("commands", "status"),
        needs=("STATE", "DAY"),
        options=(*of.FACTS, *of.READING, of.CODES, of.LANG, *of.ROWS_OUT, of.EXIT_CODE),
        words=(_STATE, of.DAY),
    ),
    Command(
        "history",
        "the spells of a state, or of all states: each from its first day to the first day after it",
        ("history UZB",),
        ("commands", "history"),
        takes=("STATE",),
        options=(*of.FACTS, *of.READING, of.CODES, of.LANG, *of.ROWS_OUT),
        words=(_STATE,),
    ),
    Command(
        "changes",
        "what changed in a time, or from a day up to another",
        ("changes 1999",),
        ("commands", "changes"),
        takes=("START", "END"),
        options=(*of.FACTS, *of.READING, of.CODES, of.OF_STATE, of.ACT, of.LANG, *of.ROWS_OUT),
        words=(
            f"all time unless given; {of.DAY}; with END {of.ONE_DAY}",
            "the first day that no longer counts",
        ),
    ),
    Command(
        "next",
        "the first change after a day",
        ("next 2007-01-01",),
        ("commands", "following"),
        needs=("DAY",),
        options=(*of.FACTS, *of.READING, of.LANG, *of.ROWS_OUT),
        words=(of.ONE_DAY,),
    ),
    Command(
        "explain",
        "the status of a state on a day, with acts, rules and sources",
        ("explain UZB 2003-06-30 --markdown",),
        ("commands", "explanation"),
        needs=("STATE", "DAY"),
        options=(
            *of.FACTS,
            *of.READING,
            of.CODES,
            of.SENTENCES,
            *of.TEXT_OUT,
            of.MARKDOWN,
            of.FULL,
            of.EXIT_CODE,
        ),
        words=(_STATE, of.DAY),
    ),
    Command(
        "together",
        "when all of these states were members",
        ("together ARM AZE",),
        ("commands", "together"),
        needs=("STATE", "STATE"),
        repeats=True,
        options=(*of.FACTS, *of.READING, of.CODES, of.LANG, *of.ROWS_OUT, of.EXIT_CODE),
        words=(_STATE, _STATE),
    ),
    Command(
        "claim",
        "is what a source says right, and when would it have been?",
        (
            "claim roster --states RUS,KAZ,KGZ,TJK,UZB,BLR,ARM --on 2003-06-30",
            "claim status --states ARM --status frozen --on 2025",
            "claim count --count 6 --on 2003",
            "claim act --states UZB --act suspend --on 2012",
            "claim founding --on 1992-05-15",
            "claim milestone --instrument charter --step signature --on 2002-10-07",
            "claim signature --instrument treaty --states ARM,KAZ --on 1992-05-15",
            "claim office --office chair --state KAZ --on 2024",
            "claim participation --form operation --states RUS --on 2022-01",
        ),
        ("claiming", "claim"),
        takes=("KIND",),
        options=(
            *of.FACTS,
            *of.READING,
            of.CODES,
            *of.CLAIM,
            *of.TEXT_OUT,
            of.MARKDOWN,
            of.FULL,
            of.EXIT_CODE,
        ),
        words=(_KIND,),
    ),
    Command(
        "office",
        "the offices, the terms of one, or who held it on a day",
        ("office chair 2024-06-01",),
        ("commands", "office"),
        takes=("OFFICE", "DAY"),
        options=(*of.FACTS, of.KNOWN_ON, of.EXTRAPOLATE, of.LANG, *of.ROWS_OUT),
        words=("chair or secretary-general", of.DAY),
    ),
    Command(
        "sources",
        "the sources that the acts cite, or those of one state",
        ("sources GEO --format csv",),
        ("commands", "sources"),
        takes=("STATE",),
        options=(*of.FACTS, of.KNOWN_ON, of.CODES, *of.ROWS_OUT),
        words=(_STATE,),
    ),
    Command(
        "panel",
        "a row for each state and year, month or day: whether it was a member",
        ("panel 2003 2006 --format csv",),
        ("tables", "panel"),
        takes=("START", "END"),
        options=(*of.FACTS, *of.READING, of.CODES_OUT, of.FREQ, of.RULE, of.ROWS, *of.ROWS_OUT),
        words=(_START, _END),
    ),
    Command(
        "dyads",
        "a row for each pair of states that were members together, by year, month or day",
        ("dyads 2003 2006 --format csv",),
        ("tables", "dyads"),
        takes=("START", "END"),
        options=(
            *of.FACTS,
            *of.READING,
            of.CODES_OUT,
            of.FREQ,
            of.PAIR_RULE,
            of.PAIRS,
            of.PAIR_ROWS,
            *of.ROWS_OUT,
        ),
        words=(_START, _END),
    ),
    Command(
        "annotate",
        "a CSV or Parquet file with a column that says of each row whether its state was a member on its day",
        ("annotate events.csv --state country --on day --codes name -o out.csv",),
        ("annotating", "annotate"),
        needs=("FILE",),
        options=(
            *of.FACTS,
            *of.READING,
            of.STATE_COLUMN,
            of.DAY_COLUMN,
            of.CELL_CODES,
            of.YEAR_RULE,
            of.INTO,
            of.STATUS_COLUMN,
            of.WHY_COLUMN,
            of.OUT,
        ),
        words=("the table, with a row of column names; it is not changed",),
    ),
    Command(
        "timeline",
        "all states in the terminal, a lane each",
        ("timeline",),
        ("drawing", "timeline"),
        options=(*of.FACTS, *of.READING, of.CODES, of.LANES, of.MARKED_DAY, of.WIDTH, of.SENTENCES),
    ),
    Command(
        "check",
        "check a facts file against every rule",
        ("check data/membership.yaml",),
        ("commands", "check"),
        needs=("FILE",),
        options=of.TEXT_OUT,
        words=("the facts file",),
    ),
)

_SHORT = {"--out": "-o", "--help": "-h"}


def every_option() -> dict[str, Option]:
    """All options by name; where commands mean different things by one, the first of them."""
    known: dict[str, Option] = {}
    for options in (of.ANYWHERE, *(command.options for command in COMMANDS)):
        for option in options:
            known.setdefault(option.name, option)
    return known


def commands_with(option: str) -> str:
    """The commands that use an option, as a list."""
    return listed(command.name for command in COMMANDS if command.option(option))


def listed(names: Iterable[str]) -> str:
    """Names as a list in a sentence."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def quoted(word: str) -> str:
    """A word as a shell takes it."""
    import shlex

    return shlex.quote(word)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a command line says: every option as a field, *command*, and its *words* by name.

    Options stand before or after the command. What argparse does not know as an option it leaves over, in order:
    the command, its words, and unknown options. None of the sentences is argparse's, whose wording differs from one
    version of Python to the next.

    Args:
        arguments: The command line after the program's name; ``None`` for the process's own.

    Raises:
        MisuseError: It is none.
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
        if value in (None, False) or option in of.ANYWHERE:
            continue
        own = command.option(option.name)
        if own is None:
            raise MisuseError(
                f"{command.name} does not use {option.name}.",
                f"It is an option of {commands_with(option.name)}; see {PROGRAM} {command.name} --help.",
            )
        if own.choices and value not in own.choices:
            raise MisuseError(
                f"{option.name} {value!r} is not an option of {command.name}.",
                f"{did_you_mean(value, own.choices)}Use {' or '.join(own.choices)}.",
            )


def _named(command: Command, words: Sequence[str]) -> dict[str, str | tuple[str, ...]]:
    """The words behind a command, by what they are; those that repeat stand together under the last name.

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
    """Make one format of ``--format``, ``--json`` and ``--markdown``.

    Raises:
        MisuseError: They contradict each other.
    """
    wanted = [] if given.format is None else [f"--format {given.format}"]
    wanted += ["--json"] if given.json and given.format != "json" else []
    wanted += ["--markdown"] if given.markdown else []
    if len(wanted) > 1:
        raise MisuseError(f"{listed(wanted)} contradict each other.", "Give one of them.")
    given.format = "json" if given.json else given.format or ("markdown" if given.markdown else "table")
