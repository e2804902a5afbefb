"""The archive that Twitter/X gives out since 2018: one file for every kind of record.

Only the files named here are opened: no contacts, addresses, devices or
advertising, and direct messages only on request, without their texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct

from plnmap.errors import BadData, UsageError
from plnmap.model import DirectMessageDay, Follow, Platform, Reaction, account_key, is_reference
from plnmap.sources.coverage import NOT_ASKED, Counted, Seen, owner_coverage
from plnmap.sources.dates import before_year, parse_moment, parse_past
from plnmap.sources.files import Files
from plnmap.sources.json_pages import (
    ELEMENT_BYTES_AT_MOST,
    RECORD_BYTES_AT_MOST,
    Piece,
    decode,
    decode_object,
    split,
)
from plnmap.sources.opened import Opened, checked_owner
from plnmap.sources.page import Page
from plnmap.sources.x_archive_shapes import (
    AccountRow,
    ConversationRow,
    FollowRow,
    GroupRow,
    LikeRow,
    ListedFile,
    Manifest,
    PostRow,
    StatedAccount,
)
from plnmap.sources.x_notes import WITHOUT_POST, NoteRow, Notes
from plnmap.sources.x_posts import Reading, read_embedded, read_post
from plnmap.sources.x_shapes import XPost, trusted_id
from plnmap.sources.x_text import parse_status

KIND: Final = "x_archive"
READER_VERSION: Final = 1
GROUP_MESSAGES: Final = "conversation of several people: direct messages in groups are not counted"

_PLATFORM: Final[Platform] = "twitter"
_ROLES: Final = {
    "tweet": "posts",
    "tweets": "posts",
    "community-tweet": "community posts",
    "note-tweet": "notes",
    "like": "likes",
    "following": "following",
    "follower": "followers",
    "account": "account",
    "manifest": "manifest",
    "direct-message": "messages",
    "direct-messages": "messages",
    "direct-message-group": "group messages",
    "direct-messages-group": "group messages",
}
_MESSAGES: Final = ("messages", "group messages")
_MARKERS: Final = ("posts", "likes", "following", "followers")
_NAME: Final = re.compile(r"((?:.*/)?)([a-z-]+?)(?:-part(\d{1,4}))?\.js")
_WRAPPED: Final = re.compile(rb'\[\s*\{\s*"(?:tweet|communityTweet)"\s*:\s*\{')

T = TypeVar("T", bound=Struct)


@dataclass(frozen=True, slots=True)
class _Contents:
    """Which files there are, and what the small ones say."""

    names: dict[str, list[str]]
    account: StatedAccount
    manifest: Manifest
    with_dm: bool
    absent: str


@dataclass(slots=True)
class _Tally:
    """What adds up while reading."""

    first: datetime | None = None
    got: Counter[str] = field(default_factory=Counter)


def finds(files: Files) -> bool:
    """Whether these are the files of such an archive."""
    return any(_roles(files, folder).keys() & set(_MARKERS) for folder in _folders(files))


def open_archive(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open an archive in the layout with one file per kind of record.

    Parameters
    ----------
    files
        Its files.
    owner
        Whose it is, where the archive does not say.
    with_dm
        Whether to count direct messages by day.

    Raises
    ------
    BadData
        The archive is damaged.
    UsageError
        The owner is unknown, or another than given.
    """
    contents = _contents(files, with_dm)
    made = parse_moment(contents.manifest.archive_info.generation_date)
    used = [name for names in contents.names.values() for name in names]
    return Opened(
        kind=KIND,
        platform=_PLATFORM,
        name=files.name,
        source=files.digest(used),
        reader_version=READER_VERSION,
        owner=_owner(files, contents, owner),
        total_bytes=sum(files.sizes[name] for name in used),
        retrieved_at=made,
        retrieved_from="manifest.js" if made else None,
        read=partial(_read, files, contents),
    )


def _folders(files: Files) -> list[str]:
    return sorted({found[1] for found in map(_NAME.fullmatch, files.sizes) if found})


def _roles(files: Files, folder: str) -> dict[str, list[str]]:
    """Role → names of the files in a folder that play it, by part."""
    parts: dict[str, list[tuple[int, str]]] = {}
    for name in files.sizes:
        found = _NAME.fullmatch(name)
        if found and found[1] == folder and found[2] in _ROLES:
            parts.setdefault(_ROLES[found[2]], []).append((int(found[3] or 0), name))
    return {role: [name for _, name in sorted(found)] for role, found in parts.items()}


