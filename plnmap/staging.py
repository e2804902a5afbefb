"""An archive into the tables of the PLN file: put aside piece by piece, and merged as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb

from plnmap.model import Record, Table, table
from plnmap.schema import MERGES, Merge
from plnmap.statements import written_out
from plnmap.tombstones import keep_out

if TYPE_CHECKING:
    import pyarrow as pa


class Staged:
    """What was put aside within a transaction, in temporary tables of its own.

    Parameters
    ----------
    connection
        Of the file.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection: Final = connection
        self._tables: set[str] = set()

    def forget(self) -> None:
        """Nothing is put aside: a transaction begins, and what another one put aside went with it."""
        self._tables.clear()

    def put(self, record: Record, batch: pa.Table) -> None:
        """Put records aside; call within a transaction."""
        staged = f"staged_{table(record).name}"
        # DuckDB finds `batch` among the local variables.
        if staged in self._tables:
            self._connection.execute(f"INSERT INTO {staged} BY NAME SELECT * FROM batch")
            return
        self._connection.execute(
            f"CREATE TEMP TABLE {staged} AS "
            f"SELECT * FROM {table(record).name} WHERE FALSE UNION ALL BY NAME SELECT * FROM batch"
        )
        self._tables.add(staged)

    def posts(self) -> int:
        """How many different posts were put aside, copies inside other people's posts left out."""
        if "staged_posts" not in self._tables:
            return 0
        return self._number("SELECT count(DISTINCT post) FROM staged_posts WHERE authority > 0")

    def tells_of(self, account: str) -> bool:
        """Whether anything put aside is by, or about, this account."""
        looked_at = {
            "staged_posts": "? IN (author, reply_to, boost_of, quote_of) OR list_contains(mentions, ?)",
            "staged_reactions": "? IN (actor, author)",
            "staged_follows": "? IN (source, target)",
            "staged_handles": "split_part(account, ':', 1) || ':@' || lower(handle) = ? OR account = ?",
        }
        return any(
            self._connection.execute(
                *written_out(f"SELECT 1 FROM {staged} WHERE {where} LIMIT 1", [account] * where.count("?"))
            ).fetchall()
            for staged, where in looked_at.items()
            if staged in self._tables
        )

    def merge(self, origin: str) -> tuple[dict[str, int], bool]:
        """Merge all of it into the file; call within a transaction.

        Parameters
        ----------
        origin
            Key of the source that the records came from: all that it says.

        Returns
        -------
        tuple
            Table name → rows the file did not have before; and whether somebody purged goes by a handle
            that was not known of them, so that what is kept has to be looked through.
        """
        new = {}
        new_handles = keep_out(self._connection)
        for record, merge in MERGES.items():
            schema = table(record)
            staged = f"staged_{schema.name}"
            if staged not in self._tables:
                continue
            if merge.per_source:
                self._connection.execute(f"UPDATE {staged} SET origin = ?", [origin])
                new[schema.name] = self._replace(schema.name, staged, merge, origin)
            else:
                new[schema.name] = self._merge(schema, staged, merge)
            self._connection.execute(f"DROP TABLE {staged}")
        self._tables.clear()
        return new, new_handles

    def _replace(self, name: str, staged: str, merge: Merge, origin: str) -> int:
        """Put what a source says in place of what it said when it was read before."""
        before = self._number(f"SELECT count(*) FROM {name}")
        self._connection.execute(f"DELETE FROM {name} WHERE origin = ?", [origin])
        self._connection.execute(
            f"INSERT INTO {name} BY NAME WITH pool AS (SELECT * FROM {staged}) {merge.sql}"
        )
        return self._number(f"SELECT count(*) FROM {name}") - before

    def _merge(self, schema: Table, staged: str, merge: Merge) -> int:
        """Merge with what other sources say of the same keys."""
        name = schema.name
        same = " AND ".join(f"kept.{key} = fresh.{key}" for key in schema.key)
        held = f"FROM {name} AS kept SEMI JOIN {staged} AS fresh ON {same}"
        met = self._number(
            f"SELECT EXISTS ({held}) OR (SELECT count(*) FROM {staged}) > "
            f"(SELECT count(*) FROM (SELECT DISTINCT {', '.join(schema.key)} FROM {staged}))"
        )
        if not met:
            # What meets nothing stays as it is, whatever the rule; sorting it would have its price.
            return self._number(f"INSERT INTO {name} BY NAME SELECT * FROM {staged}")
        self._connection.execute(
            f"CREATE TEMP TABLE fresh AS WITH pool AS "
            f"(SELECT * FROM {staged} UNION ALL BY NAME SELECT kept.* {held}) {merge.sql}"
        )
        gone = self._number(f"DELETE FROM {name} AS kept USING fresh WHERE {same}")
        come = self._number(f"INSERT INTO {name} BY NAME SELECT * FROM fresh")
        self._connection.execute("DROP TABLE fresh")
        return come - gone

    def _number(self, sql: str) -> int:
        """The one number that a statement answers with; of a change, how many rows it changed."""
        ((number,),) = self._connection.execute(sql).fetchall()
        return int(number)
