"""By which figure people are put in order, once the strength score was tested on the ego's own data.

`plnmap validate` keeps its verdict in the PLN file; whatever lists people by
how much ego is in touch with them asks here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.settings import Settings
from plnmap.store import Store

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from plnmap.analysis.status import Floats

RankedBy = Literal["strength", "days_by_recency"]

FADING_DAYS: Final = 14.0
"""Two weeks without contact halve `days_by_recency`: judgement."""


class Verdict(NamedTuple):
    """What a test of the strength score on ego's own data came to.

    Attributes
    ----------
    better
        Whether the score puts those who are contacted next in front, surely
        better than counting contacts does; None where there was too little to tell.
    ahead, lo, hi
        By how much average precision is higher, and the interval of that; None
        where `better` is.
    """

    better: bool | None
    ahead: float | None = None
    lo: float | None = None
    hi: float | None = None

    @property
    def ranked_by(self) -> RankedBy:
        """Strength until a test speaks against it; then days of contact against the time since.

        >>> Verdict(None).ranked_by, Verdict(False, 0.01, -0.02, 0.04).ranked_by
        ('strength', 'days_by_recency')
        """
        return "days_by_recency" if self.better is False else "strength"


UNTESTED: Final = Verdict(None)


def days_by_recency(days_out: ArrayLike, recency_days: ArrayLike) -> Floats:
    """D / (14 + R): days of ego's contact, the less the longer the last contact in either direction is past.

    0 for people whom ego never contacted; NaN without any dated contact.

    >>> days_by_recency([7, 28, 0], [0, 14, 3]).tolist()
    [0.5, 1.0, 0.0]
    """
    import numpy as np

    days = np.nan_to_num(np.asarray(days_out, dtype=np.float64))
    return days / (FADING_DAYS + np.asarray(recency_days, dtype=np.float64))


def kept_verdict(store: Store, ego: Ego, settings: Settings | None = None) -> Verdict:
    """The verdict of the last test on these data and weights; `UNTESTED` if there was none.

    An import makes it untested again.
    """
    name, version = _place(store, ego, settings or Settings())
    found = store.remembered(name, version)
    return Verdict(*found) if found else UNTESTED


def keep_verdict(store: Store, ego: Ego, verdict: Verdict, settings: Settings | None = None) -> None:
    """Keep the verdict of a test in the file; call within a transaction."""
    name, version = _place(store, ego, settings or Settings())
    store.remember(name, version, list(verdict))


def _place(store: Store, ego: Ego, settings: Settings) -> tuple[str, str]:
    weights = sorted(asdict(settings.strength).items())
    return f"verdict {ego.account}", f"{store.data_version()} {weights} {ego.t0}"
