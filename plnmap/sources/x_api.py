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
from plnmap.sources.x_answers import decode_answer, left_out, read_items
from plnmap.sources.x_posts import NO_AUTHOR, Reading, read_embedded, read_post, read_user
from plnmap.sources.x_shapes import User, XPost
from plnmap.sources.x_v2 import Includes, V2Tweet

KIND: Final = "x_api"
READER_VERSION: Final = 2
ONLY_ASKED_FOR: Final = "answers of the API: only what was searched or asked for"

_STATED: Final = "time of the answers"
_POSTS_PER_PAGE: Final = 1_000
_KNOWN_BY: Final = re.compile(rb'"(?:data|errors|id_str|author_id|__twarc|username)"\s*:')


class _Twarc(Struct, gc=False):
    retrieved_at: str | None = None


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
        answer = decode_answer(raw, reading.skipped)
        for problem in answer.errors:
            page.skipped[left_out(problem)] += 1
        _take_items(answer.items, answer.includes, asked, opened, reading, tally, page)
    elif _there(peek.user) or _there(peek.full_text):
        _take_old(lenient(raw, XPost), opened, reading, tally, page)
    elif _there(peek.screen_name):
        read_user(lenient(raw, User), asked, reading.people)
    else:
        _take_items([lenient(raw, V2Tweet)], Includes(), asked, opened, reading, tally, page)


def _there(raw: msgspec.Raw) -> bool:
    return bytes(raw) not in (b"", b"null")


def _take_items(
    items: list[V2Tweet],
    includes: Includes,
    asked: datetime | None,
    opened: Opened,
    reading: Reading,
    tally: _Tally,
    page: Page,
) -> None:
    found = read_items(items, includes, asked, reading)
    for record in found.posts:
        _keep(record, opened, tally, page)
    page.posts += found.context


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
