"""All that a PLN file holds about one person: what sources say, what follows from it, what the user says."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from plnmap.analysis.accounts.linking import account_name
from plnmap.analysis.egos import find_person
from plnmap.store import Store

Rows = list[dict[str, Any]]

_OF_THEM: Final = """
WITH theirs AS (
    SELECT reference AS account FROM resolutions WHERE valid_to IS NULL AND resolutions.account = $person
    UNION SELECT $person
)
"""

_NAMES: Final = f"""
{_OF_THEM} SELECT lower(handle) FROM handles JOIN theirs USING (account)
UNION SELECT regexp_extract(account, ':@(.*)$', 1) FROM theirs WHERE contains(account, ':@')
ORDER BY ALL
"""

_SECTIONS: Final = {
    "accounts": "SELECT account FROM theirs",
    "handles": "SELECT account, handle, first_seen, last_seen FROM handles JOIN theirs USING (account)",
    "profiles": """
        SELECT a.account, display_name, bio, followers, following, seen_at, sources.name AS source
        FROM accounts a JOIN theirs USING (account) LEFT JOIN sources ON sources.source = a.origin
    """,
    "posts_by_them": """
        SELECT p.post, p.happened_at, p.authority, p.text, p.url
        FROM posts p JOIN authored a USING (post) WHERE a.account = $person
    """,
    "acts_towards_them": """
        SELECT i.kind, i.source, i.post, i.happened_at, p.text, p.url
        FROM interactions i LEFT JOIN posts p USING (post) WHERE i.target = $person
    """,
    "acts_of_theirs": """
        SELECT kind, target, post, happened_at FROM interactions WHERE source = $person
    """,
    "named_in": """
        SELECT p.post, p.happened_at, p.text, p.url FROM posts p
        WHERE regexp_matches(lower(p.text), $named)
        AND p.post NOT IN (SELECT post FROM interactions WHERE target = $person)
    """,
    "reactions": """
        SELECT actor, kind, post, author, happened_at FROM reactions
        WHERE actor IN (FROM theirs) OR author IN (FROM theirs)
    """,
    "follows": """
        SELECT source, target, first_seen, last_seen FROM follows
        WHERE source IN (FROM theirs) OR target IN (FROM theirs)
    """,
    "direct_messages": """
        SELECT source, target, sum(messages)::BIGINT AS messages, min(day) AS first, max(day) AS last
        FROM dm_days WHERE source IN (FROM theirs) OR target IN (FROM theirs) GROUP BY source, target
    """,
    "found_in_their_posts": """
        SELECT act, object, count(*) AS posts
        FROM acts JOIN authored a USING (post) WHERE a.account = $person GROUP BY act, object
    """,
    "days_of_contact": """
        SELECT source, target, count(*) AS days, min(day) AS first, max(day) AS last
        FROM tie_days WHERE $person IN (source, target) GROUP BY source, target
    """,
    "coverage": """
        SELECT account, kind, direction, state, first, last, reason FROM coverage JOIN theirs USING (account)
    """,
    "sources": """
        SELECT sources.name, kind, retrieved_at, posts, other_side FROM sources JOIN theirs ON account = owner
    """,
    "collecting": """
        SELECT stream, state, got, reason, account FROM tasks JOIN theirs USING (account)
    """,
    "answers": """
        SELECT a.stream, a.page, a.request, a.received_at AS happened_at
        FROM raw_answers a JOIN tasks t USING (source, stream, subject)
        JOIN theirs ON theirs.account = t.account
    """,
    "lists": "SELECT account, direction, taken_at, follows FROM snapshots JOIN theirs USING (account)",
    "labels": "SELECT ego, account, label, said_at, elicited FROM labels JOIN theirs USING (account)",
    "notes": "SELECT ego, account, said_at, text FROM notes JOIN theirs USING (account)",
    "links": """
        SELECT account, person, answer, said_at FROM links
        WHERE account IN (FROM theirs) OR person IN (FROM theirs)
    """,
    "recalled": """
        SELECT ego, said_name, topic, NULL::BIGINT AS rating, said_at
        FROM recall_names JOIN theirs USING (account)
        UNION ALL SELECT ego, NULL, NULL, rating, said_at FROM recall_ratings JOIN theirs USING (account)
    """,
    "events": "SELECT ego, day, precision, words FROM events WHERE ego IN (FROM theirs)",
}
"""Section → what is read for it."""


class Holdings(NamedTuple):
    """All that is held about one person.

    Attributes
    ----------
    account, name
        Their main account, and what it is called.
    sections
        Section → rows, newest first where they are dated; an empty list where nothing is held.
    """

    account: str
    name: str
    sections: dict[str, Rows]


def all_held(store: Store, wanted: str, platform: str) -> Holdings:
    """All that a file holds about the person whom a user typed.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    wanted, platform
        See `plnmap.analysis.egos.find_person`.

    Raises
    ------
    UnknownPerson
        Nobody goes by it.
    """
    person = find_person(store, wanted, platform)
    names = [re.escape(name) for (name,) in store.rows(_NAMES, {"person": person})]
    # A pattern that matches nothing stands for nobody's name.
    named = f"@({'|'.join(names)})([^a-z0-9_@.]|[.][^a-z0-9]|[.]?$)" if names else "[^\\s\\S]"
    parameters = {"person": person, "named": named}
    sections = {name: _read(store, sql, parameters) for name, sql in _SECTIONS.items()}
    return Holdings(person, account_name(store, person), sections)


def _read(store: Store, sql: str, parameters: dict[str, str]) -> Rows:
    query = f"{_OF_THEM} {sql}"
    used = {name: value for name, value in parameters.items() if f"${name}" in query}
    cursor = store.connection.execute(query, used)
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows.sort(key=lambda row: [str(value) for value in row.values()])
    when = next((name for name in ("happened_at", "said_at", "last_seen", "day") if name in names), None)
    if when:
        rows.sort(key=lambda row: str(row[when] or ""), reverse=True)
    return rows
