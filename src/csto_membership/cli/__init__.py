"""The command line: parses arguments, asks the public API, prints."""

from __future__ import annotations

import argparse
import io
import re
import sys
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from csto_membership import (
    ActClaim,
    Answer,
    Attribution,
    MembershipError,
    RosterClaim,
    StateError,
    Status,
    load,
)
from csto_membership._membership.phrases import word
from csto_membership.loading import read_file, shipped

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

    from csto_membership import Claim, Organization, State

_READING = ("basis", "dating", "era", "known_on", "extrapolate")
_DAY = "YYYY-MM-DD, YYYY-MM, YYYY, '[YYYY-MM-DD..YYYY-MM-DD]' for all days of a range, or latest"
# Where the library's way out of a fault begins, and the command's own, in its place.
_WAYS_OUT = {
    "Say which, as in state(": "Say which with --codes.",
    "Say which with organization=": "Say which with --organization.",
    "or a Status such as": "or statuses, such as member,observer.",
    "lacks states": "lacks states. Name some with --states.",
    "Ask latest() for that day": "Ask about 'latest', or add --extrapolate.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: The command line after the program's name; ``None`` for the process's own.

    Returns:
        0 where the question was answered, 1 where the facts or the question are at fault. Misuse of
        the command itself ends in argparse's ``SystemExit`` with code 2.
    """
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that lacks a letter shows its number
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(options.answer(options))
        sys.stdout.flush()
    except MembershipError as error:
        print(_with_way_out(str(error)), file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None  # so that nothing is flushed at exit
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Check the path.", file=sys.stderr)
        return 1
    return 0


def _with_way_out(fault: str) -> str:
    """A sentence of the library that advises what the command has."""
    for theirs, ours in _WAYS_OUT.items():
        said, found, _ = fault.partition(theirs)
        if found:
            return said + ours
    return fault


def _parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    parser = argparse.ArgumentParser(
        prog="csto-membership",
        description="Who was a member of the Collective Security Treaty and its Organization on a given day.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument("--file", help="ask another facts file")
    reading.add_argument("--organization", help="which organization, for example CSTO-PA")
    reading.add_argument(
        "--basis",
        type=_basis,
        help="legal (default), active, nominal, signed, or statuses, such as observer or member,suspended",
    )
    reading.add_argument(
        "--dating",
        type=_listed,
        help="effect (default), any, or steps in order of preference, such as decision,signature",
    )
    reading.add_argument(
        "--extrapolate",
        action="store_true",
        default=None,
        help="take it that nothing changed past the horizon",
    )
    reading.add_argument("--era", help="only days of this era: CST or CSTO")
    reading.add_argument("--known-on", metavar="DAY", help="only what was public by this day, YYYY-MM-DD")

    language = argparse.ArgumentParser(add_help=False)
    language.add_argument(
        "--lang",
        default="en",
        help="language of names and words: en, ru, ar; of names alone az, be, hy, ka, kk, ky, tg, uz",
    )

    naming = argparse.ArgumentParser(add_help=False)
    naming.add_argument(
        "--codes",
        metavar="SCHEME",
        help="how states are written: iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, wikidata or name; "
        "by default in any of these ways",
    )

    members = commands.add_parser("members", parents=[reading, language], help="the members on a day")
    members.add_argument("when", metavar="DAY", help=_DAY)
    members.set_defaults(answer=_members)

    status = commands.add_parser(
        "status", parents=[reading, naming, language], help="the status of a state on a day"
    )
    explain = commands.add_parser(
        "explain", parents=[reading, naming], help="the same, with acts, rules and sources"
    )
    for command, answer in ((status, _status), (explain, _explain)):
        command.add_argument("state", metavar="STATE", help="any code or name")
        command.add_argument("when", metavar="DAY", help=_DAY)
        command.set_defaults(answer=answer)
    explain.add_argument(
        "--lang",
        default="en",
        help="language of the sentence, headings and the state's name: en, ru or ar; acts, notes and titles "
        "stay English",
    )
    form = explain.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    form.add_argument("--json", action="store_true", help="print JSON")

    claim = commands.add_parser(
        "claim", parents=[reading, naming], help="was this list of members, or this act, right, and when?"
    )
    claim.add_argument(
        "--states",
        type=_listed,
        required=True,
        metavar="STATE,…",
        help="codes or names, separated by commas",
    )
    claim.add_argument(
        "--on",
        metavar="DAY",
        help=f"when it is said to have been so: {_DAY}; without it, a list is answered with the periods in which it "
        "was right, and an act may be of any day",
    )
    kind = claim.add_mutually_exclusive_group()
    kind.add_argument("--partial", action="store_true", help="the list need not name all members")
    kind.add_argument("--act", help="each of the states is said to have done this: withdraw, suspend, join …")
    claim.add_argument("--json", action="store_true", help="print JSON")
    claim.set_defaults(answer=_claim)

    check = commands.add_parser("check", help="check a facts file against every rule")
    check.add_argument("file", metavar="FILE")
    check.set_defaults(answer=_check)
    return parser


class _Version(argparse.Action):
    """Prints the version; reading it costs 50 ms, which no other command need pay."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from csto_membership import __version__

        print(__version__)
        parser.exit()


def _listed(text: str) -> tuple[str, ...]:
    """The words of a list; Arabic lists are written with the Arabic comma."""
    return tuple(part.strip() for part in re.split("[,،;]", text) if part.strip())


def _basis(text: str) -> str | Status:
    """The statuses of a list, or else the name of a basis."""
    names = [name.upper() for name in _listed(text)]
    if not names or any(name not in Status.__members__ for name in names):
        return text
    return reduce(or_, (Status[name] for name in names))


def _organization(options: argparse.Namespace) -> Organization:
    """The organization asked, under the reading asked for."""
    if options.file is not None:
        organization = load(options.file, options.organization)
    else:
        organization = shipped(options.organization or "CSTO")
    return organization.reading(**{name: getattr(options, name) for name in _READING})


def _when(organization: Organization, when: str) -> str:
    """A day or a period; ``latest`` is the last day verified."""
    return organization.horizon.isoformat() if when == "latest" else when


def _members(options: argparse.Namespace) -> str:
    """A line for each member, and one for each state of which it is unknown, with the reason."""
    organization = _organization(options)
    when = _when(organization, options.when)
    roster = organization.members_on(when)
    lines = [f"{state.iso3} {state.name(options.lang)}" for state in roster]
    lines += [
        f"{state.iso3} {state.name(options.lang)} {word(options.lang, _doubt(organization, state, when))}"
        for state in roster.possible
    ]
    return "\n".join(lines) or word(options.lang, "no members")


def _doubt(organization: Organization, state: State, when: str) -> str:
    """Why it is unknown: the sources leave some day of the question open, or its days just differ."""
    # Each spell has one status; the first of all is OUTSIDE, which nobody doubts.
    starts = [spell.start for spell in organization.explain(state, when).spells if spell.start]
    is_open = any(organization.was_member(state, start) is Answer.UNKNOWN for start in starts)
    return "(open)" if is_open else "(part of the time)"


def _status(options: argparse.Namespace) -> str:
    """The state, its status, and whether that counts."""
    organization = _organization(options)
    state = organization.state(options.state, codes=options.codes)
    when = _when(organization, options.when)
    status = organization.status_on(state, when)
    counts = word(options.lang, f"member: {organization.was_member(state, when)}")
    return f"{state.iso3} {status} {counts}"


def _explain(options: argparse.Namespace) -> str:
    """The answer with everything that supports it."""
    organization = _organization(options)
    when = _when(organization, options.when)
    state = organization.state(options.state, codes=options.codes)
    explanation = organization.explain(state, when, lang=options.lang)
    if options.json:
        return _json(explanation.to_dict())
    return explanation.to_markdown().rstrip() if options.markdown else str(explanation)


def _claim(options: argparse.Namespace) -> str:
    """The verdict on a list of members or on an act, or the periods in which the list was right."""
    organization = _organization(options)
    states = options.states
    if options.codes is not None:
        states = tuple(_iso3(organization, name, options.codes) for name in states)
    when = None if options.on is None else _when(organization, options.on)
    said = Attribution(said=organization.horizon if options.on is None else None)
    claim: Claim
    if options.act is not None:
        claim = ActClaim(states=states, act=options.act, when=when, attribution=said)
    else:  # one state alone asks whether it was a member; several ask for the list
        is_list = len(states) > 1 and not options.partial
        claim = RosterClaim(states=states, complete=is_list, when=when, attribution=said)
    finding = organization.check(claim)
    if options.act is None and options.on is None:
        periods = "\n".join(map(str, finding.periods)) or "never"
        return _json(finding.to_dict()["periods"]) if options.json else periods
    return _json(finding.to_dict()) if options.json else str(finding)


def _iso3(organization: Organization, name: str, codes: str) -> str:
    """The state that a code means in a scheme; what means none of them is judged as it stands."""
    try:
        return organization.state(name, codes=codes).iso3
    except StateError:
        return name


def _json(told: object) -> str:
    """JSON with its letters as they are, or as JSON escapes them where the output may lack some."""
    import json

    is_utf8 = (sys.stdout.encoding or "utf-8").lower() == "utf-8"
    return json.dumps(told, ensure_ascii=not is_utf8, indent=2)


def _check(options: argparse.Namespace) -> str:
    """What a sound file holds."""
    dataset = read_file(options.file)
    held = ", ".join(
        f"{history.id} ({_counted(history.events, 'event')}, {_counted(history.by_state(), 'state')})"
        for history in dataset.histories
    )
    return f"{options.file}: no faults. {held}; {_counted(dataset.sources, 'source')}."


def _counted(things: Sized, noun: str) -> str:
    """How many there are, in words."""
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"
