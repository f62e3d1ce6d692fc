"""Small histories in few days, against all of their consistent choices of dates: every span, every mask, every day."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest

from csto_membership import Act, Event, State, Status
from csto_membership._facts.dates import between, exact, to_date
from csto_membership._facts.statuses import START, after
from csto_membership._membership.consistent import may_avoid, may_never_meet
from csto_membership._membership.segments import LAST_DAY, EraWindow, Timeline, _timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = 730_000
DAYS = 7
ALL = range(FIRST - 1, FIRST + DAYS + 1)
OUTSIDE, FORMER = Status.OUTSIDE.value, Status.FORMER.value
MEMBER = (Status.MEMBER | Status.FROZEN).value
ANY = sum(status.value for status in Status)
# With OUTSIDE and FORMER both, one, or none: who had left before an era is the one in it, not the other.
MASKS = (MEMBER, ANY & ~MEMBER, FORMER, OUTSIDE | MEMBER, FORMER | MEMBER)
ACTS = (
    (Act.JOIN,),
    (Act.JOIN, Act.WITHDRAW),
    (Act.SIGN, Act.END, Act.JOIN),
    (Act.JOIN, Act.REAFFIRM, Act.WITHDRAW),
    (Act.JOIN, Act.FREEZE, Act.WITHDRAW),
    (Act.JOIN, Act.WITHDRAW, Act.JOIN),
    (Act.JOIN, Act.SUSPEND, Act.RESUME, Act.EXPEL),
)
Era = tuple[tuple[int, int], tuple[int, int] | None]
World = dict[tuple[int, int | None], set[tuple[int, ...]]]  # by the days of the era, the status of every day


class Small:
    """A history of one state with its timeline, and what each consistent choice of dates gives on every day."""

    def __init__(self, acts: tuple[Act, ...], windows: list[tuple[int, int]], era: Era | None) -> None:
        self.acts, self.dates, self.era = acts, windows, era
        self.events = tuple(
            Event(
                state="AAA",
                act=act,
                effect=exact(to_date(low)) if low == high else between(low, high),
                sources=(),
            )
            for act, (low, high) in zip(acts, windows, strict=True)
        )
        self.worlds: World = {}
        for days in _in_order(acts, windows):
            for begins, ends in self._eras():
                self.worlds.setdefault((begins, ends), set()).add(
                    tuple(self._status(day, days, begins, ends) for day in ALL)
                )

    def timeline(self, gaps: tuple[tuple[int, int], ...] = ()) -> Timeline:
        """The timeline that the library makes of it."""
        era = None if self.era is None else EraWindow(begins=self.era[0], ends=self.era[1])
        return _timeline(State(iso3="AAA", english="A"), self.events, "effect", era, None, gaps)

    def _eras(self) -> Iterator[tuple[int, int | None]]:
        """The days between which the era may lie."""
        if self.era is None:
            yield 0, None
            return
        begins, ends = self.era
        last = [None] if ends is None else range(ends[0], ends[1] + 1)
        yield from product(range(begins[0], begins[1] + 1), last)

    def _status(self, day: int, days: tuple[int, ...], begins: int, ends: int | None) -> int:
        """The status of a day in one choice: outside the era, and in one that it had left before, it is OUTSIDE."""
        place, left = START, 0
        for act, done in zip(self.acts, days, strict=True):
            if done <= day:
                place, left = after(act, place), done
        if self.era is not None and not (begins <= day and (ends is None or day < ends)):
            return OUTSIDE
        return OUTSIDE if place[0] == FORMER and left <= begins else place[0]


def _in_order(acts: tuple[Act, ...], windows: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Days of the acts in their order; a status lasts a day, unless both of its acts are dated to the day."""
    turns = [index for index, act in enumerate(acts) if act is not Act.REAFFIRM]
    is_exact = [low == high for low, high in windows]
    for days in product(*(range(low, high + 1) for low, high in windows)):
        if list(days) == sorted(days) and all(
            days[one] < days[next_] or (is_exact[one] and is_exact[next_]) for one, next_ in pairwise(turns)
        ):
            yield days


@cache
def _small(*, with_era: bool) -> tuple[Small, ...]:
    """Histories drawn once for all: dates wide and narrow, apart, overlapping and alike."""
    chance = random.Random(5)  # noqa: S311 (no secret)
    found: list[Small] = []
    while len(found) < 500:
        acts = chance.choice(ACTS)
        lows = sorted(chance.randrange(DAYS) for _ in acts)
        windows = [(FIRST + low, FIRST + min(low + chance.choice((0, 0, 1, 2, 3)), DAYS - 1)) for low in lows]
        era: Era | None = None
        if with_era:
            begins = FIRST + chance.randrange(-1, 4)
            width, ends = chance.choice((0, 0, 1, 2)), chance.choice((None, 1, 2, 3))
            last = (
                None
                if ends is None
                else (begins + width + ends, begins + width + ends + chance.choice((0, 1)))
            )
            era = ((begins, begins + width), last)
        small = Small(acts, windows, era)
        if small.worlds:
            found.append(small)
    return tuple(found)


