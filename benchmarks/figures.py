"""What a benchmark yields, and the table in README.md that it becomes."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from string import ascii_uppercase
from typing import Final, Literal, NamedTuple

PAGE: Final = Path(__file__).with_name("README.md")
MARKED: Final = "measured"
HEADING: Final = (
    "| benchmark | what | target | measured | verdict | when, where |",
    "|---|---|---|---|---|---|",
)


class Figure(NamedTuple):
    """One line of the table; without a target there is no verdict."""

    what: str
    target: str
    measured: str
    verdict: Literal["met", "not met", "skipped", ""]


class Row(NamedTuple):
    """A figure, by which benchmark it was found, on which day and on what machine."""

    benchmark: str
    figure: Figure
    day: str
    machine: str


class Sizes(NamedTuple):
    """How much is measured; the small sizes only show that the benchmarks work."""

    times: int
    large_archive: tuple[int, ...]
    interactions: tuple[int, int]
    posts_of_four: int
    ego: tuple[int, int]
    tagged: int
    collected: tuple[int, int]
    paced: int


FULL: Final = Sizes(
    5,
    (280_000, 10_000, 10_000),
    (1_000_000, 10_000_000),
    260_000,
    (100_000, 5_000),
    100_000,
    (70_000, 600),
    1_500,
)
SMALL: Final = Sizes(1, (300, 20, 10), (2_000, 20_000), 0, (300, 30), 500, (20, 2), 300)


class Place(NamedTuple):
    """Where to work, where the real archives are (None if they are not here), and how much to do."""

    folder: Path
    archives: Path | None
    sizes: Sizes


def figure(what: str, target: str, measured: str, met: bool) -> Figure:
    """A line with a verdict."""
    return Figure(what, target, measured, "met" if met else "not met")


def skipped(what: str, target: str = "") -> Figure:
    """The line of what needs the real archives, where they are not here."""
    return Figure(what, target, "the real archives are not here (`PLNMAP_REAL_DATA`)", "skipped")


def machine() -> str:
    """What was measured on, as far as it bears on the figures."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pyarrow"))
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, {versions}."
    )


def render(rows: Iterable[Row]) -> str:
    """The table as Markdown, with the machines below it, each by the letter that its rows name."""
    rows = list(rows)
    machines = dict.fromkeys(row.machine for row in rows)
    letters = dict(zip(machines, ascii_uppercase, strict=False))
    lines = [
        f"| {' | '.join([row.benchmark, *row.figure, f'{row.day}, {letters[row.machine]}'])} |"
        for row in rows
    ]
    return "\n".join([*HEADING, *lines, "", *(f"- {letter}: {name}" for name, letter in letters.items())])


def rows_of(table: str) -> list[Row]:
    """What `render` wrote.

    >>> row = Row("start", Figure("it", "", "1 s", ""), "2026-11-22", "two processors")
    >>> rows_of(render([row])) == [row]
    True
    """
    lines = table.splitlines()
    machines = dict(line[2:].split(": ", 1) for line in lines if line.startswith("- "))
    cells = [line[2:-2].split(" | ") for line in lines[len(HEADING) :] if line.startswith("| ")]
    found = []
    for benchmark, *told, where in cells:
        day, _, letter = where.partition(", ")
        found.append(Row(benchmark, Figure(*told), day, machines[letter]))  # type: ignore[arg-type]
    return found


def renewed(rows: Iterable[Row], fresh: Sequence[Row], order: Sequence[str]) -> list[Row]:
    """Rows of which those of the benchmarks measured again are replaced; in the order of the benchmarks.

    What a benchmark says that is no more goes; what others say stays as it is.
    """
    again = {row.benchmark for row in fresh}
    kept = [row for row in rows if row.benchmark in order and row.benchmark not in again]
    return sorted([*kept, *fresh], key=lambda row: order.index(row.benchmark))
