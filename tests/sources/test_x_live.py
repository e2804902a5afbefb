"""Collecting from X over HTTP: what it brings, how often it asks, and what it does about refusals."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from plnmap.collect.passes import begin_pass
from plnmap.errors import CredentialsError, SourceUnreachable, StoppedByLimit
from plnmap.model import Reaction
from plnmap.sources.live import Alter, Limits
from plnmap.sources.x_streams import LIKES_ARE_PRIVATE
from tests.scenario.server import FaultKind, Reply
from tests.scenario.world import EGO, Liked, Said, World, small_world
from tests.scenario.x_api import HOST, X, limits
from tests.sources.x_driver import Brought, Served, served

ONLY_POSTS: Final = frozenset({"posts"})


@pytest.fixture
def world() -> World:
    """Three hundred posts, of which the last few are of this week."""
    return small_world()


def threads(world: World, here: Served) -> list[int]:
    """Own posts of this week that others answered."""
    since = here.clock.now() - timedelta(days=7)
    began = [one.number for one in world.by(EGO) if one.at > since and not one.reply_to and not one.boost_of]
    return [number for number in began if any(one.reply_to == number for one in world.said.values())]


def liked(x: X, one: Liked) -> Reaction:
    author = x.world.said[one.post].author
    return Reaction(x.account(one.who), "favourite", x.post(one.post), x.account(author), None, None, None)


def boosted(x: X, one: Said, number: int) -> Reaction:
    return Reaction(x.account(one.author), "boost", x.post(number), x.account(EGO), None, None, None)


def test_it_brings_what_is_there(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        brought, x = here.drive(), here.x
        others = [one for one in world.said.values() if one.author != EGO and x.visible(one)]
        mine = {one.number for one in world.by(EGO)}
        towards = {one.number for one in others if EGO in one.named and not one.silent and not one.boost_of}
        quotes = {one.number for one in others if one.quote_of in mine}
        below = {two.number for one in threads(world, here) for two in world.below(one)}
        numbers = mine | towards | quotes | below
        assert brought.own == {x.post(number) for number in numbers}
        assert any(world.said[number].silent for number in below)
        assert brought.reactions == {
            *(liked(x, one) for number in mine for one in world.likes(number)),
            *(liked(x, one) for one in world.liked if one.who == EGO),
            *(boosted(x, one, number) for number in mine for one in world.boosts(number)),
        }
        assert brought.follows == {
            *((x.account(EGO), x.account(whom)) for whom in world.follows_of(EGO)),
            *((x.account(who), x.account(EGO)) for who in world.followers_of(EGO)),
        }
        for number in numbers:
            one, post = world.said[number], brought.posts[x.post(number)]
            assert (post.author, post.happened_at) == (x.account(one.author), one.at.replace(microsecond=0))
            told = [one.reply_to, one.boost_of, one.quote_of]
            assert [post.reply_to_post, post.boost_of_post, post.quote_of_post] == [
                x.post(other) if other else None for other in told
            ]
            assert [post.reply_to, post.boost_of, post.quote_of] == [
                x.account(world.said[other].author) if other else None for other in told
            ]
            if one.boost_of is None:
                assert post.text == one.text
        assert {task.state for task in brought.tasks.values()} == {"complete", "partial", "gone"}


def test_it_asks_no_more_often_than_it_must(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        here.drive()
        own = list(world.by(EGO))
        written = [one.number for one in own if one.boost_of is None]
        least = len(("profile", "followers", "following", "liked")) + -(-len(threads(world, here)) // 12)
        least += -(-len(own) // 100) - (-len(here.x.mentions(EGO)) // 100)
        for acts in (world.likes, world.boosts, world.quotes):
            least += sum(bool(acts(number)) for number in written)
        assert least > 40
        assert len(here.server.log) <= 1.05 * least
        assert here.server.exceeded == 0


def test_an_app_asks_for_no_likes_and_says_so(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        brought = here.drive(by_user=False)
        paths = {one.request.path for one in here.server.log}
        assert f"/2/users/{here.x.account_id(EGO)}" in paths
        assert not any(path.endswith(("/me", "liked_tweets", "liking_users")) for path in paths)
        for stream in ("liked", "likers"):
            (task,) = brought.of(stream).values()
            assert (task.state, task.reason) == ("refused", LIKES_ARE_PRIVATE)
        assert sum(brought.billed.values()) == pytest.approx(here.x.spent)
        assert {one.kind for one in brought.reactions} == {"boost"}


def test_what_a_plan_of_x_does_not_have_is_refused_and_the_rest_is_there(
    world: World, tmp_path: Path
) -> None:
    with served(world, tmp_path, refused={"followers"}) as here:
        brought = here.drive()
        (followers,), (following,) = brought.of("followers").values(), brought.of("following").values()
        assert (followers.state, following.state) == ("refused", "complete")
        assert "client-not-enrolled" in followers.reason
        here.x.refused = {"me"}
        with pytest.raises(CredentialsError, match="does not let this app read"):
            here.drive()


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (429, {"title": "UsageCapExceeded"}, StoppedByLimit, "cap"),
        (402, {"title": "CreditsDepleted"}, StoppedByLimit, "credits"),
        (401, {"title": "Unauthorized"}, CredentialsError, "token"),
        (503, b"", SourceUnreachable, "503"),
    ],
)
def test_what_ends_a_collection(
    world: World, tmp_path: Path, status: int, body: Any, error: type[Exception], words: str
) -> None:
    with (
        served(world, tmp_path) as here,
        here.server.fault("replace", after=3, times=None, body=lambda reply: Reply(body, status)),
    ):
        with pytest.raises(error, match=words):
            here.drive()
        assert here.x.spent < 0.3


@pytest.mark.parametrize("kind", ["429", "reset", "cut body", "status"])
def test_what_passes_is_waited_for(world: World, tmp_path: Path, kind: FaultKind) -> None:
    with served(world, tmp_path) as here:
        usual = here.drive(only=ONLY_POSTS).own
        with here.server.fault(kind, times=2, after=1) as fault:
            assert here.drive(only=ONLY_POSTS).own == usual
        assert fault.done == 2
        assert sum(here.clock.slept) > 1


def test_it_waits_a_quarter_of_an_hour_and_runs_into_no_limit(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        here.server.limits = [
            one._replace(requests=5) for one in limits() if "liking_users" in one.path.pattern
        ]
        here.drive()
        likes = sum(bool(world.likes(one.number)) for one in world.by(EGO))
        windows = (likes - 1) // 5
        assert here.server.exceeded == 0
        assert windows > 2
        assert windows * 900 <= sum(here.clock.slept) <= windows * 905


def long_story(world: World) -> int:
    number = len(world.said) + 1
    text = f"{'A long story & more. ' * 40}@bo https://example.org/end?a=1&b=2 #maps"
    world.said[number] = Said(number, EGO, world.said[number - 1].at + timedelta(hours=1), text)
    world.changed()
    return number


@pytest.mark.parametrize("options", [{"new_names": True}, {"most": 7}])
def test_however_it_is_told_it_is_the_same(world: World, tmp_path: Path, options: dict[str, Any]) -> None:
    number = long_story(world)
    with served(world, tmp_path) as here:
        usual = here.drive()
        post = usual.posts[here.x.post(number)]
        assert (post.text, post.mentions) == (world.said[number].text, [here.x.account("bo")])
        assert (post.links, post.hashtags) == (["https://example.org/end?a=1&b=2"], ["maps"])
    with served(world, tmp_path, **options) as here:
        other = here.drive()
        assert (other.posts, other.reactions, other.follows) == (usual.posts, usual.reactions, usual.follows)
        assert (other.handles, other.billed) == (usual.handles, usual.billed)


def test_a_search_has_pages_like_everything_else(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        usual = here.drive(only=frozenset({"posts", "answers"}))
        (search,) = usual.of("answers").values()
        here.server.log.clear()
        here.x.most = 1
        brought = Brought()
        brought.plan([begin_pass(search)._replace(since=None)])
        brought.all_of(here.live())
        assert len(here.server.log) == search.got > 1
        assert brought.own < usual.own


def test_new_names_are_found_out_once(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path, new_names=True) as here:
        here.drive()
        assert sum(one.status == 400 for one in here.server.log) == 1
        assert sum("tweet.fields" in one.request.query for one in here.server.log) == 1


def test_others_strongest_tie_first(world: World, tmp_path: Path) -> None:
    world.suspend("ivy")
    with served(world, tmp_path, protected={"dee"}) as here:
        x = here.x
        alters = [Alter(x.account("cy"), "cy"), Alter("twitter:@bo", "bo"), Alter(x.account("dee"), "dee")]
        alters += [
            Alter(x.account("ivy"), "ivy"),
            Alter("twitter:@nobody", None),
            Alter("twitter:@[red]", None),
        ]
        brought = here.drive(alters)
        assert {account: task.state for account, task in brought.of("alter_posts").items()} == {
            x.account("cy"): "complete",
            x.account("bo"): "complete",
            x.account("dee"): "hidden",
            x.account("ivy"): "gone",
            "twitter:@nobody": "gone",
        }
        lookups = [one.request.query for one in here.server.log if one.request.path == "/2/users/by"]
        assert [one["usernames"] for one in lookups] == ["bo,nobody"]
        for name in ("cy", "bo"):
            assert brought.own >= {x.post(one.number) for one in world.by(name)}
            assert brought.follows >= {(x.account(name), x.account(whom)) for whom in world.follows_of(name)}
        assert sum(brought.billed.values()) == pytest.approx(x.spent)
        posts = [place for place, one in enumerate(here.server.log) if one.request.path.endswith("/tweets")]
        follows = [
            place for place, one in enumerate(here.server.log) if one.request.path.endswith("/following")
        ]
        assert max(posts) < follows[1]


def test_everybody_has_a_rank_of_their_own(world: World, tmp_path: Path) -> None:
    alters = [Alter(f"twitter:{number}", None) for number in range(1_000, 1_150)]
    alters[120] = Alter("twitter:@bo", "bo")
    with served(world, tmp_path) as here:
        tasks = here.live().alter_tasks(alters, frozenset({"posts", "follows"}))
    ranks = [task.rank for task in tasks if task.stream == "alter_posts"]
    assert ranks == sorted(set(ranks))
    assert len(ranks) == 149
    (lookup,) = [task for task in tasks if task.stream == "lookup"]
    assert ranks[0] + 100 == lookup.rank
    assert min(task.rank for task in tasks if task.stream == "alter_following") > max(ranks)


def test_no_more_than_is_wanted(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        since = here.clock.now() - timedelta(days=30)
        brought = here.drive(only=ONLY_POSTS, limits=Limits(since=since))
        starts = {
            one.request.query["start_time"] for one in here.server.log if one.request.path.endswith("/tweets")
        }
        assert starts == {f"{since:%Y-%m-%dT%H:%M:%SZ}"}
        assert len(brought.own) == sum(one.at >= since for one in world.by(EGO))
        few = here.drive(only=ONLY_POSTS, limits=Limits(max_posts=10))
        (task,) = few.of("posts").values()
        assert (len(few.own), task.got, task.state) == (10, 10, "partial")
        assert len({one.request.path for one in here.server.log}) == 2


def test_who_wants_more_later_gets_what_is_older(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path, most=7) as here:
        since = here.clock.now() - timedelta(days=60)
        brought = here.drive(only=ONLY_POSTS, limits=Limits(since=since))
        (task,) = brought.of("posts").values()
        first = len(brought.own)
        assert (task.state, task.rest is not None) == ("partial", True)
        before = len(here.server.log)
        brought.plan([begin_pass(task)], anew=True)
        brought.all_of(here.live(), ONLY_POSTS)
        (task,) = brought.of("posts").values()
        assert (task.state, task.rest) == ("complete", None)
        own = {here.x.post(one.number) for one in world.by(EGO)}
        assert brought.own == own
        new, *older = [one.request.query for one in here.server.log[before:]]
        assert "since_id" in new
        assert {"until_id" in one for one in older} == {True}
        assert len(older) == -(-(len(own) - first) // 7)


def test_a_further_run_takes_what_is_new(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        live, brought = here.live(), here.drive()
        before, held = len(here.server.log), len(brought.posts)
        new = long_story(world)
        first = live.first_tasks("ego", frozenset({"posts", "notifications", "favourites"}))
        brought.plan([begin_pass(brought.tasks[task[:3]]) for task in first], anew=True)
        brought.all_of(live)
        asked = [one.request for one in here.server.log[before:]]
        assert len(asked) == len(first) == 4
        assert {one.query.get("since_id") is None for one in asked if one.path.endswith("/tweets")} == {False}
        assert len(brought.posts) == held + 1
        assert here.x.post(new) in brought.own


def test_a_host_is_where_the_connection_says(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        here.drive(only=ONLY_POSTS)
        assert {one.request.host for one in here.server.log} == {HOST}
        agents = {one.request.headers["user-agent"] for one in here.server.log}
        assert all(agent.startswith("plnmap/") for agent in agents)
