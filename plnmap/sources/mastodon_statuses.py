"""Accounts, posts and notifications as the API of a Mastodon server tells them, into records.

Each server numbers accounts and posts in its own way. So an account goes by its
address and a post by its ``uri``, as in exports; numbers are kept aside (`PostId`), and
used for asking the same server again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from msgspec import Struct

from plnmap.model import Post, PostId, Reaction, post_by_id
from plnmap.sources.dates import before_year, parse_past
from plnmap.sources.mastodon_names import handle_in, host_in, post_key
from plnmap.sources.mastodon_posts import Written, read_written
from plnmap.sources.mastodon_text import plain
from plnmap.sources.page import Page
from plnmap.sources.people import People, count, is_handle
from plnmap.sources.x_text import clean

DIRECT: Final = "direct message: left out"
NO_ADDRESS: Final = "account without an address"
NOT_SHOWN: Final = "boost of a post that is not shown"
HEARSAY: Final = "post of another server, told by one where nobody is logged in"
OPEN: Final = frozenset({"public", "unlisted"})
"""What anybody may read. All else is for a circle, whatever a server calls it."""

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


class Account(Struct, gc=False):
    """An account."""

    id: str | None = None
    username: str | None = None
    acct: str | None = None
    display_name: str | None = None
    note: str | None = None
    url: str | None = None
    uri: str | None = None
    followers_count: int | None = None
    following_count: int | None = None
    statuses_count: int | None = None
    discoverable: bool | None = None
    indexable: bool | None = None
    noindex: bool | None = None
    suspended: bool | None = None


class Mention(Struct, gc=False):
    """Somebody named in a post."""

    id: str | None = None
    username: str | None = None
    acct: str | None = None
    url: str | None = None


class Tag(Struct, gc=False):
    """A hashtag."""

    name: str | None = None


class Option(Struct, gc=False):
    """A choice of a poll."""

    title: str | None = None


class Poll(Struct, gc=False):
    """A poll."""

    options: list[Option] = []


class Quote(Struct, gc=False):
    """What a post quotes: the post itself, or a frame around it, by server."""

    quoted_status: Status | None = None
    uri: str | None = None
    account: Account | None = None


class Status(Struct, gc=False):
    """A post or a boost."""

    id: str | None = None
    uri: str | None = None
    url: str | None = None
    created_at: str | None = None
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    spoiler_text: str | None = None
    visibility: str | None = None
    language: str | None = None
    replies_count: int | None = None
    reblogs_count: int | None = None
    favourites_count: int | None = None
    quotes_count: int | None = None
    content: str | None = None
    reblog: Status | None = None
    account: Account | None = None
    mentions: list[Mention] = []
    tags: list[Tag] = []
    poll: Poll | None = None
    quote: Quote | None = None


class Notification(Struct, gc=False):
    """Something that somebody did towards the owner."""

    id: str | None = None
    type: str | None = None
    created_at: str | None = None
    account: Account | None = None
    status: Status | None = None


class Context(Struct, gc=False):
    """What stands above and below a post in its thread."""

    ancestors: list[Status] = []
    descendants: list[Status] = []


class Owner(NamedTuple):
    """Whose account collects: its number on its own server, its address as an account, its key."""

    id: str
    uri: str
    key: str


@dataclass
class Reading:
    """One answer while it is read.

    Attributes
    ----------
    host
        The server that answered: what is local to it is named without a server.
    at
        When the answer came, UTC.
    owner
        Whose account collects, where the answer is from its own server. That one is taken at its
        word; any other, which may be anybody's, only about its own people and posts.
    page
        The records.
    addresses, handles
        What the page says about numbers: of posts their ``uri``, of accounts their handle.
    met
        Accounts that were noted.
    """

    host: str
    at: datetime
    owner: Owner | None
    page: Page
    people: People = field(default_factory=lambda: People("mastodon"))
    addresses: dict[str, str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def account(self, one: Account | None) -> str | None:
        """Key of an account, which is noted with what is told of it; None where it has no address."""
        handle = handle_of(one, self.host) if one else None
        if one is None or handle is None:
            self.page.skipped[NO_ADDRESS] += 1
            return None
        key = self.people.key(None, handle)
        # A page of posts tells the same account with each of them.
        if key is not None and key not in self.met and self._is_believed(handle.partition("@")[2]):
            self.met.add(key)
            bio = plain(one.note, lambda name, address: None).text.strip() if one.note else None
            counts = map(count, (one.followers_count, one.following_count, one.statuses_count))
            self.people.described(key, self.at, one.display_name, bio, *counts)
        return key

    def statuses(self, found: Iterable[Status], authority: int = 1) -> list[Post]:
        """Take the posts and boosts of a page; what is returned are the posts that they are or pass on."""
        every = list(found)
        for one in every:
            self._know(one)
        return [post for one in every if (post := self._status(one, authority)) is not None]

    def finished(self) -> Page:
        """The page, with the people met."""
        self.people.hand_over(self.page, everything=True)
        return self.page

    def when(self, written: str | None) -> datetime | None:
        """A date, in whole seconds as exports tell it."""
        moment = parse_past(written, before_year(self.at))
        return moment.replace(microsecond=0) if moment else None

    def _know(self, one: Status) -> None:
        """Note what a page says about numbers, since answers may stand in front of what they answer."""
        for status in (one, one.reblog, one.quote.quoted_status if one.quote else None):
            if status is None:
                continue
            handle = handle_of(status.account, self.host) if status.account else None
            if handle and status.account and status.account.id:
                self.handles[status.account.id] = handle
            for named in status.mentions:
                other = handle_of(named, self.host)
                if named.id and other:
                    self.handles[named.id] = other
            if status.reblog is None and is_id(status.id) and status.uri:
                self.addresses[status.id or ""] = status.uri

    def _status(self, one: Status, authority: int) -> Post | None:
        if one.visibility == "direct":
            self.page.skipped[DIRECT] += 1
            return None
        if one.reblog is None:
            post = self._post(one, authority)
            if post is not None and not self._is_believed_of(post):
                self.page.skipped[HEARSAY] += 1
                return None
            return post
        author, original = self.account(one.account), self._post(one.reblog, 0)
        if original is None or author is None or not self._is_believed(author.rpartition("@")[2]):
            self.page.skipped[NOT_SHOWN] += 1
            return None
        when = self.when(one.created_at)
        precision = "second" if when else None
        self.page.reactions.append(
            Reaction(author, "boost", original.post, original.author, when, precision, None)
        )
        return original

    def _post(self, one: Status, authority: int) -> Post | None:
        author = self.account(one.account)
        if author is None:
            return None
        inner = one.quote.quoted_status if one.quote else None
        quoted = inner or one.quote
        if inner is not None and inner.visibility in OPEN:
            self._post(_without_quote(inner), 0)
        record = read_written(self._written(one, author, quoted, authority), self.people, self.page.skipped)
        if record is None:
            return None
        if one.visibility not in OPEN and not (self.owner and author == self.owner.key):
            # Written to a circle: that it was said is kept, what was said is not.
            record = record._replace(text=None, lang=None, links=[], hashtags=[])
        if self._is_believed_of(record):
            self.page.posts.append(record)
            if is_id(one.id):
                self.page.post_ids.append(PostId(self.host, one.id or "", record.post))
        return record

    def _is_believed_of(self, post: Post) -> bool:
        address = post.post.removeprefix("mastodon:")
        return self._is_believed(host_in(address)) and self._is_believed(post.author.rpartition("@")[2])

    def _is_believed(self, host: str | None) -> bool:
        """Whether the server that answers may speak for what is at a host."""
        at_home = self.owner is not None
        return at_home or host == self.host or (host or "").endswith(f".{self.host}")

    def _written(self, one: Status, author: str, quoted: Status | Quote | None, authority: int) -> Written:
        parent = one.in_reply_to_id if is_id(one.in_reply_to_id) else None
        quoted_account = quoted.account if quoted else None
        quoted_of = handle_of(quoted_account, self.host) if quoted_account else None
        return Written(
            address=one.uri,
            author=author,
            happened_at=self.when(one.created_at),
            content=one.content,
            warning=one.spoiler_text,
            options=[option.title for option in one.poll.options if option.title] if one.poll else (),
            lang=one.language,
            conversation=None,
            parent=self._parent(parent) if parent else None,
            answered=self._answered(one) if parent else None,
            quoted=quoted.uri if quoted else None,
            quoted_of=quoted_of or handle_in(quoted.uri if quoted else None),
            tagged=_tagged(one.mentions, self.host),
            hashtags=[tag.name for tag in one.tags if tag.name],
            url=one.url,
            authority=authority,
        )

    def _parent(self, number: str) -> str:
        address = self.addresses.get(number)
        return post_key(clean(address)) if address else post_by_id(self.host, number)

    def _answered(self, one: Status) -> str | None:
        number = one.in_reply_to_account_id
        if number is None:
            return None
        if self.owner is not None and number == self.owner.id:
            return self.owner.key.removeprefix("mastodon:@")
        return self.handles.get(number)


def handle_of(one: Account | Mention, host: str) -> str | None:
    """The whole handle, ``name@server``, of an account that a server tells of; None if it has none.

    Who is local to the server is named without it. Then the address of the account
    decides, since a server can stand at another host than its people's handles.

    >>> handle_of(Account(acct="Ada"), "example.social"), handle_of(Account(acct="bo@x.example"), "a.example")
    ('ada@example.social', 'bo@x.example')
    """
    name, _, server = (one.acct or one.username or "").lower().partition("@")
    own = host_in(one.uri if isinstance(one, Account) else None) or host_in(one.url)
    handle = f"{name}@{server or own or host}"
    return handle if is_handle("mastodon", handle) else None


def is_id(written: str | None) -> bool:
    """Whether this is an id as servers give them: a number, a ULID, a hash. Nothing else is sent back."""
    return written is not None and _ID.fullmatch(written) is not None


def _tagged(mentions: list[Mention], host: str) -> dict[tuple[str, str | None], str]:
    found = {}
    for one in mentions:
        handle = handle_of(one, host)
        if handle is not None:
            found[handle.partition("@")[0], host_in(one.url)] = handle
    return found


def _without_quote(one: Status) -> Status:
    """A quoted post, whose own quote is not followed: it could go on like that for ever."""
    one.quote = None
    return one
