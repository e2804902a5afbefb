"""How likely ego is to contact someone within the next month.

The score is about contact, not closeness: contact is what every source can
show, so the score can be proved wrong.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from plnmap.analysis.settings import StrengthWeights
from plnmap.analysis.status import Bools, Floats, Measure

DEFAULT = StrengthWeights()


def log_odds(
    days: ArrayLike, recency_days: ArrayLike, age_days: ArrayLike, weights: StrengthWeights = DEFAULT
) -> Floats:
    """Log-odds of contact, up to the intercept, for alters that ego has contacted.

    z = 1.25·ln(1+D) − 0.70·ln(1+R) + 0.25·ln(1+A)

    Parameters
    ----------
    days
        D, days on which ego contacted the alter.
    recency_days
        R, days since the last contact in either observed direction.
    age_days
        A, days since ego's first contact.

    Returns
    -------
    Floats
        z, unbounded; NaN where an argument is (an undated tie).

    Raises
    ------
    ValueError
        An argument is negative: contact after the day the score is for.

    Notes
    -----
    The form is the recency-frequency part of the buy-till-you-die models (Fader,
    Hardie & Lee 2005), the weights are fitted; see the methods page.

    Examples
    --------
    >>> log_odds([10], [5], [300]).round(4).tolist()
    [3.1699]
    """
    return (
        weights.days * _log1p(days) - weights.recency * _log1p(recency_days) + weights.age * _log1p(age_days)
    )


def log_odds_incoming(
    days_in: ArrayLike, recency_days: ArrayLike, weights: StrengthWeights = DEFAULT
) -> Floats:
    """Log-odds of contact, up to the intercept, for people whom ego never contacted.

    z = −3 + 0.5·ln(1+D_in) − 0.7·ln(1+R_in)

    Raises
    ------
    ValueError
        An argument is negative.

    Examples
    --------
    >>> log_odds_incoming([4], [10]).round(4).tolist()
    [-3.8738]
    """
    return (
        weights.incoming_base
        + weights.incoming_days * _log1p(days_in)
        - weights.incoming_recency * _log1p(recency_days)
    )


def log_odds_of_ties(
    days_out: ArrayLike,
    days_in: ArrayLike,
    recency_days: ArrayLike,
    age_days: ArrayLike,
    weights: StrengthWeights = DEFAULT,
) -> Floats:
    """`log_odds` where ego contacted the alter, else `log_odds_incoming`; NaN without any dated contact.

    Parameters
    ----------
    days_out, days_in
        Days of contact from and to ego; NaN where that side is not observed.
    recency_days
        Days since the last contact in either observed direction.
    age_days
        Days since ego's first contact; anything (NaN, too) where there is none.

    Examples
    --------
    >>> log_odds_of_ties([10, 0, 0], [3, 4, 0], [5, 10, 0], [300, 0, 0]).round(4).tolist()
    [3.1699, -3.8738, nan]
    """
    out, back = np.nan_to_num(np.asarray(days_out, float)), np.nan_to_num(np.asarray(days_in, float))
    return np.where(
        out > 0,
        log_odds(out, recency_days, age_days, weights),
        np.where(back > 0, log_odds_incoming(back, recency_days, weights), np.nan),
    )


def strength(z: ArrayLike, intercept: float = DEFAULT.intercept) -> Floats:
    """S = 1/(1+exp(−(z+b))), from 0 to 1: an index, and a probability only where calibration proved it.

    >>> strength([3.1699]).round(4).tolist()
    [0.8416]
    """
    return np.asarray(expit(np.asarray(z, dtype=np.float64) + intercept))


def thin(days_out: ArrayLike, days_in: ArrayLike, weights: StrengthWeights = DEFAULT) -> Bools:
    """Whether a score rests on too few days; an unseen side (NaN) adds none.

    >>> thin([1, 3, 2], [1, 0, float("nan")]).tolist()
    [True, False, True]
    """
    seen = np.nan_to_num(np.asarray(days_out, float)) + np.nan_to_num(np.asarray(days_in, float))
    return np.asarray(seen < weights.thin_days)


class Calibration(NamedTuple):
    """Intercept of an ego's strength score, and what it rests on."""

    intercept: float
    candidates: int
    positives: int
    calibrated: bool
    reason: str


def calibrate(z: ArrayLike, contacted: ArrayLike, weights: StrengthWeights = DEFAULT) -> Calibration:
    """Intercept with which the scores add up to the contacts that followed.

    Solves Σσ(z_i+b) = number contacted by bisection; the sum grows with b, so there is one solution.

    Parameters
    ----------
    z
        Log-odds of each alter as of the start of the month that followed.
    contacted
        Whether ego contacted the alter in that month.

    Returns
    -------
    Calibration
        With the default intercept, `calibrated` False and the reason where there are too few
        alters or contacts, or where everybody was contacted.

    Examples
    --------
    >>> fitted = calibrate([0.0] * 40, [True] * 10 + [False] * 30)
    >>> round(fitted.intercept, 4)  # σ(b) = 1/4
    -1.0986
    """
    scores, outcomes = np.asarray(z, dtype=np.float64), np.asarray(contacted, dtype=bool)
    candidates, positives = len(scores), int(outcomes.sum())
    reason = ""
    if candidates < weights.calibration_candidates:
        reason = f"{candidates} people to learn from, {weights.calibration_candidates} needed"
    elif positives < weights.calibration_positives:
        reason = f"{positives} contacted in the last month, {weights.calibration_positives} needed"
    elif positives == candidates:
        reason = "everybody was contacted in the last month"
    if reason:
        return Calibration(weights.intercept, candidates, positives, False, reason)
    # With every z+b beyond ±40 each term is 0 or 1 to the last digit.
    low, high = -float(scores.max()) - 40, -float(scores.min()) + 40
    while high - low > 1e-12 * max(1.0, abs(low)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if expit(scores + middle).sum() < positives else (low, middle)
    return Calibration((low + high) / 2, candidates, positives, True, "")


def brier_skill(probabilities: ArrayLike, outcomes: ArrayLike) -> Measure:
    """How much better than the base rate probabilities foretell outcomes.

    1 − BS/BS_ref (Brier 1950), with BS_ref that of always saying the share that happened: 1 is
    perfect, 0 no better than the base rate, below 0 worse. Insufficient where nothing or everything
    happened: there is no base rate to beat.

    Examples
    --------
    >>> brier_skill([0.8, 0.2, 0.2, 0.2], [True, False, False, False]).text(4)
    '0.7867'
    """
    said, happened = np.asarray(probabilities, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    positives = int(happened.sum())
    rarer = min(positives, len(happened) - positives)
    if not rarer:
        return Measure("insufficient", reason="all outcomes are alike")
    score, reference = float(np.mean((said - happened) ** 2)), float(np.var(happened))
    return Measure("value", 1 - score / reference, n=len(happened))


def _log1p(values: ArrayLike) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if (numbers < 0).any():
        raise ValueError("a count or span of days is negative: contact after the day the score is for")
    return np.log1p(numbers)
