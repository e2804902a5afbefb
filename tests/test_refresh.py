"""Following deletions, edits, new names and accounts that are no more; nothing brings back what is gone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.ledger import file_status
from plnmap.analysis.own_word import add_labels, labels
from plnmap.cli import run
from plnmap.collect.refreshing import Refreshed, refresh
from plnmap.errors import SourceUnreachable
from plnmap.model import RawAnswer, Reaction, TextNotKept
from plnmap.report.status import render_status
from plnmap.report.terminal import as_text
from plnmap.sources.clock import SetClock
from plnmap.sources.connection import Connection
from plnmap.sources.credentials import Keys, Login, Secret, keep_login
from plnmap.sources.x_lookups import XLooker
from plnmap.sources.x_prices import load_prices
from plnmap.store import as_arrow, open_store
from tests.records import account, at, filled, handle, post, put, source
from tests.scenario.server import Reply, Request, Scenario, route
from tests.scenario.x_api import HOST as X
from tests.scenario.x_errors import problem

EGO, ADA, BO, CY = (f"twitter:{number}" for number in (1001, 2002, 3003, 4004))
NOW = at("2024-01-01")
THANKS = "@ego Thanks for the tip!"


class LittleX:
    """X, as far as looking up goes: who and what is there, and how it says that something is not."""

    def __init__(self) -> None:
        self.users = {"2002": "ada", "3003": "bo", "4004": "cy"}
        self.posts = {str(number) for number in range(11, 350)}
        self.silent: set[str] = set()
        self.protected: set[str] = set()

    def tweets(self, request: Request) -> Reply:
        ids = request.query["ids"].split(",")
        assert len(ids) <= 100
        return self._answer(
            ids, {one: {"id": one, "text": "whatever"} for one in self.posts}, "Not Found Error"
        )

    def people(self, request: Request) -> Reply:
        people = {
            one: {"id": one, "username": name, "name": name.title(), "description": "new"}
            for one, name in self.users.items()
        }
        return self._answer(request.query["ids"].split(","), people, "Forbidden")

    def _answer(self, ids: list[str], there: dict[str, Any], title: str) -> Reply:
        missing = [one for one in ids if one not in there and one not in self.silent | self.protected]
        errors = [problem("tweet", "ids", one, title, "gone") for one in missing]
        errors += [
            problem("tweet", "ids", one, "Authorization Error", "not for you")
            for one in ids
            if one in self.protected
        ]
        data = [there[one] for one in ids if one in there and one not in self.protected]
        return Reply({"data": data, "errors": errors})


@pytest.fixture
def x() -> Iterator[tuple[LittleX, Scenario]]:
    little = LittleX()
    routes = [route((X,), "/2/tweets", little.tweets), route((X,), "/2/users", little.people)]
    with Scenario(routes) as server:
        yield little, server


@contextmanager
def looking(server: Scenario) -> Iterator[XLooker]:
    with Connection(clock=SetClock(NOW), hosts={X: server.address(X)}) as connection:
        yield XLooker(
            "1001", "ego", lambda: "token", by_user=True, connection=connection, prices=load_prices()
        )


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    path = tmp_path / "pln.duckdb"
    raw = [zlib.compress(b'{"data": [{"id": "%d", "text": "hello"}]}' % number) for number in (11, 12)]
    with filled(
        source(owner=EGO),
        *(handle(key, name) for key, name in ((EGO, "ego"), (ADA, "ada"), (BO, "bo"))),
        account(ADA, "Ada", bio="a bio"),
        account(BO, "Bo", bio="a bio"),
        post(
            11,
            ADA,
            reply_to=EGO,
            text=THANKS,
            links=["https://a.example/"],
            hashtags=["tip"],
            url="https://u",
            authority=1,
        ),
        post(12, BO, reply_to=EGO, text="@ego ok", authority=1),
        post(13, EGO, text="RT @ada: a treasure", boost_of="twitter:@ada", boost_of_post="twitter:15"),
        post(14, EGO, text="@bo hello", reply_to="twitter:@bo", mentions=["twitter:@bo"]),
        Reaction("twitter:@bo", "favourite", "twitter:14", EGO, None, None, None),
        Reaction(BO, "favourite", "twitter:14", EGO, None, None, None),
        path=path,
    ) as store:
        rows = [
            RawAnswer("collected:twitter:1001", "posts", f"{n}", 1, "/", NOW, 1, body)
            for n, body in enumerate(raw)
        ]
        store.insert("raw_answers", as_arrow(RawAnswer, rows))
        add_labels(store, EGO, "twitter:@bo", ["friend"], NOW)
    return path


def texts(path: Path) -> dict[str, str | None]:
    with open_store(path) as store:
        return dict(store.rows("SELECT split_part(post, ':', 2), text FROM posts"))


def again(path: Path, server: Scenario, **options: Any) -> Refreshed:
    with looking(server) as looker:
        return refresh(path, looker, ("posts", "accounts"), **options)


def test_nothing_changes_where_nothing_did(pln: Path, x: tuple[LittleX, Scenario]) -> None:
    before = texts(pln)
    done = again(pln, x[1])
    # 11, 12, 14 and what was boosted; Ada and Bo. Own reads are cheaper.
    assert (done.posts, done.accounts, done.requests, done.finished) == (4, 2, 2, True)
    assert done.dollars == pytest.approx(3 * 0.005 + 0.001 + 2 * 0.010)
    assert (done.deleted, done.vanished, done.renamed) == (0, 0, 0)
    assert texts(pln) == before
    with open_store(pln) as store:
        assert store.rows("SELECT sum(dollars), sum(reads) FROM spending") == [(pytest.approx(0.036), 6)]
        assert store.rows("SELECT bio FROM accounts WHERE account = ? ORDER BY seen_at DESC", [ADA])[0] == (
            "new",
        )


def test_deleted_posts_lose_their_words_and_evidence_and_stay_acts(
    pln: Path, x: tuple[LittleX, Scenario]
) -> None:
    little, server = x
    with open_store(pln) as store:
        for derive in (derive_ties, derive_acts):
            derive(store, lambda text: None)
        ties = store.rows("FROM interactions ORDER BY ALL")
        assert ("twitter:11", "help_thanks") in store.rows("SELECT post, act FROM acts")
    little.posts -= {"11", "15"}
    done = again(pln, server)
    assert (done.deleted, done.changed) == (2, True)
    with open_store(pln) as store:
        assert store.rows("SELECT text, links, hashtags, url FROM posts WHERE post = 'twitter:11'") == [
            (None, [], [], None)
        ]
        # What was boosted was deleted: the boost stays one, without the words.
        assert store.rows("SELECT text, boost_of_post FROM posts WHERE post = 'twitter:13'") == [
            (None, "twitter:15")
        ]
        assert store.rows("SELECT post FROM acts WHERE post = 'twitter:11'") == []
        assert store.rows("SELECT subject FROM raw_answers") == [("1",)]
        for derive in (derive_ties, derive_acts):
            derive(store, lambda text: None)
        assert store.rows("FROM interactions ORDER BY ALL") == ties
        put(store, post(11, ADA, reply_to=EGO, text=THANKS), origin="b" * 64)
        assert store.rows("SELECT text FROM posts WHERE post = 'twitter:11'") == [(None,)]
    # What is gone is not asked for again.
    assert again(pln, server).posts == 2


def test_what_x_says_nothing_of_is_not_gone(pln: Path, x: tuple[LittleX, Scenario]) -> None:
    little, server = x
    little.posts.clear()
    little.users.clear()
    little.silent = {"11", "12", "14", "15", "2002", "3003"}
    before = texts(pln)
    assert not again(pln, server).changed
    assert texts(pln) == before


def test_what_is_protected_now_is_silent_until_it_is_shown_again(
    pln: Path, x: tuple[LittleX, Scenario]
) -> None:
    """Nobody deleted it: their words go, and nothing keeps them out once they are shown again."""
    little, server = x
    with open_store(pln) as store:
        derive_acts(store, lambda text: None)
        assert store.rows("FROM computed") != []
    # 14 is ego's own: a token that does not see it says nothing about it.
    little.protected = {"11", "14", "15"}
    done = again(pln, server)
    assert (done.deleted, done.hidden, done.changed) == (0, 2, True)
    assert texts(pln) == {"11": None, "12": "@ego ok", "13": None, "14": "@bo hello"}
    with open_store(pln) as store:
        assert store.rows("SELECT post FROM acts WHERE post = 'twitter:11'") == []
        assert store.rows("SELECT subject FROM raw_answers") == [("1",)]
        assert store.rows("FROM tombstones") == []
        # Topics and episodes that were worked out before hold words of them.
        assert store.rows("FROM computed") == []
        put(store, post(11, ADA, reply_to=EGO, text=THANKS), origin="b" * 64)
        assert store.rows("SELECT text FROM posts WHERE post = 'twitter:11'") == [(THANKS,)]


def test_who_keeps_no_texts_keeps_no_self_descriptions_either(pln: Path, x: tuple[LittleX, Scenario]) -> None:
    with open_store(pln) as store:
        store.insert("texts_not_kept", as_arrow(TextNotKept, [TextNotKept("twitter:9", "rules")]))
    again(pln, x[1])
    with open_store(pln) as store:
        assert ("new",) not in store.rows("SELECT bio FROM accounts")


def test_a_vanished_account_keeps_its_ties_and_loses_its_name(pln: Path, x: tuple[LittleX, Scenario]) -> None:
    little, server = x
    del little.users["3003"]
    with open_store(pln) as store:
        derive_ties(store, lambda _: None)
        assert store.rows("SELECT DISTINCT target_handle FROM interactions WHERE target = ?", [BO]) == [
            ("bo",)
        ]
    assert again(pln, server).vanished == 1
    with open_store(pln) as store:
        # They say what everybody is called, and are derived anew when somebody looks.
        assert (
            store.rows("SELECT source, target FROM interactions UNION FROM tie_days SELECT source, target")
            == []
        )
        assert store.rows("SELECT account FROM accounts WHERE account = ?", [BO]) == []
        assert store.rows("SELECT handle FROM handles ORDER BY handle") == [("ada",), ("ego",)]
        # Where only the handle was known, the account now stands.
        assert store.rows("SELECT reply_to, mentions FROM posts WHERE post = 'twitter:14'") == [(BO, [BO])]
        assert store.rows("SELECT actor FROM reactions") == [(BO,)]
        assert store.rows("SELECT text FROM posts WHERE post = 'twitter:12'") == [(None,)]
        assert labels(store, EGO) == {BO: frozenset({"friend"})}
        # Ego's own words stay ego's.
        assert store.rows("SELECT text FROM posts WHERE post = 'twitter:14'") == [("@bo hello",)]
        put(
            store, handle(BO, "bo"), account(BO, "Bo"), post(16, EGO, reply_to="twitter:@bo"), origin="b" * 64
        )
        assert store.rows("SELECT account FROM accounts WHERE account = ?", [BO]) == []
        assert store.rows("SELECT reply_to FROM posts WHERE post = 'twitter:16'") == [(BO,)]


def test_a_new_handle_is_taken_over(pln: Path, x: tuple[LittleX, Scenario]) -> None:
    little, server = x
    little.users["2002"] = "ada_venn"
    assert again(pln, server).renamed == 1
    with open_store(pln) as store:
        assert store.rows("SELECT handle FROM handles WHERE account = ? ORDER BY last_seen", [ADA]) == [
            ("ada",),
            ("ada_venn",),
        ]


def test_it_goes_on_where_it_stopped_and_looks_at_the_oldest_first(
    tmp_path: Path, x: tuple[LittleX, Scenario]
) -> None:
    path, (_, server) = tmp_path / "many.duckdb", x
    with filled(
        source(owner=EGO), *(post(number, ADA, authority=1) for number in range(100, 350)), path=path
    ):
        pass

    def asked() -> list[str]:
        return [
            one.request.query["ids"].split(",")[0] for one in server.log if one.request.path == "/2/tweets"
        ]

    with looking(server) as looker:
        first = refresh(path, looker, ("posts",), most_requests=2)
        assert (first.posts, first.finished, asked()) == (200, False, ["100", "200"])
        with open_store(path) as store:
            said = as_text(render_status(file_status(store), " --pln a.duckdb"))
        assert (
            "A refresh was stopped for 1001\n   → plnmap refresh --pln a.duckdb" in said
            and "collect" not in said
        )
        second = refresh(path, looker, ("posts",), most_requests=2)
        assert (second.posts, second.finished) == (50, True)
        assert asked() == ["100", "200", "300"]
        refresh(path, looker, ("posts",), most_requests=1)
        assert asked()[-1] == "100"
        with (
            server.fault("status", path="/2/tweets", times=None, status=403),
            pytest.raises(SourceUnreachable),
        ):
            refresh(path, looker, ("posts",))


def test_who_is_killed_before_the_file_is_written_anew_leaves_that_to_the_next(
    pln: Path, x: tuple[LittleX, Scenario]
) -> None:
    little, server = x
    little.posts.remove("11")
    in_the_way = pln.with_name(f".{pln.name}.fresh")
    in_the_way.mkdir()
    with pytest.raises(OSError):
        again(pln, server)
    in_the_way.rmdir()
    assert texts(pln)["11"] is None
    assert THANKS.encode() in pln.read_bytes()
    with open_store(pln) as store:
        assert "A refresh was stopped" in as_text(render_status(file_status(store)))
    asked = len(server.log)
    again(pln, server)
    assert THANKS.encode() not in pln.read_bytes()
    assert len(server.log) == asked
    with open_store(pln) as store:
        assert "A refresh was stopped" not in as_text(render_status(file_status(store)))


def logged_in(server: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLNMAP_HOSTS", f"{X}={server.address(X)}")
    login = Login(EGO, "twitter", "1001", "@ego", X, "user", "", NOW, 1, 1, 1, NOW)
    keep_login(login, Keys(Secret("token-hush")))


def test_on_the_command_line(
    pln: Path,
    x: tuple[LittleX, Scenario],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    little, server = x
    assert run(["refresh", "--pln", str(pln)]) == 3
    logged_in(server, monkeypatch)
    capsys.readouterr()
    assert run(["refresh", "--plan", "--pln", str(pln)]) == 0
    assert capsys.readouterr().out == (
        "@ego:\n  4 of 4 posts, 1 request\n  2 of 2 accounts, 1 request\n  at most $0.04\n"
    )
    assert run(["refresh", "--pln", str(pln)]) == 2
    assert server.log == []
    little.posts.remove("11")
    assert b"Thanks for the tip" in pln.read_bytes()
    assert run(["refresh", "--only", "posts", "--yes", "--pln", str(pln)]) == 0
    assert "4 posts looked at: 1 deleted, 0 edited" in capsys.readouterr().err
    # The file was written anew: not even free blocks hold the words.
    assert b"Thanks for the tip" not in pln.read_bytes()
