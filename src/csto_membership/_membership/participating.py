"""The operations and sessions in which states took part, as a reading keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._facts.statuses import ParticipationKind
from csto_membership.errors import ParticipationError, ReadingError, did_you_mean

if TYPE_CHECKING:
    from csto_membership._facts.records import History, Participant, Participation
    from csto_membership._membership.compiled import Compiled


def participations_of(history: History, kind: str | None) -> tuple[Participation, ...]:
    """The participations of one kind, or all of them, by the first day on which each may have begun.

    Raises:
        ReadingError: There is no such kind.
    """
    if kind is not None and kind not in list(ParticipationKind):
        way_out = f"{did_you_mean(kind, ParticipationKind)}Use {' or '.join(map(repr, map(str, ParticipationKind)))}."
        raise ReadingError(f"no kind of participation {kind!r}.", way_out)
    found = (one for one in history.participations if kind in (None, one.kind))
    return tuple(sorted(found, key=lambda one: (one.effect.first, one.id)))


def participation_of(history: History, identifier: str) -> Participation:
    """One participation.

    Raises:
        ParticipationError: The organization has no such operation or session.
    """
    known = {one.id: one for one in history.participations}
    if identifier not in known:
        way_out = f"It has {', '.join(known)}." if known else "It has none in this file."
        raise ParticipationError(
            f"{history.id} has no operation or session {identifier!r}.",
            did_you_mean(identifier, known) + way_out,
        )
    return known[identifier]


def parts_of(
    compiled: Compiled, state: str, first: int, after: int
) -> tuple[tuple[Participation, Participant], ...]:
    """The participations of a state on the days ``[first, after)``, each with its entry as participant."""
    key = "parts", state
    if key not in compiled.cache:
        compiled.cache[key] = [
            (*one.days, one, participant)
            for one in participations_of(compiled.history, None)
            for participant in one.participants
            if participant.state == state
        ]
    return tuple(
        (one, participant)
        for begins, ends, one, participant in compiled.cache[key]
        if begins < after and (ends is None or first < ends)
    )
