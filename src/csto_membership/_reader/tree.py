"""Reads YAML as text, lists and mappings, each with its line and column; refuses everything else.

The text is walked as parser events and everything in it is text until the reader of a field says
otherwise: a YAML loader would read ``NO`` as false, ``010`` as 8 and keep the last of two equal keys.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

import yaml

from csto_membership._facts.dates import ImpreciseDate, imprecise
from csto_membership._facts.places import Where
from csto_membership._facts.records import present
from csto_membership._reader.limits import HOPELESS, LARGEST_FILE, HopelessError, Suggestions
from csto_membership._reader.parsing import events_of
from csto_membership.errors import UNSEEN, DayError, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_DEEPEST = 12
_HOPELESS = 100  # levels; the file is refused anyway, and PyYAML slows down with every level
_TOO_DEEP = f"deeper than {_DEEPEST} levels. Nothing here nests that deep."
_YAML_TAG = "tag:yaml.org,2002:"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
_HIDDEN = re.compile(f"(?![\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff])[{UNSEEN}]")
_UNSEEN = re.compile(f"(?![\t\n])[{UNSEEN}]")
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_HARMS = ((_BIDI, "turns the direction of"), (_BREAKS, "breaks"), (_HIDDEN, "hides in"))


_NO_KEYS: dict[str, tuple[int, int]] = {}  # shared, and never written to


class Node(NamedTuple):
    """A piece of the file with its place: text, a list of nodes, or a mapping from text to nodes."""

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    keys: Mapping[str, tuple[int, int]] = _NO_KEYS
    is_whole: bool = True  # nothing in it was refused

    def find(self, path: str) -> tuple[int, int] | None:
        """Line and column of the inner node at a path such as ``steps.signature`` or ``sources.0``."""
        node = self
        for part in path.split("."):
            inner = node.value
            if isinstance(inner, dict) and part in inner:
                node = inner[part]
            elif isinstance(inner, list) and part.isdigit() and int(part) < len(inner):
                node = inner[int(part)]
            else:
                return None
        if isinstance(node.value, dict) and "date" in node.value:  # a step in its long form
            node = node.value["date"]
        return node.line, node.column


_Word = TypeVar("_Word", bound=enum.StrEnum)


class _Flag(enum.StrEnum):
    """What a field that is yes or no may say."""

    YES = "yes"
    NO = "no"


_Record = TypeVar("_Record")


class _TooDeepError(Exception):
    """Nested so deeply that PyYAML would need minutes for the rest of the file."""


class Walker:
    """Walks one file and gathers its faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []
        self.suggestions = Suggestions()

    def fault(self, rule: str, node: Node | tuple[int, int], text: str) -> None:
        """Note a fault at its place."""
        line, column = (node.line, node.column) if isinstance(node, Node) else node
        self.problems.append(f"{self.file}:{line}:{column}: {text} [{rule}]")
        if len(self.problems) == HOPELESS:
            raise HopelessError

    # The tree: what YAML may contain at all.

    def tree(self, text: bytes) -> Node | None:
        """The file as nodes, or nothing where it cannot be parsed."""
        if len(text) > LARGEST_FILE:
            self.fault(
                "CM001",
                (1, 1),
                f"the file has more than {LARGEST_FILE:,} bytes. Split it by organization.",
            )
            return None
        try:
            decoded = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = text.count(b"\n", 0, error.start) + 1
            column = error.start - (text.rfind(b"\n", 0, error.start) + 1) + 1
            self.fault(
                "CM001",
                (line, column),
                f"byte 0x{text[error.start]:02x} is not UTF-8. Save the file as UTF-8.",
            )
            return None
        if not self._characters(decoded):
            return None
        try:
            return self._document(events_of(decoded))
        except _TooDeepError:
            pass  # the first level too many is a fault already
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if "nesting depth" in (error.problem or ""):  # libyaml from 0.2.6 on may count before it tells us
                self.fault("CM003", place, _TOO_DEEP)
                return None
            self.fault(
                "CM002", place, f"not YAML: {error.problem}. Mend the line, or put the text in quotes."
            )
        except yaml.reader.ReaderError as error:
            # libyaml counts bytes and PyYAML characters; the first one that may not stand there is the fault.
            before = decoded.partition(_character(error.character))[0]
            place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
            self.fault(
                "CM004",
                place,
                f"{_code_point(_character(error.character))} may not stand in YAML. Delete it.",
            )
        return None

    def _characters(self, text: str) -> bool:
        """Note characters that make a line differ from how it looks; false if it must not be parsed."""
        has_tabs = "\t" in text
        for number, line in enumerate(text.split("\n"), start=1):
            if has_tabs and "\t" in line:  # libyaml and PyYAML's own parser disagree on where one may stand
                place = (number, line.index("\t") + 1)
                self.fault("CM004", place, "a tab, which looks like spaces. Write spaces.")
            if line.isascii():
                continue
            for pattern, harm in _HARMS:
                for match in pattern.finditer(line):
                    self.fault(
                        "CM004",
                        (number, match.start() + 1),
                        f"{_code_point(match[0])} {harm} the text unseen. Delete it.",
                    )
            if not unicodedata.is_normalized("NFC", line):
                self.fault(
                    "CM004", (number, 1), "the line is not in Unicode normal form C. Save it composed (NFC)."
                )
        directive = _DIRECTIVE.search(text)
        if directive is not None:  # libyaml refuses some, which PyYAML's own parser passes over
            place = (text.count("\n", 0, directive.start()) + 1, 1)
            self.fault("CM003", place, "a line that begins with %, as a directive. Delete or indent it.")
        return not has_tabs and directive is None and _BREAKS.search(text) is None

    def _document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The one document of the file."""
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault("CM003", _at(event), "a second document begins. Keep one document in a file.")
                    return root
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, depth=1)
        if documents == 0:
            self.fault("CM008", (1, 1), "the file is empty. Write its fields.")
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node | None:
        """The node that *event* begins, read to its end, and whether all of it could be read."""
        line, column = _at(event)
        if (
            type(event) is yaml.ScalarEvent
            and not event.style  # for a plain scalar libyaml has "", PyYAML None
            and event.anchor is None
            and event.tag is None
            and event.value
            and depth <= _DEEPEST
        ):
            # Shortcut for plain text, which is most nodes; the code below gives the same result.
            return Node(event.value, line, column)
        faults = len(self.problems)
        node = self._walked(event, events, depth)
        if node is None or len(self.problems) == faults:
            return node
        return node._replace(is_whole=False)

    def _walked(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node | None:
        """A node that may be anything."""
        place = _at(event)
        if isinstance(event, yaml.AliasEvent):
            self.fault("CM003", place, f"alias *{event.anchor}. Write the value out.")
            return None
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self.fault("CM003", place, f"anchor &{anchor}. Write the value where it is needed.")
        if tag is not None:
            short = tag.replace(_YAML_TAG, "!!")
            self.fault("CM003", place, f"tag {short}. Everything here is text: write it without a tag.")
        if depth > _DEEPEST:
            self.fault("CM003", place, _TOO_DEEP)
            _skip(event, events)
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, events, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, events, depth)
        scalar = cast("yaml.ScalarEvent", event)
        if scalar.style == '"':
            self._escapes(scalar.value, place)
        if not scalar.value.strip():
            self.fault("CM005", place, "an empty value. Write the value, or leave the field out.")
            return None
        return Node(scalar.value.rstrip("\n"), *place)

    def _escapes(self, text: str, place: tuple[int, int]) -> None:
        """Note invisible characters and text that is not in NFC, brought in by escapes in double quotes."""
        for match in _UNSEEN.finditer(text):
            self.fault(
                "CM004", place, f"the escape of {_code_point(match[0])}, which cannot be seen. Delete it."
            )
        if not unicodedata.is_normalized("NFC", text):
            self.fault("CM004", place, "escapes that are not in Unicode normal form C. Write the letters.")

    def _sequence(self, place: tuple[int, int], events: Iterator[yaml.Event], depth: int) -> Node | None:
        """The list that began at *place*."""
        members: list[Node] = []
        faults = len(self.problems)
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            member = self._node(event, events, depth + 1)
            if member is not None:
                members.append(member)
        if not members and len(self.problems) == faults:
            self.fault("CM005", place, "an empty list. Write its members, or leave the field out.")
            return None
        return Node(value=members, line=place[0], column=place[1])

    def _mapping(self, place: tuple[int, int], events: Iterator[yaml.Event], depth: int) -> Node | None:
        """The mapping that began at *place*."""
        value: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        faults = len(self.problems)
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            node = self._node(next(events), events, depth + 1)
            if key is None:
                continue
            if not isinstance(key.value, str):
                self.fault("CM003", key, "a key that is no text. Write the field's name.")
                continue
            if key.value in keys:
                self.fault(
                    "CM006",
                    key,
                    f"{shown(key.value)} stands here twice, first on line {keys[key.value][0]}. Keep one of them.",
                )
                continue
            keys[key.value] = (key.line, key.column)
            if node is not None:
                value[key.value] = node
        if not keys and len(self.problems) == faults:
            self.fault("CM005", place, "an empty mapping. Write its fields, or leave it out.")
            return None
        return Node(value=value, line=place[0], column=place[1], keys=keys)

    # The fields: what each of them may say.

    def fields(
        self, node: Node, what: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Node] | None:
        """The fields of a mapping; missing and unknown ones are noted as faults."""
        entries = self.entries(node, what)
        if entries is None:
            return None
        for name in node.keys:
            if name not in required and name not in optional:
                known = (*required, *optional)
                suggestion = self.suggestions.nearest(name, known)
                self.fault(
                    "CM007",
                    node.keys[name],
                    f"{what} has no field {shown(name)}{suggestion} Its fields are {', '.join(known)}.",
                )
        for name in required:
            if name not in node.keys:
                self.fault("CM008", node, f"{what} lacks {name!r}. Add it.")
        return entries

    def entries(self, node: Node, what: str) -> dict[str, Node] | None:
        """The entries of a mapping."""
        if isinstance(node.value, dict):
            return node.value
        self.fault("CM009", node, f"{what} must be a mapping, with a name and a colon on each line.")
        return None

    def text(self, node: Node | None, what: str) -> str | None:
        """A field that is text."""
        if node is None:
            return None
        if isinstance(node.value, str):
            return node.value
        self.fault("CM009", node, f"{what} must be text, not a {_kind(node)}.")
        return None

    def members(self, node: Node | None, what: str) -> list[Node]:
        """A field that is a list."""
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.fault("CM009", node, f"{what} must be a list: put it in brackets, or a dash before each member.")
        return []

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A field that is a list of texts."""
        # A member at fault stays as None, so that the indices of the others remain those of the file.
        return tuple(present(self.text(member, f"each of {what}")) for member in self.members(node, what))

    def date(self, node: Node | None, what: str, *, whole_day: bool = False) -> ImpreciseDate | None:
        """A field that is a date."""
        if node is not None and isinstance(node.value, list):
            self.fault("CM009", node, f"{what}: a range in brackets is a list to YAML. Put it in quotes.")
            return None
        text = self.text(node, what)
        if node is None or text is None:
            return None
        try:
            written = imprecise(text)
        except DayError as error:
            self.fault("CM010", node, f"{what}: {error}")
            return None
        if whole_day and not written.is_exact:
            self.fault("CM010", node, f"{what}: {shown(text)} is not one day. Write the day as YYYY-MM-DD.")
        return written

    def word(self, node: Node | None, what: str, words: type[_Word]) -> _Word | None:
        """A field that is one of a few words."""
        text = self.text(node, what)
        if node is None or text is None:
            return None
        if text in list(words):
            return words(text)
        known = [str(word) for word in words]
        self.fault(
            "CM011",
            node,
            f"{what}: {shown(text)} is unknown{self.suggestions.nearest(text, known)} Write one of {', '.join(known)}.",
        )
        return None

    def yes_or_no(self, node: Node | None, what: str) -> bool:
        """A field that is yes or no; yes by default."""
        return self.word(node, what, _Flag) is not _Flag.NO

    def where(self, node: Node) -> Where:
        """The place of a record; those of its fields are found when they are needed, for an error."""
        return Where(file=self.file, line=node.line, column=node.column, find=node.find)

    def each(
        self, node: Node | None, what: str, read: Callable[[str, Node], _Record | None]
    ) -> tuple[_Record, ...]:
        """The records of a mapping by name, in the order of their names."""
        if node is None:
            return ()
        entries = self.entries(node, what) or {}
        found = (read(name, entries[name]) for name in sorted(entries))
        return tuple(record for record in found if record is not None)


def by_place(line: str) -> tuple[int, int]:
    """Line and column at the head of a problem."""
    match = re.search(r":([0-9]+):([0-9]+): ", line)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _skip(event: yaml.Event, events: Iterator[yaml.Event]) -> None:
    """Read past the rest of a node."""
    depth = 0
    while True:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _HOPELESS:
            raise _TooDeepError
        if depth == 0:
            return
        event = next(events)


def _at(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _kind(node: Node) -> str:
    """What a node is, in a word."""
    return "list" if isinstance(node.value, list) else "mapping"


def _character(found: str | int) -> str:
    """The character that a parser refused: PyYAML gives it, libyaml its number."""
    return chr(found) if isinstance(found, int) else found


def _code_point(character: str) -> str:
    """A character that cannot be shown."""
    return f"U+{ord(character):04X}"