def _contents(files: Files, with_dm: bool) -> _Contents:
    found = [roles for folder in _folders(files) if (roles := _roles(files, folder)).keys() & set(_MARKERS)]
    if len(found) != 1:
        raise BadData(
            f"{files.name} holds {len(found)} archives" if found else f"{files.name} holds no tweets.js",
            hint="import them one by one" if found else "give the zip or the folder as it was downloaded",
        )
    names = {role: paths for role, paths in found[0].items() if with_dm or role not in _MESSAGES}
    rows: list[AccountRow] = []
    for name in names.get("account", ()):
        for piece in split(name, [files.read(name)]):
            rows += decode(name, piece, AccountRow, Counter())
    manifests = [decode_object(name, files.read(name), Manifest) for name in names.get("manifest", ())]
    return _Contents(
        names,
        rows[0].account if rows else StatedAccount(),
        manifests[0] if manifests else Manifest(),
        with_dm,
        "the file is not in the archive" if files.path is None else "only one file was given",
    )


def _owner(files: Files, contents: _Contents, given: str | None) -> str:
    account, info = contents.account, contents.manifest.user_info
    account_id = trusted_id(account.account_id, None) or trusted_id(info.account_id, None)
    handle = account.username or info.user_name
    stated = account_key(_PLATFORM, account_id) if account_id else None
    if stated is None and given is None:
        pictures = _pictures_of(files, contents)
        raise UsageError(
            f"{files.name} does not say whose archive it is (account.js is missing){pictures}",
            hint="give --owner HANDLE_OR_ID",
        )
    return checked_owner(_PLATFORM, files.name, given, stated, handle)


def _pictures_of(files: Files, contents: _Contents) -> str:
    """Whose pictures the first posts carry, as a hint for the user, not as knowledge."""
    handles: Counter[str] = Counter()
    for name in contents.names.get("posts", ())[:1]:
        for piece in split(name, files.chunks(name)):
            for post in _posts(name, piece, Counter()):
                text = post.full_text or post.text or ""
                for picture in post.entities.media if post.entities and not text.startswith("RT @") else ():
                    status = parse_status(picture.expanded_url or "")
                    if status and status.handle:
                        handles[status.handle] += 1
            break
    return f"; its pictures are by @{handles.most_common(1)[0][0]}" if handles else ""


def _posts(name: str, piece: Piece, skipped: Counter[str]) -> list[XPost]:
    if not _WRAPPED.match(piece.content):
        return decode(name, piece, XPost, skipped)
    rows = decode(name, piece, PostRow, skipped)
    posts = [row.tweet or row.community_tweet for row in rows]
    return [post or XPost() for post in posts]


def _rows(
    files: Files, contents: _Contents, role: str, element: type[T], at_most: int = RECORD_BYTES_AT_MOST
) -> Iterator[tuple[Page, list[T]]]:
    """Yield a page, still to be filled, and the rows for it."""
    for name in contents.names.get(role, ()):
        for piece in split(name, files.chunks(name)):
            page = Page(name, piece.bytes_read)
            yield page, decode(name, piece, element, page.skipped, at_most)


def _read(files: Files, contents: _Contents, opened: Opened) -> Iterator[Page]:
    reading = Reading(before_year(opened.retrieved_at))
    tally = _Tally()
    # Snapshots come after the posts, whose latest may be the only date there is.
    for part in (_read_posts, _read_likes, _read_follows, _read_messages):
        yield from part(files, contents, opened, reading, tally)
    yield _last_page(contents, opened, reading, tally)


def _read_posts(
    files: Files, contents: _Contents, opened: Opened, reading: Reading, tally: _Tally
) -> Iterator[Page]:
    owner, handle = opened.owner_key, _handle(contents, opened)
    long_posts: list[NoteRow] = []
    for page, found in _rows(files, contents, "notes", NoteRow):
        long_posts += found
        yield page
    notes = Notes(long_posts, reading.skipped)
    for name in (*contents.names.get("posts", ()), *contents.names.get("community posts", ())):
        for piece in split(name, files.chunks(name)):
            page = Page(name, piece.bytes_read, skipped=reading.skipped)
            for post in _posts(name, piece, page.skipped):
                when = parse_past(post.created_at, reading.before_year)
                record = read_post(notes.complete(post, when), owner, handle, when, 2, reading)
                tally.got["posts"] += 1
                if record is not None:
                    page.posts.append(record)
                    page.posts += read_embedded(post, when, reading)
                    opened.saw(when)
                    tally.first = min(filter(None, (tally.first, when)), default=None)
            reading.people.hand_over(page)
            reading.skipped = Counter()
            yield page
    left_over = notes.left_over()
    if left_over:
        reading.skipped[WITHOUT_POST] += left_over


