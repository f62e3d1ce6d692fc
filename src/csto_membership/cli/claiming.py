"""The command that judges a claim: was this list of members, or this act, right, and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership import ActClaim, Attribution, RosterClaim, StateError, Verdict
from csto_membership.cli.asking import day_of, listed, organization_of
from csto_membership.cli.parser import MisuseError
from csto_membership.cli.printing import Reply, written

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from csto_membership import Claim, Organization

_OUTCOMES = {
    Verdict.SUPPORTED: "yes",
    Verdict.CONTRADICTED: "no",
    Verdict.DEPENDS: "open",
    Verdict.UNDETERMINED: "open",
}


def claim(options: Namespace) -> tuple[Iterator[str], str]:
    """The verdict on a list of members or on an act, or the periods in which the list was right."""
    if options.states is None:
        raise MisuseError("claim lacks --states.", "Name some, for example --states RUS,KAZ,KGZ.")
    if options.partial and options.act is not None:
        raise MisuseError("--partial and --act contradict each other.", "Give one of them.")
    organization = organization_of(options)
    states = listed(options.states)
    if not states:
        raise StateError(
            f"--states {options.states!r} names no state.", "Name some, for example --states RUS,KAZ,KGZ."
        )
    if options.codes is not None:
        states = tuple(_iso3(organization, name, options.codes) for name in states)
    when = None if options.on is None else day_of(organization, options.on)
    said = Attribution(said=organization.horizon if options.on is None else None)
    asked: Claim
    if options.act is not None:
        asked = ActClaim(states=states, act=options.act, when=when, attribution=said)
    else:  # one state alone asks whether it was a member; several ask for the list
        is_list = len(states) > 1 and not options.partial
        asked = RosterClaim(states=states, complete=is_list, when=when, attribution=said)
    finding = organization.check(asked)
    reply = Reply(text=str(finding), answer=finding.to_dict(), outcome=_OUTCOMES[finding.verdict])
    if options.act is None and options.on is None:
        reply = Reply(
            text="\n".join(map(str, finding.periods)) or "never",
            answer=finding.to_dict()["periods"],
            outcome="yes" if finding.periods else "no",
        )
    return written(reply, options, organization), reply.outcome


def _iso3(organization: Organization, name: str, codes: str) -> str:
    """The state that a code means in a scheme; what means none of them is judged as it stands."""
    try:
        return organization.state(name, codes=codes).iso3
    except StateError:
        return name
