"""The command line: words in, calls out, and one place that turns errors into exit codes."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import NoReturn

import click

from plnmap import __version__
from plnmap.commands import COMMANDS
from plnmap.console import complain, note
from plnmap.errors import FileUnavailable, PlnmapError, UsageError
from plnmap.words import nearest

BEGIN = """\
plnmap shows who you learn with and from on Twitter/X and Mastodon.

  See it work:           plnmap demo
  Your own archive:      plnmap import ARCHIVE.zip     (X archive or Mastodon export, as downloaded)
                         plnmap report

All commands:            plnmap --help
"""


class _Commands(click.Group):
    """A group that lists its commands by what a person wants to do, and helps with typing errors."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, commands in COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl([(c.name or "", c.get_short_help_str(limit=90)) for c in commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            close = nearest(args[0], self.commands)
            hint = f"did you mean: {', '.join(close)}" if close else "plnmap --help lists all commands"
            raise UsageError(f"there is no command {args[0]!r}", hint=hint)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="plnmap")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """See your Personal Learning Network: who you learn with and from, and the posts that say so.

    Everything stays on this machine.
    """
    if ctx.invoked_subcommand is None:
        click.echo(BEGIN, nl=False)


for _commands in COMMANDS.values():
    for _command in _commands:
        cli.add_command(_command)


def main() -> NoReturn:
    """Run the program and end with the exit code that `plnmap.errors` gives."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a name shows the rest.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code instead of ending the process."""
    try:
        cli.main(arguments, prog_name="plnmap", standalone_mode=False)
    except click.exceptions.Exit as exc:
        return exc.exit_code
    except click.ClickException as exc:
        complain(UsageError(exc.format_message(), hint=_usage_hint(exc)))
        return UsageError.exit_code
    except (click.Abort, KeyboardInterrupt):
        note("plnmap: interrupted; what was finished before is saved")
        return 130
    except PlnmapError as exc:
        complain(exc)
        return exc.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as exc:
        if exc.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return _bug(exc)
        complain(FileUnavailable("no space left to write the output", hint="free some space and try again"))
        return FileUnavailable.exit_code
    except Exception as exc:  # noqa: BLE001 - the last line of defence: say so, and end with 1
        return _bug(exc)
    return 0


def _usage_hint(exc: click.ClickException) -> str | None:
    context = getattr(exc, "ctx", None)
    return f"{context.command_path} --help" if context else None


def _bug(exc: Exception) -> int:
    if os.environ.get("PLNMAP_DEBUG"):
        raise exc
    complain(
        PlnmapError(
            f"this is a bug in plnmap: {type(exc).__name__}: {exc}",
            hint="run it again with PLNMAP_DEBUG=1 to see where, and report it without your data",
        )
    )
    return PlnmapError.exit_code
