"""How long it takes to get everything out again, next to getting it in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.archives import three
from benchmarks.figures import Figure, Place, skipped
from benchmarks.measure import Run, plnmap, spread


def measure(place: Place) -> list[Figure]:
    """Export of three archives, the first with all that has to be computed, and the next."""
    if place.archives is None:
        return [skipped("export of archives a, b, c : their import")]
    rounds = [_round(place.archives) for _ in range(place.sizes.times)]
    first = [(export, into) for into, export, _ in rounds]
    second = [(export, into) for into, _, export in rounds]
    return [_told("first", first), _told("second", second)]


def _round(archives: Path) -> tuple[Run, Run, Run]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "pln.duckdb"
        into = plnmap("import", *three(archives), "--pln", file, "-q")
        exports = [plnmap("export", "--pln", file, "-o", folder / "tables", "-q") for _ in range(2)]
        return into, exports[0], exports[1]


def _told(which: str, pairs: list[tuple[Run, Run]]) -> Figure:
    ratio = spread([export.seconds / into.seconds for export, into in pairs])
    seconds = spread([export.seconds for export, _ in pairs])
    peak = max(export.peak_mb for export, _ in pairs)
    what = f"export of archives a, b, c, {which} run : their import"
    return Figure(what, "", f"{ratio}× ({seconds} s), {peak:.0f} MB", "")
