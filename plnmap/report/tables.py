"""The tables that leave the PLN file, laid out beside it with the columns of `plnmap.report.codebook`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from plnmap.analysis.derived import Announce, derive_acts, derive_ties
from plnmap.analysis.egos import DIRECTORY, called, with_handles
from plnmap.analysis.ledger import ledger
from plnmap.analysis.own_word import events, said_labels
from plnmap.model import (
    WEIGHT_UNITS,
    Coverage,
    Episode,
    Event,
    FunctionScore,
    HeldRole,
    Label,
    Person,
    Record,
    Tie,
    TieDay,
    table,
)
from plnmap.report.codebook import EXPORTED, IDS
from plnmap.statements import quoted
from plnmap.store import Store

if TYPE_CHECKING:
    import networkx as nx

    from plnmap.analysis.people import Network

# What has no time of its own belongs to whoever goes by the handle today.
_NOW: Final = "(SELECT reference, account FROM resolutions WHERE valid_to IS NULL)"

_POST_ID: Final = "substr(post, strpos(post, ':') + 1)"

# Whole ranges instead of an OR: the latter makes DuckDB compare every post with every handle.
_HOLDERS: Final = """(
    SELECT reference, account, coalesce(valid_from, '-infinity') AS since,
           coalesce(valid_to, 'infinity') AS until
    FROM resolutions
)"""

_OWNERS: Final = f"""
SELECT coalesce(held.account, owner) AS account, bool_or(NOT other_side) AS is_ego
FROM sources LEFT JOIN {_NOW} AS held ON held.reference = owner WHERE owner IS NOT NULL GROUP BY 1
"""

_ACTS: Final = f"""
SELECT {_POST_ID} AS post_id, coalesce(held.account, author) AS author, act, object, score, rule,
       split_part(post, ':', 1) AS platform, happened_at AS "at", at_precision
FROM acts JOIN posts USING (post) LEFT JOIN {_HOLDERS} AS held
    ON author = reference
    AND coalesce(happened_at, '9999-12-31') >= since AND coalesce(happened_at, '9999-12-31') < held.until
WHERE {{until}}
"""

# The directory has those of all interactions.
_ACCOUNTS: Final = f"""
WITH directory AS ({DIRECTORY}), owners AS ({_OWNERS}), everyone AS (
    SELECT account FROM directory UNION SELECT account FROM owners
    UNION SELECT source FROM tie_days WHERE n_dm > 0 UNION SELECT target FROM tie_days WHERE n_dm > 0
    UNION SELECT account FROM exported_coverage UNION SELECT author FROM exported_acts
    UNION SELECT account FROM exported_people UNION SELECT account FROM exported_labels
    UNION SELECT person FROM persons
)
SELECT account, split_part(account, ':', 1) AS platform,
       {called("account", "handle")} AS handle, display_name,
       coalesce(is_ego, false) AS is_ego, is_ego IS NOT NULL AS has_archive, followers, following
FROM everyone LEFT JOIN directory USING (account) LEFT JOIN owners USING (account)
"""

_INTERACTIONS: Final = f"""
SELECT *, happened_at AS "at", {_POST_ID} AS post_id, weight_units / {WEIGHT_UNITS} AS weight
FROM interactions
WHERE {{until}}
"""

_FOLLOWS: Final = f"""
SELECT coalesce(one.account, seen.source) AS source, coalesce(other.account, seen.target) AS target,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen
FROM follows AS seen LEFT JOIN {_NOW} AS one ON one.reference = seen.source
LEFT JOIN {_NOW} AS other ON other.reference = seen.target
WHERE coalesce(one.account, seen.source) <> coalesce(other.account, seen.target)
GROUP BY 1, 2
"""

_HANDLES_OF_PEOPLE: Final = f"""
SELECT coalesce(held.account, seen.account) AS account, handle, min(first_seen) AS first_seen,
       max(last_seen) AS last_seen
FROM handles AS seen LEFT JOIN {_NOW} AS held ON held.reference = seen.account GROUP BY ALL
"""

_EPISODES: Final = """
SELECT *, substr(asked_post, strpos(asked_post, ':') + 1) AS asked_post_id,
       substr(answer_post, strpos(answer_post, ':') + 1) AS answer_post_id,
       substr(thanked_post, strpos(thanked_post, ':') + 1) AS thanked_post_id
