"""Masks: what each shows and what it hides, in records as an import has them, and what is read from those."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import numpy as np
import pytest

from plnmap.analysis.egos import choose_ego
from plnmap.analysis.people import Network, map_people
from plnmap.model import Post
from plnmap.research.simulator import MASKS, Lived, MaskName, Simulated, put, see
from plnmap.research.simulator.drafts import drafts
from plnmap.research.simulator.living import NO_WORDS
from plnmap.research.simulator.masks import TIMELINE_CAP, seen_since
from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.records import keys
from plnmap.store import open_store
from tests.research.worlds import SMALL

# --- what is shown


def by_ego(simulated: Simulated) -> list[Post]:
    return [post for post in simulated.records.posts if post.author == simulated.records.source.owner]


def test_the_archive_holds_egos_side_and_says_so(seen: dict[MaskName, Simulated]) -> None:
    records = seen["archive"].records
    owner = records.source.owner
    assert {post.author for post in records.posts} == {owner}
    assert [account.account for account in records.accounts] == [owner]
    assert {(each.actor, each.author, each.happened_at) for each in records.reactions} == {
        (owner, None, None)
    }
    states = {(row.kind, row.direction): row.state for row in records.coverage}
    assert states["reply", "out"] == "complete"
    assert states["reply", "in"] == states["favourite", "in"] == "none"
    assert states["favourite", "out"] == "partial"
    assert {row.account for row in records.coverage} == {owner}
    assert all(post.boost_of_post is None for post in records.posts)
    assert len(by_ego(seen["archive"])) == len(by_ego(seen["full"]))


def test_the_full_view_covers_everybody(lived: Lived, seen: dict[MaskName, Simulated]) -> None:
    records = seen["full"].records
    assert {post.author for post in records.posts} <= set(keys(lived, "twitter").accounts[: lived.alters + 1])
    complete = {row.account for row in records.coverage if row.state == "complete" and row.kind == "reply"}
    assert complete == {*seen["full"].truth["account"], records.source.owner}
    assert {post.authority for post in records.posts} == {2}
    assert all(reaction.happened_at and reaction.author for reaction in records.reactions)


def test_a_server_hears_of_most_remote_replies(lived: Lived, seen: dict[MaskName, Simulated]) -> None:
    records = seen["mastodon"].records
    owner = str(records.source.owner)
    assert all(post.boost_of is None for post in records.posts)
    received = [post for post in records.posts if post.author != owner]
    assert all(owner in (post.reply_to, *post.mentions, post.quote_of) for post in received)
    assert {post.authority for post in received} == {1}
    posts = lived.posts
    replies = posts[(posts["to"] == EGO) & (posts["form"] == "reply")]
    remote = lived.people["remote"].to_numpy()[replies["author"]]
    heard = {post.author for post in received}
    assert all(author.startswith("mastodon:") for author in heard)
    away = sum(post.reply_to == owner and ":away.example:" in post.author for post in received)
    home = sum(post.reply_to == owner and ":home.example:" in post.author for post in received)
    assert home == (~remote).sum()
    assert away / remote.sum() == pytest.approx(0.7, abs=0.08)
    boosts = [each for each in records.reactions if each.kind == "boost"]
    assert {owner} < {each.actor for each in boosts}
    assert all(each.actor == owner or each.author == owner for each in records.reactions)


def test_the_interface_hands_out_the_last_posts_of_each(lived: Lived) -> None:
    talkative = lived._replace(people=lived.people.assign(posts_a_day=TIMELINE_CAP / 100.0))
    since = seen_since(talkative, MASKS["api"])
    assert since[1:] == pytest.approx(np.full(len(since) - 1, SMALL.days - 100.0))
    records = see(talkative, "api", 7).records
    windows = {
        row.account: row.first for row in records.coverage if row.direction == "out" and row.kind == "reply"
    }
    border = lived.begin + timedelta(days=SMALL.days - 100.0)
    assert set(windows.values()) == {lived.begin, border}
    begins = {account: first or lived.end for account, first in windows.items()}
    assert all(post.happened_at >= begins[post.author] for post in records.posts if post.happened_at)
    assert {row.state for row in records.coverage if row.direction == "out" and row.kind == "reply"} == {
        "partial"
    }
    assert records.reactions == []
    assert {post.authority for post in records.posts} == {1}


def test_egos_own_timeline_is_capped_by_count(lived: Lived) -> None:
    number = TIMELINE_CAP + 1
    posts = drafts(author=np.full(number, EGO), act="status", form="post", at=np.arange(number) / 10).assign(
        draft=range(number)
    )
    capped = lived._replace(posts=posts, written=[NO_WORDS] * number)
    assert seen_since(capped, MASKS["api"])[EGO] == 0.1
    exactly = capped._replace(posts=posts[1:])
    assert seen_since(exactly, MASKS["api"])[EGO] == 0.0


def test_threads_are_stated_where_the_interface_states_them(seen: dict[MaskName, Simulated]) -> None:
    posts = {post.post: post for post in seen["api"].records.posts}
    for post in posts.values():
        parent = posts.get(post.reply_to_post or "")
        assert post.conversation == (parent.conversation if parent else post.conversation)
        assert post.conversation == post.post or post.reply_to is not None
    assert all(post.conversation is None for post in seen["full"].records.posts)


# --- records as an import has them


@pytest.mark.parametrize("name", get_args(MaskName))
def test_a_post_is_what_its_text_says(seen: dict[MaskName, Simulated], name: MaskName) -> None:
    records = seen[name].records
    handles = {each.account: each.handle.split("@")[0] for each in records.handles}
    assert len(records.posts) > 500
    for post in records.posts:
        text = post.text or ""
        assert "{" not in text
        assert all(link in text for link in post.links)
        assert all(f"#{tag}" in text.lower() for tag in post.hashtags)
        if post.reply_to:
            assert text.startswith(f"@{handles[post.reply_to]} ")
        if post.boost_of:
            assert text.startswith(f"RT @{handles[post.boost_of]}: ")
        assert all(f"@{handles[each]}" in text for each in post.mentions)
        named = {*post.mentions, *(each for each in (post.reply_to, post.boost_of) if each)}
        assert post.n_handles == len(named)


def test_a_case_of_each_kind_of_reference_is_there(seen: dict[MaskName, Simulated]) -> None:
    posts = seen["full"].records.posts
    for field in ("reply_to", "boost_of", "quote_of", "mentions", "links", "hashtags"):
        assert any(getattr(post, field) for post in posts), field
    assert len({post.post for post in posts}) == len(posts)


# --- the pipeline reads it


def mapped(simulated: Simulated) -> Network:
    with open_store(None, create=True) as store:
        put(store, simulated.records)
        return map_people(store, choose_ego(store, None), announce=lambda _: None)


def test_the_pipeline_finds_everybody_that_the_full_view_shows(seen: dict[MaskName, Simulated]) -> None:
    network = mapped(seen["full"])
    assert {person.account for person in network.people} == set(seen["full"].truth["account"])
    assert network.as_of == (SMALL.begin + timedelta(days=SMALL.days)).date()
    assert all(person.days_in is not None for person in network.people)


def test_from_the_archive_there_is_no_number_for_what_others_did(seen: dict[MaskName, Simulated]) -> None:
    network = mapped(seen["archive"])
    assert len(network.people) > 30
    unseen = {
        (person.days_in, person.balance, person.response_rate, person.offered_days, person.thanked_back_days)
        for person in network.people
    }
    assert unseen == {(None, None, None, None, None)}
