"""How a run ends: what it says is missing, what it counts as paid, and what it leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plnmap.collect import Wanted, spent
from plnmap.collect.keeping import put_by
from plnmap.errors import SourceUnreachable, StoppedByLimit
from plnmap.sources.live import Limits, new_task
from plnmap.store import open_store
from tests.collect.planned import foretell
from tests.collect.platforms import Stage, rows_of, staged
from tests.scenario.world import EGO, small_world

FOLLOWS = Wanted(parts=frozenset({"follows"}))
POSTS = Wanted(parts=frozenset({"posts"}))
FOLLOWERS = "who follows the account"


@pytest.fixture
def home() -> Iterator[Stage]:
    with staged("mastodon") as made:
        yield made


@pytest.fixture
def x() -> Iterator[Stage]:
    with staged("twitter") as made:
        yield made


def incoming_follows(file: Path) -> list[tuple[str, int | None]]:
    return [
        (str(state), got)
        for state, got in rows_of(
            file, "SELECT state, got FROM coverage WHERE (kind, direction) = ('follow', 'in')"
        )
    ]


@pytest.mark.parametrize(("platform", "kind"), [("mastodon", "status"), ("twitter", "wrong types")])
def test_a_list_that_did_not_come_is_named_and_is_no_empty_list(
    platform: str, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = tmp_path / "a.duckdb"
    stage: Stage = request.getfixturevalue("home" if platform == "mastodon" else "x")
    # Of one's own lists not even 404 is the last word: the account itself is there.
    with stage.server.fault(kind, stage.path_of("followers"), status=404):  # type: ignore[arg-type]
        done = stage.collect(file, FOLLOWS)
    assert list(done.short) == [FOLLOWERS] and done.short[FOLLOWERS]
    assert incoming_follows(file) == [("none", None)]
    done = stage.collect(file, FOLLOWS)
    assert not done.short
    assert incoming_follows(file) == [("complete", len(stage.world.followers_of(EGO)))]


def test_what_was_not_wanted_is_not_called_missing(home: Stage, tmp_path: Path) -> None:
    home.limits = Limits(max_posts=6)
    assert not home.collect(tmp_path / "a.duckdb", POSTS).short


def test_a_list_that_cannot_be_had_is_named_with_the_reason(home: Stage, tmp_path: Path) -> None:
    with (
        home.server.fault("status", home.path_of("followers"), times=None),
        pytest.raises(SourceUnreachable, match=rf"{FOLLOWERS} \(.* it answers with an error \(500\)\)"),
    ):
        home.collect(tmp_path / "a.duckdb", FOLLOWS)


def test_where_nothing_came_no_new_file_is_left(home: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with home.server.fault("status", times=None, status=503):
        with pytest.raises(SourceUnreachable):
            home.collect(file)
        assert list(tmp_path.iterdir()) == []
        with open_store(file, create=True):
            pass
        with pytest.raises(SourceUnreachable):
            home.collect(file)
    assert file.exists()


def test_whoever_goes_on_is_told_that_finished_lists_stayed(home: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    both = Wanted(parts=POSTS.parts | FOLLOWS.parts)
    runs = [home.collect(file, wanted).resumed for wanted in (POSTS, POSTS, both, both)]
    assert runs == [False, False, True, False]


def test_direct_messages_are_not_counted_among_posts(home: Stage, tmp_path: Path) -> None:
    file, posts = tmp_path / "a.duckdb", len(home.world.by(EGO))
    assert len(home.world.by(EGO, direct=True)) == posts + 1
    for _ in range(2):
        home.collect(file, POSTS)
        assert rows_of(
            file, "SELECT DISTINCT got, expected FROM coverage WHERE (kind, direction) = ('reply', 'out')"
        ) == [(posts, posts)]


def test_a_page_that_cannot_be_read_is_paid_for_all_the_same(x: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with x.server.fault("wrong types", x.path_of("followers")):
        done = x.collect(file, FOLLOWS)
    with open_store(file) as store:
        assert done.dollars == pytest.approx(spent(store, f"collected:{x.api.account(EGO)}"))
    # What it was, and that nobody knows how many of them.
    rows = rows_of(file, "SELECT resource, reads FROM spending WHERE reads = 0")
    assert rows == [("follow", 0)]
    # The page may have held all followers there are; X counted the six on it.
    assert x.api.spent <= done.dollars


def test_what_a_login_was_refused_is_asked_for_once_more_by_the_next(tmp_path: Path) -> None:
    """Who boosted each of a few posts: that was refused, post by post."""
    file, wanted = tmp_path / "a.duckdb", Wanted(parts=frozenset({"posts", "boosts"}))
    with staged("twitter", small_world(posts=2, crowd=0, followed=0)) as stage:

        def asked() -> int:
            before = len(stage.server.log)
            stage.collect(file, wanted)
            stage.clock.sleep(60)
            return sum(one.request.path.endswith("retweeted_by") for one in stage.server.log[before:])

        def planned() -> int:
            with stage.live() as live:
                rows = foretell(stage, file, live, wanted, ())
            return sum(row.requests for row in rows if row.part == "boosts")

        stage.api.refused = {"retweeted_by"}
        every = asked()
        assert every > 0 == planned()
        stage.logged_in_at = stage.clock.now()
        assert (planned(), asked(), planned(), asked()) == (every, every, 0, 0)
        stage.api.refused, stage.logged_in_at = set(), stage.clock.now()
        assert asked() == every
    told = rows_of(file, "SELECT DISTINCT state, reason FROM tasks WHERE stream = 'boosters'")
    assert told == [("complete", "")]


def test_a_budget_buys_what_it_can_pay_for(x: Stage, tmp_path: Path) -> None:
    """The profile is a cent, each of eleven followers a tenth of one: pages hold six."""
    file, sizes = tmp_path / "a.duckdb", "SELECT count(*) FROM follows"
    with pytest.raises(StoppedByLimit, match=re.escape("next page may cost $0.001")):
        x.collect(file, FOLLOWS._replace(budget=0.018))
    assert rows_of(file, sizes) == [(8,)]
    assert len(x.server.log) == 3
    assert x.api.spent == pytest.approx(0.018)
    x.collect(file, FOLLOWS)
    assert rows_of(file, sizes) == [(len(x.world.followers_of(EGO)) + len(x.world.follows_of(EGO)),)]


@pytest.mark.parametrize(("kind", "counts"), [("status", False), ("cut body", True)])
def test_what_broke_off_may_have_been_paid_and_what_was_refused_was_not(
    x: Stage, tmp_path: Path, kind: str, counts: bool
) -> None:
    file = tmp_path / "a.duckdb"
    with (
        x.server.fault(kind, x.path_of("followers"), times=None),  # type: ignore[arg-type]
        pytest.raises(SourceUnreachable),
    ):
        x.collect(file, FOLLOWS)
    assert bool(rows_of(file, "FROM spending WHERE starts_with(resource, 'on its way')")) is counts
    done = x.collect(file, FOLLOWS)
    assert done.dollars == pytest.approx(x.api.spent)


def test_a_page_on_its_way_counts_in_every_run_until_it_is_there(x: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    x.collect(file, POSTS)
    with x.live() as live:
        # Another run asks for a page of this list, and is killed before it can keep it.
        page = new_task(live.source, "followers", x.api.account_id(EGO), live.owner, 0, 11)
        with open_store(file) as store, store.transaction():
            before = spent(store, live.source)
            with_it = put_by(store, live, page, 0.5, x.clock.now())
            # Asked for twice, it is still one page.
            assert put_by(store, live, page, 0.5, x.clock.now()) == with_it == pytest.approx(before + 0.5)
    assert "followers" in rows_of(file, "SELECT resource FROM spending WHERE dollars = 0.5")[0][0]
    likes = Wanted(parts=frozenset({"favourites"}), budget=before + 0.4)
    with pytest.raises(StoppedByLimit):
        x.collect(file, likes)
    # Asked for by somebody, it is paid for, and not on its way any more.
    x.collect(file, FOLLOWS)
    assert rows_of(file, "FROM spending WHERE dollars = 0.5") == []
    with open_store(file) as store:
        assert spent(store, live.source) == pytest.approx(x.api.spent)
