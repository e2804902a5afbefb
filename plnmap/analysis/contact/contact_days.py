"""The days on which pairs of accounts were in contact, as flat columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.status import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class ContactDays:
    """One row per pair and day with contact, sorted by pair and day, each once.

    Attributes
    ----------
    pair
        Number of the pair, from 0.
    day
        Day, as days since 1970-01-01 (UTC).
    outgoing
        Whether ego acted on that day; else only the other one did.
    pairs
        How many pairs there are; some may have no row.
    """

    pair: Ints
    day: Ints
    outgoing: Bools
    pairs: int

    @property
    def offsets(self) -> Ints:
        """Rows of pair p are ``offsets[p]:offsets[p + 1]``."""
        return np.searchsorted(self.pair, np.arange(self.pairs + 1))

    @property
    def count(self) -> Ints:
        """Days with contact, per pair."""
        return np.diff(self.offsets)

    def gaps(self, clock: ArrayLike | None = None) -> Floats:
        """Days since the pair's previous contact, per row; NaN in a pair's first row.

        Parameters
        ----------
        clock
            Time of each row, where it is not to be counted in calendar days.
        """
        time = np.asarray(self.day if clock is None else clock, dtype=np.float64)
        gap = np.full(len(time), np.nan)
        same = self.pair[1:] == self.pair[:-1]
        gap[1:][same] = np.diff(time)[same]
        return gap


def contact_days(pair: ArrayLike, day: ArrayLike, pairs: int, outgoing: ArrayLike = True) -> ContactDays:
    """Contact days in any order, possibly repeated (once per direction), as `ContactDays`.

    Raises
    ------
    ValueError
        A pair is not in 0 … pairs − 1.

    Examples
    --------
    >>> both = contact_days([1, 0, 1], [20, 10, 20], pairs=2, outgoing=[False, True, True])
    >>> both.pair.tolist(), both.day.tolist(), both.outgoing.tolist()
    ([0, 1], [10, 20], [True, True])
    """
    numbers, days = np.asarray(pair, dtype=np.int64), np.asarray(day, dtype=np.int64)
    acted = np.broadcast_to(np.asarray(outgoing, dtype=bool), days.shape)
    if len(numbers) and not 0 <= numbers.min() <= numbers.max() < pairs:
        raise ValueError(f"pairs must be numbered from 0 to {pairs - 1}")
    order = np.lexsort((days, numbers))
    numbers, days, acted = numbers[order], days[order], acted[order]
    fresh = np.ones(len(days), dtype=bool)
    fresh[1:] = (numbers[1:] != numbers[:-1]) | (days[1:] != days[:-1])
    starts = np.flatnonzero(fresh)
    if len(starts):
        acted = np.logical_or.reduceat(acted, starts)
    return ContactDays(numbers[fresh], days[fresh], acted, pairs)


def segment_median(values: ArrayLike, segment: ArrayLike, segments: int) -> Floats:
    """Median of the values of each segment; NaN where a segment has none.

    >>> segment_median([1, 9, 4, 6], [0, 0, 0, 2], 3).tolist()
    [4.0, nan, 6.0]
    """
    numbers, labels = np.asarray(values, dtype=np.float64), np.asarray(segment, dtype=np.int64)
    order = np.lexsort((numbers, labels))
    numbers = numbers[order]
    size = np.bincount(labels, minlength=segments)
    start = np.cumsum(size) - size
    filled = size > 0
    median = np.full(segments, np.nan)
    lower, upper = (start + (size - 1) // 2)[filled], (start + size // 2)[filled]
    median[filled] = (numbers[lower] + numbers[upper]) / 2
    return median
