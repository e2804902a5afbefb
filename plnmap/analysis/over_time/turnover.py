"""How the inner circle changes over time, and how far ego spreads attention over it.

The *social signature* is how an ego's contact is shared out over people by rank;
it tends to stay while the people change (Saramäki et al. 2014).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.status import Floats

INNER_CIRCLE: Final = 20
"""People whose coming and going is counted."""

LEAST_PEOPLE: Final = 5
"""Windows with fewer people in them say nothing about turnover."""


class Turnover(NamedTuple):
    """One window against the one before; None where either holds too few people.

    Attributes
    ----------
    people
        Alters in the inner circle of this window, at most twenty.
    kept
        Jaccard index of this window's circle with the one before, 0 all new to 1 the same.
    signature_change
        Jensen-Shannon divergence of the two social signatures, base 2, 0 the same to 1.
    """

    people: int
    kept: float | None
    signature_change: float | None


def turnover(days: ArrayLike) -> list[Turnover]:
    """Turnover of the inner circle from window to window.

    Parameters
    ----------
    days
        Contact days, one row per window in order of time, one column per alter; non-negative.

    Returns
    -------
    list of Turnover
        One per window; the first has nothing before it.

    Examples
    --------
    >>> windows = [[9, 8, 7, 6, 5, 0], [9, 8, 7, 6, 0, 5]]
    >>> [found.kept for found in turnover(windows)]
    [None, 0.6666666666666666]
    """
    table = np.atleast_2d(np.asarray(days, dtype=np.float64))
    circles = [_inner_circle(row) for row in table]
    found = []
    for i, circle in enumerate(circles):
        before = circles[i - 1] if i else np.array([], dtype=np.int64)
        if min(len(circle), len(before)) < LEAST_PEOPLE:
            found.append(Turnover(len(circle), None, None))
            continue
        kept = len(np.intersect1d(circle, before)) / len(np.union1d(circle, before))
        change = jensen_shannon(table[i][circle], table[i - 1][before])
        found.append(Turnover(len(circle), kept, change))
    return found


def jensen_shannon(one: ArrayLike, other: ArrayLike) -> float:
    """Jensen-Shannon divergence, base 2, of two distributions by rank; shares need not add up to 1.

    >>> round(jensen_shannon([0.5, 0.3, 0.2], [0.6, 0.2, 0.2]), 6)
    0.010546
    """
    first, second = (np.asarray(each, dtype=np.float64) for each in (one, other))
    size = max(len(first), len(second))
    p, q = (np.pad(each / each.sum(), (0, size - len(each))) for each in (first, second))
    middle = (p + q) / 2
    return float((_divergence(p, middle) + _divergence(q, middle)) / 2)


def _inner_circle(days: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Numbers of the alters with most days, most first; who ties is taken in order."""
    order = np.argsort(-days, kind="stable")[:INNER_CIRCLE]
    return order[days[order] > 0]


def _divergence(p: Floats, q: Floats) -> float:
    there = p > 0
    return float(np.sum(p[there] * np.log2(p[there] / q[there])))
