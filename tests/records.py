"""Small records for tests: only what a test is about has to be named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from plnmap.model import Account, Coverage, Handle, Post, Source
from plnmap.store import Store, open_store


def at(day: str, time: str = "12:00:00") -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(f"{day}T{time}+00:00").astimezone(UTC)


def post(number: int | str, author: str, day: str | None = "2020-01-01", **fields: Any) -> Post:
    """A post by `author`; everything else is empty unless named."""
    defaults: dict[str, Any] = {
        "post": f"twitter:{number}",
        "author": author,
        "happened_at": at(day) if day else None,
        "at_precision": "second" if day else None,
        "text": f"post {number}",
        "lang": "en",
        "mentions": [],
        "n_handles": 0,
        "links": [],
        "hashtags": [],
        "authority": 2,
    }
    empty: dict[str, Any] = dict.fromkeys(Post._fields)
    return Post(**(empty | defaults | fields))


def handle(account: str, name: str, first: str = "2020-01-01", last: str = "2020-12-31") -> Handle:
    """A handle and when it was seen."""
    return Handle(account, name, at(first), at(last))


def account(key: str, name: str | None = None, seen: str = "2020-01-01", **fields: Any) -> Account:
    """What one source knew of an account."""
    empty: dict[str, Any] = dict.fromkeys(Account._fields)
    return Account(**(empty | {"account": key, "display_name": name, "seen_at": at(seen)} | fields))


def source(key: str = "a" * 64, owner: str | None = "twitter:1", **fields: Any) -> Source:
    """An imported archive."""
    defaults: dict[str, Any] = {
        "source": key,
        "name": "archive.zip",
        "kind": "x_archive",
        "platform": "twitter",
        "owner": owner,
        "retrieved_at": at("2021-01-01"),
        "retrieved_from": "manifest",
        "reader_version": 1,
        "posts": 0,
        "skipped": 0,
        "skip_reasons": "{}",
        "other_side": False,
        "imported_at": at("2022-01-01"),
    }
    return Source(**(defaults | fields))


def covered(key: str, first: str = "2019-01-01", last: str = "2021-01-01") -> list[Coverage]:
    """Coverage as an archive gives it: everything outgoing, nothing incoming."""
    kinds = ("reply", "mention", "quote", "boost")
    out = [Coverage(key, kind, "out", "complete", at(first), at(last), None, None, "") for kind in kinds]
    unseen = "others' posts are not in an archive"
    return out + [Coverage(key, kind, "in", "none", None, None, None, None, unseen) for kind in kinds]


_EMPTY: Final[list[tuple[AbstractContextManager[Store], Store]]] = []
"""PLN files in memory that nobody uses at the moment, each with what would close it."""


@contextmanager
def in_memory() -> Iterator[Store]:
    """An empty PLN file in memory, used before if one is free: to make its tables takes long."""
    if _EMPTY:
        opened, store = _EMPTY.pop()
    else:
        opened = open_store(None)
        store = opened.__enter__()
    # After an error nobody knows what state it is in, and nobody uses it again.
    yield store
    held = store.rows(
        "SELECT table_name, temporary FROM duckdb_tables() "
        "WHERE table_name <> 'schema_version' AND (temporary OR estimated_size > 0)"
    )
    views = store.rows("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal")
    with store.transaction():
        for (name,) in views:
            store.connection.execute(f"DROP VIEW temp.{name}")
        for name, temporary in held:
            store.connection.execute(f"DROP TABLE temp.{name}" if temporary else f"DELETE FROM {name}")
    _EMPTY.append((opened, store))


@contextmanager
def filled(*records: tuple[Any, ...], origin: str = "a" * 64, path: Path | None = None) -> Iterator[Store]:
    """A PLN file, in memory by default, that holds these records as one import."""
    with in_memory() if path is None else open_store(path, create=True) as store:
        put(store, *records, origin=origin)
        yield store


def put(store: Store, *records: tuple[Any, ...], origin: str = "a" * 64) -> None:
    """Import records as one source."""
    by_kind: dict[type[Any], list[tuple[Any, ...]]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record)
    with store.transaction():
        for kind, rows in by_kind.items():
            if kind is Source:
                store.put_source(Source(*rows[0]))
            else:
                store.stage(kind, rows)
        store.merge_staged(origin)
