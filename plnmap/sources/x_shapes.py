"""The shapes in which Twitter/X writes accounts and posts; only the fields that are read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from plnmap.sources.json_pages import EXACT_TO

_DATED_DIGITS: Final = 17
_BITS_AFTER_TIME: Final = 22
_EPOCH_MILLISECONDS: Final = 1_288_834_974_657
_DAY_SECONDS: Final = 86_400


class User(Struct, gc=False):
    """An account as it stands inside a post."""

    id_str: str | None = None
    id: str | int | None = None
    screen_name: str | None = None
    name: str | None = None
    description: str | None = None
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None


class Named(Struct, gc=False):
    """An account named in a text."""

    id_str: str | None = None
    id: str | int | None = None
    screen_name: str | None = None
    name: str | None = None


class Link(Struct, gc=False):
    """An address in a text, or a picture's."""

    url: str | None = None
    expanded_url: str | None = None
    expanded: str | None = None


class Hashtag(Struct, gc=False):
    """A hashtag in a text, without #."""

    text: str | None = None


class Entities(Struct, gc=False):
    """What the platform found in a text."""

    user_mentions: list[Named] = []
    urls: list[Link] = []
    media: list[Link] = []
    hashtags: list[Hashtag] = []


class Extended(Struct, gc=False):
    """The whole of a post that `text` cuts."""

    full_text: str | None = None
    entities: Entities | None = None


class XPost(Struct, gc=False):
    """A post as archives of any year and the API v1.1 write it."""

    id_str: str | None = None
    id: str | int | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    lang: str | None = None
    user: User | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: str | int | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_user_id: str | int | None = None
    in_reply_to_screen_name: str | None = None
    entities: Entities | None = None
    extended_tweet: Extended | None = None
    retweeted: bool | None = None
    retweeted_status: XPost | None = None
    quoted_status: XPost | None = None
    quoted_status_id_str: str | None = None
    quoted_status_permalink: Link | None = None


def trusted_id(as_text: str | None, as_number: str | int | None) -> str | None:
    """An id that no program has rounded.

    >>> trusted_id("1600000000000000001", None), trusted_id(None, 1600000000000000001), trusted_id(None, 20)
    ('1600000000000000001', None, '20')
    """
    if as_text is None:
        if as_number is None or (isinstance(as_number, int) and as_number > EXACT_TO):
            return None
        as_text = str(as_number)
    return as_text if as_text.isdigit() and as_text.isascii() and len(as_text) <= 20 else None


def made_at(any_id: str) -> float | None:
    """When an account or a post was made, seconds since 1970; None for old ids, which hold no date.

    >>> made_at("20") is None, made_at("700000000000000000")
    (True, 1455727980.028)
    """
    if len(any_id) < _DATED_DIGITS:
        return None
    return ((int(any_id) >> _BITS_AFTER_TIME) + _EPOCH_MILLISECONDS) / 1000


def made_after(account_id: str, when: datetime) -> bool:
    """Whether an account did not exist yet on the day of a post.

    Old handles were given to new people, and archives name the new one in old
    posts. Ids of 17 digits and more hold the moment they were made.

    Parameters
    ----------
    account_id
        Id of an account.
    when
        Date of the post, UTC.

    Examples
    --------
    >>> from datetime import UTC
    >>> post = datetime(2012, 5, 1, tzinfo=UTC)
    >>> made_after("700000000000000001", post), made_after("12", post)
    (True, False)
    """
    made_seconds = made_at(account_id)
    return made_seconds is not None and made_seconds > when.timestamp() + _DAY_SECONDS
