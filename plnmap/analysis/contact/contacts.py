"""The days on which an ego and each alter had to do with one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd

from plnmap.analysis.accounts.linked_coverage import partly_covered
from plnmap.analysis.contact.contact_days import ContactDays, contact_days
from plnmap.analysis.contact.strength import log_odds_of_ties
from plnmap.analysis.egos import Ego, end_of_day
from plnmap.analysis.ledger import Window, contact_windows, incoming_window, ledger
from plnmap.analysis.settings import StrengthWeights
from plnmap.analysis.status import Bools, Floats, Ints
from plnmap.store import Store

SLACK_DAYS: Final = 30
"""Two archives are seldom made on the same day; a month less of one side changes no verdict."""

EPOCH: Final = date(1970, 1, 1)

_DAYS: Final = """
SELECT CASE WHEN source = $ego THEN target ELSE source END AS account, source = $ego AS outgoing,
       date_diff('day', DATE '1970-01-01', day) AS day,
       n_reply + n_mention + n_quote + n_dm > 0 AS contact, n_boost + n_favourite > 0 AS attention,
       n_reply::BIGINT AS n_reply
FROM tie_days WHERE $ego IN (source, target) AND (day IS NULL OR day <= $last)
"""

_FOLLOWS: Final = """
WITH held AS (
    SELECT coalesce(s.account, f.source) AS source, coalesce(t.account, f.target) AS target, f.first_seen
    FROM follows f
    LEFT JOIN resolutions s ON s.reference = f.source AND s.valid_to IS NULL
    LEFT JOIN resolutions t ON t.reference = f.target AND t.valid_to IS NULL
)
SELECT DISTINCT CASE WHEN source = $ego THEN target ELSE source END AS account, source = $ego AS outgoing
FROM held WHERE $ego IN (source, target) AND ($everything OR first_seen::DATE <= $last)
"""

_ACTIVE: Final = """
SELECT DISTINCT date_diff('day', DATE '1970-01-01', happened_at::DATE) AS day
FROM authored WHERE account = $ego AND authority > 0 AND happened_at::DATE <= $last ORDER BY day
"""


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Contact between one ego and all alters, as columns. Days count from 1970-01-01, UTC.

    Attributes
    ----------
    accounts
        The alters, sorted; their position is the number used in `days`.
    days
        One row per alter, direction and day: alter, outgoing, day (NaN where
        undated), contact, attention, n_reply. Incoming rows only from alters
        whose own acts are covered.
    last
        The day up to which everything is seen.
    incoming
        Per alter, whether their side is covered together with ego's.
    window_first, window_last
        Per alter, the days between which both sides are covered; NaN elsewhere.
    outgoing_complete, incoming_complete
        Whether all that ego did, and (per alter) all that they did towards ego from their
        first contact to `last`, is in the file.
    their_side_complete
        Per alter, whether all that they did towards anybody in that time is.
    incoming_whole
        Per alter, whether all that they did between `window_first` and `window_last` is.
    outgoing
        Whether ego's own acts are covered at all.
    active
        Days on which ego posted anything.
    first
        First day that is covered of ego.
    follows_out, follows_in
        Per alter, whether a snapshot shows the follow.
    """

    accounts: list[str]
    days: pd.DataFrame
    last: int
    incoming: Bools
    window_first: Floats
    window_last: Floats
    outgoing: bool
    outgoing_complete: bool
    incoming_complete: Bools
    their_side_complete: Bools
    incoming_whole: Bools
    active: Ints
    first: int
    follows_out: Bools
    follows_in: Bools

    def count(self, *, outgoing: bool, column: str = "contact", until: int | None = None) -> Floats:
        """Days per alter on which `column` holds in one direction.

        NaN where that side is not covered, and where nothing was seen of a side
        that is covered only in part: nothing seen is no zero there.
        """
        rows = self.days[(self.days["outgoing"] == outgoing) & self.days[column]]
        rows = rows[rows["day"] <= (self.last if until is None else until)]
        found = np.bincount(rows["alter"], minlength=len(self.accounts)).astype(np.float64)
        if outgoing:
            return found if self.outgoing else np.where(found > 0, found, np.nan)
        return np.where(self.incoming & ((found > 0) | self.incoming_complete), found, np.nan)

    def shared(self, *, outgoing: bool) -> Floats:
        """Contact days per alter within the window that covers both sides; NaN where there is none."""
        rows = self.days[(self.days["outgoing"] == outgoing) & self.days["contact"]]
        alter, day = rows["alter"].to_numpy(), rows["day"].to_numpy()
        inside = (day >= self.window_first[alter]) & (day <= self.window_last[alter])
        found = np.bincount(alter[inside], minlength=len(self.accounts)).astype(np.float64)
        return np.where(self.incoming, found, np.nan)

    def first_day(self, *, until: int | None = None, outgoing: bool | None = None) -> Floats:
        """First day of contact per alter, in either or one direction; NaN where there is none."""
        return self._edge("min", until, outgoing)

    def last_day(self, *, until: int | None = None, outgoing: bool | None = None) -> Floats:
        """Last day of contact per alter, in either or one direction; NaN where there is none."""
        return self._edge("max", until, outgoing)

    def _edge(self, how: str, until: int | None, outgoing: bool | None) -> Floats:
        rows = self.days[self.days["contact"] & (self.days["day"] <= (self.last if until is None else until))]
        if outgoing is not None:
            rows = rows[rows["outgoing"] == outgoing]
        edge = rows.groupby("alter")["day"].agg(how)
        return edge.reindex(range(len(self.accounts))).to_numpy(dtype=np.float64)

    def log_odds(self, until: int, weights: StrengthWeights) -> Floats:
        """z of each alter as of a day; NaN without contact until then."""
        recency = until - self.last_day(until=until)
        age = until - self.first_day(until=until, outgoing=True)
        days_out, days_in = (self.count(outgoing=way, until=until) for way in (True, False))
        return log_odds_of_ties(days_out, days_in, recency, age, weights)

    def contact_days(self) -> ContactDays:
        """Contact in either observed direction."""
        rows = self.days[self.days["contact"] & self.days["day"].notna()]
        return contact_days(
            rows["alter"].to_numpy(), rows["day"].to_numpy(), len(self.accounts), rows["outgoing"].to_numpy()
        )


