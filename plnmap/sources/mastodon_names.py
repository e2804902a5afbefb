"""Accounts and posts of the Mastodon network, as their addresses tell them."""

from __future__ import annotations

import re
from typing import Final

_ACTOR: Final = re.compile(
    r"https?://([^/?#\s@]+)/(?:(?:ap/)?users/|@|profile/|u/)([\w.-]+)(?:@([\w.-]+))?(?=[/?#]|$)",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"https?://([^/?#\s@]+)", re.IGNORECASE)


def handle_in(address: str | None) -> str | None:
    """The handle, ``name@host``, that the address of an account or of a post shows.

    >>> handle_in("https://example.social/users/ada/statuses/1"), handle_in("https://example.social/@ada/1")
    ('ada@example.social', 'ada@example.social')
    >>> handle_in("https://example.social/objects/1") is None
    True
    """
    found = _ACTOR.match(address) if address else None
    if found is None:
        return None
    server, name, elsewhere = found.groups()
    if name.isdigit():
        # Some servers put the account's number where others put its name.
        return None
    return f"{name}@{elsewhere or server}".lower()


def host_in(address: str | None) -> str | None:
    """The server in an address.

    >>> host_in("https://Example.social/users/ada")
    'example.social'
    """
    found = _HOST.match(address) if address else None
    return found[1].lower() if found else None


def post_key(address: str) -> str:
    """Key of a post by its address.

    >>> post_key("https://example.social/users/ada/statuses/1")
    'mastodon:https://example.social/users/ada/statuses/1'
    """
    return f"mastodon:{address}"
