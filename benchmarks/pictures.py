"""How long a map takes as a page and as a picture, how large the page is, and how soon it shows itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from benchmarks.archives import made_up
from benchmarks.figures import Figure, Place, figure
from benchmarks.measure import Run, call, plnmap, spread

POSTS: Final = 40_000
ALTERS: Final = 2_000
PAGE_SECONDS_AT_MOST: Final = 3.0
PICTURE_SECONDS_AT_MOST: Final = 5.0
PEAK_MB_AT_MOST: Final = 1_000.0
PAGE_MB_AT_MOST: Final = 3.0
PAINT_SECONDS_AT_MOST: Final = 1.0


def measure(place: Place) -> list[Figure]:
    """The map of a made-up ego, once the texts are read and the people scored."""
    posts, alters = min(POSTS, place.sizes.ego[0]), min(ALTERS, place.sizes.ego[1])
    archive, file = made_up(place.folder, (posts,), alters), place.folder / "map.duckdb"
    plnmap("import", archive, "--pln", file, "-q")
    plnmap("report", "--pln", file, "-q")
    ego = f"a made-up ego with {alters:,} alters, {posts:,} posts"
    page, picture = place.folder / "map.html", place.folder / "map.png"
    lines = [
        _drawn(f"map of {ego}: page", page, file, place.sizes.times, PAGE_SECONDS_AT_MOST),
        _drawn(f"map of {ego}: PNG", picture, file, place.sizes.times, PICTURE_SECONDS_AT_MOST),
    ]
    size = page.stat().st_size / 1e6
    target = f"< {PAGE_MB_AT_MOST:.0f} MB"
    return [
        *lines,
        figure(f"map of {ego}: size of the page", target, f"{size:.1f} MB", size < PAGE_MB_AT_MOST),
        _painted(f"map of {ego}: first paint of the page", page, place.sizes.times),
    ]


def _drawn(what: str, output: Path, file: Path, times: int, seconds_at_most: float) -> Figure:
    """One run goes before and does not count: what draws charts in pages is then in the user's cache."""
    runs: list[Run] = [plnmap("map", "-o", output, "--pln", file, "-q") for _ in range(times + 1)][1:]
    seconds, peak = spread([each.seconds for each in runs]), max(each.peak_mb for each in runs)
    return figure(
        what,
        f"< {seconds_at_most:.0f} s and < {PEAK_MB_AT_MOST:,.0f} MB",
        f"{seconds} s, {peak:.0f} MB",
        seconds.median < seconds_at_most and peak < PEAK_MB_AT_MOST,
    )


def _painted(what: str, page: Path, times: int) -> Figure:
    target = f"< {PAINT_SECONDS_AT_MOST:.0f} s"
    if shutil.which("chromium") is None:
        return Figure(what, target, "there is no chromium here", "skipped")
    said = call("pictures", "tell_first_paint", str(page), times).said.split()
    seconds = spread([float(each) for each in said])
    return figure(what, target, f"{seconds} s", seconds.median < PAINT_SECONDS_AT_MOST)


def tell_first_paint(page: str, times: int) -> None:
    """Print after how many seconds a browser first showed something of a page, for each of some visits."""
    from playwright.sync_api import sync_playwright

    script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(times):
            visit = browser.new_page()
            visit.goto(Path(page).resolve().as_uri())
            print(visit.wait_for_function(script).json_value() / 1000)
            visit.close()
        browser.close()
