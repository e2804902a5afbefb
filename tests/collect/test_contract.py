"""What holds of every platform: paging, going on, limits, deletions, and answers that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plnmap.collect import Wanted
from plnmap.collect.passes import CIRCLE
from plnmap.errors import SourceUnreachable
from plnmap.sources.live import Alter, Limits
from tests.collect.platforms import Stage, content, rows_of, staged
from tests.scenario.server import FaultKind, Limit, Reply
from tests.scenario.world import EGO, World, small_world

ANY = re.compile(".*")
FOLLOWS = Wanted(parts=frozenset({"follows"}))
POSTS = Wanted(parts=frozenset({"posts"}))


@pytest.fixture(params=["mastodon", "twitter"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(request.param) as made:
        yield made


def follows_of(world: World) -> set[tuple[str, str]]:
    outgoing = {(EGO, whom) for whom in world.follows_of(EGO)}
    return outgoing | {(who, EGO) for who in world.followers_of(EGO)}


def kept_follows(stage: Stage, file: Path) -> set[tuple[str, str]]:
    names = {stage.api.account(name): name for name in stage.world.people}
    return {(names[one], names[other]) for one, other in rows_of(file, "SELECT source, target FROM follows")}


def states(file: Path) -> dict[str, tuple[str, str]]:
    rows = rows_of(file, "SELECT stream, max(state), max(reason) FROM tasks GROUP BY stream")
    return {stream: (state, reason) for stream, state, reason in rows}


def test_all_of_it_comes_in_as_few_requests_as_there_are_pages(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    done = stage.collect(file)
    assert kept_follows(stage, file) == follows_of(stage.world)
    mine = {stage.api.post(one.number) for one in stage.world.by(EGO) if one.boost_of is None}
    assert mine <= {post for (post,) in rows_of(file, "SELECT post FROM posts WHERE authority > 0")}
    found = states(file)
    # What X does not search for is no list that could be whole.
    assert found.pop("answers")[0] == ("complete" if stage.platform == "mastodon" else "partial")
    assert {state for state, _ in found.values()} <= {"complete", "gone"}
    assert done.requests == len(stage.server.log) == sum(LEAST[stage.platform].values())
    assert len(set(stage.paths())) == done.requests == done.pages


LEAST = {
    # Six to a page, three requests about single posts: what happened there told nobody.
    "mastodon": {
        "profile": 1,
        "11 notifications": 2,
        "12 posts and a message": 3,
        "8 followed": 2,
        "11 followers": 2,
        "no favourites": 1,
        "the thread of 1 answer that told nobody, of 3 posts that were answered": 1,
        "2 boosts of which 1 told nobody, of 3 posts that were boosted": 1,
        "2 favourites of which 1 told nobody": 1,
        "1 answer to a post that no page shows": 1,
    },
    "twitter": {
        "profile": 1,
        "12 posts": 2,
        "5 mentions": 1,
        "11 followers": 2,
        "8 followed": 2,
        "no likes": 1,
        "1 post that was quoted": 1,
        "3 posts that were boosted": 3,
        "1 post that was liked": 1,
    },
}
"""The fewest requests that bring all of it, by hand."""


def test_where_every_page_names_a_next_one_only_lists_are_asked_further(stage: Stage, tmp_path: Path) -> None:
    """Of what was done with one post as many are there as are counted; of a list, who knows?"""
    stage.api.names_next = "always"
    stage.collect(tmp_path / "a.duckdb")
    # Posts, follows, followers, and what others wrote.
    empty_ends = 4
    assert len(stage.server.log) == sum(LEAST[stage.platform].values()) + empty_ends


def test_again_it_takes_what_is_new(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.collect(file, POSTS)
    before = rows_of(file, "SELECT count(*) FROM posts WHERE authority > 0")[0][0]
    asked = len(stage.server.log)
    assert stage.collect(file, POSTS).rows == 0
    # The account, and one page that holds nothing new.
    assert len(stage.server.log) - asked == 2
    number = max(stage.world.said) + 1
    newest = max(stage.world.said.values(), key=lambda one: one.at)
    stage.world.said[number] = newest._replace(
        number=number,
        author=EGO,
        text="something new",
        reply_to=None,
        boost_of=None,
        quote_of=None,
        at=stage.clock.now(),
    )
    stage.world.changed()
    assert stage.collect(file, POSTS).rows == 1
    assert rows_of(file, "SELECT count(*) FROM posts WHERE authority > 0") == [(before + 1,)]
    ((first, last),) = rows_of(
        file,
        "SELECT first, last FROM coverage WHERE (kind, direction, state) = ('reply', 'out', 'complete')",
    )
    assert first < last == stage.clock.now().replace(tzinfo=None)


def test_a_list_is_taken_again_and_shows_who_left(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.collect(file, FOLLOWS)
    stage.clock.sleep(86_400)
    left = stage.world.followers_of(EGO)[0]
    stage.world.follows.remove((left, EGO))
    stage.world.changed()
    stage.collect(file, FOLLOWS)
    taken = rows_of(file, "SELECT direction, follows FROM snapshots ORDER BY direction, taken_at")
    assert taken == [("in", 11), ("in", 10), ("out", 8), ("out", 8)]
    gone = rows_of(
        file,
        "SELECT source FROM follows WHERE last_seen < (SELECT max(taken_at) FROM snapshots) AND target = "
        f"'{stage.api.account(EGO)}'",
    )
    assert gone == [(stage.api.account(left),)]
    # Every page of a list shows the moment at which it was begun.
    assert len(rows_of(file, "SELECT DISTINCT first_seen FROM follows")) == 1


def test_broken_off_anywhere_it_goes_on_with_the_next_page(stage: Stage, tmp_path: Path) -> None:
    whole = tmp_path / "whole.duckdb"
    stage.collect(whole)
    asked = len(stage.server.log)
    stage.server.log.clear()
    file = tmp_path / "a.duckdb"
    for pages in (3, 7, 1, 2):
        with pytest.raises(KeyboardInterrupt):
            stage.collect(file, tell=interrupt_after(pages))
    stage.collect(file)
    assert len(stage.server.log) == len(set(stage.paths())) == asked
    assert content(file) == content(whole)


def interrupt_after(pages: int) -> Any:
    def tell(progress: Any) -> None:
        if progress.pages >= pages:
            raise KeyboardInterrupt

    return tell


@pytest.mark.parametrize(
    "fault",
    ["429", "429 without headers", "status", "reset", "slow body", "cut body", "invalid JSON"],
)
def test_what_goes_wrong_once_leaves_no_trace(stage: Stage, tmp_path: Path, fault: FaultKind) -> None:
    file = tmp_path / "a.duckdb"
    with stage.server.fault(fault, stage.path_of("followers"), after=1, retry_after=7):
        stage.collect(file, FOLLOWS)
    assert kept_follows(stage, file) == follows_of(stage.world)
    assert states(file)["followers"] == ("complete", "")


def test_what_is_out_of_order_holds_up_nothing_else(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with stage.server.fault("status", stage.path_of("following"), times=None):
        for _ in range(2):
            with pytest.raises(SourceUnreachable, match="whom the account follows"):
                stage.collect(file, FOLLOWS)
            assert states(file)["followers"] == ("complete", "")
            assert states(file)["following"] == ("waiting", "")
    # The second time, nothing else being left to do, the others were looked at anew.
    assert rows_of(file, "SELECT pages FROM tasks WHERE stream = 'followers'") == [(4,)]
    stage.collect(file, FOLLOWS)
    assert kept_follows(stage, file) == follows_of(stage.world)


def test_a_server_that_is_down_ends_the_run(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with stage.server.fault("status", times=None, status=503), pytest.raises(SourceUnreachable):
        stage.collect(file)
    assert len(stage.server.log) == 3 * 5
    stage.collect(file, FOLLOWS)
    assert kept_follows(stage, file) == follows_of(stage.world)


def test_a_page_of_the_wrong_shape_is_noted_and_left_for_later(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with stage.server.fault("wrong types", stage.path_of("followers"), after=1):
        stage.collect(file, FOLLOWS)
    state, reason = states(file)["followers"]
    assert state == "partial"
    assert reason
    assert not rows_of(file, "FROM snapshots WHERE direction = 'in'")
    stage.collect(file, FOLLOWS)
    assert kept_follows(stage, file) == follows_of(stage.world)
    assert states(file)["followers"] == ("complete", "")


def test_pages_in_a_circle_come_to_an_end(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"

    first: list[Reply] = []

    def back(reply: Reply) -> Reply:
        first.append(reply)
        if stage.platform == "mastodon":
            return reply._replace(headers={**reply.headers, "Link": first[0].headers["Link"]})
        return reply._replace(body={**reply.body, "meta": first[0].body["meta"]})

    with stage.server.fault("replace", stage.path_of("followers"), times=None, body=back):
        stage.collect(file, FOLLOWS)
    assert states(file)["followers"] == ("partial", CIRCLE)
    assert sum("followers" in path for path in stage.paths()) == 2
    assert states(file)["following"] == ("complete", "")


def test_the_limits_of_a_server_are_kept_to(stage: Stage, tmp_path: Path) -> None:
    tight = Limit(
        frozenset(stage.server.hosts), ANY, 4, 60, "iso" if stage.platform == "mastodon" else "epoch"
    )
    stage.server.limits.append(tight)
    stage.server.skew = 5 * 3_600
    stage.collect(tmp_path / "a.duckdb", FOLLOWS)
    assert stage.server.exceeded == 0
    (waited,) = stage.clock.slept
    assert 60 < waited <= 62
    assert kept_follows(stage, tmp_path / "a.duckdb") == follows_of(stage.world)


def test_a_limit_that_is_kept_secret_is_waited_for(stage: Stage, tmp_path: Path) -> None:
    stage.server.limits.append(Limit(frozenset(stage.server.hosts), ANY, 4, 45, "none"))
    stage.collect(tmp_path / "a.duckdb", FOLLOWS)
    assert stage.server.exceeded == 1
    assert stage.clock.slept == [60]
    assert kept_follows(stage, tmp_path / "a.duckdb") == follows_of(stage.world)


def test_as_many_as_asked_for_and_the_rest_later(stage: Stage, tmp_path: Path) -> None:
    whole, file = tmp_path / "whole.duckdb", tmp_path / "a.duckdb"
    stage.collect(whole, POSTS)
    stage.server.log.clear()
    stage.limits = Limits(max_posts=6)
    stage.collect(file, POSTS)
    assert states(file)["posts"] == ("partial", "the 6 most recent, as asked")
    assert rows_of(file, "SELECT got FROM tasks WHERE stream = 'posts'") == [(6,)]
    stage.collect(file, POSTS)
    state, reason = states(file)["posts"]
    assert (state, reason) == ("partial", "older ones were left out, as asked")
    stage.limits = Limits()
    stage.collect(file, POSTS)
    assert states(file)["posts"][0] == "complete"
    assert content(file)["posts"] == content(whole)["posts"]


def test_nothing_older_than_asked_for_is_waited_for(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    moments = sorted((one.at for one in stage.world.by(EGO)), reverse=True)
    stage.limits = Limits(since=moments[3])
    stage.collect(file, POSTS)
    state, reason = states(file)["posts"]
    assert state == "partial"
    assert f"{moments[3]:%Y-%m-%d}" in reason
    assert sum(stage.path_of("posts").rpartition("/")[2] in path for path in stage.paths()) == 1


def test_somebody_who_disappears_keeps_nobody_from_the_others(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    stage.world.suspend("ivy")
    if stage.platform == "mastodon":
        stage.api.gone.add("ivy")
    others = [Alter(stage.api.account(name), None) for name in ("bo", "ivy", "dee", "cy")]
    stage.collect(file, Wanted("alters", frozenset({"posts"})), choose=lambda store: others)
    told = dict(
        rows_of(
            file,
            "SELECT account, min(state) FROM coverage WHERE (kind, direction) = ('reply', 'out') GROUP BY 1",
        )
    )
    seen = {name: told.get(stage.api.account(name)) for name in ("bo", "ivy", "dee", "cy")}
    assert seen["ivy"] in (None, "none")
    assert {seen["bo"], seen["dee"], seen["cy"]} <= {"complete", "partial"}


def test_a_run_without_raw_answers_keeps_none(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    done = stage.collect(file, FOLLOWS._replace(raw=False))
    assert done.pages
    assert rows_of(file, "SELECT count(*) FROM raw_answers") == [(0,)]


def test_short_pages_and_rows_told_twice_change_nothing(tmp_path: Path) -> None:
    kept = []
    for most, repeated in ((6, 0), (4, 2)):
        with staged("mastodon", small_world(posts=4, crowd=7, followed=5)) as stage:
            stage.api.most, stage.api.repeated = most, repeated
            file = tmp_path / f"{most}.duckdb"
            stage.collect(file)
            found = content(file)
            kept.append([found[name] for name in ("posts", "reactions", "follows", "accounts", "post_ids")])
    assert kept[0] == kept[1]
