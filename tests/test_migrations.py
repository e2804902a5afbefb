"""Files of every earlier format are brought up to the present one, and that is what the records say."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from plnmap import model
from plnmap.model import Account, Coverage, table
from plnmap.schema import COLLECTING, MERGES, OWN_WORD, migrations
from plnmap.store import open_store
from tests.records import covered, handle, post, put, source

EGO = "twitter:1"

RELEASED = {
    1: "d93e3a5fe11a92ca",
    2: "3e16fe082c93db18",
    3: "12f414c50e2d4780",
    4: "b3440ca38794333c",
    5: "3ed0c5f9992ae5be",
}
"""Format → begin of the SHA-256 of its step: what files have taken stays as it is."""

STORED = {
    *MERGES, *OWN_WORD, *COLLECTING,
    model.Source, model.Interaction, model.TieDay, model.TextLanguage, model.Act,
}  # fmt: skip


def columns_of(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for name, column, kind in rows:
        found.setdefault(name, {})[column] = kind
    return found


def test_the_steps_make_the_tables_that_the_records_describe() -> None:
    with open_store(None, create=True) as store:
        made = columns_of(store.connection)
    expected = {
        table(record).name: {column.name: column.sql_type for column in table(record).columns}
        | ({"origin": "VARCHAR"} if record in (Account, Coverage) else {})
        for record in STORED
    }
    views = {"resolutions", "authored", "handle_turns", "persons"}
    assert {name: made[name] for name in made.keys() - views - {"computed", "schema_version"}} == expected


def test_a_released_step_stays_as_it_is() -> None:
    digests = {n: hashlib.sha256(step.encode()).hexdigest()[:16] for n, step in enumerate(migrations(), 1)}
    assert digests == RELEASED


@pytest.mark.parametrize("version", range(1, len(migrations())))
def test_a_file_of_an_earlier_format_keeps_what_it_holds_and_takes_what_comes(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        for step in migrations()[:version]:
            old.execute(step)
        old.execute("CREATE TABLE schema_version AS SELECT ? AS version", [version])
        old.execute("INSERT INTO posts BY NAME SELECT 'twitter:7' AS post, 'twitter:1' AS author")
        old.execute("INSERT INTO accounts BY NAME SELECT 'twitter:1' AS account, 'Ego' AS display_name")
    with open_store(path) as store:
        assert store.rows("FROM schema_version") == [(len(migrations()),)]
        assert store.rows("SELECT post, author FROM posts") == [("twitter:7", "twitter:1")]
        assert store.rows("SELECT display_name, posts FROM accounts") == [("Ego", None)]
        brought_up = columns_of(store.connection)
        put(store, source(owner=EGO), *covered(EGO), handle(EGO, "ego"), post(8, EGO, "2020-01-01"))
        assert store.rows("SELECT count(*) FROM posts") == [(2,)]
    with open_store(None, create=True) as new:
        assert brought_up == columns_of(new.connection)
