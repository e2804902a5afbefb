"""Posts of Twitter/X, as archives and the API v1.1 write them, into records.

Who is meant by a post follows one set of rules for all sources:

- a *reply* goes to the author of the parent; the handles in front of it are put there by the platform;
- "RT @x" and "MT @x" are *boosts*, and after words of one's own *quotes*, also without any metadata;
- everybody else named in the author's own words is *mentioned*.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from plnmap.model import Post, is_reference
from plnmap.sources.dates import parse_past
from plnmap.sources.json_pages import TOO_LARGE
from plnmap.sources.people import People, count
from plnmap.sources.x_shapes import Entities, User, XPost, made_after, trusted_id
from plnmap.sources.x_text import (
    boosted,
    clean,
    commented,
    handles,
    language,
    parse_status,
    status_address,
    without_run,
)

TEXT_AT_MOST: Final = 100_000
"""Characters; four times the longest post that any subscription allows."""

NO_ID: Final = "post without an id that can be trusted"
NO_TEXT: Final = "post without a text"
NO_AUTHOR: Final = "post without an author"
_SHORT_ADDRESS_AT_LEAST: Final = 10
_ADDRESS_AT_MOST: Final = 4096


@dataclass(slots=True)
class Reading:
    """What stays the same while the posts of one source are read, and what gathers.

    Attributes
    ----------
    before_year
        First year that no post of this source can be from.
    whole_days_before
        Until when this source writes midnight for the time of every post.
    people
        The accounts met.
    skipped
        What was left out, by reason.
    """

    before_year: int
    whole_days_before: datetime | None = None
    people: People = field(default_factory=lambda: People("twitter"))
    skipped: Counter[str] = field(default_factory=Counter)


class Meant(NamedTuple):
    """Whom a post addresses, and with which post of theirs."""

    reply_to_post: str | None = None
    reply_to: str | None = None
    boost_of_post: str | None = None
    boost_of: str | None = None
    quote_of_post: str | None = None
    quote_of: str | None = None
    mentions: tuple[str, ...] = ()


class _Seen(NamedTuple):
    """A post while it is read: what its text holds, and whom the platform found in it."""

    post: XPost
    author: str
    handle: str | None
    when: datetime | None
    text: str
    names: list[str]
    links: list[str]
    known: dict[str, str | None]
    resolved: bool

    def account(self, name: str, people: People) -> str | None:
        """The account that a handle in the text stands for; a reference where the platform does not say."""
        return self.known.get(name.lower()) or people.key(None, name)

    def answers(self, name: str) -> bool:
        """Whether the post is an answer to whoever goes by this handle."""
        answered = self.post.in_reply_to_screen_name
        return answered is not None and answered.lower() == name.lower()


def read_user(user: User | None, when: datetime | None, people: People) -> str | None:
    """Key of the account in a post, noted among the people met; None without one."""
    if user is None:
        return None
    account_id = trusted_id(user.id_str, user.id)
    key = people.key(account_id, user.screen_name)
    if key is None:
        return None
    if account_id is not None and user.screen_name:
        people.saw(key, user.screen_name, when)
    counts = map(count, (user.followers_count, user.friends_count, user.statuses_count))
    people.described(key, when, user.name, user.description, *counts)
    return key


def read_post(
    post: XPost, author: str, handle: str | None, when: datetime | None, authority: int, reading: Reading
) -> Post | None:
    """Turn one post into a record; where that cannot be, count it as skipped.

    Parameters
    ----------
    post
        The post as the source has it.
    author, handle
        Key of its author, and the handle to build its address with.
    when
        Its date.
    authority
        As in `plnmap.model.Post`.
    reading
        Takes the people met and the reasons of what is left out.
    """
    post_id = trusted_id(post.id_str, post.id)
    whole = post.extended_tweet
    text = (whole and whole.full_text) or post.full_text or post.text
    if post_id is None or text is None or len(text) > TEXT_AT_MOST:
        reading.skipped[NO_ID if post_id is None else NO_TEXT if text is None else TOO_LARGE] += 1
        return None
    people = reading.people
    entities = (whole and whole.entities) or post.entities
    names = handles(text)
    links = _links(entities, handle, post_id)
    known = _known(entities, when, people) if names else {}
    seen = _Seen(post, author, handle, when, text, names, links, known, entities is not None)
    answered = _answered(post, when, people)
    meant = _passed_on(seen, answered, people) or _own_words(seen, answered, people)
    return Post(
        f"twitter:{post_id}",
        author,
        when,
        None if when is None else _precision(when, reading.whole_days_before),
        _spelled_out(text, entities),
        language(post.lang),
        None,
        *meant[:6],
        list(meant.mentions),
        len({name.lower() for name in names}) if names else 0,
        links,
        [clean(tag.text).lower() for tag in entities.hashtags if tag.text] if entities else [],
        status_address(handle, post_id),
        authority,
    )


def read_embedded(post: XPost, when: datetime | None, reading: Reading) -> Iterator[Post]:
    """Yield the posts inside a post, which it boosts or quotes, as context."""
    for inner in (post.retweeted_status, post.quoted_status):
        author = read_user(inner.user, when, reading.people) if inner else None
        if inner is None or inner.user is None or author is None:
            continue
        inner_when = parse_past(inner.created_at, reading.before_year)
        record = read_post(inner, author, inner.user.screen_name, inner_when, 0, reading)
        if record is not None:
            yield record
        yield from read_embedded(inner, when, reading)


def _precision(when: datetime, whole_days_before: datetime | None) -> str:
    if whole_days_before is not None and when < whole_days_before:
        return "second" if when.hour or when.minute or when.second else "day"
    return "second"


def _known(entities: Entities | None, when: datetime | None, people: People) -> dict[str, str | None]:
    """Handle in lower case → account, as the platform resolved the handles in a text."""
    known: dict[str, str | None] = {}
    for named in entities.user_mentions if entities else ():
        account_id = trusted_id(named.id_str, named.id)
        if account_id is not None and when is not None and made_after(account_id, when):
            # The handle's holder of today; who held it then is found out on read.
            known[(named.screen_name or "").lower()] = people.key(None, named.screen_name)
            continue
        key = people.key(account_id, named.screen_name)
        if key is not None and named.screen_name is not None:
            if account_id is not None:
                people.saw(key, named.screen_name, when)
            if named.name:
                people.described(key, when, named.name)
            known[named.screen_name.lower()] = key
    return known


def _answered(post: XPost, when: datetime | None, people: People) -> tuple[str | None, str | None]:
    """The parent post and its author."""
    parent = _post_key(post.in_reply_to_status_id_str, post.in_reply_to_status_id)
    handle = post.in_reply_to_screen_name or None
    account_id = trusted_id(post.in_reply_to_user_id_str, post.in_reply_to_user_id)
    key = people.key(account_id, handle) if handle or account_id else None
    if key is not None and handle and account_id:
        people.saw(key, handle, when)
    return parent, key


def _passed_on(seen: _Seen, answered: tuple[str | None, str | None], people: People) -> Meant | None:
    """What a boost means; None if the post is none."""
    original = seen.post.retweeted_status
    boost_of_post = boost_of = None
    if original is not None:
        boost_of_post = _post_key(original.id_str, original.id)
        boost_of = read_user(original.user, seen.when, people)
    parent, reply_to = answered
    if boost_of is None:
        handle = boosted(seen.text)
        if handle is None:
            return None
        boost_of = seen.account(handle, people)
        if reply_to is not None and (seen.answers(handle) or boost_of is None or is_reference(boost_of)):
            # Handles change hands; the id of whom a post answers does not.
            boost_of = reply_to
    if reply_to == boost_of:
        # Early programs marked a boost by hand as an answer to the very post that it passes on.
        return Meant(boost_of_post=boost_of_post or parent, boost_of=boost_of)
    return Meant(parent, reply_to, boost_of_post, boost_of)


def _own_words(seen: _Seen, answered: tuple[str | None, str | None], people: People) -> Meant:
    """What a post means that says something itself."""
    parent, reply_to = answered
    quote_of_post, quote_of = _quoted(seen, people)
    own = without_run(seen.text) if parent or reply_to else seen.text
    by_hand = commented(own) if seen.names else None
    if by_hand is not None:
        own, quoted_handle = by_hand
        quoted = seen.account(quoted_handle, people)
        # An answer that repeats what it answers remains one act.
        if quote_of is None and quoted != reply_to and not seen.answers(quoted_handle):
            quote_of = quoted
    mentions: dict[str, None] = {}
    for name in seen.names if own is seen.text else handles(own):
        # Where the platform looked for people and found none, the handle is nobody's.
        key = seen.known.get(name.lower()) if seen.resolved else people.key(None, name)
        if key is not None and key != seen.author:
            mentions[key] = None
    return Meant(parent, reply_to, None, None, quote_of_post, quote_of, tuple(mentions))


def _quoted(seen: _Seen, people: People) -> tuple[str | None, str | None]:
    """The post that is quoted, by metadata or by its address in the text, and whose it is."""
    inner, link = seen.post.quoted_status, seen.post.quoted_status_permalink
    quoted_id = trusted_id(seen.post.quoted_status_id_str, inner.id_str if inner else None)
    linked = None
    # The platform writes the address of a quoted post behind the text.
    for address in reversed([*seen.links, link.expanded] if link and link.expanded else seen.links):
        status = parse_status(address)
        if status is None or status.handle is None or status.media:
            continue
        if quoted_id is None or quoted_id == status.post_id:
            quoted_id = status.post_id
            own = seen.handle is not None and status.handle.lower() == seen.handle.lower()
            linked = seen.author if own else people.key(None, status.handle)
            break
    if quoted_id is None:
        return None, None
    owner = read_user(inner.user, seen.when, people) if inner else None
    return f"twitter:{quoted_id}", owner or linked


def _post_key(as_text: str | None, as_number: str | int | None) -> str | None:
    post_id = trusted_id(as_text, as_number)
    return None if post_id is None else f"twitter:{post_id}"


def _links(entities: Entities | None, handle: str | None, post_id: str) -> list[str]:
    """Addresses a post links to, without the pictures it carries itself."""
    found: dict[str, None] = {}
    for link in entities.urls if entities else ():
        address = link.expanded_url or link.url
        if not address or not address.startswith(("http://", "https://")):
            continue
        status = parse_status(address)
        if status is not None and status.media:
            own = status.post_id == post_id or (
                handle and status.handle and status.handle.lower() == handle.lower()
            )
            if own:
                continue
        found[clean(address)] = None
    return list(found)


def _spelled_out(text: str, entities: Entities | None) -> str:
    """The text as a reader sees it, with whole addresses and without those of its pictures."""
    if "&" in text:
        text = html.unescape(text)
    if entities is not None:
        for picture in entities.media:
            if picture.url:
                text = text.replace(picture.url, "")
        pairs = [(link.url, link.expanded_url) for link in entities.urls if link.url and link.expanded_url]
        # The longest first: one short address can be the beginning of another.
        for short, whole in sorted(pairs, key=_longest_first) if len(pairs) > 1 else pairs:
            fits = len(short) >= _SHORT_ADDRESS_AT_LEAST and len(whole) <= _ADDRESS_AT_MOST
            if fits and len(text) <= TEXT_AT_MOST:
                text = text.replace(short, whole)
    return clean(text.strip())


def _longest_first(pair: tuple[str, str]) -> int:
    return -len(pair[0])
