"""Counts over traces: days, months, posts and chances, of all conversations or of those drawn.

Everything that is counted with weights is a sum of weights of conversations.
What a day shows in k conversations counts 1/k in each of them, so that drawing
conversations at random leaves the expected count as it is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.status import Bools, Floats, Ints


def count_days(traces: Traces, rows: Bools, weights: Floats | None = None) -> Floats:
    """Days per alter on which one of `rows` stands; what is not dated is on no day.

    Parameters
    ----------
    traces
        What the rows belong to.
    rows
        Which of them to look at.
    weights
        How often each conversation was drawn, or one column per draw; None for once each.

    Returns
    -------
    ndarray
        One number per alter; with a column per draw, one row per alter.
    """
    dated = rows & ~np.isnan(traces.day)
    alter, day = traces.alter[dated], traces.day[dated]
    if weights is None:
        (alter, _) = _distinct(alter, day)
        return np.bincount(alter, minlength=len(traces.accounts)).astype(np.float64)
    alter, day, conversation = _distinct(alter, day, traces.conversation[dated])
    group = _groups(alter, day)
    # Shares of a day add up to it but for the last bit.
    return _weighed(traces, alter, conversation, 1 / np.bincount(group)[group], weights).round(9)


def count_posts(traces: Traces, rows: Bools, weights: Floats | None = None) -> Floats:
    """How many of `rows` each alter has, dated or not; `weights` as in `count_days`."""
    alter, conversation = traces.alter[rows], traces.conversation[rows]
    return _weighed(traces, alter, conversation, np.ones(len(alter)), weights)


def count_chances(
    traces: Traces, rows: Bools, false_positive_rate: float, weights: Floats | None = None
) -> Floats:
    """Days per alter on which `rows` stand, each as often as its posts are likelier to mislead than one.

    Of many posts on one day any may be mistaken: k of them count (1 − (1 − φ)^k)/φ days, which is k
    for φ = 0. `weights` as in `count_days`.
    """
    dated = rows & ~np.isnan(traces.day)
    order = np.lexsort((traces.day[dated], traces.alter[dated]))
    alter, conversation = traces.alter[dated][order], traces.conversation[dated][order]
    group = _groups(alter, traces.day[dated][order])
    posts = np.bincount(group)[group].astype(np.float64)
    if false_positive_rate > 0:
        share = (
            -np.expm1(posts * np.log1p(-min(false_positive_rate, 1 - 1e-12))) / false_positive_rate / posts
        )
    else:
        share = np.ones_like(posts)
    return _weighed(traces, alter, conversation, share, weights)


def count_months(traces: Traces, rows: Bools) -> Floats:
    """Calendar months per alter in which one of `rows` stands."""
    dated = rows & ~np.isnan(traces.day)
    month = traces.day[dated].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    (alter, _) = _distinct(traces.alter[dated], month)
    return np.bincount(alter, minlength=len(traces.accounts)).astype(np.float64)


class Span(NamedTuple):
    """First and last day per alter; NaN where there is none."""

    first: Floats
    last: Floats


def span_of_days(traces: Traces, rows: Bools) -> Span:
    """First and last day of `rows` per alter."""
    dated = rows & ~np.isnan(traces.day)
    first, last = np.full(len(traces.accounts), np.inf), np.full(len(traces.accounts), -np.inf)
    np.minimum.at(first, traces.alter[dated], traces.day[dated])
    np.maximum.at(last, traces.alter[dated], traces.day[dated])
    return Span(np.where(np.isinf(first), np.nan, first), np.where(np.isinf(last), np.nan, last))


def _weighed(
    traces: Traces, alter: Ints, conversation: Ints, value: Floats, weights: Floats | None
) -> Floats:
    alters = len(traces.accounts)
    if weights is None:
        return np.bincount(alter, value, alters).astype(np.float64)
    from scipy.sparse import csr_array

    held = csr_array((value, (alter, conversation)), shape=(alters, traces.conversations))
    return np.asarray(held @ weights)


def _distinct(*columns: NDArray[Any]) -> list[NDArray[Any]]:
    """The rows of these columns, sorted, each once."""
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = np.logical_or.reduce([np.diff(column) != 0 for column in ordered])
    return [column[fresh] for column in ordered]


def _groups(*ordered: NDArray[Any]) -> Ints:
    """Number of the run of equal rows that each row of sorted columns is in."""
    fresh = np.zeros(len(ordered[0]), dtype=np.int64)
    fresh[1:] = np.logical_or.reduce([np.diff(column) != 0 for column in ordered])
    return np.cumsum(fresh)
