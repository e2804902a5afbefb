"""Make the pictures in docs/pictures anew: map and report of the invented sample, on a desk and on a phone.

python data/make_pictures.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from plnmap.cli import run

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
EGO: Final = "@mira_tolland"
MENTOR: Final = "@ada_venn"


def main() -> None:
    """Import the sample, write the page, and photograph it."""
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("there is no chromium on this machine to take pictures with")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        file, page, report = (Path(name) / each for each in ("demo.duckdb", "map.html", "report.html"))
        if run(["demo", "--keep", str(file), "-o", str(report), "-q"]) or run(
            ["map", "-o", str(page), "--ego", EGO, "--pln", str(file), "-q"]
        ):
            sys.exit("the sample could not be drawn")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for width, height in ((1440, 1080), (360, 760)):
            visit = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            visit.goto(page.as_uri())
            visit.wait_for_selector("[data-map-ready]", state="attached")
            _point_out(visit, narrow=width < 600)
            visit.screenshot(path=PICTURES / f"map-{width}.png")
            visit.goto(report.as_uri())
            visit.wait_for_function("!document.querySelector('[data-chart]:not([data-drawn])')")
            visit.screenshot(path=PICTURES / f"report-{width}.png")
            if width > 600:
                visit.locator("[data-chart=roles]").screenshot(path=PICTURES / "roles.png")
        browser.close()


def _point_out(page: Page, *, narrow: bool) -> None:
    """On a phone, the mentor's card below the map; on a desk the page as it opens."""
    if not narrow:
        return
    page.locator("[data-map]").evaluate("place => place.scrollIntoView()")
    page.locator("[data-map]").press("ArrowRight")
    while MENTOR not in page.locator("[data-map-card]").inner_text():
        page.locator("[data-map]").press("ArrowRight")


if __name__ == "__main__":
    main()
