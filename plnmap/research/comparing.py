"""Ways of ordering people, compared by whom ego contacted next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.settings import StrengthWeights
from plnmap.analysis.status import Bools, Floats, Ints, Measure
from plnmap.research.foretelling import RANKINGS, Month
from plnmap.research.orderings import (
    average_precision,
    draws_of_people,
    interval,
    ndcg,
    order,
    redrawn_precision,
    roc_auc,
)

OWN: Final = "strength"
RIVAL: Final = "count"
"""The program's own ordering is believed only if it surely does better than this one."""


class Protocol(NamedTuple):
    """How the test is made.

    Attributes
    ----------
    months
        To how many days the clock is set back, each a horizon (30 days) before the next.
    top
        Length of the list whose hits are counted.
    draws
        Bootstrap samples of the people.
    level
        Of the intervals.
    seed
        Of the bootstrap, and of the order of people whose scores are equal.
    """

    months: int = 3
    top: int = 10
    draws: int = 1_000
    level: float = 0.95
    seed: int = 20_041


DECIMALS: Final = 6
"""More digits than any of these deserves, few enough to be the same on every machine."""


class Ranked(NamedTuple):
    """How one way of ordering people did.

    Attributes
    ----------
    ranking
        Which of `plnmap.research.foretelling.RANKINGS`.
    average_precision, roc_auc, ndcg
        Means over egos, of the means over each one's months that count; `n` is
        the number of people contacted in those months, as in all measures here.
    ahead
        By how much the average precision of strength is higher than this one's.
    in_top
        For each month that counts, how many of those at the top of its list were
        contacted next; None where nothing was measured.
    """

    ranking: str
    average_precision: Measure
    roc_auc: Measure
    ndcg: Measure
    ahead: Measure
    in_top: list[int] | None


class _List(NamedTuple):
    """The people of a month in one order, best first: whether contacted, and their numbers."""

    hits: Bools
    people: Ints


class _Tried(NamedTuple):
    """One ranking tried on one ego."""

    average_precision: float
    roc_auc: float
    ndcg: float
    in_top: list[int]
    redrawn: Floats


def counts(month: Month, weights: StrengthWeights) -> bool:
    """Whether a month has enough people, and enough of them contacted, to judge by.

    What it takes is what calibration takes (`StrengthWeights`); where everybody
    was contacted, no order is better than another.
    """
    people, contacted = len(month.people), int(month.contacted.sum())
    enough = people >= weights.calibration_candidates and contacted >= weights.calibration_positives
    return enough and contacted < people


def compare(egos: Sequence[Sequence[Month]], weights: StrengthWeights, protocol: Protocol) -> list[Ranked]:
    """How well each way of ordering people foretold whom egos contacted next.

    Intervals come from drawing each ego's people with replacement, each person
    with all their months, and the same people for all rankings: they tell how
    much hangs on single people, and not what other egos would show.

    Parameters
    ----------
    egos
        For each ego, what was known on some days, and what followed.
    weights
        For what it takes a month to count.
    protocol
        How the test is made.

    Returns
    -------
    list of Ranked
        In the order of `RANKINGS`; ``insufficient`` where no month counts.
    """
    used = [[month for month in months if counts(month, weights)] for months in egos]
    used = [months for months in used if months]
    if not used:
        return all_alike(_too_little([month for months in egos for month in months], weights))
    every = [month for months in used for month in months]
    known = [name for name in RANKINGS if all(month.scores[name] is not None for month in every)]
    tried = [_try(months, known, protocol, number) for number, months in enumerate(used)]
    contacted = sum(int(month.contacted.sum()) for month in every)
    return [
        _ranked(name, tried, contacted, protocol.level) if name in known else _unseen(name)
        for name in RANKINGS
    ]


def all_alike(measure: Measure) -> list[Ranked]:
    """The same state for all rankings, where nothing can be measured."""
    return [Ranked(name, measure, measure, measure, measure, None) for name in RANKINGS]


