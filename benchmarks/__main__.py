"""Measure everything, or what is named, and print it.

    python -m benchmarks                    all of it, some minutes
    python -m benchmarks imports ties       only these
    python -m benchmarks --small            tiny sizes, to see that the benchmarks work
    python -m benchmarks --write            all of it, and put it into README.md and docs/

Real archives come from the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``);
where it is not there, what needs them is skipped. Only figures leave it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import (
    brands,
    collecting,
    exports,
    imports,
    pictures,
    replies,
    reports,
    start,
    strength,
    tagging,
    ties,
)
from benchmarks.figures import FULL, MARKED, PAGE, SMALL, Figure, Place, render
from benchmarks.measure import real_archives, run
from benchmarks.written import write_down

QUESTIONS: Final[dict[str, Callable[[Place], list[Figure]]]] = {
    module.__name__.rpartition(".")[2]: module.measure
    for module in (
        start,
        imports,
        collecting,
        ties,
        reports,
        exports,
        pictures,
        tagging,
        replies,
        strength,
        brands,
    )
}
ACTS: Final = "acts"
SIMULATION: Final = "simulation"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument(
        "questions", nargs="*", metavar="QUESTION", help=f"of: {', '.join((*QUESTIONS, ACTS, SIMULATION))}"
    )
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that the benchmarks work")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md and docs/")
    given = parser.parse_args()
    chosen = given.questions or [*QUESTIONS, ACTS, SIMULATION]
    if unknown := set(chosen) - {*QUESTIONS, ACTS, SIMULATION}:
        parser.error(f"there is no question {', '.join(sorted(unknown))}")
    if given.write and (given.small or given.questions):
        parser.error("only all of it, at full size, is written down")
    archives = real_archives()
    if given.write and archives is None:
        parser.error("without the real archives there is nothing to write down")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="plnmap-benchmarks-") as folder:
        place = Place(Path(folder), archives, SMALL if given.small else FULL)
        for name in filter(QUESTIONS.__contains__, chosen):
            print(f"{name} …", file=sys.stderr)
            found = QUESTIONS[name](place)
            print(
                *(f"  {line.what}: {line.measured} {line.verdict}" for line in found),
                sep="\n",
                file=sys.stderr,
            )
            figures += found
    table = render(figures)
    print(table)
    if given.write:
        write_down(PAGE, {MARKED: table})
    if ACTS in chosen and archives is not None:
        arguments = ["--write"] if given.write else []
        print(run([sys.executable, "-m", "benchmarks.acts", *arguments]).said, end="")
    if SIMULATION in chosen:
        arguments = ["--write"] if given.write else ["--seeds", "1"] if given.small else []
        print(run([sys.executable, "-m", "benchmarks.simulation", *arguments]).said, end="")


if __name__ == "__main__":
    main()
