"""From interactions to ties: what one account did towards another, by day and in all.

`tie_days` is the one stored intermediate: every window, gap, bin, trend and
earlier view is a group-by over it. Written as Ibis expressions over integers,
so that DuckDB and Spark give the same figures.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import ibis
from ibis import _

from plnmap.model import KINDS, WEIGHT_UNITS, Tie, TieDay

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table

CONTACT: Final = tuple(f"n_{kind.name}" for kind in KINDS.values() if kind.group == "contact")
ATTENTION: Final = ("n_boost", "n_favourite")
COUNTS: Final = tuple(
    f"n_{kind}" for kind in ("reply", "mention", "quote", "boost", "favourite", "dm", "list_mention")
)
BIN_DAYS: Final = 30
"""Activity is counted in bins of this many days: floor(epoch day / 30)."""


def tie_days(interactions: Table, dm_days: Table | None = None) -> Table:
    """All that one account did towards another on one UTC day.

    Parameters
    ----------
    interactions
        Columns source, target, kind, happened_at and weight_units of
        `plnmap.model.Interaction`.
    dm_days
        Direct messages by day (`plnmap.model.DirectMessageDay`), if counted.

    Returns
    -------
    Table
        The columns of `plnmap.model.TieDay`; a null day gathers what is not
        dated. No row for a day without an interaction.
    """
    days = interactions.group_by(source=_.source, target=_.target, day=_.happened_at.date()).aggregate(
        **{f"n_{kind}": _.count(where=_.kind == kind) for kind in KINDS},
        weight_units=_.weight_units.sum().cast("int64"),
    )
    if dm_days is not None:
        days = ibis.union(days.select(*TieDay._fields), _messages(dm_days))
        sums = {name: _[name].sum().cast("int64") for name in (*COUNTS, "weight_units")}
        days = days.group_by("source", "target", "day").aggregate(**sums)
    return days.select(*TieDay._fields)


def ties(tie_days: Table, as_of: date | None = None) -> Table:
    """One row per ordered pair of accounts.

    Parameters
    ----------
    tie_days
        What `tie_days` returns.
    as_of
        Leave out what happened after this UTC day. What is not dated cannot be
        placed before it, so it is left out as well.

    Returns
    -------
    Table
        The columns of `plnmap.model.Tie`; `days` is 0 and the first and last
        day are null for a pair without dated contact.
    """
    seen = tie_days if as_of is None else tie_days.filter(_.day <= as_of)
    contact = _any(seen, CONTACT) & seen.day.notnull()
    attention = _any(seen, ATTENTION) & seen.day.notnull()
    marked = seen.mutate(contact=contact, attention=attention)
    pairs = marked.group_by("source", "target").aggregate(
        days=_.count(where=_.contact),
        first_day=_.day.min(where=_.contact),
        last_day=_.day.max(where=_.contact),
        attention_days=_.count(where=_.attention),
        active_bins=(_.day.epoch_days() // BIN_DAYS).nunique(where=_.contact),
        **{name: _[name].sum().cast("int64") for name in (*COUNTS, "weight_units")},
    )
    return pairs.select(*Tie._fields)


def _any(days: Table, counts: tuple[str, ...]) -> BooleanValue:
    first, *rest = (days[name] > 0 for name in counts)
    for other in rest:
        first = first | other
    return first


def _messages(dm_days: Table) -> Table:
    weight = ibis.literal(KINDS["dm"].weight_tenths * WEIGHT_UNITS // 10, "int64")
    return dm_days.select(
        source=_.source,
        target=_.target,
        day=_.day,
        **{name: (_.messages if name == "n_dm" else ibis.literal(0, "int64")) for name in COUNTS},
        weight_units=_.messages * weight,
    ).select(*TieDay._fields)
