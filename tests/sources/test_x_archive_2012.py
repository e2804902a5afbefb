"""The X archive in its first layout: one file per month."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plnmap.errors import BadData, UsageError
from plnmap.model import Account, Handle, Reaction
from tests.sources.builders import (
    ADA,
    BO,
    CY,
    Files,
    archive_2012,
    as_folder,
    as_tar,
    as_zip,
    month_tweet,
    named,
    read,
    script,
)

MADE = datetime(2014, 1, 2, 3, 4, 5, tzinfo=UTC)


def boosted_original(post_id: str = "5", **fields: Any) -> dict[str, Any]:
    """A boost as the platform gave it out: the original post, by its own author."""
    user = {"id_str": BO, "screen_name": "Bo", "name": "Bo B.", "followers_count": 7, "friends_count": 8}
    return month_tweet("a find", post_id, user=user, retweeted=True, **fields)


def without(files: Files, *names: str) -> Files:
    return {name: content for name, content in files.items() if name.rpartition("/")[2] not in names}


def test_every_container_reads_the_same(tmp_path: Path) -> None:
    files = archive_2012(month_tweet("one"), month_tweet("two", "2"))
    found = [
        read(path)
        for path in (
            as_zip(files, tmp_path / "a.zip"),
            as_zip(files, tmp_path / "b.zip", top="my archive/"),
            as_folder(files, tmp_path / "folder"),
            as_tar(files, tmp_path / "a.tgz"),
        )
    ]
    assert all(one.posts == found[0].posts for one in found)
    assert {one.kind for one in found} == {"x_archive_2012"}
    assert [post.post for post in found[0].posts] == ["twitter:1", "twitter:2"]
    assert found[0].bytes_read == found[0].total_bytes


def test_owner_and_date_are_the_archives_own(tmp_path: Path) -> None:
    found = read(as_zip(archive_2012(month_tweet()), tmp_path / "a.zip"))
    assert (found.owner, found.retrieved_at, found.retrieved_from) == (
        "twitter:12",
        MADE,
        "payload_details.js",
    )
    assert Account("twitter:12", "Ada L.", "reads", None, None, MADE) in found.accounts
    assert Handle("twitter:12", "Ada", datetime(2013, 4, 1, 5, 55, 56, tzinfo=UTC), MADE) in found.handles


def test_without_a_date_the_latest_post_is_the_date(tmp_path: Path) -> None:
    files = without(
        archive_2012(
            month_tweet(created_at="2013-04-03 00:00:01 +0000"),
            month_tweet(post_id="2", created_at="9999-04-03 00:00:01 +0000"),
            boosted_original(created_at="2013-04-04 00:00:01 +0000"),
        ),
        "payload_details.js",
    )
    found = read(as_zip(files, tmp_path / "a.zip"))
    assert found.retrieved_at == datetime(2013, 4, 3, 0, 0, 1, tzinfo=UTC)
    assert found.retrieved_from == "latest post"
    assert found.reactions[0].seen_at == found.retrieved_at


def test_without_an_owner_one_must_be_given(tmp_path: Path) -> None:
    path = as_zip(without(archive_2012(month_tweet()), "user_details.js"), tmp_path / "a.zip")
    with pytest.raises(UsageError, match="most posts are by @Ada") as caught:
        read(path)
    assert caught.value.hint == "give --owner HANDLE_OR_ID"
    assert read(path, owner="@ada").owner == read(path, owner="12").owner == "twitter:12"
    with pytest.raises(UsageError, match="no post in"):
        read(path, owner="bo")


def test_another_owner_than_the_archive_states_is_refused(tmp_path: Path) -> None:
    path = as_zip(archive_2012(month_tweet()), tmp_path / "a.zip")
    assert read(path, owner="ADA").owner == read(path, owner="twitter:12").owner == "twitter:12"
    for other in ("bo", "34"):
        with pytest.raises(UsageError, match="archive of @Ada"):
            read(path, owner=other)
    with pytest.raises(UsageError, match="names no account"):
        read(path, owner="[bold]")


def test_a_boost_given_out_as_the_original_is_the_owners_reaction(tmp_path: Path) -> None:
    found = read(as_zip(archive_2012(month_tweet(), boosted_original()), tmp_path / "a.zip"))
    assert found.reactions == [Reaction("twitter:12", "boost", "twitter:5", "twitter:34", None, None, MADE)]
    context = found.post("5")
    assert (context.author, context.authority, context.boost_of) == ("twitter:34", 0, None)
    assert context.url == "https://twitter.com/Bo/status/5"
    (bo,) = (one for one in found.accounts if one.account == "twitter:34")
    assert (bo.followers, bo.following) == (7, 8)


def test_posts_inside_posts_are_context(tmp_path: Path) -> None:
    inside = {"id_str": "7", "text": "a find", "user": {"id_str": BO, "screen_name": "bo"}}
    deeper = {**inside, "quoted_status": {"id_str": "8", "text": "first", "user": {"id_str": CY}}}
    nobodys = {"id_str": "9", "text": "of nobody"}
    posts = (
        month_tweet("RT @bo: a fi…", retweeted_status=deeper),
        month_tweet("hm", "2", quoted_status=nobodys),
    )
    found = read(as_zip(archive_2012(*posts), tmp_path / "a.zip"))
    assert [(post.post, post.author, post.authority) for post in found.posts] == [
        ("twitter:1", "twitter:12", 2),
        ("twitter:7", "twitter:34", 0),
        ("twitter:8", "twitter:56", 0),
        ("twitter:2", "twitter:12", 2),
    ]


def test_midnight_before_november_2010_is_only_a_day(tmp_path: Path) -> None:
    dates = {
        "1": ("2009-04-01 00:00:00 +0000", "day"),
        "2": ("2009-04-01 00:00:01 +0000", "second"),
        "3": ("2010-11-06 00:00:00 +0000", "second"),
    }
    posts = [month_tweet(post_id=number, created_at=date) for number, (date, _) in dates.items()]
    found = read(as_zip(archive_2012(*posts), tmp_path / "a.zip"))
    assert {post.post[-1]: post.at_precision for post in found.posts} == {
        number: precision for number, (_, precision) in dates.items()
    }


def test_people_met_are_told_once_with_the_span_of_their_handles(tmp_path: Path) -> None:
    days = ["2013-04-05", "2013-04-01", "2013-04-09"]
    posts = [
        month_tweet("hi @bo", str(number), created_at=f"{day} 10:00:00 +0000", entities=named((BO, "bo")))
        for number, day in enumerate(days, start=1)
    ]
    found = read(as_zip(archive_2012(*posts), tmp_path / "a.zip"))
    (bo,) = (handle for handle in found.handles if handle.account == "twitter:34")
    assert (bo.handle, bo.first_seen, bo.last_seen) == (
        "bo",
        datetime(2013, 4, 1, 10, tzinfo=UTC),
        datetime(2013, 4, 9, 10, tzinfo=UTC),
    )


def test_coverage_of_a_whole_archive(tmp_path: Path) -> None:
    files = archive_2012(month_tweet(), created_at="2009-01-01 00:00:00 +0000")
    found = read(as_zip(files, tmp_path / "a.zip"))
    for kind in ("reply", "mention", "quote", "boost"):
        row = found.covered(kind)
        assert (row.state, row.first, row.last) == ("complete", datetime(2009, 1, 1, tzinfo=UTC), MADE)
        assert (row.expected, row.got, row.reason) == (1, 1, "")
        assert found.covered(kind, "in").state == "none"
    assert {
        found.covered(kind, way).state for kind in ("favourite", "follow", "dm") for way in ("out", "in")
    } == {"none"}
    assert all(row.reason for row in found.coverage if row.state == "none")


def test_coverage_starts_with_the_first_post_where_the_account_has_no_date(tmp_path: Path) -> None:
    posts = [month_tweet(post_id=str(day), created_at=f"2013-04-0{day} 10:00:00 +0000") for day in (3, 2, 4)]
    assert read(as_zip(archive_2012(*posts), tmp_path / "a.zip")).covered("reply").first == datetime(
        2013, 4, 2, 10, tzinfo=UTC
    )


def test_missing_months_and_missing_posts_are_told(tmp_path: Path) -> None:
    index = [{"file_name": f"data/js/tweets/2013_0{month}.js"} for month in (2, 3, 4)]
    files = archive_2012(month_tweet()) | {"data/js/tweet_index.js": script("var tweet_index", index)}
    row = read(as_zip(files, tmp_path / "a.zip")).covered("reply")
    assert (row.state, row.reason) == ("partial", "2 of 3 months are missing: 2013_02 to 2013_03")
    payload = script("var payload_details", {"tweets": 100, "created_at": "2014-01-02 03:04:05 +0000"})
    few = archive_2012(month_tweet()) | {"data/js/payload_details.js": payload}
    row = read(as_zip(few, tmp_path / "b.zip")).covered("reply")
    assert (row.state, row.expected, row.got) == ("partial", 100, 1)
    assert row.reason == "99 of 100 posts are not in the archive"


def test_what_cannot_be_kept_is_counted(tmp_path: Path) -> None:
    posts: list[Any] = [
        month_tweet(post_id="1"),
        month_tweet() | {"id_str": None, "id": 1600000000000000001},
        month_tweet() | {"id_str": "../1"},
        month_tweet(post_id="3") | {"text": None},
        month_tweet("a" * 200_000, "4"),
        ["no post"],
    ]
    found = read(as_zip(archive_2012(*posts), tmp_path / "a.zip"))
    assert [post.post for post in found.posts] == ["twitter:1"]
    assert sorted(found.skipped.values()) == [1, 1, 1, 2]


def test_only_the_listed_files_are_opened(tmp_path: Path) -> None:
    files = archive_2012(month_tweet()) | {"data/js/phone.js": b"\xff", "data/js/tweets/notes.js": b"\xff"}
    folder = as_folder(files, tmp_path / "folder")
    (folder / "data/js/phone.js").chmod(0)
    assert len(read(folder).posts) == 1


def test_two_archives_in_one_folder(tmp_path: Path) -> None:
    files = archive_2012(month_tweet())
    both = {f"{top}/{name}": content for top in ("one", "two") for name, content in files.items()}
    with pytest.raises(BadData, match="2 archives"):
        read(as_folder(both, tmp_path / "folder"))


@pytest.mark.parametrize(
    "name", ["user_details.js", "payload_details.js", "tweet_index.js", "tweets/2013_04.js"]
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    files = archive_2012(month_tweet())
    files[f"data/js/{name}"] = files[f"data/js/{name}"][:-3]
    with pytest.raises(BadData, match=name):
        read(as_zip(files, tmp_path / "a.zip"))


def test_an_empty_month_is_no_damage(tmp_path: Path) -> None:
    files = archive_2012(month_tweet()) | {
        "data/js/tweets/2013_05.js": b"Grailbird.data.tweets_2013_05 = [ ]",
        "data/js/tweets/2013_06.js": b"",
    }
    assert len(read(as_zip(files, tmp_path / "a.zip")).posts) == 1


def test_the_digest_of_a_folder_does_not_depend_on_other_files(tmp_path: Path) -> None:
    files = archive_2012(month_tweet())
    plain = read(as_folder(files, tmp_path / "one")).source
    assert read(as_folder(files | {"data/js/phone.js": b"x"}, tmp_path / "two")).source == plain
    assert read(as_folder(archive_2012(month_tweet("other")), tmp_path / "three")).source != plain
    assert ADA not in plain
