"""Reciprocity of a whole network, over accounts that are seen from both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.settings import ReciprocityRules
from plnmap.analysis.status import Ints, Measure

DEFAULT = ReciprocityRules()


class GlobalReciprocity(NamedTuple):
    """Shares of what is returned, plain and against chance.

    `null_weighted` is the mean of r_w over the random draws, with the range of their middle 95 %.
    """

    share: Measure
    excess: Measure
    weighted: Measure
    weighted_excess: Measure
    null_weighted: Measure


def global_reciprocity(
    source: ArrayLike, target: ArrayLike, weight: ArrayLike, accounts: int, rules: ReciprocityRules = DEFAULT
) -> GlobalReciprocity:
    """How much of a network is returned.

    r = L↔/L, the share of ties that go both ways, and ρ = (r − ā)/(1 − ā) with the density
    ā = L/(N(N−1)): 0 is chance, negative avoids return (Garlaschelli & Loffredo 2004). By weight,
    r_w = Σ min(w_ij, w_ji)/Σ w_ij and ρ_w = (r_w − r̄_null)/(1 − r̄_null) (Squartini et al. 2013).

    Parameters
    ----------
    source, target
        Numbers of the accounts, 0 … accounts − 1; each ordered pair once, no account with itself.
    weight
        Whole numbers above 0, such as days of contact.
    accounts
        N, the accounts seen from both sides; never an ego with people seen only through that ego.

    Returns
    -------
    GlobalReciprocity
        Insufficient below three accounts; ``no_contact`` where complete sides hold no tie; an excess is
        insufficient where chance alone already returns everything.

    Raises
    ------
    ValueError
        A pair repeats, an account acts on itself, or a weight is not a whole number above 0.

    Notes
    -----
    The null is our own, not the maximum-entropy one of Squartini et al.: the weights are cut into units,
    and pairs of units swap targets at random unless an account would act on itself. Every account keeps
    exactly its outgoing and incoming total.

    Examples
    --------
    >>> network = global_reciprocity([0, 1, 0, 2], [1, 0, 2, 3], [4, 2, 1, 1], accounts=4)
    >>> network.share.text(), network.excess.text(), network.weighted.text()
    ('0.50', '0.25', '0.50')
    """
    start, end = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    units = np.asarray(weight, dtype=np.int64)
    _check(start, end, units, weight, accounts)
    ties = len(start)
    if accounts < rules.min_accounts:
        few = Measure(
            "insufficient", n=accounts, needed=rules.min_accounts, reason="accounts seen from both sides"
        )
        return GlobalReciprocity(few, few, few, few, few)
    if not ties:
        empty = Measure("no_contact")
        return GlobalReciprocity(empty, empty, empty, empty, empty)
    share = returned_share(start, end, 1, accounts)
    weighted = returned_share(start, end, units, accounts)
    networks = random_networks(start, end, units, rules)
    draws = np.array([returned_share(giver, taker, 1, accounts) for giver, taker in networks])
    middle = float(draws.mean())
    lo, hi = np.quantile(draws, [0.025, 0.975])
    return GlobalReciprocity(
        Measure("value", share, n=ties),
        _excess(share, ties / (accounts * (accounts - 1)), ties),
        Measure("value", weighted, n=ties),
        _excess(weighted, middle, ties),
        Measure("value", middle, float(lo), float(hi), n=len(draws)),
    )


def random_networks(
    source: Ints, target: Ints, weight: Ints, rules: ReciprocityRules = DEFAULT
) -> Iterator[tuple[Ints, Ints]]:
    """Random networks with the given totals per account, as (source, target) of each unit of weight."""
    random = np.random.default_rng(rules.null_seed)
    giver, taker = np.repeat(source, weight), np.repeat(target, weight)
    # Each round offers every unit a swap; networks start mixed and are taken a few rounds apart.
    _mix(random, giver, taker, rounds=30)
    for _ in range(rules.null_draws):
        _mix(random, giver, taker, rounds=5)
        yield giver, taker.copy()


def _mix(random: np.random.Generator, giver: Ints, taker: Ints, rounds: int) -> None:
    """Swap the targets of random pairs of units, in place."""
    for _ in range(rounds):
        order = random.permutation(len(giver))
        half = len(order) // 2
        left, right = order[:half], order[half : 2 * half]
        # Swapping only every second time keeps small networks from flipping to and fro in step.
        swap = (giver[left] != taker[right]) & (giver[right] != taker[left]) & (random.random(half) < 0.5)
        left, right = left[swap], right[swap]
        taker[left], taker[right] = taker[right], taker[left]


def returned_share(source: Ints, target: Ints, weight: ArrayLike, accounts: int) -> float:
    """Σ min(w_ij, w_ji) / Σ w_ij over ordered pairs, repeated pairs added up; there must be one.

    >>> returned_share(np.array([0, 1, 0]), np.array([1, 0, 2]), [3, 1, 1], accounts=3)
    0.4
    """
    pair, where = np.unique(source * accounts + target, return_inverse=True)
    total = np.bincount(where, np.broadcast_to(np.asarray(weight), where.shape))
    back = pair % accounts * accounts + pair // accounts
    place = np.minimum(np.searchsorted(pair, back), len(pair) - 1)
    returned = np.where(pair[place] == back, total[place], 0.0)
    return float(np.minimum(total, returned).sum() / total.sum())


def _excess(share: float, by_chance: float, ties: int) -> Measure:
    if by_chance >= 1:
        return Measure("insufficient", n=ties, needed=ties + 1, reason="chance alone returns everything")
    return Measure("value", (share - by_chance) / (1 - by_chance), n=ties)


def _check(source: Ints, target: Ints, weight: Ints, given: ArrayLike, accounts: int) -> None:
    if (source == target).any():
        raise ValueError("an account acts on itself")
    if len(np.unique(source * accounts + target)) < len(source):
        raise ValueError("an ordered pair is given twice")
    if (weight != np.asarray(given)).any() or (weight < 1).any():
        raise ValueError("weights must be whole numbers above 0")
