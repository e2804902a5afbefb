"""A Mastodon account, asked over the network: two servers that really answer, and the truth about them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import ceil

import pytest

from plnmap.collect.passes import begin_pass
from plnmap.errors import BadData, CredentialsError, SourceUnreachable
from plnmap.model import is_reference
from plnmap.sources.live import PARTS, Limits
from plnmap.sources.mastodon_live import MastodonLive, rules_of, who_am_i
from tests.scenario.mastodon_api import HOME, LIMITS, PAGED_LIMIT, RULES, TOKEN, Mastodon
from tests.scenario.server import Limit, Reply, shape
from tests.scenario.world import EGO, Said, World, seen_by_ego, small_world
from tests.sources.mastodon_builders import KEY, Drained, Served, ada, drain, others, scenario


def one_text(world: World, text: str) -> Said:
    (found,) = (one for one in world.said.values() if one.text == text)
    return found


def assert_equals_the_oracle(found: Drained, mastodon: Mastodon) -> None:
    seen = seen_by_ego(mastodon.world)
    assert set(found.own()) == {mastodon.post(number) for number in seen.posts}
    assert set(found.posts) - set(found.own()) == {mastodon.post(number) for number in seen.copies}
    for kind, told in (("boost", seen.boosts), ("favourite", seen.favourites)):
        assert {(actor, post) for actor, what, post in found.reactions if what == kind} == {
            (mastodon.account(who), mastodon.post(number)) for who, number in told
        }
    assert set(found.follows) == {
        (mastodon.account(who), mastodon.account(whom)) for who, whom in seen.follows
    }


def test_a_full_collection_equals_the_oracle(served_to_many: Served) -> None:
    mastodon, server, connection = served_to_many
    found = drain(ada(mastodon, connection))

    assert_equals_the_oracle(found, mastodon)
    assert {task.state for task in found.tasks.values()} == {"complete"}
    assert server.exceeded == 0
    assert all(is_reference(account) for pair in found.follows for account in pair)


def test_every_post_is_told_as_it_was_written(served: Served) -> None:
    mastodon, _, connection = served
    world, found = mastodon.world, drain(ada(mastodon, connection))

    for number in seen_by_ego(world).posts:
        one, post = world.said[number], found.posts[mastodon.post(number)]
        parent = world.said.get(one.reply_to or 0)
        assert post.author == mastodon.account(one.author)
        assert post.happened_at == one.at.replace(microsecond=0)
        assert post.text == mastodon.text(number)
        assert post.lang == one.lang
        assert post.reply_to == (mastodon.account(parent.author) if parent and world.shown(parent) else None)
        assert post.quote_of_post == (mastodon.post(one.quote_of) if one.quote_of else None)
        if not parent:
            assert post.mentions == [mastodon.account(name) for name in one.named if name != one.author]


def test_what_others_did_towards_ego_is_dated_where_the_server_tells(served: Served) -> None:
    mastodon, _, connection = served
    found = drain(ada(mastodon, connection))
    warned = one_text(mastodon.world, "It ends well")
    likes = {
        actor: one.happened_at
        for (actor, kind, post), one in found.reactions.items()
        if kind == "favourite" and post == mastodon.post(warned.number)
    }
    notified = next(one for one in mastodon.world.likes(warned.number) if one.who == "bo")

    assert likes == {
        mastodon.account("bo"): notified.at.replace(microsecond=0),
        mastodon.account("hal"): None,
    }


def test_no_more_requests_than_counted_by_hand(served_to_many: Served) -> None:
    mastodon, server, connection = served_to_many
    world = mastodon.world
    notified = sum(1 for one in mastodon.told_to(EGO) if one[1] != "follow")
    asked_for = {
        "/api/v1/accounts/verify_credentials": 1,
        "/api/v1/notifications": ceil(notified / 80),
        "/api/v1/accounts/:id/statuses": ceil(len(world.by(EGO, direct=True)) / 40),
        "/api/v1/accounts/:id/following": ceil(len(world.follows_of(EGO)) / 80),
        "/api/v1/accounts/:id/followers": ceil(len(world.followers_of(EGO)) / 80),
        "/api/v1/favourites": 1,
        # One answer, one boost and one favourite told nobody; the counts say so.
        "/api/v1/statuses/:id/context": 1,
        "/api/v1/statuses/:id/reblogged_by": 1,
        "/api/v1/statuses/:id/favourited_by": 1,
    }
    drain(ada(mastodon, connection))

    assert server.counts() == Counter(asked_for)
    assert len(server.log) == 16


def test_a_further_run_takes_only_what_is_new(served_to_many: Served) -> None:
    mastodon, server, connection = served_to_many
    live = ada(mastodon, connection)
    found = drain(live)
    before = len(server.log)
    mastodon.world.said[10_000] = Said(
        10_000, "bo", mastodon.world.said[1].at + timedelta(days=610), f"@{EGO} hi"
    )
    found.tasks = {key: begin_pass(task) if task.rank < 6 else task for key, task in found.tasks.items()}
    drain(live, into=found)

    assert_equals_the_oracle(found, mastodon)
    # One page each, but for the two lists, which are taken whole: who left is seen by absence alone.
    assert Counter(shape(one.request.path) for one in server.log[before:]) == {
        "/api/v1/accounts/verify_credentials": 1,
        "/api/v1/notifications": 1,
        "/api/v1/accounts/:id/statuses": 1,
        "/api/v1/accounts/:id/following": 2,
        "/api/v1/accounts/:id/followers": 3,
        "/api/v1/favourites": 1,
    }
    assert found.tasks["notifications", mastodon.account_id(HOME, EGO)].pass_items == 1


@pytest.mark.parametrize("most, repeated", [(7, 0), (40, 3), (1, 0)])
def test_short_pages_and_repeated_rows_change_nothing(most: int, repeated: int) -> None:
    mastodon = Mastodon(small_world(posts=12, crowd=20, followed=9), most=most, repeated=repeated)
    with scenario(mastodon) as (_, connection):
        assert_equals_the_oracle(drain(ada(mastodon, connection)), mastodon)


def test_lists_of_posts_go_on_without_a_link_header() -> None:
    mastodon = Mastodon(small_world(posts=12, crowd=20, followed=9), most=7, with_links=False)
    with scenario(mastodon) as (_, connection):
        assert_equals_the_oracle(drain(ada(mastodon, connection)), mastodon)


@pytest.mark.parametrize("limits, seconds", [(LIMITS, 300), ([PAGED_LIMIT, *LIMITS], 900)])
def test_limits_are_used_up_and_never_exceeded(limits: list[Limit], seconds: float) -> None:
    mastodon = Mastodon(small_world(posts=60, crowd=240, followed=60), most=1)
    with scenario(mastodon) as (server, connection):
        server.limits[:] = limits
        drain(ada(mastodon, connection))

    assert server.exceeded == 0
    first = [one for one in server.log if one.at - server.log[0].at < timedelta(seconds=seconds)]
    assert len(first) >= 0.95 * 300
    assert server.log[-1].at - server.log[0].at <= timedelta(seconds=seconds + 5)


def test_counts_that_lie_are_asked_about_once(served: Served) -> None:
    mastodon, server, connection = served
    told = one_text(mastodon.world, "Tea or coffee? :tea:").number
    mastodon.extra_likes[told] = 3
    live = ada(mastodon, connection)
    found = drain(live)
    task = found.tasks["likers", mastodon.status_id(HOME, told)]

    assert (task.state, task.reason, task.expected, task.got) == (
        "complete",
        "some that are counted are not shown",
        3,
        0,
    )
    assert server.counts()["/api/v1/statuses/:id/favourited_by"] == 2


def test_limits_ask_for_less(served_to_many: Served) -> None:
    mastodon, server, connection = served_to_many
    found = drain(ada(mastodon, connection, Limits(max_posts=50)), others(mastodon, "cy"))
    limits = [one.request.query["limit"] for one in server.log if one.request.path.endswith("/statuses")]

    # Ada wrote a direct message among her latest forty, which is none of the fifty.
    assert limits == ["40", "11", "40", "10"]
    assert found.states("posts")[KEY][0] == "partial"


def test_a_login_is_asked_who_it_is(served: Served) -> None:
    mastodon, _, connection = served
    profile = who_am_i(connection, HOME, TOKEN)

    assert profile[:4] == (
        HOME,
        mastodon.account_id(HOME, EGO),
        f"{EGO}@{HOME}",
        f"https://{HOME}/users/{EGO}",
    )
    assert profile.followers == len(mastodon.world.followers_of(EGO))
    with pytest.raises(CredentialsError):
        who_am_i(connection, HOME, "stolen")


def test_a_token_of_somebody_else_ends_it(served: Served) -> None:
    mastodon, _, connection = served
    mastodon.tokens[TOKEN] = "bo"

    with pytest.raises(BadData, match="tells of another account"):
        drain(ada(mastodon, connection))


def test_rules_are_told_in_the_words_of_the_server(served: Served) -> None:
    _, server, connection = served
    assert rules_of(connection, HOME) == list(RULES)
    with server.fault("status", path="v2/instance", status=404), server.fault("status", status=404, times=9):
        assert rules_of(connection, HOME) == []


def test_an_odd_answer_of_the_own_server_is_said_with_its_name(served: Served) -> None:
    mastodon, server, connection = served
    with (
        server.fault("replace", path="/notifications", body=lambda reply: Reply({"error": "?"})),
        pytest.raises(BadData, match=f"{HOME} gives an odd answer"),
    ):
        drain(ada(mastodon, connection))


def test_the_own_server_that_does_not_answer_ends_it(served: Served) -> None:
    mastodon, server, connection = served
    with server.fault("reset", times=None), pytest.raises(SourceUnreachable):
        drain(ada(mastodon, connection))


def test_a_plan_sends_nothing_and_comes_true(served_to_many: Served) -> None:
    _, server, connection = served_to_many
    live = MastodonLive(who_am_i(connection, HOME, TOKEN), TOKEN, connection)
    before = len(server.log)
    parts = frozenset(PARTS)
    plan = {row.part: row for row in live.plan(live.first_tasks("ego", parts), parts)}
    assert len(server.log) == before
    drain(live)
    came = len(server.log) - before

    # 126 posts on 4 pages, and a guess of 31 answers to posts that no page shows, 20 at once.
    assert plan["posts"].requests == 4 + 2
    assert plan["follows"].requests == 2 + 3
    assert {row.dollars for row in plan.values()} == {0.0}
    # In memory nobody asks for what was answered; otherwise one guess is short by nothing.
    assert sum(row.requests for row in plan.values()) - 2 == came
    assert plan["notifications"].most_requests is None
    assert sum(row.minutes for row in plan.values()) < 1
