"""Ties gone quiet, and people back in touch.

Silence is counted on the ego's own clock, in days on which ego posted
anything: an ego who left the platform has not gone quiet on anybody.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from plnmap.analysis.contact.contact_days import ContactDays, segment_median
from plnmap.analysis.contact.strength import log_odds_of_ties, strength
from plnmap.analysis.settings import QuietRules, StrengthWeights
from plnmap.analysis.status import Floats, Ints

DEFAULT = QuietRules()
SILENCE_COLUMNS: Final = {
    "pair": "number of the pair",
    "contact_days": "days with contact up to the silence, days",
    "since": "last day with contact, days since 1970-01-01",
    "until": "day of the next contact, days since 1970-01-01; null while the silence lasts",
    "gap_active_days": "ego's active days without contact, days",
    "median_gap": "median gap between contacts up to the silence, ego-active days; null below two contacts",
    "gap_ratio": "gap_active_days over the larger of median_gap and 1",
    "strength_then": "strength at ego's last active day within the silence, 0 to 1",
    "quiet": "whether the silence counts as gone quiet",
}


def silences(
    contacts: ContactDays,
    active_days: ArrayLike,
    as_of: int,
    intercept: float | None = None,
    rules: QuietRules = DEFAULT,
    weights: StrengthWeights | None = None,
) -> pd.DataFrame:
    """Silences that last at `as_of`, one per pair, and past ones that were long enough to count.

    A silence is *quiet* with ≥ 4 contact days before it, ≥ 60 ego-active days without contact, at
    least 8 times max(1, median gap so far) (the rule of Navarro et al. 2017, on the ego's clock), and
    S < 0.2 at ego's last active day within it. Past silences are judged by what was known then.

    Parameters
    ----------
    contacts
        Contact in either observed direction.
    active_days
        Days on which ego posted anything, days since 1970-01-01; any order, repeats allowed.
    as_of
        The day until which the silence is counted.
    intercept
        Intercept of the strength score; the uncalibrated one by default.

    Returns
    -------
    DataFrame
        Columns as in `SILENCE_COLUMNS`, sorted by pair and since. A pair without contact has no row.

    Raises
    ------
    ValueError
        A contact is later than `as_of`.

    Examples
    --------
    >>> from plnmap.analysis.contact.contact_days import contact_days
    >>> four_days = contact_days([0] * 4, [0, 1, 2, 3], pairs=1)
    >>> silences(four_days, range(200), as_of=199)[["gap_active_days", "gap_ratio", "quiet"]].values.tolist()
    [[196, 196.0, True]]
    """
    if len(contacts.day) and contacts.day.max() > as_of:
        raise ValueError("a contact is later than the day for which silences are judged")
    weights = weights or StrengthWeights()
    active = np.unique(np.asarray(active_days, dtype=np.int64))
    open_ended = np.ones(len(contacts.day), dtype=bool)
    open_ended[:-1] = np.diff(contacts.pair) != 0
    until = np.full(len(contacts.day), as_of + 1, dtype=np.int64)
    until[:-1] = np.where(open_ended[:-1], as_of + 1, contacts.day[1:])
    silent = np.searchsorted(active, until) - np.searchsorted(active, contacts.day, side="right")

    rows = np.flatnonzero(open_ended | (silent >= rules.min_gap_active_days))
    start = contacts.offsets[contacts.pair[rows]]
    known_days = rows - start + 1
    median = _median_gap_up_to(contacts, active, rows, start)
    ratio = silent[rows] / np.fmax(median, 1.0)
    score = _strength_within(contacts, active, rows, start, until[rows], intercept, weights)
    quiet = (
        (known_days >= rules.min_contact_days)
        & (silent[rows] >= rules.min_gap_active_days)
        & (ratio >= rules.gap_ratio)
        & (score < rules.strength_below)
    )
    columns = (
        contacts.pair[rows],
        known_days,
        contacts.day[rows],
        pd.array(until[rows], dtype="Int64"),
        silent[rows],
        median,
        ratio,
        score,
        quiet,
    )
    table = pd.DataFrame(dict(zip(SILENCE_COLUMNS, columns, strict=True)))
    table.loc[open_ended[rows], "until"] = pd.NA
    return table


def gone_quiet(silent: pd.DataFrame, pairs: int) -> pd.DataFrame:
    """The silence that lasts, per pair: what `silences` found, `quiet` False where there was no contact.

    Returns
    -------
    DataFrame
        Columns of `SILENCE_COLUMNS` without pair and until; one row per pair, in order, with numbers
        null for a pair without contact.
    """
    lasting = silent[silent["until"].isna()].set_index("pair").drop(columns="until")
    lasting = lasting.reindex(range(pairs))
    return lasting.assign(quiet=lasting["quiet"].eq(True))


def back_in_touch(silent: pd.DataFrame) -> pd.DataFrame:
    """Contacts that ended a quiet silence: pair, since, until (the day of return), gap_active_days."""
    ended = silent[silent["quiet"] & silent["until"].notna()]
    return ended[["pair", "since", "until", "gap_active_days"]].reset_index(drop=True)


def _median_gap_up_to(contacts: ContactDays, active: Ints, rows: Ints, start: Ints) -> Floats:
    """Median of a pair's gaps up to each row, in ego-active days."""
    gap = contacts.gaps(clock=np.searchsorted(active, contacts.day, side="right"))
    number = rows - start
    segment = np.repeat(np.arange(len(rows)), number)
    within = np.arange(len(segment)) - np.repeat(np.cumsum(number) - number, number)
    return segment_median(gap[start[segment] + 1 + within], segment, len(rows))


def _strength_within(
    contacts: ContactDays,
    active: Ints,
    rows: Ints,
    start: Ints,
    until: Ints,
    intercept: float | None,
    weights: StrengthWeights,
) -> Floats:
    """S at ego's last active day before `until`, from the contact known by then."""
    last_day = contacts.day[rows]
    seen = np.concatenate([[last_day.min(initial=0)], active])[np.searchsorted(active, until)]
    seen = np.maximum(seen, last_day)  # ego may not have posted since: then the day of contact itself
    acted = np.concatenate([[0], np.cumsum(contacts.outgoing)])
    days_out = acted[rows + 1] - acted[start]
    # Row of the pair's first outgoing day: the cumulative count first exceeds that at the pair's start.
    first_out = np.minimum(np.searchsorted(acted, acted[start], side="right") - 1, rows)
    z = log_odds_of_ties(
        days_out, rows - start + 1, seen - last_day, np.maximum(seen - contacts.day[first_out], 0), weights
    )
    return strength(z, weights.intercept if intercept is None else intercept)
