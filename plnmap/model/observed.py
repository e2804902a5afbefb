"""What sources say: records that readers make and the file keeps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple


class Account(NamedTuple):
    """What one source knew of an account at one moment; the latest observation wins."""

    account: Annotated[str, "account key or reference"]
    display_name: Annotated[str | None, "the name people see"]
    bio: Annotated[str | None, "self-description"]
    followers: Annotated[int | None, "followers, accounts"]
    following: Annotated[int | None, "accounts followed, accounts"]
    seen_at: Annotated[datetime | None, "when the source saw it so, UTC"]
    posts: Annotated[int | None, "posts it made, as the platform counts them"] = None


class Handle(NamedTuple):
    """A handle that an account went by, and from when to when it was seen."""

    account: Annotated[str, "account key, never a reference"]
    handle: Annotated[str, "handle as written, without the leading @"]
    first_seen: Annotated[datetime | None, "earliest post or snapshot that shows it, UTC"]
    last_seen: Annotated[datetime | None, "latest post or snapshot that shows it, UTC"]


class Post(NamedTuple):
    """One post as its best source has it."""

    post: Annotated[str, "post key"]
    author: Annotated[str, "account key or reference of the author"]
    happened_at: Annotated[datetime | None, "when it was posted, UTC"]
    at_precision: Annotated[str | None, "second, or day where the source gives no time of day"]
    text: Annotated[str | None, "plain text, entities decoded, links spelled out"]
    lang: Annotated[str | None, "language as the platform states it, BCP 47; und and empty are null"]
    conversation: Annotated[str | None, "key of the thread, where the source states it"]
    reply_to_post: Annotated[str | None, "post key of the parent"]
    reply_to: Annotated[str | None, "account answered"]
    boost_of_post: Annotated[str | None, "post key of the post passed on as it is"]
    boost_of: Annotated[str | None, "account whose post is passed on as it is"]
    quote_of_post: Annotated[str | None, "post key of the post passed on with a comment"]
    quote_of: Annotated[str | None, "account whose post is passed on with a comment"]
    mentions: Annotated[list[str], "accounts named in the body, in order, without the run before a reply"]
    n_handles: Annotated[int, "distinct handles written anywhere in the text"]
    links: Annotated[list[str], "addresses the post links to, expanded, without its own media"]
    hashtags: Annotated[list[str], "hashtags in lower case, without #"]
    url: Annotated[str | None, "where the post can be opened"]
    authority: Annotated[
        int, "2 the author's own archive, 1 an answer of the platform, 0 a copy inside someone else's post"
    ]


class Reaction(NamedTuple):
    """A favourite or a boost that is no post of its own."""

    actor: Annotated[str, "account that reacted"]
    kind: Annotated[str, "favourite or boost"]
    post: Annotated[str, "post key of the post reacted to"]
    author: Annotated[str | None, "account that wrote it, where the source says so"]
    happened_at: Annotated[datetime | None, "when, UTC; archives do not say"]
    at_precision: Annotated[str | None, "second or day"]
    seen_at: Annotated[datetime | None, "date of the source that shows it, UTC"]


class Follow(NamedTuple):
    """A follow as a state: between which snapshots it was seen. No source dates it."""

    source: Annotated[str, "account that follows"]
    target: Annotated[str, "account followed"]
    first_seen: Annotated[datetime | None, "earliest snapshot that shows it, UTC"]
    last_seen: Annotated[datetime | None, "latest snapshot that shows it, UTC"]


class DirectMessageDay(NamedTuple):
    """How many direct messages went one way on one day. Never what they say."""

    source: Annotated[str, "account that wrote"]
    target: Annotated[str, "account written to"]
    day: Annotated[date, "UTC day"]
    messages: Annotated[int, "messages"]


class Coverage(NamedTuple):
    """What a source saw of one account, kind and direction, and what it could not."""

    account: Annotated[str, "account whose acts (out) or received acts (in) are meant"]
    kind: Annotated[str, "reply, mention, quote, boost, favourite, follow or dm"]
    direction: Annotated[str, "out or in"]
    state: Annotated[str, "complete, partial, hidden or none"]
    first: Annotated[datetime | None, "start of the window covered, UTC"]
    last: Annotated[datetime | None, "end of the window covered, UTC"]
    expected: Annotated[int | None, "how many the platform said there are, items"]
    got: Annotated[int | None, "how many the source holds, items"]
    reason: Annotated[str, "why it is not complete, or what limits it; empty if nothing does"]


class Source(NamedTuple):
    """One imported archive or file, or one account that is collected."""

    source: Annotated[
        str,
        "SHA-256 of the file, or of the names and contents read from a folder; or collected: and the account",
    ]
    name: Annotated[str, "name of the file or folder, without its path; or of the account"]
    kind: Annotated[
        str,
        "x_archive_2012, x_archive, mastodon_export, x_api, follows_csv, edges, mastodon_account, x_account",
    ]
    platform: Annotated[str, "twitter or mastodon"]
    owner: Annotated[str | None, "account whose archive it is"]
    retrieved_at: Annotated[datetime | None, "the date the source states, else its latest post, UTC"]
    retrieved_from: Annotated[str | None, "where that date was found"]
    reader_version: Annotated[int, "version of the reader that read it"]
    posts: Annotated[int, "different posts, without copies inside other people's posts, items"]
    skipped: Annotated[int, "records left out, items"]
    skip_reasons: Annotated[str, "JSON object: reason → how many"]
    other_side: Annotated[bool, "imported as somebody else's side: its owner is no ego"]
    imported_at: Annotated[datetime | None, "when it was imported, UTC; left out of exports"]
