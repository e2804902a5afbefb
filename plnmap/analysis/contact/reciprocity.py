"""Give and take within a tie: balance, answers, and how long they take."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri

from plnmap.analysis.settings import ReciprocityRules
from plnmap.analysis.status import Bools, Floats, Ints, Measures, Strings, measures

DEFAULT = ReciprocityRules()
ONE_SIDE_UNSEEN: Final = "one of the two sides is not in the sources"
ASK_COLUMNS: Final = {
    "pair": "who was asked (or who asked), any key that sorts",
    "asked_at": "when, UTC; rows without a time are left out",
    "answered_at": "first reply to that very post by the one asked, UTC; null if there is none",
    "precise": "whether both times are known to the second",
}


class Balance(NamedTuple):
    """Share of the contact that comes from the other one, and the words for it.

    `label` is None where `share` is no value.
    """

    share: Measures
    label: Strings


def balance(
    days_out: ArrayLike,
    days_in: ArrayLike,
    observed: ArrayLike = True,
    rules: ReciprocityRules = DEFAULT,
    *,
    complete: ArrayLike = True,
) -> Balance:
    """Who does how much of the contact: mean and interval of Beta(i+2, o+2).

    0 is all from ego, 1 all from the other one. The label is the first that holds: ``mutual`` if the
    interval lies in [0.25, 0.75]; ``you give more`` if it ends below 0.4; ``they give more`` if it
    begins above 0.6; else ``uncertain``. The prior of two days on each side is a judgement.

    Parameters
    ----------
    days_out, days_in
        o and i: days of contact from and to ego, both counted in the window that both sides cover.
    observed
        Whether there is such a window; NaN days are not observed either.
    complete
        Whether nothing in that window was missed, so that no days at all are ``no_contact``.

    Returns
    -------
    Balance
        ``no_contact`` has no share: there is nothing to divide.

    Examples
    --------
    >>> share, label = balance([10, 40, 3], [10, 5, float("nan")])
    >>> share[0].text(3), label.tolist()
    ('0.500 [0.306, 0.694]', ['mutual', 'you give more', None])
    """
    out, back = np.asarray(days_out, dtype=np.float64), np.asarray(days_in, dtype=np.float64)
    seen = np.asarray(observed, dtype=bool) & ~np.isnan(out) & ~np.isnan(back)
    yours = np.nan_to_num(out) + rules.prior_days
    theirs = np.nan_to_num(back) + rules.prior_days
    tail = (1 - rules.level) / 2
    share = measures(
        theirs / (theirs + yours),
        n=np.nan_to_num(out) + np.nan_to_num(back),
        lo=betaincinv(theirs, yours, tail),
        hi=betaincinv(theirs, yours, 1 - tail),
        observed=seen,
        complete=complete,
        when_empty=np.nan,
        unseen=ONE_SIDE_UNSEEN,
    )
    label = np.select(
        [
            share.status != "value",
            (share.lo >= rules.mutual_from) & (share.hi <= rules.mutual_to),
            share.hi < rules.you_give_more_below,
            share.lo > rules.they_give_more_above,
        ],
        np.array([None, "mutual", "you give more", "they give more"], dtype=object)[:, None],
        np.array("uncertain", dtype=object),
    )
    return Balance(share, label)


def cross_channel_exchange(
    contact_out: ArrayLike, contact_in: ArrayLike, attention_out: ArrayLike, attention_in: ArrayLike
) -> Bools:
    """Whether one side only talks and the other only boosts or favourites: an exchange no one channel shows.

    Days or counts of each; NaN (not observed) never makes an exchange.

    >>> cross_channel_exchange([4, 4], [0, 1], [0, 0], [7, 7]).tolist()
    [True, False]
    """
    channels = (np.asarray(each, float) for each in (contact_out, contact_in, attention_out, attention_in))
    talk_out, talk_in, like_out, like_in = channels
    you_talk = (talk_out > 0) & (talk_in == 0) & (like_out == 0) & (like_in > 0)
    they_talk = (talk_in > 0) & (talk_out == 0) & (like_in == 0) & (like_out > 0)
    return np.asarray(you_talk | they_talk)


def response_rates(
    asks: pd.DataFrame, as_of: pd.Timestamp, rules: ReciprocityRules = DEFAULT
) -> pd.DataFrame:
    """How often, and how fast, posts addressed to someone are answered.

    Answered means: a reply to that very post within W = 7 days. Posts younger than W at `as_of` are
    left out, since they may still be answered. Pass one direction of one ego's ties at a time: the rate
    leans on the rate over all of them, RR = (a + 10·p̄)/(n + 10).

    Parameters
    ----------
    asks
        Replies, body mentions and direct messages that could be answered (no mere thanks, no list
        mentions), columns as in `ASK_COLUMNS`.
    as_of
        The moment until which answers are known; times without a zone are UTC.

    Returns
    -------
    DataFrame
        One row per pair, sorted. asks, answered: counts. response_rate (0 to 1, shrunken, no interval)
        and answered_share (0 to 1, raw, with the Wilson 1927 interval: it may leave the shrunken rate
        outside) with their status, insufficient below five asks. latency_hours: median (Kaplan &
        Meier 1958), censored at W, over asks timed to the second; insufficient where fewer than half
        are answered, not observed where none is timed. Empty without asks.

    Examples
    --------
    >>> asked = pd.to_datetime(["2020-01-01"] * 5, utc=True)
    >>> hours = pd.to_timedelta([1, 2, 3, None, None], unit="h")
    >>> asks = pd.DataFrame({"pair": "ada", "asked_at": asked, "answered_at": asked + hours, "precise": True})
    >>> rates = response_rates(asks, pd.Timestamp("2020-02-01", tz="UTC"))
    >>> rates[["asks", "answered", "response_rate", "latency_hours"]].values.tolist()
    [[5.0, 3.0, 0.6, 3.0]]
    """
    window = pd.Timedelta(days=rules.answer_days)
    asked_at, answered_at = (pd.to_datetime(asks[name], utc=True) for name in ("asked_at", "answered_at"))
    old_enough = asked_at <= pd.to_datetime(as_of, utc=True) - window
    ripe, wait = asks[old_enough], (answered_at - asked_at)[old_enough]
    # Times known to the day may put an answer before its question: it is an answer all the same.
    answered = (wait <= window).to_numpy(dtype=bool)
    codes, keys = pd.factorize(ripe["pair"], sort=True)
    pairs = len(keys)
    n, a = np.bincount(codes, minlength=pairs), np.bincount(codes[answered], minlength=pairs)

    pooled = a.sum() / max(n.sum(), 1)
    lo, hi = wilson_interval(a, n, rules.level)
    short = "posts that could be answered"
    rate = measures(
        (a + rules.pooled_asks * pooled) / (n + rules.pooled_asks), n=n, needed=rules.min_asks, short=short
    )
    raw = measures(a / np.maximum(n, 1), n=n, needed=rules.min_asks, lo=lo, hi=hi, short=short)

    hours = np.where(answered, wait.dt.total_seconds() / 3600, rules.answer_days * 24.0)
    timed = ripe["precise"].to_numpy(dtype=bool) & (hours >= 0)
    latency = _latency(hours[timed], answered[timed], codes[timed], pairs)
    columns = (
        {"asks": n, "answered": a}
        | rate.columns("response_rate", "status")
        | raw.columns("answered_share")
        | latency.columns("latency_hours", "status", "n", "needed", "reason")
    )
    return pd.DataFrame(columns, index=pd.Index(keys, name="pair"))


def _latency(hours: Floats, answered: Bools, pair: Ints, pairs: int) -> Measures:
    asked = np.bincount(pair, minlength=pairs)
    half = (asked + 1) // 2
    median = kaplan_meier_median(hours, answered, pair, pairs)
    return measures(
        np.nan_to_num(median),
        n=np.bincount(pair[answered], minlength=pairs),
        # Nothing but asks that stayed open until W is censored, so the median exists if half are answered.
        needed=half,
        observed=asked > 0,
        unseen="the sources give no time of day",
        short="answered within the week",
    )


def wilson_interval(
    hits: ArrayLike, trials: ArrayLike, level: float = DEFAULT.level
) -> tuple[Floats, Floats]:
    """Score interval of a share (Wilson 1927): [0, 1] where there are no trials.

    >>> lo, hi = wilson_interval([3], [5])
    >>> lo.round(3).tolist(), hi.round(3).tolist()
    ([0.231], [0.882])
    """
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    z = float(ndtri((1 + level) / 2))
    centre = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (1 - k / np.maximum(n, 1)) + z**2 / 4)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def kaplan_meier_median(duration: ArrayLike, happened: ArrayLike, group: ArrayLike, groups: int) -> Floats:
    """Median time until something happens, when some were not watched until it did (Kaplan & Meier 1958).

    The first time at which the survival Π(1 − 1/at risk) has fallen to one half; NaN where it never does.

    Parameters
    ----------
    duration
        Time until it happened, or until watching ended.
    happened
        Which of the two; at equal times what happened comes first.
    group
        Number of the group of each row, 0 … groups − 1.

    Examples
    --------
    >>> kaplan_meier_median([1, 2, 3, 4], [True, False, True, True], [0, 0, 0, 0], 1).tolist()
    [3.0]
    """
    rows = pd.DataFrame(
        {"group": np.asarray(group), "duration": duration, "censored": ~np.asarray(happened, bool)}
    )
    rows = rows.sort_values(["group", "duration", "censored"], ignore_index=True)
    within = rows.groupby("group")
    at_risk = within["duration"].transform("size") - within.cumcount()
    factor = (1 - 1 / at_risk).where(~rows["censored"], 1.0)
    survival = factor.groupby(rows["group"]).cumprod()
    # Products of fractions such as 2/3 · 3/4 miss one half by a rounding error.
    reached = rows[survival <= 0.5 + 1e-12].groupby("group")["duration"].min()
    return reached.reindex(range(groups)).to_numpy(dtype=np.float64)
