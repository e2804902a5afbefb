"""The PLN file: one DuckDB file that holds everything, opened, read and written here.

All times in the file are UTC, stored as TIMESTAMP without a zone.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from plnmap.errors import BadData, FileUnavailable, PlnmapError, UsageError
from plnmap.model import Record, Source, Table, table
from plnmap.schema import MERGES, MIGRATIONS, Merge

if TYPE_CHECKING:
    import pyarrow as pa

LOCK_WAIT_SECONDS: Final = 30.0
IMPORT_MEMORY_LIMIT: Final = "100MB"
"""Beyond this DuckDB spills to disk, so that an import of any size stays small."""

_NO_SUCH_PLACE: Final = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP)


class Store:
    """An open PLN file. Made by `open_store`, which closes it.

    Attributes
    ----------
    path
        The file; None for one in memory.
    connection
        The DuckDB connection, for reading.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self.connection = connection
        self.path = path

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples."""
        with _explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside lands together or, on any error, not at all."""
        with _explained(self.path):
            self.connection.begin()
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
        if not rows:
            return
        staged = f"staged_{table(record).name}"
        self.connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {staged} AS SELECT * FROM {table(record).name} LIMIT 0"
        )
        self.insert(staged, as_arrow(record, rows))

    def insert(self, name: str, batch: pa.Table) -> None:
        """Append an Arrow table by column name."""
        # DuckDB finds `batch` among the local variables; one that is registered
        # would be kept in memory until the transaction ends.
        self.connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM batch")

    def staged_posts(self) -> int:
        """How many different posts were put aside, copies inside other people's posts left out."""
        if not self._has("staged_posts"):
            return 0
        ((posts,),) = self.rows("SELECT count(DISTINCT post) FROM staged_posts WHERE authority > 0")
        return int(posts)

    def staged_account(self, account: str) -> bool:
        """Whether anything put aside is by, or about, this account."""
        looked_at = {
            "staged_posts": "? IN (author, reply_to, boost_of, quote_of) OR list_contains(mentions, ?)",
            "staged_reactions": "? IN (actor, author)",
            "staged_follows": "? IN (source, target)",
            "staged_handles": "split_part(account, ':', 1) || ':@' || lower(handle) = ? OR account = ?",
        }
        return any(
            self.rows(f"SELECT 1 FROM {staged} WHERE {where} LIMIT 1", [account] * where.count("?"))
            for staged, where in looked_at.items()
            if self._has(staged)
        )

    def merge_staged(self, origin: str) -> dict[str, int]:
        """Merge what was staged into the file; call within a transaction.

        Parameters
        ----------
        origin
            Key of the source the staged records came from.

        Returns
        -------
        dict
            Table name → rows the file did not have before.
        """
        new = {}
        for record, merge in MERGES.items():
            schema = table(record)
            staged = f"staged_{schema.name}"
            if not self._has(staged):
                continue
            if merge.per_source:
                new[schema.name] = self._replace(schema.name, staged, merge, origin)
            else:
                new[schema.name] = self._merge(schema, staged, merge)
            self.connection.execute(f"DROP TABLE {staged}")
        return new

    def _replace(self, name: str, staged: str, merge: Merge, origin: str) -> int:
        """Put what a source says in place of what it said when it was read before."""
        before = self._count(name)
        self.connection.execute(f"UPDATE {staged} SET origin = ?", [origin])
        self.connection.execute(f"DELETE FROM {name} WHERE origin = ?", [origin])
        self.connection.execute(
            f"INSERT INTO {name} BY NAME WITH pool AS (SELECT * FROM {staged}) {merge.sql}"
        )
        return self._count(name) - before

    def _merge(self, schema: Table, staged: str, merge: Merge) -> int:
        """Merge with what other sources say of the same keys."""
        name = schema.name
        same = " AND ".join(f"kept.{key} IS NOT DISTINCT FROM fresh.{key}" for key in schema.key)
        before = self._count(name)
        held = f"SELECT kept.* FROM {name} AS kept SEMI JOIN {staged} AS fresh ON {same}"
        self.connection.execute(
            f"CREATE TEMP TABLE fresh AS WITH pool AS "
            f"(SELECT * FROM {staged} {f'UNION ALL {held}' if before else ''}) {merge.sql}"
        )
        if before:
            self.connection.execute(f"DELETE FROM {name} AS kept USING fresh WHERE {same}")
        self.connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM fresh")
        self.connection.execute("DROP TABLE fresh")
        return self._count(name) - before

    def _has(self, name: str) -> bool:
        return bool(self.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [name]))

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
            "SELECT md5(coalesce(string_agg(concat_ws(' ', source, owner, reader_version, other_side), ',' "
            "ORDER BY source), '')) FROM sources"
        )
        return str(version)

    def remembered(self, name: str, version: str) -> Any | None:
        """A result computed earlier from the same data and rules, or None."""
        found = self.rows("SELECT content FROM computed WHERE name = ? AND version = ?", [name, version])
        return json.loads(found[0][0]) if found else None

    def remember(self, name: str, version: str, content: Any) -> None:
        """Keep a computed result; an older one of the same name is replaced. Call within a transaction."""
        self.connection.execute("DELETE FROM computed WHERE name = ?", [name])
        self.connection.execute("INSERT INTO computed VALUES (?, ?, ?)", [name, version, json.dumps(content)])


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
        "TIMESTAMP": pa.timestamp("us", tz="UTC"),
        "DATE": pa.date32(),
        "VARCHAR[]": pa.list_(pa.string()),
        "BLOB": pa.binary(),
    }
    columns = {}
    for column, values in zip(table(record).columns, zip(*rows, strict=True), strict=True):
        array = pa.array(values, type=types[column.sql_type])
        if array.null_count and not column.nullable:
            raise ValueError(f"{table(record).name}.{column.name} holds a null")
        columns[column.name] = array.cast(pa.timestamp("us")) if column.sql_type == "TIMESTAMP" else array
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
        _interruptible(),
        _place(path, create, wait_seconds) as (place, made),
        _opened(path, place, made, wait_seconds) as store,
    ):
        yield store


