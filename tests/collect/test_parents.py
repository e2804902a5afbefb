"""Posts that the account answered and that no page shows: twenty to a request, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plnmap.collect import Wanted
from tests.collect.platforms import Stage, rows_of, staged
from tests.scenario.server import Reply
from tests.scenario.world import EGO, Said, World, small_world

POSTS = Wanted(parts=frozenset({"posts"}))
MANY = "/api/v1/statuses"
KNOWN = "SELECT count(*) FROM posts WHERE author LIKE '%@ada@%' AND reply_to_post LIKE 'mastodon:https:%'"
UNKNOWN = "SELECT count(*) FROM posts WHERE author LIKE '%@ada@%' AND reply_to_post LIKE 'mastodon:#%'"


def answering(times: int) -> World:
    """Ego answers so many posts of others, of which nobody tells her."""
    world = small_world(posts=0, crowd=0, followed=0)
    moment = max(one.at for one in world.said.values())
    for _ in range(times):
        number = len(world.said) + 1
        world.said[number] = Said(number, "cy", moment, "Who knows?")
        world.said[number + 1] = Said(number + 1, EGO, moment, "@cy I do", reply_to=number)
    world.changed()
    return world


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged("mastodon", answering(45)) as made:
        made.api.most = 10_000
        yield made


def asked(stage: Stage) -> list[int]:
    """How many posts each request was about."""
    every = [one.request for one in stage.server.log if one.request.path == MANY]
    return sorted(sum(name == "id[]" for name, _ in request.raw_query) for request in every)


def test_twenty_at_once(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.collect(file, POSTS)
    assert asked(stage) == [5, 20, 20]
    assert (rows_of(file, KNOWN), rows_of(file, UNKNOWN)) == ([(45,)], [(0,)])
    whom = rows_of(file, "SELECT DISTINCT reply_to FROM posts WHERE text = '@cy@far.example I do'")
    assert whom == [(stage.api.account("cy"),)]
    # What was answered is there as context: what its author does towards others is not collected by it.
    assert rows_of(file, "SELECT DISTINCT authority FROM posts WHERE text = 'Who knows?'") == [(0,)]


def test_never_twice_whether_found_or_gone(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"

    def without_one(reply: Reply) -> Reply:
        return reply._replace(body=reply.body[1:])

    with stage.server.fault("replace", f"{MANY}$", times=None, body=without_one):
        stage.collect(file, POSTS)
    assert (rows_of(file, KNOWN), rows_of(file, UNKNOWN)) == ([(42,)], [(3,)])
    stage.collect(file, POSTS)
    assert asked(stage) == [5, 20, 20]


def test_a_server_that_does_not_know_how_is_asked_once(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.api.knows_many = False
    for _ in range(2):
        stage.collect(file, POSTS)
        assert asked(stage) == [20]
    told = rows_of(file, "SELECT state, got FROM tasks WHERE stream = 'parents'")
    assert told == [("refused", 0)]
    assert rows_of(file, UNKNOWN) == [(45,)]


def test_who_wants_no_posts_gets_none_of_others(stage: Stage, tmp_path: Path) -> None:
    stage.collect(tmp_path / "a.duckdb", Wanted(parts=frozenset({"follows", "notifications"})))
    assert not asked(stage)


def test_broken_off_it_goes_on_with_the_rest(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"

    def stop(progress: object) -> None:
        if len(asked(stage)) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage.collect(file, POSTS, tell=stop)
    before = len(stage.server.log)
    stage.collect(file, POSTS)
    assert (asked(stage), len(stage.server.log)) == ([5, 20, 20], before + 1)
    assert rows_of(file, UNKNOWN) == [(0,)]


def test_x_shows_them_with_the_answers(tmp_path: Path) -> None:
    with staged("twitter", answering(3)) as stage:
        file = tmp_path / "a.duckdb"
        stage.collect(file, POSTS)
        held = rows_of(
            file,
            "SELECT count(*) FROM posts AS mine JOIN posts AS theirs ON theirs.post = mine.reply_to_post "
            f"WHERE mine.author = '{stage.api.account(EGO)}' AND theirs.text = 'Who knows?'",
        )
        assert held == [(3,)]
        assert not rows_of(file, "FROM tasks WHERE stream = 'parents'")


def test_they_are_looked_up_also_where_nobody_is_chosen_after_them(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.collect(file, POSTS._replace(depth="alters"), choose=lambda store: [])
    assert asked(stage) == [5, 20, 20]
    assert (rows_of(file, KNOWN), rows_of(file, UNKNOWN)) == ([(45,)], [(0,)])
