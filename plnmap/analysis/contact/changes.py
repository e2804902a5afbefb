"""Who came, who left and who faded between two dated lists of follows.

A source that gave a whole list is a *snapshot*: a collection of a list to its end,
or an archive that holds it. Lists that the platform keeps back, or gives in part,
are none: nobody is taken to have left whom a list could not show.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby
from typing import Final, NamedTuple

from plnmap.analysis.egos import DIRECTORY, Ego, screen_name
from plnmap.analysis.own_word import aliases_of
from plnmap.analysis.people import map_people
from plnmap.errors import UsageError
from plnmap.store import Store

DIRECTIONS: Final = ("out", "in")

# Accounts by themselves, not people: the lists of two linked accounts are two lists.
_HOLDERS: Final = "(SELECT reference, account FROM handle_turns WHERE valid_to IS NULL)"

_SNAPSHOTS: Final = f"""
WITH taken AS (
    SELECT account, direction, taken_at, follows FROM snapshots
    UNION ALL
    SELECT account, direction, coalesce(sources.retrieved_at, last), got
    FROM coverage JOIN sources ON source = origin
    WHERE coverage.kind = 'follow' AND state = 'complete' AND NOT starts_with(source, 'collected:')
)
SELECT coalesce(holders.account, taken.account) AS owner, direction, taken_at, max(follows)
FROM taken LEFT JOIN {_HOLDERS} AS holders ON holders.reference = taken.account
WHERE taken_at IS NOT NULL AND taken.account IN {aliases_of("ego")}
GROUP BY ALL ORDER BY ALL
"""

_FOLLOWS: Final = f"""
WITH named AS (
    SELECT coalesce(one.account, source) AS source, coalesce(other.account, target) AS target,
           min(first_seen) AS first_seen, max(last_seen) AS last_seen
    FROM follows LEFT JOIN {_HOLDERS} AS one ON one.reference = source
    LEFT JOIN {_HOLDERS} AS other ON other.reference = target
    GROUP BY 1, 2
)
SELECT CASE WHEN $direction = 'out' THEN target ELSE source END AS account,
       first_seen < $after_before AND last_seen >= $before AS was_there,
       ($after_after IS NULL OR first_seen < $after_after) AND last_seen >= $after AS is_there
FROM named WHERE CASE WHEN $direction = 'out' THEN source ELSE target END = $owner
ORDER BY account
"""


_MET: Final = (
    "SELECT DISTINCT target FROM tie_days WHERE source = ? AND n_reply + n_mention + n_quote + n_dm > 0"
)


class Snapshot(NamedTuple):
    """One list of follows as it was at one moment."""

    owner: str
    direction: str
    taken_at: datetime
    follows: int | None


class ListChange(NamedTuple):
    """One list against an earlier one.

    Attributes
    ----------
    owner, direction
        Whose list: ``out`` whom they follow, ``in`` who follows them.
    before, after
        The two snapshots.
    new, departed
        Accounts in the later list only, and in the earlier only.
    faded
        Accounts in both whose tie to ego went quiet in between; of those followed only.
    """

    owner: str
    direction: str
    before: Snapshot
    after: Snapshot
    new: list[str]
    departed: list[str]
    faded: list[str]


class Changes(NamedTuple):
    """All lists of an ego that can be compared, names for the accounts in them, and what cannot.

    `alone` holds per direction the one snapshot there is, or None where there is none.
    """

    ego: Ego
    lists: list[ListChange]
    names: dict[str, str]
    alone: dict[str, Snapshot | None]


def changes(store: Store, ego: Ego, *, since: date | None = None, announce: Callable[[str], None]) -> Changes:
    """What changed between two snapshots of each list.

    Parameters
    ----------
    store
        A PLN file whose ties are up to date.
    ego
        Whose lists.
    since
        Compare with the list as it was at the end of that day; by default with the last but one.
    announce
        Told what is being done, where it takes more than a moment.

    Returns
    -------
    Changes
        Whoever came and left again between the two is in neither. Whoever was away in between
        and came back counts as there all the time: a follow is kept from its first to its last
        sighting.

    Raises
    ------
    UsageError
        No list is so old.
    """
    taken = [Snapshot(*row) for row in store.rows(_SNAPSHOTS, {"ego": ego.account})]
    lists, alone = [], dict.fromkeys(DIRECTIONS, None) | {row.direction: row for row in taken}
    for (_, direction), group in groupby(taken, key=lambda row: row[:2]):
        series = list(group)
        if len(series) > 1:
            alone.pop(direction, None)
            lists.append(_compared(store, ego, series, since, announce))
    accounts = {account for one in lists for account in (*one.new, *one.departed, *one.faded, one.owner)}
    rows = store.rows(
        f"SELECT account, handle FROM ({DIRECTORY}) WHERE list_contains(?, account)", [sorted(accounts)]
    )
    names = {account: screen_name(account, None) for account in accounts}
    names |= {account: screen_name(account, handle) for account, handle in rows}
    return Changes(ego, lists, names, {key: alone[key] for key in DIRECTIONS if key in alone})


def _compared(
    store: Store, ego: Ego, series: list[Snapshot], since: date | None, announce: Callable[[str], None]
) -> ListChange:
    place = _earlier(series, since)
    before, after = series[place], series[-1]
    rows = store.rows(
        _FOLLOWS,
        {
            "direction": after.direction,
            "owner": after.owner,
            "before": before.taken_at,
            "after_before": series[place + 1].taken_at,
            "after": after.taken_at,
            "after_after": None,
        },
    )
    stayed = {account for account, was, still in rows if was and still}
    return ListChange(
        owner=after.owner,
        direction=after.direction,
        before=before,
        after=after,
        new=[account for account, was, still in rows if still and not was],
        departed=[account for account, was, still in rows if was and not still],
        faded=_faded(store, ego, stayed, before, after, announce) if after.direction == "out" else [],
    )


def _earlier(series: list[Snapshot], since: date | None) -> int:
    """Place of the snapshot to compare the last one with."""
    if since is None:
        return len(series) - 2
    places = [place for place, row in enumerate(series[:-1]) if row.taken_at.date() <= since]
    if not places:
        raise UsageError(
            f"there is no list of {since} or before", hint=f"the first is of {series[0].taken_at:%Y-%m-%d}"
        )
    return places[-1]


def _faded(
    store: Store,
    ego: Ego,
    stayed: set[str],
    before: Snapshot,
    after: Snapshot,
    announce: Callable[[str], None],
) -> list[str]:
    """Those whose tie is quiet (see `contact.quiet`) at the second list and was not at the first."""
    met = {account for (account,) in store.rows(_MET, [ego.account])}
    if not stayed & met:
        return []
    quiet = [
        {
            person.account
            for person in map_people(
                store, ego, as_of=moment.taken_at.date(), announce=announce, posts=False
            ).people
            if person.gone_quiet
        }
        for moment in (before, after)
    ]
    return sorted((quiet[1] - quiet[0]) & stayed)