@contextmanager
def _place(path: Path | None, create: bool, wait_seconds: float) -> Iterator[tuple[Path | None, bool]]:
    """Where to open a PLN file, and whether it is new there."""
    with _explained(path):
        is_there = path is not None and path.exists()
    if path is None or (is_there and (create or _may_write(path))):
        yield path, False
    elif is_there:
        with tempfile.TemporaryDirectory(prefix="plnmap-") as folder:
            yield _copy(path, Path(folder), wait_seconds), False
    elif create:
        unmade = [parent for parent in path.parents if not parent.exists()]
        try:
            with _explained(path):
                path.parent.mkdir(parents=True, exist_ok=True)
            yield path, True
        finally:
            # A folder that holds something stays.
            for parent in unmade:
                with suppress(OSError):
                    parent.rmdir()
    else:
        raise UsageError(
            f"there is no PLN file at {path}",
            hint="import an archive first: plnmap import ARCHIVE.zip   (or see it work: plnmap demo)",
        )


def _may_write(path: Path) -> bool:
    # DuckDB puts its log beside the file.
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _copy(path: Path, folder: Path, wait_seconds: float) -> Path:
    # Held open meanwhile, so that nobody writes into what is being copied.
    with _explained(path), _connect(path, wait_seconds, read_only=True):
        for each in (path, _log(path)):
            if each.exists():
                shutil.copyfile(each, folder / each.name)
    return folder / path.name


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


@contextmanager
def _opened(path: Path | None, place: Path | None, made: bool, wait_seconds: float) -> Iterator[Store]:
    """The file at a place, under the name the user knows."""
    with _explained(path):
        connection = _connect(place, wait_seconds)
    is_empty = False
    try:
        with _explained(path):
            connection.execute("SET TimeZone = 'UTC'")
            # On a query of over two seconds DuckDB would draw a bar onto stdout, which is for data.
            connection.execute("SET enable_progress_bar = false")
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
        with _explained(path):
            connection.close()
        if is_empty and place is not None:
            for each in (place, _log(place)):
                each.unlink(missing_ok=True)


