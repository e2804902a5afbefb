"""The tables of the PLN file, and how rows that share a key become one.

Merging takes, per key, the greatest row of a total order (or the union of two
windows). Both are commutative, associative and idempotent, so the order of
imports does not matter. What differs by source (coverage, what was seen of an
account) is kept per source, in a column `origin`, and combined on read.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from plnmap.model import (
    Account,
    Billed,
    Coverage,
    DirectMessageDay,
    Event,
    FirstLook,
    Follow,
    Handle,
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
    Spending,
    Task,
    TextNotKept,
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


# In a struct, null is greater than any date: what is not dated must not pass for the latest. Rows without
# a value are left out by max_by.
_LATEST = ", ".join(
    f"max_by({name}, row(seen_at IS NOT NULL, seen_at, {name})) AS {name}"
    for name in ("display_name", "bio", "followers", "following", "posts")
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

OWN_WORD: Final = (Label, Note, Event, Link, RecallName, RecallRating, FirstLook)
"""What the user says: no import touches it, and nothing computes it."""

COLLECTING: Final = (Task, RawAnswer, Spending, Billed, PostId, Snapshot, Tombstone, TextNotKept)
"""What collecting has done and has still to do."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of each step from an empty file to the present format, in order.

    What a step says was right when it was released and is never edited, whatever the records say today: a
    file of any age takes the steps it lacks. A change of a record is a new file in ``migrations/``.

    >>> migrations()[-1].startswith(f"-- Format {len(migrations())}:")
    True
    """
    folder = resources.files("plnmap").joinpath("migrations")
    steps = sorted(folder.iterdir(), key=lambda step: int(step.name.partition("_")[0]))
    return tuple(step.read_text(encoding="utf-8") for step in steps)