def _spans() -> Iterator[tuple[int, int]]:
    """Every span of the days."""
    for first in ALL:
        for following in range(first + 1, ALL.stop + 1):
            yield first, following


def _counted(worlds: World, mask: int) -> dict[tuple[int, int | None], set[int]]:
    """Of each choice the days with a status of the mask, as bits."""
    return {
        era: {
            sum(1 << place for place, status in enumerate(statuses) if status & mask) for statuses in choices
        }
        for era, choices in worlds.items()
    }


def _bits(first: int, following: int) -> int:
    """The days of a span as bits."""
    return sum(1 << (day - ALL.start) for day in range(first, following))


def _unknown(gaps: tuple[tuple[int, int], ...], era: tuple[int, int | None], *, is_in_era: bool) -> int:
    """The days of gaps on which any status is possible, as bits: outside an era a state is OUTSIDE all the same."""
    begins, ends = era
    return sum(
        1 << (day - ALL.start)
        for gap in gaps
        for day in range(*gap)
        if not is_in_era or (begins <= day and (ends is None or day < ends))
    )


@pytest.mark.parametrize("with_era", [False, True], ids=["no era", "an era"])
def test_a_mask_is_what_some_choice_gives(with_era: bool) -> None:  # noqa: FBT001 (a parameter)
    """On every day just those statuses are possible that some consistent choice of dates gives."""
    for small in _small(with_era=with_era):
        timeline = small.timeline()
        for place, day in enumerate(ALL):
            expected = 0
            for choices in small.worlds.values():
                for statuses in choices:
                    expected |= statuses[place]
            assert timeline.mask_on(day) == expected, (small.acts, small.dates, small.era, day)


def test_who_leaves_as_an_era_begins_may_be_former_from_its_second_day_on() -> None:
    """Also where no act and no era has its first or last day then: it began on its first, and the state left."""
    era = (FIRST + 1, FIRST + 4), None
    small = Small((Act.JOIN, Act.WITHDRAW), [(FIRST, FIRST), (FIRST + 1, FIRST + 5)], era)
    is_former = [bool(small.timeline().mask_on(day) & FORMER) for day in ALL]

    assert is_former == [
        any(statuses[place] == FORMER for choices in small.worlds.values() for statuses in choices)
        for place, _ in enumerate(ALL)
    ]
    assert is_former.index(True) == ALL.index(FIRST + 2)


@pytest.mark.parametrize("with_era", [False, True], ids=["no era", "an era"])
@pytest.mark.parametrize("mask", MASKS, ids=str)
def test_a_span_is_avoided_if_some_choice_avoids_it(with_era: bool, mask: int) -> None:  # noqa: FBT001
    """Over every span the mask may be avoided just where one choice of dates has no day of it there."""
    for small in _small(with_era=with_era):
        timeline = small.timeline()
        counted = set().union(*_counted(small.worlds, mask).values())
        for first, following in _spans():
            days = _bits(first, following)
            expected = any(not bits & days for bits in counted)
            assert may_avoid(timeline, mask, first, following) == expected, (
                small.acts,
                small.dates,
                small.era,
                first,
                following,
            )


def test_a_gap_takes_its_days_out() -> None:
    """On the days of a gap any status is possible: the days on each side of it are decided apart."""
    gap = (FIRST + 2, FIRST + 4)
    for small in _small(with_era=False)[:120]:
        timeline = small.timeline((gap,))
        counted = set().union(*_counted(small.worlds, MEMBER).values())
        assert [timeline.mask_on(day) == ANY for day in range(*gap)] == [True, True]
        for first, following in _spans():
            sides = ((first, min(following, gap[0])), (max(first, gap[1]), following))
            expected = all(
                any(not bits & _bits(*side) for bits in counted) for side in sides if side[0] < side[1]
            )
            assert may_avoid(timeline, MEMBER, first, following) == expected


