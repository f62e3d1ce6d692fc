"""The page: head, controls, pictures, table of changes, and the facts that its script looks up."""

from __future__ import annotations

import base64
import hashlib
import json
from os.path import dirname, join
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._facts.statuses import Status
from csto_membership._membership.reading import Reading
from csto_membership.drawing.lanes import label_of
from csto_membership.drawing.layout import axis_of
from csto_membership.drawing.tokens import DARK, FONTS, LIGHT
from csto_membership.drawing.words import plain, words_in
from csto_membership.explorer.facts import Facts
from csto_membership.explorer.markup import element, escaped
from csto_membership.explorer.offers import EPOCH, offers_of, read
from csto_membership.explorer.pictures import key, key_of, keys, pictures, shapes
from csto_membership.explorer.texts import LANGUAGES, WRITTEN, checked_addresses, head_of, texts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from csto_membership._membership.answers import Change
    from csto_membership._membership.membership import Membership
    from csto_membership.drawing.words import Words
    from csto_membership.explorer.offers import Offers

_ACTS = (
    *("sign", "join", "join again", "reaffirm", "freeze", "suspend", "resume"),
    *("lapse", "withdraw", "expel", "end", "observe"),
)
_STEPS = (
    *("announcement", "notice", "receipt", "decision", "signature"),
    *("ratification", "deposit", "accession", "entry_into_force"),
)


def html(
    membership: Membership,
    lang: str = "en",
    *,
    others: Mapping[str, str] | None = None,
    home: str | None = None,
) -> str:
    r"""The explorer of an organization: an HTML page in one file that loads nothing else.

    It begins with the reading of *membership* on the last day verified; the reader can choose other days and
    readings. Its script decides nothing: it looks up what the library compiled for every reading offered.
    Without scripts the timeline and a table of all changes remain.

    Args:
        membership: The organization, under the reading with which the page begins.
        lang: The language of the page: ``en``, ``ar`` (from right to left) or ``ru``.
        others: Where the pages in other languages are, by language: relative or ``https`` addresses.
        home: Where the documentation is that the page belongs to, if any.

    Raises:
        DrawingError: There are no texts in *lang*, an address is not valid, or there are no states to draw.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.explorer import html
        >>> page = html(csto, "ru", others={"en": "csto.en.html"})
        >>> page.startswith('<!doctype html>')
        True
    """
    words = words_in(lang, membership.compiled.full_history)
    offers = offers_of(membership)
    here = membership.read_as
    drawn = type(membership)(compiled=read(membership.compiled, here.dating, here.era, None))
    page = _Page(
        membership=drawn,
        words=words,
        texts=texts_in(lang),
        offers=offers,
        others=checked_addresses(others or {}, home),
        home=home,
    )
    return page.written()


def _file(name: str) -> str:
    """A file of this wing, which the package's own loader reads, so that a zip archive will do as well."""
    get: Callable[[str], bytes] = __spec__.loader.get_data  # type: ignore[union-attr] # every file loader has it
    return get(join(dirname(__file__), name)).decode()  # noqa: PTH118, PTH120 (importing pathlib costs more)


