"""The pages that the X API has about an account: what they show, how they are billed, how fast they come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, Final, NamedTuple

from plnmap.model import Task, account_key
from plnmap.sources.live import ALTERS_RANK, Stream, new_task
from plnmap.sources.pacing import Bucket
from plnmap.sources.x_v2 import V2Metrics

WINDOW_SECONDS: Final = 900
"""X counts requests by quarters of an hour, each address and each token apart."""

PROFILE: Final = "profile"
"""The part that is always asked for: its counts say what the rest takes."""

_OUT: Final = tuple((kind, "out") for kind in ("reply", "mention", "quote", "boost"))

_OF_POSTS: Final[dict[str, Any]] = {"subjects_from": "posts", "notices_later": False}

UNNAMED: Final = "answers older than seven days that do not name the account are not found"

STREAMS: Final = {
    "profile": Stream("the account itself, and its counts", PROFILE, (), 1, resource="user"),
    "posts": Stream("own posts", "posts", _OUT, 100, cap=3_200, resource="post"),
    "mentions": Stream(
        "posts that name the account", "notifications", (("reply", "in"), ("mention", "in")), 100, 800,
        resource="post",
    ),
    "followers": Stream(
        "who follows the account", "follows", (("follow", "in"),), 1_000, snapshot=True, resource="follow"
    ),
    "following": Stream(
        "whom the account follows", "follows", (("follow", "out"),), 1_000, snapshot=True, resource="follow"
    ),
    "liked": Stream(
        "posts that the account liked", "favourites", (("favourite", "out"),), 100, resource="like"
    ),
    "answers": Stream(
        "answers in the account's threads", "answers", (), 100, resource="post", **_OF_POSTS,
        completes={("reply", "in"): UNNAMED},
    ),
    "quotes": Stream(
        "posts that quote a post", "boosts", (("quote", "in"),), 100, resource="post", **_OF_POSTS
    ),
    "boosters": Stream(
        "who boosted a post", "boosts", (("boost", "in"),), 100, 100, resource="user", **_OF_POSTS
    ),
    "likers": Stream(
        "who liked a post", "favourites", (("favourite", "in"),), 100, 100,
        resource="user", **_OF_POSTS,
    ),
    "lookup": Stream("ids of people known by their handles", PROFILE, (), 100, resource="user"),
    "alter_posts": Stream("recent posts of others", "posts", _OUT, 100, 3_200, resource="post"),
    "alter_following": Stream(
        "whom others follow", "follows", (("follow", "out"),), 1_000, snapshot=True, resource="follow"
    ),
    "missing": Stream("posts that others refer to and that cannot be seen", "posts", (), 1),
}  # fmt: skip
"""Name → stream. Tasks of ``missing`` are records of what X left out, and never asked for."""


class Asked(NamedTuple):
    """How X is asked for a stream.

    Attributes
    ----------
    address
        The path, with ``:id`` for what it is about.
    least
        The least items that may be asked for at once.
    owned
        Whether X reads it at the lower price for whom the account and the app belong to.
    """

    address: str
    least: int = 1
    owned: bool = False


ASKED: Final = {
    "profile": Asked("/2/users/me"),
    "posts": Asked("/2/users/:id/tweets", 5, owned=True),
    "mentions": Asked("/2/users/:id/mentions", 5, owned=True),
    "followers": Asked("/2/users/:id/followers", owned=True),
    "following": Asked("/2/users/:id/following", owned=True),
    "liked": Asked("/2/users/:id/liked_tweets", 5, owned=True),
    # A thread is longer than the answers to its first post, which are all that is counted.
    "answers": Asked("/2/tweets/search/recent", 100),
    "quotes": Asked("/2/tweets/:id/quote_tweets", 10),
    "boosters": Asked("/2/tweets/:id/retweeted_by"),
    "likers": Asked("/2/tweets/:id/liking_users"),
    "lookup": Asked("/2/users/by"),
    "alter_posts": Asked("/2/users/:id/tweets", 5),
    "alter_following": Asked("/2/users/:id/following"),
}

LIMITS: Final = {
    "/2/users/me": (75, 75),
    "/2/users/:id": (300, 900),
    "/2/users/by": (300, 900),
    "/2/users/:id/tweets": (10_000, 900),
    "/2/users/:id/mentions": (450, 300),
    "/2/users/:id/followers": (300, 300),
    "/2/users/:id/following": (300, 300),
    "/2/users/:id/liked_tweets": (75, 75),
    "/2/tweets/search/recent": (450, 300),
    "/2/tweets/:id/quote_tweets": (75, 75),
    "/2/tweets/:id/retweeted_by": (75, 75),
    "/2/tweets/:id/liking_users": (75, 75),
}
"""Address → requests in a quarter of an hour, with a token of an app and with one of a user."""

RANKS: Final = {name: rank for rank, name in enumerate(STREAMS)}
"""The cheap pages first: what they show is free for the rest of the day where it comes again."""

OTHERS_FROM: Final = ALTERS_RANK + 1
"""The rank of the strongest tie; those of all further ones follow."""

FOLLOWS_LATER: Final = 1_000_000
"""Posts of all others before the follows of the first: a list of follows costs as much as many posts."""

LIKES_ARE_PRIVATE: Final = "likes are shown to the account itself only, and this token is an app's"

_NUMBER: Final = re.compile(r"(?<=[a-z])/\d+(?=/|$)")


def bucket(path: str, by_user: bool) -> Bucket | None:
    """The limit that a request falls under; None for an address that is not known here.

    >>> bucket("/2/users/12/tweets", by_user=True)
    Bucket(name='/2/users/:id/tweets', limit=900, seconds=900)
    """
    address = _NUMBER.sub("/:id", path)
    limits = LIMITS.get(address)
    return None if limits is None else Bucket(address, limits[by_user], WINDOW_SECONDS)


BY_DATE: Final = ("posts", "alter_posts", "mentions")
"""Streams that can be asked for what is newer than a moment, and older than a post."""

_UNTIL: Final = "until:"


def older_than(ids: Sequence[str], cursor: str | None) -> str | None:
    """A cursor for what is older than a page, for another day: tokens of pages may not last.

    Parameters
    ----------
    ids
        Of the posts on the page, newest first.
    cursor
        Of the page; stays the same where the page is empty.

    Examples
    --------
    >>> older_than(["9", "7"], None)
    'until:7'
    """
    return f"{_UNTIL}{ids[-1]}" if ids else cursor


def further(cursor: str | None, token: str) -> str:
    """The cursor of the page after a page, by the token that X gives.

    >>> further(None, "t2"), further("until:7", "t2"), further("until:7:t2", "t3")
    ('t2', 'until:7:t2', 'until:7:t3')
    """
    if cursor is None or not cursor.startswith(_UNTIL):
        return token
    return f"{_UNTIL}{cursor.removeprefix(_UNTIL).partition(':')[0]}:{token}"


def position(cursor: str | None) -> tuple[str | None, str | None]:
    """The post that a page begins below, and the token of the page; None where there is none.

    >>> position("t2"), position("until:7"), position("until:7:t2")
    ((None, 't2'), ('7', None), ('7', 't2'))
    """
    if cursor is None or not cursor.startswith(_UNTIL):
        return None, cursor
    post, _, token = cursor.removeprefix(_UNTIL).partition(":")
    return post, token or None


def items_at_most(task: Task, max_posts: int | None, paid_for: float = inf) -> int:
    """How many items to ask for, and thus to pay for, on the next page of a task.

    No more than counts say are left, and a few; where they are wrong, a further page follows.

    Parameters
    ----------
    task
        The task.
    max_posts
        As in `plnmap.sources.live.Limits`.
    paid_for
        How many the budget pays for.
    """
    stream, least = STREAMS[task.stream], ASKED[task.stream].least
    if task.stream == "lookup":
        return task.subject.count(",") + 1
    most = stream.page_size
    if task.expected is not None and task.since is None:
        left = task.expected - task.pass_items
        most = min(most, left + left // 20 + 5)
    if max_posts is not None and stream.part == "posts":
        most = min(most, max_posts - task.pass_items)
    return max(int(min(most, paid_for)), least)


def owner_tasks(source: str, owner_id: str, by_user: bool, counts: V2Metrics) -> Iterator[Task]:
    """The tasks about the account itself, after its profile.

    Parameters
    ----------
    source, owner_id
        Key of the collection, and the platform's id of its account.
    by_user
        Whether the token is a user's.
    counts
        What the profile counts.
    """
    expected = {
        "posts": counts.post_count if counts.tweet_count is None else counts.tweet_count,
        "followers": counts.followers_count,
        "following": counts.following_count,
        "liked": counts.like_count,
    }
    owner = account_key("twitter", owner_id)
    for stream in ("posts", "mentions", "followers", "following", "liked"):
        if by_user or stream != "liked":
            yield new_task(source, stream, owner_id, owner, RANKS[stream], expected.get(stream))
    if not by_user:
        closed = new_task(source, "liked", owner_id, owner, RANKS["liked"])
        yield closed._replace(state="refused", reason=LIKES_ARE_PRIVATE)


def alter_tasks_of(
    source: str, account_id: str, rank: int, recent: int, counts: V2Metrics | None = None
) -> Iterator[Task]:
    """The tasks about somebody else: recent posts, and whom they follow.

    Parameters
    ----------
    source, account_id
        Key of the collection, and the platform's id of the other account.
    rank
        Rank of the posts; the follows come after the posts of everybody.
    recent
        How many posts are taken.
    counts
        What their profile counts, where it was seen.
    """
    account = account_key("twitter", account_id)
    posts = following = None
    if counts is not None:
        posts = counts.post_count if counts.tweet_count is None else counts.tweet_count
        following = counts.following_count
    expected = None if posts is None else min(posts, recent)
    yield new_task(source, "alter_posts", account_id, account, rank, expected)
    yield new_task(source, "alter_following", account_id, account, rank + FOLLOWS_LATER, following)
