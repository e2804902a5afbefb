"""Answers of the X API version 2: a page of posts or accounts, with what it includes, into records.

What is read from a file and what is collected over the network pass through here alike.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from msgspec import field as made

from plnmap.model import Post
from plnmap.sources.dates import parse_past
from plnmap.sources.json_pages import ODD_SHAPE, lenient
from plnmap.sources.x_posts import NO_AUTHOR, Reading, read_post, read_user
from plnmap.sources.x_shapes import User
from plnmap.sources.x_v2 import Includes, Joined, V2Tweet, V2User, as_post, as_user

T = TypeVar("T")

_TITLE: Final = re.compile(r"[A-Za-z][A-Za-z ]{0,40}")


class Problem(Struct, gc=False):
    """Something that the platform left out of an answer, or why it gives none."""

    title: str | None = None
    detail: str | None = None
    type: str | None = None
    parameter: str | None = None
    value: str | None = None
    resource_id: str | None = None
    resource_type: str | None = None


class Meta(Struct, gc=False):
    """Where an answer stands among others."""

    next_token: str | None = None


class XAnswer(Struct, gc=False):
    """An answer of version 2."""

    data: list[V2Tweet] | V2Tweet | None = None
    includes: Includes = made(default_factory=Includes)
    errors: list[Problem] = []
    meta: Meta = made(default_factory=Meta)

    @property
    def items(self) -> list[V2Tweet]:
        """Its posts or accounts; an account is a post with a handle and without a text."""
        return self.data if isinstance(self.data, list) else [self.data] if self.data else []


class _Loose(Struct):
    """An answer of which not every part is as it should be."""

    data: msgspec.Raw = msgspec.Raw()
    includes: dict[str, list[msgspec.Raw]] = {}
    errors: list[msgspec.Raw] = []
    meta: Meta = made(default_factory=Meta)


class Read(NamedTuple):
    """The posts of an answer, and the copies of other posts that came along."""

    posts: list[Post]
    context: list[Post]


def decode_answer(raw: bytes, skipped: Counter[str]) -> XAnswer:
    """Decode an answer; items that are not as they should be are left out and counted.

    Parameters
    ----------
    raw
        JSON.
    skipped
        Counts, by reason, what is left out.

    Raises
    ------
    msgspec.DecodeError
        It is no JSON, or has another shape, or no item is as it should be.

    Examples
    --------
    >>> odd = Counter()
    >>> answer = decode_answer(b'{"data":[{"id":"1","text":"hi"},{"id":[]}]}', odd)
    >>> len(answer.items), odd.total()
    (1, 1)
    """
    try:
        return lenient(raw, XAnswer)
    except msgspec.ValidationError:
        loose = lenient(raw, _Loose)
        one_or_more = bytes(loose.data)
        if not one_or_more.lstrip().startswith(b"["):
            raise
        parts = msgspec.json.decode(one_or_more, type=list[msgspec.Raw])
        data = _fitting(parts, V2Tweet, skipped)
        if parts and not data:
            raise
        includes = Includes(
            users=_fitting(loose.includes.get("users", []), V2User, skipped),
            tweets=_fitting(loose.includes.get("tweets", []), V2Tweet, skipped),
            posts=_fitting(loose.includes.get("posts", []), V2Tweet, skipped),
        )
        return XAnswer(data, includes, _fitting(loose.errors, Problem, skipped), loose.meta)


def _fitting(parts: list[msgspec.Raw], shape: type[T], skipped: Counter[str]) -> list[T]:
    kept = []
    for part in parts:
        try:
            kept.append(lenient(bytes(part), shape))
        except msgspec.ValidationError:
            skipped[ODD_SHAPE] += 1
    return kept


def read_items(items: list[V2Tweet], includes: Includes, asked: datetime | None, reading: Reading) -> Read:
    """Turn posts or accounts into records; the accounts go to the people met.

    Parameters
    ----------
    items
        What was asked for.
    includes
        What came along.
    asked
        When the answer was given, UTC.
    reading
        Takes the people met and the reasons of what is left out.
    """
    joined = Joined(includes)
    answers = {post.id for post in items}
    for post in items:
        joined.add(post)
    for user in joined.users.values():
        read_user(as_user(user), asked, reading.people)
    posts = []
    for post in items:
        if is_account(post):
            read_user(as_account(post), asked, reading.people)
        elif (record := _record(post, joined, 1, reading)) is not None:
            posts.append(record)
    context = [
        record
        for post in joined.posts.values()
        if post.id not in answers and (record := _record(post, joined, 0, reading)) is not None
    ]
    return Read(posts, context)


def is_account(item: V2Tweet) -> bool:
    """Whether an item is the answer to a question about accounts."""
    return item.username is not None and item.text is None


def as_account(item: V2Tweet) -> User:
    """An account that was asked for, in the older shape."""
    counts = item.public_metrics
    return User(
        id_str=item.id,
        screen_name=item.username,
        name=item.name,
        description=item.description,
        followers_count=counts.followers_count,
        friends_count=counts.following_count,
        statuses_count=counts.post_count if counts.tweet_count is None else counts.tweet_count,
    )


def left_out(problem: Problem) -> str:
    """What the platform left out of an answer, in its own words where they are words.

    >>> left_out(Problem(title="Not Found Error", resource_type="user"))
    'left out by the platform: Not Found Error (user)'
    """
    title = problem.title if problem.title and _TITLE.fullmatch(problem.title) else "Error"
    about = problem.resource_type if problem.resource_type in ("user", "tweet", "post") else "record"
    return f"left out by the platform: {title} ({about})"


def _record(post: V2Tweet, joined: Joined, authority: int, reading: Reading) -> Post | None:
    older = as_post(post, joined)
    when = parse_past(post.created_at, reading.before_year)
    author = read_user(older.user, when, reading.people)
    if author is None or older.user is None:
        reading.skipped[NO_AUTHOR] += 1
        return None
    record = read_post(older, author, older.user.screen_name, when, authority, reading)
    if record is None or post.conversation_id is None or not post.conversation_id.isdigit():
        return record
    return record._replace(conversation=f"twitter:{post.conversation_id}")
