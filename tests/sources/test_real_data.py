"""Real archives: how many there are of everything, and agreement with an independent count."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from plnmap.errors import UsageError
from plnmap.model import Post
from tests.sources.builders import Read, read

pytestmark = pytest.mark.real_data

Archives = dict[str, Read]


@pytest.fixture(scope="module")
def archives(real_data: Path) -> Archives:
    """The three archives in the layout of 2012."""
    folder = real_data / "twitter_archives"
    return {letter: read(folder / f"layout2012-{letter}.zip") for letter in "abc"}


def own(found: Read) -> dict[str, Post]:
    return {post.post: post for post in found.posts if post.authority == 2}


def test_posts_of_the_three_archives(archives: Archives) -> None:
    assert {letter: len(own(found)) for letter, found in archives.items()} == {
        "a": 32_106,
        "b": 14_439,
        "c": 11_529,
    }
    assert {letter: len(found.reactions) for letter, found in archives.items()} == {"a": 52, "b": 0, "c": 113}
    for found in archives.values():
        assert not found.skipped
        assert {post.author for post in own(found).values()} == {found.owner}
        assert all(post.happened_at for post in own(found).values())
        assert found.bytes_read == found.total_bytes
        assert found.covered("reply").state == "complete"


def test_midnights_are_days(archives: Archives) -> None:
    days = {
        letter: Counter(post.at_precision for post in own(found).values())["day"]
        for letter, found in archives.items()
    }
    assert days["a"] == 0
    assert days["b"] >= 5_086
    assert days["c"] >= 1_824


def test_nobody_boosts_and_answers_the_same_person_in_one_post(archives: Archives) -> None:
    for found in archives.values():
        for post in own(found).values():
            addressed = [one for one in (post.reply_to, post.boost_of) if one]
            assert len(set(addressed)) == len(addressed)
            assert post.boost_of is None or not post.mentions
            assert found.owner not in post.mentions


def test_replies_between_the_three_agree_with_the_independent_count(
    archives: Archives, real_data: Path
) -> None:
    with (real_data / "twitter_archives" / "cross_owner_replies_abc.csv").open() as stream:
        expected = {
            (
                f"twitter:{row['reply_id']}",
                f"twitter:{row['parent_id']}",
                row["replier"].lower(),
                row["parent_author"].lower(),
            )
            for row in csv.DictReader(stream)
        }
    handles = {
        handle.account: handle.handle.lower()
        for found in archives.values()
        for handle in found.handles
        if handle.account == found.owner
    }
    posts = {key: post for found in archives.values() for key, post in own(found).items()}
    between = {
        (post.post, post.reply_to_post, handles[post.author], handles[post.reply_to])
        for post in posts.values()
        if post.reply_to in handles and post.reply_to != post.author and post.reply_to_post in posts
    }
    assert len(expected) == 451
    assert between == expected


def test_the_archive_of_2022(real_data: Path) -> None:
    path = real_data / "twitter_archives" / "layout2022-a.zip"
    with pytest.raises(UsageError, match="its pictures are by @") as caught:
        read(path)
    found = read(path, owner=caught.value.message.rpartition("@")[2])
    assert (len(found.posts), len(found.follows), len(found.reactions)) == (1_758, 418, 609)
    assert sum(post.reply_to is not None for post in found.posts) == 231
    assert sum(post.boost_of is not None for post in found.posts) == 128
    assert not found.skipped
    assert (found.covered("follow").state, found.covered("follow", "in").state) == ("complete", "none")


def test_the_mastodon_export(real_data: Path) -> None:
    found = read(real_data / "mastodon_export" / "archive-a.zip")
    assert Counter(reaction.kind for reaction in found.reactions) == {"boost": 326, "favourite": 1_115}
    assert len(found.posts) == 1_511 - 326
    replies = [post for post in found.posts if post.reply_to_post]
    assert (len(replies), sum(post.reply_to == found.owner for post in replies)) == (383, 212)
    assert sum(reaction.author is None for reaction in found.reactions) < 20
    assert found.covered("reply").got == found.covered("reply").expected == 1_511
    assert not found.skipped


def test_the_list_of_follows(real_data: Path) -> None:
    found = read(real_data / "mastodon_export" / "following_accounts.csv", owner="ada@example.social")
    assert len(found.follows) == 477
    assert not found.skipped


def test_the_stored_answers(real_data: Path) -> None:
    found = read(real_data / "twarc" / "search-v2.jsonl")
    assert Counter(post.authority for post in found.posts)[1] == 500
    assert found.skipped.total() == 4
    assert found.retrieved_from == "time of the answers"
