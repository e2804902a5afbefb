"""Circles: the optimum against brute force, and the fallback to ranks."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.contact.circles import circles, frequency, optimal_partitions, silhouette

SMALL = st.lists(st.floats(-100, 100).map(lambda x: round(x, 2)), min_size=2, max_size=9, unique=True)


def brute_force_cost(values: list[float], clusters: int) -> float:
    """Least sum of squares over all ways to cut the sorted values into intervals."""
    ordered = np.sort(values)
    cuts = combinations(range(1, len(values)), clusters - 1)
    return min(sum(len(p) * float(p.var()) for p in np.split(ordered, cut)) for cut in cuts)


def brute_force_silhouette(values: list[float], labels: list[int]) -> float:
    numbers, cluster = np.array(values), np.array(labels)
    scores = []
    for at, number in enumerate(numbers):
        own = (cluster == cluster[at]) & (np.arange(len(numbers)) != at)
        if not own.any():
            scores.append(0.0)
            continue
        a = np.abs(numbers[own] - number).mean()
        others = set(cluster.tolist()) - {int(cluster[at])}
        b = min(np.abs(numbers[cluster == c] - number).mean() for c in others)
        scores.append((b - a) / max(a, b))
    return float(np.mean(scores))


@settings(deadline=None)
@given(SMALL, st.integers(2, 4))
def test_partitions_are_optimal(values: list[float], most: int) -> None:
    most = min(most, len(values))
    for clusters, partition in enumerate(optimal_partitions(values, most), start=1):
        assert partition.cost == pytest.approx(brute_force_cost(values, clusters), abs=1e-6)
        labels = partition.cluster
        within = sum(np.var(np.array(values)[labels == c]) * (labels == c).sum() for c in range(clusters))
        assert within == pytest.approx(partition.cost, abs=1e-6)
        assert set(labels.tolist()) == set(range(clusters))


@settings(deadline=None)
@given(SMALL, st.integers(2, 4))
def test_silhouette_is_the_textbook_one(values: list[float], most: int) -> None:
    for partition in optimal_partitions(values, min(most, len(values)))[1:]:
        expected = brute_force_silhouette(values, partition.cluster.tolist())
        assert silhouette(values, partition.cluster) == pytest.approx(expected, abs=1e-9)


def test_equal_values_stay_together_and_order_does_not_matter() -> None:
    values = [3.0, 1.0, 1.0, 2.0, 3.0, 1.0, 9.0]
    labels = optimal_partitions(values, 3)[-1].cluster
    assert labels.tolist() == [1, 0, 0, 1, 1, 0, 2]
    assert optimal_partitions(values[::-1], 3)[-1].cluster[::-1].tolist() == labels.tolist()


def test_partitions_far_from_zero_are_as_exact() -> None:
    near = [0.0, 0.001, 1.0, 1.001]
    assert optimal_partitions(np.array(near) + 1e6, 2)[-1].cluster.tolist() == [0, 0, 1, 1]


def test_frequency_is_per_year_and_needs_half_a_year() -> None:
    column = frequency([10, 10, np.nan], [730, 179, 400])
    assert column.value[0] == 5
    assert column[1].text() == "179 of 180 needed"
    assert column.status[2] == "not_observed"


def test_circles_find_the_layers_that_are_there() -> None:
    # Three layers around 200, 20 and 2 contacts a year, an inactive alter and one too new to tell.
    layers = np.concatenate([[190, 200, 210, 205, 195], np.linspace(18, 22, 10), np.linspace(1.8, 2.2, 25)])
    found = circles([*layers, 0.9, np.nan], np.zeros(42))
    assert found.method == "frequency"
    assert found.sizes == (5, 10, 25)
    assert found.circle.tolist() == [1] * 5 + [2] * 10 + [3] * 25 + [0, 0]
    assert found.silhouette == pytest.approx(1, abs=0.1)


def test_few_active_alters_are_ranked() -> None:
    ranking = np.linspace(1, 0, 60)
    found = circles([5.0] * 29 + [0.5] * 31, ranking)
    assert (found.method, found.sizes, found.silhouette) == ("rank", (5, 10, 35), None)
    assert found.circle.tolist() == [1] * 5 + [2] * 10 + [3] * 35 + [0] * 10


def test_alters_that_are_all_alike_are_ranked() -> None:
    assert circles([12.0] * 40, np.linspace(1, 0, 40)).method == "rank"


def test_nobody() -> None:
    assert circles([], []).sizes == ()


def test_a_large_network_is_quick_enough() -> None:
    # Quadratic work in whole-array steps; a slip into Python loops over pairs would take minutes.
    values = np.random.default_rng(1).lognormal(1, 1.5, 1500) + 1
    assert circles(values, values).circle.min() >= 1
