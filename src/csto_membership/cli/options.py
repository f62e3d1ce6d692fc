"""The options of the command line: what each is called, what it takes, and what it does."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One option.

    A named tuple and not a record of attrs: the table of options is built for every command that runs.

    Attributes:
        name: As it is written: ``--known-on``.
        value: What stands behind it, such as ``DAY``; empty for a switch.
        text: What it does, as help shows it.
        choices: The only values that it takes; empty for any.
    """

    name: str
    value: str
    text: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Its name in the parsed command line."""
        return self.name.lstrip("-").replace("-", "_")

    @property
    def written(self) -> str:
        """The option with what stands behind it."""
        return f"{self.name} {self.value}" if self.value else self.name


DAY = "YYYY-MM-DD, YYYY-MM, YYYY, '[YYYY-MM-DD..YYYY-MM-DD]' for all days of a range, or latest"
ONE_DAY = "a day as YYYY-MM-DD, or latest"

HELP = Option("--help", "", "print this help and leave; -h for short")
VERSION = Option("--version", "", "print the version of the code and of the facts, and leave")
COMPLETION = Option(
    "--print-completion",
    "SHELL",
    "print a file by which a shell completes commands and options",
    ("bash", "zsh", "fish"),
)
ANYWHERE = (HELP, VERSION, COMPLETION)

FILE = Option("--file", "FILE", "ask another facts file")
ORGANIZATION = Option("--organization", "NAME", "which organization, for example CSTO-PA")
FACTS = (FILE, ORGANIZATION)

BASIS = Option(
    "--basis",
    "BASIS",
    "legal (default), active, nominal, signed, or statuses, such as observer or member,suspended",
)
DATING = Option(
    "--dating",
    "DATING",
    "effect (default), any, or steps in order of preference, such as decision,signature",
)
ERA = Option("--era", "ERA", "only days of this era: CST or CSTO")
KNOWN_ON = Option("--known-on", "DAY", "only what was public by this day, YYYY-MM-DD")
EXTRAPOLATE = Option("--extrapolate", "", "take it that nothing changed past the horizon")
READING = (BASIS, DATING, ERA, KNOWN_ON, EXTRAPOLATE)

CODES = Option(
    "--codes",
    "SCHEME",
    "how states are written: iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata or name; by default in any "
    "of these ways",
)
CODES_OUT = Option(
    "--codes",
    "SCHEME",
    "how states are written in the answer: iso3 (default), iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata or "
    "name",
)
LANG = Option(
    "--lang",
    "LANG",
    "language of names and words: en, ru, ar; of names alone az, be, hy, ka, kk, ky, tg, uz",
)
SENTENCES = Option(
    "--lang", "LANG", "language of the sentences: en, ru or ar; notes and titles stay as written"
)

FORMAT = Option(
    "--format",
    "FORMAT",
    "table (default) for people, json for programs, csv for spreadsheets",
    ("table", "json", "csv"),
)
TEXT_OR_JSON = Option(
    "--format", "FORMAT", "table (default) for people, json for programs", ("table", "json")
)
EXPORT_FORMAT = Option(
    "--format",
    "FORMAT",
    "html, json, jsonld, yaml (a facts file), sql, sqlite, csv, parquet or datapackage; the texts go to standard "
    "output without --out",
    ("html", "json", "jsonld", "yaml", "sql", "sqlite", "csv", "parquet", "datapackage"),
)
DIALECT = Option(
    "--dialect",
    "DIALECT",
    "of sql: postgresql18 (default), postgresql from 14 on, sqlite or duckdb",
    ("postgresql18", "postgresql", "sqlite", "duckdb"),
)
WHAT = Option(
    "--what",
    "TABLE",
    "of csv and parquet: spells (default), events, eras, states, instruments, sources or about",
)
JSON = Option("--json", "", "short for --format json")
ROWS_OUT = (FORMAT, JSON)
TEXT_OUT = (TEXT_OR_JSON, JSON)
MARKDOWN = Option("--markdown", "", "print Markdown")
EXIT_CODE = Option("--exit-code", "", "leave with 3 where the answer is no, and with 4 where it is open")

OF_STATE = Option("--state", "STATE", "only changes of this state")
ACT = Option("--act", "ACT", "only changes by this act: sign, join, freeze, suspend, lapse, withdraw ...")

FREQ = Option("--freq", "FREQ", "what a row stands for", ("year", "month", "day"))
RULE = Option(
    "--rule",
    "RULE",
    "how the days of a row make one answer: any (default), all, start, end, midyear, or fraction for their share",
)
PAIR_RULE = Option(
    "--rule", "RULE", "how the days of a row make one answer: any (default), all, start, end or midyear"
)
ROWS = Option(
    "--rows",
    "ROWS",
    "all (default), existing for states that were in the system of states, or members for memberships that are certain",
    ("all", "existing", "members"),
)
SYSTEM = Option("--system", "SYSTEM", "the system of states for existing: cow (default) or gw", ("cow", "gw"))
PAIR_ROWS = Option(
    "--rows", "ROWS", "members (default) for pairs that are certain, or all", ("members", "all")
)
PAIRS = Option("--pairs", "PAIRS", "each pair once (default), or both ways", ("undirected", "directed"))

STATE_COLUMN = Option("--state", "COLUMN", "the column of states; iso3 unless given")
DAY_COLUMN = Option("--on", "COLUMN", "the column of days; date unless given")
UNTIL_COLUMN = Option(
    "--until",
    "COLUMN",
    "the column of the ends of periods (the first day after each), whose first days are in --on",
)
YEAR_RULE = Option(
    "--rule",
    "RULE",
    "the column of days holds years, whose days make one answer: any, all, start, end or midyear",
)
INTO = Option("--into", "COLUMN", "the name of the new column; member unless given")
STATUS_COLUMN = Option("--status", "COLUMN", "add a column with the status, and call it so")
WHY_COLUMN = Option("--why", "COLUMN", "add a column with what leaves a cell empty, and call it so")
OUT = Option("--out", "FILE", "where to write, instead of standard output; -o for short")
CELL_CODES = Option(
    "--codes",
    "SCHEME",
    "how states are written: iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata or name; by default in any "
    "of these ways, and a word that means two states is left empty",
)

FULL = Option("--full", "", "print everything: all lines, readings, disputes and sources")

STATES = Option("--states", "STATE,...", "codes or names, separated by commas")
CLAIM_DAY = Option(
    "--on",
    "DAY",
    f"when it is said to have been so: {DAY}; without it, a list is answered with the periods in which it was right, "
    "and what happened may be of any day",
)
PARTIAL = Option("--partial", "", "the list of states need not name all")
THROUGHOUT = Option("--throughout", "", "the claim is about every day of the time")
CLAIM_ACT = Option("--act", "ACT", "what each of the states did: withdraw, suspend, join, leave, return ...")
CLAIM_STATUS = Option("--status", "STATUS", "member, frozen, suspended, observer, 'not a member' ...")
COUNT = Option("--count", "NUMBER", "how many members there were")
INCLUDING = Option("--including", "STATE,...", "states that were among them")
INSTRUMENT = Option("--instrument", "NAME", "the treaty or charter, by its identifier in the facts file")
STEP = Option("--step", "STEP", "signature, ratification, entry_into_force ...")
BODY = Option("--body", "NAME", "the body that adopted it")
OFFICE = Option("--office", "OFFICE", "chair or secretary-general")
HOLDER = Option("--state", "STATE", "the state that held the office")
PERSON = Option("--person", "NAME", "the person who held the office")
PARTICIPATION = Option(
    "--participation", "NAME", "the operation or session, by its identifier in the facts file"
)
FORM = Option("--form", "FORM", "any operation, or any session", ("operation", "session"))
CAPACITY = Option("--capacity", "CAPACITY", "as what the states took part: member, host, observer, guest ...")
HOST = Option("--host", "STATE", "the state in which it was")
CLAIM = (
    *(
        STATES,
        CLAIM_DAY,
        PARTIAL,
        THROUGHOUT,
        CLAIM_ACT,
        CLAIM_STATUS,
        COUNT,
        INCLUDING,
        INSTRUMENT,
        STEP,
        BODY,
    ),
    *(OFFICE, HOLDER, PERSON, PARTICIPATION, FORM, CAPACITY, HOST),
)

LANES = Option("--states", "STATE,...", "only lanes of these states, by codes or names, separated by commas")
MARKED_DAY = Option("--on", "DAY", "mark this day: YYYY-MM-DD or latest")
WIDTH = Option("--width", "COLUMNS", "how many columns it may take; those of the terminal, or 80")

TABLE_STATE = Option("--state", "COLUMN", "the column of states; state unless given")
START_COLUMN = Option("--start", "COLUMN", "the column of first days; start unless given")
END_COLUMN = Option("--end", "COLUMN", "the column of ends, empty while a spell lasts; end unless given")
SPELL_STATUS = Option("--status", "COLUMN", "the column of statuses; without it every row is a membership")
ENDS = Option(
    "--ends",
    "ENDS",
    "what an end is: the first day outside (exclusive), or the last day inside (last-day); only you know",
    ("exclusive", "last-day"),
)
VERIFIED = Option("--verified-through", "DAY", "the last day up to which the table is right, YYYY-MM-DD")
YEAR_COLUMN = Option("--year", "COLUMN", "the column of years; year unless given")
VALUE_COLUMN = Option(
    "--value", "COLUMN", "the column of codes, 0, 1, 2, 3, -9 and -1 as COW has them; member unless given"
)
CODING_RULE = Option(
    "--rule",
    "RULE",
    "how the coding made one value of a year: 1 for any day as a member, for all days, or for the day at its start, "
    "its end, or at midyear",
    ("any", "all", "start", "end", "midyear"),
)
ABSENT = Option(
    "--absent",
    "WHAT",
    "what a year without a row is, after a state's first one: outside (default) or missing",
    ("outside", "missing"),
)
BEFORE = Option(
    "--before",
    "WHAT",
    "what a state coded 1, 2 or 3 in the first year was before it: outside, or open if not known",
    ("outside", "open"),
)
NAME = Option("--name", "NAME", "what the organization is called; the name of the file unless given")
SOURCE = Option("--source", "TITLE", "where the table is from; the name of the file unless given")
LACKING = Option(
    "--partial", "", "the table may lack states: about one without a row the answer is unknown, and not no"
)
