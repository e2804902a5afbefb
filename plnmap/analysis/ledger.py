"""The coverage ledger: what the file can show of whom, and what it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from plnmap.analysis.accounts.linked_coverage import SEEN, STATES, linked_accounts, of_people
from plnmap.analysis.derived import packs_version
from plnmap.analysis.egos import egos, handles_of, screen_name
from plnmap.model import Coverage, Source
from plnmap.store import Store

SHOWN_BY_OTHERS: Final = ("reply", "mention", "quote", "boost")
"""What somebody else's archive shows of what they did towards an account."""

# Told of each account by itself: what covers one of a person's accounts does not cover the others.
_TOLD: Final = """
SELECT coalesce(t.account, c.account) AS account, kind, direction, state, first, last, expected, got, reason
FROM coverage c LEFT JOIN handle_turns t ON t.reference = c.account AND t.valid_to IS NULL
ORDER BY ALL
"""


_NOT_KEPT: Final = """
SELECT count(*), rules FROM texts_not_kept JOIN posts USING (post) WHERE text IS NULL
GROUP BY rules ORDER BY rules
"""


_UNFINISHED: Final = """
SELECT source, stream, count(*) FROM tasks WHERE state IN ('waiting', 'running') AND stream <> 'alters'
GROUP BY ALL ORDER BY ALL
"""


class Window(NamedTuple):
    """From when to when an account's own acts are covered, UTC, and whether all of them."""

    first: datetime
    last: datetime
    complete: bool


class FileStatus(NamedTuple):
    """What a PLN file holds."""

    egos: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    coverage: list[dict[str, Any]]
    texts_not_kept: list[dict[str, Any]]
    unfinished: list[dict[str, Any]]


def ledger(store: Store) -> list[Coverage]:
    """What each account, kind and direction is covered by, with all sources taken together.

    The best state that any source gives wins, with the longest stretch of time
    that windows of that state cover without a gap. An account whose incoming
    side no source shows is still seen through the archives of others in the
    same file; that makes its incoming channels ``partial``, and the reason names
    whose archives they are.
    """
    rows = _combined(store)
    names = _names(store)
    places = {row.account: {row.account.split(":")[0]} for row in rows}
    for person, accounts in linked_accounts(store).items():
        places[person] = {account.split(":")[0] for account in accounts}
    writers = {
        row.account for row in rows if row.direction == "out" and row.kind == "reply" and row.state in SEEN
    }
    seen = []
    for row in rows:
        here = places[row.account]
        others = sorted(w for w in writers - {row.account} if places[w] & here)
        if row.direction == "in" and row.state == "none" and others and row.kind in SHOWN_BY_OTHERS:
            through = ", ".join(names.get(other, other) for other in others)
            row = row._replace(state="partial", reason=f"only what the archives of {through} show")
        seen.append(row)
    return seen


def _combined(store: Store) -> list[Coverage]:
    groups: dict[tuple[str, str, str], list[Coverage]] = {}
    for row in (Coverage(*values) for values in store.rows(_TOLD)):
        groups.setdefault((row.account, row.kind, row.direction), []).append(row)
    return of_people(store, [_best(rows) for rows in groups.values()])


def _best(rows: list[Coverage]) -> Coverage:
    """One row for what several sources say of the same channel."""
    state = min((row.state for row in rows), key=STATES.index)
    told = [row for row in rows if row.state == state]
    latest = max(told, key=lambda row: (row.last is not None, row.last, row.got or 0))
    first, last = _longest([(row.first, row.last) for row in told if row.first and row.last])
    reasons = sorted({row.reason for row in told if row.reason})
    return latest._replace(first=first, last=last or latest.last, reason="; ".join(reasons))


def _longest(windows: list[tuple[datetime, datetime]]) -> tuple[datetime | None, datetime | None]:
    """The longest stretch that overlapping or touching windows cover.

    >>> day = lambda number: datetime(2020, 1, number)
    >>> _longest([(day(1), day(3)), (day(10), day(20)), (day(2), day(5))]) == (day(10), day(20))
    True
    """
    joined: list[tuple[datetime, datetime]] = []
    for first, last in sorted(windows):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return max(joined, key=lambda window: window[1] - window[0], default=(None, None))


def contact_windows(rows: Iterable[Coverage]) -> dict[str, Window]:
    """Accounts whose own replies and mentions a ledger covers, and from when to when."""
    return {
        row.account: Window(row.first, row.last, row.state == "complete")
        for row in rows
        if row.direction == "out" and row.kind == "reply" and row.state in SEEN and row.first and row.last
    }


def incoming_window(rows: Iterable[Coverage], account: str) -> Window | None:
    """From when to when a source of the account's own shows what others did towards them.

    All of it is there only where every kind is complete; an archive shows none of it.

    Parameters
    ----------
    rows
        From `ledger`.
    account
        Whose.
    """
    told = {row.kind: row for row in rows if (row.account, row.direction) == (account, "in")}
    replies = told.get("reply")
    if replies is None or replies.state not in SEEN or not replies.first or not replies.last:
        return None
    kinds = [told[kind] for kind in SHOWN_BY_OTHERS if kind in told and told[kind].state == "complete"]
    first = [row.first for row in kinds if row.first]
    last = [row.last for row in kinds if row.last]
    if len(first) == len(last) == len(SHOWN_BY_OTHERS):
        return Window(max(first), min(last), complete=True)
    return Window(replies.first, replies.last, complete=False)


def file_status(store: Store) -> FileStatus:
    """Egos, sources and coverage of a file, ready to be shown or written as JSON."""
    names = _names(store)
    sources = []
    for row in store.rows(f"SELECT {', '.join(Source._fields)} FROM sources ORDER BY imported_at, source"):
        source = Source(*row)._asdict()
        source["owner"] = names.get(source["owner"], source["owner"])
        source["skip_reasons"] = json.loads(source["skip_reasons"])
        sources.append(source)
    return FileStatus(
        egos=[{"name": ego.name, **ego._asdict()} for ego in egos(store)],
        sources=sources,
        coverage=[{"name": names.get(row.account, row.account), **row._asdict()} for row in ledger(store)],
        texts_not_kept=[
            {"posts": posts, "rules": rules, "up_to_date": rules == packs_version()}
            for posts, rules in store.rows(_NOT_KEPT)
        ],
        unfinished=[
            {"source": source, "stream": stream, "tasks": tasks}
            for source, stream, tasks in store.rows(_UNFINISHED)
        ],
    )


def _names(store: Store) -> dict[str, str]:
    owners = (
        "SELECT owner AS account FROM sources WHERE owner IS NOT NULL UNION SELECT account FROM coverage "
        "UNION SELECT account FROM resolutions WHERE reference IN "
        "(SELECT owner FROM sources UNION SELECT account FROM coverage)"
    )
    return {account: screen_name(account, handle) for account, handle in store.rows(handles_of(owners))}
