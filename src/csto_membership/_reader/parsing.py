"""Parser events by libyaml, or by PyYAML's own parser, adapted so that both accept the same files."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SURROGATES = re.compile("[\ud800-\udfff]")
_FLOW = frozenset(",[]{}")


def events_of(text: str) -> Iterator[yaml.Event]:
    """The parser's events, by libyaml where PyYAML was built with it."""
    parser = getattr(yaml, "CLoader", None)
    return yaml.parse(text, Loader=parser) if parser else _pure_events(text)


def _pure_events(text: str) -> Iterator[yaml.Event]:
    """The events of PyYAML's own parser; refuses invalid escapes, which it lets through or crashes on."""
    loader = _PureLoader(text)
    while True:
        try:
            if not loader.check_event():
                return
            event: yaml.Event = loader.get_event()  # type: ignore[no-untyped-call] # PyYAML's stubs leave it out
        except (ValueError, OverflowError):
            raise _no_character(loader.get_mark()) from None
        if isinstance(event, yaml.ScalarEvent) and _SURROGATES.search(event.value):
            raise _no_character(event.start_mark)
        yield event


class _PureLoader(yaml.Loader):
    """PyYAML's own parser with three rules of libyaml's.

    Text without quotes may hold a question mark inside brackets, as in ``{effect: 1994-04-20?}``, but there no colon
    before a bracket or comma; and a comment may follow ``|`` or ``>`` at once.
    """

    def scan_plain(self) -> Any:  # noqa: ANN401 (a token, of which PyYAML's stubs know nothing)
        """A text without quotes; inside brackets a question mark is part of it, and none ends on ``:[``."""
        if not self.flow_level:
            return super().scan_plain()
        token = self._scanned(super().scan_plain, "?", "x")
        if ":?" in token.value or (self.peek() == ":" and self.peek(1) in _FLOW):
            raise yaml.MarkedYAMLError(problem="found unexpected ':'", problem_mark=self.get_mark())
        return token

    def scan_block_scalar_indicators(self, start_mark: Any) -> Any:  # noqa: ANN401 (as above)
        """What stands behind ``|`` or ``>``, before a comment as before a space."""
        return self._scanned(partial(super().scan_block_scalar_indicators, start_mark), "#", " ")

    def _scanned(self, scan: Callable[[], Any], character: str, other: str) -> Any:  # noqa: ANN401 (as above)
        """The result of *scan* while it sees *character* as *other*; the text itself does not change."""
        seen = self.peek
        vars(self)["peek"] = lambda index=0: other if seen(index) == character else seen(index)
        try:
            return scan()
        finally:
            del vars(self)["peek"]


def _no_character(mark: Any) -> yaml.MarkedYAMLError:  # noqa: ANN401 (libyaml and PyYAML have marks of their own)
    """The fault as libyaml words it."""
    return yaml.MarkedYAMLError(problem="found invalid Unicode character escape code", problem_mark=mark)
