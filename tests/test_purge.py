"""Forgetting a person: no byte of them is left, nothing brings them back, and nobody else loses anything."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.held.holdings import all_held
from plnmap.analysis.held.purging import doomed, purge, was_purged
from plnmap.analysis.own_word import add_event, add_labels, add_note
from plnmap.analysis.recall import put_name
from plnmap.cli import run
from plnmap.errors import FileUnavailable, UnknownPerson, UsageError
from plnmap.model import (
    Coverage,
    DirectMessageDay,
    Event,
    Follow,
    Note,
    PostId,
    RawAnswer,
    Reaction,
    Snapshot,
    Task,
)
from plnmap.pln_file import rewrite
from plnmap.sources.live import new_task
from plnmap.store import Store, as_arrow, open_store
from plnmap.tombstones import entomb, names_entombed
from tests.records import account, at, covered, filled, handle, post, put, source

EGO, ADA, BO = "twitter:1001", "twitter:770000000000000001", "twitter:3003"
AWAY = "mastodon:@ada_away@far.example"
ADAS_POST = "twitter:880000000000000001"
FAR_POST = "mastodon:https://far.example/users/ada_away/statuses/11"
COLLECTED = "collected:twitter:1001"
NOW = at("2024-01-01")

THEIRS = ("ada_venn", "ada_before", "ada_away", "770000000000000001", "880000000000000001", "Zaubernuss")
"""Ada's handles, ids and words: what must be nowhere."""


def world() -> list[tuple[Any, ...]]:
    """Ada in every table that a source can fill; `Zaubernuss` is her word."""
    return [
        source(owner=EGO),
        *covered(EGO),
        handle(EGO, "ego"),
        handle(BO, "bo"),
        handle(ADA, "Ada_Venn"),
        handle(ADA, "ada_before", "2019-01-01", "2019-12-31"),
        account(ADA, "Zaubernuss", bio="Zaubernuss", followers=5),
        account(BO, "Bo", bio="married to @ada_venn"),
        account(EGO, "Ego", bio="nobody's"),
        post(1, EGO, reply_to=ADA, reply_to_post=ADAS_POST, text="@Ada_Venn Thanks for Zaubernuss!"),
        post(2, EGO, mentions=[BO, "twitter:@ada_before"], text="with @bo and @ada_before, Zaubernuss"),
        post(3, EGO, text="RT @Ada_Venn: Zaubernuss", boost_of="twitter:@ada_venn", boost_of_post=ADAS_POST),
        post(4, EGO, text="see twitter.com/ADA_VENN", links=["https://x.com/ada_venn/status/1"]),
        post(5, EGO, text="nothing of hers here, Canada", hashtags=["kept"], links=["https://a.example/"]),
        post(6, BO, text="@ego @ada_venn Zaubernuss", reply_to=EGO, conversation=ADAS_POST, authority=1),
        post(7, BO, text="she_her and ada_venn without a sign", authority=1),
        post(8, EGO, text=None, quote_of=ADA, quote_of_post=ADAS_POST),
        post(ADAS_POST.partition(":")[2], ADA, text="Zaubernuss", authority=1),
        post("9", AWAY, text="Zaubernuss")._replace(post=FAR_POST, url="https://far.example/@ada_away/11"),
        post(10, EGO, text="hello", reply_to=AWAY, reply_to_post=FAR_POST, conversation=FAR_POST),
        Reaction(EGO, "favourite", ADAS_POST, None, None, None, None),
        Reaction(ADA, "favourite", "twitter:1", EGO, None, None, None),
        Reaction(BO, "favourite", "twitter:1", EGO, None, None, None),
        Follow(EGO, ADA, at("2020-06-01"), at("2020-06-01")),
        Follow(AWAY, EGO, at("2020-06-01"), at("2020-06-01")),
        Follow(EGO, BO, at("2020-06-01"), at("2020-06-01")),
        DirectMessageDay(EGO, ADA, date(2020, 3, 1), 2),
        PostId("far.example", "11", FAR_POST),
        Coverage(ADA, "follow", "out", "hidden", None, None, None, None, ""),
    ]


