"""Answers of X as they were recorded: the rows that one counts in them by hand."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from plnmap.sources.live import Answer, Taken, collection_of, new_task
from plnmap.sources.x_pages import Viewer, read_page
from tests.sources.x_builders import NOW

pytestmark = pytest.mark.real_data

_EXCHANGE: Final = re.compile(
    r"uri: (?P<uri>\S+)\n  response:\n    body:\n      string: (?P<body>.*?)\n    headers:", re.DOTALL
)


class Row(NamedTuple):
    """What a recorded page holds."""

    stream: str
    items: int
    posts: int
    reactions: int
    follows: int
    accounts: int
    ends: bool


COUNTED: Final = {
    "get_users_tweets": Row("posts", 2, 2, 0, 0, 1, ends=False),
    "get_users_mentions": Row("mentions", 10, 0, 0, 0, 0, ends=False),
    "get_users_followers": Row("followers", 100, 0, 0, 100, 100, ends=False),
    "get_users_following": Row("following", 35, 0, 0, 35, 35, ends=True),
    "get_liked_tweets": Row("liked", 96, 0, 96, 0, 0, ends=False),
    "get_liking_users": Row("likers", 43, 0, 43, 0, 43, ends=True),
    "get_retweeters": Row("boosters", 38, 0, 38, 0, 38, ends=True),
    "get_quote_tweets": Row("quotes", 9, 0, 0, 0, 0, ends=False),
    "search_recent_tweets": Row("answers", 10, 0, 0, 0, 0, ends=False),
}
"""Cassette → rows. Only the default fields were asked for: posts have no author unless one is asked about."""


def recorded(cassette: Path) -> tuple[str, bytes]:
    """Address and body of the first exchange."""
    found = _EXCHANGE.search(cassette.read_text())
    assert found is not None
    head, _, rest = found["body"].partition("\n")
    body = base64.b64decode(rest) if head.startswith("!!binary") else found["body"].encode()
    return found["uri"], gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def read(stream: str, uri: str, body: bytes, status: int = 200) -> Taken:
    subject = next(iter(re.findall(r"/(\d{3,})", uri)), "1")
    owner = f"twitter:{subject}"
    task = new_task(collection_of(owner), stream, subject, owner, 0)._replace(began_at=NOW)
    viewer = Viewer(task.source, subject if stream == "profile" else "1", by_user=True, recent=100)
    return read_page(task, Answer(uri, status, {}, body, NOW), viewer)


@pytest.mark.parametrize("name", COUNTED)
def test_a_recorded_page(name: str, real_data: Path) -> None:
    row = COUNTED[name]
    uri, body = recorded(real_data / "tweepy_cassettes" / f"test_client_{name}.yaml")
    taken = read(row.stream, uri, body)
    page = taken.page
    assert (taken.items, len(page.posts), len(page.reactions)) == row[1:4]
    assert (len(page.follows), len(page.accounts), taken.cursor is None) == row[4:]
    without = row.items if row.stream in ("mentions", "liked", "quotes", "answers") else 0
    assert page.skipped == ({"post without an author": without} if without else {})
    ((_, ids),) = taken.reads.items()
    assert len(ids) == row.items


def test_a_recorded_profile(real_data: Path) -> None:
    uri, body = recorded(real_data / "tweepy_cassettes" / "test_client_get_me.yaml")
    owner = json.loads(body)["data"]["id"]
    taken = read("profile", f"{uri}/{owner}", body)
    assert (taken.items, len(taken.page.accounts), len(taken.page.handles), taken.end) == (
        1,
        1,
        1,
        "complete",
    )
    assert len(taken.tasks) == 5
    uri, body = recorded(real_data / "tweepy_cassettes" / "test_client_get_users.yaml")
    found = read("lookup", uri, body)
    assert [task.stream for task in found.tasks] == ["alter_posts", "alter_following"] * 2


def test_pages_that_twarc_stored(real_data: Path) -> None:
    lines = (real_data / "twarc" / "search-v2.jsonl").read_bytes().splitlines()
    pages = [read("answers", "https://api.twitter.com/2/tweets/search/recent", line) for line in lines]
    assert sum(page.items for page in pages) == 500
    assert len({post.post for page in pages for post in page.page.posts if post.authority == 1}) == 500
    assert sum(len(page.reads["post", False]) for page in pages) == 500
    assert [page.cursor is None for page in pages] == [False] * 5
    assert sum(task.stream == "missing" for task in pages[1].tasks) > 0


ENDS: Final = {403: "refused", 404: "gone", 200: None}


def test_errors_as_they_were_seen(real_data: Path) -> None:
    lines = (real_data / "api_errors" / "errors.jsonl").read_text().splitlines()
    ends = []
    for line in lines:
        told = json.loads(line)
        if told["status"] in ENDS:
            body = json.dumps(told["body"]).encode() if told["body"] else b""
            found = read("followers", "https://api.twitter.com/2/users/123/followers", body, told["status"])
            assert (found.items, found.cursor) == (0, None)
            ends.append((told["status"], found.end))
    assert sorted(ends) == [(200, "gone"), (200, "hidden"), (403, "refused"), (404, "gone")]
