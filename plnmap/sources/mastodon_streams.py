"""The pages that Mastodon servers have about an account: where they are, and how fast they may be asked."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, urlsplit

import requests

from plnmap.model import Task
from plnmap.sources.elsewhere import host_of
from plnmap.sources.live import ALTERS_RANK, Stream
from plnmap.sources.mastodon_names import post_key
from plnmap.sources.pacing import Bucket

PROFILE: Final = "profile"
"""The part that is always asked for: its counts say what the rest takes."""

_OUT: Final = tuple((kind, "out") for kind in ("reply", "mention", "quote", "boost"))

STREAMS: Final = {
    "profile": Stream("the account itself, and its counts", PROFILE, (), 1),
    "notifications": Stream("what others did towards the account", "notifications", (("mention", "in"),), 80),
    "posts": Stream("own posts and boosts", "posts", _OUT, 40),
    "following": Stream("whom the account follows", "follows", (("follow", "out"),), 80, snapshot=True),
    "followers": Stream("who follows the account", "follows", (("follow", "in"),), 80, snapshot=True),
    "liked": Stream("posts that the account marked", "favourites", (("favourite", "out"),), 40),
    "answers": Stream("the thread below a post", "answers", (("reply", "in"),), 4_096, subjects_from="posts"),
    "quotes": Stream("posts that quote a post", "answers", (("quote", "in"),), 40, subjects_from="posts"),
    "boosters": Stream("who boosted a post", "boosts", (("boost", "in"),), 80, subjects_from="posts"),
    "likers": Stream(
        "who marked a post as a favourite", "favourites", (("favourite", "in"),), 80, subjects_from="posts"
    ),
    "parents": Stream("posts that the account answered", "posts", (), 20),
    "lookup": Stream("somebody else's account, on their own server", PROFILE, (), 1),
    "alter_posts": Stream("recent posts of others", "posts", _OUT, 40),
    "alter_following": Stream("whom others follow", "follows", (("follow", "out"),), 80, snapshot=True),
}
"""Name → stream, in the order of asking: notifications are the cheapest source of incoming acts."""

RANKS: Final = {name: rank for rank, name in enumerate(STREAMS)}

OTHERS_FROM: Final = ALTERS_RANK + 1
"""The rank of the strongest tie; those of all further ones follow."""

OF_A_POST: Final = {"answers": "reply", "quotes": "quote", "boosters": "boost", "likers": "favourite"}
"""Streams about one post each → the kind of act they show."""

RECENT_POSTS: Final = 400
"""Posts of somebody else that are taken where no number is asked for: ten pages show whom they talk with."""

_ADDRESSES: Final = {
    "profile": "/api/v1/accounts/verify_credentials",
    "notifications": "/api/v1/notifications",
    "posts": "/api/v1/accounts/:id/statuses",
    "following": "/api/v1/accounts/:id/following",
    "followers": "/api/v1/accounts/:id/followers",
    "liked": "/api/v1/favourites",
    "answers": "/api/v1/statuses/:id/context",
    "quotes": "/api/v1/statuses/:id/quotes",
    "boosters": "/api/v1/statuses/:id/reblogged_by",
    "likers": "/api/v1/statuses/:id/favourited_by",
    "parents": "/api/v1/statuses",
    "lookup": "/api/v1/accounts/lookup",
    "alter_posts": "/api/v1/accounts/:id/statuses",
    "alter_following": "/api/v1/accounts/:id/following",
}
_WHOLE: Final = frozenset({"profile", "lookup", "answers"})
"""Answers that have no pages."""

_TOLD: Final = tuple(("types[]", kind) for kind in ("mention", "reblog", "favourite", "quote"))
"""Notifications that tell of acts. That somebody follows is told better by the list of followers."""

_CURSORS: Final = ("max_id", "offset", "page")
_PAGED: Final = (*_CURSORS, "min_id", "since_id")
_NEXT: Final = re.compile(r"<([^<>]*)>\s*;[^<>,]*\brel=\"?(next|prev)\b")

REQUESTS, WINDOW_SECONDS, PAGES_WINDOW_SECONDS = 300, 300.0, 900.0
"""Mastodon's limits: 300 requests in five minutes; on many servers 300 pages in a quarter of an hour, too."""


