"""The export that a Mastodon server lets its users download: what they posted, boosted and liked.

``outbox.json`` also holds direct messages. They are counted on request, by
day, and never kept as posts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec import field as renamed

from plnmap.errors import BadData
from plnmap.model import DirectMessageDay, Post, Reaction, account_reference
from plnmap.sources.coverage import NOT_ASKED, NOT_OTHERS, Counted, Seen, owner_coverage
from plnmap.sources.dates import before_year, parse_past
from plnmap.sources.files import Files
from plnmap.sources.follows import addresses, follows_of
from plnmap.sources.json_pages import decode, decode_object, split
from plnmap.sources.mastodon_names import handle_in, host_in, post_key
from plnmap.sources.mastodon_posts import Written, read_written
from plnmap.sources.mastodon_text import plain
from plnmap.sources.opened import Opened, checked_owner
from plnmap.sources.page import Page
from plnmap.sources.people import People, is_handle
from plnmap.sources.x_text import clean

KIND: Final = "mastodon_export"
READER_VERSION: Final = 1
DIRECT: Final = "direct message: left out (--with-dm counts them by day)"
DIRECT_TO_SEVERAL: Final = "direct message to several people or nobody: not counted"

_OUTBOX: Final = "outbox.json"
_FOLLOWS: Final = ("following_accounts.csv", "follows.csv", "following.csv")
_PUBLIC: Final = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_TOTAL: Final = re.compile(rb'"totalItems"\s*:\s*(\d{1,9})\b')


class _Actor(Struct, rename="camel"):
    """``actor.json``."""

    id: str | None = None
    preferred_username: str | None = None
    name: str | None = None
    summary: str | None = None
    published: str | None = None


class _Tag(Struct, gc=False):
    """A person or a hashtag in a post."""

    type: str | None = None
    name: str | None = None
    href: str | None = None


class _Note(Struct, gc=False, rename="camel"):
    """A post."""

    id: str | None = None
    summary: str | None = None
    in_reply_to: str | None = None
    published: str | None = None
    url: str | None = None
    to: list[str] | str | None = None
    cc: list[str] | str | None = None
    conversation: str | None = None
    content: str | None = None
    content_map: dict[str, str] | None = None
    tag: list[_Tag] = []
    quote: str | None = None
    quote_uri: str | None = None
    quote_url: str | None = None
    misskey_quote: str | None = renamed(name="_misskey_quote", default=None)


class _Activity(Struct, gc=False):
    """What was done: posting or boosting."""

    type: str | None = None
    actor: str | None = None
    published: str | None = None
    object: _Note | str | None = None


class _Liked(Struct, gc=False):
    """A liked post, where it is more than an address."""

    id: str | None = None


@dataclass(frozen=True, slots=True)
class _Contents:
    """Where the files are, and what the small one says."""

    folder: str
    names: list[str]
    actor: _Actor
    handle: str
    with_dm: bool

    def name(self, *choices: str) -> str | None:
        """The first of these files that is there."""
        return next((path for one in choices if (path := self.folder + one) in self.names), None)


@dataclass(slots=True)
class _Tally:
    """What adds up while reading."""

    before: int
    people: People
    first: datetime | None = None
    got: Counter[str] = field(default_factory=Counter)
    messages: Counter[tuple[str, str, date]] = field(default_factory=Counter)


def finds(files: Files) -> bool:
    """Whether these are the files of such an export."""
    return any(name.rpartition("/")[2] == _OUTBOX for name in files.sizes)


def open_export(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open the export of a Mastodon account.

    Parameters
    ----------
    files
        Its files.
    owner
        Whose it is, where neither ``actor.json`` nor the posts say so.
    with_dm
        Whether to count direct messages by day.

    Raises
    ------
    BadData
        The export is damaged.
    UsageError
        The owner is unknown, or another than given.
    """
    folders = sorted(
        {name.removesuffix(_OUTBOX) for name in files.sizes if name.rpartition("/")[2] == _OUTBOX}
    )
    if len(folders) != 1:
        raise BadData(
            f"{files.name} holds {len(folders)} exports" if folders else f"{files.name} holds no outbox.json",
            hint="import them one by one" if folders else "give the export as it was downloaded",
        )
    read = ("outbox.json", "actor.json", "likes.json", *_FOLLOWS)
    names = [path for one in read if (path := folders[0] + one) in files.sizes]
    has_actor = folders[0] + "actor.json" in names
    actor = (
        decode_object("actor.json", files.read(folders[0] + "actor.json"), _Actor) if has_actor else _Actor()
    )
    handle = _handle(actor) or _first_actor(files, folders[0] + _OUTBOX)
    stated = account_reference("mastodon", handle) if handle else None
    key = checked_owner("mastodon", files.name, owner, stated, handle)
    return Opened(
        kind=KIND,
        platform="mastodon",
        name=files.name,
        source=files.digest(names),
        reader_version=READER_VERSION,
        owner=key,
        total_bytes=sum(files.sizes[name] for name in names),
        retrieved_at=None,
        retrieved_from=None,
        read=partial(_read, files, _Contents(folders[0], names, actor, key.partition("@")[2], with_dm)),
    )