FROM exported_found
"""

# `plnmap.ties.ties` in SQL, and a test that they agree: to load Ibis takes longer than all of this.
_SUMS: Final = ", ".join(f"sum({name}) AS {name}" for name in TieDay._fields[3:])
_PAIRS: Final = f"""
SELECT source, target, count(*) FILTER (contact) AS days, min(day) FILTER (contact) AS first_day,
       max(day) FILTER (contact) AS last_day, count(*) FILTER (attention) AS attention_days,
       count(DISTINCT floor((day - DATE '1970-01-01') / 30)) FILTER (contact) AS active_bins,
       {_SUMS}
FROM (
    SELECT *, day IS NOT NULL AND n_reply + n_mention + n_quote + n_dm > 0 AS contact,
           day IS NOT NULL AND n_boost + n_favourite > 0 AS attention
    FROM tie_days WHERE {{until}}
) GROUP BY source, target
"""

_TIES: Final = with_handles(f"SELECT *, weight_units / {WEIGHT_UNITS} AS weight FROM exported_pairs")

_SOURCES: Final = f"""
SELECT sources.* REPLACE (coalesce(held.account, owner) AS owner)
FROM sources LEFT JOIN {_NOW} AS held ON held.reference = owner
"""

# A number, or a number on a server. Other ids are addresses or references, and those hold handles.
_IDS: Final = """
SELECT DISTINCT split_part(key, ':', 1) AS platform, substr(key, strpos(key, ':') + 1) AS {id},
       NOT regexp_full_match(key, 'twitter:[0-9]+|mastodon:[[:alnum:].-]+:[0-9]+') AS holds_a_handle
FROM ({keys})
"""

_IDS_OF_POSTS: Final = _IDS.format(
    id="post_id", keys="SELECT post AS key FROM posts UNION ALL SELECT post FROM reactions"
)
_IDS_OF_ACCOUNTS: Final = _IDS.format(
    id="account_id",
    keys=f"SELECT account AS key FROM ({DIRECTORY}) UNION ALL SELECT account FROM handles "
    "UNION ALL SELECT account FROM accounts",
)

WHO_TO_WHOM: Final = ("interactions", "ties")
"""Tables that rest on no other: `lay_out_ties` lays them out. They are the longest by far."""

IN_ORDER: Final = ("interactions",)
"""Tables laid out in the order of their key: nobody need sort them, which takes a third of the writing.

