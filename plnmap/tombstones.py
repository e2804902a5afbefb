"""What is not to be kept, whoever brings it again.

A *tombstone* stands for a person whom the user purged, an account that is no
more, or a post that was deleted where it was posted. It holds a hash instead
of a name: what comes in is hashed as well and compared, so that the file that
forgets somebody does not list them. The hash is salted by the file. Whoever
has the file can still test a name they think of, which no hash prevents.

One function, `keep_out`, is run on whatever comes in and, when a tombstone is
new, on what is there. All of it is SQL on whole columns.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Literal

import duckdb

Why = Literal["purged", "vanished", "deleted"]

STAGED: Final = "staged_"
"""How the names of tables begin that hold what is coming in."""
KEPT: Final = ""

_PURGED: Final = "(SELECT name FROM struck WHERE why = 'purged')"
_GONE: Final = "(SELECT name FROM struck WHERE why IN ('purged', 'vanished'))"
_VANISHED: Final = "(SELECT name FROM struck WHERE why = 'vanished')"
_DELETED: Final = "(SELECT name FROM struck WHERE why = 'deleted')"

_REFERENCE: Final = "split_part(account, ':', 1) || ':@' || lower(handle)"

_ACCOUNTS: Final = {
    "posts": ("author", "reply_to", "boost_of", "quote_of", "unnest(mentions)"),
    "reactions": ("actor", "author"),
    "follows": ("source", "target"),
    "dm_days": ("source", "target"),
    "handles": ("account", _REFERENCE),
    "accounts": ("account",),
    "coverage": ("account",),
    "labels": ("account",),
    "notes": ("account",),
    "links": ("account", "person"),
    "recall_names": ("account",),
    "recall_ratings": ("account",),
    "tasks": ("account",),
    "snapshots": ("account",),
}
"""Table → where it names accounts."""

_POST_KEYS: Final = ("conversation", "reply_to_post", "boost_of_post", "quote_of_post")
_POSTS: Final = {"posts": ("post", *_POST_KEYS), "reactions": ("post",), "post_ids": ("post",)}
"""Table → where it names posts."""

_ADDRESS: Final = r"[a-z0-9.-]+\.[a-z]+/(?:@|users/)[a-z0-9_]+"
_FULL: Final = r"@[a-z0-9_]+@[a-z0-9.-]*[a-z0-9]"
_TWITTER: Final = r"(?:@|\b(?:twitter|x)\.com/)([a-z0-9_]+)"
_UNLIKE_A_WORD: Final = r"\b[a-z0-9]*[0-9_][a-z0-9_]{3,}\b"


def _names_in(text: str) -> str:
    """SQL for the accounts and posts that a text, or an address, names.

    A word that could be one of any language is a name only after an @ or in an address;
    one with a digit or an underscore is a name, or an id, wherever it stands.
    """
    said = f"lower({text})"
    return rf"""list_concat(
        list_transform(regexp_extract_all({said}, '{_ADDRESS}'),
            lambda word: regexp_replace(word, '^(.*)/(?:@|users/)(.*)$', 'mastodon:@\2@\1')),
        list_transform(regexp_extract_all({said}, '{_FULL}'), lambda word: 'mastodon:' || word),
        list_transform(regexp_extract_all(
            regexp_replace({said}, '{_ADDRESS}|{_FULL}', ' ', 'g'), '{_TWITTER}', 1),
            lambda word: 'twitter:@' || word),
        list_transform(regexp_extract_all({said}, '{_UNLIKE_A_WORD}'), lambda word: 'twitter:@' || word),
        list_transform(regexp_extract_all({said}, '\b[0-9]{{6,}}\b'), lambda word: 'twitter:' || word))"""


# What answers somebody, or passes their words on, is about them.
_SAYING: Final = {
    "posts": (
        "post",
        _names_in(f"concat_ws(' ', text, array_to_string(links, ' '), url, {', '.join(_POSTS['posts'])})"),
        "mentions",
        "[reply_to, boost_of, quote_of]",
    ),
    "reactions": ("post", _names_in("post")),
    "post_ids": ("post", _names_in("post")),
    "accounts": ("account", _names_in("concat_ws(' ', display_name, bio)")),
}
"""Table → its key, and the lists of accounts and posts that a row names in what it says."""


def _says(place: str) -> str:
    return f"(SELECT row_key FROM saying WHERE place = '{place}')"


def _dropped(which: str, *columns: str) -> str:
    return f"DELETE FROM {{table}} WHERE {' OR '.join(f'{column} IN {which}' for column in columns)}"


def _renamed(*columns: str) -> tuple[str, ...]:
    return tuple(
        f"UPDATE {{table}} SET {column} = struck.instead FROM struck WHERE {column} = struck.name "
        "AND (struck.instead IS NOT NULL OR struck.why = 'purged')"
        for column in columns
    )


# By row, for what is coming in may hold a post several times.
_MENTIONS: Final = """
UPDATE {table} SET mentions = fixed.mentions FROM (
    SELECT row_number, coalesce(list(coalesce(instead, named.name) ORDER BY place)
        FILTER (struck.name IS NULL OR instead IS NOT NULL), []) AS mentions
    FROM (SELECT rowid AS row_number, unnest(mentions) AS name, generate_subscripts(mentions, 1) AS place
          FROM {table}) AS named
    LEFT JOIN (FROM struck WHERE why = 'purged' OR instead IS NOT NULL) AS struck ON struck.name = named.name
    GROUP BY row_number HAVING bool_or(struck.name IS NOT NULL)
) AS fixed WHERE {table}.rowid = fixed.row_number
"""

_FROM_THEM: Final = f"post IN {_PURGED} OR author IN {_PURGED}"
_SILENCED: Final = (
    f"post IN {_says('posts')} OR post IN {_DELETED} OR boost_of_post IN {_DELETED} "
    f"OR author IN {_VANISHED} OR boost_of IN {_VANISHED}"
)

_STRIKES: Final = {
    "posts": (
        # What was found in a text goes with it.
        *(
            f"DELETE FROM {found} WHERE post IN "
            f"(SELECT post FROM {{table}} WHERE {_FROM_THEM} OR {_SILENCED})"
            for found in ("acts", "text_languages", "texts_not_kept")
        ),
        f"DELETE FROM {{table}} WHERE {_FROM_THEM}",
        f"UPDATE {{table}} SET text = NULL, links = [], hashtags = [], url = NULL WHERE ({_SILENCED}) "
        "AND (text IS NOT NULL OR url IS NOT NULL OR len(links) + len(hashtags) > 0)",
        *_renamed("author", "reply_to", "boost_of", "quote_of"),
        _MENTIONS,
        *(
            f"UPDATE {{table}} SET {column} = NULL WHERE {column} IN {_PURGED} OR (post IN {_says('posts')} "
            f"AND list_has_any({_names_in(column)}, (SELECT list(DISTINCT name) FROM saying)))"
            for column in _POST_KEYS
        ),
    ),
    "reactions": (
        _dropped(_PURGED, "actor", "author", "post"),
        _dropped(_says("reactions"), "post"),
        *_renamed("actor", "author"),
    ),
    "post_ids": (_dropped(_PURGED, "post"), _dropped(_says("post_ids"), "post")),
    "follows": (_dropped(_PURGED, "source", "target"), *_renamed("source", "target")),
    "dm_days": (_dropped(_PURGED, "source", "target"), *_renamed("source", "target")),
    "handles": (_dropped(_GONE, "account", _REFERENCE),),
    "accounts": (
        _dropped(_GONE, "account"),
        f"UPDATE {{table}} SET display_name = NULL, bio = NULL WHERE account IN {_says('accounts')}",
    ),
    "coverage": (_dropped(_PURGED, "account"), *_renamed("account")),
    **{
        name: (_dropped(_PURGED, *_ACCOUNTS[name]), *_renamed(*_ACCOUNTS[name]))
        for name in ("labels", "notes", "links", "recall_names", "recall_ratings", "tasks", "snapshots")
    },
}
"""Table → what is done to it, in order."""


# An account that lost its name is not purged again under what it is called instead.
_ENTOMB: Final = """
INSERT INTO tombstones BY NAME
SELECT sha256($salt || name) AS key, $salt AS salt, $why AS why, instead, $since AS since
FROM (SELECT unnest($names) AS name, unnest($instead) AS instead)
WHERE key NOT IN (SELECT key FROM tombstones)
"""


def entomb(
    connection: duckdb.DuckDBPyConnection, names: Mapping[str, str | None], why: Why, since: datetime
) -> None:
    """Note what is not to be kept; call within a transaction, and `keep_out` of what is kept after it.

    Parameters
    ----------
    connection
        Of an open PLN file.
    names
        Account keys, references or post keys, each with what to call it instead: for a
        handle of a vanished account a key without a name. None for all else.
    why
        ``purged``: nothing of the person is kept, and what others wrote to or about them
        loses its text. ``vanished``: the account keeps its ties and loses what it says of
        itself, and its posts their texts. ``deleted``: the post stays an act without a text.
    since
        The moment, UTC.
    """
    salt = _salt(connection) or secrets.token_hex(16)
    hashed = [_hashed(salt, name) for name in names]
    if why == "purged":
        connection.execute("DELETE FROM tombstones WHERE list_contains(?, key)", [hashed])
    connection.execute(
        _ENTOMB,
        {
            "salt": salt,
            "why": why,
            "names": list(names),
            "instead": [*names.values()],
            "since": since.replace(tzinfo=None),
        },
    )


def has_tombstones(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything is to be kept out of the file at all."""
    return _salt(connection) is not None


