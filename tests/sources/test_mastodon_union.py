"""What is collected of an account, and what its export holds, are one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plnmap.collect import Wanted, collect, import_archive
from plnmap.sources import open_source
from plnmap.sources.live import Alter
from plnmap.store import Store, open_store
from tests.records import at
from tests.scenario.mastodon_api import Mastodon
from tests.scenario.world import EGO, seen_at_alters, seen_by_ego, small_world
from tests.sources.builders import as_zip
from tests.sources.mastodon_builders import KEY, ada, scenario
from tests.sources.mastodon_exports import export_of


@pytest.fixture
def mastodon() -> Mastodon:
    """A few people on two servers."""
    return Mastodon(small_world(posts=4, crowd=4, followed=2))


def collected(mastodon: Mastodon, path: Path, *alters: str) -> int:
    """Collect Ada's account into a file; how many requests that took."""
    with scenario(mastodon) as (_, connection):
        others = [Alter(mastodon.account(name), None) for name in alters]
        depth = Wanted(depth="alters" if alters else "ego")
        return collect(path, ada(mastodon, connection), depth, choose=lambda store: others).requests


def imported(mastodon: Mastodon, path: Path) -> None:
    """Import Ada's export into a file."""
    with open_source(as_zip(export_of(mastodon), path.with_suffix(".zip"))) as archive, opened(path) as store:
        assert archive.owner == KEY
        import_archive(store, archive, imported_at=at("2026-11-20"))


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    with open_store(path, create=True) as store:
        yield store


def keys(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Whatever has a key, by its key alone; and that each is there once."""
    asked = {
        "posts": "SELECT post FROM posts",
        "reactions": "SELECT actor, kind, post FROM reactions",
        "follows": "SELECT source, target FROM follows",
    }
    with opened(path) as store:
        found = {name: store.rows(sql) for name, sql in asked.items()}
    assert all(len(rows) == len(set(rows)) for rows in found.values())
    return {name: set(rows) for name, rows in found.items()}


def test_a_collection_adds_nothing_twice_to_an_export(mastodon: Mastodon, tmp_path: Path) -> None:
    one, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    imported(mastodon, one)
    exported = keys(one)
    collected(mastodon, one)
    collected(mastodon, other)
    by_itself = keys(other)
    imported(mastodon, other)

    both = keys(one)
    # An export names what was answered by its address: who that was is known, and it is not asked for.
    assert both["posts"] < keys(other)["posts"] == by_itself["posts"]
    assert {**both, "posts": by_itself["posts"]} == keys(other) == by_itself
    assert len(exported["posts"]) == sum(one.boost_of is None for one in mastodon.world.by(EGO))
    assert exported["posts"] < both["posts"]
    assert exported["follows"] < both["follows"]
    with opened(one) as store, opened(other) as later:
        acts = "FROM posts WHERE authority > 0 ORDER BY post"
        assert store.rows(acts) == later.rows(acts)
        assert store.rows("FROM reactions ORDER BY ALL") == later.rows("FROM reactions ORDER BY ALL")
        owners = store.rows("SELECT DISTINCT owner FROM sources")
        assert owners == [(KEY,)]
        # The export is the author's own word; the server says what became of it.
        assert store.rows("SELECT DISTINCT authority FROM posts WHERE author = ?", [KEY]) == [(2,)]


def test_answers_find_what_they_answer_whichever_page_shows_it(mastodon: Mastodon, tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    # Six lists of one page each, the three posts of which notifications did not show all, and what ego
    # answered and no page shows.
    assert collected(mastodon, path) == 6 + 3 + 1
    world = mastodon.world
    seen = seen_by_ego(world)
    held = seen.posts | seen.copies
    with opened(path) as store:
        found = dict(store.rows("SELECT post, reply_to_post FROM posts WHERE authority > 0"))

    answers = [world.said[number] for number in seen.posts if world.said[number].reply_to]
    shown = [one for one in answers if world.shown(world.said[one.reply_to or 0])]
    assert shown
    for one in shown:
        parent = found[mastodon.post(one.number)]
        assert (
            parent == mastodon.post(one.reply_to or 0)
            if one.reply_to in held or one.author == EGO
            else parent.startswith("mastodon:#")
        )


def test_the_file_equals_the_oracle_also_of_others(mastodon: Mastodon, tmp_path: Path) -> None:
    path = tmp_path / "pln.duckdb"
    collected(mastodon, path, "cy", "bo", "dee")
    own, others = seen_by_ego(mastodon.world), seen_at_alters(mastodon.world, ["cy", "bo", "dee"])
    held = keys(path)

    with opened(path) as store:
        posts = {key for (key,) in store.rows("SELECT post FROM posts WHERE authority > 0")}
        (source,) = store.rows("SELECT kind, platform, owner, name FROM sources")
    assert posts == {mastodon.post(number) for number in own.posts | others.posts}
    assert held["follows"] == {
        (mastodon.account(who), mastodon.account(whom)) for who, whom in own.follows | others.follows
    }
    boosts = {(actor, post) for actor, kind, post in held["reactions"] if kind == "boost"}
    assert boosts == {
        (mastodon.account(who), mastodon.post(number)) for who, number in own.boosts | others.boosts
    }
    assert source == ("mastodon_account", "mastodon", KEY, "@ada@home.example")
