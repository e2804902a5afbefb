"""The tables of the PLN file, and how rows that share a key become one.

Merging takes, per key, the greatest row of a total order (or the union of two
windows). Both are commutative, associative and idempotent, so the order of
imports does not matter. What differs by source (coverage, what was seen of an
account) is kept per source, in a column `origin`, and combined on read.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from plnmap.model import (
    Account,
    Act,
    Billed,
    Coverage,
    DirectMessageDay,
    Event,
    FirstLook,
    Follow,
    Handle,
    Interaction,
    Label,
    Link,
    Note,
    Post,
    PostId,
    RawAnswer,
    Reaction,
    RecallName,
    RecallRating,
    Record,
    Snapshot,
    Source,
    Spending,
    Table,
    Task,
    TextLanguage,
    TextNotKept,
    TieDay,
    Tombstone,
    table,
)


class Merge(NamedTuple):
    """How rows that share a key become one: the SQL that selects them from `pool`."""

    per_source: bool
    sql: str


def _pick(record: Record, order: str) -> str:
    """Keep, per key, the first row by `order`, and by all columns where that ties."""
    schema = table(record)
    every = ", ".join(f"{name} DESC NULLS LAST" for name in schema.names)
    return (
        f"SELECT * FROM pool QUALIFY row_number() OVER "
        f"(PARTITION BY {', '.join(schema.key)} ORDER BY {order}, {every}) = 1"
    )


# In a struct, null is greater than any date: what is not dated must not pass for the latest.
_LATEST = ", ".join(
    f"max_by({name}, row(seen_at IS NOT NULL, seen_at, {name})) FILTER (WHERE {name} IS NOT NULL) AS {name}"
    for name in ("display_name", "bio", "followers", "following")
)

MERGES: Final[dict[Record, Merge]] = {
    Post: Merge(
        False,
        _pick(Post, "authority DESC, at_precision IS DISTINCT FROM 'second', length(text) DESC NULLS LAST"),
    ),
    Reaction: Merge(
        False,
        _pick(
            Reaction,
            "happened_at IS NULL, author IS NULL, split_part(author, ':', 2) LIKE '@%', seen_at NULLS LAST",
        ),
    ),
    Handle: Merge(
        False,
        "SELECT account, handle, min(first_seen) AS first_seen, max(last_seen) AS last_seen "
        "FROM pool GROUP BY account, handle",
    ),
    Follow: Merge(
        False,
        "SELECT source, target, min(first_seen) AS first_seen, max(last_seen) AS last_seen "
        "FROM pool GROUP BY source, target",
    ),
    DirectMessageDay: Merge(
        False,
        "SELECT source, target, day, max(messages) AS messages FROM pool GROUP BY source, target, day",
    ),
    Account: Merge(
        True, f"SELECT account, {_LATEST}, max(seen_at) AS seen_at, origin FROM pool GROUP BY account, origin"
    ),
    Coverage: Merge(True, "SELECT DISTINCT * FROM pool"),
    PostId: Merge(False, "SELECT server, id, min(post) AS post FROM pool GROUP BY server, id"),
}

_PLAIN: Final = (Post, Reaction, Handle, Follow, DirectMessageDay)

# A reference belongs to whoever went by that handle at the time. Where several
# did, one after the other, the border lies where the next one was first seen; of
# several who were never dated, only the last in order counts.
_RESOLUTIONS: Final = """
CREATE VIEW resolutions AS
WITH held AS (
    SELECT split_part(account, ':', 1) || ':@' || lower(handle) AS reference, account,
           coalesce(min(first_seen), min(last_seen)) AS since, max(last_seen) AS last_seen
    FROM handles GROUP BY ALL
), turns AS (
    SELECT reference, account, since, row_number() OVER holders AS turn,
           lead(since) OVER holders AS next_since, lead(account) OVER holders IS NULL AS is_last
    FROM held
    WINDOW holders AS (PARTITION BY reference ORDER BY since NULLS FIRST, last_seen, account)
)
SELECT reference, account, CASE WHEN turn > 1 THEN since END AS valid_from, next_since AS valid_to
FROM turns WHERE is_last OR next_since IS NOT NULL
"""

# Who wrote a post, and when, by the account that held the handle at the time.
_AUTHORED: Final = """
CREATE VIEW authored AS
SELECT p.post, coalesce(r.account, p.author) AS account, p.happened_at, p.authority
FROM posts p LEFT JOIN resolutions r ON r.reference = p.author
 AND coalesce(p.happened_at, TIMESTAMP '9000-01-01') >= coalesce(r.valid_from, TIMESTAMP '0001-01-01')
 AND coalesce(p.happened_at, TIMESTAMP '9000-01-01') < coalesce(r.valid_to, TIMESTAMP '9001-01-01')
