"""What a collection is going to take: shown, and agreed to, before anything is spent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from plnmap.console import may_ask, note
from plnmap.errors import StoppedByLimit, UsageError

if TYPE_CHECKING:
    from plnmap.collect import Wanted
    from plnmap.sources.live import Alter, Live, PlanRow
    from plnmap.store import Store

_CALLED_FOR = frozenset({"answers", "boosts", "favourites"})
_OTHERS_LATER = "Whose pages come after yours is not known before yours are here: they are not in this plan."
_ACTS_LATER = (
    "What others did with your posts is counted on them: it is planned, and you are asked again, "
    "once they are here."
)

_TO_SPARE = 1.05
_TO_SPARE_DOLLARS = 0.05
"""Counts are behind: each page is asked for with a few items to spare."""


class Order(NamedTuple):
    """What the user told: what to collect with which account, into which file, and what it may cost."""

    live: Live
    wanted: Wanted
    file: Path
    prices: Path | None = None
    budget: float | None = None
    yes: bool = False
    quiet: bool = False


class Offer(NamedTuple):
    """What a run is going to take, that in words, and what was spent before, US dollars."""

    rows: Sequence[PlanRow]
    text: str
    spent: float

    @property
    def requests(self) -> int:
        """Requests to be expected."""
        return sum(row.requests for row in self.rows)

    @property
    def most_dollars(self) -> float:
        """What it may cost, as far as counts are right."""
        return sum(row.most_dollars for row in self.rows)


def offer(order: Order, choose: Callable[[Store], Sequence[Alter]] | None) -> Offer:
    """What a run is going to take, or what is left of one that is under way.

    Parameters
    ----------
    order
        What the user told.
    choose
        Says whose pages come after the owner's; None where the run is under way, which has chosen.
    """
    from plnmap.collect import plan, spent
    from plnmap.report.plan import render_plan
    from plnmap.report.terminal import as_text
    from plnmap.sources.x_prices import load_prices
    from plnmap.store import open_store

    live, wanted = order.live, order.wanted
    with open_store(order.file if order.file.exists() else None) as store:
        alters = choose(store) if choose and wanted.depth == "alters" else []
        rows = plan(store, live, wanted, alters, live.connection.clock.now())
        before = spent(store, live.source)
    billed = live.platform == "twitter"
    later = []
    if choose and billed and wanted.parts & _CALLED_FOR and any(row.part == "posts" for row in rows):
        later.append(_ACTS_LATER)
    if choose and wanted.depth == "alters" and not alters:
        later.append(_OTHERS_LATER)
    read_on = load_prices(order.prices).read_on if billed else None
    return Offer(rows, as_text(render_plan(live.name, rows, read_on, before, later)), before)


def agree(order: Order, offered: Offer) -> float | None:
    """The budget of the run: nothing is spent that was not agreed to.

    Raises
    ------
    UsageError
        Nobody is there to be asked.
    StoppedByLimit
        They said no.
    """
    if order.yes:
        return order.budget
    bound, asked = _bound(order, offered)
    if offered.most_dollars == 0:
        return bound
    if not may_ask():
        raise UsageError(
            f"this may cost {asked}, and nobody is here to be asked",
            hint="agree with --yes, and set a bound with --budget 5.00",
        )
    if not click.confirm(f"Spend up to {asked}?", default=False, err=True):
        raise StoppedByLimit(
            "not agreed to: nothing was asked for, and nothing was spent",
            hint="it takes less with --only follows or --max-posts 200, and no more than --budget 1.00 says",
        )
    return bound


def agree_further(order: Order, offered: Offer, agreed: float | None) -> float | None:
    """The budget of a run under way, of which more is known by now than when it was agreed to.

    Parameters
    ----------
    order, offered
        What the user told, and what is left.
    agreed
        What was agreed to so far, in all runs together, US dollars; None for no bound.

    Raises
    ------
    StoppedByLimit
        They do not want to spend more.
    """
    if not offered.most_dollars:
        return agreed
    note(offered.text, quiet=order.quiet and order.yes)
    # Only who said yes to everything agreed to no bound.
    enough = agreed is not None and (offered.spent + offered.most_dollars <= agreed or agreed == order.budget)
    if order.yes or enough:
        return agreed
    bound, asked = _bound(order, offered)
    if not may_ask():
        raise StoppedByLimit(
            f"the rest may cost {asked}, and nobody is here to be asked",
            hint="agree with --yes, and set a bound with --budget 5.00",
        )
    if not click.confirm(f"Spend up to {asked} on this?", default=False, err=True):
        raise StoppedByLimit(
            "what your own pages hold is here; the rest was not agreed to",
            hint="the same command goes on from here, and asks again",
        )
    return bound


def _bound(order: Order, offered: Offer) -> tuple[float, str]:
    """What may be spent in all runs together, US dollars, and in words what that is from now on."""
    most = offered.spent + _TO_SPARE * offered.most_dollars + _TO_SPARE_DOLLARS
    if order.budget is None:
        return most, f"${most - offered.spent:,.2f}"
    bound = min(most, order.budget)
    return bound, f"${max(0.0, bound - offered.spent):,.2f} (--budget {order.budget:.2f})"
