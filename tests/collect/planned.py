"""Plans of a run, stage by stage, each with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from plnmap.collect import Wanted, collect, plan
from plnmap.sources.live import Alter, Live, PlanRow
from plnmap.store import open_store
from tests.collect.platforms import Stage


class Foretold(NamedTuple):
    """What was planned, and what came: requests and dollars."""

    rows: Sequence[PlanRow]
    requests: int
    dollars: float

    @property
    def planned(self) -> float:
        """Dollars to be expected."""
        return sum(row.dollars for row in self.rows)

    @property
    def most(self) -> float:
        """Dollars at most."""
        return sum(row.most_dollars for row in self.rows)

    @property
    def asked(self) -> int:
        """Requests to be expected."""
        return sum(row.requests for row in self.rows)


def foretell(stage: Stage, file: Path, live: Live, wanted: Wanted, alters: Sequence[Alter]) -> list[PlanRow]:
    with open_store(file if file.exists() else None) as store:
        return plan(store, live, wanted, alters, stage.clock.now())


def stages_of(stage: Stage, file: Path, wanted: Wanted) -> list[Foretold]:
    """The plans of one run, each with what came until the next."""
    told: list[tuple[list[PlanRow], int, float]] = []
    with stage.live() as live:

        def note(budget: float | None = None) -> float | None:
            spent = stage.api.spent if stage.platform == "twitter" else 0.0
            told.append((foretell(stage, file, live, wanted, ()), len(stage.server.log), spent))
            return budget

        note()
        collect(file, live, wanted, agree=note)
        note()
    return [
        Foretold(rows, after[1] - before, after[2] - spent) for (rows, before, spent), after in pairwise(told)
    ]