def script() -> str:
    """The page's script, without comments and indentation; its hash is in the page's security policy."""
    lines = (line.strip() for line in _file("page.js").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def style(lang: str) -> str:
    """The page's rules: the tokens of both themes, the font of the language, and the file."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in theme.items()) for theme in (LIGHT, DARK)
    )
    lines = (line.strip() for line in _file("page.css").splitlines())
    return (
        f":root{{{light};--font:{FONTS[lang]};color-scheme:light}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{{dark};color-scheme:dark}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{dark};color-scheme:dark}}}}\n"
        + "\n".join(line for line in lines if line and not line.startswith("/*"))
    )


def _hash(text: str) -> str:
    """A text's hash as a security policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _steps_between(rosters: tuple[tuple[int, ...], ...]) -> Iterator[list[int]]:
    """The rosters in fewer bytes: each as the indices and values that differ from the previous one."""
    before: tuple[int, ...] = (-1,) * len(rosters[0])
    for roster in rosters:
        yield [
            number
            for place, (old, new) in enumerate(zip(before, roster, strict=True))
            if old != new
            for number in (place, new)
        ]
        before = roster


@frozen(kw_only=True)
class _Page:
    """Writes one page.

    Attributes:
        membership: The organization as it is drawn, with all that is known.
        words: The words of drawings in the page's language.
        texts: The page's own words.
        offers: The readings that it offers.
        others: The addresses of the pages in other languages.
        home: The address of the documentation, if there is one.
    """

    membership: Membership
    words: Words
    texts: dict[str, str]
    offers: Offers
    others: dict[str, str]
    home: str | None

    def written(self) -> str:
        """The whole document."""
        history = self.membership.history
        heading, lede = head_of(history.id, plain(history.name), self.words.lang)
        code, rules = script(), style(self.words.lang)
        policy = (
            f"default-src 'none'; script-src {_hash(code)}; style-src {_hash(rules)}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        direction = "rtl" if self.words.is_from_right else "ltr"
        head = "".join(
            (
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                '<meta name="referrer" content="no-referrer">',
                '<link rel="icon" href="data:,">',
                element("title", text=heading),
                f"<style>{rules}</style>",
            )
        )
        main = element("main", {}, html="".join(self._main()))
        body = self._head(heading, lede) + main + self._foot() + keys() + self._carried()
        return (
            f'<!doctype html>\n<html lang="{self.words.lang}" dir="{direction}" class="nojs">\n'
            f"<head>{head}</head>\n<body>{body}<script>{code}</script></body>\n</html>\n"
        )

    def _carried(self) -> str:
        """The facts as JSON, escaped so that they cannot close their ``<script>`` element."""
        text = json.dumps(self.facts(), ensure_ascii=False, separators=(",", ":"))
        safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        return f'<script type="application/json" id="facts">{safe}</script>\n'

    def facts(self) -> dict[str, object]:
        """What the script looks up."""
        offers, words = self.offers, self.words
        compiled = self.membership.compiled
        places = {state.iso3: place for place, state in enumerate(compiled.states)}
        known = Facts(compiled=compiled, words=words, states=places).gathered(offers)
        first, _ = axis_of(self.membership)
        masks = offers.masks
        bound = words.bound_from
        return {
            "lang": words.lang,
            "first": first - EPOCH,
            "last": offers.end - 1 - EPOCH,
            "bound": None if bound is None else bound - EPOCH,
            "states": len(compiled.states),
            "bases": offers.bases,
            "datings": offers.datings,
            "eras": [plain(era) for era in offers.eras],
            "known": [day - EPOCH for day in offers.known],
            "chosen": [plain(name) for name in offers.chosen],
            "chosenDay": None if offers.chosen_day is None else offers.chosen_day - EPOCH,
            "runs": offers.runs,
            "actLists": offers.acts,
            "windows": offers.windows,
            "lines": offers.lines,
            "rosters": list(_steps_between(offers.rosters)),
            "readings": offers.readings,
            "shapes": shapes(masks),
            "keys": {mask: key_of(mask) for mask in masks},
            "flags": {flag.value: words.flag(str(flag.name), 0) for flag in Status},
            "memberFlag": Status.MEMBER.value,
            "formerFlag": Status.FORMER.value,
            "party": words("party"),
            "member": words("MEMBER"),
            "acts": {act: self._act(act) for act in _ACTS},
            "steps": {step: words(step).replace("_", " ") for step in _STEPS},
            "months": [self._month(month) for month in range(1, 13)],
            "years": words.day(1).split()[-1] if words.lang == "ru" else "",
            "counts": words("counts", low="{low}", high="{high}"),
            "horizon": words.horizon(words.day(offers.end - 1, is_short=True), Reading()),
            "words": {key: says for key, says in self.texts.items() if key not in WRITTEN},
            **known,
        }

    def _act(self, act: str) -> str:
        """An act in words."""
        return self.texts.get(act) or self.words(act)

    def _month(self, month: int) -> str:
        """A month as it stands in a day written out."""
        from datetime import date

        written = self.words.day(date(2000, month, 1).toordinal())
        return written.removeprefix("1 ").partition(" 2000")[0]

    def _head(self, heading: str, lede: str) -> str:
        """Languages, tools, heading."""
        texts, links = self.texts, ""
        if self.others:
            for lang, name in LANGUAGES.items():
                if lang == self.words.lang:
                    links += element("a", {"href": "#", "lang": lang, "aria-current": "page"}, name)
                elif lang in self.others:
                    where = {"href": self.others[lang], "lang": lang, "hreflang": lang}
                    links += element("a", where, name)
            links = element("nav", {"aria-label": texts["languages"], "class": "languages"}, html=links)
        if self.home is not None:
            home = element("a", {"href": self.home, "class": "home"}, texts["home"])
            links = element("nav", {"aria-label": texts["home"]}, html=home) + links
        tools = "".join(
            element("button", {"type": "button", "id": name}, texts[name])
            for name in ("copy", "print", "dark")
        )
        bar = element("div", {"class": "bar"}, html=links + element("div", {"class": "tools js"}, html=tools))
        return element(
            "header", {}, html=bar + element("h1", text=heading) + element("p", {"class": "lede"}, lede)
        )

    def _main(self) -> Iterator[str]:
        """Question, timeline, answer, table of changes."""
        texts = self.texts
        yield element("section", {"class": "ask js", "aria-label": texts["day"]}, html=self._ask())
        slider = '<input type="range" id="slider" class="js" step="1" min="0" max="1" value="1">'
        yield element(
            "section",
            {"class": "timeline", "aria-label": texts["timeline"]},
            html=pictures(self.membership, self.words.lang) + slider + self._legend(),
        )
        yield element("div", {"class": "columns js"}, html=self._answer() + self._side())
        yield self._changes()

    def _ask(self) -> str:
        """The controls: the day, the changes beside it, the reading."""
        texts = self.texts
        field = self._field("day", texts["day"])
        steps = "".join(
            element("button", {"type": "button", "id": name}, says)
            for name, says in (("previous", f"‹ {texts['previous']}"), ("next", f"{texts['next']} ›"))
        )
        switches = ""
        for name, options in self._options():
            if len(options) > 1:
                chosen = "".join(element("option", {"value": value}, says) for value, says in options)
                label = element("label", {"for": name}, texts[name])
                switches += element("div", {}, html=label + element("select", {"id": name}, html=chosen))
        summary = element(
            "summary", {}, html=element("b", text=f"{texts['reading']}: ") + '<span id="says"></span>'
        )
        reading = element(
            "details",
            {"class": "reading"},
            html=summary + element("div", {"class": "switches"}, html=switches),
        )
        return field + element("div", {"class": "steps"}, html=steps) + reading

    def _field(self, name: str, label: str) -> str:
        """A field for a day, with its hint and the place of its message."""
        return element(
            "div",
            {"class": "field"},
            html=element("label", {"for": name}, label)
            + element("span", {"class": "hint", "id": f"{name}-hint"}, self.texts["hint"])
            + element("span", {"class": "error", "id": f"{name}-error", "role": "alert"})
            + f'<input id="{name}" inputmode="numeric" dir="ltr" autocomplete="off" spellcheck="false" '
            f'maxlength="10" aria-describedby="{name}-error {name}-hint">',
        )

    def _options(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The choices of each switch: what the address says, and the words."""
        texts, offers, words = self.texts, self.offers, self.words
        yield "basis", [(name, texts[name]) for name in offers.bases]
        yield "dating", [(name, self._dated(name)) for name in offers.datings]
        every = texts["both eras" if len(offers.eras) == 2 else "all eras"]  # noqa: PLR2004 (which "both" means)
        names = {era.id: words.short(era) for era in self.membership.compiled.full_history.eras}
        yield (
            "era",
            [
                ("", every),
                *((plain(era), texts["one era"].replace("{era}", names[era])) for era in offers.eras),
            ],
        )
        days = [(day, words.day(day)) for day in offers.known]
        yield (
            "known",
            [
                ("", texts["all known"]),
                *((str(day - EPOCH), texts["known by"].replace("{day}", says)) for day, says in days),
            ],
        )

    def _dated(self, dating: str) -> str:
        """A dating in words."""
        if dating in {"effect", "any"}:
            return self.texts[f"dated {dating}"]
        steps = self.texts["comma"].join(self.words(step).replace("_", " ") for step in dating.split("-"))
        return self.texts["dated"].replace("{step}", steps)

    def _legend(self) -> str:
        """How the drawing is to be read: the key of every status that occurs under any reading."""
        masks = self.offers.masks
        shown = [flag for flag in Status if flag.value in masks and flag is not Status.OUTSIDE]
        listed = [(flag.value, self.words.flag(str(flag.name))) for flag in shown]
        if any(not Status(mask).is_certain for mask in masks):
            listed.append(((Status.MEMBER | Status.FORMER).value, self.texts["open"]))
        items = "".join(
            element("li", {}, html=key(key_of(mask)) + f" {escaped(says)}") for mask, says in listed
        )
        inside = element("ul", {"class": "legend"}, html=items)
        inside += element("p", {"class": "hint"}, self.texts["legend stairs"])
        return element(
            "details", {"id": "legend"}, html=element("summary", text=self.texts["legend"]) + inside
        )

    def _answer(self) -> str:
        """The place of the answer, which the script fills."""
        texts = self.texts
        heads = "".join(
            element("th", {"scope": "col", "class": name}, texts[name])
            for name in ("state", "status", "since")
        )
        heads += element("th", {"scope": "col"}, html=element("span", {"class": "unseen"}, texts["why"]))
        table = element(
            "table", {"id": "roster"}, html=element("thead", {}, html=element("tr", {}, html=heads))
        )
        return element(
            "section",
            {"class": "answer", "aria-labelledby": "sentence"},
            html='<h2 id="sentence"></h2>' + table + '<p id="live" class="unseen" aria-live="polite"></p>',
        )

    def _side(self) -> str:
        """Offices, operations and sessions, and the comparison of two days."""
        texts, history = self.texts, self.membership.compiled.full_history
        parts = ""
        if history.offices:
            parts += element("h2", text=texts["offices"]) + '<dl id="offices"></dl>'
        if history.participations:
            parts += element("h2", text=texts["parts"]) + '<div id="parts"></div>'
        compare = element("h2", text=texts["compare"]) + self._field("with", texts["other day"])
        parts += element("div", {"class": "compare"}, html=compare + '<div id="difference"></div>')
        return element("div", {"class": "side"}, html=parts)

    def _changes(self) -> str:
        """The table of all changes, which is there without scripts, too."""
        texts, changes = self.texts, self.membership.changes()
        reading = f"{texts['reading']}: {self.words.reading(self.membership.read_as)}"
        inside = element("p", {"class": "hint"}, reading)
        if changes:
            names = ("day", "state", "act", "before", "now")
            heads = "".join(element("th", {"scope": "col"}, texts[name]) for name in names)
            rows = "".join(self._change(change) for change in changes)
            table = element("thead", {}, html=element("tr", {}, html=heads)) + element("tbody", {}, html=rows)
            inside += element("div", {"class": "wide"}, html=element("table", {}, html=table))
        else:
            inside += element("p", text=texts["no changes"])
        summary = element("summary", {}, html=element("h2", text=texts["changes"]))
        return element("details", {"id": "changes", "open": True}, html=summary + inside)

    def _change(self, change: Change) -> str:
        """One change as a row."""
        day, words = change.day.toordinal(), self.words
        spells = self.membership.spells(change.state)
        index = next(place for place, spell in enumerate(spells) if spell.start == change.day)
        act = "" if change.event is None else self._act(str(change.event.act))
        again = label_of(spells, index, words) if act else None
        before = words.status(change.before, 0, day)
        after = words.status(change.after, day, day + 1)
        cells = f"<td>{element('time', {'datetime': change.day.isoformat()}, words.day(day))}</td>"
        cells += element("th", {"scope": "row"}, words.state(change.state))
        cells += "".join(element("td", text=says) for says in (again or act, before, after))
        return element("tr", {}, html=cells)

    def _foot(self) -> str:
        """Through which day the facts were checked."""
        texts = self.texts
        day = self.words.day(self.offers.end - 1)
        version = element("bdi", text=self.membership.data_version)
        before, _, behind = texts["version"].partition("{version}")
        checked = texts["checked"].replace("{day}", day)
        inside = element("p", text=checked) + f"<p>{escaped(before)}{version}{escaped(behind)}</p>"
        return element("footer", {}, html=inside)