def _handle(actor: _Actor) -> str | None:
    host = host_in(actor.id)
    spelled = (
        f"{actor.preferred_username}@{host}" if actor.preferred_username and host else handle_in(actor.id)
    )
    return spelled.lower() if spelled and is_handle("mastodon", spelled) else None


def _first_actor(files: Files, name: str) -> str | None:
    for piece in split(name, files.chunks(name), "orderedItems"):
        for activity in decode(name, piece, _Activity, Counter()):
            return handle_in(activity.actor)
    return None


def _read(files: Files, contents: _Contents, opened: Opened) -> Iterator[Page]:
    tally = _Tally(before_year(None), People("mastodon"))
    outbox = contents.folder + _OUTBOX
    for piece in split(outbox, files.chunks(outbox), "orderedItems"):
        page = Page(outbox, piece.bytes_read)
        for activity in decode(outbox, piece, _Activity, page.skipped):
            _take(activity, contents, opened, tally, page)
        tally.people.hand_over(page)
        yield page
    likes = contents.name("likes.json")
    if likes is not None:
        yield from _read_likes(files, likes, opened, tally)
    follows = contents.name(*_FOLLOWS)
    if follows is not None:
        page = Page(follows, files.sizes[follows])
        found = addresses(follows, files.chunks(follows), page.skipped)
        page.follows = list(follows_of(opened.owner_key, opened, found))
        tally.got["follows"] = len(page.follows)
        yield page
    yield _last_page(files, contents, opened, tally)


def _take(activity: _Activity, contents: _Contents, opened: Opened, tally: _Tally, page: Page) -> None:
    tally.got["activities"] += 1
    thing = activity.object
    if activity.type == "Announce" and thing is not None:
        address = thing if isinstance(thing, str) else thing.id
        when = parse_past(activity.published, tally.before)
        if address:
            author = tally.people.key(None, handle_in(address))
            precision = "second" if when else None
            page.reactions.append(
                Reaction(opened.owner_key, "boost", post_key(clean(address)), author, when, precision, None)
            )
            _saw(opened, tally, when)
            return
    if activity.type == "Create" and isinstance(thing, _Note):
        when = parse_past(thing.published or activity.published, tally.before)
        if _is_direct(thing):
            _take_direct(thing, when, contents, opened, tally, page)
            return
        record = _post(thing, when, opened, tally.people, page.skipped)
        if record is not None:
            page.posts.append(record)
            _saw(opened, tally, when)
        return
    page.skipped["neither a post nor a boost"] += 1


def _saw(opened: Opened, tally: _Tally, when: datetime | None) -> None:
    opened.saw(when)
    tally.first = min(filter(None, (tally.first, when)), default=None)


def _is_direct(note: _Note) -> bool:
    """Whether only the people named in it may read a post."""
    receivers = [*_listed(note.to), *_listed(note.cc)]
    shared = any(one in _PUBLIC or one.rstrip("/").endswith("/followers") for one in receivers)
    return bool(receivers) and not shared


