"""The grammar: which commands there are, what each takes, and an example of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership.cli import options as of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership.cli.options import Option

PROGRAM = "csto-membership"
ABOUT = "Who was a member of the Collective Security Treaty and its Organization on a given day."


class Command(NamedTuple):
    """One command.

    Attributes:
        name: The word that asks for it.
        text: What it answers, as help shows it.
        examples: Real command lines, without the program's name; the first is the most common one.
        run: The module and the function that answer it.
        needs: Its required positional words.
        takes: Its optional positional words, which follow these.
        repeats: Whether the last word may be given several times.
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
_END = "the first year, month or day to leave out; the one after the horizon's unless given"

_TABLE = "the table, CSV or Parquet, with a row of column names"
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
            "the first day to leave out",
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
            of.SENTENCES,
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
        options=(*of.FACTS, *of.READING, of.CODES_OUT, of.FREQ, of.RULE, of.ROWS, of.SYSTEM, *of.ROWS_OUT),
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
            of.UNTIL_COLUMN,
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
        "export",
        "the organization for other tools: a page, JSON, a facts file, SQL, a database, CSV, Parquet or a Data Package",
        ("export --format json", "export --format html -o csto.html"),
        ("exporting", "export"),
        options=(
            *of.FACTS,
            *of.READING,
            of.EXPORT_FORMAT,
            of.DIALECT,
            of.WHAT,
            of.SENTENCES,
            of.OUT,
        ),
    ),
    Command(
        "check",
        "check facts files against every rule",
        ("check data/membership.yaml",),
        ("commands", "check"),
        needs=("FILE",),
        repeats=True,
        options=of.TEXT_OUT,
        words=("a facts file",),
    ),
    Command(
        "schema",
        "the JSON Schema of facts files, by which editors complete and check them",
        ("schema -o facts.schema.json",),
        ("exporting", "schema"),
        options=(of.OUT,),
    ),
    Command(
        "from-spells",
        "a facts file made of a table with a row for each spell",
        ("from-spells nato.csv --ends last-day --verified-through 2023-12-31 -o nato.yaml",),
        ("importing", "from_spells"),
        needs=("FILE",),
        options=(
            of.TABLE_STATE,
            of.START_COLUMN,
            of.END_COLUMN,
            of.ENDS,
            of.VERIFIED,
            of.SPELL_STATUS,
            of.CODES,
            of.NAME,
            of.SOURCE,
            of.LACKING,
            of.OUT,
        ),
        words=(_TABLE,),
    ),
    Command(
        "from-state-years",
        "a facts file made of a table with a row for each state and year",
        ("from-state-years members.csv --rule any --codes cow -o members.yaml",),
        ("importing", "from_state_years"),
        needs=("FILE",),
        options=(
            of.TABLE_STATE,
            of.YEAR_COLUMN,
            of.VALUE_COLUMN,
            of.CODING_RULE,
            of.ABSENT,
            of.BEFORE,
            of.CODES,
            of.NAME,
            of.SOURCE,
            of.LACKING,
            of.OUT,
        ),
        words=(_TABLE,),
    ),
)


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