DuckDB keeps the order of rows that come from a single table of the file, and `derive_ties` sorts what it
puts there.
"""

_READ_OFTEN: Final = ("acts", "accounts", "follows")
"""Tables from which several others are made; the others are made as they are written."""

ROWS_AT_ONCE: Final = 256
"""So many records go to DuckDB by column at once."""

_DESCRIBED: Final = {each.name: each for each in (*EXPORTED, *IDS)}


def lay_out(
    store: Store, networks: Sequence[Network], *, announce: Announce, as_of: date | None = None
) -> None:
    """Lay out every table of `EXPORTED` under the name ``exported_…``; gone when the file is closed.

    Parameters
    ----------
    store
        An open PLN file.
    networks
        The egos' networks: their people, roles, functions and help episodes fill
        ``exported_people``, ``exported_roles``, ``exported_functions`` and ``exported_episodes``.
    announce
        Told what is being done, where it takes more than a moment.
    as_of
        Leave out interactions, ties and acts after this UTC day, and those without a date. Accounts,
        follows, coverage, sources, handles and the user's own word are what the file knows today.
    """
    derive_ties(store, announce)
    lay_out_ties(store, as_of=as_of)
    lay_out_rest(store, networks, announce=announce, as_of=as_of)


def lay_out_ties(store: Store, *, as_of: date | None = None) -> None:
    """Lay out those of `WHO_TO_WHOM`, and no other table; see `lay_out`. Ties are to be derived before."""
    queries = {
        "pairs": _PAIRS.format(until=_until("day", as_of)),
        "ties": _TIES,
        "interactions": _INTERACTIONS.format(until=_until("happened_at::DATE", as_of)),
    }
    _lay_all(store, queries)


def lay_out_rest(
    store: Store, networks: Sequence[Network], *, announce: Announce, as_of: date | None = None
) -> None:
    """Lay out all but those of `WHO_TO_WHOM`; see `lay_out`. Ties are to be derived before."""
    # Loads all rules that read texts, as do the settings.
    from plnmap.analysis.help.episodes import episodes

    derive_acts(store, announce)
    _put(store, "people", Person, [person for network in networks for person in network.people])
    _put(store, "roles", HeldRole, [role for network in networks for role in network.held_roles])
    _put(store, "functions", FunctionScore, [score for network in networks for score in network.functions])
    found = [
        each
        for network in networks
        if network.as_of
        for each in episodes(store, network.ego, network.as_of, network.settings.episodes)
    ]
    _put(store, "found", Episode, found)
    _put(store, "coverage", Coverage, ledger(store))
    owners = [owner for (owner,) in store.rows(f"SELECT account FROM ({_OWNERS}) WHERE is_ego ORDER BY ALL")]
    _put(store, "labels", Label, [label for ego in owners for label in said_labels(store, ego)])
    _put(store, "events", Event, [event for ego in owners for event in events(store, ego)])
    # Whoever is named in any of the others is to be found among the accounts.
    queries = {
        "acts": _ACTS.format(until=_until("happened_at::DATE", as_of)),
        "accounts": _ACCOUNTS,
        "episodes": _EPISODES,
        "follows": _FOLLOWS,
        "sources": _SOURCES,
        "handles": _HANDLES_OF_PEOPLE,
        "links": "SELECT account, person FROM persons WHERE account <> person",
    }
    _lay_all(store, queries)


def lay_out_ids(store: Store, *, announce: Announce) -> dict[str, int]:
    """Lay out the tables of `IDS` as `lay_out` does those of `EXPORTED`.

    An id that is no number, such as the address of a post on Mastodon, holds somebody's handle, and
    stays out.

    Returns
    -------
    dict
        Table name → how many stayed out.
    """
    derive_ties(store, announce)
    left_out = {}
    for name, query in {"ids_of_posts": _IDS_OF_POSTS, "ids_of_accounts": _IDS_OF_ACCOUNTS}.items():
        store.rows(f"CREATE OR REPLACE TEMP TABLE known_{name} AS {query}")
        _lay(store, name, f"FROM known_{name} WHERE NOT holds_a_handle", kind="VIEW")
        ((left_out[name],),) = store.rows(f"SELECT count(*) FROM known_{name} WHERE holds_a_handle")
    return left_out


def network_graph(store: Store, network: Network) -> nx.DiGraph[str]:
    """The graph of a network, from what `lay_out` laid out."""
    from plnmap.graph import Profile, build_graph

    ties = store.rows(f"SELECT {', '.join(Tie._fields)} FROM exported_pairs")
    profiles = store.rows("SELECT account, handle, display_name FROM exported_accounts")
    return build_graph(
        [Tie(*row) for row in ties],
        profiles=[Profile(*row) for row in profiles],
        people=network.people,
        follows=[
            (source, target) for source, target in store.rows("SELECT source, target FROM exported_follows")
        ],
        ego=network.ego.account,
        as_of=network.as_of,
    )


def _until(day: str, as_of: date | None) -> str:
    return "true" if as_of is None else f"{day} <= DATE '{as_of.isoformat()}'"


def _lay_all(store: Store, queries: Mapping[str, str]) -> None:
    for name, query in queries.items():
        _lay(store, name, query, kind="TABLE" if name in _READ_OFTEN else "VIEW")


def _lay(store: Store, name: str, query: str, *, kind: str) -> None:
    store.rows(f"CREATE OR REPLACE TEMP {kind} exported_{name} AS SELECT {_columns(name)} FROM ({query})")


def _columns(name: str) -> str:
    """The columns of a table in their order and type: DuckDB's sums, for one, are wider than they need be."""
    columns = table(Tie).columns if name == "pairs" else _DESCRIBED[name].columns
    return ", ".join(f'"{column.name}"::{column.sql_type} AS "{column.name}"' for column in columns)


def _put(store: Store, name: str, record: Record, rows: Sequence[tuple[Any, ...]]) -> None:
    """Lay out records by way of a file: to hand them over in memory loads pandas, which takes longer."""
    import msgspec

    columns = table(record).columns
    names = [column.name for column in columns]
    types = ", ".join(f"{column.name}: '{column.sql_type}[]'" for column in columns)
    # What was computed just now holds texts and truths of numpy's.
    encoder = msgspec.json.Encoder(enc_hook=methodcaller("item"))
    # A line has some rows by column: to name each value takes twice as long.
    batches = [
        dict(zip(names, zip(*rows[first : first + ROWS_AT_ONCE], strict=True), strict=True))
        for first in range(0, len(rows), ROWS_AT_ONCE)
    ]
    with TemporaryDirectory(prefix="plnmap-") as folder:
        lines = Path(folder, "rows.json")
        lines.write_bytes(encoder.encode_lines(batches))
        store.rows(
            f"CREATE OR REPLACE TEMP TABLE exported_{name} AS "
            f"SELECT {', '.join(f'unnest({each}) AS {each}' for each in names)} "
            f"FROM read_json({quoted(str(lines))}, format = 'nd', columns = {{{types}}})"
        )