def _listed(value: list[str] | str | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _take_direct(
    note: _Note, when: datetime | None, contents: _Contents, opened: Opened, tally: _Tally, page: Page
) -> None:
    if not contents.with_dm:
        page.skipped[DIRECT] += 1
        return
    receivers = set(_tagged(note).values()) - {contents.handle}
    if len(receivers) != 1 or when is None:
        page.skipped[DIRECT_TO_SEVERAL] += 1
        return
    target = account_reference("mastodon", receivers.pop())
    tally.messages[opened.owner_key, target, when.date()] += 1


def _tagged(note: _Note) -> dict[tuple[str, str | None], str]:
    """Name and server as in an address → whole handle, of the people a post names, in order."""
    found = {}
    for tag in note.tag:
        if tag.type != "Mention" or not tag.name:
            continue
        name, _, host = tag.name.removeprefix("@").lower().partition("@")
        server = host_in(tag.href)
        handle = f"{name}@{host or server}"
        if is_handle("mastodon", handle):
            found[name, server] = handle
    return found


def _post(
    note: _Note, when: datetime | None, opened: Opened, people: People, skipped: Counter[str]
) -> Post | None:
    tagged = _tagged(note)
    parent = note.in_reply_to
    quoted = note.quote or note.quote_uri or note.quote_url or note.misskey_quote
    languages = list(note.content_map or ())
    written = Written(
        address=note.id,
        author=opened.owner_key,
        happened_at=when,
        content=note.content,
        warning=note.summary,
        options=(),
        lang=languages[0] if len(languages) == 1 else None,
        conversation=post_key(clean(note.conversation)) if note.conversation else None,
        parent=post_key(clean(parent)) if parent else None,
        answered=handle_in(parent) or (next(iter(tagged.values()), None) if parent else None),
        quoted=quoted,
        quoted_of=handle_in(quoted),
        tagged=tagged,
        hashtags=[tag.name for tag in note.tag if tag.type == "Hashtag" and tag.name],
        url=note.url,
        authority=2,
    )
    return read_written(written, people, skipped)


def _read_likes(files: Files, name: str, opened: Opened, tally: _Tally) -> Iterator[Page]:
    for piece in split(name, files.chunks(name), "orderedItems"):
        page = Page(name, piece.bytes_read)
        for liked in decode(name, piece, _Liked | str, page.skipped):  # type: ignore[arg-type]
            address = liked.id if isinstance(liked, _Liked) else liked
            if not address:
                page.skipped["like without the address of a post"] += 1
                continue
            author = tally.people.key(None, handle_in(address))
            page.reactions.append(
                Reaction(
                    opened.owner_key,
                    "favourite",
                    post_key(clean(address)),
                    author,
                    None,
                    None,
                    opened.retrieved_at,
                )
            )
        tally.got["likes"] += len(page.reactions)
        yield page


def _last_page(files: Files, contents: _Contents, opened: Opened, tally: _Tally) -> Page:
    owner, actor = opened.owner_key, contents.actor
    page = Page(opened.name)
    page.dm_days = [DirectMessageDay(*key, count) for key, count in tally.messages.items()]
    bio = plain(actor.summary, lambda name, _: None).text.strip() if actor.summary else None
    tally.people.described(owner, opened.retrieved_at, actor.name, bio)
    total = _TOTAL.search(files.head(contents.folder + _OUTBOX))
    absent = "the file is not in the export"
    held = contents.name
    seen = Seen(
        first=parse_past(actor.published, tally.before) or tally.first,
        last=opened.retrieved_at,
        expected=int(total[1]) if total else None,
        posts=Counted(tally.got["activities"]),
        likes=Counted(tally.got["likes"], "likes carry no date")
        if held("likes.json")
        else Counted(None, absent),
        following=Counted(tally.got["follows"]) if held(*_FOLLOWS) else Counted(None, absent),
        followers=Counted(None, "an export holds no followers"),
        sent=Counted(tally.messages.total()) if contents.with_dm else NOT_ASKED,
        received=Counted(None, NOT_OTHERS),
    )
    page.coverage = owner_coverage(owner, seen)
    tally.people.hand_over(page, everything=True)
    return page
