"""The PLN file: merging does not depend on order, what fails leaves nothing, errors say what to do."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.errors import BadData, FileUnavailable, UsageError
from plnmap.model import Account, Follow, Handle, Post, Reaction, table
from plnmap.pln_file import rewrite
from plnmap.schema import MERGES, migrations
from plnmap.store import Store, as_arrow, open_store
from tests.records import account, at, covered, filled, handle, in_memory, post, put, source

days = st.integers(1, 28).map(lambda day: at(f"2020-03-{day:02}"))
maybe_days = st.one_of(st.none(), days)
accounts = st.sampled_from(["twitter:1", "twitter:2", "twitter:@ada"])
texts = st.sampled_from([None, "", "short", "a longer text", "a lönger text"])
records = st.one_of(
    st.builds(
        lambda number, **fields: post(number, fields.pop("author"), **fields),
        st.integers(1, 4),
        author=accounts,
        text=texts,
        reply_to=st.one_of(st.none(), accounts),
        authority=st.integers(0, 2),
        mentions=st.lists(accounts, max_size=2),
    ),
    st.builds(
        Handle,
        st.sampled_from(["twitter:1", "twitter:2"]),
        st.sampled_from(["ada", "Ada", "bo"]),
        maybe_days,
        maybe_days,
    ),
    st.builds(Follow, accounts, accounts, maybe_days, maybe_days),
    st.builds(
        Reaction,
        accounts,
        st.just("boost"),
        st.sampled_from(["twitter:1", "twitter:2"]),
        st.one_of(st.none(), accounts),
        maybe_days,
        st.just("second"),
        maybe_days,
    ),
    st.builds(
        Account,
        accounts,
        texts,
        texts,
        followers=st.one_of(st.none(), st.integers(0, 9)),
        following=st.none(),
        posts=st.one_of(st.none(), st.integers(0, 9)),
        seen_at=maybe_days,
    ),
)


def contents(store: Store) -> dict[str, list[Any]]:
    """Everything that was merged, sorted."""
    return {
        table(record).name: sorted(store.rows(f"SELECT * FROM {table(record).name}"), key=repr)
        for record in MERGES
    }


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(records, min_size=1, max_size=8), min_size=1, max_size=4), st.randoms())
def test_the_order_of_imports_does_not_matter_and_repeating_changes_nothing(
    sources: list[list[Any]], chance: random.Random
) -> None:
    numbered = list(enumerate(sources))
    again = chance.sample(numbered, len(numbered)) + chance.sample(numbered, 1)
    results = []
    for order in (numbered, again):
        with in_memory() as store:
            for number, rows in order:
                put(store, *rows, origin=str(number))
            results.append(contents(store))
    assert results[0] == results[1]


def test_a_file_of_the_tests_that_was_used_is_as_good_as_new() -> None:
    with filled(source(), *covered("twitter:1"), handle("twitter:1", "ada"), post(1, "twitter:1")) as used:
        used.connection.execute("CREATE TEMP TABLE persons AS FROM persons")
        used.connection.execute("INSERT INTO links VALUES ('twitter:1', 'twitter:2', 'found', NULL)")
    with in_memory() as again, open_store(None) as new:
        assert again is used
        tables = "SELECT database_name, table_name FROM duckdb_tables() ORDER BY ALL"
        assert again.rows(tables) == new.rows(tables)
        for _, name in new.rows(tables):
            assert again.rows(f"FROM {name}") == new.rows(f"FROM {name}")


def test_keys_are_unique() -> None:
    with filled(
        post(1, "twitter:1"),
        post(1, "twitter:1", text="other"),
        handle("twitter:1", "ada"),
        *covered("twitter:1"),
    ) as store:
        put(store, post(1, "twitter:1", text="a third"), *covered("twitter:1"), origin="b" * 64)
        for record, merge in MERGES.items():
            schema = table(record)
            key = ", ".join((*schema.key, "origin") if merge.per_source else schema.key)
            assert store.rows(f"SELECT {key} FROM {schema.name} GROUP BY {key} HAVING count(*) > 1") == []


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [
                post(1, "twitter:1", text="cut at 140…", authority=1),
                post(1, "twitter:1", text="full", authority=2),
            ],
            "full",
        ),
        ([post(1, "twitter:1", text="cut…"), post(1, "twitter:1", text="cut at nothing")], "cut at nothing"),
        ([post(1, "twitter:1", text=None), post(1, "twitter:1", text="")], ""),
    ],
)
def test_the_better_source_of_a_post_wins(rows: list[Post], text: str) -> None:
    for order in (rows, rows[::-1]):
        with filled(order[0]) as store:
            put(store, order[1], origin="b" * 64)
            assert store.rows("SELECT text FROM posts") == [(text,)]


def test_what_was_seen_of_an_account_is_kept_per_source() -> None:
    with filled(account("twitter:1", "Ada", "2020-01-01", followers=5)) as store:
        put(store, account("twitter:1", "Ada V.", "2021-01-01"), origin="b" * 64)
        assert store.rows("SELECT display_name, followers FROM accounts ORDER BY seen_at") == [
            ("Ada", 5),
            ("Ada V.", None),
        ]


def test_merging_says_what_is_new() -> None:
    with open_store(None) as store, store.transaction():
        store.stage(Post, [post(1, "twitter:1"), post(2, "twitter:1")])
        assert store.staged.posts() == 2
        assert store.merge_staged("a") == {"posts": 2}
        store.stage(Post, [post(2, "twitter:1", text="a longer text"), post(3, "twitter:1")])
        assert store.merge_staged("b") == {"posts": 1}


def test_a_null_where_none_may_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"posts\.author holds a null"):
        as_arrow(Post, [post(1, "twitter:1")._replace(author=None)])  # type: ignore[arg-type]


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    with filled(post(1, "twitter:1"), path=path) as store:
        before = contents(store)
        with pytest.raises(RuntimeError, match="in the middle"), store.transaction():
            store.stage(Post, [post(2, "twitter:1")])
            store.merge_staged("b")
            raise RuntimeError("in the middle")
        assert contents(store) == before
    with open_store(path) as store:
        assert contents(store) == before


def test_what_is_remembered_depends_on_the_version() -> None:
    with open_store(None) as store:
        with store.transaction():
            store.remember("people", "1", {"a": [1, None]})
        assert store.remembered("people", "1") == {"a": [1, None]}
        assert store.remembered("people", "2") is None
        with store.transaction():
            store.remember("people", "2", [])
        assert store.remembered("people", "1") is None


def test_what_was_kept_in_another_shape_is_not_remembered() -> None:
    with open_store(None) as store:
        with store.transaction():
            store.remember("people", "1", {"a": [1]})
        assert store.remembered("people", "1", dict[str, list[int]]) == {"a": [1]}
        assert store.remembered("people", "1", list[int]) is None


def test_the_data_version_knows_sources_not_their_order() -> None:
    one, other = source("a" * 64), source("b" * 64, owner="twitter:2")
    versions = set()
    for order in ((one, other), (other, one)):
        with open_store(None) as store:
            with store.transaction():
                for each in order:
                    store.put_source(each)
            versions.add(store.data_version())
    assert len(versions) == 1
    with filled(one) as store:
        assert store.data_version() not in versions


def test_times_come_back_as_they_went_in(tmp_path: Path) -> None:
    with filled(post(1, "twitter:1", "2020-06-15"), path=tmp_path / "pln.duckdb") as store:
        ((when,),) = store.rows("SELECT happened_at FROM posts")
        assert when.isoformat() == "2020-06-15T12:00:00"


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught, open_store(tmp_path / "none.duckdb"):
        pass
    assert caught.value.exit_code == 2
    assert "plnmap import" in (caught.value.hint or "")


def _text(path: Path) -> None:
    path.write_text("a text, and a good deal longer than a header of any kind would be\n" * 100)


def _other_tables(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE fruit (name VARCHAR)")


def _damaged(path: Path) -> None:
    with filled(*(post(n, "twitter:1", text="word " * 50) for n in range(2000)), path=path):
        pass
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\x55" * 4000
    path.write_bytes(content)


@pytest.mark.parametrize("make", [_text, _other_tables, _damaged, Path.mkdir])
def test_what_is_no_pln_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "pln.duckdb"
    make(path)
    with pytest.raises(BadData), open_store(path):
        pass


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    with open_store(path, create=True) as store:
        store.connection.execute("UPDATE schema_version SET version = ?", [len(migrations()) + 1])
    with pytest.raises(UsageError, match="newer plnmap"), open_store(path):
        pass


def test_a_locked_file_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    with filled(post(1, "twitter:1"), path=path):
        pass
    hold = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from plnmap.store import open_store
        with open_store(Path({str(path)!r})):
            print("held", flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(FileUnavailable, match=f"in use by process {holder.pid}") as caught,
            open_store(path, wait_seconds=0.3),
        ):
            pass
        assert caught.value.exit_code == 7
        holder.stdin.close()
        holder.wait(timeout=30)
    with open_store(path, wait_seconds=5) as store:
        assert store.rows("SELECT count(*) FROM posts") == [(1,)]


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    with filled(post(1, "twitter:1"), path=path):
        pass
    # A limit on the size of files stands in for a full disk: writing fails in the same place.
    fill = textwrap.dedent(f"""
        import resource, signal, sys
        from pathlib import Path
        from plnmap.errors import FileUnavailable
        from plnmap.model import Post
        from plnmap.store import open_store
        from tests.records import post, put
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        try:
            with open_store(Path({str(path)!r})) as store:
                put(store, *(post(n, "twitter:1", text=str(n) * 300) for n in range(2, 20_000)))
        except FileUnavailable as error:
            sys.exit(error.exit_code)
    """)
    done = subprocess.run(
        [sys.executable, "-c", fill],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert (done.returncode, done.stderr) == (7, "")
    with open_store(path) as store:
        assert store.rows("SELECT count(*) FROM posts") == [(1,)]


def test_a_file_of_any_name_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / 'it\'s "mine".duckdb'
    with open_store(path, create=True) as store:
        store.connection.execute("INSERT INTO computed VALUES ('a', 'b', 'c')")
    rewrite(path)
    with open_store(path) as store:
        assert store.rows("FROM computed") == [("a", "b", "c")]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_from_before_posts_were_counted_learns_to_hold_their_number(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        for step in migrations()[:3]:
            old.execute(step)
        old.execute("CREATE TABLE schema_version AS SELECT 3 AS version")
        old.execute(
            "INSERT INTO accounts BY NAME SELECT 'twitter:1' AS account, 3 AS followers, '' AS origin"
        )
    with open_store(path) as store:
        put(store, account("twitter:1", posts=7, followers=3), origin="b" * 64)
        held = store.rows("SELECT followers, posts FROM accounts ORDER BY origin")
        assert held == [(3, None), (3, 7)]
        assert store.rows("FROM schema_version") == [(len(migrations()),)]
