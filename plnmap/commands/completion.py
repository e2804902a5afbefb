"""Completion with the Tab key: `completion`, and what it offers where a person is asked for."""

from __future__ import annotations

import os
from typing import Any, Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from plnmap.commands.base import Command
from plnmap.commands.mistyped import OneOf
from plnmap.commands.options import write_text

VARIABLE: Final = "_PLNMAP_COMPLETE"
INSTALL: Final = {
    "bash": "plnmap completion bash > ~/.local/share/bash-completion/completions/plnmap",
    "zsh": "plnmap completion zsh > ~/.zfunc/_plnmap   (~/.zshrc: fpath+=~/.zfunc, then compinit)",
    "fish": "plnmap completion fish > ~/.config/fish/completions/plnmap.fish",
}


@add_completion_class
class _Bash(BashComplete):
    """Bash splits words at @ and =, so that it is told the whole line, and gives what it would replace."""

    name = "bash"
    source_template = BashComplete.source_template.replace(
        'COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD',
        'COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_CWORD="$2"',
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)
        return (words[1:], "") if line.endswith(" ") else (words[1:-1], words[-1])

    def format_completion(self, item: CompletionItem[Any]) -> str:
        _, typed = self.get_completion_args()
        kept = len(typed.rpartition("=")[2]) - len(os.environ["COMP_CWORD"])
        return f"{item.type},{item.value[max(kept, 0) :]}"


@click.command(cls=Command)
@click.argument("shell", type=OneOf(list(INSTALL)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Let the Tab key complete commands, options, files and handles.

    This prints a script for your shell. Kept in a file, it works in every new
    one:

    \b
      plnmap completion bash > ~/.local/share/bash-completion/completions/plnmap
      plnmap completion zsh > ~/.zfunc/_plnmap
      plnmap completion fish > ~/.config/fish/completions/plnmap.fish

    \b
    For this shell alone:
      eval "$(plnmap completion bash)"
    """
    made_by = get_completion_class(shell)
    assert made_by is not None
    script = made_by(ctx.find_root().command, {}, "plnmap", VARIABLE).source()
    # At the end: the first line of zsh's script must stay the first.
    write_text(f"{script.strip()}\n# To keep it: {INSTALL[shell]}\n", None)