def _read_likes(
    files: Files, contents: _Contents, opened: Opened, reading: Reading, tally: _Tally
) -> Iterator[Page]:
    for page, rows in _rows(files, contents, "likes", LikeRow):
        for row in rows:
            post_id = trusted_id(row.like.tweet_id, None)
            if post_id is None:
                page.skipped["like without the id of a post"] += 1
                continue
            status = parse_status(row.like.expanded_url or "")
            author = reading.people.key(None, status.handle) if status and status.handle else None
            page.reactions.append(
                Reaction(
                    opened.owner_key,
                    "favourite",
                    f"twitter:{post_id}",
                    author,
                    None,
                    None,
                    opened.retrieved_at,
                )
            )
        tally.got["likes"] += len(page.reactions)
        yield page


def _read_follows(
    files: Files, contents: _Contents, opened: Opened, reading: Reading, tally: _Tally
) -> Iterator[Page]:
    owner, made = opened.owner_key, opened.retrieved_at
    for role in ("following", "followers"):
        for page, rows in _rows(files, contents, role, FollowRow):
            for row in rows:
                person = row.following if role == "following" else row.follower
                account_id = trusted_id(person.account_id, None) if person else None
                if account_id is None:
                    page.skipped["follow without an account"] += 1
                    continue
                pair = (owner, account_key(_PLATFORM, account_id))
                page.follows.append(Follow(*(pair if role == "following" else pair[::-1]), made, made))
            tally.got[role] += len(page.follows)
            yield page


def _read_messages(
    files: Files, contents: _Contents, opened: Opened, reading: Reading, tally: _Tally
) -> Iterator[Page]:
    days: Counter[tuple[str, str, date]] = Counter()
    for page, rows in _rows(files, contents, "messages", ConversationRow, ELEMENT_BYTES_AT_MOST):
        for message in (one.message_create for row in rows for one in row.dm_conversation.messages):
            if message is None:
                continue
            sender, recipient = trusted_id(message.sender_id, None), trusted_id(message.recipient_id, None)
            when = parse_past(message.created_at, reading.before_year)
            if sender is None or recipient is None or when is None:
                page.skipped["direct message without sender, recipient or date"] += 1
                continue
            days[account_key(_PLATFORM, sender), account_key(_PLATFORM, recipient), when.date()] += 1
        yield page
    for page, groups in _rows(files, contents, "group messages", GroupRow, ELEMENT_BYTES_AT_MOST):
        page.skipped[GROUP_MESSAGES] += len(groups)
        yield page
    tally.got["messages"] = days.total()
    if days:
        yield Page(opened.name, dm_days=[DirectMessageDay(*key, count) for key, count in days.items()])


def _last_page(contents: _Contents, opened: Opened, reading: Reading, tally: _Tally) -> Page:
    owner, handle, made = opened.owner_key, _handle(contents, opened), opened.retrieved_at
    if handle and not is_reference(owner):
        reading.people.saw(owner, handle, made)
    name = contents.account.account_display_name or contents.manifest.user_info.display_name
    if name:
        reading.people.described(owner, made, name)
    page = Page(opened.name, skipped=reading.skipped)
    listed = [*contents.manifest.data_types.tweets.files]
    counts = [one.count for one in listed if one.count is not None]
    messages = _counted(contents, tally, "messages") if contents.with_dm else NOT_ASKED
    seen = Seen(
        first=parse_past(contents.account.created_at, reading.before_year) or tally.first,
        last=made,
        expected=sum(counts) if counts else None,
        posts=_counted(contents, tally, "posts", _missing_parts(contents, listed)),
        likes=_counted(contents, tally, "likes", "likes carry neither author nor date"),
        following=_counted(contents, tally, "following"),
        followers=_counted(contents, tally, "followers"),
        sent=messages,
        received=messages,
    )
    page.coverage = owner_coverage(owner, seen)
    reading.people.hand_over(page, everything=True)
    return page


def _counted(contents: _Contents, tally: _Tally, role: str, reason: str = "") -> Counted:
    return Counted(tally.got[role], reason) if role in contents.names else Counted(None, contents.absent)


def _missing_parts(contents: _Contents, listed: list[ListedFile]) -> str:
    """Which files of posts should be there and are not."""
    held = {name.rpartition("/")[2] for name in contents.names.get("posts", ())}
    numbers = {int(found[3] or 0) for name in held if (found := _NAME.fullmatch(name))}
    gaps = {
        f"tweets-part{number}.js" for number in range(1, max(numbers, default=0)) if number not in numbers
    }
    named = {one.file_name.rpartition("/")[2] for one in listed if one.file_name}
    missing = sorted(gaps | (named - held))
    return f"not in the archive: {', '.join(missing)}" if missing else ""


def _handle(contents: _Contents, opened: Opened) -> str | None:
    stated = contents.account.username or contents.manifest.user_info.user_name
    owner = opened.owner_key
    return stated or (owner.partition("@")[2] if is_reference(owner) else None)
