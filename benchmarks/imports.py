"""How long an import takes next to bare unzipping and decoding, and how large it grows."""

from __future__ import annotations

import re
import tempfile
import zipfile
from functools import partial
from pathlib import Path

from benchmarks.archives import made_up, real
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import Run, call, in_turns, plnmap, spread

TIMES_AT_MOST = 6.0
PEAK_MB_AT_MOST = 400.0
ALTERS = 5_000


def measure(place: Place) -> list[Figure]:
    """Time of one real archive; peak of memory of that and of a large made-up one."""
    large = made_up(place.folder, place.sizes.large_archive, ALTERS)
    whole = sum(place.sizes.large_archive)
    return [*_real(place), _peak(f"import of a made-up archive of {whole:,} posts", [_imported(large)])]


def _real(place: Place) -> list[Figure]:
    what, target = (
        "import of archive a : unzip and `orjson.loads` of the same files",
        f"≤ {TIMES_AT_MOST:.0f}×",
    )
    if place.archives is None:
        return [skipped(what, target), skipped("import of archive a: memory", f"< {PEAK_MB_AT_MOST:.0f} MB")]
    path = real(place.archives, "a")
    pairs = in_turns(
        partial(_imported, path), partial(call, "imports", "unzip_and_load", str(path)), place.sizes.times
    )
    ratio = spread([ours.seconds / bare.seconds for ours, bare in pairs])
    seconds = spread([ours.seconds for ours, _ in pairs])
    return [
        figure(what, target, f"{ratio}× ({seconds} s)", ratio.median <= TIMES_AT_MOST),
        _peak("import of archive a", [ours for ours, _ in pairs]),
    ]


def _peak(what: str, runs: list[Run]) -> Figure:
    peak, seconds = max(run.peak_mb for run in runs), spread([run.seconds for run in runs]).median
    measured = f"{peak:.0f} MB at its peak, {seconds:.1f} s"
    return figure(f"{what}: memory", f"< {PEAK_MB_AT_MOST:.0f} MB", measured, peak < PEAK_MB_AT_MOST)


def _imported(path: Path) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        return plnmap("import", path, "--pln", Path(folder) / "pln.duckdb", "-q")


def unzip_and_load(path: str) -> None:
    """The baseline: every month of an archive unpacked, cut after the assignment, and decoded."""
    import orjson

    with zipfile.ZipFile(path) as files:
        for name in files.namelist():
            if re.search(r"data/js/tweets/\d{4}_\d\d\.js$", name):
                content = files.read(name)
                orjson.loads(content[content.index(b"=") + 1 :])
