"""Windows of time, in which a network is looked at stretch by stretch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plnmap.analysis.settings import Settings
from plnmap.analysis.status import Floats


class Windows(NamedTuple):
    """Windows of time, days since 1970-01-01, in order."""

    first: Floats
    last: Floats


def windows(first: int, last: int, settings: Settings) -> Windows:
    """Windows of 180 days, one every 90, from a first day to a last; the last one ends there.

    Examples
    --------
    >>> windows(0, 359, Settings())
    Windows(first=array([  0.,  90., 180.]), last=array([179., 269., 359.]))
    >>> windows(0, 100, Settings()).last
    array([100.])
    """
    size, step = settings.windows.days, settings.windows.step_days
    # Backwards from the end, so that what was last seen lies in a whole window; the first may be shorter.
    ends = np.arange(last, min(first + size - 1 - step, last - 1), -step)[::-1].astype(np.float64)
    return Windows(np.maximum(ends - size + 1, first), ends)
