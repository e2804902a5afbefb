"""How commands show their help, and how a group helps with typing errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from plnmap.commands.mistyped import no_command, no_option, too_many

SHARED: Final = {
    "Whose network": ("--ego", "--as-of"),
    "Output": ("--format", "--output"),
    "Always": ("--pln", "--quiet", "--help"),
}
"""Options that many commands have, under a heading of their own; those of one command come before them."""


@contextmanager
def _helping(ctx: click.Context, args: list[str]) -> Iterator[None]:
    """Say of an option that there is not what may have been meant, and of every slip where help is."""
    typed = list(args)
    try:
        yield
    except click.NoSuchOption as exc:
        raise no_option(ctx, exc.option_name, typed) from exc
    except click.UsageError as exc:
        exc.ctx = exc.ctx or ctx
        raise


class Command(click.Command):
    """A command whose own options come first in its help, and that helps with typing errors."""

    # What is left over is told by `parse_args`.
    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed behind the command.

        Raises
        ------
        UsageError
            There is no such option, or no place for a word; the hint says what may have been meant.
        """
        with _helping(ctx, args):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise too_many(ctx, rest)
        return rest

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings."""
        shared = {name: heading for heading, names in SHARED.items() for name in names}
        own = "Options"
        sections: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (own, *SHARED)}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                sections[next((shared[name] for name in param.opts if name in shared), own)].append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class Commands(click.Group):
    """A group that lists its commands by what a person wants to do, and helps with typing errors.

    Parameters
    ----------
    sections
        Heading → commands; those of no section come under "Commands".
    """

    command_class = Command

    def __init__(self, *args: Any, sections: dict[str, list[click.Command]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sections = sections or {}
        for commands in self.sections.values():
            for command in commands:
                self.add_command(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help of a group that is called without a command."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()
        with _helping(ctx, args):
            return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings."""
        listed = [command for commands in self.sections.values() for command in commands]
        others = [command for command in self.commands.values() if command not in listed]
        for heading, commands in (*self.sections.items(), ("Commands", others)):
            if commands:
                with formatter.section(heading):
                    formatter.write_dl([(each.name or "", each.get_short_help_str(90)) for each in commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant.

        Raises
        ------
        UsageError
            There is none of that name; the hint says which may have been meant.
        """
        if not ctx.resilient_parsing and not args[0].startswith("-") and args[0] not in self.commands:
            raise no_command(ctx, args[0])
        return super().resolve_command(ctx, args)
