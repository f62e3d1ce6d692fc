"""The statuses a state can have, the acts that lead to them, and the bases by which statuses count."""

from __future__ import annotations

import enum
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(enum.Flag):
    """How a state stands to the organization on a day: one flag if certain, several if left open.

    Ask a mask with ``in`` or ``&``; its ``str`` names the possibilities: ``MEMBER or SUSPENDED``.
    """

    OUTSIDE = enum.auto()
    OBSERVER = enum.auto()
    SIGNATORY = enum.auto()
    MEMBER = enum.auto()
    FROZEN = enum.auto()
    SUSPENDED = enum.auto()
    FORMER = enum.auto()

    @property
    def is_certain(self) -> bool:
        """Whether just one status is possible."""
        return len(self) == 1

    def __str__(self) -> str:
        return _written(self.value)


@cache  # of at most 256 masks; joining the names costs more than the look-up that an answer is
def _written(mask: int) -> str:
    """The names of the statuses in a mask."""
    return " or ".join(str(flag.name) for flag in Status(mask))


class Act(enum.StrEnum):
    """What a state or the organization did, by what it changes."""

    SIGN = "sign"
    JOIN = "join"
    REAFFIRM = "reaffirm"
    FREEZE = "freeze"
    SUSPEND = "suspend"
    RESUME = "resume"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    EXPEL = "expel"
    OBSERVE = "observe"


class StepName(enum.StrEnum):
    """A stage of an act, in the words of the UN Treaty Handbook."""

    ANNOUNCEMENT = "announcement"
    NOTICE = "notice"
    RECEIPT = "receipt"
    DECISION = "decision"
    SIGNATURE = "signature"
    RATIFICATION = "ratification"
    DEPOSIT = "deposit"
    ACCESSION = "accession"
    ENTRY_INTO_FORCE = "entry_into_force"


class SourceKind(enum.StrEnum):
    """How near a source stands to the act: best first."""

    PRIMARY = "primary"
    OFFICIAL = "official"
    AGENCY = "agency"
    ACADEMIC = "academic"
    PRESS = "press"
    REFERENCE = "reference"


class Bound(enum.StrEnum):
    """What its states are called in an era: a treaty has parties, an organization has members."""

    PARTIES = "parties"
    MEMBERS = "members"


class Capacity(enum.StrEnum):
    """In what capacity an office is held."""

    HOLDER = "holder"
    ACTING = "acting"
    SUBSTITUTE = "substitute"


class ParticipationKind(enum.StrEnum):
    """What states took part in together."""

    OPERATION = "operation"
    SESSION = "session"


class ParticipationCapacity(enum.StrEnum):
    """In what capacity a state took part."""

    CONTRIBUTOR = "contributor"
    HOST = "host"
    MEMBER = "member"
    CHAIR = "chair"
    GUEST = "guest"
    OBSERVER = "observer"


@frozen(kw_only=True)
class Transition:
    """What one act does: from which statuses it is possible, where it leads, and what it means.

    Attributes:
        before: The statuses from which the act is possible.
        after: The status to which it leads; ``None`` leaves the status as it is.
        meaning: The rule in words, as an explanation gives it.
    """

    before: Status
    after: Status | None
    meaning: str


_IN = Status.SIGNATORY | Status.MEMBER | Status.FROZEN | Status.SUSPENDED | Status.OBSERVER

TRANSITIONS: Mapping[Act, Transition] = {
    Act.SIGN: Transition(
        before=Status.OUTSIDE | Status.FORMER | Status.OBSERVER,
        after=Status.SIGNATORY,
        meaning="signature is not entry into force: the state is bound only when it joins",
    ),
    Act.JOIN: Transition(
        before=Status.OUTSIDE | Status.OBSERVER | Status.SIGNATORY | Status.FORMER | Status.SUSPENDED,
        after=Status.MEMBER,
        meaning="the state is a member from the day on which the act takes effect",
    ),
    Act.REAFFIRM: Transition(
        before=Status.MEMBER | Status.FROZEN,
        after=None,
        meaning="a prolongation or a ratified charter confirms a membership and changes no status",
    ),
    Act.FREEZE: Transition(
        before=Status.MEMBER,
        after=Status.FROZEN,
        meaning="the state itself declares that it takes no part; it is still a member",
    ),
    Act.SUSPEND: Transition(
        before=Status.MEMBER | Status.FROZEN,
        after=Status.SUSPENDED,
        meaning="an act of the organization suspends the membership",
    ),
    Act.RESUME: Transition(
        before=Status.FROZEN | Status.SUSPENDED,
        after=Status.MEMBER,
        meaning="the state takes part again",
    ),
    Act.LAPSE: Transition(
        before=_IN, after=Status.FORMER, meaning="a term ran out; nobody denounced anything"
    ),
    Act.WITHDRAW: Transition(before=_IN, after=Status.FORMER, meaning="the state's own notice took effect"),
    Act.EXPEL: Transition(before=_IN, after=Status.FORMER, meaning="the organization ended the membership"),
    Act.OBSERVE: Transition(
        before=Status.OUTSIDE | Status.FORMER,
        after=Status.OBSERVER,
        meaning="an observer attends and is not bound",
    ),
}

BASES: Mapping[str, Status] = {
    "legal": Status.MEMBER | Status.FROZEN,
    "active": Status.MEMBER,
    "nominal": Status.MEMBER | Status.FROZEN | Status.SUSPENDED,
    "signed": Status.SIGNATORY | Status.MEMBER | Status.FROZEN,
}