def load_contacts(store: Store, ego: Ego, as_of: date | None) -> Contacts:
    """Read what passed between an ego and everyone else, up to the end of a day.

    What is not dated cannot be placed before an earlier day, so it counts only
    where `as_of` is None.
    """
    last = end_of_day(ego, as_of) or EPOCH
    parameters = {"ego": ego.account, "last": last}
    everything = as_of is None
    days = store.connection.execute(_DAYS, parameters).df()
    follows = store.connection.execute(_FOLLOWS, {**parameters, "everything": everything}).df()
    if not everything:
        days = days[days["day"].notna()]
    rows = ledger(store)
    windows = contact_windows(rows)
    received = incoming_window(rows, ego.account)
    accounts = sorted({*days["account"], *follows["account"]} - {ego.account})
    number = {account: i for i, account in enumerate(accounts)}
    partly = partly_covered(store)
    whole = {account: window for account, window in windows.items() if account not in partly}
    first, until = _joint_windows(accounts, ego, last, whole, received)
    incoming = ~np.isnan(first)
    alter = days["account"].map(number).astype("int64")
    days = days.assign(alter=alter, day=days["day"].astype("float64"))
    days = days[days["outgoing"] | incoming[days["alter"].to_numpy()]]
    own = windows.get(ego.account)
    return Contacts(
        accounts=accounts,
        days=days.drop(columns="account"),
        last=epoch_day(last),
        incoming=incoming,
        window_first=first,
        window_last=until,
        outgoing_complete=own is not None and own.complete,
        outgoing=own is not None,
        incoming_complete=incoming & _wholly_covered(accounts, days, epoch_day(last), windows, received),
        their_side_complete=incoming & _wholly_covered(accounts, days, epoch_day(last), windows),
        incoming_whole=incoming
        & np.array(
            [
                any(window.complete for window in _shown_by(account, windows, received))
                for account in accounts
            ],
            dtype=np.bool_,
        ),
        active=np.array([day for (day,) in store.rows(_ACTIVE, parameters)], dtype=np.int64),
        first=epoch_day(own.first if own else ego.first or EPOCH),
        follows_out=np.isin(accounts, follows.loc[follows["outgoing"], "account"]),
        follows_in=np.isin(accounts, follows.loc[~follows["outgoing"], "account"]),
    )


def epoch_day(moment: date) -> int:
    """Days from 1970-01-01 to a day or to the day of a moment.

    >>> epoch_day(date(1970, 1, 31))
    30
    """
    day = moment.date() if isinstance(moment, datetime) else moment
    return (day - EPOCH).days


def as_date(day: float) -> date | None:
    """The day that a number of days since 1970-01-01 means; None for NaN."""
    return None if np.isnan(day) else EPOCH + timedelta(days=int(day))


def _shown_by(account: str, windows: dict[str, Window], received: Window | None) -> list[Window]:
    """What shows an alter's acts towards ego: their own source, and what ego's shows of others."""
    return [window for window in (windows.get(account), received) if window is not None]


def _wholly_covered(
    accounts: list[str],
    days: pd.DataFrame,
    last: int,
    windows: dict[str, Window],
    received: Window | None = None,
) -> Bools:
    """Per alter whether their own source, or one of what ego received, shows all since the two first met."""
    met = days.groupby("alter")["day"].min().reindex(range(len(accounts))).to_numpy(dtype=np.float64)
    whole = np.zeros(len(accounts), dtype=np.bool_)
    for i, account in enumerate(accounts):
        for window in _shown_by(account, windows, received):
            since = epoch_day(window.first) if np.isnan(met[i]) else met[i]
            reaches = epoch_day(window.first) <= since and epoch_day(window.last) >= last - SLACK_DAYS
            whole[i] |= window.complete and reaches
    return whole


def _joint_windows(
    accounts: list[str], ego: Ego, last: date, windows: dict[str, Window], incoming: Window | None
) -> tuple[Floats, Floats]:
    """Per alter the first and last day on which both sides are covered; NaN where there is no such day."""
    first = np.full(len(accounts), np.nan)
    until = np.full(len(accounts), np.nan)
    if (own := windows.get(ego.account)) is None:
        return first, until
    for i, account in enumerate(accounts):
        for other in _shown_by(account, windows, incoming):
            begins = max(epoch_day(own.first), epoch_day(other.first))
            ends = min(epoch_day(own.last), epoch_day(other.last), epoch_day(last))
            if begins <= ends and not ends - begins <= until[i] - first[i]:
                first[i], until[i] = begins, ends
    return first, until
