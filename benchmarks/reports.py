"""How long a report takes, the first time and ever after, and what its analyses take of that."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.archives import imported, made_up, owners, posts, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import Run, call, in_turns, plnmap, run, spread

SECONDS_AT_MOST = 2.0
SECONDS_OF_FOUR_AT_MOST = 3.0
PEAK_MB_AT_MOST = 500.0
SCORING_SECONDS_AT_MOST = 5.0
ALTERS_OF_FOURTH = 5_000
LIBRARIES = "import click, rich.table, duckdb, pandas"
"""What a report cannot do without: DuckDB loads pandas as soon as a query has a parameter."""

TARGET = f"< {SECONDS_AT_MOST:.0f} s and < {PEAK_MB_AT_MOST:.0f} MB"
TARGET_OF_FOUR = f"< {SECONDS_OF_FOUR_AT_MOST:.0f} s"


def measure(place: Place) -> list[Figure]:
    """Reports of every ego of three and of four archives, and of a made-up ego with many alters."""
    return [*_of_real(place), *_of_made_up(place)]


def _of_real(place: Place) -> list[Figure]:
    if place.archives is None:
        what = "report on {} archives, from the second run on"
        return [skipped(what.format("three"), TARGET), skipped(what.format("four"), TARGET_OF_FOUR)]
    file = imported(three(place.archives), place.folder / "three.duckdb")
    missing = max(place.sizes.ego[0], place.sizes.posts_of_four - posts(file))
    of_three = _reports("archives a, b, c", file, place, SECONDS_AT_MOST, TARGET)
    fourth = made_up(place.folder, (missing,), ALTERS_OF_FOURTH)
    imported([fourth], file)
    name = f"four archives of {posts(file):,} posts"
    return [*of_three, *_reports(name, file, place, SECONDS_OF_FOUR_AT_MOST, TARGET_OF_FOUR)]


def _reports(name: str, file: Path, place: Place, seconds_at_most: float, target: str) -> list[Figure]:
    """First and later reports, over all egos; the slowest and the largest decide."""
    first, pairs = [], []
    for owner in owners(file):
        copy = shutil.copy(file, place.folder / "copy.duckdb")
        report = partial(plnmap, "report", "--pln", copy, "--ego", owner, "-q")
        first.append(report())
        pairs.append(in_turns(report, partial(run, [sys.executable, "-c", LIBRARIES]), place.sizes.times))
    later = [[ours for ours, _ in of_ego] for of_ego in pairs]
    ratio = spread([ours.seconds / bare.seconds for of_ego in pairs for ours, bare in of_ego])
    slowest = max(spread([each.seconds for each in runs]) for runs in later)
    peak = max(each.peak_mb for runs in later for each in runs)
    met = slowest.median < seconds_at_most and peak < PEAK_MB_AT_MOST
    measured = f"{slowest} s for the slowest ego, {peak:.0f} MB; {ratio}× loading the libraries alone"
    return [
        Figure(f"report on {name}, first run", "", _told(first), ""),
        figure(f"report on {name}, from the second run on", target, measured, met),
    ]


def _of_made_up(place: Place) -> list[Figure]:
    count, alters = place.sizes.ego
    path = made_up(place.folder, (count,), alters)
    file = place.folder / "ego.duckdb"
    importing = plnmap("import", path, "--pln", file, "-q")
    first = plnmap("report", "--pln", file, "-q")
    measured = f"{_told([first])}; {first.seconds / importing.seconds:.2f}× its import"
    ego = f"a made-up ego with {alters:,} alters, {count:,} posts"
    runs = [float(call("reports", "tell_scoring", str(file)).said) for _ in range(place.sizes.times)]
    seconds = spread(runs)
    target = f"< {SCORING_SECONDS_AT_MOST:.0f} s"
    return [
        Figure(f"report on {ego}, first run", "", measured, ""),
        figure(
            f"scoring {ego}: ties, roles with 500 draws, functions",
            target,
            f"{seconds} s",
            seconds.median < SCORING_SECONDS_AT_MOST,
        ),
    ]


def tell_scoring(file: str) -> None:
    """Print how many seconds the analyses of the only ego of a file take, once texts are read."""
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.scoring import score_people
    from plnmap.analysis.settings import Settings
    from plnmap.store import open_store

    with open_store(Path(file)) as store:
        ego = choose_ego(store, None)
        started = time.perf_counter()
        score_people(store, ego, None, Settings())
        print(time.perf_counter() - started)


def _told(runs: Sequence[Run]) -> str:
    return (
        f"{', '.join(f'{each.seconds:.1f}' for each in runs)} s; {max(each.peak_mb for each in runs):.0f} MB"
    )
