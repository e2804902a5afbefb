"""Tables computed from the data and kept in the file until the data change.

`interactions` and `tie_days` are what every analysis reads; `acts` is what the
rules found in the texts. Each is made anew when an import, or a new version of
the rules, makes it stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from plnmap.analysis.egos import with_handles
from plnmap.analysis.help.thread_thanks import THREAD_THANKS, VERSION
from plnmap.analysis.who_is_who import who_is_who
from plnmap.model import (
    Act,
    DirectMessageDay,
    Interaction,
    Post,
    Reaction,
    Record,
    TextLanguage,
    TieDay,
    table,
)
from plnmap.store import Store, as_arrow, database_settings

_IBIS_TYPES: Final = {
    "VARCHAR": "string",
    "BIGINT": "int64",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "VARCHAR[]": "array<string>",
}
RESOLUTION_TYPES: Final = {
    "reference": "string",
    "account": "string",
    "valid_from": "timestamp",
    "valid_to": "timestamp",
}
"""Columns of the view `resolutions`, as Ibis types."""

Announce = Callable[[str], None]

MEMORY_LIMIT: Final = "1GB"
"""Beyond this DuckDB uses the disk while ties are derived: a million interactions take two thirds of it."""

OWN_SITE_SHARE: Final = 0.2
"""A site that gets at least this share of an author's links (and five of them) is taken for their own."""

_NO_SITE_OF_ONES_OWN: Final = (
    "twitter.com",
    "x.com",
    "youtube.com",
    "youtu.be",
    "bit.ly",
    "t.co",
    "goo.gl",
    "ow.ly",
)

_TEXTS: Final = """
SELECT p.post, p.author, p.text, p.lang, p.reply_to IS NOT NULL, p.n_handles, p.links, p.hashtags,
       parent.text, parent.reply_to IS NOT NULL, coalesce(parent.links, []),
       parent.post IS NOT NULL AND parent.reply_to IS NOT DISTINCT FROM p.author
FROM posts AS p LEFT JOIN posts AS parent ON parent.post = p.reply_to_post AND parent.author <> p.author
WHERE p.authority > 0 AND p.boost_of IS NULL AND p.text IS NOT NULL
ORDER BY p.author, p.post
"""

# Nobody can read these texts again: what was found in them stays.
_NOT_KEPT: Final = "SELECT post FROM texts_not_kept JOIN posts USING (post) WHERE posts.text IS NULL"

_OWN_SITES: Final = """
WITH linked AS (
    SELECT author, regexp_extract(lower(link), '^https?://(?:www\\.)?([^/:?#]+)', 1) AS site
    FROM (SELECT author, unnest(links) AS link FROM posts
          WHERE authority > 0 AND boost_of IS NULL AND reply_to IS NULL)
)
SELECT author, site FROM linked WHERE site <> '' AND NOT list_contains(?, site)
GROUP BY author, site
QUALIFY count(*) >= 5 AND count(*) >= ? * sum(count(*)) OVER (PARTITION BY author)
"""


def derive_ties(store: Store, announce: Announce) -> None:
    """Bring `interactions` and `tie_days` up to date; costs next to nothing if nothing changed.

    Parameters
    ----------
    store
        An open PLN file.
    announce
        Told what is being done, where it takes more than a moment.
    """
    version = store.data_version()
    if store.remembered("ties", version) is None:
        announce("counting who wrote to whom …")
        # A collection that asks for the strongest ties has less of both.
        roomy = database_settings(store, memory_limit=MEMORY_LIMIT, preserve_insertion_order="true")
        with roomy, who_is_who(store), store.transaction():
            _derive_ties(store)
            store.remember("ties", version, {})


def derive_acts(store: Store, announce: Announce) -> None:
    """Bring `acts` up to date; costs next to nothing if neither data nor rules changed."""
    # What a text does is the same whoever its author is linked to.
    version = f"{store.sources_version()} {packs_version()}"
    if store.remembered("acts", version) is None:
        announce("reading the posts for questions, answers and thanks …")
        with store.transaction():
            _derive_acts(store)
            store.remember("acts", version, {})


def acts_version(store: Store) -> str:
    """A value that changes whenever the data or the rules that read texts do."""
    return f"{store.data_version()} {packs_version()}"


def packs_version() -> str:
    """The versions of all rules that read texts."""
    from plnmap.acts import PACKS

    return " ".join([*(pack.version for pack in PACKS.values()), f"threads {VERSION}"])


def _derive_ties(store: Store) -> None:
    for record, sql in _ties_in_sql().items():
        _replace(store, record, sql)


@cache
def _ties_in_sql() -> dict[Record, str]:
    """The same for every file, and composing it takes longer than running it on a small one."""
    import ibis

    from plnmap.interactions import interactions, messages_between
    from plnmap.ties import tie_days

    posts, reactions, messages, acts = map(_unbound, (Post, Reaction, DirectMessageDay, Interaction))
    resolutions = ibis.table(RESOLUTION_TYPES, name="resolutions")
    acted = interactions(posts, reactions, resolutions)
    between = messages_between(messages, resolutions)
    return {
        # With the names beside them, an export need not join and then sort all rows again.
        Interaction: with_handles(str(ibis.to_sql(acted, dialect="duckdb"))),
        TieDay: str(ibis.to_sql(tie_days(acts, between), dialect="duckdb")),
    }


def _unbound(record: Record) -> Any:
    """A table of the file by its schema alone: an Ibis connection would change settings of ours."""
    import ibis

    schema = table(record)
    return ibis.table(
        {column.name: _IBIS_TYPES[column.sql_type] for column in schema.columns}, name=schema.name
    )


def _derive_acts(store: Store) -> None:
    from plnmap.acts import Text, author_language, language_covered, tag

    own_sites = defaultdict(set)
    for author, site in store.rows(_OWN_SITES, [list(_NO_SITE_OF_ONES_OWN), OWN_SITE_SHARE]):
        own_sites[author].add(site)
    rows = store.rows(_TEXTS)
    unstated = defaultdict(list)
    for _, author, text, lang, *_ in rows:
        if lang is None:
            unstated[author].append(text)
    languages = {author: author_language(texts) for author, texts in unstated.items()}
    # fmt: off
    texts = [  # what stands above a post comes last, in the order of `Text`
        Text(
            post, text, lang or languages[author], is_reply, n_handles, links, hashtags,
            frozenset(own_sites[author]), *above,
        )
        for post, author, text, lang, is_reply, n_handles, links, hashtags, *above in rows
    ]
    # fmt: on
    read_in = [TextLanguage(text.post, text.lang, language_covered(text.lang)) for text in texts]
    for record, found in ((TextLanguage, read_in), (Act, tag(texts, ask_models=False))):
        store.connection.execute(f"DELETE FROM {table(record).name} WHERE post NOT IN ({_NOT_KEPT})")
        if found:
            store.insert(table(record).name, as_arrow(record, found))
    store.connection.execute("DELETE FROM acts WHERE starts_with(rule, 'thread.')")
    store.connection.execute(f"INSERT INTO acts BY NAME {THREAD_THANKS}")


def _replace(store: Store, record: Record, sql: str) -> None:
    schema = table(record)
    store.connection.execute(f"DELETE FROM {schema.name}")
    store.connection.execute(
        f"INSERT INTO {schema.name} BY NAME SELECT * FROM ({sql}) ORDER BY {', '.join(schema.key)}"
    )
