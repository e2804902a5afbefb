"""The X archive in its present layout: one file per kind of record."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from plnmap.errors import BadData, UsageError
from plnmap.model import Account, DirectMessageDay, Follow, Handle, Reaction
from plnmap.sources import open_source
from tests.sources.builders import BO, CY, archive, as_folder, as_tar, as_zip, named, read, script, tweet

MADE = datetime(2023, 3, 1, 10, tzinfo=UTC)
LATEST = datetime(2023, 2, 18, 12, 33, 11, tzinfo=UTC)


def ytd(kind: str, *elements: object, part: int = 0) -> bytes:
    return script(f"window.YTD.{kind}.part{part}", list(elements))


def test_every_container_reads_the_same(tmp_path: Path) -> None:
    files = archive(tweet("one"), tweet("two", "2"), like=ytd("like", {"like": {"tweetId": "7"}}))
    found = [
        read(path)
        for path in (
            as_zip(files, tmp_path / "a.zip"),
            as_zip(files, tmp_path / "b.zip", top="twitter-2023/"),
            as_folder(files, tmp_path / "folder"),
            as_folder(
                {name.removeprefix("data/"): content for name, content in files.items()}, tmp_path / "flat"
            ),
            as_tar(files, tmp_path / "a.tgz"),
        )
    ]
    assert all((one.posts, one.reactions) == (found[0].posts, found[0].reactions) for one in found)
    assert {one.kind for one in found} == {"x_archive"}
    assert (found[0].owner, found[0].retrieved_at, found[0].retrieved_from) == (
        "twitter:12",
        MADE,
        "manifest.js",
    )
    assert found[0].accounts == [Account("twitter:12", "Ada L.", None, None, None, MADE)]
    assert found[0].handles == [Handle("twitter:12", "Ada", MADE, MADE)]


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("name", ["tweet.js", "tweets.js"])
def test_names_and_wrappers_of_every_year(tmp_path: Path, name: str, wrapped: bool) -> None:
    post = tweet("hello")
    files = archive() | {f"data/{name}": ytd("tweet", {"tweet": post} if wrapped else post)}
    assert read(as_zip(files, tmp_path / "a.zip")).post().text == "hello"


def test_parts_and_community_posts(tmp_path: Path) -> None:
    files = archive(
        tweet(),
        tweets_part2=ytd("tweets", {"tweet": tweet(post_id="3")}, part=2),
        tweets_part1=ytd("tweets", {"tweet": tweet(post_id="2")}, part=1),
        community_tweet=ytd("community_tweet", {"tweet": tweet(post_id="4")}),
    )
    found = read(as_zip(files, tmp_path / "a.zip"))
    assert [post.post[-1] for post in found.posts] == ["1", "2", "3", "4"]
    assert found.covered("reply").state == "complete"


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    files = archive(tweet(), tweets_part2=ytd("tweets", {"tweet": tweet(post_id="3")}, part=2))
    row = read(as_zip(files, tmp_path / "a.zip")).covered("boost")
    assert (row.state, row.reason) == ("partial", "not in the archive: tweets-part1.js")


def test_the_manifest_tells_how_many_and_which(tmp_path: Path) -> None:
    listed = [
        {"fileName": "data/tweets.js", "count": "60"},
        {"fileName": "data/tweets-part1.js", "count": "40"},
    ]
    files = archive(tweet()) | {
        "data/manifest.js": script("window.__THAR_CONFIG", {"dataTypes": {"tweets": {"files": listed}}})
    }
    row = read(as_zip(files, tmp_path / "a.zip")).covered("reply")
    assert (row.state, row.expected, row.got) == ("partial", 100, 1)
    assert row.reason == "not in the archive: tweets-part1.js"
    files["data/tweets-part1.js"] = ytd("tweets", part=1)
    row = read(as_zip(files, tmp_path / "b.zip")).covered("reply")
    assert row.reason == "99 of 100 posts are not in the archive"


def test_a_single_renamed_file(tmp_path: Path) -> None:
    path = tmp_path / "my tweets (1).js"
    path.write_bytes(ytd("tweets", {"tweet": tweet()}))
    found = read(path, owner="ada")
    assert (found.kind, found.owner, found.post().author) == ("x_archive", "twitter:@ada", "twitter:@ada")
    assert found.covered("favourite").reason == "only one file was given"


def test_without_an_owner_one_must_be_given(tmp_path: Path) -> None:
    picture = {"url": "https://t.co/p", "expanded_url": "https://twitter.com/Ada/status/1/photo/1"}
    of_bo = {"url": "https://t.co/q", "expanded_url": "https://twitter.com/Bo/status/9/photo/1"}
    files = archive(
        tweet("RT @Bo: x https://t.co/q", "2", entities={"media": [of_bo, of_bo]}),
        tweet("look https://t.co/p", entities={"media": [picture]}),
    )
    del files["data/account.js"], files["data/manifest.js"]
    path = as_zip(files, tmp_path / "a.zip")
    with pytest.raises(UsageError, match="its pictures are by @Ada") as caught:
        read(path)
    assert caught.value.hint == "give --owner HANDLE_OR_ID"
    found = read(path, owner="@Ada")
    assert (found.owner, found.post().url) == ("twitter:@ada", "https://twitter.com/ada/status/1")
    assert (found.retrieved_at, found.retrieved_from) == (LATEST, "latest post")
    found = read(path, owner="12")
    assert (found.owner, found.post().url) == ("twitter:12", "https://twitter.com/i/status/1")


def test_another_owner_than_the_archive_states_is_refused(tmp_path: Path) -> None:
    path = as_zip(archive(tweet()), tmp_path / "a.zip")
    assert read(path, owner="ada").owner == read(path, owner="12").owner == "twitter:12"
    with pytest.raises(UsageError, match="archive of @Ada"):
        read(path, owner="bo")


def test_follows_and_likes_are_of_the_day_of_the_archive(tmp_path: Path) -> None:
    files = archive(
        tweet(),
        following=ytd("following", {"following": {"accountId": BO}}, {"following": {}}),
        follower=ytd("follower", {"follower": {"accountId": CY}}),
        like=ytd(
            "like",
            {"like": {"tweetId": "7", "fullText": "x", "expandedUrl": "https://twitter.com/i/web/status/7"}},
            {"like": {"tweetId": "8", "expandedUrl": "https://twitter.com/Bo/status/8"}},
            {"like": {"fullText": "x"}},
        ),
    )
    found = read(as_zip(files, tmp_path / "a.zip"))
    assert found.follows == [
        Follow("twitter:12", "twitter:34", MADE, MADE),
        Follow("twitter:56", "twitter:12", MADE, MADE),
    ]
    assert found.reactions == [
        Reaction("twitter:12", "favourite", "twitter:7", None, None, None, MADE),
        Reaction("twitter:12", "favourite", "twitter:8", "twitter:@bo", None, None, MADE),
    ]
    assert found.skipped.total() == 2
    follows = found.covered("follow")
    assert (follows.state, follows.first, follows.last, follows.got) == ("complete", MADE, MADE, 1)
    assert (found.covered("follow", "in").state, found.covered("follow", "in").got) == ("complete", 1)
    likes = found.covered("favourite")
    assert (likes.state, likes.got, likes.reason) == ("partial", 2, "likes carry neither author nor date")


def test_an_empty_file_is_there_and_a_missing_one_is_not(tmp_path: Path) -> None:
    found = read(as_zip(archive(tweet(), follower=b"window.YTD.follower.part0 = [ ]"), tmp_path / "a.zip"))
    assert (found.covered("follow", "in").state, found.covered("follow", "in").got) == ("complete", 0)
    missing = found.covered("follow")
    assert (missing.state, missing.got, missing.reason) == ("none", None, "the file is not in the archive")


def test_an_archive_without_posts_covers_none(tmp_path: Path) -> None:
    files = archive(following=ytd("following", {"following": {"accountId": BO}}))
    del files["data/tweets.js"]
    row = read(as_zip(files, tmp_path / "a.zip")).covered("reply")
    assert (row.state, row.got) == ("none", None)


def test_the_mail_address_is_never_kept(tmp_path: Path) -> None:
    found = read(as_zip(archive(tweet()), tmp_path / "a.zip"))
    assert "never@read.example" not in repr(found)


# Long posts ---------------------------------------------------------------

LONG = "a long story about learning " * 20 + "with @bo and @cy at https://t.co/inside1234"
CUT = LONG[:270] + "… https://t.co/itself9999"


def core(text: str = LONG) -> dict[str, Any]:
    return {
        "text": text,
        "mentions": [{"screenName": "bo"}, {"screenName": "Cy"}],
        "urls": [{"shortUrl": "https://t.co/inside1234", "expandedUrl": "https://example.org/story"}],
        "hashtags": [{"text": "Story"}],
    }


@pytest.mark.parametrize(
    "element",
    [
        {"noteTweet": {"noteTweetId": "900", "createdAt": "2023-02-18T12:33:11.000Z", "core": core()}},
        {"noteTweet": {"noteTweetId": "900", "createdAt": "2023-02-18T12:33:11.000Z", **core()}},
        {"noteTweetId": "900", "createdAt": "2023-02-18T12:33:11.000Z", "core": core()},
        {"noteTweetId": "1", "createdAt": "2020-01-01T00:00:00.000Z", **core()},
        {"noteTweet": {"tweetId": "1", "core": core()}},
    ],
)
def test_a_long_post_is_one_post_with_its_whole_text(tmp_path: Path, element: dict[str, Any]) -> None:
    files = archive(tweet(CUT, entities=named((BO, "bo"))), note_tweet=ytd("note_tweet", element))
    found = read(as_zip(files, tmp_path / "a.zip"))
    post = found.post()
    assert post.text == LONG.replace("https://t.co/inside1234", "https://example.org/story")
    assert post.mentions == ["twitter:34", "twitter:@cy"]
    assert (post.links, post.hashtags) == (["https://example.org/story"], ["story"])
    assert len(found.posts) == 1
    assert not found.skipped


def test_a_long_text_goes_to_the_post_that_begins_like_it(tmp_path: Path) -> None:
    note = {"noteTweet": {"noteTweetId": "900", "createdAt": "2023-02-18T12:33:11.000Z", "core": core()}}
    posts = [tweet("another thought", "1"), tweet("@bo @cy " + CUT, "2"), tweet(CUT, "3", created_at=None)]
    found = read(as_zip(archive(*posts, note_tweet=ytd("note_tweet", note)), tmp_path / "a.zip"))
    assert [len(post.text or "") > 400 for post in found.posts] == [False, True, False]


def test_a_long_text_without_its_post_is_counted(tmp_path: Path) -> None:
    notes = ytd(
        "note_tweet", {"noteTweet": {"noteTweetId": "9", "core": core()}}, {"noteTweet": {"core": {}}}
    )
    found = read(as_zip(archive(tweet(), note_tweet=notes), tmp_path / "a.zip"))
    assert len(found.posts) == 1
    assert found.skipped == {"long text whose post is not in the archive": 1, "long text that is empty": 1}


# Direct messages ----------------------------------------------------------


def conversation(*messages: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "dmConversation": {
            "conversationId": "12-34",
            "messages": [
                {
                    "messageCreate": {
                        "senderId": by,
                        "recipientId": to,
                        "createdAt": at,
                        "text": "SECRET",
                        "id": "1",
                    }
                }
                for by, to, at in messages
            ],
        }
    }


MESSAGES = ytd(
    "direct_messages",
    conversation(
        ("12", BO, "2023-01-01T23:59:59.000Z"),
        ("12", BO, "2023-01-01T10:00:00.000Z"),
        (BO, "12", "2023-01-01T10:01:00.000Z"),
        ("12", BO, "2023-01-02T00:00:00.000Z"),
        ("12", BO, "not a date"),
    ),
    {"dmConversation": {"messages": [{"reactionCreate": {"senderId": "12"}}]}},
)


def test_direct_messages_stay_closed_unless_asked_for(tmp_path: Path) -> None:
    files = archive(tweet(), direct_messages=b"\xff broken", direct_messages_group=b"\xff broken")
    found = read(as_zip(files, tmp_path / "a.zip"))
    assert found.dm_days == []
    assert {found.covered("dm", way).reason for way in ("out", "in")} == {"not asked for: --with-dm"}


def test_direct_messages_are_counted_by_day_and_never_kept(tmp_path: Path) -> None:
    groups = ytd(
        "direct_messages_group", conversation(("12", BO, "2023-01-01T10:00:00.000Z")), conversation()
    )
    files = archive(tweet(), direct_messages=MESSAGES, direct_messages_group=groups)
    found = read(as_zip(files, tmp_path / "a.zip"), with_dm=True)
    assert found.dm_days == [
        DirectMessageDay("twitter:12", "twitter:34", date(2023, 1, 1), 2),
        DirectMessageDay("twitter:34", "twitter:12", date(2023, 1, 1), 1),
        DirectMessageDay("twitter:12", "twitter:34", date(2023, 1, 2), 1),
    ]
    assert sorted(found.skipped.values()) == [1, 2]
    assert "SECRET" not in repr(found)
    assert {found.covered("dm", way).state for way in ("out", "in")} == {"complete"}


# What goes wrong ----------------------------------------------------------


@pytest.mark.parametrize("name", ["tweets", "account", "manifest", "like", "following"])
def test_a_file_cut_in_the_middle_is_named(tmp_path: Path, name: str) -> None:
    files = archive(
        tweet(), like=ytd("like", {"like": {"tweetId": "7"}}), following=ytd("following", {"following": {}})
    )
    content = files[f"data/{name}.js"]
    files[f"data/{name}.js"] = content[: len(content) // 2]
    with pytest.raises(BadData, match=rf"data/{name}\.js is damaged") as caught:
        read(as_zip(files, tmp_path / "a.zip"))
    assert caught.value.hint is not None
    assert "download" in caught.value.hint


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_named(tmp_path: Path, encoding: str) -> None:
    content = json.dumps([{"tweet": tweet("höllo")}], ensure_ascii=False).encode(encoding)
    with pytest.raises(BadData, match=r"data/tweets\.js is not in UTF-8"):
        read(as_zip(archive() | {"data/tweets.js": content}, tmp_path / "a.zip"))


def test_a_post_of_ten_megabytes_is_skipped(tmp_path: Path) -> None:
    files = archive(tweet("a" * (10 << 20)), tweet("hello", "2"))
    found = read(as_zip(files, tmp_path / "a.zip"))
    assert [post.text for post in found.posts] == ["hello"]
    assert found.skipped == {"larger than any post can be": 1}


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    posts = [tweet(post_id=str(number), padding="x" * 10_000) for number in range(5_000)]
    path = as_folder(archive(*posts), tmp_path / "folder")
    del posts
    tracemalloc.start()
    try:
        with open_source(path) as opened:
            assert opened.total_bytes > 50_000_000
            assert sum(len(page.posts) for page in opened.pages()) == 5_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000


def test_two_archives_in_one_folder(tmp_path: Path) -> None:
    both = {f"{top}/{name}": content for top in ("a", "b") for name, content in archive(tweet()).items()}
    with pytest.raises(BadData, match="2 archives"):
        read(as_folder(both, tmp_path / "folder"))
