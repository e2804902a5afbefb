"""What a person sees while a command runs: progress, notes and errors, all on stderr; and Ctrl-C.

Data goes to stdout, so that a pipe gets the data and nothing else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from plnmap.errors import PlnmapError
from plnmap.words import plain

if TYPE_CHECKING:
    from rich.console import Console


_pressed: list[int] = []


def heed_interrupts() -> None:
    """Remember Ctrl-C beyond the exception: a library in C that is just being loaded swallows that."""
    # A shell's background jobs are not to be interrupted, and other threads than the first have no say.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _pressed.append(number)
    signal.default_int_handler(number, frame)


def interrupted() -> bool:
    """Whether Ctrl-C was pressed since `heed_interrupts`."""
    return bool(_pressed)


def make_console(file: TextIO, width: int | None = None) -> Console:
    """A console for one stream: colour only on a terminal, other people's text never taken as markup."""
    from rich.console import Console

    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def make_legible(stream: TextIOWrapper) -> None:
    """Let a terminal that cannot show a sign show what stands in for it, see `plnmap.report.marks`."""
    from plnmap.report.marks import ERRORS

    if stream.isatty() and _asks_for_ascii():
        stream.reconfigure(encoding="ascii")
    stream.reconfigure(errors=ERRORS)


def _asks_for_ascii() -> bool:
    """Whether the locale is C, which Python takes for UTF-8; a pipe may hold data, and keeps UTF-8."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    # Under the C locale Python itself writes one of these into LC_CTYPE.
    told = [name for name in named if name not in ("", "C.UTF-8", "C.utf8", "UTF-8")]
    return told[:1] in (["C"], ["POSIX"])


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


@contextmanager
def ongoing(total: int, *, quiet: bool = False) -> Iterator[Callable[[str, int], None]]:
    """A progress bar of work that may turn out longer; yields a function of words and of what is done."""
    if not is_talkative(quiet):
        yield lambda words, done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=12),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        number = bar.add_task("", total=max(total, 1))
        yield lambda words, done: bar.update(
            number, description=words, completed=done, total=max(total, done, 1)
        )
