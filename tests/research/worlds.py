"""Worlds for the tests of the simulator."""

from __future__ import annotations

from typing import Final

from plnmap.research.simulator import World

SMALL: Final = World(alters=60, years=1.0, posts_to_others=5.0, outsiders=30)