def entombed(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> dict[str, Why]:
    """Which of these names have a tombstone, and why."""
    salt = _salt(connection)
    if salt is None:
        return {}
    hashed = {_hashed(salt, name): name for name in names}
    rows = connection.execute(
        "SELECT key, why FROM tombstones WHERE list_contains(?, key)", [list(hashed)]
    ).fetchall()
    return {hashed[key]: why for key, why in rows}


def names_entombed(connection: duckdb.DuckDBPyConnection, answer: bytes) -> bool:
    """Whether an answer of a platform names something that has a tombstone: then it is not to be kept."""
    if _salt(connection) is None:
        return False
    said = answer.decode("utf-8", "replace").replace("\\/", "/")
    posts = {f"mastodon:{address}" for address in re.findall(r'https?://[^\s"<>\\]+', said)}
    said = said.lower()
    words = set(re.findall(r"[a-z0-9_]+(?:@[a-z0-9.-]+)?", said))
    names = {f"{place}{word}" for word in words for place in ("twitter:@", "twitter:", "mastodon:@")}
    addresses = set(re.findall(r"([a-z0-9.-]+)/(?:@|users/)([a-z0-9_]+)", said))
    names |= {f"mastodon:@{name}@{host}" for host, name in addresses}
    return bool(entombed(connection, names | posts))


def drop_answers(connection: duckdb.DuckDBPyConnection, edited: Iterable[str] = ()) -> None:
    """Throw away the answers as they came that name something with a tombstone; within a transaction.

    Parameters
    ----------
    connection
        Of an open PLN file.
    edited
        Keys of posts that say something else now: answers that tell of them go as well.
    """
    said_before = [key.partition(":")[2].encode() for key in edited]
    rows = connection.execute("SELECT rowid, body FROM raw_answers").fetchall()
    for row_number, body in rows:
        answer = zlib.decompress(body)
        if names_entombed(connection, answer) or any(
            address in answer.replace(b"\\/", b"/") for address in said_before
        ):
            connection.execute("DELETE FROM raw_answers WHERE rowid = ?", [row_number])


def keep_out(connection: duckdb.DuckDBPyConnection, prefix: str = STAGED, *, texts: bool = True) -> bool:
    """Take out of what is coming in, or of what is kept, whatever has a tombstone.

    Parameters
    ----------
    connection
        Of an open PLN file, within a transaction.
    prefix
        `STAGED` for the tables of `Store.stage`, `KEPT` for those of the file.
    texts
        Whether to look into texts for the names of the purged.

    Returns
    -------
    bool
        Whether somebody purged goes by a handle that was not known of them: then what is
        kept has to be looked through as well.
    """
    salt = _salt(connection)
    if salt is None:
        return False
    present = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    here = [name for name in _STRIKES if f"{prefix}{name}" in present]
    new_handles = _entomb_handles(connection, prefix, salt) if "handles" in here else False
    _find(connection, prefix, here, salt, texts)
    if connection.execute("SELECT 1 FROM struck LIMIT 1").fetchone():
        for name in here:
            for statement in _STRIKES[name]:
                connection.execute(statement.replace("{table}", f"{prefix}{name}"))
    for name in ("struck", "saying"):
        connection.execute(f"DROP TABLE {name}")
    return new_handles


_NEW_HANDLES: Final = """
INSERT INTO tombstones BY NAME
SELECT DISTINCT sha256($salt || reference) AS key, salt, why,
       CASE WHEN why = 'vanished' THEN coalesce(instead, account) END AS instead, since
FROM (SELECT account, split_part(account, ':', 1) || ':@' || lower(handle) AS reference FROM {table})
JOIN tombstones ON tombstones.key = sha256($salt || account)
WHERE sha256($salt || reference) NOT IN (SELECT key FROM tombstones)
"""


def _entomb_handles(connection: duckdb.DuckDBPyConnection, prefix: str, salt: str) -> bool:
    """Whatever handle an account takes that has a tombstone gets one, too."""
    added = connection.execute(_NEW_HANDLES.replace("{table}", f"{prefix}handles"), {"salt": salt}).fetchone()
    return bool(added and added[0])


def _find(
    connection: duckdb.DuckDBPyConnection, prefix: str, here: list[str], salt: str, texts: bool
) -> None:
    """Make `struck`, the names met that have a tombstone, and `saying`, the rows that name the purged."""
    named = [
        f"SELECT {expression} AS name FROM {prefix}{name}"
        for places in (_ACCOUNTS, _POSTS)
        for name in here
        for expression in places.get(name, ())
    ]
    purged = texts and connection.execute("SELECT 1 FROM tombstones WHERE why = 'purged' LIMIT 1").fetchone()
    saying = [
        f"SELECT '{name}' AS place, {key} AS row_key, unnest({expression}) AS name FROM {prefix}{name}"
        for name, (key, *expressions) in _SAYING.items()
        for expression in expressions
        if purged and name in here
    ]
    nothing = "SELECT '' AS place, '' AS row_key, '' AS name LIMIT 0"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE saying AS {' UNION ALL '.join(saying) or nothing}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE struck AS WITH met AS (SELECT DISTINCT name FROM "
        f"({' UNION ALL '.join([*named, 'SELECT name FROM saying'])}) WHERE name IS NOT NULL) "
        "SELECT name, why, instead FROM met JOIN tombstones ON key = sha256(? || name)",
        [salt],
    )
    connection.execute(f"DELETE FROM saying WHERE name IS NULL OR name NOT IN {_PURGED}")


def _salt(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What this file puts before a name to hash it; None where nothing has a tombstone."""
    found = connection.execute("SELECT salt FROM tombstones LIMIT 1").fetchone()
    return str(found[0]) if found else None


def _hashed(salt: str, name: str) -> str:
    return hashlib.sha256(f"{salt}{name}".encode()).hexdigest()
