"""The archive Twitter gave out from 2012 on: one file of posts per month.

Many owners kept theirs up to date with programs of their own until 2023, so a
month may hold the platform's later shape of a post, and a month's file may
repeat posts of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Final, NamedTuple

from msgspec import Struct

from plnmap.errors import BadData, UsageError
from plnmap.model import Platform, Post, Reaction, account_key, account_reference, is_reference
from plnmap.sources.coverage import Counted, Seen, owner_coverage
from plnmap.sources.dates import before_year, parse_moment, parse_past
from plnmap.sources.files import Files
from plnmap.sources.json_pages import decode, decode_object, split
from plnmap.sources.opened import Opened, checked_owner
from plnmap.sources.page import Page
from plnmap.sources.x_posts import Reading, read_embedded, read_post, read_user
from plnmap.sources.x_shapes import XPost, trusted_id

KIND: Final = "x_archive_2012"
READER_VERSION: Final = 1
WHOLE_DAYS_BEFORE: Final = datetime(2010, 11, 5, tzinfo=UTC)
"""Until then these archives give midnight as the time of every post."""

_PLATFORM: Final[Platform] = "twitter"
_MONTH: Final = re.compile(r"(.*/)?data/js/tweets/(\d{4}_\d{2})\.js")
_NOT_HELD: Final = "this layout of the archive does not hold them"
_NO_MESSAGES: Final = Counted(None, "direct messages are not in this layout of the archive")


class _Details(Struct):
    """``user_details.js``; what else it holds is nobody's business."""

    id: str | None = None
    screen_name: str | None = None
    full_name: str | None = None
    bio: str | None = None
    created_at: str | None = None


class _Payload(Struct):
    """``payload_details.js``."""

    tweets: int | None = None
    created_at: str | None = None


class _IndexRow(Struct):
    """One month in ``tweet_index.js``."""

    file_name: str | None = None


class _Contents(NamedTuple):
    """What the small files say, and the files of posts."""

    details: _Details
    payload: _Payload
    indexed: frozenset[str]
    months: dict[str, str]
    names: list[str]


def finds(files: Files) -> bool:
    """Whether these are the files of such an archive."""
    return any(map(_MONTH.fullmatch, files.sizes))


