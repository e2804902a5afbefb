"""The coverage ledger: what the file can show of whom, and what it cannot."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from plnmap.analysis.egos import DIRECTORY, egos, screen_name
from plnmap.model import Coverage, Source
from plnmap.store import Store

SEEN: Final = ("complete", "partial")
"""States in which a channel shows something."""

SHOWN_BY_OTHERS: Final = ("reply", "mention", "quote", "boost")
"""What somebody else's archive shows of what they did towards an account."""

# Per account, kind and direction the best state of any source wins; its windows are joined.
_LEDGER: Final = """
WITH told AS (
    SELECT coalesce(r.account, c.account) AS account, c.* EXCLUDE (account, origin),
           list_position(['complete', 'partial', 'hidden', 'none'], state) AS rank
    FROM coverage c LEFT JOIN resolutions r ON r.reference = c.account AND r.valid_to IS NULL
), best AS (
    SELECT * FROM told QUALIFY rank = min(rank) OVER (PARTITION BY account, kind, direction)
)
SELECT account, kind, direction, any_value(state), min(first), max(last), sum(expected)::BIGINT,
       sum(got)::BIGINT,
       coalesce(string_agg(DISTINCT nullif(reason, ''), '; ' ORDER BY nullif(reason, '')), '')
FROM best GROUP BY account, kind, direction ORDER BY account, kind, direction
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


def ledger(store: Store) -> list[Coverage]:
    """What each account, kind and direction is covered by, with all sources taken together.

    An account whose incoming side no source shows is still seen through the
    archives of others in the same file; that makes its incoming channels
    ``partial``, and the reason names whose archives they are.
    """
    rows = [Coverage(*row) for row in store.rows(_LEDGER)]
    names = _names(store)
    writers = {
        row.account for row in rows if row.direction == "out" and row.kind == "reply" and row.state in SEEN
    }
    seen = []
    for row in rows:
        others = sorted(writers - {row.account})
        same_platform = [other for other in others if other.split(":")[0] == row.account.split(":")[0]]
        if (
            row.direction == "in"
            and row.state == "none"
            and same_platform
            and row.kind not in ("follow", "dm")
        ):
            through = ", ".join(names.get(other, other) for other in same_platform)
            row = row._replace(state="partial", reason=f"only what the archives of {through} show")
        seen.append(row)
    return seen


def contact_windows(store: Store) -> dict[str, Window]:
    """Accounts whose own replies and mentions are covered, and from when to when."""
    return {
        row.account: Window(row.first, row.last, row.state == "complete")
        for row in ledger(store)
        if row.direction == "out" and row.kind == "reply" and row.state in SEEN and row.first and row.last
    }


def incoming_window(store: Store, account: str) -> Window | None:
    """From when to when a source of the account's own shows what others wrote to them; never all of it."""
    for row in (Coverage(*row) for row in store.rows(_LEDGER)):
        told = (row.account, row.kind, row.direction) == (account, "reply", "in")
        if told and row.state in SEEN and row.first and row.last:
            return Window(row.first, row.last, complete=False)
    return None


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
    )


def _names(store: Store) -> dict[str, str]:
    owners = (
        "SELECT owner FROM sources WHERE owner IS NOT NULL UNION SELECT account FROM coverage "
        "UNION SELECT account FROM resolutions WHERE reference IN (SELECT owner FROM sources)"
    )
    rows = store.rows(f"SELECT account, handle FROM ({DIRECTORY}) WHERE account IN ({owners})")
    return {account: screen_name(account, handle) for account, handle in rows}
