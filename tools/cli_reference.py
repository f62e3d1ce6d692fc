"""Writes ``docs/reference/cli.md`` from the table of commands: ``python tools/cli_reference.py``."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from pathlib import Path

from csto_membership.cli import main
from csto_membership.cli.grammar import COMMANDS, PROGRAM, Command
from csto_membership.cli.manual import help_of

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "cli.md"
_WIDTH = 100
# The others need a library of tables or a file, or have answers that are long.
_RUN = {"members", "status", "history", "changes", "next", "together", "office"}

_HEAD = """\
<!-- Written by python tools/cli_reference.py, not by hand. -->
# The command line

Data go to standard output, words about them to standard error. Options stand before or after the command; one that a
command does not use is refused.

| exit code | meaning |
|---|---|
| 0 | answered |
| 1 | the data or the question is at fault |
| 2 | the command is misused |
| 3 | with `--exit-code`: no, or contradicted |
| 4 | with `--exit-code`: unknown, depends or undetermined |

## Formats

* `--format table`, the default, is for people. Columns align in every script, and control characters are shown by
  their number, so that no text of a facts file drives a terminal. Only `timeline` has colours: in a terminal, unless
  `NO_COLOR` is set.
* `--format csv` is for spreadsheets, where the answer is rows. A cell that begins with `=`, `+`, `-` or `@` has an
  apostrophe in front. Nothing stands for what is unknown or open-ended.
* `--format json`, or `--json` for short, is one object:

| field | what it holds |
|---|---|
| `question` | the command, its words and its options, as they were given; those of the reading left out |
| `reading` | `basis`, `dating`, `era`, `known_on` and `extrapolate`; null where a file alone was asked |
| `horizon` | the last day of which anything is known, `YYYY-MM-DD`; null likewise |
| `data_version` | the last day verified and a hash of the organization's records; null likewise |
| `answer` | a list of objects, one a row, with the columns of the CSV as fields; or one object |

Days are `YYYY-MM-DD`, imprecise dates EDTF, a status is a list of the flags that are possible. A spell or a period
ends on the first day after it; null where it still lasts on the horizon. What each command answers:

| command | `answer` |
|---|---|
{answers}
For example `csto-membership status UZB 2003-06-30 --json`:

```json
{example}```

## The program

"""


_OBJECTS = {
    "members": "an object: `members`, each with `state` and `name`, and `possible`, each with a `why` beside them",
    "status": "an object: `state`, `name`, `status`, `member` (yes, no or unknown)",
    "explain": "an object: `to_dict()` of the library's explanation",
    "claim": "an object: `to_dict()` of the library's finding; for a list without a day the periods in which it was "
    "right: `start`, `end`, `answer`",
    "check": "an object: `organizations`, each with `file`, `id`, `events` and `states`, and the number of `sources`",
}
_ROWS = {
    "panel": "a list: `state`, `year` (or `month`, `day`), `member`, or `share` with `--rule fraction`",
    "dyads": "a list: `state1`, `state2`, `year` (or `month`, `day`), and `member` with `--rows all`",
}


def page() -> str:
    """The page's text."""
    answers = "".join(
        f"| `{command.name}` | {_answer(command)} |\n" for command in COMMANDS if command.option("--json")
    )
    example = json.loads(_printed("status UZB 2003-06-30 --json"))
    example |= {
        "horizon": "YYYY-MM-DD",
        "data_version": "YYYY-MM-DD+0123456789ab",
    }  # which change with the facts
    head = _HEAD.format(answers=answers, example=f"{json.dumps(example, indent=2)}\n")
    parts = [head, "```text\n", help_of(None, _WIDTH), "```\n"]
    for command in COMMANDS:
        parts += [f"\n## {command.name}\n\n", "```text\n", help_of(command, _WIDTH), "```\n"]
        if command.name in _RUN:
            printed = _printed(command.example)
            parts += ["\n```console\n", f"$ {PROGRAM} {command.example}\n", printed, "```\n"]
    return "".join(parts)


def _answer(command: Command) -> str:
    """What a command answers as JSON: an object, or a list with the columns of the CSV."""
    if command.name in _OBJECTS or command.name in _ROWS:
        return _OBJECTS.get(command.name) or _ROWS[command.name]
    columns = _printed(f"{command.example.removesuffix(' --format csv')} --format csv").partition("\n")[0]
    return f"a list: {', '.join(f'`{column}`' for column in columns.split(','))}"


def _printed(example: str) -> str:
    """What an example prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(shlex.split(example))
    return out.getvalue()


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
