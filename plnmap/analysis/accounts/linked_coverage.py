"""Coverage of people who have several accounts: no more of them is covered than all of these are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from plnmap.model import Coverage
from plnmap.store import Store

STATES: Final = ("complete", "partial", "hidden", "none")
"""All states, best first."""

SEEN: Final = ("complete", "partial")
"""States in which a channel shows something."""

SAME_TIME: Final = timedelta(days=30)
"""Two archives are seldom made on the same day; a month less of one changes no verdict."""

# Where a platform has no source in the file, nothing could be seen of an account there, nor done towards it.
_ACCOUNTS: Final = """
SELECT person, account FROM persons WHERE split_part(account, ':', 1) IN (SELECT platform FROM sources)
"""

# An archive shows that nothing was posted after its last post, up to the day it was made.
_MADE: Final = """
SELECT coalesce(t.account, s.owner) AS account, max(s.retrieved_at)
FROM sources s LEFT JOIN handle_turns t ON t.reference = s.owner AND t.valid_to IS NULL
WHERE s.owner IS NOT NULL AND s.retrieved_at IS NOT NULL GROUP BY 1
"""

_PARTLY: Final = f"""
SELECT DISTINCT person FROM ({_ACCOUNTS}) WHERE account NOT IN (
    SELECT coalesce(t.account, c.account)
    FROM coverage c LEFT JOIN handle_turns t ON t.reference = c.account AND t.valid_to IS NULL
    WHERE kind = 'reply' AND direction = 'out' AND list_contains(?, state)
)
"""


def linked_accounts(store: Store) -> dict[str, list[str]]:
    """Main account → all accounts of a person that the file could show something of, for linked accounts."""
    found: dict[str, list[str]] = {}
    for person, account in store.rows(f"{_ACCOUNTS} ORDER BY person, account"):
        found.setdefault(person, []).append(account)
    return found


def of_people(store: Store, rows: list[Coverage]) -> list[Coverage]:
    """Coverage by account as coverage by person: rows of linked accounts are taken together.

    Parameters
    ----------
    store
        An open PLN file.
    rows
        One row per account, kind and direction.
    """
    people = linked_accounts(store)
    if not people:
        return rows
    made = dict(store.rows(_MADE))
    owner = {account: person for person, accounts in people.items() for account in accounts}
    groups: dict[tuple[str, str, str], list[Coverage]] = {}
    for row in rows:
        groups.setdefault((owner.get(row.account, row.account), row.kind, row.direction), []).append(row)
    return [
        _together(person, told, len(people[person]), made)
        if len(people.get(person, ())) > 1
        else told[0]._replace(account=person)
        for (person, *_), told in groups.items()
    ]


def _together(person: str, rows: list[Coverage], accounts: int, made: dict[str, datetime]) -> Coverage:
    """One row for what is known of each account of a person."""
    seen = [row for row in rows if row.state in SEEN]
    every = len(seen) == accounts
    first = min((row.first for row in seen if row.first), default=None)
    ends = [max(row.last, made.get(row.account, row.last)) for row in seen if row.last]
    last = min(ends, default=None)
    apart = bool(ends) and max(ends) - min(ends) > SAME_TIME
    state = min((row.state for row in rows), key=STATES.index)
    if rows[0].kind == "follow":
        # Somebody is not followed only where no account's list has them.
        state = max((row.state for row in rows), key=STATES.index) if len(rows) == accounts else "none"
        last = max(ends, default=None)
    elif state == "complete":
        whole = every and not apart and all(row.state == "complete" for row in seen)
        state = "complete" if whole else "partial"
    if rows[0].direction == "in" and not every:
        # A window would be taken to hold for those who wrote to the other accounts as well.
        first = last = None
    reasons = {row.reason for row in rows if row.reason}
    if seen and not every:
        reasons.add(f"{len(seen)} of {accounts} linked accounts")
    elif apart and rows[0].kind != "follow":
        reasons.add("their archives were not made at the same time")
    expected = [row.expected for row in seen if row.expected is not None]
    return Coverage(
        account=person,
        kind=rows[0].kind,
        direction=rows[0].direction,
        state=state,
        first=first,
        last=last,
        expected=sum(expected) if len(expected) == accounts else None,
        got=sum(row.got or 0 for row in seen) if seen else None,
        reason="; ".join(sorted(reasons)),
    )


def partly_covered(store: Store) -> set[str]:
    """People of whom not every account's posts are covered: no window holds for all they do."""
    return {person for (person,) in store.rows(_PARTLY, [list(SEEN)])}
