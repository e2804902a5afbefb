"""How long it takes until the program says anything at all."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.figures import Figure, Place, figure
from benchmarks.measure import in_turns, plnmap, run, spread

TIMES_AT_MOST = 3.0
ROUNDS = 3
"""One start is short, so there are so many times more of them."""


def measure(place: Place) -> list[Figure]:
    """`plnmap --help` next to loading click."""
    click = partial(run, [sys.executable, "-c", "import click"])
    pairs = in_turns(partial(plnmap, "--help"), click, ROUNDS * place.sizes.times)
    ratio = spread([ours.seconds / bare.seconds for ours, bare in pairs])
    seconds = spread([ours.seconds for ours, _ in pairs])
    what = '`plnmap --help` : `python -c "import click"`'
    return [figure(what, f"≤ {TIMES_AT_MOST:.0f}×", f"{ratio}× ({seconds} s)", ratio.median <= TIMES_AT_MOST)]
