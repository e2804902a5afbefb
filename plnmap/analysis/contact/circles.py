"""Circles of alters by how often ego is in touch.

Shown beside the sizes 5, 15, 50, 150 that Dunbar's work leads one to expect,
never as a target.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.settings import CircleRules
from plnmap.analysis.status import Floats, Ints, Measures, measures

DEFAULT = CircleRules()


class Circles(NamedTuple):
    """Circle of each alter: 1 is the innermost, 0 is outside of all."""

    circle: Ints
    sizes: tuple[int, ...]
    method: Literal["frequency", "rank"]
    silhouette: float | None


class Partition(NamedTuple):
    """Cluster of each value, 0 holding the smallest values, and the sum of squares within clusters."""

    cluster: Ints
    cost: float


def frequency(days: ArrayLike, age_days: ArrayLike, rules: CircleRules = DEFAULT) -> Measures:
    """Contact days per year, f = D/(A/365); insufficient before half a year has passed.

    >>> frequency([12, 12], [365, 100]).value.tolist()
    [12.0, nan]
    """
    count, age = np.asarray(days, dtype=np.float64), np.asarray(age_days, dtype=np.float64)
    known = ~np.isnan(age) & ~np.isnan(count)
    span = np.where(known, age, 0)
    return measures(
        np.nan_to_num(count) / (np.maximum(span, 1) / 365),
        n=span,
        needed=rules.min_age_days,
        observed=known,
        unseen="no dated contact",
        short="days since first contact",
    )


def circles(per_year: ArrayLike, ranking: ArrayLike, rules: CircleRules = DEFAULT) -> Circles:
    """Sort alters into circles.

    With at least 30 active alters (one contact a year or more), optimal one-dimensional k-means on
    ln f, the number of circles (2 to 6) being the one with the best mean silhouette (Rousseeuw 1987),
    the smaller at a tie (after Arnaboldi et al. 2013); inactive alters are outside. Otherwise the
    rank bands 5/15/50 of `ranking`.

    Parameters
    ----------
    per_year
        Contact days per year, see `frequency`; NaN where unknown.
    ranking
        What to rank by in the other case, larger first, NaN never; the order of the rows decides ties.

    Examples
    --------
    >>> circles([float("nan")] * 7, [0.1, 0.9, 0.8, 0.7, 0.6, 0.5, float("nan")]).circle.tolist()
    [2, 1, 1, 1, 1, 1, 0]
    """
    often = np.asarray(per_year, dtype=np.float64)
    active = np.flatnonzero(np.nan_to_num(often) >= rules.active_per_year)
    values = np.log(often[active])
    most = min(rules.max_circles, len(np.unique(values)))
    circle = np.zeros(len(often), dtype=np.int64)
    if len(active) < rules.min_active_alters or most < 2:
        return _rank_bands(np.asarray(ranking, dtype=np.float64), rules)
    partitions = [part.cluster for part in optimal_partitions(values, most)[1:]]
    fits = [silhouette(values, cluster) for cluster in partitions]
    best = int(np.argmax(fits))
    circle[active] = partitions[best].max() + 1 - partitions[best]
    return Circles(circle, _sizes(circle), "frequency", fits[best])


def optimal_partitions(values: ArrayLike, most: int) -> list[Partition]:
    """The best k-means partitions of numbers into 1, 2, … `most` clusters, exactly.

    Clusters on a line are intervals, so dynamic programming over the sorted numbers finds the
    optimum (Fisher 1958; Wang & Song 2011); nothing is random. Equal numbers stay together.

    Parameters
    ----------
    most
        Largest number of clusters, at most the number of distinct values.

    Examples
    --------
    >>> optimal_partitions([1, 9, 2, 8], 2)[1]
    Partition(cluster=array([0, 1, 0, 1]), cost=1.0)
    """
    points, where, times = np.unique(np.asarray(values, float), return_inverse=True, return_counts=True)
    weight = times.astype(np.float64)
    # Sums of squares cancel badly far from zero.
    centred = points - np.average(points, weights=weight)
    sums = [np.concatenate([[0.0], np.cumsum(weight * centred**power)]) for power in (0, 1, 2)]
    number = len(points)
    best = np.full((most, number + 1), np.inf)
    best[:, 0] = 0.0
    cut = np.zeros((most, number + 1), dtype=np.int64)
    for stop in range(1, number + 1):
        mass, total, squares = (each[stop] - each[:stop] for each in sums)
        cost = np.maximum(squares - total**2 / mass, 0.0)
        best[0, stop] = cost[0]
        # A last cluster start:stop behind the best split of :start into one cluster fewer.
        through = best[:-1, :stop] + cost
        cut[1:, stop] = np.argmin(through, axis=1)
        best[1:, stop] = through[np.arange(most - 1), cut[1:, stop]]
    return [
        Partition(_clusters(cut, clusters, number)[where], float(best[clusters - 1, number]))
        for clusters in range(1, most + 1)
    ]


def _clusters(cut: Ints, clusters: int, number: int) -> Ints:
    """Cluster of each sorted point, read back from where the last clusters begin."""
    label, stop = np.zeros(number, dtype=np.int64), number
    for cluster in range(clusters - 1, 0, -1):
        start = int(cut[cluster, stop])
        label[start:stop], stop = cluster, start
    return label


def silhouette(values: ArrayLike, cluster: ArrayLike) -> float:
    """Mean silhouette of clusters that are intervals on a line, −1 to 1 (Rousseeuw 1987).

    All of another interval lies on one side of a point, so the mean distance to its members is the
    distance to their mean. A point alone in its cluster scores 0.

    Examples
    --------
    >>> round(silhouette([0, 1, 10, 11], [0, 0, 1, 1]), 4)
    0.8997
    """
    numbers, labels = np.asarray(values, dtype=np.float64), np.asarray(cluster, dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    numbers, labels = numbers[order], labels[order]
    size = np.bincount(labels)
    start = np.cumsum(size) - size
    before = np.concatenate([[0.0], np.cumsum(numbers)])
    left = np.arange(len(numbers)) - start[labels]
    right = size[labels] - left - 1
    below = before[:-1] - before[start[labels]]
    above = before[(start + size)[labels]] - before[1:]
    own = (numbers * (left - right) - below + above) / np.maximum(size[labels] - 1, 1)
    away: Floats = np.abs(numbers[:, None] - np.bincount(labels, numbers) / size)
    away[np.arange(len(numbers)), labels] = np.inf
    other = away.min(axis=1)
    larger = np.maximum(own, other)
    return float(np.mean(np.where(size[labels] > 1, (other - own) / larger, 0.0)))


def _rank_bands(ranking: Floats, rules: CircleRules) -> Circles:
    order = np.argsort(-ranking, kind="stable")  # NaN sorts last
    rank = np.empty(len(ranking), dtype=np.int64)
    rank[order] = np.arange(1, len(ranking) + 1)
    band = np.searchsorted(rules.rank_bands, rank) + 1
    circle = np.where((band <= len(rules.rank_bands)) & ~np.isnan(ranking), band, 0)
    return Circles(circle, _sizes(circle), "rank", None)


def _sizes(circle: Ints) -> tuple[int, ...]:
    return tuple(int(size) for size in np.bincount(circle, minlength=1)[1:])
