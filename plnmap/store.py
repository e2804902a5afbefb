"""The PLN file: one DuckDB file that holds everything, opened, read and written here.

All times in the file are UTC, stored as TIMESTAMP without a zone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from plnmap.errors import BadData, PlnmapError, UsageError
from plnmap.merging import Pages
from plnmap.model import UNJOINED, DirectMessageDay, Follow, Reaction, Record, Source, table
from plnmap.pln_file import LOCK_WAIT_SECONDS, connect, explained, interruptible, place_of, remove
from plnmap.schema import MERGES, migrations
from plnmap.staging import Staged
from plnmap.statements import written_out
from plnmap.tombstones import KEPT, keep_out

if TYPE_CHECKING:
    import pyarrow as pa

IMPORT_MEMORY_LIMIT: Final = "100MB"
"""Beyond this DuckDB spills to disk, so that an import of any size stays small."""


class Store:
    """An open PLN file. Made by `open_store`, which closes it.

    Attributes
    ----------
    path
        The file; None for one in memory.
    connection
        The DuckDB connection, for reading.
    staged
        What was put aside of an archive, see `stage` and `merge_staged`.
    pages
        Puts pages into it, see `add`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self.connection = connection
        self.path = path
        self.staged = Staged(connection)
        self.pages = Pages(connection)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples."""
        with explained(self.path):
            return self.connection.execute(*written_out(sql, parameters)).fetchall()

    @contextmanager
    def beside(self) -> Iterator[Store]:
        """The open file once more, for another thread: it sees what is committed, and nothing temporary."""
        with explained(self.path):
            cursor = self.connection.cursor()
        with closing(cursor):
            _settle(cursor)
            yield Store(cursor, self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside lands together or, on any error, not at all."""
        with explained(self.path):
            self.connection.begin()
            self.staged.forget()
            try:
                yield
            except BaseException:
                # After Ctrl-C DuckDB may still be computing, and a rollback would wait for it.
                self.connection.interrupt()
                self.connection.rollback()
                raise
            self.connection.commit()

    def stage(self, record: Record, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put records aside for `merge_staged`; call within a transaction."""
        if rows:
            self.staged.put(record, as_arrow(record, rows))

    def insert(self, name: str, batch: pa.Table) -> None:
        """Append an Arrow table by column name."""
        # DuckDB finds `batch` among the local variables; one that is registered
        # would be kept in memory until the transaction ends.
        self.connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM batch")

    def merge_staged(self, origin: str) -> dict[str, int]:
        """Merge what was staged into the file; call within a transaction.

        Parameters
        ----------
        origin
            Key of the source the staged records came from: all that it says.

        Returns
        -------
        dict
            Table name → rows the file did not have before.
        """
        self.pages.forget()
        new, new_handles = self.staged.merge(origin)
        if new_handles:
            self.keep_out()
        return new

    def add(self, origin: str, records: Mapping[Record, Sequence[tuple[Any, ...]]]) -> dict[str, int]:
        """Merge a page into the file, see `plnmap.merging`; call within a transaction.

        Parameters
        ----------
        origin
            Key of the source the page came from. What it said before stays.
        records
            The rows of the page, by the record they are of.

        Returns
        -------
        dict
            Table name → rows the file did not have before.
        """
        batches = {record: as_arrow(record, rows) for record, rows in records.items() if rows}
        new, new_handles = self.pages.put(origin, batches)
        if new_handles:
            self.keep_out()
        return new

    def keep_out(self, *, texts: bool = True) -> None:
        """Take whatever has a tombstone out of what is kept; call within a transaction.

        Parameters
        ----------
        texts
            Whether texts have to be looked through: where somebody was purged.
        """
        self.pages.forget()
        keep_out(self.connection, KEPT, texts=texts)
        # Two rows may have become one: a handle of a vanished account goes by its key.
        for record in (Reaction, Follow, DirectMessageDay):
            schema = table(record)
            self.connection.execute(
                f"CREATE TEMP TABLE fresh AS WITH pool AS (FROM {schema.name}) {MERGES[record].sql}"
            )
            if self._count("fresh") < self._count(schema.name):
                self.connection.execute(f"DELETE FROM {schema.name}")
                self.connection.execute(f"INSERT INTO {schema.name} BY NAME FROM fresh")
            self.connection.execute("DROP TABLE fresh")
        self.connection.execute("DELETE FROM computed")

    def join_parents(self) -> None:
        """Put the post in place of a parent that was known by a server's own id alone.

        Which page shows the parent, and whether before or after the answer, is chance; so this is
        done for all of them, after the last page. Call within a transaction.
        """
        self.connection.execute(
            f"UPDATE posts SET reply_to_post = known.post FROM post_ids AS known "
            f"WHERE reply_to_post = '{UNJOINED}' || known.server || ':' || known.id"
        )
        self.connection.execute(
            "UPDATE posts SET reply_to = parent.author FROM posts AS parent "
            "WHERE posts.reply_to IS NULL AND posts.reply_to_post = parent.post"
        )
        # Who answered whom is known better now.
        self.connection.execute("DELETE FROM computed")

    def _count(self, name: str) -> int:
        ((count,),) = self.rows(f"SELECT count(*) FROM {name}")
        return int(count)

    def source(self, key: str) -> Source | None:
        """The imported source with this SHA-256, if there is one."""
        found = self.rows(f"SELECT {', '.join(Source._fields)} FROM sources WHERE source = ?", [key])
        return Source(*found[0]) if found else None

    def put_source(self, source: Source) -> None:
        """Record a source; what is held about the same file is replaced, and what was computed is stale."""
        self.connection.execute("DELETE FROM sources WHERE source = ?", [source.source])
        self.connection.execute("DELETE FROM computed")
        self.insert("sources", as_arrow(Source, [source]))

    def data_version(self) -> str:
        """A value that changes whenever an import, or a link, changes what analyses may see."""
        linked = self.rows("SELECT account, person FROM links WHERE answer <> 'not_found' ORDER BY account")
        return hashlib.md5(f"{self.sources_version()}{linked or ''}".encode()).hexdigest()

    def sources_version(self) -> str:
        """A value that changes whenever an import does, and with nothing else."""
        ((version,),) = self.rows(
            "SELECT md5(coalesce(string_agg(concat_ws(' ', source, owner, reader_version, other_side, "
            "CASE WHEN starts_with(source, 'collected:') THEN row(retrieved_at, posts) END), ',' "
            "ORDER BY source), '')) FROM sources"
        )
        return str(version)

    def remembered(self, name: str, version: str, kind: Any = Any) -> Any | None:
        """A result computed earlier from the same data and rules, or None.

        Parameters
        ----------
        name, version
            As they were given to `remember`.
        kind
            The type of the result, such as ``list[Episode]``; lists, dicts and plain values if not said.
        """
        found = self.rows("SELECT content FROM computed WHERE name = ? AND version = ?", [name, version])
        if not found:
            return None
        import msgspec

        try:
            return msgspec.json.decode(found[0][0], type=kind)
        except msgspec.ValidationError:
            # Kept by a version to which it meant something else.
            return None

    def remember(self, name: str, version: str, content: Any) -> None:
        """Keep a computed result; an older one of the same name is replaced. Call within a transaction.

        Records are kept as the lists of their values, dates and times as ISO 8601 has them.
        """
        text = json.dumps(content, default=methodcaller("isoformat"))
        self.connection.execute("DELETE FROM computed WHERE name = ?", [name])
        self.connection.execute("INSERT INTO computed VALUES (?, ?, ?)", [name, version, text])


def as_arrow(record: Record, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Records as an Arrow table with the types of the record's schema.

    Raises
    ------
    ValueError
        A column that is never null holds one.
    """
    import pyarrow as pa

    types = {
        "VARCHAR": pa.string(),
        "BIGINT": pa.int64(),
        "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "TIMESTAMP": pa.timestamp("us"),
        "DATE": pa.date32(),
        "VARCHAR[]": pa.list_(pa.string()),
        "BLOB": pa.binary(),
    }
    columns = {}
    for column, values in zip(table(record).columns, zip(*rows, strict=True), strict=True):
        array = pa.array(values, type=types[column.sql_type])
        if array.null_count and not column.nullable:
            raise ValueError(f"{table(record).name}.{column.name} holds a null")
        columns[column.name] = array
    return pa.table(columns)


@contextmanager
def open_store(
    path: Path | None, *, create: bool = False, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[Store]:
    """Open a PLN file and bring its schema up to date.

    A file that may only be read is opened as a temporary copy: everything can be
    computed, and nothing of it is kept. A new file into which nothing was
    imported before an error goes away again, with the folders made for it.

    Parameters
    ----------
    path
        The file; None opens an empty one in memory.
    create
        Whether a file that is not there may be made.
    wait_seconds
        How long to wait for another process that holds the file.

    Raises
    ------
    UsageError
        There is no such file, there can be none of that name, or a newer program made it.
    FileUnavailable
        Another process holds the file, it may not be opened, or the disk is full.
    BadData
        The file is no PLN file.
    KeyboardInterrupt
        Ctrl-C, also where DuckDB wraps it.
    """
    with (
        interruptible(),
        place_of(path, create, wait_seconds) as (place, made),
        _opened(path, place, made, wait_seconds) as store,
    ):
        yield store


@contextmanager
def _opened(path: Path | None, place: Path | None, made: bool, wait_seconds: float) -> Iterator[Store]:
    """The file at a place, under the name the user knows."""
    with explained(path):
        connection = connect(place, wait_seconds)
    is_empty = False
    try:
        with explained(path):
            _settle(connection)
        store = Store(connection, path)
        _migrate(store)
        yield store
    except BaseException:
        # After Ctrl-C DuckDB goes on computing, and whatever comes next would wait for it.
        connection.interrupt()
        if made:
            # Another process may have imported something while this one waited for the file.
            with suppress(duckdb.Error, PlnmapError):
                is_empty = not store.rows("SELECT 1 FROM sources LIMIT 1")
        raise
    finally:
        with explained(path):
            connection.close()
        if is_empty and place is not None:
            remove(place)


def _settle(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET TimeZone = 'UTC'")
    # On a query of over two seconds DuckDB would draw a bar onto stdout, which is for data.
    connection.execute("SET enable_progress_bar = false")


def known_handles(path: Path) -> list[str]:
    """Every handle in a PLN file, the latest seen first; none where it cannot be read at once."""
    # Without parameters: binding one costs ten times what the query does.
    with suppress(duckdb.Error), connect(path, 0, read_only=True) as connection:
        rows = connection.execute(
            "SELECT handle FROM handles GROUP BY handle ORDER BY max(last_seen) DESC, handle"
        ).fetchall()
        return [handle for (handle,) in rows]
    return []


@contextmanager
def database_settings(store: Store, **wanted: str) -> Iterator[None]:
    """Let DuckDB work with other settings than its own for as long as this lasts."""
    before = {name: store.rows(f"SELECT current_setting('{name}')::VARCHAR")[0][0] for name in wanted}
    try:
        for name, value in wanted.items():
            store.connection.execute(f"SET {name} = '{value}'")
        yield
    finally:
        # RESET would change what the setting says and not the limit that holds.
        for name, value in before.items():
            store.connection.execute(f"SET {name} = '{value}'")


@contextmanager
def little_memory(store: Store) -> Iterator[None]:
    """Keep DuckDB small for as long as this lasts: it spills to disk instead."""
    # Each thread holds memory of its own, and reading takes far longer than DuckDB's part.
    with database_settings(
        store, memory_limit=IMPORT_MEMORY_LIMIT, threads="1", preserve_insertion_order="false"
    ):
        yield


def _migrate(store: Store) -> None:
    tables = {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")}
    if tables and "schema_version" not in tables:
        raise BadData(
            f"{store.path} is a DuckDB file, but not a PLN file", hint="name another with --pln FILE"
        )
    version = store.rows("SELECT version FROM schema_version")[0][0] if tables else 0
    steps = migrations()
    if version > len(steps):
        raise UsageError(
            f"{store.path} was made by a newer plnmap (format {version}; this one knows {len(steps)})",
            hint="upgrade plnmap",
        )
    if version == len(steps):
        return
    with store.transaction():
        for step in steps[version:]:
            store.connection.execute(step)
        store.connection.execute(
            "CREATE OR REPLACE TABLE schema_version AS SELECT ? AS version", [len(steps)]
        )
