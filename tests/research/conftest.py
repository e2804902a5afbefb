"""A small simulated world that several tests look at, and tables of texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from plnmap.research.simulator import MASKS, Lived, MaskName, Simulated, live, see
from tests.research.tagged import TableOf
from tests.research.worlds import SMALL


@pytest.fixture(scope="session")
def lived() -> Lived:
    """All that happens in a small world; for reading only."""
    return live(7, SMALL)


@pytest.fixture(scope="session")
def seen(lived: Lived) -> dict[MaskName, Simulated]:
    """What each mask shows of it."""
    return {name: see(lived, name, 7) for name in MASKS}


@pytest.fixture
def table_of(tmp_path: Path) -> TableOf:
    """Write a table of texts into a folder of the test."""

    def write(content: str | bytes, name: str = "posts.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
