"""Where what was measured is written down: between two markers in a page, which nothing else changes."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from benchmarks.figures import FULL, Place
from benchmarks.measure import real_archives

Told = TypeVar("Told")


def put(page: str, name: str, body: str) -> str:
    """The page with a body between the two markers of a name.

    Raises
    ------
    SystemExit
        The page does not have these markers once each, in order.

    Examples
    --------
    >>> put("a\\n<!-- x: begin -->\\nold\\n<!-- x: end -->\\nz", "x", "new\\n").splitlines()
    ['a', '<!-- x: begin -->', 'new', '<!-- x: end -->', 'z']
    """
    before, _, after = _parts(page, name)
    return f"{before}{body.rstrip()}\n{after}"


def held(page: str, name: str) -> str:
    """What stands between the two markers of a name.

    Raises
    ------
    SystemExit
        The page does not have these markers once each, in order.
    """
    return _parts(page, name)[1]


def _parts(page: str, name: str) -> tuple[str, str, str]:
    first, last = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, opened, rest = page.partition(first)
    body, closed, after = rest.partition(last)
    if not closed or page.count(first) != 1 or page.count(last) != 1:
        raise SystemExit(f"the page must hold the markers of {name!r} once each, in order")
    return before + opened, body, closed + after


def write_down(path: Path, bodies: Mapping[str, str]) -> None:
    """Put each body between the markers of its name.

    Raises
    ------
    SystemExit
        The page does not have all the markers; nothing is written then.
    """
    page = path.read_text(encoding="utf-8")
    for name, body in bodies.items():
        page = put(page, name, body)
    path.write_text(page, encoding="utf-8")


def measure_alone(
    results: Callable[[Place], Told | None], table: Callable[[Told], str], page: Path, name: str
) -> None:
    """Run one benchmark by itself at full size, print its table, and write it down where asked (``--write``).

    Raises
    ------
    SystemExit
        It needs the real archives, and they are not here.
    """
    with tempfile.TemporaryDirectory(prefix="plnmap-benchmarks-") as folder:
        told = results(Place(Path(folder), real_archives(), FULL))
    if told is None:
        raise SystemExit("the real archives are not here (PLNMAP_REAL_DATA)")
    text = table(told)
    print(text, end="")
    if "--write" in sys.argv[1:]:
        write_down(page, {name: text})
