"""Files by which bash, zsh and fish complete the commands and their options, from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership.cli.grammar import COMMANDS, PROGRAM, every_option
from csto_membership.cli.options import ANYWHERE
from csto_membership.cli.parser import MisuseError
from csto_membership.errors import did_you_mean, shown

if TYPE_CHECKING:
    from csto_membership.cli.options import Option

_COMMON = (*(option for option in ANYWHERE if option.name == "--help"),)


def completion(shell: str) -> str:
    """The file for a shell.

    Args:
        shell: ``bash``, ``zsh`` or ``fish``.

    Raises:
        MisuseError: It is none of them.
    """
    shells = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in shells:
        way_out = f"{did_you_mean(shell, shells)}There are {', '.join(shells)}."
        raise MisuseError(f"--print-completion: no shell {shown(shell)}.", way_out)
    return shells[shell]()


def _options_of() -> dict[str, list[str]]:
    """The options of each command."""
    return {command.name: [option.name for option in (*command.options, *_COMMON)] for command in COMMANDS}


def _bash() -> str:
    """For bash: ``csto-membership --print-completion bash > ~/.local/share/bash-completion/completions/...``."""
    cases = [f'    {name}) words="{" ".join(options)}" ;;' for name, options in _options_of().items()]
    values = [
        f'    {option.name}) COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$word")); return ;;'
        for option in every_option().values()
        if option.choices
    ]
    commands = " ".join(command.name for command in COMMANDS)
    anywhere = " ".join(option.name for option in ANYWHERE)
    readers = "|".join(command.name for command in COMMANDS if "FILE" in command.needs)
    lines = [
        f"# Completion of {PROGRAM} in bash: source this file.",
        "_csto_membership() {",
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
        f'  local command="" words="{commands} {anywhere}" each',
        '  case "$before" in',
        *values,
        f'    --file|--out|-o|{readers}) COMPREPLY=($(compgen -f -- "$word")); return ;;',
        "  esac",
        '  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'    case " {commands} " in *" $each "*) command="$each"; break ;; esac',
        "  done",
        '  case "$command" in',
        *cases,
        "  esac",
        '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
        "}",
        f"complete -F _csto_membership {PROGRAM}",
    ]
    return "\n".join(lines) + "\n"


def _zsh() -> str:
    """For zsh: write it as ``_csto-membership`` into a folder of ``$fpath``, or source it behind ``compinit``."""
    commands = [f"    {_quoted(f'{command.name}:{command.text}')}" for command in COMMANDS]
    cases = []
    for command in COMMANDS:
        specs = [_spec(option) for option in (*command.options, *_COMMON)]
        rest = "'*:file:_files'" if "FILE" in command.needs else "'*:word:( )'"
        cases += [f"    {command.name}) _arguments {' '.join((*specs, rest))} ;;"]
    # Options may stand before the command, with values that are no commands.
    anywhere = " ".join(_spec(option) for option in (*every_option().values(), *ANYWHERE))
    lines = [
        f"#compdef {PROGRAM}",
        "_csto_membership() {",
        "  local -a commands=(",
        *commands,
        "  )",
        '  local each command=""',
        '  for each in "${(@)words[2,CURRENT-1]}"; do',
        '    if (( ${commands[(I)$each:*]} )); then command="$each"; break; fi',
        "  done",
        '  case "$command" in',
        *cases,
        f"    *) _arguments {anywhere} '1:command:{{_describe command commands}}' ;;",
        "  esac",
        "}",
        # zsh calls the file itself where it stands in $fpath, and runs it where it is sourced.
        'if [[ "$funcstack[1]" == _csto-membership ]]; then',
        '  _csto_membership "$@"',
        "else",
        f"  compdef _csto_membership {PROGRAM}",
        "fi",
    ]
    return "\n".join(lines) + "\n"


def _spec(option: Option) -> str:
    """An option as zsh's ``_arguments`` takes it."""
    told = option.text.replace("[", "(").replace("]", ")").replace(":", "")
    value, choices = option.value, option.choices
    behind = f":{value.lower()}:({' '.join(choices)})" if choices else f":{value.lower()}:" if value else ""
    if value == "FILE":
        behind += "_files"
    return _quoted(f"{option.name}[{told}]{behind}")


def _fish() -> str:
    """For fish: write it into ``~/.config/fish/completions/csto-membership.fish``."""
    # An option with its value may stand before the command, so that any word but a command is passed over.
    names = " ".join(command.name for command in COMMANDS)
    first = _quoted(f"not __fish_seen_subcommand_from {names}")
    lines = [f"complete -c {PROGRAM} -f"]
    lines += [
        f"complete -c {PROGRAM} -n {first} -a {command.name} -d {_quoted(command.text)}"
        for command in COMMANDS
    ]
    lines += [_fish_option(option, first) for option in (*every_option().values(), *ANYWHERE)]
    for command in COMMANDS:
        behind = _quoted(f"__fish_seen_subcommand_from {command.name}")
        lines += [_fish_option(option, behind) for option in (*command.options, *_COMMON)]
        if "FILE" in command.needs:
            lines.append(f"complete -c {PROGRAM} -n {behind} -F")
    return "\n".join(lines) + "\n"


def _fish_option(option: Option, condition: str) -> str:
    """An option as fish takes it."""
    needs = f" -x -a {_quoted(' '.join(option.choices))}" if option.choices else " -r" if option.value else ""
    needs += " -F" if option.value == "FILE" else ""
    return f"complete -c {PROGRAM} -n {condition} -l {option.name[2:]} -d {_quoted(option.text)}{needs}"


def _quoted(text: str) -> str:
    """A text in the quotes of a shell."""
    return "'" + text.replace("'", "’") + "'"