@contextmanager
def little_memory(store: Store) -> Iterator[None]:
    """Keep DuckDB small for as long as this lasts: it spills to disk instead."""
    # Each thread holds memory of its own, and reading takes far longer than DuckDB's part.
    small = {"memory_limit": IMPORT_MEMORY_LIMIT, "threads": "1", "preserve_insertion_order": "false"}
    before = {name: store.rows(f"SELECT current_setting('{name}')::VARCHAR")[0][0] for name in small}
    try:
        for name, value in small.items():
            store.connection.execute(f"SET {name} = '{value}'")
        yield
    finally:
        # RESET would change what the setting says and not the limit that holds.
        for name, value in before.items():
            store.connection.execute(f"SET {name} = '{value}'")


def _connect(path: Path | None, wait_seconds: float, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    give_up = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(
                ":memory:" if path is None else str(path),
                read_only=read_only,
                config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
            )
        except duckdb.IOException as exc:
            if not _is_lock(exc) or time.monotonic() >= give_up:
                raise
            time.sleep(0.1)


def _migrate(store: Store) -> None:
    tables = {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")}
    if tables and "schema_version" not in tables:
        raise BadData(
            f"{store.path} is a DuckDB file, but not a PLN file", hint="name another with --pln FILE"
        )
    version = store.rows("SELECT version FROM schema_version")[0][0] if tables else 0
    if version > len(MIGRATIONS):
        raise UsageError(
            f"{store.path} was made by a newer plnmap (format {version}; this one knows {len(MIGRATIONS)})",
            hint="upgrade plnmap",
        )
    if version == len(MIGRATIONS):
        return
    with store.transaction():
        for step in MIGRATIONS[version:]:
            for statement in step():
                store.connection.execute(statement)
        store.connection.execute(
            "CREATE OR REPLACE TABLE schema_version AS SELECT ? AS version", [len(MIGRATIONS)]
        )


def _is_lock(exc: duckdb.Error) -> bool:
    # DuckDB raises the same class for a lock, a missing file and a full disk.
    return "Could not set lock" in str(exc)


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    """Turn what DuckDB and the system say about the file into our own errors."""
    try:
        yield
    except duckdb.Error as exc:
        explained = _explain(exc, path)
        if explained is None:
            raise
        raise explained from exc
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise FileUnavailable(f"no space left for {path}", hint="free some space and try again") from exc
        named = exc.filename or path
        if exc.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise FileUnavailable(
                f"{named} may not be opened", hint="choose another with --pln FILE"
            ) from exc
        if exc.errno in _NO_SUCH_PLACE:
            raise UsageError(
                f"there can be no file {named}: {exc.strerror}", hint="choose another with --pln FILE"
            ) from exc
        raise


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C: DuckDB raises it as an error of its own."""
    try:
        yield
    except duckdb.InterruptException as exc:
        raise KeyboardInterrupt from exc
    except RuntimeError as exc:
        if isinstance(exc.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from exc
        raise


def _explain(exc: duckdb.Error, path: Path | None) -> PlnmapError | None:
    said = str(exc)
    if _is_lock(exc):
        holder = re.search(r"PID (\d+)", said)
        who = f"process {holder[1]}" if holder else "another process"
        return FileUnavailable(
            f"{path} is in use by {who}", hint="wait until it is done, or end it, and try again"
        )
    if re.search(
        r"No space left|Could not write|File too large|Disk quota|write to file .* failed", said, re.I
    ):
        return FileUnavailable(
            f"the disk is full: {path} could not be written",
            hint="nothing was changed; free some space and try again",
        )
    if re.search(r"Permission denied|read-only", said, re.I):
        return FileUnavailable(f"{path} may not be opened for writing", hint="choose another with --pln FILE")
    if re.search(
        r"not a valid DuckDB|checksum|[Cc]orrupt|Is a directory|serializ|not read enough bytes", said
    ):
        return BadData(f"{path} is not a PLN file, or is damaged", hint="name another with --pln FILE")
    if isinstance(exc, duckdb.IOException):
        return FileUnavailable(f"{path} cannot be used: {said}", hint="choose another with --pln FILE")
    return None
