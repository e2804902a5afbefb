"""Stored answers of the X API, versions 1.1 and 2."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plnmap.errors import BadData, UsageError
from plnmap.model import Account
from tests.sources.builders import Read, named, read

POSTED = datetime(2021, 6, 26, 19, 56, 26, tzinfo=UTC)
ASKED = datetime(2021, 6, 26, 20, tzinfo=UTC)


def v2(text: str = "hello", post_id: str = "1", **fields: Any) -> dict[str, Any]:
    return {
        "id": post_id,
        "text": text,
        "author_id": "12",
        "created_at": "2021-06-26T19:56:26.000Z",
        **fields,
    }


def user(account_id: str, handle: str) -> dict[str, Any]:
    counts = {"followers_count": 7, "following_count": 8}
    return {
        "id": account_id,
        "username": handle,
        "name": handle.title(),
        "description": "x",
        "public_metrics": counts,
    }


USERS = [user("12", "Ada"), user("34", "bo"), user("56", "cy")]


def page(*posts: dict[str, Any], **includes: Any) -> dict[str, Any]:
    return {
        "data": list(posts),
        "includes": {"users": USERS, **includes},
        "meta": {"result_count": len(posts)},
        "__twarc": {"retrieved_at": "2021-06-26T20:00:00+00:00"},
    }


def stored(tmp_path: Path, *lines: object, **options: Any) -> Read:
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return read(path, **options)


def mentions(*people: tuple[str, str]) -> dict[str, Any]:
    return {"mentions": [{"id": account_id, "username": handle} for account_id, handle in people]}


def test_a_page(tmp_path: Path) -> None:
    found = stored(tmp_path, page(v2("hello &amp; all", lang="en", conversation_id="5")))
    post = found.post()
    assert (found.kind, found.owner, found.coverage) == ("x_api", None, [])
    assert (found.retrieved_at, found.retrieved_from) == (ASKED, "time of the answers")
    assert (post.author, post.happened_at, post.text, post.lang) == (
        "twitter:12",
        POSTED,
        "hello & all",
        "en",
    )
    assert (post.conversation, post.url, post.authority) == (
        "twitter:5",
        "https://twitter.com/Ada/status/1",
        1,
    )
    assert Account("twitter:34", "Bo", "x", 7, 8, ASKED) in found.accounts
    assert found.bytes_read == found.total_bytes


def test_the_rules_are_those_of_the_archives(tmp_path: Path) -> None:
    reply = v2(
        "@bo @cy ask @cy",
        in_reply_to_user_id="34",
        referenced_tweets=[{"type": "replied_to", "id": "9"}],
        entities=mentions(("34", "bo"), ("56", "cy")),
    )
    post = stored(tmp_path, page(reply)).post()
    assert (post.reply_to_post, post.reply_to, post.mentions) == ("twitter:9", "twitter:34", ["twitter:56"])


@pytest.mark.parametrize("field", ["referenced_tweets", "referenced_posts"])
@pytest.mark.parametrize("included", ["tweets", "posts"])
def test_boosts_and_quotes_are_joined_with_what_is_included(
    tmp_path: Path, field: str, included: str
) -> None:
    boost = v2("RT @bo: a fi…", "1", **{field: [{"type": "retweeted", "id": "7"}]})
    quote = v2("see this", "2", **{field: [{"type": "quoted", "id": "7"}]})
    original = v2("a find", "7", author_id="34")
    found = stored(tmp_path, page(boost, quote, **{included: [original]}))
    assert (found.post("1").boost_of_post, found.post("1").boost_of) == ("twitter:7", "twitter:34")
    assert (found.post("2").quote_of_post, found.post("2").quote_of) == ("twitter:7", "twitter:34")
    assert (found.post("7").author, found.post("7").authority) == ("twitter:34", 0)


def test_a_boost_whose_original_is_left_out_is_known_by_its_text(tmp_path: Path) -> None:
    boost = v2(
        "RT @bo: a find",
        referenced_tweets=[{"type": "retweeted", "id": "7"}],
        entities=mentions(("34", "bo")),
    )
    post = stored(tmp_path, page(boost)).post()
    assert (post.boost_of_post, post.boost_of) == ("twitter:7", "twitter:34")


def test_long_posts_links_and_pictures(tmp_path: Path) -> None:
    entities = {
        "urls": [
            {"url": "https://t.co/aaaaaaaaaa", "expanded_url": "https://example.org/"},
            {"url": "https://t.co/bbbbbbbbbb", "expanded_url": "https://twitter.com/Ada/status/1/photo/1"},
            {"url": "https://t.co/bbbbbbbbbb", "expanded_url": "https://twitter.com/Ada/status/1/photo/2"},
        ],
        "hashtags": [{"tag": "EdChat"}],
        **mentions(("34", "bo")),
    }
    whole = {"text": "the whole @bo https://t.co/aaaaaaaaaa https://t.co/bbbbbbbbbb", "entities": entities}
    post = stored(tmp_path, page(v2("the wh…", note_tweet=whole))).post()
    assert post.text == "the whole @bo https://example.org/"
    assert (post.links, post.hashtags, post.mentions) == (
        ["https://example.org/"],
        ["edchat"],
        ["twitter:34"],
    )


def test_posts_taken_out_of_their_page(tmp_path: Path) -> None:
    original = v2("a find", "7", author_id="34", author=user("34", "bo"), type="retweeted")
    line = v2("RT @bo: a fi…", author=user("12", "Ada"), referenced_tweets=[original])
    answer = v2(
        "@bo hi", "2", author=user("12", "Ada"), in_reply_to_user_id="34", in_reply_to_user=user("34", "bo")
    )
    found = stored(tmp_path, line, answer)
    assert (found.post("1").boost_of_post, found.post("1").boost_of) == ("twitter:7", "twitter:34")
    assert found.post("7").authority == 0
    assert (found.post("2").reply_to, found.post("2").mentions) == ("twitter:34", [])
    assert (found.retrieved_at, found.retrieved_from) == (POSTED, "latest post")


def test_version_1(tmp_path: Path) -> None:
    inside = {"id_str": "7", "full_text": "a find", "user": {"id_str": "34", "screen_name": "bo"}}
    line = {
        "id": 1,
        "id_str": "1",
        "full_text": "RT @bo: a fi…",
        "created_at": "Sat Jun 26 19:56:26 +0000 2021",
        "user": {"id_str": "12", "screen_name": "Ada", "followers_count": 3},
        "entities": named(("34", "bo")),
        "retweeted_status": inside,
    }
    found = stored(tmp_path, line, {**line, "id_str": "2", "user": None})
    assert (found.post("1").author, found.post("1").boost_of, found.post("1").authority) == (
        "twitter:12",
        "twitter:34",
        1,
    )
    assert (found.post("7").authority, found.post("1").happened_at) == (0, POSTED)
    assert found.skipped == {"post without an author": 1}


def test_accounts_alone(tmp_path: Path) -> None:
    found = stored(tmp_path, {"data": USERS[:1]}, user("34", "bo"), {"id_str": "56", "screen_name": "cy"})
    assert found.posts == []
    assert {handle.handle for handle in found.handles} == {"Ada", "bo", "cy"}
    assert not found.skipped


def test_what_the_platform_left_out_is_counted_by_title(tmp_path: Path) -> None:
    errors = [
        {"title": "Forbidden", "resource_type": "user"},
        {"title": "Forbidden", "resource_type": "user"},
        {"title": "\x1b[31m", "resource_type": "\x1b"},
    ]
    found = stored(tmp_path, page(v2()) | {"errors": errors}, {"errors": errors[:1]})
    assert found.skipped == {
        "left out by the platform: Forbidden (user)": 3,
        "left out by the platform: Error (record)": 1,
    }


def test_an_owner_is_only_whom_it_was_collected_for(tmp_path: Path) -> None:
    found = stored(tmp_path, page(v2(), v2(post_id="2", author_id="34")), owner="Ada")
    assert found.owner == "twitter:@ada"
    row = found.covered("reply", "in")
    assert (row.state, row.first, row.last, row.got) == ("partial", POSTED, POSTED, 2)
    with pytest.raises(UsageError):
        stored(tmp_path, page(v2()), owner="not an account")


def test_odd_lines_are_skipped_and_damaged_ones_refused(tmp_path: Path) -> None:
    found = stored(tmp_path, page(v2()), {"data": 5}, [], {"text": "x"}, {"id": "3", "text": "x"})
    assert len(found.posts) == 1
    assert found.skipped.total() == 4
    path = tmp_path / "cut.jsonl"
    path.write_text(json.dumps(page(v2())) + "\n" + json.dumps(page(v2()))[:-5])
    with pytest.raises(BadData, match=r"cut\.jsonl is damaged"):
        read(path)