"""

_COMPUTED: Final = """
CREATE TABLE computed (name VARCHAR, version VARCHAR, content VARCHAR)
"""


def _create(schema: Table, *, per_source: bool = False) -> str:
    # Ibis takes NOT NULL as part of a type and then refuses to unite such a column with
    # another; nulls are refused where rows come in (`plnmap.store.as_arrow`).
    columns = [f"{column.name} {column.sql_type}" for column in schema.columns]
    if per_source:
        columns.append("origin VARCHAR")
    return f"CREATE TABLE {schema.name} ({', '.join(columns)})"


def _first_schema() -> list[str]:
    plain = [_create(table(record)) for record in (*_PLAIN, Source, Interaction, TieDay, TextLanguage, Act)]
    per_source = [_create(table(record), per_source=True) for record in (Account, Coverage)]
    return [*plain, *per_source, _RESOLUTIONS, _AUTHORED, _COMPUTED]


OWN_WORD: Final = (Label, Note, Event, Link, RecallName, RecallRating, FirstLook)
"""What the user says: no import touches it, and nothing computes it."""

_HANDLE_TURNS: Final = _RESOLUTIONS.replace("VIEW resolutions", "VIEW handle_turns")

# Linked accounts are one person, and the main account is the one that was linked to no other. A
# handle that was linked means whoever holds it last: what a later import says of it may join two
# people, which leaves two such accounts. Then the first in order is the main one.
_PERSONS: Final = """
CREATE VIEW persons AS
WITH RECURSIVE holders AS (
    SELECT reference, account FROM handle_turns WHERE valid_to IS NULL
), said AS (
    SELECT coalesce(one.account, links.account) AS account, coalesce(other.account, links.person) AS person
    FROM links LEFT JOIN holders AS one ON one.reference = links.account
    LEFT JOIN holders AS other ON other.reference = links.person
    WHERE answer <> 'not_found'
), pairs AS (
    SELECT account, person AS other FROM said WHERE account <> person
    UNION SELECT person, account FROM said WHERE account <> person
), reached AS (
    SELECT account, account AS other FROM pairs
    UNION SELECT reached.account, pairs.other FROM reached JOIN pairs ON pairs.account = reached.other
)
SELECT account, min_by(other, row(other IN (SELECT account FROM said WHERE account <> person), other))
    AS person
FROM reached GROUP BY account
"""

_RESOLUTIONS_OF_PERSONS: Final = """
CREATE OR REPLACE VIEW resolutions AS
SELECT reference, coalesce(person, account) AS account, valid_from, valid_to
FROM handle_turns LEFT JOIN persons USING (account)
UNION ALL
SELECT account, person, NULL, NULL FROM persons WHERE account <> person
"""


def _own_word() -> list[str]:
    tables = [_create(table(record)) for record in OWN_WORD]
    return [*tables, _HANDLE_TURNS, _PERSONS, _RESOLUTIONS_OF_PERSONS]


COLLECTING: Final = (Task, RawAnswer, Spending, Billed, PostId, Snapshot, Tombstone, TextNotKept)
"""What collecting has done and has still to do."""


def _collecting() -> list[str]:
    return [_create(table(record)) for record in COLLECTING]


MIGRATIONS: Final = (_first_schema, _own_word, _collecting)
"""One step per schema version. A step is never edited once released; a new one is added."""
