"""Phases of activity: stretches of a year or more in which ego posted about as much, and then no longer.

Found as the cuts of a series of weeks that leave least variance for their number
(optimal partitioning with a penalty per cut: Jackson et al. 2005, Killick et al.
2012). What is told is a change in activity; why it changed, nobody's posts say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.over_time.rhythm import Week
from plnmap.analysis.status import Floats

LEAST_WEEKS: Final = 52
"""Of a phase: holidays and terms are no change."""

PENALTY: Final = 3.0
"""Per cut, in logarithms of the number of weeks; a cut counts only if it is found at twice the price, too."""

SAME_CUT: Final = 26
"""Weeks by which a cut may lie elsewhere at twice the price: people change over months."""


class Activity(NamedTuple):
    """One phase.

    Attributes
    ----------
    first, last
        Monday of its first week, Sunday of its last.
    weeks
        Those of them that a source covers.
    posts, to_people
        Mean per covered week: all posts, and those that answer, name or quote somebody.
    """

    first: date
    last: date
    weeks: int
    posts: float
    to_people: float


def phases_of_activity(weeks: Sequence[Week]) -> list[Activity]:
    """Cut the weeks into phases, by the logarithm of one more than the posts.

    Parameters
    ----------
    weeks
        From `plnmap.analysis.over_time.rhythm.posts_by_week`; those not observed are left out.

    Returns
    -------
    list of Activity
        In order; a single one where nothing changed for long or clearly, none without weeks.

    Examples
    --------
    >>> mondays = [date(2018, 1, 1) + timedelta(weeks=i) for i in range(120)]
    >>> weeks = [Week(day, 2 if day.year == 2018 else 9, 0, "value") for day in mondays]
    >>> [(str(each.first), each.weeks, each.posts) for each in phases_of_activity(weeks)]
    [('2018-01-01', 53, 2.0), ('2019-01-07', 67, 9.0)]
    """
    seen = [week for week in weeks if week.posts is not None]
    if not seen:
        return []
    cuts = _cuts(np.log1p([week.posts or 0 for week in seen]))
    ends = [*cuts, len(seen)]
    return [_phase(seen[start:end]) for start, end in zip([0, *cuts], ends, strict=True)]


def _phase(weeks: Sequence[Week]) -> Activity:
    posts, to_people = (
        sum(getattr(week, name) or 0 for week in weeks) / len(weeks) for name in ("posts", "to_people")
    )
    return Activity(weeks[0].monday, weeks[-1].monday + timedelta(days=6), len(weeks), posts, to_people)


def _cuts(values: Floats) -> list[int]:
    """Where a new phase begins."""
    spread = float(values.std())
    if spread == 0 or len(values) < 2 * LEAST_WEEKS:
        return []
    scaled = (values - values.mean()) / spread
    price = PENALTY * math.log(len(values))
    clear = _best_cuts(scaled, 2 * price)
    return [cut for cut in _best_cuts(scaled, price) if any(abs(cut - each) <= SAME_CUT for each in clear)]


def _best_cuts(values: Floats, penalty: float) -> list[int]:
    """The cuts that leave the least squared distance from the means between them, a penalty for each."""
    n = len(values)
    sums, squares = (np.concatenate([[0.0], np.cumsum(each)]) for each in (values, values**2))
    best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -penalty
    for end in range(LEAST_WEEKS, n + 1):
        start = np.arange(end - LEAST_WEEKS + 1)
        left = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
        cost = best[start] + left + penalty
        before[end] = np.argmin(cost)
        best[end] = cost[before[end]]
    cuts = []
    while n := int(before[n]):
        cuts.append(n)
    return cuts[::-1]
