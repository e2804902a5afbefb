"""Following deletions and edits on Mastodon: what a server does not show is not gone unless it says so."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plnmap.collect.refreshing import refresh
from plnmap.model import Account, PostId, RawAnswer
from plnmap.sources.clock import SetClock
from plnmap.sources.connection import Connection
from plnmap.sources.mastodon_live import MastodonProfile
from plnmap.sources.mastodon_lookups import MastodonLooker
from plnmap.store import as_arrow, open_store
from tests.records import account, at, filled, post, put, source
from tests.scenario.mastodon_api import FAR, HOME, TOKEN, Mastodon
from tests.scenario.server import Scenario
from tests.scenario.world import small_world

EGO = "twitter:1001"
NOW = at("2024-01-01")


@pytest.fixture(scope="module")
def mastodon() -> Iterator[tuple[Mastodon, Scenario]]:
    servers = Mastodon(small_world(crowd=4, followed=3))
    with Scenario(servers.routes()) as server:
        yield servers, server


def seen_at_home(servers: Mastodon) -> list[int]:
    """Posts of others that ego's server knows, in order."""
    return [
        number
        for number, one in servers.world.said.items()
        if one.author != "ada" and one.boost_of is None and servers.known(HOME, one)
        and servers.world.shown(one) and one.visibility == "public"
    ]  # fmt: skip


def at_home(server: Scenario) -> MastodonLooker:
    hosts = {host: server.address(host) for host in (HOME, FAR)} | {"nowhere.example": "http://127.0.0.1:1"}
    profile = MastodonProfile(HOME, "1", f"ada@{HOME}", f"https://{HOME}/users/ada", None, None, None)
    return MastodonLooker(profile, TOKEN, Connection(clock=SetClock(NOW), hosts=hosts))


def held(servers: Mastodon, numbers: list[int], path: Path) -> None:
    """A file that holds some posts with a text of their own, and their authors."""
    said = [servers.world.said[number] for number in numbers]
    with filled(
        source(owner=servers.account("ada"), platform="mastodon"),
        *(
            post(0, servers.account(one.author), text="kept words", authority=1)._replace(
                post=servers.post(one.number)
            )
            for one in said
        ),
        *(PostId(HOME, servers.status_id(HOME, one.number), servers.post(one.number)) for one in said),
        *(account(servers.account(name), "Old name") for name in sorted({one.author for one in said})),
        path=path,
    ):
        pass


def test_mastodon_deleted_edited_and_kept(mastodon: tuple[Mastodon, Scenario], tmp_path: Path) -> None:
    servers, server = mastodon
    world, path = servers.world, tmp_path / "pln.duckdb"
    stays, goes, edited = seen_at_home(servers)[:3]
    held(servers, [stays, goes, edited], path)
    world.delete(goes)
    world.said[edited] = world.said[edited]._replace(edited=True)
    world.changed()
    looker = at_home(server)
    done = refresh(path, looker, ("posts",))
    # All three at once, then the missing one by itself.
    assert (done.posts, done.deleted, done.edited, done.requests) == (3, 1, 1, 2)
    with open_store(path) as store:
        found = dict(store.rows("SELECT post, text FROM posts"))
    assert found == {
        servers.post(stays): "kept words",
        servers.post(goes): None,
        servers.post(edited): servers.text(edited),
    }