@pytest.mark.parametrize("gaps", [(), ((FIRST + 2, FIRST + 4),)], ids=["no gap", "a gap"])
@pytest.mark.parametrize("with_era", [False, True], ids=["no era", "an era"])
@pytest.mark.parametrize("mask", [MEMBER, FORMER, FORMER | MEMBER, OUTSIDE | MEMBER], ids=str)
def test_two_may_never_meet_if_some_choice_keeps_them_apart(
    mask: int,
    with_era: bool,  # noqa: FBT001 (a parameter)
    gaps: tuple[tuple[int, int], ...],
) -> None:
    """Two states may miss each other just where a choice of dates of both, of one era, has no day for both."""
    smalls = _small(with_era=with_era)
    for number, one in enumerate(smalls[:120]):
        other = Small(smalls[number - 1].acts, smalls[number - 1].dates, one.era)
        mine, its = _counted(one.worlds, mask), _counted(other.worlds, mask)
        together = {
            a & b & ~_unknown(gaps, era, is_in_era=with_era)
            for era in mine
            for a in mine[era]
            for b in its[era]
        }
        pair = one.timeline(gaps), other.timeline()
        for first, following in _spans():
            days = _bits(first, following)
            expected = any(not bits & days for bits in together)
            assert may_never_meet(*pair, mask, first, following) == expected, (
                one.acts,
                one.dates,
                other.dates,
            )


def test_two_may_miss_each_other_by_several_acts_on_days_that_are_no_edges() -> None:
    """One comes as the other goes, and may freeze its membership and leave, a day each, before that is back."""
    windows = [(FIRST, FIRST + 2), (FIRST + 1, FIRST + 6), (FIRST + 2, FIRST + 7)]
    one = Small((Act.JOIN, Act.FREEZE, Act.WITHDRAW), windows, None)

    for back, expected in ((FIRST + 5, True), (FIRST + 4, True), (FIRST + 3, False)):
        days = [(day, day) for day in (FIRST - 1, FIRST + 2, back)]
        other = Small((Act.JOIN, Act.WITHDRAW, Act.JOIN), days, None)
        (mine,), (its,) = _counted(one.worlds, MEMBER).values(), _counted(other.worlds, MEMBER).values()
        pair = one.timeline(), other.timeline()
        for first, following in _spans():
            apart = any(not a & b & _bits(first, following) for a in mine for b in its)
            assert may_never_meet(*pair, MEMBER, first, following) == apart
        assert may_never_meet(*pair, MEMBER, FIRST - 1, FIRST + 7) == expected


def test_an_era_that_begins_later_for_one_holds_for_both_from_then_on() -> None:
    """Two states meet in an era from the later of both beginnings on, whichever of them it is."""
    for number, one in enumerate(_small(with_era=False)[:80]):
        another = _small(with_era=False)[number - 1]
        early = Small(one.acts, one.dates, ((FIRST + 1, FIRST + 1), None))
        late = Small(another.acts, another.dates, ((FIRST + 3, FIRST + 3), None))
        (mine,), (its,) = _counted(early.worlds, MEMBER).values(), _counted(late.worlds, MEMBER).values()
        for first, following in _spans():
            days = _bits(first, following)
            expected = any(not a & b & days for a in mine for b in its)
            for pair in (early.timeline(), late.timeline()), (late.timeline(), early.timeline()):
                assert may_never_meet(*pair, MEMBER, first, following) == expected


@pytest.mark.parametrize(
    ("acted", "begins"),
    [
        ((10, 10), (20, 30)),
        ((25, 25), (25, 30)),
        ((22, 28), (22, 30)),
        ((25, 45), (25, 45)),
        ((40, 50), (40, 50)),
    ],
)
def test_an_era_that_requires_an_act_begins_with_it(acted: tuple[int, int], begins: tuple[int, int]) -> None:
    """Of one state such an era begins when both have come: the era, and the state's first act on its instrument."""
    era = EraWindow(begins=(20, 30), ends=(60, 70), instrument="charter")
    dated = [(5, 5), acted, (55, 56)]
    events = tuple(
        Event(
            state="AAA",
            act=act,
            effect=exact(to_date(low)) if low == high else between(low, high),
            sources=(),
            instrument=on,
        )
        for act, (low, high), on in zip(
            (Act.JOIN, Act.REAFFIRM, Act.REAFFIRM), dated, ("treaty", "charter", "charter"), strict=True
        )
    )

    assert era.of(events, "effect") == EraWindow(begins=begins, ends=(60, 70))
    assert not era.of(events[:1], "effect").may_hold(LAST_DAY)


@pytest.mark.parametrize(
    ("ends", "held"), [((60, 70), range(20, 70)), ((60, 60), range(20, 60)), (None, range(20, 100))]
)
def test_an_era_may_hold_from_its_first_day_to_the_last_before_its_end(
    ends: tuple[int, int] | None, held: range
) -> None:
    """The first day on which it may begin counts, the last one on which it may end does not."""
    era = EraWindow(begins=(20, 30), ends=ends)

    assert [day for day in range(100) if era.may_hold(day)] == list(held)
