"""The command that judges a claim: is what a source says right, and when would it have been?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields

from csto_membership.claims import KINDS, Attribution, RosterClaim, Verdict
from csto_membership.claims.findings import periods_in_words
from csto_membership.cli.asking import day_of, listed, organization_of
from csto_membership.cli.grammar import PROGRAM
from csto_membership.cli.options import CLAIM
from csto_membership.cli.parser import MisuseError
from csto_membership.cli.printing import Reply, written
from csto_membership.cli.words import said
from csto_membership.errors import ClaimError, StateError, did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from csto_membership import Organization

_OUTCOMES = {
    Verdict.SUPPORTED: "yes",
    Verdict.CONTRADICTED: "no",
    Verdict.DEPENDS: "open",
    Verdict.UNDETERMINED: "open",
}
# Fields of claims whose option has another name.
_CALLED = {"when": "--on", "complete": "--partial"}
_STATES, _STATE = ("states", "including"), ("state", "host")


def claim(options: Namespace) -> tuple[Iterator[str], str]:
    """The verdict on a claim of any kind, or the periods in which a list of members was right."""
    kind = _kind(options)
    lang = options.lang or "en"
    organization = organization_of(options)
    finding = organization.check(_made(organization, options, kind), lang=lang)
    reply = Reply(
        text=finding.to_markdown(full=options.full).rstrip()
        if options.format == "markdown"
        else finding.text(full=options.full),
        answer=finding.to_dict(),
        outcome=_OUTCOMES[finding.verdict],
    )
    if kind == "roster" and options.on is None:
        reply = Reply(
            text="\n".join(periods_in_words(finding, lang)) or said(lang, "never"),
            answer=finding.to_dict()["periods"],
            outcome="yes" if finding.periods else "no",
        )
    return written(reply, options, organization), reply.outcome


def _kind(options: Namespace) -> str:
    """The kind of the claim, after checking that it uses all options given and has all that it needs.

    Raises:
        MisuseError: There is no such kind, or it does not use an option or lacks one.
    """
    kind: str = options.words.get("KIND") or ("roster" if options.act is None else "act")
    if " " in kind:
        raise MisuseError(
            "a claim is made of options, not of a sentence.",
            f"Say what the sentence claims, for example {PROGRAM} {options.command.examples[3]}",
        )
    if kind not in KINDS:
        raise MisuseError(
            f"no kind of claim {kind!r}.", f"{did_you_mean(kind, KINDS)}There are {', '.join(KINDS)}."
        )
    examples = (text for text in options.command.examples if text.startswith(f"claim {kind} "))
    example = f"for example {PROGRAM} {next(examples)}"
    known = {_option(field.name): field for field in fields(KINDS[kind]) if field.name != "attribution"}
    known.pop("--era", None)  # the reading's own option, which is used for every kind
    for option in CLAIM:
        if option.name not in known and getattr(options, option.field) not in (None, False):
            raise MisuseError(f"claim {kind} does not use {option.name}.", f"It uses {', '.join(known)}.")
    for name, field in known.items():
        if field.default is NOTHING and getattr(options, name.lstrip("-")) is None:
            raise MisuseError(f"claim {kind} lacks {name}.", f"Add it, {example}")
    return kind


def _option(field: str) -> str:
    """The option that gives a field of a claim."""
    return _CALLED.get(field, f"--{field}")


def _made(organization: Organization, options: Namespace, kind: str) -> Any:  # noqa: ANN401 (of the kind asked for)
    """The claim that the options make.

    Raises:
        ClaimError: Its options do not make one.
    """
    given: dict[str, Any] = {
        option.field: getattr(options, option.field)
        for option in CLAIM
        if option.name not in _CALLED.values() and getattr(options, option.field) not in (None, False)
    }
    for name in _STATES:
        if name in given:
            given[name] = _states(organization, options, name)
    for name in _STATE:
        if name in given:
            given[name] = _iso3(organization, given[name], options.codes)
    if "count" in given:
        given["count"] = _number(given["count"])
    if options.on is not None:
        given["when"] = day_of(organization, options.on)
    names = {field.name for field in fields(KINDS[kind])}
    if "complete" in names:
        # Without KIND, a single state asks whether it was a member; several states ask for the complete list.
        is_short = options.words.get("KIND") is None and len(given.get("states", ())) == 1
        is_list = KINDS[kind] is RosterClaim and not is_short
        given["complete"] = is_list and not options.partial
    attribution = Attribution(said=organization.horizon if options.on is None else None)
    return KINDS[kind](**given, attribution=attribution)


def _states(organization: Organization, options: Namespace, name: str) -> tuple[str, ...]:
    """The states of a list.

    Raises:
        ClaimError: It names none.
    """
    words = listed(getattr(options, name))
    if not words:
        raise ClaimError(
            f"--{name} {getattr(options, name)!r} names no state.",
            f"Name some, for example --{name} RUS,KAZ,KGZ.",
        )
    return tuple(_iso3(organization, word, options.codes) for word in words)


def _iso3(organization: Organization, word: str, codes: str | None) -> str:
    """The alpha-3 code of *word* in a scheme; *word* itself without a scheme or if it is unknown there."""
    if codes is None:
        return word
    try:
        return organization.state(word, codes=codes).iso3
    except StateError:
        return word


def _number(text: str) -> int:
    """A whole number.

    Raises:
        ClaimError: It is none.
    """
    if not (text.isascii() and text.isdecimal()):
        raise ClaimError(
            f"--count {text!r} is no whole number.", "Write it in digits, for example --count 6."
        )
    return int(text)
