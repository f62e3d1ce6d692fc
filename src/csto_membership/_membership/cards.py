"""Answers as HTML for notebooks: escaped, without scripts, readable on light and on dark grounds.

A card does not look for a theme, since every notebook reports its own differently: it inherits text and
background colours, and its own colours are middle tones that are readable on both.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from csto_membership._membership.vocabulary_lookup import direction, phrase, status_in_words
from csto_membership.errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csto_membership._facts.statuses import Status

# On the class of the card and never on :root, which other cells share.
_STYLE = """<style>
.csto-card{--csto-member:#4788c7;--csto-suspended:#b97a1b;--csto-former:#7c8792;color:inherit;background:transparent;
border-inline-start:3px solid var(--csto-member);padding:2px 12px;margin:6px 0;max-width:640px;font-size:13px;
line-height:1.45;text-align:start}
.csto-card[lang=ar]{font-size:14px;line-height:1.7}
.csto-card p{margin:2px 0}.csto-card .csto-head{font-weight:bold}.csto-card .csto-read{opacity:.78}
.csto-card table{border-collapse:collapse;margin:6px 0;font-size:inherit}
.csto-card table,.csto-card tr,.csto-card th,.csto-card td,.csto-card code{background:transparent!important;
color:inherit}
.csto-card th,.csto-card td{padding:2px 14px 2px 0!important;text-align:start!important;vertical-align:top;border:0}
.csto-card[dir=rtl] th,.csto-card[dir=rtl] td{padding:2px 0 2px 14px!important}
.csto-card tr{border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}
.csto-card th{font-weight:normal;opacity:.78}
.csto-card details{margin:4px 0}.csto-card summary{cursor:pointer}
.csto-card .csto-key{display:inline-block;width:22px;height:11px;margin-inline-end:6px;box-sizing:border-box}
.csto-card svg{max-width:100%;height:auto;--bg:transparent;--card:transparent;--ink:currentColor;
--muted:color-mix(in srgb,currentColor 75%,transparent);--grid:color-mix(in srgb,currentColor 18%,transparent);
--beyond:color-mix(in srgb,currentColor 30%,transparent);--signed:color-mix(in srgb,currentColor 65%,transparent);
--member:#4788c7;--onmember:#fff;--frozenline:#fff;--suspended:#b97a1b;--susptint:rgba(185,122,27,.18);--former:#7c8792;
--open:rgba(71,136,199,.3);--openline:#4788c7;--stair:rgba(71,136,199,.25);--day:#c4477e}
.csto-MEMBER{background:var(--csto-member)}
.csto-FROZEN{background:repeating-linear-gradient(135deg,var(--csto-member) 0 3px,transparent 3px 5px);
border:1px solid var(--csto-member)}
.csto-SUSPENDED{background:repeating-linear-gradient(45deg,var(--csto-suspended) 0 1px,transparent 1px 4px);
border:1px solid var(--csto-suspended)}
.csto-SIGNATORY,.csto-OBSERVER,.csto-ASSOCIATE{border:1px solid currentColor;opacity:.7;height:6px!important}
.csto-OBSERVER{border-radius:3px}
.csto-FORMER{border-bottom:2px dotted var(--csto-former);height:6px!important}
.csto-open{border:1px dashed var(--csto-member)}
</style>"""


def text(said: object) -> str:
    """The value as escaped text on one line; of invisible characters only the library's own marks stay."""
    return escape(in_one_line(str(said), own_marks=True), quote=True)


def card(lang: str, headline: str, reading: str, *parts: str) -> str:
    """A card: the answer in bold, under which reading it holds and up to which day, and what supports it.

    Args:
        lang: The language of its words.
        headline: The answer as a sentence, as text.
        reading: The reading and the last day checked, as text.
        parts: What follows, as HTML.
    """
    read = f'<p class="csto-read">{text(reading)}</p>' if reading else ""
    return (
        f'{_STYLE}<div class="csto-card" lang="{text(lang)}" dir="{direction(lang)}">'
        f'<p class="csto-head">{text(headline)}</p>{read}{"".join(parts)}</div>'
    )


def code(said: object) -> str:
    """A code, which keeps its direction."""
    return f'<bdi dir="ltr"><code>{text(said)}</code></bdi>'


def days(said: str) -> str:
    """Days as digits and hyphens, which keep their direction."""
    return f'<bdi dir="ltr">{text(said)}</bdi>'


def status(lang: str, flags: Status, *, parties: bool = False) -> str:
    """A status after its legend key, the same mark as in the timelines."""
    kind = str(flags.name) if flags.is_certain else "open"
    words = status_in_words(lang, flags, parties=parties)
    words = words.lower() if lang == "en" else words
    return f'<span class="csto-key csto-{kind}" aria-hidden="true"></span>{text(words)}'


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, most: int, shown: int, more: str = ""
) -> str:
    """An HTML table; with more than *most* rows, only the first *shown* are visible and the others folded.

    Args:
        heads: The heads of its columns, as text.
        rows: Its rows.
        most: How many rows stand without folding.
        shown: How many stand where some are folded.
        more: Words after the number of folded rows in the line that unfolds them, as text.
    """
    if len(rows) <= most:
        return _table(heads, rows)
    others = f"+ {len(rows) - shown}{f' {more}' if more else ''}"
    rest = _table(heads, rows[shown:])
    return f"{_table(heads, rows[:shown])}<details><summary>{text(others)}</summary>{rest}</details>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def line(heading: str, said: str) -> str:
    """A heading and what stands under it, in one line."""
    return f"<p>{text(heading)}: {text(said)}</p>" if heading else f"<p>{text(said)}</p>"


