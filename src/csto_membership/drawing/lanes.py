"""The lanes of states: a bar for each spell, and labels for the acts that change a membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from csto_membership._facts.statuses import Act, Status
from csto_membership.drawing.marks import At, Box, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csto_membership._membership.answers import Spell
    from csto_membership.drawing.canvas import Canvas
    from csto_membership.drawing.marks import Mark
    from csto_membership.drawing.words import Words

LEAST = 5.0  # pixels: a bar of few days stays visible
_DOUBT_SIZE, _DOUBT_ROOM = 13.0, 12.0
_INSET, _HATCH_ROOM, _PATCH = 5.0, 24.0, 3.0
# Pixels of a bar that its label must leave free.
_MARGINS = {"SUSPENDED": 10.0}
_MARGIN = 8.0
# What a bar looks like: its height as a share of a full one, its ground, outline and hatch.
_SHAPES: dict[str, tuple[float, str | None, str | None, float, str | None]] = {
    "OBSERVER": (0.4, None, "signed", 1.2, None),
    "SIGNATORY": (0.4, None, "signed", 1.2, None),
    "ASSOCIATE": (0.6, "stair", "member", 1.2, None),
    "MEMBER": (1.0, "member", None, 0.0, None),
    "FROZEN": (1.0, "member", "member", 1.5, "frozen"),
    "SUSPENDED": (1.0, "susptint", "suspended", 1.2, "suspended"),
}
_FULL_IF_OPEN = frozenset({"MEMBER", "FROZEN", "SUSPENDED", "ASSOCIATE"})
_LABELLED = frozenset({"lapse", "withdraw", "expel", "end", "freeze", "suspend", "resume", "associate"})


def bar(status: Status, left: At, right: At, middle: float, height: float) -> tuple[Box | Stroke, ...]:
    """The mark of a status between two places; none for a state outside."""
    if status is Status.OUTSIDE:
        return ()
    if status is Status.FORMER:
        dots = Stroke(
            role="former",
            start=left,
            end=right,
            top=middle,
            bottom=middle,
            line="former",
            thick=1.5,
            dashes=(0, 6),
            status=status,
        )
        return (dots,)
    if status.is_certain:
        share, fill, line, thick, hatch = _SHAPES[str(status.name)]
    else:
        is_full = any(flag.name in _FULL_IF_OPEN for flag in status)
        share, fill, line, thick, hatch = 1.0 if is_full else 0.4, "open", "openline", 1.2, None
    box = Box(
        role="bar",
        left=left,
        right=right,
        top=middle - height * share / 2,
        bottom=middle + height * share / 2,
        fill=fill,
        line=line,
        thick=thick,
        is_dashed=not status.is_certain,
        is_round=status is Status.OBSERVER,
        hatch=hatch,
        status=status,
    )
    return (box,)


def lane(canvas: Canvas, spells: Sequence[Spell], middle: float) -> Iterator[Mark]:
    """The bars and the labels of one state."""
    for spell in spells:
        yield from _bar(canvas, spell, middle)
    yield from _labels(canvas, spells, middle)


def _bar(canvas: Canvas, spell: Spell, middle: float) -> Iterator[Mark]:
    """The bar of a spell, with its question mark, and its continuation behind the horizon."""
    first, after = canvas.clipped(spell)
    if first >= after:
        return
    wide = (after - first) * canvas.per_day
    less = max(0.0, LEAST - wide) / 2
    # Nothing is drawn past the horizon.
    more = 0.0 if after == canvas.end else less
    left, right = At(day=first, shift=more - 2 * less), At(day=after, shift=more)
    if spell.status is Status.FORMER:
        left = evolve(left, shift=min(4.0, wide))
    for mark in bar(spell.status, left, right, middle, canvas.sizes.bar):
        shown = evolve(
            mark, of=spell.state.iso3, days=(first, after), tip=canvas.words.spell(spell, canvas.end)
        )
        yield shown
        if isinstance(shown, Box) and shown.is_dashed and wide >= _DOUBT_ROOM and _is_full(canvas, shown):
            at = At(day=first, shift=wide / 2)
            yield canvas.text(
                "doubt", "?", at, middle, size=_DOUBT_SIZE, anchor="middle", is_bold=True, of=shown.of
            )
    if after == canvas.end and canvas.membership.read_as.extrapolate:
        edge = At(day=after, shift=canvas.sizes.strip)
        for mark in bar(spell.status, At(day=after), edge, middle, canvas.sizes.bar):
            yield evolve(mark, role="beyond", opacity=0.35, of=spell.state.iso3)


def _is_full(canvas: Canvas, box: Box) -> bool:
    """Whether a bar has its full height, and there is room for a question mark in it."""
    return box.bottom - box.top >= canvas.sizes.bar and canvas.sizes.bar >= _DOUBT_SIZE


def window_of(spells: Sequence[Spell], index: int) -> tuple[int, int]:
    """The first and the last day on which the act that opened a certain spell may have taken effect.

    Without a lower bound the last day is given for both.
    """
    opened = spells[index]
    last = _start(opened)
    return (opened.began.first or last) if opened.began else last, last


def _start(spell: Spell) -> int:
    """The first day of a spell that has one."""
    return spell.start.toordinal() if spell.start else 0


def label_of(spells: Sequence[Spell], index: int, words: Words) -> str | None:
    """The label for the act that opened a spell; ``None`` for an act without one, such as a first join."""
    spell = spells[index]
    if spell.opened_by is None or not spell.status.is_certain:
        return None
    act = spell.opened_by.act
    if act in _LABELLED:
        return words(str(act))
    if act is not Act.JOIN:
        return None
    been = Status.MEMBER | Status.FROZEN | Status.SUSPENDED | Status.FORMER
    certain_before = [earlier for earlier in spells[:index] if earlier.status.is_certain]
    if any(earlier.status & been for earlier in certain_before):
        return words("join again")
    # The first join needs a label only if no band of eras shows when states joined.
    return None if words.history.eras else words("join")


def _labels(canvas: Canvas, spells: Sequence[Spell], middle: float) -> Iterator[Mark]:
    """The labels of a state: each in its own spell or at the end of the one before, or not at all."""
    taken: set[int] = set()
    for index, spell in enumerate(spells):
        word = label_of(spells, index, canvas.words)
        if word is None or _start(spell) >= canvas.end or canvas.sizes.labels == "none":
            continue
        for text in _candidates(canvas, spells, index, word):
            found = _placed(canvas, spells, index, text, middle, taken)
            if found:
                yield from found
                break


def _candidates(canvas: Canvas, spells: Sequence[Spell], index: int, word: str) -> Iterator[str]:
    """What a label may say: the act and its day, the act and its year, the year."""
    first, last = window_of(spells, index)
    years = canvas.words.years(first, last)
    if first == last and canvas.sizes.labels == "day":
        yield f"{word} {canvas.words.day(first, is_short=True)}"
    yield f"{word} {years}"
    yield years


def _placed(  # noqa: PLR0913, PLR0917 (what, where, and what is taken)
    canvas: Canvas, spells: Sequence[Spell], index: int, text: str, middle: float, taken: set[int]
) -> list[Mark]:
    """A label in its own spell, else at the end of the spell before; nothing where it fits in neither."""
    wide = canvas.measure(text, canvas.sizes.label, False)  # noqa: FBT003 (every measure is called so)
    own = spells[index]
    first, after = canvas.clipped(own)
    room = (after - first) * canvas.per_day - _MARGINS.get(str(own.status.name), _MARGIN)
    needs = wide + (_HATCH_ROOM if own.status is Status.FROZEN else 0)
    if needs <= room:
        taken.add(index)
        return _label(canvas, own, At(day=first, shift=_INSET), text, anchor="start", middle=middle)
    before = spells[index - 1]
    if index == 0 or index - 1 in taken or before.status not in (Status.MEMBER, Status.FORMER):
        return []
    first, after = canvas.clipped(before)
    if wide > (after - first) * canvas.per_day - _MARGIN:
        return []
    taken.add(index - 1)
    return _label(canvas, before, At(day=after, shift=-_INSET), text, anchor="end", middle=middle)


def _label(  # noqa: PLR0913 (what, and where)
    canvas: Canvas, host: Spell, at: At, text: str, *, anchor: str, middle: float
) -> list[Mark]:
    """A label, with a patch under it that hides the hatch or dots behind its letters."""
    code, is_member = host.state.iso3, host.status in (Status.MEMBER, Status.FROZEN)
    label = canvas.text(
        "label",
        text,
        at,
        middle,
        size=canvas.sizes.label,
        ink="onmember" if is_member else "ink",
        anchor=anchor,
        of=code,
    )
    if host.status is Status.MEMBER:
        return [label]
    begins = at.shift if anchor == "start" else at.shift - label.width
    half = canvas.sizes.bar / 2 - 0.6  # up to the outline
    grounds = {Status.FROZEN: "member", Status.SUSPENDED: "susptint"}
    patch = Box(
        role="patch",
        left=evolve(at, shift=begins - _PATCH),
        right=evolve(at, shift=begins + label.width + _PATCH),
        top=middle - half,
        bottom=middle + half,
        fill=grounds.get(host.status, "bg"),
        of=code,
    )
    return [patch, label]
