"""A small simulated world that the tests of the simulator look at from several sides."""

from __future__ import annotations

import pytest

from plnmap.research.simulator import MASKS, Lived, MaskName, Simulated, live, see
from tests.research.worlds import SMALL


@pytest.fixture(scope="session")
def lived() -> Lived:
    """All that happens in a small world; for reading only."""
    return live(7, SMALL)


@pytest.fixture(scope="session")
def seen(lived: Lived) -> dict[MaskName, Simulated]:
    """What each mask shows of it."""
    return {name: see(lived, name, 7) for name in MASKS}