def say(store: Store) -> None:
    """The user's own word about Ada, and what collecting has noted of her."""
    add_labels(store, EGO, ADA, ["mentor"], NOW)
    add_note(store, Note(EGO, ADA, NOW, "Zaubernuss"))
    add_note(store, Note(EGO, BO, NOW, "met through ADA_VENN and @ada_away@far.example, not anna"))
    add_event(store, Event(EGO, date(2015, 3, 1), "month", "a walk with @ada_venn"))
    put_name(store, EGO, "Ada_Venn", ADA, "Zaubernuss", NOW)
    link(store, ADA, AWAY, said_at=NOW)
    asked = new_task(COLLECTED, "followers", ADA.partition(":")[2], ADA, 1)
    pages = {
        "1001": {"data": [{"id": "3003", "username": "bo"}]},
        ADA.partition(":")[2]: {"data": [{"id": "5", "username": "zoe"}]},
        "3003": {"data": [{"id": "5", "text": "hi @Ada_Venn"}]},
    }
    records: dict[type[Any], list[tuple[Any, ...]]] = {
        Task: [asked, new_task(COLLECTED, "followers", "3003", BO, 1)],
        Snapshot: [Snapshot(ADA, "out", NOW, 3), Snapshot(EGO, "out", NOW, 3)],
        RawAnswer: [
            RawAnswer(COLLECTED, "followers", of, 1, "/", NOW, 1, zlib.compress(json.dumps(page).encode()))
            for of, page in pages.items()
        ],
    }
    for record, rows in records.items():
        store.insert(
            {Task: "tasks", Snapshot: "snapshots", RawAnswer: "raw_answers"}[record], as_arrow(record, rows)
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file that knows Ada in every way there is, and the same after she was purged."""
    folder = tmp_path_factory.mktemp("purge")
    whole, purged = folder / "whole.duckdb", folder / "purged.duckdb"
    with filled(*world(), path=whole) as store:
        derive_ties(store, lambda text: None)
        say(store)
    shutil.copyfile(whole, purged)
    forget(purged)
    assert {each.name for each in folder.iterdir()} == {"whole.duckdb", "purged.duckdb"}
    return whole, purged


@pytest.fixture
def pln(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """A file that knows Ada."""
    return Path(shutil.copyfile(made[0], tmp_path / "pln.duckdb"))


@pytest.fixture
def purged(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """A file that has forgotten Ada."""
    return Path(shutil.copyfile(made[1], tmp_path / "pln.duckdb"))


def unpacked(path: Path) -> bytes:
    """Every byte of a PLN file and of all that its tables hold, in lower case, packed answers opened."""
    with open_store(path) as store:
        tables = [name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")]
        rows = [repr(store.rows(f"FROM {name}")) for name in tables]
        rows += [zlib.decompress(body).decode() for (body,) in store.rows("SELECT body FROM raw_answers")]
    return path.read_bytes().lower() + "\n".join(rows).lower().encode()


def found(path: Path) -> list[str]:
    """Which of Ada's names and words are still somewhere in the file."""
    content = unpacked(path)
    return [word for word in THEIRS if word.lower().encode() in content]


def forget(path: Path) -> None:
    assert run(["purge", "@ada_venn", "--yes", "-q", "--pln", str(path)]) == 0


def test_no_byte_of_them_is_left(made: tuple[Path, Path]) -> None:
    assert found(made[0]) == list(THEIRS)
    assert b"zaubernuss" in made[0].read_bytes().lower()
    assert found(made[1]) == []


def test_what_is_not_about_them_stays(purged: Path) -> None:
    with open_store(purged) as store:
        posts = {
            key.partition(":")[2]: (author, text, reply_to, mentions)
            for key, author, text, reply_to, mentions in store.rows(
                "SELECT post, author, text, reply_to, mentions FROM posts"
            )
        }
        assert posts == {
            "1": (EGO, None, None, []),
            "2": (EGO, None, None, [BO]),
            "3": (EGO, None, None, []),
            "4": (EGO, None, None, []),
            "5": (EGO, "nothing of hers here, Canada", None, []),
            "6": (BO, None, EGO, []),
            "7": (BO, None, None, []),
            "8": (EGO, None, None, []),
            "10": (EGO, None, None, []),
        }
        assert store.rows("SELECT hashtags, links FROM posts WHERE text IS NOT NULL") == [
            (["kept"], ["https://a.example/"])
        ]
        assert store.rows("SELECT actor, post FROM reactions") == [(BO, "twitter:1")]
        assert store.rows("SELECT source, target FROM follows") == [(EGO, BO)]
        assert store.rows("SELECT account FROM handles ORDER BY account") == [(EGO,), (BO,)]
        assert store.rows("SELECT account, bio FROM accounts ORDER BY account") == [
            (EGO, "nobody's"),
            (BO, None),
        ]
        assert store.rows("SELECT text FROM notes") == [("met through … and …, not anna",)]
        assert store.rows("SELECT words FROM events") == [("a walk with …",)]
        assert store.rows("SELECT account FROM tasks") == [(BO,)]
        assert store.rows("SELECT account FROM snapshots") == [(EGO,)]
        assert store.rows("SELECT subject FROM raw_answers") == [("1001",)]
        # The contact of Bo with ego is still one.
        derive_ties(store, lambda text: None)
        assert store.rows("SELECT source, target FROM tie_days WHERE n_reply > 0") == [(BO, EGO)]


def test_nothing_brings_them_back(purged: Path) -> None:
    with open_store(purged) as store:
        before = {
            name: sorted(store.rows(f"FROM {name}"), key=repr) for name in ("posts", "reactions", "follows")
        }
        put(store, *world())
        renamed = [
            handle(ADA, "ada_newname"),
            post(20, EGO, text="hi @ada_newname", reply_to="twitter:@ada_newname"),
        ]
        put(store, *renamed, origin="b" * 64)
        after = {name: sorted(store.rows(f"FROM {name}"), key=repr) for name in before}
        assert store.rows("SELECT text, reply_to FROM posts WHERE post = 'twitter:20'") == [(None, None)]
    assert found(purged) == []
    assert b"ada_newname" not in purged.read_bytes().lower()
    after["posts"] = [row for row in after["posts"] if row[0] != "twitter:20"]
    assert after == before


def test_everything_that_is_held_is_listed_before_it_goes(made: tuple[Path, Path], pln: Path) -> None:
    with open_store(pln) as store:
        sections = all_held(store, "ada_venn", "twitter").sections
    assert {name: len(sections[name]) for name in ("collecting", "answers", "lists")} == {
        "collecting": 1,
        "answers": 1,
        "lists": 1,
    }
    with open_store(made[1]) as store, pytest.raises(UnknownPerson):
        all_held(store, "ada_venn", "twitter")


def test_their_own_archive_is_not_read_in_again(purged: Path) -> None:
    with open_store(purged) as store:
        assert was_purged(store, "@Ada_Venn") and was_purged(store, AWAY) and not was_purged(store, "bo")
        answer = json.dumps({"url": "https://far.example/@ada_away/11"}).replace("/", r"\/").encode()
        assert names_entombed(store.connection, answer)
        assert names_entombed(store.connection, b'{"id": "770000000000000001"}')
        assert not names_entombed(store.connection, b'{"id": "77", "text": "ada venn"}')


def test_the_tombstones_are_no_list_of_names_and_differ_between_files() -> None:
    keys = []
    for _ in range(2):
        with filled(post(1, ADA)) as store, store.transaction():
            entomb(store.connection, {ADA: None, "twitter:@ada_venn": None}, "purged", NOW)
            keys.append({key for (key,) in store.rows("SELECT key FROM tombstones")})
            assert store.rows("SELECT count(DISTINCT salt), count(DISTINCT key) FROM tombstones") == [(1, 2)]
    assert all(len(key) == 64 for key in keys[0])
    assert keys[0].isdisjoint(keys[1])


def test_an_ego_cannot_be_purged_and_nobody_is_unknown(pln: Path) -> None:
    with open_store(pln) as store:
        with pytest.raises(UsageError, match="ego"):
            doomed(store, "ego", "twitter")
        with pytest.raises(UnknownPerson):
            doomed(store, "nobody_at_all", "twitter")
    assert run(["purge", "nobody_at_all", "--yes", "--pln", str(pln)]) == 2


def test_an_interrupted_purge_is_ended_by_asking_again(pln: Path) -> None:
    with open_store(pln) as store:
        purge(store, doomed(store, "ada_venn", "twitter"), NOW)
    assert b"zaubernuss" in pln.read_bytes().lower()
    forget(pln)
    assert found(pln) == []


def test_writing_a_file_anew_changes_no_row(pln: Path) -> None:
    def rows() -> dict[str, Any]:
        with open_store(pln) as store:
            names = store.rows(
                "SELECT table_name FROM duckdb_tables() "
                "UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
            )
            return {
                name: sorted(store.rows(f"FROM {name}"), key=repr)
                for (name,) in names
                if "duckdb" not in name
            }

    before = rows()
    leftover = pln.with_name(".pln.duckdb.fresh")
    leftover.write_bytes(b"of a run that was killed")
    pln.chmod(0o640)
    link = pln.with_name("link.duckdb")
    link.symlink_to(pln)
    rewrite(link)
    assert rows() == before
    assert len(before["posts"]) == 11 and "resolutions" in before
    assert (pln.stat().st_mode & 0o777, link.is_symlink(), leftover.exists()) == (0o640, True, False)


def test_a_file_that_somebody_else_holds_is_left_alone(pln: Path) -> None:
    code = f"import duckdb; c = duckdb.connect({str(pln)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(FileUnavailable, match="in use"):
            rewrite(pln, wait_seconds=0)
        holder.communicate(b"\n")
    assert found(pln) == list(THEIRS)


def test_nothing_is_forgotten_unasked(pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["purge", "@ada_venn", "--pln", str(pln)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert found(pln) == list(THEIRS)


def test_a_person_is_asked_and_sees_what_goes(pln: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "plnmap", "purge", "ada_venn", "--pln", str(pln)]
    with subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE) as asked:
        os.close(theirs)
        said = b""
        while b"for good?" not in said:
            said += os.read(ours, 4096)
        os.write(ours, b"n\n")
        assert asked.wait(60) == 130
    os.close(ours)
    assert b"held about @Ada_Venn" in said and b"2  Posts by them" in said
    assert found(pln) == list(THEIRS)
