"""Answers of the X API, versions 1.1 and 2, one JSON object per line as twarc stores them.

A line is a page of answers (``data``, ``includes``, ``errors``), one post that
twarc has taken out of a page, one post of version 1.1, or an account.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from msgspec import Struct
from msgspec import field as made

from plnmap.model import Coverage, Post
from plnmap.sources.coverage import FROM_POSTS
from plnmap.sources.dates import before_year, parse_moment, parse_past
from plnmap.sources.files import Files
from plnmap.sources.json_pages import ODD_SHAPE, decode_lines, lenient
from plnmap.sources.opened import Opened, named_account
from plnmap.sources.page import Page
from plnmap.sources.x_posts import NO_AUTHOR, Reading, read_embedded, read_post, read_user
from plnmap.sources.x_shapes import User, XPost
from plnmap.sources.x_v2 import Includes, Joined, V2Tweet, as_post, as_user

KIND: Final = "x_api"
READER_VERSION: Final = 1
ONLY_ASKED_FOR: Final = "answers of the API: only what was searched or asked for"

_STATED: Final = "time of the answers"
_POSTS_PER_PAGE: Final = 1_000
_KNOWN_BY: Final = re.compile(rb'"(?:data|errors|id_str|author_id|__twarc|username)"\s*:')
_TITLE: Final = re.compile(r"[A-Za-z][A-Za-z ]{0,40}")


class _Problem(Struct, gc=False):
    title: str | None = None
    resource_type: str | None = None


class _Twarc(Struct, gc=False):
    retrieved_at: str | None = None


class _Answer(Struct, gc=False):
    """A page of answers of version 2."""

    data: list[V2Tweet] | V2Tweet | None = None
    includes: Includes = made(default_factory=Includes)
    errors: list[_Problem] = []
    twarc: _Twarc = made(name="__twarc", default_factory=_Twarc)


class _Peek(Struct):
    """What tells the kinds of lines apart, not yet decoded."""

    data: msgspec.Raw = msgspec.Raw()
    errors: msgspec.Raw = msgspec.Raw()
    user: msgspec.Raw = msgspec.Raw()
    full_text: msgspec.Raw = msgspec.Raw()
    screen_name: msgspec.Raw = msgspec.Raw()
    twarc: _Twarc | None = made(name="__twarc", default=None)


@dataclass(slots=True)
class _Tally:
    """What adds up while reading."""

    posts: int = 0
    first: datetime | None = None
    last: datetime | None = None


def finds(files: Files) -> bool:
    """Whether this is such a file."""
    if files.path is None:
        return False
    head = files.head(files.only).removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and _KNOWN_BY.search(head) is not None


def open_answers(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open stored answers of the X API.

    Parameters
    ----------
    files
        The file.
    owner
        Whose PLN they were collected for; they do not belong to anyone by themselves.
    with_dm
        Of no effect.

    Raises
    ------
    UsageError
        The owner is no account.
    """
    return Opened(
        kind=KIND,
        platform="twitter",
        name=files.name,
        source=files.digest([files.only]),
        reader_version=READER_VERSION,
        owner=named_account("twitter", owner) if owner else None,
        total_bytes=sum(files.sizes.values()),
        retrieved_at=None,
        retrieved_from=None,
        read=partial(_read, files),
    )


def _read(files: Files, opened: Opened) -> Iterator[Page]:
    name = files.only
    reading = Reading(before_year(None))
    tally = _Tally()
    page = Page(name, skipped=reading.skipped)
    for raw, size in decode_lines(name, files.chunks(name), msgspec.Raw, page.skipped):
        page.bytes_read += size
        try:
            _take(bytes(raw), opened, reading, tally, page)
        except msgspec.ValidationError:
            page.skipped[ODD_SHAPE] += 1
        if len(page.posts) >= _POSTS_PER_PAGE:
            reading.people.hand_over(page)
            yield page
            reading.skipped = Counter()
            page = Page(name, skipped=reading.skipped)
    reading.people.hand_over(page, everything=True)
    if opened.owner is not None:
        page.coverage = [
            Coverage(
                opened.owner, kind, way, "partial", tally.first, tally.last, None, tally.posts, ONLY_ASKED_FOR
            )
            for kind in FROM_POSTS
            for way in ("out", "in")
        ]
    yield page


