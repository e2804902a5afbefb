"""Texts that are read and not kept: what they do is found, and no word of them is in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from plnmap.analysis.derived import derive_acts
from plnmap.analysis.held.texts_let_go import TextsLetGo, read_texts
from plnmap.analysis.ledger import file_status
from plnmap.cli import run
from plnmap.collect.archives import records_of
from plnmap.model import Act, Post
from plnmap.report.status import render_status
from plnmap.report.terminal import as_text
from plnmap.sources.page import Page
from plnmap.store import Store, open_store
from plnmap.tombstones import entomb
from tests.records import account, at, filled, post, put, source
from tests.scenario.mastodon_api import HOME, TOKEN, Mastodon
from tests.scenario.server import Scenario
from tests.scenario.world import small_world

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"
THANKS = "@ego Thanks for the tip, Zaubernuss!"


def page() -> Page:
    return Page(
        "page",
        posts=[
            post(1, EGO, text="How do I fix Zaubernuss?", authority=1),
            post(2, ADA, text=THANKS, reply_to=EGO, authority=1),
            post(
                3, BO, text="Danke für den Tipp, das war wirklich gut und hilft mir", lang=None, authority=1
            ),
            post(4, ADA, text="Thanks for the tip!", reply_to=EGO, authority=0),
            post(5, ADA, text="Thanks for the tip!", boost_of=EGO, authority=1),
        ],
        accounts=[account(ADA, "Ada", bio="Zaubernuss")],
    )


def take(store: Store, given: Page) -> None:
    """Keep a page as the collector does."""
    going = TextsLetGo()
    going.on_page(given)
    with store.transaction():
        for record, rows in records_of(given).items():
            store.stage(record, rows)
        store.merge_staged("collected:twitter:1")
        going.also(store)


def acts(store: Store) -> list[tuple[str, str]]:
    derive_acts(store, lambda text: None)
    return store.rows("SELECT DISTINCT post, act FROM acts ORDER BY ALL")


def test_acts_are_found_and_no_word_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    with open_store(path, create=True) as store:
        take(store, page())
        assert acts(store) == [
            ("twitter:1", "question"),
            ("twitter:2", "gratitude"),
            ("twitter:2", "help_thanks"),
        ]
        assert store.rows("SELECT post FROM posts WHERE text IS NOT NULL") == []
        assert store.rows("SELECT display_name, bio FROM accounts") == [("Ada", None)]
        assert store.rows("SELECT count(*) FROM acts WHERE start IS NOT NULL") == [(0,)]
        languages = store.rows("SELECT post, lang, readable FROM text_languages ORDER BY post")
        assert languages == [("twitter:1", "en", True), ("twitter:2", "en", True), ("twitter:3", None, False)]
    content = path.read_bytes()
    assert b"Zaubernuss" not in content and b"Danke" not in content
    assert not path.with_name("pln.duckdb.wal").exists()


def test_what_was_found_outlives_new_data_and_says_by_which_rules() -> None:
    with filled(source(), post(9, EGO, text="Does anybody know a good book?")) as store:
        take(store, page())
        first = acts(store)
        put(store, source("b" * 64), post(10, EGO, text="nothing"), origin="b" * 64)
        assert acts(store) == first
        assert ("twitter:9", "question") in first and ("twitter:2", "help_thanks") in first
        (told,) = file_status(store).texts_not_kept
        assert (told["posts"], told["up_to_date"]) == (3, True)
        assert "3 posts without text: read by the rules of today" in as_text(
            render_status(file_status(store))
        )
        store.connection.execute("UPDATE texts_not_kept SET rules = 'older'")
        assert "read by earlier rules" in as_text(render_status(file_status(store)))


@pytest.mark.parametrize("archive_first", [True, False])
def test_a_text_that_an_archive_holds_is_read_anew(archive_first: bool) -> None:
    archive = (source(), post(2, ADA, text="Does anybody know a good book?"))
    with open_store(None) as store:
        if archive_first:
            put(store, *archive)
            take(store, page())
        else:
            take(store, page())
            put(store, *archive)
        assert {act for key, act in acts(store) if key == "twitter:2"} == {"question"}
        assert [told["posts"] for told in file_status(store).texts_not_kept] == [2]


def test_what_is_not_to_be_kept_is_not_found_either() -> None:
    with open_store(None) as store:
        with store.transaction():
            entomb(store.connection, {ADA: None}, "purged", at("2024-01-01"))
        take(store, page())
        assert acts(store) == [("twitter:1", "question")]
        with store.transaction():
            entomb(store.connection, {"twitter:1": None}, "deleted", at("2024-01-01"))
            store.keep_out()
        assert acts(store) == []
        take(store, page())
        assert acts(store) == []


def test_a_page_with_nothing_to_read() -> None:
    assert read_texts([]) == ([], [])
    silent: list[Post] = [post(1, EGO, text=None), post(2, EGO, text="")]
    found: tuple[list[Act], list[object]] = read_texts(silent)  # type: ignore[assignment]
    assert found == ([], [])


def test_a_collection_without_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = Mastodon(small_world(crowd=3, followed=2))
    with Scenario(servers.routes()) as server:
        monkeypatch.setenv("PLNMAP_HOSTS", f"{HOME}={server.address(HOME)}")
        monkeypatch.setenv("PLNMAP_CLOCK", "2026-01-01T00:00:00Z")
        monkeypatch.setenv("PLNMAP_MASTODON_TOKEN", TOKEN)
        path = tmp_path / "pln.duckdb"
        assert run(["login", "mastodon", HOME, "-q"]) == 0
        assert run(["collect", "mastodon", "--no-text", "-q", "--pln", str(path)]) == 0
    with open_store(path) as store:
        ((posts, texts),) = store.rows("SELECT count(*), count(text) FROM posts")
        assert posts > 20 and texts == 0
        assert store.rows("SELECT count(*) FROM raw_answers") == [(0,)]
        assert ("help_thanks",) in store.rows("SELECT DISTINCT act FROM acts")
    content = path.read_bytes()
    assert b"thank you, that works" not in content and b"I would try" not in content
