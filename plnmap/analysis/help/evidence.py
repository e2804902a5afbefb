"""How much of what the rules detect is evidence.

People who talk a lot produce many false hits. So a count of detected days is
weighed against the number of days on which the rules could have fired, and
corrected for what they miss and for what they take for it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammainc, gammaincinv, pdtrik

from plnmap.analysis.settings import DetectionRates, EvidenceRules, RoleRules
from plnmap.analysis.status import Bools, Floats, Ints, Measures, measures

DEFAULT = EvidenceRules()
SEEN_AS_IT_IS: Final = DetectionRates(recall=1.0, false_positive_rate=0.0)
"""Boosts, quotes and favourites are facts of the platform, not readings of a text."""


class Evidence(NamedTuple):
    """Corrected evidence for one act in one direction, per tie.

    `estimate` (D̂, days, with its interval) is 0 where the gate is shut and NaN where the act is not
    observed; `score` is F, 0 to below 1.
    """

    gate: Bools
    estimate: Floats
    estimate_lo: Floats
    estimate_hi: Floats
    score: Measures


class HelpShare(NamedTuple):
    """Share of the help between two people that ego received, and what can be said about it."""

    mean: Floats
    lo: Floats
    hi: Floats
    mostly_received: Floats
    mostly_given: Floats
    even: Floats


def corrected_evidence(
    detected: ArrayLike,
    exposed: ArrayLike,
    rates: DetectionRates = SEEN_AS_IT_IS,
    *,
    observed: ArrayLike = True,
    complete: ArrayLike = False,
    rules: EvidenceRules = DEFAULT,
) -> Evidence:
    """Days of an act, corrected for the volume of talk and for the errors of the rules.

    The gate opens if chance explains the count badly: P(Poisson(φN) ≥ n) < 0.05. Then
    D̂ = max(0, (n − φN)/(τ − φ)) (Rogan & Gladen 1978) and F = D̂/(D̂ + 3); the intervals are the
    exact Poisson interval of n (Garwood 1936) through the same maps.

    Parameters
    ----------
    detected
        n, days on which the rules found the act.
    exposed
        N, days on which they could have, in that direction. Ignored with φ = 0.
    rates
        τ and φ of this very act.
    observed, complete
        Whether this side of the tie is in the sources, and whether all of it.

    Returns
    -------
    Evidence
        `score` is insufficient where the gate is shut; not observed where the side is not, or where
        τ − φ < 0.1: such rules cannot tell the act from chance; ``no_contact`` where a complete side
        held no day on which the act could have been found.

    Examples
    --------
    >>> for n in (1, 3, 6):
    ...     print(corrected_evidence(n, 10).score[0].text(3))
    0.250 [0.008, 0.650]
    0.500 [0.171, 0.745]
    0.667 [0.423, 0.813]
    """
    n, days = np.broadcast_arrays(np.atleast_1d(np.asarray(detected, float)), np.asarray(exposed, float))
    usable = tells_from_chance(rates, rules)
    side = np.asarray(observed, dtype=bool) & ~np.isnan(n) & ~np.isnan(days)
    seen = side & usable
    n, days = np.where(seen, n, 0.0), np.where(seen, days, 0.0)

    by_chance = rates.false_positive_rate * days
    needed = days_beyond_chance(by_chance, rules)
    gate = n >= needed
    tail = (1 - rules.level) / 2
    # The lower end for n = 0 is never used: no gate opens on nothing.
    lo = np.asarray(gammaincinv(np.maximum(n, 1), tail), dtype=np.float64)
    hi = np.asarray(gammaincinv(n + 1, 1 - tail), dtype=np.float64)
    estimate, estimate_lo, estimate_hi = (
        np.where(seen, np.where(gate, _without_chance(count, by_chance, rates), 0.0), np.nan)
        for count in (n, lo, hi)
    )
    score = measures(
        _saturated(estimate, rules),
        n=n,
        needed=needed,
        lo=_saturated(estimate_lo, rules),
        hi=_saturated(estimate_hi, rules),
        observed=seen,
        complete=np.asarray(complete, dtype=bool) & (days == 0),
        unseen="this side is not in the sources" if usable else "the rules cannot tell this act from chance",
        short="days, no more than chance would give",
    )
    return Evidence(gate, estimate, estimate_lo, estimate_hi, score)


def corrected_days(
    detected: ArrayLike,
    exposed: ArrayLike,
    rates: DetectionRates,
    rules: EvidenceRules = DEFAULT,
    *,
    gate: Bools | None = None,
) -> Floats:
    """D̂ of `corrected_evidence` alone, days: quick enough for as many draws as one likes.

    NaN where either count is, and where the rules cannot tell the act from chance.

    Parameters
    ----------
    detected, exposed
        As there, but they need not be whole: a day may be drawn in part.
    rates, rules
        As there.
    gate
        Whether the gate is open; None asks it of these very counts.

    Examples
    --------
    >>> corrected_days([3, 3], [10, 300], DetectionRates(0.5, 0.01)).round(3).tolist()
    [5.918, 0.0]
    """
    n, days = np.asarray(detected, dtype=np.float64), np.asarray(exposed, dtype=np.float64)
    if not tells_from_chance(rates, rules):
        return np.full(np.broadcast(n, days).shape, np.nan)
    if gate is None:
        gate = beyond_chance(n, days, rates, rules)
    found = np.where(gate, _without_chance(n, rates.false_positive_rate * days, rates), 0.0)
    return np.where(np.isnan(n + days), np.nan, found)


def beyond_chance(detected: Floats, exposed: Floats, rates: DetectionRates, rules: EvidenceRules) -> Bools:
    """Whether the gate of `corrected_evidence` is open.

    >>> beyond_chance(np.array([1, 2]), np.array([20, 20]), DetectionRates(0.5, 0.01), EvidenceRules())
    array([False,  True])
    """
    by_chance = rates.false_positive_rate * exposed
    return np.asarray((detected >= 1) & (gammainc(np.maximum(detected, 1), by_chance) < rules.gate))


def tells_from_chance(rates: DetectionRates, rules: EvidenceRules = DEFAULT) -> bool:
    """Whether an act is found often enough beyond mistakes, τ − φ ≥ 0.1, to be corrected at all."""
    # .35 − .25 is a hair below .1 in binary.
    return rates.recall - rates.false_positive_rate >= rules.min_margin - 1e-12


def _without_chance(count: Floats, by_chance: Floats, rates: DetectionRates) -> Floats:
    margin = rates.recall - rates.false_positive_rate
    return np.maximum(0.0, (count - by_chance) / max(margin, 1e-12))


def days_beyond_chance(by_chance: ArrayLike, rules: EvidenceRules = DEFAULT) -> Ints:
    """Fewest detected days n that chance explains badly: P(Poisson(`by_chance`) ≥ n) < 0.05, at least 1.

    >>> days_beyond_chance([0.0, 0.1, 1.0]).tolist()
    [1, 2, 4]
    """
    expected = np.asarray(by_chance, dtype=np.float64)
    # The inverse of the distribution is only close: try its neighbours, P(X ≥ n) being gammainc(n, λ).
    near = np.floor(np.where(expected > 0, pdtrik(1 - rules.gate, np.maximum(expected, 1e-9)), 0.0))
    tries = np.maximum(near[..., None] + np.arange(-1, 4), 1.0)
    passes = gammainc(tries, expected[..., None]) < rules.gate
    first = np.argmax(passes, axis=-1)[..., None]
    return np.take_along_axis(tries, first, axis=-1)[..., 0].astype(np.int64)


def help_share(
    help_in: ArrayLike, help_out: ArrayLike, rules: RoleRules | None = None, level: float = 0.95
) -> HelpShare:
    """Share of help that ego received, g ~ Beta(Ĥ_in + 1, Ĥ_out + 1).

    Parameters
    ----------
    help_in, help_out
        Ĥ, corrected days of help received and given, from *one* instrument; NaN where not observed.

    Returns
    -------
    HelpShare
        Mean and interval of g, Pr(g > 0.6), Pr(g < 0.4) and Pr(0.25 < g < 0.75); NaN where either
        side is.

    Examples
    --------
    >>> help_share([4, 3, 5], [0, 0, 1]).mostly_received.round(4).tolist()
    [0.9222, 0.8704, 0.8414]
    >>> help_share([3], [3]).even.round(4).tolist()
    [0.8589]
    """
    rules = rules or RoleRules()
    a, b = np.asarray(help_in, dtype=np.float64) + 1, np.asarray(help_out, dtype=np.float64) + 1
    tail = (1 - level) / 2
    tilt = help_tilt(help_in, help_out, rules)
    return HelpShare(
        a / (a + b), np.asarray(betaincinv(a, b, tail)), np.asarray(betaincinv(a, b, 1 - tail)), *tilt
    )


def help_tilt(help_in: ArrayLike, help_out: ArrayLike, rules: RoleRules) -> tuple[Floats, Floats, Floats]:
    """Pr(g > 0.6), Pr(g < 0.4) and Pr(0.25 < g < 0.75) of `help_share`, without what takes longer."""
    a, b = np.asarray(help_in, dtype=np.float64) + 1, np.asarray(help_out, dtype=np.float64) + 1
    return (
        np.asarray(betainc(b, a, 1 - rules.one_way_share)),
        np.asarray(betainc(a, b, 1 - rules.one_way_share)),
        np.asarray(betainc(a, b, rules.even_to) - betainc(a, b, rules.even_from)),
    )


def _saturated(estimate: Floats, rules: EvidenceRules) -> Floats:
    return estimate / (estimate + rules.half_saturation)