def test_what_an_edit_took_back_goes_from_the_answers_though_the_run_died(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    servers, server = mastodon
    path, number = tmp_path / "pln.duckdb", seen_at_home(servers)[4]
    held(servers, [number], path)
    servers.world.said[number] = servers.world.said[number]._replace(edited=True)
    servers.world.changed()
    address = servers.post(number).partition(":")[2]
    bodies = [zlib.compress(f'{{"uri": "{address}", "content": "kept words"}}'.encode()), b"not packed"]
    with open_store(path) as store:
        rows = [RawAnswer("s", "posts", f"{n}", 1, "/", NOW, 1, body) for n, body in enumerate(bodies)]
        store.insert("raw_answers", as_arrow(RawAnswer, rows))
    # After the edit is written down, and before the answers are looked through to their end.
    with pytest.raises(zlib.error):
        refresh(path, at_home(server), ("posts",))
    with open_store(path) as store:
        assert store.rows("SELECT text FROM posts") == [(servers.text(number),)]
        store.connection.execute("DELETE FROM raw_answers WHERE subject = '1'")
    again = refresh(path, at_home(server), ("posts",))
    assert (again.edited, again.changed) == (0, True)
    with open_store(path) as store:
        assert store.rows("FROM raw_answers") == []
        assert [row[:2] for row in store.rows("SELECT stream, state FROM tasks")] == [("posts", "complete")]


def test_a_server_that_takes_one_at_a_time(mastodon: tuple[Mastodon, Scenario], tmp_path: Path) -> None:
    servers, server = mastodon
    path, numbers = tmp_path / "pln.duckdb", seen_at_home(servers)[:4]
    held(servers, numbers, path)
    with server.fault("status", path="^/api/v1/statuses$", times=None, status=404):
        done = refresh(path, at_home(server), ("posts",))
        assert (done.posts, done.deleted, done.requests) == (4, 0, 5)
    # A server that gives an empty list for whatever reason deletes nothing.
    with server.fault("replace", path="^/api/v1/statuses$", times=None, body=[]):
        assert refresh(path, at_home(server), ("posts",)).deleted == 0
        # Nothing is believed to be gone that was not asked for by itself.
        few = refresh(path, at_home(server), ("posts",), most_requests=2)
        assert (few.requests, few.deleted) == (2, 0)


def test_accounts_are_asked_for_on_their_own_server(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    servers, server = mastodon
    path = tmp_path / "pln.duckdb"
    numbers = seen_at_home(servers)
    held(servers, numbers, path)
    with open_store(path) as store:
        lost = "mastodon:@zoe@nowhere.example"
        put(store, Account(lost, "Zoe", None, None, None, NOW), post(1, EGO, reply_to=lost), origin="b" * 64)
        far = next(name for (name,) in store.rows("SELECT account FROM accounts") if name.endswith(f"@{FAR}"))
    name = far.removeprefix("mastodon:@").partition("@")[0]
    servers.gone.add(name)
    done = refresh(path, at_home(server), ("accounts",))
    servers.gone.clear()
    assert (done.vanished, done.finished) == (1, True)
    with open_store(path) as store:
        accounts = {key for (key,) in store.rows("SELECT account FROM accounts")}
        assert far not in accounts and lost in accounts
        ((author,),) = store.rows(
            "SELECT DISTINCT author FROM posts WHERE contains(post, ?)", [f"users/{name}/"]
        )
        assert author.startswith("mastodon:gone-") and name not in author
        assert store.rows("SELECT count(*) FROM posts WHERE author = ? AND text IS NOT NULL", [author]) == [
            (0,)
        ]


def test_nothing_is_taken_from_a_server_that_is_out_of_order(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    """A page that is not found may be one of a web server in front, or of another program."""
    servers, server = mastodon
    path, numbers = tmp_path / "pln.duckdb", seen_at_home(servers)[:2]
    held(servers, numbers, path)
    for body in (b"<html>Not found</html>", {"message": "Unknown endpoint"}, {"error": {"code": 1}}):
        with server.fault("status", path="^/api/v1/(statuses|accounts)", times=None, status=404, body=body):
            assert not refresh(path, at_home(server), ("posts", "accounts")).changed


@pytest.mark.parametrize(
    ("said", "vanished"),
    [({"domain": FAR}, 1), ({"domain": "social.far.example"}, 0), ({"error": "?"}, 0), (b"<html>", 0)],
)
def test_a_handle_whose_server_is_at_another_host_is_not_gone(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path, said: Any, vanished: int
) -> None:
    path, far, server = tmp_path / "pln.duckdb", f"mastodon:@nobody@{FAR}", mastodon[1]
    with filled(account(far, "Nobody"), path=path):
        pass
    with server.fault("replace", path="/instance", times=None, body=said):
        assert refresh(path, at_home(server), ("accounts",)).vanished == vanished
        # Where there is no request left to be sure, nothing is believed.
        few = refresh(path, at_home(server), ("accounts",), most_requests=2)
        assert (few.vanished, few.requests) == (0, 1 - vanished)


def test_what_anybodys_server_answers_stops_nothing(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    servers, server = mastodon
    path, far = tmp_path / "pln.duckdb", servers.account("cy")
    with filled(account(far, "Old name"), path=path):
        pass
    fay = servers.entity(FAR, "fay")
    strange: tuple[Any, ...] = (b"<html>", [], fay, fay | {"suspended": True})
    for body in strange:
        with server.fault("replace", path="/lookup", times=None, body=body):
            done = refresh(path, at_home(server), ("accounts",))
        assert (done.accounts, done.finished, done.changed) == (1, True, False)
    with open_store(path) as store:
        assert store.rows("SELECT account, display_name FROM accounts") == [(far, "Old name")]


def test_few_requests_at_a_time_come_to_the_end_and_pass_nothing_over(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    servers, server = mastodon
    path, numbers = tmp_path / "pln.duckdb", seen_at_home(servers)[:4]
    held(servers, numbers, path)
    missing = [servers.status_id(HOME, number) for number in numbers[1:]]
    pattern = rf"^/api/v1/statuses/({'|'.join(missing)})$"
    with (
        server.fault("replace", path="^/api/v1/statuses$", times=None, body=[]),
        server.fault("status", path=pattern, times=None, status=404, body={"error": "Record not found"}),
    ):
        runs = [refresh(path, at_home(server), ("posts",), most_requests=most) for most in (1, 2, 2, 1)]
    assert [done.requests for done in runs] == [1, 2, 2, 1]
    assert sum(done.deleted for done in runs) == 3
    assert [done.finished for done in runs] == [False, False, False, True]


def test_what_ego_wrote_to_a_circle_stays_when_it_was_edited(
    mastodon: tuple[Mastodon, Scenario], tmp_path: Path
) -> None:
    servers, server = mastodon
    path, number = tmp_path / "pln.duckdb", servers.world.by("ada")[-1].number
    held(servers, [number], path)
    told = servers.status(HOME, number) | {"visibility": "private", "edited_at": "2024-01-01T00:00:00Z"}
    before, other = (zlib.compress(b'{"uri": "%s"}' % uri) for uri in (told["uri"].encode(), b"https://a"))
    with open_store(path) as store:
        rows = [RawAnswer("c", "posts", name, 1, "/", NOW, 1, body) for name, body in
                (("tells", before), ("other", other))]  # fmt: skip
        store.insert("raw_answers", as_arrow(RawAnswer, rows))
    with server.fault("replace", path="^/api/v1/statuses/", body=told):
        assert refresh(path, at_home(server), ("posts",)).edited == 1
    with open_store(path) as store:
        assert store.rows("SELECT text FROM posts") == [(servers.text(number),)]
        # What it said before is not in the answers as they came either.
        assert store.rows("SELECT subject FROM raw_answers") == [("other",)]
