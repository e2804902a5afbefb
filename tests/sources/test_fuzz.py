"""Whatever is in a file: it is read, or refused with a reason; nothing else ever happens."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plnmap.errors import BadData, UsageError
from plnmap.model import Post, table
from plnmap.sources import READERS
from tests.sources.builders import (
    BO,
    Files,
    archive,
    archive_2012,
    as_folder,
    as_tar,
    as_zip,
    export,
    month_tweet,
    named,
    note,
    read,
    script,
    tweet,
)

PARENT = {"in_reply_to_user_id_str": BO, "in_reply_to_screen_name": "bo", "in_reply_to_status_id_str": "9"}
INSIDE = {"id_str": "7", "text": "a find", "user": {"id_str": BO, "screen_name": "bo"}}
LINKED = {
    **named((BO, "bo")),
    "urls": [{"url": "https://t.co/abcdefghij", "expanded_url": "https://x.com/bo/status/7"}],
}
MESSAGE = {"messageCreate": {"senderId": "12", "recipientId": BO, "createdAt": "2023-01-01T10:00:00.000Z"}}
V2 = {
    "data": [
        {"id": "1", "text": "@bo hi", "author_id": "12", "referenced_tweets": [{"type": "quoted", "id": "7"}]}
    ],
    "includes": {
        "users": [{"id": "12", "username": "ada"}],
        "tweets": [{"id": "7", "text": "x", "author_id": BO}],
    },
    "errors": [{"title": "Forbidden"}],
    "__twarc": {"retrieved_at": "2023-01-01T10:00:00Z"},
}
VALID: dict[str, Files] = {
    "x_archive_2012": archive_2012(
        month_tweet("@bo hi @cy https://t.co/abcdefghij", entities=LINKED, **PARENT),
        month_tweet("RT @bo: x", "2", retweeted_status=INSIDE),
    ),
    "x_archive": archive(
        tweet("@bo hi @cy https://t.co/abcdefghij", entities=LINKED, quoted_status=INSIDE, **PARENT),
        like=script("window.YTD.like.part0", [{"like": {"tweetId": "7"}}]),
        follower=script("window.YTD.follower.part0", [{"follower": {"accountId": BO}}]),
        note_tweet=script(
            "window.YTD.note_tweet.part0", [{"noteTweet": {"noteTweetId": "1", "core": {"text": "x"}}}]
        ),
        direct_messages=script("window.YTD.dm.part0", [{"dmConversation": {"messages": [MESSAGE]}}]),
    ),
    "mastodon_export": export(
        note(
            "<p>hello @bo</p>",
            tag=[{"type": "Mention", "name": "@bo@o.example", "href": "https://o.example/@bo"}],
        ),
        note(inReplyTo="https://o.example/@bo/1", contentMap={"en": "x"}),
        {"type": "Announce", "object": "https://o.example/@bo/1", "published": "2023-01-01T10:00:00Z"},
        likes=["https://o.example/@bo/1"],
        following_accounts_csv=b"Account address,Show boosts\nbo@o.example, true\n",
    ),
    "x_api": {
        "answers.jsonl": json.dumps(V2).encode()
        + b"\n"
        + json.dumps(tweet() | {"user": INSIDE["user"]}).encode()
    },
    "follows_csv": {"follows.csv": b"Account address,Show boosts\nbo@o.example, true\n"},
    "edges": {"acts.csv": b"source,target,kind,at\nada,bo,reply,2020-01-01\nada,bo,like,1580515200\n"},
}
OWNERS = {"mastodon_export": "ada@example.social", "follows_csv": "ada@example.social"}
IN_ONE_FILE = {"x_api", "follows_csv", "edges"}

STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["\x1b[31m", "[bold]", "\ud800", "\0", "=1+1", "9" * 30, "0000-00-00", "RT @", "@", "<a href", "1"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(
        st.sampled_from(["id", "text", "user", "name"]), st.integers() | st.text(max_size=3), max_size=2
    ),
)
fuzzing = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_survives(files: Files, of_kind: str, pack: Callable[[Files, Path], Path], **options: Any) -> None:
    """Read files of a kind: the result is whole, or one of the two errors that blame the input."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        if of_kind in IN_ONE_FILE:
            path.write_bytes(next(iter(files.values())))
        else:
            pack(files, path)
        try:
            found = read(path, **options)
        except (BadData, UsageError) as exc:
            assert exc.message
            return
    never_null = [column.name for column in table(Post).columns if not column.nullable]
    for post in found.posts:
        assert all(getattr(post, name) is not None for name in never_null)
        assert "\0" not in repr(post)
        for told in (post.text, post.url, *post.links, *post.hashtags, *post.mentions):
            assert told is None or told.encode() is not None
    for coverage in found.coverage:
        assert coverage.state in ("complete", "partial", "none")
        assert coverage.state == "complete" or coverage.reason


