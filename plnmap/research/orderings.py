"""How well an ordering of people puts those in front who were meant: measures and their bootstrap.

An ordering is given as `hits`: for each place, best first, whether the person
there was meant. `order` makes one from scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plnmap.analysis.status import Floats, Ints

CELLS_AT_ONCE: Final = 2_000_000
"""Of a table of draws by people; keeps the bootstrap of a large network below some 100 MB."""


def order(scores: ArrayLike, tie_breaks: ArrayLike) -> Ints:
    """Positions of the scores, the highest first; equal scores by `tie_breaks`, the lowest first.

    >>> order([0.5, 0.9, 0.5], [2, 1, 0]).tolist()
    [1, 2, 0]
    """
    return np.lexsort((np.asarray(tie_breaks), -np.asarray(scores, dtype=np.float64)))


def roc_auc(scores: ArrayLike, meant: ArrayLike) -> float:
    """Chance that somebody meant scores above somebody who was not; a tie counts half.

    That is the area under the receiver operating characteristic (Hanley & McNeil 1982).
    NaN where all or none were meant.

    >>> roc_auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    0.875
    """
    from scipy.stats import rankdata

    wanted = np.asarray(meant, dtype=bool)
    positives, negatives = int(wanted.sum()), int((~wanted).sum())
    if not positives or not negatives:
        return float("nan")
    ranks = rankdata(np.asarray(scores, dtype=np.float64))[wanted]
    return float((ranks.sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(hits: ArrayLike) -> float:
    """Mean, over those who were meant, of the share of hits down to their place.

    1 if they all come first; about the share of those meant if the order says nothing; NaN
    where none was meant.

    >>> round(average_precision([True, False, True, False]), 4)  # (1/1 + 2/3) / 2
    0.8333
    """
    (places,) = np.nonzero(np.asarray(hits, dtype=bool))
    if not len(places):
        return float("nan")
    return float(np.mean(np.arange(1, len(places) + 1) / (places + 1)))


def ndcg(hits: ArrayLike, top: int = 10) -> float:
    """Discounted hits among the first `top` places, as a share of what was possible.

    Place i counts 1/log₂(i + 1) (Järvelin & Kekäläinen 2002). NaN where none was meant.

    >>> round(ndcg([True, False, True]), 4)  # (1 + 1/2) / (1 + 1/log₂ 3)
    0.9197
    """
    found = np.asarray(hits, dtype=bool)
    possible = min(int(found.sum()), top)
    if not possible:
        return float("nan")
    gains = 1 / np.log2(np.arange(2, min(len(found), top) + 2))
    return float(gains[found[:top]].sum() / gains[:possible].sum())


def draws_of_people(people: int, draws: int, seed: int | Sequence[int]) -> Iterator[NDArray[np.int32]]:
    """Bootstrap samples: how often each of some people is drawn; rows are draws, in blocks.

    Each row adds up to `people`.

    >>> [block.sum(axis=1).tolist() for block in draws_of_people(5, 3, seed=1)]
    [[5, 5, 5]]
    """
    generator = np.random.default_rng(seed)
    block = max(1, CELLS_AT_ONCE // max(people, 1))
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        drawn = generator.integers(people, size=(rows, people)) + np.arange(rows)[:, None] * people
        yield np.bincount(drawn.ravel(), minlength=rows * people).reshape(rows, people).astype(np.int32)


def redrawn_precision(hits: ArrayLike, times: ArrayLike) -> Floats:
    """Average precision in bootstrap samples of the people in an ordering.

    Somebody who is drawn several times is that many people who share one place.

    Parameters
    ----------
    hits
        For each place, best first, whether the person there was meant.
    times
        How often the person at each place was drawn; rows are draws.

    Returns
    -------
    Floats
        One value per draw; NaN where nobody who was meant was drawn.

    Examples
    --------
    >>> redrawn_precision([True, False, True], [[1, 1, 1], [2, 1, 0], [0, 3, 0]]).round(4).tolist()
    [0.8333, 1.0, nan]
    """
    (places,) = np.nonzero(np.asarray(hits, dtype=bool))
    drawn = np.asarray(times)
    if not len(places):
        return np.full(len(drawn), np.nan)
    meant = drawn[:, places]
    # How many were drawn down to each place that counts: sums between those places, added up.
    starts = np.append(0, places[:-1] + 1)
    so_far = np.cumsum(np.add.reduceat(drawn[:, : places[-1] + 1], starts, axis=1), axis=1)
    total = meant.sum(axis=1)
    # Where nobody was drawn yet, what is divided by 0 would be multiplied by 0 times.
    summed = (meant * np.cumsum(meant, axis=1) / np.maximum(so_far, 1)).sum(axis=1)
    return np.where(total > 0, summed / np.maximum(total, 1), np.nan)


def interval(draws: Floats, level: float = 0.95) -> tuple[float, float]:
    """Middle `level` of bootstrap draws (percentiles); draws without a value are left out.

    >>> interval(np.arange(101.0), 0.5)
    (25.0, 75.0)
    """
    low, high = np.nanquantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
