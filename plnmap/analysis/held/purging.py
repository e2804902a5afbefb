"""Forgetting a person: every row about them goes, and nothing brings them back.

What others wrote to them or about them loses its text and keeps its date. An
answer of a platform that names them is dropped as a whole: the records that
were read from it stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from plnmap.analysis.accounts.linking import account_name
from plnmap.analysis.egos import egos, find_person
from plnmap.errors import UsageError
from plnmap.model import account_reference
from plnmap.store import Store
from plnmap.tombstones import drop_answers, entomb, entombed

_THEIRS: Final = """
WITH now AS (
    SELECT reference AS name FROM resolutions WHERE valid_to IS NULL AND resolutions.account = $person
    UNION SELECT $person
)
SELECT name FROM now
UNION SELECT split_part(account, ':', 1) || ':@' || lower(handle) FROM handles JOIN now ON account = name
"""

_THEIR_POSTS: Final = """
SELECT post FROM authored WHERE account = $person
UNION SELECT post FROM posts WHERE list_contains($names, author)
UNION SELECT post FROM reactions WHERE list_contains($names, author)
UNION SELECT reply_to_post FROM posts WHERE list_contains($names, reply_to) AND reply_to_post IS NOT NULL
UNION SELECT boost_of_post FROM posts WHERE list_contains($names, boost_of) AND boost_of_post IS NOT NULL
UNION SELECT quote_of_post FROM posts WHERE list_contains($names, quote_of) AND quote_of_post IS NOT NULL
"""

# In this order: what is looked up in another table goes before it.
_ABOUT_THEM: Final = (
    "DELETE FROM raw_answers WHERE (source, stream, subject) IN "
    "(SELECT (source, stream, subject) FROM tasks WHERE list_contains($names, account))",
    "DELETE FROM tasks WHERE list_contains($names, split_part(source, ':', 2) || ':' || subject)",
    "DELETE FROM billed WHERE list_contains($names, split_part(source, ':', 2) || ':' || item)",
    *(
        f"DELETE FROM {name} WHERE origin IN (SELECT source FROM sources WHERE list_contains($names, owner))"
        for name in ("accounts", "coverage")
    ),
    "DELETE FROM sources WHERE list_contains($names, owner)",
    *(
        f"DELETE FROM {name} WHERE list_contains($names, ego)"
        for name in ("labels", "notes", "events", "recall_names", "recall_ratings", "first_looks")
    ),
    "DELETE FROM interactions",
    "DELETE FROM tie_days",
)
"""What `plnmap.tombstones.keep_out` does not reach: sources do not bring it in again."""

_OWN_TEXTS: Final = (
    ("notes", "text"),
    ("events", "words"),
    ("recall_names", "said_name"),
    ("recall_names", "topic"),
)
"""Where the user may have written somebody's handle."""

INSTEAD: Final = "…"
"""What stands in the user's own notes where the handle stood."""


class Doomed(NamedTuple):
    """Somebody who is to be purged: what they are called, accounts and handles of theirs, their posts."""

    name: str
    names: list[str]
    posts: list[str]


def doomed(store: Store, wanted: str, platform: str) -> Doomed:
    """Who would be purged, with everything by which they could come back.

    Parameters
    ----------
    store
        An open PLN file.
    wanted, platform
        See `plnmap.analysis.egos.find_person`.

    Raises
    ------
    UnknownPerson
        Nobody goes by it, or they were purged before.
    UsageError
        It is an ego.
    """
    person = find_person(store, wanted, platform)
    name = account_name(store, person)
    if any(ego.account == person for ego in egos(store)):
        raise UsageError(
            f"{name} is an ego of this file: without them nothing is left of it",
            hint="delete the file instead, or import the others' archives into a new one",
        )
    names = [row[0] for row in store.rows(_THEIRS, {"person": person})]
    posts = store.rows(_THEIR_POSTS, {"person": person, "names": names})
    return Doomed(name, names, [post for (post,) in posts])


def was_purged(store: Store, wanted: str) -> bool:
    """Whether a handle or id has a tombstone of somebody purged."""
    word = wanted.strip().removeprefix("@").lower()
    keys = [wanted, f"twitter:{word}", *(account_reference(on, word) for on in ("twitter", "mastodon"))]
    return "purged" in entombed(store.connection, keys).values()


def purge(store: Store, who: Doomed, purged_at: datetime) -> None:
    """Forget somebody, for good: in one transaction.

    The bytes of deleted rows stay in the file until it is written anew
    (`plnmap.pln_file.rewrite`).

    Parameters
    ----------
    store
        An open PLN file.
    who
        From `doomed`.
    purged_at
        The moment, UTC.
    """
    with store.transaction():
        for statement in _ABOUT_THEM:
            store.connection.execute(statement, {"names": who.names} if "$names" in statement else {})
        entomb(store.connection, dict.fromkeys([*who.names, *who.posts]), "purged", purged_at)
        store.keep_out()
        _strike_own_texts(store, who.names)
        drop_answers(store.connection)


def _strike_own_texts(store: Store, names: Iterable[str]) -> None:
    """Take the handle out of what the user wrote of others."""
    handles = [name.partition(":@")[2] for name in names if ":@" in name]
    for handle in handles:
        # A handle that could be a word is one only after its sign.
        sign = "@?" if re.search(r"[\d_@]", handle) else "@"
        pattern = rf"{sign}\b{re.escape(handle)}\b"
        for name, column in _OWN_TEXTS:
            store.connection.execute(
                f"UPDATE {name} SET {column} = regexp_replace({column}, $pattern, $instead, 'gi') "
                f"WHERE regexp_matches({column}, $pattern, 'i')",
                {"pattern": pattern, "instead": INSTEAD},
            )
