"""The command line: words in, calls out, and one place that turns errors into exit codes."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Final, NoReturn

import click

from plnmap import __version__
from plnmap.commands import COMMANDS
from plnmap.commands.base import Commands
from plnmap.commands.options import write_text
from plnmap.console import complain, heed_interrupts, interrupted, make_legible, note
from plnmap.errors import FileUnavailable, PlnmapError, UsageError
from plnmap.pln import default_file
from plnmap.words import plain

NO_FILE: Final = """\
plnmap shows who you learn with and from on Twitter/X and Mastodon.

  See it work           plnmap demo
  Ask for your archive  X: Settings > Your account > Download an archive of your data
                        Mastodon: Preferences > Import and export > Request your archive
  Read it, as it came   plnmap import ARCHIVE.zip
  Or ask the server     plnmap login mastodon SERVER, then plnmap collect mastodon
  Look                  plnmap report

All commands            plnmap --help
"""
A_FILE: Final = """\
plnmap shows who you learn with and from. Your PLN file is {file}

  Everything at a glance  plnmap report
  Whom to thank           plnmap thanks
  One person              plnmap show @HANDLE
  Over the years          plnmap timeline
  What you remember       plnmap recall
  What is in the file     plnmap status
  Another archive         plnmap import ARCHIVE.zip

All commands              plnmap --help
"""
EXAMPLES: Final = """\b
Examples:
  plnmap demo                                the network of an invented teacher
  plnmap import twitter-2022-11-14.zip       your archive, as it came
  plnmap report                              who helped you, on one screen
  plnmap show @ada_venn                      one person, and the posts behind it
  plnmap people --role mentor                a list, filtered and sorted
  plnmap COMMAND --help                      what a command can do
"""


@click.group(
    cls=Commands,
    sections=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXAMPLES,
)
@click.version_option(__version__, prog_name="plnmap")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """See your Personal Learning Network: who you learn with and from, and the posts that say so.

    Everything stays on this machine.
    """
    if ctx.invoked_subcommand is None:
        file = default_file()
        write_text(A_FILE.format(file=plain(str(file))) if file.is_file() else NO_FILE, None)


def main() -> NoReturn:
    """Run the program and end with the exit code that `plnmap.errors` gives."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            make_legible(stream)
    heed_interrupts()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code instead of ending the process."""
    try:
        return _run(arguments)
    except BrokenPipeError:
        return _unread()


def _run(arguments: list[str]) -> int:
    try:
        cli.main(arguments, prog_name="plnmap", standalone_mode=False)
    except click.exceptions.Exit as exc:
        return exc.exit_code
    except click.ClickException as exc:
        complain(UsageError(exc.format_message(), hint=_usage_hint(exc)))
        return UsageError.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _stopped()
    except PlnmapError as exc:
        if interrupted():
            return _stopped()
        complain(exc)
        return exc.exit_code
    except BrokenPipeError:
        raise
    except SystemExit as exc:
        # What click makes of a broken pipe, and of nothing else that it is told here.
        if exc.code == 1:
            raise BrokenPipeError from exc
        raise
    except OSError as exc:
        if exc.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return _bug(exc)
        complain(FileUnavailable("no space left to write the output", hint="free some space and try again"))
        return FileUnavailable.exit_code
    except (UnicodeEncodeError, RuntimeError) as exc:
        # Bytes in another encoding may be a path, but no handle and no topic.
        odd = next((typed for typed in arguments if not _is_text(typed)), None)
        if odd is None:
            return _bug(exc)
        complain(UsageError(f"{odd!r} is no text", hint="type it in UTF-8"))
        return UsageError.exit_code
    except Exception as exc:  # noqa: BLE001 - the last line of defence: say so, and end with 1
        return _bug(exc)
    return 0


def _is_text(typed: str) -> bool:
    return typed == typed.encode(errors="ignore").decode()


def _unread() -> int:
    """The reader of our output has gone (`| head`): say no more, and end as who dies of SIGPIPE does."""
    # What is still buffered would be written, and refused, when Python ends.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return 141


def _usage_hint(exc: click.ClickException) -> str | None:
    context = getattr(exc, "ctx", None)
    return f"{context.command_path} --help" if context else None


def _stopped() -> int:
    note("plnmap: interrupted; what was finished before is saved")
    return 130


def _bug(exc: Exception) -> int:
    if os.environ.get("PLNMAP_DEBUG"):
        raise exc
    if interrupted():
        return _stopped()
    complain(
        PlnmapError(
            f"this is a bug in plnmap: {type(exc).__name__}: {exc}",
            hint="run it again with PLNMAP_DEBUG=1 to see where, and report it without your data",
        )
    )
    return PlnmapError.exit_code