def open_2012(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open an archive in the layout of 2012.

    Parameters
    ----------
    files
        Its files.
    owner
        Whose it is, where the archive does not say.
    with_dm
        Of no effect: this layout holds no direct messages.

    Raises
    ------
    BadData
        The archive is damaged.
    UsageError
        The owner is unknown, or another than given.
    """
    contents = _contents(files)
    details = contents.details
    stated = account_key(_PLATFORM, details.id) if trusted_id(details.id, None) and details.id else None
    made = parse_moment(contents.payload.created_at)
    return Opened(
        kind=KIND,
        platform=_PLATFORM,
        name=files.name,
        source=files.digest(contents.names),
        reader_version=READER_VERSION,
        owner=_owner(files, contents, stated, owner),
        total_bytes=sum(files.sizes[name] for name in contents.months.values()),
        retrieved_at=made,
        retrieved_from="payload_details.js" if made else None,
        read=partial(_read, files, contents),
    )


def _contents(files: Files) -> _Contents:
    tops = {found[1] or "" for found in map(_MONTH.fullmatch, files.sizes) if found}
    if len(tops) != 1:
        raise BadData(
            f"{files.name} holds {len(tops)} archives" if tops else f"{files.name} holds no months of posts",
            hint="import them one by one" if tops else "give the zip or the folder as it was downloaded",
        )
    (top,) = tops
    months = {found[2]: name for name in sorted(files.sizes) if (found := _MONTH.fullmatch(name))}
    names = list(months.values())

    def small(name: str) -> bytes | None:
        path = f"{top}data/js/{name}"
        if path not in files.sizes:
            return None
        names.append(path)
        return files.read(path) or None

    details, payload = small("user_details.js"), small("payload_details.js")
    index = small("tweet_index.js")
    rows = [
        row
        for piece in split("tweet_index.js", [index] if index else [])
        for row in decode("tweet_index.js", piece, _IndexRow, Counter())
    ]
    return _Contents(
        decode_object("user_details.js", details, _Details) if details else _Details(),
        decode_object("payload_details.js", payload, _Payload) if payload else _Payload(),
        frozenset(row.file_name[-10:-3] for row in rows if row.file_name),
        months,
        names,
    )


def _owner(files: Files, contents: _Contents, stated: str | None, given: str | None) -> str:
    """The account whose archive it is; by the posts' own word where a handle was given."""
    handle = contents.details.screen_name
    if stated is not None:
        checked_owner(_PLATFORM, files.name, given, stated, handle)
        return stated
    authors = _authors(files, contents)
    if given is None:
        common = authors.most_common(1)
        hint = f" (most posts are by @{common[0][0][1]})" if common and common[0][0][1] else ""
        raise UsageError(
            f"{files.name} does not say whose archive it is{hint}", hint="give --owner HANDLE_OR_ID"
        )
    return _resolved(checked_owner(_PLATFORM, files.name, given, None, None), authors)


def _authors(files: Files, contents: _Contents) -> Counter[tuple[str, str | None]]:
    name = contents.names[0]
    posts = (
        post for piece in split(name, files.chunks(name)) for post in decode(name, piece, XPost, Counter())
    )
    users = (post.user for post in posts)
    return Counter(
        (account_id, user.screen_name)
        for user in users
        if user and (account_id := trusted_id(user.id_str, user.id))
    )


def _resolved(owner: str, authors: Counter[tuple[str, str | None]]) -> str:
    if is_reference(owner):
        for (account_id, handle), _ in authors.most_common():
            if handle and owner == f"{_PLATFORM}:@{handle.lower()}":
                return account_key(_PLATFORM, account_id)
    return owner


@dataclass(slots=True)
class _Tally:
    """What adds up over the months."""

    rows: int = 0
    own: int = 0
    first: datetime | None = None
    boosts: dict[str, str] = field(default_factory=dict)


def _read(files: Files, contents: _Contents, opened: Opened) -> Iterator[Page]:
    reading = Reading(before_year(opened.retrieved_at), WHOLE_DAYS_BEFORE)
    tally = _Tally()
    for name in contents.months.values():
        for piece in split(name, files.chunks(name)):
            page = Page(name, piece.bytes_read, skipped=reading.skipped)
            for post in decode(name, piece, XPost, page.skipped):
                page.posts += _records(post, opened, reading, tally)
            reading.people.hand_over(page)
            reading.skipped = Counter()
            yield page
    yield _last_page(contents, opened, reading, tally)


def _records(post: XPost, opened: Opened, reading: Reading, tally: _Tally) -> Iterator[Post]:
    tally.rows += 1
    owner = opened.owner_key
    when = parse_past(post.created_at, reading.before_year)
    author = read_user(post.user, when, reading.people) or owner
    handle = post.user.screen_name if post.user else None
    own = author == owner or (handle is not None and owner == account_reference(_PLATFORM, handle))
    record = read_post(post, author, handle, when, 2 if own else 0, reading)
    if record is None:
        return
    yield record
    yield from read_embedded(post, when, reading)
    if own:
        tally.own += 1
        tally.first = min(filter(None, (tally.first, when)), default=None)
        opened.saw(when)
    elif post.retweeted:
        # The platform gave out a boost as if it were the original; when it was boosted is lost.
        tally.boosts[record.post] = author


def _last_page(contents: _Contents, opened: Opened, reading: Reading, tally: _Tally) -> Page:
    owner, details = opened.owner_key, contents.details
    if tally.rows and not tally.own:
        raise UsageError(
            f"no post in {opened.name} is by {owner.partition(':')[2]}",
            hint="give another --owner HANDLE_OR_ID",
        )
    made = opened.retrieved_at
    if details.screen_name and not is_reference(owner):
        reading.people.saw(owner, details.screen_name, made)
    reading.people.described(owner, made, details.full_name, details.bio)
    page = Page(opened.name, skipped=reading.skipped)
    page.reactions = [
        Reaction(owner, "boost", post, author, None, None, made) for post, author in tally.boosts.items()
    ]
    missing = sorted(contents.indexed - contents.months.keys())
    span = missing[0] if len(missing) == 1 else f"{missing[0]} to {missing[-1]}" if missing else ""
    reason = f"{len(missing)} of {len(contents.indexed)} months are missing: {span}" if missing else ""
    page.coverage = owner_coverage(
        owner,
        Seen(
            first=parse_past(details.created_at, reading.before_year) or tally.first,
            last=made,
            expected=contents.payload.tweets,
            posts=Counted(tally.rows, reason),
            likes=Counted(None, _NOT_HELD),
            following=Counted(None, _NOT_HELD),
            followers=Counted(None, _NOT_HELD),
            sent=_NO_MESSAGES,
            received=_NO_MESSAGES,
        ),
    )
    reading.people.hand_over(page, everything=True)
    return page
