"""The statuses a state can have, the acts that lead to them, and the bases by which statuses count."""

from __future__ import annotations

import enum
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(enum.Flag):
    """How a state stands to the organization on a day: one flag if certain, several if left open.

    Test a mask with ``in`` or ``&``; its ``str`` names the possibilities: ``MEMBER or SUSPENDED``.
    """

    OUTSIDE = enum.auto()
    OBSERVER = enum.auto()
    SIGNATORY = enum.auto()
    MEMBER = enum.auto()
    FROZEN = enum.auto()
    SUSPENDED = enum.auto()
    FORMER = enum.auto()
    ASSOCIATE = enum.auto()

    @property
    def is_certain(self) -> bool:
        """Whether just one status is possible."""
        return len(self) == 1

    def __str__(self) -> str:
        return _written(self.value)


@cache  # at most 256 masks; joining the names takes longer than answering
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
    END = "end"
    OBSERVE = "observe"
    ASSOCIATE = "associate"


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


class Requires(enum.StrEnum):
    """What a state must have done for an era to hold for it."""

    INSTRUMENT = "instrument"


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
        otherwise: The status to which it leads if the state has never been a member, where that is another.
    """

    before: Status
    after: Status | None
    meaning: str
    otherwise: Status | None = None

    def may_lead_to(self, status: Status) -> bool:
        """Whether the act may lead to one of these statuses; one that leaves the status as it is leads to none."""
        return any(led is not None and led.value & status.value for led in (self.after, self.otherwise))


_ALL = Status(2 ** len(Status) - 1)
_IN = _ALL & ~(Status.OUTSIDE | Status.FORMER)


def _ending(meaning: str) -> Transition:
    """The transition of an act that ends a membership, or a signature, observer or associate status."""
    return Transition(before=_IN, after=Status.FORMER, otherwise=Status.OUTSIDE, meaning=meaning)


TRANSITIONS: Mapping[Act, Transition] = {
    Act.SIGN: Transition(
        before=Status.OUTSIDE | Status.FORMER | Status.OBSERVER,
        after=Status.SIGNATORY,
        meaning="signature is not entry into force: the state is bound only when it joins",
    ),
    Act.JOIN: Transition(
        before=_ALL & ~(Status.MEMBER | Status.FROZEN),
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
    Act.LAPSE: _ending("a term ran out; nobody denounced anything"),
    Act.WITHDRAW: _ending("the state's own notice took effect"),
    Act.EXPEL: _ending("the organization ended the membership"),
    Act.END: _ending("the source does not say how it ended"),
    Act.OBSERVE: Transition(
        before=_ALL & ~Status.OBSERVER,
        after=Status.OBSERVER,
        meaning="an observer attends and is not bound",
    ),
    Act.ASSOCIATE: Transition(
        before=_ALL & ~Status.ASSOCIATE,
        after=Status.ASSOCIATE,
        meaning="an associate takes part by an agreement of its own and is not a member",
    ),
}

StatusAndPast: TypeAlias = tuple[int, bool]
"""Where a state stands: the value of its status, and whether it has ever been a member."""

START: StatusAndPast = (Status.OUTSIDE.value, False)
_MEMBER = Status.MEMBER.value
# Plain ints: an enum's own operators cost more than the fold.
_BEFORE = {act: transition.before.value for act, transition in TRANSITIONS.items()}
_LEADS = {
    act: (
        (transition.otherwise or transition.after or Status(0)).value,
        (transition.after or Status(0)).value,
    )
    for act, transition in TRANSITIONS.items()
}


def is_possible(act: Act, so_far: StatusAndPast) -> bool:
    """Whether a state can do an act from where it stands."""
    return bool(so_far[0] & _BEFORE[act])


def after(act: Act, so_far: StatusAndPast) -> StatusAndPast:
    """Where a state stands after an act: the one step of every fold over a history.

    An impossible act is applied as well, so that one mistake is reported as one fault.
    """
    status, was_member = so_far
    status = _LEADS[act][was_member] or status
    return status, was_member or status == _MEMBER


# To add a basis: here and ``Basis`` in ``_membership.reading``; its words in ``_membership.vocabulary`` ("basis …" and
# "on the … basis", which stay English where they are missing), ``drawing.words`` (likewise) and ``explorer.texts`` (a
# KeyError); its name in ``cli.options`` and the docstring of ``reading``; ``docs/explanation/readings.md``; and once
# more, on purpose, in ``testing.acts``, ``testing.strategies`` and ``testing.laws_of_claims``, which check this by
# words of their own. The rest takes it from here.
BASES: Mapping[str, Status] = {
    "legal": Status.MEMBER | Status.FROZEN,
    "active": Status.MEMBER,
    "nominal": Status.MEMBER | Status.FROZEN | Status.SUSPENDED,
    "signed": Status.SIGNATORY | Status.MEMBER | Status.FROZEN,
}
