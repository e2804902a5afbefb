"""Measure everything, or what is named, and print it.

    python -m benchmarks                    all of it, some minutes
    python -m benchmarks imports ties       only these
    python -m benchmarks --small            tiny sizes, to see that the benchmarks work
    python -m benchmarks --write            all of it, and put it into README.md and docs/
    python -m benchmarks exports --write    only these, and only their rows are replaced

Real archives come from the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``);
where it is not there, what needs them is skipped, and what skips anything is not
written down. Only figures leave it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks import (
    asking,
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
from benchmarks.figures import (
    FULL,
    MARKED,
    PAGE,
    SMALL,
    Figure,
    Place,
    Row,
    machine,
    render,
    renewed,
    rows_of,
)
from benchmarks.measure import real_archives, run
from benchmarks.written import held, write_down

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
        asking,
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
    parser.add_argument("--write", action="store_true", help="put what is measured into README.md and docs/")
    given = parser.parse_args()
    chosen = given.questions or [*QUESTIONS, ACTS, SIMULATION]
    if unknown := set(chosen) - {*QUESTIONS, ACTS, SIMULATION}:
        parser.error(f"there is no question {', '.join(sorted(unknown))}")
    if given.write and given.small:
        parser.error("only what is measured at full size is written down")
    archives = real_archives()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="plnmap-benchmarks-") as folder:
        place = Place(Path(folder), archives, SMALL if given.small else FULL)
        for name in filter(QUESTIONS.__contains__, chosen):
            print(f"{name} …", file=sys.stderr)
            found = _answered(name, place)
            if given.write:
                write_rows(PAGE, found)
            rows += found
    if rows:
        print(render(rows))
    if ACTS in chosen and archives is not None:
        arguments = ["--write"] if given.write else []
        print(run([sys.executable, "-m", "benchmarks.acts", *arguments]).said, end="")
    if SIMULATION in chosen:
        arguments = ["--write"] if given.write else ["--seeds", "1", "--others", "1"] if given.small else []
        print(run([sys.executable, "-m", "benchmarks.simulation", *arguments]).said, end="")


def _answered(name: str, place: Place) -> list[Row]:
    day = datetime.now(UTC).date().isoformat()
    found = [Row(name, figure, day, machine()) for figure in QUESTIONS[name](place)]
    for _, figure, *_ in found:
        print(f"  {figure.what}: {figure.measured} {figure.verdict}", file=sys.stderr)
    return found


def write_rows(page: Path, fresh: list[Row]) -> None:
    """Put rows in place of those of the same benchmark; nothing where one of them was skipped."""
    if any(row.figure.verdict == "skipped" for row in fresh):
        print("  not written down: something was skipped", file=sys.stderr)
        return
    before = rows_of(held(page.read_text(encoding="utf-8"), MARKED))
    write_down(page, {MARKED: render(renewed(before, fresh, [*QUESTIONS]))})


if __name__ == "__main__":
    main()