def folded(heading: str, lines: Sequence[str], *, is_english: bool = False) -> str:
    """Lines behind a heading with their number; nothing where there are none.

    Args:
        heading: The heading.
        lines: The lines, as text.
        is_english: Whether they are English, whatever the language of the card, and set as such.
    """
    if not lines:
        return ""
    mark = ' lang="en" dir="ltr"' if is_english else ""
    said = "".join(f"<p{mark}>{_linked(line)}</p>" for line in lines)
    return f"<details><summary>{text(heading)}: {len(lines)}</summary>{said}</details>"


def _linked(said: str) -> str:
    """A line in which an address of the web at its end is a link; other addresses stay text."""
    before, _, last = said.rpartition(" ")
    if last.startswith(("http://", "https://")):
        address = text(last)
        return f'{text(before)} <a href="{address}" rel="noreferrer">{address}</a>'
    return text(said)


def organization_card(  # noqa: PLR0913 (what it shows)
    lang: str, *, name: str, members: Sequence[str], horizon: str, reading: str, picture: str
) -> str:
    """The card of an organization.

    Args:
        lang: Its language.
        name: The organization's name.
        members: The names of the members on the last day checked.
        horizon: That day, written out.
        reading: The reading.
        picture: A timeline as SVG, from the wing of drawing; it is taken as it is.
    """
    comma = phrase(lang, ", ")
    key = "{count} members on {day}: {names}" if members else "No members — {when}"
    said = phrase(lang, key).format(count=len(members), day=horizon, when=horizon, names=comma.join(members))
    return card(lang, name, reading, f"<p>{text(said)}</p>", picture)


def finding_card(  # noqa: PLR0913 (what it shows)
    lang: str,
    *,
    sentence: str,
    reading: str,
    quote: str | None,
    quote_lang: str | None,
    lines: Sequence[tuple[str, str]],
    disputes: Sequence[str],
    sources: Sequence[str],
) -> str:
    """The card of a finding on a claim.

    Args:
        lang: Its language.
        sentence: The verdict as a sentence.
        reading: The reading, and the last day checked.
        quote: The words that were judged, if they are known.
        quote_lang: The language of these.
        lines: What was compared, true under, the right date: a heading and what it says, each.
        disputes: What is disputed.
        sources: The sources, best first.
    """
    quoted = ""
    if quote:
        other = text(quote_lang or "und")
        quoted = f'<p><q lang="{other}" dir="auto">{text(quote)}</q></p>'
    return card(
        lang,
        sentence,
        reading,
        quoted,
        *(line(heading, said) for heading, said in lines),
        folded(phrase(lang, "Disputed"), disputes, is_english=True),
        folded(phrase(lang, "Sources"), sources, is_english=True),
    )


def counts_card(lang: str, *, headline: str, reading: str, counts: Sequence[tuple[str, object]]) -> str:
    """A card of words and their numbers, such as the verdicts of a reconciliation."""
    rows = [(text(word), text(number)) for word, number in counts]
    return card(lang, headline, reading, table(("", ""), rows, most=len(rows), shown=len(rows)))
