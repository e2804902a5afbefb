"""Keys, kinds and states: the words that every other room shares."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Platform = Literal["twitter", "mastodon"]
Precision = Literal["second", "day"]
Direction = Literal["out", "in"]
CoverageState = Literal["complete", "partial", "hidden", "none"]
Status = Literal["value", "insufficient", "not_observed", "no_contact"]


class Kind(NamedTuple):
    """A kind of interaction: how it counts towards a tie."""

    name: str
    group: Literal["contact", "attention"]
    weight_tenths: int
    meaning: str


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("reply", "contact", 10, "an answer to a post of the target"),
        Kind("dm", "contact", 10, "a direct message; only on request, counted by day"),
        Kind("mention", "contact", 8, "the target is named in the body of a post"),
        Kind("quote", "contact", 8, "a post of the target is passed on with words of one's own"),
        Kind("boost", "attention", 4, "a post of the target is passed on as it is (retweet, reblog)"),
        Kind("favourite", "attention", 2, "a post of the target is marked as liked"),
        Kind("list_mention", "attention", 0, "one of more than five people named in one post"),
    )
}
LIST_MENTION_ABOVE: Final = 5
"""A post that names more people than this is a list: it says little about any one of them."""

WEIGHT_UNITS: Final = 600
"""Weights are integers, channel tenths times sixtieths of a share, so that sums are equal on every engine."""

UNJOINED: Final = "mastodon:#"
"""How the key of a post begins of which only a server's own id is known."""


def account_key(platform: Platform, account_id: str) -> str:
    """Key of an account whose platform id is known.

    >>> account_key("twitter", "12")
    'twitter:12'
    """
    return f"{platform}:{account_id}"


def account_reference(platform: Platform, handle: str) -> str:
    """Key of an account known only by its handle; case does not matter.

    >>> account_reference("twitter", "@Ada")
    'twitter:@ada'
    """
    return f"{platform}:@{handle.removeprefix('@').lower()}"


def post_by_id(server: str, post_id: str) -> str:
    """Key of a post of which only a server's own id is known.

    It stands for the parent of a reply until the file knows the parent's address,
    and sorts before any such address, so that the better known of two rows wins.

    >>> post_by_id("example.social", "12")
    'mastodon:#example.social:12'
    """
    return f"{UNJOINED}{server}:{post_id}"


def is_reference(account: str) -> bool:
    """Whether an account key names a handle rather than an id.

    >>> is_reference("twitter:@ada"), is_reference("twitter:12")
    (True, False)
    """
    return account.partition(":")[2].startswith("@")
