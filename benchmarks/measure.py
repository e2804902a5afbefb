"""Running a command and asking the system what it took; comparing two, turn by turn.

Nothing here, nor in the modules that start commands, imports a large library:
what a process takes over from its parent counts towards its own peak of memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
_PEAK_UNIT_BYTES: Final = 1 if sys.platform == "darwin" else 1024


class Run(NamedTuple):
    """What one process took, and what it wrote to stdout."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    said: str


class Spread(NamedTuple):
    """The median of some runs, and between what they lay."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} [{self.least:.2f}–{self.most:.2f}]"


def run(command: Sequence[str | Path]) -> Run:
    """Run a command to its end in a process of its own.

    Raises
    ------
    SystemExit
        It failed; what it wrote to stderr is the message.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        started = time.perf_counter()
        words = [*map(str, command)]
        process = subprocess.Popen(words, stdout=said, stderr=complaint, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaint.seek(0)
            raise SystemExit(f"{' '.join(words)} failed:\n{complaint.read().decode(errors='replace')}")
        said.seek(0)
        peak_mb = usage.ru_maxrss * _PEAK_UNIT_BYTES / 1e6
        return Run(seconds, usage.ru_utime + usage.ru_stime, peak_mb, said.read().decode())


def plnmap(*arguments: str | Path) -> Run:
    """Run the program."""
    return run([sys.executable, "-m", "plnmap", *arguments])


def call(module: str, function: str, *arguments: str | int | tuple[int, ...]) -> Run:
    """Run one function of this package in a process of its own."""
    given = ", ".join(map(repr, arguments))
    return run([sys.executable, "-c", f"from benchmarks.{module} import {function}; {function}({given})"])


def in_turns(first: Callable[[], Run], second: Callable[[], Run], times: int) -> list[tuple[Run, Run]]:
    """Run two things in turns (A B A B …), so that whatever slows the machine slows both.

    One run of each goes before and does not count: it fills the caches of the system.
    """
    return [(first(), second()) for _ in range(times + 1)][1:]


def spread(values: Sequence[float]) -> Spread:
    """Median, least and most of some values.

    >>> str(spread([1.0, 4.0, 2.0]))
    '2.00 [1.00–4.00]'
    """
    return Spread(statistics.median(values), min(values), max(values))


def real_archives() -> Path | None:
    """The folder of the real X archives, if it is here."""
    data = Path(os.environ.get("PLNMAP_REAL_DATA", ROOT.parent / "shared" / "data"))
    archives = data.resolve() / "twitter_archives"
    return archives if archives.is_dir() else None