def _take(raw: bytes, opened: Opened, reading: Reading, tally: _Tally, page: Page) -> None:
    """Put the records of one line onto a page."""
    peek = lenient(raw, _Peek)
    asked = parse_moment(peek.twarc.retrieved_at) if peek.twarc else None
    if asked is not None and (opened.retrieved_at is None or opened.retrieved_from != _STATED):
        opened.retrieved_at, opened.retrieved_from = asked, _STATED
    elif asked is not None and opened.retrieved_at is not None:
        opened.retrieved_at = max(asked, opened.retrieved_at)
    if _there(peek.data) or _there(peek.errors):
        answer = lenient(raw, _Answer)
        for problem in answer.errors:
            page.skipped[_reason(problem)] += 1
        data = answer.data if isinstance(answer.data, list) else [answer.data] if answer.data else []
        _take_answer(data, Joined(answer.includes), asked, opened, reading, tally, page)
    elif _there(peek.user) or _there(peek.full_text):
        _take_old(lenient(raw, XPost), opened, reading, tally, page)
    elif _there(peek.screen_name):
        read_user(lenient(raw, User), asked, reading.people)
    else:
        _take_answer([lenient(raw, V2Tweet)], Joined(Includes()), asked, opened, reading, tally, page)


def _there(raw: msgspec.Raw) -> bool:
    return bytes(raw) not in (b"", b"null")


def _take_answer(
    data: list[V2Tweet],
    joined: Joined,
    asked: datetime | None,
    opened: Opened,
    reading: Reading,
    tally: _Tally,
    page: Page,
) -> None:
    answers = {post.id for post in data}
    for post in data:
        joined.add(post)
    for user in joined.users.values():
        read_user(as_user(user), asked, reading.people)
    for post in data:
        if post.username is not None and post.text is None:
            # The answer to a question about accounts.
            read_user(_as_account(post), asked, reading.people)
            continue
        _keep(_record(post, joined, 1, reading), opened, tally, page)
    page.posts += [
        record
        for post in joined.posts.values()
        if post.id not in answers and (record := _record(post, joined, 0, reading)) is not None
    ]


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


def _take_old(post: XPost, opened: Opened, reading: Reading, tally: _Tally, page: Page) -> None:
    when = parse_past(post.created_at, reading.before_year)
    author = read_user(post.user, when, reading.people)
    if author is None or post.user is None:
        reading.skipped[NO_AUTHOR] += 1
        return
    _keep(read_post(post, author, post.user.screen_name, when, 1, reading), opened, tally, page)
    page.posts += read_embedded(post, when, reading)


def _keep(record: Post | None, opened: Opened, tally: _Tally, page: Page) -> None:
    if record is None:
        return
    page.posts.append(record)
    tally.posts += 1
    if record.happened_at is not None:
        opened.saw(record.happened_at)
        tally.first = min(tally.first or record.happened_at, record.happened_at)
        tally.last = max(tally.last or record.happened_at, record.happened_at)


def _as_account(post: V2Tweet) -> User:
    counts = post.public_metrics
    return User(
        id_str=post.id,
        screen_name=post.username,
        name=post.name,
        description=post.description,
        followers_count=counts.followers_count,
        friends_count=counts.following_count,
    )


def _reason(problem: _Problem) -> str:
    """What the platform left out of an answer, in its own words where they are words."""
    title = problem.title if problem.title and _TITLE.fullmatch(problem.title) else "Error"
    about = problem.resource_type if problem.resource_type in ("user", "tweet", "post") else "record"
    return f"left out by the platform: {title} ({about})"
