"""What a run is to do, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from plnmap.model import Task
from plnmap.sources.live import PARTS, Depth, Live

ALTERS: Final = "alters"
"""The one task that asks nobody: whose pages come after those of the owner is decided when it is its turn."""


class Wanted(NamedTuple):
    """What a run is to do.

    Attributes
    ----------
    depth
        Only the owner's pages, or those of others as well.
    parts
        Which of `plnmap.sources.live.PARTS`.
    budget
        The most that all runs together may cost, US dollars; None for no such limit.
    raw
        Whether to keep answers as they came.
    """

    depth: Depth = "ego"
    parts: frozenset[str] = frozenset(PARTS)
    budget: float | None = None
    raw: bool = True


class Progress(NamedTuple):
    """Where a run stands.

    Attributes
    ----------
    requests, pages, rows
        Requests sent, pages kept and rows that are new, in this run.
    dollars
        What was spent in all runs together.
    task
        The task at hand.
    waits_until
        Until when nothing is asked, UTC; None where it goes on.
    why
        What it waits for.
    short
        Which of the owner's lists did not come whole in this run, in the words of `Stream.meaning`,
        and why. What the user did not want is not among them.
    resumed
        Whether this run went on with what an earlier one had left, and finished lists stayed as they were.
    """

    requests: int
    pages: int
    rows: int
    dollars: float
    task: Task | None
    waits_until: datetime | None = None
    why: str = ""
    short: Mapping[str, str] = {}
    resumed: bool = False


def streams_of(live: Live, wanted: Wanted) -> list[str]:
    """Names of the streams that a run asks for."""
    names = [
        name
        for name, stream in live.streams.items()
        if stream.part in wanted.parts or stream.part not in PARTS
    ]
    return [*names, ALTERS] if wanted.depth == "alters" else names


def account_of(live: Live, wanted: Wanted) -> str | None:
    """The account to whose pages a run keeps; None for all."""
    return live.owner if wanted.depth == "ego" else None