class Place(NamedTuple):
    """What a task is about: on which server, and by which id or handle there."""

    host: str
    id: str


def subject_of(post_id: str, uri: str, owner_uri: str) -> str:
    """What a task about one of the owner's posts is about: its id, and its address where that is another.

    >>> subject_of("12", "https://a.example/users/ada/statuses/12", "https://a.example/users/ada")
    '12'
    >>> subject_of("AbC", "https://a.example/objects/1", "https://a.example/users/ada")
    'AbC https://a.example/objects/1'
    """
    return post_id if uri == f"{owner_uri}/statuses/{post_id}" else f"{post_id} {uri}"


def post_of(subject: str, owner_uri: str) -> str:
    """Key of the post that such a subject is about.

    >>> post_of("12", "https://a.example/users/ada")
    'mastodon:https://a.example/users/ada/statuses/12'
    """
    number, _, uri = subject.partition(" ")
    return post_key(uri or f"{owner_uri}/statuses/{number}")


def place_of(task: Task, home: str) -> Place:
    """Where a task is asked for; what is about others may be on another server.

    Parameters
    ----------
    task
        The task.
    home
        The server of the account that collects.
    """
    subject = task.subject.partition(" ")[0]
    host, slash, number = subject.partition("/")
    return Place(host, number) if slash else Place(home, subject)


def request_of(task: Task, home: str, max_posts: int | None) -> tuple[str, list[tuple[str, str]]]:
    """Address and parameters of the next page of a task.

    Parameters
    ----------
    task, home
        As in `place_of`.
    max_posts
        As in `plnmap.sources.live.Limits`.
    """
    place, stream = place_of(task, home), STREAMS[task.stream]
    url = f"https://{place.host}{_ADDRESSES[task.stream].replace(':id', quote(place.id, safe=''))}"
    if task.stream == "lookup":
        return url, [("acct", place.id)]
    if task.stream == "parents":
        return url, [("id[]", one) for one in task.subject.split(",")]
    if task.stream in _WHOLE:
        return url, []
    most = stream.page_size
    if max_posts is not None and stream.part == "posts":
        most = max(1, min(most, max_posts - task.pass_items))
    told = list(_TOLD) if task.stream == "notifications" else []
    since = [("since_id", task.since)] if task.since and not stream.snapshot else []
    return url, [("limit", str(most)), *told, *since, *parse_qsl(task.cursor or "")]


def pages_beside(link: str | None) -> tuple[str | None, str | None]:
    """Cursor of the page after, and id of the newest item, as a ``Link`` header tells them.

    Of the addresses in it nothing is used but the cursors: they could lead anywhere.

    >>> pages_beside('<https://a.example/x?max_id=7>; rel="next", <https://a.example/x?min_id=9>; rel="prev"')
    ('max_id=7', '9')
    >>> pages_beside(None)
    (None, None)
    """
    cursor = newest = None
    for address, relation in _NEXT.findall(link or ""):
        said = dict(parse_qsl(urlsplit(address).query))
        if relation == "next":
            cursor = next((f"{name}={quote(said[name])}" for name in _CURSORS if name in said), None)
        else:
            newest = said.get("min_id") or said.get("since_id")
    return cursor, newest


def limits_of(request: requests.PreparedRequest) -> tuple[Bucket, ...]:
    """The limits that a request falls under: those of its server, and of pages there."""
    host = host_of(request)
    overall = Bucket(host, REQUESTS, WINDOW_SECONDS)
    asked = dict(parse_qsl(urlsplit(request.url or "").query))
    if not any(name in asked for name in _PAGED):
        return (overall,)
    return overall, Bucket(f"pages of {host}", None, PAGES_WINDOW_SECONDS)
