"""A fair simulator: invented people with known parts, seen as a source would show them.

The sentences come from a bank that was written apart from the rules that read
them, and the parts are rates, not counts at the thresholds that are to find
them. docs/simulation.md says what is simulated and why.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from plnmap.errors import UsageError
from plnmap.model import Account, Coverage, Follow, Handle, Post, Reaction, Record
from plnmap.research.simulator.living import Lived, live
from plnmap.research.simulator.masks import MASKS, MaskName
from plnmap.research.simulator.records import Records, keys, observe
from plnmap.research.simulator.truth import truth_table
from plnmap.research.simulator.world import World
from plnmap.store import Store

__all__ = ["MASKS", "Lived", "MaskName", "Records", "Simulated", "World", "live", "put", "see", "simulate"]


class Simulated(NamedTuple):
    """An invented network as one source shows it, and the truth about it.

    Attributes
    ----------
    records
        What goes into a PLN file, see `put`.
    truth
        One row per alter, see `plnmap.research.simulator.truth.TRUTH_COLUMNS`.
    episodes
        The help that was given, see `plnmap.research.simulator.truth.EPISODE_COLUMNS`.
    """

    records: Records
    truth: pd.DataFrame
    episodes: pd.DataFrame


def simulate(seed: int, mask: MaskName, world: World | None = None) -> Simulated:
    """Draw a world and look at it through a mask; the same arguments give the same bytes.

    Parameters
    ----------
    seed
        Any whole number from 0.
    mask
        full, archive, mastodon or api, see `plnmap.research.simulator.masks.MASKS`.
    world
        Parameters; those of docs/simulation.md if None.

    Raises
    ------
    UsageError
        There is no such mask, or the world is too small to hold one of each kind of person.

    Examples
    --------
    >>> small = World(alters=17, years=0.5)
    >>> simulate(1, "archive", small).truth["part"].nunique()
    13
    """
    return see(live(seed, _checked(world or World(), mask)), mask, seed)


def see(lived: Lived, mask: MaskName, seed: int) -> Simulated:
    """Look at a world that was lived through; what gets lost on the way is drawn from `seed`."""
    records = observe(lived, mask, np.random.default_rng([seed, 1]))
    accounts = keys(lived, MASKS[mask].platform).accounts
    return Simulated(
        records, truth_table(lived.people, lived.alters, lived.episodes, accounts), lived.episodes
    )


def put(store: Store, records: Records) -> None:
    """Put an invented source into a PLN file, in one transaction, as an import does."""
    rows: dict[Record, list[tuple[object, ...]]] = {
        Post: [*records.posts],
        Reaction: [*records.reactions],
        Follow: [*records.follows],
        Account: [*records.accounts],
        Handle: [*records.handles],
        Coverage: [*records.coverage],
    }
    with store.transaction():
        for record, each in rows.items():
            store.stage(record, each)
        store.merge_staged(records.source.source)
        store.put_source(records.source)


def _checked(world: World, mask: str) -> World:
    if mask not in MASKS:
        raise UsageError(f"there is no mask {mask!r}", hint=f"one of {', '.join(MASKS)}")
    if world.alters < len(world.kinds):
        raise UsageError(
            f"{world.alters} alters are too few for {len(world.kinds)} kinds of people",
            hint=f"at least {len(world.kinds)}",
        )
    if not 0 < world.years <= 50:
        raise UsageError(f"a world cannot last {world.years} years", hint="more than 0, at most 50")
    return world
