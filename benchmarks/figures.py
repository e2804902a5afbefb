"""What a benchmark yields, and the table in README.md that it becomes."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal, NamedTuple

PAGE: Final = Path(__file__).with_name("README.md")
MARKED: Final = "measured"
HEADING: Final = ("| what | target | measured | verdict |", "|---|---|---|---|")


class Figure(NamedTuple):
    """One line of the table; without a target there is no verdict."""

    what: str
    target: str
    measured: str
    verdict: Literal["met", "not met", "skipped", ""]


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


def render(figures: Iterable[Figure]) -> str:
    """The table as Markdown, with the machine below it."""
    return "\n".join([*HEADING, *(f"| {' | '.join(line)} |" for line in figures), "", machine()])
