"""What somebody may have meant who typed a command, an option or a value that there is not."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from typing import Any, Final

import click

from plnmap.errors import UsageError
from plnmap.words import nearest

ALSO_CALLED: Final = {"x": "twitter"}
"""What people call commands that go by another name here."""
MOST_NAMED: Final = 3
"""An option of more commands than these is one of nearly all: to name them would not help."""


class OneOf(click.Choice[str]):
    """One of a few words; a slip gets the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant.

        Raises
        ------
        UsageError
            It is none of them; the hint names the nearest, or all.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as exc:
            what = f" for {param.opts[-1]}" if isinstance(param, click.Option) else ""
            raise UsageError(f"there is no {value!r}{what}", hint=offered(value, self.choices)) from exc


def offered(word: str, known: Sequence[str]) -> str:
    """The known words that are close, else all of them.

    >>> offered("dyas", ["days", "name"]), offered("xyz", ["days", "name"])
    ('did you mean: days', 'one of: days, name')
    """
    close = nearest(word, known)
    return f"did you mean: {', '.join(close)}" if close else f"one of: {', '.join(known)}"


def no_command(ctx: click.Context, word: str) -> UsageError:
    """A word that is no command of a group."""
    assert isinstance(ctx.command, click.Group)
    known, path = ctx.command.commands, ctx.command_path
    other = ALSO_CALLED.get(word.lower(), "")
    close = [other] if other in known else nearest(word, known)
    if "show" in known and word.startswith("@"):
        hint = f"to look at somebody: {path} show {word}"
    elif "import" in known and os.path.lexists(word):
        hint = f"to read it in: {path} import {word}"
    else:
        hint = f"did you mean: {', '.join(close)}" if close else f"{path} --help lists all commands"
    return UsageError(f"there is no command {word!r}", hint=hint)


def no_option(ctx: click.Context, option: str, typed: Sequence[str]) -> UsageError:
    """An option that a command, or a group before its command, does not have.

    Parameters
    ----------
    ctx
        Of the command or group.
    option
        As it was typed, without its value.
    typed
        All words behind the command or group.
    """
    path, called = ctx.command_path, ctx.command_path.partition(" ")[2]
    if isinstance(ctx.command, click.Group):
        behind = _with_option(ctx.command, option)
        if behind:
            command = next((word for word in typed if word in behind), "COMMAND")
            rest = shlex.join(word for word in typed if word != command)
            return UsageError(f"{option} goes behind the command", hint=f"{path} {command} {rest}")
    root = ctx.find_root().command
    elsewhere = _with_option(root, option) if isinstance(root, click.Group) else []
    own = {name.lstrip("-"): name for param in ctx.command.get_params(ctx) for name in param.opts}
    close = [own[name] for name in nearest(option.lstrip("-"), own)]
    if 0 < len(elsewhere) <= MOST_NAMED:
        hint = f"it belongs to: {', '.join(f'plnmap {name}' for name in elsewhere)}"
    else:
        hint = f"did you mean: {', '.join(close)}" if close else f"{path} --help"
    return UsageError(f"there is no option {option}{f' for {called}' if called else ''}", hint=hint)


def too_many(ctx: click.Context, words: Sequence[str]) -> UsageError:
    """Words behind a command for which it has no place.

    Parameters
    ----------
    ctx
        Of the command; what came before is in its ``params``.
    words
        At least one.
    """
    params, word = ctx.command.get_params(ctx), words[0]
    places = [param for param in params if isinstance(param, click.Argument)]
    if os.path.lexists(word) and any("--pln" in param.opts for param in params):
        hint = f"to name a PLN file: {ctx.command_path} --pln {shlex.quote(word)}"
    elif places:
        given = [str(ctx.params[each.name or ""]) for each in places]
        together = shlex.join([*given[:-1], " ".join([given[-1], *words])])
        hint = f"words that belong together need quotes: {ctx.command_path} {together}"
    else:
        option = next((param.opts[0] for param in params if _takes(param, word)), None)
        behind = f"{ctx.command_path} {option}" if option else "to look at somebody: plnmap show"
        hint = f"{behind} {shlex.quote(word)}"
    return UsageError(f"{ctx.info_name} has no place for {word!r}", hint=hint)


def _with_option(group: click.Group, option: str) -> list[str]:
    """Commands of a group that have an option of this name."""
    return [
        name
        for name, command in group.commands.items()
        if any(option in (*param.opts, *param.secondary_opts) for param in command.params)
    ]


def _takes(param: click.Parameter, word: str) -> bool:
    """Whether an option would know what to do with a word: one of its choices, or else somebody."""
    if isinstance(param.type, click.Choice):
        return word.lower() in param.type.choices
    return param.metavar == "PERSON" and word.startswith("@")
