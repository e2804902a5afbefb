"""Answers that real Mastodon servers gave, as somebody recorded them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from plnmap.sources.live import Taken
from plnmap.sources.mastodon_live import READER_VERSION
from plnmap.sources.mastodon_pages import Viewer
from plnmap.sources.mastodon_statuses import Owner
from tests.sources.cassettes import recorded
from tests.sources.mastodon_builders import taken

ROOMS = {
    r"/api/v1/accounts/\d+/statuses": "alter_posts",
    r"/api/v1/timelines/(home|public|tag/\w+|list/\d+)": "alter_posts",
    r"/api/v1/notifications": "notifications",
    r"/api/v1/statuses/\d+/context": "answers",
    r"/api/v1/statuses/\d+/favourited_by": "likers",
    r"/api/v1/statuses/\d+/reblogged_by": "boosters",
    r"/api/v1/statuses/\d+/quotes": "quotes",
    r"/api/v1/favourites": "liked",
}
"""Addresses of recorded answers, and the stream that reads such an answer."""

TOLD = ("mention", "quote", "favourite", "reblog")


@pytest.mark.real_data
def test_recorded_answers_give_what_one_counts_in_them(real_data: Path) -> None:
    read: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for cassette in sorted((real_data / "mastodonpy_cassettes").glob("cassettes*/*.yaml")):
        for one in recorded(cassette):
            path = re.sub(r"^https?://[^/]+|\?.*$", "", one.uri)
            stream = next((name for room, name in ROOMS.items() if re.fullmatch(room, path)), None)
            if stream is None or one.method != "GET" or one.status != 200:
                continue
            host = one.uri.split("/")[2]
            owner = Owner("1", f"https://{host}/users/ada", f"mastodon:@ada@{host}")
            found = taken(stream, one.body, "1", Viewer("s", host, owner), link=one.link, account=owner.key)
            assert set(found.page.skipped) <= {"direct message: left out"}
            read += _read(stream, found)
            counted += _counted(stream, json.loads(one.body), one.link)

    assert +read == +counted
    assert +read == RECORDED
    assert READER_VERSION == 1


RECORDED = Counter(
    {
        "alter_posts": 45,
        "notifications": 13,
        "answers": 2,
        "boosters": 2,
        "likers": 1,
        "liked": 1,
        "quotes": 1,
        "posts": 241,
        "copies": 1,
        "replies": 1,
        "reactions": 2,
        "direct": 4,
        "further pages": 45,
    }
)


def _read(stream: str, found: Taken) -> Counter[str]:
    page = found.page
    own = [post for post in page.posts if post.authority]
    return Counter(
        {
            stream: 1,
            "posts": len(own),
            "copies": len(page.posts) - len(own),
            "direct": page.skipped.total(),
            "replies": sum(post.reply_to_post is not None for post in own),
            "quoting": sum(post.quote_of_post is not None for post in own),
            "reactions": len(page.reactions),
            "further pages": found.cursor is not None,
        }
    )


def _counted(stream: str, body: Any, link: str | None) -> Counter[str]:
    """The same, counted in the JSON itself."""
    count = Counter({stream: 1, "further pages": 'rel="next"' in (link or "")})
    if stream in ("likers", "boosters"):
        return count + Counter({"reactions": len(body)})
    statuses = body["descendants"] if stream == "answers" else body
    if stream == "notifications":
        acts = [one for one in body if one["type"] in TOLD and one["status"]]
        count["reactions"] = sum(one["type"] in ("favourite", "reblog") for one in acts)
        reacted = {
            one["status"]["uri"]: one["status"] for one in acts if one["type"] in ("favourite", "reblog")
        }
        statuses = [one["status"] for one in acts if one["type"] in ("mention", "quote")] + [
            *reacted.values()
        ]
    elif stream == "answers":
        count["copies"] = len(body["ancestors"])
    for one in statuses:
        if one["visibility"] == "direct":
            count["direct"] += 1
        elif one["reblog"]:
            count["reactions"] += 1
            count["copies"] += 1
        else:
            quoted = (one.get("quote") or {}).get("quoted_status")
            count += Counter(
                posts=1, replies=one["in_reply_to_id"] is not None, quoting=bool(quoted), copies=bool(quoted)
            )
    return count
