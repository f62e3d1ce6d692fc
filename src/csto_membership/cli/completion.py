"""Files by which bash, zsh and fish complete the commands and their options, from the one table of commands."""

from __future__ import annotations

from csto_membership.cli.grammar import COMMANDS, PROGRAM, every_option
from csto_membership.cli.options import ANYWHERE
from csto_membership.cli.parser import MisuseError
from csto_membership.errors import did_you_mean, shown

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
    lines = [
        f"# Completion of {PROGRAM} in bash: source this file.",
        "_csto_membership() {",
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
        f'  local command="" words="{commands} {anywhere}" each',
        '  case "$before" in',
        *values,
        '    --file|--out|-o|check|annotate) COMPREPLY=($(compgen -f -- "$word")); return ;;',
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
    """For zsh: write it as ``_csto-membership`` into a folder of ``$fpath``."""
    commands = [f"    {_quoted(f'{command.name}:{command.text}')}" for command in COMMANDS]
    cases = []
    for command in COMMANDS:
        specs = [_spec(*option[:1], option.text, option.value, option.choices) for option in command.options]
        rest = ["'*:file:_files'"] if "FILE" in command.needs else ["'*: :'"]
        cases += [f"    {command.name}) _arguments {' '.join((*specs, *rest))} ;;"]
    lines = [
        f"#compdef {PROGRAM}",
        "_csto_membership() {",
        "  local -a commands=(",
        *commands,
        "  )",
        "  if (( CURRENT == 2 )); then _describe command commands; return; fi",
        '  local command="${words[2]}"',
        "  shift words; (( CURRENT-- ))",
        '  case "$command" in',
        *cases,
        "  esac",
        "}",
        f"compdef _csto_membership {PROGRAM}",
    ]
    return "\n".join(lines) + "\n"


def _spec(name: str, text: str, value: str, choices: tuple[str, ...]) -> str:
    """An option as zsh's ``_arguments`` takes it."""
    told = text.replace("[", "(").replace("]", ")").replace(":", "")
    behind = f":{value.lower()}:({' '.join(choices)})" if choices else f":{value.lower()}:" if value else ""
    if value == "FILE":
        behind += "_files"
    return _quoted(f"{name}[{told}]{behind}")


def _fish() -> str:
    """For fish: write it into ``~/.config/fish/completions/csto-membership.fish``."""
    lines = [f"complete -c {PROGRAM} -f"]
    lines += [
        f"complete -c {PROGRAM} -n __fish_use_subcommand -a {command.name} -d {_quoted(command.text)}"
        for command in COMMANDS
    ]
    for command in COMMANDS:
        for option in command.options:
            needs = (
                f" -x -a {_quoted(' '.join(option.choices))}"
                if option.choices
                else " -r"
                if option.value
                else ""
            )
            lines.append(
                f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {command.name}' "
                f"-l {option.name[2:]} -d {_quoted(option.text)}{needs}"
            )
        if "FILE" in command.needs:
            lines.append(f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {command.name}' -F")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in the quotes of a shell."""
    return "'" + text.replace("'", "’") + "'"
