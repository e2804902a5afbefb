"""Groups among ego's alters, where ties between alters are observed at all.

Ego is left out: a star around ego would tie everybody to everybody. Louvain's
method (Blondel et al. 2008) depends on chance, so it is run from twenty seeds;
the division of highest modularity is taken, and how alike the twenty are says
whether there are groups or only noise.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.status import Measure

SEEDS: Final = 20
STABLE_FROM: Final = 0.7
"""Mean adjusted Rand index of the divisions below which they are called unstable: judgement."""

LEAST_SEEN: Final = 3
"""Alters whose own side is covered: with fewer, the groups would be the circles of one or two archives."""


class Communities(NamedTuple):
    """A division of the alters.

    Attributes
    ----------
    members
        Account → number of its group, 1 the largest; empty where not observed. Who has no tie to
        another alter belongs to none.
    modularity
        Of the best division; `not_observed` where ties between alters are not in the file.
    stability
        Mean adjusted Rand index of all pairs of divisions, 1 always the same.
    """

    members: dict[str, int]
    modularity: Measure
    stability: Measure

    @property
    def is_stable(self) -> bool:
        """Whether chance hardly changes the groups."""
        return self.stability.value is not None and self.stability.value >= STABLE_FROM


def communities(ties: Iterable[tuple[str, str, float]], seen: int, seeds: int = SEEDS) -> Communities:
    """Divide alters into groups by the ties between them.

    Parameters
    ----------
    ties
        Alter, alter, weight above 0; direction and order do not matter, several rows of a pair add up.
        Ego is not among them.
    seen
        Alters whose own side is in the file.
    seeds
        How often the method is run.

    Examples
    --------
    >>> two = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", 1)]
    >>> communities([*two, ("c", "x", 0.1)], seen=6).members
    {'a': 1, 'b': 1, 'c': 1, 'x': 2, 'y': 2, 'z': 2}
    >>> communities(two, seen=2).modularity.text()
    'not observed'
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    # In one order, whatever order the rows came in: chance then does the same each time.
    for one, other, weight in sorted((min(a, b), max(a, b), w) for a, b, w in ties):
        before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
        graph.add_edge(one, other, weight=before + weight)
    if seen < LEAST_SEEN or not graph:
        reason = f"{seen} of {LEAST_SEEN} alters needed are seen from their own side"
        unseen = Measure("not_observed", n=seen, needed=LEAST_SEEN, reason=reason)
        return Communities({}, unseen, unseen)
    divisions = [nx.community.louvain_communities(graph, weight="weight", seed=seed) for seed in range(seeds)]
    qualities = [nx.community.modularity(graph, division, weight="weight") for division in divisions]
    labels = [_labels(division, list(graph)) for division in divisions]
    alike = [adjusted_rand(one, other) for one, other in combinations(labels, 2)] or [1.0]
    best = divisions[int(np.argmax(qualities))]
    ordered = sorted(best, key=lambda group: (-len(group), min(group)))
    members = {account: number for number, group in enumerate(ordered, 1) for account in group}
    return Communities(
        dict(sorted(members.items())),
        Measure("value", float(max(qualities)), n=len(graph)),
        Measure("value", float(np.mean(alike)), n=len(alike)),
    )


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """How alike two divisions of the same things are (Hubert & Arabie 1985): 1 the same, 0 as by chance.

    >>> adjusted_rand([1, 1, 2, 2], [5, 5, 3, 3]), round(adjusted_rand([1, 1, 2, 2], [1, 2, 1, 2]), 2)
    (1.0, -0.5)
    """
    first, second = (
        np.unique(np.asarray(one), return_inverse=True)[1],
        np.unique(other, return_inverse=True)[1],
    )
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)
    together, by_first, by_second = (_pairs(each) for each in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = by_first * by_second / max(_pairs(np.array([len(first)])), 1)
    most = (by_first + by_second) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(counts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(np.sum(counts * (counts - 1) / 2))


def _labels(division: list[set[str]], nodes: list[str]) -> list[int]:
    number = {node: i for i, group in enumerate(division) for node in group}
    return [number[node] for node in nodes]
