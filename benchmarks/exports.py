"""How long it takes to get everything out again: next to getting it in, and of a million interactions."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.archives import made_up, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import Run, call, plnmap, spread

SECONDS_AT_MOST = {"parquet": 3.0, "csv": 15.0}
"""The whole command, once the people are computed, by format."""
PEAK_MB_AT_MOST = 1_000.0


def measure(place: Place) -> list[Figure]:
    """Exports of three archives, and of a made-up file with many interactions."""
    return [*_of_real(place), *_of_made_up(place)]


def _of_real(place: Place) -> list[Figure]:
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


def _of_made_up(place: Place) -> list[Figure]:
    """An archive and a table of acts in one file: the first export, and then each format."""
    count = place.sizes.interactions[0]
    posts, alters = place.sizes.ego
    file, acts = place.folder / "exports.duckdb", place.folder / "acts.parquet"
    call("exports", "write_acts", str(place.folder / "drawn.duckdb"), str(acts), count)
    plnmap("import", made_up(place.folder, (posts,), alters), acts, "--pln", file, "-q")
    first = _export(file, place.folder / "csv", "csv")
    exported = json.loads((place.folder / "csv" / "manifest.json").read_bytes())["files"]
    what = f"export of {exported['interactions.csv']['rows']:,} made-up interactions"
    computing = Figure(f"{what}, first run", "", f"{first.seconds:.1f} s, {first.peak_mb:.0f} MB", "")
    return [computing, *(_of_format(what, form, file, place) for form in SECONDS_AT_MOST)]


def _of_format(what: str, form: str, file: Path, place: Place) -> Figure:
    runs = [_export(file, place.folder / form, form) for _ in range(place.sizes.times)]
    seconds, peak = spread([each.seconds for each in runs]), max(each.peak_mb for each in runs)
    processor = spread([each.processor_seconds for each in runs])
    at_most = SECONDS_AT_MOST[form]
    return figure(
        f"{what} as {form}, from the second run on",
        f"< {at_most:.0f} s and < {PEAK_MB_AT_MOST / 1000:.0f} GB",
        f"{seconds} s, {processor} s of processor time; {peak:.0f} MB",
        seconds.median < at_most and peak < PEAK_MB_AT_MOST,
    )


def _export(file: Path, folder: Path, form: str) -> Run:
    return plnmap("export", "--pln", file, "--format", form, "-o", folder, "-q")


def write_acts(drawn: str, acts: str, count: int) -> None:
    """Write made-up interactions as a table of acts that `plnmap import` takes."""
    import duckdb

    from benchmarks.synthetic import write_interactions

    write_interactions(drawn, count)
    with duckdb.connect(drawn, read_only=True) as connection:
        connection.execute(
            "COPY (SELECT split_part(source, ':', 2) AS source, split_part(target, ':', 2) AS target, kind, "
            f"happened_at AS at FROM interactions WHERE kind <> 'list_mention') TO '{acts}' (FORMAT parquet)"
        )