@pytest.mark.parametrize("kind", VALID)
@fuzzing
@given(data=st.data())
def test_random_bytes_in_the_place_of_a_file(kind: str, data: st.DataObject) -> None:
    files = dict(VALID[kind])
    name = data.draw(st.sampled_from(sorted(files)))
    prefix = data.draw(st.sampled_from([b"", files[name][:30], files[name], b"\xef\xbb\xbf", b"\xff\xfe"]))
    files[name] = prefix + data.draw(st.binary(max_size=60))
    assert_survives(files, kind, as_folder, owner=OWNERS.get(kind, "ada"), with_dm=True)


@pytest.mark.parametrize("kind", VALID)
@fuzzing
@given(data=st.data())
def test_changed_bytes_of_a_file(kind: str, data: st.DataObject) -> None:
    files = dict(VALID[kind])
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    files[name] = bytes(content)
    assert_survives(files, kind, as_folder, with_dm=True)


@pytest.mark.parametrize("kind", [kind for kind in VALID if kind not in ("follows_csv", "edges")])
@settings(fuzzing, max_examples=100)
@given(data=st.data())
def test_strange_values_in_the_place_of_any_value(kind: str, data: st.DataObject) -> None:
    files = dict(VALID[kind])
    name = data.draw(st.sampled_from([name for name in sorted(files) if not name.endswith(".csv")]))
    head, separator, body = files[name].rpartition(b" = ")
    lines = [json.loads(line) for line in (body.split(b"\n") if kind == "x_api" else [body])]
    for _ in range(data.draw(st.integers(1, 3))):
        replace_one(lines, data)
    files[name] = head + separator + b"\n".join(json.dumps(line).encode() for line in lines)
    assert_survives(files, kind, as_folder, owner=OWNERS.get(kind, "ada"), with_dm=True)


def replace_one(value: Any, data: st.DataObject) -> None:
    """Walk down to some value and put a strange one in its place."""
    keys = range(len(value)) if isinstance(value, list) else sorted(value)
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    inner = value[key]
    if isinstance(inner, list | dict) and inner and data.draw(st.integers(0, 5)):
        replace_one(inner, data)
    else:
        value[key] = data.draw(STRANGE)


@pytest.mark.parametrize("pack", [as_zip, as_tar])
@fuzzing
@given(data=st.data())
def test_changed_bytes_of_an_archive(pack: Callable[[Files, Path], Path], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = bytearray(pack(VALID["x_archive"], Path(folder) / "whole").read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            start = data.draw(st.integers(0, len(content)))
            content[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
        path = Path(folder) / "source"
        path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
        try:
            read(path, with_dm=True)
        except (BadData, UsageError) as exc:
            assert exc.message


@pytest.mark.parametrize("forced", READERS)
@pytest.mark.parametrize("kind", VALID)
def test_the_wrong_kind_of_file(kind: str, forced: str) -> None:
    assert_survives(VALID[kind], kind, as_zip, kind=forced, owner="12")
    assert_survives(VALID[kind], kind, as_folder, kind=forced, owner="ada@example.social")


@fuzzing
@given(st.binary(max_size=300))
def test_any_file_at_all(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        with pytest.raises((BadData, UsageError)):
            read(path)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"%PDF-1.7", b"<html></html>", b"\x89PNG\r\n", b"{}", b"[]"]
)
def test_a_file_of_no_known_kind_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "holiday.bin"
    path.write_bytes(content)
    with pytest.raises(BadData, match=r"holiday\.bin is no archive"):
        read(path)


def test_a_kind_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no kind of source called 'facebook'") as caught:
        read(tmp_path, kind="facebook")
    assert caught.value.hint is not None
    assert all(kind in caught.value.hint for kind in READERS)
