"""What a tie is made of: these explain a strength, they do not enter it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.contact.contact_days import ContactDays
from plnmap.analysis.settings import ComponentRules
from plnmap.analysis.status import Floats, Measures, measures

DEFAULT = ComponentRules()


def amount(
    days: ArrayLike,
    *,
    observed: ArrayLike = True,
    complete: ArrayLike = False,
    rules: ComponentRules = DEFAULT,
) -> Measures:
    """Contact days against those of the ego's closest alters, 0 to 1.

    min(1, ln(1+D)/ln(1+D_p95)), D_p95 the 95th percentile over the alters with contact; the logarithm
    because each further day says less (Gilbert & Karahalios 2009 on diminishing returns).

    Parameters
    ----------
    days
        D per alter, all alters of one ego; NaN where not observed.
    observed, complete
        As in `measures`: whether the source shows contact at all, and whether all of it.

    Examples
    --------
    >>> amount([3, 15, 0], complete=True).value.round(3).tolist()
    [0.507, 1.0, 0.0]
    """
    counts = np.asarray(days, dtype=np.float64)
    seen = np.asarray(observed, dtype=bool) & ~np.isnan(counts)
    present = counts[seen & (counts > 0)]
    ceiling = np.log1p(np.percentile(present, rules.amount_percentile)) if len(present) else 1.0
    known = np.nan_to_num(counts)
    share = np.minimum(1.0, np.log1p(known) / ceiling)
    return measures(share, n=known, observed=seen, complete=complete, unseen="contact is not in the sources")


def recency(recency_days: ArrayLike, rules: ComponentRules = DEFAULT) -> Measures:
    """(1+R)^−0.7, 1 on the day of contact, 0 never reached; NaN days (undated) → not observed.

    >>> recency([0, 30]).value.round(3).tolist()
    [1.0, 0.09]
    """
    days = np.asarray(recency_days, dtype=np.float64)
    dated = ~np.isnan(days)
    value = (1 + np.where(dated, days, 0)) ** -rules.recency_exponent
    return measures(value, n=1, observed=dated, unseen="the contact is not dated")


def duration(age_days: ArrayLike, rules: ComponentRules = DEFAULT) -> Measures:
    """min(1, A/365), 0 to 1: a year is long (Granovetter 1973, time); NaN days → not observed.

    >>> duration([0, 73, 4000]).value.tolist()
    [0.0, 0.2, 1.0]
    """
    days = np.asarray(age_days, dtype=np.float64)
    dated = ~np.isnan(days)
    value = np.minimum(1.0, np.where(dated, days, 0) / rules.full_duration_days)
    return measures(value, n=1, observed=dated, unseen="the contact is not dated")


def persistence(contacts: ContactDays, as_of: int, rules: ComponentRules = DEFAULT) -> Measures:
    """Share of the 30-day bins since the first contact that have contact, 0 to 1.

    Bins are floor(day / 30); the first and the current one count. Insufficient below three bins.

    Examples
    --------
    >>> from plnmap.analysis.contact.contact_days import contact_days
    >>> persistence(contact_days([0, 0, 0], [0, 5, 100], pairs=1), as_of=149).value.tolist()
    [0.4]
    """
    bins = contacts.day // rules.bin_days
    fresh = np.ones(len(bins), dtype=bool)
    fresh[1:] = (np.diff(bins) != 0) | (np.diff(contacts.pair) != 0)
    active = np.bincount(contacts.pair[fresh], minlength=contacts.pairs)
    some = contacts.count > 0
    first = np.zeros(contacts.pairs, dtype=np.int64)
    first[some] = bins[contacts.offsets[:-1][some]]
    since = np.where(some, as_of // rules.bin_days - first + 1, 0)
    return measures(
        active / np.maximum(since, 1),
        n=since,
        needed=rules.persistence_bins,
        observed=some,
        unseen="no dated contact",
        short="months since first contact",
    )


def burstiness(contacts: ContactDays, rules: ComponentRules = DEFAULT) -> Measures:
    """How unevenly contact comes, −1 (like a clock) over 0 (at random) to 1 (in bursts).

    With r = σ/μ (population) over m gaps, B = (√(m+1)·r − √(m−1)) / ((√(m+1)−2)·r + √(m−1)):
    Goh & Barabási (2008) with the correction for few gaps of Kim & Jo (2016).

    Examples
    --------
    >>> from plnmap.analysis.contact.contact_days import contact_days
    >>> burstiness(contact_days([0] * 6, [0, 1, 2, 3, 4, 20], pairs=1)).value.round(4).tolist()
    [0.6261]
    """
    gap = contacts.gaps()
    inner = ~np.isnan(gap)
    pair, length = contacts.pair[inner], gap[inner]
    m = np.bincount(pair, minlength=contacts.pairs)
    divisor = np.maximum(m, 1)
    mean = np.bincount(pair, length, contacts.pairs) / divisor
    variance = np.bincount(pair, (length - mean[pair]) ** 2, contacts.pairs) / divisor
    r = np.sqrt(variance) / np.where(m, mean, 1.0)
    low, high = np.sqrt(np.maximum(m - 1, 1)), np.sqrt(m + 1)
    enough = m >= rules.burst_gaps
    below = np.where(enough, (high - 2) * r + low, 1.0)
    return measures((high * r - low) / below, n=m, needed=rules.burst_gaps, short="gaps between contacts")


def trend(
    contacts: ContactDays, as_of: int, observed_since: ArrayLike, rules: ComponentRules = DEFAULT
) -> Measures:
    """ln((D_last90+½)/(D_prev90+½)): above 0 growing, below 0 fading.

    The last 90 days end with `as_of`. Not observed where the source begins later than the 90 days
    before; insufficient where neither quarter has contact.

    Parameters
    ----------
    observed_since
        First day that the source covers, per pair or for all.

    Examples
    --------
    >>> from plnmap.analysis.contact.contact_days import contact_days
    >>> days = contact_days([0] * 4, [100, 101, 102, 5], pairs=1)
    >>> trend(days, as_of=179, observed_since=0).value.round(4).tolist()
    [0.8473]
    """
    ago = as_of - contacts.day

    def days_within(start: int, stop: int) -> Floats:
        inside = (ago >= start) & (ago < stop)
        return np.bincount(contacts.pair[inside], minlength=contacts.pairs).astype(np.float64)

    last = days_within(0, rules.trend_days)
    before = days_within(rules.trend_days, 2 * rules.trend_days)
    covered = np.asarray(observed_since, dtype=np.float64) <= as_of - 2 * rules.trend_days + 1
    return measures(
        np.log((last + rules.trend_prior) / (before + rules.trend_prior)),
        n=last + before,
        observed=np.broadcast_to(covered, last.shape),
        unseen="the sources do not reach back far enough",
        short="days of contact in half a year",
    )


def multiplexity(counts: ArrayLike, observable: ArrayLike) -> Measures:
    """Share of the observable kinds of contact and attention that a tie uses, 0 to 1.

    Parameters
    ----------
    counts
        One row per tie, one column per kind.
    observable
        Whether the sources show the kind: one flag per kind, or one per tie and kind.

    Examples
    --------
    >>> multiplexity([[3, 0, 1], [0, 0, 0]], [True, True, False]).value.tolist()
    [0.5, 0.0]
    """
    number = np.asarray(counts, dtype=np.float64)
    shown = np.broadcast_to(np.asarray(observable, dtype=bool), number.shape)
    kinds, used = shown.sum(axis=1), ((number > 0) & shown).sum(axis=1)
    return measures(
        used / np.maximum(kinds, 1),
        n=kinds,
        observed=kinds > 0,
        unseen="no kind of contact is in the sources",
    )


def embeddedness(shared: ArrayLike, ego_alters: int, collected: ArrayLike) -> Measures:
    """Share of the ego's other alters that the alter is in contact with as well, 0 to 1.

    shared/(k_e − 1), k_e the number of the ego's alters (Granovetter 1985; Marsden & Campbell 1984).
    Not observed unless the alter's own ties were collected.

    Examples
    --------
    >>> embeddedness([3, 0, 1], ego_alters=7, collected=[True, True, False]).value.tolist()
    [0.5, 0.0, nan]
    """
    number = np.asarray(shared, dtype=np.float64)
    return measures(
        np.nan_to_num(number) / max(ego_alters - 1, 1),
        n=ego_alters,
        needed=2,
        observed=np.asarray(collected, dtype=bool) & ~np.isnan(number),
        unseen="their own ties were not collected",
        short="people in contact with you",
    )
