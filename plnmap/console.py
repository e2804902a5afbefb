"""What a person sees while a command runs: progress, notes and errors, all on stderr.

Data goes to stdout, so that a pipe gets the data and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from plnmap.errors import PlnmapError
from plnmap.words import plain

if TYPE_CHECKING:
    from rich.console import Console


def make_console(file: TextIO, width: int | None = None) -> Console:
    """A console for one stream: colour only on a terminal, other people's text never taken as markup."""
    from rich.console import Console

    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def note(text: str, *, quiet: bool = False) -> None:
    """Tell the person something that is not data."""
    if not quiet:
        print(text, file=sys.stderr)


def complain(error: PlnmapError) -> None:
    """Say what happened and what to do next."""
    print(f"plnmap: {plain(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"  → {plain(error.hint)}", file=sys.stderr)


def is_talkative(quiet: bool) -> bool:
    """Whether progress may be shown: on a terminal, and not asked to be quiet."""
    return not quiet and sys.stderr.isatty() and "PLNMAP_NO_PROGRESS" not in os.environ


def may_ask(quiet: bool = False) -> bool:
    """Whether a person is there to answer questions: a terminal to ask on, and one to answer from."""
    return not quiet and sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def progress(task: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A progress bar with the time left; yields a function that adds to what is done."""
    if not is_talkative(quiet):
        yield lambda done: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        number = bar.add_task(task, total=max(total, 1))
        yield lambda done: bar.advance(number, done)
