"""Posts of the Mastodon network into records, by one set of rules for exports and answers of servers.

- A *reply* goes to the author of the parent; the people named in front of its words are put there by
  the program it was written with.
- Everybody else named in a reply's own words, and everybody named in another post, is *mentioned*.
- A content warning stands before the text, the choices of a poll after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from plnmap.model import Post, account_reference
from plnmap.sources.json_pages import TOO_LARGE
from plnmap.sources.mastodon_names import host_in, post_key
from plnmap.sources.mastodon_text import in_body, plain
from plnmap.sources.people import People, is_handle
from plnmap.sources.x_posts import NO_ID, TEXT_AT_MOST
from plnmap.sources.x_text import clean, language

Tagged = Mapping[tuple[str, str | None], str]
"""Name and server as in an address → whole handle, of the people a post names, in order."""


class Written(NamedTuple):
    """A post as a source tells it.

    Attributes
    ----------
    address
        The address by which all servers know it.
    author
        Account key.
    content, warning, options
        The HTML, the content warning and the choices of a poll.
    conversation, parent
        Post keys.
    answered, quoted_of
        Handles of the authors of the parent and of the post quoted.
    quoted
        Address of the post quoted.
    tagged
        The people it names, in the platform's own word.
    url
        Where it can be read.
    """

    address: str | None
    author: str
    happened_at: datetime | None
    content: str | None
    warning: str | None
    options: Sequence[str]
    lang: str | None
    conversation: str | None
    parent: str | None
    answered: str | None
    quoted: str | None
    quoted_of: str | None
    tagged: Tagged
    hashtags: list[str]
    url: str | None
    authority: int


def read_written(one: Written, people: People, skipped: Counter[str]) -> Post | None:
    """The record of a post; None where it has no address, or is larger than any post can be.

    Parameters
    ----------
    one
        The post.
    people
        Makes keys of handles.
    skipped
        Counts, by reason, what is left out.
    """
    if not one.address or len(one.address) + len(one.content or "") > TEXT_AT_MOST:
        skipped[TOO_LARGE if one.address else NO_ID] += 1
        return None
    written = plain(one.content or "", partial(whole_handle, one.tagged))
    named = [person.handle for person in written.named]
    # Servers differ in how they write people into the HTML; the tags are the platform's own word.
    meant = in_body(written) if one.parent else [*named, *one.tagged.values()]
    keys = dict.fromkeys(account_reference("mastodon", handle) for handle in meant)
    warning = f"{one.warning}\n\n" if one.warning else ""
    options = "".join(f"\n- {option}" for option in one.options)
    url = one.url or one.address
    return Post(
        post=post_key(clean(one.address)),
        author=one.author,
        happened_at=one.happened_at,
        at_precision="second" if one.happened_at else None,
        text=clean((warning + written.text + options).strip()),
        lang=language(one.lang),
        conversation=one.conversation,
        reply_to_post=one.parent,
        reply_to=people.key(None, one.answered),
        boost_of_post=None,
        boost_of=None,
        quote_of_post=post_key(clean(one.quoted)) if one.quoted else None,
        quote_of=people.key(None, one.quoted_of),
        mentions=[key for key in keys if key != one.author],
        n_handles=len({*named, *one.tagged.values()}),
        links=[clean(link) for link in written.links],
        hashtags=[clean(tag.removeprefix("#")).lower() for tag in one.hashtags],
        url=clean(url) if url.startswith(("http://", "https://")) else None,
        authority=one.authority,
    )


def whole_handle(tagged: Tagged, name: str, address: str) -> str | None:
    """The whole handle of a person in the HTML: as tagged, else put together.

    >>> whole_handle({("cy", "web.example"): "cy@example.org"}, "cy", "https://web.example/@cy")
    'cy@example.org'
    >>> whole_handle({}, "bo@example.org", "https://example.org/@bo")
    'bo@example.org'
    """
    local, _, host = name.lower().partition("@")
    server = host_in(address)
    handle = tagged.get((local, server)) or f"{local}@{host or server}"
    return handle if is_handle("mastodon", handle) else None