def _try(months: Sequence[Month], rankings: Sequence[str], protocol: Protocol, ego: int) -> dict[str, _Tried]:
    """Rankings tried on the months of one ego."""
    everyone, place = np.unique(np.concatenate([month.people for month in months]), return_inverse=True)
    numbers = np.split(place, np.cumsum([len(month.people) for month in months])[:-1])
    # Whom equal scores put first must not depend on the ranking.
    luck = np.random.default_rng([protocol.seed, ego]).permutation(len(everyone))
    tried = {}
    for name in rankings:
        lists, aucs = [], []
        for month, number in zip(months, numbers, strict=True):
            scores = month.scores[name]
            assert scores is not None
            best_first = order(scores, luck[number])
            lists.append(_List(month.contacted[best_first], number[best_first]))
            aucs.append(roc_auc(scores, month.contacted))
        tried[name] = _Tried(
            average_precision=float(np.mean([average_precision(each.hits) for each in lists])),
            roc_auc=float(np.mean(aucs)),
            ndcg=float(np.mean([ndcg(each.hits, protocol.top) for each in lists])),
            in_top=[int(each.hits[: protocol.top].sum()) for each in lists],
            redrawn=_redrawn(lists, len(everyone), protocol.draws, [protocol.seed, ego, 1]),
        )
    return tried


def _redrawn(lists: Sequence[_List], people: int, draws: int, seed: Sequence[int]) -> Floats:
    """Mean average precision over some months in bootstrap samples of the people.

    A month of which nobody who was contacted is drawn is left out of that draw.
    """
    blocks = []
    for times in draws_of_people(people, draws, seed):
        monthly = np.array([redrawn_precision(each.hits, times[:, each.people]) for each in lists])
        known = ~np.isnan(monthly)
        summed = np.where(known, monthly, 0.0).sum(axis=0)
        blocks.append(np.where(known.any(axis=0), summed / np.maximum(known.sum(axis=0), 1), np.nan))
    return np.concatenate(blocks)


def _ranked(name: str, tried: Sequence[dict[str, _Tried]], contacted: int, level: float) -> Ranked:
    """A ranking over all egos."""
    these, own = ([each[which] for each in tried] for which in (name, OWN))

    def mean(values: Sequence[float], lo: float | None = None, hi: float | None = None) -> Measure:
        lo, hi = (None if bound is None else round(bound, DECIMALS) for bound in (lo, hi))
        return Measure("value", round(float(np.mean(values)), DECIMALS), lo, hi, n=contacted)

    pairs = list(zip(own, these, strict=True))
    ahead = [strength.average_precision - other.average_precision for strength, other in pairs]
    redrawn = np.mean([strength.redrawn - other.redrawn for strength, other in pairs], axis=0)
    return Ranked(
        ranking=name,
        average_precision=mean([each.average_precision for each in these]),
        roc_auc=mean([each.roc_auc for each in these]),
        ndcg=mean([each.ndcg for each in these]),
        ahead=mean(ahead, *interval(redrawn, level)),
        in_top=[found for each in these for found in each.in_top],
    )


def _unseen(name: str) -> Ranked:
    unseen = Measure("not_observed", reason="the ties among the others are not in the file")
    return Ranked(name, unseen, unseen, unseen, unseen, None)


def _too_little(months: Sequence[Month], weights: StrengthWeights) -> Measure:
    """What the best month lacks."""
    peopled = [month for month in months if len(month.people) >= weights.calibration_candidates]
    if not peopled:
        most = max((len(month.people) for month in months), default=0)
        return Measure("insufficient", n=most, needed=weights.calibration_candidates, reason="known by then")
    most = max(int(month.contacted.sum()) for month in peopled)
    if most >= weights.calibration_positives:
        return Measure("insufficient", reason="not contacted within a month")
    return Measure(
        "insufficient", n=most, needed=weights.calibration_positives, reason="contacted within a month"
    )
